"""Who does what a row says, and when, where no column says so outright: sections of agencies, marks of repetition, marks under years."""

from __future__ import annotations

import pytest

from cancu.reading.projects import read_rows
from cancu.reading.source import Cell
from tests.invented_tables import WRITERS, Head, written
from tests.test_tables import MILLION, TITLE, only, with_grids


@pytest.mark.parametrize("shape", WRITERS)
def test_the_section_of_an_agency_is_who_leads(shape: str) -> None:
    rows = [["I", "Sở Nội vụ", "", ""], ["1", "Tập huấn", "2023", "350"], ["II", "Hạ tầng", "", ""], ["1", "Mạng nội bộ", "2022", "900"]]
    found = read_rows(only(written(shape, ["TT", "Nhiệm vụ", "Thời gian", "Kinh phí"], rows, TITLE)))
    assert [(row.name, row.lead) for row in found] == [("Tập huấn", ("Sở Nội vụ",)), ("Mạng nội bộ", ())]


def test_a_slash_parts_who_leads_from_who_helps() -> None:
    rows = [["1", "Mạng cấp tỉnh", "Sở Y tế/Sở Nội vụ, Công an tỉnh", "2022"], ["2", "Mạng cấp huyện", "Sở Nội vụ", "2023"]]
    found = read_rows(only(written("tabbed", ["STT", "Nhiệm vụ", "Cơ quan chủ trì/phối hợp", "Thời gian"], rows, TITLE)))
    assert [(row.lead, row.coordinating) for row in found] == [(("Sở Y tế",), ("Sở Nội vụ", "Công an tỉnh")), (("Sở Nội vụ",), ())]


@pytest.mark.parametrize(
    ("head", "cell", "lead", "partners"),
    [
        ("CQ chủ trì/phối hợp", "CQ chủ trì: Sở Y tế; phối hợp: Sở Nội vụ, VNPT", ["Sở Y tế"], ["Sở Nội vụ", "VNPT"]),
        ("Cơ quan thực hiện", "Chủ trì: Sở Y tế; ĐV phối hợp: Sở Nội vụ", ["Sở Y tế"], ["Sở Nội vụ"]),
        ("Đơn vị chủ trì (đơn vị phối hợp)", "Sở Y tế (Sở Nội vụ; VNPT)", ["Sở Y tế"], ["Sở Nội vụ", "VNPT"]),
        ("Đơn vị chủ trì (đơn vị phối hợp)", "Sở Y tế", ["Sở Y tế"], []),
        ("Chủ trì", "Phòng, đơn vị liên quan", ["Phòng, đơn vị liên quan"], []),
        ("Phòng, đơn vị thực hiện", "Phòng Nội vụ, Công an huyện", ["Phòng Nội vụ", "Công an huyện"], []),
    ],
)
def test_who_leads_and_who_helps_in_one_cell(head: str, cell: str, lead: list[str], partners: list[str]) -> None:
    rows = [["1", "Mạng cấp tỉnh", cell, "2022", "90"], ["2", "Mạng cấp huyện", cell, "2023", "80"]]
    found = read_rows(only(written("tabbed", ["STT", "Nhiệm vụ", head, "Thời gian", "Kinh phí"], rows, TITLE)))
    assert [(list(row.lead), list(row.coordinating), row.note) for row in found] == [(lead, partners, None)] * 2


@pytest.mark.parametrize("shape", WRITERS)
@pytest.mark.parametrize("mark", ["nt", "-nt-", '"', "Như trên"])
def test_a_mark_repeats_the_cell_above(shape: str, mark: str) -> None:
    rows = [
        ["1", "Mạng cấp tỉnh", "Sở Y tế", "2021-2022", "900"],
        ["2", "Mạng cấp huyện", mark, mark, "800"],
        ["3", "Mạng cấp xã", mark, "2023", "300"],
    ]
    found = read_rows(only(written(shape, ["STT", "Tên dự án", "Chủ đầu tư", "Thời gian", "Kinh phí"], rows, TITLE)))
    assert [row.lead for row in found] == [("Sở Y tế",)] * 3
    assert [row.period for row in found] == [(2021, 2022), (2021, 2022), (2023, 2023)]


