"""What a body says that all costs, against its tables: told where it is the plan's own total, and nothing else explains it."""

from __future__ import annotations

import pytest

from cancu.reading.plan import read_plan
from cancu.records import Finding
from tests.invented_plans import HEAD, source

TABLE = """Nơi nhận:
- Lưu: VT.

PHỤ LỤC
{title}
Đơn vị tính: triệu đồng
TT\tTên dự án\tĐơn vị chủ trì\tTổng kinh phí\tNgân sách tỉnh\tNguồn khác
1\tXây dựng trục kết nối dữ liệu của tỉnh\tSở Nội vụ\t12.000\t10.000\t2.000
2\tSố hóa hồ sơ địa chính\tSở Tài chính\t10.000\t10.000\t
3\tĐào tạo cán bộ chuyên trách\tSở Nội vụ\t9.000\t8.000\t1.000
{total}
"""
TOTAL = "\tTổng cộng\t\t31.000\t28.000\t3.000"


def _found(text: str, title: str = "DANH MỤC DỰ ÁN NĂM 2023", total: str = TOTAL) -> list[Finding]:
    table = TABLE.format(title=title, total=total)
    findings = read_plan(source(f"{HEAD}I. KINH PHÍ THỰC HIỆN\n\n{text}\n\n{table}")).findings
    return [finding for finding in findings if finding.kind == "sum-mismatch"]


@pytest.mark.parametrize(
    ("text", "severity"),
    [
        ("Tổng kinh phí thực hiện Kế hoạch: 25 tỷ đồng.", "Warning"),
        ("Tổng kinh phí thực hiện Kế hoạch chuyển đổi số năm 2023 là 25.000 triệu đồng (chi tiết tại Phụ lục).", "Warning"),
        ("Kinh phí thực hiện: 25 tỷ đồng.", "Warning"),
        ("Tổng kinh phí khoảng 25 tỷ đồng.", "Info"),
    ],
)
def test_a_total_that_the_appendix_does_not_bear_out(text: str, severity: str) -> None:
    (fault,) = _found(text)
    assert fault.severity == severity
    assert "25 tỷ đồng" in fault.detail
    assert "31 tỷ đồng" in fault.detail


def test_a_total_that_is_neither_what_the_appendix_prints_nor_what_its_rows_make() -> None:
    misprinted = "\tTổng cộng\t\t30.100\t28.000\t3.000"
    details = [fault.detail for fault in _found("Tổng kinh phí thực hiện Kế hoạch: 25 tỷ đồng.", total=misprinted)]
    assert sum(detail.startswith("Thân văn bản ghi tổng 25 tỷ đồng, Phụ lục 1 cộng được 31 tỷ đồng") for detail in details) == 1
    for sound in ("30.100 triệu đồng", "31.000 triệu đồng"):
        told = _found(f"Tổng kinh phí thực hiện Kế hoạch: {sound}.", total=misprinted)
        assert not any(fault.detail.startswith("Thân văn bản ghi tổng") for fault in told)


def test_an_appendix_of_some_projects_is_worth_a_note() -> None:
    (fault,) = _found("Tổng kinh phí thực hiện Kế hoạch: 25 tỷ đồng.", "DANH MỤC DỰ ÁN ƯU TIÊN NĂM 2023")
    assert fault.severity == "Info"


@pytest.mark.parametrize(
    "text",
    [
        "Tổng kinh phí thực hiện Kế hoạch: 31 tỷ đồng.",
        "Tổng kinh phí thực hiện Kế hoạch: 50 tỷ đồng, trong đó các dự án tại Phụ lục là 31 tỷ đồng.",
        "Tổng kinh phí: 40 tỷ đồng, gồm: ngân sách tỉnh 16 tỷ đồng; ngân sách trung ương 15 tỷ đồng; doanh nghiệp 9 tỷ đồng.",
        "Tổng kinh phí ngân sách tỉnh hỗ trợ các xã: 25 tỷ đồng.",
        "Tổng kinh phí giai đoạn 2023 - 2025: 45 tỷ đồng.",
        "Tổng kinh phí thực hiện Kế hoạch: 250 tỷ đồng.",
    ],
)
def test_a_total_of_something_else(text: str) -> None:
    assert _found(text) == []


