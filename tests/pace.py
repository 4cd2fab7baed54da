"""Bounds on processor time that a slow hour of the machine does not break."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager

_USUAL_S = 0.07  # what a million additions take where no other machine has the core


def slower() -> float:
    """How many times slower than usual a core is at this moment; 1 where it is as fast or faster."""
    start = time.process_time()
    total = 0
    for number in range(1_000_000):
        total += number
    return max(1.0, (time.process_time() - start) / _USUAL_S)


@contextmanager
def within(seconds: float) -> Iterator[None]:
    """Sees that what is done takes fewer seconds of processor time than these, of a core at its usual pace."""
    before = slower()
    start = time.process_time()
    yield
    taken = time.process_time() - start
    assert taken < seconds * max(before, slower())
