"""What a build keeps for traces downwards: the same answers as from the graph, for the cost of the answer."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

import pyoxigraph as ox
import pytest

import cancu
from cancu import bundle, part, rows
from cancu.bundle import Bundle
from cancu.errors import InputError
from cancu.figures import Gathered, Place, gathered
from cancu.graph import Graph
from cancu.iris import BASE
from cancu.reach import Reach, trace_document
from tests.invented_site import invented_plan

SMALL = Path(__file__).with_name("hoa_son.trig")


def everything(reach: Reach) -> tuple[object, ...]:
    return reach.document, reach.carried_out_by, reach.by_year, reach.projects, reach.plans, reach.amount


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A graph of two invented plans, and the tables as a build puts them together from its parts."""
    folder = tmp_path_factory.mktemp("built")
    setting = part.Setting.now()
    parts = [Bundle(bundle.of_ground(part.ground(setting)))]
    for number, year in (("12/KH-UBND", 2020), ("34/KH-UBND", 2022)):
        path = folder / f"{year}.json"
        path.write_text(json.dumps(invented_plan(number, year), ensure_ascii=False), encoding="utf-8")
        parts.append(Bundle(bundle.make(setting, path)))
    store = ox.Store()
    for one in parts:
        store.load(bytes(one.quads), format=ox.RdfFormat.N_QUADS)
        follows = "\n".join(f"{triple} <{BASE}graph/inferred> ." for triple in one.contents.follows)
        store.load(follows, format=ox.RdfFormat.N_QUADS)
    store.dump(str(folder / "graph.nq"), format=ox.RdfFormat.N_QUADS)
    rows.write((one.contents.rows for one in parts), folder / "graph.nq")
    return folder


def test_parts_together_answer_as_the_whole_graph_does(built: Path) -> None:
    graph = cancu.open(built)
    from_file, from_graph = graph.rows, Graph(graph.store).rows
    documents = sorted({end for tie in gathered(graph).ties for end in (tie[0], tie[2])})
    assert len(documents) > 40
    for document in documents:
        assert from_file.below(document) == from_graph.below(document), document
        assert from_file.above([document]) == from_graph.above([document]), document
    assert any(from_file.above([document]).said for document in documents)
    assert any(from_file.below(document).groups for document in documents)  # type: ignore[union-attr]


def test_a_trace_downwards_asks_nothing_of_a_built_graph(built: Path) -> None:
    graph = cancu.open(built)
    reach = trace_document(graph, f"{BASE}doc/vn/nd/2007/64-2007-nd-cp")
    assert reach.projects
    graph = cancu.open(built)
    graph.store = ox.Store()  # of which nothing can be read
    assert everything(trace_document(graph, reach.document.iri)) == everything(reach)


def test_tables_of_another_graph_are_left_alone(built: Path, tmp_path: Path) -> None:
    (tmp_path / "graph.nq").write_text("", "utf-8")
    (tmp_path / rows.NAME).write_bytes((built / rows.NAME).read_bytes())
    graph = cancu.open(SMALL)
    kept = cancu.open(tmp_path)
    assert kept.rows.below(f"{BASE}doc/vn/nd/2007/64-2007-nd-cp") is None
    (tmp_path / rows.NAME).write_text("no tables", "utf-8")
    assert cancu.open(tmp_path).rows.below(f"{BASE}law") is None
    assert graph.rows.below(f"{BASE}law") is not None


def test_tables_that_a_later_build_put_there_are_refused(built: Path, tmp_path: Path) -> None:
    for name in ("graph.nq", rows.NAME):
        (tmp_path / name).write_bytes((built / name).read_bytes())
    index = cancu.open(tmp_path).rows
    assert index.below(f"{BASE}doc/vn/nd/2007/64-2007-nd-cp") is not None
    (tmp_path / rows.NAME).unlink()
    (tmp_path / "graph.nq").write_text("", "utf-8")
    with pytest.raises(InputError, match="open the graph again"):
        index.below(f"{BASE}doc/vn/nd/2007/64-2007-nd-cp")
    rows.write([plan(1, "mine")], tmp_path / "graph.nq")
    with pytest.raises(InputError, match="open the graph again"):
        index.below(f"{BASE}doc/vn/nd/2007/64-2007-nd-cp")


def test_the_same_parts_give_the_same_bytes(tmp_path: Path) -> None:
    found = gathered(cancu.open(SMALL))
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "graph.nq").write_text("", "utf-8")
        rows.write([found], tmp_path / name / "graph.nq")
    assert (tmp_path / "one" / rows.NAME).read_bytes() == (tmp_path / "two" / rows.NAME).read_bytes()


def plan(number: int, basis: str, projects: int = 3) -> Gathered:
    """A plan with projects, resting on a decree, which details a law of the same name."""
    iri = f"plan-{number:04}"
    places = tuple(Place(row, f"{iri}-{row}", f"Dự án {row}", 5, 2020, 2021, ("Sở",), (), "a.txt", row) for row in range(projects))
    return Gathered(
        documents=tuple((one, one, None, None, None) for one in (iri, basis, f"{basis}-law")),
        ties=((basis, "hasSubstantiveBasis", iri), (f"{basis}-law", "details", basis)),
        plans=((iri, "Hòa Sơn"),),
        places={iri: places},
        years=tuple((place.project, 2020, 5) for place in places),
    )


def steps(folder: Path, parts: list[Gathered], monkeypatch: pytest.MonkeyPatch) -> int:
    """How much SQLite does for one trace: its instructions, by the hundred."""
    folder.mkdir()
    (folder / "graph.nq").write_text("", "utf-8")
    rows.write(parts, folder / "graph.nq")
    counted = [0]

    def count() -> int:
        counted[0] += 1
        return 0

    opened = rows._opened

    def counting(path: Path) -> sqlite3.Connection:
        connection = opened(path)
        connection.set_progress_handler(count, 100)
        return connection

    with monkeypatch.context() as patch:
        index = rows.RowIndex(folder / rows.NAME, 0)
        patch.setattr(rows, "_opened", counting)
        found = index.below("mine-law")
    assert found is not None and [len(group.places) for group in found.groups] == [3, 3]
    assert found.years == ((2020, 30),)
    return counted[0]


def test_what_does_not_rest_on_a_document_costs_its_trace_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    mine = [plan(1, "mine"), plan(2, "mine")]
    others = [plan(number, f"other-{number % 7}") for number in range(10, 410)]
    alone = steps(tmp_path / "alone", mine, monkeypatch)
    among = steps(tmp_path / "among", mine + others, monkeypatch)
    assert 0 < among <= alone + 1, "a table was gone through from end to end"


def test_a_project_of_two_plans_counts_once(tmp_path: Path) -> None:
    one, other = plan(1, "mine"), plan(2, "other", projects=0)
    again = one.places["plan-0001"][0]
    joined = Gathered(
        documents=other.documents, ties=other.ties, plans=other.plans, places={"plan-0002": (again,)}, years=((again.project, 2020, 7),)
    )
    (tmp_path / "graph.nq").write_text("", "utf-8")
    rows.write([one, joined], tmp_path / "graph.nq")
    found = rows.RowIndex(tmp_path / rows.NAME, 0).below("mine-law")
    assert found is not None
    assert [(group.plan.iri, group.rank, len(group.places)) for group in found.groups] == [("plan-0001", 3, 3), ("plan-0002", 3, 1)]
    assert found.years == ((2020, 17),)
