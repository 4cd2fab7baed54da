"""What stands around a table: the heading of its appendix, its title, and its unit of money."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise, takewhile

from cancu.iris import slug
from cancu.reading import values
from cancu.reading.grids import fold
from cancu.reading.layout import between
from cancu.reading.source import Line
from cancu.records import Lines

MEASURE, UNIT_LETTERS = 3, 20  # lines right above a table that state what it counts, and letters of that
LOOK_BACK = 25  # lines before a table in which its heading is looked for

_HEADING = re.compile(
    r"(?i)^[\W_]*+(?:(?:\d{1,2}|[IVX]{1,4})\.\s*+)?[\W_]*+(?P<word>phụ\s+lục|phụ\s+biểu|(?:biểu|bảng)(?=\s*(?:số|mẫu|\d|[IVX]+(?![^\W_])|[:.*]|$))(?:\s+mẫu)?)(?![^\W_])(?:\s+kèm\s+theo)?"
    r"(?:\s+số(?!\s+lượng))?[\s.:]*(?P<number>\d{1,2}|[IVX]{1,4}|[A-Z](?![^\W_]))?(?![^\W_])[\s.:*_–-]*(?P<title>.*)$"
)
_UNIT_LINE = re.compile(r"(?i)(?:đơn\s+v[ịi]\s*(?:tính)?|đvt|đv\s*tính)\s*[:：]?\s*(?P<unit>.+)")
_UNIT_BRACKET = re.compile(r"(?i)(?<=\S)\s*\(\s*(?:đơn\s+v[ịi](?:\s+tính)?|đvt)\s*:[^()]{1,40}\)\s*$")  # at the end of a title
_UNIT_HEAD = re.compile(r"(?i)\W*(?:đơn\s+v[ịi]\s+tính|đvt|đv\s+tính)\W*$")
_MONEY_HEAD = re.compile(r"(?i)tiền|kinh\s+phí|vốn|ngân\s+sách|dự\s+toán|chi\s+phí|đầu\s+tư|đơn\s+giá")
_PRICE = re.compile(r"(?i)đơn\s+giá|định\s+mức|suất\s+đầu\s+tư|mức\s+hỗ\s+trợ")
_NOT_TITLE = re.compile(r"(?i)^\W*(?:(?:ban hành\s+)?kèm theo|đơn\s+v[ịi]\s*(?:tính)?\s*[:：]|đvt|\()")
_SIGNED = re.compile(r"\W*+(?=[Nn])(?i:nơi\s+nhận)")
_NUMBERED = re.compile(r"^\W*(?:[IVX]+|[A-Z]|\d+(?:\.\d+)*|[a-zđ])[.)]\s*\S")
_ROMAN = {"I": 1, "V": 5, "X": 10}


@dataclass(frozen=True, slots=True)
class Caption:
    """The name that a table goes by, its title, its unit as printed, the line where it begins, and whether it is an appendix's."""

    id: str
    title: str
    unit: str | None
    first_line: int
    in_appendix: bool
    measure: str | None = None  # what is counted instead of money, as a line of its own says: "Đơn vị tính: lượt người"


@dataclass(slots=True)
class Captions:
    """Reads the captions of the tables of one document, in their order: what one says may hold for the next."""

    lines: Sequence[Line]
    used: set[str] = field(default_factory=set)
    appendix: str | None = None
    appendices: int = 0
    after: int = 0

    def read(self, table: Lines, head: Sequence[str], caption: str) -> Caption:
        """The caption of the table on the lines `table`, whose header has the words `head`."""
        before = [*between(self.lines, self.after + 1, table[0] - 1)]
        beside = between(self.lines, table[0], table[0]) if table[0] > self.after else ()
        if len(beside) > 1:  # of HTML, which may go on with the table on the line of its title
            before += takewhile(lambda line: fold(line.text) not in head, beside)
        near = before[-LOOK_BACK:]
        heading = next((index for index in range(len(near) - 1, -1, -1) if is_heading(near[index].text)), None)
        first, title = _title(near, heading, table[0], caption)
        if not self._enter(near[heading].text if heading is not None else None, signed=any(map(_is_signed, before))):
            heading = None
        self.after = table[1]
        name = f"appendix-{self.appendix}" if self.appendix else f"body-{slug(title)[:60]}".strip("-")
        own = near if heading is None else near[heading:]
        measure = _measure(own[-MEASURE:], title)
        unit = _unit(own, head) if measure is None else None
        return Caption(self._unused(name), title, unit, first, self.appendix is not None, measure)

    def _enter(self, heading: str | None, *, signed: bool) -> bool:
        """Go on to the appendix that a heading opens, or that what follows the signature is; whether the heading opens one."""
        match = _heading(heading) if heading is not None else None
        opens = match is not None and (match["word"].casefold().startswith(("ph", "bi")) or signed or self.appendix is not None)
        if opens or (signed and self.appendix is None):
            self.appendices += 1
            self.appendix = (_number(match["number"]) if opens and match else "") or str(self.appendices)
        return opens

    def _unused(self, name: str) -> str:
        """`name`, or with the first number after it that no other table has."""
        found, count = name, 1
        while found in self.used:
            count += 1
            found = f"{name}-{count}"
        self.used.add(found)
        return found


