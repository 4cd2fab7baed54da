"""What a body gives each year: in lists, sentences and small tables."""

from __future__ import annotations

import pytest

from cancu.reading.plan import read_plan
from tests.invented_plans import HEAD, source

APPENDIX = """Nơi nhận:
- Lưu: VT.

PHỤ LỤC
DANH MỤC DỰ ÁN GIAI ĐOẠN 2023 - 2025
Đơn vị tính: triệu đồng
TT\tTên dự án\tTổng\t2023\t2024\t2025\tĐơn vị chủ trì
1\tXây dựng trục kết nối dữ liệu của tỉnh\t6.000\t2.000\t2.000\t2.000\tSở Nội vụ
2\tSố hóa hồ sơ địa chính của các huyện\t6.000\t1.000\t2.000\t3.000\tSở Tài chính
\tTổng cộng\t12.000\t3.000\t4.000\t5.000\t
"""
TABLE = """Kinh phí phân theo năm như sau:

Đơn vị tính: triệu đồng
Năm\tKinh phí\tTỷ lệ (%)
2023\t{}\t25
2024\t{}\t33
2025\t{}\t42
Cộng\t12.000\t100
"""


def _told(text: str) -> list[str]:
    head = HEAD.replace("năm 2023", "giai đoạn 2023 - 2025")
    found = read_plan(source(f"{head}I. KINH PHÍ\n\n{text}\n\n{APPENDIX}")).findings
    return [fault.detail for fault in found if fault.kind in {"sum-mismatch", "date-conflict"}]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "1. Tổng kinh phí: 12 tỷ đồng.\n\n2. Phân kỳ: năm 2023: 3 tỷ đồng; năm 2024: 4 tỷ đồng; năm 2026: 5 tỷ đồng.",
            "năm 2026, ngoài kỳ",
        ),
        ("Tổng kinh phí: 12 tỷ đồng:\n\n- Năm 2023: 3 tỷ đồng;\n\n- Năm 2024: 4 tỷ đồng;\n\n- Năm 2026: 5 tỷ đồng.", "năm 2026, ngoài kỳ"),
        ("Tổng kinh phí: 12 tỷ đồng:\n\n- Năm 2023: 3 tỷ đồng;\n\n- Năm 2024: 4 tỷ đồng;\n\n- Năm 2025: 5 tỷ đồng.", ""),
        ("Tổng kinh phí: 12 tỷ đồng. Kinh phí năm 2021: 2 tỷ đồng; năm 2022: 3 tỷ đồng.", ""),
        ("Tổng kinh phí: 12 tỷ đồng.\n\nĐã bố trí: năm 2021: 2 tỷ đồng; năm 2022: 3 tỷ đồng.", ""),
        (TABLE.format("3.000", "4.000", "5.000"), ""),
        (TABLE.format("3.000", "4.300", "5.000"), "cộng lại được 12,3 tỷ đồng"),
    ],
)
def test_years_of_the_body(text: str, said: str) -> None:
    told = _told(text)
    assert bool(told) == bool(said)
    assert said in " ".join(told)


def test_a_year_of_a_table_in_the_body_unlike_the_appendix() -> None:
    assert "Năm 2024 ở đây ghi 4,3 tỷ đồng, Phụ lục 1 ghi 4 tỷ đồng." in _told(TABLE.format("3.000", "4.300", "5.000"))


@pytest.mark.parametrize(("years", "said"), [("2023 - 2025", False), ("2021 - 2025", True), ("2022", False)])
def test_an_appendix_titled_with_other_years_than_its_own(years: str, said: bool) -> None:
    head = HEAD.replace("năm 2023", "giai đoạn 2023 - 2025")
    text = f"{head}I. NHIỆM VỤ\n\nCác nhiệm vụ.\n\n{APPENDIX.replace('2023 - 2025', years)}"
    assert any("Tên bảng ghi" in fault.detail for fault in read_plan(source(text)).findings) == said
