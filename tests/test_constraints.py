"""What a query of the audit needs before it can find anything: without one of these terms it finds nothing."""

from __future__ import annotations

from functools import cache

import pyoxigraph as ox
import pytest
from rdflib import Graph

from cancu.conformance import Triple
from cancu.constraints import needs, queries
from cancu.iris import ONTOLOGY
from cancu.validate import _background, triples_of
from tests.test_shapes import NAMES, _base, _case

QUERIES = {min(audits).rsplit("#", 1)[-1]: query for query, audits in queries().items()}
PREFIX = "PREFIX : <urn:x#>\nPREFIX xsd: <urn:y#>\n"


@cache
def _faulty() -> tuple[Triple, ...]:
    """The graph with one of everything, all faults of documents, and the vocabulary."""
    graph = sum((_case(name, "invalid") for name in NAMES if name in QUERIES), Graph() + _base())
    return (*triples_of(graph), *_background()[0])


def _finds(query: str, triples: tuple[Triple, ...]) -> bool:
    store = ox.Store()
    store.load("".join(f"{' '.join(triple)} .\n" for triple in triples), format=ox.RdfFormat.N_TRIPLES)
    solutions = store.query(query)
    assert isinstance(solutions, ox.QuerySolutions)
    return any(row["this"] is not None for row in solutions)


@pytest.mark.parametrize("name", sorted(QUERIES))
def test_without_what_it_needs_a_query_finds_nothing(name: str) -> None:
    query = QUERIES[name]
    assert _finds(query, _faulty())
    assert needs(query) <= {term for triple in _faulty() for term in triple}
    for term in needs(query):
        assert not _finds(query, tuple(triple for triple in _faulty() if term not in triple)), term


@pytest.mark.parametrize(
    ("where", "needed"),
    [
        ("{ $this :a ?x ; :b [ :c ?y ] }", "abc"),
        ("{ $this :a/^:b ?x , :c }", "abc"),
        ("{ $this :a ?x . { ?x :b ?y } }", "ab"),
        ("{ $this :a ?x OPTIONAL { ?x :b ?y . OPTIONAL { ?y :c ?z } } }", "a"),
        ("{ { $this :a ?x } UNION { $this :b ?x }\n  UNION\n\n  { { $this :c ?x } } $this :d ?y }", "d"),
        ("{ $this :a ?x FILTER NOT EXISTS { ?x :b ?y . { ?y :c ?z } } }", "a"),
        ("{ $this :a ?x FILTER(?x IN (:b, :c) && EXISTS { ?x :d ?y } && ?x != <urn:x#e>) }", "a"),
        ("{ $this :a ?x FILTER xsd:boolean(?x) BIND(xsd:integer(?x) AS ?y) }", "a"),
        ('{ $this :a "# :b { no comment" ; <urn:x#c> ?x . # :d {\n ?x :e ?y }', "ace"),
        ("{ { SELECT $this (SUM(?y) AS ?z) { $this :a ?y } GROUP BY $this } }", "a"),
        ("{ $this :a ?x { SELECT (COUNT(?y) AS ?z) { ?x :b ?y } } }", ""),
        ("{ $this :a* ?x }", ""),
        ("{ $this :a? ?x }", ""),
        ("{ $this :a|:b ?x }", ""),
        ("{ $this :a ?x MINUS { $this :b ?x } }", ""),
    ],
)
def test_what_must_be_there(where: str, needed: str) -> None:
    assert needs(f"{PREFIX}SELECT $this WHERE {where}") == {f"<urn:x#{name}>" for name in needed}


def test_a_class_is_needed_like_a_property() -> None:
    assert f"<{ONTOLOGY}ReportedLevel>" in needs(QUERIES["TargetReached"])
