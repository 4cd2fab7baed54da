"""The words of citations one by one: where titles begin and end, how dates and numbers are written, what short forms stand for."""

from __future__ import annotations

import pytest

from cancu.reading.citation_grammar import canonical_type, type_of_signs
from cancu.reading.citations import Citation, cite

_DECISION = "Quyết định số 12/QĐ-UBND"


def _only(text: str) -> Citation:
    (found,) = cite(text)
    return found


@pytest.mark.parametrize(
    "opening",
    [
        "về ", "về việc ", "v/v ", "khóa XIV về ", "khóaXIV về ", "(khoá XI) về ", "khóa 14, tại kỳ họp thứ 8, về ",
        "kỳ họp lần thứ tám về ", "(tại kỳ họp thứ 8) về ", "kỳ họp 8 về ", ", về ",
    ],
)  # fmt: skip
def test_words_before_a_title_are_none_of_it(opening: str) -> None:
    assert _only(f"{_DECISION} {opening}lập quỹ").title == "lập quỹ"


def test_a_new_line_in_capitals_is_no_title() -> None:
    assert [_only(f"{_DECISION}\n{word} quỹ").title for word in ("phê duyệt", "Phê duyệt")] == ["phê duyệt quỹ", None]


@pytest.mark.parametrize(
    "verb",
    [
        "phê duyệt",
        "ban hành",
        "quy định",
        "hướng dẫn",
        "sửa đổi",
        "bổ sung",
        "thực hiện",
        "triển khai",
        "hành động",
        "thông qua",
        "kiện toàn",
        "bãi bỏ",
        "điều chỉnh",
        "thành lập",
        "công bố",
        "giao",
        "quản lý",
        "đẩy mạnh",
        "tăng cường",
    ],
)
def test_a_title_may_begin_with_what_is_done(verb: str) -> None:
    assert _only(f"{_DECISION} {verb} quỹ").title == f"{verb} quỹ"


@pytest.mark.parametrize(
    ("words", "title"),
    [
        ("“Quỹ”", "“Quỹ”"),
        ('"Quỹ"', '"Quỹ"'),
        ("vềphê duyệt quỹ", "phê duyệt quỹ"),
        ("vềban hành quỹ", "ban hành quỹ"),
        ("vềquy chế quỹ", "quy chế quỹ"),
        ("lập quỹ", None),
        ("có quỹ", None),
        ("“Quỹ”, lập vốn", "“Quỹ”"),
        ("“Quỹ” mới, lập vốn", "“Quỹ” mới, lập vốn"),
        ("về chào mừng đại hội lần thứ X;", "chào mừng đại hội lần thứ X"),
        ("về lập quỹ (tỉnh) mới", "lập quỹ (tỉnh) mới"),
        ("về lập “quỹ; vốn” mới; và", "lập “quỹ; vốn” mới"),
    ],
)
def test_titles(words: str, title: str | None) -> None:
    assert _only(f"{_DECISION} {words}").title == title


@pytest.mark.parametrize(
    "end",
    [
        "; x", "| x", "\tx", "\n\nx", "\nCăn cứ x", "\nThực hiện x", "\nTriển khai x", "\nTheo x", "\nXét x", "\nĐể x", "\nTrên cơ sở x",
        "\nKính gửi x", ".\nsau đó", " và các văn bản x", " và các quy định x", " và hướng dẫn của x", " và theo hướng dẫn tại x",
        "\n- x", "\n+ x", "\nIV. x", "\n2. x", "\nb) x", ". Sau đó", ".", "./.", ": x", " (sau đây x", " (gọi tắt x", " (gọi là x",
        " (viết tắt x", " (thay thế x", " (kèm theo x", " (ban hành kèm x", " (được x", " (lĩnh vực x", ", với các nội dung x",
        " với những nội dung x", " như sau x", ", UBND tỉnh x", ", Ủy ban nhân dân x", ", Chủ tịch UBND x", ", Sở Nội vụ x", ") x",
    ],
)  # fmt: skip
def test_where_a_title_ends(end: str) -> None:
    assert _only(f"{_DECISION} về lập quỹ{end}").title == "lập quỹ"


