"""What the rows of a table are: items, parts of items, sections, totals; and what tables list items."""

from __future__ import annotations

import pytest

from cancu.reading.source import Cell, Grid
from cancu.reading.tables import TableGrid, find_tables
from tests.invented_tables import BEFORE, source, tabbed

_HEADS = ["STT", "Nội dung", "Đơn vị chủ trì", "Kinh phí"]
_FIRST = ["1", "Hạ tầng số", "Sở Y tế", "30"]
_LAST = ["9", "Kiểm tra", "Sở Y tế", "1"]


def _table(*rows: list[str], heads: list[str] | None = None) -> TableGrid:
    (table,) = find_tables(source([*BEFORE, "PHỤ LỤC 1", "Đơn vị tính: triệu đồng", *tabbed(heads or _HEADS, rows)]))
    return table


@pytest.mark.parametrize(
    ("ordinal", "name", "part"),
    [
        ("1.1", "Mạng", True),
        ("1.1.", "Mạng", True),
        ("1.2.3", "Mạng", True),
        ("a)", "Mạng", True),
        ("đ.", "Mạng", True),
        ("a", "Mạng", True),
        ("-", "Mạng", True),
        ("+", "Mạng", True),
        ("", "- Mạng", True),
        ("", "a ) Mạng", True),
        ("", "1.1 Mạng", True),
        ("2", "Mạng", False),
        ("2.", "Mạng", False),
        ("2", "a) Mạng", False),
        ("", "1.500 máy", False),
        ("", "-5 độ", False),
        ("", "an toàn số", False),
    ],
)
def test_what_numbers_a_part_of_the_row_above(ordinal: str, name: str, part: bool) -> None:
    rows = _table(_FIRST, [ordinal, name, "Sở Nội vụ", "10"], _LAST).rows
    assert [(row.kind, row.part) for row in rows] == [("item", False), ("item", part), ("item", False)]


def test_parts_of_a_row_without_an_amount_count_by_themselves() -> None:
    rows = _table(["1", "Hạ tầng số", "Sở Y tế", ""], ["-", "Mạng", "Sở Nội vụ", "10"], ["-", "Máy", "Sở Nội vụ", "20"], _LAST).rows
    assert [row.part for row in rows] == [False] * 4


@pytest.mark.parametrize(
    ("row", "kind", "label"),
    [
        (["I", "Hạ tầng", "", ""], "section", "I. Hạ tầng"),
        (["I.", "Hạ tầng", "", "30"], "section", "I. Hạ tầng"),
        (["A)", "Hạ tầng", "", "30"], "section", "A. Hạ tầng"),
        (["II", "Hạ tầng", "Sở Y tế", "30"], "section", "II. Hạ tầng"),
        (["", "II. Hạ tầng", "", ""], "section", "II. Hạ tầng"),
        (["", "Hạ tầng", "", ""], "section", "Hạ tầng"),
        (["", "- Hạ tầng", "", ""], "item", ""),
        (["", "+ Hạ tầng", "", ""], "item", ""),
        (["5", "Hạ tầng", "", ""], "item", ""),
        (["", "Hạ tầng", "Sở Y tế", ""], "item", ""),
        (["", "Hạ tầng", "", "30"], "item", ""),
        (["", "Tổng cộng", "", "30"], "total", "Tổng cộng"),
        (["Tổng cộng", "", "", "30"], "total", "Tổng cộng"),
        (["I", "Tổng cộng", "", "30"], "total", "I"),
        (["", "Cộng", "", ""], "total", "Cộng"),
        (["5", "Tổng cộng", "Sở Y tế", "30"], "item", ""),
        (["", "", "", "30"], "total", None),
    ],
)
def test_what_a_row_is(row: list[str], kind: str, label: str | None) -> None:
    found = _table(_FIRST, row, _LAST).rows[1]
    assert found.kind == kind
    assert label is None or found.label == label


