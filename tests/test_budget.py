"""What the body says a plan costs."""

from __future__ import annotations

import pytest

from cancu.reading import budget
from cancu.reading.outline import outline
from cancu.reading.tables import find_tables
from tests import invented_tables
from tests.invented_plans import plan
from tests.invented_tables import Head, tabbed

LISTED = """III. KINH PHÍ

1. Tổng kinh phí: 12,5 tỷ đồng, trong đó:

- Vốn ngân sách Trung ương: 7,5 tỷ đồng.

- Ngân sách tỉnh: 5 tỷ đồng (trong đó: chuẩn bị đầu tư 1 tỷ đồng).

2. Nhóm dự án hạ tầng: nguồn vốn 9 tỷ đồng.
"""


def test_a_total_and_the_list_under_it() -> None:
    found = budget.find(outline(plan(LISTED)))
    assert (found.total_vnd, found.lines) == (12_500_000_000, (12, 12))
    assert [(one.source, one.amount_vnd, one.lines) for one in found.sources] == [
        ("Ngân sách Trung ương", 7_500_000_000, (14, 14)),
        ("Ngân sách tỉnh", 5_000_000_000, (16, 16)),
    ]


def test_the_list_may_have_lost_its_bullets() -> None:
    bare = LISTED.replace("- Vốn", "Vốn").replace("- Ngân", "Ngân").replace(" (trong đó: chuẩn bị đầu tư 1 tỷ đồng)", "")
    found = budget.find(outline(plan(bare)))
    assert [(one.source, one.amount_vnd) for one in found.sources] == [
        ("Ngân sách Trung ương", 7_500_000_000),
        ("Ngân sách tỉnh", 5_000_000_000),
    ]


def test_a_source_is_named_by_what_comes_after_trong_do() -> None:
    text = "III. KINH PHÍ\n\nTổng kinh phí 14 tỷ đồng từ ngân sách tỉnh, trong đó vốn đầu tư 6 tỷ đồng, kinh phí sự nghiệp 8 tỷ đồng.\n"
    assert [one.source for one in budget.find(outline(plan(text))).sources] == ["Vốn đầu tư", "Kinh phí sự nghiệp"]


def test_what_another_plan_costs_is_not_the_total() -> None:
    text = (
        "III. GIẢI PHÁP\n\n1. Lồng ghép vốn của Đề án số hóa, tổng vốn của Đề án là 41 tỷ đồng.\n\n"
        "IV. KINH PHÍ\n\nKinh phí thực hiện Kế hoạch là 7.730 triệu đồng.\n"
    )
    assert budget.find(outline(plan(text))).total_vnd == 7_730_000_000


def test_sources_in_the_sentence_of_the_total() -> None:
    text = "III. KINH PHÍ\n\nTổng kinh phí 900 triệu đồng, trong đó ngân sách tỉnh 600 triệu đồng; nguồn xã hội hóa 300 triệu đồng.\n"
    found = budget.find(outline(plan(text)))
    assert [(one.source, one.amount_vnd) for one in found.sources] == [("Ngân sách tỉnh", 600_000_000), ("Nguồn xã hội hóa", 300_000_000)]


@pytest.mark.parametrize(
    "text",
    [
        "Tổng kinh phí: 900 triệu đồng (Phụ lục 1), gồm ngân sách tỉnh 600 triệu đồng và Quỹ phát triển sự nghiệp 300 triệu đồng. "
        "Năm 2022 đã dùng 50 triệu đồng.",
        "Tổng kinh phí là 900 triệu đồng.\n\nNguồn: ngân sách tỉnh 600 triệu đồng; Quỹ phát triển sự nghiệp 300 triệu đồng.",
    ],
)
def test_sources_end_where_they_make_the_total(text: str) -> None:
    found = budget.find(outline(plan(f"III. KINH PHÍ\n\n{text}\n")))
    assert [(one.source, one.amount_vnd) for one in found.sources] == [
        ("Ngân sách tỉnh", 600_000_000),
        ("Quỹ phát triển sự nghiệp", 300_000_000),
    ]


