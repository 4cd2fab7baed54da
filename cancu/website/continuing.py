"""Where a project goes on in other plans: rows that are stated to be one undertaking, share a title or concern one system."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from cancu.table import Cell as Value
from cancu.table import Table
from cancu.website.answers import Answers, coded
from cancu.website.blocks import Grid, Section
from cancu.website.facts import ProjectEntry
from cancu.website.parts import NOTHING, Cell, Mark
from cancu.website.site import Site

QUERY = "project-continuations"


def moved(before: Table, now: Table) -> set[str]:
    """The rows of plans, by their IRIs, that go on otherwise now than before."""
    ends = [answer.columns.index(name) for answer in (before,) for name in ("earlier", "later")]
    return {str(row[end]) for row in set(before) ^ set(now) for end in ends}


@dataclass(frozen=True)
class Continuations:
    """The answer to the named query, by the rows that it speaks of; asked once."""

    known: Answers

    @cached_property
    def _rows(self) -> dict[str, list[tuple[str, dict[str, Value]]]]:
        answer = self.known.of(QUERY)
        found: dict[str, list[tuple[str, dict[str, Value]]]] = defaultdict(list)
        for row in answer:
            told = dict(zip(answer.columns, row, strict=True))
            found[str(told["earlier"])].append(("later", told))
            found[str(told["later"])].append(("earlier", told))
        return found

    def section(self, site: Site, entries: Sequence[ProjectEntry]) -> tuple[Section, ...]:
        """What came before and after these rows in other plans; nothing where there is none."""
        found = [pair for entry in entries for pair in self._rows.get(entry.iri, ())]
        if not found:
            return ()
        t = site.t
        rows = [_row(site, which, told) for which, told in found]
        heads = ("col_what", "col_plan", "col_when", "col_how", "col_status", "col_lines")
        grid = Grid.of(t("continuations_title"), [t(head) for head in heads], rows)
        return (Section("tiep-noi", t("continuations_title"), (grid,), t("continuations_note")),)


def _row(site: Site, which: str, told: dict[str, Value]) -> tuple[Cell, ...]:
    """The other end: what it is, in which plan, before or after, and why it is taken to be the same undertaking."""
    thing, line = str(told[which]), told[f"{which}Line"]
    label = str(told[f"{which}Label"])
    link = site.link(thing) if site.address_of(thing) else None
    status = told["status"]
    return (
        link.with_text(label) if link else site.vietnamese(label),
        site.link(str(told[f"{which}Plan"])),
        Mark(site.t(f"goes_{which}")),
        Mark(coded(site, str(told["how"])), "good" if told["how"] == "same-project" else "unsure"),
        Mark(coded(site, str(status))) if status else NOTHING,
        site.lines_at(str(told[f"{which}File"]), line, line) if isinstance(line, int) else NOTHING,
    )
