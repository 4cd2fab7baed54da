"""Whatever happens to a build, the last output stays whole, the next build ends right, and nothing is left behind."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.kills import Ground, run, tree
from cancu import resources

_MAD_CLOCK = """
import random, time
time.time = lambda: random.uniform(-1e9, 1e10)
time.time_ns = lambda: random.randrange(-10**18, 10**19)
"""


@pytest.fixture(scope="module")
def ground(tmp_path_factory: pytest.TempPathFactory) -> Ground:
    return Ground(tmp_path_factory.mktemp("crashes"))


def test_killed_at_random_moments() -> None:
    outcome = run(3, seed=1)
    assert (outcome.kills, outcome.torn, outcome.lost, outcome.left) == (3, 0, 0, 0)


def test_a_clock_that_jumps_changes_nothing(ground: Ground) -> None:
    for path in ground.out.parent.rglob("*.json"):
        os.utime(path, (2**33, 2**33))  # in the year 2242
    subprocess.run(ground.command(1, before=_MAD_CLOCK), check=True)
    assert tree(ground.out) == ground.good[1]
    assert ground.left() == []


def test_of_two_builds_at_once_one_is_told_who_builds(ground: Ground) -> None:
    builds = [subprocess.Popen(ground.command(0), stderr=subprocess.PIPE, text=True) for _ in range(2)]
    said = {build.pid: build.communicate()[1] for build in builds}
    refused = [build for build in builds if build.returncode]
    assert tree(ground.out) == ground.good[0]
    assert ground.left() == []
    if refused:  # else the one was done before the other began
        (other,) = {build.pid for build in builds} - {refused[0].pid}
        assert f"is being built by process {other}" in said[refused[0].pid]


@pytest.mark.skipif(sys.platform != "linux", reason="the disk is a mount of Linux")
def test_a_disk_that_fills_or_cannot_be_written() -> None:
    command = [sys.executable, "-m", "benchmarks.disk", "2", "--seed", "3"]
    ended = subprocess.run(command, cwd=resources.ROOT, capture_output=True, text=True, check=False)
    if ended.returncode == 3 or "unshare" in ended.stderr or not Path("/usr/bin/unshare").exists():
        pytest.skip("no disk can be mounted here")
    assert "| 2 | 2 | 2 | 0 | 0 |" in ended.stdout, ended.stderr
