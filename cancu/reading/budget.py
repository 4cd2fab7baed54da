"""What the body of a plan says it costs: its total, and its breakdown by source of money."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate, pairwise

from cancu.reading import lexicon, values
from cancu.reading.columns import is_known_source
from cancu.reading.outline import Outline, Paragraph
from cancu.reading.rows import is_group_ordinal
from cancu.reading.tables import TableGrid
from cancu.records import SourceAmount

_WITHIN = re.compile(r"(?i)^(?:trong đó|bao gồm|gồm|cụ thể)\b.{0,20}$")
_PART = re.compile(r"(?i)(?<!\w)(?:trong đó|bao gồm)(?!\w)")  # what is said after it is not the whole
_ITEM = re.compile(r"[^:;.]{3,80}:\s*\d[\d.,]*\s*(?:tỷ|triệu|nghìn)?\s*đồng\s*[.;,]?")  # of a list whose bullets its page draws
_LABEL_EDGE = re.compile(r"(?i)^(?:\W|trong đó|bao gồm|gồm|và|từ|là|cụ thể)+|(?:\W|là|khoảng|dự kiến|số tiền)+$")
_WORDS = re.compile(
    r"^(?:\s*\([^()]*\)[\s,.;]*|[^()]*\)[\s,]*)?(?:.*:(?=\s*\S))?"
)  # the end of a sum in words, and what leads up to a list of sources
_ONE_SOURCE = re.compile(
    r"(?i)[\s,]*(?:được\s+)?(?:(?:lấy|trích|bố trí|cân đối|chi|sử dụng)\s+)?từ\s+(?:nguồn\s+)?(ngân sách [^.;,:()\d]+?)"
    r"(?:\s+năm\s+20\d\d)?\s*(?:[.;]|,\s*(?:chi tiết|cụ thể|theo)|$)"
)
_BY_SOURCE = re.compile(
    r"(?i)\W*(?:(?:(?:phân|chia|cơ cấu|xét)\s+)?(?:theo\s+)?(?:cơ cấu\s+)?nguồn(?:\s+(?:vốn|kinh phí))?|cơ cấu(?:\s+(?:vốn|kinh phí))?)"
    r"(?:\s+(?:thực hiện|bao gồm|gồm|như sau))*\s*:"
)
NEAR = 0.1  # the share of a total by which sources that are told of it may miss it
# What comes after is no part of the total: other money, or that of one year or of years past.
_BESIDE = re.compile(
    r"(?i)(?<!\w)(?:ngoài\s+(?:ra|kinh\s+phí|nguồn|danh\s+mục|kế\s+hoạch)|(?:lũy|luỹ)\s+kế|riêng\s+(?:năm|kinh\s+phí|phần))(?!\w)"
)
_ANOTHERS = re.compile(r"(?i)(?<!\w)lồng\s+ghép(?!\w).*\scủa\s+(?:đề\s+án|chương\s+trình|dự\s+án)(?!\w)")  # what another plan costs
_OF_A_WORK = re.compile(
    r"(?i)(?<!\w)(?:xây dựng|đầu tư|nâng cấp|triển khai|mua sắm|lắp đặt)\s[^.;:]*,?\s(?:với|có)\s+tổng\s+(?:mức|kinh phí|vốn|dự toán)"
)
_MEAN = re.compile(r"(?i)(?<!\w)(?:bình quân|trung bình)(?!\w)[^.;\d]*$")
_APART = re.compile(r"(?i)(?<!\w)không\s+(?:tổng\s+hợp|tính|gộp|thuộc|nằm)\s+(?:vào|trong|chung)")
_COST_OF = re.compile(r"(?i)(?<!\w)(?:tổng\s+)?kinh phí(?=\s+(?!từ|khác|hợp pháp|tự chủ|lồng ghép|được|của|do|đối ứng)\w)")
_SHARE = re.compile(
    r"(?i)(?<!\d)(\d{1,3}(?:[.,]\d{1,2})?\s?%)\s+tương (?:ứng|đương)(?:\s+(?:với|là))?\s*$"
)  # "ngân sách tỉnh 70% tương ứng 9.100"
_FUND = re.compile(r"(?i)^(?:nguồn vốn|nguồn|vốn|kinh phí)(?: từ)? (?=ngân sách)")
_LED = re.compile(r"(?i)\s*(?:,?\s*(?:là|được|huy động|bố trí|lấy|trích))*\s*(?:từ|do)\s+(?=\w)")  # "40 tỷ đồng từ ngân sách tỉnh"
_BRACKET = re.compile(r"^\s*\([^()]*\)")  # what parts the sum before it, or says it in words
_ENDS = re.compile(r"[,;.]|\s(?:và|là|trong đó|còn lại)\s")
_LONGEST, _NEAR = 20, 300  # words of a source's name; letters before its sum among which it stands


SENTENCE = 8  # blanks in a text that is a sentence, and no cell


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


def prose(outline: Outline) -> list[Paragraph]:
    """The paragraphs of the body, and the sentences about money right above its tables, which are read as what these are called."""
    return [
        p for p in outline.paragraphs if p.part not in {"head", "end", "table", "appendix"} or (p.part == "table" and _is_sentence(p.text))
    ]


def _is_sentence(text: str) -> bool:
    return text.count(" ") >= SENTENCE and bool(money(text))


def find(outline: Outline, tables: Sequence[TableGrid] = ()) -> Budget:
    """The plan's own total: the first one called a total in its part on money, and the lines or the table under it that break it down."""
    body = [p for p in prose(outline) if p.part not in {"results", "legal", "preamble", "implementation"}]
    budgets = [p for p in body if p.part == "budget"]
    for wording, paragraphs in (("total", budgets), ("sum", budgets), ("total", body), ("cost", budgets)):
        for paragraph in paragraphs:
            found = _total(paragraph, wording)
            if found is not None:
                rest = body[body.index(paragraph) + 1 :]
                sources = _sources(paragraph, found, rest) or _tabled(found.amount_vnd, tables)
                within = tuple(source for source in sources if source.amount_vnd <= found.amount_vnd)  # more than all is no part of it
                return Budget(found.amount_vnd, paragraph.lines_of(found.start, found.end), within)
    return Budget(None, None, ())


