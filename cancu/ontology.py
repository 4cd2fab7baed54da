"""The vocabulary as a list of terms, for its page of reference and for anyone who asks what a term means."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from rdflib import OWL, RDF, RDFS, SKOS, Graph, Literal, URIRef
from rdflib.collection import Collection
from rdflib.term import Node

from cancu import resources
from cancu.iris import ONTOLOGY

_DOMAIN_INCLUDES, _RANGE_INCLUDES = URIRef("https://schema.org/domainIncludes"), URIRef("https://schema.org/rangeIncludes")
_KINDS = {
    OWL.Class: "class",
    OWL.ObjectProperty: "property",
    OWL.DatatypeProperty: "property",
    RDF.Property: "property",
    OWL.AnnotationProperty: "property",
}


@dataclass(frozen=True, slots=True)
class Term:
    """A class or a property. `domain`, `range`, `above` and `chains` hold prefixed names: 'cancu:Document', 'eli:cites'.

    `kind` is 'class' or 'property'; `above` are the classes or properties that it is below; `types` are the notations of the types
    of documents that make up a class.
    """

    iri: str
    name: str
    kind: str
    label_vi: str
    label_en: str
    comment_vi: str
    comment_en: str
    domain: tuple[str, ...] = ()
    range: tuple[str, ...] = ()
    above: tuple[str, ...] = ()
    inverse: tuple[str, ...] = ()
    chains: tuple[str, ...] = ()
    types: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Scheme:
    """A concept scheme: its name, its words, and its concepts as (notation, Vietnamese, English, definition in English)."""

    name: str
    label_vi: str
    label_en: str
    concepts: tuple[tuple[str, str, str, str], ...]


@cache
def _graph() -> Graph:
    return Graph().parse(resources.ONTOLOGY / "cancu.ttl", format="turtle")


def _words(graph: Graph, node: Node, predicate: Node, language: str) -> str:
    return min(
        (str(word) for word in graph.objects(node, predicate) if isinstance(word, Literal) and word.language == language), default=""
    )


def _names(graph: Graph, nodes: Iterable[Node]) -> tuple[str, ...]:
    return tuple(sorted(graph.namespace_manager.curie(node) for node in nodes if isinstance(node, URIRef)))


def _term(graph: Graph, node: URIRef, kind: str) -> Term:
    above = RDFS.subClassOf if kind == "class" else RDFS.subPropertyOf
    chains = (Collection(graph, chain) for chain in graph.objects(node, OWL.propertyChainAxiom))
    types = (graph.value(gci, OWL.hasValue) for gci in graph.subjects(RDFS.subClassOf, node))
    return Term(
        iri=str(node),
        name=str(node).removeprefix(ONTOLOGY),
        kind=kind,
        label_vi=_words(graph, node, RDFS.label, "vi"),
        label_en=_words(graph, node, RDFS.label, "en"),
        comment_vi=_words(graph, node, RDFS.comment, "vi"),
        comment_en=_words(graph, node, RDFS.comment, "en"),
        domain=_names(graph, (*graph.objects(node, RDFS.domain), *graph.objects(node, _DOMAIN_INCLUDES))),
        range=_names(graph, (*graph.objects(node, RDFS.range), *graph.objects(node, _RANGE_INCLUDES))),
        above=_names(graph, graph.objects(node, above)),
        inverse=_names(graph, (*graph.objects(node, OWL.inverseOf), *graph.subjects(OWL.inverseOf, node))),
        chains=tuple(sorted(" ∘ ".join(graph.namespace_manager.curie(str(part)) for part in chain) for chain in chains)),
        types=tuple(sorted(str(value).rsplit("/", 1)[-1] for value in types if value is not None)),
    )


@cache
def terms() -> tuple[Term, ...]:
    """All classes, then all properties of the vocabulary, each in the order of their names."""
    graph = _graph()
    found = {
        (kind, str(node)): _term(graph, node, kind)
        for rdf_type, kind in _KINDS.items()
        for node in graph.subjects(RDF.type, rdf_type)
        if isinstance(node, URIRef) and str(node).startswith(ONTOLOGY)
    }
    return tuple(found[key] for key in sorted(found))


@cache
def schemes() -> tuple[Scheme, ...]:
    """The concept schemes of `ontology/schemes/`, in the order of their names; concepts in the order of their IRIs."""
    found = []
    for path in sorted((resources.ONTOLOGY / "schemes").glob("*.ttl")):
        graph = Graph().parse(path, format="turtle")
        scheme = next(graph.subjects(RDF.type, SKOS.ConceptScheme))
        concepts = tuple(
            (
                str(graph.value(node, SKOS.notation)),
                _words(graph, node, SKOS.prefLabel, "vi"),
                _words(graph, node, SKOS.prefLabel, "en"),
                _words(graph, node, SKOS.definition, "en"),
            )
            for node in sorted(graph.subjects(RDF.type, SKOS.Concept), key=str)
        )
        found.append(Scheme(path.stem, _words(graph, scheme, SKOS.prefLabel, "vi"), _words(graph, scheme, SKOS.prefLabel, "en"), concepts))
    return tuple(found)


def version() -> str:
    """The version of the vocabulary: '0.1.0'."""
    graph = _graph()
    return str(graph.value(next(graph.subjects(RDF.type, OWL.Ontology)), OWL.versionInfo))


# ---------------------------------------------------------------- the page of reference


def reference() -> str:
    """docs/ontology.md: every class, property and concept, in Markdown."""
    head = f"""# The vocabulary

Prefix `cancu:` for <{ONTOLOGY}>, version {version()}, OWL 2 RL. Concepts are <https://w3id.org/cancu/scheme/…>.
This page is made from `ontology/` by `python -m cancu.ontology`; it holds every term and is never edited by hand.
"""
    classes = [_entry(term) for term in terms() if term.kind == "class"]
    properties = [_entry(term) for term in terms() if term.kind == "property"]
    return "\n".join([head, "## Classes\n", *classes, "## Properties\n", *properties, "## Concept schemes\n", *map(_table, schemes())])


def _entry(term: Term) -> str:
    facts = (
        ("below", term.above),
        ("of", term.domain),
        ("values", term.range),
        ("inverse of", term.inverse),
        ("follows from", term.chains),
        ("documents of type", term.types),
    )
    lines = [f"- {name}: {', '.join(f'`{value}`' for value in values)}" for name, values in facts if values]
    body = "\n".join(("", *lines, "")) if lines else ""
    return f"### {term.name}\n\n*{term.label_en} · {term.label_vi}.* {_code(term.comment_en)}\n{body}"


def _code(words: str) -> str:
    """Paths of SPARQL in backquotes, so that Markdown leaves their stars alone."""
    return re.sub(r"cancu:\S*[/(|^]\S*", lambda match: f"`{match[0]}`", words)


def _table(scheme: Scheme) -> str:
    rows = "\n".join(f"| `{notation}` | {vi} | {en} | {definition} |" for notation, vi, en, definition in scheme.concepts)
    head = "| notation | Vietnamese | English | meaning |\n|---|---|---|---|"
    return f"### {scheme.name}\n\n*{scheme.label_en} · {scheme.label_vi}*\n\n{head}\n{rows}\n"


if __name__ == "__main__":
    (resources.ROOT / "docs" / "ontology.md").write_text(reference(), encoding="utf-8")
