"""Why there is a project: its trace, as a drawing and as an ordered list with evidence."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from cancu.graph import Graph
from cancu.paths import Lines
from cancu.trace import Hop, Path, Trace, trace_project
from cancu.website.blocks import Block, Drawing, Prose, Step, Steps
from cancu.website.drawing import Arrow, Box, Picture
from cancu.website.facts import Project
from cancu.website.parts import NOTHING, Inline, Many, Mark, Text, sentence, sources
from cancu.website.parts import Lines as Shown
from cancu.website.site import Site
from cancu.website.words import Words

_WAYS = ("row", "plan", "decision", "through", "procedure", "competence")
_TONES = {"yes": "good", "no": "bad", "unknown": "unsure"}
_PER_COLUMN = 7
_KEPT = 200
_ISO = re.compile(r"\d{4}-\d\d-\d\d")


@dataclass(frozen=True, slots=True)
class Grounds:
    """What is cited of a justification: how many documents, their names, and the lines of the best way to each."""

    count: int
    names: str
    lines: tuple[Lines, ...]


@dataclass(frozen=True, slots=True)
class _Reason:
    """Why there is a project, as far as projects share it: the drawing but for the project's own box, and the lists."""

    picture: Picture
    lists: tuple[Steps, ...]
    grounds: Grounds


@dataclass(frozen=True)
class Reasons:
    """Traces of a graph. Projects of one plan whose rows name no basis of their own have the same reasons, which are found once."""

    graph: Graph
    _traces: dict[tuple[str, ...], Trace] = field(default_factory=dict)
    _told: dict[tuple[str, ...], _Reason | None] = field(default_factory=dict)

    @staticmethod
    def _key(site: Site, project: Project) -> tuple[str, ...]:
        own = any(entry.row_basis for iri in project.has_entry if (entry := site.facts.entries.get(iri)))
        return (project.iri,) if own else project.planned_in

    def _of(self, site: Site, project: Project) -> _Reason | None:
        """The reasons, kept until those of many other plans were asked for: pages of one plan come together."""
        shared = self._key(site, project)
        key = (site.words.language, *shared)
        if key not in self._told:
            if len(self._told) >= _KEPT:
                self._told.clear()
                self._traces.clear()
            if shared not in self._traces:
                self._traces[shared] = trace_project(self.graph, project.iri)
            self._told[key] = _reason(site, self._traces[shared])
        return self._told[key]

    def grounds(self, site: Site, project: Project) -> Grounds:
        """What a citation of the project's page says of its bases."""
        reason = self._of(site, project)
        return reason.grounds if reason else Grounds(0, "", ())

    def of(self, site: Site, project: Project) -> tuple[Block, ...]:
        """What a project's page shows under 'why'."""
        reason = self._of(site, project)
        if reason is None:
            return (Prose((Text(site.t("why_none")),)),)
        return (Drawing(reason.picture.around(_box(site, project.iri, 0, here=True))), *reason.lists)


def _reason(site: Site, trace: Trace) -> _Reason | None:
    best: dict[str, Path] = {}
    for path in trace.paths:
        best.setdefault(path.document.iri, path)
    if not best:
        return None
    chosen = list(best.values())
    groups = [(way, [path for path in chosen if path.way == way]) for way in _WAYS]
    return _Reason(_drawn(site, chosen), tuple(_steps(site, way, found) for way, found in groups if found), _grounds(site, chosen))


def _grounds(site: Site, chosen: Sequence[Path]) -> Grounds:
    lines = (hop.lines for path in chosen for hop in path.hops if hop.lines and hop.relation != "plannedIn")
    return Grounds(len(chosen), ", ".join(site.label(path.document.iri) for path in chosen), tuple(dict.fromkeys(lines)))


def _steps(site: Site, way: str, found: Sequence[Path]) -> Steps:
    plans = {path.hops[0].object.iri for path in found}
    plan = plans.pop() if len(plans) == 1 else ""
    return Steps(site.t(f"way_{way}"), site.t(f"way_{way}_note"), tuple(_step(site, path, plan) for path in found))