def _is_signed(line: Line) -> bool:
    """Whether a line opens the block of recipients and signature."""
    return ("hận" in line.text or "HẬN" in line.text) and _SIGNED.match(line.text) is not None


def is_heading(text: str) -> bool:
    """Whether a line opens an appendix, or is the caption of a table: "PHỤ LỤC 2", "Biểu số 01: …"."""
    return _heading(text) is not None


def _heading(text: str) -> re.Match[str] | None:
    """The parts of a heading; the word in small letters is the rest of a sentence, broken before it."""
    match = _HEADING.match(text.strip())
    return match if match and match["word"][0].isupper() else None


def is_unit_line(text: str) -> bool:
    """Whether a line states a unit: "Đơn vị tính: triệu đồng"."""
    return _UNIT_LINE.search(text) is not None


def is_numbered(text: str) -> bool:
    """Whether a line begins as a numbered heading or paragraph does."""
    return _NUMBERED.match(text) is not None


def _number(text: str | None) -> str:
    if text and text.isdigit():
        return str(int(text))
    if text and set(text.upper()) <= set(_ROMAN):
        digits = [_ROMAN[letter] for letter in text.upper()]
        return str(sum(-a if a < b else a for a, b in pairwise([*digits, 0])))
    return text.lower() if text else ""


def _title(near: Sequence[Line], heading: int | None, first: int, caption: str) -> tuple[int, str]:
    """Where the table with its title begins, and the title: what stands after the heading, or the line before the table."""
    if heading is not None:
        match = _heading(near[heading].text)
        words = [match["title"] if match else ""]
        for line in near[heading + 1 :]:
            if _NOT_TITLE.match(line.text):
                break
            words.append(line.text)
        title = _UNIT_BRACKET.sub("", fold(" ".join(word for word in words if word.strip())))
        return near[heading].number, title.strip(" .:*_") or fold(near[heading].text)
    full = [line for line in near if line.text.strip() and not _NOT_TITLE.match(line.text) and fold(line.text) not in caption]
    if full and len(full[-1].text) < 200:
        return full[-1].number, _UNIT_BRACKET.sub("", fold(full[-1].text))
    return first, caption


def _is_price(head: str) -> bool:
    """Whether a head has what one thing costs, in a unit that may be another than that of the whole."""
    return _PRICE.search(head) is not None


def _measure(near: Sequence[Line], title: str) -> str | None:
    """What the cells of a table count, where the line right above it states a unit that is no money, or its title a share."""
    stated = next((match["unit"].strip(" .()*") for line in reversed(near) if (match := _UNIT_LINE.search(line.text))), "")
    if stated and values.unit_name(stated) is None and len(stated) < UNIT_LETTERS:
        return stated
    return "%" if title.endswith("(%)") else None


def _unit(near: Sequence[Line], head: Sequence[str]) -> str | None:
    """The unit of money of a table: stated before it, in its head, or named last in the text before it."""
    for line in reversed(near):
        if (match := _UNIT_LINE.search(line.text)) and (unit := values.unit_name(match["unit"])):
            return unit
    for text in sorted(head, key=_is_price):
        if unit := values.unit_name(text):
            return unit
    if any(_UNIT_HEAD.match(text) for text in head) and not any(_MONEY_HEAD.search(text) for text in head):
        return None  # each row counts in a unit of its own
    for line in reversed(near):
        if unit := values.unit_name(line.text):
            return unit
    return None
