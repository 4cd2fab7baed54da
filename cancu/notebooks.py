"""The notebooks in `notebooks/`: as cells that a page can show, and run anew so that their outputs are those of today's data.

    python -m cancu.notebooks    runs them all, as Jupyter would, and writes the outputs into them

What changes from run to run (execution counts, times, ids) is never written. The tests run them and compare.
"""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any, Literal

from cancu import resources
from cancu.errors import InputError

_TIMEOUT_S = 300
_KEPT = ("text/html", "text/plain")


@dataclass(frozen=True, slots=True)
class Output:
    """What a cell showed: its text, and as HTML where it has some."""

    text: str
    html: str | None = None


@dataclass(frozen=True, slots=True)
class NotebookCell:
    """Words in Markdown, or code with what it showed."""

    kind: Literal["markdown", "code"]
    source: str
    outputs: tuple[Output, ...] = ()


@dataclass(frozen=True, slots=True)
class Notebook:
    """A notebook: its name is the file's, its title the first heading's words in Vietnamese and English."""

    name: str
    title_vi: str
    title_en: str
    cells: tuple[NotebookCell, ...]


def paths(folder: Path = resources.NOTEBOOKS) -> tuple[Path, ...]:
    """The notebooks' files, in the order of their names."""
    return tuple(sorted(folder.glob("*.ipynb")))


def read(path: Path) -> Notebook:
    """The notebook in a file. Raises InputError."""
    try:
        cells = tuple(_cell(cell) for cell in json.loads(path.read_text("utf-8"))["cells"])
    except (ValueError, KeyError) as error:
        raise InputError(str(path), f"is no notebook: {error!r}", "save it from Jupyter again") from error
    heading = next((cell.source.partition("\n")[0] for cell in cells if cell.source.startswith("# ")), f"# {path.stem}")
    vietnamese, _, english = heading.removeprefix("# ").partition(" · ")
    return Notebook(path.stem, vietnamese, english or vietnamese, cells)


def _cell(cell: Mapping[str, Any]) -> NotebookCell:
    source = "".join(cell["source"])
    if cell["cell_type"] != "code":
        return NotebookCell("markdown", source)
    return NotebookCell("code", source, tuple(_output(output) for output in cell["outputs"]))


def _output(output: Mapping[str, Any]) -> Output:
    if output["output_type"] == "stream":
        return Output("".join(output["text"]))
    data = output["data"]
    return Output("".join(data.get("text/plain", "")), "".join(data["text/html"]) if "text/html" in data else None)


# ---------------------------------------------------------------- running


def run(path: Path, environment: Mapping[str, str] | None = None) -> str:
    """The notebook's text after it ran from the top in an empty folder, outputs and all, the same from run to run.

    Needs nbclient and ipykernel. `environment` is the kernel's, this process's own by default. Raises nbclient's CellExecutionError.
    """
    nbformat, nbclient = import_module("nbformat"), import_module("nbclient")
    notebook = nbformat.read(path, as_version=4)
    with tempfile.TemporaryDirectory() as sockets, tempfile.TemporaryDirectory() as folder:
        # sockets of files, not ports that others could reach
        kernel = import_module("jupyter_client").AsyncKernelManager(kernel_name="python3", transport="ipc", ip=f"{sockets}/kernel")
        where = {"metadata": {"path": folder}}
        client = nbclient.NotebookClient(notebook, km=kernel, timeout=_TIMEOUT_S, resources=where, record_timing=False)
        client.execute(env=dict(os.environ if environment is None else environment))
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.execution_count = None
            cell.outputs = [_lasting(output) for output in cell.outputs if not _is_noise(output)]
        cell.metadata = {}
    notebook.metadata = {
        "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
        "language_info": {"name": "python"},
    }
    return str(nbformat.writes(notebook)).rstrip("\n") + "\n"


def _is_noise(output: Mapping[str, Any]) -> bool:
    return bool(output["output_type"] == "stream" and output["name"] == "stderr")


def _lasting(output: Any) -> Any:
    if output["output_type"] == "execute_result":
        output["execution_count"] = None
    if "data" in output:
        output["data"] = {kind: data for kind, data in output["data"].items() if kind in _KEPT}
        output["metadata"] = {}
    return output


def refresh() -> Iterator[str]:
    """Runs all notebooks and writes what changed; gives the names of those."""
    for path in paths():
        text = run(path)
        if text != path.read_text("utf-8"):
            path.write_text(text, encoding="utf-8")
            yield path.stem


if __name__ == "__main__":
    for changed in refresh():
        print(changed)
