"""What a body says that each kind of capital gives, against the columns of a table that say so."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from cancu.reading import sums
from cancu.reading.columns import MONEY, capital_of, is_known_source
from cancu.reading.tables import TableGrid
from cancu.records import Finding, PlanDocument, SourceAmount


def find(document: PlanDocument, tables: Sequence[TableGrid]) -> Iterator[Finding]:
    """The kinds of capital of which the table of the plan's own total has another sum than the body."""
    said = _said(document)
    for table in tables if len(said) > 1 else ():
        columns = {capital: _columns(table, capital) for capital in said}
        if not all(columns.values()) or not _is_of(document, table):
            continue
        for capital, source in said.items():
            made = _sum(table, columns[capital])
            printed = [table.amount(row, index) or 0 for row in table.rows if sums.is_grand(row) for index in columns[capital]]
            if made and sums.near(source.amount_vnd, made) and sum(printed[-len(columns[capital]) :]) in {0, made}:
                stated = sums.dong(source.amount_vnd)
                detail = f"Thân văn bản ghi “{source.source}” {stated}, {sums.called(table)} cộng được {sums.dong(made)}."
                severity = sums.severity(source.amount_vnd - made, sums.step(source.amount_vnd) + sums.step(made))
                yield Finding(kind="sum-mismatch", severity=severity, detail=detail, lines=source.lines or table.lines)


def _said(document: PlanDocument) -> dict[str, SourceAmount]:
    """The sums of the body by kind of capital, where each is told once and of all purses."""
    named = [(capital_of(source.source), source) for source in document.budget_by_source if not is_known_source(source.source)]
    said = {capital: source for capital, source in named if capital}
    return said if len(said) == len(document.budget_by_source) else {}


def _columns(table: TableGrid, capital: str) -> list[int]:
    return [index for index, column in enumerate(table.columns) if column.kind == "money" and column.capital == capital]


def _is_of(document: PlanDocument, table: TableGrid) -> bool:
    """Whether a table's rows make the plan's total, all of it by kinds of capital."""
    places = [index for index, column in enumerate(table.columns) if column.kind in MONEY]
    total = [index for index in places if table.columns[index].kind == "total"][:1]
    parted = [index for index in places if table.columns[index].capital]
    return document.total_budget_vnd in {_sum(table, total), _sum(table, parted)} and table.lists_items


def _sum(table: TableGrid, indexes: Sequence[int]) -> int:
    rows = [row for row in table.rows if row.kind == "item" and sums.counts(row)]
    return sum(table.amount(row, index) or 0 for row in rows for index in indexes)
