"""Turtle files are read as rdflib reads them, and lists in their order."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
from rdflib import Graph

from cancu import resources
from cancu.turtle import Turtle

EX = "https://example.org/"


def _term(node: object) -> str:
    return "_:b" if isinstance(node, ox.BlankNode) else str(node)


def test_the_shapes_as_rdflib_reads_them() -> None:
    paths = sorted((resources.SHAPES / "structure").glob("*.ttl"))
    ours = sorted((_term(node), name, _term(value)) for node, said in Turtle(paths) for name, values in said.items() for value in values)
    graph = Graph()
    for path in paths:
        graph.parse(path)
    lines = ox.parse(graph.serialize(format="nt"), format=ox.RdfFormat.N_TRIPLES)
    assert ours == sorted((_term(quad.subject), quad.predicate.value, _term(quad.object)) for quad in lines)


def test_lists_and_what_is_none(tmp_path: Path) -> None:
    path = tmp_path / "a.ttl"
    path.write_text(f"@prefix : <{EX}> . :a :b ( 3 1 2 ), :c ; :d () .", "utf-8")
    turtle, thing = Turtle([path]), ox.NamedNode(f"{EX}a")
    listed, plain = turtle.values(thing, f"{EX}b")
    assert [one.value for one in turtle.items(listed)] == ["3", "1", "2"]
    assert list(turtle.items(plain)) == []
    empty = turtle.value(thing, f"{EX}d")
    assert empty is not None
    assert list(turtle.items(empty)) == []
    assert turtle.value(thing, f"{EX}e") is None
    assert turtle.of(plain) == {}
