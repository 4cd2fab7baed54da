"""Tables that a plain text holds, as grids of cells: what a law portal or a converter leaves of a table.

Five ways of writing one are known. Two of them lose where a row ends; their grid is one long row, and
`cancu.reading.tables` finds the rows again:
- *barred*: a lone `|` between cells, each on lines of its own, perhaps one more between rows, or a blank line (`barred_rows`);
- *spaced*: a blank line between cells, and a lone no-break space for an empty one; or a cell a line, and nothing between;
- *tabbed*: a row a line, cells parted by tabs, a cell perhaps going on over the next lines;
- *stacked*: a cell a line after one tab, and a blank line between rows (`stacked`);
- *aligned*: columns that white space alone keeps apart (`aligned`).
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from cancu.reading import aligned, barred_rows, stacked, values
from cancu.reading.columns import kind_of
from cancu.reading.layout import opens_part, squeeze
from cancu.reading.rows import is_ordinal, is_section_label
from cancu.reading.source import Cell, Grid, Line, Source
from cancu.records import Lines

_BAR = "|"
_LONGEST_CELL = 40  # lines; text between bars that is longer is the body of the document
_LONGEST_HEAD = 80  # letters of a head of a column
_LONGEST_ROW = 24  # cells; more are several rows
_NUMBERED = re.compile(r"(?:[IVX]+|\d+(?:\.\d+)*)[.)]\s+\w")
_FIRST_HEADER = re.compile(r"\W*+[SsTt](?i:(?<=s)tt|(?<=t)t|(?<=s)ố\s+(?:tt|thứ\s+tự))\W*$")  # most lines are left at their first letter
_MARKUP = re.compile(r"\*\*|(?<![\w*])__|__(?![\w*])")


@dataclass(frozen=True, slots=True)
class Block:
    """A grid found in the lines of a text. `rows_known` is false where the grid is one long row of cells."""

    grid: Grid
    rows_known: bool


def find_blocks(source: Source) -> tuple[Block, ...]:
    """All grids of a source in the order of their lines: those that its format marks, and those written out in its text."""
    blocks = [Block(grid, rows_known=True) for grid in source.grids]
    lines = _outside(source.lines, source.grids)
    for finder in (_barred_rows, _barred, _stacked, _tabbed, _piped, _aligned, _spaced):
        found = finder(lines)
        blocks += found
        lines = _outside(lines, [block.grid for block in found])
    return tuple(sorted(blocks, key=lambda block: block.grid.lines))


def find_lined(source: Source) -> tuple[Grid, ...]:
    """The grids whose lines hold nothing but cells: those that the format marks, piped ones and aligned ones."""
    lines = _outside(source.lines, source.grids)
    return (*source.grids, *(block.grid for finder in (_piped, _aligned) for block in finder(lines)))


@lru_cache(maxsize=1 << 12)
def fold(text: str) -> str:
    """`text` without Markdown emphasis, white space folded to one space. Remembered, for a header's cells are looked at again and again."""
    text = squeeze(values.unbroken(text))
    if "*" in text or "__" in text:
        text = _MARKUP.sub("", text)
    if len(text) > 2 and text[0] == text[-1] == "*" and text[1] not in "* ":
        text = text[1:-1]
    return text.strip().replace("\\-", "-").replace("\\*", "*")


def _outside(lines: Sequence[Line], grids: Iterable[Grid]) -> Sequence[Line]:
    taken = {number for grid in grids for number in range(grid.lines[0], grid.lines[1] + 1)}
    return [line for line in lines if line.number not in taken] if taken else lines


def _lacks(lines: Sequence[Line], mark: str) -> bool:
    """Whether fewer than two lines have a mark: then no table is written with it, which is seen fast."""
    return len([line for line in lines if mark in line.text]) < 2


def _cell(lines: Sequence[Line]) -> Cell:
    """The cell that stands on `lines`, blank ones at either end left out."""
    if len(lines) == 1:
        text, number = fold(lines[0].text), lines[0].number
        return Cell(text, (number, number) if text else None)
    full = [line for line in lines if line.text.strip()]
    text = fold("\n".join(line.text for line in full))
    return Cell(text, (full[0].number, full[-1].number) if text else None)