@pytest.mark.parametrize(
    ("spanned", "kind", "label"),
    [
        ("I Hạ tầng", "section", "I. Hạ tầng"),
        ("I. Hạ tầng", "section", "I. Hạ tầng"),
        ("B - Hạ tầng", "section", "B. Hạ tầng"),
        ("TỔNG CỘNG", "total", "TỔNG CỘNG"),
        ("5 Hạ tầng", "item", ""),
        ("Hạ tầng", "item", ""),
    ],
)
def test_a_cell_that_spans_an_ordinal_and_a_name(spanned: str, kind: str, label: str) -> None:
    lines = [*BEFORE, "PHỤ LỤC 1", "Đơn vị tính: triệu đồng", *_HEADS, *_FIRST, spanned, "30", *_LAST]
    first = len(lines) - 14
    numbered = [Cell(text, (number, number)) for number, text in enumerate(lines, 1)][first:]
    spans = Cell(spanned, numbered[8].lines, colspan=3)
    rows = (numbered[:4], numbered[4:8], [spans, numbered[9]], numbered[10:])
    found = find_tables(source(lines, [Grid(tuple(map(tuple, rows)), (first + 1, len(lines)))]))[0].rows[1]
    assert (found.kind, found.label) == (kind, label)
    assert kind != "item" or [cell.text for cell in found.cells[1:]] == ["Hạ tầng", "", "30"]


@pytest.mark.parametrize(("following", "kind"), [("A1", "section"), ("A.1", "section"), ("B1", "item"), ("1", "section")])
def test_a_lettered_row_is_a_section_where_its_parts_follow(following: str, kind: str) -> None:
    rows = _table(["A", "Hạ tầng số", "", "30"], [following, "Mạng", "Sở Nội vụ", "10"]).rows
    assert rows[0].kind == kind


@pytest.mark.parametrize(("following", "kind"), [("1.1", "section"), ("a)", "section"), ("a", "section"), ("11.1", "item"), ("2", "item")])
def test_a_numbered_row_without_who_does_it_is_a_section_where_its_parts_follow(following: str, kind: str) -> None:
    rows = _table(["1", "Hạ tầng số", "", "30"], [following, "Mạng", "Sở Nội vụ", "10"], _LAST).rows
    assert [row.kind for row in rows] == [kind, "item", "item"]


@pytest.mark.parametrize(
    ("heads", "lists"),
    [
        (["STT", "Nội dung", "Đơn vị chủ trì", "Kinh phí"], True),
        (["STT", "Nội dung", "Đơn vị thực hiện", "Thời gian"], True),
        (["STT", "Nội dung", "Đơn vị chủ trì", "Đơn vị phối hợp"], True),
        (["STT", "Nội dung", "Đơn vị chủ trì", "Ghi chú"], False),
        (["STT", "Nội dung", "Ghi chú", "Kinh phí"], False),
        (["STT", "Đơn vị chủ trì", "Nội dung", "Kinh phí"], False),
        (["Nội dung", "Mục tiêu", "Đơn vị chủ trì", "Kinh phí"], False),
    ],
)
def test_a_table_in_the_text_lists_items_where_it_says_who_does_them(heads: list[str], lists: bool) -> None:
    rows = [["1", "Mạng", "Sở Y tế", "30"], ["2", "Máy chủ", "Sở Y tế", "40"]]
    lines = ["KẾ HOẠCH", "III. NHIỆM VỤ", "Các nhiệm vụ như sau (triệu đồng):", *tabbed(heads, rows), "IV. TỔ CHỨC THỰC HIỆN"]
    found = find_tables(source(lines))
    assert [(table.in_appendix, table.lists_items) for table in found] == [(False, lists)]


