"""The build and its parts: graph, site, and the server that shows them."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from cancu.commands.options import GraphOption, PlansOption, plan_files
from cancu.commands.output import progress


def build(
    output: Annotated[Path, typer.Option("--output", "-o", help="The folder to build into.")] = Path("build"),
    plans: PlansOption = None,
    loaders: Annotated[list[Path] | None, typer.Option(help="A folder with more loaders. Repeatable.")] = None,
    documents: Annotated[Path | None, typer.Option(help="The folder with the source documents, whose words pages then show.")] = None,
    url: Annotated[str, typer.Option(help="Where the site will stand, for its site map and error page.")] = "",
    base_iri: Annotated[str | None, typer.Option(help="The base of the IRIs of things.")] = None,
    site: Annotated[bool, typer.Option(help="Whether to render the website.")] = True,
    jobs: Annotated[int | None, typer.Option(help="How many processes work on plans; one a processor by default.", min=1)] = None,
    scheduler: Annotated[
        str | None, typer.Option(help="Work on a dask cluster: tcp://HOST:PORT of its scheduler, or local:N for N workers here.")
    ] = None,
    explain: Annotated[bool, typer.Option("--explain", help="Say which steps ran, and why.")] = False,
    mirror: Annotated[str | None, typer.Option(help="Put the build elsewhere, too: s3://BUCKET/FOLDER, or what else fsspec knows.")] = None,
) -> None:
    """Build the graph, its findings and the website; what nothing changed for is kept from the last build."""
    from cancu.build import build as run

    with progress() as report:
        built = run(
            output,
            plans=plan_files(plans),
            loaders=loaders or [],
            documents=documents,
            url=url,
            base=base_iri,
            site=site,
            jobs=jobs,
            scheduler=scheduler,
            report=report,
        )
    made = built.stamp
    for step in built.steps if explain else ():
        typer.echo(step)
    typer.echo(f"{made.plans} plans, {made.quads} quads ({made.inferred} inferred), {made.findings} findings, {made.pages} pages")
    typer.echo(f"graph: {built.folder / 'graph.nq'}")
    if site:
        typer.echo(f"site:  {built.folder / 'site' / 'index.html'}")
    if mirror:
        from cancu import elsewhere

        done = elsewhere.mirror(built.folder, mirror)
        typer.echo(f"{mirror}: {done.sent} files sent, {done.unchanged} unchanged, {done.removed} removed")
    if made.quarantined:
        typer.echo(f"set aside, see {built.folder / 'quarantine'}: {', '.join(made.quarantined)}", err=True)
        raise typer.Exit(1)


def site(
    output: Annotated[Path, typer.Option("--output", "-o", help="The folder for the pages.")] = Path("build/site"),
    graph: GraphOption = None,
    documents: Annotated[Path | None, typer.Option(help="The folder with the source documents, whose words pages then show.")] = None,
    url: Annotated[str, typer.Option(help="Where the site will stand, for its site map and error page.")] = "",
) -> None:
    """Render the website alone, of a graph."""
    from cancu import website
    from cancu.graph import open_graph

    with progress() as report:
        report("render")
        pages = website.render(open_graph(graph), output, documents, url)
    typer.echo(f"{pages} pages: {output / 'index.html'}")


def serve(
    folder: Annotated[Path, typer.Argument(help="A build.")] = Path("build"),
    host: Annotated[str, typer.Option(help="The address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="The port to listen on.")] = 7878,
) -> None:
    """Serve a build: the website, and a read-only SPARQL endpoint at /query."""
    from cancu import endpoint

    endpoint.serve(folder, host, port)
