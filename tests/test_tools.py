"""The examples of docs/tools.md run: on the graph that ships, and against the endpoint."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from cancu import resources
from tests.test_endpoint import pytestmark as needs_server

TEXT = (resources.ROOT / "docs" / "tools.md").read_text("utf-8")


def blocks(kind: str) -> list[str]:
    return re.findall(rf"^```{kind}\n(.*?)^```$", TEXT, re.DOTALL | re.MULTILINE)


def test_examples_on_the_graph_run_one_after_the_other(tmp_path: Path) -> None:
    pytest.importorskip("polars")
    names: dict[str, object] = {"folder": tmp_path}
    assert len(blocks("python")) == 4
    for block in blocks("python"):
        exec(block, names)  # noqa: S102 - our own examples
    assert {path.suffix for path in tmp_path.iterdir()} == {".ttl", ".graphml", ".xlsx", ".csv"}


@needs_server
@pytest.mark.parametrize("block", blocks("python served"))
def test_examples_on_an_endpoint_run(block: str, served: str) -> None:
    exec(block, {"address": served})  # noqa: S102 - our own examples


@needs_server
def test_protege_gets_the_ontology_at_the_address_that_is_told(served: str) -> None:
    from rdflib import OWL, RDF, Graph

    ontology = Graph().parse(f"{served}/ontology.ttl", format="turtle")
    assert len(set(ontology.subjects(RDF.type, OWL.Ontology))) == 1
    assert len(set(ontology.subjects(RDF.type, OWL.Class))) > 20
