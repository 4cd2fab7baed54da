"""Tables that are damaged, span pages, or stand beside each other."""

from __future__ import annotations

from pathlib import Path

import pytest

from cancu.reading import html_text
from cancu.reading.captions import is_heading
from cancu.reading.projects import Citation, read_rows
from cancu.reading.source import Cell, Grid, Source, open_source
from cancu.reading.tables import TableGrid, find_tables
from tests.invented_tables import BEFORE, WRITERS, Head, barred, source, spaced, tabbed, written
from tests.pace import within

MILLION = 10**6
DOCUMENTS = Path(__file__).parents[2] / "shared" / "documents"
HEADS: list[Head] = ["STT", "Tên dự án", ("Kinh phí", ["Tổng", "2021", "2022", "2023"]), "Đơn vị chủ trì", "Đơn vị phối hợp", "Ghi chú"]
ROWS = [
    ["I", "Hạ tầng", "", "", "", "", "", "", ""],
    ["1", "Nâng cấp mạng nội bộ", "1.500", "500", "1.000", "", "Sở Thông tin và Truyền thông", "Các sở, ban, ngành", ""],
    ["2", "Trang bị máy chủ", "2.600", "", "1.000", "1.600", "Sở Y tế", "", "Chuyển tiếp"],
    ["3", "Đường truyền dự phòng", "300", "100", "100", "100", "Văn phòng UBND tỉnh", "", ""],
    ["II", "Ứng dụng", "", "", "", "", "", "", ""],
    ["1", "Cổng dữ liệu mở", "900", "900", "", "", "Sở Nội vụ", "UBND các huyện", ""],
    ["2", "Số hóa kết quả", "700", "", "", "700", "Sở Tư pháp", "", ""],
]
TITLE = ["PHỤ LỤC 1", "DANH MỤC DỰ ÁN", "Đơn vị tính: triệu đồng"]
SMALL = tabbed(["STT", "Nội dung", "Kinh phí"], [["1", "Tập huấn", "5"], ["2", "Hội thảo", "7"]])
NAMES = [row[1] for row in ROWS if row[0].isdigit()]
TOTALS = [1500, 2600, 300, 900, 700]


def only(document: object) -> TableGrid:
    tables = find_tables(document)  # type: ignore[arg-type]
    assert len(tables) == 1
    return tables[0]


@pytest.mark.parametrize("shape", ["barred", "barred-rows", "spaced"])
def test_a_row_that_lost_an_empty_cell_does_not_spoil_the_others(shape: str) -> None:
    rows = [list(row) for row in ROWS]
    del rows[2][7]  # the empty cell of the partners
    found = read_rows(only(written(shape, HEADS, rows, TITLE)))
    assert [row.name for row in found] == NAMES
    assert [row.total_vnd for row in found] == [total * MILLION for total in TOTALS]
    assert found[1].lead == ("Sở Y tế",)


@pytest.mark.parametrize("shape", ["barred", "spaced"])
def test_a_row_that_gained_an_empty_cell_does_not_spoil_the_others(shape: str) -> None:
    rows = [list(row) for row in ROWS]
    rows[3].append("")
    found = read_rows(only(written(shape, HEADS, rows, TITLE)))
    assert [row.name for row in found] == NAMES
    assert [row.lead for row in found][2] == ("Văn phòng Ủy ban nhân dân tỉnh",)


def test_an_empty_cell_may_be_a_lone_space() -> None:
    before = [line for text in [*BEFORE, *TITLE] for line in (text, "")]
    lines = [*before, *spaced(HEADS, ROWS)]
    assert "\u00a0" in lines
    found = [read_rows(only(source(copy))) for copy in (lines, [line.replace("\u00a0", " ") for line in lines])]
    assert found[0] == found[1]
    assert [row.name for row in found[1]] == NAMES


@pytest.mark.parametrize("shape", ["barred", "spaced"])
def test_a_name_broken_into_two_cells_is_joined(shape: str) -> None:
    rows = [list(row) for row in ROWS]
    rows[2][1:2] = ["Trang bị", "máy chủ"]
    found = read_rows(only(written(shape, HEADS, rows, TITLE)))
    assert [row.name for row in found] == NAMES


@pytest.mark.parametrize("shape", ["barred", "barred-rows", "spaced", "tabbed"])
def test_a_header_repeated_on_the_next_page_is_no_row(shape: str) -> None:
    head = WRITERS[shape](HEADS, [])
    lines = WRITERS[shape](HEADS, ROWS[:4])
    if shape == "tabbed":
        lines += ["", *head, *WRITERS[shape](HEADS, ROWS[4:])[2:]]
    else:
        again = WRITERS[shape](HEADS, ROWS[4:])
        lines += again[1:] if shape == "barred" else again
    before = [line for text in [*BEFORE, *TITLE] for line in (text, "")]
    found = read_rows(only(source([*before, *lines])))
    assert [row.name for row in found] == NAMES
    assert [row.total_vnd for row in found] == [total * MILLION for total in TOTALS]


