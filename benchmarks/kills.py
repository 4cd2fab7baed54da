"""Kills builds at random moments, and looks at what they left: `python benchmarks/kills.py [KILLS] [--seed N]`.

Two states of the data are built in turn over each other. After each kill the output must be, byte for byte, that of the one state or
the other (or still be waiting for its second rename, which the next build does first); a build that is let run must end right, and
leave nothing half made.
"""

from __future__ import annotations

import argparse
import json
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


@dataclass(frozen=True, slots=True)
class Outcome:
    """How many builds were killed, how many of them had published already, and how many left a torn or a lost output."""

    kills: int
    published: int
    torn: int
    lost: int


def tree(folder: Path) -> Tree:
    """Every file of the folder, by its path there."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def states(folder: Path) -> tuple[Path, Path]:
    """Two records of one plan, in folders of their own: the committed one with the fewest lines, and the same with another signer."""
    record = min(resources.PLANS.glob("*.json"), key=lambda path: path.stat().st_size)
    made = []
    for name, signer in (("one", None), ("two", "Nguyễn Văn Thử")):
        content = json.loads(record.read_text("utf-8"))
        content["document"]["signer"] = signer
        (folder / name).mkdir()
        (folder / name / "plan.json").write_text(json.dumps(content, ensure_ascii=False), "utf-8")
        made.append(folder / name / "plan.json")
    return made[0], made[1]


def command(record: Path, out: Path) -> list[str]:
    """The build of one record into a folder, by the code that a user runs."""
    code = (
        "import sys; from pathlib import Path; from cancu.build import build; "
        "build(Path(sys.argv[1]), data=Path(sys.argv[2]), plans=[Path(sys.argv[3])], site=False, jobs=1)"
    )
    return [sys.executable, "-c", code, str(out), str(record.parent.parent / "data"), str(record)]


def run(kills: int, seed: int) -> Outcome:
    """Builds, kills and looks, so many times."""
    dice = random.Random(seed)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for part in ("registry", "corrections"):
            shutil.copytree(resources.DATA / part, folder / "data" / part)
        records, out = states(folder), folder / "out"
        good: list[Tree] = []
        start = time.monotonic()
        for record in records:
            subprocess.run(command(record, folder / record.parent.name / "built"), check=True)
            good.append(tree(folder / record.parent.name / "built"))
        seconds = (time.monotonic() - start) / 2
        subprocess.run(command(records[0], out), check=True)
        published = torn = lost = 0
        for number in range(kills):
            process = subprocess.Popen(command(records[(number + 1) % 2], out))
            try:
                process.wait(dice.uniform(0, seconds))
            except subprocess.TimeoutExpired:
                process.send_signal(signal.SIGKILL)
                process.wait()
            waiting = folder / ".out.work" / "old"
            here = tree(out) if out.exists() else tree(waiting) if waiting.exists() else {}
            published += here == good[(number + 1) % 2]
            lost += not here
            torn += bool(here) and here not in good
        subprocess.run(command(records[0], out), check=True)
        torn += tree(out) != good[0] or (folder / ".out.work" / "fresh").exists()
    return Outcome(kills, published, torn, lost)


def main() -> None:
    """Prints the table of `docs/reliability.md`."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("kills", nargs="?", type=int, default=200)
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    outcome = run(options.kills, options.seed)
    print("| builds killed | had published | torn | lost |\n|--:|--:|--:|--:|")
    print(f"| {outcome.kills} | {outcome.published} | {outcome.torn} | {outcome.lost} |")


if __name__ == "__main__":
    main()
