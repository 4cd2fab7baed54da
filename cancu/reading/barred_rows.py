"""Tables whose rows a blank line parts, and whose cells a lone bar: "1", "|", "Máy chủ", "|", "600", with all heads on one line before.

A blank line between two bars, or before the first one, is an empty cell.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from cancu.reading.source import Line

_BAR = "|"
_FEWEST = 4  # bars in two rows of three cells
_LONGEST = 12  # lines of a cell
_Cells = list[list[Line]]  # the lines of each cell


def find_rows(lines: Sequence[Line]) -> Iterator[list[_Cells]]:
    """The rows of each such table, its header first."""
    barred = [line.text for line in lines if _BAR in line.text]
    if sum(text.strip() == _BAR for text in barred) < _FEWEST or not any(text.count(_BAR) > 1 for text in barred):
        return
    place = 0
    while place < len(lines):
        place += 1
        heads = _heads(lines[place - 1])
        if len(heads) < 3:
            continue
        rows = [heads]
        while found := _row(lines, place, len(heads)):
            cells, place = found
            rows.append(cells)
        if len(rows) > 1:
            yield rows


def _heads(line: Line) -> _Cells:
    """The heads that a line holds between bars."""
    return [[Line(line.number, piece)] for piece in line.text.strip().strip(_BAR).split(_BAR)] if _BAR in line.text else []


def _row(lines: Sequence[Line], start: int, width: int) -> tuple[_Cells, int] | None:
    """The next row, and where it ends; None where what comes is not so many cells with a bar between each and the next."""
    while start < len(lines) and not lines[start].text.strip():
        start += 1
    cells: _Cells = []
    while len(cells) < width:
        end = start
        while end < len(lines) and end - start <= _LONGEST and lines[end].text.strip() and _BAR not in lines[end].text:
            end += 1
        cells.append(list(lines[start:end]))
        if len(cells) == width:
            return (cells, end) if end == len(lines) or not lines[end].text.strip() else None
        if end == start and end < len(lines) and not lines[end].text.strip():
            end += 1
        if end >= len(lines) or lines[end].text.strip() != _BAR:
            return None
        start = end + 1
    return None
