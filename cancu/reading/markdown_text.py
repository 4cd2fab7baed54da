"""Plain text and Markdown: physical lines, without the marks of emphasis, and pipe tables as grids."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import groupby, takewhile

from cancu.reading import drawn, html_text
from cancu.reading.layout import Cell, Grid, Layout, Line, fold

# Emphasis inside one line of plain text: marks that hug their words. A lone asterisk is a bullet or a footnote, and stays.
_HUGGED = re.compile(r"(?<![\w*])(\*{1,3})(?=[^\s*])([^*\n]*[^\s*])\1(?![\w*])")
_UNDERLINED = re.compile(r"(?<![\w_])__(?=[^\s_])([^_]{0,400}[^\s_])__(?![\w_])")
_HEADING = re.compile(r"^#{1,6}[ \t]+")
_BULLET = re.compile(r"^\s*\*\s+(?!\*)")
_RULE = re.compile(r"^\s*\|?\s*:?-{2,}:?\s*(\|\s*:?-{2,}:?\s*)*\|?\s*$")
# Tags of HTML that a copy of a page left in its text: those of letters go, those of blocks part words.
_TAG = re.compile(r"</?(?P<name>[a-z][a-z0-9]{0,9})(?:\s[^<>]{0,200})?/?>", re.IGNORECASE)
_LETTER_TAGS = frozenset({"b", "i", "u", "em", "strong", "span", "font", "sup", "sub"})
_TABLE = re.compile(r"^[ \t]*<table\b", re.IGNORECASE | re.MULTILINE)
_TABLE_END = re.compile(r"</table\s*>", re.IGNORECASE)
# Patterns may try each way to share out a gap among them, which takes long where it is long: no layout needs more than this.
_MOST_BLANKS, _MOST_EMPTY_LINES = 200, 20
_LONG_GAP = re.compile(rf"[^\S\n]{{{_MOST_BLANKS + 1},}}")
_ESCAPED = re.compile(r"\\(?:([\\`*_{}\[\]()#+.!|-])|(?=\s|$))")  # before a blank it breaks the line


def _without_tags(row: str) -> str:
    return _TAG.sub(_instead, row) if "<" in row else row


def _instead(tag: re.Match[str]) -> str:
    """What stands for a tag: the break of a line within a cell parts more than words."""
    name = tag["name"].lower()
    return "" if name in _LETTER_TAGS else "   " if name == "br" else " "


def _is_break(row: str) -> bool:
    return not row.strip(" \t|\u00a0")


def _strip_marks(rows: list[str]) -> list[str]:
    """A paragraph without its emphasis: `__` around words; `**`, then `*`, taken out where they come in pairs."""
    text = "\n".join(("\0" + row[match.end() :]) if (match := _BULLET.match(row)) else row for row in rows)
    text = _UNDERLINED.sub(r"\1", text)
    for mark in ("**", "*"):
        if text.count(mark) % 2 == 0:
            text = text.replace(mark, "")
    return [("* " + row[1:]) if row.startswith("\0") else row for row in text.split("\n")]


def lines(text: str, *, loose: bool) -> tuple[Line, ...]:
    """The physical lines of `text`, numbered from 1, without most of a long run of empty ones.

    `loose` pairs the marks of emphasis over a whole paragraph.
    """
    text = _LONG_GAP.sub(" " * _MOST_BLANKS, text)
    rows = [_without_tags(row) for row in text.removesuffix("\n").split("\n")]
    if not loose:
        return _without_long_gaps(Line(i, _HUGGED.sub(r"\2", row) if "*" in row else row) for i, row in enumerate(rows, 1))
    plain: list[str] = []
    for is_break, group in groupby(rows, _is_break):
        block = [_HEADING.sub("", row) for row in group]
        plain += block if is_break or not any("*" in row or "__" in row for row in block) else _strip_marks(block)
    return _without_long_gaps(Line(i, _ESCAPED.sub(r"\1", row) if "\\" in row else row) for i, row in enumerate(plain, 1))


def _without_long_gaps(rows: Iterable[Line]) -> tuple[Line, ...]:
    kept: list[Line] = []
    empty = 0
    for row in rows:
        empty = 0 if row.text and not row.text.isspace() else empty + 1
        if empty <= _MOST_EMPTY_LINES:
            kept.append(row)
    return tuple(kept)


def _cells(line: Line) -> tuple[Cell, ...]:
    parts = re.split(r"(?<!\\)\|", line.text.strip().removeprefix("|").removesuffix("|"))
    return tuple(Cell(words, (line.number, line.number) if words else None) for words in map(fold, parts))


def _heads(line: Line) -> tuple[Cell, ...]:
    """The cells of a table's first row: "Col2" for the second head is what PyMuPDF writes for an empty one."""
    return tuple(Cell("", None) if cell.text == f"Col{place}" else cell for place, cell in enumerate(_cells(line), start=1))


