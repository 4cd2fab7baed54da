"""What follows is what OWL 2 RL derives, and nothing else; owlrl is the judge, and any store that runs the rules as they are written."""

from __future__ import annotations

from pathlib import Path

import owlrl
import pyoxigraph as ox
import pytest
from rdflib import OWL, RDF, RDFS, Graph, Literal, Namespace, URIRef
from rdflib.term import Node

from cancu import loading, resources
from cancu.infer import infer
from cancu.iris import ONTOLOGY
from cancu.ontology import terms
from tests.rules import RULES, run

CANCU = Namespace(ONTOLOGY)
INFERRED, PLAN, TERMS = (f"https://w3id.org/cancu/graph/{name}" for name in ("inferred", "plan/p", "ontology"))
CASES = Path(__file__).parent / "shapes"
DOCUMENTS = Path(__file__).parent / "cases"
GRAPHS = ["base.ttl", "Document/valid.ttl", "Project/valid.ttl", "Agency/valid.ttl", "LaterBasis/valid.ttl"]

SMALL = """
@prefix cancu: <https://w3id.org/cancu/ontology#> .
@prefix : <urn:test:> .
:project cancu:hasEntry :entry ; cancu:plannedIn :plan .
:entry cancu:rowBasis :named .
:entry cancu:inPlan :plan .
:plan cancu:hasSubstantiveBasis :substance ; cancu:hasCompetenceBasis :competence ; cancu:implements :carriedOut .
:named cancu:documentType <https://w3id.org/cancu/scheme/document-type/nd> .
:assignment cancu:ofEntry :entry .
:sub cancu:parent :agency .
"""


def _ontology() -> Graph:
    """The ontology without its words, which derive nothing."""
    graph = Graph().parse(resources.ONTOLOGY / "cancu.ttl")
    for predicate in (RDFS.label, RDFS.comment, RDFS.seeAlso):
        graph.remove((None, predicate, None))
    return graph


def _store(data: Graph) -> ox.Store:
    store = ox.Store()
    for graph, name in ((data, PLAN), (_ontology(), TERMS)):
        store.load(graph.serialize(format="nt"), format=ox.RdfFormat.N_TRIPLES, to_graph=ox.NamedNode(name))
    return store


def _graph(store: ox.Store, name: str) -> Graph:
    lines = "".join(f"{quad.triple} .\n" for quad in store.quads_for_pattern(None, None, None, ox.NamedNode(name)))
    return Graph().parse(data=lines, format="nt")


def _ours(data: Graph) -> Graph:
    store = _store(data)
    infer(store, INFERRED)
    return _graph(store, INFERRED)


def _theirs(data: Graph) -> set[tuple[Node, Node, Node]]:
    """What owlrl adds to the data, of what the ontology speaks of: its properties, and its classes."""
    ontology = _ontology()
    named = {node for triple in ontology for node in triple if isinstance(node, URIRef)}
    ours = {node for node in named if not str(node).startswith((str(RDF), str(RDFS), str(OWL)))}
    things = {node for s, _, o in data for node in (s, o) if isinstance(node, URIRef)}
    closed = data + ontology
    owlrl.DeductiveClosure(owlrl.OWLRL_Semantics).expand(closed)
    return {(s, p, o) for s, p, o in closed if s in things and (p in ours or (p == RDF.type and o in ours))} - set(data)


def _case(name: str) -> Graph:
    if name == "small":
        return Graph().parse(data=SMALL)
    if name.endswith(".ttl"):
        return Graph().parse(CASES / name)
    quads = ox.parse(path=str(DOCUMENTS / name / "quads.nq"), format=ox.RdfFormat.N_QUADS)
    return Graph().parse(data="".join(f"{quad.triple} .\n" for quad in quads), format="nt")


