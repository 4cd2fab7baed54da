"""Heads of tables: from the cells of a header of one to four levels to a path of words over each column."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import groupby, pairwise, takewhile
from typing import Any

from cancu.reading import lexicon, values
from cancu.reading.columns import QUARTER, capital_of, kind_of, source_of

Path = tuple[str, ...]
Reading = tuple[float, tuple[Path, ...]]
_Hung = tuple[Any, ...]  # what hangs under heads: before, and the place of the last head, its first word and how many; () for nothing

_IMPOSSIBLE = float("-inf")
_POOR = -4.0  # a second level that goes so badly under the first has none under it
_HOPELESS = -8.0  # no longer group under the same head can make up for this
_READINGS, _PER_WIDTH, _FAR = 8, 3, 12.0  # how many readings of a header are worth a look, and how far behind the best one
_NEAR = 2.0  # how near the best one a reading must be able to come for its third level to be sought; for a second one the rows may speak
_BEST_FIT = 2.2  # the most that a word can gain under a head
_WIDEST = 10  # words under one head
_PLACES = 16  # more than these
_SHORT = 30  # characters of a head that is a name, not a description
_REMEMBERED = 1 << 14
_NEEDS_CHILDREN = {"group", "phasing"}
_NEVER = -9.0
_YEARS_OF_TIME = 0.3  # a year under a head of times, for an x in each year of the work
_YEARS_PARTED = 6.0  # what it costs to end a level between a year and the next
_PURSE_OF_YEARS = 6.1  # what a year gains under a purse or a kind of capital where the one beside it has the same years
_PURSES = re.compile(r"(?i)\W*nguồn")
_LEVELS = 4  # of the tallest header
_MONEY, _AGENCY = {"total", "money", "year", "group", "phasing"}, {"lead", "coordinating"}
_PARENTS = _MONEY | {"actor", "time", None}
_HANGING = _MONEY | _AGENCY | {"actor", "time", "basis", None}
_DECIDED, _DECISION = {"basis", "total"}, re.compile(r"(?i)quyết\s+định|phê\s+duyệt")


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


def from_flat(cells: Sequence[str], ends: Sequence[int]) -> dict[int, tuple[Reading, ...]]:
    """The likely readings of a header whose rows are not known, as (score, paths), best first, should it end before each of `ends`.

    The cells of a level stand in their order, and so do those under each of them. Every way to cut the cells into
    levels is tried, and every way to hang a level under the heads above it; what words may stand under what decides.
    """
    first_blank = bool(cells) and not cells[0]
    words = (*([""] if first_blank else []), *(text for text in cells[: max(ends)] if text))
    heads = _Heads(words)
    counts = {end: first_blank + sum(bool(text) for text in cells[:end]) for end in ends}
    found = {count: _Kept() for count in counts.values()}
    shortest = {count: max((at for at, word in enumerate(words[:count]) if not _may_hang(word)), default=0) + 1 for count in found}
    for one in range(min(shortest.values()), max(found) + 1):
        sought = {count - one: count for count in found if shortest[count] <= one <= count}
        score = _top_score(words[:one]) - _YEARS_PARTED * _parts_years(words[one - 1 : one + 1])
        top = tuple((text,) for text in words[:one])
        if 0 in sought:  # one level alone is always worth a look: a total beside its purses goes as well over them
            found[sought[0]].keep(top, score)
        _lower(found, sought, top, heads, one, score, _LEVELS - 1)
    return {end: _ranked(found[count]) for end, count in counts.items()}


@lru_cache(maxsize=_REMEMBERED)
def _parts_years(words: tuple[str, ...]) -> bool:
    """Whether one of two words is a year and the other the next: they stand side by side under the same head."""
    years = [int(found[0]) for word in words if kind_of(word) == "year" and (found := re.search(r"\d{4}", word))]
    return len(years) > 1 and years[0] + 1 == years[1]


class _Kept(dict[tuple[Path, ...], float]):
    """Readings of a header with their scores, and the best of these."""

    def __init__(self) -> None:
        super().__init__()
        self.best = _IMPOSSIBLE

    def keep(self, leaves: tuple[Path, ...], score: float) -> None:
        """Add a reading that is whole."""
        deepest = max(map(len, leaves))
        if deepest > 1:
            score += sum([_childless(leaf[-1], True) for leaf in leaves if len(leaf) == deepest])
        self[leaves] = max(score, self.get(leaves, score))
        self.best = max(score, self.best)


def _lower(
    found: dict[int, _Kept], sought: dict[int, int], leaves: tuple[Path, ...], heads: _Heads, start: int, score: float, levels: int
) -> None:
    """Keep the readings with up to so many `levels` more under `leaves` that use as many of the words from `start` on as are `sought`."""
    least = min((found[count].best for count in sought.values()), default=0.0) - (_FAR if levels == _LEVELS - 1 else _NEAR) - score
    for size, (more, hung) in (_hang(leaves, heads, start, least) if sought else {}).items():
        deep = levels > 2 or (levels == 2 and all(heads.years[start : start + size]))  # years alone are the third of four
        good = deep and size and more > _POOR
        longer = {left - size: count for left, count in sought.items() if left > size} if good else {}
        hopeful = bool(longer) and any(_hopeful(score + more, left, found[count]) for left, count in longer.items())
        if size in sought or hopeful:
            grown = _grown(leaves, heads.words, hung)
            if size in sought:
                found[sought[size]].keep(grown, score + more - bool(size))
            if hopeful:
                _lower(found, longer, grown, heads, start + size, score + more - 1, levels - 1)


def _hopeful(score: float, words: int, found: _Kept) -> bool:
    """Whether a reading with a score so far and so many words to come can still be among the best."""
    return score + words * _BEST_FIT - 2 > found.best - _NEAR  # two levels cost 1 each


def from_levels(levels: Sequence[Sequence[str]]) -> tuple[Reading, ...]:
    """The likely readings of a header whose rows are known, but not what stands under what, as (score, paths), best first."""
    leaves: tuple[Path, ...] = tuple((text,) for text in levels[0])
    total = _top_score(levels[0])
    for words in levels[1:]:
        score, hung = _hang(leaves, _Heads(tuple(words))).get(len(words), (_IMPOSSIBLE, ()))
        leaves = _grown(leaves, tuple(words), hung)
        total += score - 1
    return ((total, leaves),) if total > _IMPOSSIBLE else ()


def rate(paths: Sequence[Path]) -> float:
    """How well the heads of a header go under each other."""
    total = 0.0
    for level in range(1, max(map(len, paths), default=0)):
        groups = [(above, _words_at(group, level)) for above, group in groupby(paths, key=lambda path: path[:level])]
        told = Counter(words for _, words in groups if len(words) > 1 and all(kind_of(word) == "year" for word in words))
        for above, words in groups:
            again = len(words) if told[words] > 1 else 0
            scores = _scores_under(above[-1], len(above) > 1, words, again) if above and words else (0.0,)
            total += scores[len(words)] if len(scores) > len(words) else _HOPELESS
    tops = [above for above, _ in groupby(path[0] if path else "" for path in paths)]
    return total + _top_score([text for text in tops if text]) + sum(_childless(path[-1], False) for path in paths if len(path) == 1)


def _words_at(paths: Iterable[Path], level: int) -> tuple[str, ...]:
    """The words of a level under one head."""
    return tuple(dict.fromkeys(path[level] for path in paths if len(path) > level))


def _ranked(found: dict[tuple[Path, ...], float]) -> tuple[Reading, ...]:
    """The best readings, those of every width among them."""
    ranked = sorted(((score, leaves) for leaves, score in found.items()), key=lambda item: -item[0])
    widths: Counter[int] = Counter()
    kept: list[Reading] = []
    for score, leaves in ranked:
        if score < ranked[0][0] - _FAR or len(kept) == _READINGS:
            break
        if widths[len(leaves)] < _PER_WIDTH:
            kept.append((score, leaves))
            widths[len(leaves)] += 1
    return tuple(kept)


def _may_hang(word: str) -> bool:
    """Whether a word may stand under a head."""
    return bool(word) and kind_of(word) in _HANGING


def _top_score(words: Sequence[str]) -> float:
    """How well the words go as the topmost level: what belongs under another head, or comes twice, does not."""
    twice = len(words) - len(set(words))
    return -4.0 * twice - sum(1.5 for text in words if kind_of(text) == "money" and (capital_of(text) or QUARTER.match(text)))


@lru_cache(maxsize=_REMEMBERED)
def _childless(head: str, inner: bool) -> float:
    """What it costs that nothing stands under a head that calls for something; one of purses, on top, may say each row's in words."""
    if kind_of(head) not in _NEEDS_CHILDREN:
        return 0.0
    return -1.5 if not inner and _PURSES.match(head) else -3.0


