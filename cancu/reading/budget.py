"""What the body of a plan says it costs: its total, and its breakdown by source of money."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from cancu.reading import lexicon, values
from cancu.reading.outline import Outline, Paragraph
from cancu.records import SourceAmount

_WITHIN = re.compile(r"(?i)^(?:trong đó|bao gồm|gồm|cụ thể)\b.{0,20}$")
_LABEL_EDGE = re.compile(r"(?i)^(?:\W|trong đó|bao gồm|gồm|và|từ|là|cụ thể)+|(?:\W|là|khoảng|dự kiến|số tiền)+$")
_WORDS = re.compile(r"^[^()]*\)[\s,]*|^.*:(?=\s*\S)")  # the end of a sum in words, and what leads up to a list of sources
_ONE_SOURCE = re.compile(
    r"(?i)[\s,]*(?:được\s+)?(?:(?:lấy|trích|bố trí|cân đối|chi|sử dụng)\s+)?từ\s+(?:nguồn\s+)?(ngân sách [^.;,:()\d]+?)\s*[.;]?$"
)
_FUND = re.compile(r"(?i)^(?:nguồn vốn|nguồn|vốn|kinh phí)(?: từ)? (?=ngân sách)")


@dataclass(frozen=True, slots=True)
class Budget:
    """The total that a body states, in dong, with its lines, and its shares by source as printed."""

    total_vnd: int | None
    lines: tuple[int, int] | None
    sources: tuple[SourceAmount, ...]


@lru_cache(maxsize=1 << 12)
def money(text: str) -> tuple[values.Amount, ...]:
    """The sums of money in a paragraph, remembered: what a plan costs, its goals and its faults all ask for them."""
    return values.money(text)


def find(outline: Outline) -> Budget:
    """The plan's own total: the first one called a total in its part on money, and the lines under it that break it down."""
    body = [p for p in outline.body() if p.part not in {"results", "legal", "preamble", "implementation"}]
    budgets = [p for p in body if p.part == "budget"]
    for wording, paragraphs in (("total", budgets), ("total", body), ("cost", budgets)):
        for paragraph in paragraphs:
            found = _total(paragraph, wording)
            if found is not None:
                rest = body[body.index(paragraph) + 1 :]
                return Budget(found.amount_vnd, paragraph.lines_of(found.start, found.end), _sources(paragraph, found, rest))
    return Budget(None, None, ())


def _total(paragraph: Paragraph, wording: str) -> values.Amount | None:
    """The first sum of a paragraph, where the words before it call it a total."""
    amounts = money(paragraph.text)
    before = paragraph.text[: amounts[0].start] if amounts else ""
    named = any(entry.value == wording and entry.pattern.search(before) for entry in lexicon.table("budget_words"))
    return amounts[0] if amounts and named and len(before.split()) <= 45 else None


def _sources(paragraph: Paragraph, total: values.Amount, rest: list[Paragraph]) -> tuple[SourceAmount, ...]:
    """The sums after the total in its own paragraph, or else in the list under it."""
    amounts = [amount for amount in money(paragraph.text) if amount.start > total.end]
    edges = [total.end, *(amount.end for amount in amounts)]
    inline = [_source(paragraph, paragraph.text[edge : amount.start], amount) for edge, amount in zip(edges, amounts, strict=False)]
    if inline and all(inline):
        return tuple(source for source in inline if source)
    only = _ONE_SOURCE.match(paragraph.text, total.end) if not amounts else None
    if only and " và " not in only[1]:
        return (SourceAmount(source=_capital(only[1]), amount_vnd=total.amount_vnd, lines=paragraph.lines_of(total.start, only.end(1))),)
    listed: list[SourceAmount] = []
    level: int | None = None
    for item in rest:
        if _WITHIN.match(item.text):
            continue
        sums = money(item.text)
        source = _source(item, item.text[: sums[0].start], sums[0]) if sums and item.level is not None and not item.is_heading else None
        if level is not None and item.level is not None and item.level > level:
            continue
        if source is None:
            break
        level = item.level
        listed.append(source)
        if sum(one.amount_vnd for one in listed) >= total.amount_vnd:
            break
    return tuple(listed)


def _source(paragraph: Paragraph, label: str, amount: values.Amount) -> SourceAmount | None:
    """A sum with the name of its source, or None where the words before it name none."""
    name = _FUND.sub("", _LABEL_EDGE.sub("", _WORDS.sub("", " ".join(label.split()).rstrip(": "))))
    if (
        not any(entry.value == "source" and entry.pattern.search(label) for entry in lexicon.table("budget_words"))
        or len(name.split()) > 20
    ):
        return None
    return SourceAmount(source=_capital(name), amount_vnd=amount.amount_vnd, lines=paragraph.lines_of(amount.start, amount.end))


def _capital(name: str) -> str:
    return name[:1].upper() + name[1:]
