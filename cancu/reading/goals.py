"""The numbers of a sentence that set goals: shares, counts of things, ranks, fractions, and sums that measure what is reached."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from typing import cast

from cancu.reading import lexicon, values
from cancu.reading.budget import money
from cancu.records import Comparator

DEADLINE = re.compile(r"(?i)^\W*(?:phấn đấu\s+)?(?:đến|trong|năm|hết)\s[^,:%]{0,30}[,:]\s*")
_NUMBER = r"\d{1,3}(?:[.,]\d+)*"
_PERCENT = r"(?:%|phần trăm)"
_SHARE = re.compile(
    rf"(?<![\d.,/])(?:từ\s+)?{_NUMBER}\s*{_PERCENT}?\s*(?:lên|xuống)(?:\s+(?:đến|tới|còn))?\s*(?P<after>{_NUMBER})\s*{_PERCENT}"
    rf"|(?<![\d.,/])(?:từ\s+)?(?P<low>{_NUMBER})\s*{_PERCENT}?\s*(?:[-–]|đến|tới)\s*(?P<high>{_NUMBER})\s*{_PERCENT}"
    rf"|(?<![\d.,/])(?P<value>{_NUMBER})\s*{_PERCENT}"
    r"|(?<![^\W_])(?P<all>Toàn bộ|Tất cả|(?<=[;,]\s)(?:toàn bộ|tất cả)(?=\s[^.;,\d]{3,80}\s(?:được|có|đều)\s))(?=\s)"
)
_SHARE_BEGINS = re.compile(r"[\dtT](?:(?<=\d)|ừ\s|oàn bộ|ất cả)")  # where a share can begin: sought fast, then tried there alone
_SHARE_WORDS = ("%", "phần trăm", "oàn bộ", "ất cả")  # of which a share has one: a test before the dear one
_COUNT = re.compile(rf"(?P<low>\d(?<![\d.,/-]\d)\d{{0,2}}(?:[.,]\d+)*)(?:\s*(?:[-–]|đến)\s*(?P<high>{_NUMBER}))?\s*(?:các\s+)?(?=[^\W\d_])")
_MONEY = re.compile(
    rf"(?i)(?P<value>{_NUMBER})\s*(?P<unit>(?:(?:nghìn|ngàn|triệu|t[ỷỉ])\s+)?đồng(?:\s?/\s?(?:người|hộ|lao động|ha|năm|tháng|ngày))*)"
)
_FRACTION = re.compile(
    r"(?P<part>\d(?<![\d.,/(-]\d)\d{0,2})/(?P<whole>\d{1,3})(?=\s+(?:tổng\s+)?(?:số\s+)?(?P<counted>[^\W\d_]))"
)  # 2/3 of the communes; a date and "24/7" have another word after them
_TIMES = re.compile(r"(?i)(?<![^\W_])(?:tăng\s+)?gấp\s+(?P<times>đôi|rưỡi|ba|bốn|năm)(?![^\W_])")  # "gấp đôi": twice as much
_TIMES_OF = {"đôi": 2.0, "rưỡi": 1.5, "ba": 3.0, "bốn": 4.0, "năm": 5.0}
_ASIDE = re.compile(
    r"\d|[;:()]|(?<![^\W_])(?:tại|ở|của|cho|với|theo|từ|trên|trong|thuộc)(?![^\W_])"
)  # after it other numbers follow than goals
_GRADE = re.compile(r"(?i)\s(?:\d sao|(?:mức độ|cấp độ|loại|hạng) (?:\d|I{1,3}|IV))(?![^\W_])")
_NAME_IN_FIGURES = re.compile(r"(?<!\w)[2-6]G(?!\w)")  # of a network: "Phủ sóng 4G cho 46 thôn"
_OF_ONE = re.compile(
    r"(?i)(?:trên|mỗi|một|/)\s*0?1?\s*(?:ha|hécta|người|hộ|đơn vị)(?![^\W_])"
)  # what a mean is of, within a measure's name
_REACHES = re.compile(r"(?i)\W*(?:phấn đấu\s+)?đạt(?:\s+(?:khoảng|trên|hơn|gần|mức))*\W*")
_RATE = re.compile(r"/\s*(?:vạn|[\d.]+) dân$")  # "11 bác sĩ/vạn dân" says alone what is to be reached
_OF_WHICH = re.compile(r"[^.;:\d]{0,40},\s*trong đó\s[^.,;:\d]{0,40}")  # "đón 2,1 triệu lượt khách, trong đó khách quốc tế 150 nghìn lượt"
_PEOPLE = re.compile(r"(?i)người|hộ|học sinh|sinh viên|lao động|cán bộ")
_SMALL_WHOLE = 10  # so many people of so few are a share of all: "9/10 người dân"
_PLACED = re.compile(r"(?i)(?:thứ|hạng|nhóm|top|tốp|ngày|tháng|vị trí|số)\s*$")
_RANK = re.compile(
    r"(?i)(?<![^\W_])(?:(?:nhóm|top|tốp)\s+(?P<group>\d{1,2})"
    r"(?=\s+(?:tỉnh|địa phương|thành phố|đơn vị|cả nước|toàn quốc|dẫn đầu|đứng đầu|về)|\s*[.;,)]|\s*$)"
    r"|trong\s+(?P<among>\d{1,2})(?=\s+(?:tỉnh|địa phương|thành phố|đơn vị)[^.;,]{0,20}\s(?:dẫn|đứng) đầu)"
    r"|(?:xếp|đứng)\s+(?:hạng|thứ)\s+(?:thứ\s+)?(?P<rank>\d{1,2})(?=/63|/34|\s|[.;,)]|$))"
)
_RANK_WORDS = ("nhóm", "top", "tốp", "hạng", "thứ", "trong")  # of which a rank has one
_THAN = re.compile(r"\s+so với")
_CHANGE = re.compile(r"(?i)(?:tăng|giảm)(?: thêm| khoảng| gần| hơn)?\s*$")
_UP = re.compile(r"\s*(?:hoặc cao hơn|trở lên)")
_FROM_UP = re.compile(r"(?:\s+[^\s\d,.;%]+){0,10}?\s+trở lên")
_THINGS_UP = re.compile(
    r"(?:\s+(?!(?:từ|loại|cấp|hạng|mức|bậc|lớp|nhóm|đồng)\s)[^\s\d,.;%]+){1,4}\s+trở lên(?=\s+(?:được|có)\s|\s*[,.;]|\s*$)"
)
_DOWN = re.compile(r"\s*trở xuống")
_LEAST = ("ít nhất", "tối thiểu")  # make a number of things a goal anywhere, if it is not what each of a share has
_MINIMUM = re.compile(r"(?i)(?:tối thiểu|ít nhất)\s*$")
PREDICATE = re.compile(
    r"(?<![^\W_])(?:được|duy trì|sử dụng|ứng dụng|có|đạt|thực hiện|tham gia|triển khai|đảm bảo|bảo đảm|kết nối|biết|hài lòng)(?![^\W_])"
)
_EACH = re.compile(r"(?i)trên\s+0?1\s*$")  # what a mean is of: "bình quân trên 01 điểm phục vụ"
_DOES = re.compile(r"(?<![^\W_])(?:công bố|hoàn thành|vận hành|áp dụng|cung cấp|tích hợp|ra khỏi|trở thành|đi vào|đi làm)(?![^\W_])")
FAR = 1_500  # letters: no sentence with goals is longer, and to go over all of one for each goal takes the square of its length
_TAIL, _CLAUSE = 60, 200
_FEW = 8  # words about one thing of a list


@dataclass(frozen=True, slots=True)
class Goal:
    """A number that a goal sets, with its place in the paragraph."""

    start: int
    end: int
    low: float
    high: float | None
    unit: str
    comparator: Comparator


def find(text: str, start: int, end: int, *, aimed: bool, objective: bool) -> Iterator[Goal]:
    """The numbers of a sentence that are goals, left to right: shares, and things where they are `aimed` at or have a least number.

    Of an `objective` most numbers of things are goals.
    """
    sentence = text[start:end]
    shares = list(_shares(text, start, end)) if any(word in sentence for word in _SHARE_WORDS) else []
    sums = (amount.start for amount in money(text) if shares and amount.start >= start)
    first = min((*(match.start() for match in shares), *sums), default=end)
    told = [one for one in shares if not (_reported(text, one.start()) or (first < one.start() and _compared(text, one)))]
    found = [value for match in told if (value := _share(text, match, start, aimed))]
    if aimed or (not shares and any(word in sentence for word in _LEAST)):
        taken = [(match.start(), match.end()) for match in shares] + [(amount.start, amount.end) for amount in money(text)]
        counted: Goal | None = None
        for match in _COUNT.finditer(text, start, end):
            graded = text.startswith("sao", match.end())  # "sản phẩm OCOP 4 sao"
            if not graded and not any(match.start() < last and first < match.end() for first, last in taken):
                if (value := _count(text, match, start, counted, objective=objective)) and (aimed or value.comparator != "="):
                    found.append(value)
                counted = value
        found += [value for amount in money(text) if objective and start <= amount.start < end and (value := _sum(text, amount, start))]
        small = sentence.lower()
        ranks = _RANK.finditer(text, start, end) if any(word in small for word in _RANK_WORDS) else ()
        found += [
            Goal(m.start(), m.end(), float(m["group"] or m["among"] or m["rank"]), None, "hạng", "<=")
            for m in ranks
            if not _reported(text, m.start())
        ]
        times = _TIMES.finditer(text, start, end) if objective and "gấp " in sentence else ()
        found += [
            Goal(m.start(), m.end(), _TIMES_OF[m["times"]], None, "lần", _comparator(text, start, m.start(), m.end(), None))
            for m in times
            if m.start() < first  # after a share it compares
        ]
        fractions = _FRACTION.finditer(text, start, end) if "/" in sentence else ()
        found += [value for match in fractions if (value := _fraction(text, match, start))]
    last: Goal | None = None
    bounded = False
    for value in sorted(found, key=lambda value: value.start):
        bounded = (
            last is not None and last.comparator == ">=" and (bounded or _is_minimum(text, start, last)) and _listed(text, last, value)
        )
        last = replace(value, comparator=">=") if bounded else value
        yield last


def _shares(text: str, start: int, end: int) -> Iterator[re.Match[str]]:
    """The shares of a sentence."""
    while begins := _SHARE_BEGINS.search(text, start, end):
        match = _SHARE.match(text, begins.start(), end)
        start = match.end() if match else begins.start() + 1
        if match:
            yield match


def _is_minimum(text: str, start: int, value: Goal) -> bool:
    """Whether the words before a number make it the least."""
    return _MINIMUM.search(text, max(start, value.start - _TAIL), value.start) is not None


def _listed(text: str, one: Goal, other: Goal) -> bool:
    """Whether `other` goes on with the list that `one` begins, so that its bound holds for both: "tối thiểu 80% A, 10% B"."""
    between = text[one.end : other.start]
    return (
        other.unit == one.unit
        and other.comparator == "="
        and other.low < 100
        and between.rstrip().endswith((",", "và"))
        and len(between.split()) <= 10
    )


def _reported(text: str, offset: int) -> bool:
    """Whether a number stands in brackets that compare with what was reached: "(năm 2022 đạt 90%)"."""
    opened = text.rfind("(", 0, offset)
    return opened > text.rfind(")", 0, offset) and lexicon.first("targets_past", text[opened + 1 :][:FAR]) is not None


def _compared(text: str, match: re.Match[str]) -> bool:
    """Whether a share says by how much the goal or the sum before it is more than what was: "đạt 50%, tăng 20% so với năm 2021"."""
    return _THAN.match(text, match.end()) is not None and _CHANGE.search(text[: match.start()][-20:]) is not None


def _share(text: str, match: re.Match[str], start: int, objective: bool) -> Goal | None:
    if match["all"]:
        rest = text[match.end() :]
        says = objective if match.start() > start else " được " in rest  # "…; toàn bộ cán bộ được đào tạo"
        goal = says or (match.start() == start and objective and PREDICATE.search(rest) is not None)
        return Goal(match.start(), match.end(), 100.0, None, "%", "=") if goal else None
    low = _number(match["low"] or match["value"] or match["after"])
    high = _number(match["high"]) if match["high"] else None
    return Goal(match.start(), match.end(), low, high, "%", _comparator(text, start, match.start(), match.end(), high))


def _count(text: str, match: re.Match[str], start: int, last: Goal | None, *, objective: bool) -> Goal | None:
    """A number of things as a goal, where a word says so or it goes on with the `last`: "tối thiểu 60 dịch vụ mức 3, 05 dịch vụ mức 4".

    In the part on objectives the first number of a clause that says what is to be done is one, too: "trồng rừng 500 ha".
    """
    entry = lexicon.table("targets_units")[0]
    unit = entry.pattern.match(text, match.end())
    before = text[max(start, match.start() - 40) : match.start()]
    if unit is None or _EACH.search(text[max(start, match.start() - 10) : match.end()]):
        return None
    bounded = before.endswith("từ ") and _FROM_UP.match(text, unit.end()) is not None
    goes_on = (
        last is not None
        and before.rstrip().endswith((",", " và"))
        and (last.unit == unit[0] or _follows(text, last, match) or (objective and _one_of_several(text, last, match)))
    )
    part = last is not None and unit[0].split()[-1] == last.unit.split()[-1] and _OF_WHICH.fullmatch(text, last.end, match.start())
    said = (
        bounded
        or goes_on
        or part
        or lexicon.first("targets_words", before)
        or _stands_first(text, start, match, unit.end(), objective=objective)
    )
    if not (said or (objective and (_RATE.search(unit[0]) or _opens(text, start, match.start())))):
        return None
    high = _number(match["high"]) if match["high"] else None
    return Goal(match.start(), unit.end(), _number(match["low"]), high, unit[0], _comparator(text, start, match.start(), unit.end(), high))


def _sum(text: str, amount: values.Amount, start: int) -> Goal | None:
    """A sum of money as a goal, where its clause says what is measured by it: "doanh thu … đạt 450 tỷ đồng", never what is spent."""
    match = _MONEY.match(text, amount.start)
    *before, clause = re.split(r"[,;:]\s", re.sub(r"\([^()]*\)", "", text[max(start, amount.start - _CLAUSE) : amount.start]))
    if before and _REACHES.fullmatch(clause):  # "thu ngân sách tăng 10%/năm, đạt 25.000 tỷ đồng"
        clause = re.split(r"\d", before[-1])[0]
    entry = lexicon.first("targets_openings", clause)
    if match is None or entry is None or entry.value != "measure" or re.search(r"\d", _OF_ONE.sub("", clause)):
        return None
    low = _number(match["value"])
    return Goal(amount.start, match.end(), low, None, match["unit"], _comparator(text, start, amount.start, match.end(), None))


def _follows(text: str, last: Goal, match: re.Match[str]) -> bool:
    """Whether nothing but a comma or "và" stands between a number of things and the last one: "5 tiến sĩ, 40 thạc sĩ"."""
    return not re.sub(r"\W|và", "", text[last.end : match.start()])


def _one_of_several(text: str, last: Goal, match: re.Match[str]) -> bool:
    """Whether a few words about the last things alone stand between: "40 trạm wifi công cộng và 12 màn hình"."""
    between = _GRADE.sub("", text[last.end : match.start()])
    return len(between.split()) <= _FEW and not _ASIDE.search(between)


def _opens(text: str, start: int, number: int) -> bool:
    """Whether the clause before a number says what is to be done or measured, with no number before it."""
    begin = max(start, number - _CLAUSE)
    *before, clause = re.split(r"[,;:]\s", re.sub(r"\([^()]*\)", "", text[begin:number]).rstrip(" :"))
    if begin > start and not before:
        return False
    return (
        not _PLACED.search(clause)
        and not re.search(r"\d", _NAME_IN_FIGURES.sub("", clause))
        and lexicon.first("targets_openings", clause) is not None
    )


def _stands_first(text: str, start: int, match: re.Match[str], end: int, *, objective: bool) -> bool:
    """Whether a number opens its clause, and this is an objective's or has a predicate ("03 đô thị triển khai …"), or is a range."""
    before = DEADLINE.sub("", text[max(start, match.start() - FAR) : match.start()]).strip()
    far = max(0, match.start() - FAR)
    apart = text.rfind("(", far, match.start()) <= text.rfind(")", far, match.start())  # parts of a number before them stand in brackets
    return (not before and ((objective and apart) or (PREDICATE.search(text, end) or _DOES.search(text, end)) is not None)) or (
        bool(match["high"]) and before.casefold().endswith("từ")
    )