def _total(paragraph: Paragraph, wording: str) -> values.Amount | None:
    """The first sum of a paragraph, where the words before it call it a total."""
    amounts = money(paragraph.text)
    before = paragraph.text[: amounts[0].start] if amounts else ""
    said = (entry.pattern.search(before) for entry in lexicon.table("budget_words") if entry.value == wording)
    named = any(match and not _PART.search(before, match.end()) for match in said)
    short = named and len(before.split()) <= 45
    return amounts[0] if short and (paragraph.part == "budget" or not (_ANOTHERS.search(before) or _OF_A_WORK.search(before))) else None


def _sources(paragraph: Paragraph, total: values.Amount, rest: list[Paragraph]) -> tuple[SourceAmount, ...]:
    """The sums after the total in its own paragraph, or else in the list under it."""
    beside = _BESIDE.search(paragraph.text, total.end)
    end = beside.start() if beside else len(paragraph.text)
    after = [amount for amount in money(paragraph.text) if total.end < amount.start < end]
    amounts = [amount for amount in after if not _MEAN.search(paragraph.text[: amount.start])]
    inline = _inline(paragraph, total, _making(total, _parts(paragraph.text, total, amounts)))
    if inline:
        return inline
    only = _ONE_SOURCE.match(paragraph.text, total.end)
    if only and " và " not in only[1]:
        return (SourceAmount(source=_capital(only[1]), amount_vnd=total.amount_vnd, lines=paragraph.lines_of(total.start, only.end(1))),)
    return _told(total, [item for item in rest if item.part == paragraph.part]) or _listed(total, rest) or _listed_below(total, rest)


