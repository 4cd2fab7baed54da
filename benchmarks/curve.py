"""A curve as SVG, with a logarithmic axis of sizes, such as the cost of one plan by the number of plans."""

from __future__ import annotations

from collections.abc import Mapping
from math import log10

_WIDTH, _HEIGHT, _LEFT, _BELOW = 640, 320, 70, 50


def drawn(values: Mapping[int, float], across: str, up: str) -> str:
    """The values over their sizes, each with its figure beside it; the vertical axis begins at nought."""
    if not values:
        return '<svg xmlns="http://www.w3.org/2000/svg"/>\n'
    sizes = sorted(values)
    span = (log10(sizes[-1]) - log10(sizes[0])) or 1
    top = max(values.values()) * 1.15

    def place(size: int) -> tuple[float, float]:
        x = _LEFT + (log10(size) - log10(sizes[0])) / span * (_WIDTH - 2 * _LEFT)
        return round(x, 1), round(_HEIGHT - _BELOW - values[size] / top * (_HEIGHT - 2 * _BELOW), 1)

    points = [(size, *place(size)) for size in sizes]
    base = _HEIGHT - _BELOW
    dots = [f'<circle cx="{x}" cy="{y}" r="4"/><text x="{x}" y="{y - 10}">{values[size]:.0f}</text>' for size, x, y in points]
    marks = "\n".join([*dots, *(f'<text x="{x}" y="{base + 18}">{size:,}</text>' for size, x, _ in points)])
    right = _WIDTH - _LEFT
    return f"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}" role="img" font-family="sans-serif" font-size="13">
<title>{up}, by {across}</title>
<g stroke="gray" fill="none"><path d="M{_LEFT} {_BELOW}V{base}H{right}"/></g>
<polyline fill="none" stroke="#8a1c1c" stroke-width="2" points="{" ".join(f"{x},{y}" for _, x, y in points)}"/>
<g fill="#8a1c1c" text-anchor="middle">
{marks}
</g>
<g fill="gray"><text x="{_LEFT}" y="{_BELOW - 20}">{up}</text><text x="{right}" y="{base + 38}" text-anchor="end">{across}</text></g>
</svg>
"""
