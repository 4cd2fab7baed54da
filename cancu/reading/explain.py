"""What was recognised in a document, line by line, as what and by which rule; and what was passed over though it looks like a fact."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from cancu.reading import citations, lexicon, values
from cancu.reading.layout import fold
from cancu.reading.outline import Outline, Paragraph, outline
from cancu.reading.plan import read_plan
from cancu.reading.source import Source
from cancu.reading.sums import dong
from cancu.records import Lines, PlanRecord, ProjectRow, Target

Kind = Literal[
    "field", "citation", "relation", "table", "total", "row", "agency", "budget", "duty", "system", "target", "finding", "passed over"
]
WIDTH = 110  # characters of a line of the document that are shown

_PATTERNS = {"number": "its number", "law": "type and date", "short": "a short form, resolved by a fuller citation"}
_NUMBERED = re.compile(r"(?<![\w/.,-])\d{1,5}\s?(?:/(?:19|20)\d\d)?(?:\s?/\s?|-)[A-ZĐƯ]{2,}[a-z]*(?:[-/][A-ZĐƯ][\wĐđƯư&]*)*")
_PERCENT = re.compile(r"(?<![\d.,/])\d{1,3}(?:[.,]\d+)?\s?(?:%|phần trăm)")


@dataclass(frozen=True, slots=True)
class Mark:
    """Something recognised, or passed over. `lines` is None for a fact of the head that stands nowhere in one piece.

    `rule` says by which pattern, heading or table it was recognised, or why it was passed over; None where that is not known.
    """

    kind: Kind
    what: str
    lines: Lines | None
    rule: str | None = None


def explain(source: Source) -> tuple[Mark, ...]:
    """The marks of a document in the order of its lines; those without lines come first."""
    record, layout = read_plan(source), outline(source)
    marks = [
        *_fields(record, source),
        *_citations(record, source),
        *_tables(record),
        *_body(record, layout),
        *(Mark("finding", finding.detail, finding.lines, finding.kind) for finding in record.findings),
        *_passed_over(record, source, layout),
    ]
    return tuple(sorted(dict.fromkeys(marks), key=lambda mark: mark.lines or (0, 0)))


def render(source: Source, marks: Iterable[Mark]) -> str:
    """The marks as plain text: each line of the document that has some, cut at 110 characters, with its marks below it."""
    texts = {line.number: fold(line.text) for line in source.lines}
    shown: list[str] = []
    before = None
    for mark in marks:
        first, last = mark.lines or (0, 0)
        if first != before:
            text = texts.get(first, "")
            shown.append(f"{first:>5}  {text[:WIDTH]}{'…' if len(text) > WIDTH else ''}" if first else "  —")
            before = first
        sign = "?" if mark.kind == "passed over" else "="
        place = f" (to line {last})" if last > first else ""
        rule = f"  [{mark.rule}]" if mark.rule else ""
        shown.append(f"       {sign} {mark.kind}: {mark.what}{place}{rule}")
    return "".join(f"{line}\n" for line in shown)


def _fields(record: PlanRecord, source: Source) -> Iterator[Mark]:
    """The facts of the head, each on the first line that holds it, or its first four words."""
    document = record.document
    lines = [(line.number, fold(line.text).casefold()) for line in source.lines]
    for name in ("number", "type", "title", "date", "issuer", "province", "signer", "signer_title"):
        value = getattr(document, name)
        if value is not None:
            words = _date(value) if name == "date" else re.compile(re.escape(" ".join(value.casefold().split()[:4])))
            at = next((number for number, text in lines if words.search(text)), None)
            yield Mark("field", f"{name} = {value}", (at, at) if at else None)
    for source_amount in document.budget_by_source:
        yield Mark("budget", f"{dong(source_amount.amount_vnd)} from {source_amount.source}", source_amount.lines)
    if document.total_budget_vnd is not None:
        yield Mark("budget", f"total {dong(document.total_budget_vnd)}", document.total_budget_lines)


def _date(date: str) -> re.Pattern[str]:
    """How a head writes an ISO date: "ngày 05 tháng 4 năm 2023", "05/4/2023"."""
    year, month, day = (int(part) for part in date.split("-"))
    return re.compile(rf"(?<!\d)0?{day}\D{{1,10}}0?{month}\D{{1,8}}{year}")


def _citations(record: PlanRecord, source: Source) -> Iterator[Mark]:
    """The mentions of documents with their roles, and the relations between documents."""
    rules = {(one.surface, one.lines): _PATTERNS.get(one.pattern, one.pattern) for one in citations.find(source.lines)}
    for cited in record.cited_documents:
        known = ", ".join(part for part in (cited.date, cited.issuer) if part)
        name = f"{cited.type} {cited.number or cited.title or ''}".strip() + (f" ({known})" if known else "")
        for mention in cited.mentions:
            yield Mark("citation", f"{name} as {mention.role}", mention.lines, rules.get((mention.surface, mention.lines)))
    for relation in record.document_relations:
        yield Mark("relation", f"{relation.subject} {relation.predicate} {relation.object}", relation.lines)


def _tables(record: PlanRecord) -> Iterator[Mark]:
    """The tables, their totals and rows, and the agencies of rows."""
    for table in record.tables:
        yield Mark("table", f"{table.id} “{table.title}”: {' | '.join(table.columns)}", table.lines, table.unit)
        for total in table.stated_totals:
            yield Mark("total", f"{total.label}: {dong(total.amount_vnd)}", total.lines, f"column {total.column}")
    for row in record.projects:
        yield Mark("row", _row(row), row.lines, " › ".join(part for part in (row.table, row.section) if part))
        for role, names in (("lead", row.lead), ("coordinating", row.coordinating)):
            if names:
                yield Mark("agency", f"{role}: {'; '.join(names)}", row.lines)


def _row(row: ProjectRow) -> str:
    years = ", ".join(f"{year}: {dong(amount)}" for year, amount in row.by_year_vnd.items())
    money = ", ".join(part for part in (dong(row.total_vnd) if row.total_vnd is not None else "", years) if part)
    return f"{row.ordinal or '–'} “{row.name}”" + (f", {money}" if money else "")


def _body(record: PlanRecord, layout: Outline) -> Iterator[Mark]:
    """The duties, systems and goals, each with the heading that it stands under."""
    under = {line: _heading(paragraph) for paragraph in layout.paragraphs for line in range(paragraph.lines[0], paragraph.lines[1] + 1)}
    for duty in record.responsibilities:
        partners = f" with {'; '.join(duty.with_)}" if duty.with_ else ""
        yield Mark("duty", f"{duty.agency} ({duty.role}{partners}): {duty.task}", duty.lines, under.get(duty.lines[0]))
    for system in record.systems:
        status = f", {system.status}" if system.status else ""
        yield Mark("system", f"{system.name}{status}, mentions: {system.mentions}", system.lines_first, f"kind {system.kind}")
    for target in record.targets:
        yield Mark("target", _target(target), target.lines, under.get(target.lines[0]))


def _target(target: Target) -> str:
    bound = f"{target.value:g}–{target.value_max:g}" if target.value_max is not None else f"{target.comparator} {target.value:g}"
    return f"{target.subject} {bound} {target.unit}" + (f" by {target.by_year}" if target.by_year else "")


def _heading(paragraph: Paragraph) -> str:
    """The part of the plan that a paragraph stands in, and the nearest heading above it."""
    above = paragraph.sections[-1].text if paragraph.sections else ""
    return f"{paragraph.part}: {above[:60]}" if above else paragraph.part


def _passed_over(record: PlanRecord, source: Source, layout: Outline) -> Iterator[Mark]:
    """Numbers like those of documents, percentages and sums of money that are in no part of the record."""
    yield from _numbers(record, source)
    tables = [table.lines for table in record.tables]
    goals = {(line, target.value) for target in record.targets for line in range(target.lines[0], target.lines[1] + 1)}
    goals |= {
        (line, target.value_max) for target in record.targets if target.value_max for line in range(target.lines[0], target.lines[1] + 1)
    }
    costs = {record.document.total_budget_vnd, *(one.amount_vnd for one in record.document.budget_by_source)}
    for paragraph in layout.paragraphs:
        if any(first <= paragraph.lines[0] <= last for first, last in tables):
            continue
        for match in _PERCENT.finditer(paragraph.text):
            value = float(values.parse_number(re.sub(r"[^\d.,]", "", match[0])) or 0)
            lines = paragraph.lines_of(match.start(), match.end())
            if (lines[0], value) not in goals:
                yield Mark("passed over", f"percentage {match[0]}", lines, _why(paragraph, match.start()))
        for amount in values.money(paragraph.text):
            if amount.amount_vnd not in costs:
                lines = paragraph.lines_of(amount.start, amount.end)
                yield Mark("passed over", f"money {dong(amount.amount_vnd)}", lines, "no total of the plan, and no source of it")


def _why(paragraph: Paragraph, offset: int) -> str:
    """Why a percentage of a paragraph is no goal, as far as that is known."""
    sentence = paragraph.text[max(paragraph.text.rfind(". ", 0, offset) + 2, 0) if ". " in paragraph.text[:offset] else 0 :]
    if paragraph.part == "results" or lexicon.first("targets_past", sentence):
        return f"a result reported, in {_heading(paragraph)}"
    return f"sets no goal, in {_heading(paragraph)}"


def _numbers(record: PlanRecord, source: Source) -> Iterator[Mark]:
    cited = {re.sub(r"\W", "", document.number or "").casefold() for document in record.cited_documents}
    own = re.sub(r"\W", "", record.document.number or "").casefold()
    promulgated = record.document.promulgated_by
    for line in source.lines:
        for match in _NUMBERED.finditer(line.text):
            bare = re.sub(r"\W", "", match[0]).casefold()
            if bare == own or (promulgated and bare == re.sub(r"\W", "", promulgated.number or "").casefold()):
                continue
            if not any(bare in number or (number and number in bare) for number in cited):
                yield Mark("passed over", f"number {match[0]}", (line.number, line.number), "like a document's, and cited by no known form")
