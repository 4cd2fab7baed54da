"""What pages are made of: tables, lists, drawings, charts, their sections, and the page. Each kind has its template in `parts/`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from typing import ClassVar

from msgspec import Struct

from cancu.website.parts import NOTHING, Cell, Html, Inline, Link, Mark, escaped

_FIGURES = Html(' class="n"')
_NO_MARK = Html()


class Term(Struct, frozen=True, gc=False):
    """A line of the facts at the head of a page."""

    name: str
    value: Inline


class Row(tuple[Cell, ...]):
    """A row that stands in many tables: its HTML is made once for each way of setting it."""

    def __init__(self, _cells: Iterable[Cell]) -> None:
        self.made: dict[str, str] = {}


class _Setting(Struct, frozen=True, gc=False):
    """How a table is set: the heads of its columns, each with its attributes, and the HTML of a row, with '%s' for each cell."""

    heads: tuple[tuple[str, Html], ...]
    row: str


@lru_cache(maxsize=10_000)
def _setting(columns: tuple[str, ...], shown: frozenset[int], figures: frozenset[int]) -> _Setting:
    """How a table of these columns is set: figures flush right; each cell has the name of its column, for phones."""
    heads, cells = [], []
    for i, name in enumerate(columns):
        mark = _FIGURES if i in figures else _NO_MARK
        if i not in shown:
            cells.append("%.0s")
        else:
            heads.append((name, mark))
            named = f'{mark} data-head="{escaped(name)}"'.replace("%", "%%")
            cells.append(f"<td{named}>%s</td>" if i else '<th scope="row">%s</th>')
    return _Setting(tuple(heads), f"<tr>{''.join(cells)}</tr>")


class Grid(Struct, frozen=True, gc=False):
    """A table: its caption, the heads of its columns, and rows of cells, the first of which heads its row.

    Rows have a cell for every column; `shown` names the columns that are set, `figures` those of figures. `note` says what is left out.
    """

    caption: str
    columns: tuple[str, ...]
    rows: Sequence[tuple[Cell, ...]]
    foot: tuple[Cell, ...] = ()
    empty: str = ""
    lang: str = ""
    note: str = ""
    shown: frozenset[int] = frozenset()
    figures: frozenset[int] = frozenset()
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
        """The table without columns that say nothing in any row; what the first rows hold tells which columns are of figures."""
        shown, figures = {0}, set()
        for i, cells in enumerate(zip(*rows, strict=True)):
            if any(cell is not NOTHING for cell in cells):
                shown.add(i)
            if any(cell.numeric for cell in cells[:20]):
                figures.add(i)
        return cls(caption, tuple(columns), rows, foot, empty, lang, note, frozenset(shown), frozenset(figures))

    @property
    def _setting(self) -> _Setting:
        return _setting(self.columns, self.shown, self.figures)

    @property
    def heads(self) -> tuple[tuple[str, Html], ...]:
        """The columns that are set, each with the attributes of its head."""
        return self._setting.heads

    @property
    def body(self) -> Html:
        """The rows."""
        return self._set(self.rows)

    @property
    def last(self) -> Html:
        """The row of sums."""
        return self._set([self.foot])

    def _set(self, rows: Sequence[tuple[Cell, ...]]) -> Html:
        form = self._setting.row
        return Html("".join([_row(row, form) for row in rows]))


def _row(row: Sequence[Cell], form: str) -> str:
    """The HTML of a row."""
    if not isinstance(row, Row):
        return form % tuple([cell.__html__() for cell in row])
    if form not in row.made:
        row.made[form] = form % tuple([cell.__html__() for cell in row])
    return row.made[form]


class Step(Struct, frozen=True, gc=False):
    """A hop of a justification: what, how it bears on the next, on whose word, and whether it was in force."""

    link: Link
    kind: str
    title: Inline | None
    relations: tuple[Inline, ...]
    marks: tuple[Mark, ...] = ()


class Steps(Struct, frozen=True, eq=False, gc=False):
    """An ordered list of hops under a heading; equal to itself alone, since all projects of a plan share it."""

    title: str
    note: str
    steps: tuple[Step, ...]
    part: ClassVar[str] = "steps"


class Drawing(Struct, frozen=True, gc=False):
    """A finished SVG, everything in it escaped."""

    svg: str
    part: ClassVar[str] = "drawing"

    def __html__(self) -> str:
        return self.svg


class Bar(Struct, frozen=True, gc=False):
    """One rectangle of a chart, with the words that a pointer finds."""

    series: int
    x: float
    y: float
    width: float
    height: float
    title: str


class Tick(Struct, frozen=True, gc=False):
    """A label of an axis."""

    position: float
    text: str


class Chart(Struct, frozen=True, gc=False):
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


class Prose(Struct, frozen=True, gc=False):
    """Paragraphs."""

    paragraphs: tuple[Inline, ...]
    part: ClassVar[str] = "prose"


class Tiles(Struct, frozen=True, gc=False):
    """Large links, each with a line of explanation: the ways into the site."""

    tiles: tuple[tuple[Link, str], ...]
    part: ClassVar[str] = "tiles"


class Figures(Struct, frozen=True, gc=False):
    """Large figures, each with what it counts and where that leads."""

    figures: tuple[tuple[str, Link], ...]
    part: ClassVar[str] = "figures"


class Answer(Struct, frozen=True, gc=False):
    """A real answer: the question that it answers, the answer as a sentence, and where the whole of it stands."""

    question: str
    answer: Inline
    link: Link


class Answers(Struct, frozen=True, gc=False):
    """Some answers side by side."""

    answers: tuple[Answer, ...]
    part: ClassVar[str] = "answers"


class Code(Struct, frozen=True, gc=False):
    """A program text, to be read and copied."""

    text: str
    language: str
    part: ClassVar[str] = "code"


class Quote(Struct, frozen=True, gc=False):
    """A text to be copied: its name, the text, and whether it is shown at once."""

    name: str
    text: str
    shown: bool = False


class Cite(Struct, frozen=True, gc=False):
    """How to cite a page, in several forms, and what else there is to take away."""

    quotes: tuple[Quote, ...]
    links: tuple[Link, ...]
    part: ClassVar[str] = "cite"


Block = Grid | Steps | Drawing | Chart | Prose | Tiles | Code | Cite | Figures | Answers


class Section(Struct, frozen=True, gc=False):
    """A heading, and what stands under it."""

    id: str
    title: str
    blocks: tuple[Block, ...]
    note: str = ""
    kind: str = ""


class Page(Struct, frozen=True, gc=False):
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
