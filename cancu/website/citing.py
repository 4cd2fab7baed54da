"""The last section of a page about a thing: how to cite it, its permanent name, its question in SPARQL, its statements as files.

A page's card carries the version of the program and a hash of the files that its lines point into, so that it changes with them alone;
`cancu cite-card` carries that of the whole data.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from urllib.parse import quote

from cancu import __version__
from cancu.card import Card
from cancu.paths import Lines
from cancu.website.bases import Bases
from cancu.website.blocks import Cite, Quote, Section
from cancu.website.exports import folder
from cancu.website.facts import Document, Project
from cancu.website.parts import Link
from cancu.website.reasons import Grounds
from cancu.website.site import Site, address

_MOST_LINES = 12


def project(site: Site, one: Project, grounds: Grounds) -> Section:
    """The section of a project: its rows, and the lines of what it rests on."""
    rows = [lines for iri in one.has_entry if iri in site.facts.entries and (lines := _lines(site, site.facts.entries[iri].evidence))]
    card = Card(
        one.iri,
        None,
        site.t("cite_project", name=one.title or one.label),
        site.t("cite_bases", n=grounds.count, names=grounds.names),
        min((date for iri in one.planned_in if (date := _date(site, iri))), default=None),
        _in_order(dict.fromkeys((*rows, *grounds.lines))),
        version(site, one.planned_in),
        "vi" if site.words.vi else "en",
    )
    return _section(site, "project", site.key(one.iri), card, "project-justifications?project=")


def document(site: Site, one: Document, bases: Bases) -> Section:
    """The section of a document that plans cite: what rests on it, and the lines that cite it."""
    found = bases.reach(one)
    citations = site.facts.citations.by("cited_document", one.iri)
    reach = site.t("cite_reach", n=len(found.projects), plans=len(found.plans), money=site.words.exact(found.money))
    lines = dict.fromkeys(lines for citation in citations if (lines := _lines(site, citation.evidence)))
    card = Card(
        one.iri,
        None,
        site.t("cite_document" if found.projects else "cite_alone", name=site.label(one.iri)),
        reach if found.projects else site.t("cite_cited", n=len({citation.citing_document for citation in citations})),
        one.date_issued or None,
        _in_order(tuple(lines)[:_MOST_LINES]),
        version(site, (citation.citing_document for citation in citations)),
        "vi" if site.words.vi else "en",
    )
    return _section(site, "document", site.key(one.iri), card, "document-projects?document=")


def plan(site: Site, one: Document) -> Section:
    """The section of a plan that was read: its bases, and their lines."""
    citations = [c for c in site.facts.citations.by("citing_document", one.iri) if c.citation_role.endswith("/legal-basis")]
    cited = dict.fromkeys(citation.cited_document for citation in sorted(citations, key=lambda citation: citation.order))
    lines = dict.fromkeys(lines for citation in citations if (lines := _lines(site, citation.evidence)))
    card = Card(
        one.iri,
        None,
        ". ".join(dict.fromkeys(part for part in (site.label(one.iri), site.vietnamese(one.title).text) if part)),
        site.t("cite_bases", n=len(cited), names=", ".join(site.label(iri) for iri in cited)),
        one.date_issued or None,
        _in_order(lines),
        version(site, (one.iri,)),
        "vi" if site.words.vi else "en",
    )
    return _section(site, "plan", site.plan_key(one), card, "plan-budget?plan=")


def _section(site: Site, family: str, key: str, card: Card, question: str) -> Section:
    t = site.t
    quotes = (Quote(t("cite_text"), card.text(), shown=True), Quote("BibTeX", card.bibtex()), Quote("CSL-JSON", card.csl()))
    name = f"data/{folder(family, key)}"
    links = (
        Link(t("open_in_sparql"), f"{address('sparql', site.words.language)}#{question}{quote(card.iri, safe=':/')}"),
        Link("Turtle", f"{name}.ttl"),
        Link("JSON-LD", f"{name}.jsonld"),
        Link("CSV", f"{name}.csv"),
    )
    return Section("dan-nguon", t("cite_title"), (Cite(quotes, links),), t("cite_note", iri=card.iri))


def _in_order(lines: Iterable[Lines]) -> tuple[Lines, ...]:
    return tuple(sorted(lines, key=lambda one: (one.file, one.first)))


def _date(site: Site, plan: str) -> str | None:
    found = site.facts.documents.get(plan)
    return (found.date_issued or None) if found else None


def _lines(site: Site, evidence: str) -> Lines | None:
    found = site.facts.evidence.get(evidence)
    source = site.facts.sources.get(found.in_source) if found else None
    return Lines(source.file_name, found.first_line, found.last_line) if found and source else None


def version(site: Site, plans: Iterable[str]) -> str:
    """The program's version, and a hash of the sources of these plans: of one plan the beginning of its file's own hash."""
    documents = (site.facts.documents.get(iri) for iri in dict.fromkeys(plans))
    sources = [source for one in documents if one and (source := site.facts.sources.get(one.stated_in))]
    hashes = sorted(source.sha256 for source in sources)
    if not hashes:
        return __version__
    whole = hashes[0] if len(hashes) == 1 else hashlib.sha256("".join(hashes).encode()).hexdigest()
    return f"{__version__}+sha256:{whole[:16]}"
