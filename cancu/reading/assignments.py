"""Who leads and who helps in the work of a table's row: by their columns, by words in other cells, or by the section it stands in."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from cancu.reading import agencies
from cancu.reading.columns import Column, Kind
from cancu.reading.tables import TableGrid, TableRow

_PARTNERS = re.compile(
    r"(?i)[\s*;.(-]*(?:(?:các\s+)?(?:cơ\s+quan|đơn\s+vị|CQ|ĐV)(?:\s*,\s*(?:cơ\s+quan|đơn\s+vị))?\s+)?(?P<role>chủ\s+trì|phối\s+hợp)"
    r"(?:\s+thực\s+hiện)?\s*:\s*(?P<names>.*?)(?=\s*[\s*;.(-]*(?:(?:cơ\s+quan|đơn\s+vị|CQ|ĐV)\s+)?(?:chủ\s+trì|phối\s+hợp)(?:\s+thực\s+hiện)?\s*:|\s\*\s|$)"
)
_ROLE_AFTER = re.compile(r"(?i)\s*\(\s*(?P<role>chủ\s+trì|phối\s+hợp)\s*\)|\s+(?P<plain>chủ\s+trì|phối\s+hợp)(?:\s+thực\s+hiện)?\s*$")
_TOGETHER = re.compile(
    r"(?i)(?:\s*\(?\s*chủ\s+trì\)?\s*,?)?\s+phối\s+hợp\s+(?:với\s+|cùng\s+)?(?=[^\W\d_])"
)  # "Sở Nội vụ phối hợp Sở Y tế"
_BOTH = re.compile(r"(?i)chủ\s+trì\s*/\s*(?:(?:cơ\s+quan|đơn\s+vị)\s+)?phối\s+hợp")  # a head whose cells have the same slash
_BOTH_IN_BRACKETS = re.compile(r"(?i)chủ\s+trì\s*\(\s*(?:(?:cơ\s+quan|đơn\s+vị|CQ|ĐV)\s+)?phối\s+hợp")  # and cells with such brackets
_BRACKET = re.compile(r"\s*\((?P<remark>[^()]+)\)\s*$")
_WORDS: frozenset[Kind] = frozenset({"name", "objective", "basis", "note", "other"})


@dataclass(frozen=True, slots=True)
class Agencies:
    """Who leads and who coordinates the work of a row, and what its cells remark beside."""

    lead: tuple[str, ...] = ()
    coordinating: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()


def who(table: TableGrid, row: TableRow) -> Agencies:
    """Who leads and who coordinates, from their columns and from words like "Đơn vị phối hợp: …" in other cells."""
    lead: list[str] = []
    partners: list[str] = []
    remarks: list[str] = []
    for column, cell in zip(table.columns, row.cells, strict=True):
        if column.kind in {"lead", "actor"}:
            leading, slash, helping = _helped(column.name, cell.text)
            names, others = _roles(leading)
            others = (*others, *agencies.split_agencies(helping)) if slash else others
            for name in names:
                agency, remark = _remark_apart(name, column)
                lead += agency
                remarks += remark
            partners += others
        elif column.kind == "coordinating":
            partners += agencies.split_agencies(cell.text)
        elif column.kind in _WORDS:
            for match in _partners(cell.text):
                (lead if _is_lead(match["role"]) else partners).extend(agencies.split_agencies(match["names"]))
    return Agencies(_unique(lead), _unique(partners), _unique(remarks))


def _helped(head: str, text: str) -> tuple[str, bool, str]:
    """A cell parted into who leads and who helps, by the sign that its head has between the two."""
    if _BOTH.search(head):
        leading, slash, helping = text.partition("/")
        return leading, bool(slash), helping
    bracket = _BRACKET.search(text) if _BOTH_IN_BRACKETS.search(head) else None
    return (text[: bracket.start()], True, bracket["remark"]) if bracket else (text, False, "")


def over(table: TableGrid, section: str | None) -> tuple[str, ...]:
    """The agencies whose section a row stands in, in a table without a column of agencies: "I. Sở Nội vụ"."""
    name = re.sub(r"^\w+\.\s+", "", section or "")
    told = any(column.kind in {"lead", "actor"} for column in table.columns)
    return agencies.split_agencies(name) if name and not told and agencies.is_agency(name) else ()


def without(text: str) -> str:
    """A cell without its words like "Đơn vị phối hợp: …", or as it is where it has no others."""
    return (_PARTNERS.sub("", text).strip() if ":" in text else text.strip()) or text


def _partners(text: str) -> Iterable[re.Match[str]]:
    """The words like "Đơn vị phối hợp: …" in a cell; all of them have a colon."""
    return _PARTNERS.finditer(text) if ":" in text else ()


def _remark_apart(name: str, column: Column) -> tuple[list[str], list[str]]:
    """An agency and a remark where a cell holds both, or the one that it holds: "Sở Nội vụ (Đang xây dựng Đề án)"."""
    bracket = _BRACKET.search(name)
    if bracket and agencies.is_remark(bracket["remark"]):
        return _remark_apart(name[: bracket.start()], column)[0], [bracket["remark"].strip()]
    if agencies.is_agency(name) or (column.kind == "lead" and not agencies.is_remark(name)):
        return [name], []
    return [], [name]


def _roles(text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The leading and the coordinating agencies of one cell, which may mark the role of each."""
    marked = list(_partners(text))
    if marked:
        before = agencies.split_agencies(text[: marked[0].start()])
        lead = [name for match in marked if _is_lead(match["role"]) for name in agencies.split_agencies(match["names"])]
        others = [name for match in marked if not _is_lead(match["role"]) for name in agencies.split_agencies(match["names"])]
        return (*before, *lead), tuple(others)
    if (together := _TOGETHER.search(text)) and agencies.is_agency(text[: together.start()]):
        return agencies.split_agencies(text[: together.start()]), agencies.split_agencies(text[together.end() :])
    names = agencies.split_agencies(text)
    roles = [(match["role"] or match["plain"]) if (match := _ROLE_AFTER.search(name)) else "" for name in names]
    leading = [place for place, role in enumerate(roles) if role and _is_lead(role)]
    last = leading[-1] if leading else len(names)  # who follows the last to lead helps
    bare = [_ROLE_AFTER.sub("", name) for name in names]
    helping = [place > last or bool(role and not _is_lead(role)) for place, role in enumerate(roles)]
    return tuple(itertools.compress(bare, (not helps for helps in helping))), tuple(itertools.compress(bare, helping))


def _is_lead(role: str) -> bool:
    return role.casefold().startswith("chủ")


def _unique(names: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names))
