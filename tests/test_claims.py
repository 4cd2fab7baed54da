"""What sentences say of costs: borne out, or not."""

from __future__ import annotations

import pytest

from cancu.reading import claims
from cancu.reading.plan import read_plan
from cancu.records import Finding
from tests.invented_plans import HEAD, source

TABLE = """PHỤ LỤC I
DANH MỤC DỰ ÁN GIAI ĐOẠN 2023 - 2025
Đơn vị tính: triệu đồng
TT\tTên dự án\tTổng\t2023\t2024\t2025\tĐơn vị chủ trì
1\tXây dựng trục kết nối dữ liệu của tỉnh\t3.000\t1.000\t1.000\t1.000\tSở Nội vụ
2\tSố hóa hồ sơ địa chính\t{first}\t600\t600\t600\tSở Tài chính
3\tSố hóa hồ sơ địa chính\t1.800\t600\t600\t600\tSở Tài chính
4\tĐào tạo cán bộ chuyên trách\t900\t300\t300\t300\tSở Nội vụ
"""


def _found(text: str, table: str = "") -> list[Finding]:
    body = f"I. KINH PHÍ\n\n{text}\n\nNơi nhận:\n- Lưu: VT.\n\n{table}"
    return list(read_plan(source(HEAD + body)).findings)


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("hai mươi sáu tỷ một trăm sáu mươi hai triệu", 26_162_000_000),
        ("Một trăm linh năm triệu", 105_000_000),
        ("hai nghìn ba trăm tỷ", 2_300_000_000_000),
        ("mười lăm triệu không trăm hai mươi nghìn", 15_020_000),
        ("chín phẩy năm tỷ", None),
        ("theo giá hiện hành", None),
    ],
)
def test_numbers_in_words(words: str, number: int | None) -> None:
    assert claims.spelled(words) == number


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Kinh phí thực hiện: 287 tỷ đồng (Hai trăm bảy mươi tám tỷ đồng).", "bằng chữ là 278 tỷ đồng"),
        ("Tổng kinh phí giai đoạn 2016 - 2020 là 100 tỷ đồng, bình quân 25 tỷ đồng/năm.", "chia cho 5 năm là 20 tỷ đồng"),
        ("Tổng kinh phí giai đoạn 2016 - 2020 là 100 tỷ đồng, tỉnh 60 tỷ đồng, bình quân 25 tỷ đồng/năm.", "chia cho 5 năm là 20 tỷ đồng"),
        (
            "Tổng kinh phí giai đoạn 2023 - 2025: 60 tỷ đồng, năm 2023: 10 tỷ đồng; năm 2024: 20 tỷ đồng; năm 2026: 30 tỷ đồng.",
            "ghi cho năm 2026, ngoài kỳ 2023-2025",
        ),
        (
            "Tổng kinh phí giai đoạn 2023 - 2025: 65 tỷ đồng, năm 2023: 10 tỷ đồng; năm 2024: 20 tỷ đồng; năm 2025: 30 tỷ đồng.",
            "cộng lại được 60 tỷ đồng",
        ),
        ("Cơ cấu nguồn vốn: ngân sách tỉnh 45%, ngân sách huyện 35%, vốn khác 25%.", "cộng lại được 105%"),
        ("Có 45/60 cơ quan, đơn vị có mạng đạt chuẩn, chiếm 85%.", "là 75,0%"),
        ("Cơ cấu trình độ: cơ bản chiếm 62,5%, nâng cao chiếm 24,5%, chưa qua đào tạo chiếm 18%.", "cộng lại được 105%"),
        ("Cơ cấu nguồn lực: nhà nước 45%, doanh nghiệp 30%, người dân 20%.", "cộng lại được 95%"),
        (
            "Kinh phí giai đoạn 2006 - 2010: 21,45 tỷ đồng, gồm tỉnh 13,75 tỷ đồng, khác 7,70 tỷ đồng; bình quân mỗi năm 4,92 tỷ đồng.",
            "là 4,29 tỷ đồng",
        ),
        ("Kinh phí đã bố trí giai đoạn 2020 - 2022 là 93,6 tỷ đồng, bình quân mỗi năm 32,1 tỷ đồng.", "là 31,2 tỷ đồng"),
        ("Đào tạo 14 khóa cho 560 học viên, bình quân 45 học viên/khóa.", "là 40,0"),
        ("Dạy nghề cho 27.000 lao động trong 5 năm, bình quân 5.600 người/năm.", "là 5400,0"),
        (
            "Trang bị máy tính cho xã của 08 huyện, thành phố, tổng kinh phí 1.120 triệu đồng, bình quân 150 triệu đồng/huyện.",
            "chia cho 8 huyện là 140 triệu đồng",
        ),
        ("Mở 17 lớp tại các thôn, tổng kinh phí 86 triệu đồng, mỗi lớp 4 triệu đồng.", "chia cho 17 lớp là"),
        ("Giai đoạn 2019-2021 có 27 sự cố: năm 2019 là 12 sự cố, 2020 là 9 sự cố, 2021 là 6 sự cố, bình quân mỗi năm 11 sự cố.", "là 9,0"),
        (
            "Chi 4.250 triệu đồng từ nguồn của tỉnh, trong đó: máy 2.500 triệu đồng, phần mềm 1.200 triệu đồng, lớp học 450 triệu đồng.",
            "cộng lại được 4,15 tỷ đồng",
        ),
        ("Giai đoạn này có 11 dự án, trong đó 3 dự án hạ tầng, 5 dự án ứng dụng và 2 dự án nhân lực.", "cộng lại được 10"),
        ("Tỉnh có 20 hệ thống, gồm 15 hệ thống cấp tỉnh và 7 hệ thống cấp huyện.", "cộng lại được 22"),
        ("Có 05 bệnh viện làm điểm, gồm: Bệnh viện Đa khoa tỉnh, Bệnh viện Phụ sản, Bệnh viện Nhi.", "nêu tên 3"),
        ("Đã có 09/30 hệ thống thông tin được cơ quan có thẩm quyền phê duyệt hồ sơ đề xuất cấp độ, đạt 45%.", "là 30,0%"),
        ("Có 12/40 trạm y tế xã được trang bị đủ máy tính và phần mềm quản lý khám chữa bệnh, chiếm 35%.", "là 30,0%"),
        ("Ngân sách huyện cấp bù cho các trạm bơm mỗi năm 1.250 để duy trì hoạt động.", "“1.250”: số tiền không ghi đơn vị"),
        ("Dự phòng cho việc thay thế linh kiện: 35, lấy từ nguồn tiết kiệm chi.", "“35”: số tiền không ghi đơn vị"),
        ("Số máy nối mạng tăng từ 35% năm 2005 lên 60% năm 2010, tăng 35 điểm phần trăm.", "chênh 25 điểm phần trăm"),
        ("Có 68 cán bộ, công chức, trong đó 27 người khối Đảng, đoàn thể và 43 người khối chính quyền.", "cộng lại được 70"),
        ("Riêng năm 2023 bố trí 7.800.", "“7.800”: số tiền không ghi đơn vị"),
        ("- Hạ tầng: 900 triệu đồng;\n\n- Ứng dụng: 450 triệu đồng;\n\n- An toàn thông tin: 12.750.", "“12.750”: số tiền không ghi đơn vị"),
        ("Kinh phí thuê dịch vụ: 25O triệu đồng.", "có chữ cái"),
        ("Kinh phí thuê dịch vụ: 41.6500 triệu đồng.", "có nhóm quá ba chữ số"),
        ("Dự toán kinh phí thực hiện là 1.75.0 triệu đồng.", "không đủ ba chữ số"),
        ("Kinh phí bố trí 175.000.00 đồng từ ngân sách tỉnh.", "không đủ ba chữ số"),
        (
            "Kinh phí 1.500 triệu đồng, trong đó hạ tầng 900 triệu đồng, đào tạo 450 triệu đồng, dự phòng 150.",
            "“150”: số tiền không ghi đơn vị",
        ),
        (
            "Kinh phí 1.500 triệu đồng, trong đó hạ tầng 900 triệu đồng, đào tạo 450 triệu đồng; vốn đầu tư công trung hạn 150.",
            "“150”: số tiền không ghi đơn vị",
        ),
        ("Bình quân mỗi năm bố trí 8 tỷ đồng, tổng cộng cả giai đoạn 2023 - 2025 là 30 tỷ đồng.", "chia cho 3 năm là 10 tỷ đồng"),
        (
            "Khái toán kinh phí là 8.500 triệu đồng. Trong đó: huy động từ doanh nghiệp 2.000 triệu đồng; "
            "lồng ghép các chương trình mục tiêu quốc gia 3.000 triệu đồng; vốn đối ứng của tỉnh 4.500 triệu đồng.",
            "cộng lại được 9,5 tỷ đồng",
        ),
        ("Về trình độ: đại học chiếm 74%, cao đẳng chiếm 17%, trung cấp chiếm 13%.", "cộng lại được 104%"),
        ("Giao chủ trì, phối hợp với các doanh nghiệp phủ sóng 5G.", "không ghi cơ quan"),
        ("C1. Phòng bệnh của tỉnh.\n\nC2. Khám bệnh của tỉnh.\n\nC4. Quản trị của tỉnh.", "Sau mục “C2” là mục “C4”"),
        ("a) Việc một của tỉnh.\n\nb) Việc hai của tỉnh.\n\nd) Việc bốn của tỉnh.", "Sau mục “b” là mục “d”"),
    ],
)
def test_a_claim_that_is_not_borne_out(text: str, said: str) -> None:
    (fault,) = _found(text)
    assert said in fault.detail


