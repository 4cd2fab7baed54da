"""The pages' own words in both languages, and how each writes numbers, money, dates and lines."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache, lru_cache

from cancu import resources
from cancu.website.facts import Concept, Fact

LANGUAGES = ("vi", "en")
_MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December")
_SWAPPED = str.maketrans(",.", ".,")
_SCALES = ((10**9, "billion"), (10**6, "million"), (1, "unit"))


@cache
def table() -> dict[str, tuple[str, str]]:
    """Every string of the pages by its key, as (Vietnamese, English), from `site/words.toml`. English holds 'one|many' where it counts."""
    sections = tomllib.loads((resources.SITE / "words.toml").read_text(encoding="utf-8"))
    return {key: (pair[0], pair[1]) for section in sections.values() for key, pair in section.items()}


@dataclass(frozen=True, slots=True)
class Words:
    """One language of the pages: 'vi' or 'en'."""

    language: str

    @property
    def vi(self) -> bool:
        """Whether this is Vietnamese."""
        return self.language == "vi"

    def t(self, key: str, **values: object) -> str:
        """The string of this key, with `{name}` filled in; `n` chooses between one and many, and is written as a number."""
        words = table()[key][0 if self.vi else 1]
        count = values.get("n")
        if "|" in words:
            one, many = words.split("|")
            words = one if count == 1 else many
        if isinstance(count, int):
            values["n"] = self.number(count)
        return words.format(**values) if values else words

    def number(self, value: float, decimals: int = 2) -> str:
        """1.234.567,8 in Vietnamese; 1,234,567.8 in English; at most `decimals` digits after the mark, no idle zeros."""
        text = f"{value:,.{decimals}f}" if value != int(value) else f"{int(value):,}"
        if "." in text:
            text = text.rstrip("0").rstrip(".")
        return text.translate(_SWAPPED) if self.vi else text

    def money(self, dong: int) -> str:
        """Dong in words that people use: 24 tỷ đồng, 5.493 triệu đồng; VND 24 billion, VND 5,493 million."""
        size, name = next((scale for scale in _SCALES if abs(dong) >= scale[0]), _SCALES[-1])
        value = self.number(dong / size, 3 if size > 1 else 0)
        if self.vi:
            return f"{value} {({'billion': 'tỷ đồng', 'million': 'triệu đồng', 'unit': 'đồng'})[name]}"
        return f"VND {value} {name}" if name != "unit" else f"VND {value}"

    def exact(self, dong: int) -> str:
        """Dong to the last digit: 24.000.000.000 đồng; VND 24,000,000,000."""
        return f"{self.number(dong)} đồng" if self.vi else f"VND {self.number(dong)}"

    def date(self, iso: str) -> str:
        """30/12/2016; 30 December 2016."""
        year, month, day = (int(part) for part in iso[:10].split("-"))
        return f"{day:02}/{month:02}/{year}" if self.vi else f"{day} {_MONTHS[month - 1]} {year}"

    def period(self, first: int | None, last: int | None) -> str:
        """2017–2020, 2017, or nothing."""
        years = [str(year) for year in (first, last) if year]
        return "–".join(dict.fromkeys(years))

    def lines(self, first: int, last: int) -> str:
        """'dòng 841–855', 'line 27', with each number as it is: lines are names, not amounts."""
        if self.vi:
            return f"dòng {first}–{last}" if last != first else f"dòng {first}"
        return f"lines {first}–{last}" if last != first else f"line {first}"

    def concept(self, concept: Concept | None) -> str:
        """A concept's preferred label."""
        if concept is None:
            return ""
        english = concept.pref_label_en or concept.label_en
        return concept.pref_label or concept.label or english if self.vi else english or concept.pref_label or concept.label

    def label(self, fact: Fact) -> str:
        """A thing's label, in this language where it has one."""
        return fact.label if self.vi or not fact.label_en else fact.label_en


@lru_cache(maxsize=20_000)
def sentence_case(text: str, names: tuple[str, ...] = ()) -> str:
    """A title printed in capitals as a sentence, the names in it kept: 'TỈNH LÀO CAI' → 'Tỉnh Lào Cai'. Other text stays as it is."""
    if not text.isupper():
        return text
    lowered = text.lower()
    for name in names:
        lowered = re.sub(rf"(?<!\w){re.escape(name.lower())}(?!\w)", name, lowered)
    return lowered[:1].upper() + lowered[1:]
