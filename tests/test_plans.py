"""The committed plans are what reading gives, byte for byte, where the documents are at hand; and they hold no passages."""

from __future__ import annotations

from pathlib import Path

import pytest

from cancu import records, resources
from cancu.reading.plan import read_file

DOCUMENTS = resources.ROOT.parent / "shared" / "documents"
PLANS = sorted(resources.PLANS.glob("*.json"))
LONGEST = {"task": 16, "subject": 16, "detail": 60}


def test_there_are_plans() -> None:
    assert len(PLANS) >= 5


@pytest.mark.parametrize("path", PLANS, ids=lambda path: path.stem)
def test_a_plan_is_what_its_document_gives(path: Path) -> None:
    document = DOCUMENTS / records.read(path).source.name
    if not document.is_file():
        pytest.skip(f"{document.name} is not at hand in ../shared/documents: the record is not read anew")
    assert records.dumps(read_file(document)) == path.read_bytes(), "read it again, and look at what changed: cancu read -o data/plans"


@pytest.mark.parametrize("path", PLANS, ids=lambda path: path.stem)
def test_what_is_no_name_or_title_is_short(path: Path) -> None:
    record = records.read(path)
    phrases = [
        *(("task", duty.task) for duty in record.responsibilities),
        *(("subject", target.subject) for target in record.targets),
        *(("detail", finding.detail) for finding in record.findings),
    ]
    assert [(name, words) for name, words in phrases if len(words.split()) > LONGEST[name]] == []
