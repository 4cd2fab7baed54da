"""Amounts of rows in a copy that lost its empty cells: under which heads they stand, as the sums of rows and columns say, or under none."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations, pairwise, product
from math import prod

from cancu.reading import values
from cancu.reading.agreement import MARKS, partitions
from cancu.reading.columns import MONEY, Column
from cancu.reading.rows import EMPTY, align, is_group_ordinal, is_ordinal, is_part_of, is_section_label, is_total_label
from cancu.reading.source import Cell, Grid

_LETTER = re.compile(r"[a-hđ][.)]")
_Row = tuple[Cell, ...]
_Places = tuple[int, ...]  # the columns of a row's amounts
_MOST = 4096  # ways to place the amounts of all rows that are weighed
_FEWEST = 4  # rows that show that they are cut so, and the end
_WIDEST = 9  # columns of money
_HEADS = 24  # cells among which the heads of a table end


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
    numbers = [index for index, column in enumerate(meant) if index in money or _counts_things(column, [row[index].text for row in rows])]
    opened = list(_opened(meant, rows, numbers, mark)) if len(money) > 1 and len(numbers) <= _WIDEST else []
    if not opened:
        return meant, tuple(rows)
    stated = next((row for row in reversed(rows) if _is_total(row) and all(row[index].text for index in money)), None)
    counted = [one for one in opened if _counts(rows[one.place])]
    best = _best(counted, rows, numbers, stated, mark)
    sure = {one.place: best[0][at] for at, one in enumerate(counted) if len({way[at] for way in best}) == 1}
    sure |= {one.place: one.ways[0] for one in opened if one not in counted and len(one.ways) == 1}
    found = [_with(row, opened_at, sure) if (opened_at := _at(opened, place)) else row for place, row in enumerate(rows)]
    if stated is None or all(one.place in sure for one in counted):
        return meant, tuple(found)
    return tuple(column.of("other") if column.kind in {"money", "year"} else column for column in meant), tuple(rows)


def widest(texts: Sequence[str]) -> int:
    """How many cells the longest numbered row has in a run that lost its empty cells; 0 where there are such cells."""
    starts = list(_starts(texts)) if all(texts) else []
    return max((end - start for start, end in pairwise(starts) if texts[start].isdigit()), default=0)


def is_steady(texts: Sequence[str], width: int) -> bool:
    """Whether a run is rows as wide as its first cells, the heads, and none lost.

    Each begins with the next number, a blank or a label, and then has words.
    """
    firsts, seconds, lasts = (texts[place::width] for place in (width, width + 1, 2 * width - 1))
    counts = [int(text.rstrip(".)")) for text in firsts if text.rstrip(".)").isdigit()]
    on = all(other in (1, one + 1) for one, other in pairwise([0, *counts]))
    begin = all(not text or is_ordinal(text) or is_total_label(text) for text in firsts)
    named = not any(values.is_number(text) or is_ordinal(text) for text in seconds)
    return on and begin and named and len(counts) >= _FEWEST and any(lasts)  # a blank that parts rows is no last cell


def cut(cells: Sequence[Cell], meant: Sequence[Column]) -> tuple[_Row, ...]:
    """The rows of such a run, each from its number, or the label of a total, to the next; none where one is too long."""
    starts = [*_starts([cell.text for cell in cells]), len(cells)]
    if len(starts) < _FEWEST or starts[0] or any(end - start > len(meant) for start, end in pairwise(starts)):
        return ()
    return tuple(align(cells[start:end], meant)[1] for start, end in pairwise(starts))


def _starts(texts: Sequence[str]) -> Iterator[int]:
    """Where a row begins: at the number after the one before, or 1, with a name after it, at that of a section, or at a total."""
    number = 0
    for place, (text, after) in enumerate(zip(texts, [*texts[1:], ""], strict=True)):
        numbered = text in {"1", str(number + 1)} and not values.is_number(after)
        if (
            numbered
            or ((_LETTER.fullmatch(text) or is_part_of(text, number)) and after and not values.is_number(after))
            or is_total_label(text)
            or is_section_label(text)
            or (is_group_ordinal(text) and after and not values.is_number(after))
        ):
            yield place
            number = int(text) if numbered else number


def _at(opened: Iterable[_Open], place: int) -> _Open | None:
    return next((one for one in opened if one.place == place), None)


def _with(row: _Row, opened: _Open, sure: dict[int, _Places]) -> _Row:
    """A row with its amounts where they stand, those without that may stand in several places; its lines stay."""
    ways = [sure[opened.place]] if opened.place in sure else opened.ways
    cells = [EMPTY if cell in opened.amounts else cell for cell in row]
    for amount, *places in zip(opened.amounts, *ways, strict=True):
        if len(set(places)) == 1:
            cells[places[0]] = amount
    spans = [cell.lines for cell in row if cell.lines]
    last = max((index for index, cell in enumerate(cells) if cell.lines), default=None)
    if last is not None:
        cells[last] = Cell(cells[last].text, ((cells[last].lines or spans[0])[0], max(end for _, end in spans)))
    return tuple(cells)


def _mark(rows: Sequence[_Row], money: Sequence[int]) -> values.DecimalMark:
    """The mark under which more numbers are read."""
    return max(MARKS, key=lambda mark: sum(values.parse_number(row[index].text, mark) is not None for row in rows for index in money))


def _opened(meant: Sequence[Column], rows: Sequence[_Row], money: Sequence[int], mark: values.DecimalMark) -> Iterator[_Open]:
    """The rows whose amounts may stand under other heads than they were put under, with a total where the table has one."""
    sums = [one for one in partitions(meant) if _holds(one, rows, mark)]
    total = next((index for index in money if meant[index].kind == "total"), None)
    for place, row in enumerate(rows):
        amounts = tuple(row[index] for index in money if row[index].text)
        if not 0 < len(amounts) < len(money) or any(values.parse_number(cell.text, mark) is None for cell in amounts):
            continue
        ways = [way for way in combinations(money, len(amounts)) if total is None or total in way]
        fitting = tuple(way for way in ways if _fits(way, [values.parse_number(cell.text, mark) for cell in amounts], sums))
        if len(ways) > 1:
            yield _Open(place, amounts, fitting or tuple(ways))


def _holds(sums: tuple[int, list[int]], rows: Sequence[_Row], mark: values.DecimalMark) -> bool:
    """Whether columns add up to another in most of the rows that have them all."""
    whole, parts = sums
    full = [[values.parse_number(row[index].text, mark) for index in (whole, *parts)] for row in rows]
    right = [figures[0] == sum(figure or 0 for figure in figures[1:]) for figures in full if None not in figures]
    return 2 * sum(right) >= len(right)


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
    amounts = [[values.parse_number(cell.text, mark) or Decimal(0) for cell in one.amounts] for one in opened]
    best: list[tuple[_Places, ...]] = []
    most = -1
    for ways in product(*(one.ways for one in opened)):
        made = dict(sums)
        for way, figures in zip(ways, amounts, strict=True):
            for index, figure in zip(way, figures, strict=True):
                made[index] += figure
        right = sum(made[index] == wanted[index] for index in money)
        if right > most:
            best, most = [], right
        if right == most:
            best.append(ways)
    return best


def _counts_things(column: Column, texts: Iterable[str]) -> bool:
    """Whether a column holds numbers that are no money."""
    full = [text for text in texts if text]
    return column.kind in {"quantity", "other"} and bool(full) and all(map(values.is_number, full))


def _counts(row: _Row) -> bool:
    """Whether a row is in the total: neither a total itself nor a section."""
    return not _is_total(row) and not is_group_ordinal(row[0].text)


def _is_total(row: _Row) -> bool:
    return is_total_label(next((cell.text for cell in row if cell.text), ""))


def without_numbers(grid: Grid) -> Grid:
    """A run of cells without the columns' numbers in brackets below its heads, where one column has none: they would shift all below."""
    cells = grid.rows[0]
    first = next((place for place, cell in enumerate(cells[:_HEADS]) if cell.text == "(1)"), 0)
    heads = sum(bool(cell.text) for cell in cells[:first])
    last = first
    while first and last < len(cells) and cells[last].text == f"({last - first + 1})":
        last += 1
    return Grid(((*cells[:first], *cells[last:]),), grid.lines) if first and last - first == heads - 1 > 2 else grid
