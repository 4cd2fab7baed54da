"""Rows of an appendix's table as projects: who leads, when, for how much, out of which purse, on what ground."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import cast

from msgspec import structs

from cancu.reading import assignments, lexicon, values
from cancu.reading.columns import MONEY, Column, Kind, capital_of, is_known_source, source_of
from cancu.reading.rows import is_ordinal
from cancu.reading.tables import TableGrid, TableRow, series
from cancu.records import Allocation, Lines, Period, ProjectRow, SystemKind

_WORD = re.compile(r"\w")
_NUMBERED = re.compile(r"^(\d{1,3}(?:\.\d{1,2})*)[.)]\s+(?=\D)")
_PURSE = re.compile(r"\W*(?P<name>[^\W\d_][^:;\d]*)[:\s]\s*\d+(?:[.,]\d+)*(?=\W|$)(?!\s*%)")  # what it is called, and what it gives
_SUM = r"(?P<sum>\d+(?:[.,]\d+)*(?:\s*(?:t[ỷỉ]|triệu|nghìn|ngàn)?\s*đồng)?)"
_YEAR_TOLD = re.compile(rf"(?i)(?:năm\s+)?(?<!\d)(?P<year>(?:19|20)\d{{2}})\s*:\s*{_SUM}")  # "2022: 500"
_WHOLE = re.compile(rf"(?i)\W*{_SUM}\W*(?:trong\s+đó\W*)?$")
_OF_WHICH = re.compile(r"(?i)^\W*(?:trong\s+đó|(?:bao\s+)?gồm)(?:\s+có)?(?![^\W_])")
_STATED_PERIOD = re.compile(r"(?i)(?:giai\s+đoạn|GĐ|từ\s+năm)\W*(?P<years>(?:19|20)\d{2}\s*(?:[-–]|đến(?:\s+năm)?)\s*(?:19|20)\d{2})")
RECORDS = re.compile(r"(?i)số hóa|chỉnh lý|lưu trữ|(?<!\w)(?:sổ|hồ sơ|tài liệu|dữ liệu hộ tịch|văn bằng)(?!\w)")  # what is of earlier years
_PART_OF_YEAR = re.compile(  # "Quý I, Quý III", "Cả năm", "Trước ngày 30/6"
    r"(?i)\W*(?:cả|trong)\s+năm\W*|\W*(?P<up_to>trước|đến|hết)?\W*(?:(?:trong|đầu|giữa|cuối|hết|từ|và|quý|quí|tháng|ngày|[IV]{1,3}|\d{1,2})(?![^\W_])\W*){2,6}"
)
_ELSEWHEN = re.compile(  # paid before, or still to be paid: no purse gives it
    r"(?i)\W*(?:l[ũu][yỹ]\s+kế|(?:số\s+)?còn\s+lại|(?:(?:số|vốn|kinh\s+phí)\s+)?đã\s[^\d()]{3,40}(?:19|20)\d\d)(?![^\W_])"
)
_PHASING = re.compile(r"(?i)phân\s+kỳ")

Rows = tuple[TableRow, ...]  # of one project: the first, and those that go on with it


@dataclass(frozen=True, slots=True)
class Citation:
    """A document that the text cites: its number (or its type and title), and the lines and words of the mention."""

    number: str
    lines: Lines
    surface: str = ""


def read_rows(table: TableGrid, cited: Sequence[Citation] = (), period: Period | None = None) -> tuple[ProjectRow, ...]:
    """The item rows of `table`, in their order; none for a table of the body.

    `cited` are the citations of the document, itself left out: those on a row's lines are its `row_basis`, and of those
    on a line that several rows share the ones whose words are in its cells. `period` is the document's: money for which neither row
    nor table has years is for those of the table's title, or else of the document.
    """
    if not table.lists_items:
        return ()
    period = values.period(table.title) or period
    table = replace(table, columns=_dated(table.columns, period))
    shared = any(other.lines[0] <= one.lines[1] for one, other in itertools.pairwise(table.rows))
    return tuple(
        _project(table, rows, section, [c for c in cited if _says(rows, c)] if shared else cited, period) for section, rows in _items(table)
    )


def _dated(columns: Sequence[Column], period: Period | None) -> tuple[Column, ...]:
    """The columns, the first, second … year as those of `period` where it has as many, and else as money of no year."""
    unnamed = [column for column in columns if column.kind == "year" and not column.years]
    first, last = period or (None, None)
    if first and last and last - first + 1 == len(unnamed):
        years = {column.name: str(first + place) for place, column in enumerate(unnamed)}
        return tuple(replace(column, years=years[column.name]) if column in unnamed else column for column in columns)
    return tuple(column.of("money") if column in unnamed else column for column in columns)


def _items(table: TableGrid) -> Iterator[tuple[str | None, Rows]]:
    """The item rows, each with those that go on with it, and its section: the nearest above.

    That of a numbered row is only that of its parts: 1.1, 1.2 and so on, or what counts from 1 again right below it.
    """
    section: str | None = None
    outer: str | None = None
    parent, opened = "", False
    for rows in table.groups():
        row = rows[0]
        ordinal = _split_name(table, row)[0] or ""
        if row.kind == "section":
            number = row.label.split(".")[0]
            if number.isdigit():
                outer, parent = (outer if (section or "").split(".")[0].isdigit() else section), number
            else:
                parent = ""
            section = row.label
        elif row.kind == "item":
            if parent and ordinal.isdigit():
                section, parent = (section if opened and ordinal == "1" else outer), ""
            elif section and series(ordinal) and series(ordinal) == series(section.split(".")[0]):
                section = None
            yield section, rows
        opened = row.kind == "section"


def _project(table: TableGrid, rows: Rows, section: str | None, cited: Sequence[Citation], years_of_all: Period | None) -> ProjectRow:
    row = rows[0]
    ordinal, name = _split_name(table, row)
    done_by = assignments.who(table, row)
    dated = _by_dated_row(table, rows)
    purses = tuple(_by_purse(table, rows, years_of_all)) if not dated else ()
    by_year = {column.years: amount for column, amount in _amounts(table, row, "year") if column.years} if not purses else {}
    said, told = _years_told(table, row)
    by_year = dated or by_year or told
    period = _span(dated) if dated else _period(table, row, name, by_year, years_of_all) or _within(table, row, years_of_all)
    totals = [amount for one in rows for _, amount in _amounts(table, one, "total")[:1]]
    total = sum(totals) if totals else said if told else _told(table, row)
    allocations = purses or _allocations(table, row, total, years_of_all)
    if total is None and not any(map(values.is_lettered, _texts(table, row, "total", "money"))):
        total = _implied(allocations, by_year, table, row)
    notes = [text for text in _texts(table, row, "note") if re.search(r"\w", text)]
    return ProjectRow(
        table=table.id,
        section=section,
        ordinal=ordinal,
        name=name,
        lead=done_by.lead or assignments.over(table, section),
        coordinating=done_by.coordinating,
        period=period,
        total_vnd=total,
        by_year_vnd=by_year,
        allocations=allocations,
        note="; ".join([*notes, *done_by.remarks]) or None,
        row_basis=_basis(rows, cited),
        systems=_systems(name),
        lines=_lines(rows),
    )


def _systems(name: str) -> tuple[SystemKind, ...]:
    """The kinds of system in a name, in the order of its words; words that one entry took are hidden from those after it."""
    found: list[tuple[int, SystemKind]] = []
    small = name.lower()
    for entry in lexicon.possible("systems", name):
        for start, end in entry.places_in(name, small):
            if entry.value != "other":
                found.append((start, cast(SystemKind, entry.value)))
            name, small = lexicon.hidden(name, start, end), lexicon.hidden(small, start, end)
    return tuple(dict.fromkeys(kind for _, kind in sorted(found)))


def _texts(table: TableGrid, row: TableRow, *kinds: Kind) -> list[str]:
    pairs = zip(table.columns, row.cells, strict=True)
    return [cell.text for column, cell in pairs if column.kind in kinds and cell.text]


def _amounts(table: TableGrid, row: TableRow, kind: Kind) -> list[tuple[Column, int]]:
    return [
        (column, amount)
        for index, column in enumerate(table.columns)
        if column.kind == kind and (amount := table.amount(row, index)) is not None
    ]


def _split_name(table: TableGrid, row: TableRow) -> tuple[str | None, str]:
    """The ordinal and the name of a row; the ordinal may stand in the name's cell. A dash is no ordinal."""
    first = row.cells[0].text
    ordinal = first.rstrip(".)") if table.columns[0].kind == "ordinal" and is_ordinal(first) and _WORD.search(first) else None
    words = _texts(table, row, "name") or _texts(table, row, "objective", "other", "basis", "note")
    words = words or [text for text in _texts(table, row, "lead", "actor") if not is_ordinal(text)] or [first]
    name = assignments.without(words[0])
    numbered = _NUMBERED.match(name)
    if ordinal is None and numbered:
        return numbered[1], name[numbered.end() :]
    return ordinal, name


