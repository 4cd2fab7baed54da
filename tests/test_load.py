"""Many clients at once get right answers or a clear refusal, whoever else holds a connection."""

from __future__ import annotations

import asyncio
import socket
import threading
from contextlib import suppress
from functools import partial
from http.server import SimpleHTTPRequestHandler
from pathlib import Path

import pytest

from benchmarks.load import run, served
from cancu import endpoint


def test_clients_at_once(invented_site: Path) -> None:
    with served(invented_site.parent) as (port, pid):
        load = asyncio.run(run(port, pid, clients=60, requests=3))
    assert load.ends.keys() <= {"right", "refused (503)", "right afterwards"}
    assert load.ends["right"] > 100
    assert load.ends["right afterwards"] == 3


def test_a_client_beyond_the_room_is_told_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(endpoint, "_MOST_CONNECTIONS", 1)
    (tmp_path / "index.html").write_text("here", "utf-8")
    with endpoint._Server(("127.0.0.1", 0), partial(SimpleHTTPRequestHandler, directory=str(tmp_path))) as server:
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        with socket.create_connection(server.server_address) as first:
            first.sendall(b"GET / HT")
            assert _answer(server.server_address, b"").startswith(b"HTTP/1.0 503")
            first.sendall(b"TP/1.0\r\n\r\n")
            assert first.recv(9) == b"HTTP/1.0 "
            while first.recv(999):
                pass
        for _ in range(100):
            if b"here" in (found := _answer(server.server_address, b"GET / HTTP/1.0\r\n\r\n")):
                break
        assert b"here" in found
        server.shutdown()


def test_a_client_for_whom_there_is_no_thread_is_told_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(endpoint, "_MOST_CONNECTIONS", 1)
    (tmp_path / "index.html").write_text("here", "utf-8")
    with endpoint._Server(("127.0.0.1", 0), partial(SimpleHTTPRequestHandler, directory=str(tmp_path))) as server:
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        with monkeypatch.context() as patch:
            patch.setattr(threading.Thread, "start", _no_thread)
            assert _answer(server.server_address, b"").startswith(b"HTTP/1.0 503")
        assert b"here" in _answer(server.server_address, b"GET / HTTP/1.0\r\n\r\n")
        server.shutdown()


def _no_thread(_: threading.Thread) -> None:
    raise RuntimeError("can't start new thread")


@pytest.mark.parametrize("head", [b"GET / HTTP/1.0\r\nX: ", b"POST /query HTTP/1.0\r\nContent-Length: 900\r\n\r\n"])
def test_a_client_that_goes_on_saying_a_little_is_ended(head: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One that says a byte now and then, in its head or in its body, has the time of one request, and no more."""
    monkeypatch.setattr(endpoint, "_PATIENCE_S", 0.3)
    handler = partial(endpoint._Handler, None, directory=str(tmp_path))  # type: ignore[arg-type]
    with endpoint._Server(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        with socket.create_connection(server.server_address) as slow:
            slow.sendall(head)
            for _ in range(100):
                with suppress(TimeoutError):
                    slow.settimeout(0.1)
                    assert slow.recv(9) == b""
                    break
                slow.sendall(b"x")
            else:
                pytest.fail("it is still heard after ten seconds")
        server.shutdown()


def _answer(address: tuple[str, int], asked: bytes) -> bytes:
    with socket.create_connection(address, timeout=5) as connection:
        try:
            connection.sendall(asked)
            found = b""
            while part := connection.recv(4096):
                found += part
        except ConnectionResetError:
            return b""
        return found