def test_a_table_of_other_years_or_one_that_does_not_add_up() -> None:
    assert _found("Tổng kinh phí thực hiện Kế hoạch: 25 tỷ đồng.", "DANH MỤC DỰ ÁN NĂM 2024") == []
    wrong = _found("Tổng kinh phí thực hiện Kế hoạch: 25 tỷ đồng.", total=TOTAL.replace("31.000", "42.000"))
    assert all("Thân văn bản" not in fault.detail for fault in wrong)


def test_a_table_without_a_total() -> None:
    assert len(_found("Tổng kinh phí thực hiện Kế hoạch: 25 tỷ đồng.", total="")) == 1


YEARS = """Nơi nhận:
- Lưu: VT.

PHỤ LỤC
DANH MỤC DỰ ÁN NĂM 2023
Đơn vị tính: triệu đồng
TT\tTên dự án\tĐơn vị chủ trì\tTổng\t2021\t2022\t2023
1\tXây dựng trục kết nối dữ liệu của tỉnh\tSở Nội vụ\t12.000\t4.000\t4.000\t4.000
2\tSố hóa hồ sơ địa chính\tSở Tài chính\t9.000\t2.000\t3.000\t4.000
\tTổng cộng\t\t21.000\t6.000\t7.000\t8.000
""".replace("NĂM 2023", "GIAI ĐOẠN 2021 - 2023")


def test_a_list_of_years() -> None:
    text = "Tổng kinh phí: 21 tỷ đồng, phân kỳ:\n\n- Năm 2021: 6 tỷ đồng;\n\n- Năm 2022: {} tỷ đồng;\n\n- Năm 2023: 8 tỷ đồng.\n\n"
    head = HEAD.replace("năm 2023", "giai đoạn 2021 - 2023")

    def details(amount: str) -> list[str]:
        record = read_plan(source(f"{head}I. KINH PHÍ THỰC HIỆN\n\n{text.format(amount)}{YEARS}"))
        return [finding.detail for finding in record.findings if finding.kind == "sum-mismatch"]

    assert details("7") == []
    assert details("7,5") == [
        "Tổng ghi 21 tỷ đồng, các năm cộng lại được 21,5 tỷ đồng.",
        "Năm 2022 ở đây ghi 7,5 tỷ đồng, Phụ lục 1 ghi 7 tỷ đồng.",
    ]


@pytest.mark.parametrize(("stated", "said"), [("22", 0), ("24", 1)])
def test_a_total_that_some_columns_of_the_table_make(stated: str, said: int) -> None:
    rows = ("1\tNâng cấp mạng\t20.000\t4.000\t10.000\t6.000", "2\tĐào tạo cán bộ\t9.000\t1.000\t7.000\t1.000")
    rows = (*rows, "3\tTrục kết nối\t5.000\t\t5.000\t", "\tTổng cộng\t34.000\t5.000\t22.000\t7.000")
    head = "PHỤ LỤC I\nDANH MỤC DỰ ÁN\nĐơn vị: triệu đồng\nTT\tTên dự án\tTổng mức\tĐã bố trí đến 2022\tNăm 2023\tCòn lại\n"
    text = f"{HEAD}I. KINH PHÍ THỰC HIỆN\n\nTổng kinh phí thực hiện Kế hoạch: {stated} tỷ đồng.\n\n{head}" + "\n".join(rows)
    assert sum("Thân văn bản" in fault.detail for fault in read_plan(source(text + "\n")).findings) == said


@pytest.mark.parametrize(
    ("said", "severity"),
    [
        ("Tổng kinh phí thực hiện Kế hoạch là 52.000 triệu đồng.", "Warning"),
        ("Tổng kinh phí là 50 tỷ đồng.", ""),
        ("Tổng kinh phí khoảng 52 tỷ đồng.", ""),
        ("Tổng kinh phí của dự án thành phần là 52.000 triệu đồng.", ""),
        ("Tổng kinh phí năm 2031 là 52.000 triệu đồng.", ""),
    ],
)
def test_a_total_that_the_body_says_twice(said: str, severity: str) -> None:
    text = f"{HEAD}I. MỤC TIÊU\n\n{said}\n\nII. KINH PHÍ\n\nTổng kinh phí thực hiện Kế hoạch: 50.000 triệu đồng.\n\nNơi nhận:\n- Lưu: VT.\n"
    found = [finding.severity for finding in read_plan(source(text)).findings if "Tổng kinh phí ở đây" in finding.detail]
    assert found == [severity] * bool(severity)
