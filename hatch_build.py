"""Compiles the reading of documents into a wheel, where that is asked for: `HATCH_BUILD_HOOKS_ENABLE=1 pip install .`

The same records come out, a fifth to a quarter faster; a C compiler is needed, and some minutes. Nothing is written
beside the sources, where it would go stale: a checkout that is installed with `-e` stays as it is.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

COMPILED = "cancu/reading"
LIBRARY = "cancu_reading"  # what holds the code of all modules, and which each of them opens
CHECKS = ["--ignore-missing-imports", "--follow-imports=silent", "--explicit-package-bases", "--config-file="]


class CompiledReading(BuildHookInterface[Any]):
    """The step of the build that compiles."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Adds the compiled modules to what goes into the wheel, beside their sources."""
        if version == "editable":
            self.app.display_warning("an editable install runs the sources as they are; nothing was compiled")
            return
        self.folder = Path(tempfile.mkdtemp(prefix="cancu-compiled-"))
        made = self.folder / "made"
        shutil.copytree(Path(self.root) / "cancu", self.folder / "cancu", ignore=shutil.ignore_patterns("__pycache__"))
        try:
            subprocess.run([sys.executable, __file__, str(made)], cwd=self.folder, check=True)  # noqa: S603 - ourselves
        except BaseException:
            shutil.rmtree(self.folder)
            raise
        build_data["force_include"].update({str(file): str(file.relative_to(made)) for file in made.rglob("*") if file.is_file()})
        build_data["pure_python"], build_data["infer_tag"] = False, True

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        """Takes away what the wheel has now."""
        if version != "editable":
            shutil.rmtree(self.folder)


def extensions() -> list[Any]:
    """The modules as C, written to `build` in the folder that this runs in, which holds the package."""
    from mypyc.build import mypycify  # noqa: PLC0415 - a build that compiles nothing does without

    modules = sorted(str(path) for path in Path(COMPILED).glob("*.py") if path.stem != "__init__")
    made: list[Any] = mypycify([*CHECKS, *modules], opt_level="2", debug_level="0", multi_file=True, group_name=LIBRARY)
    return made


def main() -> None:
    """Compiles into the folder that the command line names."""
    from setuptools import setup  # noqa: PLC0415 - the same

    command = ["-q", "build_ext", "--build-lib", sys.argv[1]]
    setup(name="cancu", packages=[], py_modules=[], ext_modules=extensions(), script_args=command)


if __name__ == "__main__":
    main()
