"""The build is whole or not at all, sets bad plans aside, and gives the same bytes for the same input."""

from __future__ import annotations

import csv
import json
import os
import shutil
from itertools import groupby
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib

from cancu import build as building
from cancu import loading, outputs, resources, website
from cancu.build import Built, build
from cancu.errors import InputError
from cancu.website.earlier import Made
from cancu.workplace import workplace

PLAN = {
    "source": {"name": "thu-1-2020.txt", "sha256": "a" * 64, "lines": 90, "media_type": "text/plain"},
    "document": {
        "number": "1/KH-UBND", "type": "Kế hoạch", "title": "Kế hoạch thử", "date": "2020-01-02",
        "issuer": "Ủy ban nhân dân tỉnh Hòa Sơn", "province": "Hòa Sơn",
    },
    "cited_documents": [
        {"number": "64/2007/NĐ-CP", "type": "Nghị định", "title": None, "date": "2007-04-10", "issuer": "Chính phủ",
         "roles": ["legal_basis"],
         "mentions": [{"surface": "Nghị định số 64/2007/NĐ-CP", "lines": [3, 3], "role": "legal_basis"}], "function": "substance"},
    ],
    "tables": [{"id": "appendix-1", "title": "Phụ lục", "unit": "triệu đồng", "lines": [50, 90], "columns": ["STT", "Nội dung", "2020"]}],
    "projects": [
        {"table": "appendix-1", "section": None, "ordinal": "1", "name": "Xây dựng <script>alert(1)</script>",
         "lead": ["Sở Thông tin và Truyền thông"],
         "total_vnd": 5_000_000, "by_year_vnd": {"2020": 5_000_000}, "lines": [60, 64]},
    ],
}  # fmt: skip


def written(folder: Path, name: str, **parts: object) -> Path:
    path = folder / name
    path.write_text(json.dumps(PLAN | parts, ensure_ascii=False), "utf-8")
    return path


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Built, Path]:
    """One build of all that is committed, one good plan more, and three bad ones."""
    folder = tmp_path_factory.mktemp("build")
    good = written(folder, "good.json")
    twin = written(folder, "twin.json")
    (folder / "torn.json").write_text('{"source":', "utf-8")
    upside_down = written(
        folder,
        "upside-down.json",
        document=PLAN["document"] | {"number": "2/KH-UBND"},
        projects=[PLAN["projects"][0] | {"lines": [64, 60]}],
    )
    out = folder / "out"
    return build(out, plans=[good, twin, folder / "torn.json", upside_down], site=False), out


def test_the_good_plan_is_in(made: tuple[Built, Path]) -> None:
    built, out = made
    store = ox.Store()
    store.bulk_load(path=str(out / "graph.nq"), format=ox.RdfFormat.N_QUADS)
    assert len(store) == built.stamp.quads
    graph = ox.NamedNode("https://w3id.org/cancu/graph/plan/hoa-son-1-kh-ubnd-2020")
    assert len(list(store.quads_for_pattern(None, None, None, graph))) > 50
    justified = store.query(
        "ASK { GRAPH <https://w3id.org/cancu/graph/inferred> { ?p <https://w3id.org/cancu/ontology#justifiedBy> "
        "<https://w3id.org/cancu/doc/vn/nd/2007/64-2007-nd-cp> FILTER(STRSTARTS(STR(?p), 'https://w3id.org/cancu/project/hoa-son')) } }"
    )
    assert justified


def test_bad_plans_are_set_aside_with_a_report(made: tuple[Built, Path]) -> None:
    built, out = made
    assert built.stamp.quarantined == ("torn", "twin", "upside-down")
    reports = {path.parent.name: path.read_text("utf-8") for path in (out / "quarantine").glob("*/report.txt")}
    assert "torn.json" in reports["torn"]
    assert "good.json" in reports["twin"]
    assert "64" in reports["upside-down"]
    assert (out / "quarantine" / "torn" / "torn.json").is_file()
    assert "hoa-son-2-kh-ubnd" not in (out / "graph.nq").read_text("utf-8")


def test_the_graph_is_sorted_and_readable_by_others(made: tuple[Built, Path]) -> None:
    _, out = made
    lines = (out / "graph.nq").read_text("utf-8").splitlines()
    assert len(lines) == len(set(lines))
    for _, block in groupby(lines, key=lambda line: line.rsplit(" ", 2)[1]):
        held = list(block)
        assert held == sorted(held)
    assert not any(line.startswith("_:") for line in lines)
    assert len(rdflib.Graph().parse(out / "void.ttl")) > 20
    trig = ox.Store()
    trig.load(path=str(out / "graph.trig"), format=ox.RdfFormat.TRIG)
    assert len(trig) == len(lines)