class _Heads:
    """The words of a header, and what is asked of them again and again while ways to hang them are weighed."""

    def __init__(self, words: tuple[str, ...]) -> None:
        self.words = words
        self.years = [kind_of(word) == "year" for word in words]
        self._parted = [False, *map(_parts_years, pairwise(words)), False]
        self._again = [_years_again(words, start) if year else (0, False) for start, year in enumerate((*self.years, False))]
        self._under: dict[tuple[str, bool], _Under] = {}
        self._keys: dict[int, list[int]] = {}

    def keys(self, start: int) -> list[int]:
        """What `under` asks for, by how many of the words from `start` on hang already."""
        if start not in self._keys:
            parted = [False, *self._parted[start + 1 :]]
            again = [size if after or at - size >= start else 0 for at, (size, after) in enumerate(self._again[start:], start)]
            self._keys[start] = [(start + used) * 2 * _PLACES + 2 * again[used] + parted[used] for used in range(len(parted))]
        return self._keys[start]

    def under(self, head: str, inner: bool) -> _Under:
        """How well words go under `head`; `inner` where it has a head over it."""
        if (head, inner) not in self._under:
            self._under[head, inner] = _Under(self.words, head, inner)
        return self._under[head, inner]


class _Under(dict[int, tuple[float, ...]]):
    """How well the first none, one, two … of some words go under one head, found when it is first asked.

    A key holds where the words begin, how many of them are years that stand under another head too, and whether a year
    is parted from the next before them.
    """

    def __init__(self, words: tuple[str, ...], head: str, inner: bool) -> None:
        super().__init__()
        self._words, self._head, self._inner = words, head, inner

    def __missing__(self, key: int) -> tuple[float, ...]:
        start, asked = divmod(key, 2 * _PLACES)
        again, parted = divmod(asked, 2)
        scores = _scores_under(self._head, self._inner, self._words[start : start + _WIDEST], again)
        if parted and not values.period(self._head):
            none, *some = scores
            scores = (none, *(score - _YEARS_PARTED for score in some))
        self[key] = scores
        return scores


