"""Times traces on invented plans: `python benchmarks/trace.py 1000`. Wanted on 1,000 plans: a project in 20 ms, a document in 50 ms.

Processor time of first traces, each of a graph that was asked nothing before, with the tables that a build leaves beside it; of each
thing the best of three. The median, the 95th of a hundred and the worst of all things are printed. With --into the graph is kept in that
folder, and read from it the next time.
"""

from __future__ import annotations

import argparse
import random
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pyoxigraph as ox

import cancu
from benchmarks.corpus import corpus
from benchmarks.figures import Figure, of_runs
from cancu import infer, loading, records, rows
from cancu.context import Context
from cancu.figures import gathered
from cancu.graph import Graph
from cancu.iris import BASE
from cancu.reach import trace_document
from cancu.trace import trace_between, trace_project


def graph_of(plans: int, projects: int = 12) -> Graph:
    """The graph of so many invented plans and the registry, with what follows."""
    with tempfile.TemporaryDirectory() as folder:
        paths = []
        for number, record in enumerate(corpus(plans, projects=projects), 1):
            paths.append(Path(folder) / f"{number:06}.json")
            paths[-1].write_bytes(records.dumps(record))
        store = ox.Store()
        registry = loading.context().registry
        # the loaders in turn read all records, so those of a slice are loaded together
        for start in range(0, plans, 100):
            context = Context(registry, tuple(paths[start : start + 100]))
            store.bulk_load("".join(f"{quad}\n" for quad in loading.run(context)), format=ox.RdfFormat.N_QUADS)
    infer.infer(store, f"{BASE}graph/inferred")
    return Graph(store)


def built(folder: Path, plans: int) -> Graph:
    """The graph in the folder with its tables, as a build leaves them; made where there is none."""
    path = folder / "graph.nq"
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        graph = graph_of(plans)
        graph.store.dump(str(path), format=ox.RdfFormat.N_QUADS)
        rows.write([gathered(graph)], path)
    return cancu.open(folder)


def timed(trace: Callable[[Graph, str], object], built: Graph, things: list[str]) -> list[float]:
    """The best of three first times for each thing, each of a graph that was asked nothing before, in milliseconds, sorted."""
    found = []
    for thing in things:
        runs = []
        for _ in range(3):
            graph = Graph(built.store, rows=built.rows)
            start = time.process_time()
            trace(graph, thing)
            runs.append((time.process_time() - start) * 1000)
        found.append(min(runs))
    return sorted(found)


def sample(graph: Graph, query: str, count: int = 60) -> list[str]:
    """Things that the query finds, drawn with a fixed seed; the first found is always among them."""
    found = [str(row[0]) for row in graph.query(query)]
    return found[:1] + random.Random(0).sample(found[1:], min(count, len(found) - 1))


def jobs(graph: Graph) -> Iterator[tuple[str, list[float]]]:
    """Each kind of trace by its name, with its times in milliseconds, sorted."""
    projects = sample(graph, "SELECT ?p { ?p a cancu:Project } ORDER BY ?p")
    # the document that most plans rest on comes first
    documents = sample(graph, "SELECT ?d { ?p cancu:hasSubstantiveBasis ?d } GROUP BY ?d ORDER BY DESC(COUNT(?p)) ?d")
    top = documents[0]
    yield "trace(project)", timed(trace_project, graph, projects)
    yield "trace(project, document)", timed(lambda graph, thing: trace_between(graph, thing, top), graph, projects)
    yield "trace(document)", timed(trace_document, graph, documents)
    yield "trace(the most cited document)", timed(trace_document, graph, [top] * 5)
    yield "trace(the most cited document), each project read", timed(lambda *asked: trace_document(*asked).projects, graph, [top] * 5)


def figures(plans: int = 1000) -> list[Figure]:
    """The median and the spread of each kind of trace, on so many invented plans."""
    wanted = {"trace(project)": "under 20 ms", "trace(document)": "under 50 ms", "trace(the most cited document)": "under 50 ms"}
    with tempfile.TemporaryDirectory() as folder:
        graph = built(Path(folder), plans)
        return [of_runs(f"{name}, {plans:,} plans", "ms", times, wanted=wanted.get(name, "")) for name, times in jobs(graph)]


def main() -> None:
    """Builds the graph, or reads it, and prints the times."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("plans", type=int, nargs="?", default=1000)
    parser.add_argument("--into", type=Path)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        graph = built(given.into or Path(folder), given.plans)
        print(f"{given.plans} plans, {len(graph.store):,} quads")
        for name, times in jobs(graph):
            middle, late = times[len(times) // 2], times[int(len(times) * 0.95)]
            spread = f"median {middle:8.1f} ms   95% {late:8.1f} ms   worst {times[-1]:8.1f} ms"
            print(f"{name:50} {spread}   (a million additions: {_loop():.0f} ms)")


def _loop() -> float:
    start, total = time.process_time(), 0
    for number in range(1_000_000):
        total += number
    return (time.process_time() - start) * 1000


if __name__ == "__main__":
    main()
