"""Gathers what the graph states into facts: one look at each thing that pages show, whatever the number of pages.

SPARQL over the union of the plans' graphs would give what n plans say of one thing n × n times.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from types import GenericAlias
from typing import Any, TypeVar, get_origin

import msgspec
import pyoxigraph as ox

from cancu.graph import Graph
from cancu.iris import ONTOLOGY
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

F = TypeVar("F", bound=Fact)
_RDFS = "http://www.w3.org/2000/01/rdf-schema#"
_SKOS = "http://www.w3.org/2004/02/skos/core#"
_TYPE = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
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
# Where properties that are not the vocabulary's own come from.
_OTHERS = {"label": _RDFS, "prefLabel": _SKOS, "definition": _SKOS, "notation": _SKOS, "inScheme": _SKOS}


def _full(name: str) -> ox.NamedNode:
    return ox.NamedNode(_OTHERS.get(name, ONTOLOGY) + name)


def _things(store: ox.Store, classes: Iterable[str]) -> set[str]:
    """The things of these classes."""
    nodes = (ox.NamedNode(name if "://" in name else ONTOLOGY + name) for name in classes)
    return {_text(quad.subject) for node in nodes for quad in store.quads_for_pattern(None, _TYPE, node, None)}


def _text(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple) -> str:
    return str(term) if isinstance(term, ox.Triple) else term.value


def _shelf(store: ox.Store, kind: type[F], things: Iterable[str], same: dict[str, str], known: Mapping[str, F]) -> Shelf[F]:
    """The things as structs of `kind`, in the order of IRIs, with one copy of each string; those that are known are not looked at.

    Of several values for one field the longest is taken, then the last.
    """
    fields = {field.encode_name: get_origin(field.type) is tuple for field in msgspec.structs.fields(kind)}
    names = {_full(name).value: name for name in fields if not (name.endswith("En") and name.removesuffix("En") in fields)}
    made = {}
    for iri in sorted(things):
        if iri in known:
            made[iri] = known[iri]
            continue
        found: dict[str, set[str]] = {}
        for _, predicate, value, _ in store.quads_for_pattern(ox.NamedNode(iri), None, None, None):
            text = _text(value)
            if predicate == _TYPE:
                found.setdefault("classes", set()).add(text.rpartition("#")[2])
            elif name := names.get(predicate.value):
                english = isinstance(value, ox.Literal) and value.language == "en"
                found.setdefault(f"{name}En" if english else name, set()).add(same.setdefault(text, text))
        values: dict[str, object] = {"iri": same.setdefault(iri, iri)}
        for name, several in found.items():
            if name in fields:
                values[name] = sorted(several) if fields[name] else max(several, key=lambda value: (len(value), value))
        made[iri] = msgspec.convert(values, kind, strict=False)
    return Shelf(made)


def read(graph: Graph, known: Known | None = None) -> Facts:
    """Everything that pages show, from the graph: one look at each thing, whatever the number of pages, but for what is known of it."""
    store = graph.store
    things = {name: _things(store, classes) for name, (_, classes) in _SHELVES.items()}
    things["documents"] |= {_text(quad.subject) for quad in store.quads_for_pattern(None, _full("documentType"), None, None)}
    same: dict[str, str] = {}
    shelves: dict[str, Any] = {
        name: _shelf(store, kind, things[name], same, known.of(name, kind) if known else {}) for name, (kind, _) in _SHELVES.items()
    }
    return Facts(**shelves)


def dumps(stated: Facts) -> dict[str, bytes]:
    """Each shelf as bytes, to be known when the facts of a later graph are read."""
    return {name: msgspec.msgpack.encode(list(getattr(stated, name).values())) for name in _SHELVES}


@dataclass(frozen=True)
class Known:
    """The facts of an earlier graph (see `dumps`), of which those still hold that are about things that no change `concerns`."""

    kept: Mapping[str, bytes]
    concerns: Callable[[str], bool]
    _read: dict[str, list[Any]] = field(default_factory=dict)

    def every(self, name: str, kind: type[F]) -> list[F]:
        """What lay on a shelf, in its order."""
        if name not in self._read:
            self._read[name] = msgspec.msgpack.decode(self.kept[name], type=GenericAlias(list, (kind,)))
        return self._read[name]

    def of(self, name: str, kind: type[F]) -> dict[str, F]:
        """What holds of a shelf, by IRIs."""
        return {fact.iri: fact for fact in self.every(name, kind) if not self.concerns(fact.iri)}
