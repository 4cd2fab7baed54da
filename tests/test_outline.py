"""Paragraphs, headings and parts, in the layouts that converters and law portals write."""

from __future__ import annotations

import textwrap
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cancu.reading.labels import split_label
from cancu.reading.layout import Cell, Grid, Line
from cancu.reading.outline import Outline, outline
from cancu.reading.source import Source, open_source
from tests.invented_plans import plan, source

WRAPPED = """A. HIỆN TRẠNG
PHÁT TRIỂN
1. Kết quả phát
triển năm 2022
Tỉnh đã triển khai hệ
thống quản lý văn bản đến 100% cơ quan, kết nối với Bộ
Thông tin và Truyền thông.
Tiếp tục duy trì.
B. TỔ CHỨC THỰC
HIỆN
1. Sở
Tài Chính:
Chủ trì, phối hợp
với Sở Nội vụ bố trí kinh phí.
2. Văn phòng UBND tỉnh
Theo dõi, đôn đốc.
"""

SPACED = """I. MỤC TIÊU

- Đến năm 2025, 80% hồ sơ được xử
lý trên mạng, gồm hồ sơ của Sở
Nội vụ. Tất cả đều qua mạng.

- Thay thế quyết định ban hành ngày

21/6/2017 trước đây.

II. KINH PHÍ THỰC HIỆN

Tổng kinh phí: 10 tỷ đồng.
"""

MARKDOWN = """**II. MỤC
TIÊU, ĐỐI TƯỢNG**

**1. Mục tiêu cụ thể**

a) Đến hết năm 2025: Có ≥
30% hộ kinh doanh ứng dụng công nghệ *(số)*.
"""


def _texts(result: Outline) -> list[str]:
    return [p.text for p in result.body()]


def test_wrapped_lines_are_joined_where_only_sentences_tell_paragraphs_apart() -> None:
    assert _texts(outline(source("KẾ HOẠCH\n" + WRAPPED)))[1:] == [
        "HIỆN TRẠNG PHÁT TRIỂN",
        "Kết quả phát triển năm 2022",
        "Tỉnh đã triển khai hệ thống quản lý văn bản đến 100% cơ quan, kết nối với Bộ Thông tin và Truyền thông.",
        "Tiếp tục duy trì.",
        "TỔ CHỨC THỰC HIỆN",
        "Sở Tài Chính:",
        "Chủ trì, phối hợp với Sở Nội vụ bố trí kinh phí.",
        "Văn phòng UBND tỉnh",
        "Theo dõi, đôn đốc.",
    ]


def test_blank_lines_part_paragraphs_but_for_one_broken_in_a_date() -> None:
    assert _texts(outline(plan(SPACED)))[-5:] == [
        "MỤC TIÊU",
        "Đến năm 2025, 80% hồ sơ được xử lý trên mạng, gồm hồ sơ của Sở Nội vụ. Tất cả đều qua mạng.",
        "Thay thế quyết định ban hành ngày 21/6/2017 trước đây.",
        "KINH PHÍ THỰC HIỆN",
        "Tổng kinh phí: 10 tỷ đồng.",
    ]


def test_a_title_begins_a_document_even_after_an_unfinished_line() -> None:
    text = "Điều 1. Ban hành Kế hoạch.\nTM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\nNguyễn Văn An\nKẾ HOẠCH\nI. MỤC TIÊU\nĐạt 80% hồ sơ.\n"
    result = outline(source(f"QUYẾT ĐỊNH\n{text}"))
    assert [p.part for p in result.paragraphs][-3:] == ["preamble", "objectives", "objectives"]


def test_where_a_line_is_a_paragraph_none_needs_a_full_stop() -> None:
    lines = ["I. NHIỆM VỤ", *(f"Việc thứ {i} của kế hoạch {'rất dài ' * 20}được giao cho các sở" for i in range(5))]
    assert len(_texts(outline(plan("\n".join(lines))))) == len(_texts(outline(plan("")))) + 6


def test_a_cell_that_the_format_marks_does_not_go_on_in_the_next() -> None:
    lines = tuple(Line(i, text) for i, text in enumerate(["Hệ thống thông tin", "dùng chung", "750", "2020"], 1))
    row = (Cell("Hệ thống thông tin dùng chung", (1, 2)), Cell("750", (3, 3)), Cell("2020", (4, 4)))
    read = outline(Source("plan.pdf", "0" * 64, "application/pdf", 4, lines, (Grid((row,), (1, 4)),)))
    assert [paragraph.text for paragraph in read.paragraphs] == ["Hệ thống thông tin dùng chung", "750", "2020"]


