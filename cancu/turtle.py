"""Turtle files at hand: what they say of a node, by its property.

rdflib takes twenty times as long to read them, and is not loaded where this is enough. https://www.w3.org/TR/turtle/
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import pyoxigraph as ox

Node = ox.NamedNode | ox.BlankNode | ox.Literal
_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_NIL = ox.NamedNode(f"{_RDF}nil")


class Turtle:
    """The triples of some files; properties are told by their IRIs as text."""

    def __init__(self, paths: Iterable[Path]) -> None:
        self._said: dict[Node, dict[str, list[Node]]] = {}
        for path in sorted(paths):
            for quad in ox.parse(path=str(path), format=ox.RdfFormat.TURTLE):
                if not isinstance(quad.subject, ox.Triple) and not isinstance(quad.object, ox.Triple):
                    self._said.setdefault(quad.subject, {}).setdefault(quad.predicate.value, []).append(quad.object)

    def __iter__(self) -> Iterator[tuple[Node, Mapping[str, list[Node]]]]:
        """Each node with its values by property."""
        return iter(self._said.items())

    def of(self, node: Node) -> Mapping[str, list[Node]]:
        """The values of a node, by property."""
        return self._said.get(node, {})

    def values(self, node: Node, name: str) -> list[Node]:
        """The values of one property."""
        return self.of(node).get(name, [])

    def value(self, node: Node, name: str) -> Node | None:
        """The one value of a property, or the first of several."""
        return next(iter(self.values(node, name)), None)

    def items(self, node: Node) -> Iterator[Node]:
        """What is in a list, in its order; nothing in what is none."""
        while node != _NIL and (first := self.value(node, f"{_RDF}first")):
            yield first
            node = self.value(node, f"{_RDF}rest") or _NIL
