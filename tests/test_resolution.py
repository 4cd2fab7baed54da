"""What the citations of the five plans resolve to, held against a table that was checked by hand, line by line.

`citations.csv`: the document that each citation means, as a person reads its line; empty where nobody can say. No row says less
than type, number, issuer and year, or the term of a Party committee in which a number stands for one document.
"""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from cancu import loading
from cancu.context import Context
from cancu.iris import BASE, ONTOLOGY
from cancu.records import CitedDocument, Mention
from cancu.resolution import Resolution, resolutions, resolved, table
from tests.invented_site import invented_plan

CHECKED = list(csv.DictReader(Path(__file__).with_name("citations.csv").open(encoding="utf-8", newline="")))
REGISTRY = loading.context().registry


@pytest.fixture(scope="module")
def found() -> tuple[Resolution, ...]:
    return resolutions(loading.context())


def test_every_citation_that_was_checked_means_the_document_that_it_resolves_to(found: tuple[Resolution, ...]) -> None:
    means = {(row["file"], row["cited"]): row["document"] for row in CHECKED}
    got = {(one.file, one.cited.number or one.cited.title or ""): one for one in found}
    assert len(means) == len(CHECKED) >= 90
    wrong = []
    for key, document in means.items():
        one = got.get(key)
        assert one is not None, f"{key} is cited no more: look at the plan, and at the table"
        if one.ref.iri != f"{BASE}doc/{document}" and one.how != "open":
            wrong.append((key, one.ref.iri))
    assert wrong == []


def test_nearly_all_resolve_and_the_rest_say_why(found: tuple[Resolution, ...]) -> None:
    done, every = resolved(found)
    assert done / every >= 0.97
    numbered = [one for one in found if one.cited.number]
    done, every = resolved(numbered)
    assert done / every >= 0.97
    for one in found:
        assert (one.how == "open") == ("/unresolved/" in one.ref.iri) == (one.ref.reason is not None)
    rows = table(found)
    assert len(rows) == len(found)
    assert all(reason for how, reason in zip(rows.column("how"), rows.column("reason"), strict=True) if how == "open")


def cited(kind: str, number: str, issuer: str | None, surface: str = "") -> CitedDocument:
    mentions = (Mention(surface=surface, lines=(1, 1), role="mention"),) if surface else ()
    return CitedDocument(number=number, type=kind, title=None, date=None, issuer=issuer, roles=("mention",), mentions=mentions)


@pytest.mark.parametrize(
    ("document", "home", "year", "means"),
    [
        # the committee's numbers run for a term, the province's for a year: of that year or term, and of no other
        (cited("Đề án", "11-ĐA/TU", "Tỉnh ủy Lào Cai"), "lao-cai", 2019, "lao-cai/da/2015-2020/11-da-tu"),
        (cited("Đề án", "11-ĐA/TU", "Tỉnh ủy Lào Cai"), "lao-cai", 2020, None),  # in which the next term begins
        (cited("Đề án", "11-ĐA/TU", "Tỉnh ủy Lào Cai"), "lao-cai", 2021, None),
        (cited("Đề án", "11-ĐA/TU", "Tỉnh ủy Lào Cai"), "lao-cai", None, None),
        (cited("Đề án", "11-ĐA/TU", "Tỉnh ủy Cao Bằng"), "lao-cai", 2016, None),
        (cited("Kế hoạch", "11/KH-UBND", "Ủy ban nhân dân tỉnh Lào Cai"), "lao-cai", 2016, "lao-cai/kh/2016/11-kh-ubnd"),
        (cited("Kế hoạch", "11/KH-UBND", "Ủy ban nhân dân tỉnh Lào Cai"), "lao-cai", 2017, None),
        # of two resolutions 36-NQ/TW nothing here says which
        (cited("Nghị quyết", "36-NQ/TW", "Ban Chấp hành Trung ương"), "lao-cai", 2019, None),
        # a short name is one without "số", and of a scheme that there was by then
        (cited("Đề án", "112", None, "Đề án 112"), "lao-cai", 2010, "vn/qd/2001/112-2001-qd-ttg"),
        (cited("Đề án", "112", None, "Đề án số 112"), "lao-cai", 2010, None),
        (cited("Đề án", "30", None, "Đề án 30"), "lao-cai", 2005, None),
        (cited("Đề án", "119", None, "Đề án 119"), "lao-cai", 2020, None),
    ],
)  # fmt: skip
def test_numbers_without_a_year(document: CitedDocument, home: str, year: int | None, means: str | None) -> None:
    ref = REGISTRY.document(document, home, "plan", year)
    assert (ref.iri.removeprefix(f"{BASE}doc/") if ref.registered else None) == means
    assert bool(ref.taken_as) == bool(means)


