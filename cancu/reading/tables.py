"""Tables of a document: found, their rows rebuilt, their columns understood, their totals read."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import accumulate, pairwise, takewhile, zip_longest
from typing import Literal

from cancu import records
from cancu.reading import values
from cancu.reading.agreement import MARKS, agreement
from cancu.reading.captions import Captions
from cancu.reading.columns import MONEY, Column, capital_of, is_known_source, kind_of, source_of
from cancu.reading.raw_tables import RawTable, find_raw_tables
from cancu.reading.rows import EMPTY, is_formula_row, is_group_ordinal, is_ordinal, is_section_label, is_total_label
from cancu.reading.source import Cell, Source
from cancu.records import Lines

RowKind = Literal["item", "section", "total"]
_AMOUNTS = MONEY | {"quantity"}  # columns that hold no words
_PAID = MONEY | {"fund"}  # what may hold amounts: a column of purses says with each what it gives

_WORK = frozenset({"name", "objective", "lead", "actor", "coordinating", "basis"})  # columns of which a table of items has one
_UNDERTAKING = re.compile(r"(?i)nhiệm\s+vụ|dự\s+án|đề\s+án|công\s+trình|hạng\s+mục")
_WITHIN = re.compile(r"(?i)^\W*(?:trong\s+đó|bao\s+gồm|gồm)\W*(?:vốn\s+)?|^[-+]\s*")
_DITTO = re.compile(r"(?i)[-–]?\s*(?:n/?t|như\s+trên|[\"”“″〃])\s*[-–.]?|''|//")
_NUMBERED_SPAN = re.compile(r"(?P<ordinal>[IVX]{1,5}|[A-HĐ]|\d{1,2}(?:\.\d{1,2})?)(?:[.)/:]|\s[-–])?\s+(?P<name>\S.*)")
_PART = re.compile(r"\d{1,2}(?:\.\d{1,2})+\.?(?!\d)|[a-hđ]\s*[.)]|[-+*•](?!\d)|[a-hđ]$")


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row of a table, its cells under its columns. `label` names a section or a total, and is empty for an item.

    `part` marks an item that belongs to the one above it (1.1 under 1, "a)" under 2), whose amounts count it already;
    `goes_on` one that goes on with the item above it: what one more purse gives, beside a name that spans the rows or is left out.
    """

    kind: RowKind
    cells: tuple[Cell, ...]
    label: str
    lines: Lines
    part: bool = False
    goes_on: bool = False


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
    measure: str | None = None

    @property
    def lists_items(self) -> bool:
        """Whether rows are projects or tasks: an appendix's, numbered ones with who does them and when, with whom or for how much,
        or numbered ones of a body whose head calls them so and that have amounts of several years or out of a purse.
        """
        kinds = [column.kind for column in self.columns]
        if self.measure or not _WORK & set(kinds):  # what is counted, or what each purse or year gives, is no work
            return False
        after = kinds[kinds.index("name") :] if "name" in kinds else []
        done = any(kind in {"lead", "actor"} for kind in after) and any(kind in MONEY or kind in {"time", "coordinating"} for kind in after)
        return self.in_appendix or (kinds[0] == "ordinal" and (done or self._lists_costs(kinds)))

    def _lists_costs(self, kinds: Sequence[str]) -> bool:
        """Whether a table says what each of its tasks or projects costs."""
        named = any(column.kind == "name" and _UNDERTAKING.search(column.name) for column in self.columns)
        return named and sum(kind in MONEY or kind == "fund" for kind in kinds) > 1

    def groups(self) -> tuple[tuple[TableRow, ...], ...]:
        """The rows, each with those that go on with it."""
        found: list[list[TableRow]] = []
        for row in self.rows:
            if row.goes_on:
                found[-1].append(row)
            else:
                found.append([row])
        return tuple(map(tuple, found))

    def amount(self, row: TableRow, index: int) -> int | None:
        """The dong that the cell of `row` in the money column `index` states, in its own unit or its column's if there is one, or None."""
        cell = row.cells[index] if self.measure is None else EMPTY
        return _amount(cell.text, self.decimal_mark, self.factor_of(index)) if cell.lines else None

    def factor_of(self, index: int) -> int:
        """What one of the column `index` is in dong: by its head, "Thành tiền (triệu đồng)", or as the table says."""
        return _factor_in(self.columns[index].name) or self.factor or 1

    def stated_totals(self) -> tuple[records.StatedTotal, ...]:
        """The amounts in rows of totals and in section rows, row by row."""
        return tuple(
            records.StatedTotal(label=row.label, column=column.name, amount_vnd=amount, lines=row.cells[index].lines or row.lines)
            for row in self.rows
            if row.kind != "item"
            for index, column in enumerate(self.columns)
            if column.kind in _PAID and (amount := self.amount(row, index)) is not None
        )

    def record(self) -> records.Table:
        """The table as a record holds it."""
        names = tuple(column.name for column in self.columns)
        return records.Table(
            id=self.id, title=self.title, unit=self.unit, lines=self.lines, columns=names, stated_totals=self.stated_totals()
        )


