"""Validation: a plan's graph against the SHACL shapes, and what they find in the documents.

A Violation is an error of ours. A Warning or Info is a fault in the document, and becomes a `cancu:Finding`. One plan is
checked at a time, with the part of the registry that it reaches: time and memory stay flat. pySHACL checks the structure,
on an rdflib graph; the audit is SPARQL on the plan, which Oxigraph answers (the tests hold its answers against pySHACL's).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING

import pyoxigraph as ox

from cancu import resources
from cancu.conformance import Index, Triple, conforms, index
from cancu.constraints import needs, queries
from cancu.iris import ONTOLOGY, SCHEME, Iris, slug
from cancu.quads import RDF_TYPE, RDFS_LABEL, Quad, iri, prop, text

if TYPE_CHECKING:
    from rdflib import Graph

_STATED_IN = ox.NamedNode(f"{ONTOLOGY}statedIn")
_SH = "http://www.w3.org/ns/shacl#"
_SKOS, _SUBCLASS = "http://www.w3.org/2004/02/skos/core#", "http://www.w3.org/2000/01/rdf-schema#subClassOf"
_VARIABLE = re.compile(r"\{[?$](\w+)\}")
_FIGURE = re.compile(r"(?<![\w/.-])\d{5,}(?![\w/-])")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a result stands: the node that it concerns, its plan, and the lines of its evidence where it has some."""

    node: str
    plan: str
    plan_slug: str
    evidence: str | None
    lines: tuple[int, int] | None
    source_file: str | None


@dataclass(frozen=True, slots=True)
class Result:
    """One thing that a shape says of a plan.

    `severity` is Violation, Warning or Info; `shape` is the IRI of the node shape; `kind` is a notation of the scheme finding-kind;
    `stated` is the figure that the document states, `other` the one that was computed or stands elsewhere.
    """

    severity: str
    shape: str
    focus: str
    path: str | None
    value: str | None
    message_vi: str
    message_en: str
    kind: str
    place: Place
    stated: str | None = None
    other: str | None = None

    def __str__(self) -> str:
        place = self.place
        lines = f":{place.lines[0]}-{place.lines[1]}" if place.lines else ""
        what = " ".join(part for part in (self.path, self.value) if part and part != place.node)
        return (
            f"{place.source_file or place.plan_slug}{lines}: {self.severity} of <{self.shape}> at <{place.node}> {what}: {self.message_en}"
        )


# ---------------------------------------------------------------- shapes


@cache
def _background() -> tuple[tuple[Triple, ...], Index]:
    """What shapes need of the vocabulary: which class is below which, and the concepts with their schemes and labels."""
    needed = {f"{_SKOS}{name}" for name in ("inScheme", "notation", "prefLabel", "broader")}
    found = tuple(
        (str(quad.subject), str(quad.predicate), str(quad.object))
        for path in sorted(resources.ONTOLOGY.rglob("*.ttl"))
        for quad in ox.parse(path=str(path), format=ox.RdfFormat.TURTLE)
        if quad.predicate.value in needed or (quad.predicate.value == _SUBCLASS and isinstance(quad.subject, ox.NamedNode))
    )
    return found, index(found)


def open_shapes() -> None:
    """Opens all that plans are validated by, once a process."""
    conforms((), _background()[1])
    for query in queries():
        needs(query)


# ---------------------------------------------------------------- one plan


def validate_plan(data: Iterable[Triple]) -> tuple[Result, ...]:
    """What the shapes say of one plan: its graph and the part of the registry that it reaches, as terms in N-Triples syntax.

    Results are sorted: Violations, then by shape, node and message. Raises SyntaxError for a term that is none.
    """
    triples = dict.fromkeys(data)
    vocabulary, known = _background()
    text = "".join(f"{subject} {predicate} {value} .\n" for subject, predicate, value in (triples | dict.fromkeys(vocabulary)))
    store = ox.Store()
    store.load(text, format=ox.RdfFormat.N_TRIPLES)
    found = set(_audited(store, {term for triple in (*triples, *vocabulary) for term in triple}))
    if not conforms(triples, known):
        found |= set(_broken(text, store))
    return tuple(sorted(found, key=lambda result: (result.severity != "Violation", result.shape, result.place.node, str(result))))


def validate_graph(graph: Graph) -> tuple[Result, ...]:
    """What the shapes say of a plan in a graph of rdflib."""
    return validate_plan(triples_of(graph))


def triples_of(graph: Graph) -> Iterator[Triple]:
    """The triples of a graph of rdflib as terms in N-Triples syntax."""
    for quad in ox.parse(graph.serialize(format="nt"), format=ox.RdfFormat.N_TRIPLES):
        yield str(quad.subject), str(quad.predicate), str(quad.object)


def _broken(triples: str, store: ox.Store) -> Iterator[Result]:
    """What breaks the shapes of the structure."""
    for one in import_module("cancu.violations").violations(triples):  # pySHACL and rdflib take half a second to load, few plans need them
        place = _place(store, one.focus)
        yield Result("Violation", one.shape, str(one.focus), one.path, one.value, one.message_vi, one.message_en, "other", place)


