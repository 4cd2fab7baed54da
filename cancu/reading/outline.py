"""The outline of a document: its paragraphs, unwrapped, each under its chain of headings and in a part of the plan.

Where a paragraph ends is said by the layout in one of four ways: a blank line, a label (`I.`, `1.`, `a)`, `-`), a
line that ends a sentence, or a heading.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate, pairwise
from typing import Literal, cast

from msgspec import Struct

from cancu.frozen import Frozen
from cancu.reading import lexicon
from cancu.reading.grids import find_lined
from cancu.reading.labels import ARABIC, BULLET, UNLABELLED, number, split_label
from cancu.reading.layout import squeeze
from cancu.reading.source import Line, Source

_Layout = Literal["whole", "spaced", "wrapped"]
Zone = Literal["head", "preamble", "decision", "end", "appendix"]
Part = Literal[Zone, "legal", "results", "objectives", "tasks", "solutions", "budget", "implementation", "orders", "other", "table"]

_SHARE = re.compile(r"\d{1,3}(?:[.,]\d+)?\s*%[.;,]")  # at the start of a line: the end of a sentence
_BEGUN = re.compile(
    r"(?i)giao|chánh|giám đốc|thủ trưởng|chủ tịch|(?:cục|vụ|tổng cục) trưởng|các|phê duyệt|ban hành"
)  # no heading of an article
_FULL = 70  # letters of a line that is as long as lines are: an article that goes on, and no heading of one
_RULE = re.compile(r"[\s|_*=.·…-]*$")
_EMPHASIS = re.compile(r"\*\*|__|(?<![\w*])\*(?=[^\s*])|(?<=[^\s*])\*(?![\w*])|^#{1,6}\s+|\\(?=[-.*_#()+])")
_CLOSED = frozenset('.;:!?…)”"/')
_APPENDIX = re.compile(
    r"(?:\d\.?\s*)?(?=[PpBb])(?i:phụ (?:lục|biểu)|biểu)(?:\s+(?:số\s*)?[\dIVXA-Z]{1,4}\b)?\s*(?:$|[:.(–-]|kèm|[A-ZĐÀ-Ỹ]{2})"
)
_CALLS = re.compile(
    r"(?i)(?<![^\W_])(?:yêu cầu|chỉ thị|đề nghị|giao|chỉ đạo)(?![^\W_])[^.;]{0,200}:$"
)  # what a directive or letter asks for follows
_SUM = re.compile(r"\d[\d.,]*\s*(?:tỷ|triệu|nghìn|đồng)(?![^\W_])")  # a sum of money, which opens no paragraph
_SHEET = re.compile(r"(?i)(?:\d\.?\s*)?biểu")
_SIGNED = re.compile(r"(?=[Nn])(?i:nơi nhận\s*(?::|$))|(?:TM|KT|TL|TUQ)\s*\.")
_TITLE = re.compile(r"(?:KẾ HOẠCH|ĐỀ ÁN|CHƯƠNG TRÌNH|QUYẾT ĐỊNH|NGHỊ QUYẾT|CHỈ THỊ|DỰ ÁN|QUY HOẠCH|CHIẾN LƯỢC|QUY CHẾ|QUY ĐỊNH)\b")
_RECIPIENTS = re.compile(r"(?=[Nn])(?i:nơi nhận\s*(?::|$))")
_END = re.compile(
    r"(?=[TtKkQqPpCcGB])(?:(?i:(?:tm|kt|tl|tuq|q)\s*\.\s?(?=[^\W\d_]|$)|(?:phó )?chủ tịch$)"
    r"|(?:PHÓ )?(?:GIÁM ĐỐC|CHÁNH VĂN PHÒNG|TRƯỞNG (?:BAN|PHÒNG)|CỤC TRƯỞNG|BỘ TRƯỞNG|THỨ TRƯỞNG|THỦ TƯỚNG|BÍ THƯ)$)"
)


_GLANCE = 10  # letters at the beginning of a text, besides a third of it, which tell most that is not in capitals
_LAST = 16  # letters at its end, which hold what wants another word: "Văn phòng Sở"
_LONGEST = 120  # lines of a paragraph: more is no prose, and would be gone over anew with each line


class Section(Frozen, frozen=True):
    """A heading: `label` as printed without its mark ("III", "2", "a"), `text` without the label, `level` 0 (phần) to 8 ((1))."""

    label: str
    text: str
    level: int
    lines: tuple[int, int]


class Paragraph(Frozen, frozen=True):
    """A paragraph with its wrapped lines joined: `text` begins after the label. `starts` maps offsets in `text` to lines."""

    label: str
    text: str
    level: int | None
    lines: tuple[int, int]
    starts: tuple[tuple[int, int], ...]
    part: Part
    sections: tuple[Section, ...]
    is_heading: bool

    def line_at(self, offset: int) -> int:
        """The physical line of the character at `offset` of `text`."""
        return self.starts[max(0, bisect_right(self.starts, (offset, 1 << 60)) - 1)][1]

    def lines_of(self, start: int, end: int) -> tuple[int, int]:
        """The first and last physical line of `text[start:end]`."""
        return self.line_at(start), self.line_at(max(start, end - 1))


@dataclass(frozen=True, slots=True)
class Outline:
    """The paragraphs of a document in their order; blank lines and rules are left out."""

    paragraphs: tuple[Paragraph, ...]

    def part_of(self, line: int) -> Part:
        """The part in which a physical line stands; a line between two paragraphs belongs with the one before it."""
        index = bisect_right([paragraph.lines[0] for paragraph in self.paragraphs], line) - 1
        return self.paragraphs[index].part if index >= 0 else "head"

    def body(self) -> list[Paragraph]:
        """The paragraphs of the decision and of the plan: neither letterhead, signature, table cells nor appendices."""
        return [p for p in self.paragraphs if p.part not in {"head", "end", "table", "appendix"}]


class _Block(Struct):
    """A paragraph as it grows: its pieces of text, each with its line."""

    rank: int | None
    label: str
    text: str
    pieces: list[tuple[str, int]]
    marked: bool = False
    cell: bool = False

    def add(self, words: str, line: Line) -> None:
        """Go on with the words of another line."""
        self.pieces += _pieces(words, line)
        self.text = f"{self.text} {words}" if self.text and words else self.text or words


def clean(text: str) -> str:
    """A line with its white space folded and the marks of Markdown emphasis taken off; tabs between cells become bars."""
    text = text.strip()
    if "\t" in text and text.count("\t") > 1:
        text = re.sub(r"\t+", " | ", text)
    if "*" in text or "_" in text or "#" in text or "\\" in text:
        text = _EMPHASIS.sub("", text)
    return squeeze(text)


@lru_cache(maxsize=1 << 10)
def _is_upper(text: str) -> bool:
    """Whether a text is in capitals. Remembered, for a paragraph is asked with each line after it."""
    if 5 * sum(map(str.islower, text[: len(text) // 3 + _GLANCE])) >= len(text):  # most texts are left here
        return False
    letters = sum(map(str.isalpha, text))
    return letters > 3 and sum(map(str.isupper, text)) > 0.8 * letters


def _ends(text: str) -> bool:
    """Whether `text` opens the block of recipients and signature."""
    return _RECIPIENTS.match(text) is not None or (_END.match(text) is not None and len(text.split()) <= 12)


def _titled(block: _Block) -> bool:
    """Whether the block can be a heading that is complete as it stands."""
    text = block.text
    return (block.rank is not None and block.rank < BULLET and len(text.split()) <= 30) or _is_upper(text)


def _opens(text: str) -> bool:
    """Whether the last word of `text` wants another after it ("Sở", "và", "của")."""
    return _is_open(text[-_LAST:])


@lru_cache(maxsize=1 << 10)
def _is_open(words: str) -> bool:
    """Whether the last of some words wants another after it. Remembered, for many lines end alike."""
    return lexicon.first("open_words", words) is not None


def _starts_item(block: _Block, rank: int, label: str, rest: str, last_number: int) -> bool:
    """Whether a label at the start of a line, straight after the unfinished line of `block`, is one and not wrapped text."""
    if _titled(block):
        return True
    if rank >= BULLET:
        return not (rest[0].islower() or re.match(r"\d{4}\b", rest))
    return rank != ARABIC or number(label) in {1, last_number + 1}


def _pieces(words: str, line: Line) -> list[tuple[str, int]]:
    """The words that a line ends with, parted where the file's lines part them, each with its number."""
    if not line.wraps:
        return [(words, line.number)]
    before = len(line.text) - len(words)
    starts = [0, *(offset - before for offset, _ in line.wraps if offset > before), len(words) + 1]
    return [(words[start : end - 1], line.number_at(before + start)) for start, end in pairwise(starts)]


