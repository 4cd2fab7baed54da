"""Tables made at random, in every way of writing: what was put in comes out."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cancu.reading.agencies import split_agencies
from cancu.reading.projects import read_rows
from cancu.reading.tables import find_tables
from tests.invented_tables import SHAPES, Head, written

NAMES = [
    "Nâng cấp hệ thống mạng nội bộ",
    "Xây dựng cổng dữ liệu mở của tỉnh",
    "Triển khai một cửa điện tử, dịch vụ công trực tuyến",
    "Đào tạo kỹ năng số cho cán bộ, công chức",
    "Thuê dịch vụ giám sát (SOC)",
    "Số hóa tài liệu lưu trữ; hồ sơ đất đai",
    "Phát triển 100% nền tảng số theo Quyết định số 12/QĐ-UBND",
    "Tuyên truyền trên báo, đài",
    "Hội nghị sơ kết 6 tháng",
    "Tổng hợp, báo cáo kết quả chuyển đổi số",
    "Đầu tư xây dựng kho dữ liệu dùng chung",
]
LEAD_HEADS = ["Đơn vị chủ trì", "Chủ đầu tư", "Đơn vị thực hiện", "Cơ quan", "Đơn vị đầu mối", "Cơ quan chịu trách nhiệm", "CQ chủ trì"]
NOTE_HEADS = ["Ghi chú", "Sản phẩm", "Kết quả", "Căn cứ", "Mục tiêu, quy mô"]
LEADS = [
    "Sở Y tế",
    "Văn phòng UBND tỉnh",
    "Công an tỉnh",
    "UBND các huyện, thành phố",
    "Văn phòng HĐND và UBND huyện",
    "Phòng Văn hóa và Thông tin",
    "Trưởng các phòng, đơn vị thuộc Sở",
    "Các sở, ban, ngành",
    "Sở Nội vụ, Sở Tài chính",
    "Tỉnh đoàn",
]
NOTES = ["", "", "Chuyển tiếp", "Theo Kế hoạch số 5/KH-UBND", "Hoạt động hằng năm"]
TIMES = ["2021-2023", "2024", "Thường xuyên", "Quý II/2025", "Hằng năm"]
SECTIONS = ["Phát triển hạ tầng", "Nền tảng dùng chung", "Nhân lực số", "Hoạt động mới"]
SOURCES = [
    ["NSTW", "NSĐP"],
    ["Ngân sách Trung ương", "Ngân sách tỉnh", "Nguồn khác"],
    ["NS TW", "NS tỉnh", "Xã hội hóa"],
    ["TW", "ĐP"],
    ["NS thành phố", "NS quận, huyện", "DN"],
    ["Vốn ĐT", "Vốn SN"],
    ["CTMTQG", "QPT"],  # words that nobody knows
    ["ĐTPT", "Sự nghiệp CNTT", "Khác"],
    ["Trung ương", "Địa phương", "Doanh nghiệp"],
    ["Vốn NSTW hỗ trợ", "Vốn ngân sách tỉnh", "Lồng ghép"],
]
UNITS = {"triệu đồng": 10**6, "tỷ đồng": 10**9, "nghìn đồng": 10**3, "đồng": 1}


@dataclass
class Made:
    """A table and what it says: `keys` has one word for each column."""

    heads: list[Head] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)
    rows: list[list[str]] = field(default_factory=list)
    said: list[dict[str, object]] = field(default_factory=list)
    unit: str = "triệu đồng"
    totals: list[int] = field(default_factory=list)


def _add(table: Made, head: Head, *keys: str) -> None:
    table.heads.append(head)
    table.keys += keys


def _money_heads(dice: random.Random, table: Made, years: list[str]) -> None:
    one = dice.choice
    total, sources = one(["Tổng", "Tổng cộng", "Cộng", "Tổng số"]), one(SOURCES)
    prefix = one(["", "Năm ", "KP năm ", "Kinh phí năm "])
    labels, keys = [prefix + year for year in years], [f"s{index}" for index in range(len(sources))]
    known = "QPT" not in sources  # words that nobody knows must stand under others that say what they are
    whole, by_source = (one(["Kinh phí", "Dự kiến kinh phí", "Tổng mức đầu tư", "Kinh phí thực hiện"]), "total"), (sources, keys)
    each_year, each_source = list(zip(labels, years, strict=True)), list(zip(*by_source, strict=True)) if known else []
    of_source = ((one(["Trong đó", "Nguồn vốn", "Chia ra"]), list(sources)), *keys)
    with_total = ((one(["Kinh phí", "Khái toán kinh phí", "Phân kỳ đầu tư"]), [total, *labels]), "total", *years)
    planned = (one(["Kế hoạch vốn", "Dự kiến bố trí", "Lộ trình kinh phí", "Phân kỳ vốn"]), labels)
    both = [total, ("Nguồn vốn", list(sources)), ("Phân theo năm", labels)]
    capitals = enumerate(("Vốn đầu tư", "Vốn sự nghiệp"))
    kinds: list[list[tuple[Any, ...]]] = [
        [],
        [whole],
        [with_total],
        [*each_year, (total, "total")],
        [(one(["Tổng mức đầu tư", "Tổng kinh phí"]), "total"), of_source],
        [with_total, of_source],
        [((f"Năm {year}", ["Tổng", *sources]), year, *(f"{year}{key}" for key in keys)) for year in years[:2]],
        [((one(["Phân kỳ kinh phí", "Phân theo năm", "Chia theo năm"]), labels), *years), (total, "total"), of_source],
        [((one(["Kinh phí", "Nhu cầu kinh phí"]), [total, ("Trong đó", list(sources))]), "total", *keys)],
        [("Tổng mức đầu tư", "total"), (planned, *years)],
        [*(((name, labels[:2]), *(f"s{place}{year}" for year in years[:2])) for place, name in capitals), (total, "total")],
        [((f"Giai đoạn {years[0]}-{years[-1]}", [total, *labels]), "total", *years)],
        [("Kinh phí", "total"), *each_source],
        [("Kinh phí", "total"), *each_year, *each_source],
        [(("Nhu cầu kinh phí", both), "total", *keys, *years)],
    ]
    for head, *told in one(kinds):
        _add(table, head, *told)


def _amounts(dice: random.Random, keys: list[str], years: list[str]) -> dict[str, int]:
    """Amounts in thousandths of the unit that add up: a total of its years and of its sources."""
    found: dict[str, int] = {}
    parts = [key for key in keys if key in years]
    for key in parts:
        own = [other for other in keys if other.startswith(key) and other != key]
        for other in dice.sample(own, dice.randint(1, len(own))) if own else ():
            found[other] = dice.randint(1, 900) * 1000
        if own or dice.random() < 0.8:
            found[key] = sum(found.get(other, 0) for other in own) or dice.randint(1, 900) * 1000
    capitals = [key for key in keys if key.startswith("s") and len(key) > 2]
    for key in dice.sample(capitals, dice.randint(1, len(capitals))) if capitals else ():
        found[key] = dice.randint(1, 900) * 1000
    if "total" in keys:
        found["total"] = sum(found.get(key, 0) for key in (*parts, *capitals)) or dice.randint(2, 9000) * 1000
        sources = [key for key in keys if key.startswith("s") and key not in capitals]
        if sources:
            cut = dice.randint(0, found["total"] // 1000) * 1000
            shares = zip(dice.sample(sources, 2), (cut, found["total"] - cut), strict=True)
            found |= {key: amount for key, amount in shares if amount}
    return found


def _write(thousandths: int | None, mark: str, after: str) -> str:
    if thousandths is None:
        return ""
    text = f"{thousandths / 1000:,.3f}".rstrip("0").rstrip(".")
    return text.translate(str.maketrans(",.", mark)) + after


def make(dice: random.Random) -> Made:
    """A table with all that a plan's table may have."""
    table = Made()
    numbered = dice.random() < 0.85
    if numbered:
        _add(table, dice.choice(["STT", "TT", "Số TT"]), "ordinal")
    _add(table, dice.choice(["Tên dự án", "Nội dung", "Nhiệm vụ", "Danh mục dự án", "Hạng mục, công việc", "Nội dung công việc"]), "name")
    first = dice.choice([2011, 2016, 2021, 2026])
    years = [str(year) for year in range(first, first + dice.randint(2, 5))]
    groups = [0, 1, 2]
    dice.shuffle(groups)
    for group in groups:
        if group == 0 and dice.random() < 0.5:
            _add(table, dice.choice(["Thời gian thực hiện", "Thời hạn hoàn thành", "Tiến độ"]), "time")
        if group == 1:
            _money_heads(dice, table, years)
        if group == 2 and dice.random() < 0.7:
            _add(table, (dice.choice(["Đơn vị thực hiện", "Thực hiện"]), ["Chủ trì", "Phối hợp"]), "lead", "partner")
    if "lead" not in table.keys:
        _add(table, dice.choice(LEAD_HEADS), "lead")
    if dice.random() < 0.5:
        _add(table, dice.choice(NOTE_HEADS), "note")
    _fill(dice, table, years, numbered=numbered)
    return table