@pytest.mark.parametrize(
    "text",
    [
        "Có 09/30 hệ thống thông tin được phê duyệt hồ sơ đề xuất cấp độ, đạt 75% kế hoạch.",
        "Ngân sách huyện hỗ trợ cho các trạm bơm mỗi năm 1.250 hộ, mỗi năm 1.250 triệu đồng để duy trì hoạt động.",
        "Dự phòng cho việc thay thế linh kiện: 02 máy, lấy từ nguồn tiết kiệm chi.",
        "Riêng năm 2023 bố trí 7.800 máy tính.",
        "Số máy nối mạng tăng từ 35% năm 2005 lên 60% năm 2010, tăng 25 điểm phần trăm.",
        "Có 68 cán bộ, công chức, trong đó 27 người khối Đảng, đoàn thể và 41 người khối chính quyền.",
        "II.1. Hạ tầng của tỉnh.\n\nII.2. Ứng dụng của tỉnh.\n\nII.3. Nhân lực của tỉnh.",
        "C - Nhiệm vụ của tỉnh.\n\nD - Giải pháp của tỉnh.\n\nE - Kinh phí của tỉnh.",
        "- Hạ tầng: 900 triệu đồng;\n\n- Lớp học: 12;\n\n- Máy tính: 450.",
        "Thực hiện mục 1.2.1 đồng bộ với mục 1.3.20 đồng thời báo cáo.",
        "Chi 900 triệu đồng, 450 triệu đồng và 150 triệu đồng, theo Thông tư số 36.",
        "Chi 900 triệu đồng, 450 triệu đồng và 150 triệu đồng, theo khoản 12.",
        "Kinh phí thực hiện: 26.162 triệu đồng (Hai mươi sáu tỷ một trăm sáu mươi hai triệu đồng).",
        "Kinh phí thực hiện: 9,5 tỷ đồng (chín phẩy năm tỷ đồng), 5 tỷ đồng (vốn đối ứng của huyện là 2 tỷ đồng).",
        "Tổng kinh phí giai đoạn 2016 - 2020 là 99,59 tỷ đồng, bình quân 19,9 tỷ đồng/năm.",
        "Tổng kinh phí giai đoạn 2016 - 2020 là 100 tỷ đồng, bình quân 2 tỷ đồng/xã.",
        "Tổng kinh phí giai đoạn 2023 - 2025: 60,1 tỷ đồng, năm 2023: 10,04 tỷ đồng; năm 2024: 20,03 tỷ đồng; năm 2025: 30,02 tỷ đồng.",
        "Tổng kinh phí giai đoạn 2023 - 2025: 60 tỷ đồng, năm 2023: 10 tỷ đồng; năm 2024: 20 tỷ đồng.",
        "Cơ cấu nguồn vốn: ngân sách 20% (Trung ương 8%, tỉnh 12%), vốn khác 80%, trong đó doanh nghiệp 15%.",
        "Về cán bộ: nữ chiếm 54%, đảng viên chiếm 47%, người dân tộc chiếm 23%.",
        "Về cán bộ: nữ chiếm 44%, đảng viên chiếm 37%, người dân tộc chiếm 13%.",
        "Cơ cấu nguồn vốn: ngân sách tỉnh 33,3%, ngân sách huyện 33,4%, vốn khác 33,3%.",
        "Có 45/60 xã đạt chuẩn, tỷ lệ hộ nghèo chiếm 5%.",
        "Cơ cấu nguồn lực: nhà nước tối đa 60%, doanh nghiệp tối đa 40%, người dân tối đa 20%.",
        "Cơ cấu nguồn lực: nhà nước 45%, doanh nghiệp 30%, người dân 20%, còn lại là nguồn khác.",
        "Đào tạo 14 khóa cho 560 học viên, bình quân 40 học viên/khóa.",
        "Toàn tỉnh có 120 xã, trong 5 năm qua mở bình quân 3 lớp/năm.",
        "Giai đoạn 2020 - 2022 bố trí 30 tỷ đồng cho đào tạo, 20 tỷ đồng cho hạ tầng, bình quân mỗi năm 17 tỷ đồng.",
        "Trang bị máy tính cho xã của 08 huyện, thành phố, tổng kinh phí 1.120 triệu đồng, bình quân 140 triệu đồng/huyện.",
        "Mở 17 lớp tại các thôn, tổng kinh phí 68 triệu đồng, mỗi lớp 4 triệu đồng; mỗi huyện 2 lớp.",
        "Giai đoạn 2019-2021 có 27 sự cố, bình quân mỗi năm 9 sự cố.",
        "Chi 4.250 triệu đồng, trong đó: phần cứng 2.500 triệu đồng, phần mềm 1.200 triệu đồng, lớp học 550 triệu đồng.",
        "Trong tổng kinh phí giai đoạn 2021 - 2025, đầu tư 80 tỷ đồng, sự nghiệp 30 tỷ đồng. Sự nghiệp bình quân 6 tỷ đồng/năm.",
        "Tổng kinh phí giai đoạn 2021 - 2025: 168 tỷ đồng, năm 2021: 18 tỷ đồng; 2022 - 2025: 150 tỷ đồng (bình quân 37,5 tỷ đồng/năm).",
        "Trong tổng kinh phí giai đoạn 2021 - 2025, đầu tư 80 tỷ đồng, sự nghiệp 30 tỷ đồng. Cả hai bình quân 22 tỷ đồng/năm.",
        "Chi 4.250 triệu đồng, trong đó: phần cứng 2.500 triệu đồng, phần mềm 1.200 triệu đồng; còn lại là chi khác.",
        "Tỉnh có 11 huyện, trong đó 3 huyện miền núi, 5 huyện biên giới.",
        "Có 58 hệ thống thông tin, trong đó 36 hệ thống thông tin đã được phê duyệt cấp độ.",
        "Có 41 cán bộ chuyên trách, gồm 27 cán bộ ở cấp tỉnh và 14 cán bộ ở cấp huyện.",
        "Có ít nhất 05 bệnh viện làm điểm, gồm: Bệnh viện Đa khoa tỉnh, Bệnh viện Nhi và các bệnh viện khác.",
        "Giao Sở Nội vụ chủ trì, phối hợp với các sở.",
        "a) Việc một của tỉnh.\n\nb) Việc hai của tỉnh.\n\nc) Việc ba của tỉnh.\n\nd) Việc bốn của tỉnh.\n\ne) Việc năm của tỉnh.",
    ],
)
def test_a_claim_that_is(text: str) -> None:
    assert not _found(text)


