"""What validation says, where it says it stands, and that other engines say the same."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from functools import cache
from pathlib import Path

import pyoxigraph as ox
import pyrudof
import pytest
from rdflib import Graph, Namespace, URIRef

from benchmarks import agreement
from cancu import resources
from cancu.conformance import Triple
from cancu.iris import ONTOLOGY, Iris
from cancu.quads import Quad
from cancu.validate import Result, finding_quads, reach, registry_index, triples_of, validate_graph, validate_plan
from cancu.violations import shapes

CASES = Path(__file__).parent / "shapes"
AUDITS = sorted(
    name
    for path in (resources.SHAPES / "audit").glob("*.ttl")
    for name in re.findall(r"^shape:(\w+) a", path.read_text("utf-8"), re.MULTILINE)
)
PLANS = range(len(list(resources.PLANS.glob("*.json"))))
SH = Namespace("http://www.w3.org/ns/shacl#")
PLAN = "https://w3id.org/cancu/doc/hoa-son/kh/2019/12-kh-ubnd"


def _graph(*cases: str) -> Graph:
    graph = Graph().parse(CASES / "base.ttl")
    for case in cases:
        graph.parse(CASES / f"{case}.ttl")
    return graph


def _quads(graph: Graph, name: str) -> list[Quad]:
    lines = graph.serialize(format="nt")
    return [Quad(str(q.subject), str(q.predicate), str(q.object), f"<{name}>") for q in ox.parse(lines, format=ox.RdfFormat.N_TRIPLES)]


def _with_background(graph: Graph) -> Graph:
    for path in sorted(resources.ONTOLOGY.rglob("*.ttl")):
        graph.parse(path)
    return graph


# ---------------------------------------------------------------- results


@cache
def _row_sum() -> Result:
    return next(result for result in validate_graph(_graph("RowSum/invalid")) if result.shape.endswith("#RowSum"))


def test_a_finding_in_a_document() -> None:
    result = _row_sum()
    assert result.severity == "Warning"
    assert result.kind == "sum-mismatch"
    assert result.focus == result.place.plan == PLAN
    assert result.place.plan_slug == "p"
    assert result.place.lines == (1, 1)
    assert result.place.source_file == "p.txt"
    assert result.message_vi == "Dòng ghi tổng 10.000.000 đồng; các phần theo năm cộng lại được 4.000.000 đồng"
    assert result.message_en == "The row states a total of 10,000,000 dong; its parts by year add up to 4,000,000 dong"
    assert str(result).startswith("p.txt:1-1: Warning of <https://w3id.org/cancu/shapes#RowSum> at <")


def test_an_error_of_ours() -> None:
    (result,) = validate_graph(_graph("System/invalid"))
    assert result.severity == "Violation"
    assert result.path == f"{ONTOLOGY}systemKind"
    assert result.message_vi.endswith("đúng một khái niệm của lược đồ system-kind")
    assert not list(finding_quads([result], Iris()))


def test_terms_and_graphs_give_the_same() -> None:
    graph = _graph("RowSum/invalid", "System/invalid")
    terms = [quad[:3] for quad in _quads(graph, "urn:any")]
    assert validate_plan(terms) == validate_graph(graph) != ()


def test_a_term_that_is_none() -> None:
    with pytest.raises(SyntaxError):
        validate_plan([("<urn:a>", "<urn:b>", "c")])


def test_nothing_at_all() -> None:
    assert validate_plan([]) == ()


# ---------------------------------------------------------------- findings


def test_findings_have_stable_names_and_hold_to_their_own_shape() -> None:
    results = validate_graph(_graph("RowSum/invalid", "TwoDates/invalid", "BudgetSum/invalid"))
    quads = list(finding_quads(results, Iris()))
    assert quads == list(finding_quads(reversed(results), Iris()))
    subjects = {quad.subject.strip("<>").removeprefix("https://w3id.org/cancu/finding/") for quad in quads}
    assert subjects == {"p/row-sum-row-bad-3", "p/two-dates-date-bad", "budget-bad/budget-sum"}
    assert {quad.graph for quad in quads} == {"<https://w3id.org/cancu/graph/findings>"}
    again = _graph("BudgetSum/invalid")
    again.parse(data="\n".join(f"{quad.subject} {quad.predicate} {quad.object} ." for quad in quads), format="nt")
    assert [result for result in validate_graph(again) if result.severity == "Violation"] == []


def test_two_findings_on_one_thing_have_two_names() -> None:
    first = _row_sum()
    second = Result(first.severity, first.shape, first.focus, None, first.value, "khác", "other", first.kind, first.place)
    names = Counter(quad.subject for quad in finding_quads([first, second], Iris()) if quad.predicate.endswith("#detectedBy>"))
    assert sorted(names) == [
        "<https://w3id.org/cancu/finding/p/row-sum-row-bad-3-2>",
        "<https://w3id.org/cancu/finding/p/row-sum-row-bad-3>",
    ]


# ---------------------------------------------------------------- the registry


def test_a_plan_reaches_its_part_of_the_registry() -> None:
    def quad(subject: str, target: str) -> Quad:
        return Quad(subject, "<urn:p>", target, "<https://example.vn/graph/registry>")

    registry = {"<b>": [quad("<b>", "<c>")], "<c>": [quad("<c>", "<b>")], "<far>": [quad("<far>", "<b>")]}
    assert sorted(reach([Quad("<a>", "<urn:p>", "<b>", "<plan>")], registry)) == [quad("<b>", "<c>"), quad("<c>", "<b>")]


def test_the_registry_is_part_of_what_is_checked() -> None:
    graph = _graph()
    agency = URIRef("https://w3id.org/cancu/agency/hoa-son/so")
    registry = Graph()
    for triple in graph.triples((agency, None, None)):
        registry.add(triple)
        graph.remove(triple)
    plan = _quads(graph, "urn:p")
    reached = reach(plan, registry_index(_quads(registry, "https://w3id.org/cancu/graph/registry")))
    assert validate_plan(quad[:3] for quad in (*plan, *reached)) == ()
    assert {result.path for result in validate_plan(quad[:3] for quad in plan)} == {f"{ONTOLOGY}assignedAgency", f"{ONTOLOGY}leadAgency"}


# ---------------------------------------------------------------- other engines


def _plain(message: str) -> str:
    return re.sub(r"(?<=\d)[.,](?=\d)", "", message)


def test_pyshacl_and_rudof_agree_on_the_cases_of_the_audit() -> None:
    """All cases in one graph, pySHACL's messages too; each shape finds something there."""
    data = _graph(*(f"{name}/{which}" for name in AUDITS for which in ("valid", "invalid")))
    text = _with_background(data).serialize(format="nt")
    ours = agreement.by_audit(text)
    assert {seen.shape for seen in ours} == set(AUDITS)
    assert agreement.by_rudof(text) == ours
    report = agreement.report(text)
    assert agreement.seen(report) == ours
    messages = {_plain(message) for result in validate_graph(data) for message in (result.message_vi, result.message_en)}
    assert {_plain(str(message)) for message in report.objects(None, SH.resultMessage)} == messages


