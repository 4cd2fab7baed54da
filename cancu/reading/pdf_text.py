"""PDF with text: lines in reading order, ruled tables as grids, without what runs along the tops and bottoms of pages."""

from __future__ import annotations

import io
import re
from collections import Counter
from dataclasses import dataclass
from typing import Any

import pdfplumber
from pdfminer.pdfdocument import PDFDocument
from pdfminer.pdftypes import PDFObjectNotFound, PDFObjRef

from cancu.errors import InputError
from cancu.reading import values
from cancu.reading.layout import Layout, Writer, fold

# A running head or foot stands in these outer shares of a page, on at least half of the pages and three of them.
_HEAD, _FOOT = 0.2, 0.15
_GAP = 1.2
_CUT = 3.0  # points by which upright rules go on beyond a table that a page break cut
_WRAPPED = re.compile(r"(?<=[^\W_][-–/])\n(?=[^\W_])")  # a line of a cell ends in a word or number that goes on: "2021-" and "2025"
_DIGITS = re.compile(r"\d+")
_PAGE_NUMBER = re.compile(r"^[-–\s]*(?:trang\s*)?\d{1,4}(?:\s*/\s*\d{1,4})?[-–\s]*$", re.IGNORECASE)

Slot = tuple[str, int, int]  # the text of a cell, and how many columns and rows it takes
Row = tuple[Slot | None, ...]  # a place for each column; None where a cell from the left or from above covers it


class _Document(PDFDocument):
    """One whose parts may be names of other parts, as long as these do not go round: pdfminer would follow them for ever."""

    def getobj(self, objid: int) -> object:
        found, seen = super().getobj(objid), {objid}
        while isinstance(found, PDFObjRef):
            if found.objid in seen:
                raise PDFObjectNotFound(objid)
            seen.add(found.objid)
            found = super().getobj(found.objid)
        return found


vars(pdfplumber.pdf)["PDFDocument"] = _Document  # pdfplumber takes no document that others have opened


@dataclass(frozen=True, slots=True)
class _Block:
    """A line of text or a table, with its place on the page as shares of the page's height."""

    top: float
    bottom: float
    text: str
    rows: tuple[Row, ...] = ()

    @property
    def is_marginal(self) -> bool:
        """Whether it stands where running heads and feet stand."""
        return self.bottom < _HEAD or self.top > 1 - _FOOT

    @property
    def key(self) -> str:
        """What is the same on every page: the words, numbers apart."""
        return _DIGITS.sub("#", fold(self.text))


def _page_blocks(page: Any) -> list[_Block]:
    height = float(page.height) or 1.0
    tables = [table for table in _tables(page) if len(table.rows) > 1 or any(cell for row in table.extract() for cell in row)]
    outside = page
    for table in tables:
        x0, top, x1, bottom = table.bbox
        outside = outside.filter(lambda item, box=(x0, top, x1, bottom): not _inside(item, box))
    blocks = _text_lines(outside, height)
    for table in tables:
        rows = _rows(table)
        text = "\n".join(slot[0] for row in rows for slot in row if slot and slot[0])
        if text.strip():
            blocks.append(_Block(table.bbox[1] / height, table.bbox[3] / height, text, rows))
    return sorted(blocks, key=lambda block: block.top)


def _tables(page: Any) -> list[Any]:
    """The ruled tables of a page; where the upright rules go on beyond a table, to the edge of the page, its row there is closed."""
    tables: list[Any] = page.find_tables()
    upright = [edge for edge in page.edges if edge["orientation"] == "v"]
    if not tables or not upright:
        return tables
    top, bottom = min(edge["top"] for edge in upright), max(edge["bottom"] for edge in upright)
    first, last = min(table.bbox[1] for table in tables), max(table.bbox[3] for table in tables)
    cut = [y for y, beyond in ((top, first - top), (bottom, bottom - last)) if beyond > _CUT]
    return page.find_tables({"explicit_horizontal_lines": cut}) if cut else tables


def _rows(table: Any) -> tuple[Row, ...]:
    """The rows of a table, with the spans that its rules show."""
    lefts = sorted({cell[0] for cell in table.cells})
    tops = sorted({cell[1] for cell in table.cells})
    texts = table.extract()
    rows = []
    for row, cells in zip(table.rows, texts, strict=True):
        slots: list[Slot | None] = []
        for place, (box, text) in enumerate(zip(row.cells, cells, strict=True)):
            if box is not None:
                across = sum(box[0] <= left < box[2] for left in lefts)
                slots.append((_WRAPPED.sub("", text or ""), max(across, 1), max(sum(box[1] <= top < box[3] for top in tops), 1)))
            else:
                x, y = lefts[place], (row.bbox[1] + row.bbox[3]) / 2
                covered = any(cell[0] <= x < cell[2] and cell[1] < y < cell[3] for cell in table.cells)
                slots.append(None if covered else ("", 1, 1))
        rows.append(tuple(slots))
    return tuple(rows)


