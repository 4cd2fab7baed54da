"""The facts as tables: a CSV a kind of thing, and one metadata file for all of them (https://www.w3.org/TR/tabular-metadata/)."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator
from typing import Any, get_origin

import msgspec

from cancu.iris import ONTOLOGY
from cancu.table import harmless
from cancu.website.facts import Fact, Facts, Shelf

_KINDS = (
    "documents", "sources", "evidence", "relations", "citations", "tables", "totals", "entries", "projects", "allocations", "budget_lines",
    "agencies", "assignments", "systems", "statements", "targets", "findings", "corrections", "places", "changes",
)  # fmt: skip
_LABELS = {"label": "http://www.w3.org/2000/01/rdf-schema#label", "classes": "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"}
_SEPARATOR = " "


def files(stated: Facts) -> Iterator[tuple[str, str]]:
    """Every table as a file under `tables/` with its text, and the metadata last."""
    described = []
    for name in _KINDS:
        shelf: Shelf[Any] = getattr(stated, name)
        things = list(shelf.values())
        if things:
            file = f"{name.replace('_', '-')}.csv"
            fields = msgspec.structs.fields(type(things[0]))
            yield f"tables/{file}", _csv([field.name for field in fields], things)
            described.append({"url": file, "tableSchema": {"columns": [_column(field) for field in fields], "primaryKey": "iri"}})
    whole = {"@context": "http://www.w3.org/ns/csvw", "dialect": {"header": True}, "tables": described}
    yield "tables/csv-metadata.json", json.dumps(whole, ensure_ascii=False, indent=1) + "\n"


def _csv(names: list[str], things: Iterable[Fact]) -> str:
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(names)
    for thing in things:
        writer.writerow(harmless(_SEPARATOR.join(value) if type(value) is tuple else value for value in msgspec.structs.astuple(thing)))
    return text.getvalue()


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
