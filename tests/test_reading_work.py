"""How much work reading is, counted in calls and not in seconds: the counts are nearly the same on every machine."""

from __future__ import annotations

import itertools
import random
import re
import sys
from types import FrameType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.reading import forget
from cancu import resources
from cancu.reading import lexicon, raw_tables, rows
from cancu.reading.layout import Line, between
from cancu.reading.plan import read_plan
from cancu.reading.source import Source, open_source
from cancu.reading.tables import find_tables
from tests.invented_tables import written
from tests.test_tables_random import make

MOST = 8_200  # calls for a kilobyte of the example, which is mostly a table: a quarter more than it takes
CLOSE = 1.15  # twice the text is so many times twice the work
TABLES = ("systems", "misprints", "portal_facts", "columns")
WORDS = (
    "hệ thống",
    "nền tảng",
    "LGSP",
    "Kinh phí",
    "STT",
    "Năm 2024",
    "khắc phụ",
    "Ngày ban hành",
    "và",
    "thư điện tử",
    "Sở Y tế",
    "\n",
    "ß",
)
TEXTS = st.lists(st.lists(st.sampled_from(WORDS), max_size=4).map(" ".join), max_size=5)


def calls(source: Source) -> int:
    """The calls of functions, ours and built-in ones, in which a document is read, nothing being remembered of another one."""
    read_plan(source)
    forget()
    count = 0

    def counted(_frame: FrameType, event: str, _what: object) -> None:
        nonlocal count
        count += event in {"call", "c_call"}

    sys.setprofile(counted)
    try:
        read_plan(source)
    finally:
        sys.setprofile(None)
    return count


def test_an_example_takes_no_more_calls_than_it_did() -> None:
    source = open_source(resources.EXAMPLES / "hoa-son-245-2018.txt")
    assert calls(source) < MOST * len(source.text().encode()) / 1000


def test_twice_the_text_is_twice_the_work() -> None:
    def plan(paragraphs: int) -> Source:
        texts = [f"{i}. Sở số {i} nâng cấp hệ thống một cửa điện tử của {i} xã, kinh phí {i} triệu đồng." for i in range(1, paragraphs)]
        lines = tuple(Line(i, text) for i, text in enumerate(["KẾ HOẠCH", "Chuyển đổi số", "I. NHIỆM VỤ", *texts], 1))
        return Source("a.txt", "0" * 64, "text/plain", len(lines), lines)

    once, twice = calls(plan(300)), calls(plan(600))
    assert twice <= CLOSE * 2 * once


@pytest.mark.parametrize("seed", range(3))
def test_few_of_the_readings_of_a_header_are_weighed_on_more_than_a_row(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    weighed: list[int] = []
    segment = rows.segment

    def counted(cells, columns):  # type: ignore[no-untyped-def]
        weighed.append(len(cells))
        return segment(cells, columns)

    monkeypatch.setattr(raw_tables, "segment", counted)
    table = make(random.Random(seed))
    (found,) = find_tables(written("spaced", table.heads, table.rows, ["PHỤ LỤC", "DANH MỤC DỰ ÁN"]))
    width = len(found.columns)
    weighed_twice, weighed_thrice = (most for _, _, most in raw_tables._STAGES[:2])
    assert sum(cells > 2 * max(width, 12) for cells in weighed) <= weighed_twice + weighed_thrice + 1  # and the one that is right


@settings(max_examples=50, deadline=None)
@given(texts=TEXTS, name=st.sampled_from(TABLES))
def test_one_pass_over_many_texts_finds_what_one_for_each_does(texts: list[str], name: str) -> None:
    found = lexicon.possible_in(name, texts)
    assert {place: list(found.get(place, ())) for place in range(len(texts))} == {
        place: list(lexicon.possible(name, text)) for place, text in enumerate(texts)
    }


@given(text=st.lists(st.sampled_from(WORDS), max_size=6).map(" ".join))
def test_what_a_pattern_needs_leaves_out_nothing_that_it_finds(text: str) -> None:
    for name in TABLES:
        possible = lexicon.possible(name, text)
        assert all(entry in possible for entry in lexicon.table(name) if entry.pattern.search(text))


@pytest.mark.parametrize("name", sorted(path.stem for path in resources.LEXICON.glob("*.toml") if path.stem != "legacy_fonts"))
def test_a_pattern_for_small_letters_stands_where_the_one_for_any_case_does(name: str) -> None:
    entries = lexicon.table(name)
    for example in dict.fromkeys(example for entry in entries for example in entry.examples):
        for text in (example, example.upper(), example.capitalize()):
            for entry, line in itertools.product(entries, (text, f"Xin {text}")):
                places = [match.span() for match in entry.pattern.finditer(line)]
                assert entry.stands_in(line, line.lower()) == bool(places), (entry.value, line)
                assert entry.places_in(line, line.lower()) == places, (entry.value, line)


@settings(max_examples=50, deadline=None)
@given(texts=TEXTS, words=st.sets(st.sampled_from(WORDS[:9])))
def test_places_of_words_are_the_texts_that_have_them(texts: list[str], words: set[str]) -> None:
    small = {word.lower() for word in words}
    having = {place for place, text in enumerate(texts) if any(word in text.lower() for word in small)}
    assert lexicon.places(lexicon.sought(small), texts) == having


@pytest.mark.parametrize("name", ["citation_types", "departments", "issuers"])
def test_a_pattern_as_a_choice_by_its_first_letter_finds_the_same(name: str) -> None:
    for entry in lexicon.table(name):
        choice = re.compile(rf"(?:{lexicon.any_case(entry.pattern.pattern)}|\0)")
        for text in (f"Của {form(example)}, {example}" for example in entry.examples for form in (str, str.upper, str.lower)):
            assert [match.span() for match in choice.finditer(text)] == [match.span() for match in entry.pattern.finditer(text)]


@given(numbers=st.lists(st.integers(1, 20)).map(sorted), first=st.integers(-1, 21), last=st.integers(-1, 21))
def test_the_lines_between_two_numbers_are_those_that_have_them(numbers: list[int], first: int, last: int) -> None:
    lines = [Line(number, "") for number in numbers]
    assert list(between(lines, first, last)) == [line for line in lines if first <= line.number <= last]
