"""Sections within sections, and totals beside years and sources: sums that come out give no word, one that does not is told."""

from __future__ import annotations

import pytest

from cancu.reading.plan import read_plan
from tests.invented_tables import SHAPES, Head, written

TITLE = ["PHỤ LỤC I", "DANH MỤC NHIỆM VỤ, DỰ ÁN", "Đơn vị tính: triệu đồng"]
HEADS: list[Head] = ["STT", "Danh mục", "Chủ trì", "Tổng mức", ("Phân kỳ", ["2021", "2022", "2023"])]
BY_BOTH: list[Head] = [
    "TT",
    "Nhiệm vụ",
    "Chủ trì",
    "Thời gian",
    "Tổng",
    ("Phân theo năm", ["2021", "2022"]),
    ("Phân theo nguồn", ["Trung ương", "Địa phương", "Khác"]),
    "Ghi chú",
]


def _rows(second: str = "2.200") -> list[list[str]]:
    return [
        ["", "TỔNG CỘNG", "", "9.000", "2.700", "3.400", "2.900"],
        ["A", "CHÍNH QUYỀN SỐ", "", "7.000", second, "2.700", "2.100"],
        ["I", "Hạ tầng", "", "5.000", "1.500", "2.000", "1.500"],
        ["1", "Trung tâm dữ liệu", "Sở Nội vụ", "3.000", "900", "1.200", "900"],
        ["2", "Mạng nội bộ cấp xã", "Sở Y tế", "2.000", "600", "800", "600"],
        ["II", "Ứng dụng", "", "2.000", "700", "700", "600"],
        ["1", "Một cửa điện tử", "Sở Nội vụ", "2.000", "700", "700", "600"],
        ["B", "XÃ HỘI SỐ", "", "2.000", "500", "700", "800"],
        ["1", "Y tế số", "Sở Y tế", "2.000", "500", "700", "800"],
    ]


def _told(shape: str, heads: list[Head], rows: list[list[str]]) -> list[str]:
    return [finding.detail for finding in read_plan(written(shape, heads, rows, TITLE)).findings if finding.kind == "sum-mismatch"]


@pytest.mark.parametrize("shape", SHAPES)
def test_a_section_has_what_its_sections_have(shape: str) -> None:
    assert not _told(shape, HEADS, _rows())


def test_a_section_that_its_sections_do_not_make() -> None:
    assert any("A. CHÍNH QUYỀN SỐ" in detail for detail in _told("tabbed", HEADS, _rows("2.300")))


@pytest.mark.parametrize("shape", SHAPES)
def test_years_beside_sources_make_the_total_twice(shape: str) -> None:
    rows = [
        ["1", "Nền tảng dữ liệu", "Sở Nội vụ", "2021-2022", "4.000", "1.000", "3.000", "2.000", "2.000", "", ""],
        ["2", "Bản đồ số", "Sở Y tế", "2022", "1.400", "", "1.400", "", "1.000", "400", "Mới"],
        ["3", "Giáo dục số", "Sở Nội vụ", "2021-2022", "1.600", "800", "800", "600", "1.000", "", ""],
        ["", "Tổng cộng", "", "", "7.000", "1.800", "5.200", "2.600", "4.000", "400", ""],
    ]
    assert not _told(shape, BY_BOTH, rows)
