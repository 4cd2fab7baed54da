"""The project rows of a graph with their figures, what rests on what, and where that is said, read in one pass over each property.

A store answers one look-up in microseconds; all rows of a thousand plans are hundreds of thousands of look-ups, and one pass a property.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

import msgspec
import pyoxigraph as ox

from cancu.iris import ONTOLOGY
from cancu.paths import Lines, lines_of, node
from cancu.results import text_of

if TYPE_CHECKING:
    from cancu.graph import Graph

_CARRYING = ("implements", "details", "hasSubstantiveBasis", "hasLegalBasis", "hasProceduralBasis", "hasCompetenceBasis")
_ACTS = ("approves", "promulgates")
_NOWHERE = Lines("", 0, 0)
_PREDICATE = ox.NamedNode(f"{ONTOLOGY}relationPredicate")


class Place(msgspec.Struct, frozen=True, array_like=True):
    """A project in a plan: of its rows there the first lines, the largest amount (dong), the whole period, all leads and systems."""

    first: int
    project: str
    label: str
    amount: int | None
    start: int | None
    end: int | None
    leads: tuple[str, ...]
    systems: tuple[str, ...]
    file: str
    last: int


class Said(msgspec.Struct, frozen=True, array_like=True):
    """Where a document says that `lower` rests on `upper`: by a relation, or as its legal basis, whose place among them is `order`.

    `relation` is '' for a legal basis. `home` is the graph of the plan that says so.
    """

    lower: str
    upper: str
    relation: str
    home: str
    order: int | None
    file: str
    first: int
    last: int


class Gathered(msgspec.Struct, frozen=True, array_like=True):
    """What a graph says of project rows and of what rests on what. A label that it does not have is ''.

    `documents`: (IRI, label, title, date, the source by which the registry has it). `ties`: (upper, relation, lower), where lower rests
    on upper. `said`: where ties are said. `plans`: those with rows, and their provinces. `places`: the projects of each plan. `named`:
    (document, plan, project by its rows that name the document, and no others). `years`: (project, year, amount), of each year the row
    with the most.
    """

    documents: tuple[tuple[str, str, str | None, str | None, str | None], ...] = ()
    ties: tuple[tuple[str, str, str], ...] = ()
    said: tuple[Said, ...] = ()
    plans: tuple[tuple[str, str], ...] = ()
    places: dict[str, tuple[Place, ...]] = {}
    named: tuple[tuple[str, str, Place], ...] = ()
    years: tuple[tuple[str, int, int], ...] = ()


def gathered(graph: Graph) -> Gathered:
    """What a graph says, sorted. What several graphs say is put together by `cancu.rows`."""
    rows = _Rows(graph)
    ties = set(_ties(rows))
    naming = rows.pairs("rowBasis")
    places: dict[str, list[Place]] = defaultdict(list)
    named = []
    for project, found in rows.by_project.items():
        for plan in dict.fromkeys(plan for row in found for plan in rows.plans.get(row, ())):
            own = [row for row in found if plan in rows.plans.get(row, ())]
            places[plan].append(rows.place(project, own))
            for document in {document for row in own for document in naming.get(row, ())}:
                naming_it = [row for row in own if document in naming.get(row, ())]
                named.append((document, plan, rows.place(project, naming_it)))
    iris = {*places, *(tie[0] for tie in ties), *(tie[2] for tie in ties), *(one[0] for one in named)}
    shown = (node(graph, iri) for iri in sorted(iris))
    return Gathered(
        tuple(
            (one.iri, one.label if one.label != one.iri else "", one.title, one.date, graph.value(one.iri, "registrySource"))
            for one in shown
        ),
        tuple(sorted(ties)),
        tuple(sorted((*_relations(graph), *_bases(graph, rows)), key=msgspec.structs.astuple)),
        tuple((plan, _province(graph, plan)) for plan in sorted(places)),
        {plan: tuple(sorted(found, key=lambda place: (place.first, place.project))) for plan, found in sorted(places.items())},
        tuple(sorted(named, key=lambda one: (one[0], one[1], one[2].project))),
        tuple((project, year, amount) for project in sorted(rows.by_project) for year, amount in sorted(rows.years(project).items())),
    )


def _ties(rows: _Rows) -> Iterator[tuple[str, str, str]]:
    for name in _CARRYING:
        yield from ((upper, name, lower) for lower, found in rows.pairs(name).items() for upper in found)
    for name in _ACTS:
        yield from ((upper, name, lower) for upper, found in rows.pairs(name).items() for lower in found)


def _relations(graph: Graph) -> Iterator[Said]:
    """Where relations of documents are stated; of several places in one plan the first by its IRI."""
    found: dict[tuple[str, str, str, str], str] = {}
    for quad in graph.store.quads_for_pattern(None, _PREDICATE, None, None):
        if not isinstance(quad.graph_name, ox.NamedNode):
            continue
        statement, home, name = text_of(quad.subject), quad.graph_name.value, text_of(quad.object).removeprefix(ONTOLOGY)
        ends = graph.value(statement, "relationSubject", home), graph.value(statement, "relationObject", home)
        if ends[0] and ends[1]:
            lower, upper = (ends[1], ends[0]) if name in _ACTS else (ends[0], ends[1])
            found[lower, upper, name, home] = min(statement, found.get((lower, upper, name, home), statement))
    for key, statement in found.items():
        if lines := lines_of(graph, statement):
            yield Said(*key, None, lines.file, lines.first, lines.last)


def _bases(graph: Graph, rows: _Rows) -> Iterator[Said]:
    """Where plans name their legal bases; of several places of one basis the first."""
    cited, roles = (_first(rows.pairs(name)) for name in ("citedDocument", "citationRole"))
    first: dict[str, dict[str, tuple[int, str]]] = defaultdict(dict)
    for citation, (plan, *_) in rows.pairs("citingDocument").items():
        order = graph.value(citation, "order") if roles.get(citation, "").endswith("/legal-basis") else None
        if order and citation in cited:
            place = (int(order), citation)
            first[plan][cited[citation]] = min(place, first[plan].get(cited[citation], place))
    for plan, found in first.items():
        home = graph.graph_of(plan, "statedIn") or ""
        for number, (document, (_, citation)) in enumerate(sorted(found.items(), key=lambda item: item[1]), 1):
            if lines := lines_of(graph, citation):
                yield Said(plan, document, "", home, number, lines.file, lines.first, lines.last)


def _province(graph: Graph, plan: str) -> str:
    place = graph.value(plan, "jurisdiction")
    return (graph.value(place, "rdfs:label") if place else None) or ""


class _Rows:
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

    def place(self, project: str, rows: Iterable[str]) -> Place:
        """A project by some of its rows."""
        rows = tuple(rows)
        lines = min((self._lines(row) for row in rows), key=lambda lines: lines.first, default=_NOWHERE)
        return Place(
            lines.first,
            project,
            self._label(project),
            max((amount for row in rows if (amount := self._amount(row)) is not None), default=None),
            min((int(self._starts[row]) for row in rows if row in self._starts), default=None),
            max((int(self._ends[row]) for row in rows if row in self._ends), default=None),
            self._named(self._leads, rows),
            self._named(self._systems, rows),
            lines.file,
            lines.last,
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

    def _label(self, iri: str) -> str:
        if iri not in self._labels:
            self._labels[iri] = self._graph.value(iri, "rdfs:label") or ""
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
        return tuple(sorted({self._label(thing) or thing for row in rows for thing in things.get(row, ())}))


def _first(found: Mapping[str, list[str]]) -> dict[str, str]:
    return {thing: values[0] for thing, values in found.items()}
