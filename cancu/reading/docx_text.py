"""DOCX: paragraphs and tables in the order of the document, then its notes, as derived text and grids."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

import docx
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import qn

from cancu import limits
from cancu.errors import InputError
from cancu.reading.docx_numbering import Numbering
from cancu.reading.layout import Layout, Writer

_TEXT, _PARAGRAPH, _TABLE, _ROW, _CELL, _BOX = qn("w:t"), qn("w:p"), qn("w:tbl"), qn("w:tr"), qn("w:tc"), qn("w:txbxContent")
_TYPE = qn("w:type")
_BREAKS = {qn("w:br"): "\n", qn("w:cr"): "\n", qn("w:tab"): "\t", qn("w:noBreakHyphen"): "-", _PARAGRAPH: "\n"}
# What stands for the same words twice: what a box looks like to programs that know no boxes, and where moved words were before.
_TWICE = {"{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback", qn("w:moveFrom")}
_WRAPPERS = {qn("w:sdt"), qn("w:sdtContent"), qn("w:ins"), qn("w:customXml"), qn("w:smartTag")}


def _paragraph(element: Any, numbering: Numbering) -> str:
    """The words of a `w:p`, as a reader sees them: with its number in a list, and what its text boxes hold on lines of their own.

    What was deleted, and field codes, are left out.
    """
    nodes: Iterable[Any] = element.iter(_TEXT, *_BREAKS)
    if next(element.iter(*_TWICE), None) is not None:
        nodes = (node for node in nodes if next(node.iterancestors(*_TWICE), None) is None)
    words = "".join((node.text or "") if node.tag == _TEXT else _BREAKS[node.tag] for node in nodes).removeprefix(_BREAKS[_PARAGRAPH])
    label = numbering.label(element)
    return f"{label}{words}" if label.strip() != "-" or words.strip() else words


def _notes(document: Any, numbering: Numbering) -> Iterator[str]:
    """The footnotes, then the endnotes, each after its number; the lines that part notes from the text are no notes."""
    for kind in (RELATIONSHIP_TYPE.FOOTNOTES, RELATIONSHIP_TYPE.ENDNOTES):
        parts = [link.target_part for link in document.part.rels.values() if link.reltype == kind]
        notes = [note for part in parts for note in parse_xml(part.blob) if note.get(_TYPE, "normal") == "normal"]
        for number, note in enumerate(notes, start=1):
            yield f"[{number}] {_text(note, numbering).strip()}"


def _blocks(parent: Any, *tags: str) -> Iterator[Any]:
    """The children of `parent` with one of `tags`, also those in content controls and tracked insertions."""
    for child in parent.iterchildren():
        if child.tag in tags:
            yield child
        elif child.tag in _WRAPPERS:
            yield from _blocks(child, *tags)


def _text(holder: Any, numbering: Numbering) -> str:
    """The words of a cell or a note, those of tables inside it too."""
    paragraphs = (paragraph for paragraph in holder.iter(_PARAGRAPH) if next(paragraph.iterancestors(_BOX), None) is None)
    return "\n".join(_paragraph(paragraph, numbering) for paragraph in paragraphs)


@dataclass(frozen=True, slots=True)
class _Box:
    """A cell of a row: where it begins (in grid columns), how far it goes, and whether it goes on from the row above."""

    text: str
    column: int
    colspan: int
    goes_on: bool
    rowspan: int = 1


def _boxes(row: Any, numbering: Numbering) -> list[_Box]:
    column, boxes = 0, []
    for cell in _blocks(row, _CELL):
        boxes.append(_Box(_text(cell, numbering), column, cell.grid_span, cell.vMerge == "continue"))
        column += cell.grid_span
    return boxes


def _rows(table: Any, numbering: Numbering) -> list[list[tuple[str, int, int]]]:
    """Each row as (text, colspan, rowspan). A cell merged downwards stands once, in its first row."""
    rows = [_boxes(row, numbering) for row in _blocks(table, _ROW)]
    below: dict[int, int] = {}
    for boxes in reversed(rows):
        depths = {box.column: below.get(box.column, 0) + 1 for box in boxes}
        boxes[:] = [replace(box, rowspan=depths[box.column]) for box in boxes]
        below = {box.column: depths[box.column] for box in boxes if box.goes_on}
    return [[(box.text, box.colspan, box.rowspan) for box in boxes if not box.goes_on] for boxes in rows]


def read(data: bytes, name: str) -> Layout:
    """The bytes of a DOCX file. Raises InputError for one that is cut off, no Word document, or unpacks to too much."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            unpacked, most = sum(entry.file_size for entry in archive.infolist()), limits.current().unpacked_bytes
        if unpacked > most:
            raise InputError(name, f"unpacks to {unpacked:,} bytes, more than {most:,}", "save it again without pictures")
        writer = Writer()
        document = docx.Document(io.BytesIO(data))
        numbering = Numbering(document)
        for element in _blocks(document.element.body, _PARAGRAPH, _TABLE):
            if element.tag == _TABLE:
                writer.write_grid(_rows(element, numbering))
            else:
                writer.write(_paragraph(element, numbering))
        for note in _notes(document, numbering):
            writer.write(note)
    except (InputError, MemoryError, RecursionError):
        raise
    except Exception as error:  # python-docx raises whatever its parts raise: of zipfile, of lxml, KeyError
        problem = f"not a Word document that can be read ({type(error).__name__})"
        raise InputError(name, problem, "download or export it again, or save it as .txt") from error
    return writer.layout()
