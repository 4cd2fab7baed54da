"""Pages set by the workers of a cluster: each is sent once what a site is made from, and sends back files.

A worker makes the same list of sheets from that as the machine that asks, so that a sheet is named by its place in the list.
"""

from __future__ import annotations

import gzip
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from functools import lru_cache, partial
from pathlib import Path

from msgspec.structs import replace

from cancu import inputs, outputs
from cancu.graph import Graph
from cancu.pool import Cluster, ordered
from cancu.rows import NAME as ROWS
from cancu.rows import HeldIndex, RowIndex
from cancu.table import Table
from cancu.website.answers import Answers
from cancu.website.earlier import Put
from cancu.website.exports import DataFile
from cancu.website.extras import Extras
from cancu.website.facts import Facts
from cancu.website.folder import Folder
from cancu.website.kept import KeptGraph
from cancu.website.sheets import Sheet, routes, sheets, statements
from cancu.website.site import Site
from cancu.website.statements import Statements
from cancu.website.words import LANGUAGES, Words
from cancu.website.writer import Writer

_TOGETHER = 32  # sheets that go to one worker at once


@dataclass(frozen=True, eq=False)
class Kit:
    """What a worker needs to set any sheet of a site: the graph's files, what was gathered and asked of it, and the documents at hand.

    `made_by` are the digests of the program, which must be the same there.
    """

    made_by: dict[str, str]
    graph: bytes
    rows: bytes
    asked: Mapping[str, Table]
    stated: Facts
    files: Sequence[DataFile]
    parts: Extras
    documents: dict[str, bytes]
    base: str
    url: str

    @classmethod
    def of(
        cls,
        build: Path,
        documents: Path | None,
        asked: Mapping[str, Table],
        stated: Facts,
        files: Sequence[DataFile],
        parts: Extras,
        base: str,
        url: str,
    ) -> Kit:
        """That of the site of a build in this folder."""
        graph, rows = ((build / name).read_bytes() for name in (outputs.PACKED, ROWS))
        texts = {path.name: path.read_bytes() for path in sorted(documents.iterdir()) if path.is_file()} if documents else {}
        return cls(inputs.of_program(), graph, rows, asked, stated, files, parts, texts, base, url)


@dataclass(frozen=True)
class _Tray(Folder):
    """A folder whose files stay in memory, each with its name, until they are sent."""

    files: dict[str, bytes] = field(default_factory=dict)

    def put(self, name: str, content: bytes) -> bool:
        """Takes a file."""
        self.files[name] = content
        return True


def done(elsewhere: Cluster, folder: Folder, kit: Kit, numbers: Sequence[int]) -> Iterator[list[Put]]:
    """Has the sheets of these numbers set elsewhere, and puts their files here; tells what was put, in their order."""
    held = elsewhere.held(kit)
    runs = ((held, numbers[start : start + _TOGETHER]) for start in range(0, len(numbers), _TOGETHER))
    for run in ordered(_set, runs, elsewhere.pool):
        for sheet in run:
            yield [replace(one, written=folder.put(one.name, content)) for one, content in sheet]


def _set(given: tuple[Kit, Sequence[int]]) -> list[list[tuple[Put, bytes]]]:
    """On a worker: the files of the sheets of these numbers."""
    bench, numbers = _bench(given[0]), given[1]
    return [[(one, bench.tray.files.pop(one.name)) for one in bench.work[number].put()] for number in numbers]


@dataclass(frozen=True, slots=True)
class _Bench:
    """Where a worker sets sheets: all of them, and where they are put."""

    work: Sequence[Sheet]
    tray: _Tray
    until: ExitStack


@lru_cache(1)
def _bench(kit: Kit) -> _Bench:
    """Opens a kit, once a worker. Raises InputError where the program is another here."""
    inputs.agree(inputs.of_program(), kit.made_by.items())
    until = ExitStack()
    here = Path(until.enter_context(tempfile.TemporaryDirectory(prefix="cancu-")))
    for name, content in {outputs.QUADS: gzip.decompress(kit.graph), ROWS: kit.rows}.items():
        (here / name).write_bytes(content)
    documents, tray = here / "documents", _Tray(here / "site")
    documents.mkdir()
    for name, content in kit.documents.items():
        (documents / name).write_bytes(content)
    told = Statements.of_file(here / outputs.QUADS, kit.base, until)
    graph = Graph(partial(outputs.open_store, here), kit.base, rows=RowIndex.of_file(here / ROWS))
    known = Answers(graph)
    known.take(kit.asked)
    writers = [Writer(Site(kit.stated, Words(language), documents), tray, kit.parts, kit.url) for language in LANGUAGES]
    table = routes(KeptGraph(told, kit.stated, HeldIndex(graph.rows)), known, kit.stated, kit.files)
    return _Bench([*sheets(table, writers, known), *statements(told, kit.stated, tray)], tray, until)