@pytest.mark.parametrize(
    ("words", "date"),
    [
        ("ngày 5/6/2018", "2018-06-05"),
        ("ngày 05 tháng 6 năm 2018", "2018-06-05"),
        ("ngày 5.6.2018", "2018-06-05"),
        ("ngày 5-6-1998", "1998-06-05"),
        ("(ngày 5/6/2018)", "2018-06-05"),
        ("5/6/2018", "2018-06-05"),
        ("được ban hành ngày 5/6/2018", "2018-06-05"),
        ("đã được ký ngày 5/6/2018", "2018-06-05"),
        ("được Quốc hội thông qua ngày 5/6/2018", "2018-06-05"),
        ("được Quốc hội khóa XI kỳ họp thứ tám thông qua ngày 5/6/2018", "2018-06-05"),
        ("ngày 5 tháng 6 tháng 2018", "2018-06-05"),
        ("ngày 5 tháng 6 2018", "2018-06-05"),
        ("ngày 31/2/2018", None),
    ],
)
def test_dates(words: str, date: str | None) -> None:
    found = _only(f"{_DECISION} {words} về lập quỹ")
    assert (found.date, found.surface) == (date, f"{_DECISION} {words}")


@pytest.mark.parametrize("words", ["ngày 5/6/20189", "(5/6/2018", "ngày 5/6"])
def test_what_is_no_date_is_not_of_the_citation(words: str) -> None:
    found = _only(f"{_DECISION} {words}")
    assert (found.date, found.surface) == (None, _DECISION)


@pytest.mark.parametrize(
    ("words", "number", "kind"),
    [
        ("36a/NQ-CP", "36a/NQ-CP", "Nghị quyết"),
        ("11 - ĐA/TU", "11-ĐA/TU", "Đề án"),
        ("Đề án 11 – ĐA/TU", "11-ĐA/TU", "Đề án"),
        ("Đề án 11‑ĐA/TU", "11-ĐA/TU", "Đề án"),
        ("45/2016-QĐ-TTg", "45/2016-QĐ-TTg", "Quyết định"),
        ("12/2018/TT-BTTTT", "12/2018/TT-BTTTT", "Thông tư"),
        ("số12/QĐ-TTg", "12/QĐ-TTg", "Quyết định"),
        ("Công văn 5/A", "5/A", "Công văn"),
        ("Nghị quyết số 67/2006/QH11", "67/2006/QH11", "Nghị quyết"),
        ("Công văn 491/BTTTT- ƯDCNTT", "491/BTTTT-ƯDCNTT", "Công văn"),
    ],
)
def test_numbers(words: str, number: str, kind: str) -> None:
    found = _only(f"Theo {words} nay")
    assert (found.number, found.type, found.surface) == (number, kind, words)


