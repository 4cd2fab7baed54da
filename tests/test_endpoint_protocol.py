"""The endpoint holds to the SPARQL 1.1 Protocol, describes things at their IRIs, reconciles names, and keeps within its bounds.

The cases of the protocol are those of https://www.w3.org/2009/sparql/docs/tests/data-sparql11/protocol/ that concern queries.
"""

from __future__ import annotations

import json
import shutil
import sys
import threading
import urllib.error
import urllib.parse
import urllib.request
from http import HTTPStatus
from pathlib import Path

import pyoxigraph as ox
import pytest
from rdflib import Graph as RdflibGraph

from cancu import hints
from cancu.graph import Graph
from cancu.iris import BASE
from cancu.linked import preferred
from cancu.sparql_server import Bounds, RefusedError, SparqlServer

pytestmark = pytest.mark.skipif(
    not (Path(sys.executable).parent / "oxigraph").is_file() and shutil.which("oxigraph") is None,
    reason="the oxigraph server is not installed: pip install 'cancu[serve]'",
)
REGISTRY = f"{BASE}graph/registry"
DECREE = "doc/vn/nd/2007/64-2007-nd-cp"
HEAVY = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l } ORDER BY ?a ?e ?i"


class _Stay(urllib.request.HTTPRedirectHandler):
    """Follows no redirection, so that a test sees it."""

    def redirect_request(self, *_: object) -> None:
        return None


OPENER = urllib.request.build_opener(_Stay)


