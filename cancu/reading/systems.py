"""The information systems that a document speaks of, each once, with its kind and whether it exists yet."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import cast

from cancu.frozen import Frozen
from cancu.reading import lexicon
from cancu.reading.outline import Outline, Paragraph
from cancu.records import System, SystemKind, SystemStatus

NAME_WORDS = 12
_LISTED = re.compile(r"(?i)(?:cơ sở dữ liệu|CSDL)(?:\s+chuyên ngành)?")
_FIRST = re.compile(r":\s+[^,;.:()]{3,80}")
_SHORT = re.compile(r"(?i)^CSDL(?: \(CSDL\))?")
_BEFORE = 20  # letters before a name, which hold what says that it is many
_NOT_YET = re.compile(r"[^.;,]{0,90}chưa được")


class _Mention(Frozen, frozen=True):
    """A system named in a paragraph, from the offset `start` to before `end`."""

    kind: SystemKind
    name: str
    paragraph: Paragraph
    start: int
    end: int


def find(outline: Outline) -> tuple[System, ...]:
    """The systems in the order of their first mention; `mentions` counts the paragraphs and cells that name one."""
    grouped: dict[tuple[str, str], list[_Mention]] = {}
    kinds = lexicon.possible_in("systems", [paragraph.text for paragraph in outline.paragraphs])
    for place in sorted(kinds):
        paragraph = outline.paragraphs[place]
        if paragraph.part in {"head", "end"}:
            continue
        here = {(mention.kind, mention.name.casefold()): mention for mention in reversed(list(_mentions(paragraph, kinds[place])))}
        for key, mention in here.items():
            grouped.setdefault(key, []).append(mention)
    return tuple(sorted(map(_system, grouped.values()), key=lambda system: (system.lines_first, system.kind, system.name)))


def _system(mentions: Sequence[_Mention]) -> System:
    """What is called one in several places, by the first of them."""
    first = mentions[0]
    lines = first.paragraph.lines_of(first.start, first.end)
    return System(kind=first.kind, name=first.name, status=_status(mentions), lines_first=lines, mentions=len(mentions))


def _mentions(paragraph: Paragraph, kinds: Sequence[lexicon.Entry]) -> Iterator[_Mention]:
    """The systems that a paragraph names; words that one entry took are hidden from the entries after it."""
    text, small = paragraph.text, paragraph.text.lower()
    for entry in kinds:
        for start, stop in entry.places_in(text, small):
            if text[max(start - 2, 0) : start] == "© ":  # the name of the site in a page's footer
                continue
            end, name = stop, entry.extra.get("name")
            if name is None:
                name, end = _name(paragraph.text, start, end)
                if _pattern("vague").match(name) or (
                    _pattern("plural").search(paragraph.text[max(start - _BEFORE, 0) : start]) and len(name.split()) < 6
                ):
                    continue
            text, small = lexicon.hidden(text, start, end), lexicon.hidden(small, start, end)
            yield _Mention(cast(SystemKind, entry.value), name, paragraph, start, end)


@cache
def _pattern(value: str) -> re.Pattern[str]:
    return next(entry.pattern for entry in lexicon.table("systems_names") if entry.value == value)


def _name(text: str, start: int, end: int) -> tuple[str, int]:
    """The name that begins with `text[start:end]`, up to where it ends, and its end in the text."""
    stop = _pattern("end").search(text, end)
    end = stop.start() if stop else len(text)
    if text[end : end + 2] == ": " and _LISTED.fullmatch(text[start:end]):  # "các cơ sở dữ liệu: đất đai, hộ tịch"
        end = first.end() if (first := _FIRST.match(text, end)) else end
    words = _SHORT.sub("Cơ sở dữ liệu", text[start:end])
    name = " ".join(words.replace(":", "").replace(" (CSDL)", "").replace(" về ", " ", 1).split()[:NAME_WORDS])
    return name[:1].upper() + name[1:], end


def _said(mention: _Mention) -> SystemStatus | None:
    """Whether the words around a mention say that the system exists, or is to be built."""
    text, start, end = mention.paragraph.text, mention.start, mention.end
    entry = lexicon.first("systems_status", _clause(text[max(0, start - 80) : start]))
    if (entry and entry.value == "none") or _NOT_YET.match(text[end : end + 60]):
        return "planned"
    if mention.paragraph.part == "results":
        return "existing"
    return cast(SystemStatus, entry.value) if entry else None


def _clause(text: str) -> str:
    """The end of a text, from its last full stop or semicolon on."""
    return text[max(text.rfind("."), text.rfind(";")) + 1 :]


def _status(mentions: Sequence[_Mention]) -> SystemStatus | None:
    """What holds of a system: it exists if any place says so; it is planned if a place does and none says that it exists."""
    status: SystemStatus | None = None
    for mention in mentions:
        status = _said(mention) or status
        if status == "existing":
            break
    return status
