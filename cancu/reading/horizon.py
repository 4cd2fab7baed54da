"""Times after the plan's last year at which a sentence of the plan still has something done, paid or reached: notes."""

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
_THIS = re.compile(r"(?i)kế hoạch(?:\s+[^\W_]+){0,3}\s+này")
_SENTENCE = re.compile(r"[^.;]+(?:[.;](?!\s|$)[^.;]*)*")


def find(outline: Outline, document: PlanDocument, targets: tuple[Target, ...]) -> Iterator[Finding]:
    """The sentences with a quarter, month or day after the plan's last year, money for such a year, and goals for the year after it."""
    last = document.period[1] if document.period else None
    if last is None:
        return
    told = [int(year) for year in re.findall(r"(?<!\d)20\d\d(?!\d)", document.title or "")]
    seen = max([last, *told])  # "giai đoạn 2021-2025, định hướng đến năm 2030"
    after = tuple(map(str, range(last + 1, last + NEAR + 1)))
    for paragraph in outline.body():
        if paragraph.part in _PARTS and "20" in paragraph.text and any(year in paragraph.text for year in after):
            yield from _said(paragraph, last, seen)
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


def _goals(targets: tuple[Target, ...], last: int) -> Iterator[Finding]:
    """Goals for the one year after the plan, where no more than two are: else the plan looks further."""
    beyond = [goal for goal in targets if goal.by_year and goal.by_year > last]
    for goal in beyond if len(beyond) <= 2 < len(targets) else ():
        if goal.by_year == last + 1:
            yield _fault(f"năm {goal.by_year}", last, goal.lines)


def _fault(said: str, last: int, lines: tuple[int, int], severity: Severity = "Info") -> Finding:
    detail = f"“{said.strip()}” sau năm cuối của kế hoạch ({last})."
    return Finding(kind="date-conflict", severity=severity, detail=detail, lines=lines)
