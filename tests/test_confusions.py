"""One document under two numbers or two years, and documents that are only like each other."""

from __future__ import annotations

import pytest

from cancu.reading.plan import read_plan
from tests.invented_plans import plan


@pytest.mark.parametrize(
    ("one", "other", "said"),
    [
        (
            "74/QĐ-TTg ngày 03/6/2020 của Thủ tướng Chính phủ phê duyệt Chương trình biển xanh",
            "47/QĐ-TTg ngày 03/6/2020 của Thủ tướng Chính phủ",
            "số 74/",
        ),
        (
            "2231/QĐ-UBND ngày 10/9/2020 của UBND tỉnh về phát triển kinh tế số",
            "2213/QĐ-UBND ngày 10/9/2020 của UBND tỉnh về phát triển kinh tế số",
            "ngày và tên",
        ),
        (
            "2231/QĐ-UBND ngày 10/9/2020 của UBND tỉnh phê duyệt Đề án phát triển đô thị thông minh",
            "2331/QĐ-UBND của UBND tỉnh phê duyệt Đề án phát triển đô thị thông minh",
            "cùng tên",
        ),
        ("75/QĐ-TTg ngày 22/9/2010 của Thủ tướng Chính phủ", "75/QĐ-TTg ngày 22/9/2011 của Thủ tướng Chính phủ", "của năm 2010"),
        (
            "74/QĐ-TTg ngày 03/6/2020 của Thủ tướng Chính phủ phê duyệt Chương trình biển xanh",
            "47/QĐ-TTg ngày 03/6/2020 của Thủ tướng Chính phủ phê duyệt nhiệm vụ lập quy hoạch rừng",
            "",
        ),
        (
            "2231/QĐ-UBND ngày 10/9/2020 của UBND tỉnh giao dự toán ngân sách năm 2021",
            "2232/QĐ-UBND ngày 10/9/2020 của UBND tỉnh giao dự toán ngân sách năm 2021 cho các huyện",
            "",
        ),
        ("75/QĐ-TTg ngày 22/9/2010 của Thủ tướng Chính phủ", "75/QĐ-TTg ngày 21/1/2011 của Thủ tướng Chính phủ", ""),
        (
            "215/QĐ-UBND ngày 10/9/2019 của UBND tỉnh về chuyển đổi số năm 2020",
            "231/QĐ-UBND ngày 08/9/2020 của UBND tỉnh về chuyển đổi số năm 2021",
            "",
        ),
    ],
)
def test_two_citations(one: str, other: str, said: str) -> None:
    text = f"Căn cứ Quyết định số {one};\n\nI. NHIỆM VỤ\n\n1. Thực hiện Quyết định số {other}.\n"
    told = [fault.detail for fault in read_plan(plan(text)).findings if fault.kind in {"wrong-number", "date-conflict"}]
    assert len(told) == bool(said)
    assert all(said in detail for detail in told)
