"""A SPARQL endpoint of anyone's, asked as the embedded graph is: named queries, parameters, tables."""

from __future__ import annotations

import json
from typing import Any
from urllib.error import HTTPError, URLError

import pyoxigraph as ox
from SPARQLWrapper import JSON, POST, SPARQLWrapper
from SPARQLWrapper.SPARQLExceptions import SPARQLWrapperException

from cancu.catalogue import Value
from cancu.errors import QueryError
from cancu.graph import PREFIXES, bound, python
from cancu.table import Cell, Table


class Endpoint:
    """A SPARQL 1.1 endpoint whose default graph is the union of its named graphs."""

    def __init__(self, url: str, timeout: int = 60) -> None:
        self.url, self.timeout = url, timeout

    def query(self, query: str, /, **params: Value) -> Table:
        """The answer to a query of the catalogue, by name, or to SPARQL (SELECT or ASK), as `Graph.query` gives it.

        Raises QueryError: no such query, wrong parameters, an endpoint that cannot be reached or refuses.
        """
        text = bound(query, params)
        prefixes = "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in PREFIXES.items() if f"PREFIX {name}:" not in text)
        wrapper = SPARQLWrapper(self.url)
        wrapper.setQuery(prefixes + text)
        wrapper.setReturnFormat(JSON)
        wrapper.setMethod(POST)
        wrapper.setTimeout(self.timeout)
        try:
            answer: Any = wrapper.query().convert()
        except (SPARQLWrapperException, HTTPError, URLError, TimeoutError, json.JSONDecodeError) as error:
            raise QueryError(f"{self.url} gives no answer: {error}.") from error
        if "boolean" in answer:
            return Table(("answer",), ((bool(answer["boolean"]),),))
        columns = tuple(answer["head"]["vars"])
        return Table(columns, tuple(tuple(_value(row.get(name)) for name in columns) for row in answer["results"]["bindings"]))

    def __repr__(self) -> str:
        return f"Endpoint({self.url!r})"


def connect(url: str, timeout: int = 60) -> Endpoint:
    """The endpoint at `url`; `timeout` is in seconds, for each query."""
    return Endpoint(url, timeout)


def _value(term: dict[str, str] | None) -> Cell:
    """A term of the SPARQL 1.1 JSON results as a Python value. https://www.w3.org/TR/sparql11-results-json/"""
    if term is None:
        return None
    if term["type"] not in {"literal", "typed-literal"}:
        return term["value"]
    kind = term.get("datatype")
    return python(ox.Literal(term["value"], datatype=ox.NamedNode(kind)) if kind else ox.Literal(term["value"]))