@lru_cache(maxsize=1 << 14)
def _amount(text: str, mark: values.DecimalMark, factor: int) -> int | None:
    """The dong that the text of a cell states. Remembered: sums are taken over a table's cells again and again."""
    number = values.parse_number(text, mark)
    unit = text.lstrip("0123456789., ")  # "1.000 đ" in a cell is a sum, and no unit of thousands
    return values.to_dong(number, values.unit_factor(unit) or factor) if number is not None else None


@lru_cache(maxsize=1 << 8)
def _factor_in(head: str) -> int | None:
    """What the unit that a head names is in dong. Remembered, since each amount under it asks."""
    return values.unit_factor(head)


def find_tables(source: Source) -> tuple[TableGrid, ...]:
    """The tables of a document in their order: those with columns that can be understood; letterheads and signatures are none."""
    captions = Captions(source.lines)
    return tuple(_finish(raw, captions) for raw in find_raw_tables(source))


def _finish(raw: RawTable, captions: Captions) -> TableGrid:
    raw = replace(raw, columns=_paying(raw))
    caption = captions.read(raw.lines, raw.head, raw.caption)
    unit = caption.unit if any(column.kind in MONEY or _tells_amounts(column) for column in raw.columns) else None
    rows = _rows(raw, raw.caption.strip(" ()") or caption.title)
    return TableGrid(
        id=caption.id,
        title=caption.title,
        unit=unit,
        factor=values.unit_factor(unit) if unit else None,
        lines=(caption.first_line, raw.lines[1]),
        columns=raw.columns,
        rows=rows,
        decimal_mark=_decimal_mark(rows, raw.columns, unit),
        in_appendix=caption.in_appendix,
        measure=caption.measure,
    )


def _paying(raw: RawTable) -> tuple[Column, ...]:
    """The columns, one that names a source of each row by its head, "Nguồn đầu tư", as money where it holds nothing but numbers."""
    if not any(column.kind == "total" for column in raw.columns):
        return raw.columns
    found = list(raw.columns)
    for index, column in enumerate(raw.columns):
        texts = [row[index].text for row in raw.rows if row[index].text] if column.kind == "fund" else []
        if len(texts) > 1 and all(map(values.is_number, texts)):
            found[index] = replace(column.of("money"), source=source_of(column.name), capital=capital_of(column.name))
    return tuple(found)


def _tells_amounts(column: Column) -> bool:
    """Whether a column of words tells amounts, as its head says: "Kinh phí (tỷ đồng)", "Dự kiến kinh phí"."""
    return column.kind == "fund" and (values.unit_name(column.name) is not None or kind_of(column.name) == "total")


