"""Plants faults in a draft: for nearly each constraint of the audit one way in which a real document breaks it, and it alone.

Two constraints have none: a record states one date and one spelling of the number of each document, so that `TwoDates` and `OneSpelling`
watch over graphs that others made.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from benchmarks.draft import Draft, Item, cited, surface

_MILLION = 10**6
Found = list[tuple[str, Item | None]]
Plant = Callable[[Draft, random.Random], Found]


@dataclass(frozen=True, slots=True)
class Fault:
    """A way to break a constraint. Those of one group would meddle with each other; `after` those are planted once totals are made."""

    name: str
    group: str
    after: bool
    plant: Plant


FAULTS: dict[str, Fault] = {}


def _row(draft: Draft, dice: random.Random) -> Item:
    """A row that no fault has yet."""
    row = dice.choice([row for row in draft.rows if row["table"] == "appendix-1" and id(row) not in draft.taken])
    draft.taken.add(id(row))
    return row


def _fault(group: str, after: bool = False) -> Callable[[Plant], Plant]:
    def register(plant: Plant) -> Plant:
        name = "".join(part.capitalize() for part in plant.__name__.strip("_").split("_"))
        FAULTS[name] = Fault(name, group, after, plant)
        return plant

    return register


def turn(number: int, dice: random.Random) -> tuple[str, ...]:
    """The faults that are the turn of a plan: none for each fourth, else one of each group, so that each kind comes often."""
    if number % 4 == 3:
        return ()
    groups: dict[str, list[str]] = {}
    for name, fault in FAULTS.items():
        groups.setdefault(fault.group, []).append(name)
    return tuple(dice.choice(names) for names in groups.values())


def plant(draft: Draft, wanted: Sequence[str], dice: random.Random, totals: Callable[[Draft], None]) -> Found:
    """Plants the faults that fit the draft, and makes its totals in between; returns the constraints that are broken, and by what."""
    found: Found = []
    for name in wanted:
        if not FAULTS[name].after:
            found += FAULTS[name].plant(draft, dice)
    totals(draft)
    for name in wanted:
        if FAULTS[name].after:
            found += FAULTS[name].plant(draft, dice)
    return found


# ---------------------------------------------------------------- money of rows and totals


@_fault("money")
def _row_sum(draft: Draft, dice: random.Random) -> Found:
    row = _row(draft, dice)
    row["total_vnd"] += 700 * _MILLION
    return [("RowSum", row)]


@_fault("money")
def _row_sum_rounding(draft: Draft, dice: random.Random) -> Found:
    row = _row(draft, dice)
    row["total_vnd"] += _MILLION
    return [("RowSumRounding", row)]


def _totals(draft: Draft, label: str) -> list[Item]:
    return [total for table in draft.record["tables"] for total in table["stated_totals"] if total["label"] == label]


@_fault("money", after=True)
def _column_sum(draft: Draft, dice: random.Random) -> Found:
    if draft.summary:
        return []
    total = dice.choice(_totals(draft, "Tổng cộng"))
    total["amount_vnd"] += 400 * _MILLION
    return [("ColumnSum", total)]


@_fault("money", after=True)
def _column_sum_rounding(draft: Draft, dice: random.Random) -> Found:
    total = dice.choice(_totals(draft, "Tổng cộng"))
    total["amount_vnd"] += _MILLION
    return [("ColumnSumRounding", total)]


@_fault("money", after=True)
def _section_sum(draft: Draft, dice: random.Random) -> Found:
    total = max(_totals(draft, draft.rows[0]["section"]), key=lambda one: one["amount_vnd"])
    total["amount_vnd"] += 900 * _MILLION
    return [("SectionSum", total)]


@_fault("money", after=True)
def _tables_agree(draft: Draft, dice: random.Random) -> Found:
    totals = [total for total in _totals(draft, "Cộng") if total["amount_vnd"] % (100 * _MILLION)] if draft.summary else []
    if len(_totals(draft, "Cộng")) < 5 or not totals:
        return []
    total = dice.choice(totals[1:])
    total["amount_vnd"] += 333 * _MILLION
    return [("TablesAgree", total)]


@_fault("money")
def _two_budgets(draft: Draft, dice: random.Random) -> Found:
    row = _row(draft, dice)
    again = {"table": "appendix-2", "ordinal": "1", "section": None, "total_vnd": row["total_vnd"] + 800 * _MILLION}
    again |= {"by_year_vnd": {}, "allocations": []}
    columns = ["STT", "Nội dung", "Cơ quan chủ trì", "Thời gian", "Tổng"]
    table = {"id": "appendix-2", "title": "Danh mục ưu tiên", "unit": "triệu đồng", "columns": columns, "stated_totals": []}
    draft.record["tables"].append(table)
    draft.rows.append(row | again)
    return [("TwoBudgets", draft.rows[-1])]


@_fault("money", after=True)
def _average_total(draft: Draft, dice: random.Random) -> Found:
    first, last = draft.document["period"]
    whole = next(total for total in _totals(draft, "Tổng cộng") if total["column"] == "Tổng")
    average = whole["amount_vnd"] // (last - first + 1) // _MILLION * _MILLION + 501 * _MILLION
    total = {"label": "Bình quân năm", "column": "Tổng", "amount_vnd": average}
    draft.record["tables"][-1]["stated_totals"].append(total)
    return [("AverageTotal", total)]


@_fault("money", after=True)
def _body_total(draft: Draft, dice: random.Random) -> Found:
    if not draft.by_year:
        return []
    draft.document["total_budget_vnd"] += 1001 * _MILLION
    return [("BodyTotal", draft.record["tables"][-1])]


@_fault("money", after=True)
def _body_source(draft: Draft, dice: random.Random) -> Found:
    if draft.by_year or draft.shares:
        return []
    line = dice.choice(draft.document["budget_by_source"])
    line["amount_vnd"] -= line["amount_vnd"] // 10 // _MILLION * _MILLION + _MILLION
    return [("BodySource", line)]


@_fault("money", after=True)
def _budget_sum(draft: Draft, dice: random.Random) -> Found:
    if not draft.by_year:
        return []
    half = draft.document["total_budget_vnd"] // 2 // _MILLION * _MILLION
    sources = zip(("Ngân sách Trung ương", "Ngân sách địa phương"), (half, half + 4001 * _MILLION), strict=True)
    draft.document["budget_by_source"] = [{"source": name, "amount_vnd": amount} for name, amount in sources]
    return [("BudgetSum", draft.budget)]


@_fault("money", after=True)
def _share(draft: Draft, dice: random.Random) -> Found:
    if not draft.shares:
        return []
    line = dice.choice(draft.document["budget_by_source"])
    name, _, share = line["source"].partition(" (")
    line["source"] = f"{name} ({int(share.rstrip('%)')) + 7}%)"
    return [("Share", line)]


@_fault("money")
def _missing_unit(draft: Draft, dice: random.Random) -> Found:
    draft.record["tables"][-1]["unit"] = None
    return [("MissingUnit", draft.record["tables"][-1])]


# ---------------------------------------------------------------- periods and agencies of rows


@_fault("period")
def _entry_period(draft: Draft, dice: random.Random) -> Found:
    if draft.by_year:
        return []
    row = _row(draft, dice)
    row["period"] = [draft.document["period"][0] - 5, draft.document["period"][0] - 4]
    return [("EntryPeriod", row)]


@_fault("period")
def _money_period(draft: Draft, dice: random.Random) -> Found:
    if not draft.by_year:
        return []
    row = _row(draft, dice)
    row["period"] = [row["period"][0]] * 2
    return [("MoneyPeriod", row)]


@_fault("period")
def _named_period(draft: Draft, dice: random.Random) -> Found:
    if not draft.by_year:
        return []
    row = _row(draft, dice)
    row["name"] += " giai đoạn 2012-2014"
    return [("NamedPeriod", row)]


@_fault("period")
def _period_order(draft: Draft, dice: random.Random) -> Found:
    if draft.by_year:
        return []
    row = _row(draft, dice)
    row["period"] = row["period"][::-1]
    return [("PeriodOrder", row)]


@_fault("period")
def _money_outside(draft: Draft, dice: random.Random) -> Found:
    if not draft.by_year:
        return []
    row, later = _row(draft, dice), draft.document["period"][1] + 1
    row["period"], row["by_year_vnd"][str(later)] = None, 300 * _MILLION
    row["total_vnd"] += 300 * _MILLION
    return [("MoneyOutside", row)]


@_fault("lead")
def _missing_lead(draft: Draft, dice: random.Random) -> Found:
    row = _row(draft, dice)
    row["lead"] = []
    return [("MissingLead", row)]


@_fault("lead")
def _foreign_lead(draft: Draft, dice: random.Random) -> Found:
    row = _row(draft, dice)
    row["lead"] = ["Sở Nội vụ tỉnh " + ("Cao Bằng" if draft.document["province"] != "Cao Bằng" else "Lào Cai")]
    return [("ForeignLead", row)]


@_fault("lead")
def _unknown_lead(draft: Draft, dice: random.Random) -> Found:
    row = _row(draft, dice)
    row["lead"] = ["Sở Mây Trời"]
    return [("UnknownLead", row)]


@_fault("lead")
def _system_owner(draft: Draft, dice: random.Random) -> Found:
    """No lead for the only row of a planned system: the row lacks its lead too."""
    row = _row(draft, dice)
    row["lead"], row["systems"] = [], ["SOC"]
    system = {"kind": "SOC", "name": "Trung tâm giám sát an toàn thông tin", "status": "planned", "mentions": 1}
    draft.record["systems"].append(system)
    return [("SystemOwner", system), ("MissingLead", row)]


# ---------------------------------------------------------------- documents


def _cite(draft: Draft, number: str, kind: str, date: str | None, issuer: str, role: str = "mention", title: str = "Văn bản thêm") -> Item:
    document: Item = {"number": number, "type": kind, "title": title, "date": date or "2015-05-05", "issuer": issuer}
    entry = cited(document, role) | {"date": date}
    draft.cited.append(entry)
    return entry


def _again(entry: Item, document: Item) -> Item:
    mention = {"surface": surface(document), "role": "mention"}
    entry["mentions"].append(mention)
    entry["roles"] = sorted({*entry["roles"], "mention"})
    return mention


@_fault("document")
def _later_basis(draft: Draft, dice: random.Random) -> Found:
    year = 2049
    entry = _cite(draft, f"7001/{year}/NĐ-CP", "Nghị định", f"{year}-03-04", "Chính phủ")
    return [("LaterBasis", entry["mentions"][0])]


@_fault("document")
def _cited_date(draft: Draft, dice: random.Random) -> Found:
    entry = _cite(draft, "7002/2016/NĐ-CP", "Nghị định", "2016-03-04", "Chính phủ")
    return [("CitedDate", _again(entry, entry | {"date": "2016-04-03"}))]


@_fault("document")
def _cited_number(draft: Draft, dice: random.Random) -> Found:
    entry = _cite(draft, "7003/2016/NĐ-CP", "Nghị định", "2016-03-04", "Chính phủ")
    return [("CitedNumber", _again(entry, entry | {"number": "7003/2016/NĐ-CB"}))]


@_fault("document")
def _cited_issuer(draft: Draft, dice: random.Random) -> Found:
    entry = _cite(draft, "7004/QĐ-TTg", "Quyết định", "2016-03-04", "Thủ tướng Chính phủ")
    return [("CitedIssuer", _again(entry, entry | {"issuer": "Chính phủ"}))]


@_fault("document")
def _impossible_date(draft: Draft, dice: random.Random) -> Found:
    entry = _cite(draft, "7005/QĐ-TTg", "Quyết định", None, "Thủ tướng Chính phủ")
    entry["mentions"][0]["surface"] = "Quyết định số 7005/QĐ-TTg ngày 31/4/2015"
    return [("ImpossibleDate", entry["mentions"][0])]


@_fault("document")
def _number_year(draft: Draft, dice: random.Random) -> Found:
    entry = _cite(draft, "7006/2015/NĐ-CP", "Nghị định", "2016-03-04", "Chính phủ")
    return [("NumberYear", entry["mentions"][0])]


@_fault("document")
def _number_type(draft: Draft, dice: random.Random) -> Found:
    entry = _cite(draft, "7007/CT-TTg", "Quyết định", "2016-03-04", "Thủ tướng Chính phủ")
    return [("NumberType", entry["mentions"][0])]


@_fault("document")
def _number_issuer(draft: Draft, dice: random.Random) -> Found:
    entry = _cite(draft, "708-NQ/TU", "Nghị quyết", "2016-03-04", "Bộ Chính trị")
    return [("NumberIssuer", entry["mentions"][0])]


@_fault("document")
def _later_ground(draft: Draft, dice: random.Random) -> Found:
    older = _cite(draft, "7009/QĐ-TTg", "Quyết định", "2016-03-04", "Thủ tướng Chính phủ")
    newer = _cite(draft, "7010/2017/NĐ-CP", "Nghị định", "2017-03-04", "Chính phủ")
    relation = {"subject": older["number"], "predicate": "implements", "object": newer["number"]}
    draft.record["document_relations"].append(relation)
    return [("LaterGround", relation)]


@_fault("document")
def _replaced_basis(draft: Draft, dice: random.Random) -> Found:
    """A real decree, which another replaced on 1 January 2020."""
    title = "quản lý đầu tư ứng dụng công nghệ thông tin sử dụng nguồn vốn ngân sách nhà nước"
    entry = _cite(draft, "102/2009/NĐ-CP", "Nghị định", "2009-11-06", "Chính phủ", "legal_basis", title)
    return [("ReplacedBasis", entry["mentions"][0])]


@_fault("document")
def _ended_basis(draft: Draft, dice: random.Random) -> Found:
    title = "Chương trình mẫu giai đoạn 2011 - 2015"
    entry = _cite(draft, "7011/QĐ-TTg", "Quyết định", "2011-03-04", "Thủ tướng Chính phủ", "legal_basis", title)
    return [("EndedBasis", entry["mentions"][0])]


@_fault("document")
def _cited_title(draft: Draft, dice: random.Random) -> Found:
    title = "Chương trình mẫu về phát triển chính quyền số"
    entry = _cite(draft, "7012/QĐ-TTg", "Quyết định", "2016-03-04", "Thủ tướng Chính phủ", title=title)
    mention = _again(entry, entry)
    mention["title"] = "quản lý chất thải rắn sinh hoạt ở đô thị"
    return [("CitedTitle", mention)]


# ---------------------------------------------------------------- the plan itself, and its targets


@_fault("plan")
def _plan_after_period(draft: Draft, dice: random.Random) -> Found:
    draft.document["date"] = f"{draft.document['period'][1] + 1}-03-01"
    return [("PlanAfterPeriod", None)]


@_fault("plan")
def _signer(draft: Draft, dice: random.Random) -> Found:
    draft.document["signer_title"] = "Bộ trưởng"
    return [("Signer", None)]


@_fault("plan")
def _promulgator(draft: Draft, dice: random.Random) -> Found:
    by = {"number": "712-QĐ/TU", "type": "Quyết định", "date": draft.document["date"]}
    draft.document["promulgated_by"] = by
    return [("Promulgator", by)]


@_fault("target")
def _target_conflict(draft: Draft, dice: random.Random) -> Found:
    first = dice.choice(draft.record["targets"])
    second = first | {"value": first["value"] - 5}
    draft.record["targets"].append(second)
    return [("TargetConflict", second)]


@_fault("target")
def _target_falls(draft: Draft, dice: random.Random) -> Found:
    last = draft.record["targets"][-1]
    last["value"] -= 20
    return [("TargetFalls", last)]


@_fault("target")
def _target_reached(draft: Draft, dice: random.Random) -> Found:
    target = dice.choice(draft.record["targets"])
    draft.record["levels"] = [{"subject": f"tỷ lệ {target['subject']}", "value": 99, "unit": "%"}]
    return [("TargetReached", one) for one in draft.record["targets"] if one["subject"] == target["subject"]]
