"""Real servers for the tests: our own, the one of the `oxigraph` package, and Debian's Virtuoso where it is installed."""

from __future__ import annotations

import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

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


def start(build: Path, port: int = 0) -> tuple[subprocess.Popen[str], str]:
    """Our own server of a build, and its address as it tells it."""
    code = "import sys; from pathlib import Path; from cancu.endpoint import serve; serve(Path(sys.argv[1]), port=int(sys.argv[2]))"
    process = subprocess.Popen(
        [sys.executable, "-c", code, str(build), str(port)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    found = re.search(r"http://localhost:\d+", process.stdout.readline())
    assert found, process.communicate()[1]
    return process, found[0]
