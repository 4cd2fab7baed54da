"""Căn Cứ: which decree justified which project, with the lines that say so."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from cancu.graph import open_graph as open  # noqa: A004
    from cancu.remote import connect

__version__ = "0.1.0"
__all__ = ["__version__", "connect", "open"]


def load_ipython_extension(shell: Any) -> None:
    """`%load_ext cancu`: the magic `%%sparql`; see `cancu.magic`."""
    import_module("cancu.magic").register(shell)


def __getattr__(name: str) -> Any:
    """`cancu.open` and `cancu.connect`, imported when they are first used, so that `import cancu` stays quick."""
    if name == "open":
        return import_module("cancu.graph").open_graph
    if name == "connect":
        return import_module("cancu.remote").connect
    raise AttributeError(f"module 'cancu' has no attribute {name!r}")
