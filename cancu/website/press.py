"""Work shared out to processes that have all that this one has: facts are gathered once, and copied nowhere."""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from functools import partial
from itertools import chain
from multiprocessing import get_context
from multiprocessing.connection import Connection
from typing import Any, TypeVar

from cancu.pool import end_with_parent, ordered

Result = TypeVar("Result")
Job = Callable[[], Result]
_TOGETHER = 128  # jobs that go to one process at once: those beside each other share what they need
_jobs: list[Job[object]] = []  # in a forked process


def done(jobs: Sequence[Job[Result]], processes: int = 1, together: int = _TOGETHER) -> Iterator[Result]:
    """What each job gives, in their order, by so many processes; each has what this process has when the first job is asked for.

    So many as `together` of them, beside each other, go to one process at once. What a job changes in memory stays in its process. Where
    processes cannot be forked, all is done here.
    """
    starts = range(0, len(jobs), together)
    with _seldom_collected():
        if processes < 2 or len(starts) < 2 or sys.platform != "linux":
            yield from (job() for job in jobs)
            return
        with ProcessPoolExecutor(min(processes, len(starts)), get_context("fork"), _born, (jobs,)) as pool:
            yield from chain.from_iterable(ordered(partial(_some, together), starts, pool))


@contextmanager
def aside(job: Job[Result], alone: bool = False) -> Iterator[Callable[[], Result]]:
    """Has a job done by a process of its own, with which the memory ends that it takes; gives what waits for its result.

    Where processes cannot be forked, or one `alone` is to do all, the job is done here, when its result is asked for.
    """
    if alone or sys.platform != "linux":
        yield job
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
        yield result
    finally:
        receiver.close()
        process.join()


def _send(job: Job[Any], sender: Connection) -> None:
    end_with_parent()
    sender.send(job())


def _born(jobs: Sequence[Job[Any]]) -> None:
    """A process is born with the jobs: they are no messages, and need not be able to be."""
    end_with_parent()
    _jobs.extend(jobs)


def _some(together: int, start: int) -> list[Any]:
    return [job() for job in _jobs[start : start + together]]


@contextmanager
def _seldom_collected() -> Iterator[None]:
    """Keeps Python from going through all facts again and again in search of garbage: pages make next to none."""
    before = gc.get_threshold()
    gc.freeze()
    gc.set_threshold(100_000, 20, 20)
    try:
        yield
    finally:
        gc.set_threshold(*before)
        gc.unfreeze()
