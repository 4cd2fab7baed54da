"""Each rule of inference by itself: what follows from a statement or two, and nothing else."""

from __future__ import annotations

import pyoxigraph as ox
import pytest

from cancu import infer
from tests.rules import run

_GRAPH = "http://example.org/inferred"
_PREFIXES = """PREFIX : <http://example.org/> PREFIX owl: <http://www.w3.org/2002/07/owl#>
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
"""


def _follows(ontology: str, stated: str) -> set[str]:
    """What follows from two named graphs, as words without the base; by the rules as they are written, too."""
    store = ox.Store()
    store.update(f"{_PREFIXES} INSERT DATA {{ GRAPH :ontology {{ {ontology} }} GRAPH :stated {{ {stated} }} }}")
    assert infer.infer(store, _GRAPH) == len(list(store.quads_for_pattern(None, None, None, ox.NamedNode(_GRAPH))))
    everything = set(store)
    run(store, _GRAPH)
    assert set(store) == everything
    found = store.query(f"{_PREFIXES} SELECT ?s ?p ?o {{ GRAPH <{_GRAPH}> {{ ?s ?p ?o }} }}")
    return {" ".join(term.value.rpartition("/")[2].rpartition("#")[2] for term in row) for row in found}  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("ontology", "stated", "follows"),
    [
        (":Decree rdfs:subClassOf :Document .", ":d a :Decree .", {"d type Document"}),
        (":A rdfs:subClassOf :B . :B rdfs:subClassOf :C .", ":d a :A .", {"d type B", "d type C"}),
        (":Decree rdfs:subClassOf :Document .", ":d a :Document .", set()),
        (":Decree rdfs:subClassOf :Document .", ":d a :Decree, :Document .", set()),
        (":basis rdfs:subPropertyOf :cites .", ":p :basis :d .", {"p cites d"}),
        (":basis rdfs:subPropertyOf :cites .", ":p :cites :d .", set()),
        (":basis rdfs:subPropertyOf :cites .", ":p :basis :d ; :cites :d .", set()),
        (":leads rdfs:domain :Agency .", ":a :leads :p .", {"a type Agency"}),
        (":leads rdfs:domain :Agency .", ":a :leads :p ; a :Agency .", set()),
        (":leads rdfs:domain :Agency .", ":a :helps :p .", set()),
        (":leads rdfs:range :Project .", ":a :leads :p .", {"p type Project"}),
        (":leads rdfs:range :Project .", ":a :leads 'no thing' .", set()),
        (":leads rdfs:range :Project .", ":a :leads :p . :p a :Project .", set()),
        (":A rdfs:subClassOf :B . :B rdfs:subClassOf :A .", ":d a :A .", {"d type B"}),
        (":leads rdfs:domain :Agency . :Agency rdfs:subClassOf :Body .", ":a :leads :p .", {"a type Agency", "a type Body"}),
        (":basis rdfs:subPropertyOf :cites . :cites rdfs:subPropertyOf :names .", ":p :basis 'd' .", {"p cites d", "p names d"}),
        (":leads owl:inverseOf :ledBy .", ":a :leads 'no thing' .", set()),
        (":leads owl:inverseOf :ledBy . :ledBy rdfs:subPropertyOf :by .", ":a :leads :p .", {"p ledBy a", "p by a"}),
        (":leads owl:inverseOf :ledBy . :ledBy rdfs:domain :P .", ":a :leads :p .", {"p ledBy a", "p type P"}),
        (":in owl:propertyChainAxiom (:in :in) .", ":x :in :y . :y :in :z . :z :in :w .", {"x in z", "y in w", "x in w"}),
        (":in owl:propertyChainAxiom (:in :in) .", ":x :in :x .", set()),
        (":in owl:propertyChainAxiom (:a :b) . :a owl:inverseOf :c .", ":y :c :x . :y :b :z .", {"x a y", "x in z"}),
        (":in owl:propertyChainAxiom (:a :b :b) .", ":x :a :y . :y :b :z . :z :b :w .", set()),
        (":leads owl:inverseOf :ledBy .", ":a :leads :p .", {"p ledBy a"}),
        (":leads owl:inverseOf :ledBy .", ":p :ledBy :a .", {"a leads p"}),
        (":leads owl:inverseOf :ledBy .", ":p :ledBy :a . :a :leads :p .", set()),
        (":in owl:propertyChainAxiom (:partOf :partOf) .", ":x :partOf :y . :y :partOf :z .", {"x in z"}),
        (":in owl:propertyChainAxiom (:partOf :stands) .", ":x :partOf :y . :y :stands :z .", {"x in z"}),
        (":in owl:propertyChainAxiom (:partOf :stands) .", ":x :stands :y . :y :partOf :z .", set()),
        (":in owl:propertyChainAxiom (:partOf :stands) .", ":x :partOf :y . :y :stands :z . :x :in :z .", set()),
        (":r owl:onProperty :type ; owl:hasValue :nd ; rdfs:subClassOf :Decree .", ":d :type :nd .", {"d type Decree"}),
        (":r owl:onProperty :type ; owl:hasValue :nd ; rdfs:subClassOf :Decree .", ":d :type :qd .", set()),
        (":r owl:onProperty :type ; owl:hasValue :nd ; rdfs:subClassOf :Decree .", ":d :type :nd ; a :Decree .", set()),
    ],
)
def test_what_follows(ontology: str, stated: str, follows: set[str]) -> None:
    assert _follows(ontology, stated) == follows


def test_what_followed_before_is_dropped() -> None:
    store = ox.Store()
    store.update(
        f"{_PREFIXES} INSERT DATA {{ GRAPH <{_GRAPH}> {{ :d a :Decree }} GRAPH :ontology {{ :Decree rdfs:subClassOf :Document }} }}"
    )
    assert infer.infer(store, _GRAPH) == 0
