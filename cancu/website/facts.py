"""What the graph states, read once, typed, and indexed: pages are made from this, with no query of their own.

A query a page is what costs: one pass for each property reads all that pages show, and the rest is look-ups in memory. SPARQL over
the union of the plans' graphs would give what n plans say of one thing n × n times.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Generic, TypeVar, get_origin

import msgspec
import pyoxigraph as ox
from msgspec import Struct

from cancu.iris import ONTOLOGY

if TYPE_CHECKING:
    from cancu.graph import Graph

_RDFS = "http://www.w3.org/2000/01/rdf-schema#"
_SKOS = "http://www.w3.org/2004/02/skos/core#"
_TYPE = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")


class Fact(Struct, frozen=True, rename="camel", kw_only=True):
    """The base of all: an IRI and a label, in Vietnamese, and in English where the graph has one."""

    iri: str
    label: str = ""
    label_en: str = ""


class Concept(Fact, frozen=True, rename="camel", kw_only=True):
    """A concept of a scheme, or a scheme itself, with its words in both languages."""

    notation: str = ""
    in_scheme: str = ""
    pref_label: str = ""
    pref_label_en: str = ""
    definition: str = ""
    definition_en: str = ""


class SourceFile(Fact, frozen=True, rename="camel", kw_only=True):
    """The file that a plan was read from."""

    file_name: str
    sha256: str = ""
    line_count: int = 0
    media_type: str = ""
    published_at: str = ""


class Evidence(Fact, frozen=True, rename="camel", kw_only=True):
    """Lines of a source file, 1-based and inclusive."""

    in_source: str
    first_line: int
    last_line: int


class Stated(Fact, frozen=True, rename="camel", kw_only=True):
    """The base of what a plan states on certain lines."""

    in_plan: str = ""
    evidence: str = ""


class Document(Fact, frozen=True, rename="camel", kw_only=True):
    """A document: a plan that was read, one that is cited, or one that could not be resolved."""

    classes: tuple[str, ...] = ()
    number: str = ""
    document_type: str = ""
    title: str = ""
    date_issued: str = ""
    year: int | None = None
    issuer: str = ""
    jurisdiction: str = ""
    signer: str = ""
    signer_title: str = ""
    period_start: int | None = None
    period_end: int | None = None
    total_budget: int | None = None
    budget_evidence: str = ""
    budget_line: tuple[str, ...] = ()
    effective_from: str = ""
    unresolved_reason: str = ""
    unresolved_reason_en: str = ""
    stated_in: str = ""
    registry_source: str = ""
    cites: tuple[str, ...] = ()
    has_legal_basis: tuple[str, ...] = ()
    has_substantive_basis: tuple[str, ...] = ()
    has_competence_basis: tuple[str, ...] = ()
    has_procedural_basis: tuple[str, ...] = ()
    implements: tuple[str, ...] = ()
    details: tuple[str, ...] = ()
    approves: tuple[str, ...] = ()
    promulgates: tuple[str, ...] = ()
    guides: tuple[str, ...] = ()
    amends: tuple[str, ...] = ()
    replaces: tuple[str, ...] = ()

    @property
    def resolved(self) -> bool:
        """Whether the document is known by its whole key."""
        return "UnresolvedDocument" not in self.classes

    @property
    def read(self) -> bool:
        """Whether this is a plan that was read, not one that others cite."""
        return bool(self.stated_in)


class DocumentRelation(Stated, frozen=True, rename="camel", kw_only=True):
    """A relation between two documents, as a plan states it."""

    relation_subject: str
    relation_predicate: str
    relation_object: str


class Citation(Stated, frozen=True, rename="camel", kw_only=True):
    """One place where a plan cites a document."""

    citing_document: str
    cited_document: str
    citation_role: str = ""
    basis_function: str = ""
    order: int = 0
    surface: str = ""
    resolved_as: str = ""
    resolved_as_en: str = ""


class Table(Stated, frozen=True, rename="camel", kw_only=True):
    """A table of a plan."""

    title: str = ""
    unit: str = ""
    has_stated_total: tuple[str, ...] = ()


class StatedTotal(Stated, frozen=True, rename="camel", kw_only=True):
    """A total that a table prints."""

    amount: int = 0
    column: str = ""


class ProjectEntry(Stated, frozen=True, rename="camel", kw_only=True):
    """A row of a plan's table."""

    in_table: str = ""
    entry_of: str = ""
    section: str = ""
    ordinal: str = ""
    title: str = ""
    period_start: int | None = None
    period_end: int | None = None
    total_amount: int | None = None
    has_allocation: tuple[str, ...] = ()
    lead_agency: tuple[str, ...] = ()
    coordinating_agency: tuple[str, ...] = ()
    row_basis: tuple[str, ...] = ()
    note: str = ""
    concerns_system: tuple[str, ...] = ()


