"""A SPARQL endpoint of anyone's, asked as the embedded graph is: named queries, parameters, tables."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from importlib import import_module
from typing import TYPE_CHECKING, Any
from urllib.error import HTTPError, URLError

import pyoxigraph as ox
from SPARQLWrapper import JSON, N3, POST, SPARQLWrapper
from SPARQLWrapper.SPARQLExceptions import SPARQLWrapperException

from cancu.asking import PREFIXES, Asked
from cancu.errors import QueryError
from cancu.hints import explained
from cancu.results import table_of_json
from cancu.table import Table

if TYPE_CHECKING:
    from cancu.graph import Graph

_FAILURES = (SPARQLWrapperException, HTTPError, URLError, TimeoutError, json.JSONDecodeError)
_AT_ONCE = 200
_COMMENT = re.compile(r"^#.*$", re.MULTILINE)
_SAID = 400


class Endpoint(Asked):
    """A SPARQL 1.1 endpoint whose default graph is the union of its named graphs."""

    def __init__(self, url: str, timeout: int = 60) -> None:
        self.url, self.timeout = url, timeout

    def labels(self, iris: Iterable[str]) -> dict[str, str]:
        """The labels of things, in Vietnamese where there are several, some hundred a request."""
        wanted = list(iris)
        found: dict[str, str] = {}
        for start in range(0, len(wanted), _AT_ONCE):
            values = " ".join(str(ox.NamedNode(iri)) for iri in wanted[start : start + _AT_ONCE])
            rows = self._run(
                f"SELECT ?x (MIN(STR(?all)) AS ?any) (MIN(STR(?own)) AS ?vi) {{ VALUES ?x {{ {values} }} ?x rdfs:label|skos:prefLabel ?all"
                ' OPTIONAL { ?x rdfs:label|skos:prefLabel ?own FILTER(LANG(?own) = "vi") } } GROUP BY ?x'
            )
            found |= {str(iri): str(vietnamese or label) for iri, label, vietnamese in rows}
        return found

    def download(self) -> Graph:
        """A copy of all named graphs in memory: there traces walk, and rdflib and networkx get theirs.

        Raises QueryError where the endpoint cuts a graph short.
        """
        store = ox.Store()
        counts = self._run("SELECT ?g (COUNT(*) AS ?n) WHERE { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g ORDER BY ?g")
        for name, count in counts:
            graph = ox.NamedNode(str(name))
            data = self._asked(f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ GRAPH {graph} {{ ?s ?p ?o }} }}", N3)
            store.load(data, format=ox.RdfFormat.N3, to_graph=graph)
            got = sum(1 for _ in store.quads_for_pattern(None, None, None, graph))
            if got != count:
                raise QueryError(f"{self.url} gives {got} of the {count} statements of {graph}: it limits its answers.")
        found: Graph = import_module("cancu.graph").Graph(store)
        return found

    def _run(self, text: str) -> Table:
        wanted = (name for name in PREFIXES if f"{name}:" in text and f"PREFIX {name}:" not in text)
        prefixes = " ".join(f"PREFIX {name}: <{PREFIXES[name]}>" for name in wanted)  # on the query's own first line, so that lines stay
        try:
            answer: Any = json.loads(self._asked(f"{prefixes} {text}", JSON))
        except json.JSONDecodeError as error:
            raise QueryError(f"{self.url} gives no answer to this: ask SELECT or ASK of an endpoint. It said: {error}") from error
        return table_of_json(answer)

    def _asked(self, text: str, form: str) -> bytes:
        """What the endpoint says. Raises QueryError: with its line, where the query is no SPARQL."""
        wrapper = SPARQLWrapper(self.url)
        wrapper.setOnlyConneg(True)
        wrapper.setQuery(_COMMENT.sub("#", text))  # it takes the word ADD in a comment for an update
        wrapper.setReturnFormat(form)
        wrapper.setMethod(POST)
        wrapper.setTimeout(self.timeout)
        try:
            data: bytes = wrapper.query().response.read()
            return data
        except _FAILURES as error:
            try:
                ox.Store().query(text)
            except SyntaxError as wrong:
                raise explained(str(wrong), text, PREFIXES) from error
            except ValueError:
                pass
            raise QueryError(f"{self.url} gives no answer: {str(error)[:_SAID]}.") from error

    if not TYPE_CHECKING:  # else every name would pass for an attribute

        def __getattr__(self, name: str) -> None:
            """Says what to do for what a graph at hand has, and an endpoint has not."""
            walks = not name.startswith("_") and hasattr(import_module("cancu.graph").Graph, name)
            hint = f": it takes thousands of questions, too many for the web. Take a copy first: .download().{name}" if walks else ""
            raise AttributeError(f"An endpoint has no {name}{hint}")

    def __repr__(self) -> str:
        return f"Endpoint({self.url!r})"


def connect(url: str, timeout: int = 60) -> Endpoint:
    """The endpoint at `url`; `timeout` is in seconds, for each query."""
    return Endpoint(url, timeout)
