"""Work on many things, in their order, on the processors at hand."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from itertools import islice
from typing import TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")
_AHEAD = 8  # items a worker that are under way at once, so that results wait for no more than these


def ordered(work: Callable[[Item], Result], items: Iterable[Item], workers: int) -> Iterator[Result]:
    """`work` of each item, in the order of the items, by so many processes; in this one for a single worker.

    Memory does not grow with the number of items. An error in one ends the whole, as it does in a loop.
    """
    if workers < 2:
        yield from map(work, items)
        return
    waiting: deque[Future[Result]] = deque()
    left = iter(items)
    with ProcessPoolExecutor(workers) as pool:
        try:
            waiting.extend(pool.submit(work, item) for item in islice(left, workers * _AHEAD))
            while waiting:
                yield waiting.popleft().result()
                waiting.extend(pool.submit(work, item) for item in islice(left, 1))
        finally:
            pool.shutdown(cancel_futures=True)
