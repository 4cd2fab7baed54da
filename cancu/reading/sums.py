"""What does not add up: columns against their stated totals, rows against their parts, tables against each other and the body.

A sum is checked only where the table itself shows that it is meant: where most rows add up, those that do not are
worth a word. A sum that is far off is a table misread, and is left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise, takewhile

from msgspec.structs import replace

from cancu.reading import doubt, lexicon, values
from cancu.reading.columns import MONEY, Column
from cancu.reading.outline import Outline
from cancu.reading.tables import TableGrid, TableRow, series
from cancu.records import Finding, Lines, Period, PlanDocument, Severity

FAR = 0.2  # a difference beyond this share is no fault of adding up
MOST_OFF = 20  # percent: shares that make more or less are of several wholes
MOST = 0.7  # the share of rows that must add up before the others are faulted
_YEARS = range(1990, 2100)
_TOTAL = re.compile(r"(?i)^\W*(?:tổng|cộng|khái toán|toàn bộ)")
_SHARES = re.compile(r"(?i)tỷ trọng|tỉ trọng|tỷ lệ|tỉ lệ|cơ cấu")
_OF_A_SOURCE = re.compile(
    r"(?i)vốn (?:đầu tư|sự nghiệp|chi thường xuyên|ngân sách|trung ương|địa phương|vay|ODA)|nguồn (?:vốn|ngân sách|kinh phí)"
    r"|chi thường xuyên|ngân sách (?:tỉnh|trung ương|huyện|địa phương)"
)
_WITHIN = re.compile(r"(?i)\W*(?:trong đó|bao gồm)(?!\w)")
_QUANTITY, _PRICE = re.compile(r"(?i)\W*(?:số lượng|SL)\W*$"), re.compile(r"(?i)\W*đơn giá\b(?!\s+(?:trước|chưa))")
_AMOUNT = re.compile(r"(?i)\W*thành tiền(?!\w)")
_PART = re.compile(r"\d{1,3}\.\d|[a-zđ][.)]\s*\S|[-–+•*]")


def find(outline: Outline, document: PlanDocument, tables: Sequence[TableGrid]) -> Iterator[Finding]:
    """The sums that do not add up, each with both figures."""
    for table in tables:
        yield from doubt.folded(_culprits(list(_columns(table)), [*_rows(table), *_products(table)]), table)
        yield from _percent(table)
    for one, other in combinations(tables, 2):
        yield from _between(one, other)
    yield from _sources(document)


def is_grand(row: TableRow) -> bool:
    """Whether a row is a total of its table: not a mean, nor a tax."""
    return row.kind == "total" and _TOTAL.match(row.label) is not None


def counts(row: TableRow) -> bool:
    """Whether an item is in the sums of its table: not a part of the one above it, by its mark or because its name says so."""
    names = next((cell.text for cell in row.cells if cell.text.strip()), "")
    return not row.part and _WITHIN.match(names) is None


def is_of_a_source(table: TableGrid) -> bool:
    """Whether a table has, by its title, what one source or kind of capital gives: a part of each budget."""
    return _OF_A_SOURCE.search(table.title) is not None


def dong(amount: int) -> str:
    """A sum in words of a reader's size: 38390000000 is "38,39 tỷ đồng", 486000000 is "486 triệu đồng"."""
    for factor, name in ((10**9, "tỷ đồng"), (10**6, "triệu đồng")):
        if abs(amount) >= factor:
            text = f"{amount / factor:,.6f}".rstrip("0").rstrip(".")
            return f"{text.translate(str.maketrans(',.', '.,'))} {name}"
    return f"{amount:,}".replace(",", ".") + " đồng"


def _mismatch(what: str, stated: int, summed: int, slack: int, lines: Lines) -> Finding:
    detail = f"{what}: ghi {dong(stated)}, cộng lại được {dong(summed)} (lệch {dong(abs(stated - summed))})."
    return Finding(kind="sum-mismatch", severity=severity(stated - summed, slack), detail=detail, lines=lines)


