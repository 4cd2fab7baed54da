"""Numbers misprinted, "25O" or "1.8500": what they are where the sums of their table decide it, and not read where none does."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from msgspec import structs

from cancu.reading import sums, values
from cancu.reading.columns import MONEY
from cancu.reading.tables import TableGrid, TableRow

_LONG_GROUP = re.compile(r"\d{1,3}[.,]\d{4,}")
_DIGITS = str.maketrans("OolI", "0011")


def decided(table: TableGrid) -> TableGrid:
    """The table with such numbers as the total of their row or of their column has them; the others stay as they are printed."""
    for place, index in misprinted(table):
        text = table.rows[place].cells[index].text
        trials = (_with(table, place, index, meant) for meant in _meant(text))
        unread = table if values.is_lettered(text) else _with(table, place, index, "")
        table = next((trial for trial in trials if _fits(trial, trial.rows[place], index)), unread)
    return table


def misprinted(table: TableGrid) -> list[tuple[int, int]]:
    """Where such numbers stand: the places of their rows and columns."""
    money = [index for index, column in enumerate(table.columns) if column.kind in MONEY]
    places = [(place, index) for place, row in enumerate(table.rows) for index in money if row.cells[index].text]
    return [(place, index) for place, index in places if _is_misprint(table.rows[place].cells[index].text, table.decimal_mark)]


@lru_cache(maxsize=1 << 12)
def _is_misprint(text: str, decimal_mark: values.DecimalMark) -> bool:
    """Whether a number has letters, or a group of four digits or more after a mark that is not the table's decimal one."""
    text = text.strip()
    return values.is_lettered(text) or (_LONG_GROUP.fullmatch(text) is not None and decimal_mark not in text)


def _meant(text: str) -> tuple[str, ...]:
    """The numbers that may be meant: "5.4O" is 5.40, or 540 where the mark is a slip, too; "1.8500" is 1.850."""
    number = text.strip().translate(_DIGITS)
    return number[: -1 if number.endswith("0") and _LONG_GROUP.fullmatch(number) else None], number.replace(".", "").replace(",", "")


def _with(table: TableGrid, place: int, index: int, text: str) -> TableGrid:
    """The table with other text in one cell."""
    row = table.rows[place]
    cells = (*row.cells[:index], structs.replace(row.cells[index], text=text), *row.cells[index + 1 :])
    return replace(table, rows=(*table.rows[:place], replace(row, cells=cells), *table.rows[place + 1 :]))


def _fits(table: TableGrid, row: TableRow, index: int) -> bool:
    """Whether a row adds up, or its column where it has no parts."""
    for wholes, parts in sums.partitions(table.columns):
        if index in wholes or index in parts:
            return _total(table, [row], wholes) == _total(table, [row], parts)
    items, stated = ([other for other in table.rows if other.kind == kind] for kind in ("item", "total"))
    return bool(stated) and _total(table, items, [index]) == _total(table, stated[-1:], [index])


def _total(table: TableGrid, rows: Sequence[TableRow], indexes: Sequence[int]) -> int:
    return sum(table.amount(row, index) or 0 for row in rows for index in indexes)
