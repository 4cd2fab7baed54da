"""What rests on what among documents, in memory: the direct ties with their lines, and all projects that a document carries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from cancu.iris import ONTOLOGY
from cancu.website.facts import Document, Facts, Project

# Property of a document → whether its object rests on it (approval) and not it on its object (implementation).
RELATIONS = {
    "implements": False,
    "details": False,
    "guides": False,
    "amends": False,
    "replaces": False,
    "approves": True,
    "promulgates": True,
}
_CARRIED = ("implements", "details", "approves", "promulgates")


@dataclass(frozen=True, slots=True)
class Tie:
    """`upper` carries `lower`, by a relation that was stated on these lines; the relation is a key of words."""

    lower: str
    upper: str
    relation: str
    evidence: str


@dataclass(frozen=True)
class Bases:
    """The ties between documents."""

    facts: Facts
    _found: dict[str, list[tuple[Project, bool]]] = field(default_factory=dict)

    @cached_property
    def ties(self) -> tuple[Tie, ...]:
        """Every direct tie: stated relations, and legal bases. A tie that two plans state stands once for each."""
        return tuple(dict.fromkeys((*self._stated(), *self._legal())))

    def _stated(self) -> Iterator[Tie]:
        said = set()
        for relation in self.facts.relations.values():
            name = relation.relation_predicate.removeprefix(ONTOLOGY)
            if name in RELATIONS:
                pair = (relation.relation_subject, relation.relation_object)
                said.add((name, *pair))
                yield self._tie(name, *pair, relation.evidence)
        for document in self.facts.documents.values():
            for name in RELATIONS:
                for other in getattr(document, name):
                    if (name, document.iri, other) not in said:
                        yield self._tie(name, document.iri, other, "")

    def _legal(self) -> Iterator[Tie]:
        for citation in self.facts.citations.values():
            if citation.citation_role.endswith("/legal-basis"):
                function = citation.basis_function.rpartition("/")[2] or "substance"
                yield Tie(citation.citing_document, citation.cited_document, f"basis_{function}", citation.evidence)

    @staticmethod
    def _tie(name: str, subject: str, target: str, evidence: str) -> Tie:
        lower, upper = (target, subject) if RELATIONS[name] else (subject, target)
        return Tie(lower, upper, name, evidence)

    @cached_property
    def _above(self) -> dict[str, list[Tie]]:
        index: dict[str, list[Tie]] = defaultdict(list)
        for tie in self.ties:
            index[tie.lower].append(tie)
        return index

    @cached_property
    def _below(self) -> dict[str, list[Tie]]:
        index: dict[str, list[Tie]] = defaultdict(list)
        for tie in self.ties:
            index[tie.upper].append(tie)
        return index

    def above(self, document: str) -> list[Tie]:
        """What a document rests on directly."""
        return self._above.get(document, [])

    def below(self, document: str) -> list[Tie]:
        """What rests directly on a document."""
        return self._below.get(document, [])

    def resting_on(self, document: str) -> list[str]:
        """The documents that rest on this one, directly or through others, itself first."""
        found = {document: None}
        waiting = [document]
        while waiting:
            for tie in self.below(waiting.pop()):
                carried = tie.relation in _CARRIED or tie.relation.startswith("basis_")
                if carried and tie.lower not in found:
                    found[tie.lower] = None
                    waiting.append(tie.lower)
        return list(found)

    def projects_on(self, document: Document) -> list[tuple[Project, bool]]:
        """The projects that a document justifies, and whether it does so directly: their justifying documents are it, or rest on it."""
        if document.iri not in self._found:
            found: dict[str, tuple[Project, bool]] = {}
            for iri in self.resting_on(document.iri):
                for project in self.facts.projects.by("justified_by", iri):
                    found.setdefault(project.iri, (project, iri == document.iri))
            self._found[document.iri] = sorted(found.values(), key=lambda pair: pair[0].iri)
        return self._found[document.iri]