def ask(url: str, data: bytes | None = None, method: str | None = None, **headers: str) -> tuple[int, dict[str, str], bytes]:
    """Status, headers in lower case and body; a word of a header's name is joined by '_'."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    request = urllib.request.Request(url, data, named, method=method)  # noqa: S310 - our own server
    if data is not None and "Content-Type" not in named:
        request.add_unredirected_header("Content-Type", "")  # urllib would add one
    try:
        with OPENER.open(request, timeout=30) as answer:
            return answer.status, {name.lower(): value for name, value in answer.headers.items()}, answer.read()
    except urllib.error.HTTPError as error:
        return error.code, {name.lower(): value for name, value in error.headers.items()}, error.read()


# ---------------------------------------------------------------- protocol


def quoted(**params: str | list[str]) -> str:
    return urllib.parse.urlencode(params, doseq=True)


FORM = "application/x-www-form-urlencoded"
DIRECT = "application/sparql-query"


@pytest.mark.parametrize("way", ["get", "form", "direct"])
def test_a_query_comes_in_three_ways(way: str, served: str) -> None:
    text = "ASK {}"
    if way == "get":
        status, headers, body = ask(f"{served}/query?{quoted(query=text)}", Accept="application/sparql-results+json")
    elif way == "form":
        status, headers, body = ask(
            f"{served}/query", quoted(query=text).encode(), Content_Type=FORM, Accept="application/sparql-results+json"
        )
    else:
        status, headers, body = ask(f"{served}/query", text.encode(), Content_Type=DIRECT, Accept="application/sparql-results+json")
    assert (status, headers["content-type"]) == (200, "application/sparql-results+json")
    assert json.loads(body)["boolean"] is True
    assert headers["access-control-allow-origin"] == "*"


@pytest.mark.parametrize("way", ["get", "form", "direct"])
def test_the_request_may_name_the_dataset(way: str, served: str) -> None:
    text = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
    only = {"default-graph-uri": REGISTRY}
    where = f"{served}/query?{quoted(query=text, **only)}" if way == "get" else f"{served}/query"
    if way == "form":
        body = ask(where, quoted(query=text, **only).encode(), Content_Type=FORM, Accept="text/csv")[2]
    elif way == "direct":
        body = ask(f"{where}?{quoted(**only)}", text.encode(), Content_Type=DIRECT, Accept="text/csv")[2]
    else:
        body = ask(where, Accept="text/csv")[2]
    both = {"default-graph-uri": [REGISTRY, f"{BASE}graph/ontology"]}
    one, two = int(body.split()[1]), int(ask(f"{served}/query?{quoted(query=text, **both)}", Accept="text/csv")[2].split()[1])
    whole = int(ask(f"{served}/query?{quoted(query=text)}", Accept="text/csv")[2].split()[1])
    assert 0 < one < two < whole
    named = "SELECT ?g { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g"
    found = ask(f"{served}/query?{quoted(query=named, **{'named-graph-uri': REGISTRY})}", Accept="text/csv")[2]
    assert found.decode().split() == ["g", REGISTRY]


@pytest.mark.parametrize(
    ("text", "accept"),
    [
        ("SELECT (1 AS ?one) {}", "application/sparql-results+xml"),
        ("SELECT (1 AS ?one) {}", "text/tab-separated-values"),
        ("ASK {}", "application/sparql-results+xml"),
        ("DESCRIBE <https://w3id.org/cancu/graph/registry>", "text/turtle"),
        ("CONSTRUCT { <http://x.org/> <http://x.org/p> 1 } WHERE {}", "application/rdf+xml"),
        ("CONSTRUCT { <http://x.org/> <http://x.org/p> 1 } WHERE {}", "application/n-triples"),
    ],
)
def test_answers_come_in_the_form_asked_for(text: str, accept: str, served: str) -> None:
    status, headers, _ = ask(f"{served}/query?{quoted(query=text)}", Accept=accept)
    assert (status, headers["content-type"].partition(";")[0]) == (200, accept)


@pytest.mark.parametrize(
    ("target", "data", "method", "kind"),
    [
        ("/query?query=ASK%20%7B%7D", None, "PUT", None),  # bad_query_method
        ("/query?query=ASK%20%7B%7D&query=SELECT%20%2A%20%7B%7D", None, None, None),  # bad_multiple_queries
        ("/query", b"ASK {}", None, "text/plain"),  # bad_query_wrong_media_type
        ("/query", b"query=ASK%20%7B%7D", None, None),  # bad_query_missing_form_type
        ("/query", b"ASK {}", None, None),  # bad_query_missing_direct_type
        ("/query", "ASK { ?s ?p 'é' }".encode("utf-16"), None, DIRECT),  # bad_query_non_utf8
        ("/query?query=ASK%20%7B", None, None, None),  # bad_query_syntax
        ("/query", b"update=CLEAR%20ALL", None, FORM),  # an update is no query
        ("/query", b"CLEAR ALL", None, "application/sparql-update"),
        ("/store?default", None, "DELETE", None),
    ],
)
def test_what_is_no_query_is_refused(target: str, data: bytes | None, method: str | None, kind: str | None, served: str) -> None:
    headers = {"Content_Type": kind} if kind else {}
    status, _, body = ask(served + target, data, method, **headers)
    assert 400 <= status < 500
    assert body


def test_no_other_endpoint_is_asked(served: str) -> None:
    text = "SELECT * { service <http://127.0.0.1:1/> { ?s ?p ?o } }"
    for answer in (
        ask(f"{served}/query?{quoted(query=text)}"),
        ask(f"{served}/query", quoted(query=text).encode(), Content_Type=FORM),
        ask(f"{served}/query", text.encode(), Content_Type=DIRECT),
    ):
        assert answer[0] == 403
        assert b"SERVICE" in answer[2]


def test_service_is_a_word_only_where_it_is_one() -> None:
    assert hints.federates("SELECT * {\n SERVICE SILENT ?where { } }")
    for text in ("SELECT ?service { ?service a <http://x.org/service> } # service", "ASK { ?s cancu:service 'a service', \"service\" }"):
        assert not hints.federates(text)


# ---------------------------------------------------------------- service description


@pytest.mark.parametrize("media", ["text/turtle", "application/rdf+xml", "application/ld+json", ""])
def test_the_service_describes_itself(media: str, served: str) -> None:
    status, headers, body = ask(f"{served}/query", **({"Accept": media} if media else {}))
    assert (status, headers["content-type"]) == (200, media or "text/turtle")
    told = RdflibGraph().parse(body, format={"application/rdf+xml": "xml", "application/ld+json": "json-ld"}.get(media, "turtle"))
    sd = "http://www.w3.org/ns/sparql-service-description#"
    said = {(str(p).removeprefix(sd), str(o).removeprefix(sd)) for _, p, o in told}
    assert ("endpoint", f"{served}/query") in said or ("endpoint", "/query") in said or media == ""
    assert ("supportedLanguage", "SPARQL11Query") in said and ("feature", "UnionDefaultGraph") in said
    assert ("feature", "BasicFederatedQuery") not in said


def test_people_are_shown_where_to_ask(served: str) -> None:
    status, headers, _ = ask(f"{served}/query", Accept="text/html,application/xhtml+xml,*/*;q=0.8")
    assert status == 303
    assert ask(served + headers["location"])[0] == 200
    assert ask(f"{served}/query", Accept="image/png")[0] == 406
    assert ask(f"{served}/query", method="HEAD")[2] == b""


# ---------------------------------------------------------------- things


@pytest.mark.parametrize(
    ("accept", "format_"), [("text/turtle", "turtle"), ("application/ld+json", "json-ld"), ("application/rdf+xml", "xml")]
)
def test_a_thing_answers_programs_at_its_own_address(accept: str, format_: str, served: str, invented_graph: Graph) -> None:
    status, headers, body = ask(f"{served}/{DECREE}", Accept=accept)
    assert (status, headers["content-type"]) == (200, accept)
    assert "Accept" in headers["vary"]
    stated = {str(quad.triple) for quad in invented_graph.store.quads_for_pattern(ox.NamedNode(BASE + DECREE), None, None)}
    assert len(RdflibGraph().parse(body, format=format_)) == len(stated)


def test_a_thing_shows_people_its_page(served: str, invented_graph: Graph) -> None:
    browser = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
    things = {
        "doc": "SELECT ?x { ?x cancu:number '64/2007/NĐ-CP' }", "plan": "SELECT ?x { ?x cancu:statedIn ?s } ORDER BY ?x",
        "project": "SELECT ?x { ?x a cancu:Project } ORDER BY ?x", "entry": "SELECT ?x { ?x a cancu:ProjectEntry } ORDER BY ?x",
        "agency": "SELECT ?x { ?x cancu:kind ?k } LIMIT 0", "system": "SELECT ?x { ?x cancu:systemKind ?k } ORDER BY ?x",
    }  # fmt: skip
    things["agency"] = "SELECT ?x { ?e cancu:leadAgency ?x } ORDER BY ?x"
    for kind, text in things.items():
        iri = str(invented_graph.query(text).rows[0][0])
        for language, start_ in (("vi", ""), ("en-GB,en;q=0.9,vi;q=0.1", "/en/")):
            status, headers, _ = ask(served + "/" + iri.removeprefix(BASE), Accept=browser, Accept_Language=language)
            assert status == 303, (kind, iri)
            assert headers["location"].startswith(start_ or "/")
            assert ask(served + headers["location"])[0] == 200


def test_endings_choose_the_form_and_what_is_no_thing_is_not_found(served: str, invented_graph: Graph) -> None:
    for ending, media in ((".ttl", "text/turtle"), (".jsonld", "application/ld+json"), (".nt", "application/n-triples")):
        assert ask(f"{served}/{DECREE}{ending}")[1]["content-type"] == media
    assert ask(f"{served}/{DECREE}", Accept="image/png")[0] == 406
    assert ask(f"{served}/{DECREE}-none", Accept="text/turtle")[0] == 404
    assert ask(f"{served}/%20%7C<>")[0] == 404
    assert ask(f"{served}/assets/")[0] == 404
    ontology = RdflibGraph().parse(ask(f"{served}/ontology", Accept="text/turtle")[2], format="turtle")
    assert len(ontology) > 500
    assert ask(f"{served}/ontology", Accept="text/html")[1]["location"].startswith("/tu-vung")
    evidence = str(invented_graph.query("SELECT ?e { ?x cancu:evidence ?e } ORDER BY ?e").rows[0][0]).removeprefix(BASE)
    status, headers, _ = ask(f"{served}/{evidence}", Accept="text/html")  # it has no page of its own
    assert (status, headers["content-type"]) == (200, "text/turtle")


@pytest.mark.parametrize(
    ("accept", "chosen"),
    [
        ("", "text/html"),
        ("*/*", "text/html"),
        ("text/turtle;q=0.5, application/ld+json", "application/ld+json"),
        ("text/*;q=0.3, application/ld+json;q=0.2", "text/html"),
        ("text/html;q=0, */*", "text/turtle"),
        ("image/png", None),
        ("text/turtle;q=0", None),
        ("text/turtle;q=x, application/ld+json;q=0.1", "application/ld+json"),
    ],
)
def test_the_form_wanted_most_is_chosen(accept: str, chosen: str | None) -> None:
    assert preferred(accept, ("text/html", "text/turtle", "application/ld+json")) == chosen


# ---------------------------------------------------------------- reconciliation


def reconciled(served: str, **queries: dict[str, object]) -> dict[str, list[dict[str, object]]]:
    body = quoted(queries=json.dumps(queries)).encode()
    status, headers, told = ask(f"{served}/reconcile", body, Content_Type=FORM)
    assert (status, headers["content-type"], headers["access-control-allow-origin"]) == (200, "application/json", "*")
    return {key: one["result"] for key, one in json.loads(told).items()}


def test_the_service_says_what_it_reconciles(served: str) -> None:
    told = json.loads(ask(f"{served}/reconcile")[2])
    assert told["identifierSpace"] == BASE
    assert told["versions"] == ["0.1", "0.2"]
    assert {kind["id"] for kind in told["defaultTypes"]} == {"Project", "Document", "Agency", "System"}
    assert told["view"]["url"] == f"{served}/{{{{id}}}}"
    assert ask(told["view"]["url"].replace("{{id}}", DECREE), Accept="text/html")[0] == 303


def test_names_in_any_spelling_become_things(served: str) -> None:
    found = reconciled(
        served,
        q0={"query": "Nghị định số 64/2007/NĐ-CP", "type": "Document"},
        q1={"query": "64/2007/nd-cp", "type": ["Document"], "limit": 3},
        q2={"query": "nothing of the kind at all"},
        q3={"query": "   "},
    )
    for key in ("q0", "q1"):
        best = found[key][0]
        assert (best["id"], best["score"], best["match"]) == (DECREE, 100, True)
        assert best["type"] == [{"id": "Document", "name": "Văn bản · document"}]
    assert len(found["q1"]) <= 3
    assert found["q2"] == found["q3"] == []


def test_agencies_are_found_among_agencies(served: str, invented_graph: Graph) -> None:
    name = str(invented_graph.query("SELECT ?n { ?e cancu:leadAgency/rdfs:label ?n } ORDER BY ?n").rows[0][0])
    found = reconciled(served, q0={"query": name, "type": "Agency"}, q1={"query": name, "type": "Project"})
    assert found["q0"][0]["name"] == name
    assert all(one["type"] == [{"id": "Project", "name": "Dự án · project"}] for one in found["q1"])


@pytest.mark.parametrize("queries", ["no json", "[]", '{"q0": 1}', '{"q0": {"type": "Document"}}'])
def test_what_is_no_batch_is_refused(queries: str, served: str) -> None:
    status, _, body = ask(f"{served}/reconcile", quoted(queries=queries).encode(), Content_Type=FORM)
    assert status == 400
    assert b"cannot be read" in body


# ---------------------------------------------------------------- bounds


@pytest.fixture(scope="module")
def store(invented_graph: Graph, tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("store") / "data"
    store = ox.Store(str(place))
    store.extend(invented_graph.store)
    store.flush()
    return place


def sparql(server: SparqlServer, text: str) -> bytes:
    answer = server.ask("GET", f"/query?{quoted(query=text)}", {"Accept": "text/csv"}, None)
    with answer.body:
        return answer.body.read()


def test_a_query_that_takes_too_much_is_refused_and_others_are_answered(store: Path) -> None:
    bounds = Bounds(seconds=3, memory=500 * 1024**2)
    with SparqlServer(store, bounds) as server:
        for _ in range(2):
            with pytest.raises(RefusedError) as refused:
                sparql(server, HEAVY)
            assert refused.value.status in (HTTPStatus.GATEWAY_TIMEOUT, HTTPStatus.INTERNAL_SERVER_ERROR)
            assert "Ask for less" in refused.value.words
            assert sparql(server, "SELECT (1 AS ?one) {}").split() == [b"one", b"1"]


def test_who_asks_beside_a_heavy_query_does_not_notice(store: Path) -> None:
    with SparqlServer(store, Bounds(seconds=3, memory=500 * 1024**2)) as server:
        told: list[str] = []

        def heavy() -> None:
            try:
                sparql(server, HEAVY)
            except RefusedError as refused:
                told.append(refused.words)

        beside = threading.Thread(target=heavy)
        beside.start()
        while beside.is_alive():
            assert sparql(server, "SELECT (COUNT(*) AS ?n) { ?s a ?class }").startswith(b"n")
        assert told


def test_a_long_answer_and_too_many_at_once_are_refused(store: Path) -> None:
    with SparqlServer(store, Bounds(answer=50_000)) as server, pytest.raises(RefusedError, match=r"larger than 50,000 bytes\. Add a LIMIT"):
        sparql(server, "SELECT * { ?s ?p ?o }")
    with SparqlServer(store, Bounds(seconds=2, at_once=1)) as server:
        assert server._room.acquire()
        with pytest.raises(RefusedError, match="1 queries are being answered"):
            sparql(server, "ASK {}")
        server._room.release()
        assert sparql(server, "SELECT (1 AS ?one) {}")
