"""The path that justifies a project as an SVG made at build time: columns of boxes, from the highest bases to the project at the right.

Text is wrapped by the typeface's own widths (`site/metrics.json`, in thousandths of an em), so nothing is cut that fits, and what is
cut ends in an ellipsis with the whole text as its title. Colours come from the page's style sheet.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from cancu import resources
from cancu.website.parts import escaped

_WIDTH, _GAP_X, _GAP_Y, _PAD, _TOP = 1000.0, 44.0, 10.0, 11.0, 24.0
_HEAD, _BODY = 12.5, 11.5
_LINE = 15.0
_BODY_LINES = 3


@dataclass(frozen=True, slots=True)
class Box:
    """A document, plan or project: its column (0 is the project), heading, words below it, address, and hue."""

    key: str
    column: int
    head: str
    body: str
    address: str
    kind: str
    lang: str = ""


@dataclass(frozen=True, slots=True)
class Arrow:
    """From a basis to what rests on it, with the words for how."""

    start: str
    end: str
    title: str


@dataclass(frozen=True, slots=True)
class _Placed:
    box: Box
    head: tuple[str, ...]
    body: tuple[str, ...]
    x: float
    y: float
    height: float

    def at(self, y: float) -> _Placed:
        return _Placed(self.box, self.head, self.body, self.x, y, self.height)


@cache
def _widths(weight: str) -> dict[str, int]:
    found: dict[str, int] = json.loads((resources.SITE / "metrics.json").read_text(encoding="utf-8"))[weight]
    return found


def width(text: str, size: float, weight: str = "400") -> float:
    """The width of a text in the page's typeface, in pixels. A letter with a tone is as wide as the letter."""
    return _units(text, weight) * size / 1000


def _units(text: str, weight: str) -> int:
    """The width of a text in thousandths of an em."""
    widths = _widths(weight)
    return sum([widths.get(letter) or widths.get(_toneless(letter), widths["m"]) for letter in text])


_units_of_word = lru_cache(maxsize=20_000)(_units)


@cache
def _toneless(letter: str) -> str:
    return unicodedata.normalize("NFC", unicodedata.normalize("NFD", letter).translate(_TONES))


_TONES = dict.fromkeys(map(ord, "\u0300\u0301\u0303\u0309\u0323"))


@lru_cache(maxsize=10_000)
def wrap(text: str, room: float, size: float, lines: int, weight: str = "400") -> tuple[str, ...]:
    """The text in at most `lines` lines of `room` pixels; the last ends in '…' where there is more."""
    found: list[str] = []
    line, used, space = "", 0, _units_of_word(" ", weight)
    for word in text.split():
        more = _units_of_word(word, weight)
        if not line:
            line, used = word, more
        elif (used + space + more) * size / 1000 <= room:
            line, used = f"{line} {word}", used + space + more
        else:
            found.append(line)
            line, used = word, more
    found.append(line)
    if len(found) > lines:
        last = found[lines - 1]
        while last and width(f"{last}…", size, weight) > room:
            last = last[:-1]
        found = [*found[: lines - 1], f"{last.rstrip(' ,;')}…"]
    return tuple(_cut(line, room, size, weight) for line in found)


def _cut(line: str, room: float, size: float, weight: str) -> str:
    """A single word wider than the box, cut."""
    if width(line, size, weight) <= room:
        return line
    while line and width(f"{line}…", size, weight) > room:
        line = line[:-1]
    return f"{line}…"


@dataclass(frozen=True, slots=True, eq=False)
class Picture:
    """The drawing without the project, which many projects share: its boxes from column 1 on, and arrows; one to the project ends in ''.

    `heads` names the columns from the project's on; boxes keep their order within a column.
    """

    boxes: tuple[Box, ...]
    arrows: tuple[Arrow, ...]
    heads: tuple[str, ...]
    title: str
    description: str

    def around(self, project: Box) -> str:
        """The drawing with the project in its place."""
        width, _, stacks = _laid(self)
        own = _measured(project, width, _WIDTH - width)
        height = max(*(_stacked(stack) for stack in stacks), own.height + _GAP_Y)
        before, after = _frame(self, height)
        placed = own.at(_TOP + (height - own.height - _GAP_Y) / 2)
        return f"{before}{_shape(placed, width)}{after}"


