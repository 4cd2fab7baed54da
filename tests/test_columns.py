"""What the heads of columns say: what its cells hold, of which years, from which source, as which capital."""

from __future__ import annotations

import pytest

from cancu.reading.columns import Column, capital_of, columns, kind_of, source_of

_ITEM = (Column("TT", "ordinal"), Column("Dự án", "name"))


def _read(*heads: str) -> tuple[Column, ...]:
    """The columns under heads that are written from the topmost to the lowest with bars between."""
    return columns([head.split(" | ") for head in heads])


@pytest.mark.parametrize(
    ("heads", "meant"),
    [
        (["Kinh phí | Tổng cộng", "Kinh phí | 2018"], [Column("Tổng cộng", "total"), Column("2018", "year", "2018")]),
        (
            ["Tổng kinh phí", "Trong đó | NSTW", "Trong đó | NS tỉnh", "Trong đó | Khác"],
            [
                Column("Tổng kinh phí", "total"),
                Column("NSTW", "money", source="Ngân sách Trung ương"),
                Column("NS tỉnh", "money", source="Ngân sách tỉnh"),
                Column("Khác", "money", source="Khác"),
            ],
        ),
        (
            ["Nguồn vốn | NSTW | Vốn ĐTPT", "Nguồn vốn | NSTW | Vốn SN", "Nguồn vốn | NSĐP | Vốn ĐTPT"],
            [
                Column("NSTW - Vốn ĐTPT", "money", source="Ngân sách Trung ương", capital="đầu tư phát triển"),
                Column("NSTW - Vốn SN", "money", source="Ngân sách Trung ương", capital="sự nghiệp"),
                Column("NSĐP - Vốn ĐTPT", "money", source="Ngân sách địa phương", capital="đầu tư phát triển"),
            ],
        ),
        (
            ["Kinh phí giai đoạn 2018-2020", "Phân kỳ đầu tư | 2018"],
            [Column("Kinh phí giai đoạn 2018-2020", "total", "2018-2020"), Column("2018", "year", "2018", phasing=True)],
        ),
        (
            ["Kinh phí năm 2018 | Tổng số", "Kinh phí năm 2018 | Ngân sách tỉnh"],
            [Column("Tổng số (2018)", "total", "2018"), Column("Ngân sách tỉnh (2018)", "money", "2018", "Ngân sách tỉnh")],
        ),
        (
            ["Năm 2018 | NSTW", "Năm 2018 | NSĐP"],
            [
                Column("NSTW (2018)", "money", "2018", "Ngân sách Trung ương"),
                Column("NSĐP (2018)", "money", "2018", "Ngân sách địa phương"),
            ],
        ),
        (
            ["Tổng mức đầu tư | Tổng số", "Tổng mức đầu tư | Trong đó: NSĐP", "Lũy kế vốn đã bố trí đến hết năm 2020"],
            [
                Column("Tổng số", "total"),
                Column("NSĐP", "money", source="Ngân sách địa phương"),
                Column("Lũy kế vốn đã bố trí đến hết năm 2020", "money"),
            ],
        ),
        (
            ["Vốn đầu tư | 2018", "Vốn sự nghiệp | 2018"],
            [
                Column("Vốn đầu tư - 2018", "money", "2018", capital="đầu tư phát triển"),
                Column("Vốn sự nghiệp - 2018", "money", "2018", capital="sự nghiệp"),
            ],
        ),
        (["Nguồn kinh phí", "Nguồn kinh phí từng năm"], [Column("Nguồn kinh phí", "fund"), Column("Nguồn kinh phí từng năm", "total")]),
        (["Kinh phí | Quý I", "Kinh phí | Quý II"], [Column("Quý I", "money"), Column("Quý II", "money")]),
        (["Kinh phí | Giai đoạn 1", "Kinh phí | Giai đoạn 2"], [Column("Giai đoạn 1", "money"), Column("Giai đoạn 2", "money")]),
        (["Kinh phí | Giai đoạn I", "Kinh phí | Giai đoạn II"], [Column("Giai đoạn I", "money"), Column("Giai đoạn II", "money")]),
        (
            ["2016-2017", "2018-2020", "Cộng"],
            [Column("2016-2017", "money", "2016-2017"), Column("2018-2020", "money", "2018-2020"), Column("Cộng", "total")],
        ),
        (
            ["Kinh phí | Cộng NSTW", "Kinh phí | NSĐP"],
            [Column("Cộng NSTW", "total"), Column("NSĐP", "money", source="Ngân sách địa phương")],
        ),
        (["Kinh phí", "Tổng"], [Column("Kinh phí", "money"), Column("Tổng", "total")]),
        (["Tổng mức đầu tư", "Tổng cộng"], [Column("Tổng mức đầu tư", "total"), Column("Tổng cộng", "money")]),
        (["Nội dung công việc", "Ghi chú"], [Column("Nội dung công việc", "objective"), Column("Ghi chú", "note")]),
        (["Đơn vị chủ trì", "Đơn vị phối hợp"], [Column("Đơn vị chủ trì", "lead"), Column("Đơn vị phối hợp", "coordinating")]),
        (["Đơn vị", "Thời gian"], [Column("Đơn vị", "actor"), Column("Thời gian", "time")]),
        (["Kinh phí | Dự kiến", "Ghi chú"], [Column("Dự kiến", "total"), Column("Ghi chú", "note")]),
        (["Kinh phí | Dự kiến 2018", "Kinh phí | Dự kiến 2019"], [Column(f"Dự kiến {year}", "year", year) for year in ("2018", "2019")]),
        (["Kinh phí | Bố trí 2018-2020", "Ghi chú"], [Column("Bố trí 2018-2020", "money", "2018-2020"), Column("Ghi chú", "note")]),
        (
            ["Năm 2018 | Tổng số", "Năm 2018 | NSTW", "Tổng"],
            [
                Column("Tổng số (2018)", "year", "2018"),
                Column("NSTW (2018)", "money", "2018", "Ngân sách Trung ương"),
                Column("Tổng", "total"),
            ],
        ),
        *(
            (
                [f"{total} năm 2018", "NSTW"],
                [Column(f"{total} năm 2018", kind, "2018"), Column("NSTW", "money", source="Ngân sách Trung ương")],
            )
            for total, kind in (("Tổng số", "total"), ("Cộng", "total"), ("Kinh phí", "year"))
        ),
        (
            ["Vốn đầu tư | NSTW", "Vốn sự nghiệp | NSTW"],
            [
                Column("Vốn đầu tư - NSTW", "money", source="Ngân sách Trung ương"),
                Column("Vốn sự nghiệp - NSTW", "money", source="Ngân sách Trung ương", capital="sự nghiệp"),
            ],
        ),
        (
            ["Đầu tư công | Chi đầu tư Bệnh viện", "Đầu tư công | NSTW"],
            [
                Column("Đầu tư công - Chi đầu tư Bệnh viện", "money", capital="đầu tư phát triển"),
                Column("NSTW", "money", source="Ngân sách Trung ương", capital="đầu tư công"),
            ],
        ),
        (
            ["Phân kỳ | Nội dung", "Phân kỳ | 2018"],
            [Column("Nội dung", "money", source="Nội dung"), Column("2018", "year", "2018", phasing=True)],
        ),
        (
            ["Kinh phí | Nội dung", "Kinh phí | Nguồn vốn"],
            [Column("Nội dung", "money", source="Nội dung"), Column("Nguồn vốn", "total")],
        ),
        (["Kinh phí | Phân kỳ", "Ghi chú"], [Column("Phân kỳ", "total"), Column("Ghi chú", "note")]),
        (["Năm 2018 | Phân kỳ", "Năm 2019 | Phân kỳ"], [Column(f"Phân kỳ ({year})", "year", year) for year in ("2018", "2019")]),
        (
            ["Nhu cầu vốn | Đợt một", "Nhu cầu vốn | Cộng"],
            [Column("Đợt một", "money", source="Đợt một"), Column("Cộng", "total")],
        ),
        (["Kinh phí năm 2018", "Kinh phí năm 2019"], [Column(f"Kinh phí năm {year}", "year", year) for year in ("2018", "2019")]),
        (
            ["Phân kỳ | 2018", "Phân kỳ | 2019-2020"],
            [Column("2018", "year", "2018", phasing=True), Column("2019-2020", "money", "2019-2020", phasing=True)],
        ),
        (
            ["Năm 2018 | Cộng", "Năm 2018 | NSTW"],
            [Column("Cộng (2018)", "total", "2018"), Column("NSTW (2018)", "money", "2018", "Ngân sách Trung ương")],
        ),
        (["Tổng số", "Cộng NSTW"], [Column("Tổng số", "total"), Column("Cộng NSTW", "money")]),
        (["Kinh phí", "Cộng"], [Column("Kinh phí", "money"), Column("Cộng", "total")]),
        (["Kinh phí", "Dự toán"], [Column("Kinh phí", "total"), Column("Dự toán", "money")]),
        (
            ["Tổng vốn sự nghiệp", "Vốn sự nghiệp"],
            [Column("Tổng vốn sự nghiệp", "total"), Column("Vốn sự nghiệp", "money", capital="sự nghiệp")],
        ),
        (
            ["Mức đầu tư vốn sự nghiệp", "Vốn đầu tư phát triển"],
            [Column("Mức đầu tư vốn sự nghiệp", "total"), Column("Vốn đầu tư phát triển", "money", capital="đầu tư phát triển")],
        ),
        (
            ["Ngân sách tỉnh | Sự nghiệp", "Ngân sách tỉnh | Cộng"],
            [Column("Ngân sách tỉnh - Sự nghiệp", "money", source="Ngân sách tỉnh", capital="sự nghiệp"), Column("Cộng", "total")],
        ),
        (
            ["Ngân sách tỉnh | 2018", "Ngân sách tỉnh | 2019", "ODA | 2018"],
            [
                Column("Ngân sách tỉnh - 2018", "money", "2018", "Ngân sách tỉnh"),
                Column("2019", "money", "2019", "Ngân sách tỉnh"),
                Column("ODA - 2018", "money", "2018", "ODA"),
            ],
        ),
        (
            ["Vốn | Giai đoạn 2016-2020 | NSTW", "Vốn | Giai đoạn 2016-2020 | Tổng"],
            [Column("NSTW (2016-2020)", "money", "2016-2020", "Ngân sách Trung ương"), Column("Tổng", "total", "2016-2020")],
        ),
        (["Năm 2018 (triệu đồng)", ""], [Column("Năm 2018 (triệu đồng)", "year", "2018"), Column("", "other")]),
    ],
)
def test_columns(heads: list[str], meant: list[Column]) -> None:
    assert _read("TT", "Dự án", *heads) == (*_ITEM, *meant)


