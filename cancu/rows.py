"""What rests on each document, down to project rows, in a small SQLite file that a build writes beside its graph.

A trace downwards reads from it what it answers with, and no more: a build's graph need not be gone through. A graph that has no
such file beside it, or one that was made of another graph, gets its own in memory, at the first such trace.
"""

from __future__ import annotations

import sqlite3
import zlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from cancu.figures import Rows
from cancu.paths import Node, node

if TYPE_CHECKING:
    from cancu.graph import Graph

NAME = "rows.sqlite"
# `rests`: `lower` rests on `upper`; approves and promulgates are said of the upper, all others of the lower. `plan`: those with rows, by
# `position` in the order of province and IRI; `shared` where another plan has one of its projects, too. `named`: a project in a plan by
# those of its rows alone that name the document. Numbers of documents and projects are in the order of their IRIs.
_TABLES = """
CREATE TABLE made_of (digest INTEGER);
CREATE TABLE document (id INTEGER PRIMARY KEY, iri TEXT UNIQUE, label TEXT, title TEXT, date TEXT);
CREATE TABLE rests (upper INTEGER, relation TEXT, lower INTEGER, PRIMARY KEY (upper, relation, lower)) WITHOUT ROWID;
CREATE VIEW carries AS SELECT * FROM rests WHERE relation <> 'hasLegalBasis';
CREATE VIEW justifies AS SELECT * FROM rests WHERE relation IN ('hasSubstantiveBasis', 'implements');
CREATE VIEW enacts AS SELECT * FROM rests WHERE relation IN ('approves', 'promulgates');
CREATE TABLE plan (id INTEGER PRIMARY KEY, province TEXT, position INTEGER, shared INTEGER, places BLOB);
CREATE TABLE in_plan (project INTEGER, plan INTEGER, PRIMARY KEY (project, plan)) WITHOUT ROWID;
CREATE INDEX projects_of ON in_plan (plan);
CREATE TABLE named (document INTEGER, plan INTEGER, project INTEGER, place BLOB, PRIMARY KEY (document, plan, project)) WITHOUT ROWID;
CREATE TABLE project_year (project INTEGER, year INTEGER, amount INTEGER, PRIMARY KEY (project, year)) WITHOUT ROWID;
CREATE TABLE plan_year (plan INTEGER, year INTEGER, amount INTEGER, PRIMARY KEY (plan, year)) WITHOUT ROWID;
"""
_CARRYING = ("implements", "details", "hasSubstantiveBasis", "hasLegalBasis")
_ACTS = ("approves", "promulgates")

# How near a thing is to the given document: 0 it is the plan, 1 a row names it, 2 the plan rests on it, 3 through others. `whole`: the
# plans of which all rows rest on it. `far`: the projects that do with all their rows, in whatever plan, since a row of theirs names what
# rests on the document, or a plan that does has them, too. CROSS JOIN holds SQLite to this order, from the document outwards.
_RESTING = """
DROP TABLE IF EXISTS temp.resting; DROP TABLE IF EXISTS temp.whole; DROP TABLE IF EXISTS temp.far;
CREATE TEMP TABLE resting AS
  WITH RECURSIVE found (id) AS (SELECT document FROM given UNION SELECT lower FROM found JOIN rests ON upper = id) SELECT id FROM found;
CREATE TEMP TABLE whole AS
  SELECT plan.id, MIN(rank) AS rank, shared FROM plan JOIN (
    SELECT document AS found, 0 AS rank FROM given
    UNION ALL SELECT lower, 2 FROM given JOIN justifies ON upper = document
    UNION ALL SELECT lower, 3 FROM given JOIN resting JOIN justifies ON upper = id AND id <> document
    UNION ALL SELECT lower, 3 FROM resting JOIN enacts ON upper = id
  ) ON plan.id = found GROUP BY plan.id;
CREATE TEMP TABLE far AS
  SELECT project FROM resting JOIN named ON named.document = id WHERE id NOT IN given
  UNION SELECT project FROM resting CROSS JOIN justifies ON upper = resting.id CROSS JOIN plan ON plan.id = lower AND plan.shared
    CROSS JOIN in_plan ON in_plan.plan = plan.id WHERE resting.id NOT IN given;
"""
_NODES = "SELECT id, iri, label, title, date FROM resting JOIN document USING (id)"
_NODE = "SELECT iri, label, title, date FROM document WHERE id = ?"
_CARRIED = """
WITH RECURSIVE found (id) AS (SELECT document FROM given UNION SELECT lower FROM found JOIN carries ON upper = id)
SELECT lower, relation, upper FROM found JOIN carries ON upper = id
"""
_WHOLE = "SELECT id, rank FROM whole"
_PLAN = "SELECT position, province, places FROM plan WHERE id = ?"
_DIRECT = "SELECT plan, project, place FROM given JOIN named USING (document)"
_FAR = "SELECT plan, project FROM far JOIN in_plan USING (project) WHERE plan NOT IN (SELECT id FROM whole)"
# the money of a plan as it was added up before, but of projects that several plans have, each once
_YEARS = """
WITH alone AS (SELECT id FROM whole WHERE NOT shared), one AS (
  SELECT project FROM whole CROSS JOIN in_plan ON plan = id WHERE shared
  UNION SELECT project FROM far JOIN in_plan USING (project) WHERE plan NOT IN alone
  UNION SELECT project FROM given JOIN named USING (document) WHERE plan NOT IN alone
)
SELECT year, SUM(amount) FROM (
  SELECT year, amount FROM alone CROSS JOIN plan_year ON plan = id
  UNION ALL SELECT year, amount FROM one JOIN project_year USING (project)
) GROUP BY year ORDER BY year
"""