def _grids(rows: tuple[Line, ...]) -> tuple[Grid, ...]:
    """The pipe tables: a row of pipes over a rule of dashes, and the rows of pipes below it."""
    grids = []
    for piped, group in groupby(rows, lambda row: row.text.count("|") > 1):
        block = list(group)
        if piped and len(block) > 1 and _RULE.match(block[1].text) and block[0].text.lstrip().startswith("|"):
            grids.append(Grid((_heads(block[0]), *map(_cells, block[2:])), (block[0].number, block[-1].number)))
    return (*grids, *_wrapped_grids(rows))


def _wrapped_grids(rows: tuple[Line, ...]) -> Iterator[Grid]:
    """Pipe tables whose rows begin with no pipe: a row may go on over the next lines, up to as many pipes as its rule has."""
    for head, rule, place in zip(rows, rows[1:], range(2, len(rows) + 1), strict=False):
        pipes = rule.text.strip().count("|")
        if pipes < 2 or head.text.lstrip().startswith("|") or head.text.strip().count("|") != pipes or not _RULE.match(rule.text):
            continue
        taken = list(takewhile(lambda row: row.text.strip(), rows[place:]))
        whole: list[list[Line]] = []
        for row in taken:
            if whole and ("|" not in row.text or sum(one.text.count("|") for one in whole[-1]) < pipes):
                whole[-1].append(row)
            else:
                whole.append([row])
        body = [one for one in whole if any("|" in row.text for row in one)]
        yield Grid((_cells(head), *map(_wrapped_cells, body)), (head.number, body[-1][-1].number if body else rule.number))


def _wrapped_cells(rows: list[Line]) -> tuple[Cell, ...]:
    """The cells of a row of several lines: one that a line breaks has words on both."""
    cells: list[list[tuple[int, str]]] = [[]]
    for row in rows:
        first, *others = re.split(r"(?<!\\)\|", row.text)
        cells[-1].append((row.number, first))
        cells += [[(row.number, text)] for text in others]
    return tuple(map(_joined, cells))


def _joined(pieces: list[tuple[int, str]]) -> Cell:
    words = [(number, text) for number, text in ((number, fold(text)) for number, text in pieces) if text]
    return Cell(" ".join(text for _, text in words), (words[0][0], words[-1][0]) if words else None)


def _tables_of_html(text: str) -> tuple[Layout, set[int]]:
    """What stands in tables of HTML within the text, and the numbers of the lines that they take."""
    taken: set[int] = set()
    end = 0
    while (begun := _TABLE.search(text, end)) and (ended := _TABLE_END.search(text, begun.end())):
        end = ended.end()
        taken.update(range(text.count("\n", 0, begun.start()) + 1, text.count("\n", 0, end) + 2))
    rows = text.split("\n") if taken else []
    return html_text.read_numbered("\n".join(row if number in taken else "" for number, row in enumerate(rows, 1))), taken


def read(text: str) -> Layout:
    """Markdown text as lines and grids. A table of HTML, which converters write where bars cannot hold one, is read as in a page."""
    within, taken = _tables_of_html(text)
    rows = tuple(row for row in lines(text, loose=True) if row.number not in taken)
    grids = (*within.grids, *drawn.find_grids(text), *_grids(rows))
    return Layout(tuple(sorted((*rows, *within.lines), key=lambda row: row.number)), grids)
