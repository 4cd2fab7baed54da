"""What was meant: errors of a query with its line, and the nearest prefix or term of the vocabulary."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterable, Mapping
from functools import cache

import pyoxigraph as ox

from cancu import resources
from cancu.errors import QueryError
from cancu.iris import ONTOLOGY

_ERROR_AT = re.compile(r"error at (\d+):(\d+): (.*)", re.DOTALL)
# strings, IRIs and comments, in which nothing is a name; then a prefixed name
_TOKEN = re.compile(
    r'"""(?s:.*?)"""'
    r"|'''(?s:.*?)'''"
    r'|"(?:[^"\\\n]|\\.)*"'
    r"|'(?:[^'\\\n]|\\.)*'"
    r"|<[^<>\s]*>|#[^\n]*"
    r"|([A-Za-z][\w.-]*)?:([\w-]*)"
)
_PREFIX = re.compile(r"\bprefix\s+([A-Za-z][\w.-]*)?:\s*<([^>]*)>", re.IGNORECASE)
_CHARACTERS = re.compile(r"\[[^]]*\](?=,|$|\s)")
_SERVICE = re.compile(r"(?<![?$\w])service\b", re.IGNORECASE)
_MAKES = re.compile(r"\b(?:construct|describe)\b", re.IGNORECASE)


def explained(error: str, text: str, prefixes: Mapping[str, str]) -> QueryError:
    """The error for a query that is no SPARQL: its line, what was expected there, and for an unknown prefix the nearest of `prefixes`."""
    match = _ERROR_AT.match(error)
    if match is None:
        return QueryError(f"The query is no SPARQL: {error}.")
    known = {*prefixes, *(match[1] or "" for match in _PREFIX.finditer(text))}
    unknown = [(line, prefix) for line, prefix, _ in _names(text) if prefix not in known]
    if "Prefix not found" in error and unknown:
        line, prefix = unknown[0]
        return QueryError(f"On line {line}, the prefix {prefix}: is unknown{_near(prefix, known)}. The line: {_line(text, line)}")
    number = int(match[1])
    what = _expected(match[3].replace("\n", " "))
    return QueryError(f"The query is no SPARQL, on line {number}, column {match[2]}: {what}. The line: {_line(text, number)}")


def _expected(said: str) -> str:
    """What the parser expected, without its classes of characters; the reason alone where it gives one in a sentence."""
    kept = [part.strip() for part in _CHARACTERS.sub("", said.removeprefix("expected one of ")).split(", ")]
    kept = [part for part in dict.fromkeys(kept) if part]
    sentence = next((part for part in kept if part.count(" ") > 1), "")
    return sentence or (f"expected {' or '.join(kept[:8])}" if kept else "it cannot go on like this")


def check_terms(text: str, stated: Callable[[str], bool] = lambda _: False) -> None:
    """Raises QueryError for a term that our vocabulary does not have, with its line and the nearest that there is.

    A term that the graph uses all the same (`stated`) is known. A query that makes triples may use any.
    """
    if _MAKES.search(text):
        return
    meant = {"cancu": ONTOLOGY} | {match[1] or "": match[2] for match in _PREFIX.finditer(text)}
    for line, prefix, name in _names(text):
        if meant.get(prefix) == ONTOLOGY and name and name not in terms() and not stated(ONTOLOGY + name):
            raise QueryError(
                f"On line {line}, {prefix}:{name} is no term of the vocabulary{_near(name, terms())}. The line: {_line(text, line)}"
            )


def federates(text: str) -> bool:
    """Whether a query asks another endpoint: the word SERVICE, outside strings, IRIs, names, variables and comments."""
    return _SERVICE.search(_TOKEN.sub(" ", text)) is not None


@cache
def terms() -> frozenset[str]:
    """The local names of the vocabulary's classes, properties and individuals."""
    quads = ox.parse((resources.ONTOLOGY / "cancu.ttl").read_bytes(), format=ox.RdfFormat.TURTLE)
    subjects = (quad.subject.value for quad in quads if isinstance(quad.subject, ox.NamedNode))
    return frozenset(iri.removeprefix(ONTOLOGY) for iri in subjects if iri.startswith(ONTOLOGY))


def _names(text: str) -> Iterable[tuple[int, str, str]]:
    """The prefixed names of a query with their lines; not those that a PREFIX declares."""
    declared = {match.start(0) + match[0].index(":") for match in _PREFIX.finditer(text)}
    for match in _TOKEN.finditer(text):
        if match[2] is not None and match.end(2) - len(match[2]) - 1 not in declared and text[match.start() - 1 : match.start()] != "_":
            yield text.count("\n", 0, match.start()) + 1, match[1] or "", match[2]


def _near(word: str, known: Iterable[str]) -> str:
    lower = {name.casefold(): name for name in sorted(known)}
    near = [lower[name] for name in difflib.get_close_matches(word.casefold(), lower, 3, 0.5)]
    return f"; near it: {', '.join(near)}" if near else ""


def _line(text: str, number: int) -> str:
    lines = text.split("\n")
    return lines[number - 1].strip() if number <= len(lines) else ""
