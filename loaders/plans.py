"""Plan records → quads: one named graph a plan, and the findings that reading made."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cancu import records
from cancu.context import Context
from cancu.errors import InputError
from cancu.iris import concept, short, slug, term
from cancu.quads import RDF_TYPE, RDFS_LABEL, Quad, date, decimal, integer, iri, prop, text, url
from cancu.records import CitedDocument, Lines, PlanRecord, ProjectRow
from cancu.registry import AgencyRef, DocumentRef, plan_slug
from cancu.schemes import scheme

_BASIS = {"competence": "hasCompetenceBasis", "substance": "hasSubstantiveBasis", "procedure": "hasProceduralBasis"}
_ROLE_PROPERTY = {"lead": "leadAgency", "coordinate": "coordinatingAgency"}


def load(data: Path, context: Context) -> Iterator[Quad]:
    """The quads of every record in `context.plans`, in the order given. A record that breaks the schema is rejected."""
    for path in context.plans:
        try:
            record = records.read(path)
        except InputError as error:
            context.reject(path, error)
            continue
        yield from plan_quads(record, context)


def plan_quads(record: PlanRecord, context: Context) -> Iterator[Quad]:
    """The quads of one record: a pure function of the record and the registry."""
    plan = _Plan(record, context, plan_slug(record, context.registry), [], set())
    for part in (_document, _citations, _relations, _tables, _projects, _duties, _systems, _targets, _findings):
        part(plan)
    yield from sorted(set(plan.quads))


@dataclass(frozen=True, slots=True)
class _Plan:
    """One plan in the making: its quads so far, and the IRIs that are taken."""

    record: PlanRecord
    context: Context
    slug: str
    quads: list[Quad]
    taken: set[str]

    @property
    def home(self) -> str:
        return self.context.registry.home(self.record)

    @property
    def graph(self) -> str:
        return iri(self.context.iris.plan_graph(self.slug))

    @property
    def document(self) -> str:
        """The plan's own IRI as a term."""
        stated = self.record.document
        kind = scheme("document-type").by_word(stated.type)
        registry = self.context.registry
        year = registry.year_of(stated.number, stated.date)
        notation = kind.notation if kind else "khac"
        if stated.number and year:
            return iri(self.context.iris.document(registry.jurisdiction_of(stated.issuer, self.home), notation, year, stated.number))
        return iri(self.context.iris.unresolved(self.slug, notation, stated.number or stated.title))

    def add(self, subject: str, predicate: str, value: str | None, graph: str | None = None) -> None:
        if value is not None:
            self.quads.append(Quad(subject, predicate if predicate.startswith("<") else prop(predicate), value, graph or self.graph))

    def node(self, family: str, name: str, class_name: str, label: str, lines: Lines | None = None, graph: str | None = None) -> str:
        """A thing of this plan, typed, labelled, and tied to its lines. A name that is taken gets the line, then a letter, at its end."""
        names = [name, *([f"{name}-l{lines[0]}"] if lines else []), *(f"{name}-l{lines[0] if lines else 0}-{i}" for i in range(2, 10_000))]
        value = next(found for found in (self.context.iris.of_plan(family, self.slug, n) for n in names) if found not in self.taken)
        self.taken.add(value)
        subject = iri(value)
        self.add(subject, RDF_TYPE, prop(class_name), graph)
        self.add(subject, RDFS_LABEL, text(label, "vi"), graph)
        self.add(subject, "inPlan" if class_name != "Project" else "plannedIn", self.document, graph)
        self.add(subject, "evidence", self.evidence(lines), graph)
        return subject

    def evidence(self, lines: Lines | None) -> str | None:
        if lines is None:
            return None
        subject = iri(self.context.iris.of_plan("evidence", self.slug, f"L{lines[0]}-{lines[1]}"))
        self.add(subject, RDF_TYPE, prop("Evidence"))
        self.add(subject, RDFS_LABEL, text(f"{self.record.source.name} {lines[0]}-{lines[1]}"))
        self.add(subject, "inSource", iri(self.context.iris.of_plan("source", self.slug)))
        self.add(subject, "firstLine", integer(lines[0]))
        self.add(subject, "lastLine", integer(lines[1]))
        return subject

    def agency(self, name: str) -> str:
        agency = self.context.registry.agency(name, self.home)
        for quad in agency_quads(agency, self.context, self.graph):
            self.quads.append(quad)
        return iri(agency.iri)

    def cited(self, document: CitedDocument) -> DocumentRef:
        return self.context.registry.document(document, self.home, self.slug)


