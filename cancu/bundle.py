"""What a part puts into a build, ready to be written: its N-Quads, plain and packed, the same as TriG, its
record, and what is gathered over all parts.

A bundle is kept as one file: the length of its head, the head as MessagePack, then the bytes that go into the build as they are. So a
build goes through what nothing changed for by copying bytes. Statements that no other part can make stand in the bundle; those that
several may give, such as what follows for a document that many plans cite, are listed, since the build says them once.
"""

from __future__ import annotations

import io
import os
import struct
import sys
import tempfile
import zlib
from collections.abc import Iterator
from contextlib import suppress
from functools import lru_cache
from importlib import import_module
from itertools import accumulate, pairwise
from pathlib import Path
from typing import BinaryIO

import msgspec
import pyoxigraph as ox

from cancu import infer, inputs, part, ties
from cancu.audit import Audit
from cancu.checksum import Sum
from cancu.errors import InputError
from cancu.figures import Gathered, gathered
from cancu.graph import Graph
from cancu.iris import ONTOLOGY, SCHEME, Iris
from cancu.part import Ground, Part, Refusal, Setting, ground
from cancu.quads import RDF_TYPE, Quad, iri, prop
from cancu.ties import Tie, own
from cancu.workplace import shared

PREFIXES = {
    "cancu": ONTOLOGY,
    "concept": SCHEME,
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "dct": "http://purl.org/dc/terms/",
    "dcat": "http://www.w3.org/ns/dcat#",
    "void": "http://rdfs.org/ns/void#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "sh": "http://www.w3.org/ns/shacl#",
}
TRIG_HEAD = ox.serialize((), format=ox.RdfFormat.TRIG, prefixes=PREFIXES) or b""
_OURS = prop("")[:-1]
_HEAD = 5 << 14  # bytes that most heads are shorter than


class Contents(msgspec.Struct, frozen=True):
    """What a bundle tells of itself.

    `name` is the plan's own in IRIs, '' for the ground; `graph` that of its graph as a term, None where its record was refused. `sizes`
    says how many statements it has of each graph, `sum` is the checksum of their lines, `classes` how many things of its own are of each
    class; `members` are things of a class that other parts may tell of too, and `follows` sorted triples that other parts may give too.
    `broken` says what the shapes hold against it. `rows` are for the tables of `cancu.rows`, and `tie` ties it to others. `lengths` are
    those of its N-Quads, its TriG, its N-Quads packed, and its record.
    """

    name: str
    graph: str | None
    sizes: dict[str, int]
    sum: Sum
    classes: dict[str, int]
    members: dict[str, list[str]]
    follows: list[str]
    audit: Audit
    refusals: tuple[Refusal, ...]
    broken: tuple[str, ...]
    rows: Gathered
    tie: Tie
    lengths: tuple[int, int, int, int]


_LENGTH, _HEADS = struct.Struct("<Q"), msgspec.msgpack.Decoder(Contents)


class Bundle:
    """A bundle by its bytes, or by the file that holds them: of that the head is read, the rest when it is wanted.

    `records` is a folder where its record lies as an earlier build wrote it.
    """

    def __init__(self, content: bytes | Path, records: Path | None = None) -> None:
        self.content, self._records = content, records
        with self._open() as file:
            (length,) = _LENGTH.unpack(file.read(_LENGTH.size))
            self.contents = _HEADS.decode(file.read(length))
        ends = accumulate(self.contents.lengths, initial=_LENGTH.size + length)
        self._quads, self._trig, self._packed, self._record = pairwise(ends)

    @property
    def quads(self) -> bytes:
        """Its N-Quads."""
        return self._read(self._quads)

    @property
    def trig(self) -> bytes:
        """The same as TriG."""
        return self._read(self._trig)

    @property
    def record(self) -> bytes:
        """The record."""
        return self._read(self._record)

    def copy(self, quads: BinaryIO, trig: BinaryIO, packed: BinaryIO) -> None:
        """Adds to open files its N-Quads, the same as TriG, and packed."""
        with self._open() as file:
            for (start, end), out in ((self._quads, quads), (self._trig, trig), (self._packed, packed)):
                _copy(file, start, end, out)

    def put_record(self, folder: Path) -> None:
        """Puts its record into a folder, by its name: the same file as the earlier build's, since a new one takes twenty times as long."""
        name = f"{self.contents.name}.json"
        lying = self._records / name if self._records else None
        if lying and lying.is_file() and lying.stat().st_size == self.contents.lengths[-1]:
            shared(lying, folder / name)
        else:
            (folder / name).write_bytes(self.record)

    def _open(self) -> BinaryIO:
        return io.BytesIO(self.content) if isinstance(self.content, bytes) else self.content.open("rb", buffering=_HEAD)

    def _read(self, span: tuple[int, int]) -> bytes:
        with self._open() as file:
            file.seek(span[0])
            return file.read(span[1] - span[0])


