"""Protégé's library opens the ontology; Fuseki's engine answers as we do; what GraphDB reads with takes our graph and our queries."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from rdflib import OWL, RDF, Graph

import cancu.graph
from cancu import catalogue, resources
from cancu.asking import in_order
from cancu.iris import ONTOLOGY
from cancu.results import table_of_json
from tests import java_tools
from tests.test_publish import build, committed

__all__ = ["build", "committed"]  # fixtures

pytestmark = pytest.mark.skipif(bool(java_tools.missing()), reason=java_tools.missing())
VOCABULARY = resources.ONTOLOGY / "cancu.ttl"


def asked(*words: str | Path) -> Any:
    done = subprocess.run([sys.executable, "-m", "tests.java_tools", *map(str, words)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    return json.loads(done.stdout)


@pytest.fixture(scope="module")
def questions(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("questions") / "questions.json"
    path.write_text(json.dumps([query.text for query in catalogue.queries()]), "utf-8")
    return path


def test_proteges_library_opens_the_ontology() -> None:
    found = asked("owlapi", VOCABULARY)
    ontology = Graph().parse(VOCABULARY)
    assert found["iri"] == ONTOLOGY.removesuffix("#")
    classes = {str(one) for one in ontology.subjects(RDF.type, OWL.Class) if str(one).startswith(ONTOLOGY)}
    properties = {str(one) for kind in (OWL.ObjectProperty, OWL.DatatypeProperty) for one in ontology.subjects(RDF.type, kind)}
    assert {one for one in found["classes"] if one.startswith(ONTOLOGY)} == classes
    assert {one for one in properties if one.startswith(ONTOLOGY)} <= set(found["properties"])
    # terms of other vocabularies are declared there; dates and texts with a language have no other datatype in RDF
    beyond = {one for one in found["DL"] + found["RL"] if not one.startswith("Use of undeclared")}
    assert {one.partition("[")[0] for one in beyond} <= {
        f"Use of data range not in profile: {kind} " for kind in ("xsd:date", "rdf:langString")
    }


def test_fusekis_engine_answers_as_we_do(build: Path, questions: Path, committed: cancu.graph.Graph) -> None:
    for (name, answer), told in zip(committed.examples(), asked("jena", build / "graph.nq", questions), strict=True):
        assert in_order(table_of_json(told), catalogue.get(name).lists) == answer, name


def test_graphdbs_parsers_read_the_graph_and_the_queries(build: Path, questions: Path, committed: cancu.graph.Graph) -> None:
    found = asked("rdf4j", build / "graph.nq", questions)
    assert found == {"statements": len(committed.store), "queries": len(json.loads(questions.read_text("utf-8")))}
