"""Numbers with letters for digits, "25O": what they are where the sums of their table decide it, and not read where none does."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from msgspec import structs

from cancu.reading import sums, values
from cancu.reading.columns import MONEY
from cancu.reading.tables import TableGrid, TableRow

_DIGITS = str.maketrans("OolI", "0011")


def decided(table: TableGrid) -> TableGrid:
    """The table with such numbers as the total of their row or of their column has them; the others stay as they are printed."""
    for place, index in _lettered(table):
        row = table.rows[place]
        trials = (_with(table, place, index, text) for text in _meant(row.cells[index].text))
        table = next((trial for trial in trials if _fits(trial, trial.rows[place], index)), table)
    return table


def _lettered(table: TableGrid) -> list[tuple[int, int]]:
    """Where such numbers stand: the places of their rows and columns."""
    money = [index for index, column in enumerate(table.columns) if column.kind in MONEY]
    return [(place, index) for place, row in enumerate(table.rows) for index in money if values.is_lettered(row.cells[index].text)]


def _meant(text: str) -> tuple[str, ...]:
    """The numbers that may be meant: "5.4O" is 5.40, or 540 where the mark is a slip, too."""
    number = text.strip().translate(_DIGITS)
    return number, number.replace(".", "").replace(",", "")


def _with(table: TableGrid, place: int, index: int, text: str) -> TableGrid:
    """The table with other text in one cell."""
    row = table.rows[place]
    cells = (*row.cells[:index], structs.replace(row.cells[index], text=text), *row.cells[index + 1 :])
    return replace(table, rows=(*table.rows[:place], replace(row, cells=cells), *table.rows[place + 1 :]))


def _fits(table: TableGrid, row: TableRow, index: int) -> bool:
    """Whether a row adds up, or its column where it has no parts."""
    for wholes, parts in sums.partitions(table.columns):
        if index in (*wholes, *parts):
            return _total(table, [row], wholes) == _total(table, [row], parts)
    items, stated = ([other for other in table.rows if other.kind == kind] for kind in ("item", "total"))
    return bool(stated) and _total(table, items, [index]) == _total(table, stated[-1:], [index])


def _total(table: TableGrid, rows: Sequence[TableRow], indexes: Sequence[int]) -> int:
    return sum(table.amount(row, index) or 0 for row in rows for index in indexes)
