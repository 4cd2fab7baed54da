"""Everything that a document says of other documents: which it cites and what for, and how they relate.

The way: `citations.find` (where they are named) → `bibliography.place` (what each mention is for) → `bibliography.gather`
(one entry a document) and `relations.find` (who carries out, approves or amends whom).
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

from cancu.reading import bibliography, citations, heading, portal, relations, zones
from cancu.reading.source import Cell, Line, Source
from cancu.records import CitedDocument, DocumentRelation, Lines, PlanDocument


@dataclass(frozen=True, slots=True)
class References:
    """What was found: the documents cited, and the relations stated between them."""

    documents: tuple[CitedDocument, ...]
    relations: tuple[DocumentRelation, ...]


def read_references(
    source: Source, document: PlanDocument, rows: Sequence[tuple[int, int]] = (), cells: Sequence[Sequence[Cell]] = ()
) -> References:
    """The references of a document whose head is `document`. `rows` are the lines [first, last] of its project rows, with their `cells`."""
    head = heading.locate(source.lines)
    parts = zones.find(source.lines, head)
    placed = bibliography.place(_cited(source, cells, head), source, parts, rows)
    return References(bibliography.gather(placed, document), relations.find(placed, source, parts, document))


def _cited(source: Source, rows: Sequence[Sequence[Cell]], head: heading.Head | None) -> list[citations.Citation]:
    """The citations of the document's own words: the portal's own facts and lists cite nothing.

    Where cells stand side by side over several lines, a line holds pieces of all of them: there each cell is read by itself.
    """
    outside = {source.lines[row].number for row in portal.outside(source.lines, head)}
    cells = [(cell.text, cell.lines) for row in rows if _share_lines(row) for cell in row if cell.lines]
    found = _found_apart(source.lines, cells) if cells else citations.find(source.lines)
    return [citation for citation in found if citation.lines[0] not in outside]


def _share_lines(row: Sequence[Cell]) -> bool:
    """Whether a cell of a row takes several lines, and another one of them too."""
    spans = [cell.lines for cell in row if cell.lines]
    tall = [(place, span) for place, span in enumerate(spans) if span[0] < span[1]]
    return any(
        place != beside and first <= other[1] and other[0] <= last for place, (first, last) in tall for beside, other in enumerate(spans)
    )


def _found_apart(lines: Sequence[Line], cells: Sequence[tuple[str, Lines]]) -> list[citations.Citation]:
    """The citations of a text in which some cells are read by themselves, after the rest; each is placed where its line or cell begins."""
    taken = {line for _, (first, last) in cells for line in range(first, last + 1)}
    text = [*(line for line in lines if line.number not in taken), *(Line(-place, words) for place, (words, _) in enumerate(cells, 1))]
    numbers, begins, starts = [line.number for line in lines], _begins(lines), _begins(text)
    found = []
    for citation in citations.find(text):
        place = bisect_right(starts, citation.span[0]) - 1
        number = text[place].number
        own = citation.lines if number > 0 else cells[-number - 1][1]
        moved = begins[bisect_right(numbers, own[0] if number < 0 else number) - 1] - starts[place]
        span, extent = ((first + moved, last + moved) for first, last in (citation.span, citation.extent))
        found.append(replace(citation, lines=own, span=span, extent=extent if number > 0 else span))
    return sorted(found, key=lambda citation: citation.span)


def _begins(lines: Sequence[Line]) -> list[int]:
    """Where each line begins in the lines joined by line breaks."""
    return list(accumulate((len(line.text) + 1 for line in lines[:-1]), initial=0))
