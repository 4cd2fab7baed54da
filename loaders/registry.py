"""The registry's documents and kinds of agencies → quads of the registry graph."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from cancu.context import Context
from cancu.iris import SCHEME, concept
from cancu.plan_graph import agency_quads, named
from cancu.quads import RDF_TYPE, RDFS_LABEL, Quad, date, integer, iri, prop, text
from cancu.registry_tables import RegisteredDocument
from cancu.schemes import scheme

_KNOWN_BY_TITLE = frozenset({"luat", "bo-luat", "phap-lenh"})
_SKOS = "http://www.w3.org/2004/02/skos/core#"


def load(data: Path, context: Context) -> Iterator[Quad]:
    """The quads of `data/registry/documents.csv` and `agencies.csv`."""
    graph = iri(context.iris.graph("registry"))
    yield from _agency_kinds(context, graph)
    for row in context.registry.documents:
        yield from _document(row, context, graph)


def _agency_kinds(context: Context, graph: str) -> Iterator[Quad]:
    whole = iri(SCHEME + "agency-kind")
    yield Quad(whole, RDF_TYPE, iri(_SKOS + "ConceptScheme"), graph)
    yield Quad(whole, RDFS_LABEL, text("Loại cơ quan", "vi"), graph)
    yield Quad(whole, RDFS_LABEL, text("Kinds of agency", "en"), graph)
    for kind in context.registry.agency_kinds:
        subject = iri(concept("agency-kind", kind.kind))
        yield Quad(subject, RDF_TYPE, iri(_SKOS + "Concept"), graph)
        yield Quad(subject, iri(_SKOS + "inScheme"), whole, graph)
        yield Quad(subject, iri(_SKOS + "notation"), text(kind.kind), graph)
        yield Quad(subject, iri(_SKOS + "prefLabel"), text(kind.label, "vi"), graph)
        yield Quad(subject, iri(_SKOS + "prefLabel"), text(kind.label_en, "en"), graph)
        for alias in kind.aliases:
            yield Quad(subject, iri(_SKOS + "altLabel"), text(alias, "vi"), graph)
        if kind.parent:
            yield Quad(subject, iri(_SKOS + "broader"), iri(concept("agency-kind", kind.parent)), graph)


def _document(row: RegisteredDocument, context: Context, graph: str) -> Iterator[Quad]:
    registry = context.registry
    subject = iri(registry.registered_iri(row))
    kind = scheme("document-type").by_notation(row.kind)

    def say(predicate: str, value: str) -> Quad:
        return Quad(subject, predicate, value, graph)

    if kind and row.kind in _KNOWN_BY_TITLE:
        label = f"{kind.words[0]} {row.title}"
    else:
        label = named(registry, row.kind, row.number, row.jurisdiction)
    yield say(RDF_TYPE, prop((kind and kind.class_name) or "Document"))
    yield say(RDFS_LABEL, text(label, "vi"))
    if kind:
        yield say(prop("documentType"), iri(kind.iri))
    yield say(prop("number"), text(row.number))
    if row.title:
        yield say(prop("title"), text(row.title, "vi"))
    if row.day:
        yield say(prop("dateIssued"), date(row.day))
    if row.year:
        yield say(prop("year"), integer(row.year))
    yield say(prop("jurisdiction"), iri(context.iris.jurisdiction(row.jurisdiction)))
    for issuer in registry.issuers(row.issuer, row.jurisdiction) if row.issuer else ():
        yield say(prop("issuer"), iri(issuer.iri))
        yield from agency_quads(issuer, context, graph)
    if row.effective_from:
        yield say(prop("effectiveFrom"), date(row.effective_from))
    yield say(prop("registrySource"), text(row.source))
    for predicate, keys in row.relations:
        for key in keys:
            other = registry.referred(row, key)
            if other is not None:
                yield say(prop(predicate), iri(registry.registered_iri(other)))
