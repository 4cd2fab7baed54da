"""The graph's Python face: queries, tables, words resolved to things, opening."""

from __future__ import annotations

import gzip
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

import cancu
from cancu.errors import Ambiguous, InputError, NotFound, QueryError
from cancu.graph import Graph
from cancu.iris import BASE
from cancu.table import Table

SMALL = Path(__file__).with_name("hoa_son.trig")


@pytest.fixture(scope="module")
def small() -> Graph:
    return cancu.open(SMALL)


def test_import_is_light() -> None:
    heavy = "import sys, cancu; print([m for m in ('pyoxigraph', 'rdflib', 'networkx', 'pandas', 'cancu.graph') if m in sys.modules])"
    assert subprocess.run([sys.executable, "-c", heavy], capture_output=True, text=True, check=True).stdout.strip() == "[]"
    with pytest.raises(AttributeError, match="opened"):
        _ = cancu.opened


def test_values_are_python_values(small: Graph) -> None:
    text = """SELECT * { VALUES (?a ?b ?c ?d ?e ?f) {
      (1 "2.5"^^xsd:decimal "x"@vi "2020-01-02"^^xsd:date true <http://x.org/>)
      (UNDEF "1"^^xsd:integer "bad"^^xsd:integer UNDEF false UNDEF) } }"""
    found = small.query(text)
    assert found.columns == ("a", "b", "c", "d", "e", "f")
    assert found.rows == ((1, 2.5, "x", date(2020, 1, 2), True, "http://x.org/"), (None, 1, "bad", None, False, None))
    assert found.column("a") == (1, None)
    with pytest.raises(KeyError, match="there are a, b"):
        found.column("z")


def test_ask_and_construct_are_tables_too(small: Graph) -> None:
    assert small.query("ASK { ?s a cancu:Plan }").rows == ((True,),)
    made = small.query("CONSTRUCT { ?s rdf:type cancu:Plan } WHERE { ?s a cancu:Plan }")
    assert (made.columns, len(made)) == (("subject", "predicate", "object"), 2)


def test_a_syntax_error_says_the_line(small: Graph) -> None:
    with pytest.raises(QueryError, match=r"line 2, column .*The line: \?x a cancu:Plan"):
        small.query("SELECT ?x {\n  ?x a cancu:Plan ")
    with pytest.raises(QueryError, match="no SPARQL"):
        small.query("DELETE WHERE { ?s ?p ?o }")
    with pytest.raises(QueryError, match="VALUES \\?x"):
        small.query("SELECT ?x { ?x a cancu:Plan }", x="y")


def test_parameters_of_own_sparql_take_their_kind(small: Graph) -> None:
    text = "SELECT (DATATYPE(?x) AS ?kind) (ISIRI(?x) AS ?iri) { VALUES ?x { UNDEF } }"
    assert small.query(text, x=3).rows == (("http://www.w3.org/2001/XMLSchema#integer", False),)
    assert small.query(text, x="three").rows == (("http://www.w3.org/2001/XMLSchema#string", False),)
    assert small.query(text, x="https://x.org/").rows == ((None, True),)


def test_a_table_becomes_a_data_frame() -> None:
    pandas = pytest.importorskip("pandas")
    rows = ((1, None, 1.5, date(2020, 1, 2), "a", True), (2, 10**15, 2, None, None, False))
    frame = Table(("whole", "gaps", "real", "day", "text", "flag"), rows).to_pandas()
    assert [str(kind) for kind in frame.dtypes][:3] == ["int64", "Int64", "float64"]
    assert frame["gaps"][1] == 10**15
    assert pandas.api.types.is_datetime64_any_dtype(frame["day"])
    assert frame["flag"].dtype == bool
    assert list(Table(("a",), ()).to_pandas().columns) == ["a"]


