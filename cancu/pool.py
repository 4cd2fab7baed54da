"""Work on many things, in their order: on the processors at hand, or on other machines by dask.

https://distributed.dask.org/ finishes a job whose worker was killed; it is an optional extra (`pip install cancu[cluster]`).
"""

from __future__ import annotations

import gc
import os
import sys
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import import_module
from itertools import islice
from multiprocessing import get_context, parent_process
from multiprocessing.connection import Connection, wait
from threading import Thread
from typing import Any, Generic, TypeVar

from cancu.errors import InputError

Item = TypeVar("Item")
Result = TypeVar("Result")
Report = Callable[[str], None]
Job = Callable[[], Result]
_AHEAD = 64  # items that are under way at once, so that results wait for no more than these


def ordered(
    work: Callable[[Item], Result], items: Iterable[Item], pool: Executor | None, meanwhile: Callable[[], object] = lambda: None
) -> Iterator[Result]:
    """`work` of each item, in the order of the items, by the pool; in this process without one.

    Memory does not grow with the number of items. An error in one ends the whole, as it does in a loop. `meanwhile` is done here, once
    the pool is at work.
    """
    if pool is None:
        yield from map(work, items)
        return
    left = iter(items)
    waiting: deque[Future[Result]] = deque(pool.submit(work, item) for item in islice(left, _AHEAD))
    try:
        meanwhile()
        while waiting:
            yield waiting.popleft().result()
            waiting.extend(pool.submit(work, item) for item in islice(left, 1))
    finally:
        for future in waiting:
            future.cancel()


def pace(report: Report, what: str, whole: int) -> Callable[[int], None]:
    """What reports, when it is told how many are done of the whole, how fast that goes from now on, and how long the rest will take."""
    start = time.monotonic()

    def tell(done: int) -> None:
        rate = done / max(time.monotonic() - start, 1e-9)
        report(f"{what}: {done} of {whole}, {rate:.1f} a second, {round((whole - done) / rate)} s left")

    return tell


def end_with_parent() -> None:
    """A worker whose parent is killed ends too: its queue alone would keep it waiting for ever."""
    parent = parent_process()

    def wait_and_end() -> None:
        wait([parent.sentinel] if parent else [])
        os._exit(1)

    Thread(target=wait_and_end, daemon=True).start()


@contextmanager
def workers(jobs: int) -> Iterator[Executor | None]:
    """A pool of so many processes of this machine, or none for a single one."""
    if jobs < 2:
        yield None
        return
    with ProcessPoolExecutor(jobs, initializer=end_with_parent) as pool:
        yield pool


@dataclass(frozen=True, slots=True)
class Aside(Generic[Result]):
    """What waits for the result of a job, when it is called; `ready` tells whether that would take no waiting."""

    wait: Job[Result]
    ready: Callable[[], bool]

    def __call__(self) -> Result:
        """The result."""
        return self.wait()


@contextmanager
def aside(job: Job[Result], alone: bool = False) -> Iterator[Aside[Result]]:
    """Has a job done by a process of its own, with which the memory ends that it takes; gives what waits for its result.

    Where processes cannot be forked, or one `alone` is to do all, the job is done here, when its result is asked for.
    """
    if alone or sys.platform != "linux":
        yield Aside(job, lambda: False)
        return
    fork = get_context("fork")
    receiver, sender = fork.Pipe(duplex=False)
    process = fork.Process(target=_send, args=(job, sender))
    process.start()
    sender.close()

    def result() -> Result:
        try:
            found: Result = receiver.recv()
        except EOFError:
            found = job()  # it failed: here it fails with a word
        return found

    try:
        yield Aside(result, receiver.poll)
    finally:
        receiver.close()
        process.join()


def _send(job: Job[Any], sender: Connection) -> None:
    end_with_parent()
    sender.send(job())


@contextmanager
def seldom_collected() -> Iterator[None]:
    """Keeps Python from going through all that is in memory again and again in search of garbage: plans and pages make next to none.

    It holds for processes that are forked meanwhile, too.
    """
    before = gc.get_threshold()
    gc.freeze()
    gc.set_threshold(1_000_000, 20, 20)
    try:
        yield
    finally:
        gc.set_threshold(*before)
        gc.unfreeze()


@dataclass(frozen=True, slots=True)
class Cluster:
    """The workers of a dask scheduler."""

    pool: Executor
    _client: Any

    def held(self, value: Item) -> Item:
        """What stands for the value in items of work: each worker is sent it once, and gets it in its place."""
        stand_in: Item = self._client.scatter(value, broadcast=True)
        return stand_in


@contextmanager
def cluster(scheduler: str) -> Iterator[Cluster]:
    """The workers of a scheduler: a running one's by its address, such as `tcp://10.0.0.1:8786`, or `local:4` for four new ones here.

    Raises InputError for a scheduler that does not answer, and where workers die again and again at the same work.
    """
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
    try:
        with client, client.get_executor(pure=False) as pool:
            yield Cluster(pool, client)
    except dask.scheduler.KilledWorker as error:
        raise InputError(scheduler, f"lost its workers: {error}", "see to their memory, and build again: what was made is kept") from error
