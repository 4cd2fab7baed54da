"""Numbers with letters for digits: told, and read where the sums of their table decide them."""

from __future__ import annotations

import pytest

from cancu.reading import values
from cancu.reading.plan import read_plan
from tests.invented_plans import HEAD, source

TABLE = """Nơi nhận:
- Lưu: VT.

PHỤ LỤC
KINH PHÍ NĂM 2026
Đơn vị tính: triệu đồng
TT\tNội dung\tĐơn vị chủ trì\tTổng kinh phí\tNgân sách xã\tNguồn khác
1\tLắp đặt mạng không dây tại nhà văn hóa\tSở Nội vụ\t186\t100\t86
2\tNâng cấp hệ thống truyền thanh\tSở Nội vụ\t{total}\t{part}\t60
3\tTập huấn tổ công nghệ số cộng đồng\tSở Nội vụ\t68\t68\t
"""


@pytest.mark.parametrize(
    ("text", "lettered"), [("25O", True), ("5.4O", True), ("l2,5", True), ("I.12", False), ("4G", False), ("250", False)]
)
def test_a_number_with_letters(text: str, *, lettered: bool) -> None:
    assert values.is_lettered(text) == lettered


@pytest.mark.parametrize(
    ("total", "part", "read"),
    [("310", "25O", (310, 250)), ("3.1O", "250", (310, 250)), ("310", "26O", (310, None)), ("3lO", "25O", (None, None))],
)
def test_the_row_says_what_is_meant(total: str, part: str, read: tuple[int | None, int | None]) -> None:
    record = read_plan(source(HEAD + TABLE.format(total=total, part=part)))
    row = record.projects[1]
    amounts = {one.column: one.amount_vnd // 10**6 for one in row.allocations}
    assert row.lead == ("Sở Nội vụ",)
    assert (row.total_vnd and row.total_vnd // 10**6, amounts.get("Ngân sách xã")) == read
    said = [finding.detail for finding in record.findings if finding.kind == "unit"]
    assert said == [f"“{text}”: trong số có chữ cái." for text in (total, part) if values.is_lettered(text)]
    assert not any(finding.kind == "sum-mismatch" for finding in record.findings)


def test_cells_in_lines_of_their_own() -> None:
    """A total beside the purses that make it, a blank line between cells and a no-break space for none: sums tell what stands over what."""
    text = HEAD + TABLE.format(total="310", part="25O").replace("\t\n", "\t\xa0\n").replace("\t", "\n\n").replace("\n", "\n\n")
    rows = read_plan(source(text)).projects
    assert [row.total_vnd and row.total_vnd // 10**6 for row in rows] == [186, 310, 68]