@pytest.mark.parametrize(
    ("heads", "kinds"),
    [
        (["", "", "Kinh phí"], ["ordinal", "name", "total"]),
        (["", "Nội dung", "Kinh phí"], ["ordinal", "name", "total"]),
        (["", "Kinh phí", "Tổng"], ["name", "money", "total"]),
        (["Mục tiêu", "Chỉ tiêu"], ["objective", "name"]),
        (["1", "2"], ["name", "other"]),
        (["", "", ""], ["ordinal", "name", "other"]),
        ([""], ["name"]),
        (["Dự án", "Mục tiêu", "Nội dung"], ["name", "objective", "objective"]),
    ],
)
def test_heads_that_are_blank_or_name_nothing(heads: list[str], kinds: list[str]) -> None:
    assert [column.kind for column in _read(*heads)] == kinds


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Năm đưa vào sử dụng", "note"),
        ("Kinh phí (triệu đồng)", "total"),
        ("Kinh phí (ĐVT: tỷ đồng)", "total"),
        ("Kinh phí (đơn vị tính: 1.000 đ)", "total"),
        ("Năm 2018 (nghìn VNĐ)", "year"),
        ("Năm 2018 (VND)", "year"),
        *(
            (f"Năm 2018 ({unit})", "year")
            for unit in (
                "1.000 đồng",
                "1000đ",
                "tỉ đồng",
                "tỷ đồng",
                "ngàn đồng",
                "đồng",
                "ĐVT: triệu đồng",
                "đơn vị: triệu đồng",
                "đơn vị tính triệu đồng",
            )
        ),
        ("Năm 2018 (người)", None),
        ("Năm 2018 (dự kiến)", "year"),
        ("Nguồn vốn", "group"),
        ("Phân kỳ", "phasing"),
        ("Kinh phí" + " " * 152, "total"),
        ("Kinh phí" + " " * 153, None),
        ("", None),
    ],
)
def test_kinds_of_heads(text: str, kind: str | None) -> None:
    assert kind_of(text) == kind


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("Ngân sách trung ương", "Ngân sách Trung ương"),
        ("NSTW (vốn SN)", "Ngân sách Trung ương"),
        ("Vốn (NSTW)", "Ngân sách Trung ương"),
        ("(NSTW)", "Ngân sách Trung ương"),
        ("Kinh phí từ nguồn NSTW dự kiến bố trí thực hiện kế hoạch năm 2018", "Ngân sách Trung ương"),
        ("Nhu cầu NSTW hỗ trợ đầu tư phát triển CNTT giai đoạn 2", "Ngân sách Trung ương"),
        ("NSTW cấp cho các huyện", "Ngân sách Trung ương cấp cho các huyện"),
        ("NSTW, NSĐP", "Ngân sách Trung ương, Ngân sách địa phương"),
        ("Nguồn NS tỉnh, huyện", "Nguồn ngân sách tỉnh, huyện"),
        ("Vốn ODA của Nhật Bản", "Vốn ODA của Nhật Bản"),
        ("XHH và DN", "xã hội hóa và doanh nghiệp"),
        ("CT MTQG", "chương trình MTQG"),
        ("Kinh phí", None),
        ("Vốn năm 2018", None),
        ("CTMTQG", "Chương trình mục tiêu quốc gia"),
    ],
)
def test_sources_of_heads(text: str, source: str | None) -> None:
    assert source_of(text) == source


