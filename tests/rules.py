"""The rules of inference as any store runs them: SPARQL updates, one after the other until none adds a triple."""

from __future__ import annotations

import pyoxigraph as ox

from cancu import resources

RULES = tuple(path.read_text("utf-8") for path in sorted((resources.ONTOLOGY / "rules").glob("*.rq")))


def run(store: ox.Store, graph_iri: str) -> None:
    """Fills the named graph anew with what follows from all others."""
    graph = ox.NamedNode(graph_iri)
    store.clear_graph(graph)
    before = -1
    while len(store) != before:
        before = len(store)
        for rule in RULES:
            store.update(rule, base_iri=graph_iri)
