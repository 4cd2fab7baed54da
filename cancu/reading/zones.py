"""The parts of a document that decide what a citation is for: title, preamble, the list of legal bases, policies, body."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from cancu.reading import heading as heads
from cancu.reading import lexicon
from cancu.reading.layout import Line, fold

Kind = Literal["title", "preamble", "basis", "policy", "body"]

_label = re.compile(
    r"^(?:(?P<part>(?:PHẦN|Phần|CHƯƠNG|Chương)\s+\S+(?:\s+(?:nhất|hai|ba|tư|năm|NHẤT|HAI|BA|TƯ|NĂM))?)|(?P<roman>[IVX]{1,5})|(?P<capital>[A-HK-Z])|"
    r"(?P<decimal>\d{1,2}(?:\.\d{1,2})+)|(?P<number>\d{1,2})|(?P<small>[a-zđ]))(?:\s?[.):](?![\d;,.)])\s*|\s?/\s+)(?P<text>.*)$"
)
# What a line begins with that has such a label or enacts: enough to leave most lines at once.
_may_open = re.compile(
    r"[-*\s]*+(?:Q[Uu][Yy]|P[Hh][Ụụ]|Đ|(?:PHẦN|Phần|CHƯƠNG|Chương|[IVX]{1,5}|[A-HK-Z]|\d{1,2}(?:\.\d{1,2})*|[a-zđ])(?:[\s.):/]|$))"
)
_LEVELS = ("part", "capital", "roman", "number", "decimal", "small")
_enacting = re.compile(r"^(?:QUYẾT\s+(?:ĐỊNH|NGHỊ)|Quyết\s+(?:định|nghị))\s*:|^Điều\s+1\s*[.:]|^(?:PHỤ\s+LỤC|Phụ\s+lục)\b")
_closing = re.compile(r"(?:như\s+sau|(?:nội\s+dung|cụ\s+thể)\s+(?:chủ\s+yếu\s+)?(?:như\s+)?sau)\s*[:.]?\s*$", re.IGNORECASE)
_issued = re.compile(r"(?i)^(?:các\s+)?văn\s+bản\s+(?:đã\s+)?(?:được\s+)?ban\s+hành")
_item = re.compile(
    r"(?i)^(?:(?:căn\s+cứ|theo)\s+)?(?:luật|bộ\s+luật|nghị\s+(?:định|quyết)|quyết\s+định|thông\s+tư|chỉ\s+thị|kế\s+hoạch|công\s+văn|văn\s+bản(?!\s+chỉ\s+đạo)|đề\s+án|kết\s+luận|chương\s+trình)\s.*\d"
)


@dataclass(frozen=True, slots=True)
class Zones:
    """Which part of the text each place belongs to: `starts` are offsets in the lines joined by line breaks, as in citations.

    `attached` is the plan, by type and title, that follows the decision which promulgates it; `attached_line` is its line.
    """

    starts: tuple[int, ...]
    kinds: tuple[Kind, ...]
    subjects: tuple[str | None, ...]
    attached: str | None
    attached_line: int

    def kind(self, offset: int) -> Kind:
        """The part that holds the offset."""
        return self.kinds[max(bisect_right(self.starts, offset) - 1, 0)]

    def start(self, offset: int) -> int:
        """Where the part that holds the offset begins."""
        return self.starts[max(bisect_right(self.starts, offset) - 1, 0)]

    def subject(self, offset: int) -> str | None:
        """The attached plan, where the offset is in its own title or preamble; None where it is not."""
        return self.subjects[max(bisect_right(self.starts, offset) - 1, 0)]


@dataclass(slots=True)
class _State:
    """Where the reading of the lines stands: the part, the level of the heading that opened it, and what the plan now tells."""

    kind: Kind
    level: int = 0
    tells_results: bool = True

    def heading(self, text: str) -> Kind | None:
        """What a numbered heading opens; None for a line that is no heading or stays in the part at hand."""
        match = _label.match(text)
        if match is None or (_item.match(match["text"]) and not _issued.match(match["text"])):
            return None
        level = next(i for i, name in enumerate(_LEVELS) if match[name])
        entry = lexicon.first("citation_zones", match["text"])
        value = entry.value if entry else ""
        if value in {"results", "tasks"}:
            self.tells_results = value == "results"
        opened: Kind = "basis" if value == "basis" else "body"
        if value == "policy" or (value == "policy (results)" and self.tells_results):
            opened = "policy"
        if opened == "body" and self.kind in {"basis", "policy"} and level > self.level:
            return None
        self.level = level
        return opened

    def line(self, lines: Sequence[Line], i: int) -> Kind | None:
        """What the i-th line opens, or None."""
        if not _may_open.match(lines[i].text):
            return None
        text = fold(lines[i].text).lstrip("-* ")
        if _enacting.match(text):
            return "body"
        if len(text) < 60 and i + 1 < len(lines) and not text.endswith((".", ";", ":")):
            text = f"{text} {fold(lines[i + 1].text)}"
        return self.heading(text)


def find(lines: Sequence[Line], first: heads.Head | None) -> Zones:
    """The zones of a document's lines, whose head is `first`."""
    attached = _attached(lines, first)
    name = heads.title_of(lines, attached) if attached else None
    letter = heads.is_letter(lines, first)
    found: list[tuple[int, Kind, str | None]] = [(0, "title" if first else "preamble", None)]
    state = _State(found[0][1])
    offset = 0
    tops = {place for head in (first, attached) if head for place in (head.title[1], head.type_at)}
    below = {head.title[1] for head in (first, attached) if head}
    for i, line in enumerate(lines):
        here, offset = offset, offset + len(line.text) + 1
        if not line.text and i not in tops:
            continue
        opened: Kind | None = None
        if i in below:
            opened = state.line(lines, i) or "preamble"
        elif attached and i == attached.type_at:
            opened = "title"
        elif state.kind == "preamble" and _closing.search(line.text) and not _basis.match(_next_text(lines, i)):
            state.kind = "body"
            found.append((offset, "body", None))
        elif state.kind != "title":
            opened = state.line(lines, i)
        if letter and state.kind in {"preamble", "body"} and opened in {None, "preamble"}:
            opened = _clause(lines, i) or opened
        if opened:
            state.kind = opened
            found.append((here, opened, name if attached and i in (attached.type_at, attached.title[1]) else None))
        for heading in _inline_heading.finditer(line.text) if len(line.text) > _PARAGRAPH else ():
            if opened := state.heading(heading[0]):
                state.kind = opened
                found.append((here + heading.start(), opened, None))
    starts, kinds, subjects = zip(*found, strict=True)
    return Zones(starts, kinds, subjects, name, lines[attached.type_at].number if attached else 0)


