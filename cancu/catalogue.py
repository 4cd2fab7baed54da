"""The catalogue of named queries: one question a file in `queries/`, with its header.

A query's parameter stands in its text as `VALUES ?name { example }`, so that the file runs as it is on any SPARQL 1.1
endpoint. To bind it is to put another term into those braces: a planner sees a constant (which pyoxigraph's own
substitutions hide from it: 415 ms instead of 0.2 ms on a join of 400,000 triples), subselects see it, and a term that
is serialised from RDF cannot end the braces.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pyoxigraph as ox

from cancu import resources
from cancu.errors import InputError, QueryError

KINDS = ("iri", "string", "integer", "year")
Value = str | int

_LINE = re.compile(r"# ([a-z.]+): (\S.*)$")
_ONCE = ("title.en", "title.vi", "question", "question.vi", "expect")
_LIST = re.compile(r'GROUP_CONCAT\([^;]*; separator="; "\) AS \?(\w+)')
_PARAM = re.compile(r"([a-z]\w*) (\w+)$")
_INTEGER = "http://www.w3.org/2001/XMLSchema#integer"


@dataclass(frozen=True, slots=True)
class Param:
    """A parameter: its name in the query, its kind (one of KINDS), and the value that the file itself asks about."""

    name: str
    kind: str
    example: Value

    def term(self, value: Value) -> ox.NamedNode | ox.Literal:
        """`value` as an RDF term of this kind. Raises QueryError where it is none."""
        try:
            if self.kind == "iri":
                return ox.NamedNode(str(value))
            if self.kind == "string":
                return ox.Literal(str(value))
            return ox.Literal(str(int(value)), datatype=ox.NamedNode(_INTEGER))
        except ValueError as error:
            raise QueryError(f"The parameter {self.name} is {self.kind}, and {value!r} is none: {error}.") from error


@dataclass(frozen=True, slots=True)
class NamedQuery:
    """A query of the catalogue. `expect` is the number of rows on the committed data; `notes` tell how to read them."""

    name: str
    title_en: str
    title_vi: str
    question: str
    question_vi: str
    params: tuple[Param, ...]
    expect: int
    notes: str
    text: str

    def bound(self, values: Mapping[str, Value]) -> str:
        """The text with all parameters bound. Raises QueryError where one is missing, or there is none of that name."""
        known = {param.name: param for param in self.params}
        missing, unknown = sorted(known.keys() - values.keys()), sorted(values.keys() - known.keys())
        if missing or unknown:
            wanted = ", ".join(f"{param.name} ({param.kind}, such as {param.example})" for param in self.params) or "none"
            wrong = "; ".join(
                part for part in (missing and f"missing: {', '.join(missing)}", unknown and f"unknown: {', '.join(unknown)}") if part
            )
            raise QueryError(f"The query {self.name} has other parameters than given: {wrong}. It takes: {wanted}.")
        return bind(self.text, {name: known[name].term(value) for name, value in values.items()})

    @property
    def lists(self) -> tuple[str, ...]:
        """The columns that hold several names joined by '; '. SPARQL leaves their order to each store, and what none of them is."""
        return tuple(match[1] for match in _LIST.finditer(self.text))


def _slot(name: str) -> re.Pattern[str]:
    return re.compile(rf'(VALUES \?{re.escape(name)} \{{)((?:[^}}"]|"(?:[^"\\]|\\.)*")*)(\}})')


def bind(text: str, terms: Mapping[str, ox.NamedNode | ox.Literal]) -> str:
    """Puts each term into every `VALUES ?name { … }` of the text. Raises QueryError where the text has no such braces."""
    for name, term in terms.items():
        parts = _slot(name).split(text)  # between two matches: the opening, the value there was, the closing brace
        parts[2::4] = [f" {term} "] * len(parts[2::4])
        count, text = len(parts) // 4, "".join(parts)
        if not count:
            raise QueryError(f"Nothing in the query takes the parameter {name}: write VALUES ?{name} {{ UNDEF }} where it is to be bound.")
    return text


def parse(path: Path) -> NamedQuery:
    """The query in a file. Raises InputError that names the line of the first thing that is wrong in its header."""
    text = path.read_text("utf-8")
    fields: dict[str, str] = {}
    params: list[Param] = []
    lines = text.split("\n")
    count = 0
    for count, line in enumerate(lines, 1):
        match = _LINE.match(line)
        if match is None:
            raise InputError(str(path), f"the header breaks off before {_missing(fields)}", "write it as '# key: value' lines", count)
        key, value = match.groups()
        if key == "param":
            params.append(_param(path, count, value, text))
        elif key not in _ONCE or key in fields:
            raise InputError(
                str(path), f"the header's {key!r} is unknown or there twice", f"use {', '.join(_ONCE)} once each, and param", count
            )
        fields[key] = value
        if key == "expect":
            break
    if missing := _missing(fields):
        raise InputError(str(path), f"the header lacks {missing}", "add it before expect, the last line of a header", count)
    if not fields["expect"].isdigit():
        raise InputError(str(path), f"expect is {fields['expect']!r}", "give the number of rows on the committed data", count)
    notes = []
    for line in lines[count:]:
        if not line.startswith("# "):
            break
        notes.append(line[2:])
    return NamedQuery(
        path.stem, fields["title.en"], fields["title.vi"], fields["question"], fields["question.vi"], tuple(params), int(fields["expect"]),
        " ".join(notes), text,
    )  # fmt: skip


def _missing(fields: Mapping[str, str]) -> str:
    return ", ".join(key for key in _ONCE if key not in fields)


def _param(path: Path, line: int, words: str, text: str) -> Param:
    match = _PARAM.match(words)
    if match is None or match[2] not in KINDS:
        raise InputError(str(path), f"the parameter is {words!r}", f"write its name and one of {', '.join(KINDS)}", line)
    name, kind = match.groups()
    slots = {found[2].strip() for found in _slot(name).finditer(text)}
    if len(slots) != 1:
        raise InputError(
            str(path),
            f"the text has {len(slots)} different VALUES ?{name} {{ … }}",
            "give the same one example wherever the parameter is bound",
            line,
        )
    example = slots.pop().strip('<>"')
    return Param(name, kind, int(example) if kind in ("integer", "year") else example)


@cache
def queries(folder: Path = resources.QUERIES) -> tuple[NamedQuery, ...]:
    """All queries of the folder, by name. Raises InputError."""
    return tuple(parse(path) for path in sorted(folder.glob("*.rq")))


def get(name: str) -> NamedQuery:
    """The query called `name`. Raises QueryError that lists the nearest names."""
    found = {query.name: query for query in queries()}
    if name not in found:
        near = difflib.get_close_matches(name, found, 3, 0.4) or sorted(found)
        raise QueryError(f"No query is called {name!r}. Near it: {', '.join(near)}.")
    return found[name]


def markdown() -> str:
    """The page `docs/queries.md`: what each query answers, takes and returns, made from the headers."""
    parts = [_INTRODUCTION]
    for query in queries():
        parts.append(f"## {query.name}\n\n**{query.title_en}** · {query.title_vi}\n\n{query.question}\n{query.question_vi}\n")
        call = "".join(f', {param.name}="{param.example}"' for param in query.params)
        parts.append(f'```python\ngraph.query("{query.name}"{call})\n```\n')
        if query.params:
            parts.append("".join(f"- `{param.name}`: {param.kind}\n" for param in query.params))
        if query.notes:
            parts.append(query.notes.strip() + "\n")
        parts.append(f"{query.expect} rows on the committed data. [The query](../queries/{query.name}.rq).\n")
    return "\n".join(parts)


_INTRODUCTION = """# Named queries

*Made from the headers of `queries/*.rq` by `python -m cancu.catalogue > docs/queries.md`.*

Each question is one file, which runs as it is on any SPARQL 1.1 endpoint whose default graph is the union of its named
graphs: the IRI or words in its `VALUES` are an example. `graph.query(name, …)` and `cancu query name …` put other values there.
IRIs and labels, amounts in dong, dates, and the file and lines of the evidence stand in each row.
Where one statement stands in several named graphs, some stores give it once and some once a graph: the queries count either way the
same, by DISTINCT before each sum; do likewise in your own.
"""


if __name__ == "__main__":
    print(markdown(), end="")
