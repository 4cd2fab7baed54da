"""The files of a build: the graph with its description, the findings, the records, and what was set aside.

The graph is written plan by plan, so that memory does not grow with the plans' statements; what follows and what was found is gathered.
"""

from __future__ import annotations

import csv
import json
import shutil
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import TextIO

import msgspec
import pyoxigraph as ox

from cancu import audit, closure, description, infer, sarif
from cancu.errors import InputError
from cancu.iris import ONTOLOGY, SCHEME, Iris
from cancu.part import Ground, Part, Refusal
from cancu.quads import RDF_TYPE, iri, prop
from cancu.table import harmless

_PREFIXES = {
    "cancu": ONTOLOGY,
    "concept": SCHEME,
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "dct": "http://purl.org/dc/terms/",
    "dcat": "http://www.w3.org/ns/dcat#",
    "void": "http://rdfs.org/ns/void#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "sh": "http://www.w3.org/ns/shacl#",
}
_OURS = prop("")[:-1]


class Common(msgspec.Struct, frozen=True):
    """What is the same for every plan: the base of IRIs, sorted lines of N-Quads by graph, and the triples that follow from them."""

    base: str
    lines: dict[str, list[str]]
    inferred: list[str]


def common(ground: Ground) -> Common:
    """The ground as it is written: with what follows from it, and the vocabulary's hierarchy closed."""
    iris = ground.context.iris
    inferred = set(infer.follow([line for block in ground.lines.values() for line in block], iris.graph("inferred")))
    inferred |= {f"{quad.subject} {quad.predicate} {quad.object}" for quad in closure.quads(iris.graph("inferred"))}
    return Common(iris.base, ground.lines, sorted(inferred))


# ---------------------------------------------------------------- the graph


@dataclass(slots=True)
class Written:
    """What a build's graph holds: the size of each named graph, the members of each class, how many plans, and which were set aside."""

    sizes: dict[str, int] = field(default_factory=dict)
    members: dict[str, set[str]] = field(default_factory=dict)
    plans: int = 0
    inferred: int = 0
    quarantined: set[str] = field(default_factory=set)

    @property
    def quads(self) -> int:
        """How many there are in all."""
        return sum(self.sizes.values())


@dataclass(slots=True)
class _Writer:
    """Writes blocks of lines, and counts them."""

    file: TextIO
    written: Written = field(default_factory=Written)

    def write(self, graph: str, lines: Sequence[str]) -> None:
        """Writes the sorted lines of one graph, or of a part of it."""
        self.file.writelines(f"{line}\n" for line in lines)
        self.written.sizes[graph] = self.written.sizes.get(graph, 0) + len(lines)
        for line in lines:
            if RDF_TYPE in line:
                subject, predicate, kind, _ = line.split(" ", 3)
                if predicate == RDF_TYPE and kind.startswith(_OURS):
                    self.written.members.setdefault(kind, set()).add(subject)


def write(folder: Path, shared: Common, parts: Iterable[tuple[Path, Part]]) -> Written:
    """Writes the graph as N-Quads and TriG, its description and the records; parts that cannot be in it go to `quarantine/`.

    `parts` pairs each part with the file of its record. A graph is a block of sorted lines; plans come in the order given.
    """
    iris, taken = Iris(shared.base), dict[str, Path]()
    findings, inferred, meta = (iri(iris.graph(name)) for name in ("findings", "inferred", "meta"))
    found, follows = set(shared.lines.get(findings, ())), set(shared.inferred)
    (folder / "records").mkdir()
    with (folder / "graph.nq").open("w", encoding="utf-8", newline="\n") as file:
        writer = _Writer(file)
        for graph, lines in shared.lines.items():
            if graph != findings:
                writer.write(graph, lines)
        for path, part in parts:
            if _set_aside(folder, path, part, taken):
                writer.written.quarantined.add(path.stem)
                continue
            for graph, lines in part.lines.items():
                found.update(lines) if graph == findings else writer.write(graph, lines)
            follows.update(part.inferred)
            (folder / "records" / f"{part.name}.json").write_text(part.record, encoding="utf-8")
            writer.written.plans += 1
        writer.write(findings, sorted(found))
        writer.write(inferred, sorted(f"{triple} {inferred} ." for triple in follows))
        writer.written.inferred = len(follows)
        described = sorted(str(quad) for quad in description.quads(writer.written.sizes, writer.written.members, iris))
        writer.write(meta, described)
    _write_others(folder, described)
    return writer.written


