"""Invented plans, as many as are wanted, from a seed: documents, the records that are right for them, and the faults planted in them.

    python benchmarks/corpus.py 1000 --into /tmp/corpus [--seed 7] [--faults]

The provinces are those of the day, 63 or 34; the plans and what they cite are not. How often a national document is cited falls with
its rank (Zipf's law, exponent 1), as in real plans: nearly all rest on one decree, most documents are cited once or twice. Each
second national document implements another of lower rank: chains of up to four steps. A tenth of the rows name a basis of their own.
The same numbers give the same bytes.
"""

from __future__ import annotations

import argparse
import csv
import random
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import msgspec

from benchmarks import faults, layouts
from benchmarks.draft import Draft, Item, cited, total_rows
from cancu import records, resources
from cancu.records import PlanRecord
from cancu.registry_tables import Province, provinces

_NATIONAL = (("Nghị định", "NĐ-CP", "Chính phủ"), ("Quyết định", "QĐ-TTg", "Thủ tướng Chính phủ"), ("Nghị quyết", "NQ-CP", "Chính phủ"))
_WORKS = ("Nâng cấp", "Xây dựng", "Thuê dịch vụ", "Mở rộng")
_SYSTEMS = ("mạng diện rộng", "cổng thông tin điện tử", "hệ thống thư điện tử", "trung tâm tích hợp dữ liệu", "cơ sở dữ liệu đất đai")
_LEADS = ("Sở Khoa học và Công nghệ", "Văn phòng Ủy ban nhân dân tỉnh", "Sở Nội vụ", "Sở Tài chính")
_SECTIONS = ("I. Hạ tầng số", "II. Ứng dụng và dữ liệu", "III. Nguồn nhân lực")
_SOURCES = ("Ngân sách Trung ương", "Ngân sách địa phương")
_INDICATORS = ("hồ sơ công việc được xử lý trên môi trường mạng", "dịch vụ công được cung cấp trực tuyến toàn trình")
_DOCUMENTS = 400
_MILLION = 10**6


@dataclass(frozen=True, slots=True)
class Planted:
    """A fault in a document: its first line (0 where it concerns the whole plan), and the constraint that it breaks."""

    file: str
    line: int
    constraint: str


@dataclass(frozen=True, slots=True)
class Invented:
    """A document, the record that is right for it, and the faults that were planted in it."""

    text: str
    record: PlanRecord
    planted: tuple[Planted, ...]


def invented(plans: int, *, projects: int = 12, bases: int = 12, seed: int = 0, faulty: bool = False) -> Iterator[Invented]:
    """`plans` documents with so many projects and national bases each; where `faulty`, with a fault of most kinds of constraint in turn."""
    dice = random.Random(seed)
    national = [_national(place) for place in range(_DOCUMENTS)]
    weights = [1 / (place + 1) for place in range(_DOCUMENTS)]
    for number in range(plans):
        chosen = sorted(set(dice.choices(range(_DOCUMENTS), weights, k=bases)))
        draft = _draft(number, national, chosen, projects, dice)
        wanted = faults.turn(number, dice) if faulty else ()
        found = faults.plant(draft, wanted, dice, total_rows)
        text = layouts.write(draft, number)
        record = records.loads(msgspec.json.encode(draft.record))
        file = record.source.name
        yield Invented(text, record, tuple(Planted(file, _line(item), name) for name, item in found))


def _line(item: Item | None) -> int:
    return (item.get("lines") or item["lines_first"])[0] if item else 0


def corpus(plans: int, *, projects: int = 12, bases: int = 12, seed: int = 0) -> Iterator[PlanRecord]:
    """The records alone, without faults."""
    return (one.record for one in invented(plans, projects=projects, bases=bases, seed=seed))


def _national(place: int) -> Item:
    """A national document: the lower its place, the older it is, and the more often cited. No real one has so high a number."""
    kind, symbols, issuer = _NATIONAL[place % len(_NATIONAL)]
    year = 2004 + place * 15 // _DOCUMENTS
    return {
        "number": f"{place + 5001}/{year}/{symbols}",
        "type": kind,
        "title": f"Văn bản mẫu thứ {place + 1}",
        "date": f"{year}-{1 + place % 12:02}-{1 + place % 28:02}" if place % 27 else f"{year}-12-28",
        "issuer": issuer,
    }


@cache
def _provinces(reformed: bool) -> tuple[Province, ...]:
    return tuple(one for one in provinces(resources.REGISTRY) if not (reformed and one.merged_into))