_FILLERS = """nguồn, vốn, kinh phí, từ, ngân sách, dự kiến, nhu cầu, bố trí, kế hoạch, thực hiện, CNTT, công nghệ thông tin, năm, giai đoạn,
giai đoạn II, thuộc, của, hỗ trợ, cấp, do, chi, đầu tư, phát triển, công, sự nghiệp, thường xuyên, ĐTPT, SN, ĐTC, ĐT, CTX, XDCB, tổng,
cộng, số, quý IV, quý 2, 6 tháng đầu, 2018, 1999"""


@pytest.mark.parametrize("words", _FILLERS.replace("\n", " ").split(", "))
def test_words_that_make_a_source_no_other(words: str) -> None:
    assert source_of(f"{words} NSTW") == "Ngân sách Trung ương"


def test_capital_in_brackets_is_not_the_heads_own() -> None:
    assert capital_of("Vốn sự nghiệp") == "sự nghiệp"
    assert capital_of("NSTW (vốn sự nghiệp)") is None
    assert capital_of("Quỹ phát triển hoạt động sự nghiệp") is None


@pytest.mark.parametrize(
    ("leaf", "source"),
    [
        ("Vốn đầu tư tỉnh bố trí năm 2013", "Ngân sách tỉnh"),
        ("Thực hiện 2008 (Địa phương)", "Ngân sách địa phương"),
        ("GĐ 2023-2025 - NSNN", "Ngân sách nhà nước"),
        ("Giai đoạn 2026 - 2030: Vốn khác", "Vốn khác"),
    ],
)
def test_a_year_in_a_head_hides_no_source(leaf: str, source: str) -> None:
    assert columns([("TT",), ("Tên dự án",), (leaf,)])[2].source == source


