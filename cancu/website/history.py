"""A document in time: when it was issued, in force, amended and replaced, which plans cited it then, and when their projects ran.

The drawing and the list under it say the same. No clock is read: what is open at the end is open as far as the data reaches.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from cancu.graph import Graph
from cancu.paths import in_force
from cancu.website.bases import Reach
from cancu.website.blocks import Block, Drawing, Grid, Section
from cancu.website.charts import place_chart
from cancu.website.facts import Document, Project
from cancu.website.parts import NOTHING, Cell, Mark, Text, sentence
from cancu.website.site import Site
from cancu.website.timeline import Row, Span, drawn, moment

_TONES = {"yes": "good", "no": "bad", "unknown": "unsure"}
_DRAWN = 12
_LISTED = 60
_PLANS = 60


@dataclass(frozen=True, slots=True)
class _Event:
    """What happened on a day (ISO, or a year): in words, with the document that did it, and for a citation whether it was in force."""

    day: str
    what: Cell
    force: Cell = NOTHING


def status(site: Site, graph: Graph, document: Document, found: Reach) -> tuple[Section, ...]:
    """The document's life and use in time; nothing where no day of it is known."""
    citing = _citing(site, document)
    events = sorted((*_life(site, document), *_uses(site, graph, document, citing)), key=lambda event: event.day)
    if not events:
        return ()
    t = site.t
    rows = [(Text(site.words.date(event.day) if "-" in event.day else event.day), event.what, event.force) for event in events]
    grid = Grid.of(t("history_title"), (t("col_day"), t("col_event"), t("col_force")), rows)
    picture = drawn(t("history_title"), list(_rows(site, document, citing, found)))
    blocks: tuple[Block, ...] = (Drawing(picture), grid) if picture else (grid,)
    return (Section("thoi-gian", t("history_title"), blocks, site.first_of(len(citing), _LISTED, t("history_note"))),)


def _citing(site: Site, document: Document) -> list[Document]:
    """The plans that cite it, each once, in the order of their days."""
    plans = {citation.citing_document for citation in site.facts.citations.by("cited_document", document.iri)}
    found = [site.facts.documents[iri] for iri in plans if iri in site.facts.documents]
    return sorted(found, key=lambda plan: (plan.date_issued or str(plan.year or ""), plan.iri))


def _since(document: Document) -> str:
    return document.effective_from or document.date_issued


def _life(site: Site, document: Document) -> Iterator[_Event]:
    """What the registry says of it."""
    t, documents = site.t, site.facts.documents
    if document.date_issued:
        yield _Event(document.date_issued, Text(t("event_issued")))
    if document.effective_from:
        yield _Event(document.effective_from, Text(t("event_effective")))
    for name, key in (("amends", "event_amended"), ("replaces", "event_replaced")):
        for newer in documents.by(name, document.iri):
            if _since(newer):
                yield _Event(_since(newer), sentence(t(key), document=site.link(newer.iri)))


def _uses(site: Site, graph: Graph, document: Document, citing: Sequence[Document]) -> Iterator[_Event]:
    """The plans that cited it, and whether it was in force that day."""
    for plan in citing[:_LISTED]:
        if plan.date_issued:
            force = in_force(graph, document.iri, plan.date_issued, registered=bool(document.registry_source))
            mark = Mark(site.t(f"force_{force.answer}"), _TONES[force.answer], force.vi if site.words.vi else force.en)
            yield _Event(plan.date_issued, sentence(site.t("event_cited"), plan=site.link(plan.iri)), mark)


def _rows(site: Site, document: Document, citing: Sequence[Document], under: Reach) -> Iterator[Row]:
    """What is drawn: the document's own life, what changed it, the plans that cite it, and the years of the projects under it."""
    t, documents = site.t, site.facts.documents
    days = [_since(newer) for newer in documents.by("replaces", document.iri) if _since(newer)]
    plans = [plan for plan in citing if plan.date_issued][-_DRAWN:]
    last = max((moment(plan.date_issued) for plan in plans), default=0.0)
    years = {plan.iri: _years(site, plan, under.plans.get(plan.iri, ())) for plan in plans}
    if begins := _since(document):
        start = moment(begins)
        end = moment(min(days)) if days else max(last, start, *(float(found[1]) for found in years.values() if found))
        words = t("drawn_issued" if not document.effective_from else "drawn_replaced" if days else "drawn_in_force")
        yield Row(t("row_life"), (Span(start, end, words, site.hue(document.iri), open=not days),))
    changes = [
        Span(moment(_since(newer)), moment(_since(newer)), site.label(newer.iri), site.hue(newer.iri), site.address_of(newer.iri))
        for newer in (*documents.by("amends", document.iri), *documents.by("replaces", document.iri))
        if _since(newer)
    ]
    yield Row(t("row_changes"), tuple(changes[:_DRAWN]))
    cited = [(moment(plan.date_issued), site.link(plan.iri)) for plan in plans]
    yield Row(t("row_cited"), tuple(Span(day, day, link.text, link.kind, link.address, link.lang) for day, link in cited))
    yield Row(
        t("row_projects"),
        tuple(
            Span(found[0], found[1], t("n_project", n=found[2]), "project", f"{site.address_of(plan.iri)}#du-an")
            for plan in plans
            if (found := years[plan.iri])
        ),
    )


def _years(site: Site, plan: Document, mine: Sequence[Project]) -> tuple[int, int, int] | None:
    """From when to when the plan's projects under the document run, and how many there are."""
    entries = [site.facts.entries[iri] for project in mine for iri in project.has_entry if iri in site.facts.entries]
    starts = [entry.period_start for entry in entries if entry.period_start] or [plan.period_start or 0]
    ends = [entry.period_end for entry in entries if entry.period_end] or [plan.period_end or plan.period_start or 0]
    first, last = min(starts), max(ends) + 1
    return (first, last, len(mine)) if mine and first else None


# ---------------------------------------------------------------- its reach by plan and year


def reach(site: Site, found: Reach) -> tuple[Block, ...]:
    """The projects under a document by province and plan, and their money by province and year."""
    t = site.t
    rows = []
    for iri, mine in islice(found.plans.items(), _PLANS):
        plan = site.facts.documents[iri]
        money = site.facts.money.of_projects(mine)
        years = site.words.period(plan.period_start, plan.period_end)
        rows.append((site.link(plan.jurisdiction), site.link(iri), Text(years), site.count(len(mine)), site.money(money or None)))
    heads = ("col_province", "col_plan", "col_period", "col_projects", "col_money")
    grid = Grid.of(t("reach_caption"), [t(head) for head in heads], rows)
    if len(rows) == 1:
        return (grid,)
    chart = place_chart(site, found.yearly, t("reach_chart"))
    return (chart, grid) if chart else (grid,)
