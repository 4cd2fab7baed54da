"""A document as numbered lines of text, with the tables that its format marks as such.

Everything after this module works on `Source` alone, whatever the file was.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from cancu import limits
from cancu.errors import InputError
from cancu.reading import docx_text, drawn, encoding, html_text, markdown_text, pages, pdf_text
from cancu.reading.layout import Cell, Grid, Layout, Line

__all__ = ["Cell", "Grid", "Line", "Source", "open_source"]


@dataclass(frozen=True, slots=True)
class Source:
    """A file as it was read. `grids` is empty for plain text, whose tables are found in its lines.

    `line_count` and the numbers of `lines` are those of the file, or of the derived text for DOCX and PDF.
    """

    name: str
    sha256: str
    media_type: str
    line_count: int
    lines: tuple[Line, ...]
    grids: tuple[Grid, ...] = ()

    def text(self) -> str:
        """The lines, each with a line break: for DOCX and PDF the derived text that the numbers of `lines` count in."""
        return "".join([f"{line.text}\n" for line in self.lines])


@dataclass(frozen=True, slots=True)
class _Format:
    """A file format: its media type, and how its bytes become lines."""

    media_type: str
    read: Callable[[bytes, str], Layout]


def _read_plain(data: bytes, name: str) -> Layout:
    text = encoding.decode(data, name)
    return Layout(pages.without_running(markdown_text.lines(text, loose=False)), drawn.find_grids(text))


def _read_markdown(data: bytes, name: str) -> Layout:
    return markdown_text.read(encoding.decode(data, name))


def _read_html(data: bytes, name: str) -> Layout:
    return html_text.read(encoding.decode(data, name))


_PLAIN = _Format("text/plain", _read_plain)
_MARKDOWN = _Format("text/markdown", _read_markdown)
_HTML = _Format("text/html", _read_html)
_DOCX = _Format("application/vnd.openxmlformats-officedocument.wordprocessingml.document", docx_text.read)
_PDF = _Format("application/pdf", pdf_text.read)
_BY_SUFFIX = {".md": _MARKDOWN, ".markdown": _MARKDOWN, ".html": _HTML, ".htm": _HTML, ".xhtml": _HTML}


def _format(data: bytes, path: Path) -> _Format:
    """By the first bytes where they tell, by the file's suffix where they do not."""
    start = data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n")
    if start.startswith(b"%PDF-"):
        return _PDF
    if start.startswith(b"PK\x03\x04"):
        return _DOCX
    if start.startswith(b"\xd0\xcf\x11\xe0"):
        raise InputError(path.name, "an old Word file (.doc)", "save it as .docx or .txt")
    if suffix := _BY_SUFFIX.get(path.suffix.lower()):
        return suffix
    if path.suffix.lower() in {".pdf", ".docx"}:
        raise InputError(
            path.name, f"not a {path.suffix.lower()[1:].upper()} file, or its beginning is lost", "download or export it again"
        )
    return _HTML if start[:200].lower().startswith((b"<!doctype html", b"<html")) else _PLAIN


def open_source(path: Path) -> Source:
    """The document at `path`. Raises InputError for one that is missing, empty, too large, or holds no text that can be read."""
    data = _bytes(path)
    if not data.strip():
        raise InputError(path.name, "the file is empty", "download or export it again")
    with limits.within(path.name):
        form = _format(data, path)
        layout = form.read(data, path.name)
        if not any(line.text.strip() for line in layout.lines):
            raise InputError(path.name, "holds no text", "if it is a scan, recognise its text (OCR) first")
        count = len(layout.lines) if layout.derived else encoding.count_lines(data, path.name)
    return Source(path.name, hashlib.sha256(data).hexdigest(), form.media_type, count, layout.lines, layout.grids)


def _bytes(path: Path) -> bytes:
    """What the file holds. Raises InputError for what is no file, such as a device or a pipe, and for more than is read."""
    most = limits.current().bytes
    try:
        if not path.is_file():
            problem = "is not a file" if path.exists() else "cannot be opened: there is no such file"
            raise InputError(str(path), problem, "check the path")
        with path.open("rb") as file:
            data = file.read(most + 1)
    except (OSError, ValueError) as error:
        raise InputError(
            str(path), f"cannot be opened: {getattr(error, 'strerror', error)}", "check the path and its permissions"
        ) from error
    if len(data) > most:
        raise InputError(
            path.name, f"more than the {most:,} bytes that are read", "split it, leave out its pictures, or raise CANCU_MAX_MEGABYTES"
        )
    return data
