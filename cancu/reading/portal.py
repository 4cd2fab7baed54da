"""What a law portal says of a document beside its text: a table or lines of facts, the page's title, a piece of news.

The words are the portal's, not the document's. They count only where the text itself does not say.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import zip_longest

from cancu.reading import citation_grammar as grammar
from cancu.reading import issuers, lexicon
from cancu.reading.heading import REACH, Head
from cancu.reading.layout import Line, fold

_MIN_FACTS = 3  # a table names at least so many different facts; prose that speaks of 'ngày ban hành' does not
_BEFORE = " •*-\t"  # what may stand before a fact's name at the beginning of a line or a cell
_signer = re.compile(r"(?:[A-ZĐÀ-Ỹ][a-zđà-ỹ]*\s+){1,5}[A-ZĐÀ-Ỹ][a-zđà-ỹ]*$")


@dataclass(frozen=True, slots=True)
class Facts:
    """The facts beside a document; None for what the portal does not say. `rows` are the indices of the lines that hold them."""

    number: str | None = None
    type: str | None = None
    date: str | None = None
    issuer: str | None = None
    signer: str | None = None
    title: str | None = None
    rows: frozenset[int] = frozenset()


@cache
def _label(possible: tuple[tuple[str, str], ...]) -> re.Pattern[str]:
    """The names of facts, of those fields and by those patterns that a line can hold: all of them in one took ten times as long."""
    names = "|".join(f"(?P<{field}_{i}>{issuers.unflagged(pattern)})" for i, (field, pattern) in enumerate(possible))
    return re.compile(rf"(?i:{names})\s*(?P<mark>[:|\t]|$| (?=[A-ZĐ\d]))")


def _labels(text: str, possible: Sequence[lexicon.Entry]) -> list[re.Match[str]]:
    """The names of facts in a line: at its beginning or a cell's, or after another's value (at times with no blank) and with a colon."""
    if not possible:
        return []
    label = _label(tuple((entry.value, entry.pattern.pattern) for entry in possible))
    if ":" in text or "|" in text or "\t" in text:
        found = label.finditer(text)
    else:
        found = filter(None, [label.match(text, len(text) - len(text.lstrip(_BEFORE)))])
    return [m for m in found if m["mark"] == ":" or _begins_cell(text[: m.start()], m["mark"])]


def _begins_cell(before: str, mark: str) -> bool:
    """Whether a fact's name begins a cell, or, where nothing parts it from its value, the line."""
    return before.rstrip(_BEFORE)[-1:] in {"", "|"} if mark != " " else not before.strip()


def _values(lines: Sequence[Line]) -> Iterator[tuple[int, int, str, str]]:
    """The facts: first and last line, the field, and its value, which may stand on the line below."""
    possible = lexicon.possible_in("portal_facts", [line.text for line in lines])
    for i in sorted(possible):
        line = lines[i]
        labels = _labels(line.text, possible[i])
        for label, following in zip_longest(labels, labels[1:]):
            field = next(name for name, words in label.groupdict().items() if words and name != "mark").partition("_")[0]
            value = fold(line.text[label.end() : following.start() if following else len(line.text)]).strip(" |:")
            last = i
            if not value and following is None and i + 1 < len(lines) and not _labels(lines[i + 1].text, possible.get(i + 1, ())):
                last, value = i + 1, fold(lines[i + 1].text).strip(" |:")
            yield i, last, field, value


def _day(value: str) -> str | None:
    found = grammar.match_date(value, 0)
    return found[0] if found else None


def _number(value: str) -> str | None:
    match = grammar.find_number(value)
    return grammar.normal_number(match[0]) if match and match.start() < 3 else None


def _issuer(value: str, number: str | None, type_: str | None) -> str | None:
    """The agency; a portal's bare 'Tỉnh Hòa Sơn' is the body of the province that the number's signs name."""
    if not value or re.match(r"(?i)đang|đã", value):
        return None
    place = re.fullmatch(r"(?i)(tỉnh|thành\s+phố|TP\.?)\s+(.+)", value)
    if place is None:
        return issuers.official(value)
    kind = "tỉnh" if place[1].casefold() == "tỉnh" else "thành phố"
    return issuers.implied(number or "", type_ or "", issuers.Place(kind, place[2])) if number else None


