"""The front page: the question, three real answers, the data in figures, what is new, and how far the data reaches."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from cancu.website import answers, timeline
from cancu.website.answers import Answers
from cancu.website.blocks import Answer, Block, Drawing, Figures, Grid, Page, Section, Tiles
from cancu.website.blocks import Answers as Real
from cancu.website.document_pages import rank_of_type
from cancu.website.facts import Document, Finding
from cancu.website.finding_pages import gap, told
from cancu.website.overview_pages import plan_grid, plan_money
from cancu.website.parts import Many, Text, sentence
from cancu.website.site import Site

_NEWEST, _RANKED, _PLACES = 5, 8, 40
_NAME = 110  # letters of a name that a sentence can hold
_WAYS_IN = ("target", "system", "agency", "ranking", "gap", "query", "sparql", "ontology", "download", "about")


def home(site: Site, known: Answers) -> Page:
    """The front page."""
    t = site.t
    real = tuple(answer for answer in (_why(site), _reach(site, known), _clash(site)) if answer)
    ranking = answers.grid(site, t("most_relied"), known.of("documents-ranking"), _RANKED)
    tiles = tuple((site.page_link(family), t(f"about_{family}")) for family in _WAYS_IN)
    return Page(
        title=t("site_title"),
        description=t("site_description"),
        lede=Text(t("site_lede")),
        sections=(
            *((Section("tra-loi", t("real_title"), (Real(real),), kind="bare"),) if real else ()),
            Section("so-lieu", t("figures_title"), (_figures(site),), kind="bare"),
            Section("moi", t("newest_title"), (plan_grid(site, site.facts.plans[:_NEWEST]),), t("newest_note", n=len(site.facts.plans))),
            Section("dua-vao", t("most_relied"), (ranking,), t("most_relied_note")),
            _coverage(site),
            Section("vao", t("ways_in"), (Tiles(tiles),)),
        ),
    )


# ---------------------------------------------------------------- three real answers


def _why(site: Site) -> Answer | None:
    """A project with money whose bases count a decree, the dearest; and the documents behind it, those that say most first."""
    dearest = sorted(site.facts.projects.values(), key=lambda project: (site.project_money(project) or 0, project.iri), reverse=True)
    named = (project for project in dearest if site.project_money(project) and len(project.label) <= _NAME)
    project = next((one for one in named if any(site.hue(iri) == "decree" for iri in one.justified_by)), None)
    if not project:
        return None
    documents = [site.facts.documents[iri] for iri in project.justified_by if iri in site.facts.documents]
    bases = sorted(documents, key=lambda document: (site.hue(document.iri) != "decree", rank_of_type(document.document_type), document.iri))
    words = site.t(
        "real_why" if len(bases) > 2 else "real_why_few", n=len(bases) - 2, project="{project}", money="{money}", bases="{bases}"
    )
    link = site.link(project.iri)
    return Answer(
        site.t("real_why_question"),
        sentence(
            words,
            project=link,
            money=site.money(site.project_money(project)),
            bases=Many([site.link(document.iri) for document in bases[:2]]),
        ),
        link.with_text(site.t("real_why_more")),
    )


def _reach(site: Site, known: Answers) -> Answer | None:
    """The document that most plans rest on, and how much rests on it."""
    answer = known.of("documents-ranking")
    if not len(answer):
        return None
    row = dict(zip(answer.columns, answer.rows[0], strict=True))
    link = site.link(str(row["document"]))
    money = row["amount"]
    words = site.t("real_reach", n=int(str(row["projects"])), document="{document}", provinces="{provinces}", money="{money}")
    return Answer(
        site.t("real_reach_question", document=link.text),
        sentence(
            words, document=link, provinces=site.count(int(str(row["provinces"]))), money=site.money(money if isinstance(money, int) else 0)
        ),
        link.with_text(site.t("real_reach_more")),
    )


def _clash(site: Site) -> Answer | None:
    """The two figures that are furthest apart."""
    found = [finding for finding in site.facts.findings.values() if gap(finding)]
    if not found:
        return None
    finding: Finding = max(found, key=lambda finding: (abs(gap(finding)), finding.iri))
    words = sentence("{plan}: {what}", plan=site.link(finding.in_plan), what=told(site, finding))
    return Answer(site.t("real_clash_question"), words, site.page_link("finding", text=site.t("real_clash_more")))


# ---------------------------------------------------------------- figures, reach


def _figures(site: Site) -> Figures:
    facts, t = site.facts, site.t
    money = site.facts.money.of_projects(facts.projects.values())
    counts = (
        ("plan", len(facts.plans), "fig_plans"),
        ("project", len(facts.projects), "fig_projects"),
        ("document", len(facts.documents), "fig_documents"),
        ("province", len({plan.jurisdiction for plan in facts.plans}), "fig_provinces"),
        ("finding", len(facts.findings), "fig_findings"),
    )
    told_ = [(site.words.number(count), site.page_link(family, text=t(key))) for family, count, key in counts]
    told_.insert(2, (site.words.number(round(money / 10**9)), site.page_link("project", text=t("fig_money"))))
    return Figures(tuple(told_))


def _coverage(site: Site) -> Section:
    """Which years the plans of each province cover, drawn and in rows; and what it does not mean that a province is not there."""
    t = site.t
    places: dict[str, list[Document]] = defaultdict(list)
    for plan in sorted(site.facts.plans, key=lambda plan: (plan.period_start or plan.year or 0, plan.iri)):
        places[plan.jurisdiction].append(plan)
    ordered = sorted(places, key=lambda iri: (-len(places[iri]), site.folded(site.label(iri))))
    shown = ordered[:_PLACES]
    drawn = timeline.drawn(t("coverage_title"), [timeline.Row(site.label(iri), tuple(_spans(site, places[iri]))) for iri in shown])
    rows = []
    for iri in shown:
        years = dict.fromkeys(site.words.period(plan.period_start, plan.period_end) for plan in places[iri])
        money = sum(plan_money(site, plan) for plan in places[iri])
        rows.append(
            (site.link(iri), site.links(plan.iri for plan in places[iri]), Text(", ".join(filter(None, years))), site.money(money or None))
        )
    grid = Grid.of(t("coverage_title"), (t("col_province"), t("col_plan"), t("col_years"), t("col_money")), rows)
    others = sum("/" not in site.key(iri) and bool(place.province_code) for iri, place in site.facts.places.items() if iri not in places)
    blocks: tuple[Block, ...] = (*((Drawing(drawn),) if drawn else ()), grid)
    return Section("pham-vi", t("coverage_title"), blocks, t("coverage_note", n=others))


def _spans(site: Site, plans: list[Document]) -> Iterator[timeline.Span]:
    for plan in plans:
        first = plan.period_start or plan.year
        if first:
            last = (plan.period_end or first) + 1
            yield timeline.Span(first, last, plan.number or site.label(plan.iri), "plan", site.address_of(plan.iri), site.tag)
