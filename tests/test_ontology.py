"""Every term is explained in both languages, documented, under a shape, and the only one used by its name."""

from __future__ import annotations

import re
from collections import Counter
from typing import get_args

import pytest
from rdflib import OWL, RDF, RDFS, SKOS, Graph, Literal, Namespace, URIRef

from cancu import records, resources
from cancu.iris import ONTOLOGY, concept, slug
from cancu.ontology import reference, schemes, terms, version
from cancu.schemes import scheme

SH = Namespace("http://www.w3.org/ns/shacl#")
NAMES = {term.name for term in terms()}
SCHEMES = sorted(path.stem for path in (resources.ONTOLOGY / "schemes").glob("*.ttl"))


def _graph(path: str) -> Graph:
    graph = Graph()
    for file in sorted(resources.ROOT.glob(path)):
        graph.parse(file)
    return graph


def test_the_ontology_is_versioned() -> None:
    graph = _graph("ontology/cancu.ttl")
    ontology = URIRef("https://w3id.org/cancu/ontology")
    assert graph.value(ontology, OWL.versionIRI) == URIRef(f"{ontology}/{version()}")


@pytest.mark.parametrize("term", terms(), ids=lambda term: term.name)
def test_every_term_is_explained(term) -> None:
    assert term.label_vi
    assert term.label_en
    assert term.comment_vi.endswith((".", "…"))
    assert term.comment_en.endswith((".", "…"))


def test_labels_are_unique_within_a_kind() -> None:
    for language in ("label_vi", "label_en"):
        counts = Counter((term.kind == "class", getattr(term, language)) for term in terms())
        assert [label for label, count in counts.items() if count > 1] == []


def test_every_class_and_property_is_under_a_shape() -> None:
    shapes, ontology = _graph("shapes/structure/*.ttl"), _graph("ontology/cancu.ttl")
    shaped = set(shapes.objects(None, SH.path)) | set(shapes.objects(None, SH.targetClass))
    for term in terms():
        above = set(ontology.transitive_objects(URIRef(term.iri), RDFS.subClassOf))
        assert above & shaped, f"cancu:{term.name} is under no shape"


def test_the_page_of_reference_is_fresh() -> None:
    page = resources.ROOT / "docs" / "ontology.md"
    if not page.parent.is_dir():
        pytest.skip("the documentation is only in a checkout")
    assert page.read_text("utf-8") == reference(), "run python -m cancu.ontology"


def test_the_page_of_reference_holds_every_term() -> None:
    page = reference()
    for term in terms():
        assert f"### {term.name}\n" in page
    for found in schemes():
        for notation, *_ in found.concepts:
            assert f"| `{notation}` |" in page


USES = re.compile(r"\bcancu:([A-Za-z]\w*)|\bprop\(\"(\w+)\"\)|\bterm\(\"(\w+)\"\)")
FOLDERS = ["loaders/**/*.py", "cancu/**/*.py", "queries/**/*.rq", "ontology/rules/*.rq", "shapes/**/*.ttl", "docs/**/*.md", "README.md"]


@pytest.mark.parametrize("pattern", FOLDERS)
def test_no_term_is_used_that_is_not_declared(pattern: str) -> None:
    unknown = [
        f"{path.relative_to(resources.ROOT)}: {name}"
        for path in sorted(resources.ROOT.glob(pattern))
        for match in USES.finditer(path.read_text("utf-8"))
        for name in match.groups()
        if name and name not in NAMES
    ]
    assert unknown == []


# ---------------------------------------------------------------- concept schemes


@pytest.mark.parametrize("name", SCHEMES)
def test_concepts_are_whole(name: str) -> None:
    graph = Graph().parse(resources.ONTOLOGY / "schemes" / f"{name}.ttl")
    whole = URIRef(concept(name, "").rstrip("/"))
    assert (whole, RDF.type, SKOS.ConceptScheme) in graph
    for node in graph.subjects(RDF.type, SKOS.Concept):
        assert (node, SKOS.inScheme, whole) in graph
        assert (node, SKOS.topConceptOf, whole) in graph or any(graph.objects(node, SKOS.broader))
        for predicate in (SKOS.prefLabel, SKOS.definition):
            assert sorted(str(word.language) for word in graph.objects(node, predicate) if isinstance(word, Literal)) == ["en", "vi"], node
        assert str(node) == concept(name, str(graph.value(node, SKOS.notation)))


@pytest.mark.parametrize("name", SCHEMES)
def test_a_word_means_one_concept(name: str) -> None:
    words = Counter(word.casefold() for found in scheme(name).concepts for word in found.words)
    assert [word for word, count in words.items() if count > 1] == []


LITERALS = {
    "citation-role": records.CitationRole,
    "basis-function": records.BasisFunction,
    "assignment-role": records.DutyRole,
    "system-kind": records.SystemKind,
    "system-status": records.SystemStatus,
    "finding-kind": records.FindingKind,
}


@pytest.mark.parametrize("name", LITERALS)
def test_every_value_of_a_record_is_a_notation(name: str) -> None:
    assert set(get_args(LITERALS[name])) <= {found.notation for found in scheme(name).concepts}
    assert len({slug(found.notation) for found in scheme(name).concepts}) == len(scheme(name).concepts)


def test_a_type_and_its_class_agree() -> None:
    graph = _graph("ontology/cancu.ttl")
    by_axiom = {
        str(graph.value(node, OWL.hasValue)): str(graph.value(node, RDFS.subClassOf)).removeprefix(ONTOLOGY)
        for node in graph.subjects(OWL.onProperty, URIRef(f"{ONTOLOGY}documentType"))
    }
    by_scheme = {found.iri: found.class_name for found in scheme("document-type").concepts}
    assert by_axiom == {iri: name for iri, name in by_scheme.items() if name != "Document"}
    assert set(by_scheme.values()) <= NAMES


@pytest.mark.parametrize(
    ("words", "notation"),
    [
        ("Ngân sách Trung ương", "central-budget"),
        ("NSĐP", "local-budget"),
        ("Vốn khác và vốn hợp tác công tư", "other-and-ppp"),
        ("Doanh nghiệp tự đầu tư", "enterprise"),
        ("Nguồn vốn ODA", "oda"),
    ],
)
def test_sources_of_funds_are_found_in_words(words: str, notation: str) -> None:
    found = scheme("funding-source").within(words)
    assert found
    assert found.notation == notation
