"""What a build takes, by the number of plans, and what others take: `python -m benchmarks.build [PLANS …] [--peer PLANS] [--site PLANS]`.

Processor time, of all processes together: what the work costs, whatever else the machine does; by the clock two processors halve it.
Memory is that of all processes, too. Each build has a process of its own.
The peer is wired as a newcomer to these libraries would: all quads into one rdflib graph, owlrl's OWL 2 RL closure over it, pySHACL on the
whole. The limit is pyoxigraph's bulk load of the same N-Quads. All in one run, on the same invented records.
"""

from __future__ import annotations

import argparse
import json
import re
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing import active_children, get_context
from pathlib import Path
from typing import TypeVar

import owlrl
import pyoxigraph as ox
import pyshacl
import rdflib

from benchmarks.changes import CHANGES
from benchmarks.corpus import corpus
from benchmarks.curve import drawn
from benchmarks.figures import Figure, of_runs, seconds, table
from benchmarks.memory import watched
from cancu import loading, records, resources
from cancu.build import build
from cancu.context import Context
from cancu.pool import Report
from cancu.violations import shapes

Made = TypeVar("Made")
_COST = re.compile(r"a plan, in a build of ([\d,]+) plans")
_PAUSE = 30  # seconds between words of progress


@dataclass(frozen=True, slots=True)
class Run:
    """Builds of invented plans: how many plans, the seconds of each kind of build, and the memory of the first in MB at its most.

    `one_changed` has those of several changes, one after the other, each of another kind and of another plan, see `CHANGES`.
    """

    plans: int
    whole: float
    one_changed: tuple[float, ...]
    unchanged: float
    memory: float


def written(folder: Path, plans: int) -> list[Path]:
    """The files of so many invented records."""
    folder.mkdir()
    paths = []
    for number, record in enumerate(corpus(plans), 1):
        paths.append(folder / f"mau-{number:06}.json")
        paths[-1].write_bytes(records.dumps(record))
    return paths


