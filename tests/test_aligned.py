"""Tables that only white space keeps in columns."""

from __future__ import annotations

from pathlib import Path

import pytest

from cancu.reading import duties, outline
from cancu.reading.plan import read_plan
from cancu.reading.projects import read_rows
from cancu.reading.source import open_source
from cancu.reading.tables import TableGrid, find_tables
from tests.invented_tables import source, tabbed

TITLE = ["PHỤ LỤC 1", "                DANH MỤC NHIỆM VỤ", "                       Đơn vị tính: triệu đồng"]
HIGH = """
TT  Nhiệm vụ                 Đơn vị chủ trì       Kinh phí 2027 - 2028        Ghi chú
                                                  Năm 2027     Năm 2028

I   HẠ TẦNG SỐ

1   Nâng cấp trung tâm dữ    Sở Khoa học và       1.500        2.500
    liệu tỉnh                Công nghệ

2   Mạng diện rộng           Văn phòng UBND                    700          Chuyển tiếp
                             tỉnh                                           từ 2026

II  AN TOÀN THÔNG TIN

1   Diễn tập                 Công an tỉnh         300          300

    Tổng cộng                                     1.800        3.500
"""
CENTRED = """
TT      Nhiệm vụ               Chủ trì          Phối hợp         Thời gian

I    Hạ tầng số
     Nâng cấp trung                           Các sở, ban,
1    tâm dữ liệu              Sở Nội vụ          ngành           2027
     tỉnh Hòa Sơn
     Mở rộng mạng                             Sở Tài chính,
2                             Sở Tư pháp      Công an            2028
     diện rộng                                tỉnh
"""


def only(text: str) -> TableGrid:
    (table,) = find_tables(source([*TITLE, *text.splitlines()]))
    return table


def test_wrapped_cells_spanning_heads_and_empty_cells_are_put_back() -> None:
    table = only(HIGH)
    rows = read_rows(table)
    assert [row.name for row in rows] == ["Nâng cấp trung tâm dữ liệu tỉnh", "Mạng diện rộng", "Diễn tập"]
    assert [row.section for row in rows] == ["I. HẠ TẦNG SỐ", "I. HẠ TẦNG SỐ", "II. AN TOÀN THÔNG TIN"]
    assert rows[0].lead == ("Sở Khoa học và Công nghệ",)
    assert rows[1].by_year_vnd == {"2028": 700_000_000}
    assert rows[1].note == "Chuyển tiếp từ 2026"
    assert [total.amount_vnd for total in table.stated_totals()] == [1_800_000_000, 3_500_000_000]


def test_ordinals_half_way_down_their_rows() -> None:
    rows = read_rows(only(CENTRED))
    assert [row.name for row in rows] == ["Nâng cấp trung tâm dữ liệu tỉnh Hòa Sơn", "Mở rộng mạng diện rộng"]
    assert [row.lead for row in rows] == [("Sở Nội vụ",), ("Sở Tư pháp",)]
    assert rows[1].coordinating == ("Sở Tài chính", "Công an tỉnh")


@pytest.mark.parametrize("text", ["TT  Nhiệm vụ  Chủ trì  Thời gian\n\nMột đoạn văn thường.", "TT  Nhiệm vụ  Chủ trì  Thời gian"])
def test_heads_over_no_numbered_rows_are_no_table(text: str) -> None:
    assert find_tables(source([*TITLE, *text.splitlines()])) == ()


@pytest.mark.parametrize("opened", ["| ", ""])
def test_rows_of_pipes_in_a_plain_text_give_no_duties(opened: str) -> None:
    rows = [
        "VI. TỔ CHỨC THỰC HIỆN",
        "1. Sở Nội vụ",
        "Chủ trì triển khai Kế hoạch.",
        "DANH MỤC NHIỆM VỤ",
        f"{opened}TT | Nhiệm vụ | Chủ trì |",
        f"{opened}1 | Tập huấn kỹ năng số cho cán bộ | UBND các xã |",
        f"{opened}2 | Hướng dẫn người dân nộp hồ sơ | Sở Tư pháp |",
    ]
    assert [duty.agency for duty in duties.find(outline.outline(source(rows)))] == ["Sở Nội vụ"]


def test_the_columns_of_beginning_and_end_give_the_period() -> None:
    rows = [["1", "Kho dữ liệu", "Sở Nội vụ", "2027", "2029"], ["2", "Tập huấn", "Sở Tư pháp", "Quý I/2027", "Quý II/2027"]]
    table = tabbed(["STT", "Nhiệm vụ", "Chủ trì", "Bắt đầu", "Hoàn thành"], rows)
    (found,) = find_tables(source([*TITLE, *table]))
    assert [row.period for row in read_rows(found)] == [(2027, 2029), (2027, 2027)]


def test_a_table_in_the_body_ends_where_labelled_paragraphs_go_on() -> None:
    rows = [
        "TT  Chỉ tiêu             Đơn vị tính    Năm 2027",
        "1   Hồ sơ trực tuyến     %              75",
        "2   Dữ liệu mở           bộ             40",
    ]
    (table,) = find_tables(source(["Bảng 1. Chỉ tiêu", *rows, "2. Một số chỉ tiêu khác", "- Tỷ lệ hộ có cáp quang đạt 90%."]))
    assert table.lines == (1, 4)


