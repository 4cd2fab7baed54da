"""Records round-trip, keep their schema, and say where a bad one is bad."""

from __future__ import annotations

import json
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cancu import records, resources
from cancu.errors import InputError

MINIMAL = {
    "source": {"name": "a.txt", "sha256": "0" * 64, "lines": 3, "media_type": "text/plain"},
    "document": {"number": "1/KH-UBND", "type": "Kế hoạch", "title": "Thử", "date": "2020-01-02", "issuer": None, "province": "Hòa Sơn"},
}


def record(**parts: object) -> records.PlanRecord:
    return records.loads(json.dumps(MINIMAL | parts).encode())


def test_defaults_are_empty() -> None:
    made = record()
    assert made.projects == ()
    assert made.document.period is None


@given(st.lists(st.tuples(st.text(min_size=1), st.integers(1, 10**6), st.integers(0, 10**15)), max_size=5))
def test_round_trip(rows: list[tuple[str, int, int]]) -> None:
    projects = [
        {
            "table": "appendix-1",
            "section": None,
            "ordinal": None,
            "name": name,
            "total_vnd": money,
            "by_year_vnd": {"2020": money},
            "lines": [line, line],
        }
        for name, line, money in rows
    ]
    made = record(projects=projects)
    data = records.dumps(made)
    assert records.loads(data) == made
    assert records.dumps(records.loads(data)) == data


@pytest.mark.parametrize(
    ("part", "said"),
    [
        ({"projects": [{"table": "t", "section": None, "ordinal": "1", "name": "x", "lines": [0, 1]}]}, "$.projects[0].lines[0]"),
        ({"targets": [{"subject": "x", "value": "many", "unit": "%", "comparator": "=", "lines": [1, 1]}]}, "$.targets[0].value"),
        ({"findings": [{"kind": "bad", "detail": "x", "lines": [1, 1]}]}, "$.findings[0].kind"),
        ({"surprise": 1}, "surprise"),
        ({"document": MINIMAL["document"] | {"date": "2/1/2020"}}, "$.document.date"),
    ],
)
def test_a_bad_record_is_refused_where_it_is_bad(part: dict[str, object], said: str) -> None:
    with pytest.raises(InputError) as caught:
        records.loads(json.dumps(MINIMAL | part).encode(), "plan.json")
    assert "plan.json" in str(caught.value)
    assert said in str(caught.value)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"nowhere\.json"):
        records.read(tmp_path / "nowhere.json")


def test_records_are_frozen() -> None:
    with pytest.raises(AttributeError):
        record().source.name = "b.txt"  # type: ignore[misc]


def test_the_committed_schema_is_the_types() -> None:
    path = resources.ROOT / "docs" / "record.schema.json"
    assert json.loads(path.read_text("utf-8")) == json.loads(msgspec.json.encode(records.schema())), "run `make docs`"
