"""A plan record in the making: its JSON, before its parts have lines."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

Item = dict[str, Any]


@dataclass(slots=True)
class Draft:
    """The JSON of a record, and how its document is made: money by year or by source, a table of totals in the body, shares in words.

    `budget` gets the lines of the sentence that states the budget; `taken` holds the rows that have a fault, by their `id`.
    """

    record: Item
    by_year: bool
    summary: bool
    shares: bool
    rows: list[Item] = field(init=False)
    document: Item = field(init=False)
    cited: list[Item] = field(init=False)
    budget: Item = field(default_factory=dict)
    taken: set[int] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.rows = self.record["projects"]
        self.document = self.record["document"]
        self.cited = self.record["cited_documents"]


def surface(document: Item) -> str:
    """The words that cite a document: its type, number, date and issuer."""
    year, month, day = (int(part) for part in document["date"].split("-"))
    return f"{document['type']} số {document['number']} ngày {day}/{month}/{year} của {document['issuer']}"


def cited(document: Item, role: str) -> Item:
    """A cited document with one mention."""
    mention = {"surface": surface(document), "role": role}
    return document | {"roles": [role], "mentions": [mention], "function": "substance" if role == "legal_basis" else None}


def total_rows(draft: Draft) -> None:
    """Gives tables, budget and columns the totals that the rows make: of all, of each section, of each year or source."""
    table, rows = draft.record["tables"][0], [row for row in draft.rows if row["table"] == "appendix-1"]
    whole = sum(row["total_vnd"] for row in rows)
    first, last = draft.document["period"]
    names = [str(year) for year in range(first, last + 1)] if draft.by_year else [part["column"] for part in rows[0]["allocations"]]
    sums = {name: sum(_parts(row).get(name, 0) for row in rows) for name in names}
    table["columns"] = ["STT", "Nội dung", "Cơ quan chủ trì", "Thời gian", "Tổng", *names]
    sections = dict.fromkeys(row["section"] for row in rows)
    totals = [_stated(name, "Tổng", sum(row["total_vnd"] for row in rows if row["section"] == name)) for name in sections]
    grand = [_stated("Tổng cộng", column, amount) for column, amount in {"Tổng": whole, **sums}.items()]
    table["stated_totals"] = [*totals, *grand]
    draft.document["total_budget_vnd"] = whole
    if draft.summary:
        stated = [_stated("Cộng", total["column"], total["amount_vnd"]) for total in grand]
        columns = ["Nội dung", "Tổng", *names]
        body = {"id": "table-1", "title": "Phân kỳ kinh phí", "unit": "triệu đồng", "columns": columns, "stated_totals": stated}
        draft.record["tables"].insert(0, body)
    if not draft.by_year:
        lines = [(f"{name} ({round(100 * part / whole)}%)" if draft.shares else name, part) for name, part in sums.items()]
        draft.document["budget_by_source"] = [{"source": name, "amount_vnd": part} for name, part in lines]


def _stated(label: str, column: str, amount: int) -> Item:
    return {"label": label, "column": column, "amount_vnd": amount}


def _parts(row: Item) -> dict[str, int]:
    """The money of a row by the name of its column."""
    return row["by_year_vnd"] | {part["column"]: part["amount_vnd"] for part in row["allocations"]}