@pytest.mark.parametrize("words", ["1.2/QĐ-TTg", "a12/QĐ-TTg", "1234567/QĐ-TTg", "12/qđ-ttg", "5/A", "67/2006/QH11", "Chỉ số 5/6"])
def test_what_is_no_number_of_a_document(words: str) -> None:
    assert cite(f"Theo {words} nay") == ()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Công văn số 1/A-B, số 2/A-B và số 3/A-B", [("1/A-B", "Công văn"), ("2/A-B", "Công văn"), ("3/A-B", "Công văn")]),
        ("Đề án 06", [("06", "Đề án")]),
        ("Đề án số 06 ngày 6/1/2022", [("06", "Đề án")]),
        ("Quyết định số 06/QĐ-TTg; Đề án 06", [("06/QĐ-TTg", "Quyết định"), ("06/QĐ-TTg", "Đề án")]),
        ("Quyết định số 06/QĐ-TTg; Quyết định 6", [("06/QĐ-TTg", "Quyết định"), ("06/QĐ-TTg", "Quyết định")]),
        ("KH 134 và Kế hoạch số 134/KH-UBND", [("134/KH-UBND", "Kế hoạch"), ("134/KH-UBND", "Kế hoạch")]),
        ("Kế hoạch 134 và Kế hoạch số 134/KH-UBND; Kế hoạch số 134/KH-SNV", [("134/KH-UBND", "Kế hoạch"), ("134/KH-SNV", "Kế hoạch")]),
        ("NĐ 43/2011 và Nghị định số 43/2011/NĐ-CP", [("43/2011/NĐ-CP", "Nghị định"), ("43/2011/NĐ-CP", "Nghị định")]),
        ("NĐ 43/2012 và Nghị định số 43/2011/NĐ-CP", [("43/2011/NĐ-CP", "Nghị định")]),
        ("Tờ trình số 45 ngày 2/3/2022", [("45", "Tờ trình")]),
        ("Nghị quyết 05 của Chính phủ", [("05", "Nghị quyết")]),
        ("Kế hoạch hành động số 5/KH-UBND; Kế hoạch 5", [("5/KH-UBND", "Kế hoạch hành động"), ("5/KH-UBND", "Kế hoạch")]),
        ("Kế hoạch hành động 05; Kế hoạch số 5/KH-UBND", [("5/KH-UBND", "Kế hoạch hành động"), ("5/KH-UBND", "Kế hoạch")]),
        ("NĐ 43/1999 và Nghị định số 43/1999/NĐ-CP", [("43/1999/NĐ-CP", "Nghị định"), ("43/1999/NĐ-CP", "Nghị định")]),
        ("Đề án 12a", [("12a", "Đề án")]),
        ("Công văn số 1/A-B, 2/A-B; và số 3/A-B, và 4/A-B", [(f"{i}/A-B", "Công văn") for i in (1, 2, 3, 4)]),
        ("Công văn số 1/A-B gửi 2/A-B; hoặc 3/A-B", [("1/A-B", "Công văn")]),
        ("Tờ trình số 45; Tờ trình 45 ngày 2/3/2022; Nghị quyết 5; NQ 05; Chỉ thị 16/2020", []),
        ("Nghị quyết 2020; Đề án 1995; Đề án 12.5; Đề án 12, 5", [("12", "Đề án")]),
        ("năm 2020, Kế hoạch 2020, Kế hoạch 5 năm, Đề án 10 dự án, Đề án 06%", []),
    ],
)
def test_lists_and_short_forms(text: str, found: list[tuple[str, str]]) -> None:
    assert [(one.number, one.type) for one in cite(text)] == found


def test_an_issuer_named_last_is_that_of_each() -> None:
    text = "các Nghị quyết 19-NQ/TW, 20-NQ/TW và 21-NQ/TW của Ban Chấp hành Trung ương"
    assert [one.issuer for one in cite(text)] == ["Ban Chấp hành Trung ương"] * 3
    assert [one.issuer for one in cite("Công văn số 1/A-B và Tờ trình số 2/A-B của Bộ Nội vụ")] == [None, "Bộ Nội vụ"]


def test_a_date_after_a_pair_is_that_of_both() -> None:
    assert [one.date for one in cite("báo cáo số 365/BC-UBND và số 367/BC-UBND ngày 7/12/2020")] == ["2020-12-07"] * 2
    text = "báo cáo số 365/BC-UBND ngày 1/2/2020 và số 367/BC-UBND ngày 7/12/2020"
    assert [one.date for one in cite(text)] == ["2020-02-01", "2020-12-07"]
    assert [one.date for one in cite("báo cáo số 365/BC-UBND, số 367/BC-UBND ngày 7/12/2020")] == [None, "2020-12-07"]
    assert [one.date for one in cite("báo cáo số 365/BC-UBND và số 367/BC-SNV ngày 7/12/2020")] == [None, "2020-12-07"]


