"""Rows whose remark pays them after the plan, or whose name ends them before their money."""

from __future__ import annotations

import pytest

from cancu.reading.plan import read_plan
from tests.invented_plans import HEAD, source

TABLE = """Nơi nhận:
- Lưu: VT.

PHỤ LỤC
DANH MỤC DỰ ÁN GIAI ĐOẠN 2021 - 2023
Đơn vị tính: triệu đồng
TT\tTên dự án\tTổng kinh phí\t2021\t2022\t2023\tĐơn vị chủ trì\tGhi chú
1\tXây dựng trục kết nối dữ liệu\t3.000\t1.000\t1.000\t1.000\tSở Nội vụ\t
2\t{name}\t1.800\t\t900\t900\tSở Y tế\t{note}
3\tNâng cấp cổng thông tin điện tử\t700\t\t\t700\tSở Nội vụ\t
"""


@pytest.mark.parametrize(
    ("name", "note", "said"),
    [
        ("Số hóa sổ gốc", "Phần còn lại 300 triệu đồng bố trí năm 2024", ["Info"]),
        ("Số hóa sổ gốc", "Thanh toán vào năm 2026: 200 triệu đồng", ["Info"]),
        ("Số hóa sổ gốc", "Thanh toán năm 2023", []),
        ("Số hóa sổ gốc", "Vốn đã bố trí năm 2020: 100 triệu đồng", []),
        ("Xây nhà ở bán trú hoàn thành năm 2021", "", ["Warning"]),
        ("Kho dữ liệu bệnh án, hoàn thành trong năm 2020", "", ["Warning"]),
        ("Xây nhà ở bán trú hoàn thành năm 2022", "", []),
        ("Bảo trì hệ thống đã hoàn thành năm 2020", "", []),
    ],
)
def test_a_row_that_is_paid_in_another_year(name: str, note: str, said: list[str]) -> None:
    record = read_plan(source(HEAD.replace("năm 2023", "giai đoạn 2021 - 2023") + TABLE.format(name=name, note=note)))
    assert [fault.severity for fault in record.findings if fault.kind == "date-conflict"] == said
