"""The memory that work takes, in all processes together, as /proc tells it (smaps_rollup; Linux)."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def watched() -> Iterator[list[float]]:
    """The memory of this process and all that it has begun in MB, what they share counted once.

    It is looked at twice a second, or as often as takes a hundredth of the time: the system goes through all pages of each for it.
    """
    seen: list[float] = [0.0]
    over = threading.Event()

    def look() -> None:
        pause = 0.5
        while not over.wait(pause):
            start = time.thread_time()
            seen.append(sum(_proportional(pid) for pid in _tree(str(os.getpid()))))
            pause = max(0.5, 100 * (time.thread_time() - start))

    watcher = threading.Thread(target=look)
    watcher.start()
    try:
        yield seen
    finally:
        over.set()
        watcher.join()


def _tree(pid: str) -> Iterator[str]:
    """A process and those below it."""
    yield pid
    for children in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            below = children.read_text().split()
        except OSError:  # it has ended
            continue
        for child in below:
            yield from _tree(child)


def _proportional(pid: str) -> float:
    """A process's memory, each page that others have too by its share."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:  # it has ended
        return 0.0
    return next((int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0) / 1024