class Place(msgspec.Struct, frozen=True, array_like=True):
    """A project in a plan; `amount` is in dong. `key` is its number in the tables."""

    first: int
    key: int
    project: str
    label: str
    amount: int | None
    start: int | None
    end: int | None
    leads: tuple[str, ...]
    systems: tuple[str, ...]
    file: str
    last: int


_PLACES = msgspec.json.Decoder(tuple[Place, ...])
_ONE = msgspec.json.Decoder(Place)


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
        return _PLACES.decode(self.encoded)


@dataclass(frozen=True, slots=True)
class Resting:
    """What rests on a document: what carries it out, as (lower, relation, upper); the projects, the nearest first; the money by year."""

    document: Node
    carried: tuple[tuple[Node, str, Node], ...]
    groups: tuple[Group, ...]
    years: tuple[tuple[int, int], ...]


class RowIndex:
    """The tables of a graph: those in the file, if it was made of what has this digest, else made anew in memory."""

    def __init__(self, graph: Graph, file: tuple[Path, int] | None = None) -> None:
        self._path = file[0] if file and _made_of(file[0]) == file[1] else None
        self._memory = None if self._path else _make(graph, sqlite3.connect(":memory:", check_same_thread=False), None)

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        """A connection for one question. The file is not kept open, so that a build may put another in its place."""
        if self._memory:
            yield self._memory
        elif self._path:
            with closing(_opened(self._path)) as connection:
                yield connection

    def resting_on(self, iri: str) -> Resting | None:
        """What rests on the document, directly or through others; None for a thing on which nothing does."""
        with self._open() as rows:
            rows.execute("CREATE TEMP TABLE IF NOT EXISTS given (document)")
            rows.execute("DELETE FROM given")
            if not rows.execute("INSERT INTO given SELECT id FROM document WHERE iri = ?", (iri,)).rowcount:
                return None
            rows.executescript(_RESTING)
            nodes = {key: Node(*shown) for key, *shown in rows.execute(_NODES)}
            document = next(one for one in nodes.values() if one.iri == iri)
            carried = tuple((nodes[lower], relation, nodes[upper]) for lower, relation, upper in rows.execute(_CARRIED))
            return Resting(document, carried, tuple(_groups(rows, nodes)), tuple(rows.execute(_YEARS)))


def _groups(rows: sqlite3.Connection, nodes: dict[int, Node]) -> Iterator[Group]:
    """The projects by nearness and plan. Most plans are there as a whole; where rows name the document, they are nearer than their plan."""
    whole = dict(rows.execute(_WHOLE).fetchall())
    direct = {(plan, project): place for plan, project, place in rows.execute(_DIRECT)}
    far = set(rows.execute(_FAR).fetchall())
    found = []
    for key in {*whole, *(plan for plan, _ in direct), *(plan for plan, _ in far)}:
        position, province, places = rows.execute(_PLAN, (key,)).fetchone()
        plan = nodes.get(key) or Node(*rows.execute(_NODE, (key,)).fetchone())
        apart = {project for named, project in direct if named == key}
        if key in whole and not (apart and whole[key] > 1):
            found.append((whole[key], position, Group(whole[key], plan, province, places)))
            continue
        near: dict[int, list[Place]] = defaultdict(list)
        for place in _PLACES.decode(places):
            if key in whole or (key, place.key) in far:
                near[1 if place.key in apart else whole.get(key, 3)].append(place)
            elif place.key in apart:
                near[1].append(_ONE.decode(direct[key, place.key]))
        found += [(rank, position, Group(rank, plan, province, _encoded(some))) for rank, some in near.items()]
    return (group for _, _, group in sorted(found, key=lambda one: one[:2]))


