"""Faults in what rows and totals say of money, years, agencies and systems."""

from __future__ import annotations

import random

from benchmarks.draft import Draft, Item
from benchmarks.fault import Faults, Found

_MILLION = 10**6
FAULTS = Faults()


def _untouched_row(draft: Draft, dice: random.Random) -> Item:
    """A row that no fault has yet."""
    row = dice.choice([row for row in draft.rows if row["table"] == "appendix-1" and id(row) not in draft.taken])
    draft.taken.add(id(row))
    return row


@FAULTS.add("money")
def _row_sum(draft: Draft, dice: random.Random) -> Found:
    row = _untouched_row(draft, dice)
    row["total_vnd"] += 700 * _MILLION
    return [("RowSum", row)]


@FAULTS.add("money")
def _row_sum_rounding(draft: Draft, dice: random.Random) -> Found:
    row = _untouched_row(draft, dice)
    row["total_vnd"] += _MILLION
    return [("RowSumRounding", row)]


def _totals(draft: Draft, label: str) -> list[Item]:
    return [total for table in draft.record["tables"] for total in table["stated_totals"] if total["label"] == label]


@FAULTS.add("money", after=True)
def _column_sum(draft: Draft, dice: random.Random) -> Found:
    if draft.summary:
        return []
    total = dice.choice(_totals(draft, "Tổng cộng"))
    total["amount_vnd"] += 400 * _MILLION
    return [("ColumnSum", total)]


@FAULTS.add("money", after=True)
def _column_sum_rounding(draft: Draft, dice: random.Random) -> Found:
    total = dice.choice(_totals(draft, "Tổng cộng"))
    total["amount_vnd"] += _MILLION
    return [("ColumnSumRounding", total)]


@FAULTS.add("money", after=True)
def _section_sum(draft: Draft, dice: random.Random) -> Found:
    total = max(_totals(draft, draft.rows[0]["section"]), key=lambda one: one["amount_vnd"])
    total["amount_vnd"] += 900 * _MILLION
    return [("SectionSum", total)]


@FAULTS.add("money", after=True)
def _tables_agree(draft: Draft, dice: random.Random) -> Found:
    totals = [total for total in _totals(draft, "Cộng") if total["amount_vnd"] % (100 * _MILLION)] if draft.summary else []
    if len(_totals(draft, "Cộng")) < 5 or not totals:
        return []
    total = dice.choice(totals[1:])
    total["amount_vnd"] += 333 * _MILLION
    return [("TablesAgree", total)]


@FAULTS.add("money")
def _two_budgets(draft: Draft, dice: random.Random) -> Found:
    row = _untouched_row(draft, dice)
    again = {"table": "appendix-2", "ordinal": "1", "section": None, "total_vnd": row["total_vnd"] + 800 * _MILLION}
    again |= {"by_year_vnd": {}, "allocations": []}
    columns = ["STT", "Nội dung", "Cơ quan chủ trì", "Thời gian", "Tổng"]
    table = {"id": "appendix-2", "title": "Danh mục ưu tiên", "unit": "triệu đồng", "columns": columns, "stated_totals": []}
    draft.record["tables"].append(table)
    draft.rows.append(row | again)
    return [("TwoBudgets", draft.rows[-1])]


@FAULTS.add("money", after=True)
def _average_total(draft: Draft, dice: random.Random) -> Found:
    first, last = draft.document["period"]
    whole = next(total for total in _totals(draft, "Tổng cộng") if total["column"] == "Tổng")
    average = whole["amount_vnd"] // (last - first + 1) // _MILLION * _MILLION + 501 * _MILLION
    total = {"label": "Bình quân năm", "column": "Tổng", "amount_vnd": average}
    draft.record["tables"][-1]["stated_totals"].append(total)
    return [("AverageTotal", total)]


@FAULTS.add("money", after=True)
def _body_total(draft: Draft, dice: random.Random) -> Found:
    if not draft.by_year:
        return []
    draft.document["total_budget_vnd"] += 1001 * _MILLION
    return [("BodyTotal", draft.record["tables"][-1])]


@FAULTS.add("money", after=True)
def _body_source(draft: Draft, dice: random.Random) -> Found:
    if draft.by_year or draft.shares:
        return []
    line = dice.choice(draft.document["budget_by_source"])
    line["amount_vnd"] -= line["amount_vnd"] // 10 // _MILLION * _MILLION + _MILLION
    return [("BodySource", line)]


@FAULTS.add("money", after=True)
def _budget_sum(draft: Draft, dice: random.Random) -> Found:
    if not draft.by_year:
        return []
    half = draft.document["total_budget_vnd"] // 2 // _MILLION * _MILLION
    sources = zip(("Ngân sách Trung ương", "Ngân sách địa phương"), (half, half + 4001 * _MILLION), strict=True)
    draft.document["budget_by_source"] = [{"source": name, "amount_vnd": amount} for name, amount in sources]
    return [("BudgetSum", draft.budget)]