def severity(difference: int, slack: int) -> Severity:
    """Info for a difference that rounding explains: each figure may be off by half of its last printed digit."""
    return "Info" if 2 * abs(difference) <= slack else "Warning"


def step(amount: int, unit: int = 10**9) -> int:
    """What the last printed digit of an amount is worth: that of its last digit that is not 0, at most the unit that it is printed in."""
    while amount % unit:
        unit //= 10
    return unit


def near(stated: int, summed: int, far: float = FAR) -> bool:
    """Whether two figures differ, and by no more than the share `far` of the greater."""
    return stated != summed and abs(stated - summed) <= far * max(abs(stated), abs(summed))


@dataclass(frozen=True, slots=True)
class _Off:
    """A row that misses a sum `by` so many dong: the cells of `wholes` that of a column, or that of its own `parts`."""

    row: TableRow
    wholes: Sequence[int]
    parts: Sequence[int]
    by: int
    finding: Finding


def _culprits(columns: Sequence[_Off], rows: Sequence[_Off]) -> Iterator[Finding]:
    """The sums that are off, without those that one wrong cell puts off besides.

    Where an item fails across, and a column would add up with what its parts make, or with the part that it lacks, the item is told alone;
    where a row of totals fails across by as much as one of its columns down, the column.
    """
    items, totals = ([one for one in rows if (one.row.kind == "item") is item] for item in (True, False))
    own = [column for column in columns if any(column.row is one.row and _explains(one, column, 1) for one in totals)]
    kept = [column for column in columns if column in own or not any(_explains(item, column, -1) for item in items)]
    left = [one for one in totals if not any(column.row is one.row and _explains(one, column, 1) for column in kept)]
    yield from (one.finding for one in (*kept, *items, *left))


def _explains(row: _Off, column: _Off, sign: int) -> bool:
    """Whether one cell puts both off: the whole of the row, by as much as the column (`sign` 1 for its own total), or one of its parts."""
    (index,) = column.wholes
    if row.finding.severity != column.finding.severity:  # a note must not stand for a fault
        return False
    return column.by == (sign * row.by if index in row.wholes else -sign * row.by if index in row.parts else None)


def _columns(table: TableGrid) -> Iterator[_Off]:
    """Stated totals against the rows above them (or, for a section, below it).

    Where not even half of them agree, rows may have been misread: then only a table numbered without a gap is faulted, for a sum
    or two, or a bare list.
    """
    checked = 0
    found: list[_Off] = []
    money = [index for index, column in enumerate(table.columns) if column.kind in MONEY]
    clear = [(index, table.columns[index]) for index in money if not any(_is_garbled(row, index) for row in table.rows)]
    for place, row in enumerate(table.rows):
        if row.kind == "item" or (row.kind == "total" and not is_grand(row)):
            continue
        summed: list[list[TableRow]] = []
        for rows in _summed(table, place):
            summed += [rows] if rows not in summed else []
        for index, column in clear:
            stated = table.amount(row, index)
            sums = [figures for rows in summed if sum(figures := _figures(table, rows, [index]))] if stated is not None else []
            if stated is None or not sums:
                continue
            checked += 1
            closest = min(sums, key=lambda figures: abs(sum(figures) - stated))
            if near(stated, sum(closest)):
                what = f"{called(table)}, “{short(row.label)}”, cột “{column.name}”"
                slack = _slack(table, [stated, *closest])
                finding = _mismatch(what, stated, sum(closest), slack, row.cells[index].lines or row.lines)
                found.append(_Off(row, (index,), (), stated - sum(closest), finding))
    if 2 * len(found) <= checked or (len(found) < 3 and numbered(table)) or _is_list(table):
        yield from found