def _fill(dice: random.Random, table: Made, years: list[str], *, numbered: bool) -> None:
    mark = dice.choice([",.", ".,", " ,"])
    table.unit = dice.choice(list(UNITS))
    after = dice.choice(["", " đ", " đồng"]) if table.unit == "đồng" else ""  # a unit in each cell
    sections = (
        iter(zip(dice.choice(["I II III IV", "A B C D", "1 2 3 4", "* * * *", "I.1 I.2 I.3 I.4"]).split(), SECTIONS, strict=True))
        if numbered and dice.random() < 0.6
        else iter(())
    )
    section, number = None, 0
    names = dice.sample(NAMES, dice.randint(3, 8))
    sums: dict[str, int] = {}
    for place, name in enumerate(names):
        if (place == 0 or dice.random() < 0.25) and (opened := next(sections, None)):
            section, number = f"{opened[0]}. {opened[1]}".removeprefix("*. "), 0
            table.rows.append([{"ordinal": opened[0], "name": opened[1]}.get(key, "") for key in table.keys])
        number += 1
        amounts = _amounts(dice, table.keys, years)
        if table.unit == "tỷ đồng":  # nobody plans thousands of them
            amounts = {key: amount // 100 for key, amount in amounts.items()}
        words = {"ordinal": str(number), "name": name, "time": dice.choice(TIMES), "lead": dice.choice(LEADS), "note": dice.choice(NOTES)}
        words["partner"] = dice.choice(["", *LEADS])
        table.rows.append([words[key] if key in words else _write(amounts.get(key), mark, after) for key in table.keys])
        sums = {key: sums.get(key, 0) + amounts.get(key, 0) for key in {*sums, *amounts}}
        dong = {key: amount * UNITS[table.unit] // 1000 for key, amount in amounts.items()}
        table.said.append(
            {
                "section": section,
                "ordinal": str(number) if numbered else None,
                "name": name,
                "lead": split_agencies(words["lead"]),
                "by_year_vnd": {key: amount for key, amount in dong.items() if key in years},
                "allocations": sorted(amount for key, amount in dong.items() if "s" in key),
            }
            | ({"total_vnd": dong["total"]} if "total" in dong else {})
        )
    if sums and dice.random() < 0.7:
        label = {dice.choice(["ordinal", "name"] if numbered else ["name"]): dice.choice(["Tổng cộng", "TỔNG SỐ", "Cộng"])}
        row = [label.get(key, "") if key in {"ordinal", "name"} else _write(sums.get(key) or None, mark, after) for key in table.keys]
        table.rows.insert(dice.choice([0, len(table.rows)]), row)
        table.totals = sorted(amount * UNITS[table.unit] // 1000 for amount in sums.values() if amount)


@pytest.mark.parametrize("shape", SHAPES)
@settings(max_examples=150, deadline=None, derandomize=True)
@given(seed=st.integers(0, 999))
def test_a_random_table_reads_back(seed: int, shape: str) -> None:
    table = make(random.Random(seed))
    title = ["PHỤ LỤC", "DANH MỤC DỰ ÁN", f"Đơn vị tính: {table.unit}"]
    (found,) = find_tables(written(shape, table.heads, table.rows, title))
    rows = read_rows(found)
    told = [
        {key: sorted(a.amount_vnd for a in row.allocations) if key == "allocations" else getattr(row, key) for key in said}
        for row, said in zip(rows, table.said, strict=False)
    ]
    assert told == table.said
    assert len(rows) == len(table.said)
    assert sorted(total.amount_vnd for total in found.stated_totals()) == table.totals
