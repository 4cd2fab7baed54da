"""Traces downwards: from a document to the plans, projects and money that rest on it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from cancu.graph import Graph
from cancu.paths import Hop, Lines, Node, lines_of, node
from cancu.table import Table
from cancu.trace import Language, say

if TYPE_CHECKING:
    import pandas as pd

_WAY_WORDS: Mapping[str, tuple[str, str]] = {
    "planned": ("nằm trong kế hoạch này", "planned in it"),
    "row": ("dòng của dự án nêu văn bản này", "named in the project's row"),
    "plan": ("văn bản này là căn cứ của kế hoạch", "a legal basis of the plan"),
    "through": ("qua văn bản khác", "through other documents"),
}

_WAYS = ("planned", "row", "plan", "through")
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
    """What rests on a document, directly or through others, walked from it.

    The queries document-projects, document-years and implementation-tree answer the same, from any endpoint.
    """
    walk = _Walk(graph)
    ranks = walk.entries(iri)
    by_project: dict[tuple[str, str], list[str]] = defaultdict(list)
    for entry in ranks:
        for project in graph.objects(entry, "entryOf"):
            for plan in graph.objects(entry, "inPlan"):
                by_project[project, plan].append(entry)
    found = [
        (min(ranks[entry] for entry in rows), walk.reached(project, plan, rows, ranks)) for (project, plan), rows in by_project.items()
    ]
    found.sort(key=lambda item: (item[0], item[1].province or "", item[1].plan.iri, item[1].lines.first, item[1].project.iri))
    years = walk.years({project for project, _ in by_project})
    return Reach(node(graph, iri), _tree(graph, iri), tuple(reached for _, reached in found), tuple(sorted(years.items())))


class _Walk:
    """Walks from a document to the rows that rest on it. Names of plans, agencies and systems are read once."""

    def __init__(self, graph: Graph) -> None:
        self._graph = graph
        self._plans: dict[str, tuple[Node, str | None]] = {}
        self._labels: dict[str, str] = {}

    def entries(self, document: str) -> dict[str, int]:
        """The rows that rest on a document, and how near: 0 they stand in it, 1 they name it, 2 their plan does, 3 through others."""
        found: dict[str, int] = {}

        def add(entries: Iterable[str], rank: int) -> None:
            for entry in entries:
                found[entry] = min(rank, found.get(entry, rank))

        add(self._of_plan(document), 0)
        add(self._graph.subjects("rowBasis", document), 1)
        for name in ("hasSubstantiveBasis", "implements"):
            for plan in self._graph.subjects(name, document):
                add(self._of_plan(plan), 2)
        for basis in self._resting(document):
            if basis != document:
                for project in self._graph.subjects("justifiedBy", basis):
                    add(self._graph.objects(project, "hasEntry"), 3)
            for name in ("approves", "promulgates"):
                for plan in self._graph.objects(basis, name):
                    add(self._of_plan(plan), 3)
        return {entry: rank for entry, rank in found.items() if self._graph.objects(entry, "entryOf")}

    def _of_plan(self, plan: str) -> Iterator[str]:
        for project in self._graph.subjects("plannedIn", plan):
            for entry in self._graph.objects(project, "hasEntry"):
                if plan in self._graph.objects(entry, "inPlan"):
                    yield entry

    def _resting(self, document: str) -> set[str]:
        """The document and all that rests on it."""
        seen, waiting = {document}, [document]
        while waiting:
            here = waiting.pop()
            below = [child for name in ("implements", "details", "hasLegalBasis") for child in self._graph.subjects(name, here)]
            below += self._graph.objects(here, "approves", "promulgates")
            waiting += [child for child in dict.fromkeys(below) if child not in seen]
            seen.update(below)
        return seen

    def reached(self, project: str, plan: str, rows: list[str], ranks: Mapping[str, int]) -> Reached:
        """A project in a plan, by those of its rows that rest on the document."""
        graph = self._graph
        if plan not in self._plans:
            province = graph.value(plan, "jurisdiction")
            self._plans[plan] = (node(graph, plan), graph.value(province, "rdfs:label") if province else None)
        shown, province_label = self._plans[plan]
        numbers = {name: [int(text) for row in rows if (text := graph.value(row, name))] for name in ("periodStart", "periodEnd")}
        lines = min((place for row in rows if (place := lines_of(graph, row))), key=lambda place: place.first, default=None)
        return Reached(
            Node(project, graph.value(project, "rdfs:label") or project), _WAYS[min(ranks[row] for row in rows)], shown, province_label,
            max((amount for row in rows if (amount := self._amount(row)) is not None), default=None),
            min(numbers["periodStart"], default=None), max(numbers["periodEnd"], default=None),
            self._named(rows, "leadAgency"), self._named(rows, "concernsSystem"), lines or Lines("", 0, 0),
        )  # fmt: skip

    def _amount(self, entry: str) -> int | None:
        """A row's money: its total, else the largest sum of one breakdown."""
        total = self._graph.value(entry, "totalAmount")
        if total is not None:
            return int(total)
        sums: dict[str, int] = defaultdict(int)
        for part in self._graph.objects(entry, "hasAllocation"):
            amount, breakdown = self._graph.value(part, "amount"), self._graph.value(part, "breakdown")
            if amount and breakdown:
                sums[breakdown] += int(amount)
        return max(sums.values(), default=None)

    def years(self, projects: Iterable[str]) -> dict[int, int]:
        """The money of the projects by year, of each project the row with the most."""
        total: dict[int, int] = defaultdict(int)
        for project in projects:
            largest: dict[int, int] = {}
            for entry in self._graph.objects(project, "hasEntry"):
                sums: dict[int, int] = defaultdict(int)
                for part in self._graph.objects(entry, "hasAllocation"):
                    year, amount = self._graph.value(part, "year"), self._graph.value(part, "amount")
                    if year and amount and (self._graph.value(part, "breakdown") or "").endswith("/by-year"):
                        sums[int(year)] += int(amount)
                for year_, amount_ in sums.items():
                    largest[year_] = max(largest.get(year_, 0), amount_)
            for year_, amount_ in largest.items():
                total[year_] += amount_
        return total

    def _named(self, rows: Iterable[str], name: str) -> tuple[str, ...]:
        found = {thing for row in rows for thing in self._graph.objects(row, name)}
        for thing in found - self._labels.keys():
            self._labels[thing] = self._graph.value(thing, "rdfs:label") or thing
        return tuple(sorted({self._labels[thing] for thing in found}))


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
