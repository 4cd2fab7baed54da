"""A build's graph as several files, each of which a store can load by itself, on a machine of its own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from cancu.errors import InputError


def write(graph: Path, into: Path, size: int) -> tuple[Path, ...]:
    """Cuts a file of N-Quads into files of about `size` bytes, named in order, in a new folder; returns them.

    A cut is made only where the named graph changes, so that a plan's own graph is whole in one of them; what all plans share (findings,
    what follows) is in several. Raises InputError for a graph that is not there, and for a folder with other things in it.
    """
    if not graph.is_file():
        raise InputError(str(graph), "is not there", "give the folder of a build")
    if into.exists() and (not into.is_dir() or any(into.iterdir())):
        raise InputError(str(into), "has other things in it", "give a new folder")
    into.mkdir(parents=True, exist_ok=True)
    with graph.open("rb") as lines:
        return tuple(_pieces(lines, into, size))


def _pieces(lines: Iterator[bytes], into: Path, size: int) -> Iterator[Path]:
    line = next(lines, b"")
    number = 0
    while line:
        number += 1
        path, written, name = into / f"graph-{number:05}.nq", 0, b""
        with path.open("wb") as piece:
            while line and (written < size or _graph(line) == name):
                written += piece.write(line)
                name, line = _graph(line), next(lines, b"")
        yield path


def _graph(line: bytes) -> bytes:
    """The term of the graph that a line of N-Quads names last."""
    return line[line.rindex(b" ", 0, -3) : -3]
