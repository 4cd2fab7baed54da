"""Work that goes on beside other work: whether its result is there, and what is done until it is."""

from __future__ import annotations

import sys
import time
from functools import partial
from importlib import import_module
from itertools import count
from pathlib import Path

import pytest

from cancu.pool import aside
from cancu.website.earlier import Put
from cancu.website.folder import Folder
from cancu.website.sheets import Sheet

render = import_module("cancu.website.render")


def _put(name: str) -> list[Put]:
    return [Put(name, written=True)]


def _sheets(*names: str, thing: str = "x:thing") -> list[Sheet]:
    return [Sheet(name, thing, partial(_put, name)) for name in names]


@pytest.mark.skipif(sys.platform != "linux", reason="processes are forked on Linux alone")
def test_it_is_known_when_a_result_is_there(tmp_path: Path) -> None:
    go = tmp_path / "go"

    def job() -> int:
        while not go.exists():
            time.sleep(0.01)
        return 7

    with aside(job) as result:
        assert not result.ready()
        go.touch()
        assert result() == 7


def test_what_is_done_here_is_not_there_before_it_is_asked_for() -> None:
    with aside(lambda: 7, alone=True) as result:
        assert not result.ready()
        assert result() == 7


@pytest.mark.parametrize(("rounds", "put"), [(0, 0), (2, 4), (9, 5)])
def test_sheets_are_put_until_something_else_is_ready(rounds: int, put: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(render, "_AT_ONCE", 2)
    work, looks = _sheets(*"abcde"), count()
    done, left = render._until(lambda: next(looks) >= rounds, work, Folder.of(tmp_path / "site"), None, 1, lambda _: None)
    assert [*done] == [sheet.name for sheet in work[:put]]
    assert [*left] == work[put:]


def test_some_sheets_of_each_kind_come_first_and_results_keep_their_order(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(render, "_FIRST", 1)
    work = [*_sheets("a/list", thing=""), *_sheets("a/1", "b/1", "a/2", "b/2")]
    assert [*render._first(work, range(5))] == [1, 2]
    found = render._here(work, 2, None)([4, 2, 0, 1, 3])
    assert [put.name for puts in found for put in puts] == ["b/2", "b/1", "a/list", "a/1", "a/2"]
