"""Traces downwards: from a document to the plans, projects and money that rest on it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, cast

from cancu.graph import Graph
from cancu.paths import Hop, Lines, Node, node
from cancu.table import Cell, Table
from cancu.trace import Language, say

if TYPE_CHECKING:
    import pandas as pd

_WAY_WORDS: Mapping[str, tuple[str, str]] = {
    "planned": ("nằm trong kế hoạch này", "planned in it"),
    "row": ("dòng của dự án nêu văn bản này", "named in the project's row"),
    "plan": ("văn bản này là căn cứ của kế hoạch", "a legal basis of the plan"),
    "through": ("qua văn bản khác", "through other documents"),
}

_CARRYING_OUT = ("implements", "details", "hasSubstantiveBasis")
_REACH_COLUMNS = "project projectLabel way plan planLabel planDate province amount start end leads systems file firstLine lastLine"


@dataclass(frozen=True, slots=True)
class Reached:
    """A project that rests on the document, in one plan. `amount` is in dong."""

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
class Reach:
    """What rests on a document: the documents that carry it out, edge by edge, and the projects, the most direct first."""

    document: Node
    edges: tuple[tuple[Node, str, Node], ...]
    projects: tuple[Reached, ...]
    by_year: tuple[tuple[int, int], ...]

    @property
    def plans(self) -> tuple[Node, ...]:
        """The plans of the projects, each once."""
        return tuple({reached.plan.iri: reached.plan for reached in self.projects}.values())

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

    def to_pandas(self) -> pd.DataFrame:
        """The table as a data frame."""
        return self.table().to_pandas()

    def to_dict(self) -> dict[str, Any]:
        """Everything, for JSON."""
        return {"kind": "reach"} | asdict(self)

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
        if self.edges:
            shown += ["", "Văn bản triển khai:" if vi else "Carried out by:"]
            shown += [f"  {say(Hop(child, relation, parent, None, None, None), language)}" for child, relation, parent in self.edges]
        for plan in self.plans:
            shown += ["", f"{plan.label}{f', {plan.date}' if plan.date else ''}"]
            shown += [_project_line(reached, vi) for reached in self.projects if reached.plan.iri == plan.iri]
        return "\n".join(shown)

    def __repr__(self) -> str:
        return self.text()


def _dong(amount: int) -> str:
    return f"{amount:,}".replace(",", ".")


def _project_line(reached: Reached, vi: bool) -> str:
    money = f"; {_dong(reached.amount)} {'đồng' if vi else 'dong'}" if reached.amount is not None else ""
    years = f"; {reached.start}-{reached.end}" if reached.start and reached.end else ""
    leads = f"; {'chủ trì' if vi else 'led by'}: {', '.join(reached.leads)}" if reached.leads else ""
    return f"  {reached.project.label}{money}{years}{leads}; {_WAY_WORDS[reached.way][not vi]} [{reached.lines}]"


def trace_document(graph: Graph, iri: str) -> Reach:
    """What rests on a document, directly or through others: by the queries document-projects and document-years."""
    edges = _tree(graph, iri)
    projects = tuple(_reached(row) for row in graph.query("document-projects", document=iri).records())
    years = graph.query("document-years", document=iri)
    by_year = tuple((cast(int, year), cast(int, amount)) for year, amount in zip(years.column("year"), years.column("amount"), strict=True))
    return Reach(node(graph, iri), edges, projects, by_year)


def _tree(graph: Graph, document: str) -> tuple[tuple[Node, str, Node], ...]:
    """What carries out the document, edge by edge, walked from it: as the query implementation-tree has it."""
    nodes: dict[str, Node] = {document: node(graph, document)}
    waiting, found = [document], []
    while waiting:
        parent = waiting.pop()
        children = [(name, child) for name in _CARRYING_OUT for child in graph.subjects(name, parent)]
        children += [(name, child) for name in ("approves", "promulgates") for child in graph.objects(parent, name)]
        for name, child in children:
            if child not in nodes:
                nodes[child] = node(graph, child)
                waiting.append(child)
            found.append((nodes[child], name, nodes[parent]))
    return tuple(sorted(found, key=lambda e: (e[2].label, e[2].iri, e[0].date or "", e[0].label, e[0].iri, e[1])))


def _node(row: Mapping[str, Cell], name: str) -> Node:
    dated = row.get(f"{name}Date")
    return Node(str(row[name]), str(row[f"{name}Label"]), None, str(dated) if dated else None)


def _reached(row: Mapping[str, Cell]) -> Reached:
    def number(name: str) -> int | None:
        return cast("int | None", row[name])

    lines = Lines(str(row["file"]), int(str(row["firstLine"])), int(str(row["lastLine"])))
    province = str(row["provinceLabel"]) if row["provinceLabel"] else None
    return Reached(
        _node(row, "project"), str(row["way"]), _node(row, "plan"), province, number("amount"), number("startYear"), number("endYear"),
        _split(row["leadAgencies"]), _split(row["systems"]), lines,
    )  # fmt: skip


def _split(value: Cell) -> tuple[str, ...]:
    parts: Iterable[str] = str(value).split("; ") if value else ()
    return tuple(sorted(parts))