def agency_quads(agency: AgencyRef, context: Context, graph: str) -> Iterator[Quad]:
    """What is said of an agency wherever it is named: the same quads in each graph."""
    subject = iri(agency.iri)

    def say(predicate: str, value: str) -> Quad:
        return Quad(subject, predicate, value, graph)

    yield say(RDF_TYPE, prop("CollectiveAgency" if agency.collective else "Agency"))
    yield say(RDFS_LABEL, text(agency.label, "vi"))
    yield say(prop("name"), text(agency.name, "vi"))
    yield say(prop("jurisdiction"), iri(context.iris.jurisdiction(agency.jurisdiction)))
    if agency.kind:
        yield say(prop("agencyKind"), iri(concept("agency-kind", agency.kind.kind)))
        if agency.kind.parent:
            place = agency.jurisdiction if agency.kind.level not in {"central", "party-central"} else "vn"
            yield say(prop("parent"), iri(context.iris.agency(place, agency.kind.parent)))


def _concept(name: str, notation: str | None) -> str | None:
    return iri(concept(name, notation)) if notation else None


def _optional(make: Callable[[Any], str], value: Any) -> str | None:
    return None if value is None else make(value)


def _vi(value: str) -> str:
    return text(value, "vi")


# ---------------------------------------------------------------- the document itself


def _document(plan: _Plan) -> None:
    stated, source = plan.record.document, plan.record.source
    kind = scheme("document-type").by_word(stated.type)
    me = plan.document
    plan.add(me, RDF_TYPE, prop("Plan"))
    if kind and kind.class_name:
        plan.add(me, RDF_TYPE, prop(kind.class_name))
    plan.add(me, RDFS_LABEL, _vi(f"{stated.type} {stated.number or ''} ({plan.context.registry.place_name(plan.home)})".replace("  ", " ")))
    plan.add(me, "documentType", iri(kind.iri) if kind else None)
    plan.add(me, "number", _optional(text, stated.number))
    plan.add(me, "title", _vi(stated.title))
    plan.add(me, "dateIssued", _optional(date, stated.date))
    plan.add(me, "year", _optional(integer, plan.context.registry.year_of(stated.number, stated.date)))
    plan.add(me, "jurisdiction", iri(plan.context.iris.jurisdiction(plan.home)))
    plan.add(me, "issuer", _optional(plan.agency, stated.issuer))
    plan.add(me, "signer", _optional(text, stated.signer))
    plan.add(me, "signerTitle", _optional(text, stated.signer_title))
    for recipient in stated.recipients:
        plan.add(me, "recipient", text(recipient))
    _period(plan, me, stated.period)
    plan.add(me, "totalBudget", _optional(integer, stated.total_budget_vnd))
    plan.add(me, "budgetEvidence", plan.evidence(stated.total_budget_lines))
    for line in stated.budget_by_source:
        node = plan.node("budget-line", slug(line.source), "BudgetLine", line.source, line.lines)
        plan.add(me, "budgetLine", node)
        plan.add(node, "amount", integer(line.amount_vnd))
        plan.add(node, "sourceText", text(line.source))
        plan.add(node, "fundingSource", _funding(line.source))
    file = iri(plan.context.iris.of_plan("source", plan.slug))
    plan.add(me, "statedIn", file)
    plan.add(file, RDF_TYPE, prop("SourceFile"))
    plan.add(file, RDFS_LABEL, text(source.name))
    plan.add(file, "fileName", text(source.name))
    plan.add(file, "sha256", text(source.sha256))
    plan.add(file, "lineCount", integer(source.lines))
    plan.add(file, "mediaType", text(source.media_type))
    plan.add(file, "publishedAt", _optional(url, source.published_at))
    if stated.promulgated_by:
        _promulgation(plan, stated.promulgated_by)


def _promulgation(plan: _Plan, by: records.Promulgation) -> None:
    mention = records.Mention(surface=f"{by.type} {by.number or ''}".strip(), lines=by.lines, role="mention")
    decision = CitedDocument(
        number=by.number, type=by.type, title=None, date=by.date, issuer=plan.record.document.issuer, roles=("mention",), mentions=(mention,)
    )
    subject = _describe(plan, decision, plan.cited(decision))
    plan.add(subject, "promulgates", plan.document)
    _relation(plan, subject, "promulgates", plan.document, by.lines)


