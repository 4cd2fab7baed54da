"""Names and citations resolve to the thing they mean, or stay open with a reason."""

from __future__ import annotations

from pathlib import Path

import pytest

from cancu.errors import InputError
from cancu.records import CitedDocument
from cancu.registry import Registry, fold, open_registry, type_and_title

DOCUMENTS = """jurisdiction,type,number,date,issuer,title,aliases,effective_from,replaces,amends,implements,details,bases,source
vn,luat,67/2006/QH11,2006-06-29,Quốc hội,Công nghệ thông tin,Luật Công nghệ thông tin,2007-01-01,,,,,,test
vn,nd,102/2009/NĐ-CP,2009-11-06,Chính phủ,quản lý đầu tư ứng dụng công nghệ thông tin,,,,,,,,test
vn,nd,73/2019/NĐ-CP,2019-09-05,Chính phủ,quản lý đầu tư ứng dụng công nghệ thông tin,,2020-01-01,nd 102/2009/NĐ-CP,,,,,test
hoa-son,kh,134/KH-UBND,2015-05-20,Ủy ban nhân dân tỉnh Hòa Sơn,triển khai đề án,,,,,,,,test
hoa-son,kh,7/KH-UBND,2014,Ủy ban nhân dân tỉnh Hòa Sơn,Phát triển đô thị thông minh tỉnh Hòa Sơn,,,,,,,,test
"""
PROVINCES = """slug,name_vi,name_en,kind,code,merged_into,merged_on,aliases,source
hoa-son,Hòa Sơn,Hoa Son,tỉnh,98,,,Hoà Sơn,test
bien-khe,Biên Khê,Bien Khe,thành phố,99,,,TP Biên Khê,test
"""
AGENCIES = """kind,label_vi,label_en,level,parent,aliases,source
chinh-phu,Chính phủ,Government,central,,,test
quoc-hoi,Quốc hội,National Assembly,central,,,test
uy-ban-nhan-dan,Ủy ban nhân dân tỉnh,People's Committee,provincial,,UBND tỉnh;Ủy ban nhân dân,test
so-thong-tin-va-truyen-thong,Sở Thông tin và Truyền thông,Department of Information,provincial,uy-ban-nhan-dan,Sở TT&TT;STTTT,test
tinh-uy,Tỉnh ủy,provincial Party committee,party-provincial,,,test
cac-so-ban-nganh,"Các sở, ban, ngành",departments and agencies,collective,,,test
"""


@pytest.fixture
def registry(tmp_path: Path) -> Registry:
    tables = {
        "documents": DOCUMENTS,
        "provinces": PROVINCES,
        "agencies": AGENCIES,
        "undertakings": "plan,row,same_as_plan,same_as_row,reason,source\n",
    }
    tables["sources"] = "sha256,file,published_at,source\n"
    for name, text in tables.items():
        (tmp_path / f"{name}.csv").write_text(text, "utf-8")
    return open_registry(folder=tmp_path)


def cited(**parts: object) -> CitedDocument:
    known = {"number": None, "type": "Nghị định", "title": None, "date": None, "issuer": None, "roles": ("mention",), "mentions": ()}
    return CitedDocument(**(known | parts))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("name", "iri", "label"),
    [
        ("Sở TT&TT", "agency/hoa-son/so-thong-tin-va-truyen-thong", "Sở Thông tin và Truyền thông tỉnh Hòa Sơn"),
        (
            "Sở Thông tin và Truyền thông tỉnh Hoà Sơn",
            "agency/hoa-son/so-thong-tin-va-truyen-thong",
            "Sở Thông tin và Truyền thông tỉnh Hòa Sơn",
        ),
        ("Ủy ban nhân dân tỉnh Hòa Sơn", "agency/hoa-son/uy-ban-nhan-dan", "Ủy ban nhân dân tỉnh Hòa Sơn"),
        ("Ủy ban nhân dân thành phố Biên Khê", "agency/bien-khe/uy-ban-nhan-dan", None),
        ("Chính phủ", "agency/vn/chinh-phu", "Chính phủ"),
        ("Tỉnh ủy Hòa Sơn", "agency/hoa-son/tinh-uy", "Tỉnh ủy Hòa Sơn"),
        ("Các sở, ban, ngành", "agency/hoa-son/cac-so-ban-nganh", "Các sở, ban, ngành (Hòa Sơn)"),
        ("Hợp tác xã Đồng Tâm", "agency/hoa-son/hop-tac-xa-dong-tam", "Hợp tác xã Đồng Tâm (Hòa Sơn)"),
    ],
)
def test_agencies(registry: Registry, name: str, iri: str, label: str | None) -> None:
    agency = registry.agency(name, "hoa-son")
    assert agency.iri.removeprefix(registry.iris.base) == iri
    assert label is None or agency.label == label