def _is_list(table: TableGrid) -> bool:
    """Whether a small table gives each of its rows one sum, and their total at its end: what each source or purpose gets."""
    money = [index for index, column in enumerate(table.columns) if column.kind in MONEY]
    *items, last = table.rows
    plain = all(row.kind == "item" and not row.part for row in items) and is_grand(last) and not table.lists_items
    return plain and len(items) > 1 and all(table.amount(row, index) is not None for row in table.rows for index in money)


def _is_garbled(row: TableRow, index: int) -> bool:
    """Whether a cell holds a number of which nobody knows what is meant."""
    text = row.cells[index].text.strip()
    return values.is_lettered(text) or (values.is_misgrouped(text) and not values.is_damaged(text))


def numbered(table: TableGrid) -> bool:
    """Whether the items of a table count from 1 without a gap, anew in each section or throughout."""
    ordinals = [row.cells[0].text.strip(" .)") for row in table.rows if row.kind == "item" and not row.goes_on and not _is_part(row)]
    steps = [int(one) for one in ordinals if one.isdigit()]
    begin = steps[0] - 1 if steps and steps[0] in _YEARS else 0  # the rows of a table may be years
    return len(steps) == len(ordinals) and all(other in (1, one + 1) for one, other in pairwise([begin, *steps]))


def _is_part(row: TableRow) -> bool:
    """Whether an item is a part of the one above it: 1.1 of 1, a) of 2, a dash."""
    return _PART.match(next((cell.text.strip() for cell in row.cells if cell.text.strip()), "")) is not None


def candidates(table: TableGrid, place: int, index: int) -> Iterator[list[int]]:
    """The figures whose sum a row of totals can be in a column."""
    return (_figures(table, rows, [index]) for rows in _summed(table, place))


def _summed(table: TableGrid, place: int) -> Iterator[list[TableRow]]:
    """The rows whose sum a row of totals can be: all items, the top ones, its section, the sections or the totals before it."""
    items = [row for row in table.rows if row.kind == "item"]
    yield items
    yield [row for row in items if counts(row)]
    step = 1 if table.rows[place].kind == "section" else -1
    numbers = {series(row.cells[0].text) for row in table.rows if row.kind == "section"} - {""}
    beside = [row for row in table.rows if row.kind == "item" and series(row.cells[0].text) in numbers]
    near: list[TableRow] = []
    for row in table.rows[place + step :: step] if place + step >= 0 else ():
        if row.kind != "item" or (step > 0 and row in beside):
            break
        near.append(row)
    yield near
    yield [row for row in near if counts(row)]
    if own := series(table.rows[place].cells[0].text) if table.rows[place].kind == "section" else "":  # A with its I, II, up to B
        within = takewhile(
            lambda row: row.kind == "item" or (row.kind == "section" and series(row.cells[0].text) not in {own, ""}),
            table.rows[place + 1 :],
        )
        yield [row for row in within if row.kind == "item" and counts(row)]
    if table.rows[place].kind == "total":
        yield [row for row in table.rows if row.kind == "section" or row in beside]
        yield [row for at, row in enumerate(table.rows) if row.kind == "total" and at != place]


def _figures(table: TableGrid, rows: Iterable[TableRow], indexes: Sequence[int]) -> list[int]:
    return [table.amount(row, index) or 0 for row in rows for index in indexes]


def _slack(table: TableGrid, figures: Iterable[int]) -> int:
    """What rounding may come to; where some figures have decimals, a whole one is printed as finely as the coarsest of them."""
    unit = table.factor or 1
    steps = [step(figure, unit) for figure in figures if figure]
    coarsest = max((one for one in steps if one < unit), default=unit)
    return sum(min(one, coarsest) for one in steps)


