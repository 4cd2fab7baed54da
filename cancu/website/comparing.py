"""A plan beside the one before it of the same province: bases kept, dropped and added, targets that moved, projects that go on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from cancu.compare import Basis, Comparison, Side, beside
from cancu.graph import Graph
from cancu.paths import Lines
from cancu.ties import Concern
from cancu.website.blocks import Block, Grid, Prose, Section
from cancu.website.facts import Document, Shelf, Target
from cancu.website.parts import NOTHING, Cell, Mark, Text, sentence
from cancu.website.site import Site

_KEPT = 200
_TONES = {"kept": "quiet", "dropped": "bad", "added": "good"}


@dataclass(frozen=True)
class Comparisons:
    """Comparisons of plans of a graph; each is made once, for all languages."""

    graph: Graph
    _known: dict[tuple[str, str], Comparison] = field(default_factory=dict)
    _sides: dict[str, Side] = field(default_factory=dict)

    def section(self, site: Site, plan: Document) -> tuple[Section, ...]:
        """The plan beside the one before it; nothing for the first of a province, or where the two have nothing in common."""
        earlier = before(site.facts.documents, plan)
        if earlier is None:
            return ()
        key = (earlier.iri, plan.iri)
        if key not in self._known:
            if len(self._known) >= _KEPT:
                self._known.clear()
            self._known[key] = beside(self.graph, *map(self._side, key))
        found, t = self._known[key], site.t
        lede = sentence(
            t("compared_with"),
            plan=site.link(earlier.iri),
            kept=site.count(len(found.kept)),
            dropped=site.count(len(found.dropped)),
            added=site.count(len(found.added)),
        )
        blocks: tuple[Block, ...] = (Prose((lede,)), *_bases(site, found), *_targets(site, found), *_projects(site, found))
        return (Section("so-voi-truoc", t("before_title"), blocks, t("before_note")),)

    def _side(self, plan: str) -> Side:
        """What a plan brings, kept until many others were asked for: the next may be set beside it."""
        if plan not in self._sides:
            if len(self._sides) >= _KEPT:
                self._sides.clear()
            self._sides[plan] = Side.of(self.graph, plan)
        return self._sides[plan]


def before(documents: Shelf[Document], plan: Document) -> Document | None:
    """The plan of the same province that was signed last before this one."""
    if not (plan.jurisdiction and plan.date_issued):
        return None
    earlier = [one for one in documents.by("jurisdiction", plan.jurisdiction) if one.read and one.date_issued]
    return max((one for one in earlier if one.date_issued < plan.date_issued), key=lambda one: (one.date_issued, one.iri), default=None)


def moved(concern: Concern, then: Shelf[Document], now: Shelf[Document]) -> Iterator[str]:
    """The plans beside those of a change that are set beside another plan now than they were then, or beside one that it concerns."""
    for plan in concern.beside & then.keys() & now.keys():
        pair = [one.iri if (one := before(shelf, shelf[plan])) else "" for shelf in (then, now)]
        if pair[0] != pair[1] or concern.has(pair[1]):
            yield plan


def _at(site: Site, lines: Lines | None) -> Cell:
    return site.lines_at(lines.file, lines.first, lines.last, with_file=False) if lines else NOTHING


def _bases(site: Site, found: Comparison) -> tuple[Block, ...]:
    def row(change: str, one: Basis) -> tuple[Cell, ...]:
        return site.link(one.document.iri), Mark(site.t(f"basis_{change}"), _TONES[change]), _at(site, one.earlier), _at(site, one.later)

    rows = [
        row(change, one) for change, bases in (("added", found.added), ("dropped", found.dropped), ("kept", found.kept)) for one in bases
    ]
    heads = ("col_document", "col_change", "col_earlier", "col_later")
    return (Grid.of(site.t("bases_compared"), [site.t(head) for head in heads], rows),) if rows else ()


def _goal(site: Site, target: Target) -> Text:
    value = site.target_value(target)
    return Text(f"{value.text} ({target.target_year})", value.lang) if target.target_year else value


def _targets(site: Site, found: Comparison) -> tuple[Block, ...]:
    targets = site.facts.targets
    rows = []
    for moved in found.targets:
        old, new = targets[moved.earlier.iri], targets[moved.later.iri]
        same = site.target_value(old) == site.target_value(new)
        change = Mark(site.t("target_same" if same else "target_moved"), "quiet" if same else "unsure")
        rows.append((site.vietnamese(new.indicator), _goal(site, old), _goal(site, new), change, _at(site, moved.later.lines)))
    heads = ("col_indicator", "col_earlier", "col_later", "col_change", "col_lines")
    return (Grid.of(site.t("targets_compared"), [site.t(head) for head in heads], rows),) if rows else ()


def _projects(site: Site, found: Comparison) -> tuple[Block, ...]:
    rows = [
        (
            site.link(one.later.iri),
            Text("=") if one.earlier.iri == one.later.iri else site.link(one.earlier.iri),
            Mark(site.t(f"go_on_{one.how.replace('-', '_')}"), "good" if one.how == "joined" else "unsure"),
            _at(site, one.earlier_lines),
            _at(site, one.later_lines),
        )
        for one in found.projects
    ]
    heads = ("col_project", "col_earlier_project", "col_how", "col_earlier", "col_later")
    return (Grid.of(site.t("projects_compared"), [site.t(head) for head in heads], rows),) if rows else ()
