"""The concept schemes of `ontology/schemes/`, as look-ups from the words of records to concepts."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import pyoxigraph as ox

from cancu import resources
from cancu.iris import ONTOLOGY, SCHEME

_SKOS = "http://www.w3.org/2004/02/skos/core#"


@dataclass(frozen=True, slots=True)
class Concept:
    """A concept: its IRI, the record's own value for it, its words in Vietnamese (preferred first), and for a document type its class."""

    iri: str
    notation: str
    words: tuple[str, ...]
    class_name: str | None = None


@cache
def _fold(text: str) -> str:
    return " ".join(text.casefold().replace("uỷ", "ủy").split())


@dataclass(frozen=True, slots=True)
class Scheme:
    """One scheme, by notation and by word."""

    name: str
    concepts: tuple[Concept, ...]

    def by_notation(self, notation: str) -> Concept | None:
        """The concept with this notation."""
        return next((concept for concept in self.concepts if concept.notation == notation), None)

    def by_word(self, words: str) -> Concept | None:
        """The concept of which `words`, whatever their case, is a label."""
        folded = _fold(words)
        return next((concept for concept in self.concepts if any(_fold(word) == folded for word in concept.words)), None)

    def within(self, text: str) -> Concept | None:
        """The concept whose label stands in `text`; the longest label wins."""
        folded = _fold(text)
        found = [(len(word), concept) for concept in self.concepts for word in concept.words if _fold(word) in folded]
        return max(found, key=lambda pair: pair[0])[1] if found else None


def _value(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple) -> str:
    return term.value if isinstance(term, ox.NamedNode | ox.Literal) else ""


@cache
def scheme(name: str) -> Scheme:
    """The scheme in `ontology/schemes/{name}.ttl`, concepts in the order of their IRIs. Raises OSError where there is none."""
    store = ox.Store()
    store.load(path=str(resources.ONTOLOGY / "schemes" / f"{name}.ttl"), format=ox.RdfFormat.TURTLE)
    in_scheme, notation = ox.NamedNode(_SKOS + "inScheme"), ox.NamedNode(_SKOS + "notation")
    preferred, other, class_of = ox.NamedNode(_SKOS + "prefLabel"), ox.NamedNode(_SKOS + "altLabel"), ox.NamedNode(ONTOLOGY + "classOfType")
    concepts = []
    for quad in store.quads_for_pattern(None, in_scheme, ox.NamedNode(SCHEME + name), None):
        node = quad.subject

        def labels(predicate: ox.NamedNode, node: ox.NamedNode | ox.BlankNode | ox.Triple = node) -> list[str]:
            found = [q.object for q in store.quads_for_pattern(node, predicate, None, None)]
            return sorted(term.value for term in found if isinstance(term, ox.Literal) and term.language in ("vi", None))

        classes = [_value(q.object) for q in store.quads_for_pattern(node, class_of, None, None)]
        notations = labels(notation)
        concepts.append(
            Concept(
                _value(node),
                notations[0] if notations else "",
                (*labels(preferred), *labels(other)),
                classes[0].removeprefix(ONTOLOGY) if classes else None,
            )
        )
    return Scheme(name, tuple(sorted(concepts, key=lambda concept: concept.iri)))