def _hang(leaves: tuple[Path, ...], heads: _Heads, start: int = 0, least: float = _IMPOSSIBLE) -> dict[int, tuple[float, _Hung]]:
    """The best way to hang the first `n` words from `start` on, in their order, under `leaves`: by `n`, its score, and what hangs where.

    From left to right, one head after the other: how many words hang so far, and how many of them under the last head.
    What cannot come to `least` any more, with all the words to come, is left.
    """
    words, keys = heads.words, heads.keys(start)
    states: dict[int, tuple[float, _Hung]] = {0: (0.0, ())}  # by how many hang, times _PLACES, and how many under the last head
    lowest = max(map(len, leaves))
    enough = [least - (len(words) - at) * _BEST_FIT for at in range(start, len(words) + 1)]
    parents = [place for place, leaf in enumerate(leaves) if leaf[-1] and kind_of(leaf[-1]) in _PARENTS]
    for place in parents:
        leaf = leaves[place]
        needed = enough if place < parents[-1] else [_IMPOSSIBLE] * len(enough)  # what the last head leaves is not asked again
        alike = place > 0 and _alike(leaves[place - 1], leaf)
        step = _PLACES + (place + 1 < len(leaves) and _alike(leaf, leaves[place + 1]))
        paid = _childless(leaf[-1], len(leaf) > 1) if len(leaf) < lowest else 0.0  # by the level before
        under = heads.under(leaf[-1], len(leaf) > 1)
        after: dict[int, tuple[float, _Hung]] = {}
        for state, (before, hung) in states.items():
            used, last = divmod(state, _PLACES)
            if before < enough[used]:
                continue
            score, key, at = before - paid, used * _PLACES, start + used
            again = alike and words[at : at + last] == words[at - last : at]  # what hangs under the head before comes next
            for size, own in enumerate(under[keys[used]]):
                new = score + own
                if alike:
                    new += (size > 0) if again and size == last else -4.0
                if new >= needed[used + size]:
                    known = after.get(key)
                    if known is None or new > known[0]:
                        after[key] = (new, (hung, place, at, size) if size else hung)
                key += step
        states = after
    best: dict[int, tuple[float, _Hung]] = {}
    for state, found in states.items():
        used = state // _PLACES
        if used not in best or found[0] > best[used][0]:
            best[used] = found
    return best


def _grown(leaves: tuple[Path, ...], words: tuple[str, ...], hung: _Hung) -> tuple[Path, ...]:
    """The leaves with the words under each that hang there."""
    under: list[tuple[int, int, int]] = []
    while hung:
        hung, place, used, size = hung
        under.append((place, used, size))
    grown: list[Path] = []
    done = 0
    for place, used, size in reversed(under):
        grown += leaves[done:place]
        grown += [(*leaves[place], word) for word in words[used : used + size]]
        done = place + 1
    return (*grown, *leaves[done:])


@lru_cache(maxsize=_REMEMBERED)
def _alike(one: Path, other: Path) -> bool:
    """Whether two heads are years, side by side under the same head: what stands under one stands under the other."""
    return one[:-1] == other[:-1] and kind_of(one[-1]) == kind_of(other[-1]) == "year"


