"""Levels already reached, which a document reports: "đến nay tỷ lệ … đạt 85%", "95% (năm 2022 đạt 90%)".

They are read as goals are, from the words that report alone, so that a goal and a level of one thing have one subject.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from msgspec import structs

from cancu.reading import lexicon, targets, values
from cancu.reading.outline import Outline, Paragraph, Section
from cancu.records import Level, Target

_FEWEST_WORDS = 4
_OF_WHOM = re.compile(
    r"(?i)(?<!\w)(?:cấp\s+(?:tỉnh|huyện|xã)|đô thị|thành thị|nông thôn|miền núi|vùng cao|biên giới|hải đảo|phụ nữ|hộ nghèo|cận nghèo"
    r"|mầm non|tiểu học|trung học cơ sở|trung học phổ thông|thcs|thpt)(?!\w)"
)
_NUMBERED = re.compile(
    r"(?i)\s+(?:là|gồm|được)\s+\d{1,3}(?:\.\d{3})*(?:\s+[^\W\d_]+){1,2}$"
)  # "hộp thư được sử dụng là 2.883 hộp, đạt 62%"
_FIGURES = re.compile(r"\d\s*[%/]")
_SENTENCE = re.compile(r"(?:[^.;!?]++|[.;!?](?!\s))++[.;!?]?\s*")


def find(outline: Outline, issued: int | None = None) -> tuple[Level, ...]:
    """The shares that are reported in the part on results, in sentences that report, and in brackets beside a goal, by line.

    `issued` is the year of the document: what a bracket gives for a year before it was reached.
    """
    found: list[Level] = []
    for paragraph in outline.body():
        if "%" in paragraph.text:
            found += (_level(goal, paragraph) for goal in _goals(paragraph, _reported(paragraph)) if _is_whole(goal))
            found += _beside(paragraph, issued)
    return tuple(dict.fromkeys(sorted(found, key=lambda level: level.lines)))


def of_whom(text: str) -> tuple[str, ...]:
    """The levels of government, areas and groups that a text names."""
    return tuple(match[0].casefold() for match in _OF_WHOM.finditer(text))


def above(sections: Sequence[Section]) -> tuple[str, ...]:
    """Of whom the nearest heading that says so says that it is: "Cấp huyện:"."""
    return next((found for section in reversed(sections) if (found := of_whom(section.text))), ())


def _level(goal: Target, paragraph: Paragraph) -> Level:
    """A level, with what the heading over it says of whom it is, where its own words do not: else it would be one of all."""
    whom = () if of_whom(goal.subject) else above(paragraph.sections)
    subject = _NUMBERED.sub("", goal.subject)
    return Level(subject=f"{subject} ({', '.join(whom)})" if whom else subject, value=goal.value, unit=goal.unit, lines=goal.lines)


def _is_whole(goal: Target) -> bool:
    """Whether a share is a level of a thing that is named: "cấp huyện 89%, cấp xã 75%" leaves out of what."""
    named = len(goal.subject.split()) >= _FEWEST_WORDS and not _FIGURES.search(goal.subject)
    return named and goal.comparator in ("=", ">=")


def _goals(paragraph: Paragraph, text: str) -> list[Target]:
    """The shares of a paragraph with these words in place of its own, as many letters of them, read as goals."""
    if text.isspace():
        return []
    one = structs.replace(paragraph, text=text, part="other", is_heading=False)
    return [goal for goal in targets.find(Outline((one,))) if goal.unit == "%"]


def _reported(paragraph: Paragraph) -> str:
    """The words of a paragraph that report what was reached; blanks for all others."""
    kept = []
    for match in _SENTENCE.finditer(paragraph.text):
        sentence = match[0]
        opening = lexicon.first("targets_past", sentence)
        reports = paragraph.part == "results" or (opening is not None and opening.value == "report")
        if not reports or lexicon.first("levels_not", sentence):
            sentence = _blank(sentence)
        elif opening:
            sentence = opening.pattern.sub(lambda found: _blank(found[0]), sentence, count=1)
        kept.append(sentence)
    return "".join(kept)


def _beside(paragraph: Paragraph, issued: int | None) -> Iterator[Level]:
    """What brackets report of the goal before them."""
    for entry in lexicon.table("levels_beside") if paragraph.part != "results" else ():
        for bracket in entry.pattern.finditer(paragraph.text):
            place = len(_goals(paragraph, paragraph.text[: bracket.start()])) - 1
            goals = _goals(paragraph, paragraph.text)
            past = entry.value == "reached" or (issued is not None and int(bracket["year"]) < issued)
            if past and 0 <= place < len(goals):
                value, lines = float(values.parse_number(bracket["level"]) or 0), paragraph.lines_of(*bracket.span())
                yield Level(subject=goals[place].subject, value=value, unit="%", lines=lines)


def _blank(words: str) -> str:
    return " " * len(words)
