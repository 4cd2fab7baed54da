"""Asks a served build by many clients at once: `python -m benchmarks.load BUILD [--clients N] [--requests R]`.

Each client asks for a page and for the answer to a query in turn; beside them a tenth as many open a connection and say half a request.
An answer is right where it is that of a single client, a clear refusal where it is 503. The exit code is 1 for any other, and where the
server does not answer a single client afterwards.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import os
import signal
import statistics
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

_QUERY = "SELECT ?project WHERE { ?project a <https://w3id.org/cancu/ontology#Project> } ORDER BY ?project"
_PATHS = ("/index.html", f"/query?query={quote(_QUERY)}", "/du-an/index.html")
_PATIENCE_S = 120.0


@dataclass(slots=True)
class Load:
    """What the clients got: how many of each kind, how long each waited, and the most memory the servers took, in megabytes."""

    ends: Counter[str] = field(default_factory=Counter)
    seconds: list[float] = field(default_factory=list)
    megabytes: float = 0.0


async def ask(port: int, path: str) -> tuple[int, bytes]:
    """The status and the body of one answer, on a connection of its own."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        writer.write(f"GET {path} HTTP/1.0\r\nHost: localhost\r\nAccept: text/csv\r\n\r\n".encode())
        head, _, body = (await reader.read(-1)).partition(b"\r\n\r\n")
        return int(head.split()[1]) if head else 0, body
    finally:
        writer.close()


async def _client(port: int, number: int, requests: int, right: dict[str, tuple[int, bytes]], load: Load) -> None:
    for i in range(requests):
        path, start = _PATHS[(number + i) % len(_PATHS)], time.monotonic()
        try:
            answer = await asyncio.wait_for(ask(port, path), _PATIENCE_S)
        except (OSError, TimeoutError) as error:
            load.ends[type(error).__name__] += 1
            continue
        load.seconds.append(time.monotonic() - start)
        load.ends["right" if answer == right[path] else "refused (503)" if answer[0] == 503 else f"wrong ({answer[0]})"] += 1


async def _half(port: int, until: asyncio.Event) -> None:
    """A client that begins a request, and says no more."""
    with contextlib.suppress(OSError):
        _, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(b"POST /query HTTP/1.1\r\nContent-Length: 900\r\n")
        await until.wait()
        writer.close()


async def _watch(pids: list[int], load: Load) -> None:
    while True:
        load.megabytes = max(load.megabytes, sum(map(_resident, pids)))
        await asyncio.sleep(0.1)


def _resident(pid: int) -> float:
    """The memory of a process and of those that it started, in megabytes."""
    try:
        pages = int(Path(f"/proc/{pid}/statm").read_text("ascii").split()[1])
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text("ascii").split()
    except OSError:
        return 0.0
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20 + sum(_resident(int(child)) for child in children)


async def run(port: int, pid: int, clients: int, requests: int) -> Load:
    """All clients at once, and the slow ones beside them."""
    load, done = Load(), asyncio.Event()
    right = {path: await ask(port, path) for path in _PATHS}
    watch = asyncio.create_task(_watch([pid], load))
    slow = [asyncio.create_task(_half(port, done)) for _ in range(clients // 10)]
    await asyncio.gather(*(_client(port, number, requests, right, load) for number in range(clients)))
    for path in _PATHS:
        load.ends["right afterwards" if await ask(port, path) == right[path] else "wrong afterwards"] += 1
    done.set()
    await asyncio.gather(*slow)
    watch.cancel()
    return load


@contextlib.contextmanager
def served(build: Path) -> Iterator[tuple[int, int]]:
    """A server of the build, on a free port: the port, and its process."""
    command = [sys.executable, "-m", "cancu", "serve", str(build), "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as process:
        assert process.stdout
        try:
            first = process.stdout.readline()
            yield int(first.rstrip("/\n").rpartition(":")[2]), process.pid
        finally:
            process.send_signal(signal.SIGTERM)


def main() -> None:
    """Prints the table of `docs/reliability.md`."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("build", type=Path)
    parser.add_argument("--clients", type=int, default=1_000)
    parser.add_argument("--requests", type=int, default=3)
    options = parser.parse_args()
    with served(options.build) as (port, pid):
        load = asyncio.run(run(port, pid, options.clients, options.requests))
    good = {"right", "refused (503)", "right afterwards"}
    other = {end: count for end, count in load.ends.items() if end not in good}
    print("| clients | slow clients | requests | right | 503 | wrong or lost | median | slowest | memory |")
    print("|--:|--:|--:|--:|--:|---|--:|--:|--:|")
    told = [f"{options.clients:,}", str(options.clients // 10), f"{options.clients * options.requests:,}", f"{load.ends['right']:,}"]
    told += [f"{load.ends['refused (503)']:,}", ", ".join(f"{end}: {count}" for end, count in sorted(other.items())) or "0"]
    told += [f"{statistics.median(load.seconds):.1f} s", f"{max(load.seconds):.1f} s", f"{load.megabytes:.0f} MB"]
    print(f"| {' | '.join(told)} |")
    sys.exit(bool(other))


if __name__ == "__main__":
    main()