@pytest.mark.parametrize("name", [*GRAPHS, "small", *(path.parent.name for path in sorted(DOCUMENTS.glob("*/quads.nq")))])
def test_agrees_with_owlrl(name: str) -> None:
    data = _case(name)
    vocabulary = set(_ontology().subjects()) | set(_ontology().objects())
    ours = {triple for triple in _ours(data) if triple[0] not in vocabulary}
    assert ours
    assert ours == {triple for triple in _theirs(data) if triple[0] not in vocabulary}


def test_agrees_with_the_rules_on_the_committed_plans() -> None:
    """Where a store runs the rules one after the other until none adds a triple."""
    store = ox.Store()
    store.bulk_load("".join(f"{quad}\n" for quad in loading.run(loading.context())), format=ox.RdfFormat.N_QUADS)
    infer(store, INFERRED)
    ours = {str(quad.triple) for quad in store.quads_for_pattern(None, None, None, ox.NamedNode(INFERRED))}
    run(store, INFERRED)
    assert {str(quad.triple) for quad in store.quads_for_pattern(None, None, None, ox.NamedNode(INFERRED))} == ours != set()


def test_what_justifies_a_project() -> None:
    ours = _ours(Graph().parse(data=SMALL))
    justified = {(str(s), str(o)) for s, o in ours.subject_objects(CANCU.justifiedBy)}
    assert justified == {("urn:test:project", f"urn:test:{name}") for name in ("named", "substance", "carriedOut")}


def test_what_a_project_rests_on_is_a_path_and_never_stored() -> None:
    further = ":substance cancu:hasCompetenceBasis :far . :by cancu:approves :far ."
    store = _store(Graph().parse(data=SMALL + further))
    infer(store, INFERRED)
    assert not list(store.quads_for_pattern(None, ox.NamedNode(f"{ONTOLOGY}restsOn"), None, None))
    comment = next(term.comment_en for term in terms() if term.name == "restsOn")
    path = next(word for word in comment.split() if word.startswith("cancu:justifiedBy/"))
    solutions = store.query(
        f"PREFIX cancu: <{ONTOLOGY}> SELECT DISTINCT ?d {{ <urn:test:project> {path} ?d }}", use_default_graph_as_union=True
    )
    assert {row["d"].value.removeprefix("urn:test:") for row in solutions} == {"named", "substance", "carriedOut", "far", "by"}


def test_nothing_asserted_is_repeated_or_changed() -> None:
    store = _store(Graph().parse(CASES / "base.ttl"))
    before = {quad for quad in store if quad.graph_name != ox.NamedNode(INFERRED)}
    count = infer(store, INFERRED)
    inferred = {quad.triple for quad in store.quads_for_pattern(None, None, None, ox.NamedNode(INFERRED))}
    assert len(inferred) == count > 0
    assert not inferred & {quad.triple for quad in before}
    assert {quad for quad in store if quad.graph_name != ox.NamedNode(INFERRED)} == before


def test_what_no_longer_follows_is_dropped() -> None:
    store = _store(Graph().parse(data=SMALL))
    first = infer(store, INFERRED)
    assert infer(store, INFERRED) == first
    store.clear_graph(ox.NamedNode(PLAN))
    infer(store, INFERRED)
    assert not list(_graph(store, INFERRED).subjects(CANCU.justifiedBy))


def test_rules_have_headers() -> None:
    assert RULES
    for rule in RULES:
        for key in ("# title.en: ", "# title.vi: ", "# rule: "):
            assert any(line.startswith(key) for line in rule.splitlines()), rule


def test_no_rule_asks_what_a_thing_is_to_conclude_anything_else() -> None:
    """So that the rules that conclude what a thing is can come after the others."""
    told = [rule for rule in RULES if "rdf:type" in rule]
    assert told
    assert all("INSERT { GRAPH <> { ?thing rdf:type ?class } }" in rule for rule in told)


def test_a_literal_is_of_no_class() -> None:
    data = Graph()
    data.add((URIRef("urn:test:x"), CANCU.issuer, Literal("no agency")))
    assert all(not isinstance(s, Literal) for s in _ours(data).subjects())
