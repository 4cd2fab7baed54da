"""What happened when, as an SVG made at build time: rows of named spans and moments over a scale of years.

The same things stand in words beside it, so the drawing is hidden on a phone. Labels are measured by the typeface's own widths
(`drawing.width`); what would overlap goes to a lane of its own.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, floor

from markupsafe import escape

from cancu.website.drawing import width, wrap

_WIDTH, _LEFT, _RIGHT, _LANE, _PAD, _SIZE = 1000.0, 190.0, 16.0, 24.0, 8.0, 11.5
_DOT = 5.5
_TICKS = 12


@dataclass(frozen=True, slots=True)
class Span:
    """From one moment to another, as years with fractions; a moment where both are one. `open` goes on beyond what is known."""

    start: float
    end: float
    label: str
    kind: str
    address: str = ""
    lang: str = ""
    open: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """Spans of one name."""

    name: str
    spans: tuple[Span, ...]
    lang: str = ""


def moment(iso: str) -> float:
    """A date as a year with a fraction: '2016-07-01' → 2016.5. A year alone is its beginning."""
    year, month, day = (int(part) for part in f"{iso}-01-01".split("-")[:3])
    return round(year + (month - 1) / 12 + (day - 1) / 372, 3)


@dataclass(frozen=True, slots=True)
class _Scale:
    first: int
    last: int

    def x(self, year: float) -> float:
        return _LEFT + (year - self.first) / (self.last - self.first) * (_WIDTH - _LEFT - _RIGHT)


def drawn(title: str, rows: Sequence[Row]) -> str:
    """The drawing; '' where no row has anything."""
    spans = [span for row in rows for span in row.spans]
    if not spans:
        return ""
    first, last = floor(min(span.start for span in spans)), ceil(max(span.end for span in spans) + 0.01)
    scale = _Scale(first, max(last, first + 1))
    y, parts = _PAD, []
    for row in rows:
        if row.spans:
            shapes, height = _row(row, scale, y)
            parts.append(shapes)
            y += height
    axis = _axis(scale, y)
    return (
        f'<svg class="time" viewBox="0 0 {_WIDTH:.0f} {y + 24:.0f}" role="group" aria-label="{escape(title)}">{axis}{"".join(parts)}</svg>'
    )


def _axis(scale: _Scale, y: float) -> str:
    step = max(1, ceil((scale.last - scale.first) / _TICKS))
    years = range(scale.first, scale.last + 1, step)
    return "".join(
        f'<path class="gl" d="M{scale.x(year):.0f} 0V{y:.0f}"/><text class="ax" x="{scale.x(year):.0f}" y="{y + 17:.0f}" '
        f'text-anchor="{"end" if year == scale.last else "middle"}">{year}</text>'
        for year in years
    )


def _row(row: Row, scale: _Scale, top: float) -> tuple[str, float]:
    """The row's name and shapes, and its height."""
    lanes: list[float] = []
    shapes = []
    for span in sorted(row.spans, key=lambda span: (span.start, span.end, span.label)):
        start, end = scale.x(span.start), scale.x(span.end)
        room = width(span.label, _SIZE) + 2 * _DOT + 8
        bar = end - start > 3
        inside = bar and end - start >= room
        after = end + (0 if bar else _DOT) + room < _WIDTH
        left = start if inside or after else start - room
        right = end if inside or not after else end + room
        lane = next((i for i, used in enumerate(lanes) if used <= left), len(lanes))
        if lane == len(lanes):
            lanes.append(0.0)
        lanes[lane] = right + 8
        middle = top + _LANE * lane + _LANE / 2
        place = (start + 8, "start") if inside else (end + _DOT + 5, "start") if after else (start - _DOT - 5, "end")
        shapes.append(_shape(span, start, end if bar else None, middle, place))
    names = wrap(row.name, _LEFT - 24, _SIZE + 1, max(len(lanes), 1) + 1, "600")
    height = max(_LANE * len(lanes), 15.0 * len(names)) + _PAD
    lang = f' lang="{row.lang}"' if row.lang else ""
    told = "".join(f'<text class="t" x="0" y="{top + 16 + 15 * i:.0f}"{lang}>{escape(name)}</text>' for i, name in enumerate(names))
    return told + "".join(shapes), height


def _shape(span: Span, start: float, end: float | None, y: float, place: tuple[float, str]) -> str:
    if end is None:
        mark = f'<circle class="dot" cx="{start:.1f}" cy="{y:.1f}" r="{_DOT}"/>'
    else:
        style = "bar open" if span.open else "bar"
        mark = f'<rect class="{style}" x="{start:.1f}" y="{y - 8:.1f}" width="{end - start:.1f}" height="16" rx="4"/>'
    x, anchor = place
    label = f'<text class="s" x="{x:.1f}" y="{y + 4:.1f}"{_anchor(anchor)}>{escape(span.label)}</text>'
    hue, lang = f' class="k-{span.kind}"', f' lang="{span.lang}"' if span.lang else ""
    if span.address:
        return f'<a href="~/{escape(span.address)}"{hue}{lang}>{mark}{label}</a>'
    return f"<g{hue}{lang}>{mark}{label}</g>"


def _anchor(anchor: str) -> str:
    return "" if anchor == "start" else f' text-anchor="{anchor}"'