def _period(table: TableGrid, row: TableRow, name: str, by_year: dict[str, int], years_of_all: Period | None) -> Period | None:
    """The years of the work: from its column of times, those that columns of single years or of phases give money, or as the name says."""
    stated = [period for text in _texts(table, row, "time") if (period := values.period(text))]
    if stated:  # two columns may hold the beginning and the end
        firsts, lasts = ([year for year in years if year] for years in zip(*stated, strict=True))
        return (min(firsts) if firsts else None, max(lasts) if lasts else None)
    phased = any(column.phasing for column in table.columns) or _PHASING.search(table.title)
    of_span = any(column.years and "-" in column.years for column in table.columns)
    funded = [*map(int, by_year)] if phased or not of_span else []
    if phased:
        funded += [int(year) for column, _ in _amounts(table, row, "money") if column.years for year in column.years.split("-")]
    if funded:
        return min(funded), max(funded)
    marked = [int(column.years) for column in _marked(table, row, "year") if column.years and column.years.isdigit()]
    if marked and not by_year:
        return min(marked), max(marked)
    named = _STATED_PERIOD.search(name)
    years = values.period(named["years"]) if named else None
    before = years and years[1] and years_of_all and years_of_all[0] and years[1] < years_of_all[0]
    return None if before and RECORDS.search(name) else years