def test_a_sentence_with_another_cost_than_the_row_of_its_project() -> None:
    text = "Xây dựng trục kết nối dữ liệu của tỉnh với kinh phí {} triệu đồng."
    table = TABLE.format(first="1.800")
    (fault,) = _found(text.format("3.300"), table)
    assert "3,3 tỷ đồng" in fault.detail
    assert "3 tỷ đồng" in fault.detail
    assert fault.severity == "Warning"
    assert not _found(text.format("3.000"), table)
    assert not _found(text.format("1.000"), table)  # that of a year


def test_tasks_are_counted_where_there_is_one_table_of_them() -> None:
    table = TABLE.format(first="1.800")
    assert ["Ghi gồm 05" in fault.detail for fault in _found("Kế hoạch gồm 05 dự án tại Phụ lục I kèm theo.", table)] == [True]
    assert not _found("Kế hoạch gồm 04 dự án tại Phụ lục I kèm theo.", table)


def test_an_appendix_that_goes_with_the_plan_and_is_not_there() -> None:
    table = TABLE.format(first="1.800")
    assert ["Phụ lục II" in fault.detail for fault in _found("Phân công từng sở tại Phụ lục II kèm theo Kế hoạch này.", table)] == [True]
    assert not _found("Trình bày theo Phụ lục II kèm theo Nghị định 30/2020/NĐ-CP của Chính phủ.", table)


