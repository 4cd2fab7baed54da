"""A change is followed to all whom it concerns, and to no others."""

from __future__ import annotations

import pytest

from cancu import ties
from cancu.quads import RDF_TYPE, prop, text
from cancu.ties import Concern, Tie, concern, turn

A, B, C = "hoa-son-1", "lam-binh-2", "hoa-son-3"


def doc(name: str) -> str:
    return f"<https://example.org/doc/{name}>"


def plan(name: str, place: str, *more: tuple[str, str, str], title: str = "Kế hoạch") -> Tie:
    """The tie of a plan with a project of its own, and what else is given."""
    own = f"<https://example.org/project/{name}/1>"
    lines = [
        (doc(name), prop("statedIn"), f"<https://example.org/source/{name}>"),
        (doc(name), prop("jurisdiction"), f"<https://example.org/jurisdiction/{place}>"),
        (f"<https://example.org/source/{name}>", prop("fileName"), text(f"{name}.txt")),
        (own, prop("title"), text(title)),
        (own, RDF_TYPE, prop("Project")),
        *more,
    ]
    return ties.of(name, (f"{' '.join(line)} <https://example.org/graph/plan/{name}> ." for line in lines))


def cites(name: str, document: str) -> tuple[str, str, str]:
    return f"<https://example.org/citation/{name}/1>", prop("citedDocument"), doc(document)


def told(before: dict[str, Tie], now: dict[str, Tie]) -> tuple[set[str], set[str]]:
    """The documents, by their names, and the plans that the change concerns."""
    found = concern(before, now)
    return {iri.rpartition("/")[2] for iri in found.things if "/doc/" in iri}, set(found.plans)


def test_nothing_changed_concerns_nobody() -> None:
    parts = {A: plan(A, "hoa-son", cites(A, "decree")), B: plan(B, "lam-binh", cites(B, "decree"))}
    assert told(parts, dict(parts)) == (set(), set())


def test_what_is_a_plans_own_concerns_what_it_cites_and_what_that_leads_to_and_plans_of_its_place() -> None:
    leads = (doc("decree"), prop("implements"), doc("law"))
    before = {
        A: plan(A, "hoa-son", cites(A, "decree"), leads),
        B: plan(B, "lam-binh", cites(B, "decree")),
        C: plan(C, "hoa-son", cites(C, "other")),
    }
    now = before | {A: plan(A, "hoa-son", cites(A, "decree"), leads, title="Tên mới")}
    assert told(before, now) == ({A, "decree", "law"}, {A})
    found = concern(before, now)
    beside = doc(C)[1:-1]
    assert found.shown(beside), "the plan of the same place is shown beside it"
    assert not found.has(beside), "what is stated of it holds"
    assert found.has(f"https://example.org/project/{A}/1")
    assert not found.has(f"https://example.org/project/{B}/1")
    assert not found.has("https://example.org/doc/other")


def test_other_words_for_a_document_concern_all_who_mention_it_or_what_leads_to_it() -> None:
    leads = (doc("decree"), prop("implements"), doc("law"))
    ground = ties.of("", (f"{' '.join((doc('circular'), prop('details'), doc('decree')))} <https://example.org/graph/registry> .",))

    def parts(title: str) -> dict[str, Tie]:
        named = (doc("law"), prop("title"), text(title))
        return {"": ground, A: plan(A, "hoa-son", leads, named), B: plan(B, "lam-binh", cites(B, "circular")), C: plan(C, "hoa-giang")}

    assert told(parts("Luật"), parts("Luật mới")) == ({A, B, "circular", "decree", "law"}, {A, B})


def test_what_replaces_a_document_concerns_who_cites_it() -> None:
    replaces = (doc("new"), prop("replaces"), doc("old"))

    def parts(date: str) -> dict[str, Tie]:
        dated = (doc("new"), prop("dateIssued"), text(date))
        return {A: plan(A, "hoa-son", replaces, dated), B: plan(B, "lam-binh", cites(B, "old"))}

    assert told(parts("2020-01-01"), parts("2020-01-02"))[1] == {A, B}
    assert told(parts("2020-01-01"), {B: parts("")[B]})[1] == {A, B}


def states(name: str, lines: str, relation: str = "implements") -> tuple[tuple[str, str, str], ...]:
    """What a plan says where it states that the decree rests on the law."""
    node, ends = f"<https://example.org/relation/{name}/1>", ("decree", "law")
    return (
        (node, prop("relationSubject"), doc(ends[relation == "approves"])),
        (node, prop("relationPredicate"), prop(relation)),
        (node, prop("relationObject"), doc(ends[relation != "approves"])),
        (node, prop("evidence"), f"<https://example.org/evidence/{name}/{lines}>"),
    )


@pytest.mark.parametrize("relation", ["implements", "approves"])
def test_other_lines_of_a_relation_concern_who_mentions_the_document_that_rests_on_another(relation: str) -> None:
    def parts(lines: str) -> dict[str, Tie]:
        stated = states(A, lines, relation)
        return {A: plan(A, "hoa-son", *stated), B: plan(B, "lam-binh", cites(B, "decree")), C: plan(C, "hoa-giang", cites(C, "law"))}

    before, now = parts("L1-1"), parts("L2-2")
    assert told(before, now) == ({A, B, "decree", "law"}, {A, B}), "no way from what C cites leads along the relation"
    assert told(before, {B: now[B], C: now[C]})[1] == {A, B}


def test_other_lines_of_a_relation_that_others_state_concern_no_other_plan_but_by_turn() -> None:
    one, other = sorted((A, B), key=lambda name: turn(name, doc("decree")[1:-1], doc("law")[1:-1]))
    places = {A: "hoa-son", B: "lam-binh"}
    before = {name: plan(name, places[name], *states(name, "L1-1")) for name in (A, B)} | {C: plan(C, "hoa-giang", cites(C, "decree"))}

    def moved(name: str) -> Concern:
        return concern(before, before | {name: plan(name, places[name], *states(name, "L2-2"))})

    assert C in moved(one).plans, "it tells where this one states the relation"
    assert C not in moved(other).plans
    project = f"https://example.org/project/{C}/1"
    assert not moved(other).shown(project)
    assert moved(other).asked(project), "a question may tell all who state it"
    without = {name: tie for name, tie in before.items() if name != one}
    assert C in concern(before, without).plans and C in concern(without, before).plans


def test_one_more_who_says_the_same_concerns_no_other_plan() -> None:
    named = (doc("decree"), prop("title"), text("Nghị định"))
    before = {A: plan(A, "hoa-son", cites(A, "decree"), named)}
    now = before | {B: plan(B, "lam-binh", cites(B, "decree"), named)}
    assert told(before, now) == ({B, "decree"}, {B})
    assert told(now, before) == ({B, "decree"}, {B})
    other = before | {B: plan(B, "lam-binh", cites(B, "decree"), (doc("decree"), prop("title"), text("Nghị định khác")))}
    assert told(before, other)[1] == {A, B}