def test_years_under_a_fund_beside_the_same_years_under_a_budget_are_the_funds() -> None:
    own, known = "Quỹ bảo hiểm", "Ngân sách tỉnh"
    found = columns([("TT",), ("Nội dung",), (known, "2024"), (known, "2025"), (own, "2024"), (own, "2025")])
    assert [(column.kind, column.source, column.years) for column in found[2:]] == [
        ("money", known, "2024"),
        ("money", known, "2025"),
        ("money", own, "2024"),
        ("money", own, "2025"),
    ]


@pytest.mark.parametrize(
    ("head", "kind", "source"),
    [
        ("Chương trình xây dựng nông thôn kiểu mẫu", "money", "Chương trình xây dựng nông thôn kiểu mẫu"),
        ("Chương trình MTQG", "money", "Chương trình MTQG"),
        ("Nhiệm vụ cụ thể", "objective", None),
    ],
)
def test_a_programme_after_money_is_a_purse(head: str, kind: str, source: str | None) -> None:
    found = _read("TT", "Nội dung", "Kinh phí", head, "Ngân sách tỉnh")[3]
    assert (found.kind, found.source) == (kind, source)


def test_places_after_the_ordinals_are_the_names_and_pay_nothing() -> None:
    assert [column.kind for column in _read("STT", "Xã", "Giống", "Kinh phí")] == ["ordinal", "name", "other", "total"]
    assert [column.kind for column in _read("STT", "Nội dung", "Kinh phí", "Tỉnh", "Xã")][3:] == ["money", "money"]


