"""What the site takes from npm, where it is at hand: the typeface, and SPARQL in the browser. Without it, all else is there."""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from cancu import resources

_FONT = "be-vietnam-pro"
FONTS = resources.SITE / "node_modules" / "@fontsource" / _FONT / "files"
_SUBSETS = {
    "latin": "U+0000-00FF,U+0131,U+0152-0153,U+02BB-02BC,U+02C6,U+02DA,U+02DC,U+2000-206F,U+20AC,U+2122,U+2191,U+2193,U+2212",
    "vietnamese": "U+0102-0103,U+0110-0111,U+0128-0129,U+0168-0169,U+01A0-01A1,U+01AF-01B0,"
    "U+0300-0301,U+0303-0304,U+0308-0309,U+0323,U+0329,U+1EA0-1EF9,U+20AB",
}
_WEIGHTS = (400, 500, 600, 700)
_TIMEOUT_S = 60


@dataclass(frozen=True, slots=True)
class Extras:
    """Which of them the site has."""

    fonts: bool
    sparql: bool


def add(assets: Path, modules: Path = resources.SITE / "node_modules") -> Extras:
    """Puts what npm has installed in `modules` into the folder `assets`."""
    return Extras(_fonts(assets, modules), _sparql(assets, modules))


def lying(assets: Path) -> list[str]:
    """The names of the files that were put into a folder, of all that there may be; none where anything of it is missing."""
    if not ((assets / "fonts.css").is_file() and (assets / "sparql").is_dir()):
        return []
    return ["fonts.css", *(f"{path.parent.name}/{path.name}" for kind in ("fonts", "sparql") for path in sorted((assets / kind).iterdir()))]


def _fonts(assets: Path, modules: Path) -> bool:
    source = modules / "@fontsource" / _FONT / "files"
    if not source.is_dir():
        return False
    (assets / "fonts").mkdir(parents=True)
    rules = []
    for weight in _WEIGHTS:
        for subset, letters in _SUBSETS.items():
            name = f"{_FONT}-{subset}-{weight}-normal.woff2"
            shutil.copy(source / name, assets / "fonts" / name)
            rules.append(
                f'@font-face{{font-family:"Be Vietnam Pro";font-weight:{weight};font-display:swap;'
                f'src:url(fonts/{name}) format("woff2");unicode-range:{letters}}}\n'
            )
    (assets / "fonts.css").write_text("".join(rules), encoding="utf-8")
    return True


def _sparql(assets: Path, modules: Path) -> bool:
    """Bundles the editor and the store by `site/bundle.mjs`. False where node or its modules are missing, or they fail."""
    node = shutil.which("node")
    if node is None or not (modules / "oxigraph").is_dir() or not (modules / "esbuild").is_dir():
        return False
    command = [node, str(resources.SITE / "bundle.mjs"), str((assets / "sparql").resolve())]
    try:
        return subprocess.run(command, cwd=resources.SITE, capture_output=True, timeout=_TIMEOUT_S, check=False).returncode == 0  # noqa: S603
    except (OSError, subprocess.TimeoutExpired):
        return False
