"""Folders on other machines: plans taken from, and a build put into, any place that fsspec knows, such as `s3://bucket/plans`.

https://filesystem-spec.readthedocs.io/ is an optional extra (`pip install cancu[cluster]`), as is what it needs for a kind of place
(s3fs for `s3://`, gcsfs for `gs://`).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path, PurePosixPath
from typing import Any

import msgspec

from cancu.errors import InputError

_LIST = ".cancu-files.json"


@dataclass(frozen=True, slots=True)
class Mirrored:
    """How many files of a folder were sent elsewhere, were there in the same bytes, and were taken away there."""

    sent: int
    unchanged: int
    removed: int


def fetch(url: str, into: Path) -> tuple[Path, ...]:
    """Copies a file, or the files right in a folder, from elsewhere into the folder `into`; returns them, sorted by name.

    Raises InputError for a place that cannot be read.
    """
    with _place(url) as (system, root):
        if not system.exists(root):
            raise InputError(url, "is not there", "see that the address is right")
        files = (entry["name"] for entry in system.ls(root, detail=True) if entry["type"] == "file")
        names = sorted(name for name in files if PurePosixPath(name).name != _LIST)
        into.mkdir(parents=True, exist_ok=True)
        found = tuple(into / PurePosixPath(name).name for name in names)
        system.get(names, list(map(str, found)))
    return found


def mirror(folder: Path, url: str) -> Mirrored:
    """Makes a place elsewhere hold the files of the folder: sends those that differ, and takes away those that it sent once and are gone.

    A list of what lies there, with digests, is kept beside them, and names a file only while it is whole. Raises InputError for a place
    that cannot be written.
    """
    now = {path.relative_to(folder).as_posix(): path for path in sorted(folder.rglob("*")) if path.is_file()}
    digests = {name: _digest(path) for name, path in now.items()}
    with _place(url) as (system, root):
        try:
            before = msgspec.json.decode(system.cat_file(f"{root}/{_LIST}"), type=dict[str, str])
        except (FileNotFoundError, msgspec.DecodeError):
            before = {}
        same = {name: digest for name, digest in digests.items() if before.get(name) == digest}
        gone = before.keys() - now.keys()
        if len(same) == len(now) and not gone:
            return Mirrored(0, len(same), 0)
        system.makedirs(root, exist_ok=True)
        system.pipe_file(f"{root}/{_LIST}", msgspec.json.encode(same))
        differ = [name for name in now if name not in same]
        for parent in sorted({f"{root}/{PurePosixPath(name).parent}" for name in differ}):
            system.makedirs(parent, exist_ok=True)
        system.put([str(now[name]) for name in differ], [f"{root}/{name}" for name in differ])
        for name in gone:
            if system.exists(f"{root}/{name}"):
                system.rm_file(f"{root}/{name}")
        system.pipe_file(f"{root}/{_LIST}", msgspec.json.encode(digests))
    return Mirrored(len(now) - len(same), len(same), len(gone))


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


@contextmanager
def _place(url: str) -> Iterator[tuple[Any, str]]:
    """The file system of an address, and the path there; what goes wrong is told with the address."""
    try:
        system, root = import_module("fsspec").url_to_fs(url)
        yield system, str(root).rstrip("/")
    except ImportError as error:
        raise InputError(url, f"needs more than is installed: {error}", "run pip install 'cancu[cluster]', and what it names") from error
    except (OSError, ValueError) as error:
        raise InputError(url, f"cannot be reached: {error}", "see that the address is right, and that you may use it") from error
