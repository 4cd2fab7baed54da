"""Times that end before they begin: "từ ngày 01/9/2023 đến ngày 30/6/2023", in sentences and in two columns of a table."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from cancu.reading.outline import Paragraph
from cancu.reading.tables import TableGrid
from cancu.records import Finding, Lines

_QUARTERS = {"I": 1, "II": 2, "III": 3, "IV": 4, "1": 1, "2": 2, "3": 3, "4": 4}
_LAST_OF = 99  # a day, or a month, after all others


def _point(name: str) -> str:
    """A pattern for a time of the calendar, its groups numbered with `name`."""
    year = rf"(?P<year{name}>(?:19|20)\d\d)(?!\d)"
    return (
        rf"(?:(?:ngày\s+)?(?P<day{name}>\d{{1,2}})(?:\s*[/.-]\s*|\s+tháng\s+)(?P<month{name}>\d{{1,2}})(?:\s*[/.-]\s*|\s+năm\s+)"
        rf"|tháng\s+(?P<moon{name}>\d{{1,2}})(?:\s*/\s*|\s+năm\s+)|quý\s+(?P<quarter{name}>I{{1,3}}|IV|[1-4])(?:\s*/\s*|\s+năm\s+)|năm\s+){year}"
    )


_FROM = re.compile(
    rf"[TtKk](?<!\w.)(?i:(?:(?<=t)ừ|(?<=k)ể từ)\s+(?:đầu\s+)?{_point('1')}\s*,?\s+(?:đến|tới)\s+(?:hết\s+|cuối\s+)?{_point('2')})"
)
_YEARS = re.compile(
    r"[GgTtNn](?<!\w.)(?i:(?<=g)iai đoạn|(?<=t)hời kỳ|(?<=n)hiệm kỳ)\s+(?P<first>(?:19|20)\d\d)\s?[-–]\s?(?P<last>(?:19|20)\d\d)(?![\d/-])"
)
_ALONE = re.compile(rf"(?i)\W*{_point('1')}\W*")
_BEGINS = re.compile(r"(?i)\W*(?:(?:thời gian|ngày|thời điểm|năm|từ)\s+)*(?:bắt đầu|khởi công|từ ngày|từ)(?!\w)")
_ENDS = re.compile(r"(?i)\W*(?:(?:thời gian|ngày|thời điểm|năm)\s+)*(?:kết thúc|hoàn thành|đến ngày|đến)(?!\w)")


class Time(NamedTuple):
    """A year with what is told of its month and day."""

    year: int
    month: int
    day: int


def find(paragraphs: Sequence[Paragraph], tables: Sequence[TableGrid]) -> Iterator[Finding]:
    """The spans of `paragraphs` that end before they begin, and the rows of tables with a column for each of the two times."""
    for paragraph in paragraphs:
        text = paragraph.text
        for match in _FROM.finditer(text) if "ừ " in text and ("đến " in text or "tới " in text) else ():
            if _last(match, "2") < _first(match, "1"):
                yield _fault(match[0], paragraph.lines_of(match.start(), match.end()))
        for match in _YEARS.finditer(text) if "iai đoạn" in text or " kỳ " in text else ():
            if match["last"] < match["first"]:
                yield _fault(match[0], paragraph.lines_of(match.start(), match.end()))
    for table in tables:
        yield from _in_columns(table)


def _fault(span: str, lines: Lines) -> Finding:
    return Finding(kind="date-conflict", detail=f"“{span.strip()}”: kết thúc trước khi bắt đầu.", lines=lines)


def _first(match: re.Match[str], name: str) -> Time:
    """The first day of a time."""
    quarter = match[f"quarter{name}"]
    month = match[f"month{name}"] or match[f"moon{name}"] or (3 * _QUARTERS[quarter.upper()] - 2 if quarter else 0)
    return Time(int(match[f"year{name}"]), int(month), int(match[f"day{name}"] or 0))


def _last(match: re.Match[str], name: str) -> Time:
    """The last day of a time."""
    quarter = match[f"quarter{name}"]
    month = match[f"month{name}"] or match[f"moon{name}"] or (3 * _QUARTERS[quarter.upper()] if quarter else _LAST_OF)
    return Time(int(match[f"year{name}"]), int(month), int(match[f"day{name}"] or _LAST_OF))


def _in_columns(table: TableGrid) -> Iterator[Finding]:
    """Rows of a table with one column for the beginning and one for the end."""
    begins = [index for index, column in enumerate(table.columns) if _BEGINS.match(column.name)]
    ends = [index for index, column in enumerate(table.columns) if _ENDS.match(column.name)]
    if len(begins) != 1 or len(ends) != 1 or begins == ends:
        return
    for row in table.rows:
        one, other = (_ALONE.fullmatch(row.cells[index].text.strip()) for index in (begins[0], ends[0]))
        if one and other and _last(other, "1") < _first(one, "1"):
            yield _fault(f"{one[0].strip()} - {other[0].strip()}", row.lines)
