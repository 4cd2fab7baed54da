"""What a site is set from: a router table says which families of pages there are, by which template, and who makes them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

import msgspec
from msgspec.structs import replace

from cancu.graph import Graph
from cancu.pool import Job
from cancu.website import (
    agency_pages,
    document_pages,
    exports,
    finding_pages,
    home_page,
    notebook_pages,
    overview_pages,
    plan_pages,
    project_pages,
    province_pages,
    reference_pages,
    search,
    system_pages,
    target_pages,
)
from cancu.website.answers import Answers
from cancu.website.bases import Bases
from cancu.website.blocks import Page, Pages
from cancu.website.comparing import Comparisons
from cancu.website.continuing import Continuations
from cancu.website.earlier import Addresses, Put
from cancu.website.exports import DataFile
from cancu.website.facts import Facts
from cancu.website.folder import Folder
from cancu.website.noting import Notes, noted
from cancu.website.parts import Text, plain
from cancu.website.reasons import Reasons
from cancu.website.site import Site, address
from cancu.website.statements import Statements
from cancu.website.writer import Writer

_OF_PLANS = ("plan", "project", "target")  # whose keys begin with the name of a plan


@dataclass(frozen=True, slots=True)
class Route:
    """A family of pages: its name (which gives its folder), its template, and what makes its pages.

    `noted` says whether all that its pages look at can be noted, see `cancu.website.noting`.
    """

    family: str
    template: str
    pages: Callable[[Site], Pages]
    noted: bool = True


class Sheet(msgspec.Struct, frozen=True):
    """Files that are put there together: the name of the first, the IRI of the one thing that they are about or '', and what puts them.

    Those of one `plan` are best put one after the other; it is '' for what is of none.
    """

    name: str
    thing: str
    put: Job[list[Put]]
    plan: str = ""


def routes(graph: Graph, known: Answers, stated: Facts, files: Sequence[DataFile]) -> tuple[Route, ...]:
    """The router table. Of the graph single things alone are asked."""
    reasons, comparisons, continuations = Reasons(graph), Comparisons(graph), Continuations(known)
    bases = Bases(stated)

    def one(make: Callable[[Site], Page]) -> Callable[[Site], Pages]:
        return lambda site: iter((("index", partial(make, site)),))

    return (
        Route("home", "home.html", one(lambda site: home_page.home(site, known))),
        Route("plan", "page.html", one(overview_pages.plan_list)),
        Route("plan", "page.html", lambda site: plan_pages.plan_pages(site, bases, comparisons)),
        Route("project", "page.html", one(lambda site: overview_pages.project_list(site, known))),
        Route("project", "page.html", lambda site: project_pages.project_pages(site, reasons, continuations)),
        Route("document", "page.html", document_pages.document_lists),
        Route("document", "page.html", lambda site: document_pages.document_pages(site, graph, bases)),
        Route("agency", "page.html", agency_pages.agency_pages),
        Route("system", "page.html", system_pages.system_pages),
        Route("target", "page.html", target_pages.target_pages),
        Route("province", "page.html", province_pages.province_pages),
        Route("finding", "page.html", lambda site: finding_pages.finding_pages(site, known)),
        Route("ranking", "page.html", one(lambda site: overview_pages.ranking_page(site, known))),
        Route("gap", "page.html", one(lambda site: overview_pages.gap_page(site, known))),
        Route("query", "page.html", lambda site: reference_pages.query_pages(site, known)),
        Route("notebook", "page.html", one(notebook_pages.notebook_list)),
        Route("notebook", "notebook.html", notebook_pages.notebook_pages),
        Route("ontology", "page.html", one(lambda site: reference_pages.ontology_page(site, graph))),
        Route("download", "page.html", one(lambda site: reference_pages.download_page(site, files)), noted=False),
        Route("about", "page.html", one(reference_pages.about_page)),
        Route("search", "search.html", one(reference_pages.search_page)),
        Route("sparql", "sparql.html", one(reference_pages.sparql_page)),
    )


def sheets(table: Sequence[Route], writers: Sequence[Writer], known: Answers) -> list[Sheet]:
    """One for each page, which is set in all languages at once, since these share what it is made from. `known` is what the table asks."""
    found: list[Sheet] = []
    about = Addresses(writers[0].site)
    for route in table:
        for both in zip(*(route.pages(writer.site) for writer in writers), strict=True):
            key = both[0][0]
            here = address(route.family, writers[0].site.words.language, key)
            thing = about.thing(here)
            if thing or not route.noted:
                set_it = partial(_put_page, route, key, writers, both)
            else:
                set_it = partial(_put_noted, route, key, writers, known)
            found.append(Sheet(here, thing, set_it, key.partition("/")[0] if route.family in _OF_PLANS else ""))
    return found


def statements(told: Statements, stated: Facts, folder: Folder) -> list[Sheet]:
    """One for the files of each thing's statements."""
    return [Sheet(f"data/{file}", iri, partial(_put_all, folder, make)) for iri, file, make in exports.things(told, stated)]


def _put_page(route: Route, key: str, writers: Sequence[Writer], both: Sequence[tuple[str, Callable[[], Page]]]) -> list[Put]:
    found = []
    for writer, (_, make) in zip(writers, both, strict=True):
        language, page = writer.site.words.language, make()
        here = address(route.family, language, key)
        written = writer.save(here, writer.text(route.template, page, route.family, key))
        found.append(Put(here, written, language, _entry(writer.site, route.family, key, here, page)))
    return found


def _put_noted(route: Route, key: str, writers: Sequence[Writer], known: Answers) -> list[Put]:
    """Puts a page that is about no one thing, with notes of what it looks at: on sites of its own, so that nothing is at hand already."""
    notes = Notes()
    stated = noted(writers[0].site.facts, notes)
    known.looked.clear()
    sites = (Site(stated, writer.site.words, writer.site.documents) for writer in writers)
    first, *others = _put_page(route, key, writers, [(key, dict(route.pages(site))[key]) for site in sites])
    return [replace(first, looked=notes.looked(known.looked)), *others]


def _put_all(folder: Folder, make: Callable[[], list[tuple[str, bytes]]]) -> list[Put]:
    return [Put(f"data/{name}", folder.put(f"data/{name}", content)) for name, content in make()]


_NONE = Text("")
_PLACED = ("project", "system")
_WEIGHTS = {"plan": 9, "document": 6, "project": 5, "system": 4, "agency": 4, "province": 3}


def _entry(site: Site, family: str, key: str, here: str, page: Page) -> search.Entry:
    """What a page is found by: its title, and a document by its number and what it is about."""
    terms = {term.name: term.value for term in page.terms}
    more = plain(page.lede) if page.lede and family in {"document", "plan"} else ""
    number = plain(terms.get(site.t("term_number"), _NONE))
    place = plain(terms.get(site.t("term_province"), _NONE)) if family in _PLACED else ""
    kind = " · ".join(part for part in (page.kind_label or site.t(f"nav_{family}"), place) if part)
    return search.Entry(here, kind, page.title, more, number, _WEIGHTS.get(family, 1) if key != "index" else 10)