@pytest.mark.parametrize(
    ("text", "total"),
    [
        ("IV. KINH PHÍ THỰC HIỆN: 38,39 tỷ đồng\n", 38_390_000_000),
        ("IV. KINH PHÍ\n\nDự kiến tổng nguồn vốn đầu tư: 26.162 triệu đồng (Hai mươi sáu tỷ).\n", 26_162_000_000),
        ("IV. KINH PHÍ\n\nTổng kinh phí giai đoạn 2008 - 2010:\n24.600.000.000 đồng.\n", 24_600_000_000),
        ("IV. KINH PHÍ\n\nKinh phí được bố trí từ ngân sách theo quy định.\n", None),
        ("I. KẾT QUẢ\n\n1. Nguồn kinh phí\n\nTổng kinh phí giai đoạn 2016-2020: 21.243 triệu đồng.\n", None),
    ],
)
def test_totals(text: str, total: int | None) -> None:
    assert budget.find(outline(plan(text))).total_vnd == total


def test_sources_in_a_later_sentence_that_make_the_total() -> None:
    text = (
        "III. KINH PHÍ\nTổng kinh phí 900 triệu đồng, chia làm hai giai đoạn:\n"
        "- Giai đoạn 1: 500 triệu đồng;\n- Giai đoạn 2: 400 triệu đồng.\n"
        "Nguồn vốn: ngân sách tỉnh 600 triệu đồng; ngân sách Trung ương (chương trình mục tiêu)\n300 triệu đồng.\n"
    )
    assert [(one.source, one.amount_vnd, one.lines) for one in budget.find(outline(plan(text))).sources] == [
        ("Ngân sách tỉnh", 600_000_000, (14, 14)),
        ("Ngân sách Trung ương (chương trình mục tiêu)", 300_000_000, (15, 15)),
    ]


def test_sources_in_a_table_that_make_the_total() -> None:
    heads: list[Head] = ["TT", "Nguồn vốn", "Tổng", "2024", "2025"]
    rows = [
        ["I", "Ngân sách tỉnh", "70", "30", "40"],
        ["1", "Vốn đầu tư", "50", "20", "30"],
        ["2", "Vốn sự nghiệp", "20", "10", "10"],
        ["II", "Xã hội hóa", "30", "10", "20"],
        ["", "Tổng cộng", "100", "40", "60"],
    ]
    document = invented_tables.source(
        ["III. KINH PHÍ", "Tổng kinh phí là 100 triệu đồng.", "Đơn vị tính: triệu đồng", *tabbed(heads, rows)]
    )
    found = budget.find(outline(document), find_tables(document))
    assert [(one.source, one.amount_vnd) for one in found.sources] == [("Ngân sách tỉnh", 70_000_000), ("Xã hội hóa", 30_000_000)]