@lru_cache(maxsize=64)
def _laid(picture: Picture) -> tuple[float, float, list[list[_Placed]]]:
    """How wide a box is, how far columns stand apart, and the boxes of each column from the first basis on."""
    columns = max((box.column for box in picture.boxes), default=0) + 1
    width = min(228.0, (_WIDTH - _GAP_X * (columns - 1)) / columns)
    step = (_WIDTH - width) / max(columns - 1, 1)
    stacks = [
        [_measured(box, width, _WIDTH - width - step * column) for box in picture.boxes if box.column == column]
        for column in range(1, columns)
    ]
    return width, step, stacks


def _stacked(stack: Sequence[_Placed]) -> float:
    return sum(placed.height + _GAP_Y for placed in stack)


@lru_cache(maxsize=64)
def _frame(picture: Picture, height: float) -> tuple[str, str]:
    """What is drawn before and after the box of the project, which stands in the middle of `height`."""
    width, step, stacks = _laid(picture)
    placed = {"": _Placed(Box("", 0, "", "", "", ""), (), (), _WIDTH - width, _TOP + (height - _GAP_Y) / 2, 0.0)}
    for stack in stacks:
        y = _TOP + (height - _stacked(stack)) / 2
        for one in stack:
            placed[one.box.key] = one.at(y)
            y += one.height + _GAP_Y
    edges = "".join(
        _edge(placed[arrow.start], placed[arrow.end], width, arrow.title)
        for arrow in picture.arrows
        if arrow.start in placed and arrow.end in placed
    )
    shapes = "".join(_shape(one, width) for one in placed.values() if one.box.key)
    tops = "".join(
        f'<text class="col" x="{_WIDTH - width - step * i:.0f}" y="12">{escaped(head)}</text>'
        for i, head in enumerate(picture.heads[: len(stacks) + 1])
    )
    before = (
        f'<svg class="path" viewBox="-1 0 {_WIDTH + 2:.0f} {_TOP + height:.0f}" role="group" aria-labelledby="path-t path-d">'
        f'<title id="path-t">{escaped(picture.title)}</title><desc id="path-d">{escaped(picture.description)}</desc>'
        '<defs><marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto">'
        f'<path class="tip" d="M0 0 8 4 0 8z"/></marker></defs>{tops}{edges}'
    )
    return before, f"{shapes}</svg>"


def _measured(box: Box, box_width: float, x: float) -> _Placed:
    room = box_width - 2 * _PAD
    head, body = wrap(box.head, room, _HEAD, 3, "600"), wrap(box.body, room, _BODY, _BODY_LINES) if box.body else ()
    return _Placed(box, head, body, x, 0.0, 2 * _PAD - 3 + _LINE * (len(head) + len(body)))


def _edge(start: _Placed, end: _Placed, box_width: float, title: str) -> str:
    x1, y1 = start.x + box_width, start.y + start.height / 2
    x2, y2 = end.x - 2, end.y + end.height / 2
    middle = (x1 + x2) / 2
    curve = f"M{x1:.0f} {y1:.0f}C{middle:.0f} {y1:.0f} {middle:.0f} {y2:.0f} {x2:.0f} {y2:.0f}"
    return f'<path class="edge" marker-end="url(#tip)" d="{curve}"><title>{escaped(title)}</title></path>'


def _shape(one: _Placed, box_width: float) -> str:
    y = one.y + _PAD + 8
    texts = []
    for lines, style in ((one.head, "t"), (one.body, "s")):
        for line in lines:
            texts.append(f'<text class="{style}" x="{one.x + _PAD:.0f}" y="{y:.0f}">{escaped(line)}</text>')
            y += _LINE
    box, lang = one.box, f' lang="{one.box.lang}"' if one.box.lang else ""
    title = f"{box.head}: {box.body}" if box.body else box.head
    rect = f'<rect class="box" x="{one.x:.0f}" y="{one.y:.0f}" width="{box_width:.0f}" height="{one.height:.0f}" rx="8"/>'
    inside = f"<title>{escaped(title)}</title>{rect}{''.join(texts)}"
    hue = f' class="k-{box.kind}"' if box.kind else ""
    if not box.address:
        return f"<g{hue}{lang}>{inside}</g>"
    href = escaped(box.address if box.address.startswith("#") else f"~/{box.address}")
    return f'<a href="{href}"{hue}{lang}>{inside}</a>'
