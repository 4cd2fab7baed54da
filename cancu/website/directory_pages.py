"""The pages of agencies, systems, targets and provinces, and the lists that lead to them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from cancu.website.charts import stacked, year_chart
from cancu.website.facts import Agency, Assignment, Place, Project, System, SystemStatement, Target
from cancu.website.parts import NOTHING, Cell, Grid, Link, Many, Mark, Page, Section, Text, Tiles
from cancu.website.site import MOST_ROWS, Site, address

_TONES = {"existing": "good", "planned": "unsure", "upgrade": "unsure"}

# ---------------------------------------------------------------- agencies


def agency_pages(site: Site) -> Iterator[tuple[str, Page]]:
    """The list of agencies, and a page for each."""
    yield "index", _agency_list(site)
    for agency in site.facts.agencies.values():
        yield site.key(agency.iri), _agency(site, agency)


def _portfolio(site: Site, agency: str, role: str) -> list[Project]:
    """The projects that an agency leads (`lead_agency`) or coordinates (`coordinating_agency`)."""
    projects = {entry.entry_of: None for entry in site.facts.entries.by(role, agency)}
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
            led = _portfolio(site, agency.iri, "lead_agency")
            money = sum(site.project_money(project) or 0 for project in led)
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
    led, joined = _portfolio(site, agency.iri, "lead_agency"), _portfolio(site, agency.iri, "coordinating_agency")
    money = sum(site.project_money(project) or 0 for project in led)
    duties = [duty for duty in site.in_order(site.facts.assignments.by("assigned_agency", agency.iri)) if not duty.of_entry]
    issued = site.facts.documents.by("issuer", agency.iri)
    children = site.facts.agencies.by("parent", agency.iri)
    sections = [
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
            *site.term("term_kind", Text(site.concept(agency.agency_kind)) if agency.agency_kind else None),
            *site.term("term_leads", site.count(len(led))),
            *site.term("term_money", site.money(money or None)),
            *site.term("term_joins", site.count(len(joined))),
            *site.term("term_children", site.links((child.iri for child in children), stacked=True)),
        ),
        sections=tuple(sections) or (Section("trong", t("nothing_title"), (Grid.of("", (), (), empty=t("agency_named_only")),)),),
    )


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


# ---------------------------------------------------------------- systems


def system_pages(site: Site) -> Iterator[tuple[str, Page]]:
    """The kinds of systems across provinces, a page for each kind, and one for each system."""
    groups: dict[str, list[System]] = defaultdict(list)
    for system in site.facts.systems.values():
        groups[system.system_kind].append(system)
    kinds = sorted(groups, key=lambda iri: (-len({s.jurisdiction for s in groups[iri]}), site.folded(site.concept(iri))))
    yield "index", _system_list(site, kinds, groups)
    for kind in kinds:
        yield _kind_key(kind), _system_kind(site, kind, groups[kind])
    for system in site.facts.systems.values():
        yield site.key(system.iri), _system(site, system)


def _kind_key(kind: str) -> str:
    return f"loai-{kind.rpartition('/')[2]}"


def _kind_link(site: Site, kind: str) -> Link:
    return Link(site.concept(kind), address("system", site.words.language, _kind_key(kind)), "system")


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
        rows.append((_kind_link(site, kind), *cells))
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
        return _kind_link(site, kind).with_text(site.t("n_systems", n=len(systems)))
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
        title=site.concept(kind),
        description=t("kind_description", kind=site.concept(kind)),
        kind="system",
        kind_label=t("kind_system_kind"),
        lede=Text(definition) if definition else None,
        crumbs=(site.page_link("system"),),
        sections=(Section("danh-sach", t("across_provinces"), (Grid.of(t("across_provinces"), heads, rows),)),),
    )


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
        crumbs=(site.page_link("system"), _kind_link(site, system.system_kind)),
        terms=(
            *site.term("term_province", site.link(system.jurisdiction)),
            *site.term("term_kind", _kind_link(site, system.system_kind)),
        ),
        sections=(
            *((Section("noi-gi", t("statements_title"), (said,)),) if rows else ()),
            Section("du-an", t("system_projects_title"), (site.project_grid(t("system_projects_title"), found),)),
        ),
    )


# ---------------------------------------------------------------- targets


def target_pages(site: Site) -> Iterator[tuple[str, Page]]:
    """The targets of all plans, and a page for each plan's."""
    t = site.t
    plans = [plan for plan in site.facts.plans if site.facts.targets.by("in_plan", plan.iri)]
    tiles = tuple(
        (
            Link(site.label(plan.iri), address("target", site.words.language, site.plan_key(plan)), "plan", site.foreign(plan.iri)),
            t("n_targets", n=len(site.facts.targets.by("in_plan", plan.iri))),
        )
        for plan in plans
    )
    every = sorted(site.facts.targets.values(), key=lambda target: (site.folded(target.indicator), target.target_year or 0, target.iri))
    grid = _target_grid(site, t("all_targets"), every[:MOST_ROWS], with_plan=True)
    yield (
        "index",
        Page(
            title=t("nav_target"),
            description=t("targets_description"),
            lede=Text(t("targets_lede", n=len(every))),
            sections=(
                Section("ke-hoach", t("by_plan"), (Tiles(tiles),)),
                Section("tat-ca", t("all_targets"), (grid,), site.first_of(len(every), MOST_ROWS, t("all_targets_note"))),
            ),
        ),
    )
    for plan in plans:
        found = site.in_order(site.facts.targets.by("in_plan", plan.iri))
        yield (
            site.plan_key(plan),
            Page(
                title=t("targets_of", plan=site.label(plan.iri)),
                lang=site.foreign(plan.iri),
                description=t("targets_of", plan=site.label(plan.iri)),
                lede=site.document_title(plan),
                crumbs=(site.page_link("target"), site.link(plan.iri)),
                sections=(Section("danh-sach", t("list_title"), (_target_grid(site, t("targets_caption"), found, with_plan=False),)),),
            ),
        )


