"""All project rows of a graph, and the documents that they and other documents rest on, read once and kept.

A store answers one look-up in microseconds, but what rests on a much cited document is a quarter of a million look-ups away. In
one pass over each property that a trace downwards needs, all rows of a thousand plans are read in less time than that trace
took; every trace after it is a walk over dictionaries.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pyoxigraph as ox

from cancu.iris import ONTOLOGY
from cancu.paths import Lines, Node, node
from cancu.results import text_of

if TYPE_CHECKING:
    from cancu.graph import Graph

_CARRYING = ("implements", "details", "hasSubstantiveBasis")
_ACTS = ("approves", "promulgates")
_NOWHERE = Lines("", 0, 0)


@dataclass(frozen=True, slots=True)
class Reached:
    """A project that rests on a document, in one plan. `amount` is in dong."""

    project: Node
    way: str
    plan: Node
    province: str | None
    amount: int | None
    start: int | None
    end: int | None
    leads: tuple[str, ...]
    systems: tuple[str, ...]
    lines: Lines


@dataclass(frozen=True, slots=True)
class Place:
    """A project in one plan, and its rows there."""

    project: str
    plan: str
    rows: tuple[str, ...]


class Rows:
    """The rows of a graph by plan, by project, and by the documents that they name; and what rests directly on each document.

    `carrying` tells by property what carries a document out, approves or promulgates it; `resting` all documents that have it as a basis
    of any kind; `justified` and `enacted` the plans with rows that carry it out, or that it approves or promulgates. `joined`
    are the projects of a plan that other plans have, too.
    """

    def __init__(self, graph: Graph) -> None:
        self._graph = graph
        self._nodes: dict[str, Node] = {}
        self._labels: dict[str, str] = {}
        self._provinces: dict[str, str | None] = {}
        self._spent: dict[str, Mapping[int, int]] = {}
        self._whole: dict[tuple[str, str], tuple[Reached, ...]] = {}
        entries = self._pairs("hasEntry")
        rows = list(dict.fromkeys(row for found in entries.values() for row in found))
        plans = self._of("inPlan", rows)
        self.by_project: dict[str, tuple[Place, ...]] = {}
        self.by_plan: dict[str, list[Place]] = defaultdict(list)
        self.by_row: dict[str, list[Place]] = defaultdict(list)
        for project, found in entries.items():
            for plan in dict.fromkeys(plan for row in found for plan in plans.get(row, ())):
                place = Place(project, plan, tuple(row for row in found if plan in plans.get(row, ())))
                self.by_project[project] = (*self.by_project.get(project, ()), place)
                self.by_plan[plan].append(place)
                for row in place.rows:
                    self.by_row[row].append(place)
        self.joined = {
            plan: [place.project for place in places if len(self.by_project[place.project]) > 1] for plan, places in self.by_plan.items()
        }
        self.naming = self._pairs("rowBasis", inverse=True)
        self.carrying = {name: self._pairs(name, inverse=True) for name in _CARRYING} | {name: self._pairs(name) for name in _ACTS}
        self.resting = _joined([self._pairs("hasLegalBasis", inverse=True), *self.carrying.values()])
        self.justified = _joined([self.carrying["hasSubstantiveBasis"], self.carrying["implements"]], self.by_plan)
        self.enacted = _joined([self.carrying[name] for name in _ACTS], self.by_plan)
        self._read(rows)

    def _read(self, rows: Iterable[str]) -> None:
        self._totals, self._starts, self._ends = (_first(self._pairs(name)) for name in ("totalAmount", "periodStart", "periodEnd"))
        self._leads, self._systems, self._parts = (self._pairs(name) for name in ("leadAgency", "concernsSystem", "hasAllocation"))
        self._amounts, self._years, self._breakdowns = (_first(self._pairs(name)) for name in ("amount", "year", "breakdown"))
        self._evidence = self._of("evidence", rows)
        places = list(dict.fromkeys(place for found in self._evidence.values() for place in found))
        self._first, self._last, self._source = (_first(self._of(name, places)) for name in ("firstLine", "lastLine", "inSource"))
        self._files = _first(self._pairs("fileName"))

    def _pairs(self, name: str, *, inverse: bool = False) -> dict[str, list[str]]:
        """What a property says of all things, in all graphs; with `inverse`, of which things it says each."""
        found: dict[str, dict[str, None]] = defaultdict(dict)
        for quad in self._graph.store.quads_for_pattern(None, ox.NamedNode(ONTOLOGY + name), None, None):
            one, other = text_of(quad.subject), text_of(quad.object)
            found[other if inverse else one][one if inverse else other] = None
        return {one: list(others) for one, others in found.items()}

    def _of(self, name: str, things: Iterable[str]) -> dict[str, list[str]]:
        """What a property says of these things: for properties that many others have, too."""
        return {thing: list(found) for thing in things if (found := self._graph.objects(thing, name))}

    # ------------------------------------------------------------ documents

    def node(self, iri: str) -> Node:
        """What is shown of a document."""
        if iri not in self._nodes:
            self._nodes[iri] = node(self._graph, iri)
        return self._nodes[iri]

    # ------------------------------------------------------------ projects

    def of_plan(self, plan: str, way: str) -> tuple[Reached, ...]:
        """The projects of a plan, all of their rows there, in the order of their lines."""
        if (plan, way) not in self._whole:
            found = [self.reached(place, place.rows, way) for place in self.by_plan.get(plan, ())]
            self._whole[plan, way] = tuple(sorted(found, key=by_line))
        return self._whole[plan, way]

    def reached(self, place: Place, rows: Iterable[str], way: str) -> Reached:
        """A project in a plan by some of its rows there: the largest amount, the whole period, all leads and systems."""
        rows = tuple(rows)
        return Reached(
            Node(place.project, self._label(place.project)), way, self.node(place.plan), self.province(place.plan),
            max((amount for row in rows if (amount := self._amount(row)) is not None), default=None),
            min((int(self._starts[row]) for row in rows if row in self._starts), default=None),
            max((int(self._ends[row]) for row in rows if row in self._ends), default=None),
            self._named(self._leads, rows), self._named(self._systems, rows),
            min((self._lines(row) for row in rows), key=lambda lines: lines.first, default=_NOWHERE),
        )  # fmt: skip

    def province(self, plan: str) -> str | None:
        """The label of a plan's province."""
        if plan not in self._provinces:
            place = self._graph.value(plan, "jurisdiction")
            self._provinces[plan] = self._graph.value(place, "rdfs:label") if place else None
        return self._provinces[plan]

    def years(self, project: str) -> Mapping[int, int]:
        """The money of a project by year, of each year the row with the most."""
        if project not in self._spent:
            largest: dict[int, int] = {}
            for row in dict.fromkeys(row for place in self.by_project.get(project, ()) for row in place.rows):
                sums: dict[int, int] = defaultdict(int)
                for part in self._parts.get(row, ()):
                    if part in self._years and part in self._amounts and self._breakdowns.get(part, "").endswith("/by-year"):
                        sums[int(self._years[part])] += int(self._amounts[part])
                for year, amount in sums.items():
                    largest[year] = max(largest.get(year, 0), amount)
            self._spent[project] = largest
        return self._spent[project]

    def years_of_plan(self, plan: str) -> Mapping[int, int]:
        """The money of all projects of a plan by year."""
        if plan not in self._spent:
            self._spent[plan] = added(self.years(place.project) for place in self.by_plan.get(plan, ()))
        return self._spent[plan]

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
        places = [place for place in self._evidence.get(row, ()) if place in self._first and place in self._last]
        found = [(self._source.get(place, ""), int(self._first[place]), int(self._last[place])) for place in places]
        return Lines(*min((self._files.get(source, source), first, last) for source, first, last in found)) if found else _NOWHERE

    def _named(self, things: Mapping[str, list[str]], rows: Iterable[str]) -> tuple[str, ...]:
        return tuple(sorted({self._label(thing) for row in rows for thing in things.get(row, ())}))

    def _label(self, iri: str) -> str:
        if iri not in self._labels:
            self._labels[iri] = self._graph.value(iri, "rdfs:label") or iri
        return self._labels[iri]


def _first(found: Mapping[str, list[str]]) -> dict[str, str]:
    return {thing: values[0] for thing, values in found.items()}


def _joined(tables: Iterable[Mapping[str, list[str]]], among: Container[str] | None = None) -> dict[str, list[str]]:
    """One table out of several, each value once; of the values, those that are among others."""
    found: dict[str, dict[str, None]] = defaultdict(dict)
    for table in tables:
        for key, values in table.items():
            found[key].update((value, None) for value in values if among is None or value in among)
    return {key: list(values) for key, values in found.items() if values}


def added(sums: Iterable[Mapping[int, int]]) -> dict[int, int]:
    """Sums of money by year, added up."""
    total: dict[int, int] = defaultdict(int)
    for one in sums:
        for year, amount in one.items():
            total[year] += amount
    return dict(total)


def by_line(reached: Reached) -> tuple[int, str]:
    """The order of projects within a plan."""
    return reached.lines.first, reached.project.iri
