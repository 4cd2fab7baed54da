"""Cells go under their columns, also where a row lost or gained one, or where rows run together."""

from __future__ import annotations

import pytest

from cancu.reading import rows
from cancu.reading.columns import Column, Kind
from cancu.reading.source import Cell

_COLUMNS = (Column("TT", "ordinal"), Column("Nội dung", "name"), Column("Chủ trì", "lead"), Column("2020", "year"), Column("2021", "year"))

_BRIDGE, _ROAD = "1 | Xây dựng cầu | Sở Nội vụ | 10 | 20", "2 | Sửa đường | Sở Tài chính | 30 | 40"


def _cells(words: str) -> tuple[Cell, ...]:
    """Cells on a line each; "·" is an empty one."""
    return tuple(Cell("" if word == "·" else word, (n, n)) for n, word in enumerate(words.split(" | "), 1))


def _words(row: tuple[Cell, ...]) -> str:
    return " | ".join(cell.text or "·" for cell in row)


@pytest.mark.parametrize(
    ("text", "ordinal", "group"),
    [
        ("1", True, False),
        ("12.", True, False),
        ("1.2.3", True, False),
        ("a)", True, False),
        ("-", True, False),
        ("IV", True, True),
        ("II.", True, True),
        ("Đ)", True, True),
        ("B", True, True),
        ("123456", False, False),
        ("1) Xây dựng", False, False),
        ("II. Xây dựng", False, False),
        ("", False, False),
    ],
)
def test_ordinals(text: str, ordinal: bool, group: bool) -> None:
    assert (rows.is_ordinal(text), rows.is_group_ordinal(text)) == (ordinal, group)


@pytest.mark.parametrize(
    ("text", "section"),
    [("II. Hoạt động", True), ("A) Hạ tầng", True), ("Phần thứ nhất", True), ("Mục 2", True), ("2. Hạ tầng", False), ("Mục tiêu", False)],
)
def test_section_labels(text: str, section: bool) -> None:
    assert rows.is_section_label(text) is section


@pytest.mark.parametrize(
    ("texts", "formula"),
    [
        (["(1)", "(2)", "(3)"], True),
        (["1", "2", "3=1+2", "4"], True),
        (["1", "", "2", "3"], True),
        (["1", "2"], False),
        (["1", "2", "2"], False),
        (["1", "3", "5"], False),
        (["A", "B", "1"], False),
        (["A", "B", "1", "2"], True),
        (["1", "2", "3 = 4+5", "4", "5"], True),
        (["1", "2", "(3) = (1)+(2)", "4"], True),
        (["1", "2", "(3)=(4)+...", "4"], False),
        (["1", "2", "3=1x2", "4=3/1", "5=4-1"], True),
        (["1", "2", "3 1", "4"], True),
        (["01", "02", "03"], True),
        (["1", "2", "123"], False),
        (["1", "Xây dựng", "3"], False),
    ],
)
def test_rows_that_number_the_columns(texts: list[str], formula: bool) -> None:
    assert rows.is_formula_row(texts) is formula


@pytest.mark.parametrize(
    ("kind", "better", "worse"),
    [
        ("ordinal", "1", "Tổng cộng"),
        ("ordinal", "Tổng cộng", "Xây dựng cầu"),
        ("ordinal", "", "Xây dựng cầu"),
        ("name", "Xây dựng cầu", ""),
        ("name", "Xây dựng cầu", "1.500"),
        ("name", "", "1.500"),
        ("name", "Xây dựng cầu", "IV"),
        ("lead", "Sở Nội vụ", "Xây dựng cầu"),
        ("lead", "Xây dựng cầu", "1.500"),
        ("coordinating", "Sở Nội vụ", "Xây dựng cầu"),
        ("actor", "Sở Nội vụ", "1.500"),
        ("time", "2021", "1.500"),
        ("time", "Quý II/2021", "Xây dựng cầu"),
        ("time", "Hằng năm", "Xây dựng cầu"),
        ("time", "Xây dựng cầu", "Sở Nội vụ"),
        ("year", "1.500", "-"),
        ("year", "-", ""),
        ("year", "", "Xây dựng cầu"),
        ("quantity", "5", "Xây dựng cầu"),
        ("note", "Xây dựng cầu", "1.500"),
        ("other", "1.500", "-1.500 và"),
    ],
)
def test_what_goes_better_into_a_column(kind: Kind, better: str, worse: str) -> None:
    good, bad = rows.fit(kind, better), rows.fit(kind, worse)
    assert good >= bad if kind == "other" else good > bad


