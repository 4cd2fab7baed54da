"""Each answer prints, draws itself in a notebook, and becomes rows, a data frame, a network and JSON that agree with one another."""

from __future__ import annotations

import json

import networkx as nx
import pytest

import cancu
from cancu.answer import Answer
from cancu.iris import BASE

NETWORK = "project/cao-bang-2893-qd-ubnd-2020/appendix-2-i-5"


@pytest.fixture(scope="module")
def answers() -> dict[str, Answer]:
    graph = cancu.open()
    return {
        "trace": graph.trace(BASE + NETWORK),
        "ways": graph.trace(BASE + NETWORK, "36-NQ/TW"),
        "reach": graph.trace("64/2007/NĐ-CP"),
        "comparison": graph.compare("391/KH-UBND", "340/KH-UBND"),
        "ranking": graph.rank(),
    }


KINDS = ["trace", "ways", "reach", "comparison", "ranking"]


@pytest.mark.parametrize("kind", KINDS)
def test_rows_data_frame_and_json(kind: str, answers: dict[str, Answer]) -> None:
    answer = answers[kind]
    assert len(answer.table()) > 0 and str(answer) == answer.text()
    assert json.loads(json.dumps(answer.to_dict()))["kind"] == kind
    pytest.importorskip("pandas")
    frame = answer.to_pandas()
    assert (len(frame), list(frame.columns)) == (len(answer.table()), list(answer.table().columns))


@pytest.mark.parametrize("kind", KINDS)
def test_network(kind: str, answers: dict[str, Answer]) -> None:
    network = answers[kind].to_networkx()
    assert "<edge" in "".join(nx.generate_graphml(network))  # which takes no None
    ties = {(start.iri, end.iri) for start, end, _ in answers[kind].edges()}
    assert set(network.edges) == ties and ties
    assert all(known["label"] for _, known in network.nodes(data=True))
    assert all(known["relation"] for _, _, known in network.edges(data=True))


@pytest.mark.parametrize("kind", KINDS)
def test_in_a_notebook(kind: str, answers: dict[str, Answer]) -> None:
    shown = answers[kind]._repr_html_()
    assert ("<svg" in shown) == (kind in ("trace", "ways", "reach"))
    assert "64/2007/NĐ-CP" in shown or kind in ("ways", "comparison")


def test_what_the_networks_say(answers: dict[str, Answer]) -> None:
    reach, ranking, comparison = (answers[kind].to_networkx() for kind in ("reach", "ranking", "comparison"))
    decree, plan = f"{BASE}doc/vn/nd/2007/64-2007-nd-cp", f"{BASE}doc/cao-bang/qd/2020/2893-qd-ubnd"
    assert reach.edges[BASE + NETWORK, plan]["relation"] == "plannedIn"
    assert reach.edges[plan, decree]["relation"] == "hasSubstantiveBasis"
    assert ranking.nodes[decree]["plans"] == 3 and ranking.has_edge(plan, decree)
    later = f"{BASE}doc/lao-cai/kh/2017/340-kh-ubnd"
    assert comparison.edges[later, f"{BASE}doc/lao-cai/da/2016/20-da-tu"]["relation"] == "hasLegalBasis"
