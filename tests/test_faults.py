"""Faults planted in invented plans, and those that people found in real ones: what the audit finds of them, and what beside."""

from __future__ import annotations

from functools import cache

from benchmarks import anomalies, faults
from benchmarks.audit import run
from benchmarks.corpus import corpus, invented
from cancu import loading
from cancu.audit import Finding
from cancu.build import audited
from cancu.constraints import constraints


def test_all_planted_faults_are_found_and_nothing_else() -> None:
    done = run(40, seed=5)
    assert done.found == done.planted
    assert len(done.planted) > 100


def test_nearly_every_constraint_has_a_fault() -> None:
    assert {one.name for one in constraints()} - set(faults.FAULTS) == {"OneSpelling", "TwoDates"}
    assert set(faults.FAULTS) <= {one.name for one in constraints()}


def test_each_fault_has_its_turn() -> None:
    planted = {fault.constraint for one in invented(400, faulty=True) for fault in one.planted}
    assert set(faults.FAULTS) <= planted


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


# ---------------------------------------------------------------- what people found in the committed plans


@cache
def _findings() -> tuple[Finding, ...]:
    return audited(loading.context()).findings


def test_what_a_rule_can_express_is_found() -> None:
    wanted = [one for one in anomalies.table("anomalies") if one.by != anomalies.READER]
    found = [one for one in wanted if any(one.found_by(finding) for finding in _findings())]
    assert len(found) >= 0.85 * len(wanted)


def test_every_warning_was_read_and_nearly_all_are_true() -> None:
    read = anomalies.table("warnings")
    warnings = [finding for finding in _findings() if finding.severity == "Warning"]
    verdicts = [next((one.verdict for one in read if one.found_by(finding)), f"not read: {finding.message_vi}") for finding in warnings]
    assert set(verdicts) <= {"true", "false"}, "read it, and add a row to tests/warnings.csv"
    assert verdicts.count("true") >= 0.95 * len(warnings)


def test_every_verdict_is_on_a_finding_that_is_still_made() -> None:
    read = anomalies.table("warnings")
    assert [one for one in read if not any(one.found_by(finding) for finding in _findings())] == []
