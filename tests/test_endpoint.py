"""The endpoint: pages and SPARQL on one port, read-only, and both gone when it stops."""

from __future__ import annotations

import http.client
import json
import os
import shutil
import signal
import socket
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest
from SPARQLWrapper import JSON, SPARQLWrapper

import cancu
from cancu import endpoint
from cancu.errors import InputError, QueryError
from cancu.graph import Graph
from tests.stores import start

pytestmark = pytest.mark.skipif(
    not (Path(sys.executable).parent / "oxigraph").is_file() and shutil.which("oxigraph") is None,
    reason="the oxigraph server is not installed: pip install 'cancu[serve]'",
)
COUNT = "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }"


def get(url: str, **headers: str) -> tuple[int, str, bytes]:
    try:
        with urllib.request.urlopen(urllib.request.Request(url, headers=headers), timeout=10) as answer:  # noqa: S310 - our own server
            return answer.status, answer.headers["Content-Type"], answer.read()
    except urllib.error.HTTPError as error:
        return error.code, error.headers["Content-Type"], error.read()


def test_sparqlwrapper_gets_its_answer(served: str) -> None:
    wrapper = SPARQLWrapper(f"{served}/query", returnFormat=JSON)
    wrapper.setQuery("PREFIX cancu: <https://w3id.org/cancu/ontology#> SELECT DISTINCT ?p WHERE { ?p a cancu:Project }")
    for method in ("GET", "POST"):
        wrapper.setMethod(method)
        assert len(wrapper.queryAndConvert()["results"]["bindings"]) == 4


def test_pages_lie_beside_it(served: str) -> None:
    assert get(f"{served}/")[0] == 200
    assert get(f"{served}/en/plans/index.html")[1].startswith("text/html")
    code, kind, body = get(f"{served}/no/such/page.html")
    assert (code, kind) == (404, "text/html; charset=utf-8")
    assert "Căn Cứ" in body.decode()


def test_other_sites_may_read(served: str) -> None:
    host = served.removeprefix("http://")
    connection = http.client.HTTPConnection(host, timeout=10)
    connection.request("OPTIONS", "/query", headers={"Origin": "https://example.org"})
    answer = connection.getresponse()
    assert (answer.status, answer.headers["Access-Control-Allow-Origin"]) == (204, "*")
    connection.close()


def test_nothing_can_be_written(served: str) -> None:
    before = get(f"{served}/query?query={urllib.request.quote(COUNT)}", Accept="text/csv")[2]
    connection = http.client.HTTPConnection(served.removeprefix("http://"), timeout=10)
    for path in ("/update", "/store", "/query"):
        connection.request("POST", path, b"INSERT DATA { <a:a> <a:b> <a:c> }", {"Content-Type": "application/sparql-update"})
        answer = connection.getresponse()
        assert answer.status >= 400
        answer.read()
    connection.close()
    assert get(f"{served}/query?query={urllib.request.quote(COUNT)}", Accept="text/csv")[2] == before


def test_a_wrong_query_is_refused_with_its_line(served: str) -> None:
    code, _, body = get(f"{served}/query?query={urllib.request.quote('SELECT * WHERE {' + chr(10) + ' ?s ?p }')}")
    assert code == 400
    assert b"2:" in body


def test_files_outside_the_site_are_not_served(served: str) -> None:
    assert get(f"{served}/../graph.nq")[0] == 404
    assert get(f"{served}/%2e%2e/graph.nq")[0] == 404


def test_a_query_too_long_is_refused(served: str) -> None:
    host = served.removeprefix("http://")
    connection = http.client.HTTPConnection(host, timeout=10)
    connection.putrequest("POST", "/query")
    connection.putheader("Content-Length", "99999999")
    connection.endheaders()
    assert connection.getresponse().status == 413
    connection.close()


def test_the_store_is_kept_while_the_graph_is_the_same(served: str, invented_site: Path) -> None:
    graph, folder = invented_site.parent / "graph.nq", invented_site.parent / "store"
    stamp = folder / "made-from"
    assert stamp.read_text(encoding="utf-8") == f"{graph.stat().st_size} {graph.stat().st_mtime_ns}"
    before = stamp.stat().st_mtime_ns
    assert endpoint._store(graph, folder) == folder / "data"
    assert stamp.stat().st_mtime_ns == before


def test_both_servers_stop_on_an_interrupt(invented_site: Path) -> None:
    process, address = start(invented_site.parent)
    children = _children(process.pid)
    assert children
    process.send_signal(signal.SIGINT)
    assert process.wait(15) == 0
    with pytest.raises(OSError, match="refused"):
        urllib.request.urlopen(address, timeout=2)  # noqa: S310 - our own server
    assert not any(Path(f"/proc/{child}").exists() for child in children)


