"""What sentences say of costs that their own figures, the plan's years or its tables do not bear out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from cancu.reading import lexicon, values
from cancu.reading.budget import money
from cancu.reading.outline import Outline, Paragraph
from cancu.reading.sums import calls_total, dong, step
from cancu.records import Finding, Period, ProjectRow

NAME_WORDS = 5  # with which the name of a project is no other's
_LARGEST = 10**9  # that numbers are spelled with
_IN_WORDS = re.compile(r"(?i)[\s*_]*\([\s*_]*(?:(?:viết\s+)?bằng chữ\s*:?\s*)?(?P<words>[^\W\d][^()\d]{2,150}?)\s+đồng(?!\w)")
_AVERAGE = re.compile(r"(?i)(?:bình quân|trung bình)(?P<yearly>\s+(?:mỗi|một|hằng|hàng)\s+năm|\s+năm)?(?:\s+(?:là|đạt))?:?\s*$")
_YEARLY = re.compile(r"(?i)\s*/\s*(?:01\s+)?năm(?!\w)|\s+(?:mỗi|một|hằng|hàng)\s+năm(?!\w)")
_IN_YEAR = re.compile(r"(?i)(?<!\w)năm\s+(?P<year>(?:19|20)\d\d)\s*(?:là|:|dự kiến|cần|bố trí|\s)*$")
_COSTS = re.compile(r"(?i)\W*(?:(?:với|có)\s+)?(?:tổng\s+)?(?:kinh phí|dự toán)(?:\s+(?:thực hiện|dự kiến|là|khoảng))*:?\s*")
_ANNOUNCED = re.compile(
    r"(?i)(?<!\w)gồm\s+(?:có\s+)?(?P<count>\d{1,3})\s+(?:nhiệm vụ|dự án)(?:,\s+(?:nhiệm vụ|dự án))?\s+"
    r"(?:[^\s.;:,]+\s+){0,4}?(?:tại|theo|ở|trong)\s+(?:phụ lục|phụ biểu|biểu|danh mục|bảng)"
)  # fmt: skip
_NO_LEAD = re.compile(r"(?i)(?<!\w)giao\s+chủ trì,?\s+phối hợp")


def find(outline: Outline, period: Period | None, rows: Sequence[ProjectRow]) -> Iterator[Finding]:
    """Sums unlike their words, averages and years unlike their total, projects and counts unlike the table, a duty given to nobody."""
    named = [(row.name.casefold(), row) for row in rows if row.total_vnd and row.name.count(" ") >= NAME_WORDS - 1]
    for paragraph in outline.body():
        text = paragraph.text
        if money(text):
            yield from _in_words(paragraph)
            yield from _over_years(paragraph, period)
            yield from _projects(paragraph, named)
        if "gồm" in text and (match := _ANNOUNCED.search(text)):
            yield from _count(paragraph, match, rows)
        if "chủ trì" in text and (match := _NO_LEAD.search(text)):
            place = paragraph.lines_of(match.start(), match.end())
            yield Finding(kind="omission", severity="Info", detail="Giao chủ trì mà không ghi cơ quan nào.", lines=place)


def spelled(text: str) -> int | None:
    """The number that Vietnamese words spell, "hai mươi sáu tỷ một trăm triệu", or None where another word is among them."""
    total = group = digit = 0
    for word in text.replace(",", " ").split():
        entry = next((entry for entry in lexicon.table("number_words") if entry.pattern.fullmatch(word)), None)
        if entry is None:
            return None
        number, kind = int(entry.value), entry.extra["kind"]
        if kind == "digit":
            digit = number
        elif kind in {"ten", "times"}:
            group, digit = group + (number if kind == "ten" else digit * number), 0
        elif kind == "power":
            whole = total if number == _LARGEST else 0  # "hai nghìn tỷ"
            total, group, digit = total - whole + (whole + group + digit) * number, 0, 0
    return total + group + digit


def _in_words(paragraph: Paragraph) -> Iterator[Finding]:
    """Sums that are written in figures and then, in brackets, in other words: "287 tỷ đồng (Hai trăm bảy mươi tám tỷ đồng)"."""
    for amount in money(paragraph.text):
        match = _IN_WORDS.match(paragraph.text, amount.end)
        said = spelled(match["words"]) if match else None
        if match and said and said != amount.amount_vnd:
            detail = f"Số tiền bằng số là {dong(amount.amount_vnd)}, bằng chữ là {dong(said)}."
            yield Finding(kind="sum-mismatch", detail=detail, lines=paragraph.lines_of(amount.start, match.end()))


def _over_years(paragraph: Paragraph, period: Period | None) -> Iterator[Finding]:
    """A total of several years with its yearly average, or with the sum of each year."""
    text, (total, *rest) = paragraph.text, money(paragraph.text)
    before = text[: total.start]
    first, last = values.period(before) or period or (None, None)
    if not rest or first is None or last is None or last <= first or not calls_total(before):
        return
    years = last - first + 1
    following = list(zip(rest, (total.end, *(one.end for one in rest)), strict=False))  # each amount, and where the one before it ends
    for amount, end in following:
        match = _AVERAGE.search(text[end : amount.start])
        far = abs(amount.amount_vnd * years - total.amount_vnd) > years * step(amount.amount_vnd) + step(total.amount_vnd)
        if match and far and (match["yearly"] or _YEARLY.match(text, amount.end)):
            shared = f"{dong(total.amount_vnd)} chia cho {years} năm là {dong(total.amount_vnd // years)}"
            detail = f"Bình quân năm ghi {dong(amount.amount_vnd)}; {shared}."
            yield Finding(kind="sum-mismatch", detail=detail, lines=paragraph.lines_of(amount.start, amount.end))
    told = [(int(match["year"]), amount) for amount, end in following if (match := _IN_YEAR.search(text[end : amount.start]))]
    if years < 3 or len(told) != years or len({year for year, _ in told}) != years:  # each year of the period, by number at least
        return
    for year, amount in told if sum(first <= year <= last for year, _ in told) == years - 1 else ():
        if not first <= year <= last:
            detail = f"Kinh phí ghi cho năm {year}, ngoài kỳ {first}-{last}, trong khi một năm của kỳ không có số."
            yield Finding(kind="date-conflict", detail=detail, lines=paragraph.lines_of(amount.start - len(str(year)), amount.end))
    summed = sum(amount.amount_vnd for _, amount in told)
    if 2 * abs(summed - total.amount_vnd) > step(total.amount_vnd) + sum(step(amount.amount_vnd) for _, amount in told):
        detail = f"Tổng ghi {dong(total.amount_vnd)}, các năm trong câu cộng lại được {dong(summed)}."
        yield Finding(kind="sum-mismatch", detail=detail, lines=paragraph.lines_of(total.start, told[-1][1].end))


def _projects(paragraph: Paragraph, named: Sequence[tuple[str, ProjectRow]]) -> Iterator[Finding]:
    """Projects that a sentence names with another cost than any figure of their rows: a note, since it may be of a part."""
    text = paragraph.text.casefold()
    for name, row in named if len(text) == len(paragraph.text) else ():
        end = text.find(name) + len(name)
        match = _COSTS.match(text, end) if end >= len(name) else None
        amount = next((one for one in money(paragraph.text) if match and one.start == match.end()), None)
        known = {row.total_vnd, *(row.by_year_vnd or {}).values(), *(one.amount_vnd for one in row.allocations)}
        same = [other for other, _ in named if name in other]
        if amount and amount.amount_vnd not in known and len(same) == 1:
            detail = f"Ở đây ghi {dong(amount.amount_vnd)}, bảng (dòng {row.lines[0]}) ghi {dong(row.total_vnd or 0)}."
            yield Finding(kind="sum-mismatch", severity="Info", detail=detail, lines=paragraph.lines_of(amount.start, amount.end))


def _count(paragraph: Paragraph, match: re.Match[str], rows: Sequence[ProjectRow]) -> Iterator[Finding]:
    """A number of tasks that the one table of tasks does not have: a note, since parts may be counted or not."""
    numbered = [row for row in rows if row.ordinal and row.ordinal.isdigit()]
    if len({row.table for row in rows}) == 1 and numbered and int(match["count"]) not in {len(rows), len(numbered)}:
        detail = f"Ghi gồm {match['count']} nhiệm vụ, dự án, bảng có {len(numbered)}."
        yield Finding(kind="other", severity="Info", detail=detail, lines=paragraph.lines_of(match.start(), match.end()))
