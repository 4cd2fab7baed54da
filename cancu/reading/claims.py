"""What sentences say of costs that their own figures, the plan's years or its tables do not bear out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from cancu.reading import lexicon, values
from cancu.reading.budget import money
from cancu.reading.outline import Outline, Paragraph
from cancu.reading.sums import calls_total, dong, step
from cancu.records import Finding, Period, PlanDocument, ProjectRow, Severity

_LARGEST = 10**9  # that numbers are spelled with
_IN_WORDS = re.compile(r"(?i)[\s*_]*\([\s*_]*(?:(?:viết\s+)?bằng chữ\s*:?\s*)?(?P<words>[^\W\d][^()\d]{2,150}?)\s+đồng(?!\w)")
_AVERAGE = re.compile(
    r"(?i)(?:bình quân|trung bình)(?P<yearly>\s+(?:mỗi|một|hằng|hàng)\s+năm|\s+năm)?(?:\s+(?:là|đạt|khoảng|bố trí|cần)){0,2}:?\s*$"
)
_YEARLY = re.compile(r"(?i)\s*/\s*(?:01\s+)?năm(?!\w)|\s+(?:mỗi|một|hằng|hàng)\s+năm(?!\w)")
_WITHIN = re.compile(r"(?i)[^.;:()\d]{0,60}?[,:;(]?\s*(?:trong đó|bao gồm|gồm)(?!\w)")
_WITHIN_ALL = re.compile(r"(?i)(?<!\w)(?:trong đó|bao gồm|gồm)(?!\w)")
_REST = re.compile(r"(?i)(?<!\w)(?:còn lại|khác|chủ yếu|đã|riêng|ngoài|tối đa|không quá|mỗi|bình quân|/năm|hằng năm|hàng năm)(?!\w)")
PART_OFF = 0.1  # of a sum, by which its parts may miss it; more, and they are of something else
_EACH = re.compile(r"(?i)(?<!\w)(?:mỗi|một)\s+(?P<noun>[^\W\d_]+)(?:\s+[^\W\d_]+){0,4}\s*$")
_PER = re.compile(r"(?i)\s*(?:/|cho mỗi|mỗi|một)\s*(?P<noun>[^\W\d_]+)")
_SENTENCE = re.compile(r"(?:[^.;]|[.;](?!\s|$))+")
_IN_YEAR = re.compile(r"(?i)(?<!\w)năm\s+(?P<year>(?:19|20)\d\d)\s*(?:là|:|dự kiến|cần|bố trí|\s)*$")
_ANNOUNCED = re.compile(
    r"(?i)(?<!\w)gồm\s+(?:có\s+)?(?P<count>\d{1,3})\s+(?:nhiệm vụ|dự án)(?:,\s+(?:nhiệm vụ|dự án))?\s+"
    r"(?:[^\s.;:,]+\s+){0,4}?(?:tại|theo|ở|trong)\s+(?:phụ lục|phụ biểu|biểu|danh mục|bảng)"
)  # fmt: skip
_NO_LEAD = re.compile(r"(?i)(?<!\w)giao\s+chủ trì,?\s+phối hợp")


@dataclass(frozen=True, slots=True)
class Said:
    """A sum of money in a text, and the words before it, since the sum before."""

    amount: values.Amount
    words: str


def find(outline: Outline, document: PlanDocument, rows: Sequence[ProjectRow]) -> Iterator[Finding]:
    """Sums unlike their words, averages and years unlike their total, counts unlike the table, a duty given to nobody."""
    for paragraph in outline.body():
        text = paragraph.text
        if money(text):
            yield from _in_words(paragraph)
            yield from _over_years(paragraph, document)
            yield from _each(paragraph)
            yield from _parts(paragraph, document)
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


def sums_said(text: str) -> list[Said]:
    """The sums of a text, each with the words before it."""
    amounts = money(text)
    ends = (0, *(amount.end for amount in amounts))
    return [Said(amount, text[end : amount.start]) for end, amount in zip(ends, amounts, strict=False)]


def _over_years(paragraph: Paragraph, document: PlanDocument) -> Iterator[Finding]:
    """A total of several years with its yearly average, or with the sum of each year.

    It is called a total, or its sentence gives the years and the other sums are those of single years, or its parts. An average in the part
    on money, beside sums of single years at most, is of the plan's own total.
    """
    said = sums_said(paragraph.text)
    others = [one for one in said[1:] if not (_IN_YEAR.search(one.words) or _AVERAGE.search(one.words))]
    total = next((one for one in said if calls_total(one.words)), None)
    if total is None and (not others or sum(one.amount.amount_vnd for one in others) == said[0].amount.amount_vnd):
        total = said[0] if _is_span(values.period(said[0].words)) else None
    first, last = (values.period(total.words) if total else None) or document.period or (None, None)
    if first is None or last is None or last <= first:
        return
    rest = [one for one in said if one is not total]
    of_plan = paragraph.part == "budget" and (len(said) == 1 or (not others and _AVERAGE.search(said[0].words)))
    whole = total.amount.amount_vnd if total else document.total_budget_vnd if of_plan else None
    told = [one.amount.amount_vnd for one in said]
    for one in rest if whole else ():
        parts = [amount for amount in told if amount != one.amount.amount_vnd]
        yield from _average(paragraph, one, whole or 0, (*parts, sum(parts)), last - first + 1)
    if total:
        yield from _years(paragraph, total, rest, first, last)


def _is_span(period: Period | None) -> bool:
    return period is not None and None not in period and period[0] != period[1]


def _average(paragraph: Paragraph, one: Said, total: int, others: Sequence[int], years: int) -> Iterator[Finding]:
    """A yearly average that is not the total divided by the years, nor, since it may be of a part, another sum of the paragraph by some."""
    match, stated = _AVERAGE.search(one.words), one.amount.amount_vnd
    yearly = match and (match["yearly"] or _YEARLY.match(paragraph.text, one.amount.end))
    shares = ((total, years), *((other, some) for other in others for some in range(years if other == total else 2, years + 1)))
    if yearly and all(abs(stated * some - whole) > some * step(stated) + step(whole) for whole, some in shares):
        shared = f"{dong(total)} chia cho {years} năm là {dong(total // years)}"
        detail = f"Bình quân năm ghi {dong(stated)}; {shared}."
        yield Finding(kind="sum-mismatch", detail=detail, lines=paragraph.lines_of(one.amount.start, one.amount.end))


def _parts(paragraph: Paragraph, document: PlanDocument) -> Iterator[Finding]:
    """A sum whose parts, told after it in one sentence, are more than it, or less: then it is a note, since not all may be told.

    What sources give of the plan's own total is `sums`' to say.
    """
    sourced = {document.total_budget_vnd} if len(document.budget_by_source) > 1 else set()
    for sentence in _SENTENCE.finditer(paragraph.text):
        told = [one for one in money(paragraph.text) if sentence.start() <= one.start < sentence.end()]
        if len(told) < 3 or told[0].amount_vnd in sourced or len(_WITHIN_ALL.findall(sentence[0])) > 1:
            continue
        whole, *parts = told
        if not _WITHIN.match(paragraph.text[whole.end : parts[0].start]):
            continue
        amounts = [part.amount_vnd for part in parts]
        total, slack = sum(amounts), step(whole.amount_vnd) + sum(map(step, amounts))
        rest = _REST.search(sentence[0]) or any(_IN_YEAR.search(paragraph.text[: part.start]) for part in parts)
        off = abs(total - whole.amount_vnd)
        if (
            not rest
            and 0 < off <= PART_OFF * whole.amount_vnd
            and whole.amount_vnd not in amounts
            and (total > whole.amount_vnd or len(parts) > 2)
        ):
            severity: Severity = "Warning" if total > whole.amount_vnd and 2 * off > slack else "Info"
            detail = f"Ghi {dong(whole.amount_vnd)}, các phần trong câu cộng lại được {dong(total)}."
            yield Finding(kind="sum-mismatch", severity=severity, detail=detail, lines=paragraph.lines_of(whole.start, parts[-1].end))


def _each(paragraph: Paragraph) -> Iterator[Finding]:
    """What each of a number of things gets, which is not the whole divided by them: "8 huyện, 1.120 triệu đồng, bình quân 150 …/huyện".

    The sentence has one other sum before it, and says once how many they are; without "bình quân" it is a note.
    """
    for sentence in _SENTENCE.finditer(paragraph.text):
        amounts = [one for one in money(paragraph.text) if sentence.start() <= one.start < sentence.end()]
        if len(amounts) != 2:
            continue
        whole, share = amounts
        between = paragraph.text[whole.end : share.start]
        mean, each = _AVERAGE.search(between), _EACH.search(between)
        per = _PER.match(paragraph.text, share.end) if mean else None
        noun = (each["noun"] if each else per["noun"] if per else "").casefold()
        counted = re.findall(rf"(?<![\d.,/])(\d{{1,3}})\s+{re.escape(noun)}(?!\w)", sentence[0], re.IGNORECASE)
        count = int(counted[0]) if len(set(counted)) == 1 and noun not in {"", "năm"} else 0
        off = abs(share.amount_vnd * count - whole.amount_vnd)
        if count > 1 and off > count * step(share.amount_vnd) / 2 + step(whole.amount_vnd) and off < whole.amount_vnd / 2:
            divided = f"{dong(whole.amount_vnd)} chia cho {count} {noun} là {dong(whole.amount_vnd // count)}"
            detail = f"Ghi {dong(share.amount_vnd)} mỗi {noun}; {divided}."
            severity: Severity = "Warning" if mean else "Info"
            yield Finding(kind="sum-mismatch", severity=severity, detail=detail, lines=paragraph.lines_of(share.start, share.end))


def _years(paragraph: Paragraph, total: Said, rest: Sequence[Said], first: int, last: int) -> Iterator[Finding]:
    """The sums of each year of a period, by number at least, that do not make its total, or of which one is of another year."""
    years = last - first + 1
    told = [(int(match["year"]), one.amount) for one in rest if (match := _IN_YEAR.search(one.words))]
    if years < 3 or len(told) != years or len({year for year, _ in told}) != years:
        return
    for year, amount in told if sum(first <= year <= last for year, _ in told) == years - 1 else ():
        if not first <= year <= last:
            detail = f"Kinh phí ghi cho năm {year}, ngoài kỳ {first}-{last}, trong khi một năm của kỳ không có số."
            yield Finding(kind="date-conflict", detail=detail, lines=paragraph.lines_of(amount.start - len(str(year)), amount.end))
    stated, summed = total.amount.amount_vnd, sum(amount.amount_vnd for _, amount in told)
    if 2 * abs(summed - stated) > step(stated) + sum(step(amount.amount_vnd) for _, amount in told):
        detail = f"Tổng ghi {dong(stated)}, các năm trong câu cộng lại được {dong(summed)}."
        yield Finding(kind="sum-mismatch", detail=detail, lines=paragraph.lines_of(total.amount.start, told[-1][1].end))


def _count(paragraph: Paragraph, match: re.Match[str], rows: Sequence[ProjectRow]) -> Iterator[Finding]:
    """A number of tasks that the one table of tasks does not have: a note, since parts may be counted or not."""
    numbered = [row for row in rows if row.ordinal and row.ordinal.isdigit()]
    if len({row.table for row in rows}) == 1 and numbered and int(match["count"]) not in {len(rows), len(numbered)}:
        detail = f"Ghi gồm {match['count']} nhiệm vụ, dự án, bảng có {len(numbered)}."
        yield Finding(kind="other", severity="Info", detail=detail, lines=paragraph.lines_of(match.start(), match.end()))
