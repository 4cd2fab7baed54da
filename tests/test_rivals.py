"""Goals in other words than each other's or than those of what was reached, and goals that are only like them."""

from __future__ import annotations

import pytest

from cancu.reading.plan import read_plan
from tests.invented_plans import HEAD, source
from tests.pace import within

YEARS = HEAD.replace("Chuyển đổi số", "Phát triển du lịch").replace("năm 2023", "giai đoạn 2023 - 2025")


def _told(before: str, after: str, first: str = "KẾT QUẢ", second: str = "MỤC TIÊU ĐẾN NĂM 2025") -> list[str]:
    text = f"{YEARS}I. {first}\n\n1. {before}\n\nII. {second}\n\n1. {after}\n"
    found = read_plan(source(text)).findings
    return [fault.severity for fault in found if fault.kind == "other" and ("dòng 12" in fault.detail)]


@pytest.mark.parametrize(
    ("reached", "goal", "told"),
    [
        ("Tỷ lệ hộ có cáp quang băng rộng đạt 55%.", "Tỷ lệ hộ gia đình có cáp quang băng rộng đạt 50%.", ["Warning"]),
        ("Hộp thư điện tử công vụ đã cấp cho 72% cán bộ cấp tỉnh.", "60% cán bộ cấp tỉnh được cấp hộp thư công vụ.", ["Warning"]),
        ("Văn phòng Sở dùng chữ ký số cho 85% văn bản đi.", "80% văn bản đi của Văn phòng Sở được ký số.", ["Warning"]),
        ("Tỷ lệ hồ sơ tiếp nhận trực tuyến đạt 62%.", "55% hồ sơ thủ tục hành chính được tiếp nhận trực tuyến.", ["Warning"]),
        ("Có 70% trường tiểu học dùng học bạ số.", "Học bạ số được dùng tại 65% trường tiểu học.", ["Warning"]),
        ("Trường học có công trình nước đạt yêu cầu: 90%; trạm y tế: 96%.", "Trạm y tế có công trình nước đạt yêu cầu: 95%.", ["Warning"]),
        (
            "Tỷ lệ cán bộ, công chức cấp tỉnh, cấp huyện thường xuyên sử dụng thư điện tử trong công việc đạt 62%.",
            "58% cán bộ, công chức cấp tỉnh, cấp huyện thường xuyên sử dụng thư điện tử trong công việc.",
            ["Warning"],
        ),
        (
            "Đội ngũ: 9.870 giáo viên, trong đó 7.600 giáo viên dùng thành thạo công cụ dạy học trực tuyến (đạt 77%).",
            "75% giáo viên sử dụng thành thạo công cụ dạy học trực tuyến.",
            ["Warning"],
        ),
        (
            "Hồ sơ giải quyết đúng hạn tại bộ phận một cửa năm 2022 đạt 94,6%.",
            "90% hồ sơ giải quyết đúng hạn tại bộ phận một cửa.",
            ["Warning"],
        ),
        (
            "Tỷ lệ cán bộ, công chức cấp tỉnh thường xuyên sử dụng thư điện tử trong công việc đạt 62%, cấp xã đạt 40%.",
            "50% cán bộ, công chức cấp huyện thường xuyên sử dụng thư điện tử trong công việc.",
            [],
        ),
        ("82% lao động trực tiếp trong ngành du lịch được đào tạo.", "80% lao động trực tiếp được đào tạo.", ["Info"]),  # by the title
        (
            "Tỷ lệ văn bản trao đổi qua mạng giữa các cơ quan đạt 42%.",
            "35% văn bản trao đổi giữa các cơ quan được thực hiện qua mạng.",
            ["Info"],
        ),
        (
            "Hộp thư được sử dụng thường xuyên là 2.883 hộp, đạt 62%.",
            "55% hộp thư điện tử được sử dụng thường xuyên trong công việc.",
            ["Info"],
        ),
        ("Tỷ lệ hộ có cáp quang băng rộng đạt 45%.", "Tỷ lệ hộ gia đình có cáp quang băng rộng đạt 50%.", []),
        ("Tỷ lệ hộ nghèo thiếu nước sạch còn 12%.", "Tỷ lệ hộ gia đình nghèo thiếu nước sạch còn 8%.", []),
        ("72% cán bộ cấp tỉnh có hộp thư công vụ.", "60% cán bộ cấp xã được cấp hộp thư công vụ.", []),
        ("72% hộ đô thị có cáp quang băng rộng.", "60% hộ gia đình nông thôn có cáp quang băng rộng.", []),
        ("Tỷ lệ hồ sơ tiếp nhận trực tuyến đạt 62%.", "55% hồ sơ thủ tục hành chính được thanh toán trực tuyến.", []),
        ("95% dịch vụ công trực tuyến mức độ 3 được dùng.", "40% dịch vụ công trực tuyến mức độ 4 được sử dụng.", []),
    ],
)
def test_a_goal_below_what_was_reached(reached: str, goal: str, told: list[str]) -> None:
    assert _told(reached, goal) == told


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ("Tỷ lệ hồ sơ giải quyết trực tuyến đạt 80%.", "Đến năm 2025 tỷ lệ hồ sơ thủ tục hành chính giải quyết trực tuyến đạt 65%.", 1),
        ("80% lao động trực tiếp được đào tạo.", "Bồi dưỡng để đến năm 2025 có 70% lao động trực tiếp ngành du lịch được đào tạo.", 1),
        ("Đón 5 triệu lượt khách.", "Phấn đấu đến năm 2025 đón 5,8 triệu lượt khách đến tỉnh.", 1),
        ("Tổng lượt khách đạt 5 triệu lượt.", "Mục tiêu đến hết năm 2025 thu hút 4.500.000 lượt khách.", 1),
        ("Có 20 điểm du lịch cộng đồng.", "Đến năm 2025 có 25 điểm du lịch cộng đồng được công nhận.", 1),
        ("Tỷ lệ hồ sơ giải quyết trực tuyến đạt 80%.", "Năm 2023 tỷ lệ hồ sơ thủ tục hành chính giải quyết trực tuyến đạt 65%.", 0),
        ("Đón 5 triệu lượt khách.", "Phấn đấu đến năm 2024 đón 4,8 triệu lượt khách.", 0),
        ("Đón 5 triệu lượt khách.", "Phấn đấu đến năm 2025 đón 0,8 triệu lượt khách quốc tế.", 0),
        ("Có 20 điểm du lịch cộng đồng.", "Đến năm 2025 có thêm 5 điểm du lịch cộng đồng.", 0),
        ("80% lao động trực tiếp được đào tạo.", "Đến năm 2025 có 70% lao động gián tiếp được đào tạo.", 0),
    ],
)
def test_goals_of_one_year(before: str, after: str, told: int) -> None:
    assert _told(before, after, "MỤC TIÊU ĐẾN NĂM 2025", "NHIỆM VỤ") == ["Info"] * told


