"""Two plans side by side, on records whose differences are known."""

from __future__ import annotations

import json
from dataclasses import replace

import pyoxigraph as ox
import pytest

from cancu import infer, loading
from cancu.compare import Comparison
from cancu.graph import Graph
from cancu.iris import BASE
from tests.invented_site import invented_plan


@pytest.fixture(scope="module")
def comparison(tmp_path_factory: pytest.TempPathFactory) -> Comparison:
    folder = tmp_path_factory.mktemp("plans")
    paths = []
    for number, year in (("12/KH-UBND", 2020), ("34/KH-UBND", 2022)):
        plan = invented_plan(number, year)
        plan["levels"] = [{"subject": "hồ sơ xử lý trên mạng", "value": 60, "unit": "%", "lines": [29, 29]}]
        if year == 2022:
            cited = plan["cited_documents"]
            assert isinstance(cited, list)
            cited[1] |= {"number": "86/2015/QH13", "date": "2015-11-19"}
            targets = plan["targets"]
            assert isinstance(targets, list)
            targets.append(targets[0] | {"subject": "cơ quan có mạng diện rộng", "lines": [31, 31]})
        paths.append(folder / f"{year}.json")
        paths[-1].write_text(json.dumps(plan, ensure_ascii=False), encoding="utf-8")
    context = loading.context(plans=paths)
    context = type(context)(context.registry, tuple(paths))
    store = ox.Store()
    store.bulk_load("".join(f"{quad}\n" for quad in loading.run(context)), format=ox.RdfFormat.N_QUADS)
    infer.infer(store, f"{BASE}graph/inferred")
    return Graph(store).compare("12/KH-UBND", "34/KH-UBND")


def test_bases_are_kept_dropped_and_added(comparison: Comparison) -> None:
    assert "Nghị định 64/2007/NĐ-CP" in [one.document.label for one in comparison.kept]
    assert "Luật Công nghệ thông tin" in [one.document.label for one in comparison.dropped]
    assert "Luật An toàn thông tin mạng" in [one.document.label for one in comparison.added]
    kept = next(one for one in comparison.kept if one.document.label.endswith("64/2007/NĐ-CP"))
    assert (str(kept.earlier), str(kept.later)) == ("hoason-2020.txt 3-3", "hoason-2022.txt 3-3")
    assert all(one.later is None for one in comparison.dropped) and all(one.earlier is None for one in comparison.added)


def test_a_target_moves_with_its_indicator(comparison: Comparison) -> None:
    (moved,) = comparison.targets
    assert (moved.earlier.value, moved.later.value, moved.same) == (">= 95 %, 2021", ">= 95 %, 2023", False)


def test_projects_of_one_title_go_on_as_candidates(comparison: Comparison) -> None:
    assert [one.how for one in comparison.projects] == ["same-title", "same-title"]
    assert {one.later.label for one in comparison.projects} >= {"Mạng truyền số liệu chuyên dùng"}


def test_it_prints_in_two_languages_and_as_data(comparison: Comparison) -> None:
    assert "Bases dropped: " in comparison.text("en") and "(same title)" in comparison.text("en")
    assert "Căn cứ bỏ đi: " in str(comparison) and ">= 95 %, 2021 → >= 95 %, 2023" in str(comparison)
    assert json.loads(json.dumps(comparison.to_dict()))["kind"] == "comparison"
    changes = [(row[0], row[1]) for row in comparison.table()]
    assert ("target", "moved") in changes and ("basis", "kept") in changes and ("project", "same-title") in changes


def test_a_plan_without_rows_is_said_to_have_none(comparison: Comparison) -> None:
    assert comparison.without_rows == () and "no project rows" not in comparison.text("en")
    bare = replace(comparison, projects=(), without_rows=(comparison.later,))
    assert bare.text("en").endswith(f"{comparison.later.label} has no project rows to set beside others")
