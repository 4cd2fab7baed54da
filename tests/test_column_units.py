"""The unit of money that a head states is that of its column, whatever the others have."""

from __future__ import annotations

import pytest

from cancu.reading.plan import read_plan
from cancu.reading.projects import read_rows
from tests.invented_tables import SHAPES, Head, written
from tests.test_tables import only

TITLE = ["PHỤ LỤC 1", "DANH MỤC NHIỆM VỤ"]


@pytest.mark.parametrize("shape", SHAPES)
def test_what_one_thing_costs_gives_no_unit_to_the_whole(shape: str) -> None:
    heads: list[Head] = ["TT", "Hạng mục", "Số lượng (bộ)", "Đơn giá (nghìn đồng)", "Thành tiền (triệu đồng)", "Đơn vị chủ trì"]
    rows = [["1", "Máy quét khổ A3", "20", "12.500", "250", "Sở Nội vụ"], ["2", "Máy tính cấp xã", "60", "15.000", "910", "Sở Nội vụ"]]
    text = written(shape, heads, rows, TITLE)
    assert [row.total_vnd for row in read_rows(only(text))] == [250 * 10**6, 910 * 10**6]


@pytest.mark.parametrize("shape", SHAPES)
def test_columns_of_two_units(shape: str) -> None:
    heads: list[Head] = ["TT", "Dự án", "Tổng mức đầu tư (tỷ đồng)", "Năm 2021 (triệu đồng)", "Năm 2022 (triệu đồng)", "Chủ đầu tư"]
    rows = [["1", "Kè chống sạt lở", "4,5", "1.500", "3.000", "Sở Nội vụ"], ["2", "Hồ chứa nước", "12", "5.000", "7.000", "Sở Y tế"]]
    found = read_rows(only(written(shape, heads, rows, [*TITLE, "Đơn vị tính: triệu đồng"])))
    assert [row.total_vnd for row in found] == [4500 * 10**6, 12000 * 10**6]
    assert found[0].by_year_vnd == {"2021": 1500 * 10**6, "2022": 3000 * 10**6}


def test_a_quantity_times_a_price_of_a_smaller_unit() -> None:
    heads: list[Head] = ["TT", "Hạng mục", "Số lượng", "Đơn giá (nghìn đồng)", "Thành tiền (triệu đồng)", "Đơn vị chủ trì"]
    rows = [[str(n), f"Thiết bị loại {n}", "20", "12.500", cost, "Sở Nội vụ"] for n, cost in enumerate(("250", "250", "270", "250"), 1)]
    told = [finding.detail for finding in read_plan(written("tabbed", heads, rows, TITLE)).findings if "đơn giá" in finding.detail]
    assert ["250 triệu đồng" in detail and "Thiết bị loại 3" in detail for detail in told] == [True]
