"""Publishing into triple stores: whole, again, after changes, after every way of being broken off; and their answers are ours."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest

import cancu
from cancu import catalogue
from cancu.errors import InputError
from cancu.graph import Graph
from cancu.graph_store import GraphStore, StoreError
from cancu.iris import BASE
from cancu.publish import Published, publish, read
from cancu.results import text_of
from cancu.table import Table
from tests import stores

needs_oxigraph = pytest.mark.skipif(stores.oxigraph_program() is None, reason="the oxigraph server is not installed")
needs_virtuoso = pytest.mark.skipif(shutil.which("virtuoso-t") is None, reason="Virtuoso is missing: apt install virtuoso-opensource-7")
Answers = list[tuple[str, dict[str, str | int], Table]]
DBA = {"CANCU_USER": "dba", "CANCU_PASSWORD": "dba"}


def write(folder: Path, *lines: str) -> Path:
    """A build's folder with these statements, each ending in the name of its graph."""
    folder.mkdir(exist_ok=True)
    parts = (line.rpartition(" ") for line in sorted(lines))
    (folder / "graph.nq").write_text("".join(f"{triple} <{BASE}graph/{graph}> .\n" for triple, _, graph in parts))
    return folder


ONE = ('<a:1> <a:p> "é" registry', "<a:1> <a:q> _:b registry", "_:b <a:p> <a:2> registry")
TWO = tuple(f'<a:{n}> <a:p> "{n}" plan/two' for n in range(5))
THREE = ("<a:3> <a:p> <a:4> plan/three",)


class Memory(GraphStore):
    """A store in memory that counts what is asked of it, and fails at the request number `fails`."""

    def __init__(self, *, updates: bool = True) -> None:
        super().__init__("http://localhost/update" if updates else "http://localhost/store")
        self.store, self.fails, self.done = ox.Store(), 0, 0

    def _request(self) -> None:
        self.done += 1
        if self.done == self.fails:
            raise StoreError("broken off")

    def replace(self, graph: str, triples: str) -> None:
        self._request()
        self.store.remove_graph(ox.NamedNode(graph))
        self.store.load(triples.encode(), format=ox.RdfFormat.N_TRIPLES, to_graph=ox.NamedNode(graph))

    def add(self, graph: str, triples: str) -> None:
        self._request()
        assert "_:" not in triples
        self.store.load(triples.encode(), format=ox.RdfFormat.N_TRIPLES, to_graph=ox.NamedNode(graph))

    def drop(self, graph: str) -> None:
        self._request()
        self.store.remove_graph(ox.NamedNode(graph))

    def ask(self, text: str) -> Iterator[tuple[str, ...]]:
        self._request()
        found = self.store.query(text)
        assert isinstance(found, ox.QuerySolutions)
        return iter([tuple(text_of(term) for term in row if term) for row in found])

    def holds(self, build: Path) -> bool:
        """Whether the graphs are those of the build, beside the notes."""
        wanted = ox.Dataset(ox.parse(path=str(build / "graph.nq"), format=ox.RdfFormat.N_QUADS))
        here = ox.Dataset(quad for quad in self.store if quad.graph_name.value != f"{BASE}graph/published")
        for dataset in (wanted, here):
            dataset.canonicalize(ox.CanonicalizationAlgorithm.UNSTABLE)
        return bool(wanted == here)


@pytest.mark.parametrize("updates", [True, False])
def test_only_what_changed_is_sent_and_what_is_gone_is_taken_out(updates: bool, tmp_path: Path) -> None:
    store = Memory(updates=updates)
    build = write(tmp_path / "build", *ONE, *TWO)
    assert publish(build, store) == Published(2, 0, 0, 8)
    store.store.add(ox.Quad(ox.NamedNode("a:x"), ox.NamedNode("a:p"), ox.Literal("x"), ox.NamedNode("http://other.org/")))
    before = store.done
    assert publish(build, store) == Published(0, 2, 0, 8)
    assert store.done - before == 3  # what is noted, in two pages, and the counts
    write(build, *ONE, *TWO[:3], *THREE)
    assert publish(build, store) == Published(2, 1, 0, 7)
    write(build, *ONE, *THREE)
    assert publish(build, store) == Published(0, 2, 1, 4)
    store.store.remove_graph(ox.NamedNode("http://other.org/"))
    assert store.holds(build)


