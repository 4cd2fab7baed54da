"""A row whose years lie after those of its plan: a fault where it stands alone, a note where the table goes on into later years."""

from __future__ import annotations

import pytest
from msgspec import structs

from cancu import loading, records
from cancu.build import audited
from cancu.context import Context
from cancu.reading.plan import read_plan
from tests.invented_plans import HEAD, source

YEARS = HEAD.replace("năm 2023", "giai đoạn 2021 - 2023")
TABLE = """Nơi nhận:
- Lưu: VT.

PHỤ LỤC
DANH MỤC DỰ ÁN GIAI ĐOẠN 2021 - 2023
Đơn vị tính: triệu đồng
TT\tTên dự án\tThời gian thực hiện\tKinh phí\tGhi chú
1\tXây dựng trục kết nối dữ liệu của tỉnh\t2021-2022\t3.000\t
2\t{name}\t{years}\t1.800\t{note}
3\tĐào tạo cán bộ chuyên trách của huyện\t{other}\t900\t
4\tNâng cấp cổng thông tin điện tử\t2023\t700\t
5\tTrang bị máy tính cho bộ phận một cửa\t2022-2023\t400\t
"""
STORE, ROOM, FORM = "Số hóa sổ gốc văn bằng", "Mua sắm kho lạnh tại thị trấn", "Lắp đặt trạm quan trắc nước mặt"
CASES: tuple[tuple[str, str, str, str, list[str]], ...] = (
    (STORE, "2025-2026", "", "2021", ["EntryOutside"]),
    (ROOM, "2024", "", "2022", ["EntryOutside"]),
    (FORM, "2031-2033", "Ngân sách tỉnh", "2021-2023", ["EntryOutside"]),
    (STORE, "2019-2020", "", "2021", ["EntryPeriod"]),  # paid off later
    (STORE, "2022-2024", "", "2021", ["EntryPeriod"]),  # goes on after the plan
    (STORE, "2024-2025", "Chuẩn bị đầu tư trong kỳ", "2021", ["EntryPeriod"]),
    (f"{ROOM} (giai đoạn 2)", "2024-2025", "", "2021", ["EntryPeriod"]),
    (STORE, "2024-2025", "", "2024", ["EntryPeriod", "EntryPeriod"]),  # two: the table goes on
    (STORE, "2021-2023", "", "2021", []),
)


@pytest.fixture(scope="module")
def rules(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    folder = tmp_path_factory.mktemp("records")
    for number, (name, years, note, other, _) in enumerate(CASES):
        head = YEARS.replace("Số: 12/", f"Số: {number + 1}/")
        record = read_plan(source(head + TABLE.format(name=name, years=years, note=note, other=other)))
        record = structs.replace(record, source=structs.replace(record.source, name=f"{number}.txt"))
        (folder / f"{number}.json").write_bytes(records.dumps(record))
    found = audited(Context(loading.context().registry, tuple(sorted(folder.iterdir())))).findings
    return {str(number): [one.rule for one in found if one.file == f"{number}.txt"] for number in range(len(CASES))}


@pytest.mark.parametrize("number", range(len(CASES)))
def test_a_row_of_years_after_the_plan(number: int, rules: dict[str, list[str]]) -> None:
    assert [rule for rule in rules[str(number)] if rule.startswith("Entry")] == CASES[number][-1]
