"""Options that several commands take."""

from __future__ import annotations

import atexit
import tempfile
from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from cancu.errors import InputError


class Format(StrEnum):
    """How a table is printed."""

    table = "table"
    json = "json"
    csv = "csv"


FormatOption = Annotated[Format, typer.Option("--format", "-f", help="How to print the answer.")]
GraphOption = Annotated[
    Path | None, typer.Option("--graph", "-g", help="A build folder or a graph file; the data that ships with the package by default.")
]
PlansOption = Annotated[
    list[str] | None, typer.Option("--plans", "-p", help="More plans: records, documents, or folders, also elsewhere (s3://…). Repeatable.")
]


_PLANS = frozenset({".json", ".txt", ".md", ".html", ".htm", ".docx", ".pdf"})


def plan_files(paths: Sequence[Path | str] | None) -> list[Path]:
    """The plans among the paths: files as they are, folders as the records and documents in them; from elsewhere as copies."""
    here = [_copied(path) if isinstance(path, str) and "://" in path else Path(path) for path in paths or []]
    return [file for path in here for file in (_inside(path) if path.is_dir() else [path])]


def _copied(url: str) -> Path:
    """A folder with copies of the files that lie elsewhere, until this process ends."""
    from cancu import elsewhere

    folder = tempfile.TemporaryDirectory(prefix="cancu-")
    atexit.register(folder.cleanup)
    elsewhere.fetch(url, Path(folder.name))
    return Path(folder.name)


def _inside(folder: Path) -> list[Path]:
    """The plans in a folder. Raises InputError for a link that leads out of it, since a folder from elsewhere might name any file."""
    found = [path for path in sorted(folder.iterdir()) if path.suffix.lower() in _PLANS]
    for path in found:
        if not path.resolve().is_relative_to(folder.resolve()):
            raise InputError(str(path), "is a link out of its folder", "copy the file into the folder, or name it by itself")
    return found