class Project(Fact, frozen=True, rename="camel", kw_only=True):
    """An undertaking, with its row in each plan."""

    title: str = ""
    has_entry: tuple[str, ...] = ()
    planned_in: tuple[str, ...] = ()
    justified_by: tuple[str, ...] = ()


class Allocation(Stated, frozen=True, rename="camel", kw_only=True):
    """Money of a row, by year or by source."""

    amount: int = 0
    breakdown: str = ""
    year: int | None = None
    period_start: int | None = None
    period_end: int | None = None
    funding_source: str = ""
    source_text: str = ""
    capital_kind: str = ""
    column: str = ""


class BudgetLine(Stated, frozen=True, rename="camel", kw_only=True):
    """A line of the plan's budget by source, from its body."""

    amount: int = 0
    source_text: str = ""
    funding_source: str = ""


class Agency(Fact, frozen=True, rename="camel", kw_only=True):
    """An agency of one jurisdiction, or a collective such as 'các sở, ban, ngành'."""

    name: str = ""
    agency_kind: str = ""
    jurisdiction: str = ""
    parent: tuple[str, ...] = ()


class Assignment(Stated, frozen=True, rename="camel", kw_only=True):
    """A duty of an agency."""

    assigned_agency: str
    assignment_role: str = ""
    with_agency: tuple[str, ...] = ()
    task: str = ""
    of_entry: str = ""


class System(Fact, frozen=True, rename="camel", kw_only=True):
    """An information system of one province."""

    system_kind: str = ""
    jurisdiction: str = ""
    title: str = ""


class SystemStatement(Stated, frozen=True, rename="camel", kw_only=True):
    """What a plan says of a system."""

    about_system: str
    system_status: str = ""
    mention_count: int = 0
    title: str = ""


class Target(Stated, frozen=True, rename="camel", kw_only=True):
    """A quantified goal."""

    indicator: str = ""
    comparator: str = "="
    value: float = 0
    value_max: float | None = None
    unit: str = ""
    target_year: int | None = None


class Finding(Stated, frozen=True, rename="camel", kw_only=True):
    """Something in a document that does not fit."""

    finding_kind: str = ""
    detail: str = ""
    detail_en: str = ""
    severity: str = ""
    about_node: str = ""
    detected_by: str = ""
    stated_figure: str = ""
    other_figure: str = ""
    finding_status: str = ""
    settled_by: str = ""


class Correction(Fact, frozen=True, rename="camel", kw_only=True):
    """A curator's correction, beside the value that the document states."""

    corrects: str = ""
    corrected_property: str = ""
    stated_value: str = ""
    corrected_value: str = ""
    reason: str = ""
    correction_source: str = ""


class Place(Fact, frozen=True, rename="camel", kw_only=True):
    """The country, a province, or a place in one."""

    province_code: str = ""
    merged_into: str = ""
    merged_on: str = ""


class Change(Fact, frozen=True, rename="camel", kw_only=True):
    """The event in which agencies or provinces became part of another."""

    original_organization: tuple[str, ...] = ()
    resulting_organization: tuple[str, ...] = ()
    changed_on: str = ""
    registry_source: str = ""


F = TypeVar("F", bound=Fact)


