"""The command line. Exit codes: 0 done, 1 something of ours is wrong (a violation, a plan set aside), 2 wrong use or input."""

from __future__ import annotations

import sys
from collections.abc import Callable

import typer

from cancu.commands import building, checks, documents, publishing, questions, tracing
from cancu.errors import CancuError

app = typer.Typer(
    name="cancu",
    help="Which decree justified which project: Vietnamese provincial plans as a knowledge graph, with the lines that say so.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
registry = typer.Typer(help="The registry of documents, agencies and provinces.", no_args_is_help=True)
registry.command("check")(checks.registry_check)
registry.command("cited")(checks.registry_cited)

# In the order of the way of the data, as `cancu --help` lists them.
_COMMANDS: dict[str, Callable[..., None]] = {
    "read": documents.read,
    "cite": documents.cite,
    "build": building.build,
    "validate": checks.validate,
    "audit": checks.audit,
    "query": questions.query,
    "trace": tracing.trace,
    "cite-card": tracing.cite_card,
    "compare": tracing.compare,
    "rank": questions.rank,
    "why": tracing.why,
    "site": building.site,
    "serve": building.serve,
    "doctor": checks.doctor,
    "publish": publishing.publish,
    "shard": publishing.shard,
    "info": questions.info,
}
for name, command in _COMMANDS.items():
    app.command(name)(command)
app.add_typer(registry, name="registry")


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
