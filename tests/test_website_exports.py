"""The statements of a thing, as files: CSV holds what its terms hold, whatever stands in them; the others are those of pyoxigraph."""

from __future__ import annotations

import csv
import io

import pyoxigraph as ox
from hypothesis import example, given, settings
from hypothesis import strategies as st

from cancu.asking import PREFIXES
from cancu.table import harmless
from cancu.website.forms import Forms

SUBJECT, PROPERTY = ox.NamedNode("https://example.org/a,b"), ox.NamedNode("https://example.org/p")
TEXT = st.text(st.characters(exclude_categories=["Cs"]) | st.sampled_from("\t\r\n\\\"',=@"))
TERMS = TEXT.map(ox.Literal) | TEXT.map(lambda text: ox.Literal(text, language="vi")) | st.integers().map(ox.Literal) | st.just(SUBJECT)


@given(st.sets(TERMS))
def test_rows_are_what_the_terms_hold(values: set[ox.Literal | ox.NamedNode]) -> None:
    told = {str(triple): triple for triple in (ox.Triple(SUBJECT, PROPERTY, value) for value in values)}
    lines = sorted(told)
    ordered = [told[line] for line in lines]
    content = dict(Forms().files(lines))["csv"]
    rows = list(csv.reader(io.StringIO(content.decode(), newline="")))
    objects = [triple.object for triple in ordered]
    assert rows[1:] == [harmless((SUBJECT.value, PROPERTY.value, one.value, getattr(one, "language", None) or "")) for one in objects]


XSD = "http://www.w3.org/2001/XMLSchema#"
IRIS = st.sampled_from(["https://w3id.org/cancu/", *PREFIXES.values()]).flatmap(
    lambda space: st.lists(st.sampled_from([*"abc/.-20?=đ~:", "%20"]), max_size=6).map("".join).map(lambda end: ox.NamedNode(space + end))
)
TYPED = st.builds(
    lambda text, kind: ox.Literal(text, datatype=ox.NamedNode(XSD + kind)),
    st.text("0123456789+-.eE", max_size=5) | TEXT,
    st.sampled_from(["integer", "decimal", "date", "boolean", "anyURI", "double"]),
)
TOLD = st.sets(st.builds(ox.Triple, IRIS, IRIS, IRIS | TYPED | TERMS), max_size=6)


@settings(max_examples=40)
@given(TOLD)
@example(set())
@example({ox.Triple(SUBJECT, ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type"), ox.NamedNode(f"{PREFIXES['cancu']}Law"))})
@example({ox.Triple(SUBJECT, PROPERTY, ox.Literal(text, datatype=ox.NamedNode(f"{XSD}integer"))) for text in ("05", "+5", "5\n", "x")})
def test_files_are_those_of_the_serializers(told: set[ox.Triple]) -> None:
    triples = {str(triple): triple for triple in told}
    lines = sorted(triples)
    files, ordered = dict(Forms().files(lines)), [triples[line] for line in lines]
    assert files["ttl"] == ox.serialize(ordered, format=ox.RdfFormat.TURTLE, prefixes=dict(PREFIXES))
    assert files["jsonld"] == ox.serialize(ordered, format=ox.RdfFormat.JSON_LD, prefixes=dict(PREFIXES))
