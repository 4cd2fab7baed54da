"""Gathers what the graph states into facts: one look at each thing that pages show, whatever the number of pages.

SPARQL over the union of the plans' graphs would give what n plans say of one thing n × n times.
"""

from __future__ import annotations

import sys
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import chain
from operator import attrgetter, is_
from types import GenericAlias
from typing import Any, Generic, TypeVar, get_origin

import msgspec

from cancu.graph import Graph
from cancu.iris import ONTOLOGY
from cancu.quads import RDF_TYPE, prop
from cancu.ties import Concern
from cancu.website.facts import (
    Agency,
    Allocation,
    Assignment,
    BudgetLine,
    Change,
    Citation,
    Concept,
    Correction,
    Document,
    DocumentRelation,
    Evidence,
    Fact,
    Facts,
    Finding,
    Place,
    Project,
    ProjectEntry,
    Shelf,
    SourceFile,
    StatedTotal,
    System,
    SystemStatement,
    Table,
    Target,
)
from cancu.website.money import Reckoned
from cancu.website.statements import Statements, text_of_term

F = TypeVar("F", bound=Fact)
_RDFS = "http://www.w3.org/2000/01/rdf-schema#"
_SKOS = "http://www.w3.org/2004/02/skos/core#"
# Each shelf, what lies on it, and the classes of those things; on that of documents lies whatever has a type of document, too.
_SHELVES: dict[str, tuple[type[Fact], tuple[str, ...]]] = {
    "documents": (Document, ("Plan", "UnresolvedDocument")),
    "concepts": (Concept, (f"{_SKOS}Concept", f"{_SKOS}ConceptScheme")),
    "sources": (SourceFile, ("SourceFile",)),
    "evidence": (Evidence, ("Evidence",)),
    "relations": (DocumentRelation, ("DocumentRelation",)),
    "citations": (Citation, ("Citation",)),
    "tables": (Table, ("Table",)),
    "totals": (StatedTotal, ("StatedTotal",)),
    "entries": (ProjectEntry, ("ProjectEntry",)),
    "projects": (Project, ("Project",)),
    "allocations": (Allocation, ("Allocation",)),
    "budget_lines": (BudgetLine, ("BudgetLine",)),
    "agencies": (Agency, ("Agency", "CollectiveAgency")),
    "assignments": (Assignment, ("Assignment",)),
    "systems": (System, ("System",)),
    "statements": (SystemStatement, ("SystemStatement",)),
    "targets": (Target, ("Target",)),
    "findings": (Finding, ("Finding",)),
    "corrections": (Correction, ("Correction",)),
    "places": (Place, ("Jurisdiction", "Province")),
    "changes": (Change, ("ChangeEvent",)),
}
_LAST = chr(sys.maxunicode)
# Where properties that are not the vocabulary's own come from.
_OTHERS = {"label": _RDFS, "prefLabel": _SKOS, "definition": _SKOS, "notation": _SKOS, "inScheme": _SKOS}


SHELVES = tuple(_SHELVES)
_MONEY, _RANKS = "money", "ranks"
KEPT = (*SHELVES, _MONEY, _RANKS)
_SHELF_OF: dict[str, list[str]] = defaultdict(list)  # by the terms of classes
for _name, (_, _classes) in _SHELVES.items():
    for _class in _classes:
        _SHELF_OF[f"<{_class}>" if "://" in _class else prop(_class)].append(_name)
_TYPED = prop("documentType")


class _Maker(Generic[F]):
    """Makes facts of a kind. Of several values for one field the longest is taken, then the last."""

    def __init__(self, kind: type[F]) -> None:
        self._kind = kind
        self._several = {field.encode_name: get_origin(field.type) is tuple for field in msgspec.structs.fields(kind)}
        english = {name for name in self._several if name.endswith("En") and name.removesuffix("En") in self._several}
        terms = {name: f"<{_OTHERS.get(name, ONTOLOGY)}{name}>" for name in self._several.keys() - english}
        # by property: the field, and that of a value in English
        self._fields = {RDF_TYPE if name == "classes" else term: (name, f"{name}En") for name, term in terms.items()}

    def fact(self, iri: str, said: Iterable[Sequence[str]], same: dict[str, str]) -> F:
        """What is said of a thing (subject, predicate and value, as terms) as a fact, with one copy of each string."""
        found: dict[str, list[str]] = {}
        for _, predicate, value in said:
            if predicate not in self._fields:
                continue
            name, english = self._fields[predicate]
            if predicate == RDF_TYPE:
                text = value[1:-1].rpartition("#")[2]
            else:
                text = text_of_term(value)
                if value.endswith('"@en'):
                    name = english
            if name in found:
                found[name].append(text)
            else:
                found[name] = [text]
        values: dict[str, object] = {"iri": same.setdefault(iri, iri)}
        for name, texts in found.items():
            every = [same.setdefault(text, text) for text in texts]
            if self._several.get(name, False):
                values[name] = sorted(set(every)) if len(every) > 1 else every
            else:
                values[name] = every[0] if len(every) == 1 else max(every, key=lambda text: (len(text), text))
        return msgspec.convert(values, self._kind, strict=False)


