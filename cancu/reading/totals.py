"""What a body says that all costs, against what the tables add up to."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import combinations

from cancu.reading import lexicon, sums, values
from cancu.reading.budget import money, prose
from cancu.reading.columns import MONEY
from cancu.reading.outline import Outline
from cancu.reading.tables import TableGrid
from cancu.records import Finding, PlanDocument, Severity

CLOSE = 0.1  # the share within which a total of the body can be meant for a table's of the same years
TWICE = 2  # more than so many times the other, and one of the two is of something else, or misread
ROWS = 3  # of a table without a total, so that it lists things at all
FEW = 10  # amounts of which all sums are tried
_ABOUT = re.compile(
    r"(?i)(?:khoảng|gần|hơn|trên|ước(?:\s+tính)?|xấp xỉ|tối thiểu|tối đa|ít nhất)\s*$"
)  # an amount that is none to the digit
_CHOSEN = re.compile(r"(?i)ưu tiên|trọng (?:điểm|tâm)|chuyển tiếp|khởi công|bổ sung|đợt|đầu tư công|trung hạn|chủ yếu")  # some of all
_COST = re.compile(r"(?i)(?:tổng|toàn bộ|kinh phí|khái toán|dự toán|nhu cầu)(?![^\W_])[^.;]*$")
_LONGEST = 400  # letters before an amount in which what it is called may stand
_WORD = re.compile(r"[^\W\d_]+")


def find(outline: Outline, document: PlanDocument, tables: Sequence[TableGrid]) -> Iterator[Finding]:
    """Totals of the body that no table has: near to that of a table of the same years, or the plan's own, and unlike its tables'."""
    stated = {table.id: _totals(table) for table in tables}
    known = {amount for amounts in (*stated.values(), *map(_printed, tables)) for amount in amounts}
    told = False
    yield from _twice(outline, document)
    for paragraph in prose(outline):
        amounts = money(paragraph.text)
        before = paragraph.text[: amounts[0].start] if amounts else ""
        if not amounts or amounts[0].amount_vnd in known:
            continue
        place = paragraph.lines_of(amounts[0].start, amounts[0].end)
        for table in tables if sums.calls_total(before) and not _ABOUT.search(before) else ():
            period = values.period(table.title)
            near = [amount for amount in stated[table.id] if sums.near(amounts[0].amount_vnd, amount, CLOSE)]
            borne_out = document.total_budget_vnd in stated[table.id]  # then another total is of something else
            if near and not borne_out and period and period == values.period(before):
                made = _summed(table)  # what the rows bear out goes before other figures of the total
                closest = made if made in near else min(near, key=lambda amount: abs(amount - amounts[0].amount_vnd))
                yield _unlike(amounts[0].amount_vnd, closest, table, place)
                told = True
        if not told and place == document.total_budget_lines and amounts[0].amount_vnd == document.total_budget_vnd:
            yield from _whole(outline, document, tables, before, place)


def _twice(outline: Outline, document: PlanDocument) -> Iterator[Finding]:
    """The plan's total where the body says it again as another sum, in words of no part of it and of no other years."""
    lines, said = document.total_budget_lines, document.total_budget_vnd or 0
    for paragraph in prose(outline):
        amount = next(iter(money(paragraph.text)), None)
        before = paragraph.text[: amount.start] if amount else ""
        if amount is None or lines is None or paragraph.part in {"results", "legal"} or not sums.calls_total(before):
            continue
        place = paragraph.lines_of(amount.start, amount.end)
        years = values.period(before) in (None, document.period)
        if place != lines and sums.near(said, amount.amount_vnd) and years and not _ABOUT.search(before) and _is_plain(before, document):
            detail = f"Tổng kinh phí ở đây ghi {sums.dong(amount.amount_vnd)}, dòng {lines[0]} ghi {sums.dong(said)}."
            by_rounding = sums.severity(amount.amount_vnd - said, sums.step(amount.amount_vnd) + sums.step(said))
            yield Finding(kind="sum-mismatch", severity=by_rounding, detail=detail, lines=place)


def _unlike(stated: int, summed: int, table: TableGrid, lines: tuple[int, int], severity: Severity | None = None) -> Finding:
    detail = f"Thân văn bản ghi tổng {sums.dong(stated)}, {sums.called(table)} cộng được {sums.dong(summed)}."
    by_rounding = sums.severity(stated - summed, sums.step(stated) + sums.step(summed))
    return Finding(kind="sum-mismatch", severity=severity or by_rounding, detail=detail, lines=lines)