@pytest.mark.parametrize(
    ("cells", "row"),
    [
        ("1 | Xây dựng cầu | Sở Nội vụ | 10 | 20", "1 | Xây dựng cầu | Sở Nội vụ | 10 | 20"),
        ("1 | Xây dựng cầu | 10 | 20", "1 | Xây dựng cầu | · | 10 | 20"),
        ("1 | Xây dựng cầu | Sở Nội vụ", "1 | Xây dựng cầu | Sở Nội vụ | · | ·"),
        ("Xây dựng cầu | Sở Nội vụ | 10 | 20", "· | Xây dựng cầu | Sở Nội vụ | 10 | 20"),
        ("Tổng cộng | 10 | 20", "Tổng cộng | · | · | 10 | 20"),
        ("1 | Xây dựng | cầu | Sở Nội vụ | 10 | 20", "1 | Xây dựng cầu | Sở Nội vụ | 10 | 20"),
        ("1 | · | Xây dựng cầu | Sở Nội vụ | 10 | 20", "1 | Xây dựng cầu | Sở Nội vụ | 10 | 20"),
        ("1 | Xây dựng cầu | Sở Nội vụ | 10 | 20 | ·", "1 | Xây dựng cầu | Sở Nội vụ | 10 | 20"),
        ("· | · | 1 | Xây dựng cầu | Sở Nội vụ | 10 | 20", "1 | Xây dựng cầu | Sở Nội vụ | 10 | 20"),
        ("· | 1 | Xây dựng cầu | · | Sở Nội vụ | 10 | 20 | ·", _BRIDGE),
        ("1 | Xây dựng | cầu | Sở | Nội vụ | 10 | 20", _BRIDGE),
        (f"{_BRIDGE} | 30", _BRIDGE),
        ("· | Xây dựng cầu | Sở Nội vụ | 10 | 20 | ·", "· | Xây dựng cầu | Sở Nội vụ | 10 | 20"),
        ("1 | Sở Nội vụ | 10 | 20", "1 | · | Sở Nội vụ | 10 | 20"),
        ("1 | Xây dựng cầu | · | 10", "1 | Xây dựng cầu | · | 10 | ·"),
        ("II. Hạ tầng | 10 | 20", "· | II. Hạ tầng | · | 10 | 20"),
        ("Hạ tầng | 10 | 20", "· | Hạ tầng | · | 10 | 20"),
        ("1 | 10 | 20", "1 | · | · | 10 | 20"),
        ("Tổng cộng | · | 10 | 20", "Tổng cộng | · | · | 10 | 20"),
        ("Tổng cộng | 10 | 20 | ·", "Tổng cộng | · | · | 10 | 20"),
        ("Tổng cộng | 10", "Tổng cộng | · | · | 10 | ·"),
    ],
)
def test_cells_under_their_columns(cells: str, row: str) -> None:
    score, found = rows.align(_cells(cells), _COLUMNS)
    assert _words(found) == row
    assert score > 0


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("1.500", "ordinal > total > other > 0 > note > lead > name"),
        ("2021", "ordinal > time > year > other > 0 > note > actor > name"),
        ("Sở Nội vụ", "lead > name > note > 0 > time > money > ordinal"),
        ("Sở Nội vụ", "coordinating > name"),
        ("Quý II/2021", "time > name > note > 0 > lead > quantity > ordinal"),
        ("Hằng năm", "time > name > basis > 0 > actor"),
        ("Xây dựng cầu", "name > objective > 0 > lead > total > ordinal"),
        ("Xây dựng cầu", "name > other > 0 > time > total > ordinal"),
        ("IV", "ordinal > note > 0 > lead > name"),
        ("Tổng cộng", "ordinal > note > 0 > lead > total"),
        ("-", "ordinal > total > note > 0 > lead > name"),
        ("", "ordinal > total > 0 > name"),
    ],
)
def test_the_column_that_a_text_goes_best_into(text: str, kinds: str) -> None:
    fits = [0.0 if kind == "0" else rows.fit(kind, text) for kind in kinds.split(" > ")]
    assert fits == sorted(set(fits), reverse=True)


