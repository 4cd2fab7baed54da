"""What can be taken away: the whole graph, the answers to all questions, tables with their schema, and each thing's own statements."""

from __future__ import annotations

import csv
import gzip
import io
import json
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pyoxigraph as ox

from cancu import __version__, catalogue
from cancu.asking import PREFIXES
from cancu.graph import Graph
from cancu.iris import ONTOLOGY
from cancu.table import harmless
from cancu.website import tables
from cancu.website.answers import Answers
from cancu.website.facts import Facts
from cancu.website.folder import shared
from cancu.website.gathering import Known
from cancu.website.site import Site
from cancu.website.words import Words

_OWN = ("hasEntry", "hasAllocation", "evidence", "budgetLine", "budgetEvidence")  # what a thing is told together with
_FORMATS = {"ttl": ox.RdfFormat.TURTLE, "jsonld": ox.RdfFormat.JSON_LD}
_MEDIA = {
    "nq.gz": "application/n-quads",
    "csv": "text/csv",
    "json": "application/csvm+json",
    "jsonld": "application/ld+json",
}
_ESCAPE = re.compile(r"\\(u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}|.)")  # https://www.w3.org/TR/n-triples/
_ESCAPED = {"t": "\t", "b": "\b", "n": "\n", "r": "\r", "f": "\f", '"': '"', "'": "'", "\\": "\\"}
_QUOTED = re.compile(r'[",\r\n]')
_CC0 = "https://creativecommons.org/publicdomain/zero/1.0/"


@dataclass(frozen=True, slots=True)
class DataFile:
    """A file to take away: its name under `data/`, and its size in bytes."""

    name: str
    size: int

    @property
    def media(self) -> str:
        """Its media type."""
        return next(media for ending, media in _MEDIA.items() if self.name.endswith(f".{ending}"))


def write(
    known: Answers, stated: Facts, out: Path, packed: Path | None = None, before: Known | None = None, last: Path | None = None
) -> tuple[DataFile, ...]:
    """Writes what concerns the whole into the new folder `out`, and tells the files. `packed` has the graph as gzipped N-Quads already.

    `before` and `last` are the facts of an earlier site and its folder of such files; see `tables.files`.
    """
    names = ["graph.nq.gz"]
    if packed:
        out.mkdir()
        shared(packed, out / names[0])
    else:
        _save_graph(known.graph, out / names[0])
    for name, text in (*_answers(known), *tables.files(stated, before, last / tables.FOLDER if last else None)):
        _save(out / name, text.encode())
        names.append(name)
    _save(out / "catalog.jsonld", _catalogue(known.graph, names).encode())
    return tuple(DataFile(name, (out / name).stat().st_size) for name in (*names, "catalog.jsonld"))


def folder(family: str, key: str) -> str:
    """Where the files about a thing lie under `data/`, without their ending: ('project', 'x/y') → 'projects/x/y'."""
    return f"{family}s/{key}"


def things(graph: Graph, stated: Facts) -> Iterator[tuple[str, str, Callable[[], list[tuple[str, bytes]]]]]:
    """What is stated of each project, document and plan, with its IRI and the first of its files: Turtle, JSON-LD, and CSV.

    The files are made when they are wanted; CSV has a row a statement.
    """
    site = Site(stated, Words("vi"))
    for project in stated.projects:
        name = folder("project", site.key(project))
        yield project, f"{name}.ttl", partial(_thing, graph, name, project)
    for document in stated.documents.values():
        if document.read:
            key = site.plan_key(document)
            yield document.iri, f"{folder('plan', key)}.ttl", partial(_plan, graph, key)
        else:
            name = folder("document", site.key(document.iri))
            yield document.iri, f"{name}.ttl", partial(_thing, graph, name, document.iri)


def _thing(graph: Graph, name: str, iri: str) -> list[tuple[str, bytes]]:
    told = _about(graph, iri)
    lines = sorted(told)
    return _files(name, lines, [told[line] for line in lines])


def _plan(graph: Graph, key: str) -> list[tuple[str, bytes]]:
    own = graph.store.dump(format=ox.RdfFormat.N_TRIPLES, from_graph=ox.NamedNode(f"{graph.base}graph/plan/{key}")) or b""
    lines = sorted(filter(None, own.decode().split("\n")))
    quads = ox.parse("\n".join(lines), format=ox.RdfFormat.N_TRIPLES, lenient=True)
    return _files(folder("plan", key), lines, [quad.triple for quad in quads])


