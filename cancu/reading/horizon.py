"""Times beyond the plan's years at which a sentence of the plan has something done, paid or reached: notes."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cancu.reading.budget import money
from cancu.reading.outline import Outline, Paragraph
from cancu.records import Finding, PlanDocument, Severity, Target

NEAR = 3  # years after the plan; what is further is meant
_PARTS = frozenset({"objectives", "tasks", "solutions", "budget", "other"})
_TIME = re.compile(
    r"(?i)(?<!\w)(?:(?:trong|trước|đến|hết|từ|vào|cuối|đầu|xong)\s+(?:hết\s+|cuối\s+|đầu\s+)?)?"
    r"(?:(?:quý|quí)\s+(?:I{1,3}|IV|[1-4])(?:\s*/\s*|\s+năm\s+)|tháng\s+\d{1,2}(?:\s*/\s*|\s+năm\s+)|ngày\s+\d{1,2}/\d{1,2}/)"
    r"(?P<year>20\d\d)(?!\d)"
)
_PAID = re.compile(r"(?i)(?<!\w)năm\s+(?P<year>20\d\d)(?:\s+[^\W\d_]+){0,4}[\s:]*$")
_LATER = re.compile(  # what is told of later years
    r"(?i)định hướng|tầm nhìn|giai đoạn|tiếp theo|kế tiếp|năm sau|kỳ sau|chuyển (?:tiếp|sang|nguồn)|quyết toán|tổng kết|sơ kết|báo cáo"
    r"|đánh giá|năm học|nghiệm thu|bảo hành|bảo trì|hiệu lực|thay thế|nghị (?:định|quyết)|thông tư|quyết định|luật|dự kiến sau"
    r"|kế hoạch năm|ứng trước|hoàn trả|trả nợ|(?:sau|từ)\s+năm\s+20\d\d|nhiệm kỳ|hết hạn|thời hạn|khóa|lần thứ"
)
_SPAN = re.compile(r"[Gg]iai đoạn\s+(?P<first>20\d\d)\s?[-–]\s?(?P<last>20\d\d)(?![\d/-])")
_DUE = re.compile(
    r"(?i)(?<!\w)(?:hoàn thành|xong|báo cáo|gửi|nộp|ban hành|trình|xây dựng|triển khai|đăng ký|phê duyệt)(?!\w)[^.;()\d]{0,80}?"
    r"(?<!\w)trước\s+ngày\s+"
    r"(?P<day>\d{1,2})(?:/|\s+tháng\s+)(?P<month>\d{1,2})(?:/|\s+năm\s+)(?P<year>20\d\d)(?!\d)"
)
_OF_OTHERS = re.compile(  # whose years are their own
    r"(?i)quyết định|nghị quyết|nghị định|chương trình|đề án|chiến lược|trung hạn|quy hoạch|kế hoạch|khung|dự án số|(?<!\w)số \d|tiếp theo"
)
_PAST = re.compile(r"(?i)(?<!\w)(?:đã|ước)(?!\w)|lũy kế|luỹ kế|giai đoạn trước|chuyển (?:từ|nguồn)|so với|thực hiện năm|cùng kỳ")
_ALLOTS = re.compile(r"(?i)(?<!\w)(?:riêng|bố trí|phân bổ|nhu cầu|dự kiến|cần)(?!\w)")
_THIS = re.compile(r"(?i)kế hoạch(?:\s+[^\W_]+){0,3}\s+này")
_SENTENCE = re.compile(r"[^.;]+(?:[.;](?!\s|$)[^.;]*)*")


def find(outline: Outline, document: PlanDocument, targets: tuple[Target, ...]) -> Iterator[Finding]:
    """The sentences with a time after the plan's last year, money for such a year or one before its first, spans of years that go one
    beyond its own, goals for the year after it, and deadlines that were over when it was issued.
    """
    if document.date:
        yield from _overdue(outline, document.date)
    last = document.period[1] if document.period else None
    if last is None:
        return
    told = [int(year) for year in re.findall(r"(?<!\d)20\d\d(?!\d)", document.title or "")]
    seen = max([last, *told])  # "giai đoạn 2021-2025, định hướng đến năm 2030"
    after = tuple(map(str, range(last + 1, last + NEAR + 1)))
    first = document.period[0] if document.period else None
    for paragraph in outline.body():
        if paragraph.part in _PARTS and "20" in paragraph.text and any(year in paragraph.text for year in after):
            yield from _said(paragraph, last, seen)
        if first and first < last and paragraph.part in _PARTS and "iai đoạn" in paragraph.text:
            yield from _beside(paragraph, first, last)
        if first and paragraph.part == "budget" and "năm 20" in paragraph.text:
            yield from _before(paragraph, first)
    if document.period and document.period[0] != last:  # a plan of one year looks further
        yield from _goals(targets, seen)


def _said(paragraph: Paragraph, last: int, seen: int) -> Iterator[Finding]:
    """What a paragraph says is done at a time after the `last` year, or paid in a year after all that the title has `seen`."""
    headed = any(_LATER.search(section.text) for section in paragraph.sections)
    for sentence in _SENTENCE.finditer(paragraph.text) if not headed else ():
        own = _THIS.search(sentence[0])
        later = not own and _LATER.search(sentence[0])
        for match in _TIME.finditer(sentence[0]) if not later else ():
            if last < int(match["year"]) <= last + NEAR:
                start = sentence.start() + match.start()
                yield _fault(match[0], last, paragraph.lines_of(start, start + len(match[0])))
        amounts = [one for one in money(paragraph.text) if sentence.start() <= one.start < sentence.end()] if not later else []
        for amount in amounts[:1] if len(amounts) == 1 else ():
            paid = _PAID.search(paragraph.text[sentence.start() : amount.start])
            listed = paid and not re.search(r"[^\W\d_]", paid[0][len("năm 2000") :])  # a year of a list is told by what it makes
            if paid and (own or not listed) and seen < int(paid["year"]) <= seen + NEAR:
                severity: Severity = "Warning" if own else "Info"
                place = paragraph.lines_of(sentence.start() + paid.start(), amount.end)
                yield _fault(f"năm {paid['year']}", seen, place, severity)


def _overdue(outline: Outline, issued: str) -> Iterator[Finding]:
    """Days before the document's own, before which it asks for something to be done."""
    for paragraph in outline.body():
        told = paragraph.part in {*_PARTS, "implementation"} - {"other"} and "trước ngày" in paragraph.text
        for match in _DUE.finditer(paragraph.text) if told else ():
            day = f"{match['year']}-{int(match['month']):02}-{int(match['day']):02}"
            sentence = next(one[0] for one in _SENTENCE.finditer(paragraph.text) if one.start() <= match.start() < one.end())
            if day < issued and not _PAST.search(sentence):
                detail = f"Hạn {match['day']}/{match['month']}/{match['year']} đã qua khi văn bản được ban hành."
                yield Finding(kind="date-conflict", severity="Info", detail=detail, lines=paragraph.lines_of(*match.span()))


