"""The notebooks: each runs from top to bottom on the installed wheel, and shows what is committed; their pages show the same."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path

import pytest

from cancu import notebooks
from cancu.errors import InputError
from cancu.graph import Graph

_VERSION = re.compile(r"sha256:[0-9a-f]{16}")  # the version of the data, which changes with every fact


@pytest.mark.parametrize("path", notebooks.paths(), ids=lambda path: path.stem)
def test_it_runs_on_the_wheel_and_shows_what_is_committed(path: Path, installed: Path) -> None:
    pytest.importorskip("nbclient")
    told = notebooks.run(path, os.environ | {"PYTHONPATH": str(installed), "PYTHONSAFEPATH": "1"})
    assert _VERSION.sub("", told) == _VERSION.sub("", path.read_text("utf-8")), "run: python -m cancu.notebooks"


@pytest.mark.parametrize("path", notebooks.paths(), ids=lambda path: path.stem)
def test_it_begins_with_words_and_one_line_to_install_and_every_question_is_answered(path: Path) -> None:
    found = notebooks.read(path)
    words, first, *rest = found.cells
    assert words.kind == "markdown" and words.source.startswith(f"# {found.title_vi} · {found.title_en}\n")
    assert first.source.startswith('# %pip install "cancu[')
    shown = [cell for cell in rest if cell.kind == "code" and cell.outputs]
    assert len(shown) >= 3
    assert not any("Traceback" in output.text for cell in shown for output in cell.outputs)


def test_there_are_six_voices_and_more() -> None:
    assert len(notebooks.paths()) >= 6


def test_what_is_no_notebook_is_named(tmp_path: Path) -> None:
    path = tmp_path / "a.ipynb"
    for text in ("no json", "{}", json.dumps({"cells": [{"cell_type": "code", "source": "1"}]})):
        path.write_text(text, encoding="utf-8")
        with pytest.raises(InputError, match=r"a\.ipynb: is no notebook"):
            notebooks.read(path)


def test_pages_show_words_code_and_results(invented_site: Path, invented_graph: Graph) -> None:
    for folder, title in (("so-tay", "Dự án này dựa vào văn bản nào?"), ("en/notebooks", "Which documents does this project rest on?")):
        assert title in (invented_site / folder / "index.html").read_text("utf-8")
        page = (invented_site / folder / "01-trace-a-project.html").read_text("utf-8")
        assert f"<h1>{title}</h1>" in page
        assert "kg.trace(&#34;xay dung" in page
        ids = re.findall(r'\bid="([^"]+)"', page)
        assert len(ids) == len(set(ids))
        assert page.count("<svg") >= 3 and "<style" not in page
        assert "download>" in page
    for path in notebooks.paths():
        assert (invented_site / "data" / "notebooks" / path.name).read_bytes() == path.read_bytes()
