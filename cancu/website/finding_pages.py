"""What does not fit in the documents: the section on a thing's page, the list by kind and plan, and a page for each kind and severity."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable
from functools import partial

from cancu.website import answers
from cancu.website.answers import Answers
from cancu.website.blocks import Grid, Page, Pages, Section, Tiles
from cancu.website.facts import Finding
from cancu.website.parts import NOTHING, Cell, Link, Mark, Marked, Number, Text
from cancu.website.site import MOST_ROWS, Site, address

_TONES = {"Warning": "bad", "Info": "unsure", "Violation": "bad"}
_STATUS_TONES = {"corrected": "good", "explained": "good"}
_AMOUNT = re.compile(r"\d[\d.,]* (?:(?:tỷ|triệu|nghìn)(?: đồng)?|đồng|dong)")
_QUOTED = re.compile("“[^”]+”")
_FIRST = 40


# ---------------------------------------------------------------- one finding in words


def told(site: Site, finding: Finding) -> Marked:
    """What does not fit, in the page's language where there are words in it, with the figures marked that clash."""
    english = not site.words.vi and finding.detail_en
    text = finding.detail_en if english else finding.detail
    figures = tuple(_spelled(site, figure) for figure in (finding.stated_figure, finding.other_figure) if figure)
    marks = tuple(figure for figure in figures if figure in text) or tuple(_AMOUNT.findall(text)) or tuple(_QUOTED.findall(text))
    return Marked(text, marks, "" if english else site.tag)


def _spelled(site: Site, figure: str) -> str:
    """A figure as the text writes it: whole numbers with their groups, anything else as it is."""
    return site.words.number(int(figure)) if _whole(figure) else figure


def _whole(figure: str) -> bool:
    return figure.isascii() and figure.isdigit()


def gap(finding: Finding) -> int:
    """How far the two figures of a finding are apart, in dong; 0 where they are no amounts."""
    if not (_whole(finding.stated_figure) and _whole(finding.other_figure)):
        return 0
    return int(finding.other_figure) - int(finding.stated_figure)


def _figure(site: Site, figure: str) -> Cell:
    if not figure:
        return NOTHING
    value = int(figure) if _whole(figure) else 0
    if value < 1_000_000:  # a year, a number of rows, a day: no amount of money
        return Text(figure)
    return Number(site.words.money(value), value, site.words.exact(value))


def _kind(site: Site, finding: Finding) -> Mark:
    return Mark(site.concept(finding.finding_kind) or finding.finding_kind.rpartition("/")[2], _TONES.get(_severity(finding), "quiet"))


def _severity(finding: Finding) -> str:
    return finding.severity.rpartition("#")[2]


def _status(site: Site, finding: Finding) -> Cell:
    name = finding.finding_status.rpartition("/")[2]
    return Mark(site.concept(finding.finding_status), _STATUS_TONES.get(name, "quiet")) if name else NOTHING


def _gap(site: Site, finding: Finding) -> Cell:
    apart = gap(finding)
    return Number(site.gap(apart), apart, site.words.exact(apart)) if abs(apart) >= 1_000_000 else NOTHING


_COLUMNS: dict[str, Callable[[Site, Finding], Cell]] = {
    "col_kind": _kind,
    "col_plan": lambda site, finding: site.link(finding.in_plan),
    "col_what": told,
    "col_stated": lambda site, finding: _figure(site, finding.stated_figure),
    "col_other": lambda site, finding: _figure(site, finding.other_figure),
    "col_gap": _gap,
    "col_finding_status": _status,
}


def grid(site: Site, caption: str, found: Iterable[Finding], without: tuple[str, ...] = (), with_file: bool = False) -> Grid:
    """Findings in rows."""
    columns = [key for key in _COLUMNS if key not in without]
    rows = [(*(_COLUMNS[key](site, finding) for key in columns), site.lines(finding.evidence, with_file)) for finding in found]
    return Grid.of(caption, [*(site.t(key) for key in columns), site.t("col_lines")], rows, empty=site.t("none_here"))


# ---------------------------------------------------------------- on the page of a thing


def section(site: Site, found: Iterable[Finding], with_file: bool = True) -> tuple[Section, ...]:
    """These findings as a section; no section where there is none."""
    ordered = site.in_order(found)
    if not ordered:
        return ()
    table = grid(site, site.t("findings_caption"), ordered, ("col_plan",), with_file)
    return (Section("phat-hien", site.t("findings_title"), (table,), site.t("findings_note")),)


