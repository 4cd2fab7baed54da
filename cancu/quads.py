"""Quads as N-Quads text: terms are escaped once, where they are made, and lines are sorted where they are written.

Writing text and bulk-loading it with a strict parser is many times faster than adding terms to a graph one by one,
and the parser checks every IRI and language tag. https://www.w3.org/TR/n-quads/
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import NamedTuple

from cancu.iris import term

RDF_TYPE = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
RDFS_LABEL = "<http://www.w3.org/2000/01/rdf-schema#label>"
_XSD = "http://www.w3.org/2001/XMLSchema#"
_ESCAPES = {ord("\\"): "\\\\", ord('"'): '\\"', ord("\n"): "\\n", ord("\r"): "\\r", ord("\t"): "\\t"}
_ESCAPES |= {code: f"\\u{code:04X}" for code in [*range(0x20), 0x7F] if code not in _ESCAPES}
_TO_ESCAPE = re.compile('[\x00-\x1f\x7f"\\\\\ud800-\udfff]')
_NOT_IN_IRI = re.compile(r'[\x00-\x20<>"{}|^`\\]')


class Quad(NamedTuple):
    """One statement; each part is a term in N-Quads syntax, made by the functions below."""

    subject: str
    predicate: str
    object: str
    graph: str

    def __str__(self) -> str:
        return f"{self.subject} {self.predicate} {self.object} {self.graph} ."


def iri(value: str) -> str:
    """An IRI term. Characters that no IRI may hold are percent-encoded."""
    return f"<{_NOT_IN_IRI.sub(lambda m: f'%{ord(m[0]):02X}', value) if _NOT_IN_IRI.search(value) else value}>"


@cache
def prop(name: str) -> str:
    """A class or property of the vocabulary, as a term."""
    return f"<{term(name)}>"


def text(value: str, language: str | None = None) -> str:
    """A plain or language-tagged literal. Lone surrogates, which no encoding can hold, become U+FFFD."""
    if _TO_ESCAPE.search(value):
        value = value.encode("utf-8", "replace").decode().translate(_ESCAPES)
    literal = f'"{value}"'
    return f"{literal}@{language}" if language else literal


def integer(value: int) -> str:
    """An xsd:integer: years and lines too, since xsd:gYear does not compare."""
    return f'"{value}"^^<{_XSD}integer>'


def decimal(value: float | Decimal) -> str:
    """An xsd:decimal in its shortest form: 95.0 → 95."""
    number = Decimal(str(value)).normalize()
    return f'"{number:f}"^^<{_XSD}decimal>'


def date(value: str) -> str:
    """An xsd:date from an ISO date."""
    return f'"{value}"^^<{_XSD}date>'


def url(value: str) -> str:
    """An xsd:anyURI."""
    return f'"{value.translate(_ESCAPES)}"^^<{_XSD}anyURI>'


def write(quads: Iterable[Quad], path: Path) -> int:
    """Writes distinct quads as sorted N-Quads lines, UTF-8; returns how many."""
    lines = sorted({str(quad) for quad in quads})
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    return len(lines)