@pytest.mark.parametrize("shape", ["tabbed", "stacked", "piped", "grid"])
def test_marks_under_the_years_of_a_schedule_are_the_period(shape: str) -> None:
    heads: list[Head] = ["STT", "Nội dung", "Chủ trì", ("Lộ trình thực hiện", ["2021", "2022", "2023"]), "Kinh phí"]
    rows = [["1", "Số hóa hồ sơ", "Sở Nội vụ", "x", "x", "", "1.500"], ["2", "Dữ liệu mở", "Sở Y tế", "", "", "x", "700"]]
    found = read_rows(only(written(shape, heads, rows, TITLE)))
    assert [(row.period, row.total_vnd) for row in found] == [((2021, 2022), 1500 * MILLION), ((2023, 2023), 700 * MILLION)]


def test_what_a_year_costs_is_no_money_beside_the_total() -> None:
    rows = [["1", "Đường truyền", "Sở Y tế", "500", "2.500"], ["2", "Cổng thông tin", "Sở Y tế", "200", "1.000"]]
    found = read_rows(only(written("tabbed", ["TT", "Nhiệm vụ", "Chủ trì", "Kinh phí/năm", "Tổng kinh phí"], rows, TITLE)))
    assert [(row.total_vnd, row.allocations) for row in found] == [(2500 * MILLION, ()), (1000 * MILLION, ())]


def test_cells_of_times_under_no_head_are_times() -> None:
    rows = [["1", "Số hóa hồ sơ", "Sở Nội vụ", "2021-2022", "1.500"], ["2", "Dữ liệu mở", "Sở Y tế", "Quý II/2023", "700"]]
    found = read_rows(only(written("tabbed", ["STT", "Nội dung", "Chủ trì", "", "Kinh phí"], rows, TITLE)))
    assert [row.period for row in found] == [(2021, 2022), (2023, 2023)]


_PARTED = ["Vốn đầu tư", "Tổng cộng", "Vốn sự nghiệp"]


@pytest.mark.parametrize(
    "heads",
    [
        [["", "", "", Cell("Kinh phí", None, 3, 1)], ["", "", "", *_PARTED]],  # the heads of what is no money are blank
        [
            [*(Cell(text, None, 1, 2) for text in ("TT", "Nội dung", "Chủ trì")), Cell("Kinh phí", None, 3, 1)],
            ["", "", "", *_PARTED],  # blank cells under those that reach down
        ],
    ],
)
def test_blank_cells_of_a_header_keep_its_columns_in_their_places(heads: list[list[Cell | str]]) -> None:
    rows: list[list[Cell | str]] = [["1", "Số hóa hồ sơ", "Sở Nội vụ", "5", "8", "3"], ["2", "Dữ liệu mở", "Sở Y tế", "", "4", "4"]]
    found = read_rows(only(with_grids([*heads, *rows])))
    assert [(row.name, row.lead, row.total_vnd) for row in found] == [
        ("Số hóa hồ sơ", ("Sở Nội vụ",), 8 * MILLION),
        ("Dữ liệu mở", ("Sở Y tế",), 4 * MILLION),
    ]
    assert [(one.capital, one.amount_vnd) for one in found[0].allocations] == [
        ("đầu tư phát triển", 5 * MILLION),
        ("sự nghiệp", 3 * MILLION),
    ]


@pytest.mark.parametrize("shape", ["barred", "tabbed", "piped", "grid"])
@pytest.mark.parametrize(
    ("heads", "title", "rows"),
    [
        (
            ["TT", "Nguồn vốn", "2024", "2025", "Tổng"],
            TITLE,
            [["1", "Ngân sách tỉnh", "10", "20", "30"], ["2", "Vốn khác", "5", "5", "10"]],
        ),
        (["Năm", "Chi đầu tư phát triển", "Chi sự nghiệp", "Tổng"], TITLE, [["2022", "10", "8", "18"], ["2023", "11", "9", "20"]]),
        (
            ["TT", "Đối tượng", "Năm 2024", "Năm 2025", "Tổng"],
            ["PHỤ LỤC 1", "SỐ LƯỢNG HỌC VIÊN", "Đơn vị tính: lượt người"],
            [["1", "Cán bộ xã", "30", "40", "70"], ["2", "Giáo viên", "20", "30", "50"]],
        ),
    ],
)
def test_purses_years_and_people_are_no_projects(shape: str, heads: list[Head], title: list[str], rows: list[list[str]]) -> None:
    assert not read_rows(only(written(shape, heads, rows, title)))
