"""The facts as tables: a CSV a kind of thing, and one metadata file for all of them (https://www.w3.org/TR/tabular-metadata/)."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, get_origin

import msgspec

from cancu.iris import ONTOLOGY
from cancu.table import harmless
from cancu.website.facts import Fact, Facts, Shelf
from cancu.website.gathering import Known

FOLDER = "tables"
_KINDS = (
    "documents", "sources", "evidence", "relations", "citations", "tables", "totals", "entries", "projects", "allocations", "budget_lines",
    "agencies", "assignments", "systems", "statements", "targets", "findings", "corrections", "places", "changes",
)  # fmt: skip
_LABELS = {"label": "http://www.w3.org/2000/01/rdf-schema#label", "classes": "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"}
_SEPARATOR, _END = " ", b"\r\n"


def files(stated: Facts, known: Known | None = None, last: Path | None = None) -> Iterator[tuple[str, bytes | None]]:
    """Every table as a file under `tables/` with its text, and the metadata last.

    What is known of earlier facts tells which rows of the tables in the folder `last` still hold: these are not made again. Where all do,
    the text is None.
    """
    described = []
    for name in _KINDS:
        shelf: Shelf[Any] = getattr(stated, name)
        things = list(shelf.values())
        if things:
            file = f"{name.replace('_', '-')}.csv"
            text: bytes | None
            fields = msgspec.structs.fields(type(things[0]))
            before = known.every(name, type(things[0])) if known else []
            if known and last and known.holds(name, things) and (last / file).is_file():
                text = None
            else:
                text = _csv([field.name for field in fields], things, before, _lines(last / file, before) if last else None)
            yield f"{FOLDER}/{file}", text
            described.append({"url": file, "tableSchema": {"columns": [_column(field) for field in fields], "primaryKey": "iri"}})
    whole = {"@context": "http://www.w3.org/ns/csvw", "dialect": {"header": True}, "tables": described}
    yield f"{FOLDER}/csv-metadata.json", (json.dumps(whole, ensure_ascii=False, indent=1) + "\n").encode()


class _Echo:
    """What is written to it is given back."""

    def write(self, text: str) -> bytes:
        return text.encode()


def _csv(names: list[str], things: Sequence[Fact], before: Sequence[Fact], lines: Sequence[bytes] | None) -> bytes:
    """The things as CSV. Where there are `lines` of an earlier table, of the things `before`, those of the same structs are taken."""
    writer = csv.writer(_Echo())
    if lines is None:
        return b"".join((writer.writerow(names), *(writer.writerow(harmless(_cells(thing))) for thing in things)))
    first = _alike(things, before)
    last = _alike(things[:first:-1], before[:first:-1])  # most of what changed stands together
    rows = {id(thing): line for thing, line in zip(before[first : len(before) - last], lines[first : len(lines) - last], strict=True)}
    new = (rows.get(id(one)) or writer.writerow(harmless(_cells(one))).removesuffix(_END) for one in things[first : len(things) - last])
    return _END.join((writer.writerow(names).removesuffix(_END), *lines[:first], *new, *lines[len(lines) - last :], b""))


def _alike(some: Sequence[Fact], others: Sequence[Fact]) -> int:
    """How many of them are the same structs from the first."""
    return next((at for at, (one, other) in enumerate(zip(some, others, strict=False)) if one is not other), min(len(some), len(others)))


def _cells(thing: Fact) -> list[object]:
    return [_SEPARATOR.join(value) if type(value) is tuple else value for value in msgspec.structs.astuple(thing)]


def _lines(file: Path, things: Sequence[Fact]) -> list[bytes] | None:
    """The lines of an earlier table of these things; None where they cannot be told apart, since a cell has the end of a line."""
    try:
        lines = file.read_bytes().split(_END)[1:-1]
    except OSError:
        return None
    return lines if len(lines) == len(things) else None


def _column(field: msgspec.structs.FieldInfo) -> dict[str, str]:
    """What a column holds: the property it tells of, and its type. Several values stand in one cell with a space between."""
    kinds = str(field.type)
    datatype = "integer" if "int" in kinds else "number" if "float" in kinds else "string"
    told = {"name": field.name, "titles": field.name, "datatype": datatype}
    if field.name != "iri":
        bare = field.encode_name.removesuffix("En")
        told["propertyUrl"] = _LABELS.get(bare, ONTOLOGY + bare)
    if field.encode_name.endswith("En"):
        told["lang"] = "en"
    if get_origin(field.type) is tuple:
        told["separator"] = _SEPARATOR
    return told
