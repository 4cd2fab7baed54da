"""The real documents, where they are at hand, are read whole, the same way each time, and every item stands on lines of theirs."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from cancu import resources
from cancu.reading.plan import read_file
from cancu.records import PlanRecord, dumps, loads

FOLDERS = [resources.ROOT.parent / "shared" / name for name in ("documents", "documents-more")]
DOCUMENTS = sorted(
    path for folder in FOLDERS if folder.is_dir() for path in folder.iterdir() if path.name != "SOURCES.md" and ".layout." not in path.name
)
pytestmark = pytest.mark.skipif(not DOCUMENTS, reason="the real documents are not beside this checkout, in ../shared/documents")


@cache
def _record(path: Path) -> PlanRecord:
    return read_file(path)


def _by_name(name: str) -> PlanRecord:
    found = [path for path in DOCUMENTS if path.name.startswith(name)]
    if not found:
        pytest.skip(f"{name} is not at hand")
    return _record(found[0])


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_every_item_has_lines_of_its_document(path: Path) -> None:
    record = _record(path)
    last = record.source.lines
    spans = [
        *(mention.lines for document in record.cited_documents for mention in document.mentions),
        *(item.lines for item in (*record.tables, *record.projects, *record.responsibilities, *record.targets, *record.findings)),
        *(system.lines_first for system in record.systems),
    ]
    assert spans
    assert all(1 <= first <= end <= last for first, end in spans)


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_a_record_is_the_same_each_time_and_meets_its_schema(path: Path) -> None:
    data = dumps(_record(path))
    assert data == dumps(read_file(path))
    assert dumps(loads(data)) == data


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_phrases_are_short_enough_to_be_facts(path: Path) -> None:
    record = _record(path)
    phrases = [*(duty.task for duty in record.responsibilities), *(target.subject for target in record.targets)]
    assert all(phrase and len(phrase.split()) <= 16 for phrase in phrases)


@pytest.mark.parametrize(
    ("name", "duties", "targets", "total"),
    [
        ("caobang-2893-2020", 37, 19, None),
        ("laocai-391-2016", 22, 35, 185_083_000_000),
        ("phutho-1489-2010", 28, 20, 115_225_000_000),
        ("tiengiang-172-2013", 9, 2, 26_162_000_000),
        ("laocai-340-2017", 25, 17, None),
        ("hanoi-310-2025", 19, 6, None),
    ],
)
def test_what_was_counted_by_hand(name: str, duties: int, targets: int, total: int | None) -> None:
    record = _by_name(name)
    assert (len(record.responsibilities), len(record.targets), record.document.total_budget_vnd) == (duties, targets, total)


def test_a_sum_that_does_not_add_up_is_found() -> None:
    faults = [finding for finding in _by_name("phutho-1489-2010").findings if finding.kind == "sum-mismatch"]
    assert [fault.lines for fault in faults] == [(46, 46), (684, 689)]  # the total of the column is right with what that row makes