def _block(rows: Iterable[Sequence[Cell]], first: int, last: int, *, rows_known: bool) -> Block:
    return Block(Grid(tuple(tuple(row) for row in rows), (first, last)), rows_known)


# ---------------------------------------------------------------- barred


def _barred(lines: Sequence[Line]) -> list[Block]:
    bars = [index for index, line in enumerate(lines) if _BAR in line.text and line.text.strip() == _BAR]
    blocks, run = [], bars[:1]
    for before, here in itertools.pairwise(bars):
        if _is_cell(lines[before + 1 : here]) and not _is_between(lines[before + 1 : here + 2]):
            run.append(here)
        else:
            blocks += _bar_run(lines, run)
            run = [here]
    return blocks + _bar_run(lines, run)


def _barred_rows(lines: Sequence[Line]) -> list[Block]:
    found = ([[_cell(cell) for cell in row] for row in rows] for rows in barred_rows.find_rows(lines))
    return [_block(rows, *_ends(rows), rows_known=True) for rows in found]


def _is_cell(lines: Sequence[Line]) -> bool:
    """Whether the lines between two bars are a cell, and not the text between two tables; one blank line is an empty one."""
    if not lines or (len(lines) == 1 and not lines[0].text.strip()):
        return True
    if len(lines) > _LONGEST_CELL or not lines[0].text.strip() or lines[-1].number - lines[0].number >= len(lines):
        return False
    return not any(opens_part(line.text) for line in lines)


def _is_between(lines: Sequence[Line]) -> bool:
    """Whether lines up to a bar, with the one after it, are numbered paragraphs before the head of another table."""
    *body, _, following = [line.text.strip() for line in lines] if len(lines) > 4 else ("", "", "")
    return _FIRST_HEADER.match(following) is not None and any(_NUMBERED.match(text) for text in body)


def _bar_run(lines: Sequence[Line], bars: Sequence[int]) -> list[Block]:
    if len(bars) < 3:
        return []
    cells = [_cell(lines[a + 1 : b]) for a, b in itertools.pairwise(bars)]
    tail = lines[bars[-1] + 1 :][:_LONGEST_CELL]
    if tail and tail[0].text.strip() and len(lines) - bars[-1] - 1 <= 4 and not any(opens_part(line.text) for line in tail):
        cells.append(_cell(tail))  # the last cell of a file may lack its closing bar
        return [_block([cells], lines[bars[0]].number, tail[-1].number, rows_known=False)]
    return [_block([cells], lines[bars[0]].number, lines[bars[-1]].number, rows_known=False)]


# ---------------------------------------------------------------- stacked


def _stacked(lines: Sequence[Line]) -> list[Block]:
    if _lacks(lines, "\t"):
        return []
    found = [[[_cell(cell) for cell in row] for row in rows] for rows in stacked.find_rows(lines)]
    whole = [_even(rows[0]) if len(rows) == 1 and _is_run(rows[0]) else rows for rows in found]
    return [
        _block(rows, *_ends(rows), rows_known=len(rows) > 1)
        for rows in whole
        if max(map(len, rows)) > 2 and (len(rows) > 1 or _is_run(rows[0]))
    ]


