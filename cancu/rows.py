"""What rests on what, where that is said, and the project rows, in a small SQLite file that a build writes beside its graph.

A trace reads from it what it answers with, and no more: a build's graph need not be gone through. A graph that has no
such file beside it, or one that was made of another graph, gets its own in memory, at the first trace.
"""

from __future__ import annotations

import sqlite3
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from cancu import resting
from cancu.errors import InputError
from cancu.figures import Gathered, Place, Said, gathered
from cancu.resting import Above, Resting, Upward
from cancu.ties import turn

if TYPE_CHECKING:
    from cancu.graph import Graph

NAME = "rows.sqlite"
# `rests`: `lower` rests on `upper`; approves and promulgates are said of the upper, all others of the lower. `said`: a `figures.Said`,
# `least` for one home of those that say the same, by `ties.turn`. `document.named`: whether rows name it. `plan`: those with rows, by
# `position` in the order of province and IRI; `shared` where another plan has one of its projects, too. `named`: a project in a plan by
# those of its rows alone that name the document.
_TABLES = """
CREATE TABLE made_of (digest INTEGER, tables TEXT);
CREATE TABLE document (id INTEGER PRIMARY KEY, iri TEXT UNIQUE, label TEXT, title TEXT, date TEXT, source TEXT, named INTEGER);
CREATE TABLE rests (upper INTEGER, relation TEXT, lower INTEGER, PRIMARY KEY (upper, relation, lower)) WITHOUT ROWID;
CREATE TABLE said (
  home TEXT, lower INTEGER, upper INTEGER, relation TEXT, place INTEGER, file TEXT, first INTEGER, last INTEGER, least INTEGER,
  PRIMARY KEY (home, lower, upper, relation)
) WITHOUT ROWID;
CREATE TABLE plan (id INTEGER PRIMARY KEY, province TEXT, position INTEGER, shared INTEGER);
CREATE TABLE places (plan INTEGER PRIMARY KEY, places BLOB);
CREATE TABLE project (id INTEGER PRIMARY KEY, iri TEXT);
CREATE TABLE in_plan (project INTEGER, plan INTEGER, PRIMARY KEY (project, plan)) WITHOUT ROWID;
CREATE TABLE named (document INTEGER, plan INTEGER, project INTEGER, place BLOB, PRIMARY KEY (document, plan, project)) WITHOUT ROWID;
CREATE TABLE project_year (project INTEGER, year INTEGER, amount INTEGER, PRIMARY KEY (project, year)) WITHOUT ROWID;
CREATE TABLE plan_year (plan INTEGER, year INTEGER, amount INTEGER, PRIMARY KEY (plan, year)) WITHOUT ROWID;
"""
_INDEXES = """
CREATE INDEX rests_on ON rests (lower);
CREATE INDEX first_said ON said (lower) WHERE least;
CREATE INDEX projects_of ON in_plan (plan);
"""


class RowIndex:
    """The tables of a graph, in memory, or in a file that was made of what has the digest `made_of`."""

    def __init__(self, tables: Path | sqlite3.Connection, made_of: int | None = None) -> None:
        self._tables, self._made_of = tables, made_of

    @classmethod
    def of_file(cls, path: Path, made_of: int | None = None) -> RowIndex | None:
        """Those in a file, if there are any and they were made of what has this digest, where one is given."""
        if not path.is_file():
            return None
        with closing(_opened(path)) as connection:
            found = _made_of(connection)
            return None if found is None or made_of not in (None, found) else cls(path, found)

    @classmethod
    def of_graph(cls, graph: Graph) -> RowIndex:
        """Those of a graph, made anew in memory."""
        return cls(_fill(sqlite3.connect(":memory:", check_same_thread=False), Whole.of([gathered(graph)]), None))

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        """A connection for one question. The file is not kept open, so that a build may put another in its place.

        Raises InputError where one did.
        """
        if isinstance(self._tables, sqlite3.Connection):
            yield self._tables
        else:
            with closing(_opened(self._tables)) as connection:
                if _made_of(connection) != self._made_of:
                    raise InputError(str(self._tables), "was made anew since its graph was opened", "open the graph again")
                yield connection

    def above(self, documents: Iterable[str], homes: Iterable[str] = ()) -> Above:
        """What documents rest on, directly or through others; what `homes`, graphs of plans, say of that comes before what others do."""
        with self._open() as tables:
            return resting.above(tables, documents, homes)

    def below(self, document: str) -> Resting | None:
        """What rests on a document, directly or through others; None for a thing on which nothing does."""
        with self._open() as tables:
            return resting.below(tables, document)


class HeldIndex(RowIndex):
    """One that has in memory what documents rest on: for those who ask of thousands of them."""

    def __init__(self, index: RowIndex) -> None:
        super().__init__(index._tables, index._made_of)
        with self._open() as tables:
            self._upward = Upward(tables)

    def above(self, documents: Iterable[str], homes: Iterable[str] = ()) -> Above:
        """As of any index."""
        return self._upward.above(documents, homes)


def _opened(path: Path) -> sqlite3.Connection:
    try:
        return sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True)
    except sqlite3.Error as error:
        raise InputError(str(path), f"cannot be opened: {error}", "open the graph again") from error


