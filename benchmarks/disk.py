"""Fills the disk in the midst of builds, and makes it read-only: `python -m benchmarks.disk [BUILDS] [--seed N]` (Linux).

The disk is one in memory, in a namespace of its own (`unshare`), so that no rights are needed. Each build has a random part of the room
that it needs, and must end in one error in words, with the last output as it was; then it gets room, and must end right.
"""

from __future__ import annotations

import argparse
import os
import random
import subprocess
import sys
import tempfile
from dataclasses import astuple, dataclass
from pathlib import Path

from benchmarks.kills import Ground, tree

_INSIDE = "CANCU_DISK"
_ROOM = 512 * 2**20


@dataclass(frozen=True, slots=True)
class Outcome:
    """How many builds there were, how many found no room, how many said so in words; how many outputs were torn, and what was left."""

    builds: int
    refused: int
    in_words: int
    torn: int
    left: int


def _resize(disk: Path, options: str) -> None:
    subprocess.run(["mount", "-o", f"remount,{options}", str(disk)], check=True)


def _used(disk: Path) -> int:
    room = os.statvfs(disk)
    return (room.f_blocks - room.f_bfree) * room.f_frsize


def run(disk: Path, builds: int, seed: int) -> Outcome:
    """So many builds on the disk that is mounted here, the first of them on one that is read-only."""
    dice = random.Random(seed)
    ground = Ground(disk)
    before = _used(disk)
    subprocess.run(ground.command(0), check=True)
    need = _used(disk) - before
    refused = in_words = torn = left = 0
    for number in range(builds):
        state = (number + 1) % 2
        _resize(disk, "ro" if number == 0 else f"size={_used(disk) + int(dice.random() * need)}")
        ended = subprocess.run(ground.command(state), capture_output=True, text=True, check=False)
        _resize(disk, f"rw,size={_ROOM}")
        last = ended.stderr.strip().rpartition("\n")[2]
        refused += bool(ended.returncode)
        in_words += "InputError" in last and "cannot be" in last and "To mend it" in last
        torn += tree(ground.out) != ground.good[state if ended.returncode == 0 else 1 - state]
        left += (ground.out.parent / ".out.work" / "fresh").exists()
        subprocess.run(ground.command(state), check=True)
        torn += tree(ground.out) != ground.good[state]
        left += len(ground.left())
    return Outcome(builds, refused, in_words, torn, left)


def main() -> None:
    """Prints the table of `docs/reliability.md`; the exit code is 1 where something is wrong, 3 where no disk can be mounted."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("builds", nargs="?", type=int, default=20)
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    if _INSIDE not in os.environ:
        command = ["unshare", "--user", "--map-root-user", "--mount", sys.executable, "-m", "benchmarks.disk", *sys.argv[1:]]
        sys.exit(subprocess.run(command, env=os.environ | {_INSIDE: "1"}, check=False).returncode)
    with tempfile.TemporaryDirectory() as name:
        if subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={_ROOM}", "none", name], check=False).returncode:
            sys.exit(3)
        outcome = run(Path(name), options.builds, options.seed)
        subprocess.run(["umount", name], check=True)
    print("| builds | found no room | said so in words | torn | left behind |\n|--:|--:|--:|--:|--:|")
    print(f"| {' | '.join(map(str, astuple(outcome)))} |")
    sys.exit(bool(outcome.torn or outcome.left or outcome.in_words != outcome.refused))


if __name__ == "__main__":
    main()