def _layout(texts: Sequence[str]) -> _Layout:
    """How the lines of a document make paragraphs: each line is one, blank lines part them, or only the sentences tell."""
    filled = [text for text in texts if len(text) > 40]
    if sum([len(text) > 130 for text in filled]) > 0.3 * len(filled):
        return "whole"
    ends = [i for i, text in enumerate(texts[:-1]) if text.endswith((".", ";"))]
    return "spaced" if sum(not texts[i + 1] for i in ends) > 0.6 * len(ends) else "wrapped"


def _goes_on(block: _Block, text: str, gap: bool, layout: _Layout) -> bool:
    """Whether `text`, a line without a label, goes on with the paragraph `block`."""
    before = block.text
    closed = before[-1:] in _CLOSED
    lower = text[0].islower() or text[0] in ",;.)%"
    if not before or block.marked:
        return not gap
    if gap:  # a signer may be called Hà Ban
        return not closed and (lower or _opens(before)) and not block.cell and not (_TITLE.match(text) and _is_upper(text))
    item = block.rank is not None and block.rank >= BULLET
    article = block.label.startswith("Điều")
    if (
        lower
        or before.endswith(",")
        or (article and (before.endswith(";") or _BEGUN.fullmatch(before)))  # who carries out the decision, one by one
        or (not closed and _opens(before))
        or (before.endswith(":") and item and text[0].isdigit())
        or (not closed and _SHARE.match(text))
        or (_SUM.match(text) and not before.endswith((".", ";")))
    ):
        return True
    if _is_upper(before) or _APPENDIX.match(text) or _ends(text) or (_TITLE.match(text) and _is_upper(text)):
        return _is_upper(before) and _is_upper(text) and not before.endswith(".")
    if _titled(block):
        full = article and (len(block.pieces[-1][0]) > _FULL or ";" in block.text)
        tail = layout == "wrapped" and (full or re.fullmatch(r"(?:\d+|[Tt]ỉnh)[.:;]?", text) is not None)
        return (tail or layout == "spaced") and not closed and lexicon.first("duty_verbs", text[:40]) is None
    return layout == "spaced" or (layout == "wrapped" and not closed)


