"""Tables drawn with dashes in a plain text or in Markdown, as grids of cells: what pandoc writes of tables that bars cannot hold.

Two ways of drawing one (https://pandoc.org/MANUAL.html#tables):
- *dashed*: a line of dashes under the heads, a run of them for each column; a row a line, or, where a whole line of dashes stands above
  the heads, rows of several lines with a blank line between;
- *boxed*: lines of dashes with a `+` where columns meet, and `|` between cells; a line may be open where a cell goes on downwards.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from itertools import pairwise

from cancu.reading.layout import Cell, Grid, Line, fold

_RUNS = re.compile(r" {0,8}-{2,}(?: +-{2,})+ *")
_WHOLE = re.compile(r" {0,8}-{20,} *")
_BORDER = re.compile(r" {0,8}\+(?:[-=:]{2,}\+)+ *")
_DRAWN = re.compile(r"[-=: ]*[-=]{2}[-=: ]*")
_MARKS = str.maketrans("", "", "*")
_HEAD_LINES = 12


def find_grids(text: str) -> tuple[Grid, ...]:
    """The tables drawn with dashes in `text`, whose columns are counted in letters with their marks."""
    if "---" not in text:
        return ()
    rows = [Line(number, line) for number, line in enumerate(unicodedata.normalize("NFC", text).split("\n"), start=1)]
    return tuple(sorted((*_boxed(rows), *_dashed(rows)), key=lambda grid: grid.lines))


def _cell(pieces: Sequence[tuple[int, str]], colspan: int = 1, rowspan: int = 1) -> Cell:
    """The cell that holds the pieces of some lines, without marks of emphasis and the backslash that breaks a line."""
    words = [(number, piece) for number, piece in ((number, fold(text.translate(_MARKS)).rstrip("\\")) for number, text in pieces) if piece]
    lines = (words[0][0], words[-1][0]) if words else None
    return Cell(fold(" ".join(piece for _, piece in words)), lines, colspan, rowspan)


# ---------------------------------------------------------------- dashed


def _dashed(rows: Sequence[Line]) -> Iterator[Grid]:
    last = -1
    for place, row in enumerate(rows):
        if place <= last or not _RUNS.fullmatch(row.text):
            continue
        starts = [run.start() for run in re.finditer("-+", row.text)]
        first = _first_head(rows, place)
        tall = first > 0 and _WHOLE.fullmatch(rows[first - 1].text) is not None
        last = _last_row(rows, place, tall=tall)
        if first < place < last:
            body = [[line] for line in rows[place + 1 : last + 1]] if not tall else _parted(rows[place + 1 : last + 1])
            cells = [_cut(lines, starts) for lines in (rows[first:place], *body)]
            yield Grid(tuple(cells), (rows[first].number, rows[last].number))


def _first_head(rows: Sequence[Line], place: int) -> int:
    """Where the heads above a line of dashes begin: below a blank line, or a whole line of dashes."""
    first = place
    while first and place - first < _HEAD_LINES and rows[first - 1].text.strip() and not _WHOLE.fullmatch(rows[first - 1].text):
        first -= 1
    return first


def _last_row(rows: Sequence[Line], place: int, *, tall: bool) -> int:
    """The last line of the rows below a line of dashes: before a whole line of them, or before a blank line where a row is one line."""
    for index in range(place + 1, len(rows)):
        text = rows[index].text
        if _WHOLE.fullmatch(text) or _RUNS.fullmatch(text) or (not tall and not text.strip()):
            return index - 1
    return place if tall else len(rows) - 1


def _parted(rows: Sequence[Line]) -> list[list[Line]]:
    """Rows of several lines, which blank lines keep apart."""
    parts: list[list[Line]] = [[]]
    for row in rows:
        if row.text.strip():
            parts[-1].append(row)
        elif parts[-1]:
            parts.append([])
    return [part for part in parts if part]


def _cut(rows: Sequence[Line], starts: Sequence[int]) -> tuple[Cell, ...]:
    """The cells of a row, each from where its dashes begin to where the next ones do."""
    ends: list[int | None] = [*starts[1:], None]
    return tuple(_cell([(row.number, row.text[start:end]) for row in rows]) for start, end in zip(starts, ends, strict=True))


# ---------------------------------------------------------------- boxed


def _boxed(rows: Sequence[Line]) -> Iterator[Grid]:
    first = 0
    while first < len(rows):
        if not _BORDER.fullmatch(rows[first].text):
            first += 1
            continue
        last = first
        while last + 1 < len(rows) and rows[last + 1].text.lstrip().startswith(("|", "+")):
            last += 1
        if last - first > 1:
            yield Grid(tuple(_box_rows(rows[first : last + 1])), (rows[first].number, rows[last].number))
        first = last + 1


def _box_rows(rows: Sequence[Line]) -> Iterator[tuple[Cell, ...]]:
    """The rows of a boxed table: a cell begins below its border, and ends where its column has one again."""
    marks = sorted({mark.start() for row in rows if _BORDER.fullmatch(row.text) for mark in re.finditer(r"\+", row.text)})
    spans = list(pairwise(marks))
    bands: list[list[Line]] = []
    borders: list[list[bool]] = []
    for row in rows:
        drawn = [_DRAWN.fullmatch(row.text[start + 1 : end]) is not None for start, end in spans]
        if any(drawn):
            borders.append(drawn)
            bands.append([])
        else:
            bands[-1].append(row)
    for top, band in enumerate(bands[:-1]):
        cells, column = [], 0
        while column < len(spans):
            wide = next((end for end in range(column, len(spans)) if _parts(band, spans[end][1])), len(spans) - 1) - column + 1
            if borders[top][column]:
                deep = next(end for end in range(top + 1, len(bands) + 1) if end == len(bands) - 1 or borders[end][column]) - top
                inside = [row for part in bands[top : top + deep] for row in part]
                left, right = spans[column][0] + 1, spans[column + wide - 1][1]
                cells.append(_cell([(row.number, row.text[left:right]) for row in inside], wide, deep))
            column += wide
        yield tuple(cells)


def _parts(rows: Sequence[Line], mark: int) -> bool:
    """Whether a bar, or a corner, stands at a place of each line."""
    return all(row.text[mark : mark + 1] in {"|", "+"} for row in rows)
