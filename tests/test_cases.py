"""Each case of `tests/cases/`: its document read gives its record, its record loaded gives its quads.

`python tests/test_cases.py` writes every `quads.nq` anew, for a change of the model; read the difference before it is committed.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import rdflib
from msgspec import structs, to_builtins
from rdflib.compare import isomorphic

from cancu import loading, records, resources
from cancu.context import Context
from cancu.reading.plan import read_file

CASES = sorted(path for path in (Path(__file__).parent / "cases").iterdir() if path.is_dir())
FREE = {"responsibilities": "task", "targets": "subject", "findings": "detail"}  # phrases that two readers word in two ways


@pytest.fixture(params=CASES, ids=[path.name for path in CASES])
def case(request: pytest.FixtureRequest) -> Path:
    """The folder of a case."""
    return Path(request.param)


def test_the_document_gives_the_record(case: Path) -> None:
    (document,) = case.glob("document.*")
    read, written = read_file(document), records.read(case / "record.json")
    for section in structs.fields(written):
        assert _exact(read, section.name) == _exact(written, section.name), section.name


def test_the_record_gives_the_quads(case: Path) -> None:
    expected = rdflib.Graph().parse(data=_triples((case / "quads.nq").read_text("utf-8")), format="nt")
    assert isomorphic(rdflib.Graph().parse(data=_triples(_quads(case / "record.json")), format="nt"), expected)


def test_a_record_is_written_as_it_was_read(case: Path) -> None:
    data = (case / "record.json").read_bytes()
    assert records.dumps(records.loads(data)) == data


def _exact(record: records.PlanRecord, section: str) -> Any:
    """A section of a record without its free phrases."""
    items = to_builtins(getattr(record, section))
    return [{key: value for key, value in item.items() if key != FREE[section]} for item in items] if section in FREE else items


def _quads(path: Path) -> str:
    """The quads of one record, sorted, without those of the registry."""
    context = Context(loading.context().registry, (path,))
    lines = {str(quad) for quad in loading.run(context, resources.DATA) if "/graph/plan/" in quad.graph}
    assert not context.rejected
    return "".join(f"{line}\n" for line in sorted(lines))


def _triples(quads: str) -> str:
    """The quads of one graph as triples: all must name the same graph."""
    parts = [line.removesuffix(" .").rpartition(" ") for line in quads.splitlines()]
    assert len({graph for _, _, graph in parts}) == 1
    return "".join(f"{triple} .\n" for triple, _, _ in parts)


if __name__ == "__main__":
    for folder in CASES:
        (folder / "quads.nq").write_text(_quads(folder / "record.json"), "utf-8")
