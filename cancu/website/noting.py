"""What a page looks at, noted while it is set: a page that is about no one thing holds where all that is as it was.

Facts that are asked for by their IRIs, or by what stands in one of their fields, are noted one by one; where a page goes through a
shelf, that shelf as a whole. So no list has to say what it depends on.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from functools import cached_property
from typing import Any, TypeVar

import msgspec

from cancu.website.facts import Document, Fact, Facts, Shelf
from cancu.website.gathering import Known
from cancu.website.money import Money
from cancu.website.standing import Standing

F = TypeVar("F", bound=Fact)
RANKS = "ranks"  # noted as an answer
_MONEY = ("documents", "projects", "entries", "allocations")  # what money is reckoned from


class Looked(msgspec.Struct, frozen=True, array_like=True):
    """What a page looked at: facts by their traces, see `_traces`, whole shelves, and answers, by their names."""

    facts: list[str]
    shelves: list[str]
    answers: list[str]


@dataclass(frozen=True, slots=True)
class Same:
    """What is as it was when the site before was made: shelves and answers; `moved` are the traces of facts that are not."""

    shelves: frozenset[str]
    answers: frozenset[str]
    moved: frozenset[str]

    @classmethod
    def of(cls, stated: Facts, known: Known, answers: Iterable[str]) -> Same:
        """By the facts of now and those that are known of before; of answers those are given that are the same."""
        shelves, moved = set(), set[str]()
        for name in (field.name for field in fields(stated)):
            shelf: Shelf[Any] = getattr(stated, name)
            if known.holds(name, list(shelf.values())):
                shelves.add(name)
            else:
                before = {fact.iri: fact for fact in known.every(name, known.kind(name))}
                for iri in before.keys() | shelf.keys():
                    if before.get(iri) is not shelf.get(iri):
                        moved.update(*(_traces(fact) for fact in (before.get(iri), shelf.get(iri)) if fact))
        return cls(frozenset(shelves), frozenset(answers), frozenset(moved))

    def has(self, looked: Looked) -> bool:
        """Whether all is the same that a page looked at."""
        return self.shelves.issuperset(looked.shelves) and self.answers.issuperset(looked.answers) and self.moved.isdisjoint(looked.facts)


def _traces(fact: Fact) -> Iterator[str]:
    """How a fact is looked for: by its IRI, and by each value of each field."""
    yield fact.iri
    for name in fact.__struct_fields__:
        value = getattr(fact, name)
        yield from (_trace(name, one) for one in (value if isinstance(value, tuple) else (value,)))


def _trace(name: str, value: object) -> str:
    return f"{name}={value}"


class Notes:
    """What is noted of a page that is being set."""

    def __init__(self) -> None:
        self._facts: dict[str, set[str]] = defaultdict(set)
        self._shelves: set[str] = set()
        self._ranks = False

    def facts(self, shelf: str) -> set[str]:
        """The traces of the facts that were looked for on a shelf, to be added to."""
        return self._facts[shelf]

    def shelf(self, *names: str) -> None:
        """Notes that shelves were gone through."""
        self._shelves.update(names)

    def ranks(self) -> None:
        """Notes that documents were shown as they are ranked."""
        self._ranks = True

    def looked(self, answers: Iterable[str]) -> Looked:
        """All that was noted, and these answers."""
        found = {trace for name, traces in self._facts.items() if name not in self._shelves for trace in traces}
        return Looked(sorted(found), sorted(self._shelves), sorted((*answers, RANKS) if self._ranks else answers))


class _NotedShelf(Shelf[F]):
    """A shelf that notes what is asked of it. It is empty itself: all is asked of the one that it stands for."""

    def __init__(self, name: str, shelf: Shelf[F], notes: Notes) -> None:
        super().__init__({})
        self._name, self._shelf, self._notes, self._traces = name, shelf, notes, notes.facts(name)

    def _whole(self) -> Shelf[F]:
        self._notes.shelf(self._name)
        return self._shelf

    def _noted(self, trace: str) -> Shelf[F]:
        self._traces.add(trace)
        return self._shelf

    def by(self, name: str, iri: str) -> tuple[F, ...]:
        return self._noted(_trace(name, iri)).by(name, iri)

    def __getitem__(self, iri: str) -> F:
        return self._noted(iri)[iri]

    def __contains__(self, iri: object) -> bool:
        return iri in self._noted(str(iri))

    def get(self, iri: str, default: Any = None) -> Any:
        return self._noted(iri).get(iri, default)

    def __iter__(self) -> Any:
        return iter(self._whole())

    def __len__(self) -> int:
        return len(self._whole())

    def keys(self) -> Any:
        return self._whole().keys()

    def values(self) -> Any:
        return self._whole().values()

    def items(self) -> Any:
        return self._whole().items()


class _NotedFacts(Facts):
    """Facts on shelves that note what is asked of them."""

    _facts: Facts
    _notes: Notes

    @cached_property
    def money(self) -> Money:
        self._notes.shelf(*_MONEY)
        return self._facts.money

    @cached_property
    def standing(self) -> Standing:
        self._notes.ranks()
        return self._facts.standing

    @cached_property
    def plans(self) -> tuple[Document, ...]:
        self._notes.shelf("documents")
        return self._facts.plans


def noted(stated: Facts, notes: Notes) -> Facts:
    """The same facts, with notes taken of what is looked at."""
    shelves: Mapping[str, Any] = {field.name: _NotedShelf(field.name, getattr(stated, field.name), notes) for field in fields(stated)}
    found = _NotedFacts(**shelves)
    found.__dict__.update(_facts=stated, _notes=notes)
    return found