def _within(table: TableGrid, row: TableRow, years_of_all: Period | None) -> Period | None:
    """The one year of the plan, where the row's time is a part of it: "Quý II"; up to it for "Trước ngày 30/6"."""
    first, last = years_of_all or (None, None)
    told = next((match for text in _texts(table, row, "time") if (match := _PART_OF_YEAR.fullmatch(text))), None)
    if told is None or first is None or first != last:
        return None
    return (None if told["up_to"] else first), last


def _span(by_year: dict[str, int]) -> Period:
    years = sorted(map(int, by_year))
    return years[0], years[-1]


def _allocations(table: TableGrid, row: TableRow, total: int | None, years_of_all: Period | None) -> tuple[Allocation, ...]:
    years = _years_of_money(table, row, years_of_all)
    found = [
        Allocation(
            column=column.name,
            year_or_period=column.years
            or (years if values.period(column.name) is None else None),  # "đến hết năm 2022": not of the row's years
            source=column.source,
            capital=column.capital,
            amount_vnd=amount,
        )
        for column, amount in _amounts(table, row, "money")
        if not _ELSEWHEN.match(column.name)
    ]
    marked = [column for column in _marked(table, row, "money") if column.source]
    if total is not None and not found and len(marked) == 1:
        return (
            Allocation(column=marked[0].name, year_or_period=years, source=marked[0].source, capital=marked[0].capital, amount_vnd=total),
        )
    cells = ((column.name, source_of(text), capital_of(text)) for column, text in _fund_cells(table, row))
    funds = [(name, source, None if source else capital) for name, source, capital in cells if source or capital]
    if len(funds) == 1:  # "Vốn đã bố trí", "Vốn còn thiếu" beside the one purse of both
        found = [one if one.source else structs.replace(one, source=funds[0][1], capital=one.capital or funds[0][2]) for one in found]
    if not found:
        found = [one for column, text in _fund_cells(table, row) for one in _worded(table, column, text, years)]
    if total is not None and not found and len(funds) == 1:
        found = [Allocation(column=funds[0][0], year_or_period=years, source=funds[0][1], capital=funds[0][2], amount_vnd=total)]
    return tuple(found)


