"""What a graph at hand and an endpoint elsewhere have in common: both are asked by name or in SPARQL, and answer with tables."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Mapping
from importlib import import_module
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from cancu import catalogue
from cancu.catalogue import Param, Value
from cancu.iris import ONTOLOGY, SCHEME
from cancu.questions import Questions
from cancu.table import Table

if TYPE_CHECKING:
    from cancu.explanation import Explanation

PREFIXES: Mapping[str, str] = {
    "cancu": ONTOLOGY,
    "scheme": SCHEME,
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "sh": "http://www.w3.org/ns/shacl#",
    "dcterms": "http://purl.org/dc/terms/",
    "dcat": "http://www.w3.org/ns/dcat#",
    "void": "http://rdfs.org/ns/void#",
    "eli": "http://data.europa.eu/eli/ontology#",
    "org": "http://www.w3.org/ns/org#",
    "prov": "http://www.w3.org/ns/prov#",
    "schema": "https://schema.org/",
}
_NAME = re.compile(r"[a-z][a-z0-9-]*$")
_WEB = ("http://", "https://")


class Asked(ABC):
    """A graph that can be asked."""

    @property
    def queries(self) -> Questions:
        """The named queries: `kg.queries.` and Tab lists them, `kg.queries.documents_ranking()` asks one."""
        return Questions(self.query)

    def query(self, query: str, /, *, labels: bool = False, **params: Value) -> Table:
        """The answer to a query of the catalogue, by name, or to SPARQL.

        Parameters become RDF terms of their kind in the query's `VALUES ?name { … }`, never text. SPARQL may use the prefixes in
        PREFIXES undeclared. ASK gives one row `answer`; CONSTRUCT and DESCRIBE give subject, predicate, object. With `labels`,
        each column `x` of IRIs without an `xLabel` gets one beside it. Raises QueryError: no such query, wrong parameters, a
        syntax error with its line, a prefix or term that there is not, with the nearest.
        """
        table = self._run(self._bound(query, params))
        if is_name(query) and (lists := catalogue.get(query).lists):
            table = in_order(table, lists)
        return self.labelled(table) if labels else table

    def examples(self) -> Iterator[tuple[str, Table]]:
        """Each named query with its answer for the example in its file: what any two stores of one graph agree on, row by row."""
        for query in catalogue.queries():
            params: dict[str, Any] = {param.name: param.example for param in query.params}
            yield query.name, self.query(query.name, **params)

    def explain(self, query: str, /, **params: Value) -> Explanation:
        """What the query will do: its title and text, and how many statements match each pattern alone. Raises QueryError."""
        named = catalogue.get(query) if is_name(query) else None
        title = f"{named.title_en} · {named.title_vi}: {named.question}" if named else "SPARQL"
        found: Explanation = import_module("cancu.explanation").explain(title, self._bound(query, params), PREFIXES, self._run)
        return found

    def labelled(self, table: Table) -> Table:
        """The table with a column `xLabel` beside each column `x` of IRIs that has none."""
        wanted = [name for name in table.columns if f"{name}Label" not in table.columns and _iris(table.column(name))]
        labels = self.labels(dict.fromkeys(str(value) for name in wanted for value in table.column(name) if value))
        columns, values = [], []
        for name in table.columns:
            column = table.column(name)
            columns.append(name)
            values.append(column)
            if name in wanted:
                columns.append(f"{name}Label")
                values.append(tuple(labels.get(str(value)) for value in column))
        return Table(tuple(columns), tuple(zip(*values, strict=True)))

    @abstractmethod
    def labels(self, iris: Iterable[str]) -> Mapping[str, str]:
        """The labels of things, in Vietnamese where there are several; things without one are left out."""

    @abstractmethod
    def _run(self, text: str) -> Table:
        """The answer to SPARQL. Raises QueryError."""

    def _bound(self, query: str, params: Mapping[str, Value]) -> str:
        """The text with its parameters bound as RDF terms. Raises QueryError."""
        if is_name(query):
            return catalogue.get(query).bound(params)
        return catalogue.bind(query, {name: _term(name, value) for name, value in params.items()})


def in_order(table: Table, lists: tuple[str, ...]) -> Table:
    """The table with the names in each cell of these columns in the order of the alphabet, and None where there is none."""
    places = [table.columns.index(name) for name in lists]
    rows = []
    for row in table.rows:
        cells = list(row)
        for place in places:
            cells[place] = "; ".join(sorted(filter(None, str(cells[place] or "").split("; ")))) or None
        rows.append(tuple(cells))
    return Table(table.columns, tuple(rows))


def is_name(query: str) -> bool:
    """Whether words are the name of a query, and no SPARQL."""
    return _NAME.match(query) is not None


def _term(name: str, value: Value) -> ox.NamedNode | ox.Literal:
    kind = "integer" if isinstance(value, int) else "iri" if value.startswith(_WEB) else "string"
    return Param(name, kind, value).term(value)


def _iris(column: Iterable[object]) -> bool:
    """Whether all that a column has is IRIs."""
    known = [value for value in column if value is not None]
    return bool(known) and all(isinstance(value, str) and value.startswith(_WEB) for value in known)
