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


def test_recipients_with_blank_lines_between() -> None:
    head = _read(PLAIN.replace("\n- ", "\n\n- "))
    assert head.recipients == ("Như trên", "UBND các huyện, thành phố", "Lưu: VT.")


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
        ("ỦY BAN NHÂN DÂN\nTHỊ XÃ SÔNG CẦU", "Ủy ban nhân dân thị xã Sông Cầu", "Phú Yên"),
        ("UBND HUYỆN KRÔNG BÚK\nXÃ EA NGAI", "Ủy ban nhân dân xã Ea Ngai", "Đắk Lắk"),
        ("ỦY BAN NHÂN DÂN\nHUYỆN CHÂU THÀNH", "Ủy ban nhân dân huyện Châu Thành", None),
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


@pytest.mark.parametrize(
    "end",
    [
        "| Nơi nhận: - UBND tỉnh; - Lưu: VT. | GIÁM ĐỐC  Nguyễn Thị Kim Chi |",
        "| Nơi nhận: - UBND tỉnh; - Lưu: VT. | TM. ỦY BAN NHÂN DÂN PHÓ CHỦ TỊCH Nguyễn Thị Kim Chi |",
    ],
)
def test_a_signature_within_one_cell(end: str) -> None:
    assert _read(f"KẾ HOẠCH\nChuyển đổi số năm 2021\nI. MỤC TIÊU\nMột mục tiêu.\n\n{end}\n").signer == "Nguyễn Thị Kim Chi"


@pytest.mark.parametrize(
    ("above", "below", "title"),
    [
        ("Ứng dụng công nghệ thông tin", "và bảo đảm an toàn thông tin tỉnh Hòa Sơn năm 2019", True),
        ("ỨNG DỤNG CÔNG NGHỆ THÔNG TIN", "GIAI ĐOẠN 2016-2020", True),
        ("ỨNG DỤNG CÔNG NGHỆ THÔNG TIN", "CĂN CỨ LẬP KẾ HOẠCH", False),
        ("Ứng dụng công nghệ thông tin", "Thực hiện Quyết định số 5/QĐ-TTg của Thủ tướng Chính phủ", False),
    ],
)
def test_a_title_may_go_on_below_a_blank_line(above: str, below: str, title: bool) -> None:
    head = _read(f"KẾ HOẠCH\n\n{above}\n\n{below}\n\nI. MỤC TIÊU\n")
    assert head.title == (f"{above} {below}" if title else above)


@pytest.mark.parametrize(
    "carried",
    [
        "Thực hiện Đề án số 13 về tăng cường quản lý tài nguyên\nbền vững (ban hành kèm theo Nghị quyết số 35-NQ/TU ngày\n"
        "29/12/2025 của Tỉnh ủy) và các văn bản có liên quan.",
        "Thực hiện Chương trình (kèm theo Nghị quyết số 35-NQ/TU ngày 29/12/2025 của Tỉnh ủy); Kế hoạch số 2-KH/TW ngày 19/6/2025.",
    ],
)
def test_what_came_with_another_decision_is_not_this_document(carried: str) -> None:
    assert _read(f"KẾ HOẠCH\nChuyển đổi số năm 2026\n{carried}\n").promulgated_by is None


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
        ("thực hiện Nghị quyết ngày 22 tháng 12 năm 2024", None),
        ("năm 2014", (2014, 2014)),
        ("năm 2025 và năm 2026", (2025, 2026)),
        ("NĂM 2018", (2018, 2018)),
        ("thực hiện Đề án “Dữ liệu giai đoạn 2022-2025” năm 2023", (2023, 2023)),
        ("thực hiện Đề án “Dữ liệu giai đoạn 2022-2025”", (2022, 2025)),
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
    assert head.type


ROW = "ỦY BAN NHÂN DÂN | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM |\nSố: {} | Hòa Sơn, ngày 08 tháng 12 năm 2020 |\n"