def test_a_head_left_before_the_first_bar_is_part_of_the_header() -> None:
    lines = barred(HEADS, ROWS)
    assert lines[:3] == ["|", "STT", "|"]
    table = only(source([*BEFORE, *TITLE, *lines[1:]]))
    assert table.columns[0].kind == "ordinal"
    assert [row.ordinal for row in read_rows(table)] == [row[0] for row in ROWS if row[0].isdigit()]


def test_an_empty_cell_may_be_a_blank_line_between_bars() -> None:
    lines = barred(HEADS, ROWS, between_rows=True)
    blank = [text for line, after in zip(lines, [*lines[1:], ""], strict=True) for text in ([line, ""] if line == after == "|" else [line])]
    assert [row.name for row in read_rows(only(source([*BEFORE, *TITLE, *blank])))] == NAMES


def test_a_row_that_opens_with_a_bar_has_an_empty_first_cell() -> None:
    lines = [" | ".join(row) + " |" for row in (["TT", "Nội dung", "Chủ trì", "Kinh phí"], ["1", "Tập huấn", "Sở Y tế", "5"])]
    table = only(source([*BEFORE, *TITLE, *lines, "| Tổng cộng | | 5 |"]))
    assert [row.name for row in read_rows(table)] == ["Tập huấn"]
    assert [(total.label, total.amount_vnd) for total in table.stated_totals()] == [("Tổng cộng", 5 * MILLION)]


def test_parts_of_a_row_with_amounts_are_marked() -> None:
    rows = [
        ["1", "Hạ tầng", "30"],
        ["", "a) Mạng", "10"],
        ["", "b) Máy chủ", "20"],
        ["2", "Đào tạo", "7"],
        ["2.1", "Cán bộ xã", "7"],
        ["3", "Tuyên truyền", "1"],
    ]
    table = only(source([*BEFORE, *TITLE, *tabbed(["STT", "Nội dung", "Kinh phí"], rows)]))
    assert [row.part for row in table.rows] == [False, True, True, False, False, False]
    assert [row.kind for row in table.rows][3:5] == ["section", "item"]  # what stands under a section is counted by itself


def test_a_column_of_words_under_a_head_of_money_names_the_purse() -> None:
    rows = [["1", "Tập huấn", "5", "Ngân sách tỉnh"], ["2", "Hội thảo", "7", "Xã hội hóa"]]
    found = read_rows(only(source([*BEFORE, *TITLE, *tabbed(["STT", "Nội dung", "Tổng cộng", "Kinh phí thực hiện từ"], rows)])))
    assert [(row.total_vnd, row.allocations[0].source) for row in found] == [(5 * MILLION, "Ngân sách tỉnh"), (7 * MILLION, "Xã hội hóa")]


def test_the_column_that_the_others_add_up_to_is_the_total() -> None:
    heads: list[Head] = ["STT", "Nội dung", ("Kinh phí năm 2024", ["Quý I", "Quý II", "Quý III", "Cả năm"])]
    rows = [["1", "Tập huấn", "1", "2", "", "3"], ["2", "Hội thảo", "2", "2", "3", "7"]]
    assert [row.total_vnd for row in read_rows(only(source([*BEFORE, *TITLE, *tabbed(heads, rows)])))] == [3 * MILLION, 7 * MILLION]


@pytest.mark.parametrize("shape", ["tabbed", "barred"])
def test_halves_of_a_year_are_columns_of_money(shape: str) -> None:
    heads: list[Head] = ["STT", "Nội dung", "6 tháng đầu năm", "6 tháng cuối năm", "Cả năm"]
    rows = [["1", "Tập huấn", "100", "200", "300"], ["2", "Hội thảo", "200", "250", "450"], ["", "Cộng", "300", "450", "750"]]
    table = only(written(shape, heads, rows, TITLE))
    assert [column.kind for column in table.columns] == ["ordinal", "name", "money", "money", "total"]
    assert [one.amount_vnd for one in table.stated_totals()] == [300 * MILLION, 450 * MILLION, 750 * MILLION]
    assert [row.total_vnd for row in read_rows(table)] == [300 * MILLION, 450 * MILLION]


@pytest.mark.parametrize("last", ["Sở Y tế", ""])
def test_a_blank_between_rows_tells_how_wide_they_are(last: str) -> None:
    heads: list[Head] = ["TT", "Tên hệ thống", "Cấp độ", "Đơn vị quản lý"]
    owners = ["Văn phòng UBND tỉnh", "Sở Nội vụ", "Sở Thông tin và Truyền thông", last]
    rows = [[str(i), f"Hệ thống {name}", str(2 + i % 2), owner] for i, (name, owner) in enumerate(zip("abcd", owners, strict=True), 1)]
    table = only(source([*BEFORE, *TITLE, *barred(heads, rows, between_rows=True)]))
    assert [column.name for column in table.columns] == heads
    assert [[cell.text for cell in row.cells] for row in table.rows] == rows


