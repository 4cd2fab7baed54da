"""Work on many things, in their order: on the processors at hand, or on other machines by dask.

https://distributed.dask.org/ finishes a job whose worker was killed; it is an optional extra (`pip install cancu[cluster]`).
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from contextlib import contextmanager
from importlib import import_module
from itertools import islice
from multiprocessing import parent_process
from multiprocessing.connection import wait
from threading import Thread
from typing import TypeVar

from cancu.errors import InputError

Item = TypeVar("Item")
Result = TypeVar("Result")
_AHEAD = 64  # items that are under way at once, so that results wait for no more than these


def ordered(work: Callable[[Item], Result], items: Iterable[Item], pool: Executor | None) -> Iterator[Result]:
    """`work` of each item, in the order of the items, by the pool; in this process without one.

    Memory does not grow with the number of items. An error in one ends the whole, as it does in a loop.
    """
    if pool is None:
        yield from map(work, items)
        return
    left = iter(items)
    waiting: deque[Future[Result]] = deque(pool.submit(work, item) for item in islice(left, _AHEAD))
    try:
        while waiting:
            yield waiting.popleft().result()
            waiting.extend(pool.submit(work, item) for item in islice(left, 1))
    finally:
        for future in waiting:
            future.cancel()


def end_with_parent() -> None:
    """A worker whose parent is killed ends too: its queue alone would keep it waiting for ever."""
    parent = parent_process()

    def wait_and_end() -> None:
        wait([parent.sentinel] if parent else [])
        os._exit(1)

    Thread(target=wait_and_end, daemon=True).start()


@contextmanager
def workers(jobs: int, scheduler: str | None = None) -> Iterator[Executor | None]:
    """A pool of so many processes, or none for a single one; with a scheduler, the workers of that.

    `scheduler` is the address of a running one, such as `tcp://10.0.0.1:8786`, or `local:4` for one with four workers that lives as
    long as the pool. Raises InputError for one that does not answer.
    """
    if scheduler is None:
        if jobs < 2:
            yield None
            return
        with ProcessPoolExecutor(jobs, initializer=end_with_parent) as pool:
            yield pool
        return
    try:
        dask = import_module("distributed")
    except ImportError as error:
        raise InputError(scheduler, "needs dask.distributed", "run pip install 'cancu[cluster]'") from error
    kind, _, count = scheduler.partition(":")
    try:
        if kind == "local":
            client = dask.Client(n_workers=int(count or 1), threads_per_worker=1, dashboard_address=None)
        else:
            client = dask.Client(scheduler, timeout="10s")
    except (OSError, ValueError) as error:
        raise InputError(scheduler, f"is no scheduler that answers: {error}", "give tcp://HOST:PORT, or local:N") from error
    with client, client.get_executor(pure=False) as pool:
        yield pool
