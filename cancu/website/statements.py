"""What a graph states, by the things that it is said of, from its lines of N-Quads: no store is needed, whose memory grows with the plans.

What is a plan's own has the plan's name in its IRI, and is read where it stands when it is wanted. What is said of all else, such as
documents and agencies, several plans may say: it is kept once it was read, each statement once.
"""

from __future__ import annotations

import io
import os
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

import msgspec
import pyoxigraph as ox

from cancu.graph import Graph

Span = tuple[int, int]  # where lines begin and end
_ESCAPE = re.compile(r"\\(u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}|.)")  # https://www.w3.org/TR/n-triples/
_ESCAPED = {"t": "\t", "b": "\b", "n": "\n", "r": "\r", "f": "\f", '"': '"', "'": "'", "\\": "\\"}
_RUN = re.compile(rb"^<(\S+)> .*\n(?:<\1> .*\n)*", re.MULTILINE)  # lines that are said of one thing, one after the other
_RUN_OF_ANY = re.compile(rb"^(\S+) .*\n(?:\1 .*\n)*", re.MULTILINE)  # the same, of things that need have no IRI
_KEPT = 16  # plans whose own statements are kept: of their pages the next may be one


class Index(msgspec.Struct, frozen=True, array_like=True):
    """Where in a part of a graph, from its beginning, stands what: each run of things with one second step in their IRIs, each graph.

    `things` are the runs of single things that are not the part's own, as terms, each with that step.
    """

    steps: list[tuple[str, int, int]]
    graphs: list[tuple[str, int, int]]
    things: list[tuple[str, str, int, int]]


class Shared(Mapping[str, Sequence[str]]):
    """What is said of the things that several plans may speak of, by their terms: read where it stands when it is first wanted."""

    def __init__(self, content: bytes | int, spans: Mapping[str, Sequence[Span]]) -> None:
        self._content, self._spans = content, spans
        self._said: dict[str, list[str]] = {}

    def __getitem__(self, thing: str) -> Sequence[str]:
        if thing not in self._said:
            self._said[thing] = sorted({triple for span in self._spans[thing] for triple in _triples(_read(self._content, span))})
        return self._said[thing]

    def read(self) -> None:
        """Reads all, before processes are forked that would each do so."""
        for thing in self._spans:
            self[thing]

    def __contains__(self, thing: object) -> bool:
        return thing in self._spans

    def __iter__(self) -> Iterator[str]:
        return iter(self._spans)

    def __len__(self) -> int:
        return len(self._spans)


@dataclass(frozen=True)
class Statements:
    """The statements of a graph: lines of N-Triples without the full stop. Things are terms.

    `owned` says where that stands which is a plan's own, by the plan's name; `graphs` the same for each named graph, by its term.
    `shared` is what is said of all other things. `parts` are the indexes of parts of the file whose places were told.
    """

    base: str
    content: bytes | int  # the lines, or the open file that holds them
    owned: Mapping[str, Sequence[Span]]
    graphs: Mapping[str, Sequence[Span]]
    shared: Shared
    parts: Mapping[str, Index] = field(default_factory=dict)
    _runs: dict[str, tuple[bytes, dict[bytes, list[Span]]]] = field(default_factory=dict)

    @classmethod
    def of_file(
        cls,
        path: Path,
        base: str,
        until: ExitStack,
        places: Mapping[str, Span] | None = None,
        known: Mapping[str, Index] | None = None,
    ) -> Statements:
        """Those in a file of N-Quads, sorted by plans, whose IRIs have this base. It is kept open until then.

        `places` are those of parts that the file begins with, one after the other; what is `known` of some is not looked through again.
        """
        file = until.enter_context(path.open("rb"))
        parts, found, at = dict[str, Index](), list[tuple[int, Index]](), 0
        for name, span in (places or {}).items():
            parts[name] = (known or {}).get(name) or _of_bytes(_read(file.fileno(), span), base)
            found.append((span[0], parts[name]))
            at = span[1]
        file.seek(at)
        rest = _indexed(file, lambda start, end: _read(file.fileno(), (at + start, at + end)), base)
        return _joined([*found, (at, rest)], file.fileno(), base, parts)

    @classmethod
    def of_graph(cls, graph: Graph) -> Statements:
        """Those of a graph, of which this makes a copy."""
        content = b"".join(sorted(_lines(graph)))
        return _joined([(0, _of_bytes(content, graph.base))], content, graph.base, {})

    def plan(self, thing: str) -> str:
        """The name of the plan whose own a thing is; '' for what several may speak of. `thing` is an IRI."""
        name = thing[len(self.base) :].split("/", 2)[1:2] if thing.startswith(self.base) else ()
        return name[0] if name and name[0] in self.owned else ""

    def own(self, plan: str) -> Mapping[str, Sequence[str]]:
        """What is said of each thing that is the plan's own."""
        return _by_subject(self.read(self.owned[plan]))

    def of(self, thing: str) -> Sequence[str]:
        """What is said of a thing, given by its IRI."""
        plan = self.plan(thing)
        if not plan:
            return self.shared.get(f"<{thing}>", ())
        content, runs = self._runs_of(plan)
        return [triple for start, end in runs.get(thing.encode(), ()) for triple in _triples(content[start:end])]

    def _runs_of(self, plan: str) -> tuple[bytes, dict[bytes, list[Span]]]:
        """The lines of a plan's own things, and where in them that stands which is said of each: few of them are asked for."""
        if plan not in self._runs:
            if len(self._runs) >= _KEPT:
                del self._runs[next(iter(self._runs))]
            content, runs = self.read(self.owned[plan]), defaultdict[bytes, list[Span]](list)
            for run in _RUN.finditer(content):
                runs[run[1]].append(run.span())
            self._runs[plan] = content, runs
        return self._runs[plan]

    def in_graph(self, graph: str) -> list[str]:
        """What a named graph states, given by its IRI."""
        return _triples(self.read(self.graphs.get(f"<{graph}>", ())))

    def read(self, spans: Iterable[Span]) -> bytes:
        """The lines of N-Quads that stand there."""
        return b"".join(_read(self.content, span) for span in spans)


