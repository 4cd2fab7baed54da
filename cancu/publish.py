"""Puts a build's graphs into a triple store: each named graph whole, only those that changed, and those that are gone taken out.

What a graph was made of when it was last put there whole is noted in the store itself, in a graph of its own (…/graph/published): as its
SHA-256. A graph's note is taken back before it is touched, so a run that is stopped at any moment is mended by the next.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from cancu.errors import InputError
from cancu.graph_store import GraphStore, StoreError
from cancu.iris import BASE

Report = Callable[[int, int], None]
_NOTE = "https://schema.org/sha256"
_BATCH = {True: 2_000, False: 200_000}  # triples a request: by Update, whose text stores limit, and by the Graph Store Protocol
_NOTES = 64  # graphs between two notes
_PAGE = 2_000
_NAMES = 200


@dataclass(frozen=True, slots=True)
class Part:
    """A named graph: its statements as sorted lines of N-Triples, those with blank nodes first, and what they hash to."""

    lines: tuple[str, ...]
    blank: int
    digest: str


@dataclass(frozen=True, slots=True)
class Published:
    """What a run did: graphs sent, left as they were, taken out; and the statements in the build's graphs, as the store counts them."""

    sent: int
    unchanged: int
    removed: int
    quads: int


def publish(build: Path, store: GraphStore, report: Report = lambda _done, _whole: None) -> Published:
    """Makes the store's graphs those of the build; `report` is told how many statements are sent, of how many.

    Graphs that were not published from a build are left alone. Raises InputError for a build without a graph, StoreError where the
    store refuses, or counts otherwise in the end than was sent.
    """
    parts = read(build / "graph.nq")
    notes = f"{_base(parts)}graph/published"
    before = dict(_noted(store, notes))
    counts = _counts(store, parts)
    same = {name for name, part in parts.items() if before.get(name) == part.digest and counts.get(name) == len(part.lines)}
    gone = before.keys() - parts.keys()
    todo = [name for name in sorted(parts) if name not in same]
    if todo or gone:
        store.replace(notes, "".join(_line(name, parts[name].digest) for name in sorted(same)))
        for name in sorted(gone):
            store.drop(name)
        _send(store, parts, todo, notes, report)
        counts = _counts(store, parts)
        _verify(store, parts, counts, todo, notes)
    return Published(len(todo), len(same), len(gone), sum(counts.get(name, 0) for name in parts))


def read(path: Path) -> dict[str, Part]:
    """The named graphs of a file of N-Quads as a build writes it: a statement a line, sorted. Raises InputError."""
    found: dict[str, list[str]] = defaultdict(list)
    try:
        with path.open(encoding="utf-8") as file:
            for number, line in enumerate(file, 1):
                triple, _, end = line.rpartition(" <")
                if triple.count(" ") < 2 or not end.endswith("> .\n"):
                    raise InputError(str(path), "is no statement of a named graph", "build it anew: cancu build", number)
                found[end[:-4]].append(f"{triple} .\n")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(str(path), f"cannot be read: {error}", "build it first: cancu build") from error
    return {name: _part(lines) for name, lines in found.items()}


def _part(lines: list[str]) -> Part:
    digest = hashlib.sha256("".join(sorted(lines)).encode()).hexdigest()
    blank = sorted(line for line in lines if line.startswith("_:") or line.rsplit("> ", 1)[-1].startswith("_:"))
    with_blank = set(blank)
    return Part((*blank, *sorted(line for line in lines if line not in with_blank)), len(blank), digest)


def _base(parts: Mapping[str, Part]) -> str:
    return next((name.removesuffix("graph/registry") for name in parts if name.endswith("graph/registry")), BASE)


def _line(graph: str, digest: str) -> str:
    return f'<{graph}> <{_NOTE}> "{digest}" .\n'


# ---------------------------------------------------------------- sending


def _send(store: GraphStore, parts: Mapping[str, Part], todo: Sequence[str], notes: str, report: Report) -> None:
    whole, done = sum(len(parts[name].lines) for name in todo), 0
    fresh: list[str] = []
    for place, name in enumerate(todo, 1):
        for number, batch in enumerate(_batches(parts[name], _BATCH[store.updates])):
            (store.add if number else store.replace)(name, "".join(batch))
            done += len(batch)
            report(done, whole)
        fresh.append(_line(name, parts[name].digest))
        if len(fresh) == _NOTES or place == len(todo) or done * 10 // whole > (done - len(batch)) * 10 // whole:
            store.add(notes, "".join(fresh))
            fresh.clear()


def _batches(part: Part, size: int) -> Iterator[Sequence[str]]:
    """The lines in turn; all with blank nodes come at once, since a blank node is one within a request alone."""
    first = max(size, part.blank)
    yield part.lines[:first]
    for start in range(first, len(part.lines), size):
        yield part.lines[start : start + size]


# ---------------------------------------------------------------- asking


def _noted(store: GraphStore, notes: str) -> Iterator[tuple[str, str]]:
    """The graphs that the store notes as published, with their hashes; by pages, since stores limit their answers without a word."""
    last = ""
    while True:
        noted = f'GRAPH <{notes}> {{ ?g <{_NOTE}> ?sha }} FILTER(STR(?g) > "{last}")'
        text = f"SELECT ?g ?sha WHERE {{ {noted} }} ORDER BY STR(?g) LIMIT {_PAGE}"
        page = [(name, digest) for name, digest in store.ask(text)]
        yield from page
        if not page:
            return
        last = page[-1][0]


def _counts(store: GraphStore, names: Mapping[str, Part]) -> dict[str, int]:
    """How many statements the store has in each of the graphs."""
    found: dict[str, int] = {}
    wanted = sorted(names)
    for start in range(0, len(wanted), _NAMES):
        values = " ".join(f"<{name}>" for name in wanted[start : start + _NAMES])
        text = f"SELECT ?g (COUNT(*) AS ?n) WHERE {{ VALUES ?g {{ {values} }} GRAPH ?g {{ ?s ?p ?o }} }} GROUP BY ?g"
        found |= {name: int(count) for name, count in store.ask(text)}
    return found


def _verify(store: GraphStore, parts: Mapping[str, Part], counts: Mapping[str, int], sent: Sequence[str], notes: str) -> None:
    """Raises StoreError for graphs that the store counts otherwise, after taking their notes back."""
    wrong = [name for name in sent if counts.get(name, 0) != len(parts[name].lines)]
    if wrong:
        store.replace(notes, "".join(_line(name, parts[name].digest) for name in sorted(parts.keys() - set(wrong))))
        told = "; ".join(f"{name}: {counts.get(name, 0)} of {len(parts[name].lines)}" for name in wrong[:5])
        raise StoreError(f"{store.url} counts otherwise than was sent, in {len(wrong)} graphs. {told}. Publish again, or look at its log.")
