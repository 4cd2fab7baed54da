"""A document written in tabs throughout: its letterhead is no table, and a sheet of its body ends before the next part."""

from __future__ import annotations

from cancu.reading.plan import read_plan
from tests.invented_plans import plan
from tests.invented_tables import source

TEXT = """ỦY BAN NHÂN DÂN\tCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
HUYỆN MƯỜNG LA\tĐộc lập - Tự do - Hạnh phúc

Số: 35/KH-UBND\tMường La, ngày 14 tháng 02 năm 2023

KẾ HOẠCH
Chuyển đổi số huyện Mường La năm 2023

Thực hiện Kế hoạch số 17/KH-UBND ngày 19/01/2023 của UBND tỉnh về chuyển đổi số.

I. MỤC TIÊU

- 70% hồ sơ được xử lý trên mạng.

II. PHÂN CÔNG NHIỆM VỤ

Biểu 1: Phân công nhiệm vụ
STT\tNhiệm vụ\tCơ quan chủ trì\tCơ quan phối hợp\tThời gian
1\tTập huấn kỹ năng số\tPhòng Nội vụ\tHuyện đoàn\tQuý II/2023
2\tSố hóa hồ sơ\tPhòng Tư pháp\tCông an huyện\t2023-2024

III. KINH PHÍ

Tổng kinh phí: 900 triệu đồng.

Biểu 2: Dự toán
Đơn vị tính: triệu đồng
STT\tNội dung\tKinh phí\t\t
\t\tTổng cộng\tNgân sách huyện\tXHH
1\tTập huấn\t500\t300\t200
2\tMua máy quét\t400\t400\t

IV. TỔ CHỨC THỰC HIỆN

1. Phòng Nội vụ

Chủ trì, phối hợp với Phòng Tư pháp tổ chức tập huấn.

Nơi nhận:\tTM. ỦY BAN NHÂN DÂN
- Lưu: VT.\tCHỦ TỊCH
\tĐặng Thị Giang
"""


def test_every_part_is_read() -> None:
    record = read_plan(source(TEXT.splitlines()))
    assert [table.id for table in record.tables] == ["appendix-1", "appendix-2"]
    assert [(row.name, row.lead, row.period) for row in record.projects[:2]] == [
        ("Tập huấn kỹ năng số", ("Phòng Nội vụ",), (2023, 2023)),
        ("Số hóa hồ sơ", ("Phòng Tư pháp",), (2023, 2024)),
    ]
    assert record.document.total_budget_vnd == 900_000_000
    assert [(duty.agency, duty.role) for duty in record.responsibilities] == [("Phòng Nội vụ", "lead")]
    assert [target.value for target in record.targets] == [70]
    assert record.document.signer == "Đặng Thị Giang"


def test_money_without_years_is_for_those_of_the_plan() -> None:
    rows = read_plan(source(TEXT.splitlines())).projects[2:]
    assert [[(a.source, a.year_or_period, a.amount_vnd // 10**6) for a in row.allocations] for row in rows] == [
        [("Ngân sách huyện", "2023", 300), ("Xã hội hóa", "2023", 200)],
        [("Ngân sách huyện", "2023", 400)],
    ]


ONE_A_LINE = """PHỤ LỤC I
DANH MỤC DỰ ÁN
Đơn vị tính: triệu đồng
{}PHỤ LỤC II
CƠ CẤU NGUỒN VỐN
Đơn vị tính: triệu đồng
{}"""
BY_YEAR = (
    ("STT", "Tên dự án", "Tổng", "2021", "2022", "2023", "2024", "2025", "Chủ trì"),
    ("I", "Hạ tầng", "5.500", "1.100", "1.100", "1.100", "1.100", "1.100", ""),
    ("1", "Trung tâm dữ liệu", "3.000", "600", "600", "600", "600", "600", "Sở Thông tin và Truyền thông"),
    ("2", "Cổng dịch vụ công", "2.500", "500", "500", "500", "500", "500", "Văn phòng Ủy ban nhân dân tỉnh"),
    ("", "Tổng cộng", "5.500", "1.100", "1.100", "1.100", "1.100", "1.100", ""),
)
BY_SOURCE = (
    ("STT", "Tên dự án", "Tổng kinh phí", "Ngân sách trung ương", "Ngân sách tỉnh"),
    ("1", "Trung tâm dữ liệu", "3.000", "1.000", "2.000"),
    ("2", "Cổng dịch vụ công", "2.500", "500", "2.000"),
    ("", "Tổng cộng", "5.500", "1.500", "4.000"),
)


def test_two_tables_of_a_cell_a_line_without_a_blank_one() -> None:
    one, other = ("".join(f"\t{cell}\n" for row in rows for cell in row) for rows in (BY_YEAR, BY_SOURCE))
    record = read_plan(plan("Nơi nhận:\n- Lưu: VT.\n\n" + ONE_A_LINE.format(one, other)))
    assert [table.title for table in record.tables] == ["DANH MỤC DỰ ÁN", "CƠ CẤU NGUỒN VỐN"]
    assert [(row.total_vnd, len(row.by_year_vnd), len(row.allocations), row.lead) for row in record.projects] == [
        (3_000_000_000, 5, 0, ("Sở Thông tin và Truyền thông",)),
        (2_500_000_000, 5, 0, ("Văn phòng Ủy ban nhân dân tỉnh",)),
        (3_000_000_000, 0, 2, ()),
        (2_500_000_000, 0, 2, ()),
    ]
    assert record.findings == ()
