"""The documents that a project rests on, as a small directed graph fetched from the project outwards, and the paths in it."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass
from importlib import import_module
from itertools import islice
from typing import TYPE_CHECKING, Literal

import pyoxigraph as ox

from cancu.asking import PREFIXES
from cancu.graph import Graph
from cancu.iris import ONTOLOGY

if TYPE_CHECKING:
    import networkx as nx

Force = Literal["yes", "no", "unknown"]

_FORWARD = ("hasSubstantiveBasis", "implements", "details", "hasLegalBasis", "hasProceduralBasis", "hasCompetenceBasis")
_BACKWARD = ("promulgates", "approves")
# each starts from the documents: a relation may stand in the graphs of many plans, and is wanted once
_BASES = f"""SELECT DISTINCT ?x ?there ?relation {{
  VALUES ?x {{ UNDEF }}
  {{ VALUES ?relation {{ {" ".join(f"cancu:{name}" for name in _FORWARD)} }} ?x ?relation ?there }}
  UNION {{ VALUES ?relation {{ {" ".join(f"cancu:{name}" for name in _BACKWARD)} }} ?there ?relation ?x }}
}}"""
_SUBJECT, _RELATION, _OBJECT = (ox.NamedNode(f"{ONTOLOGY}relation{name}") for name in ("Subject", "Predicate", "Object"))
_FUNCTIONS = frozenset({"hasSubstantiveBasis", "hasProceduralBasis", "hasCompetenceBasis"})
_MAX_STEPS, _MAX_PATHS = 7, 2_000


@dataclass(frozen=True, slots=True)
class Lines:
    """Where a file says so: its name, first and last line."""

    file: str
    first: int
    last: int

    def __str__(self) -> str:
        return f"{self.file} {self.first}-{self.last}"


@dataclass(frozen=True, slots=True)
class Node:
    """A project, plan or document on a path."""

    iri: str
    label: str
    title: str | None = None
    date: str | None = None


@dataclass(frozen=True, slots=True)
class Hop:
    """One step: `subject` has `object` as its basis, by `relation` (a property; promulgates and approves are read backwards).

    From a project to its plan it is plannedIn, from a plan to a project of it `plans`, which is plannedIn read backwards.

    `order` is the place among the plan's bases. `lines` say so in a document; `source` tells why the registry does. A
    hop with neither is inferred.
    """

    subject: Node
    relation: str
    object: Node
    order: int | None
    lines: Lines | None
    source: str | None


@dataclass(frozen=True, slots=True)
class InForce:
    """Whether a document was in force on a day, and why that is the answer. Never yes without the registry's word."""

    answer: Force
    on: str | None
    vi: str
    en: str


def node(graph: Graph, iri: str, homes: tuple[str, ...] = ()) -> Node:
    """What is shown of a thing. With `homes`, as one graph has it, those first; else as all graphs together do."""
    for home in homes:
        told = graph.about(iri, home)
        if label := told.get(PREFIXES["rdfs"] + "label"):
            return Node(iri, label, told.get(f"{ONTOLOGY}title"), told.get(f"{ONTOLOGY}dateIssued"))
    # of the many plans that may cite it, itself first
    own = (graph.graph_of(iri, "statedIn") or graph.graph_of(iri, "rdfs:label")) if homes else None
    # a plan that others cite has their shorter labels beside its own, which names the province too
    labels = (graph.value(iri, "rdfs:label", own) or iri,) if own else graph.objects(iri, "rdfs:label")
    label = max(labels, key=lambda text: (len(text), text), default=iri)
    return Node(iri, label, graph.value(iri, "title", own), graph.value(iri, "dateIssued", own))


def lines_of(graph: Graph, thing: str) -> Lines | None:
    """The first of the places that state a thing."""
    found = []
    for place in graph.objects(thing, "evidence"):
        first, last, source = graph.value(place, "firstLine"), graph.value(place, "lastLine"), graph.value(place, "inSource")
        if first and last and source:
            found.append(Lines(graph.value(source, "fileName") or source, int(first), int(last)))
    return min(found, key=lambda lines: (lines.file, lines.first, lines.last), default=None)