def _period(plan: _Plan, subject: str, period: records.Period | None) -> None:
    first, last = period or (None, None)
    plan.add(subject, "periodStart", _optional(integer, first))
    plan.add(subject, "periodEnd", _optional(integer, last))


def _funding(words: str | None) -> str | None:
    found = scheme("funding-source").within(words) if words else None
    return iri(found.iri) if found else None


# ---------------------------------------------------------------- citations and relations


def _describe(plan: _Plan, document: CitedDocument, ref: DocumentRef) -> str:
    """What this plan says of a document that it cites."""
    subject = iri(ref.iri)
    registered = any(plan.context.registry.registered_iri(row) == ref.iri for row in plan.context.registry.documents)
    if ref.reason:
        plan.add(subject, RDF_TYPE, prop("UnresolvedDocument"))
        plan.add(subject, "unresolvedReason", text(ref.reason[0], "vi"))
        plan.add(subject, "unresolvedReason", text(ref.reason[1], "en"))
    if registered or subject == plan.document:
        return subject  # the registry, or the plan itself, says what it is; what was written stands on the citation
    plan.add(subject, RDF_TYPE, prop(ref.class_name))
    plan.add(subject, "documentType", _concept("document-type", ref.kind))
    plan.add(subject, RDFS_LABEL, _vi(_label(document)))
    plan.add(subject, "number", _optional(text, document.number))
    plan.add(subject, "dateIssued", _optional(date, document.date))
    plan.add(subject, "year", _optional(integer, ref.year))
    plan.add(subject, "title", _optional(_vi, document.title))
    plan.add(subject, "issuer", _optional(plan.agency, document.issuer))
    plan.add(subject, "jurisdiction", iri(plan.context.iris.jurisdiction(ref.jurisdiction)))
    return subject


def _label(document: CitedDocument) -> str:
    return f"{document.type} {document.number or document.title or ''}".strip()


def _citations(plan: _Plan) -> None:
    mentions = []
    for document in plan.record.cited_documents:
        ref = plan.cited(document)
        subject = _describe(plan, document, ref)
        for mention in document.mentions:
            mentions.append((mention.lines, document, subject, mention))
        if "legal_basis" in document.roles:
            plan.add(plan.document, _BASIS.get(document.function or "", "hasLegalBasis"), subject)
        else:
            plan.add(plan.document, "cites", subject)
    mentions.sort(key=lambda item: item[0])
    for order, (lines, document, subject, mention) in enumerate(mentions, 1):
        name = f"{slug(document.number) if document.number else short(_label(document), 8)}-l{lines[0]}"
        node = plan.node("citation", name, "Citation", mention.surface, lines)
        plan.add(node, "citingDocument", plan.document)
        plan.add(node, "citedDocument", subject)
        plan.add(node, "citationRole", _concept("citation-role", mention.role))
        if mention.role == "legal_basis":
            plan.add(node, "basisFunction", _concept("basis-function", document.function))
        plan.add(node, "order", integer(order))
        plan.add(node, "surface", text(mention.surface))


def _relations(plan: _Plan) -> None:
    by_name = {document.number or _label(document): document for document in plan.record.cited_documents}

    def resolve(name: str) -> str:
        if plan.record.document.number and slug(name) == slug(plan.record.document.number):
            return plan.document
        document = by_name.get(name)
        if document is None:
            document = next((d for n, d in by_name.items() if slug(n) == slug(name)), None)
        if document is None:  # a work that is named only: by its type word, and the rest as its title
            found = scheme("document-type").within(" ".join(name.split()[:3]))
            kind = found.words[0] if found else "Văn bản"
            document = CitedDocument(number=None, type=kind, title=name, date=None, issuer=None, roles=("mention",), mentions=())
        return _describe(plan, document, plan.cited(document))

    for relation in plan.record.document_relations:
        subject, target = resolve(relation.subject), resolve(relation.object)
        if subject != target:
            plan.add(subject, relation.predicate, target)
            _relation(plan, subject, relation.predicate, target, relation.lines)


def _relation(plan: _Plan, subject: str, predicate: str, target: str, lines: Lines) -> None:
    name = f"l{lines[0]}-{predicate}-{target.rstrip('>').rsplit('/', 1)[-1]}"
    node = plan.node("relation", name, "DocumentRelation", predicate, lines)
    plan.add(node, "relationSubject", subject)
    plan.add(node, "relationPredicate", iri(term(predicate)))
    plan.add(node, "relationObject", target)


# ---------------------------------------------------------------- tables and projects


