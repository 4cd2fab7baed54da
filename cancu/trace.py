"""Traces: from a project up to every document it rests on, and from a document down to what it justified."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Literal, cast

from cancu.graph import Graph
from cancu.paths import Hop, Hops, InForce, Lines, Node, in_force, neighbourhood, node, rank, simple_paths
from cancu.table import Cell, Table

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Hop", "InForce", "Lines", "Node", "Path", "Reach", "Reached", "Trace", "rank", "trace_document", "trace_project"]

Way = Literal["row", "plan", "decision", "through", "procedure", "competence"]
Language = Literal["vi", "en"]

_WAYS: tuple[Way, ...] = ("row", "plan", "decision", "through", "procedure", "competence")
_WAY_OF_PLAN: Mapping[str, Way] = {
    "promulgates": "decision",
    "approves": "decision",
    "hasProceduralBasis": "procedure",
    "hasCompetenceBasis": "competence",
}
_HOPS: Mapping[str, tuple[str, str]] = {
    "rowBasis": ("nêu ngay ở dòng của dự án", "named in the project's row"),
    "plannedIn": ("nằm trong {object}", "planned in {object}"),
    "hasSubstantiveBasis": ("căn cứ nội dung{nth_vi} của {subject}", "legal basis of {subject}{nth_en}"),
    "hasLegalBasis": ("căn cứ{nth_vi} của {subject}", "legal basis of {subject}{nth_en}, its function not stated"),
    "hasProceduralBasis": ("căn cứ thủ tục{nth_vi} của {subject}", "procedural basis of {subject}{nth_en}"),
    "hasCompetenceBasis": ("căn cứ thẩm quyền{nth_vi} của {subject}", "basis of the competence to issue {subject}{nth_en}"),
    "implements": ("{subject} triển khai văn bản này", "{subject} implements it"),
    "details": ("{subject} quy định chi tiết văn bản này", "{subject} details it"),
    "promulgates": ("ban hành {subject}", "promulgates {subject}"),
    "approves": ("phê duyệt {subject}", "approves {subject}"),
}
_ANSWERS = {"yes": ("có", "yes"), "no": ("không", "no"), "unknown": ("chưa rõ", "unknown")}
_WAY_WORDS: Mapping[str, tuple[str, str]] = {
    "planned": ("nằm trong kế hoạch này", "planned in it"),
    "row": ("dòng của dự án nêu văn bản này", "named in the project's row"),
    "plan": ("văn bản này là căn cứ của kế hoạch", "a legal basis of the plan"),
    "through": ("qua văn bản khác", "through other documents"),
}

_TRACE_COLUMNS = "document documentLabel dateIssued way steps wordsVi wordsEn inForce reasonVi reasonEn file firstLine lastLine"

_REACH_COLUMNS = "project projectLabel way plan planLabel planDate province amount start end leads systems file firstLine lastLine"


def say(hop: Hop, language: Language = "vi") -> str:
    """A hop in words: 'legal basis of Kế hoạch 391/KH-UBND, no. 5'."""
    vi, en = _HOPS[hop.relation]
    nth_vi, nth_en = (f" thứ {hop.order}", f", no. {hop.order}") if hop.order else ("", "")
    return (vi if language == "vi" else en).format(subject=hop.subject.label, object=hop.object.label, nth_vi=nth_vi, nth_en=nth_en)


@dataclass(frozen=True, slots=True)
class Path:
    """One way from the project to a document. `hops` begin at the project; `in_force` is as of the day the plan was signed."""

    document: Node
    way: Way
    hops: tuple[Hop, ...]
    in_force: InForce

    def words(self, language: Language = "vi") -> str:
        """The path explained, from the document back to the plan."""
        told = [hop for hop in reversed(self.hops) if hop.relation != "plannedIn"]
        return "; ".join(say(hop, language) for hop in told)

    @property
    def lines(self) -> Lines | None:
        """The lines of the last hop, the one that names the document."""
        return self.hops[-1].lines


@dataclass(frozen=True, slots=True)
class Trace:
    """A project and its paths, best first: by its row, by its plan's substance, by what those rest on, by procedure; then the shorter."""

    project: Node
    plans: tuple[Node, ...]
    paths: tuple[Path, ...]

    @property
    def documents(self) -> tuple[Node, ...]:
        """The documents reached, each once, in the order of their best paths."""
        return tuple({path.document.iri: path.document for path in self.paths}.values())

    def table(self) -> Table:
        """One row a path."""
        rows = []
        for path in self.paths:
            force = path.in_force
            where: tuple[Cell, ...] = (path.lines.file, path.lines.first, path.lines.last) if path.lines else (None, None, None)
            head = (
                path.document.iri,
                path.document.label,
                path.document.date,
                path.way,
                len(path.hops),
                path.words("vi"),
                path.words("en"),
            )
            rows.append((*head, force.answer, force.vi, force.en, *where))
        return Table(tuple(_TRACE_COLUMNS.split()), tuple(rows))

    def to_pandas(self) -> pd.DataFrame:
        """The table as a data frame."""
        return self.table().to_pandas()

    def to_dict(self) -> dict[str, Any]:
        """Everything, for JSON."""
        return {"kind": "trace"} | asdict(self)

    def text(self, language: Language = "vi") -> str:
        """The trace as plain text: each document with its best path, evidence and validity, and what else leads to it."""
        vi = language == "vi"
        shown = [f"{'Dự án' if vi else 'Project'}: {self.project.label}"]
        shown += [f"{'Kế hoạch' if vi else 'Plan'}: {plan.label}{f', {plan.date}' if plan.date else ''}" for plan in self.plans]
        if not self.paths:
            shown.append("Không có văn bản nào được nêu làm căn cứ." if vi else "No document is stated as a basis.")
        for number, document in enumerate(self.documents, 1):
            ways = [path for path in self.paths if path.document.iri == document.iri]
            best, further = ways[0], ways[1:]
            title = f": {document.title}" if document.title and document.title not in document.label else ""
            dated = f" ({document.date})" if document.date else ""
            shown += ["", f"{number}. {document.label}{dated}{title}"]
            shown += [f"   {say(hop, language)}{_where(hop, vi)}" for hop in reversed(best.hops) if hop.relation != "plannedIn"]
            answer, force = _ANSWERS[best.in_force.answer][not vi], best.in_force
            on = f"{force.on}: " if force.on else ""
            shown.append(f"   {'hiệu lực' if vi else 'in force'} {on}{answer} ({force.vi if vi else force.en})")
            if via := dict.fromkeys(path.hops[-1].subject.label for path in further if path.hops[-1].subject != best.hops[-1].subject):
                shown.append(f"   {'cũng qua' if vi else 'also through'}: {'; '.join(via)}")
        return "\n".join(shown)

    def __str__(self) -> str:
        return self.text()


