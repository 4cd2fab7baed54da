"""The table that a query returns: named columns, rows of Python values, ways to look at them, and the forms that others' tools take."""

from __future__ import annotations

import csv
import html
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, cast, overload

if TYPE_CHECKING:
    import pandas as pd
    import polars as pl
    import pyarrow as pa

Cell = str | int | float | bool | date | None
_SHOWN = 40
_WIDTH = 48
_INT64 = range(-(2**63), 2**63)
_MOST_LINKS = 65_000  # a worksheet of XLSX holds 65,530


_FORMULA = frozenset("=+-@\t\r\n＝＋－＠")


def harmless(row: Iterable[object]) -> list[object]:
    """The cells of a row of CSV, in which a spreadsheet finds nothing to run: before text that begins like a formula stands an apostrophe.

    https://owasp.org/www-community/attacks/CSV_Injection
    """
    return [f"'{cell}" if isinstance(cell, str) and cell[:1] in _FORMULA else cell for cell in row]


class Rows(Sequence[tuple[Cell, ...]]):
    """Rows kept as columns of one length, each row made when it is asked for: a million take a fraction of the time."""

    __slots__ = ("values",)

    def __init__(self, values: tuple[Sequence[Cell], ...]) -> None:
        self.values = values

    def __len__(self) -> int:
        return len(self.values[0])

    def __iter__(self) -> Iterator[tuple[Cell, ...]]:
        return zip(*self.values, strict=True)

    @overload
    def __getitem__(self, place: int) -> tuple[Cell, ...]: ...
    @overload
    def __getitem__(self, place: slice) -> Rows: ...
    def __getitem__(self, place: int | slice) -> tuple[Cell, ...] | Rows:
        if isinstance(place, slice):
            return Rows(tuple(column[place] for column in self.values))
        return tuple(column[place] for column in self.values)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and tuple(self) == tuple(other)

    def __hash__(self) -> int:
        return hash(tuple(self))


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of Python values: text and IRIs as str, whole numbers and dong as int, decimals as float, dates, None where nothing is known."""

    columns: tuple[str, ...]
    rows: Sequence[tuple[Cell, ...]]

    def __len__(self) -> int:
        return len(self.rows)

    def __iter__(self) -> Iterator[tuple[Cell, ...]]:
        return iter(self.rows)

    def column(self, name: str) -> tuple[Cell, ...]:
        """The values of one column. Raises KeyError that lists the columns."""
        if name not in self.columns:
            raise KeyError(f"{name!r} is no column; there are {', '.join(self.columns)}")
        return tuple(self._values(self.columns.index(name)))

    def records(self) -> list[dict[str, Cell]]:
        """The rows as dictionaries, for JSON and templates."""
        return [dict(zip(self.columns, row, strict=True)) for row in self.rows]

    # ------------------------------------------------------------ other tools

    def to_pandas(self) -> pd.DataFrame:
        """A data frame: whole numbers as int64 (Int64 where some are missing), dates as datetime64. Needs `pip install cancu[notebook]`."""
        pandas = import_module("pandas")
        text = "str" if int(pandas.__version__.partition(".")[0]) >= 3 else "object"  # pandas 3 has text that knows of missing values
        dtypes = {"int": "int64", "float": "float64", "bool": "bool", "str": text}
        made = {}
        for name, (kind, values) in self._typed():
            if kind == "date":
                made[name] = pandas.to_datetime(pandas.Series(values, dtype="object"))
            else:
                gaps = {"int": "Int64", "bool": "boolean"} if None in values else {}
                made[name] = pandas.Series(values, dtype=(dtypes | gaps).get(kind, "object"))
        frame: pd.DataFrame = pandas.DataFrame(made, columns=list(self.columns))
        return frame

    def to_arrow(self) -> pa.Table:
        """An Arrow table: int64, double, bool, date32 and string; a column of several kinds is text. Needs `pip install cancu[tables]`."""
        arrow = import_module("pyarrow")
        types = {"int": arrow.int64(), "float": arrow.float64(), "bool": arrow.bool_(), "date": arrow.date32()}
        arrays = {
            name: arrow.array(values if kind in types else _texts(values), types.get(kind, arrow.string()))
            for name, (kind, values) in self._typed()
        }
        return arrow.table(arrays)

    def to_polars(self) -> pl.DataFrame:
        """A polars data frame: Int64, Float64, Boolean, Date and String. Needs `pip install cancu[tables]`."""
        polars = import_module("polars")
        types = {"int": polars.Int64, "float": polars.Float64, "bool": polars.Boolean, "date": polars.Date}
        columns = [
            polars.Series(name, values if kind in types else _texts(values), types.get(kind, polars.String), strict=False)
            for name, (kind, values) in self._typed()
        ]
        frame: pl.DataFrame = polars.DataFrame(columns)
        return frame

    def to_csv(self, path: str | Path) -> None:
        """Writes a CSV file that spreadsheets open with its Vietnamese letters: UTF-8, with a byte order mark."""
        with Path(path).open("w", encoding="utf-8-sig", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(self.columns)
            writer.writerows(map(harmless, self.rows))

    def to_xlsx(self, path: str | Path) -> None:
        """Writes a workbook: IRIs are links, by their labels where a column `xLabel` has them; numbers and dates are such.

        Needs `pip install cancu[tables]`.
        """
        book = import_module("xlsxwriter").Workbook(str(path), {"default_date_format": "yyyy-mm-dd", "strings_to_formulas": False})
        book.set_properties({"created": datetime(2020, 1, 1)})  # the same bytes for the same table: a date alone is not taken
        sheet = book.add_worksheet("cancu")
        bold, number = book.add_format({"bold": True}), book.add_format({"num_format": "#,##0"})
        sheet.write_row(0, 0, self.columns, bold)
        sheet.freeze_panes(1, 0)
        links = 0
        for place, name in enumerate(self.columns):
            labels = self.column(f"{name}Label") if f"{name}Label" in self.columns else self.column(name)
            big = not name.lower().endswith("year")
            for row, (value, label) in enumerate(zip(self.column(name), labels, strict=True), 1):
                if isinstance(value, str) and value.startswith(("http://", "https://")) and links < _MOST_LINKS:
                    links += sheet.write_url(row, place, value, string=str(label or value)) == 0
                elif isinstance(value, str):
                    sheet.write_string(row, place, value)
                elif value is not None:
                    sheet.write(row, place, value, *((number,) if type(value) is int and big else ()))
        sheet.autofit(max_width=400)
        book.close()

    def _values(self, place: int) -> Sequence[Cell]:
        """The values of the column at a place."""
        return self.rows.values[place] if isinstance(self.rows, Rows) else [row[place] for row in self.rows]

    def _typed(self) -> Iterator[tuple[str, tuple[str, Sequence[Cell]]]]:
        """Each column with its kind: int, float, bool, date, str, or mixed. Whole and real numbers together are real."""
        for place, name in enumerate(self.columns):
            values = self._values(place)
            kinds = set(map(type, values)) - {type(None)}
            kind = kinds.pop().__name__ if len(kinds) == 1 else "float" if kinds == {int, float} else "mixed" if kinds else "str"
            if kind == "int":
                whole = cast("Sequence[int]", [value for value in values if value is not None] if None in values else values)
                kind = "int" if min(whole) in _INT64 and max(whole) in _INT64 else "mixed"
            yield name, (kind, values)

    # ------------------------------------------------------------ to look at

    def __repr__(self) -> str:
        shown = [[_plain(value, name) for name, value in zip(self.columns, row, strict=True)] for row in self.rows[:_SHOWN]]
        widths = [max(len(cell) for cell in cells) for cells in zip(self.columns, *shown, strict=True)]
        head, *body = (
            "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in (self.columns, *shown)
        )
        return "\n".join([head, "  ".join("─" * width for width in widths), *body, _count(len(self.rows))])

    def _repr_html_(self) -> str:
        """The table as notebooks show it. An IRI and its label are one link."""
        names = [name for name in self.columns if not (name.endswith("Label") and name.removesuffix("Label") in self.columns)]
        head = "".join(f"<th>{html.escape(name)}</th>" for name in names)
        rows = []
        for row in self.rows[:_SHOWN]:
            known = dict(zip(self.columns, row, strict=True))
            rows.append("<tr>" + "".join(_cell(name, known[name], known.get(f"{name}Label")) for name in names) + "</tr>")
        return f"<table><thead><tr>{head}</tr></thead><tbody>{''.join(rows)}</tbody></table><p>{_count(len(self.rows))}</p>"


def _texts(values: Sequence[Cell]) -> list[str | None]:
    return [None if value is None else str(value) for value in values]


def _count(rows: int) -> str:
    return f"{rows:,} rows" if rows <= _SHOWN else f"{rows:,} rows, the first {_SHOWN} shown"


def _plain(value: Cell, name: str = "") -> str:
    if value is None:
        return ""
    if isinstance(value, int) and abs(value) >= 10_000 and not name.lower().endswith("year"):
        return f"{value:,}"
    text = " ".join(str(value).split())
    return text if len(text) <= _WIDTH else (f"…{text[1 - _WIDTH :]}" if text.startswith("http") else f"{text[: _WIDTH - 1]}…")


def _cell(name: str, value: Cell, label: Cell) -> str:
    text = html.escape("" if value is None else str(value))
    if isinstance(value, int | float) and not isinstance(value, bool):
        return f'<td style="text-align: right">{_plain(value, name)}</td>'
    if isinstance(value, str) and value.startswith(("http://", "https://")):
        return f'<td><a href="{text}">{html.escape(str(label)) if label else text.rsplit("/", 1)[-1] or text}</a></td>'
    return f"<td>{text}</td>"