@pytest.mark.parametrize(
    ("number", "below", "type_", "title", "period"),
    [
        ("20/NQ-HĐND", "VỀ DỰ TOÁN NĂM 2021\nHỘI ĐỒNG NHÂN DÂN TỈNH HÒA SƠN\nKHÓA XV\n", "Nghị quyết", "VỀ DỰ TOÁN NĂM 2021", (2021, 2021)),
        ("33/QĐ-UBND", "BAN HÀNH QUY CHẾ\nQUẢN LÝ\nỦY BAN NHÂN DÂN TỈNH HÒA SƠN\n", "Quyết định", "BAN HÀNH QUY CHẾ QUẢN LÝ", None),
        ("5/QĐ-UBND", "Về việc ban hành Quy chế\n", "Quyết định", "Về việc ban hành Quy chế", None),
        ("78/KH-UBND", "I. MỤC TIÊU\n", "Kế hoạch", "", None),
        ("78/BC-UBND", "- Quyết định số 6/QĐ-UBND ngày 1/2/2013 của UBND tỉnh;\n", "Báo cáo", "", None),
        ("9/UBND-KH", "V/v giao vốn\nnăm 2021\nKính gửi: Các sở\n", "Công văn", "V/v giao vốn năm 2021", (2021, 2021)),
    ],
)
def test_a_lost_type_is_told_by_the_number(number: str, below: str, type_: str, title: str, period: tuple[int, int] | None) -> None:
    head = _read(ROW.format(number) + below + "Căn cứ Luật Công nghệ thông tin ngày 29/6/2006;\nQUYẾT ĐỊNH:\nĐiều 1. Ban hành\n")
    assert (head.number, head.type, head.title, head.period) == (number, type_, title, period)
    assert (head.date, head.province) == ("2020-12-08", "Hòa Sơn" if "HÒA SƠN" in below else None)


def test_nothing_is_invented() -> None:
    head = _read("Quý I, đã triển khai nhiều việc tại đơn vị.\nTrân trọng./.\n")
    assert (head.number, head.type, head.title, head.date, head.issuer, head.period) == (None, "Văn bản", "", None, None, None)


FACTS = [
    "| Số hiệu | 45/KH-UBND |\n| Ngày ban hành | 31/12/2025 |\n| Loại văn bản | Kế hoạch |\n"
    "| Nơi ban hành | Tỉnh Hòa Sơn |\n| Người ký | Trần Văn An |",
    "Số hiệu: 45/KH-UBND Loại văn bản: Kế hoạch\nNơi ban hành: Tỉnh Hòa Sơn Người ký: Trần Văn An\n"
    "Ngày ban hành: 31/12/2025 Ngày hiệu lực: Đã biết",
    "Số hiệu:\n45/KH-UBND\nLoại văn bản:\nKế hoạch\nNơi ban hành:\nTỉnh Hòa Sơn\nNgười ký:\nTrần Văn An\n"
    "Ngày ban hành:\n31/12/2025\nTình trạng:\nĐã biết",
    "Số hiệu:45/KH-UBNDNgày đăng công báo:Đang cập nhật\nLoại văn bản:Kế hoạchNgười ký:Trần Văn An\n"
    "Cơ quan ban hành:Tỉnh Hòa SơnSố công báo:\nNgày ban hành:31/12/2025Lĩnh vực:",
    "Số hiệu: | 45/KH-UBND | Loại văn bản: | Kế hoạch |\nCơ quan ban hành: | Tỉnh Hòa Sơn | Người ký: | Trần Văn An |\n"
    "Ngày ban hành: | 31/12/2025 | |",
    "Số hiệu 45/KH-UBND\nLoại văn bản Kế hoạch\nCơ quan ban hành Tỉnh Hòa Sơn\nNgười ký Trần Văn An\nNgày ban hành 31/12/2025",
]