def _blocks(source: Source) -> list[_Block]:
    """The paragraphs of the text, in order, headings not yet told apart.

    A cell is a block beside a line of pipes, and where the format marks it.
    """
    texts = [line.text.strip() for line in source.lines]
    layout = _layout(texts)
    cells = {cell.lines[0] for grid in source.grids for row in grid.rows for cell in row if cell.lines}
    blocks: list[_Block] = []
    open_, gap, piped, last_number = False, True, False, 0
    for line, raw in zip(source.lines, texts, strict=True):
        if not raw or not (raw[-1].isalnum() or raw[0].isalnum() or not _RULE.match(raw)):
            if "|" in raw:
                if blocks and open_:
                    blocks[-1].cell = blocks[-1].cell or piped or not blocks[-1].text.endswith((".", ";"))
                piped = True
            open_, gap = open_ and not raw, True
            continue
        text = clean(raw)
        rank, label, rest = split_label(text)
        block = blocks[-1] if blocks and open_ and line.number not in cells else None
        if block is not None and rank is not None and not gap and block.text[-1:] not in _CLOSED:
            joins = not _starts_item(block, rank, label, rest, last_number)
        else:
            joins = block is not None and rank is None and _goes_on(block, text, gap, layout)
        if block is not None and joins and len(block.pieces) < _LONGEST:
            block.add(text, line)
        else:
            piped = piped and not open_
            block = _Block(rank, label, rest, _pieces(rest, line))
            blocks.append(block)
            if rank == ARABIC:
                last_number = number(label)
        block.marked ^= "**" in raw and raw.count("**") % 2 == 1
        open_, gap = True, False
    return blocks


def _is_heading(block: _Block, following: _Block | None) -> bool:
    """Whether a labelled paragraph names what follows it, and is no item by itself."""
    text = block.text
    if block.rank is None:
        return len(text.split()) <= 8 and _is_upper(text) and lexicon.first("headings", text) is not None
    if block.rank >= BULLET or block.cell:
        return False
    if _is_upper(text) or not text:
        return True
    words = len(text.split())
    if text[-1] in ";,":
        return False
    if text[-1] in ".…":
        deeper = following is not None and (following.rank is None or following.rank > block.rank)
        return words <= 16 and deeper and ". " not in text
    return words <= 40


