"""Numbers of the wrong bearer or law, labels that stray, sentences said twice, titles of another year, and what only looks like them."""

from __future__ import annotations

import pytest

from cancu.reading.plan import read_plan
from tests.invented_plans import HEAD, plan, source

SIGNED = "\nNơi nhận:\n- Lưu: VT.\n\nTM. ỦY BAN NHÂN DÂN\n\n"
SAID = "Phòng Văn hóa phối hợp với các xã tuyên truyền trên đài truyền thanh."


def _told(text: str, said: str) -> list[str]:
    return [fault.severity for fault in read_plan(plan(text)).findings if said in fault.detail]


@pytest.mark.parametrize(
    ("cited", "told"),
    [
        ("Nghị quyết số 18-NQ/HU ngày 09/12/2021 của UBND huyện Vân Sơn", 1),
        ("Nghị quyết số 7-NQ/QU ngày 09/12/2021 của Ủy ban nhân dân quận Vân Sơn", 1),
        ("Kế hoạch số 22/KH-STTTT ngày 06/02/2022 của Ủy ban nhân dân tỉnh Hòa Sơn", 1),
        ("Nghị quyết số 18-NQ/HU ngày 09/12/2021 của Huyện ủy Vân Sơn", 0),
        ("Nghị quyết số 18-NQ/HU ngày 09/12/2021 của Ban Chấp hành Đảng bộ huyện", 0),
        ("Kế hoạch số 22/KH-STTTT ngày 06/02/2022 của Sở Thông tin và Truyền thông tỉnh Hòa Sơn", 0),
        ("Tờ trình số 22/TTr-STTTT ngày 06/02/2022", 0),
    ],
)
def test_signs_of_another_body(cited: str, told: int) -> None:
    assert len(_told(f"Căn cứ {cited};\n\nI. NHIỆM VỤ\n\n1. Việc.\n", "là ký hiệu của")) == told


@pytest.mark.parametrize(
    ("other", "told"),
    [
        ("Luật Chăn nuôi số 31/2018/QH14 ngày 19/11/2018", 1),
        ("Luật Trồng trọt số 31/2018/QH14 ngày 19/11/2018", 0),
        ("Luật trồng  trọt số 31/2018/QH14", 0),
        ("Luật Chăn nuôi số 32/2018/QH14 ngày 19/11/2018", 0),
    ],
)
def test_one_number_of_two_laws(other: str, told: int) -> None:
    text = f"Căn cứ Luật Trồng trọt số 31/2018/QH14 ngày 19/11/2018;\n\nCăn cứ {other};\n\nI. NHIỆM VỤ\n\n1. Việc.\n"
    assert len(_told(text, "là của Luật")) == told


@pytest.mark.parametrize(
    ("labels", "told"),
    [
        (("a)", "b)", "c)", "đ)"), 1),
        (("a)", "b)", "c)", "d)", "e)"), 0),
        (("a)", "b)", "c)", "d)", "đ)", "e)"), 0),
        (("2.", "2.1.", "3.2."), 1),
        (("2.", "2.1.", "2.2.", "3.", "3.1.", "3.2."), 0),
        (("2.", "3.1.", "3.2."), 0),
    ],
)
def test_labels_of_a_list(labels: tuple[str, ...], told: int) -> None:
    text = "".join(f"{label} Việc thứ {place} của tỉnh\n\n" for place, label in enumerate(labels))
    found = read_plan(plan(f"I. NHIỆM VỤ\n\n1. Một việc của tỉnh\n\n{text}")).findings
    assert sum(fault.kind == "numbering" for fault in found) == told


@pytest.mark.parametrize(
    ("numbers", "told"),
    [((1, 2, 4), 1), ((1, 2, 2), 1), ((1, 2, 3), 0), ((1, 2, 3, 1, 2, 3), 0), ((1, 3, 5), 0)],
)
def test_articles_of_a_decision(numbers: tuple[int, ...], told: int) -> None:
    head = HEAD.replace("KẾ HOẠCH", "QUYẾT ĐỊNH").replace("KH-UBND", "QĐ-UBND").replace("Chuyển đổi số", "Về chuyển đổi số")
    text = "Căn cứ Luật Xây dựng;\n\nQUYẾT ĐỊNH:\n\n" + "".join(
        f"Điều {n}. Giao Sở số {place} làm việc.\n\n" for place, n in enumerate(numbers)
    )
    assert sum("Sau Điều" in fault.detail for fault in read_plan(source(head + text)).findings) == told


