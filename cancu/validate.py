"""Validation: a plan's graph against the SHACL shapes, and what they find in the documents.

A Violation is an error of ours. A Warning or Info is a fault in the document, and becomes a `cancu:Finding`. One plan is
checked at a time, with the part of the registry that it reaches, on an rdflib graph in memory: time and memory stay flat.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import cache

import pyoxigraph as ox
import pyshacl
from rdflib import RDFS, SKOS, BNode, Graph, Literal, Namespace, URIRef
from rdflib.term import Node

from cancu import resources
from cancu.iris import ONTOLOGY, SCHEME, Iris, slug
from cancu.quads import RDF_TYPE, RDFS_LABEL, Quad, iri, prop, text

_CANCU = Namespace(ONTOLOGY)
_SH = Namespace("http://www.w3.org/ns/shacl#")
_SUBJECT = URIRef("http://purl.org/dc/terms/subject")
_FIGURE = re.compile(r"(?<![\w/.-])\d{5,}(?![\w/-])")
_BATCH = 64  # plans handed to the pool at once, so that the queue stays small however many there are


@dataclass(frozen=True, slots=True)
class Result:
    """One thing that a shape says of a plan. `about` is the node that it concerns, `lines` are those of its evidence.

    `severity` is Violation, Warning or Info; `shape` is the IRI of the node shape; `kind` is a notation of the scheme finding-kind.
    """

    severity: str
    shape: str
    plan: str
    plan_slug: str
    focus: str
    about: str
    path: str | None
    value: str | None
    message_vi: str
    message_en: str
    kind: str
    evidence: str | None
    lines: tuple[int, int] | None
    source_file: str | None

    def __str__(self) -> str:
        where = (
            f"{self.source_file or self.plan_slug}:{'-'.join(map(str, self.lines))}" if self.lines else self.source_file or self.plan_slug
        )
        what = f" ({self.value})" if self.value and self.value != self.about else ""
        return f"{where}: {self.severity} of {self.shape}: <{self.about}>: {self.message_en}{what}"


# ---------------------------------------------------------------- graphs


@cache
def shapes() -> Graph:
    """All shapes of `shapes/`, parsed once a process."""
    graph = Graph()
    for path in sorted(resources.SHAPES.rglob("*.ttl")):
        graph.parse(path, format="turtle")
    return graph


@cache
def _background() -> tuple[tuple[Node, Node, Node], ...]:
    """What shapes need of the vocabulary: which class is below which, and the concepts with their schemes and labels."""
    graph = Graph()
    for path in sorted(resources.ONTOLOGY.rglob("*.ttl")):
        graph.parse(path, format="turtle")
    needed = {SKOS.inScheme, SKOS.notation, SKOS.prefLabel, SKOS.broader}
    below = [(s, p, o) for s, p, o in graph.triples((None, RDFS.subClassOf, None)) if isinstance(s, URIRef) and o in _CANCU]
    return (*below, *((s, p, o) for s, p, o in graph if p in needed))


def _term(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple) -> Node:
    if isinstance(term, ox.NamedNode):
        return URIRef(term.value)
    if isinstance(term, ox.Literal):
        if term.language:
            return Literal(term.value, lang=term.language)
        plain = term.datatype.value == "http://www.w3.org/2001/XMLSchema#string"
        return Literal(term.value) if plain else Literal(term.value, datatype=URIRef(term.datatype.value))
    return BNode(str(term))


def graph_of(lines: Iterable[str]) -> Graph:
    """Lines of N-Quads as one rdflib graph; the names of their graphs are dropped. Raises SyntaxError for a line that is none."""
    graph = Graph()
    for quad in ox.parse("\n".join(lines), format=ox.RdfFormat.N_QUADS):
        graph.add((_term(quad.subject), _term(quad.predicate), _term(quad.object)))
    return graph


# ---------------------------------------------------------------- one plan


def validate_plan(data: Graph | Iterable[str]) -> tuple[Result, ...]:
    """What the shapes say of one plan: its graph and the part of the registry that it reaches, as a graph or as lines of N-Quads.

    Results are sorted. The graph given is not changed.
    """
    graph = Graph()
    graph += data if isinstance(data, Graph) else graph_of(data)
    known = shapes()
    for triple in _background():
        graph.add(triple)
    _, report, _ = pyshacl.validate(graph, shacl_graph=known, inference="none", do_owl_imports=False)
    if not isinstance(report, Graph):
        raise TypeError(f"pySHACL gave no report but {report!r}")
    found = [_result(report, node, graph, known) for node in report.objects(None, _SH.result)]
    return tuple(sorted(set(found), key=lambda result: (result.severity != "Violation", result.shape, result.about, result.message_en)))


def _result(report: Graph, node: Node, graph: Graph, known: Graph) -> Result:
    focus, value, path = (report.value(node, p) for p in (_SH.focusNode, _SH.value, _SH.resultPath))
    source = report.value(node, _SH.sourceShape)
    shape = source if isinstance(source, URIRef) else known.value(None, _SH.property, source)
    severity = str(report.value(node, _SH.resultSeverity)).rsplit("#", 1)[-1]
    about = value if severity != "Violation" and isinstance(value, URIRef) else focus
    plan = graph.value(about, _CANCU.inPlan) or graph.value(None, _CANCU.statedIn)
    file = graph.value(plan, _CANCU.statedIn)
    evidence = graph.value(about, _CANCU.evidence)
    first, last = graph.value(evidence, _CANCU.firstLine), graph.value(evidence, _CANCU.lastLine)
    name = graph.value(file, _CANCU.fileName)
    subject = known.value(shape, _SUBJECT)
    return Result(
        severity=severity,
        shape=str(shape),
        plan=str(plan or ""),
        plan_slug=str(file or "").rsplit("/", 1)[-1],
        focus=str(focus),
        about=str(about),
        path=str(path) if isinstance(path, URIRef) else None,
        value=None if value is None else str(value),
        message_vi=_message(report, node, "vi"),
        message_en=_message(report, node, "en"),
        kind=str(subject).rsplit("/", 1)[-1] if subject else "other",
        evidence=str(evidence) if evidence else None,
        lines=(int(str(first)), int(str(last))) if first and last else None,
        source_file=str(name) if name else None,
    )


def _message(report: Graph, node: Node, language: str) -> str:
    """The result's message in a language, else in any; figures of five digits and more are grouped by thousands."""
    messages = [found for found in report.objects(node, _SH.resultMessage) if isinstance(found, Literal)]
    chosen = min((found for found in messages if found.language == language), default=min(messages, default=Literal("")))
    mark = "." if language == "vi" else ","
    return _FIGURE.sub(lambda match: f"{int(match[0]):,}".replace(",", mark), str(chosen))


