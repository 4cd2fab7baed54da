"""Traces upwards: from a project or a plan to every document it rests on, or to one of them by all ways."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from importlib import import_module
from itertools import pairwise, product
from typing import TYPE_CHECKING, Literal

from cancu.answer import Answer, Language
from cancu.graph import Graph
from cancu.paths import Hop, Hops, InForce, Lines, Node, neighbourhood, simple_paths
from cancu.table import Cell, Table

if TYPE_CHECKING:
    import networkx as nx

__all__ = ["Hop", "InForce", "Lines", "Node", "Path", "Trace", "Ways", "trace_between", "trace_project"]

Way = Literal["row", "plan", "decision", "through", "procedure", "competence"]

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
    "plans": ("dự án {object} nằm trong {subject}", "{object} is a project of {subject}"),
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
_WAY_TITLES: Mapping[Way, tuple[str, str]] = {
    "row": ("nêu ở dòng của dự án", "named in a project's row"),
    "plan": ("căn cứ của kế hoạch", "a basis of the plan"),
    "decision": ("quyết định ban hành hoặc phê duyệt", "the decision that promulgates or approves"),
    "through": ("qua văn bản khác", "through other documents"),
    "procedure": ("căn cứ thủ tục", "a procedural basis"),
    "competence": ("căn cứ thẩm quyền", "a basis of competence"),
}

_TRACE_COLUMNS = "document documentLabel dateIssued way steps wordsVi wordsEn inForce reasonVi reasonEn file firstLine lastLine"


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


class _Paths(Answer):
    """An answer that is a list of paths."""

    __slots__ = ()
    paths: tuple[Path, ...]

    def table(self) -> Table:
        """One row a path."""
        return Table(tuple(_TRACE_COLUMNS.split()), tuple(_cells(path) for path in self.paths))

    def edges(self) -> Iterator[tuple[Node, Node, Mapping[str, Cell]]]:
        """The hops, with relation, order and lines."""
        for hop in dict.fromkeys(hop for path in self.paths for hop in path.hops):
            known = {"relation": hop.relation, "order": hop.order, "lines": str(hop.lines) if hop.lines else None}
            yield hop.subject, hop.object, known


@dataclass(frozen=True, slots=True, repr=False)
class Trace(_Paths):
    """A project (or a document) and its paths, best first.

    By the project's row, by its plan's substance, by what those rest on, by procedure; then the shorter.
    """

    project: Node
    plans: tuple[Node, ...]
    paths: tuple[Path, ...]

    @property
    def documents(self) -> tuple[Node, ...]:
        """The documents reached, each once, in the order of their best paths."""
        return tuple({path.document.iri: path.document for path in self.paths}.values())

    def drawn(self) -> str:
        """The best path to each of the first documents."""
        return _svg(self.project, self.paths)

    def text(self, language: Language = "vi") -> str:
        """The trace as plain text: each document with its best path, evidence and validity, and what else leads to it."""
        vi = language == "vi"
        shown = [_start(self.project, bool(self.plans), vi)]
        shown += [f"{'Kế hoạch' if vi else 'Plan'}: {plan.label}{f', {plan.date}' if plan.date else ''}" for plan in self.plans]
        if not self.paths:
            shown.append("Không có văn bản nào được nêu làm căn cứ." if vi else "No document is stated as a basis.")
        for number, document in enumerate(self.documents, 1):
            ways = [path for path in self.paths if path.document.iri == document.iri]
            best, further = ways[0], ways[1:]
            shown += ["", f"{number}. {_named(document)}", *_told(best, vi), f"   {_force_words(best.in_force, vi)}"]
            if via := dict.fromkeys(path.hops[-1].subject.label for path in further if path.hops[-1].subject != best.hops[-1].subject):
                shown.append(f"   {'cũng qua' if vi else 'also through'}: {'; '.join(via)}")
        return "\n".join(shown)


@dataclass(frozen=True, slots=True, repr=False)
class Ways(_Paths):
    """All the ways in which a document justifies a project or a plan, best first; none where nothing stated leads there."""

    start: Node
    document: Node
    paths: tuple[Path, ...]

    def drawn(self) -> str:
        """The best path."""
        return _svg(self.start, self.paths)

    def text(self, language: Language = "vi") -> str:
        """Each path as plain text, from the document back to the start, with the evidence of each hop."""
        vi = language == "vi"
        shown = [f"{self.start.label} → {_named(self.document)}"]
        if not self.paths:
            return f"{shown[0]}\n{'Không có đường nào được nêu.' if vi else 'Nothing stated leads there.'}"
        shown.append(_force_words(self.paths[0].in_force, vi))
        for number, path in enumerate(self.paths, 1):
            shown += ["", f"{number}. {_WAY_TITLES[path.way][not vi]}", *_told(path, vi)]
        return "\n".join(shown)


def _svg(start: Node, paths: tuple[Path, ...]) -> str:
    svg: str = import_module("cancu.pictures").of_paths(start, paths) if paths else ""
    return svg


def _cells(path: Path) -> tuple[Cell, ...]:
    force, lines = path.in_force, path.lines
    where: tuple[Cell, ...] = (lines.file, lines.first, lines.last) if lines else (None, None, None)
    head = (path.document.iri, path.document.label, path.document.date, path.way, len(path.hops), path.words("vi"), path.words("en"))
    return (*head, force.answer, force.vi, force.en, *where)


def _start(start: Node, project: bool, vi: bool) -> str:
    kind = ("Dự án", "Project") if project else ("Văn bản", "Document")
    return f"{kind[not vi]}: {start.label}"


def _named(document: Node) -> str:
    title = f": {document.title}" if document.title and document.title not in document.label else ""
    return f"{document.label}{f' ({document.date})' if document.date else ''}{title}"


def _told(path: Path, vi: bool) -> list[str]:
    told = [hop for hop in reversed(path.hops) if hop.relation != "plannedIn"]
    return [f"   {say(hop, 'vi' if vi else 'en')}{_where(hop, vi)}" for hop in told]


def _force_words(force: InForce, vi: bool) -> str:
    on = f"{force.on}: " if force.on else ""
    return f"{'hiệu lực' if vi else 'in force'} {on}{_ANSWERS[force.answer][not vi]} ({force.vi if vi else force.en})"


def _where(hop: Hop, vi: bool) -> str:
    if hop.lines:
        return f" [{hop.lines}]"
    return f" [{'sổ đăng ký' if vi else 'registry'}: {hop.source}]" if hop.source else ""


def trace_project(graph: Graph, iri: str, *, competence: bool = False) -> Trace:
    """The ranked paths from a project, or from a document itself, to the documents it rests on; see `Graph.trace`."""
    found, known = neighbourhood(graph, iri, competence=competence)
    make = Hops(graph, known)
    plans = tuple(make.node(plan) for plan in graph.objects(iri, "plannedIn"))
    return Trace(make.node(iri), plans, _paths(graph, found, make, iri, simple_paths(found, iri), every=False))


def trace_between(graph: Graph, start: str, document: str) -> Ways:
    """All the ways from a project, a plan or another document to a document; of two relations between the same two each counts."""
    found, known = neighbourhood(graph, start, competence=True, rows=True)
    make = Hops(graph, known)
    nodes = simple_paths(found, start, document) if document in found else []
    return Ways(make.node(start), make.node(document), _paths(graph, found, make, start, nodes, every=True))


def _paths(graph: Graph, found: nx.DiGraph[str], make: Hops, start: str, chosen: Iterable[list[str]], *, every: bool) -> tuple[Path, ...]:
    """The chosen paths, ranked; with `every`, one for each choice of relations along the way, else by the most telling alone."""
    plans = {plan: graph.value(plan, "dateIssued") for plan in graph.objects(start, "plannedIn") or (start,)}
    hops: dict[tuple[str, str], tuple[Hop, ...]] = {}
    for here, there, data in found.edges(data=True):
        relations = data["relations"] if every else data["relations"][:1]
        hops[here, there] = tuple(make.hop(here, relation, there, data.get("entry")) for relation in relations)
    forces: dict[tuple[str, str | None], InForce] = {}
    paths: list[Path] = []
    for nodes in chosen:
        plan = next((known for known in (start, nodes[1]) if known in plans), None) or _plan_of_row(graph, found, nodes, plans)
        key = (nodes[-1], plans.get(plan) if plan else None)
        if key not in forces:
            forces[key] = make.in_force(*key)
        choices = product(*(hops[pair] for pair in pairwise(nodes)))
        paths += [Path(make.node(nodes[-1]), _way(steps), steps, forces[key]) for steps in choices]
    return tuple(sorted(paths, key=_rank))


def _plan_of_row(graph: Graph, found: nx.DiGraph[str], nodes: list[str], plans: Iterable[str]) -> str | None:
    entry = found.edges[nodes[0], nodes[1]].get("entry")
    named = graph.objects(entry, "inPlan") if entry else ()
    return next((plan for plan in plans if plan in named), None)


def _way(hops: tuple[Hop, ...]) -> Way:
    steps = [hop for hop in hops if hop.relation not in ("plannedIn", "plans")]
    if not steps:  # the plan itself
        return "plan"
    if steps[0].relation == "rowBasis":
        return "row" if len(steps) == 1 else "through"
    way = _WAY_OF_PLAN.get(steps[0].relation, "plan")
    return "through" if len(steps) > 1 and way in ("plan", "decision") else way


def _rank(path: Path) -> tuple[int, int, tuple[int, ...], str, tuple[str, ...]]:
    orders = tuple(hop.order or 9_999 for hop in path.hops)
    return _WAYS.index(path.way), len(path.hops), orders, path.document.label, tuple(hop.object.iri for hop in path.hops)
