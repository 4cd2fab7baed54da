"""Rows that a blank line parts, with a lone bar between cells and all heads on one line."""

from __future__ import annotations

from cancu.reading.tables import find_tables
from tests.invented_tables import BEFORE, barred, source

HEADS = ["STT", "Nhiệm vụ", "Đơn vị thực hiện", "Ngân sách tỉnh", "Xã hội hóa", "Cộng"]
ROWS = [
    ["1", "Máy chủ", "Văn phòng Sở", "1.800", "600", "2.400"],
    ["2", "Mở rộng văn phòng điện tử cho các đơn vị", "Văn phòng Sở", "1.450", "", "1.450"],
    ["", "Tổng cộng", "", "3.250", "600", "3.850"],
]


def apart(rows: list[list[str]]) -> list[str]:
    """The rows: a line for each cell, a blank one for an empty one, a bar between cells, a blank line between rows."""
    return [
        "PHỤ LỤC 1",
        "DANH MỤC",
        "Đơn vị: triệu đồng",
        " | ".join(HEADS),
        *(line for row in rows for line in ("", *"\n|\n".join(row).split("\n"))),
    ]


def test_rows_apart_are_a_table() -> None:
    (table,) = find_tables(source([*BEFORE, *apart(ROWS)]))
    assert [[cell.text for cell in row.cells] for row in table.rows] == ROWS


def test_a_row_of_fewer_cells_ends_it() -> None:
    tables = find_tables(source([*BEFORE, *apart(ROWS[:1]), "", "2", "|", "Lời cuối"]))
    assert [[row.cells[1].text for row in table.rows] for table in tables] == [["Máy chủ"]]


def test_a_table_of_bars_alone_goes_its_own_way() -> None:
    (table,) = find_tables(
        source([*BEFORE, "PHỤ LỤC 1", "DANH MỤC", "Đơn vị: triệu đồng", "Tên | Số | Ghi chú", "", *barred([*HEADS], ROWS)])
    )
    assert [row.cells[1].text for row in table.rows] == ["Máy chủ", ROWS[1][1], "Tổng cộng"]