def _decimal_mark(rows: Sequence[TableRow], meant: Sequence[Column], unit: str | None) -> values.DecimalMark:
    """The mark under which more sums come out as printed; where none decides, the one that the numbers themselves show.

    A number with a digit too many is left out: read as a decimal, it may add up with others a thousandth of what they are.
    """
    places = [index for index, column in enumerate(meant) if column.kind in MONEY]
    slips = values.overlong(row.cells[index].text for row in rows for index in places)
    if slips:
        rows = [replace(row, cells=tuple(EMPTY if cell.text in slips else cell for cell in row.cells)) for row in rows]
    right = {mark: agreement(meant, [row.cells for row in rows], mark) for mark in MARKS}
    alike = len({_factor_in(meant[index].name) for index in places}) == 1  # of two units, a sum of numbers says nothing
    if alike and right[","] != right["."]:
        return max(MARKS, key=lambda mark: right[mark])
    summed = {mark: sum(_adds_up(rows, index, mark) for index in places) for mark in MARKS}
    if summed[","] != summed["."]:
        return max(MARKS, key=lambda mark: summed[mark])
    return values.decide_convention((row.cells[index].text for row in rows for index in places), unit)


def _adds_up(rows: Sequence[TableRow], index: int, mark: values.DecimalMark) -> bool:
    """Whether the items of a column add up to a total that it states."""
    stated = {values.parse_number(row.cells[index].text, mark) for row in rows if row.kind == "total"} - {None}
    items = [values.parse_number(row.cells[index].text, mark) or 0 for row in rows if row.kind == "item" and row.cells[index].lines]
    return len(items) > 1 and sum(items) in stated


def _rows(table: RawTable, title: str) -> tuple[TableRow, ...]:
    raw = [row for row in table.rows if any(cell.text for cell in row) and not is_formula_row([cell.text for cell in row])]
    raw = [_unspanned(row, table.columns) for row in accumulate(raw, _unditto)]
    arabic = any(_ordinal(row, table.columns).rstrip(".)").replace(".", "").isdigit() for row in raw)
    found: list[TableRow] = []
    for place, row in enumerate(raw):
        following = raw[place + 1] if place + 1 < len(raw) else None
        kind = _kind(row, following, table.columns, arabic=arabic)
        cells = row if kind == "item" else _replaced(row, table.columns)
        label = "" if kind == "item" else _label(cells, table.columns, kind) or title
        spans = [cell.lines for cell in cells if cell.lines and cell.text]
        if spans:
            found.append(TableRow(kind, cells, label, (min(spans)[0], max([last for _, last in spans]))))
    summed = list(_summing(list(_broken_down(found, table.columns)), table.columns, title))
    return tuple(_parts_marked(_going_on(list(_childless(summed)), table.columns), table.columns))


def _broken_down(rows: Sequence[TableRow], meant: Sequence[Column]) -> Iterator[TableRow]:
    """The rows, those right after a total that say which purse gives how much of it ("Trong đó: Ngân sách tỉnh") as totals too.

    A row that names who does it is a project, whatever its name: "Xây dựng cổng dữ liệu của tỉnh".
    """
    total = False
    doing = [place for place, column in enumerate(meant) if column.kind in {"lead", "actor", "coordinating"}]
    for row in rows:
        name = _WITHIN.sub("", _label(row.cells, meant, "total"))
        purse = total and not _ordinal(row.cells, meant) and not any(row.cells[place].text for place in doing)
        total = row.kind == "total" or (purse and is_known_source(name))
        yield replace(row, kind="total", label=name) if total and row.kind != "total" else row


def _unditto(above: tuple[Cell, ...], row: tuple[Cell, ...]) -> tuple[Cell, ...]:
    """A row, what its cells only repeat by a mark ("nt", a pair of quotation marks) as the row `above` has it."""
    if not any(map(_DITTO.fullmatch, [cell.text for cell in row if cell.text])):
        return row
    return tuple(
        Cell(one.text, cell.lines) if _DITTO.fullmatch(cell.text) else cell for one, cell in zip_longest(above, row, fillvalue=EMPTY)
    )


def _unspanned(row: tuple[Cell, ...], meant: Sequence[Column]) -> tuple[Cell, ...]:
    """A row, where one cell spans its ordinal and its name, "I Hạ tầng", as if each had its own, and blank beyond the name."""
    places = [place for place, column in enumerate(meant) if column.kind in {"ordinal", "name"}][:2]
    spans = len(places) > 1 and places[0] == 0 and row[0].text and (row[places[1]].text, row[places[1]].lines) == (row[0].text, None)
    if not spans:
        return row
    match = _NUMBERED_SPAN.fullmatch(row[0].text)
    cells = [EMPTY if cell.lines is None else cell for cell in row]
    cells[0] = Cell(match["ordinal"], row[0].lines) if match else EMPTY
    cells[places[1]] = Cell(match["name"], row[0].lines) if match else row[0]
    return tuple(cells)


