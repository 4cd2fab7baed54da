"""HTML as law portals publish it: a line for each block, numbered by the line of the file it begins on, and tables as grids."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree, html

from cancu.reading.layout import Cell, Grid, Layout, Line, fold

_SKIPPED = {"script", "style", "noscript", "template", "head", "svg", "button", "select", "nav"}
_INLINE = {
    "a",
    "abbr",
    "b",
    "big",
    "cite",
    "code",
    "del",
    "em",
    "font",
    "i",
    "ins",
    "label",
    "mark",
    "o:p",
    "q",
    "s",
    "small",
    "span",
    "st1:place",
}
_INLINE |= {"strike", "strong", "sub", "sup", "tt", "u", "var"}
_MAX_SPAN = 100


def _number(element: html.HtmlElement) -> int:
    line = element.sourceline
    return line if isinstance(line, int) and line > 0 else 1


def _pieces(element: html.HtmlElement) -> Iterator[tuple[int, str] | None]:
    """The text of `element` in order, with the line each piece begins near; None is the end of a block."""
    if not isinstance(element.tag, str):
        return
    tag = element.tag.lower()
    if tag in _SKIPPED:
        return
    is_block = tag not in _INLINE
    if is_block:
        yield None
    if element.text:
        yield _number(element), element.text
    for child in element:
        yield from _pieces(child)
        if child.tail:
            yield _number(child), child.tail
    if is_block:
        yield None


def _lines(element: html.HtmlElement) -> list[Line]:
    rows: list[Line] = []
    number, words = 0, ""
    for piece in [*_pieces(element), None]:
        if piece is not None:
            skipped = len(piece[1]) - len(piece[1].lstrip())
            if not words.strip():
                # A tag's own line counts, and the line breaks between the tag and its first word.
                number = piece[0] + piece[1][:skipped].count("\n")
                words = ""
            words += piece[1]
        elif text := fold(words):
            rows.append(Line(number, text))
            words = ""
        else:
            words = ""
    return rows


def _span(cell: html.HtmlElement, name: str) -> int:
    value = (cell.get(name) or "1").strip()
    return min(max(int(value), 1), _MAX_SPAN) if value.isdecimal() else 1


def _cell(element: html.HtmlElement) -> Cell:
    rows = _lines(element)
    lines = (min(row.number for row in rows), max(row.number for row in rows)) if rows else None
    return Cell(" ".join(row.text for row in rows), lines, _span(element, "colspan"), _span(element, "rowspan"))


def _grid(table: html.HtmlElement) -> Grid | None:
    rows = tuple(
        tuple(_cell(cell) for cell in row if cell.tag in {"td", "th"})
        for row in table.iter("tr")
        if next(row.iterancestors("table")) is table
    )
    spans = [cell.lines for row in rows for cell in row if cell.lines]
    if not spans:
        return None
    return Grid(tuple(row for row in rows if row), (min(first for first, _ in spans), max(last for _, last in spans)))


def read(text: str) -> Layout:
    """HTML text as lines and grids. Markup that is broken is mended as browsers do, text without markup stays text."""
    try:
        root = html.document_fromstring(text.encode("utf-8"), parser=html.HTMLParser(encoding="utf-8", huge_tree=True))
    except (etree.ParserError, ValueError):
        return Layout(())
    grids = (_grid(table) for table in root.iter("table"))
    return Layout(tuple(_lines(root)), tuple(grid for grid in grids if grid))