@pytest.mark.parametrize("facts", FACTS)
def test_facts_of_a_portal_count_where_the_text_says_nothing(facts: str) -> None:
    head = _read(f"Kế hoạch 45/KH-UBND năm 2025 về chuyển đổi số năm 2026\n\n{facts}\nTải về\n")
    assert (head.number, head.type, head.date) == ("45/KH-UBND", "Kế hoạch", "2025-12-31")
    assert (head.issuer, head.province, head.signer) == ("Ủy ban nhân dân tỉnh Hòa Sơn", "Hòa Sơn", "Trần Văn An")
    assert (head.title, head.period) == ("về chuyển đổi số năm 2026", (2026, 2026))


def test_the_text_counts_before_the_portal() -> None:
    head = _read(FACTS[0] + "\nđược áp dụng kể từ ngày 25/08/2026\n" + PLAIN)
    assert (head.number, head.date, head.signer, head.title[:13]) == ("45/KH-UBND", "2023-03-07", "Nguyễn Thị Dung", "CHUYỂN ĐỔI SỐ")


def test_a_piece_of_news_tells_number_and_date() -> None:
    head = _read("Ngày 24/10/2025, Sở Nội vụ tỉnh Hòa Sơn ban hành Kế hoạch số 71/KH-SNV chuyển đổi số năm 2026.\nTheo đó,\n")
    assert (head.number, head.date, head.issuer) == ("71/KH-SNV", "2025-10-24", "Sở Nội vụ tỉnh Hòa Sơn")


