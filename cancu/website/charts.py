"""Stacked bars from amounts: where each rectangle stands, so that a template can draw them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from cancu.website.blocks import Bar, Chart, Grid, Tick
from cancu.website.facts import ProjectEntry
from cancu.website.parts import Text
from cancu.website.site import Site

_WIDTH, _LEFT, _TOP, _PLOT = 640.0, 8.0, 26.0, 190.0
_STEPS = (1, 2, 2.5, 5, 10)


def _unit(site: Site, most: int) -> tuple[int, str]:
    return (10**9, site.t("unit_billion")) if most >= 2 * 10**9 else (10**6, site.t("unit_million"))


def _step(most: float) -> float:
    """A round distance between grid lines, for about four of them."""
    size = 1.0
    while size * 10 < most:
        size *= 10
    while size > most:
        size /= 10
    return next((size * step for step in _STEPS if most / (size * step) <= 4), size * 10)


def stacked(site: Site, title: str, amounts: Mapping[str, Mapping[str, int]], series: Sequence[str]) -> Chart | None:
    """Bars of `amounts[category][series]` in dong; None where there is no money to draw. The table beside has the same figures."""
    sums = {category: sum(parts.values()) for category, parts in amounts.items()}
    most = max(sums.values(), default=0)
    if most <= 0:
        return None
    unit, unit_name = _unit(site, most)
    slot = (_WIDTH - _LEFT - 44) / len(sums)
    width = min(64.0, slot * 0.6)
    scale = _PLOT / most
    bars, tops, across = [], [], []
    for i, (category, parts) in enumerate(amounts.items()):
        middle = 48 + slot * (i + 0.5)
        y = _TOP + _PLOT
        for j, name in enumerate(series):
            amount = parts.get(name, 0)
            if amount > 0:
                height = amount * scale
                y -= height
                bars.append(
                    Bar(
                        j,
                        round(middle - width / 2, 1),
                        round(y, 1),
                        round(width, 1),
                        round(height, 1),
                        _words(site, category, name, amount),
                    )
                )
        tops.append((round(middle, 1), round(y - 7, 1), site.words.number(sums[category] / unit)))
        across.append(Tick(round(middle, 1), category))
    step = _step(most / unit)
    up = [Tick(round(_TOP + _PLOT - n * step * unit * scale, 1), site.words.number(n * step)) for n in range(int(most / unit / step) + 1)]
    columns = (site.t("col_year"), *series, *((site.t("sum"),) if len(series) > 1 else ()))
    rows = [
        (Text(category), *(site.money(parts.get(name)) for name in series), *((site.money(sums[category]),) if len(series) > 1 else ()))
        for category, parts in amounts.items()
    ]
    foot = (Text(site.t("sum")), *(site.money(sum(parts.get(name, 0) for parts in amounts.values())) for name in series))
    foot = (*foot, site.money(sum(sums.values()))) if len(series) > 1 else foot
    legend = tuple(series) if len(series) > 1 else ()
    grid = Grid.of(title, columns, rows, foot if len(rows) > 1 else ())
    return Chart(title, unit_name, _TOP + _PLOT + 30, tuple(bars), tuple(tops), tuple(across), tuple(up), legend, grid)


def year_chart(site: Site, entries: Sequence[ProjectEntry], title: str) -> Chart | None:
    """Money by year, stacked by capital or source where the rows say so. A row with year columns is drawn by those alone."""
    amounts: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for entry in entries:
        parts = [site.facts.allocations[iri] for iri in entry.has_allocation if iri in site.facts.allocations]
        yearly = [part for part in parts if part.breakdown.endswith("by-year")] or [part for part in parts if part.year]
        for part in yearly:
            if part.year:
                name = site.concept(part.capital_kind) or site.concept(part.funding_source) or site.t("no_source")
                amounts[str(part.year)][name] += part.amount
    series = list(dict.fromkeys(name for year in sorted(amounts) for name in amounts[year]))
    return stacked(site, title, {year: amounts[year] for year in sorted(amounts)}, series)


_MOST_PLACES = 5


def place_chart(site: Site, money: Mapping[str, Mapping[str, int]], title: str) -> Chart | None:
    """Money by place and year, stacked by province, and last what rows do not divide. The smallest provinces are one."""
    amounts: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    totals: dict[str, int] = defaultdict(int)
    for iri, yearly in money.items():
        place = site.label(iri) if iri else ""
        for year, amount in yearly.items():
            amounts[year or site.t("undivided")][place] += amount
            totals[place] += amount
    ranked = sorted(totals, key=lambda place: (-totals[place], place))
    kept, rest = ranked[:_MOST_PLACES], ranked[_MOST_PLACES:]
    for parts_ in amounts.values():
        others = sum(parts_.pop(place, 0) for place in rest)
        if others:
            parts_[site.t("other_places")] = others
    series = [*kept, site.t("other_places")] if rest else kept
    return stacked(site, title, {year: amounts[year] for year in sorted(amounts)}, series)


def _words(site: Site, category: str, name: str, amount: int) -> str:
    return f"{category}{f', {name}' if name else ''}: {site.words.money(amount)}"
