"""Serves a build on one port: its website, a read-only SPARQL endpoint at /query, its things at their own IRIs, and names to reconcile.

https://www.w3.org/TR/sparql11-protocol/ and https://www.w3.org/TR/sparql11-service-description/
"""

from __future__ import annotations

import contextlib
import json
import shutil
import signal
import socket
import tempfile
import threading
import time
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import FrameType
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

import pyoxigraph as ox

from cancu import reconcile
from cancu.errors import InputError
from cancu.finding import Finder
from cancu.graph import Graph
from cancu.hints import federates
from cancu.iris import BASE
from cancu.linked import FORMATS, NotAcceptableError, Things, preferred
from cancu.sparql_server import Bounds, RefusedError, SparqlServer
from cancu.website.site import address

_LARGEST_REQUEST = 1_000_000
_MOST_CONNECTIONS = 2_000
_SILENCE_S, _PATIENCE_S = 30, 60.0  # how long a client may say nothing, and how long it may take to say what it wants
_FULL = b"HTTP/1.0 503 Service Unavailable\r\nRetry-After: 5\r\nContent-Type: text/plain\r\n\r\nToo many clients at once: try again soon.\n"
_FORM, _SPARQL = "application/x-www-form-urlencoded", "application/sparql-query"
_PASSED_ON = ("Accept", "Content-Type", "Host")
_FEDERATION = ox.NamedNode("http://www.w3.org/ns/sparql-service-description#BasicFederatedQuery")
_ASKED = ("/query", "/reconcile")


@dataclass(frozen=True, slots=True)
class Served:
    """What the requests share: the SPARQL server, and the same store for what needs no SPARQL."""

    sparql: SparqlServer
    graph: Graph
    finder: Finder
    things: Things


def serve(build: Path, host: str = "127.0.0.1", port: int = 7878, bounds: Bounds | None = None) -> None:
    """Serves the build until Ctrl-C or SIGTERM. Raises InputError: no build there, no server installed, or the port is taken."""
    graph_file, site = build / "graph.nq", build / "site"
    for path in (graph_file, site / "index.html"):
        if not path.is_file():
            raise InputError(str(path), "is missing", "build it first: cancu build")
    place = _store(graph_file, build / "store")
    with _interrupts(), SparqlServer(place, bounds or Bounds()) as sparql:
        store = ox.Store.read_only(str(place))
        graph = Graph(store, _base(store))
        served = Served(sparql, graph, Finder(graph), Things(store, graph.base, site))
        try:
            server = _Server((host, port), partial(_Handler, served, directory=str(site)))
        except OSError as error:
            raise InputError(
                f"{host}:{port}", f"cannot be listened on: {error.strerror}", "give another port: cancu serve --port 8000"
            ) from error
        with server:
            shown = f"http://{'localhost' if host in {'127.0.0.1', '::1'} else host}:{server.server_port}"
            try:
                print(f"site:      {shown}/\nSPARQL:    {shown}/query\nreconcile: {shown}/reconcile\nCtrl-C stops all.", flush=True)
                server.serve_forever(poll_interval=0.2)
            except KeyboardInterrupt:
                print("stopped", flush=True)


def _store(graph: Path, folder: Path) -> Path:
    """The graph as a store on disk, kept in `folder` for as long as the file is the same."""
    facts = graph.stat()
    stamp, wanted = folder / "made-from", f"{facts.st_size} {facts.st_mtime_ns}"
    if stamp.is_file() and stamp.read_text(encoding="utf-8") == wanted:
        return folder / "data"
    with tempfile.TemporaryDirectory(dir=graph.parent, prefix=".store-") as fresh:
        try:
            store = ox.Store(str(Path(fresh) / "data"))
            store.bulk_load(path=str(graph), format=ox.RdfFormat.N_QUADS)
        except SyntaxError as error:
            raise InputError(str(graph), f"is no graph: {error}", "build it anew: cancu build", getattr(error, "lineno", None)) from error
        store.flush()
        del store
        (Path(fresh) / "made-from").write_text(wanted, encoding="utf-8")
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(fresh, folder)
    return folder / "data"


def _base(store: ox.Store) -> str:
    """The base of the things' IRIs, as the named graph of the registry has it."""
    names = (name.value for name in store.named_graphs() if isinstance(name, ox.NamedNode))
    return next((name.removesuffix("graph/registry") for name in names if name.endswith("graph/registry")), BASE)


@contextlib.contextmanager
def _interrupts() -> Iterator[None]:
    """SIGTERM as Ctrl-C, so that both stop both servers."""

    def stop(_number: int, _frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGTERM, stop)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


