"""Days that no calendar has: "ngày 30/02/2022", "trước ngày 31/11 hằng năm"."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator, Sequence

from cancu.reading.outline import Paragraph
from cancu.records import Finding

_DATE = re.compile(r"ngày\s+(\d{1,2})\s*(?:[/.-]|tháng)\s*(\d{1,2})\s*(?:[/.-]|năm)\s*((?:19|20)\d\d)")
# A day without its year, or one after a word of time in the place of "ngày": the 29th of February is one of some year.
_YEARLESS = re.compile(r"[Nn](?<!\w.)(?i:gày)\s+(?P<day>\d{1,2})(?:/|\s+tháng\s+)(?P<month>\d{1,2})(?![\d/.-]|\s+năm\s+\d|\s*%)(?P<year>)")
_AFTER_TIME = re.compile(
    r"[TtSsHhKkCcMm](?<!\w.)(?i:(?<=t)rước|(?<=s)au|(?<=h)ết|(?<=k)ể từ|(?<=c)hậm nhất|(?<=m)uộn nhất)\s+"
    r"(?P<day>\d{1,2})/(?P<month>\d{1,2})/(?P<year>(?:19|20)\d\d)(?!\d)"
)
LEAP = 2000


def find(paragraphs: Sequence[Paragraph]) -> Iterator[Finding]:
    """The days in `paragraphs` that are in no calendar."""
    for paragraph in paragraphs:
        text = paragraph.text
        for match in _DATE.finditer(text) if "ngày" in text else ():
            if not _is_real(int(match[1]), int(match[2]), int(match[3])):
                yield _fault(paragraph, match, f"{int(match[1])}/{int(match[2])}/{match[3]}")
        yearless = _YEARLESS.finditer(text) if "ngày" in text or "/20" in text else ()
        after_time = _AFTER_TIME.finditer(text) if "/20" in text or ("/19" in text and "ngày" in text) else ()
        for match in (*yearless, *after_time):
            day, month, year = match["day"], match["month"], match["year"]
            # no month at all may be a fraction or the number of a document
            if 0 < int(month) <= 12 and not _is_real(int(day), int(month), int(year or LEAP)):
                yield _fault(paragraph, match, f"{int(day)}/{int(month)}{'/' + year if year else ''}")


def _fault(paragraph: Paragraph, match: re.Match[str], day: str) -> Finding:
    return Finding(kind="date-conflict", detail=f"Không có ngày {day}.", lines=paragraph.lines_of(match.start(), match.end()))


def _is_real(day: int, month: int, year: int) -> bool:
    return 1 <= month <= 12 and 1 <= day <= monthrange(year, month)[1]
