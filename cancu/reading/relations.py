"""Relations between documents that the text states outright: who implements, approves, amends, replaces whom."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import pairwise

from cancu.reading import lexicon
from cancu.reading.bibliography import LAWS, Placed, carries_out, fullest_laws, is_itself, loose, resolve_law, spelling
from cancu.reading.citations import Citation
from cancu.reading.layout import fold
from cancu.reading.source import Source
from cancu.reading.zones import Zones
from cancu.records import DocumentRelation, PlanDocument, Predicate

_PREDICATES: dict[str, Predicate] = {
    "implements": "implements",
    "details": "details",
    "guides": "guides",
    "amends": "amends",
    "replaces": "replaces",
}
_PASSIVE: dict[str, Predicate] = {"amended by": "amends", "replaced by": "replaces"}
_decides = re.compile(r"(?:về\s+)?(?:việc\s+)?(?P<verb>phê\s+duyệt|ban\s+hành)\s+(?P<object>.+)$", re.IGNORECASE | re.DOTALL)
_carries_out = re.compile(
    r"(?:tổ\s+chức\s+)?(?:triển\s+khai\s+)?(?P<verb>thực\s+hiện|triển\s+khai)\s+(?P<object>(?:Đề\s+án|Chương\s+trình|Chiến\s+lược|Quy\s+hoạch|Dự\s+án)\s+“[^”]+”)",
    re.IGNORECASE,
)
_this = re.compile(r"(?:Trên\s+đây\s+là|ban\s+hành|xây\s+dựng)\s+(?:Kế\s+hoạch|Đề\s+án|Chương\s+trình)\s[^;.:|]{0,80}$", re.IGNORECASE)
_itself = re.compile(r"(?:Quyết\s+định|Kế\s+hoạch|Nghị\s+quyết|Thông\s+tư|Nghị\s+định)\s+này\s[^;.|]{0,60}$", re.IGNORECASE)


def name(citation: Citation) -> str:
    """How a relation names a document: by its number, or by type and title."""
    if citation.number:
        return citation.number
    title = citation.title or ""
    return title if title.startswith(citation.type) else f"{citation.type} {title}".strip()


@lru_cache(maxsize=1 << 10)
def _verb(words: str) -> Predicate | None:
    entry = lexicon.first("relation_verbs", words)
    return _PREDICATES.get(entry.value) if entry else None


def _nested(text: str, placed: Sequence[Placed]) -> Iterator[tuple[Citation, Predicate, Citation]]:
    """A document named in another's title, after a verb; an equal of it shares the verb."""
    verbs: dict[int, Predicate | None] = {}
    for i, item in enumerate(placed):
        if item.parent is None or placed[item.parent].citation.type in _PROPOSALS:
            continue
        parent, citation = placed[item.parent].citation, item.citation
        start = max([parent.span[1], *(other.citation.span[1] for other in placed[item.parent + 1 : i])])
        words = fold_end(text[start : citation.span[0]])
        verbs[i] = verbs.get(item.equal) if item.equal is not None else None if _is_of_another(parent, words) else _verb(words)
        if verb := verbs[i]:
            yield parent, verb, citation


_LETTERS = {"Công văn", "Văn bản", "Tờ trình", "Báo cáo", "Thông báo"}
_PROPOSALS = {"Tờ trình", "Báo cáo"}  # ask for a document to be issued, and issue none
_national = re.compile(r"[/-](?:CP|TTg|TW|QH\d*|UBTVQH\d*)$")
_local = re.compile(r"[/-](?:TU|HU|ĐU|UBND|HĐND)$")
_parted = re.compile(r"[.;|]|\n\s*\n")
_work = re.compile(r"(?:Chương\s+trình|Kế\s+hoạch|Đề\s+án|Nghị\s+quyết|Quyết\s+định)(?!\s+số)", re.IGNORECASE)


def _is_of_another(parent: Citation, words: str) -> bool:
    """'Công văn … về Chương trình hành động thực hiện Nghị quyết N': the programme carries N out, not the letter about it."""
    return parent.type in _LETTERS and bool(_work.search(words))


def fold_end(words: str) -> str:
    """Words folded to one line, with the blank before what follows them kept."""
    return f" {fold(words)} "


