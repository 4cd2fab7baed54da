"""Days that no calendar has, with a year and without one."""

from __future__ import annotations

import pytest

from cancu.reading.plan import read_plan
from tests.invented_plans import plan


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Hoàn thành trước ngày 30/02/2022.", 1),
        ("Báo cáo trước ngày 31/11 hằng năm.", 1),
        ("Trình UBND tỉnh trước 31/9/2022.", 1),
        ("Báo cáo trước ngày 30 tháng 02 hằng năm.", 1),
        ("Từ ngày 29/02/2023 vận hành.", 1),
        ("Hoàn thành trước ngày 29/02/2024.", 0),
        ("Báo cáo trước ngày 29/02 hằng năm.", 0),
        ("Đạt 31/11 chỉ tiêu.", 0),
        ("Báo cáo trước ngày 30/11 hằng năm.", 0),
    ],
)
def test_days(text: str, told: int) -> None:
    found = read_plan(plan(f"I. NHIỆM VỤ\n\n1. {text}\n")).findings
    assert sum("Không có ngày" in fault.detail for fault in found) == told
