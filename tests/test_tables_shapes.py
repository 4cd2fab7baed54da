"""Every way to write a table × every kind of table: the rows that come out are the rows that went in."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest

from cancu.reading.projects import read_rows
from cancu.reading.tables import find_tables
from cancu.records import ProjectRow
from tests.invented_tables import ORDINALS_ONLY, SHAPES, Head, written

MILLION = 10**6
NO_ROW_MARKS = {"barred", "barred-rows", "spaced"}


@dataclass(frozen=True)
class Case:
    name: str
    heads: list[Head]
    rows: list[list[str]]
    expected: list[dict[str, object]]
    title: list[str] = field(default_factory=lambda: ["PHỤ LỤC 1", "DANH MỤC NHIỆM VỤ, DỰ ÁN", "Đơn vị tính: triệu đồng"])
    totals: list[tuple[str, str, int]] = field(default_factory=list)
    skip: frozenset[str] = frozenset()


TTTT, YTE, NV = "Sở Thông tin và Truyền thông", "Sở Y tế", "Sở Nội vụ"

CASES = [
    Case(
        "years with a total first",
        ["STT", "Tên dự án", ("Kinh phí", ["Tổng", "2021", "2022"]), "Đơn vị chủ trì", "Ghi chú"],
        [
            ["I", "Hạ tầng", "", "", "", "", ""],
            ["1", "Nâng cấp mạng nội bộ các cơ quan", "1.500", "500", "1.000", TTTT, ""],
            ["2", "Trang bị máy chủ cho trung tâm dữ liệu", "2.000", "", "2.000", YTE, "Chuyển tiếp"],
            ["II", "Ứng dụng", "", "", "", "", ""],
            ["1", "Xây dựng cổng dữ liệu mở", "900", "900", "", NV, ""],
            ["", "Tổng cộng", "4.400", "1.400", "3.000", "", ""],
        ],
        [
            {
                "section": "I. Hạ tầng",
                "ordinal": "1",
                "name": "Nâng cấp mạng nội bộ các cơ quan",
                "total_vnd": 1500 * MILLION,
                "by_year_vnd": {"2021": 500 * MILLION, "2022": 1000 * MILLION},
                "lead": (TTTT,),
                "note": None,
            },
            {
                "section": "I. Hạ tầng",
                "ordinal": "2",
                "total_vnd": 2000 * MILLION,
                "by_year_vnd": {"2022": 2000 * MILLION},
                "note": "Chuyển tiếp",
            },
            {"section": "II. Ứng dụng", "ordinal": "1", "total_vnd": 900 * MILLION, "by_year_vnd": {"2021": 900 * MILLION}},
        ],
        totals=[("Tổng cộng", "Tổng", 4400 * MILLION), ("Tổng cộng", "2021", 1400 * MILLION), ("Tổng cộng", "2022", 3000 * MILLION)],
    ),
    Case(
        "years with a total last, without ordinals",
        ["Nội dung", "Năm 2024", "Năm 2025", "Tổng cộng", "Đơn vị thực hiện"],
        [
            ["Xây dựng nền tảng học tập số", "1,5", "2,25", "3,75", TTTT],
            ["Số hóa hồ sơ lưu trữ", "0,8", "", "0,8", "Sở Nội vụ; UBND các huyện, thành phố"],
            ["Tổng cộng", "2,3", "2,25", "4,55", ""],
        ],
        [
            {
                "ordinal": None,
                "name": "Xây dựng nền tảng học tập số",
                "total_vnd": 3750 * MILLION,
                "by_year_vnd": {"2024": 1500 * MILLION, "2025": 2250 * MILLION},
            },
            {"ordinal": None, "total_vnd": 800 * MILLION, "lead": (NV, "Ủy ban nhân dân các huyện, thành phố")},
        ],
        title=["PHỤ LỤC", "KINH PHÍ THỰC HIỆN", "ĐVT: tỷ đồng"],
        totals=[
            ("Tổng cộng", "Năm 2024", 2300 * MILLION),
            ("Tổng cộng", "Năm 2025", 2250 * MILLION),
            ("Tổng cộng", "Tổng cộng", 4550 * MILLION),
        ],
    ),
    Case(
        "sources under one head",
        [
            "TT",
            "Nhiệm vụ",
            "Tổng mức đầu tư",
            ("Trong đó", ["NSTW", "Ngân sách tỉnh", "Xã hội hóa"]),
            "Thời gian thực hiện",
            "Cơ quan chủ trì",
            "Cơ quan phối hợp",
        ],
        [
            [
                "1",
                "Xây dựng trung tâm điều hành thông minh",
                "25.000",
                "10.000",
                "12.000",
                "3.000",
                "2023-2025",
                TTTT,
                "Các sở, ban, ngành; UBND các huyện, thị xã",
            ],
            ["2", "Triển khai bệnh án điện tử", "6.000", "", "6.000", "", "2024", YTE, "Bảo hiểm xã hội tỉnh"],
            ["", "Tổng cộng", "31.000", "10.000", "18.000", "3.000", "", "", ""],
        ],
        [
            {
                "ordinal": "1",
                "total_vnd": 25000 * MILLION,
                "period": (2023, 2025),
                "lead": (TTTT,),
                "coordinating": ("Các sở, ban, ngành", "Ủy ban nhân dân các huyện, thị xã"),
                "allocations": [
                    ("2023-2025", "Ngân sách Trung ương", None, 10000 * MILLION),
                    ("2023-2025", "Ngân sách tỉnh", None, 12000 * MILLION),
                    ("2023-2025", "Xã hội hóa", None, 3000 * MILLION),
                ],
            },
            {
                "ordinal": "2",
                "total_vnd": 6000 * MILLION,
                "period": (2024, 2024),
                "allocations": [("2024", "Ngân sách tỉnh", None, 6000 * MILLION)],
                "coordinating": ("Bảo hiểm xã hội tỉnh",),
            },
        ],
    ),
    Case(
        "three levels: years, sources, capital",
        [
            "STT",
            "Nội dung",
            ("Nguồn vốn năm 2022", ["NSTW", ("NSĐP", ["Vốn ĐTPT", "Vốn SN"])]),
            ("Nguồn vốn giai đoạn 2023-2025", ["NSTW", ("NSĐP", ["Vốn ĐTPT", "Vốn SN"])]),
            ("Thực hiện", ["Chủ trì", "Phối hợp"]),
        ],
        [
            ["1", "Phát triển hạ tầng số", "2.5", "", "0.75", "3", "4.25", "", TTTT, "UBND các huyện"],
            ["2", "Đào tạo nguồn nhân lực", "", "", "1.2", "", "", "3.6", NV, ""],
            ["3", "Thuê dịch vụ lưu trữ", "", "1.1", "", "", "2.2", "", YTE, "Các sở, ngành"],
        ],
        [
            {
                "ordinal": "1",
                "total_vnd": None,
                "lead": (TTTT,),
                "coordinating": ("Ủy ban nhân dân các huyện",),
                "allocations": [
                    ("2022", "Ngân sách Trung ương", None, 2500 * MILLION),
                    ("2022", "Ngân sách địa phương", "sự nghiệp", 750 * MILLION),
                    ("2023-2025", "Ngân sách Trung ương", None, 3000 * MILLION),
                    ("2023-2025", "Ngân sách địa phương", "đầu tư phát triển", 4250 * MILLION),
                ],
            },
            {
                "ordinal": "2",
                "allocations": [
                    ("2022", "Ngân sách địa phương", "sự nghiệp", 1200 * MILLION),
                    ("2023-2025", "Ngân sách địa phương", "sự nghiệp", 3600 * MILLION),
                ],
            },
            {"ordinal": "3", "coordinating": ("Các sở, ngành",)},
        ],
        title=["PHỤ LỤC 2", "KHÁI TOÁN KINH PHÍ", "Đơn vị tính: tỷ đồng"],
    ),
    Case(
        "letters for sections, and parts of rows",
        ["TT", "Hạng mục", "Kinh phí (triệu đồng)", "Đơn vị thực hiện"],
        [
            ["A", "NHIỆM VỤ CHUYỂN TIẾP", "", ""],
            ["1", "Hạ tầng kỹ thuật", "", ""],
            ["1.1", "Mạng truyền số liệu", "300", TTTT],
            ["1.2", "Hệ thống hội nghị truyền hình", "450", "Văn phòng UBND tỉnh"],
            ["2", "Phần mềm quản lý đất đai", "700", "Sở Tài nguyên và Môi trường"],
            ["B", "NHIỆM VỤ MỚI", "", ""],
            ["1", "Kho dữ liệu dùng chung", "1.250", TTTT],
        ],
        [
            {"section": "1. Hạ tầng kỹ thuật", "ordinal": "1.1", "total_vnd": 300 * MILLION},
            {"section": "1. Hạ tầng kỹ thuật", "ordinal": "1.2", "total_vnd": 450 * MILLION, "lead": ("Văn phòng Ủy ban nhân dân tỉnh",)},
            {"section": "A. NHIỆM VỤ CHUYỂN TIẾP", "ordinal": "2", "total_vnd": 700 * MILLION},
            {"section": "B. NHIỆM VỤ MỚI", "ordinal": "1", "total_vnd": 1250 * MILLION},
        ],
        title=["Phụ lục I", "Danh mục nhiệm vụ"],
    ),
    Case(
        "no money, sections of one cell",
        ["STT", "Tên nhiệm vụ", "Cơ quan chủ trì", "Cơ quan phối hợp", "Thời gian hoàn thành"],
        [
            ["I. THỂ CHẾ SỐ"],
            ["1", "Ban hành quy chế quản lý dữ liệu", TTTT, "Các sở, ban, ngành", "Quý II/2025"],
            ["2", "Rà soát văn bản không còn phù hợp", "Sở Tư pháp", "", "Thường xuyên"],
            ["II. NHÂN LỰC SỐ"],
            ["3", "Tập huấn kỹ năng số cho cán bộ xã", NV, "UBND cấp huyện", "Hằng năm"],
        ],
        [
            {"section": "I. THỂ CHẾ SỐ", "ordinal": "1", "period": (2025, 2025), "lead": (TTTT,), "coordinating": ("Các sở, ban, ngành",)},
            {"section": "I. THỂ CHẾ SỐ", "ordinal": "2", "period": None, "lead": ("Sở Tư pháp",), "coordinating": ()},
            {"section": "II. NHÂN LỰC SỐ", "ordinal": "3", "lead": (NV,), "coordinating": ("Ủy ban nhân dân cấp huyện",)},
        ],
        title=["PHỤ LỤC", "DANH MỤC NHIỆM VỤ TRỌNG TÂM"],
        skip=frozenset({"barred"}),
    ),
    Case(
        "numbers of the columns below the header",
        ["STT", "Tên nhiệm vụ", "Chủ đầu tư", "Nguồn vốn", "Thời gian", "Dự kiến kinh phí"],
        [
            ["(1)", "(2)", "(3)", "(4)", "(5)", "(6)"],
            ["1", "Sửa chữa phòng máy chủ", "Văn phòng UBND tỉnh", "Ngân sách tỉnh", "2024", "500"],
            ["2", "Mua phần mềm diệt vi rút", TTTT, "Ngân sách trung ương", "2024 - 2025", "1.200"],
        ],
        [
            {
                "ordinal": "1",
                "total_vnd": 500 * MILLION,
                "period": (2024, 2024),
                "allocations": [("2024", "Ngân sách tỉnh", None, 500 * MILLION)],
            },
            {"ordinal": "2", "total_vnd": 1200 * MILLION, "allocations": [("2024-2025", "Ngân sách Trung ương", None, 1200 * MILLION)]},
        ],
    ),
    Case(
        "years with their sources",
        ["TT", "Dự án", ("Năm 2026", ["Tổng", "NSTW", "NST"]), ("Năm 2027", ["Tổng", "NSTW", "NST"]), "Ghi chú"],
        [
            ["1", "Xây dựng mạng cảm biến môi trường", "5.500", "5.000", "500", "2.500", "2.000", "500", ""],
            ["2", "Thuê kênh truyền vệ tinh", "800", "", "800", "800", "", "800", "Hằng năm"],
        ],
        [
            {
                "ordinal": "1",
                "by_year_vnd": {"2026": 5500 * MILLION, "2027": 2500 * MILLION},
                "allocations": [
                    ("2026", "Ngân sách Trung ương", None, 5000 * MILLION),
                    ("2026", "Ngân sách tỉnh", None, 500 * MILLION),
                    ("2027", "Ngân sách Trung ương", None, 2000 * MILLION),
                    ("2027", "Ngân sách tỉnh", None, 500 * MILLION),
                ],
            },
            {"ordinal": "2", "by_year_vnd": {"2026": 800 * MILLION, "2027": 800 * MILLION}},
        ],
    ),
    Case(
        "phases of investment, capital, actors",
        [
            "STT",
            "Nội dung",
            ("Phân kỳ đầu tư", ["2021", "2022", "2023"]),
            ("Nhu cầu kinh phí", ["Sự nghiệp", "Đầu tư"]),
            "Đơn vị thực hiện",
        ],
        [
            ["I", "Hạ tầng", "", "", "", "", "", ""],
            ["1", "Xây dựng mạng diện rộng", "", "8.000", "8.000", "", "16.000", TTTT],
            ["2", "Thuê hạ tầng", "", "", "", "", "", "Đang lập dự toán"],
            ["II", "Nền tảng", "", "", "", "", "", ""],
            ["", "Thuê nền tảng tích hợp dữ liệu", "500", "500", "500", "1.500", "", "Văn phòng UBND tỉnh"],
            ["", "Tổng cộng", "", "", "", "1.500", "16.000", ""],
        ],
        [
            {
                "section": "I. Hạ tầng",
                "ordinal": "1",
                "period": (2022, 2023),
                "total_vnd": 16000 * MILLION,
                "allocations": [("2021-2023", None, "đầu tư phát triển", 16000 * MILLION)],
            },
            {"section": "I. Hạ tầng", "ordinal": "2", "lead": (), "note": "Đang lập dự toán", "total_vnd": None, "period": None},
            {"section": "II. Nền tảng", "ordinal": None, "name": "Thuê nền tảng tích hợp dữ liệu", "total_vnd": 1500 * MILLION},
        ],
        totals=[("Tổng cộng", "Sự nghiệp", 1500 * MILLION), ("Tổng cộng", "Đầu tư", 16000 * MILLION)],
    ),
    Case(
        "amounts in dong",
        ["STT", "Nội dung công việc", "Thành tiền", "Đơn vị thực hiện"],
        [
            ["1", "In tài liệu tập huấn", "12.500.000", NV],
            ["2", "Thuê hội trường", "8.000.000", "Văn phòng Sở"],
            ["", "Tổng cộng", "20.500.000", ""],
        ],
        [{"ordinal": "1", "total_vnd": 12_500_000}, {"ordinal": "2", "total_vnd": 8_000_000}],
        title=["PHỤ LỤC 3", "DỰ TOÁN", "Đơn vị tính: đồng"],
        totals=[("Tổng cộng", "Thành tiền", 20_500_000)],
    ),
    Case(
        "quantities that are no money",
        ["STT", "Nội dung", "ĐVT", "Số lượng", "Đơn giá", "Thành tiền", "Đối tượng thụ hưởng"],
        [
            ["1", "Máy chủ", "Bộ", "2", "150", "300", "Trường học"],
            ["2", "Máy trạm", "Chiếc", "10", "15", "150", ""],
            ["", "Tổng cộng", "", "", "", "450", ""],
        ],
        [{"ordinal": "1", "total_vnd": 300 * MILLION, "allocations": []}, {"ordinal": "2", "total_vnd": 150 * MILLION}],
        totals=[("Tổng cộng", "Thành tiền", 450 * MILLION)],
    ),
    Case(
        "Roman numerals for items, and sums in the rows of parts",
        ["TT", "Nhiệm vụ", "Đơn vị chủ trì", "Kinh phí"],
        [["I", "Xây dựng thể chế", "Sở Tư pháp", "100"], ["II", "Phát triển hạ tầng", "Sở Xây dựng", "200"]],
        [{"ordinal": "I", "section": None, "total_vnd": 100 * MILLION}, {"ordinal": "II", "lead": ("Sở Xây dựng",)}],
    ),
    Case(
        "sections with sums, parts with letters",
        ["TT", "Nội dung", "Kinh phí", "Chủ trì"],
        [
            ["I", "Hạ tầng", "600", ""],
            ["1", "Mạng", "", ""],
            ["a)", "Mạng nội bộ", "100", "Sở Y tế"],
            ["b)", "Mạng diện rộng", "200", "Sở Y tế"],
            ["2", "Máy chủ", "300", "Sở Nội vụ"],
        ],
        [
            {"section": "1. Mạng", "ordinal": "a", "total_vnd": 100 * MILLION},
            {"section": "1. Mạng", "ordinal": "b"},
            {"section": "I. Hạ tầng", "ordinal": "2", "total_vnd": 300 * MILLION},
        ],
        totals=[("I. Hạ tầng", "Kinh phí", 600 * MILLION)],
    ),
    Case(
        "heads of four levels",
        [
            "STT",
            "Nội dung",
            "Chủ trì",
            (
                "Nhu cầu kinh phí",
                [
                    "Tổng số",
                    ("Trong đó", [("Năm 2026", ["Vốn đầu tư", "Vốn sự nghiệp"]), ("Năm 2027", ["Vốn đầu tư", "Vốn sự nghiệp"])]),
                ],
            ),
            "Ghi chú",
        ],
        [
            ["1", "Nâng cấp trung tâm dữ liệu", NV, "1.000", "100", "200", "300", "400", "Chuyển tiếp"],
            ["2", "Mạng diện rộng", YTE, "200", "50", "", "", "150", ""],
            ["3", "Số hóa hồ sơ lưu trữ", NV, "100", "", "80", "", "20", "Mới"],
            ["", "Tổng cộng", "", "1.300", "150", "280", "300", "570", ""],
        ],
        [
            {
                "total_vnd": 1000 * MILLION,
                "note": "Chuyển tiếp",
                "allocations": [
                    ("2026", None, "đầu tư phát triển", 100 * MILLION),
                    ("2026", None, "sự nghiệp", 200 * MILLION),
                    ("2027", None, "đầu tư phát triển", 300 * MILLION),
                    ("2027", None, "sự nghiệp", 400 * MILLION),
                ],
            },
            {"total_vnd": 200 * MILLION, "lead": (YTE,)},
            {"total_vnd": 100 * MILLION, "note": "Mới"},
        ],
    ),
    Case(
        "quarters of a year",
        [
            "TT",
            "Nhiệm vụ",
            "Đơn vị thực hiện",
            "Tổng kinh phí năm 2026",
            ("Phân kỳ thực hiện", ["Quý I", "Quý II", "Quý III", "Quý IV"]),
        ],
        [
            ["1", "Nâng cấp trung tâm dữ liệu", NV, "1.000", "100", "200", "300", "400"],
            ["2", "Mạng diện rộng", YTE, "200", "50", "", "", "150"],
            ["", "Tổng cộng", "", "1.200", "150", "200", "300", "550"],
        ],
        [
            {"total_vnd": 1000 * MILLION, "allocations": [("2026", None, None, amount * MILLION) for amount in (100, 200, 300, 400)]},
            {"total_vnd": 200 * MILLION, "allocations": [("2026", None, None, amount * MILLION) for amount in (50, 150)]},
        ],
        totals=[("Tổng cộng", "Quý IV", 550 * MILLION)],
    ),
]


def _told(row: ProjectRow, field_name: str) -> object:
    if field_name == "allocations":
        return [(a.year_or_period, a.source, a.capital, a.amount_vnd) for a in row.allocations]
    return getattr(row, field_name)


@pytest.mark.parametrize("shape", [*SHAPES, ORDINALS_ONLY])
@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_table_reads_the_same_however_it_is_written(case: Case, shape: str) -> None:
    if shape == ORDINALS_ONLY and "TT" not in case.heads[0]:
        pytest.skip("this way of writing wants a head for the ordinals")
    if shape in case.skip:
        pytest.skip("this way of writing cannot hold a row of one cell")
    tables = find_tables(written(shape, case.heads, case.rows, case.title))
    assert len(tables) == 1
    rows = read_rows(tables[0])
    told = [{key: _told(row, key) for key in expected} for row, expected in zip(rows, case.expected, strict=False)]
    assert told == case.expected
    assert len(rows) == len(case.expected)
    stated = [(total.label, total.column, total.amount_vnd) for total in tables[0].stated_totals()]
    for total in case.totals:
        assert total in stated