def _copy(source: BinaryIO, start: int, end: int, out: BinaryIO) -> None:
    """Adds a part of one file to another: within the system where it can, so that no byte passes through this process."""
    if sys.platform == "linux" and not isinstance(source, io.BytesIO):
        out.flush()
        with suppress(OSError):  # not between all kinds of file systems
            while start < end and (moved := os.copy_file_range(source.fileno(), out.fileno(), end - start, start)):
                start += moved
    if start < end:
        source.seek(start)
        out.write(source.read(end - start))


def make(setting: Setting, path: Path | None) -> bytes:
    """The bundle of the plan whose record is at `path`, see `cancu.part.make`; without a path that of the ground.

    Raises InputError for a term that is no RDF.
    """
    return _bundle(part.make(setting, path), ground(setting).context.iris) if path else of_ground(ground(setting))


def make_sent(setting: Setting, sent: tuple[str, bytes]) -> bytes:
    """The bundle of a plan whose file was sent here: its name and content. Raises InputError where this machine's setting is another."""
    _agree(setting)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / sent[0]
        path.write_bytes(sent[1])
        return make(setting, path)


@lru_cache(2)
def _agree(setting: Setting) -> None:
    inputs.agree(inputs.of_parts(setting.data, setting.loaders, setting.base), setting.made_from)


def of_ground(ground: Ground) -> bytes:
    """The bundle of what is the same for every plan, and the vocabulary's hierarchy closed. Raises InputError for a term that is no RDF."""
    iris = ground.context.iris
    store = ox.Store()
    store.bulk_load("\n".join(line for block in ground.lines.values() for line in block), format=ox.RdfFormat.N_QUADS)
    infer.infer(store, iris.graph("inferred"))
    follows = {str(quad.triple) for quad in store.quads_for_pattern(None, None, None, ox.NamedNode(iris.graph("inferred")))}
    closed: Iterator[Quad] = import_module("cancu.closure").quads(iris.graph("inferred"))  # only the process that does this loads owlrl
    follows |= {f"{quad.subject} {quad.predicate} {quad.object}" for quad in closed}
    rows = gathered(Graph(store, iris.base))
    return _bundle(Part("", None, ground.lines, sorted(follows), (), (), Audit((), ()), rows, ""), iris)


def _bundle(made: Part, iris: Iris) -> bytes:
    name, lines, inferred = made.name, made.lines, iri(iris.graph("inferred"))
    mine = [triple for triple in made.inferred if own(name, triple.split(" ", 1)[0])]
    follows = sorted(set(made.inferred).difference(mine))
    graphs = {**lines, inferred: [f"{triple} {inferred} ." for triple in mine]} if mine else lines
    quads = "".join(f"{line}\n" for block in graphs.values() for line in block).encode()
    (trig, packed), record = forms(quads), made.record.encode()
    stated = [line for block in lines.values() for line in block]
    classes: dict[str, set[str]] = {}
    for line in (line for line in (*stated, *made.inferred) if RDF_TYPE in line):
        subject, predicate, kind = line.split(" ", 3)[:3]
        if predicate == RDF_TYPE and kind.startswith(_OURS):
            classes.setdefault(kind, set()).add(subject)
    counts = {kind: sum(own(name, member) for member in members) for kind, members in sorted(classes.items())}
    contents = Contents(
        name,
        made.graph,
        {graph: len(block) for graph, block in graphs.items()},
        Sum.of(quads),
        {kind: count for kind, count in counts.items() if count},
        {kind: others for kind, members in sorted(classes.items()) if (others := sorted(one for one in members if not own(name, one)))},
        follows,
        made.audit,
        made.refusals,
        tuple(str(result) for result in made.violations),
        made.rows,
        ties.of(name, [*stated, *made.inferred]),
        (len(quads), len(trig), len(packed), len(record)),
    )
    head = msgspec.msgpack.encode(contents)
    return b"".join((_LENGTH.pack(len(head)), head, quads, trig, packed, record))


def forms(quads: bytes) -> tuple[bytes, bytes]:
    """Lines of N-Quads as TriG, see `trig_of`, and packed, see `pack`."""
    return trig_of(quads), pack(quads)


def trig_of(quads: bytes) -> bytes:
    """Lines of N-Quads as TriG, without what stands at the head of such a file. Raises InputError for a term that is no RDF."""
    try:
        text = ox.serialize(ox.parse(quads, format=ox.RdfFormat.N_QUADS), format=ox.RdfFormat.TRIG, prefixes=PREFIXES) or b""
    except SyntaxError as error:
        raise InputError("graph.nq", f"a loader made a term that is no RDF: {error}", "mend the loader", error.lineno) from error
    return text.removeprefix(TRIG_HEAD)


def pack(quads: bytes) -> bytes:
    """Bytes as a piece of a deflated stream (RFC 1951) that ends on a whole byte and looks back at nothing: pieces can be joined."""
    packer = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return packer.compress(quads) + packer.flush(zlib.Z_FULL_FLUSH)