def test_amounts_of_totals_go_under_the_columns_of_money_and_those_of_items_stay() -> None:
    heads = ["STT", "Nội dung", "Số lượng", "Đơn vị chủ trì", "Kinh phí"]
    rows = [["1", "Mạng", "5", "Sở Y tế", ""], ["2", "Máy chủ", "3", "Sở Y tế", "40"], ["", "Tổng cộng", "40", "", ""]]
    found = _table(*rows, heads=heads).rows
    assert [[cell.text for cell in row.cells] for row in found] == [*rows[:2], ["", "Tổng cộng", "", "", "40"]]


def test_a_section_numbered_in_its_name_states_its_total() -> None:
    table = _table(_FIRST, ["", "II. Hạ tầng", "", "30"], ["", "Tổng cộng", "", "60"])
    assert [row.kind for row in table.rows] == ["item", "section", "total"]


@pytest.mark.parametrize(
    ("ordinals", "kinds"), [("I II", "item item"), ("A B", "item item"), ("A I", "section item"), ("I A", "section item")]
)
def test_sections_of_one_series_with_nothing_under_them_are_items(ordinals: str, kinds: str) -> None:
    one, other = ordinals.split()
    rows = _table([one, "Hạ tầng", "", "30"], [other, "Nhân lực", "", "20"], ["", "Tổng cộng", "", "50"], _LAST).rows
    assert [row.kind for row in rows] == [*kinds.split(), "total", "item"]


def test_an_unnumbered_row_that_sums_up_those_below_it_is_a_section() -> None:
    heads = ["TT", "Nội dung", "Tổng", "NSTW", "NSĐP"]
    rows = [
        ["", "HẠ TẦNG", "60", "40", "20"],
        ["1", "Mạng", "45", "30", "15"],
        ["2", "Máy", "15", "10", "5"],
        ["", "Đào tạo", "8", "3", "5"],
    ]
    found = _table(*rows, ["3", "Hội thảo", "9", "4", "5"], heads=heads).rows
    assert [row.kind for row in found] == ["section", "item", "item", "item", "item"]
    assert found[0].label == "HẠ TẦNG"


def test_quantities_have_a_measure_and_sums_before_their_tax_are_totals() -> None:
    heads = ["STT", "Hạng mục", "Đơn vị", "Số lượng", "Đơn giá", "Thành tiền"]
    rows = [["1", "Máy in", "Bộ", "2", "5", "10"], ["", "Cộng trước thuế", "", "", "", "10"], ["", "Thuế VAT (10%)", "", "", "", "1"]]
    table = _table(*rows, ["", "Tổng cộng", "", "", "", "11"], heads=heads)
    assert table.columns[2].kind == "quantity"
    assert [row.kind for row in table.rows] == ["item", "total", "total", "total"]


def test_a_total_without_words_goes_by_the_title() -> None:
    lines = ["PHỤ LỤC 1", "DANH MỤC DỰ ÁN", "Đơn vị tính: triệu đồng", *tabbed(_HEADS, [["", "", "", "31"], _FIRST, _LAST])]
    (table,) = find_tables(source([*BEFORE, *lines]))
    assert (table.rows[0].kind, table.rows[0].label) == ("total", "DANH MỤC DỰ ÁN")


def test_a_table_without_a_unit_is_in_dong() -> None:
    lines = ["PHỤ LỤC 1", *tabbed(_HEADS, [["1", "Mạng", "Sở Y tế", "30.000.000"], ["2", "Máy", "Sở Y tế", "45.000.000"]])]
    (table,) = find_tables(source([*BEFORE, *lines]))
    assert (table.unit, table.factor) == (None, None)
    assert [table.amount(row, 3) for row in table.rows] == [30_000_000, 45_000_000]


def test_what_a_record_holds_of_a_table() -> None:
    table = _table(_FIRST, ["", "Tổng cộng", "", "30"])
    record = table.record()
    assert (record.id, record.unit, record.columns, record.lines) == ("appendix-1", "triệu đồng", tuple(_HEADS), table.lines)
    (total,) = record.stated_totals
    assert (total.label, total.column, total.amount_vnd, total.lines) == ("Tổng cộng", "Kinh phí", 30_000_000, (13, 13))
