"""Tables of words and patterns: data in `data/lexicon/*.toml`, each pattern beside its examples.

A table is a list of `[[entry]]` with a `value` (what a match means), either a `pattern` (a regular expression) or
`words` (literal spellings, matched whole, whatever their case), and `examples` that the entry must match. `needs` are
small letters of which some stand in all that the pattern matches, in any case: it is tried in no other text, which is faster.
"""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
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


def _compile(row: dict[str, Any]) -> re.Pattern[str]:
    if "pattern" in row:
        return re.compile(row["pattern"])
    words = sorted(row["words"], key=lambda word: (-len(word), word))
    body = "|".join(r"\s+".join(re.escape(part) for part in word.split()) for word in words)
    return re.compile(rf"(?i)(?<![^\W_])(?:{body})(?![^\W_])")


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
    """What the entries of a table need: all their words, sought in one pass, and for each word the places of the entries that need it."""

    words: BytesAhoCorasick
    places: tuple[tuple[int, ...], ...]
    always: tuple[int, ...]  # those that need nothing


@cache
def _needs(name: str) -> _Needs | None:
    """What the table needs, or None where no entry needs anything."""
    entries = table(name)
    words = list(dict.fromkeys(word for entry in entries if all(entry.needs) for word in entry.needs))
    places = tuple(tuple(place for place, entry in enumerate(entries) if word in entry.needs) for word in words)
    always = tuple(place for place, entry in enumerate(entries) if not all(entry.needs))
    return _Needs(BytesAhoCorasick([word.encode() for word in words], implementation=Implementation.DFA), places, always) if words else None


def possible(name: str, text: str) -> Sequence[Entry]:
    """The entries of the table that can match in `text`, by what they need, in their order."""
    entries, needs = table(name), _needs(name)
    if needs is None:
        return entries
    found = needs.words.find_matches_as_indexes(_small(text), overlapping=True)
    if not found and not needs.always:
        return ()
    places = {place for word, _, _ in found for place in needs.places[word]}
    return [entries[place] for place in sorted(places.union(needs.always))]


def possible_in(name: str, texts: Sequence[str]) -> dict[int, Sequence[Entry]]:
    """The same for many texts, in one pass: by the place of each in which any entry can match."""
    entries, needs = table(name), _needs(name)
    if needs is None:
        return dict.fromkeys(range(len(texts)), entries)
    whole = _small("\n".join(texts))
    small = whole.split(b"\n")
    if len(small) > len(texts):  # a text has line breaks of its own
        small = [_small(text) for text in texts]
    ends = list(accumulate(len(text) + 1 for text in small))
    found: defaultdict[int, set[int]] = defaultdict(set, {place: set(needs.always) for place in range(len(texts) if needs.always else 0)})
    for word, start, _ in needs.words.find_matches_as_indexes(whole, overlapping=True):
        found[bisect_right(ends, start)].update(needs.places[word])
    return {text: [entries[place] for place in sorted(places)] for text, places in found.items()}


def _small(text: str) -> bytes:
    return text.casefold().encode("utf-8", "replace")


def first(name: str, text: str) -> Entry | None:
    """The first entry of the table whose pattern is found in `text`, or None."""
    for entry in possible(name, text):
        if entry.pattern.search(text):
            return entry
    return None
