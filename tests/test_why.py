"""Each rule explains what it concludes, from what is stated, with its lines; nothing explains itself."""

from __future__ import annotations

import json
from pathlib import Path

import pyoxigraph as ox
import pytest

import cancu
from cancu.errors import NotFound
from cancu.graph import PREFIXES, Graph
from cancu.infer import infer
from cancu.iris import BASE
from cancu.why import Derivation, rules

SMALL = Path(__file__).with_name("hoa_son.trig")
AXIOMS = """
@prefix : <https://w3id.org/cancu/ontology#> . @prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . @prefix g: <https://w3id.org/cancu/graph/> .
g:ontology {
  :Decree rdfs:subClassOf :Document . :issuer rdfs:domain :Act ; rdfs:range :Agency . :below rdfs:subPropertyOf :above .
  :left owl:inverseOf :right . :uncle owl:propertyChainAxiom ( :parent :brother ) .
  [] owl:onProperty :kind ; owl:hasValue :nd ; rdfs:subClassOf :Decree .
}
g:plan\\/p { :d :kind :nd ; :issuer :who . :a :below :b ; :left :c ; :parent :m . :m :brother :n . }
"""


@pytest.fixture(scope="module")
def small() -> Graph:
    return cancu.open(SMALL)


@pytest.fixture(scope="module")
def axioms() -> Graph:
    store = ox.Store()
    store.load(AXIOMS.encode(), format=ox.RdfFormat.TRIG)
    infer(store, f"{BASE}graph/inferred")
    return Graph(store)


@pytest.mark.parametrize(
    ("triple", "rule", "premises"),
    [
        (("uncle", "a", "n"), "chain", [("a", "parent", "m"), ("m", "brother", "n")]),
        (("above", "a", "b"), "subproperty", [("a", "below", "b")]),
        (("right", "c", "a"), "inverse", [("a", "left", "c")]),
        (("type", "d", "Decree"), "class-of-value", [("d", "kind", "nd")]),
        (("type", "d", "Document"), "subclass", [("d", "type", "Decree")]),
        (("type", "d", "Act"), "domain", [("d", "issuer", "who")]),
        (("type", "who", "Agency"), "range", [("d", "issuer", "who")]),
    ],
)
def test_every_rule_explains(triple: tuple[str, str, str], rule: str, premises: list[tuple[str, str, str]], axioms: Graph) -> None:
    name, subject, value = (f"{BASE}ontology#{part}" for part in triple)
    found = axioms.why(subject, "a" if triple[0] == "type" else name, value)
    (way,) = found.ways
    said = [tuple(part.rpartition("#")[2] for part in (one.subject, one.predicate, one.object)) for one in way.premises]
    assert (way.rule, said) == (rule, premises)


def test_every_rule_of_the_ontology_is_tried_above() -> None:
    assert {rule.name for rule in rules()} == {"chain", "subproperty", "inverse", "class-of-value", "subclass", "domain", "range"}


def test_whatever_is_inferred_is_explained_from_what_is_stated(axioms: Graph, small: Graph) -> None:
    for graph in (axioms, small):
        inferred = list(graph.store.quads_for_pattern(None, None, None, ox.NamedNode(f"{BASE}graph/inferred")))
        assert inferred
        for quad in inferred:
            found = graph.why(quad.subject.value, quad.predicate.value, str(quad.object.value))
            assert found.ways and all(_grounded(way) for way in found.ways), str(quad)


def _grounded(way: Derivation) -> bool:
    return way.graph is not None if way.rule is None else bool(way.premises) and all(map(_grounded, way.premises))


def test_lines_come_with_what_a_plan_states(small: Graph) -> None:
    text = small.why("Xây dựng mạng diện rộng", "justifiedBy", "10/2004/NĐ-CP").text("en")
    assert "by the rule chain: Two properties in a row make up a third" in text
    assert "graph/plan/hoa-son-2019 [hoason-5-2019.txt 4-4]" in text and "[hoason-5-2019.txt 20-22]" in text
    assert "[hoason-5-2019.txt 2-2]" in str(small.why("44/QĐ-UBND", "promulgates", "5/KH-UBND"))
    assert "[công báo mẫu]" in str(small.why("10/2004/NĐ-CP", "number", "10/2004/NĐ-CP"))
    assert "là" in str(small.why("10/2004/NĐ-CP", "a", f"{BASE}ontology#Decree"))


def test_what_does_not_hold_is_not_explained(small: Graph) -> None:
    with pytest.raises(NotFound) as none:
        small.why("Xây dựng mạng diện rộng", "justifiedBy", "9/2018/NĐ-CP")
    assert f"{BASE}decree" in none.value.near
    assert small.why("10/2004/NĐ-CP", PREFIXES["rdfs"] + "label", "Nghị định 10/2004/NĐ-CP").ways[0].rule is None


def test_it_becomes_json(small: Graph) -> None:
    found = small.why("Xây dựng mạng diện rộng", "cancu:justifiedBy", "10/2004/NĐ-CP")
    assert json.loads(json.dumps(found.to_dict()))["ways"][0]["rule"] == "chain"
