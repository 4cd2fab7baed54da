"""The documents that a project rests on, as a small directed graph fetched from the project outwards, and the paths in it."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Container
from dataclasses import dataclass
from importlib import import_module
from itertools import islice
from typing import TYPE_CHECKING, Literal, NamedTuple

from cancu.graph import Graph

if TYPE_CHECKING:
    import networkx as nx

    from cancu.resting import Above

Force = Literal["yes", "no", "unknown"]

_FORWARD = ("hasSubstantiveBasis", "implements", "details", "hasLegalBasis", "hasProceduralBasis", "hasCompetenceBasis")
_BACKWARD = ("promulgates", "approves")
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


class Measures(NamedTuple):
    """A document, by its IRI, and how it stands among those that rest on it; see `cancu.ranking.rank`."""

    document: str
    plans: int
    projects: int
    provinces: int
    amount: int
    pagerank: float
    betweenness: float
    gates: int


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


def node(graph: Graph, iri: str) -> Node:
    """What is shown of a thing. A plan that others cite has their shorter labels beside its own, which names the province too."""
    label = max(graph.objects(iri, "rdfs:label"), key=lambda text: (len(text), text), default=iri)
    return Node(iri, label, graph.value(iri, "title"), graph.value(iri, "dateIssued"))


def lines_of(graph: Graph, thing: str) -> Lines | None:
    """The first of the places that state a thing."""
    found = []
    for place in graph.objects(thing, "evidence"):
        first, last, source = graph.value(place, "firstLine"), graph.value(place, "lastLine"), graph.value(place, "inSource")
        if first and last and source:
            found.append(Lines(graph.value(source, "fileName") or source, int(first), int(last)))
    return min(found, key=lambda lines: (lines.file, lines.first, lines.last), default=None)


def _telling(names: Container[str], *, competence: bool) -> tuple[str, ...]:
    """The relations that say why one document rests on another, the most telling first; one with a function needs no word of its kind."""
    told = [name for name in (*_FORWARD, *_BACKWARD) if name in names and (competence or name != "hasCompetenceBasis")]
    functional = any(name in names for name in _FUNCTIONS)
    return tuple(name for name in told if name != "hasLegalBasis" or not functional)


def neighbourhood(graph: Graph, start: str, *, competence: bool, rows: bool = False) -> tuple[nx.DiGraph[str], Above]:
    """The start (a project, a plan or any document) and all that it rests on; an edge's `relations` say how, the most telling first.

    With `rows`, a plan leads to the projects whose rows name a document, too. The second is what is said of the documents.
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
    homes = filter(None, (graph.graph_of(plan, "statedIn") for plan in (start, *plans)))
    known = graph.rows.above(found, homes)
    above: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for lower, upper, relation in known.ties:
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
    return found, known


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
    """Makes hops between documents, by what is said of them, and between projects and documents."""

    def __init__(self, graph: Graph, above: Above) -> None:
        self._graph, self._above = graph, above
        self._nodes: dict[str, Node] = dict(above.nodes)

    def node(self, iri: str) -> Node:
        """The node of an IRI."""
        if iri not in self._nodes:
            self._nodes[iri] = node(self._graph, iri)
        return self._nodes[iri]

    def in_force(self, document: str, day: str | None) -> InForce:
        """Whether a document was in force on a day (ISO)."""
        return in_force(self._graph, document, day, registered=document in self._above.sources)

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
            said, function = self._above.said, relation.startswith("has")
            found = (None if function else said.get((subject, other, relation))) or said.get((subject, other, ""))
            order, lines = found or (None, None)
            order = order if function else None
            source = None if lines else self._above.sources.get(other if relation in _BACKWARD else subject)
        return Hop(self.node(subject), relation, self.node(other), order, lines, source)


# ---------------------------------------------------------------- in force


def in_force(graph: Graph, document: str, day: str | None, *, registered: bool) -> InForce:
    """Whether a document was in force on a day (ISO), by the registry: in effect by then, and not replaced by then.

    A document that is not registered, or gives no day of effect for, is unknown.
    """
    if day is None:
        return InForce("unknown", None, "kế hoạch không ghi ngày ký", "the plan states no date")
    if not registered:
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
