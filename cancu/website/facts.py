"""What the graph states, read once, typed, and indexed: pages are made from this, with no query of their own.

A query a page is what costs: one pass for each property reads all that pages show, and the rest is look-ups in memory. SPARQL over
the union of the plans' graphs would give what n plans say of one thing n × n times.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from typing import Generic, TypeVar

import pyoxigraph as ox
from msgspec import Struct

from cancu.website.money import Money
from cancu.website.standing import Standing

_RDFS = "http://www.w3.org/2000/01/rdf-schema#"
_SKOS = "http://www.w3.org/2004/02/skos/core#"
_TYPE = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")


class Fact(Struct, frozen=True, rename="camel", kw_only=True, gc=False):
    """The base of all: an IRI and a label, in Vietnamese, and in English where the graph has one. None leads to another but by its IRI."""

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
    def money(self) -> Money:
        """What projects and rows cost."""
        return Money(self)

    @cached_property
    def standing(self) -> Standing:
        """How documents stand in the network of what rests on what."""
        return Standing(self)

    @cached_property
    def plans(self) -> tuple[Document, ...]:
        """The plans that were read, newest first."""
        found = [document for document in self.documents.values() if document.read]
        return tuple(sorted(found, key=lambda plan: (plan.date_issued, plan.iri), reverse=True))
