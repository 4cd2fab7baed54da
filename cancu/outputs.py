"""The files of a build: the graph with its description, the findings, the records, and what was set aside.

The graph is put together from bundles, so that memory does not grow with the plans' statements; what several plans may give is gathered.
"""

from __future__ import annotations

import csv
import shutil
import struct
import zlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

import pyoxigraph as ox

from cancu import audit, bundle, description, rows, sarif
from cancu.bundle import Bundle, Contents
from cancu.checksum import Sum
from cancu.iris import Iris
from cancu.part import Refusal
from cancu.quads import iri
from cancu.rows import Whole
from cancu.table import harmless
from cancu.ties import Tie

Forming = Callable[[bytes], tuple[bytes, bytes]]  # lines of N-Quads as TriG, and packed
QUADS, PACKED = "graph.nq", "graph.nq.gz"

# ---------------------------------------------------------------- the graph


@dataclass(slots=True)
class Written:
    """What a build's graph holds: the sizes of its named graphs, how much follows, how many plans and findings; the ties of its parts.

    `places` are where the parts stand in the N-Quads, in their order; there are ties and places only where they were wanted.
    `quarantined` names the plans that were set aside.
    """

    sizes: dict[str, int] = field(default_factory=dict)
    plans: int = 0
    inferred: int = 0
    findings: int = 0
    ties: dict[str, Tie] = field(default_factory=dict)
    places: dict[str, tuple[int, int]] = field(default_factory=dict)
    quarantined: set[str] = field(default_factory=set)

    @property
    def quads(self) -> int:
        """How many there are in all."""
        return sum(self.sizes.values())


@dataclass(slots=True)
class _Gathered:
    """What is gathered over all parts: how much there is of each graph, who is of each class, what follows, and what was found."""

    sizes: dict[str, int] = field(default_factory=dict)
    classes: dict[str, int] = field(default_factory=dict)
    members: dict[str, set[str]] = field(default_factory=dict)
    follows: set[str] = field(default_factory=set)
    audits: list[audit.Audit] = field(default_factory=list)
    rows: Whole = field(default_factory=Whole)

    def take(self, contents: Contents) -> None:
        """Takes what a bundle tells."""
        for graph, size in contents.sizes.items():
            self.sizes[graph] = self.sizes.get(graph, 0) + size
        for kind, size in contents.classes.items():
            self.classes[kind] = self.classes.get(kind, 0) + size
        for kind, members in contents.members.items():
            self.members.setdefault(kind, set()).update(members)
        self.follows.update(contents.follows)
        self.audits.append(contents.audit)
        self.rows.take(contents.rows)

    def counts(self) -> dict[str, int]:
        """How many things are of each class."""
        return {kind: self.classes.get(kind, 0) + len(self.members.get(kind, ())) for kind in self.classes.keys() | self.members.keys()}


def write(
    folder: Path, iris: Iris, ground: Bundle, bundles: Iterable[tuple[Path, Bundle]], *, tied: bool, formed: Forming = bundle.forms
) -> Written:
    """Writes the graph as N-Quads, plain and packed, and TriG; its description, the findings, the records; `quarantine/` gets the rest.

    `bundles` pairs each plan's bundle with the file of its record. The ground comes first, then each plan with what was found in it and
    what follows from it alone, in the order given, then the description and what several plans may give; each as sorted lines.
    The ties of the parts are told where they are wanted (`tied`): of a hundred thousand plans they fill gigabytes. `formed` gives the
    other forms of what several plans may give, which is mostly as it was in the last build.
    """
    gathered, written, taken = _Gathered(), Written(), dict[str, Path]()
    inferred = iri(iris.graph("inferred"))
    (folder / "records").mkdir()
    with (folder / QUADS).open("wb") as nquads, (folder / "graph.trig").open("wb") as trig, _Packed(folder / PACKED) as packed:
        trig.write(bundle.TRIG_HEAD)

        def take(one: Bundle) -> None:
            name, start = one.contents.name, packed.sum.size
            one.copy(nquads, trig, packed.file)
            packed.sum = packed.sum.then(one.contents.sum)
            gathered.take(one.contents)
            if tied:
                written.ties[name], written.places[name] = one.contents.tie, (start, packed.sum.size)

        take(ground)
        for path, one in bundles:
            if _set_aside(folder, path, one.contents, taken):
                written.quarantined.add(path.stem)
                continue
            take(one)
            one.put_record(folder / "records")
            written.plans += 1
        end = f" {inferred} .\n"
        follows = "".join((end.join(sorted(gathered.follows)), end if gathered.follows else "")).encode()
        gathered.sizes[inferred] = gathered.sizes.get(inferred, 0) + len(gathered.follows)
        described = _lines(map(str, description.quads(gathered.sizes, gathered.counts(), iris)))
        for lines, (as_trig, piece) in ((described, bundle.forms(described)), (follows, formed(follows))):
            nquads.write(lines)
            trig.write(as_trig)
            packed.file.write(piece)
            packed.sum = packed.sum.then(Sum.of(lines))
    triples = (quad.triple for quad in ox.parse(described, format=ox.RdfFormat.N_QUADS))
    ox.serialize(triples, output=str(folder / "void.ttl"), format=ox.RdfFormat.TURTLE, prefixes=bundle.PREFIXES)
    rows.write(gathered.rows, folder / QUADS, packed.sum.crc)
    meta = iri(iris.graph("meta"))
    written.sizes = gathered.sizes | {meta: described.count(b"\n")}
    written.inferred = gathered.sizes[inferred]
    found = audit.joined(gathered.audits).findings
    write_findings(found, folder)
    written.findings = len(found)
    return written


