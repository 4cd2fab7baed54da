"""Tables whose cells are goals."""

from __future__ import annotations

import pytest

from cancu.reading.plan import read_plan
from cancu.records import PlanRecord
from tests.invented_tables import source, tabbed

HEADS = ["TT", "Chỉ tiêu", "Đơn vị tính", "Thực hiện 2026", "Năm 2027", "Năm 2028"]
ROWS = [
    ["I", "Chính quyền số", "", "", "", ""],
    ["1", "Tỷ lệ hồ sơ trực tuyến toàn trình", "%", "41", "75", "≥ 80"],
    ["2", "Số bộ dữ liệu mở", "bộ", "12", "40", "60 - 70"],
]


def _read(title: list[str], heads: list[str], rows: list[list[str]]) -> PlanRecord:
    return read_plan(source([*title, *tabbed(heads, rows)]))


@pytest.mark.parametrize(
    "title", [["PHỤ LỤC 2", "HỆ THỐNG CHỈ TIÊU"], ["Nghị quyết của Hội đồng nhân dân tỉnh Hòa Sơn.", "Bảng 1. Chỉ tiêu"]]
)
def test_every_cell_under_a_year_is_a_goal_and_no_row_a_project(title: list[str]) -> None:
    record = _read(title, HEADS, ROWS)
    assert [(goal.value, goal.value_max, goal.unit, goal.comparator, goal.by_year) for goal in record.targets] == [
        (75, None, "%", "=", 2027),
        (80, None, "%", ">=", 2028),
        (40, None, "bộ", "=", 2027),
        (60, 70, "bộ", "range", 2028),
    ]
    assert record.projects == ()
    assert record.targets[0].subject == "Tỷ lệ hồ sơ trực tuyến toàn trình"


def test_a_table_of_money_holds_no_goals() -> None:
    record = _read(["PHỤ LỤC 1", "Đơn vị tính: triệu đồng"], ["TT", "Chỉ tiêu", "Năm 2027", "Năm 2028"], [["1", "Tập huấn", "75", "80"]])
    assert record.targets == ()
    assert len(record.projects) == 1


def test_the_unit_may_stand_in_the_cell_or_the_name() -> None:
    rows = [["1", "Tỷ lệ hộ có Internet (%)", "90"], ["2", "Mức độ hài lòng", "trên 95%"], ["3", "Số xã", "tất cả"]]
    record = _read(["PHỤ LỤC 1", "CHỈ TIÊU"], ["TT", "Chỉ tiêu", "Mục tiêu đến năm 2030"], rows)
    assert [(goal.value, goal.unit, goal.by_year) for goal in record.targets] == [(90, "%", 2030), (95, "%", 2030)]


def test_a_unit_above_the_table_is_not_that_of_rows_with_units_of_their_own() -> None:
    record = _read(["PHỤ LỤC 2", "CHỈ TIÊU", "Đơn vị tính: triệu đồng"], HEADS, ROWS)
    assert [goal.value for goal in record.targets] == [75, 80, 40, 60]
    assert record.projects == ()


def test_indicators_may_have_their_units_in_brackets_after_their_names() -> None:
    rows = [["1", "Văn bản điện tử (%)", "60", "70"], ["2", "Dịch vụ công trực tuyến (dịch vụ, lũy kế)", "12", "22"]]
    record = _read(["PHỤ LỤC 2", "CHỈ TIÊU", "Đơn vị tính: triệu đồng"], ["TT", "Chỉ tiêu", "2027", "2028"], rows)
    assert [(goal.subject, goal.value, goal.unit, goal.by_year) for goal in record.targets] == [
        ("Văn bản điện tử", 60, "%", 2027),
        ("Văn bản điện tử", 70, "%", 2028),
        ("Dịch vụ công trực tuyến", 12, "dịch vụ", 2027),
        ("Dịch vụ công trực tuyến", 22, "dịch vụ", 2028),
    ]


def test_money_in_a_sentence_above_is_no_unit_of_rows_with_units_of_their_own() -> None:
    told = ["I. MỤC TIÊU", "Doanh thu đạt 2.000 tỷ đồng.", "Bảng 1. Chỉ tiêu (Đơn vị tính: xem từng dòng)"]
    (table,) = _read(told, HEADS, ROWS).tables
    assert (table.unit, table.title) == (None, "Chỉ tiêu")


def test_what_is_measured_may_stand_beside_its_share_and_the_year_in_the_title() -> None:
    rows = [
        ["1", "Thu học phí", "85% cơ sở giáo dục thu học phí qua ngân hàng"],
        ["2", "Trường có sổ điểm điện tử", "90%"],
        ["3", "Máy", "18 em/máy"],
    ]
    record = _read(["PHỤ LỤC 1", "CHỈ TIÊU ĐẾN NĂM 2030"], ["TT", "Chỉ tiêu", "Mức"], rows)
    assert [(goal.subject, goal.value, goal.unit, goal.by_year) for goal in record.targets] == [
        ("cơ sở giáo dục thu học phí qua ngân hàng", 85, "%", 2030),
        ("Trường có sổ điểm điện tử", 90, "%", 2030),
    ]
