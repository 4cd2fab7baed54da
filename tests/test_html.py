"""The Nu Html Checker (https://validator.github.io/validator/) finds no error in pages of each family."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterable
from pathlib import Path

import pytest

from cancu import resources

JAVA = shutil.which("java")
CHECKER = resources.SITE / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"
_EACH = 3


pytestmark = [
    pytest.mark.skipif(JAVA is None, reason="java is not installed: the HTML of pages is not checked"),
    pytest.mark.skipif(not CHECKER.is_file(), reason="vnu-jar is not installed (npm ci in site/): the HTML of pages is not checked"),
]


def errors(paths: Iterable[Path]) -> str:
    """What the checker finds wrong in the pages, a line an error."""
    command = [str(JAVA), "-Xss4m", "-jar", str(CHECKER), "--errors-only", "--format", "gnu", *map(str, dict.fromkeys(paths))]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)
    return done.stderr or "" if done.returncode in {0, 1} else f"the checker ended with {done.returncode}"


def test_the_html_of_each_family_has_no_error(invented_site: Path) -> None:
    folders: dict[tuple[str, ...], list[Path]] = {}
    for path in sorted(invented_site.rglob("*.html")):
        parts = path.relative_to(invented_site).parts[:-1]
        folders.setdefault(parts[: 2 if parts[:1] == ("en",) else 1], []).append(path)
    sample = [path for found in folders.values() for path in (*found[:_EACH], *found[-_EACH:])]
    assert len(folders) > 30
    assert errors(sample) == ""
