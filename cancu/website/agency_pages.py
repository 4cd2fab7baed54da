"""The pages of agencies: what each leads, joins, issues and has to do, and what became of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from functools import partial

from cancu.website import linked
from cancu.website.blocks import Grid, Page, Pages, Section
from cancu.website.charts import year_chart
from cancu.website.facts import Agency, Assignment, Project
from cancu.website.parts import Many, Mark, Text
from cancu.website.site import Site


def agency_pages(site: Site) -> Pages:
    """The list of agencies, and a page for each."""
    yield "index", partial(_agency_list, site)
    for agency in site.facts.agencies.values():
        yield site.key(agency.iri), partial(_agency, site, agency)


def _joined(site: Site, agency: str) -> list[Project]:
    """The projects that an agency coordinates."""
    projects = {entry.entry_of: None for entry in site.facts.entries.by("coordinating_agency", agency)}
    return [site.facts.projects[iri] for iri in projects if iri in site.facts.projects]


def _agency_list(site: Site) -> Page:
    t = site.t
    groups: dict[str, list[Agency]] = defaultdict(list)
    for agency in site.facts.agencies.values():
        groups[agency.jurisdiction].append(agency)
    blocks = []
    for place in sorted(groups, key=lambda iri: (not iri.endswith("/vn"), site.folded(site.label(iri)))):
        rows = []
        for agency in sorted(groups[place], key=lambda agency: site.folded(agency.label)):
            led, money = site.facts.money.led(agency.iri)
            duties = len(site.facts.assignments.by("assigned_agency", agency.iri))
            rows.append((site.link(agency.iri), site.count(len(led)), site.money(money or None), site.count(duties)))
        blocks.append(Grid.of(site.label(place), (t("col_agency"), t("col_leads"), t("col_money"), t("col_duties")), rows))
    return Page(
        title=t("nav_agency"),
        description=t("agencies_description"),
        lede=Text(t("agencies_lede", n=len(site.facts.agencies))),
        sections=(Section("danh-sach", t("by_place"), tuple(blocks)),),
    )


def _agency(site: Site, agency: Agency) -> Page:
    t = site.t
    (led, money), joined = site.facts.money.led(agency.iri), _joined(site, agency.iri)
    duties = [duty for duty in site.in_order(site.facts.assignments.by("assigned_agency", agency.iri)) if not duty.of_entry]
    issued = site.facts.documents.by("issuer", agency.iri)
    children = site.facts.agencies.by("parent", agency.iri)
    sections = [
        *_changes(site, agency),
        *(
            (Section("chu-tri", t("leads_title"), (site.project_grid(t("leads_caption"), led),), t("leads_note", n=len(led))),)
            if led
            else ()
        ),
        *_agency_years(site, agency),
        *((Section("phoi-hop", t("joins_title"), (site.project_grid(t("joins_caption"), joined),)),) if joined else ()),
        *((Section("nhiem-vu", t("duties_title"), (_duty_grid(site, duties),)),) if duties else ()),
        *((Section("ban-hanh", t("issued_title"), (site.document_grid(t("issued_caption"), issued),)),) if issued else ()),
    ]
    return Page(
        title=agency.label,
        lang=site.tag,
        description=t("agency_description", agency=agency.label),
        kind="agency",
        kind_label=t("kind_agency"),
        crumbs=(site.page_link("agency"),),
        terms=(
            *site.term("term_province", site.link(agency.jurisdiction) if agency.jurisdiction else None),
            *site.term("term_parent", site.links(agency.parent)),
            *site.term("term_heir_agency", site.links(_other_end(site, agency, "original_organization"), stacked=True)),
            *site.term("term_past", site.links(_other_end(site, agency, "resulting_organization"), stacked=True)),
            *site.term("term_kind", Text(site.concept(agency.agency_kind)) if agency.agency_kind else None),
            *site.term("term_leads", site.count(len(led))),
            *site.term("term_money", site.money(money or None)),
            *site.term("term_joins", site.count(len(joined))),
            *site.term("term_children", site.links((child.iri for child in children), stacked=True)),
        ),
        sections=tuple(sections) or (Section("trong", t("nothing_title"), (Grid.of("", (), (), empty=t("agency_named_only")),)),),
        linked=linked.agency(site, agency),
    )


_ENDS = {"original_organization": "resulting_organization", "resulting_organization": "original_organization"}


def _other_end(site: Site, agency: Agency, role: str) -> list[str]:
    """What is at the other end of the events in which the agency is the old (`original_organization`) or the new."""
    return [iri for change in site.facts.changes.by(role, agency.iri) for iri in getattr(change, _ENDS[role])]


def _changes(site: Site, agency: Agency) -> tuple[Section, ...]:
    """What the agency became, and what it took over: each event with its day and on whose word."""
    changes = dict.fromkeys(change for role in _ENDS for change in site.facts.changes.by(role, agency.iri))
    if not changes:
        return ()
    t = site.t
    rows = [
        (
            site.links(change.original_organization),
            site.links(change.resulting_organization),
            site.date(change.changed_on) if change.changed_on else Text(t("day_of_each_province"), soft=True),
            Many([site.vietnamese(word, soft=True) for word in change.registry_source.split(" | ")], stacked=True),
        )
        for change in changes
    ]
    grid = Grid.of(t("changes_title"), (t("col_before"), t("col_after"), t("col_day"), t("col_source_of")), rows)
    return (Section("thay-doi", t("changes_title"), (grid,), t("changes_note")),)


def _agency_years(site: Site, agency: Agency) -> tuple[Section, ...]:
    chart = year_chart(site, site.facts.entries.by("lead_agency", agency.iri), site.t("chart_years"))
    return (Section("tien", site.t("money_title"), (chart,)),) if chart else ()


def _duty_grid(site: Site, duties: Sequence[Assignment]) -> Grid:
    rows = [
        (
            Mark(site.concept(duty.assignment_role)),
            site.vietnamese(duty.task),
            site.links(duty.with_agency),
            site.link(duty.in_plan),
            site.lines(duty.evidence, with_file=False),
        )
        for duty in duties
    ]
    heads = (site.t("col_role"), site.t("col_task"), site.t("col_with"), site.t("col_plan"), site.t("col_lines"))
    return Grid.of(site.t("duties_caption"), heads, rows)