def _audited(store: ox.Store, terms: AbstractSet[str]) -> Iterator[Result]:
    """What the audit finds in the document; a query that needs a term which the store does not have is not asked."""
    plans = {quad.subject.value for quad in store.quads_for_pattern(None, _STATED_IN, None) if isinstance(quad.subject, ox.NamedNode)}
    for query, audits in queries().items():
        if not needs(query) <= terms:
            continue
        solutions = store.query(query)
        if not isinstance(solutions, ox.QuerySolutions):
            raise TypeError(f"the query of {', '.join(audits)} is no SELECT")
        names = [variable.value for variable in solutions.variables]
        for solution in solutions:
            row = {name: solution[name].value for name in names if solution[name] is not None}
            if row.get("this") in plans:
                audit = audits[row.get("shape", min(audits))]
                vi, en = _fill(audit.message_vi, row, "."), _fill(audit.message_en, row, ",")
                place = _place(store, row.get("value", row["this"]), "budgetEvidence" if audit.group == "budget" else "evidence")
                figures = row.get("stated"), row.get("other")
                yield Result(audit.severity, audit.shape, row["this"], None, row.get("value"), vi, en, audit.kind, place, *figures)


def _place(store: ox.Store, node: str | None, by: str = "evidence") -> Place:
    """Where a node stands; `by` is the property that holds the lines of a plan."""

    def of(subject: str | None, name: str) -> str | None:
        """The value of a property of an IRI; the least, where there are several."""
        quads = store.quads_for_pattern(ox.NamedNode(subject), ox.NamedNode(ONTOLOGY + name), None) if subject and ":" in subject else ()
        return min((quad.object.value for quad in quads if isinstance(quad.object, ox.NamedNode | ox.Literal)), default=None)

    plan = node if of(node, "statedIn") else of(node, "inPlan")
    if not plan:
        plans = (quad.subject for quad in store.quads_for_pattern(None, _STATED_IN, None))
        plan = min((one.value for one in plans if isinstance(one, ox.NamedNode)), default=None)
    file, evidence = of(plan, "statedIn"), of(node, "evidence") or of(node, by)
    first, last = of(evidence, "firstLine") or "", of(evidence, "lastLine") or ""
    lines = (int(first), int(last)) if first.isdecimal() and last.isdecimal() else None
    return Place(str(node), plan or "", (file or "").rsplit("/", 1)[-1], evidence, lines, of(file, "fileName"))


def _fill(message: str, row: dict[str, str], mark: str) -> str:
    """The message with its variables filled in; `mark` groups the digits of figures of five and more."""
    filled = _VARIABLE.sub(lambda match: row.get(match[1], ""), message)
    return _FIGURE.sub(lambda match: f"{int(match[0]):,}".replace(",", mark), filled)


# ---------------------------------------------------------------- the part of the registry that a plan reaches


def reach(plan: Iterable[Quad], registry: Mapping[str, Sequence[Quad]]) -> Iterator[Quad]:
    """What the registry says of the things that `plan` names, and of what those name in turn.

    `registry` is made by `registry_index`.
    """
    quads = list(plan)
    waiting = registry.keys() & {quad[0] for quad in quads}.union(quad[2] for quad in quads)
    seen: set[str] = set()
    while waiting:
        thing = waiting.pop()
        seen.add(thing)
        for quad in registry[thing]:
            yield quad
            waiting |= {part for part in (quad.subject, quad.object) if part in registry and part not in seen}


def registry_index(quads: Iterable[Quad]) -> dict[str, list[Quad]]:
    """The registry's quads among these by their subject, and those on what replaces a document by that document too."""
    registry: dict[str, list[Quad]] = {}
    for quad in quads:
        if quad.graph.endswith("graph/registry>"):
            registry.setdefault(quad.subject, []).append(quad)
            if quad.predicate == prop("replaces"):
                registry.setdefault(quad.object, []).append(quad)
    return registry


# ---------------------------------------------------------------- findings


def finding_quads(results: Iterable[Result], iris: Iris) -> Iterator[Quad]:
    """Warnings and Infos as `cancu:Finding`, in the findings graph. The IRI is made of the plan, the shape, and what it is about."""
    graph = iri(iris.graph("findings"))
    taken: set[str] = set()
    for result in sorted({result for result in results if result.severity != "Violation"}, key=str):
        rule = re.sub(r"(?<!^)(?=[A-Z])", "-", result.shape.rsplit("#", 1)[-1]).lower()
        tail = "" if result.place.node == result.place.plan else f"-{slug(result.place.node.rsplit('/', 1)[-1])}"
        names = (f"{rule}{tail}{'' if i == 1 else f'-{i}'}" for i in range(1, 10_000))
        node = next(found for found in (iris.of_plan("finding", result.place.plan_slug, name) for name in names) if found not in taken)
        taken.add(node)
        subject = iri(node)
        pairs = [
            (RDF_TYPE, prop("Finding")),
            (RDFS_LABEL, text(result.message_vi, "vi")),
            (RDFS_LABEL, text(result.message_en, "en")),
            (prop("inPlan"), iri(result.place.plan)),
            (prop("findingKind"), iri(f"{SCHEME}finding-kind/{result.kind}")),
            (prop("detail"), text(result.message_vi, "vi")),
            (prop("detail"), text(result.message_en, "en")),
            (prop("severity"), iri(f"{_SH}{result.severity}")),
            (prop("aboutNode"), iri(result.place.node)),
            (prop("detectedBy"), iri(result.shape)),
        ]
        pairs += [(prop(name), text(value)) for name, value in (("statedFigure", result.stated), ("otherFigure", result.other)) if value]
        if result.place.evidence:
            pairs.append((prop("evidence"), iri(result.place.evidence)))
        yield from (Quad(subject, predicate, value, graph) for predicate, value in pairs)
