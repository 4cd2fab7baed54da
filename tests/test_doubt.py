"""Evidence that a table was read otherwise than it is laid out: it accuses nobody."""

from __future__ import annotations

import pytest

from cancu.reading import doubt
from cancu.reading.plan import read_plan
from cancu.reading.tables import find_tables
from cancu.records import Finding
from tests import invented_tables

HEADS = ["TT", "Tên dự án", "Đơn vị chủ trì", "Kinh phí"]


def _findings(ordinals: list[int], misprinted: int = 0) -> list[Finding]:
    rows = [
        [str(ordinal), f"Việc thứ {place} của tỉnh", "Sở Nội vụ", "1.25.000" if place < misprinted else "1.250"]
        for place, ordinal in enumerate(ordinals)
    ]
    lines = [*invented_tables.BEFORE, "PHỤ LỤC", "Đơn vị: triệu đồng", *invented_tables.tabbed(HEADS, rows)]
    return [fault for fault in read_plan(invented_tables.source(lines)).findings if fault.kind in {"numbering", "unit"}]


@pytest.mark.parametrize(("ordinals", "told"), [([1, 2, 3, 5, 6, 7], 1), ([1, 2, 2, 4, 5, 6], 2)])
def test_a_slip_or_two_are_the_documents_own(ordinals: list[int], told: int) -> None:
    assert [fault.severity for fault in _findings(ordinals)] == ["Warning"] * told


@pytest.mark.parametrize(("ordinals", "misprinted"), [([2, 3, 2, 2, 3, 3, 2, 3], 0), ([1, 2, 3, 4, 5, 6], 4)])
def test_many_of_a_kind_are_one_note(ordinals: list[int], misprinted: int) -> None:
    (fault,) = _findings(ordinals, misprinted)
    assert fault.severity == "Info"
    assert "không khớp nhau như đọc được" in fault.detail


@pytest.mark.parametrize(("text", "lost"), [("1.250", True), ("|1.250\t", True), ("12", False), ("Xem thêm", False)])
def test_figures_that_no_row_took(text: str, *, lost: bool) -> None:
    (table,) = find_tables(invented_tables.source(invented_tables.tabbed(HEADS, [["1", "Một việc của tỉnh", "Sở Nội vụ", "1.250"]] * 3)))
    last = table.rows[-1].lines[1] + 1
    assert doubt.has_lost_figures(table, [(last, text)]) == lost
    assert not doubt.has_lost_figures(table, [(table.rows[0].lines[0] - 1, text)])