_basis = re.compile(r"^[-+]?\s*(?:Căn\s+cứ|(?:(?:Nhằm|Để)\s+)?(?:[Tt]hực\s+hiện|[Tt]riển\s+khai|[Tt]hi\s+hành)|Theo|Xét)\s")


# A page whose line breaks are lost holds its headings within one line.
_PARAGRAPH = 400
_inline_heading = re.compile(r"[IVX](?<=[.;:]\s.)[IVX]{0,4}\.\s+[A-ZĐÀ-Ỹ]{2}[^.;:]{2,80}")


def _next_text(lines: Sequence[Line], i: int) -> str:
    return next((text for line in lines[i + 1 : i + 4] if (text := fold(line.text))), "")


def _clause(lines: Sequence[Line], i: int) -> Kind | None:
    """What a paragraph of an official letter opens: only one that begins with 'Căn cứ …' or 'Thực hiện …' gives a legal basis."""
    text, above = fold(lines[i].text), fold(lines[i - 1].text) if i else ""
    if above and above[-1] not in ".;:|":
        return None
    return "preamble" if _basis.match(text) else "body" if text else None


def _attached(lines: Sequence[Line], first: heads.Head | None) -> heads.Head | None:
    """The head of the plan that a decision promulgates, where both stand in one file."""
    if first is None or first.type not in {"Quyết định", "Nghị quyết"}:
        return None
    for i in range(first.title[1], len(lines)):
        if (
            lines[i].text.isupper()
            and heads.is_type_line(fold(lines[i].text))
            and (second := heads.locate(lines, i))
            and second.type_at == i
            and second.type != first.type
        ):
            return second
    return None
