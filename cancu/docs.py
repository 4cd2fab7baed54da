"""Writes the pages of `docs/` that are made from the code: `python -m cancu.docs`. The tests hold them against what it would write."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec
import typer

from cancu import catalogue, constraints, ontology, records, resources
from cancu.cli import app

_FOLDER = resources.ROOT / "docs"


def commands() -> str:
    """The page of commands, from the command line's own help."""
    whole: Any = typer.main.get_command(app)
    lines = ["# Commands", "", str(app.info.help), ""]
    for name, command in sorted(_flat(whole)):
        lines += [f"## cancu {name}", "", command.help, "", *_usage(name, command), ""]
    lines += ["## Exit codes", "", "| code | meaning |", "|---|---|", "| 0 | done |"]
    lines += [
        "| 1 | something of ours is wrong: a violation, or a plan that was set aside |",
        "| 2 | wrong use, or input that cannot be used |",
    ]
    return "\n".join(lines) + "\n"


def _flat(group: Any, prefix: str = "") -> Iterator[tuple[str, Any]]:
    """The commands of a group and of the groups in it, by all the words that call them."""
    for name, command in group.commands.items():
        if hasattr(command, "commands"):
            yield from _flat(command, f"{prefix}{name} ")
        else:
            yield prefix + name, command


def _usage(name: str, command: Any) -> Iterator[str]:
    context = command.make_context(name, [], resilient_parsing=True)
    yield "```"
    yield " ".join(["cancu", name, *command.collect_usage_pieces(context)])
    yield "```"
    yield ""
    yield "| | |"
    yield "|---|---|"
    for parameter in command.get_params(context):
        shown = parameter.get_help_record(context)
        if shown and parameter.name != "help":
            names, words = (" ".join(part.split()).replace("|", "\\|") for part in shown)
            yield f"| `{names}` | {words} |"


def pages() -> dict[str, str]:
    """Every generated page by its file name."""
    return {
        "audit.md": constraints.markdown(),
        "commands.md": commands(),
        "ontology.md": ontology.reference(),
        "queries.md": catalogue.markdown(),
        "record.schema.json": msgspec.json.format(msgspec.json.encode(records.schema()), indent=1).decode() + "\n",
    }


if __name__ == "__main__":
    for name, text in pages().items():
        (_FOLDER / name).write_text(text, encoding="utf-8")
