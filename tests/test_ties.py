"""A change is followed to all whom it concerns, and to no others."""

from __future__ import annotations

from cancu import ties
from cancu.quads import RDF_TYPE, prop, text
from cancu.ties import Tie, concern

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


def test_other_lines_of_a_relation_concern_who_mentions_its_documents() -> None:
    node = f"<https://example.org/relation/{A}/1>"

    def parts(lines: str) -> dict[str, Tie]:
        stated = (
            (node, prop("relationSubject"), doc("decree")),
            (node, prop("relationObject"), doc("law")),
            (node, prop("evidence"), f"<https://example.org/evidence/{A}/{lines}>"),
        )
        return {A: plan(A, "hoa-son", *stated), B: plan(B, "lam-binh", cites(B, "decree"))}

    assert told(parts("L1-1"), parts("L2-2"))[1] == {A, B}


def test_one_more_who_says_the_same_concerns_no_other_plan() -> None:
    named = (doc("decree"), prop("title"), text("Nghị định"))
    before = {A: plan(A, "hoa-son", cites(A, "decree"), named)}
    now = before | {B: plan(B, "lam-binh", cites(B, "decree"), named)}
    assert told(before, now) == ({B, "decree"}, {B})
    assert told(now, before) == ({B, "decree"}, {B})
    other = before | {B: plan(B, "lam-binh", cites(B, "decree"), (doc("decree"), prop("title"), text("Nghị định khác")))}
    assert told(before, other)[1] == {A, B}
