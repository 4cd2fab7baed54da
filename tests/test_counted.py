"""Numbers of things against their parts, the shares beside them, and the names that a sentence gives."""

from __future__ import annotations

import pytest

from cancu.reading.plan import read_plan
from tests.invented_plans import plan
from tests.pace import within


def _told(text: str) -> list[str]:
    return [fault.severity for fault in read_plan(plan(f"I. NHIỆM VỤ\n\n1. {text}\n")).findings if fault.kind in {"sum-mismatch", "other"}]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Tổng số máy tính 412 bộ, trong đó cấp huyện 236 bộ, cấp xã 186 bộ.", ["Warning"]),
        ("Huyện có 320 máy tính, gồm cấp huyện 120 máy, cấp xã 190 máy.", ["Warning"]),
        ("Đã cấp 412 hộp thư (236 + 186) cho công chức.", ["Warning"]),
        ("Tổng số 150 lớp = 70 + 90.", ["Warning"]),
        ("Tổng số máy tính 422 bộ, trong đó cấp huyện 236 bộ, cấp xã 186 bộ.", []),
        ("Tổng số máy tính 412 bộ, trong đó máy xách tay 236 bộ, máy nối mạng 186 bộ.", ["Info"]),  # one may be both
        ("Tổng số máy tính 412 bộ, trong đó cấp huyện 236 bộ.", []),
        ("Đã cấp 422 hộp thư (236 + 186) cho công chức.", []),
        ("Tổng đài 1900 (028 + 12).", []),
        (
            "Tỉnh có 88 cán bộ chuyên trách, trong đó 76 người có trình độ đại học trở lên, còn lại 18 người có trình độ cao đẳng.",
            ["Warning"],
        ),
        ("Tỉnh có 88 cán bộ, trong đó có 40 người ở tỉnh, 36 người ở huyện; số còn lại là 14 người ở xã.", ["Warning"]),
        ("Tỉnh có 88 cán bộ, trong đó 70 người có trình độ đại học trở lên, còn lại 18 người có trình độ cao đẳng.", []),
        ("Tỉnh có 88 cán bộ, trong đó khoảng 76 người học đại học, còn lại 18 người học cao đẳng.", []),
        ("Kinh phí 88 triệu đồng, trong đó 76 triệu đồng cho máy, còn lại 18 triệu đồng cho mạng.", []),
    ],
)
def test_parts_of_a_number(text: str, told: list[str]) -> None:
    assert _told(text) == told


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Có 18/24 sở, ngành và huyện, thành phố dùng phần mềm, đạt 85%.", 1),
        ("Số đơn vị dùng phần mềm: 18/24 sở, ngành và huyện, thành phố, đạt 85%.", 1),
        ("Trong tổng số 111 xã, phường, thị trấn có 83 đơn vị kết nối mạng, đạt 83,8%.", 1),
        ("Trong tổng số 111 xã, phường, thị trấn đã có 93 đơn vị kết nối mạng, đạt 83,8%.", 0),
        ("Trong tổng số 111 triệu đồng có 83 triệu đồng đã chi, đạt 83,8%.", 0),
        ("Có 18/24 xã (85%) dùng phần mềm.", 1),
        ("Đạt 85% (18/24 xã) có điểm phục vụ.", 1),
        ("Tỷ lệ xã có mạng đạt 85% (tương ứng 18/24 xã).", 1),
        ("Có 18/24 xã (75%) dùng phần mềm; đạt 75% (18/24 xã).", 0),
        ("Có 18/24 xã dùng phần mềm, hộ dân có mạng đạt 85%.", 0),
        ("Có 18/24 xã (85% số hộ) dùng phần mềm.", 0),
        ("Đạt 85% (kế hoạch 18/24 xã).", 0),
    ],
)
def test_a_share_of_a_number(text: str, told: int) -> None:
    assert len(_told(text)) == told


def test_no_text_takes_long() -> None:
    with within(2.0):
        _told("12/24 xã" + ", đơn vị xã" * 3_000 + " 5%")
        _told("412 bộ, trong đó " + "cấp huyện 2 bộ, " * 3_000)
        _told("412 bộ, trong đó " + "cấp huyện " * 6_000)
        _told("412 (" + "2 + " * 3_000)
        _told("9 người, trong đó" + " 3 nam," * 3_000 + " còn lại")
        _told("tổng số 9 xã có 3 xã " * 2_000 + "%")