@FAULTS.add("money", after=True)
def _share(draft: Draft, dice: random.Random) -> Found:
    if not draft.shares:
        return []
    line = dice.choice(draft.document["budget_by_source"])
    name, _, share = line["source"].partition(" (")
    line["source"] = f"{name} ({int(share.rstrip('%)')) + 7}%)"
    return [("Share", line)]


@FAULTS.add("money")
def _missing_unit(draft: Draft, dice: random.Random) -> Found:
    draft.record["tables"][-1]["unit"] = None
    return [("MissingUnit", draft.record["tables"][-1])]


# ---------------------------------------------------------------- periods and agencies of rows


@FAULTS.add("period")
def _entry_period(draft: Draft, dice: random.Random) -> Found:
    if draft.by_year:
        return []
    row = _untouched_row(draft, dice)
    row["period"] = [draft.document["period"][0] - 5, draft.document["period"][0] - 4]
    return [("EntryPeriod", row)]


@FAULTS.add("period")
def _entry_outside(draft: Draft, dice: random.Random) -> Found:
    if draft.by_year:
        return []
    row = _untouched_row(draft, dice)
    row["period"] = [draft.document["period"][1] + 1, draft.document["period"][1] + 2]
    return [("EntryOutside", row)]


@FAULTS.add("period")
def _money_period(draft: Draft, dice: random.Random) -> Found:
    if not draft.by_year:
        return []
    row = _untouched_row(draft, dice)
    row["period"] = [row["period"][0]] * 2
    return [("MoneyPeriod", row)]


@FAULTS.add("period")
def _named_period(draft: Draft, dice: random.Random) -> Found:
    if not draft.by_year:
        return []
    row = _untouched_row(draft, dice)
    row["name"] += " giai đoạn 2012-2014"
    return [("NamedPeriod", row)]


@FAULTS.add("period")
def _period_order(draft: Draft, dice: random.Random) -> Found:
    if draft.by_year:
        return []
    row = _untouched_row(draft, dice)
    row["period"] = row["period"][::-1]
    return [("PeriodOrder", row)]


@FAULTS.add("period")
def _money_outside(draft: Draft, dice: random.Random) -> Found:
    if not draft.by_year:
        return []
    row, later = _untouched_row(draft, dice), draft.document["period"][1] + 1
    row["period"], row["by_year_vnd"][str(later)] = None, 300 * _MILLION
    row["total_vnd"] += 300 * _MILLION
    return [("MoneyOutside", row)]


@FAULTS.add("lead")
def _missing_lead(draft: Draft, dice: random.Random) -> Found:
    row = _untouched_row(draft, dice)
    row["lead"] = []
    return [("MissingLead", row)]


@FAULTS.add("lead")
def _foreign_lead(draft: Draft, dice: random.Random) -> Found:
    row = _untouched_row(draft, dice)
    row["lead"] = ["Sở Nội vụ tỉnh " + ("Cao Bằng" if draft.document["province"] != "Cao Bằng" else "Lào Cai")]
    return [("ForeignLead", row)]


@FAULTS.add("lead")
def _ended_lead(draft: Draft, dice: random.Random) -> Found:
    """A department that had become part of another, in a plan signed when all had."""
    if draft.document["date"] < "2025-07-01":
        return []
    duty = _duty(draft, "Sở Thông tin và Truyền thông", "theo dõi việc thực hiện")
    return [("EndedLead", duty)]


@FAULTS.add("lead")
def _district_lead(draft: Draft, dice: random.Random) -> Found:
    if draft.document["date"] < "2025-07-01":
        return []
    return [("DistrictLead", _duty(draft, "Ủy ban nhân dân các huyện", "triển khai kế hoạch tại địa phương"))]


@FAULTS.add("lead")
def _two_leads(draft: Draft, dice: random.Random) -> Found:
    row = dice.choice(draft.rows)
    return [("TwoLeads", _duty(draft, "Sở Tư pháp", f"chủ trì {row['name']}"))]


@FAULTS.add("lead")
def _unknown_lead(draft: Draft, dice: random.Random) -> Found:
    row = _untouched_row(draft, dice)
    row["lead"] = ["Sở Mây Trời"]
    return [("UnknownLead", row)]


@FAULTS.add("lead")
def _system_owner(draft: Draft, dice: random.Random) -> Found:
    """No lead for the only row of a planned system: the row lacks its lead too."""
    row = _untouched_row(draft, dice)
    row["lead"], row["systems"] = [], ["SOC"]
    system = {"kind": "SOC", "name": "Trung tâm giám sát an toàn thông tin", "status": "planned", "mentions": 1}
    draft.record["systems"].append(system)
    return [("SystemOwner", system), ("MissingLead", row)]


def _duty(draft: Draft, agency: str, task: str) -> Item:
    """Another duty that an agency leads."""
    duty: Item = {"agency": agency, "role": "lead", "with": [], "task": task}
    draft.record["responsibilities"].append(duty)
    return duty
