"""Jobs that are shared out to processes: their order, and processes that are followed by new ones."""

from __future__ import annotations

import os
import sys
from functools import partial

import pytest

from cancu.website import press


def _told(number: int) -> tuple[int, int]:
    return number, os.getpid()


@pytest.mark.parametrize("processes", [1, 2])
def test_what_jobs_give_comes_in_their_order(processes: int) -> None:
    jobs = [partial(_told, number) for number in range(9)]
    assert [number for number, _ in press.done(jobs, processes, together=2)] == list(range(9))


@pytest.mark.skipif(sys.platform != "linux", reason="processes are forked on Linux alone")
def test_processes_are_followed_by_new_ones(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(press, "_LIFE", 4)
    told = list(press.done([partial(_told, number) for number in range(8)], 2, together=2))
    first, second = ({process for _, process in told[part]} for part in (slice(4), slice(4, 8)))
    assert [number for number, _ in told] == list(range(8))
    assert not first & second and os.getpid() not in first | second
