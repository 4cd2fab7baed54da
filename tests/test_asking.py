"""Asking with comfort: names to explore, words for IRIs, errors that say what was meant, and tables for others' tools."""

from __future__ import annotations

import inspect
import zipfile
from datetime import date
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import cancu
from cancu import catalogue, hints, results
from cancu.errors import QueryError
from cancu.graph import Graph
from cancu.iris import BASE
from cancu.table import Rows, Table

SMALL = Path(__file__).with_name("hoa_son.trig")
MIXED = Table(
    ("thing", "thingLabel", "amount", "gaps", "real", "day", "flag", "endYear", "any"),
    (
        ("https://x.org/a/b", "Một <b>", 24_000_000_000, None, 1.5, date(2020, 1, 2), True, 2020, 1),
        ("https://x.org/a/c", "=1+1", 2, 10**15, 2, None, False, 2021, "x"),
    ),
)


@pytest.fixture(scope="module")
def small() -> Graph:
    return cancu.open(SMALL)


# ---------------------------------------------------------------- names


def test_named_queries_are_attributes_with_documentation(small: Graph) -> None:
    assert dir(small.queries) == sorted(query.name.replace("-", "_") for query in catalogue.queries())
    assert list(small.queries) == small.queries._ipython_key_completions_() == [query.name for query in catalogue.queries()]
    asked = small.queries.document_projects
    assert "document (iri), such as" in str(inspect.getdoc(asked))
    assert list(inspect.signature(asked).parameters) == ["document"]
    assert asked(f"{BASE}law") == asked(document=f"{BASE}law") == small.query("document-projects", document=f"{BASE}law")
    assert "document_projects(document)" in repr(small.queries)
    assert "document_projects(document)" in small.queries._repr_html_()
    assert len(small.queries) == len(catalogue.queries())
    with pytest.raises(AttributeError, match="Near it: document-projects"):
        _ = small.queries.document_project
    with pytest.raises(QueryError, match="takes 1 parameters: document"):
        asked("a", "b")


def test_words_will_do_for_an_iri(small: Graph) -> None:
    assert small.queries.document_projects("10/2004/NĐ-CP") == small.queries.document_projects(f"{BASE}decree")
    with pytest.raises(QueryError, match="Near it"):
        small.queries.document_projects("10/2005/NĐ-CP")


def test_labels_stand_beside_iris(small: Graph) -> None:
    found = small.query("SELECT ?p ?n { ?p a cancu:Project . BIND(1 AS ?n) } ORDER BY ?p", labels=True)
    assert found.columns == ("p", "pLabel", "n")
    assert found.column("pLabel") == ("Nâng cấp thư điện tử", "Xây dựng mạng diện rộng tỉnh Hòa Sơn")
    assert small.query("SELECT ?p { ?p a cancu:None_ } LIMIT 0".replace("cancu:None_", "cancu:Plan"), labels=True).columns == ("p",)


# ---------------------------------------------------------------- errors


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("SELECT * {\n ?s skoss:prefLabel ?o }", r"On line 2, the prefix skoss: is unknown; near it: skos\. The line: \?s skoss:prefLabel"),
        ("SELECT * {\n ?s a cancu:Projekt }", r"On line 2, cancu:Projekt is no term of the vocabulary; near it: Project"),
        ("PREFIX o: <https://w3id.org/cancu/ontology#>\nASK { ?s o:justifedBy ?o }", r"On line 2, o:justifedBy .*near it: justifiedBy"),
        ("SELECT ?x { ?s ?p ?o } GROUP BY ?s", r"column 35: The SELECT contains a variable that is unbound"),
        ("SELECT * {\n ?s a Plan }", r'line 2, column 11: expected "\." or ":"\. The line: \?s a Plan'),
    ],
)
def test_an_error_says_what_was_meant(text: str, said: str, small: Graph) -> None:
    with pytest.raises(QueryError, match=said):
        small.query(text)


def test_what_only_looks_like_a_wrong_term_is_none(small: Graph) -> None:
    for text in (
        'ASK { ?s ?p "cancu:Nothing" } # cancu:Nothing',
        "ASK { ?s ?p '''a\ncancu:Nothing''' . _:cancu ?p <cancu:Nothing> }",
        "CONSTRUCT { ?s cancu:mine ?o } WHERE { ?s a cancu:Plan . BIND(1 AS ?o) }",
        "PREFIX cancu: <http://other.org/> ASK { ?s cancu:Nothing ?o }",
    ):
        small.query(text)


