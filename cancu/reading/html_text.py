"""HTML as law portals publish it: a line for each block, numbered by the line of the file it begins on, and tables as grids."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree, html
from msgspec import structs

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
_MAX_NESTED = 8


def _number(element: html.HtmlElement) -> int:
    line = element.sourceline
    return line if isinstance(line, int) and line > 0 else 1


def _pieces(element: html.HtmlElement) -> Iterator[tuple[int, str] | None]:
    """The text of `element` in order, with the line each piece begins near; None is the edge of a block."""
    walk = etree.iterwalk(element, events=("start", "end", "comment", "pi"))
    for event, node in walk:
        is_element = isinstance(node.tag, str)
        is_block = is_element and node.tag not in _INLINE
        if event == "start" and node.tag in _SKIPPED:
            walk.skip_subtree()
        elif event == "start":
            if is_block:
                yield None
            if node.text:
                yield _number(node), node.text
        if event != "start" and node is not element:
            if is_block:
                yield None
            if node.tail:
                yield _number(node), node.tail


def _line(parts: list[tuple[int, str]]) -> Line | None:
    """The block whose text stands on these lines of the file; None for one without words."""
    text, first = "", 0
    wraps: list[tuple[int, int]] = []
    for number, part in parts:
        if words := fold(part):
            if not text:
                first = number
            elif number > (wraps[-1][1] if wraps else first):
                wraps.append((len(text) + 1, number))
            text += f" {words}" if text else words
    return Line(first, text, tuple(wraps)) if text else None


def _lines(element: html.HtmlElement) -> list[Line]:
    rows: list[Line] = []
    parts: list[tuple[int, str]] = []
    for piece in [*_pieces(element), None]:
        if piece is None:
            if row := _line(parts):
                rows.append(row)
            parts = []
            continue
        # A tag's own line counts, and the line breaks between the tag and its words.
        number = max(piece[0], parts[-1][0]) if parts else piece[0]
        start, *wrapped = piece[1].split("\n")
        if parts and parts[-1][1].strip():
            parts[-1] = (parts[-1][0], parts[-1][1] + start)
        else:
            parts.append((number, start))
        parts += [(number + i, part) for i, part in enumerate(wrapped, 1)]
    return rows


def _span(cell: html.HtmlElement, name: str) -> int:
    value = (cell.get(name) or "1").strip()
    return min(max(int(value[:4]), 1), _MAX_SPAN) if value.isdecimal() else 1  # four digits are too many already


def _cell(element: html.HtmlElement) -> Cell:
    rows = _lines(element)
    lines = (min(row.number for row in rows), max(row.number_at(len(row.text)) for row in rows)) if rows else None
    return Cell(" ".join(row.text for row in rows), lines, _span(element, "colspan"), _span(element, "rowspan"))


def _grid(rows: list[html.HtmlElement]) -> Grid | None:
    cells = [tuple(_cell(cell) for cell in row if cell.tag in {"td", "th"}) for row in rows]
    spans = [cell.lines for row in cells for cell in row if cell.lines]
    if not spans:
        return None
    return Grid(tuple(row for row in cells if row), (min(first for first, _ in spans), max(last for _, last in spans)))


def _tables(root: html.HtmlElement) -> list[list[html.HtmlElement]]:
    """The rows of each table, without those of tables inside it. A cell's text holds the tables in it, so very deep ones stand no more for
    themselves: else what nests at each level would be read once a level.
    """
    found: list[list[html.HtmlElement]] = []
    open_tables: list[list[html.HtmlElement]] = []
    for event, node in etree.iterwalk(root, events=("start", "end"), tag=("table", "tr")):
        if node.tag == "tr":
            if event == "start" and open_tables:
                open_tables[-1].append(node)
        elif event == "end":
            open_tables.pop()
        else:
            open_tables.append([])
            if len(open_tables) <= _MAX_NESTED:
                found.append(open_tables[-1])
    return found


def read_numbered(text: str) -> Layout:
    """HTML text as lines and grids, by the numbers of its own lines. Broken markup is mended as browsers do; no text gives no lines."""
    try:
        root = html.document_fromstring(text.encode("utf-8"), parser=html.HTMLParser(encoding="utf-8", huge_tree=True))
    except (etree.ParserError, ValueError):
        return Layout(())
    grids = map(_grid, _tables(root))
    return Layout(tuple(_lines(root)), tuple(grid for grid in grids if grid))


_block_edge = re.compile(r"(?=<(?:p|div|tr|td|th|li|br|h[1-6]|table|center)\b)|(?<=</p>)|(?<=</div>)|(?<=</td>)|(?<=</h\d>)", re.IGNORECASE)


def _is_crowded(lines: tuple[Line, ...]) -> bool:
    """Whether the file has far fewer lines than blocks, as minified HTML does: its line numbers point at nothing."""
    return len({line.number for line in lines}) * 8 < len(lines)


def _renumber(layout: Layout) -> Layout:
    """The layout with lines numbered from 1, one by one."""
    first: dict[int, int] = {}
    last: dict[int, int] = {}
    for i, line in enumerate(layout.lines, 1):
        first.setdefault(line.number, i)
        last[line.number] = i

    def span(lines: tuple[int, int]) -> tuple[int, int]:
        return first[lines[0]], last[lines[1]]

    lines = tuple(Line(i, line.text) for i, line in enumerate(layout.lines, 1))
    grids = tuple(
        Grid(
            tuple(tuple(structs.replace(cell, lines=span(cell.lines)) if cell.lines else cell for cell in row) for row in grid.rows),
            span(grid.lines),
        )
        for grid in layout.grids
    )
    return Layout(lines, grids, derived=True)


def read(text: str) -> Layout:
    """HTML text as lines and grids. Broken markup is mended as browsers do. A line of derived text for each block of a crowded file."""
    layout = read_numbered(text)
    return _renumber(read_numbered(_block_edge.sub("\n", text))) if _is_crowded(layout.lines) else layout
