"""Lines that say what an appendix or a plan goes with, "(Kèm theo Quyết định số … ngày … của …)", held against the document's own head."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cancu.reading import letterhead
from cancu.reading.head import period_of
from cancu.reading.outline import Outline
from cancu.records import Finding, FindingKind, Period, PlanDocument

_LINE = re.compile(r"(?i)(?:^|\()\s*(?:(?:được )?ban hành )?kèm theo\b.*", re.DOTALL)
_NUMBER = re.compile(r"(?i:số)\s*:?\s*(\d{1,5}[a-zA-Z]?(?:/(?:19|20)\d\d)?/[A-ZĐ][\w-]*)")
_DATE = re.compile(r"ngày\s+(\d{1,2})\s*(?:[/.-]|tháng)\s*(\d{1,2})\s*(?:[/.-]|năm)\s*((?:19|20)\d\d)")
_BODIES = {  # what issues documents, by how a line names it
    "Hội đồng nhân dân": re.compile(r"(?i)của\s+(?:Thường trực\s+)?(?:Hội đồng nhân dân|HĐND)(?!\w)"),
    "Chủ tịch Ủy ban nhân dân": re.compile(r"(?i)của\s+(?:Phó\s+)?Chủ tịch\s+(?:UBND|[uủ][ỷy] ban nhân dân)(?!\w)"),
    "Ủy ban nhân dân": re.compile(r"(?i)của\s+(?:UBND|[uủ][ỷy] ban nhân dân)(?!\w)"),
    "Tỉnh ủy": re.compile(r"(?i)của\s+(?:Ban Thường vụ\s+)?(?:Tỉnh|Thành|Huyện|Thị)\s+[uủ][ỷy](?!\w)"),
    "một sở": re.compile(r"(?i)của\s+(?:Giám đốc\s+)?Sở\s"),
    "một bộ": re.compile(r"(?-i:của\s+(?:Bộ trưởng\s+)?Bộ\s+[A-ZĐ])"),
    "Thủ tướng Chính phủ": re.compile(r"(?i)của\s+Thủ tướng(?!\w)"),
}
_SIGNS = {"UBND": {"Ủy ban nhân dân", "Chủ tịch Ủy ban nhân dân"}, "HĐND": {"Hội đồng nhân dân"}, "TTg": {"Thủ tướng Chính phủ"}}
_COMMITTEE_SIGNS = re.compile(r"(?i)tm\s*\.\s*(?:ubnd|[uủ][ỷy] ban nhân)")
_THIS = re.compile(r"(?i)kèm theo (?:quyết định|nghị quyết|thông tư) này (?P<title>[^.;(]{20,300})")
ALIKE = 0.8  # of the words of a title, which say that it is the same
_OPENING = re.compile(  # the paragraph may give its grounds first, up to a comma
    r"(?:^|[;,]\s+)(?P<who>(?:UBND|[ỦUủu][ỷyỶY] ban nhân dân|HĐND|Hội đồng nhân dân|Sở|Phòng|Huyện ủy|Tỉnh ủy)(?![^\W_])[^.;:,]{0,60}?)\s+"
    r"(?:xây dựng và )?ban hành\s+(?P<what>Kế hoạch|Chương trình|Đề án)(?!\s+số)"
    r"(?=[^.;]{0,400}$)[^.;]*(?<![^\W_])(?:như sau|nội dung(?: [^\W\d_]+){0,3} sau(?: đây)?|cụ thể(?=\s*:))\s*[:.]?$"
)
_ISSUED_BY = re.compile(
    r"(?<!\w)(?P<what>Kế hoạch|Chương trình|Đề án|Quyết định|Nghị quyết)\s+này\s+do\s+(?P<who>[^.;,:]{3,60}?)\s+ban hành(?!\w)"
)
_SIGNED_BY = re.compile(r"(?:TM|T/M)\s*\.?\s*(?:UBND|[ỦU][ỶY] BAN NHÂN DÂN)\s+(?P<of>(?:TỈNH|HUYỆN|QUẬN|THỊ|THÀNH|XÃ|PHƯỜNG)\s.{2,80})")
_OFFICE = re.compile(r"\s+(?:KT|K/T|TM|TUQ|PHÓ|CHỦ TỊCH)(?!\w).*", re.DOTALL)
_SPAN = 250  # letters of such a line; a paragraph may go on after it


def find(outline: Outline, document: PlanDocument) -> Iterator[Finding]:
    """Lines that give the document another number, date or issuer than its head, or a number a body that does not bear its signs."""
    yield from _titled(outline, document)
    yield from _opening(outline, document)
    yield from _signature(outline, document)
    yield from _issued_by(outline, document)
    signed = any(_COMMITTEE_SIGNS.match(paragraph.text) for paragraph in outline.paragraphs if paragraph.part == "end")
    for paragraph in outline.paragraphs:
        match = _LINE.search(paragraph.text) if "èm theo" in paragraph.text else None
        if match is None:
            continue
        line = match[0][:_SPAN].partition(")")[0].replace(" /", "/")
        number = _NUMBER.search(line)
        if number is None:
            continue
        lines = paragraph.lines_of(match.start(), match.start() + len(line))
        for kind, detail in _own(document, number[1], line, signed) if document.number else ():
            yield Finding(kind=kind, detail=detail, lines=lines)
        for detail in _of_other_years(document, line) if number[1] == document.number else ():
            yield Finding(kind="other", detail=detail, lines=lines)
        for detail in _bearer(document, number[1], line):
            yield Finding(kind="wrong-number", detail=detail, lines=lines)


def _titled(outline: Outline, document: PlanDocument) -> Iterator[Finding]:
    """An article that promulgates the document's own plan under its title, but for other years."""
    own = _words(document.title)
    for paragraph in outline.paragraphs if document.period and len(own) > 5 else ():
        match = _THIS.search(paragraph.text) if paragraph.part == "decision" else None
        years = period_of(match["title"]) if match else None
        said = _words(match["title"]) if match else set()
        if match and years and years != document.period and len(own & said) >= max(5, ALIKE * min(len(own), len(said))):
            detail = f"Ở đây ghi “{_span(years)}”, tên văn bản ghi “{_span(document.period)}”."
            yield Finding(kind="other", detail=detail, lines=paragraph.lines_of(match.start(), match.end()))


