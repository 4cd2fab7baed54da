"""The document itself: number, type, title, date, issuer and period from its head, signer and recipients from its end.

Written after the layout that decree 30/2020/NĐ-CP (and before it circular 01/2011/TT-BNV) gives official documents:
letterhead, number and date, the type on a line of its own, the title below it; at the end recipients and signature.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from cancu.reading import citation_grammar as grammar
from cancu.reading import issuers, letterhead, portal
from cancu.reading.heading import CAPTION, REACH, Head, enacted_type, is_letter, is_upper, locate, title_text
from cancu.reading.layout import Line, fold
from cancu.reading.signature import recipients, signature
from cancu.reading.source import Source
from cancu.records import Period, PlanDocument, Promulgation

UNKNOWN_TYPE = "Văn bản"  # 'document': for one whose type nothing tells

_announced = re.compile(
    r"(?:ban\s+hành|xây\s+dựng|đề\s+ra)\s+(?P<type>Kế\s+hoạch|Đề\s+án|Chương\s+trình)\s+(?:\([^)]*\)\s*)?(?P<title>[^:;]{10,400}?)"
    r"\s*(?:\(gọi\s+tắt[^)]*\))?,?\s+(?:với\s+(?:các|những)|như\s+sau|cụ\s+thể|gồm)"
)


# 'CĂN CỨ LẬP KẾ HOẠCH': the heading of the bases names what they are the bases of.
_drawn_up = re.compile(
    r"^[^\w\n]{0,9}(?:[IVX]{1,5}|\d{1,3})?[^\w\n]{0,9}(?:các\s+)?(?:căn\s+cứ|cơ\s+sở)\s+(?:lập|xây\s+dựng|ban\s+hành)\s+(?P<type>kế\s+hoạch|đề\s+án|chương\s+trình)(?=\W|$)",
    re.IGNORECASE | re.MULTILINE,
)


def _announced_title(lines: Sequence[Line]) -> re.Match[str] | None:
    """'… ban hành Kế hoạch X, với những nội dung sau': what a document whose head is lost says of itself."""
    return _announced.search(fold(" ".join(line.text for line in lines[:REACH])))


@dataclass(frozen=True, slots=True)
class _Caption:
    """'(Ban hành kèm theo Kế hoạch số … ngày … của …)': the document that a part of the file belongs to."""

    number: str | None
    type: str
    date: str | None
    issuer: str | None
    lines: tuple[int, int]


# A bracket after which its line goes on with words: it stood in a sentence.
_after_bracket = re.compile(r"[^()]{0,300}\)[ \t]*(?:[;,][ \t]*)?\w")


def _begins_caption(lines: Sequence[Line], i: int, opened: re.Match[str]) -> bool:
    """Whether the words stand in a bracket that ends its line, or on lines of their own, and not in the midst of a sentence."""
    above = fold(lines[i - 1].text) if i else ""
    before, bracket = opened.string[: opened.start()].strip(), opened[0].startswith("(")
    alone = not before and (not above or is_upper(above))
    goes_on = bracket and (before[:1].islower() or _after_bracket.match(opened.string, opened.end()) is not None)
    return alone or (bracket and not goes_on) or above.endswith("(")


def _captions(lines: Sequence[Line]) -> list[_Caption]:
    found = []
    for i, line in enumerate(lines):
        if "èm" not in line.text and "ÈM" not in line.text:  # "kèm", in any case: most lines are left at once
            continue
        text = "\n".join(row.text for row in lines[i : i + 4])
        opened = CAPTION.search(text)
        if opened is None or not _begins_caption(lines, i, opened) or (number := grammar.find_number(text, opened.end())) is None:
            continue
        before = grammar.type_before(text, number.start())
        if before is None or before.start() != opened.end():
            continue
        dated = grammar.match_date(text, number.end())
        named = grammar.match_issuer(text, dated[1] if dated else number.end(), joint=False)
        last = line.number + text[: named[1] if named else dated[1] if dated else number.end()].count("\n")
        issuer = issuers.official(named[0]) if named else None
        found.append(
            _Caption(
                grammar.normal_number(number[0]),
                grammar.canonical_type(before["type"]) or "",
                dated[0] if dated else None,
                issuer,
                (line.number, last),
            )
        )
    return found


_full_date = re.compile(r"(?i)ngày\s+\d{1,2}\s*(?:tháng|[/.-])\s*\d{1,2}\s*(?:năm|[/.-])\s*\d{4}")


_quoted = re.compile(r"“[^”]*”|\"[^\"]*\"")


def period_of(title: str) -> Period | None:
    """The years that a title gives: 'giai đoạn 2021-2025', 'năm 2014', 'năm 2025 và 2026', 'đến năm 2030' (no first year)."""
    title = _full_date.sub(" ", title)  # a date is no period
    outside = _quoted.sub(" ", title)
    if re.search(r"(?i)(?:năm|giai\s+đoạn)\s+(?:19|20)\d\d", outside):
        title = outside  # what is quoted is another document's title, with its own years
    if match := re.search(
        r"(?i)(?:giai\s+đoạn|thời\s+kỳ|nhiệm\s+kỳ|các\s+năm|từ\s+năm)\s*:?\s*(?:từ\s+)?(?:năm\s+)?(\d{4})\s*(?:[-–—]|đến(?:\s+năm)?)\s*(\d{4})",
        title,
    ):
        return int(match[1]), int(match[2])
    if match := re.search(r"(?<!\d)((?:19|20)\d\d)\s*[-–—]\s*((?:19|20)\d\d)(?!\d)", title):
        return int(match[1]), int(match[2])
    match = re.search(r"(?i)(?<!đến\s)năm\s+(\d{4})(?:\s+và|,)\s+(?:năm\s+)?(\d{4})(?!\d)", title)
    if match and int(match[2]) == int(match[1]) + 1:
        return int(match[1]), int(match[2])
    if match := re.search(
        r"(?i)(?<!đến\s)(?<!nhìn\s)năm\s+((?:19|20)\d\d)(?!\s*[-–—]\s*\d)",
        re.sub(r"(?i)(đến|nhìn|hướng)\s+năm", r"\1_năm", title).replace("_năm", "_nam"),
    ):
        return int(match[1]), int(match[1])
    if match := re.search(r"(?i)đến\s+(?:hết\s+)?(?:năm\s+)?((?:19|20)\d\d)", title):
        return None, int(match[1])
    return None


def read_head(source: Source) -> PlanDocument:
    """What the document says of itself. Fields that it does not give are None, its title ""; budget fields are filled elsewhere."""
    lines = source.lines
    head, beside = locate(lines), portal.facts(lines)
    top = _top(lines, head, beside.rows)
    text, words = "\n".join(line.text for line in top), letterhead.capitals(top)
    told = portal.Facts() if top else portal.news(lines)
    number = letterhead.number_in(text)
    type_ = _type(lines, head, number) or told.type or beside.type or UNKNOWN_TYPE
    captions = _captions(lines)
    own = next((caption for caption in captions if caption.type == type_), None)
    number = number or (own.number if own else None) or beside.number or told.number
    title = _title(lines, head, number) or beside.title or told.title or ""
    dates = (letterhead.date_in(text), own.date if own and own.number == number else None, beside.date, told.date)
    place = _place(lines, head, words, text, title, own)
    joint = issuers.implied(number, type_, None) if number and "liên tịch" in type_ else None
    issuer = joint or letterhead.issuer_in(words, place) or _fallback_issuer(lines, head, own, place) or beside.issuer or told.issuer
    place = place or (letterhead.place_in(issuer) if issuer else None)
    signer, signer_title = signature(lines, head.title[1] if head else 0)
    return PlanDocument(
        number=number,
        type=type_,
        title=title,
        date=next((date for date in dates if date), None),
        issuer=issuer,
        province=place.name if place and not _is_central(issuer) else None,
        period=period_of(title),
        signer=signer or beside.signer,
        signer_title=signer_title,
        recipients=recipients(lines),
        promulgated_by=_promulgation(captions, type_, number),
    )


def _top(lines: Sequence[Line], head: Head | None, rows: frozenset[int]) -> list[Line]:
    """The lines of the letterhead, without the portal's `rows`."""
    first, last = head.letterhead if head else (0, 0)
    return [lines[i] for i in range(first, last) if i not in rows]


