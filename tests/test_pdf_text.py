"""Tables of a PDF: the spans that their rules show, rows and headings that a page break cut, and what runs along the margins."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cancu.reading import pdf_text
from cancu.reading.pdf_text import Row, Slot

Box = tuple[float, float, float, float]


def _table(rows: list[list[tuple[Box, str] | None]]) -> SimpleNamespace:
    """A table as pdfplumber gives it: a box and words for each cell, None where no cell begins."""
    boxes = [[cell[0] if cell else None for cell in row] for row in rows]
    cells = [box for row in boxes for box in row if box]
    edges = sorted({box[1] for box in cells})
    return SimpleNamespace(
        cells=cells,
        rows=[SimpleNamespace(cells=row, bbox=(0, top, 200, top + 20)) for row, top in zip(boxes, edges, strict=True)],
        extract=lambda: [[cell[1] if cell else None for cell in row] for row in rows],
    )


def _page(*lines: tuple[float, float, str]) -> SimpleNamespace:
    """A page of lines as pdfplumber gives them: where a line begins, its top, its words; each line is 12 points high."""
    words = [
        {"x0": x + 40 * i, "x1": x + 40 * i + 38, "top": top, "bottom": top + 12, "text": word}
        for x, top, text in lines
        for i, word in enumerate(text.split())
    ]
    found = [{"top": top, "bottom": top + 12} for _, top, _ in lines]
    return SimpleNamespace(extract_words=lambda: words, extract_text_lines=lambda return_chars: found)


def _row(*texts: str) -> Row:
    return tuple((text, 1, 1) for text in texts)


HEAD = _row("TT", "Nội dung", "Kinh phí")


def test_lines_of_two_columns_that_overlap_have_each_their_own_words() -> None:
    page = _page((0, 100, "- Lưu: VT."), (300, 94, "Trần Văn An"))
    assert [block.text for block in pdf_text._text_lines(page, 800.0)] == ["- Lưu: VT.", "Trần Văn An"]


def test_rules_show_how_many_columns_and_rows_a_cell_takes() -> None:
    table = _table(
        [
            [((0, 0, 50, 40), "TT"), ((50, 0, 150, 20), "Kinh phí"), None],
            [None, ((50, 20, 100, 40), "2024"), ((100, 20, 150, 40), "2025")],
        ]
    )
    assert pdf_text._rows(table) == ((("TT", 1, 2), ("Kinh phí", 2, 1), None), (None, ("2024", 1, 1), ("2025", 1, 1)))


def test_a_place_that_no_cell_covers_is_an_empty_cell() -> None:
    table = _table([[((0, 0, 50, 20), "1"), ((50, 0, 150, 20), "Xây dựng")], [((0, 20, 50, 40), "2"), None]])
    assert pdf_text._rows(table)[1] == (("2", 1, 1), ("", 1, 1))


def test_a_heading_repeated_on_the_next_page_is_dropped() -> None:
    above, below = (HEAD, _row("1", "Xây dựng", "10")), (HEAD, _row("2", "Đào tạo", "5"))
    assert pdf_text._join(above, below) == (*above, below[1])


def test_a_row_that_a_page_break_cut_is_made_whole() -> None:
    joined = pdf_text._join((HEAD, _row("1", "Xây dựng", "10")), (_row("", "cơ sở dữ liệu", ""), _row("2", "Đào tạo", "5")))
    assert joined == (HEAD, _row("1", "Xây dựng\ncơ sở dữ liệu", "10"), _row("2", "Đào tạo", "5"))


def test_a_row_without_ordinal_that_has_numbers_of_its_own_is_no_rest_of_another() -> None:
    above, below = (HEAD, _row("1", "Xây dựng", "10")), (_row("", "Đào tạo", "5"),)
    assert pdf_text._join(above, below) == (*above, *below)


def test_a_heading_that_a_page_break_cut_is_made_whole() -> None:
    first, rest = ("I. Các dự án đã duyệt", 3, 1), ("và bố trí vốn", 3, 1)
    joined = pdf_text._join((HEAD, (first, None, None)), ((rest, None, None), _row("1", "Xây dựng", "10")))
    assert joined == (HEAD, (("I. Các dự án đã duyệt\nvà bố trí vốn", 3, 1), None, None), _row("1", "Xây dựng", "10"))


def test_a_hyphen_that_a_line_ends_in_joins_what_stands_around_it() -> None:
    table = _table([[((0, 0, 50, 20), "2021-\n2025"), ((50, 0, 150, 20), "kinh tế -\nxã hội")]])
    assert pdf_text._rows(table) == ((("2021-2025", 1, 1), ("kinh tế -\nxã hội", 1, 1)),)


GROUP: Row = (("I. Hoạt động mới", 3, 1), None, None)


@pytest.mark.parametrize("above", [(HEAD,), (HEAD, GROUP)])
def test_a_row_without_ordinal_is_no_rest_of_a_heading(above: tuple[Row, ...]) -> None:
    below = (_row("", "Xây dựng", "10"),)
    assert pdf_text._join(above, below) == (*above, *below)


slots: st.SearchStrategy[Slot | None] = st.none() | st.tuples(
    st.sampled_from(["", "1", "2", "Xây dựng", "Đào tạo"]), st.just(1), st.just(1)
)
tables = st.lists(st.tuples(slots, slots, slots), min_size=1, max_size=4).map(tuple)


@given(tables, tables)
def test_joining_loses_no_words_but_those_of_a_repeated_heading(above: tuple[Row, ...], below: tuple[Row, ...]) -> None:
    def words(rows: tuple[Row, ...]) -> list[str]:
        return sorted(word for row in rows for slot in row if slot for word in slot[0].split())

    joined = pdf_text._join(above, below)
    repeated = next(
        (i for i, rows in enumerate(zip(above, below, strict=False)) if len(set(map(_texts, rows))) > 1), min(len(above), len(below))
    )
    assert words(joined) == words((*above, *below[repeated:]))


def _texts(row: Row) -> tuple[str, ...]:
    return tuple(slot[0] if slot else "" for slot in row)


def _block(top: float, text: str) -> pdf_text._Block:
    return pdf_text._Block(top, top + 0.02, text)


@pytest.mark.parametrize(("pages", "runs"), [(2, False), (3, True), (5, True)])
def test_what_stands_in_the_margin_of_page_after_page_is_left_out(pages: int, runs: bool) -> None:
    blocks = [[_block(0.05, f"CÔNG BÁO số {i}"), _block(0.5, "Nội dung"), _block(0.95, f"Trang {i}/{pages}")] for i in range(1, pages + 1)]
    running = pdf_text._running(blocks)
    kept = [block.text for page in blocks for block in pdf_text._keep(page, running)]
    assert kept == (["Nội dung"] * pages if runs else ["CÔNG BÁO số 1", "Nội dung", "CÔNG BÁO số 2", "Nội dung"])
