"""Answers that are renewed after a change are those that the whole graph gives."""

from __future__ import annotations

import json
import random
from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest

from benchmarks.changes import moved_down
from benchmarks.corpus import corpus
from cancu import bundle, catalogue, records, resources
from cancu.bundle import Bundle
from cancu.graph import Graph
from cancu.iris import BASE, Iris
from cancu.part import Setting, ground
from cancu.quads import iri
from cancu.table import Table
from cancu.ties import Change
from cancu.website import gathering, renewal
from tests.test_build import without_plans

Parts = dict[str, Bundle]
_INFERRED = iri(Iris().graph("inferred"))
_EDITS = ("name", "pay", "title", "rename all", "lines", "row", "date", "share", "drop")


def test_a_table_is_read_as_it_was_written() -> None:
    table = Table(("a", "b"), [("2021-01-01", date(2021, 1, 1)), (None, 3), (1.5, True)])
    found = renewal.loads(renewal.dumps(table))
    assert (found.columns, list(found.rows)) == (table.columns, table.rows)
    assert [type(cell) for row in found for cell in row] == [type(cell) for row in table for cell in row]


@pytest.mark.parametrize("query", [query for query in catalogue.queries() if query.name in renewal.PLAN_BY_PLAN], ids=lambda q: q.name)
def test_rows_are_put_in_order_as_the_store_does(query: catalogue.NamedQuery, invented_graph: Graph) -> None:
    answer = invented_graph.query(query.name, **{param.name: param.example for param in query.params})
    assert {"plan", "laterPlan"} & set(answer.columns), "its rows say which plans they tell of"
    rows = list(answer.rows)
    random.Random(1).shuffle(rows)
    assert renewal.in_order(query, answer.columns, rows) == list(answer.rows)


def _edit(told: dict[str, dict[str, Any]], kind: str, dice: random.Random) -> None:
    name = dice.choice(sorted(told))
    record = told[name]
    match kind:
        case "name":
            dice.choice(record["projects"])["name"] = f"Tên mới {dice.random()}"
        case "pay":
            record["projects"][0]["total_vnd"] = dice.randint(1, 99) * 10**8
        case "title":
            dice.choice(record["cited_documents"])["title"] = f"Nhan đề {dice.random()}"
        case "rename all":
            told[name] = json.loads(json.dumps(record, ensure_ascii=False).replace("Nâng cấp", "Mở rộng"))
        case "lines":
            told[name] = moved_down(record)
        case "row":
            record["projects"].pop()
        case "date":
            record["cited_documents"][0]["date"] = "2009-01-01"
        case "share":
            other = dice.choice(told[dice.choice(sorted(told))]["cited_documents"])
            record["cited_documents"].append({**other, "id": f"x{dice.randint(1, 999)}"})
        case _:
            del told[name]


def test_answers_after_a_change_are_those_of_the_whole_graph(tmp_path: Path) -> None:
    dice, setting = random.Random(6), Setting.now(None, without_plans(tmp_path), (resources.LOADERS,))
    first = Bundle(bundle.of_ground(ground(setting)))
    told = {
        str(number): json.loads(records.dumps(one)) for number, one in enumerate(corpus(8, projects=3, bases=4)) if number in (0, 1, 4, 7)
    }

    def parts() -> Parts:
        every = [first, *(part(name, json.dumps(record, ensure_ascii=False)) for name, record in told.items())]
        return {one.contents.name: one for one in every}

    @cache
    def part(name: str, text: str) -> Bundle:
        path = tmp_path / f"{name}.json"
        path.write_text(text, encoding="utf-8")
        return Bundle(bundle.make(setting, path))

    before, known, held = parts(), dict[str, Table](), 0
    moved = 0
    for kind in (None, *_EDITS):
        if kind:
            _edit(told, kind, dice)
        now = parts()
        graph = _graph(now)
        change = Change.of({name: one.contents.tie for name, one in before.items()}, {name: one.contents.tie for name, one in now.items()})
        answers = dict(graph.examples())
        if kind:
            kept = {name: renewal.dumps(answer) for name, answer in known.items()}
            found = renewal.renewed(kept, change, Iris(), now.__getitem__)
            assert (renewal.RANKED in found) == change.ranks_hold == (kind in ("name", "rename all", "lines")), kind
            relied = renewal.relied_on(known[renewal.RANKED], change.concern, gathering.read(graph), graph)
            assert list(relied.rows) == list(answers[renewal.RANKED].rows) != [], kind
            moved += list(relied.rows) != list(known[renewal.RANKED].rows)
            assert {name: list(answer.rows) for name, answer in found.items()} == {name: list(answers[name].rows) for name in found}, kind
            assert found.keys() >= renewal.PLAN_BY_PLAN
            held += len(found)
        before, known = now, answers
    assert held > len(_EDITS) * len(renewal.PLAN_BY_PLAN)
    assert moved > 1


def _graph(parts: Mapping[str, Bundle]) -> Graph:
    store = ox.Store()
    text = b"".join(bytes(one.quads) for one in parts.values()).decode()
    follows = sorted({triple for one in parts.values() for triple in one.contents.follows})
    store.bulk_load(text + "".join(f"{triple} {_INFERRED} .\n" for triple in follows), format=ox.RdfFormat.N_QUADS)
    return Graph(store, BASE)