def test_markdown_emphasis_is_taken_off_and_holds_a_heading_together() -> None:
    assert _texts(outline(plan(MARKDOWN)))[-3:] == [
        "MỤC TIÊU, ĐỐI TƯỢNG",
        "Mục tiêu cụ thể",
        "Đến hết năm 2025: Có ≥ 30% hộ kinh doanh ứng dụng công nghệ (số).",
    ]


def test_headings_chain_and_name_the_part() -> None:
    result = outline(source("KẾ HOẠCH\n" + WRAPPED))
    duty = next(p for p in result.paragraphs if p.text.startswith("Chủ trì"))
    assert [section.text for section in duty.sections] == ["TỔ CHỨC THỰC HIỆN", "Sở Tài Chính:"]
    assert [section.label for section in duty.sections] == ["B", "1"]
    assert duty.part == "implementation"
    assert result.part_of(6) == "results"
    assert result.part_of(duty.lines[1]) == "implementation"


@pytest.mark.parametrize(
    ("heading", "part"),
    [
        ("I. MÔI TRƯỜNG PHÁP LÝ", "legal"),
        ("I. HIỆN TRẠNG", "results"),
        ("2. Mục tiêu cụ thể", "objectives"),
        ("PHẦN THỨ HAI: NHIỆM VỤ", "tasks"),
        ("III/ GIẢI PHÁP", "solutions"),
        ("4. KINH PHÍ", "budget"),
        ("Chương V. TỔ CHỨC THỰC HIỆN", "implementation"),
        ("TỔ CHỨC THỰC HIỆN", "implementation"),
        ("I. QUAN ĐIỂM", "other"),
    ],
)
def test_parts(heading: str, part: str) -> None:
    result = outline(plan(f"{heading}\n\nCác nội dung của phần này.\n"))
    assert result.paragraphs[-1].part == part


def test_letterhead_decision_signature_and_appendix_are_told_apart() -> None:
    text = (
        "ỦY BAN NHÂN DÂN\n\nQUYẾT ĐỊNH\n\nVề việc ban hành Kế hoạch\n\nCăn cứ Luật Công nghệ thông tin;\n\nĐiều 1. Ban hành Kế hoạch.\n\n"
        "TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\n\nKẾ HOẠCH\n\nChuyển đổi số\n\nI. MỤC TIÊU\n\nĐạt 80%.\n\nNơi nhận:\n- Như trên;\n\n"
        "PHỤ LỤC 1\n\nI. MỤC TIÊU\n\nSTT\n"
    )
    parts = [(p.text.split()[0], p.part) for p in outline(source(text)).paragraphs]
    assert parts == [
        ("ỦY", "head"),
        ("QUYẾT", "preamble"),
        ("Về", "preamble"),
        ("Căn", "preamble"),
        ("Ban", "decision"),
        ("TM.", "end"),
        ("KẾ", "preamble"),
        ("Chuyển", "preamble"),
        ("MỤC", "objectives"),
        ("Đạt", "objectives"),
        ("Nơi", "end"),
        ("Như", "end"),
        ("PHỤ", "appendix"),
        ("MỤC", "appendix"),
        ("STT", "appendix"),
    ]


@pytest.mark.parametrize(
    ("text", "rank", "rest"),
    [
        ("III. KINH PHÍ", 3, "KINH PHÍ"),
        ("2.Các mục tiêu", 4, "Các mục tiêu"),
        ("II.2. Ứng dụng", 4, "Ứng dụng"),
        ("D.1 Hạ tầng", 4, "Hạ tầng"),
        ("C4. Quản trị y tế", 4, "Quản trị y tế"),
        ("1.2. 100% trường học", 5, "100% trường học"),
        ("1.2 100 trường", None, "1.2 100 trường"),
        ("B - Hiện trạng", 2, "Hiện trạng"),
        ("B - hiện trạng", None, "B - hiện trạng"),
        ("V.2021", 3, "2021"),
        ("1.2 Mục tiêu cụ thể", 5, "Mục tiêu cụ thể"),
        ("đ) Sở Nội vụ", 7, "Sở Nội vụ"),
        ("-Tiếp tục", 9, "Tiếp tục"),
        ("- + Máy chủ", 9, "Máy chủ"),
        ("+ Máy in", 10, "Máy in"),
        ("1.000 hộp thư", None, "1.000 hộp thư"),
        ("21/6/2017", None, "21/6/2017"),
        ("100% cơ quan", None, "100% cơ quan"),
        ("10.8 tỷ đồng", None, "10.8 tỷ đồng"),
    ],
)
def test_labels(text: str, rank: int | None, rest: str) -> None:
    found, _, after = split_label(text)
    assert (found, after) == (rank, rest)