def _revised(text: str, placed: Sequence[Placed]) -> Iterator[tuple[str, Predicate, Citation]]:
    """'Nghị định A (được sửa đổi, bổ sung tại Nghị định B)': it is B that amends A."""
    for before, item in pairwise(placed):
        gap = text[before.citation.span[1] : item.citation.span[0]]
        entry = lexicon.first("relation_verbs", fold_end(gap)) if len(gap) < _FAR and not _parted.search(gap) else None
        if entry and entry.value in _PASSIVE:
            yield name(item.citation), _PASSIVE[entry.value], before.citation


def _replaced(text: str, placed: Sequence[Placed], own: str) -> Iterator[tuple[str, Predicate, Citation]]:
    """'Quyết định A … (thay thế Quyết định B)', and 'Quyết định này thay thế Quyết định B'."""
    for i, item in enumerate(placed):
        before = fold_end(text[max(0, item.citation.span[0] - 120) : item.citation.span[0]])
        if item.parent is not None or _verb(before) not in {"replaces", "amends"}:
            continue
        verb = _verb(before)
        if verb and _itself.search(before):
            yield own, verb, item.citation
        elif verb and i and _adjoins(verb, text[placed[i - 1].citation.extent[1] : item.citation.span[0]]):
            outer = placed[i - 1]
            if outer.citation.type in _PROPOSALS:
                continue
            yield name(placed[outer.parent].citation if outer.parent is not None else outer.citation), verb, item.citation


def _adjoins(verb: Predicate, gap: str) -> bool:
    """Whether nothing but the verb and its bracket, which amending calls for, stands between two documents."""
    return (verb == "replaces" or "(" in gap) and len(gap) < 40 and not re.search(r"[.;|]|\n\s*\n", gap)


def _own(text: str, placed: Sequence[Placed], zones: Zones, document: PlanDocument, own: str) -> Iterator[tuple[str, Predicate, Citation]]:
    """What the document itself implements: by 'Thực hiện A; B' in its preamble, its title, or 'Trên đây là Kế hoạch triển khai A'."""
    stated_at: dict[int, bool] = {}
    issues = document.type not in _LETTERS  # a letter asks and reports: what it was written on the ground of, it does not carry out
    for i, item in enumerate(placed):
        citation = item.citation
        if item.parent is not None:
            continue
        kind, subject = zones.kind(citation.span[0]), zones.subject(citation.span[0]) or own
        before = fold_end(text[max(0, citation.span[0] - 120) : citation.span[0]])
        stated = issues and kind == "preamble" and item.role == "legal_basis" and carries_out(text, citation.span[0], zones)
        by_name = _verb(before) == "implements" and (kind == "title" or bool(_this.search(before)))
        if kind == "title" and (verb := _verb(before)) in {"amends", "replaces", "details", "guides"}:
            yield subject, verb, citation
        stated_at[i] = stated or by_name or (item.equal is not None and stated_at.get(item.equal, False))
        if stated_at[i]:
            yield subject, "implements", citation


def _named(citation: Citation) -> tuple[Predicate, str] | None:
    """What a document approves, promulgates or carries out that its title names by type and title, without a number."""
    title = citation.title or ""
    match = _decides.match(title) or _carries_out.match(title)
    if match is None or not citation.number:
        return None
    thing = fold(match["object"]).replace("“", "").replace("”", "").strip(' ".')
    if re.match(r"(?i)kèm\s+theo|điều\s+chỉnh|\d", thing):
        return None
    verb = fold(match["verb"]).casefold()
    predicate: Predicate = "approves" if verb == "phê duyệt" else "promulgates" if verb == "ban hành" else "implements"
    return predicate, thing[:1].upper() + thing[1:]


_by_title = re.compile(
    r"(?:về\s+)?(?:việc\s+)?(?:tổ\s+chức\s+)?(?:triển\s+khai|thực\s+hiện|triển\s+khai\s+thực\s+hiện)\s+(?P<type>Đề\s+án|Chương\s+trình|Kế\s+hoạch)\s+(?P<title>[^“].*)$",
    re.IGNORECASE | re.DOTALL,
)
_FAR = 300  # letters between two documents of which one revised the other
_FEWEST = 5  # words of a title that name a document by themselves


