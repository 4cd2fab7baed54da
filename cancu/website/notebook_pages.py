"""The notebooks as pages: their words, their code, and what it showed when they last ran."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, partial
from importlib import import_module
from itertools import count
from typing import TYPE_CHECKING

from markupsafe import Markup, escape
from msgspec import Struct

from cancu import notebooks
from cancu.notebooks import Notebook, NotebookCell, Output
from cancu.website.blocks import Page, Pages, Section, Tiles
from cancu.website.parts import Link, Text
from cancu.website.site import Site, address

if TYPE_CHECKING:
    from markdown_it import MarkdownIt

_STYLE = re.compile(r"<style\b.*?</style>", re.DOTALL)
_ID = re.compile(r'(\bid="|url\(#|aria-labelledby=")([\w -]+)')
_OWN = re.compile(r'href="(https?://[^"]+)"')
_TITLE = re.compile(r"# .*\n*")
_PLACE = 'style="text-align: right"'


class ShownCell(Struct, frozen=True):
    """A cell as HTML: words, or a program text with what it showed."""

    words: Markup | None
    code: str
    outputs: tuple[Markup, ...]


class NotebookPage(Page, frozen=True):
    """A notebook, and the name of the file to take away."""

    cells: tuple[ShownCell, ...] = ()
    file: str = ""


def notebook_list(site: Site) -> Page:
    """All notebooks, with what each is about."""
    t = site.t
    found = tuple(map(notebooks.read, notebooks.paths()))
    tiles = tuple((Link(_title(site, one), address("notebook", site.words.language, one.name)), _about(one)) for one in found)
    return Page(
        title=t("nav_notebook"),
        description=t("notebooks_description"),
        lede=Text(t("notebooks_lede")),
        sections=(Section("danh-sach", t("list_title"), (Tiles(tiles),)),),
    )


def notebook_pages(site: Site) -> Pages:
    """A page for each notebook."""
    for one in map(notebooks.read, notebooks.paths()):
        yield one.name, partial(_notebook, site, one)


def _notebook(site: Site, one: Notebook) -> NotebookPage:
    numbers = count()
    return NotebookPage(
        title=_title(site, one),
        description=_about(one),
        crumbs=(site.page_link("notebook"),),
        cells=tuple(_shown(site, cell, numbers) for cell in one.cells),
        file=f"data/notebooks/{one.name}.ipynb",
        wide=True,
    )


def _title(site: Site, one: Notebook) -> str:
    return one.title_vi if site.words.vi else one.title_en


def _about(one: Notebook) -> str:
    """The first words below the title, without their marks."""
    words = _TITLE.sub("", one.cells[0].source, count=1).strip()
    return re.sub(r"[*`]", "", words.partition("\n")[0])


def _shown(site: Site, cell: NotebookCell, numbers: Iterator[int]) -> ShownCell:
    if cell.kind == "markdown":
        words = _TITLE.sub("", cell.source, count=1) if cell.source.startswith("# ") else cell.source
        return ShownCell(Markup(_markdown().render(words)), "", ())  # noqa: S704 - the renderer escapes HTML
    return ShownCell(None, cell.source, tuple(_output(site, output, next(numbers)) for output in cell.outputs))


@cache
def _markdown() -> MarkdownIt:
    found: MarkdownIt = import_module("markdown_it").MarkdownIt("commonmark", {"html": False})  # for the few pages of notebooks
    return found


def _output(site: Site, output: Output, number: int) -> Markup:
    """What a cell showed, in the page's own style: ids are the page's, and links to things lead to their pages."""
    if output.html is None:
        return Markup("<pre>{}</pre>").format(output.text)
    told = _STYLE.sub("", output.html).replace(' border="1" class="dataframe"', "").replace(_PLACE, 'class="n"')
    told = told.replace(' style="text-align: right;"', "")
    told = _ID.sub(lambda match: match[1] + " ".join(f"o{number}-{name}" for name in match[2].split()), told)
    return Markup(_OWN.sub(lambda match: f'href="{_page(site, match[1])}"', told))  # noqa: S704 - made by our own notebooks, which are committed


def _page(site: Site, iri: str) -> str:
    found = site.address_of(iri)
    return f"~/{escape(found)}" if found else iri
