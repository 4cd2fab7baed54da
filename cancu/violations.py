"""What breaks the shapes of the structure, in pySHACL's words: asked for the few plans that do not conform, since it takes seconds."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

import pyshacl
from rdflib import BNode, Graph, Literal, Namespace, URIRef
from rdflib.term import Node

from cancu import resources
from cancu.constraints import both

_SH = Namespace("http://www.w3.org/ns/shacl#")


@dataclass(frozen=True, slots=True)
class Violation:
    """One thing that breaks a shape: the IRI of the node shape, the node, the property and the value where there are such, and why."""

    shape: str
    focus: str | None
    path: str | None
    value: str | None
    message_vi: str
    message_en: str


def violations(triples: str) -> Iterator[Violation]:
    """What pySHACL says of a graph, given as N-Triples."""
    structure = shapes("structure")
    _, report, _ = pyshacl.validate(Graph().parse(data=triples, format="nt"), shacl_graph=structure, inference="none")
    if not isinstance(report, Graph):
        raise TypeError(f"pySHACL gave no report but {report!r}")
    for node in report.objects(None, _SH.result):
        focus, value, path, source = (report.value(node, term) for term in (_SH.focusNode, _SH.value, _SH.resultPath, _SH.sourceShape))
        shape = source if isinstance(source, URIRef) else structure.value(None, _SH.property, source)
        said = both((words.language, str(words)) for words in report.objects(node, _SH.resultMessage) if isinstance(words, Literal))
        yield Violation(str(shape), _text(focus), _text(path), _text(value), *said)


@cache
def shapes(folder: str) -> Graph:
    """The shapes in one folder of `shapes/`."""
    graph = Graph()
    for path in sorted((resources.SHAPES / folder).glob("*.ttl")):
        graph.parse(path, format="turtle")
    return graph


def _text(node: Node | None) -> str | None:
    return None if node is None or isinstance(node, BNode) else str(node)