def _beside(paragraph: Paragraph, first: int, last: int) -> Iterator[Finding]:
    """Years in which something is done that begin or end with the plan's, and reach one year beyond them."""
    for sentence in _SENTENCE.finditer(paragraph.text):
        for match in _SPAN.finditer(sentence[0]) if not _OF_OTHERS.search(sentence[0]) else ():
            if (int(match["first"]), int(match["last"])) in {(first, last + 1), (first - 1, last)}:
                place = paragraph.lines_of(sentence.start() + match.start(), sentence.start() + match.end())
                detail = f"“{match[0]}” lệch với các năm của kế hoạch ({first}-{last})."
                yield Finding(kind="date-conflict", severity="Info", detail=detail, lines=place)


def _before(paragraph: Paragraph, first: int) -> Iterator[Finding]:
    """Money that is to be paid in a year before the plan's first."""
    for sentence in _SENTENCE.finditer(paragraph.text):
        amounts = [one for one in money(paragraph.text) if sentence.start() <= one.start < sentence.end()]
        paid = _PAID.search(paragraph.text[sentence.start() : amounts[0].start]) if len(amounts) == 1 else None
        if paid and first - NEAR <= int(paid["year"]) < first and _ALLOTS.search(sentence[0]) and not _PAST.search(sentence[0]):
            place = paragraph.lines_of(sentence.start() + paid.start(), amounts[0].end)
            detail = f"“năm {paid['year']}” trước năm đầu của kế hoạch ({first})."
            yield Finding(kind="date-conflict", severity="Info", detail=detail, lines=place)


def _goals(targets: tuple[Target, ...], last: int) -> Iterator[Finding]:
    """Goals for the one year after the plan, where no more than two are: else the plan looks further."""
    beyond = [goal for goal in targets if goal.by_year and goal.by_year > last]
    for goal in beyond if len(beyond) <= 2 < len(targets) else ():
        if goal.by_year == last + 1:
            yield _fault(f"năm {goal.by_year}", last, goal.lines)


def _fault(said: str, last: int, lines: tuple[int, int], severity: Severity = "Info") -> Finding:
    detail = f"“{said.strip()}” sau năm cuối của kế hoạch ({last})."
    return Finding(kind="date-conflict", severity=severity, detail=detail, lines=lines)
