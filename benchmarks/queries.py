"""Times questions: `python benchmarks/queries.py`. Wanted: a first answer within 1 s, 5 ms at most added to the store's own time, a million
rows as a data frame within 3 s; and with `--rdflib PLANS` 20 times rdflib's pace on the median named query, with the same answers.

Times are of the processor, the least of several runs, so that a busy machine does not decide.
"""

from __future__ import annotations

import argparse
import multiprocessing
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from multiprocessing.connection import Connection
from pathlib import Path

import pyoxigraph as ox
from rdflib import Dataset

import cancu
from benchmarks.corpus import invented
from benchmarks.figures import Figure, of_runs
from cancu import catalogue, records
from cancu.asking import PREFIXES
from cancu.graph import Graph
from cancu.results import table_of_tsv, typed
from cancu.table import Table

NONE = "no answer"
_FIRST = """import time, cancu
cancu.open().query("documents-ranking")
print(time.process_time())"""
_KINDS = {
    "document": "SELECT ?x { ?p cancu:hasSubstantiveBasis ?x } GROUP BY ?x ORDER BY DESC(COUNT(?p)) ?x",
    "project": "SELECT DISTINCT ?x { ?x a cancu:Project } ORDER BY ?x",
    "plan": "SELECT DISTINCT ?x { ?x cancu:statedIn ?s } ORDER BY ?x",
    "agency": "SELECT DISTINCT ?x { ?e cancu:leadAgency ?x } ORDER BY ?x",
    "thing": "SELECT DISTINCT ?x { ?e cancu:rowBasis ?x } ORDER BY ?x",
}


def least(work: Callable[[], object], times: int = 5) -> float:
    """Seconds of the processor, the least of several runs."""
    found = []
    for _ in range(times):
        start = time.process_time()
        work()
        found.append(time.process_time() - start)
    return min(found)


def first_answer() -> float:
    """Seconds from nothing to the first answer: import, open, one named query."""
    return min(float(subprocess.run([sys.executable, "-c", _FIRST], capture_output=True, text=True, check=True).stdout) for _ in range(5))


class _Answered(Graph):
    """A graph whose store has answered already, so that what is left is what we add."""

    answer = b""

    def _run(self, text: str) -> Table:
        return table_of_tsv(self.answer)


def overhead(graph: Graph) -> float:
    """The most that a named query adds to the store's own time, in seconds: parameters bound, and the store's answer made a table."""
    answered = _Answered(graph.store)
    added = []
    for query in catalogue.queries():
        params = {param.name: param.example for param in query.params}
        found = graph.store.query(query.bound(params), use_default_graph_as_union=True)
        assert isinstance(found, ox.QuerySolutions)
        answered.answer = found.serialize(format=ox.QueryResultsFormat.TSV) or b""
        added.append(least(partial(answered.query, query.name, **params), 15))
    return max(added)


def frame(rows: int) -> tuple[float, float]:
    """Seconds for a query of so many rows to become a data frame, and of them the store's own."""
    store = ox.Store()
    whole = "http://www.w3.org/2001/XMLSchema#integer"
    store.bulk_load("".join(f'<http://x.org/{n}> <http://x.org/p> "{n}"^^<{whole}> .\n' for n in range(rows)), format=ox.RdfFormat.N_QUADS)
    graph, text = Graph(store), "SELECT ?s ?n { ?s <http://x.org/p> ?n }"
    assert len(graph.query(text).to_pandas()) == rows
    own = least(lambda: store.query(text).serialize(format=ox.QueryResultsFormat.TSV), 3)  # type: ignore[union-attr]
    return least(lambda: graph.query(text).to_pandas(), 3), own


# ---------------------------------------------------------------- against rdflib


@dataclass(frozen=True, slots=True)
class Compared:
    """One named query here and in rdflib: seconds each, and how the answers compare, in words."""

    query: str
    here: float
    there: float
    answers: str


