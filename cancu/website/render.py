"""Writes the site: a router table says which families of pages there are, by which template, and who makes them."""

from __future__ import annotations

import gc
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from cancu import resources
from cancu.graph import Graph
from cancu.website import (
    agency_pages,
    document_pages,
    exports,
    extras,
    finding_pages,
    gathering,
    home_page,
    notebook_pages,
    outside,
    overview_pages,
    picture,
    plan_pages,
    project_pages,
    province_pages,
    reference_pages,
    search,
    system_pages,
    target_pages,
)
from cancu.website.answers import Answers
from cancu.website.blocks import Page
from cancu.website.comparing import Comparisons
from cancu.website.continuing import Continuations
from cancu.website.exports import DataFile
from cancu.website.folder import Folder
from cancu.website.kept import KeptGraph
from cancu.website.parts import plain
from cancu.website.reasons import Reasons
from cancu.website.site import FOLDERS, Site, address
from cancu.website.words import LANGUAGES, Words
from cancu.website.writer import Writer

Pages = Iterable[tuple[str, Page]]


@dataclass(frozen=True, slots=True)
class Route:
    """A family of pages: its name (which gives its folder), its template, and what makes its pages."""

    family: str
    template: str
    pages: Callable[[Site], Pages]


def routes(known: Answers, files: Sequence[DataFile]) -> tuple[Route, ...]:
    """The router table."""
    reasons, comparisons, continuations = Reasons(known.graph), Comparisons(known.graph), Continuations(known)

    def one(make: Callable[[Site], Page]) -> Callable[[Site], Pages]:
        return lambda site: (("index", make(site)),)

    return (
        Route("home", "home.html", one(lambda site: home_page.home(site, known))),
        Route("plan", "page.html", one(overview_pages.plan_list)),
        Route("plan", "page.html", lambda site: plan_pages.plan_pages(site, comparisons)),
        Route("project", "page.html", one(lambda site: overview_pages.project_list(site, known))),
        Route("project", "page.html", lambda site: project_pages.project_pages(site, reasons, continuations)),
        Route("document", "page.html", document_pages.document_lists),
        Route("document", "page.html", lambda site: document_pages.document_pages(site, known.graph)),
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
        Route("ontology", "page.html", one(lambda site: reference_pages.ontology_page(site, known))),
        Route("download", "page.html", one(lambda site: reference_pages.download_page(site, files))),
        Route("about", "page.html", one(reference_pages.about_page)),
        Route("search", "search.html", one(reference_pages.search_page)),
        Route("sparql", "sparql.html", one(reference_pages.sparql_page)),
    )


def render(graph: Graph, out: Path, documents: Path | None = None, url: str = "", last: Path | None = None) -> int:
    """Writes every page in both languages into `out`, a new folder or that of an earlier site; returns how many.

    `documents` is a folder with the source documents, whose words are then shown. Links are relative, so the site works in any
    folder and from files; what needs the whole address (404.html, which a server gives for any address, the site map, and the picture
    that other sites show with a link) takes it from `url`, or from the base of the IRIs. A file that is already there in the same
    bytes is not written; a new folder may share such files with an earlier site, `last`, which itself is never changed.
    Raises InputError for a folder with other things in it.
    """
    folder = Folder.of(out, last)
    known = Answers(KeptGraph(graph))
    stated = gathering.read(graph)
    with tempfile.TemporaryDirectory(prefix=".cancu-", dir=out.parent) as name:
        stage = Path(name)
        shutil.copytree(resources.SITE / "static", stage / "assets", ignore=shutil.ignore_patterns("*.json"))
        parts = extras.add(stage / "assets")
        files = exports.write(known, stated, stage / "data")
        shutil.copytree(resources.NOTEBOOKS, stage / "data" / "notebooks", ignore=shutil.ignore_patterns(".*"))
        writers = [Writer(Site(stated, Words(language), documents), folder, parts, url or graph.base) for language in LANGUAGES]
        found = _pages(routes(known, files), writers)
        for writer, entries in zip(writers, found, strict=True):
            site = writer.site
            if parts.fonts:
                picture_name = f"picture-{site.words.language}.png"
                picture.write(stage / "assets" / picture_name, extras.FONTS, site.t("site_title"), overview_pages.in_figures(site))
            search.write(entries.values(), stage / "assets" / "search" / site.words.language)
        writers[0].save_missing(url)
        addresses = [here for entries in found for here in entries]
        outside.write(stage, url or graph.base, addresses)
        folder.take(stage)
    folder.finish()
    return len(addresses)


def _pages(table: Sequence[Route], writers: Sequence[Writer]) -> list[dict[str, search.Entry]]:
    """Writes the pages of all routes, in each writer's language, and tells what each is found by, by its address."""
    found: list[dict[str, search.Entry]] = [{} for _ in writers]
    with _seldom_collected():
        for route in table:
            for both in zip(*(route.pages(writer.site) for writer in writers), strict=True):
                for writer, entries, (key, page) in zip(writers, found, both, strict=True):
                    here = address(route.family, writer.site.words.language, key)
                    writer.save(here, writer.text(route.template, page, route.family, key))
                    entries[here] = _entry(writer.site, route.family, key, here, page)
    return found


@contextmanager
def _seldom_collected() -> Iterator[None]:
    """Keeps Python from going through all facts again and again in search of garbage: pages make next to none."""
    before = gc.get_threshold()
    gc.freeze()
    gc.set_threshold(100_000, 20, 20)
    try:
        yield
    finally:
        gc.set_threshold(*before)
        gc.unfreeze()


_PLACED = ("project", "system")
_WEIGHTS = {"plan": 9, "document": 6, "project": 5, "system": 4, "agency": 4, "province": 3}


def _entry(site: Site, family: str, key: str, here: str, page: Page) -> search.Entry:
    """What a page is found by: its title, and a document by its number and what it is about."""
    terms = {term.name: plain(term.value) for term in page.terms}
    more = plain(page.lede) if page.lede and family in {"document", "plan"} else ""
    number = terms.get(site.t("term_number"), "")
    place = terms.get(site.t("term_province"), "") if family in _PLACED else ""
    kind = " · ".join(part for part in (page.kind_label or site.t(f"nav_{family}"), place) if part)
    return search.Entry(here, kind, page.title, more, number, _WEIGHTS.get(family, 1) if key != "index" else 10)


__all__ = ["FOLDERS", "Route", "render", "routes"]
