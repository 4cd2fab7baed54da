"""Numbers, sums of money and periods, as Vietnamese official texts write them.

Official texts write `1.500,25`, but many write `1,500.25`, and a table is often of the one kind and its text of the
other. So a number is read under a convention (which mark is the decimal one), and `decide_convention` finds it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Literal

from cancu.reading import lexicon
from cancu.records import Period

DecimalMark = Literal[",", "."]

_NUMBER = re.compile(r"[-+]?\d+(?:[.,]\d+)*")
# A whole number with what a unit of money can begin with after it. It begins with a class, which re finds fast, and in no number's midst.
_BEFORE_UNIT = re.compile(r"[-+\d](?:(?<=\d)(?<!\d\d)(?<!\d[.,]\d)|(?<=[-+])(?=\d))\d*+(?:[.,]\d++)*+(?=\s*[tnđv1TNĐV])")
_REMEMBERED = 1 << 12  # answers kept: the same cells are asked about again and again
_LONGEST = 40  # signs of a number that means anything: more are a rule of digits, or damage
_GROUPED = re.compile(r"\d{1,3}(?:([.,])\d{3})(?:\1\d{3})+")
_ONE_MARK = re.compile(r"[-+]?\d+([.,])(\d+)")
_UNIT_AFTER = re.compile(r"(?i)(?<=\d)\s*(?:(?:t[ỷỉ]|triệu|nghìn|ngàn)(?:\s*(?:đồng|VNĐ|VND|đ))?|đồng|VNĐ|VND|đ)$")
_IN_ALL = re.compile(r"(?i)(?<=[\d\w])\s*/\s*\d{1,2}\s*năm$")  # "1.500/3 năm" is what three years cost
_LETTERED = re.compile(r"(?=(?:\D*\d){2})(?=.*[OolI])[\dOol][\dOolI]*(?:[.,][\dOolI]+)*")  # "25O": letters that look like digits
_APART = re.compile(r"(?<=\d)\s+(?=\d{3}(?:\D|$))")
_GAP = re.compile(r"\s*")
_SLIP = re.compile(r"(?<=[.,])(?:0000(?=[.,])|00(?=[.,]\d{3}(?!\d)))")
_NOUGHT = re.compile(r"(?<=\d\.\d{2}0)0$")  # of one group after a dot, "41.6500"
_BROKEN = re.compile(
    r"\s*(?:\d[\d.,]*(?:[.,]\s*\n\s*\d[\d.,]*|\s*\n\s*\d{1,2})|[IVX]+(?:\s*\n\s*[IVX]+)+"
    r"|(?i:t\s*ổ\s*n\s*g(?:\s*c\s*ộ\s*n\s*g)?|c\s*ộ\s*n\s*g))\s*"
)
_WHOLE = re.compile(r"(?:\d{1,3}(?:\.\d{3})+(?:,\d{1,3})?|\d{1,3}(?:,\d{3})+(?:\.\d{1,3})?|\d+[.,]\d{1,3}|X{0,2}(?:IX|IV|V?I{0,3}))")
_YEAR = r"(?:19|20)\d{2}"
_MARKS = frozenset("xX×✓✔√")
_ABOUT = re.compile(r"(?i)(?:khoảng|ước(?:\s+tính)?|[~≈])\s*(?=\d)")
_SPAN = re.compile(
    rf"(?<!\d)(?P<first>{_YEAR})(?!\d)\s*(?:[-‐‑‒–—−÷~]|đến(?:\s+hết)?(?:\s+năm)?|tới)\s*"
    rf"(?:(?:hết\s+)?(?:quý|quí|tháng)\s*[IVX\d]+\s*[/,.-]?\s*|(?:\d{{1,2}}\s*/\s*){{1,2}})?(?:năm\s*)?(?P<last>{_YEAR}|\d{{2}}(?!/))(?!\d)",
    re.IGNORECASE,
)
_ONE_YEAR = re.compile(rf"(?<![\d/.,])(?<!\d[ -])(?:{_YEAR})(?![\d]|[.,]\d)|(?<=[/-])(?:{_YEAR})(?!\d)")
_UP_TO = re.compile(
    rf"(?:trước|đến|tới)\s+(?:hết\s+)?(?:năm\s+|(?:ngày\s+|tháng\s+)?(?:\d{{1,2}}\s*/\s*){{1,2}})?(?P<year>{_YEAR})", re.IGNORECASE
)
_FROM = re.compile(
    rf"(?:từ|sau)\s+(?:năm\s+)?(?P<year>{_YEAR})\s*(?:trở\s+đi|$)|(?P<first>{_YEAR})\s*(?:,|và)\s*(?:các|những)\s+năm\s+(?:tiếp|sau|kế)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Amount:
    """A sum of money in a sentence: whole dong, and where its number and unit stand in the text."""

    amount_vnd: int
    start: int
    end: int


@lru_cache(maxsize=_REMEMBERED)
def is_number(text: str) -> bool:
    """Whether `text` is one number and nothing else: digits with marks, perhaps signed, in brackets, or with a unit of money.

    One that `is_lettered` is a number, too, though nobody can be sure which.
    """
    if not text or (text[0].isalpha() and text[0] not in "OolKkƯư"):  # no more than a look at most texts
        return False
    bare = _bare(text)
    return len(bare) <= _LONGEST and bool(_NUMBER.fullmatch(bare) or _LETTERED.fullmatch(bare))


def is_mark(text: str) -> bool:
    """Whether `text` only marks its cell: an x under a year, or under a source of funds."""
    return text in _MARKS


@lru_cache(maxsize=_REMEMBERED)
def is_lettered(text: str) -> bool:
    """Whether `text` is a number with letters that look like digits: "25O", "l2,5"."""
    return len(text) <= _LONGEST and bool(_LETTERED.fullmatch(text.strip()))


def unbroken(text: str) -> str:
    """What a narrow column broke within a word, whole: "11.20", below it "0", is 11.200; any other text as it is.

    Such are numbers with marks, Roman numerals, and the words for a total.
    """
    if "\n" not in text or not _BROKEN.fullmatch(text):
        return text
    joined = "".join(text.split())
    if joined[0] in "tTcC":
        return re.sub(r"(?i)(?<=g)c", lambda match: f" {match[0]}", joined)
    return joined if _WHOLE.fullmatch(joined) else text


def parse_number(text: str, decimal_mark: DecimalMark = ",") -> Decimal | None:
    """The number that `text` is, or None where it is none.

    `decimal_mark` decides only where both readings are possible: `1.500` is 1500 under ",", but `38.39` is a decimal
    under either, and a mark that comes twice groups thousands. A group with a nought too many or too
    few (`1.500.0000.000`, `120.00.000`) counts as one of three.
    """
    bare = _bare(text)
    if len(bare) > _LONGEST or not _NUMBER.fullmatch(bare):
        return None
    mark = _certain_decimal(bare) or decimal_mark
    if bare.count(mark) > 1 or _GROUPED.fullmatch(bare.lstrip("+-")):
        return Decimal(bare.replace(",", "").replace(".", ""))
    return Decimal(bare.replace("," if mark == "." else ".", "").replace(mark, "."))


def is_damaged(text: str) -> bool:
    """Whether `text` is a number with a group of four noughts or of two, where one too many was typed, or one too few."""
    return _may_slip(text) and bool(_NUMBER.fullmatch(text.strip()) and _SLIP.search(text))


@lru_cache(maxsize=_REMEMBERED)
def is_misgrouped(text: str) -> bool:
    """Whether `text` is a number with groups of three and others: "120.05.000", of which nobody knows what is meant.

    So is one whose marks were set within a group: "3.30.0", "3.3.00". What may be a date or count places, "12.5.2021" or "1.2.3", is none.
    """
    if not _NUMBER.fullmatch(text) or text.count(".") + text.count(",") < 2 or ("." in text and "," in text):
        return False
    lengths = [len(group) for group in re.split("[.,]", text.lstrip("+-"))]
    uneven = lengths[1:] != sorted(lengths[1:]) or text.endswith((".00", ",00"))
    slipped = sum(lengths[1:]) % 3 == 0 and uneven and 4 not in lengths
    return lengths[0] <= 3 and (3 in lengths[1:] or slipped) and set(lengths[1:]) != {3}


def decide_convention(samples: Iterable[str], unit: str | None = None) -> DecimalMark:
    """The decimal mark of a set of numbers that were written alike, such as the cells of one table.

    What can be read in one way only decides by its majority; where nothing can (`8.600`, `1.200`), three digits after
    a mark are thousands, unless the unit is the billion: nobody plans thousands of billions row by row. Those that
    are `overlong` decide nothing.
    """
    samples = list(samples)
    slips = overlong(samples)
    votes = {",": 0, ".": 0}
    groups = {",": 0, ".": 0}
    for sample in samples:
        bare = _bare(sample)
        if sample in slips or not _NUMBER.fullmatch(bare):
            continue
        certain = _certain_decimal(bare)
        grouped = _GROUPED.fullmatch(bare)
        if certain:
            votes[certain] += 1
        elif grouped:
            votes["." if grouped[1] == "," else ","] += 1
        else:
            for mark in groups:
                groups[mark] += mark in bare
    if votes["."] != votes[","]:
        return "." if votes["."] > votes[","] else ","
    common: DecimalMark = "." if groups["."] > groups[","] else ","
    other: DecimalMark = "," if common == "." else "."
    if not groups[common]:
        return ","
    return common if unit and unit_factor(unit) == 10**9 else other


def overlong(samples: Iterable[str]) -> frozenset[str]:
    """The numbers with more than three digits after their only mark (`12.8000`) where as many have three: slips, no decimals."""
    found = [(sample, one[1], len(one[2])) for sample in samples if (one := _ONE_MARK.fullmatch(_bare(sample)))]
    groups = Counter(mark for _, mark, size in found if size == 3)
    long = [(sample, mark) for sample, mark, size in found if size > 3]
    few = Counter(mark for _, mark in long)
    return frozenset(sample for sample, mark in long if few[mark] <= groups[mark])


def unit_factor(text: str) -> int | None:
    """The dong in one unit of money named in `text` ("Đơn vị tính: triệu đồng": 1000000), or None."""
    entry = _unit(text)
    return 10 ** int(entry.value) if entry else None


def unit_name(text: str) -> str | None:
    """The unit of money named in `text`, as printed there, folded: "triệu đồng"."""
    entry = _unit(text)
    found = entry.pattern.search(text) if entry else None
    return " ".join(found[0].split()) if found else None


def _unit(text: str) -> lexicon.Entry | None:
    """The unit named in `text`; a text without letters names none, as most cells with amounts are."""
    return lexicon.first("units", text) if text.lower() != text.upper() else None


def to_dong(number: Decimal, factor: int) -> int:
    """`number` units of `factor` dong each, rounded to whole dong."""
    return int((number * factor).to_integral_value())


def money(text: str) -> tuple[Amount, ...]:
    """The sums of money in a sentence, in their order: every number that is followed by a unit of money.

    The sentence convention is the official one, dots for thousands and a decimal comma, save where that cannot be:
    a repeated mark groups, and there are no fractions of a dong. "14 tỷ 850 triệu đồng" is one sum. No decimals end in noughts:
    "41.6500 triệu đồng" has one too many.
    """
    found: list[Amount] = []
    last = 0
    for number in _BEFORE_UNIT.finditer(text):
        for entry in lexicon.table("units"):
            unit = entry.pattern.match(text, _GAP.match(text, number.end()).end())  # type: ignore[union-attr]
            if unit:
                factor = 10 ** int(entry.value)
                shown = _NOUGHT.sub("", number[0])
                value = parse_number(shown, "," if factor > 1 else _whole_mark(shown))
                if value is not None:
                    start, whole = number.start(), to_dong(value, factor)
                    if factor < last and whole < last and _runs_on(text[found[-1].start : found[-1].end], text[found[-1].end : start]):
                        start, whole = found[-1].start, found.pop().amount_vnd + whole
                    found.append(Amount(whole, start, unit.end()))
                    last = factor
                break
    return tuple(found)


def _runs_on(sum_before: str, between: str) -> bool:
    """Whether a smaller unit after a sum goes on with it: "14 tỷ" and "850 triệu đồng", not "14 tỷ đồng" and "850 triệu đồng"."""
    return not between.strip() and not sum_before.endswith("đồng")


def period(text: str) -> Period | None:
    """The years that `text` speaks of: "2018-2020", "Quý IV/2025 - Quý II/2026", "năm 2018", "đến năm 2025"."""
    if "19" not in text and "20" not in text:  # as every year has
        return None
    spans = [_span_years(match) for match in _SPAN.finditer(text)]
    if spans:
        return min(first for first, _ in spans), max(last for _, last in spans)
    if match := _FROM.search(text):
        return int(match["year"] or match["first"]), None
    if match := _UP_TO.search(text):
        return None, int(match["year"])
    years = [int(match[0]) for match in _ONE_YEAR.finditer(text)]
    return (min(years), max(years)) if years else None


@lru_cache(maxsize=_REMEMBERED)
def _bare(text: str) -> str:
    """`text` without brackets, stars, a unit after it, "about" before it, spaces between groups, and slips of the key."""
    if text and not text[0].isdigit():
        text = _ABOUT.sub("", text, count=1)
    if text and text[-1].isalpha():
        text = _UNIT_AFTER.sub("", _IN_ALL.sub("", text))
    text = text.strip().strip("()*").strip()
    if len(text.split(maxsplit=1)) > 1:
        text = _APART.sub("", text)
    return _SLIP.sub("000", text) if _may_slip(text) else text


def _may_slip(text: str) -> bool:
    return "0000" in text or ".00." in text or ",00," in text


def _certain_decimal(bare: str) -> DecimalMark | None:
    """The decimal mark of a number that can be read in one way only, or None."""
    if "." not in bare and "," not in bare:
        return None
    marks = [char for char in bare if char in ".,"]
    last: DecimalMark = "," if marks[-1] == "," else "."
    whole, _, tail = bare.rpartition(last)
    if len(set(marks)) == 2:
        return last if marks.count(last) == 1 else None
    if len(marks) > 1:
        return None
    return last if len(tail) != 3 or whole.lstrip("+-") == "0" or len(whole.lstrip("+-")) > 3 else None


def _whole_mark(number: str) -> DecimalMark:
    """The decimal mark under which the number is whole, if there is one."""
    return "." if "," in number else ","


def _span_years(match: re.Match[str]) -> tuple[int, int]:
    first, last = int(match["first"]), int(match["last"])
    return first, last if last > 100 else first - first % 100 + last
