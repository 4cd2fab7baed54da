"""Whether a plan's graph holds to the shapes of the structure: a yes or no, many times faster than a report.

Nearly every plan does. One that does not, or a shape with a constraint that is not known here, goes to pySHACL, which says what is wrong;
the tests hold the two against each other. https://www.w3.org/TR/shacl/#core-components
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache

import pyoxigraph as ox
from rdflib import RDF, RDFS, SH, XSD, Graph, URIRef
from rdflib import Literal as RdfLiteral
from rdflib.collection import Collection
from rdflib.term import Node

from cancu.constraints import shapes

Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
_TYPE = ox.NamedNode(str(RDF.type))
_SUBCLASS = ox.NamedNode(str(RDFS.subClassOf))
_SAID = {SH.path, SH.message}
_LEXICAL: dict[Node, re.Pattern[str]] = {
    XSD.string: re.compile(r"(?s).*"),
    XSD.anyURI: re.compile(r"\S*"),
    XSD.integer: re.compile(r"[-+]?\d+"),
    XSD.decimal: re.compile(r"[-+]?(\d+(\.\d*)?|\.\d+)"),
    RDF.langString: re.compile(r"(?s).*"),
}


@dataclass(frozen=True, slots=True)
class _Index:
    """Triples by subject and by object, and each class with those below it."""

    by_subject: dict[Term, dict[ox.NamedNode, list[Term]]]
    by_object: dict[Term, dict[ox.NamedNode, list[Term]]]
    below: dict[Term, set[Term]]

    def is_a(self, node: Term, wanted: Term) -> bool:
        """Whether the node is of the class, or of one below it."""
        below = self.below.get(wanted, {wanted})
        return any(kind in below for kind in self.by_subject.get(node, {}).get(_TYPE, ()))


Path = Callable[[_Index, Term], list[Term]]
Check = Callable[[_Index, Term, list[Term]], bool]


@dataclass(frozen=True, slots=True)
class _Shape:
    """A node shape: what it is about, which properties it allows (None: any), and what holds for the values of each path."""

    target: ox.NamedNode
    by_class: bool
    allowed: frozenset[ox.NamedNode] | None
    properties: tuple[tuple[Path, tuple[Check, ...]], ...]

    def holds(self, index: _Index, node: Term, said: dict[ox.NamedNode, list[Term]]) -> bool:
        """Whether a node that the shape is about keeps to it."""
        if self.allowed is not None and not self.allowed.issuperset(said):
            return False
        for path, checks in self.properties:
            values = path(index, node)
            if not all(check(index, node, values) for check in checks):
                return False
        return True


class _Unknown(Exception):
    """A constraint or a path that is not known here."""


def conforms(triples: Iterable[ox.Triple]) -> bool:
    """Whether the triples hold to the shapes of the structure. False too where they cannot be judged here."""
    try:
        compiled = _compiled()
    except _Unknown:
        return False
    index = _index(triples)
    for node, said in index.by_subject.items():
        for shape in compiled:
            concerned = index.is_a(node, shape.target) if shape.by_class else shape.target in said
            if concerned and not shape.holds(index, node, said):
                return False
    return True


def _index(triples: Iterable[ox.Triple]) -> _Index:
    by_subject: dict[Term, dict[ox.NamedNode, list[Term]]] = {}
    by_object: dict[Term, dict[ox.NamedNode, list[Term]]] = {}
    above: dict[Term, set[Term]] = {}
    for triple in triples:
        by_subject.setdefault(triple.subject, {}).setdefault(triple.predicate, []).append(triple.object)
        if isinstance(triple.object, ox.NamedNode):
            by_object.setdefault(triple.object, {}).setdefault(triple.predicate, []).append(triple.subject)
        if triple.predicate == _SUBCLASS:
            above.setdefault(triple.object, set()).add(triple.subject)
    below: dict[Term, set[Term]] = {}
    for name in above:
        reached, waiting = {name}, [name]
        while waiting:
            fresh = above.get(waiting.pop(), set()) - reached
            reached |= fresh
            waiting.extend(fresh)
        below[name] = reached
    return _Index(by_subject, by_object, below)


# ---------------------------------------------------------------- shapes, compiled


@cache
def _compiled() -> tuple[_Shape, ...]:
    graph = shapes("structure")
    known = {
        RDF.type,
        RDFS.comment,
        SH["class"],
        SH.closed,
        SH.ignoredProperties,
        SH.message,
        SH.property,
        SH.targetClass,
        SH.targetSubjectsOf,
    }
    found = []
    for shape in sorted(graph.subjects(RDF.type, SH.NodeShape), key=str):
        if set(graph.predicates(shape)) - known:
            raise _Unknown(shape)
        parts = sorted(graph.objects(shape, SH.property), key=str)
        by_class = graph.value(shape, SH.targetClass)
        target = by_class or graph.value(shape, SH.targetSubjectsOf)
        allowed = None
        if (shape, SH.closed, RdfLiteral(True)) in graph:
            paths = {graph.value(part, SH.path) for part in parts}
            paths |= set(Collection(graph, _value(graph, shape, SH.ignoredProperties)))
            allowed = frozenset(ox.NamedNode(str(path)) for path in paths if isinstance(path, URIRef))
        own = tuple(_check(graph, "class", name) for name in graph.objects(shape, SH["class"]))
        properties = ((_itself, own), *((_path(graph, _value(graph, part, SH.path)), _checks(graph, part)) for part in parts))
        found.append(_Shape(ox.NamedNode(str(target)), by_class is not None, allowed, properties))
    return tuple(found)


def _value(graph: Graph, node: Node, predicate: URIRef) -> Node:
    value = graph.value(node, predicate)
    if value is None:
        raise _Unknown(node)
    return value


def _itself(_: _Index, focus: Term) -> list[Term]:
    return [focus]


def _path(graph: Graph, node: Node) -> Path:
    """A property, its inverse, several properties of which any will do, or one after the other."""
    if isinstance(node, URIRef):
        name = ox.NamedNode(str(node))
        return lambda index, focus: index.by_subject.get(focus, {}).get(name, [])
    inverse, several = graph.value(node, SH.inversePath), graph.value(node, SH.alternativePath)
    if inverse is not None:
        back = ox.NamedNode(str(inverse))
        return lambda index, focus: index.by_object.get(focus, {}).get(back, [])
    if several is not None:
        parts = [_path(graph, part) for part in Collection(graph, several)]
        return lambda index, focus: list(dict.fromkeys(value for part in parts for value in part(index, focus)))
    if (node, RDF.first, None) not in graph:
        raise _Unknown(node)
    steps = [_path(graph, part) for part in Collection(graph, node)]

    def walk(index: _Index, focus: Term) -> list[Term]:
        reached = [focus]
        for step in steps:
            reached = list(dict.fromkeys(value for here in reached for value in step(index, here)))
        return reached

    return walk


def _checks(graph: Graph, shape: Node) -> tuple[Check, ...]:
    return tuple(
        _check(graph, str(name).removeprefix(str(SH)), value)
        for name, value in sorted(graph.predicate_objects(shape), key=str)
        if name not in _SAID
    )


def _check(graph: Graph, name: str, value: Node) -> Check:
    """What one constraint component asks of a focus node and its values."""
    count = int(str(value)) if name in ("minCount", "maxCount", "minLength") else 0
    if name == "minCount":
        return lambda _index, _node, values: len(values) >= count
    if name == "maxCount":
        return lambda _index, _node, values: len(values) <= count
    if name == "uniqueLang":
        return lambda _index, _node, values: len({_language(one) for one in values}) == len(values)
    if name == "lessThanOrEquals":
        other = ox.NamedNode(str(value))
        return lambda index, node, values: all(
            _number(one) <= _number(two) for one in values for two in index.by_subject.get(node, {}).get(other, [])
        )
    test = _test(graph, name, value, count)
    return lambda index, _node, values: all(test(index, one) for one in values)


def _test(graph: Graph, name: str, value: Node, count: int) -> Callable[[_Index, Term], bool]:
    """What a constraint component asks of each value alone."""
    words = str(value)
    if name == "class":
        wanted = ox.NamedNode(words)
        return lambda index, one: index.is_a(one, wanted)
    if name == "or":
        options = [_checks(graph, part) for part in Collection(graph, value)]
        return lambda index, one: any(all(check(index, one, [one]) for check in checks) for checks in options)
    if name == "node":
        return _in_scheme(graph, value)
    made: dict[str, Callable[[], Callable[[Term], bool]]] = {
        "nodeKind": lambda: lambda one: isinstance(one, {str(SH.IRI): ox.NamedNode, str(SH.Literal): ox.Literal}.get(words, ())),
        "datatype": lambda: lambda one: isinstance(one, ox.Literal) and one.datatype.value == words and _well_formed(one, value),
        "minLength": lambda: lambda one: isinstance(one, ox.NamedNode | ox.Literal) and len(one.value) >= count,
        "pattern": lambda: lambda one: isinstance(one, ox.NamedNode | ox.Literal) and re.search(words, one.value) is not None,
        "minInclusive": lambda: lambda one: _number(one) >= float(words),
        "maxInclusive": lambda: lambda one: _number(one) <= float(words),
        "languageIn": lambda: _member({str(language) for language in Collection(graph, value)}, _language),
        "in": lambda: _member({str(one) for one in Collection(graph, value)}, _plain),
    }
    if name not in made:
        raise _Unknown(name)
    test = made[name]()
    return lambda _, one: test(one)


def _member(choices: set[str], of: Callable[[Term], str | None]) -> Callable[[Term], bool]:
    return lambda one: of(one) in choices


def _plain(term: Term) -> str | None:
    """An IRI, or the text of a plain literal."""
    if isinstance(term, ox.Literal):
        return term.value if term.datatype.value == str(XSD.string) else None
    return term.value if isinstance(term, ox.NamedNode) else None


def _in_scheme(graph: Graph, shape: Node) -> Callable[[_Index, Term], bool]:
    """`sh:node [ sh:property [ sh:path P ; sh:hasValue V ] ]`: the only nested shape that ours have."""
    part = _value(graph, shape, SH.property)
    if set(graph.predicates(part)) - {SH.path, SH.hasValue} or len(list(graph.objects(shape, SH.property))) > 1:
        raise _Unknown(shape)
    name, wanted = ox.NamedNode(str(graph.value(part, SH.path))), ox.NamedNode(str(graph.value(part, SH.hasValue)))
    return lambda index, one: wanted in index.by_subject.get(one, {}).get(name, [])


def _well_formed(literal: ox.Literal, datatype: Node) -> bool:
    if datatype != XSD.date:
        return datatype in _LEXICAL and _LEXICAL[datatype].fullmatch(literal.value) is not None
    try:
        return len(literal.value) == len("2019-03-01") and bool(date.fromisoformat(literal.value))
    except ValueError:
        return False


def _language(term: Term) -> str | None:
    return term.language if isinstance(term, ox.Literal) else None


def _number(term: Term) -> float:
    """The number that a literal is; NaN, which no comparison holds for, where it is none."""
    try:
        return float(term.value) if isinstance(term, ox.Literal) else float("nan")
    except ValueError:
        return float("nan")
