"""The line that says what an appendix or a plan goes with: the document's own number, day and issuer, or others."""

from __future__ import annotations

import pytest

from cancu.reading.plan import read_plan
from tests.invented_plans import source

DECISION = """ỦY BAN NHÂN DÂN
TỈNH HÒA SƠN

Số: 381/QĐ-UBND

Hòa Sơn, ngày 05 tháng 4 năm 2023

QUYẾT ĐỊNH

Ban hành Kế hoạch chuyển đổi số tỉnh Hòa Sơn năm 2023

Điều 1. Ban hành kèm theo Quyết định này Kế hoạch chuyển đổi số tỉnh Hòa Sơn năm 2023.

TM. ỦY BAN NHÂN DÂN
CHỦ TỊCH
Lê Văn Sơn

KẾ HOẠCH
CHUYỂN ĐỔI SỐ TỈNH HÒA SƠN NĂM 2023
{}

I. NHIỆM VỤ

Các nhiệm vụ của tỉnh.
"""


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("(Ban hành kèm theo Quyết định số 381/QĐ-UBND ngày 05/4/2023 của UBND tỉnh Hòa Sơn)", ""),
        ("(Ban hành kèm theo Quyết định số 318/QĐ-UBND ngày 05/4/2023 của UBND tỉnh Hòa Sơn)", "đầu văn bản ghi số 381/QĐ-UBND"),
        ("(Ban hành kèm theo Quyết định số 318/QĐ-UBND của UBND tỉnh)", "đầu văn bản ghi số 381/QĐ-UBND"),
        ("(Ban hành kèm theo Quyết định số 318/QĐ-UBND ngày 07/5/2021 của UBND tỉnh Hòa Sơn)", ""),
        ("(Ban hành kèm theo Quyết định số 400/QĐ-UBND của UBND tỉnh Hòa Sơn)", ""),
        ("(Ban hành kèm theo Quyết định số 381/QĐ-UBND ngày 06/4/2023 của UBND tỉnh Hòa Sơn)", "Ghi văn bản ngày 6/4/2023"),
        ("(Ban hành kèm theo Quyết định số 381/QĐ-UBND ngày 05/4/2023 của Hội đồng nhân dân tỉnh Hòa Sơn)", "là của Hội đồng nhân dân"),
        ("(Ban hành kèm theo Quyết định số 381/QĐ-UBND ngày 05/4/2023 của Sở Nội vụ tỉnh Hòa Sơn)", "là của một sở"),
        ("(Ban hành kèm theo Quyết định số 381/QĐ-UBND ngày 05/4/2023 của UBND tỉnh Hà Giang)", "là của tỉnh Hà Giang"),
        ("(Kèm theo Nghị quyết số 19/2012/NQ-HĐND ngày 05/7/2012 của Ủy ban nhân dân tỉnh Hòa Sơn)", "19/2012/NQ-HĐND ghi là của"),
        ("(Kèm theo Nghị quyết số 19/2012/NQ-HĐND ngày 05/7/2012 của Hội đồng nhân dân tỉnh Hòa Sơn)", ""),
    ],
)
def test_a_line_that_attaches_a_plan_to_a_decision(line: str, said: str) -> None:
    told = [
        fault.detail
        for fault in read_plan(source(DECISION.format(line))).findings
        if fault.kind in {"wrong-number", "other", "date-conflict"}
    ]
    assert len(told) == bool(said)
    assert all(said in detail for detail in told)


def test_an_article_that_names_the_plan_of_another_year() -> None:
    wrong = DECISION.format("").replace(
        "này Kế hoạch chuyển đổi số tỉnh Hòa Sơn năm 2023", "này Kế hoạch chuyển đổi số tỉnh Hòa Sơn năm 2022"
    )
    told = [fault.detail for fault in read_plan(source(wrong)).findings if fault.kind == "other"]
    assert told == ["Ở đây ghi “năm 2022”, tên văn bản ghi “năm 2023”."]


