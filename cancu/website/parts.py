"""What pages are made of: words, links, amounts and lines inside a sentence or a cell; tables, lists and charts between them.

The small ones know their own HTML (`__html__`, which Jinja honours and everything in it is escaped); the large ones have a template
each in `site/templates/parts/`. Links are written from the root of the site, as `~/…`; the writer makes them relative to the page.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import ClassVar, Protocol

from markupsafe import Markup, escape


class Inline(Protocol):
    """Anything that can stand in a sentence or a cell."""

    def __html__(self) -> str:
        """The HTML, escaped."""
        ...


_NIL = "–"
_FIGURES = Markup(' class="n"')
_NUMBER = re.compile(r"([^\s(]+/[^\s)]+)")
_TAG = re.compile(r"<[^>]+>")


class Html(str):
    """Finished HTML: everything in it is escaped."""

    __slots__ = ()

    def __html__(self) -> str:
        return self


@lru_cache(maxsize=100_000)
def escaped(text: str) -> str:
    """The text escaped; words stand on many pages, and are escaped once."""
    return str(escape(text))


@lru_cache(maxsize=100_000)
def whole(text: str) -> Html:
    """The text escaped, with each document number kept on one line: '2893/QĐ-UBND' breaks at no hyphen."""
    parts = (f'<span class="nb">{escaped(part)}</span>' if i % 2 else escaped(part) for i, part in enumerate(_NUMBER.split(text)))
    return Html("".join(parts))


def plain(inline: Inline) -> str:
    """The words of it alone."""
    return html.unescape(_TAG.sub("", inline.__html__()))


def _lang(language: str) -> str:
    return f' lang="{language}"' if language else ""


@dataclass(frozen=True, slots=True)
class Text:
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


@dataclass(frozen=True, slots=True)
class Link:
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


@lru_cache(maxsize=100_000)
def _link(link: Link) -> str:
    """The HTML of a link, which many pages ask for."""
    hue = f' class="k-{link.kind}"' if link.kind else ""
    note = f" <small>{escaped(link.note)}</small>" if link.note else ""
    if not link.address:
        return f"<span{_lang(link.lang)}>{whole(link.text)}</span>{note}"
    return f'<a href="~/{escaped(link.address)}"{hue}{_lang(link.lang)}>{whole(link.text)}</a>{note}'


@dataclass(frozen=True, slots=True)
class Named:
    """A word that can be linked to by itself: a term of the vocabulary."""

    text: str
    numeric: ClassVar[bool] = False

    def __html__(self) -> str:
        return f'<a id="{escaped(self.text)}" href="#{escaped(self.text)}">{escaped(self.text)}</a>'


@dataclass(frozen=True, slots=True)
class Number:
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


@dataclass(frozen=True, slots=True)
class Lines:
    """Where a source file says so: 'dòng 841–855 · caobang-2893-2020.txt', and the words themselves where the documents are at hand."""

    text: str
    file: str = ""
    words: tuple[tuple[int, str], ...] = ()
    numeric: ClassVar[bool] = False

    def __html__(self) -> str:
        return _lines(self)


@lru_cache(maxsize=20_000)
def _lines(lines: Lines) -> str:
    """The HTML of lines, which stand on many pages."""
    file = f' <span class="file">{escaped(lines.file)}</span>' if lines.file else ""
    if not lines.words:
        return f'<span class="lines">{escaped(lines.text)}{file}</span>'
    rows = "".join(f'<span class="ln">{number}</span><span class="tx">{escaped(line)}</span>' for number, line in lines.words)
    return f'<details class="lines"><summary>{escaped(lines.text)}{file}</summary><div class="words" lang="vi">{rows}</div></details>'


@dataclass(frozen=True, slots=True)
class Mark:
    """A short word in a pill: in force or not, a status, a kind. `tone` is good, bad, unsure or quiet."""

    text: str
    tone: str = "quiet"
    why: str = ""
    numeric: ClassVar[bool] = False

    def __html__(self) -> str:
        title = f' title="{escaped(self.why)}"' if self.why else ""
        return f'<span class="mark {self.tone}"{title}>{escaped(self.text)}</span>'


@dataclass(frozen=True, slots=True)
class Many:
    """Several of them: joined by `joint`, or one below the other."""

    items: Sequence[Inline]
    joint: str = ", "
    stacked: bool = False
    numeric: ClassVar[bool] = False

    def __html__(self) -> str:
        if self.stacked and len(self.items) > 1:
            items = "".join(f"<li>{item.__html__()}</li>" for item in self.items)
            return f'<ul class="stack">{items}</ul>'
        return self.joint.join(item.__html__() for item in self.items)


@dataclass(frozen=True, slots=True)
class Marked:
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


Cell = Text | Link | Named | Number | Lines | Mark | Many | Marked
NOTHING = Text(_NIL, soft=True)
_SLOT = re.compile(r"\{(\w+)\}")


def sentence(words: str, **values: Inline) -> Many:
    """A sentence of ours with links and figures in its slots: 'Since {day}', day=…"""
    parts = _SLOT.split(words)
    return Many([values[part] if i % 2 else Text(part) for i, part in enumerate(parts) if part], joint="")


@dataclass(frozen=True, slots=True)
class Term:
    """A line of the facts at the head of a page."""

    name: str
    value: Inline


class Row(tuple[Cell, ...]):
    """A row that stands in many tables: its HTML is made once for each way of setting it."""

    def __init__(self, _cells: Iterable[Cell]) -> None:
        self.made: dict[tuple[str, ...], str] = {}


def _row(row: Sequence[Cell], marks: Sequence[str]) -> str:
    """The HTML of a row: what heads it, then its cells with their attributes; a cell without a mark is left out."""
    cells = "".join(f"<td{mark}>{cell.__html__()}</td>" for cell, mark in zip(row[1:], marks, strict=True) if mark)
    return f'<tr><th scope="row">{row[0].__html__()}</th>{cells}</tr>'


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: its caption, the heads of its columns, and rows of cells, the first of which heads its row.

    Rows have a cell for every column; `shown` names the columns that are set. `note` says what is left out.
    """

    caption: str
    columns: tuple[str, ...]
    rows: Sequence[tuple[Cell, ...]]
    foot: tuple[Cell, ...] = ()
    empty: str = ""
    lang: str = ""
    note: str = ""
    shown: frozenset[int] | None = None
    part: ClassVar[str] = "grid"

    @classmethod
    def of(
        cls,
        caption: str,
        columns: Sequence[str],
        rows: Sequence[tuple[Cell, ...]],
        foot: tuple[Cell, ...] = (),
        empty: str = "",
        lang: str = "",
        note: str = "",
    ) -> Grid:
        """The table without columns that say nothing in any row."""
        shown = frozenset(i for i in range(len(columns)) if i == 0 or any(row[i] is not NOTHING for row in rows))
        return cls(caption, tuple(columns), rows, foot, empty, lang, note, shown)

    @property
    def heads(self) -> list[tuple[str, Markup]]:
        """The columns that are set, each with the attributes of its head: figures are set flush right."""
        return [(self.columns[i], self._figures(i)) for i in range(len(self.columns)) if self.shown is None or i in self.shown]

    def _figures(self, column: int) -> Markup:
        return _FIGURES if any(row[column].numeric for row in self.rows[:20]) else Markup()

    @property
    def body(self) -> Html:
        """The rows."""
        return self._set(self.rows)

    @property
    def last(self) -> Html:
        """The row of sums."""
        return self._set([self.foot])

    def _set(self, rows: Sequence[tuple[Cell, ...]]) -> Html:
        """Rows for writing; each cell has the name of its column, for phones."""
        marks = tuple(
            f'{self._figures(i)} data-head="{escaped(name)}"' if self.shown is None or i in self.shown else ""
            for i, name in enumerate(self.columns)
        )[1:]
        found = []
        for row in rows:
            if not isinstance(row, Row):
                found.append(_row(row, marks))
            elif (made := row.made.get(marks)) is not None:
                found.append(made)
            else:
                found.append(row.made.setdefault(marks, _row(row, marks)))
        return Html("".join(found))


