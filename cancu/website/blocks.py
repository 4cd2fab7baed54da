"""What pages are made of: tables, lists, drawings, charts, their sections, and the page. Each kind has its template in `parts/`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar

from markupsafe import Markup

from cancu.website.parts import NOTHING, Cell, Html, Inline, Link, Mark, escaped

_FIGURES = Markup(' class="n"')


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
    linked: Html | None = None


# The pages of a family: the key of each in addresses, and what makes it when it is wanted.
Pages = Iterator[tuple[str, Callable[[], Page]]]
