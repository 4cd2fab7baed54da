"""Appendices that the body announces, and that the document does not have."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from cancu.reading.outline import Outline, Paragraph
from cancu.reading.source import Source
from cancu.records import Finding

_HEAD = re.compile(r"(?i)[\W\d]*(?:phụ lục|phụ biểu)\s*(?:số\s*)?(\d{1,2}|[IVX]{1,4}|)(?![^\W_])")
_SHEET_HEAD = re.compile(r"(?i)\W*biểu\s*(?:số\s*)?:?\s*(\d{1,2})(?![^\W_]|/)")
_NUMBER = r"(?:số\s+)?(?:\d{1,2}|[IVX]{1,4})(?![^\W_]|/)"
_ANNOUNCED = re.compile(rf"(?i)phụ lục\s+(?P<numbers>{_NUMBER}(?:\s*(?:[,;]|và)\s*(?:phụ lục\s+)?{_NUMBER})*)")
_SHEET = re.compile(r"(?i)(?:(?<=tại )|(?<=theo )|(?<=xem ))biểu\s+(?:số\s+)?(?P<number>\d{1,2})(?![^\W_]|/)")
_GOES_WITH = re.compile(
    r"(?i)(?:(?:(?<=tại )|(?<=theo )|(?<=xem )|(?<=như )|(?<=trong )|(?<=ở )|(?<=có )|(?<=\())"
    r"(?:các\s+)?(?:phụ lục|phụ biểu)(?:\s+(?:số\s+)?(?:\d{1,2}|[IVX]{1,4})(?![^\W_]))?(?=\s*(?:[.;)]|$))"
    r"|(?:phụ lục|phụ biểu|biểu)(?:\s+(?:số\s+)?(?:\d{1,2}|[IVX]{1,4})(?:\s*(?:,|và)\s*\d)*)?"
    r"\s+(?:(?:đính|gửi|ban hành)\s+)?kèm(?:\s+theo)?(?![^\W_])"
    r"|(?:(?<=\()|(?<=tại )|(?<=theo )|(?<=xem )|(?<=có ))(?:các\s+)?(?:danh mục|bảng|biểu)"
    r"(?:\s+(?!kèm|đính)[^\W\d_]+){0,5},?\s+(?:đính\s+)?kèm"
    r"(?:\s+theo)?(?=\s*(?:[.;)]|$)|\s+(?:kế hoạch|quyết định|chương trình|đề án) này))"
)
# What the words after an appendix, or those before it, say of whose it is: "Phụ lục II của Nghị định số …", "Nghị định số … (Phụ lục II)".
_OF_ANOTHER = re.compile(
    r"(?i)(?:nghị định|thông tư|quyết định|nghị quyết|công văn|kế hoạch|chỉ thị|hướng dẫn|chương trình|đề án"
    r"|văn bản|luật|thông báo|tờ trình)"
    r"\s+(?:số\s*:?\s*)?\d|(?:nghị định|thông tư|công văn|luật|quyết định|nghị quyết|hướng dẫn)(?!\s+này)(?:\s+của|\s+nêu|\s+trên|\s+liên)"
    r"|(?<!\w)của\s+(?:Bộ|Chính phủ|Thủ tướng|Quốc hội)(?!\w)|\d/(?:QĐ|NĐ|TT|NQ|KH|CV)-|theo mẫu(?! tại phụ lục)|biểu mẫu"
)
_THEIRS = re.compile(
    r"(?i)\s+(?:của\s+)?(?:nghị (?:định|quyết)|thông tư|quyết định|công văn|kế hoạch|chỉ thị|chương trình|đề án|luật)\s+(?!này)"
)
_SENTENCE = re.compile(r"[.;](?=\s+[^\W\d_])")
_NUMBERED = re.compile(r"(?i)(?:các\s+)?phụ (?:lục|biểu)\s+(?:số\s+)?(?:\d|[IVX])")
_ROMAN = {"I": 1, "V": 5, "X": 10}
LONG = 40  # words of a paragraph that is no head of an appendix


def find(source: Source, outline: Outline) -> Iterator[Finding]:
    """Appendices and sheets that the body points to, where the file holds others and not these; else the first that goes with it."""
    yield from _lost_sheets(outline)
    texts = [p.text for p in outline.paragraphs if _names_appendix(p.text) and p.text.count(" ") < LONG]
    # right after a signature
    texts += [line.text for line in source.lines if "PHỤ " in line.text and line.text.lstrip().startswith("PHỤ ")]
    heads = dict.fromkeys(match[1] for text in texts if (match := _HEAD.match(text)))
    parts = {paragraph.part for paragraph in outline.paragraphs}
    if not heads and "appendix" not in parts:
        after = next((p.lines[0] for p in outline.paragraphs if p.part == "end"), None)
        if "table" not in parts or (after and all(p.lines[0] < after for p in outline.paragraphs if p.part == "table")):
            yield from _lost(outline, numbered="table" in parts)
    if not heads or "" in heads:
        return
    there = {_value(head) for head in heads}
    for paragraph in outline.body():
        for match in _ANNOUNCED.finditer(paragraph.text) if _names_appendix(paragraph.text) else ():
            numbers = re.findall(r"\d+|[IVXivx]+", re.sub(r"(?i)phụ lục|số|và", " ", match["numbers"]))
            for number in numbers if not _is_of_another(paragraph.text, match.start(), match.end()) else ():
                if _value(number) not in there:
                    detail = f"Dẫn Phụ lục {number} kèm theo, mà văn bản chỉ có Phụ lục {', '.join(heads)}."
                    yield Finding(kind="other", detail=detail, lines=paragraph.lines_of(match.start(), match.end()))


def _lost_sheets(outline: Outline) -> Iterator[Finding]:
    """Sheets ("Biểu 02") that the body points to, where the file holds another and not these."""
    heads = {match[1] for p in outline.paragraphs if "B" in p.text[:8] and (match := _SHEET_HEAD.match(p.text))}
    there = {_value(head) for head in heads}
    for paragraph in outline.body() if heads else ():
        for match in _SHEET.finditer(paragraph.text) if "iểu" in paragraph.text else ():
            if _value(match["number"]) not in there and not _is_of_another(paragraph.text, match.start(), match.end()):
                detail = f"Dẫn Biểu {match['number']}, mà văn bản chỉ có Biểu {', '.join(sorted(heads))}."
                yield Finding(kind="other", detail=detail, lines=paragraph.lines_of(match.start(), match.end()))


def _lost(outline: Outline, *, numbered: bool) -> Iterator[Finding]:
    """The first place where a text without appendices says that one goes with it; a `numbered` one, where its body has tables."""
    for paragraph in outline.body():
        match = next(_own(paragraph), None) if _may_announce(paragraph.text) else None
        if match and (not numbered or _NUMBERED.match(match[0])):
            detail = "Dẫn phụ lục kèm theo, mà bản này không có phụ lục."
            yield Finding(kind="omission", severity="Info", detail=detail, lines=paragraph.lines_of(match.start(), match.end()))
            return


def _own(paragraph: Paragraph) -> Iterator[re.Match[str]]:
    """What the paragraph says goes with the document itself."""
    return (match for match in _GOES_WITH.finditer(paragraph.text) if not _is_of_another(paragraph.text, match.start(), match.end()))


def _is_of_another(text: str, start: int, end: int) -> bool:
    """Whether the sentence names another document, whose appendix it may be."""
    if _THEIRS.match(text, end):
        return True
    before = [cut.end() for cut in _SENTENCE.finditer(text, 0, start)]
    after = _SENTENCE.search(text, end)
    return _OF_ANOTHER.search(text[before[-1] if before else 0 : after.start() if after else len(text)]) is not None


def _value(number: str) -> int:
    """The number that "02" or "II" is."""
    if number.isdigit():
        return int(number)
    values = [_ROMAN[letter] for letter in number.upper()] + [0]
    return sum(-one if one < after else one for one, after in pairwise(values))


def _names_appendix(text: str) -> bool:
    """Whether "phụ" is among the words of a text, in small letters or capitals: few paragraphs have it."""
    return "hụ " in text or "HỤ " in text


def _may_announce(text: str) -> bool:
    return _names_appendix(text) or "èm" in text or "ÈM" in text
