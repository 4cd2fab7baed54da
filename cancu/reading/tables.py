"""Tables of a document: found, their rows rebuilt, their columns understood, their totals read."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Literal

from cancu import records
from cancu.iris import slug
from cancu.reading import headers, values
from cancu.reading.columns import MONEY, Column, columns, kind_of
from cancu.reading.grids import Block, find_blocks, fold
from cancu.reading.rows import (
    EMPTY,
    align,
    fit,
    is_formula_row,
    is_group_ordinal,
    is_ordinal,
    is_section_label,
    is_total_label,
    join,
    segment,
)
from cancu.reading.source import Cell, Grid, Line, Source
from cancu.records import Lines

RowKind = Literal["item", "section", "total"]

_HEADING = re.compile(
    r"(?i)^[\W_]*(?:(?:\d{1,2}|[IVX]{1,4})\.\s*)?[\W_]*(?P<word>phụ\s+lục|phụ\s+biểu|biểu(?:\s+mẫu)?|bảng)(?![^\W_])(?:\s+kèm\s+theo)?"
    r"(?:\s+số)?[\s.:]*(?P<number>\d{1,2}|[IVX]{1,4}|[A-Z](?![^\W_]))?(?![^\W_])[\s.:*_–-]*(?P<title>.*)$"
)
_UNIT_LINE = re.compile(r"(?i)(?:đơn\s+v[ịi]\s*(?:tính)?|đvt|đv\s*tính)\s*[:：]?\s*(?P<unit>.+)")
_NOT_TITLE = re.compile(r"(?i)^\W*(?:(?:ban hành\s+)?kèm theo|đơn\s+v[ịi]\s*(?:tính)?\s*[:：]|đvt|\()")
_SIGNED = re.compile(r"(?i)^\W*nơi\s+nhận")
_NUMBERED = re.compile(r"^\W*(?:[IVX]+|[A-Z]|\d+(?:\.\d+)*|[a-zđ])[.)]\s*\S")
_LOOK_BACK = 25
_HEAD_PRICE = 2.0  # what a cell of the header costs: as much as a word that goes well under a head gains
_SAMPLE, _SAMPLE_ROWS = 60, 5  # cells and rows by which a header is chosen
_ROMAN = {"I": 1, "V": 5, "X": 10}


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row of a table, its cells under its columns. `label` names a section or a total, and is empty for an item."""

    kind: RowKind
    cells: tuple[Cell, ...]
    label: str
    lines: Lines


@dataclass(frozen=True, slots=True)
class TableGrid:
    """A table with all its rows. `unit` is as printed, `factor` what it is in dong; both None without money."""

    id: str
    title: str
    unit: str | None
    factor: int | None
    lines: Lines
    columns: tuple[Column, ...]
    rows: tuple[TableRow, ...]
    decimal_mark: values.DecimalMark
    in_appendix: bool

    def amount(self, row: TableRow, index: int) -> int | None:
        """The dong that the cell of `row` in the money column `index` states, or None."""
        number = values.parse_number(row.cells[index].text, self.decimal_mark) if row.cells[index].lines else None
        return values.to_dong(number, self.factor or 1) if number is not None else None

    def stated_totals(self) -> tuple[records.StatedTotal, ...]:
        """The amounts in rows of totals and in section rows, row by row."""
        return tuple(
            records.StatedTotal(label=row.label, column=column.name, amount_vnd=amount, lines=row.cells[index].lines or row.lines)
            for row in self.rows
            if row.kind != "item"
            for index, column in enumerate(self.columns)
            if column.kind in MONEY and (amount := self.amount(row, index)) is not None
        )

    def record(self) -> records.Table:
        """The table as a record holds it."""
        names = tuple(column.name for column in self.columns)
        return records.Table(
            id=self.id, title=self.title, unit=self.unit, lines=self.lines, columns=names, stated_totals=self.stated_totals()
        )


