"""Shares beside amounts, in lists and of numbers of things; products of what a sentence counts."""

from __future__ import annotations

import time

import pytest

from cancu.reading import products, shares
from cancu.reading.outline import outline
from cancu.reading.plan import read_plan
from tests.invented_plans import HEAD, plan, source


def _said(text: str) -> list[tuple[str, str]]:
    return [(fault.severity, fault.detail) for fault in read_plan(source(f"{HEAD}III. KINH PHÍ\n\n{text}\n")).findings]


LISTED = (
    "Tổng kinh phí thực hiện là 20 tỷ đồng, gồm:\n\na) Ngân sách Trung ương: 8 tỷ đồng, chiếm 40%;\n\n"
    "b) Ngân sách tỉnh: 10 tỷ đồng, chiếm {}%;\n\nc) Nguồn xã hội hóa: 2 tỷ đồng, chiếm 10%."
)
BEFORE = (
    "Tổng kinh phí 30 tỷ đồng, cơ cấu:\n\n- Chi đầu tư phát triển (chiếm 60%): 18 tỷ đồng;\n\n- Chi thường xuyên (chiếm {}%): 12 tỷ đồng."
)
INLINE = (
    "Tổng kinh phí: 12.000 triệu đồng. Trong đó ngân sách tỉnh 7.200 triệu đồng, tương đương {}% tổng kinh phí; "
    "nguồn khác 4.800 triệu đồng, tương đương 40% tổng kinh phí."
)
PARTLY = (
    "Tổng kinh phí dự kiến: 53.000 triệu đồng, gồm:\n\n- Ngân sách trung ương: 20.000 triệu đồng, chiếm {}%;\n\n"
    "- Ngân sách địa phương: 29.200 triệu đồng;\n\n- Nguồn khác: 3.800 triệu đồng."
)
BARE = (
    "Tổng vốn: 168.000 triệu đồng, bình quân 42.000 triệu đồng/năm. Cơ cấu nguồn vốn:\n\n"
    "- Ngân sách trung ương: 92.400 triệu đồng (55%);\n\n"
    "- Ngân sách tỉnh: 42.000 triệu đồng (25%);\n\n- Vốn tín dụng: 33.600 triệu đồng ({}%)."
)
ONE = "Kinh phí dự kiến 4.000 triệu đồng. Vốn sự nghiệp là 1.000 triệu đồng, chiếm khoảng {}% tổng kinh phí."
ALONE = "Cơ cấu nguồn vốn như sau:\n\n- Ngân sách Trung ương: 40%;\n\n- Ngân sách tỉnh: {}%;\n\n- Nguồn khác: 20%."
STAFF = "Cơ cấu đội ngũ cán bộ chuyên trách: trên đại học 12%, đại học {}%, cao đẳng và trung cấp 26%."
COUNTED = "Toàn tỉnh có 240 cán bộ công nghệ thông tin, trong đó 180 người có trình độ đại học, chiếm tỷ lệ {}%."
CLASSES = "Mở 4 lớp tập huấn, mỗi lớp 30 người, tổng số {} người."
MEETINGS = "Tổ chức 12 hội nghị, mỗi hội nghị 50 đại biểu (tổng cộng {} đại biểu)."
MACHINES = "Trang bị {} máy tính cho 10 xã, mỗi xã 20 máy tính."


@pytest.mark.parametrize(
    ("text", "wrong", "right", "said"),
    [
        (LISTED, "45", "50", "10 tỷ đồng trên 20 tỷ đồng là 50,0%"),
        (BEFORE, "45", "40", "12 tỷ đồng trên 30 tỷ đồng là 40,0%"),
        (PARTLY, "42,5", "37,7", "20 tỷ đồng trên 53 tỷ đồng là 37,7%"),
        (BARE, "25", "20", "33,6 tỷ đồng trên 168 tỷ đồng là 20,0%"),
        (INLINE, "65", "60", "7,2 tỷ đồng trên 12 tỷ đồng là 60,0%"),
        (ONE, "35", "26", "1 tỷ đồng trên 4 tỷ đồng là 25,0%"),
        (ALONE, "45", "40", "cộng lại được 105%"),
        (STAFF, "68", "62", "cộng lại được 106%"),
        (COUNTED, "70", "75", "180 trên 240 là 75,0%"),
        (CLASSES, "150", "120", "là 120 người, văn bản ghi 150"),
        (MEETINGS, "650", "600", "là 600 đại, văn bản ghi 650"),
        (MACHINES, "250", "200", "là 200 máy, văn bản ghi 250"),
    ],
)
def test_a_figure_that_its_own_numbers_do_not_give(text: str, wrong: str, right: str, said: str) -> None:
    ((severity, detail),) = _said(text.format(wrong))
    assert severity == "Warning"
    assert said in detail
    assert _said(text.format(right)) == []


TOGETHER = "Tổng kinh phí: 40 tỷ đồng.\n\n2. Hai nhiệm vụ lớn nhất là bệnh án điện tử (16 tỷ đồng) và hình ảnh (8 tỷ đồng) chiếm {}%."


@pytest.mark.parametrize(("share", "told"), [("67,6", ["24 tỷ đồng trên 40 tỷ đồng là 60,0%"]), ("60", []), ("20", [])])
def test_a_share_of_several_amounts(share: str, told: list[str]) -> None:
    assert [detail.partition(", văn bản")[0] for _, detail in _said(TOGETHER.format(share))] == told


@pytest.mark.parametrize(
    "text",
    [
        "- Ngân sách tỉnh hỗ trợ 50% đối với xã khu vực III; 30% đối với xã khu vực II; 10% đối với xã khu vực I.",
        "Mức hỗ trợ theo cơ cấu như sau:\n\n- Xã khu vực I: tối đa 40%;\n\n- Xã khu vực II: tối đa 50%;\n\n- Xã khu vực III: tối đa 20%.",
        "Mở 5 lớp, mỗi lớp từ 30 đến 40 người, tổng số khoảng 180 người.",
        "Tổ chức 12 hội nghị, mỗi hội nghị ít nhất 50 đại biểu (tổng cộng 650 đại biểu).",
        "Mở 4 lớp tại 2 huyện, mỗi lớp 30 người, cùng với 150 người đã học.",
        "Có 240 cán bộ, trong đó 180 người có trình độ đại học, chiếm 70% số cán bộ của các sở.",
    ],
)
def test_what_may_be_of_something_else(text: str) -> None:
    assert _said(text) == []


@pytest.mark.parametrize(
    "text", ["mỗi a " * 4000, "1 a 2 b, mỗi " * 2000, "9 a, trong đó 3 b chiếm " * 2000, "tỷ trọng %" + " chiếm" * 8000]
)
def test_worst_cases_take_no_time(text: str) -> None:
    layout = outline(plan(f"III. KINH PHÍ\n\n{text}\n"))
    document = read_plan(source(HEAD)).document
    start = time.process_time()
    assert not [*products.find(layout), *shares.find(layout, document)]
    assert time.process_time() - start < 2