@pytest.mark.parametrize("day", ["Ngày", "ngày", "từ ngày"])
@pytest.mark.parametrize("verb", ["ban hành", "ký ban hành", "ký", "có", "ra", "đã thông qua", "phê duyệt"])
def test_date_and_issuer_may_be_told_before(verb: str, day: str) -> None:
    for number, issuer in (("12/QĐ-BNV", "Bộ Nội vụ"), ("12/QĐ-ABC", "Bộ Nội vụ")):
        found = _only(f"{day} 24/3/2008, Bộ Nội vụ {verb} Quyết định số {number}")
        assert (found.date, found.issuer) == ("2008-03-24", issuer)
    assert _only(f"{day} 31/2/2008, Bộ Nội vụ {verb} Quyết định số 12/QĐ-BNV").date is None


def test_no_comma_is_needed_after_a_date_that_is_told_before() -> None:
    assert _only("Ngày 24/3/2008 Bộ Nội vụ ban hành Quyết định số 12/QĐ-BNV").date == "2008-03-24"


def test_who_proposes_is_told_before_where_the_number_does_not() -> None:
    assert _only("của Phòng Nội vụ huyện tại Tờ trình số 5/TTr-PNV").issuer == "Phòng Nội vụ huyện"
    assert _only("đề nghị của Phòng Nội vụ huyện tại Tờ trình số 5/TTr-PNV").issuer == "Phòng Nội vụ huyện"
    assert _only("đề nghị của Giám đốc Sở Nội vụ tại Tờ trình số 5/TTr-A").issuer == "Sở Nội vụ"
    assert _only("đề nghị của Trưởng Phòng Nội vụ huyện tại Tờ trình số 5/TTr-PNV").issuer == "Phòng Nội vụ huyện"
    assert _only("trình tại Tờ trình số 5/TTr-PNV").issuer is None
    assert _only("đề nghị của Phòng Nội vụ huyện trong Tờ trình số 5/TTr-PNV").issuer is None


@pytest.mark.parametrize(
    ("text", "number", "kind", "date", "title"),
    [
        ("Luật Đầu tư năm 2020", None, "Luật", None, "Luật Đầu tư năm 2020"),
        ("Luật Đất đai năm 1993", None, "Luật", None, "Luật Đất đai năm 1993"),
        ("Luật Đầu tư 2020", None, "Luật", None, "Luật Đầu tư năm 2020"),
        ("Luật Đầu tư số 61/2020/QH14 ngày 17/6/2020", "61/2020/QH14", "Luật", "2020-06-17", "Luật Đầu tư"),
        ("Luật Đầu tư 61/2020/QH14", "61/2020/QH14", "Luật", None, "Luật Đầu tư"),
        ("Luật Đầu tư (Luật số 61/2020/QH14)", "61/2020/QH14", "Luật", None, "Luật Đầu tư"),
        (
            "Luật Ban hành văn bản quy phạm pháp luậtngày 22/6/2015",
            None,
            "Luật",
            "2015-06-22",
            "Luật Ban hành văn bản quy phạm pháp luật",
        ),
        ("Luật Đầu tư (sửa đổi) ngày 17/6/2020", None, "Luật", "2020-06-17", "Luật Đầu tư"),
        ("Luật Thuyền buồm số ngày 17/6/2020", None, "Luật", "2020-06-17", "Luật Thuyền buồm"),
        ("Luật Đầu tư số ngày 17/6/2020", None, "Luật", "2020-06-17", "Luật Đầu tư"),
        ("luật đầu tư ngày 17/6/2020", None, "Luật", "2020-06-17", "Luật Đầu tư"),
        ("luật đầu tư số 61/2020/QH14", "61/2020/QH14", "Luật", None, "Luật Đầu tư"),
        ("LUẬT Đầu tư", None, "Luật", None, "Luật Đầu tư"),
        ("Bộ luật Dân sự", None, "Bộ luật", None, "Bộ luật Dân sự"),
        ("Pháp lệnh Phí và lệ phí ngày 1/2/2001", None, "Pháp lệnh", "2001-02-01", "Pháp lệnh Phí và lệ phí"),
        ("Hiến pháp năm 2013", None, "Hiến pháp", None, "Hiến pháp năm 2013"),
        (
            "Luật sửa đổi, bổ sung một số điều của Luật Đầu tư số 61/2020/QH14",
            "61/2020/QH14",
            "Luật",
            None,
            "Luật sửa đổi, bổ sung một số điều của Luật Đầu tư",
        ),
        (
            "Luật Tổ chức chính quyền địa phương ngày 19 tháng 6 năm 2015 của Quốc hội",
            None,
            "Luật",
            "2015-06-19",
            "Luật Tổ chức chính quyền địa phương",
        ),
    ],
)
def test_laws(text: str, number: str | None, kind: str, date: str | None, title: str) -> None:
    found = _only(f"Theo {text}; và")
    assert (found.number, found.type, found.date, found.title, found.surface) == (number, kind, date, title, text)
    assert found.issuer == ("Ủy ban Thường vụ Quốc hội" if kind == "Pháp lệnh" else "Quốc hội")