def _write_others(folder: Path, described: Sequence[str]) -> None:
    """The graph as TriG, and its description as Turtle, which needs no name of a graph."""
    quads = ox.parse(path=str(folder / "graph.nq"), format=ox.RdfFormat.N_QUADS)
    try:
        ox.serialize(quads, output=str(folder / "graph.trig"), format=ox.RdfFormat.TRIG, prefixes=_PREFIXES)
    except SyntaxError as error:
        raise _no_rdf(error) from error
    triples: Iterator[ox.Triple] = (quad.triple for quad in ox.parse("\n".join(described), format=ox.RdfFormat.N_QUADS))
    ox.serialize(triples, output=str(folder / "void.ttl"), format=ox.RdfFormat.TURTLE, prefixes=_PREFIXES)


def open_store(folder: Path) -> ox.Store:
    """The graph that was written, in a store, by its strict bulk loader. Raises InputError for a term that is no RDF."""
    store = ox.Store()
    try:
        store.bulk_load(path=str(folder / "graph.nq"), format=ox.RdfFormat.N_QUADS)
    except SyntaxError as error:
        raise _no_rdf(error) from error
    return store


def _no_rdf(error: SyntaxError) -> InputError:
    return InputError("graph.nq", f"a loader made a term that is no RDF: {error}", "mend the loader", error.lineno)


# ---------------------------------------------------------------- what is set aside


def refused(part: Part, path: Path, taken: dict[str, Path]) -> tuple[Refusal, ...]:
    """Why the part cannot be taken: what its loaders refused, or that `taken` holds another record of the same plan."""
    first = taken.setdefault(part.graph, path) if part.graph else path
    twin = Refusal(str(path), f"is a record of the same plan as {first}", "keep one of the two", None)
    return part.refusals if first == path else (*part.refusals, twin)


def _set_aside(folder: Path, path: Path, part: Part, taken: dict[str, Path]) -> bool:
    """Puts a part that is refused, or breaks the shapes, into `quarantine/` with a report; whether it did."""
    reasons = [str(refusal.error) for refusal in refused(part, path, taken)] or [str(result) for result in part.violations]
    if not reasons:
        return False
    aside = _unused(folder / "quarantine", path)
    aside.mkdir(parents=True)
    if path.is_file():
        shutil.copyfile(path, aside / path.name)
    (aside / "report.txt").write_text("".join(f"{reason}\n" for reason in reasons), encoding="utf-8")
    return True


def _unused(folder: Path, path: Path) -> Path:
    """A folder of its own for a file: by its name without ending, or whole where that is nothing but dots; files may share a name."""
    name = path.stem if path.stem.strip(".") else f"file-{path.name}"
    tries = (folder / (name if number == 1 else f"{name}-{number}") for number in count(1))
    return next(one for one in tries if not one.exists())


# ---------------------------------------------------------------- findings


def write_findings(found: Sequence[audit.Finding], folder: Path) -> None:
    """Writes the findings as CSV, JSON and SARIF."""
    rows = [finding.row() for finding in found]
    with (folder / "findings.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(map(harmless, [audit.COLUMNS, *rows]))
    table = [dict(zip(audit.COLUMNS, row, strict=True)) for row in rows]
    (folder / "findings.json").write_text(json.dumps({"findings": table}, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    (folder / "findings.sarif").write_text(sarif.dumps(found), encoding="utf-8")