@dataclass(frozen=True, slots=True)
class Step:
    """A hop of a justification: what, how it bears on the next, on whose word, and whether it was in force."""

    link: Link
    kind: str
    title: Inline | None
    relations: tuple[Inline, ...]
    marks: tuple[Mark, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Steps:
    """An ordered list of hops under a heading; equal to itself alone, since all projects of a plan share it."""

    title: str
    note: str
    steps: tuple[Step, ...]
    part: ClassVar[str] = "steps"


@dataclass(frozen=True, slots=True)
class Drawing:
    """A finished SVG, everything in it escaped."""

    svg: str
    part: ClassVar[str] = "drawing"

    def __html__(self) -> str:
        return self.svg


@dataclass(frozen=True, slots=True)
class Bar:
    """One rectangle of a chart, with the words that a pointer finds."""

    series: int
    x: float
    y: float
    width: float
    height: float
    title: str


@dataclass(frozen=True, slots=True)
class Tick:
    """A label of an axis."""

    position: float
    text: str


@dataclass(frozen=True, slots=True)
class Chart:
    """Stacked bars, drawn by a template; `grid` has the same figures."""

    label: str
    unit: str
    height: float
    bars: tuple[Bar, ...]
    tops: tuple[tuple[float, float, str], ...]
    across: tuple[Tick, ...]
    up: tuple[Tick, ...]
    legend: tuple[str, ...]
    grid: Grid
    part: ClassVar[str] = "chart"


@dataclass(frozen=True, slots=True)
class Prose:
    """Paragraphs."""

    paragraphs: tuple[Inline, ...]
    part: ClassVar[str] = "prose"


@dataclass(frozen=True, slots=True)
class Tiles:
    """Large links, each with a line of explanation: the ways into the site."""

    tiles: tuple[tuple[Link, str], ...]
    part: ClassVar[str] = "tiles"


@dataclass(frozen=True, slots=True)
class Figures:
    """Large figures, each with what it counts and where that leads."""

    figures: tuple[tuple[str, Link], ...]
    part: ClassVar[str] = "figures"


@dataclass(frozen=True, slots=True)
class Answer:
    """A real answer: the question that it answers, the answer as a sentence, and where the whole of it stands."""

    question: str
    answer: Inline
    link: Link


@dataclass(frozen=True, slots=True)
class Answers:
    """Some answers side by side."""

    answers: tuple[Answer, ...]
    part: ClassVar[str] = "answers"


@dataclass(frozen=True, slots=True)
class Code:
    """A program text, to be read and copied."""

    text: str
    language: str
    part: ClassVar[str] = "code"


@dataclass(frozen=True, slots=True)
class Quote:
    """A text to be copied: its name, the text, and whether it is shown at once."""

    name: str
    text: str
    shown: bool = False


@dataclass(frozen=True, slots=True)
class Cite:
    """How to cite a page, in several forms, and what else there is to take away."""

    quotes: tuple[Quote, ...]
    links: tuple[Link, ...]
    part: ClassVar[str] = "cite"


Block = Grid | Steps | Drawing | Chart | Prose | Tiles | Code | Cite | Figures | Answers


@dataclass(frozen=True, slots=True)
class Section:
    """A heading, and what stands under it."""

    id: str
    title: str
    blocks: tuple[Block, ...]
    note: str = ""
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """A page before it is written; `linked` is what it says to programs, as JSON-LD."""

    title: str
    description: str
    sections: tuple[Section, ...] = ()
    lang: str = ""
    kind: str = ""
    kind_label: str = ""
    lede: Inline | None = None
    crumbs: tuple[Link, ...] = ()
    terms: tuple[Term, ...] = ()
    wide: bool = False
    linked: Markup | None = None
