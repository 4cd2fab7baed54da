"""IRIs are readable, stable, and legal whatever the names are."""

from __future__ import annotations

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cancu.iris import Iris, concept, short, slug, term
from cancu.quads import iri


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Sở Thông tin và Truyền thông", "so-thong-tin-va-truyen-thong"),
        ("64/2007/NĐ-CP", "64-2007-nd-cp"),
        ("Đắk Nông", "dak-nong"),
        ("  20-ĐA/TU ", "20-da-tu"),
        ("ỦY BAN", "uy-ban"),
        ("Uỷ ban", "uy-ban"),
        ("đ", "d"),
        ("…", ""),
    ],
)
def test_slug(text: str, expected: str) -> None:
    assert slug(text) == expected


@given(st.text())
def test_slug_is_idempotent_and_plain(text: str) -> None:
    made = slug(text)
    assert slug(made) == made
    assert all(char in "abcdefghijklmnopqrstuvwxyz0123456789-" for char in made)


def test_short_keeps_whole_words() -> None:
    assert short("Một hai ba bốn", 2) == "mot-hai"


def test_documents_of_two_provinces_differ() -> None:
    iris = Iris()
    assert iris.document("lao-cai", "kh", 2016, "134/KH-UBND") != iris.document("cao-bang", "kh", 2016, "134/KH-UBND")
    assert iris.document("vn", "nd", 2007, "64/2007/NĐ-CP") == "https://w3id.org/cancu/doc/vn/nd/2007/64-2007-nd-cp"


def test_the_base_is_a_setting_and_the_vocabulary_is_not() -> None:
    assert Iris("https://example.org/x/").plan_graph("p") == "https://example.org/x/graph/plan/p"
    assert term("Plan") == "https://w3id.org/cancu/ontology#Plan"
    assert concept("system-kind", "WAN/LAN") == "https://w3id.org/cancu/scheme/system-kind/wan-lan"


@given(st.text(st.characters(codec="utf-8")))
def test_any_text_makes_a_legal_iri(text: str) -> None:
    ox.NamedNode(iri(f"https://example.org/{slug(text)}")[1:-1])


@pytest.mark.parametrize(
    ("family", "names", "path"),
    [
        ("unresolved", ("p", "da", "Đề án đô thị thông minh"), "unresolved/p/da-de-an-do-thi-thong-minh"),
        ("unresolved", ("p", "da", "1 2 3 4 5 6 7 8 9 10 11 12 13"), "unresolved/p/da-1-2-3-4-5-6-7-8-9-10-11-12"),
        ("jurisdiction", ("hoa-son",), "jurisdiction/hoa-son"),
        ("agency", ("hoa-son", "Sở Nội vụ"), "agency/hoa-son/so-noi-vu"),
        ("change", ("hoa-son", "Sở Nội vụ"), "change/hoa-son/so-noi-vu"),
        ("system", ("hoa-son", "LGSP"), "system/hoa-son/lgsp"),
        ("of_plan", ("project", "p", "appendix-1-2"), "project/p/appendix-1-2"),
        ("of_plan", ("budget", "p"), "budget/p"),
        ("plan_graph", ("p",), "graph/plan/p"),
        ("graph", ("registry",), "graph/registry"),
    ],
)
def test_an_iri_once_published_stays(family: str, names: tuple[str, ...], path: str) -> None:
    assert getattr(Iris(), family)(*names) == f"https://w3id.org/cancu/{path}"


def test_letters_that_ascii_lacks_are_left_out() -> None:
    assert slug("Trung tâm ① 中 số") == "trung-tam-so"