def ours(out: Path, paths: list[Path], site: bool) -> Run:
    """Builds the plans from nothing, with one plan changed, first, midmost and last, and with nothing changed; tells how far it is."""
    plans, whole, memory = alone(_whole, out, paths, site)
    before = {path: path.read_text("utf-8") for path in (paths[0], paths[len(paths) // 2], paths[-1])}
    changed = []
    for (path, text), change in zip(before.items(), CHANGES.values(), strict=True):
        path.write_text(json.dumps(change(json.loads(text)), ensure_ascii=False, indent=1), "utf-8")
        changed.append(alone(_again, out, paths, site))
    unchanged = alone(_again, out, paths, site)
    for path, text in before.items():
        path.write_text(text, "utf-8")
    return Run(plans, whole, tuple(changed), unchanged, memory)


def _whole(out: Path, paths: list[Path], site: bool) -> tuple[int, float, float]:
    """A build from nothing: how many plans it has, its seconds, and its memory."""
    with watched() as memory:
        whole, built = seconds(lambda: build(out, plans=paths, site=site, report=now_and_then()), processor)
    return built.stamp.plans, whole, max(memory)


def _again(out: Path, paths: list[Path], site: bool) -> float:
    """The seconds of a build that goes on from the last one."""
    return seconds(lambda: build(out, plans=paths, site=site), processor)[0]


def bare(out: Path, data: Path, paths: list[Path]) -> float:
    """The seconds of a build from nothing, without a site, of these plans alone."""
    return seconds(lambda: build(out, data=data, plans=paths, site=False), processor)[0]


def now_and_then() -> Report:
    """What prints, at most twice a minute, how far a build is."""
    told = time.monotonic()

    def tell(stage: str) -> None:
        nonlocal told
        if time.monotonic() - told > _PAUSE:
            told = time.monotonic()
            print(f"  {stage}", file=sys.stderr, flush=True)

    return tell


def alone(work: Callable[..., Made], *given: object) -> Made:
    """What the work makes in a new process, which has nothing from before; that ends, too, where this one is interrupted."""
    with ProcessPoolExecutor(1, get_context("spawn")) as pool:
        try:
            return pool.submit(work, *given).result()
        except BaseException:
            for process in active_children():
                process.terminate()
            raise


def newcomer(paths: list[Path]) -> float:
    """The seconds that rdflib, owlrl and pySHACL take for the same records, one after the other on the whole."""

    def work() -> None:
        quads = loading.run(Context(loading.context().registry, tuple(paths)))
        graph = rdflib.Graph().parse(data="".join(f"{quad.subject} {quad.predicate} {quad.object} .\n" for quad in quads), format="nt")
        owlrl.DeductiveClosure(owlrl.OWLRL_Semantics).expand(graph)
        pyshacl.validate(graph, shacl_graph=shapes("structure") + shapes("audit"), inference="none")

    return seconds(work, processor)[0]


def limit(graph: Path) -> float:
    """The seconds of pyoxigraph's bulk load of a built graph alone."""
    return seconds(lambda: ox.Store().bulk_load(path=str(graph), format=ox.RdfFormat.N_QUADS), processor)[0]


def figures(sizes: tuple[int, ...] = (100, 300, 1000), peer: int = 3, with_site: int = 1000) -> list[Figure]:
    """What is measured, as `docs/performance.md` tells it; see `measured`."""
    return [figure for some in measured(sizes, peer, with_site) for figure in some]


def measured(sizes: Sequence[int], peer: int, with_site: int) -> Iterator[list[Figure]]:
    """What is measured of each size in turn, and of the peer.

    `peer` is the number of plans that the newcomer's wiring is given, `with_site` how many are built with their site; 0 for none.
    """
    first = 0.0
    with tempfile.TemporaryDirectory() as name:
        for size in sizes:
            folder = Path(name) / str(size)
            folder.mkdir()
            paths = written(folder / "records", size)
            run = ours(folder / "out", paths, False)
            bulk = alone(limit, folder / "out" / "graph.nq")
            cost = 1000 * run.whole / run.plans
            first = first or cost
            what = f"{size:,} plans"
            yield [
                Figure(f"build of {what}", run.whole, "s", peer="pyoxigraph's bulk load of the graph alone", peer_value=bulk),
                Figure(f"a plan, in a build of {what}", cost, "ms", wanted=f"1.3 times that of {sizes[0]:,}: {1.3 * first:.0f} ms"),
                *_later(run, what),
            ]
            if size == with_site:
                run, what = ours(folder / "with", paths, True), f"{what} with their site"
                yield [Figure(f"build of {what}", run.whole, "s"), *_later(run, what)]
        if peer:
            few = written(Path(name) / "few", peer)
            mine, theirs = alone(bare, Path(name) / "few-out", _ground(Path(name)), few), alone(newcomer, few)
            wanted = "a 20th of the peer"
            yield [Figure(f"build of {peer} plans", mine, "s", wanted=wanted, peer="rdflib, owlrl, pySHACL", peer_value=theirs)]


def costs(found: Iterable[Figure]) -> dict[int, float]:
    """What a plan costs, in milliseconds, by the number of plans."""
    return {int(match[1].replace(",", "")): figure.value for figure in found if (match := _COST.match(figure.name))}


def _later(run: Run, what: str) -> list[Figure]:
    """What it takes to build again, and in memory."""
    shares = [100 * changed / run.whole for changed in run.one_changed]
    return [
        of_runs(f"one plan changed among {what}", "% of the whole", shares, wanted="3 %"),
        Figure(f"nothing changed among {what}", run.unchanged, "s", wanted="under 2 s"),
        Figure(f"memory of a build of {what}", run.memory, "MB", wanted="under 3,000 MB"),
    ]


def processor() -> float:
    """The processor time of this process and of those that it has waited for, in seconds."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


def _ground(folder: Path) -> Path:
    """The committed data without the plans."""
    data = folder / "data"
    data.mkdir()
    for part in ("registry", "corrections"):
        (data / part).symlink_to(resources.DATA / part)
    return data


def main() -> None:
    """Measures and prints, size by size: what was measured before an interruption stands."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("plans", type=int, nargs="*", default=[100, 300, 1000])
    parser.add_argument("--peer", type=int, default=3, help="how many plans rdflib, owlrl and pySHACL are given; 0 for none")
    parser.add_argument("--site", type=int, default=0, help="how many plans are built with their site, too: one of PLANS")
    parser.add_argument("--curve", type=Path, help="a file for the curve of what a plan costs, as SVG")
    given, found = parser.parse_args(), list[Figure]()
    with suppress(KeyboardInterrupt):
        for some in measured(given.plans, given.peer, given.site):
            print(table(some), flush=True)
            found += some
            if given.curve:
                given.curve.write_text(drawn(costs(found), "plans in a build", "milliseconds a plan"), "utf-8")


if __name__ == "__main__":
    main()
