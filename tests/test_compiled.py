"""Reading can be compiled: every module of it is taken by mypyc, which makes C of it. What a C compiler makes of that is not tried here."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from cancu import resources


def test_every_module_becomes_c(tmp_path: Path) -> None:
    pytest.importorskip("mypyc", reason="mypyc, which comes with mypy, compiles")
    shutil.copytree(resources.ROOT / "cancu", tmp_path / "cancu", ignore=shutil.ignore_patterns("__pycache__"))
    environment = os.environ | {"PYTHONPATH": str(resources.ROOT)}
    make = [sys.executable, "-c", "import hatch_build; hatch_build.extensions()"]
    done = subprocess.run(make, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    modules = {path.stem for path in (resources.ROOT / "cancu" / "reading").glob("*.py")} - {"__init__"}
    assert {path.stem.rpartition("___")[2] for path in (tmp_path / "build").rglob("__native_*.c")} >= modules
    assert not list(resources.ROOT.glob("cancu/**/*.so"))


def test_no_struct_has_options_that_compiling_loses() -> None:
    for path in (resources.ROOT / "cancu" / "reading").glob("*.py"):
        assert "(Struct, " not in path.read_text("utf-8"), f"{path}: a class of the base cancu.frozen.Frozen keeps its options"
