"""What rests on each document, down to project rows, in a small SQLite file that a build writes beside its graph.

A trace downwards reads from it what it answers with, and no more: a build's graph need not be gone through. A graph that has no
such file beside it, or one that was made of another graph, gets its own in memory, at the first such trace.
"""

from __future__ import annotations

import json
import sqlite3
import zlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from cancu.figures import Gathered, Place, gathered
from cancu.paths import Node

if TYPE_CHECKING:
    from cancu.graph import Graph

NAME = "rows.sqlite"
# `rests`: `lower` rests on `upper`; approves and promulgates are said of the upper, all others of the lower. `plan`: those with rows, by
# `position` in the order of province and IRI; `shared` where another plan has one of its projects, too. `named`: a project in a plan by
# those of its rows alone that name the document. Numbers of documents and projects are in the order of their IRIs.
_TABLES = """
CREATE TABLE made_of (digest INTEGER, tables TEXT);
CREATE TABLE document (id INTEGER PRIMARY KEY, iri TEXT UNIQUE, label TEXT, title TEXT, date TEXT);
CREATE TABLE rests (upper INTEGER, relation TEXT, lower INTEGER, PRIMARY KEY (upper, relation, lower)) WITHOUT ROWID;
CREATE INDEX rests_on ON rests (lower);
CREATE VIEW carries AS SELECT * FROM rests WHERE relation NOT IN ('hasLegalBasis', 'hasProceduralBasis', 'hasCompetenceBasis');
CREATE VIEW justifies AS SELECT * FROM rests WHERE relation IN ('hasSubstantiveBasis', 'implements');
CREATE VIEW enacts AS SELECT * FROM rests WHERE relation IN ('approves', 'promulgates');
CREATE TABLE plan (id INTEGER PRIMARY KEY, province TEXT, position INTEGER, shared INTEGER, places BLOB);
CREATE TABLE project (id INTEGER PRIMARY KEY, iri TEXT);
CREATE TABLE in_plan (project INTEGER, plan INTEGER, PRIMARY KEY (project, plan)) WITHOUT ROWID;
CREATE INDEX projects_of ON in_plan (plan);
CREATE TABLE named (document INTEGER, plan INTEGER, project INTEGER, place BLOB, PRIMARY KEY (document, plan, project)) WITHOUT ROWID;
CREATE TABLE project_year (project INTEGER, year INTEGER, amount INTEGER, PRIMARY KEY (project, year)) WITHOUT ROWID;
CREATE TABLE plan_year (plan INTEGER, year INTEGER, amount INTEGER, PRIMARY KEY (plan, year)) WITHOUT ROWID;
"""
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
_ABOVE = """
WITH RECURSIVE found (id) AS (
  SELECT document.id FROM json_each(?) JOIN document ON iri = value UNION SELECT upper FROM found JOIN rests ON lower = id
)
SELECT one.iri, other.iri, relation
FROM found JOIN rests ON lower = found.id JOIN document AS one ON one.id = lower JOIN document AS other ON other.id = upper
"""
_WHOLE = "SELECT id, rank FROM whole"
_PLAN = "SELECT position, province, places FROM plan WHERE id = ?"
_DIRECT = "SELECT plan, iri, place FROM given JOIN named USING (document) JOIN project ON project.id = project"
_FAR = (
    "SELECT plan, iri FROM far JOIN in_plan USING (project) JOIN project ON project.id = project WHERE plan NOT IN (SELECT id FROM whole)"
)
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


_PLACES = msgspec.json.Decoder(tuple[Place, ...])


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
    """The tables of a graph, in a file or in memory."""

    def __init__(self, tables: Path | sqlite3.Connection) -> None:
        self._tables = tables

    @classmethod
    def of_file(cls, path: Path, made_of: int) -> RowIndex | None:
        """Those in a file, if they were made of what has this digest."""
        return cls(path) if _made_of(path) == made_of else None

    @classmethod
    def of_graph(cls, graph: Graph) -> RowIndex:
        """Those of a graph, made anew in memory."""
        return cls(_fill(sqlite3.connect(":memory:", check_same_thread=False), [gathered(graph)], None))

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        """A connection for one question. The file is not kept open, so that a build may put another in its place."""
        if isinstance(self._tables, sqlite3.Connection):
            yield self._tables
        else:
            with closing(_opened(self._tables)) as connection:
                yield connection

    def above(self, documents: Iterable[str]) -> list[tuple[str, str, str]]:
        """What documents rest on, directly or through others, as (lower, upper, relation)."""
        with self._open() as rows:
            return rows.execute(_ABOVE, (json.dumps(list(documents)),)).fetchall()

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
            if key in whole or (key, place.project) in far:
                near[1 if place.project in apart else whole.get(key, 3)].append(place)
            elif place.project in apart:
                near[1] += _PLACES.decode(direct[key, place.project])
        found += [(rank, position, Group(rank, plan, province, _encoded(some))) for rank, some in near.items()]
    return (group for _, _, group in sorted(found, key=lambda one: one[:2]))


def _encoded(places: list[Place]) -> bytes:
    return msgspec.json.encode(sorted(places, key=lambda place: (place.first, place.project)))


