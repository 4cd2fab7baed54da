"""The graph as pages ask it of single things: from its statements by things, and from facts, so that no store is opened for a page.

What a hundred plans say of a document is gone through once, and kept: traces and comparisons of many plans pass the same documents.
"""

from __future__ import annotations

from collections import defaultdict
from functools import lru_cache, partial

import pyoxigraph as ox

from cancu.asking import PREFIXES
from cancu.graph import Graph
from cancu.iris import ONTOLOGY
from cancu.rows import RowIndex
from cancu.website.facts import Facts
from cancu.website.statements import Statements, text_of_term

_Said = dict[str, tuple[str, ...]]  # values, as terms, by property
# Where that lies which leads to a thing: the shelf, and the field. Of what is in a plan comparisons want the targets alone.
_LEADING = {
    "plannedIn": ("projects", "planned_in"),
    "inPlan": ("targets", "in_plan"),
    "replaces": ("documents", "replaces"),
    "amends": ("documents", "amends"),
}


class KeptGraph(Graph):
    """A graph that answers what pages ask of single things; its store has the vocabulary alone."""

    def __init__(self, told: Statements, stated: Facts, rows: RowIndex) -> None:
        super().__init__(partial(_vocabulary, told), told.base, rows=rows)
        self._told, self._stated = told, stated
        self._shared: dict[str, _Said] = {}
        self._own = lru_cache(maxsize=4096)(self._read)

    def objects(self, subject: str, *names: str) -> tuple[str, ...]:
        """As of any graph."""
        said = self._said(subject)
        return tuple(dict.fromkeys(text_of_term(value) for name in names for value in said.get(_property(name), ())))

    def value(self, subject: str, name: str, graph: str | None = None) -> str | None:
        """As of any graph. Raises LookupError where what one named graph says is asked for."""
        if graph:
            raise LookupError(graph)
        every = self._said(subject).get(_property(name), ())
        vietnamese = [value for value in every if value.endswith('"@vi')] if len(every) > 1 else every
        return min(map(text_of_term, vietnamese or every), default=None)

    def subjects(self, name: str, value: str) -> tuple[str, ...]:
        """Those of the kind that pages ask for; see `_LEADING`. Raises KeyError for other properties."""
        shelf, field = _LEADING[name]
        return tuple(fact.iri for fact in getattr(self._stated, shelf).by(field, value))

    def graph_of(self, subject: str, name: str) -> str | None:
        """As of any graph; what a plan alone says of itself stands in its own."""
        source = self.value(subject, name) if name == "statedIn" else None
        return f"{self.base}graph/plan/{self._told.plan(source)}" if source else None

    def _said(self, subject: str) -> _Said:
        if self._told.plan(subject):
            return self._own(subject)
        if subject not in self._shared:
            self._shared[subject] = self._read(subject)
        return self._shared[subject]

    def _read(self, subject: str) -> _Said:
        found: dict[str, list[str]] = defaultdict(list)
        for line in self._told.of(subject):
            _, predicate, value = line.split(" ", 2)
            found[predicate].append(value)
        return {predicate: tuple(dict.fromkeys(values)) for predicate, values in found.items()}


def _vocabulary(told: Statements) -> ox.Store:
    """What is said of the vocabulary's terms."""
    store = ox.Store()
    lines = (line for thing in told.shared if thing.startswith(f"<{ONTOLOGY}") for line in told.shared[thing])
    graph = ox.NamedNode(f"{told.base}graph/ontology")
    store.bulk_load("".join(f"{line} .\n" for line in lines), format=ox.RdfFormat.N_TRIPLES, to_graph=graph, lenient=True)
    return store


@lru_cache
def _property(name: str) -> str:
    prefix, colon, local = name.partition(":")
    return f"<{PREFIXES[prefix]}{local}>" if colon else f"<{ONTOLOGY}{name}>"
