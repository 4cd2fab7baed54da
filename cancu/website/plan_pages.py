"""The pages of plans that were read."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import partial

from cancu.website import citing, finding_pages, linked, parting
from cancu.website.bases import Bases
from cancu.website.blocks import Block, Grid, Page, Pages, Prose, Section, Term
from cancu.website.charts import year_chart
from cancu.website.comparing import Comparisons, before
from cancu.website.document_pages import because, resting_documents, rests_on
from cancu.website.facts import Citation, Document, ProjectEntry
from cancu.website.parts import NOTHING, Cell, Many, Mark, Marked, Text, sentence
from cancu.website.site import Site


def plan_pages(site: Site, bases: Bases, comparisons: Comparisons) -> Pages:
    """A page for every plan that was read, and for the parts of its sections that are too long for it."""
    for plan in site.facts.plans:
        yield site.plan_key(plan), partial(_plan, site, plan, bases, comparisons)
        if _long(site, plan):
            sections = _sections(site, plan, bases, comparisons)
            for key, page in parting.pages(site, sections, site.plan_key(plan), site.link(plan.iri)):
                yield key, partial(_as_it_is, page)


def _as_it_is(page: Page) -> Page:
    return page


def _long(site: Site, plan: Document) -> bool:
    """Whether the plan states so much of anything that a section may be too long for a page."""
    facts = site.facts
    shelves = (facts.entries, facts.citations, facts.targets, facts.assignments, facts.statements, facts.findings)
    return any(len(shelf.by("in_plan", plan.iri)) > parting.MOST for shelf in shelves)


def _sections(site: Site, plan: Document, bases: Bases, comparisons: Comparisons) -> tuple[Section, ...]:
    return (
        *_bases(site, plan),
        *_other_citations(site, plan),
        *_budget(site, plan),
        *_projects_by_section(site, plan),
        *_targets(site, plan),
        *comparisons.section(site, plan),
        *_duties(site, plan),
        *_systems(site, plan),
        *rests_on(site, plan, bases),
        *resting_documents(site, plan, bases),
        *finding_pages.section(site, site.facts.findings.by("in_plan", plan.iri), with_file=False),
    )


def _plan(site: Site, plan: Document, bases: Bases, comparisons: Comparisons) -> Page:
    t = site.t
    projects = site.facts.projects.by("planned_in", plan.iri)
    key = site.plan_key(plan)
    sections = (*(parting.kept(site, one, key) for one in _sections(site, plan, bases, comparisons)), citing.plan(site, plan))
    place = site.place_of(plan.jurisdiction)
    return Page(
        title=site.label(plan.iri),
        lang=site.foreign(plan.iri),
        description=t("plan_description", plan=site.label(plan.iri), place=site.words.label(place) if place else "", n=len(projects)),
        kind="plan",
        kind_label=site.concept(plan.document_type) or t("kind_plan"),
        lede=site.document_title(plan),
        crumbs=(site.page_link("plan"),),
        terms=_plan_terms(site, plan, len(projects)),
        sections=sections,
        linked=linked.document(site, plan),
    )


def _plan_terms(site: Site, plan: Document, projects: int) -> tuple[Term, ...]:
    source = site.facts.sources.get(plan.stated_in)
    budget = site.money(plan.total_budget)
    if plan.budget_evidence:
        budget = Many((budget, site.lines(plan.budget_evidence, with_file=False)), joint=" ")
    signer = " ".join(part for part in (plan.signer_title, plan.signer) if part)
    return (
        *site.term("term_province", site.link(plan.jurisdiction) if plan.jurisdiction else None),
        *site.term("term_issuer", site.link(plan.issuer) if plan.issuer else None),
        *site.term("term_date", site.date(plan.date_issued)),
        *site.term("term_period", Text(site.words.period(plan.period_start, plan.period_end)) if plan.period_start else None),
        *site.term("term_before", site.link(earlier.iri) if (earlier := before(site.facts.documents, plan)) else None),
        *site.term("term_budget", budget if plan.total_budget is not None else None),
        *site.term("term_projects", site.count(projects)),
        *site.term("term_signer", site.vietnamese(signer) if signer else None),
        *site.term("term_source", Text(f"{source.file_name} · {site.t('n_lines', n=source.line_count)}") if source else None),
    )


def _bases(site: Site, plan: Document) -> tuple[Section, ...]:
    """The legal bases in the order of the text, each with its function."""
    rows = []
    for citation in _cited(site, plan, "legal-basis"):
        function = citation.basis_function.rpartition("/")[2]
        mark = Mark(site.concept(citation.basis_function), "good" if function == "substance" else "quiet") if function else NOTHING
        document = site.facts.documents.get(citation.cited_document)
        title = because(site, site.document_title(document) if document else NOTHING, citation)
        rows.append((site.link(citation.cited_document), title, mark, site.lines(citation.evidence, with_file=False)))
    if not rows:
        return ()
    heads = (site.t("col_document"), site.t("col_title"), site.t("col_function"), site.t("col_lines"))
    grid = Grid.of(site.t("bases_caption"), heads, rows)
    return (Section("can-cu", site.t("bases_title"), (grid,), site.t("bases_note")),)


def _cited(site: Site, plan: Document, role: str) -> list[Citation]:
    """The plan's citations in a role, the first of each document, in the order of the text."""
    first: dict[str, Citation] = {}
    for citation in sorted(site.facts.citations.by("citing_document", plan.iri), key=lambda citation: citation.order):
        if citation.citation_role.endswith(f"/{role}"):
            first.setdefault(citation.cited_document, citation)
    return list(first.values())