def _whole(outline: Outline, document: PlanDocument, tables: Sequence[TableGrid], before: str, lines: tuple[int, int]) -> Iterator[Finding]:
    """The plan's own total, said in words of no part of it, against the tables that list all that it does.

    Where the body has the table's total elsewhere, or its amounts make it, or the totals of tables or of some columns make what the body
    states, the two are of different things.
    """
    stated, period = document.total_budget_vnd or 0, values.period(before) or document.period
    paying = [table for table in tables if table.lists_items and any(column.kind in MONEY for column in table.columns)]
    whole = [table for table in paying if sums.same_years(sums.years(table), period) and not sums.is_of_a_source(table)]
    totals = [_summed(table) for table in whole]
    summed = min((total for total in totals if total), key=sums.step, default=None)  # the one that is rounded least
    alike = all(total and 2 * abs(total - (summed or 0)) <= sums.step(total) for total in totals if total != summed)
    if summed is None or not alike or not _is_plain(before, document):
        return
    if stated in (1000 * summed, 10**6 * summed) and whole[0].unit is not None:
        detail = f"Thân văn bản ghi tổng {sums.dong(stated)}, {sums.called(whole[0])} cộng được {sums.dong(summed)}: đơn vị khác nhau."
        yield Finding(kind="unit", detail=detail, lines=lines)
        return
    said = [amount.amount_vnd for paragraph in outline.body() for amount in money(paragraph.text)]
    parts = [amount.amount_vnd for amount in document.budget_by_source]
    others = [amount for table in tables for amount in _totals(table)]
    columns = (sorted(_printed(table)) for table in whole)
    if (
        summed in said
        or _makes(parts, summed)
        or any(_makes(made, stated) for made in (others, *columns))
        or not summed < TWICE * stated
        or not stated < TWICE * summed
    ):
        return
    unsure = _ABOUT.search(before) or any(_CHOSEN.search(table.title) for table in whole)
    yield _unlike(stated, summed, whole[0], lines, "Info" if unsure else None)


def _is_plain(before: str, document: PlanDocument) -> bool:
    """Whether the words before an amount, from the cost on, say no more than that it is the cost of the plan, by its name."""
    opening = _COST.search(before[-_LONGEST:])
    title = set(_WORD.findall(f"{document.type} {document.title}".casefold()))
    words = _WORD.findall(before[-_LONGEST:][opening.start() :].casefold()) if opening else ()
    return opening is not None and all(word in title or lexicon.first("plain_words", word) for word in words)


def _summed(table: TableGrid) -> int | None:
    """The total that a table prints, where its rows or its own parts make it; else what its rows make, where each has an amount.

    A printed total that is far from its rows says that these were misread.
    """
    index = next((index for index, column in enumerate(table.columns) if column.kind == "total"), None)
    if index is None:
        index = next((index for index, column in enumerate(table.columns) if column.kind in MONEY), 0)
    place = max((place for place, row in enumerate(table.rows) if sums.is_grand(row)), default=None)
    stated = None
    if place is not None:
        stated = table.amount(table.rows[place], index)
        across = any(
            wholes == [index] and sum(table.amount(table.rows[place], part) or 0 for part in parts) == stated
            for wholes, parts in sums.partitions(table.columns)
        )
        if across or any(sum(figures) == stated for figures in sums.candidates(table, place, index)):
            return stated
    rows = [row for row in table.rows if row.kind == "item" and not row.part]
    if any(values.is_misgrouped(row.cells[index].text) or values.is_damaged(row.cells[index].text) for row in rows):
        return None
    items = [table.amount(row, index) for row in rows]
    summed = sum(filter(None, items))
    known = len(items) >= ROWS and None not in items and sums.numbered(table)
    return summed if known and (stated is None or sums.near(stated, summed, CLOSE)) else None


def _makes(amounts: Sequence[int], total: int) -> bool:
    """Whether some of a few amounts make a total."""
    few = amounts[:FEW]
    return any(sum(chosen) == total for count in range(1, len(few) + 1) for chosen in combinations(few, count))


def _printed(table: TableGrid) -> set[int]:
    """All that the rows of grand totals print, in columns that are no money's, too: what was spent beside what was planned."""
    rows = [row for row in table.rows if sums.is_grand(row)]
    return {amount for row in rows for index in range(len(table.columns)) if (amount := table.amount(row, index)) is not None}


def _totals(table: TableGrid) -> set[int]:
    """What a table may be said to cost: its grand totals, and the sum of its money columns where it has no column of totals."""
    amounts = {name: amount for name, (amount, _) in sums.grand(table).items()}
    kinds = {column.name: column.kind for column in table.columns}
    groups = [[amounts[name] for name in amounts if kinds[name] == kind] for kind in ("total", "year", "money")]
    return {sum(group) for group in groups if group} | set(groups[0])
