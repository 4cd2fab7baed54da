"""What a body says that one project costs, against the row of a table that names it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from cancu.reading.budget import money
from cancu.reading.claims import Said, sums_said
from cancu.reading.outline import Outline, Paragraph
from cancu.reading.sums import dong
from cancu.records import Finding, Lines, ProjectRow, Severity

LEAST_WORDS = 4  # of a name, which are no other's
NAME_WORDS = 5  # with which the name of a project is no other's
SHARED, MOSTLY = 0.9, 0.6  # of the words of the shorter and the longer of two names of one project
MORE = 6  # words that a body may say beside a name
TWICE = 2  # more than so many times the other, and one of the two is of something else
_FEW = 6  # purses of a row of which all sums are tried
_COSTS = re.compile(
    r"(?i)[\s,;:(-](?:(?:với|có)\s+)?(?:(?:tổng\s+)?(?:kinh phí|dự toán|mức đầu tư)|tổng\s+mức)"
    r"(?:\s+(?:thực hiện|đầu tư|dự kiến|là|khoảng)){0,3}\s{0,3}:?\s{0,3}$|\(\s{0,3}$|:\s{0,3}$|\s(?:được\s+)?bố trí\s{0,3}$"
)
_FOR = re.compile(r"(?i)\s+(?:(?:cho|để|nhằm)\s+|(?=(?:đầu tư|xây dựng|triển khai|thực hiện|nâng cấp|mua sắm|trang bị)\s))")
_LONGEST_CLAUSE = 400  # letters before a sum in which the name of what it is for may stand
_CLAUSE = re.compile(r"[.;:]\s|(?<=\d)\)\s")
_ENDS = re.compile(r"[.,;:()]")
_WORD = re.compile(r"[^\W_]+")
_SHORT_FORM = re.compile(r"\s*\([A-ZĐ]{2,6}\)")  # what stands before it is a name of its own: "Trung tâm điều hành thông minh (IOC) tỉnh"
# What is done with a thing, and what it is called, of which its name may have another word, or none.
_LEADS = re.compile(
    r"(?:(?:xây dựng|đầu tư|nâng cấp|triển khai|hoàn thiện|trang bị|mua sắm|lắp đặt|thực hiện|dự án|nhiệm vụ|kinh phí|tiếp tục|vốn|riêng"
    r"|việc|cho|của|để|là|và)\s+)+"
)
# Words by which a sum may be of a part, of other years, or no more than about so much.
_PARTING = re.compile(
    r"(?i)(?<!\w)(?:ngân sách|nguồn|hỗ trợ|đối ứng|trung ương|xã hội h[oó][aá]|doanh nghiệp|phần|hạng mục|gói|giai đoạn"
    r"|bước|đợt|bổ sung|còn lại|đã|tạm ứng|mỗi|từng|tối đa|tối thiểu|ít nhất|không quá|khoảng|trên|hơn|gần|năm|quý|trong đó|gồm"
    r"|bình quân|thêm|giảm|tăng|phát sinh|điều chỉnh|quyết toán|thanh toán|giải ngân|duyệt)(?!\w)|\d+\s*[-–]\s*\d+|(?:19|20)\d\d"
)
_IN_ALL = re.compile(r"(?i)tổng mức|mức đầu tư")  # may count what is paid before or after the plan
_AT_ONCE = re.compile(
    r"(?i)(?!\s*(?:trong\s+)?(?:cả|toàn) giai đoạn)(?:\s*(?:/|(?:một|mỗi|hằng|hàng)\s)"
    r"|[^.;,]{0,60}?(?<!\w)(?:năm|quý|giai đoạn|đợt|từ|do)(?!\w))"
)
_PHASE = re.compile(r"(?i)giai đoạn|\d")


@dataclass(frozen=True, slots=True)
class _Named:
    """A project with the words of its name, as they are and without what is done with it."""

    words: tuple[str, ...]
    core: str
    row: ProjectRow


@dataclass(frozen=True, slots=True)
class _Cost:
    """What a body says that a project costs; `sure` where it can be of nothing else."""

    row: ProjectRow
    amount: int
    lines: Lines
    sure: bool


def find(outline: Outline, rows: Sequence[ProjectRow]) -> Iterator[Finding]:
    """Costs that a body states of a project, and that no figure of its row is: a note where they may be of a part."""
    named = [
        _Named(words, _core(words), row)
        for row in rows
        for name in dict.fromkeys((row.name, _SHORT_FORM.split(row.name)[0]))
        if row.total_vnd and len(words := tuple(_WORD.findall(name.casefold()))) >= LEAST_WORDS
    ]
    costs = [cost for paragraph in outline.body() if named and money(paragraph.text) for cost in _costs(paragraph, named)]
    told = Counter(row for row, _ in {(cost.row.lines, cost.amount) for cost in costs})
    for cost in costs:
        if cost.amount in set(_figures(cost.row)):
            continue
        sure = cost.sure and told[cost.row.lines] == 1 and not _makes(cost)
        severity: Severity = "Warning" if sure else "Info"
        detail = f"Ở đây ghi {dong(cost.amount)}, bảng (dòng {cost.row.lines[0]}) ghi {dong(cost.row.total_vnd or 0)}."
        yield Finding(kind="sum-mismatch", severity=severity, detail=detail, lines=cost.lines)


def _costs(paragraph: Paragraph, named: Sequence[_Named]) -> Iterator[_Cost]:
    """The sums of a paragraph that a project's name stands before, or else after: "… cho Trung tâm tích hợp dữ liệu"."""
    said = sums_said(paragraph.text)
    for place, one in enumerate(said):
        row, sure = _before(one, named)
        if row is None:
            end = said[place + 1].amount.start if place + 1 < len(said) else len(paragraph.text)
            row, sure = _after(one, paragraph.text[one.amount.end : end], named)
        paid = {one.amount.amount_vnd - other.amount.amount_vnd for other in said if other is not one}  # in the years before
        if row is None or paid & set(_figures(row)):
            continue
        lines = paragraph.lines_of(one.amount.start, one.amount.end)
        more = one.amount.amount_vnd > (row.total_vnd or 0) and _IN_ALL.search(one.words[-_LONGEST_CLAUSE:])
        clear = not more and not _AT_ONCE.match(paragraph.text, one.amount.end) and paragraph.part != "results"
        cost = _Cost(row, one.amount.amount_vnd, lines, sure and clear)
        yield replace(cost, sure=cost.sure and len(said) == 1) if _PARTING.search(paragraph.text[one.amount.end :]) else cost


