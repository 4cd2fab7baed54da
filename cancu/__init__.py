"""Căn Cứ: which decree justified which project, with the lines that say so."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from cancu.graph import open_graph as open  # noqa: A004
    from cancu.own import check, read
    from cancu.reading.citations import cite
    from cancu.remote import connect

__version__ = "0.1.0"
__all__ = ["__version__", "check", "cite", "connect", "open", "read"]
_HOMES = {
    "open": ("graph", "open_graph"),
    "connect": ("remote", "connect"),
    "read": ("own", "read"),
    "check": ("own", "check"),
    "cite": ("reading.citations", "cite"),
}


def load_ipython_extension(shell: Any) -> None:
    """`%load_ext cancu`: the magic `%%sparql`; see `cancu.magic`."""
    import_module("cancu.magic").register(shell)


def __getattr__(name: str) -> Any:
    """`cancu.open` and the like, imported when they are first used, so that `import cancu` stays quick."""
    if name not in _HOMES:
        raise AttributeError(f"module 'cancu' has no attribute {name!r}")
    module, function = _HOMES[name]
    return getattr(import_module(f"cancu.{module}"), function)


def __dir__() -> list[str]:
    return __all__