def _above(graph: Graph, documents: Iterable[str]) -> Iterator[tuple[str, str, str]]:
    """What documents rest on, directly or through others, as (lower, upper, relation): from a build's tables, else step by step."""
    if graph.built_rows:
        yield from graph.built_rows.above(documents)
        return
    done: set[str] = set()
    waiting = set(documents)
    while waiting:
        found = graph.each(_BASES, sorted(waiting))
        done |= waiting
        waiting = {str(upper) for told in found.values() for upper, _ in told} - done
        yield from ((lower, str(upper), str(relation).rpartition("#")[2]) for lower, told in found.items() for upper, relation in told)


def _telling(names: Container[str], *, competence: bool) -> tuple[str, ...]:
    """The relations that say why one document rests on another, the most telling first; one with a function needs no word of its kind."""
    told = [name for name in (*_FORWARD, *_BACKWARD) if name in names and (competence or name != "hasCompetenceBasis")]
    functional = any(name in names for name in _FUNCTIONS)
    return tuple(name for name in told if name != "hasLegalBasis" or not functional)


def neighbourhood(graph: Graph, start: str, *, competence: bool, rows: bool = False) -> nx.DiGraph[str]:
    """The start (a project, a plan or any document) and all that it rests on; an edge's `relations` say how, the most telling first.

    With `rows`, a plan leads to the projects whose rows name a document, too.
    """
    found: nx.DiGraph[str] = import_module("networkx").DiGraph()
    found.add_node(start)
    plans = graph.objects(start, "plannedIn")
    for plan in plans:
        found.add_edge(start, plan, relations=("plannedIn",))
    for project in (start, *(graph.subjects("plannedIn", start) if rows else ())):
        for entry in graph.objects(project, "hasEntry"):
            own = project == start or start in graph.objects(entry, "inPlan")
            for document in graph.objects(entry, "rowBasis") if own else ():
                if document not in (start, *plans):
                    found.add_edge(project, document, relations=("rowBasis",), entry=entry)
                    if project != start:
                        found.add_edge(start, project, relations=("plans",))
    above: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for lower, upper, relation in _above(graph, list(found)):
        above[lower][upper].add(relation)
    queue = deque(found)
    while queue:
        here = queue.popleft()
        for there, names in sorted(above.get(here, {}).items()):
            relations = _telling(names, competence=competence)
            if relations and there not in (here, start):
                if there not in found:
                    queue.append(there)
                found.add_edge(here, there, relations=relations)
    return found


def simple_paths(found: nx.DiGraph[str], start: str, target: str | None = None) -> list[list[str]]:
    """The paths from the start to each document, or to the target alone.

    All of up to 7 steps, at most 2,000, and always a shortest one to each.
    """
    above = {there for there in found.successors(start) if found.edges[start, there]["relations"][0] in ("plannedIn", "plans")}
    targets = {target} if target else set(found) - {start} - above
    networkx = import_module("networkx")
    shortest = networkx.single_source_shortest_path(found, start)
    paths = {tuple(shortest[there]) for there in targets if there in shortest}
    if targets:
        paths |= {tuple(path) for path in islice(networkx.all_simple_paths(found, start, targets, cutoff=_MAX_STEPS), _MAX_PATHS)}
    return [list(path) for path in sorted(paths)]


