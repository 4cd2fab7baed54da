"""The pages of targets: side by side across provinces, and those of each plan."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import partial

from cancu.website.blocks import Grid, Page, Pages, Section, Tiles
from cancu.website.facts import Document, Target
from cancu.website.parts import NOTHING, Cell, Link, Text
from cancu.website.site import MOST_ROWS, Site, address


def target_pages(site: Site) -> Pages:
    """The targets of all plans, and a page for each plan's."""
    plans = [plan for plan in site.facts.plans if site.facts.targets.by("in_plan", plan.iri)]
    yield "index", partial(_list, site, plans)
    for plan in plans:
        yield site.plan_key(plan), partial(_targets, site, plan)


def _list(site: Site, plans: Sequence[Document]) -> Page:
    t = site.t
    tiles = tuple(
        (
            Link(site.label(plan.iri), address("target", site.words.language, site.plan_key(plan)), "plan", site.foreign(plan.iri)),
            t("n_targets", n=len(site.facts.targets.by("in_plan", plan.iri))),
        )
        for plan in plans
    )
    every = sorted(site.facts.targets.values(), key=lambda target: (site.folded(target.indicator), target.target_year or 0, target.iri))
    grid = _target_grid(site, t("all_targets"), every[:MOST_ROWS], with_plan=True)
    return Page(
        title=t("nav_target"),
        description=t("targets_description"),
        lede=Text(t("targets_lede", n=len(every))),
        sections=(
            Section("ke-hoach", t("by_plan"), (Tiles(tiles),)),
            *_compared(site),
            Section("tat-ca", t("all_targets"), (grid,), site.first_of(len(every), MOST_ROWS, t("all_targets_note"))),
        ),
    )


def _targets(site: Site, plan: Document) -> Page:
    t = site.t
    found = site.in_order(site.facts.targets.by("in_plan", plan.iri))
    return Page(
        title=t("targets_of", plan=site.label(plan.iri)),
        lang=site.foreign(plan.iri),
        description=t("targets_of", plan=site.label(plan.iri)),
        lede=site.document_title(plan),
        crumbs=(site.page_link("target"), site.link(plan.iri)),
        sections=(Section("danh-sach", t("list_title"), (_target_grid(site, t("targets_caption"), found, with_plan=False),)),),
    )


_SYLLABLES = re.compile(r"\w+")
_ALIKE, _THEMES, _ROWS = 4, 12, 20  # Vietnamese words have mostly two syllables: four in a row are two words that say what a target is of


def _compared(site: Site) -> tuple[Section, ...]:
    """Targets of several plans that share four syllables in a row, those of most plans first."""
    alike: dict[str, list[Target]] = defaultdict(list)  # by their words, since plans repeat each other's
    for target in site.facts.targets.values():
        alike[target.indicator].append(target)
    said = {text: " ".join(_SYLLABLES.findall(text.lower())) for text in alike}
    plans = {text: {target.in_plan for target in targets} for text, targets in alike.items()}
    sharing: dict[str, dict[str, None]] = defaultdict(dict)
    for text, words in said.items():
        syllables = words.split()
        for start in range(len(syllables) - _ALIKE + 1):
            sharing[" ".join(syllables[start : start + _ALIKE])][text] = None

    def weight(item: tuple[str, Iterable[str]]) -> tuple[int, int, str]:
        words, texts = item
        return len(set[str]().union(*map(plans.__getitem__, texts))), sum(len(alike[text]) for text in texts), words

    blocks: list[Grid] = []
    while len(blocks) < _THEMES and sharing:
        words, texts = max(sharing.items(), key=weight)
        if weight((words, texts))[0] < 2:
            break
        found = [target for text in texts for target in alike[text]]
        ordered = sorted(found, key=lambda target: (target.target_year or 0, site.folded(target.indicator), target.iri))
        title = f"“{_longest(words, [said[text] for text in texts])}”"
        blocks.append(_target_grid(site, title, ordered[:_ROWS], with_plan=True, lang=site.tag))
        sharing = {key: rest for key, mine in sharing.items() if (rest := {text: None for text in mine if text not in texts})}
    return (Section("so-sanh", site.t("compared_title"), tuple(blocks), site.t("compared_note")),) if blocks else ()


def _longest(words: str, every: Sequence[str]) -> str:
    """The shared words, with what precedes them in all texts alike: 'vụ công trực tuyến' → 'dịch vụ công trực tuyến'."""
    while True:
        before = {tuple(text.partition(words)[0].split()[-1:]) for text in every}
        if len(before) != 1 or not (word := before.pop()):
            return words
        words = f"{word[0]} {words}"


def _place(site: Site, target: Target) -> Cell:
    plan = site.facts.documents.get(target.in_plan)
    return site.link(plan.jurisdiction) if plan and plan.jurisdiction else NOTHING


def _target_grid(site: Site, caption: str, targets: Sequence[Target], with_plan: bool, lang: str = "") -> Grid:
    rows = []
    for target in targets:
        plan: tuple[Cell, ...] = (_place(site, target), site.link(target.in_plan)) if with_plan else ()
        year: Cell = Text(str(target.target_year)) if target.target_year else NOTHING
        rows.append(
            (site.vietnamese(target.indicator), site.target_value(target), year, *plan, site.lines(target.evidence, with_file=False))
        )
    heads = ("col_indicator", "col_target", "col_by_year", *(("col_province", "col_plan") if with_plan else ()), "col_lines")
    return Grid.of(caption, tuple(site.t(head) for head in heads), rows, lang=lang)
