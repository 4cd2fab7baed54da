"""A citation that contradicts the registry is resolved only where the evidence is decisive, and keeps what was written."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from cancu import loading
from cancu.iris import ONTOLOGY
from cancu.quads import Quad
from cancu.records import CitedDocument
from cancu.registry import DocumentRef
from tests.invented_site import invented_plan

REGISTRY = loading.context().registry
INVESTMENT = "quản lý đầu tư ứng dụng CNTT"


def resolved(kind: str, number: str | None, date: str | None, issuer: str | None, title: str | None) -> DocumentRef:
    cited = CitedDocument(number=number, type=kind, title=title, date=date, issuer=issuer, roles=("mention",), mentions=())
    return REGISTRY.document(cited, "lao-cai", "plan")


@pytest.mark.parametrize(
    ("kind", "number", "date", "issuer", "title", "held", "wrong"),
    [
        ("Nghị định", "102/2012/NĐ-CP", None, "Chính phủ", INVESTMENT, "102-2009-nd-cp", "wrong-number"),
        ("Nghị định", "102/2012/NĐ-CP", "2009-11-06", "Chính phủ", INVESTMENT, "102-2009-nd-cp", "wrong-number"),
        ("Nghị quyết", "36-NQ/TU", None, "Bộ Chính trị", "phát triển CNTT bền vững", "36-nq-tw", "wrong-number"),
        ("Nghị định", "47/2020/NĐ-CP", "2020-09-04", "Chính phủ", None, "47-2020-nd-cp", "date-conflict"),
        ("Nghị quyết", "71/NQ-CP", "2025-05-01", "Chính phủ", None, "71-nq-cp", "date-conflict"),
        # of another year by its date, but day, month and title agree
        (
            "Quyết định", "1605/QĐ-TTg", "2011-08-27", "Thủ tướng Chính phủ",
            "phê duyệt Chương trình quốc gia về ứng dụng công nghệ thông tin", "1605-qd-ttg", "date-conflict",
        ),
        # laws by name, one part of the date wrong
        ("Luật", None, "2016-06-29", "Quốc hội", "Công nghệ thông tin", "67-2006-qh11", "date-conflict"),
        ("Luật", None, "2015-11-29", "Quốc hội", "Luật Giao dịch điện tử", "51-2005-qh11", "date-conflict"),
    ],
)  # fmt: skip
def test_decisive_evidence(kind: str, number: str | None, date: str | None, issuer: str, title: str | None, held: str, wrong: str) -> None:
    ref = resolved(kind, number, date, issuer, title)
    assert (ref.registered, ref.iri.rsplit("/", 1)[1]) == (True, held)
    assert ref.misquote is not None and ref.misquote.kind == wrong
    assert ref.misquote.vi and ref.misquote.en
    assert ref.taken_as == (ref.misquote.vi, ref.misquote.en)


@pytest.mark.parametrize(
    ("kind", "number", "date", "issuer", "title"),
    [
        ("Luật", None, "2014-05-29", "Quốc hội", "Công nghệ thông tin"),  # two parts of the date differ
        ("Luật", None, "2016-06-29", "Quốc hội", "Công nghệ thông tin địa phương"),  # another name
        ("Nghị định", "102/2012/NĐ-CP", None, "Chính phủ", None),  # no title: it may be another decree
        ("Nghị định", "102/2012/NĐ-CP", None, "Chính phủ", "tổ chức và hoạt động của Kiểm ngư"),  # the title is another's
        ("Nghị định", "102/2012/NĐ-CP", None, None, INVESTMENT),  # no issuer
        ("Nghị định", "102/2012/NĐ-CP", "2012-11-29", "Chính phủ", INVESTMENT),  # the date is wrong, too
        ("Nghị định", "105/2009/NĐ-CP", None, "Chính phủ", INVESTMENT),  # another serial number, and no date that agrees
        ("Nghị định", "105/2012/NĐ-CP", None, "Chính phủ", INVESTMENT),  # two parts differ
        ("Quyết định", "102/2012/NĐ-CP", None, "Chính phủ", INVESTMENT),  # another type
        ("Nghị quyết", "36-NQ/TU", None, "Tỉnh ủy Lào Cai", "phát triển CNTT bền vững"),  # the province's own
        ("Nghị quyết", "36-NQ/TU", None, "Bộ Chính trị", "phát triển CNTT"),  # too few words to name one document
        ("Quyết định", "1605/QĐ-TTg", "2012-09-27", "Thủ tướng Chính phủ", "Chương trình quốc gia về ứng dụng công nghệ thông tin"),
    ],
)
def test_less_than_decisive_evidence_is_left_as_written(
    kind: str, number: str, date: str | None, issuer: str | None, title: str | None
) -> None:
    ref = resolved(kind, number, date, issuer, title)
    assert (ref.registered, ref.misquote) == (False, None)


def test_a_citation_that_agrees_is_no_misquote() -> None:
    assert resolved("Nghị định", "47/2020/NĐ-CP", "2020-04-09", "Chính phủ", None).misquote is None
    assert resolved("Chỉ thị", "58/CT-TW", "2000-10-17", "Bộ Chính trị", None).misquote is None


def test_documents_of_two_ministries_belong_to_the_country() -> None:
    ref = resolved("Thông tư liên tịch", "9/2010/TTLT-BTC-BNV", "2010-01-05", "Bộ Tài chính, Bộ Nội vụ", None)
    assert ref.jurisdiction == "vn"
    assert [agency.name for agency in REGISTRY.issuers("Bộ Tài chính, Bộ Nội vụ", "lao-cai")] == ["Bộ Tài chính", "Bộ Nội vụ"]
    assert len(REGISTRY.issuers("Sở Văn hóa, Thể thao và Du lịch", "lao-cai")) == 1
    assert len(REGISTRY.issuers("Hợp tác xã Đồng Tâm, Hòa Sơn", "lao-cai")) == 1


# ---------------------------------------------------------------- in the graph


def quads(path: Path, **parts: object) -> list[Quad]:
    path.write_text(json.dumps(invented_plan("12/KH-UBND", 2020) | parts, ensure_ascii=False), encoding="utf-8")
    context = loading.context()
    found = list(loading.run(type(context)(context.registry, (path,))))
    assert not context.rejected
    return found


def misquoting() -> dict[str, object]:
    mention = {"surface": "Nghị định số 102/2012/NĐ-CP", "lines": [7, 7], "role": "mention"}
    named = {"number": "102/2012/NĐ-CP", "type": "Nghị định", "title": INVESTMENT, "date": None, "issuer": "Chính phủ"}
    return named | {"roles": ["mention"], "mentions": [mention]}


def test_the_citation_keeps_its_words_and_has_the_reason_and_a_finding(tmp_path: Path) -> None:
    found = quads(tmp_path / "plan.json", cited_documents=[misquoting()], document_relations=[], projects=[])
    (citation,) = {quad.subject for quad in found if quad.predicate == f"<{ONTOLOGY}resolvedAs>"}
    said = {(quad.predicate.rpartition("#")[2][:-1], quad.object) for quad in found if quad.subject == citation}
    assert ("surface", '"Nghị định số 102/2012/NĐ-CP"') in said
    assert any(name == "citedDocument" and value.endswith("/nd/2009/102-2009-nd-cp>") for name, value in said)
    (finding,) = {quad.subject for quad in found if quad.predicate == f"<{ONTOLOGY}aboutNode>" and quad.object == citation}
    told = {quad.predicate.rpartition("#")[2][:-1]: quad.object for quad in found if quad.subject == finding}
    assert (told["statedFigure"], told["otherFigure"]) == ('"102/2012/NĐ-CP"', '"102/2009/NĐ-CP"')
    assert told["findingKind"].endswith("/wrong-number>") and told["evidence"].endswith("/L7-7>")


def test_what_reading_found_is_not_said_twice(tmp_path: Path) -> None:
    known = {"kind": "wrong-number", "detail": "Sai số", "lines": [6, 8]}
    found = quads(tmp_path / "plan.json", cited_documents=[misquoting()], document_relations=[], projects=[], findings=[known])
    assert [quad for quad in found if quad.predicate == f"<{ONTOLOGY}aboutNode>"] == []
    assert [quad for quad in found if quad.predicate == f"<{ONTOLOGY}resolvedAs>"]


@pytest.mark.parametrize(
    ("name", "own"),
    [
        ("Kế hoạch Ứng dụng công nghệ thông tin tỉnh Hòa Sơn năm 2020", True),
        ("Kế hoạch ỨNG DỤNG CÔNG NGHỆ THÔNG TIN TỈNH HÒA SƠN NĂM 2020", True),
        ("Kế hoạch Ứng dụng công nghệ thông tin tỉnh Hòa Sơn năm 2019", False),
        ("Kế hoạch Ứng dụng công nghệ thông tin", False),
        ("Quy chế quản lý thư điện tử tỉnh Hòa Sơn năm 2020", False),
    ],
)
def test_a_work_of_the_plans_own_title_is_the_plan(name: str, own: bool, tmp_path: Path) -> None:
    relation = {"subject": "12/KH-UBND", "predicate": "promulgates", "object": name, "lines": [5, 5]}
    implied = {"subject": name, "predicate": "implements", "object": "64/2007/NĐ-CP", "lines": [6, 6]}
    found = quads(tmp_path / "plan.json", document_relations=[relation, implied])
    stated = [quad for quad in found if quad.predicate == f"<{ONTOLOGY}promulgates>"]
    implementing = [quad.subject for quad in found if quad.predicate == f"<{ONTOLOGY}implements>" and "/graph/plan/" in quad.graph]
    assert (stated == []) is own
    assert any(subject.endswith("/12-kh-ubnd>") for subject in implementing) is own
