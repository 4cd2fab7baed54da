"""Documents: read them into records, and find what they cite."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from cancu.commands.options import Format, FormatOption
from cancu.commands.output import show_table
from cancu.errors import CancuError


def read(
    files: Annotated[list[Path], typer.Argument(help="Documents: .txt .md .html .docx .pdf", show_default=False)],
    output: Annotated[Path | None, typer.Option("--output", "-o", help="A folder for the records; without it they are printed.")] = None,
    text: Annotated[bool, typer.Option("--text", help="Print the text that the lines of a DOCX or PDF record point into.")] = False,
    why: Annotated[bool, typer.Option("--explain", help="Print, line by line, what is recognised, and what is passed over.")] = False,
) -> None:
    """Read documents into plan records."""
    from cancu import records
    from cancu.reading.explain import explain, render
    from cancu.reading.plan import read_plan
    from cancu.reading.source import open_source

    failed, written = 0, dict[Path, Path]()
    for file in files:
        try:
            source = open_source(file)
            if text:
                typer.echo(source.text(), nl=False)
                continue
            if why:
                typer.echo(render(source, explain(source)), nl=False)
                continue
            data = records.dumps(read_plan(source))
        except CancuError as error:
            typer.echo(f"cancu: {error}", err=True)
            failed += 1
            continue
        if output is None:
            typer.echo(data.decode(), nl=False)
        else:
            _keep(data, file, output, written)
    if failed:
        raise typer.Exit(2)


def _keep(data: bytes, file: Path, folder: Path, written: dict[Path, Path]) -> None:
    """Writes a record whole; one of this run that has its name (plan.pdf, plan.docx) goes on under its document's whole name."""
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / f"{file.name.split('.')[0]}.json"
    if (other := written.get(target)) and other != file:
        target.replace(folder / f"{other.name}.json")
        typer.echo(f"cancu: the record of {other} is now {other.name}.json, since that of {file} has its name", err=True)
    aside = target.with_name(f".{target.name}.part")
    aside.write_bytes(data)
    aside.replace(target)
    written[target] = file


def cite(
    file: Annotated[str, typer.Argument(help="A document, or - for standard input.")],
    form: FormatOption = Format.table,
) -> None:
    """Find every citation of a document in a text."""
    from cancu.reading import citations
    from cancu.reading.source import open_source

    found = citations.cite(sys.stdin.read()) if file == "-" else citations.find(open_source(Path(file)).lines)
    columns = ["first", "last", "type", "number", "date", "issuer", "title", "surface"]
    show_table(columns, [[*c.lines, c.type, c.number, c.date, c.issuer, c.title, c.surface] for c in found], form)
