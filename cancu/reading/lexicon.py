"""Tables of words and patterns: data in `data/lexicon/*.toml`, each pattern beside its examples.

A table is a list of `[[entry]]` with a `value` (what a match means), either a `pattern` (a regular expression) or
`words` (literal spellings, matched whole, whatever their case), and `examples` that the entry must match. `needs` are
small letters of which some stand in all that the pattern matches, in any case: it is tried in no other text, which is faster.
"""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import accumulate
from typing import Any

from ahocorasick_rs import BytesAhoCorasick, Implementation

from cancu import resources
from cancu.errors import InputError


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of a table. `extra` holds the row's other columns."""

    value: str
    pattern: re.Pattern[str]
    examples: tuple[str, ...]
    needs: tuple[str, ...]
    extra: dict[str, Any]

    def stands_in(self, text: str, small: str) -> bool:
        """Whether the pattern is found in `text`, which is `small` in small letters."""
        in_small, search = _searched(self.pattern.pattern)
        return search(small if in_small else text) is not None

    def places_in(self, text: str, small: str) -> list[tuple[int, int]]:
        """From where to where the pattern is found in `text`, which is `small` in small letters."""
        pattern = _in_small(self.pattern.pattern) if len(small) == len(text) else None
        return [match.span() for match in (pattern.finditer(small) if pattern else self.pattern.finditer(text))]


def _compile(row: dict[str, Any]) -> re.Pattern[str]:
    if "pattern" in row:
        return re.compile(row["pattern"])
    words = sorted(row["words"], key=lambda word: (-len(word), word))
    body = "|".join(r"\s+".join(re.escape(part) for part in word.split()) for word in words)
    return re.compile(rf"(?i)(?<![^\W_])(?:{body})(?![^\W_])")


@cache
def _in_small(pattern: str) -> re.Pattern[str] | None:
    """A pattern for any case as one for small letters alone, which `re` finds four times faster; None for other patterns.

    Its letters are made small, but for those that a backslash makes mean something else, when it is first tried.
    """
    if not pattern.startswith("(?i)") or "(?-i" in pattern or "(?P" in pattern or _RANGE.search(pattern):
        return None
    return re.compile(_SIGN.sub(lambda sign: sign[0] if sign[0][0] == "\\" else sign[0].lower(), pattern.removeprefix("(?i)")))


@cache
def _searched(pattern: str) -> tuple[bool, Callable[[str], re.Match[str] | None]]:
    """Whether a pattern is sought in small letters, and what seeks it: one for the beginning of a text is not tried further on."""
    small = _in_small(pattern)
    chosen = small or re.compile(pattern)
    return small is not None, chosen.match if _begins(pattern) else chosen.search


def _begins(pattern: str) -> bool:
    """Whether a pattern is found at the beginning of a text alone: with "^" before it, and nowhere else to choose from."""
    bare = _ungrouped(pattern)
    return bare.startswith("^") and "|" not in bare


def _ungrouped(pattern: str) -> str:
    """A pattern without what stands in brackets of any kind, or after a backslash."""
    bare, left = "", _QUOTED.sub("", pattern)
    while bare != left:
        bare, left = left, _GROUP.sub("", left)
    return bare


def any_case(pattern: str) -> str:
    """A pattern for any case as a choice among others in a larger one, where `re` leaves it at once by a class of first letters."""
    pattern = pattern.removeprefix("(?i)")
    first = _FIRST.match(pattern) if "|" not in _ungrouped(pattern) else None
    if first is None:
        return f"(?i:{pattern})"
    letters = first[1] or first[2]
    return f"[{letters.lower()}{letters.upper()}](?i:{pattern[first.end() :]})"


_FIRST = re.compile(r"(?:([^\W\d_])|\[([^\W\d_]+)\])(?![?*+{])")  # a letter, or one of several
_QUOTED, _GROUP = re.compile(r"\\.|\[[^]]*\]"), re.compile(r"\([^()]*\)")
_RANGE = re.compile(r"[^\x00-\x7f]-|-[^\x00-\x7f]")  # of letters that are not ASCII: small ones need not make one
_SIGN = re.compile(r"\\?.", re.DOTALL)