def test_one_kind_in_two_provinces_is_two_agencies(registry: Registry) -> None:
    assert registry.agency("STTTT", "hoa-son").iri != registry.agency("STTTT", "bien-khe").iri


@pytest.mark.parametrize(
    ("document", "iri"),
    [
        (cited(number="102/2009/NĐ-CP", issuer="Chính phủ"), "doc/vn/nd/2009/102-2009-nd-cp"),
        (cited(number="102/2009/nđ-cp", issuer="Chính phủ", date="2009-11-06"), "doc/vn/nd/2009/102-2009-nd-cp"),
        (cited(type="Luật", title="Công nghệ thông tin", date="2006-06-29"), "doc/vn/luat/2006/67-2006-qh11"),
        (cited(type="Luật", title="Công nghệ thông tin"), "doc/vn/luat/2006/67-2006-qh11"),
        (cited(type="Kế hoạch", number="134/KH-UBND", issuer="Ủy ban nhân dân tỉnh Hòa Sơn"), "doc/hoa-son/kh/2015/134-kh-ubnd"),
        # no year, but the title
        (
            cited(type="Kế hoạch", number="7/KH-UBND", title="phát triển đô thị thông minh", issuer="Ủy ban nhân dân tỉnh Hòa Sơn"),
            "doc/hoa-son/kh/2014/7-kh-ubnd",
        ),
        # a full key needs no registry
        (
            cited(type="Kế hoạch", number="9/KH-UBND", date="2019-03-01", issuer="Ủy ban nhân dân tỉnh Hòa Sơn"),
            "doc/hoa-son/kh/2019/9-kh-ubnd",
        ),
        # the same number of another year is another document
        (
            cited(type="Kế hoạch", number="134/KH-UBND", date="2019-03-01", issuer="Ủy ban nhân dân tỉnh Hòa Sơn"),
            "doc/hoa-son/kh/2019/134-kh-ubnd",
        ),
        (
            cited(type="Kế hoạch", number="134/KH-UBND", date="2015-05-20", issuer="Ủy ban nhân dân thành phố Biên Khê"),
            "doc/bien-khe/kh/2015/134-kh-ubnd",
        ),
    ],
)
def test_documents(registry: Registry, document: CitedDocument, iri: str) -> None:
    ref = registry.document(document, "hoa-son", "plan", 2015)
    assert ref.iri.removeprefix(registry.iris.base) == iri
    assert ref.reason is None


@pytest.mark.parametrize(
    "document",
    [
        cited(type="Kế hoạch", number="77/KH-UBND", issuer="Ủy ban nhân dân tỉnh Hòa Sơn"),
        cited(type="Luật", title="Đê điều", date="2006-11-29"),
        cited(type="Đề án", title="Đô thị thông minh"),
    ],
)
def test_what_is_left_open_says_why(registry: Registry, document: CitedDocument) -> None:
    ref = registry.document(document, "hoa-son", "some-plan")
    assert "/unresolved/some-plan/" in ref.iri
    assert ref.reason is not None
    assert all(ref.reason)


def test_a_row_refers_to_another(registry: Registry) -> None:
    newer = next(row for row in registry.documents if row.number == "73/2019/NĐ-CP")
    older = registry.referred(newer, newer.replaces[0])
    assert older is not None
    assert older.number == "102/2009/NĐ-CP"


def test_a_ragged_row_is_named(tmp_path: Path, registry: Registry) -> None:
    path = tmp_path / "provinces.csv"
    path.write_text(PROVINCES + "too,few\n", "utf-8")
    with pytest.raises(InputError, match=r"provinces\.csv:4"):
        open_registry(folder=tmp_path)


def test_a_date_that_is_none_is_named(tmp_path: Path, registry: Registry) -> None:
    path = tmp_path / "documents.csv"
    path.write_text(DOCUMENTS.replace("2006-06-29", "29/6/2006"), "utf-8")
    with pytest.raises(InputError, match=r"documents\.csv:2.*29/6/2006"):
        open_registry(folder=tmp_path)


def test_a_missing_table_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"provinces\.csv"):
        open_registry(folder=tmp_path)


def test_fold() -> None:
    assert fold("  Uỷ ban  Nhân dân ") == fold("ủy ban nhân dân")


def test_a_type_is_said_once() -> None:
    assert type_and_title("Luật", "Luật Viễn thông") == "Luật Viễn thông"
    assert type_and_title("Luật", "Viễn thông") == "Luật Viễn thông"
    assert type_and_title("Chương trình", None) == "Chương trình"
