"""Tables of indicators, whose cells are goals: "Tỷ lệ hồ sơ trực tuyến | % | 75 | 80" under the years by which they are to be met."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from cancu.reading import values
from cancu.reading.columns import Column
from cancu.reading.phrase import shorten
from cancu.reading.tables import TableGrid, TableRow
from cancu.records import Comparator, Level, Target

_INDICATOR = re.compile(r"(?i)^\W*(?:tên\s+|các\s+|nội\s+dung\s+|hệ\s+thống\s+)*chỉ\s+(?:tiêu|số)")
_UNIT = re.compile(r"(?i)^\W*(?:đơn\s+vị(?:\s+tính)?|đvt|đv\s+tính)\W*$")
_GOAL = re.compile(r"(?i)mục\s+tiêu|chỉ\s+tiêu|kế\s+hoạch|giá\s+trị|phấn\s+đấu|đến\s+năm|^\W*mức(?:\s+(?:cần\s+)?(?:đạt|phấn\s+đấu))?\W*$")
_REACHED = re.compile(r"(?i)thực\s+hiện|hiện\s+trạng|kết\s+quả|đạt\s+được|ước|hiện\s+nay")
_NOT_REACHED = re.compile(r"(?i)mục\s+tiêu|kế\s+hoạch|dự\s+kiến|lộ\s+trình|so\s+với|tỷ\s+lệ|%|/")  # plans, and shares of plans
_VALUE = re.compile(
    r"(?i)(?P<least>≥|>=?|trên|tối\s+thiểu|ít\s+nhất|từ)?(?P<most>≤|<=?|dưới|không\s+quá|tối\s+đa)?\s*(?P<low>\d[\d.,]*)\s*%?"
    r"(?:\s*(?:-|–|đến)\s*(?P<high>\d[\d.,]*))?\s*(?P<percent>%)?(?P<up>\s*trở\s+lên)?"
)
_OWN_UNIT = re.compile(r"\s*\((?P<unit>%|[^\W\d][^()\d,;/]{0,20})[^()\d]{0,20}\)\s*$")  # after what is counted: "(%)", "(dịch vụ, lũy kế)"
_BY_YEAR = re.compile(r"(?i)đến\s+(?:hết\s+)?(?:năm\s+)?(?P<year>20\d\d)(?!\d)")
_SAID = re.compile(
    r"(?P<share>\d{1,3}(?:,\d+)?\s?%)\s+(?P<what>[^\W\d_]+(?:\s[^\W\d_]+){3,})"
)  # "85% cơ sở giáo dục thu học phí qua ngân hàng"
_PERCENT = re.compile(r"%|phần\s+trăm")


def is_indicators(table: TableGrid) -> bool:
    """Whether the items of `table` are indicators, and its cells what they count: in units of their own, not in one of money."""
    if not any(column.kind == "name" and _INDICATOR.match(column.name) for column in table.columns) or not _goals(table):
        return False
    unit_at = _place(table, _UNIT)
    if table.measure:
        return True
    if table.unit is not None:  # one said somewhere above it, where each row has its own
        return any(
            "(%)" in cell.text or (place == unit_at and _PERCENT.fullmatch(cell.text))
            for row in table.rows
            for place, cell in enumerate(row.cells)
        )
    return unit_at is not None or any("%" in cell.text for row in table.rows for cell in row.cells)


def find(tables: Sequence[TableGrid], year: int | None = None) -> tuple[Target, ...]:
    """The goals in the tables of indicators, cell by cell; `year` is that of a plan for a single one."""
    return tuple(target for table in tables if is_indicators(table) for row in table.rows for target in _targets(table, row, year))


def levels(tables: Sequence[TableGrid]) -> tuple[Level, ...]:
    """The shares that tables of indicators report as reached beside their goals; none where more goals of a table are lower than higher."""
    return tuple(level for table in tables if is_indicators(table) for level in _levels(table))


def _levels(table: TableGrid) -> Iterator[Level]:
    """The last column of what was reached, row by row, where one goal of the row has its number in per cent."""
    heads = [column.name if column.kind != "name" else "" for column in table.columns]
    reached = [place for place, head in enumerate(heads) if _REACHED.search(head) and not _NOT_REACHED.search(head)]
    found: list[tuple[Level, bool]] = []
    for row in table.rows if reached else ():
        goals = [goal for goal in _targets(table, row, None) if goal.unit == "%"]
        cell = row.cells[reached[-1]]
        match = _VALUE.fullmatch(cell.text)
        value = values.parse_number(match["low"]) if match and not match["high"] and not match["most"] else None
        if goals and value is not None and cell.lines is not None:
            level = Level(subject=goals[0].subject, value=float(value), unit="%", lines=cell.lines)
            found.append((level, all(goal.value >= level.value for goal in goals)))
    if 2 * sum(fits for _, fits in found) >= len(found):
        yield from (level for level, _ in found)


def _targets(table: TableGrid, row: TableRow, year: int | None) -> Iterator[Target]:
    unit_at = _place(table, _UNIT)
    name = next((cell.text for cell, column in zip(row.cells, table.columns, strict=True) if column.kind == "name"), "")
    own = _OWN_UNIT.search(name) if unit_at is None else None
    stated = own["unit"] if own else row.cells[unit_at].text if unit_at is not None else table.measure or ""
    titled = _BY_YEAR.search(table.title)
    for place in _goals(table):
        cell = row.cells[place]
        said = _SAID.fullmatch(cell.text)  # what is measured stands beside it, and the name is a heading for it
        match = _VALUE.fullmatch(said["share"] if said else cell.text)
        unit = "%" if match and (match["percent"] or "%" in cell.text or _PERCENT.search(stated or name)) else stated
        if match is None or not unit or not name or cell.lines is None:
            continue
        low, high = values.parse_number(match["low"]), values.parse_number(match["high"]) if match["high"] else None
        if low is None:
            continue
        yield Target(
            subject=shorten(said["what"] if said else name[: own.start()] if own else name),
            value=float(low),
            value_max=float(high) if high is not None else None,
            unit=unit,
            comparator=_comparator(match),
            by_year=_year(table.columns[place]) or (int(titled["year"]) if titled else year),
            lines=cell.lines,
        )


def _comparator(match: re.Match[str]) -> Comparator:
    if match["high"]:
        return "range"
    return ">=" if match["least"] or match["up"] else "<=" if match["most"] else "="


def _goals(table: TableGrid) -> list[int]:
    """The places of the columns of goals: those of years, and those whose heads speak of goals; none for what was reached."""
    return [
        place
        for place, column in enumerate(table.columns)
        if not _REACHED.search(column.name)
        and (column.kind == "year" or (column.kind not in {"name", "ordinal", "quantity"} and _GOAL.search(column.name)))
    ]


def _place(table: TableGrid, head: re.Pattern[str]) -> int | None:
    return next((place for place, column in enumerate(table.columns) if head.match(column.name)), None)


def _year(column: Column) -> int | None:
    period = values.period(column.name)
    return period[1] if period else None