def _before(one: Said, named: Sequence[_Named]) -> tuple[ProjectRow | None, bool]:
    """The one project that the words right before a sum name, and whether they name it and nothing else."""
    before = one.words[-_LONGEST_CLAUSE:]
    match = _COSTS.search(before)
    clause = _CLAUSE.split(before[: match.start()])[-1] if match else ""
    words = tuple(_WORD.findall(clause.casefold()))
    return _only(words, named, f"{clause} {before[match.start() :]}") if match else (None, False)


def _after(one: Said, text: str, named: Sequence[_Named]) -> tuple[ProjectRow | None, bool]:
    """The one project that the words right after a sum name."""
    match = _FOR.match(text)
    name = _ENDS.split(text[match.end() :], maxsplit=1)[0] if match else ""
    row, sure = _only(tuple(_WORD.findall(name.casefold())), named, f"{name} {one.words[-_LONGEST_CLAUSE // 10 :]}")
    return row, sure and _PARTING.search(text) is None


def _only(words: tuple[str, ...], named: Sequence[_Named], said: str) -> tuple[ProjectRow | None, bool]:
    """The one project that `words` name, if it is one, and whether no word of what is `said` makes it a part."""
    if len(words) < LEAST_WORDS:
        return None, False
    core = _core(words)
    alike = [one for one in named if _is_name(one.words, words) or _same(one.core, core)]
    if len({one.row.name.casefold() for one in alike}) != 1:
        return None, False
    same = [one for one in alike if _same(one.core, core)]
    sure = bool(same) and all(one.row is same[0].row for one in alike) and not _PARTING.search(said)
    return alike[0].row, sure and any(_fits(one, words) for one in same)


def _core(words: Sequence[str]) -> str:
    """The words of a thing alone, with a blank at either end."""
    text = " ".join(words) + " "
    lead = _LEADS.match(text)
    return " " + text[lead.end() if lead else 0 :]


def _same(name: str, words: str) -> bool:
    """Whether one of two things is named by the other, and goes on."""
    shorter, longer = sorted((name, words), key=len)
    return len(shorter.split()) >= LEAST_WORDS and shorter in longer


def _fits(named: _Named, words: tuple[str, ...]) -> bool:
    """Whether little is said beside a name, and of the name nothing is left out that tells a part from others."""
    left = Counter(named.words) - Counter(words)
    return sum((Counter(words) - Counter(named.words)).values()) <= MORE and not _PHASE.search(" ".join(left))


def _is_name(name: Sequence[str], words: Sequence[str]) -> bool:
    """Whether words are those of a name with a few more around or within them, or nearly all of them."""
    if len(name) < NAME_WORDS:
        return False
    if len(words) < NAME_WORDS:  # too few, but for a name that goes on
        return " ".join(words) in " ".join(name)
    if " ".join(name) in " ".join(words):
        return True
    less, more = sorted((len(name), len(words)))
    least = max(SHARED * less, MOSTLY * more)
    return less >= least and sum((Counter(name) & Counter(words)).values()) >= least


def _figures(row: ProjectRow) -> Iterator[int]:
    yield from row.by_year_vnd.values()
    yield from (part.amount_vnd for part in row.allocations)
    yield row.total_vnd or 0


def _makes(cost: _Cost) -> bool:
    """Whether a cost is far from that of its row, or what some of its purses make."""
    total = cost.row.total_vnd or 0
    if not total < TWICE * cost.amount or not cost.amount < TWICE * total:
        return True
    purses = [part.amount_vnd for part in cost.row.allocations][:_FEW]
    return any(sum(some) == cost.amount for count in range(2, len(purses)) for some in combinations(purses, count))
