"""Words, links, amounts and lines: what stands inside a sentence or a cell. Each knows its own HTML (`__html__`), everything in it escaped.

Links are written from the root of the site, as `~/…`; the writer makes them relative to the page.
"""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from functools import lru_cache
from typing import ClassVar, Protocol
from urllib.parse import urlsplit

from msgspec import Struct
from msgspec.structs import replace


class Inline(Protocol):
    """Anything that can stand in a sentence or a cell."""

    def __html__(self) -> str:
        """The HTML, escaped."""
        ...


_KEPT = 10_000  # of what was made lately: pages beside each other want the same
_NIL = "–"
_NUMBER = re.compile(r"([^\s(]+/[^\s)]+)")
_TAG = re.compile(r"<[^>]+>")


class Html(str):
    """Finished HTML: everything in it is escaped."""

    __slots__ = ()

    def __html__(self) -> str:
        return self


@lru_cache(maxsize=_KEPT)
def escaped(text: str) -> str:
    """The text escaped; words stand on many pages, and are escaped once."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&#34;").replace("'", "&#39;")


@lru_cache(maxsize=_KEPT)
def whole(text: str) -> Html:
    """The text escaped, with each document number kept on one line: '2893/QĐ-UBND' breaks at no hyphen."""
    parts = (f'<span class="nb">{escaped(part)}</span>' if i % 2 else escaped(part) for i, part in enumerate(_NUMBER.split(text)))
    return Html("".join(parts))


def plain(inline: Inline) -> str:
    """The words of it alone."""
    return html.unescape(_TAG.sub("", inline.__html__()))


def _lang(language: str) -> str:
    return f' lang="{language}"' if language else ""


class Text(Struct, frozen=True, gc=False):
    """Words; `lang` where it is another language than the page's."""

    text: str
    lang: str = ""
    soft: bool = False
    numeric: ClassVar[bool] = False

    def __html__(self) -> str:
        if not (self.lang or self.soft):
            return escaped(self.text)
        tone = (' class="nil"' if self.text == _NIL else ' class="soft"') if self.soft else ""
        return f"<span{_lang(self.lang)}{tone}>{escaped(self.text)}</span>"


class Link(Struct, frozen=True, cache_hash=True, gc=False):
    """A link to a page of the site; `kind` gives its hue. Without an address it is plain words."""

    text: str
    address: str
    kind: str = ""
    lang: str = ""
    note: str = ""
    numeric: ClassVar[bool] = False

    def with_text(self, text: str) -> Link:
        """The same link under other words."""
        return replace(self, text=text)

    def __html__(self) -> str:
        return _link(self)


@lru_cache(maxsize=_KEPT)
def _link(link: Link) -> str:
    """The HTML of a link, which many pages ask for."""
    hue = f' class="k-{link.kind}"' if link.kind else ""
    note = f" <small>{escaped(link.note)}</small>" if link.note else ""
    if not link.address:
        return f"<span{_lang(link.lang)}>{whole(link.text)}</span>{note}"
    return f'<a href="~/{escaped(link.address)}"{hue}{_lang(link.lang)}>{whole(link.text)}</a>{note}'


class Outside(Struct, frozen=True, gc=False):
    """A page of another site that says something, by the name of its host, and where on it."""

    url: str
    where: str = ""
    lang: str = ""
    numeric: ClassVar[bool] = False

    def __html__(self) -> str:
        link = f'<a href="{escaped(self.url)}" rel="external noopener">{escaped(urlsplit(self.url).hostname or self.url)}</a>'
        return f"{link} <span{_lang(self.lang)}>{escaped(self.where)}</span>" if self.where else link


def sources(text: str, lang: str = "") -> tuple[Text | Outside, ...]:
    """What the registry names as its sources, one by one: 'Luật …, Điều 81 | https://… (phần căn cứ)'."""
    found = (part.partition(" ") for part in text.split(" | "))
    return tuple(
        Outside(first, rest, lang) if first.startswith(("https://", "http://")) else Text(f"{first}{space}{rest}", lang)
        for first, space, rest in found
    )