def _fraction(text: str, match: re.Match[str], start: int) -> Goal | None:
    """A part of a number ("2/3 số xã") as a share: 66.67 %. So many of so many ("8/11 huyện") are so many of them."""
    part, whole = int(match["part"]), int(match["whole"])
    unit = lexicon.table("targets_units")[0].pattern.match(text, match.start("counted"))
    if (
        unit is None
        or not 0 < part <= whole
        or _PLACED.search(text, max(start, match.start() - _TAIL), match.start())
        or _reported(text, match.start())
    ):
        return None
    bound = _comparator(text, start, match.start(), match.end(), None)
    of_people = whole <= _SMALL_WHOLE and _PEOPLE.match(unit[0])
    if not (of_people or re.search(r"(?i)số\s$", match[0] + text[match.end() : match.start("counted")])):
        return Goal(match.start(), unit.end(), float(part), None, unit[0], bound)
    return Goal(match.start(), match.end(), round(100 * part / whole, 2), None, "%", bound)


def _number(text: str) -> float:
    return float(values.parse_number(text) or 0)


def _comparator(text: str, sentence: int, start: int, end: int, high: float | None) -> Comparator:
    """How a goal bounds its value. "Trên 80%" is read as at least 80, as the plans mean it."""
    if high is not None:
        return "range"
    things = _FROM_UP if text[sentence:start].endswith("từ ") else _THINGS_UP
    if _UP.match(text, end) or things.match(text, end):
        return ">="
    if _DOWN.match(text, end):
        return "<="
    before = text[max(sentence, start - 40) : start]
    return next((bound for bound, pattern in _bounds() if pattern.search(before)), "=")


@cache
def _bounds() -> tuple[tuple[Comparator, re.Pattern[str]], ...]:
    """What words before a number say of it, but that it is one."""
    return tuple((cast(Comparator, entry.value), entry.pattern) for entry in lexicon.table("targets_words") if entry.value != "=")
