"""The ranking agrees with the traces, and its measures with graphs small enough to reckon by hand."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import networkx as nx
import pytest

import cancu
from cancu.graph import Graph
from cancu.iris import BASE
from cancu.paths import Measures
from cancu.ranking import Ranked, Ranking, pagerank, rank
from cancu.ranking import gates as gates_of
from cancu.reach import Reach
from cancu.website import gathering

SMALL = Path(__file__).with_name("hoa_son.trig")


@pytest.fixture(scope="module")
def small() -> Graph:
    return cancu.open(SMALL)


@pytest.fixture(scope="module")
def ranking(small: Graph) -> Ranking:
    return small.rank()


def test_shares_grow_with_what_rests_on_a_document(ranking: Ranking) -> None:
    shares = {one.document.label: one.pagerank for one in ranking.rows}
    assert sum(shares.values()) == pytest.approx(1)
    assert shares["Luật Dữ liệu mẫu"] > shares["Nghị định 10/2004/NĐ-CP"] > shares["Kế hoạch 5/KH-UBND (tỉnh Hòa Sơn)"]


def test_facts_give_the_same_ranks_as_the_graph(invented_graph: Graph) -> None:
    for graph in (invented_graph, cancu.open()):
        found = graph.rank().by("pagerank").rows
        assert gathering.read(graph).standing.ranks == tuple(Measures(one.document.iri, *_measured(one)) for one in found) != ()


def _measured(one: Ranked) -> tuple[int, int, int, int, float, float, int]:
    return one.plans, one.projects, one.provinces, one.amount, one.pagerank, one.betweenness, one.gates


def test_pagerank_of_a_circle_is_even_and_of_nothing_is_nothing() -> None:
    assert pagerank(nx.DiGraph([("a", "b"), ("b", "c"), ("c", "a")])) == pytest.approx({"a": 1 / 3, "b": 1 / 3, "c": 1 / 3})
    assert pagerank(nx.DiGraph()) == {}
    two = pagerank(nx.DiGraph([("a", "b")]))
    assert two["a"] == pytest.approx(1 / 2.85) and two["b"] == pytest.approx(1.85 / 2.85)


def test_what_rests_on_a_document_is_what_its_trace_reaches(small: Graph, ranking: Ranking) -> None:
    plans = {str(plan) for plan in small.query("SELECT DISTINCT ?p { ?x cancu:plannedIn ?p }").column("p")}
    for one in ranking.rows:
        reach = small.trace(one.document.iri)
        assert isinstance(reach, Reach)
        if one.document.iri not in plans:  # a plan's own projects do not rest on it: they stand in it
            assert len({found.project.iri for found in reach.projects}) == one.projects, one.document.label
            # of a project whose row names the document the trace counts that row, the ranking the project
            assert reach.amount == one.amount or "row" in {found.way for found in reach.projects}, one.document.label


def test_betweenness_is_of_the_ways_between_documents(ranking: Ranking) -> None:
    between = {one.document.label: one.betweenness for one in ranking.rows}
    assert between["Nghị định 10/2004/NĐ-CP"] > 0
    assert between["Luật Dữ liệu mẫu"] == 0


def test_a_decree_that_every_path_to_a_law_passes_through_is_a_gate(small: Graph, ranking: Ranking) -> None:
    (gate,) = small.gates("Xây dựng mạng diện rộng")
    assert (gate.document.label, [law.label for law in gate.guards]) == ("Nghị định 10/2004/NĐ-CP", ["Luật Dữ liệu mẫu"])
    counted = Counter(gate.document.iri for project in ("wan", "mail") for gate in gates_of(small, BASE + project))
    assert counted == {one.document.iri: one.gates for one in ranking.rows if one.gates}


def test_a_second_path_opens_the_gate(tmp_path: Path) -> None:
    path = tmp_path / "more.trig"
    extra = f"<{BASE}graph/more> {{ <{BASE}resolution> <{BASE}ontology#implements> <{BASE}law> }}"
    path.write_text(SMALL.read_text("utf-8") + extra, "utf-8")
    assert cancu.open(path).gates("Nâng cấp thư điện tử") == ()


def test_orders_and_tables(small: Graph, ranking: Ranking) -> None:
    assert ranking.rows[0].plans >= ranking.rows[-1].plans
    assert ranking.by("pagerank").rows[0].pagerank == max(one.pagerank for one in ranking.rows)
    assert len(ranking.table()) == len(ranking.rows)
    assert "pageRank" in repr(ranking) and "Brandes" in ranking.text("en")
    assert rank(Graph(type(small.store)())).rows == ()
