"""Where a site is put: a folder that keeps each file whose bytes stay the same, gets those that changed, and loses those that are gone.

A file is put in place whole, by a rename, so no reader meets half of one, and a file that an earlier build shares (a hard link) stays as
it is there.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from cancu.errors import InputError
from cancu.workplace import shared

_MARK = "assets/theme.js"  # a folder that has this is a site
_NEW = ".new"


@dataclass(frozen=True)
class Folder:
    """The folder of a site. `written` and `removed` count what was not as wanted."""

    path: Path
    _there: set[str] = field(default_factory=set)
    _left: set[str] = field(init=False)  # of those that were there, the ones that nobody wanted yet
    _folders: set[str] = field(default_factory=set)
    written: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_left", self._there.copy())

    @classmethod
    def of(cls, out: Path, last: Path | None = None, known: Iterable[str] | None = None) -> Folder:
        """A new folder, that of an earlier site, or one that starts as the site `last` is. Raises InputError for one with other things.

        `known` names all files of an earlier site, which then are not looked for.
        """
        if out.exists() and not out.is_dir():
            raise InputError(str(out), "is a file, not a folder", "give the folder for the pages")
        if out.is_dir() and any(out.iterdir()) and not (out / _MARK).is_file():
            raise InputError(str(out), "is a folder with other things in it", "give a new folder, or that of an earlier site")
        if last is not None and (last / _MARK).is_file() and not out.exists():
            return cls(out, copied(str(last), str(out)))
        out.mkdir(parents=True, exist_ok=True)
        return cls(out, {name for _, names in _files(str(out)) for name in names} if known is None else set(known))

    def has(self, name: str) -> bool:
        """Whether a file of this name was there from the first."""
        return name in self._there

    def put(self, name: str, content: bytes) -> bool:
        """Sees to it that the file of this name holds these bytes; tells whether it did not before."""
        if self._has(name, content):
            return False
        path = self._place(name)
        try:
            _write(path, content)
        except FileExistsError:  # another site may share it: it is replaced, not written to
            new = Path(path + _NEW)
            new.write_bytes(content)
            new.replace(path)
        return True

    def was_put(self, name: str, written: bool) -> None:
        """Takes note of what another process did with `put`."""
        self._left.discard(name)
        if written:
            self.written.append(name)

    def holds(self, names: Iterable[str]) -> None:
        """Takes note of files that lie there as they would be put."""
        self._left.difference_update(names)

    def take(self, other: Path) -> None:
        """Puts every file of another folder of the same file system, which is left without what was new."""
        for path in sorted(other.rglob("*")):
            if path.is_file() and not self._has(name := path.relative_to(other).as_posix(), path.read_bytes()):
                path.replace(self._place(name))  # here and below paths are plain strings: there are a hundred thousand of them

    def _has(self, name: str, content: bytes) -> bool:
        self._left.discard(name)
        if not self.has(name):
            return False
        path = self.path / name
        return path.stat().st_size == len(content) and path.read_bytes() == content

    def _place(self, name: str) -> str:
        parent = name.rpartition("/")[0]
        if parent not in self._folders:
            (self.path / parent).mkdir(parents=True, exist_ok=True)
            self._folders.add(parent)
        self.written.append(name)
        return f"{self.path}/{name}"

    def lying(self) -> set[str]:
        """The files that are there once all is finished."""
        return self._there.difference(self.removed).union(self.written)

    def finish(self) -> None:
        """Removes what was not put, and folders that are empty then."""
        for name in sorted(self._left):
            (self.path / name).unlink()
            self.removed.append(name)
            _tidy(self.path, name)


def _write(path: str, content: bytes) -> None:
    """Writes a new file, by the system's own calls: Python's cost as much as setting a small page."""
    file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666)
    try:
        while content:
            content = content[os.write(file, content) :]
    finally:
        os.close(file)


def renew(site: Path, last: Path, changed: Iterable[str]) -> None:
    """Makes an older site what the site `last` is, which began as a copy of it and in which these files changed, or came, or went."""
    for name in changed:
        path = site / name
        path.unlink(missing_ok=True)
        if (last / name).is_file():
            path.parent.mkdir(parents=True, exist_ok=True)
            shared(last / name, path)
        else:
            _tidy(site, name)


def _tidy(root: Path, name: str) -> None:
    """Removes the folders that a file which is gone leaves empty."""
    for parent in Path(name).parents[:-1]:
        if not (root / parent).is_dir():
            continue
        if any((root / parent).iterdir()):
            break
        (root / parent).rmdir()


def _files(root: str) -> Iterator[tuple[str, list[str]]]:
    """Each folder below a root, itself included as '', with its files; all by their names from the root, '/' between."""
    waiting = [""]
    while waiting:
        inner, names = waiting.pop(), list[str]()
        with os.scandir(f"{root}/{inner}") as entries:
            for entry in entries:
                (waiting if entry.is_dir(follow_symlinks=False) else names).append(f"{inner}/{entry.name}" if inner else entry.name)
        yield inner, names


def copied(source: str, target: str) -> set[str]:
    """Shares each file of a folder with a new one, and names them. It is a matter of a hundred thousand files: paths are plain strings."""
    found: set[str] = set()
    for inner, names in _files(source):
        Path(target, inner).mkdir(parents=True, exist_ok=True)
        for name in names:
            shared(f"{source}/{name}", f"{target}/{name}")
        found.update(names)
    return found