def test_two_appendices_are_two_tables() -> None:
    second = ["PHỤ LỤC SỐ 02", "NHIỆM VỤ NĂM 2022", "ĐVT: tỷ đồng"]
    lines = [
        *BEFORE,
        *TITLE,
        *barred(HEADS, ROWS),
        *second,
        *barred(["STT", "Nội dung", "Kinh phí"], [["1", "Tập huấn", "1,5"], ["2", "Hội thảo", "0,25"]]),
    ]
    one, two = find_tables(source(lines))
    assert (one.id, one.title, one.unit) == ("appendix-1", "DANH MỤC DỰ ÁN", "triệu đồng")
    assert (two.id, two.title, two.unit) == ("appendix-2", "NHIỆM VỤ NĂM 2022", "tỷ đồng")
    assert [row.total_vnd for row in read_rows(two)] == [1500 * MILLION, 250 * MILLION]
    assert all(row.table == "appendix-2" for row in read_rows(two))


def test_a_long_line_of_marks_is_looked_at_once_for_a_heading() -> None:
    """A hundred thousand marks, which took the square of their number."""
    with within(1):
        assert not is_heading("-" * 100_000 + "x")
        assert is_heading("** PHỤ LỤC 2")
        assert is_heading("III. Biểu số 01: Danh mục")


def test_a_letterhead_and_a_signature_are_no_tables() -> None:
    lines = [
        "|",
        "ỦY BAN NHÂN DÂN",
        "TỈNH HÒA SƠN",
        "|",
        "CỘNG HÒA XÃ HỘI",
        "CHỦ NGHĨA VIỆT NAM",
        "|",
        "Số: 1/KH-UBND",
        "|",
        "Hòa Sơn, ngày 1",
        "|",
    ]
    lines += [*BEFORE, "|", "TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH", "Lý Thị Bưởi", "|"]
    assert find_tables(source(lines)) == ()


def test_a_table_of_the_body_has_totals_and_no_projects() -> None:
    heads: list[Head] = ["STT", "Nguồn vốn", "Năm 2024", "Năm 2025", "Tổng cộng"]
    rows = [
        ["1", "Ngân sách trung ương", "100", "200", "300"],
        ["2", "Ngân sách tỉnh", "50", "50", "100"],
        ["", "Tổng cộng", "150", "250", "400"],
    ]
    table = only(
        source(["KẾ HOẠCH", "III. KINH PHÍ", "Dự kiến kinh phí như sau (triệu đồng):", *tabbed(heads, rows), "IV. TỔ CHỨC THỰC HIỆN"])
    )
    assert not table.in_appendix
    assert table.id.startswith("body-")
    assert table.unit == "triệu đồng"
    assert read_rows(table) == ()
    assert [total.amount_vnd for total in table.stated_totals()] == [150 * MILLION, 250 * MILLION, 400 * MILLION]


@pytest.mark.parametrize("following", [["IV", "Kiểm tra", "", "20"], ["", "Tổng cộng", "", "590"]])
def test_a_section_with_money_and_nothing_under_it_is_an_item(following: list[str]) -> None:
    heads: list[Head] = ["STT", "Nội dung", "Đơn vị thực hiện", "Kinh phí"]
    rows = [["I", "Hạ tầng", "", "570"], ["1", "Mua máy chủ", "Sở Nội vụ", "570"], ["II", "Tuyên truyền", "Sở Y tế", "20"], following]
    table = only(source(["PHỤ LỤC 1", "Đơn vị tính: triệu đồng", *tabbed(heads, rows)]))
    found = read_rows(table)
    assert [(row.name, row.total_vnd) for row in found][:2] == [("Mua máy chủ", 570 * MILLION), ("Tuyên truyền", 20 * MILLION)]
    assert "II. Tuyên truyền" not in {total.label for total in table.stated_totals()}


def test_a_section_above_smaller_sections_states_their_total() -> None:
    heads: list[Head] = ["STT", "Nội dung", "Kinh phí"]
    rows = [["A", "Hạ tầng", "570"], ["I", "Máy chủ", "570"], ["1", "Mua máy chủ", "570"], ["", "Tổng cộng", "570"]]
    table = only(source(["PHỤ LỤC 1", "Đơn vị tính: triệu đồng", *tabbed(heads, rows)]))
    assert [total.label for total in table.stated_totals()] == ["A. Hạ tầng", "I. Máy chủ", "Tổng cộng"]


def test_spaced_cells_end_where_the_text_goes_on() -> None:
    heads: list[Head] = ["STT", "Nội dung", "Kinh phí", "Đơn vị thực hiện"]
    rows = [["1", "Tập huấn kỹ năng số", "500", "Sở Nội vụ"], ["2", "Hội thảo chuyển đổi số", "250", "Sở Y tế"]]
    after = ["Ghi chú: số liệu trên là dự kiến và sẽ được cập nhật hằng năm theo khả năng cân đối của ngân sách.", ""]
    before = [line for text in [*BEFORE, *TITLE] for line in (text, "")]
    found = read_rows(only(source([*before, *spaced(heads, rows), *after])))
    assert [(row.name, row.lead) for row in found] == [("Tập huấn kỹ năng số", ("Sở Nội vụ",)), ("Hội thảo chuyển đổi số", ("Sở Y tế",))]