def _titled(citation: Citation, others: Sequence[Placed]) -> Iterator[Citation]:
    """The numbered documents that the citation's title says it carries out by their own title, or the beginning of what is said."""
    match = _by_title.match(citation.title or "") if citation.number else None
    said = _plain_title(match["title"]) if match else ""
    for item in others if match else ():
        one = item.citation
        title = _plain_title(one.title or "")
        alike = match is not None and fold(match["type"]).casefold() == one.type.casefold() and len(title.split()) >= _FEWEST
        if alike and one.number and one.number != citation.number and f"{said} ".startswith(f"{title} "):
            yield one


@lru_cache(maxsize=1 << 10)
def _plain_title(title: str) -> str:
    """A title as it is compared: in small letters, without marks, and without the "về" before it."""
    return re.sub(r"^về\s+", "", " ".join(re.sub(r"[,“”\"():]", " ", title.casefold()).split()))


def _enclosed(zones: Zones, document: PlanDocument, own: str) -> Iterator[tuple[str, Predicate, str, int, int]]:
    """A decision and the plan it came with: in one file, or as the plan's caption names the decision."""
    if (decision := document.promulgated_by) and decision.number:
        yield decision.number, "promulgates", own, *decision.lines
    if zones.attached:
        verb = re.search(r"phê\s+duyệt|ban\s+hành", document.title, re.IGNORECASE)
        approves = verb is not None and verb[0].casefold().startswith("phê")
        yield own, "approves" if approves else "promulgates", zones.attached, zones.attached_line, zones.attached_line


def _spellings(placed: Sequence[Placed]) -> dict[str, str]:
    """How each number cited is written; one that the text writes in two ways with another document's meaning stays as it is."""
    numbers: dict[str, list[str]] = {}
    for item in placed:
        if item.citation.number:
            numbers.setdefault(loose(item.citation.number), []).append(item.citation.number)
    return {key: spelling(found) or found[0] for key, found in numbers.items()}


def _with_numbers(placed: Sequence[Placed]) -> list[Placed]:
    """The citations, laws that are named without their number with the one that the same text gives them elsewhere."""
    laws = fullest_laws(placed)
    return [
        replace(item, citation=replace(item.citation, number=resolve_law(item.citation, laws).number))
        if item.citation.type in LAWS and item.citation.number is None
        else item
        for item in placed
    ]


def find(placed: Sequence[Placed], source: Source, zones: Zones, document: PlanDocument) -> tuple[DocumentRelation, ...]:
    """The relations stated in the document, in the order of their places. `placed` are its citations with their roles."""
    text = "\n".join([line.text for line in source.lines])
    own = document.number or f"{document.type} {document.title}".strip()
    placed = _with_numbers(placed)
    others = [item for item in placed if not is_itself(item.citation, document)]
    found: list[DocumentRelation] = []
    spelled = _spellings(others)

    def add(subject: str, predicate: Predicate, thing: str, first: int, last: int) -> None:
        subject, thing = spelled.get(loose(subject), subject), spelled.get(loose(thing), thing)
        downwards = predicate in {"implements", "guides", "details"} and _national.search(subject) and _local.search(thing)
        if loose(subject) != loose(thing) and not downwards:
            found.append(DocumentRelation(subject=subject, predicate=predicate, object=thing, lines=(first, max(first, last))))

    for parent, verb_between, citation in _nested(text, placed):
        subject = own if is_itself(parent, document) else name(parent)
        add(subject, verb_between, name(citation), parent.lines[0], citation.lines[1])
    outer = {id(item.citation) for item in others}
    for subject, predicate, citation in (*_own(text, placed, zones, document, own), *_replaced(text, placed, own), *_revised(text, placed)):
        if id(citation) in outer:
            add(subject, predicate, name(citation), *citation.lines)
    for item in others:
        if item.citation.type not in _PROPOSALS and (named := _named(item.citation)):
            add(name(item.citation), named[0], named[1], *item.citation.lines)
        for carried in _titled(item.citation, others):
            add(name(item.citation), "implements", name(carried), *item.citation.lines)
    for subject, predicate, thing, first, last in _enclosed(zones, document, own):
        add(subject, predicate, thing, first, last)
    return tuple(
        sorted(
            {(r.lines, r.subject, r.predicate, r.object): r for r in found}.values(),
            key=lambda r: (r.lines, r.subject, r.predicate, r.object),
        )
    )
