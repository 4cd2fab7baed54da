"""Questions about the five plans, answered by hand from the documents: which bases, in which order; which plans; by which ways.

What a national document rests on in turn is read from its own preamble, where the registry's source points.

`expect` in `questions.csv`: the documents in the order of the trace, each by its number or title; or, after "plans:", the
plans of the projects reached; after "projects:", how many; after "ways:", how each path from the one to the other begins.
"""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

import cancu
from cancu.graph import Graph
from cancu.iris import BASE
from cancu.reach import Reach
from cancu.trace import Trace, Ways

QUESTIONS = list(csv.DictReader(Path(__file__).with_name("questions.csv").open(encoding="utf-8", newline="")))


@pytest.fixture(scope="module")
def graph() -> Graph:
    return cancu.open()


def thing(words: str) -> str:
    return BASE + words if words.startswith("project/") else words


def parts(cell: str) -> list[str]:
    return [part.strip() for part in cell.split(";") if part.strip()]


def test_there_are_sixty_or_more() -> None:
    assert len({(row["thing"], row["basis"], row["expect"].partition(":")[0]) for row in QUESTIONS}) >= 60


@pytest.mark.parametrize("row", QUESTIONS, ids=lambda row: row["question"])
def test_question(row: dict[str, str], graph: Graph) -> None:
    kind, _, answer = row["expect"].partition(": ")
    found = graph.trace(thing(row["thing"]), row["basis"] or None)
    if isinstance(found, Ways):
        assert [path.way for path in found.paths] == parts(answer)
    elif isinstance(found, Trace):
        names = [document.label for document in found.documents]
        expected = parts(row["expect"])
        assert len(names) == len(expected) and all(part in name for part, name in zip(expected, names, strict=True)), names
    elif kind == "plans":
        plans = [plan.label for plan in found.plans]
        assert len(plans) == len(parts(answer)) and all(any(part in plan for plan in plans) for part in parts(answer)), plans
    else:
        assert isinstance(found, Reach) and len({reached.project.iri for reached in found.projects}) == int(answer)
