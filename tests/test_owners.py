"""Tables of systems, one row of which leaves open who owns or runs it, and sentences that do."""

from __future__ import annotations

import pytest

from cancu.reading.plan import read_plan
from tests.invented_plans import plan
from tests.pace import within

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


@pytest.mark.parametrize(
    ("part", "text", "told"),
    [
        ("NHIỆM VỤ", "Hệ thống quan trắc tiếp tục vận hành (chưa giao đơn vị quản lý, vận hành).", 1),
        ("NHIỆM VỤ", "Vận hành Hệ thống phân tích dữ liệu (cơ quan chủ quản và đơn vị vận hành sẽ xác định sau).", 1),
        ("NHIỆM VỤ", "Xây dựng nền tảng bản đồ số; đơn vị chủ trì chưa xác định.", 1),
        ("NHIỆM VỤ", "Phần mềm này chưa có cơ quan quản lý.", 1),
        ("NHIỆM VỤ", "Xây dựng nền tảng bản đồ số, đơn vị chủ trì là Sở Nội vụ.", 0),
        ("NHIỆM VỤ", "Hệ thống được nghiệm thu, đơn vị vận hành báo cáo sau 10 ngày.", 0),
        ("KẾT QUẢ", "Hệ thống quan trắc chưa giao đơn vị quản lý, vận hành.", 0),
    ],
)
def test_a_sentence_that_leaves_the_owner_open(part: str, text: str, told: int) -> None:
    found = read_plan(plan(f"I. {part}\n\n1. {text}\n")).findings
    assert sum("chưa rõ ai" in fault.detail for fault in found) == told


def test_no_sentence_takes_long() -> None:
    with within(2.0):
        read_plan(plan("I. NHIỆM VỤ\n\n1. Hệ thống chưa " + "đơn vị vận hành sẽ " * 3_000 + " sau."))
