"""What was made lately: pages beside each other want the same, and what thousands of plans hold would fill the memory of each process."""

from __future__ import annotations

from typing import TypeVar

K = TypeVar("K")
V = TypeVar("V")


class Lately(dict[K, V]):
    """Things by what they were made from. All are forgotten once there are more than `most` of them."""

    def __init__(self, most: int = 10_000) -> None:
        self._most = most

    def __setitem__(self, key: K, value: V) -> None:
        if len(self) >= self._most:
            self.clear()
        super().__setitem__(key, value)
