"""The audit of documents: what does not fit in them, on which lines, and what curators made of it; as rows and as printable reports."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from cancu import resources
from cancu.constraints import constraints
from cancu.errors import InputError
from cancu.iris import ONTOLOGY, SCHEME, concept
from cancu.quads import Quad, iri, prop

COLUMNS = ("severity", "status", "plan", "file", "first", "last", "kind", "rule", "message", "stated", "other", "reason", "finding")
_STATUS = "finding-status"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that does not fit in a document.

    `plan` is the plan's label and `slug` its name in IRIs; `kind` and `status` are notations of their schemes; `rule` is the name
    of a shape, or `reading`, which has no `message_en`; `stated` and `other` are the figures that clash. `reason` says, with its
    source, why a finding is no longer open.
    """

    iri: str
    plan: str
    slug: str
    kind: str
    severity: str
    status: str
    rule: str
    message_vi: str
    message_en: str | None
    file: str | None
    lines: tuple[int, int] | None
    stated: str | None
    other: str | None
    reason: str | None

    def row(self) -> tuple[str | int | None, ...]:
        """Its cells under `COLUMNS`."""
        first, last = self.lines or (None, None)
        where = (self.severity, self.status, self.plan, self.file, first, last)
        return (*where, self.kind, self.rule, self.message_vi, self.stated, self.other, self.reason, self.iri)


@dataclass(frozen=True, slots=True)
class Audit:
    """The findings of a graph by plan and line, and its plans as pairs of slug and label: a plan may have no finding."""

    plans: tuple[tuple[str, str], ...]
    findings: tuple[Finding, ...]


# ---------------------------------------------------------------- what curators made of findings


def statuses(findings: Sequence[Quad]) -> Iterator[Quad]:
    """The status of each finding among the quads of the findings graph: open, or as a correction beside it says.

    A correction settles the finding that it names, and any finding about what it corrects whose stated figure it corrects.
    """
    things: dict[str, dict[str, str]] = {}
    for quad in findings:
        things.setdefault(quad.subject, {})[quad.predicate] = quad.object
    corrections = {name: thing for name, thing in things.items() if prop("corrects") in thing}
    named = {thing[prop("corrects")]: name for name, thing in corrections.items()}
    valued = {(thing[prop("corrects")], thing.get(prop("statedValue"))): name for name, thing in corrections.items()}
    graph = findings[0].graph if findings else ""
    for name, thing in things.items():
        if prop("findingKind") not in thing:
            continue
        about = valued.get((thing.get(prop("aboutNode"), ""), thing.get(prop("statedFigure"))))
        by = named.get(name, about)
        status = "corrected" if by else "open"
        if by and corrections[by].get(prop("correctedProperty")) == prop("findingStatus"):
            status = corrections[by][prop("correctedValue")].strip('"')
        yield Quad(name, prop("findingStatus"), iri(concept(_STATUS, status)), graph)
        if by:
            yield Quad(name, prop("settledBy"), by, graph)


# ---------------------------------------------------------------- findings of a graph

_FINDINGS = f"""
PREFIX cancu: <{ONTOLOGY}>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
SELECT DISTINCT ?finding ?plan ?source ?kind ?severity ?status ?by ?vi ?en ?file ?first ?last ?stated ?other ?reason ?word WHERE {{
  ?finding cancu:findingKind ?kind ; cancu:inPlan ?document ; cancu:severity ?severity ; cancu:detectedBy ?by ; cancu:detail ?vi .
  ?document cancu:statedIn ?source ; rdfs:label ?plan . ?source cancu:fileName ?file .
  FILTER(LANG(?vi) = "vi")
  OPTIONAL {{ ?finding cancu:detail ?en FILTER(LANG(?en) = "en") }}
  OPTIONAL {{ ?finding cancu:evidence ?lines . ?lines cancu:firstLine ?first ; cancu:lastLine ?last }}
  OPTIONAL {{ ?finding cancu:statedFigure ?stated }}
  OPTIONAL {{ ?finding cancu:otherFigure ?other }}
  OPTIONAL {{ ?finding cancu:findingStatus ?status }}
  OPTIONAL {{ ?finding cancu:settledBy ?correction . ?correction cancu:reason ?reason ; cancu:correctionSource ?word }}
}} ORDER BY ?plan ?file ?first ?last ?kind ?finding
"""


_PLANS = f"""
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
SELECT ?source (MIN(?label) AS ?plan) WHERE {{ ?document <{ONTOLOGY}statedIn> ?source ; rdfs:label ?label }}
GROUP BY ?source ORDER BY ?source
"""


