"""The pages of information systems: kinds across provinces and in time, and each system."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from functools import partial

from cancu.website import linked, timeline
from cancu.website.blocks import Drawing, Grid, Page, Pages, Section
from cancu.website.facts import System, SystemStatement
from cancu.website.parts import NOTHING, Cell, Link, Many, Mark, Text
from cancu.website.site import Site, address

_DRAWN = 40
_TONES = {"existing": "good", "planned": "unsure", "upgrade": "unsure"}


def system_pages(site: Site) -> Pages:
    """The kinds of systems across provinces, a page for each kind, and one for each system."""
    groups: dict[str, list[System]] = defaultdict(list)
    for system in site.facts.systems.values():
        groups[system.system_kind].append(system)
    kinds = sorted(groups, key=lambda iri: (-len({s.jurisdiction for s in groups[iri]}), site.folded(site.concept(iri))))
    yield "index", partial(_system_list, site, kinds, groups)
    for kind in kinds:
        yield _kind_key(kind), partial(_system_kind, site, kind, groups[kind])
    for system in site.facts.systems.values():
        yield site.key(system.iri), partial(_system, site, system)


def _kind_key(kind: str) -> str:
    return f"loai-{kind.rpartition('/')[2]}"


_ABBREVIATIONS = {"lgsp", "ngsp", "ioc", "soc"}


def _name(site: Site, kind: str) -> str:
    """A kind of system with the abbreviation that people know it by."""
    notation = kind.rpartition("/")[2]
    return f"{site.concept(kind)} ({notation.upper()})" if notation in _ABBREVIATIONS else site.concept(kind)


def kind_link(site: Site, kind: str) -> Link:
    """A link to the page of a kind of system."""
    return Link(_name(site, kind), address("system", site.words.language, _kind_key(kind)), "system")


def _status(site: Site, statement: SystemStatement) -> Cell:
    tone = _TONES.get(statement.system_status.rpartition("/")[2], "quiet")
    return Mark(site.concept(statement.system_status), tone) if statement.system_status else NOTHING


def _system_list(site: Site, kinds: Sequence[str], groups: dict[str, list[System]]) -> Page:
    """Kinds in rows, provinces in columns: what each province says of each kind."""
    t = site.t
    places = sorted({s.jurisdiction for s in site.facts.systems.values()}, key=lambda iri: site.folded(site.label(iri)))
    rows = []
    for kind in kinds:
        cells: list[Cell] = []
        for place in places:
            mine = [system for system in groups[kind] if system.jurisdiction == place]
            cells.append(_matrix_cell(site, kind, mine))
        rows.append((kind_link(site, kind), *cells))
    grid = Grid.of(t("systems_matrix"), (t("col_kind"), *(site.label(place) for place in places)), rows)
    return Page(
        title=t("nav_system"),
        description=t("systems_description"),
        lede=Text(t("systems_lede")),
        sections=(Section("bang", t("by_kind_and_place"), (grid,)),),
    )


def _matrix_cell(site: Site, kind: str, systems: Sequence[System]) -> Cell:
    """The status of a province's system, in its tone, as a link to it; where there are several, how many."""
    if not systems:
        return NOTHING
    if len(systems) > 1:
        return kind_link(site, kind).with_text(site.t("n_systems", n=len(systems)))
    statements = site.facts.statements.by("about_system", systems[0].iri)
    status = next((s.system_status for s in statements if s.system_status), "")
    words = site.concept(status) or site.t("named")
    return Link(words, site.address_of(systems[0].iri), _TONES.get(status.rpartition("/")[2], "system"))


