"""Quantified goals: "đến năm 2025, tối thiểu 80% …", several in a sentence where it sets several.

A goal is a share ("%", anywhere but in reports of results and in budgets) or, in the part on objectives, a number of
things that a word beside it makes a goal ("ít nhất 40 Mbit/s", "xây dựng từ 10-15 dịch vụ công"). Money is one where it measures
what is reached ("doanh thu đạt 450 tỷ đồng"), and none where it is spent.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import zip_longest

from cancu.reading import goals, lexicon
from cancu.reading.goals import DEADLINE, FAR, PREDICATE, Goal
from cancu.reading.outline import Outline, Paragraph
from cancu.reading.phrase import MAX_WORDS, shorten
from cancu.records import Target

HEAD_WORDS = 6
_PARTS = frozenset({"objectives", "tasks", "solutions", "orders", "other"})
_NUMERAL = re.compile(r"[0-9T;](?:(?<=[0-9])|(?<=T)(?:oàn bộ|ất cả)|\s(?:toàn bộ|tất cả))")  # it begins with a class, which re finds fast
_SENTENCE = re.compile(r"\s(?<=[.;!?]\s)\s*")
_AIM = re.compile(r"(?i)\W*phấn đấu(?![^\W_])")
_AIMS = re.compile(r"(?i)(?<![^\W_])(?:phấn đấu|mục tiêu|đến (?:hết )?năm)(?![^\W_])")
_DATED = re.compile(r"[Đđ](?i:ến (?:hết )?(?:năm )?20\d\d)")
_TOLD = re.compile(r"(?i)\W*(?:trong\s+)?năm\s+(20\d\d)\s*,")  # of a year before the plan's: what was reached
_YEAR = re.compile(
    r"(?i)(?<!so với )(?<!cùng kỳ )(?<!đôi )(?<!ba )(?<!lần )(?<!so )(?:năm|đến(?: hết)?|hết|trước)\s+(20\d\d)(?!\s*[-–/]\s*20)"
)
_DEADLINE_AFTER = re.compile(
    r"(?i)(?:trước|đến|trong|hết|vào)\s+(?:hết\s+)?(?:ngày\s+\d{1,2}/\d{1,2}/|tháng\s+\d{1,2}/|quý\s+\w{1,3}(?:/|\s+năm\s+)|năm\s+|\d{1,2}/\d{1,2}/)(20\d\d)"
)
_ITS_YEAR = re.compile(r"(?i)\W*(?:vào|trong|đến|(?:đến\s+)?hết)?\s*năm\s+20\d\d\W*$")  # ends what a goal with a year of its own counts
_BY_YEAR = re.compile(r"(?i)(?<=\w)[\s,]+(?:vào|đến|trước|(?:đến\s+)?hết)\s+năm\s+20\d\d\W*$")  # says when, not what
_BRACKETED = re.compile(r"\([^()]*\)")
_HEAD_YEAR = re.compile(r"20\d\d")
_LEADING = re.compile(r"(?i)^(?:[,.;:\s]|và\s|của\s|đạt\s|số\s|phấn đấu\s|trở lên|trở xuống|các\s)+")
_LAST_WORDS = (
    *("và", "đạt", "trên", "tối thiểu", "ít nhất", "từ", "đến", "tới", "cho", "tỷ lệ", "phấn đấu", "với", "là", "có", "≥", "hơn", "khoảng"),
    "trong đó",
)
_LAST = tuple(f" {word}" for word in _LAST_WORDS)
_LONGEST_LAST = max(map(len, _LAST))
_MARKS = ",.;:( \t\r\n"
_MEASURE = r"(?:tỷ lệ|tỉ lệ|tỷ trọng|tỉ trọng|tốc độ|mức độ|chỉ số|số lượng|dịch vụ truy nhập)"
_BEFORE = re.compile(rf"(?i)^(?:[-–+\s]*){_MEASURE}")
_LISTED = re.compile(r"[,;]\s|\svà\s")
_LAST_LISTED = re.compile(r"(?:[,;]|\svà)\s[^,;]*$")  # what leads up to the next goal of a list
_OF = re.compile(r"(?i)\s(?:của|tại|trong|ở)\s+$")
_STRIVES = r"(?:(?:phấn đấu|bảo đảm|đảm bảo|duy trì)\s+)?(?:đến\s+(?:hết\s+)?năm\s+20\d\d,?\s+)?"  # "…, phấn đấu đến năm 2020 tỷ lệ …"
_STRIVEN = re.compile(rf"(?i)^{_STRIVES}(?={_MEASURE})")
_PURPOSE = re.compile(  # "tái cấu trúc quy trình để đến hết năm 2025 tỷ lệ …": what is done for it says nothing of what is measured
    rf"(?i)\s(?:để|nhằm|bảo đảm|đảm bảo|phấn đấu|nâng|đưa)\s+(?:đến\s+(?:hết\s+|cuối\s+)?năm\s+20\d\d,?\s+)?(?={_MEASURE})"
)
_STRIVES_NOW = re.compile(r"(?i)[,;]\s+(?=phấn đấu(?!\w))")  # what is done before it says nothing of the goal
_NEXT = re.compile(rf"(?i)[,;]\s+(?:và\s+|trong đó\s+)?{_STRIVES}(?={_MEASURE})|\s+và\s+(?={_MEASURE})")


def find(outline: Outline, year: int | None = None) -> tuple[Target, ...]:
    """The goals of a plan in the order of its text. `lines` run from the number to the end of what it counts.

    `year` is the year of a plan for a single one: it dates the goals among its objectives that name no other.
    """
    found: list[Target] = []
    lead_in: Paragraph | None = None
    for paragraph in outline.body():
        if paragraph.part not in _PARTS:
            continue
        if lead_in and (paragraph.sections != lead_in.sections or (paragraph.level or 99) <= (lead_in.level or 0)):
            lead_in = None
        told = False  # whether a sentence reports, its parts after semicolons too
        for start, end in _sentences(paragraph.text) if _NUMERAL.search(paragraph.text) else ():
            told = told and paragraph.text[:start].rstrip().endswith(";") and not _AIMS.search(paragraph.text, start, end)
            if not _NUMERAL.search(paragraph.text, max(start - 2, 0), end):  # "…; toàn bộ cán bộ …"
                continue
            past = lexicon.first("targets_past", paragraph.text[start:end])
            of_year = _TOLD.match(paragraph.text, start)
            told = told or (past is not None and past.value != "reached") or (of_year is not None and int(of_year[1]) < (year or 0))
            if not told:
                goals_of = _targets(paragraph, start, end, lead_in, year if paragraph.part == "objectives" else None)
                found += [goal for goal in goals_of if year is None or (goal.by_year or year) >= year]
        if paragraph.text.endswith(":") and not paragraph.is_heading:
            lead_in = paragraph
    return tuple(found)


def _sentences(text: str) -> Iterator[tuple[int, int]]:
    """The sentences, and the parts between semicolons; a part without a predicate goes on with a next one without a number."""
    start, cuts = 0, [gap.start() for gap in _SENTENCE.finditer(text)] + [len(text)]
    for i, cut in enumerate(cuts):
        following = text[cut : cuts[i + 1]] if i + 1 < len(cuts) else "0"
        if text[cut - 1 : cut] == ";" and not PREDICATE.search(text, start, cut) and not re.search(r"\d", following):
            continue
        yield start, cut
        start = cut + len(text[cut:]) - len(text[cut:].lstrip())


def _targets(paragraph: Paragraph, start: int, end: int, lead_in: Paragraph | None, year: int | None) -> list[Target]:
    """The goals of one sentence; `year` where nothing said of them gives another."""
    text = paragraph.text
    dated = _DATED.search(text, start, end) is not None
    aimed = dated or paragraph.part == "objectives" or _AIM.match(text, start) is not None
    found = list(goals.find(text, start, end, aimed=aimed, objective=paragraph.part == "objectives"))
    numbers = [one for one, after in zip_longest(found, found[1:]) if not (after and _of_these(text, start, one, after))]
    ends = [*(number.start for number in numbers[1:]), end]
    years = _years_after(text, start, numbers, ends)
    return [
        Target(
            subject=_subject(text, start, end, numbers, i, own_years=bool(years)),
            value=number.low,
            value_max=number.high,
            unit=number.unit,
            comparator=number.comparator,
            by_year=years[i] if years else _year(paragraph, number.start, last, lead_in) or year,
            lines=paragraph.lines_of(number.start, last),
        )
        for i, (number, last) in enumerate(zip(numbers, ends, strict=False))
    ]


def _of_these(text: str, start: int, number: Goal, after: Goal) -> bool:
    """Whether a number only says of how many things the share after it is: "Tỷ lệ hồ sơ của 25 dịch vụ đạt 85%"."""
    between = text[number.end : after.start]
    counted = number.unit != "%" == after.unit and _OF.search(text[start : number.start]) is not None
    return counted and _BEFORE.match(text[start : number.start]) is not None and not re.search(r"[,;]", between)


def _without_past(bracketed: re.Match[str]) -> str:
    """What stands in brackets, unless that is what was reached in a year before: "(năm 2022 đạt 31,2%)"."""
    return "" if lexicon.first("targets_past", bracketed[0][1:]) else bracketed[0]


def _years_after(text: str, start: int, numbers: list[Goal], ends: list[int]) -> list[int]:
    """The years that stand after the goals of a sentence, one after each: "30% … năm 2018, 50% năm 2020"; empty where they do not."""
    if len(numbers) < 2 or _YEAR.search(text, start, numbers[0].start):
        return []
    years = [_YEAR.search(text, number.end, end) for number, end in zip(numbers, ends, strict=False)]
    return [int(year[1]) for year in years if year] if all(years) else []


def _subject(text: str, start: int, end: int, numbers: list[Goal], i: int, *, own_years: bool = False) -> str:
    """What a goal counts, in at most 16 words: what follows the number, or what goes before it where nothing does.

    Where the goals have `own_years` after them, one with nothing but its year counts what the first does.
    """
    number, is_last = numbers[i], i + 1 == len(numbers)
    after = _trim(text[number.end : end] if is_last else _NEXT.split(text[number.end : numbers[i + 1].start])[0])
    if own_years:
        after = _trim(_ITS_YEAR.sub("", after))
        if i and not after:
            return _subject(text, start, end, numbers, 0, own_years=True)
    after = _BY_YEAR.sub("", after) if "20" in after else after
    before = _NEXT.split(text[numbers[i - 1].end if i else start : number.start])[-1]
    if (purpose := _PURPOSE.search(before)) is not None:
        before = before[purpose.end() :]
    before = _trim(_without(_STRIVEN, _without(DEADLINE, before).strip()))
    if number.unit != "%":
        counted = "nhóm" if number.unit == "hạng" else number.unit + "," * text.startswith(",", number.end)
        before = _trim(_LISTED.split(text[numbers[i - 1].end : number.start])[-1]) if i else before
        if not is_last and (listed := _LAST_LISTED.search(after)):
            after = after[: listed.start()]
        if text.startswith(" đạt ", number.end):
            after = f"đạt {after}"
        return shorten(f"{before} {counted} {after}" if not _BEFORE.match(before) else before)
    if _YEAR.fullmatch(after.rstrip(":")) and not is_last:  # "năm 2028: 80%, năm 2030: 95% doanh nghiệp"
        return _subject(text, start, end, numbers, i + 1)
    own = _trim(_without(DEADLINE, _STRIVES_NOW.split(text[start : numbers[0].start][:FAR])[-1]))
    own = "" if _ITS_YEAR.fullmatch(own) else own
    if _BEFORE.match(before) or (len(after.split()) < 2 and not (i and after)):
        said = f"{before} … {after}" if before and after and not _BEFORE.match(before) else before or after
        return _trim(shorten(said)) or shorten(text[start:end])
    predicate = PREDICATE.search(after)
    if predicate is None:
        apart = not is_last and _NEXT.search(text, number.end, numbers[i + 1].start)  # the next goal names its own measure
        shared = "" if apart or (before and not i) else _shared(text, number, end, numbers, is_last)
        after = f"{after} {shared}" if shared else f"{own} … {after}" if own and not _BEFORE.match(own) else after
    elif len(after.split()) > MAX_WORDS and len(after[: predicate.start()].split()) > HEAD_WORDS:
        after = f"{' '.join(after.split()[:HEAD_WORDS])} … {after[predicate.start() :]}"
    return _trim(shorten(after))


def _shared(text: str, number: Goal, end: int, numbers: list[Goal], is_last: bool) -> str:
    """The predicate that a list of goals has in common, at its end: "95% hồ sơ cấp tỉnh; 80% hồ sơ cấp xã được xử lý …"."""
    if is_last and not re.match(r";\s*\d", text[end - 1 :]):
        return ""
    tail = text[number.end : min(end, number.end + FAR)] if not is_last else text[number.end :].partition(". ")[0]
    predicate = PREDICATE.search(tail)
    return _trim(tail[predicate.start() :]) if predicate else ""


def _trim(text: str) -> str:
    """A text without what says nothing at either end."""
    text = _without(_LEADING, text.strip()).rstrip(_MARKS)
    while (last := f" {text[-_LONGEST_LAST:]}".lower()).endswith(_LAST):
        word = next(word for word in _LAST if last.endswith(word))
        text = text[: 1 - len(word)].rstrip(_MARKS)
    return text


def _without(beginning: re.Pattern[str], text: str) -> str:
    """A text without what it may begin with."""
    match = beginning.match(text)
    return text[match.end() :] if match else text


def _year(paragraph: Paragraph, offset: int, end: int, lead_in: Paragraph | None) -> int | None:
    """The year by which a goal is to be met: said before it up to a full stop, in its lead-in, after it, or by the nearest heading."""
    begin = max(paragraph.text.rfind(". ", 0, offset) + 1, offset - FAR)
    before = paragraph.text[begin:offset]
    before = _BRACKETED.sub(_without_past, before) if "(" in before else before
    for text in (before, lead_in.text if lead_in else ""):
        years = _YEAR.findall(text) if "20" in text else ()
        if years:
            return int(years[-1])
    dated = paragraph.text.find("20", offset, end) >= 0
    if dated and (deadline := _DEADLINE_AFTER.search(paragraph.text, offset, end)):
        return int(deadline[1])
    for section in reversed(paragraph.sections):
        years = _HEAD_YEAR.findall(section.text)
        if years:
            return int(years[-1])
    return None