def facts(lines: Sequence[Line]) -> Facts:
    """The portal's table of facts at the top of a page; an empty Facts where there is none."""
    return _facts(tuple(lines[:REACH]))


@lru_cache(maxsize=2)
def _facts(lines: Sequence[Line]) -> Facts:
    """Remembered: the head of a document asks for them, and what it cites."""
    found = list(_values(lines))
    if len({field for _, _, field, _ in found if field != "other"}) < _MIN_FACTS:
        return Facts()
    value: dict[str, str] = {}
    for _, _, field, words in found:
        if words:
            value.setdefault(field, words)
    number = _number(value.get("number", ""))
    type_ = grammar.canonical_type(value["type"]) if "type" in value else None
    signer = value.get("signer", "")
    return Facts(
        number=number,
        type=type_,
        date=_day(value.get("date", "")),
        issuer=_issuer(value.get("issuer", ""), number, type_),
        signer=signer if _signer.fullmatch(signer) else None,
        title=value.get("title"),
        rows=frozenset(row for first, last, _, _ in found for row in range(first, last + 1)),
    )


_related = re.compile(r"^[-•]\s*\d{1,3}\s*[A-ZĐ]")  # '- 1Nghị định 24/2006/NĐ-CP …'


def outside(lines: Sequence[Line], head: Head | None) -> frozenset[int]:
    """The indices of the lines that cite nothing: the portal's facts, and its list of related documents above the letterhead of `head`."""
    above = range(head.number_at) if head and head.number_at is not None else ()
    return facts(lines).rows | frozenset(i for i in above if _related.match(lines[i].text))


def page_title(lines: Sequence[Line], number: str) -> str | None:
    """The title in a page's heading: 'Kế hoạch 45/KH-UBND năm 2025 về chuyển đổi số', its number, year and issuer left out."""
    for line in lines[:REACH]:
        text = fold(line.text)
        match = grammar.find_number(text)
        if match is None or grammar.normal_number(match[0]) != number:
            continue
        before = grammar.type_before(text, match.start())
        if before is None or text[: before.start()].strip("*#-• "):
            continue
        named = grammar.match_issuer(text, match.end(), joint=False)
        rest = re.sub(r"^\s*năm\s+\d{4}", "", text[named[1] if named else match.end() :])
        title = re.sub(r"\s+do\s+.{5,60}\s+ban\s+hành$", "", rest).strip(" ,.:")
        if len(title.split()) > 2:
            return title
    return None


@cache
def _news() -> re.Pattern[str]:
    types = "|".join(issuers.unflagged(entry.pattern.pattern) for entry in lexicon.table("citation_types"))
    return re.compile(
        rf"{grammar.DATE},?\s+(?P<issuer>{issuers.issuer_pattern()})\s+(?:đã\s+)?(?:ký\s+)?ban\s+hành\s+"
        rf"(?P<type>(?i:{types}))\s+(?:số\s*:?\s*)?{grammar.NUMBER}"
    )


_told = re.compile(r"\s*,?\s*(?P<title>[^.;:]{10,300}?),?\s*(?:cụ\s+thể|với\s+(?:các|những)|như\s+sau|[.;:]|$)")


def news(lines: Sequence[Line]) -> Facts:
    """What a piece of news in the place of a letterhead tells: 'Ngày 24/10/2025, … ban hành Kế hoạch số …'."""
    for line in lines[:8]:
        text = fold(line.text)
        if text.startswith("Ngày") and (match := _news().match(text, len("Ngày "))):
            dated = grammar.match_date(text, 0)
            number = grammar.normal_number(match["ordinal"] + (match["year"] or "") + match["signs"])
            told = _told.match(text, match.end())
            issuer, title = issuers.official(match["issuer"]), told["title"] if told else None
            return Facts(number, grammar.canonical_type(match["type"]), dated[0] if dated else None, issuer, title=title)
    return Facts()