@pytest.mark.parametrize(
    ("cells", "row"),
    [
        ("Tổng cộng | 10 | 20 | 30", "Tổng cộng | · | · | 10 | 20 | 30 | ·"),
        ("II. Hạ tầng | 10 | 20 | 30 | ·", "· | II. Hạ tầng | · | 10 | 20 | 30 | ·"),
        ("1 | Xây dựng cầu | 10 | 20 | 30", "1 | Xây dựng cầu | · | 10 | 20 | 30 | ·"),
        ("1 | Xây dựng cầu | Sở Nội vụ | 10 | Chuyển tiếp", "1 | Xây dựng cầu | Sở Nội vụ | · | 10 | · | Chuyển tiếp"),
    ],
)
def test_cells_under_more_columns(cells: str, row: str) -> None:
    columns = (*_COLUMNS, Column("2022", "year"), Column("Ghi chú", "note"))
    assert _words(rows.align(_cells(cells), columns)[1]) == row


def test_a_row_is_worth_the_less_the_more_it_lacks_or_has_too_much() -> None:
    worse = [
        _BRIDGE,
        f"{_BRIDGE} | · | ·",
        f"· | {_BRIDGE} | · | ·",
        "1 | Xây dựng cầu | Sở Nội vụ | 10",
        "1 | Sở Nội vụ | 10 | 20",
        f"{_BRIDGE} | 30",
        "1 | Xây dựng cầu | 10 | 20",
        "Xây dựng cầu | Sở Nội vụ | 10 | 20",
        "1 | Xây dựng | cầu | lớn | Sở Nội vụ | 10 | 20",
        "Tổng cộng | 10 | 20",
        "1 | Xây dựng cầu | 10",
        "1 | 10 | 20",
        "1 | Xây dựng cầu",
        "Tổng cộng | 10",
        "Xây dựng cầu | 10 | 20",
        "1",
        "Tổng cộng",
        "Xây dựng cầu",
    ]
    scores = [rows.align(_cells(cells), _COLUMNS)[0] for cells in worse]
    assert scores == sorted(set(scores), reverse=True)


def test_a_row_that_fits_as_it_is_is_worth_more_than_one_that_does_not() -> None:
    whole, _ = rows.align(_cells("1 | Xây dựng cầu | Sở Nội vụ | 10 | 20"), _COLUMNS)
    for cells in ("1 | Xây dựng cầu | 10 | 20", "1 | Xây dựng | cầu | Sở Nội vụ | 10 | 20", "Xây dựng cầu | 1 | 10 | Sở Nội vụ | 20"):
        assert rows.align(_cells(cells), _COLUMNS)[0] < whole


def test_cells_that_are_joined_have_the_lines_of_both() -> None:
    assert rows.join(Cell("Xây dựng", (2, 3)), Cell("cầu", (1, 5))) == Cell("Xây dựng cầu", (1, 5))
    assert rows.join(rows.EMPTY, Cell("cầu", (4, 4))) == Cell("cầu", (4, 4))
    assert rows.join(rows.EMPTY, rows.EMPTY) == rows.EMPTY