_WORDS = st.sampled_from(
    ["triển khai", "hệ thống", "quản lý", "văn bản", "của", "tỉnh", "đến", "các huyện,", "xã và", "Hòa Sơn", "năm nay"]
)
_SENTENCES = st.lists(_WORDS, min_size=3, max_size=40).map(lambda words: " ".join(words).rstrip(",").capitalize() + ".")


@settings(deadline=None)
@given(st.lists(_SENTENCES, min_size=2, max_size=6), st.integers(25, 120), st.integers(25, 120))
def test_wrapping_changes_lines_alone(sentences: list[str], one: int, other: int) -> None:
    def wrapped(width: int) -> Outline:
        return outline(plan("I. NHIỆM VỤ\n\n" + "\n\n".join(textwrap.fill(f"- {s}", width) for s in sentences)))

    assert [(p.text, p.part, p.level) for p in wrapped(one).paragraphs] == [(p.text, p.part, p.level) for p in wrapped(other).paragraphs]


@settings(deadline=None)
@given(st.text(alphabet="aAđĐ1I.-+)|*# \n\t:;PHỤLCBNơinhậ", max_size=300))
def test_any_text_gives_an_outline_whose_offsets_lead_to_its_lines(text: str) -> None:
    result = outline(source(text))
    for paragraph in result.paragraphs:
        assert paragraph.lines[0] == paragraph.line_at(0)
        first, last = paragraph.lines_of(0, len(paragraph.text))
        assert paragraph.lines[0] <= first <= last <= paragraph.lines[1]


def test_an_article_that_fills_its_line_goes_on() -> None:
    text = (
        "Điều 3. Chánh Văn phòng Ủy ban nhân dân tỉnh, Giám đốc các sở, ban, ngành; Chủ tịch\n"
        "Ủy ban nhân dân các xã chịu trách nhiệm thi hành Quyết định này, theo phân công\n"
        "của tỉnh.\n"
    )
    assert len(_texts(outline(source("QUYẾT ĐỊNH\n" + text)))) == 2


def test_time_grows_with_the_lines() -> None:
    def seconds(lines: int) -> float:
        text = source("\n".join(f"dòng chữ thứ {number} không có dấu câu" for number in range(lines)))
        start = time.process_time()
        outline(text)
        return time.process_time() - start

    seconds(200)
    assert seconds(6000) < 20 * max(seconds(1500), 0.02)


def test_a_block_that_takes_several_lines_of_the_file_has_them_all(tmp_path: Path) -> None:
    path = tmp_path / "plan.html"
    path.write_text(
        "<html><body><p>I. MỤC TIÊU</p>\n<p><font>- Đến năm 2025, 80% hồ sơ được\nxử lý trên mạng, gồm hồ sơ\ncủa Sở Nội vụ.</font></p>"
        "</body></html>\n",
        encoding="utf-8",
    )
    (paragraph,) = [p for p in outline(open_source(path)).paragraphs if p.text.startswith("Đến")]
    assert paragraph.text == "Đến năm 2025, 80% hồ sơ được xử lý trên mạng, gồm hồ sơ của Sở Nội vụ."
    assert paragraph.lines == (2, 4)
    assert [paragraph.line_at(paragraph.text.index(word)) for word in ("Đến", "được", "xử", "hồ sơ của", "của Sở")] == [2, 2, 3, 3, 4]


def test_what_a_resolution_encloses_begins_after_any_signer() -> None:
    decided = "QUYẾT NGHỊ:\nĐiều 1. Thông qua Đề án.\n\nCHỦ TỊCH\nHà Ban\n\n"
    text = f"{decided}ĐỀ ÁN\nNâng cấp mạng nội bộ\n\nI. MỤC TIÊU\n1. 80% công chức dùng thư điện tử.\n"
    found = outline(source(text)).paragraphs
    assert [paragraph.part for paragraph in found if "thư" in paragraph.text] == ["objectives"]