def _type(lines: Sequence[Line], head: Head | None, number: str | None) -> str | None:
    """The type: of the heading, the number's signs, an official letter's form, the enacting words, or the preamble."""
    if head and head.type:
        return head.type
    if number and (type_ := grammar.type_of_signs(number)):
        return type_
    if is_letter(lines, head):
        return "Công văn"
    stated = _announced_title(lines) or _drawn_up.search("\n".join(line.text for line in lines[:REACH]))
    return enacted_type(lines) or (fold(stated["type"]).capitalize() if stated else None)


def _title(lines: Sequence[Line], head: Head | None, number: str | None) -> str | None:
    """The title: of the heading, the preamble where there is no heading, or the portal's page."""
    if head and (title := title_text(lines, head)):
        return title
    announced = None if is_letter(lines, head) else _announced_title(lines)
    return fold(announced["title"]) if announced else portal.page_title(lines, number) if number else None


def _is_central(issuer: str | None) -> bool:
    return bool(issuer and re.match(r"(?:Bộ|Chính phủ|Thủ tướng|Quốc hội|Ủy ban Thường vụ|Ban Bí thư|Ban Chấp hành Trung ương)\b", issuer))


def _promulgation(captions: list[_Caption], type_: str, number: str | None) -> Promulgation | None:
    """The decision that the whole document came with: captioned at its top, and not the document itself."""
    if type_ in {"Quyết định", "Nghị quyết"}:
        return None
    caption = next((caption for caption in captions if caption.type in {"Quyết định", "Nghị quyết"} and caption.number != number), None)
    return Promulgation(number=caption.number, type=caption.type, date=caption.date, lines=caption.lines) if caption else None