@cache
def _committed() -> list[list[Triple]]:
    return list(agreement.plans().values())


@pytest.mark.parametrize("plan", PLANS)
def test_pyshacl_and_rudof_agree_on_the_audit_of_the_committed_plans(plan: int) -> None:
    text = agreement.with_vocabulary(_committed()[plan])
    assert agreement.by_pyshacl(text) == agreement.by_rudof(text) == agreement.by_audit(text)


def _rudof(text: str) -> set[tuple[str, str | None]]:
    """What rudof finds in N-Triples that breaks the shapes of the structure: focus nodes and paths."""
    rudof = pyrudof.Rudof(pyrudof.RudofConfig())
    rudof.read_data(text, pyrudof.RDFFormat.NTriples)
    rudof.read_shacl(shapes("structure").serialize(format="turtle"), pyrudof.ShaclFormat.Turtle)
    return {(entry.focus_node, None if "(" in (entry.path or "") else entry.path) for entry in rudof.validate_shacl()}


def _violations(data: Iterable[Triple]) -> set[tuple[str, str | None]]:
    return {(result.focus, result.path) for result in validate_plan(data) if result.severity == "Violation"}


def test_rudof_agrees_on_the_structure() -> None:
    cases = [f"{path.name}/invalid" for path in CASES.iterdir() if path.is_dir() and path.name not in AUDITS]
    assert _violations(triples_of(_graph(*cases))) == _rudof(_with_background(_graph(*cases)).serialize(format="nt"))


@pytest.mark.parametrize("plan", PLANS)
def test_pyshacl_and_rudof_agree_on_the_committed_plans_whole_and_damaged(plan: int) -> None:
    """pySHACL, which reports what is broken, and rudof; each plan as it is, and without each 97th of its statements."""
    for kept in (_committed()[plan], [triple for place, triple in enumerate(_committed()[plan]) if place % 97]):
        assert _violations(kept) == _rudof(agreement.with_vocabulary(kept))
        assert bool(_violations(kept)) == (kept is not _committed()[plan])
