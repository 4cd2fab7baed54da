"""Whether the amounts of rows agree with the heads over them: years, and sources, add up to their total."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from functools import lru_cache

from cancu.reading import values
from cancu.reading.columns import Column
from cancu.reading.layout import Cell

MARKS: tuple[values.DecimalMark, ...] = (",", ".")
_ALIKE = 0.3  # what one filled part, equal to its whole, says of the columns: much less than a sum


def partitions(columns: Sequence[Column]) -> Iterator[tuple[int, list[int]]]:
    """The column that others add up to, and those others: a total and its years, a total and its sources, a year and its sources."""
    totals = [place for place, column in enumerate(columns) if column.kind == "total"][:1]
    years = [place for place, column in enumerate(columns) if column.kind == "year"]
    spans = [
        place
        for place, column in enumerate(columns)
        if column.kind == "money" and column.years and not column.source and not column.capital
    ]
    money = [place for place, column in enumerate(columns) if column.kind == "money" and not (years and place in spans)]
    for whole in totals:
        yield from ((whole, parts) for parts in (sorted([*years, *spans]) if years else years, money) if len(parts) > 1)
    for whole in years:
        parts = [place for place in money if columns[place].years == columns[whole].years is not None]
        if len(parts) > 1:
            yield whole, parts


def agreement(columns: Sequence[Column], rows: Iterable[Sequence[Cell]], mark: values.DecimalMark | None = None) -> float:
    """How many rows add up as their heads say, less half of those that do not; under `mark`, or under the better one."""
    rows = list(rows)
    sums = list(partitions(columns))
    return max(sum(_row(row, sums, each) for row in rows) for each in ([mark] if mark else MARKS)) if sums else 0.0


def _row(row: Sequence[Cell], sums: Iterable[tuple[int, list[int]]], mark: values.DecimalMark) -> float:
    found = 0.0
    for whole, parts in sums:
        stated = _number(row[whole].text, mark)
        amounts = [amount for place in parts if (amount := _number(row[place].text, mark))]
        if stated and amounts:
            equal = sum(amounts) == stated
            found += (1.0 if equal else -0.5) if len(amounts) > 1 else _ALIKE * equal
    return found


@lru_cache(maxsize=1 << 14)
def _number(text: str, mark: values.DecimalMark) -> Decimal | None:
    return values.parse_number(text, mark) if text else None
