"""Documents ranked: by what rests on them, and by where they stand in the network of what rests on what.

The network has an edge from a document to each document that it has as a legal basis, implements or details, and from
one to the decision that promulgates or approves it. All measures are of the graph as it is: five plans rank otherwise
than five thousand.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, partial
from typing import cast

import networkx as nx
import pyoxigraph as ox

from cancu.answer import Answer, Language, attributes
from cancu.graph import Graph
from cancu.iris import ONTOLOGY
from cancu.paths import Measures, Node, neighbourhood, node
from cancu.results import text_of
from cancu.table import Cell, Table

_EDGES = """
SELECT DISTINCT ?from ?to {
  { ?from cancu:hasLegalBasis|cancu:implements|cancu:details ?to } UNION { ?to cancu:promulgates|cancu:approves ?from }
  FILTER(?from != ?to)
}
"""
_MONEY = """
SELECT ?project (MAX(COALESCE(?total, ?summed, 0)) AS ?amount) {
  ?project cancu:hasEntry ?entry .
  OPTIONAL { ?entry cancu:totalAmount ?total }
  OPTIONAL {
    SELECT ?entry (MAX(?sum) AS ?summed) {
      SELECT ?entry ?breakdown (SUM(?part) AS ?sum) {
        SELECT DISTINCT ?entry ?breakdown ?allocation ?part {
          ?entry cancu:hasAllocation ?allocation . ?allocation cancu:amount ?part ; cancu:breakdown ?breakdown
        }
      } GROUP BY ?entry ?breakdown
    } GROUP BY ?entry
  }
} GROUP BY ?project
"""
_COLUMNS = "document documentLabel dateIssued plans projects provinces amount pageRank betweenness gates"
_MEASURES = ("plans", "projects", "provinces", "amount", "pagerank", "betweenness", "gates")
METHOD: Mapping[Language, str] = {
    "vi": "plans, projects, provinces, amount: kế hoạch, dự án, tỉnh và số tiền (đồng) dựa vào văn bản, trực tiếp hay qua văn bản khác; "
    "mỗi dự án tính một lần. pageRank (hệ số 0,85): cao khi nhiều văn bản dựa vào nó và không dựa vào gì khác; tổng bằng 1. betweenness "
    "(Brandes): phần đường ngắn nhất giữa hai văn bản đi qua nó. gates: số dự án mà mọi đường tới một luật, hay văn kiện trung ương nào đó "
    "của Đảng, đều qua nó (nút chi phối).",
    "en": "plans, projects, provinces, amount: those, and the dong, that rest on the document, directly or through others; each project "
    "once. pageRank (damping 0.85): high where much rests on it, and on nothing else; sums to 1. betweenness (Brandes): the share of "
    "shortest ways between two documents that lead through it. gates: for how many projects every path to some law, or document of the "
    "Party's central bodies, passes through it (dominators).",
}
_SAMPLE = 256
LAWS = ("Constitution", "Code", "Law", "Ordinance")  # classes
_PARTY = ("bo-chinh-tri", "ban-bi-thu", "ban-chap-hanh-trung-uong")


@dataclass(frozen=True, slots=True)
class Group:
    """Projects with the same plans (each with its province, '' for none) and the same documents that justify them directly; their money."""

    plans: frozenset[tuple[str, str]]
    bases: frozenset[str]
    projects: int
    amount: int


@dataclass(frozen=True, slots=True)
class Ranked:
    """A document and its measures. `amount` is in dong; see `rank` for how each is made."""

    document: Node
    plans: int
    projects: int
    provinces: int
    amount: int
    pagerank: float
    betweenness: float
    gates: int


@dataclass(frozen=True, slots=True, repr=False)
class Ranking(Answer):
    """The documents of a graph, those that most plans and projects rest on first."""

    rows: tuple[Ranked, ...]
    network: tuple[tuple[str, str], ...] = ()

    def table(self) -> Table:
        """One row a document."""
        return Table(
            tuple(_COLUMNS.split()),
            tuple(
                (
                    one.document.iri, one.document.label, one.document.date, one.plans, one.projects, one.provinces, one.amount,
                    round(one.pagerank, 6), round(one.betweenness, 6), one.gates,
                )
                for one in self.rows
            ),
        )  # fmt: skip

    def text(self, language: Language = "vi") -> str:
        """The table as text, its columns named alike in both languages, and how they are made."""
        return f"{self.table()!r}\n\n{METHOD[language]}"

    def edges(self) -> Iterator[tuple[Node, Node, Mapping[str, Cell]]]:
        """The network of documents: from each to what it rests on directly."""
        nodes = {one.document.iri: one.document for one in self.rows}
        for here, there in self.network:
            yield nodes[here], nodes[there], {"relation": "restsOn"}

    def to_networkx(self) -> nx.DiGraph[str]:
        """The network, each document with its measures."""
        found = Answer.to_networkx(self)  # super() is lost where slots make the class anew
        for one in self.rows:
            found.add_node(one.document.iri, **attributes(one.document), **{name: getattr(one, name) for name in _MEASURES})
        return found

    def _repr_html_(self) -> str:
        return self.table()._repr_html_()

    def by(self, measure: str) -> Ranking:
        """The same, ordered by another measure, the highest first: plans, projects, provinces, amount, pagerank, betweenness or gates."""
        return Ranking(tuple(sorted(self.rows, key=lambda one: (-getattr(one, measure), one.document.iri))), self.network)


@dataclass(frozen=True, slots=True)
class Gate:
    """A document through which every path from a project to some laws and Party documents passes."""

    document: Node
    guards: tuple[Node, ...]


def network(graph: Graph) -> nx.DiGraph[str]:
    """The documents, each with an edge to every document that it rests on directly. Nodes and edges in the order of their IRIs."""
    return network_of((str(here), str(there)) for here, there in graph.query(_EDGES))


def network_of(edges: Iterable[tuple[str, str]]) -> nx.DiGraph[str]:
    """Edges as a network, in the order of their IRIs: with it the last digits of some measures would change."""
    found: nx.DiGraph[str] = nx.DiGraph()
    found.add_edges_from(sorted(edges))
    return found


def rank(graph: Graph) -> Ranking:
    """All documents that projects or documents rest on, with six measures.

    plans, projects, provinces, amount: how many rest on it, directly or through others, as `trace` of the document counts
    them; a project counts once, with the largest sum that one of its rows states.
    pagerank: PageRank (damping 0.85) on the network: the more that rests on a document, and on nothing else, the higher; sums to 1.
    betweenness: the share of shortest ways between two documents that lead through it (Brandes); above 256 documents
    estimated from 256 of them, drawn with a fixed seed.
    gates: for how many projects every path to some law, or document of the Party's central bodies, passes through it
    (dominators, by Cooper, Harvey and Kennedy); see `gates`.
    """
    found, groups = network(graph), _groups(graph)
    documents = set(found).union(*(group.bases for group in groups))
    rows = [Ranked(node(graph, one.document), *one[1:]) for one in measures(found, groups, _tops(graph, documents))]
    return Ranking(
        tuple(sorted(rows, key=lambda one: (-one.plans, -one.projects, -one.amount, -one.pagerank, one.document.iri))), tuple(found.edges)
    )


def measures(found: nx.DiGraph[str], groups: Iterable[Group], tops: frozenset[str]) -> Iterator[Measures]:
    """All documents of a network, or on which projects rest, in the order of their IRIs, with their measures; see `rank`.

    `tops` are the laws and Party documents among them.
    """
    below = _below(found, groups)
    shares = pagerank(found)
    count = len(found)
    between = nx.betweenness_centrality(found, k=_SAMPLE if count > _SAMPLE else None, seed=0) if count else {}
    guarding = _guarding(found, groups, tops)
    for document in sorted(below.keys() | set(found)):
        resting = below.get(document, [])
        plans = {plan for group in resting for plan, _ in group.plans}
        provinces = {place for group in resting for _, place in group.plans if place}
        yield Measures(
            document, len(plans), sum(group.projects for group in resting), len(provinces), sum(group.amount for group in resting),
            shares.get(document, 0.0), between.get(document, 0.0), guarding.get(document, 0),
        )  # fmt: skip


def pagerank(found: nx.DiGraph[str], damping: float = 0.85, rounds: int = 60) -> dict[str, float]:
    """PageRank by plain iteration (networkx' own needs SciPy). Shares sum to 1; what rests on nothing gives its share to all alike."""
    if not found:
        return {}
    count = len(found)
    onward = {here: tuple(found.successors(here)) for here in found}
    shares = dict.fromkeys(found, 1 / count)
    for _ in range(rounds):
        loose = sum(shares[here] for here, others in onward.items() if not others)
        fresh = dict.fromkeys(found, (1 - damping + damping * loose) / count)
        for here, others in onward.items():
            share = damping * shares[here] / len(others) if others else 0.0
            for there in others:
                fresh[there] += share
        shares = fresh
    return shares


def gates(graph: Graph, project: str) -> tuple[Gate, ...]:
    """The documents through which every path from the project to some law or Party document passes, those that guard most first.

    The project's plans are no gates, since nearly every path passes through them, and what a plan cites for procedure or
    competence is no path.
    """
    found, _ = neighbourhood(graph, project, competence=True)
    plans = graph.objects(project, "plannedIn")
    aside = [edge for edge in found.out_edges(plans) if found.edges[edge]["relations"][0] in ("hasProceduralBasis", "hasCompetenceBasis")]
    found.remove_edges_from(aside)
    tops = _tops(graph, found)
    guarded = _guarded(found, project, tops, {project, *plans})
    gated = [Gate(node(graph, gate), tuple(node(graph, top) for top in sorted(guards))) for gate, guards in guarded.items()]
    return tuple(sorted(gated, key=lambda gate: (-len(gate.guards), gate.document.iri)))


# ---------------------------------------------------------------- how


def _groups(graph: Graph) -> tuple[Group, ...]:
    """All projects that something justifies, those that are alike together."""
    money = {str(project): cast(int, amount) for project, amount in graph.query(_MONEY)}
    planned, own, acts = _pairs(graph, "plannedIn"), _pairs(graph, "justifiedBy"), _pairs(graph, "promulgates", "approves")
    enacted: dict[str, set[str]] = defaultdict(set)
    for act, plans in acts.items():
        for plan in plans:
            enacted[plan].add(act)
    places = cache(lambda plan: graph.objects(plan, "jurisdiction") or ("",))
    alike: dict[tuple[frozenset[tuple[str, str]], frozenset[str]], list[str]] = defaultdict(list)
    for project, plans in planned.items():
        bases = frozenset(own.get(project, set()).union(*(enacted.get(plan, ()) for plan in plans)))
        if bases:
            alike[frozenset((plan, place) for plan in plans for place in places(plan)), bases].append(project)
    return tuple(
        Group(plans, bases, len(projects), sum(money.get(project, 0) for project in projects)) for (plans, bases), projects in alike.items()
    )


def _pairs(graph: Graph, *names: str) -> dict[str, set[str]]:
    """Each thing with all that these properties give for it: one pass over each property, in place of a query that joins them all."""
    found: dict[str, set[str]] = defaultdict(set)
    for name in names:
        for quad in graph.store.quads_for_pattern(None, ox.NamedNode(ONTOLOGY + name), None, None):
            found[text_of(quad.subject)].add(text_of(quad.object))
    return found


def _below(found: nx.DiGraph[str], groups: Iterable[Group]) -> dict[str, list[Group]]:
    """For each document the projects that rest on it."""
    above = cache(partial(nx.descendants, found))
    below: dict[str, list[Group]] = defaultdict(list)
    for group in groups:
        for document in group.bases.union(*(above(basis) for basis in group.bases if basis in found)):
            below[document].append(group)
    return below


def _tops(graph: Graph, documents: Iterable[str]) -> frozenset[str]:
    """The laws, and the documents of the Party's central bodies, among the documents."""
    laws = {thing for name in LAWS for thing in graph.subjects("rdf:type", ONTOLOGY + name)}
    party = {document for document in documents if any(map(is_central, graph.objects(document, "issuer")))}
    return frozenset(laws & set(documents) | party)


def is_central(issuer: str) -> bool:
    """Whether an issuer, given by its IRI, is a central body of the Party."""
    return issuer.rsplit("/", 1)[-1] in _PARTY


def _guarded(found: nx.DiGraph[str], start: str, tops: frozenset[str], plain: set[str]) -> dict[str, set[str]]:
    """For each node that dominates tops, seen from the start, those tops. `plain` nodes are left out."""
    reached = nx.descendants(found, start) | {start}
    within: nx.DiGraph[str] = nx.DiGraph(found.out_edges(reached))  # what else leads to a law are edges from all plans there are
    within.add_node(start)
    above = nx.immediate_dominators(within, start)
    guarded: dict[str, set[str]] = defaultdict(set)
    for top in tops & above.keys():
        here = above[top]
        while here not in (start, None):
            if here not in plain:
                guarded[here].add(top)
            here = above[here]
    return guarded


def _guarding(found: nx.DiGraph[str], groups: Iterable[Group], tops: frozenset[str]) -> Counter[str]:
    """For how many projects each document is a gate."""
    alike: Counter[frozenset[str]] = Counter()
    for group in groups:
        alike[group.bases] += group.projects
    counts: Counter[str] = Counter()
    start = ""
    for bases, projects in alike.items():
        found.add_edges_from((start, basis) for basis in bases)
        for gate in _guarded(found, start, tops, {start}):
            counts[gate] += projects
        found.remove_node(start)
    return counts