def _encoded(places: list[Place]) -> bytes:
    return msgspec.json.encode(sorted(places, key=lambda place: (place.first, place.key)))


# ---------------------------------------------------------------- making the tables


def write(graph: Graph, nquads: Path) -> None:
    """Writes the tables of a graph beside the file that holds it as N-Quads, where none are yet. The same graph gives the same bytes."""
    with closing(sqlite3.connect(nquads.with_name(NAME))) as connection:
        _make(graph, connection, zlib.crc32(nquads.read_bytes()))


def _opened(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True)


def _made_of(path: Path) -> int | None:
    """The digest of what the file was made of; None where it is no such file."""
    try:
        with closing(_opened(path)) as connection:
            digest: int = connection.execute("SELECT digest FROM made_of").fetchone()[0]
            return digest
    except sqlite3.Error:
        return None


def _make(graph: Graph, connection: sqlite3.Connection, made_of: int | None) -> sqlite3.Connection:
    rows = Rows(graph)
    naming = rows.pairs("rowBasis")
    ties = sorted(set(_ties(rows)))
    plans = {plan for found in rows.plans.values() for plan in found}
    documents = _numbered(
        {*plans, *(tie[0] for tie in ties), *(tie[2] for tie in ties), *(one for found in naming.values() for one in found)}
    )
    projects = _numbered(rows.by_project)
    times: Counter[str] = Counter()
    places: dict[str, list[Place]] = defaultdict(list)
    named = []
    for project, found in rows.by_project.items():
        for plan in dict.fromkeys(plan for row in found for plan in rows.plans.get(row, ())):
            own = [row for row in found if plan in rows.plans.get(row, ())]
            places[plan].append(_place(rows, projects[project], project, own))
            times[project] += 1
            for document in {document for row in own for document in naming.get(row, ())}:
                place = _place(rows, projects[project], project, [row for row in own if document in naming.get(row, ())])
                named.append((documents[document], documents[plan], projects[project], msgspec.json.encode(place)))
    connection.executescript(_TABLES)
    put = connection.executemany
    put("INSERT INTO made_of VALUES (?)", [(made_of,)])
    shown = (node(graph, iri) for iri in documents)
    put("INSERT INTO document VALUES (?, ?, ?, ?, ?)", ((documents[one.iri], one.iri, one.label, one.title, one.date) for one in shown))
    put("INSERT INTO rests VALUES (?, ?, ?)", ((documents[upper], relation, documents[lower]) for upper, relation, lower in ties))
    ordered = sorted((_province(graph, plan), plan) for plan in plans)
    shared = {plan for plan, found in places.items() if any(times[place.project] > 1 for place in found)}
    put(
        "INSERT INTO plan VALUES (?, ?, ?, ?, ?)",
        ((documents[plan], where or None, at, plan in shared, _encoded(places[plan])) for at, (where, plan) in enumerate(ordered)),
    )
    put("INSERT INTO in_plan VALUES (?, ?)", sorted((place.key, documents[plan]) for plan, found in places.items() for place in found))
    put("INSERT INTO named VALUES (?, ?, ?, ?)", sorted(named))
    years = {project: rows.years(project) for project in projects}
    put("INSERT INTO project_year VALUES (?, ?, ?)", ((projects[one], *spent) for one in projects for spent in sorted(years[one].items())))
    sums: Counter[tuple[int, int]] = Counter()
    for plan, project in ((plan, place.project) for plan, held in places.items() for place in held):
        sums.update({(documents[plan], year): amount for year, amount in years[project].items()})
    put("INSERT INTO plan_year VALUES (?, ?, ?)", ((*key, amount) for key, amount in sorted(sums.items())))
    connection.commit()
    return connection


def _place(rows: Rows, key: int, project: str, own: list[str]) -> Place:
    found = rows.figures(own)
    lines = found.lines
    label, file = rows.label(project), lines.file
    return Place(lines.first, key, project, label, found.amount, found.start, found.end, found.leads, found.systems, file, lines.last)


def _ties(rows: Rows) -> Iterator[tuple[str, str, str]]:
    """What rests on what, as (upper, relation, lower)."""
    for name in _CARRYING:
        yield from ((upper, name, lower) for lower, found in rows.pairs(name).items() for upper in found)
    for name in _ACTS:
        yield from ((upper, name, lower) for upper, found in rows.pairs(name).items() for lower in found)


def _numbered(iris: Iterable[str]) -> dict[str, int]:
    return {iri: number for number, iri in enumerate(sorted(iris))}


def _province(graph: Graph, plan: str) -> str:
    place = graph.value(plan, "jurisdiction")
    return (graph.value(place, "rdfs:label") if place else None) or ""