class Shelf(dict[str, F], Generic[F]):
    """The things of one kind by IRI, and by any field: the index of a field is made at its first use."""

    def __init__(self, things: dict[str, F]) -> None:
        super().__init__(things)
        self._indexes: dict[str, dict[str, tuple[F, ...]]] = {}

    def by(self, name: str, iri: str) -> tuple[F, ...]:
        """The things whose field `name` is `iri`, or holds it, in the order of their IRIs."""
        if name not in self._indexes:
            index: dict[str, list[F]] = defaultdict(list)
            for thing in self.values():
                value = getattr(thing, name)
                for one in value if isinstance(value, tuple) else (value,):
                    index[one].append(thing)
            self._indexes[name] = {key: tuple(found) for key, found in index.items()}
        return self._indexes[name].get(iri, ())


@dataclass(frozen=True)
class Facts:
    """All of them, each kind on its shelf."""

    documents: Shelf[Document]
    concepts: Shelf[Concept]
    sources: Shelf[SourceFile]
    evidence: Shelf[Evidence]
    relations: Shelf[DocumentRelation]
    citations: Shelf[Citation]
    tables: Shelf[Table]
    totals: Shelf[StatedTotal]
    entries: Shelf[ProjectEntry]
    projects: Shelf[Project]
    allocations: Shelf[Allocation]
    budget_lines: Shelf[BudgetLine]
    agencies: Shelf[Agency]
    assignments: Shelf[Assignment]
    systems: Shelf[System]
    statements: Shelf[SystemStatement]
    targets: Shelf[Target]
    findings: Shelf[Finding]
    corrections: Shelf[Correction]
    places: Shelf[Place]
    changes: Shelf[Change]

    @cached_property
    def plans(self) -> tuple[Document, ...]:
        """The plans that were read, newest first."""
        found = [document for document in self.documents.values() if document.read]
        return tuple(sorted(found, key=lambda plan: (plan.date_issued, plan.iri), reverse=True))


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


def _stated(store: ox.Store) -> dict[str, dict[str, list[str]]]:
    """What is stated of everything, by the name of a field: one pass for each property that any field is of."""
    found: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    same: dict[str, str] = {}  # one copy of each string
    fields = {field.encode_name for kind, _ in _SHELVES.values() for field in msgspec.structs.fields(kind)} - {"iri", "classes"}
    for name in sorted(name for name in fields if not (name.endswith("En") and name.removesuffix("En") in fields)):
        for subject, _, value, _ in store.quads_for_pattern(None, _full(name), None, None):
            english = isinstance(value, ox.Literal) and value.language == "en"
            text = _text(value)
            found[_text(subject)][f"{name}En" if english else name].append(same.setdefault(text, text))
    return found


def _shelf(kind: type[F], things: Iterable[str], stated: Mapping[str, Mapping[str, Sequence[str]]]) -> Shelf[F]:
    """The things as structs of `kind`, in the order of IRIs. Of several values for one field the longest is taken, then the last."""
    many = {field.encode_name: get_origin(field.type) is tuple for field in msgspec.structs.fields(kind)}
    made = {}
    for iri in sorted(things):
        values: dict[str, object] = {"iri": iri}
        for name, found in stated.get(iri, {}).items():
            if name in many:
                one = found[0] if len(found) == 1 else max(found, key=lambda value: (len(value), value))
                values[name] = sorted(set(found)) if many[name] else one
        made[iri] = msgspec.convert(values, kind, strict=False)
    return Shelf(made)


def read(graph: Graph) -> Facts:
    """Everything that pages show, from the graph: one pass for each property, whatever the number of pages."""
    store = graph.store
    stated = _stated(store)
    things = {name: _things(store, classes) for name, (_, classes) in _SHELVES.items()}
    things["documents"] |= {_text(quad.subject) for quad in store.quads_for_pattern(None, _full("documentType"), None, None)}
    for iri in things["documents"]:
        classes = store.quads_for_pattern(ox.NamedNode(iri), _TYPE, None, None)
        stated[iri]["classes"] = sorted({_text(quad.object).rpartition("#")[2] for quad in classes})
    shelves: dict[str, Any] = {name: _shelf(kind, things[name], stated) for name, (kind, _) in _SHELVES.items()}
    return Facts(**shelves)
