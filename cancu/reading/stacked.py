"""Tables with a cell a line, each after one tab, and a blank line between rows; with white space cut off, an empty cell is one, too."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from cancu.reading import values
from cancu.reading.agencies import is_agency
from cancu.reading.columns import kind_of
from cancu.reading.layout import opens_part
from cancu.reading.rows import is_ordinal, is_part_of, is_section_label, is_total_label
from cancu.reading.source import Line

_Cells = list[list[Line]]  # the lines of each cell, none for a blank line


def find_rows(lines: Sequence[Line]) -> Iterator[list[_Cells]]:
    """The rows of each such table."""
    cells: _Cells = []
    fresh = True
    for line in [*lines, Line(0, "end")]:
        if line.text.startswith("\t") and line.text.count("\t") == 1:
            cells += [[line]] if cells or (fresh and not opens_part(line.text)) else []
        elif not line.text.strip(" \t\r\n"):
            cells += [[]] if cells else []
            fresh = True
        elif cells and cells[-1] and line.number and not opens_part(line.text):
            cells[-1].append(line)
        else:
            if cells:
                yield list(_rows(cells))
            cells, fresh = [], not is_ordinal(line.text.strip())  # after an ordinal without a tab comes the rest of a row of another form


def _rows(cells: _Cells) -> Iterator[_Cells]:
    """The rows of cells of which blank lines part some, and are others: in a row as wide as the widest, it is an empty cell."""
    ends = [place for place, cell in enumerate([*cells, []]) if not cell]
    width = max(end - before - 1 for before, end in pairwise([-1, *ends]))
    start, numbered = 0, not (cells[0] and kind_of(cells[0][0].text.strip()) == "name")
    for end in ends:
        if end < start:
            continue
        last = next((last for last in (start + width, start + width - 1) if _is_row(cells, start, last, width, numbered=numbered)), end)
        if any(cells[start:last]):
            yield cells[start:last]
        start = last + 1


def _is_row(cells: _Cells, start: int, end: int, width: int, *, numbered: bool) -> bool:
    """Whether cells with blank lines among them are a row: a blank line comes after them, and nothing within begins another row.

    The name of a total may take the place of the ordinal, too; where rows are not `numbered`, no number begins one.
    """
    row = cells[start:end]
    texts = [*(cell[0].text.strip() if cell else "" for cell in row), ""]
    if all(row) or not any(texts) or (end < len(cells) and cells[end]):
        return False
    first = next(place for place, text in enumerate(texts) if text)
    whole = len(row) == width or end >= len(cells) or is_total_label(texts[0])
    inner = [i for i in range(first + 1, len(row)) if texts[i] and not texts[i - 1]]
    return whole and not any(_begins(texts[i], texts[i + 1], texts[first] if numbered else "") for i in inner)


def _begins(text: str, after: str, first: str) -> bool:
    """Whether a cell begins a row after that of `first`: the label of a section or a total, or the next ordinal before a name."""
    if is_section_label(text) or (is_total_label(text) and kind_of(after) is None):  # "Tổng" before "2021" or "NSTW" is a head
        return True
    if not first or not is_ordinal(text) or not after or values.is_number(after) or is_agency(after):
        return False
    one, other = first.rstrip(".)").split(".")[0], text.rstrip(".)")
    if not (one.isdigit() and other[0].isdigit()):
        return True
    return int(other) in (1, int(one) + 1) if other.isdigit() else is_part_of(other, int(one))