def _columns(words: list[dict[str, Any]]) -> str:
    """The words of a line; a gap wider than the letters are high parts two columns, as in a letterhead: a line for each.

    The number of a heading is followed by such a gap too, so one word alone is no column.
    """
    columns: list[list[str]] = [[]]
    for i, word in enumerate(words):
        if len(columns[-1]) > 1 and word["x0"] - words[i - 1]["x1"] > _GAP * (word["bottom"] - word["top"]):
            columns.append([])
        columns[-1].append(word["text"])
    return "\n".join(" ".join(column) for column in columns)


def _text_lines(page: Any, height: float) -> list[_Block]:
    """The lines of a page; where the lines of two columns overlap, a word is of the line whose middle is nearest."""
    lines = page.extract_text_lines(return_chars=False)
    own: list[list[dict[str, Any]]] = [[] for _ in lines]
    for word in page.extract_words() if lines else ():
        near = min(range(len(lines)), key=lambda i: abs(lines[i]["top"] + lines[i]["bottom"] - word["top"] - word["bottom"]))
        own[near].append(word)
    return [
        _Block(line["top"] / height, line["bottom"] / height, _columns(sorted(words, key=lambda word: word["x0"])))
        for line, words in zip(lines, own, strict=True)
        if words
    ]


def _inside(item: dict[str, Any], box: tuple[float, float, float, float]) -> bool:
    x, y = (item["x0"] + item["x1"]) / 2, (item["top"] + item["bottom"]) / 2
    return bool(box[0] <= x <= box[2] and box[1] <= y <= box[3])


def _running(pages: list[list[_Block]]) -> set[str]:
    """The keys of what stands in the margins of page after page."""
    seen = Counter(key for blocks in pages for key in {block.key for block in blocks if block.is_marginal})
    return {key for key, count in seen.items() if count >= max(3, len(pages) / 2) and not _PAGE_NUMBER.match(key)}


def _keep(blocks: list[_Block], running: set[str]) -> list[_Block]:
    return [block for block in blocks if not (block.is_marginal and (block.key in running or _PAGE_NUMBER.match(block.text)))]


def _join(above: tuple[Row, ...], below: tuple[Row, ...]) -> tuple[Row, ...]:
    """A table and its rest on the next page: repeated heading rows are dropped, a row cut by the break is made whole."""
    same = 0
    while same < min(len(above), len(below)) and _words(above[same]) == _words(below[same]):
        same += 1
    below = below[same:]
    if below and len(above) > 1 and _is_cut(above[-1], below[0]):
        whole = tuple(_whole(one, other) for one, other in zip(above[-1], below[0], strict=True))
        return (*above[:-1], whole, *below[1:])
    return (*above, *below)


def _words(row: Row) -> list[str]:
    return [fold(slot[0]) if slot else "" for slot in row]


def _spanned(row: Row) -> bool:
    """Whether a row is one cell across the table, as the heading of a group is."""
    return sum(slot is not None for slot in row) == 1 < len(row)


def _is_cut(above: Row, below: Row) -> bool:
    """Whether the page break cut one row in two. The rest has no ordinal, and no number where there is one above.

    The heading of a group, which stands alone in its row, goes on in small letters.
    """
    if below[0] is None:
        return False
    if _spanned(above) or _filled(above) == _filled(below) == [0]:
        return _filled(below) == [0] and below[0][0][:1].islower()
    return not below[0][0].strip() and not any(
        one and other and values.is_number(one[0]) and values.is_number(other[0]) for one, other in zip(above, below, strict=True)
    )


def _filled(row: Row) -> list[int]:
    """The columns in which a row has words."""
    return [place for place, slot in enumerate(row) if slot and slot[0].strip()]


def _whole(one: Slot | None, other: Slot | None) -> Slot | None:
    """The two halves of a cell that a page break cut."""
    if one is None or other is None:
        return one or other
    return "\n".join(filter(None, (one[0], other[0]))), one[1], one[2]


def _write(blocks: list[_Block]) -> Layout:
    writer = Writer()
    pending: tuple[Row, ...] = ()
    for block in blocks:
        if block.rows and pending and len(block.rows[0]) == len(pending[0]):
            pending = _join(pending, block.rows)
            continue
        if pending:
            writer.write_grid([[slot for slot in row if slot] for row in pending])
        pending = block.rows
        if not block.rows:
            writer.write(block.text)
    if pending:
        writer.write_grid([[slot for slot in row if slot] for row in pending])
    return writer.layout()


def read(data: bytes, name: str) -> Layout:
    """The bytes of a PDF file. Raises InputError for one that is cut off, locked, or holds pictures of text only."""
    try:
        with pdfplumber.open(io.BytesIO(data)) as document:
            pages = []
            for page in document.pages:
                pages.append(_page_blocks(page))
                page.close()
    except (MemoryError, RecursionError):
        raise
    except Exception as error:  # pdfminer raises many kinds, its own and Python's, on broken files
        raise InputError(
            name, f"not a PDF file that can be read ({type(error).__name__})", "download or export it again, unlocked"
        ) from error
    if not any(pages):
        raise InputError(name, "a PDF of pictures, without text", "recognise its text (OCR) first")
    running = _running(pages)
    return _write([block for blocks in pages for block in _keep(blocks, running)])