def test_heads_of_years_by_their_words_have_columns_under_them() -> None:
    rows = [
        "Số TT | Nội dung | Nhu cầu vốn hằng năm | Cộng | Ghi chú |",
        "Năm 2027 | Năm 2028 |",
        "1 | Tập huấn | 40,5 | 60 | 100,5 | |",
        "2 | Thiết bị | | 5 | 5 | |",
    ]
    (table,) = find_tables(source([*TITLE, *rows]))
    assert [(row.by_year_vnd, row.total_vnd) for row in read_rows(table)] == [
        ({"2027": 40_500_000, "2028": 60_000_000}, 100_500_000),
        ({"2028": 5_000_000}, 5_000_000),
    ]


def test_a_head_over_the_first_of_its_columns_alone_spans_them() -> None:
    text = """
TT   Nhiệm vụ        Tổng mức   Năm 2027         Năm 2028         Ghi chú
                                TW       ĐP      TW       ĐP

1    Tập huấn        10         1        2       3        4
2    Thiết bị        7                   3                4
"""
    rows = read_rows(only(text))
    assert [[(one.year_or_period, one.amount_vnd) for one in row.allocations] for row in rows] == [
        [("2027", 1_000_000), ("2027", 2_000_000), ("2028", 3_000_000), ("2028", 4_000_000)],
        [("2027", 3_000_000), ("2028", 4_000_000)],
    ]


BROKEN = """
TT  Nhiệm vụ                 Đơn vị chủ trì       Nguồn vốn      Căn cứ
                                                  năm
                                                  2027
                                                  NSTW   NSĐP

I   HẠ TẦNG SỐ

1   Nâng cấp trung tâm dữ    Sở Khoa học và       11.20  2.500   Quyết định số 12/QĐ-
    liệu tỉnh Hòa Sơn        Công nghệ            0              UBND ngày 02/3/2026

    a) Phần cứng             Sở Khoa học và       10.00  2.000
                             Công nghệ            0

    b) Phần mềm              Sở Nội vụ            1.200    500   Theo QĐ
                                                                 12

Tổn                                               11.20  2.500
g                                                 0
"""


def test_what_narrow_columns_broke_is_made_whole() -> None:
    document = source([*TITLE, *BROKEN.splitlines()])
    record = read_plan(document)
    assert [row.name for row in record.projects] == ["Nâng cấp trung tâm dữ liệu tỉnh Hòa Sơn", "a) Phần cứng", "b) Phần mềm"]
    amounts = [{a.source: a.amount_vnd // 10**6 for a in row.allocations} for row in record.projects]
    assert [list(one.values()) for one in amounts] == [[11_200, 2_500], [10_000, 2_000], [1_200, 500]]
    assert {a.year_or_period for row in record.projects for a in row.allocations} == {"2027"}
    assert [row.row_basis for row in record.projects] == [("12/QĐ-UBND",), (), ("12/QĐ-UBND",)]
    assert [total.amount_vnd // 10**6 for total in record.tables[0].stated_totals] == [11_200, 2_500]
    assert [document.date for document in record.cited_documents] == ["2026-03-02"]


PAGES = """\
       KẾ HOẠCH TỈNH HÒA SƠN             TD12
                                  Lần ban hành: 1

PHỤ LỤC 1
TT      Nhiệm vụ               Chủ trì          Phối hợp         Kết quả

                                                                 Xây dựng kế
     Nâng cấp trung                           Các sở, ban,       hoạch, mua
1    tâm dữ liệu              Sở Nội vụ          ngành           thiết bị và
     tỉnh Hòa Sơn                                                nghiệm thu;

                                     7
\f       KẾ HOẠCH TỈNH HÒA SƠN             TD12
                                  Lần ban hành: 1

                                                                 đưa vào dùng.
                                                                 Kéo cáp
     Mở rộng mạng                             Sở Tài chính,      đến các xã,
2                             Sở Tư pháp      Công an            phường
     diện rộng                                tỉnh               trong tỉnh

                                     8
\f       KẾ HOẠCH TỈNH HÒA SƠN             TD12
                                  Lần ban hành: 1

                                     9
"""


def test_what_runs_along_pages_is_left_out_and_rows_are_cut_around_their_ordinals(tmp_path: Path) -> None:
    path = tmp_path / "pages.txt"
    path.write_text(PAGES, encoding="utf-8")
    (table,) = find_tables(open_source(path))
    assert [[cell.text for cell in row.cells] for row in table.rows] == [
        [
            "1",
            "Nâng cấp trung tâm dữ liệu tỉnh Hòa Sơn",
            "Sở Nội vụ",
            "Các sở, ban, ngành",
            "Xây dựng kế hoạch, mua thiết bị và nghiệm thu; đưa vào dùng.",
        ],
        ["2", "Mở rộng mạng diện rộng", "Sở Tư pháp", "Sở Tài chính, Công an tỉnh", "Kéo cáp đến các xã, phường trong tỉnh"],
    ]


def test_a_table_ends_before_the_foot_of_its_page_and_the_next_heading() -> None:
    lines = [
        "PHỤ LỤC",
        " TT   Nhiệm vụ              Chủ trì        Kinh phí",
        " 1    Tập huấn              Sở Nội vụ         1.150",
        " 2    Kiểm tra an ninh      Sở Tư pháp          450",
        "      Tổng cộng                               1.600",
        "",
        "                                         2",
        "                     BIỂU 2",
        "              PHÂN THEO HUYỆN",
        "                                  Đơn vị: triệu đồng",
        " TT   Tên huyện             Chủ trì        Kinh phí",
        " 1    Mường La              Sở Nội vụ           700",
        " 2    Phù La                Sở Nội vụ           800",
    ]
    first, second = find_tables(source(lines))
    assert [(total.label, total.amount_vnd) for total in first.stated_totals()] == [("Tổng cộng", 1600)]
    assert (second.id, second.unit, len(second.rows)) == ("appendix-2", "triệu đồng", 2)