def _opening(outline: Outline, document: PlanDocument) -> Iterator[Finding]:
    """The sentence with which a plan begins, where it names another body than the head: the committee, or the council."""
    for paragraph in outline.body():
        match = _OPENING.search(paragraph.text.strip()) if "ban hành" in paragraph.text and document.type == "Kế hoạch" else None
        said = _body(f"của {match['who']}") if match else None
        if match is None or said is None or match["what"] != document.type:
            continue
        if said != _body(f"của {document.issuer}") and _body(f"của {document.issuer}") in ("một sở", "Ủy ban nhân dân"):
            detail = f"Ghi {match['who']} ban hành, đầu văn bản ghi {document.issuer} ban hành."
            yield Finding(kind="other", detail=detail, lines=paragraph.lines)
        return


def _issued_by(outline: Outline, document: PlanDocument) -> Iterator[Finding]:
    """A sentence that says of the document that another kind of body than the head's issues it."""
    own = _body(f"của {document.issuer}")
    for paragraph in outline.body() if own else ():
        match = _ISSUED_BY.search(paragraph.text) if " này do " in paragraph.text else None
        said = _body(f"của {match['who']}") if match and match["what"] == document.type else None
        if match and said and {said, own} != {"Ủy ban nhân dân", "Chủ tịch Ủy ban nhân dân"} and said != own:
            detail = f"Ghi {match['who']} ban hành, đầu văn bản ghi {document.issuer} ban hành."
            yield Finding(kind="other", detail=detail, lines=paragraph.lines_of(match.start(), match.end()))


