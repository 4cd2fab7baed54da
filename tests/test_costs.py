"""What a body says that a project costs, and what its row does: a fault where both are of the whole, else a note."""

from __future__ import annotations

import pytest

from cancu.reading.plan import read_plan
from cancu.records import Finding
from tests.invented_plans import HEAD, source

TABLE = """PHỤ LỤC I
DANH MỤC DỰ ÁN GIAI ĐOẠN 2023 - 2025
Đơn vị tính: triệu đồng
TT\tTên dự án\tTổng\t2023\t2024\t2025\tĐơn vị chủ trì
1\tNâng cấp trung tâm tích hợp dữ liệu tỉnh\t3.000\t1.000\t1.200\t800\tSở Nội vụ
2\tBản đồ số vùng trồng\t1.800\t500\t600\t700\tSở Tài chính
3\tKiên cố hóa kênh mương (giai đoạn 2)\t5.400\t1.800\t1.700\t1.900\tSở Tài chính
4\tĐào tạo cán bộ chuyên trách\t900\t300\t300\t300\tSở Nội vụ
"""


def _severities(text: str) -> list[str]:
    body = f"I. KINH PHÍ\n\n{text}\n\nNơi nhận:\n- Lưu: VT.\n\n{TABLE}"
    found: list[Finding] = list(read_plan(source(HEAD + body)).findings)
    return [finding.severity or "" for finding in found if finding.detail.startswith("Ở đây ghi")]


@pytest.mark.parametrize(
    ("said", "severity"),
    [
        ("Bản đồ số vùng trồng: 1.450 triệu đồng.", "Warning"),
        ("Vốn xây dựng bản đồ số vùng trồng: 1.450 triệu đồng.", "Warning"),
        ("Đầu tư cho Trung tâm tích hợp dữ liệu: 2.500 triệu đồng.", "Warning"),
        ("Xây dựng trung tâm tích hợp dữ liệu tỉnh với kinh phí 2.500 triệu đồng, phục vụ các sở, ngành.", "Warning"),
        ("Bố trí 1.450 triệu đồng cho bản đồ số vùng trồng.", "Warning"),
        ("Riêng Trung tâm tích hợp dữ liệu tỉnh được bố trí 2.500 triệu đồng trong cả giai đoạn.", "Warning"),
        ("Trung tâm tích hợp dữ liệu tỉnh, tổng mức 2.500 triệu đồng.", "Warning"),
        ("Trung tâm tích hợp dữ liệu tỉnh, tổng mức đầu tư 4.500 triệu đồng.", "Info"),  # with what the years before paid
        ("Trung tâm tích hợp dữ liệu tỉnh, kinh phí khoảng 2.500 triệu đồng.", "Info"),
        ("Ngân sách tỉnh bố trí cho trung tâm tích hợp dữ liệu tỉnh: 2.500 triệu đồng.", "Info"),
        ("Bản đồ số vùng trồng: 1.450 triệu đồng từ ngân sách tỉnh.", "Info"),
        ("Bản đồ số vùng trồng: 450 triệu đồng/năm.", "Info"),
        ("Bản đồ số vùng trồng: 150 triệu đồng.", "Info"),  # far off
        ("Kiên cố hóa kênh mương: 4.500 triệu đồng.", "Info"),  # both stages, or the other one
        ("Bản đồ số vùng trồng: 1.450 triệu đồng. Bản đồ số vùng trồng: 1.250 triệu đồng.", "Info"),
        ("Bản đồ số vùng trồng: 1.800 triệu đồng.", ""),
        ("Bản đồ số vùng trồng: 600 triệu đồng.", ""),  # that of a year
        ("Đào tạo cán bộ cấp xã: 950 triệu đồng.", ""),
    ],
)
def test_a_cost_of_the_body_that_no_figure_of_the_row_is(said: str, severity: str) -> None:
    assert set(_severities(said)) == ({severity} if severity else set())
