"""Systems of which it is left open who owns or runs them: rows of a table whose other rows say it, and sentences that say so."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cancu.reading.outline import Outline
from cancu.reading.tables import TableGrid
from cancu.records import Finding

_SYSTEM = re.compile(r"(?i)hệ thống|phần mềm|cơ sở dữ liệu|CSDL|nền tảng|ứng dụng")
_OWNER = re.compile(r"(?i)chủ quản|(?:đơn vị|cơ quan|người)\s+(?:chủ trì|chủ quản|quản lý|vận hành|sử dụng|quản trị|thực hiện|phụ trách)")
_WHO = (
    r"(?:đơn vị|cơ quan)(?:,\s+(?:đơn vị|cơ quan))?\s+(?:nào\s+)?(?:được giao\s+)?(?:chủ quản|chủ trì|quản lý|vận hành|quản trị|phụ trách)"
)
_OPEN = re.compile(  # "chưa giao đơn vị quản lý, vận hành", "đơn vị vận hành sẽ xác định sau"
    rf"(?i)(?<!\w)chưa\s+(?:được\s+)?(?:giao|xác định|phân công|chỉ định|rõ|có)(?:\s+(?:cho|rõ|cụ thể)){{0,2}}\s+{_WHO}(?!\w)"
    rf"|(?<!\w){_WHO}(?:[\s,]+[^\W\d_]+){{0,6}}?\s+(?:sẽ\s+)?(?:chưa\s+(?:rõ|xác định|được (?:giao|xác định))"
    r"|(?:được\s+)?(?:giao|xác định|phân công|quyết định|thông báo)\s+sau)(?!\w)"
)
_TASKS = frozenset({"tasks", "solutions", "implementation", "other"})
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


def left_open(outline: Outline) -> Iterator[Finding]:
    """Tasks that say that nobody owns or runs a system yet, notes; in a report it is a state that the plan is to end."""
    for paragraph in outline.body():
        text = paragraph.text
        if paragraph.part in _TASKS and ("chưa " in text or " sau" in text):
            for match in _OPEN.finditer(text) if _SYSTEM.search(text) else ():
                detail = f"“{match[0].strip()}”: chưa rõ ai quản lý, vận hành."
                yield Finding(kind="omission", severity="Info", detail=detail, lines=paragraph.lines_of(match.start(), match.end()))