class Hops:
    """Makes hops, with what each plan's citations say read once. `homes` are the graphs to look into first, such as the plan's own."""

    def __init__(self, graph: Graph, homes: tuple[str, ...] = ()) -> None:
        self._graph, self._homes = graph, homes
        self._nodes: dict[str, Node] = {}
        self._cited: dict[str, dict[str, tuple[int, str]]] = {}

    def node(self, iri: str) -> Node:
        """The node of an IRI."""
        if iri not in self._nodes:
            registry = f"{self._graph.base}graph/registry"
            homes = tuple(home for home in self._homes if home != registry or iri in self._graph.registered)
            self._nodes[iri] = node(self._graph, iri, homes)
        return self._nodes[iri]

    def hop(self, subject: str, relation: str, other: str, entry: str | None = None) -> Hop:
        """The step between two nodes that an edge of the neighbourhood stands for."""
        order, lines, source = None, None, None
        if relation == "rowBasis" and entry:
            lines = lines_of(self._graph, entry)
        elif relation in ("plannedIn", "plans"):
            project, plan = (subject, other) if relation == "plannedIn" else (other, subject)
            rows = [row for row in self._graph.objects(project, "hasEntry") if plan in self._graph.objects(row, "inPlan")]
            places = (place for row in rows if (place := lines_of(self._graph, row)))
            lines = min(places, key=lambda place: (place.first, place.last), default=None)
        else:
            order, lines = self._stated(subject, relation, other)
            source = None if lines else self._graph.value(other if relation in _BACKWARD else subject, "registrySource")
        return Hop(self.node(subject), relation, self.node(other), order, lines, source)

    def _stated(self, subject: str, relation: str, other: str) -> tuple[int | None, Lines | None]:
        if relation.startswith("has"):
            order, citation = self._citations(subject).get(other, (None, None))
            return order, lines_of(self._graph, citation) if citation else None
        ends = (other, subject) if relation in _BACKWARD else (subject, other)
        for home in (*self._homes, None):  # where it stands in none of these, anywhere
            if statement := self._statement(ends[0], relation, ends[1], home):
                return None, lines_of(self._graph, statement)
        order, citation = self._citations(subject).get(other, (None, None))
        return order, lines_of(self._graph, citation) if citation else None

    def _statement(self, subject: str, relation: str, other: str, home: str | None) -> str | None:
        """The first of the nodes that state a relation between two documents, in one graph or in any."""
        store, where = self._graph.store, ox.NamedNode(home) if home else None
        parts = ((_RELATION, ox.NamedNode(ONTOLOGY + relation)), (_OBJECT, ox.NamedNode(other)))
        about = store.quads_for_pattern(None, _SUBJECT, ox.NamedNode(subject), where)
        found = (node.value for node, *_, graph in about if all(ox.Quad(node, *part, graph) in store for part in parts))
        return min(found, default=None)

    def _citations(self, plan: str) -> dict[str, tuple[int, str]]:
        """For each legal basis of a plan its place among them, and the citation that comes first."""
        if plan not in self._cited:
            first: dict[str, tuple[int, str]] = {}
            for citation in self._graph.subjects("citingDocument", plan):
                role = self._graph.value(citation, "citationRole") or ""
                document, order = self._graph.value(citation, "citedDocument"), self._graph.value(citation, "order")
                if role.endswith("/legal-basis") and document and order:
                    first[document] = min(first.get(document, (int(order), citation)), (int(order), citation))
            ranked = sorted(first.items(), key=lambda item: item[1])
            self._cited[plan] = {document: (place, citation) for place, (document, (_, citation)) in enumerate(ranked, 1)}
        return self._cited[plan]


# ---------------------------------------------------------------- in force


def in_force(graph: Graph, document: str, day: str | None) -> InForce:
    """Whether a document was in force on a day (ISO), by the registry: in effect by then, and not replaced by then.

    A document that the registry does not hold, or gives no day of effect for, is unknown.
    """
    if day is None:
        return InForce("unknown", None, "kế hoạch không ghi ngày ký", "the plan states no date")
    if document not in graph.registered:
        return InForce("unknown", day, "sổ đăng ký chưa có văn bản này", "not in the registry")
    return _replaced(graph, document, day) or _in_effect(graph, document, day)


def _since(graph: Graph, document: str) -> str | None:
    return graph.value(document, "effectiveFrom") or graph.value(document, "dateIssued")


def _replaced(graph: Graph, document: str, day: str) -> InForce | None:
    for newer in sorted(graph.subjects("replaces", document)):
        since, name = _since(graph, newer), node(graph, newer).label
        if since is None:
            return InForce("unknown", day, f"bị {name} thay thế, không rõ từ ngày nào", f"replaced by {name}, it is not known when")
        if since <= day:
            return InForce("no", day, f"bị {name} thay thế từ {since}", f"replaced by {name} from {since}")
    return None


def _in_effect(graph: Graph, document: str, day: str) -> InForce:
    effective = graph.value(document, "effectiveFrom")
    if effective is None:
        return InForce("unknown", day, "sổ đăng ký chưa ghi ngày có hiệu lực", "the registry gives no day of effect")
    if effective > day:
        return InForce("no", day, f"đến {effective} mới có hiệu lực", f"takes effect on {effective} only")
    amending = [newer for newer in graph.subjects("amends", document) if (_since(graph, newer) or "9") <= day]
    names = ", ".join(sorted(node(graph, newer).label for newer in amending))
    vi, en = f"có hiệu lực từ {effective}", f"in effect from {effective}"
    return InForce("yes", day, f"{vi}, đã được {names} sửa đổi" if names else vi, f"{en}, amended by {names}" if names else en)
