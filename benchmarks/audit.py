"""How well and how fast the audit finds faults planted in invented plans: `python benchmarks/audit.py [PLANS] [--seed N] [--misses]`.

Each plan is loaded from its record and checked, on all processors. Wanted: all faults found and nothing else, 8 plans a second on two
cores, and as much memory for many plans as for few. Processor time, which other jobs on the machine change little.
"""

from __future__ import annotations

import argparse
import os
import resource
import tempfile
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from benchmarks.corpus import Planted, invented
from benchmarks.figures import Figure
from cancu import loading, records
from cancu.build import check
from cancu.context import Context

_CORES = os.cpu_count() or 1


@dataclass(frozen=True, slots=True)
class Run:
    """What was planted and found in so many plans, the seconds of processor time that it took, and the greatest process in MB."""

    plans: int
    planted: set[Planted]
    found: set[Planted]
    seconds: float
    memory: int

    @property
    def recall(self) -> float:
        """The share of the planted faults that were found."""
        return len(self.planted & self.found) / len(self.planted)

    @property
    def precision(self) -> float:
        """The share of what was found that was planted."""
        return len(self.planted & self.found) / len(self.found)

    @property
    def rate(self) -> float:
        """Plans a second, were all processors ours."""
        return self.plans / self.seconds * _CORES


def run(plans: int, seed: int) -> Run:
    """Invents plans, plants faults, and looks for them."""
    planted: set[Planted] = set()
    with tempfile.TemporaryDirectory() as folder:
        paths = []
        for one in invented(plans, seed=seed, faulty=True):
            paths.append(Path(folder) / f"{one.record.source.name}.json")
            paths[-1].write_bytes(records.dumps(one.record))
            planted |= set(one.planted)
        context = Context(loading.context().registry, tuple(paths))
        start = _processor_time()
        checked = check(context)
        seconds = _processor_time() - start
    found = {
        Planted(result.place.source_file or "", result.place.lines[0] if result.place.lines else 0, result.shape.rsplit("#", 1)[-1])
        for plan in checked
        for result in plan.results
    }
    peak = max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return Run(plans, planted, found, seconds, peak // 1024)


def _processor_time() -> float:
    """Of this process, and of those that it started and that have ended."""
    spent = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in spent)


def figures(plans: int = 1000) -> list[Figure]:
    """What is found of the faults planted in so many plans, and how fast."""
    few, many = run(plans // 10, 0), run(plans, 0)
    where = f"in {plans:,} invented plans"
    return [
        Figure(f"planted faults that are found, {len(many.planted):,} {where}", many.recall, "of 1", wanted="1"),
        Figure(f"findings that were planted, {where}", many.precision, "of 1", wanted="1"),
        Figure(f"plans checked, loading included, on {_CORES} cores", many.rate, "a second", wanted="8"),
        Figure(f"memory of the greatest process, {plans:,} plans", many.memory, "MB", wanted=f"as for {plans // 10}: {few.memory} MB"),
    ]


def main() -> None:
    """Prints a table by constraint, and the figures of the whole."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("plans", type=int, nargs="?", default=1000)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--misses", action="store_true", help="list what was not found, and what was found beside")
    given = parser.parse_args()
    done = run(given.plans, given.seed)
    missed, beside = done.planted - done.found, done.found - done.planted
    counts = [Counter(one.constraint for one in faults) for faults in (done.planted, done.planted & done.found, beside)]
    print("| constraint | planted | found | beside |\n|---|--:|--:|--:|")
    for name in sorted({*counts[0], *counts[2]}):
        print(f"| {name} | {' | '.join(str(count[name]) for count in counts)} |")
    print(f"\nrecall {done.recall:.3f}, precision {done.precision:.3f}, {len(done.planted)} faults in {done.plans} plans")
    print(f"{done.seconds / done.plans * 1000:.0f} ms of processor time a plan: {done.rate:.1f} plans/s on {_CORES} cores")
    print(f"{done.memory} MB for the greatest process")
    for title, faults in (("not found", missed), ("beside", beside)) if given.misses else ():
        for one in sorted(faults, key=lambda fault: (fault.constraint, fault.file, fault.line)):
            print(f"{title}: {one.file}:{one.line} {one.constraint}")


if __name__ == "__main__":
    main()
