"""What a body says that each kind of capital gives, and how it says what all costs."""

from __future__ import annotations

import pytest

from cancu.reading.plan import read_plan
from cancu.records import Finding, PlanRecord
from tests.invented_plans import HEAD, source

TABLE = """PHỤ LỤC I
DANH MỤC DỰ ÁN
Đơn vị tính: triệu đồng
TT\tTên dự án\tTổng\tVốn đầu tư\tVốn sự nghiệp\tĐơn vị chủ trì
1\tTrung tâm dữ liệu\t30.000\t25.000\t5.000\tSở Nội vụ
2\tBản đồ số\t18.000\t10.000\t8.000\tSở Tài chính
3\tĐào tạo cán bộ\t2.000\t\t2.000\tSở Nội vụ
\tTổng cộng\t50.000\t35.000\t15.000\t
"""


def _read(text: str, table: str = "") -> PlanRecord:
    return read_plan(source(f"{HEAD}I. KINH PHÍ\n\n{text}\n\nNơi nhận:\n- Lưu: VT.\n\n{table}"))


def _told(text: str) -> list[Finding]:
    return [finding for finding in _read(text, TABLE).findings if "Thân văn bản ghi “" in finding.detail]


@pytest.mark.parametrize(
    ("said", "faults"),
    [
        ("1. Tổng: 50.000 triệu đồng.\n\n2. Cơ cấu nguồn:\n\n- Vốn đầu tư phát triển: 38 tỷ đồng.\n\n- Vốn sự nghiệp: 12 tỷ đồng.", 2),
        ("Tổng kinh phí: 50.000 triệu đồng, gồm vốn đầu tư 38.000 triệu đồng, vốn sự nghiệp 12.000 triệu đồng.", 2),
        ("Tổng kinh phí: 50.000 triệu đồng, gồm vốn đầu tư 35.000 triệu đồng, vốn sự nghiệp 15.000 triệu đồng.", 0),
        ("Tổng kinh phí: 56.000 triệu đồng, gồm vốn đầu tư 38.000 triệu đồng, vốn sự nghiệp 18.000 triệu đồng.", 0),  # another whole
        ("Tổng kinh phí: 50.000 triệu đồng, gồm ngân sách tỉnh 38.000 triệu đồng, vốn sự nghiệp Trung ương 12.000 triệu đồng.", 0),
    ],
)
def test_kinds_of_capital_in_the_body_and_in_the_table(said: str, faults: int) -> None:
    found = _told(said)
    assert len(found) == faults
    assert "Info" not in {finding.severity for finding in found}


@pytest.mark.parametrize(
    ("said", "total", "sources"),
    [
        ("Tổng: 900 triệu đồng. Trong đó: ngân sách tỉnh 600 triệu; ODA 300 triệu đồng.", 900, [("Ngân sách tỉnh", 600), ("ODA", 300)]),
        ("Tổng 900 triệu: ngân sách xã 600 triệu, ngân sách tỉnh 300 triệu đồng.", 900, [("Ngân sách xã", 600), ("Ngân sách tỉnh", 300)]),
        (
            "1. Tổng: 900 triệu đồng.\n\n2. Nguồn: ngân sách tỉnh 70% tương ứng 600 triệu; trung ương hỗ trợ 30% tương ứng 300 triệu đồng.",
            900,
            [("Ngân sách tỉnh (70%)", 600), ("Trung ương hỗ trợ (30%)", 300)],
        ),
        (
            "1. Tổng: 900 triệu đồng.\n\n2. Nguồn vốn: ngân sách tỉnh 600 triệu; ODA 300 triệu đồng. Bình quân năm 450 triệu đồng.",
            900,
            [("Ngân sách tỉnh", 600), ("ODA", 300)],
        ),
        ("Kinh phí thực hiện 900 triệu đồng, đã được phê duyệt; kinh phí trạm quan trắc là 200 triệu đồng.", 900, []),
    ],
)
def test_what_all_costs_and_its_sources(said: str, total: int, sources: list[tuple[str, int]]) -> None:
    document = _read(said).document
    assert document.total_budget_vnd == total * 10**6
    assert [(one.source, one.amount_vnd // 10**6) for one in document.budget_by_source] == sources


def test_what_a_work_costs_is_not_the_plans_total() -> None:
    text = (
        "Xây dựng một cửa điện tử với tổng mức đầu tư 4.800 triệu đồng.\n\nII. DỰ TOÁN\n\nKinh phí thực hiện Kế hoạch là 7.730 triệu đồng."
    )
    record = read_plan(source(f"{HEAD}I. NHIỆM VỤ\n\n{text}\n\nNơi nhận:\n- Lưu: VT.\n"))
    assert record.document.total_budget_vnd == 7_730_000_000
