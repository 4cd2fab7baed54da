"""Statements are found by what they are said of, and questions are answered alike from the part of the graph that they can read."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path

import pyoxigraph as ox
import pytest

import cancu
from cancu import catalogue
from cancu.graph import Graph
from cancu.rows import HeldIndex
from cancu.table import Table
from cancu.website import answers, gathering, renewal, slices
from cancu.website.answers import Answers
from cancu.website.statements import Statements


@pytest.fixture(scope="module")
def lines(invented_graph: Graph, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The invented graph as a build writes it: the lines of each graph together."""
    path = tmp_path_factory.mktemp("lines") / "graph.nq"
    path.write_bytes(invented_graph.store.dump(format=ox.RdfFormat.N_QUADS) or b"")
    return path


def test_each_thing_has_what_is_said_of_it(invented_graph: Graph, lines: Path) -> None:
    with ExitStack() as until:
        of_file, of_graph = Statements.of_file(lines, invented_graph.base, until), Statements.of_graph(invented_graph)
        said: dict[str, set[str]] = {}
        for quad in invented_graph.store:
            if isinstance(quad.subject, ox.NamedNode):
                said.setdefault(quad.subject.value, set()).add(str(quad.triple))
        assert of_file.owned
        for told in (of_file, of_graph):
            assert {thing: set(told.of(thing)) for thing in said} == said
            assert told.of(f"{told.base}project/no-plan/x") == ()
        plan = f"{invented_graph.base}graph/plan/{next(iter(of_file.owned))}"
        stated = {str(quad.triple) for quad in invented_graph.store.quads_for_pattern(None, None, None, ox.NamedNode(plan))}
        assert stated and set(of_file.in_graph(plan)) == set(of_graph.in_graph(plan)) == stated
        assert gathering.dumps(gathering.read(of_file)) == gathering.dumps(gathering.read(of_graph))


def test_what_documents_rest_on_is_the_same_in_memory(invented_graph: Graph) -> None:
    held = HeldIndex(invented_graph.rows)
    for plan in {source for (source,) in invented_graph.query("SELECT DISTINCT ?plan { ?plan cancu:statedIn ?source }")}:
        homes = [graph for graph in (invented_graph.graph_of(str(plan), "statedIn"),) if graph]
        for asked in (((str(plan),), ()), ((str(plan),), homes), ((str(plan), f"{invented_graph.base}doc/none"), homes)):
            mine, found = held.above(*asked), invented_graph.rows.above(*asked)
            assert found.ties and sorted(mine.ties) == sorted(found.ties)
            assert (mine.nodes, mine.sources, mine.said) == (found.nodes, found.sources, found.said)


def test_parts_answer_as_the_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(answers, "_LITTLE", 0)
    monkeypatch.setattr(slices, "_TOGETHER", 0)
    graph, lines = Graph(cancu.open().store), tmp_path / "graph.nq"
    lines.write_bytes(graph.store.dump(format=ox.RdfFormat.N_QUADS) or b"")
    whole, cut = Answers(graph), Answers(graph)
    with ExitStack() as until:
        told = Statements.of_file(lines, graph.base, until)
        blocks = list(slices.Plans(told).blocks(told.owned))
        assert len(blocks) > 1 and sorted(name for block in blocks for name in block) == sorted(told.owned)
        found = cut.asked(lines, told)
    assert {name: list(answer) for name, answer in found.items()} == {name: list(whole.of(name)) for name in found}
    assert len(found) == len(catalogue.queries())


def test_what_is_known_is_not_asked(invented_graph: Graph, lines: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    held = dict.fromkeys((query.name for query in catalogue.queries()), Table(("plan",), ()))
    told = Statements.of_graph(invented_graph)
    for small in (lines.stat().st_size + 1, 0):
        monkeypatch.setattr(answers, "_LITTLE", small)
        monkeypatch.setattr(answers, "aside", lambda _: pytest.fail("a store is opened"))
        known = Answers(invented_graph, held)
        assert not known.lacks()
        assert known.asked(lines, told) == held
        some = Answers(invented_graph, {name: held[name] for name in held if name != renewal.RANKED})
        assert some.lacks() == {renewal.RANKED}
        assert renewal.RANKED not in some.asked(lines, told, {renewal.RANKED})


def test_what_a_document_justified_is_told_without_the_query(invented_graph: Graph) -> None:
    query = catalogue.get("document-projects")
    asked = invented_graph.query(query.name, **{param.name: param.example for param in query.params})
    told = Answers(invented_graph).of(query.name)
    assert told.columns == asked.columns
    assert list(told) == list(asked) != []


def test_terms_of_a_query() -> None:
    query = """# a comment: cancu:Plan
    PREFIX cancu: <https://w3id.org/cancu/ontology#>
    SELECT ?x { ?x a cancu:Project ; <http://example.org/p> "cancu:no" . ?x cancu:title ?y }"""
    ours = "https://w3id.org/cancu/ontology#"
    kind = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
    assert slices.named(query) == {f"<{iri}>" for iri in (kind, f"{ours}Project", f"{ours}title", "http://example.org/p")}
