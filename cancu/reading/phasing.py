"""What a body gives each year, in a list, a sentence or a table of its own: against the plan's years, its total and its appendix."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from cancu.reading import sums, values
from cancu.reading.budget import money
from cancu.reading.columns import MONEY
from cancu.reading.outline import Outline, Paragraph
from cancu.reading.tables import TableGrid
from cancu.records import Finding, Lines, Period, PlanDocument, Severity

_YEAR = re.compile(r"(?i)\W*(?:kinh phí\s+)?năm\s+(?P<year>20\d\d)(?:\s*(?:là|:|-|khoảng|dự kiến)){0,3}\s*$")  # of an item of a list
_IN_YEAR = re.compile(r"(?i)(?<!\w)năm\s+(?P<year>20\d\d)\s*(?:là|:|dự kiến|cần|bố trí|khoảng|\s)*$")  # within a sentence
_YEAR_CELL = re.compile(r"(?i)(?:năm\s+)?(?P<year>20\d\d)")

_BEFORE = re.compile(
    r"(?i)kết quả|hiện trạng|thực trạng|đã (?:triển khai|thực hiện|đầu tư)|chuyển tiếp|trung hạn|đầu tư công|chương trình|đề án"
)


@dataclass(frozen=True, slots=True)
class Share:
    """The dong of one year, and the lines that say so."""

    year: int
    amount: int
    lines: Lines


@dataclass(frozen=True, slots=True)
class Phasing:
    """The years of one list, sentence or table, in their order, with the total that is printed among them."""

    shares: tuple[Share, ...]
    total: int | None = None

    @property
    def sum(self) -> int:
        """What the years add up to."""
        return sum(share.amount for share in self.shares)


def find(outline: Outline, document: PlanDocument, tables: Sequence[TableGrid]) -> Iterator[Finding]:
    """Years outside the plan's, years that do not make the plan's total, years of which the appendix has another amount."""
    yield from _spans(document, tables)
    for phasing in (*_listed(outline), *_in_sentences(outline), *_in_tables(tables)):
        years = [share.year for share in phasing.shares]
        plan = _both(document.period)
        if plan is None or len(set(years)) < max(2, len(years)):
            continue
        first, last = plan
        yield from _outside(phasing, document, first, last)
        if sorted(years) == list(range(first, last + 1)):
            yield from _total(phasing, document)
            for table in tables:
                yield from _against(phasing, document, table)


def _spans(document: PlanDocument, tables: Sequence[TableGrid]) -> Iterator[Finding]:
    """Appendices whose title gives other years than the plan's, though not those of what was done before.

    It is a fault where their own columns have the plan's years.
    """
    plan = _both(document.period)
    for table in tables:
        titled = _both(values.period(table.title))
        if plan is None or titled is None or titled == plan or titled[0] == titled[1] or _BEFORE.search(table.title):
            continue
        years = sorted({year for column in table.columns if column.kind == "year" for year in (column.years or "").split("-") if year})
        own = bool(years) and (int(years[0]), int(years[-1])) == plan
        within = [plan[0] <= year <= plan[1] for year in titled]
        if own or (table.lists_items and plan[0] < plan[1] and any(within) and not all(within)):
            detail = f"Tên bảng ghi {titled[0]}-{titled[1]}, kế hoạch là của {plan[0]}-{plan[1]}."
            severity: Severity = "Warning" if own else "Info"
            yield Finding(kind="date-conflict", severity=severity, detail=detail, lines=(table.lines[0], table.lines[0]))


def _both(period: Period | None) -> tuple[int, int] | None:
    """The first and the last year, where both are told."""
    first, last = period or (None, None)
    return (first, last) if first is not None and last is not None else None


def _listed(outline: Outline) -> Iterator[Phasing]:
    """The lists of the part on money of which each item gives one year one sum; what stands under an item is a part of it."""
    shares: list[Share] = []
    level: int | None = None
    for paragraph in outline.body():
        if shares and level is not None and (paragraph.level or 0) > level:
            continue
        share = _item(paragraph)
        if share is None and shares:
            yield Phasing(tuple(shares))
            shares = []
        if share:
            shares.append(share)
            level = paragraph.level
    yield Phasing(tuple(shares))


def _item(paragraph: Paragraph) -> Share | None:
    amounts = money(paragraph.text) if paragraph.part == "budget" else ()
    match = _YEAR.match(paragraph.text[: amounts[0].start]) if len(amounts) == 1 else None
    return Share(int(match["year"]), amounts[0].amount_vnd, paragraph.lines_of(amounts[0].start, amounts[0].end)) if match else None


def _in_sentences(outline: Outline) -> Iterator[Phasing]:
    """The paragraphs of the part on money whose sums are each that of a year: "Phân kỳ: năm 2023: 3 tỷ đồng; năm 2024: …"."""
    for paragraph in outline.body():
        amounts = money(paragraph.text) if paragraph.part == "budget" else ()
        if len(amounts) < 2:
            continue
        edges = (0, *(amount.end for amount in amounts))
        found = [_IN_YEAR.search(paragraph.text[edge : amount.start]) for edge, amount in zip(edges, amounts, strict=False)]
        if all(found):
            years = [int(match["year"]) for match in found if match]
            told = zip(years, amounts, strict=True)
            yield Phasing(tuple(Share(year, one.amount_vnd, paragraph.lines_of(one.start - 1, one.end)) for year, one in told))


def _in_tables(tables: Sequence[TableGrid]) -> Iterator[Phasing]:
    """The tables whose rows are years."""
    for table in tables:
        index = next((place for kind in ("total", *MONEY) for place, column in enumerate(table.columns) if column.kind == kind), None)
        rows = [row for row in table.rows if row.kind == "item"]
        years = [_YEAR_CELL.fullmatch(next((cell.text.strip() for cell in row.cells if cell.text.strip()), "")) for row in rows]
        if index is None or not rows or not all(years):
            continue
        amounts = [table.amount(row, index) for row in rows]
        told = zip((int(match["year"]) for match in years if match), amounts, rows, strict=True)
        shares = tuple(Share(year, amount, row.lines) for year, amount, row in told if amount is not None)
        if len(shares) == len(rows):
            yield Phasing(shares, sums.grand(table).get(table.columns[index].name, (None,))[0])


def _outside(phasing: Phasing, document: PlanDocument, first: int, last: int) -> Iterator[Finding]:
    """The one year that is none of the plan's, where it stands for one of them: the years are as many, or make the plan's total."""
    outside = [share for share in phasing.shares if not first <= share.year <= last]
    whole = phasing.sum in {phasing.total, document.total_budget_vnd} or len(phasing.shares) == last - first + 1
    for share in outside if len(outside) == 1 and whole else ():
        detail = f"Kinh phí ghi cho năm {share.year}, ngoài kỳ {first}-{last} của kế hoạch."
        yield Finding(kind="date-conflict", detail=detail, lines=share.lines)


def _total(phasing: Phasing, document: PlanDocument) -> Iterator[Finding]:
    stated = document.total_budget_vnd
    if stated and phasing.total is None and sums.near(stated, phasing.sum):
        slack = sums.step(stated) + sum(sums.step(share.amount) for share in phasing.shares)
        detail = f"Tổng ghi {sums.dong(stated)}, các năm cộng lại được {sums.dong(phasing.sum)}."
        lines = document.total_budget_lines or phasing.shares[0].lines
        yield Finding(kind="sum-mismatch", severity=sums.severity(stated - phasing.sum, slack), detail=detail, lines=lines)


def _against(phasing: Phasing, document: PlanDocument, table: TableGrid) -> Iterator[Finding]:
    """The years of which a table with columns of years, most of them alike, has another amount."""
    grand = sums.grand(table)
    years = {column.years: grand[column.name][0] for column in table.columns if column.kind == "year" and column.name in grand}
    other = [share for share in phasing.shares if years.get(str(share.year), share.amount) != share.amount]
    if len(years) == len(phasing.shares) and 2 * len(other) < len(years) and sums.same_years(sums.years(table), document.period):
        for share in other:
            amount = years[str(share.year)]
            detail = f"Năm {share.year} ở đây ghi {sums.dong(share.amount)}, {sums.called(table)} ghi {sums.dong(amount)}."
            severity = sums.severity(share.amount - amount, sums.step(share.amount) + sums.step(amount))
            yield Finding(kind="sum-mismatch", severity=severity, detail=detail, lines=share.lines)
