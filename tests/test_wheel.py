"""The wheel is the whole product: installed elsewhere, in an empty folder, it opens the graph."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from cancu import resources

PROBE = """
import cancu
kg = cancu.open()
rows = kg.query("documents-ranking")
assert len(rows) > 10, rows
assert "share" in str(__import__("cancu.resources").resources.ROOT)
print(cancu.__version__, len(rows))
"""


def test_it_opens_in_an_empty_folder(installed: Path, tmp_path: Path) -> None:
    environment = os.environ | {"PYTHONPATH": str(installed)}
    done = subprocess.run([sys.executable, "-c", PROBE], cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert list(tmp_path.iterdir()) == []


def test_it_carries_everything(installed: Path) -> None:
    share = installed / "cancu" / "share"
    for folder in (
        "ontology",
        "shapes",
        "queries",
        "loaders",
        "data/lexicon",
        "data/registry",
        "data/plans",
        "site/templates",
        "site/static",
    ):
        assert any((share / folder).rglob("*.*")), folder
    assert not any("node_modules" in str(path) for path in share.rglob("*"))


def test_two_builds_are_the_same_bytes(installed: Path, tmp_path: Path) -> None:
    build = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(tmp_path), str(resources.ROOT)]
    subprocess.run(build, check=True, capture_output=True)
    (first,), (second,) = installed.parent.glob("*.whl"), tmp_path.glob("*.whl")
    assert first.read_bytes() == second.read_bytes()
