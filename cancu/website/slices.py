"""The parts of a large graph that questions are asked of: the whole of thousands of plans, in a store, takes more memory than all pages.

A store keeps some 340 bytes of each statement, and takes longer to read most of them than to answer. So questions are asked of the
statements alone whose properties and classes they name: what a question has to say of each plan by itself, of some hundred plans at a
time, those of a province together; what it has to say of one thing, of the plans that mention it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
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


def _having(content: bytes, terms: Terms) -> Iterator[bytes]:
    """The lines of N-Quads whose property is one of these terms; of types those of the classes among them."""
    wanted, kind = {term.encode() for term in terms}, RDF_TYPE.encode()
    for line in content.splitlines(keepends=True):
        _, predicate, value, _ = line.split(b" ", 3)
        if predicate in wanted and (predicate != kind or value in wanted):
            yield line


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

    def blocks(self, names: Iterable[str]) -> Iterator[list[str]]:
        """These plans, some hundred at a time, those of one place together."""
        beside: dict[str, list[str]] = defaultdict(list)
        for name in names:
            beside[self._places.get(name, "")].append(name)
        block, size = list[str](), 0
        for _, together in sorted(beside.items()):
            block += together
            size += sum(end - start for name in together for start, end in self._spans(name))
            if size > _TOGETHER:
                yield block
                block, size = [], 0
        if block:
            yield block

    def mentioning(self, thing: str) -> list[str]:
        """The plans that mention a thing, given by its IRI, by their names."""
        term = iri(thing).encode()
        return [name for name in self.told.owned if term in self.told.read(self._spans(name))]

    def stated(self, names: Iterable[str], terms: Terms) -> bytes:
        """What these plans state and what follows from it, the registry, and what others say of the things that they mention, as N-Quads.

        Of all that the statements that have these terms. What questions ask of one graph stands in that graph alone.
        """
        of_plans = (self.told.read(self._spans(name)) for name in names)
        registry = self.told.read(self.told.graphs.get(iri(f"{self.told.base}graph/registry"), ()))
        lines = b"".join(line for content in chain(of_plans, (registry,)) for line in _having(content, terms))
        waiting = [term for term in map(bytes.decode, set(_IRI.findall(lines))) if term in self.told.shared]
        mentioned = set(waiting)
        for thing in waiting:
            waiting += (new := self._leads[thing] - mentioned)
            mentioned |= new
        return b"".join((lines, *self._shared(sorted(mentioned), terms - {_STATED_IN, _REGISTERED})))

    def about(self, terms: Terms) -> Iterator[bytes]:
        """The statements of all plans that have these terms, as N-Quads; of plans' own things documents alone have names."""
        yield from self._shared(self.told.shared, terms)
        name_of, document = RDFS_LABEL.encode(), f"<{self.told.base}unresolved/".encode()
        for name in self.told.owned:
            for line in _having(self.told.read(self.told.owned[name]), terms):
                if line.split(b" ", 2)[1] != name_of or line.startswith(document):
                    yield line

    def _shared(self, things: Iterable[str], terms: Terms) -> Iterator[bytes]:
        """What is said of these things that several plans may speak of."""
        end = f" {iri(f'{self.told.base}graph/shared')} .\n"
        lines = "".join(f"{line}{end}" for thing in things for line in self.told.shared[thing])
        return _having(lines.encode(), terms)

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
