"""Who pays for a row: purses in a cell with their sums, or a row for each beside one name."""

from __future__ import annotations

import pytest

from cancu.reading import lettered
from cancu.reading.plan import read_plan
from cancu.reading.projects import read_rows
from cancu.reading.source import Cell
from tests.invented_plans import plan
from tests.invented_tables import Head, barred, source, tabbed, written
from tests.test_tables import BEFORE, MILLION, TITLE, only, with_grids


def test_sums_in_words_may_be_in_the_unit_of_their_head() -> None:
    heads: list[Head] = ["TT", "Nội dung", "Dự kiến kinh phí (tỷ đồng)"]
    rows = [
        ["1", "Trồng rừng", "NSTW: 12,0; NSĐP: 3,5"],
        ["2", "Giữ rừng", "NSTW 4"],
        ["3", "Dựng trạm", "Theo Nghị quyết 12"],
        ["4", "Làm đường", "2,5"],
        ["", "Cộng", "22,0"],
    ]
    table = only(source(["PHỤ LỤC 1", "DANH MỤC", *tabbed(heads, rows)]))
    found = read_rows(table)
    assert [row.total_vnd for row in found] == [15500 * MILLION, 4000 * MILLION, None, 2500 * MILLION]
    assert [(one.source, one.amount_vnd) for one in found[0].allocations] == [
        ("Ngân sách Trung ương", 12000 * MILLION),
        ("Ngân sách địa phương", 3500 * MILLION),
    ]
    assert not found[2].allocations
    assert [total.amount_vnd for total in table.stated_totals()] == [22000 * MILLION]