@cache
def table(name: str) -> tuple[Entry, ...]:
    """The entries of `data/lexicon/{name}.toml`, in their order. Raises InputError for a table that is malformed."""
    path = resources.LEXICON / f"{name}.toml"
    try:
        rows = tomllib.loads(path.read_text("utf-8"))["entry"]
        return tuple(
            Entry(
                row["value"],
                _compile(row),
                tuple(row["examples"]),
                tuple(row.get("needs", [""])),
                {key: value for key, value in row.items() if key not in {"value", "pattern", "words", "examples", "needs"}},
            )
            for row in rows
        )
    except (OSError, KeyError, tomllib.TOMLDecodeError, re.error) as error:
        raise InputError(str(path), f"not a lexicon table: {error!r}", "see the format in cancu/reading/lexicon.py") from error


@dataclass(frozen=True, slots=True)
class _Needs:
    """What the entries of a table need: all their words, sought in one pass, and for each word the entries that need it, a bit for each."""

    words: BytesAhoCorasick
    entries: tuple[int, ...]
    always: int  # those that need nothing


@cache
def _needs(name: str) -> _Needs | None:
    """What the table needs, or None where no entry needs anything."""
    entries = table(name)
    words = list(dict.fromkeys(word for entry in entries if all(entry.needs) for word in entry.needs))
    needing = tuple(sum((word in entry.needs) << place for place, entry in enumerate(entries)) for word in words)
    always = sum((not all(entry.needs)) << place for place, entry in enumerate(entries))
    return _Needs(sought(words), needing, always) if words else None


@lru_cache(maxsize=1 << 12)
def _chosen(name: str, bits: int) -> tuple[Entry, ...]:
    """The entries of a table whose bits are set, in their order."""
    return tuple(entry for place, entry in enumerate(table(name)) if bits >> place & 1)


def possible(name: str, text: str) -> Sequence[Entry]:
    """The entries of the table that can match in `text`, by what they need, in their order."""
    return _possible(name, text.lower())


def _possible(name: str, small: str) -> Sequence[Entry]:
    """The same, for a text in small letters."""
    needs = _needs(name)
    if needs is None:
        return table(name)
    bits = needs.always
    for word, _, _ in needs.words.find_matches_as_indexes(small.encode("utf-8", "replace"), overlapping=True):
        bits |= needs.entries[word]
    return _chosen(name, bits) if bits else ()


def possible_in(name: str, texts: Sequence[str]) -> dict[int, Sequence[Entry]]:
    """The same for many texts, in one pass: by the place of each in which any entry can match."""
    needs = _needs(name)
    if needs is None:
        return dict.fromkeys(range(len(texts)), table(name))
    whole, ends = joined(tuple(texts))
    found = dict.fromkeys(range(len(texts) if needs.always else 0), needs.always)
    for word, start, _ in needs.words.find_matches_as_indexes(whole, overlapping=True):
        place = bisect_right(ends, start)
        found[place] = found.get(place, needs.always) | needs.entries[word]
    return {place: _chosen(name, bits) for place, bits in found.items()}


def hidden(text: str, start: int, end: int) -> str:
    """A text in which a part that one entry took is hidden from the entries after it; offsets stay."""
    return text[:start] + "\0" * (end - start) + text[end:]


def sought(words: Iterable[str]) -> BytesAhoCorasick:
    """What finds all of some words of small letters in one pass."""
    return BytesAhoCorasick([word.encode() for word in words], implementation=Implementation.DFA)


def places(words: BytesAhoCorasick, texts: Sequence[str]) -> set[int]:
    """The places of the texts that hold one of the words `sought`, in any case."""
    whole, ends = joined(tuple(texts))
    return {bisect_right(ends, start) for _, start, _ in words.find_matches_as_indexes(whole)}


@lru_cache(maxsize=2)
def joined(texts: tuple[str, ...]) -> tuple[bytes, list[int]]:
    """Texts as small letters, joined by line breaks, and where each ends. Remembered, for much is sought in all texts of a document."""
    whole = _small("\n".join(texts))
    small = whole.split(b"\n")
    if len(small) > len(texts):  # a text has line breaks of its own
        small = [_small(text) for text in texts]
    return whole, list(accumulate([len(text) + 1 for text in small]))


def _small(text: str) -> bytes:
    return text.lower().encode("utf-8", "replace")


def first(name: str, text: str) -> Entry | None:
    """The first entry of the table whose pattern is found in `text`, or None."""
    small = text.lower()
    for entry in _possible(name, small):
        if entry.stands_in(text, small):
            return entry
    return None
