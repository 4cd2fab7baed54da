"""What can be taken away: the whole graph, the answers to all questions, tables with their schema, and each thing's own statements."""

from __future__ import annotations

import csv
import gzip
import io
import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import chain
from pathlib import Path

import pyoxigraph as ox

from cancu import __version__, catalogue
from cancu.graph import Graph
from cancu.iris import ONTOLOGY
from cancu.quads import prop
from cancu.table import harmless
from cancu.website import tables
from cancu.website.answers import Answers
from cancu.website.facts import Facts
from cancu.website.forms import Forms
from cancu.website.gathering import Known
from cancu.website.site import Site
from cancu.website.statements import Statements
from cancu.website.words import Words
from cancu.workplace import shared

_OWN = frozenset(map(prop, ("hasEntry", "hasAllocation", "evidence", "budgetLine", "budgetEvidence")))  # what a thing is told together with
_MEDIA = {
    "nq.gz": "application/n-quads",
    "csv": "text/csv",
    "json": "application/csvm+json",
    "jsonld": "application/ld+json",
}
_CC0 = "https://creativecommons.org/publicdomain/zero/1.0/"


Written = tuple[str, bool]  # the name of a file, and whether it lies in an earlier site and was not written


@dataclass(frozen=True, slots=True)
class DataFile:
    """A file to take away: its name under `data/`, its size in bytes, and whether it lies in the site already."""

    name: str
    size: int
    lies: bool = False

    @property
    def media(self) -> str:
        """Its media type."""
        return next(media for ending, media in _MEDIA.items() if self.name.endswith(f".{ending}"))


def write(
    known: Answers,
    tabled: Sequence[Written],
    out: Path,
    packed: Path | None = None,
    last: Path | None = None,
    answers: Mapping[str, bytes] | None = None,
) -> tuple[DataFile, ...]:
    """Writes what concerns the whole into the folder `out`, and tells the files. `packed` has the graph as gzipped N-Quads already.

    `tabled` are the tables, which are there, see `tables_of`. `last` is an earlier site's folder of such files, and `answers` are those
    that it gave: a file that lies there as it would be is not written.
    """
    names, lying = ["graph.nq.gz"], set[str]()
    if packed:
        out.mkdir(parents=True, exist_ok=True)
        shared(packed, out / names[0])
    else:
        _save_graph(known.graph, out / names[0])
    for name, lies in (*_put(_answers(known, last, answers or {}), out), *tabled):
        if lies:
            lying.add(name)
        names.append(name)
    _save(out / "catalog.jsonld", _catalogue(known.graph, names).encode())
    return tuple(
        DataFile(name, ((last if last and name in lying else out) / name).stat().st_size, name in lying)
        for name in (*names, "catalog.jsonld")
    )


def tables_of(stated: Facts, out: Path, before: Known | None = None, last: Path | None = None) -> list[Written]:
    """Writes the facts as tables into `out`; `before` and `last` are the facts of an earlier site and its folder, see `tables.files`."""
    return list(_put(tables.files(stated, before, last / tables.FOLDER if last else None), out))


def _put(files: Iterable[tuple[str, bytes | None]], out: Path) -> Iterator[Written]:
    """Writes files by their bytes; those without any lie where they are."""
    for name, text in files:
        if text is not None:
            _save(out / name, text)
        yield name, text is None


def folder(family: str, key: str) -> str:
    """Where the files about a thing lie under `data/`, without their ending: ('project', 'x/y') → 'projects/x/y'."""
    return f"{family}s/{key}"


def things(told: Statements, stated: Facts) -> Iterator[tuple[str, str, Callable[[], list[tuple[str, bytes]]]]]:
    """What is stated of each document, plan and project, with its IRI and the first of its files: Turtle, JSON-LD, and CSV.

    The files are made when they are wanted, best one after the other: a plan's come before those of its projects, which have much of the
    same; CSV has a row a statement.
    """
    site, forms = Site(stated, Words("vi")), Forms()
    projects: dict[str, list[str]] = defaultdict(list)
    for project in stated.projects:
        projects[told.plan(project)].append(project)
    for document in stated.documents.values():
        key = site.plan_key(document) if document.read else ""
        if key:
            yield document.iri, f"{folder('plan', key)}.ttl", partial(_plan, told, forms, key)
        else:
            name = folder("document", site.key(document.iri))
            yield document.iri, f"{name}.ttl", partial(_thing, told, forms, name, document.iri)
        for project in projects.pop(key, ()) if key else ():
            name = folder("project", site.key(project))
            yield project, f"{name}.ttl", partial(_thing, told, forms, name, project)
    for project in chain.from_iterable(projects.values()):  # of plans that are told of in no graph of their own
        name = folder("project", site.key(project))
        yield project, f"{name}.ttl", partial(_thing, told, forms, name, project)


def _thing(told: Statements, forms: Forms, name: str, iri: str) -> list[tuple[str, bytes]]:
    return _files(forms, name, sorted(_about(told, iri)))


def _plan(told: Statements, forms: Forms, key: str) -> list[tuple[str, bytes]]:
    return _files(forms, folder("plan", key), sorted(told.in_graph(f"{told.base}graph/plan/{key}")))


def _about(told: Statements, iri: str) -> set[str]:
    """The statements about a thing and what belongs to it, whichever graph they stand in."""
    found: set[str] = set()
    waiting, done = [iri], set()
    while waiting:
        here = waiting.pop()
        if here in done:
            continue
        done.add(here)
        for line in told.of(here):
            found.add(line)
            _, predicate, value = line.split(" ", 2)
            if predicate in _OWN and value[0] == "<":
                waiting.append(value[1:-1])
    return found


def _files(forms: Forms, name: str, lines: Sequence[str]) -> list[tuple[str, bytes]]:
    return [(f"{name}.{ending}", content) for ending, content in forms.files(lines)]


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


def _answers(known: Answers, last: Path | None, before: Mapping[str, bytes]) -> Iterator[tuple[str, bytes | None]]:
    """The answers as CSV; None for those that are as they were before, where the file lies in the folder `last`."""
    for query in catalogue.queries():
        name, answer = f"answers/{query.name}.csv", known.of(query.name)
        same = last and before.get(query.name) == known.told(query.name) and (last / name).is_file()
        yield name, None if same else _csv(answer.columns, answer.rows).encode()


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
