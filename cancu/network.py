"""The things of the graph and how they are joined, as a network: for networkx, and as GraphML for Gephi, yEd or Cytoscape.

Nodes are plans, projects, documents, agencies, systems and places, by IRI; edges are the statements between them. Lines, citations,
tables and rows are left out: what joins a project's rows to agencies and documents joins the project.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import networkx as nx

from cancu.iris import ONTOLOGY

if TYPE_CHECKING:
    from cancu.graph import Graph

_KINDS = {
    "doc": "document", "unresolved": "document", "project": "project", "agency": "agency", "system": "system",
    "jurisdiction": "place",
}  # fmt: skip
_OF_ROWS = ("entryOf", "inPlan")  # plannedIn says it of the project
_FUNCTIONS = ("hasSubstantiveBasis", "hasProceduralBasis", "hasCompetenceBasis")  # each is a legal basis too


def network(graph: Graph) -> nx.MultiDiGraph[str]:
    """Every node has kind and label, documents a date; every edge has the property's name as its relation.

    Keys of edges are numbers: they become the ids of GraphML, which have to differ throughout the file.
    """
    found: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for number, (one, name, other) in enumerate(_ties(graph)):
        for iri in (one, other):
            if iri not in found:
                found.add_node(iri, **_attributes(graph, iri))
        found.add_edge(one, other, key=number, relation=name)
    return found


def _ties(graph: Graph) -> list[tuple[str, str, str]]:
    """Each thing, a property's name, and the thing that it gives, in order; less what a more telling one between the two says."""
    rows = graph.query(
        "SELECT DISTINCT ?from ?p ?to { { ?from ?p ?to FILTER(ISIRI(?to)) }"
        " UNION { ?entry cancu:entryOf ?from ; ?p ?to FILTER(ISIRI(?to)) } } ORDER BY ?from ?p ?to"
    )
    ours = [(str(one), str(p).removeprefix(ONTOLOGY), str(other)) for one, p, other in rows if str(p).startswith(ONTOLOGY)]
    ties = [tie for tie in ours if tie[1] not in _OF_ROWS and _kind(graph, tie[0]) and _kind(graph, tie[2])]
    told = {(one, name, other) for one, function, other in ties if function in _FUNCTIONS for name in ("hasLegalBasis", "cites")}
    return [tie for tie in ties if tie not in told]


def _kind(graph: Graph, iri: str) -> str:
    return _KINDS.get(iri.removeprefix(graph.base).partition("/")[0], "") if iri.startswith(graph.base) else ""


def _attributes(graph: Graph, iri: str) -> dict[str, str]:
    """The attributes of a node, as GraphML takes them: text."""
    told = {"kind": _kind(graph, iri), "label": graph.value(iri, "rdfs:label") or iri.rpartition("/")[2]}
    if date := graph.value(iri, "dateIssued"):
        told["date"] = date
    return told
