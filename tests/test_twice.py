"""One project in two tables with two sums, whatever each table writes around its name."""

from __future__ import annotations

import pytest

from cancu.reading.plan import read_plan
from cancu.reading.tables import find_tables
from cancu.reading.twice import bare, find
from cancu.records import Finding
from tests.invented_plans import HEAD, source

TABLES = """Nơi nhận:
- Lưu: VT.

PHỤ LỤC I
DANH MỤC DỰ ÁN GIAI ĐOẠN 2023 - 2025
Đơn vị tính: triệu đồng
TT\tTên dự án\tTổng\t2023\t2024\t2025
1\tXây dựng trục kết nối dữ liệu của tỉnh\t3.000\t1.000\t1.000\t1.000
2\tSố hóa sổ gốc văn bằng, chứng chỉ\t1.800\t600\t600\t600
3\tĐào tạo cán bộ chuyên trách của huyện\t900\t300\t300\t300

PHỤ LỤC II
PHÂN KỲ KINH PHÍ GIAI ĐOẠN 2023 - 2025
Đơn vị tính: triệu đồng
TT\tTên dự án\t{head}2023\t2024\t2025
1\tXây dựng trục kết nối dữ liệu của tỉnh\t{one}1.000\t1.000\t1.000
2\t{name}\t{two}\t600\t600
3\tĐào tạo cán bộ chuyên trách của huyện\t{three}300\t300\t300
"""


def _found(name: str, first: str, totals: bool) -> list[Finding]:
    if totals:
        whole = 1200 + int(first)
        cells = {"head": "Tổng\t", "one": "3.000\t", "two": f"{whole // 1000}.{whole % 1000:03}\t{first}", "three": "900\t"}
    else:
        cells = {"head": "", "one": "", "two": first, "three": ""}
    return [one for one in read_plan(source(HEAD + TABLES.format(name=name, **cells))).findings if "ở dòng" in one.detail]


@pytest.mark.parametrize("totals", [True, False])
@pytest.mark.parametrize(
    "name",
    [
        "Số hóa sổ gốc văn bằng, chứng chỉ",
        "Dự án Số hóa sổ gốc văn bằng, chứng chỉ",
        "Dự án: “Số hóa sổ gốc văn bằng, chứng chỉ”.",
        "SỐ HÓA SỔ GỐC VĂN BẰNG, CHỨNG CHỈ",
    ],
)
def test_one_project_with_two_sums_in_two_tables(name: str, totals: bool) -> None:
    assert [(one.kind, "1,7 tỷ đồng" in one.detail, "1,8 tỷ đồng" in one.detail) for one in _found(name, "500", totals)] == [
        ("sum-mismatch", True, True)
    ]
    assert not _found(name, "600", totals)


def test_rows_of_a_table_that_was_misread_say_nothing() -> None:
    given = source(HEAD + TABLES.format(name="Số hóa sổ gốc văn bằng, chứng chỉ", head="", one="", two="700", three=""))
    rows, (one, _) = read_plan(given).projects, find_tables(given)
    assert {row.table for row in rows} != {one.id}
    assert list(find([one], rows)) == []


@pytest.mark.parametrize("totals", [True, False])
def test_another_project_may_cost_another_sum(totals: bool) -> None:
    assert not _found("Số hóa sổ gốc văn bằng, chứng chỉ (giai đoạn 2)", "500", totals)
    assert not _found("Dự án 2: Số hóa sổ gốc văn bằng, chứng chỉ", "500", totals)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("1. Dự án “Số hóa sổ gốc”", "số hóa sổ gốc"),
        ("Dự án đầu tư: Cầu Suối Đá", "cầu suối đá"),
        ("Dự án 2: Cầu Suối Đá", "dự án 2 cầu suối đá"),
        ("Dự án thành phần 1: Cầu Suối Đá", "dự án thành phần 1 cầu suối đá"),
        ("12 trạm quan trắc", "12 trạm quan trắc"),
        ("(" * 5000 + " " * 5000, ""),
    ],
)
def test_what_stands_before_a_name(name: str, words: str) -> None:
    assert bare(name) == words
