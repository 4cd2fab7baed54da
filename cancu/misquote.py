"""Citations that contradict the registry: a number or a date that cannot be right, of a document that it can only be.

A citation is taken for a registered document against its own words only where all else agrees: the type, the issuer, the
words of the title, and every part of number and date but one. What was written stays on the citation, with the reason.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from cancu.iris import slug

if TYPE_CHECKING:
    from cancu.records import CitedDocument
    from cancu.registry_tables import RegisteredDocument

_PARTICLES = frozenset({"cua", "va"})  # "của" and "và" come and go between title and citation
_FEWEST_WORDS = 5  # of a title that names one document


@dataclass(frozen=True, slots=True)
class Misquote:
    """What a citation has wrong: the kind of finding, what was written, what the registry holds, and the reason in both languages."""

    kind: Literal["wrong-number", "date-conflict"]
    written: str
    held: str
    vi: str
    en: str


def of_date(cited: CitedDocument, row: RegisteredDocument) -> Misquote | None:
    """The date that contradicts that of the document which type, number, issuer and year identify; None where it agrees."""
    if not cited.date or not row.day or cited.date == row.day:
        return None
    swapped = _swapped(cited.date, row.date)
    return Misquote(
        "date-conflict",
        cited.date,
        row.date,
        f"Ghi ngày {_day(cited.date)}; số hiệu là của văn bản ngày {_day(row.date)}{', ngày và tháng bị đảo' if swapped else ''}",
        f"Dated {cited.date}; the number is that of the document of {row.date}{', day and month swapped' if swapped else ''}",
    )


def meant(cited: CitedDocument, rows: Iterable[RegisteredDocument]) -> tuple[RegisteredDocument, Misquote] | None:
    """The one row, of the rows of the citation's type and issuer, that it can only mean though one part of number or date differs."""
    found = [(row, wrong) for row in rows if row.day and (wrong := _one_part_off(cited, row)) and same_title(cited.title or "", row.title)]
    return found[0] if len(found) == 1 else None


def of_named(cited: CitedDocument, rows: Iterable[RegisteredDocument]) -> tuple[RegisteredDocument, Misquote] | None:
    """The one row of those with the citation's title that its date means, though one part of it differs: "Luật X ngày 29/6/2016" of 2006.

    None where one of the rows has that date. Two laws of one name on the same day of two years, or two days of one month, are not known.
    """
    off = [row for row in rows if row.day and cited.date and (_swapped(cited.date, row.date) or _parts_off(cited.date, row.date) <= 1)]
    if len(off) != 1 or not cited.date or off[0].date == cited.date:
        return None
    row = off[0]
    vi = f"Ghi ngày {_day(cited.date)}; văn bản có tên này ban hành ngày {_day(row.date)}"
    en = f"Dated {cited.date}; the document of this name was issued on {row.date}"
    return row, Misquote("date-conflict", cited.date, row.date, vi, en)


def _one_part_off(cited: CitedDocument, row: RegisteredDocument) -> Misquote | None:
    if not cited.number:
        return None
    written, held = _parts(cited.number), _parts(row.number)
    if len(written) != len(held):
        return None
    off = [place for place, (one, other) in enumerate(zip(written, held, strict=True)) if one != other]
    same_date = not cited.date or cited.date == row.date
    if len(off) == 1 and same_date and (off[0] > 0 or cited.date):
        return Misquote(
            "wrong-number",
            cited.number,
            row.number,
            f"Ghi số {cited.number}; loại, cơ quan ban hành và tên là của {row.number}, không văn bản nào khác trong sổ đăng ký hợp hơn",
            f"Numbered {cited.number}; type, issuer and title are those of {row.number}, and no other registered document fits",
        )
    if written == held and cited.date and (_swapped(cited.date, row.date) or _parts_off(cited.date, row.date) == 1):
        return of_date(cited, row)
    return None


@lru_cache(20_000)
def _parts(number: str) -> tuple[str, ...]:
    return tuple(slug(number).split("-"))


def _parts_off(one: str, other: str) -> int:
    return sum(first != second for first, second in zip(one.split("-"), other.split("-"), strict=True))


def _swapped(one: str, other: str) -> bool:
    year, month, day = one.split("-")
    return one != other and other == f"{year}-{day}-{month}"


def _day(iso: str) -> str:
    year, month, day = iso.split("-")
    return f"{int(day)}/{int(month)}/{year}"


def same_title(written: str, held: str) -> bool:
    """Whether the words of a title as cited stand in the registered one, in their order, and are enough to name one document.

    A word may be the initials of several: CNTT of "công nghệ thông tin".
    """
    words, there = _words(written), _words(held)
    place = 0
    for word in words:
        fits = (at for at in range(place, len(there)) if there[at] == word or _initials(word, there[at:]))
        at = next(fits, None)
        if at is None:
            return False
        place = at + (1 if there[at] == word else len(word))
    return len(words) >= _FEWEST_WORDS


def _initials(word: str, words: list[str]) -> bool:
    return len(word) > 2 and len(words) >= len(word) and all(other.startswith(letter) for letter, other in zip(word, words, strict=False))


def _words(title: str) -> list[str]:
    bare = re.sub(r"\(.*?\)", " ", title)
    return [word for word in slug(bare).split("-") if word and word not in _PARTICLES]
