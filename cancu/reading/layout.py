"""The parts of a document that was read: numbered lines, cells, and the grids that its file format marks."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from operator import attrgetter

from cancu.frozen import Frozen

_PART = re.compile(
    r"(?i)^\W*(?:phụ\s+(?:lục|biểu)|biểu\s+số|biểu\s+mẫu|nơi\s+nhận|(?:phần|chương)\s+(?:[ivx]+|\d+|thứ\s+\w+)\s*[.:]"
    r"|(?:đơn\s+vị\s+tính|đvt|đơn\s+vị\s*:\s*(?=(?:tỷ|triệu|nghìn|ngàn|đồng)))\W*\w|\(?ban hành kèm|\(?kèm theo)"
)


class Line(Frozen, frozen=True):
    """One line of text, NFC, without its line break. `number` is what a record's `lines` point at (1-based).

    A block of HTML is one line here, however many it takes in the file: `wraps` holds the offsets in `text` at which the
    file's next lines begin, with their numbers.
    """

    number: int
    text: str
    wraps: tuple[tuple[int, int], ...] = ()

    def number_at(self, offset: int) -> int:
        """The number of the file's line that holds the offset in `text`."""
        return next((number for start, number in reversed(self.wraps) if start <= offset), self.number) if self.wraps else self.number


class Cell(Frozen, frozen=True):
    """One cell of a grid: its text folded to one line, and where it stands. `lines` is None for an empty cell."""

    text: str
    lines: tuple[int, int] | None
    colspan: int = 1
    rowspan: int = 1


@dataclass(frozen=True, slots=True)
class Grid:
    """A table that the file format itself marks (HTML, DOCX, PDF, Markdown pipes), as rows of cells."""

    rows: tuple[tuple[Cell, ...], ...]
    lines: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Layout:
    """What a format's reader gives: the lines of the text, in reading order, and the grids among them.

    `derived` says that the lines count in the text made of them, as the file has no lines of its own to point into.
    """

    lines: tuple[Line, ...]
    grids: tuple[Grid, ...] = ()
    derived: bool = False


def opens_part(text: str) -> bool:
    """Whether a line is the heading of an appendix, a part or a table, its unit, or the list of recipients: it stands in no table."""
    return _PART.match(text) is not None


def between(lines: Sequence[Line], first: int, last: int) -> Sequence[Line]:
    """Those of `lines`, which go by their numbers, whose numbers are from `first` to `last`."""
    number = attrgetter("number")
    return lines[bisect_left(lines, first, key=number) : bisect_right(lines, last, key=number)]


# Marks without width, and those that turn the direction of writing; letters of other scripts that look as Latin ones do.
_INVISIBLE = "\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff"
_LOOK_ALIKES = str.maketrans("АВЕЅІЈКМНОРСТУХаеѕіјорсухΑΒΕΖΗΙΚΜΝΟΡΤΥΧο", "ABESIJKMHOPCTYXaesijopcyxABEZHIKMNOPTYXo")
_FULL_WIDTH = "\uff01-\uff5e"
_alike = "".join(map(chr, _LOOK_ALIKES))
_strange = re.compile(f"[{_INVISIBLE}{_alike}{_FULL_WIDTH}]")  # one class, which re finds fast
_foreign = re.compile("[\u0660-\u1dff\u3000-\U0010ffff]")  # among which are all digits that are not ASCII
_invisible = re.compile(f"[{_INVISIBLE}]")
_wide = re.compile(rf"[{_FULL_WIDTH}]|(?![0-9])\d")
_latin = re.compile(r"[A-Za-z0-9Đđ]")
_word = re.compile(r"\S+")


def plain(text: str) -> str:
    """`text` as its reader sees it: without invisible marks, its digits and full-width letters ASCII, and Latin letters for those of other
    scripts that look the same, in words that hold Latin letters or digits too: '64/2007/NĐ-СР' with a Cyrillic ending is '64/2007/NĐ-CP'.
    """
    if text.isascii() or not (_strange.search(text) or _foreign.search(text)):
        return text
    text = _wide.sub(lambda sign: unicodedata.normalize("NFKC", sign[0]) if sign[0] > "\uff00" else str(unicodedata.digit(sign[0])), text)
    return _word.sub(lambda word: word[0].translate(_LOOK_ALIKES) if _latin.search(word[0]) else word[0], _invisible.sub("", text))


def fold(text: str) -> str:
    """`text` on one line: NFC, every run of white space one space, none at the ends, no invisible marks, "Đ" for Eth."""
    if not unicodedata.is_normalized("NFC", text):
        text = unicodedata.normalize("NFC", text)
    text = text.replace("Ð", "Đ").replace("ð", "đ")  # Eth, which old keyboards typed for Đ
    if text.isprintable():
        return " ".join(text.split()) if "  " in text else text.strip(" ")
    return " ".join(text.replace("\u200b", "").replace("\ufeff", "").replace("\xad", "").split())


def squeeze(text: str) -> str:
    """`text` with every run of white space one space, and none at the ends. Most texts are so already, which is seen fast."""
    return text.strip(" ") if "  " not in text and text.isprintable() else " ".join(text.split())


class Writer:
    """Collects the derived text of a format that has no lines of its own (DOCX, PDF), and the grids that stand in it."""

    def __init__(self) -> None:
        self._lines: list[Line] = []
        self._grids: list[Grid] = []

    def write(self, text: str) -> tuple[int, int] | None:
        """Append `text`, one line for each of its lines that has words; gives the lines it takes, or None for no words."""
        first = len(self._lines) + 1
        for row in plain(text).splitlines():
            if words := fold(row):
                self._lines.append(Line(len(self._lines) + 1, words))
        last = len(self._lines)
        return (first, last) if last >= first else None

    def write_grid(self, rows: list[list[tuple[str, int, int]]]) -> None:
        """Append a table of (text, colspan, rowspan), row by row and cell by cell, each cell on lines of its own."""
        first = len(self._lines) + 1
        cells = tuple(tuple(Cell(fold(plain(text)), self.write(text), colspan, rowspan) for text, colspan, rowspan in row) for row in rows)
        last = len(self._lines)
        if last >= first:
            self._grids.append(Grid(cells, (first, last)))

    def layout(self) -> Layout:
        """What was collected so far."""
        return Layout(tuple(self._lines), tuple(self._grids), derived=True)
