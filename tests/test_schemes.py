"""Every closed list of the records has its scheme, and every value its concept."""

from __future__ import annotations

from typing import get_args

import pytest

from cancu import records
from cancu.schemes import scheme


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("citation-role", records.CitationRole),
        ("basis-function", records.BasisFunction),
        ("assignment-role", records.DutyRole),
        ("system-kind", records.SystemKind),
        ("system-status", records.SystemStatus),
        ("finding-kind", records.FindingKind),
    ],
)
def test_closed_lists(name: str, values: object) -> None:
    assert {concept.notation for concept in scheme(name).concepts} >= set(get_args(values))


@pytest.mark.parametrize(
    ("words", "notation"),
    [("Nghị định", "nd"), ("KẾ HOẠCH", "kh"), ("Công văn", "cv"), ("Chương trình hành động", "ctr"), ("Thông tư liên tịch", "ttlt")],
)
def test_document_types_by_word(words: str, notation: str) -> None:
    found = scheme("document-type").by_word(words)
    assert found is not None
    assert found.notation == notation
    assert found.class_name


def test_the_longest_label_wins() -> None:
    found = scheme("funding-source").within("Vốn ngân sách Trung ương hỗ trợ")
    assert found is not None
    assert "rung ương" in found.words[0]


def test_unknown_words_have_no_concept() -> None:
    assert scheme("document-type").by_word("Bài thơ") is None
    assert scheme("funding-source").within("…") is None
    assert scheme("system-kind").by_notation("XYZ") is None