@pytest.mark.parametrize(
    ("text", "told"),
    [(f"{SAID} Việc khác. {SAID}", 1), (f"{SAID} {SAID[:-20]}loa.", 0), ("Giao các sở. Việc khác. Giao các sở.", 0)],
)
def test_a_sentence_said_twice(text: str, told: int) -> None:
    assert len(_told(f"I. NHIỆM VỤ\n\n1. {text}\n", "Câu lặp lại")) == told


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("(Kèm theo Kế hoạch chuyển đổi số tỉnh Hòa Sơn năm 2024 số 12/KH-UBND ngày 02/3/2022)", 1),
        ("(Kèm theo Kế hoạch số 12/KH-UBND về chuyển đổi số tỉnh Hòa Sơn năm 2022)", 1),
        ("(Kèm theo Kế hoạch chuyển đổi số tỉnh Hòa Sơn năm 2023 số 12/KH-UBND ngày 02/3/2022)", 0),
        ("(Kèm theo Kế hoạch số 12/KH-UBND ngày 02 tháng 3 năm 2022)", 0),
        ("(Kèm theo Kế hoạch số 9/KH-UBND về chuyển đổi số tỉnh Hòa Sơn năm 2022)", 0),
    ],
)
def test_an_attachment_titled_with_another_year(line: str, told: int) -> None:
    assert len(_told(f"I. NHIỆM VỤ\n\n1. Việc.\n{SIGNED}PHỤ LỤC I\n\n{line}\n", "tên văn bản ghi")) == told


@pytest.mark.parametrize(("sentence", "told"), [("theo Phụ lục 3 kèm theo Kế hoạch này", 1), ("theo danh mục nêu trên", 0)])
def test_an_appendix_of_a_text_with_tables(sentence: str, told: int) -> None:
    table = "TT\tNội dung\tKinh phí (triệu đồng)\n1\tMua máy chủ\t500\n2\tMua máy trạm\t300\n3\tĐào tạo cán bộ\t200\n\n"
    assert (
        len(_told(f"I. KINH PHÍ\n\n{table}II. TỔ CHỨC THỰC HIỆN\n\n1. Sở Nội vụ cung cấp số liệu {sentence}.\n{SIGNED}", "phụ lục")) == told
    )


@pytest.mark.parametrize(
    ("name", "time", "told"),
    [
        ("Trục kết nối dữ liệu giai đoạn 2021 - 2022", "2022-2023", ["Info"]),
        ("Trục kết nối dữ liệu giai đoạn 2021 - 2022", "2021-2022", []),
        ("Số hóa sổ khai sinh (giai đoạn 1989-1998)", "2021-2022", []),
        ("Tổng kết Đề án giai đoạn 2016 - 2020", "2021-2022", []),
    ],
)
def test_the_years_of_a_row_and_of_its_name(name: str, time: str, told: list[str]) -> None:
    rows = (
        f"1 | Mua máy chủ của tỉnh | Sở Tài chính | 2021-2022 | 500 | 0 | 500\n2 | {name} | Sở Nội vụ | {time} | 300 | 10 | 310\n"
        "3 | Đào tạo cán bộ | Sở Nội vụ | 2022-2023 | 200 | 0 | 200\n4 | Cổng dịch vụ công | Sở Nội vụ | 2021-2023 | 100 | 10 | 110\n"
    )
    heads = "TT | Dự án, nhiệm vụ | Chủ đầu tư | Thời gian | Vốn đầu tư | Vốn sự nghiệp | Tổng"
    text = f"PHỤ LỤC\n\nDANH MỤC DỰ ÁN\n\nĐơn vị tính: triệu đồng\n\n{heads}\n{rows}"
    found = read_plan(source(HEAD.replace("năm 2023", "giai đoạn 2021 - 2023") + SIGNED + text)).findings
    assert [fault.severity for fault in found if "Tên ghi giai đoạn" in fault.detail] == told
