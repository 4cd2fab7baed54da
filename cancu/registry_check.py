"""Checks of the registry: what in its tables cannot be right, and what in the plans' citations does not agree.

An error is a fault of our tables; a note is one of the documents, or a pair of rows that a person should look at.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations
from typing import Literal

from cancu.context import Context
from cancu.iris import slug
from cancu.plan_graph import label_of
from cancu.registry import Registry, fold
from cancu.registry_tables import RegisteredDocument
from cancu.resolution import Resolution, resolutions
from cancu.table import Table

Severity = Literal["error", "note"]


@dataclass(frozen=True, slots=True)
class Fault:
    """What does not fit: how bad, which check, which table or plan, and the details."""

    severity: Severity
    check: str
    where: str
    detail: str


def check(context: Context) -> tuple[Fault, ...]:
    """All faults of the registry, and of the citations of the context's plans against it: errors first."""
    registry = context.registry
    found = [
        *_same_key(registry),
        *_shared_aliases(registry),
        *_references(registry),
        *_heirs(registry),
        *_near_duplicates(registry),
        *_citations(context),
    ]
    return tuple(sorted(found, key=lambda fault: (fault.severity, fault.check, fault.where, fault.detail)))


def table(faults: Iterable[Fault]) -> Table:
    """One row a fault."""
    return Table(
        ("severity", "check", "where", "detail"), tuple((fault.severity, fault.check, fault.where, fault.detail) for fault in faults)
    )


def _key(row: RegisteredDocument) -> str:
    return f"{row.jurisdiction} {row.kind} {row.number} {row.date}"


def _same_key(registry: Registry) -> Iterator[Fault]:
    keys = Counter(registry.registered_iri(row) for row in registry.documents)
    for document, count in keys.items():
        if count > 1:
            yield Fault("error", "one-key", "documents.csv", f"{count} rows have the key {document}")


def _shared_aliases(registry: Registry) -> Iterator[Fault]:
    """Names that would resolve to two rows: of documents, of kinds of agencies, of provinces."""
    tables: tuple[tuple[str, Iterable[tuple[str, Iterable[str]]]], ...] = (
        ("documents.csv", [(_key(row), row.aliases) for row in registry.documents]),
        ("agencies.csv", [(kind.kind, (kind.label, *kind.aliases)) for kind in registry.agency_kinds]),
        ("provinces.csv", [(place.slug, (place.name, *place.aliases)) for place in registry.provinces]),
    )
    for name, rows in tables:
        bearers: dict[str, set[str]] = defaultdict(set)
        for row, aliases in rows:
            for alias in aliases:
                bearers[fold(alias)].add(row)
        for alias, named in bearers.items():
            if len(named) > 1:
                yield Fault("error", "alias", name, f"“{alias}” names {'; '.join(sorted(named))}")


def _references(registry: Registry) -> Iterator[Fault]:
    for row in registry.documents:
        for key in (key for _, keys in row.relations for key in keys):
            if registry.referred(row, key) is None:
                yield Fault("error", "reference", "documents.csv", f"{_key(row)} refers to {key}, which no row or more than one row has")


def _heirs(registry: Registry) -> Iterator[Fault]:
    kinds, places = {kind.kind for kind in registry.agency_kinds}, {place.slug for place in registry.provinces}
    for kind in registry.agency_kinds:
        for word, other in (("parent", kind.parent), ("heir", kind.merged_into)):
            if other and other not in kinds:
                yield Fault("error", "reference", "agencies.csv", f"the {word} of {kind.kind} is {other}, which no row has")
    for place in registry.provinces:
        if place.merged_into and place.merged_into not in places:
            yield Fault("error", "reference", "provinces.csv", f"the heir of {place.slug} is {place.merged_into}, which no row has")


def _near_duplicates(registry: Registry) -> Iterator[Fault]:
    """Rows of one type and issuer whose titles are the same and whose number or date differs in one part."""
    alike: dict[tuple[str, ...], list[RegisteredDocument]] = defaultdict(list)
    for row in (row for row in registry.documents if row.title):
        alike[row.jurisdiction, row.kind, fold(row.issuer), slug(row.title)].append(row)
    for rows in alike.values():
        for one, other in combinations(rows, 2):
            if _apart(slug(one.number), slug(other.number)) + _apart(one.date, other.date) == 1:
                yield Fault("note", "near-duplicate", "documents.csv", f"{_key(one)} and {_key(other)} have one title")


def _apart(one: str, other: str) -> int:
    first, second = one.split("-"), other.split("-")
    return 9 if len(first) != len(second) else sum(a != b for a, b in zip(first, second, strict=True))


def _citations(context: Context) -> Iterator[Fault]:
    """Documents that stay open, that plans cite with two dates or two issuers, or against what the registry holds."""
    registry = context.registry
    cited: dict[str, list[Resolution]] = defaultdict(list)
    for found in resolutions(context):
        if found.ref.misquote:
            yield Fault("note", "citation", found.place, found.ref.misquote.en)
        if found.ref.reason:
            yield Fault("note", "open", found.place, f"{label_of(found.cited)}: {found.ref.reason[1]}")
        elif found.cited.number:
            cited[found.ref.iri].append(found)
    for document, several in cited.items():
        places = "; ".join(one.place for one in several)
        dates = {one.cited.date for one in several if one.cited.date}
        # issuers are compared as the agencies that they resolve to, seen from the document's own place
        named = {registry.issuers(one.cited.issuer, one.ref.jurisdiction) for one in several if one.cited.issuer}
        issuers = {", ".join(agency.label for agency in agencies) for agencies in named}
        if len(dates) > 1:
            yield Fault("note", "two-dates", places, f"{document} is dated {', '.join(sorted(dates))}")
        if len(issuers) > 1:
            yield Fault("note", "two-issuers", places, f"{document} is by {'; '.join(sorted(issuers))}")
