"""The graph of one plan in the making: the quads that its record gives, by the loaders that share this ground."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache
from itertools import count
from typing import Any

from cancu.context import Context
from cancu.iris import concept, short, slug, term
from cancu.quads import RDF_TYPE, RDFS_LABEL, Quad, date, integer, iri, prop, text
from cancu.records import CitedDocument, Lines, Period, PlanRecord
from cancu.registry import COUNTRY, AgencyRef, DocumentRef, Registry, fold, plan_slug, type_and_title
from cancu.schemes import scheme

MANY_OF_A_KIND = frozenset({"database", "other"})
_CENTRAL = frozenset({"central", "party-central"})
_SAME_TITLE = 0.85  # of the words: one or two may be put otherwise


@cache
def _predicate(name: str) -> str:
    return name if name.startswith("<") else prop(name)


def optional(make: Callable[[Any], str], value: Any) -> str | None:
    """The term that `make` makes of the value; None for None."""
    return None if value is None else make(value)


def vi(value: str) -> str:
    """A literal in Vietnamese."""
    return text(value, "vi")


def concept_term(scheme_name: str, notation: str | None) -> str | None:
    """The concept of this notation, as a term; None for None."""
    return iri(concept(scheme_name, notation)) if notation else None


def funding(words: str | None) -> str | None:
    """The funding source that the words name, as a term; None where the scheme has none."""
    found = scheme("funding-source").within(words) if words else None
    return iri(found.iri) if found else None


def label_of(document: CitedDocument) -> str:
    """A cited document's name in the words of the citation: type and number, or type and title."""
    return f"{document.type} {document.number}" if document.number else type_and_title(document.type, document.title)


def named(registry: Registry, kind: str, number: str, jurisdiction: str) -> str:
    """A numbered document's label, the same wherever it is cited: 'Kế hoạch 391/KH-UBND (tỉnh Lào Cai)'.

    A provincial number says nothing without its province; the country's documents go without.
    """
    found = scheme("document-type").by_notation(kind)
    name = f"{found.words[0] if found else 'Văn bản'} {number}"
    return name if jurisdiction == COUNTRY else f"{name} ({registry.place_name(jurisdiction)})"


