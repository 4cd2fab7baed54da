"""What rests on a document, and what a document rests on, asked of the tables of `cancu.rows`.

How near a thing is to the document: 0 it is the plan, 1 a row names it, 2 the plan rests on it, 3 through others.
"""

from __future__ import annotations

import json
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import msgspec

from cancu.figures import Place
from cancu.paths import Lines, Node

# a list of numbers or IRIs is given as JSON; CROSS JOIN holds SQLite to the order written, from what is given outwards
_FOUND = """
WITH RECURSIVE found (id) AS (
  SELECT document.id FROM json_each(?) CROSS JOIN document ON iri = value UNION SELECT upper FROM found CROSS JOIN rests ON lower = id
)
SELECT id, iri, label, title, date, source FROM found CROSS JOIN document USING (id)
"""
_TIES = "SELECT lower, upper, relation FROM json_each(?) CROSS JOIN rests ON lower = value"
_SAID = """
SELECT lower, upper, relation, place, file, first, last FROM json_each(?) CROSS JOIN said ON lower = value AND least
UNION ALL SELECT lower, upper, relation, place, file, first, last FROM json_each(?) CROSS JOIN said ON home = value
"""
_BELOW = """
WITH RECURSIVE found (id) AS (VALUES (?) UNION SELECT lower FROM found CROSS JOIN rests ON upper = id)
SELECT upper, relation, lower FROM found CROSS JOIN rests ON upper = id
"""
_SHOWN = """
SELECT document.id, iri, label, title, date, named, position, province, shared
FROM json_each(?) CROSS JOIN document ON document.id = value LEFT JOIN plan ON plan.id = document.id
"""
_PLACES = "SELECT plan, places FROM json_each(?) CROSS JOIN places ON plan = value"
_NAMED = "SELECT plan, project, place FROM named WHERE document = ?"
_NAMING = "SELECT project FROM json_each(?) CROSS JOIN named ON document = value"
_PROJECTS = "SELECT project FROM json_each(?) CROSS JOIN in_plan ON plan = value"
_PLANS = "SELECT plan, project, iri FROM json_each(?) CROSS JOIN in_plan ON project = value CROSS JOIN project ON project.id = value"
_PLAN_YEARS = "SELECT year, SUM(amount) FROM json_each(?) CROSS JOIN plan_year ON plan = value GROUP BY year"
_PROJECT_YEARS = "SELECT year, SUM(amount) FROM json_each(?) CROSS JOIN project_year ON project = value GROUP BY year"
_CARRYING = frozenset({"implements", "details", "hasSubstantiveBasis", "approves", "promulgates"})
_JUSTIFYING = frozenset({"hasSubstantiveBasis", "implements"})
_ENACTING = frozenset({"approves", "promulgates"})

_Sayings = dict[tuple[str, str, str], tuple[int | None, Lines]]  # see `Above.said`

_decoded = msgspec.json.Decoder(tuple[Place, ...]).decode


@dataclass(frozen=True, slots=True)
class Group:
    """The projects of one plan that are equally near to a document. They are kept as they were read: a document may have thousands."""

    rank: int
    plan: Node
    province: str | None
    encoded: bytes

    @property
    def places(self) -> tuple[Place, ...]:
        """The projects, in the order of their lines."""
        return _decoded(self.encoded)


@dataclass(frozen=True, slots=True)
class Resting:
    """What rests on a document: what carries it out, as (lower, relation, upper); the projects, the nearest first; the money by year."""

    document: Node
    carried: tuple[tuple[Node, str, Node], ...]
    groups: tuple[Group, ...]
    years: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Above:
    """What documents rest on: `ties` are (lower, upper, relation). `sources` are those by which the registry has a document.

    `said`, by (lower, upper, relation): where a plan says so, on which lines, and for a legal basis, of which the relation is '',
    its place among them.
    """

    nodes: Mapping[str, Node]
    sources: Mapping[str, str]
    ties: tuple[tuple[str, str, str], ...]
    said: Mapping[tuple[str, str, str], tuple[int | None, Lines]]


@dataclass(frozen=True, slots=True)
class _Shown:
    """A document as the tables have it; position, province and shared are those of a plan with rows."""

    node: Node
    named: bool
    position: int | None
    province: str | None
    shared: bool


