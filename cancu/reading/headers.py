"""Heads of tables: from the cells of a header of one to three levels to a path of words over each column."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from cancu.reading import values
from cancu.reading.columns import capital_of, kind_of, source_of

Path = tuple[str, ...]

_HOPELESS = -12.0  # no longer group under the same head can make up for this
_NEEDS_CHILDREN = {"group", "phasing"}
_NEVER = -9.0
_MONEY = {"total", "money", "year", "group", "phasing"}
_AGENCY = {"lead", "coordinating"}


def from_rows(rows: Sequence[Sequence[str]]) -> tuple[Path, ...]:
    """The paths of a header whose rows are known, every cell in its place.

    A spanned cell may be repeated, or stand once with blanks after it: a blank takes what is to its left when a cell
    stands below it.
    """
    width = max((len(row) for row in rows), default=0)
    filled = [[*row, *[""] * (width - len(row))] for row in rows]
    for level, cells in enumerate(filled):
        for index in range(1, width):
            below = [row[index - 1 : index + 1] for row in filled[level + 1 :]]
            spans = any(right for _, right in below) and any(left for left, _ in below)
            if not cells[index] and cells[index - 1] and spans and not _parted(filled[:level], index):
                cells[index] = cells[index - 1]
    return tuple(_distinct([row[index] for row in filled]) for index in range(width))


def _parted(above: Sequence[Sequence[str]], index: int) -> bool:
    """Whether a column and the one to its left stand under different heads."""
    return any(row[index] != row[index - 1] for row in above)


def _distinct(path: Sequence[str]) -> Path:
    return tuple(text for place, text in enumerate(path) if text and text not in path[:place])


@cache
def from_flat(cells: tuple[str, ...]) -> tuple[tuple[float, tuple[Path, ...]], ...]:
    """The likely readings of a header whose rows are not known, as (score, paths), best first, one for each width.

    The cells of a level stand in their order, and so do those under each of them. Every way to cut the cells into
    levels is tried, and every way to hang a level under the heads above it; what words may stand under what decides.
    """
    best: dict[int, tuple[float, tuple[Path, ...]]] = {}
    first_blank = bool(cells) and not cells[0]
    words = (*([""] if first_blank else []), *(text for text in cells if text))
    for one in range(1, len(words) + 1):
        top = _top_score(words[:one])
        for two in range(one, len(words) + 1):
            if one == two < len(words):
                continue
            score, leaves = _hang(tuple((text,) for text in words[:one]), words[one:two])
            if two < len(words):
                more, leaves = _hang(leaves, words[two:])
                score += more
            score += top - (one < len(words)) - (two < len(words)) + sum(_childless(path) for path in leaves)
            if leaves and score > best.get(len(leaves), (float("-inf"), ()))[0]:
                best[len(leaves)] = (score, leaves)
    return tuple(sorted(best.values(), key=lambda item: -item[0])[:4])


def _top_score(words: Sequence[str]) -> float:
    """How well the words go as the topmost level: what belongs under another head, or comes twice, does not."""
    twice = len(words) - len(set(words))
    return -4.0 * twice - sum(1.5 for text in words if capital_of(text) and kind_of(text) == "money")


def _childless(path: Path) -> float:
    """What it costs that nothing stands under a head that calls for something."""
    return -3.0 if kind_of(path[-1]) in _NEEDS_CHILDREN else 0.0


def _hang(leaves: tuple[Path, ...], words: tuple[str, ...]) -> tuple[float, tuple[Path, ...]]:
    """The best way to hang `words`, in their order, under `leaves`: its score and the leaves after it."""
    if not words:
        return 0.0, leaves

    @cache
    def best(leaf: int, word: int, before: tuple[str, ...]) -> tuple[float, tuple[int, ...]]:
        if leaf == len(leaves):
            return (0.0, ()) if word == len(words) else (float("-inf"), ())
        choice: tuple[float, tuple[int, ...]] = (float("-inf"), ())
        for end in range(word, len(words) + 1):
            own = _group_score(leaves[leaf], words[word:end])
            if own < _HOPELESS:
                break
            if leaf and _alike(leaves[leaf - 1], leaves[leaf]):
                own += bool(before) if before == words[word:end] else -4.0
            rest, counts = best(leaf + 1, end, words[word:end])
            if own + rest > choice[0]:
                choice = (own + rest, (end - word, *counts))
        return choice

    score, counts = best(0, 0, ())
    if score == float("-inf"):
        return score, ()
    after: list[Path] = []
    place = 0
    for leaf, count in zip(leaves, counts, strict=True):
        after += [(*leaf, word) for word in words[place : place + count]] or [leaf]
        place += count
    return score, tuple(after)


@cache
def _alike(one: Path, other: Path) -> bool:
    """Whether two heads are years, side by side under the same head: what stands under one stands under the other."""
    return one[:-1] == other[:-1] and kind_of(one[-1]) == kind_of(other[-1]) == "year"


@cache
def _group_score(parent: Path, group: tuple[str, ...]) -> float:
    """How well the words of `group` go under the head `parent`."""
    if not group:
        return 0.0
    kinds = [kind_of(word) for word in group]
    score = -3.0 if len(group) == 1 else 0.0
    score -= 6.0 * (len(group) - len(set(group)))
    score -= 3.0 * (len(parent) > 1 and kind_of(parent[-1]) == "total")
    score -= 3.0 * ("year" in kinds and "money" in kinds)
    score -= 2.0 * ("total" in kinds[1:-1])
    return score + sum(_fit(parent[-1], word, under) for word, under in zip(group, kinds, strict=True))


def _fit(parent: str, word: str, under: str | None) -> float:
    """How well one word goes under the head `parent`."""
    kind = kind_of(parent)
    if under in _AGENCY or under in {"actor", "time"}:
        return 2.0 if kind == ("time" if under == "time" else "actor") else _NEVER
    if kind is None or kind not in _MONEY:
        return -1.0 if kind is None and parent and under is None else _NEVER
    if under == "year":
        return 2.0 if kind not in {"year", "money"} and _within(word, parent) else -5.0
    if under == "money":
        return _fit_money(parent, kind, word)
    return 1.5 if under == "total" else _NEVER


def _fit_money(parent: str, kind: str, word: str) -> float:
    """How well a source or a kind of capital goes under a head of money."""
    if kind != "money":
        return 1.0 if kind == "phasing" else 2.0
    if not capital_of(word):
        return -1.0
    return 2.2 if source_of(parent) == "Ngân sách địa phương" else 2.0  # it is the local budget that is split most


def _within(year: str, years: str) -> bool:
    """Whether a year lies in the years that another head names, if it names any."""
    inner, outer = values.period(year), values.period(years)
    if not inner or not outer or None in inner or None in outer:
        return True
    return int(outer[0] or 0) <= int(inner[0] or 0) and int(inner[1] or 0) <= int(outer[1] or 0)