def test_a_term_that_the_graph_uses_is_known() -> None:
    store = ox.Store()
    mine = ox.NamedNode("https://w3id.org/cancu/ontology#mine")
    store.add(ox.Quad(ox.NamedNode("http://x.org/"), mine, ox.Literal("x"), ox.NamedNode("http://g.org/")))
    assert Graph(store).query("ASK { ?s cancu:mine ?o }").rows == ((True,),)
    with pytest.raises(QueryError, match="no term"):
        hints.check_terms("ASK { ?s cancu:mine ?o }")


# ---------------------------------------------------------------- explain


@pytest.mark.parametrize(("name", "said"), [("trace", r"Take a copy first: \.download\(\)\.trace"), ("nothing", r"has no nothing$")])
def test_an_endpoint_tells_what_takes_a_copy(name: str, said: str) -> None:
    with pytest.raises(AttributeError, match=said):
        getattr(cancu.connect("http://localhost:9/query"), name)


def test_explain_counts_what_each_pattern_matches(small: Graph) -> None:
    told = small.explain("SELECT * { ?p a cancu:Project ; cancu:justifiedBy/cancu:implements* ?d }")
    counts = dict(told.patterns.rows)
    assert counts["?p rdf:type cancu:Project"] == 2
    assert counts["?p cancu:justifiedBy/cancu:implements* ?d"] is None
    named = small.explain("document-projects", document="10/2004/NĐ-CP")
    assert f"<{BASE}decree>" in named.text
    assert "Projects that a document justified" in repr(named)
    assert "<pre>" in named._repr_html_()
    with pytest.raises(QueryError, match="cannot be explained"):
        small.explain("SELECT")


# ---------------------------------------------------------------- tables


def test_pandas_has_real_types() -> None:
    pytest.importorskip("pandas")
    frame = MIXED.to_pandas()
    kinds = [str(kind).partition("[")[0] for kind in frame.dtypes]
    assert kinds[2:] == ["int64", "Int64", "float64", "datetime64", "bool", "int64", "object"]
    assert kinds[0] in ("str", "object")
    assert frame["gaps"][1] == 10**15
    assert list(Table(("a", "b"), ()).to_pandas().columns) == ["a", "b"]
    assert Table(("n",), ((2**70,), (1,))).to_pandas()["n"][0] == 2**70


def test_polars_and_arrow_have_them_too() -> None:
    polars, arrow = pytest.importorskip("polars"), pytest.importorskip("pyarrow")
    frame, table = MIXED.to_polars(), MIXED.to_arrow()
    assert frame.dtypes[2:8] == [polars.Int64, polars.Int64, polars.Float64, polars.Date, polars.Boolean, polars.Int64]
    assert [str(kind) for kind in table.schema.types] == [
        "string", "string", "int64", "int64", "double", "date32[day]", "bool", "int64", "string",
    ]  # fmt: skip
    assert table.column("day").to_pylist() == [date(2020, 1, 2), None]
    assert frame["any"].to_list() == ["1", "x"]
    assert table.schema.field("amount").type == arrow.int64()