@dataclass(frozen=True, slots=True)
class _Shape:
    """Columns and raw rows of a block, before its surroundings are known. `caption` is what its first head says."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    lines: Lines
    head: tuple[str, ...]
    caption: str = ""


@dataclass(slots=True)
class _Surroundings:
    """What the lines around the tables say, gathered as the tables go by."""

    source: Source
    used: set[str] = field(default_factory=set)
    appendix: str | None = None
    after: int = 0


def find_tables(source: Source) -> tuple[TableGrid, ...]:
    """The tables of a document in their order: those with columns that can be understood; letterheads and signatures are none."""
    shapes: list[_Shape] = []
    for block in find_blocks(source):
        shape = _shape(block, source.lines)
        if shape:
            shapes.append(shape)
        elif shapes and _goes_on(shapes[-1], block, source.lines):
            shapes[-1] = _continued(shapes[-1], block)
    around = _Surroundings(source)
    return tuple(_finish(shape, around) for shape in _joined(shapes, source.lines))


# ---------------------------------------------------------------- columns and raw rows


def _shape(block: Block, lines: Sequence[Line]) -> _Shape | None:
    return _known_rows(block.grid) if block.rows_known else _unknown_rows(block.grid, lines)


def _known_rows(grid: Grid) -> _Shape | None:
    matrix = expand(grid)
    first = next((index for index, row in enumerate(matrix) if _is_head([cell.text for cell in row])), None)
    if first is None:
        return None
    last = first + 1
    while last < len(matrix) and _is_more_head(matrix[last], matrix[first]):
        last += 1
    heads = [[cell.text for cell in row] for row in matrix[first:last]]
    width = _width(heads, matrix[last:])
    heads = [[*row, *[""] * (width - len(row))][:width] for row in heads]
    paths = headers.from_rows(heads)
    meant = columns(paths)
    words = {text for row in heads for text in row if text}
    body = [row for row in matrix[last:] if not _repeats(row, words)]
    return _Shape(meant, tuple(_fitted(row, meant) for row in body), grid.lines, tuple(text for row in heads for text in row))


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
    for row in grid.rows:
        cells: list[Cell] = []
        waiting = list(row)
        while waiting or any(index >= len(cells) and count for index, (count, _) in below.items()):
            place = len(cells)
            count, above = below.get(place, (0, EMPTY))
            if count:
                cells.append(replace(above, lines=None))
                below[place] = (count - 1, above)
                continue
            if not waiting:
                if not any(index > place and left for index, (left, _) in below.items()):
                    break
                cells.append(EMPTY)
                continue
            cell = waiting.pop(0)
            for step in range(max(cell.colspan, 1)):
                cells.append(replace(cell, colspan=1, rowspan=1, lines=cell.lines if step == 0 else None))
                if cell.rowspan > 1:
                    below[place + step] = (cell.rowspan - 1, replace(cell, colspan=1, rowspan=1))
        matrix.append([replace(cell, text=fold(cell.text)) for cell in cells])
    return matrix


def _is_head(texts: Sequence[str]) -> bool:
    kinds = {kind_of(text) for text in texts if text and len(text) < 120} - {None}
    if len(set(filter(None, texts))) < 2 or any(values.is_number(text) and kind_of(text) != "year" for text in texts):
        return False
    return len(kinds) >= 2 and bool(kinds & {"ordinal", "name"} or len(kinds) > 2)


def _is_more_head(row: Sequence[Cell], first: Sequence[Cell]) -> bool:
    """Whether a row after the first of a header belongs to the header too."""
    texts = [cell.text for cell in row]
    full = [text for text in texts if text]
    above = {cell.text for cell in first if cell.text}
    new = [text for text in full if text not in above]
    if not new or (texts[0] and texts[0] not in above):
        return False
    return all(kind_of(text) not in {None, "ordinal"} for text in new) and not (len(new) == 1 and is_total_label(new[0]) and len(full) == 1)


def _repeats(row: Sequence[Cell], words: set[str]) -> bool:
    full = [cell.text for cell in row if cell.text]
    return len(full) > 1 and all(text in words for text in full)


def _fitted(row: Sequence[Cell], meant: Sequence[Column]) -> tuple[Cell, ...]:
    """A row whose place in the table is known, under the columns: as it stands if that goes well, else aligned anew."""
    width = len(meant)
    cells = list(row)
    while len(cells) > width and not cells[-1].text:
        cells.pop()
    padded = (*cells, *[EMPTY] * (width - len(cells)))
    if len(padded) == width and (len(cells) == width or all(fit(c.kind, cell.text) >= -1.5 for c, cell in zip(meant, padded, strict=True))):
        return padded
    score, aligned = align(cells, meant)
    as_it_stands = align(padded, meant)[0] if len(padded) == width else float("-inf")
    return aligned if score > as_it_stands else padded


def _unknown_rows(grid: Grid, lines: Sequence[Line]) -> _Shape | None:
    cells = list(grid.rows[0])
    best: tuple[float, tuple[headers.Path, ...], list[Cell], int, str] | None = None
    for given, caption in ((cells, ""), (None, _words_before(grid, cells, lines))):
        if given is None and not caption:
            continue
        stream = given or [Cell(caption, None), *cells]
        for end in _head_ends(stream):
            texts = [cell.text for cell in stream[:end]]
            while len(texts) > 1 and not texts[-1]:
                texts.pop()
            for score, paths in headers.from_flat(tuple(texts)):
                for wide in _widened(paths):
                    gain = _gain(wide, stream, end)
                    worth = (gain or 0.0) + score - _HEAD_PRICE * sum(bool(text) for text in texts)
                    if gain is not None and (best is None or worth > best[0]):
                        best = (worth, wide, stream, end, caption)
    return _cut(*best[1:], grid) if best else None


def _gain(paths: Sequence[headers.Path], stream: Sequence[Cell], end: int) -> float | None:
    """How well the first rows after the header go under columns with these heads; None where the heads make no table."""
    meant = columns(paths)
    if not _is_head([column.name for column in meant]) and sum(column.kind in MONEY for column in meant) < 3:
        return None
    gain, rows, _ = segment(stream[end : end + max(_SAMPLE, _SAMPLE_ROWS * len(meant))], meant)
    return gain if rows else None


def _cut(paths: Sequence[headers.Path], stream: Sequence[Cell], end: int, caption: str, grid: Grid) -> _Shape:
    """The table that a run of cells holds, its header known."""
    meant = columns(paths)
    head = tuple(cell.text for cell in stream[:end])
    body = _without_heads(stream[end:], [text for text in head if text])
    _, rows, used = segment(body, meant)
    last = max((cell.lines[1] for row in rows for cell in row if cell.lines), default=grid.lines[0])
    whole = used == len(body) or not any(cell.text for cell in body[used:])
    return _Shape(meant, tuple(rows), (grid.lines[0], grid.lines[1] if whole else last), head, caption)


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
    earlier = {end - 1 for end in ends[:1] if not ordinals and end > 2 and kind_of(texts[end - 1]) in {"money", "name"}}
    return sorted(earlier | {end - blank for end in ends[-3:] for blank in (0, 1) if not blank or not texts[end - 1]})


def _number_follows(texts: Sequence[str]) -> bool:
    first = next((text for text in texts if text), "")
    return values.is_number(first) and kind_of(first) != "year"


def _without_heads(cells: Sequence[Cell], head: Sequence[str]) -> list[Cell]:
    """The cells without repetitions of the header, as each page of a table may begin with."""
    kept: list[Cell] = []
    index = 0
    while index < len(cells):
        texts = [cell.text for cell in cells[index : index + 2 * len(head)] if cell.text][: len(head)]
        if cells[index].text == head[0] and len(head) > 2 and texts == list(head):
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
    before = [line for line in lines if grid.lines[0] - 4 <= line.number < grid.lines[0]]
    words: list[str] = []
    for line in reversed(before):
        if not line.text.strip() or _NUMBERED.match(line.text) or line.text.strip().endswith((".", ":", ";")) or len(words) == 3:
            break
        words.insert(0, line.text)
    text = fold(" ".join(words))
    return text if kind_of(text) else ""


# ---------------------------------------------------------------- tables over several pages


def _goes_on(shape: _Shape, block: Block, lines: Sequence[Line]) -> bool:
    """Whether a block without a header is the rest of the table before it."""
    if not block.rows_known or _break_between(shape.lines[1], block.grid.lines[0], lines):
        return False
    matrix = expand(block.grid)
    return bool(matrix) and max(map(len, matrix)) == len(shape.columns) > 3


def _continued(shape: _Shape, block: Block) -> _Shape:
    words = {text for text in shape.head if text}
    rows = list(shape.rows)
    for place, row in enumerate(expand(block.grid)):
        cells = _fitted(row, shape.columns)
        if not _repeats(row, words):
            _append(rows, cells, shape.columns, first=place == 0)
    return replace(shape, rows=tuple(rows), lines=(shape.lines[0], block.grid.lines[1]))


def _append(rows: list[tuple[Cell, ...]], cells: tuple[Cell, ...], meant: Sequence[Column], *, first: bool) -> None:
    """`cells` as a new row, or joined to the last one where a page broke it: the first of a page, without ordinal and name."""
    named = any(cell.text for column, cell in zip(meant, cells, strict=True) if column.kind in {"ordinal", "name"})
    if first and rows and not named:
        rows[-1] = tuple(join(one, other) for one, other in zip(rows[-1], cells, strict=True))
    else:
        rows.append(cells)


def _joined(shapes: Sequence[_Shape], lines: Sequence[Line]) -> list[_Shape]:
    """Shapes, those of one table put together: the same header again, with no heading between."""
    result: list[_Shape] = []
    for shape in shapes:
        before = result[-1] if result else None
        if before and before.head == shape.head and not _break_between(before.lines[1], shape.lines[0], lines):
            rows = list(before.rows)
            for place, row in enumerate(shape.rows):
                _append(rows, row, before.columns, first=place == 0)
            result[-1] = replace(before, rows=tuple(rows), lines=(before.lines[0], shape.lines[1]))
        else:
            result.append(shape)
    return result


def _break_between(first: int, last: int, lines: Sequence[Line]) -> bool:
    """Whether a heading of an appendix, a unit of money, or much text stands between two lines."""
    between = [line.text for line in lines if first < line.number < last and line.text.strip()]
    return len(between) > _LOOK_BACK or any(_HEADING.match(text) or _UNIT_LINE.search(text) or _NUMBERED.match(text) for text in between)


# ---------------------------------------------------------------- surroundings


def _finish(shape: _Shape, around: _Surroundings) -> TableGrid:
    lines = [line for line in around.source.lines if around.after < line.number < shape.lines[0]]
    near = lines[-_LOOK_BACK:]
    heading = next((index for index in range(len(near) - 1, -1, -1) if _HEADING.match(near[index].text.strip())), None)
    signed = any(_SIGNED.match(line.text) for line in lines)
    start, title = _title(near, heading, shape)
    if heading is not None:
        match = _HEADING.match(near[heading].text.strip())
        if match and (re.match(r"(?i)ph|bi", match["word"]) or signed or around.appendix):
            around.appendix = _number(match["number"])
        else:
            heading = None
    elif signed and around.appendix is None:
        around.appendix = ""
    around.after = shape.lines[1]
    appendix = around.appendix is not None
    name = _unused(f"appendix-{around.appendix or 1}" if appendix else f"body-{slug(title)[:60]}".strip("-"), around.used)
    has_money = any(column.kind in MONEY for column in shape.columns)
    unit = _unit(near if heading is None else near[heading:], shape) if has_money else None
    grid = TableGrid(
        id=name,
        title=title,
        unit=unit,
        factor=values.unit_factor(unit) if unit else None,
        lines=(start, shape.lines[1]),
        columns=shape.columns,
        rows=(),
        decimal_mark=_decimal_mark(shape, unit),
        in_appendix=appendix,
    )
    return replace(grid, rows=_rows(shape, grid))


def _number(text: str | None) -> str:
    if text and text.isdigit():
        return str(int(text))
    if text and set(text.upper()) <= set(_ROMAN):
        digits = [_ROMAN[letter] for letter in text.upper()]
        return str(sum(-a if a < b else a for a, b in pairwise([*digits, 0])))
    return text.lower() if text else ""


def _unused(name: str, used: set[str]) -> str:
    """`name`, or with the first number after it that no other table has."""
    found, count = name or "table", 1
    while found in used:
        count += 1
        found = f"{name}-{count}" if not re.fullmatch(r"appendix-\d+", name) else f"appendix-{int(name.split('-')[1]) + count - 1}"
    used.add(found)
    return found


def _title(near: Sequence[Line], heading: int | None, shape: _Shape) -> tuple[int, str]:
    """Where the table with its title begins, and the title: what stands after the heading, or the line before the table."""
    first = shape.lines[0]
    if heading is not None:
        match = _HEADING.match(near[heading].text.strip())
        words = [match["title"] if match else ""]
        for line in near[heading + 1 :]:
            if _NOT_TITLE.match(line.text):
                break
            words.append(line.text)
        title = fold(" ".join(word for word in words if word.strip()))
        return near[heading].number, title.strip(" .:*_") or fold(near[heading].text)
    full = [line for line in near if line.text.strip() and not _NOT_TITLE.match(line.text) and fold(line.text) not in shape.caption]
    if full and len(full[-1].text) < 200:
        return full[-1].number, fold(full[-1].text)
    return first, shape.caption


def _unit(near: Sequence[Line], shape: _Shape) -> str | None:
    """The unit of money of a table: stated before it, in its head, or named last in the text before it."""
    for line in reversed(near):
        if (match := _UNIT_LINE.search(line.text)) and (unit := values.unit_name(match["unit"])):
            return unit
    for text in shape.head:
        if unit := values.unit_name(text):
            return unit
    for line in reversed(near):
        if unit := values.unit_name(line.text):
            return unit
    return None


# ---------------------------------------------------------------- rows


def _decimal_mark(shape: _Shape, unit: str | None) -> values.DecimalMark:
    places = [index for index, column in enumerate(shape.columns) if column.kind in MONEY]
    return values.decide_convention((row[index].text for row in shape.rows for index in places), unit)


def _rows(shape: _Shape, grid: TableGrid) -> tuple[TableRow, ...]:
    raw = [row for row in shape.rows if any(cell.text for cell in row) and not is_formula_row([cell.text for cell in row])]
    arabic = any(_ordinal(row, shape.columns).rstrip(".)").replace(".", "").isdigit() for row in raw)
    found: list[TableRow] = []
    for place, row in enumerate(raw):
        following = raw[place + 1] if place + 1 < len(raw) else None
        kind = _kind(row, following, shape.columns, arabic=arabic)
        cells = row if kind == "item" else _replaced(row, shape.columns, grid)
        label = "" if kind == "item" else _label(cells, shape.columns, kind) or shape.caption.strip(" ()") or grid.title
        spans = [cell.lines for cell in cells if cell.lines and cell.text]
        if spans:
            found.append(TableRow(kind, cells, label, (min(span[0] for span in spans), max(span[1] for span in spans))))
    return tuple(found)


def _ordinal(row: Sequence[Cell], meant: Sequence[Column]) -> str:
    if meant[0].kind == "ordinal" or is_ordinal(row[0].text):
        return row[0].text
    return ""


def _kind(row: Sequence[Cell], following: Sequence[Cell] | None, meant: Sequence[Column], *, arabic: bool) -> RowKind:
    ordinal = _ordinal(row, meant)
    words = [cell.text for cell, column in zip(row, meant, strict=True) if cell.text and not _holds_amount(column)]
    times = {cell.text for cell, column in zip(row, meant, strict=True) if column.kind == "time"}
    texts = list(dict.fromkeys(text for text in words if text != ordinal and (text in times or not values.is_number(text))))
    label = texts[0] if texts else ""
    numbers = any(values.is_number(cell.text) for cell in row[1:])
    if not ordinal.strip(".)").isdigit() and (is_total_label(label or ordinal) or (numbers and not texts and not ordinal)):
        return "total"
    alone = len(set(texts) - {label}) == 0
    if is_group_ordinal(ordinal) and (alone or arabic):
        return "section" if arabic or not numbers else "item"
    if not is_ordinal(ordinal) and alone and is_section_label(label or ordinal):
        return "section"
    if not ordinal and alone and not numbers and not label.startswith(("-", "+")):
        return "section"
    if following is not None and ordinal and alone and _under(ordinal, _ordinal(following, meant)):
        return "section"
    return "item"


def _holds_amount(column: Column) -> bool:
    return column.kind in MONEY or column.kind == "quantity"


def _under(ordinal: str, following: str) -> bool:
    """Whether the row numbered `following` is a part of the one numbered `ordinal`: 1.1 of 1, a) of 2."""
    one, other = ordinal.rstrip(".)"), following.rstrip(".)")
    return one.isdigit() and (other.startswith(f"{one}.") or other == "a")


def _label(cells: Sequence[Cell], meant: Sequence[Column], kind: RowKind) -> str:
    texts = dict.fromkeys(cell.text for cell, column in zip(cells, meant, strict=True) if cell.text and not _holds_amount(column))
    words = list(texts)[:2]
    if kind == "section" and len(words) == 2 and is_ordinal(words[0]):
        return f"{words[0].rstrip('.)')}. {words[1]}"
    return words[0] if words else ""


def _replaced(row: tuple[Cell, ...], meant: Sequence[Column], grid: TableGrid) -> tuple[Cell, ...]:
    """A row of totals with its amounts under the money columns: a span often moves them, and as many as columns fill them in order."""
    places = [index for index, column in enumerate(meant) if column.kind in MONEY]
    filled = [index for index, cell in enumerate(row) if index and values.is_number(cell.text) and cell.lines]
    misplaced = [index for index in filled if index not in places]
    if not misplaced or len(filled) != len(places):
        return row
    cells = list(row)
    for index in filled:
        cells[index] = EMPTY
    for index, source in zip(places, filled, strict=True):
        cells[index] = row[source]
    return tuple(cells)
