"""Copies that lost their empty cells: an amount stands under the head that its sums decide, and under none where none does."""

from __future__ import annotations

import pytest

from cancu.reading import placing
from cancu.reading.projects import read_rows
from cancu.reading.source import Source
from tests.invented_tables import Head, source, spaced
from tests.test_tables import BEFORE, TITLE, only

HEADS: list[Head] = ["TT", "Nội dung", "Đơn vị thực hiện", "Kinh phí", "Ngân sách huyện", "Ngân sách tỉnh"]
PURSES: list[Head] = [*HEADS[:5], "Chương trình MTQG", "Dân đối ứng"]
ROWS = [
    ["1", "Duy trì phần mềm một cửa", "Phòng Nội vụ", "360", "240", "120"],
    ["2", "Mua sắm máy tính", "Phòng Nội vụ", "336", "216", "120"],
    ["3", "Cấp mới chữ ký số", "Phòng Nội vụ", "38", "", "38"],
    ["4", "Bồi dưỡng kỹ năng", "Phòng Nội vụ", "54", "54", ""],
]


def lost(heads: list[Head], rows: list[list[str]]) -> Source:
    """A document with a table of a cell a line whose empty cells are gone."""
    return source([*BEFORE, *TITLE, *(line for line in spaced(heads, rows) if line != "\u00a0")])