def _opened(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True)


def _made_of(path: Path) -> int | None:
    """The digest of what the file was made of; None where it has no such tables, as of another version."""
    try:
        with closing(_opened(path)) as connection:
            found = connection.execute("SELECT digest FROM made_of WHERE tables = ?", (_TABLES,)).fetchone()
            return int(found[0]) if found else None
    except sqlite3.Error:
        return None


# ---------------------------------------------------------------- making the tables


@dataclass(slots=True)
class _Whole:
    """What several graphs say, put together: the longest label of a document, as a plan's own is, and of a year the most money."""

    documents: dict[str, tuple[str, str | None, str | None]] = field(default_factory=dict)
    ties: set[tuple[str, str, str]] = field(default_factory=set)
    provinces: dict[str, str] = field(default_factory=dict)
    places: dict[str, tuple[Place, ...]] = field(default_factory=dict)
    named: list[tuple[str, str, Place]] = field(default_factory=list)
    years: dict[tuple[str, int], int] = field(default_factory=dict)

    def take(self, part: Gathered) -> None:
        """Adds what one graph says."""
        for iri, label, title, date in part.documents:
            known = self.documents.get(iri, ("", None, None))
            longest = max(label, known[0], key=lambda text: (len(text), text))
            self.documents[iri] = (
                longest,
                min(filter(None, (title, known[1])), default=None),
                min(filter(None, (date, known[2])), default=None),
            )
        self.ties.update(part.ties)
        self.provinces.update(part.plans)
        self.places.update(part.places)
        self.named += part.named
        for project, year, amount in part.years:
            self.years[project, year] = max(amount, self.years.get((project, year), 0))

    @property
    def all_places(self) -> Iterator[tuple[str, Place]]:
        """Each plan with each of its projects."""
        return ((plan, place) for plan, held in self.places.items() for place in held)


def write(parts: Iterable[Gathered], nquads: Path) -> None:
    """Writes the tables of a graph beside the file that holds it as N-Quads, where none are yet. The same parts give the same bytes."""
    with closing(sqlite3.connect(nquads.with_name(NAME))) as connection:
        _fill(connection, parts, zlib.crc32(nquads.read_bytes()))


def _fill(connection: sqlite3.Connection, parts: Iterable[Gathered], made_of: int | None) -> sqlite3.Connection:
    whole = _Whole()
    for part in parts:
        whole.take(part)
    connection.executescript(_TABLES)
    connection.execute("INSERT INTO made_of VALUES (?, ?)", (made_of, _TABLES))
    documents = _numbered(whole.documents)
    _put_documents(connection, whole, documents)
    _put_projects(connection, whole, documents)
    connection.commit()
    return connection


def _put_documents(connection: sqlite3.Connection, whole: _Whole, numbers: Mapping[str, int]) -> None:
    rows = ((numbers[iri], iri, label or iri, title, date) for iri, (label, title, date) in sorted(whole.documents.items()))
    connection.executemany("INSERT INTO document VALUES (?, ?, ?, ?, ?)", rows)
    ties = ((numbers[upper], relation, numbers[lower]) for upper, relation, lower in sorted(whole.ties))
    connection.executemany("INSERT INTO rests VALUES (?, ?, ?)", ties)


def _put_projects(connection: sqlite3.Connection, whole: _Whole, documents: Mapping[str, int]) -> None:
    labels: dict[str, str] = {}
    for _, place in whole.all_places:
        labels[place.project] = place.label or labels.get(place.project, "")
    numbers = _numbered(labels)

    def encoded(places: Iterable[Place]) -> bytes:
        """With the labels of the projects, which another plan may give."""
        known = [one if one.label else msgspec.structs.replace(one, label=labels[one.project] or one.project) for one in places]
        return msgspec.json.encode(known)

    times = Counter(place.project for _, place in whole.all_places)
    shared = {plan for plan, place in whole.all_places if times[place.project] > 1}
    ordered = enumerate(sorted((province, plan) for plan, province in whole.provinces.items()))
    put = connection.executemany
    put("INSERT INTO project VALUES (?, ?)", ((number, iri) for iri, number in numbers.items()))
    put(
        "INSERT INTO plan VALUES (?, ?, ?, ?, ?)",
        ((documents[plan], province or None, at, plan in shared, encoded(whole.places[plan])) for at, (province, plan) in ordered),
    )
    put("INSERT INTO in_plan VALUES (?, ?)", sorted((numbers[place.project], documents[plan]) for plan, place in whole.all_places))
    put(
        "INSERT INTO named VALUES (?, ?, ?, ?)",
        sorted((documents[document], documents[plan], numbers[one.project], encoded([one])) for document, plan, one in whole.named),
    )
    spent = sorted((numbers[project], year, amount) for (project, year), amount in whole.years.items())
    put("INSERT INTO project_year VALUES (?, ?, ?)", spent)
    connection.execute(
        "INSERT INTO plan_year SELECT plan, year, SUM(amount) FROM project_year JOIN in_plan USING (project) GROUP BY plan, year"
    )


def _numbered(iris: Iterable[str]) -> dict[str, int]:
    return {iri: number for number, iri in enumerate(sorted(iris))}