@dataclass(frozen=True, slots=True)
class PlanGraph:
    """One plan, its IRIs as terms, its quads so far, the IRIs that are taken, and what was looked up: places, agencies, documents."""

    record: PlanRecord
    context: Context
    slug: str
    home: str
    graph: str
    document: str
    quads: list[Quad] = field(default_factory=list)
    taken: set[str] = field(default_factory=set)
    _places: dict[Lines, str] = field(default_factory=dict)
    _agencies: dict[str, str] = field(default_factory=dict)
    _references: dict[CitedDocument, DocumentRef] = field(default_factory=dict)

    def add(self, subject: str, predicate: str, value: str | None, graph: str | None = None) -> None:
        """Adds a statement; `predicate` is a property's name, or a term. Nothing for None."""
        if value is not None:
            self.quads.append(Quad._make((subject, _predicate(predicate), value, graph or self.graph)))

    def node(self, family: str, name: str, class_name: str, label: str, lines: Lines | None = None, graph: str | None = None) -> str:
        """A thing of this plan, typed, labelled, and tied to its lines. A name that is taken gets the line, then a number, at its end."""
        subject = iri(self.context.iris.of_plan(family, self.slug, name))
        for number in count(1):
            if subject not in self.taken:
                break
            line = f"{name}-l{lines[0]}" if lines else name
            subject = iri(self.context.iris.of_plan(family, self.slug, line if number == 1 else f"{line}-{number}"))
        self.taken.add(subject)
        self.add(subject, RDF_TYPE, prop(class_name), graph)
        self.add(subject, RDFS_LABEL, vi(label), graph)
        self.add(subject, "inPlan", self.document, graph)
        self.add(subject, "evidence", self.evidence(lines), graph)
        return subject

    def evidence(self, lines: Lines | None) -> str | None:
        """The lines of the source file, as a node that facts on the same lines share."""
        if lines is None:
            return None
        if (subject := self._places.get(lines)) is None:
            self._places[lines] = subject = iri(self.context.iris.of_plan("evidence", self.slug, f"L{lines[0]}-{lines[1]}"))
            self.add(subject, RDF_TYPE, prop("Evidence"))
            self.add(subject, RDFS_LABEL, text(f"{self.record.source.name} {lines[0]}-{lines[1]}"))
            self.add(subject, "inSource", iri(self.context.iris.of_plan("source", self.slug)))
            self.add(subject, "firstLine", integer(lines[0]))
            self.add(subject, "lastLine", integer(lines[1]))
        return subject

    def period(self, subject: str, period: Period | None) -> None:
        """The first and last year of the subject, those that are stated."""
        first, last = period or (None, None)
        self.add(subject, "periodStart", optional(integer, first))
        self.add(subject, "periodEnd", optional(integer, last))

    def agency(self, name: str) -> str:
        """The agency that a name of this plan means, described once."""
        if (subject := self._agencies.get(name)) is None:
            self._agencies[name] = subject = self._described(self.context.registry.agency(name, self.home))
        return subject

    def _described(self, agency: AgencyRef) -> str:
        subject = iri(agency.iri)
        if subject not in self.taken:
            self.taken.add(subject)
            self.quads.extend(agency_quads(agency, self.context, self.graph))
        return subject

    def system(self, kind: str, name: str) -> str:
        """A system of the plan's province: one of each kind, but for kinds that have many, which go by name."""
        many = kind in MANY_OF_A_KIND
        found = scheme("system-kind").by_notation(kind)
        label = name if many or not found else found.words[0]
        subject = iri(self.context.iris.system(self.home, f"{kind}-{short(name, 8)}" if many else kind))
        self.add(subject, RDF_TYPE, prop("System"))
        self.add(subject, RDFS_LABEL, vi(label))
        self.add(subject, "title", vi(label))
        self.add(subject, "systemKind", concept_term("system-kind", kind))
        self.add(subject, "jurisdiction", iri(self.context.iris.jurisdiction(self.home)))
        return subject

    def assignment(self, name: str, role: str, agency: str, label: str, lines: Lines) -> str:
        """A duty of an agency, or its part in a project row."""
        node = self.node("assignment", name, "Assignment", label, lines)
        self.add(node, "assignedAgency", agency)
        self.add(node, "assignmentRole", concept_term("assignment-role", role))
        return node

    def relation(self, subject: str, predicate: str, target: str, lines: Lines) -> None:
        """A relation between two documents: the statement itself, and a node that holds its evidence."""
        self.add(subject, predicate, target)
        node = self.node(
            "relation", f"l{lines[0]}-{predicate}-{target.rstrip('>').rsplit('/', 1)[-1]}", "DocumentRelation", predicate, lines
        )
        self.add(node, "relationSubject", subject)
        self.add(node, "relationPredicate", iri(term(predicate)))
        self.add(node, "relationObject", target)

    def cited(self, document: CitedDocument) -> str:
        """A cited document as a term, with what this plan says of it.

        Of a document that the registry knows, or of the plan itself, nothing is said here: what was written stands on
        the citation, so that two plans that misquote one document do not give it two dates.
        """
        ref = self.reference(document)
        subject = iri(ref.iri)
        if subject not in self.taken and not ref.registered and subject != self.document:
            self.taken.add(subject)
            self._describe(subject, document, ref)
        return subject

    def reference(self, document: CitedDocument) -> DocumentRef:
        """What a cited document resolves to."""
        if (found := self._references.get(document)) is None:
            stated = self.record.document
            year = self.context.registry.year_of(stated.number, stated.date)
            self._references[document] = found = self.context.registry.document(document, self.home, self.slug, year)
        return found

    def called(self, name: str) -> str:
        """The document that the record names by its number, or by type and title, as a term: one that is cited, or the plan itself."""
        stated = self.record.document
        if stated.number and slug(name) == slug(stated.number):
            return self.document
        cited = next((one for one in self.record.cited_documents if slug(one.number or label_of(one)) == slug(name)), None)
        if cited is None and _same_work(name, stated.title):
            return self.document
        if cited is None:  # a work that is named only: by its type word, and the rest as its title
            found = scheme("document-type").within(" ".join(name.split()[:3]))
            kind = found.words[0] if found else "Văn bản"
            cited = CitedDocument(number=None, type=kind, title=name, date=None, issuer=None, roles=("mention",), mentions=())
        return self.cited(cited)

    def _describe(self, subject: str, document: CitedDocument, ref: DocumentRef) -> None:
        if ref.reason:
            self.add(subject, RDF_TYPE, prop("UnresolvedDocument"))
            self.add(subject, "unresolvedReason", text(ref.reason[0], "vi"))
            self.add(subject, "unresolvedReason", text(ref.reason[1], "en"))
        self.add(subject, RDF_TYPE, prop(ref.class_name))
        number = document.number
        label = named(self.context.registry, ref.kind, number, ref.jurisdiction) if number else label_of(document)
        self.add(subject, RDFS_LABEL, vi(label))
        self.add(subject, "documentType", concept_term("document-type", ref.kind))
        self.add(subject, "number", optional(text, document.number))
        self.add(subject, "dateIssued", optional(date, document.date))
        self.add(subject, "year", optional(integer, ref.year))
        self.add(subject, "title", optional(vi, document.title))
        for issuer in self.context.registry.issuers(document.issuer, self.home) if document.issuer else ():
            self.add(subject, "issuer", self._described(issuer))
        self.add(subject, "jurisdiction", iri(self.context.iris.jurisdiction(ref.jurisdiction)))


