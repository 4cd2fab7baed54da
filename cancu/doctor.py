"""Examines a build from end to end: what it says of itself, its records, lines, graph, downloads, pages and search must agree.

Nothing is taken from how the build was made: files are read as anyone would who was given the folder.
"""

from __future__ import annotations

import csv
import gzip
import json
import re
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import msgspec
import pyoxigraph as ox

from cancu import catalogue, limits, records
from cancu.asking import Asked
from cancu.build import Stamp
from cancu.errors import CancuError, InputError
from cancu.graph import Graph
from cancu.iris import BASE, ONTOLOGY
from cancu.reading.layout import fold
from cancu.reading.source import Source, open_source
from cancu.records import Lines, PlanRecord
from cancu.remote import Endpoint
from cancu.table import Table
from cancu.website import gathering
from cancu.website.search import unpacked
from cancu.website.site import Site
from cancu.website.words import LANGUAGES, Words

_PREFIX = f"PREFIX cancu: <{ONTOLOGY}>\n"
_LINK = re.compile(r'(?:href|src)="([^"]+)"')
_CALL = re.compile(r'cancuSearch\("([^"]+)",(.*)\)\s*$', re.DOTALL)
_WORD = re.compile(r"\w+")
_SECONDS = 20  # of processor time, that another store has for a query
_SHARE = 0.8  # of the words of a name that must stand on its lines: a reader mends a broken word, and writes abbreviations out


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was looked at: how often, and what was wrong, a line a fault. `note` says what could not be looked at."""

    name: str
    looked_at: int
    faults: tuple[str, ...]
    note: str = ""


class Build:
    """The files of a build, each opened when it is first asked for."""

    def __init__(self, folder: Path, documents: Path | None = None, endpoint: str | None = None) -> None:
        self.folder, self.documents, self.endpoint = folder, documents, endpoint

    @cached_property
    def stamp(self) -> Stamp:
        """What the build says of itself."""
        return msgspec.json.decode((self.folder / "build.json").read_bytes(), type=Stamp)

    @cached_property
    def records(self) -> dict[str, PlanRecord]:
        """The records, by the names of their files."""
        return {path.name: records.read(path) for path in sorted((self.folder / "records").glob("*.json"))}

    @cached_property
    def graph(self) -> Graph:
        """The graph, by the strict parser."""
        store = ox.Store()
        store.bulk_load(path=str(self.folder / "graph.nq"), format=ox.RdfFormat.N_QUADS)
        names = (name.value for name in store.named_graphs() if isinstance(name, ox.NamedNode))
        return Graph(store, next((name.removesuffix("graph/registry") for name in names if name.endswith("/graph/registry")), BASE))

    @cached_property
    def sources(self) -> dict[str, Source]:
        """The documents at hand that records were read from, by the names of the files."""
        names = {record.source.name for record in self.records.values()} if self.documents else set()
        paths = [self.documents / Path(name).name for name in sorted(names) if self.documents]
        return {path.name: open_source(path) for path in paths if path.is_file()}

    @cached_property
    def pages(self) -> frozenset[str]:
        """The files of the site, by their addresses in it."""
        site = self.folder / "site"
        return frozenset(path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file())

    def count(self, pattern: str) -> int:
        """How many solutions a pattern of SPARQL has, over all graphs."""
        ((found,),) = self.graph.query(f"{_PREFIX}SELECT (COUNT(*) AS ?n) WHERE {{ SELECT DISTINCT * WHERE {{ {pattern} }} }}").rows
        return int(str(found))


def examine(folder: Path, documents: Path | None = None, endpoint: str | None = None) -> tuple[Check, ...]:
    """All checks of the build in `folder`; with `documents`, whether their lines still hold what the records say.

    `endpoint` is the address of another store that has the graph, and must answer each named query alike; without it rdflib is asked.

    Raises InputError where there is no build. A file that cannot be read is a fault of the check that needs it.
    """
    if not (folder / "build.json").is_file():
        raise InputError(str(folder), "holds no build.json", "name the folder of a build, or make one: cancu build")
    build = Build(folder, documents, endpoint)
    return tuple(checked(name, build) for name in CHECKS)


Fault = str | None  # what one look found wrong; None for nothing
Look = Callable[[Build], Iterator[Fault]]


def checked(name: str, build: Build) -> Check:
    """One of the CHECKS. What it cannot open is a fault."""
    found: list[Fault] = []
    note = ""
    try:
        for fault in CHECKS[name](build):
            found.append(fault)  # noqa: PERF402 - what was found before an error counts
    except _NotLookedAtError as error:
        note = str(error)
    except (CancuError, OSError, SyntaxError, ValueError, KeyError, msgspec.MsgspecError) as error:
        found.append(f"cannot be looked at: {error}")
    return Check(name, len(found), tuple(fault for fault in found if fault), note)


class _NotLookedAtError(Exception):
    """What a check could not look at, in words."""


def _same(what: str, **counts: int) -> Fault:
    """A fault where the places do not count alike."""
    told = ", ".join(f"{place} {count}" for place, count in counts.items())
    return None if len(set(counts.values())) == 1 else f"{what}: {told}"


# ---------------------------------------------------------------- counts, records, lines


def _counts(build: Build) -> Iterator[Fault]:
    made, folder = build.stamp, build.folder
    lines = (folder / "graph.nq").read_bytes().splitlines()
    inferred = f"<{build.graph.base}graph/inferred> .".encode()
    with (folder / "findings.csv").open(encoding="utf-8", newline="") as file:
        table = len(list(csv.reader(file))) - 1
    as_json = json.loads((folder / "findings.json").read_text("utf-8"))["findings"]
    sarif = json.loads((folder / "findings.sarif").read_text("utf-8"))["runs"][0]["results"]
    yield _same("plans", stamp=made.plans, records=len(build.records), graph=build.count("?p cancu:statedIn ?f . ?f a cancu:SourceFile"))
    yield _same("quads", stamp=made.quads, lines=len(lines), distinct=len(set(lines)), store=len(build.graph.store))
    yield _same("inferred", stamp=made.inferred, graph=sum(line.endswith(inferred) for line in lines))
    yield _same("findings", stamp=made.findings, csv=table, json=len(as_json), sarif=len(sarif))
    trig = {str(quad) for quad in ox.parse(path=str(folder / "graph.trig"), format=ox.RdfFormat.TRIG)}
    yield None if trig == set(map(str, build.graph.store)) else "graph.trig says other than graph.nq"
    yield None if (folder / "void.ttl").stat().st_size else "void.ttl is empty"
    if made.pages:
        html = [name for name in build.pages if name.endswith(".html") and name != "404.html"]
        yield _same("pages", stamp=made.pages, files=len(html))


def _records(build: Build) -> Iterator[Fault]:
    """Each record is in the graph, whole: its file's hash and lines, its rows and its citations."""
    for name, record in build.records.items():
        source = record.source
        file = f'?f cancu:sha256 "{source.sha256}" ; cancu:lineCount {source.lines} .'
        yield _same(f"{name}: its file in the graph", wanted=1, found=build.count(file))
        row = "?e a cancu:ProjectEntry ; cancu:inTable ?t . ?t cancu:evidence/cancu:inSource ?f"
        yield _same(f"{name}: project rows", record=len(record.projects), graph=build.count(f"{file} {row}"))
        mentions = sum(len(document.mentions) for document in record.cited_documents)
        found = build.count(f"{file} ?c a cancu:Citation ; cancu:evidence/cancu:inSource ?f")
        yield _same(f"{name}: mentions", record=mentions, graph=found)


