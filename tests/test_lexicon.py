"""Every table of words: each entry has examples, each example is matched by its entry, and by no entry of another value before it."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from cancu import resources
from cancu.errors import InputError
from cancu.reading import lexicon


def _tables() -> list[str]:
    return sorted(path.stem for path in resources.LEXICON.glob("*.toml") if "entry" in tomllib.loads(path.read_text("utf-8")))


def test_there_are_tables() -> None:
    assert len(_tables()) > 10


@pytest.mark.parametrize("name", _tables())
def test_examples_and_entries_agree(name: str) -> None:
    faults = []
    for entry in lexicon.table(name):
        if not entry.examples:
            faults.append(f"{entry.value}: no example")
        for example in entry.examples:
            first = lexicon.first(name, example)
            if first is None:
                faults.append(f"{example!r} is matched by nothing, {entry.value!r} was expected")
            elif first.value != entry.value:
                faults.append(f"{example!r} is matched by {first.value!r} before {entry.value!r}")
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize("name", _tables())
def test_the_words_that_a_pattern_needs_are_in_all_that_it_matches(name: str) -> None:
    for entry in lexicon.table(name):
        for example in entry.examples:
            assert any(word in example.lower() for word in entry.needs), example
        assert all(word == word.lower() for word in entry.needs)


def test_malformed_tables_say_where(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "bad.toml").write_text("[[entry]]\nvalue = 'x'\npattern = '('\nexamples = []\n", "utf-8")
    monkeypatch.setattr(resources, "LEXICON", tmp_path)
    with pytest.raises(InputError, match=r"bad\.toml"):
        lexicon.table("bad")
    with pytest.raises(InputError, match=r"missing\.toml"):
        lexicon.table("missing")
