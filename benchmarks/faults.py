"""Plants faults in a draft: for nearly each constraint of the audit one way in which a real document breaks it, and it alone.

Two constraints have none: a record states one date and one spelling of the number of each document, so that `TwoDates` and `OneSpelling`
watch over graphs that others made.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence

from benchmarks import document_faults, money_faults
from benchmarks.draft import Draft
from benchmarks.fault import Fault, Found

FAULTS: dict[str, Fault] = {**money_faults.FAULTS, **document_faults.FAULTS}


def turn(number: int, dice: random.Random) -> tuple[str, ...]:
    """The faults that are the turn of a plan: none for each fourth, else one of each group, so that each kind comes often."""
    if number % 4 == 3:
        return ()
    groups: dict[str, list[str]] = {}
    for name, fault in FAULTS.items():
        groups.setdefault(fault.group, []).append(name)
    return tuple(dice.choice(names) for names in groups.values())


def plant(draft: Draft, wanted: Sequence[str], dice: random.Random, totals: Callable[[Draft], None]) -> Found:
    """Plants the faults that fit the draft, and makes its totals in between; returns the constraints that are broken, and by what."""
    found: Found = []
    for name in wanted:
        if not FAULTS[name].after:
            found += FAULTS[name].plant(draft, dice)
    totals(draft)
    for name in wanted:
        if FAULTS[name].after:
            found += FAULTS[name].plant(draft, dice)
    return found
