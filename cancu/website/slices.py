"""The parts of a large graph that questions are asked of: the whole of thousands of plans, in a store, takes more memory than all pages.

A store keeps some 340 bytes of each statement. What a question has to say of each plan by itself is asked of some hundred plans at a
time, those of a province together. What concerns all plans is asked of the statements alone whose properties and classes it names.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from itertools import chain

from cancu.asking import PREFIXES
from cancu.quads import RDF_TYPE, RDFS_LABEL, iri, prop
from cancu.website.statements import Statements

_TOGETHER = 100_000_000  # bytes of lines of the plans that are asked together
_ASIDE = re.compile(r"""^\s*#.*$|^\s*PREFIX.*$|"[^"\n]*"|'[^'\n]*'""", re.MULTILINE)
_NAME = re.compile(r"<([^>\s]*)>|\b([a-z]+):([A-Za-z][\w-]*)|(?<=\s)(a)(?=\s)")
_IRI = re.compile(rb"<[^>]+>")
_BOTH_WAYS = frozenset(map(prop, ("approves", "promulgates", "amends", "replaces")))  # questions go along them from either end
_STATED_IN, _PLACE, _REGISTERED = prop("statedIn"), prop("jurisdiction"), prop("registrySource")

Terms = frozenset[str]


def named(query: str) -> Terms:
    """The terms that a query names. It can read no statement with another property, and of types only those of the classes among them.

    That holds for queries in which no property and no class is a variable without its values being listed, as ours are.
    """
    found = _NAME.findall(_ASIDE.sub(" ", query))
    return frozenset(RDF_TYPE if a else f"<{iri or PREFIXES.get(prefix, prefix) + local}>" for iri, prefix, local, a in found)


class Plans:
    """The plans of a graph: their documents by their names, and what is stated around some of them."""

    def __init__(self, told: Statements) -> None:
        self.told = told
        self.documents: dict[str, str] = {}
        places: dict[str, str] = {}
        for thing, lines in told.shared.items():
            said = [line.split(" ", 2)[1:] for line in lines]
            for name in {told.plan(value[1:-1]) for predicate, value in said if predicate == _STATED_IN} - {""}:
                self.documents[name] = thing[1:-1]
                places[name] = min((value for predicate, value in said if predicate == _PLACE), default="")
        self._places = places
        self._leads: dict[str, set[str]] = defaultdict(set)
        for line in chain.from_iterable(told.shared.values()):
            thing, predicate, value = line.split(" ", 2)
            if value in told.shared:
                self._leads[thing].add(value)
                if predicate in _BOTH_WAYS:
                    self._leads[value].add(thing)

    def blocks(self) -> Iterator[list[str]]:
        """All plans by their names, some hundred at a time, those of one place together."""
        beside: dict[str, list[str]] = defaultdict(list)
        for name in self.told.owned:
            beside[self._places.get(name, "")].append(name)
        block, size = list[str](), 0
        for _, names in sorted(beside.items()):
            block += names
            size += sum(end - start for name in names for start, end in self._spans(name))
            if size > _TOGETHER:
                yield block
                block, size = [], 0
        if block:
            yield block

    def stated(self, names: Iterable[str]) -> bytes:
        """What these plans state and what follows from it, the registry, and what others say of the things that they mention, as N-Quads.

        What questions ask of one graph stands in that graph alone.
        """
        lines = self.told.read(chain(*map(self._spans, names), self.told.graphs.get(iri(f"{self.told.base}graph/registry"), ())))
        waiting = [term for term in map(bytes.decode, set(_IRI.findall(lines))) if term in self.told.shared]
        mentioned = set(waiting)
        for thing in waiting:
            waiting += (new := self._leads[thing] - mentioned)
            mentioned |= new
        others = self._shared(sorted(mentioned), lambda predicate, _: predicate not in (_STATED_IN, _REGISTERED))
        return b"".join((lines, *others))

    def about(self, terms: Terms) -> Iterator[bytes]:
        """The statements of all plans that have these terms, as N-Quads; of plans' own things documents alone have names."""

        def read(predicate: str, value: str) -> bool:
            return predicate in terms and (predicate != RDF_TYPE or value in terms)

        yield from self._shared(self.told.shared, read)
        wanted, kind, name_of = {term.encode() for term in terms}, RDF_TYPE.encode(), RDFS_LABEL.encode()
        document = f"<{self.told.base}unresolved/".encode()
        for name in self.told.owned:
            for line in self.told.read(self.told.owned[name]).splitlines(keepends=True):
                _, predicate, rest = line.split(b" ", 2)
                if predicate not in wanted or (predicate == kind and rest[: rest.index(b" ")] not in wanted):
                    continue
                if predicate != name_of or line.startswith(document):
                    yield line

    def _shared(self, things: Iterable[str], wanted: Callable[[str, str], bool]) -> Iterator[bytes]:
        end = f" {iri(f'{self.told.base}graph/shared')} .\n"
        for line in chain.from_iterable(self.told.shared[thing] for thing in things):
            if wanted(*line.split(" ", 2)[1:]):
                yield f"{line}{end}".encode()

    def _spans(self, name: str) -> list[tuple[int, int]]:
        """Where the lines of a plan stand: those of its graph, and what follows or was found of its own things."""
        spans = sorted((*self.told.owned[name], *self.told.graphs.get(iri(f"{self.told.base}graph/plan/{name}"), ())))
        found: list[tuple[int, int]] = []
        for start, end in spans:
            if found and start <= found[-1][1]:
                found[-1] = (found[-1][0], max(end, found[-1][1]))
            else:
                found.append((start, end))
        return found