def above(rows: sqlite3.Connection, documents: Iterable[str], homes: Iterable[str]) -> Above:
    """What documents rest on, directly or through others.

    Of several plans that say so one of `homes` (graphs) is told, else one by `ties.turn`.
    """
    found = rows.execute(_FOUND, (json.dumps(list(documents)),)).fetchall()
    iris = {key: iri for key, iri, *_ in found}
    keys = json.dumps(list(iris))
    said = rows.execute(_SAID, (keys, json.dumps(list(homes))))  # a home's own come last, and stay
    return Above(
        {iri: Node(iri, label, title, date) for _, iri, label, title, date, _ in found},
        {iri: source for _, iri, *_, source in found if source},
        tuple((iris[lower], iris[upper], relation) for lower, upper, relation in rows.execute(_TIES, (keys,))),
        {
            (iris[lower], iris[upper], relation): (place, Lines(*lines))
            for lower, upper, relation, place, *lines in said
            if lower in iris and upper in iris
        },
    )


class Upward:
    """What documents rest on, all of it in memory: for those who ask of thousands of documents, in several processes."""

    def __init__(self, rows: sqlite3.Connection) -> None:
        shown = rows.execute("SELECT id, iri, label, title, date, source FROM document").fetchall()
        iris = {key: iri for key, iri, *_ in shown}
        self._nodes = {iri: Node(iri, label, title, date) for _, iri, label, title, date, _ in shown}
        self._sources = {iri: source for _, iri, *_, source in shown if source}
        self._ties: dict[str, list[tuple[str, str, str]]] = defaultdict(list)
        self._first, self._of_home = defaultdict[str, _Sayings](dict), defaultdict[str, _Sayings](dict)
        for lower, upper, relation in rows.execute("SELECT lower, upper, relation FROM rests"):
            self._ties[iris[lower]].append((iris[lower], iris[upper], relation))
        said = rows.execute("SELECT home, least, lower, upper, relation, place, file, first, last FROM said")
        for home, least, lower, upper, relation, place, *lines in said:
            key = iris[lower], iris[upper], relation
            self._of_home[home][key] = place, Lines(*lines)
            if least:
                self._first[iris[lower]][key] = self._of_home[home][key]

    def above(self, documents: Iterable[str], homes: Iterable[str] = ()) -> Above:
        """As the function of this name."""
        found = {iri: self._nodes[iri] for iri in documents if iri in self._nodes}
        ties, waiting = list[tuple[str, str, str]](), list(found)
        for lower in waiting:
            ties += self._ties.get(lower, ())
            for _, upper, _ in self._ties.get(lower, ()):
                if upper not in found:
                    found[upper] = self._nodes[upper]
                    waiting.append(upper)
        said = (*(self._first.get(lower, {}) for lower in found), *(self._of_home.get(home, {}) for home in homes))
        known = {key: told for some in said for key, told in some.items() if key[0] in found and key[1] in found}
        return Above(found, {iri: self._sources[iri] for iri in found if iri in self._sources}, tuple(ties), known)


def below(rows: sqlite3.Connection, iri: str) -> Resting | None:
    """What rests on the document, directly or through others; None for a thing on which nothing does."""
    found = rows.execute("SELECT id FROM document WHERE iri = ?", (iri,)).fetchone()
    return _Below(rows, found[0]).resting() if found else None