@pytest.mark.parametrize("huyen", ["510", "550"])  # as it is, and misprinted: the other column decides
def test_a_total_says_whose_column_an_amount_stands_in(huyen: str) -> None:
    found = read_rows(only(lost(HEADS, [*ROWS, ["", "Tổng cộng", "", "788", huyen, "278"]])))
    assert [[(one.source, one.amount_vnd // 10**6) for one in row.allocations] for row in found[2:]] == [
        [("Ngân sách tỉnh", 38)],
        [("Ngân sách huyện", 54)],
    ]


def test_without_a_total_such_a_row_names_no_purse() -> None:
    found = read_rows(only(lost(HEADS, ROWS)))
    assert [len(row.allocations) for row in found] == [2, 2, 0, 0]
    assert [row.total_vnd for row in found[2:]] == [38 * 10**6, 54 * 10**6]


def test_a_table_whose_sums_fit_two_ways_names_no_purse() -> None:
    rows = [
        ["1", "Trồng mới mận hậu", "Phòng Nông nghiệp", "1.000", "300", "450", "250"],
        ["2", "Cấp mã số vùng trồng", "Phòng Nông nghiệp", "160", "100", "60", ""],
        ["", "Tổng cộng", "", "1.160", "400", "450", "250"],  # 510, or else 310
    ]
    found = read_rows(only(lost(PURSES, rows)))
    assert [(row.total_vnd, row.allocations) for row in found] == [(1000 * 10**6, ()), (160 * 10**6, ())]


def test_a_row_of_a_programme_is_its_purse_and_no_total_takes_its_amount_for_an_ordinal() -> None:
    rows = [
        ["1", "Trồng mới mận hậu", "Phòng Nông nghiệp", "1.000", "300", "450", "250"],
        ["2", "Đưa nông sản lên sàn", "Phòng Kinh tế", "125", "85", "40", ""],
        ["", "Tổng cộng", "", "1.125", "385", "490", "250"],
    ]
    table = only(lost(PURSES, rows))
    assert [row.kind for row in table.rows] == ["item", "item", "total"]
    assert [(one.source, one.amount_vnd // 10**6) for one in read_rows(table)[1].allocations] == [
        ("Ngân sách huyện", 85),
        ("Chương trình MTQG", 40),
    ]


def test_a_row_keeps_what_can_stand_nowhere_else() -> None:
    heads: list[Head] = ["TT", "Nội dung", ("Kinh phí hằng năm", ["2021", "2022", "2023"]), "Tổng kinh phí", "Cơ quan thực hiện"]
    rows = [["1", "Trồng rừng", "100", "200", "300", "600", "Sở Nội vụ"], ["2", "Xử lý rác", "", "600", "700", "1.300", "Sở Nội vụ"]]
    first, second = read_rows(only(lost(heads, [*rows, ["3", "Quan trắc", "10", "20", "30", "60", "Sở Nội vụ"]])))[:2]
    assert (first.total_vnd, second.total_vnd) == (600 * 10**6, 1300 * 10**6)
    assert (len(first.by_year_vnd), second.by_year_vnd) == (3, {})


@pytest.mark.parametrize(
    ("texts", "width", "steady"),
    [
        ("TT Việc Tổng 1 Mạng 5 2 Máy 6 3 Lớp 7 4 Loa 8", 3, True),
        ("TT Việc Tổng I Mạng 5 1 Máy 6 2 Lớp 7 3 Loa 8 4 Bản 9", 3, True),
        ("TT Việc Tổng 1 Mạng 5 2 Máy 6 4 Lớp 7 5 Loa 8", 3, False),  # a row was lost
        ("TT Việc Tổng 1 Mạng 5 2 Máy 6 3 Lớp 7", 3, False),  # too few
        ("TT Việc Tổng Tỉnh 1 Mạng 5 _ 2 Máy 6 _ 3 Lớp 7 _ 4 Loa 8 _", 4, False),  # a blank between rows
        ("TT Việc Tổng 1 5 Mạng 2 6 Máy 3 7 Lớp 4 8 Loa", 3, False),
    ],
)
def test_rows_as_wide_as_their_heads(texts: str, width: int, steady: bool) -> None:
    assert placing.is_steady([text.strip("_") for text in texts.split()], width) is steady


def test_rows_without_their_empty_cells_are_cut_at_their_numbers() -> None:
    heads: list[Head] = ["TT", "Nhiệm vụ", "Tổng", ("Trong đó", ["NSTW", "NSĐP", "Nguồn khác"]), "Đơn vị chủ trì", "Ghi chú"]
    rows = [
        ["", "TỔNG SỐ", "8.500", "4.000", "3.900", "600", "", ""],
        ["I", "Hạ tầng", "7.000", "4.000", "2.400", "600", "", ""],
        ["1", "Trung tâm dữ liệu", "4.000", "4.000", "", "", "Sở Nội vụ", "Chuyển tiếp"],
        ["2", "Mạng số liệu", "3.000", "", "2.400", "600", "Sở Y tế", ""],
        ["II", "Nhân lực", "1.500", "", "1.500", "", "", ""],
        ["1", "Tập huấn", "1.500", "", "1.500", "", "Sở Nội vụ", ""],
    ]
    table = only(lost(heads, rows))
    assert [row.kind for row in table.rows] == ["total", "section", "item", "item", "section", "item"]
    found = read_rows(table)
    assert [[(one.source, one.amount_vnd // 10**6) for one in row.allocations] for row in found] == [
        [("Ngân sách Trung ương", 4000)],
        [("Ngân sách địa phương", 2400), ("Nguồn khác", 600)],
        [("Ngân sách địa phương", 1500)],
    ]
    assert [row.lead for row in found] == [("Sở Nội vụ",), ("Sở Y tế",), ("Sở Nội vụ",)]


def test_an_amount_that_looks_like_a_part_begins_no_row() -> None:
    heads: list[Head] = ["TT", "Nhiệm vụ", "Tổng mức đầu tư", ("Trong đó", ["NSTW", "NSĐP"])]
    rows = [
        [str(number), f"Việc {name}", "75.37", "9.69", "65.68"] for number, name in enumerate(("một", "hai", "ba", "tư", "năm", "sáu"), 1)
    ]
    table = only(lost(heads, rows))
    assert [row.kind for row in table.rows] == ["item"] * 6
    assert [cell.text for cell in table.rows[-1].cells[2:]] == ["75.37", "9.69", "65.68"]