def test_findings_are_listed_alike(made: tuple[Built, Path]) -> None:
    built, out = made
    with (out / "findings.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    listed = json.loads((out / "findings.json").read_text("utf-8"))["findings"]
    assert rows == [{name: "" if value is None else str(value) for name, value in row.items()} for row in listed]
    assert len(json.loads((out / "findings.sarif").read_text("utf-8"))["runs"][0]["results"]) == built.stamp.findings
    assert len(rows) == built.stamp.findings


def test_the_same_input_gives_the_same_bytes(made: tuple[Built, Path], tmp_path: Path) -> None:
    _, out = made
    good = next(path for path in (out.parent / "good.json",))
    data = without_plans(tmp_path)
    first, second = (build(tmp_path / name, data=data, plans=[good], site=False) for name in "ab")
    for path in sorted(first.folder.rglob("*")):
        if path.is_file():
            assert path.read_bytes() == (second.folder / path.relative_to(first.folder)).read_bytes(), path


def test_a_failed_build_leaves_the_last_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    out = tmp_path / "out"
    out.mkdir()
    (out / "graph.nq").write_text("the last one", "utf-8")

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(outputs, "write_findings", fail)
    with pytest.raises(InputError, match=r"No space .* the last output is as it was"):
        build(out, site=False)
    assert (out / "graph.nq").read_text("utf-8") == "the last one"
    assert sorted(path.name for path in tmp_path.iterdir()) == [".out.work", "out"]
    assert not (tmp_path / ".out.work" / "fresh").exists()


def test_a_run_stopped_between_renames_is_put_right(tmp_path: Path) -> None:
    old = tmp_path / ".out.work" / "old"
    old.mkdir(parents=True)
    (old / "graph.nq").write_text("the last one", "utf-8")
    with pytest.raises(ZeroDivisionError), workplace(tmp_path / "out"):
        raise ZeroDivisionError
    assert (tmp_path / "out" / "graph.nq").read_text("utf-8") == "the last one"


def test_a_file_in_the_way_is_named(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("", "utf-8")
    with pytest.raises(InputError, match="is a file"):
        build(tmp_path / "out", site=False)


def test_a_plan_named_twice_is_one_and_a_link_stays_a_link(tmp_path: Path) -> None:
    out, data = tmp_path / "out", tmp_path / "data"
    for state in ("before", "after"):
        (tmp_path / state).mkdir()
    for part in ("registry", "corrections"):
        shutil.copytree(resources.DATA / part, data / part)
    plan = min(resources.PLANS.glob("*.json"), key=lambda path: path.stat().st_size)
    for state in ("before", "after"):
        out.unlink(missing_ok=True)
        out.symlink_to(state)
        for _ in range(2):
            built = build(out, data=data, plans=[plan, plan], site=False, jobs=1)
            assert (built.stamp.plans, built.stamp.quarantined) == (1, ())
        assert out.is_symlink()
        assert (tmp_path / state / "graph.nq").is_file()
    assert {path.name for path in tmp_path.iterdir()} == {"out", "data", "before", "after", ".before.work", ".after.work"}


def test_nothing_changed_nothing_done(tmp_path: Path) -> None:
    good, data = written(tmp_path, "good.json"), without_plans(tmp_path)
    first = build(tmp_path / "out", data=data, plans=[good], site=False, jobs=1)
    before = {path: path.stat().st_mtime_ns for path in (tmp_path / "out").rglob("*")}
    again = build(tmp_path / "out", data=data, plans=[good], site=False, jobs=1)
    assert again.steps == ("nothing: nothing changed",)
    assert again.stamp == first.stamp
    assert {path: path.stat().st_mtime_ns for path in (tmp_path / "out").rglob("*")} == before


def test_one_plan_changed_that_plan_alone_is_made(tmp_path: Path) -> None:
    good, data = written(tmp_path, "good.json"), without_plans(tmp_path)
    build(tmp_path / "out", data=data, plans=[good], site=False, jobs=1)
    written(tmp_path, "good.json", projects=[])
    again = build(tmp_path / "out", data=data, plans=[good], site=False, jobs=1)
    assert [step for step in again.steps if "load" in step] == ["load, validate and infer good.json: its file changed"]
    build(tmp_path / "clean", data=data, plans=[good], site=False, jobs=1)
    assert tree(tmp_path / "out") == tree(tmp_path / "clean")


def test_records_that_stay_are_the_same_files_and_one_that_was_set_aside_is_not_taken_for_its_twin(tmp_path: Path) -> None:
    data, project = without_plans(tmp_path), PLAN["projects"][0]
    stays = written(tmp_path, "a.json", document=PLAN["document"] | {"number": "2/KH-UBND"})
    first, twin = written(tmp_path, "b.json"), written(tmp_path, "c.json", projects=[project | {"total_vnd": 6_000_000, "by_year_vnd": {}}])
    first.write_text(first.read_text("utf-8").ljust(twin.stat().st_size), "utf-8")
    build(tmp_path / "out", data=data, plans=[stays, first, twin], site=False, jobs=1)
    (path,) = (tmp_path / "out" / "records").glob("*-2-kh-*")
    before = path.stat().st_ino
    again = build(tmp_path / "out", data=data, plans=[stays, twin], site=False, jobs=1)
    assert (again.stamp.quarantined, path.stat().st_ino) == ((), before)
    assert tree(again.folder) == tree(build(tmp_path / "clean", data=data, plans=[stays, twin], site=False, jobs=1).folder)


def test_a_document_is_read_on_the_way(tmp_path: Path) -> None:
    example = next((resources.ROOT / "examples").glob("*.txt"))
    built = build(tmp_path / "out", data=without_plans(tmp_path), plans=[example], site=False, jobs=1)
    assert built.stamp.plans == 1
    assert {"the lexicon", "the code of reading"} <= built.stamp.inputs.keys()
    assert [path.name for path in (tmp_path / "out" / "records").iterdir()] == ["hoa-son-245-kh-ubnd-2018.json"]


def test_files_of_one_name_are_set_aside_each(tmp_path: Path) -> None:
    torn = [tmp_path / name / "plan.json" for name in "ab"] + [tmp_path / "...json"]
    for path in torn:
        path.parent.mkdir(exist_ok=True)
        path.write_text("{", "utf-8")
    build(tmp_path / "out", data=without_plans(tmp_path), plans=torn, site=False, jobs=1)
    aside = tmp_path / "out" / "quarantine"
    assert sorted(path.name for path in aside.iterdir()) == ["file-...json", "plan", "plan-2"]
    assert str(torn[1]) in (aside / "plan-2" / "report.txt").read_text("utf-8")


def without_plans(folder: Path) -> Path:
    """The committed data but the plans."""
    data = folder / "data"
    for name in ("registry", "corrections"):
        shutil.copytree(resources.DATA / name, data / name)
    return data


def test_two_builds_at_once_do_not_meet(tmp_path: Path) -> None:
    with workplace(tmp_path / "out"), pytest.raises(InputError, match=rf"being built by process {os.getpid()}"):
        build(tmp_path / "out", site=False)


def tree(folder: Path) -> dict[str, bytes]:
    """Every file of the folder, by its path there."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def test_the_site_is_told_where_it_will_stand(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[str] = []

    def put(_graph: object, out: Path, _documents: None, url: str, *_: object) -> Made:
        told.append(url)
        out.mkdir(exist_ok=True)
        return Made({})

    monkeypatch.setattr(website, "put", put)
    empty = tmp_path / "data"
    empty.mkdir()
    for name in ("registry", "corrections"):
        (empty / name).symlink_to(resources.DATA / name)
    for url in ("https://example.org/a/", "https://example.org/a/", "https://example.org/b/"):
        build(tmp_path / "out", data=empty, url=url, jobs=1)
    assert told == ["https://example.org/a/", "https://example.org/b/"]


def test_another_base(tmp_path: Path) -> None:
    ctx = loading.context("https://example.org/x/", plans=[written(tmp_path, "good.json")])
    things = {quad.subject for quad in loading.run(ctx) if "/graph/plan/" in quad.graph}
    assert things
    assert all(thing.startswith("<https://example.org/x/") for thing in things)


def test_committed_plans_have_no_violation() -> None:
    checked = building.check(loading.context())
    assert len(checked) == len(list(resources.PLANS.glob("*.json")))
    assert [str(result) for plan in checked for result in plan.violations] == []
