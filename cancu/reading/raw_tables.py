"""Tables before their surroundings are known: columns and rows, put together over pages."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import accumulate, takewhile

from cancu.reading import captions, headers, placing, values
from cancu.reading.agreement import agreement
from cancu.reading.columns import MONEY, Column, columns, kind_of
from cancu.reading.contents import by_content
from cancu.reading.grids import Block, find_blocks, fold
from cancu.reading.layout import between
from cancu.reading.rows import EMPTY, align, fit, is_ordinal, is_section_label, is_total_label, join, segment
from cancu.reading.source import Cell, Grid, Line, Source
from cancu.records import Lines

_HEAD_PRICE = 2.0  # what a cell of the header costs: as much as a word that goes well under a head gains
_PLACED = 12.0  # what it says for each cell over what stands below it that the rows of a header are as wide as the table
_SUM = 3.0  # what a row gains that adds up as its heads say: twice as much as an amount under a head of money
_HEAD_ROWS = 4  # the rows of the tallest header
_BRIEF, _BRIEF_HEADS = 12, 4  # letters of an unknown head, and how many of them may follow each other
_SAMPLE_ROWS = 6  # by which a header is chosen whose rows are known
_RULED = 3  # rows that are parted alike, so that no blank of theirs is a cell by chance
# How the readings of a header are chosen among: on so many rows of cells, but so many cells at least, to so many of the best.
_STAGES = ((1.2, 16, 10), (2.5, 24, 4), (6.0, 24, 1))


@dataclass(frozen=True, slots=True)
class RawTable:
    """Columns, rows with a cell for each, and the words of the header. `caption` is what a head without a column of its own says."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    lines: Lines
    head: tuple[str, ...]
    caption: str = ""


def find_raw_tables(source: Source) -> tuple[RawTable, ...]:
    """The tables of a source whose columns can be understood, in their order; letterheads and signatures are none."""
    found: list[RawTable] = []
    for block in find_blocks(source):
        table = _known_rows(block.grid) if block.rows_known else _unknown_rows(block.grid, source.lines)
        if table:
            found.append(table)
        elif found and _goes_on(found[-1], block, source.lines):
            found[-1] = _continued(found[-1], block)
    return tuple(_joined(found, source.lines))


def _known_rows(grid: Grid) -> RawTable | None:
    matrix = expand(grid)
    first = next((index for index, row in enumerate(matrix) if _is_head([cell.text for cell in row])), None)
    if first is None and not _is_half_blank(matrix):
        return None
    first = first or 0
    best: tuple[float, tuple[Column, ...], int] | None = None
    for last in _heads_until(matrix, first):
        sample = [row for row in matrix[last : last + _HEAD_ROWS + _SAMPLE_ROWS] if any(cell.text for cell in row)]
        for score, paths in _readings(matrix[first:last], matrix[last:]):
            meant = columns(paths)
            fitted = [_fitted(row, meant) for row in sample]
            worth = score + sum(fits for fits, _ in fitted) + _SUM * agreement(meant, [row for _, row in fitted])
            if best is None or worth > best[0]:
                best = (worth, meant, last)
    if best is None:
        return None
    _, meant, last = best
    head = tuple(cell.text for row in matrix[first:last] for cell in row)
    body = tuple(_fitted(row, meant)[1] for row in matrix[last:] if not _repeats(row, {text for text in head if text}))
    return RawTable(by_content(meant, body), body, grid.lines, head)


def _readings(heads: Sequence[Sequence[Cell]], body: Sequence[Sequence[Cell]]) -> Iterator[headers.Reading]:
    """What the rows of a header may say: each cell over what stands below it, or the cells of a level in their order alone."""
    texts = [[cell.text for cell in row] for row in heads]
    price = _HEAD_PRICE * sum(bool(text) for row in heads[1:] for text in {cell.text for cell in row})
    width = _width(texts, body)
    paths = headers.from_rows([[*row, *[""] * (width - len(row))][:width] for row in texts])
    placed = len(texts) > 1 and all(paths) and all(len(row) >= width for row in texts)
    yield headers.rate(paths) - price + _PLACED * placed, paths
    levels = [[text for text, before in zip(row, ["", *row], strict=False) if text and text != before] for row in texts]
    for score, others in headers.from_levels(levels) if len(levels) > 1 else ():
        if others != paths:
            yield score - price, others


