"""A build that is killed leaves the last output whole, and the next one ends right."""

from __future__ import annotations

from benchmarks.kills import run


def test_killed_at_random_moments() -> None:
    outcome = run(6, seed=1)
    assert (outcome.kills, outcome.torn, outcome.lost) == (6, 0, 0)
