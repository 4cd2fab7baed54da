"""How documents stand among those that rest on them, by the facts: in a store the statements that tell so take seconds to load."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cached_property
from importlib import import_module
from itertools import chain
from typing import TYPE_CHECKING

import msgspec

from cancu.paths import Measures

if TYPE_CHECKING:
    from cancu.website.facts import Document, Facts


class Standing:
    """How the documents of the facts stand: what was known of it, or reckoned at its first use."""

    def __init__(self, facts: Facts) -> None:
        self._facts = facts
        self._told = b""

    @cached_property
    def ranks(self) -> tuple[Measures, ...]:
        """All documents that projects or documents rest on, the highest PageRank first."""
        if self._told:
            return msgspec.msgpack.decode(self._told, type=tuple[Measures, ...])
        return tuple(sorted(_measured(self._facts), key=lambda one: (-one.pagerank, one.document)))

    def know(self, told: bytes) -> None:
        """Takes what `dumps` gave of facts by which documents are ranked alike."""
        self._told = told

    def dumps(self) -> bytes:
        """The ranks as bytes."""
        return self._told or msgspec.msgpack.encode(self.ranks)


def _measured(stated: Facts) -> Iterator[Measures]:
    ranking = import_module("cancu.ranking")  # with networkx, which takes a tenth of a second to load
    laws = frozenset(ranking.LAWS)
    tops = (
        document.iri
        for document in stated.documents.values()
        if not laws.isdisjoint(document.classes) or ranking.is_central(document.issuer)
    )
    groups = [ranking.Group(*group) for group in _groups(stated)]
    measured: Iterator[Measures] = ranking.measures(ranking.network_of(set(_edges(stated.documents.values()))), groups, frozenset(tops))
    return measured


def _edges(documents: Iterable[Document]) -> Iterator[tuple[str, str]]:
    """From each document to those that it rests on."""
    for document in documents:
        for above in chain(document.has_legal_basis, document.implements, document.details):
            if above != document.iri:
                yield document.iri, above
        for below in chain(document.promulgates, document.approves):
            if below != document.iri:
                yield below, document.iri


def _groups(stated: Facts) -> Iterator[tuple[frozenset[tuple[str, str]], frozenset[str], int, int]]:
    """Projects with the same plans and the same bases, as `cancu.ranking.Group` has them."""
    documents = stated.documents
    alike: dict[tuple[tuple[str, ...], tuple[str, ...]], list[int]] = defaultdict(list)
    for project in stated.projects.values():
        alike[project.planned_in, project.justified_by].append(stated.money.of_project(project) or 0)
    for (plans, own), amounts in alike.items():
        acts = (act.iri for plan in plans for name in ("promulgates", "approves") for act in documents.by(name, plan))
        if bases := frozenset((*own, *acts)):
            places = frozenset((plan, documents[plan].jurisdiction if plan in documents else "") for plan in plans)
            yield places, bases, len(amounts), sum(amounts)
