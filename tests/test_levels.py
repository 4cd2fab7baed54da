"""Levels already reached, as plans report them."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cancu.reading import levels, targets, titles
from cancu.reading.outline import outline
from cancu.records import Level
from tests.invented_plans import plan

ISSUED = 2023


def _find(sentence: str, heading: str = "I. MỤC TIÊU") -> list[Level]:
    return list(levels.find(outline(plan(f"{heading}\n\n- {sentence}\n")), ISSUED))


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Tỷ lệ hồ sơ nộp trực tuyến đạt 72,5%.", [("Tỷ lệ hồ sơ nộp trực tuyến", 72.5)]),
        ("Đến nay, 98% cán bộ cấp tỉnh có máy tính.", [("cán bộ cấp tỉnh có máy tính", 98)]),
        ("85% văn bản đi được ký số; 60% hồ sơ được số hóa.", [("văn bản đi được ký số", 85), ("hồ sơ được số hóa", 60)]),
        ("Tỷ lệ cán bộ có máy tính: cấp tỉnh 90%, cấp xã 41%.", [("Tỷ lệ cán bộ có máy tính: cấp tỉnh", 90)]),
        ("Tỷ lệ hồ sơ nộp trực tuyến tăng 15% so với năm trước.", []),
        ("Tỷ lệ hồ sơ nộp trực tuyến đạt 21%, mục tiêu đề ra là 30%.", []),
        ("Tỷ lệ hồ sơ nộp trực tuyến chưa đến 20%.", []),
        ("Tỷ lệ văn bản trao đổi dưới dạng điện tử đạt 83%.", [("Tỷ lệ văn bản trao đổi dưới dạng điện tử", 83)]),
        ("Tỷ lệ văn bản trao đổi điện tử dưới 83%.", []),
        ("Hộp thư được sử dụng thường xuyên là 2.883 hộp, đạt 62,0%.", [("Hộp thư được sử dụng thường xuyên", 62)]),
        ("Toàn tỉnh có 512 máy chủ.", []),
    ],
)
def test_results(sentence: str, expected: list[tuple[str, float]]) -> None:
    assert [(level.subject, level.value) for level in _find(sentence, "I. KẾT QUẢ THỰC HIỆN")] == expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Tỷ lệ hồ sơ nộp trực tuyến đạt 80% (hiện nay đạt 70%).", [70]),
        ("Tỷ lệ hồ sơ nộp trực tuyến đạt 80% (năm 2022 đạt 70,5%).", [70.5]),
        ("Tỷ lệ hồ sơ nộp trực tuyến đạt 80% (năm 2024 đạt 70%).", []),
        ("60% hồ sơ được số hóa, 80% văn bản được ký số (đến nay đã đạt 75%).", [75]),
        ("Tỷ lệ hồ sơ nộp trực tuyến đạt 80% (trong đó toàn trình 50%).", []),
    ],
)
def test_brackets_have_the_subject_of_the_goal_before_them(sentence: str, expected: list[float]) -> None:
    found = _find(sentence)
    goals = targets.find(outline(plan(f"I. MỤC TIÊU\n\n- {sentence}\n")))
    assert [level.value for level in found] == expected
    assert all(level.subject == goals[-1].subject for level in found)


def test_sentences_that_report_among_the_goals() -> None:
    (found,) = _find("Hiện nay, tỷ lệ văn bản được ký số đạt 85%. Đến năm 2025, 100% văn bản được ký số.")
    assert (found.subject, found.value) == ("tỷ lệ văn bản được ký số", 85)


@given(st.text("ếđ năm 2022 đạt%().,; 0123456789 hiện nay", max_size=200))
@settings(max_examples=50, deadline=None)
def test_any_words_give_levels_on_their_lines(words: str) -> None:
    text = plan(f"I. KẾT QUẢ\n\n{words}\n")
    assert all(1 <= level.lines[0] <= level.lines[1] <= text.line_count for level in levels.find(outline(text), ISSUED))


@pytest.mark.parametrize(
    ("title", "known", "expected"),
    [
        ("phát triển chính quyền số", "Phát triển chính quyền số tỉnh Hòa Sơn", None),
        ("phát triển chính quyền số, tầm nhìn 2030", "phát triển chính quyền số", None),
        ("phát triển đô thị", "phát triển chính quyền số", "phát triển đô thị"),
        (None, "phát triển đô thị", None),
        ("phát triển đô thị", None, None),
    ],
)
def test_a_title_is_another_where_each_has_words_of_its_own(title: str | None, known: str | None, expected: str | None) -> None:
    assert titles.other(title, known) == expected


@pytest.mark.parametrize(
    ("heading", "subject"),
    [
        ("1. Cấp huyện", "hồ sơ được nộp trực tuyến (cấp huyện)"),
        ("1. Khu vực đô thị", "hồ sơ được nộp trực tuyến (đô thị)"),
        ("1. Ứng dụng", None),
    ],
)
def test_a_heading_says_of_whom_a_level_is(heading: str, subject: str | None) -> None:
    (level,) = _find("Có 98% hồ sơ được nộp trực tuyến.", f"I. KẾT QUẢ\n\n{heading}")
    assert level.subject == (subject or "hồ sơ được nộp trực tuyến")