def _by_purse(table: TableGrid, rows: Rows, years_of_all: Period | None) -> Iterator[Allocation]:
    """What each purse gives, where a row each tells of it: year by year, or else as a whole."""
    years = _years_of_money(table, rows[0], years_of_all)
    kinds: tuple[Kind, ...] = ("year", "money", "total")
    for kind in kinds if len(rows) > 1 else ():
        found = [(row, column, amount) for row in rows for column, amount in _amounts(table, row, kind)]
        if any(row is not rows[0] for row, _, _ in found):
            for row, column, amount in found:
                source = next((source_of(text) for _, text in _fund_cells(table, row)), None) or column.source
                yield Allocation(
                    column=column.name, year_or_period=column.years or years, source=source, capital=column.capital, amount_vnd=amount
                )
            return


def _by_dated_row(table: TableGrid, rows: Rows) -> dict[str, int]:
    """What each year gives, where a row each tells of it."""
    found: dict[str, int] = {}
    for row in rows if len(rows) > 1 else ():
        period = next((period for text in _texts(table, row, "time") if (period := values.period(text))), (None, None))
        amount = next((amount for _, amount in _amounts(table, row, "total")), None)
        if not period[0] or period[0] != period[1] or amount is None or str(period[0]) in found:
            return {}
        found[str(period[0])] = amount
    return found


def _years_told(table: TableGrid, row: TableRow) -> tuple[int | None, dict[str, int]]:
    """What a cell in words gives to each year, and in all: "800 (2022: 500; 2023: 300)"."""
    for column, cell in zip(table.columns, row.cells, strict=True):
        told = list(_YEAR_TOLD.finditer(cell.text)) if column.kind in {"total", "fund"} and ":" in cell.text else []
        years = {match["year"]: _sum_of(table, match["sum"]) for match in told}
        if told and len(years) == len(told):
            whole = _WHOLE.match(cell.text[: told[0].start()])
            return _sum_of(table, whole["sum"]) if whole else sum(years.values()), years
    return None, {}


def _sum_of(table: TableGrid, text: str) -> int:
    number = values.parse_number(text, table.decimal_mark)
    return values.to_dong(number, values.unit_factor(text) or table.factor or 1) if number is not None else 0


def _marked(table: TableGrid, row: TableRow, kind: Kind) -> list[Column]:
    """The columns of a kind whose cells in the row are marked with an x."""
    return [column for column, cell in zip(table.columns, row.cells, strict=True) if column.kind == kind and values.is_mark(cell.text)]


def _told(table: TableGrid, row: TableRow) -> int | None:
    """The amount alone in a column of purses, where other rows say with each what it gives, or before those of a cell's words."""
    wholes = (_in_words(table, text)[0] for _, text in _fund_cells(table, row))
    return next((amount for _, amount in _amounts(table, row, "fund")), None) or next((whole for whole in wholes if whole), None)


def _worded(table: TableGrid, column: Column, text: str, years: str | None) -> Iterator[Allocation]:
    """What a cell says in words that each purse gives."""
    for source, amount in _in_words(table, text)[1]:
        yield Allocation(column=column.name, year_or_period=years, source=source, capital=None, amount_vnd=amount)


