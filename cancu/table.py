"""The table that a query returns: named columns, rows of Python values, and ways to look at them."""

from __future__ import annotations

import html
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

Cell = str | int | float | bool | date | None
_SHOWN = 40
_WIDTH = 48


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of Python values: text and IRIs as str, whole numbers and dong as int, decimals as float, dates, None where nothing is known."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]

    def __len__(self) -> int:
        return len(self.rows)

    def __iter__(self) -> Iterator[tuple[Cell, ...]]:
        return iter(self.rows)

    def column(self, name: str) -> tuple[Cell, ...]:
        """The values of one column. Raises KeyError that lists the columns."""
        if name not in self.columns:
            raise KeyError(f"{name!r} is no column; there are {', '.join(self.columns)}")
        index = self.columns.index(name)
        return tuple(row[index] for row in self.rows)

    def records(self) -> list[dict[str, Cell]]:
        """The rows as dictionaries, for JSON and templates."""
        return [dict(zip(self.columns, row, strict=True)) for row in self.rows]

    def to_pandas(self) -> pd.DataFrame:
        """A data frame: whole numbers as int64 (Int64 where some are missing), dates as datetime64. Needs `pip install cancu[notebook]`."""
        pandas = import_module("pandas")
        frame = pandas.DataFrame(list(self.rows), columns=list(self.columns), dtype=object)
        for name in self.columns:
            kinds = {type(value) for value in self.column(name) if value is not None}
            if kinds == {int}:
                frame[name] = frame[name].astype("Int64" if None in self.column(name) else "int64")
            elif kinds and kinds <= {int, float}:
                frame[name] = frame[name].astype("float64")
            elif kinds == {bool} and None not in self.column(name):
                frame[name] = frame[name].astype("bool")
            elif kinds == {date}:
                frame[name] = pandas.to_datetime(frame[name])
        return frame

    def __repr__(self) -> str:
        shown = [[_plain(value) for value in row] for row in self.rows[:_SHOWN]]
        widths = [max(len(cell) for cell in cells) for cells in zip(self.columns, *shown, strict=True)]
        head, *body = (
            "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in (self.columns, *shown)
        )
        return "\n".join([head, "  ".join("─" * width for width in widths), *body, _count(len(self.rows))])

    def _repr_html_(self) -> str:
        """The table as notebooks show it. IRIs of the web become links."""
        head = "".join(f"<th>{html.escape(name)}</th>" for name in self.columns)
        body = "".join("<tr>" + "".join(_cell(value) for value in row) + "</tr>" for row in self.rows[:_SHOWN])
        return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table><p>{_count(len(self.rows))}</p>"


def _count(rows: int) -> str:
    return f"{rows:,} rows" if rows <= _SHOWN else f"{rows:,} rows, the first {_SHOWN} shown"


def _plain(value: Cell) -> str:
    if value is None:
        return ""
    if isinstance(value, int) and abs(value) >= 10_000:
        return f"{value:,}"
    text = " ".join(str(value).split())
    return text if len(text) <= _WIDTH else (f"…{text[1 - _WIDTH :]}" if text.startswith("http") else f"{text[: _WIDTH - 1]}…")


def _cell(value: Cell) -> str:
    text = html.escape("" if value is None else str(value))
    if isinstance(value, int | float) and not isinstance(value, bool):
        return f'<td style="text-align: right">{_plain(value)}</td>'
    if isinstance(value, str) and value.startswith(("http://", "https://")):
        return f'<td><a href="{text}">{text.rsplit("/", 1)[-1] or text}</a></td>'
    return f"<td>{text}</td>"
