"""Shares that a text gives beside amounts or numbers, or in a list of its own, against these and against the whole."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from cancu.reading import values
from cancu.reading.budget import money
from cancu.reading.outline import Outline, Paragraph
from cancu.reading.sums import calls_total, dong, step
from cancu.records import Finding, Lines, PlanDocument, Severity

MOST, LEAST = 130.0, 85.0  # percent: shares that make more, or less, are not of one whole
ABOUT = 2.0  # percentage points that "khoảng" allows
_PERCENT = r"(?P<share>\d{1,3}(?:[.,]\d{1,2})?)\s?%"
_WORDS = r"(?:chiếm|tương ứng|tương đương|bằng|t[ỷỉ] trọng|t[ỷỉ] lệ)(?:\s+(?:t[ỷỉ] lệ|t[ỷỉ] trọng|với|là))?:?"
_SHARE = re.compile(rf"(?i)[\s,]{{0,3}}\(?\s*(?:{_WORDS}(?P<about>\s+(?:khoảng|gần|trên|hơn))?\s+|(?<=\())\s*{_PERCENT}")
_BEFORE = re.compile(rf"(?i)\(\s*(?:{_WORDS}(?P<about>\s+(?:khoảng|gần|trên|hơn))?\s+)?{_PERCENT}\s*\)\s*(?:là\s*)?:?\s*$")
_OF_ALL = re.compile(
    r"(?i)\s*(?:của\s+)?tổng\s+(?:mức|nguồn|số)?\s*(?:kinh phí|vốn|đầu tư|nhu cầu|dự toán)(?!\s+(?:của|hỗ trợ|đầu tư công))"
)
_LEADS = re.compile(r"(?i)(?<!\w)(?:gồm|trong đó|cơ cấu|như sau|cụ thể|từ các nguồn)[^.;%\d]{0,40}:?\s*$")
_MADE_OF = re.compile(r"(?i)(?<!\w)(?:cơ cấu|t[ỷỉ] trọng)(?!\w)[^%\d]{0,120}:\s*$")
_ITEM = re.compile(r"(?P<name>[^%\d]{2,120}?)[\s:(]+(?:(?:chiếm|là|khoảng)\s+)*(?P<share>\d{1,2}(?:[.,]\d{1,2})?)\s?%\)?\s*[;.,]?\s*$")
_OPEN = re.compile(r"(?i)(?<!\w)(?:tăng|giảm|tối đa|tối thiểu|không quá|ít nhất|so với|trên|dưới)(?!\w)(?!\s+đại học)")
_REST = re.compile(r"(?i)(?<!\w)(?:còn lại|khác)(?!\w)")
_COUNT = r"\d(?<![\d.,/]\d)\d{0,3}(?:\.\d{3})*(?![\d.,/%])"
_COUNTED = re.compile(
    rf"(?P<whole>{_COUNT})\s+(?!tỷ|triệu|nghìn|đồng|năm)[^\W\d_]+[^.;:()\d%]{{0,80}}?,\s*(?:trong đó|gồm)(?:\s+có)?:?\s+(?P<part>{_COUNT})"
    rf"\s+(?!tỷ|triệu|nghìn|đồng|năm)[^\W\d_]+[^.;:()\d%]{{0,80}}?,?\s*\(?(?:chiếm|đạt)\s+(?:t[ỷỉ] lệ\s+)?"
    rf"{_PERCENT}(?=\s*\)?\s*(?:[,;.]|$))",
    re.IGNORECASE,
)

_OF_THEM = re.compile(  # "Trong tổng số 111 xã, phường có 83 đơn vị kết nối mạng, đạt 83,8%"
    rf"tổng\s+số\s+(?P<whole>{_COUNT})\s+(?!tỷ|triệu|nghìn|đồng|năm)[^\W\d_]+[^.;:()\d%]{{0,80}}?,?\s+(?:(?:đã|hiện|mới|thì)\s+)?có\s+(?P<part>{_COUNT})"
    rf"\s+(?!tỷ|triệu|nghìn|đồng|năm)[^\W\d_]+[^.;:()\d%]{{0,80}}?,?\s*\(?(?:chiếm|đạt|bằng|tương ứng)\s+(?:t[ỷỉ] lệ\s+)?"
    rf"{_PERCENT}(?=\s*\)?\s*(?:[,;.]|$))",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Stated:
    """An amount of dong, to the last digit that it is printed with, with its share, and whether that is to the digit."""

    amount: int
    digit: int
    share: str
    about: bool
    lines: Lines
    of_all: bool = False

    def fits(self, whole: int, digits_of: int) -> bool:
        """Whether the share is that of the amount, as far as its own digits are printed, and the amounts to `digits_of`."""
        digits = len(re.split("[.,]", self.share)[1]) if re.search("[.,]", self.share) else 0
        slack: float = max(0.5 / 10**digits, ABOUT * self.about) + 50 * digits_of / whole
        return abs(100 * self.amount / whole - _number(self.share)) <= slack


def find(outline: Outline, document: PlanDocument) -> Iterator[Finding]:
    """Shares beside amounts in sentences and lists, of numbers of things, and lists of shares alone."""
    body = outline.body()
    for place, paragraph in enumerate(body):
        if "%" in paragraph.text:
            yield from _in_sentence(paragraph, document)
            yield from _counted(paragraph)
        elif "%" in (body[place + 1].text if place + 1 < len(body) else ""):
            yield from _in_list(paragraph, body[place + 1 :])
            yield from _alone(paragraph, body[place + 1 :])


def _number(share: str) -> float:
    return float(share.replace(",", "."))


def _digit(text: str, amount: values.Amount) -> int:
    """What the last digit of an amount stands for: of "4.000 triệu" a million, where that is less than its noughts say."""
    printed = text[amount.start : amount.end].casefold()
    return min(step(amount.amount_vnd), 10**6) if "triệu" in printed else step(amount.amount_vnd)


def _stated(paragraph: Paragraph, amount: values.Amount) -> Stated | None:
    """The share that stands after an amount, or in brackets before it."""
    match = _SHARE.match(paragraph.text, amount.end)
    before = None if match else _BEFORE.search(paragraph.text[max(0, amount.start - 60) : amount.start])
    found = match or before
    if found is None:
        return None
    end = match.end() if match else amount.end
    of_all = match is not None and _OF_ALL.match(paragraph.text, end) is not None
    return Stated(
        amount.amount_vnd,
        _digit(paragraph.text, amount),
        found["share"],
        bool(found["about"]),
        paragraph.lines_of(amount.start, end),
        of_all,
    )


def _in_sentence(paragraph: Paragraph, document: PlanDocument) -> Iterator[Finding]:
    """Shares of a total that its sentence gives beside their amounts: "tổng 150 tỷ đồng, gồm: ngân sách tỉnh 90 tỷ đồng (chiếm 65%)".

    The total may also stand elsewhere, where the amounts make the plan's, or the share is called one of it.
    """
    amounts = money(paragraph.text)
    if len(amounts) > 2 and calls_total(paragraph.text[: amounts[0].start]):
        whole = amounts[0].amount_vnd
        said = amounts[1:]
    elif len(amounts) > 1 and sum(amount.amount_vnd for amount in amounts) == document.total_budget_vnd:
        whole, said = document.total_budget_vnd, amounts
    elif len(amounts) == 2 and amounts[0].amount_vnd == document.total_budget_vnd:
        whole, said = document.total_budget_vnd, amounts[1:]
    else:
        yield from _together(paragraph, amounts, document.total_budget_vnd or 0)
        return
    yield from _wrong([one for amount in said if (one := _stated(paragraph, amount))], whole)


def _together(paragraph: Paragraph, amounts: Sequence[values.Amount], whole: int) -> Iterator[Finding]:
    """A share of the plan's total right after several amounts in brackets: "A (2 tỷ đồng) và B (3 tỷ đồng) chiếm 9%".

    It may be theirs, or that of the last one alone.
    """
    text = paragraph.text
    bracketed = all(text[: one.start].endswith("(") and text.startswith(")", one.end) for one in amounts)
    match = _SHARE.match(text, amounts[-1].end + 1) if whole and bracketed and len(amounts) > 1 and text.count("%") == 1 else None
    if match is None:
        return
    last, lines = amounts[-1], paragraph.lines_of(amounts[0].start, match.end())
    alone = Stated(last.amount_vnd, _digit(text, last), match["share"], bool(match["about"]), lines, of_all=True)
    together = replace(alone, amount=sum(one.amount_vnd for one in amounts))
    if not alone.fits(whole, alone.digit):
        yield from _wrong([together], whole)


def _in_list(lead: Paragraph, rest: Sequence[Paragraph]) -> Iterator[Finding]:
    """Shares beside the amounts of a list, right under a total that its lead-in gives, or that they make."""
    amounts = money(lead.text)
    if not amounts or not calls_total(lead.text[: amounts[0].start]):
        return
    whole, made = amounts[0].amount_vnd, 0
    stated = []
    for item in rest:
        paid = money(item.text)
        if len(paid) != 1 or item.level != rest[0].level:
            break
        made += paid[0].amount_vnd
        one = _stated(item, paid[0])
        if one:
            stated.append(one)
        if made == whole:
            break
    if made == whole or (len(amounts) == 1 and _LEADS.search(lead.text, amounts[0].end)):
        yield from _wrong(stated, whole, sure=made == whole)


def _wrong(stated: Sequence[Stated], whole: int, *, sure: bool = False) -> Iterator[Finding]:
    """The shares that are not; where no other fits, it is a note, since they may be of something else, but for one called of the total.

    Amounts that make the whole are meant to the digit; `sure` says that those of a list do.
    """
    exact = sure or sum(one.amount for one in stated) == whole
    wrong = [one for one in stated if whole and not one.fits(whole, 0 if exact else one.digit + min(one.digit, step(whole)))]
    for one in wrong if sure or len(stated) > 1 or any(one.of_all for one in wrong) else ():
        real = f"{100 * one.amount / whole:.1f}".replace(".", ",")
        detail = f"{dong(one.amount)} trên {dong(whole)} là {real}%, văn bản ghi {one.share}%."
        severity: Severity = "Warning" if sure or len(wrong) < len(stated) or one.of_all else "Info"
        yield Finding(kind="sum-mismatch", severity=severity, detail=detail, lines=one.lines)


def _counted(paragraph: Paragraph) -> Iterator[Finding]:
    """A share of things that their own numbers do not give: "240 cán bộ, trong đó 180 người có trình độ đại học, chiếm tỷ lệ 70%"."""
    listed = "trong đó" in paragraph.text or "gồm" in paragraph.text
    of_them = _OF_THEM.finditer(paragraph.text) if "ổng số " in paragraph.text else ()
    for match in (*(_COUNTED.finditer(paragraph.text) if listed else ()), *of_them):
        part, whole = (int(match[name].replace(".", "")) for name in ("part", "whole"))
        if 0 < part <= whole and abs(100 * part / whole - _number(match["share"])) > 1:
            real = f"{100 * part / whole:.1f}".replace(".", ",")
            detail = f"{match['part']} trên {match['whole']} là {real}%, văn bản ghi {match['share']}%."
            yield Finding(kind="sum-mismatch", detail=detail, lines=paragraph.lines_of(match.start(), match.end()))


def _alone(lead: Paragraph, rest: Sequence[Paragraph]) -> Iterator[Finding]:
    """A list of what something is made of, a share an item, that makes more than all, or less: a note, since one may be left out."""
    if not _MADE_OF.search(lead.text[-200:]):
        return
    items = []
    for item in rest:
        match = _ITEM.fullmatch(item.text)
        if match is None or item.level != rest[0].level:
            break
        items.append((item, match))
    total = sum(_number(match["share"]) for _, match in items)
    slack = 0.5 * len(items) if all(re.fullmatch(r"\d+", match["share"]) for _, match in items) else 0.05 * len(items)
    said = " ".join(item.text for item, _ in items)
    over, under = 100 + slack < total <= MOST, LEAST <= total < 100 - slack and not _REST.search(said)
    if len(items) > 2 and (over or under) and not _OPEN.search(said):
        detail = f"Các tỷ lệ cộng lại được {f'{total:g}'.replace('.', ',')}%."
        yield Finding(
            kind="sum-mismatch", severity="Warning" if over else "Info", detail=detail, lines=(items[0][0].lines[0], items[-1][0].lines[-1])
        )
