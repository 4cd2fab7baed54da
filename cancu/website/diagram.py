"""The main classes of the vocabulary and the properties between them, as an SVG: where each stands is chosen, what it is called is not."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from markupsafe import escape

_PLACES = {
    "Document": (0, 0, "decree"), "Project": (1, 0, "project"), "ProjectEntry": (2, 0, "project"), "Allocation": (3, 0, ""),
    "Citation": (0, 1, ""), "Plan": (1, 1, "plan"), "Agency": (2, 1, "agency"), "System": (3, 1, "system"),
    "Evidence": (0, 2, ""), "SourceFile": (1, 2, ""), "Assignment": (2, 2, "agency"), "SystemStatement": (3, 2, "system"),
}  # fmt: skip
EDGES = (
    ("Project", "justifiedBy", "Document"), ("Project", "hasEntry", "ProjectEntry"), ("ProjectEntry", "hasAllocation", "Allocation"),
    ("Project", "plannedIn", "Plan"), ("Citation", "citedDocument", "Document"), ("Citation", "citingDocument", "Plan"),
    ("ProjectEntry", "leadAgency", "Agency"), ("ProjectEntry", "concernsSystem", "System"), ("Citation", "evidence", "Evidence"),
    ("Plan", "statedIn", "SourceFile"), ("Evidence", "inSource", "SourceFile"), ("Assignment", "assignedAgency", "Agency"),
    ("SystemStatement", "aboutSystem", "System"),
)  # fmt: skip
_WIDE, _HIGH, _COLUMN, _ROW = 176.0, 52.0, 274.0, 122.0


def drawn(title: str, labels: Mapping[str, str], describe: Callable[[str, str, str], str]) -> str:
    """The diagram. `labels` gives each class and property its words; `describe` puts an edge into words, for those who do not see it."""
    boxes = "".join(_box(name, labels.get(name, ""), *place) for name, place in _PLACES.items())
    edges = "".join(_edge(start, name, end, labels.get(name, "")) for start, name, end in EDGES)
    told = "; ".join(describe(start, name, end) for start, name, end in EDGES)
    width, height = 3 * _COLUMN + _WIDE, 2 * _ROW + _HIGH
    return (
        f'<svg class="path classes" viewBox="-1 -1 {width + 2:.0f} {height + 2:.0f}" role="img" aria-labelledby="classes-t classes-d">'
        f'<title id="classes-t">{escape(title)}</title><desc id="classes-d">{escape(told)}</desc>'
        '<defs><marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto">'
        f'<path class="tip" d="M0 0 8 4 0 8z"/></marker></defs>{edges}{boxes}</svg>'
    )


def _box(name: str, label: str, column: int, row: int, hue: str) -> str:
    x, y = column * _COLUMN, row * _ROW
    kind = f' class="k-{hue}"' if hue else ""
    return (
        f'<g{kind}><rect class="box" x="{x:.0f}" y="{y:.0f}" width="{_WIDE:.0f}" height="{_HIGH:.0f}" rx="8"/>'
        f'<text class="t" x="{x + 12:.0f}" y="{y + 22:.0f}">{escape(name)}</text>'
        f'<text class="s" x="{x + 12:.0f}" y="{y + 39:.0f}">{escape(label)}</text></g>'
    )


def _edge(start: str, name: str, end: str, label: str) -> str:
    """A straight arrow between the sides that face each other, with its name in the middle."""
    (a, b, _), (c, d, _) = _PLACES[start], _PLACES[end]
    x1, y1, x2, y2 = a * _COLUMN, b * _ROW, c * _COLUMN, d * _ROW
    if b == d:
        x1, x2 = (x1 + _WIDE, x2 - 2) if c > a else (x1, x2 + _WIDE + 2)
        y1 = y2 = y1 + _HIGH / 2
        place, anchor = ((x1 + x2) / 2, y1 - 7), "middle"
    elif a == c:
        y1, y2 = (y1 + _HIGH, y2 - 2) if d > b else (y1, y2 + _HIGH + 2)
        x1 = x2 = x1 + _WIDE / 2
        place, anchor = (x1 + 8, (y1 + y2) / 2 + 4), "start"
    else:
        x1, y1, x2, y2 = x1 + _WIDE - 20, y1 + _HIGH, x2 + 30, y2 - 2
        place, anchor = ((x1 + x2) / 2 + 10, (y1 + y2) / 2 - 4), "start"
    title = f"<title>{escape(label)}</title>" if label else ""
    return (
        f'<path class="edge" marker-end="url(#tip)" d="M{x1:.0f} {y1:.0f}L{x2:.0f} {y2:.0f}">{title}</path>'
        f'<text class="s" x="{place[0]:.0f}" y="{place[1]:.0f}" text-anchor="{anchor}">{escape(name)}</text>'
    )
