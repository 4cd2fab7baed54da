"""Cards say what is stated and where, and are the same wherever the data are the same."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path

import pyoxigraph as ox
import pytest

import cancu
from cancu.card import Card, card
from cancu.errors import CancuError
from cancu.graph import Graph
from cancu.iris import BASE
from cancu.trace import Trace

SMALL = Path(__file__).with_name("hoa_son.trig")


@pytest.fixture(scope="module")
def small() -> Graph:
    return cancu.open(SMALL)


@pytest.fixture(scope="module")
def link(small: Graph) -> Card:
    return small.cite_card("Xây dựng mạng diện rộng", "10/2004/NĐ-CP", language="en")


def test_a_link_names_both_ends_its_lines_and_the_data(small: Graph, link: Card) -> None:
    assert (link.iri, link.basis, link.date, link.version) == (f"{BASE}wan", f"{BASE}decree", "2019-12-01", small.version)
    assert [str(lines) for lines in link.lines] == ["hoason-5-2019.txt 4-4", "hoason-5-2019.txt 20-22"]
    text = str(link)
    assert "legal basis of Kế hoạch 5/KH-UBND (tỉnh Hòa Sơn), no. 2" in text
    assert "in force 2019-12-01: no (replaced by Nghị định 9/2018/NĐ-CP from 2018-03-01)" in text
    assert f"<{BASE}wan>" in text and small.version in text


def test_bases_are_cited_in_their_order_and_the_projects_place_last(small: Graph) -> None:
    trace = small.trace("Xây dựng mạng diện rộng")
    assert isinstance(trace, Trace)
    bases = replace(trace, paths=tuple(path for path in trace.paths if path.way == "plan"))
    assert [str(lines) for lines in card(small, bases).lines] == [f"hoason-5-2019.txt {place}" for place in ("4-4", "5-5", "20-22")]


def test_bibtex_and_csl_hold_the_same(link: Card) -> None:
    entry = link.bibtex()
    assert entry.startswith("@misc{cancu:") and entry.count("{") == entry.count("}")
    assert f"url = {{{BASE}wan}}" in entry and "origdate = {2019-12-01}" in entry
    (item,) = json.loads(link.csl())
    assert (item["id"], item["URL"], item["version"]) == (link.key, link.iri, link.version)
    assert item["original-date"] == {"date-parts": [[2019, 12, 1]]}
    assert link.in_style("csl") == link.csl() and link.in_style("bibtex") == entry


def test_names_cannot_break_an_entry(link: Card) -> None:
    hostile = Card(link.iri, None, r"50% {of} \all_ & #1 ~ ^", "x", None, (), "v", "vi").bibtex()
    assert r"50\% \{of\} \textbackslash{}all\_ \& \#1 \textasciitilde{} \textasciicircum{}" in hostile
    assert len(re.findall(r"(?<!\\)\{", hostile)) == len(re.findall(r"(?<!\\)\}", hostile))


def test_a_whole_trace_and_a_reach_have_cards(small: Graph) -> None:
    trace = small.cite_card("Xây dựng mạng diện rộng")
    assert "Căn cứ của" in trace.title and trace.statement.startswith("6 văn bản: Đề án 12, ")
    reach = small.cite_card("Luật Dữ liệu mẫu", language="en")
    assert "2 projects in 1 plans, 110 dong" in reach.text() and reach.date == "2001-06-01"


def test_what_is_not_stated_cannot_be_cited(small: Graph) -> None:
    with pytest.raises(CancuError, match="Nothing is stated"):
        small.cite_card("Luật Dữ liệu mẫu", "5/KH-UBND")


def test_the_version_is_of_the_content_alone(small: Graph) -> None:
    backwards = ox.Store()
    for quad in reversed(list(small.store)):
        backwards.add(quad)
    assert Graph(backwards).version == small.version
    backwards.clear_graph(ox.NamedNode(f"{BASE}graph/inferred"))
    assert Graph(backwards).version == small.version
    stated = next(quad for quad in small.store if "graph/plan/" in str(quad.graph_name))
    backwards.remove(stated)
    assert Graph(backwards).version != small.version
