"""Who pays for a row: purses in a cell with their sums, or a row for each beside one name."""

from __future__ import annotations

import pytest

from cancu.reading.projects import read_rows
from cancu.reading.source import Cell
from tests.invented_tables import Head, source, tabbed, written
from tests.test_tables import MILLION, TITLE, only, with_grids


def test_sums_in_words_may_be_in_the_unit_of_their_head() -> None:
    heads: list[Head] = ["TT", "Nội dung", "Dự kiến kinh phí (tỷ đồng)"]
    rows = [
        ["1", "Trồng rừng", "NSTW: 12,0; NSĐP: 3,5"],
        ["2", "Giữ rừng", "NSTW 4"],
        ["3", "Dựng trạm", "Theo Nghị quyết 12"],
        ["4", "Làm đường", "2,5"],
        ["", "Cộng", "22,0"],
    ]
    table = only(source(["PHỤ LỤC 1", "DANH MỤC", *tabbed(heads, rows)]))
    found = read_rows(table)
    assert [row.total_vnd for row in found] == [15500 * MILLION, 4000 * MILLION, None, 2500 * MILLION]
    assert [(one.source, one.amount_vnd) for one in found[0].allocations] == [
        ("Ngân sách Trung ương", 12000 * MILLION),
        ("Ngân sách địa phương", 3500 * MILLION),
    ]
    assert not found[2].allocations
    assert [total.amount_vnd for total in table.stated_totals()] == [22000 * MILLION]


_SPLIT: list[list[Cell | str]] = [
    ["STT", "Tên công trình", "Tổng mức đầu tư", "Nguồn vốn", "Năm 2023", "Năm 2024", "Chủ đầu tư"],
    ["1", "Cấp nước xã Nà Lụa", "900", "NSTW", "500", "300", "Sở Nội vụ"],
    ["", "", "", "NS tỉnh", "60", "40", ""],
    ["2", "Sửa nhà văn hóa", "90", "Xã hội hóa", "40", "50", "Sở Y tế"],
]


@pytest.mark.parametrize("spanned", [True, False])
def test_rows_of_one_purse_each_beside_one_name_are_one_project(spanned: bool) -> None:
    rows = [list(row) for row in _SPLIT]
    if spanned:
        for place in (0, 1, 2, 6):
            rows[1][place] = Cell(str(rows[1][place]), None, rowspan=2)
        rows[2] = ["NS tỉnh", "60", "40"]
    table = only(with_grids(rows))
    first, second = read_rows(table)
    assert (first.total_vnd, first.by_year_vnd, first.lead) == (900 * MILLION, {}, ("Sở Nội vụ",))
    assert [(one.year_or_period, one.source, one.amount_vnd // MILLION) for one in first.allocations] == [
        ("2023", "Ngân sách Trung ương", 500),
        ("2024", "Ngân sách Trung ương", 300),
        ("2023", "Ngân sách tỉnh", 60),
        ("2024", "Ngân sách tỉnh", 40),
    ]
    assert first.lines == (table.rows[0].lines[0], table.rows[1].lines[1])
    assert (second.total_vnd, second.by_year_vnd) == (90 * MILLION, {"2023": 40 * MILLION, "2024": 50 * MILLION})


def test_the_only_column_of_money_may_be_split_by_purse() -> None:
    rows = [["1", "Cấp nước xã Nà Lụa", "NSTW", "500"], ["", "", "NS tỉnh", "60"], ["2", "Sửa nhà văn hóa", "Xã hội hóa", "90"]]
    first, second = read_rows(only(written("tabbed", ["STT", "Tên công trình", "Nguồn vốn", "Kinh phí"], rows, TITLE)))
    assert (first.total_vnd, len(first.allocations), second.total_vnd) == (560 * MILLION, 2, 90 * MILLION)


@pytest.mark.parametrize("shape", ["barred", "spaced"])
def test_cells_that_span_the_rows_of_several_purses_may_be_lost(shape: str) -> None:
    heads: list[Head] = ["STT", "Tên công trình", "Tổng mức đầu tư", "Nguồn vốn", "Năm 2023", "Năm 2024", "Thời gian", "Chủ đầu tư"]
    rows = [
        ["1", "Cấp nước xã Nà Lụa", "960", "NSTW", "500", "300", "2023-2024", "Sở Nội vụ"],
        ["NS tỉnh", "60", "40"],
        ["Vốn của họ đạo", "30", "30"],
        ["2", "Kiên cố kênh mương", "420", "NS tỉnh", "150", "150", "2023-2024", "Sở Y tế"],
        ["NS huyện", "", "120"],
        ["3", "Sửa nhà văn hóa", "90", "Xã hội hóa", "40", "50", "2023", "Sở Y tế"],
    ]
    found = read_rows(only(written(shape, heads, rows, TITLE)))
    assert [(row.name, row.total_vnd, len(row.allocations)) for row in found] == [
        ("Cấp nước xã Nà Lụa", 960 * MILLION, 6),
        ("Kiên cố kênh mương", 420 * MILLION, 3),
        ("Sửa nhà văn hóa", 90 * MILLION, 1),
    ]


@pytest.mark.parametrize(("total", "mark"), [("11.900", ","), ("911", ".")])
def test_a_column_that_adds_up_to_its_total_decides_the_decimal_mark(total: str, mark: str) -> None:
    rows = [["1", "Cấp nước", "8.000"], ["2", "Làm đường", "3.000"], ["3", "Sửa nhà", "900"], ["", "Tổng cộng", total]]
    title = ["PHỤ LỤC 1", "DANH MỤC", "Đơn vị tính: tỷ đồng"]
    assert only(written("tabbed", ["STT", "Nội dung", "Kinh phí"], rows, title)).decimal_mark == mark
