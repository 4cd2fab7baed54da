"""Faults in what a plan says of documents, of itself, and of its targets."""

from __future__ import annotations

import random

from benchmarks.draft import Draft, Item, cited, surface
from benchmarks.fault import Faults, Found

FAULTS = Faults()


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


@FAULTS.add("document")
def _later_basis(draft: Draft, dice: random.Random) -> Found:
    year = 2049
    entry = _cite(draft, f"7001/{year}/NĐ-CP", "Nghị định", f"{year}-03-04", "Chính phủ")
    return [("LaterBasis", entry["mentions"][0])]


@FAULTS.add("document")
def _cited_date(draft: Draft, dice: random.Random) -> Found:
    entry = _cite(draft, "7002/2016/NĐ-CP", "Nghị định", "2016-03-04", "Chính phủ")
    return [("CitedDate", _again(entry, entry | {"date": "2016-04-03"}))]


@FAULTS.add("document")
def _cited_number(draft: Draft, dice: random.Random) -> Found:
    entry = _cite(draft, "7003/2016/NĐ-CP", "Nghị định", "2016-03-04", "Chính phủ")
    return [("CitedNumber", _again(entry, entry | {"number": "7003/2016/NĐ-CB"}))]


@FAULTS.add("document")
def _cited_issuer(draft: Draft, dice: random.Random) -> Found:
    entry = _cite(draft, "7004/QĐ-TTg", "Quyết định", "2016-03-04", "Thủ tướng Chính phủ")
    return [("CitedIssuer", _again(entry, entry | {"issuer": "Chính phủ"}))]


@FAULTS.add("document")
def _impossible_date(draft: Draft, dice: random.Random) -> Found:
    entry = _cite(draft, "7005/QĐ-TTg", "Quyết định", None, "Thủ tướng Chính phủ")
    entry["mentions"][0]["surface"] = "Quyết định số 7005/QĐ-TTg ngày 31/4/2015"
    return [("ImpossibleDate", entry["mentions"][0])]


@FAULTS.add("document")
def _number_year(draft: Draft, dice: random.Random) -> Found:
    entry = _cite(draft, "7006/2015/NĐ-CP", "Nghị định", "2016-03-04", "Chính phủ")
    return [("NumberYear", entry["mentions"][0])]


@FAULTS.add("document")
def _number_type(draft: Draft, dice: random.Random) -> Found:
    entry = _cite(draft, "7007/CT-TTg", "Quyết định", "2016-03-04", "Thủ tướng Chính phủ")
    return [("NumberType", entry["mentions"][0])]


@FAULTS.add("document")
def _number_issuer(draft: Draft, dice: random.Random) -> Found:
    entry = _cite(draft, "708-NQ/TU", "Nghị quyết", "2016-03-04", "Bộ Chính trị")
    return [("NumberIssuer", entry["mentions"][0])]


@FAULTS.add("document")
def _later_ground(draft: Draft, dice: random.Random) -> Found:
    older = _cite(draft, "7009/QĐ-TTg", "Quyết định", "2016-03-04", "Thủ tướng Chính phủ")
    newer = _cite(draft, "7010/2017/NĐ-CP", "Nghị định", "2017-03-04", "Chính phủ")
    relation = {"subject": older["number"], "predicate": "implements", "object": newer["number"]}
    draft.record["document_relations"].append(relation)
    return [("LaterGround", relation)]


@FAULTS.add("document")
def _replaced_basis(draft: Draft, dice: random.Random) -> Found:
    """A real decree, which another replaced on 1 January 2020."""
    title = "quản lý đầu tư ứng dụng công nghệ thông tin sử dụng nguồn vốn ngân sách nhà nước"
    entry = _cite(draft, "102/2009/NĐ-CP", "Nghị định", "2009-11-06", "Chính phủ", "legal_basis", title)
    return [("ReplacedBasis", entry["mentions"][0])]


@FAULTS.add("document")
def _ended_basis(draft: Draft, dice: random.Random) -> Found:
    title = "Chương trình mẫu giai đoạn 2011 - 2015"
    entry = _cite(draft, "7011/QĐ-TTg", "Quyết định", "2011-03-04", "Thủ tướng Chính phủ", "legal_basis", title)
    return [("EndedBasis", entry["mentions"][0])]


@FAULTS.add("document")
def _cited_title(draft: Draft, dice: random.Random) -> Found:
    title = "Chương trình mẫu về phát triển chính quyền số"
    entry = _cite(draft, "7012/QĐ-TTg", "Quyết định", "2016-03-04", "Thủ tướng Chính phủ", title=title)
    mention = _again(entry, entry)
    mention["title"] = "quản lý chất thải rắn sinh hoạt ở đô thị"
    return [("CitedTitle", mention)]


# ---------------------------------------------------------------- the plan itself, and its targets


@FAULTS.add("plan")
def _plan_after_period(draft: Draft, dice: random.Random) -> Found:
    draft.document["date"] = f"{draft.document['period'][1] + 1}-03-01"
    return [("PlanAfterPeriod", None)]


@FAULTS.add("plan")
def _signer(draft: Draft, dice: random.Random) -> Found:
    draft.document["signer_title"] = "Bộ trưởng"
    return [("Signer", None)]


@FAULTS.add("plan")
def _promulgator(draft: Draft, dice: random.Random) -> Found:
    by = {"number": "712-QĐ/TU", "type": "Quyết định", "date": draft.document["date"]}
    draft.document["promulgated_by"] = by
    return [("Promulgator", by)]


@FAULTS.add("target")
def _target_conflict(draft: Draft, dice: random.Random) -> Found:
    first = dice.choice(draft.record["targets"])
    second = first | {"value": first["value"] - 5}
    draft.record["targets"].append(second)
    return [("TargetConflict", second)]


@FAULTS.add("target")
def _target_falls(draft: Draft, dice: random.Random) -> Found:
    last = draft.record["targets"][-1]
    last["value"] -= 20
    return [("TargetFalls", last)]


@FAULTS.add("target")
def _target_reached(draft: Draft, dice: random.Random) -> Found:
    target = dice.choice(draft.record["targets"])
    draft.record["levels"] = [{"subject": f"tỷ lệ {target['subject']}", "value": 99, "unit": "%"}]
    return [("TargetReached", one) for one in draft.record["targets"] if one["subject"] == target["subject"]]
