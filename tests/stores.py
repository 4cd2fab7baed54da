"""Real servers for the tests: our own, the one of the `oxigraph` package, and Debian's Virtuoso where it is installed."""

from __future__ import annotations

import re
import shutil
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pyoxigraph as ox

VIRTUOSO = """[Database]
DatabaseFile = v.db
ErrorLogFile = v.log
LockFile = v.lck
TransactionFile = v.trx
xa_persistent_file = v.pxa
FileExtend = 200
MaxCheckpointRemap = 2000
[TempDatabase]
DatabaseFile = v-temp.db
TransactionFile = v-temp.trx
MaxCheckpointRemap = 2000
[Parameters]
ServerPort = 127.0.0.1:{sql}
NumberOfBuffers = 20000
MaxDirtyBuffers = 15000
DirsAllowed = .
[HTTPServer]
ServerPort = 127.0.0.1:{http}
ServerThreads = 6
[SPARQL]
ResultSetMaxRows = 100000
MaxQueryExecutionTime = 120
"""


def oxigraph_program() -> str | None:
    beside = Path(sys.executable).parent / "oxigraph"
    return str(beside) if beside.is_file() else shutil.which("oxigraph")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def _running(command: Sequence[str], folder: Path, url: str) -> Iterator[str]:
    with (folder / "out").open("wb") as out:
        process = subprocess.Popen(command, cwd=folder, stdout=out, stderr=out)
        try:
            until = time.monotonic() + 90
            while True:
                assert process.poll() is None and time.monotonic() < until, (folder / "out").read_text(errors="replace")[-500:]
                try:
                    urllib.request.urlopen(url, timeout=2).close()  # noqa: S310 - our own server
                    break
                except urllib.error.HTTPError:
                    break
                except OSError:
                    time.sleep(0.1)
            yield url
        finally:
            process.terminate()
            try:
                process.wait(15)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


@contextmanager
def oxigraph(folder: Path) -> Iterator[str]:
    """The address of a fresh server, without a path."""
    program, port = oxigraph_program(), free_port()
    assert program
    command = [program, "serve", "--location", str(folder / "data"), "--bind", f"127.0.0.1:{port}", "--union-default-graph"]
    with _running(command, folder, f"http://127.0.0.1:{port}/query"):
        yield f"http://127.0.0.1:{port}"


@contextmanager
def virtuoso(folder: Path) -> Iterator[str]:
    """The address of a fresh server, without a path; its user and password are dba and dba."""
    http, sql = free_port(), free_port()
    (folder / "v.ini").write_text(VIRTUOSO.format(http=http, sql=sql))
    command = [str(shutil.which("virtuoso-t")), "+configfile", "v.ini", "+foreground"]
    with _running(command, folder, f"http://127.0.0.1:{http}/sparql"):
        yield f"http://127.0.0.1:{http}"


@contextmanager
def standing_in(query: str, update: str, graphs: str) -> Iterator[tuple[str, ox.Store]]:
    """A store at the paths of another's documentation, by the standards alone: its address without a path, and what it holds.

    It stands in for servers that cannot be installed here; anything but what it knows is refused.
    """
    store = ox.Store()

    class Handler(BaseHTTPRequestHandler):
        def answer(self, status: int, body: bytes = b"", kind: str = "text/plain") -> None:
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def do(self) -> None:
            parts = urlsplit(self.path)
            words, kind = parse_qs(parts.query), self.headers.get("Content-Type", "").partition(";")[0]
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            if parts.path == query and self.command == "POST" and kind == "application/x-www-form-urlencoded":
                found = store.query(parse_qs(body.decode())["query"][0], use_default_graph_as_union=True)
                told = found.serialize(format=ox.QueryResultsFormat.JSON)  # type: ignore[union-attr]
                self.answer(200, told or b"", "application/sparql-results+json")
            elif parts.path == update and self.command == "POST" and kind == "application/sparql-update":
                store.update(body.decode())
                self.answer(204)
            elif parts.path == graphs and set(words) == {"graph"}:
                self.graph(ox.NamedNode(words["graph"][0]), body, kind)
            else:
                self.answer(400 if parts.path in (query, update, graphs) else 404)

        def graph(self, name: ox.NamedNode, body: bytes, kind: str) -> None:
            there = name in set(store.named_graphs())
            if self.command == "DELETE" and not there:
                return self.answer(404)
            if self.command in ("PUT", "DELETE"):
                store.remove_graph(name)
            if self.command in ("PUT", "POST"):
                if kind != "application/n-triples":
                    return self.answer(415)
                store.load(body, format=ox.RdfFormat.N_TRIPLES, to_graph=name)
            return self.answer(204 if there else 201)

        do_GET = do_POST = do_PUT = do_DELETE = do  # noqa: N815 - the names that http.server looks for

        def log_message(self, *_: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", store
    finally:
        server.shutdown()
        server.server_close()


def start(build: Path, port: int = 0) -> tuple[subprocess.Popen[str], str]:
    """Our own server of a build, and its address as it tells it."""
    heard = "import signal; signal.signal(signal.SIGINT, signal.default_int_handler)"  # which a shell's background work does not hear
    code = (
        f"{heard}; import sys; from pathlib import Path; from cancu.endpoint import serve; serve(Path(sys.argv[1]), port=int(sys.argv[2]))"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", code, str(build), str(port)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    found = re.search(r"http://localhost:\d+", process.stdout.readline())
    assert found, process.communicate()[1]
    return process, found[0]
