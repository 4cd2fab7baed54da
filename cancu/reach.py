"""Traces downwards: from a document to the plans, projects and money that rest on it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib import import_module
from itertools import chain

from cancu.answer import Answer, Language
from cancu.graph import Graph
from cancu.paths import Hop, Node
from cancu.rows import Reached, Rows, added, by_line
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


@dataclass(frozen=True, slots=True, repr=False)
class Reach(Answer):
    """What rests on a document: what carries it out, each with the property and what it carries out; the projects, the nearest first."""

    document: Node
    carried_out_by: tuple[tuple[Node, str, Node], ...]
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

    def edges(self) -> Iterator[tuple[Node, Node, Mapping[str, Cell]]]:
        """What carries the document out, the projects of the plans, and those whose rows name the document."""
        for child, relation, parent in self.carried_out_by:
            yield child, parent, {"relation": relation}
        for reached in self.projects:
            known = {"amount": reached.amount, "lines": str(reached.lines)}
            yield reached.project, reached.plan, {"relation": "plannedIn", **known}
            if reached.way == "row":
                yield reached.project, self.document, {"relation": "rowBasis", **known}

    def drawn(self) -> str:
        """The money by year."""
        years = {str(year): {"": amount} for year, amount in self.by_year}
        svg: str = import_module("cancu.pictures").of_money(self.document.label, years)
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
    """What rests on a document, directly or through others, walked from it over `cancu.rows`.

    The queries document-projects, document-years and implementation-tree answer the same, from any endpoint.
    """
    rows = graph.rows
    found = _projects(rows, iri)
    return Reach(rows.node(iri), _tree(rows, iri), found, tuple(sorted(_years(rows, found).items())))


def _years(rows: Rows, found: tuple[Reached, ...]) -> dict[int, int]:
    """The money of the projects by year, each project once; of a plan that is there as a whole, as it was added up before."""
    counts = Counter(reached.plan.iri for reached in found)
    whole = {plan for plan, count in counts.items() if count == len(rows.by_plan[plan]) and not rows.joined[plan]}
    rest = dict.fromkeys(reached.project.iri for reached in found if reached.plan.iri not in whole)
    return added([*(rows.years_of_plan(plan) for plan in whole), *(rows.years(project) for project in rest)])


def _projects(rows: Rows, document: str) -> tuple[Reached, ...]:
    """The projects that rest on the document, plan by plan, the nearest first."""
    plans, named = _near(rows, document)
    groups: dict[tuple[int, str, str], list[Reached]] = defaultdict(list)
    aside: dict[str, set[str]] = defaultdict(set)  # projects that are nearer than their plan
    for (project, plan), (nearest, found) in named.items():
        place = next(place for place in rows.by_project[project] if place.plan == plan)
        reached = rows.reached(place, place.rows if plan in plans else found, _WAYS[nearest])
        groups[nearest, reached.province or "", plan].append(reached)
        aside[plan].add(project)
    whole: dict[tuple[int, str, str], tuple[Reached, ...]] = {}
    for plan, rank in plans.items():
        apart, every = aside.get(plan, ()), rows.of_plan(plan, _WAYS[rank])
        whole[rank, rows.province(plan) or "", plan] = tuple(one for one in every if one.project.iri not in apart) if apart else every
    ordered = [
        sorted((*groups[key], *whole.get(key, ())), key=by_line) if key in groups else whole[key] for key in sorted({*groups, *whole})
    ]
    return tuple(chain.from_iterable(ordered))


def _near(rows: Rows, document: str) -> tuple[dict[str, int], dict[tuple[str, str], tuple[int, list[str]]]]:
    """How near what rests on the document is to it: 0 it is the plan, 1 a row names it, 2 a plan rests on it, 3 through others.

    First the plans of which all rows rest on it; then, by project and plan, the rows that are nearer than their plan.
    """
    plans = {document: 0} if document in rows.by_plan else {}
    plans |= dict.fromkeys(rows.justified.get(document, ()), 2)
    ranks = dict.fromkeys(rows.naming.get(document, ()), 1)
    for basis in _resting(rows, document):
        through = rows.justified.get(basis, ()) if basis != document else ()
        for plan in (*through, *rows.enacted.get(basis, ())):
            plans.setdefault(plan, 3)
        # a project that rests on it does so with all its rows, in other plans too
        naming = rows.naming.get(basis, ()) if basis != document else ()
        projects = [place.project for row in naming for place in rows.by_row.get(row, ())]
        projects += [project for plan in through for project in rows.joined[plan]]
        for row in (row for project in projects for place in rows.by_project[project] for row in place.rows):
            ranks.setdefault(row, 3)
    named: dict[tuple[str, str], tuple[int, list[str]]] = {}
    for row, rank in ranks.items():
        for place in rows.by_row.get(row, ()):
            if rank < plans.get(place.plan, len(_WAYS)):
                nearest, found = named.get((place.project, place.plan), (rank, []))
                named[place.project, place.plan] = (min(nearest, rank), [*found, row])
    return plans, named


def _resting(rows: Rows, document: str) -> list[str]:
    """The document and all that rests on it."""
    seen, waiting = {document}, [document]
    for here in waiting:
        fresh = [child for child in rows.resting.get(here, ()) if child not in seen]
        seen.update(fresh)
        waiting += fresh
    return waiting


def _tree(rows: Rows, document: str) -> tuple[tuple[Node, str, Node], ...]:
    """What carries out the document, edge by edge, walked from it: as the query implementation-tree has it."""
    seen, waiting, found = {document}, [document], []
    for parent in waiting:
        for name, table in rows.carrying.items():
            for child in table.get(parent, ()):
                found.append((rows.node(child), name, rows.node(parent)))
                if child not in seen:
                    seen.add(child)
                    waiting.append(child)
    return tuple(sorted(found, key=lambda e: (e[2].label, e[2].iri, e[0].date or "", e[0].label, e[0].iri, e[1])))
