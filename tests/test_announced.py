"""Appendices that a plan announces and does not have; those of other documents, and those that are there."""

from __future__ import annotations

import pytest

from cancu.reading.plan import read_plan
from tests.invented_plans import plan
from tests.pace import within

BODY = "I. NHIỆM VỤ\n\n1. {}\n\nNơi nhận:\n- Lưu: VT.\n\n"
APPENDIX = "PHỤ LỤC I\n\nDanh mục nhiệm vụ\n"


def _told(text: str) -> int:
    return sum("hụ lục" in fault.detail for fault in read_plan(plan(text)).findings)


@pytest.mark.parametrize(
    ("sentence", "missing"),
    [
        ("Danh mục được nêu tại Phụ lục II ban hành kèm theo Kế hoạch này.", 1),
        ("Kinh phí từng năm theo Phụ lục số 02 đính kèm.", 1),
        ("Các chỉ tiêu cụ thể như Phụ lục II.", 1),
        ("Nội dung ở các Phụ lục I, II và III kèm theo Kế hoạch này.", 2),
        ("Khái toán kinh phí (Phụ lục 2).", 1),
        ("Phân công nhiệm vụ: Có Phụ lục II kèm theo.", 1),
        ("Kết quả báo cáo theo mẫu tại Phụ lục II.", 1),
        ("Kết quả báo cáo theo mẫu số 2 Phụ lục II.", 0),
        ("Danh mục tại Phụ lục I, chi tiết tại Phụ lục số 01.", 0),
        ("Theo Phụ lục II ban hành kèm theo Nghị định số 7/2019/NĐ-CP của Chính phủ.", 0),
        ("Tiêu chí theo Phụ lục III của Quyết định số 74/QĐ-TTg.", 0),
        ("Theo Phụ lục II Kế hoạch số 55/KH-UBND của UBND tỉnh.", 0),
        ("Ưu tiên các công trình tại Phụ lục 3 Quyết định giao vốn thủy lợi của UBND tỉnh.", 0),
        ("Nhiệm vụ theo Phụ lục 3 Kế hoạch này.", 1),
        ("Theo quy định tại Phụ lục IV của Nghị quyết 5-NQ/TW.", 0),
    ],
)
def test_appendices_beside_others(sentence: str, missing: int) -> None:
    assert _told(BODY.format(sentence) + APPENDIX) == missing


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        ("Nhiệm vụ tại Phụ lục I ban hành kèm theo Kế hoạch này.", 1),
        ("Triển khai các dự án (Danh mục dự án kèm theo)", 1),
        ("Chi tiết theo Biểu số 2 kèm theo.", 1),
        ("Danh mục các nhiệm vụ chi tiết tại Phụ lục.", 1),
        ("Lộ trình tại bảng tổng hợp kèm theo Kế hoạch này.", 1),
        ("Chi tiết tại các Phụ lục 1, 2 gửi kèm.", 1),
        ("Lập hồ sơ trình kèm theo danh mục dự án.", 0),
        ("Theo danh mục ban hành kèm theo Quyết định số 74/QĐ-TTg.", 0),
        ("Gửi báo cáo (kèm theo phụ lục số liệu) về Sở Nội vụ.", 0),
        ("Mẫu tại Phụ lục II kèm theo Thông tư số 3/2017/TT-BNV.", 0),
    ],
)
def test_an_appendix_where_there_is_none(sentence: str, told: int) -> None:
    assert _told(BODY.format(sentence)) == told


@pytest.mark.parametrize(
    ("sentence", "missing"),
    [
        ("Kinh phí tại Biểu 01; thông số thiết bị tại Biểu 02 kèm theo.", 1),
        ("Kinh phí theo Biểu số 1.", 0),
        ("Báo cáo theo Biểu số 05 của Thông tư số 3/2017/TT-BNV.", 0),
    ],
)
def test_sheets_beside_others(sentence: str, missing: int) -> None:
    faults = read_plan(plan(BODY.format(sentence) + "BIỂU 01\n\nDự toán kinh phí\n")).findings
    assert sum("Dẫn Biểu" in fault.detail for fault in faults) == missing


def test_no_text_takes_long() -> None:
    with within(2.0):
        _told(BODY.format("tại Phụ lục " + "1, Phụ lục 2 và " * 2_000))
        _told(BODY.format("(danh mục " + "việc " * 5_000 + "; theo bảng" * 2_000))