def test_what_stands_under_a_count_is_no_money() -> None:
    count = "Số cây trồng (nghìn cây)"
    heads = [("TT",), ("Nội dung",), (count, "Tổng"), (count, "2021"), (count, "2022"), ("Kinh phí (triệu đồng)",)]
    assert [column.kind for column in columns(heads)] == ["ordinal", "name", "quantity", "quantity", "quantity", "total"]


def test_a_kind_of_capital_alone_is_all_the_money() -> None:
    *_, total = _read("TT", "Dự án", "Vốn đầu tư")
    assert total == Column("Vốn đầu tư", "total", capital="đầu tư phát triển")
    *_, one, other = _read("TT", "Dự án", "Vốn đầu tư", "Vốn sự nghiệp")
    assert (one.kind, other.kind) == ("money", "money")


def test_years_of_the_only_kind_of_capital_are_those_of_all_money() -> None:
    *_, one, total = _read("TT", "Dự án", "Kế hoạch vốn đầu tư công | 2026", "Kế hoạch vốn đầu tư công | 2027", "Tổng cộng")
    assert (one.kind, one.years, one.capital, total.kind) == ("year", "2027", None, "total")
    *_, one, other = _read("TT", "Dự án", "Vốn đầu tư | 2026", "Vốn đầu tư | 2027", "Vốn sự nghiệp | 2026", "Vốn sự nghiệp | 2027")
    assert [(column.kind, column.capital) for column in (one, other)] == [("money", "sự nghiệp")] * 2


def test_a_year_of_money_under_a_purse_is_the_purses() -> None:
    *_, one = _read("TT", "Dự án", "Ngân sách tỉnh | Kinh phí năm 2021", "Ngân sách tỉnh | Kinh phí năm 2022")
    assert (one.kind, one.years, one.source) == ("money", "2022", "Ngân sách tỉnh")
