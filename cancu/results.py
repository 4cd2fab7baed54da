"""Answers of a store as tables: RDF terms become Python values.

The tab-separated results of SPARQL are read column by column: a million rows in a fraction of the time that a term a cell takes.
https://www.w3.org/TR/sparql11-results-csv-tsv/
"""

from __future__ import annotations

import gc
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from typing import Any

import pyoxigraph as ox

from cancu.table import Cell, Rows, Table

_XSD = "http://www.w3.org/2001/XMLSchema#"
_WHOLE = {f"{_XSD}{name}" for name in ("integer", "int", "long", "short", "nonNegativeInteger", "positiveInteger", "gYear")}
_REAL = {f"{_XSD}{name}" for name in ("decimal", "double", "float")}
_ESCAPE = re.compile(r"\\(.)", re.DOTALL)
_ESCAPED = {"t": "\t", "n": "\n", "r": "\r", "b": "\b", "f": "\f"}


def typed(text: str, datatype: str) -> Cell:
    """A literal as a Python value: numbers as int or float, dates and booleans as such; what does not fit its datatype as text."""
    try:
        if datatype in _WHOLE:
            return int(text)
        if datatype in _REAL:
            return float(text)
        if datatype == f"{_XSD}date":
            return date.fromisoformat(text[:10])
    except ValueError:
        return text
    return text in ("true", "1") if datatype == f"{_XSD}boolean" else text


def python(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple | None) -> Cell:
    """An RDF term as a Python value; IRIs as text."""
    if isinstance(term, ox.Literal):
        return typed(term.value, term.datatype.value)
    return None if term is None else text_of(term)


def text_of(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple) -> str:
    """An RDF term as text: an IRI, the words of a literal."""
    return str(term) if isinstance(term, ox.BlankNode | ox.Triple) else term.value


def table_of_tsv(data: bytes) -> Table:
    """The table of a SELECT's results as tab-separated values, where tabs and ends of lines in literals are escaped."""
    head, _, body = data.decode().partition("\n")
    columns = tuple(name[1:] for name in head.split("\t") if name)
    if not columns:
        return Table((), ((),) * body.count("\n"))
    cells = body.replace("\n", "\t").split("\t")
    del cells[-1]  # what follows the last end of line
    with _uncollected():
        return Table(columns, Rows(tuple(_column(cells[place :: len(columns)]) for place in range(len(columns)))))


def table_of_json(answer: Any) -> Table:
    """The table of an answer in the SPARQL 1.1 JSON results, decoded; ASK gives one row `answer`. Raises KeyError for what is none.

    https://www.w3.org/TR/sparql11-results-json/
    """
    if "boolean" in answer:
        return Table(("answer",), ((bool(answer["boolean"]),),))
    columns = tuple(answer["head"]["vars"])
    return Table(columns, tuple(tuple(_of_json(row.get(name)) for name in columns) for row in answer["results"]["bindings"]))


def _of_json(term: dict[str, str] | None) -> Cell:
    if term is None:
        return None
    kind = term.get("datatype")
    return typed(term["value"], kind) if kind else term["value"]


@contextmanager
def _uncollected() -> Iterator[None]:
    """Cells hold no cycles: to look for some among millions takes longer than to make them."""
    on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if on:
            gc.enable()


def _column(cells: list[str]) -> Sequence[Cell]:
    """The terms of a column as Python values. Columns of whole numbers alone, or of IRIs alone, take no look at each cell."""
    try:
        return list(map(int, cells))
    except ValueError:
        pass
    text = "\n".join(cells)
    if text.startswith("<") and text.endswith(">") and "<<" not in text:
        iris = text[1:-1].split(">\n<")  # no IRI holds either
        if len(iris) == len(cells):
            return iris
    known = {cell: _value(cell) for cell in set(cells)}
    return [known[cell] for cell in cells]


def _value(cell: str) -> Cell:
    """A term in the syntax of SPARQL as a Python value."""
    first = cell[:1]
    if first == "<":
        return cell if cell.startswith("<<") else cell[1:-1]
    if first == '"':
        end = cell.rindex('"')
        text = cell[1:end]
        if "\\" in text:
            text = _ESCAPE.sub(lambda match: _ESCAPED.get(match[1], match[1]), text)
        return typed(text, cell[end + 4 : -1]) if cell.startswith("^^<", end + 1) else text
    if not cell:
        return None
    try:
        return int(cell)
    except ValueError:
        return cell if first == "_" else cell == "true" if first in "tf" else float(cell)
