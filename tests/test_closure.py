"""The vocabulary's hierarchy is closed, and free of contradiction."""

from __future__ import annotations

import owlrl
from rdflib import OWL, RDF, Graph, URIRef

from cancu import closure
from cancu.quads import iri, prop

ERROR = URIRef("http://www.daml.org/2002/03/agents/agent-ont#ErrorMessage")
GRAPH = "https://example.org/inferred"


def test_what_is_far_above_is_said() -> None:
    found = {(quad.subject, quad.object) for quad in closure.quads(GRAPH)}
    assert (prop("Law"), iri("http://data.europa.eu/eli/ontology#LegalResource")) in found
    assert (prop("hasSubstantiveBasis"), prop("cites")) in found


def test_nothing_stated_is_repeated_and_all_lies_in_the_graph() -> None:
    stated = {(str(s), str(p), str(o)) for s, p, o in closure.stated()}
    found = list(closure.quads(GRAPH))
    assert {quad.graph for quad in found} == {iri(GRAPH)}
    assert not stated & {(quad.subject[1:-1], quad.predicate[1:-1], quad.object[1:-1]) for quad in found}


def contradictions(graph: Graph) -> int:
    owlrl.DeductiveClosure(owlrl.OWLRL_Semantics).expand(graph)
    return sum(1 for _ in graph.subjects(RDF.type, ERROR))


def test_owl_2_rl_finds_no_contradiction() -> None:
    assert contradictions(Graph() + closure.stated()) == 0


def test_a_contradiction_would_be_found() -> None:
    graph = Graph()
    first, second, thing = (URIRef(f"urn:{name}") for name in ("first", "second", "thing"))
    graph.add((first, OWL.disjointWith, second))
    graph.add((thing, RDF.type, first))
    graph.add((thing, RDF.type, second))
    assert contradictions(graph) > 0