@pytest.mark.parametrize(
    ("sentence", "sources"),
    [
        (
            "Kinh phí dự kiến 45 tỷ đồng, gồm: NSTW 12 tỷ đồng; NS thị xã 28 tỷ đồng; huy động nhân dân 5 tỷ đồng.",
            [("NSTW", 12), ("NS thị xã", 28), ("Huy động nhân dân", 5)],
        ),
        (
            "Tổng dự toán: 38 tỷ đồng (ba mươi tám tỷ đồng). Nguồn kinh phí: ngân sách tỉnh là 28 tỷ đồng (vốn đầu tư 20 tỷ đồng, "
            "vốn sự nghiệp 8 tỷ đồng); vốn ODA là 10 tỷ đồng.",
            [("Ngân sách tỉnh", 28), ("Vốn ODA", 10)],
        ),
        (
            "Kinh phí khoảng 25 tỷ đồng, trong đó: ngân sách tỉnh 15 tỷ đồng (đầu tư công 9 tỷ đồng, sự nghiệp y tế 6 tỷ đồng), "
            "quỹ phát triển sự nghiệp của các đơn vị 8 tỷ đồng, nguồn hợp pháp khác 2 tỷ đồng.",
            [("Ngân sách tỉnh", 15), ("Quỹ phát triển sự nghiệp của các đơn vị", 8), ("Nguồn hợp pháp khác", 2)],
        ),
        (
            "Tổng kinh phí 60 tỷ đồng, gồm ngân sách tỉnh 50 tỷ đồng, trong đó vốn đầu tư 30 tỷ đồng, vốn sự nghiệp 20 tỷ đồng; "
            "xã hội hóa 10 tỷ đồng.",
            [("Ngân sách tỉnh", 50), ("Xã hội hóa", 10)],
        ),
        (
            "Tổng kinh phí 60 tỷ đồng (NSTW: 40 tỷ đồng; NSĐP: 20 tỷ đồng).",
            [("NSTW", 40), ("NSĐP", 20)],
        ),
        (
            "Tổng kinh phí 60 tỷ đồng, trong đó 40 tỷ đồng từ ngân sách trung ương, 20 tỷ đồng do doanh nghiệp đóng góp.",
            [("Ngân sách trung ương", 40), ("Doanh nghiệp đóng góp", 20)],
        ),
        ("Tổng kinh phí 60 tỷ đồng, trong đó hạ tầng 40 tỷ đồng, đào tạo 20 tỷ đồng.", []),
    ],
)
def test_sources_told_in_one_sentence(sentence: str, sources: list[tuple[str, int]]) -> None:
    found = budget.find(outline(plan(f"III. KINH PHÍ\n\n{sentence}\n")))
    assert [(one.source, one.amount_vnd // 1_000_000_000) for one in found.sources] == sources


@pytest.mark.parametrize(
    ("lines", "sources"),
    [
        (
            "1. Tổng kinh phí: 50 tỷ đồng từ ngân sách tỉnh; trong đó năm 2023 là 9 tỷ đồng.",
            [("Ngân sách tỉnh", 50_000_000_000)],
        ),
        (
            "Tổng kinh phí: 50 tỷ đồng từ ngân sách xã năm 2023, chi tiết tại Phụ lục. Ngoài ra, ngân sách tỉnh hỗ trợ 9 tỷ đồng.",
            [("Ngân sách xã", 50_000_000_000)],
        ),
        (
            "Tổng kinh phí: 50 tỷ đồng, trong đó:\n\n- Ngân sách tỉnh: 30 tỷ đồng;\n\n- Quỹ phát triển sự nghiệp: 20 tỷ đồng.",
            [("Ngân sách tỉnh", 30_000_000_000), ("Quỹ phát triển sự nghiệp", 20_000_000_000)],
        ),
        (
            "Tổng kinh phí: 50 tỷ đồng, trong đó:\n\n- Ngân sách tỉnh: 30 tỷ đồng;\n\n- Quỹ khuyến học: 15 tỷ đồng.",
            [("Ngân sách tỉnh", 30_000_000_000)],
        ),
        (
            "1. Tổng kinh phí: 50 tỷ đồng.\n\n2. Nguồn vốn: xã hội hóa 30 tỷ đồng (60%); ngân sách tỉnh và lồng ghép 20 tỷ đồng (40%).",
            [("Xã hội hóa", 30_000_000_000), ("Ngân sách tỉnh và lồng ghép", 20_000_000_000)],
        ),
        ("1. Tổng kinh phí: 50 tỷ đồng.\n\n2. Riêng năm 2023, sử dụng nguồn đã giao là 9 tỷ đồng.", []),
        ("1. Tổng kinh phí: 50 tỷ đồng.\n\n2. Vốn doanh nghiệp ngoài danh mục dự kiến 9 tỷ đồng.", []),
        (
            "Tổng kinh phí: 50 tỷ đồng. Trong đó: ngân sách tỉnh 30 tỷ đồng; ngân sách xã 18 tỷ đồng. Bình quân mỗi năm 25 tỷ đồng.",
            [("Ngân sách tỉnh", 30_000_000_000), ("Ngân sách xã", 18_000_000_000)],
        ),
        ("1. Tổng kinh phí: 50 tỷ đồng.\n\n2. Vốn của Công an tỉnh 9 tỷ đồng, không tổng hợp vào Kế hoạch.", []),
        (
            "1. Tổng kinh phí: 50 tỷ đồng.\n\n2. Nguồn vốn: vốn đầu tư 30 tỷ đồng; vốn sự nghiệp 20 tỷ đồng. Ngoài ra, vốn khác 9 tỷ đồng.",
            [("Vốn đầu tư", 30_000_000_000), ("Vốn sự nghiệp", 20_000_000_000)],
        ),
        (
            "1. Tổng kinh phí: 50 tỷ đồng.\n\n2. Vốn doanh nghiệp trong danh mục: 9 tỷ đồng.",
            [("Vốn doanh nghiệp trong danh mục", 9_000_000_000)],
        ),
        (
            "Tổng kinh phí: 50 tỷ đồng, trong đó ngân sách tỉnh 30 tỷ đồng, ngân sách xã 20 tỷ đồng. Vốn đã bố trí lũy kế là 9 tỷ đồng.",
            [("Ngân sách tỉnh", 30_000_000_000), ("Ngân sách xã", 20_000_000_000)],
        ),
    ],
)
def test_what_makes_the_total_is_its_sources(lines: str, sources: list[tuple[str, int]]) -> None:
    found = budget.find(outline(plan(f"III. KINH PHÍ\n\n{lines}")))
    assert [(one.source, one.amount_vnd) for one in found.sources] == sources
