"""The pages of documents: what one is, what it rests on, what rests on it, and who cites it where."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import partial

from cancu.graph import Graph
from cancu.website import citing, history, linked
from cancu.website.bases import MOST, Bases, Reach, Tie
from cancu.website.blocks import Grid, Page, Pages, Section, Tiles
from cancu.website.facts import Citation, Document
from cancu.website.parts import NOTHING, Cell, Link, Many, Mark, Text, sources
from cancu.website.site import Site, address

_TYPE_ORDER = ("hien-phap", "bo-luat", "luat", "phap-lenh", "nq", "nd", "qd", "ct", "tt", "ttlt", "da", "ctr", "cl", "qh", "kh")


def document_pages(site: Site, graph: Graph, bases: Bases) -> Pages:
    """A page for every document that is not a plan which was read: those have a richer page."""
    for document in site.facts.documents.values():
        if not document.read:
            yield site.key(document.iri), partial(_document, site, graph, document, bases)


def type_key(iri: str) -> str:
    """The key of the page that lists the documents of a type."""
    return f"loai-{iri.rpartition('/')[2] or 'khac'}"


def document_lists(site: Site) -> Pages:
    """The documents' own front page, and a page for each type."""
    groups: dict[str, list[Document]] = defaultdict(list)
    for document in site.facts.documents.values():
        groups[document.document_type].append(document)
    ordered = sorted(groups, key=lambda iri: (rank_of_type(iri), iri))
    yield "index", partial(_front, site, {iri: len(groups[iri]) for iri in ordered})
    for iri in ordered:
        yield type_key(iri), partial(_of_type, site, iri, groups[iri])


def _front(site: Site, counts: Mapping[str, int]) -> Page:
    """The types of documents, with how many there are of each, and the documents that are cited most."""
    citations = site.facts.citations
    cited = sorted(site.facts.documents.values(), key=lambda d: (-len(citations.by("cited_document", d.iri)), d.iri))
    tiles = tuple((_type_link(site, iri), site.t("n_documents", n=n)) for iri, n in counts.items())
    return Page(
        title=site.t("nav_document"),
        description=site.t("documents_description"),
        lede=Text(site.t("documents_lede", n=len(site.facts.documents))),
        sections=(
            Section("loai", site.t("by_type"), (Tiles(tiles),)),
            Section("nhieu", site.t("most_cited"), (site.document_grid(site.t("most_cited"), [d for d in cited if not d.read][:25]),)),
        ),
    )


def _of_type(site: Site, iri: str, documents: Sequence[Document]) -> Page:
    """The documents of a type, newest first."""
    found = sorted(documents, key=lambda d: (d.date_issued or str(d.year or ""), d.number), reverse=True)
    name = site.concept(iri) or site.t("kind_document")
    grid = site.document_grid(name, found)
    return Page(
        title=name,
        description=site.t("type_description", kind=name),
        lede=Text(site.t("n_documents", n=len(found))),
        crumbs=(site.page_link("document"),),
        sections=(Section("danh-sach", site.t("list_title"), (grid,)),),
    )


def rank_of_type(iri: str) -> int:
    """Where documents of this type stand among others: laws first."""
    notation = iri.rpartition("/")[2]
    return _TYPE_ORDER.index(notation) if notation in _TYPE_ORDER else len(_TYPE_ORDER)


def _type_link(site: Site, iri: str) -> Link:
    return Link(site.concept(iri) or site.t("kind_document"), address("document", site.words.language, type_key(iri)))


def _document(site: Site, graph: Graph, document: Document, bases: Bases) -> Page:
    t = site.t
    reach = bases.reach(document)
    reason = document.unresolved_reason if site.words.vi else document.unresolved_reason_en or document.unresolved_reason
    return Page(
        title=site.label(document.iri),
        lang=site.foreign(document.iri),
        description=t("document_description", document=site.label(document.iri)),
        kind=site.hue(document.iri),
        kind_label=site.concept(document.document_type) or t("kind_document"),
        lede=None if (title := site.document_title(document)) is NOTHING else title,
        crumbs=(site.page_link("document"), _type_link(site, document.document_type)),
        terms=(
            *site.term("term_unresolved", Mark(reason or t("unresolved"), "unsure") if not document.resolved else None),
            *site.term("term_number", Text(document.number) if document.number else None),
            *site.term("term_date", site.date(document.date_issued)),
            *site.term("term_effective", site.date(document.effective_from)),
            *site.term("term_amended_by", _changed_by(site, document, "amends")),
            *site.term("term_replaced_by", _changed_by(site, document, "replaces")),
            *site.term("term_issuer", site.link(document.issuer) if document.issuer else None),
            *site.term("term_province", site.link(document.jurisdiction) if document.jurisdiction else None),
            *site.term(
                "term_period", Text(site.words.period(document.period_start, document.period_end)) if document.period_start else None
            ),
        ),
        sections=(
            *history.status(site, graph, document, reach),
            *_reach(site, reach),
            *resting_documents(site, document, bases),
            *rests_on(site, document, bases),
            *_cited_by(site, document),
            *resting_projects(site, document, bases),
            *_sources(site, document),
            citing.document(site, document, bases),
        ),
        linked=linked.document(site, document),
    )


