"""Work shared out to processes that have all that this one has: facts are gathered once, and copied nowhere."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from itertools import chain
from multiprocessing import get_context
from typing import Any, TypeVar

from cancu.pool import Job, end_with_parent, ordered, seldom_collected

Result = TypeVar("Result")
_TOGETHER = 128  # jobs that go to one process at once: those beside each other share what they need
_LIFE = 32 * _TOGETHER  # jobs for which processes live: what they look at becomes a copy of their own, since Python counts who refers to it
_jobs: list[Job[object]] = []  # in a forked process


def done(jobs: Sequence[Job[Result]], processes: int = 1, together: int = _TOGETHER) -> Iterator[Result]:
    """What each job gives, in their order, by so many processes; each has what this process has when the first job is asked for.

    So many as `together` of them, beside each other, go to one process at once. What a job changes in memory stays in its process, which
    is followed by a new one after some thousand jobs. Where processes cannot be forked, all is done here.
    """
    with seldom_collected():
        for first in range(0, len(jobs), _LIFE):
            yield from _generation(jobs[first : first + _LIFE], processes, together)


def _generation(jobs: Sequence[Job[Result]], processes: int, together: int) -> Iterator[Result]:
    starts = range(0, len(jobs), together)
    if processes < 2 or len(starts) < 2 or sys.platform != "linux":
        yield from (job() for job in jobs)
        return
    with ProcessPoolExecutor(min(processes, len(starts)), get_context("fork"), _born, (jobs,)) as pool:
        yield from chain.from_iterable(ordered(partial(_some, together), starts, pool))


def _born(jobs: Sequence[Job[Any]]) -> None:
    """A process is born with the jobs: they are no messages, and need not be able to be."""
    end_with_parent()
    _jobs.extend(jobs)


def _some(together: int, start: int) -> list[Any]:
    return [job() for job in _jobs[start : start + together]]
