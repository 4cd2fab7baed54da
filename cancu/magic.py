"""`%load_ext cancu`: SPARQL in a cell of its own, with the names of queries and graphs completed by Tab.

    %%sparql -o rows document=decree
    SELECT ?project WHERE { VALUES ?document { UNDEF } ?project cancu:justifiedBy ?document }

    %sparql documents-ranking

The graph is the variable `kg`, or what `-g` names; where there is none, the data that ships is opened as `kg`.
"""

from __future__ import annotations

import shlex
from typing import Any

from cancu import catalogue
from cancu.asking import Asked
from cancu.errors import CancuError, QueryError
from cancu.table import Table

_USAGE = "write %%sparql [-g graph] [-o variable] [parameter=value …], and the query below; or %sparql name [parameter=value …]"


def register(shell: Any) -> None:
    """Adds `%sparql` and `%%sparql` to a notebook's session, an IPython shell."""

    def sparql(line: str, cell: str | None = None) -> Table | None:
        """Asks the graph; see `cancu.magic`."""
        try:
            return ask(shell.user_ns, line, cell)
        except CancuError as error:  # the words alone: a trace of calls would hide them
            print(error)
            return None

    def complete(_shell: Any, event: Any) -> list[str]:
        graphs = [name for name, value in shell.user_ns.items() if isinstance(value, Asked) and not name.startswith("_")]
        return [query.name for query in catalogue.queries()] + graphs

    shell.register_magic_function(sparql, "line_cell", "sparql")
    shell.set_hook("complete_command", complete, str_key="%sparql")


def ask(names: dict[str, Any], line: str, cell: str | None) -> Table | None:
    """The answer to what a line and a cell ask, where `names` are the session's variables; None where `-o` keeps it in one of them.

    A parameter's value is a variable's, where there is one of that name, else the words themselves.
    """
    try:
        words = shlex.split(line)
    except ValueError as error:
        raise QueryError(f"The line cannot be read: {error}; {_USAGE}.") from error
    options = {"-g": "kg", "-o": ""}
    params: dict[str, Any] = {}
    text = cell
    while words:
        word = words.pop(0)
        name, equals, value = word.partition("=")
        if word in options and words:
            options[word] = words.pop(0)
        elif equals:
            params[name] = names.get(value, value)
        elif text is None:
            text = word
        else:
            raise QueryError(f"{word!r} is too much: {_USAGE}.")
    if not text or not text.strip():
        raise QueryError(f"There is no query: {_USAGE}.")
    answer = _graph(names, options["-g"]).query(text.strip() if cell is None else text, **params)
    if options["-o"]:
        names[options["-o"]] = answer
        return None
    return answer


def _graph(names: dict[str, Any], name: str) -> Asked:
    found = names.get(name)
    if found is None and name == "kg":
        from cancu.graph import open_graph  # noqa: PLC0415 - only where nothing was opened before

        found = names[name] = open_graph()
    if not isinstance(found, Asked):
        raise QueryError(f"{name} is no graph: open one first, {name} = cancu.open().")
    return found
