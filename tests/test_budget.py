"""What the body says a plan costs."""

from __future__ import annotations

import pytest

from cancu.reading import budget
from cancu.reading.outline import outline
from tests.invented_plans import plan

LISTED = """III. KINH PHÍ

1. Tổng kinh phí: 12,5 tỷ đồng, trong đó:

- Vốn ngân sách Trung ương: 7,5 tỷ đồng.

- Ngân sách tỉnh: 5 tỷ đồng (trong đó: chuẩn bị đầu tư 1 tỷ đồng).

2. Nhóm dự án hạ tầng: nguồn vốn 9 tỷ đồng.
"""


def test_a_total_and_the_list_under_it() -> None:
    found = budget.find(outline(plan(LISTED)))
    assert (found.total_vnd, found.lines) == (12_500_000_000, (12, 12))
    assert [(one.source, one.amount_vnd, one.lines) for one in found.sources] == [
        ("Ngân sách Trung ương", 7_500_000_000, (14, 14)),
        ("Ngân sách tỉnh", 5_000_000_000, (16, 16)),
    ]


def test_sources_in_the_sentence_of_the_total() -> None:
    text = "III. KINH PHÍ\n\nTổng kinh phí 900 triệu đồng, trong đó ngân sách tỉnh 600 triệu đồng; nguồn xã hội hóa 300 triệu đồng.\n"
    found = budget.find(outline(plan(text)))
    assert [(one.source, one.amount_vnd) for one in found.sources] == [("Ngân sách tỉnh", 600_000_000), ("Nguồn xã hội hóa", 300_000_000)]


@pytest.mark.parametrize(
    ("text", "total"),
    [
        ("IV. KINH PHÍ THỰC HIỆN: 38,39 tỷ đồng\n", 38_390_000_000),
        ("IV. KINH PHÍ\n\nDự kiến tổng nguồn vốn đầu tư: 26.162 triệu đồng (Hai mươi sáu tỷ).\n", 26_162_000_000),
        ("IV. KINH PHÍ\n\nTổng kinh phí giai đoạn 2008 - 2010:\n24.600.000.000 đồng.\n", 24_600_000_000),
        ("IV. KINH PHÍ\n\nKinh phí được bố trí từ ngân sách theo quy định.\n", None),
        ("I. KẾT QUẢ\n\n1. Nguồn kinh phí\n\nTổng kinh phí giai đoạn 2016-2020: 21.243 triệu đồng.\n", None),
    ],
)
def test_totals(text: str, total: int | None) -> None:
    assert budget.find(outline(plan(text))).total_vnd == total