def _other_citations(site: Site, plan: Document) -> tuple[Section, ...]:
    rows = [
        (site.link(citation.cited_document), Mark(site.concept(citation.citation_role)), site.lines(citation.evidence, with_file=False))
        for role in ("existing-policy", "row-basis", "guidance", "mention")
        for citation in _cited(site, plan, role)
    ]
    if not rows:
        return ()
    grid = Grid.of(site.t("cited_caption"), (site.t("col_document"), site.t("col_role"), site.t("col_lines")), rows)
    return (Section("vien-dan", site.t("cited_title"), (grid,)),)


def _budget(site: Site, plan: Document) -> tuple[Section, ...]:
    facts, t = site.facts, site.t
    entries = facts.entries.by("in_plan", plan.iri)
    blocks: list[Block] = []
    summed = site.facts.money.of_projects(facts.projects.by("planned_in", plan.iri))
    if plan.total_budget is not None and summed:
        stated, added = _beside(site, plan.total_budget, summed)
        blocks.append(Prose((sentence(t("budget_beside"), stated=stated, summed=added),)))
    if chart := year_chart(site, entries, t("chart_years")):
        blocks.append(chart)
    if plan.budget_line:
        lines = [facts.budget_lines[iri] for iri in plan.budget_line if iri in facts.budget_lines]
        rows = [(site.vietnamese(line.source_text), site.money(line.amount), site.lines(line.evidence, with_file=False)) for line in lines]
        total = sum(line.amount for line in lines)
        foot: tuple[Cell, ...] = (Text(t("sum")), site.money(total), NOTHING)
        blocks.append(Grid.of(t("budget_lines_caption"), (t("col_source"), t("col_money"), t("col_lines")), rows, foot))
    totals = [row for table in facts.tables.by("in_plan", plan.iri) for row in _table_totals(site, table.iri, entries)]
    if totals:
        heads = (t("col_table"), t("col_column"), t("col_stated"), t("col_summed"), t("col_agree"), t("col_lines"))
        blocks.append(Grid.of(t("totals_caption"), heads, totals))
    return (Section("ngan-sach", t("budget_title"), tuple(blocks), t("budget_note")),) if blocks else ()


def _table_totals(site: Site, table: str, entries: Sequence[ProjectEntry]) -> Iterator[tuple[Cell, ...]]:
    """A table's printed grand totals, each beside the sum of its column over the rows, where the rows have that column."""
    facts = site.facts
    found = facts.tables[table]
    mine = [entry for entry in entries if entry.in_table == table]
    for iri in found.has_stated_total:
        total = facts.totals.get(iri)
        if total is None or not total.label.casefold().startswith("tổng"):
            continue
        summed = _column_sum(site, total.column, mine)
        agree: Cell = NOTHING
        if summed is not None:
            agree = Mark(site.t("agrees"), "good") if summed == total.amount else Mark(site.gap(summed - total.amount), "bad")
        name = site.vietnamese(found.title or found.label)
        yield (
            name,
            site.vietnamese(total.column),
            *_beside(site, total.amount, summed),
            agree,
            site.lines(total.evidence, with_file=False),
        )


def _beside(site: Site, stated: int, summed: int | None) -> tuple[Cell, Cell]:
    """Two figures that ought to be one, marked where they are not."""
    if summed is None or summed == stated:
        return site.money(stated), site.money(summed)
    words = (site.words.money(stated), site.words.money(summed))
    return Marked(words[0], words[:1]), Marked(words[1], words[1:])


_YEAR = re.compile(r"(?:(?:kinh phí |vốn )?năm )?((?:19|20)\d\d)", re.IGNORECASE)


