"""Who implements whom, who replaces whom: each relation keeps its direction from the record to the triples, the trace and its words."""

from __future__ import annotations

import json
from itertools import permutations
from pathlib import Path

import pytest

from cancu import loading
from cancu.iris import ONTOLOGY
from cancu.paths import Hop, Node
from cancu.quads import Quad
from cancu.trace import say
from tests.invented_site import invented_plan

PREDICATES = ("implements", "details", "approves", "promulgates", "guides", "amends", "replaces")
ONE, OTHER = "64/2007/NĐ-CP", "67/2006/QH11"


def quads(path: Path, predicate: str, subject: str, other: str) -> list[Quad]:
    plan = invented_plan("12/KH-UBND", 2020)
    plan["document_relations"] = [{"subject": subject, "predicate": predicate, "object": other, "lines": [5, 5]}]
    path.write_text(json.dumps(plan, ensure_ascii=False), encoding="utf-8")
    context = loading.context()
    return [quad for quad in loading.run(type(context)(context.registry, (path,))) if "/graph/plan/" in quad.graph]


@pytest.mark.parametrize("predicate", PREDICATES)
@pytest.mark.parametrize(("subject", "other"), list(permutations((ONE, OTHER, "12/KH-UBND"), 2)))
def test_triples_keep_the_direction(predicate: str, subject: str, other: str, tmp_path: Path) -> None:
    ends = {ONE: "64-2007-nd-cp", OTHER: "67-2006-qh11", "12/KH-UBND": "12-kh-ubnd"}
    found = quads(tmp_path / "plan.json", predicate, subject, other)
    (stated,) = [quad for quad in found if quad.predicate == f"<{ONTOLOGY}{predicate}>"]
    assert (stated.subject.rsplit("/", 1)[1], stated.object.rsplit("/", 1)[1]) == (f"{ends[subject]}>", f"{ends[other]}>")
    (node,) = {quad.subject for quad in found if quad.predicate == f"<{ONTOLOGY}relationPredicate>"}
    said = {quad.predicate.rpartition("#")[2][:-1]: quad.object for quad in found if quad.subject == node}
    assert (said["relationSubject"], said["relationPredicate"], said["relationObject"]) == (
        stated.subject,
        f"<{ONTOLOGY}{predicate}>",
        stated.object,
    )


@pytest.mark.parametrize(
    ("relation", "vi", "en"),
    [
        ("implements", "A triển khai văn bản này", "A implements it"),
        ("details", "A quy định chi tiết văn bản này", "A details it"),
        ("promulgates", "ban hành A", "promulgates A"),
        ("approves", "phê duyệt A", "approves A"),
        ("hasSubstantiveBasis", "căn cứ nội dung của A", "legal basis of A"),
        ("hasLegalBasis", "căn cứ của A", "legal basis of A, its function not stated"),
        ("hasProceduralBasis", "căn cứ thủ tục của A", "procedural basis of A"),
        ("hasCompetenceBasis", "căn cứ thẩm quyền của A", "basis of the competence to issue A"),
        ("plannedIn", "nằm trong B", "planned in B"),
        ("plans", "dự án B nằm trong A", "B is a project of A"),
    ],
)
def test_words_are_said_of_the_basis_and_name_what_rests_on_it(relation: str, vi: str, en: str) -> None:
    hop = Hop(Node("a", "A"), relation, Node("b", "B"), None, None, None)
    assert (say(hop, "vi"), say(hop, "en")) == (vi, en)