def _step(site: Site, path: Path, plan: str) -> Step:
    """A document with its path told backwards. What rests on it is left unsaid where it is `plan`, the only one of its list."""
    iri = path.document.iri
    document = site.facts.documents.get(iri)
    title = site.document_title(document) if document else NOTHING
    told: list[Inline] = [_hop(site, hop, plan) for hop in reversed(path.hops) if hop.relation != "plannedIn"]
    return Step(site.link(iri), site.hue(iri), None if title is NOTHING else title, tuple(told), (_force(site, path),))


def _force(site: Site, path: Path) -> Mark:
    """Whether the document was in force on the day the plan was signed, and why that is the answer."""
    force = path.in_force
    return Mark(
        site.t(f"force_{force.answer}"),
        _TONES[force.answer],
        _ISO.sub(lambda day: site.words.date(day[0]), force.vi if site.words.vi else force.en),
    )


def _hop(site: Site, hop: Hop, plan: str) -> Many:
    """A hop in words, and where it is stated."""
    bare = hop.relation == "rowBasis" or (hop.subject.iri == plan and hop.relation.startswith("has"))
    words = Text(site.t("nth_basis_bare", order=hop.order) if bare and hop.order else _said(site, hop))
    subject = None if bare else site.link(hop.subject.iri)
    where: Many | Shown | None = site.lines_at(hop.lines.file, hop.lines.first, hop.lines.last) if hop.lines else None
    if where is None and hop.source:
        where = sentence(site.t("registry_says"), source=Many(sources(hop.source, site.tag), joint="; "))
    said = Many((words, subject), joint=" ") if subject else words
    return Many((said, where), joint=" ") if where else Many((said,))


def _said(site: Site, hop: Hop) -> str:
    return _way(site.words.language, hop.relation, hop.order)


@lru_cache(maxsize=2_000)
def _way(language: str, relation: str, order: int | None) -> str:
    """A relation in words, with the place among others of its kind."""
    words = Words(language)
    return words.t(f"hop_{relation}", order=words.t("nth_basis", order=order) if order else "").strip()


def _drawn(site: Site, chosen: Sequence[Path]) -> Picture:
    """Boxes for the best path to each document: at most a handful a column, those that lead on first, with a box for the rest."""
    columns: dict[str, int] = {}
    arrows: dict[tuple[str, str], str] = {}
    for path in chosen:
        for depth, hop in enumerate(path.hops, 1):
            columns[hop.object.iri] = max(columns.get(hop.object.iri, 0), depth)
            arrows[hop.object.iri, hop.subject.iri if depth > 1 else ""] = _said(site, hop)
    leading = {end for _, end in arrows}
    order = {iri: number for number, iri in enumerate(columns)}
    boxes: list[Box] = []
    rest: dict[int, list[str]] = {}
    for column in range(1, max(columns.values()) + 1):
        mine = sorted((iri for iri, c in columns.items() if c == column), key=lambda iri: iri not in leading)
        kept = mine if len(mine) <= _PER_COLUMN + 1 else mine[:_PER_COLUMN]
        rest[column] = mine[len(kept) :]
        boxes += [_box(site, iri, column) for iri in sorted(kept, key=order.__getitem__)]
        if rest[column]:
            more = site.t("more_below", n=len(rest[column]))
            boxes.append(Box(f"more-{column}", column, more, "", "#vi-sao-ds", ""))
            gone = set(rest[column])
            ends = {end for start, end in arrows if start in gone}
            arrows |= {(f"more-{column}", end): more for end in ends}
    named = any(path.way == "row" for path in chosen)
    keys = ("drawn_project", "drawn_plan_or_row" if named else "drawn_plan", "drawn_bases", "drawn_through")
    heads = tuple(site.t(keys[column]) if column < len(keys) else "" for column in range(max(columns.values()) + 1))
    words = tuple(Arrow(start, end, title) for (start, end), title in arrows.items())
    return Picture(tuple(boxes), words, heads, site.t("drawn_title"), site.t("drawn_description", n=len(chosen)))


def _box(site: Site, iri: str, column: int, here: bool = False) -> Box:
    document = site.facts.documents.get(iri)
    head = site.label(iri)
    body = site.vietnamese(document.title).text if document and document.title and document.title not in head else ""
    return Box(iri, column, head, body, "" if here else site.address_of(iri), site.hue(iri), site.tag)
