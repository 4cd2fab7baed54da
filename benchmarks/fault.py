"""A way to break a constraint of the audit, and a table of such ways."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass

from benchmarks.draft import Draft, Item

Found = list[tuple[str, Item | None]]  # the constraints that are broken, and by what of the record
Plant = Callable[[Draft, random.Random], Found]


@dataclass(frozen=True, slots=True)
class Fault:
    """A way to break a constraint. Those of one group would meddle with each other; `after` those are planted once totals are made."""

    name: str
    group: str
    after: bool
    plant: Plant


class Faults(dict[str, Fault]):
    """Faults by their names."""

    def add(self, group: str, after: bool = False) -> Callable[[Plant], Plant]:
        """Takes a planter as the fault that its own name says: `_row_sum` breaks `RowSum`."""

        def register(plant: Plant) -> Plant:
            name = "".join(part.capitalize() for part in plant.__name__.strip("_").split("_"))
            self[name] = Fault(name, group, after, plant)
            return plant

        return register