def test_a_run_that_breaks_off_anywhere_is_mended_by_the_next(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cancu.publish._BATCH", {True: 2, False: 2})
    old, new = write(tmp_path / "old", *ONE, *TWO), write(tmp_path / "new", *ONE, *TWO[:4], "<a:9> <a:p> <a:9> plan/two", *THREE)
    broken = 0
    for number in range(1, 40):
        store = Memory()
        publish(old, store)
        store.fails = store.done + number
        try:
            publish(new, store)
        except StoreError:
            broken += 1
            publish(new, store)
        assert store.holds(new), number
    assert broken > 8


def test_statements_that_went_lost_in_the_store_are_sent_again(tmp_path: Path) -> None:
    build, store = write(tmp_path / "build", *ONE, *TWO), Memory()
    publish(build, store)
    store.store.remove(next(iter(store.store.quads_for_pattern(None, None, None, ox.NamedNode(f"{BASE}graph/plan/two")))))
    assert publish(build, store) == Published(1, 1, 0, 8)
    assert store.holds(build)


def test_a_store_that_counts_otherwise_is_told_and_not_trusted(tmp_path: Path) -> None:
    class Lossy(Memory):
        def add(self, graph: str, triples: str) -> None:
            super().add(graph, triples if graph.endswith("published") else "")

        def replace(self, graph: str, triples: str) -> None:
            super().replace(graph, triples if graph.endswith("published") else "".join(triples.splitlines(keepends=True)[:1]))

    build, store = write(tmp_path / "build", *TWO, *THREE), Lossy()
    with pytest.raises(StoreError, match=r"in 1 graphs\. .*plan/two: 1 of 5"):
        publish(build, store)
    noted = [quad.subject.value for quad in store.store.quads_for_pattern(None, None, None, ox.NamedNode(f"{BASE}graph/published"))]
    assert noted == [f"{BASE}graph/plan/three"]


@pytest.mark.parametrize(
    ("text", "said"), [("<a:1> <a:p> <a:2> .\n", "graph.nq:1: is no statement of a named graph"), (None, "cannot be read")]
)
def test_a_build_that_is_none_says_so(text: str | None, said: str, tmp_path: Path) -> None:
    if text:
        (tmp_path / "graph.nq").write_text(text)
    with pytest.raises(InputError, match=said):
        read(tmp_path / "graph.nq")


# ---------------------------------------------------------------- addresses and credentials


@pytest.mark.parametrize(
    ("url", "asked", "updates"),
    [
        ("http://localhost:7878/store", "http://localhost:7878/query", False),
        ("http://localhost:7878/update", "http://localhost:7878/query", True),
        ("http://localhost:3030/ds/data", "http://localhost:3030/ds/query", False),
        ("http://localhost:3030/ds/update", "http://localhost:3030/ds/query", True),
        ("http://localhost:7200/repositories/r/rdf-graphs/service", "http://localhost:7200/repositories/r", False),
        ("http://localhost:7200/repositories/r/statements", "http://localhost:7200/repositories/r", True),
        ("http://localhost:8890/sparql-graph-crud-auth", "http://localhost:8890/sparql", False),
        ("http://localhost:8890/sparql-auth", "http://localhost:8890/sparql", True),
    ],
)
def test_where_a_store_is_asked_follows_from_where_it_is_written(url: str, asked: str, updates: bool) -> None:
    store = GraphStore(url)
    assert (store.query_url, store.updates) == (asked, updates)


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("localhost:7878", "is no address"),
        ("file:///etc/passwd", "is no address"),
        ("http://example.org/other", "name that address too: --query"),
        ("http://me:secret@localhost/store", "set CANCU_USER"),
    ],
)
def test_an_address_that_will_not_do_says_so(url: str, said: str) -> None:
    with pytest.raises(InputError, match=said) as error:
        GraphStore(url)
    assert "secret" not in str(error.value)


def test_a_store_out_of_reach_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(time, "sleep", lambda _: None)
    store = GraphStore(f"http://127.0.0.1:{stores.free_port()}/store", environment=DBA | {"CANCU_PASSWORD": "secret"})
    with pytest.raises(StoreError, match="cannot be reached") as error:
        store.drop("http://x.org/")
    assert "secret" not in str(error.value)


# ---------------------------------------------------------------- real stores


@pytest.fixture(scope="module")
def committed() -> Graph:
    graph = cancu.open()
    graph.query("findings")  # which are made when they are first asked for
    return graph


