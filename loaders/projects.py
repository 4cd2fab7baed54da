"""The tables of each record, their project rows, the money and the agencies of each → quads of the plan's graph."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from cancu.context import Context
from cancu.iris import short, slug
from cancu.plan_graph import MANY_OF_A_KIND, PlanGraph, concept_term, each_plan, funding, optional, vi
from cancu.quads import RDF_TYPE, RDFS_LABEL, Quad, integer, iri, prop, text
from cancu.records import PlanRecord, ProjectRow
from cancu.schemes import scheme

_ROLE_PROPERTY = {"lead": "leadAgency", "coordinate": "coordinatingAgency"}
_Identity = tuple[str, tuple[str, ...], int | None]
_SECTION_LABEL = re.compile(r"(?:[IVXLC]+|[A-Z]|\d+(?:\.\d+)*)(?=[.)/ ]|$)")


def load(data: Path, context: Context) -> Iterator[Quad]:
    """The quads of every record in the context, in the order given."""
    yield from each_plan(context, _tables, _projects)


def _tables(plan: PlanGraph) -> None:
    for table in plan.record.tables:
        node = plan.node("table", table.id, "Table", table.title or table.id, table.lines)
        plan.add(node, "title", vi(table.title or table.id))
        plan.add(node, "unit", optional(text, table.unit))
        for total in table.stated_totals:
            name = f"{table.id}-{short(total.label, 6)}-{short(total.column, 8)}"
            child = plan.node("total", name, "StatedTotal", f"{total.label}: {total.column}", total.lines)
            plan.add(node, "hasStatedTotal", child)
            plan.add(child, "totalLabel", text(total.label))
            plan.add(child, "column", text(total.column))
            plan.add(child, "amount", integer(total.amount_vnd))


def row_key(row: ProjectRow) -> str:
    """The name of a row in IRIs: table, section label, ordinal: 'appendix-1-ii-3'; its first line where it has no ordinal."""
    label = _SECTION_LABEL.match(row.section or "")
    section = slug(label[0]) if label else short(row.section or "", 4)
    ordinal = slug(row.ordinal) if row.ordinal else f"l{row.lines[0]}"
    return "-".join(part for part in (row.table, section, ordinal) if part)


def _projects(plan: PlanGraph) -> None:
    same: dict[_Identity, str] = {}
    seen: set[tuple[str, str]] = set()
    summaries = _summaries(plan.record)
    for place, row in enumerate(plan.record.projects):
        key = row_key(row)
        entry = plan.node("entry", key, "ProjectEntry", row.name, row.lines)
        plan.add(entry, "title", vi(row.name))
        plan.add(entry, "inTable", iri(plan.context.iris.of_plan("table", plan.slug, row.table)))
        plan.add(entry, "section", optional(text, row.section))
        plan.add(entry, "ordinal", optional(text, row.ordinal))
        plan.add(entry, "note", optional(text, row.note))
        plan.add(entry, "totalAmount", optional(integer, row.total_vnd))
        plan.period(entry, row.period)
        if (summary := summaries.get(place)) is not None:
            plan.add(entry, "summarises", iri(plan.context.iris.of_plan("table", plan.slug, summary)))
        else:
            _project(plan, row, entry, same, seen)
        _allocations(plan, row, entry)
        for name in row.row_basis:
            plan.add(entry, "rowBasis", plan.called(name))
        for role, names in (("lead", row.lead), ("coordinate", row.coordinating)):
            for name in names:
                agency = plan.agency(name)
                plan.add(entry, _ROLE_PROPERTY[role], agency)
                node = plan.assignment(f"{key}-{role}-{short(name, 8)}", role, agency, name, row.lines)
                plan.add(node, "ofEntry", entry)
                plan.add(entry, "hasAssignment", node)
        for kind in row.systems:
            if kind not in MANY_OF_A_KIND:  # of those a row does not say which
                plan.add(entry, "concernsSystem", plan.system(kind, kind))


def _summaries(record: PlanRecord) -> dict[int, str]:
    """The rows, by their place in the record, that repeat the grand total of another table with rows, and that table's id.

    One such row may be chance: a table summarises others where two of its rows do.
    """
    grand = {table.id: max((total.amount_vnd for total in table.stated_totals), default=0) for table in record.tables}
    size = Counter(row.table for row in record.projects)
    found = {
        place: table
        for place, row in enumerate(record.projects)
        for table, total in grand.items()
        if row.total_vnd and row.total_vnd == total and table != row.table and size[table] > 1
    }
    per_table = Counter(record.projects[place].table for place in found)
    return {place: table for place, table in found.items() if per_table[record.projects[place].table] > 1}


def _project(plan: PlanGraph, row: ProjectRow, entry: str, same: dict[_Identity, str], seen: set[tuple[str, str]]) -> None:
    """Joins the row to its project: the curated one, the one of an equal row in another table of this plan, or a new one.

    Equal are rows whose name, lead agencies and money agree.
    """
    key = entry.rstrip(">").rsplit("/", 1)[-1]
    curated = plan.context.registry.undertakings.get((plan.slug, key))
    identity = (slug(row.name), tuple(sorted(map(slug, row.lead))), row.total_vnd)
    if curated:
        project = iri(plan.context.iris.of_plan("project", *curated))
    elif identity in same and (row.table, identity[0]) not in seen:
        project = same[identity]
    else:
        project = iri(plan.context.iris.of_plan("project", plan.slug, key))
        same.setdefault(identity, project)
    seen.add((row.table, identity[0]))
    plan.add(project, RDF_TYPE, prop("Project"))
    if project == iri(plan.context.iris.of_plan("project", plan.slug, key)):
        plan.add(project, RDFS_LABEL, vi(row.name))
        plan.add(project, "title", vi(row.name))
    plan.add(project, "plannedIn", plan.document)
    plan.add(project, "hasEntry", entry)
    plan.add(entry, "entryOf", project)


def _allocations(plan: PlanGraph, row: ProjectRow, entry: str) -> None:
    key = entry.rstrip(">").rsplit("/", 1)[-1]

    def allocation(name: str, label: str, amount: int, breakdown: str) -> str:
        node = plan.node("allocation", f"{key}-{name}", "Allocation", label, row.lines)
        plan.add(entry, "hasAllocation", node)
        plan.add(node, "amount", integer(amount))
        plan.add(node, "breakdown", concept_term("breakdown", breakdown))
        return node

    for year, amount in row.by_year_vnd.items():
        plan.add(allocation(year, year, amount, "by-year"), "year", integer(int(year)))
    for part in row.allocations:
        node = allocation(short(part.column, 10) or "amount", part.column, part.amount_vnd, "by-source")
        plan.add(node, "column", text(part.column))
        years = [int(year) for year in (part.year_or_period or "").split("-") if year.strip().isdigit()]
        if len(years) == 1:
            plan.add(node, "year", integer(years[0]))
        elif years:
            plan.period(node, (years[0], years[-1]))
        plan.add(node, "sourceText", optional(text, part.source))
        plan.add(node, "fundingSource", funding(part.source))
        capital = scheme("capital-kind").within(part.capital) if part.capital else None
        plan.add(node, "capitalKind", iri(capital.iri) if capital else None)
