"""Writes the site: a router table says which families of pages there are, by which template, and who makes them."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from functools import partial
from itertools import chain
from pathlib import Path

from cancu import catalogue, resources
from cancu.graph import Graph
from cancu.table import Table
from cancu.website import (
    agency_pages,
    continuing,
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
    press,
    project_pages,
    province_pages,
    reference_pages,
    renewal,
    search,
    system_pages,
    target_pages,
)
from cancu.website.answers import Answers
from cancu.website.bases import Bases
from cancu.website.blocks import Page, Pages
from cancu.website.comparing import Comparisons
from cancu.website.continuing import Continuations
from cancu.website.earlier import Addresses, Earlier, Made, Put
from cancu.website.exports import DataFile
from cancu.website.facts import Facts
from cancu.website.folder import Folder
from cancu.website.kept import KeptGraph
from cancu.website.parts import plain
from cancu.website.reasons import Reasons
from cancu.website.site import FOLDERS, Site, address
from cancu.website.statements import Statements
from cancu.website.words import LANGUAGES, Words
from cancu.website.writer import Writer


@dataclass(frozen=True, slots=True)
class Route:
    """A family of pages: its name (which gives its folder), its template, and what makes its pages."""

    family: str
    template: str
    pages: Callable[[Site], Pages]


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
        Route("download", "page.html", one(lambda site: reference_pages.download_page(site, files))),
        Route("about", "page.html", one(reference_pages.about_page)),
        Route("search", "search.html", one(reference_pages.search_page)),
        Route("sparql", "sparql.html", one(reference_pages.sparql_page)),
    )


def render(graph: Graph, out: Path, documents: Path | None = None, url: str = "", last: Path | None = None, jobs: int | None = None) -> int:
    """Writes every page in both languages into `out`, a new folder or that of an earlier site; returns how many; see `put`."""
    return put(graph, out, documents, url, last, jobs).pages


def put(
    graph: Graph,
    out: Path,
    documents: Path | None = None,
    url: str = "",
    last: Path | None = None,
    jobs: int | None = None,
    earlier: Earlier | None = None,
    packed: Path | None = None,
    nquads: Path | None = None,
    answers: Mapping[str, Table] | None = None,
) -> Made:
    """Writes every page in both languages into `out`, a new folder or that of an earlier site; returns what it is made of.

    `documents` is a folder with the source documents, whose words are then shown. Links are relative, so the site works in any
    folder and from files; what needs the whole address (404.html, which a server gives for any address, the site map, and the picture
    that other sites show with a link) takes it from `url`, or from the base of the IRIs. A file that is already there in the same
    bytes is not written; a new folder may share such files with an earlier site, `last`, which itself is never changed; what still holds
    of that, by `earlier`, is not set again. Pages are set by `jobs` processes, as many as there are processors where none is given.
    `packed` is a file with the graph as gzipped N-Quads, where there is one already, and `nquads` one with its lines, plan by plan: the
    graph's store is not opened here, then. `answers` are those to named questions that are known.
    Raises InputError for a folder with other things in it.
    """
    folder = Folder.of(out, last)
    processes = jobs or os.cpu_count() or 1
    known = Answers(graph, earlier.ranks if earlier else None, answers)
    with (
        tempfile.TemporaryDirectory(prefix=".cancu-", dir=out.parent) as name,
        press.aside(partial(known.asked, nquads), alone=processes < 2) as asked,
        ExitStack() as until,
    ):
        told = Statements.of_file(nquads, graph.base, until) if nquads else Statements.of_graph(graph)
        stated = gathering.read(told, earlier.facts if earlier else None)
        stage = Path(name)
        shutil.copytree(resources.SITE / "static", stage / "assets", ignore=shutil.ignore_patterns("*.json"))
        parts = extras.add(stage / "assets")
        apart = _pressed(list(_statements(told, stated, folder, earlier)), processes)
        known.take(asked())
        if earlier:
            earlier = replace(earlier, things=_going_on(earlier, known, stated))
        files = exports.write(known, stated, stage / "data", packed, earlier.facts if earlier else None, folder.path / "data")
        shutil.copytree(resources.NOTEBOOKS, stage / "data" / "notebooks", ignore=shutil.ignore_patterns(".*"))
        writers = [Writer(Site(stated, Words(language), documents), folder, parts, url or graph.base) for language in LANGUAGES]
        table = routes(KeptGraph(told, stated, graph.rows), known, stated, files)
        done = _pressed(sheets(table, writers, earlier), processes) | apart
        every = list(chain.from_iterable(done.values()))
        for one in every:
            folder.was_put(one.name, one.written)
        addresses = [one.name for one in every if one.entry]
        for writer in writers:
            site, language = writer.site, writer.site.words.language
            if parts.fonts:
                picture_name = f"picture-{language}.png"
                picture.write(stage / "assets" / picture_name, extras.FONTS, site.t("site_title"), overview_pages.in_figures(site))
            found = [one.entry for one in every if one.entry and one.language == language]
            index = f"assets/search/{language}"
            for file in search.write(found, stage / index, earlier.index(language, folder.path / index) if earlier else None):
                folder.was_put(f"{index}/{file}", False)
        writers[0].save_missing(url)
        outside.write(stage, url or graph.base, addresses)
        folder.take(stage)
    folder.finish()
    held = {query.name: renewal.dumps(known.of(query.name)) for query in catalogue.queries()}
    return Made(done, known.ranks, gathering.dumps(stated), held, (*folder.written, *folder.removed))


def _going_on(earlier: Earlier, known: Answers, stated: Facts) -> frozenset[str]:
    """The projects that go on in other plans otherwise than they did in the earlier site."""
    rows = continuing.moved(renewal.loads(earlier.answers[continuing.QUERY]), known.of(continuing.QUERY))
    return frozenset(stated.entries[row].entry_of for row in rows if row in stated.entries)


def _pressed(work: Sequence[press.Job[list[Put]]], processes: int) -> dict[str, list[Put]]:
    """What the jobs put there, by the first file of each."""
    return {some[0].name: some for some in press.done(work, processes)}


def _statements(told: Statements, stated: Facts, folder: Folder, earlier: Earlier | None) -> Iterator[press.Job[list[Put]]]:
    """A job for the files of each thing's statements."""
    for iri, file, make in exports.things(told, stated):
        held = earlier.still(f"data/{file}", iri, folder) if earlier else []
        yield partial(list, held) if held else partial(_put_all, folder, make)