@pytest.mark.parametrize(
    ("run", "cut"),
    [
        (
            "1 | Xây dựng cầu | Sở Nội vụ | 10 | 20 | 2 | Sửa đường | Sở Tài chính | 30 | 40",
            ["1 | Xây dựng cầu | Sở Nội vụ | 10 | 20", "2 | Sửa đường | Sở Tài chính | 30 | 40"],
        ),
        (
            "I. Hạ tầng | 1 | Xây dựng cầu | Sở Nội vụ | 10 | 20 | II. Nhân lực | 2 | Sửa đường | Sở Tài chính | 30 | 40",
            [
                "· | I. Hạ tầng | · | · | ·",
                "1 | Xây dựng cầu | Sở Nội vụ | 10 | 20",
                "· | II. Nhân lực | · | · | ·",
                "2 | Sửa đường | Sở Tài chính | 30 | 40",
            ],
        ),
        (
            "I | Hạ tầng | 1 | Xây dựng cầu | Sở Nội vụ | 10 | 20",
            ["I | Hạ tầng | · | · | ·", "1 | Xây dựng cầu | Sở Nội vụ | 10 | 20"],
        ),
        (
            "1 | Xây dựng cầu | Sở Nội vụ | 10 | 20 | · | 2 | Sửa đường | Sở Tài chính | 30 | 40",
            ["1 | Xây dựng cầu | Sở Nội vụ | 10 | 20", "2 | Sửa đường | Sở Tài chính | 30 | 40"],
        ),
        (
            "1 | Xây dựng cầu | 10 | 20 | 2 | Sửa đường | Sở Tài chính | 30 | 40",
            ["1 | Xây dựng cầu | · | 10 | 20", "2 | Sửa đường | Sở Tài chính | 30 | 40"],
        ),
        ("1 | Xây dựng cầu | Sở Nội vụ | 10 | 20 | Tổng cộng | 10 | 20", [_BRIDGE, "Tổng cộng | · | · | 10 | 20"]),
        (f"{_BRIDGE} | II. Hạ tầng | 10 | 20 | {_ROAD}", [_BRIDGE, "· | II. Hạ tầng | · | 10 | 20", _ROAD]),
        (f"{_BRIDGE} | II. Hạ tầng | · | · | 10 | 20 | {_ROAD}", [_BRIDGE, "· | II. Hạ tầng | · | · | ·", "· | · | · | 10 | 20", _ROAD]),
        (f"{_BRIDGE} | · | · | · | {_ROAD}", [_BRIDGE, _ROAD]),
        (f"(1) | (2) | (3) | (4) | (5) | {_BRIDGE}", ["(1) | (2) | (3) | (4) | (5)", _BRIDGE]),
        (f"1 | Xây dựng | cầu | Sở Nội vụ | 10 | 20 | {_ROAD}", [_BRIDGE, _ROAD]),
        (f"1 | Xây dựng cầu | Sở Nội vụ | 10 | {_ROAD}", ["1 | Xây dựng cầu | Sở Nội vụ | 10 | ·", _ROAD]),
        (f"1 | Xây dựng cầu | Sở Nội vụ | {_ROAD}", ["1 | Xây dựng cầu | Sở Nội vụ | · | ·", _ROAD]),
        (f"{_BRIDGE} | 2 | Sửa đường", [_BRIDGE, "2 | Sửa đường | · | · | ·"]),
        (f"· | · | · | · | · | {_BRIDGE}", [_BRIDGE]),
        (f"Hạ tầng | {_BRIDGE}", ["· | Hạ tầng | · | · | ·", _BRIDGE]),
    ],
)
def test_a_run_of_cells_is_cut_into_rows(run: str, cut: list[str]) -> None:
    score, found, used = rows.segment(_cells(run), _COLUMNS)
    assert list(map(_words, found)) == cut
    assert used == run.count(" | ") + 1
    assert score > 0


_OF_TWO = (Column("Nội dung", "name"), Column("Kinh phí", "total"))
_OF_THREE = (Column("TT", "ordinal"), *_OF_TWO)


@pytest.mark.parametrize(
    ("columns", "run", "cut"),
    [
        (_OF_TWO, "Xây cầu | 10 | Sửa đường | 20", ["Xây cầu | 10", "Sửa đường | 20"]),
        (_OF_TWO, "Hạ tầng | Xây cầu | 10", ["Hạ tầng Xây cầu | 10"]),
        (_OF_THREE, "Hạ tầng | 1 | Xây cầu | 10", ["· | Hạ tầng | ·", "1 | Xây cầu | 10"]),
        (_OF_THREE, "I | Hạ tầng | 1 | Xây cầu | 10", ["I | Hạ tầng | ·", "1 | Xây cầu | 10"]),
        (
            _COLUMNS[1:],
            "Xây cầu | Sở Nội vụ | 10 | 20 | Sửa đường | Sở Y tế | 30 | 40",
            ["Xây cầu | Sở Nội vụ | 10 | 20", "Sửa đường | Sở Y tế | 30 | 40"],
        ),
        (_COLUMNS, "Xây cầu | Sở Nội vụ | 10 | 20 | Sửa đường | Sở Y tế | 30 | 40", []),
    ],
)
def test_runs_in_tables_of_few_columns(columns: tuple[Column, ...], run: str, cut: list[str]) -> None:
    assert list(map(_words, rows.segment(_cells(run), columns)[1])) == cut


@pytest.mark.parametrize("after", ["Ghi chú", "Nơi nhận: | Như trên | Lưu VT", "Ghi chú | · | ·"])
def test_what_stands_after_the_last_row_is_none_of_it(after: str) -> None:
    _, found, used = rows.segment(_cells(f"{_BRIDGE} | {after}"), _COLUMNS)
    assert (list(map(_words, found)), used) == ([_BRIDGE], 5)


def test_empty_cells_between_rows_make_a_cut_no_better() -> None:
    whole = rows.segment(_cells(f"{_BRIDGE} | {_ROAD}"), _COLUMNS)[0]
    one, two = (rows.segment(_cells(f"{_BRIDGE} | {between} | {_ROAD}"), _COLUMNS)[0] for between in ("·", "· | ·"))
    assert whole > one > two > whole - 1