def test_a_law_may_have_a_word_for_numbers_in_its_name() -> None:
    names = ["Luật Kinh tế số là", "Luật Kinh tế số số 1/2027/QH16", "Luật Thuyền buồm số", "Luật Thuyền buồm số: 1"]
    assert [_only(text).title for text in names] == ["Luật Kinh tế số"] * 2 + ["Luật Thuyền buồm"] * 2


def test_the_word_before_tells_the_order_of_law_from_a_law() -> None:
    assert cite("Pháp luật Đầu tư") == cite("pháp  Luật Đầu tư") == ()


@pytest.mark.parametrize("text", ["pháp luật về đầu tư", "luật đầu tư", "kỷ luật lao động", "Luật số 5"])
def test_what_names_no_law(text: str) -> None:
    assert cite(f"Theo {text}; và") == ()


@pytest.mark.parametrize(
    ("text", "titles"),
    [
        # a document inside a title belongs to it; one that is listed after ends it
        ("Kế hoạch số 1/KH-UBND thực hiện Nghị quyết số 2-NQ/TU; Chỉ thị số 3-CT/TU", ["thực hiện Nghị quyết số 2-NQ/TU", None, None]),
        ("Nghị quyết số 1-NQ/TU về lập quỹ, Nghị quyết số 2-NQ/TU về vốn", ["lập quỹ", "vốn"]),
        ("Nghị quyết số 1-NQ/TU về lập quỹ và Nghị quyết số 2-NQ/TU về vốn", ["lập quỹ", "vốn"]),
        ("Nghị quyết số 1-NQ/TU về lập quỹ\nChỉ thị số 3-CT/TU về vốn", ["lập quỹ", "vốn"]),
        ("Kế hoạch số 1/KH-UBND về thực hiện\nChỉ thị số 3-CT/TU về vốn", ["thực hiện Chỉ thị số 3-CT/TU về vốn", "vốn"]),
    ],
)
def test_titles_that_name_documents(text: str, titles: list[str | None]) -> None:
    assert [one.title for one in cite(text)] == titles


@pytest.mark.parametrize("kind", ["Đề án", "Nghị quyết", "Nghị định", "Chỉ thị", "Thông tư", "Quyết định", "Kết luận"])
def test_kinds_that_go_by_their_ordinal(kind: str) -> None:
    assert [(one.number, one.type) for one in cite(f"theo {kind} 12 và")] == [("12", kind)]
    assert cite(f"theo {kind} 5 và") == ()


@pytest.mark.parametrize("word", ["và", "của", "về", "trong", "quy", "với", "theo", "bao", "gồm", "để", "cho", "ở", "tại"])
def test_a_number_tells_how_far_the_name_of_a_law_goes(word: str) -> None:
    assert _only(f"Luật Hỗ trợ {word} thương nhân số 1/2020/QH14").title == f"Luật Hỗ trợ {word} thương nhân"


@pytest.mark.parametrize("joint", [", ", "; ", " - ", " – ", " và ", " với "])
def test_issuers_together_are_named_each(joint: str) -> None:
    text = f"Thông tư liên tịch số 1/2020/TTLT-BNV-BTC của Bộ Nội vụ{joint}Bộ Tài chính"
    assert _only(text).issuer == "Bộ Nội vụ, Bộ Tài chính"


_UNITS = "năm tháng ngày tuần giờ nhiệm dự đề chương mục nhóm giải nội tỷ triệu bước giai cấp huyện xã tỉnh kênh"