def _making(total: values.Amount, amounts: Sequence[values.Amount]) -> Sequence[values.Amount]:
    """The first sums, as many as make the total: what a later sentence tells is of something else; all where none do."""
    made = accumulate(amount.amount_vnd for amount in amounts)
    count = next((count for count, sum_ in enumerate(made, 1) if count > 1 and sum_ == total.amount_vnd), len(amounts))
    return amounts[:count]


def _inline(paragraph: Paragraph, total: values.Amount, amounts: Sequence[values.Amount]) -> tuple[SourceAmount, ...]:
    """The sums after a total with the words before each, or else after each, where all name sources, or some do and all make the total."""
    text = paragraph.text
    edges = [total.end, *(amount.end for amount in amounts)]
    labels = [_BRACKET.sub("", text[edge : amount.start], count=1) for edge, amount in zip(edges, amounts, strict=False)]
    named = [_source(paragraph, label, amount) for label, amount in zip(labels, amounts, strict=True)]
    whole = sum(amount.amount_vnd for amount in amounts) == total.amount_vnd and len(amounts) > 1
    if any(named) and whole and all(len(label.split()) <= _LONGEST for label in labels[1:]):
        named = [one or _share(paragraph, label, amount) for one, label, amount in zip(named, labels, amounts, strict=True)]
    if not all(named) or any(one and not one.source for one in named):
        after = [text[amount.end : following.start] for amount, following in pairwise(amounts)]
        after += [text[amounts[-1].end :]] if amounts else []
        named = [_after(paragraph, label, amount) for label, amount in zip(after, amounts, strict=True)]
    return tuple(one for one in named if one) if all(named) else ()


def _after(paragraph: Paragraph, words: str, amount: values.Amount) -> SourceAmount | None:
    """A sum with the source that stands after it: "40 tỷ đồng từ ngân sách tỉnh"."""
    led = _LED.match(words)
    name = words[led.end() :] if led else ""
    end = _ENDS.search(name)
    return _source(paragraph, name[: end.start()] if end else name, amount) if name else None


def _parts(text: str, total: values.Amount, amounts: Sequence[values.Amount]) -> list[values.Amount]:
    """The sums without those that only part the one before them: in a bracket after it, or after "trong đó" where they make it."""
    depths = [text.count("(", total.end, amount.start) - text.count(")", total.end, amount.start) for amount in amounts]
    outer = [amount for amount, depth in zip(amounts, depths, strict=True) if depth == min(depths)]
    kept: list[values.Amount] = []
    while outer:
        one, *outer = outer
        kept.append(one)
        if len(outer) > 1 and _PART.search(text, one.end, outer[0].start):
            of_it = next((n for n in range(2, len(outer) + 1) if sum(part.amount_vnd for part in outer[:n]) == one.amount_vnd), 0)
            outer = outer[of_it:]
    return kept


def _told(total: values.Amount, rest: list[Paragraph]) -> tuple[SourceAmount, ...]:
    """The sums of a later paragraph that name their sources, and make the total: "Nguồn vốn: ngân sách tỉnh 10 tỷ đồng; …".

    Where its first words say that these are the sources, they may miss the total by little.
    """
    for item in rest:
        beside = _BESIDE.search(item.text)
        amounts = [amount for amount in money(item.text) if not beside or amount.start < beside.start()]
        amounts = [amount for amount in amounts if not _MEAN.search(item.text[: amount.start])]
        off = abs(sum(amount.amount_vnd for amount in amounts) - total.amount_vnd)
        if len(amounts) > 1 and (not off or (_BY_SOURCE.match(item.text) and off <= NEAR * total.amount_vnd)):
            edges = [0, *(amount.end for amount in amounts)]
            labels = [item.text[edge : amount.start] for edge, amount in zip(edges, amounts, strict=False)]
            named = [_source(item, label, amount) for label, amount in zip(labels, amounts, strict=True)]
            if any(named) and not off and all(len(label.split()) <= _LONGEST for label in labels) and _BY_SOURCE.match(item.text):
                named = [one or _share(item, label, amount) for one, label, amount in zip(named, labels, amounts, strict=True)]
            if all(named):
                return tuple(source for source in named if source)
    return ()