def _where(hop: Hop, vi: bool) -> str:
    if hop.lines:
        return f" [{hop.lines}]"
    return f" [{'sổ đăng ký' if vi else 'registry'}: {hop.source}]" if hop.source else ""


def trace_project(graph: Graph, iri: str, *, competence: bool = False) -> Trace:
    """The ranked paths from a project to the documents it rests on; see `Graph.trace`."""
    found, make = neighbourhood(graph, iri, competence=competence), Hops(graph)
    plans = tuple(make.node(plan) for plan in graph.objects(iri, "plannedIn"))
    dates = {plan.iri: plan.date for plan in plans}
    hops = {(here, there): make.hop(here, data["relation"], there, data.get("entry")) for here, there, data in found.edges(data=True)}
    forces: dict[tuple[str, str | None], InForce] = {}
    paths = []
    for nodes in simple_paths(found, iri):
        steps = tuple(hops[pair] for pair in pairwise(nodes))
        plan = nodes[1] if nodes[1] in dates else _plan_of_row(graph, found.edges[iri, nodes[1]].get("entry"), plans)
        key = (nodes[-1], dates.get(plan) if plan else None)
        if key not in forces:
            forces[key] = in_force(graph, *key)
        paths.append(Path(make.node(nodes[-1]), _way(steps), steps, forces[key]))
    return Trace(make.node(iri), plans, tuple(sorted(paths, key=_rank)))


def _plan_of_row(graph: Graph, entry: str | None, plans: tuple[Node, ...]) -> str | None:
    named = graph.objects(entry, "inPlan") if entry else ()
    return next((plan.iri for plan in plans if plan.iri in named), None)


def _way(hops: tuple[Hop, ...]) -> Way:
    if hops[0].relation == "rowBasis":
        return "row" if len(hops) == 1 else "through"
    way = _WAY_OF_PLAN.get(hops[1].relation, "plan")
    return "through" if len(hops) > 2 and way in ("plan", "decision") else way


def _rank(path: Path) -> tuple[int, int, tuple[int, ...], str, tuple[str, ...]]:
    orders = tuple(hop.order or 9_999 for hop in path.hops)
    return _WAYS.index(path.way), len(path.hops), orders, path.document.label, tuple(hop.object.iri for hop in path.hops)


# ---------------------------------------------------------------- from a document


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


@dataclass(frozen=True, slots=True)
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

    def __str__(self) -> str:
        return self.text()


def _dong(amount: int) -> str:
    return f"{amount:,}".replace(",", ".")


def _project_line(reached: Reached, vi: bool) -> str:
    money = f"; {_dong(reached.amount)} {'đồng' if vi else 'dong'}" if reached.amount is not None else ""
    years = f"; {reached.start}-{reached.end}" if reached.start and reached.end else ""
    leads = f"; {'chủ trì' if vi else 'led by'}: {', '.join(reached.leads)}" if reached.leads else ""
    return f"  {reached.project.label}{money}{years}{leads}; {_WAY_WORDS[reached.way][not vi]} [{reached.lines}]"


def trace_document(graph: Graph, iri: str) -> Reach:
    """What rests on a document, directly or through others: by the queries document-projects, document-years and implementation-tree."""
    tree = graph.query("implementation-tree", document=iri).records()
    edges = tuple((_node(row, "child"), str(row["relation"]).rsplit("#", 1)[-1], _node(row, "parent")) for row in tree)
    projects = tuple(_reached(row) for row in graph.query("document-projects", document=iri).records())
    years = graph.query("document-years", document=iri)
    by_year = tuple((cast(int, year), cast(int, amount)) for year, amount in zip(years.column("year"), years.column("amount"), strict=True))
    return Reach(node(graph, iri), edges, projects, by_year)


def _node(row: Mapping[str, Cell], name: str) -> Node:
    dated = row.get(f"{name}Date") or (row.get("dateIssued") if name == "child" else None)
    title = row.get(f"{name}Title")
    return Node(str(row[name]), str(row[f"{name}Label"]), str(title) if title else None, str(dated) if dated else None)


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