class _Packed:
    """A file of gzip (RFC 1952), put together from pieces that were packed before: packing a graph takes longer than all else.

    The pieces (see `bundle.pack`) are added to `file`; `sum` is the checksum of all that it unpacks to.
    """

    def __init__(self, path: Path) -> None:
        self.file, self.sum = path.open("wb"), Sum()

    def __enter__(self) -> _Packed:
        self.file.write(b"\x1f\x8b\x08" + bytes(6) + b"\xff")  # deflated, no name, no time, of no system
        return self

    def __exit__(self, *_: object) -> None:
        end = zlib.compressobj(wbits=-zlib.MAX_WBITS).flush()
        self.file.write(end + struct.pack("<II", self.sum.crc, self.sum.size & 0xFFFFFFFF))
        self.file.close()


def _lines(statements: Iterable[str]) -> bytes:
    return "".join(f"{line}\n" for line in sorted(statements)).encode()


def open_store(folder: Path) -> ox.Store:
    """The graph that was written, in a store. Its terms were checked when its bundles were made, and are not again."""
    store = ox.Store()
    store.bulk_load(path=str(folder / QUADS), format=ox.RdfFormat.N_QUADS, lenient=True)
    return store


# ---------------------------------------------------------------- what is set aside


def refused(refusals: tuple[Refusal, ...], graph: str | None, path: Path, taken: dict[str, Path]) -> tuple[Refusal, ...]:
    """Why a part cannot be taken: what its loaders refused, or that `taken` holds another record of the same plan."""
    first = taken.setdefault(graph, path) if graph else path
    twin = Refusal(str(path), f"is a record of the same plan as {first}", "keep one of the two", None)
    return refusals if first == path else (*refusals, twin)


def _set_aside(folder: Path, path: Path, part: Contents, taken: dict[str, Path]) -> bool:
    """Puts a part that is refused, or breaks the shapes, into `quarantine/` with a report; whether it did."""
    reasons = [str(refusal.error) for refusal in refused(part.refusals, part.graph, path, taken)] or list(part.broken)
    if not reasons:
        return False
    aside = _unused(folder / "quarantine", path)
    aside.mkdir(parents=True)
    if path.is_file():
        shutil.copyfile(path, aside / path.name)
    (aside / "report.txt").write_text("".join(f"{reason}\n" for reason in reasons), encoding="utf-8")
    return True


def _unused(folder: Path, path: Path) -> Path:
    """A folder of its own for a file: by its name without ending, or whole where that is nothing but dots; files may share a name."""
    name = path.stem if path.stem.strip(".") else f"file-{path.name}"
    tries = (folder / (name if number == 1 else f"{name}-{number}") for number in count(1))
    return next(one for one in tries if not one.exists())


# ---------------------------------------------------------------- findings


def write_findings(found: Sequence[audit.Finding], folder: Path) -> None:
    """Writes the findings as CSV, JSON and SARIF."""
    rows = [finding.row() for finding in found]
    with (folder / "findings.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(map(harmless, [audit.COLUMNS, *rows]))
    table = [dict(zip(audit.COLUMNS, row, strict=True)) for row in rows]
    (folder / "findings.json").write_text(sarif.indented({"findings": table}), encoding="utf-8")
    (folder / "findings.sarif").write_text(sarif.dumps(found), encoding="utf-8")