@pytest.mark.parametrize("unit", _UNITS.split())
def test_so_many_of_something_are_no_number(unit: str) -> None:
    assert cite(f"theo Đề án 10 {unit} và") == ()


def test_the_rule_that_found_a_citation_is_told() -> None:
    assert [one.pattern for one in cite("Luật Đầu tư; Nghị định số 1/2020/NĐ-CP; Đề án 06")] == ["law", "number", "short"]


@pytest.mark.parametrize(
    "following",
    [
        "Luật Đầu tư",
        "Bộ luật Dân sự",
        "Pháp lệnh Phí và lệ phí",
        "Nghị định số 1/2020/NĐ-CP",
        "Thông tư số 1/2020/TT-BNV",
        "Quyết định số 1/QĐ-TTg",
        "Chỉ thị số 1/CT-TTg",
        "Công văn số 1/BNV-VP",
        "Kế hoạch số 1/KH-UBND",
        "Hiến pháp năm 2013",
    ],
)
@pytest.mark.parametrize("between", [" ", ", "])
def test_the_name_of_a_law_ends_before_the_next_document(following: str, between: str) -> None:
    one, other = cite(f"Luật Thuyền buồm{between}{following}")
    assert (one.title, other.surface) == ("Luật Thuyền buồm", following)


_STOP = "ngày năm và theo của quy được có đã về để nhằm hướng trong tại với cho khi thì là bao gồm như còn này sửa nêu ban"


@pytest.mark.parametrize("word", _STOP.split())
def test_the_name_of_a_law_goes_to_the_first_word_that_names_nothing(word: str) -> None:
    for written in (word, word.upper()):
        assert _only(f"theo Luật Thuyền buồm {written} xa").title == "Luật Thuyền buồm"


@pytest.mark.parametrize("word", ["ngày", "của", "về", "và", "do", "ban", "được", "phê", "năm", "tại", "là", "để", "tỉnh"])
def test_a_copy_may_have_lost_the_blank_after_a_number(word: str) -> None:
    assert _only(f"theo {_DECISION}{word} xa").number == "12/QĐ-UBND"
    assert [one.number for one in cite(f"theo {_DECISION}{word}g xa")] != ["12/QĐ-UBND"]


@pytest.mark.parametrize("between", [", ", "; ", " và ", ", và ", ", các ", " và các "])
def test_what_is_listed_after_ends_a_title(between: str) -> None:
    found = cite(f"Nghị quyết số 1-NQ/TU về lập quỹ{between}Nghị quyết số 2-NQ/TU về vốn")
    assert [one.title for one in found] == ["lập quỹ", "vốn"]


@pytest.mark.parametrize(
    "place", ["điểm a", "điểm a của", "khoản 2", "điều 3", "mục 1", "chương II", "phụ lục 1", "điểm a, khoản 2, điều 3 của"]
)
def test_a_place_in_the_next_document_is_no_title(place: str) -> None:
    found = cite(f"Nghị quyết số 1-NQ/TU về lập quỹ và {place} Nghị quyết số 2-NQ/TU về vốn")
    assert [one.title for one in found] == ["lập quỹ", "vốn"]


@pytest.mark.parametrize("h", ["òa", "oà"])
def test_the_constitution_by_its_whole_name(h: str) -> None:
    name = f"Hiến pháp nước Cộng h{h} xã hội chủ nghĩa Việt Nam"
    assert (_only(f"theo {name} này").title, _only(f"theo {name} năm 2013").title) == (name, f"{name} năm 2013")


