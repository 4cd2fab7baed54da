"""What a document says of itself, in the many layouts of its head and end. All documents are invented."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cancu.reading.head import period_of, read_head
from cancu.reading.layout import Line
from cancu.reading.source import Source, open_source
from cancu.records import PlanDocument

NATION = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n---------------\n"


def _read(text: str) -> PlanDocument:
    lines = tuple(Line(i, row) for i, row in enumerate(text.splitlines(), 1))
    return read_head(Source("x.txt", "0" * 64, "text/plain", max(len(lines), 1), lines))


PLAIN = f"""ỦY BAN NHÂN DÂN
TỈNH HÒA SƠN
-------
{NATION}Số: 45/KH-UBND
Hòa Sơn, ngày 07 tháng 3 năm 2023

KẾ HOẠCH

CHUYỂN ĐỔI SỐ TỈNH HÒA SƠN
GIAI ĐOẠN 2023 - 2025

Căn cứ Luật Công nghệ thông tin;
I. MỤC TIÊU
Nơi nhận:
- Như trên;
- UBND các huyện,
thành phố;
- Lưu: VT.
|
TM. ỦY BAN NHÂN DÂN
KT. CHỦ TỊCH
PHÓ CHỦ TỊCH

Nguyễn Thị Dung
"""


def test_plain_layout() -> None:
    head = _read(PLAIN)
    assert (head.number, head.type, head.date) == ("45/KH-UBND", "Kế hoạch", "2023-03-07")
    assert head.title == "CHUYỂN ĐỔI SỐ TỈNH HÒA SƠN GIAI ĐOẠN 2023 - 2025"
    assert (head.issuer, head.province, head.period) == ("Ủy ban nhân dân tỉnh Hòa Sơn", "Hòa Sơn", (2023, 2025))
    assert (head.signer, head.signer_title) == ("Nguyễn Thị Dung", "Phó Chủ tịch")
    assert head.recipients == ("Như trên", "UBND các huyện, thành phố", "Lưu: VT.")
    assert head.promulgated_by is None


@pytest.mark.parametrize(
    ("letterhead", "issuer", "province"),
    [
        ("ỦY\nBAN NHÂN DÂN\nTỈNH HÒA SƠN\n|", "Ủy ban nhân dân tỉnh Hòa Sơn", "Hòa Sơn"),
        ("UBND TỈNH HÒA SƠN\nSỞ THÔNG TIN VÀ TRUYỀN THÔNG", "Sở Thông tin và Truyền thông tỉnh Hòa Sơn", "Hòa Sơn"),
        ("ỦY BAN NHÂN\nDÂN\nTHÀNH PHỐ HẢI PHÒNG", "Ủy ban nhân dân thành phố Hải Phòng", "Hải Phòng"),
        ("HỘI ĐỒNG NHÂN DÂN\nTỈNH HÒA SƠN", "Hội đồng nhân dân tỉnh Hòa Sơn", "Hòa Sơn"),
        ("BỘ THÔNG TIN VÀ TRUYỀN THÔNG", "Bộ Thông tin và Truyền thông", None),
        ("THỦ TƯỚNG CHÍNH PHỦ", "Thủ tướng Chính phủ", None),
        ("TỈNH ỦY HÒA SƠN\n*", "Tỉnh ủy Hòa Sơn", "Hòa Sơn"),
        ("ỦY BAN NHÂN DÂN          CỘNG HÒA XÃ HỘI\nTỈNH HÒA SƠN             Độc lập - Tự do", "Ủy ban nhân dân tỉnh Hòa Sơn", "Hòa Sơn"),
        (
            "UBND TỈNH HÒA SƠN CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nSỞ NỘI VỤ Độc lập - Tự do - Hạnh phúc",
            "Sở Nội vụ tỉnh Hòa Sơn",
            "Hòa Sơn",
        ),
    ],
)
def test_issuers(letterhead: str, issuer: str, province: str | None) -> None:
    head = _read(f"{letterhead}\n{NATION}Số: 12/KH-ABC\nngày 1 tháng 2 năm 2020\nKẾ HOẠCH\nChuyển đổi số năm 2020\n\nCăn cứ\n")
    assert (head.issuer, head.province) == (issuer, province)
    assert (head.number, head.title, head.date) == ("12/KH-ABC", "Chuyển đổi số năm 2020", "2020-02-01")


def test_a_decision_with_its_plan_is_the_decision() -> None:
    head = _read(
        f"ỦY BAN NHÂN DÂN\nTỈNH HÒA SƠN\n{NATION}Số: 88/QĐ-UBND\nHòa Sơn, ngày 31 tháng 12 năm 2020\n"
        "QUYẾT ĐỊNH\nVề việc ban hành Kế hoạch chuyển đổi số"
        "\nỦY BAN NHÂN DÂN TỈNH HÒA SƠN\nCăn cứ Luật Công nghệ thông tin;\nQUYẾT ĐỊNH:\nĐiều 1. Ban hành\nCHỦ TỊCH\nHoàng Văn An\n"
        "KẾ HOẠCH\nChuyển đổi số\n(Ban hành kèm theo Quyết định số 88/QĐ-UBND ngày 31/12/2020 của UBND tỉnh Hòa Sơn)\n"
    )
    assert (head.number, head.type, head.title) == ("88/QĐ-UBND", "Quyết định", "Về việc ban hành Kế hoạch chuyển đổi số")
    assert head.promulgated_by is None
    assert head.signer == "Hoàng Văn An"


def test_a_plan_alone_names_the_decision_it_came_with() -> None:
    head = _read(
        "KẾ HOẠCH\nChuyển đổi số năm 2021\n(Ban hành kèm theo Quyết định số 88/QĐ-UBND\n"
        "ngày 31/12/2020 của Chủ tịch UBND tỉnh Hòa Sơn)\nI. MỤC TIÊU\n"
    )
    assert (head.number, head.date, head.type) == (None, None, "Kế hoạch")
    assert head.title == "Chuyển đổi số năm 2021"
    assert head.promulgated_by is not None
    assert (head.promulgated_by.number, head.promulgated_by.date, head.promulgated_by.lines) == ("88/QĐ-UBND", "2020-12-31", (3, 4))


def test_a_type_of_several_words() -> None:
    head = _read(
        f"UBND TỈNH HÒA SƠN\n{NATION}Số: 5/KH-UBND\nKẾ HOẠCH HÀNH ĐỘNG\nThực hiện Nghị quyết số 1/NQ-CP\n\nCăn cứ Luật Viễn thông;\n"
    )
    assert (head.type, head.title) == ("Kế hoạch hành động", "Thực hiện Nghị quyết số 1/NQ-CP")


def test_a_lost_letterhead_is_made_good_by_the_caption_of_an_appendix() -> None:
    head = _read(
        "KẾ HOẠCH\nỨNG DỤNG CÔNG NGHỆ THÔNG TIN TỈNH HÒA SƠN NĂM 2011\nThực hiện Chỉ thị số 58/CT-TW ngày 17/10/2000 của Bộ Chính trị. "
        "UBND tỉnh Hòa Sơn xây dựng Kế hoạch như sau:\nI. MỤC TIÊU\nPHỤ LỤC\n"
        "(Ban hành kèm theo Kế hoạch số 14 /KH-UBND ngày 12 /5/2010 của UBND tỉnh Hòa Sơn)\n"
    )
    assert (head.number, head.date, head.issuer) == ("14/KH-UBND", "2010-05-12", "Ủy ban nhân dân tỉnh Hòa Sơn")


def test_a_lost_title_is_made_good_by_the_preamble() -> None:
    head = _read(
        "Căn cứ Quyết định số 1/QĐ-TTg; Sở Thông tin và Truyền thông ban hành Kế hoạch phủ sóng\n"
        "tỉnh Hòa Sơn đến năm 2025, với những nội dung sau\n1. MỤC TIÊU\n"
    )
    assert (head.type, head.title, head.period) == ("Kế hoạch", "phủ sóng tỉnh Hòa Sơn đến năm 2025", (None, 2025))
    assert head.issuer == "Sở Thông tin và Truyền thông tỉnh Hòa Sơn"


@pytest.mark.parametrize(
    ("title", "period"),
    [
        ("giai đoạn 2011-2015", (2011, 2015)),
        ("GIAI ĐOẠN 2017-2020 VÀ NĂM 2017", (2017, 2020)),
        ("giai đoạn 2021 – 2025, định hướng đến năm 2030", (2021, 2025)),
        ("5 năm 2021-2025", (2021, 2025)),
        ("năm 2014", (2014, 2014)),
        ("NĂM 2018", (2018, 2018)),
        ("đến năm 2030", (None, 2030)),
        ("đến năm 2025, tầm nhìn đến năm 2030", (None, 2025)),
        ("chuyển đổi số doanh nghiệp", None),
    ],
)
def test_periods(title: str, period: tuple[int | None, int] | None) -> None:
    assert period_of(title) == period


@given(st.lists(st.sampled_from(PLAIN.splitlines()), max_size=40).map("\n".join) | st.text(max_size=300))
def test_any_text_has_a_head(text: str) -> None:
    head = _read(text)
    assert head.title
    assert head.type


REAL = Path(__file__).parent.parent.parent / "shared" / "documents"


@pytest.mark.skipif(not REAL.is_dir(), reason="the real documents are not beside the checkout")
def test_real_documents_have_whole_heads() -> None:
    for path in sorted(REAL.glob("*-*.txt")):
        head = read_head(open_source(path))
        name, number, year = path.stem.split("-")
        assert head.number is not None, name
        assert head.number.startswith(f"{number}/"), name
        assert head.date is not None, name
        assert head.date.startswith(year), name
        assert head.issuer == f"Ủy ban nhân dân tỉnh {head.province}", name
        assert head.signer and head.signer_title and head.period, name
