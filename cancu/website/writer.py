"""Writes pages of one language: a page becomes HTML by its template, links are made relative to it, and it is put in its place.

What many pages share is set once: what stands above and below the page's own part, and the lists of reasons that all projects of a
plan have.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache, lru_cache
from urllib.parse import urlsplit

from cancu.website import extras, linked
from cancu.website.blocks import Block, Page, Section, Steps
from cancu.website.folder import Folder
from cancu.website.parts import Html, Link, whole
from cancu.website.site import Site, address
from cancu.website.templates import Templates
from cancu.website.words import LANGUAGES

_NAV = ("plan", "project", "document", "agency", "system", "finding")
_MENU = (*_NAV, "target", "province", "ranking", "gap", "query", "notebook", "sparql", "ontology", "download", "about", "search")
_FOOT = ("about", "query", "notebook", "ontology", "download", "sparql")
_ROOTED = '="~/'  # how the value of an attribute begins that is an address of the site; a quote in any words is escaped
_OTHER = "~other~"  # where the address in the other language goes in what pages share


class Writer:
    """The pages of one language, in the folder of the site."""

    def __init__(self, site: Site, folder: Folder, parts: extras.Extras, url: str) -> None:
        self.site, self.folder = site, folder
        language = site.words.language
        self.other = next(other for other in LANGUAGES if other != language)
        self._templates = Templates(
            t=site.t,
            lang=language,
            other_lang=self.other,
            nav=self._links(_NAV),
            menu=self._links(_MENU),
            foot=self._links(_FOOT),
            home=address("home", language),
            search=address("search", language),
            fonts=parts.fonts,
            picture=f"{url.rstrip('/')}/assets/picture-{language}.png" if parts.fonts else "",
            sparql=parts.sparql,
            part=self._part,
        )
        self._templates.filters |= {"whole": whole, "linked": linked.of}
        self.frame, self._rooted = cache(self._frame), cache(self._framed)
        self._steps = lru_cache(maxsize=64)(self._set)

    def open(self) -> None:
        """Makes the templates ready, before processes are forked that would each do so."""
        self._templates.open()

    def _links(self, families: Iterable[str]) -> list[Link]:
        return [self.site.page_link(family) for family in families]

    def text(self, template: str, page: Page, family: str, key: str) -> str:
        """The HTML of a page; addresses in it begin with '~/'."""
        return self._text(template, page, family, address(family, self.site.words.language, key), address(family, self.other, key))

    def _text(self, template: str, page: Page, family: str, here: str, other: str) -> str:
        top, bottom = self._rooted(family, _root(here)) if here else self.frame(family)
        top = Html(top.replace(_OTHER, other))
        return self._templates.html(template, page=page, here=here, other=other, top=top, bottom=bottom, front=family == "home")

    def _frame(self, family: str) -> tuple[str, Html]:
        """What stands above and below the pages of a family."""
        section = address(family, self.site.words.language)
        top = self._templates.html("parts/top.html", section=section, other=_OTHER, front=family == "home")
        return top, Html(self._templates.html("parts/bottom.html"))

    def _framed(self, family: str, root: str) -> tuple[str, Html]:
        """The same, with links relative to a page from which the way to the root of the site is this."""
        top, bottom = self.frame(family)
        return _relative(top, root), Html(_relative(bottom, root))

    def _part(self, block: Block, section: Section) -> Html:
        """The HTML of a block of a section. Lists of reasons are the same for many pages."""
        return self._steps(block, None) if isinstance(block, Steps) else self._set(block, section)

    def _set(self, block: Block, section: Section | None) -> Html:
        return Html(self._templates.html(f"parts/{block.part}.html", block=block, section=section))

    def save(self, here: str, text: str) -> bool:
        """Puts a page in its place, its links relative to it; tells whether that changed anything."""
        return self._save(here, text, _root(here))

    def save_missing(self, url: str) -> None:
        """The page for addresses that there are not; a server gives it for any address, so its links begin at the root of `url`."""
        t = self.site.t
        page = Page(title=t("not_found_title"), description=t("not_found"), lede=None)
        text = self._text("page.html", page, "home", "", address("home", self.other))
        self._save("404.html", text, f"{urlsplit(url).path.rstrip('/')}/")

    def _save(self, here: str, text: str, root: str) -> bool:
        return self.folder.put(here, _relative(text, root).encode())


def _root(here: str) -> str:
    """The way from a page to the root of the site."""
    return "../" * here.count("/")


def _relative(text: str, root: str) -> str:
    """HTML with its links from this root, which were addresses of the site."""
    return text.replace(_ROOTED, f'="{root}')
