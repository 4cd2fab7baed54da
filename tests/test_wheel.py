"""The wheel is the whole product: installed elsewhere, in an empty folder, it opens the graph."""

from __future__ import annotations

import os
import shutil
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


_NOT_COPIED = shutil.ignore_patterns(".*", "build", "dist", "node_modules", "__pycache__", "htmlcov")


def test_a_build_elsewhere_gives_the_same_bytes(installed: Path, tmp_path: Path) -> None:
    """In another folder, at another time, with other rights, another language, another order of hashes."""
    copy = shutil.copytree(resources.ROOT, tmp_path / "elsewhere", ignore=_NOT_COPIED)
    shutil.copy(resources.ROOT / ".gitignore", copy)
    for path in copy.rglob("*"):
        path.chmod(path.stat().st_mode & 0o700)
        os.utime(path, (10**9, 10**9))
    environment = os.environ | {"PYTHONHASHSEED": "7", "TZ": "Asia/Ho_Chi_Minh", "LC_ALL": "C"}
    build = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(tmp_path), str(copy)]
    subprocess.run(build, check=True, capture_output=True, env=environment, umask=0o077)
    (first,), (second,) = installed.parent.glob("*.whl"), tmp_path.glob("*.whl")
    assert first.read_bytes() == second.read_bytes()