@pytest.fixture(scope="module")
def build(committed: Graph, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("build")
    lines = sorted((committed.store.dump(format=ox.RdfFormat.N_QUADS) or b"").splitlines(keepends=True))
    (folder / "graph.nq").write_bytes(b"".join(lines))
    return folder


@pytest.fixture(scope="module")
def oxigraph(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with stores.oxigraph(tmp_path_factory.mktemp("oxigraph")) as url:
        yield url


@pytest.fixture(scope="module")
def virtuoso(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with stores.virtuoso(tmp_path_factory.mktemp("virtuoso")) as url:
        yield url


def asked_about(graph: Graph) -> Iterator[tuple[str, dict[str, str | int]]]:
    """Every named query with its own example, and those about one thing with some more things, the first and the last of their kind."""
    more = {
        "document": "SELECT DISTINCT ?x { ?p cancu:hasLegalBasis|cancu:implements ?x } ORDER BY ?x",
        "project": "SELECT DISTINCT ?x { ?x a cancu:Project } ORDER BY ?x",
        "plan": "SELECT DISTINCT ?x { ?x cancu:statedIn ?s } ORDER BY ?x",
        "agency": "SELECT DISTINCT ?x { ?e cancu:leadAgency ?x } ORDER BY ?x",
        "thing": "SELECT DISTINCT ?x { ?e cancu:rowBasis ?x } ORDER BY ?x",
    }
    for query in catalogue.queries():
        yield query.name, {param.name: param.example for param in query.params}
        if len(query.params) == 1 and query.params[0].kind == "iri":
            name = query.params[0].name
            found = graph.query(more[name]).column("x")
            for thing in {found[0], found[-1]}:
                yield query.name, {name: str(thing)}


@pytest.fixture(scope="module")
def ours(committed: Graph) -> Answers:
    return [(name, params, committed.query(name, **params)) for name, params in asked_about(committed)]


def answers_are(ours: Answers, url: str) -> None:
    there = cancu.connect(url, timeout=120)
    for name, params, answer in ours:
        assert there.query(name, **params) == answer, (name, params)


@needs_oxigraph
@pytest.mark.parametrize("path", ["store", "update"])
def test_oxigraphs_server_takes_a_build(path: str, oxigraph: str, build: Path, committed: Graph) -> None:
    store = GraphStore(f"{oxigraph}/{path}", environment={})
    for name in read(build / "graph.nq"):
        store.drop(name)
    done: list[tuple[int, int]] = []
    first = publish(build, store, lambda sent, whole: done.append((sent, whole)))
    assert (first.unchanged, first.quads) == (0, len(committed.store))
    assert done[-1] == (len(committed.store), len(committed.store))
    again = publish(build, store)
    assert (again.sent, again.unchanged) == (0, first.sent)


@needs_oxigraph
def test_oxigraphs_server_answers_as_we_do(oxigraph: str, build: Path, ours: Answers) -> None:
    publish(build, GraphStore(f"{oxigraph}/store", environment={}))
    answers_are(ours, f"{oxigraph}/query")


@needs_virtuoso
@pytest.mark.parametrize("path", ["sparql-graph-crud-auth", "sparql-auth"])
def test_virtuoso_takes_a_build(path: str, virtuoso: str, build: Path, committed: Graph) -> None:
    store = GraphStore(f"{virtuoso}/{path}", environment=DBA)
    for name in read(build / "graph.nq"):
        store.drop(name)
    first = publish(build, store)
    assert (first.unchanged, first.quads) == (0, len(committed.store))
    assert publish(build, store).sent == 0


@needs_virtuoso
def test_virtuoso_answers_as_we_do(virtuoso: str, build: Path, ours: Answers) -> None:
    publish(build, GraphStore(f"{virtuoso}/sparql-graph-crud-auth", environment=DBA))
    answers_are(ours, f"{virtuoso}/sparql")


# As documented: https://jena.apache.org/documentation/fuseki2/fuseki-server-protocol.html and GraphDB's page "RDF4J REST API".
DOCUMENTED = {
    "Fuseki": {"query": "/cancu/query", "update": "/cancu/update", "graphs": "/cancu/data"},
    "GraphDB": {
        "query": "/repositories/cancu",
        "update": "/repositories/cancu/statements",
        "graphs": "/repositories/cancu/rdf-graphs/service",
    },
}


@pytest.mark.parametrize("way", ["graphs", "update"])
@pytest.mark.parametrize("name", DOCUMENTED)
def test_the_documented_addresses_of_other_stores_take_a_build(name: str, way: str, tmp_path: Path) -> None:
    places, build = DOCUMENTED[name], write(tmp_path / "build", *ONE, *TWO)
    with stores.standing_in(**places) as (url, held):
        store = GraphStore(url + places[way], environment={})
        assert publish(build, store) == Published(2, 0, 0, 8)
        assert publish(build, store) == Published(0, 2, 0, 8)
        write(build, *THREE)
        assert publish(build, store) == Published(1, 0, 2, 1)
        stated = [quad for quad in held if quad.graph_name.value != f"{BASE}graph/published"]
        assert [str(quad.subject) for quad in stated] == ["<a:3>"]


@needs_virtuoso
def test_who_may_not_write_is_told_what_to_set(virtuoso: str) -> None:
    for environment in ({}, DBA | {"CANCU_PASSWORD": "wrong-secret"}):
        with pytest.raises(StoreError, match="set CANCU_USER and CANCU_PASSWORD") as error:
            GraphStore(f"{virtuoso}/sparql-graph-crud-auth", environment=environment).replace("http://x.org/", "<a:1> <a:p> <a:2> .\n")
        assert "wrong-secret" not in str(error.value)


@needs_oxigraph
def test_a_killed_command_leaves_what_the_next_mends(tmp_path: Path, build: Path, committed: Graph) -> None:
    folder = tmp_path / "store"
    folder.mkdir()
    with stores.oxigraph(folder) as url:
        command = [sys.executable, "-m", "cancu", "publish", str(build), "--endpoint", f"{url}/update"]
        count: Callable[[], int] = lambda: int(next(GraphStore(f"{url}/update").ask("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"))[0])  # noqa: E731
        process = subprocess.Popen(command, env=os.environ)
        until = time.monotonic() + 60
        while count() < 3_000 and time.monotonic() < until and process.poll() is None:
            time.sleep(0.02)
        process.send_signal(signal.SIGKILL)
        process.wait()
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        assert f"{len(committed.store)} statements in the store" in done.stdout