def _signature(outline: Outline, document: PlanDocument) -> Iterator[Finding]:
    """A committee that signs and is of another district or province than the one at the document's head."""
    issuer = document.issuer or ""
    if _body(f"của {issuer}") != "Ủy ban nhân dân":
        return
    own = letterhead.locality_in(issuer) or letterhead.place_in(issuer)
    for paragraph in outline.paragraphs:
        match = _SIGNED_BY.search(paragraph.text) if paragraph.part == "end" else None
        if match is None or own is None:
            continue
        named = _OFFICE.sub("", match["of"])
        signs = letterhead.locality_in(named) or letterhead.place_in(named)
        if signs and signs.kind == own.kind and not _alike(signs.name, own.name):
            detail = f"Ký thay mặt Ủy ban nhân dân {signs}, đầu văn bản ghi {issuer} ban hành."
            yield Finding(kind="other", detail=detail, lines=paragraph.lines_of(match.start(), match.end()))


def _alike(one: str, other: str) -> bool:
    """Whether two names of places are one, or what a break in a line left of it."""
    first, second = one.casefold().split(), other.casefold().split()
    return first[: len(second)] == second[: len(first)]


def _words(title: str) -> set[str]:
    return set(re.findall(r"[^\W\d_]+", title.casefold()))


def _span(years: Period | None) -> str:
    first, last = years or (None, None)
    return f"năm {last}" if first == last else f"{first or '…'}-{last or '…'}"


def _own(document: PlanDocument, number: str, line: str, signed: bool) -> Iterator[tuple[FindingKind, str]]:
    """What a line says of the document itself, by its number, or by one of its series and day, that its head does not."""
    own, day = document.number or "", _day(line)
    if number != own:
        series = number.partition("/")[2] == own.partition("/")[2]
        turned = sorted(number) == sorted(own) and day in (None, document.date)  # 318 for 381
        if series and (turned or (day is not None and day == document.date)):
            yield "wrong-number", f"Ghi kèm theo văn bản số {number}, đầu văn bản ghi số {own}{', cùng ngày' if day else ''}."
        return
    if day and document.date and day != document.date:
        yield "date-conflict", f"Ghi văn bản ngày {_told(day)}, đầu văn bản ghi ngày {_told(document.date)}."
    issuer, named = _body(f"của {document.issuer}"), _body(line)
    chairman = {issuer, named} == {"Ủy ban nhân dân", "Chủ tịch Ủy ban nhân dân"}
    if issuer and named and issuer != named and (signed or not chairman):
        yield "other", f"Ghi là của {named}, đầu văn bản ghi {issuer} ban hành."
    near, own_near = letterhead.locality_in(line), letterhead.locality_in(document.issuer or "")
    if issuer and issuer == named and near and own_near and near.name != own_near.name:
        yield "other", f"Ghi là của {near}, đầu văn bản ghi {document.issuer} ban hành."
    place = letterhead.place_in(line)
    broken = set((place.name if place else "").split()) < set((document.province or "").split())  # a head read across its columns
    if issuer and issuer == named and place and document.province and place.name != document.province and not broken:
        yield "other", f"Ghi là của {place}, đầu văn bản ghi {document.issuer} ban hành."


def _of_other_years(document: PlanDocument, line: str) -> Iterator[str]:
    """What a line says of the document by its number and title, but for other years."""
    said = _words(line)
    years = period_of(_DATE.sub(" ", line))
    alike = len(said & _words(document.title)) >= ALIKE * len(_words(document.title)) > 2
    if document.period and years and alike and None not in years and years != document.period:
        yield f"Ở đây ghi “{_span(years)}”, tên văn bản ghi “{_span(document.period)}”."


def _bearer(document: PlanDocument, number: str, line: str) -> Iterator[str]:
    """A number of another document whose signs are not those of the body that the line names."""
    named = _body(line)
    bearers = _SIGNS.get(number.rpartition("-")[2])
    if number != document.number and named and bearers and named not in bearers:
        yield f"{number} ghi là của {named}, số hiệu này không mang ký hiệu của cơ quan ấy."


def _body(line: str) -> str | None:
    """The kind of body that a line names first."""
    found = [(match.start(), name) for name, pattern in _BODIES.items() if (match := pattern.search(line))]
    return min(found, default=(0, None))[1]


def _day(text: str) -> str | None:
    match = _DATE.search(text)
    return f"{match[3]}-{int(match[2]):02}-{int(match[1]):02}" if match else None


def _told(day: str) -> str:
    year, month, date = day.split("-")
    return f"{int(date)}/{int(month)}/{year}"