def _same_work(name: str, title: str) -> bool:
    """Whether a work without a number, named by type and title, has the words of a document's title, and the same figures."""
    kind = next(
        (word for concept in scheme("document-type").concepts for word in concept.words if fold(name).startswith(f"{fold(word)} ")), ""
    )
    named, own = slug(name[len(kind) :]).split("-"), slug(title).split("-")
    # a decision's title is "về việc ban hành Kế hoạch …"
    start = next((place for place in range(len(own)) if own[place : place + 2] == named[:2]), 0)
    own = own[start:]
    shared = (Counter(own) & Counter(named)).total()
    figures = [{word for word in words if word.isdigit()} for words in (own, named)]
    return shared >= _SAME_TITLE * max(len(own), len(named)) and figures[0] == figures[1]


def agency_quads(agency: AgencyRef, context: Context, graph: str) -> Iterator[Quad]:
    """What is said of an agency wherever it is named, and of its heirs: the same quads in each graph."""
    seen: set[str] = set()
    here: AgencyRef | None = agency
    while here is not None and here.iri not in seen:
        seen.add(here.iri)
        yield from _agency(here, context, graph)
        heir = context.registry.heir(here)
        if heir is not None and here.kind:
            event = context.iris.change(here.jurisdiction, here.kind.kind)
            yield from change_quads(event, (here.iri, here.label), (heir.agency.iri, heir.agency.label), heir.on, heir.source, graph)
        here = heir.agency if heir else None


def change_quads(event: str, original: tuple[str, str], resulting: tuple[str, str], day: str, source: str, graph: str) -> Iterator[Quad]:
    """An event in which one body became part of another: each by its IRI and label, the day where it is known, and who says so."""
    subject = iri(event)
    yield Quad(subject, RDF_TYPE, prop("ChangeEvent"), graph)
    yield Quad(subject, RDFS_LABEL, vi(f"{original[1]} → {resulting[1]}"), graph)
    yield Quad(subject, prop("originalOrganization"), iri(original[0]), graph)
    yield Quad(subject, prop("resultingOrganization"), iri(resulting[0]), graph)
    yield Quad(subject, prop("registrySource"), text(source), graph)
    if day:
        yield Quad(subject, prop("changedOn"), date(day), graph)


def _agency(agency: AgencyRef, context: Context, graph: str) -> Iterator[Quad]:
    subject = iri(agency.iri)

    def say(predicate: str, value: str) -> Quad:
        return Quad(subject, predicate, value, graph)

    yield say(RDF_TYPE, prop("CollectiveAgency" if agency.collective else "Agency"))
    yield say(RDFS_LABEL, vi(agency.label))
    yield say(prop("name"), vi(agency.name))
    yield say(prop("jurisdiction"), iri(context.iris.jurisdiction(agency.jurisdiction)))
    if agency.kind:
        yield say(prop("agencyKind"), iri(concept("agency-kind", agency.kind.kind)))
        if agency.kind.parent:
            place = COUNTRY if agency.kind.level in _CENTRAL else agency.jurisdiction
            yield say(prop("parent"), iri(context.iris.agency(place, agency.kind.parent)))


def of_record(record: PlanRecord, context: Context) -> PlanGraph:
    """The empty graph of the record's plan."""
    name, home = plan_slug(record, context.registry), context.registry.home(record)
    stated, registry = record.document, context.registry
    kind = scheme("document-type").by_word(stated.type)
    notation = kind.notation if kind else "khac"
    year = registry.year_of(stated.number, stated.date)
    if stated.number and year:
        document = context.iris.document(registry.jurisdiction_of(stated.issuer, home), notation, year, stated.number)
    else:
        document = context.iris.unresolved(name, notation, stated.number or stated.title)
    return PlanGraph(record, context, name, home, iri(context.iris.plan_graph(name)), iri(document))


def each_plan(context: Context, *parts: Callable[[PlanGraph], None]) -> Iterator[Quad]:
    """The quads that the parts add for each record of the context, plan by plan; one that is said twice comes twice."""
    for _, record in context.records():
        plan = of_record(record, context)
        for part in parts:
            part(plan)
        yield from plan.quads
