"""Faults in a document: what does not add up, what conflicts, what is a slip. And what only looks like one."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cancu.reading import sums
from cancu.reading.plan import read_plan
from cancu.reading.source import Source
from cancu.records import Finding, PlanRecord
from tests import invented_tables
from tests.invented_plans import HEAD, source

TABLE = """PHỤ LỤC 1
DANH MỤC DỰ ÁN GIAI ĐOẠN 2023-2024
Đơn vị tính: triệu đồng
|
STT
|
Tên dự án
|
Tổng
|
2023
|
2024
|
Đơn vị chủ trì
|
1
|
Xây dựng trục kết nối dữ liệu
|
{first}
|
1.500
|
1.500
|
Sở Nội vụ
|
2
|
Nâng cấp mạng nội bộ của các sở
|
2.000
|
1.000
|
1.000
|
Sở Tài chính
|
{ordinal}
|
Đào tạo cán bộ chuyên trách
|
1.000
|
400
|
600
|
{agency}
|
4
|
Số hóa hồ sơ lưu trữ
|
4.000
|
2.000
|
2.000
|
Sở Y tế
|
|
Tổng cộng
|
{total}
|
4.900
|
5.100
|
|
"""


def _read(text: str) -> PlanRecord:
    return read_plan(source(HEAD + text))


def _table(first: str = "3.000", ordinal: str = "3", agency: str = "Sở Y tế", total: str = "10.000", body: str = "") -> tuple[Finding, ...]:
    text = f"I. NHIỆM VỤ\n\nTriển khai các dự án.\n\n{body}\n\nNơi nhận:\n- Lưu: VT.\n\n"
    table = TABLE.format(first=first, ordinal=ordinal, agency=agency, total=total)
    return _read(text + table.replace("\n\n", "\n")).findings


def _body(text: str) -> list[tuple[str, str]]:
    return [(finding.kind, finding.detail) for finding in _read(f"I. NHIỆM VỤ\n\n{text}\n").findings]


def test_a_table_that_adds_up_has_no_faults() -> None:
    assert not _table()


def test_a_total_that_its_rows_do_not_make() -> None:
    (fault,) = [fault for fault in _table(total="10.500") if "Tổng cộng" in fault.detail and "cộng lại được 10 tỷ" in fault.detail][:1]
    assert fault.kind == "sum-mismatch"
    assert "10,5 tỷ đồng" in fault.detail


def test_a_row_that_its_years_do_not_make() -> None:
    faults = [fault for fault in _table(first="3.500") if "trục kết nối" in fault.detail]
    assert ["3,5 tỷ đồng" in fault.detail and "3 tỷ đồng" in fault.detail for fault in faults] == [True]


@pytest.mark.parametrize(("total", "severity"), [("10.500", "Warning"), ("10.001", "Info")])
def test_a_sum_within_the_rounding_of_its_figures_is_a_note(total: str, severity: str) -> None:
    """Five figures are printed in whole millions: their sum may be 2.5 million off."""
    assert {fault.severity for fault in _table(total=total) if fault.kind == "sum-mismatch"} == {severity}


def test_phases_make_the_total_and_so_do_the_sources() -> None:
    heads = ["TT", "Nội dung", "Tổng cộng", "Giai đoạn 1 (2024-2025)", "Giai đoạn 2 (2026)", "Ngân sách tỉnh", "Xã hội hóa"]
    rows = [
        ["1", "Mạng", "30", "20", "10", "20", "10"],
        ["2", "Máy chủ", "50", "30", "20", "50", ""],
        ["3", "Tập huấn", "50", "30", "20", "50", "10"],
    ]
    text = "\n".join("\t".join(row) for row in [heads, *rows, ["4", "Cổng", "9", "5", "4", "5", "4"]])
    found = _read(f"PHỤ LỤC 1\nDANH MỤC\nĐơn vị tính: triệu đồng\n{text}\n").findings
    assert [("50 triệu đồng" in fault.detail, "60 triệu đồng" in fault.detail) for fault in found if fault.kind == "sum-mismatch"] == [
        (True, True)
    ]


def test_rows_unlike_the_others() -> None:
    assert [(fault.kind, fault.detail) for fault in _table(ordinal="")] == [("numbering", "Dòng không có số thứ tự.")]
    assert {fault.kind for fault in _table(ordinal="5")} == {"numbering"}
    (blank,) = _table(agency="")
    assert (blank.kind, blank.detail) == ("omission", "Dòng có kinh phí nhưng không ghi đơn vị thực hiện.")


def test_rows_that_count_on_over_a_group() -> None:
    labels = [("A", ""), ("I", ""), ("1", "Sở Y tế"), ("2", "Sở Nội vụ"), ("B", ""), ("I", ""), ("4", "Sở Y tế"), ("5", "Sở Nội vụ")]
    rows = "\n".join(f"{label}\tViệc {place}\t{agency}" for place, (label, agency) in enumerate(labels))
    found = _read(f"I. NHIỆM VỤ\n\nCác dự án.\n\nNơi nhận:\n- Lưu: VT.\n\nPHỤ LỤC\nDANH MỤC\n\nTT\tNội dung\tĐơn vị thực hiện\n{rows}\n")
    assert [row.ordinal for row in found.projects] == ["1", "2", "4", "5"]
    assert [fault.detail for fault in found.findings if fault.kind == "numbering"] == ["Sau số thứ tự 2 là 4."]


def test_a_total_of_the_body_that_is_not_its_tables() -> None:
    found = _table(body="Tổng kinh phí giai đoạn 2023-2024: 9.800 triệu đồng.")
    assert [fault.detail for fault in found] == ["Thân văn bản ghi tổng 9,8 tỷ đồng, Phụ lục 1 cộng được 10 tỷ đồng."]
    assert not _table(body="Tổng kinh phí giai đoạn 2023-2024: 10.000 triệu đồng.")
    assert not _table(body="Tổng kinh phí giai đoạn 2016-2020: 9.800 triệu đồng.")


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Đặc biệt là là cán bộ cấp xã.", "ocr"),
        ("Phòng chống mã độc mã độc tập trung.", "ocr"),
        ("Cuộc các mạng công nghiệp lần thứ tư.", "ocr"),
        ("Thực hiện Luật Công nghệ thông tin số ngày 29 tháng 6 năm 2006.", "wrong-number"),
        ("Kinh phí Trung ương: 1.500.0000.000 đồng.", "unit"),
        ("Nghị quyết số 36-NQ/TU ngày 01/7/2014 của Bộ Chính trị.", "wrong-number"),
        ("Chương trình số 02-CT/TU ngày 01/7/2014 của Tỉnh ủy.", "wrong-number"),
        ("Nghị định số 64/2007/NĐ-CP ngày 10/4/2008 của Chính phủ.", "date-conflict"),
        ("Quyết định số 15/QĐ-UBND ngày 03/4/2020; Quyết định số 15/QĐ-UBND ngày 04/4/2020.", "date-conflict"),
        ("Nghị định số 64/2007/NĐ-CP ngày 31/4/2007 của Chính phủ.", "date-conflict"),
        ("Nghị định số 64/2007/NĐ-CP ngày 10/4/2007; Nghị định số 26/2007/NĐ-CP ngày 15/9/2007.", "date-conflict"),
        ("Nghị định số 45/2020/NĐ-CP ngày 8/4/2020; Nghị định số 47/2020/NĐ-CP ngày 4/9/2020.", "date-conflict"),
        ("Giao Công an tỉnh và, Văn phòng Ủy ban nhân dân tỉnh.", "ocr"),
        ("Phấn đấu 110% hồ sơ được số hóa.", "unit"),
        ("Phát triển văn hóaxã hội trong toàn tỉnh.", "ocr"),
        ("CỦA ỦY BANNHÂN DÂN TỈNH", "ocr"),
        ("Triển khai thực hiệnKế hoạch của tỉnh.", "ocr"),
        ("Giao Sở Thông thông tin và Truyền thông; Sở Thông tin và Truyền thông.", "ocr"),
        ("Đã kết nối mạng; có kết nối nối Internet.", "ocr"),
        ("Có 9/34 đơn vị (chiếm 24%) nối mạng.", "sum-mismatch"),
        ("Tiếp nhận trên 66.00 hồ sơ.", "unit"),
        ("Tổng kinh phí 150 tỷ đồng: tỉnh 90 tỷ đồng (chiếm 65%), trung ương 60 tỷ đồng (chiếm 40%).", "sum-mismatch"),
        ("Chủ tịch Ủy ban nhân dân UBND cấp xã chịu trách nhiệm.", "ocr"),
        ("Chỉ thị số 58/CT-TW ngày 17/10/2000.", "wrong-number"),
        ("Quyết định số 45/2016-QĐ-TTg ngày 19/10/2016.", "wrong-number"),
        ("Chi tiết tại phụ lục kèm theo.", "omission"),
        ("Thay thế quyết định ban hành\nngày\n\n21/6/2017 trước đây.", "other"),
    ],
)
def test_slips_and_conflicts(text: str, kind: str) -> None:
    assert [found for found, _ in _body(text)] == [kind]


@pytest.mark.parametrize(
    "text",
    [
        "Nghị định số 45/2020/NĐ-CP ngày 8/4/2020; Nghị định số 47/2020/NĐ-CP ngày 9/4/2020.",
        "Nghị định số 45/2020/NĐ-CP ngày 8/4/2020; Nghị định số 85/2020/NĐ-CP ngày 4/9/2020.",
        "Giao các sở rà soát và, khi cần thiết, báo cáo.",
        "Từng bước dần dần mở rộng, luôn luôn bảo đảm.",
        "Quản lý xe ôtô, tàu thuyền, lôgic nghiệp vụ; giữ giường, quỹ, khuỷu tay, nghiêng; mạng Internet ở Krông Ana và Đắklắk.",
        "Có 9/37 đơn vị đạt 24%; 311/868 máy, tỷ lệ: 35,83%; 12/14 cơ sở dữ liệu được làm sạch, tỷ lệ “đúng, đủ” đạt 64%.",
        "Có 66.000 hồ sơ; ngày 9/12 đạt 24%. Công nghệ thông tin tin cậy.",
        "Chỉ thị số 58-CT/TW ngày 17/10/2000; Quyết định số 45/2016/QĐ-TTg ngày 19/10/2016.",
        "Phát triển chính quyền số số hóa toàn diện.",
        "Căn cứ Luật Chuyển đổi số ngày 11/12/2025; Pháp lệnh Dân số ngày 09/01/2003; Luật Công nghiệp công nghệ số ngày 14/6/2025.",
        "Thi hành hành chính công, phối hợp hợp tác.",
        "Nghị quyết số 36-NQ/TW ngày 01/7/2014 của Bộ Chính trị.",
        "Nghị định số 64/2007/NĐ-CP ngày 10/4/2007; Nghị định số 26/2007/NĐ-CP ngày 15/02/2007.",
        "Tổng kinh phí 150 tỷ đồng: tỉnh 90 tỷ đồng (chiếm 60%), trung ương 60 tỷ đồng (chiếm 40%). Xếp thứ 12/63 tỉnh đạt 85%.",
        "Doanh thu đạt 110% kế hoạch, tăng 150% so với năm 2022.",
        "Xử lý các hành vi vi phạm; người nhặt được được thưởng; người có quyền có quyền yêu cầu; đường không không bảo đảm.",
        "Quyết định số 1564/QĐ-BNN-KH ngày 31/5/2006 của Bộ trưởng Bộ Nông nghiệp và Phát triển nông thôn.",
        "Thông báo Kết luận số 18-KL/TU ngày 14/5/2023 của Ban Thường vụ Tỉnh ủy Hòa Sơn.",
        "a) Một việc (hai) xong.\n\nb) Hai việc.\n\nc) Ba việc.",
    ],
)
def test_what_only_looks_like_a_fault(text: str) -> None:
    assert not _body(text)


def test_numbering_that_does_not_count_on() -> None:
    text = (
        "I. MỤC TIÊU\n\n1. Việc một.\n\n2. Việc hai.\n\n4. Việc bốn.\n\nII. NHIỆM VỤ\n\n1. Việc một.\n\nII. GIẢI PHÁP\n\nCác giải pháp.\n"
    )
    assert [(f.kind, f.lines) for f in _read(text).findings] == [("numbering", (16, 16)), ("numbering", (22, 22))]


def test_points_under_an_article_count_on_over_what_was_reached() -> None:
    text = (
        "QUYẾT ĐỊNH:\n\nĐiều 1. Thông qua Đề án với các nội dung sau:\n\n1. Quan điểm\n\nNgười dân là trung tâm.\n\n"
        "2. Kết quả giai đoạn trước\nGiai đoạn 2021 - 2025 đạt 62%.\n\n3. Mục tiêu\n\n"
    )
    assert not [fault for fault in _read(text).findings if fault.kind == "numbering"]


@pytest.mark.parametrize(("begins", "told"), [("Căn cứ Kế hoạch này", 1), ("Nghị quyết này", 0)])
def test_one_duty_that_two_bodies_have(begins: str, told: int) -> None:
    duty = f"{begins}, xây dựng kế hoạch của đơn vị, gửi Sở Nội vụ trước ngày 31/01/2023 để tổng hợp, theo dõi, báo cáo."
    text = f"{HEAD}III. TỔ CHỨC THỰC HIỆN\n\n1. Các sở, ban, ngành\n\n{duty}\n\n2. Sở Tài chính\n\n{duty}\n"
    assert sum(fault.kind == "duplicate-paragraph" for fault in read_plan(source(text)).findings) == told


def test_furniture_of_a_web_page_and_repeated_paragraphs() -> None:
    long = "Tăng cường công tác kiểm tra, giám sát việc ứng dụng công nghệ thông tin trong các cơ quan trên địa bàn tỉnh Hòa Sơn."
    text = (
        f"Đang tải nội dung, vui lòng chờ\nĐang tải nội dung, vui lòng chờ\n\n{HEAD}I. NHIỆM VỤ\n\n- {long}\n\nII. GIẢI PHÁP\n\n- {long}\n"
    )
    assert [(f.kind, f.lines[1]) for f in read_plan(source(text)).findings] == [("duplicate-paragraph", 2), ("duplicate-paragraph", 19)]


@pytest.mark.parametrize(
    ("closing", "faults"), [("bốn", []), ("4", []), ("5", ["Được kỳ họp thứ 5 thông qua, mà phần đầu ghi kỳ họp thứ 4."])]
)
def test_the_session_that_passed_a_resolution(closing: str, faults: list[str]) -> None:
    text = (
        "HỘI ĐỒNG NHÂN DÂN\nTỈNH HÒA SƠN\n\nSố: 9/NQ-HĐND\n\nNGHỊ QUYẾT\nVề chuyển đổi số\n\nHỘI ĐỒNG NHÂN DÂN TỈNH HÒA SƠN\n"
        "KHÓA IX, KỲ HỌP THỨ 4\n\nCăn cứ Nghị quyết số 2/NQ-HĐND được kỳ họp thứ 2 thông qua;\n\n"
        f"QUYẾT NGHỊ:\n\nĐiều 3. Nghị quyết này được Hội đồng nhân dân tỉnh khóa IX, kỳ họp thứ {closing} thông qua ngày 9/12/2021.\n"
    )
    assert [fault.detail for fault in read_plan(source(text)).findings if "kỳ họp" in fault.detail] == faults


def test_the_line_that_attaches_a_plan_agrees_with_its_head() -> None:
    head = HEAD.replace("Số: 12/KH-UBND\n", "Số: 12/KH-UBND\n\nHòa Sơn, ngày 05 tháng 4 năm 2023\n")
    body = "I. NHIỆM VỤ\n\nCác nhiệm vụ.\n\nTM. ỦY BAN NHÂN DÂN\n\nPHỤ LỤC\n\n(Kèm theo Kế hoạch số 12/KH-UBND ngày {}/4/2023)\n"
    assert [f.kind for f in read_plan(source(head + body.format("07"))).findings] == ["date-conflict"]
    assert not read_plan(source(head + body.format("05"))).findings
    chair = body.format("05").replace("/2023)", "/2023 của Chủ tịch UBND tỉnh)")
    assert [f.kind for f in read_plan(source(head + chair)).findings] == ["other"]
    assert not read_plan(source(head + chair.replace("TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH"))).findings


def test_a_document_cited_before_it_was_made() -> None:
    head = HEAD.replace("Số: 12/KH-UBND\n", "Số: 12/KH-UBND\n\nHòa Sơn, ngày 05 tháng 4 năm 2023\n")
    cited = "Căn cứ Quyết định số 15/QĐ-UBND ngày 06/5/2023 của Ủy ban nhân dân tỉnh;\n\nI. NHIỆM VỤ\n\nCác nhiệm vụ.\n"
    assert [f.kind for f in read_plan(source(head + cited)).findings] == ["date-conflict"]
    assert not read_plan(source(head + cited.replace("/5/", "/3/"))).findings


def test_a_text_that_does_not_say_who_it_goes_to() -> None:
    end = "TM. ỦY BAN NHÂN DÂN\nKT. CHỦ TỊCH\nPHÓ CHỦ TỊCH\nĐặng Thị Giang\n"
    assert [fault for fault, _ in _body(f"Mở rộng mạng nội bộ.\n\n{end}")] == ["omission"]
    assert not _body(f"Mở rộng mạng nội bộ.\n\nNơi nhận:\n- Bộ Nội vụ;\n- Lưu: VT.\n\n{end}")


def test_paragraphs_that_begin_alike() -> None:
    alike = "Tiếp tục duy trì cổng thông tin của tỉnh, các trang thành viên của sở, ban, ngành, huyện và xã; đăng tải đầy đủ, kịp thời mọi"
    assert [fault for fault, _ in _body(f"{alike} tin bài.\n\nMở rộng mạng.\n\n{alike} thông tin.")] == ["duplicate-paragraph"]


def test_an_appendix_that_is_announced_and_missing() -> None:
    text = "I. NHIỆM VỤ\n\nDanh mục dự án (chi tiết tại Phụ lục {}).\n\nNơi nhận:\n- Lưu: VT.\n\nPHỤ LỤC 1\n\nDanh mục dự án\n"
    assert [f.kind for f in _read(text.format(2)).findings] == ["other"]
    assert not _read(text.format(1)).findings
    assert not _read(text.format(2).replace("- Lưu: VT.\n\n", "- Lưu: VT.\n      CHỦ TỊCH\n      PHỤ LỤC 2\n\n")).findings


def test_a_total_leaves_out_the_parts_of_its_rows() -> None:
    parts = TABLE.replace("2\n|\nNâng cấp mạng", "|\na) Phần mềm\n|\n1.000\n|\n500\n|\n500\n|\nSở Nội vụ\n|\n2\n|\nNâng cấp mạng")
    text = "I. NHIỆM VỤ\n\nTriển khai các dự án.\n\nNơi nhận:\n- Lưu: VT.\n\n"
    table = parts.format(first="3.000", ordinal="3", agency="Sở Y tế", total="10.000").replace("\n\n", "\n")
    assert parts != TABLE
    assert not [fault.detail for fault in _read(text + table).findings if fault.kind == "sum-mismatch"]


@pytest.mark.parametrize(
    ("amount", "words"),
    [(38_390_000_000, "38,39 tỷ đồng"), (486_000_000, "486 triệu đồng"), (1_234_567_000_000, "1.234,567 tỷ đồng"), (5_000, "5.000 đồng")],
)
def test_sums_in_words(amount: int, words: str) -> None:
    assert sums.dong(amount) == words


@settings(deadline=None)
@given(st.text(alphabet="aăTổngcộng123.,|\n:;() -IVPHỤLỤC", max_size=200))
def test_any_text_gives_a_record_with_findings_on_its_lines(text: str) -> None:
    one: Source = source(text)
    for finding in read_plan(one).findings:
        assert 1 <= finding.lines[0] <= finding.lines[1] <= one.line_count


def test_one_amount_with_another_decimal_mark_than_the_rest() -> None:
    heads = ["TT", "Nội dung", "Năm 2026", "Năm 2027", "Tổng"]
    rows = [[str(i), f"Việc thứ {i} của sở", "1,5", f"{i},5", f"{i + 2},0" if i != 4 else "6.0"] for i in range(1, 6)]
    record = read_plan(invented_tables.source(["PHỤ LỤC 1", "Đơn vị tính: tỷ đồng", *invented_tables.tabbed(heads, rows)]))
    assert [(fault.kind, fault.detail) for fault in record.findings] == [("unit", "“6.0”: dấu thập phân khác với các ô khác của bảng.")]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("(Kèm theo Kế hoạch số 21/KH-UBND ngày 05/4/2023 của UBND tỉnh Hòa Sơn)", "số 21/KH-UBND"),
        ("(Kèm theo Kế hoạch số 12/KH-UBND ngày 05/4/2023 của Hội đồng nhân dân tỉnh)", "là của Hội đồng nhân dân"),
        ("(Kèm theo Kế hoạch số 21/KH-UBND ngày 06/5/2022 của UBND tỉnh Hòa Sơn)", ""),
        ("(Kèm theo Kế hoạch số 12/KH-UBND ngày 05/4/2023 của UBND tỉnh Hòa Sơn)", ""),
    ],
)
def test_what_an_appendix_goes_with(line: str, said: str) -> None:
    dated = HEAD.replace("Số: 12/KH-UBND\n", "Số: 12/KH-UBND\n\nHòa Sơn, ngày 05 tháng 4 năm 2023\n")
    found = read_plan(source(f"{dated}I. NHIỆM VỤ\n\nCác nhiệm vụ.\n\nTM. ỦY BAN NHÂN DÂN\n\nPHỤ LỤC\n\n{line}\n")).findings
    told = [finding.detail for finding in found if finding.kind in {"wrong-number", "other"}]
    assert len(told) == bool(said)
    assert all(said in detail for detail in told)


def test_one_document_with_two_numbers_and_one_of_another_ministry() -> None:
    title = "quy định chi tiết và hướng dẫn một số điều của Luật Đất rừng"
    text = (
        f"Căn cứ Thông tư số 03/2017/TT-BTTTT ngày 24/4/2017 của Bộ Thông tin và Truyền thông {title};\n\n"
        "Căn cứ Quyết định số 5316/QĐ-BYT ngày 22/12/2020 của Bộ Thông tin và Truyền thông;\n\nI. NHIỆM VỤ\n\n"
        f"Thực hiện Thông tư số 13/2017/TT-BTTTT ngày 24/4/2017 của Bộ Thông tin và Truyền thông {title}, áp dụng tại các xã.\n"
    )
    told = [finding.detail for finding in read_plan(source(HEAD + text)).findings if finding.kind == "wrong-number"]
    assert len(told) == 2
    assert "ký hiệu của Bộ Y tế" in told[0]
    assert "ghi số 03/2017/TT-BTTTT" in told[1]


@pytest.mark.parametrize(("share", "said"), [("20", 0), ("23", 1)])
def test_a_column_of_shares(share: str, said: int) -> None:
    rows = [("Hạ tầng số của tỉnh", "500", "50"), ("Nền tảng số của tỉnh", "300", "30"), ("Dữ liệu số của tỉnh", "200", share)]
    table = "PHỤ LỤC\nDANH MỤC DỰ ÁN\nĐơn vị tính: triệu đồng\nTT\tTên dự án\tKinh phí\tTỷ trọng (%)\tĐơn vị chủ trì\n"
    table += (
        "".join(f"{n}\t{name}\t{paid}\t{part}\tSở Nội vụ\n" for n, (name, paid, part) in enumerate(rows, 1)) + "\tTổng cộng\t1.000\t100\t\n"
    )
    found = read_plan(source(f"{HEAD}I. NHIỆM VỤ\n\nCác nhiệm vụ.\n\nNơi nhận:\n- Lưu: VT.\n\n{table}")).findings
    assert [finding.kind for finding in found if "Tỷ trọng" in finding.detail] == ["sum-mismatch"] * said


def test_parts_in_words_are_counted_once() -> None:
    rows = ["I\tHạ tầng\t9.000\t5.000\t4.000", "1\tNâng cấp mạng của các sở\t5.000\t3.000\t2.000", "\tTrong đó: thiết bị\t600\t400\t200"]
    rows += ["2\tMở rộng trung tâm dữ liệu\t4.000\t2.000\t2.000", "\tTổng cộng\t9.000\t5.000\t4.000"]
    table = "PHỤ LỤC\nDANH MỤC DỰ ÁN\nĐơn vị tính: triệu đồng\nTT\tTên dự án\tTổng\t2023\t2024\n" + "\n".join(rows) + "\n"
    found = read_plan(source(f"{HEAD}I. NHIỆM VỤ\n\nCác nhiệm vụ.\n\nNơi nhận:\n- Lưu: VT.\n\n{table}")).findings
    assert [finding.detail for finding in found if finding.kind in {"sum-mismatch", "unit"}] == []


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        (["1\tNâng cấp mạng của các sở\t6.000\t3.000\t2.000", "2\tMở rộng trung tâm dữ liệu\t4.000\t2.000\t2.000"], 1),
        (["1\tNâng cấp mạng của các sở\t5.000\t3.000\t2.500", "2\tMở rộng trung tâm dữ liệu\t4.000\t2.000\t2.000"], 1),
        (["1\tNâng cấp mạng của các sở\t5.000\t3.000\t2.000", "2\tMở rộng trung tâm dữ liệu\t4.000\t2.000\t2.000"], 0),
    ],
)
def test_one_wrong_cell_is_told_once(rows: list[str], told: int) -> None:
    rows = [*rows, "3\tĐào tạo cán bộ các huyện\t2.000\t1.000\t1.000", "4\tSố hóa hồ sơ lưu trữ\t2.000\t1.000\t1.000"]
    head = "PHỤ LỤC\nDANH MỤC DỰ ÁN\nĐơn vị tính: triệu đồng\nTT\tTên dự án\tTổng\t2023\t2024\n"
    table = head + "\n".join([*rows, "\tTổng cộng\t13.000\t7.000\t6.000"]) + "\n"
    found = read_plan(source(f"{HEAD}I. NHIỆM VỤ\n\nCác nhiệm vụ.\n\nNơi nhận:\n- Lưu: VT.\n\n{table}")).findings
    details = [finding.detail for finding in found if finding.kind == "sum-mismatch"]
    assert len(details) == told
    assert all("Nâng cấp" in detail for detail in details)


def test_two_cells_that_are_wrong_by_as_much_are_both_told() -> None:
    rows = ["1\tNâng cấp mạng của các sở\t5.100\t3.000\t2.000", "2\tMở rộng trung tâm dữ liệu\t4.000\t2.000\t2.000"]
    rows += [f"{n}\tViệc thứ {n} của sở\t2.000\t1.000\t1.000" for n in range(3, 9)]
    head = "PHỤ LỤC\nDANH MỤC DỰ ÁN\nĐơn vị tính: triệu đồng\nTT\tTên dự án\tTổng\t2023\t2024\n"
    table = head + "\n".join([*rows, "\tTổng cộng\t21.000\t11.000\t10.100"]) + "\n"
    found = read_plan(source(f"{HEAD}I. NHIỆM VỤ\n\nCác nhiệm vụ.\n\nNơi nhận:\n- Lưu: VT.\n\n{table}")).findings
    details = [finding.detail for finding in found if finding.kind == "sum-mismatch"]
    assert any("Nâng cấp" in detail for detail in details)
    assert any("cột “2024”: ghi 10,1 tỷ đồng, cộng lại được 10 tỷ đồng" in detail for detail in details)


def test_a_total_that_fails_both_ways_is_told_once() -> None:
    rows = [f"{n}\tViệc thứ {n} của sở\t2.000\t1.000\t1.000" for n in range(1, 6)]
    table = "PHỤ LỤC\nDANH MỤC DỰ ÁN\nĐơn vị tính: triệu đồng\nTT\tTên dự án\tTổng\t2023\t2024\n" + "\n".join(
        [*rows, "\tTổng cộng\t10.500\t5.000\t5.000"]
    )
    found = read_plan(source(f"{HEAD}I. NHIỆM VỤ\n\nCác nhiệm vụ.\n\nNơi nhận:\n- Lưu: VT.\n\n{table}\n")).findings
    assert len([finding for finding in found if finding.kind == "sum-mismatch"]) == 1


@pytest.mark.parametrize(("number", "told"), [("41/2009/QH12", 0), ("41/2009/QH13", 1), ("77/2015/QH13", 0)])
def test_a_law_of_an_assembly_that_sat_in_another_year(number: str, told: int) -> None:
    year = number.split("/")[1]
    text = f"Căn cứ Luật Rừng núi số {number} ngày 23 tháng 11 năm {year};\n\nI. NHIỆM VỤ\n\nCác nhiệm vụ.\n"
    assert sum("nhiệm kỳ" in fault.detail for fault in read_plan(source(HEAD + text)).findings) == told


@pytest.mark.parametrize(
    ("lead", "told"),
    [
        ("Phòng Văn hóa huyện Bình Lâm", 1),
        ("Phòng Văn hóa huyện Sơn Tây", 0),
        ("Phòng Văn hóa", 0),
        ("UBND xã Bình Lâm", 0),
        ("UBND các huyện", 0),
    ],
)
def test_a_lead_of_another_district(lead: str, told: int) -> None:
    head = HEAD.replace("ỦY BAN NHÂN DÂN\nTỈNH HÒA SƠN", "ỦY BAN NHÂN DÂN\nHUYỆN SƠN TÂY")
    items = "".join(f"{n}\tViệc thứ {n} của huyện\t2.000\tPhòng Nội vụ\n" for n in range(1, 4)) + f"4\tTrang thông tin\t500\t{lead}\n"
    table = f"PHỤ LỤC\nDANH MỤC DỰ ÁN\nĐơn vị tính: triệu đồng\nTT\tTên dự án\tKinh phí\tĐơn vị chủ trì\n{items}"
    found = read_plan(source(f"{head}I. NHIỆM VỤ\n\nCác nhiệm vụ.\n\nNơi nhận:\n- Lưu: VT.\n\n{table}")).findings
    assert sum("kế hoạch là của" in finding.detail for finding in found) == told


def test_a_numbered_row_beside_sections_is_of_none_of_them() -> None:
    heads = ["TT", "Khoản mục", "Thành tiền", "Ngân sách tỉnh", "Ngân sách huyện"]
    rows = [
        ["I", "Chi phí thiết bị", "4.250", "3.000", "1.250"],
        ["1", "Máy chủ", "2.750", "2.000", "750"],
        ["2", "Thiết bị bảo mật", "1.500", "1.000", "500"],
        ["II", "Chi phí phần mềm", "2.600", "1.600", "1.000"],
        ["1", "Phần mềm nội bộ", "1.800", "1.000", "800"],
        ["2", "Bản quyền phần mềm", "800", "600", "200"],
        ["III", "Chi phí dự phòng", "1.125", "460", "665"],
        ["", "Tổng cộng (I+II+III)", "7.975", "5.060", "2.915"],
        ["", "Làm tròn", "8.000", "", ""],
        ["", "Bằng chữ: Tám tỷ đồng", "", "", ""],
    ]
    record = read_plan(
        invented_tables.source([*invented_tables.BEFORE, "PHỤ LỤC", "Đơn vị: triệu đồng", *invented_tables.tabbed(heads, rows)])
    )
    assert [(row.name, row.section) for row in record.projects][-2:] == [
        ("Bản quyền phần mềm", "II. Chi phí phần mềm"),
        ("Chi phí dự phòng", None),
    ]
    assert not [fault for fault in record.findings if fault.lines[0] > len(invented_tables.BEFORE)]