def _lines(build: Build) -> Iterator[Fault]:
    """Every fact has its lines, and they are lines of its file."""
    kinds = ("Citation", "ProjectEntry", "Allocation", "Assignment", "Target", "ReportedLevel", "Table", "StatedTotal", "DocumentRelation")
    for kind in kinds:
        for thing, evidence in build.graph.query(
            f"{_PREFIX}SELECT DISTINCT ?t ?e {{ ?t a cancu:{kind} OPTIONAL {{ ?t cancu:evidence ?e }} }}"
        ):
            yield None if evidence else f"{thing} has no lines"
    placed = "?e cancu:firstLine ?first ; cancu:lastLine ?last ; cancu:inSource/cancu:lineCount ?n"
    asked = f"SELECT DISTINCT ?e ?first ?last ?n {{ ?t cancu:evidence|cancu:budgetEvidence ?e OPTIONAL {{ {placed} }} }}"
    for evidence, first, last, count in build.graph.query(_PREFIX + asked):
        whole = isinstance(first, int) and isinstance(last, int) and isinstance(count, int) and 1 <= first <= last <= count
        yield None if whole else f"{evidence}: lines {first} to {last} of {count}"


def _words(build: Build) -> Iterator[Fault]:
    """The documents at hand are those that were read, and their lines hold what the records say."""
    if build.documents is None:
        raise _NotLookedAtError("no documents at hand: give --documents DIR")
    for name, record in build.records.items():
        source = build.sources.get(record.source.name)
        if source is None:
            yield f"{name}: {record.source.name} is not in {build.documents}"
            continue
        if (source.sha256, source.line_count) != (record.source.sha256, record.source.lines):
            yield f"{name}: {record.source.name} is another file than the one that was read"
            continue
        told = _Told(source)
        for surface, lines in ((m.surface, m.lines) for d in record.cited_documents for m in d.mentions):
            yield told.fault(name, surface, lines, 1.0)
        for row in record.projects:
            yield told.fault(name, row.name, row.lines, _SHARE)
            for amount in (row.total_vnd, *row.by_year_vnd.values()):
                yield told.money_fault(name, amount, row.lines) if amount else None


