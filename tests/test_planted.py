"""Faults planted in invented plans: the audit finds each, and nothing else; the corpus is the same each time."""

from __future__ import annotations

from benchmarks import faults
from benchmarks.audit import run
from benchmarks.corpus import corpus, invented
from cancu.constraints import constraints


def test_all_planted_faults_are_found_and_nothing_else() -> None:
    planted, found, _ = run(40, seed=5)
    assert found == planted
    assert len(planted) > 100


def test_nearly_every_constraint_has_a_fault() -> None:
    assert {one.name for one in constraints()} - set(faults.FAULTS) == {"OneSpelling", "TwoDates"}
    assert set(faults.FAULTS) <= {one.name for one in constraints()}


def test_the_same_seed_gives_the_same_documents() -> None:
    assert list(invented(6, seed=2, faulty=True)) == list(invented(6, seed=2, faulty=True)) != list(invented(6, seed=3, faulty=True))


def test_lines_are_where_the_document_has_them() -> None:
    for one in invented(6, faulty=True):
        lines = one.text.splitlines()
        assert len(lines) == one.record.source.lines
        for row in one.record.projects:
            assert row.name in "\n".join(lines[row.lines[0] - 1 : row.lines[1]])
        for document in one.record.cited_documents:
            assert all(mention.surface in lines[mention.lines[0] - 1] for mention in document.mentions)


def test_the_corpus_without_faults_has_none() -> None:
    assert [record.document.number for record in corpus(3)] == ["9001/KH-UBND", "9002/KH-UBND", "9003/KH-UBND"]