def _heads_until(matrix: Sequence[Sequence[Cell]], first: int) -> list[int]:
    """Where a header that begins in the row `first` may end: before a row of the body, and not within a span."""
    ends: list[int] = []
    for last in range(first + 1, min(first + _HEAD_ROWS, len(matrix)) + 1):
        row = [cell.text for cell in matrix[last]] if last < len(matrix) else []
        goes_on = bool(row) and bool(row[0]) and matrix[last][0].lines is None  # the first head reaches down
        if not row or (not goes_on and not _under_spans(row, [cell.text for cell in matrix[last - 1]])):
            ends.append(last)
        else:
            ends.clear()
        if not row or _opens_body(row):
            break
    return ends or [first + 1]


def _opens_body(row: Sequence[str]) -> bool:
    """Whether a row after a header is certainly none of it: it is numbered, holds an amount, or names a section."""
    full = list(dict.fromkeys(text for text in row if text))
    if not full or any(values.is_number(text) and kind_of(text) != "year" for text in full):
        return True
    known = kind_of(full[0]) is not None
    return (is_ordinal(full[0]) and not known) or is_section_label(full[0]) or (len(full) == 1 and not known)


def _under_spans(row: Sequence[str], above: Sequence[str]) -> bool:
    """Whether each cell of `row` stands under one that spans several columns, or goes on from above: so only heads do."""
    if len(row) != len(above) or _opens_body(row) or row[0] not in {"", above[0]}:
        return False
    filled = list(accumulate(above, _or_left))
    spans = Counter(filled)
    new = [place for place, text in enumerate(row) if text and text != above[place]]
    return len(new) > 1 and all(spans[filled[place]] > 1 and filled[place] for place in new)


def _or_left(left: str, text: str) -> str:
    return text or left


