"""Runs all benchmarks and writes what they measured: `make bench`, or `python -m benchmarks [NAME …]` for some of them.

`docs/performance.md` gets the table between its marks, each figure beside its peer in the same run and beside the figure before;
`docs/performance.json` keeps the figures, and `docs/performance.svg` draws what a plan costs as builds grow. With --small all is done
on little, to see that it works, and nothing is kept.
"""

from __future__ import annotations

import argparse
import re
import time
from collections.abc import Iterable
from importlib import import_module
from typing import Any

import msgspec

from benchmarks.build import costs
from benchmarks.curve import drawn
from benchmarks.figures import Figure, after, machine, table
from cancu import resources

_MODULES = ("reading", "steps", "build", "pages", "audit", "queries", "trace")
_SMALL: dict[str, dict[str, Any]] = {
    "reading": {"megabytes": 0.2},
    "steps": {"plans": 10, "rounds": 2},
    "build": {"sizes": (5, 10), "peer": 1, "with_site": 5},
    "pages": {"plans": 5},
    "audit": {"plans": 100},
    "queries": {"plans": 5, "patience": 20},
    "trace": {"plans": 20},
}
_PAGE, _KEPT, _CURVE = (resources.ROOT / "docs" / f"performance.{ending}" for ending in ("md", "json", "svg"))
_MARKS = re.compile(r"(<!-- figures -->\n).*?(<!-- end -->)", re.DOTALL)


def kept() -> dict[str, list[Figure]]:
    """The figures of the last time, by the benchmark that measured them."""
    return msgspec.json.decode(_KEPT.read_bytes(), type=dict[str, list[Figure]]) if _KEPT.exists() else {}


def tables(figures: dict[str, list[Figure]]) -> str:
    """The figures of each benchmark as a table of its own."""
    return "\n".join(f"### {name}\n\n{table(figures[name])}" for name in _MODULES if name in figures)


def write(now: dict[str, list[Figure]]) -> None:
    """Keeps the figures, and writes the tables and the curve of them."""
    _KEPT.write_bytes(msgspec.json.format(msgspec.json.encode(now), indent=1) + b"\n")
    text = f"Measured on {time.strftime('%Y-%m-%d')}: {machine()}.\n\n{tables(now)}"
    _PAGE.write_text(_MARKS.sub(lambda marks: f"{marks[1]}{text}{marks[2]}", _PAGE.read_text("utf-8")), "utf-8")
    _CURVE.write_text(drawn(costs(now.get("build", ())), "plans in a build", "milliseconds a plan"), "utf-8")


def measured(names: Iterable[str], small: bool) -> dict[str, list[Figure]]:
    """What the benchmarks of these names measure, one after the other; each is told on its way how long it took."""
    found = {}
    for name in names:
        start = time.monotonic()
        found[name] = import_module(f"benchmarks.{name}").figures(**_SMALL[name] if small else {})
        print(f"{name}: {time.monotonic() - start:.0f} s", flush=True)
    return found


def main() -> None:
    """Measures, one benchmark after the other, and writes."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="*", help=f"some of {', '.join(_MODULES)}")
    parser.add_argument("--small", action="store_true", help="on little, to see that all works; nothing is kept")
    given = parser.parse_args()
    now = measured(given.names or _MODULES, given.small)
    if not given.small:
        last = kept()
        now = {name: after(figures, last.get(name, ())) for name, figures in now.items()}
        write(last | now)
    print(tables(now))


if __name__ == "__main__":
    main()
