"""One project with two sums: twice in a table, or in two tables."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import combinations

from cancu.reading import sums
from cancu.reading.tables import TableGrid
from cancu.records import Dong, Finding, ProjectRow

_WORD = re.compile(r"\w+")
# What one table has before a name and another has not: its number, and that it is a project; which of its parts it is belongs to the name.
_BEFORE = re.compile(r"(?i)^\W{0,3}(?:\d{1,2}[.)]\s{1,3})?\W{0,3}(?:dự án(?:\sđầu tư)?[\s:]+(?!\d|thành phần))?")


def find(tables: Sequence[TableGrid], rows: Sequence[ProjectRow]) -> Iterator[Finding]:
    """The projects that stand twice with two sums."""
    yield from _twice(rows)
    yield from _in_two_tables(rows, tables)


def _twice(rows: Sequence[ProjectRow]) -> Iterator[Finding]:
    """A project twice in one section of a table, with two sums: a note, since they may be of two parts."""
    here: dict[tuple[object, ...], ProjectRow] = {}
    for row in (row for row in rows if row.name.count(" ") >= 3 and (row.ordinal or "").isdigit() and row.total_vnd):
        first = here.setdefault((row.table, row.section, row.name.casefold(), tuple(row.lead), row.period), row)
        if first.total_vnd != row.total_vnd:
            stated, before = sums.dong(row.total_vnd or 0), sums.dong(first.total_vnd or 0)
            detail = f"“{sums.short(row.name)}” đã có ở dòng {first.lines[0]}, với {before}; ở đây {stated}."
            yield Finding(kind="sum-mismatch", severity="Info", detail=detail, lines=row.lines)


def _in_two_tables(rows: Sequence[ProjectRow], tables: Sequence[TableGrid]) -> Iterator[Finding]:
    """A project of one name in two of the `tables` of the same years, with two sums; rows of another table, misread, say nothing.

    Either both rows have one period and no table is of a source, or most of the projects that the two tables share have the same sums.
    """
    named: dict[str, dict[str, ProjectRow]] = {table.id: {} for table in tables}
    for row in (row for row in rows if row.table in named and _cost(row) and row.name.count(" ") >= 2):
        named[row.table].setdefault(bare(row.name), row)
    for one, other in combinations(tables, 2):
        here, there = named[one.id], named[other.id]
        shared = [(here[name], row) for name, row in there.items() if name in here]
        agree = 2 * sum(_cost(first) == _cost(row) for first, row in shared) > len(shared) and sums.same_years(
            sums.years(one), sums.years(other)
        )
        whole = not sums.is_of_a_source(one) and not sums.is_of_a_source(other)
        head = _whole_cost(one) is not None and _whole_cost(one) == _whole_cost(other)
        for first, row in shared:
            alike = whole and row.name.count(" ") >= 3 and row.period is not None and row.period == first.period
            clear = alike or (agree and sums.same_years(row.period, first.period))
            if _cost(first) != _cost(row) and (clear or (head and row.name.count(" ") >= 3)):
                stated, before = sums.dong(_cost(row)), sums.dong(_cost(first))
                detail = f"“{sums.short(row.name)}”: {stated} ở đây, {before} ở dòng {first.lines[0]}."
                yield Finding(kind="sum-mismatch", severity="Warning" if clear else "Info", detail=detail, lines=row.lines)


@lru_cache(maxsize=1 << 10)
def bare(name: str) -> str:
    """The words of a project's name, without what only some tables have before it: "1. Dự án: “Số hóa sổ gốc”" is "số hóa sổ gốc"."""
    return " ".join(_WORD.findall(_BEFORE.sub("", name).casefold()))


def _cost(row: ProjectRow) -> Dong:
    """What a row costs: its total, or its years together where its table has no column for that."""
    return row.total_vnd or sum(row.by_year_vnd.values())


def _whole_cost(table: TableGrid) -> str | None:
    """The head of a column that has what a project costs in all, whatever its years: "Tổng mức đầu tư"."""
    return next((column.name.casefold() for column in table.columns if "tổng mức" in column.name.casefold()), None)
