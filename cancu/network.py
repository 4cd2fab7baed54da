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
    """Every node has kind and label, documents a date; every edge has the property's name as its key and relation."""
    found: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    rows = graph.query(
        "SELECT DISTINCT ?from ?p ?to { { ?from ?p ?to FILTER(ISIRI(?to)) }"
        " UNION { ?entry cancu:entryOf ?from ; ?p ?to FILTER(ISIRI(?to)) } } ORDER BY ?from ?p ?to"
    )
    for start, relation, end in rows:
        one, other, name = str(start), str(end), str(relation).removeprefix(ONTOLOGY)
        if str(relation).startswith(ONTOLOGY) and name not in _OF_ROWS and _kind(graph, one) and _kind(graph, other):
            for iri in (one, other):
                if iri not in found:
                    found.add_node(iri, **_attributes(graph, iri))
            found.add_edge(one, other, key=name, relation=name)
    for one, other in [(one, other) for one, other, name in found.edges(keys=True) if name in _FUNCTIONS]:
        for said in ("hasLegalBasis", "cites"):
            if found.has_edge(one, other, said):
                found.remove_edge(one, other, said)
    return found


def _kind(graph: Graph, iri: str) -> str:
    return _KINDS.get(iri.removeprefix(graph.base).partition("/")[0], "") if iri.startswith(graph.base) else ""


def _attributes(graph: Graph, iri: str) -> dict[str, str]:
    """The attributes of a node, as GraphML takes them: text."""
    told = {"kind": _kind(graph, iri), "label": graph.value(iri, "rdfs:label") or iri.rpartition("/")[2]}
    if date := graph.value(iri, "dateIssued"):
        told["date"] = date
    return told
