"""Two plans side by side: which bases were kept, dropped and added, which targets moved, which projects go on."""

from __future__ import annotations

import difflib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import product
from typing import Literal

from cancu.answer import Answer, Language
from cancu.graph import Graph
from cancu.iris import slug, term
from cancu.paths import Hops, Lines, Node, lines_of, node
from cancu.table import Cell, Table

_BASES = ("hasSubstantiveBasis", "implements", "hasProceduralBasis", "hasCompetenceBasis", "hasLegalBasis")
_TARGET = term("Target")
_ALIKE = 0.8  # two indicators are one where this share of their letters agrees, in order
_COLUMNS = "what change label earlier later earlierFile earlierLine laterFile laterLine"


@dataclass(frozen=True, slots=True)
class Basis:
    """A document that one of the plans, or both, rests on directly, and where each says so."""

    document: Node
    earlier: Lines | None
    later: Lines | None


@dataclass(frozen=True, slots=True)
class Goal:
    """A target of one plan: its words, and the value in words: '>= 95 %, 2020'."""

    iri: str
    indicator: str
    value: str
    lines: Lines | None


@dataclass(frozen=True, slots=True)
class Moved:
    """One indicator in both plans. The value may be the same."""

    earlier: Goal
    later: Goal

    @property
    def same(self) -> bool:
        """Whether value, unit and year are as they were."""
        return self.earlier.value == self.later.value


@dataclass(frozen=True, slots=True)
class Continued:
    """Rows of the two plans that speak of one undertaking. `how`: joined (stated by the registry), or same-title (a candidate)."""

    earlier: Node
    later: Node
    how: Literal["joined", "same-title"]
    earlier_lines: Lines | None
    later_lines: Lines | None


@dataclass(frozen=True, slots=True, repr=False)
class Comparison(Answer):
    """What two plans have in common, and what changed from the earlier to the later; `without_rows` are those that have no projects."""

    earlier: Node
    later: Node
    kept: tuple[Basis, ...]
    dropped: tuple[Basis, ...]
    added: tuple[Basis, ...]
    targets: tuple[Moved, ...]
    projects: tuple[Continued, ...]
    without_rows: tuple[Node, ...]

    def table(self) -> Table:
        """One row a basis, a target in both, or a project in both."""
        rows: list[tuple[str | int | None, ...]] = []
        for change, bases in (("kept", self.kept), ("dropped", self.dropped), ("added", self.added)):
            rows += [("basis", change, one.document.label, None, None, *_at(one.earlier), *_at(one.later)) for one in bases]
        for moved in self.targets:
            values = (moved.earlier.value, moved.later.value)
            where = (*_at(moved.earlier.lines), *_at(moved.later.lines))
            rows.append(("target", "same" if moved.same else "moved", moved.later.indicator, *values, *where))
        for one in self.projects:
            rows.append(("project", one.how, one.later.label, None, None, *_at(one.earlier_lines), *_at(one.later_lines)))
        return Table(tuple(_COLUMNS.split()), tuple(rows))

    def edges(self) -> Iterator[tuple[Node, Node, Mapping[str, Cell]]]:
        """From each plan to its bases, and from each project that goes on to the one that it goes on from."""
        for basis in (*self.kept, *self.dropped, *self.added):
            for plan, lines in ((self.earlier, basis.earlier), (self.later, basis.later)):
                if lines or basis in (self.dropped if plan == self.earlier else self.added):
                    yield plan, basis.document, {"relation": "hasLegalBasis", "lines": str(lines) if lines else None}
        for one in self.projects:
            for project, plan, lines in ((one.earlier, self.earlier, one.earlier_lines), (one.later, self.later, one.later_lines)):
                yield project, plan, {"relation": "plannedIn", "lines": str(lines) if lines else None}
            if one.earlier != one.later:
                yield one.later, one.earlier, {"relation": one.how}

    def text(self, language: Language = "vi") -> str:
        """The comparison as plain text."""
        vi = language == "vi"
        shown = [f"{self.earlier.label} → {self.later.label}"]
        bases = (
            ("Căn cứ giữ lại" if vi else "Bases kept", self.kept),
            ("Căn cứ bỏ đi" if vi else "Bases dropped", self.dropped),
            ("Căn cứ thêm vào" if vi else "Bases added", self.added),
        )
        for title, found in bases:
            shown += ["", f"{title}: {len(found)}"]
            shown += [f"  {one.document.label}{_places(one.earlier, one.later)}" for one in found]
        shown += ["", f"{'Chỉ tiêu có ở cả hai' if vi else 'Targets in both'}: {len(self.targets)}"]
        for moved in self.targets:
            value = moved.later.value if moved.same else f"{moved.earlier.value} → {moved.later.value}"
            shown.append(f"  {moved.later.indicator}: {value}{_places(moved.earlier.lines, moved.later.lines)}")
        shown += ["", f"{'Dự án tiếp nối' if vi else 'Projects continued'}: {len(self.projects)}"]
        rowless = "{} không có dòng dự án nào để so" if vi else "{} has no project rows to set beside others"
        shown += [f"  {rowless.format(plan.label)}" for plan in self.without_rows]
        for one in self.projects:
            guess = "" if one.how == "joined" else " (trùng tên)" if vi else " (same title)"
            shown.append(f"  {one.later.label}{guess}{_places(one.earlier_lines, one.later_lines)}")
        return "\n".join(shown)


def _at(lines: Lines | None) -> tuple[str | None, int | None]:
    return (lines.file, lines.first) if lines else (None, None)


