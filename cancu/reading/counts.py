"""Things that a sentence counts: parts that do not make their whole, and names that are not as many as it says."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cancu.reading.outline import Outline, Paragraph
from cancu.records import Finding, Severity

MOST_OFF = 0.5  # of the whole, by which parts of it can miss it; more, and they are of something else
_NUMBER = r"\d(?<![\d.,/]\d)\d{0,2}(?:\.\d{3})*(?![\d.,/%])"
_WHOLE = re.compile(
    rf"(?P<whole>{_NUMBER})\s+(?P<noun>[^\W\d_]+(?:\s[^\W\d_]+)?)(?P<rest>[^.;:()%\d]{{0,80}}?)"
    r"[,:;]?\s*\(?(?P<by>trong đó|bao gồm|gồm)(?:\s+(?:có|là))?\s*:?\s*(?=[\w“])",
    re.IGNORECASE,
)
_PART = re.compile(
    rf"\s*(?:và\s+|có\s+)*(?P<name>(?:(?!và\s|có\s)[^\W\d_]+\s+){{0,5}}?)(?P<number>{_NUMBER})\s+(?P<noun>[^\W\d_]+)"
    r"(?:(?!\svà\s+\d)(?:[^;,.()\d]|,(?=\s[^\W\d_]+(?:\s[^\W\d_]+)?\svà\s\d)))*"
)
_PERSONS = re.compile(r"(?i)(?:cán bộ|công chức|viên chức|lao động|nhân viên|giáo viên|bác sĩ|học viên)(?!\w)")
_APART = re.compile(
    r"(?:cấp|khối|tuyến|đảng|chính quyền|bậc|tỉnh|huyện|xã|phường|sở|ngành|nam|nữ)(?!\w)"
)  # names of parts that exclude each other
_ADDED = r"\d(?<![\d.,/]\d)\d{0,2}(?:\.\d{3})*(?![\d/%]|[.,]\d)"
_EQUATION = re.compile(
    rf"(?P<whole>{_NUMBER})(?:\s+[^\W\d_]+){{0,3}}\s*[=(]\s*(?P<parts>{_ADDED}(?:\s*\+\s*{_ADDED}){{1,9}})(?=\s*\)|\s*[.;,]|\s+[^\W\d_]|\s*$)"
)
_REST = re.compile(  # "88 cán bộ, trong đó 76 người có trình độ đại học trở lên, còn lại 18 người có trình độ cao đẳng"
    rf"(?P<whole>{_NUMBER})\s+(?P<noun>[^\W\d_]+(?:\s[^\W\d_]+)?)[^.;:()%\d]{{0,80}}?,?\s+trong đó(?:\s+(?:có|là))?:?"
    rf"(?P<parts>(?:\s+(?:và\s+)?(?:có\s+)?{_NUMBER}\s+[^\W\d_]+[^.;:()%\d]{{0,80}}?[,;]){{1,4}})"
    rf"\s+(?:số\s+)?còn lại(?:\s+(?:có|là))?\s+(?P<rest>{_NUMBER})\s+(?P<last>[^\W\d_]+)",
    re.IGNORECASE,
)
_ABOUT = re.compile(r"(?i)(?<!\w)(?:khoảng|gần|hơn|ít nhất|tối thiểu|tối đa|không quá)(?!\w)")
_BETWEEN = re.compile(r"\s*(?:[,;]|(?=và\s))")
_PAID = re.compile(r"(?i)(?:tỷ|triệu|nghìn|đồng|năm|tháng|ngày|lần|giờ|phần)(?!\w)")
_OTHERS = re.compile(r"(?i)(?<!\w)(?:còn lại|khác|chủ yếu|như|\.\.\.|…|v\.v|trở lên|ít nhất|tối thiểu)(?!\w)")
_NAMES = re.compile(
    rf"(?P<count>{_NUMBER})\s+(?P<noun>[^\W\d_]+(?:\s[^\W\d_]+)?)(?P<rest>[^.;:()\d]{{0,80}}?),?\s*(?:gồm|bao gồm|là)\s*:\s*"
)
_NAMED = re.compile(r"[gl](?:ồm|à)\s*:")  # what comes before names: few texts have it


def find(outline: Outline) -> Iterator[Finding]:
    """Numbers of things that their parts, or the names after them, are more or less than."""
    for paragraph in outline.paragraphs:
        if " + " in paragraph.text and paragraph.part not in {"head", "legal", "table"}:
            yield from _equations(paragraph)
        listed = "gồm" in paragraph.text or "trong đó" in paragraph.text
        if listed and paragraph.part not in {"head", "legal", "appendix", "table"}:
            yield from _parts(paragraph)
            yield from _names(paragraph)
        if "còn lại " in paragraph.text and paragraph.part not in {"head", "legal", "table"}:
            yield from _with_rest(paragraph)


def _parts(paragraph: Paragraph) -> Iterator[Finding]:
    """A number of things and the numbers of its parts: "11 dự án, trong đó 3 dự án hạ tầng, 5 dự án ứng dụng và 2 dự án nhân lực".

    All parts are called by one word, that of the whole. After "trong đó" some may not be told: then less is a note, and two parts
    say nothing.
    """
    for match in _WHOLE.finditer(paragraph.text):
        parts, end = _list(paragraph.text, match.end())
        whole, noun = _value(match["whole"]), match["noun"].split()[0].casefold()
        noun = "người" if parts and parts[0][1] == "người" and _PERSONS.match(match["noun"]) else noun
        total = sum(number for number, _, _ in parts)
        some = match["by"].casefold() == "trong đó" and total < whole
        if len(parts) < (3 if some else 2) or any(word != noun for _, word, _ in parts) or not 0 < abs(total - whole) <= MOST_OFF * whole:
            continue
        if not _PAID.match(noun) and not _OTHERS.search(paragraph.text[match.start() : end]):
            apart = all(not name or _APART.match(name) for _, _, name in parts)
            severity: Severity = "Info" if some or not apart else "Warning"
            detail = f"“{match['whole']} {match['noun']}”: các phần cộng lại được {total}."
            yield Finding(kind="sum-mismatch", severity=severity, detail=detail, lines=paragraph.lines_of(match.start(), end))


def _with_rest(paragraph: Paragraph) -> Iterator[Finding]:
    """A number of things of which some parts are told, and the rest, which then make it."""
    for match in _REST.finditer(paragraph.text) if "trong đó" in paragraph.text else ():
        told = [_value(number) for number in re.findall(_NUMBER, match["parts"])]
        whole, total = _value(match["whole"]), sum(told) + _value(match["rest"])
        paid = _PAID.match(match["noun"]) or _PAID.match(match["last"])
        if 0 < abs(total - whole) <= MOST_OFF * whole and not paid and not _ABOUT.search(match[0]):
            detail = f"“{match['whole']} {match['noun']}”: các phần và phần còn lại cộng được {total}."
            yield Finding(kind="sum-mismatch", detail=detail, lines=paragraph.lines_of(match.start(), match.end()))


def _equations(paragraph: Paragraph) -> Iterator[Finding]:
    """A number and those that are added up to it: "412 bộ (236 + 186)"."""
    for match in _EQUATION.finditer(paragraph.text):
        total = sum(_value(number) for number in match["parts"].split("+"))
        if total != _value(match["whole"]):
            detail = f"“{match[0]}”: cộng lại được {total}."
            yield Finding(kind="sum-mismatch", detail=detail, lines=paragraph.lines_of(match.start(), match.end()))


def _list(text: str, start: int) -> tuple[list[tuple[int, str, str]], int]:
    """The numbered parts that stand from a place on, one after the other, with the words before each, and where they end."""
    found: list[tuple[int, str, str]] = []
    end = start
    while part := _PART.match(text, start):
        found.append((_value(part["number"]), part["noun"].casefold(), part["name"].casefold()))
        end = part.end()
        between = _BETWEEN.match(text, end)
        if between is None:
            break
        start = between.end()
    return found, end


def _names(paragraph: Paragraph) -> Iterator[Finding]:
    """A number of things of which it names fewer or more, each by its kind: "05 bệnh viện, gồm: Bệnh viện Đa khoa, Bệnh viện Nhi"."""
    for match in _NAMES.finditer(paragraph.text) if _NAMED.search(paragraph.text) else ():
        sentence = re.split(r"[.;](?:\s|$)", paragraph.text[match.end() :])[0]
        names = [name.strip() for name in re.split(r",|\svà\s", sentence) if name.strip()]
        count, noun = int(_value(match["count"])), match["noun"]
        called = [name for name in names if name.casefold().startswith(noun.casefold()) and name[0].isupper()]
        if len(called) == len(names) > 1 and len(names) != count and not _OTHERS.search(sentence):
            detail = f"Ghi {match['count']} {noun}, nêu tên {len(names)}."
            place = paragraph.lines_of(match.start(), match.end() + len(sentence))
            yield Finding(kind="other", severity="Info", detail=detail, lines=place)


def _value(number: str) -> int:
    return int(number.strip().replace(".", ""))
