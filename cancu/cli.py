"""The command line. Exit codes: 0 done, 1 something of ours is wrong (a violation, a plan set aside), 2 wrong use or input."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from cancu.errors import CancuError

app = typer.Typer(
    name="cancu",
    help="Which decree justified which project: Vietnamese provincial plans as a knowledge graph, with the lines that say so.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


class Format(StrEnum):
    """How a table is printed."""

    table = "table"
    json = "json"
    csv = "csv"


FormatOption = Annotated[Format, typer.Option("--format", "-f", help="How to print the answer.")]
GraphOption = Annotated[
    Path | None, typer.Option("--graph", "-g", help="A build folder or a graph file; the data that ships with the package by default.")
]
PlansOption = Annotated[list[Path] | None, typer.Option("--plans", "-p", help="More records: files, or folders of *.json. Repeatable.")]


def main() -> None:
    """Runs the command line; errors of the input end it with one line and exit code 2."""
    try:
        app(standalone_mode=True)
    except CancuError as error:
        typer.echo(f"cancu: {error}", err=True)
        sys.exit(2)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(0)


def _print(columns: Sequence[str], rows: Sequence[Sequence[Any]], form: Format) -> None:
    """One table, in the form asked for; a terminal gets lines and colours, a pipe tab-separated text."""
    if form is Format.json:
        found = [dict(zip(columns, row, strict=True)) for row in rows]
        typer.echo(json.dumps(found, ensure_ascii=False, indent=1, default=str))
    elif form is Format.csv:
        writer = csv.writer(sys.stdout, lineterminator="\n")
        writer.writerows([columns, *rows])
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


@contextmanager
def _progress() -> Iterator[Callable[[str], None]]:
    """Says on a terminal which stage is at work; silent in a pipe."""
    if not sys.stderr.isatty():
        yield lambda _: None
        return
    from rich.console import Console

    with Console(stderr=True).status("…") as status:
        yield lambda stage: status.update(f"{stage} …")


def _records(paths: Sequence[Path] | None) -> list[Path]:
    """The record files among the paths: files as they are, folders as their *.json."""
    return [file for path in paths or [] for file in (sorted(path.glob("*.json")) if path.is_dir() else [path])]


@app.command()
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

    failed = 0
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
            output.mkdir(parents=True, exist_ok=True)
            (output / f"{file.name.split('.')[0]}.json").write_bytes(data)
    if failed:
        raise typer.Exit(2)


@app.command()
def cite(
    file: Annotated[str, typer.Argument(help="A document, or - for standard input.")],
    form: FormatOption = Format.table,
) -> None:
    """Find every citation of a document in a text."""
    from cancu.reading import citations
    from cancu.reading.source import open_source

    found = citations.cite(sys.stdin.read()) if file == "-" else citations.find(open_source(Path(file)).lines)
    columns = ["first", "last", "type", "number", "date", "issuer", "title", "surface"]
    _print(columns, [[*c.lines, c.type, c.number, c.date, c.issuer, c.title, c.surface] for c in found], form)


@app.command()
def build(
    output: Annotated[Path, typer.Option("--output", "-o", help="The folder to build into.")] = Path("build"),
    plans: PlansOption = None,
    loaders: Annotated[list[Path] | None, typer.Option(help="A folder with more loaders. Repeatable.")] = None,
    documents: Annotated[Path | None, typer.Option(help="The folder with the source documents, whose words pages then show.")] = None,
    base_iri: Annotated[str | None, typer.Option(help="The base of the IRIs of things.")] = None,
    site: Annotated[bool, typer.Option(help="Whether to render the website.")] = True,
) -> None:
    """Build the graph, its findings and the website."""
    from cancu.build import build as run

    with _progress() as report:
        built = run(output, plans=_records(plans), loaders=loaders or [], documents=documents, base=base_iri, site=site, report=report)
    typer.echo(f"{built.plans} plans, {built.quads} quads ({built.inferred} inferred), {built.findings} findings, {built.pages} pages")
    typer.echo(f"graph: {built.folder / 'graph.nq'}")
    if site:
        typer.echo(f"site:  {built.folder / 'site' / 'index.html'}")
    if built.quarantined:
        typer.echo(f"set aside, see {built.folder / 'quarantine'}: {', '.join(built.quarantined)}", err=True)
        raise typer.Exit(1)


@app.command()
def validate(
    plans: Annotated[list[Path] | None, typer.Argument(help="Records to check; all that ship with the package by default.")] = None,
    form: FormatOption = Format.table,
) -> None:
    """Check plans against the shapes: violations are errors of ours, warnings are faults in the documents."""
    from cancu import loading
    from cancu.build import check
    from cancu.context import Context

    ctx = loading.context()
    if plans:
        ctx = Context(ctx.registry, tuple(_records(plans)))
    results = [result for checked in check(ctx) for result in checked.results]
    columns = ["severity", "plan", "file", "first", "last", "shape", "message"]
    rows = [
        [r.severity, r.place.plan_slug, r.place.source_file, *(r.place.lines or ("", "")), r.shape.rsplit("#", 1)[-1], r.message_vi]
        for r in results
    ]
    _print(columns, rows, form)
    for rejected in ctx.rejected:
        typer.echo(f"cancu: {rejected.error}", err=True)
    violations = sum(r.severity == "Violation" for r in results)
    typer.echo(f"{violations} violations, {len(results) - violations} findings", err=True)
    if violations or ctx.rejected:
        raise typer.Exit(1)


class Report(StrEnum):
    """How findings are printed."""

    table = "table"
    json = "json"
    csv = "csv"
    sarif = "sarif"


@app.command()
def audit(
    plans: Annotated[list[Path] | None, typer.Argument(help="Records to audit; all that ship with the package by default.")] = None,
    form: Annotated[Report, typer.Option("--format", "-f", help="How to print the findings.")] = Report.table,
    html: Annotated[Path | None, typer.Option("--html", help="A folder for printable reports, a page a plan and language.")] = None,
) -> None:
    """Say what does not fit in the documents themselves, on which lines, by which rule."""
    from cancu import audit, loading, sarif
    from cancu.build import audited
    from cancu.context import Context

    ctx = loading.context()
    if plans:
        ctx = Context(ctx.registry, tuple(_records(plans)))
    done = audited(ctx)
    if html:
        audit.write_reports(done, html)
    if form is Report.sarif:
        typer.echo(sarif.dumps(done.findings), nl=False)
    else:
        _print(audit.COLUMNS, [finding.row() for finding in done.findings], Format(form))
    warnings = sum(finding.severity == "Warning" for finding in done.findings)
    typer.echo(f"{len(done.plans)} plans, {warnings} warnings, {len(done.findings) - warnings} notes", err=True)
    for rejected in ctx.rejected:
        typer.echo(f"cancu: {rejected.error}", err=True)
    if ctx.rejected:
        raise typer.Exit(2)


@app.command()
def query(
    name: Annotated[
        str | None, typer.Argument(help="A named query, a .rq file, or SPARQL. Without it, the named queries are listed.")
    ] = None,
    parameters: Annotated[list[str] | None, typer.Argument(help="Parameters of a named query: name=value.")] = None,
    graph: GraphOption = None,
    endpoint: Annotated[str | None, typer.Option(help="A SPARQL endpoint to ask instead of a graph at hand.")] = None,
    form: FormatOption = Format.table,
) -> None:
    """Ask the graph."""
    from cancu import catalogue
    from cancu.errors import QueryError
    from cancu.graph import open_graph
    from cancu.remote import Endpoint

    if name is None:
        rows = [[q.name, " ".join(f"{p.name}=" for p in q.params), q.title_vi, q.title_en] for q in catalogue.queries()]
        _print(["name", "parameters", "câu hỏi", "question"], rows, form)
        return
    bound = {}
    for part in parameters or []:
        key, equals, value = part.partition("=")
        if not equals:
            raise QueryError(f"“{part}” is no parameter: write name=value")
        bound[key] = value
    text = Path(name).read_text("utf-8") if name.endswith(".rq") and Path(name).is_file() else name
    asked = Endpoint(endpoint) if endpoint else open_graph(graph)
    answer = asked.query(text, **bound)
    _print(answer.columns, answer.rows, form)


@contextmanager
def _which() -> Iterator[None]:
    """Words that fit several things list them, and end the command with exit code 2."""
    from cancu.errors import Ambiguous

    try:
        yield
    except Ambiguous as error:
        typer.echo(f"“{error.words}” fits {len(error.candidates)} things; say which:", err=True)
        _print(["label", "iri"], [[label, iri] for iri, label in error.candidates], Format.table)
        raise typer.Exit(2) from None


def _show(found: Any, form: Format) -> None:
    """A trace or the like: as text, as JSON whole, or as the CSV of its table."""
    if form is Format.json:
        typer.echo(json.dumps(found.to_dict(), ensure_ascii=False, indent=1, default=str))
    elif form is Format.csv:
        table = found.table()
        _print(table.columns, table.rows, form)
    else:
        typer.echo(str(found))


@app.command()
def trace(
    words: Annotated[str, typer.Argument(help="A project or a document: words of its name, its number, or its IRI.")],
    basis: Annotated[str | None, typer.Argument(help="A document: show all the ways in which it justifies the first.")] = None,
    graph: GraphOption = None,
    competence: Annotated[bool, typer.Option(help="Show the laws that make the issuer competent, too.")] = False,
    form: FormatOption = Format.table,
) -> None:
    """Trace a project to the documents that justify it, or a document to what it justified."""
    from cancu.graph import open_graph

    with _which():
        _show(open_graph(graph).trace(words, basis, competence=competence), form)


class Style(StrEnum):
    """How a card is written."""

    text = "text"
    bibtex = "bibtex"
    csl = "csl"


@app.command()
def cite_card(
    words: Annotated[str, typer.Argument(help="A project or a document: words of its name, its number, or its IRI.")],
    basis: Annotated[str | None, typer.Argument(help="A document: cite the best way in which it justifies the first.")] = None,
    style: Annotated[Style, typer.Option(help="Plain text, a BibTeX entry, or CSL-JSON.")] = Style.text,
    english: Annotated[bool, typer.Option(help="Write the card in English.")] = False,
    graph: GraphOption = None,
) -> None:
    """Write a citable card: permanent IRI, what is stated, the lines that state it, and the version of the data."""
    from cancu.graph import open_graph

    with _which():
        card = open_graph(graph).cite_card(words, basis, language="en" if english else "vi")
    typer.echo(card.in_style(style.value).rstrip())


@app.command()
def compare(
    earlier: Annotated[str, typer.Argument(help="A plan: its number, or its IRI.")],
    later: Annotated[str, typer.Argument(help="The plan to compare it with.")],
    graph: GraphOption = None,
    form: FormatOption = Format.table,
) -> None:
    """Compare two plans: bases kept, dropped and added, targets moved, projects continued."""
    from cancu.graph import open_graph

    with _which():
        _show(open_graph(graph).compare(earlier, later), form)


@app.command()
def rank(
    by: Annotated[
        str, typer.Option(help="plans, projects, provinces, amount, pagerank, betweenness or gates (dominated paths to a law).")
    ] = "plans",
    graph: GraphOption = None,
    form: FormatOption = Format.table,
) -> None:
    """Rank documents by the plans, projects, provinces and dong that rest on them, and by their place in the network of documents."""
    from cancu.errors import QueryError
    from cancu.graph import open_graph

    measures = ("plans", "projects", "provinces", "amount", "pagerank", "betweenness", "gates")
    if by not in measures:
        raise QueryError(f"“{by}” is no measure; there are {', '.join(measures)}")
    ranking = open_graph(graph).rank()
    table = (ranking if by == "plans" else ranking.by(by)).table()
    _print(table.columns, table.rows, form)


@app.command()
def why(
    subject: Annotated[str, typer.Argument(help="A thing: words of its name, its number, or its IRI.")],
    predicate: Annotated[str, typer.Argument(help="A property of the vocabulary, such as justifiedBy, or a for the class.")],
    value: Annotated[str, typer.Argument(help="Another thing, a class of the vocabulary, or a literal's text.")],
    graph: GraphOption = None,
    form: FormatOption = Format.table,
) -> None:
    """Say why a statement holds: where it is stated, or by which rule it follows from which statements."""
    from cancu.graph import open_graph

    with _which():
        found = open_graph(graph).why(subject, predicate, value)
    if form is Format.json:
        typer.echo(json.dumps(found.to_dict(), ensure_ascii=False, indent=1))
    else:
        typer.echo(str(found))


@app.command()
def registry_check(plans: PlansOption = None, form: FormatOption = Format.table) -> None:
    """Check the registry's tables, and the plans' citations against them; exit code 1 where a table is wrong."""
    from cancu import loading, registry_check

    faults = registry_check.check(loading.context(plans=_records(plans)))
    table = registry_check.table(faults)
    _print(table.columns, table.rows, form)
    errors = sum(fault.severity == "error" for fault in faults)
    typer.echo(f"{errors} errors, {len(faults) - errors} notes", err=True)
    if errors:
        raise typer.Exit(1)


@app.command()
def site(
    output: Annotated[Path, typer.Option("--output", "-o", help="The folder for the pages.")] = Path("build/site"),
    graph: GraphOption = None,
    documents: Annotated[Path | None, typer.Option(help="The folder with the source documents, whose words pages then show.")] = None,
) -> None:
    """Render the website alone, of a graph."""
    from cancu import website
    from cancu.graph import open_graph

    with _progress() as report:
        report("render")
        pages = website.render(open_graph(graph), output, documents)
    typer.echo(f"{pages} pages: {output / 'index.html'}")


@app.command()
def serve(
    folder: Annotated[Path, typer.Argument(help="A build.")] = Path("build"),
    host: Annotated[str, typer.Option(help="The address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="The port to listen on.")] = 7878,
) -> None:
    """Serve a build: the website, and a read-only SPARQL endpoint at /query."""
    from cancu import endpoint

    endpoint.serve(folder, host, port)


@app.command()
def info(graph: GraphOption = None, form: FormatOption = Format.table) -> None:
    """Say what the graph holds, and the versions of the parts."""
    from importlib.metadata import version

    from cancu.graph import open_graph

    counts = open_graph(graph).counts()
    parts = ["cancu", "pyoxigraph", "rdflib", "pyshacl", "owlrl", "networkx"]
    _print(["what", "how many"], [*counts, *((part, version(part)) for part in parts)], form)
