"""What templates show is text unless a part knows its own HTML; what is kept for many pages is what would be made for each."""

from __future__ import annotations

import html

from hypothesis import given
from hypothesis import strategies as st

from cancu.graph import Graph
from cancu.website.blocks import Grid, Row
from cancu.website.drawing import Arrow, Box, Picture
from cancu.website.kept import KeptGraph
from cancu.website.parts import NOTHING, Html, Link, Number, Text
from cancu.website.templates import Templates, shown


@given(st.text())
def test_text_is_escaped(text: str) -> None:
    made = shown(text)
    assert html.unescape(made) == html.unescape(html.escape(text))
    assert not set(made) & set("<>\"'")


def test_a_part_knows_its_own_html_and_others_are_text() -> None:
    assert shown(Html("<b>x</b>")) == "<b>x</b>"
    assert shown(Text("<b>")) == "&lt;b&gt;"
    assert shown(5) == "5"


def test_templates_escape_what_they_are_given() -> None:
    templates = Templates(t=lambda key: f"<{key}>")
    made = templates.html("parts/tiles.html", block=type("Block", (), {"tiles": ((Link('"<x>', "a/b.html"), "</ul><script>"),)})())
    assert "<script>" not in made
    assert "<x>" not in made
    assert '<a href="~/a/b.html">' in made


def test_a_row_of_many_tables_is_set_as_any_row_in_each() -> None:
    cells = (Text("x"), Number("1", 1), NOTHING)
    shared = Row(cells)
    for columns in (("a", "b", "c"), ("d", "e", "f")):
        for rows in ([shared], [shared, (Text("y"), NOTHING, Text("z"))]):
            plain = [tuple(row) for row in rows]
            assert Grid.of("", columns, rows).body == Grid.of("", columns, plain).body


def test_the_drawing_makes_room_for_a_tall_project() -> None:
    basis = Box("law", 1, "Luật", "", "a.html", "law")
    picture = Picture((basis,), (Arrow("law", "", "căn cứ"),), ("Dự án", "Căn cứ"), "t", "d")
    short, tall = (
        picture.around(Box("p", 0, head, body, "", "project")) for head, body in (("x", ""), ("xây dựng " * 20, "dữ liệu " * 40))
    )
    heights = [float(svg.partition('viewBox="-1 0 1002 ')[2].partition('"')[0]) for svg in (short, tall)]
    assert heights[1] > heights[0]
    assert all(svg.count('class="edge"') == 1 and svg.count('class="box"') == 2 for svg in (short, tall))


def test_a_graph_that_keeps_answers_gives_the_same(invented_graph: Graph) -> None:
    kept = KeptGraph(invented_graph)
    things = [str(row[0]) for row in invented_graph.query("SELECT DISTINCT ?s { ?s cancu:documentType ?t } LIMIT 20").rows]
    assert things
    for _ in range(2):
        for iri in things:
            for name in ("rdfs:label", "title", "hasLegalBasis"):
                assert kept.value(iri, name) == invented_graph.value(iri, name)
                assert kept.objects(iri, name) == invented_graph.objects(iri, name)
                assert kept.subjects(name, iri) == invented_graph.subjects(name, iri)
                assert kept.graph_of(iri, name) == invented_graph.graph_of(iri, name)
