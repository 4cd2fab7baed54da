"""Times publishing: `python -m benchmarks.publish`. Wanted: a million quads into Oxigraph's server within 1.5 times of its own `load`.

Both are asked for the same file, into an empty store. Times are of the processor, of all that take part, and of the clock.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import tempfile
import time
from pathlib import Path

from cancu.graph_store import GraphStore
from cancu.publish import publish
from tests import stores

_GRAPHS = 100


def write(path: Path, quads: int) -> None:
    """Invented statements about invented things, in some hundred graphs."""
    with path.open("w", encoding="utf-8") as file:
        for number in range(quads):
            thing, graph = number // 10, number * _GRAPHS // quads
            value = f'"Dự án số {number}"@vi' if number % 2 else f"<https://example.org/thing/{number % 5000}>"
            file.write(
                f"<https://example.org/thing/{thing}> <https://example.org/p{number % 10}> {value} <https://example.org/graph/{graph}> .\n"
            )


def spent(pid: int) -> float:
    """Seconds of the processor that a process has taken."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def loaded(folder: Path, file: Path) -> tuple[float, float]:
    """What Oxigraph's own load takes."""
    before, start = os.times(), time.perf_counter()
    command = [str(stores.oxigraph_program()), "load", "--location", str(folder / "own"), "--file", str(file)]
    subprocess.run(command, check=True, capture_output=True)
    after = os.times()
    return after.children_user + after.children_system - before.children_user - before.children_system, time.perf_counter() - start


def published(folder: Path) -> tuple[float, float]:
    """What publishing to its server takes: here, and in the server."""
    with stores.oxigraph(folder) as url:
        (pid,) = (int(entry.name) for entry in Path("/proc").iterdir() if entry.name.isdigit() and _is(entry, str(folder / "data")))
        before, begun, start = spent(pid), time.process_time(), time.perf_counter()
        done = publish(folder, GraphStore(f"{url}/store", environment={}))
        print(f"{done.quads:,} quads in {done.sent} graphs")
        return spent(pid) - before + time.process_time() - begun, time.perf_counter() - start


def _is(process: Path, location: str) -> bool:
    try:
        return location in (process / "cmdline").read_text()
    except OSError:
        return False


def main() -> None:
    """Prints both times, and how they compare."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("quads", type=int, nargs="?", default=1_000_000)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write(folder / "graph.nq", parser.parse_args().quads)
        own, own_clock = loaded(folder, folder / "graph.nq")
        ours, our_clock = published(folder)
    print(f"load:    {own:.1f} s of the processor, {own_clock:.1f} s by the clock")
    print(f"publish: {ours:.1f} s of the processor, {our_clock:.1f} s by the clock")
    print(f"{ours / own:.2f} and {our_clock / own_clock:.2f} times")


if __name__ == "__main__":
    main()
