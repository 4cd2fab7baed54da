"""Each shape has a case that it lets pass and one that it alone refuses; every constraint of the structure bites."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from rdflib import RDF, Graph, Literal, Namespace, URIRef
from rdflib.term import Node

from cancu import resources
from cancu.iris import ONTOLOGY
from cancu.validate import Result, validate_graph

CASES = Path(__file__).parent / "shapes"
SH = Namespace("http://www.w3.org/ns/shacl#")
SHAPE = "https://w3id.org/cancu/shapes#"


@cache
def _shapes(folder: str = "") -> Graph:
    graph = Graph()
    for path in sorted((resources.SHAPES / folder).rglob("*.ttl")):
        graph.parse(path)
    return graph


NAMES = sorted(str(node).removeprefix(SHAPE) for node in _shapes().subjects(RDF.type, SH.NodeShape))


def _base() -> Graph:
    return Graph().parse(CASES / "base.ttl")


def _case(name: str, which: str) -> Graph:
    return Graph().parse(CASES / name / f"{which}.ttl")


@cache
def _results(which: str) -> tuple[Result, ...]:
    """One validation of all cases of a kind, together with the graph that they add to."""
    graph = _base()
    for name in NAMES:
        graph += _case(name, which)
    return validate_graph(graph)


def test_the_graph_with_one_of_everything_passes() -> None:
    assert validate_graph(_base()) == ()


def test_no_case_lacks_a_shape() -> None:
    assert sorted(path.name for path in CASES.iterdir() if path.is_dir()) == NAMES


def test_valid_cases_pass() -> None:
    assert [str(result) for result in _results("valid")] == []


@pytest.mark.parametrize("name", NAMES)
def test_invalid_case_fails_its_shape_alone(name: str) -> None:
    mine = {str(node) for node in _case(name, "invalid").subjects()} - {str(node) for node in _base().subjects()}
    found = [result for result in _results("invalid") if result.place.node in mine]
    assert {result.shape for result in found} == {SHAPE + name}


def test_every_result_belongs_to_a_case() -> None:
    nodes = {str(node) for name in NAMES for node in _case(name, "invalid").subjects()}
    assert [str(result) for result in _results("invalid") if result.place.node not in nodes] == []


# ---------------------------------------------------------------- every constraint bites


def _properties() -> Iterator[tuple[str, Node, URIRef]]:
    """The shapes of the structure with their property shapes and paths, but for those that a shape finds its nodes by."""
    shapes = _shapes("structure")
    for shape, node in shapes.subject_objects(SH.property):
        path = shapes.value(node, SH.path)
        if isinstance(shape, URIRef) and isinstance(path, URIRef) and (shape, SH.targetSubjectsOf, path) not in shapes:
            yield str(shape), node, path


@cache
def _ontology() -> Graph:
    return Graph().parse(resources.ONTOLOGY / "cancu.ttl")


@cache
def _focus(shape: str) -> Node:
    """The node of the base graph with the most to say that the shape is about."""
    base, ontology, shapes, node = _base(), _ontology(), _shapes("structure"), URIRef(shape)
    target, subjects_of = shapes.value(node, SH.targetClass), shapes.value(node, SH.targetSubjectsOf)
    if subjects_of is not None:
        found = list(base.subjects(subjects_of))
    else:
        classes = [str(name) for name in ontology.transitive_subjects(URIRef("http://www.w3.org/2000/01/rdf-schema#subClassOf"), target)]
        found = [focus for name in classes for focus in base.subjects(RDF.type, URIRef(name))]
    return max(found, key=lambda focus: (len(list(base.predicate_objects(focus))), str(focus)))


def _broken(change: str) -> set[tuple[str, str]]:
    """The (shape, path) pairs that fail when every property of the base graph is changed in one way at once."""
    shapes, graph = _shapes("structure"), _base()
    for shape, node, path in _properties():
        focus = _focus(shape)
        if change == "wrong":
            literal = (node, SH.datatype, None) in shapes or (node, SH.minLength, None) in shapes
            graph.remove((focus, path, None))
            graph.add((focus, path, URIRef("urn:wrong") if literal else Literal("wrong")))
        elif change == "missing":
            graph.remove((focus, path, None))
        else:
            graph.add((focus, path, Literal("another")))
            graph.add((focus, path, Literal("yet another")))
    return {(result.shape, result.path or "") for result in validate_graph(graph)}


def test_every_property_refuses_a_wrong_value() -> None:
    stored = {(shape, str(path)) for shape, _, path in _properties()}
    assert stored - _broken("wrong") == set()


def test_every_required_property_is_missed() -> None:
    shapes = _shapes("structure")
    required = {(shape, str(path)) for shape, node, path in _properties() if (node, SH.minCount, None) in shapes}
    assert required - _broken("missing") == set()


def test_every_single_property_refuses_a_second_value() -> None:
    shapes = _shapes("structure")
    single = {(shape, str(path)) for shape, node, path in _properties() if (node, SH.maxCount, None) in shapes}
    assert single - _broken("more") == set()


# ---------------------------------------------------------------- what shapes say


@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_shape_speaks_both_languages(language: str) -> None:
    shapes = _shapes()
    said = {node for node, message in shapes.subject_objects(SH.message) if isinstance(message, Literal) and message.language == language}
    assert (
        set(shapes.objects(None, SH.property))
        - said
        - set(shapes.objects(None, SH.node))
        - {inner for node in shapes.objects(None, SH.node) for inner in shapes.objects(node, SH.property)}
        == set()
    )
    assert {shape for shape, query in shapes.subject_objects(SH.sparql) if not {shape, query} & said} == set()
    assert set(shapes.subjects(SH.closed, Literal(True))) - said == set()


def test_audits_are_findings_on_the_plan() -> None:
    audit = _shapes("audit")
    kinds = Graph().parse(resources.ONTOLOGY / "schemes" / "finding-kind.ttl")
    for shape in audit.subjects(RDF.type, SH.NodeShape):
        assert audit.value(shape, SH.targetSubjectsOf) == URIRef(f"{ONTOLOGY}statedIn"), shape
        assert audit.value(shape, SH.severity) in {SH.Warning, SH.Info}, shape
        assert (audit.value(shape, URIRef("http://purl.org/dc/terms/subject")), None, None) in kinds, shape
