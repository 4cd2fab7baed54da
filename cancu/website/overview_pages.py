"""The pages that look over everything: lists of plans and projects, rankings and gaps."""

from __future__ import annotations

from collections.abc import Sequence

from cancu.table import Table
from cancu.website import answers
from cancu.website.answers import Answers
from cancu.website.blocks import Grid, Page, Prose, Section, Tiles
from cancu.website.facts import Document
from cancu.website.parts import Cell, Link, Many, Number, Text
from cancu.website.site import MOST_ROWS, Site
from cancu.website.words import table as strings

_MOST = 150


def in_figures(site: Site) -> str:
    """The data in one line of figures."""
    facts = site.facts
    counts = (("plan", facts.plans), ("project", facts.projects), ("document", facts.documents), ("finding", facts.findings))
    return " · ".join(site.t(f"n_{name}", n=len(found)) for name, found in counts)


def plan_money(site: Site, plan: Document) -> int:
    """The money of a plan's projects."""
    return site.facts.money.of_plan(plan.iri)


def plan_grid(site: Site, plans: Sequence[Document]) -> Grid:
    """Plans with their province, period, bases, projects and money."""
    t = site.t
    rows: list[tuple[Cell, ...]] = []
    for plan in plans[:MOST_ROWS]:
        bases = {c.cited_document for c in site.facts.citations.by("citing_document", plan.iri) if c.citation_role.endswith("/legal-basis")}
        rows.append(
            (
                Many((site.link(plan.iri), site.vietnamese(plan.title, soft=True)), stacked=True),
                site.link(plan.jurisdiction),
                Text(site.words.period(plan.period_start, plan.period_end)),
                site.count(len(bases)),
                site.count(len(site.facts.projects.by("planned_in", plan.iri))),
                site.money(plan_money(site, plan) or plan.total_budget),
            )
        )
    heads = ("col_plan", "col_province", "col_period", "col_bases", "col_projects", "col_money")
    return Grid.of(t("plans_caption"), tuple(t(head) for head in heads), rows, note=site.first_of(len(plans), MOST_ROWS))


def plan_list(site: Site) -> Page:
    """The plans that were read, and the money of each."""
    t = site.t
    return Page(
        title=t("nav_plan"),
        description=t("plans_description"),
        lede=Text(t("plans_lede", n=len(site.facts.plans))),
        sections=(Section("danh-sach", t("list_title"), (plan_grid(site, site.facts.plans),)),),
    )


def project_list(site: Site, known: Answers) -> Page:
    """The largest projects, those of each plan by a link, and those that go on from plan to plan."""
    t = site.t
    every = sorted(site.facts.projects.values(), key=lambda project: (-(site.project_money(project) or 0), project.iri))
    tiles = tuple(
        (
            Link(site.label(plan.iri), f"{site.address_of(plan.iri)}#du-an", "plan", site.foreign(plan.iri)),
            t("n_project", n=len(site.facts.projects.by("planned_in", plan.iri))),
        )
        for plan in site.facts.plans
    )
    onward = answers.grid(site, t("continuations_title"), known.of("project-continuations"))
    return Page(
        title=t("nav_project"),
        description=t("projects_description"),
        lede=Text(t("projects_lede", n=len(every))),
        sections=(
            Section("ke-hoach", t("by_plan"), (Tiles(tiles),)),
            Section(
                "lon",
                t("largest_projects"),
                (site.project_grid(t("largest_projects"), every[:_MOST]),),
                t("largest_note", n=min(_MOST, len(every))),
            ),
            Section("tiep-noi", t("continuations_title"), (onward,)),
        ),
    )


def ranking_page(site: Site, known: Answers) -> Page:
    """Documents by reliance, agencies by what they lead, systems by how many provinces speak of them."""
    t = site.t
    facts = site.facts
    documents = answers.grid(site, t("most_relied"), known.of("documents-ranking"), 100)
    agencies = []
    for agency in facts.agencies.values():
        led, money = facts.money.led(agency.iri)
        if led:
            agencies.append((money, len(led), agency.iri))
    rows = [(site.link(iri), site.count(count), site.money(money or None)) for money, count, iri in sorted(agencies, reverse=True)[:50]]
    grid = Grid.of(t("agencies_by_money"), (t("col_agency"), t("col_leads"), t("col_money")), rows)
    return Page(
        title=t("nav_ranking"),
        description=t("ranking_description"),
        lede=Text(t("ranking_lede")),
        sections=(
            Section("van-ban", t("most_relied"), (documents,), t("most_relied_note")),
            *_network(site),
            Section("co-quan", t("agencies_by_money"), (grid,), t("agencies_by_money_note")),
        ),
        wide=True,
    )


_RANKED, _GAPS = 100, 100
_MEASURES = ("plans", "projects", "provinces", "amount", "pagerank", "betweenness", "gates")


def _network(site: Site) -> tuple[Section, ...]:
    """Documents by their place in the network of what rests on what, and how each measure is made."""
    t = site.t
    ranked = site.facts.standing.ranks
    if not ranked:
        return ()
    rows = [
        (
            site.link(one.document),
            site.count(one.plans),
            site.count(one.projects),
            site.count(one.provinces),
            site.money(one.amount or None),
            Number(site.words.number(one.pagerank, 4), round(one.pagerank, 6)),
            Number(site.words.number(one.betweenness, 4), round(one.betweenness, 6)),
            site.count(one.gates),
        )
        for one in ranked[:_RANKED]
    ]
    heads = ("col_document", "col_plans", "col_projects", "col_provinces", "col_money", "col_pagerank", "col_betweenness", "col_gates")
    grid = Grid.of(t("network_title"), [t(head) for head in heads], rows)
    how = Prose(tuple(Text(t(f"measure_{name}")) for name in _MEASURES))
    note = site.first_of(len(ranked), _RANKED, t("network_note"))
    return Section("mang", t("network_title"), (grid,), note), Section("cach-tinh", t("measures_title"), (how,), t("measures_note"))


def gap_page(site: Site, known: Answers) -> Page:
    """What is missing, by kind of gap."""
    t = site.t
    answer = known.of("gaps")
    sections = []
    index = answer.columns.index("kind")
    for kind in sorted({str(row[index]) for row in answer}):
        rows = tuple((*row[:index], *row[index + 1 :]) for row in answer if row[index] == kind)
        part = Table((*answer.columns[:index], *answer.columns[index + 1 :]), rows)
        name = t(f"w_{kind}") if f"w_{kind}" in strings() else kind
        sections.append(
            Section(
                f"thieu-{kind}", name, (answers.grid(site, name, part, _GAPS),), site.first_of(len(rows), _GAPS, t("n_rows", n=len(rows)))
            )
        )
    return Page(
        title=t("nav_gap"),
        description=t("gap_description"),
        lede=Text(t("gap_lede")),
        sections=tuple(sections) or (Section("thieu", t("nav_gap"), (answers.grid(site, t("nav_gap"), answer),)),),
    )