def _rows(table: TableGrid) -> Iterator[_Off]:
    """Rows whose parts do not make the whole: the years the total, the sources the total or their years."""
    for wholes, parts in partitions(table.columns):
        sums = [(rows[0], sum(_figures(table, rows, wholes)), sum(_figures(table, rows, parts))) for rows in table.groups()]
        checked = [one for one in sums if one[1] and one[2] and not any(_is_garbled(one[0], index) for index in (*wholes, *parts))]
        good = sum(stated == summed for _, stated, summed in checked)
        if good < MOST * len(checked):
            continue
        for row, stated, summed in checked:
            if near(stated, summed) or (stated != summed and len(checked) > 3):
                lines = [row.cells[index].lines or row.lines for index in (*wholes, *parts) if row.cells[index].text]
                label = short(row.label or max((cell.text for cell in row.cells), key=len))
                heads = " + ".join(table.columns[index].name for index in wholes)
                slack = _slack(table, _figures(table, [row], [*wholes, *parts]))
                what = f"{called(table)}, “{label}”, cột “{heads}”"
                finding = _mismatch(what, stated, summed, slack, (min(lines)[0], max(lines)[1]))
                yield _Off(row, wholes, parts, stated - summed, finding)


def _products(table: TableGrid) -> Iterator[_Off]:
    """Items whose amount is not their quantity times their price, where most of the table's are."""
    places = [[i for i, column in enumerate(table.columns) if head.match(column.name)] for head in (_QUANTITY, _PRICE, _AMOUNT)]
    if any(len(found) != 1 for found in places):
        return
    (many,), (each,), (amount,) = places
    checked: list[tuple[TableRow, int, int, int]] = []
    for row in table.rows:
        quantity, price = (values.parse_number(row.cells[index].text, table.decimal_mark) for index in (many, each))
        stated = table.amount(row, amount) if row.kind == "item" and not _is_garbled(row, amount) else None
        if quantity and price and stated:
            unit = table.factor_of(each)
            made = int(quantity * price * unit)
            checked.append((row, stated, made, step(stated, table.factor_of(amount)) + int(quantity * step(int(price * unit), unit))))
    off = [one for one in checked if 2 * abs(one[1] - one[2]) > one[3]]
    for row, stated, made, _ in off if len(off) <= (1 - MOST) * len(checked) else ():
        what = f"{called(table)}, “{short(max((cell.text for cell in row.cells), key=len))}”, cột “{table.columns[amount].name}”"
        detail = f"{what}: ghi {dong(stated)}, số lượng nhân đơn giá được {dong(made)}."
        yield _Off(row, (amount,), (), stated - made, Finding(kind="sum-mismatch", detail=detail, lines=row.lines))


def _percent(table: TableGrid) -> Iterator[Finding]:
    """A column of shares whose total is printed as 100, and whose rows make another."""
    items = [row for row in table.rows if row.kind == "item" and counts(row)]
    for index, column in enumerate(table.columns):
        if "%" in column.name and _SHARES.search(column.name):
            whole = {values.parse_number(row.cells[index].text, table.decimal_mark) for row in table.rows if is_grand(row)}
            shares = [(row, values.parse_number(row.cells[index].text, table.decimal_mark)) for row in items]
            total = sum(share for _, share in shares if share is not None)
            finest = min((int(share.as_tuple().exponent) for _, share in shares if share is not None), default=0)
            off = abs(float(total) - 100)
            if whole == {100} and len(items) > 2 and len(items) * 10**finest / 2 < off <= MOST_OFF:
                detail = f"{called(table)}, cột “{column.name}”: ghi 100%, cộng lại được {f'{total:f}'.replace('.', ',')}%."
                yield Finding(kind="sum-mismatch", detail=detail, lines=next(row.lines for row in table.rows if is_grand(row)))


