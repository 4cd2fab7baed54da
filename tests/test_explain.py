"""What `cancu read --explain` says of a document."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cancu.reading.explain import Mark, explain, render
from cancu.reading.source import open_source
from tests.invented_plans import plan, source

CASES = Path(__file__).parent / "cases"
TEXT = """Căn cứ Nghị định số 64/2007/NĐ-CP ngày 10/4/2007 của Chính phủ;

I. HIỆN TRẠNG

Đến nay 45% văn bản được gửi qua mạng, với 300 triệu đồng từ ngân sách; mã hồ sơ 17/XYZQ.

II. MỤC TIÊU

Ít nhất 80% văn bản được gửi qua mạng.

III. TỔ CHỨC THỰC HIỆN

1. Sở Nội vụ chủ trì kiểm tra.
"""


def _kinds(marks: tuple[Mark, ...], line: int) -> list[str]:
    return [mark.kind for mark in marks if mark.lines and mark.lines[0] == line]


def test_each_line_says_what_it_was_taken_for() -> None:
    marks = explain(plan(TEXT))
    assert _kinds(marks, 4) == ["field"]
    assert _kinds(marks, 10) == ["citation"]
    assert _kinds(marks, 14) == ["passed over"] * 3
    assert _kinds(marks, 18) == ["target"]
    assert _kinds(marks, 22) == ["duty"]


def test_what_is_passed_over_says_why() -> None:
    said = {mark.what: mark.rule or "" for mark in explain(plan(TEXT)) if mark.kind == "passed over"}
    assert set(said) == {"percentage 45%", "money 300 triệu đồng", "number 17/XYZQ"}
    assert "result" in said["percentage 45%"]


def test_the_rules_that_are_known() -> None:
    rules = {mark.kind: mark.rule for mark in explain(plan(TEXT))}
    assert rules["citation"] == "its number"
    assert rules["target"] == "objectives: MỤC TIÊU"


def test_rows_and_findings_of_a_table() -> None:
    marks = explain(open_source(CASES / "merged-header" / "document.html"))
    assert {mark.kind for mark in marks} >= {"table", "row", "agency", "total", "finding", "system"}


def test_the_text_has_each_line_once() -> None:
    text = render(plan(TEXT), explain(plan(TEXT)))
    assert text.count("   18  Ít nhất 80% văn bản được gửi qua mạng.\n       = target: ") == 1
    assert "       ? passed over: percentage 45%" in text


@pytest.mark.parametrize("path", sorted(CASES.glob("*/document.*")), ids=lambda path: path.parent.name)
def test_nothing_of_the_cases_is_passed_over_but_repeated_money(path: Path) -> None:
    assert {mark.what.split()[0] for mark in explain(open_source(path)) if mark.kind == "passed over"} <= {"money"}


@settings(deadline=None)
@given(st.text(alphabet="0123/KH-UBND% đồng\n.,", max_size=120))
def test_any_text_is_explained_in_order(text: str) -> None:
    one = source(text)
    marks = explain(one)
    places = [mark.lines or (0, 0) for mark in marks]
    assert places == sorted(places)
    assert render(one, marks).count("\n") >= len(marks)
