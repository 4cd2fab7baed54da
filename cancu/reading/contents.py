"""What a column holds, where its cells say more than its head: amounts under an unknown abbreviation, words under a head of money, times
or agencies under a head that is blank or that a page break cut off.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from cancu.reading import agencies
from cancu.reading.agreement import agreement
from cancu.reading.columns import MONEY, Column, is_known_source, source_of
from cancu.reading.layout import Cell
from cancu.reading.values import is_mark, is_number, period

_TIME = re.compile(
    r"(?i)(?:(?:\d+|[IV]+|quý|quí|năm|tháng|ngày|giai|đoạn|từ|đến|hết|trước|sau|và|các|tiếp|theo|trở|đi|thường|xuyên|h[àằ]ng|định|kỳ)(?![^\W_])\W*)+"
)


def by_content(columns: Sequence[Column], rows: Sequence[Sequence[Cell]]) -> tuple[Column, ...]:
    """`columns`, those of amounts told from those of words by what stands in `rows`."""
    columns = [_of_results(column, place, rows) for place, column in enumerate(columns)]
    whole = [row for row in rows if len({cell.text for cell in row[1:]}) > 1]  # a cell merged over the row is a section's
    texts = [[row[place].text for row in whole] for place in range(len(columns))]
    found = tuple(_of_agencies(_of_times(_of_words(column, cells), cells), cells) for column, cells in zip(columns, texts, strict=True))
    found = _with_total(found, rows)
    unknown = [place for place, column in enumerate(found) if column.kind == "other" and _holds_numbers(place, rows)]
    money = tuple(
        replace(column, kind="money", source=source_of(column.name)) if place in unknown else column for place, column in enumerate(found)
    )
    return money if unknown and agreement(money, rows) > max(agreement(found, rows), 0) else found


def _with_total(columns: tuple[Column, ...], rows: Sequence[Sequence[Cell]]) -> tuple[Column, ...]:
    """The columns, where none is the total, with the one as such that the others add up to in two rows or more.

    A column that names a source or a kind of capital is none: it may be the only one that paid.
    """
    if any(column.kind == "total" for column in columns):
        return columns
    best, least = columns, agreement(columns, rows) + 2
    for place, column in enumerate(columns):
        named = column.capital or is_known_source(column.name)
        if column.kind in {"money", "other"} and not named and _holds_numbers(place, rows):
            tried = (*columns[:place], replace(column, kind="total", source=None, capital=None), *columns[place + 1 :])
            if (right := agreement(tried, rows)) >= least:
                best, least = tried, right
    return best


def _holds_numbers(place: int, rows: Sequence[Sequence[Cell]]) -> bool:
    full = [row[place].text for row in rows if row[place].text]
    return len(full) > 1 and all(is_number(text) for text in full)


def _of_results(column: Column, place: int, rows: Sequence[Sequence[Cell]]) -> Column:
    """A column "Thực hiện" of numbers, what was done, as one of no known kind: no number is who does it."""
    return column.of("other") if column.kind in {"lead", "actor"} and _holds_numbers(place, rows) else column


def _of_times(column: Column, texts: Sequence[str]) -> Column:
    """A column of an unknown or a lost head whose cells are years, months and quarters: when the work of each row is done."""
    full = [text for text in texts if text] if column.kind == "other" else []
    timed = sum(period(text) is not None for text in full)
    return column.of("time") if timed > 1 and all(_TIME.fullmatch(text) for text in full) else column


def _of_agencies(column: Column, texts: Sequence[str]) -> Column:
    """A column whose head is blank and whose cells are agencies: who does the work of each row."""
    full = [text for text in texts if text] if column.kind == "other" and not column.name else []
    return column.of("actor") if len(full) > 1 and all(map(agencies.is_agency, full)) else column


def _of_words(column: Column, texts: Sequence[str]) -> Column:
    """A column of money whose cells are words: they name the purse of each row."""
    if column.kind not in MONEY:
        return column
    full = [text for text in texts if any(map(str.isalpha, text)) and not is_mark(text)]
    amounts = sum(map(is_number, texts))
    return replace(column, kind="fund", source=None, capital=None) if len(full) > max(amounts, 1) else column
