"""Why a statement holds: where it is stated, or by which rule it follows from which statements, down to those that are stated.

The rules are those of `ontology/rules/`, read as they are run: the triple to explain is put into the rule's conclusion, and
what then answers its conditions are the statements that it follows from. A condition in `GRAPH ?ontology` is an axiom of the
vocabulary, which the rule's title names.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from cancu import resources
from cancu.answer import Language
from cancu.asking import PREFIXES
from cancu.errors import NotFound
from cancu.graph import Graph
from cancu.iris import ONTOLOGY
from cancu.paths import Hop, Hops, Lines, lines_of

Term = ox.NamedNode | ox.Literal | ox.BlankNode | ox.Triple

_HEAD = re.compile(r"INSERT \{ GRAPH <> \{ (\S+) (\S+) (\S+) \} \}")
_FIELD = re.compile(r"^# ([a-z.]+): (\S.*)$", re.MULTILINE)
_UNKNOWN = re.compile(r"^\s*FILTER NOT EXISTS .*$", re.MULTILINE)
_CONDITION = re.compile(r"GRAPH \?(?!ontology\b)\w+ \{ (\S+) (\S+) (\S+) \}")
_BACKWARD = ("promulgates", "approves")
_TYPE = PREFIXES["rdf"] + "type"
_OF_CLASSES = ("domain", "range")
_MOST = 5


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule of `ontology/rules/`: its names, the triple that it concludes, its conditions, and its WHERE part without the guard."""

    name: str
    title_vi: str
    title_en: str
    conclusion: tuple[str, str, str]
    conditions: tuple[tuple[str, str, str], ...]
    where: str


@dataclass(frozen=True, slots=True)
class Derivation:
    """One way in which a statement holds. With no `rule` it is stated: in `graph`, on `lines` or by the registry's `source`."""

    subject: str
    predicate: str
    object: str
    rule: str | None
    rule_vi: str
    rule_en: str
    graph: str | None
    lines: Lines | None
    source: str | None
    premises: tuple[Derivation, ...]


@dataclass(frozen=True, slots=True, repr=False)
class Why:
    """The ways in which a statement holds, as stated first; `more` counts further derivations that are left out."""

    ways: tuple[Derivation, ...]
    more: int
    labels: Mapping[str, tuple[str, str]]

    def to_dict(self) -> dict[str, Any]:
        """Everything, for JSON."""
        return {"kind": "why"} | asdict(self)

    def text(self, language: Language = "vi") -> str:
        """The derivations as an indented outline."""
        vi = language == "vi"
        shown = [line for way in self.ways for line in self._outline(way, 0, vi)]
        if self.more:
            shown.append(f"… {self.more} {'cách suy ra khác' if vi else 'further derivations'}")
        return "\n".join(shown)

    def _outline(self, way: Derivation, depth: int, vi: bool) -> Iterator[str]:
        said = " ".join(self.labels.get(term, (term, term))[not vi] for term in (way.subject, way.predicate, way.object))
        yield f"{'  ' * depth}{said}"
        pad = "  " * (depth + 1)
        if way.rule is None:
            where = f" [{way.lines}]" if way.lines else f" [{way.source}]" if way.source else ""
            yield f"{pad}{'nêu trong' if vi else 'stated in'} {way.graph}{where}"
            return
        yield f"{pad}{'theo quy tắc' if vi else 'by the rule'} {way.rule}: {way.rule_vi if vi else way.rule_en}"
        for premise in way.premises:
            yield from self._outline(premise, depth + 1, vi)

    def __repr__(self) -> str:
        return self.text()


@cache
def rules(folder: Path = resources.ONTOLOGY / "rules") -> tuple[Rule, ...]:
    """The rules of the folder by name, those that tell least of a thing last.

    Raises ValueError for one that is not in the form that the module describes.
    """
    found = []
    for path in sorted(folder.glob("*.rq"), key=lambda path: (path.stem in _OF_CLASSES, path.name)):
        text = path.read_text("utf-8")
        fields, head = dict(_FIELD.findall(text)), _HEAD.search(text)
        where = _UNKNOWN.sub("", text[text.index("WHERE {") :])
        conditions = tuple((match[1], match[2], match[3]) for match in _CONDITION.finditer(where))
        if head is None or not conditions:
            raise ValueError(f"{path}: a rule inserts one triple into GRAPH <>, and has conditions GRAPH ?name {{ ?a ?b ?c }}")
        found.append(Rule(path.stem, fields["title.vi"], fields["title.en"], (head[1], head[2], head[3]), conditions, where))
    return tuple(found)


def why(graph: Graph, subject: str, predicate: str, values: Sequence[str]) -> Why:
    """Why the statement holds. `subject` and `predicate` are IRIs, `values` an IRI or a literal's text, the first that fits.

    Raises NotFound where the graph does not hold it; `near` are the values that it holds.
    """
    search = _Search(graph)
    held = search.values(subject, predicate)
    terms = [term for value in values for term in held if _text(term) == value]
    if not terms:
        raise NotFound(f"{subject} {predicate} {values[0]}", tuple(_text(term) for term in held[:_MOST]))
    triple = (ox.NamedNode(subject), ox.NamedNode(predicate), terms[0])
    derived = list(search.derived(triple, frozenset()))
    ways = [*search.stated(triple), *derived]
    return Why(tuple(ways[:_MOST]), max(0, len(ways) - _MOST), search.labels)


_Triple = tuple[Term, Term, Term]