class _Told:
    """What the lines of a document say."""

    def __init__(self, source: Source) -> None:
        self._source = source

    def _on(self, lines: Lines) -> str:
        first, last = lines
        return "\n".join(
            line.text for line in self._source.lines if any(first <= n <= last for n in (line.number, *(n for _, n in line.wraps)))
        )

    def fault(self, name: str, words: str, lines: Lines, share: float) -> Fault:
        """A fault where too few of the words stand on the lines, in pieces or not."""
        here = "".join(_WORD.findall(fold(self._on(lines)).casefold()))
        wanted = _WORD.findall(fold(words).casefold())
        held = sum(word in here for word in wanted)
        return None if held >= share * len(wanted) else f"{name}: lines {lines[0]} to {lines[1]} do not hold “{words}”"

    def money_fault(self, name: str, amount: int, lines: Lines) -> Fault:
        """A fault where the figures of an amount do not stand on the lines, in whatever unit."""
        figures = re.sub(r"\D", "", self._on(lines))
        return None if str(amount).rstrip("0") in figures else f"{name}: lines {lines[0]} to {lines[1]} do not hold {amount} dong"


# ---------------------------------------------------------------- stores


class _Rdflib(Asked):
    """The graph in rdflib, which shares nothing with the store that all else is asked of."""

    def __init__(self, graph: Graph) -> None:
        self._dataset = graph.to_rdflib()

    def _run(self, text: str) -> Table:
        start = time.process_time()
        with limits.time_limit(_SECONDS):
            answer: Any = self._dataset.query(text)
            rows = tuple(tuple(None if cell is None else cell.toPython() for cell in row) for row in answer)
        if time.process_time() - start >= _SECONDS:  # it takes what is raised within a FILTER for a no, and goes on
            raise limits.OutOfTime
        return Table(tuple(map(str, answer.vars)), rows)

    def labels(self, iris: Iterable[str]) -> Mapping[str, str]:
        return {}


def _stores(build: Build) -> Iterator[Fault]:
    """Another store gives the same rows for each named query, whatever their order: the endpoint at hand, else rdflib."""
    other: Asked = Endpoint(build.endpoint) if build.endpoint else _Rdflib(build.graph)
    late = []
    for query in catalogue.queries():
        params: dict[str, Any] = {param.name: param.example for param in query.params}
        rows = Counter(tuple(map(_plain, row)) for row in build.graph.query(query.name, **params))
        try:
            others = Counter(tuple(map(_plain, row)) for row in other.query(query.name, **params))
        except limits.OutOfTime:
            late.append(query.name)
            continue
        apart = (rows - others).total() + (others - rows).total()
        yield f"{query.name}: {rows.total()} rows here, {others.total()} there, {apart} apart" if apart else None
    if late:
        raise _NotLookedAtError(
            f"rdflib takes more than {_SECONDS} s for {', '.join(late)}: give --endpoint with another store of the graph"
        )


def _plain(value: object) -> str:
    return "" if value is None else str(float(value)) if isinstance(value, int | float | Decimal) else " ".join(str(value).split())


# ---------------------------------------------------------------- pages, downloads, search


def _need_site(build: Build) -> None:
    if not build.stamp.pages:
        raise _NotLookedAtError("this build has no website")


