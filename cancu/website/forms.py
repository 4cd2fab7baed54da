"""Statements as Turtle, JSON-LD and CSV, put together from the forms of their terms, each of which is made once.

Files are those that pyoxigraph's serializers write, to the byte: of terms that are not plain their form is asked of it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

import pyoxigraph as ox

from cancu.asking import PREFIXES
from cancu.quads import RDF_TYPE
from cancu.table import harmless
from cancu.website.statements import text_of_term

_CSV_HEAD = "subject,property,value,language\r\n"
_MOST_KEPT = 20_000
_QUOTED = re.compile(r'[",\r\n]')
_PLAIN = re.compile(r'<[^\\<>"{}|^`]*>|"[^\\"]*"(?:@vi|@en)?|"([+-]?[0-9]+)"\^\^<http://www\.w3\.org/2001/XMLSchema#integer>')
_SHORT = tuple(f"<{space}" for space in PREFIXES.values())
_ASKED = "<x:s> <x:p> %s .\n"
_OF_IRI = len('{"@id":')  # the form of an IRI in JSON-LD goes on with the IRI


class Form(NamedTuple):
    """How a term is written in Turtle and JSON-LD, and as the last two cells of a row of CSV."""

    turtle: str
    json: str
    cells: str


def _serialized(term: str) -> tuple[str, str]:
    """What pyoxigraph makes of a statement about this term: Turtle and JSON-LD."""
    triples = [quad.triple for quad in ox.parse(_ASKED % term, format=ox.RdfFormat.N_TRIPLES, lenient=True)]
    turtle = ox.serialize(triples, format=ox.RdfFormat.TURTLE, prefixes=dict(PREFIXES)) or b""
    return turtle.decode(), (ox.serialize(triples, format=ox.RdfFormat.JSON_LD) or b"").decode()


_OF_TURTLE, _, _ = _serialized("<x:o>")[0].rpartition("<x:o>")
_HEAD = _OF_TURTLE.removesuffix("<x:s> <x:p> ")
_OF_JSON, _, _AFTER_JSON = _serialized("<x:o>")[1].rpartition('{"@id":"x:o"}')


class Forms:
    """Writes statements; the forms of their terms are kept until there are many others."""

    def __init__(self) -> None:
        self._kept: dict[str, Form] = {}

    def files(self, lines: Sequence[str]) -> tuple[tuple[str, bytes], ...]:
        """Distinct and sorted N-Triples without full stops, as Turtle, JSON-LD and CSV, by their endings."""
        if len(self._kept) > _MOST_KEPT:
            self._kept.clear()
        kept, turtle, json, rows = self._kept, [_HEAD], ["["], [_CSV_HEAD]
        subject = property_ = start = full_stop = end = ""
        for line in lines:
            here, relation, value = line.split(" ", 2)
            form = kept.get(value) or self._form(value)
            if here == subject and relation == property_:
                turtle.append(f" , {form.turtle}")
                json.append(f",{form.json}")
            else:
                verb = kept.get(relation) or self._form(relation)
                told, name = "a" if relation == RDF_TYPE else verb.turtle, verb.json[_OF_IRI:-1]
                thing = kept.get(here) or self._form(here)
                if here == subject:
                    turtle.append(f" ;\n\t{told} {form.turtle}")
                    json.append(f"],{name}:[{form.json}")
                else:
                    turtle.append(f"{full_stop}{thing.turtle} {told} {form.turtle}")
                    json.append(f"{end}{thing.json[:-1]},{name}:[{form.json}")
                start = f"{thing.cells}{verb.cells}"
                subject, property_, full_stop, end = here, relation, " .\n", "]},"
            if here[0] == "<":
                rows.append(f"{start}{form.cells}\r\n")
        if lines:
            turtle.append(" .\n")
            json.append("]}")
        json.append("]")
        files = {"ttl": turtle if lines else [], "jsonld": json, "csv": rows}
        return tuple((ending, "".join(pieces).encode()) for ending, pieces in files.items())

    def _form(self, term: str) -> Form:
        self._kept[term] = found = _form(term)
        return found


def _form(term: str) -> Form:
    """The form of a term of N-Triples."""
    if term[0] != '"':
        cells = f"{_cell(text_of_term(term))},"
    else:
        kind = term.rpartition('"')[2]
        text = str(*harmless((text_of_term(term),)))
        cells = f"{_cell(text)},{kind[1:] if kind.startswith('@') else ''}"
    plain = _PLAIN.fullmatch(term)
    if plain is None or term.startswith(_SHORT):
        turtle, json = _serialized(term)
        return Form(turtle[len(_OF_TURTLE) : -3], json[len(_OF_JSON) : -len(_AFTER_JSON)], cells)
    if term[0] == "<":
        return Form(term, f'{{"@id":"{term[1:-1]}"}}', cells)
    text, _, kind = term[1:].partition('"')
    if number := plain[1]:
        return Form(number, f'{{"@type":"{kind[3:-1]}","@value":"{number}"}}', cells)
    language = f'"@language":"{kind[1:]}",' if kind else ""
    return Form(term, f'{{{language}"@value":"{text}"}}', cells)


def _cell(text: str) -> str:
    return '"{}"'.format(text.replace('"', '""')) if _QUOTED.search(text) else text
