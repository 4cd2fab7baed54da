"""Everything that a document says of other documents: which it cites and what for, and how they relate.

The way: `citations.find` (where they are named) → `bibliography.place` (what each mention is for) → `bibliography.gather`
(one entry a document) and `relations.find` (who carries out, approves or amends whom).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from cancu.reading import bibliography, citations, portal, relations, zones
from cancu.reading.source import Source
from cancu.records import CitedDocument, DocumentRelation, PlanDocument


@dataclass(frozen=True, slots=True)
class References:
    """What was found: the documents cited, and the relations stated between them."""

    documents: tuple[CitedDocument, ...]
    relations: tuple[DocumentRelation, ...]


def read_references(source: Source, document: PlanDocument, rows: Sequence[tuple[int, int]] = ()) -> References:
    """The references of a document whose head is `document`. `rows` are the lines [first, last] of its project rows."""
    parts = zones.find(source.lines)
    placed = bibliography.place(_cited(source), source, parts, rows)
    return References(bibliography.gather(placed, document), relations.find(placed, source, parts, document))


def _cited(source: Source) -> list[citations.Citation]:
    """The citations of the document's own words: the portal's own facts and lists cite nothing."""
    beside = {source.lines[row].number for row in portal.outside(source.lines)}
    return [citation for citation in citations.find(source.lines) if citation.lines[0] not in beside]