def _tables(plan: _Plan) -> None:
    for table in plan.record.tables:
        node = plan.node("table", table.id, "Table", table.title or table.id, table.lines)
        plan.add(node, "title", _vi(table.title or table.id))
        plan.add(node, "unit", _optional(text, table.unit))
        for total in table.stated_totals:
            name = f"{table.id}-{short(total.label, 6)}-{short(total.column, 8)}"
            child = plan.node("total", name, "StatedTotal", f"{total.label}: {total.column}", total.lines)
            plan.add(node, "hasStatedTotal", child)
            plan.add(child, "column", text(total.column))
            plan.add(child, "amount", integer(total.amount_vnd))


def row_key(row: ProjectRow) -> str:
    """The name of a row in IRIs: table, section label, ordinal: 'appendix-1-ii-3'; its first line where it has no ordinal."""
    section = slug(row.section.split(".")[0].split(" ")[0]) if row.section else ""
    if len(section) > 5:  # a section without a label of its own
        section = short(row.section or "", 4)
    ordinal = slug(row.ordinal) if row.ordinal else f"l{row.lines[0]}"
    return "-".join(part for part in (row.table, section, ordinal) if part)


def _projects(plan: _Plan) -> None:
    same: dict[tuple[str, tuple[str, ...]], str] = {}
    seen: set[tuple[str, str]] = set()
    for row in plan.record.projects:
        key = row_key(row)
        entry = plan.node("entry", key, "ProjectEntry", row.name, row.lines)
        plan.add(entry, "title", _vi(row.name))
        plan.add(entry, "inTable", iri(plan.context.iris.of_plan("table", plan.slug, row.table)))
        plan.add(entry, "section", _optional(text, row.section))
        plan.add(entry, "ordinal", _optional(text, row.ordinal))
        plan.add(entry, "note", _optional(_vi, row.note))
        plan.add(entry, "totalAmount", _optional(integer, row.total_vnd))
        _period(plan, entry, row.period)
        _project(plan, row, entry, same, seen)
        _allocations(plan, row, entry)
        for number in row.row_basis:
            document = next((d for d in plan.record.cited_documents if d.number and slug(d.number) == slug(number)), None)
            if document is None:
                kind = "Văn bản"
                document = CitedDocument(number=number, type=kind, title=None, date=None, issuer=None, roles=("row_basis",), mentions=())
            plan.add(entry, "rowBasis", _describe(plan, document, plan.cited(document)))
        for role, names in (("lead", row.lead), ("coordinate", row.coordinating)):
            for name in names:
                agency = plan.agency(name)
                plan.add(entry, _ROLE_PROPERTY[role], agency)
                node = _assignment(plan, f"{key}-{role}-{short(name, 8)}", role, agency, name, row.lines)
                plan.add(node, "ofEntry", entry)
                plan.add(entry, "hasAssignment", node)
        for kind in row.systems:
            for system in _systems_of_kind(plan, kind):
                plan.add(entry, "concernsSystem", system)


def _project(plan: _Plan, row: ProjectRow, entry: str, same: dict[tuple[str, tuple[str, ...]], str], seen: set[tuple[str, str]]) -> None:
    """Joins the row to its project: the curated one, the one of an equal row in another table of this plan, or a new one."""
    key = entry.rstrip(">").rsplit("/", 1)[-1]
    curated = plan.context.registry.undertakings.get((plan.slug, key))
    identity = (slug(row.name), tuple(sorted(map(slug, row.lead))))
    if curated:
        project = iri(plan.context.iris.of_plan("project", *curated))
    elif identity in same and (row.table, identity[0]) not in seen:
        project = same[identity]
    else:
        project = iri(plan.context.iris.of_plan("project", plan.slug, key))
        same.setdefault(identity, project)
    seen.add((row.table, identity[0]))
    plan.add(project, RDF_TYPE, prop("Project"))
    if project == iri(plan.context.iris.of_plan("project", plan.slug, key)):
        plan.add(project, RDFS_LABEL, _vi(row.name))
        plan.add(project, "title", _vi(row.name))
    plan.add(project, "plannedIn", plan.document)
    plan.add(project, "hasEntry", entry)
    plan.add(entry, "entryOf", project)


