"""Tables with a cell a line and blank lines between: where they begin, and what a blank line is, between cells or for one."""

from __future__ import annotations

import pytest

from cancu.reading.tables import find_tables
from tests.invented_tables import BEFORE, Head, bared, source, spaced

HEADS: list[Head] = ["TT", "Tên dự án", "Cơ quan chủ trì", "Năm 2023", "Năm 2024", "Cộng"]
ROWS = [
    ["I", "Xây dựng hạ tầng", "", "300", "400", "700"],
    ["1", "Máy chủ của tỉnh", "Sở Nội vụ", "100", "300", "400"],
    ["2", "Mạng nội bộ cho 12 sở", "Sở Tài chính", "200", "100", "300"],
    ["II", "Đào tạo", "", "50", "60", "110"],
    ["1", "Tập huấn kỹ năng số", "Sở Nội vụ", "50", "60", "110"],
]


@pytest.mark.parametrize("number", ["TT", "STT", "Số TT"])
@pytest.mark.parametrize("apart", [True, False])
def test_a_table_begins_with_its_first_head(number: str, apart: bool) -> None:
    title = ["PHỤ LỤC 1", "DANH MỤC DỰ ÁN", "Đơn vị: triệu đồng"]
    (table,) = find_tables(source([*BEFORE, *title, *spaced([number, *HEADS[1:]], ROWS)[not apart :]]))
    assert [column.name for column in table.columns] == [number, *HEADS[1:]]
    assert [row.kind for row in table.rows] == ["section", "item", "item", "section", "item"]


def test_a_line_that_no_head_follows_is_part_of_its_paragraph() -> None:
    lines = ["Danh mục được đánh theo", "STT", "", "như trong biểu của năm trước.", "", *spaced(HEADS, ROWS)]
    (table,) = find_tables(source([*BEFORE, *lines]))
    assert [column.name for column in table.columns] == HEADS


def test_a_blank_line_within_a_row_is_an_empty_cell() -> None:
    rows = [
        ["I", "Hạ tầng", "", "", "1.500", "1.500"],
        ["1", "Máy chủ", "", "", "1.500", "1.500"],
        ["2", "Đào tạo", "Sở Nội vụ", "5", "", "5"],
    ]
    lines = [
        "PHỤ LỤC 1",
        "",
        "DANH MỤC DỰ ÁN",
        "",
        "Đơn vị: triệu đồng",
        "",
        *bared(HEADS, [*rows, ["", "Tổng cộng", "", "5", "1.500", "1.505"]]),
    ]
    (table,) = find_tables(source([*BEFORE, *lines]))
    assert [[cell.text for cell in row.cells] for row in table.rows[:3]] == rows
    assert [row.kind for row in table.rows] == ["section", "item", "item", "total"]


def test_a_row_that_is_short_takes_nothing_from_the_next() -> None:
    short = [
        line
        for row in (["I", "Hạ tầng"], ["1", "Máy chủ", "Sở Nội vụ", "4", "5", "9"], ["2", "Đào tạo"])
        for line in (*(f"\t{x}" for x in row), "")
    ]
    (table,) = find_tables(source([*BEFORE, "", *bared(HEADS, []), *short]))
    assert [row.cells[1].text for row in table.rows] == ["Hạ tầng", "Máy chủ", "Đào tạo"]


def test_cells_of_tabs_alone_are_no_row() -> None:
    lines = [*bared(HEADS, [["1", "Máy chủ", "Sở Nội vụ", "4", "5", "9"]]), *["\t", ""] * len(HEADS)]
    (table,) = find_tables(source([*BEFORE, "", *lines]))
    assert [row.cells[1].text for row in table.rows] == ["Máy chủ"]


def test_numbers_of_columns_where_one_has_none() -> None:
    heads = ["TT", "Tên nhiệm vụ", "Cơ quan chủ trì", "Cơ quan phối hợp", "Thời gian thực hiện", "Ghi chú"]
    row = ["Nâng cấp Cổng thông tin điện tử", "Sở Nội vụ", "Sở Tài chính", "Năm 2025"]
    cells = [*heads, *(f"({number})" for number in range(1, 6)), *(text for number in "123" for text in (number, *row))]
    (table,) = find_tables(source([*BEFORE, *(line for cell in cells for line in (cell, ""))]))
    assert [[cell.text for cell in one.cells] for one in table.rows] == [[number, *row, ""] for number in "123"]


def test_lone_tabs_are_empty_cells_where_no_blank_line_parts_the_rows() -> None:
    heads = ["TT", "Nhiệm vụ", "Cơ quan chủ trì", "Tổng kinh phí", "Năm 2024", "Năm 2025", "NSTW", "NSĐP"]
    rows = [
        ["I", "Hạ tầng", "", "500", "300", "200", "400", "100"],
        ["1", "Máy chủ của tỉnh", "Sở Nội vụ", "300", "300", "", "300", ""],
        ["2", "Mạng nội bộ", "Sở Tài chính", "200", "", "200", "100", "100"],
        ["", "Tổng cộng", "", "500", "300", "200", "400", "100"],
    ]
    (table,) = find_tables(source([*BEFORE, *(f"\t{cell}" for row in (heads, *rows) for cell in row)]))
    assert [column.kind for column in table.columns] == ["ordinal", "name", "lead", "total", "year", "year", "money", "money"]
    assert [[cell.text for cell in row.cells] for row in table.rows if row.kind == "item"] == rows[1:3]
