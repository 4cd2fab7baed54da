"""Tables of systems, one row of which leaves open who owns or runs it."""

from __future__ import annotations

import pytest

from cancu.reading.plan import read_plan
from tests.invented_plans import plan

TABLE = """I. HIỆN TRẠNG

Các hệ thống thông tin của tỉnh

TT\tHệ thống thông tin\tĐơn vị vận hành\tChủ quản\tCấp độ
1\tTrung tâm tích hợp dữ liệu\tTrung tâm Công nghệ thông tin\tUBND tỉnh\t3
2\tCổng thông tin điện tử\tVăn phòng UBND tỉnh\tUBND tỉnh\t2
3\tPhần mềm quản lý văn bản\t{}\t{}\t2
4\tHệ thống một cửa điện tử\t{}\t{}\t2
5\tHội nghị truyền hình\tVăn phòng UBND tỉnh\tUBND tỉnh\t1

II. NHIỆM VỤ

1. Nâng cấp các hệ thống.
"""
NAMED = ("Trung tâm Công nghệ thông tin", "UBND tỉnh")


@pytest.mark.parametrize(
    ("third", "fourth", "told"),
    [
        (NAMED, ("", ""), ["Hệ thống một cửa điện tử"]),
        (NAMED, ("-", ""), ["Hệ thống một cửa điện tử"]),
        (NAMED, ("", "UBND tỉnh"), []),  # one of the two is named
        (NAMED, NAMED, []),
        (("", ""), ("", ""), []),  # the table names few
    ],
)
def test_a_system_without_an_owner(third: tuple[str, str], fourth: tuple[str, str], told: list[str]) -> None:
    faults = [fault for fault in read_plan(plan(TABLE.format(*third, *fourth))).findings if fault.kind == "omission"]
    assert [fault.detail.split("”")[0].strip("“") for fault in faults] == told
    assert all(fault.severity == "Info" for fault in faults)
