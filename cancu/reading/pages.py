"""Pages of a plain text, parted by form feeds as printing to text leaves them: what runs along their tops and bottoms is left out."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import takewhile

from cancu.reading.layout import Line, fold

_FEED = "\f"
_TOP, _FOOT = 8, 3  # lines with words at the top of a page, and at its bottom, that can run
_OFTEN = 3  # pages, and a third of them, that a running line stands on
_DIGITS = re.compile(r"\d+")


def without_running(lines: Sequence[Line]) -> tuple[Line, ...]:
    """The lines without running heads and feet, page numbers, and the blank lines beside them; all lines where there is no form feed."""
    if not any(_FEED in line.text for line in lines):
        return tuple(lines)
    pages: list[list[Line]] = [[]]
    for line in lines:
        if line.text.startswith(_FEED):
            pages.append([])
        pages[-1].append(line)
    seen = Counter(key for page in pages for key in {_key(line) for line in (*_edge(page, _TOP), *_edge(page[::-1], _FOOT))})
    running = {key for key, count in seen.items() if count >= max(_OFTEN, len(pages) / 3)}
    return tuple(line for page in pages for line in _inner(page, running))


def _key(line: Line) -> str:
    """What is the same on every page: the words, numbers apart."""
    return _DIGITS.sub("#", fold(line.text))


def _edge(page: Sequence[Line], most: int) -> list[Line]:
    """The first lines of a page that hold words."""
    return [line for line in page if line.text.strip()][:most]


def _inner(page: list[Line], running: set[str]) -> list[Line]:
    """The lines of a page between what runs along its top and its bottom."""

    def runs(line: Line) -> bool:
        return not line.text.strip() or _key(line) in running

    top = sum(1 for _ in takewhile(runs, page))
    foot = sum(1 for _ in takewhile(runs, page[:top:-1])) if top < len(page) else 0
    return page[top : len(page) - foot]
