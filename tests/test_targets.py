"""Goals with numbers, as plans word them."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cancu.reading import targets
from cancu.reading.outline import outline
from cancu.reading.plan import read_plan
from cancu.records import Target
from tests.invented_plans import plan


def _find(sentence: str, heading: str = "I. MỤC TIÊU") -> list[Target]:
    return list(targets.find(outline(plan(f"{heading}\n\n- {sentence}\n"))))


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("80% hồ sơ được xử lý trên mạng.", [(80, None, "%", "=")]),
        ("Trên 60% hộ gia đình, 100% xã có cáp quang.", [(60, None, "%", ">="), (100, None, "%", "=")]),
        ("Tỷ lệ hồ sơ trực tuyến đạt từ 70% trở lên.", [(70, None, "%", ">=")]),
        ("1.500 sản phẩm nông nghiệp trở lên được đưa lên sàn.", [(1500, None, "sản phẩm", ">=")]),
        ("100% đô thị loại IV trở lên có mạng 5G.", [(100, None, "%", "=")]),
        ("Bình quân 01 máy tính/cán bộ cấp tỉnh.", [(1, None, "máy tính/cán bộ", "=")]),
        ("Tỷ lệ người dân hài lòng đạt 60 - 70%.", [(60, 70, "%", "range")]),
        ("Từ 50% đến 60% doanh nghiệp dùng nền tảng số.", [(50, 60, "%", "range")]),
        ("Không quá 5% văn bản gửi bằng giấy.", [(5, None, "%", "<=")]),
        ("Tỷ lệ hồ sơ quá hạn dưới 1,5%.", [(1.5, None, "%", "<=")]),
        ("Tối thiểu 80% công chức cấp tỉnh, 10% công chức cấp xã được đào tạo.", [(80, None, "%", ">="), (10, None, "%", ">=")]),
        (
            "95% hồ sơ cấp tỉnh; 85% hồ sơ cấp huyện và 80% hồ sơ cấp xã được số hóa.",
            [(95, None, "%", "="), (85, None, "%", "="), (80, None, "%", "=")],
        ),
        ("Toàn bộ kết quả còn hiệu lực được số hóa.", [(100, None, "%", "=")]),
        ("Cấp 5 giấy phép; toàn bộ cán bộ được đào tạo, toàn bộ hồ sơ đã nộp.", [(100, None, "%", "=")]),
        ("Số hóa toàn bộ hồ sơ của 12 sở.", []),
        ("Phấn đấu mỗi năm tổ chức đấu giá từ 05 mỏ trở lên.", [(5, None, "mỏ", ">=")]),
        ("Tất cả các sở, ban, ngành triển khai phần mềm mới.", [(100, None, "%", "=")]),
        ("Đào tạo, bồi dưỡng 300 lượt cán bộ.", [(300, None, "lượt", "=")]),
        ("Tỷ lệ hồ sơ trực tuyến đạt 50%, tăng 20% so với năm 2021.", [(50, None, "%", "=")]),
        ("2/2 trạm y tế có mạng.", [(2, None, "trạm y tế", "=")]),
        ("Nâng tỷ lệ sử dụng từ 60% lên 85%.", [(85, None, "%", "=")]),
        ("Có ≥ 30% hợp tác xã ứng dụng công nghệ số (năm 2022 đạt 12%).", [(30, None, "%", ">=")]),
        ("Tốc độ tải xuống trung bình tối thiểu 40 Mbit/s.", [(40, None, "Mbit/s", ">=")]),
        ("Cung cấp từ 10-15 dịch vụ công mới.", [(10, 15, "dịch vụ", "range")]),
        ("Cung cấp ít nhất 60 dịch vụ công mức độ 3, 05 dịch vụ công mức độ 4.", [(60, None, "dịch vụ", ">="), (5, None, "dịch vụ", ">=")]),
        ("Nước sinh hoạt tối thiểu 60 lít/người/ngày.", [(60, None, "lít/người/ngày", ">=")]),
        ("Xây dựng mới 12 công trình.", [(12, None, "công trình", "=")]),
        ("Cấp mới 1.000 hộp thư điện tử.", [(1000, None, "hộp thư điện tử", "=")]),
        ("Trồng rừng 15.500 ha, trong đó gỗ lớn từ 3.000 ha trở lên.", [(15500, None, "ha", "="), (3000, None, "ha", ">=")]),
        ("Kim ngạch xuất khẩu 300 triệu USD.", [(300, None, "triệu USD", "=")]),
        (
            "Đào tạo sau đại học cho 45 người, gồm 5 tiến sĩ, 40 thạc sĩ.",
            [(45, None, "người", "="), (5, None, "tiến sĩ", "="), (40, None, "thạc sĩ", "=")],
        ),
        ("Năm 2024: 06 bệnh viện công bố bệnh án điện tử.", [(6, None, "bệnh viện", "=")]),
        ("Ít nhất 9/10 người dân có sổ sức khỏe điện tử.", [(90, None, "%", ">=")]),
        ("Phục vụ người dân của 5 xã vùng cao.", []),
        ("Tốc độ băng rộng di động (tốc độ tải xuống theo i-Speed): 36 Mb/s .", [(36, None, "Mb/s", "=")]),
        ("Số dân phục vụ bình quân trên 01 điểm phục vụ khoảng 3.700 người.", [(3700, None, "người", "=")]),
        ("Hướng tới 80 thuê bao trên 100 dân, tốc độ trung bình 200 Mb/s.", [(80, None, "thuê bao", "="), (200, None, "Mb/s", "=")]),
        ("Từ 50 đến 70 dịch vụ công mới; 12/12 huyện, thành phố có mạng.", [(50, 70, "dịch vụ", "range"), (12, None, "huyện", "=")]),
        ("03 đô thị triển khai dịch vụ mới; nhân lực đạt 12 người/vạn dân.", [(3, None, "đô thị", "="), (12, None, "người/vạn dân", "=")]),
        ("2/3 số xã có tổ công nghệ số; ít nhất 9/10 phường có 5G.", [(66.67, None, "%", "="), (9, None, "phường", ">=")]),
        ("Hỗ trợ 24/7 cho người dân; 100% (12/12) huyện có mạng.", [(100, None, "%", "=")]),
        ("Giảm từ 10 ngày xuống còn 7 ngày; đào tạo được 1.200 lượt cán bộ.", [(7, None, "ngày", "="), (1200, None, "lượt", "=")]),
        ("Đứng trong top 10 về cải cách hành chính; xếp thứ 15/63 tỉnh.", [(10, None, "hạng", "<="), (15, None, "hạng", "<=")]),
        ("Cấp 1.000 hộp thư điện tử cho cán bộ.", [(1000, None, "hộp thư điện tử", "=")]),
        ("Hiện nay, 75% cán bộ có máy tính.", []),
        ("Bố trí 500 triệu đồng cho đào tạo.", []),
        ("Doanh thu công nghệ số đạt 450 tỷ đồng, tăng bình quân 18%/năm.", [(450, None, "tỷ đồng", "="), (18, None, "%", "=")]),
        ("Thu nhập bình quân trên 65 triệu đồng/người/năm.", [(65, None, "triệu đồng/người/năm", ">=")]),
        ("Vận động 500 hộ kinh doanh dùng hóa đơn điện tử.", [(500, None, "hộ kinh doanh", "=")]),
        ("Chỉ số chuyển đổi số nằm trong 15 địa phương dẫn đầu (năm 2020: xếp thứ 14/63).", [(15, None, "hạng", "<=")]),
        ("Mật độ điện thoại đạt 60 máy/100 dân.", [(60, None, "máy/100 dân", "=")]),
        (
            "Đón 2,1 triệu lượt khách, trong đó khách quốc tế 150 nghìn lượt.",
            [(2.1, None, "triệu lượt", "="), (150, None, "nghìn lượt", "=")],
        ),
        ("Đạt 32 giường bệnh, 11 bác sĩ/vạn dân.", [(32, None, "giường bệnh", "="), (11, None, "bác sĩ/vạn dân", "=")]),
        ("Nộp ngân sách 1.500 tỷ đồng; xuất khẩu 500 lao động.", [(1500, None, "tỷ đồng", "="), (500, None, "lao động", "=")]),
        ("75 dịch vụ công mức độ 3, 05 dịch vụ mức độ 4.", [(75, None, "dịch vụ", "="), (5, None, "dịch vụ", "=")]),
        ("Hỗ trợ 92 lượt (80 doanh nghiệp; 12 dự án).", [(92, None, "lượt", "=")]),
        ("Thời gian lưu trú bình quân 2,3 ngày/khách.", [(2.3, None, "ngày/khách", "=")]),
        ("Cung cấp dịch vụ mức độ 3 và 4 theo mô hình 4 lớp.", []),
        ("Số bài giảng điện tử tăng gấp đôi so với năm 2021.", [(2, None, "lần", "=")]),
        ("GRDP bình quân đầu người đạt 220 triệu đồng.", [(220, None, "triệu đồng", "=")]),
        ("Giá trị sản phẩm trên 01 ha đất trồng trọt đạt 130 triệu đồng/ha/năm.", [(130, None, "triệu đồng/ha/năm", "=")]),
        ("Tổng đàn bò sữa đạt 20.000 con, sản lượng sữa 60.000 tấn.", [(20000, None, "con", "="), (60000, None, "tấn", "=")]),
        ("Lắp đặt 40 trạm wifi công cộng và 12 màn hình tra cứu.", [(40, None, "trạm", "="), (12, None, "màn hình", "=")]),
        ("Có 02 sản phẩm OCOP 5 sao, 50 sản phẩm OCOP 4 sao.", [(2, None, "sản phẩm", "="), (50, None, "sản phẩm", "=")]),
        ("Xây dựng 3 mô hình tại các thôn và 2 xã vùng cao lân cận.", [(3, None, "mô hình", "=")]),
        (
            "Thu ngân sách trên địa bàn tăng bình quân 10%/năm, đạt khoảng 25.000 tỷ đồng.",
            [(10, None, "%", "="), (25000, None, "tỷ đồng", "=")],
        ),
    ],
)
def test_values(sentence: str, expected: list[tuple[float, float | None, str, str]]) -> None:
    assert [(t.value, t.value_max, t.unit, t.comparator) for t in _find(sentence)] == expected


def test_results_and_shares_of_a_budget_are_no_goals() -> None:
    assert not _find("Đã đạt 80% hồ sơ qua mạng.", "I. KẾT QUẢ")
    assert not _find("Ngân sách tỉnh chi 60% tổng kinh phí.", "I. KINH PHÍ")


@pytest.mark.parametrize(
    ("heading", "sentence", "year"),
    [
        ("I. MỤC TIÊU", "Đến hết năm 2024, 80% hồ sơ được số hóa.", 2024),
        ("I. MỤC TIÊU ĐẾN NĂM 2030", "80% hồ sơ được số hóa.", 2030),
        ("I. MỤC TIÊU GIAI ĐOẠN 2021-2025", "80% hồ sơ được số hóa.", 2025),
        ("I. MỤC TIÊU", "80% hồ sơ được số hóa.", None),
        ("I. MỤC TIÊU ĐẾN NĂM 2025", "80% hồ sơ được số hóa vào quý IV năm 2024.", 2024),
        ("I. MỤC TIÊU ĐẾN NĂM 2025", "Số lượt khách tham quan gấp đôi năm 2019.", 2025),
        ("I. MỤC TIÊU", "80% hồ sơ được số hóa trước ngày 31/12/2026.", 2026),
        ("I. MỤC TIÊU ĐẾN NĂM 2030", "80% hồ sơ được số hóa, hoàn thành trong năm 2027.", 2027),
    ],
)
def test_years(heading: str, sentence: str, year: int | None) -> None:
    assert [t.by_year for t in _find(sentence, heading)] == [year]


def test_the_year_of_a_lead_in_holds_for_its_list() -> None:
    text = "I. MỤC TIÊU\n\nĐến năm 2024:\n\n- 80% hồ sơ được số hóa.\n\n- 90% xã có mạng.\n"
    assert [t.by_year for t in targets.find(outline(plan(text)))] == [2024, 2024]


@pytest.mark.parametrize(
    ("sentence", "subjects"),
    [
        ("80% hồ sơ được xử lý trên mạng.", ["hồ sơ được xử lý trên mạng"]),
        ("Gửi nhận văn bản điện tử đạt 80% trở lên.", ["Gửi nhận văn bản điện tử"]),
        ("95% hồ sơ cấp tỉnh; 85% hồ sơ cấp xã được số hóa.", ["hồ sơ cấp tỉnh được số hóa", "hồ sơ cấp xã được số hóa"]),
        ("Mạng cáp quang phủ trên 60% hộ gia đình, 100% xã.", ["Mạng cáp quang phủ … hộ gia đình", "Mạng cáp quang phủ … xã"]),
        ("10/10 huyện, thành phố có mạng.", ["huyện, thành phố có mạng"]),
        (
            "Cấp thêm 15 dịch vụ mức độ 3, đưa tổng số lên 34 dịch vụ.",
            ["Cấp thêm dịch vụ mức độ 3", "đưa tổng số lên dịch vụ"],
        ),
        ("Mua máy quét cho xã; giao chỉ tiêu từng xã, phấn đấu đến hết năm 2025 đạt 75% hồ sơ của xã.", ["hồ sơ của xã"]),
        ("Hoàn thành hạ tầng cho 100% huyện; 90% xã có mạng.", ["Hoàn thành hạ tầng … huyện", "xã có mạng"]),
    ],
)
def test_subjects(sentence: str, subjects: list[str]) -> None:
    assert [t.subject for t in _find(sentence)] == subjects


def test_lines_run_from_the_number_to_the_end_of_what_it_counts() -> None:
    text = "KẾ HOẠCH\nI. MỤC TIÊU\n100% trường trung học phổ\nthông, 85% trường trung\nhọc cơ sở dạy tin học.\n"
    assert [t.lines for t in targets.find(outline(plan(text)))] == [(12, 13), (13, 14)]


@settings(deadline=None)
@given(st.text(alphabet="0123456789%.,;:()- từđếnlên≥trên\n", max_size=120))
def test_any_text_gives_goals_with_a_subject(text: str) -> None:
    for target in targets.find(outline(plan(f"I. MỤC TIÊU\n\n{text}"))):
        assert target.unit
        assert target.lines[0] <= target.lines[1]


def test_ranks_shares_of_all_and_open_ends() -> None:
    found = _find("Phấn đấu thuộc nhóm 20 tỉnh, thành phố dẫn đầu cả nước; kinh tế số đóng góp từ 20% GRDP trở lên.")
    assert [(t.comparator, t.value, t.unit) for t in found] == [("<=", 20.0, "hạng"), (">=", 20.0, "%")]
    assert found[0].subject.startswith("thuộc nhóm tỉnh, thành phố")
    (everyone,) = _find("Toàn bộ 141 xã, phường sử dụng hệ thống một cửa điện tử.")
    assert (everyone.value, everyone.unit) == (100.0, "%")


def test_each_of_two_measures_keeps_its_own_name() -> None:
    found = _find("30% dịch vụ công cung cấp ở mức độ 4, tỷ lệ hồ sơ được xử lý trực tuyến đạt tối thiểu 40%.")
    assert [t.subject for t in found] == ["dịch vụ công cung cấp ở mức độ 4", "tỷ lệ hồ sơ được xử lý trực tuyến"]


def test_a_least_number_is_a_goal_among_the_tasks_too() -> None:
    task = "Mở 12 lớp bồi dưỡng; tham gia ít nhất 04 hội chợ quốc tế."
    assert [(t.value, t.unit, t.comparator) for t in _find(task, "II. NHIỆM VỤ CHỦ YẾU")] == [(4, "hội chợ", ">=")]


def test_a_plan_of_one_year_dates_its_goals() -> None:
    assert [target.by_year for target in read_plan(plan("I. MỤC TIÊU\n\n- 80% văn bản được gửi qua mạng.\n")).targets] == [2023]


def test_what_was_reached_in_a_year_before_is_no_goal_of_the_plan() -> None:
    text = "I. MỤC TIÊU\n\n- Năm 2023, tỷ lệ hồ sơ trực tuyến đạt 58%; 91% văn bản được ký số. Năm 2024, tỷ lệ này đạt 70%.\n"
    assert [t.value for t in targets.find(outline(plan(text)), 2024)] == [70]
    assert not _find("Kết quả năm 2023: cấp 187 mã số vùng trồng; 76% hồ sơ xử lý trên mạng.")
    assert [t.value for t in _find("Đến nay có 40% xã; phấn đấu đạt 75% xã.")] == [75]


def test_the_year_in_which_less_was_reached_is_no_deadline_of_the_next_goal() -> None:
    text = "I. MỤC TIÊU\n\n- Tỷ lệ nộp trực tuyến đạt tối thiểu 50% (năm 2022 đạt 31,2%); mức độ hài lòng của người dân đạt trên 85%.\n"
    assert [(t.value, t.by_year) for t in targets.find(outline(plan(text)), 2023)] == [(50, 2023), (85, 2023)]


def test_goals_by_year_share_what_they_count() -> None:
    found = _find("Năm 2028: 80%, năm 2030: 95% doanh nghiệp dùng hợp đồng điện tử.")
    assert [(t.value, t.by_year, t.subject) for t in found] == [
        (80, 2028, "doanh nghiệp dùng hợp đồng điện tử"),
        (95, 2030, "doanh nghiệp dùng hợp đồng điện tử"),
    ]


def test_an_article_may_name_its_parts_in_line() -> None:
    text = (
        "QUYẾT ĐỊNH:\n\nĐiều 1. Phê duyệt Đề án đô thị thông minh, gồm các nội dung sau:\n\n"
        "1. Mục tiêu: đến năm 2028 có 3/5 đô thị dùng nền tảng chung.\n\n2. Kinh phí: 45 tỷ đồng, ngân sách tỉnh chi 60%.\n"
    )
    record = read_plan(plan(text))
    assert [(t.value, t.by_year) for t in record.targets] == [(3, 2028)]
    assert record.document.total_budget_vnd == 45_000_000_000


def test_years_may_stand_after_the_goals_they_are_of() -> None:
    found = _find("Ít nhất 40% hồ sơ được nộp trực tuyến năm 2019, 50% năm 2020 và 60% vào năm 2021.")
    assert [(t.comparator, t.value, t.by_year, t.subject) for t in found] == [
        (">=", share, year, "hồ sơ được nộp trực tuyến") for share, year in ((40, 2019), (50, 2020), (60, 2021))
    ]


def test_what_is_measured_stands_after_what_is_done_for_it() -> None:
    said = "Xây dựng Cổng dịch vụ công, phấn đấu đến năm 2025 tỷ lệ hồ sơ nộp trực tuyến của tỉnh đạt 30%."
    (target,) = read_plan(plan(f"I. NHIỆM VỤ\n\n{said}\n")).targets
    assert (target.subject, target.value, target.by_year) == ("tỷ lệ hồ sơ nộp trực tuyến của tỉnh", 30, 2025)


@pytest.mark.parametrize(
    ("said", "goals"),
    [
        ("Tỷ lệ hồ sơ trực tuyến của 25 dịch vụ công thiết yếu đạt 85%.", [("Tỷ lệ hồ sơ trực tuyến của 25 dịch vụ công thiết yếu", 85)]),
        ("Có 25 dịch vụ công mức 4, tỷ lệ hồ sơ trực tuyến đạt 85%.", [("dịch vụ công mức 4", 25), ("tỷ lệ hồ sơ trực tuyến", 85)]),
    ],
)
def test_of_how_many_things_a_share_is_sets_no_goal_of_its_own(said: str, goals: list[tuple[str, int]]) -> None:
    found = read_plan(plan(f"I. MỤC TIÊU NĂM 2024\n\n1. {said}\n")).targets
    assert [(t.subject, t.value) for t in found] == goals


def test_by_when_ends_no_subject() -> None:
    after, before = "{} vào năm 2025", "đến năm 2025, {}"
    said = "80% hồ sơ công việc tại cấp huyện được xử lý trên môi trường mạng"
    for form in (after, before):
        (target,) = _find(f"{form.format(said)}.")
        assert (target.subject, target.by_year) == (said.removeprefix("80% "), 2025)


def test_a_share_alone_on_a_wrapped_line_ends_its_sentence() -> None:
    lines = "     1. Tỷ lệ hồ sơ dịch vụ công trực tuyến của toàn tỉnh đạt\n85%.\n     2. Kích hoạt thêm 250 tài khoản định danh.\n"
    found = read_plan(plan(f"I. MỤC TIÊU NĂM 2024\n\n{lines}")).targets
    assert [(t.subject, t.value) for t in found][:1] == [("Tỷ lệ hồ sơ dịch vụ công trực tuyến của toàn tỉnh", 85)]


@pytest.mark.parametrize(
    ("said", "shares"),
    [
        ("Dành khoảng 3 tỷ đồng cho chuyển đổi số, tăng gần 39% so với năm 2022.", []),
        ("Số hồ sơ trực tuyến tăng gần 39% so với năm 2022.", [39]),
    ],
)
def test_by_how_much_a_sum_is_more_than_before_is_no_goal(said: str, shares: list[int]) -> None:
    assert [t.value for t in read_plan(plan(f"I. MỤC TIÊU NĂM 2023\n\n1. {said}\n")).targets] == shares
