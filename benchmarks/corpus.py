"""Invented plan records, as many as are wanted, from a seed: of provinces that do not exist, with national bases that they share.

    python benchmarks/corpus.py 1000 --into /tmp/corpus

How often a national document is cited falls with its rank (Zipf's law, exponent 1), as in real plans: nearly all rest on
one decree, most documents are cited once or twice. A tenth of the rows name a basis of their own.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Iterator
from pathlib import Path

import msgspec

from cancu import records
from cancu.records import PlanRecord

_FIRST = ("Hòa", "Biên", "Tân", "Lạc", "Vĩnh", "Thanh", "Phong", "Cẩm", "Yên")
_SECOND = ("Sơn Hạ", "Khê Thượng", "Lâm Đông", "Giang Nam", "Trạch Bắc", "Điền Tây", "Phước Lộc")
_NATIONAL = (("Nghị định", "NĐ-CP", "Chính phủ"), ("Quyết định", "QĐ-TTg", "Thủ tướng Chính phủ"), ("Nghị quyết", "NQ-CP", "Chính phủ"))
_WORKS = ("Nâng cấp", "Xây dựng", "Thuê dịch vụ", "Mở rộng")
_SYSTEMS = ("mạng diện rộng", "cổng thông tin điện tử", "hệ thống thư điện tử", "trung tâm tích hợp dữ liệu", "cơ sở dữ liệu đất đai")
_LEADS = ("Sở Thông tin và Truyền thông", "Văn phòng Ủy ban nhân dân tỉnh", "Sở Nội vụ", "Sở Tài chính")
_DOCUMENTS = 400


def corpus(plans: int, *, projects: int = 12, bases: int = 12, seed: int = 0) -> Iterator[PlanRecord]:
    """The records of `plans` plans, each with that many projects and national bases; the same for the same numbers."""
    dice = random.Random(seed)  # noqa: S311 (no secret)
    national = [_national(place, dice) for place in range(_DOCUMENTS)]
    weights = [1 / (place + 1) for place in range(_DOCUMENTS)]
    for number in range(plans):
        chosen = sorted(set(dice.choices(range(_DOCUMENTS), weights, k=bases)))
        yield records.loads(msgspec.json.encode(_plan(number, national, chosen, projects, dice)))


def _national(place: int, dice: random.Random) -> dict[str, object]:
    kind, symbols, issuer = _NATIONAL[place % len(_NATIONAL)]
    year = dice.randint(2005, 2024)
    date = f"{year}-{dice.randint(1, 12):02}-{dice.randint(1, 28):02}"
    return {
        "number": f"{place + 1}/{year}/{symbols}",
        "type": kind,
        "title": f"Văn bản mẫu thứ {place + 1}",
        "date": date,
        "issuer": issuer,
    }


def _plan(number: int, national: list[dict[str, object]], chosen: list[int], projects: int, dice: random.Random) -> dict[str, object]:
    province = f"{_FIRST[number % 9]} {_SECOND[number // 9 % 7]}"
    year = 2005 + number // 63 % 20
    name = f"{number + 1}/KH-UBND"
    issuer = f"Ủy ban nhân dân tỉnh {province}"
    cited = [_cited(national[place], line, "legal_basis") for line, place in enumerate(chosen, 3)]
    own = {"number": f"{number + 9}/ĐA-UBND", "type": "Đề án", "title": "Đề án mẫu của tỉnh", "date": f"{year - 1}-06-01", "issuer": issuer}
    cited.append(_cited(own, 40, "row_basis"))
    # every second national document implements one of a lower place, which the plan names beside it: chains of up to four steps
    relations = []
    for line, place in enumerate(chosen, 3):
        if place and place % 2 == 0:
            cited += [] if place // 4 in chosen else [_cited(national[place // 4], line, "mention")]
            numbers = (national[place]["number"], national[place // 4]["number"])
            relations.append({"subject": numbers[0], "predicate": "implements", "object": numbers[1], "lines": [line, line]})
    relations.append({"subject": own["number"], "predicate": "implements", "object": national[chosen[0]]["number"], "lines": [40, 40]})
    title = f"Ứng dụng công nghệ thông tin tỉnh {province} năm {year}"
    return {
        "source": {"name": f"mau-{number + 1}.txt", "sha256": f"{number:064x}", "lines": 100 + 5 * projects, "media_type": "text/plain"},
        "document": {
            "number": name, "type": "Kế hoạch", "title": title, "date": f"{year}-12-01", "issuer": issuer, "province": province,
            "period": [year, year + 1],
        },
        "cited_documents": cited,
        "document_relations": relations,
        "tables": [{"id": "appendix-1", "title": "Danh mục", "unit": "triệu đồng", "lines": [90, 99 + 5 * projects], "columns": []}],
        "projects": [_project(row, year, str(own["number"]), dice) for row in range(projects)],
        "responsibilities": [], "systems": [], "targets": [], "findings": [],
    }  # fmt: skip


def _cited(document: dict[str, object], line: int, role: str) -> dict[str, object]:
    mention = {"surface": f"{document['type']} số {document['number']}", "lines": [line, line], "role": role}
    return document | {"roles": [role], "mentions": [mention], "function": "substance" if role == "legal_basis" else None}


def _project(row: int, year: int, basis: str, dice: random.Random) -> dict[str, object]:
    amount = dice.randint(1, 200) * 100_000_000
    name = f"{dice.choice(_WORKS)} {dice.choice(_SYSTEMS)} số {row + 1}"
    return {
        "table": "appendix-1", "section": "I", "ordinal": str(row + 1), "name": name,
        "lead": [dice.choice(_LEADS)], "coordinating": [], "period": [year, year + 1], "total_vnd": amount,
        "by_year_vnd": {str(year): amount // 2, str(year + 1): amount - amount // 2}, "allocations": [], "note": None,
        "row_basis": [basis] if dice.random() < 0.1 else [], "lines": [100 + 5 * row, 103 + 5 * row],
    }  # fmt: skip


def main() -> None:
    """Writes the records into a folder, one file a plan."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("plans", type=int)
    parser.add_argument("--into", type=Path, required=True)
    parser.add_argument("--projects", type=int, default=12)
    parser.add_argument("--seed", type=int, default=0)
    given = parser.parse_args()
    given.into.mkdir(parents=True, exist_ok=True)
    for number, record in enumerate(corpus(given.plans, projects=given.projects, seed=given.seed), 1):
        (given.into / f"mau-{number:05}.json").write_bytes(records.dumps(record))


if __name__ == "__main__":
    main()
