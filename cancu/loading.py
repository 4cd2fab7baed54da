"""Runs the loaders: every module in a folder with a function `load(data, context) → quads`."""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from types import ModuleType
from typing import cast

from cancu import resources
from cancu.context import Context
from cancu.errors import InputError
from cancu.iris import Iris
from cancu.quads import Quad
from cancu.registry import open_registry

Load = Callable[[Path, Context], Iterable[Quad]]


def module(path: Path) -> ModuleType:
    """The loader at `path`, as a module. It is imported by path, so that `loaders` is no import package. Raises InputError."""
    spec = importlib.util.spec_from_file_location(f"cancu_loader_{path.stem}", path)
    if spec is None or spec.loader is None:
        raise InputError(str(path), "is no Python module", "give it the ending .py")
    loaded = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = loaded  # dataclasses look their module up by name
    try:
        spec.loader.exec_module(loaded)
    except Exception as error:
        raise InputError(str(path), f"cannot be imported: {error!r}", "run it alone to see why") from error
    if not callable(getattr(loaded, "load", None)):
        raise InputError(str(path), "has no function load(data, context)", "add one, or move the file out of the loaders")
    return loaded


def find(folders: Iterable[Path] = (resources.LOADERS,)) -> tuple[Load, ...]:
    """The loaders in the folders, in the order of folder and file name."""
    paths = [path for folder in folders for path in sorted(folder.glob("*.py")) if not path.name.startswith("_")]
    return tuple(cast(Load, module(path).load) for path in paths)


def context(base: str | None = None, data: Path = resources.DATA, plans: Iterable[Path] = ()) -> Context:
    """The context for the records in `data/plans/`, and those in `plans` beside them."""
    registry = open_registry(Iris(base) if base else Iris(), data / "registry")
    return Context(registry, (*sorted((data / "plans").glob("*.json")), *plans))


def run(ctx: Context, data: Path = resources.DATA, loaders: Iterable[Load] | None = None) -> Iterator[Quad]:
    """The quads of all loaders, one after the other."""
    for load in find() if loaders is None else loaders:
        yield from load(data, ctx)