class _Below:
    """The walk from one document down. `rest` are the plans of which all rows rest on it, each with its rank."""

    def __init__(self, rows: sqlite3.Connection, document: int) -> None:
        self._rows, self._document = rows, document
        self._edges = rows.execute(_BELOW, (document,)).fetchall()
        self._documents = self._shown({document, *(lower for _, _, lower in self._edges)})
        self._rest = self._ranks()
        self._direct = {(plan, project): place for plan, project, place in rows.execute(_NAMED, (document,))}
        self._far = self._asked(_PLANS, self._projects_through_others())

    def resting(self) -> Resting:
        """All that rests on it."""
        nodes = {key: shown.node for key, shown in self._documents.items()}
        return Resting(nodes[self._document], tuple(self._carried(nodes)), tuple(self._groups()), self._years())

    def _asked(self, query: str, given: Collection[int]) -> list[tuple[Any, ...]]:
        return self._rows.execute(query, (json.dumps(sorted(given)),)).fetchall() if given else []

    def _shown(self, keys: Collection[int]) -> dict[int, _Shown]:
        found = self._rows.execute(_SHOWN, (json.dumps(sorted(keys)),))
        return {key: _Shown(Node(iri, label, title, date), *plan) for key, iri, label, title, date, *plan in found}

    def _carried(self, nodes: Mapping[int, Node]) -> Iterator[tuple[Node, str, Node]]:
        """The edges by which documents carry one another out, down from the document."""
        below: dict[int, list[tuple[str, int]]] = defaultdict(list)
        for upper, relation, lower in self._edges:
            if relation in _CARRYING:
                below[upper].append((relation, lower))
        waiting = [self._document]
        seen = {self._document}
        for upper in waiting:
            for relation, lower in below[upper]:
                yield nodes[lower], relation, nodes[upper]
                if lower not in seen:
                    seen.add(lower)
                    waiting.append(lower)

    def _ranks(self) -> dict[int, int]:
        """The plans of which all rows rest on the document."""
        ranks = {self._document: 0}
        for upper, relation, lower in self._edges:
            if relation in _ENACTING or relation in _JUSTIFYING:
                rank = 2 if upper == self._document and relation in _JUSTIFYING else 3
                ranks[lower] = min(rank, ranks.get(lower, 3))
        return {plan: rank for plan, rank in ranks.items() if self._documents[plan].position is not None}

    def _projects_through_others(self) -> set[int]:
        """The projects of which a row names what rests on the document, or that a plan has which does, beside other plans.

        All of their rows rest on it, in whatever plan.
        """
        others = [key for key, shown in self._documents.items() if shown.named and key != self._document]
        plans = {
            lower
            for upper, relation, lower in self._edges
            if relation in _JUSTIFYING and upper != self._document and self._documents[lower].shared
        }
        return {project for (project,) in (*self._asked(_NAMING, others), *self._asked(_PROJECTS, plans))}

    def _groups(self) -> Iterator[Group]:
        """The projects by nearness and plan. Most plans are there as a whole; projects whose rows name the document are nearer."""
        far: dict[int, set[str]] = defaultdict(set)
        for plan, _, iri in self._far:
            far[plan].add(iri)
        apart: dict[int, dict[str, Place]] = defaultdict(dict)
        for (plan, _), encoded in self._direct.items():
            (place,) = _decoded(encoded)
            apart[plan][place.project] = place
        plans = {*self._rest, *far, *apart}
        shown = self._documents | self._shown(plans - self._documents.keys())
        found = []
        for plan, encoded in self._asked(_PLACES, plans):
            rest, one = self._rest.get(plan), shown[plan]
            if rest is not None and (rest <= 1 or plan not in apart):
                found.append((rest, one.position, Group(rest, one.node, one.province, encoded)))
                continue
            near: dict[int, list[Place]] = defaultdict(list)
            for place in _decoded(encoded):
                named = place.project in apart[plan]
                if rest is not None or place.project in far[plan]:
                    near[1 if named else rest or 3].append(place)
                elif named:
                    near[1].append(apart[plan][place.project])
            found += [(rank, one.position, Group(rank, one.node, one.province, _encoded(some))) for rank, some in near.items()]
        return (group for _, _, group in sorted(found, key=lambda one: one[:2]))

    def _years(self) -> tuple[tuple[int, int], ...]:
        """The money by year: of a plan as it was added up before, but of projects that several plans have, each once."""
        alone = {plan for plan in self._rest if not self._documents[plan].shared}
        shared = self._asked(_PROJECTS, self._rest.keys() - alone)
        single = {project for (project,) in shared}
        single |= {project for plan, project, *_ in (*self._far, *((plan, project) for plan, project in self._direct)) if plan not in alone}
        spent: Counter[int] = Counter()
        for year, amount in (*self._asked(_PLAN_YEARS, alone), *self._asked(_PROJECT_YEARS, single)):
            spent[year] += amount
        return tuple(sorted(spent.items()))


def _encoded(places: list[Place]) -> bytes:
    return msgspec.json.encode(sorted(places, key=lambda place: (place.first, place.project)))
