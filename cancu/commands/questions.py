"""Questions to the graph: named queries, SPARQL, and what it holds."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from cancu.commands.options import Format, FormatOption, GraphOption
from cancu.commands.output import show_table


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
        show_table(["name", "parameters", "câu hỏi", "question"], rows, form)
        return
    bound: dict[str, Any] = {}
    for part in parameters or []:
        key, equals, value = part.partition("=")
        if not equals:
            raise QueryError(f"“{part}” is no parameter: write name=value")
        bound[key] = value
    text = Path(name).read_text("utf-8") if name.endswith(".rq") and Path(name).is_file() else name
    asked = Endpoint(endpoint) if endpoint else open_graph(graph)
    answer = asked.query(text, **bound)
    show_table(answer.columns, answer.rows, form)


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
    from cancu.ranking import METHOD

    measures = ("plans", "projects", "provinces", "amount", "pagerank", "betweenness", "gates")
    if by not in measures:
        raise QueryError(f"“{by}” is no measure; there are {', '.join(measures)}")
    ranking = open_graph(graph).rank()
    table = (ranking if by == "plans" else ranking.by(by)).table()
    show_table(table.columns, table.rows, form)
    if form is Format.table:
        typer.echo(f"\n{METHOD['en']}", err=True)


def info(graph: GraphOption = None, form: FormatOption = Format.table) -> None:
    """Say what the graph holds, and the versions of the parts."""
    from importlib.metadata import version

    from cancu.graph import open_graph

    counts = open_graph(graph).counts()
    parts = ["cancu", "pyoxigraph", "rdflib", "pyshacl", "owlrl", "networkx"]
    show_table(["what", "how many"], [*counts, *((part, version(part)) for part in parts)], form)