def _going_on(rows: Sequence[TableRow], meant: Sequence[Column]) -> list[TableRow]:
    """The rows, those marked that go on with the item above them."""
    marked = list(rows[:1])
    for above, row in pairwise(rows):
        more = above.kind == row.kind == "item" and _is_more(row.cells, above.cells, meant)
        marked.append(replace(row, goes_on=True) if more else row)
    return marked


def _is_more(cells: Sequence[Cell], above: Sequence[Cell], meant: Sequence[Column]) -> bool:
    """Whether a row tells of one more purse or year of the item above: of its own it has no ordinal and no name, but that and an amount."""
    kinds = [column.kind for column in meant]
    named = [place for place, kind in enumerate(kinds) if kind in {"ordinal", "name"}]
    if not {"fund", "time"} & set(kinds) or any(cells[place].lines or cells[place].text not in {"", above[place].text} for place in named):
        return False
    own = [(kind, cell.text) for cell, kind in zip(cells, kinds, strict=False) if cell.lines]
    purse = any(kind == "fund" and text and not re.search(r"\d", text) for kind, text in own)
    dated = any(kind == "time" and values.period(text) for kind, text in own)
    return (purse or dated) and any(kind in MONEY and values.is_number(text) for kind, text in own)


def _summing(rows: Sequence[TableRow], meant: Sequence[Column], title: str) -> Iterator[TableRow]:
    """The rows, an unnumbered item whose amounts are the sums of the numbered ones that follow as the section that it is."""
    paid = [index for index, column in enumerate(meant) if column.kind in MONEY]
    for place, row in enumerate(rows):
        own = {index: row.cells[index].text for index in paid if values.is_number(row.cells[index].text)}
        bare = row.kind == "item" and meant[0].kind == "ordinal" and not row.cells[0].text
        below = list(takewhile(lambda other: other.kind == "item" and other.cells[0].text, rows[place + 1 :])) if bare and own else []
        if len(own) > 1 and below and any(_sums(own, below, mark) for mark in MARKS):
            yield replace(row, kind="section", label=_label(row.cells, meant, "section") or title)
        else:
            yield row


def _sums(stated: dict[int, str], rows: Sequence[TableRow], mark: values.DecimalMark) -> bool:
    """Whether each amount of `stated`, by its column, is the sum of those that `rows` have there."""
    return all(
        values.parse_number(text, mark) == sum(values.parse_number(row.cells[index].text, mark) or 0 for row in rows)
        for index, text in stated.items()
    )


def _childless(rows: Sequence[TableRow]) -> Iterator[TableRow]:
    """The rows, a numbered section that has amounts and nothing under it as the item that it is: "III | Tuyên truyền | 500" before "IV"."""
    for row, after in zip_longest(rows, rows[1:]):
        own = series(row.cells[0].text)
        ends = after is None or after.kind == "total" or (after.kind == "section" and series(after.cells[0].text) == own)
        alone = row.kind == "section" and own and ends and any(values.is_number(cell.text) for cell in row.cells[1:])
        yield replace(row, kind="item", label="") if alone else row


def series(ordinal: str) -> str:
    """What kind of number a section has, or an item that stands beside sections: "roman", "letter", or "" for any other."""
    bare = ordinal.rstrip(".)")
    return ("roman" if set(bare) <= set("IVX") else "letter") if is_group_ordinal(bare) else ""


def _parts_marked(rows: Sequence[TableRow], meant: Sequence[Column]) -> Iterator[TableRow]:
    """The rows, those marked that are parts of a numbered one with amounts of its own."""
    whole = False
    for row in rows:
        name = next((cell.text for cell, column in zip(row.cells, meant, strict=False) if column.kind == "name"), "")
        part = row.kind == "item" and _is_part(_ordinal(row.cells, meant), name)
        if not part:
            amounts = (cell.text for cell, column in zip(row.cells, meant, strict=False) if column.kind in MONEY)
            whole = row.kind == "item" and any(values.is_number(text) for text in amounts)
        yield replace(row, part=True) if part and whole else row


