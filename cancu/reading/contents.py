"""What a column holds, where its cells say more than its head: amounts under an unknown abbreviation, words under a head of money."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from cancu.reading.agreement import agreement
from cancu.reading.columns import MONEY, Column, source_of
from cancu.reading.layout import Cell
from cancu.reading.rows import is_number


def by_content(columns: Sequence[Column], rows: Sequence[Sequence[Cell]]) -> tuple[Column, ...]:
    """`columns`, those of amounts told from those of words by what stands in `rows`."""
    found = tuple(_of_words(column, [row[place].text for row in rows]) for place, column in enumerate(columns))
    unknown = [place for place, column in enumerate(found) if column.kind == "other" and _holds_numbers(place, rows)]
    money = tuple(
        replace(column, kind="money", source=source_of(column.name)) if place in unknown else column for place, column in enumerate(found)
    )
    return money if unknown and agreement(money, rows) > max(agreement(found, rows), 0) else found


def _holds_numbers(place: int, rows: Sequence[Sequence[Cell]]) -> bool:
    full = [row[place].text for row in rows if row[place].text]
    return len(full) > 1 and all(is_number(text) for text in full)


def _of_words(column: Column, texts: Sequence[str]) -> Column:
    """A column of money whose cells are words: they name the purse of each row."""
    full = [text for text in texts if text and any(map(str.isalpha, text))]
    amounts = sum(is_number(text) for text in texts)
    return replace(column, kind="fund", source=None, capital=None) if column.kind in MONEY and len(full) > max(amounts, 1) else column