def _changed_by(site: Site, document: Document, how: str) -> Cell:
    """The documents that amend or replace this one."""
    return site.links((newer.iri for newer in site.facts.documents.by(how, document.iri)), stacked=True)


def _reach(site: Site, found: Reach) -> tuple[Section, ...]:
    """What the document reached, by province, plan and year."""
    return (Section("pham-vi", site.t("reach_title"), history.reach(site, found), site.t("reach_note")),) if found.projects else ()


def _sources(site: Site, document: Document) -> tuple[Section, ...]:
    """Why the registry says what it says of the document: its sources."""
    if not document.registry_source:
        return ()
    rows = [(source,) for source in sources(document.registry_source, site.tag)]
    title = site.t("term_registry")
    return (Section("so-dang-ky", title, (Grid.of(title, (site.t("col_source"),), rows),), site.t("registry_note")),)


def resting_projects(site: Site, document: Document, bases: Bases) -> tuple[Section, ...]:
    """The projects that a document justified, directly or through others, with their money."""
    t = site.t
    found = bases.reach(document)
    if not found.projects:
        return (Section("du-an", t("justified_title"), (Grid.of(t("justified_title"), (), (), empty=t("justified_none")),)),)
    rows = [site.justified_row(project, project.iri in found.direct) for project in found.dearest]
    total, count = found.money, len(found.projects)
    foot: tuple[Cell, ...] = (Text(t("sum")), Text(""), Text(""), Text(""), site.money(total)) if total else ()
    heads = (t("col_project"), t("col_plan"), t("col_lead"), t("col_way"), t("col_money"))
    note = site.first_of(count, MOST, t("justified_note", n=count, money=site.words.money(total)))
    return (Section("du-an", t("justified_title"), (Grid.of(t("justified_caption"), heads, rows, foot),), note),)


def _ties(site: Site, ties: list[Tie], upward: bool) -> list[tuple[Cell, ...]]:
    rows: list[tuple[Cell, ...]] = []
    for tie in list(dict.fromkeys(ties))[:MOST]:
        other = site.facts.documents.get(tie.upper if upward else tie.lower)
        if other is None:
            continue
        relation = Mark(site.t(f"{'up' if upward else 'down'}_{tie.relation}"))
        rows.append(
            (relation, site.link(other.iri), site.document_title(other), site.lines(tie.evidence) if tie.evidence else _source(site, other))
        )
    return rows


def _source(site: Site, document: Document) -> Cell:
    return Text(site.t("from_registry"), soft=True) if document.registry_source else NOTHING


def rests_on(site: Site, document: Document, bases: Bases) -> tuple[Section, ...]:
    """What a document rests on directly: its bases and what it carries out, approves or replaces."""
    rows = _ties(site, [tie for tie in bases.above(document.iri) if not (document.read and tie.relation.startswith("basis_"))], upward=True)
    if not rows:
        return ()
    heads = (site.t("col_relation"), site.t("col_document"), site.t("col_title"), site.t("col_lines"))
    return (Section("dua-vao", site.t("rests_on_title"), (Grid.of(site.t("rests_on_caption"), heads, rows),)),)


def resting_documents(site: Site, document: Document, bases: Bases) -> tuple[Section, ...]:
    """What rests directly on a document."""
    below = bases.below(document.iri)
    rows = _ties(site, below, upward=False)
    if not rows:
        return ()
    heads = (site.t("col_relation"), site.t("col_document"), site.t("col_title"), site.t("col_lines"))
    return (
        Section("lam-can-cu", site.t("resting_title"), (Grid.of(site.t("resting_caption"), heads, rows),), site.first_of(len(below), MOST)),
    )


def _cited_by(site: Site, document: Document) -> tuple[Section, ...]:
    """Every place where a plan cites the document, with its words for it, its role and its lines."""
    citations = sorted(site.facts.citations.by("cited_document", document.iri), key=lambda c: (c.citing_document, c.order))
    if not citations:
        return ()
    rows = [
        (
            site.link(citation.citing_document),
            Mark(
                site.concept(citation.citation_role), "good" if citation.citation_role.endswith(("legal-basis", "row-basis")) else "quiet"
            ),
            said(site, citation),
            site.lines(citation.evidence),
        )
        for citation in citations[:MOST]
    ]
    heads = (site.t("col_plan"), site.t("col_role"), site.t("col_surface"), site.t("col_lines"))
    grid = Grid.of(site.t("cited_by_caption"), heads, rows)
    return (Section("vien-dan", site.t("cited_by_title"), (grid,), site.first_of(len(citations), MOST)),)


def said(site: Site, citation: Citation) -> Cell:
    """The words of a citation, and where they leave something open or contradict the registry, why they are taken to mean this document."""
    return because(site, site.vietnamese(citation.surface), citation)


def because(site: Site, cell: Cell, citation: Citation) -> Cell:
    """A cell with the reason under it why the citation means this document, where there is one."""
    why = citation.resolved_as if site.words.vi else citation.resolved_as_en or citation.resolved_as
    if not why:
        return cell
    return Many((cell, Many((Mark(site.t("taken_so")), Text(why, soft=True)), joint=" ")), stacked=True)