@cache
def _acting(verbs: str) -> re.Pattern[str]:
    return re.compile(
        rf"(?<!của )(?<!do )(?<![^\W_])(?P<issuer>{issuers.issuer_pattern()})(?:\s*\([^()]{{3,60}}\))?\s+(?:đã\s+)?(?:{verbs})"
    )


_ISSUES = r"(?:ban\s+hành|xây\s+dựng|đề\s+ra)\s+(?:Kế\s+hoạch|Đề\s+án|Chương\s+trình)"
_WRITES = r"(?:trân\s+trọng\s+|kính\s+)?(?:đề\s+nghị|yêu\s+cầu|hướng\s+dẫn|thông\s+báo|báo\s+cáo)"


def _fallback_issuer(lines: Sequence[Line], head: Head | None, own: _Caption | None, place: issuers.Place | None) -> str | None:
    """Where the letterhead is lost: who, in the preamble, issues the document; or whom a caption names."""
    verbs = _WRITES if is_letter(lines, head) else _ISSUES
    if match := _acting(verbs).search(fold(" ".join(line.text for line in lines[:REACH]))):
        return issuers.official(match["issuer"], place)
    return issuers.official(own.issuer, place) if own and own.issuer else None


def _place(
    lines: Sequence[Line], head: Head | None, words: Sequence[str], top: str, title: str, own: _Caption | None
) -> issuers.Place | None:
    """The province: of letterhead, caption, place and date, title and the issuer below it, or the first that the text names."""
    below = fold(lines[head.title[1]].text) if head and head.title[1] < len(lines) else ""
    for text in (fold(" ".join(words)), own.issuer if own and own.issuer else "", top, title, below if is_upper(below) else ""):
        if text and (place := letterhead.place_in(text)):
            return place
    for text in (fold(" ".join(words)), top, title):
        if place := letterhead.province_of_district(text):
            return place
    opening = fold(" ".join(line.text for line in lines[:REACH]))
    match = re.search(rf"\b(?:tỉnh|thành phố|TP\.?)\s+({issuers.province_pattern()})(?![^\W\d_])", opening)
    return letterhead.place_in(match[0]) if match else None
