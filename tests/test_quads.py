"""What is written as N-Quads is read back as it was."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
from hypothesis import given
from hypothesis import strategies as st

from cancu import quads
from cancu.quads import Quad

GRAPH, SUBJECT, PREDICATE = (quads.iri(f"https://example.org/{name}") for name in "gsp")


def parsed(term: str) -> ox.Literal:
    line = str(Quad(SUBJECT, PREDICATE, term, GRAPH))
    (quad,) = ox.parse(line, format=ox.RdfFormat.N_QUADS)
    assert isinstance(quad.object, ox.Literal)
    return quad.object


@given(st.text(st.characters(codec="utf-8")))
def test_any_text_survives(text: str) -> None:
    assert parsed(quads.text(text)).value == text
    tagged = parsed(quads.text(text, "vi"))
    assert (tagged.value, tagged.language) == (text, "vi")


def test_a_lone_surrogate_becomes_a_mark() -> None:
    assert "\ud800" not in parsed(quads.text("a\ud800b")).value


@given(st.integers())
def test_integers(number: int) -> None:
    assert int(parsed(quads.integer(number)).value) == number


@given(st.floats(allow_nan=False, allow_infinity=False, min_value=-1e12, max_value=1e12))
def test_decimals_are_plain(number: float) -> None:
    written = parsed(quads.decimal(number)).value
    assert "e" not in written.lower()
    assert abs(float(written) - number) <= abs(number) * 1e-12


def test_an_iri_cannot_break_out() -> None:
    assert quads.iri('https://example.org/a> <b"') == "<https://example.org/a%3E%20%3Cb%22>"


def test_lines_are_sorted_and_distinct(tmp_path: Path) -> None:
    two, one = (Quad(SUBJECT, PREDICATE, quads.integer(n), GRAPH) for n in (2, 1))
    assert quads.write([two, one, two], tmp_path / "g.nq") == 2
    assert (tmp_path / "g.nq").read_text("utf-8").splitlines() == [str(one), str(two)]
