"""Rows of a table of systems that leave open who owns or runs the system, where the other rows say it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cancu.reading.tables import TableGrid
from cancu.records import Finding

_SYSTEM = re.compile(r"(?i)hệ thống|phần mềm|cơ sở dữ liệu|CSDL|nền tảng|ứng dụng")
_OWNER = re.compile(r"(?i)chủ quản|(?:đơn vị|cơ quan|người)\s+(?:chủ trì|chủ quản|quản lý|vận hành|sử dụng|quản trị|thực hiện|phụ trách)")
OTHERS = 3  # rows that say it, so that the table is one that does


def find(table: TableGrid) -> Iterator[Finding]:
    """One note a row; a table of tasks and projects is asked by the shapes for whoever leads."""
    named = next((index for index, column in enumerate(table.columns) if _SYSTEM.search(column.name)), None)
    owning = [index for index, column in enumerate(table.columns) if index != named and _OWNER.search(column.name)]
    if named is None or not owning or table.lists_items:
        return
    items = [row for row in table.rows if row.kind == "item" and row.cells[named].text.strip()]
    open_ = [row for row in items if not any(row.cells[index].text.strip(" -–") for index in owning)]
    if not open_ or len(items) - len(open_) < max(OTHERS, 2 * len(open_)):
        return
    for row in open_:
        owner = table.columns[owning[0]].name.casefold()
        detail = f"“{row.cells[named].text}” không ghi {owner}, {len(items) - len(open_)} dòng khác của bảng có ghi."
        yield Finding(kind="omission", severity="Info", detail=detail, lines=row.lines)
