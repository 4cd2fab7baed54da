"""Times that end before they begin, and times beyond the plan's years, in the words that plans use."""

from __future__ import annotations

import pytest

from cancu.reading.plan import read_plan
from tests.invented_plans import HEAD, plan, source
from tests.pace import within

TABLE = "Nơi nhận:\n- Lưu: VT.\n\nPHỤ LỤC\nTIẾN ĐỘ\n\nTT\tNhiệm vụ\tBắt đầu\tKết thúc\n{}"
ROWS = ("1\tBản đồ số\t01/3/2023\t30/10/2023\n2\tTrạm đo mặn\t15/4/2023\t31/12/2023\n3\tNhật ký vùng trồng\t01/9/2023\t{}\n",)


def _told(text: str, said: str) -> list[str]:
    return [fault.severity for fault in read_plan(plan(text)).findings if said in fault.detail]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Triển khai từ ngày 01/9/2023 đến ngày 30/6/2023.", 1),
        ("Triển khai từ 01/9/2023 đến hết 30/6/2023.", 1),
        ("Từ tháng 9 năm 2023 đến tháng 6 năm 2023.", 1),
        ("Từ ngày 15 tháng 9 năm 2023 đến ngày 20 tháng 6 năm 2023 tổ chức tập huấn.", 1),
        ("Vận hành thử từ quý III/2023 đến hết quý I/2023.", 1),
        ("Thực hiện từ năm 2025 đến năm 2023.", 1),
        ("Đề án giai đoạn 2025-2021 của tỉnh.", 1),
        ("Kể từ tháng 10/2023 tới tháng 02/2023.", 1),
        ("Từ ngày 01/9/2023 đến ngày 30/6/2024.", 0),
        ("Từ quý I/2023 đến hết quý I/2023, từ tháng 6/2023 đến hết năm 2023.", 0),
        ("Từ năm 2023 đến tháng 6/2023.", 0),
        ("Từ kết quả năm 2023, đến năm 2022 so sánh.", 0),
        ("Giai đoạn 2021 - 2025.", 0),
    ],
)
def test_a_span_of_a_sentence(text: str, told: int) -> None:
    assert len(_told(f"I. NHIỆM VỤ\n\n1. {text}\n", "trước khi bắt đầu")) == told


@pytest.mark.parametrize(("end", "told"), [("30/6/2023", 1), ("30/11/2023", 0), ("", 0), ("Quý IV", 0)])
def test_two_columns_of_a_table(end: str, told: int) -> None:
    assert len(_told(TABLE.format(ROWS[0].format(end)), "trước khi bắt đầu")) == told


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Đưa vào sử dụng hệ thống phản ánh hiện trường trong quý II/2024.", ["Info"]),
        ("Hoàn thành trước ngày 30/6/2025.", ["Info"]),
        ("Xong trong tháng 3 năm 2024.", ["Info"]),
        ("Năm 2024 bố trí 150 triệu đồng của Kế hoạch này để bảo trì trang tin.", ["Warning"]),
        ("Bố trí năm 2024 là 150 triệu đồng.", ["Info"]),
        ("Hoàn thành trước ngày 30/6/2023.", []),
        ("Năm 2024: 150 triệu đồng.", []),
        ("Báo cáo tổng kết trước ngày 15/01/2024.", []),
        ("Nghiệm thu trong quý I/2024.", []),
        ("Giai đoạn tiếp theo bắt đầu trong quý I/2024.", []),
        ("Nghị định số 5/2024/NĐ-CP có hiệu lực từ tháng 3/2024.", []),
        ("Định hướng trong quý I/2024 mở rộng.", []),
    ],
)
def test_a_time_after_the_plan(text: str, told: list[str]) -> None:
    assert _told(f"I. NHIỆM VỤ\n\n1. {text}\n", "sau năm cuối") == told


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Nâng cấp trung tâm dữ liệu, thực hiện trong giai đoạn 2021-2026.", 1),
        ("Nâng cấp trung tâm dữ liệu, thực hiện giai đoạn 2020 - 2025.", 1),
        ("Nâng cấp trung tâm dữ liệu, thực hiện trong giai đoạn 2021-2025.", 0),
        ("Nâng cấp trung tâm dữ liệu, thực hiện trong giai đoạn 2022-2024.", 0),
        ("Lồng ghép với Chương trình giai đoạn 2021-2026 của tỉnh.", 0),
    ],
)
def test_years_that_go_one_beyond_the_plans(text: str, told: int) -> None:
    whole = HEAD.replace("năm 2023", "giai đoạn 2021 - 2025") + f"I. NHIỆM VỤ\n\n1. {text}\n"
    assert sum("lệch với các năm" in fault.detail for fault in read_plan(source(whole)).findings) == told


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Riêng năm 2015 bố trí 7.800 triệu đồng.", 1),
        ("Năm 2015 đã bố trí 7.800 triệu đồng.", 0),
        ("Riêng năm 2021 bố trí 7.800 triệu đồng.", 0),
        ("Kinh phí chuyển nguồn từ năm 2015 là 7.800 triệu đồng.", 0),
    ],
)
def test_money_before_the_plans_years(text: str, told: int) -> None:
    whole = HEAD.replace("năm 2023", "giai đoạn 2016 - 2020") + f"III. KINH PHÍ\n\n1. {text}\n"
    assert sum("trước năm đầu" in fault.detail for fault in read_plan(source(whole)).findings) == told


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Các bệnh viện xây dựng kế hoạch của đơn vị trước ngày 30/4/2022, bố trí kinh phí.", 1),
        ("Các sở gửi báo cáo trước ngày 30 tháng 4 năm 2022.", 1),
        ("Các bệnh viện xây dựng kế hoạch của đơn vị trước ngày 30/4/2023.", 0),
        ("Các bệnh viện đã xây dựng kế hoạch của đơn vị trước ngày 30/4/2022.", 0),
        ("Cấp lại cho người sinh trước ngày 30/4/2022.", 0),
    ],
)
def test_a_deadline_that_was_over(text: str, told: int) -> None:
    whole = HEAD.replace("Số: 12/KH-UBND", "Số: 12/KH-UBND\nHòa Sơn, ngày 17 tháng 3 năm 2023") + f"IV. TỔ CHỨC THỰC HIỆN\n\n1. {text}\n"
    assert sum("đã qua" in fault.detail for fault in read_plan(source(whole)).findings) == told


@pytest.mark.parametrize(
    ("goal", "told"),
    [("Hết năm 2026 có 100% trường tiểu học có phòng máy", 1), ("Đến năm 2030 có 100% trường tiểu học có phòng máy", 0)],
)
def test_a_goal_after_the_plan(goal: str, told: int) -> None:
    text = f"I. MỤC TIÊU ĐẾN NĂM 2025\n\n1. 90% xã có mạng 5G.\n\n2. 80% hộ có Internet.\n\n3. {goal}.\n"
    found = read_plan(source(HEAD.replace("năm 2023", "giai đoạn 2021 - 2025") + text)).findings
    assert sum("sau năm cuối" in fault.detail for fault in found) == told


def test_no_text_takes_long() -> None:
    with within(2.0):
        _told("I. NHIỆM VỤ\n\n1. " + "từ ngày 01/9/2023 đến ngày " * 2_000, "x")
        _told("I. NHIỆM VỤ\n\n1. trong quý " + "II năm " * 5_000 + " 2024", "x")
        _told("I. NHIỆM VỤ\n\n1. " + "báo cáo, hoàn thành trước ngày " * 2_000, "x")
