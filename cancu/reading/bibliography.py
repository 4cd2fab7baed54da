"""The documents that a document cites: its citations resolved to one entry each, with what each mention is for."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from typing import get_args

from cancu.reading import issuers, lexicon, titles
from cancu.reading.citations import Citation
from cancu.reading.source import Source
from cancu.reading.zones import Kind, Zones
from cancu.records import BasisFunction, CitationRole, CitedDocument, Mention, PlanDocument

LAWS = {"Luật", "Bộ luật", "Pháp lệnh", "Hiến pháp"}
_ROLES: tuple[CitationRole, ...] = get_args(CitationRole)


@dataclass(frozen=True, slots=True)
class Placed:
    """A citation with its role, the index of the citation whose title it stands in, and that of an equal before it.

    'Kế hoạch K về thực hiện nghị quyết A và chỉ thị B': A and B have the parent K, and A is B's equal.
    """

    citation: Citation
    role: CitationRole
    parent: int | None
    equal: int | None


_and = re.compile(r"\s*(?:,|và|,\s*và)\s*(?:các\s+)?$", re.IGNORECASE)


def place(citations: Sequence[Citation], source: Source, zones: Zones, rows: Sequence[tuple[int, int]]) -> tuple[Placed, ...]:
    """Each citation with its role. `rows` are the lines of table rows, in which a document is named as their ground."""
    text = "\n".join([line.text for line in source.lines])
    row_lines = frozenset(chain.from_iterable(range(first, last + 1) for first, last in rows))
    placed: list[Placed] = []
    announced: int | None = None  # where the last document ends of those that the province is said to have issued
    for i, citation in enumerate(citations):
        parent = _parent(citations, i)
        equal = _equal(text, citations, placed, i, parent)
        above, beside = (None if place is None else placed[place] for place in (parent, equal))
        role = _role(text, citation, zones, row_lines, above, beside)
        if parent is None and role == "mention" and _is_announced(text, citation, announced):
            announced = citation.extent[1]
            if zones.kind(citation.span[0]) == "body" and _is_local(citation):
                role = "existing_policy"
        placed.append(Placed(citation, role, parent, equal))
    return tuple(placed)


# 'UBND tỉnh đã ban hành các văn bản sau: - Quyết định …; - Kế hoạch …'
_announces = re.compile(
    r"(?:UBND|[UỦ][ỷy]\s+ban\s+nhân\s+dân|HĐND|Hội\s+đồng\s+nhân\s+dân|[UỦuủ][ỷy]|Thường\s+vụ|[Tt]ỉnh|[Tt]hành\s+phố|[Hh]uyện|[Tt]hị\s+xã)"
    r"(?:\s+[^\s.;:]+){0,8}?\s+(?:ban\s+hành(?:[^.;:]{0,80}:)?|(?:triển\s+khai|thực\s+hiện)[^.;:]{0,60}\s(?:gồm|như|trong\s+đó\s+có):?)"
    r"\s*(?:[-+*•]\s*)?(?:các\s+|một\s+số\s+)?$"
)
_goes_on = re.compile(r"[^.:]{0,200}(?:[;,\n]|\bvà)\s*(?:[-+*•]\s*)?(?:và\s+)?(?:các\s+)?")
_bracketed = re.compile(r"\([^()]*\)")


def _is_announced(text: str, citation: Citation, before: int | None) -> bool:
    """Whether a document is said to be issued by the province, or goes on a list of such, of which the last one ends at `before`."""
    start = citation.span[0]
    if before is not None and before <= start < before + 400 and _goes_on.fullmatch(_bracketed.sub("", text[before:start])):
        return True
    return bool(_announces.search(text, max(0, start - 250, before or 0), start))


def _parent(citations: Sequence[Citation], i: int) -> int | None:
    start, end = citations[i].span
    for j in range(i - 1, max(-1, i - 12), -1):
        if citations[j].span[1] <= start and end <= citations[j].extent[1]:
            return j
    return None


def _equal(text: str, citations: Sequence[Citation], placed: Sequence[Placed], i: int, parent: int | None) -> int | None:
    before = i - 1
    if before < 0 or before == parent or placed[before].parent != parent:
        return None
    return before if _and.fullmatch(text[citations[before].span[1] : citations[i].span[0]]) else None


_direct = re.compile(r"\s*(?:về\s+)?(?:việc\s+)?(?:tổ\s+chức\s+)?(?:triển\s+khai\s+)?(?:thực\s+hiện|triển\s+khai)\s+", re.IGNORECASE)
_carriers = ("Kế hoạch", "Chương trình")
_joins = re.compile(
    r"\s*(?:,|và|,\s*và)\s+[A-ZĐ]"
)  # 'K về thực hiện A và B' leaves open whether it is B, or K, that goes on: all are grounds


def _is_carried(text: str, citation: Citation, parent: Citation) -> bool:
    """Whether the parent does nothing but carry the citation out: 'Kế hoạch K về thực hiện A'."""
    return parent.type.startswith(_carriers) and bool(_direct.fullmatch(text[parent.span[1] : citation.span[0]]))


def _role(
    text: str, citation: Citation, zones: Zones, row_lines: frozenset[int], parent: Placed | None, equal: Placed | None
) -> CitationRole:
    """By the conventions of docs/record.md."""
    if citation.lines[0] in row_lines:
        return "row_basis"
    if equal:
        return equal.role
    kind = zones.kind(citation.span[0])
    if parent:
        stated = kind == "preamble" and parent.role == "legal_basis" and carries_out(text, citation.span[0], zones)
        joined = parent.equal is not None or _joins.match(text, citation.span[1]) is not None
        return "legal_basis" if stated and joined and _is_carried(text, citation, parent.citation) else "mention"
    return _zone_role(text, citation, kind)


def _zone_role(text: str, citation: Citation, kind: Kind) -> CitationRole:
    """The role of a citation that stands in no other's title, by the part that it is in and the words before it."""
    aside = _is_aside(text, citation.span[0])
    told = _issued.search(text, max(0, citation.span[0] - 12), citation.span[0])
    if (kind in {"preamble", "basis"} and not aside and not told) or _is_listed_basis(text, citation):
        return "legal_basis"
    if kind == "policy" and not aside:
        return "existing_policy" if _is_local(citation) else "mention"
    before = text[max(0, citation.span[0] - 120) : citation.span[0]]
    return "guidance" if lexicon.first("citation_guidance", before) else "mention"