def _places(*places: Lines | None) -> str:
    told = "; ".join(str(place) for place in places if place)
    return f" [{told}]" if told else ""


@dataclass(frozen=True, slots=True)
class Side:
    """What one plan brings to a comparison: its bases, each with the lines that name it, and its targets, each with a key of its words."""

    plan: Node
    bases: dict[str, Lines | None]
    goals: tuple[tuple[str, Goal], ...]

    @classmethod
    def of(cls, graph: Graph, plan: str) -> Side:
        """That of a document, by its IRI."""
        return cls(node(graph, plan), _bases(graph, plan), tuple((slug(goal.indicator), goal) for goal in _goals(graph, plan)))


def compare(graph: Graph, earlier: str, later: str) -> Comparison:
    """The comparison of two documents by their IRIs. Bases are those stated by the documents themselves; competence counts."""
    return beside(graph, Side.of(graph, earlier), Side.of(graph, later))


def beside(graph: Graph, before: Side, after: Side) -> Comparison:
    """The same of two sides that are known."""
    earlier, later, first, second = before.plan.iri, after.plan.iri, before.bases, after.bases
    everything = {document: Basis(node(graph, document), first.get(document), second.get(document)) for document in (*second, *first)}
    return Comparison(
        before.plan,
        after.plan,
        tuple(one for document, one in everything.items() if document in first and document in second),
        tuple(everything[document] for document in first if document not in second),
        tuple(everything[document] for document in second if document not in first),
        tuple(_targets(before.goals, after.goals)),
        tuple(_projects(graph, earlier, later)),
        tuple(node(graph, plan) for plan in (earlier, later) if not graph.subjects("plannedIn", plan)),
    )


def _bases(graph: Graph, plan: str) -> dict[str, Lines | None]:
    """The bases of a plan, in the order of the lines that name them."""
    make = Hops(graph, graph.rows.above([plan]))
    found: dict[str, Lines | None] = {}
    for name in _BASES:
        for document in graph.objects(plan, name):
            found[document] = found.get(document) or make.hop(plan, name, document).lines
    return dict(sorted(found.items(), key=lambda item: (item[1].first if item[1] else 0, item[0])))


def _goals(graph: Graph, plan: str) -> list[Goal]:
    found = []
    for target in sorted(graph.subjects("inPlan", plan)):
        indicator = graph.value(target, "indicator")
        if indicator is None or _TARGET not in graph.objects(target, "rdf:type"):  # a level that was reached has an indicator, too
            continue
        value, most = graph.value(target, "value") or "", graph.value(target, "valueMax")
        bounds = f"{_plain(value)}-{_plain(most)}" if most else f"{graph.value(target, 'comparator')} {_plain(value)}"
        year = graph.value(target, "targetYear")
        said = f"{bounds} {graph.value(target, 'unit') or ''}".strip() + (f", {year}" if year else "")
        found.append(Goal(target, indicator, said, lines_of(graph, target)))
    return found


def _plain(number: str) -> str:
    return number.rstrip("0").rstrip(".") if "." in number else number


def _targets(before: Iterable[tuple[str, Goal]], after: Iterable[tuple[str, Goal]]) -> Iterator[Moved]:
    """Each target of the later plan with the likest of the earlier one, each used once, the likest pairs first."""
    pairs = (
        (-likeness, old.iri, new.iri, old, new)
        for (left, old), (right, new) in product(before, after)
        if (likeness := _likeness(left, right)) >= _ALIKE
    )
    used: set[str] = set()
    chosen = []
    for _, _, _, old, new in sorted(pairs, key=lambda pair: pair[:3]):
        if not {old.iri, new.iri} & used:
            used |= {old.iri, new.iri}
            chosen.append(Moved(old, new))
    yield from sorted(chosen, key=lambda moved: (moved.later.lines.first if moved.later.lines else 0, moved.later.iri))


def _likeness(left: str, right: str) -> float:
    """The share of letters that agree, in order; 0 where it cannot reach what is asked for: the letters, in any order, bound it."""
    if left == right:
        return 1.0
    if 2 * min(len(left), len(right)) < _ALIKE * (len(left) + len(right)):
        return 0.0
    if 2 * (Counter(left) & Counter(right)).total() < _ALIKE * (len(left) + len(right)):
        return 0.0
    return difflib.SequenceMatcher(None, left, right, autojunk=False).ratio()


def _projects(graph: Graph, earlier: str, later: str) -> Iterator[Continued]:
    """Projects that rows of both plans speak of, and projects of the two plans with one title."""
    first, second = graph.subjects("plannedIn", earlier), graph.subjects("plannedIn", later)
    joined = set(first) & set(second)
    titles: dict[str, str] = {}
    for project in sorted(set(first) - joined, reverse=True):
        titles[slug(graph.value(project, "rdfs:label") or "")] = project
    found = []
    for project in second:
        before = project if project in joined else titles.get(slug(graph.value(project, "rdfs:label") or ""))
        if before is not None:
            how: Literal["joined", "same-title"] = "joined" if project in joined else "same-title"
            places = (_row(graph, before, earlier), _row(graph, project, later))
            found.append(Continued(node(graph, before), node(graph, project), how, *places))
    yield from sorted(found, key=lambda one: (one.how, one.later_lines.first if one.later_lines else 0, one.later.iri))


def _row(graph: Graph, project: str, plan: str) -> Lines | None:
    """The first row of the plan that speaks of the project."""
    rows: Iterable[str] = (row for row in graph.objects(project, "hasEntry") if plan in graph.objects(row, "inPlan"))
    return min((place for row in rows if (place := lines_of(graph, row))), key=lambda lines: lines.first, default=None)
