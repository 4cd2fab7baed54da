"""Traces in both directions on a small graph whose paths are known."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import cancu
from cancu.graph import Graph
from cancu.iris import BASE
from cancu.paths import in_force
from cancu.reach import Reach
from cancu.trace import Trace, Ways, say, trace_project

SMALL = Path(__file__).with_name("hoa_son.trig")


@pytest.fixture(scope="module")
def small() -> Graph:
    return cancu.open(SMALL)


@pytest.fixture(scope="module")
def trace(small: Graph) -> Trace:
    found = small.trace("Xây dựng mạng diện rộng")
    assert isinstance(found, Trace)
    return found


def test_paths_are_ranked_by_row_plan_decision_chain_and_procedure(trace: Trace) -> None:
    assert [(path.document.label, path.way, len(path.hops)) for path in trace.paths] == [
        ("Đề án 12", "row", 1),
        ("Nghị định 10/2004/NĐ-CP", "plan", 2),
        ("Nghị quyết 3-NQ/TU", "plan", 2),
        ("Quyết định 44/QĐ-UBND", "decision", 2),
        ("Nghị quyết 3-NQ/TU", "through", 2),
        ("Luật Dữ liệu mẫu", "through", 3),
        ("Tờ trình 8/TTr-STTTT", "procedure", 2),
    ]


def test_competence_is_shown_when_asked_for(small: Graph, trace: Trace) -> None:
    assert "Luật Tổ chức mẫu" not in [node.label for node in trace.documents]
    full = small.trace("Xây dựng mạng diện rộng", competence=True)
    assert isinstance(full, Trace)
    assert (full.paths[-1].document.label, full.paths[-1].way) == ("Luật Tổ chức mẫu", "competence")


def test_each_hop_has_its_evidence(trace: Trace) -> None:
    lines = {path.document.label: str(path.lines) for path in reversed(trace.paths) if path.lines}
    assert lines == {
        "Đề án 12": "hoason-5-2019.txt 20-22",
        "Nghị định 10/2004/NĐ-CP": "hoason-5-2019.txt 4-4",
        "Nghị quyết 3-NQ/TU": "hoason-5-2019.txt 5-5",
        "Quyết định 44/QĐ-UBND": "hoason-5-2019.txt 2-2",
        "Tờ trình 8/TTr-STTTT": "hoason-5-2019.txt 6-6",
    }
    law = next(path for path in trace.paths if path.document.label == "Luật Dữ liệu mẫu")
    assert (law.lines, law.hops[-1].source) == (None, "công báo mẫu")


def test_paths_are_told_in_two_languages(trace: Trace) -> None:
    decree = trace.paths[1]
    assert decree.words("en") == "legal basis of Kế hoạch 5/KH-UBND (tỉnh Hòa Sơn), no. 2"
    assert decree.words("vi") == "căn cứ nội dung thứ 2 của Kế hoạch 5/KH-UBND (tỉnh Hòa Sơn)"
    assert say(trace.paths[0].hops[0], "vi") == "nêu ngay ở dòng của dự án"
    english, vietnamese = trace.text("en"), str(trace)
    assert "legal basis of Kế hoạch 5/KH-UBND (tỉnh Hòa Sơn), no. 2 [hoason-5-2019.txt 4-4]" in english
    assert "also through: Đề án 12" in english
    assert "Dự án: Xây dựng mạng diện rộng" in vietnamese and "cũng qua: Đề án 12" in vietnamese


def test_in_force_is_the_registrys_word_only(small: Graph, trace: Trace) -> None:
    answers = {path.document.label: path.in_force.answer for path in trace.paths}
    assert answers["Nghị định 10/2004/NĐ-CP"] == "no"
    assert answers["Luật Dữ liệu mẫu"] == "yes"
    assert {answers["Đề án 12"], answers["Nghị quyết 3-NQ/TU"]} == {"unknown"}
    assert trace.paths[1].in_force.en == "replaced by Nghị định 9/2018/NĐ-CP from 2018-03-01"


@pytest.mark.parametrize(
    ("document", "day", "answer"),
    [
        ("decree", "2018-02-28", "yes"),
        ("decree", "2018-03-01", "no"),
        ("decree", "2004-05-31", "no"),
        ("law", "2021-02-28", "yes"),
        ("law", "2021-03-01", "no"),
        ("power", "2021-03-01", "unknown"),
        ("resolution", "2021-03-01", "unknown"),
        ("decree", None, "unknown"),
    ],
)
def test_in_force_on_a_day(document: str, day: str | None, answer: str, small: Graph) -> None:
    registered = small.value(BASE + document, "registrySource") is not None
    assert in_force(small, BASE + document, day, registered=registered).answer == answer


def test_a_document_reaches_projects_plans_and_money(small: Graph) -> None:
    reach = small.trace("Luật Dữ liệu mẫu")
    assert isinstance(reach, Reach)
    assert [(found.project.label, found.way, found.amount) for found in reach.projects] == [
        ("Xây dựng mạng diện rộng tỉnh Hòa Sơn", "through", 110),
        ("Nâng cấp thư điện tử", "through", None),
    ]
    assert (reach.amount, reach.by_year) == (110, ((2020, 55), (2021, 55)))
    assert [plan.label for plan in reach.plans] == ["Kế hoạch 5/KH-UBND (tỉnh Hòa Sơn)"]
    assert [(child.label, relation) for child, relation, _ in reach.carried_out_by] == [
        ("Nghị định 10/2004/NĐ-CP", "details"),
        ("Kế hoạch 5/KH-UBND (tỉnh Hòa Sơn)", "hasSubstantiveBasis"),
    ]
    assert reach.projects[0].leads == ("Sở Thông tin mẫu tỉnh Hòa Sơn",)
    assert "2 projects in 1 plans, 110 dong" in reach.text("en")
    assert "led by: Sở Thông tin mẫu tỉnh Hòa Sơn; through other documents [hoason-5-2019.txt 20-22]" in reach.text("en")


def test_traces_become_tables_and_json(small: Graph, trace: Trace) -> None:
    assert len(trace.table()) == len(trace.paths)
    assert json.loads(json.dumps(trace.to_dict()))["paths"][0]["document"]["label"] == "Đề án 12"
    reach = small.trace("10/2004/NĐ-CP")
    assert json.loads(json.dumps(reach.to_dict(), default=str))["kind"] == "reach"
    pytest.importorskip("pandas")
    assert len(trace.to_pandas()) == len(trace.paths)
    assert int(reach.to_pandas()["amount"].sum()) == 110


def test_a_thing_without_bases_says_so(small: Graph) -> None:
    lonely = small.trace("Luật Tổ chức mẫu")
    assert isinstance(lonely, Reach) and lonely.projects == ()
    assert "0 dự án trong 0 kế hoạch" in str(lonely)


def test_circles_end(tmp_path: Path) -> None:
    path = tmp_path / "circle.trig"
    extra = f"<{BASE}graph/circle> {{ <{BASE}law> <{BASE}ontology#implements> <{BASE}decree> }}"
    path.write_text(SMALL.read_text("utf-8") + extra, "utf-8")
    graph = cancu.open(path)
    assert isinstance(graph.trace("mạng diện rộng"), Trace)
    assert len(graph.query("document-projects", document=f"{BASE}law")) == 2


def test_all_ways_from_a_plan_or_a_project_to_a_document(small: Graph) -> None:
    ways = small.trace("Xây dựng mạng diện rộng", "3-NQ/TU")
    assert isinstance(ways, Ways)
    assert [(path.way, [hop.relation for hop in path.hops]) for path in ways.paths] == [
        ("plan", ["plannedIn", "hasSubstantiveBasis"]),
        ("plan", ["plannedIn", "implements"]),
        ("through", ["rowBasis", "implements"]),
    ]
    of_plan = small.trace("5/KH-UBND", "Luật Dữ liệu mẫu")
    assert isinstance(of_plan, Ways)
    assert [[hop.object.label for hop in path.hops] for path in of_plan.paths] == [["Nghị định 10/2004/NĐ-CP", "Luật Dữ liệu mẫu"]]
    assert of_plan.paths[0].in_force.on == "2019-12-01"


def test_a_plans_ways_lead_through_the_rows_of_its_projects(small: Graph) -> None:
    ways = small.trace("5/KH-UBND", "Đề án 12")
    assert isinstance(ways, Ways)
    assert [hop.relation for hop in ways.paths[0].hops] == ["plans", "rowBasis"]
    assert "Xây dựng mạng diện rộng tỉnh Hòa Sơn is a project of Kế hoạch 5/KH-UBND" in ways.text("en")
    assert "nêu ngay ở dòng của dự án [hoason-5-2019.txt 20-22]" in str(ways)


def test_ways_count_competence_and_say_where_there_are_none(small: Graph) -> None:
    competence = small.trace("Nâng cấp thư điện tử", "Luật Tổ chức mẫu")
    assert isinstance(competence, Ways) and [path.way for path in competence.paths] == ["competence"]
    none = small.trace("Luật Dữ liệu mẫu", "5/KH-UBND")
    assert isinstance(none, Ways) and none.paths == ()
    assert "Nothing stated leads there" in none.text("en") and "Không có đường nào" in str(none)
    assert small.trace("Nâng cấp thư điện tử", "5/KH-UBND").paths[0].way == "plan"  # type: ignore[union-attr]


def test_ways_and_traces_become_tables_graphs_and_json(small: Graph, trace: Trace) -> None:
    ways = small.trace("Xây dựng mạng diện rộng", "3-NQ/TU")
    assert isinstance(ways, Ways)
    assert (len(ways.table()), json.loads(json.dumps(ways.to_dict()))["kind"]) == (3, "ways")
    drawn = trace.to_networkx()
    assert {data["label"] for _, data in drawn.nodes(data=True)} >= {"Đề án 12", "Luật Dữ liệu mẫu"}
    assert drawn.edges[f"{BASE}plan", f"{BASE}decree"] == {"relation": "hasSubstantiveBasis", "order": 2, "lines": "hoason-5-2019.txt 4-4"}
    assert set(ways.to_networkx()) <= set(drawn) | {f"{BASE}wan"}


def test_a_document_has_bases_of_its_own(small: Graph) -> None:
    found = trace_project(small, f"{BASE}plan")
    assert (found.plans, found.paths[0].document.label, found.paths[0].way) == ((), "Nghị định 10/2004/NĐ-CP", "plan")
    assert found.text("en").startswith("Document: Kế hoạch 5/KH-UBND (tỉnh Hòa Sơn)")
