"""A bundle is what a plan puts into a build: bytes to be copied, and what is said once for all plans."""

from __future__ import annotations

import json
from pathlib import Path

import pyoxigraph as ox
import pytest

from cancu import bundle, part
from cancu.build import build
from cancu.bundle import Bundle
from cancu.errors import InputError
from cancu.quads import RDF_TYPE, prop
from tests.invented_site import invented_plan
from tests.test_build import without_plans


@pytest.fixture(scope="module")
def two(tmp_path_factory: pytest.TempPathFactory) -> tuple[Bundle, Bundle]:
    """The bundles of two plans of one province that cite the same documents."""
    folder, made = tmp_path_factory.mktemp("bundles"), []
    for number in (1, 2):
        path = folder / f"{number}.json"
        path.write_text(json.dumps(invented_plan(f"{number}/KH-UBND", 2020 + number), ensure_ascii=False), "utf-8")
        made.append(Bundle(bundle.make(part.Setting.now(), path)))
    return made[0], made[1]


def test_its_bytes_are_the_same_statements_in_both_forms(two: tuple[Bundle, Bundle]) -> None:
    for one in two:
        quads = set(ox.parse(bytes(one.quads), format=ox.RdfFormat.N_QUADS))
        assert set(ox.parse(bundle.TRIG_HEAD + bytes(one.trig), format=ox.RdfFormat.TRIG)) == quads
        assert len(quads) == sum(one.contents.sizes.values())
        assert json.loads(bytes(one.record))["document"]["number"]


def test_what_two_plans_give_is_listed_and_not_among_their_bytes(two: tuple[Bundle, Bundle]) -> None:
    first, second = (set(bytes(one.quads).splitlines()) for one in two)
    assert not first & second
    both = set(two[0].contents.follows) & set(two[1].contents.follows)
    assert any(triple.startswith("<https://w3id.org/cancu/doc/") for triple in both)
    told, more = (one.contents.members for one in two)
    assert set(told[prop("Agency")]) & set(more[prop("Agency")])


def test_classes_are_counted_once_over_all_plans(tmp_path: Path) -> None:
    data = without_plans(tmp_path)
    (data / "plans").mkdir()
    for number in (1, 2, 3):
        content = json.dumps(invented_plan(f"{number}/KH-UBND", 2020 + number), ensure_ascii=False)
        (data / "plans" / f"{number}.json").write_text(content, "utf-8")
    out = build(tmp_path / "out", data=data, site=False, jobs=1).folder
    store = ox.Store()
    store.bulk_load(path=str(out / "graph.nq"), format=ox.RdfFormat.N_QUADS)
    counted = store.query(f"SELECT ?c (COUNT(DISTINCT ?x) AS ?n) {{ ?x {RDF_TYPE} ?c }} GROUP BY ?c", use_default_graph_as_union=True)
    held = {str(row["c"]): row["n"].value for row in counted if str(row["c"]).startswith(prop("")[:-1])}
    void = "http://rdfs.org/ns/void#"
    told = store.query(f"SELECT ?c ?n {{ ?p <{void}class> ?c ; <{void}entities> ?n }}", use_default_graph_as_union=True)
    assert {str(row["c"]): row["n"].value for row in told} == held


def test_a_term_that_is_no_rdf_is_named() -> None:
    with pytest.raises(InputError, match="no RDF"):
        bundle.trig_of(b"<urn:a> <urn:b> <urn: c> <urn:g> .\n")