def of(store: ox.Store) -> Audit:
    """The audit of the plans in a graph that was validated."""
    found: dict[str, Finding] = {}
    for row in _rows(store, _FINDINGS):
        found.setdefault(row["finding"], _finding(row))
    plans = tuple((row["source"].rsplit("/", 1)[-1], row["plan"]) for row in _rows(store, _PLANS) if "source" in row)
    return Audit(plans, tuple(found.values()))


def joined(audits: Iterable[Audit]) -> Audit:
    """The audits of several graphs as one."""
    plans: list[tuple[str, str]] = []
    found: list[Finding] = []
    for one in audits:
        plans += one.plans
        found += one.findings
    found.sort(key=lambda f: (f.plan, f.file or "", f.lines or (0, 0), f.kind, f.iri))
    return Audit(tuple(sorted(plans)), tuple(found))


def _rows(store: ox.Store, query: str) -> Iterator[dict[str, str]]:
    solutions = store.query(query, use_default_graph_as_union=True)
    if not isinstance(solutions, ox.QuerySolutions):
        raise TypeError("a SELECT query gave no solutions")
    names = [variable.value for variable in solutions.variables]
    for solution in solutions:
        yield {name: solution[name].value for name in names if solution[name] is not None}


def _finding(row: dict[str, str]) -> Finding:
    return Finding(
        row["finding"],
        row["plan"],
        row["source"].rsplit("/", 1)[-1],
        row["kind"].rsplit("/", 1)[-1],
        row["severity"].rsplit("#", 1)[-1],
        row.get("status", "open").removeprefix(f"{SCHEME}{_STATUS}/"),
        row["by"].rsplit("#", 1)[-1],
        row["vi"],
        row.get("en"),
        row.get("file"),
        (int(row["first"]), int(row["last"])) if "first" in row else None,
        row.get("stated"),
        row.get("other"),
        f"{row['reason']} ({row['word']})" if "reason" in row else None,
    )


# ---------------------------------------------------------------- printable reports

_WORDS = {
    "vi": {
        "title": "Kiểm tra văn bản",
        "lede": "Những chỗ không khớp trong chính văn bản, do đọc và đối chiếu bằng máy. Mỗi điểm cần người xem lại trước khi kết luận.",
        "columns": ("Mức", "Dòng", "Điểm cần xem lại", "Số ghi", "Số đối chiếu", "Tình trạng", "Quy tắc"),
        "levels": {"Warning": "Cảnh báo", "Info": "Lưu ý"},
        "statuses": {"open": "Chưa xem xét", "explained": "Đã giải thích", "corrected": "Đã đính chính"},
        "rules": "Quy tắc đã dùng",
        "reading": "thấy khi đọc",
        "none": "Không thấy chỗ nào không khớp.",
    },
    "en": {
        "title": "Audit of a document",
        "lede": "What does not fit in the document itself, read and compared by machine. A person should look before holding it true.",
        "columns": ("Level", "Lines", "Finding", "Stated", "Other", "Status", "Rule"),
        "levels": {"Warning": "Warning", "Info": "Note"},
        "statuses": {"open": "Open", "explained": "Explained", "corrected": "Corrected"},
        "rules": "Rules applied",
        "reading": "seen in reading",
        "none": "Nothing was found that does not fit.",
    },
}


def write_reports(audit: Audit, folder: Path) -> tuple[Path, ...]:
    """Writes a page a plan and language, `SLUG.vi.html` and `SLUG.en.html`; returns their paths.

    Raises InputError for a folder that cannot be written.
    """
    loader = FileSystemLoader(resources.SITE / "templates")
    template = Environment(loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True).get_template("audit.html")
    rules = {constraint.name: constraint for constraint in constraints()}
    written = []
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for slug, label in audit.plans:
            mine = [one for one in audit.findings if one.slug == slug]
            used = [rules[name] for name in sorted({one.rule for one in mine} & rules.keys())]
            for lang, other in (("vi", "en"), ("en", "vi")):
                page = template.render(lang=lang, other=other, slug=slug, label=label, found=mine, rules=used, words=_WORDS[lang])
                path = folder / f"{slug}.{lang}.html"
                path.write_text(page, encoding="utf-8")
                written.append(path)
    except OSError as error:
        raise InputError(str(folder), f"cannot be written: {error.strerror}", "choose a folder that you may write to") from error
    return tuple(written)
