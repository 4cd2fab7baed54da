"""What shows that a table was read otherwise than it is laid out: figures of no row, and more faults of a kind than a province makes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import pairwise

from cancu.reading import values
from cancu.reading.outline import Outline
from cancu.reading.tables import TableGrid
from cancu.records import Finding

FEW = 3  # faults of a kind in a table, which are its own however small it is
MANY = 5  # one fault in fewer rows than so many, and it is the table that is not understood
_PAGE = 2  # digits of a number that may be a page's


def unread(table: TableGrid, outline: Outline) -> list[tuple[int, str]]:
    """The lines of a table that have words and belong to none of its rows, each with its text."""
    read = {line for row in table.rows for line in range(row.lines[0], row.lines[1] + 1)}
    filled = {
        line: text
        for paragraph in outline.paragraphs
        if table.lines[0] <= paragraph.lines[0] <= table.lines[1]
        for (start, line), (end, _) in pairwise((*paragraph.starts, (len(paragraph.text), 0)))
        if any(map(str.isalnum, text := paragraph.text[start:end]))
    }
    return sorted((line, text) for line, text in filled.items() if line not in read)


def has_lost_figures(table: TableGrid, lines: Iterable[tuple[int, str]]) -> bool:
    """Whether, from the first row of a table on, its unread `lines` hold a number, so that what its rows make is not what it prints."""
    first = table.rows[0].lines[0] if table.rows else 0
    return any(line > first and len(text.strip(" |\t")) > _PAGE and values.is_number(text.strip(" |\t")) for line, text in lines)


def folded(faults: Iterable[Finding], table: TableGrid) -> Iterator[Finding]:
    """The faults of a table; those of a kind that are too many for its rows as one note."""
    told = list(faults)
    counts = Counter(fault.kind for fault in told if fault.severity == "Warning")
    many = {kind for kind, count in counts.items() if count > FEW and MANY * count > len(table.rows)}
    yield from (fault for fault in told if fault.kind not in many or fault.severity != "Warning")
    for kind in sorted(many):
        detail = f"Bảng có {counts[kind]} chỗ không khớp nhau như đọc được: có thể bảng trình bày khác, nên không kết luận từng chỗ."
        yield Finding(kind=kind, severity="Info", detail=detail, lines=table.lines)
