"""Citations in invented texts: found, taken apart, resolved to documents, given their roles, and related."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cancu.reading.citations import Citation, cite, find
from cancu.reading.head import read_head
from cancu.reading.layout import Line, fold
from cancu.reading.references import References, read_references
from cancu.reading.source import Source, open_source
from tests.pace import within

# words, number, type, date, issuer
CASES = [
    ("Nghị định số 64/2007/NĐ-CP ngày 10 tháng 4 năm 2007 của Chính phủ", "64/2007/NĐ-CP", "Nghị định", "2007-04-10", "Chính phủ"),
    ("Nghị định 64/2007/NĐ-CP, ngày 10/4/2007 của Chính phủ", "64/2007/NĐ-CP", "Nghị định", "2007-04-10", "Chính phủ"),
    ("Nghđịnh số64/2007/NĐ -CP ngày 10 /4 /2007 của Chính\nphủ", "64/2007/NĐ-CP", "Nghị định", "2007-04-10", "Chính phủ"),
    ("Thông báo số 70-TB/TWngày 06/01/2012", "70-TB/TW", "Thông báo", "2012-01-06", None),
    ("Luật Giao dịch điện tửngày 29/11/2005", None, "Luật", "2005-11-29", "Quốc hội"),
    ("văn bản hướng dẫn số 374/BCA-C06 ngày 29/12/2022", "374/BCA-C06", "Văn bản", "2022-12-29", "Bộ Công an"),
    ("Đề án 06/QĐ-TTg", "06/QĐ-TTg", "Quyết định", None, "Thủ tướng Chính phủ"),
    (
        "Thông tư liên tịch số 26/2013/TTLT-BTC-BKHĐT ngày 15/3/2013 của liên Bộ Tài chính",
        "26/2013/TTLT-BTC-BKHĐT",
        "Thông tư liên tịch",
        "2013-03-15",
        "Bộ Tài chính, Bộ Kế hoạch và Đầu tư",
    ),
    ("NĐ 64/2007/NĐ-CP", "64/2007/NĐ-CP", "Nghị định", None, "Chính phủ"),
    ("Nghị quyết số 36a/NQ-CP ngày 14-10-2015", "36a/NQ-CP", "Nghị quyết", "2015-10-14", "Chính phủ"),
    ("Nghị quyết số 57–NQ/TW ngày 22.12.2024 của Bộ chính trị", "57-NQ/TW", "Nghị quyết", "2024-12-22", "Bộ Chính trị"),
    ("Quyết định của Thủ tướng Chính phủ số 749/QĐ-TTg ngày 03/6/2020", "749/QĐ-TTg", "Quyết định", "2020-06-03", "Thủ tướng Chính phủ"),
    ("Quyết định số 45/2016-QĐ-TTg", "45/2016-QĐ-TTg", "Quyết định", None, "Thủ tướng Chính phủ"),
    ("Văn bản số 491/BTTTT- ƯDCNTT ngày 25 tháng 02 năm 2010", "491/BTTTT-ƯDCNTT", "Văn bản", "2010-02-25", "Bộ Thông tin và Truyền thông"),
    ("Công văn số 2606/BTTTT-THH&ATTT", "2606/BTTTT-THH&ATTT", "Công văn", None, "Bộ Thông tin và Truyền thông"),
    ("Đề án số 11 - ĐA/TU", "11-ĐA/TU", "Đề án", None, None),
    ("11 – ĐA/TU ngày 20/6/2011 của Tỉnh ủy", "11-ĐA/TU", "Đề án", "2011-06-20", "Tỉnh ủy"),
    ("Pháp lệnh Dân số ngày 09/01/2003", None, "Pháp lệnh", "2003-01-09", "Ủy ban Thường vụ Quốc hội"),
    ("Luật Kinh tế số số: 12/2027/QH16", "12/2027/QH16", "Luật", None, "Quốc hội"),
    ("Kế hoạch số 2/KH-BCĐ của Ban Chỉ đạo tỉnh", "2/KH-BCĐ", "Kế hoạch", None, "Ban Chỉ đạo tỉnh"),
    ("Chương trình hành động của Tỉnh ủy số 02-CT/TU", "02-CT/TU", "Chương trình hành động", None, "Tỉnh ủy"),
    (
        "Kế hoạch số 20/KH-UBND ngày 05/5/2020 của Chủ tịch UBND tỉnh",
        "20/KH-UBND",
        "Kế hoạch",
        "2020-05-05",
        "Chủ tịch Ủy ban nhân dân tỉnh",
    ),
    (
        "Quyết định số 7/QĐ-UBND của Ủy BANNHÂN DÂN tỉnh Cao Bằng ngày 1/2/2020",
        "7/QĐ-UBND",
        "Quyết định",
        "2020-02-01",
        "Ủy ban nhân dân tỉnh Cao Bằng",
    ),
    ("Luật số 67/2006/QH11", "67/2006/QH11", "Luật", None, "Quốc hội"),
    ("Luật Chuyển đổi số số 148/2025/QH15 ngày 11/12/2025", "148/2025/QH15", "Luật", "2025-12-11", "Quốc hội"),
    ("Luật Giao dịch điện tử (Luật số 20/2023/QH15)", "20/2023/QH15", "Luật", None, "Quốc hội"),
    ("Luật Tổ chức chính quyền địa phương ngày 19/6/2015", None, "Luật", "2015-06-19", "Quốc hội"),
    ("Luật số 51/2005/QH11 đã được Quốc hội khóa XI thông qua ngày 29/11/2005", "51/2005/QH11", "Luật", "2005-11-29", "Quốc hội"),
    ("Pháp lệnh số 13/2003/PL-UBTVQH11", "13/2003/PL-UBTVQH11", "Pháp lệnh", None, "Ủy ban Thường vụ Quốc hội"),
    ("Nghị quyết số 1211/2016/UBTVQH13", "1211/2016/UBTVQH13", "Nghị quyết", None, "Ủy ban Thường vụ Quốc hội"),
    (
        "Thông tư liên tịch số 19/2012/TTLT-BTC-BKH&ĐT-BTTTT ngày 15/02/2012 "
        "của Bộ Tài chính, Bộ Kế hoạch và Đầu tư và Bộ Thông tin và Truyền thông",
        "19/2012/TTLT-BTC-BKH&ĐT-BTTTT",
        "Thông tư liên tịch",
        "2012-02-15",
        "Bộ Tài chính, Bộ Kế hoạch và Đầu tư, Bộ Thông tin và Truyền thông",
    ),
    (
        "Quyết định số 912/QĐ-BKHCN ngày 18/5/2025 của Bộ trưởng Bộ KH&CN",
        "912/QĐ-BKHCN",
        "Quyết định",
        "2025-05-18",
        "Bộ trưởng Bộ Khoa học và Công nghệ",
    ),
    ("Kế hoạch số 34/KH-STTTT của Sở TT&TT", "34/KH-STTTT", "Kế hoạch", None, "Sở Thông tin và Truyền thông"),
    ("Nghị định số 1/2020/NĐ-CP ngày 31/2/2020", "1/2020/NĐ-CP", "Nghị định", None, "Chính phủ"),
]


@pytest.mark.parametrize(("words", "number", "type_", "date", "issuer"), CASES, ids=[case[0][:40] for case in CASES])
def test_parts_of_a_citation(words: str, number: str | None, type_: str, date: str | None, issuer: str | None) -> None:
    (citation,) = cite(f"theo {words}; và")
    assert (citation.number, citation.type, citation.date, citation.issuer) == (number, type_, date, issuer)
    assert citation.surface == fold(words)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Tỷ lệ 9/34 đơn vị, 22/22 sở; 0,88 máy/cán bộ; ngày 12/5; quý IV-2025; 24/7; 5G/4G; A3/A4",
        "Kế hoạch 5 năm 2016-2020; Kế hoạch năm 2021; Kế hoạch 2021-2025; các Quyết định 2 lần",
        "QCVN 102:2016/BTTTT, TCVN ISO/IEC 27001:2019, IPv6/IPv4, 100% DVC-TT",
        "Số: /KH-UBND ngày / /2025 của UBND thành phố",
        "Luật sư, luật pháp, pháp luật về công nghệ; Luật hiện hành",
        "vốn KH 134 và ĐA 19",
    ],
)
def test_what_is_no_citation(text: str) -> None:
    assert cite(text) == ()


def test_titles_end_where_the_next_document_begins() -> None:
    found = cite(
        "Căn cứ Nghị quyết số 5/NQ-CP ngày 1/2/2020 của Chính phủ về việc chuyển đổi số và Quyết định số 7/QĐ-TTg ngày 2/3/2020 "
        "của Thủ tướng Chính phủ phê duyệt Đề án “Đô thị; thông minh” (sau đây gọi là Đề án)."
    )
    assert [c.title for c in found] == ["chuyển đổi số", "phê duyệt Đề án “Đô thị; thông minh”"]


def test_a_unit_in_brackets_stands_between_a_number_and_its_date() -> None:
    (found,) = cite("Công văn số 823/PV11(CS)\nngày 18/7/2017 của Công an tỉnh")
    assert (found.number, found.date) == ("823/PV11", "2017-07-18")


def test_a_word_glued_to_a_number_is_no_part_of_it() -> None:
    found = cite("Quyết định số 2087/QĐ-UBNDcủa UBND tỉnh vềviệc lập kế hoạch;")
    assert [(one.number, one.issuer, one.title) for one in found] == [("2087/QĐ-UBND", "Ủy ban nhân dân tỉnh", "lập kế hoạch")]


def test_the_words_below_a_blank_line_are_no_place() -> None:
    (found,) = cite("Quyết định 880/QĐ-UBND ngày 09/5/2008 của UBND tỉnh\n\n\u00a0\n\nTổng cộng\n")
    assert found.issuer == "Ủy ban nhân dân tỉnh"


def test_a_term_glued_to_its_number_is_no_title() -> None:
    citation = cite("Chỉ thị số 58/CT-TW ngày 17/10/2000 của Bộ Chính trị (khóaVIII) về đẩy mạnh ứng dụng công nghệ thông tin.")[0]
    assert citation.title == "đẩy mạnh ứng dụng công nghệ thông tin"


def test_a_title_may_say_that_something_goes_on() -> None:
    first, second = cite("Kế hoạch số 98-KH/TU ngày 26/3/2018 của Tỉnh ủy tiếp tục thực hiện Nghị quyết số 26-NQ/TW về nông thôn; sau đó")
    assert first.title == "tiếp tục thực hiện Nghị quyết số 26-NQ/TW về nông thôn"
    assert second.number == "26-NQ/TW"


def test_titles_end_with_their_paragraph() -> None:
    text = (
        "Quyết định số 7/QĐ-TTg về chuyển đổi số\n"
        "Nghị quyết số 5/NQ-CP về dữ liệu số theo\nNghị định số 1/2020/NĐ-CP\nThực hiện Chỉ thị số 1/CT-TTg"
    )
    assert [c.title for c in cite(text)] == ["chuyển đổi số", "dữ liệu số theo Nghị định số 1/2020/NĐ-CP", None, None]


def test_an_amending_act_keeps_its_title() -> None:
    (law,) = cite("Luật sửa đổi, bổ sung một số điều của Luật Tổ chức Chính phủ và Luật Tổ chức chính quyền địa phương ngày 22/11/2019;")
    assert law.date == "2019-11-22"
    outer, inner = cite(
        "Nghị định số 82/2024/NĐ-CP của Chính phủ sửa đổi, bổ sung một số điều của Nghị định số 73/2019/NĐ-CP ngày 05/9/2019 của Chính phủ;"
    )
    assert outer.extent[0] < inner.span[0] < inner.span[1] <= outer.extent[1]


def test_short_forms_are_bound_to_the_full_form() -> None:
    text = "Kế hoạch số 134/KH-UBND triển khai đề án số 11; vốn theo KH 134, Đề án số 11- ĐA/TU; Đề án 06."
    assert [c.number for c in cite(text)] == ["134/KH-UBND", "11-ĐA/TU", "134/KH-UBND", "11-ĐA/TU", "06"]


def test_short_forms_may_have_a_year() -> None:
    text = "Nghị định số 43/2011/NĐ-CP; Nghị định số 43/2024/NĐ-CP; theo lộ trình tại NĐ\n43/2011; Nghị định 43/2019, quý 3/2011."
    assert [c.number for c in cite(text)][2:] == ["43/2011/NĐ-CP"]


def test_short_forms_that_could_mean_two_are_not_bound() -> None:
    text = "Nghị quyết số 57-NQ/TW; Nghị quyết số 57/NQ-CP; Nghị định số 64/2007/NĐ-CP; theo NQ 57, Nghị quyết 64, Nghị định 64."
    assert [c.number for c in cite(text)][3:] == ["64", "64/2007/NĐ-CP"]


def test_collective_lists_share_their_head() -> None:
    text = (
        "tại các Quyết định: số 36/QĐ-TTg ngày 11/01/2024; số 1569/QĐ-TTg ngày 12/12/2024 và số 1668/QĐ-TTg; "
        "Công văn số 1/ABC-D, số 2/ABC-D"
    )
    assert [(c.type, c.number) for c in cite(text)] == [
        ("Quyết định", "36/QĐ-TTg"),
        ("Quyết định", "1569/QĐ-TTg"),
        ("Quyết định", "1668/QĐ-TTg"),
        ("Công văn", "1/ABC-D"),
        ("Công văn", "2/ABC-D"),
    ]


def test_lines_of_a_citation_that_is_broken() -> None:
    (citation,) = find([Line(7, "theo Nghị quyết"), Line(8, "số 17/NQ-CP"), Line(10, "ngày 07/3/2019 của Chính"), Line(11, "phủ; hết")])
    assert citation.lines == (7, 11)
    assert citation.surface == "Nghị quyết số 17/NQ-CP ngày 07/3/2019 của Chính phủ"


_parts = st.sampled_from(
    [
        "Căn cứ ",
        "Luật ",
        "Nghị định số ",
        "64/2007/NĐ-CP",
        " ngày 10/4/2007",
        " của Chính phủ",
        " về việc ",
        "(",
        ")",
        "“",
        "; ",
        "\n",
        " và ",
        "KH 11",
        "số ",
        "Công nghệ thông tin",
        " 1",
        "/",
        "-",
        "UBND tỉnh ",
        "Hòa Sơn",
        "sửa đổi, bổ sung ",
        "các Quyết định: ",
        "́",
        "Ð",
        " thực hiện ",
    ]
)


@given(st.lists(_parts, max_size=40).map("".join) | st.text(max_size=200))
@settings(max_examples=150, deadline=None)
def test_any_text_gives_citations_whose_spans_match(text: str) -> None:
    for citation in cite(text):
        start, end = citation.span
        assert citation.surface == fold(text[start:end])
        assert citation.extent[0] == start
        assert end <= citation.extent[1] <= len(text)
        assert 1 <= citation.lines[0] <= citation.lines[1] <= text.count("\n") + 1


def _plain(citations: tuple[Citation, ...]) -> list[tuple[str | None, ...]]:
    return [(c.surface, c.number, c.type, c.title, c.date, c.issuer) for c in citations]


@given(st.lists(st.sampled_from(CASES), min_size=1, max_size=6), st.randoms(use_true_random=False))
@settings(max_examples=60, deadline=None)
def test_wrapping_changes_nothing_but_lines(cases: list[tuple[str, ...]], random: object) -> None:
    words = "; ".join(fold(case[0]) for case in cases).split(" ")
    wrapped = "".join(word + random.choice("   \n") for word in words)  # type: ignore[attr-defined]
    assert _plain(cite(wrapped)) == _plain(cite(" ".join(words)))


def test_decomposed_letters_change_nothing(tmp_path: Path) -> None:
    text = "\n".join(f"Căn cứ {case[0]};" for case in CASES)
    (tmp_path / "a.txt").write_text(unicodedata.normalize("NFD", text), "utf-8")
    assert find(open_source(tmp_path / "a.txt").lines) == cite(text)


@pytest.mark.parametrize(
    "part",
    [
        "Quyết định số 1/QĐ-TTg và ",
        "Luật Tổ chức ",
        "1/2020/",
        "Luật sửa đổi ",
        "số 1-A",
        "ngày ",
        "((",
        "của Bộ Tài chính, ",
        "Đề án 06 ",
        " A B",
        "Nghị quyết số 1-NQ/TW về thực hiện ",
    ],
)
def test_time_is_linear(part: str) -> None:
    text = part * (100_000 // len(part))
    with within(4):
        cite(text)


PLAN = """ỦY BAN NHÂN DÂN
TỈNH HÒA SƠN
Số: 45/KH-UBND
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Hòa Sơn, ngày 07 tháng 3 năm 2023
KẾ HOẠCH
CHUYỂN ĐỔI SỐ TỈNH HÒA SƠN NĂM 2023

