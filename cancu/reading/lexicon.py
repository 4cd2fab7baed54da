"""Tables of words and patterns: data in `data/lexicon/*.toml`, each pattern beside its examples.

A table is a list of `[[entry]]` with a `value` (what a match means), either a `pattern` (a regular expression) or
`words` (literal spellings, matched whole, whatever their case), and `examples` that the entry must match. `needs` are
small letters of which some stand in all that the pattern matches, in any case: it is tried in no other text, which is faster.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

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


def possible(entries: Iterable[Entry], text: str) -> list[Entry]:
    """Those of `entries` that can match in `text`, by what they need, in their order."""
    small = text.lower()
    found = [entry for entry in entries for word in entry.needs if word in small]
    return found if len(found) < 2 else list({id(entry): entry for entry in found}.values())


def within(name: str, document: str) -> tuple[Entry, ...]:
    """The entries of the table that can match in a document, with what they need of its words: a shorter table for its paragraphs."""
    small = document.lower()
    kept = ((entry, tuple(word for word in entry.needs if word in small)) for entry in table(name))
    return tuple(replace(entry, needs=needs) for entry, needs in kept if needs)


def first(name: str, text: str) -> Entry | None:
    """The first entry of the table whose pattern is found in `text`, or None."""
    entries = possible(table(name), text) if _has_needs(name) else table(name)
    return next((entry for entry in entries if entry.pattern.search(text)), None)


@cache
def _has_needs(name: str) -> bool:
    return any(all(entry.needs) for entry in table(name))
