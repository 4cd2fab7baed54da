"""Writes the document of a draft, in one of several layouts, and gives each part of its record the lines where it stands."""

from __future__ import annotations

from collections.abc import Callable

from benchmarks.draft import Draft, Item

_MILLION = 10**6
Cells = Callable[[list[str]], list[str]]


class _Page:
    """Lines of text, with an item given the lines that are written for it."""

    def __init__(self) -> None:
        self.lines: list[str] = []

    def put(self, *lines: str, item: Item | None = None) -> None:
        """Writes lines; they are those of the item."""
        first = len(self.lines) + 1
        self.lines += lines
        if item is not None:
            item["lines"] = [first, len(self.lines)]


def _bars(cells: list[str]) -> list[str]:
    return [line for cell in cells for line in ("|", cell)]


def _tabs(cells: list[str]) -> list[str]:
    return ["\t".join(cells)]


def _pipes(cells: list[str]) -> list[str]:
    return [f"| {' | '.join(cells)} |"]


LAYOUTS: tuple[Cells, ...] = (_tabs, _pipes, _bars)


def write(draft: Draft, number: int) -> str:
    """The text of the draft's document; its record has its lines from then on."""
    page, cells = _Page(), LAYOUTS[number // 2 % len(LAYOUTS)]
    _head(page, draft)
    _body(page, draft)
    for table in draft.record["tables"]:
        _table(page, draft, table, cells)
        page.put("")
    draft.record["source"]["lines"] = len(page.lines)
    return "\n".join(page.lines) + "\n"


def _head(page: _Page, draft: Draft) -> None:
    document = draft.document
    year, month, day = document["date"].split("-")
    page.put(document["issuer"].upper(), "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc", "")
    page.put(f"Số: {document['number']}", "", f"{document['province']}, ngày {day} tháng {month} năm {year}", "")
    page.put("KẾ HOẠCH", document["title"], "")
    if by := document.get("promulgated_by"):
        page.put(f"(Ban hành kèm theo {by['type']} số {by['number']})", "", item=by)
    for entry in draft.cited:
        for mention in entry["mentions"]:
            if mention["role"] == "legal_basis":
                page.put(f"Căn cứ {mention['surface']} về {entry['title']};", "", item=mention)


def _body(page: _Page, draft: Draft) -> None:
    record, document = draft.record, draft.document
    page.put("I. MỤC TIÊU", "")
    for target in record["targets"]:
        page.put(f"- Đến năm {target['by_year']}, trên {target['value']}% {target['subject']}.", "", item=target)
    for level in record.get("levels", ()):
        page.put(f"Đến nay, {level['subject']} đạt {level['value']}%.", "", item=level)
    page.put("II. NHIỆM VỤ", "")
    for entry in draft.cited:
        for mention in entry["mentions"]:
            if mention["role"] != "legal_basis":
                page.put(f"- Thực hiện {mention['surface']} về {mention.get('title', entry['title'])}.", "", item=mention)
    mentioned = {entry["number"]: entry["mentions"][0] for entry in draft.cited if entry["mentions"]}
    for relation in record["document_relations"]:
        relation["lines"] = mentioned[relation["subject"]]["lines"]
    for system in record["systems"]:
        page.put(f"- {system['name']}.", "", item=system)
        system["lines_first"] = system.pop("lines")
    page.put("III. KINH PHÍ", "")
    page.put(f"Tổng kinh phí: {_millions(document['total_budget_vnd'])} triệu đồng, trong đó:", item=draft.budget)
    document["total_budget_lines"] = draft.budget["lines"]
    for line in document.get("budget_by_source", ()):
        page.put(f"- {line['source']}: {_millions(line['amount_vnd'])} triệu đồng.", "", item=line)
    page.put("IV. TỔ CHỨC THỰC HIỆN", "")
    for duty in record["responsibilities"]:
        page.put(f"{duty['agency']} chủ trì {duty['task']}.", "", item=duty)
    page.put("TM. ỦY BAN NHÂN DÂN", document["signer_title"].upper(), document["signer"], "")


def _table(page: _Page, draft: Draft, table: Item, cells: Cells) -> None:
    first = len(page.lines) + 1
    page.put(table["title"].upper() if table["id"] != "table-1" else table["title"])
    page.put(*([f"Đơn vị tính: {table['unit']}"] if table["unit"] else []), *cells(table["columns"]))
    section = None
    for row in (row for row in draft.rows if row["table"] == table["id"]):
        if row["section"] != section:
            section = row["section"]
            _totals(page, table, section, cells)
        page.put(*cells(_cells(row, table["columns"])), item=row)
    labels = dict.fromkeys(total["label"] for total in table["stated_totals"] if "lines" not in total)
    for label in labels:
        _totals(page, table, label, cells)
    table["lines"] = [first, len(page.lines)]


def _totals(page: _Page, table: Item, label: str, cells: Cells) -> None:
    totals = {total["column"]: total for total in table["stated_totals"] if total["label"] == label}
    if not totals:
        return
    row: Item = {}
    names = table["columns"]
    page.put(
        *cells([_millions(totals[name]["amount_vnd"]) if name in totals else label if name == names[1] else "" for name in names]), item=row
    )
    for total in totals.values():
        total["lines"] = row["lines"]


def _cells(row: Item, columns: list[str]) -> list[str]:
    known = {
        "STT": row["ordinal"],
        "Nội dung": row["name"],
        "Cơ quan chủ trì": ", ".join(row["lead"]),
        "Thời gian": "-".join(map(str, row["period"] or ())),
        "Tổng": _millions(row["total_vnd"]),
    }
    known |= {year: _millions(amount) for year, amount in row["by_year_vnd"].items()}
    known |= {part["column"]: _millions(part["amount_vnd"]) for part in row["allocations"]}
    return [known.get(name, "") for name in columns]


def _millions(amount: int) -> str:
    return f"{amount / _MILLION:,.0f}".replace(",", ".")
