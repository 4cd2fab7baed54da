"""The answers to the named questions after a change: those that still hold, and those of which some rows are asked again.

A question about one thing holds where the change does not concern that thing, as its page does. A question that each plan answers for
itself is asked anew for the plans around the change alone, in a store with their parts and what others say of the things that they
mention; its other rows hold. What documents are ranked by is gathered anew, from the facts, for those that the change concerns. Any other
question on the whole of all plans is asked anew.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterable, Mapping
from datetime import date
from typing import Any

import msgspec
import pyoxigraph as ox

from cancu import catalogue
from cancu.bundle import Bundle
from cancu.catalogue import NamedQuery
from cancu.graph import Graph
from cancu.iris import Iris
from cancu.quads import iri
from cancu.table import Cell, Table
from cancu.ties import Change, Concern
from cancu.website.facts import Facts

# Each row tells of the plans in its columns `plan` or `…Plan`, of plans beside them in one place, and of things that they mention.
PLAN_BY_PLAN = frozenset(
    {"findings", "findings-by-kind", "gaps", "project-continuations", "stale-bases", "system-by-province", "targets-compare"}
)
RANKED = "documents-ranking"  # asks for what documents are ranked by, and for what they are called
_ORDER = re.compile(r"ORDER BY ((?:\?\w+|DESC\(\?\w+\)|\s)+)$")
_KEY = re.compile(r"(DESC\()?\?(\w+)")
_DATE = 1  # of an extension of MessagePack


class _Told(msgspec.Struct, frozen=True):
    columns: tuple[str, ...]
    rows: list[tuple[Any, ...]]


def dumps(answer: Table) -> bytes:
    """A table as bytes, to be read again by `loads`."""
    rows = [tuple(msgspec.msgpack.Ext(_DATE, c.isoformat().encode()) if isinstance(c, date) else c for c in row) for row in answer.rows]
    return msgspec.msgpack.encode(_Told(answer.columns, rows))


def loads(content: bytes) -> Table:
    """The table that was written by `dumps`."""
    told = msgspec.msgpack.decode(content, type=_Told, ext_hook=lambda _, day: date.fromisoformat(bytes(day).decode()))
    return Table(told.columns, told.rows)


def renewed(before: Mapping[str, bytes], change: Change, iris: Iris, part: Callable[[str], Bundle]) -> dict[str, Table]:
    """The answers of now, of the questions that need not be asked of the whole graph.

    `before` has the earlier answers (see `dumps`), `part` gives the bundle of each part of now by its name.
    """
    concern = change.concern
    found, again = {}, []
    for query in catalogue.queries():
        if query.name not in before:
            continue
        if query.name in PLAN_BY_PLAN:
            again.append(query)
        elif (
            change.ranks_hold
            if query.name == RANKED
            else query.params and not any(concern.asked(str(param.example)) for param in query.params)
        ):
            found[query.name] = loads(before[query.name])
    around = change.around()
    graph = Graph(_store(change, around, iris, part), iris.base)
    plans = {thing[1:-1] for name in around for tie in change.both(name) for thing in tie.documents}
    for query in again:
        params: dict[str, Any] = {param.name: param.example for param in query.params}
        anew = graph.query(query.name, **params)
        found[query.name] = _joined(query, loads(before[query.name]), anew, plans)
    return found


def _joined(query: NamedQuery, before: Table, anew: Table, plans: set[str]) -> Table:
    """The earlier rows that tell of other plans, and of those anew the ones that tell of these, in the order that the query asks for."""
    rows = [*telling(before, plans, others=True), *telling(anew, plans)]
    return Table(anew.columns, in_order(query, anew.columns, rows))


def telling(answer: Table, plans: Container[object], *, others: bool = False) -> list[tuple[Cell, ...]]:
    """The rows that tell of these plans, given by their IRIs, or the `others`; all tell where rows do not say of which they do."""
    places = [place for place, name in enumerate(answer.columns) if name == "plan" or name.endswith("Plan")]
    return [row for row in answer if others is not (not places or any(row[place] in plans for place in places))]


def in_order(query: NamedQuery, columns: tuple[str, ...], rows: Iterable[tuple[Cell, ...]]) -> list[tuple[Cell, ...]]:
    """Rows of an answer as the query puts them in order: what is unbound comes first, IRIs and text follow their code points."""
    order = _ORDER.search(query.text.rstrip())
    ordered = list(rows)
    for down, name in reversed(_KEY.findall(order[1] if order else "")):
        place = columns.index(name)
        ordered.sort(key=lambda row: (row[place] is not None, row[place]), reverse=bool(down))
    return ordered


def relied_on(before: Table, concern: Concern, stated: Facts, graph: Graph) -> Table:
    """The answer to the question for the documents relied on most: earlier rows of those that no change concerns, the others anew.

    `graph` tells what documents are called.
    """
    concerned = [iri for iri in stated.documents if concern.has(iri)]
    rows = [row for row in before if not concern.has(str(row[0]))]
    rows += [row for iri in concerned if (row := _row(iri, stated, graph))]
    return Table(before.columns, in_order(catalogue.get(RANKED), before.columns, rows))


def _row(document: str, stated: Facts, graph: Graph) -> tuple[Cell, ...] | None:
    """What that tells of a document; None where no plan rests on it."""
    documents = stated.documents
    basing = {entry.in_plan for entry in stated.entries.by("row_basis", document)}
    basing |= {plan.iri for plan in documents.by("has_legal_basis", document)}
    plans = [documents[plan] for plan in basing if plan in documents and documents[plan].read]
    if not plans:
        return None
    projects = stated.projects.by("justified_by", document)
    kinds = (stated.concepts[kind].pref_label for kind in graph.objects(document, "documentType") if kind in stated.concepts)
    return (
        document, max(graph.objects(document, "rdfs:label"), default=""), min(kinds, default=None),
        min(map(date.fromisoformat, graph.objects(document, "dateIssued")), default=None), len(plans),
        len({plan.jurisdiction for plan in plans} - {""}), len(projects), stated.money.of_projects(projects),
    )  # fmt: skip


def _store(change: Change, around: Iterable[str], iris: Iris, part: Callable[[str], Bundle]) -> ox.Store:
    """The ground, these parts, and what others say of the things that they mention: of several that say the same, one."""
    inferred = iri(iris.graph("inferred"))
    whole = ["", *sorted(name for name in around if name in change.now)]
    mentioned = change.mentioned(whole[1:])
    text = [_lines(part(name), inferred) for name in whole]
    for name, things in change.told(mentioned, whole).items():
        wanted = {thing.encode() for thing in things}
        text += [line for line in _lines(part(name), inferred).splitlines(keepends=True) if line.partition(b" ")[0] in wanted]
    store = ox.Store()
    store.bulk_load(b"".join(text), format=ox.RdfFormat.N_QUADS, lenient=True)
    return store


def _lines(bundle: Bundle, inferred: str) -> bytes:
    return bundle.quads + "".join(f"{triple} {inferred} .\n" for triple in bundle.contents.follows).encode()
