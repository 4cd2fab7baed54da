"""Grounds that a row names without a number: 'Thực hiện Kế hoạch ứng phó sự cố …' as its name, '…; QĐ PĐA' as a remark.

With a number they are citations like any others (`citations`); without one only their place in a row says what they are for.
"""

from __future__ import annotations

from collections.abc import Iterable

from cancu.reading import citation_grammar, lexicon
from cancu.reading.layout import fold
from cancu.reading.tables import TableGrid
from cancu.records import CitedDocument, Lines, Mention

_PLACES = {"name": "name", "note": "remark", "basis": "remark"}


def find(tables: Iterable[TableGrid]) -> tuple[CitedDocument, ...]:
    """The documents that item rows of appendices name by type and title alone, each once, in the order of the rows."""
    found: dict[tuple[str, str], list[Mention]] = {}
    for type_, title, surface, lines in _named(tables):
        found.setdefault((type_, title), []).append(Mention(surface=surface, lines=lines, role="row_basis"))
    return tuple(
        CitedDocument(number=None, type=type_, title=title, date=None, issuer=None, roles=("row_basis",), mentions=tuple(mentions))
        for (type_, title), mentions in found.items()
    )


def _named(tables: Iterable[TableGrid]) -> Iterable[tuple[str, str, str, Lines]]:
    for table in tables:
        for row in table.rows if table.lists_items else ():
            for column, cell in zip(table.columns, row.cells, strict=True):
                place = _PLACES.get(column.kind)
                if row.kind != "item" or place is None or cell.lines is None:
                    continue
                for entry in lexicon.table("unnumbered_grounds"):
                    match = entry.pattern.search(cell.text) if entry.value == place else None
                    if match is None or citation_grammar.find_number(match["title"]):
                        continue
                    if type_ := citation_grammar.canonical_type(fold(match["type"])):
                        yield type_, match["title"].strip(" ,"), f"{match['type']} {match['title']}", cell.lines