def _draft(number: int, national: list[Item], chosen: list[int], projects: int, dice: random.Random) -> Draft:
    year = 2020 + number % 7
    here = _provinces(year > 2025)
    province = here[number // 7 % len(here)]
    place = f"{province.kind} {province.name}"
    issuer = f"Ủy ban nhân dân {place}"
    last = year + dice.randint(2, 4)
    own: Item = {"number": f"{number + 9001}/ĐA-UBND", "type": "Đề án", "title": "Đề án mẫu của tỉnh", "date": f"{year - 1}-06-01"}
    own["issuer"] = issuer
    documents = [cited(national[one], "legal_basis") for one in chosen] + [cited(own, "row_basis")]
    relations = [{"subject": own["number"], "predicate": "implements", "object": national[chosen[0]]["number"]}]
    for one in chosen:
        if one and one % 2 == 0 and national[one]["date"] > national[one // 4]["date"]:
            documents += [] if one // 4 in chosen else [cited(national[one // 4], "mention")]
            relations.append({"subject": national[one]["number"], "predicate": "implements", "object": national[one // 4]["number"]})
    documents = list({str(entry["number"]): entry for entry in reversed(documents)}.values())[::-1]
    title = f"Ứng dụng công nghệ thông tin {place} giai đoạn {year + 1}-{last}"
    head = {
        "number": f"{number + 9001}/KH-UBND", "type": "Kế hoạch", "title": title, "date": f"{year}-12-01", "issuer": issuer,
        "province": province.name, "period": [year + 1, last], "signer": "Nguyễn Văn Mẫu", "signer_title": "Phó Chủ tịch",
    }  # fmt: skip
    by_year = number % 2 == 0
    rows = [_row(place, projects, (year + 1, last), by_year, str(own["number"]), dice) for place in range(projects)]
    targets = [
        {"subject": subject, "value": 70 + 10 * step, "unit": "%", "comparator": ">=", "by_year": year + 1 + step}
        for subject in _INDICATORS
        for step in (0, 1)
    ]
    systems = [{"kind": "portal", "name": "Cổng thông tin điện tử", "status": "upgrade", "mentions": 1}]
    duties = [{"agency": lead, "role": "lead", "with": [], "task": "triển khai kế hoạch"} for lead in _LEADS[:2]]
    return Draft(
        {
            "source": {"name": f"mau-{number + 1:05}.txt", "sha256": f"{number:064x}", "lines": 1, "media_type": "text/plain"},
            "document": head, "cited_documents": documents, "document_relations": relations,
            "tables": [{"id": "appendix-1", "title": "Danh mục nhiệm vụ", "unit": "triệu đồng", "columns": []}], "projects": rows,
            "responsibilities": duties, "systems": systems, "targets": targets, "findings": [],
        },
        by_year=by_year, summary=by_year and number % 4 == 0, shares=not by_year and number % 8 == 1,
    )  # fmt: skip


def _row(place: int, rows: int, period: tuple[int, int], by_year: bool, basis: str, dice: random.Random) -> Item:
    years = range(period[0], period[1] + 1)
    parts = [dice.randint(201, 4999) * _MILLION for _ in (years if by_year else _SOURCES)]
    names = [str(year) for year in years] if by_year else list(_SOURCES)
    return {
        "table": "appendix-1", "section": _SECTIONS[place * len(_SECTIONS) // rows], "ordinal": str(place + 1),
        "name": f"{dice.choice(_WORKS)} {dice.choice(_SYSTEMS)} số {place + 1}", "lead": [dice.choice(_LEADS)], "coordinating": [],
        "period": list(period), "total_vnd": sum(parts), "by_year_vnd": dict(zip(names, parts, strict=True)) if by_year else {},
        "allocations": [] if by_year else [
            {"column": name, "year_or_period": None, "source": name, "capital": None, "amount_vnd": part}
            for name, part in zip(names, parts, strict=True)
        ],
        "note": None, "row_basis": [basis] if dice.random() < 0.1 else [],
    }  # fmt: skip


def main() -> None:
    """Writes documents, records, and the list of planted faults into a folder."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("plans", type=int)
    parser.add_argument("--into", type=Path, required=True)
    parser.add_argument("--projects", type=int, default=12)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--faults", action="store_true", help="plant faults, and list them in planted.csv")
    given = parser.parse_args()
    planted: list[Planted] = []
    for folder in ("documents", "records"):
        (given.into / folder).mkdir(parents=True, exist_ok=True)
    for one in invented(given.plans, projects=given.projects, seed=given.seed, faulty=given.faults):
        name = Path(one.record.source.name)
        (given.into / "documents" / name).write_text(one.text, encoding="utf-8")
        (given.into / "records" / name.with_suffix(".json")).write_bytes(records.dumps(one.record))
        planted += one.planted
    with (given.into / "planted.csv").open("w", encoding="utf-8", newline="") as file:
        rows = [(one.file, one.line, one.constraint) for one in planted]
        csv.writer(file, lineterminator="\n").writerows([("file", "line", "constraint"), *rows])


if __name__ == "__main__":
    main()