class Named(Struct, frozen=True, gc=False):
    """A word that can be linked to by itself: a term of the vocabulary."""

    text: str
    numeric: ClassVar[bool] = False

    def __html__(self) -> str:
        return f'<a id="{escaped(self.text)}" href="#{escaped(self.text)}">{escaped(self.text)}</a>'


class Number(Struct, frozen=True, gc=False):
    """A figure as the page's language writes it; `exact` has every digit, for programs and for the curious."""

    text: str
    value: int | float | None = None
    exact: str = ""
    numeric: ClassVar[bool] = True

    def __html__(self) -> str:
        title = f' title="{escaped(self.exact)}"' if self.exact else ""
        if self.value is None:
            return escaped(self.text)
        return f'<data value="{self.value}"{title}>{escaped(self.text)}</data>'


class Lines(Struct, frozen=True, cache_hash=True, gc=False):
    """Where a source file says so: 'dòng 841–855 · caobang-2893-2020.txt', and the words themselves where the documents are at hand."""

    text: str
    file: str = ""
    words: tuple[tuple[int, str], ...] = ()
    numeric: ClassVar[bool] = False

    def __html__(self) -> str:
        return _lines(self)


@lru_cache(maxsize=_KEPT)
def _lines(lines: Lines) -> str:
    """The HTML of lines, which stand on many pages."""
    file = f' <span class="file">{escaped(lines.file)}</span>' if lines.file else ""
    if not lines.words:
        return f'<span class="lines">{escaped(lines.text)}{file}</span>'
    rows = "".join(f'<span class="ln">{number}</span><span class="tx">{escaped(line)}</span>' for number, line in lines.words)
    return f'<details class="lines"><summary>{escaped(lines.text)}{file}</summary><div class="words" lang="vi">{rows}</div></details>'


class Mark(Struct, frozen=True, gc=False):
    """A short word in a pill: in force or not, a status, a kind. `tone` is good, bad, unsure or quiet."""

    text: str
    tone: str = "quiet"
    why: str = ""
    numeric: ClassVar[bool] = False

    def __html__(self) -> str:
        title = f' title="{escaped(self.why)}"' if self.why else ""
        return f'<span class="mark {self.tone}"{title}>{escaped(self.text)}</span>'


class Many(Struct, frozen=True, gc=False):
    """Several of them: joined by `joint`, or one below the other."""

    items: Sequence[Inline]
    joint: str = ", "
    stacked: bool = False
    numeric: ClassVar[bool] = False

    def __html__(self) -> str:
        if self.stacked and len(self.items) > 1:
            items = "".join([f"<li>{item.__html__()}</li>" for item in self.items])
            return f'<ul class="stack">{items}</ul>'
        return self.joint.join([item.__html__() for item in self.items])


class Marked(Struct, frozen=True, gc=False):
    """Words in which some are marked: the figures that clash."""

    text: str
    marks: tuple[str, ...]
    lang: str = ""
    numeric: ClassVar[bool] = False

    def __html__(self) -> str:
        told = escaped(self.text)
        if self.marks:
            longest_first = sorted({escaped(mark) for mark in self.marks}, key=lambda mark: (-len(mark), mark))
            told = re.sub("|".join(re.escape(mark) for mark in longest_first), lambda found: f"<mark>{found[0]}</mark>", told)
        return f"<span{_lang(self.lang)}>{told}</span>" if self.lang else told


Cell = Text | Link | Outside | Named | Number | Lines | Mark | Many | Marked
NOTHING = Text(_NIL, soft=True)
_SLOT = re.compile(r"\{(\w+)\}")


def sentence(words: str, **values: Inline) -> Many:
    """A sentence of ours with links and figures in its slots: 'Since {day}', day=…"""
    parts = _SLOT.split(words)
    return Many([values[part] if i % 2 else Text(part) for i, part in enumerate(parts) if part], joint="")