def _about(graph: Graph, iri: str) -> dict[str, ox.Triple]:
    """The statements about a thing and what belongs to it, whichever graph they stand in, by their text."""
    told: dict[str, ox.Triple] = {}
    waiting, done = [ox.NamedNode(iri)], set()
    while waiting:
        here = waiting.pop()
        if here in done:
            continue
        done.add(here)
        for quad in graph.store.quads_for_pattern(here, None, None, None):
            told[str(quad.triple)] = quad.triple
            if isinstance(quad.object, ox.NamedNode) and quad.predicate.value.removeprefix(ONTOLOGY) in _OWN:
                waiting.append(quad.object)
    return told


def _files(name: str, lines: Iterable[str], triples: Sequence[ox.Triple]) -> list[tuple[str, bytes]]:
    """The files of some statements: `lines` of N-Triples, and the same as terms."""
    prefixes = dict(PREFIXES)
    files = [(f"{name}.{ending}", ox.serialize(triples, format=form, prefixes=prefixes) or b"") for ending, form in _FORMATS.items()]
    rows = "".join(["subject,property,value,language\r\n", *(_row(line) for line in lines if line[0] == "<")])
    return [*files, (f"{name}.csv", rows.encode())]


def _row(line: str) -> str:
    """A statement as a row of CSV, from its line of N-Triples: a store's own form, in which only quotes and controls are escaped."""
    subject, predicate, rest = line.split(" ", 2)
    value, quote, kind = rest.removesuffix(" .").rpartition('"')
    text = str(*harmless((_unescaped(value[1:]) if quote else kind[1:-1] if kind[0] == "<" else kind,)))
    language = kind[1:] if kind.startswith("@") else ""
    return f"{_cell(subject[1:-1])},{predicate[1:-1]},{_cell(text)},{language}\r\n"


def _unescaped(text: str) -> str:
    return _ESCAPE.sub(lambda found: _ESCAPED.get(found[1]) or chr(int(found[1][1:], 16)), text) if "\\" in text else text


def _cell(text: str) -> str:
    return '"{}"'.format(text.replace('"', '""')) if _QUOTED.search(text) else text


def _save_graph(graph: Graph, path: Path) -> None:
    """Writes the whole as gzipped N-Quads: a block of sorted lines a graph, one in memory at a time."""
    path.parent.mkdir(parents=True, exist_ok=True)
    names = sorted((name for name in graph.store.named_graphs() if isinstance(name, ox.NamedNode)), key=lambda name: name.value)
    with path.open("wb") as file, gzip.GzipFile("", "wb", 6, file, mtime=0) as packed:
        graphs: tuple[ox.NamedNode | ox.DefaultGraph, ...] = (ox.DefaultGraph(), *names)
        for name in graphs:
            triples = graph.store.dump(format=ox.RdfFormat.N_TRIPLES, from_graph=name) or b""
            end = b" .\n" if isinstance(name, ox.DefaultGraph) else f" {name} .\n".encode()
            packed.writelines(line.removesuffix(b" .") + end for line in sorted(triples.splitlines()))


def _answers(known: Answers) -> Iterator[tuple[str, str]]:
    for query in catalogue.queries():
        answer = known.of(query.name)
        yield f"answers/{query.name}.csv", _csv(answer.columns, answer.rows)


def _csv(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(columns)
    writer.writerows(map(harmless, rows))
    return text.getvalue()


def _catalogue(graph: Graph, names: list[str]) -> str:
    """The files as a DCAT catalogue (https://www.w3.org/TR/vocab-dcat-3/), with addresses from its own."""
    files = [
        {
            "@type": "Distribution",
            "title": name,
            "downloadURL": {"@id": name},
            "mediaType": DataFile(name, 0).media,
        }
        for name in names
    ]
    told = {
        "@context": {"@vocab": "http://www.w3.org/ns/dcat#", "title": "http://purl.org/dc/terms/title", "dct": "http://purl.org/dc/terms/"},
        "@id": graph.base,
        "@type": "Dataset",
        "title": [
            {"@language": "vi", "@value": "Căn Cứ: kế hoạch của các tỉnh và căn cứ pháp lý của chúng"},
            {"@language": "en", "@value": "Căn Cứ: provincial plans and their legal bases"},
        ],
        "dct:license": {"@id": _CC0},
        "dct:conformsTo": {"@id": ONTOLOGY},
        "version": __version__,
        "distribution": files,
    }
    return json.dumps(told, ensure_ascii=False, indent=1) + "\n"


def _save(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
