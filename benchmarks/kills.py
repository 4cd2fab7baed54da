"""Kills builds at random moments, and looks at what they left: `python -m benchmarks.kills [KILLS] [--site] [--seed N]`.

Two states of the data are built in turn over each other, by two processes. After each kill the output must be, byte for byte, that of
the one state or the other (or still be waiting for its second rename, which the next build does first), and no process may be left. A
build that is let run must end right, and leave nothing half made, here or among the temporary files.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from cancu import resources

Tree = dict[str, bytes]
_PATIENCE_S = 10.0  # for the processes of a killed build to see that they are alone


@dataclass(frozen=True, slots=True)
class Outcome:
    """How many builds were killed, how many of them had published already; how many outputs were torn or lost, and what was left behind."""

    kills: int
    published: int
    torn: int
    lost: int
    left: int


def tree(folder: Path) -> Tree:
    """Every file of the folder, by its path there."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


class Ground:
    """A folder with data, two states of two plans, and what a build of each gives when nothing goes wrong; builds go to `out`."""

    def __init__(self, folder: Path, *, site: bool = False) -> None:
        self.out, self._site, self._data = folder / "out", site, folder / "data"
        for part in ("registry", "corrections"):
            shutil.copytree(resources.DATA / part, self._data / part)
        plans = sorted(resources.PLANS.glob("*.json"), key=lambda path: path.stat().st_size)[:2]
        self._states = [[self._signed(path, folder / state, signer) for path in plans] for state, signer in _SIGNERS.items()]
        start = time.monotonic()
        self.good = [self._built(state, folder / f"good-{state}") for state in range(2)]
        self.seconds = (time.monotonic() - start) / 2

    def _signed(self, plan: Path, folder: Path, signer: str) -> Path:
        content = json.loads(plan.read_text("utf-8"))
        content["document"]["signer"] = signer
        folder.mkdir(exist_ok=True)
        (folder / plan.name).write_text(json.dumps(content, ensure_ascii=False), "utf-8")
        return folder / plan.name

    def _built(self, state: int, out: Path) -> Tree:
        subprocess.run(self.command(state, out), check=True)
        return tree(out)

    def command(self, state: int, out: Path | None = None, before: str = "") -> list[str]:
        """The build of one state by the code that a user runs; `before` is run before it in its process."""
        code = (
            f"{before}\nimport sys; from pathlib import Path; from cancu.build import build; "
            f"build(*map(Path, sys.argv[1:2]), data=Path(sys.argv[2]), plans=[*map(Path, sys.argv[3:])], site={self._site}, jobs=2)"
        )
        return [sys.executable, "-c", code, *map(str, (out or self.out, self._data, *self._states[state]))]

    def here(self) -> Tree:
        """The output as it lies, in its place or waiting for it."""
        waiting = self.out.with_name(f".{self.out.name}.work") / "old"
        return tree(self.out) if self.out.exists() else tree(waiting) if waiting.exists() else {}

    def left(self) -> list[str]:
        """What should not lie in the workplace once a build is done: parts are kept there, and the site before the last, for the next."""
        work = self.out.with_name(f".{self.out.name}.work")
        names = [str(path.relative_to(work)) for path in work.rglob("*")]
        kept = ("lock", "parts", "spare")
        return [name for name in names if name not in kept and not (name.startswith(("parts/", "spare/")) and "/." not in name)]


_SIGNERS = {"one": "Nguyễn Văn Một", "two": "Nguyễn Văn Hai"}


def _alone(group: int) -> bool:
    """Whether nothing of the group runs any more, after a moment."""
    until = time.monotonic() + _PATIENCE_S
    while time.monotonic() < until:
        try:
            os.killpg(group, 0)
        except ProcessLookupError:
            return True
        time.sleep(0.02)
    os.killpg(group, signal.SIGKILL)
    return False


def run(kills: int, seed: int, *, site: bool = False) -> Outcome:
    """Builds, kills and looks, so many times."""
    dice = random.Random(seed)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        ground = Ground(folder, site=site)
        (folder / "tmp").mkdir()
        environment = os.environ | {"TMPDIR": str(folder / "tmp")}
        subprocess.run(ground.command(0), check=True)
        published = torn = lost = left = 0
        for number in range(kills):
            state = (number + 1) % 2
            process = subprocess.Popen(ground.command(state), start_new_session=True, env=environment)
            try:
                process.wait(dice.uniform(0, ground.seconds))
            except subprocess.TimeoutExpired:
                process.send_signal(signal.SIGKILL)
                process.wait()
            left += not _alone(process.pid)
            here = ground.here()
            published += here == ground.good[state]
            lost += not here
            torn += bool(here) and here not in ground.good
        subprocess.run(ground.command(0), check=True, env=environment)
        torn += tree(ground.out) != ground.good[0]
        left += len(ground.left()) + len(list((folder / "tmp").iterdir()))
    return Outcome(kills, published, torn, lost, left)


def main() -> None:
    """Prints the table of `docs/reliability.md`; the exit code is 1 where something was torn, lost or left."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("kills", nargs="?", type=int, default=200)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--site", action="store_true", help="build the website too")
    options = parser.parse_args()
    outcome = run(options.kills, options.seed, site=options.site)
    print("| builds killed | had published | torn | lost | left behind |\n|--:|--:|--:|--:|--:|")
    print(f"| {outcome.kills} | {outcome.published} | {outcome.torn} | {outcome.lost} | {outcome.left} |")
    sys.exit(bool(outcome.torn or outcome.lost or outcome.left))


if __name__ == "__main__":
    main()
