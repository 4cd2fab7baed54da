"""Amounts of rows in a copy that lost its empty cells: under which heads they stand, as the sums of rows and columns say, or under none."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations, product
from math import prod

from cancu.reading import values
from cancu.reading.agreement import MARKS, partitions
from cancu.reading.columns import MONEY, Column
from cancu.reading.rows import EMPTY, is_group_ordinal, is_total_label, join
from cancu.reading.source import Cell

_Row = tuple[Cell, ...]
_Places = tuple[int, ...]  # the columns of a row's amounts
_MOST = 4096  # ways to place the amounts of all rows that are weighed
_WIDEST = 9  # columns of money


@dataclass(frozen=True, slots=True)
class _Open:
    """A row with fewer amounts than there are columns of money, and where they may stand."""

    place: int
    amounts: tuple[Cell, ...]
    ways: tuple[_Places, ...]


def placed(meant: tuple[Column, ...], rows: Sequence[_Row]) -> tuple[tuple[Column, ...], tuple[_Row, ...]]:
    """The columns and rows, each amount under the head that its sums decide.

    Where two ways come out alike, a table with a total names no purse or year, one without none in these rows.
    """
    money = [index for index, column in enumerate(meant) if column.kind in MONEY]
    mark = _mark(rows, money)
    opened = list(_opened(meant, rows, money, mark)) if 1 < len(money) <= _WIDEST else []
    if not opened:
        return meant, tuple(rows)
    stated = next((row for row in reversed(rows) if _is_total(row) and all(row[index].text for index in money)), None)
    best = _best(opened, rows, money, stated, mark)
    sure = {one.place: best[0][at] for at, one in enumerate(opened) if len({way[at] for way in best}) == 1}
    found = [_with(row, opened_at, sure) if (opened_at := _at(opened, place)) else row for place, row in enumerate(rows)]
    if stated is None or len(sure) == len(opened):
        return meant, tuple(found)
    return tuple(column.of("other") if column.kind in {"money", "year"} else column for column in meant), tuple(rows)


def _at(opened: Iterable[_Open], place: int) -> _Open | None:
    return next((one for one in opened if one.place == place), None)


def _with(row: _Row, opened: _Open, sure: dict[int, _Places]) -> _Row:
    """A row with its amounts where they stand, or with its first one alone, the lines of the others kept."""
    cells = list(row)
    for index in {index for way in opened.ways for index in way}:
        cells[index] = EMPTY
    if opened.place in sure:
        for index, cell in zip(sure[opened.place], opened.amounts, strict=True):
            cells[index] = cell
    else:
        first, *others = opened.amounts
        cells[opened.ways[0][0]] = Cell(first.text, join(first, others[-1]).lines if others else first.lines)
    return tuple(cells)


def _mark(rows: Sequence[_Row], money: Sequence[int]) -> values.DecimalMark:
    """The mark under which more numbers are read."""
    return max(MARKS, key=lambda mark: sum(values.parse_number(row[index].text, mark) is not None for row in rows for index in money))


def _opened(meant: Sequence[Column], rows: Sequence[_Row], money: Sequence[int], mark: values.DecimalMark) -> Iterator[_Open]:
    """The rows whose amounts may stand under other heads than they were put under, with a total where the table has one."""
    sums = list(partitions(meant))
    total = next((index for index in money if meant[index].kind == "total"), None)
    for place, row in enumerate(rows):
        amounts = tuple(row[index] for index in money if row[index].text)
        if not 0 < len(amounts) < len(money) or any(values.parse_number(cell.text, mark) is None for cell in amounts):
            continue
        ways = [way for way in combinations(money, len(amounts)) if total is None or total in way]
        fitting = tuple(way for way in ways if _fits(way, [values.parse_number(cell.text, mark) for cell in amounts], sums))
        if len(ways) > 1:
            yield _Open(place, amounts, fitting or tuple(ways))


def _fits(way: _Places, amounts: Sequence[Decimal | None], sums: Iterable[tuple[int, list[int]]]) -> bool:
    """Whether the amounts of a row, put so, add up as their heads say."""
    at = dict(zip(way, amounts, strict=True))
    return all(at.get(whole) == sum(at.get(part) or 0 for part in parts) for whole, parts in sums if whole in at)


def _best(
    opened: Sequence[_Open], rows: Sequence[_Row], money: Sequence[int], stated: _Row | None, mark: values.DecimalMark
) -> list[tuple[_Places, ...]]:
    """The ways to place the amounts of all such rows with which the most columns add up to their total; all where too many are to weigh."""
    few = prod(len(one.ways) for one in opened) <= _MOST
    if stated is None or not few:
        firsts = tuple(one.ways[0] for one in opened)
        return [firsts, *((*firsts[:at], way, *firsts[at + 1 :]) for at, one in enumerate(opened) for way in one.ways[1:2])]
    taken = {one.place for one in opened}
    closed = [row for place, row in enumerate(rows) if place not in taken and _counts(row)]
    sums = {index: sum((values.parse_number(row[index].text, mark) or Decimal(0) for row in closed), Decimal(0)) for index in money}
    wanted = {index: values.parse_number(stated[index].text, mark) for index in money}
    amounts = [[values.parse_number(cell.text, mark) or Decimal(0) for cell in one.amounts] for one in opened if _counts(rows[one.place])]
    counted = [_counts(rows[one.place]) for one in opened]
    best: list[tuple[_Places, ...]] = []
    most = -1
    for ways in product(*(one.ways for one in opened)):
        made = dict(sums)
        for way, figures in zip((way for way, counts in zip(ways, counted, strict=True) if counts), amounts, strict=True):
            for index, figure in zip(way, figures, strict=True):
                made[index] += figure
        right = sum(made[index] == wanted[index] for index in money)
        if right > most:
            best, most = [], right
        if right == most:
            best.append(ways)
    return best


def _counts(row: _Row) -> bool:
    """Whether a row is in the total: neither a total itself nor a section."""
    return not _is_total(row) and not is_group_ordinal(row[0].text)


def _is_total(row: _Row) -> bool:
    return is_total_label(next((cell.text for cell in row if cell.text), ""))