Thực hiện Kế hoạch số 20/KH-UBND ngày 20/01/2022 của UBND tỉnh về thực hiện Nghị quyết số 50/NQ-CP ngày 17/4/2020 của Chính phủ và
Chương trình hành động số 9-CTr/TU của Tỉnh ủy; Quyết định số 749/QĐ-TTg ngày 03/6/2020 của Thủ tướng Chính phủ
phê duyệt Chương trình Chuyển đổi số;
Căn cứ Luật Tổ chức chính quyền địa phương ngày 19/6/2015; Công văn số 12/BTTTT-THH ngày 1/2/2023 của Bộ TT&TT,
Ủy ban nhân dân tỉnh ban hành Kế hoạch như sau:
I. HIỆN TRẠNG
1. Môi trường pháp lý
- Quyết định số 931/QĐ-UBND ngày 04/6/2020 của UBND tỉnh ban hành Quy chế (thay thế Quyết định số 905/QĐ-UBND ngày 21/6/2017).
- Nghị quyết số 17/NQ-CP của Chính phủ.
2. Hạ tầng
Theo Quyết định 931/QĐ-UBND và theo hướng dẫn tại Công văn số 77/BTTTT-THH; Luật Viễn thông.
II. CĂN CỨ XÂY DỰNG
1. Nghị định số 13/2023/NĐ-CP quy định chi tiết Nghị định số 1/2000/NĐ-CP;
III. TỔ CHỨC
Kế hoạch này thay thế Kế hoạch số 44/KH-UBND ngày 1/1/2022.
PHỤ LỤC
(Kèm theo Kế hoạch số 45/KH-UBND ngày 07/3/2023 của UBND tỉnh Hòa Sơn)
1
Vốn theo KH 20
"""


@pytest.fixture(scope="module")
def read() -> References:
    lines = tuple(Line(i, row) for i, row in enumerate(PLAN.splitlines(), 1))
    source = Source("plan.txt", "0" * 64, "text/plain", len(lines), lines)
    return read_references(source, read_head(source), [(26, 27)])


def test_roles(read: References) -> None:
    assert {document.number or document.title: document.roles for document in read.documents} == {
        "20/KH-UBND": ("legal_basis", "row_basis"),
        "50/NQ-CP": ("legal_basis",),
        "9-CTr/TU": ("legal_basis",),
        "749/QĐ-TTg": ("legal_basis",),
        "Tổ chức chính quyền địa phương": ("legal_basis",),
        "12/BTTTT-THH": ("legal_basis",),
        "931/QĐ-UBND": ("existing_policy", "mention"),
        "905/QĐ-UBND": ("mention",),
        "17/NQ-CP": ("mention",),
        "77/BTTTT-THH": ("guidance",),
        "Luật Viễn thông": ("mention",),
        "13/2023/NĐ-CP": ("legal_basis",),
        "1/2000/NĐ-CP": ("mention",),
        "44/KH-UBND": ("mention",),
    }


def test_functions_and_issuers(read: References) -> None:
    documents = {document.number or document.title: document for document in read.documents}
    assert documents["Tổ chức chính quyền địa phương"].function == "competence"
    assert documents["12/BTTTT-THH"].function == "procedure"
    assert documents["749/QĐ-TTg"].function == "substance"
    assert documents["931/QĐ-UBND"].function is None
    assert documents["931/QĐ-UBND"].issuer == "Ủy ban nhân dân tỉnh Hòa Sơn"
    assert documents["9-CTr/TU"].issuer == "Tỉnh ủy Hòa Sơn"


def test_relations_and_their_direction(read: References) -> None:
    assert {(relation.subject, relation.predicate, relation.object) for relation in read.relations} == {
        ("45/KH-UBND", "implements", "20/KH-UBND"),
        ("45/KH-UBND", "implements", "749/QĐ-TTg"),
        ("20/KH-UBND", "implements", "50/NQ-CP"),
        ("20/KH-UBND", "implements", "9-CTr/TU"),
        ("749/QĐ-TTg", "approves", "Chương trình Chuyển đổi số"),
        ("931/QĐ-UBND", "promulgates", "Quy chế"),
        ("931/QĐ-UBND", "replaces", "905/QĐ-UBND"),
        ("13/2023/NĐ-CP", "details", "1/2000/NĐ-CP"),
        ("45/KH-UBND", "replaces", "44/KH-UBND"),
    }


def test_one_number_of_two_years_is_two_documents() -> None:
    lines = [Line(1, "Căn cứ Quyết định số 9/QĐ-UBND ngày 1/2/2019; Quyết định số 9/QĐ-UBND ngày 1/2/2021.")]
    source = Source("x.txt", "0" * 64, "text/plain", 1, tuple(lines))
    assert [document.date for document in read_references(source, read_head(source)).documents] == ["2019-02-01", "2021-02-01"]


def _references(text: str) -> References:
    lines = tuple(Line(i, row) for i, row in enumerate(text.splitlines(), 1))
    source = Source("x.txt", "0" * 64, "text/plain", len(lines), lines)
    return read_references(source, read_head(source))


def _roles(text: str) -> dict[str | None, tuple[str, ...]]:
    return {document.number or document.title: document.roles for document in _references(text).documents}


def _relations(text: str) -> set[tuple[str, str, str]]:
    return {(relation.subject, relation.predicate, relation.object) for relation in _references(text).relations}


HEAD = (
    "ỦY BAN NHÂN DÂN\nTỈNH HÒA SƠN\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nSố: {number}\n"
    "Hòa Sơn, ngày 07 tháng 3 năm 2023\n{type}\n{title}\n\n"
)


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("Ngày 24 tháng 3 năm 2008, Thủ tướng Chính phủ có Quyết định số 43/2008/QĐ-TTg", "2008-03-24"),
        ("Ngày 03/6/2020, Thủ tướng Chính phủ\nđã ban hành Quyết định số 749/QĐ-TTg phê duyệt", "2020-06-03"),
        ("Quyết định số 411/QĐ-TTg ngày 31 tháng 3 tháng 2022 của Thủ tướng Chính phủ", "2022-03-31"),
        ("Tờ trình số 10/TTr-UBND ngày 04 tháng 4 2008 của Ủy ban nhân dân tỉnh", "2008-04-04"),
        ("Luật Giao dịch điện tử (sửa đổi) ngày 22/6/2023", "2023-06-22"),
        ("báo cáo số 365/BC-UBND và số 367/BC-UBND ngày 07/12/2020", "2020-12-07"),
    ],
)
def test_dates_in_other_orders(text: str, date: str) -> None:
    assert {citation.date for citation in cite(text)} == {date}


def test_who_has_issued_a_document_may_stand_before_it() -> None:
    committee, people = cite("Ban Chỉ đạo tỉnh đã ban hành Kế hoạch số 02/KH-BCĐ; UBND tỉnh ban hành Kế hoạch số 5/KH-UBND.")
    assert (committee.issuer, people.issuer) == ("Ban Chỉ đạo tỉnh", None)


def test_names_that_are_whole() -> None:
    found = cite(
        "Pháp lệnh Bưu chính, Viễn thông; Luật Cơ quan đại diện nước Cộng hòa Xã hội Chủ nghĩa Việt Nam ở nước ngoài ngày 18/6/2009; "
        "phổ biến PHÁP LUẬT CHO NGƯỜI; thực hiệnNghị quyết số 36-NQ/TW; Kế hoạch số 5/KH-UBND của UBND huyện Krông H’leo về dữ liệu"
    )
    assert [citation.title for citation in found] == [
        "Pháp lệnh Bưu chính, Viễn thông",
        "Luật Cơ quan đại diện nước Cộng hòa Xã hội Chủ nghĩa Việt Nam ở nước ngoài",
        None,
        "dữ liệu",
    ]
    assert (found[2].type, found[3].issuer) == ("Nghị quyết", "Ủy ban nhân dân huyện Krông H’leo")


def test_a_number_is_typed_by_its_first_sign() -> None:
    assert [citation.type for citation in cite("Văn bản số 12/UBND-KH; số 5/QĐ-UBND-KH ngày 1/2/2020")] == ["Văn bản", "Quyết định"]


def test_a_list_of_bases_has_bases_and_carries_nothing_out() -> None:
    text = HEAD.format(number="5/KH-UBND", type="KẾ HOẠCH", title="TRIỂN KHAI ỨNG DỤNG") + (
        "I. CƠ SỞ XÂY DỰNG KẾ HOẠCH\n- Nghị quyết số 57-NQ/TW ngày 22/12/2024 của Bộ Chính trị;\n"
        "- Quyết định số 749/QĐ-TTg của Thủ tướng Chính phủ;\nII. MỤC TIÊU\n- Chỉ thị số 7/CT-TTg.\n"
    )
    assert _roles(text) == {"57-NQ/TW": ("legal_basis",), "749/QĐ-TTg": ("legal_basis",), "7/CT-TTg": ("mention",)}
    assert _relations(text) == set()


def test_a_letter_tells_and_is_no_carrying_out() -> None:
    text = (
        "BỘ XÂY DỰNG\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nSố: 23/BXD-PTĐT\nV/v báo cáo\nHà Nội, ngày 29 tháng 6 năm 2022\n\n"
        "Kính gửi: Thủ tướng Chính phủ\n\nNgày 26/4/2022, Thủ tướng Chính phủ đã ban hành Chỉ thị số 2/CT-TTg.\n\n"
        "Thực hiện Nghị định số 64/2007/NĐ-CP, Bộ báo cáo.\n\nĐề án được duyệt tại Quyết định số 950/QĐ-TTg.\n"
    )
    assert _roles(text) == {"2/CT-TTg": ("mention",), "64/2007/NĐ-CP": ("legal_basis",), "950/QĐ-TTg": ("mention",)}
    assert _relations(text) == set()


def test_relations_of_a_title_in_capitals() -> None:
    title = "THỰC HIỆN NGHỊ QUYẾT SỐ 71/NQ-CP CỦA CHÍNH PHỦ VÀ CHƯƠNG TRÌNH HÀNH ĐỘNG SỐ 10-CTR/TU CỦA TỈNH ỦY"
    body = "Căn cứ Chương trình hành động số 10-CTr/TU của Tỉnh ủy;\n"
    found = _references(HEAD.format(number="28/KH-UBND", type="KẾ HOẠCH", title=title) + body)
    assert {(r.subject, r.predicate, r.object) for r in found.relations} == {
        ("28/KH-UBND", "implements", "71/NQ-CP"),
        ("28/KH-UBND", "implements", "10-CTr/TU"),
    }
    assert [document.number for document in found.documents] == ["71/NQ-CP", "10-CTr/TU"]


def test_a_title_that_amends() -> None:
    text = HEAD.format(number="6/NQ-HĐND", type="NGHỊ QUYẾT", title="SỬA ĐỔI, BỔ SUNG NGHỊ QUYẾT SỐ 38/2010/NQ-HĐND")
    assert _relations(text) == {("6/NQ-HĐND", "amends", "38/2010/NQ-HĐND")}


def test_a_letter_about_a_programme_does_not_carry_out_what_the_programme_does() -> None:
    text = HEAD.format(number="5/KH-UBND", type="KẾ HOẠCH", title="CHUYỂN ĐỔI SỐ") + (
        "Căn cứ Công văn số 83/BKHCN-VP về Chương trình hành động thực hiện Nghị quyết số 57-NQ/TW;\n"
    )
    assert _relations(text) == set()


def test_what_a_portal_prints_is_not_cited() -> None:
    text = (
        "Số hiệu:45/KH-UBNDNgày đăng:Đã biết\nLoại văn bản:Kế hoạchNgười ký:Trần An\nNgày ban hành:1/2/2023\n"
        "- 1Nghị định 24/2006/NĐ-CP sửa đổi Nghị định 57/2002/NĐ-CP\n"
        + HEAD.format(number="45/KH-UBND", type="KẾ HOẠCH", title="CHUYỂN ĐỔI SỐ")
        + "Căn cứ Luật Viễn thông;\n"
    )
    assert _roles(text) == {"Luật Viễn thông": ("legal_basis",)}


def test_headings_within_one_line() -> None:
    items = "; ".join(f"- Quyết định số {i}/QĐ-TTg ngày 1/2/2020 của Thủ tướng Chính phủ phê duyệt Đề án" for i in range(1, 6))
    text = f"I. CĂN CỨ LẬP KẾ HOẠCH {items}. II. HIỆN TRẠNG Thực hiện Kế hoạch số 10/KH-UBND, xã đã làm tốt.\n"
    assert {number: roles for number, roles in _roles(text).items() if roles != ("legal_basis",)} == {"10/KH-UBND": ("mention",)}


def test_a_district_completes_its_own_bodies() -> None:
    text = (
        "UBND TỈNH HÒA SƠN\nUBND HUYỆN MƯỜNG LA\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nSố: 4/KH-UBND\n"
        "Mường La, ngày 07 tháng 3 năm 2023\nKẾ HOẠCH\nChuyển đổi số\n\n"
        "Căn cứ Kế hoạch số 1/KH-UBND của UBND tỉnh; Nghị quyết số 2-NQ/HU của Huyện ủy; "
        "Xét đề nghị của Phòng Văn hóa và Thông tin huyện tại Tờ trình số 9/TTr-VHTT; Kế hoạch số 3/KH-UBND của UBND huyện;\n"
    )
    assert [document.issuer for document in _references(text).documents] == [
        "Ủy ban nhân dân tỉnh Hòa Sơn",
        "Huyện ủy Mường La",
        "Phòng Văn hóa và Thông tin huyện Mường La",
        "Ủy ban nhân dân huyện Mường La",
    ]


def test_a_law_by_its_name_is_the_one_that_the_text_numbers() -> None:
    read = _references(
        "KẾ HOẠCH\nSố hóa\nCăn cứ Luật Giao dịch điện tử số 51/2005/QH11 ngày 29/11/2005;\n"
        "Căn cứ Nghị định số 26/2007/NĐ-CP ngày 15/02/2007 của Chính phủ quy định chi tiết thi hành Luật Giao dịch điện tử;\n"
    )
    assert [(r.subject, r.predicate, r.object) for r in read.relations] == [("26/2007/NĐ-CP", "details", "51/2005/QH11")]


def test_the_number_of_a_law_may_follow_its_year() -> None:
    citation = cite("theo Luật Giao dịch điện tử 2023 (số 20/2023/QH15) và các nghị định")[0]
    assert (citation.number, citation.title) == ("20/2023/QH15", "Luật Giao dịch điện tử năm 2023")


def test_a_scheme_goes_by_the_number_of_the_decision_that_approved_it() -> None:
    text = "quán triệt Đề án 06 (Quyết định số 06/QĐ-TTg ngày 06/01/2022); phần mềm của Đề án 112"
    assert [citation.number for citation in cite(text)] == ["06/QĐ-TTg", "06/QĐ-TTg", "112"]


def test_a_committee_of_a_district_has_its_name_and_what_it_carries_out_follows() -> None:
    (own,) = cite("Nghị quyết số 11-NQ/TU ngày 05/11/2018 của Ban Thường vụ Thành ủy Khe Mây, UBND thành phố xây dựng kế hoạch")
    assert own.issuer == "Ban Thường vụ Thành ủy Khe Mây"
    programme, carried = cite("Chương trình số 21-CTr/HU ngày 25/02/2022 của Huyện ủy Khe Mây thực hiện Nghị quyết số 02-NQ/TU")
    assert (programme.issuer, programme.title) == ("Huyện ủy Khe Mây", "thực hiện Nghị quyết số 02-NQ/TU")
    assert carried.number == "02-NQ/TU"


def test_a_letter_that_guides_is_beside_what_is_carried_out() -> None:
    read = _references(
        "KẾ HOẠCH\nSố hóa\nThực hiện Chương trình hành động số 17-CTr/TU ngày 28/11/2014 của Tỉnh ủy về ứng dụng tin học và "
        "hướng dẫn của Bộ Thông tin và Truyền thông tại Công văn số 2605/BTTTT-THH ngày 20/8/2015, UBND tỉnh ban hành Kế hoạch như sau:\n"
    )
    assert {document.number: document.roles for document in read.documents}["2605/BTTTT-THH"] == ("legal_basis",)


def test_what_was_issued_may_follow_its_heading_in_line() -> None:
    read = _references(
        "ỦY BAN NHÂN DÂN\nTỈNH HÒA SƠN\nKẾ HOẠCH\nSố hóa\nI. Thực trạng\n"
        "1. Văn bản đã ban hành: Kế hoạch số 78/KH-UBND ngày 12/3/2018 của UBND tỉnh; Quyết định số 2855/QĐ-UBND ngày 25/10/2019.\n"
    )
    assert [document.roles for document in read.documents] == [("existing_policy",), ("existing_policy",)]


@pytest.mark.parametrize(
    "text",
    [
        "1. Hạ tầng\nTrên cơ sở Luật Viễn thông ngày 24/11/2023, tỉnh đã ban hành:\n- {};\n- {}.\n",
        "1. UBND tỉnh đã ban hành {} triển khai Quyết định số 06/QĐ-TTg trên địa bàn (thay thế Kế hoạch số 9/KH-UBND); {}; đã làm theo.\n",
        "1. Tỉnh ủy ban hành {}; UBND tỉnh ban hành nhiều văn bản: {} và một số văn bản khác.\n",
        "1. Chính sách của tỉnh: {}; {}.\n",
        "1. Các chính sách của tỉnh đang thực hiện gồm:\n- {};\n- {}.\n",
        "1. Trước khi sắp xếp, hai tỉnh Hòa Sơn, Hòa Bình đã triển khai nhiều chương trình, trong đó có {} và {}.\n",
    ],
)
def test_what_the_province_is_said_to_have_issued_is_policy_wherever_it_stands(text: str) -> None:
    issued = text.format("Kế hoạch số 78/KH-UBND ngày 12/3/2018", "Quyết định số 2855/QĐ-UBND ngày 25/10/2019 phê duyệt Kiến trúc số")
    read = _references(
        f"ỦY BAN NHÂN DÂN\nTỈNH HÒA SƠN\nKẾ HOẠCH\nSố hóa\nI. Kết quả\n{issued}2. Hạ tầng\nQuyết định số 5/QĐ-UBND đã hết hiệu lực.\n"
    )
    roles = {document.number: document.roles for document in read.documents}
    assert (roles["78/KH-UBND"], roles["2855/QĐ-UBND"]) == (("existing_policy",), ("existing_policy",))
    assert {roles[number] for number in ("06/QĐ-TTg", "9/KH-UBND", "5/QĐ-UBND") if number in roles} == {("mention",)}


def test_who_reports_to_a_council_and_where_a_title_ends_before_who_asks() -> None:
    report = cite("Báo cáo thẩm tra số 55/BC-KTNS ngày 02/12/2022 của Ban Kinh tế - Ngân sách Hội đồng nhân dân tỉnh")[0]
    assert report.issuer == "Ban Kinh tế - Ngân sách Hội đồng nhân dân tỉnh"
    directive = cite("Chỉ thị số 02/CT-TTg ngày 26/4/2022 về Chính phủ số, Chủ tịch Ủy ban nhân dân tỉnh yêu cầu:")[0]
    assert directive.title == "Chính phủ số"


def test_a_plan_that_names_what_it_carries_out_by_its_title() -> None:
    read = _references(
        "KẾ HOẠCH\nSố hóa\nI. CĂN CỨ LẬP KẾ HOẠCH\n- Đề án số 20-ĐA/TU của Tỉnh ủy về phát triển chính quyền số tỉnh Hòa Sơn;\n"
        "- Kế hoạch số 39/KH-UBND ngày 30/12/2016 về triển khai Đề án phát triển chính quyền số tỉnh Hòa Sơn, giai đoạn 2017-2020.\n"
    )
    assert [(r.subject, r.predicate, r.object) for r in read.relations] == [("39/KH-UBND", "implements", "20-ĐA/TU")]


def test_what_is_dated_later_was_not_carried_out() -> None:
    read = _references(
        "KẾ HOẠCH\nSố hóa\nI. HIỆN TRẠNG\n1. Công tác chỉ đạo: Ủy ban nhân dân tỉnh đã ban hành Kế hoạch số 29/KH-UBND ngày 12/6/2006 "
        "thực hiện Chỉ thị số 58-CT/TW và Chỉ thị số 12/2008/CT-UBND ngày 03/7/2008 về thư điện tử.\n"
    )
    assert [(r.subject, r.predicate, r.object) for r in read.relations] == [("29/KH-UBND", "implements", "58-CT/TW")]
    assert [document.title for document in read.documents if document.number == "12/2008/CT-UBND"] == ["thư điện tử"]


def test_the_title_of_a_basis_is_the_one_of_its_clause() -> None:
    named = "Nghị quyết số 9-NQ/TW ngày 1/2/2024 của Bộ Chính trị về chuyển đổi số"
    read = _references(
        f"KẾ HOẠCH\nThực hiện {named} trên địa bàn tỉnh Hòa Sơn\n\nThực hiện {named}, Ủy ban nhân dân tỉnh ban hành Kế hoạch:\n"
    )
    assert [document.title for document in read.documents] == ["chuyển đổi số"]


@pytest.mark.parametrize(
    "cited", ["Nghị định số 64/2007/NĐ-CP ngày 10/4/2007 của Chính phủ", "Luật Công nghệ thông tin", "Luật Công nghệ thông tin số"]
)
@pytest.mark.parametrize("blank", ["\n", "\n ", "\u00a0"])
def test_thousands_of_blanks_after_a_citation_take_no_time(cited: str, blank: str) -> None:
    with within(2):
        assert len(cite(f"Căn cứ {cited}{blank * 6000}về việc")) == 1


def test_what_a_plan_that_is_carried_out_carries_out_itself_is_named_in_its_title_alone() -> None:
    clause = (
        "Thực hiện Kế hoạch số 20/KH-UBND ngày 20/01/2022 của UBND tỉnh về thực hiện Nghị quyết số 50/NQ-CP ngày 17/4/2020 của Chính phủ"
    )
    text = HEAD.format(number="45/KH-UBND", type="KẾ HOẠCH", title="CHUYỂN ĐỔI SỐ") + f"{clause}; UBND tỉnh ban hành Kế hoạch như sau:\n"
    assert _roles(text) == {"20/KH-UBND": ("legal_basis",), "50/NQ-CP": ("mention",)}
