"""Tables whose columns only white space keeps apart, as a page printed to text has them, as grids of cells.

A row takes several lines, its ordinal on the first or half way down. The columns are where the lines agree to be blank.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise, takewhile

from cancu.frozen import Frozen
from cancu.reading import values
from cancu.reading.columns import kind_of
from cancu.reading.rows import is_group_ordinal, is_ordinal, is_section_label, is_total_label
from cancu.reading.source import Cell, Grid, Line

_PIECE = re.compile(r"\S+(?:[ \u00a0]\S+)*")
_END = re.compile(r"(?i)^\W*(?:phụ\s+(?:lục|biểu)|(?:biểu|bảng)\s+(?:số|\d{1,2}(?!\w))|nơi\s+nhận|ghi\s+chú\s*:)")
_UNIT = re.compile(r"(?i)^\W*(?:đơn\s+vị(?:\s+tính)?|đvt)\s*:")
_PAGE = re.compile(r"\d{1,3}")
_PROSE = 70  # letters of a lone piece at the margin that is no cell
_LISTED = re.compile(
    r"(?:\d{1,2}|[a-zđ])[.)]\s+\S|[-–+•*]\s|(?:PHẦN|Phần|CHƯƠNG|Chương|Điều)\s"
)  # a paragraph with its label, where a table has ordinals alone
_PART = re.compile(r"[a-hđ]\)\s|[-+]\s")
_MARGIN = 6
_BLANKS = 3  # blank lines that end a table
_HEAD_LINES = 8
_LIKELY = 8  # cuts between two rows that are weighed together
_SPANNING = frozenset({"year", "money", "total", "group", "phasing"})


class _Piece(Frozen, frozen=True):
    """Words that stand together on a line, from the column `start` of its characters to before `end`."""

    start: int
    end: int
    text: str


class _Row(Frozen, frozen=True):
    """A line with its pieces."""

    number: int
    pieces: tuple[_Piece, ...]


def find_grids(lines: Sequence[Line]) -> Iterator[Grid]:
    """The tables among `lines` whose columns are parted by two spaces or more and whose rows are numbered."""
    gapped = [line for line in lines if "  " in line.text or not line.text.isprintable()]  # the others hold one piece
    if not any(_is_head(_row(line)) for line in gapped):
        return
    rows = [_row(line) for line in lines]
    index = 0
    while index < len(rows):
        if not _is_head(rows[index]):
            index += 1
            continue
        first = index
        while first and len(rows[first - 1].pieces) > 1 and not _UNIT.match(rows[first - 1].pieces[0].text) and index - first < _HEAD_LINES:
            first -= 1
        last = _end(rows, index)
        if grid := _grid(rows[first:last], index - first):
            yield grid
        index = max(last, index + 1)


def _row(line: Line) -> _Row:
    pieces = _PIECE.finditer(line.text) if "\t" not in line.text else ()
    return _Row(line.number, tuple(_Piece(piece.start(), piece.end(), piece[0]) for piece in pieces))


def _is_head(row: _Row) -> bool:
    """Whether a line begins with the head of the ordinals, and has two known heads more."""
    kinds = [kind_of(piece.text) for piece in row.pieces] if len(row.pieces) > 2 else [None]
    return kinds[0] == "ordinal" and sum(kind is not None for kind in kinds) > 2


def _end(rows: Sequence[_Row], head: int) -> int:
    """Where a table with a head at `head` ends: before another heading, prose at the margin, or a gap."""
    blank, last = 0, head + 1
    for index in range(head + 1, len(rows)):
        pieces = rows[index].pieces
        blank = 0 if pieces else blank + 1
        if blank == _BLANKS or (pieces and (_ends_table(pieces[0].text) or _is_head(rows[index]) or _is_prose(rows[index]))):
            break
        if pieces:
            last = index + 1
    while last > head + 2 and not rows[last - 2].pieces and _is_page_number(rows[last - 1]):
        last = next(index for index in range(last - 1, head, -1) if rows[index - 1].pieces)
    return last


def _ends_table(text: str) -> bool:
    """Whether a line begins what comes after a table: its notes, the recipients, or the heading or the unit of another table."""
    return _END.match(text) is not None or _UNIT.match(text) is not None


def _is_page_number(row: _Row) -> bool:
    """Whether a line holds a small number alone, far from the margin, as the foot of a page does."""
    return len(row.pieces) == 1 and row.pieces[0].start > _MARGIN and _PAGE.fullmatch(row.pieces[0].text) is not None


def _is_prose(row: _Row) -> bool:
    piece = row.pieces[0]
    if len(row.pieces) > 1 or piece.start > _MARGIN:
        return False
    return bool(_LISTED.match(piece.text)) or (len(piece.text) > _PROSE and not is_section_label(piece.text))


def _grid(rows: Sequence[_Row], head: int) -> Grid | None:
    """The lines of a table as a grid; None where its rows are not numbered, or its columns not blank between."""
    starts = [
        i
        for i, row in enumerate(rows)
        if i > head and row.pieces and (_opens(row) or _opens_below_blank(rows, i)) and not _ends_word(rows, i)
    ]
    if len(starts) < 2:
        return None
    body = rows[head + 1 :] if _opens_at_once(rows, head, starts[0]) else rows[starts[0] :]
    full = [row for row in body if len(row.pieces) > 2]
    bins = _columns([piece for row in full for piece in row.pieces if not is_total_label(piece.text)], rows[head].pieces)
    if len(bins) < 3:
        return None
    top = len(rows) - len(body)
    heads = _heads(rows[:top], bins)
    cells = [_cells(rows[first:last], bins) for first, last in _cuts(rows, top, starts, bins)]
    return Grid((*heads, *(row for row in cells if any(cell.text for cell in row))), (rows[0].number, rows[-1].number))


def _opens(row: _Row) -> bool:
    """Whether a line holds the ordinal of a row, the label of a section, or that of a total."""
    first = row.pieces[0]
    return (first.start <= _MARGIN and (is_ordinal(first.text) or is_section_label(first.text))) or is_total_label(first.text)


def _opens_below_blank(rows: Sequence[_Row], place: int) -> bool:
    """Whether a line below a blank one opens a row without an ordinal: a part of the row above, or a total that its column broke."""
    if rows[place - 1].pieces or len(rows[place].pieces) < 2:
        return False
    first = rows[place].pieces[0]
    if first.start > _MARGIN:
        return False
    column = [row.pieces[0] for row in takewhile(lambda row: row.pieces, rows[place:])]
    word = values.unbroken("\n".join(piece.text for piece in column if piece.start == first.start))
    return _PART.match(first.text) is not None or is_total_label(word)


def _ends_word(rows: Sequence[_Row], place: int) -> bool:
    """Whether a line holds the end of a word that the column of ordinals broke ("Tổn", below it "g"), and perhaps of numbers."""
    above, here = rows[place - 1].pieces, rows[place].pieces
    if not above or any(len(piece.text) > 2 or not piece.text.isdigit() for piece in here[1:]):
        return False
    return "\n" not in values.unbroken(f"{above[0].text}\n{here[0].text}")


def _opens_at_once(rows: Sequence[_Row], head: int, start: int) -> bool:
    """Whether the first row stands lower than its first line, so that the header ends at the blank line before it."""
    return any(not row.pieces for row in rows[head + 1 : start]) and not rows[head + 1].pieces


def _columns(pieces: Sequence[_Piece], heads: Sequence[_Piece]) -> list[tuple[int, int]]:
    """The columns that the pieces stand in: their overlaps put together, and a head under which nothing stands."""
    bins: list[tuple[int, int]] = []
    for piece in sorted(pieces, key=lambda piece: piece.start):
        if bins and piece.start < bins[-1][1]:
            bins[-1] = (bins[-1][0], max(bins[-1][1], piece.end))
        else:
            bins.append((piece.start, piece.end))
    bins += [(head.start, head.end) for head in heads if not _under(head, bins)]
    return sorted(bins)


def _under(piece: _Piece, bins: Sequence[tuple[int, int]]) -> list[int]:
    """The columns that a piece stands over, or those it overlaps."""
    return [place for place, (start, end) in enumerate(bins) if piece.start < end and start < piece.end]


def _place(piece: _Piece, bins: Sequence[tuple[int, int]]) -> int:
    """The column of a piece: the first that it overlaps, or else the nearest."""
    return next(
        iter(_under(piece, bins)),
        min(range(len(bins)), key=lambda i: max(bins[i][0] - piece.end, piece.start - bins[i][1])),
    )


def _heads(rows: Sequence[_Row], bins: Sequence[tuple[int, int]]) -> list[tuple[Cell, ...]]:
    """The header: one row, or two where a head stands over several columns."""
    spans: dict[tuple[int, int], list[tuple[int, str]]] = {}
    own: list[list[tuple[int, str]]] = [[] for _ in bins]
    for index, row in enumerate(rows):
        for piece in row.pieces:
            under = _under(piece, bins)
            span = (under[0], len(under)) if len(under) > 1 else _goes_on(piece, rows, index, spans, bins)
            if span:
                spans.setdefault(span, []).append((row.number, piece.text))
            else:
                own[_place(piece, bins)].append((row.number, piece.text))
    _widen(own, spans)
    if not spans:
        return [tuple(_cell(words) for words in own)]
    over = {place: span for span in spans for place in range(span[0], span[0] + span[1])}
    upper: list[Cell] = []
    for place, words in enumerate(own):
        span = over.get(place)
        if span is None:
            upper.append(_cell(words, rowspan=2))
        elif span[0] == place:
            upper.append(_cell(spans[span], colspan=span[1]))
    return [tuple(upper), tuple(_cell(own[place]) for place in sorted(over))]


def _goes_on(
    piece: _Piece, rows: Sequence[_Row], index: int, spans: Iterable[tuple[int, int]], bins: Sequence[tuple[int, int]]
) -> tuple[int, int] | None:
    """The span of a head that a narrower line goes on with: it stands alone below it, and above those that stand side by side under it."""
    place = _place(piece, bins)
    for first, width in spans:
        if first <= place < first + width:
            beside = [sum(first <= _place(one, bins) < first + width for one in row.pieces) for row in rows[index:]]
            return (first, width) if beside[0] == 1 and max(beside) > 1 else None
    return None


def _widen(own: list[list[tuple[int, str]]], spans: dict[tuple[int, int], list[tuple[int, str]]]) -> None:
    """Make spans of heads of money that stand over one column only, but have beside what stands under them more of its line."""
    covered = {place for first, width in spans for place in range(first, first + width)}
    place = 0
    while place < len(own):
        words = own[place]
        if place not in covered and len(words) == 2 and kind_of(words[0][1]) in _SPANNING and _may_hang(words[1][1]):
            last = place
            while last + 1 < len(own) and last + 1 not in covered and _hangs(own[last + 1], words[1][0]):
                last += 1
            if last > place:
                spans[place, last - place + 1] = words[:1]
                own[place] = words[1:]
            place = last
        place += 1


def _hangs(words: Sequence[tuple[int, str]], line: int) -> bool:
    """Whether a head stands on `line` alone, and may stand under one of money."""
    return len(words) == 1 and words[0][0] == line and _may_hang(words[0][1])


def _may_hang(text: str) -> bool:
    return kind_of(text) in {*_SPANNING, None}


def _cuts(rows: Sequence[_Row], top: int, starts: Sequence[int], bins: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """The lines of each row: between two that open one, the cut is at a blank line, or else where the fewest cells go on.

    Where ordinals stand half way down, the cells of a row have their middles there: of the likely cuts those win that leave them so.
    """
    filled = [{_place(piece, bins) for piece in row.pieces} for row in rows]
    high = _stand_high(rows, top, starts)

    def cost(cut: int, one: int, other: int) -> tuple[bool, int, bool, float]:
        words = rows[cut].pieces[cut == other :]  # without the ordinal, which may stand half way down its row
        goes_on = not any(piece.text[0].isupper() or not piece.text[0].isalpha() for piece in words)
        place = cut if _is_group(rows[one]) else -cut if high else abs(cut - (one + other + 1) / 2)
        return bool(rows[cut - 1].pieces), len(filled[cut - 1] & filled[cut]), goes_on and not high, place

    def likely(one: int, other: int) -> list[int]:
        cuts = sorted(range(one + 1, other + 1), key=lambda cut: cost(cut, one, other))
        return cuts[: 1 if high or not rows[cuts[0] - 1].pieces else _LIKELY]

    ends = [likely(one, other) for one, other in pairwise(starts)] + [[len(rows)]]
    best: dict[int, tuple[float, tuple[int, ...]]] = {top: (0.0, (top,))}
    for start, cuts in zip(starts, ends, strict=True):
        after: dict[int, tuple[float, tuple[int, ...]]] = {}
        for cut in cuts:
            ways = [(lost + _off_middle(filled, first, cut, start), way) for first, (lost, way) in best.items()]
            lost, way = min(ways)
            after[cut] = (lost + (len(filled[cut - 1] & filled[cut]) if cut < len(rows) else 0), (*way, cut))
        best = after
    yield from pairwise(min(best.values())[1])


def _off_middle(filled: Sequence[set[int]], first: int, last: int, ordinal: int) -> float:
    """How far the middles of a row's cells are from its ordinal's line, in lines over all columns."""
    spans: dict[int, tuple[int, int]] = {}
    for line in range(first, last):
        for column in filled[line]:
            spans[column] = (spans.get(column, (line, line))[0], line)
    return sum(abs((one + other) / 2 - ordinal) for one, other in spans.values())


def _stand_high(rows: Sequence[_Row], top: int, starts: Sequence[int]) -> bool:
    """Whether the ordinals stand on the first lines of their rows, as the rows after the header and after sections show."""
    before = [(top, starts[0]), *((one + 1, other) for one, other in pairwise(starts) if _is_group(rows[one]))]
    return not any(row.pieces for first, last in before for row in rows[first:last])


def _is_group(row: _Row) -> bool:
    """Whether a line names a section: its number, and no more than a name."""
    return len(row.pieces) < 3 and (is_group_ordinal(row.pieces[0].text) or is_section_label(row.pieces[0].text))


def _cells(rows: Sequence[_Row], bins: Sequence[tuple[int, int]]) -> tuple[Cell, ...]:
    words: list[list[tuple[int, str]]] = [[] for _ in bins]
    for row in rows:
        for piece in row.pieces:
            words[_place(piece, bins)].append((row.number, piece.text))
    return tuple(map(_cell, words))


def _cell(words: Sequence[tuple[int, str]], colspan: int = 1, rowspan: int = 1) -> Cell:
    lines = (words[0][0], words[-1][0]) if words else None
    return Cell(values.unbroken("\n".join(text for _, text in words)).replace("\n", " "), lines, colspan, rowspan)