OWN = """SỞ Y TẾ TỈNH {}
Số: 26/KH-SYT

KẾ HOẠCH
Ứng dụng công nghệ thông tin ngành Y tế năm 2021

{}

I. MỤC TIÊU
1. Khám, chữa bệnh từ xa.

Nơi nhận:
- Lưu: VT.

GIÁM ĐỐC
Lê Văn Sơn
"""


@pytest.mark.parametrize(
    ("opening", "told"),
    [
        ("Ủy ban nhân dân tỉnh Bình Định ban hành Kế hoạch ứng dụng công nghệ thông tin ngành Y tế năm 2021, cụ thể như sau:", True),
        ("UBND tỉnh ban hành Kế hoạch ứng dụng công nghệ thông tin năm 2021 với các nội dung sau:", True),
        ("Hội đồng nhân dân tỉnh Bình Định ban hành Kế hoạch với những nội dung chủ yếu sau:", True),
        ("Theo đề nghị của Phòng Nghiệp vụ Y, Ủy ban nhân dân tỉnh ban hành Kế hoạch năm 2021, cụ thể:", True),
        ("Theo Kế hoạch do UBND tỉnh ban hành, Sở Y tế ban hành Kế hoạch năm 2021 với các nội dung sau đây:", False),
        ("Ủy ban nhân dân tỉnh ban hành Kế hoạch khung, trong đó giao ngành Y tế những việc cụ thể.", False),
        ("Sở Y tế ban hành Kế hoạch ứng dụng công nghệ thông tin ngành Y tế năm 2021, cụ thể như sau:", False),
        ("Ủy ban nhân dân tỉnh Bình Định ban hành Kế hoạch số 5/KH-UBND về chuyển đổi số, có các nội dung như sau:", False),
        ("Ủy ban nhân dân tỉnh ban hành Kế hoạch chuyển đổi số; Sở Y tế triển khai như sau:", False),
    ],
)
def test_an_opening_that_names_another_body(opening: str, told: bool) -> None:
    faults = [fault.detail for fault in read_plan(source(OWN.format("BÌNH ĐỊNH", opening))).findings if fault.kind == "other"]
    assert bool(faults) == told


@pytest.mark.parametrize(
    ("closing", "told"),
    [
        ("Kế hoạch này do Hội đồng nhân dân tỉnh ban hành.", True),
        ("Kế hoạch này do Ủy ban nhân dân tỉnh ban hành.", True),
        ("Kế hoạch này do Sở Y tế ban hành.", False),
        ("Đề án này do Hội đồng nhân dân tỉnh ban hành.", False),
        ("Kế hoạch này do Giám đốc Sở Y tế ban hành.", False),
    ],
)
def test_a_sentence_that_gives_the_document_to_another_body(closing: str, told: bool) -> None:
    faults = [fault.detail for fault in read_plan(source(OWN.format("BÌNH ĐỊNH", closing))).findings if fault.kind == "other"]
    assert bool(faults) == told


DISTRICT = """ỦY BAN NHÂN DÂN
HUYỆN YÊN LẠC
Số: 26/KH-UBND

KẾ HOẠCH
Chuyển đổi số huyện Yên Lạc năm 2021

I. MỤC TIÊU
1. Phát triển chính quyền số.

Nơi nhận:
- Lưu: VT.

{}
CHỦ TỊCH
Lê Văn Sơn
"""


@pytest.mark.parametrize(
    ("signs", "told"),
    [
        ("TM. ỦY BAN NHÂN DÂN HUYỆN TAM DƯƠNG", True),
        ("TM. UBND HUYỆN TAM DƯƠNG KT. CHỦ TỊCH", True),
        ("TM. ỦY BAN NHÂN DÂN HUYỆN YÊN LẠC", False),
        ("TM. UBND HUYỆN YÊN LẠC KT. CHỦ TỊCH", False),
        ("TM. ỦY BAN NHÂN DÂN HUYỆN", False),
        ("TM. ỦY BAN NHÂN DÂN", False),
    ],
)
def test_a_signature_of_another_districts_committee(signs: str, told: bool) -> None:
    faults = [fault.detail for fault in read_plan(source(DISTRICT.format(signs))).findings if fault.kind == "other"]
    assert bool(faults) == told, faults
