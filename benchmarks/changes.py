"""Changes of a plan's record, as its document may change: those after which a build is measured, and tested."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

Change = Callable[[dict[str, Any]], dict[str, Any]]  # of a record as its JSON file has it; the one that is given stays as it is


def renamed(record: dict[str, Any]) -> dict[str, Any]:
    """The record with other names of projects, those with "Nâng cấp" or "Thuê dịch vụ" in them."""
    text = json.dumps(record, ensure_ascii=False)
    return dict(json.loads(text.replace("Nâng cấp", "Mở rộng").replace("Thuê dịch vụ", "Xây dựng")))


def repaid(record: dict[str, Any]) -> dict[str, Any]:
    """The record with a thousand million dong more for its first project, and for the first part of that."""
    first, *others = record["projects"]
    parts = [{**part, "amount_vnd": part["amount_vnd"] + 10**9 * (place == 0)} for place, part in enumerate(first["allocations"])]
    return {**record, "projects": [{**first, "total_vnd": (first["total_vnd"] or 0) + 10**9, "allocations": parts}, *others]}


def moved_down(record: dict[str, Any]) -> dict[str, Any]:
    """The record of a document with one line more above all that it tells."""
    return {key: _moved_down(key, value) for key, value in record.items()}


def _moved_down(key: str, told: Any) -> Any:
    if isinstance(told, list):
        return [line + 1 for line in told] if key == "lines" else [_moved_down("", one) for one in told]
    return moved_down(told) if isinstance(told, dict) else told


CHANGES: Mapping[str, Change] = {"its projects renamed": renamed, "other amounts": repaid, "its lines moved": moved_down}
