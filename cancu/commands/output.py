"""What commands print: tables, answers, progress, and the choices when words fit several things."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import typer

from cancu.commands.options import Format


def show_table(columns: Sequence[str], rows: Sequence[Sequence[Any]], form: Format) -> None:
    """One table, in the form asked for; a terminal gets lines and colours, a pipe tab-separated text."""
    if form is Format.json:
        found = [dict(zip(columns, row, strict=True)) for row in rows]
        typer.echo(json.dumps(found, ensure_ascii=False, indent=1, default=str))
    elif form is Format.csv:
        from cancu.table import harmless

        writer = csv.writer(sys.stdout, lineterminator="\n")
        writer.writerows(map(harmless, [columns, *rows]))
    elif sys.stdout.isatty():
        from rich.console import Console
        from rich.table import Table

        table = Table(*columns, row_styles=["", "dim"])
        for row in rows:
            table.add_row(*("" if cell is None else str(cell) for cell in row))
        Console().print(table)
    else:
        for row in [columns, *rows]:
            typer.echo("\t".join("" if cell is None else " ".join(str(cell).split()) for cell in row))


def show_answer(found: Any, form: Format) -> None:
    """A trace or the like: as text, as JSON whole, or as the CSV of its table."""
    if form is Format.json:
        typer.echo(json.dumps(found.to_dict(), ensure_ascii=False, indent=1, default=str))
    elif form is Format.csv:
        table = found.table()
        show_table(table.columns, table.rows, form)
    else:
        typer.echo(str(found))


@contextmanager
def progress() -> Iterator[Callable[[str], None]]:
    """Says on a terminal which stage is at work; silent in a pipe."""
    if not sys.stderr.isatty():
        yield lambda _: None
        return
    from rich.console import Console

    with Console(stderr=True).status("…") as status:
        yield lambda stage: status.update(f"{stage} …")


@contextmanager
def ambiguity() -> Iterator[None]:
    """Words that fit several things list them, and end the command with exit code 2."""
    from cancu.errors import Ambiguous

    try:
        yield
    except Ambiguous as error:
        typer.echo(f"“{error.words}” fits {len(error.candidates)} things; say which:", err=True)
        show_table(["label", "iri"], [[label, iri] for iri, label in error.candidates], Format.table)
        raise typer.Exit(2) from None
