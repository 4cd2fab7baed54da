"""What a query will do: its text with parameters and prefixes, and how many statements match each of its patterns alone."""

from __future__ import annotations

import html
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from rdflib.paths import MulPath, Path
from rdflib.plugins.sparql import prepareQuery
from rdflib.plugins.sparql.algebra import traverse
from rdflib.plugins.sparql.parserutils import CompValue
from rdflib.term import Node, Variable

from cancu.errors import QueryError
from cancu.table import Table


@dataclass(frozen=True, slots=True, repr=False)
class Explanation:
    """A query in words and in SPARQL. `patterns` has `pattern` and `matches`: where none matches, the answer is likely empty.

    `matches` is None for a path of any length with both ends open, which no store should be asked alone.
    """

    title: str
    text: str
    patterns: Table

    def __repr__(self) -> str:
        return f"{self.title}\n\n{self.text.strip()}\n\n{self.patterns!r}"

    def _repr_html_(self) -> str:
        return f"<p>{html.escape(self.title)}</p><pre>{html.escape(self.text.strip())}</pre>{self.patterns._repr_html_()}"


def explain(title: str, text: str, prefixes: Mapping[str, str], ask: Callable[[str], Table]) -> Explanation:
    """Counts what each triple pattern of the query matches. Raises QueryError for what is no SPARQL."""
    counts = tuple((words, None if opened else ask(count).rows[0][0]) for words, count, opened in _patterns(text, prefixes))
    return Explanation(title, text, Table(("pattern", "matches"), counts))


def _patterns(text: str, prefixes: Mapping[str, str]) -> list[tuple[str, str, bool]]:
    """Each triple pattern once: in short words, as a query that counts it, and whether it is a path that is open at both ends."""
    try:
        algebra = prepareQuery(text, initNs=dict(prefixes)).algebra
    except Exception as error:
        raise QueryError(f"The query cannot be explained: {error}") from error
    found: dict[str, tuple[str, str, bool]] = {}

    def visit(node: object) -> None:
        if isinstance(node, CompValue) and node.name == "BGP":
            for subject, predicate, value in node.triples:
                full = " ".join(_full(part) for part in (subject, predicate, value))
                opened = _repeats(predicate) and isinstance(subject, Variable) and isinstance(value, Variable)
                found[full] = (_short(full, prefixes), f"SELECT (COUNT(*) AS ?n) WHERE {{ {full} }}", opened)

    traverse(algebra, visitPre=visit)
    return list(found.values())


def _full(part: Node | Path) -> str:
    words: str = part.n3()
    return words


def _repeats(path: object) -> bool:
    """Whether a path goes on for any number of steps."""
    return isinstance(path, MulPath) or any(_repeats(part) for part in (*getattr(path, "args", ()), getattr(path, "arg", None)) if part)


def _short(full: str, prefixes: Mapping[str, str]) -> str:
    for prefix, iri in prefixes.items():
        full = full.replace(f"<{iri}", f"{prefix}:<")
    return full.replace(":<", ":").replace(">", "") if ":<" in full else full