def test_a_date_within_the_term_is_of_the_term() -> None:
    dated = CitedDocument(
        number="11-ĐA/TU", type="Đề án", title=None, date="2016-05-27", issuer="Tỉnh ủy Lào Cai", roles=("mention",), mentions=()
    )
    ref = REGISTRY.document(dated, "lao-cai", "plan", 2021)
    assert (ref.iri, ref.misquote) == (f"{BASE}doc/lao-cai/da/2015-2020/11-da-tu", None)


def test_a_row_names_the_document_that_is_cited_by_type_and_title(tmp_path: Path) -> None:
    plan = invented_plan("12/KH-UBND", 2020)
    mention = {"surface": "Kế hoạch ứng cứu sự cố mẫu", "lines": [30, 31], "role": "row_basis"}
    named = {"number": None, "type": "Kế hoạch", "title": "ứng cứu sự cố mẫu", "date": None, "issuer": None}
    plan["cited_documents"] = [named | {"roles": ["row_basis"], "mentions": [mention, mention | {"lines": [40, 40]}]}]
    plan["document_relations"] = []
    plan["projects"] = [plan["projects"][0] | {"row_basis": ["Kế hoạch ứng cứu sự cố mẫu"]}]
    path = tmp_path / "plan.json"
    path.write_text(json.dumps(plan, ensure_ascii=False), encoding="utf-8")
    quads = list(loading.run(Context(REGISTRY, (path,))))
    (found,) = resolutions(Context(REGISTRY, (path,)))
    assert (found.line, found.how) == (30, "open")
    ends = {name: {quad.object for quad in quads if quad.predicate == f"<{ONTOLOGY}{name}>"} for name in ("rowBasis", "citedDocument")}
    assert ends["rowBasis"] == ends["citedDocument"] and len(ends["rowBasis"]) == 1


def test_what_resolves_is_counted_and_told_by_how() -> None:
    asked = [
        cited("Đề án", "112", None, "Đề án 112"),  # a short name: taken for what the registry holds
        cited("Nghị định", "64/2007/NĐ-CP", "Chính phủ", "Nghị định 64"),
        cited("Nghị định", "1/1999/NĐ-CP", "Chính phủ", "Nghị định 1"),
        cited("Nghị định", "1/1999/NĐ-CP", None),
        cited("Kế hoạch", "1/KH-UBND", "Ủy ban nhân dân tỉnh Lào Cai", "Kế hoạch 1"),
    ]
    found = [Resolution("a.txt", 7, one, REGISTRY.document(one, "lao-cai", "plan", 2010)) for one in asked]
    assert [one.how for one in found] == ["registry", "registry", "key", "open", "open"]
    assert resolved(found) == (3, 4)
    assert found[0].place == "a.txt:7"
    assert Resolution("a.txt", None, asked[0], found[0].ref).place == "a.txt:?"
    told = table(found)
    assert told.columns == ("file", "line", "cited", "citations", "how", "document", "reason")
    assert told.column("citations") == (1, 1, 1, 0, 1)
    assert [bool(reason) for reason in told.column("reason")] == [True, False, False, True, True]
    assert told.column("reason")[1] == ""
    assert found[0].ref.taken_as == (
        "“Đề án 112” là tên gọi tắt, ghi trong sổ đăng ký",
        "“Đề án 112” is a short name, held by the registry",
    )
