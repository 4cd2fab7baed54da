"""The rows of the registry's tables, as `data/registry/*.csv` hold them: provinces, kinds of agencies, documents.

A field is called as its column, but for those that `_read` is told of; a cell of a tuple is a list separated by ';'.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, TypeVar

from cancu.errors import InputError

_Row = TypeVar("_Row", "Province", "AgencyKind", "RegisteredDocument")
_DATE = re.compile(r"\d{4}-\d\d-\d\d|\d{4}(?:/\d{4})?")


@dataclass(frozen=True, slots=True)
class Province:
    """A province or centrally run city. `merged_into` is the slug of its heir, or ''; `code` is of before the reform of 2025."""

    slug: str
    name: str
    name_en: str
    kind: str
    code: str
    merged_into: str
    merged_on: str
    aliases: tuple[str, ...]
    source: str
    code_2025: str = ""
    iso_code: str = ""


@dataclass(frozen=True, slots=True)
class AgencyKind:
    """A kind of agency: one for all 'Sở Thông tin và Truyền thông', whatever their province. `merged_into` took over its work, or ''."""

    kind: str
    label: str
    label_en: str
    level: str
    parent: str
    aliases: tuple[str, ...]
    source: str
    merged_into: str = ""
    merged_on: str = ""


@dataclass(frozen=True, slots=True)
class RegisteredDocument:
    """A row of the documents' table. `replaces` and the like hold 'type number' keys of other rows.

    `date` is the day of issue, or the year ('2016') or first and last year ('2015/2020') in which its number stands for this
    document alone: organs of the state begin again at 1 each year, committees of the Party each term.
    """

    jurisdiction: str
    kind: str
    number: str
    date: str
    issuer: str
    title: str
    aliases: tuple[str, ...]
    effective_from: str
    replaces: tuple[str, ...]
    amends: tuple[str, ...]
    implements: tuple[str, ...]
    details: tuple[str, ...]
    bases: tuple[str, ...]
    source: str

    @property
    def relations(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """The properties of the vocabulary that tie it to other rows, with the keys of those."""
        return (
            ("replaces", self.replaces),
            ("amends", self.amends),
            ("implements", self.implements),
            ("details", self.details),
            ("hasSubstantiveBasis", self.bases),
        )

    @property
    def day(self) -> str | None:
        """The day of issue (ISO 8601); None where only the year or the term is known."""
        return self.date if len(self.date) == len("2016-12-20") else None

    @property
    def years(self) -> range:
        """The years in which its number can mean no other: of a term those within, since in its first and last year two terms meet."""
        first, _, last = self.date.partition("/")
        return range(int(first) + 1, int(last)) if last else range(int(first[:4]), int(first[:4]) + 1)

    @property
    def year(self) -> int | None:
        """The year of issue; None where only the term is known."""
        return None if "/" in self.date else int(self.date[:4])

    @property
    def period(self) -> str:
        """The year, or the first and last year, as the IRI has it: '2016', '2015-2020'."""
        return self.date.replace("/", "-") if "/" in self.date else self.date[:4]


def provinces(folder: Path) -> tuple[Province, ...]:
    """The rows of `provinces.csv`. Raises InputError that names the line, as the others do."""
    return tuple(_read(Province, folder / "provinces.csv", name="name_vi"))


def agency_kinds(folder: Path) -> tuple[AgencyKind, ...]:
    """The rows of `agencies.csv`."""
    return tuple(_read(AgencyKind, folder / "agencies.csv", label="label_vi"))


def documents(folder: Path) -> tuple[RegisteredDocument, ...]:
    """The rows of `documents.csv`."""
    return tuple(_read(RegisteredDocument, folder / "documents.csv", kind="type"))


def _read(of: type[_Row], path: Path, /, **columns: str) -> Iterator[_Row]:
    """The rows of a table; `columns` are those that are not called as their field."""
    for line, cells in rows(path):
        values: dict[str, Any] = {}
        for field in fields(of):
            cell = cells.get(columns.get(field.name, field.name), "")
            values[field.name] = _list(cell) if field.type == "tuple[str, ...]" else cell
        if of is RegisteredDocument and not _DATE.fullmatch(values["date"]):
            raise InputError(str(path), f"the date is {values['date']!r}", "write 2016-12-20, or 2016, or 2015/2020 for a term", line)
        yield of(**values)


def rows(path: Path) -> Iterator[tuple[int, dict[str, str]]]:
    """The rows of a table, each with its line. Raises InputError."""
    try:
        with path.open(encoding="utf-8", newline="") as file:
            reader = csv.DictReader(file)
            for row in reader:
                if None in row or None in row.values():
                    raise InputError(
                        str(path), "a row has more or fewer cells than the header", "quote cells that hold commas", reader.line_num
                    )
                yield reader.line_num, row
    except OSError as error:
        raise InputError(str(path), f"cannot be opened: {error.strerror}", "restore the registry's tables") from error


def _list(cell: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in cell.split(";") if part.strip())
