"""The statements of a thing as CSV hold what its terms hold, whatever stands in them."""

from __future__ import annotations

import csv
import io

import pyoxigraph as ox
from hypothesis import given
from hypothesis import strategies as st

from cancu.table import harmless
from cancu.website.exports import Texts, _files

SUBJECT, PROPERTY = ox.NamedNode("https://example.org/a,b"), ox.NamedNode("https://example.org/p")
TEXT = st.text(st.characters(exclude_categories=["Cs"]) | st.sampled_from("\t\r\n\\\"',=@"))
TERMS = TEXT.map(ox.Literal) | TEXT.map(lambda text: ox.Literal(text, language="vi")) | st.integers().map(ox.Literal) | st.just(SUBJECT)


@given(st.sets(TERMS))
def test_rows_are_what_the_terms_hold(values: set[ox.Literal | ox.NamedNode]) -> None:
    told = {str(triple): triple for triple in (ox.Triple(SUBJECT, PROPERTY, value) for value in values)}
    lines = sorted(told)
    ordered = [told[line] for line in lines]
    content = dict(_files(Texts(), "x", lines))["x.csv"]
    rows = list(csv.reader(io.StringIO(content.decode(), newline="")))
    objects = [triple.object for triple in ordered]
    assert rows[1:] == [harmless((SUBJECT.value, PROPERTY.value, one.value, getattr(one, "language", None) or "")) for one in objects]