@lru_cache(maxsize=_REMEMBERED)
def _scores_under(head: str, inner: bool, words: tuple[str, ...], again: int = 0) -> tuple[float, ...]:
    """How well the first none, one, two … of `words` go under `head`, as far as there is hope; `inner` where it has a head over it.

    `again` is how many of them are years that stand under another head too.
    """
    scores = [_childless(head, inner)]
    fits, kinds = 0.0, [kind_of(word) for word in words]
    for size, word in enumerate(words, 1):
        fits += _fit(head, word, kinds[size - 1])
        group = kinds[:size]
        score = fits - 3.0 * (size == 1) - 6.0 * (size - len(set(words[:size])))
        score -= 3.0 * (inner and kind_of(head) == "total")
        score += _PURSE_OF_YEARS * size * (size == again and kind_of(head) == "money" and bool(capital_of(head) or source_of(head)))
        score -= 4.0 * (group[0] == "group" and "total" in group)  # what a sum is made of comes after it
        score -= 3.0 * ("year" in group and ("money" in group or None in group))
        score -= 2.0 * ("total" in group[1:-1])
        score -= 4.0 * (_is_later_quarter(words[0]) + (size < len(words) and _is_later_quarter(words[size])))
        if score < _HOPELESS and size >= again:
            break
        scores.append(score)
    return tuple(scores)


def _years_again(words: tuple[str, ...], start: int) -> tuple[int, bool]:
    """How many words from `start` on are years of which the same stand right before or after them, and whether they do after them."""
    size = len(list(takewhile(lambda word: kind_of(word) == "year", words[start : start + _WIDEST])))
    size = next((place for place in range(1, size) if words[start + place] == words[start]), size)
    one = words[start : start + size]
    after = one == words[start + size : start + 2 * size]
    return (size, after) if size > 1 and (after or one == words[max(0, start - size) : start]) else (0, False)


def _is_later_quarter(word: str) -> bool:
    """Whether a word is a quarter or half of a year and not the first: it stands beside the one before, under the same head."""
    return QUARTER.match(word) is not None and not re.search(r"(?:I|1|đầu năm)$", word.replace("III", "3").replace("II", "2"))


@lru_cache(maxsize=_REMEMBERED)
def _fit(parent: str, word: str, under: str | None) -> float:
    """How well one word goes under the head `parent`; an unknown one goes anywhere, but nowhere well."""
    kind = kind_of(parent)
    if kind == "time" and under == "year":
        return _YEARS_OF_TIME
    if under in _AGENCY or under in {"actor", "time"}:
        return 2.0 if kind == ("time" if under == "time" else "actor") else _NEVER
    if kind is None:
        return 1.5 if under in _DECIDED and _DECISION.search(parent) else -0.5 if under in _HANGING else _NEVER
    return _fit_amount(parent, kind, word, under) if kind in _MONEY else _NEVER


def _fit_amount(parent: str, kind: str, word: str, under: str | None) -> float:
    """How well a word goes under a head of money of that kind."""
    if under == "year":
        return _fit_year(parent, kind, word)
    if under == "money":
        return _fit_money(parent, kind, word)
    if under in _NEEDS_CHILDREN:
        return 1.0 if kind not in _NEEDS_CHILDREN else _NEVER
    if under is None:
        return 0.5 if len(word) < _SHORT else -1.0
    return 1.5 if under == "total" else _NEVER


def _fit_year(parent: str, kind: str, year: str) -> float:
    """How well a year goes under a head of money: a sum stands beside its years sooner than over them, and purses with names hold none."""
    is_year = kind == "year" and len(set(values.period(parent) or ())) < 2  # a span of years may stand over them
    if is_year or (kind == "money" and (source_of(parent) or capital_of(parent))) or not _within(year, parent):
        return -5.0
    if kind == "group" and _PURSES.match(parent) and not values.period(parent):
        return 0.5
    return 1.0 if lexicon.first("total_rows", parent) else 2.0


def _fit_money(parent: str, kind: str, word: str) -> float:
    """How well a source or a kind of capital goes under a head of money."""
    if kind != "money" or (source_of(parent) is None and capital_of(parent) is None):  # "Kế hoạch vốn năm 2021"
        return 1.0 if kind == "phasing" and not QUARTER.match(word) else 2.0
    if not capital_of(word):
        return -1.0
    source = lexicon.first("funding_sources", parent)
    return source.extra["parted"] if source else 2.0


def _within(year: str, years: str) -> bool:
    """Whether a year lies in the years that another head names, if it names any."""
    inner, outer = values.period(year), values.period(years)
    if not inner or not outer or None in inner or None in outer:
        return True
    return int(outer[0] or 0) <= int(inner[0] or 0) and int(inner[1] or 0) <= int(outer[1] or 0)