def _target_grid(site: Site, caption: str, targets: Sequence[Target], with_plan: bool) -> Grid:
    rows = []
    for target in targets:
        plan: tuple[Cell, ...] = (site.link(target.in_plan),) if with_plan else ()
        year: Cell = Text(str(target.target_year)) if target.target_year else NOTHING
        rows.append(
            (site.vietnamese(target.indicator), site.target_value(target), year, *plan, site.lines(target.evidence, with_file=False))
        )
    heads = ("col_indicator", "col_target", "col_by_year", *(("col_plan",) if with_plan else ()), "col_lines")
    return Grid.of(caption, tuple(site.t(head) for head in heads), rows)


# ---------------------------------------------------------------- provinces


def province_pages(site: Site) -> Iterator[tuple[str, Page]]:
    """The provinces with plans, all others, and a page for each."""
    t = site.t
    places = [place for iri, place in site.facts.places.items() if "/" not in site.key(iri)]
    read = {plan.jurisdiction for plan in site.facts.plans}
    rows = [_province_row(site, place) for place in sorted(places, key=lambda p: (p.iri not in read, site.folded(p.label)))]
    heads = (t("col_province"), t("col_plans"), t("col_projects"), t("col_money"), t("col_heir"))
    yield (
        "index",
        Page(
            title=t("nav_province"),
            description=t("provinces_description"),
            lede=Text(t("provinces_lede")),
            sections=(Section("danh-sach", t("list_title"), (Grid.of(t("provinces_caption"), heads, rows),)),),
        ),
    )
    for place in places:
        yield site.key(place.iri), _province(site, place)


def _projects_of(site: Site, place: str) -> list[Project]:
    plans = [plan.iri for plan in site.facts.plans if plan.jurisdiction == place]
    found = {project.iri: project for plan in plans for project in site.facts.projects.by("planned_in", plan)}
    return list(found.values())


def _province_row(site: Site, place: Place) -> tuple[Cell, ...]:
    projects = _projects_of(site, place.iri)
    plans = sum(plan.jurisdiction == place.iri for plan in site.facts.plans)
    money = sum(site.project_money(project) or 0 for project in projects)
    heir = site.link(place.merged_into) if place.merged_into else NOTHING
    return site.link(place.iri), site.count(plans), site.count(len(projects)), site.money(money or None), heir


def _province(site: Site, place: Place) -> Page:
    t, facts = site.t, site.facts
    plans = [plan for plan in facts.plans if plan.jurisdiction == place.iri]
    projects = _projects_of(site, place.iri)
    money = sum(site.project_money(project) or 0 for project in projects)
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
        kinds = [(_kind_link(site, s.system_kind), site.link(s.iri)) for s in systems]
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
    )


def _plan_money(site: Site, plan: str) -> dict[str, int]:
    return {"": sum(site.project_money(project) or 0 for project in site.facts.projects.by("planned_in", plan))}