def _listed(total: values.Amount, rest: list[Paragraph]) -> tuple[SourceAmount, ...]:
    """The sums of a list that stands right under the total: as far as they name sources, or all where they make the total."""
    listed: list[SourceAmount] = []
    named: list[bool] = []
    level: int | None = None
    for item in rest:
        if _WITHIN.match(item.text):
            continue
        sums = money(item.text) if (item.level is not None and not item.is_heading) or _ITEM.fullmatch(item.text) else ()
        if level is not None and item.level is not None and item.level > level:
            continue
        if not sums:
            break
        level = item.level
        label = item.text[: sums[0].start]
        if _BESIDE.search(label) or _APART.search(item.text):
            break
        named.append(_names_source(label))
        listed.append(_share(item, label, sums[0]))
        if sum(one.amount_vnd for one in listed) >= total.amount_vnd:
            break
    whole = any(named) and sum(one.amount_vnd for one in listed) == total.amount_vnd
    return tuple(listed if whole else listed[: (*named, False).index(False)])


def _listed_below(total: values.Amount, rest: list[Paragraph]) -> tuple[SourceAmount, ...]:
    """The list under words of its own that say that these are the sources, where it makes the total, or misses it by little."""
    place = next((place for place, item in enumerate(rest) if _BY_SOURCE.fullmatch(item.text.strip()) and item.part == "budget"), None)
    found = _listed(total, rest[place + 1 :]) if place is not None else ()
    return found if abs(sum(one.amount_vnd for one in found) - total.amount_vnd) <= NEAR * total.amount_vnd else ()


def _tabled(total: int, tables: Sequence[TableGrid]) -> tuple[SourceAmount, ...]:
    """The rows of a table by source that make the total: those with Roman numerals, or all."""
    for table in tables:
        kinds = [column.kind for column in table.columns]
        who = next((place for place, kind in enumerate(kinds) if kind in {"fund", "name"}), None)
        if table.lists_items or who is None or "total" not in kinds:
            continue
        place = kinds.index("total")
        rows = [row for row in table.rows if row.kind != "total" and (is_known_source(row.cells[who].text) or row.kind == "section")]
        for chosen in ([row for row in rows if is_group_ordinal(row.cells[0].text)], [row for row in rows if row.kind == "item"]):
            amounts = [table.amount(row, place) or 0 for row in chosen]
            if sum(amounts) == total:
                return tuple(
                    SourceAmount(source=_capital(row.cells[who].text), amount_vnd=amount, lines=row.lines)
                    for row, amount in zip(chosen, amounts, strict=True)
                )
    return ()


def _source(paragraph: Paragraph, label: str, amount: values.Amount) -> SourceAmount | None:
    """A sum with the name of its source, or None where the words before it name none."""
    label = _PART.split(label.rpartition(";")[2])[-1]
    found = _share(paragraph, label, amount)
    return found if _names_source(label) and len(found.source.split()) <= _LONGEST else None


def _names_source(label: str) -> bool:
    """Whether words name a source: what a thing costs ("kinh phí trạm bơm") is none."""
    label = _COST_OF.sub("", label)
    return any(entry.value == "source" and entry.pattern.search(label) for entry in lexicon.table("budget_words"))


def _share(paragraph: Paragraph, label: str, amount: values.Amount) -> SourceAmount:
    """A sum with what the words before it call it."""
    share = _SHARE.search(label[-_NEAR:])
    name = _SHARE.sub("", label[-_NEAR:]) if share else label[-_NEAR:]
    name = _FUND.sub("", _LABEL_EDGE.sub("", _WORDS.sub("", " ".join(name.split()).rstrip(": "))))
    name += ")" * (name.count("(") > name.count(")")) + (f" ({share[1]})" if share else "")
    return SourceAmount(source=_capital(name), amount_vnd=amount.amount_vnd, lines=paragraph.lines_of(amount.start, amount.end))


def _capital(name: str) -> str:
    return name[:1].upper() + name[1:]
