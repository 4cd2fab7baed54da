"""Names and citations resolve to the thing they mean, or stay open with a reason."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from msgspec import convert, structs

from cancu.errors import InputError
from cancu.records import CitedDocument, PlanRecord
from cancu.registry import DocumentRef, Registry, fold, open_registry, plan_slug, type_and_title
from tests.invented_site import invented_plan

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
    assert type_and_title("Quy chế", "Quy chế") == "Quy chế"


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Hòa Sơn", "hoa-son"),
        ("tỉnh Hoà Sơn", "hoa-son"),
        ("Thành phố Biên Khê", "bien-khe"),
        ("TP Biên Khê", "bien-khe"),
        ("TP Hòa Sơn", "hoa-son"),
        ("tp. Biên Khê", "bien-khe"),
        ("huyện Hòa Sơn", None),
        ("", None),
        (None, None),
    ],
)
def test_provinces(registry: Registry, name: str | None, slug: str | None) -> None:
    found = registry.province(name)
    assert (found.slug if found else None) == slug


def test_a_place_is_named_by_its_kind_or_by_its_slug(registry: Registry) -> None:
    assert registry.place_name("bien-khe") == "thành phố Biên Khê"
    assert registry.place_name("xa-la") == "xa la"


@pytest.mark.parametrize(
    ("issuer", "jurisdiction"),
    [
        (None, "hoa-son"),
        ("Chính phủ", "vn"),
        ("Ủy ban nhân dân tỉnh Hòa Sơn", "hoa-son"),
        ("Ủy ban nhân dân thành phố Biên Khê", "bien-khe"),
        ("Hợp tác xã Đồng Tâm", "hoa-son"),
        ("Ủy ban nhân dân huyện Bát Mộc", "hoa-son-huyen-bat-moc"),
        ("Hội đồng nhân dân thị xã Kim Sa", "hoa-son-thi-xa-kim-sa"),
        ("Phòng Nội vụ quận Ba", "hoa-son-quan-ba"),
        ("Ủy ban nhân dân phường An Hạ", "hoa-son-phuong-an-ha"),
        ("Ủy ban nhân dân xã An Hạ", "hoa-son-xa-an-ha"),
        ("Ủy ban nhân dân thị trấn An Hạ", "hoa-son-thi-tran-an-ha"),
        ("Huyện ủy huyện Bát Mộc", "hoa-son-huyen-bat-moc"),
        ("Thị ủy thị xã Kim Sa", "hoa-son-thi-xa-kim-sa"),
        ("Thành ủy quận Ba", "hoa-son-quan-ba"),
    ],
)
def test_who_issues_says_where_it_holds(registry: Registry, issuer: str | None, jurisdiction: str) -> None:
    assert registry.jurisdiction_of(issuer, "hoa-son") == jurisdiction


def test_names_end_in_places_of_any_length(registry: Registry) -> None:
    assert registry.agency("Sở TT&TT thành phố Biên Khê", "hoa-son").jurisdiction == "bien-khe"
    assert registry.agency("Ban quản lý thành phố Biên Khê", "hoa-son").label == "Ban quản lý (Biên Khê)"
    assert registry.agency("Ban quản lý tỉnh  Hòa Sơn", "bien-khe").iri.endswith("/agency/hoa-son/ban-quan-ly")


def test_agencies_that_stand_for_many_are_told(registry: Registry) -> None:
    assert registry.agency("Các sở, ban, ngành", "hoa-son").collective
    assert not registry.agency("Sở TT&TT", "hoa-son").collective
    assert not registry.agency("Hợp tác xã Đồng Tâm", "hoa-son").collective


@pytest.mark.parametrize(
    ("name", "agencies"),
    [
        ("Quốc hội, Chính phủ", ["vn/quoc-hoi", "vn/chinh-phu"]),
        ("Quốc hội - Chính phủ", ["vn/quoc-hoi", "vn/chinh-phu"]),
        ("Quốc hội; Chính phủ; ", ["vn/quoc-hoi", "vn/chinh-phu"]),
        ("Chính phủ", ["vn/chinh-phu"]),
        ("Chính phủ, Hợp tác xã", ["hoa-son/chinh-phu-hop-tac-xa"]),
        ("Các sở, ban, ngành", ["hoa-son/cac-so-ban-nganh"]),
    ],
)
def test_issuers_together_are_known_ones(registry: Registry, name: str, agencies: list[str]) -> None:
    assert [one.iri.partition("/agency/")[2] for one in registry.issuers(name, "hoa-son")] == agencies


def test_the_registry_knows_its_own_documents(registry: Registry) -> None:
    assert registry.knows(registry.iris.document("vn", "nd", 2009, "102/2009/NĐ-CP"))
    assert not registry.knows(registry.iris.document("vn", "nd", 2010, "102/2009/NĐ-CP"))


@pytest.mark.parametrize(
    ("number", "date", "year"),
    [("64/2007/NĐ-CP", "2008-01-01", 2007), ("64/NĐ-CP", "2008-01-01", 2008), ("64/NĐ-CP", None, None), (None, "2008-01-01", 2008)],
)
def test_the_year_of_a_number_comes_before_that_of_a_date(registry: Registry, number: str, date: str | None, year: int | None) -> None:
    assert registry.year_of(number, date) == year


@pytest.mark.parametrize(
    ("document", "home", "found"),
    [
        (
            cited(number="1/2020/NĐ-CP", issuer="Chính phủ"),
            "hoa-son",
            DocumentRef("doc/vn/nd/2020/1-2020-nd-cp", "nd", "Decree", "vn", 2020),
        ),
        (cited(number="1/2020/NĐ-CP"), "vn", DocumentRef("doc/vn/nd/2020/1-2020-nd-cp", "nd", "Decree", "vn", 2020)),
        (
            cited(number="1/2020/XY-Z", type="Bài", issuer="Chính phủ"),
            "vn",
            DocumentRef("doc/vn/khac/2020/1-2020-xy-z", "khac", "Document", "vn", 2020),
        ),
        (
            cited(number="102/2009/NĐ-CP", issuer="Chính phủ"),
            "vn",
            DocumentRef("doc/vn/nd/2009/102-2009-nd-cp", "nd", "Decree", "vn", 2009, registered=True),
        ),
    ],
)
def test_what_is_found_is_said_whole(registry: Registry, document: CitedDocument, home: str, found: DocumentRef) -> None:
    ref = registry.document(document, home, "plan")
    assert replace(ref, iri=ref.iri.removeprefix(registry.iris.base)) == found


@pytest.mark.parametrize(
    ("document", "iri", "reason"),
    [
        (cited(number="1/2020/NĐ-CP"), "nd-1-2020-nd-cp", "The issuer is not given; not in the registry"),
        (cited(number="1/NĐ-CP", issuer="Chính phủ"), "nd-1-nd-cp", "The year of issue is not given; not in the registry"),
        (
            cited(number="2-CT/TU", issuer="Tỉnh ủy Hòa Sơn"),
            "nd-2-ct-tu",
            "Of which term is not said, and a committee of the Party numbers anew each term; not in the registry",
        ),
        (cited(number="119"), "nd-119", "A bare number: neither issuer nor year is said; no short name of the registry"),
        (cited(title="Bưu chính", date="2020-01-02"), "nd-buu-chinh-2020-01-02", "Cited by name, without a number; not in the registry"),
        (cited(), "nd-nghi-dinh", "Cited by name, without a number; not in the registry"),
    ],
)
def test_each_way_of_being_open_has_its_reason(registry: Registry, document: CitedDocument, iri: str, reason: str) -> None:
    ref = registry.document(document, "hoa-son", "some-plan")
    assert ref.iri == f"{registry.iris.base}unresolved/some-plan/{iri}"
    assert ref.reason
    assert ref.reason[1] == reason
    assert not ref.registered


def test_a_law_of_the_same_day_needs_the_title(registry: Registry) -> None:
    assert registry.document(cited(type="Luật", title="Đê điều", date="2006-06-29"), "vn", "plan").reason
    longer = cited(type="Luật", title="Công nghệ thông tin của nước ta", date="2006-06-29")
    assert registry.document(longer, "vn", "plan").registered
    assert registry.document(cited(type="Luật", title="Công nghệ thông tin", date="2007-01-01"), "vn", "plan").reason


def _reformed(folder: Path) -> Registry:
    """The registry, after Hòa Sơn went into Biên Khê, and its department into the Government."""
    provinces = PROVINCES.replace("98,,,Hoà Sơn", "98,bien-khe,2025-07-01,Hoà Sơn")
    agencies = AGENCIES.replace("aliases,source", "aliases,source,merged_into,merged_on").replace(",test\n", ",test,,\n")
    agencies = agencies.replace("Sở TT&TT;STTTT,test,,", "Sở TT&TT;STTTT,test,chinh-phu,2025-03-01")
    (folder / "provinces.csv").write_text(provinces, "utf-8")
    (folder / "agencies.csv").write_text(agencies, "utf-8")
    return open_registry(folder=folder)


@pytest.mark.parametrize(
    ("name", "home", "heir", "on"),
    [
        ("Sở TT&TT", "hoa-son", "vn/chinh-phu", "2025-03-01"),
        ("Ủy ban nhân dân tỉnh", "hoa-son", "bien-khe/uy-ban-nhan-dan", "2025-07-01"),
        ("Tỉnh ủy", "hoa-son", "bien-khe/tinh-uy", "2025-07-01"),
        ("Tỉnh ủy", "bien-khe", None, None),
        ("Các sở, ban, ngành", "hoa-son", None, None),
        ("Hợp tác xã Đồng Tâm", "hoa-son", None, None),
        ("Chính phủ", "vn", None, None),
    ],
)
def test_heirs(registry: Registry, tmp_path: Path, name: str, home: str, heir: str | None, on: str | None) -> None:
    reformed = _reformed(tmp_path)
    found = reformed.heir(reformed.agency(name, home))
    assert (found and found.agency.iri.partition("/agency/")[2], found and found.on) == (heir, on)
    assert found is None or found.source == "test"


@pytest.mark.parametrize(
    ("parts", "slug"),
    [
        ({"number": "1/KH-UBND", "province": "Hòa Sơn", "date": "2020-01-02"}, "hoa-son-1-kh-ubnd-2020"),
        ({"number": "1/KH-UBND", "province": "tỉnh Xa Lạ", "date": "2020-01-02"}, "tinh-xa-la-1-kh-ubnd-2020"),
        ({"number": "1/KH-UBND", "province": None, "date": None}, "vn-1-kh-ubnd"),
        (
            {"number": None, "title": "Một hai ba bốn năm sáu bảy tám chín", "province": None, "date": None},
            "vn-mot-hai-ba-bon-nam-sau-bay-tam",
        ),
    ],
)
def test_plans_are_named_by_place_number_and_year(registry: Registry, parts: dict[str, str | None], slug: str) -> None:
    plan = convert(invented_plan("12/KH-UBND", 2020), PlanRecord)
    assert plan_slug(structs.replace(plan, document=structs.replace(plan.document, **parts)), registry) == slug


def test_an_unknown_body_of_the_country_has_no_place(registry: Registry) -> None:
    assert registry.agency("Hợp tác xã Đồng Tâm", "vn").label == "Hợp tác xã Đồng Tâm"


@pytest.mark.parametrize(
    "document",
    [
        cited(type="Luật", date="2006-06-29"),  # the day alone
        cited(type="Nghị định", title="Công nghệ thông tin", date="2006-06-29"),  # another type
        cited(type="Luật", title="Công nghệ thông tin", date="2009-07-30"),  # another date in all its parts
        cited(type="Luật", title="Công nghệ cao", date="2006-06-29"),  # another title
    ],
)
def test_a_name_that_the_registry_does_not_have_stays_open(registry: Registry, document: CitedDocument) -> None:
    assert not registry.document(document, "vn", "plan").registered


def test_a_name_with_one_part_of_its_date_wrong_is_found_and_told(registry: Registry) -> None:
    found = registry.document(cited(type="Luật", title="Công nghệ thông tin", date="2006-06-30"), "vn", "plan")
    assert found.registered
    assert found.misquote
    assert (found.misquote.kind, found.misquote.written, found.misquote.held) == ("date-conflict", "2006-06-30", "2006-06-29")


@pytest.mark.parametrize("title", ["Luật Công nghệ thông tin", "công nghệ", "Công nghệ thông tin và truyền thông"])
def test_part_of_a_title_is_enough_on_its_day(registry: Registry, title: str) -> None:
    assert registry.document(cited(type="Luật", title=title, date="2006-06-29"), "vn", "plan").registered


def test_what_a_number_without_a_year_is_taken_for_is_said(registry: Registry) -> None:
    ref = registry.document(cited(type="Kế hoạch", number="134/KH-UBND", issuer="Ủy ban nhân dân tỉnh Hòa Sơn"), "hoa-son", "p", 2015)
    assert ref.taken_as == (
        "Không ghi năm; là số 134/KH-UBND của 2015, khi văn bản trích dẫn được ban hành",
        "Cited without a year; 134/KH-UBND of 2015, when the citing document was issued",
    )


def test_the_two_places_of_a_tone_are_one_name() -> None:
    assert fold("Hoà Bình") == fold("HÒA BÌNH")
    assert fold("xã hội hoá;") == fold("Xã hội hóa")


@pytest.mark.parametrize(
    ("document", "reason"),
    [
        (cited(), "Chỉ nêu tên, không có số hiệu; sổ đăng ký chưa có văn bản này"),
        (cited(number="1/NĐ-CP"), "Thiếu năm ban hành; sổ đăng ký chưa có văn bản này"),
        (cited(number="1/2020/NĐ-CP"), "Không rõ cơ quan ban hành; sổ đăng ký chưa có văn bản này"),
    ],
)
def test_reasons_are_told_in_vietnamese_too(registry: Registry, document: CitedDocument, reason: str) -> None:
    found = registry.document(document, "hoa-son", "p").reason
    assert found
    assert found[0] == reason