def test_an_interrupt_while_the_address_is_told_stops_both(invented_site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[str] = []

    def told(text: str, **_how: object) -> None:
        said.append(text)
        if len(said) == 1:
            raise KeyboardInterrupt

    monkeypatch.setattr("builtins.print", told)
    endpoint.serve(invented_site.parent, port=0)
    assert said[1:] == ["stopped"]


def test_the_sparql_server_ends_with_one_that_is_killed(invented_site: Path) -> None:
    process, address = start(invented_site.parent)
    try:
        (first,) = _servers(process.pid)
        os.kill(first, signal.SIGKILL)
        assert get(f"{address}/query?query={urllib.request.quote(COUNT)}")[0] == 200  # by a second one, started for this request
        (second,) = _servers(process.pid)
    finally:
        process.kill()
        process.wait()
    until = time.monotonic() + 10
    while _is_oxigraph(second) and time.monotonic() < until:
        time.sleep(0.02)
    assert not _is_oxigraph(second)


def _servers(pid: int) -> list[int]:
    return [child for child in _children(pid) if _is_oxigraph(child)]


def _is_oxigraph(pid: int) -> bool:
    """Whether a process runs, and is the server; one that has ended has no command line."""
    try:
        return b"oxigraph" in Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return False


def _children(pid: int) -> list[int]:
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                status = (entry / "stat").read_text()
            except OSError:
                continue
            if int(status.rpartition(")")[2].split()[1]) == pid:
                found.append(int(entry.name))
    return found


def test_a_missing_build_says_so(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="build it first"):
        endpoint.serve(tmp_path)


def test_a_taken_port_says_so(invented_site: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with pytest.raises(InputError, match="give another port"):
            endpoint.serve(invented_site.parent, port=taken.getsockname()[1])


def test_a_broken_graph_says_so(tmp_path: Path) -> None:
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "index.html").write_text("x", encoding="utf-8")
    (tmp_path / "graph.nq").write_text("no graph", encoding="utf-8")
    with pytest.raises(InputError, match="is no graph"):
        endpoint.serve(tmp_path)


def test_answers_are_json_where_asked(served: str) -> None:
    _, kind, body = get(f"{served}/query?query={urllib.request.quote(COUNT)}", Accept="application/sparql-results+json")
    assert kind == "application/sparql-results+json"
    assert int(json.loads(body)["results"]["bindings"][0]["n"]["value"]) > 1000


def test_the_endpoint_is_asked_as_the_graph_is(served: str, invented_graph: Graph) -> None:
    remote = cancu.connect(f"{served}/query")
    here, there = (asked.query("documents-ranking") for asked in (invented_graph, remote))
    assert there.columns == here.columns
    assert there.rows == here.rows
    assert remote.query("ASK { ?plan a cancu:Plan }").rows == ((True,),)
    assert served in repr(remote)


def test_an_endpoint_is_explored_labelled_and_copied(served: str, invented_graph: Graph) -> None:
    remote = cancu.connect(f"{served}/query")
    assert len(remote.queries.documents_ranking()) == len(invented_graph.queries.documents_ranking())
    asked = "SELECT ?p { ?p a cancu:Project } ORDER BY ?p"
    assert remote.query(asked, labels=True) == invented_graph.query(asked, labels=True)
    pattern = "SELECT ?p { ?p a cancu:Project }"
    assert remote.explain(pattern).patterns == invented_graph.explain(pattern).patterns
    copy = remote.download()
    assert len(copy.store) == len(invented_graph.store)
    made = remote.query("SELECT (COUNT(*) AS ?n) { GRAPH <https://w3id.org/cancu/graph/registry> { ?s ?p ?o } }")
    assert isinstance(made.rows[0][0], int)


def test_an_endpoint_that_refuses_is_named(served: str) -> None:
    with pytest.raises(QueryError, match=r"on line 2, column .*The line: \?x a cancu:Plan"):
        cancu.connect(f"{served}/query").query("SELECT ?x WHERE {\n ?x a cancu:Plan")
    with pytest.raises(QueryError, match=f"{served}/query gives no answer"):
        cancu.connect(f"{served}/query").query("SELECT ?x WHERE { SERVICE <http://localhost/> { ?x ?p ?o } }")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with pytest.raises(QueryError, match=str(port)):
        cancu.connect(f"http://127.0.0.1:{port}/query").query("ASK {}")
