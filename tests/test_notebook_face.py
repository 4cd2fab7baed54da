"""What a notebook shows and takes: pictures, the magic, networks."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import networkx as nx
import pytest

import cancu
from cancu.errors import QueryError
from cancu.graph import Graph
from cancu.iris import BASE
from cancu.magic import ask
from cancu.pictures import of_money
from cancu.table import Table

SMALL = Path(__file__).with_name("hoa_son.trig")


@pytest.fixture(scope="module")
def small() -> Graph:
    return cancu.open(SMALL)


def drawing(html: str) -> ElementTree.Element:
    """The SVG in a cell's HTML, which must be well-formed XML, as a file of its own would have to be."""
    start = html.index("<svg")
    return ElementTree.fromstring(html[start : html.index("</svg>") + 6])  # noqa: S314 - our own


def words(svg: ElementTree.Element) -> list[str]:
    return [text.text or "" for text in svg.iter("{http://www.w3.org/2000/svg}text")]


# ---------------------------------------------------------------- pictures


def test_a_trace_draws_itself_with_links(small: Graph) -> None:
    trace = small.trace("Xây dựng mạng diện rộng")
    svg = drawing(trace._repr_html_())
    links = {link.get("href") for link in svg.iter("{http://www.w3.org/2000/svg}a")}
    assert {f"{BASE}wan", f"{BASE}decree", f"{BASE}scheme"} <= links
    assert "Đề án 12" in words(svg)
    assert "<pre>" in trace._repr_html_()
    ways = small.trace("Xây dựng mạng diện rộng", "10/2004/NĐ-CP")
    assert "Nghị định 10/2004/NĐ-CP" in words(drawing(ways._repr_html_()))
    none = small.trace("Xây dựng mạng diện rộng", "9/2018/NĐ-CP")
    assert "<svg" not in none._repr_html_()


def test_money_is_drawn_by_year(small: Graph) -> None:
    plan, decree, project = (small.budget(words) for words in ("5/KH-UBND", "10/2004/NĐ-CP", "Xây dựng mạng diện rộng"))
    for picture in (plan, decree, project):
        assert {"2020", "2021"} <= set(words(drawing(picture._repr_html_())))
    assert plan.table == small.queries.plan_budget(f"{BASE}plan")
    assert list(project.table.rows) == [(2020, 55), (2021, 55)]
    assert "Nghị định 10/2004" in repr(decree)
    assert small.budget("Nâng cấp thư điện tử").svg == ""
    reach = small.trace("10/2004/NĐ-CP")
    assert {"2020", "2021"} <= set(words(drawing(reach._repr_html_())))


def test_tables_that_tell_the_same_money_are_not_added_up() -> None:
    svg = ElementTree.fromstring(of_money("Kế hoạch 5", [("Tổng hợp", {"2020": 4, "2021": 8}), ("Phụ lục 2", {"2020": 2})]))  # noqa: S314 - our own
    bars = [{key: float(value) for key, value in bar.items() if key != "fill"} for bar in svg.iter("{http://www.w3.org/2000/svg}rect")]
    assert [bar["height"] for bar in bars] == [50, 100, 25]
    assert bars[2]["y"] > bars[0]["y"] + bars[0]["height"]
    assert {"Tổng hợp · tỷ đồng · billion dong", "Phụ lục 2 · tỷ đồng · billion dong"} <= set(words(svg))


def test_time_is_drawn(small: Graph, tmp_path: Path) -> None:
    project, plan, decree = (small.timeline(words) for words in ("Xây dựng mạng diện rộng", "5/KH-UBND", "10/2004/NĐ-CP"))
    assert "Nghị định 10/2004/NĐ-CP" in words(drawing(project.svg))
    assert f"{BASE}plan" in plan.table.column("thing")
    assert decree.table.column("kind")[:2] == ("Văn bản · document", "Kế hoạch · plan")
    project.save(tmp_path / "time.svg")
    assert ElementTree.parse(tmp_path / "time.svg").getroot().tag.endswith("svg")  # noqa: S314 - our own
    assert len(plan.to_pandas()) == len(plan.table)


# ---------------------------------------------------------------- networks


def test_the_network_has_kinds_labels_and_relations(tmp_path: Path) -> None:
    network = cancu.open().to_networkx()
    assert {data["kind"] for _, data in network.nodes(data=True)} == {"document", "project", "agency", "system", "place"}
    assert all(data["label"] for _, data in network.nodes(data=True))
    relations = {name for *_, name in network.edges(data="relation")}
    assert {"plannedIn", "leadAgency", "rowBasis", "justifiedBy", "hasSubstantiveBasis"} <= relations
    assert not relations & {"entryOf", "inPlan"}
    nx.write_graphml(network, tmp_path / "a.graphml")
    edges = list(ElementTree.parse(tmp_path / "a.graphml").iter("{http://graphml.graphdrawing.org/xmlns}edge"))  # noqa: S314 - our own
    assert len({edge.get("id") for edge in edges}) == network.size()  # Gephi takes edges of one id for one
    again = nx.read_graphml(tmp_path / "a.graphml")
    assert (len(again), again.size()) == (len(network), network.size())


# ---------------------------------------------------------------- magic


def test_a_cell_asks_the_graph_of_the_session(small: Graph) -> None:
    names: dict[str, Any] = {"kg": small, "decree": f"{BASE}decree", "other": small}
    text = "SELECT ?p { VALUES ?d { UNDEF } ?p cancu:justifiedBy ?d } ORDER BY ?p"
    answer = ask(names, "d=decree", text)
    assert isinstance(answer, Table) and answer == small.query(text, d=f"{BASE}decree")
    assert ask(names, "-g other -o kept d=decree", text) is None
    assert names["kept"] == answer
    assert ask(names, "document-projects document=10/2004/NĐ-CP", None) == small.query("document-projects", document=f"{BASE}decree")


@pytest.mark.parametrize(
    ("line", "cell", "said"),
    [
        ("", None, "no query"),
        ("", "  \n", "no query"),
        ("a b", None, "'b' is too much"),
        ("'a", None, "cannot be read"),
        ("-g nothing gaps", None, "nothing is no graph"),
        ("document-project", None, "Near it: document-projects"),
    ],
)
def test_what_is_wrong_with_a_cell_is_said(line: str, cell: str | None, said: str, small: Graph) -> None:
    with pytest.raises(QueryError, match=said):
        ask({"kg": small}, line, cell)


def test_the_extension_registers_and_completes(capsys: pytest.CaptureFixture[str]) -> None:
    interactive = pytest.importorskip("IPython.core.interactiveshell")
    shell = interactive.InteractiveShell()
    shell.user_ns["mine"] = cancu.open(SMALL)
    shell.run_line_magic("load_ext", "cancu")
    found = shell.run_cell_magic("sparql", "-g mine", "ASK { ?s a cancu:Plan }")
    assert found.rows == ((True,),)
    assert len(shell.run_line_magic("sparql", "documents-ranking")) > 40
    assert isinstance(shell.user_ns["kg"], Graph)
    shell.run_line_magic("sparql", "document-rankings")
    assert "Near it: documents-ranking" in capsys.readouterr().out
    assert "documents-ranking" in shell.Completer.complete(line_buffer="%sparql docum", cursor_pos=13)[1]