def _is_part(ordinal: str, name: str) -> bool:
    return bool(_PART.match(ordinal or name))


def _ordinal(row: Sequence[Cell], meant: Sequence[Column]) -> str:
    if meant[0].kind == "ordinal" or is_ordinal(row[0].text):
        return row[0].text
    return ""


def _kind(row: Sequence[Cell], following: Sequence[Cell] | None, meant: Sequence[Column], *, arabic: bool) -> RowKind:
    ordinal = _ordinal(row, meant)
    words = [cell.text for cell, column in zip(row, meant, strict=False) if cell.text and column.kind not in _AMOUNTS]
    times = {cell.text for cell, column in zip(row, meant, strict=False) if column.kind == "time" and values.period(cell.text)}
    texts = list(dict.fromkeys(text for text in words if text != ordinal and (text in times or not values.is_number(text))))
    label = texts[0] if texts else ""
    numbers = any(values.is_number(cell.text) for cell in row[1:])
    if not ordinal.strip(".)").isdigit() and (is_total_label(label or ordinal) or (numbers and not texts and not ordinal)):
        return "total"
    alone = len(set(texts) - {label}) == 0
    if following is not None and ordinal and alone and _under(ordinal, _ordinal(following, meant)):
        return "section"
    if is_group_ordinal(ordinal) and (alone or arabic):
        return "section" if arabic or not numbers else "item"
    if not is_ordinal(ordinal) and alone and is_section_label(label or ordinal):
        return "section"
    bare = not ordinal and not label.startswith(("-", "+"))
    over = bool(label) and following is not None and _starts_over(row[0].text, _ordinal(following, meant))
    return "section" if alone and not numbers and (bare or over) else "item"


def _starts_over(first: str, following: str) -> bool:
    """Whether a row with nothing but a name has parts below it: after "*", "Phần I" or "1" they count from 1 again."""
    bare = following.rstrip(".)")
    return bare == "1" or (not re.search(r"\w", first.strip("-+")) and bool(first.strip("-+")) and bare.isdigit())


def _under(ordinal: str, following: str) -> bool:
    """Whether the row numbered `following` is a part of the one numbered `ordinal`: 1.1 of 1, a) of 2, A1 of A, I.1 of I."""
    one, other = ordinal.rstrip(".)"), following.rstrip(".)")
    if is_group_ordinal(one):
        return other.removeprefix(one).removeprefix(".") == "1" and other != "1"
    return one.isdigit() and (other.startswith(f"{one}.") or other == "a")


def _label(cells: Sequence[Cell], meant: Sequence[Column], kind: RowKind) -> str:
    texts = dict.fromkeys(cell.text for cell, column in zip(cells, meant, strict=True) if cell.text and column.kind not in _AMOUNTS)
    words = [text for text in texts if kind != "section" or re.search(r"\w", text)][:2]
    if kind == "section" and len(words) == 2 and (is_ordinal(words[0]) or is_section_label(words[0])):
        return f"{words[0].rstrip('.)')}. {words[1]}"
    return words[0] if words else ""


def _replaced(row: tuple[Cell, ...], meant: Sequence[Column]) -> tuple[Cell, ...]:
    """A row of totals with its amounts under the money columns: a span often moves them, and as many as columns fill them in order."""
    places = [index for index, column in enumerate(meant) if column.kind in MONEY]
    shares = {index for index, column in enumerate(meant) if column.kind == "other" and "%" in column.name}
    filled = [index for index, cell in enumerate(row) if index and index not in shares and values.is_number(cell.text) and cell.lines]
    misplaced = [index for index in filled if index not in places]
    if not misplaced or len(filled) != len(places):
        return row
    cells = list(row)
    for index in filled:
        cells[index] = EMPTY
    for index, source in zip(places, filled, strict=True):
        cells[index] = row[source]
    return tuple(cells)
