"""One document cited under two numbers, or one number under two years: what is told by all else that the citations share."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import combinations

from cancu.records import CitedDocument, Finding

TITLE_WORDS = 7  # of a title that goes on where another ends, which no two documents of a day have
SAME_WORDS = 4  # of titles that are the same
NEAR = 3  # numbers: documents of one matter follow each other
FAR = 20  # documents that a body signs on one day are fewer
_LAW = re.compile(r"(?i)(?:bộ\s+)?luật\s+(?P<name>[^\W\d_](?:[^\d.,;:()]){2,60}?),?\s+(?:luật\s+)?số\s")
_WORD = re.compile(r"\w+")
_AMENDS = re.compile(r"(?i)sửa đổi|bổ sung|hợp nhất|thi hành")
_OPENING = ("phê duyệt ", "ban hành ", "về việc ", "về ", "v/v ")  # of a title, which one citation has and another has not


def find(cited: Sequence[CitedDocument]) -> Iterator[Finding]:
    """Numbers that are another's with digits changed, and numbers with one day and month of two years."""
    series: dict[tuple[str, str], list[tuple[int, CitedDocument]]] = {}
    for one in cited:
        number, _, signs = (one.number or "").partition("/")
        if signs and number.isdigit():
            series.setdefault((one.type, signs.casefold()), []).append((int(number), one))
    for one in cited:
        yield from _of_two_laws(one)
    for alike in series.values():
        told: set[str | None] = set()
        for (low, first), (high, other) in combinations(alike, 2):
            if low == high:
                yield from _of_two_years(first, other)
            elif other.number not in told and (detail := _renumbered(first, other, abs(low - high))):
                told.add(other.number)
                yield Finding(kind="wrong-number", detail=detail, lines=other.mentions[0].lines)


def _of_two_years(first: CitedDocument, other: CitedDocument) -> Iterator[Finding]:
    """One number, with the same day and month of two years: numbers begin anew each year, and seldom come to the same day."""
    if first.date and other.date and first.date != other.date and first.date[4:] == other.date[4:]:
        there = f"dòng {first.mentions[0].lines[0]} ghi cùng ngày, tháng của năm {first.date[:4]}"
        detail = f"{_name(other)}: ở đây ghi năm {other.date[:4]}, {there}."
        yield Finding(kind="date-conflict", detail=detail, lines=other.mentions[0].lines)


def _of_two_laws(law: CitedDocument) -> Iterator[Finding]:
    """The number of one law, given to another: neither name is a part of the other."""
    first = ""
    for mention in law.mentions if law.type == "Luật" and len(law.mentions) > 1 else ():
        match = _LAW.match(mention.surface)
        name = " ".join(match["name"].casefold().split()) if match else ""
        first = first or name
        if name and name not in first and first not in name and not _AMENDS.search(f"{name} {first}"):
            detail = f"“{mention.surface[:60].strip()}”: số {law.number} là của Luật {first} (dòng {law.mentions[0].lines[0]})."
            yield Finding(kind="wrong-number", detail=detail, lines=mention.lines)


def _renumbered(first: CitedDocument, other: CitedDocument, apart: int) -> str | None:
    """Why the two numbers are of one document, or None."""
    one, two = _title(first), _title(other)
    where, near = f"chỗ khác (dòng {first.mentions[0].lines[0]}) ghi số {first.number}", _changed(first.number or "", other.number or "")
    same_day = first.date is not None and first.date == other.date
    begins = min(one.count(" "), two.count(" ")) >= TITLE_WORDS - 1 and (one.startswith(two) or two.startswith(one)) and apart > NEAR
    same = one == two and one.count(" ") >= (SAME_WORDS if apart > NEAR else TITLE_WORDS) - 1
    if same_day and (same or begins):
        return f"{_name(other)}: {where}, cùng ngày và tên."
    if _issuers_clash(first, other) or not near:
        return None
    if same_day and not (one and two) and apart > (NEAR if sorted(first.number or "") == sorted(other.number or "") else FAR):
        return f"{_name(other)}: {where}, cùng ngày và cơ quan ban hành."
    if same and one.count(" ") >= TITLE_WORDS - 1 and None in (first.date, other.date) and apart > NEAR:
        return f"{_name(other)}: {where}, cùng tên."
    return None


def _changed(one: str, other: str) -> bool:
    """Whether one number is the other with one digit changed, or two exchanged."""
    number, again = one.partition("/")[0], other.partition("/")[0]
    if len(number) != len(again) or len(number) < 2:
        return False
    off = [place for place, (left, right) in enumerate(zip(number, again, strict=True)) if left != right]
    return len(off) == 1 or (len(off) == 2 and sorted(number) == sorted(again))


def _issuers_clash(first: CitedDocument, other: CitedDocument) -> bool:
    return bool(first.issuer and other.issuer and first.issuer.casefold() != other.issuer.casefold())


def _title(cited: CitedDocument) -> str:
    title = (cited.title or "").casefold()
    for opening in _OPENING:
        title = title.removeprefix(opening)
    return " ".join(_WORD.findall(title))


def _name(cited: CitedDocument) -> str:
    return f"{cited.type} {cited.number or ''}".strip()