def test_a_workbook_has_links_numbers_and_dates(tmp_path: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    MIXED.to_xlsx(tmp_path / "a.xlsx")
    MIXED.to_xlsx(tmp_path / "b.xlsx")
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()
    assert b"2020-01-01T00:00:00Z" in zipfile.ZipFile(tmp_path / "a.xlsx").read("docProps/core.xml")  # no clock
    sheet = openpyxl.load_workbook(tmp_path / "a.xlsx").active
    assert [cell.value for cell in sheet[1]] == list(MIXED.columns)
    assert (sheet["A2"].value, sheet["A2"].hyperlink.target) == ("Một <b>", "https://x.org/a/b")
    assert sheet["B3"].value == "=1+1" and sheet["B3"].data_type == "s"
    assert (sheet["C2"].value, sheet["C2"].number_format, sheet["H2"].number_format) == (24_000_000_000, "#,##0", "General")
    assert sheet["F2"].value.date() == date(2020, 1, 2)


def test_a_csv_opens_in_a_spreadsheet(tmp_path: Path) -> None:
    MIXED.to_csv(tmp_path / "a.csv")
    text = (tmp_path / "a.csv").read_bytes()
    assert text.startswith(b"\xef\xbb\xbfthing,thingLabel,")
    assert "Một <b>" in text.decode("utf-8-sig")


def test_a_cell_links_by_its_label_and_years_are_plain() -> None:
    shown = MIXED._repr_html_()
    assert '<a href="https://x.org/a/b">Một &lt;b&gt;</a>' in shown
    assert "thingLabel" not in shown
    assert ">2020<" in shown and "24,000,000,000" in shown
    assert "12020" in repr(Table(("endYear",), ((12020,),)))


@settings(deadline=None)
@given(st.lists(st.tuples(st.text(), st.one_of(st.none(), st.integers(), st.dates().map(str), st.booleans())), max_size=8))
def test_tab_separated_results_are_read_as_terms_are(rows: list[tuple[str, object]]) -> None:
    def literal(value: object) -> ox.Literal:
        kind = {int: "integer", str: "date", bool: "boolean"}[type(value)]
        return ox.Literal(str(value).lower() if isinstance(value, bool) else str(value), datatype=ox.NamedNode(f"{results._XSD}{kind}"))

    store, predicate, other = ox.Store(), ox.NamedNode("http://x.org/p"), ox.NamedNode("http://x.org/q")
    for number, (text, value) in enumerate(rows):
        node = ox.NamedNode(f"http://x.org/{number}")
        store.add(ox.Quad(node, predicate, ox.Literal(text, language="vi" if number % 2 else None)))
        if value is not None:
            store.add(ox.Quad(node, other, literal(value)))
    query = "SELECT ?s ?t ?v { ?s <http://x.org/p> ?t OPTIONAL { ?s <http://x.org/q> ?v } } ORDER BY ?s"
    told = store.query(query)
    assert isinstance(told, ox.QuerySolutions)
    assert results.table_of_tsv(told.serialize(format=ox.QueryResultsFormat.TSV) or b"").rows == tuple(
        tuple(map(results.python, solution)) for solution in store.query(query)
    )


def test_rows_kept_as_columns_are_rows() -> None:
    rows = Rows((("a", "b", "c"), (1, None, 3)))
    assert rows == (("a", 1), ("b", None), ("c", 3)) and rows not in ((("a", 1),), 3)
    assert (rows[1], rows[1:], rows[-1], len(rows), len(rows[:0])) == (("b", None), (("b", None), ("c", 3)), ("c", 3), 3, 0)
    assert hash(rows) == hash(tuple(rows))
    table = Table(("x", "y"), rows)
    assert table == Table(("x", "y"), tuple(rows)) and table.column("y") == (1, None, 3)
    assert table.to_pandas().equals(Table(("x", "y"), tuple(rows)).to_pandas())


@pytest.mark.parametrize("odd", ["", "<a>x", '"x>"', "_:b", "<<( <a> <b> <c> )>>", '"1"^^<http://www.w3.org/2001/XMLSchema#integer>'])
def test_a_column_of_iris_but_for_one_cell_is_read_cell_by_cell(odd: str) -> None:
    for cells in (["<a>", odd, "<c>"], [odd, "<c>"], ["<a>", odd]):
        assert list(results._column(cells)) == [results._value(cell) for cell in cells]


def test_other_terms_and_no_columns() -> None:
    store = ox.Store()
    text = "SELECT * { VALUES (?a ?b ?c) { (1e3 2.5 <http://x.org/>) ('INF'^^<http://www.w3.org/2001/XMLSchema#double> -0.5 UNDEF) } }"
    told = store.query(text)
    assert results.table_of_tsv(told.serialize(format=ox.QueryResultsFormat.TSV)).rows == (
        (1000.0, 2.5, "http://x.org/"), (float("inf"), -0.5, None),
    )  # fmt: skip
    (row,) = Graph(store).query("SELECT ?b ?t { BIND(BNODE() AS ?b) BIND(<<( <http://a.b/> <http://a.b/> 1 )>> AS ?t) }")
    assert str(row[0]).startswith("_:") and str(row[1]).startswith("<<")
    assert Graph(store).query("SELECT * {}").rows == ((),)
