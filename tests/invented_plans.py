"""Invented documents of an invented province, and their lines."""

from __future__ import annotations

from cancu.reading.source import Line, Source

HEAD = """ỦY BAN NHÂN DÂN
TỈNH HÒA SƠN

Số: 12/KH-UBND

KẾ HOẠCH

Chuyển đổi số tỉnh Hòa Sơn năm 2023

"""


def source(text: str) -> Source:
    """The text as a source, its first line numbered 1."""
    rows = text.split("\n")
    return Source("hoason.txt", "0" * 64, "text/plain", len(rows), tuple(Line(i, row) for i, row in enumerate(rows, 1)))


def plan(text: str) -> Source:
    """A plan with its letterhead: `text` begins on line 10."""
    return source(HEAD + text)
