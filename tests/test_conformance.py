"""The quick yes or no says what pySHACL says: on every case, and on each property of a small valid graph damaged in turn."""

from __future__ import annotations

import pytest
from rdflib import Graph, Literal, Namespace, URIRef

from cancu.conformance import conforms
from cancu.validate import _background, triples_of, validate_graph
from tests.test_shapes import NAMES, _base, _case, _focus, _properties, _shapes

SH = Namespace("http://www.w3.org/ns/shacl#")
STRUCTURE = sorted(name for name in NAMES if (URIRef(f"https://w3id.org/cancu/shapes#{name}"), None, None) in _shapes("structure"))
PROPERTIES = sorted(((shape, node, path) for shape, node, path in _properties()), key=lambda part: (part[0], str(part[2])))
IDS = [f"{shape.rsplit('#')[-1]}-{path.rsplit('#')[-1]}" for shape, _, path in PROPERTIES]


def _conforms(graph: Graph) -> bool:
    return conforms(triples_of(graph), _background()[1])


def test_the_graph_with_one_of_everything() -> None:
    assert _conforms(_base())
    assert _conforms(Graph())


@pytest.mark.parametrize("name", STRUCTURE)
def test_cases_of_the_structure(name: str) -> None:
    assert _conforms(_base() + _case(name, "valid"))
    assert not _conforms(_base() + _case(name, "invalid"))


def test_faults_of_documents_are_no_errors_of_ours() -> None:
    graph = _base()
    for name in sorted(set(NAMES) - set(STRUCTURE)):
        graph += _case(name, "invalid")
    assert _conforms(graph)
    assert [result for result in validate_graph(graph) if result.severity == "Violation"] == []


@pytest.mark.parametrize(("shape", "node", "path"), PROPERTIES, ids=IDS)
def test_each_property_damaged_in_turn(shape: str, node: URIRef, path: URIRef) -> None:
    focus, shapes = _focus(shape), _shapes("structure")
    wrong = _base()
    wrong.remove((focus, path, None))
    if (node, SH.minCount, None) in shapes:
        assert not _conforms(wrong), "missing"
    literal = (node, SH.datatype, None) in shapes or (node, SH.minLength, None) in shapes
    wrong.add((focus, path, URIRef("urn:wrong") if literal else Literal("wrong")))
    assert not _conforms(wrong), "wrong"
    if (node, SH.maxCount, None) in shapes:
        more = _base()
        for value in ("another", "yet another"):
            more.add((focus, path, Literal(value)))
        assert not _conforms(more), "more"
