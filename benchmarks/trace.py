"""Times traces on invented plans: `python benchmarks/trace.py 1000`. Wanted on 1,000 plans: a project in 20 ms, a document in 50 ms.

Processor time. Each thing is traced three times, and its best time counts; the median, the 95th of a hundred and the worst of all things
are printed. What a graph reads once, before its first trace downwards, stands in a line of its own. With --graph the graph is
kept in that file, and read from it the next time.
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
from benchmarks.figures import Figure, of_runs, seconds
from cancu import infer, loading, records
from cancu.context import Context
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


def timed(trace: Callable[[str], object], things: list[str]) -> list[float]:
    """The best of three times for each thing, in milliseconds, sorted."""
    found = []
    for thing in things:
        best = float("inf")
        for _ in range(3):
            start = time.process_time()
            trace(thing)
            best = min(best, time.process_time() - start)
        found.append(best * 1000)
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
    yield "trace(project)", timed(lambda thing: trace_project(graph, thing), projects)
    yield "trace(project, document)", timed(lambda thing: trace_between(graph, thing, top), projects)
    yield "trace(document)", timed(lambda thing: trace_document(graph, thing), documents)
    yield "trace(the most cited document)", timed(lambda thing: trace_document(graph, thing), [top])


def figures(plans: int = 1000) -> list[Figure]:
    """The median and the spread of each kind of trace, on so many invented plans; the rows of projects are read before."""
    graph = graph_of(plans)
    reading, _ = seconds(lambda: graph.rows, time.process_time)
    wanted = {"trace(project)": "under 20 ms", "trace(document)": "under 50 ms", "trace(the most cited document)": "under 50 ms"}
    found = [of_runs(f"{name}, {plans:,} plans", "ms", times, wanted=wanted.get(name, "")) for name, times in jobs(graph)]
    return [*found, Figure(f"rows read once before the first trace downwards, {plans:,} plans", reading, "s")]


def main() -> None:
    """Builds the graph, or reads it, and prints the times."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("plans", type=int, nargs="?", default=1000)
    parser.add_argument("--graph", type=Path)
    given = parser.parse_args()
    graph = cancu.open(given.graph) if given.graph and given.graph.exists() else graph_of(given.plans)
    if given.graph and not given.graph.exists():
        graph.store.dump(str(given.graph), format=ox.RdfFormat.N_QUADS)
    reading, rows = seconds(lambda: graph.rows, time.process_time)
    print(f"{given.plans} plans, {len(graph.store):,} quads; {len(rows.by_row):,} rows, read once in {reading:.1f} s")
    for name, times in jobs(graph):
        middle, late = times[len(times) // 2], times[int(len(times) * 0.95)]
        print(f"{name:32} median {middle:8.1f} ms   95% {late:8.1f} ms   worst {times[-1]:8.1f} ms")


if __name__ == "__main__":
    main()