class _Server(ThreadingHTTPServer):
    """A thread a connection, and no more connections than it can hold: a client beyond them is told so at once."""

    request_queue_size = 1024  # connections that wait to be taken: many clients may come in one moment

    def __init__(self, *args: Any) -> None:
        self._free = threading.BoundedSemaphore(_MOST_CONNECTIONS)
        self._unheard: set[socket.socket] = set()
        self._until: deque[tuple[float, socket.socket]] = deque()  # the main thread's alone
        super().__init__(*args)

    def process_request(self, request: Any, client_address: Any) -> None:
        """Takes a connection where there is room for it."""
        if self._free.acquire(blocking=False):
            self._unheard.add(request)
            self._until.append((time.monotonic() + _PATIENCE_S, request))
            try:
                return super().process_request(request, client_address)
            except RuntimeError:  # the machine gives no more threads
                self.heard(request)
                self._free.release()
        with contextlib.suppress(OSError):
            request.setblocking(False)
            request.sendall(_FULL)
        return self.shutdown_request(request)

    def process_request_thread(self, request: Any, client_address: Any) -> None:
        """Answers on the connection, and makes room for another."""
        try:
            super().process_request_thread(request, client_address)
        finally:
            self.heard(request)
            self._free.release()

    def heard(self, request: socket.socket) -> None:
        """Notes that a client has said what it wants."""
        self._unheard.discard(request)

    def service_actions(self) -> None:
        """Ends the connections of those who have not said it in time: a byte now and then would hold a thread for ever."""
        while self._until and self._until[0][0] < time.monotonic():
            _, request = self._until.popleft()
            if request in self._unheard:
                with contextlib.suppress(OSError):
                    request.shutdown(socket.SHUT_RDWR)