def _width(heads: Sequence[Sequence[str]], body: Sequence[Sequence[Cell]]) -> int:
    """How many columns there are: as far as any head or cell reaches."""
    texts = [*heads, *([cell.text for cell in row] for row in body)]
    reach = [max((index + 1 for index, text in enumerate(row) if text), default=0) for row in texts]
    head = max(reach[: len(heads)])
    wide = sorted(reach[len(heads) :])
    return max(head, wide[len(wide) // 2] if wide else 0)


def expand(grid: Grid) -> list[list[Cell]]:
    """The cells of a grid, one for each place: a spanned cell is repeated, without lines, so that it counts once."""
    matrix: list[list[Cell]] = []
    below: dict[int, tuple[int, Cell]] = {}
    width = max((sum(max(cell.colspan, 1) for cell in row) for row in grid.rows), default=0)
    for row in grid.rows:
        if below and len(row) == width and not any(row[place].text for place, (count, _) in below.items() if count):
            below.clear()  # a row that has blank cells of its own where those above reach down
        cells: list[Cell] = []
        waiting = list(row)
        while waiting or any(index >= len(cells) and count for index, (count, _) in below.items()):
            place = len(cells)
            count, above = below.get(place, (0, EMPTY))
            if count:
                cells.append(Cell(above.text, None))
                below[place] = (count - 1, above)
                continue
            if not waiting:
                if not any(index > place and left for index, (left, _) in below.items()):
                    break
                cells.append(EMPTY)
                continue
            cell = waiting.pop(0)
            for step in range(max(cell.colspan, 1)):
                cells.append(Cell(cell.text, cell.lines if step == 0 else None))
                if cell.rowspan > 1:
                    below[place + step] = (cell.rowspan - 1, cell)
        matrix.append([Cell(fold(cell.text), cell.lines) for cell in cells])
    return matrix


def _is_head(texts: Sequence[str]) -> bool:
    kinds = {kind_of(text) for text in texts if text and len(text) < 120} - {None}
    if len(set(filter(None, texts))) < 2 or any(values.is_number(text) and kind_of(text) != "year" for text in texts):
        return False
    return len(kinds) >= 2 and bool(kinds & {"ordinal", "name"} or len(kinds) > 2)


def _is_half_blank(matrix: Sequence[Sequence[Cell]]) -> bool:
    """Whether the first rows head money alone, and leave the heads of ordinals and names blank, which stand below."""
    blank = bool(matrix) and len(matrix[0]) > 2 and not matrix[0][0].text and not matrix[0][1].text
    paid = blank and len({cell.text for row in matrix[:2] for cell in row if kind_of(cell.text) in MONEY}) > 1
    return paid and any(is_ordinal(row[0].text) and row[1].text for row in matrix[1:_HEAD_ROWS] if len(row) > 2)


def _repeats(row: Sequence[Cell], words: set[str]) -> bool:
    full = [cell.text for cell in row if cell.text]
    return len(full) > 1 and all(text in words for text in full)


def _fitted(row: Sequence[Cell], meant: Sequence[Column]) -> tuple[float, tuple[Cell, ...]]:
    """A row whose place in the table is known, under the columns, and how well it goes: as it stands if that is well, else aligned anew."""
    width = len(meant)
    cells = list(row)
    while len(cells) > width and not cells[-1].text:
        cells.pop()
    if len(cells) > width:
        return align(cells, meant)
    padded = (*cells, *[EMPTY] * (width - len(cells)))
    fits = [fit(column.kind, cell.text) for column, cell in zip(meant, padded, strict=True)]
    if len(cells) == width or all(one >= -1.5 for one in fits):
        return sum(fits), padded
    return max(align(cells, meant), (sum(fits), padded), key=lambda way: way[0])


@dataclass(frozen=True, slots=True)
class _Guess:
    """A way to read the start of a run of cells: its header ends before `end`, and its columns are those `meant`."""

    stream: list[Cell]
    end: int
    meant: tuple[Column, ...]
    caption: str
    score: float  # of the header alone

    def worth(self, cells: int) -> float | None:
        """How well the header goes, and the first `cells` after it under it; None for no table."""
        sample = self.stream[self.end : self.end + cells]
        gain, found, _ = segment(sample, self.meant)
        if cut := placing.cut(sample, self.meant) if all(cell.text for cell in sample) else ():
            found, gain = list(cut), sum(fit(column.kind, cell.text) for row in cut for column, cell in zip(self.meant, row, strict=True))
        return self.score + gain + _SUM * agreement(self.meant, found) if found else None


def _unknown_rows(grid: Grid, lines: Sequence[Line]) -> RawTable | None:
    """The table in a run of cells: all ways to read its header are tried on its first row, the best of them on more."""
    grid = placing.without_numbers(grid)
    guesses = list(_guesses(grid, lines))
    ruled = _ruled([cell.text for cell in grid.rows[0]])
    guesses = [guess for guess in guesses if len(guess.meant) == ruled] or guesses
    widest = placing.widest([cell.text for cell in grid.rows[0]])
    guesses = [guess for guess in guesses if len(guess.meant) >= widest] or guesses
    width = max((len(guess.meant) for guess in guesses), default=0)
    for rows, least, most in _STAGES:
        weighed = [(worth, guess) for guess in guesses if (worth := guess.worth(max(least, int(rows * width)))) is not None]
        guesses = [guess for _, guess in sorted(weighed, key=lambda one: -one[0])[:most]]
    best = next(iter(guesses), None)
    return _cut(best, grid) if best else None


def _ruled(texts: Sequence[str]) -> int:
    """How many cells each row has, where a blank one parts each from the next, the header's words too; 0 where they are not parted so."""
    width = texts.index("") if "" in texts else 0
    step = width + 1
    whole = len(texts) > _RULED * step and len(texts) % step in {0, width} and all(texts[step::step])
    return width if width > 2 and whole and not any(texts[width::step]) else 0


def _guesses(grid: Grid, lines: Sequence[Line]) -> Iterator[_Guess]:
    cells = list(grid.rows[0])
    words = _words_before(grid, cells, lines)
    for stream, caption in ((cells, ""), ([Cell(words, None), *cells], words)) if words else ((cells, ""),):
        ends = _head_ends(stream)
        readings = headers.from_flat([cell.text for cell in stream], ends) if ends else {}
        numbered = stream[:1] and kind_of(stream[0].text) == "ordinal"
        for end in filter(partial(placing.is_steady, [cell.text for cell in stream]), ends if numbered else ()):
            readings[end] = ((_PLACED * end, tuple((cell.text,) for cell in stream[:end])), *readings[end])
        for end in ends:
            price = _HEAD_PRICE * sum(bool(cell.text) for cell in stream[:end])
            for score, paths in readings[end]:
                for meant in map(columns, _widened(paths)):
                    if _is_head([column.name for column in meant]) or sum(column.kind in MONEY for column in meant) > 2:
                        yield _Guess(stream, end, meant, caption, score - price)


def _cut(guess: _Guess, grid: Grid) -> RawTable:
    """The table that a run of cells holds, its header known."""
    meant = guess.meant
    head = tuple(cell.text for cell in guess.stream[: guess.end])
    body = _without_heads(guess.stream[guess.end :], [text for text in head if text])
    dense = all(cell.text for cell in body)  # each empty cell was lost
    cut = placing.cut(body, meant) if dense else ()
    _, rows, used = (0, cut, len(body)) if cut else segment(body, meant)
    last = max((cell.lines[1] for row in rows for cell in row if cell.lines), default=grid.lines[0])
    whole = used == len(body) or not any(cell.text for cell in body[used:])
    columns_, rows_ = by_content(meant, rows), tuple(rows)
    if dense:
        columns_, rows_ = placing.placed(columns_, rows_)
    return RawTable(columns_, rows_, (grid.lines[0], grid.lines[1] if whole else last), head, guess.caption)


def _widened(paths: tuple[headers.Path, ...]) -> Iterable[tuple[headers.Path, ...]]:
    """The columns as they are, and, where the first head is blank, with a second blank one: a blank often spans two."""
    yield paths
    if paths and not any(paths[0]):
        yield ((), *paths)


def _head_ends(cells: Sequence[Cell]) -> list[int]:
    """Where the header of a run of cells may end: before the first ordinal, total, section, amount, or unknown word."""
    texts = [cell.text for cell in cells]
    ordinals = any(kind_of(text) == "ordinal" for text in texts[:1])
    ends: list[int] = []
    heads = 0
    for index, text in enumerate(texts):
        known = bool(text) and kind_of(text) is not None
        heads += known
        if heads < 2 or not text:
            continue
        begins = (is_ordinal(text) and not known) or is_section_label(text) or (values.is_number(text) and kind_of(text) != "year")
        if begins or (is_total_label(text) and _number_follows(texts[index + 1 :])) or (not known and len(ends) < 1):
            ends.append(index)
            if begins:
                break
    if ends and not ordinals:  # unknown heads can be told from the first item by their length alone
        brief = takewhile(lambda text: 0 < len(text) <= _BRIEF and not values.is_number(text), texts[ends[0] :])
        ends += [ends[0] + more for more, _ in enumerate(brief, 1)][:_BRIEF_HEADS]
    earlier = {end - 1 for end in ends[:1] if not ordinals and end > 2 and kind_of(texts[end - 1]) in {"money", "name"}}
    return sorted(earlier | {end - blank for end in ends[-3 - _BRIEF_HEADS :] for blank in (0, 1) if not blank or not texts[end - 1]})


def _number_follows(texts: Sequence[str]) -> bool:
    first = next((text for text in texts if text), "")
    return values.is_number(first) and kind_of(first) != "year"


def _texts(cells: Sequence[Cell]) -> list[str]:
    return [cell.text for cell in cells if cell.text]


def _without_heads(cells: Sequence[Cell], head: Sequence[str]) -> list[Cell]:
    """The cells without repetitions of the header, as each page of a table may begin with."""
    kept: list[Cell] = []
    index = 0
    while index < len(cells):
        if len(head) > 2 and cells[index].text == head[0] and _texts(cells[index : index + 2 * len(head)])[: len(head)] == list(head):
            left = len(head)
            while left:
                left -= bool(cells[index].text)
                index += 1
        else:
            kept.append(cells[index])
            index += 1
    return kept


def _words_before(grid: Grid, cells: Sequence[Cell], lines: Sequence[Line]) -> str:
    """The words just before the first bar, where they may be the table's first cell: up to three lines after a heading."""
    if cells and (not cells[0].text or kind_of(cells[0].text) == "ordinal"):
        return ""
    before = between(lines, grid.lines[0] - 4, grid.lines[0] - 1)
    words: list[str] = []
    for line in reversed(before):
        ends = captions.is_numbered(line.text) or captions.is_heading(line.text) or captions.is_unit_line(line.text)
        if ends or not line.text.strip() or line.text.strip().endswith((".", ":", ";")) or len(words) == 3:
            break
        words.insert(0, line.text)
    text = fold(" ".join(words))
    return text if kind_of(text) else ""


# ---------------------------------------------------------------- tables over several pages


def _goes_on(table: RawTable, block: Block, lines: Sequence[Line]) -> bool:
    """Whether a block without a header is the rest of the table before it."""
    if not block.rows_known or _break_between(table.lines[1], block.grid.lines[0], lines):
        return False
    matrix = expand(block.grid)
    return bool(matrix) and max(map(len, matrix)) == len(table.columns) > 3


def _continued(table: RawTable, block: Block) -> RawTable:
    words = {text for text in table.head if text}
    rows = list(table.rows)
    for place, row in enumerate(expand(block.grid)):
        _, cells = _fitted(row, table.columns)
        if not _repeats(row, words):
            _append(rows, cells, table.columns, first=place == 0)
    return replace(table, rows=tuple(rows), lines=(table.lines[0], block.grid.lines[1]))


def _append(rows: list[tuple[Cell, ...]], cells: tuple[Cell, ...], meant: Sequence[Column], *, first: bool) -> None:
    """`cells` as a new row, or joined to the last one where a page broke it: the first of a page, without ordinal and name."""
    named = any(cell.text for column, cell in zip(meant, cells, strict=True) if column.kind in {"ordinal", "name"})
    if first and rows and not named:
        rows[-1] = tuple(join(one, other) for one, other in zip(rows[-1], cells, strict=True))
    else:
        rows.append(cells)


def _joined(tables: Sequence[RawTable], lines: Sequence[Line]) -> list[RawTable]:
    """Shapes, those of one table put together: the same header again, with no heading between."""
    result: list[RawTable] = []
    for table in tables:
        before = result[-1] if result else None
        if before and before.head == table.head and not _break_between(before.lines[1], table.lines[0], lines):
            rows = list(before.rows)
            for place, row in enumerate(table.rows):
                _append(rows, _fitted(row, before.columns)[1], before.columns, first=place == 0)
            result[-1] = replace(before, rows=tuple(rows), lines=(before.lines[0], table.lines[1]))
        else:
            result.append(table)
    return result


def _break_between(first: int, last: int, lines: Sequence[Line]) -> bool:
    """Whether a heading, a unit of money, or much text stands between two lines."""
    texts = [line.text for line in between(lines, first + 1, last - 1) if line.text.strip()]
    return len(texts) > captions.LOOK_BACK or any(
        captions.is_heading(text) or captions.is_unit_line(text) or captions.is_numbered(text) for text in texts
    )
