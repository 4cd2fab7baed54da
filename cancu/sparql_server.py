"""The `oxigraph` package's SPARQL server on a store, read only, within bounds of time, of memory, of what it answers, and of how many ask.

The server's own limit of time does not stop every query, and an answer that it breaks off looks whole: so each answer is taken in whole
before it is handed on, and a server that goes beyond its time or memory is started anew. Who asked beside is asked again, unseen.
"""

from __future__ import annotations

import contextlib
import http.client
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path
from typing import IO

from cancu.errors import InputError

_START_TIMEOUT_S = 20.0
_GRACE_S = 1.0
_CHUNK = 256 * 1024
_IN_MEMORY = 4 * 1024 * 1024
_CANCELLED = b"The SPARQL operation has been cancelled"
_NO_ROOM = (b"(os error 11)", b"(os error 12)")  # what the server says where it gets no thread, or no memory
_TRIES = 2
_WATCH = ("/bin/sh", "-c", 'while read -r pid; do last=$pid; done; [ -z "$last" ] || kill -9 "$last"')


@dataclass(frozen=True, slots=True)
class Bounds:
    """What one query may take: seconds, bytes of its answer, bytes of the server's memory; and how many may be asked at once."""

    seconds: float = 60.0
    answer: int = 256 * 1024 * 1024
    memory: int = 3 * 1024 * 1024 * 1024
    at_once: int = 8


@dataclass(frozen=True, slots=True)
class Answer:
    """What the server said, whole: status, media type, length in bytes, and the body as an open file from its beginning."""

    status: int
    media: str
    length: int
    body: IO[bytes]


class RefusedError(Exception):
    """A query that is not answered: the status, and words for who asked."""

    def __init__(self, status: HTTPStatus, words: str) -> None:
        self.status, self.words = status, words
        super().__init__(words)


