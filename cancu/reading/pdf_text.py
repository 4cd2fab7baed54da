"""PDF with text: lines in reading order, ruled tables as grids, without what runs along the tops and bottoms of pages."""

from __future__ import annotations

import io
import re
from collections import Counter
from dataclasses import dataclass
from typing import Any

import pdfplumber

from cancu.errors import InputError
from cancu.reading.layout import Layout, Writer, fold

# A running head or foot stands in these outer shares of a page, on at least half of the pages and three of them.
_HEAD, _FOOT = 0.2, 0.15
_GAP = 1.2
_DIGITS = re.compile(r"\d+")
_PAGE_NUMBER = re.compile(r"^[-–\s]*(?:trang\s*)?\d{1,4}(?:\s*/\s*\d{1,4})?[-–\s]*$", re.IGNORECASE)

Row = tuple[str | None, ...]


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
    tables = [table for table in page.find_tables() if len(table.rows) > 1 or any(cell for row in table.extract() for cell in row)]
    outside = page
    for table in tables:
        x0, top, x1, bottom = table.bbox
        outside = outside.filter(lambda item, box=(x0, top, x1, bottom): not _inside(item, box))
    blocks = _text_lines(outside, height)
    for table in tables:
        rows = tuple(tuple(row) for row in table.extract())
        text = "\n".join(cell for row in rows for cell in row if cell)
        if text.strip():
            blocks.append(_Block(table.bbox[1] / height, table.bbox[3] / height, text, rows))
    return sorted(blocks, key=lambda block: block.top)


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
    words = page.extract_words()
    blocks = []
    for line in page.extract_text_lines(return_chars=False):
        own = [word for word in words if line["top"] <= (word["top"] + word["bottom"]) / 2 <= line["bottom"]]
        blocks.append(_Block(line["top"] / height, line["bottom"] / height, _columns(sorted(own, key=lambda word: word["x0"]))))
    return blocks


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
    """A table and its rest on the next page: a repeated heading row is dropped, a row cut by the break is made whole."""
    heading = above[0]
    if [fold(cell or "") for cell in below[0]] == [fold(cell or "") for cell in heading]:
        below = below[1:]
    if below and len(above) > 1 and not (below[0][0] or "").strip():
        whole = tuple("\n".join(filter(None, pair)) if any(pair) else pair[0] for pair in zip(above[-1], below[0], strict=True))
        return (*above[:-1], whole, *below[1:])
    return (*above, *below)


def _spans(rows: tuple[Row, ...]) -> list[list[tuple[str, int, int]]]:
    """Cells as (text, colspan, rowspan); pdfplumber gives None for a place that the cell to its left covers."""
    spanned = []
    for row in rows:
        cells: list[tuple[str, int, int]] = []
        for cell in row:
            if cell is None and cells:
                text, colspan, rowspan = cells[-1]
                cells[-1] = (text, colspan + 1, rowspan)
            else:
                cells.append((cell or "", 1, 1))
        spanned.append(cells)
    return spanned


def _write(blocks: list[_Block]) -> Layout:
    writer = Writer()
    pending: tuple[Row, ...] = ()
    for block in blocks:
        if block.rows and pending and len(block.rows[0]) == len(pending[0]):
            pending = _join(pending, block.rows)
            continue
        if pending:
            writer.write_grid(_spans(pending))
        pending = block.rows
        if not block.rows:
            writer.write(block.text)
    if pending:
        writer.write_grid(_spans(pending))
    return writer.layout()


def read(data: bytes, name: str) -> Layout:
    """The bytes of a PDF file. Raises InputError for one that is cut off, locked, or holds pictures of text only."""
    try:
        with pdfplumber.open(io.BytesIO(data)) as document:
            pages = []
            for page in document.pages:
                pages.append(_page_blocks(page))
                page.close()
    except Exception as error:  # pdfminer raises many kinds, its own and Python's, on broken files
        raise InputError(
            name, f"not a PDF file that can be read ({type(error).__name__})", "download or export it again, unlocked"
        ) from error
    if not any(pages):
        raise InputError(name, "a PDF of pictures, without text", "recognise its text (OCR) first")
    running = _running(pages)
    return _write([block for blocks in pages for block in _keep(blocks, running)])
