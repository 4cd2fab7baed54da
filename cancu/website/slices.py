"""The part of a graph that some questions can read: a whole graph of thousands of plans, in a store, takes more memory than all pages.

A store keeps some 340 bytes of each statement. So questions are put together in groups, each of which reads little more than the one
that reads most, and are asked group by group.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from functools import cache
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory

from cancu.asking import PREFIXES
from cancu.quads import RDF_TYPE

_LITTLE = 400_000_000  # bytes of a graph's file that one store may hold in any case
_SAMPLE = 200_000  # lines that tell of what a graph has how much
_SLACK = 1.05
_ASIDE = re.compile(r"""^\s*#.*$|^\s*PREFIX.*$|"[^"\n]*"|'[^'\n]*'""", re.MULTILINE)
_NAME = re.compile(r"<([^>\s]*)>|\b([a-z]+):([A-Za-z][\w-]*)|(?<=\s)(a)(?=\s)")

_TYPE = RDF_TYPE.encode()

Terms = frozenset[str]


def named(query: str) -> Terms:
    """The terms that a query names. It can read no statement with another property, and of types only those of the classes among them.

    That holds for queries in which no property and no class is a variable without its values being listed, as ours are.
    """
    found = _NAME.findall(_ASIDE.sub(" ", query))
    return frozenset(RDF_TYPE if a else f"<{iri or PREFIXES.get(prefix, prefix) + local}>" for iri, prefix, local, a in found)


def parts(graph: Path, wanted: Mapping[str, Terms]) -> Iterator[tuple[Path, list[str]]]:
    """Files with what questions can read of a file of N-Quads, and the names of the questions for each.

    `wanted` has the terms that each names. A file is there until the next is asked for. A small graph is one part.
    """
    if graph.stat().st_size < _LITTLE:
        yield graph, list(wanted)
        return
    groups = _groups(wanted, graph)
    with TemporaryDirectory(prefix=".cancu-", dir=graph.parent) as folder:
        files = {Path(folder) / str(number): terms for number, (terms, _) in enumerate(groups)}
        _cut(graph, files)
        for file, (_, names) in zip(files, groups, strict=True):
            yield file, names
            file.unlink()


def _groups(wanted: Mapping[str, Terms], graph: Path) -> list[tuple[Terms, list[str]]]:
    """Questions that are asked together, with the terms that they name, the most demanding first; each joins where it adds the least."""
    with graph.open("rb") as lines:
        sizes = Counter(map(_kind, islice(lines, _SAMPLE)))

    @cache
    def size(terms: Terms) -> int:
        return sum(number for kind, number in sizes.items() if kind <= terms)

    groups: list[tuple[Terms, list[str]]] = []
    most = _SLACK * max(map(size, wanted.values()))
    for name, terms in sorted(wanted.items(), key=lambda item: -size(item[1])):
        fits = [group for group in groups if size(group[0] | terms) <= most]
        best = min(fits, key=lambda group: size(group[0] | terms) - size(group[0]), default=None)
        if best:
            groups.remove(best)
        groups.append((best[0] | terms, [*best[1], name]) if best else (terms, [name]))
    return groups


def _cut(graph: Path, parts: Mapping[Path, Terms]) -> None:
    """Writes for each part those lines of the graph that have its terms."""
    with ExitStack() as until, graph.open("rb") as lines:
        files = [(until.enter_context(part.open("wb")), terms) for part, terms in parts.items()]
        writers: dict[Terms, list[Callable[[bytes], object]]] = {}
        for line in lines:
            kind = _kind(line)
            if kind not in writers:
                writers[kind] = [file.write for file, terms in files if kind <= terms]
            for write in writers[kind]:
                write(line)


@cache
def _kind_of(predicate: bytes, value: bytes) -> Terms:
    return frozenset({predicate.decode(), value.decode()} if value else {predicate.decode()})


def _kind(line: bytes) -> Terms:
    """What it takes to read a statement: its property; of a type, the class too."""
    _, predicate, rest = line.split(b" ", 2)
    return _kind_of(predicate, rest[: rest.index(b" ")] if predicate == _TYPE else b"")