def _even(cells: Sequence[Cell]) -> list[list[Cell]]:
    """A run of cells cut into rows of one width, each with an ordinal or an empty cell and then words; one row where no width does so."""
    for width in range(3, len(cells) // 3 + 1):
        firsts = [cell.text for cell in cells[width::width]]
        begin = len(cells) % width == 0 and all(not text or is_ordinal(text) or is_section_label(text) for text in firsts)
        if begin and all(firsts[:2]) and not any(values.is_number(cell.text) for cell in cells[width + 1 :: width]):
            return [list(cells[start : start + width]) for start in range(0, len(cells), width)]
    return [list(cells)]


def _is_run(cells: Sequence[Cell]) -> bool:
    """Whether cells that no blank line parts are the rows of a table, a lone tab being an empty cell: where a row ends is lost."""
    return len(cells) > _LONGEST_ROW and _FIRST_HEADER.match(cells[0].text) is not None and not all(cell.text for cell in cells)


def _ends(rows: Iterable[Sequence[Cell]]) -> Lines:
    """The first and the last line of the cells of rows."""
    spans = [cell.lines for row in rows for cell in row if cell.lines]
    return spans[0][0], spans[-1][1]


# ---------------------------------------------------------------- tabbed


def _tabbed(lines: Sequence[Line]) -> list[Block]:
    if _lacks(lines, "\t"):
        return []
    blocks: list[Block] = []
    run: list[Line] = []
    for line in [*lines, Line(0, "")]:
        fresh = bool(run) and not run[-1].text.strip()
        if line.number and (("\t" in line.text.strip(" ") and not opens_part(line.text)) or (run and not _ends_tabs(line, fresh=fresh))):
            run.append(line)
            continue
        if line.number and not line.text.strip():
            if run:
                run.append(line)
            continue
        blocks += _tab_run(run)
        run = []
    return blocks


def _ends_tabs(line: Line, *, fresh: bool) -> bool:
    """Whether a line without tabs stands outside the rows: a heading, or what begins anew after a blank line and names no section."""
    text = line.text.strip()
    return not text or opens_part(line.text) or text.startswith("#") or (fresh and not is_section_label(text))


def _tab_run(run: list[Line]) -> list[Block]:
    while run and "\t" not in run[-1].text:
        run.pop()
    if sum(line.text.count("\t") >= 2 for line in run) < 2:
        return []
    width = run[0].text.count("\t") + 1
    rows: list[list[list[Line]]] = []
    for line in run:
        pieces = [[Line(line.number, piece)] for piece in line.text.split("\t")]
        if rows and len(rows[-1]) < width - 1 and len(rows[-1]) + len(pieces) - 1 <= width and not _begins_row(pieces[0][0].text):
            rows[-1][-1] += pieces[0]
            rows[-1] += pieces[1:]
        elif rows and len(pieces) == 1 and not is_section_label(line.text.strip()):
            _last_full(rows[-1]).extend(pieces[0])
        else:
            rows.append(pieces)
    return [_block([[_cell(cell) for cell in row] for row in rows], run[0].number, run[-1].number, rows_known=True)]


def _begins_row(text: str) -> bool:
    return not text.strip() or is_ordinal(text.split(maxsplit=1)[0]) or is_section_label(text.strip())


def _last_full(row: list[list[Line]]) -> list[Line]:
    return next((cell for cell in reversed(row) if cell[0].text.strip()), row[-1])


# ---------------------------------------------------------------- piped


def _piped(lines: Sequence[Line]) -> list[Block]:
    """Rows written as `a | b | c` on one line each, where the format did not mark them."""
    if _lacks(lines, _BAR):
        return []
    blocks: list[Block] = []
    run: list[Line] = []
    for place, line in enumerate([*lines, Line(0, "")]):
        if line.number and (line.text.count(_BAR) >= 2 or (run and (line.text.rstrip().endswith(_BAR) or _parts_rows(lines, place, run)))):
            run.append(line)
            continue
        if len(run) > 1:
            rows = [line for line in run if line.text.strip(" |-:+\t\xa0")]
            opened = sum(line.text.lstrip().startswith(_BAR) for line in rows) > len(rows) / 2
            cells = [[_cell([Line(line.number, piece)]) for piece in _pieces(line.text, opened=opened)] for line in rows]
            blocks.append(_block(cells, run[0].number, run[-1].number, rows_known=True))
        run = []
    return blocks


def _parts_rows(lines: Sequence[Line], place: int, run: Sequence[Line]) -> bool:
    """Whether a line is a blank one between two rows of as many cells."""
    if lines[place].text.strip() or place + 1 == len(lines):
        return False
    return lines[place + 1].text.count(_BAR) == run[0].text.count(_BAR)


def _pieces(text: str, *, opened: bool) -> list[str]:
    """The cells of a row; where rows do not begin with a bar, one that does has an empty first cell."""
    text = text.strip().removesuffix(_BAR)
    return (text.removeprefix(_BAR) if opened else text).split(_BAR)


# ---------------------------------------------------------------- aligned


def _aligned(lines: Sequence[Line]) -> list[Block]:
    return [Block(grid, rows_known=True) for grid in aligned.find_grids(lines)]


# ---------------------------------------------------------------- spaced


def _spaced(lines: Sequence[Line]) -> list[Block]:
    """Cells as paragraphs: the run that begins with a header and goes on to the next heading of an appendix."""
    cells = _one_a_line(_first_heads(_paragraphs(lines)))
    blocks: list[Block] = []
    index = 0
    while index < len(cells):
        if not _begins_header(cells, index):
            index += 1
            continue
        end = next(
            (i for i in range(index + 1, len(cells)) if opens_part(cells[i][0].text) or _begins_another(cells, index, i)), len(cells)
        )
        found = [_cell(cell) for cell in cells[index:end]]
        blocks.append(_block([found], cells[index][0].number, cells[end - 1][-1].number, rows_known=False))
        index = end
    return blocks


def _first_heads(paragraphs: Sequence[list[Line]]) -> list[list[Line]]:
    """The paragraphs, each first head of a table by itself where the line before it, as that of the unit, has no blank one after it."""
    parted: list[list[Line]] = []
    for place, paragraph in enumerate(paragraphs):
        *before, last = paragraph
        follows = before and _FIRST_HEADER.match(last.text) and _begins_header([[last], *paragraphs[place + 1 : place + 3]], 0)
        parted += [before, [last]] if follows else [paragraph]
    return parted


def _one_a_line(paragraphs: Sequence[list[Line]]) -> list[list[Line]]:
    """The paragraphs; from one on whose lines begin as a header does, each line by itself: a copy without blank lines between cells."""
    for place, paragraph in enumerate(paragraphs):
        if len(paragraph) < 3:  # a header has three heads
            continue
        singles = [[line] for line in paragraph]
        for index, line in enumerate(paragraph[:-2]):
            if _FIRST_HEADER.match(line.text) and _begins_header(singles, index):
                before = [paragraph[:index]] if index else []
                return [*paragraphs[:place], *before, *singles[index:], *([line] for rest in paragraphs[place + 1 :] for line in rest)]
    return list(paragraphs)


def _paragraphs(lines: Sequence[Line]) -> list[list[Line]]:
    """Runs of lines that are not blank; a lone no-break space is a paragraph, empty once folded.

    So is a lone space between two lines without any, as an editor leaves of it.
    """
    paragraphs: list[list[Line]] = []
    fresh = True
    for place, line in enumerate(lines):
        blank = not line.text.strip(" \t\r")
        if line.text == " " and 0 < place < len(lines) - 1 and not lines[place - 1].text and not lines[place + 1].text:
            paragraphs.append([line])
        elif not blank:
            if fresh or not line.text.strip() or not paragraphs[-1][0].text.strip():
                paragraphs.append([])
            paragraphs[-1].append(line)
        fresh = blank
    return paragraphs


def _begins_another(cells: Sequence[Sequence[Line]], first: int, index: int) -> bool:
    """Whether another table begins at `index` than the one that does at `first`, whose header each page may repeat."""
    if not _FIRST_HEADER.match(fold(cells[index][0].text)) or not _begins_header(cells, index):
        return False
    return [fold(cell[0].text) for cell in cells[index : index + 3]] != [fold(cell[0].text) for cell in cells[first : first + 3]]


def _words(cell: Sequence[Line]) -> str:
    return fold(" ".join([line.text for line in cell]))


def _begins_header(cells: Sequence[Sequence[Line]], index: int) -> bool:
    """Whether three header words follow each other here, the first of them for the ordinal or the name of an item."""
    if len(cells[index][0].text.strip()) > 2 * _LONGEST_HEAD:  # most paragraphs are no heads, however their white space is folded
        return False
    first = _words(cells[index])
    opens = _FIRST_HEADER.match(first) is not None
    if not opens and (len(first) > _LONGEST_HEAD or kind_of(first) != "name"):
        return False
    others = [_words(cell) for cell in cells[index + 1 : index + 3]]
    if len(others) < 2 or any(len(text) > _LONGEST_HEAD for text in (first, *others)):
        return False
    kinds = [kind_of(text) for text in others]
    if opens:
        return kinds[0] is not None
    return None not in kinds and not set(kinds) & {"name", "ordinal"}  # a title is followed by those
