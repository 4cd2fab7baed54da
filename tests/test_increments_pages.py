"""A site made over an earlier one is that of a clean run, byte for byte, and only what differs is written; what is gone is removed."""

from __future__ import annotations

import gzip
import inspect
import json
import random
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
from msgspec import structs

from benchmarks.changes import moved_down
from benchmarks.corpus import corpus
from cancu import infer, loading, outputs, ranking, records, resources, website
from cancu.build import build
from cancu.errors import InputError
from cancu.graph import Graph
from cancu.iris import BASE
from cancu.quads import prop
from cancu.ties import RANKED_BY, Tie
from cancu.website import earlier, extras
from cancu.website.earlier import Earlier, Made, Put
from cancu.website.folder import Folder, renew
from cancu.website.search import Entry
from tests.invented_site import invented_plan
from tests.test_build import without_plans

Records = dict[str, dict[str, Any]]

HELD = 350  # files of pages that no change here concerns; a fifth of the site where the registry is small


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
    for step, edit in enumerate(dice.sample(EDITS, 2), 1):
        edit(records, dice)
        graph = graph_of(records, tmp_path / str(step))
        clean = tmp_path / f"clean-{step}"
        website.render(graph, clean, last=site if step == 2 else None, jobs=step)  # in several processes too
        assert files(site) == old, "an earlier site that others start from is never changed"
        website.render(graph, site)
        now, new = stamps(site), files(site)
        assert new == files(clean), edit.__name__
        same = {name for name in new.keys() & old.keys() if new[name] == old[name]}
        assert all(now[name] == before[name] for name in same), "what stays the same is not written"
        assert len(same) > 500
        old, before = new, now


def test_pages_that_no_change_concerns_are_held_and_the_site_is_that_of_a_clean_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(extras, "add", lambda _assets: extras.Extras(fonts=False, sparql=False))
    held: list[str] = []
    still = Earlier.still

    def noted(self: Earlier, name: str, iri: str, folder: Folder) -> list[Put]:
        found = still(self, name, iri, folder)
        held.extend(one.name for one in found)
        return found

    monkeypatch.setattr(Earlier, "still", noted)
    data, plans, invented = without_plans(tmp_path), tmp_path / "plans", list(corpus(8, projects=2, bases=3))
    plans.mkdir()
    records_of = {number: json.loads(records.dumps(invented[number])) for number in (0, 1, 7)}  # two of one province, one of another
    basis = records_of[0]["cited_documents"][0]
    assert any(relation["subject"] == basis["number"] for relation in records_of[0]["document_relations"])
    records_of[7]["cited_documents"].append(basis)  # what that rests on another plan tells
    for step in ("all", "rename", "pay", "insert a line", "remove and retitle"):
        if step == "rename":
            records_of[0]["projects"][0]["name"] = "Tên mới"
        elif step == "pay":
            records_of[0]["projects"][0] |= {"total_vnd": 7 * 10**9, "by_year_vnd": {"2021": 3 * 10**9, "2022": 4 * 10**9}}
        elif step == "insert a line":
            records_of[0] = moved_down(records_of[0])
        elif step == "remove and retitle":
            del records_of[1]
            records_of[7]["cited_documents"][0]["title"] = "Nhan đề mới"
        for path in plans.iterdir():
            path.unlink()
        for number, record in records_of.items():
            (plans / f"{number}.json").write_text(json.dumps(record, ensure_ascii=False), encoding="utf-8")
        held.clear()
        out = build(tmp_path / "out", data=data, plans=sorted(plans.iterdir()), jobs=1).folder
        (tmp_path / step).mkdir()
        website.put(Graph(outputs.open_store(out)), tmp_path / step / "site", jobs=1, packed=out / outputs.PACKED)
        assert gzip.decompress((out / outputs.PACKED).read_bytes()) == (out / "graph.nq").read_bytes()
        assert files(out / "site") == files(tmp_path / step / "site"), step
        assert (len(held) > HELD) == (step != "all")
        spare = tmp_path / ".out.work" / "spare"
        assert spare.is_dir(), "the site before, or the first one again, lies ready to be used"
        assert (files(spare) == files(out / "site")) == (step == "all")
    assert not any("9001-kh-ubnd" in name for name in held), "a plan of the same province as the one that is gone"


def _no_facts(shelf: str) -> bytes:
    raise LookupError(shelf)


def test_what_is_kept_of_another_site_or_torn_is_not_taken(tmp_path: Path) -> None:
    name, ties = "van-ban/a.html", {"a": Tie("1", [], [], [], {}, {}, {})}
    content = earlier.dumps("mark", ties, Made({name: [Put(name, False, "vi", Entry(name, "", "A"))]}))
    assert earlier.loads(content, "another mark", ties, _no_facts) is None
    assert earlier.loads(content[:-1], "mark", ties, _no_facts) is None
    held = earlier.loads(content, "mark", ties, _no_facts)
    assert held and held.still(name, "https://example.org/a", Folder.of(tmp_path)) == [], "the file is gone"
    folder = Folder(tmp_path, {name})
    assert held.still(name, "https://example.org/a", folder) == [Put(name, False, "vi", Entry(name, "", "A"))]
    changed = earlier.loads(content, "mark", {}, _no_facts)
    assert changed and changed.still(name, "https://example.org/project/a/1", folder) == []


def test_ties_are_known_by_what_their_statements_are() -> None:
    before = {name: Tie(name, [f"<{name}>"], [], [], {}, {}, {}) for name in "abc"}
    now = {"a": Tie("a", ["<a>"], [], [], {}, {}, {}), "b": Tie("other", ["<other>"], [], [], {}, {}, {})}
    found = earlier.loads(earlier.dumps("mark", before, Made({})), "mark", now, _no_facts)
    assert found and found.change.before == before
    assert found.change.before["a"] is now["a"], "of the same statements there is one in memory"


def test_ranks_hold_where_nothing_changes_that_ranking_asks_for() -> None:
    source = inspect.getsource(ranking)
    looks = " ".join(re.findall(r"\b(?:objects|_pairs)\(\w+, ([^()]*)\)", source))
    asked = [*re.findall(r"\bcancu:(\w+)", source), *re.findall(r'"(\w+)"', looks)]
    assert {"justifiedBy", "totalAmount"} < set(asked)
    assert set(map(prop, asked)) <= RANKED_BY
    part = Tie("1", [], [], [], {}, {}, {}, "ranked")
    content = earlier.dumps("mark", {"a": part}, Made({}))
    for now, held in ((part, True), (structs.replace(part, digest="2"), True), (structs.replace(part, digest="3", ranked=""), False)):
        found = earlier.loads(content, "mark", {"a": now}, _no_facts)
        assert found and found.change.ranks_hold is held


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


def test_an_older_site_is_made_what_the_last_one_is(tmp_path: Path) -> None:
    older, last = tmp_path / "older", tmp_path / "last"
    for folder, names in ((older, ("same", "a/gone", "b/other")), (last, ("same", "b/other", "c/d/new"))):
        for name in names:
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text(f"{folder.name} {name}" if name == "b/other" else name, encoding="utf-8")
    kept = (older / "b" / "other").stat().st_ino
    renew(older, last, ["a/gone", "b/other", "c/d/new"])
    assert files(older) == files(last)
    assert not (older / "a").exists()
    assert (older / "b" / "other").stat().st_ino not in (kept, (older / "same").stat().st_ino), "no file is written to"