@pytest.mark.parametrize("line", ["phụ lục kèm theo)", "Biểu dương các đơn vị có thành tích.", "Bảng lương được rà soát hằng năm."])
def test_a_sentence_does_not_open_an_appendix(line: str) -> None:
    lines = [
        "KẾ HOẠCH",
        "III. KINH PHÍ (triệu đồng)",
        line,
        *tabbed(["STT", "Nội dung", "Kinh phí"], [["1", "Tập huấn", "5"], ["2", "Hội thảo", "7"]]),
    ]
    assert not only(source(lines)).in_appendix


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("PHỤ LỤC SỐ 03", "appendix-3"),
        ("Phụ lục II. Danh mục", "appendix-2"),
        ("**PHỤ BIỂU 01:** KINH PHÍ", "appendix-1"),
        ("Biểu số 4: Kinh phí", "appendix-4"),
        ("5. PHỤ LỤC", "appendix-1"),
        ("PHỤ LỤC IX", "appendix-9"),
    ],
)
def test_an_appendix_is_named_by_its_number(line: str, name: str) -> None:
    lines = [*BEFORE, line, *SMALL]
    assert only(source(lines)).id == name


def _grid(rows: list[list[Cell | str]], first: int) -> Grid:
    made = []
    number = first
    for row in rows:
        cells = []
        for cell in row:
            text = cell if isinstance(cell, str) else cell.text
            spans = (1, 1) if isinstance(cell, str) else (cell.colspan, cell.rowspan)
            cells.append(Cell(text, (number, number) if text else None, *spans))
            number += bool(text)
        made.append(tuple(cells))
    return Grid(tuple(made), (first, number - 1))


def with_grids(*parts: list[list[Cell | str]], title: list[str] = TITLE) -> object:
    lines = [*BEFORE, *title]
    grids = []
    for part in parts:
        grid = _grid(part, len(lines) + 1)
        grids.append(grid)
        lines += [cell.text for row in grid.rows for cell in row if cell.text]
    return source(lines, grids, "application/pdf")


def test_a_row_broken_by_a_page_is_one_row() -> None:
    head: list[Cell | str] = ["TT", "Nhiệm vụ", "Đơn vị chủ trì", "Đơn vị phối hợp", "Kết quả"]
    banner: list[list[Cell | str]] = [["", "HỆ THỐNG VĂN BẢN", "HS01"]]
    first: list[list[Cell | str]] = [head, ["1", "Lắp trạm phát sóng", "Sở Xây dựng", "UBND các", "Phủ sóng toàn"]]
    second: list[list[Cell | str]] = [["", "", "", "huyện, thị xã", "tỉnh"], ["2", "Đo kiểm chất lượng mạng", "Sở Y tế", "", "Báo cáo"]]
    found = read_rows(only(with_grids(first, banner, second)))
    assert [(row.ordinal, row.coordinating) for row in found] == [("1", ("Ủy ban nhân dân các huyện, thị xã",)), ("2", ())]


def test_a_page_of_fewer_columns_than_the_one_before_goes_on_with_its_table() -> None:
    head: list[Cell | str] = ["STT", "Nội dung", "Kinh phí"]
    wide: list[list[Cell | str]] = [head, ["1", "Mua máy trạm", "900", "Chuyển tiếp"], ["2", "Mua máy in", "50", "Làm mới"]]
    narrow: list[list[Cell | str]] = [head, ["3", "Sửa phòng máy", "120"], ["", "Tổng cộng", "1070"]]
    table = only(with_grids(wide, narrow))
    assert {len(row.cells) for row in table.rows} == {len(table.columns)} == {4}
    assert [(row.name, row.total_vnd) for row in read_rows(table)][2:] == [("Sửa phòng máy", 120 * MILLION)]


def test_a_cell_spanning_rows_says_who_leads_each_but_its_money_counts_once() -> None:
    rows: list[list[Cell | str]] = [
        ["STT", "Nội dung", "Kinh phí", "Chủ trì"],
        ["1", "Mua sắm máy trạm", Cell("900", None, rowspan=2), Cell("Sở Tài chính", None, rowspan=2)],
        ["2", "Mua sắm máy in"],
        ["3", "Sửa chữa phòng máy", "120", "Sở Nội vụ"],
    ]
    found = read_rows(only(with_grids(rows)))
    assert [(row.name, row.total_vnd, row.lead) for row in found] == [
        ("Mua sắm máy trạm", 900 * MILLION, ("Sở Tài chính",)),
        ("Mua sắm máy in", None, ("Sở Tài chính",)),
        ("Sửa chữa phòng máy", 120 * MILLION, ("Sở Nội vụ",)),
    ]


