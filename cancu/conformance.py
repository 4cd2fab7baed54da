"""Whether a plan's graph holds to the shapes of the structure: a yes or no, many times faster than a report.

Nearly every plan does. One that does not, or a shape with a constraint that is not known here, goes to pySHACL, which says what is wrong;
the tests hold the two against each other. Terms are N-Triples text, as in `cancu.quads`. https://www.w3.org/TR/shacl/#core-components
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import cache, partial
from itertools import repeat
from math import inf

import pyoxigraph as ox

from cancu.constraints import files
from cancu.quads import RDF_TYPE, iri
from cancu.turtle import Node, Turtle

Triple = tuple[str, str, str]
_RDF, _RDFS = "http://www.w3.org/1999/02/22-rdf-syntax-ns#", "http://www.w3.org/2000/01/rdf-schema#"
_SH, _XSD = "http://www.w3.org/ns/shacl#", "http://www.w3.org/2001/XMLSchema#"
_SUBCLASS = iri(f"{_RDFS}subClassOf")
_ESCAPE = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))")
_LETTERS = {"t": "\t", "b": "\b", "n": "\n", "r": "\r", "f": "\f"}
_SAID = {f"{_SH}{name}" for name in ("path", "message", "minCount", "maxCount")}
_OF_NODES = {f"{_RDF}type", f"{_RDFS}comment"} | {
    f"{_SH}{name}" for name in ("class", "closed", "ignoredProperties", "message", "property", "targetClass", "targetSubjectsOf")
}
_LEXICAL = {  # and xsd:date, xsd:string and rdf:langString, the only other datatypes that the shapes name
    f"{_XSD}anyURI": re.compile(r"\S*"),
    f"{_XSD}integer": re.compile(r"[-+]?\d+"),
    f"{_XSD}decimal": re.compile(r"[-+]?(\d+(\.\d*)?|\.\d+)"),
}

_Said = dict[str, list[str]]
_NONE: list[str] = []


@dataclass(frozen=True, slots=True)
class Index:
    """Triples by subject and by object, and each class with those below it."""

    by_subject: dict[str, _Said] = field(default_factory=dict)
    by_object: dict[str, _Said] = field(default_factory=dict)
    below: dict[str, set[str]] = field(default_factory=dict)

    def is_a(self, node: str, wanted: str) -> bool:
        """Whether the node is of the class, or of one below it."""
        below = self.below.get(wanted, {wanted})
        return any(kind in below for kind in self.by_subject.get(node, {}).get(RDF_TYPE, ()))


Path = Callable[[Index, str], list[str]]
Check = Callable[[Index, str, list[str]], bool]


@dataclass(frozen=True, slots=True)
class _Property:
    """What holds for the values of a path, which is a property alone (`name`) or more: how many there are, and what each check asks."""

    name: str | None
    path: Path
    least: int
    most: float
    checks: tuple[Check, ...]


@dataclass(frozen=True, slots=True)
class _Shape:
    """A node shape: what it is about, which properties it allows (None: any), and what holds for the values of each path."""

    target: str
    by_class: bool
    allowed: frozenset[str] | None
    properties: tuple[_Property, ...]

    def holds(self, index: Index, node: str, said: _Said) -> bool:
        """Whether a node that the shape is about keeps to it."""
        if self.allowed is not None and not self.allowed.issuperset(said):
            return False
        for one in self.properties:
            values = said.get(one.name, _NONE) if one.name else one.path(index, node)
            if not one.least <= len(values) <= one.most:
                return False
            if values:
                for check in one.checks:
                    if not check(index, node, values):
                        return False
        return True


class _Unknown(Exception):
    """A constraint or a path that is not known here."""


def index(triples: Iterable[Triple], background: Index | None = None) -> Index:
    """The triples, and those of a background that has no subjects or objects of its own to check: the vocabulary."""
    known = background or Index()
    by_subject: dict[str, _Said] = {}
    by_object: dict[str, _Said] = {}
    above: dict[str, set[str]] = {}
    for subject, predicate, value in triples:
        by_subject.setdefault(subject, {}).setdefault(predicate, []).append(value)
        if value.startswith("<"):
            by_object.setdefault(value, {}).setdefault(predicate, []).append(subject)
        if predicate == _SUBCLASS:
            above.setdefault(value, set()).add(subject)
    for subject in known.by_subject.keys() & by_subject.keys():
        mine = by_subject[subject]
        mine.update({name: list(dict.fromkeys((*mine.get(name, ()), *values))) for name, values in known.by_subject[subject].items()})
    return Index(known.by_subject | by_subject, by_object, known.below or _below(above))


def _below(above: dict[str, set[str]]) -> dict[str, set[str]]:
    below: dict[str, set[str]] = {}
    for name in above:
        reached, waiting = {name}, [name]
        while waiting:
            fresh = above.get(waiting.pop(), set()) - reached
            reached |= fresh
            waiting.extend(fresh)
        below[name] = reached
    return below


def conforms(triples: Iterable[Triple], background: Index | None = None) -> bool:
    """Whether the distinct triples hold to the shapes of the structure. False too where they cannot be judged here."""
    try:
        compiled = _compiled()
    except _Unknown:
        return False
    whole = index(triples, background)
    of_class: dict[str, list[_Shape]] = {}
    for shape in compiled:
        for name in whole.below.get(shape.target, {shape.target}) if shape.by_class else ():
            of_class.setdefault(name, []).append(shape)
    by_property = [shape for shape in compiled if not shape.by_class]
    for node, said in whole.by_subject.items():
        concerned = [shape for kind in said.get(RDF_TYPE, _NONE) for shape in of_class.get(kind, ())]
        concerned += [shape for shape in by_property if shape.target in said]
        for shape in concerned if len(concerned) < 2 else {id(shape): shape for shape in concerned}.values():
            if not shape.holds(whole, node, said):
                return False
    return True


# ---------------------------------------------------------------- shapes, compiled


@cache
def _compiled() -> tuple[_Shape, ...]:
    graph = Turtle(files("structure"))
    found = []
    for node, said in sorted(graph, key=str):
        if ox.NamedNode(f"{_SH}NodeShape") not in said.get(f"{_RDF}type", ()):
            continue
        if said.keys() - _OF_NODES:
            raise _Unknown(node)
        parts = sorted(said.get(f"{_SH}property", ()), key=str)
        by_class = f"{_SH}targetClass" in said
        target = _value(graph, node, "targetClass" if by_class else "targetSubjectsOf")
        allowed = None
        if f"{_SH}closed" in said:
            paths = [graph.value(part, f"{_SH}path") for part in parts]
            paths += graph.items(_value(graph, node, "ignoredProperties"))
            allowed = frozenset(str(path) for path in paths if isinstance(path, ox.NamedNode))
        own = tuple(_check(graph, "class", name) for name in said.get(f"{_SH}class", ()))
        itself = (_Property(None, _itself, 0, 1, own),) if own else ()
        found.append(_Shape(str(target), by_class, allowed, (*itself, *(_property(graph, part) for part in parts))))
    return tuple(found)


def _property(graph: Turtle, shape: Node) -> _Property:
    path = _value(graph, shape, "path")
    least, most = graph.value(shape, f"{_SH}minCount"), graph.value(shape, f"{_SH}maxCount")
    name = str(path) if isinstance(path, ox.NamedNode) else None
    bounds = (0 if least is None else int(least.value), inf if most is None else int(most.value))
    return _Property(name, _path(graph, path), *bounds, _checks(graph, shape))


def _value(graph: Turtle, node: Node, name: str) -> Node:
    value = graph.value(node, f"{_SH}{name}")
    if value is None:
        raise _Unknown(node)
    return value


def _itself(_: Index, focus: str) -> list[str]:
    return [focus]


def _path(graph: Turtle, node: Node) -> Path:
    """A property, its inverse, several properties of which any will do, or one after the other."""
    if isinstance(node, ox.NamedNode):
        name = str(node)
        return lambda index, focus: index.by_subject.get(focus, {}).get(name, [])
    inverse, several = graph.value(node, f"{_SH}inversePath"), graph.value(node, f"{_SH}alternativePath")
    if inverse is not None:
        back = str(inverse)
        return lambda index, focus: index.by_object.get(focus, {}).get(back, [])
    if several is not None:
        parts = [_path(graph, part) for part in graph.items(several)]
        return lambda index, focus: list(dict.fromkeys(value for part in parts for value in part(index, focus)))
    steps = [_path(graph, part) for part in graph.items(node)]
    if not steps:
        raise _Unknown(node)

    def walk(index: Index, focus: str) -> list[str]:
        reached = [focus]
        for step in steps:
            reached = list(dict.fromkeys(value for here in reached for value in step(index, here)))
        return reached

    return walk


def _checks(graph: Turtle, shape: Node) -> tuple[Check, ...]:
    said = sorted((name, value) for name, values in graph.of(shape).items() if name not in _SAID for value in values)
    return tuple(_check(graph, name.removeprefix(_SH), value) for name, value in said)


def _check(graph: Turtle, name: str, value: Node) -> Check:
    """What one constraint component asks of a focus node and its values."""
    count = int(value.value) if name == "minLength" else 0
    if name == "uniqueLang":
        return lambda _index, _node, values: len({_language(one) for one in values}) == len(values)
    if name == "lessThanOrEquals":
        other = str(value)
        return lambda index, node, values: all(
            _number(one) <= _number(two) for one in values for two in index.by_subject.get(node, {}).get(other, [])
        )
    if name == "datatype" and value.value not in {f"{_XSD}date", *_WITHOUT_FORM, *_LEXICAL}:
        raise _Unknown(value)
    test = _test(graph, name, value, count)
    return lambda index, _node, values: all(map(test, repeat(index), values))


def _test(graph: Turtle, name: str, value: Node, count: int) -> Callable[[Index, str], bool]:
    """What a constraint component asks of each value alone."""
    words = value.value
    if name == "class":
        wanted = iri(words)
        return lambda index, one: index.is_a(one, wanted)
    if name == "or":
        parts = list(graph.items(value))
        if any(graph.of(part).keys() & _SAID - {f"{_SH}message"} for part in parts):
            raise _Unknown(value)
        options = [_checks(graph, part) for part in parts]
        return lambda index, one: any(all(check(index, one, [one]) for check in checks) for checks in options)
    if name == "node":
        return _in_scheme(graph, value)
    made: dict[str, Callable[[], Callable[[str], bool]]] = {
        "nodeKind": lambda: partial(_starts, {f"{_SH}IRI": "<", f"{_SH}Literal": '"'}.get(words, "?")),
        "datatype": lambda: _typed(words),
        "minLength": lambda: lambda one: not one.startswith("_:") and len(_lexical(one)) >= count,
        "pattern": lambda: lambda one: not one.startswith("_:") and re.search(words, _lexical(one)) is not None,
        "minInclusive": lambda: lambda one: _number(one) >= float(words),
        "maxInclusive": lambda: lambda one: _number(one) <= float(words),
        "languageIn": lambda: _member({language.value for language in graph.items(value)}, _language),
        "in": lambda: _member({one.value for one in graph.items(value)}, _plain),
    }
    if name not in made:
        raise _Unknown(name)
    test = made[name]()
    return lambda _, one: test(one)


def _member(choices: set[str], of: Callable[[str], str | None]) -> Callable[[str], bool]:
    return lambda one: of(one) in choices


def _starts(mark: str, term: str) -> bool:
    return term.startswith(mark)


def _in_scheme(graph: Turtle, shape: Node) -> Callable[[Index, str], bool]:
    """`sh:node [ sh:property [ sh:path P ; sh:hasValue V ] ]`: the only nested shape that ours have."""
    part = _value(graph, shape, "property")
    if graph.of(part).keys() - {f"{_SH}path", f"{_SH}hasValue"} or len(graph.values(shape, f"{_SH}property")) > 1:
        raise _Unknown(shape)
    name, wanted = str(_value(graph, part, "path")), str(_value(graph, part, "hasValue"))
    return lambda index, one: wanted in index.by_subject.get(one, {}).get(name, [])


# ---------------------------------------------------------------- terms


def _lexical(term: str) -> str:
    """The text of a literal, or an IRI."""
    value = term[1 : term.rindex('"')] if term.startswith('"') else term[1:-1]
    return _ESCAPE.sub(_unescaped, value) if "\\" in value else value


def _unescaped(match: re.Match[str]) -> str:
    code = match[1] or match[2]
    return chr(int(code, 16)) if code else _LETTERS.get(match[3], match[3])


def _language(term: str) -> str | None:
    return term.rpartition('"@')[2].lower() if _has_language(term) else None


def _plain(term: str) -> str | None:
    """An IRI, or the text of a plain literal."""
    return _lexical(term) if term.startswith("<") or _is_plain(term) else None


def _is_plain(term: str) -> bool:
    return term.startswith('"') and term.endswith('"')


def _has_language(term: str) -> bool:
    return term.startswith('"') and not term.endswith(('"', ">"))


def _typed(datatype: str) -> Callable[[str], bool]:
    """Whether a literal is of the datatype, and one of its forms; no, too, where a form is written with escapes."""
    if datatype in _WITHOUT_FORM:
        return _WITHOUT_FORM[datatype]
    form = _LEXICAL[datatype].fullmatch if datatype in _LEXICAL else _date
    end = f'"^^<{datatype}>'
    return lambda one: one.startswith('"') and one.endswith(end) and form(one[1 : -len(end)]) is not None


_WITHOUT_FORM = {f"{_XSD}string": _is_plain, f"{_RDF}langString": _has_language}


def _date(lexical: str) -> date | None:
    try:
        return date.fromisoformat(lexical) if len(lexical) == len("2019-03-01") else None
    except ValueError:
        return None


def _number(term: str) -> float:
    """The number that a literal is; NaN, which no comparison holds for, where it is none."""
    try:
        return float(_lexical(term)) if term.startswith('"') else float("nan")
    except ValueError:
        return float("nan")
