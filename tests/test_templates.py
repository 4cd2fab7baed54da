"""What templates show is text unless a part knows its own HTML; what is kept for many pages is what would be made for each."""

from __future__ import annotations

import html
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import Environment, FileSystemLoader, TemplateAssertionError

from cancu import resources
from cancu.graph import Graph
from cancu.website import gathering
from cancu.website.blocks import Grid, Row
from cancu.website.drawing import Arrow, Box, Picture
from cancu.website.kept import KeptGraph
from cancu.website.parts import NOTHING, Html, Link, Number, Text
from cancu.website.statements import Statements
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


TEMPLATES = {
    "base.html": "<p>{{ lang }}{% block title %} {{ page }}{% endblock %}\n{% block more %}\n{% endblock %}</p>{% include 'part.html' %}\n",
    "part.html": """{% for one, two in pairs %}
{% if one == lang %}{{ t('same') }}{% elif not two or two is none %}<i>{{ one }}</i>{% else %}{{ one }}{% endif %}
{% if loop.index0 % 2 %}odd{% endif %}, {{ "long" if one|length > 2 and one != "<" else two }}
{% endfor %}""",
    "page.html": """{% extends 'base.html' %}
{% block more %}{% with pairs = pairs, lang = page %}{% include 'part.html' %}{{ lang }}{% endwith %}{% endblock %}""",
    "other.html": "{% if lang == 'vi' %}{{ t(lang) }}{% else %}{{ page }}{% endif %}{% if wide %}{{ wide }}{% else %}narrow{% endif %}",
}  # fmt: skip


@pytest.mark.parametrize("name", sorted(TEMPLATES))
def test_a_template_as_a_function_gives_what_jinja_gives(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "templates").mkdir()
    for file, text in TEMPLATES.items():
        (tmp_path / "templates" / file).write_text(text, encoding="utf-8")
    monkeypatch.setattr(resources, "SITE", tmp_path)
    words = {"t": lambda key: f"<{key}>", "lang": "vi", "wide": ""}
    jinja = Environment(loader=FileSystemLoader(tmp_path / "templates"), autoescape=True, trim_blocks=True, lstrip_blocks=True)
    values = {"page": "a & b", "pairs": [("vi", "x"), ("<", None), ("long", ""), ("đá", "<b>")]}
    assert Templates(**words).html(name, **values) == jinja.get_template(name).render(words | values)


def test_what_no_template_of_ours_has_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / "x.html").write_text("a\n{% set x = 1 %}", encoding="utf-8")
    monkeypatch.setattr(resources, "SITE", tmp_path)
    with pytest.raises(TemplateAssertionError, match="no Assign"):
        Templates().html("x.html")
    (tmp_path / "templates" / "x.html").write_text("{{ unknown }}", encoding="utf-8")
    with pytest.raises(KeyError, match="unknown"):
        Templates().html("x.html")


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
    told = Statements.of_graph(invented_graph)
    stated = gathering.read(told)
    kept = KeptGraph(told, stated, invented_graph.rows)
    things = [*list(stated.documents)[:20], *list(stated.projects)[:20], *list(stated.entries)[:20], *list(stated.evidence)[:5]]
    for iri in (*things, *things):
        for name in ("rdfs:label", "title", "hasLegalBasis", "dateIssued", "evidence", "hasEntry", "plannedIn", "firstLine"):
            assert kept.value(iri, name) == invented_graph.value(iri, name)
            assert set(kept.objects(iri, name)) == set(invented_graph.objects(iri, name))
        for name in ("plannedIn", "replaces", "amends"):
            assert set(kept.subjects(name, iri)) == set(invented_graph.subjects(name, iri))
        assert kept.graph_of(iri, "statedIn") == invented_graph.graph_of(iri, "statedIn")
