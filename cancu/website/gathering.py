"""Gathers what the graph states into facts: one look at each thing that pages show, whatever the number of pages.

SPARQL over the union of the plans' graphs would give what n plans say of one thing n × n times.
"""

from __future__ import annotations

from collections.abc import Iterable
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


def _shelf(store: ox.Store, kind: type[F], things: Iterable[str], same: dict[str, str]) -> Shelf[F]:
    """The things as structs of `kind`, in the order of IRIs, with one copy of each string.

    Of several values for one field the longest is taken, then the last.
    """
    fields = {field.encode_name: get_origin(field.type) is tuple for field in msgspec.structs.fields(kind)}
    names = {_full(name).value: name for name in fields if not (name.endswith("En") and name.removesuffix("En") in fields)}
    made = {}
    for iri in sorted(things):
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


def read(graph: Graph) -> Facts:
    """Everything that pages show, from the graph: one look at each thing, whatever the number of pages."""
    store = graph.store
    things = {name: _things(store, classes) for name, (_, classes) in _SHELVES.items()}
    things["documents"] |= {_text(quad.subject) for quad in store.quads_for_pattern(None, _full("documentType"), None, None)}
    same: dict[str, str] = {}
    shelves: dict[str, Any] = {name: _shelf(store, kind, things[name], same) for name, (kind, _) in _SHELVES.items()}
    return Facts(**shelves)