def _in_words(table: TableGrid, text: str) -> tuple[int | None, list[tuple[str | None, int]]]:
    """The whole that a cell says in words before its parts, and what each purse gives.

    "NSNN 1.500 triệu đồng; xã hội hóa 200 triệu đồng"; in its table's unit "NSTW: 12; NST: 3"; with the purse after the sum
    "8 tỷ đồng (ngân sách tỉnh)"; "15 tỷ đồng, trong đó NSTW 5 tỷ đồng".
    """
    purses = [match["name"] for match in _PURSE.finditer(text)]
    if table.unit and purses and all(map(is_known_source, purses)) and not values.money(text):
        text = _PURSE.sub(rf"\g<0> {table.unit}", text)
    sums = values.money(text)
    ends, starts = [0, *(one.end for one in sums)], [*(one.start for one in sums), len(text)]
    beside = [_purse_in(text[end:start]) for end, start in zip(ends, starts, strict=True)]
    amounts = [one.amount_vnd for one in sums]
    if len(sums) > 1 and not beside[0] and all(beside[1:-1]) and sum(amounts[1:]) <= amounts[0]:
        return amounts[0], list(zip(beside[1:], amounts[1:], strict=False))
    return None, list(zip(beside if any(beside[:-1]) else beside[1:], amounts, strict=False))


def _purse_in(text: str) -> str | None:
    """The source of funds that the words beside a sum name; brackets say more of one, or hold it."""
    text = _OF_WHICH.sub("", text)
    return source_of(re.sub(r"\([^()]*\)|[^\w\s]", " ", text).strip() or re.sub(r"[^\w\s]", " ", text).strip())


def _fund_cells(table: TableGrid, row: TableRow) -> list[tuple[Column, str]]:
    pairs = zip(table.columns, row.cells, strict=True)
    return [(column, cell.text) for column, cell in pairs if column.kind == "fund" and cell.text and not values.is_number(cell.text)]


def _years_of_money(table: TableGrid, row: TableRow, years_of_all: Period | None) -> str | None:
    """The years that money without a year of its own is for: those of the row, of year columns, or of all."""
    period = next((period for text in _texts(table, row, "time") if (period := values.period(text))), None)
    if period is None:
        whole = [
            column.years for column in table.columns if column.years and column.kind in MONEY and not (column.source or column.capital)
        ]
        years = sorted([year for one in whole for year in one.split("-") if year])
        period = (int(years[0]), int(years[-1])) if years else years_of_all
    if period is None or period[0] is None or period[1] is None:
        return None
    return str(period[0]) if period[0] == period[1] else f"{period[0]}-{period[1]}"


def _implied(allocations: Sequence[Allocation], by_year: dict[str, int], table: TableGrid, row: TableRow) -> int | None:
    """The total of a row that prints none: what its only filled money column holds, years left out where there are others."""
    cells = {column.name for column, _ in _fund_cells(table, row)}
    if len(allocations) == 1 or (len(cells) == 1 and cells == {one.column for one in allocations}):
        return sum(one.amount_vnd for one in allocations)
    only_years = not any(column.kind in {"money", "total"} for column in table.columns)
    return next(iter(by_year.values())) if only_years and len(by_year) == 1 else None


def _lines(rows: Rows) -> Lines:
    return min([row.lines[0] for row in rows]), max([row.lines[1] for row in rows])


def _says(rows: Rows, citation: Citation) -> bool:
    return any(citation.surface in cell.text for row in rows for cell in row.cells)


def _basis(rows: Rows, cited: Sequence[Citation]) -> tuple[str, ...]:
    spans = [cell.lines for row in rows for cell in row.cells if cell.lines]
    first_line, last_line = _lines(rows)
    near = [c for c in cited if c.lines[0] <= last_line and first_line <= c.lines[1]]
    on_row = (c.number for c in near if any(c.lines[0] <= last and first <= c.lines[1] for first, last in spans))
    return tuple(dict.fromkeys(on_row))