def _names_part(block: _Block) -> bool:
    """Whether a numbered paragraph begins with the name of its part: "1. Mục tiêu: đến năm 2028 có …"."""
    name, colon, _ = block.text.partition(":")
    return bool(colon) and block.rank is not None and block.rank < BULLET and len(name.split()) <= 8 and _opened(name) is not None


def _part(sections: Iterable[Section], default: Part) -> Part:
    """The part that a chain of headings opens: the innermost known one, results and implementation holding what is under them."""
    part = default
    for section in sections:
        if part == "preamble":
            part = "other"
        opened = _opened(section.text)
        if opened is None or (part == "implementation" and opened != "budget") or (part == "results" and opened != "legal"):
            continue
        part = opened
    return part


@lru_cache(maxsize=1 << 10)
def _opened(heading: str) -> Part | None:
    """The part that a heading opens by itself. Remembered, for it stands over many paragraphs."""
    entry = lexicon.first("headings", heading)
    return cast(Part, entry.value) if entry else None


def _zone(zone: Zone, block: _Block, *, signed: bool) -> Zone:
    """The zone of the document that `block` stands in: letterhead, preamble, decision, signature or appendix, after the one before.

    "Biểu 1: …" opens an appendix only where the text above it is `signed`, or never is: else it is the caption of a table.
    """
    text = block.text
    if zone == "appendix" or (zone != "head" and text[-1:] not in (";", ",") and _APPENDIX.match(text) and len(text.split()) <= 30):
        return "appendix" if zone == "appendix" or signed or not _SHEET.match(text) else zone
    if zone in {"head", "end"} and _TITLE.match(text) and _is_upper(text):
        return "preamble"
    if zone == "head":
        return "preamble" if (block.rank is not None and block.rank <= ARABIC) or len(text.split()) > 25 else zone
    if zone != "end" and block.rank is None and _ends(text):
        return "end"
    return "decision" if zone == "preamble" and block.label.startswith("Điều") else zone


def _starts(pieces: Sequence[tuple[str, int]]) -> tuple[tuple[int, int], ...]:
    """Where each piece begins in the text of its block, and its line."""
    if len(pieces) == 1:
        return ((0, pieces[0][1]),)
    offsets = accumulate([len(piece) + 1 if piece else 0 for piece, _ in pieces], initial=0)
    return tuple(zip(offsets, [line for _, line in pieces], strict=False))


def outline(source: Source) -> Outline:
    """The paragraphs of `source` under their headings. Any text gives an outline; one without headings is all preamble."""
    blocks = _blocks(source)
    grids = [grid.lines for grid in find_lined(source) if max((len(row) for row in grid.rows), default=0) > 2]
    chain: list[Section] = []
    zone: Zone = "head"
    paragraphs: list[Paragraph] = []
    orders = False
    signed_at = next((block.pieces[0][1] for block in reversed(blocks) if block.rank is None and _SIGNED.match(block.text)), 0)
    for block, following in zip(blocks, [*blocks[1:], None], strict=False):
        text, lines = block.text, (block.pieces[0][1], block.pieces[-1][1])
        before, zone = zone, _zone(zone, block, signed=lines[0] > signed_at)
        if zone != before:
            chain = []
        outside = zone in {"head", "end", "appendix"}
        heading = not outside and _is_heading(block, following)
        rank = UNLABELLED if heading and block.rank is None else block.rank
        if rank is not None and rank < BULLET and not outside:
            chain = [section for section in chain if section.level < rank]
        cell = block.cell or (bool(grids) and any(first <= lines[0] <= last for first, last in grids))
        default: Part = "orders" if orders and zone == "preamble" and (chain or block.rank is not None) else zone
        names = heading or (not (outside or cell) and _names_part(block))
        named = [Section(block.label.strip(" .)/:-–("), text, rank or 0, lines)] if names else []
        part = zone if outside else "table" if cell else _part([*chain, *named], default)
        orders = orders or (part in {"preamble", "head"} and block.rank is None and _CALLS.search(text) is not None)
        paragraphs.append(Paragraph(block.label, text, block.rank, lines, _starts(block.pieces), part, tuple(chain), heading))
        chain += named if heading else []
    return Outline(tuple(paragraphs))
