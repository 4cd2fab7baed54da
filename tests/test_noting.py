"""A page that is about no one thing holds where all facts and answers that it looked at are as they were, and not otherwise."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields
from typing import Any

import msgspec
import pytest

from cancu.ties import Concern
from cancu.website.comparing import moved
from cancu.website.facts import Document, Facts, Project, Shelf
from cancu.website.gathering import Known, dumps
from cancu.website.noting import Notes, Same, noted

A, B, C = (
    Document(iri=f"https://example.org/{name}", label=name, jurisdiction="x", date_issued=f"202{at}-01-01", stated_in="y")
    for at, name in enumerate("abc")
)
P = Project(iri="https://example.org/p", label="p", planned_in=(A.iri,))


def facts(*documents: Document, projects: tuple[Project, ...] = (P,)) -> Facts:
    shelves: dict[str, Any] = {field.name: Shelf[Any]({}) for field in fields(Facts)}
    shelves["documents"] = Shelf({one.iri: one for one in documents})
    shelves["projects"] = Shelf({one.iri: one for one in projects})
    return Facts(**shelves)


def renewed(before: Facts, now: Facts) -> tuple[Facts, Known]:
    """The facts of now, of which those that are known are the same structs."""
    known = Known(dumps(before).__getitem__, Concern(frozenset(), frozenset()))
    shelves = {
        field.name: Shelf({iri: known.same(field.name, fact) for iri, fact in getattr(now, field.name).items()}) for field in fields(now)
    }
    return Facts(**shelves), known


RELABELLED = msgspec.structs.replace(B, label="other")
MOVED = msgspec.structs.replace(B, jurisdiction="z")
LOOKS: dict[str, Callable[[Facts], object]] = {
    "a": lambda stated: stated.documents[A.iri],
    "b": lambda stated: stated.documents.get(B.iri),
    "is b": lambda stated: B.iri in stated.documents,
    "in x": lambda stated: stated.documents.by("jurisdiction", "x"),
    "in z": lambda stated: stated.documents.by("jurisdiction", "z"),
    "all": lambda stated: list(stated.documents.values()),
    "how many": lambda stated: len(stated.documents),
    "plans": lambda stated: stated.plans,
    "money": lambda stated: stated.money.of_project(stated.projects[P.iri]),
    "projects": lambda stated: list(stated.projects),
    "projects of a": lambda stated: stated.projects.by("planned_in", A.iri),
    "projects of b": lambda stated: stated.projects.by("planned_in", B.iri),
}
_WHOLE = {"all", "how many", "plans", "money"}


@pytest.mark.parametrize(
    ("now", "otherwise"),
    [
        (facts(A, B), set()),
        (facts(A, RELABELLED), {"b", "is b", "in x", *_WHOLE}),
        (facts(A, MOVED), {"b", "is b", "in x", "in z", *_WHOLE}),
        (facts(A), {"b", "is b", "in x", *_WHOLE}),
        (facts(A, B, C), {"in x", *_WHOLE}),
        (facts(A, B, projects=()), {"money", "projects", "projects of a"}),
        (facts(A, B, projects=(msgspec.structs.replace(P, planned_in=(B.iri,)),)), {"money", "projects", "projects of a", "projects of b"}),
    ],
)
def test_what_was_looked_at_tells_whether_a_page_holds(now: Facts, otherwise: set[str]) -> None:
    before = facts(A, B)
    stated, known = renewed(before, now)
    same = Same.of(stated, known, ["gaps"])
    found = set()
    for name, look in LOOKS.items():
        notes = Notes()
        assert look(noted(before, notes)) == look(before)
        if not same.has(notes.looked(["gaps"])):
            found.add(name)
        assert not same.has(notes.looked(["gaps", "findings"])), "an answer that is another"
    assert found == otherwise


@pytest.mark.parametrize(
    ("then", "now", "changed", "found"),
    [
        ((A, B, C), (A, B, C), "a", {B.iri}),
        ((A, B, C), (A, B, C), "c", set()),
        ((A, C), (A, B, C), "b", {C.iri}),
        ((A, B, C), (A, C), "b", {C.iri}),
        ((A, B, C), (A, MOVED, C), "b", {C.iri}),
    ],
)
def test_plans_that_are_set_beside_a_changed_one(
    then: tuple[Document, ...], now: tuple[Document, ...], changed: str, found: set[str]
) -> None:
    concern = Concern(frozenset(), frozenset({changed}), frozenset({A.iri, B.iri, C.iri}))
    shelves = (Shelf({one.iri: one for one in some}) for some in (then, now))
    assert {plan for plan in moved(concern, *shelves) if not concern.has(plan)} == found
