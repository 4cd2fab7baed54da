"""The plan document of each record, what it cites, and the relations between documents that it states → quads of the plan's graph."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from cancu import records
from cancu.context import Context
from cancu.iris import short, slug
from cancu.misquote import Misquote
from cancu.plan_graph import PlanGraph, concept_term, each_plan, funding, label_of, named, optional, vi
from cancu.quads import RDF_TYPE, RDFS_LABEL, Quad, date, integer, iri, prop, text, url
from cancu.records import CitedDocument, PlanDocument
from cancu.schemes import scheme

_BASIS = {"competence": "hasCompetenceBasis", "substance": "hasSubstantiveBasis", "procedure": "hasProceduralBasis"}


def load(data: Path, context: Context) -> Iterator[Quad]:
    """The quads of every record in the context, in the order given."""
    yield from each_plan(context, _document, _citations, _relations)


def _document(plan: PlanGraph) -> None:
    stated, source = plan.record.document, plan.record.source
    me = plan.document
    plan.add(me, RDF_TYPE, prop("Plan"))
    if not plan.context.registry.knows(me[1:-1]):  # else the registry says what it is, once
        _identity(plan, stated)
    plan.add(me, "signer", optional(text, stated.signer))
    plan.add(me, "signerTitle", optional(text, stated.signer_title))
    for recipient in stated.recipients:
        plan.add(me, "recipient", text(recipient))
    plan.period(me, stated.period)
    plan.add(me, "totalBudget", optional(integer, stated.total_budget_vnd))
    plan.add(me, "budgetEvidence", plan.evidence(stated.total_budget_lines))
    for line in stated.budget_by_source:
        node = plan.node("budget-line", slug(line.source), "BudgetLine", line.source, line.lines)
        plan.add(me, "budgetLine", node)
        plan.add(node, "amount", integer(line.amount_vnd))
        plan.add(node, "sourceText", text(line.source))
        plan.add(node, "fundingSource", funding(line.source))
    file = iri(plan.context.iris.of_plan("source", plan.slug))
    plan.add(me, "statedIn", file)
    plan.add(file, RDF_TYPE, prop("SourceFile"))
    plan.add(file, RDFS_LABEL, text(source.name))
    plan.add(file, "fileName", text(source.name))
    plan.add(file, "sha256", text(source.sha256))
    plan.add(file, "lineCount", integer(source.lines))
    plan.add(file, "mediaType", text(source.media_type))
    plan.add(file, "publishedAt", optional(url, source.published_at or plan.context.registry.published.get(source.sha256)))
    if stated.promulgated_by:
        _promulgation(plan, stated.promulgated_by)


def _identity(plan: PlanGraph, stated: PlanDocument) -> None:
    me, registry = plan.document, plan.context.registry
    kind = scheme("document-type").by_word(stated.type)
    if kind and kind.class_name:
        plan.add(me, RDF_TYPE, prop(kind.class_name))
    place = registry.jurisdiction_of(stated.issuer, plan.home)
    label = (
        named(registry, kind.notation if kind else "", stated.number, place) if stated.number else f"{stated.type} {stated.title}".strip()
    )
    plan.add(me, RDFS_LABEL, vi(label))
    plan.add(me, "documentType", iri(kind.iri) if kind else None)
    plan.add(me, "number", optional(text, stated.number))
    plan.add(me, "title", vi(stated.title) if stated.title else None)
    plan.add(me, "dateIssued", optional(date, stated.date))
    plan.add(me, "year", optional(integer, registry.year_of(stated.number, stated.date)))
    plan.add(me, "jurisdiction", iri(plan.context.iris.jurisdiction(plan.home)))
    plan.add(me, "issuer", optional(plan.agency, stated.issuer))


def _promulgation(plan: PlanGraph, by: records.Promulgation) -> None:
    issuer = plan.record.document.issuer
    decision = CitedDocument(number=by.number, type=by.type, title=None, date=by.date, issuer=issuer, roles=("mention",), mentions=())
    plan.relation(plan.cited(decision), "promulgates", plan.document, by.lines)


def _citations(plan: PlanGraph) -> None:
    mentions: list[tuple[records.Lines, CitedDocument, str, records.Mention]] = []
    for document in plan.record.cited_documents:
        subject = plan.cited(document)
        mentions += [(mention.lines, document, subject, mention) for mention in document.mentions]
        if "legal_basis" in document.roles:
            plan.add(plan.document, _BASIS.get(document.function or "", "hasLegalBasis"), subject)
        else:
            plan.add(plan.document, "cites", subject)
    mentions.sort(key=lambda item: item[0])
    for order, (lines, document, subject, mention) in enumerate(mentions, 1):
        name = f"{slug(document.number) if document.number else short(label_of(document), 8)}-l{lines[0]}"
        node = plan.node("citation", name, "Citation", mention.surface, lines)
        plan.add(node, "citingDocument", plan.document)
        plan.add(node, "citedDocument", subject)
        plan.add(node, "citationRole", concept_term("citation-role", mention.role))
        if mention.role == "legal_basis":
            plan.add(node, "basisFunction", concept_term("basis-function", document.function))
        plan.add(node, "order", integer(order))
        plan.add(node, "surface", text(mention.surface))
        ref = plan.reference(document)
        own = document.title if ref.registered and mention is _fullest(document) else None
        plan.add(node, "citedTitle", optional(vi, mention.title or own or None))
        if ref.taken_as:
            plan.add(node, "resolvedAs", text(ref.taken_as[0], "vi"))
            plan.add(node, "resolvedAs", text(ref.taken_as[1], "en"))
        if ref.misquote and (ref.misquote.kind != "date-conflict" or mention in _dating(document)):
            _misquoted(plan, node, lines, ref.misquote)


def _fullest(document: CitedDocument) -> records.Mention:
    """The mention that gave the document its title: the first that is a legal basis, or else the first of all."""
    return next((mention for mention in document.mentions if mention.role == "legal_basis"), document.mentions[0])


def _dating(document: CitedDocument) -> Sequence[records.Mention]:
    """The mentions that write the document's date, or the first where none does."""
    _, month, day = (int(part) for part in (document.date or "0-0-0").split("-"))
    written = re.compile(rf"(?<!\d)0?{day}\s*(?:/|-|[.]|tháng)\s*0?{month}(?!\d)")
    return [mention for mention in document.mentions if written.search(mention.surface)] or document.mentions[:1]