class _Handler(SimpleHTTPRequestHandler):
    """Files of the site; /query goes on to the SPARQL server; other addresses may name things."""

    extensions_map = SimpleHTTPRequestHandler.extensions_map | {".wasm": "application/wasm", ".js": "text/javascript"}
    timeout = _SILENCE_S
    server: _Server

    def __init__(self, served: Served, *args: object, directory: str) -> None:
        self._served = served
        super().__init__(*args, directory=directory)  # type: ignore[arg-type]

    # ------------------------------------------------------------ requests

    def parse_request(self) -> bool:
        """The head of a request, after which only a body may still come."""
        understood = super().parse_request()
        if understood and self.command != "POST":
            self.server.heard(self.connection)
        return understood

    def do_GET(self) -> None:
        """A file of the site, what is known of a thing, or the answer to a query in the address."""
        path = urlsplit(self.path).path
        if path == "/query":
            self._query(None)
        elif path == "/reconcile":
            self._reconcile(urlsplit(self.path).query)
        elif Path(self.translate_path(self.path)).exists() or not self._describe(path):
            super().do_GET()

    def do_HEAD(self) -> None:
        """The head of what GET answers."""
        path = urlsplit(self.path).path
        if path in _ASKED:
            self.do_GET()
        elif Path(self.translate_path(self.path)).exists() or not self._describe(path):
            super().do_HEAD()

    def do_POST(self) -> None:
        """The answer to a query in the body."""
        length, path = self.headers.get("Content-Length", ""), urlsplit(self.path).path
        if path not in _ASKED:
            self.send_error(HTTPStatus.METHOD_NOT_ALLOWED, "Only /query and /reconcile take POST")
        elif not length.isdigit() or int(length) > _LARGEST_REQUEST:
            self.send_error(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, f"A request has a Content-Length, of at most {_LARGEST_REQUEST} bytes")
        elif len(body := self.rfile.read(int(length))) == int(length):
            self.server.heard(self.connection)
            if path == "/query":
                self._query(body)
            else:
                self._reconcile(body.decode(errors="replace"))

    def _only_reading(self) -> None:
        """Nothing can be written here."""
        self.send_error(HTTPStatus.METHOD_NOT_ALLOWED, "This can be read alone: GET, HEAD and POST")

    do_PUT = do_DELETE = do_PATCH = _only_reading  # noqa: N815 - the base class looks for these names

    def do_OPTIONS(self) -> None:
        """What a page of another site may ask: to read."""
        self.send_response(HTTPStatus.NO_CONTENT)
        self.send_header("Access-Control-Allow-Methods", "GET, HEAD, POST")
        self.send_header("Access-Control-Allow-Headers", "Accept, Accept-Language, Content-Type")
        self.end_headers()

    # ------------------------------------------------------------ SPARQL

    def _query(self, body: bytes | None) -> None:
        """Hands a query on, and what the SPARQL server says back."""
        text = self._asked(body)
        if text is None and body is None:
            return self._service()
        if text is not None and federates(text):
            return self._words(HTTPStatus.FORBIDDEN, "This endpoint asks no other: SERVICE is not answered here.")
        headers = {name: value for name in _PASSED_ON if (value := self.headers.get(name))}
        try:
            answer = self._served.sparql.ask("GET" if body is None else "POST", self.path, headers, body)
        except RefusedError as refused:
            return self._words(refused.status, refused.words)
        with answer.body:
            self._head(answer.status, answer.media, answer.length)
            if self.command != "HEAD":
                shutil.copyfileobj(answer.body, self.wfile)
        return None

    def _asked(self, body: bytes | None) -> str | None:
        """The text of the query, from the address or the body; None where there is none."""
        kind = self.headers.get("Content-Type", "").partition(";")[0].strip().lower()
        if body is not None and kind == _SPARQL:
            return body.decode(errors="replace")
        told = urlsplit(self.path).query if body is None else body.decode(errors="replace") if kind == _FORM else ""
        found = parse_qs(told, keep_blank_values=True).get("query")
        return "\n".join(found) if found else None

    def _service(self) -> None:
        """What the endpoint is, for programs; people are shown the page where they can ask."""
        media = preferred(self.headers.get("Accept", ""), (*FORMATS, "text/html"))
        if media is None:
            return self._words(HTTPStatus.NOT_ACCEPTABLE, f"The description comes as {', '.join(FORMATS)}.")
        if media == "text/html":
            return self._see(f"/{address('sparql', 'vi')}")
        headers = {"Accept": "application/n-triples", "Host": self.headers.get("Host", "localhost")}
        try:
            with self._served.sparql.ask("GET", "/query", headers, None).body as body:
                triples = [quad.triple for quad in ox.parse(body.read(), format=ox.RdfFormat.N_TRIPLES)]
        except RefusedError as refused:
            return self._words(refused.status, refused.words)
        told = ox.serialize((triple for triple in triples if triple.object != _FEDERATION), format=FORMATS[media])
        return self._send(HTTPStatus.OK, media, told or b"")

    # ------------------------------------------------------------ things and names

    def _describe(self, path: str) -> bool:
        """Answers for a thing at its own address; False where there is none."""
        try:
            found = self._served.things.describe(
                unquote(path).lstrip("/"), self.headers.get("Accept", ""), self.headers.get("Accept-Language", "")
            )
        except ValueError:  # no IRI
            return False
        except NotAcceptableError:
            self._words(HTTPStatus.NOT_ACCEPTABLE, f"This comes as text/html, {', '.join(FORMATS)}.")
            return True
        if found is None:
            return False
        if found.location:
            self._see(found.location)
        else:
            self._send(HTTPStatus.OK, found.media, found.body)
        return True

    def _reconcile(self, told: str) -> None:
        """The service itself, or candidates for names."""
        queries = parse_qs(told).get("queries")
        served = self._served
        if queries is None:
            here = f"http://{self.headers.get('Host', 'localhost')}"
            return self._json(reconcile.manifest(served.graph, here))
        try:
            return self._json(reconcile.answers(served.graph, served.finder, queries[0]))
        except ValueError as error:
            return self._words(HTTPStatus.BAD_REQUEST, f"The queries cannot be read: {error}.")

    # ------------------------------------------------------------ answers

    def _json(self, told: object) -> None:
        self._send(HTTPStatus.OK, "application/json", json.dumps(told, ensure_ascii=False).encode())

    def _words(self, status: HTTPStatus, words: str) -> None:
        self._send(status, "text/plain; charset=utf-8", f"{words}\n".encode())

    def _send(self, status: int, media: str, body: bytes) -> None:
        self._head(status, media, len(body))
        if self.command != "HEAD":
            self.wfile.write(body)

    def _see(self, location: str) -> None:
        self.send_response(HTTPStatus.SEE_OTHER)
        self.send_header("Location", location)
        self.send_header("Vary", "Accept, Accept-Language")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def _head(self, status: int, media: str, length: int) -> None:
        self.send_response(status)
        self.send_header("Content-Type", media)
        self.send_header("Content-Length", str(length))
        self.send_header("Vary", "Accept, Accept-Language")
        if status == HTTPStatus.SERVICE_UNAVAILABLE:
            self.send_header("Retry-After", "5")
        self.end_headers()

    def end_headers(self) -> None:
        """Every answer may be read by pages of other sites."""
        self.send_header("Access-Control-Allow-Origin", "*")
        self.send_header("X-Content-Type-Options", "nosniff")
        super().end_headers()

    def list_directory(self, path: str) -> None:  # type: ignore[override]
        """A folder without a page of its own is no address."""
        self.send_error(HTTPStatus.NOT_FOUND)

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """For an address that there is not, the site's own page."""
        missing = Path(self.directory) / "404.html"
        if code == HTTPStatus.NOT_FOUND and missing.is_file():
            self._send(code, "text/html; charset=utf-8", missing.read_bytes())
        else:
            super().send_error(code, message, explain)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class calls it so
        """Says nothing of what went well."""