@pytest.mark.parametrize(
    ("text", "title"),
    [
        # what a plan carries out may be two documents; what is dated later is none of them
        ("về thực hiện Nghị quyết số 2-NQ/TU và Chỉ thị số 3-CT/TU", "thực hiện Nghị quyết số 2-NQ/TU và Chỉ thị số 3-CT/TU"),
        ("về triển khai Nghị quyết số 2-NQ/TU và Chỉ thị số 3-CT/TU", "triển khai Nghị quyết số 2-NQ/TU và Chỉ thị số 3-CT/TU"),
        ("hành động theo Nghị quyết số 2-NQ/TU và Chỉ thị số 3-CT/TU", "hành động theo Nghị quyết số 2-NQ/TU và Chỉ thị số 3-CT/TU"),
        ("về các Nghị quyết số 2-NQ/TU và Chỉ thị số 3-CT/TU", "các Nghị quyết số 2-NQ/TU và Chỉ thị số 3-CT/TU"),
        (
            "về thực hiện Nghị quyết số 2-NQ/TU và Chỉ thị số 3-CT/TU ngày 5/6/2019",
            "thực hiện Nghị quyết số 2-NQ/TU và Chỉ thị số 3-CT/TU ngày 5/6/2019",
        ),
        ("về thực hiện Nghị quyết số 2-NQ/TU và Chỉ thị số 3-CT/TU ngày 5/6/2021", "thực hiện Nghị quyết số 2-NQ/TU"),
        (
            "về thực hiện Nghị quyết số 2-NQ/TU và Chỉ thị số 3-CT/TU ngày 1/2/2020",
            "thực hiện Nghị quyết số 2-NQ/TU và Chỉ thị số 3-CT/TU ngày 1/2/2020",
        ),
        ("về thực hiện Nghị quyết số 2-NQ/TU và Kế hoạch số 3/KH-UBND", "thực hiện Nghị quyết số 2-NQ/TU"),
        ("về góp ý Nghị quyết số 2-NQ/TU và Chỉ thị số 3-CT/TU", "góp ý Nghị quyết số 2-NQ/TU"),
    ],
)
def test_what_a_title_carries_out(text: str, title: str) -> None:
    assert cite(f"Kế hoạch số 1/KH-UBND ngày 1/2/2020 {text}")[0].title == title


def test_without_dates_nothing_is_later() -> None:
    text = "về thực hiện Nghị quyết số 2-NQ/TU và Chỉ thị số 3-CT/TU"
    assert (
        cite(f"Kế hoạch số 1/KH-UBND {text} ngày 5/6/2021")[0].title
        == "thực hiện Nghị quyết số 2-NQ/TU và Chỉ thị số 3-CT/TU ngày 5/6/2021"
    )


@pytest.mark.parametrize("word", ["của", "do", "Do", ", của", ""])
def test_who_issued_is_told_after(word: str) -> None:
    assert _only(f"Công văn số 1/A-B {word} Bộ Nội vụ").issuer == "Bộ Nội vụ"


def test_who_issued_follows_a_comma_only_where_a_word_says_so() -> None:
    assert _only("Công văn số 1/A-B, Bộ Nội vụ").issuer is None
    assert _only("giữa và của ai, do ai: Công văn số 1/A-B, Bộ Nội vụ").issuer is None
    assert _only("Trước đó, Công văn số 1/A-B Bộ Nội vụ").issuer == "Bộ Nội vụ"
    assert [_only(f"Công văn số 1/A-B, {word} Bộ Nội vụ").issuer for word in ("của", "do", "giữa")] == ["Bộ Nội vụ"] * 3


def test_a_joint_document_may_name_one_issuer() -> None:
    assert _only("Thông tư liên tịch số 1/TTLT-A-B của Bộ Nội vụ").issuer == "Bộ Nội vụ"


@pytest.mark.parametrize("opening", ["(", "*", "“", '"', "- ", ""])
def test_a_short_form_begins_with_its_letters(opening: str) -> None:
    assert cite(f"Kế hoạch số 134/KH-UBND; theo {opening}KH 134")[1].surface == "KH 134"