def _misquoted(plan: PlanGraph, citation: str, lines: records.Lines, wrong: Misquote) -> None:
    """A finding for a citation that contradicts the registry, unless reading found the same fault on the same lines."""
    for known in plan.record.findings:
        if known.kind == wrong.kind and known.lines[0] <= lines[1] and lines[0] <= known.lines[1]:
            return
    graph = iri(plan.context.iris.graph("findings"))
    node = plan.node("finding", f"l{lines[0]}-{wrong.kind}-{slug(wrong.held)}", "Finding", wrong.vi, lines, graph)
    plan.add(node, "findingKind", concept_term("finding-kind", wrong.kind), graph)
    plan.add(node, "detail", text(wrong.vi, "vi"), graph)
    plan.add(node, "detail", text(wrong.en, "en"), graph)
    plan.add(node, "statedFigure", text(wrong.written), graph)
    plan.add(node, "otherFigure", text(wrong.held), graph)
    plan.add(node, "severity", "<http://www.w3.org/ns/shacl#Warning>", graph)
    plan.add(node, "aboutNode", citation, graph)
    plan.add(node, "detectedBy", text("reading"), graph)


def _relations(plan: PlanGraph) -> None:
    for relation in plan.record.document_relations:
        subject, target = plan.called(relation.subject), plan.called(relation.object)
        if subject != target:
            plan.relation(subject, relation.predicate, target, relation.lines)