def _pages(build: Build) -> Iterator[Fault]:
    """Each thing that has pages has them in both languages, and every link leads to a file."""
    _need_site(build)
    stated = gathering.read(build.graph)
    for language in LANGUAGES:
        site = Site(stated, Words(language))
        for shelf in (stated.documents, stated.projects, stated.agencies, stated.systems, stated.places, stated.entries):
            for iri in shelf:
                address = site.address_of(iri)
                yield None if not address or address in build.pages else f"{iri}: {address} is missing"
    for page in sorted(name for name in build.pages if name.endswith(".html") and name != "404.html"):
        text = (build.folder / "site" / page).read_text("utf-8")
        yield from (f"{page}: leads to {target}, which is missing" for target in _dead(page, set(_LINK.findall(text)), build.pages))
        yield None


def _dead(page: str, links: Iterable[str], pages: frozenset[str]) -> Iterator[str]:
    """The links of a page to files of the site that there are not."""
    for link in sorted(links):
        parts = urlsplit(unescape(link))
        if parts.scheme or parts.netloc or not parts.path:
            continue
        place = page.split("/")[:-1]
        for step in unquote(parts.path).split("/"):
            place = place[:-1] if step == ".." else place if step in ("", ".") else [*place, step]
        target = "/".join(place)
        if target not in pages and f"{target}/index.html".lstrip("/") not in pages:
            yield target


def _downloads(build: Build) -> Iterator[Fault]:
    """What is given away says the same as the graph."""
    _need_site(build)
    data = build.folder / "site" / "data"
    given = set(gzip.decompress((data / "graph.nq.gz").read_bytes()).splitlines())
    yield None if given == set(map(_line, build.graph.store)) else "data/graph.nq.gz says other than graph.nq"
    for listed in json.loads((data / "catalog.jsonld").read_text("utf-8"))["distribution"]:
        name = listed["downloadURL"]["@id"]
        yield None if (data / name).is_file() else f"data/catalog.jsonld lists {name}, which is missing"
    for query in catalogue.queries():
        with (data / "answers" / f"{query.name}.csv").open(encoding="utf-8-sig", newline="") as file:
            rows = len(list(csv.reader(file))) - 1
        asked = build.graph.query(query.bound({param.name: param.example for param in query.params}))
        yield _same(f"data/answers/{query.name}.csv", file=rows, graph=len(asked))
    for path in sorted(data.rglob("*.ttl")):
        triples = {str(quad.triple) for quad in ox.parse(path=str(path), format=ox.RdfFormat.TURTLE)}
        same = {str(quad.triple) for quad in ox.parse(path=str(path.with_suffix(".jsonld")), format=ox.RdfFormat.JSON_LD)}
        yield None if triples and triples == same else f"{path.relative_to(data)} and its JSON-LD say different things"


def _line(quad: ox.Quad) -> bytes:
    return f"{quad} .".encode()


def _search(build: Build) -> Iterator[Fault]:
    """The index lists each of its pages once, and every token points at entries."""
    _need_site(build)
    for language in LANGUAGES:
        folder = build.folder / "site" / "assets" / "search" / language
        index = dict(_called(folder / "index.js"))["index"]
        chunks = sorted(folder.glob("e-*.js"))
        rows = [row for path in chunks for found in dict(_called(path)).values() for row in found.values()]
        yield _same(f"search in {language}", listed=len(rows), distinct=len({row[0] for row in rows}))
        yield from (None if row[0] in build.pages else f"search in {language}: {row[0]} is missing" for row in rows)
        known = {int(path.stem[2:]) * index["chunk"] + int(slot) for path in chunks for slot in dict(_called(path))[f"e{path.stem[2:]}"]}
        for name in index["shards"]:
            for token, packed in dict(_called(folder / f"t-{name}.js"))[name].items():
                pointed = {slot for slots in packed.values() for slot in unpacked(slots)}
                yield None if pointed <= known else f"search in {language}: {token} points at no entry"


def _called(path: Path) -> Iterator[tuple[str, Any]]:
    found = _CALL.match(path.read_text("utf-8"))
    if found is None:
        raise ValueError(f"{path.name} is no part of a search index")
    yield found[1], json.loads(found[2])


CHECKS: dict[str, Look] = {
    "counts": _counts,
    "records": _records,
    "lines": _lines,
    "words": _words,
    "stores": _stores,
    "pages": _pages,
    "downloads": _downloads,
    "search": _search,
}
