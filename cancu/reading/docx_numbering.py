"""Numbers that Word writes by itself before paragraphs ('1.', 'a)', 'II.'): they stand in no text, and are worked out here.

After ECMA-376 part 1, 17.9: a paragraph, or its style, names a list (`numId`) and a level (`ilvl`); the list's definition
gives each level its format, its text ("%1.%2") and where it starts; a level starts anew after one above it.
"""

from __future__ import annotations

from typing import Any

from docx.oxml.ns import qn

_ROMAN = (
    (1000, "M"),
    (900, "CM"),
    (500, "D"),
    (400, "CD"),
    (100, "C"),
    (90, "XC"),
    (50, "L"),
    (40, "XL"),
    (10, "X"),
    (9, "IX"),
    (5, "V"),
    (4, "IV"),
    (1, "I"),
)


def _roman(number: int) -> str:
    out = ""
    for value, sign in _ROMAN:
        out += sign * (number // value)
        number %= value
    return out


def _letter(number: int) -> str:
    """A letter for 1 to 26, doubled after that, as Word does."""
    return chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)


def _written(number: int, form: str) -> str:
    if form in {"upperRoman", "lowerRoman"}:
        return _roman(number) if form == "upperRoman" else _roman(number).lower()
    if form in {"upperLetter", "lowerLetter"}:
        return _letter(number).upper() if form == "upperLetter" else _letter(number)
    return f"{number:02d}" if form == "decimalZero" else str(number)


def _value(element: Any, tag: str) -> str | None:
    child = None if element is None else element.find(qn(tag))
    return None if child is None else child.get(qn("w:val"))


class Numbering:
    """The lists of one document, and how far each has counted."""

    def __init__(self, document: Any) -> None:
        """Take the lists and styles of a python-docx document; one without lists numbers nothing."""
        self._levels: dict[str, dict[int, Any]] = {}
        self._styles: dict[str, Any] = {style.style_id: style.element for style in document.styles if style.element.pPr is not None}
        self._counts: dict[str, dict[int, int]] = {}
        self._counter: dict[str, str] = {}  # lists of one definition count together, but for one that sets its own start
        try:
            root = document.part.numbering_part.element
        except (KeyError, NotImplementedError):
            return
        abstract = {item.get(qn("w:abstractNumId")): item for item in root.findall(qn("w:abstractNum"))}
        for item in root.findall(qn("w:num")):
            list_id, definition = item.get(qn("w:numId")), _value(item, "w:abstractNumId")
            levels = abstract.get(definition)
            if levels is not None:
                self._counter[list_id] = f"num {list_id}" if item.find(qn("w:lvlOverride")) is not None else f"abstract {definition}"
                self._levels[list_id] = {int(level.get(qn("w:ilvl"))): level for level in levels.findall(qn("w:lvl"))}

    def _place(self, paragraph: Any) -> tuple[str, int] | None:
        """The list and level of a paragraph, its own or its style's."""
        properties = paragraph.pPr
        style = self._styles.get(_value(properties, "w:pStyle") or "")
        for holder in (properties, None if style is None else style.pPr):
            numbered = None if holder is None else holder.find(qn("w:numPr"))
            if numbered is not None and (list_id := _value(numbered, "w:numId")) is not None:
                level = _value(numbered, "w:ilvl") or "0"
                return (list_id, int(level)) if list_id in self._levels and level.isdecimal() else None
        return None

    def label(self, paragraph: Any) -> str:
        """What Word writes before the paragraph, with a blank after it: '1. ', 'a) ', '- ' for a bullet; '' for nothing."""
        place = self._place(paragraph)
        level = None if place is None else self._levels[place[0]].get(place[1])
        if place is None or level is None:
            return ""
        form = _value(level, "w:numFmt") or "decimal"
        if form == "bullet":
            return "- "
        counts = self._counts.setdefault(self._counter[place[0]], {})
        counts[place[1]] = counts.get(place[1], self._start(place[0], place[1]) - 1) + 1
        for deeper in [depth for depth in counts if depth > place[1]]:
            del counts[deeper]
        text = _value(level, "w:lvlText") or ""
        for depth, other in self._levels[place[0]].items():
            if f"%{depth + 1}" in text:
                number = counts.get(depth, self._start(place[0], depth))
                text = text.replace(f"%{depth + 1}", _written(number, _value(other, "w:numFmt") or "decimal"))
        return f"{text} " if text and form != "none" else ""

    def _start(self, list_id: str, depth: int) -> int:
        start = _value(self._levels[list_id].get(depth), "w:start")
        return int(start) if start and start.isdecimal() else 1
