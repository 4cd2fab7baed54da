"""How each document that the plans cite resolves: to a row of the registry, by its own full key, or not at all, and why."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from cancu.context import Context
from cancu.plan_graph import label_of
from cancu.records import CitedDocument
from cancu.registry import DocumentRef, plan_slug
from cancu.table import Table

_COLUMNS = "file line cited citations how document reason"


@dataclass(frozen=True, slots=True)
class Resolution:
    """A document as one plan cites it, and what that resolves to. `line` is that of the first citation in `file`."""

    file: str
    line: int | None
    cited: CitedDocument
    ref: DocumentRef

    @property
    def how(self) -> Literal["registry", "key", "open"]:
        """Whether the registry knew it, its type, number, issuer and year were enough, or it stays open."""
        return "registry" if self.ref.registered else "open" if self.ref.reason else "key"

    @property
    def place(self) -> str:
        """File and line, as messages give them."""
        return f"{self.file}:{self.line or '?'}"


def resolutions(context: Context) -> tuple[Resolution, ...]:
    """The documents cited by each plan of the context, in the order of the records."""
    registry, found = context.registry, []
    for _, record in context.records():
        home, plan = registry.home(record), plan_slug(record, registry)
        year = registry.year_of(record.document.number, record.document.date)
        for cited in record.cited_documents:
            line = cited.mentions[0].lines[0] if cited.mentions else None
            found.append(Resolution(record.source.name, line, cited, registry.document(cited, home, plan, year)))
    return tuple(found)


def resolved(found: Iterable[Resolution]) -> tuple[int, int]:
    """How many citations resolve, and how many there are: a document that is cited six times counts six times."""
    counts = [(len(one.cited.mentions), one.how) for one in found]
    return sum(count for count, how in counts if how != "open"), sum(count for count, _ in counts)


def table(found: Iterable[Resolution]) -> Table:
    """One row a document and plan; `reason` says why a document is open, or what it was taken for against or beyond its words."""
    rows = []
    for one in found:
        words = one.ref.reason or one.ref.taken_as or ("", "")
        rows.append((one.file, one.line, label_of(one.cited), len(one.cited.mentions), one.how, one.ref.iri, words[1]))
    return Table(tuple(_COLUMNS.split()), tuple(rows))
