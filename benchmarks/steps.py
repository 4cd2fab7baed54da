"""What each step of one plan's way into a build takes: `python -m benchmarks.steps [PLANS] [--rounds N]`.

Records to quads, beside writing the same quads as N-Quads text; that and what follows from them, beside pyoxigraph's bulk load of all of
it, in one store; and what the shapes say. On invented plans, in processor time of one process: the median of the rounds, each of which
does everything once, and their spread. As in a build, Python seldom looks for garbage.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from benchmarks.build import written
from benchmarks.figures import Figure, of_runs, seconds, table
from cancu import infer, quads, validate
from cancu.context import Context
from cancu.part import Ground, Setting, by_graph, ground
from cancu.pool import seldom_collected
from cancu.quads import Quad


@dataclass(frozen=True, slots=True)
class Round:
    """The seconds of each step, for all plans together."""

    load: float
    text: float
    infer: float
    bulk: float
    validate: float


def once(setting: Setting, paths: Sequence[Path], file: Path) -> Round:
    """All steps, each for all plans; `file` is what is written and loaded in bulk."""
    shared = ground(setting)
    load, stated = seconds(lambda: [_loaded(shared, setting.data, path) for path in paths], time.process_time)
    text, _ = seconds(lambda: quads.write((quad for plan in stated for quad in plan), file), time.process_time)
    following, found = seconds(lambda: [_following(shared, plan) for plan in stated], time.process_time)
    inferred = quads.iri(shared.context.iris.graph("inferred"))
    quads.write((quad for plan, more in zip(stated, found, strict=True) for quad in (*plan, *(Quad(*one, inferred) for one in more))), file)
    bulk, _ = seconds(lambda: ox.Store().bulk_load(path=str(file), format=ox.RdfFormat.N_QUADS), time.process_time)
    said, _ = seconds(lambda: [_validated(shared, plan) for plan in stated], time.process_time)
    return Round(load, text, following, bulk, said)


def _loaded(shared: Ground, data: Path, path: Path) -> list[Quad]:
    context = Context(shared.context.registry, (path,))
    graphs = by_graph(quad for load in shared.plan_loaders for quad in load(data, context))
    return [quad for graph in graphs.values() for quad in graph]


def _following(shared: Ground, plan: Sequence[Quad]) -> set[infer.Triple]:
    reached = validate.reach(plan, shared.registry)
    return infer.follow(shared.axioms, (quad[:3] for quad in (*plan, *reached)))


def _validated(shared: Ground, plan: Sequence[Quad]) -> tuple[validate.Result, ...]:
    reached = validate.reach(plan, shared.registry)
    return validate.validate_plan(quad[:3] for quad in (*plan, *reached))


def figures(plans: int = 100, rounds: int = 5) -> list[Figure]:
    """What is measured, as `docs/performance.md` tells it."""
    setting = Setting.now()
    with tempfile.TemporaryDirectory() as name:
        paths = written(Path(name) / "records", plans)
        once(setting, paths[:1], Path(name) / "all.nq")  # opens the registry, compiles the shapes
        with seldom_collected():
            runs = [once(setting, paths, Path(name) / "all.nq") for _ in range(rounds)]
    return [
        of_runs("a plan, record to quads, by writing them as text", "times", [run.load / run.text for run in runs], wanted="2 times"),
        of_runs(
            "a plan, record to quads and what follows, by bulk load", "times", [(run.load + run.infer) / run.bulk for run in runs],
            wanted="1.3 times",
        ),
        *(
            of_runs(f"a plan, {what}", "ms", [1000 * getattr(run, step) / plans for run in runs])
            for what, step in (
                ("record to quads", "load"), ("quads written as text", "text"), ("what follows", "infer"),
                ("quads and what follows, in pyoxigraph's bulk load", "bulk"),
            )
        ),
        of_runs("plans checked by the shapes", "plans/s a core", [plans / run.validate for run in runs], wanted="10"),
    ]  # fmt: skip


def main() -> None:
    """Measures and prints."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("plans", type=int, nargs="?", default=100)
    parser.add_argument("--rounds", type=int, default=5)
    given = parser.parse_args()
    print(table(figures(given.plans, given.rounds)))


if __name__ == "__main__":
    main()
