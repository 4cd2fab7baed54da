"""What holds plans, their documents and the registry against rules."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from cancu.commands.options import Format, FormatOption, PlansOption, plan_files
from cancu.commands.output import show_table


def validate(
    plans: Annotated[list[Path] | None, typer.Argument(help="Records or documents; all that ship by default.")] = None,
    form: FormatOption = Format.table,
) -> None:
    """Check plans against the shapes: violations are errors of ours, warnings are faults in the documents."""
    from cancu import loading
    from cancu.build import check
    from cancu.context import Context

    ctx = loading.context()
    if plans:
        ctx = Context(ctx.registry, tuple(plan_files(plans)))
    results = [result for checked in check(ctx) for result in checked.results]
    columns = ["severity", "plan", "file", "first", "last", "shape", "message"]
    rows = [
        [r.severity, r.place.plan_slug, r.place.source_file, *(r.place.lines or ("", "")), r.shape.rsplit("#", 1)[-1], r.message_vi]
        for r in results
    ]
    show_table(columns, rows, form)
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


def audit(
    plans: Annotated[list[Path] | None, typer.Argument(help="Records or documents; all that ship by default.")] = None,
    form: Annotated[Report, typer.Option("--format", "-f", help="How to print the findings.")] = Report.table,
    html: Annotated[Path | None, typer.Option("--html", help="A folder for printable reports, a page a plan and language.")] = None,
) -> None:
    """Say what does not fit in the documents themselves, on which lines, by which rule."""
    from cancu import audit, loading, sarif
    from cancu.build import audited
    from cancu.context import Context

    ctx = loading.context()
    if plans:
        ctx = Context(ctx.registry, tuple(plan_files(plans)))
    done = audited(ctx)
    if html:
        audit.write_reports(done, html)
    if form is Report.sarif:
        typer.echo(sarif.dumps(done.findings), nl=False)
    else:
        show_table(audit.COLUMNS, [finding.row() for finding in done.findings], Format(form))
    warnings = sum(finding.severity == "Warning" for finding in done.findings)
    typer.echo(f"{len(done.plans)} plans, {warnings} warnings, {len(done.findings) - warnings} notes", err=True)
    for rejected in ctx.rejected:
        typer.echo(f"cancu: {rejected.error}", err=True)
    if ctx.rejected:
        raise typer.Exit(2)


def doctor(
    folder: Annotated[Path, typer.Argument(help="A build.")] = Path("build"),
    documents: Annotated[
        Path | None, typer.Option(help="The folder with the source documents, to look at the words on their lines.")
    ] = None,
    endpoint: Annotated[
        str | None, typer.Option(help="The SPARQL endpoint of another store that has the graph; rdflib is asked without one.")
    ] = None,
    form: FormatOption = Format.table,
) -> None:
    """Examine a build from end to end: counts, lines, words, stores, pages, downloads, search; exit code 1 where something is wrong."""
    from cancu import doctor

    checks = doctor.examine(folder, documents, endpoint)
    rows = [[check.name, check.looked_at, len(check.faults), check.note] for check in checks]
    show_table(["check", "looked at", "faults", "note"], rows, form)
    for check in checks:
        for fault in check.faults:
            typer.echo(f"{check.name}: {fault}", err=True)
    if any(check.faults for check in checks):
        raise typer.Exit(1)


def registry_check(plans: PlansOption = None, form: FormatOption = Format.table) -> None:
    """Check the registry's tables, and the plans' citations against them; exit code 1 where a table is wrong."""
    from cancu import loading, registry_check

    faults = registry_check.check(loading.context(plans=plan_files(plans)))
    table = registry_check.table(faults)
    show_table(table.columns, table.rows, form)
    errors = sum(fault.severity == "error" for fault in faults)
    typer.echo(f"{errors} errors, {len(faults) - errors} notes", err=True)
    if errors:
        raise typer.Exit(1)


def registry_cited(plans: PlansOption = None, form: FormatOption = Format.table) -> None:
    """Show which document each citation of the plans resolves to, how, and why where that is not plain or it stays open."""
    from cancu import loading, resolution

    found = resolution.resolutions(loading.context(plans=plan_files(plans)))
    table = resolution.table(found)
    show_table(table.columns, table.rows, form)
    done, every = resolution.resolved(found)
    typer.echo(f"{done} of {every} citations resolved, {len(found)} documents", err=True)
