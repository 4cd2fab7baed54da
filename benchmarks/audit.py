"""How well and how fast the audit finds faults planted in invented plans: `python benchmarks/audit.py [PLANS] [--seed N] [--misses]`.

Each plan is loaded from its record and checked, on all processors. Wanted: all faults found and nothing else, 8 plans a second on two
cores, and as much memory for many plans as for few.
"""

from __future__ import annotations

import argparse
import os
import resource
import tempfile
from collections import Counter
from pathlib import Path

from benchmarks.corpus import Planted, invented
from cancu import loading, records
from cancu.build import check
from cancu.context import Context


def run(plans: int, seed: int) -> tuple[set[Planted], set[Planted], float]:
    """The faults that were planted, those that were found, and the seconds of processor time that it took to find them."""
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
    return planted, found, seconds


def _processor_time() -> float:
    """Of this process and of those that it started and that have ended: another job on the machine does not slow this clock much."""
    spent = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in spent)


def main() -> None:
    """Prints a table by constraint, and the figures of the whole."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("plans", type=int, nargs="?", default=1000)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--misses", action="store_true", help="list what was not found, and what was found beside")
    given = parser.parse_args()
    planted, found, seconds = run(given.plans, given.seed)
    counts = [Counter(one.constraint for one in faults) for faults in (planted, planted & found, found - planted)]
    print("| constraint | planted | found | beside |\n|---|--:|--:|--:|")
    for name in sorted({*counts[0], *counts[2]}):
        print(f"| {name} | {' | '.join(str(count[name]) for count in counts)} |")
    right = len(planted & found)
    peak = max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)) // 1024
    print(f"\nrecall {right / len(planted):.3f}, precision {right / len(found):.3f}, {len(planted)} faults in {given.plans} plans")
    cores = os.cpu_count() or 1
    print(f"{seconds / given.plans * 1000:.0f} ms of processor time a plan: {given.plans / seconds * cores:.1f} plans/s on {cores} cores")
    print(f"{peak} MB for the greatest process")
    for title, faults in (("not found", planted - found), ("beside", found - planted)) if given.misses else ():
        for one in sorted(faults, key=lambda fault: (fault.constraint, fault.file, fault.line)):
            print(f"{title}: {one.file}:{one.line} {one.constraint}")


if __name__ == "__main__":
    main()