# ---------------------------------------------------------------- many plans


def reach(plan: Iterable[Quad], registry: dict[str, list[Quad]]) -> Iterator[Quad]:
    """What the registry, indexed by subject, says of the things that `plan` names, and of what those name in turn."""
    waiting = {part for quad in plan for part in (quad.subject, quad.object) if part in registry}
    seen: set[str] = set()
    while waiting:
        subject = waiting.pop()
        seen.add(subject)
        for quad in registry[subject]:
            yield quad
            if quad.object in registry and quad.object not in seen:
                waiting.add(quad.object)


def validate_many(plans: Sequence[tuple[str, Sequence[Quad]]], shared: Iterable[Quad], workers: int = 2) -> tuple[tuple[Result, ...], ...]:
    """The results of each plan, in the order given. `plans` pairs a graph's name with its quads; `shared` holds the registry's quads, and may hold others."""
    registry: dict[str, list[Quad]] = {}
    for quad in shared:
        if quad.graph.endswith("graph/registry>"):
            registry.setdefault(quad.subject, []).append(quad)

    def lines(plan: Sequence[Quad]) -> list[str]:
        return sorted({str(quad) for quad in (*plan, *reach(plan, registry))})

    if len(plans) < 2 or workers < 2:
        return tuple(validate_plan(lines(plan)) for _, plan in plans)
    outcomes: list[tuple[Result, ...]] = []
    with ProcessPoolExecutor(workers) as pool:
        for start in range(0, len(plans), _BATCH):
            outcomes += pool.map(validate_plan, [lines(plan) for _, plan in plans[start : start + _BATCH]])
    return tuple(outcomes)


# ---------------------------------------------------------------- findings


def finding_quads(results: Iterable[Result], iris: Iris) -> Iterator[Quad]:
    """Warnings and Infos as `cancu:Finding`, in the findings graph. The IRI is made of the plan, the shape, and what it is about."""
    graph = iri(iris.graph("findings"))
    taken: set[str] = set()
    for result in sorted({result for result in results if result.severity != "Violation"}, key=str):
        rule = re.sub(r"(?<!^)(?=[A-Z])", "-", result.shape.rsplit("#", 1)[-1]).lower()
        tail = "" if result.about == result.plan else f"-{slug(result.about.rsplit('/', 1)[-1])}"
        names = (f"{rule}{tail}{'' if i == 1 else f'-{i}'}" for i in range(1, 10_000))
        node = next(found for found in (iris.of_plan("finding", result.plan_slug, name) for name in names) if found not in taken)
        taken.add(node)
        subject = iri(node)
        pairs = [
            (RDF_TYPE, prop("Finding")),
            (RDFS_LABEL, text(result.message_vi, "vi")),
            (RDFS_LABEL, text(result.message_en, "en")),
            (prop("inPlan"), iri(result.plan)),
            (prop("findingKind"), iri(f"{SCHEME}finding-kind/{result.kind}")),
            (prop("detail"), text(result.message_vi, "vi")),
            (prop("detail"), text(result.message_en, "en")),
            (prop("severity"), iri(f"{_SH}{result.severity}")),
            (prop("aboutNode"), iri(result.about)),
            (prop("detectedBy"), iri(result.shape)),
        ]
        if result.evidence:
            pairs.append((prop("evidence"), iri(result.evidence)))
        yield from (Quad(subject, predicate, value, graph) for predicate, value in pairs)