_issued = re.compile(r"ban\s+hành\s+$", re.IGNORECASE)  # '… ban hành Kế hoạch số 5/KH-UBND' tells of it
_basis_item = re.compile(r"(?:^|\n)[^\S\n]*+[-+]?[^\S\n]*+Căn\s+cứ\s+(?:vào\s+)?(?:các\s+)?$")


def _is_listed_basis(text: str, citation: Citation) -> bool:
    """Whether it is an item of a list outside the preamble: 'Căn cứ Nghị định …;' on a line of its own."""
    before = text[max(0, citation.span[0] - 30) : citation.span[0]]
    return bool(_basis_item.search(before)) and text[citation.extent[1] :][:20].lstrip().startswith(";")


def _is_aside(text: str, position: int) -> bool:
    """Whether a bracket is open at `position`: '(thay thế Quyết định số …'."""
    before = text[max(0, position - 120) : position]
    return before.rfind("(") > max(before.rfind(")"), before.rfind("\n\n"))


_centre = re.compile(r"(?:Chính phủ|Thủ tướng|Quốc hội|Bộ |Ban Bí thư|Trung ương|Chủ tịch nước|Việt Nam$)")


def _is_local(citation: Citation) -> bool:
    """Whether the province issued it, as far as the issuer or, without one, the number tells."""
    return citation.pattern != "law" and not (citation.issuer and _centre.search(citation.issuer))


_lead = re.compile(
    r"(?:^|[;.\n])[^\S\n]*+[-+*]?[^\S\n]*+(?:(?P<basis>Căn\s+cứ|Theo|Xét|Để|Trên\s+cơ\s+sở)|(?P<implements>Triển\s+khai|Thực\s+hiện|Thi\s+hành))(?=\s|$|(?-i:[A-ZĐ]))",
    re.IGNORECASE,
)


def carries_out(text: str, position: int, zones: Zones) -> bool:
    """Whether the clause of a preamble that `position` is in begins with 'Thực hiện …'; one of 'Căn cứ …' gives no more than a basis."""
    matches = list(_lead.finditer(text, max(zones.start(position) - 1, position - 4000, 0), position))
    return bool(matches and matches[-1]["implements"])


@lru_cache(maxsize=1 << 10)
def loose(number: str) -> str:
    """A number as it is compared: 964/QĐ-TTG of a title in capitals is 964/QĐ-TTg."""
    return number.replace("/", "-").casefold()


_year = re.compile(r" năm (\d{4})$")


def _law_key(citation: Citation) -> str:
    """The name of a law without its year, spelled one way."""
    title = _year.sub("", citation.title or "").casefold()
    return title.removeprefix("luật ").replace("uỷ", "ủy").replace("hoá", "hóa").replace(",", "")


def _law_year(citation: Citation) -> str | None:
    """The year of a law: of its date, of its number, or the one its name ends with."""
    years = (citation.date or "", re.sub(r"^\w+/", "", citation.number or ""), *_year.findall(citation.title or ""))
    return next((year[:4] for year in years if re.match(r"(?:19|20)\d\d", year)), None)