def test_totals_that_a_span_moved_stand_under_their_columns_again() -> None:
    lines = tabbed(
        [
            "Stt",
            "Tên dự án",
            "Thời gian",
            "Tổng kinh phí",
            "Nội dung công việc",
            ("Kinh phí năm 2014", ["Vốn đầu tư tỉnh", "Vốn sự nghiệp tỉnh"]),
            "Ghi chú",
        ],
        [
            ["I. Nhóm hạ tầng", "", "", "", "", "900", "400", "100"],
            ["1", "Mạng nội bộ", "2014", "600", "Lắp đặt", "300", "50", ""],
            ["2", "Máy chủ", "2014", "300", "Mua sắm", "100", "50", ""],
        ],
    )
    table = only(source([*BEFORE, *TITLE, *lines]))
    assert [(total.column, total.amount_vnd // MILLION) for total in table.stated_totals()] == [
        ("Tổng kinh phí", 900),
        ("Vốn đầu tư tỉnh (2014)", 400),
        ("Vốn sự nghiệp tỉnh (2014)", 100),
    ]
    assert [row.section for row in read_rows(table)] == ["I. Nhóm hạ tầng", "I. Nhóm hạ tầng"]


def test_a_tabbed_cell_may_go_on_over_the_next_lines() -> None:
    lines = [
        "TT\tTên nhiệm vụ\tMục tiêu\tĐơn vị chủ trì\tKinh phí",
        "1\tXây dựng phần mềm",
        "quản lý đất đai\tMinh bạch",
        "hóa thông tin\tSở Xây dựng\t500",
        "2\tTập huấn\tNâng cao kỹ năng\tSở Nội vụ\t200",
    ]
    found = read_rows(only(source([*BEFORE, *TITLE, *lines])))
    assert [(row.name, row.lead, row.total_vnd) for row in found] == [
        ("Xây dựng phần mềm quản lý đất đai", ("Sở Xây dựng",), 500 * MILLION),
        ("Tập huấn", ("Sở Nội vụ",), 200 * MILLION),
    ]
    assert found[0].lines == (len(BEFORE) + len(TITLE) + 2, len(BEFORE) + len(TITLE) + 4)


def test_partners_named_in_another_cell_and_grounds_on_the_row() -> None:
    lines = tabbed(
        ["STT", "Tên dự án", "Mục tiêu", "Đơn vị chủ trì", "Căn cứ"],
        [["1", "Mạng diện rộng", "Kết nối các cơ quan * Đơn vị phối hợp: các sở, ban ngành, huyện", "Sở Y tế", "Kế hoạch số 4/KH-UBND"]],
    )
    table = only(source([*BEFORE, *TITLE, *lines]))
    line = table.rows[0].lines[0]
    cited = [Citation("4/KH-UBND", (line, line)), Citation("9/KH-UBND", (line - 1, line - 1)), Citation("4/KH-UBND", (line, line))]
    (row,) = read_rows(table, cited)
    assert row.coordinating == ("các sở, ban ngành, huyện",)
    assert row.row_basis == ("4/KH-UBND",)
    assert row.note is None


@pytest.mark.parametrize(
    ("cell", "lead", "partners", "note"),
    [
        ("Chủ trì: Sở Y tế; Phối hợp: Sở Tài chính, UBND các huyện", ("Sở Y tế",), ("Sở Tài chính", "Ủy ban nhân dân các huyện"), None),
        ("Sở Y tế (chủ trì), Sở Tài chính (phối hợp)", ("Sở Y tế",), ("Sở Tài chính",), None),
        ("Sở Y tế phối hợp Sở TC", ("Sở Y tế",), ("Sở Tài chính",), None),
        ("Sở Y tế chủ trì, phối hợp với Sở Tài chính, VNPT", ("Sở Y tế",), ("Sở Tài chính", "VNPT"), None),
        ("Sở Y tế chủ trì; Sở Tài chính, các xã phối hợp", ("Sở Y tế",), ("Sở Tài chính", "các xã"), None),
        ("Sở Y tế (chủ trì); Sở Tài chính, Sở Nội vụ", ("Sở Y tế",), ("Sở Tài chính", "Sở Nội vụ"), None),
        ("Sở Y tế, Sở Nội vụ", ("Sở Y tế", "Sở Nội vụ"), (), None),
        ("Sở Nội vụ (Đang xây dựng Đề án)", ("Sở Nội vụ",), (), "Đang xây dựng Đề án"),
        ("Đơn vị sử dụng chi trả từ nguồn thường xuyên", (), (), "Đơn vị sử dụng chi trả từ nguồn thường xuyên"),
    ],
)
def test_who_does_what_within_one_cell(cell: str, lead: tuple[str, ...], partners: tuple[str, ...], note: str | None) -> None:
    rows = [["1", "Khám bệnh từ xa", "500", cell], ["2", "Hồ sơ sức khỏe", "700", "Sở Y tế"]]
    found = read_rows(only(written("tabbed", ["STT", "Nội dung", "Kinh phí", "Đơn vị thực hiện"], rows, TITLE)))
    assert (found[0].lead, found[0].coordinating, found[0].note) == (lead, partners, note)


@pytest.mark.parametrize(
    ("heads", "period"),
    [
        (["2024", "2025"], (2024, 2025)),
        (["2024", "2025-2027"], None),  # what a span of years is given says not in which of them the work is done
        ([("Phân kỳ", ["2024", "2025-2027"])], (2024, 2027)),
        ([("Phân kỳ", ["NS tỉnh 2024", "NS tỉnh 2025"])], (2024, 2025)),
        ([("Năm 2024", ["NS tỉnh", "Vốn khác"])], None),
    ],
)
def test_columns_of_single_years_or_of_phases_tell_the_period(heads: list[Head], period: tuple[int, int] | None) -> None:
    rows = [["1", "Mua máy chủ", "5", "7"], ["2", "Tập huấn", "1", "2"]]
    table = only(source(["PHỤ LỤC 1", "Đơn vị tính: triệu đồng", *tabbed(["TT", "Nội dung", *heads], rows)]))
    assert read_rows(table)[0].period == period


def test_a_name_states_the_period_where_no_column_does() -> None:
    rows = [["1", "Dự án số hóa hồ sơ giai đoạn 2021-2025", "500", ""], ["2", "Hội thảo quốc gia 2021", "700", ""]]
    found = read_rows(only(written("tabbed", ["STT", "Nội dung", "Kinh phí", "Ghi chú"], rows, TITLE)))
    assert [row.period for row in found] == [(2021, 2025), None]


@pytest.mark.parametrize(
    ("name", "appendices", "rows"),
    [
        ("laocai-391-2016.txt", 1, 20),
        ("caobang-2893-2020.txt", 2, 40),
        ("tiengiang-172-2013.txt", 2, 21),
        ("phutho-1489-2010.txt", 6, 31),
        ("laocai-340-2017.txt", 0, 0),
    ],
)
def test_published_plans_have_all_their_rows(name: str, appendices: int, rows: int) -> None:
    if not DOCUMENTS.is_dir():
        pytest.skip("the published documents are not at hand")
    tables = [table for table in find_tables(open_source(DOCUMENTS / name)) if table.in_appendix]
    found = [row for table in tables for row in read_rows(table)]
    assert (len(tables), len(found)) == (appendices, rows)
    assert all(row.name and row.lines[0] <= row.lines[1] for row in found)


def test_years_and_spans_of_years_decide_the_decimal_mark_together() -> None:
    heads = ["TT", "Nội dung", "2026", "2027", "2028-2030", "Cộng"]
    rows = [["1", "Kho dữ liệu", "380", "450", "1.350", "2.180"], ["2", "Mạng nội bộ", "100", "150", "350", "600"]]
    (table,) = find_tables(source(["PHỤ LỤC 1", "Đơn vị tính: tỷ đồng", *tabbed(heads, rows)]))
    assert [row.total_vnd for row in read_rows(table)] == [2_180 * 10**9, 600 * 10**9]


def test_money_is_for_the_years_of_its_column_then_of_its_row_then_of_all() -> None:
    heads, rows = ["TT", "Nội dung", "Thời gian", "Ngân sách tỉnh", "Ngân sách huyện"], [["1", "Mở rộng mạng", "2025-2027", "50", "60"]]
    of_one_year = ["TT", "Nội dung", "Thời gian", "Ngân sách tỉnh năm 2026", "Ngân sách huyện năm 2026"]
    each_year = [["1", "Mở rộng mạng", "Hằng năm", "50", "60"]]
    for head, row, years in ((heads, rows, "2025-2027"), (of_one_year, rows, "2026"), (heads, each_year, "2026-2028")):
        (table,) = find_tables(source(["PHỤ LỤC 1", "VỐN CỦA KẾ HOẠCH", "Đơn vị tính: triệu đồng", *tabbed(head, row)]))
        assert {allocation.year_or_period for allocation in read_rows(table, period=(2026, 2028))[0].allocations} == {years}


def test_rows_that_share_a_line_have_each_its_own_ground() -> None:
    heads = ["TT", "Nội dung", "Ghi chú"]
    rows = [["1", "Mua máy chủ", "Quyết định số 4/QĐ-UBND"], ["2", "Tập huấn", ""]]
    grid = Grid(tuple(tuple(Cell(text, (3, 3)) for text in row) for row in [heads, *rows]), (3, 3))
    (table,) = find_tables(source(["PHỤ LỤC 1", "DANH MỤC", " ".join(text for row in [heads, *rows] for text in row)], [grid], "text/html"))
    cited = [Citation("4/QĐ-UBND", (3, 3), "Quyết định số 4/QĐ-UBND")]
    assert [row.row_basis for row in read_rows(table, cited)] == [("4/QĐ-UBND",), ()]


def test_a_numbered_table_of_the_body_with_who_does_what_and_for_how_much_has_rows() -> None:
    heads: list[Head] = ["STT", "Nội dung", "Đơn vị thực hiện", "Kinh phí"]
    rows = [["1", "Mua máy chủ", "Sở Nội vụ", "500"], ["2", "Tập huấn", "Sở Y tế", "70"]]
    table = only(source(["KẾ HOẠCH", "III. NHIỆM VỤ", "Các dự án (triệu đồng):", *tabbed(heads, rows), "IV. TỔ CHỨC THỰC HIỆN"]))
    assert not table.in_appendix
    assert [(row.name, row.total_vnd) for row in read_rows(table)] == [("Mua máy chủ", 500 * MILLION), ("Tập huấn", 70 * MILLION)]


def test_years_stand_under_what_is_planned_for_them_and_not_under_what_all_costs() -> None:
    heads: list[Head] = ["STT", "Tên dự án", "Thời gian", "Tổng mức đầu tư", ("Kế hoạch vốn", ["2018", "2019", "2020"]), "Ghi chú"]
    rows = [["1", "Kho dữ liệu", "2018-2020", "12,5", "2,5", "6", "4", ""], ["2", "Mạng nội bộ", "2019-2020", "9,25", "", "5,25", "4", ""]]
    table = only(written("barred", heads, rows, ["PHỤ LỤC 1", "Đơn vị tính: tỷ đồng"]))
    first, second = read_rows(table)
    assert (first.total_vnd, second.total_vnd) == (12_500 * MILLION, 9_250 * MILLION)
    assert second.by_year_vnd == {"2019": 5_250 * MILLION, "2020": 4_000 * MILLION}


def test_phases_are_no_sources_and_years_may_stand_with_their_unit() -> None:
    heads: list[Head] = ["TT", "Nội dung", ("Phân kỳ", ["Giai đoạn 1 (2024-2025)", "Giai đoạn 2 (2026)"]), "Tổng cộng"]
    table = only(
        source(
            [
                "PHỤ LỤC 1",
                "Đơn vị tính: triệu đồng",
                *tabbed(heads, [["1", "Mua máy chủ", "5", "7", "12"], ["2", "Tập huấn", "1", "2", "3"]]),
            ]
        )
    )
    first, _ = read_rows(table)
    assert [(one.year_or_period, one.source) for one in first.allocations] == [("2024-2025", None), ("2026", None)]
    years: list[Head] = ["TT", "Nội dung", "Năm 2025 (triệu đồng)", "Năm 2026 (triệu đồng)"]
    table = only(source(["PHỤ LỤC 1", *tabbed(years, [["1", "Mua máy chủ", "5", "7"], ["2", "Tập huấn", "1", "2"]])]))
    assert dict(read_rows(table)[0].by_year_vnd) == {"2025": 5 * MILLION, "2026": 7 * MILLION}


@pytest.mark.parametrize("shape", WRITERS)
def test_years_may_be_counted(shape: str) -> None:
    heads: list[Head] = ["TT", "Nội dung", ("Nhu cầu vốn", ["Tổng số", "Năm thứ nhất", "Năm thứ hai"]), ("Trong đó", ["NSTW", "NS tỉnh"])]
    rows = [["1", "Mua máy chủ", "12", "5", "7", "9", "3"], ["2", "Tập huấn", "5", "2", "3", "1", "4"]]
    table = only(written(shape, heads, rows, TITLE))
    first, _ = read_rows(table, period=(2025, 2026))
    assert first.total_vnd == 12 * MILLION
    assert first.by_year_vnd == {"2025": 5 * MILLION, "2026": 7 * MILLION}
    undated, _ = read_rows(table, period=(2025, 2028))
    assert not undated.by_year_vnd
    assert [one.amount_vnd for one in undated.allocations if one.source is None] == [5 * MILLION, 7 * MILLION]


@pytest.mark.parametrize("shape", WRITERS)
def test_years_stand_under_a_head_of_money_beside_a_column_of_purses(shape: str) -> None:
    heads: list[Head] = ["TT", "Nội dung", ("Kinh phí", ["2023", "2024", "2025", "Cộng"]), "Nguồn vốn", "Ghi chú"]
    rows = [
        ["1", "Mua máy chủ", "5", "7", "8", "20", "Ngân sách tỉnh", "Chuyển tiếp"],
        ["2", "Tập huấn", "2", "3", "", "5", "Xã hội hóa", ""],
    ]
    first, second = read_rows(only(written(shape, heads, rows, TITLE)))
    assert first.by_year_vnd == {"2023": 5 * MILLION, "2024": 7 * MILLION, "2025": 8 * MILLION}
    assert second.by_year_vnd == {"2023": 2 * MILLION, "2024": 3 * MILLION}
    assert [one.source for row in (first, second) for one in row.allocations] == ["Ngân sách tỉnh", "Xã hội hóa"]


def test_a_table_of_the_body_that_says_what_tasks_cost_has_rows() -> None:
    heads: list[Head] = ["Số TT", "Tên nhiệm vụ", "Giai đoạn 2014 - 2016", "Giai đoạn 2017 - 2020", "Tổng", "Nguồn"]
    rows = [["1", "Mở lớp dạy nghề", "18", "30", "48", "NS tỉnh"], ["2", "Xây trại giống", "95", "", "95", "Vốn TW"]]
    table = only(source(["QUYẾT ĐỊNH", "2. Nhiệm vụ", "Đơn vị tính: triệu đồng", *tabbed(heads, rows), "3. Giải pháp"]))
    assert not table.in_appendix
    assert [(row.name, row.total_vnd) for row in read_rows(table)] == [("Mở lớp dạy nghề", 48 * MILLION), ("Xây trại giống", 95 * MILLION)]


def test_sums_may_stand_in_words() -> None:
    heads: list[Head] = ["TT", "Nội dung", "Thời gian", "Nguồn lực"]
    rows = [
        ["1", "Khảo sát", "2027", "NSNN 1.500 triệu đồng (chi thường xuyên: khảo sát)."],
        ["2", "Mua máy", "2027", "Ngân sách tỉnh: 2 tỷ đồng; xã hội hóa: 500 triệu đồng."],
        ["3", "Tuyên truyền", "2027", "Nhiệm vụ thường xuyên, không phát sinh kinh phí."],
    ]
    first, second, third = read_rows(only(source(["PHỤ LỤC 1", "DANH MỤC", *tabbed(heads, rows)])))
    assert (first.total_vnd, [one.source for one in first.allocations]) == (1500 * MILLION, ["Ngân sách nhà nước"])
    assert [(one.source, one.amount_vnd) for one in second.allocations] == [
        ("Ngân sách tỉnh", 2000 * MILLION),
        ("Xã hội hóa", 500 * MILLION),
    ]
    assert (third.total_vnd, third.allocations) == (None, ())


def test_a_table_of_html_may_begin_on_the_line_of_its_unit() -> None:
    html = "<p>PHỤ LỤC 1</p>\n<p>DANH MỤC</p>\n<p>Đơn vị: tỷ đồng</p><table>\n<tr><td>STT</td>\n<td>Nội dung</td>\n<td>Kinh phí</td></tr>\n"
    html += "<tr><td>1</td>\n<td>Mua máy trạm</td>\n<td>3</td></tr>\n</table>"
    layout = html_text.read(html)
    (table,) = find_tables(Source("a.html", "0" * 64, "text/html", 9, layout.lines, layout.grids))
    assert (table.unit, read_rows(table)[0].total_vnd) == ("tỷ đồng", 3000 * MILLION)


def test_a_row_that_begins_with_an_ordinal_without_a_tab_keeps_its_cells() -> None:
    rows = [
        ["1", "Tập huấn", "2,00", "5,00", "7,00"],
        ["2", "Hội thảo", "3,00", "4,00", "7,00"],
        ["", "Tổng cộng", "5,00", "9,00", "14,00"],
    ]
    lines = [
        line for row in [["STT", "Nội dung", "2023", "2024", "Tổng"], *rows] for line in ("", row[0], *(f"\t{cell}" for cell in row[1:]))
    ]
    (found,) = find_tables(source(["PHỤ LỤC 1", "DANH MỤC NHIỆM VỤ", "Đơn vị tính: tỷ đồng", *lines]))
    assert [row.kind for row in found.rows] == ["item", "item", "total"]
    assert [found.amount(row, 4) for row in found.rows] == [7_000 * MILLION, 7_000 * MILLION, 14_000 * MILLION]


def test_numbered_paragraphs_between_two_tables_in_bars_are_no_cell() -> None:
    small = barred(["TT", "Nội dung", "Kinh phí"], [["1", "Tập huấn", "5"], ["2", "Hội thảo", "7"]])
    between = ["IV. NỘI DUNG", "1. Hoàn thiện mạng truyền số liệu", "đến cấp xã.", "Phân theo nguồn vốn (đơn vị: triệu đồng):"]
    found = find_tables(source(["Đơn vị tính: triệu đồng", *small, *between, *small]))
    assert [len(table.rows) for table in found] == [2, 2]


def test_rows_between_bars_with_blank_lines_between_them() -> None:
    lines = [
        "PHỤ LỤC: KINH PHÍ THEO NGUỒN (ĐVT: triệu đồng)", "TT | Nội dung | Tổng kinh phí | NSTW | NSĐP | Cơ quan chủ trì", "",
        "1 | Nền tảng tích hợp dữ liệu | 15.000 | 6.000 | 9.000 | Sở Tài chính", "",
        "2 | Số hóa hộ tịch | 3.900 | 0 | 3.900 | Sở Tư pháp", "",
        " | TỔNG CỘNG | 18.900 | 6.000 | 12.900 |",
    ]  # fmt: skip
    rows = read_rows(only(source(lines)))
    assert [(row.name, row.total_vnd) for row in rows] == [
        ("Nền tảng tích hợp dữ liệu", 15000 * MILLION),
        ("Số hóa hộ tịch", 3900 * MILLION),
    ]