class _Search:
    """Looks statements up, and explains those that are only inferred."""

    def __init__(self, graph: Graph) -> None:
        self._graph = graph
        self.labels: dict[str, tuple[str, str]] = {_TYPE: ("là", "is of the class")}

    def values(self, subject: str, predicate: str) -> list[Term]:
        quads = self._graph.store.quads_for_pattern(ox.NamedNode(subject), ox.NamedNode(predicate), None, None)
        return sorted({quad.object for quad in quads}, key=str)

    def stated(self, triple: _Triple) -> Iterator[Derivation]:
        """The graphs that state the triple, with its lines; nothing where it is only inferred."""
        subject, predicate, value = triple
        if not isinstance(subject, ox.NamedNode) or not isinstance(predicate, ox.NamedNode):
            return
        quads = self._graph.store.quads_for_pattern(subject, predicate, value, None)
        names = sorted(getattr(quad.graph_name, "value", "") for quad in quads)
        for name in names:
            if not name.endswith("/graph/inferred"):
                lines = None if name.endswith(("/registry", "/ontology")) else self._lines(subject.value, predicate.value, _text(value))
                source = self._graph.value(subject.value, "registrySource") if name.endswith("/registry") else None
                yield self._made(triple, None, name, lines, source, ())

    def derived(self, triple: _Triple, seen: frozenset[str]) -> Iterator[Derivation]:
        """The derivations of the triple, each premise with its first explanation; none that goes in a circle."""
        seen |= {str(triple)}
        for rule in rules():
            for premises in self._premises(rule, triple):
                explained = []
                for premise in premises:
                    way = None if str(premise) in seen else self._first(premise, seen)
                    if way is None:
                        break
                    explained.append(way)
                else:
                    yield self._made(triple, rule, None, None, None, tuple(explained))

    def _first(self, triple: _Triple, seen: frozenset[str]) -> Derivation | None:
        return next(self.stated(triple), None) or next(self.derived(triple, seen), None)

    def _premises(self, rule: Rule, triple: _Triple) -> list[tuple[_Triple, ...]]:
        """The statements that answer the rule's conditions, those with the most that is stated first."""
        bound = {name[1:]: term for name, term in zip(rule.conclusion, triple, strict=True) if name.startswith("?")}
        fixed = [(name, term) for name, term in zip(rule.conclusion, triple, strict=True) if not name.startswith("?")]
        if any(_expanded(name) != _text(term) for name, term in fixed):
            return []
        names = sorted({part[1:] for condition in rule.conditions for part in condition if part.startswith("?")})
        values = "".join(f"VALUES ?{name} {{ {term} }} " for name, term in sorted(bound.items()))
        query = f"SELECT DISTINCT {' '.join(f'?{name}' for name in names)} {rule.where.replace('WHERE {', f'WHERE {{ {values}', 1)}"
        found = []
        solutions = self._graph.store.query(query, prefixes=dict(PREFIXES))
        for solution in solutions if isinstance(solutions, ox.QuerySolutions) else ():
            terms = {name: solution[name] for name in names} | bound
            found.append(tuple(_filled(condition, terms) for condition in rule.conditions))
        return sorted(found, key=lambda premises: (-sum(1 for one in premises if next(self.stated(one), None)), str(premises)))

    def _made(
        self,
        triple: _Triple,
        rule: Rule | None,
        name: str | None,
        lines: Lines | None,
        source: str | None,
        premises: tuple[Derivation, ...],
    ) -> Derivation:
        first, second, third = (self._labelled(term) for term in triple)
        known = (rule.name, rule.title_vi, rule.title_en) if rule else (None, "", "")
        return Derivation(first, second, third, known[0], known[1], known[2], name, lines, source, premises)

    def _labelled(self, term: Term) -> str:
        """The term as text; its labels are noted where it is an IRI."""
        text = _text(term)
        if isinstance(term, ox.NamedNode) and text not in self.labels:
            quads = self._graph.store.quads_for_pattern(term, ox.NamedNode(PREFIXES["rdfs"] + "label"), None, None)
            words = {quad.object.language: quad.object.value for quad in quads if isinstance(quad.object, ox.Literal)}
            vi = words.get("vi") or words.get(None) or text.rpartition("#")[2] or text
            self.labels[text] = (vi, words.get("en") or vi)
        return text

    def _lines(self, subject: str, predicate: str, value: str) -> Lines | None:
        """The lines that state a triple of a plan: those of its own node, of the relation or citation, or of the row."""
        if (own := lines_of(self._graph, subject)) is not None:
            return own
        name = predicate.removeprefix(ONTOLOGY)
        if name in ("hasEntry", "citedDocument"):
            return lines_of(self._graph, value)
        if name in _BACKWARD:
            return self._hop(value, name, subject).lines
        if name == "plannedIn" or name.startswith("has") or name in ("implements", "details"):
            return self._hop(subject, name, value).lines
        if name == "cites":
            places = (lines_of(self._graph, node) for node in self._graph.subjects("citedDocument", value) if self._cites(node, subject))
            return min((place for place in places if place), key=lambda place: place.first, default=None)
        return None

    def _hop(self, lower: str, name: str, upper: str) -> Hop:
        return Hops(self._graph, self._graph.rows.above([lower])).hop(lower, name, upper)

    def _cites(self, citation: str, plan: str) -> bool:
        return plan in self._graph.objects(citation, "citingDocument")


def _text(term: Term) -> str:
    return term.value if isinstance(term, ox.NamedNode | ox.Literal) else str(term)


def _expanded(name: str) -> str:
    prefix, _, local = name.partition(":")
    return PREFIXES[prefix] + local


def _filled(condition: tuple[str, str, str], terms: dict[str, Term]) -> _Triple:
    first, second, third = (terms[part[1:]] if part.startswith("?") else ox.NamedNode(_expanded(part)) for part in condition)
    return first, second, third
