"""The pages of projects: why there is one, its money, its agencies, and where it stands."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from cancu.website import citing, finding_pages, linked
from cancu.website.blocks import Block, Grid, Page, Pages, Section, Term
from cancu.website.charts import year_chart
from cancu.website.continuing import Continuations
from cancu.website.facts import Allocation, Finding, Project, ProjectEntry
from cancu.website.parts import NOTHING, Cell, Text
from cancu.website.reasons import Reasons
from cancu.website.site import Site
from cancu.website.words import sentence_case


def project_pages(site: Site, reasons: Reasons, continuations: Continuations) -> Pages:
    """A page for every project."""
    for project in site.facts.projects.values():
        yield site.key(project.iri), partial(_project, site, project, reasons, continuations)


def _project(site: Site, project: Project, reasons: Reasons, continuations: Continuations) -> Page:
    entries = [site.facts.entries[iri] for iri in project.has_entry if iri in site.facts.entries]
    plans = [site.facts.documents[iri] for iri in project.planned_in if iri in site.facts.documents]
    findings = _findings_on(site, entries)
    return Page(
        title=project.title or project.label,
        lang=site.tag,
        description=site.t("project_description", plan=", ".join(site.label(plan.iri) for plan in plans)),
        kind="project",
        kind_label=site.t("kind_project"),
        crumbs=(site.page_link("plan"), *(site.link(plan.iri) for plan in plans[:1])),
        terms=_project_terms(site, project, entries),
        sections=(
            Section("vi-sao", site.t("why_title"), reasons.of(site, project), site.t("why_note"), kind="why"),
            *_money(site, entries),
            *_entries(site, entries),
            *continuations.section(site, entries),
            *finding_pages.section(site, findings),
            *_corrections(site, entries),
            citing.project(site, project, reasons.grounds(site, project)),
        ),
        linked=linked.project(site, project, dict.fromkeys(plan.jurisdiction for plan in plans)),
    )


def _project_terms(site: Site, project: Project, entries: Sequence[ProjectEntry]) -> tuple[Term, ...]:
    def agencies(field: str) -> Cell:
        return site.links(dict.fromkeys(iri for entry in entries for iri in getattr(entry, field)), stacked=True)

    systems = site.links(dict.fromkeys(iri for entry in entries for iri in entry.concerns_system))
    places = dict.fromkeys(site.facts.documents[iri].jurisdiction for iri in project.planned_in if iri in site.facts.documents)
    money = site.project_money(project)
    return (
        *site.term("term_plan", site.links(project.planned_in)),
        *site.term("term_province", site.links(iri for iri in places if iri)),
        *site.term("term_lead", agencies("lead_agency")),
        *site.term("term_coordinating", agencies("coordinating_agency")),
        *site.term("term_money", site.money(money) if money is not None else None),
        *site.term("term_period", Text(site.years(project)) if site.years(project) else None),
        *site.term("term_systems", systems),
    )


def _money(site: Site, entries: Sequence[ProjectEntry]) -> tuple[Section, ...]:
    blocks: list[Block] = []
    if chart := year_chart(site, entries, site.t("chart_years")):
        blocks.append(chart)
    parts = [
        (entry, site.facts.allocations[iri])
        for entry in entries
        for iri in entry.has_allocation
        if iri in site.facts.allocations and site.facts.allocations[iri].breakdown.endswith("by-source")
    ]
    if parts:
        rows = [_allocation_row(site, part) for _, part in parts]
        heads = (
            site.t("col_column"),
            site.t("col_source"),
            site.t("col_capital"),
            site.t("col_years"),
            site.t("col_money"),
            site.t("col_lines"),
        )
        blocks.append(Grid.of(site.t("sources_caption"), heads, rows))
    return (Section("tien", site.t("money_title"), tuple(blocks)),) if blocks else ()


def _allocation_row(site: Site, part: Allocation) -> tuple[Cell, ...]:
    years = str(part.year) if part.year else site.words.period(part.period_start, part.period_end)
    source: Cell = (
        Text(site.concept(part.funding_source))
        if part.funding_source
        else site.vietnamese(part.source_text)
        if part.source_text
        else NOTHING
    )
    return (
        site.vietnamese(part.column or part.label),
        source,
        Text(site.concept(part.capital_kind)) if part.capital_kind else NOTHING,
        Text(years) if years else NOTHING,
        site.money(part.amount),
        site.lines(part.evidence, with_file=False),
    )


def _entries(site: Site, entries: Sequence[ProjectEntry]) -> tuple[Section, ...]:
    """Where the project stands: each row, in its table and section, with its lines."""
    t = site.t
    rows = []
    for entry in entries:
        table = site.facts.tables.get(entry.in_table)
        parts = (table.title if table else "", entry.section, entry.ordinal)
        where = " · ".join(sentence_case(part, site.names) for part in parts if part)
        note = site.vietnamese(entry.note) if entry.note else NOTHING
        rows.append(
            (site.vietnamese(where), site.link(entry.in_plan), site.money(site.entry_money(entry)), note, site.lines(entry.evidence))
        )
    grid = Grid.of(t("entries_caption"), (t("col_place"), t("col_plan"), t("col_money"), t("col_note"), t("col_lines")), rows)
    return (Section("o-dau", t("entries_title"), (grid,), t("entries_note", n=len(entries)) if len(entries) > 1 else ""),)


def _corrections(site: Site, entries: Sequence[ProjectEntry]) -> tuple[Section, ...]:
    """What curators say holds instead, beside what the rows and their money state."""
    things = [iri for entry in entries for iri in (entry.iri, entry.entry_of, *entry.has_allocation)]
    found = [correction for iri in dict.fromkeys(things) for correction in site.facts.corrections.by("corrects", iri)]
    if not found:
        return ()
    rows = [
        (Text(one.stated_value), Text(one.corrected_value), site.vietnamese(one.reason), site.vietnamese(one.correction_source))
        for one in found
    ]
    t = site.t
    grid = Grid.of(t("corrections_title"), (t("col_stated"), t("col_corrected"), t("col_reason"), t("col_source_of")), rows)
    return (Section("dinh-chinh", t("corrections_title"), (grid,), t("corrections_note")),)


def _findings_on(site: Site, entries: Sequence[ProjectEntry]) -> list[Finding]:
    """The findings about these rows, or on lines that are theirs."""
    found: dict[str, Finding] = {}
    for entry in entries:
        mine = site.facts.evidence.get(entry.evidence)
        for finding in site.facts.findings.by("in_plan", entry.in_plan):
            theirs = site.facts.evidence.get(finding.evidence)
            overlap = mine and theirs and theirs.first_line <= mine.last_line and mine.first_line <= theirs.last_line
            if finding.about_node in {entry.iri, entry.entry_of} or (not finding.about_node and overlap):
                found[finding.iri] = finding
    return list(found.values())
