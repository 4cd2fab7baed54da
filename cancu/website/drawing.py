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

from markupsafe import escape

from cancu import resources

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


@cache
def _widths(weight: str) -> dict[str, int]:
    found: dict[str, int] = json.loads((resources.SITE / "metrics.json").read_text(encoding="utf-8"))[weight]
    return found


def width(text: str, size: float, weight: str = "400") -> float:
    """The width of a text in the page's typeface, in pixels. A letter with a tone is as wide as the letter."""
    widths = _widths(weight)
    return sum(widths.get(letter) or widths.get(_toneless(letter), widths["m"]) for letter in text) * size / 1000


@cache
def _toneless(letter: str) -> str:
    return unicodedata.normalize("NFC", unicodedata.normalize("NFD", letter).translate(_TONES))


_TONES = dict.fromkeys(map(ord, "\u0300\u0301\u0303\u0309\u0323"))


@lru_cache(maxsize=50_000)
def wrap(text: str, room: float, size: float, lines: int, weight: str = "400") -> tuple[str, ...]:
    """The text in at most `lines` lines of `room` pixels; the last ends in '…' where there is more."""
    found: list[str] = []
    line = ""
    for word in text.split():
        longer = f"{line} {word}".strip()
        if width(longer, size, weight) <= room or not line:
            line = longer
        else:
            found.append(line)
            line = word
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


def paths(boxes: Sequence[Box], arrows: Sequence[Arrow], heads: Sequence[str], title: str, description: str) -> str:
    """The drawing. `heads` names the columns from the project's on; boxes keep their order within a column."""
    columns = max((box.column for box in boxes), default=0) + 1
    box_width = min(228.0, (_WIDTH - _GAP_X * (columns - 1)) / columns)
    step = (_WIDTH - box_width) / max(columns - 1, 1)
    stacks = [
        [_measured(box, box_width, _WIDTH - box_width - step * column) for box in boxes if box.column == column]
        for column in range(columns)
    ]
    heights = [sum(placed.height + _GAP_Y for placed in stack) for stack in stacks]
    height = max(heights, default=0.0)
    placed: dict[str, _Placed] = {}
    for stack, own in zip(stacks, heights, strict=True):
        y = _TOP + (height - own) / 2
        for one in stack:
            placed[one.box.key] = _Placed(one.box, one.head, one.body, one.x, y, one.height)
            y += one.height + _GAP_Y
    edges = "".join(
        _edge(placed[arrow.start], placed[arrow.end], box_width, arrow.title)
        for arrow in arrows
        if arrow.start in placed and arrow.end in placed
    )
    shapes = "".join(_shape(one, box_width) for one in placed.values())
    tops = "".join(
        f'<text class="col" x="{_WIDTH - box_width - step * i:.0f}" y="12">{escape(head)}</text>' for i, head in enumerate(heads[:columns])
    )
    return (
        f'<svg class="path" viewBox="-1 0 {_WIDTH + 2:.0f} {_TOP + height:.0f}" role="group" aria-labelledby="path-t path-d">'
        f'<title id="path-t">{escape(title)}</title><desc id="path-d">{escape(description)}</desc>'
        '<defs><marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto">'
        f'<path class="tip" d="M0 0 8 4 0 8z"/></marker></defs>{tops}{edges}{shapes}</svg>'
    )


def _measured(box: Box, box_width: float, x: float) -> _Placed:
    room = box_width - 2 * _PAD
    head, body = wrap(box.head, room, _HEAD, 3, "600"), wrap(box.body, room, _BODY, _BODY_LINES) if box.body else ()
    return _Placed(box, head, body, x, 0.0, 2 * _PAD - 3 + _LINE * (len(head) + len(body)))


def _edge(start: _Placed, end: _Placed, box_width: float, title: str) -> str:
    x1, y1 = start.x + box_width, start.y + start.height / 2
    x2, y2 = end.x - 2, end.y + end.height / 2
    middle = (x1 + x2) / 2
    curve = f"M{x1:.0f} {y1:.0f}C{middle:.0f} {y1:.0f} {middle:.0f} {y2:.0f} {x2:.0f} {y2:.0f}"
    return f'<path class="edge" marker-end="url(#tip)" d="{curve}"><title>{escape(title)}</title></path>'


def _shape(one: _Placed, box_width: float) -> str:
    y = one.y + _PAD + 8
    texts = []
    for lines, style in ((one.head, "t"), (one.body, "s")):
        for line in lines:
            texts.append(f'<text class="{style}" x="{one.x + _PAD:.0f}" y="{y:.0f}">{escape(line)}</text>')
            y += _LINE
    box, lang = one.box, f' lang="{one.box.lang}"' if one.box.lang else ""
    title = f"{box.head}: {box.body}" if box.body else box.head
    rect = f'<rect class="box" x="{one.x:.0f}" y="{one.y:.0f}" width="{box_width:.0f}" height="{one.height:.0f}" rx="8"/>'
    inside = f"<title>{escape(title)}</title>{rect}{''.join(texts)}"
    hue = f' class="k-{box.kind}"' if box.kind else ""
    if not box.address:
        return f"<g{hue}{lang}>{inside}</g>"
    href = escape(box.address if box.address.startswith("#") else f"~/{box.address}")
    return f'<a href="{href}"{hue}{lang}>{inside}</a>'
