"""Putting a build where others can ask it."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer


def publish(
    endpoint: Annotated[
        str, typer.Option(help="Where the store is written to: by the Graph Store Protocol (…/store, …/data), or by Update (…/update).")
    ],
    folder: Annotated[Path, typer.Argument(help="A build.")] = Path("build"),
    query: Annotated[str | None, typer.Option(help="Where the store is asked, if its address does not tell.")] = None,
) -> None:
    """Put a build's graphs into a triple store: those that changed, each whole, with a count at the end.

    Who may write is told by CANCU_USER and CANCU_PASSWORD, or CANCU_TOKEN, in the environment.
    """
    from cancu.graph_store import GraphStore
    from cancu.publish import publish as run

    store = GraphStore(endpoint, query)
    if sys.stderr.isatty():
        from rich.console import Console
        from rich.progress import Progress

        with Progress(console=Console(stderr=True)) as bar:
            task = bar.add_task("publish", total=None)
            done = run(folder, store, lambda sent, whole: bar.update(task, completed=sent, total=whole))
    else:
        done = run(folder, store)
    typer.echo(f"{done.sent} graphs sent, {done.unchanged} unchanged, {done.removed} removed; {done.quads} statements in the store")


def shard(
    output: Annotated[Path, typer.Option("--output", "-o", help="The new folder for the files.")],
    folder: Annotated[Path, typer.Argument(help="A build.")] = Path("build"),
    megabytes: Annotated[int, typer.Option(help="How large a file is, about.", min=1)] = 1000,
) -> None:
    """Cut a build's graph into files for several stores: N-Quads, each plan's graph whole in one of them."""
    from cancu import shards

    written = shards.write(folder / "graph.nq", output, megabytes * 10**6)
    typer.echo(f"{len(written)} files: {written[0]} to {written[-1]}" if written else "the graph is empty")