def fullest_laws(placed: Sequence[Placed]) -> dict[str, list[Citation]]:
    """The mentions of each law by name, those with a number first, then those with a date."""
    named: dict[str, list[Citation]] = {}
    for item in placed:
        if item.citation.type in LAWS:
            named.setdefault(_law_key(item.citation), []).append(item.citation)
    return {name: sorted(found, key=lambda c: (c.number is None, c.date is None)) for name, found in named.items()}


def resolve_law(citation: Citation, laws: dict[str, list[Citation]]) -> Citation:
    """The fullest mention of the same law: same name, and no other year."""
    year = _law_year(citation)
    return next((c for c in laws[_law_key(citation)] if year is None or _law_year(c) in {None, year}), citation)


def _group(placed: Sequence[Placed]) -> list[list[Placed]]:
    """The mentions of each document. A number with dates of two years is two documents; a law without a date is the dated one."""
    groups: dict[tuple[str, str], list[Placed]] = {}
    laws = fullest_laws(placed)
    years: dict[str, list[str]] = {}
    for item in placed:
        if item.citation.number and item.citation.date:
            years.setdefault(loose(item.citation.number), []).append(item.citation.date[:4])
    for item in placed:
        citation = resolve_law(item.citation, laws) if item.citation.type in LAWS else item.citation
        if citation.number:
            number = loose(citation.number)
            key = (number, citation.date[:4] if citation.date else years.get(number, [""])[0])
        else:
            key = (_law_key(citation), citation.date or _law_year(citation) or "")
        groups.setdefault(key, []).append(item)
    return list(groups.values())


def _common(values: Sequence[str | None]) -> str | None:
    counts = Counter(value for value in values if value)
    return max(counts, key=lambda value: counts[value]) if counts else None


def _issuer(items: Sequence[Placed], number: str | None, type_: str, province: issuers.Place | None) -> str | None:
    stated = next((item.citation.issuer for item in items if item.citation.issuer), None)
    if stated:
        return issuers.all_official(stated, province)
    return issuers.implied(number, type_, province) if number else None


def _law_title(type_: str, title: str | None) -> str | None:
    """The title of a law that its number or date names; without them its name ('Luật Viễn thông') is all there is, and stays whole."""
    return title.removeprefix(f"{type_} ") if title and type_ in LAWS else title


def _function(type_: str, title: str | None) -> BasisFunction:
    entry = lexicon.first("basis_functions", title if title and title.startswith(type_) else f"{type_} {title or ''}")
    if entry is None:
        return "substance"
    return "competence" if entry.value == "competence" else "procedure"


_dated, _mixed = re.compile(r"\w+/(?:19|20)\d\d/"), re.compile(r"[A-Z][a-z]")


def spelling(numbers: Sequence[str]) -> str | None:
    """How a document's number is written, of the ways that its mentions write it: with its year, and not in capitals alone."""
    dated = [number for number in numbers if _dated.match(number)] or numbers
    return next((number for number in dated if _mixed.search(number)), dated[0] if dated else None)


def _document(items: Sequence[Placed], province: issuers.Place | None) -> CitedDocument:
    cited = [item.citation for item in items]
    number = spelling([c.number for c in cited if c.number])
    full = [c for c in cited if c.pattern != "short"] or cited
    bases = [item.citation for item in items if item.role == "legal_basis"]  # where a document is cited in full; elsewhere more may follow
    type_, title = full[0].type, next((c.title for c in (*bases, *full) if c.title), None)
    roles = {item.role for item in items}
    date = _common([c.date for c in cited])
    return CitedDocument(
        number=number,
        type=type_,
        title=_law_title(type_, title) if number or date else title,
        date=date,
        issuer=_issuer(items, number, type_, province),
        roles=tuple(role for role in _ROLES if role in roles),
        mentions=tuple(
            Mention(surface=c.surface, lines=c.lines, role=item.role, title=titles.other(c.title, title))
            for c, item in zip(cited, items, strict=True)
        ),
        function=_function(type_, title) if "legal_basis" in roles else None,
    )


def is_itself(citation: Citation, document: PlanDocument) -> bool:
    """Whether a citation names the document that it stands in: same number, and no other year."""
    if not document.number or not citation.number or loose(citation.number) != loose(document.number):
        return False
    return not (citation.date and document.date and citation.date[:4] != document.date[:4])


def gather(placed: Sequence[Placed], document: PlanDocument) -> tuple[CitedDocument, ...]:
    """One entry for each document cited, in the order of the first mentions; mentions of the document itself are left out."""
    province = issuers.place_of(document.issuer, document.province)
    others = [item for item in placed if not is_itself(item.citation, document)]
    return tuple(_document(items, province) for items in _group(others))