class SparqlServer:
    """The server of one store, on a port of this machine alone. Use it in a `with` block, which stops it at the end."""

    def __init__(self, store: Path, bounds: Bounds) -> None:
        self._store, self.bounds = store, bounds
        self._lock = threading.Lock()
        self._room = threading.BoundedSemaphore(bounds.at_once)
        self._log = tempfile.TemporaryFile()  # noqa: SIM115 - closed by __exit__
        self._watcher = _Watcher()
        self._process: subprocess.Popen[bytes] | None = None
        self._port, self._turn = 0, 0

    def __enter__(self) -> SparqlServer:
        try:
            self._start()
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        with self._lock:
            self._stop()
        self._watcher.close()
        self._log.close()

    def ask(self, method: str, path: str, headers: Mapping[str, str], body: bytes | None) -> Answer:
        """Hands a request on, and takes the answer in. Raises RefusedError where a bound is reached."""
        if not self._room.acquire(timeout=self.bounds.seconds / 10):
            raise RefusedError(HTTPStatus.SERVICE_UNAVAILABLE, f"{self.bounds.at_once} queries are being answered. Ask again in a moment.")
        try:
            tries, until = 0, time.monotonic() + self.bounds.seconds
            while tries < _TRIES:
                turn, port = self._running()
                try:
                    return self._asked(port, method, path, headers, body)
                except _CrowdedError:
                    # another query holds the memory, and will end soon: by itself, or with the server
                    tries += time.monotonic() > until
                    time.sleep(0.1)
                except _LateError:
                    self._restart(turn)
                    words = f"The query took longer than {self.bounds.seconds:g} s. Ask for less: fewer patterns, a LIMIT, no open paths."
                    raise RefusedError(HTTPStatus.GATEWAY_TIMEOUT, words) from None
                except (OSError, http.client.HTTPException):
                    # the server ended: by this query, or by another; then this one is innocent, and is asked again
                    tries += 1
                    self._restart(turn)
            words = f"The query needs more than {self.bounds.memory / 1024**3:g} GB of memory. Ask for less: fewer patterns, a LIMIT."
            raise RefusedError(HTTPStatus.INTERNAL_SERVER_ERROR, words)
        finally:
            self._room.release()

    def _asked(self, port: int, method: str, path: str, headers: Mapping[str, str], body: bytes | None) -> Answer:
        until = time.monotonic() + self.bounds.seconds + _GRACE_S  # the server itself ends most queries in time
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=self.bounds.seconds + _GRACE_S)
        taken = tempfile.SpooledTemporaryFile(_IN_MEMORY)  # noqa: SIM115 - handed on open
        try:
            connection.request(method, path, body, dict(headers))
            answer = connection.getresponse()
            length, last = 0, b""
            while chunk := answer.read1(_CHUNK):
                length += taken.write(chunk)
                last = chunk
                if length > self.bounds.answer:
                    raise RefusedError(
                        HTTPStatus.INTERNAL_SERVER_ERROR, f"The answer is larger than {self.bounds.answer:,} bytes. Add a LIMIT."
                    )
                if time.monotonic() > until:
                    raise _LateError
            if last.endswith(_CANCELLED):
                raise _LateError
            if answer.status >= HTTPStatus.BAD_REQUEST and last.endswith(_NO_ROOM):
                raise _CrowdedError
        except TimeoutError as error:
            taken.close()
            raise _LateError from error
        except BaseException:
            taken.close()
            raise
        finally:
            connection.close()
        taken.seek(0)
        return Answer(answer.status, answer.getheader("Content-Type", "text/plain"), length, taken)

    # ------------------------------------------------------------ the process

    def _running(self) -> tuple[int, int]:
        with self._lock:
            return self._turn, self._port

    def _restart(self, turn: int) -> None:
        """Starts the server anew, unless someone did since `turn`."""
        with self._lock:
            if self._turn == turn:
                self._stop()
                self._start()

    def _start(self) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self._port = int(probe.getsockname()[1])
        where = ["--location", str(self._store), "--bind", f"127.0.0.1:{self._port}"]
        limits = ["--union-default-graph", "--timeout-s", str(max(1, int(self.bounds.seconds)))]
        self._process = subprocess.Popen([_program(), "serve-read-only", *where, *limits], stdout=self._log, stderr=self._log)  # noqa: S603 - our own command
        self._watcher.watch(self._process.pid)
        _limit_memory(self._process.pid, self.bounds.memory)
        self._turn += 1
        until = time.monotonic() + _START_TIMEOUT_S
        while time.monotonic() < until and self._process.poll() is None:
            try:
                socket.create_connection(("127.0.0.1", self._port), 1).close()
            except OSError:
                time.sleep(0.03)
            else:
                return
        self._stop()
        self._log.seek(0)
        said = self._log.read().decode(errors="replace").strip()[-500:] or "it does not listen"
        raise InputError(str(self._store), f"the SPARQL server did not start: {said}", "remove the folder and try again")

    def _stop(self) -> None:
        if self._process is not None:
            self._process.terminate()
            try:
                self._process.wait(2)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()
            self._watcher.watch(None)


class _Watcher:
    """Ends the server where this process is killed and cannot: a shell that reads from us, and comes to an end of that with us.

    Linux can tie a child to its parent (PR_SET_PDEATHSIG), but to the thread that started it: ours may be a request's.
    """

    def __init__(self) -> None:
        self._shell: subprocess.Popen[bytes] | None = None
        if os.name == "posix":  # in a session of its own, which Ctrl-C does not reach
            self._shell = subprocess.Popen(_WATCH, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, start_new_session=True)  # noqa: S603 - our own command

    def watch(self, pid: int | None) -> None:
        """From now on it is this process that is to end with us, or none."""
        if self._shell and self._shell.stdin:
            with contextlib.suppress(BrokenPipeError):  # someone ended the shell: then nobody watches
                self._shell.stdin.write(b"%s\n" % str(pid or "").encode())
                self._shell.stdin.flush()

    def close(self) -> None:
        """Ends the watching."""
        if self._shell:
            self._shell.communicate()


class _LateError(Exception):
    pass


class _CrowdedError(Exception):
    pass


def _limit_memory(pid: int, size: int) -> None:
    """Lets a process have so much memory of its own, where the system can (Linux)."""
    try:
        import resource  # noqa: PLC0415 - not on every system

        resource.prlimit(pid, resource.RLIMIT_DATA, (size, size))
    except (ImportError, AttributeError, ProcessLookupError):
        return


def _program() -> str:
    beside = Path(sys.executable).parent / "oxigraph"
    found = str(beside) if beside.is_file() else shutil.which("oxigraph")
    if not found:
        raise InputError("oxigraph", "the SPARQL server is not installed", "install it: pip install 'cancu[serve]'")
    return found
