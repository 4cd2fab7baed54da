"""The vocabulary closed by owlrl, once a build: which term is below which, at any distance.

Instances are inferred by the rules of `ontology/rules/`; this is about the terms alone, for queries that ask for a
superclass without a path. The tests close the vocabulary under all of OWL 2 RL, and look for contradictions.
"""

from __future__ import annotations

from collections.abc import Iterator

import owlrl
import pyoxigraph as ox
from rdflib import RDFS, Graph, URIRef

from cancu import resources
from cancu.iris import ONTOLOGY
from cancu.quads import Quad, iri

_HIERARCHY = (RDFS.subClassOf, RDFS.subPropertyOf)


def stated() -> Graph:
    """The hierarchy of the vocabulary as it is written: nothing else of it tells which of its terms is below which."""
    graph = Graph()
    for path in sorted(resources.ONTOLOGY.glob("*.ttl")):
        for quad in ox.parse(path=str(path), format=ox.RdfFormat.TURTLE):
            terms = quad.subject, quad.predicate, quad.object
            lower, predicate, upper = (URIRef(term.value) if isinstance(term, ox.NamedNode) else None for term in terms)
            if lower and upper and predicate in _HIERARCHY:
                graph.add((lower, predicate, upper))
    return graph


def quads(graph_iri: str) -> Iterator[Quad]:
    """What follows of the hierarchy of the vocabulary's terms, in the named graph."""
    before, closed = stated(), stated()
    owlrl.DeductiveClosure(owlrl.RDFS_Semantics).expand(closed)
    for predicate in _HIERARCHY:
        for lower, upper in closed.subject_objects(predicate):
            if lower != upper and str(lower).startswith(ONTOLOGY) and isinstance(upper, URIRef) and (lower, predicate, upper) not in before:
                yield Quad(iri(str(lower)), iri(str(predicate)), iri(str(upper)), iri(graph_iri))
