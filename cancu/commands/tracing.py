"""Which decree justified which project: traces, comparisons, reasons and cards."""

from __future__ import annotations

import json
from enum import StrEnum
from typing import Annotated

import typer

from cancu.commands.options import Format, FormatOption, GraphOption
from cancu.commands.output import ambiguity, show_answer


def trace(
    words: Annotated[str, typer.Argument(help="A project or a document: words of its name, its number, or its IRI.")],
    basis: Annotated[str | None, typer.Argument(help="A document: show all the ways in which it justifies the first.")] = None,
    graph: GraphOption = None,
    competence: Annotated[bool, typer.Option(help="Show the laws that make the issuer competent, too.")] = False,
    form: FormatOption = Format.table,
) -> None:
    """Trace a project to the documents that justify it, or a document to what it justified."""
    from cancu.graph import open_graph

    with ambiguity():
        show_answer(open_graph(graph).trace(words, basis, competence=competence), form)


class Style(StrEnum):
    """How a card is written."""

    text = "text"
    bibtex = "bibtex"
    csl = "csl"


def cite_card(
    words: Annotated[str, typer.Argument(help="A project or a document: words of its name, its number, or its IRI.")],
    basis: Annotated[str | None, typer.Argument(help="A document: cite the best way in which it justifies the first.")] = None,
    style: Annotated[Style, typer.Option(help="Plain text, a BibTeX entry, or CSL-JSON.")] = Style.text,
    english: Annotated[bool, typer.Option(help="Write the card in English.")] = False,
    graph: GraphOption = None,
) -> None:
    """Write a citable card: permanent IRI, what is stated, the lines that state it, and the version of the data."""
    from cancu.graph import open_graph

    with ambiguity():
        card = open_graph(graph).cite_card(words, basis, language="en" if english else "vi")
    typer.echo(card.in_style(style.value).rstrip())


def compare(
    earlier: Annotated[str, typer.Argument(help="A plan: its number, or its IRI.")],
    later: Annotated[str, typer.Argument(help="The plan to compare it with.")],
    graph: GraphOption = None,
    form: FormatOption = Format.table,
) -> None:
    """Compare two plans: bases kept, dropped and added, targets moved, projects continued."""
    from cancu.graph import open_graph

    with ambiguity():
        show_answer(open_graph(graph).compare(earlier, later), form)


def why(
    subject: Annotated[str, typer.Argument(help="A thing: words of its name, its number, or its IRI.")],
    predicate: Annotated[str, typer.Argument(help="A property of the vocabulary, such as justifiedBy, or a for the class.")],
    value: Annotated[str, typer.Argument(help="Another thing, a class of the vocabulary, or a literal's text.")],
    graph: GraphOption = None,
    form: FormatOption = Format.table,
) -> None:
    """Say why a statement holds: where it is stated, or by which rule it follows from which statements."""
    from cancu.graph import open_graph

    with ambiguity():
        found = open_graph(graph).why(subject, predicate, value)
    if form is Format.json:
        typer.echo(json.dumps(found.to_dict(), ensure_ascii=False, indent=1))
    else:
        typer.echo(str(found))
