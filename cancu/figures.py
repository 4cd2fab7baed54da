"""The project rows of a graph with their figures, read in one pass over each property.

A store answers one look-up in microseconds; all rows of a thousand plans are hundreds of thousands of look-ups, and one pass a property.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pyoxigraph as ox

from cancu.iris import ONTOLOGY
from cancu.paths import Lines
from cancu.results import text_of

if TYPE_CHECKING:
    from cancu.graph import Graph

_NOWHERE = Lines("", 0, 0)


@dataclass(frozen=True, slots=True)
class Figures:
    """What rows say of a project: the largest amount (dong), the whole period, all leads and systems by their labels, the first lines."""

    amount: int | None
    start: int | None
    end: int | None
    leads: tuple[str, ...]
    systems: tuple[str, ...]
    lines: Lines


class Rows:
    """The rows of a graph. `by_project` has the rows of each project; `plans` the plans of each row."""

    def __init__(self, graph: Graph) -> None:
        self._graph = graph
        self._labels: dict[str, str] = {}
        self.by_project = self.pairs("hasEntry")
        rows = list(dict.fromkeys(row for found in self.by_project.values() for row in found))
        self.plans = self._of("inPlan", rows)
        self._totals, self._starts, self._ends = (_first(self.pairs(name)) for name in ("totalAmount", "periodStart", "periodEnd"))
        self._leads, self._systems, self._parts = (self.pairs(name) for name in ("leadAgency", "concernsSystem", "hasAllocation"))
        self._amounts, self._years, self._breakdowns = (_first(self.pairs(name)) for name in ("amount", "year", "breakdown"))
        self._evidence = self._of("evidence", rows)
        places = list(dict.fromkeys(place for found in self._evidence.values() for place in found))
        self._firsts, self._lasts, self._sources = (_first(self._of(name, places)) for name in ("firstLine", "lastLine", "inSource"))
        self._files = _first(self.pairs("fileName"))

    def pairs(self, name: str) -> dict[str, list[str]]:
        """What a property says of all things, in all graphs, each once."""
        found: dict[str, dict[str, None]] = defaultdict(dict)
        for quad in self._graph.store.quads_for_pattern(None, ox.NamedNode(ONTOLOGY + name), None, None):
            found[text_of(quad.subject)][text_of(quad.object)] = None
        return {one: list(others) for one, others in found.items()}

    def _of(self, name: str, things: Iterable[str]) -> dict[str, list[str]]:
        """What a property says of these things: for properties that many others have, too."""
        return {thing: list(found) for thing in things if (found := self._graph.objects(thing, name))}

    def figures(self, rows: Iterable[str]) -> Figures:
        """What these rows say of their project."""
        rows = tuple(rows)
        return Figures(
            max((amount for row in rows if (amount := self._amount(row)) is not None), default=None),
            min((int(self._starts[row]) for row in rows if row in self._starts), default=None),
            max((int(self._ends[row]) for row in rows if row in self._ends), default=None),
            self._named(self._leads, rows),
            self._named(self._systems, rows),
            min((self._lines(row) for row in rows), key=lambda lines: lines.first, default=_NOWHERE),
        )

    def years(self, project: str) -> Mapping[int, int]:
        """The money of a project by year, of each year the row with the most."""
        largest: dict[int, int] = {}
        for row in self.by_project[project]:
            sums: dict[int, int] = defaultdict(int)
            for part in self._parts.get(row, ()):
                if part in self._years and part in self._amounts and self._breakdowns.get(part, "").endswith("/by-year"):
                    sums[int(self._years[part])] += int(self._amounts[part])
            for year, amount in sums.items():
                largest[year] = max(largest.get(year, 0), amount)
        return largest

    def label(self, iri: str) -> str:
        """The label of a thing, in Vietnamese where it has several."""
        if iri not in self._labels:
            self._labels[iri] = self._graph.value(iri, "rdfs:label") or iri
        return self._labels[iri]

    def _amount(self, row: str) -> int | None:
        """A row's money: its total, else the largest sum of one breakdown."""
        if row in self._totals:
            return int(self._totals[row])
        sums: dict[str, int] = defaultdict(int)
        for part in self._parts.get(row, ()):
            if part in self._amounts and part in self._breakdowns:
                sums[self._breakdowns[part]] += int(self._amounts[part])
        return max(sums.values(), default=None)

    def _lines(self, row: str) -> Lines:
        places = [place for place in self._evidence.get(row, ()) if place in self._firsts and place in self._lasts]
        found = [(self._sources.get(place, ""), int(self._firsts[place]), int(self._lasts[place])) for place in places]
        return Lines(*min((self._files.get(source, source), first, last) for source, first, last in found)) if found else _NOWHERE

    def _named(self, things: Mapping[str, list[str]], rows: Iterable[str]) -> tuple[str, ...]:
        return tuple(sorted({self.label(thing) for row in rows for thing in things.get(row, ())}))


def _first(found: Mapping[str, list[str]]) -> dict[str, str]:
    return {thing: values[0] for thing, values in found.items()}