def against(plans: int, patience: int) -> Iterator[Compared]:
    """What each named query takes here and in rdflib, on one graph with the same parameters: the committed plans and invented ones."""
    with tempfile.TemporaryDirectory() as folder:
        paths = [Path(folder) / f"{number:06}.json" for number in range(plans)]
        for path, one in zip(paths, invented(plans, faulty=True), strict=True):
            path.write_bytes(records.dumps(one.record))
        graph = cancu.open(plans=paths)
        graph.query("findings")  # which are made when they are first asked for
    dataset = graph.to_rdflib()
    for query in catalogue.queries():
        params = {param.name: param.example for param in query.params}
        for param in query.params:
            if param.kind == "iri":
                things = graph.query(_KINDS[param.name]).column("x")
                params[param.name] = str(things[0] if param.name == "document" else random.Random(0).choice(things))
        here = least(partial(graph.query, query.name, **params))
        there, answer = _patiently(dataset, query.bound(params), patience)
        ours = graph._run(query.bound(params))
        same = NONE if answer is None else "the same" if _alike(ours.rows, answer) else f"{len(answer)} rows, not {len(ours)}"
        yield Compared(query.name, here, there, same)


def _patiently(dataset: Dataset, text: str, patience: int) -> tuple[float, list[tuple[object, ...]] | None]:
    """Seconds that rdflib takes, and its answer; None where it gives none, or none in time: its process is then ended by the system."""
    fork = multiprocessing.get_context("fork")  # the dataset is there without being copied
    ours, theirs = fork.Pipe(duplex=False)
    asked = fork.Process(target=_ask, args=(dataset, text, patience, theirs))
    asked.start()
    theirs.close()
    try:
        found: tuple[float, list[tuple[object, ...]] | None] = ours.recv()
    except EOFError:
        found = float(patience), None
    asked.join()
    return found


def _ask(dataset: Dataset, text: str, patience: int, answer: Connection) -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (patience, patience))
    start = time.process_time()
    rows = [tuple(_value(term) for term in row) for row in dataset.query(text, initNs=dict(PREFIXES))]  # type: ignore[union-attr]
    answer.send((time.process_time() - start, rows))


def _value(term: object) -> object:
    kind = getattr(term, "datatype", None)
    return None if term is None else typed(str(term), str(kind)) if kind else str(term)


def _alike(ours: Iterable[tuple[object, ...]], theirs: Iterable[tuple[object, ...]]) -> bool:
    """Whether two answers have the same rows, but for the order of names joined in a cell, and nothing for ''."""

    def told(rows: Iterable[tuple[object, ...]]) -> list[str]:
        return sorted(str([sorted(filter(None, str(cell).split("; "))) if cell not in (None, "") else "" for cell in row]) for row in rows)

    return told(ours) == told(theirs)


def figures(plans: int = 100, patience: int = 40) -> list[Figure]:
    """What is measured, as `docs/performance.md` tells it."""
    whole, own = frame(1_000_000)
    ratios = [one.there / one.here for one in against(plans, patience)]
    return [
        Figure("import, open and a first named query", first_answer(), "s", wanted="under 1 s"),
        Figure("added to a named query, at most", overhead(cancu.open()) * 1000, "ms", wanted="under 5 ms"),
        Figure("1,000,000 rows as a data frame", whole, "s", wanted="under 3 s", peer="the store's own time", peer_value=own),
        of_runs(f"named queries, {plans} plans, each as fast as rdflib", "times", ratios, wanted="20 times at the median"),
    ]


def main() -> None:
    """Prints the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rdflib", type=int, metavar="PLANS", help="compare with rdflib on so many invented plans")
    parser.add_argument("--patience", type=int, default=120, help="seconds of the processor that rdflib gets for a query")
    given = parser.parse_args()
    if not given.rdflib:
        print(f"first answer:        {first_answer():.2f} s")
        print(f"added to a query:    {overhead(cancu.open()) * 1000:.1f} ms at most")
        whole, own = frame(1_000_000)
        print(f"1,000,000 rows:      {whole:.2f} s, of them {own:.2f} s the store's own")
        return
    ratios = []
    for one in against(given.rdflib, given.patience):
        ratios.append(one.there / one.here)
        least_ratio = f"{'≥ ' if one.answers == NONE else ''}{ratios[-1]:.0f}"
        print(f"{one.query:26}{one.here * 1000:10.1f} ms {one.there * 1000:12.1f} ms {least_ratio:>10} times   {one.answers}", flush=True)
    print(f"median: {statistics.median(ratios):.0f} times")


if __name__ == "__main__":
    main()