def _system_kind(site: Site, kind: str, systems: Sequence[System]) -> Page:
    t = site.t
    rows = []
    for system in sorted(systems, key=lambda system: (site.folded(site.label(system.jurisdiction)), system.iri)):
        statements = site.facts.statements.by("about_system", system.iri)
        statuses = Many([_status(site, s) for s in statements], joint=" ") if statements else NOTHING
        plans = site.links(dict.fromkeys(s.in_plan for s in statements))
        projects = {entry.entry_of for entry in site.facts.entries.by("concerns_system", system.iri)}
        rows.append((site.link(system.jurisdiction), site.link(system.iri), statuses, plans, site.count(len(projects))))
    heads = (t("col_province"), t("col_system"), t("col_status"), t("col_plan"), t("col_projects"))
    concept = site.facts.concepts.get(kind)
    definition = (concept.definition if site.words.vi else concept.definition_en or concept.definition) if concept else ""
    return Page(
        title=_name(site, kind),
        description=t("kind_description", kind=_name(site, kind)),
        kind="system",
        kind_label=t("kind_system_kind"),
        lede=Text(definition) if definition else None,
        crumbs=(site.page_link("system"),),
        sections=(*_in_time(site, systems), Section("danh-sach", t("across_provinces"), (Grid.of(t("across_provinces"), heads, rows),))),
    )


def _in_time(site: Site, systems: Sequence[System]) -> tuple[Section, ...]:
    """When the plans of each province spoke of their systems of a kind, and the years of the projects for them."""
    rows, told = [], []
    for system in sorted(systems, key=lambda system: (site.folded(site.label(system.jurisdiction)), system.iri))[:_DRAWN]:
        spans = []
        for statement in site.facts.statements.by("about_system", system.iri):
            plan = site.facts.documents.get(statement.in_plan)
            if plan and plan.date_issued:
                day, status = plan.date_issued, site.concept(statement.system_status) or site.t("named")
                tone = _TONES.get(statement.system_status.rpartition("/")[2], "system")
                spans.append(timeline.Span(timeline.moment(day), timeline.moment(day), status, tone, site.address_of(system.iri)))
                told.append(
                    (day, (Text(site.words.date(day)), site.link(system.jurisdiction), _status(site, statement), site.link(plan.iri)))
                )
        for project in dict.fromkeys(entry.entry_of for entry in site.facts.entries.by("concerns_system", system.iri)):
            entries = site.facts.entries.by("entry_of", project)
            starts = [entry.period_start for entry in entries if entry.period_start]
            ends = [entry.period_end for entry in entries if entry.period_end]
            if starts and ends:
                words = site.t("kind_project")
                spans.append(timeline.Span(min(starts), max(ends) + 1, words, "project", site.address_of(project)))
        rows.append(timeline.Row(site.label(system.jurisdiction), tuple(spans)))
    picture = timeline.drawn(site.t("history_title"), rows)
    if not picture:
        return ()
    heads = (site.t("col_day"), site.t("col_province"), site.t("col_status"), site.t("col_plan"))
    grid = Grid.of(site.t("history_title"), heads, [row for _, row in sorted(told, key=lambda pair: pair[0])])
    return (Section("thoi-gian", site.t("history_title"), (Drawing(picture), grid), site.t("kind_history_note")),)


def _system(site: Site, system: System) -> Page:
    t = site.t
    statements = site.in_order(site.facts.statements.by("about_system", system.iri))
    projects = {entry.entry_of: None for entry in site.facts.entries.by("concerns_system", system.iri)}
    found = [site.facts.projects[iri] for iri in projects if iri in site.facts.projects]
    rows = [
        (
            site.vietnamese(s.title),
            _status(site, s),
            site.link(s.in_plan),
            site.count(s.mention_count),
            site.lines(s.evidence, with_file=False),
        )
        for s in statements
    ]
    said = Grid.of(t("systems_caption"), (t("col_name"), t("col_status"), t("col_plan"), t("col_mentions"), t("col_lines")), rows)
    return Page(
        title=site.label(system.iri),
        lang=site.foreign(system.iri),
        description=t("system_description", system=site.label(system.iri), place=site.label(system.jurisdiction)),
        kind="system",
        kind_label=t("kind_system"),
        crumbs=(site.page_link("system"), kind_link(site, system.system_kind)),
        terms=(
            *site.term("term_province", site.link(system.jurisdiction)),
            *site.term("term_kind", kind_link(site, system.system_kind)),
        ),
        sections=(
            *((Section("noi-gi", t("statements_title"), (said,)),) if rows else ()),
            Section("du-an", t("system_projects_title"), (site.project_grid(t("system_projects_title"), found),)),
        ),
        linked=linked.system(site, system),
    )