def _made_of(connection: sqlite3.Connection) -> int | None:
    """The digest of what the tables were made of; None where there are no such tables, as of another version."""
    try:
        found = connection.execute("SELECT digest FROM made_of WHERE tables = ?", (_TABLES,)).fetchone()
        return int(found[0]) if found else None
    except sqlite3.Error:
        return None


# ---------------------------------------------------------------- making the tables


_Document = tuple[str, str | None, str | None, str | None]  # its label, title, date, and the source by which the registry has it
_UNKNOWN: _Document = ("", None, None, None)


@dataclass(slots=True)
class Whole:
    """What several graphs say, put together: the longest label of a document, as a plan's own is, and of a year the most money."""

    documents: dict[str, _Document] = field(default_factory=dict)
    ties: set[tuple[str, str, str]] = field(default_factory=set)
    said: set[Said] = field(default_factory=set)
    provinces: dict[str, str] = field(default_factory=dict)
    places: dict[str, tuple[Place, ...]] = field(default_factory=dict)
    named: list[tuple[str, str, Place]] = field(default_factory=list)
    years: dict[tuple[str, int], int] = field(default_factory=dict)

    @classmethod
    def of(cls, parts: Iterable[Gathered]) -> Whole:
        """What all of them say."""
        whole = cls()
        for part in parts:
            whole.take(part)
        return whole

    def take(self, part: Gathered) -> None:
        """Adds what one graph says."""
        for iri, label, *others in part.documents:
            before = self.documents.get(iri, _UNKNOWN)
            if (label, *others) == before:  # most plans say what others said
                continue
            known_label, *known = before
            longest = max(label, known_label, key=lambda text: (len(text), text))
            title, date, source = (min(filter(None, pair), default=None) for pair in zip(others, known, strict=True))
            self.documents[iri] = longest, title, date, source
        self.ties.update(part.ties)
        self.said.update(part.said)
        self.provinces.update(part.plans)
        self.places.update(part.places)
        self.named += part.named
        for project, year, amount in part.years:
            self.years[project, year] = max(amount, self.years.get((project, year), 0))

    @property
    def all_places(self) -> Iterator[tuple[str, Place]]:
        """Each plan with each of its projects."""
        return ((plan, place) for plan, held in self.places.items() for place in held)


def write(parts: Iterable[Gathered] | Whole, nquads: Path, digest: int | None = None) -> None:
    """Writes the tables of a graph beside the file that holds it as N-Quads, where none are yet. The same parts give the same bytes.

    `digest` is the CRC-32 of that file, where it is known.
    """
    with closing(sqlite3.connect(nquads.with_name(NAME))) as connection:
        whole = parts if isinstance(parts, Whole) else Whole.of(parts)
        _fill(connection, whole, zlib.crc32(nquads.read_bytes()) if digest is None else digest)


def _fill(connection: sqlite3.Connection, whole: Whole, made_of: int | None) -> sqlite3.Connection:
    connection.executescript(f"PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -65536; {_TABLES}")  # it is new
    connection.execute("INSERT INTO made_of VALUES (?, ?)", (made_of, _TABLES))
    documents = _numbered(whole.documents)
    _put_documents(connection, whole, documents)
    connection.executescript(_INDEXES)  # once all rows are there, which is quicker
    _put_projects(connection, whole, documents)
    connection.commit()
    return connection


def _put_documents(connection: sqlite3.Connection, whole: Whole, numbers: Mapping[str, int]) -> None:
    named = {document for document, _, _ in whole.named}
    rows = ((numbers[iri], iri, label or iri, *others, iri in named) for iri, (label, *others) in sorted(whole.documents.items()))
    connection.executemany("INSERT INTO document VALUES (?, ?, ?, ?, ?, ?, ?)", rows)
    ties = ((numbers[upper], relation, numbers[lower]) for upper, relation, lower in sorted(whole.ties))
    connection.executemany("INSERT INTO rests VALUES (?, ?, ?)", ties)
    connection.executemany("INSERT INTO said VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", _sayings(whole.said, numbers))


def _sayings(said: Iterable[Said], numbers: Mapping[str, int]) -> Iterator[tuple[str | int | None, ...]]:
    """The rows of `said`. What is said of something on which nothing rests is left out."""
    before = None
    for one in sorted(said, key=lambda one: (one.lower, one.upper, one.relation, _turn(one), one.home)):
        if one.lower in numbers and one.upper in numbers:
            same = (one.lower, one.upper, one.relation)
            place = (one.order, one.file, one.first, one.last)
            yield one.home, numbers[one.lower], numbers[one.upper], one.relation, *place, same != before
            before = same


def _turn(said: Said) -> int:
    return turn(said.home.rpartition("/")[2], said.lower, said.upper)


def _put_projects(connection: sqlite3.Connection, whole: Whole, documents: Mapping[str, int]) -> None:
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
    put("INSERT INTO plan VALUES (?, ?, ?, ?)", ((documents[plan], where or None, at, plan in shared) for at, (where, plan) in ordered))
    put("INSERT INTO places VALUES (?, ?)", ((documents[plan], encoded(held)) for plan, held in sorted(whole.places.items())))
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