def _allocations(plan: _Plan, row: ProjectRow, entry: str) -> None:
    key = entry.rstrip(">").rsplit("/", 1)[-1]

    def allocation(name: str, label: str, amount: int, breakdown: str) -> str:
        node = plan.node("allocation", f"{key}-{name}", "Allocation", label, row.lines)
        plan.add(entry, "hasAllocation", node)
        plan.add(node, "amount", integer(amount))
        plan.add(node, "breakdown", _concept("breakdown", breakdown))
        return node

    for year, amount in row.by_year_vnd.items():
        plan.add(allocation(year, year, amount, "by-year"), "year", integer(int(year)))
    for part in row.allocations:
        node = allocation(short(part.column, 10) or "amount", part.column, part.amount_vnd, "by-source")
        plan.add(node, "column", text(part.column))
        years = [int(year) for year in (part.year_or_period or "").split("-") if year.strip().isdigit()]
        if len(years) == 1:
            plan.add(node, "year", integer(years[0]))
        elif years:
            _period(plan, node, (years[0], years[-1]))
        plan.add(node, "sourceText", _optional(text, part.source))
        plan.add(node, "fundingSource", _funding(part.source))
        capital = scheme("capital-kind").within(part.capital) if part.capital else None
        plan.add(node, "capitalKind", iri(capital.iri) if capital else None)


# ---------------------------------------------------------------- duties, systems, targets, findings


def _assignment(plan: _Plan, name: str, role: str, agency: str, label: str, lines: Lines) -> str:
    node = plan.node("assignment", name, "Assignment", label, lines)
    plan.add(node, "assignedAgency", agency)
    plan.add(node, "assignmentRole", _concept("assignment-role", role))
    return node


def _duties(plan: _Plan) -> None:
    for duty in plan.record.responsibilities:
        name = f"l{duty.lines[0]}-{duty.role}-{short(duty.agency, 8)}"
        node = _assignment(plan, name, duty.role, plan.agency(duty.agency), f"{duty.agency}: {duty.task}", duty.lines)
        plan.add(node, "task", _vi(duty.task))
        for other in duty.with_:
            plan.add(node, "withAgency", plan.agency(other))


_MANY_OF_A_KIND = {"database", "other"}


def _systems_of_kind(plan: _Plan, kind: str) -> Iterable[str]:
    """The plan's systems of a kind; for a kind with many systems none, since a row does not say which."""
    return () if kind in _MANY_OF_A_KIND else (_system(plan, kind, kind),)


def _system(plan: _Plan, kind: str, name: str) -> str:
    key = f"{kind}-{short(name, 8)}" if kind in _MANY_OF_A_KIND else kind
    found = scheme("system-kind").by_notation(kind)
    label = name if kind in _MANY_OF_A_KIND or not found else found.words[0]
    subject = iri(plan.context.iris.system(plan.home, key))
    plan.add(subject, RDF_TYPE, prop("System"))
    plan.add(subject, RDFS_LABEL, _vi(label))
    plan.add(subject, "title", _vi(label))
    plan.add(subject, "systemKind", _concept("system-kind", kind))
    plan.add(subject, "jurisdiction", iri(plan.context.iris.jurisdiction(plan.home)))
    return subject


def _systems(plan: _Plan) -> None:
    for system in plan.record.systems:
        subject = _system(plan, system.kind, system.name)
        node = plan.node("system-statement", f"{slug(system.kind)}-{short(system.name, 8)}", "SystemStatement", system.name, system.lines_first)
        plan.add(node, "aboutSystem", subject)
        plan.add(node, "title", _vi(system.name))
        plan.add(node, "systemStatus", _concept("system-status", system.status))
        plan.add(node, "mentionCount", integer(system.mentions))


def _targets(plan: _Plan) -> None:
    for target in plan.record.targets:
        node = plan.node("target", f"l{target.lines[0]}-{short(target.subject, 8)}", "Target", target.subject, target.lines)
        plan.add(node, "indicator", _vi(target.subject))
        plan.add(node, "comparator", text(target.comparator))
        plan.add(node, "value", decimal(target.value))
        plan.add(node, "valueMax", _optional(decimal, target.value_max))
        plan.add(node, "unit", text(target.unit))
        plan.add(node, "targetYear", _optional(integer, target.by_year))


def _findings(plan: _Plan) -> None:
    graph = iri(plan.context.iris.graph("findings"))
    for finding in plan.record.findings:
        node = plan.node("finding", f"l{finding.lines[0]}-{finding.kind}", "Finding", finding.detail, finding.lines, graph)
        plan.add(node, "findingKind", _concept("finding-kind", finding.kind), graph)
        plan.add(node, "detail", _vi(finding.detail), graph)
        plan.add(node, "severity", "<http://www.w3.org/ns/shacl#Warning>", graph)
        plan.add(node, "detectedBy", text("reading"), graph)