@pytest.mark.parametrize("shape", ["tabbed", "piped", "grid"])
def test_portions_of_the_money_are_no_total_and_of_the_rows_purse(shape: str) -> None:
    heads: list[Head] = ["TT", "Nhiệm vụ", ("Kinh phí", ["Vốn đã bố trí", "Vốn còn thiếu"]), "Nguồn"]
    rows = [["1", "Bê tông đường thôn", "900", "300", "NS tỉnh"], ["2", "Nhà văn hóa thôn", "450", "50", "NSTW"]]
    found = read_rows(only(written(shape, heads, rows, TITLE)))
    assert [row.total_vnd for row in found] == [None, None]
    assert [[(one.column, one.source, one.amount_vnd // MILLION) for one in row.allocations] for row in found] == [
        [("Vốn đã bố trí", "Ngân sách tỉnh", 900), ("Vốn còn thiếu", "Ngân sách tỉnh", 300)],
        [("Vốn đã bố trí", "Ngân sách Trung ương", 450), ("Vốn còn thiếu", "Ngân sách Trung ương", 50)],
    ]


@pytest.mark.parametrize(
    ("years", "times"), [("2024", [(2024, 2024), (2024, 2024), (None, 2024), None, (2024, 2024)]), ("2024 - 2025", [None] * 5)]
)
def test_a_part_of_a_year_is_of_the_one_year_of_its_table(years: str, times: list[tuple[int | None, int] | None]) -> None:
    heads: list[Head] = ["TT", "Nhiệm vụ", "Đơn vị sử dụng kinh phí", "Thời gian", "Kinh phí"]
    told = ["Quý II", "Tháng 3, tháng 9", "Trước ngày 30/6", "Hằng tháng", "Cả năm"]
    rows = [[str(place + 1), "Tập huấn", "Sở Nội vụ", time, "120"] for place, time in enumerate(told)]
    found = read_rows(only(source(["PHỤ LỤC 1", f"DANH MỤC NHIỆM VỤ NĂM {years}", "Đơn vị tính: triệu đồng", *tabbed(heads, rows)])))
    assert [row.period for row in found] == times
    assert {row.lead for row in found} == {("Sở Nội vụ",)}


_SPLIT: list[list[Cell | str]] = [
    ["STT", "Tên công trình", "Tổng mức đầu tư", "Nguồn vốn", "Năm 2023", "Năm 2024", "Chủ đầu tư"],
    ["1", "Cấp nước xã Nà Lụa", "900", "NSTW", "500", "300", "Sở Nội vụ"],
    ["", "", "", "NS tỉnh", "60", "40", ""],
    ["2", "Sửa nhà văn hóa", "90", "Xã hội hóa", "40", "50", "Sở Y tế"],
]


@pytest.mark.parametrize("spanned", [True, False])
def test_rows_of_one_purse_each_beside_one_name_are_one_project(spanned: bool) -> None:
    rows = [list(row) for row in _SPLIT]
    if spanned:
        for place in (0, 1, 2, 6):
            rows[1][place] = Cell(str(rows[1][place]), None, rowspan=2)
        rows[2] = ["NS tỉnh", "60", "40"]
    table = only(with_grids(rows))
    first, second = read_rows(table)
    assert (first.total_vnd, first.by_year_vnd, first.lead) == (900 * MILLION, {}, ("Sở Nội vụ",))
    assert [(one.year_or_period, one.source, one.amount_vnd // MILLION) for one in first.allocations] == [
        ("2023", "Ngân sách Trung ương", 500),
        ("2024", "Ngân sách Trung ương", 300),
        ("2023", "Ngân sách tỉnh", 60),
        ("2024", "Ngân sách tỉnh", 40),
    ]
    assert first.lines == (table.rows[0].lines[0], table.rows[1].lines[1])
    assert (second.total_vnd, second.by_year_vnd) == (90 * MILLION, {"2023": 40 * MILLION, "2024": 50 * MILLION})


def test_the_only_column_of_money_may_be_split_by_purse() -> None:
    rows = [["1", "Cấp nước xã Nà Lụa", "NSTW", "500"], ["", "", "NS tỉnh", "60"], ["2", "Sửa nhà văn hóa", "Xã hội hóa", "90"]]
    first, second = read_rows(only(written("tabbed", ["STT", "Tên công trình", "Nguồn vốn", "Kinh phí"], rows, TITLE)))
    assert (first.total_vnd, len(first.allocations), second.total_vnd) == (560 * MILLION, 2, 90 * MILLION)


@pytest.mark.parametrize("shape", ["barred", "spaced"])
def test_cells_that_span_the_rows_of_several_purses_may_be_lost(shape: str) -> None:
    heads: list[Head] = ["STT", "Tên công trình", "Tổng mức đầu tư", "Nguồn vốn", "Năm 2023", "Năm 2024", "Thời gian", "Chủ đầu tư"]
    rows = [
        ["1", "Cấp nước xã Nà Lụa", "960", "NSTW", "500", "300", "2023-2024", "Sở Nội vụ"],
        ["NS tỉnh", "60", "40"],
        ["Vốn của họ đạo", "30", "30"],
        ["2", "Kiên cố kênh mương", "420", "NS tỉnh", "150", "150", "2023-2024", "Sở Y tế"],
        ["NS huyện", "", "120"],
        ["3", "Sửa nhà văn hóa", "90", "Xã hội hóa", "40", "50", "2023", "Sở Y tế"],
    ]
    found = read_rows(only(written(shape, heads, rows, TITLE)))
    assert [(row.name, row.total_vnd, len(row.allocations)) for row in found] == [
        ("Cấp nước xã Nà Lụa", 960 * MILLION, 6),
        ("Kiên cố kênh mương", 420 * MILLION, 3),
        ("Sửa nhà văn hóa", 90 * MILLION, 1),
    ]


@pytest.mark.parametrize(("total", "mark"), [("11.900", ","), ("911", ".")])
def test_a_column_that_adds_up_to_its_total_decides_the_decimal_mark(total: str, mark: str) -> None:
    rows = [["1", "Cấp nước", "8.000"], ["2", "Làm đường", "3.000"], ["3", "Sửa nhà", "900"], ["", "Tổng cộng", total]]
    title = ["PHỤ LỤC 1", "DANH MỤC", "Đơn vị tính: tỷ đồng"]
    assert only(written("tabbed", ["STT", "Nội dung", "Kinh phí"], rows, title)).decimal_mark == mark


@pytest.mark.parametrize(
    ("cell", "total", "by_year"),
    [
        ("2023: 500; 2024: 300", 800, {"2023": 500, "2024": 300}),
        ("850 (năm 2023: 500; năm 2024: 300)", 850, {"2023": 500, "2024": 300}),
        ("Năm 2023: 1.000, năm 2024: 200", 1200, {"2023": 1000, "2024": 200}),
        ("Khoảng 800", 800, {}),
    ],
)
def test_a_cell_says_what_each_year_gives(cell: str, total: int, by_year: dict[str, int]) -> None:
    heads: list[Head] = ["TT", "Nội dung", "Kinh phí"]
    rows = [["1", "Trồng rừng", cell], ["2", "Giữ rừng", "400"], ["3", "Dựng trạm", "70"]]
    row = read_rows(only(source(["PHỤ LỤC 1", "DANH MỤC", "Đơn vị tính: triệu đồng", *tabbed(heads, rows)])))[0]
    assert (row.total_vnd, row.by_year_vnd) == (total * MILLION, {year: amount * MILLION for year, amount in by_year.items()})


@pytest.mark.parametrize(
    ("cell", "total", "purses"),
    [
        (
            "15 tỷ đồng (NSTW 5 tỷ, NSĐP 7 tỷ, XHH 3 tỷ)",
            15000,
            [("Ngân sách Trung ương", 5000), ("Ngân sách địa phương", 7000), ("Xã hội hóa", 3000)],
        ),
        ("15 tỷ đồng, trong đó NSTW 5 tỷ đồng", 15000, [("Ngân sách Trung ương", 5000)]),
        ("8 tỷ đồng (ngân sách tỉnh)", 8000, [("Ngân sách tỉnh", 8000)]),
        ("120 tỷ đồng, vốn doanh nghiệp", 120000, [("Vốn doanh nghiệp", 120000)]),
    ],
)
def test_a_cell_says_the_whole_and_its_purses(cell: str, total: int, purses: list[tuple[str, int]]) -> None:
    heads: list[Head] = ["TT", "Nội dung", "Kinh phí và nguồn vốn"]
    rows = [["1", "Trồng rừng", cell], ["2", "Giữ rừng", "NSTW 2 tỷ đồng"], ["3", "Dựng trạm", "NSTW 3 tỷ đồng"]]
    row = read_rows(only(source(["PHỤ LỤC 1", "DANH MỤC", *tabbed(heads, rows)])))[0]
    assert row.total_vnd == total * MILLION
    assert [(one.source, one.amount_vnd) for one in row.allocations] == [(purse, amount * MILLION) for purse, amount in purses]


def test_what_was_paid_before_or_is_left_is_of_no_purse() -> None:
    heads: list[Head] = ["TT", "Dự án", "Tổng mức đầu tư", "Lũy kế bố trí đến hết năm 2023", "Kế hoạch năm 2024", "Còn lại"]
    rows = [["1", "Trồng rừng", "9", "4", "3", "2"], ["2", "Giữ rừng", "5", "", "4", "1"], ["", "Cộng", "14", "4", "7", "3"]]
    table = only(source(["PHỤ LỤC 1", "DANH MỤC", "Đơn vị tính: triệu đồng", *tabbed(heads, rows)]))
    assert [(row.total_vnd, row.by_year_vnd, row.allocations) for row in read_rows(table)] == [
        (9 * MILLION, {"2024": 3 * MILLION}, ()),
        (5 * MILLION, {"2024": 4 * MILLION}, ()),
    ]
    assert [total.amount_vnd for total in table.stated_totals()] == [amount * MILLION for amount in (14, 4, 7, 3)]


def test_purses_are_for_the_years_of_all_that_is_spent() -> None:
    heads: list[Head] = ["TT", "Nội dung", "Tổng", "KH năm 2023", "Dự kiến 2024-2025", "NSTW", "NST"]
    rows = [["1", "Trồng rừng", "9", "4", "5", "6", "3"], ["2", "Giữ rừng", "5", "1", "4", "", "5"]]
    row = read_rows(only(source(["PHỤ LỤC 1", "DANH MỤC", "Đơn vị tính: triệu đồng", *tabbed(heads, rows)])))[0]
    assert row.by_year_vnd == {"2023": 4 * MILLION}
    assert [(one.year_or_period, one.source) for one in row.allocations] == [
        ("2024-2025", None),
        ("2023-2025", "Ngân sách Trung ương"),
        ("2023-2025", "Ngân sách tỉnh"),
    ]


def test_a_column_of_numbers_says_not_who_does_it() -> None:
    heads: list[Head] = ["TT", "Dự án", "Kế hoạch năm 2023", "Thực hiện", "Tỷ lệ (%)"]
    rows = [["1", "Trồng rừng", "9", "8", "89"], ["2", "Giữ rừng", "5", "5", "100"]]
    table = only(source(["I. KẾT QUẢ", "Kết quả thực hiện các dự án như sau:", "Đơn vị tính: triệu đồng", *tabbed(heads, rows)]))
    assert not table.lists_items


def test_a_row_for_each_year_beside_one_name_is_one_project() -> None:
    rows = [
        ["TT", "Nội dung", "Năm", "Kinh phí"],
        ["1", "Trồng rừng", "2023", "500"],
        ["", "", "2024", "300"],
        ["2", "Giữ rừng", "2024", "9"],
    ]
    found = read_rows(only(with_grids([[*row] for row in rows])))
    assert [(row.name, row.period, row.total_vnd) for row in found] == [
        ("Trồng rừng", (2023, 2024), 800 * MILLION),
        ("Giữ rừng", (2024, 2024), 9 * MILLION),
    ]
    assert found[0].by_year_vnd == {"2023": 500 * MILLION, "2024": 300 * MILLION}


def test_marks_say_in_which_years_and_out_of_which_purse() -> None:
    rows = [
        ["TT", "Nội dung", "Chủ trì", "2023", "2024", "2025", "Kinh phí", "NSTW", "NST"],
        ["1", "Trồng rừng", "Sở Y tế", "x", "x", "", "800", "x", ""],
        ["2", "Giữ rừng", "Sở Y tế", "", "x", "x", "400", "x", "x"],
    ]
    found = read_rows(only(with_grids([[*row] for row in rows])))
    assert [(row.period, row.total_vnd, [one.source for one in row.allocations]) for row in found] == [
        ((2023, 2024), 800 * MILLION, ["Ngân sách Trung ương"]),
        ((2024, 2025), 400 * MILLION, []),
    ]


def test_years_under_one_kind_of_capital_and_under_another_are_of_each() -> None:
    heads: list[Head] = ["TT", "Nội dung", "Tổng số", ("Vốn đầu tư", ["2023", "2024"]), ("Vốn sự nghiệp", ["2023", "2024"])]
    rows = [["1", "Trồng rừng", "150", "50", "70", "", "30"], ["2", "Giữ rừng", "60", "10", "20", "10", "20"]]
    row = read_rows(only(source([*BEFORE, *TITLE, *barred(heads, rows)])))[0]
    assert (row.total_vnd, row.by_year_vnd) == (150 * MILLION, {})
    assert [(one.year_or_period, one.capital, one.amount_vnd // MILLION) for one in row.allocations] == [
        ("2023", "đầu tư phát triển", 50),
        ("2024", "đầu tư phát triển", 70),
        ("2024", "sự nghiệp", 30),
    ]


@pytest.mark.parametrize("shape", ["tabbed", "piped", "grid"])
def test_purses_told_after_a_total_are_totals(shape: str) -> None:
    rows = [
        ["1", "Kho dữ liệu", "Sở Y tế", "5.000", "2.000", "3.000"],
        ["2", "Họp không giấy", "Sở Nội vụ", "1.200", "1.200", ""],
        ["", "Tổng cộng", "", "6.200", "3.200", "3.000"],
        ["", "Trong đó: Ngân sách tỉnh", "", "4.200", "2.200", "2.000"],
        ["", "Xã hội hóa", "", "2.000", "1.000", "1.000"],
    ]
    table = only(written(shape, ["STT", "Tên dự án", "Chủ đầu tư", "Tổng kinh phí", "2021", "2022"], rows, TITLE))
    assert [row.name for row in read_rows(table)] == ["Kho dữ liệu", "Họp không giấy"]
    assert [(total.label, total.amount_vnd // MILLION) for total in table.stated_totals()][::3] == [
        ("Tổng cộng", 6200),
        ("Ngân sách tỉnh", 4200),
        ("Xã hội hóa", 2000),
    ]


@pytest.mark.parametrize("shape", ["tabbed", "piped", "grid"])
def test_years_stand_under_the_purse_above_them(shape: str) -> None:
    heads: list[Head] = ["STT", "Dự án", "Thời gian", "Tổng mức đầu tư", "Lũy kế vốn đến hết năm 2020", ("Kế hoạch vốn", ["2021", "2022"])]
    rows = [["1", "Trung tâm dữ liệu", "2019-2022", "9.000", "4.000", "3.000", "2.000"]]
    (row,) = read_rows(only(written(shape, heads, rows, TITLE)))
    assert (row.total_vnd, row.by_year_vnd) == (9000 * MILLION, {"2021": 3000 * MILLION, "2022": 2000 * MILLION})


def test_what_some_years_cost_in_all_is_an_amount() -> None:
    rows = [["1", "Đường truyền", "2021-2023", "1.500/3 năm"], ["2", "Máy chủ", "2021-2025", "2.000"]]
    found = read_rows(only(written("tabbed", ["STT", "Nội dung", "Thời gian", "Kinh phí"], rows, TITLE)))
    assert [row.total_vnd for row in found] == [1500 * MILLION, 2000 * MILLION]


@pytest.mark.parametrize(("price", "mark"), [("12.8000", ","), ("12.800", ",")])
def test_a_digit_too_many_makes_no_table_decimal_though_its_decimals_would_add_up(price: str, mark: str) -> None:
    rows = [["1", "Máy tính", "276.000"], ["2", "Máy in", "42.000"], ["3", "Cáp mạng", price], ["", "Tổng cộng", "330.800"]]
    title = ["PHỤ LỤC 1", "DANH MỤC", "Đơn vị tính: nghìn đồng"]
    table = only(written("tabbed", ["STT", "Nội dung", "Kinh phí"], rows, title))
    assert table.decimal_mark == mark
    assert [row.total_vnd for row in read_rows(lettered.decided(table))] == [276 * MILLION, 42 * MILLION, 12_800_000]


def test_a_source_whose_head_names_sources_is_money_where_it_holds_numbers() -> None:
    text = "\n".join((
        "PHỤ LỤC", "NHIỆM VỤ GIAI ĐOẠN 2021-2022", "Đơn vị tính: triệu đồng", "",
        "TT\tNhiệm vụ\tChủ trì\tCộng\t2021\t2022\tNguồn đầu tư\tNguồn sự nghiệp",
        "1\tTrung tâm giám sát\tSở Nội vụ\t6.800\t4.000\t2.800\t4.500\t2.300",
        "2\tPhòng, chống mã độc\tSở Nội vụ\t2.400\t1.200\t1.200\t\t2.400",
        "3\tSao lưu dữ liệu\tSở Nội vụ\t4.000\t2.000\t2.000\t3.000\t1.000",
    ))  # fmt: skip
    rows = read_plan(plan(text)).projects
    assert [sum(one.amount_vnd for one in row.allocations if one.source or one.capital) for row in rows] == [row.total_vnd for row in rows]


def test_a_share_in_a_row_of_sums_is_no_amount() -> None:
    text = "\n".join((
        "PHỤ LỤC", "NHIỆM VỤ GIAI ĐOẠN 2021-2022", "Đơn vị tính: triệu đồng", "",
        "TT\tNhiệm vụ\t2021\t2022\tTổng\tNgân sách Trung ương\tNgân sách tỉnh\tTỷ trọng (%)\tChủ trì",
        "I\tHạ tầng\t1.000\t1.000\t2.000\t500\t1.500\t66,7\t",
        "1\tTrung tâm dữ liệu\t1.000\t1.000\t2.000\t500\t1.500\t\tSở Nội vụ",
        "II\tĐào tạo\t600\t400\t1.000\t\t1.000\t33,3\t",
        "1\tTập huấn cán bộ\t300\t200\t500\t\t500\t\tSở Nội vụ",
        "2\tTập huấn người dân\t300\t200\t500\t\t500\t\tSở Nội vụ",
    ))  # fmt: skip
    record = read_plan(plan(text))
    stated = {(total.label[:2], total.column): total.amount_vnd for total in record.tables[0].stated_totals}
    assert stated["II", "Ngân sách tỉnh"] == 1000 * MILLION
    assert not [fault for fault in record.findings if fault.kind == "sum-mismatch"]


@pytest.mark.parametrize("shape", ["barred", "spaced", "tabbed", "stacked", "piped", "grid"])
def test_one_purse_alone_may_stand_two_levels_below_its_head(shape: str) -> None:
    heads: list[Head] = ["STT", "Dự án", "Tổng mức đầu tư", ("Kế hoạch vốn 2021-2023", ["Tổng số", ("Trong đó", ["NSTW"])]), "Chủ đầu tư"]
    rows = [["1", "Trung tâm dữ liệu", "40", "25", "10", "Sở Nội vụ"], ["2", "Kho lưu trữ", "16", "12", "8", "Sở Y tế"]]
    found = read_rows(only(written(shape, heads, rows, TITLE)))
    assert [(row.name, row.total_vnd, row.allocations[-1].source) for row in found] == [
        ("Trung tâm dữ liệu", 40 * MILLION, "Ngân sách Trung ương"),
        ("Kho lưu trữ", 16 * MILLION, "Ngân sách Trung ương"),
    ]


@pytest.mark.parametrize("shape", ["barred", "spaced", "tabbed", "stacked", "piped", "levelled", "grid"])
def test_what_a_decision_says_stands_under_it_and_the_plan_of_money_beside(shape: str) -> None:
    heads: list[Head] = ["STT", "Dự án", ("Quyết định đầu tư", ["Số quyết định", "TMĐT"]), "Kế hoạch vốn 2021-2023", "Ghi chú"]
    rows = [["1", "Đường tránh thị trấn", "1245/QĐ-UBND", "120", "90", ""], ["2", "Cầu Làng Giàng", "2231/QĐ-UBND", "64", "40", "Giãn"]]
    found = read_rows(only(written(shape, heads, rows, TITLE)))
    assert [(row.total_vnd, [one.amount_vnd for one in row.allocations]) for row in found] == [
        (120 * MILLION, [90 * MILLION]),
        (64 * MILLION, [40 * MILLION]),
    ]


def test_a_cell_may_name_a_kind_of_capital_and_no_source() -> None:
    heads: list[Head] = ["TT", "Nội dung", "Kinh phí", "Nguồn kinh phí", "Đơn vị thực hiện"]
    rows = [["1", "Bảo trì", "350", "Chi thường xuyên", "Sở Y tế"], ["2", "Máy tính", "900", "Ngân sách huyện", "Sở Y tế"]]
    found = [row.allocations[0] for row in read_rows(only(written("tabbed", heads, rows, TITLE)))]
    assert [(one.source, one.capital, one.amount_vnd) for one in found] == [
        (None, "chi thường xuyên", 350 * MILLION),
        ("Ngân sách huyện", None, 900 * MILLION),
    ]


@pytest.mark.parametrize("shape", ["barred", "spaced", "lined", "tabbed"])
def test_places_may_be_the_names(shape: str) -> None:
    heads: list[Head] = ["TT", "Huyện, thành phố", "Số xã", "Tổng kinh phí", "Ngân sách tỉnh", "Ngân sách huyện"]
    rows = [["1", "Huyện Bắc Hà", "18", "3.600", "2.700", "900"], ["2", "Huyện Si Ma Cai", "10", "2.000", "1.500", "500"]]
    assert [(row.name, row.total_vnd) for row in read_rows(only(written(shape, heads, rows, TITLE)))] == [
        ("Huyện Bắc Hà", 3600 * MILLION),
        ("Huyện Si Ma Cai", 2000 * MILLION),
    ]
