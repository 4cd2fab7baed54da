"""Serves a build on one port: its website, and a read-only SPARQL endpoint at /query, which the `oxigraph` package's server answers.

https://www.w3.org/TR/sparql11-protocol/
"""

from __future__ import annotations

import http.client
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import FrameType
from urllib.parse import urlsplit

import pyoxigraph as ox

from cancu.errors import InputError

_QUERY_TIMEOUT_S = 60
_START_TIMEOUT_S = 20.0
_LARGEST_QUERY = 1_000_000
_CHUNK = 64 * 1024
_PASSED_ON = ("Accept", "Content-Type")
_PASSED_BACK = ("Content-Type", "Content-Length")


def serve(build: Path, host: str = "127.0.0.1", port: int = 7878) -> None:
    """Serves the build until Ctrl-C or SIGTERM. Raises InputError: no build there, no server installed, or the port is taken."""
    graph, site = build / "graph.nq", build / "site"
    for path in (graph, site / "index.html"):
        if not path.is_file():
            raise InputError(str(path), "is missing", "build it first: cancu build")
    store = _store(graph, build / "store")
    with _interrupts(), _oxigraph(store) as inner:
        handler = partial(_Handler, inner, directory=str(site))
        try:
            server = ThreadingHTTPServer((host, port), handler)
        except OSError as error:
            raise InputError(
                f"{host}:{port}", f"cannot be listened on: {error.strerror}", "give another port: cancu serve --port 8000"
            ) from error
        with server:
            shown = f"http://{'localhost' if host in {'127.0.0.1', '::1'} else host}:{server.server_port}"
            print(f"site:   {shown}/\nSPARQL: {shown}/query\nCtrl-C stops both.", flush=True)
            try:
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


@contextmanager
def _interrupts() -> Iterator[None]:
    """SIGTERM as Ctrl-C, so that both stop both servers."""

    def stop(_number: int, _frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGTERM, stop)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _program() -> str:
    beside = Path(sys.executable).parent / "oxigraph"
    found = str(beside) if beside.is_file() else shutil.which("oxigraph")
    if not found:
        raise InputError("oxigraph", "the SPARQL server is not installed", "install it: pip install 'cancu[serve]'")
    return found


@contextmanager
def _oxigraph(store: Path) -> Iterator[int]:
    """The SPARQL server on a port of this machine alone; gives the port, and stops the server at the end."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    command = [_program(), "serve-read-only", "--location", str(store), "--bind", f"127.0.0.1:{port}", "--union-default-graph"]
    command += ["--timeout-s", str(_QUERY_TIMEOUT_S)]
    with tempfile.TemporaryFile() as log:
        process = subprocess.Popen(command, stdout=log, stderr=log)  # noqa: S603 - our own command
        try:
            _await(process, port)
            yield port
        except _NotStartedError as error:
            log.seek(0)
            said = log.read().decode(errors="replace").strip()[-500:]
            raise InputError(str(store), f"the SPARQL server did not start: {said or error}", "remove the folder and try again") from error
        finally:
            process.terminate()
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


class _NotStartedError(Exception):
    pass


def _await(process: subprocess.Popen[bytes], port: int) -> None:
    """Waits until the server listens."""
    until = time.monotonic() + _START_TIMEOUT_S
    while time.monotonic() < until:
        if process.poll() is not None:
            raise _NotStartedError(f"it ended with {process.returncode}")
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            time.sleep(0.03)
        else:
            return
    raise _NotStartedError(f"nothing listens after {_START_TIMEOUT_S:.0f} s")


class _Handler(SimpleHTTPRequestHandler):
    """Files of the site; /query goes on to the SPARQL server."""

    extensions_map = SimpleHTTPRequestHandler.extensions_map | {".wasm": "application/wasm", ".js": "text/javascript"}

    def __init__(self, inner: int, *args: object, directory: str) -> None:
        self._inner = inner
        super().__init__(*args, directory=directory)  # type: ignore[arg-type]

    def do_GET(self) -> None:
        """A file of the site, or the answer to a query in the address."""
        if self._asks:
            self._pass_on(None)
        else:
            super().do_GET()

    def do_POST(self) -> None:
        """The answer to a query in the body."""
        length = self.headers.get("Content-Length", "")
        if not self._asks:
            self.send_error(HTTPStatus.METHOD_NOT_ALLOWED, "Only /query takes POST")
        elif not length.isdigit() or int(length) > _LARGEST_QUERY:
            self.send_error(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, f"A query has a Content-Length, of at most {_LARGEST_QUERY} bytes")
        else:
            self._pass_on(self.rfile.read(int(length)))

    def do_OPTIONS(self) -> None:
        """What a page of another site may ask: to read."""
        self.send_response(HTTPStatus.NO_CONTENT)
        self._allow_reading()
        self.end_headers()

    @property
    def _asks(self) -> bool:
        return urlsplit(self.path).path == "/query"

    def _allow_reading(self) -> None:
        self.send_header("Access-Control-Allow-Origin", "*")
        self.send_header("Access-Control-Allow-Methods", "GET, POST")
        self.send_header("Access-Control-Allow-Headers", "Accept, Content-Type")

    def _pass_on(self, body: bytes | None) -> None:
        """Asks the SPARQL server the same, and hands on what it says, as it comes."""
        connection = http.client.HTTPConnection("127.0.0.1", self._inner, timeout=_QUERY_TIMEOUT_S + 5)
        headers = {name: value for name in _PASSED_ON if (value := self.headers.get(name))}
        try:
            connection.request(self.command, self.path, body, headers)
            answer = connection.getresponse()
        except (OSError, http.client.HTTPException) as error:
            connection.close()
            return self.send_error(HTTPStatus.BAD_GATEWAY, f"The SPARQL server does not answer: {error}")
        try:
            self.send_response(answer.status)
            for name in _PASSED_BACK:
                if value := answer.getheader(name):
                    self.send_header(name, value)
            self._allow_reading()
            self.end_headers()
            while chunk := answer.read(_CHUNK):
                self.wfile.write(chunk)
        except (OSError, http.client.HTTPException) as error:
            self.log_error("/query broke off: %s", error)
        finally:
            connection.close()
        return None

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """For an address that there is not, the site's own page."""
        missing = Path(self.directory) / "404.html"
        if code == HTTPStatus.NOT_FOUND and missing.is_file():
            text = missing.read_bytes()
            self.send_response(code)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(text)))
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(text)
        else:
            super().send_error(code, message, explain)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class calls it so
        """Says nothing of what went well."""