_MAKERS: dict[str, _Maker[Any]] = {name: _Maker(kind) for name, (kind, _) in _SHELVES.items()}


def read(graph: Graph | Statements, known: Known | None = None) -> Facts:
    """Everything that pages show, from the graph: one look at each thing, whatever the number of pages, but for what is known of it."""
    told = Statements.of_graph(graph) if isinstance(graph, Graph) else graph
    found: dict[str, dict[str, Any]] = {name: known.holding(name, kind, told) if known else {} for name, (kind, _) in _SHELVES.items()}
    plans = known.plans(told) if known else told.owned
    shared = {thing: told.shared[thing] for thing in told.shared if known.concern.has(thing[1:-1])} if known else told.shared
    same: dict[str, str] = {}
    for things in chain([shared], map(told.own, plans)):
        for thing, lines in things.items():
            said = [line.split(" ", 2) for line in lines]
            shelves = {name for _, predicate, value in said if predicate == RDF_TYPE for name in _SHELF_OF.get(value, ())}
            if any(predicate == _TYPED for _, predicate, _ in said):
                shelves.add("documents")
            for name in shelves:
                fact = _MAKERS[name].fact(thing[1:-1], said, same)
                found[name][fact.iri] = known.same(name, fact) if known else fact
    stated = Facts(**{name: Shelf({iri: things[iri] for iri in sorted(things)}) for name, things in found.items()})
    if known:
        stated.money.know(known.reckoned())
        if known.ranks_hold:
            stated.standing.know(known.kept(_RANKS))
    return stated


def dumps(stated: Facts, known: Known | None = None) -> dict[str, bytes]:
    """The shelves as bytes, and what is reckoned of them, to be known when the facts of a later graph are read.

    But for those on which all is as it is known.
    """
    shelves = {name: list(getattr(stated, name).values()) for name in SHELVES}
    moved = {name: msgspec.msgpack.encode(things) for name, things in shelves.items() if not (known and known.holds(name, things))}
    reckoned = {_MONEY: msgspec.msgpack.encode(stated.money.reckon())} if moved else {}
    return moved | reckoned | ({} if known and known.ranks_hold else {_RANKS: stated.standing.dumps()})


@dataclass(frozen=True)
class Known:
    """The facts of an earlier graph, of which those still hold that are about things that no change since concerns.

    `ranks_hold` where that by which documents are ranked is as it was. `kept` gives each of what is `KEPT` as `dumps` gave it.
    """

    kept: Callable[[str], bytes]
    concern: Concern
    ranks_hold: bool = False
    _read: dict[str, list[Any]] = field(default_factory=dict)

    def every(self, name: str, kind: type[F]) -> list[F]:
        """What lay on a shelf, in its order."""
        if name not in self._read:
            self._read[name] = msgspec.msgpack.decode(self.kept(name), type=GenericAlias(list, (kind,)))
        return self._read[name]

    @staticmethod
    def kind(name: str) -> type[Fact]:
        """What lies on a shelf."""
        return _SHELVES[name][0]

    def same(self, name: str, fact: F) -> F:
        """A fact that was read anew: as the struct that is known where it is the same, so that what did not change is told at a glance."""
        every = self.every(name, type(fact))
        at = bisect_left(every, fact.iri, key=attrgetter("iri"))
        return every[at] if at < len(every) and every[at] == fact else fact

    def holds(self, name: str, things: Sequence[Fact]) -> bool:
        """Whether on a shelf lie the very structs that are known."""
        every = self.every(name, self.kind(name))
        return len(things) == len(every) and all(map(is_, things, every))

    def reckoned(self) -> Reckoned:
        """The money of the projects that still hold."""
        every = msgspec.msgpack.decode(self.kept(_MONEY), type=Reckoned)
        return {iri: one for iri, one in every.items() if not self.concern.has(iri)}

    def plans(self, told: Statements) -> frozenset[str]:
        """The plans with things of their own that it concerns: these are read anew, all others' facts hold."""
        return (self.concern.plans | {told.plan(iri) for iri in self.concern.things}) & told.owned.keys()

    def holding(self, name: str, kind: type[F], told: Statements) -> dict[str, F]:
        """What still holds on a shelf, by its IRI."""
        gone, concerned, every = self.plans(told), self.concern.has, self.every(name, kind)
        holds, at = list[F](), 0
        while at < len(every):
            iri = every[at].iri
            if plan := told.plan(iri):  # what is a plan's own stands together
                own = iri[: iri.index("/", len(told.base)) + len(plan) + 2]
                end = bisect_right(every, own + _LAST, at + 1, key=attrgetter("iri"))
                if plan not in gone:
                    holds += every[at:end]
                at = end
            else:
                if not concerned(iri):
                    holds.append(every[at])
                at += 1
        return {fact.iri: fact for fact in holds}
