"""Traces downwards: from a document to the plans, projects and money that rest on it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from importlib import import_module
from typing import Any

from cancu.answer import Answer, Language
from cancu.figures import Place
from cancu.graph import Graph
from cancu.paths import Hop, Lines, Node, node
from cancu.resting import Group
from cancu.table import Cell, Table
from cancu.trace import say

_WAY_WORDS: Mapping[str, tuple[str, str]] = {
    "planned": ("nằm trong kế hoạch này", "planned in it"),
    "row": ("dòng của dự án nêu văn bản này", "named in the project's row"),
    "plan": ("văn bản này là căn cứ của kế hoạch", "a legal basis of the plan"),
    "through": ("qua văn bản khác", "through other documents"),
}

_WAYS = ("planned", "row", "plan", "through")
_REACH_COLUMNS = "project projectLabel way plan planLabel planDate province amount start end leads systems file firstLine lastLine"


@dataclass(frozen=True, slots=True)
class Reached:
    """A project that rests on a document, in one plan. `amount` is in dong."""

    project: Node
    way: str
    plan: Node
    province: str | None
    amount: int | None
    start: int | None
    end: int | None
    leads: tuple[str, ...]
    systems: tuple[str, ...]
    lines: Lines


@dataclass(frozen=True, slots=True, repr=False)
class Reach(Answer):
    """What rests on a document: what carries it out, each with the property and what it carries out; the money; the projects."""

    document: Node
    carried_out_by: tuple[tuple[Node, str, Node], ...]
    by_year: tuple[tuple[int, int], ...]
    groups: tuple[Group, ...] = field(repr=False)

    @property
    def projects(self) -> tuple[Reached, ...]:
        """The projects, plan by plan, the nearest first. They are read when they are asked for: there may be thousands."""
        return tuple(_reached(group, place) for group in self.groups for place in group.places)

    @property
    def plans(self) -> tuple[Node, ...]:
        """The plans of the projects, each once."""
        return tuple({group.plan.iri: group.plan for group in self.groups}.values())

    @property
    def amount(self) -> int:
        """The money of all projects, each once, in dong; rows without money count nothing."""
        largest: dict[str, int] = {}
        for reached in self.projects:
            largest[reached.project.iri] = max(largest.get(reached.project.iri, 0), reached.amount or 0)
        return sum(largest.values())

    def table(self) -> Table:
        """One row a project and plan."""
        rows = tuple(
            (r.project.iri, r.project.label, r.way, r.plan.iri, r.plan.label, r.plan.date, r.province, r.amount, r.start, r.end,
             "; ".join(r.leads), "; ".join(r.systems), r.lines.file, r.lines.first, r.lines.last)
            for r in self.projects
        )  # fmt: skip
        return Table(tuple(_REACH_COLUMNS.split()), rows)

    def edges(self) -> Iterator[tuple[Node, Node, Mapping[str, Cell]]]:
        """What carries the document out, the projects of the plans, and those whose rows name the document."""
        for child, relation, parent in self.carried_out_by:
            yield child, parent, {"relation": relation}
        for reached in self.projects:
            known = {"amount": reached.amount, "lines": str(reached.lines)}
            yield reached.project, reached.plan, {"relation": "plannedIn", **known}
            if reached.way == "row":
                yield reached.project, self.document, {"relation": "rowBasis", **known}

    def to_dict(self) -> dict[str, Any]:
        """Everything, for JSON."""
        told = Answer.to_dict(self)
        del told["groups"]
        return told | {"projects": [asdict(reached) for reached in self.projects]}

    def drawn(self) -> str:
        """The money by year."""
        years = {str(year): amount for year, amount in self.by_year}
        svg: str = import_module("cancu.pictures").of_money(self.document.label, [("", years)])
        return svg

    def text(self, language: Language = "vi") -> str:
        """The reach as plain text: documents, then projects by plan."""
        vi = language == "vi"
        shown = [f"{self.document.label}{f' ({self.document.date})' if self.document.date else ''}"]
        shown += [self.document.title] if self.document.title else []
        projects = len({reached.project.iri for reached in self.projects})
        shown.append(
            f"{projects} dự án trong {len(self.plans)} kế hoạch, {_dong(self.amount)} đồng"
            if vi
            else f"{projects} projects in {len(self.plans)} plans, {_dong(self.amount)} dong"
        )
        shown += [f"  {year}: {_dong(amount)}" for year, amount in self.by_year]
        if self.carried_out_by:
            shown += ["", "Văn bản triển khai:" if vi else "Carried out by:"]
            shown += [
                f"  {say(Hop(child, relation, parent, None, None, None), language)}" for child, relation, parent in self.carried_out_by
            ]
        for plan in self.plans:
            shown += ["", f"{plan.label}{f', {plan.date}' if plan.date else ''}"]
            shown += [_project_line(reached, vi) for reached in self.projects if reached.plan.iri == plan.iri]
        return "\n".join(shown)


def _dong(amount: int) -> str:
    return f"{amount:,}".replace(",", ".")


def _project_line(reached: Reached, vi: bool) -> str:
    money = f"; {_dong(reached.amount)} {'đồng' if vi else 'dong'}" if reached.amount is not None else ""
    years = f"; {reached.start}-{reached.end}" if reached.start and reached.end else ""
    leads = f"; {'chủ trì' if vi else 'led by'}: {', '.join(reached.leads)}" if reached.leads else ""
    return f"  {reached.project.label}{money}{years}{leads}; {_WAY_WORDS[reached.way][not vi]} [{reached.lines}]"


def trace_document(graph: Graph, iri: str) -> Reach:
    """What rests on a document, directly or through others, asked of the graph's `cancu.rows`.

    The queries document-projects, document-years and implementation-tree answer the same, from any endpoint.
    """
    found = graph.rows.below(iri)
    if found is None:
        return Reach(node(graph, iri), (), (), ())
    carried = sorted(found.carried, key=lambda e: (e[2].label, e[2].iri, e[0].date or "", e[0].label, e[0].iri, e[1]))
    return Reach(found.document, tuple(carried), found.years, found.groups)


def _reached(group: Group, place: Place) -> Reached:
    return Reached(
        Node(place.project, place.label), _WAYS[group.rank], group.plan, group.province, place.amount, place.start, place.end,
        place.leads, place.systems, Lines(place.file, place.first, place.last),
    )  # fmt: skip
