"""The registry that is committed has no errors, and each error and note is found where it is put."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path

import pytest

from cancu import loading
from cancu.context import Context
from cancu.registry import Registry
from cancu.registry_check import check, table
from cancu.registry_tables import RegisteredDocument
from tests.invented_site import invented_plan


@pytest.fixture(scope="module")
def context() -> Context:
    return loading.context()


def found(registry: Registry, *plans: Path) -> set[tuple[str, str]]:
    return {(fault.severity, fault.check) for fault in check(Context(registry, plans))}


def with_rows(registry: Registry, *rows: RegisteredDocument) -> Registry:
    parts = (registry.iris, registry.provinces, registry.agency_kinds, (*registry.documents, *rows))
    return Registry(*parts, registry.undertakings, registry.published)


def test_the_committed_registry_has_no_errors(context: Context) -> None:
    faults = check(context)
    assert [fault for fault in faults if fault.severity == "error"] == []
    assert {fault.where for fault in faults} >= {"laocai-391-2016.txt:479", "caobang-2893-2020.txt:217"}
    assert len(table(faults)) == len(faults)


def test_errors_of_the_documents_table(context: Context) -> None:
    registry = context.registry
    law = next(row for row in registry.documents if row.number == "67/2006/QH11")
    assert ("error", "one-key") in found(with_rows(registry, law))
    other = dataclasses.replace(law, number="9/2007/QH12", date="2007-01-01")
    assert ("error", "alias") in found(with_rows(registry, other))
    lost = dataclasses.replace(other, aliases=(), replaces=("luat 1/1900/QH0",))
    assert ("error", "reference") in found(with_rows(registry, lost))


def test_errors_of_agencies_and_provinces(context: Context) -> None:
    registry = context.registry
    kind, place = registry.agency_kinds[0], registry.provinces[0]
    for changed in (
        dataclasses.replace(registry, agency_kinds=(*registry.agency_kinds, dataclasses.replace(kind, kind="x", merged_into="nowhere"))),
        dataclasses.replace(registry, provinces=(*registry.provinces, dataclasses.replace(place, slug="x", merged_into="nowhere"))),
    ):
        assert {("error", "alias"), ("error", "reference")} <= found(changed)


def test_rows_that_differ_in_one_part_are_noted(context: Context) -> None:
    registry = context.registry
    decree = next(row for row in registry.documents if row.number == "102/2009/NĐ-CP")
    twin = dataclasses.replace(decree, number="102/2012/NĐ-CP")
    assert ("note", "near-duplicate") in found(with_rows(registry, twin))
    assert ("note", "near-duplicate") not in found(with_rows(registry, dataclasses.replace(twin, date="2012-01-01")))


def test_citations_that_do_not_agree_are_noted(context: Context, tmp_path: Path) -> None:
    paths = []
    for year, date, issuer in ((2020, "2019-03-01", "Bộ Nội vụ"), (2022, "2019-04-01", "Bộ Tài chính")):
        mention = {"surface": "Quyết định 77/2019/QĐ-BNV", "lines": [8, 8], "role": "mention"}
        cited = {"number": "77/2019/QĐ-BNV", "type": "Quyết định", "title": None, "date": date, "issuer": issuer}
        plan = invented_plan(f"{year}/KH-UBND", year)
        plan |= {"cited_documents": [cited | {"roles": ["mention"], "mentions": [mention]}], "document_relations": []}
        paths.append(tmp_path / f"{year}.json")
        paths[-1].write_text(json.dumps(plan, ensure_ascii=False), encoding="utf-8")
    assert found(context.registry, *paths) == {("note", "two-dates"), ("note", "two-issuers")}


def test_documents_that_stay_open_are_noted(context: Context, tmp_path: Path) -> None:
    mention = {"surface": "Kế hoạch số 5/KH-UBND", "lines": [8, 8], "role": "mention"}
    cited = {"number": "5/KH-UBND", "type": "Kế hoạch", "title": None, "date": None, "issuer": "Ủy ban nhân dân tỉnh Hòa Sơn"}
    plan = invented_plan("12/KH-UBND", 2020)
    plan |= {"cited_documents": [cited | {"roles": ["mention"], "mentions": [mention]}], "document_relations": []}
    path = tmp_path / "plan.json"
    path.write_text(json.dumps(plan, ensure_ascii=False), encoding="utf-8")
    assert found(context.registry, path) == {("note", "open")}
