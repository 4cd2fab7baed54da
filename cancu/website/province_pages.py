"""The pages of provinces: their plans, projects, money, systems and agencies, and what became of each."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from cancu.website import linked
from cancu.website.blocks import Grid, Page, Pages, Section
from cancu.website.charts import stacked
from cancu.website.facts import Place, Project
from cancu.website.parts import NOTHING, Cell, Text
from cancu.website.site import Site
from cancu.website.system_pages import kind_link


def province_pages(site: Site) -> Pages:
    """The provinces with plans, all others, and a page for each."""
    places = [place for iri, place in site.facts.places.items() if "/" not in site.key(iri)]
    yield "index", partial(_list, site, places)
    for place in places:
        yield site.key(place.iri), partial(_province, site, place)


def _list(site: Site, places: Sequence[Place]) -> Page:
    t = site.t
    read = {plan.jurisdiction for plan in site.facts.plans}
    ordered = sorted(places, key=lambda place: site.folded(place.label))
    rows = [_province_row(site, place) for place in ordered if place.iri in read]
    heads = [t(head) for head in ("col_province", "col_plans", "col_projects", "col_money", "col_heir")]
    others = [_other_row(site, place) for place in ordered if place.iri not in read]
    other_heads = [t(head) for head in ("col_province", "col_heir", "col_heir_of")]
    return Page(
        title=t("nav_province"),
        description=t("provinces_description"),
        lede=Text(t("provinces_lede")),
        sections=(
            Section("co", t("provinces_read"), (Grid.of(t("provinces_read"), heads, rows, empty=t("none_here")),)),
            Section("chua", t("provinces_unread"), (Grid.of(t("provinces_unread"), other_heads, others),), t("provinces_unread_note")),
        ),
    )


def _projects_of(site: Site, place: str) -> list[Project]:
    plans = [plan.iri for plan in site.facts.plans if plan.jurisdiction == place]
    found = {project.iri: project for plan in plans for project in site.facts.projects.by("planned_in", plan)}
    return list(found.values())


def _province_row(site: Site, place: Place) -> tuple[Cell, ...]:
    projects = _projects_of(site, place.iri)
    plans = sum(plan.jurisdiction == place.iri for plan in site.facts.plans)
    money = site.facts.money.of_projects(projects)
    heir = site.link(place.merged_into) if place.merged_into else NOTHING
    return site.link(place.iri), site.count(plans), site.count(len(projects)), site.money(money or None), heir


def _other_row(site: Site, place: Place) -> tuple[Cell, ...]:
    heir = site.link(place.merged_into) if place.merged_into else NOTHING
    return site.link(place.iri), heir, site.links(other.iri for other in site.facts.places.by("merged_into", place.iri))


def _province(site: Site, place: Place) -> Page:
    t, facts = site.t, site.facts
    plans = [plan for plan in facts.plans if plan.jurisdiction == place.iri]
    projects = _projects_of(site, place.iri)
    money = site.facts.money.of_projects(projects)
    systems = sorted(facts.systems.by("jurisdiction", place.iri), key=lambda s: (s.system_kind, s.iri))
    agencies = sorted(facts.agencies.by("jurisdiction", place.iri), key=lambda a: site.folded(a.label))
    documents = [document for document in facts.documents.by("jurisdiction", place.iri) if not document.read]
    sections: list[Section] = []
    if plans:
        rows = [
            (site.link(p.iri), site.document_title(p), Text(site.words.period(p.period_start, p.period_end)), site.date(p.date_issued))
            for p in plans
        ]
        heads = (t("col_plan"), t("col_title"), t("col_period"), t("col_date"))
        sections.append(Section("ke-hoach", t("nav_plan"), (Grid.of(t("province_plans"), heads, rows),)))
    if projects:
        sections.append(Section("du-an", t("nav_project"), (site.project_grid(t("province_projects"), projects),)))
        chart = (
            stacked(site, t("money_by_plan"), {site.label(p.iri): _plan_money(site, p.iri) for p in plans}, ("",))
            if len(plans) > 1
            else None
        )
        if chart:
            sections.append(Section("tien", t("money_title"), (chart,)))
    if systems:
        kinds = [(kind_link(site, s.system_kind), site.link(s.iri)) for s in systems]
        sections.append(Section("he-thong", t("nav_system"), (Grid.of(t("province_systems"), (t("col_kind"), t("col_system")), kinds),)))
    if agencies:
        sections.append(
            Section("co-quan", t("nav_agency"), (Grid.of(t("nav_agency"), (t("col_agency"),), [(site.link(a.iri),) for a in agencies]),))
        )
    if documents:
        sections.append(Section("van-ban", t("nav_document"), (site.document_grid(t("province_documents"), documents),)))
    merged = facts.places.by("merged_into", place.iri)
    return Page(
        title=site.words.label(place),
        description=t("province_description", place=site.words.label(place)),
        kind="place",
        kind_label=t("kind_province") if place.province_code else t("kind_place"),
        crumbs=(site.page_link("province"),),
        terms=(
            *site.term("term_heir", site.link(place.merged_into) if place.merged_into else None),
            *site.term("term_merged_on", site.date(place.merged_on)),
            *site.term("term_heir_of", site.links(other.iri for other in merged)),
            *site.term("term_code", Text(place.province_code) if place.province_code else None),
            *site.term("term_projects", site.count(len(projects))),
            *site.term("term_money", site.money(money or None)),
        ),
        sections=tuple(sections) or (Section("trong", t("nothing_title"), (Grid.of("", (), (), empty=t("province_empty")),)),),
        linked=linked.place(site, place),
    )


def _plan_money(site: Site, plan: str) -> dict[str, int]:
    return {"": site.facts.money.of_plan(plan)}