@pytest.mark.parametrize("words", ["giữa", "của", "của các", "của liên", "của liên Bộ:"])
def test_who_issued_together(words: str) -> None:
    for signs in ("TTLT-BNV-BTC", "TTLT-A-B"):
        found = _only(f"Thông tư liên tịch số 1/2020/{signs} {words} Bộ Nội vụ, Bộ Tài chính")
        assert found.issuer == "Bộ Nội vụ, Bộ Tài chính"


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("Quyết định số 1/QĐ-TTg\nvà", (1, 1)),
        ("Công văn số 1/A-\nB của ai", (1, 2)),
        ("x\nQuyết định số\n1/QĐ-TTg\nvà", (2, 3)),
        ("x\n\nĐề án 06\n", (3, 3)),
    ],
)
def test_the_lines_of_a_citation_are_those_of_its_words(text: str, lines: tuple[int, int]) -> None:
    assert _only(text).lines == lines


def test_a_short_form_within_a_name_does_not_hide_what_follows() -> None:
    found = cite("Luật sửa đổi Nghị quyết 42 số 1/2020/QH14; Đề án 06")
    assert [one.number for one in found] == ["1/2020/QH14", "06"]


def test_a_name_told_by_its_date_goes_up_to_it() -> None:
    assert _only("Luật Hỗ trợ và thương nhân ngày 1/2/2020").title == "Luật Hỗ trợ và thương nhân"
    assert _only("Luật Hỗ trợ và thương nhân").title == "Luật Hỗ trợ"


def test_types() -> None:
    assert (canonical_type("Bài thơ"), canonical_type("NĐ"), canonical_type("nghị  định")) == (None, "Nghị định", "Nghị định")
    signs = ("749/QĐ-TTg", "1/2020/NĐ-CP", "45/UBND-KH", "1/A/QH11/B", "1/QH11/B", "1/QH11", "5", "5/L-QH10", "67/2006/QH11")
    assert [type_of_signs(number) for number in signs] == ["Quyết định", "Nghị định", None, None, None, None, None, "Luật", None]


@pytest.mark.parametrize("before", ["đồng ý", "tự", "thực hiện", "công nghệ", "chỉ đạo", "kỹ"])
def test_a_copy_may_have_lost_the_blank_before_a_type(before: str) -> None:
    assert _only(f"{before}Nghị quyết số 36-NQ/TW").surface == "Nghị quyết số 36-NQ/TW"


@pytest.mark.parametrize("between", [" của Bộ Nội vụ, ", " do Bộ Nội vụ ", " Bộ Nội vụ: ", " của Bộ Nội vụ\n"])
def test_who_issued_may_stand_between_the_type_and_the_number(between: str) -> None:
    found = _only(f"Quyết định{between}số: 12/QĐ-A")
    assert (found.issuer, found.surface) == ("Bộ Nội vụ", f"Quyết định{between}số: 12/QĐ-A".replace("\n", " "))


@pytest.mark.parametrize("words", ["5/QĐ", "QCVN 7/QĐ", "5/2020"])
def test_a_number_of_one_sign_wants_a_type_or_a_year(words: str) -> None:
    assert cite(f"Theo {words} nay") == ()


def test_a_title_of_a_page_is_cut() -> None:
    (found,) = cite(f"{_DECISION} về " + "lập quỹ " * 200)
    assert found.title
    assert 600 < len(found.title) <= 700


@pytest.mark.parametrize("kind", ["Đề án", "Chương trình"])
def test_a_scheme_with_the_number_of_a_decision_is_that_decision(kind: str) -> None:
    assert (_only(f"{kind} 06/QĐ-TTg").type, _only(f"{kind} 06-CTr/TU").type) == ("Quyết định", kind)


@pytest.mark.parametrize(("place", "issuer"), [("tại", "Phòng Nội vụ huyện"), ("tại các", None), ("theo", None)])
def test_only_what_stands_at_once_before_proposes(place: str, issuer: str | None) -> None:
    assert _only(f"đề nghị của Phòng Nội vụ huyện {place} Tờ trình số 5/TTr-PNV").issuer == issuer


def test_a_title_without_words_is_none() -> None:
    found = _only(f"{_DECISION} về ; x")
    assert (found.title, found.extent) == (None, found.span)


@pytest.mark.parametrize("text", ["số 06", "06", "đề án số", "số: 06 ngày 1/2/2020"])
def test_an_ordinal_without_a_type_is_no_citation(text: str) -> None:
    assert cite(text) == ()