def test_one_project_twice_in_a_table() -> None:
    faults = [fault for fault in _found("Triển khai các dự án.", TABLE.format(first="1.900")) if "đã có ở dòng" in fault.detail]
    assert ["1,9 tỷ đồng" in fault.detail and fault.severity == "Info" for fault in faults] == [True]


@pytest.mark.parametrize("number", ["3.05.000", "3.00.000"])
def test_a_number_with_a_group_of_two_digits_is_said_and_not_held_against_its_sums(number: str) -> None:
    table = TABLE.format(first="1.800").replace("00\t", "00.000\t")
    assert not _found("Triển khai các dự án.", table)
    faults = _found("Triển khai các dự án.", table.replace("3.000.000", number))
    assert [(fault.kind, number in fault.detail) for fault in faults] == [("unit", True)]


def test_a_table_has_its_unit_itself() -> None:
    said = "Nhu cầu kinh phí là 7.500 triệu đồng.\n\nCác sở thực hiện.\n\nCác huyện báo cáo.\n\n"
    table = TABLE.format(first="1.800").replace("PHỤ LỤC I\n", "")
    units = [
        [(fault.kind, fault.severity) for fault in read_plan(source(f"{HEAD}I. KINH PHÍ\n\n{said}{text}")).findings]
        for text in (table, table.replace("Đơn vị tính: triệu đồng\n", ""))
    ]
    assert units == [[], [("unit", "Info")]]


