"""Inference: what follows from the ontology, in a graph of its own.

The rules of OWL 2 RL that the ontology needs are SPARQL updates in `ontology/rules/`; they are run one after the other
until none adds a triple. https://www.w3.org/TR/owl2-profiles/#Reasoning_in_OWL_2_RL_and_RDF_Graphs_using_Rules
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from itertools import groupby
from pathlib import Path

import pyoxigraph as ox

from cancu import resources


@cache
def rules(folder: Path = resources.ONTOLOGY / "rules") -> tuple[str, ...]:
    """The SPARQL updates of the folder's `*.rq`, in the order of their names. Their base IRI is the graph of inferred triples."""
    return tuple(path.read_text("utf-8") for path in sorted(folder.glob("*.rq")))


def follow(store: ox.Store, graph_iri: str) -> list[str]:
    """What follows from all other graphs of the store, as sorted triples without the full stop; the store then has it too."""
    infer(store, graph_iri)
    return sorted(str(quad.triple) for quad in store.quads_for_pattern(None, None, None, ox.NamedNode(graph_iri)))


def infer(store: ox.Store, graph_iri: str) -> int:
    """Fills the named graph `graph_iri` with what follows from all other graphs of the store; returns how many triples.

    What the graph held before is dropped, so that it is a function of the asserted graphs alone; no triple of theirs is repeated in it.
    """
    graph = ox.NamedNode(graph_iri)
    store.clear_graph(graph)
    size = 0
    for _, stratum in groupby(sorted(rules(), key=_of_classes), _of_classes):
        size = _to_the_end(store, graph, tuple(stratum), size)
    return size


def _of_classes(rule: str) -> bool:
    """Whether a rule concludes what a thing is. No rule asks for that to conclude a property, so such rules come after the others."""
    return "INSERT { GRAPH <> { ?thing rdf:type ?class } }" in rule


def _to_the_end(store: ox.Store, graph: ox.NamedNode, stratum: Sequence[str], size: int) -> int:
    """Runs the rules one after the other until none adds to the graph, which has `size` triples; returns how many it has then."""
    before = -1
    while size != before:
        for rule in stratum:
            store.update(rule, base_iri=graph.value)
        size, before = sum(1 for _ in store.quads_for_pattern(None, None, None, graph)), size
    return size