def _column_sum(site: Site, column: str, entries: Sequence[ProjectEntry]) -> int | None:
    """The sum of a column over rows: of a year or a source, else of the rows' own totals where the column is one of totals."""
    parts = [site.facts.allocations[iri] for entry in entries for iri in entry.has_allocation if iri in site.facts.allocations]
    same = [part.amount for part in parts if part.column == column]
    if not same and (year := _YEAR.fullmatch(column)):
        same = [part.amount for part in parts if not part.column and str(part.year) == year[1]]
    if not same and column.casefold().startswith("tổng"):
        same = [amount for entry in entries if (amount := entry.total_amount) is not None]
    return sum(same) if same else None


def _projects_by_section(site: Site, plan: Document) -> tuple[Section, ...]:
    groups: dict[tuple[str, str], list[ProjectEntry]] = defaultdict(list)
    entries = site.in_order(site.facts.entries.by("in_plan", plan.iri))
    for entry in entries:
        groups[entry.in_table, entry.section].append(entry)
    if not groups:
        return ()
    blocks = tuple(_entries_grid(site, table, section, found) for (table, section), found in groups.items())
    return (Section("du-an", site.t("plan_projects_title"), blocks, site.t("plan_projects_note", n=len(entries))),)


def _entries_grid(site: Site, table: str, section: str, entries: list[ProjectEntry]) -> Grid:
    t = site.t
    found = site.facts.tables.get(table)
    title = site.vietnamese(section or (found.title if found else "") or t("nav_project")).text
    rows = [
        (
            site.link(entry.entry_of).with_text(entry.title),
            Text(site.words.period(entry.period_start, entry.period_end)),
            site.links(entry.lead_agency),
            site.money(site.entry_money(entry)),
            site.lines(entry.evidence, with_file=False),
        )
        for entry in entries
    ]
    total = sum(site.entry_money(entry) or 0 for entry in entries)
    foot: tuple[Cell, ...] = (Text(t("sum")), Text(""), Text(""), site.money(total), Text("")) if len(rows) > 1 and total else ()
    return Grid.of(title, (t("col_project"), t("col_years"), t("col_lead"), t("col_money"), t("col_lines")), rows, foot, lang=site.tag)


def _targets(site: Site, plan: Document) -> tuple[Section, ...]:
    targets = site.in_order(site.facts.targets.by("in_plan", plan.iri))
    if not targets:
        return ()
    rows = [
        (
            site.vietnamese(target.indicator),
            site.target_value(target),
            Text(str(target.target_year)) if target.target_year else NOTHING,
            site.lines(target.evidence, with_file=False),
        )
        for target in targets
    ]
    heads = (site.t("col_indicator"), site.t("col_target"), site.t("col_by_year"), site.t("col_lines"))
    return (Section("chi-tieu", site.t("nav_target"), (Grid.of(site.t("targets_caption"), heads, rows),)),)


def _duties(site: Site, plan: Document) -> tuple[Section, ...]:
    duties = [duty for duty in site.in_order(site.facts.assignments.by("in_plan", plan.iri)) if not duty.of_entry]
    if not duties:
        return ()
    rows = [
        (
            site.link(duty.assigned_agency),
            Mark(site.concept(duty.assignment_role)),
            site.vietnamese(duty.task),
            site.links(duty.with_agency),
            site.lines(duty.evidence, with_file=False),
        )
        for duty in duties
    ]
    heads = (site.t("col_agency"), site.t("col_role"), site.t("col_task"), site.t("col_with"), site.t("col_lines"))
    return (Section("nhiem-vu", site.t("duties_title"), (Grid.of(site.t("duties_caption"), heads, rows),)),)


def _systems(site: Site, plan: Document) -> tuple[Section, ...]:
    statements = site.in_order(site.facts.statements.by("in_plan", plan.iri))
    if not statements:
        return ()
    rows = [
        (
            site.link(one.about_system).with_text(one.title) if site.words.vi else site.link(one.about_system),
            Mark(site.concept(site.facts.systems[one.about_system].system_kind)) if one.about_system in site.facts.systems else NOTHING,
            Mark(site.concept(one.system_status)) if one.system_status else NOTHING,
            site.count(one.mention_count),
            site.lines(one.evidence, with_file=False),
        )
        for one in statements
    ]
    heads = (site.t("col_system"), site.t("col_kind"), site.t("col_status"), site.t("col_mentions"), site.t("col_lines"))
    return (Section("he-thong", site.t("nav_system"), (Grid.of(site.t("systems_caption"), heads, rows),)),)