@pytest.mark.parametrize(
    ("title", "cells", "said"),
    [
        ("DANH MỤC DỰ ÁN", "60", 1),
        ("Số tiền cấp cho các huyện", "60", 1),
        ("Số học viên bồi dưỡng theo năm", "60", 0),
        ("Biểu 2. Số lượng máy tính được cấp", "60", 0),
        ("DANH MỤC DỰ ÁN", "60%", 0),
    ],
)
def test_only_a_table_of_money_has_to_give_its_unit(title: str, cells: str, said: int) -> None:
    table = "".join(f"{row}\tHuyện số {row}\t{cells}\t{cells}\t{cells}\n" for row in (1, 2, 3))
    said_before = "Nhu cầu kinh phí là 7.500 triệu đồng.\n\nCác sở thực hiện.\n\nCác huyện báo cáo."
    text = f"{said_before}\n\n{title}\nTT\tNội dung\t2023\t2024\t2025\n{table}"
    faults = read_plan(source(f"{HEAD}I. KINH PHÍ\n\n{text}")).findings
    assert sum("không ghi đơn vị tính" in fault.detail for fault in faults) == said


def test_a_project_under_the_name_before_its_short_form() -> None:
    table = TABLE.format(first="1.800").replace("trục kết nối dữ liệu của tỉnh", "trung tâm điều hành thông minh (IOC) thành phố")
    said = [_found(f"Xây dựng Trung tâm điều hành thông minh với tổng mức {cost} triệu đồng.", table) for cost in ("3.300", "3.000")]
    assert ["3,3 tỷ đồng ở" not in fault.detail and "bảng (dòng" in fault.detail for fault in said[0]] == [True]
    assert not said[1]


@pytest.mark.parametrize(
    "said", ["Xây dựng trục kết nối dữ liệu của tỉnh: {} triệu đồng.", "Xây dựng trục kết nối dữ liệu của tỉnh được bố trí {} triệu đồng."]
)
def test_a_project_right_before_its_cost(said: str) -> None:
    table = TABLE.format(first="1.800")
    cost = next(row.total_vnd for row in read_plan(source(f"{HEAD}I. KINH PHÍ\n\n{table}")).projects if "trục kết nối" in row.name)
    wrong, right = (_found(said.format(f"{sum_:,}".replace(",", ".")), table) for sum_ in (3_300, (cost or 0) // 10**6))
    assert [(fault.severity, "bảng (dòng" in fault.detail) for fault in wrong] == [("Warning", True)]
    assert not right


@pytest.mark.parametrize(("amount", "told"), [("105.600", 1), ("96.600", 0)])
def test_quantity_times_price(amount: str, told: int) -> None:
    rows = (("Máy tính", "12", "15.500", "186.000"), ("Máy quét", "4", "18.200", "72.800"), ("Ki-ốt", "2", "64.000", "128.000"))
    items = "".join("\t".join((str(place), *row)) + "\n" for place, row in enumerate((*rows, ("Camera ấp", "28", "3.450", amount)), 1))
    head = "PHỤ LỤC I\nMUA SẮM THIẾT BỊ\nĐơn vị tính: nghìn đồng\nTT\tThiết bị\tSố lượng\tĐơn giá\tThành tiền\n"
    table = f"{head}{items}\tTổng cộng\t\t\t483.400\n"
    faults = [fault.detail for fault in _found("Mua sắm thiết bị.", table)]
    assert ["nhân đơn giá được 96,6 triệu đồng" in fault for fault in faults] == [True] * told


def test_a_part_of_the_row_above_needs_no_lead() -> None:
    table = TABLE.format(first="1.800")
    for name, told in (("Trong đó: phần mềm đào tạo", 0), ("Phần mềm đào tạo", 1)):
        faults = _found("Triển khai các dự án.", f"{table}\t{name}\t300\t100\t100\t100\t\n")
        assert sum("không ghi đơn vị thực hiện" in fault.detail for fault in faults) == told
