"""The registry's tables: complete, consistent, unambiguous, and each row with something to point at."""

from __future__ import annotations

import csv
import json
import re
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

import cancu
from cancu import loading, resources
from cancu.context import Context
from cancu.iris import ONTOLOGY, slug
from cancu.records import ProjectRow
from cancu.registry import fold, plan_slug
from cancu.schemes import scheme
from tests.invented_site import invented_plan

DOCUMENTS = (resources.ROOT.parent / "shared" / "documents", resources.ROOT.parent / "shared" / "documents-more")
LEVELS = {"central", "party-central", "provincial", "party-provincial", "district", "commune", "enterprise", "collective"}
COLUMNS = {
    "provinces": "slug name_vi name_en kind code code_2025 iso_code merged_into merged_on aliases source",
    "agencies": "kind label_vi label_en level parent aliases source merged_into merged_on",
    "documents": "jurisdiction type number date issuer title aliases effective_from replaces amends implements details bases source",
}
RELATIONS = ("replaces", "amends", "implements", "details", "bases")
LINE = re.compile(r"^([\w.-]+\.(?:txt|md)):(\d+)$")


def rows(table: str) -> list[dict[str, str]]:
    with (resources.REGISTRY / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def parts(cell: str, separator: str = ";") -> list[str]:
    return cell.split(separator) if cell else []


def days(cell: str) -> tuple[date, date]:
    """The first and last day that a date, a year or a term may be: '2016-12-20', '2016', '2015/2020'."""
    first, _, last = cell.partition("/")
    return date.fromisoformat(first if "-" in first else f"{first}-01-01"), date.fromisoformat(
        cell if "-" in cell else f"{last or first}-12-31"
    )


PROVINCES, AGENCIES, DOCUMENT_ROWS = rows("provinces"), rows("agencies"), rows("documents")


@pytest.mark.parametrize("table", COLUMNS)
def test_columns_and_cells(table: str) -> None:
    for row in rows(table):
        assert " ".join(row) == COLUMNS[table]
        assert row["source"], row
        assert all(value == " ".join(value.split()) for value in row.values()), f"stray white space: {row}"
        assert all(part for cell in ("aliases", *RELATIONS) for part in parts(row.get(cell, ""))), f"an empty part in a list: {row}"


@pytest.mark.parametrize(
    ("table", "column"), [("provinces", "merged_on"), ("agencies", "merged_on"), ("documents", "date"), ("documents", "effective_from")]
)
def test_dates(table: str, column: str) -> None:
    found = [day for row in rows(table) if row[column] for day in days(row[column])]
    assert found
    assert all(date(1945, 9, 2) <= day <= date(2030, 1, 1) for day in found)


def test_provinces_before_and_after_july_2025() -> None:
    slugs = [row["slug"] for row in PROVINCES]
    living = {row["slug"] for row in PROVINCES if not row["merged_into"]}
    assert len(slugs) == len(set(slugs)) == 63
    assert len(living) == 34
    assert Counter(row["kind"] for row in PROVINCES if row["slug"] in living) == {"tỉnh": 28, "thành phố": 6}
    for row in PROVINCES:
        assert row["slug"] == slug(row["name_vi"])
        assert re.fullmatch(r"\d\d", row["code"])
        assert re.fullmatch(r"VN-\w\w", row["iso_code"])
        assert bool(row["merged_into"]) == bool(row["merged_on"]) == (not row["code_2025"])
        assert not row["merged_into"] or row["merged_into"] in living
    for column in ("code", "code_2025", "iso_code"):
        values = [row[column] for row in PROVINCES if row[column]]
        assert len(values) == len(set(values)), column


def test_a_new_code_is_that_of_a_province_that_it_took_in() -> None:
    old = {row["slug"]: row["code"] for row in PROVINCES}
    for row in PROVINCES:
        if row["code_2025"]:
            assert row["code_2025"] in {row["code"], *(old[other["slug"]] for other in PROVINCES if other["merged_into"] == row["slug"])}


def test_agencies_refer_to_each_other() -> None:
    kinds = [row["kind"] for row in AGENCIES]
    assert len(kinds) == len(set(kinds))
    for row in AGENCIES:
        assert row["level"] in LEVELS
        assert row["label_vi"]
        assert row["label_en"]
        assert row["kind"] == slug(row["kind"])
        assert row["parent"] in {"", *kinds}, row["kind"]
        assert row["merged_into"] in {"", *kinds}, row["kind"]
        assert row["kind"] not in {row["parent"], row["merged_into"]}


def test_documents_refer_to_each_other() -> None:
    keys = Counter((row["jurisdiction"], f"{row['type']} {row['number']}") for row in DOCUMENT_ROWS)
    assert all(count == 1 for count in keys.values())
    dates = {(row["jurisdiction"], f"{row['type']} {row['number']}"): row["date"] for row in DOCUMENT_ROWS}
    for row in DOCUMENT_ROWS:
        for relation in RELATIONS:
            for key in parts(row[relation]):
                target = next((dates[where, key] for where in (row["jurisdiction"], "vn") if (where, key) in dates), None)
                assert target, f"{row['number']} {relation} {key}, which is no row"
                assert days(target)[0] <= days(row["date"])[1], f"{row['number']} {relation} a later document, {key}"


def test_documents_are_of_known_types_and_places() -> None:
    places = {"vn", *(row["slug"] for row in PROVINCES)}
    assert sum(not row["title"] for row in DOCUMENT_ROWS) <= 3  # those that plans cite by number alone
    for row in DOCUMENT_ROWS:
        assert scheme("document-type").by_notation(row["type"]), row["type"]
        assert row["jurisdiction"] in places
        year = re.search(r"/(\d{4})/", row["number"])
        assert year is None or year[1] == row["date"][:4], f"the year in {row['number']} is not that of {row['date']}"
        assert not row["effective_from"] or days(row["effective_from"]) >= days(row["date"])


@pytest.mark.parametrize(
    ("table", "label", "key"), [("provinces", "name_vi", "slug"), ("agencies", "label_vi", "kind"), ("documents", "", "number")]
)
def test_a_name_means_one_thing(table: str, label: str, key: str) -> None:
    owners: dict[str, str] = {}
    for row in rows(table):
        for name in [*([row[label]] if label else []), *parts(row["aliases"])]:
            assert owners.setdefault(fold(name), row[key]) == row[key], f"“{name}” is both {owners[fold(name)]} and {row[key]}"


@pytest.mark.skipif(not DOCUMENTS[0].is_dir(), reason="the source documents are not at hand")
def test_sources_point_at_lines_that_hold_the_number() -> None:
    texts = {
        path.name: path.read_text("utf-8").split("\n")
        for folder in DOCUMENTS
        for path in folder.glob("*.*")
        if path.suffix in {".txt", ".md"}
    }
    checked = 0
    for row in DOCUMENT_ROWS:
        for source in parts(row["source"], " | "):
            match = LINE.match(source)
            if not match or match[1] not in texts:
                continue
            line = slug(texts[match[1]][int(match[2]) - 1])
            assert slug(row["number"]) in line or slug(row["title"]) in line, f"{source} does not hold {row['number']}"
            checked += 1
    assert checked > 50


def test_the_licence_is_cc0() -> None:
    assert "CC0 1.0 Universal" in (Path(resources.DATA) / "LICENSE").read_text("utf-8")


# ---------------------------------------------------------------- undertakings


def _plan_rows() -> dict[tuple[str, str], ProjectRow]:
    row_key = loading.module(resources.LOADERS / "projects.py").row_key
    context = loading.context()
    return {(plan_slug(record, context.registry), row_key(row)): row for _, record in context.records() for row in record.projects}


def test_undertakings_join_rows_that_exist_and_have_one_lead() -> None:
    found = _plan_rows()
    table = rows("undertakings")
    assert table
    for row in table:
        here, there = (row["plan"], row["row"]), (row["same_as_plan"], row["same_as_row"])
        assert here in found and there in found, row
        assert here != there and found[here].lead == found[there].lead, row
        assert row["reason"] and row["source"]
    joined = [(row["plan"], row["row"]) for row in table]
    assert len(joined) == len(set(joined))
    assert not set(joined) & {(row["same_as_plan"], row["same_as_row"]) for row in table}, (
        "join each row to the first one, not to one that is joined"
    )


@pytest.mark.parametrize(("other", "count"), [({}, 1), ({"total_vnd": 7_000_000}, 2), ({"lead": ["Sở Nội vụ"]}, 2)])
def test_rows_of_two_tables_are_joined_where_name_lead_and_money_agree(other: dict[str, object], count: int, tmp_path: Path) -> None:
    plan = invented_plan("12/KH-UBND", 2020)
    table, row = plan["tables"][0], plan["projects"][0] | {"total_vnd": 5_000_000, "by_year_vnd": {}, "allocations": []}
    plan["tables"] = [table, table | {"id": "appendix-2", "stated_totals": []}]
    plan["projects"] = [row, row | {"table": "appendix-2"} | other]
    path = tmp_path / "plan.json"
    path.write_text(json.dumps(plan, ensure_ascii=False), encoding="utf-8")
    context = loading.context()
    quads = loading.run(Context(context.registry, (path,)))
    assert len({quad.object for quad in quads if quad.predicate == f"<{ONTOLOGY}entryOf>"}) == count


# ---------------------------------------------------------------- the reforms


def test_an_old_agency_names_its_heirs_to_the_last() -> None:
    registry = loading.context().registry

    def heirs(name: str, home: str) -> list[tuple[str, str]]:
        found, heir = [], registry.heir(registry.agency(name, home))
        while heir is not None:
            found.append((heir.agency.label, heir.on))
            heir = registry.heir(heir.agency)
        return found

    information, science = "Sở Thông tin và Truyền thông tỉnh", "Sở Khoa học và Công nghệ tỉnh"
    assert heirs("Sở Bưu chính, Viễn thông", "lao-cai") == [(f"{information} Lào Cai", ""), (f"{science} Lào Cai", "")]
    # the province became part of another
    assert heirs("Sở Thông tin và Truyền thông", "tien-giang") == [(f"{science} Tiền Giang", ""), (f"{science} Đồng Tháp", "2025-07-01")]
    assert heirs("Ủy ban nhân dân tỉnh", "tien-giang") == [("Ủy ban nhân dân tỉnh Đồng Tháp", "2025-07-01")]
    assert heirs("Bộ Thông tin và Truyền thông", "tien-giang") == [("Bộ Khoa học và Công nghệ", "2025-03-01")]
    assert heirs("Hợp tác xã Đồng Tâm", "tien-giang") == heirs("Sở Nội vụ", "lao-cai") == []


def test_no_agency_is_its_own_heir() -> None:
    heirs = {row["kind"]: row["merged_into"] for row in AGENCIES}
    for kind in heirs:
        chain = [kind]
        while heir := heirs.get(chain[-1], ""):
            assert heir not in chain, f"{heir} comes back to itself"
            chain.append(heir)


def test_changes_are_events_of_the_graph() -> None:
    graph = cancu.open()
    events = "?e a cancu:ChangeEvent ; cancu:originalOrganization ?from ; cancu:resultingOrganization ?to"
    rows_ = graph.query(f"SELECT DISTINCT ?from ?to ?day {{ {events} OPTIONAL {{ ?e cancu:changedOn ?day }} }}").rows
    found = {str(one).split("cancu/")[1]: (str(other).split("cancu/")[1], str(day)) for one, other, day in rows_}
    assert found["agency/lao-cai/so-thong-tin-va-truyen-thong"] == ("agency/lao-cai/so-khoa-hoc-va-cong-nghe", "None")
    assert found["agency/vn/bo-thong-tin-va-truyen-thong"] == ("agency/vn/bo-khoa-hoc-va-cong-nghe", "2025-03-01")
    assert found["jurisdiction/tien-giang"] == ("jurisdiction/dong-thap", "2025-07-01")
    assert sum(name.startswith("jurisdiction/") for name in found) == 29
    codes = "?p rdfs:label 'Lào Cai'@vi ; cancu:provinceCode ?old ; cancu:provinceCode2025 ?new ; cancu:isoCode ?iso"
    assert graph.query(f"SELECT ?old ?new ?iso {{ {codes} }}").rows == (("10", "15", "VN-02"),)
