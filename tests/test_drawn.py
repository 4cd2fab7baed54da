"""Tables drawn with dashes, as converters write them where bars cannot hold a table; their cells, spans and lines."""

from __future__ import annotations

from pathlib import Path

import pytest

from cancu.reading import drawn
from cancu.reading.plan import read_file

HEADS = ["TT", "Dự án, nhiệm vụ", "Chủ trì", "Tổng"]

SIMPLE = """
  TT    Dự án, nhiệm vụ       Chủ trì    Tổng
  ----- --------------------- ---------- ------
  I     Hạ tầng                          150
  1     Trung tâm dữ liệu     Sở KH&CN   150

Nơi nhận:
"""
MULTILINE = """
  ---------------------------------------------
  TT     **Dự án,      Chủ trì           Tổng
         nhiệm vụ**
  ------ ------------- ----------------- ------
  I      Hạ tầng                         150

  1      Trung tâm     Sở KH&CN          150
         dữ liệu
  ---------------------------------------------

Nơi nhận:
"""
BOXED = """
+------+-------------------+------------------+-------+
| TT   | Dự án,            | Chủ trì          | Tổng  |
|      | nhiệm vụ          |                  |       |
+:====:+:==================+:=================+======:+
| I    | Hạ tầng           |                  | 150   |
+------+-------------------+------------------+-------+
| 1    | Trung tâm\\        | Sở KH&CN         | 150   |
|      | dữ liệu           |                  |       |
+------+-------------------+------------------+-------+
"""


@pytest.mark.parametrize(("text", "lines"), [(SIMPLE, (2, 5)), (MULTILINE, (3, 9)), (BOXED, (2, 10))], ids=["simple", "multiline", "boxed"])
def test_rows_and_cells(text: str, lines: tuple[int, int]) -> None:
    (grid,) = drawn.find_grids(text)
    assert [[cell.text for cell in row] for row in grid.rows] == [
        HEADS,
        ["I", "Hạ tầng", "", "150"],
        ["1", "Trung tâm dữ liệu", "Sở KH&CN", "150"],
    ]
    assert grid.lines == lines
    assert grid.rows[1][2].lines is None


def test_a_cell_of_several_lines_points_at_them() -> None:
    (grid,) = drawn.find_grids(MULTILINE)
    assert grid.rows[2][1].lines == (8, 9)


def test_cells_that_go_over_columns_and_rows() -> None:
    (grid,) = drawn.find_grids(
        "+----+--------+-------------+\n"
        "| TT | Dự án  | Kinh phí    |\n"
        "|    |        +------+------+\n"
        "|    |        | 2024 | 2025 |\n"
        "+====+========+======+======+\n"
        "| 1  | Cổng   | 10   | 20   |\n"
        "+----+--------+------+------+\n"
    )
    assert [[(cell.text, cell.colspan, cell.rowspan) for cell in row] for row in grid.rows] == [
        [("TT", 1, 2), ("Dự án", 1, 2), ("Kinh phí", 2, 1)],
        [("2024", 1, 1), ("2025", 1, 1)],
        [("1", 1, 1), ("Cổng", 1, 1), ("10", 1, 1), ("20", 1, 1)],
    ]


@pytest.mark.parametrize(
    "text", ["-------\n---------------\n", "Độc lập - Tự do - Hạnh phúc\n---------------\n", "+---+\n", "----- -----\n"]
)
def test_a_line_of_dashes_alone_draws_no_table(text: str) -> None:
    assert drawn.find_grids(text) == ()


@pytest.mark.parametrize("name", ["plan.md", "plan.txt"])
def test_a_plan_with_a_drawn_table(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text(
        "KẾ HOẠCH\nChuyển đổi số tỉnh Hòa Sơn năm 2025\n\nPHỤ LỤC\n\nĐơn vị: triệu đồng\n" + MULTILINE, encoding="utf-8"
    )
    (row,) = read_file(tmp_path / name).projects
    assert (row.name, row.lead, row.total_vnd, row.lines) == ("Trung tâm dữ liệu", ("Sở Khoa học và Công nghệ",), 150_000_000, (14, 15))
