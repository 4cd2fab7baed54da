"""Writes the site: a router table says which families of pages there are, by which template, and who makes them."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

from cancu import resources
from cancu.errors import InputError
from cancu.graph import Graph
from cancu.website import (
    directory_pages,
    document_pages,
    exports,
    extras,
    facts,
    finding_pages,
    home_page,
    linked,
    outside,
    overview_pages,
    picture,
    plan_pages,
    project_pages,
    reference_pages,
    search,
)
from cancu.website.answers import Answers
from cancu.website.exports import DataFile
from cancu.website.parts import Link, Page, plain, whole
from cancu.website.reasons import Reasons
from cancu.website.site import FOLDERS, Site, address
from cancu.website.words import LANGUAGES, Words

Pages = Iterable[tuple[str, Page]]
_NAV = ("plan", "project", "document", "agency", "system", "finding")
_MENU = (*_NAV, "target", "province", "ranking", "gap", "query", "sparql", "ontology", "download", "about", "search")
_FOOT = ("about", "query", "ontology", "download", "sparql")
_MARK = "assets/theme.js"  # a folder that has this is a site
_LINKED = ("href", "src", "action", "data-root")


@dataclass(frozen=True, slots=True)
class Route:
    """A family of pages: its name (which gives its folder), its template, and what makes its pages."""

    family: str
    template: str
    pages: Callable[[Site], Pages]


def routes(known: Answers, files: Sequence[DataFile]) -> tuple[Route, ...]:
    """The router table."""
    reasons = Reasons(known.graph)

    def one(make: Callable[[Site], Page]) -> Callable[[Site], Pages]:
        return lambda site: (("index", make(site)),)

    return (
        Route("home", "home.html", one(lambda site: home_page.home(site, known))),
        Route("plan", "page.html", one(overview_pages.plan_list)),
        Route("plan", "page.html", plan_pages.plan_pages),
        Route("project", "page.html", one(lambda site: overview_pages.project_list(site, known))),
        Route("project", "page.html", lambda site: project_pages.project_pages(site, reasons)),
        Route("document", "page.html", document_pages.document_lists),
        Route("document", "page.html", document_pages.document_pages),
        Route("agency", "page.html", directory_pages.agency_pages),
        Route("system", "page.html", directory_pages.system_pages),
        Route("target", "page.html", directory_pages.target_pages),
        Route("province", "page.html", directory_pages.province_pages),
        Route("finding", "page.html", lambda site: finding_pages.finding_pages(site, known)),
        Route("ranking", "page.html", one(lambda site: overview_pages.ranking_page(site, known))),
        Route("gap", "page.html", one(lambda site: overview_pages.gap_page(site, known))),
        Route("query", "page.html", lambda site: reference_pages.query_pages(site, known)),
        Route("ontology", "page.html", one(lambda site: reference_pages.ontology_page(site, known))),
        Route("download", "page.html", one(lambda site: reference_pages.download_page(site, files))),
        Route("about", "page.html", one(reference_pages.about_page)),
        Route("search", "search.html", one(reference_pages.search_page)),
        Route("sparql", "sparql.html", one(reference_pages.sparql_page)),
    )


def render(graph: Graph, out: Path, documents: Path | None = None, url: str = "") -> int:
    """Writes every page in both languages into `out`, a new folder or that of an earlier site; returns how many.

    `documents` is a folder with the source documents, whose words are then shown. Links are relative, so the site works in any
    folder and from files; what needs the whole address (404.html, which a server gives for any address, the site map, and the picture
    that other sites show with a link) takes it from `url`, or from the base of the IRIs.
    Raises InputError for a folder with other things in it.
    """
    _clear(out)
    shutil.copytree(resources.SITE / "static", out / "assets", ignore=shutil.ignore_patterns("*.json"))
    parts = extras.add(out / "assets")
    known = Answers(graph)
    stated = facts.read(graph)
    files = exports.write(known, stated, out / "data")
    table = routes(known, files)
    addresses: list[str] = []
    for language in LANGUAGES:
        site = Site(stated, Words(language), documents)
        shelf = _Writer(site, out, parts, url or graph.base)
        found = [entry for route in table for entry in shelf.write(route)]
        addresses += [entry.address for entry in found]
        if parts.fonts:
            picture.write(out / "assets" / f"picture-{language}.png", extras.FONTS, site.t("site_title"), overview_pages.in_figures(site))
        search.write(_found_once(found), out / "assets" / "search" / language)
        if language == "vi":
            shelf.write_missing(url)
    outside.write(out, url or graph.base, addresses)
    return len(addresses)


def _clear(out: Path) -> None:
    """Empties the folder of an earlier site; nothing else is ever removed."""
    if out.exists() and not out.is_dir():
        raise InputError(str(out), "is a file, not a folder", "give the folder for the pages")
    if out.is_dir() and any(out.iterdir()):
        if not (out / _MARK).is_file():
            raise InputError(str(out), "is a folder with other things in it", "give a new folder, or that of an earlier site")
        shutil.rmtree(out)
    out.mkdir(parents=True, exist_ok=True)


def _found_once(entries: Iterable[search.Entry]) -> list[search.Entry]:
    return list({entry.address: entry for entry in entries}.values())


class _Writer:
    """Renders pages of one language and writes them, with links made relative."""

    def __init__(self, site: Site, out: Path, parts: extras.Extras, url: str) -> None:
        self.site, self.out = site, out
        self._templates: dict[str, Template] = {}
        self._folders: set[Path] = set()
        loader = FileSystemLoader(resources.SITE / "templates")
        self._environment = Environment(loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
        self._environment.filters["whole"] = whole
        self._environment.filters["linked"] = linked.of
        language = site.words.language
        self._other = next(other for other in LANGUAGES if other != language)
        self._environment.globals |= {
            "t": site.t,
            "lang": language,
            "other_lang": self._other,
            "nav": self._links(_NAV),
            "menu": self._links(_MENU),
            "foot": self._links(_FOOT),
            "home": address("home", language),
            "search": address("search", language),
            "fonts": parts.fonts,
            "picture": f"{url.rstrip('/')}/assets/picture-{language}.png" if parts.fonts else "",
            "sparql": parts.sparql,
        }

    def _links(self, families: Iterable[str]) -> list[Link]:
        return [self.site.page_link(family) for family in families]

    def write(self, route: Route) -> Iterator[search.Entry]:
        """Writes the pages of a route, and tells what each is found by."""
        language = self.site.words.language
        for key, page in route.pages(self.site):
            here = address(route.family, language, key)
            text = self._text(route.template, page, route.family, here, address(route.family, self._other, key))
            self._save(here, text, "../" * here.count("/"))
            yield _entry(self.site, route.family, key, here, page)

    def write_missing(self, url: str) -> None:
        """The page for addresses that there are not."""
        t = self.site.t
        page = Page(title=t("not_found_title"), description=t("not_found"), lede=None)
        text = self._text("page.html", page, "home", "", address("home", self._other))
        self._save("404.html", text, f"{urlsplit(url).path.rstrip('/')}/")

    def _text(self, template: str, page: Page, family: str, here: str, other: str) -> str:
        if template not in self._templates:
            self._templates[template] = self._environment.get_template(template)
        section = address(family, self.site.words.language)
        return self._templates[template].render(page=page, here=here, other=other, section=section, front=family == "home")

    def _save(self, here: str, text: str, root: str) -> None:
        for attribute in _LINKED:
            text = text.replace(f'{attribute}="~/', f'{attribute}="{root}')
        path = self.out / here
        if path.parent not in self._folders:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._folders.add(path.parent)
        path.write_text(text, encoding="utf-8")


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
