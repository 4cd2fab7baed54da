"""Rows of a table: cells put under their columns, also where a row lost or gained a cell, or where rows run together."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from operator import getitem
from typing import Literal

from cancu.reading import agencies, lexicon, values
from cancu.reading.columns import MONEY, Column, Kind, is_known_source
from cancu.reading.source import Cell
from cancu.reading.values import is_number

EMPTY = Cell("", None)

# What a run may open with: an empty cell left out, a section's label, its ordinal and name, a row, or one more purse of the row above.
_Opening = Literal["skip", "label", "group", "row", "purse"]

_ORDINAL = re.compile(r"(?:\d{1,3}(?:\.\d{1,2}){0,4}|[IVX]{1,6}|[A-HĐ]|[a-hđ]|[-+*•])[.)]?(?:\d{1,2})?")
_GROUP_ORDINAL = re.compile(r"(?:[IVX]{1,6}|[A-HĐ])[.)]?")
_PART = re.compile(r"(\d{1,2})(?:\.(?:[1-9]|[12]\d|30)){1,3}\.?")  # a row has no more parts than these
_SECTION = re.compile(r"^(?:[IVX]{1,6}|[A-HĐ])[.)/]\s*\S|^(?i:phần|mục)\s+(?:[IVX]+|\d+|(?i:thứ))(?![^\W_])")
_FORMULA = re.compile(r"\(?\s*(?:\d{1,2}|[a-eA-E])\s*\)?(?:\s*=?\s*\(?\s*\d{1,2}\s*\)?\s*(?:[+\-x*/]\s*\(?\d{1,2}\)?\s*)*)?")
_GAP, _MERGE, _DROP = -1.5, -2.5, -0.5
_BLANK = -2.0  # a row of empty cells
_RAGGED = -1.0  # a row that is not as wide as the table
_EMPTY_FIT: dict[Kind, float] = {"name": -1.5, "ordinal": 0.3}
_NUMBER_FIT: dict[Kind, float] = {"name": -4.0, "lead": -3.0, "coordinating": -3.0, "actor": -3.0, "other": 0.3}
_LEFT = -0.75  # a cell or two after the last row; more of them are another text
_BEHIND = 8.0  # a way to cut a run into rows that is so far behind another is left: more than a cell skipped costs
_FORBIDDEN = float("-inf")
_REMEMBERED = 1 << 14  # answers kept for texts that come again, so that a long run over many files stays small


@lru_cache(maxsize=_REMEMBERED)
def is_ordinal(text: str) -> bool:
    """Whether `text` numbers a row: 1, 1.2, IV, A, b), or a dash."""
    return bool(_ORDINAL.fullmatch(text))


@lru_cache(maxsize=_REMEMBERED)
def is_group_ordinal(text: str) -> bool:
    """Whether `text` numbers a section of rows: a Roman numeral or a capital letter."""
    return bool(_GROUP_ORDINAL.fullmatch(text))


def is_part_of(label: str, number: int) -> bool:
    """Whether a label is that of a part of the row of this number, or of the next: "1.2" is one of 1; "65.68" after it is an amount."""
    part = _PART.fullmatch(label)
    return part is not None and int(part[1]) in (number, number + 1)


@lru_cache(maxsize=_REMEMBERED)
def is_section_label(text: str) -> bool:
    """Whether `text` names a section of rows with its number: "II. Hoạt động mới"."""
    return bool(_SECTION.match(text))


@lru_cache(maxsize=_REMEMBERED)
def is_total_label(text: str) -> bool:
    """Whether `text` labels a row of totals or means."""
    return lexicon.first("total_rows", text) is not None


def is_formula_row(texts: Sequence[str]) -> bool:
    """Whether the cells only number the columns: (1), (2), (3)=(1)+(2)."""
    if not all(map(_is_formula, filter(None, texts))):
        return False
    full = [text for text in texts if text]
    return len(full) > 2 and len(set(full)) == len(full) and _counts_up(full)


@lru_cache(maxsize=_REMEMBERED)
def _is_formula(text: str) -> bool:
    return _FORMULA.fullmatch(text) is not None


def _counts_up(texts: Sequence[str]) -> bool:
    leading = [int(match[0]) for text in texts if (match := re.search(r"\d+", text))]
    return len(leading) > 1 and all(b - a == 1 for a, b in itertools.pairwise(leading))


@lru_cache(maxsize=_REMEMBERED)
def fit(kind: Kind, text: str) -> float:
    """How well a cell with `text` goes into a column of `kind`: above 0 well, below 0 badly."""
    if kind in MONEY or kind == "quantity":
        return _fit_number(text)
    if not text:
        return _EMPTY_FIT.get(kind, 0.0)
    if kind == "ordinal":
        return 3.0 if is_ordinal(text) else 1.0 if is_total_label(text) else -4.0
    if is_number(text):
        return 2.0 if kind == "time" and values.period(text) else _NUMBER_FIT.get(kind, -2.0)
    return _fit_words(kind, text)


def _fit_words(kind: Kind, text: str) -> float:
    agency = agencies.is_agency(text)
    if kind == "name":
        return -3.0 if is_ordinal(text) else 1.0
    if kind == "time":
        return 2.0 if values.period(text) or lexicon.first("time_words", text) else -2.0 if agency else -0.3
    if kind in {"lead", "coordinating", "actor"}:
        return 2.0 if agency else -0.3
    return 0.3


def _fit_number(text: str) -> float:
    if not text:
        return 0.2
    if is_number(text):
        return 1.5
    return 0.5 if values.is_mark(text) or not re.search(r"\w", text) else -3.0


def align(cells: Sequence[Cell], columns: Sequence[Column]) -> tuple[float, tuple[Cell, ...]]:
    """`cells` under `columns`, in their order, and how well they go there.

    Where there are not as many as columns, a column may stay empty, an empty cell may go, and a cell of text may join
    the one before it; each at a price.
    """
    texts, kinds = tuple([cell.text for cell in cells]), tuple([column.kind for column in columns])
    if len(texts) == len(kinds):
        return sum(map(fit, kinds, texts)), tuple(cells)
    best = _best(texts, kinds)
    return best[0][0], _carry_out(cells, _trace(best, texts, kinds))


@lru_cache(maxsize=_REMEMBERED)
def _worth(texts: tuple[str, ...], kinds: tuple[Kind, ...]) -> float:
    """How well cells with `texts` go under as many, fewer or more columns of `kinds`."""
    return sum(map(fit, kinds, texts)) if len(texts) == len(kinds) else _best(texts, kinds)[0][0]


class _Fits(dict[str, tuple[float, ...]]):
    """How well a cell with some text goes into each column of a table, found when the text is first met."""

    def __init__(self, kinds: tuple[Kind, ...]) -> None:
        super().__init__()
        self.kinds = kinds

    def __missing__(self, text: str) -> tuple[float, ...]:
        by_kind = {kind: fit(kind, text) for kind in set(self.kinds)}
        found = self[text] = tuple(map(by_kind.__getitem__, self.kinds))
        return found


_fits = lru_cache(maxsize=1 << 8)(_Fits)  # of so many headers: the ways to read one are weighed by turns


def _prices(texts: Sequence[str], width: int) -> list[float]:
    """What it costs to leave each column empty: little after a label, for the columns before its amounts."""
    label = next((text for text in texts if text), "")
    after_label = -0.3 if is_total_label(label) or is_section_label(label) else _GAP
    return [after_label] * min(width, 3) + [_GAP] * (width - 3)


def _best(texts: tuple[str, ...], kinds: tuple[Kind, ...]) -> list[list[float]]:
    """The best score of the cells from each on, under the columns from each on.

    Only ways that stray from the straight one by as many places as there are cells too few or too many, and one more,
    are weighed; the others are forbidden.
    """
    count, width = len(texts), len(kinds)
    gaps, drops = max(width - count, 0) + 1, max(count - width, 0) + 1
    prices = _prices(texts, width)
    best = [[_FORBIDDEN] * (width + 1) for _ in range(count + 1)]
    below = best[count]
    below[width] = 0.0
    for column in range(width - 1, max(0, count - drops) - 1, -1):
        below[column] = below[column + 1] + (prices[column] if kinds[column] in {"name", "ordinal"} else _GAP / 2)
    spare, fits_of = 0.0, _fits(kinds)
    for cell in range(count - 1, -1, -1):
        here, text = best[cell], texts[cell]
        fits = fits_of[text]
        spare += 2 * _GAP if text else _DROP
        if width - gaps <= cell <= width + drops:
            here[width] = spare
        leave = _leave(texts, cell)
        first = min(width - 1, cell + gaps)
        score = here[first + 1]
        for column in range(first, max(0, cell - drops) - 1, -1):
            score += prices[column]
            if (other := below[column + 1] + fits[column]) >= score:
                score = other
            if (other := below[column] + leave) > score and (column or not text):
                score = other
            here[column] = score
        below = here
    return best


def _leave(texts: Sequence[str], cell: int) -> float:
    """What it costs to give a cell no column of its own: an empty one goes, one of text joins one of text before it."""
    if not texts[cell]:
        return _DROP
    return _MERGE if cell and texts[cell - 1] and not is_number(texts[cell]) else _FORBIDDEN


def _trace(best: Sequence[Sequence[float]], texts: Sequence[str], kinds: tuple[Kind, ...]) -> str:
    """The steps of the best way, a letter for each: t(ake) the next cell, leave a g(ap), m(erge) a cell with the one before, d(rop) it."""
    count, width = len(texts), len(kinds)
    prices = _prices(texts, width)
    letters: list[str] = []
    cell = column = 0
    while (cell, column) != (count, width):
        if column == width:
            letter = "d"
        elif cell == count:
            letter = "g"
        elif best[cell][column] == best[cell + 1][column + 1] + _fits(kinds)[texts[cell]][column]:
            letter = "t"
        elif best[cell][column] == best[cell][column + 1] + prices[column]:
            letter = "g"
        else:
            letter = "m" if texts[cell] else "d"
        letters.append(letter)
        cell += letter != "g"
        column += letter in "tg"
    return "".join(letters)


def _carry_out(cells: Sequence[Cell], steps: str) -> tuple[Cell, ...]:
    row: list[Cell] = []
    place = 0
    for step in steps:
        if step == "g":
            row.append(EMPTY)
            continue
        cell = cells[place]
        place += 1
        if step == "t":
            row.append(cell)
        elif step == "m" and row:
            row[-1] = join(row[-1], cell)
    return tuple(row)


def join(one: Cell, other: Cell) -> Cell:
    """Two cells as one, the words of `other` after those of `one`."""
    spans = [cell.lines for cell in (one, other) if cell.lines]
    lines = (min(first for first, _ in spans), max(last for _, last in spans)) if spans else None
    return Cell(" ".join(cell.text for cell in (one, other) if cell.text), lines)


def segment(cells: Sequence[Cell], columns: Sequence[Column]) -> tuple[float, list[tuple[Cell, ...]], int]:
    """The rows in a run of cells whose rows are not known: their score, the rows, and how many cells they take up.

    From its start to its end every way to cut the run is weighed: rows as long as the table is wide, rows that lost or
    gained a cell, sections of one cell, and empty cells between rows. A way far behind the best one so far is left.
    """
    score, cuts = _cut(tuple([cell.text for cell in cells]), tuple([column.kind for column in columns]))
    return score, [_row(cells[start:end], columns, opening) for start, end, opening in cuts], cuts[-1][1] if cuts else 0


@lru_cache(maxsize=1 << 6)
def _cut(texts: tuple[str, ...], kinds: tuple[Kind, ...]) -> tuple[float, tuple[tuple[int, int, _Opening], ...]]:
    """How good the best way to cut a run is, and its rows, each with its first cell and the one after it, and what opens it.

    Remembered, for several readings of a header have columns of the same kinds.
    """
    total, fits_of = len(texts), _fits(kinds)
    fits = [fits_of[text] for text in texts]
    opens = [_may_open(text, kinds) for text in texts]
    score: list[float] = [_FORBIDDEN] * (total + 1)
    before: list[tuple[int, _Opening]] = [(0, "skip")] * (total + 1)
    score[0] = furthest = 0.0
    for start in range(total):
        if score[start] < furthest - _BEHIND:
            continue
        furthest = max(furthest, score[start])
        for size, gain, opening in _openings(texts, start, kinds, fits, opens):
            if score[start] + gain > score[start + size]:
                score[start + size], before[start + size] = score[start] + gain, (start, opening)
    highest = max(score) + 2 * _LEFT
    ends = [end for end, reached in enumerate(score) if reached >= highest]
    best = max(ends, key=lambda end: score[end] + sum(_LEFT for text in texts[end : end + 2] if text))
    cuts: list[tuple[int, int, _Opening]] = []
    place = best
    while place:
        start, opening = before[place]
        if opening != "skip":
            cuts.append((start, place, opening))
        place = start
    return score[best], tuple(reversed(cuts))


def _openings(
    texts: tuple[str, ...], start: int, kinds: tuple[Kind, ...], fits: Sequence[tuple[float, ...]], opens: Sequence[bool]
) -> list[tuple[int, float, _Opening]]:
    """What could begin at `start`, as (cells taken, score, what it is).

    `fits` says how well each cell goes into each column, `opens` which cells may open a row.
    """
    first, left, width = texts[start], len(texts) - start, len(kinds)
    found: list[tuple[int, float, _Opening]] = [(1, -0.2 if not first else -6.0, "skip")]
    if width <= left:
        row = texts[start : start + width]
        straight = list(map(getitem, fits[start : start + width], range(width)))
        found.append((width, 0.5 * width if is_formula_row(row) else sum(straight) if any(row) else _BLANK, "row"))
        sound = is_ordinal(first) and min(straight) >= 0
        if sound and (left == width or opens[start + width]):
            return found
    if "fund" in kinds:
        found += _purse(texts, start, kinds)
    if first and not is_number(first) and not is_ordinal(first) and width > 2:
        found.append((1, 1.5 if is_section_label(first) else -1.5, "label"))
    second = texts[start + 1] if left > 1 else ""
    if is_group_ordinal(first) and width > 3 and second and not is_number(second):
        found.append((2, 0.5, "group"))
    if opens[start] and (is_section_label(first) or not is_ordinal(first) or (second and not is_number(second))):
        sizes = {width - 1, width + 1, width - 2} | ({left} if left < width else set())
        found += [
            (size, _scored(texts[start : start + size], kinds) + _RAGGED, "row")
            for size in sorted(sizes)
            if 2 <= size <= left and (size == left or opens[start + size])
        ]
    return found


def _purse(texts: tuple[str, ...], start: int, kinds: tuple[Kind, ...]) -> Iterator[tuple[int, float, _Opening]]:
    """One more purse of the row above, whose other cells span both: a source of funds, and a cell for each column of money beside it."""
    place, end = _purse_columns(kinds)
    size = end - place
    row = texts[start : start + size]
    if 0 < place < end - 1 and len(row) == size and any(map(is_number, row)) and row[0] and not re.search(r"\d", row[0]):
        price = _RAGGED if is_known_source(row[0]) else 2 * _RAGGED
        yield size, sum(map(fit, kinds[place:end], row)) + price, "purse"


@lru_cache(maxsize=1 << 8)
def _purse_columns(kinds: tuple[Kind, ...]) -> tuple[int, int]:
    """From where to where a column that names purses and the columns of money right after it stand; (0, 0) without one."""
    if "fund" not in kinds:
        return 0, 0
    place = kinds.index("fund")
    return place, place + 1 + len(list(itertools.takewhile(MONEY.__contains__, kinds[place + 1 :])))


def _scored(texts: tuple[str, ...], kinds: tuple[Kind, ...]) -> float:
    return _worth(texts, kinds) if any(texts) else _BLANK


def _row(cells: Sequence[Cell], columns: Sequence[Column], opening: _Opening) -> tuple[Cell, ...]:
    """The cells of what was found to begin a row, under the columns."""
    if opening == "label":
        place = next((index for index, column in enumerate(columns) if column.kind == "name"), 0)
        return tuple(cells[0] if index == place else EMPTY for index in range(len(columns)))
    if opening == "group":
        return (*cells, *[EMPTY] * (len(columns) - 2))
    if opening == "purse":
        place, end = _purse_columns(tuple(column.kind for column in columns))
        return (*[EMPTY] * place, *cells, *[EMPTY] * (len(columns) - end))
    return align(cells, columns)[1] if any(cell.text for cell in cells) else (EMPTY,) * len(columns)


def _may_open(first: str, kinds: Sequence[Kind]) -> bool:
    if kinds[0] != "ordinal":
        return not is_number(first)
    return not first or is_ordinal(first) or is_total_label(first) or is_section_label(first)
