"""What rests on what among documents, in memory: the direct ties with their lines, and all projects that a document carries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from heapq import nsmallest

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
MOST = 150  # of what stands in a list on a document's page
_KEPT = 16  # documents whose reach is kept: pages in several languages ask for it, and several sections of each
_CARRIED = ("implements", "details", "approves", "promulgates")


@dataclass(frozen=True, slots=True)
class Tie:
    """`upper` carries `lower`, by a relation that was stated on these lines; the relation is a key of words."""

    lower: str
    upper: str
    relation: str
    evidence: str


@dataclass(frozen=True, slots=True)
class Reach:
    """What a document carries: its projects by their IRIs, those that it justifies directly (by IRIs), and those of each plan.

    `dearest` are those with most money, the direct ones first; `money` is that of all, and `yearly` by place and by year, see `Money`.
    """

    projects: Sequence[Project]
    direct: frozenset[str]
    plans: Mapping[str, Sequence[Project]]
    dearest: Sequence[Project]
    money: int
    yearly: Mapping[str, Mapping[str, int]]


@dataclass(frozen=True)
class Bases:
    """The ties between documents."""

    facts: Facts
    _reached: dict[str, Reach] = field(default_factory=dict)

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

    def reach(self, document: Document) -> Reach:
        """The projects that a document justifies: their justifying documents are it, or rest on it. The last ones are kept."""
        if document.iri not in self._reached:
            if len(self._reached) >= _KEPT:
                del self._reached[next(iter(self._reached))]
            self._reached[document.iri] = self._reach(document.iri)
        return self._reached[document.iri]

    def _reach(self, document: str) -> Reach:
        money = self.facts.money
        justified = {iri: self.facts.projects.by("justified_by", iri) for iri in self.resting_on(document)}
        direct = frozenset(project.iri for project in justified[document])
        found = {project.iri: project for projects in justified.values() for project in projects}
        projects = [found[iri] for iri in sorted(found)]
        plans: dict[str, list[Project]] = defaultdict(list)
        yearly: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
        for project in projects:
            for plan in project.planned_in:
                plans[plan].append(project)
            place, years = money.yearly(project)
            for year, amount in years.items():
                yearly[place][year] += amount
        amounts = [money.of_project(project) or 0 for project in projects]
        ranked = ((one.iri not in direct, -amount, one.iri, one) for one, amount in zip(projects, amounts, strict=True))
        dearest = [project for *_, project in nsmallest(MOST, ranked)]
        return Reach(projects, direct, plans, dearest, sum(amounts), yearly)
