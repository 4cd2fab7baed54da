"""Everything that a document says of other documents: which it cites and what for, and how they relate.

The way: `citations.find` (where they are named) → `bibliography.place` (what each mention is for) → `bibliography.gather`
(one entry a document) and `relations.find` (who carries out, approves or amends whom).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, combinations

from cancu.reading import bibliography, citations, portal, relations, zones
from cancu.reading.source import Cell, Source
from cancu.records import CitedDocument, DocumentRelation, PlanDocument


@dataclass(frozen=True, slots=True)
class References:
    """What was found: the documents cited, and the relations stated between them."""

    documents: tuple[CitedDocument, ...]
    relations: tuple[DocumentRelation, ...]


def read_references(
    source: Source, document: PlanDocument, rows: Sequence[tuple[int, int]] = (), cells: Sequence[Sequence[Cell]] = ()
) -> References:
    """The references of a document whose head is `document`. `rows` are the lines [first, last] of its project rows, with their `cells`."""
    parts = zones.find(source.lines)
    placed = bibliography.place(_cited(source, cells), source, parts, rows)
    return References(bibliography.gather(placed, document), relations.find(placed, source, parts, document))


def _cited(source: Source, rows: Sequence[Sequence[Cell]]) -> list[citations.Citation]:
    """The citations of the document's own words: the portal's own facts and lists cite nothing.

    Where cells stand side by side over several lines, a line holds pieces of all of them: there each cell is read by itself.
    """
    aside = [cell for row in rows if _share_lines(row) for cell in row if cell.lines]
    beside = {source.lines[row].number for row in portal.outside(source.lines)}
    beside |= {line for cell in aside if cell.lines for line in range(cell.lines[0], cell.lines[1] + 1)}
    found = [citation for citation in citations.find(source.lines) if citation.lines[0] not in beside]
    return sorted([*found, *_in_cells(source, aside)], key=lambda citation: citation.span) if aside else found


def _share_lines(row: Sequence[Cell]) -> bool:
    """Whether two cells of a row that take several lines take the same ones."""
    tall = [cell.lines for cell in row if cell.lines and cell.lines[0] < cell.lines[1]]
    return any(one[0] <= other[1] and other[0] <= one[1] for one, other in combinations(tall, 2))


def _in_cells(source: Source, cells: Sequence[Cell]) -> Iterator[citations.Citation]:
    """The citations of cells that are read by themselves, placed where the first line of each begins."""
    starts = dict(
        zip((line.number for line in source.lines), accumulate((len(line.text) + 1 for line in source.lines), initial=0), strict=False)
    )
    for cell in cells:
        for citation in citations.cite(cell.text):
            if lines := cell.lines:
                start = starts[lines[0]] + citation.span[0]
                span = (start, start + citation.span[1] - citation.span[0])
                yield replace(citation, lines=lines, span=span, extent=span)
