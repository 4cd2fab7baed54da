"""A site made over an earlier one is that of a clean run, byte for byte, and only what differs is written; what is gone is removed."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest

from cancu import infer, loading, resources, website
from cancu.errors import InputError
from cancu.graph import Graph
from cancu.iris import BASE
from cancu.website import extras
from cancu.website.folder import Folder
from tests.invented_site import invented_plan

Records = dict[str, dict[str, Any]]


def graph_of(records: Records, folder: Path) -> Graph:
    folder.mkdir()
    paths = []
    for name, record in records.items():
        paths.append(folder / f"{name}.json")
        paths[-1].write_text(json.dumps(record, ensure_ascii=False), encoding="utf-8")
    context = loading.context(plans=paths)
    context = type(context)(context.registry, tuple(paths))
    store = ox.Store()
    store.bulk_load("".join(f"{quad}\n" for quad in loading.run(context, resources.DATA)), format=ox.RdfFormat.N_QUADS)
    assert not context.rejected
    infer.infer(store, f"{BASE}graph/inferred")
    return Graph(store)


def _rename(records: Records, dice: random.Random) -> None:
    dice.choice(dice.choice(list(records.values()))["projects"])["name"] = f"Tên mới {dice.random()}"


def _pay(records: Records, dice: random.Random) -> None:
    dice.choice(list(records.values()))["projects"][1]["total_vnd"] = dice.randint(1, 99) * 10**8


def _add(records: Records, dice: random.Random) -> None:
    year = dice.randint(2010, 2019)
    records[f"plan-{year}"] = json.loads(json.dumps(invented_plan(f"{year}/KH-UBND", year)))


def _drop(records: Records, dice: random.Random) -> None:
    if len(records) > 1:
        del records[dice.choice(list(records))]


def _retitle(records: Records, dice: random.Random) -> None:
    dice.choice(dice.choice(list(records.values()))["cited_documents"])["title"] = f"Nhan đề {dice.random()}"


EDITS: tuple[Callable[[Records, random.Random], None], ...] = (_rename, _pay, _add, _drop, _retitle)


def files(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def stamps(folder: Path) -> dict[str, tuple[int, int]]:
    found = {str(path.relative_to(folder)): path.stat() for path in folder.rglob("*") if path.is_file()}
    return {name: (stat.st_ino, stat.st_mtime_ns) for name, stat in found.items()}


def test_a_site_over_an_earlier_one_is_that_of_a_clean_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(extras, "add", lambda _assets: extras.Extras(fonts=False, sparql=False))
    dice = random.Random(4)
    records: Records = {f"plan-{year}": json.loads(json.dumps(invented_plan(f"{year}/KH-UBND", year))) for year in (2020, 2022)}
    site = tmp_path / "site"
    graph = graph_of(records, tmp_path / "0")
    website.render(graph, site)
    before = stamps(site)
    website.render(graph, site)
    assert stamps(site) == before, "the same input writes nothing"
    old = files(site)
    for step, edit in enumerate(dice.sample(EDITS, 3), 1):
        edit(records, dice)
        graph = graph_of(records, tmp_path / str(step))
        clean = tmp_path / f"clean-{step}"
        website.render(graph, clean, last=site if step == 3 else None, jobs=step)  # in several processes too
        assert files(site) == old, "an earlier site that others start from is never changed"
        website.render(graph, site)
        now, new = stamps(site), files(site)
        assert new == files(clean), edit.__name__
        same = {name for name in new.keys() & old.keys() if new[name] == old[name]}
        assert all(now[name] == before[name] for name in same), "what stays the same is not written"
        assert len(same) > 500
        old, before = new, now


def test_a_folder_tells_what_it_wrote_and_removed(tmp_path: Path) -> None:
    (tmp_path / "assets").mkdir()
    for name in ("assets/theme.js", "a/old.html", "same.html", "other.html"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(name, encoding="utf-8")
    folder = Folder.of(tmp_path)
    folder.put("same.html", b"same.html")
    folder.put("other.html", b"OTHER.html")
    folder.put("assets/theme.js", b"assets/theme.js")
    folder.put("b/new.html", b"")
    folder.finish()
    assert (sorted(folder.written), folder.removed) == (["b/new.html", "other.html"], ["a/old.html"])
    assert not (tmp_path / "a").exists()
    assert files(tmp_path) == {
        "assets/theme.js": b"assets/theme.js",
        "same.html": b"same.html",
        "other.html": b"OTHER.html",
        "b/new.html": b"",
    }


def test_what_is_no_site_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("x", encoding="utf-8")
    with pytest.raises(InputError, match="other things"):
        Folder.of(tmp_path)