def test_tags_left_in_a_text(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(
        "<b>THỦ TƯỚNG CHÍNH</b>\n<b>PHỦ</b>\n<b>---CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM</b>\n"
        "---Số: 9/QĐ-TTg <i>Hà Nội, ngày 01 tháng 08 năm 2018</i>\n<b>QUYẾT ĐỊNH</b>\nPHÊ DUYỆT ĐỀ ÁN\n<i>Căn cứ Luật Viễn thông;</i>\n",
        "utf-8",
    )
    head = read_head(open_source(tmp_path / "a.txt"))
    assert (head.number, head.date, head.issuer, head.title) == ("9/QĐ-TTg", "2018-08-01", "Thủ tướng Chính phủ", "PHÊ DUYỆT ĐỀ ÁN")


@pytest.mark.parametrize(
    ("letterhead", "issuer"),
    [
        ("UBND TỈNH HÒA SƠN\nUBND HUYỆN MƯỜNG LA", "Ủy ban nhân dân huyện Mường La"),
        ("ỦY BAN NHÂN DÂN\nHUYỆN VĂN THANH", "Ủy ban nhân dân huyện Văn Thanh"),
        ("ỦY BAN NHÂN DÂN\nTHÀNH PHỐ HỘI LA", "Ủy ban nhân dân thành phố Hội La"),
        ("ỦY BAN NHÂN DÂN\nTHÀNH PHỐ VIỆT AN\nTỈNH HÒA SƠN", "Ủy ban nhân dân thành phố Việt An"),
        ("UBND TỈNH HÒA SƠN\nVĂN PHÒNG", "Văn phòng Ủy ban nhân dân tỉnh Hòa Sơn"),
        ("ỦY BAN NHÂN DÂN\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA\nPHƯỜNG MAI ĐÔNG\nVIỆT NAM", "Ủy ban nhân dân phường Mai Đông"),
        ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT\nỦY BAN NHÂN DÂN TỈNH HÒA\nNAM\nSƠN", "Ủy ban nhân dân tỉnh Hòa Sơn"),
        ("ỦY BAN QUỐC GIA VỀ\nCHUYỂN ĐỔI SỐ", "Ủy ban Quốc gia về chuyển đổi số"),
    ],
)
def test_the_lowest_agency_of_a_letterhead_issues(letterhead: str, issuer: str) -> None:
    assert _read(f"{letterhead}\n{NATION}Số: 12/KH-ABC\nX, ngày 1 tháng 2 năm 2020\nKẾ HOẠCH\nChuyển đổi số\n").issuer == issuer


@pytest.mark.parametrize(
    "end",
    [
        "Nơi nhận: TM. ỦY BAN NHÂN DÂN\n- Bộ Nội vụ; KT. CHỦ TỊCH\n- Tỉnh ủy; PHÓ CHỦ TỊCH\n- Lưu: VT, K9. Đặng Thị Giang\nPHỤ LỤC\n",
        "Nơi nhận:\t\tTM. ỦY BAN NHÂN DÂN\n- Bộ Nội vụ;\t\tKT. CHỦ TỊCH\n"
        "- Tỉnh ủy;\t\tPHÓ CHỦ TỊCH\n- Lưu: VT, K9.\t\tĐặng Thị Giang\nPHỤ LỤC\n",
        "Nơi nhận:\nTM. ỦY BAN NHÂN DÂN\n- Bộ Nội vụ;\nKT. CHỦ TỊCH\n- Tỉnh ủy;\nPHÓ CHỦ TỊCH\n- Lưu: VT, K9.\nĐặng Thị Giang\nPHỤ LỤC\n",
        "TM. ỦY BAN NHÂN DÂN\nKT. CHỦ TỊCH\nPHÓ CHỦ TỊCH\nNơi nhận:\n- Bộ Nội vụ;\n- Tỉnh ủy;\n- Lưu: VT, K9.\nĐặng Thị Giang\nPHỤ LỤC\n",
    ],
)
def test_a_signature_beside_the_recipients(end: str) -> None:
    head = _read(f"KẾ HOẠCH\nChuyển đổi số\n\nI. MỤC TIÊU\n{end}")
    assert (head.signer, head.signer_title) == ("Đặng Thị Giang", "Phó Chủ tịch")
    assert head.recipients == ("Bộ Nội vụ", "Tỉnh ủy", "Lưu: VT, K9.")


def test_the_number_decides_between_a_type_and_a_title_that_begins_like_one() -> None:
    head = _read("BỘ Y TẾ |\nCỘNG HÒA XÃ HỘI\nCHỦ NGHĨA VIỆT NAM |\nSố: 5/2014/TT-BYT |\nQUY ĐỊNH ĐIỀU KIỆN\nCăn cứ Luật Viễn thông;\n")
    assert (head.type, head.title) == ("Thông tư", "QUY ĐỊNH ĐIỀU KIỆN")


def test_a_joint_circular_has_joint_issuers() -> None:
    head = _read(
        f"BỘ TÀI CHÍNH - BỘ NỘI VỤ\n{NATION}Số: 68/2013/TTLT-BTC-BNV\n\nTHÔNG TƯ LIÊN TỊCH\nTHÔNG TƯ LIÊN TỊCH QUY ĐỊNH QUẢN LÝ\n\nCăn cứ\n"
    )
    assert (head.issuer, head.title) == ("Bộ Tài chính, Bộ Nội vụ", "QUY ĐỊNH QUẢN LÝ")


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


def test_a_recipient_that_is_broken_over_lines_is_one() -> None:
    head = _read("KẾ HOẠCH\nVề việc số hóa\n\nNơi nhận:\n- Văn phòng Chính phủ;\n- Lưu: VT, TH1,\nVX1.\n")
    assert head.recipients == ("Văn phòng Chính phủ", "Lưu: VT, TH1, VX1.")


def test_a_signature_whose_line_breaks_are_lost() -> None:
    end = "| Nơi nhận: - Bộ Nội vụ; - Lưu: VT. | TM. ỦY BAN NHÂN DÂN KT. CHỦ TỊCH PHÓ CHỦ TỊCH  Đặng Thị Giang |\n"
    head = _read(f"KẾ HOẠCH\nChuyển đổi số\n\nI. MỤC TIÊU\n{end}")
    assert (head.signer, head.signer_title) == ("Đặng Thị Giang", "Phó Chủ tịch")


def test_a_signature_in_broken_cells_of_markdown() -> None:
    end = "| Nơi nhận:   - Tỉnh ủy,   - Lưu VPTU. | T/M HUYỆN ỦY   BÍ THƯ      Đặng Thị Giang |\n|---|---|\n"
    head = _read(f"KẾ HOẠCH\nChuyển đổi số\n\nI. MỤC TIÊU\n\n{end}")
    assert (head.signer, head.signer_title) == ("Đặng Thị Giang", "Bí thư")
    assert head.recipients == ("Tỉnh ủy", "Lưu VPTU.")


def test_a_type_whose_line_is_broken() -> None:
    head = _read(
        f"UBND TỈNH HÒA SƠN\n{NATION}Số: 9/QĐ-UBND\nX, ngày 1 tháng 2 năm 2020\nQUYẾT\nĐỊNH\nVỀ VIỆC SỐ HÓA\nCăn cứ Luật Viễn thông;\n"
    )
    assert (head.type, head.title) == ("Quyết định", "VỀ VIỆC SỐ HÓA")


def test_an_issuer_whose_line_is_broken_ends_a_title() -> None:
    head = _read(
        f"{NATION}Số: 9/QĐ-UBND\nQUYẾT ĐỊNH\nPHÊ DUYỆT QUY HOẠCH ĐẾN NĂM 2020\nỦY\nBAN NHÂN DÂN TỈNH HÒA SƠN\nCăn cứ Luật Viễn thông;\n"
    )
    assert head.title == "PHÊ DUYỆT QUY HOẠCH ĐẾN NĂM 2020"


def test_the_years_of_a_title_may_stand_on_a_line_of_their_own() -> None:
    head = _read("KẾ HOẠCH\n\nCHUYỂN ĐỔI SỐ TỈNH HÒA SƠN GIAI ĐOẠN\n2026 - 2030\n\nCăn cứ Luật Viễn thông;\n")
    assert head.title == "CHUYỂN ĐỔI SỐ TỈNH HÒA SƠN GIAI ĐOẠN 2026 - 2030"
    assert head.period == (2026, 2030)


def test_capitals_that_an_old_font_stored_as_small_letters() -> None:
    head = _read(
        "uỷ ban nhân dân tỉnh hòa sơn\n   Số: 126/KH-STTTT   Hòa Sơn, ngày 18 tháng 11 năm 2009\n\n     kế hoạch\nTriển khai tin học\n\n"
        "Thực hiện Quyết định số 9/QĐ-UBND;\n\nNơi nhận:      Giám đốc\n- UBND tỉnh;   (Đã ký)\n- Lưu: VT.   Đặng Thị Giang\n"
    )
    assert (head.type, head.title) == ("Kế hoạch", "Triển khai tin học")
    assert (head.signer, head.signer_title) == ("Đặng Thị Giang", "Giám đốc")


def test_its_own_number_begins_a_line_or_column() -> None:
    portal = "- 5Nghị quyết 26/NQ-CP năm 2015 về Chương trình hành động thực hiện Nghị quyết số 36-NQ/TW do Chính phủ ban hành\n"
    own = "Số: 4547/KH-UBND | Hòa Sơn, ngày 25 tháng 12 năm 2015 |\n"
    nation = "ỦY BAN NHÂN DÂN TỈNH HÒA SƠN | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM |\n"
    head = _read(f"{portal}{nation}{own}- Luật Công nghệ thông tin;\n- Luật Giao dịch điện tử;\n")
    assert (head.number, head.type) == ("4547/KH-UBND", "Kế hoạch")


def test_a_committee_of_the_party_and_a_signer_with_titles() -> None:
    party = "ĐẢNG BỘ TỈNH ĐIỆN BIÊN\nBAN CHẤP HÀNH\n*\nSố 21-CTr/TU\nĐẢNG CỘNG SẢN VIỆT NAM\nĐiện Biên, ngày 10 tháng 5 năm 2021\n"
    text = party + "CHƯƠNG TRÌNH HÀNH ĐỘNG\nvề chuyển đổi số\n-----\nT/M TỈNH ỦY\nBÍ THƯ\nBS.CKII. Trần Văn An\n"
    document = _read(text)
    assert (document.issuer, document.signer) == ("Ban Chấp hành Đảng bộ tỉnh Điện Biên", "BS.CKII. Trần Văn An")
