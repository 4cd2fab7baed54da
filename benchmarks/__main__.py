"""Runs all benchmarks and writes what they measured: `make bench`, or `python -m benchmarks [NAME …]` for some of them.

`docs/performance.md` gets the table between its marks, each figure beside its peer in the same run and beside the figure before;
`docs/performance.json` keeps the figures, and `docs/performance.svg` draws what a plan costs as builds grow.
"""

from __future__ import annotations

import argparse
import re
import time
from importlib import import_module

import msgspec

from benchmarks.curve import drawn
from benchmarks.figures import Figure, machine, table
from cancu import resources

_MODULES = ("reading", "steps", "build", "pages", "audit", "queries", "trace")
_PAGE, _KEPT, _CURVE = (resources.ROOT / "docs" / f"performance.{ending}" for ending in ("md", "json", "svg"))
_MARKS = re.compile(r"(<!-- figures -->\n).*?(<!-- end -->)", re.DOTALL)
_COST = re.compile(r"a plan, in a build of ([\d,]+) plans")


def kept() -> dict[str, list[Figure]]:
    """The figures of the last time, by the benchmark that measured them."""
    return msgspec.json.decode(_KEPT.read_bytes(), type=dict[str, list[Figure]]) if _KEPT.exists() else {}


def write(now: dict[str, list[Figure]], before: dict[str, list[Figure]]) -> str:
    """Keeps the figures, writes the table and the curve of them; returns the table."""
    _KEPT.write_bytes(msgspec.json.format(msgspec.json.encode(now), indent=1) + b"\n")
    tables = [f"### {name}\n\n{table(now[name], before.get(name, ()))}" for name in _MODULES if name in now]
    text = "\n".join([f"Measured on {time.strftime('%Y-%m-%d')}: {machine()}.\n", *tables])
    _PAGE.write_text(_MARKS.sub(lambda marks: f"{marks[1]}{text}{marks[2]}", _PAGE.read_text("utf-8")), "utf-8")
    costs = {int(match[1].replace(",", "")): figure.value for figure in now.get("build", ()) if (match := _COST.match(figure.name))}
    _CURVE.write_text(drawn(costs, "plans in a build", "milliseconds a plan"), "utf-8")
    return text


def main() -> None:
    """Measures, one benchmark after the other, and writes."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="*", help=f"some of {', '.join(_MODULES)}")
    names = parser.parse_args().names or list(_MODULES)
    before = kept()
    print(write(before | {name: import_module(f"benchmarks.{name}").figures() for name in names}, before))


if __name__ == "__main__":
    main()