@pytest.mark.parametrize(
    ("reached", "goal", "told"),
    [
        ("Năm 2022 đón 3.900.000 lượt khách, tăng 18%.", "Tổng lượt khách đạt 3,6 triệu lượt, tăng 10% so với năm 2022.", ["Warning"]),
        ("Có 22 mã số vùng trồng còn hiệu lực.", "Có 20 mã số vùng trồng còn hiệu lực.", ["Info"]),
        ("Toàn tỉnh có 46 xã đạt chuẩn nông thôn mới.", "Có 40 xã đạt chuẩn nông thôn mới.", ["Info"]),
        ("38/94 bộ dữ liệu mở được công bố, đạt 40,4%.", "Công bố 35 bộ dữ liệu mở trên cổng dữ liệu của tỉnh.", ["Info"]),
        ("Có 22 mã số vùng trồng còn hiệu lực.", "Cấp mới 20 mã số vùng trồng.", []),
        ("Năm 2021 đón 5 triệu lượt khách. Năm 2022 chỉ đón 1,8 triệu lượt.", "Đón 2,5 triệu lượt khách.", []),
        ("Có 22 mã số vùng trồng còn hiệu lực.", "Có 24 mã số vùng trồng còn hiệu lực.", []),
        ("Có 120 cán bộ chuyên trách công nghệ.", "Có 40 cán bộ chuyên trách an toàn thông tin.", []),
    ],
)
def test_things_that_are_fewer(reached: str, goal: str, told: list[str]) -> None:
    assert _told(reached, goal) == told


def test_no_text_takes_long() -> None:
    with within(2.0):
        _told("Có 22 " + "mã số " * 3_000, "Có 20 " + "mã số " * 3_000)
        _told("Trường học có mạng: 90%; " * 600, "80% trường học có mạng; " * 600)
        _told("đạt 5 triệu lượt " * 1_000, "tổng lượt khách " * 1_500 + "đạt 5 triệu lượt")