# ---------------------------------------------------------------- pages


def finding_pages(site: Site, known: Answers) -> Pages:
    """The front page of findings, and a page for each kind and each severity."""
    findings = site.facts.findings
    kinds = Counter(finding.finding_kind for finding in findings.values())
    severities = Counter(finding.severity for finding in findings.values())
    ordered = sorted(kinds, key=lambda kind: (-kinds[kind], kind))
    yield "index", partial(_front, site, known, ordered, kinds, severities)
    for kind in ordered:
        note = _definition(site, kind)
        yield _kind_key(kind), partial(_list, site, site.concept(kind), note, findings.by("finding_kind", kind), ("col_kind",))
    for severity in sorted(severities):
        note = site.t(f"severity_{severity.rpartition('#')[2]}_note")
        yield _severity_key(severity), partial(_list, site, _severity_name(site, severity), note, findings.by("severity", severity), ())


def _kind_key(kind: str) -> str:
    return f"loai-{kind.rpartition('/')[2]}"


def _severity_key(severity: str) -> str:
    return f"muc-{severity.rpartition('#')[2].lower()}"


def _severity_name(site: Site, severity: str) -> str:
    return site.t(f"severity_{severity.rpartition('#')[2]}")


def _definition(site: Site, kind: str) -> str:
    concept = site.facts.concepts.get(kind)
    if concept is None:
        return ""
    return concept.definition if site.words.vi else concept.definition_en or concept.definition


def _front(site: Site, known: Answers, kinds: list[str], counts: Counter[str], severities: Counter[str]) -> Page:
    """The ways in by kind, plan and severity; then the clashes of figures, the widest first, and bases that had been replaced."""
    t = site.t

    def tile(name: str, key: str, n: int) -> tuple[Link, str]:
        return Link(name, address("finding", site.words.language, key)), t("n_finding", n=n)

    by_kind = tuple(tile(site.concept(kind), _kind_key(kind), counts[kind]) for kind in kinds)
    by_severity = tuple(
        tile(_severity_name(site, one), _severity_key(one), n) for one, n in sorted(severities.items(), key=lambda p: -p[1])
    )
    by_plan = tuple(
        (Link(site.label(plan.iri), f"{site.address_of(plan.iri)}#phat-hien", "plan", site.foreign(plan.iri)), t("n_finding", n=len(found)))
        for plan in site.facts.plans[:_FIRST]
        if (found := site.facts.findings.by("in_plan", plan.iri))
    )
    clashes = sorted((f for f in site.facts.findings.values() if gap(f)), key=lambda f: (-abs(gap(f)), f.iri))
    note = site.first_of(len(clashes), _FIRST, t("clashes_note"))
    stale = answers.grid(site, t("stale_title"), known.of("stale-bases"))
    return Page(
        title=t("nav_finding"),
        description=t("findings_description"),
        lede=Text(t("findings_lede", n=len(site.facts.findings))),
        sections=(
            Section("loai", t("by_kind"), (Tiles(by_kind),)),
            Section("muc", t("by_severity"), (Tiles(by_severity),)),
            Section("ke-hoach", t("by_plan"), (Tiles(by_plan),), site.first_of(len(site.facts.plans), _FIRST)),
            Section("lech", t("clashes_title"), (grid(site, t("clashes_title"), clashes[:_FIRST], ("col_kind",)),), note),
            Section("can-cu-cu", t("stale_title"), (stale,), t("stale_note")),
        ),
        wide=True,
    )


def _list(site: Site, title: str, note: str, found: Iterable[Finding], without: tuple[str, ...]) -> Page:
    """Findings of a kind or severity, in the order of the texts."""
    ordered = site.in_order(found)
    table = grid(site, title, ordered[:MOST_ROWS], without)
    count = site.first_of(len(ordered), MOST_ROWS, site.t("n_finding", n=len(ordered)))
    return Page(
        title=title,
        description=f"{title}. {note}",
        lede=Text(note) if note else None,
        crumbs=(site.page_link("finding"),),
        sections=(Section("danh-sach", site.t("list_title"), (table,), count),),
        wide=True,
    )
