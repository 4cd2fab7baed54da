"""Where a build is made: a folder beside its output, `.NAME.work`, with a lock, the parts that are kept, and the output in the making.

The output takes its place by a rename. A build that is killed leaves the last output as it was, and what it left here is
cleared by the next one.
"""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from cancu.errors import InputError

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl


class Workplace:
    """The folder beside `out`, held by one build at a time: see `workplace`."""

    def __init__(self, out: Path) -> None:
        self.out = out.resolve()  # what a link leads to is exchanged, not the link
        self.folder = self.out.with_name(f".{self.out.name}.work")
        self.fresh, self.old, self.kept = self.folder / "fresh", self.folder / "old", self.folder / "parts"
        self.spare = self.folder / "spare"

    def path(self, key: str) -> Path:
        """Where something is kept under the key."""
        return self.kept / key

    def get(self, key: str) -> bytes | None:
        """What was kept under the key."""
        try:
            return (self.kept / key).read_bytes()
        except FileNotFoundError:
            return None

    def has(self, key: str) -> bool:
        """Whether something is kept under the key."""
        return (self.kept / key).is_file()

    def put(self, key: str, content: bytes) -> None:
        """Keeps content under a key; whole or not at all."""
        aside = self.kept / f".{key}"
        aside.write_bytes(content)
        aside.replace(self.kept / key)

    def keep_only(self, keys: Iterable[str], start: str) -> None:
        """Drops what is kept under other keys, but for those with this start."""
        wanted = set(keys)
        for path in self.kept.iterdir():
            if path.name not in wanted and not path.name.startswith(start):
                path.unlink()

    def clear(self) -> None:
        """Puts right what a killed build left: the last output where it belongs, nothing half made."""
        if self.old.exists() and not self.out.exists():
            self.old.rename(self.out)  # it was stopped between its two renames
        for left in (self.fresh, self.old):
            shutil.rmtree(left, ignore_errors=True)

    def publish(self, spare: str) -> None:
        """Gives the fresh output its place, by two renames. Of the last output the folder of this name stays here, as `spare`."""
        shutil.rmtree(self.spare, ignore_errors=True)
        if self.out.exists():
            self.out.rename(self.old)
        self.fresh.rename(self.out)
        if (self.old / spare).is_dir():
            (self.old / spare).rename(self.spare)


def shared(source: str | Path, target: str | Path) -> None:
    """The same file under a second name, or a copy where the file system has no such thing."""
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)


@contextmanager
def workplace(out: Path) -> Iterator[Workplace]:
    """The workplace of a build into `out`, with an empty folder `fresh`; the lock is freed even if the process is killed.

    Raises InputError where another build holds it, or where nothing can be written there, be it in the midst of the build.
    """
    if out.exists() and not out.is_dir():
        raise InputError(str(out), "is a file", "name a folder for the build")
    place = Workplace(out)
    holder = place.folder / "holder"
    try:
        place.kept.mkdir(parents=True, exist_ok=True)
        lock = (place.folder / "lock").open("ab")
    except OSError as error:
        raise InputError(str(out), f"cannot be written: {error.strerror}", "choose a folder that you may write to") from error
    with lock:
        try:
            _hold(lock.fileno())
        except OSError as error:
            who = holder.read_text("utf-8") if holder.exists() else "of another user"
            raise InputError(str(out), f"is being built by process {who}", "wait for it, or build into another folder") from error
        try:
            holder.write_text(str(os.getpid()), "utf-8")
            place.clear()
            place.fresh.mkdir()
            yield place
        except OSError as error:
            remedy = "see to the disk, and build again; the last output is as it was"
            raise InputError(str(out), f"cannot be made: {error}", remedy) from error
        finally:
            place.clear()
            holder.unlink(missing_ok=True)


def _hold(file: int) -> None:
    """Locks an open file until it is closed, be it by the end of the process. Raises OSError where another process has it."""
    if sys.platform == "win32":
        msvcrt.locking(file, msvcrt.LK_NBLCK, 1)
    else:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
