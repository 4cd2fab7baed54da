"""The vocabulary's hierarchy is closed, and free of contradiction."""

from __future__ import annotations

import owlrl
from rdflib import OWL, RDF, RDFS, Graph, Literal, URIRef

from cancu import closure, resources
from cancu.iris import ONTOLOGY
from cancu.quads import iri, prop

ERROR = URIRef("http://www.daml.org/2002/03/agents/agent-ont#ErrorMessage")
GRAPH = "https://example.org/inferred"


def test_what_is_far_above_is_said() -> None:
    found = {(quad.subject, quad.object) for quad in closure.quads(GRAPH)}
    assert (prop("Law"), iri("http://data.europa.eu/eli/ontology#LegalResource")) in found
    assert (prop("hasSubstantiveBasis"), prop("cites")) in found


def whole() -> Graph:
    graph = Graph()
    for path in resources.ONTOLOGY.glob("*.ttl"):
        graph.parse(path)
    return graph


def test_it_is_what_all_that_the_vocabulary_states_comes_to_and_nothing_stated_is_repeated() -> None:
    before, closed = whole(), Graph()
    for triple in before:
        if not isinstance(triple[2], Literal):  # words change nothing in the hierarchy, and owlrl compares each with each
            closed.add(triple)
    owlrl.DeductiveClosure(owlrl.RDFS_Semantics).expand(closed)
    expected = {
        (iri(str(lower)), iri(str(predicate)), iri(str(upper)), iri(GRAPH))
        for predicate in (RDFS.subClassOf, RDFS.subPropertyOf)
        for lower, upper in closed.subject_objects(predicate)
        if lower != upper and str(lower).startswith(ONTOLOGY) and isinstance(upper, URIRef) and (lower, predicate, upper) not in before
    }
    assert {tuple(quad) for quad in closure.quads(GRAPH)} == expected != set()


def contradictions(graph: Graph) -> int:
    owlrl.DeductiveClosure(owlrl.OWLRL_Semantics).expand(graph)
    return sum(1 for _ in graph.subjects(RDF.type, ERROR))


def test_owl_2_rl_finds_no_contradiction() -> None:
    assert contradictions(whole()) == 0


def test_a_contradiction_would_be_found() -> None:
    graph = Graph()
    first, second, thing = (URIRef(f"urn:{name}") for name in ("first", "second", "thing"))
    graph.add((first, OWL.disjointWith, second))
    graph.add((thing, RDF.type, first))
    graph.add((thing, RDF.type, second))
    assert contradictions(graph) > 0
