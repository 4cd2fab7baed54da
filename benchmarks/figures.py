"""What a benchmark measured, and how it is told: beside what was wanted, its peer, and the figure before."""

from __future__ import annotations

import os
import platform
import statistics
from collections.abc import Callable, Iterable, Sequence
from importlib.metadata import version
from typing import TypeVar

import msgspec

Made = TypeVar("Made")
_PARTS = ("pyoxigraph", "rdflib", "pyshacl", "owlrl", "networkx", "Jinja2", "msgspec")


class Figure(msgspec.Struct, frozen=True):
    """One thing that was measured.

    `value` is the median, `least` and `most` the spread of its runs. `wanted` is what it should be, in words; `peer` says who did the same
    work in the same run, and `peer_value` how well. `before` is the value of the time before.
    """

    name: str
    value: float
    unit: str
    least: float | None = None
    most: float | None = None
    wanted: str = ""
    peer: str = ""
    peer_value: float | None = None
    before: float | None = None


def of_runs(name: str, unit: str, runs: Sequence[float], *, wanted: str = "", peer: str = "", peer_value: float | None = None) -> Figure:
    """The figure of several runs."""
    return Figure(name, statistics.median(runs), unit, min(runs), max(runs), wanted, peer, peer_value)


def seconds(work: Callable[[], Made], clock: Callable[[], float]) -> tuple[float, Made]:
    """How long the work takes by the clock, and what it made."""
    start = clock()
    made = work()
    return clock() - start, made


def after(figures: Iterable[Figure], last: Iterable[Figure]) -> list[Figure]:
    """The figures, each with its value of the last time."""
    values = {figure.name: figure.value for figure in last}
    return [msgspec.structs.replace(figure, before=values.get(figure.name)) for figure in figures]


def table(figures: Iterable[Figure]) -> str:
    """The figures as a table in Markdown; the last column compares each with the time before."""
    lines = ["| what | measured | spread | wanted | peer in the same run | before |", "|---|--:|--:|---|---|--:|"]
    for figure in figures:
        spread = f"{_number(figure.least)} to {_number(figure.most)}" if figure.least is not None else ""
        peer = f"{figure.peer}: {_number(figure.peer_value)} {figure.unit}" if figure.peer else ""
        change = f"{_number(figure.before)} ({figure.value / figure.before - 1:+.0%})" if figure.before else ""
        lines.append(f"| {figure.name} | {_number(figure.value)} {figure.unit} | {spread} | {figure.wanted} | {peer} | {change} |")
    return "\n".join(lines) + "\n"


def _number(value: float | None) -> str:
    if value is None:
        return "none"
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"


def machine() -> str:
    """The machine and the versions that were measured, in a line."""
    parts = ", ".join(f"{name} {version(name)}" for name in _PARTS)
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return f"{platform.machine()}, {os.cpu_count()} processors, {memory:.0f} GB, Python {platform.python_version()}; {parts}"