def test_a_table_is_readable_and_escaped() -> None:
    table = Table(("amount", "what"), ((24_000_000_000, "<b>"), (None, "https://x.org/a/b"), (1, "dài " * 40)))
    assert "24,000,000,000  <b>" in repr(table)
    assert "3 rows" in repr(table)
    assert max(map(len, repr(table).splitlines())) < 80
    shown = table._repr_html_()
    assert "&lt;b&gt;" in shown and "<b>" not in shown
    assert '<a href="https://x.org/a/b">b</a>' in shown


@pytest.mark.parametrize(
    ("words", "iri"),
    [
        ("10/2004/NĐ-CP", "decree"),
        ("10/2004/nd-cp", "decree"),
        ("Nghị định số 10/2004/NĐ-CP ngày 01 tháng 5 năm 2004", "decree"),
        ("nghi dinh 10/2004", "decree"),
        ("Đề án 12", "scheme"),
        ("5/KH-UBND", "plan"),
        ("Nâng cấp thư điện tử", "mail"),
        ("MANG DIEN RONG", "wan"),
        ("so thong tin mau", "agency"),
        (f"<{BASE}law>", "law"),
    ],
)
def test_words_find_things_in_any_spelling(words: str, iri: str, small: Graph) -> None:
    assert small.find(words).iri == BASE + iri


def test_words_that_fit_several_or_none_are_never_guessed(small: Graph) -> None:
    with pytest.raises(Ambiguous) as several:
        small.find("kế hoạch")
    assert [iri for iri, _ in several.value.candidates] == [f"{BASE}plan", f"{BASE}plan-2"]
    with pytest.raises(NotFound) as none:
        small.find("10/2005/NĐ-CP")
    assert "Nghị định 10/2004/NĐ-CP" in none.value.near
    with pytest.raises(NotFound):
        small.find("0/2004")
    with pytest.raises(NotFound):
        small.find("   ")
    for words, kinds in (("decree", ["agency"]), (f"{BASE}decree", ["agency"]), (f"{BASE}none", []), ("http://<no iri>", [])):
        with pytest.raises(NotFound):
            small.find(words, kinds)


def test_rdflib_gets_the_same_graphs(small: Graph) -> None:
    dataset = small.to_rdflib()
    assert len(set(dataset.quads())) == len(small.store)


def test_counts(small: Graph) -> None:
    counts = dict(small.counts())
    assert (counts["Plan"], counts["Project"], counts["ProjectEntry"]) == (2, 2, 3)
    assert repr(small).startswith("Graph(2 Plan")


def test_files_and_folders_are_opened(tmp_path: Path, small: Graph) -> None:
    small.store.dump(str(tmp_path / "graph.nq"))
    (tmp_path / "packed.nq.gz").write_bytes(gzip.compress((tmp_path / "graph.nq").read_bytes()))
    (tmp_path / "triples.ttl").write_text("<http://x.org/a> a <https://w3id.org/cancu/ontology#Plan> .", "utf-8")
    assert [len(cancu.open(path).store) for path in (tmp_path, tmp_path / "packed.nq.gz")] == [len(small.store)] * 2
    assert len(cancu.open(tmp_path / "triples.ttl").query("SELECT ?x { ?x a cancu:Plan }")) == 1


@pytest.mark.parametrize(("name", "text"), [("none.nq", None), ("a.csv", "a"), ("a.nq", "no quad"), ("a.nq.gz", "no gzip")])
def test_what_cannot_be_opened_says_why(tmp_path: Path, name: str, text: str | None) -> None:
    if text:
        (tmp_path / name).write_text(text, "utf-8")
    with pytest.raises(InputError, match=name.replace(".", r"\.")):
        cancu.open(tmp_path / name)


def test_findings_are_those_of_a_check_once_they_are_asked_about() -> None:
    graph = cancu.open()
    by = {row["detectedBy"] for row in graph.query("findings").records()}
    assert "reading" in by and "https://w3id.org/cancu/shapes#RowSum" in by
    assert {row["status"] for row in graph.query("findings").records()} == {"open", "explained", "corrected"}