def text_of_term(value: str) -> str:
    """The text of a term of N-Triples: an IRI, the words of a literal."""
    if value[0] == '"':
        words = value[1 : value.rindex('"')]
        return _ESCAPE.sub(lambda found: _ESCAPED.get(found[1]) or chr(int(found[1][1:], 16)), words) if "\\" in words else words
    return value[1:-1] if value[0] == "<" else value


def _read(content: bytes | int, span: Span) -> bytes:
    start, end = span
    return content[start:end] if isinstance(content, bytes) else os.pread(content, end - start, start)


def _lines(graph: Graph) -> Iterator[bytes]:
    """The lines of a graph's statements; what stands in no named graph gets one."""
    for name in (ox.DefaultGraph(), *graph.store.named_graphs()):
        end = f" {name if isinstance(name, ox.NamedNode) else f'<{graph.base}graph/>'} .\n".encode()
        triples = graph.store.dump(format=ox.RdfFormat.N_TRIPLES, from_graph=name) or b""
        yield from (line.removesuffix(b" .\n") + end for line in triples.splitlines(keepends=True))


def _triples(content: bytes) -> list[str]:
    """Lines of N-Quads, each without its graph."""
    return [line.rsplit(" ", 2)[0] for line in content.decode().split("\n")[:-1]]


def _by_subject(content: bytes) -> dict[str, list[str]]:
    """Lines of N-Quads by what they are said of, each without its graph."""
    found: dict[str, list[str]] = defaultdict(list)
    for triple in _triples(content):
        found[triple[: triple.index(" ")]].append(triple)
    return found


def _of_bytes(content: bytes, base: str) -> Index:
    return _indexed(io.BytesIO(content), lambda start, end: content[start:end], base)


def _indexed(lines: Iterable[bytes], between: Callable[[int, int], bytes], base: str) -> Index:
    """Looks through lines: where each graph stands, all things that have the same second step in their IRIs, and what is no plan's own.

    `between` gives the bytes from one place among them to another.
    """
    found, start, depth = Index([], [], []), f"<{base}".encode(), base.count("/") + 1
    at = step_from = graph_from = 0
    step, tail = b"", b" "
    for line in lines:
        parts = line.split(b"/", depth + 1)
        here = parts[depth].partition(b">")[0] if line.startswith(start) and len(parts) > depth else b""
        if here != step:
            found.steps.append((step.decode(), step_from, at))
            step, step_from = here, at
        if not line.endswith(tail):
            found.graphs.append((tail[1:-3].decode(), graph_from, at))
            tail, graph_from = line[line.rindex(b" ", 0, -3) :], at
        at += len(line)
    found.steps.append((step.decode(), step_from, at))
    found.graphs.append((tail[1:-3].decode(), graph_from, at))
    own = set(_plans(base, (graph for graph, _, _ in found.graphs)))
    for name, step_from, at in found.steps:
        if name not in own:
            runs = _RUN_OF_ANY.finditer(between(step_from, at))
            found.things.extend((name, run[1].decode(), step_from + run.start(), step_from + run.end()) for run in runs)
    return found


def _plans(base: str, graphs: Iterable[str]) -> list[str]:
    """The names of the plans whose graphs are among these."""
    plans = f"<{base}graph/plan/"
    return [graph[len(plans) : -1] for graph in graphs if graph.startswith(plans)]


def _joined(parts: Sequence[tuple[int, Index]], content: bytes | int, base: str, named: Mapping[str, Index]) -> Statements:
    """The statements of parts that begin at these places."""
    steps: dict[str, list[Span]] = defaultdict(list)
    graphs: dict[str, list[Span]] = defaultdict(list)
    for at, index in parts:
        for spans, found in ((steps, index.steps), (graphs, index.graphs)):
            for name, start, end in found:
                spans[name].append((at + start, at + end))
    owned = {name: steps.get(name, []) for name in _plans(base, graphs)}
    shared: dict[str, list[Span]] = defaultdict(list)
    for at, index in parts:
        for step, thing, start, end in index.things:
            if step not in owned:
                shared[thing].append((at + start, at + end))
    return Statements(base, content, owned, graphs, Shared(content, dict(shared)), named)