def partitions(columns: Sequence[Column]) -> Iterator[tuple[list[int], list[int]]]:
    """The columns that add up to the same as others: a total and its years, a total and its sources, years and their sources."""
    totals = [i for i, column in enumerate(columns) if column.kind == "total"][:1]
    money = [i for i, column in enumerate(columns) if column.kind == "money" and not _is_span(column)]
    years = [i for i, column in enumerate(columns) if column.kind == "year" or _is_span(column)]
    for parts in (years, money):
        if totals and len(parts) > 1:
            yield totals, parts
    if not totals and len(years) == 1 and len(money) > 1 and not any(columns[i].years for i in money):  # a plan of one year
        yield years, money
    for span in dict.fromkeys(columns[i].years for i in money):
        parts = [i for i in money if columns[i].years == span]
        first, last = (span or "").partition("-")[::2]
        wholes = [i for i in years if span and first <= (columns[i].years or "") <= (last or first)]
        if wholes and len(parts) > 1:
            yield wholes, parts


def _is_span(column: Column) -> bool:
    """Whether a column of money is for years alone, as those of one year are: "2028-2030", "Giai đoạn 1 (2024-2025)"."""
    return column.kind == "money" and column.years is not None and column.source is None and column.capital is None


def _between(one: TableGrid, other: TableGrid) -> Iterator[Finding]:
    """The grand totals of two tables with the same columns, most of them equal."""
    here, there = grand(one), grand(other)
    shared = [name for name in here if name in there]
    same = sum(here[name][0] == there[name][0] for name in shared)
    if len(shared) < 3 or same <= len(shared) / 2:
        return
    for name in shared:
        (stated, lines), (against, where) = here[name], there[name]
        if near(stated, against):
            detail = f"Cột “{name}”: {called(one)} ghi {dong(stated)}, {called(other)} (dòng {where[0]}) ghi {dong(against)}."
            level = severity(stated - against, _slack(one, [stated]) + _slack(other, [against]))
            yield Finding(kind="sum-mismatch", severity=level, detail=detail, lines=lines)


def grand(table: TableGrid) -> dict[str, tuple[int, Lines]]:
    """The amounts of the last row of totals by column."""
    rows = [row for row in table.rows if is_grand(row)]
    found: dict[str, tuple[int, Lines]] = {}
    for index, column in enumerate(table.columns):
        amount = table.amount(rows[-1], index) if rows and column.kind in MONEY else None
        if amount is not None and rows:
            found[column.name] = (amount, rows[-1].cells[index].lines or rows[-1].lines)
    return found


def _sources(document: PlanDocument) -> Iterator[Finding]:
    total, lines, sources = document.total_budget_vnd, document.total_budget_lines, document.budget_by_source
    summed = sum(source.amount_vnd for source in sources)
    if total is not None and lines and len(sources) > 1 and near(total, summed):
        slack = sum(step(amount) for amount in (total, *(source.amount_vnd for source in sources)))
        found = _mismatch("Tổng kinh phí so với các nguồn vốn trong thân văn bản", total, summed, slack, lines)
        yield found if summed > total else replace(found, severity="Info")  # the rest may come from a source without an amount


def calls_total(before: str) -> bool:
    """Whether the words before an amount call it a total."""
    return any(entry.value == "total" and entry.pattern.search(before) for entry in lexicon.table("budget_words"))


def years(table: TableGrid) -> Period | None:
    """The years of a table, by its title or else its columns of years."""
    found = sorted(year for column in table.columns if column.kind == "year" for year in (column.years or "").split("-") if year)
    return values.period(table.title) or ((int(found[0]), int(found[-1])) if found else None)


def same_years(one: Period | None, other: Period | None) -> bool:
    """Whether two periods are the same, as far as they are told."""
    return one is None or other is None or one == other


def called(table: TableGrid) -> str:
    """What a table is called in a finding."""
    kind, _, number = table.id.partition("-")
    if kind == "appendix" and table.in_appendix:
        return f"Phụ lục {number}".strip()
    return f"Bảng “{short(table.title)}”" if table.title else f"Bảng ở dòng {table.lines[0]}"


def short(text: str, words: int = 8) -> str:
    """The first words of a text."""
    parts = text.split()
    return " ".join(parts[:words]) + ("…" if len(parts) > words else "")
