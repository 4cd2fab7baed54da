"""The named queries: they answer rightly on a small graph, alike on every store, and as their headers say on the committed data."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path

import pyoxigraph as ox
import pytest

import cancu
from cancu import catalogue, doctor
from cancu.catalogue import NamedQuery, Value
from cancu.errors import InputError, QueryError
from cancu.graph import PREFIXES, Graph
from cancu.iris import BASE
from cancu.reach import trace_document
from tests.pace import within

SMALL = Path(__file__).with_name("hoa_son.trig")
THINGS = {"project": "wan", "document": "decree", "agency": "agency", "plan": "plan", "thing": "decree"}
HEADER = """# title.en: A
# title.vi: A
# question: A?
# question.vi: A?
# param: document iri
# expect: 3
# How to read it.
SELECT * { VALUES ?document { <https://x.org/1> } ?document ?p ?o }
"""


@pytest.fixture(scope="module")
def small() -> Graph:
    return cancu.open(SMALL)


@pytest.fixture(scope="module")
def committed() -> Graph:
    graph = cancu.open()
    assert graph.query("findings")  # the first that asks about findings has them made
    return graph


def arguments(query: NamedQuery) -> dict[str, Value]:
    """Parameters that ask about the small graph."""
    return {param.name: BASE + THINGS[param.name] if param.kind == "iri" else param.example for param in query.params}


def rows(graph: Graph, name: str, **params: Value) -> list[dict[str, object]]:
    return [{key: value for key, value in row.items() if value is not None} for row in graph.query(name, **params).records()]


@pytest.mark.parametrize("query", catalogue.queries(), ids=lambda query: query.name)
def test_rows_on_the_committed_data_are_as_the_header_says(query: NamedQuery, committed: Graph) -> None:
    found = len(committed.query(query.name, **{param.name: param.example for param in query.params}))
    assert found == query.expect, f"write '# expect: {found}' in queries/{query.name}.rq if the data has changed"
    assert found, "choose an example that has an answer"


@pytest.mark.parametrize("query", catalogue.queries(), ids=lambda query: query.name)
def test_the_text_runs_as_it_is_and_names_all_its_prefixes(query: NamedQuery, committed: Graph) -> None:
    plain = committed.store.query(query.text, use_default_graph_as_union=True)
    assert isinstance(plain, ox.QuerySolutions)
    assert len(list(plain)) == query.expect


@pytest.mark.parametrize("query", catalogue.queries(), ids=lambda query: query.name)
def test_a_statement_that_stands_in_two_graphs_counts_once(query: NamedQuery, small: Graph) -> None:
    store = ox.Store()
    store.extend(small.store)
    # what several plans say of one document or agency, and money
    shared = ("label", "number", "title", "dateIssued", "jurisdiction", "name", "amount", "entryOf")
    copies = [quad for quad in small.store if quad.predicate.value.endswith(shared)]
    store.extend(ox.Quad(quad.subject, quad.predicate, quad.object, ox.NamedNode(f"{BASE}graph/copy")) for quad in copies)
    assert Graph(store).query(query.name, **arguments(query)) == small.query(query.name, **arguments(query))


def test_documents_that_many_plans_describe_cost_what_is_said_of_them(small: Graph) -> None:
    described = {quad.subject for quad in small.store if quad.predicate.value.endswith(("dateIssued", "number"))}
    told = [quad for quad in small.store if quad.subject in described and quad.predicate.value.endswith(("label", "title", "dateIssued"))]
    store = ox.Store()
    store.extend(small.store)
    for plan in range(40):
        store.extend(ox.Quad(quad.subject, quad.predicate, quad.object, ox.NamedNode(f"{BASE}graph/{plan}")) for quad in told)
    with within(5):  # names that multiply with titles and dates would take minutes
        for query in catalogue.queries():
            assert Graph(store).query(query.name, **arguments(query)) == small.query(query.name, **arguments(query)), query.name


def test_another_engine_gives_the_same_answers(small: Graph) -> None:
    rdflib = doctor._Rdflib(small)
    for query in catalogue.queries():
        here, there = (
            Counter(tuple(map(doctor._plain, row)) for row in asked.query(query.name, **arguments(query))) for asked in (small, rdflib)
        )
        assert here == there, query.name


def test_what_one_of_two_rows_states_of_a_project_counts(small: Graph) -> None:
    (wan,) = [row for row in rows(small, "document-projects", document=f"{BASE}decree") if row["project"] == f"{BASE}wan"]
    assert (wan["amount"], wan["startYear"], wan["endYear"]) == (110, 2020, 2021)  # the other row has no years


def test_a_projects_bases_come_by_row_by_plan_and_through_those(small: Graph) -> None:
    found = rows(small, "project-justifications", project=f"{BASE}wan")
    assert [(row["step"], row["documentLabel"], row.get("firstLine")) for row in found] == [
        (1, "Đề án 12", 20),
        (2, "Nghị định 10/2004/NĐ-CP", 4),
        (2, "Nghị quyết 3-NQ/TU", 5),
        (2, "Quyết định 44/QĐ-UBND", 2),
        (3, "Luật Dữ liệu mẫu", None),
        (3, "Nghị quyết 3-NQ/TU", 8),
    ]
    assert found[4]["registrySource"] == "công báo mẫu"
    assert found[1]["fromLabel"] == "Kế hoạch 5/KH-UBND (tỉnh Hòa Sơn)"


def test_money_is_never_counted_twice(small: Graph) -> None:
    # two entries of one project, each with two breakdowns of one sum: 100, and 110
    projects = {row["projectLabel"]: row.get("amount") for row in rows(small, "document-projects", document=f"{BASE}law")}
    assert projects == {"Xây dựng mạng diện rộng tỉnh Hòa Sơn": 110, "Nâng cấp thư điện tử": None}
    ranking = {row["documentLabel"]: (row["plans"], row["projects"], row["amount"]) for row in rows(small, "documents-ranking")}
    assert ranking["Nghị định 10/2004/NĐ-CP"] == (1, 2, 110)
    assert ranking["Luật Tổ chức mẫu"] == (1, 0, 0)
    years = {row["year"]: (row["projects"], row["amount"]) for row in rows(small, "document-years", document=f"{BASE}decree")}
    assert years == {2020: (1, 55), 2021: (1, 55)}


def test_the_way_to_a_project_is_the_nearest(small: Graph) -> None:
    def ways(name: str) -> list[object]:
        return [row["way"] for row in rows(small, "document-projects", document=BASE + name)]

    assert ways("scheme") == ["row"]
    assert ways("resolution") == ["plan", "plan"]
    assert ways("law") == ["through", "through"]
    assert ways("plan") == ["planned", "planned"]
    assert ways("power") == []


def test_a_budget_adds_up_within_a_dimension(small: Graph) -> None:
    found = rows(small, "plan-budget", plan=f"{BASE}plan")
    sums: dict[object, int] = {}
    for row in found:
        sums[row["dimension"]] = sums.get(row["dimension"], 0) + int(str(row.get("summed", 0)))
    assert sums == {"capital": 100, "column": 50, "plan": 0, "section": 210, "source": 100, "source-stated": 0, "table": 210, "year": 210}
    column = next(row for row in found if row["dimension"] == "column")
    assert (column["stated"], column["summed"], column["firstLine"]) == (60, 50, 50)


def test_a_basis_is_stale_from_the_day_its_heir_takes_effect(small: Graph) -> None:
    found = rows(small, "stale-bases")
    assert [(row["basisLabel"], row["newerLabel"], row["since"]) for row in found] == [
        ("Nghị định 10/2004/NĐ-CP", "Nghị định 9/2018/NĐ-CP", date(2018, 3, 1))
    ]


def test_what_is_missing_is_listed_by_kind(small: Graph) -> None:
    assert {(row["kind"], row["thingLabel"]) for row in rows(small, "gaps")} == {
        ("no-amount", "Nâng cấp thư điện tử"),
        ("no-lead", "Nâng cấp thư điện tử"),
        ("no-own-basis", "Nâng cấp thư điện tử"),
        ("unresolved", "Đề án 12"),
    }


def test_a_header_is_read_strictly(tmp_path: Path) -> None:
    path = tmp_path / "a.rq"
    path.write_text(HEADER, "utf-8")
    query = catalogue.parse(path)
    assert (query.expect, query.notes, query.params[0].example) == (3, "How to read it.", "https://x.org/1")


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ("# title.vi: A\n", "", 5),
        ("# title.vi: A", "# title.fr: A", 2),
        ("# title.vi: A", "# title.en: A", 2),
        ("document iri", "document iris", 5),
        ("document iri", "thing iri", 5),
        ("expect: 3", "expect: three", 6),
        ("# expect: 3\n# How to read it.\n", "", 6),
    ],
)
def test_a_bad_header_names_file_and_line(tmp_path: Path, old: str, new: str, line: int) -> None:
    path = tmp_path / "a.rq"
    path.write_text(HEADER.replace(old, new), "utf-8")
    with pytest.raises(InputError) as error:
        catalogue.parse(path)
    assert (error.value.file, error.value.line) == (str(path), line)


def test_wrong_names_and_parameters_say_what_there_is() -> None:
    with pytest.raises(QueryError, match="document-projects"):
        catalogue.get("document-project")
    with pytest.raises(QueryError, match="missing: document; unknown: doc"):
        catalogue.get("document-projects").bound({"doc": "x"})
    with pytest.raises(QueryError, match="year is year"):
        catalogue.Param("year", "year", 2020).term("twenty")


ATTACKS = ['x" } } SELECT * {', 'x\\" } #', "} UNION { ?s ?p ?o }", "\n} DROP ALL #", "'''", "<http://x>", "?document", "\\1 \\g<0>"]


@pytest.mark.parametrize("words", ATTACKS)
def test_a_parameter_cannot_change_the_query(words: str, small: Graph) -> None:
    assert len(small.query("targets-compare", words=words)) == 0
    with pytest.raises(QueryError):
        small.query("evidence", thing=words.replace("http:", ""))
    same = small.query("SELECT ?words { VALUES ?words { UNDEF } }", words=words)
    assert same.rows == ((words,),)


def test_prefixes_are_those_of_the_queries() -> None:
    for query in catalogue.queries():
        for line in query.text.splitlines():
            if line.startswith("PREFIX "):
                prefix, iri = line.removeprefix("PREFIX ").split(": ")
                assert PREFIXES[prefix] == iri.strip("<>")
                assert query.text.count(f"{prefix}:") > 1, f"{query.name} declares {prefix} and does not use it"


def test_the_walk_from_a_document_answers_as_the_queries_do() -> None:
    graph = cancu.open()
    documents = graph.query("SELECT DISTINCT ?d { ?p cancu:hasLegalBasis|cancu:implements ?d } ORDER BY ?d").column("d")
    for document in [*documents, *graph.query("SELECT DISTINCT ?d { ?e cancu:rowBasis ?d } ORDER BY ?d").column("d")]:
        reach = trace_document(graph, str(document))
        walked = [(r.project.iri, r.way, r.plan.iri, r.province, r.amount, r.start, r.end, r.lines.first) for r in reach.projects]
        names = ("project", "way", "plan", "provinceLabel", "amount", "startYear", "endYear", "firstLine")
        asked = [tuple(row[name] for name in names) for row in graph.query("document-projects", document=str(document)).records()]
        assert walked == asked, document
        years = graph.query("document-years", document=str(document)).records()
        assert reach.by_year == tuple((row["year"], row["amount"]) for row in years), document
        tree = graph.query("implementation-tree", document=str(document)).records()
        edges = [(edge[0].iri, edge[1], edge[2].iri) for edge in reach.carried_out_by]
        assert sorted(edges) == sorted((row["child"], str(row["relation"]).rpartition("#")[2], row["parent"]) for row in tree), document