def sheets(table: Sequence[Route], writers: Sequence[Writer], earlier: Earlier | None = None) -> list[press.Job[list[Put]]]:
    """A job for each page, which sets it in all languages, since these share what it is made from; or tells what still holds of it."""
    found: list[press.Job[list[Put]]] = []
    first = writers[0]
    about = Addresses(first.site)
    for route in table:
        for both in zip(*(route.pages(writer.site) for writer in writers), strict=True):
            key = both[0][0]
            here = address(route.family, first.site.words.language, key)
            held = earlier.still(here, about.thing(here), first.folder) if earlier else []
            set_it = partial(_put_page, route, key, tuple(zip(writers, (make for _, make in both), strict=True)))
            found.append(partial(list, held) if held else set_it)
    return found


def _put_page(route: Route, key: str, made: Sequence[tuple[Writer, Callable[[], Page]]]) -> list[Put]:
    found = []
    for writer, make in made:
        language, page = writer.site.words.language, make()
        here = address(route.family, language, key)
        written = writer.save(here, writer.text(route.template, page, route.family, key))
        found.append(Put(here, written, language, _entry(writer.site, route.family, key, here, page)))
    return found


def _put_all(folder: Folder, make: Callable[[], list[tuple[str, bytes]]]) -> list[Put]:
    return [Put(f"data/{name}", folder.put(f"data/{name}", content)) for name, content in make()]


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


__all__ = ["FOLDERS", "Route", "put", "render", "routes", "sheets"]
