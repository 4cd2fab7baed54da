"""The end of a document: who it goes to, and who signed it, where the two stand in columns side by side too."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import zip_longest

from msgspec import structs

from cancu.reading import lexicon
from cancu.reading.heading import is_upper
from cancu.reading.layout import Line, fold

_recipients = re.compile(r"\s*+(?=[Nn])(?i:nơi\s+nhận)\s*:?")
_name = re.compile(
    r"^(?:(?:TS|PGS|GS|T[hH][sS]|BS|DS|KS|LS|CN|(?:BS|DS)?\s?CK\s?(?:I{1,2}|[12]))\.\s*)*(?:[A-ZĐÀ-Ỹ][a-zđà-ỹ]*\s+){1,5}[A-ZĐÀ-Ỹ][a-zđà-ỹ]*$"
)
_on_behalf = re.compile(r"^(?:KT|TM|TL|TUQ|Q|T/M|K/T)\s?\.?\s*(?=[A-ZĐÀ-Ỹ]{2})")
_signed = re.compile(r"(?i)^\(?\s*(?:đã\s+ký|ký\s+tên)|^\W*$")
_item = re.compile(r"^[-+–•]\s*")
# A cell whose line breaks are lost: "KT. CHỦ TỊCH PHÓ CHỦ TỊCH Nguyễn Văn An", "| GIÁM ĐỐC Nguyễn Văn An |".
_in_one_line = re.compile(
    r"(?:(?:TM|KT|TL|TUQ|Q)\.[^|]{1,60}?|\|\s*)(?P<office>(?:PHÓ\s+)?(?:CHỦ\s+TỊCH|GIÁM\s+ĐỐC))\s+(?:\([^()]*\)\s*)?(?P<name>(?:[A-ZĐÀ-Ỹ][a-zđà-ỹ]+\s+){1,4}[A-ZĐÀ-Ỹ][a-zđà-ỹ]+)$"
)
# Where the signature's column begins on a line that the recipients' column shares: a tab, a gap, or the signature's own words.
_column = re.compile(
    r"\t+|\s{3,}|\s*\|\s*|(?:(?<=[;:/])|(?<=[a-z0-9à-ỹ]\.)|(?<=VT\.))\s+(?=(?:KT|TM|TL|TUQ|Q)\s?\.\s*[A-ZĐÀ-Ỹ]{2}|(?:PHÓ\s+)?(?:CHỦ\s+TỊCH|GIÁM\s+ĐỐC|BỘ\s+TRƯỞNG)\s*$)"
)
_broken = re.compile(r"\s*\|\s*|\s{3,}")
_last_item = re.compile(r"^[-+–•]\s*Lưu\s*:?.*?[.;]\s*(?P<name>(?:[A-ZĐÀ-Ỹ][a-zđà-ỹ]+\s+){1,4}[A-ZĐÀ-Ỹ][a-zđà-ỹ]+)$")


def _columns(lines: Sequence[Line]) -> list[tuple[str, str]]:
    """Each line as the words of its left and its right column; a line that is no column's goes to both sides."""
    found = []
    for line in lines:
        parts = [words for part in _column.split(line.text.strip()) if (words := fold(part).strip("* |"))]
        left, right = (parts[0], " ".join(parts[1:])) if len(parts) > 1 else ("".join(parts), "".join(parts))
        if len(parts) == 1 and (match := _last_item.match(left)):
            left, right = left[: match.start("name")].strip(), match["name"]
        found.append((left, right))
    return found


def _office(words: str) -> str | None:
    """The title in 'KT. CHỦ TỊCH' or 'CHỦ TỊCH'; None for words that are none."""
    if len(words) > 40 or not is_upper(words):
        return None
    entry = lexicon.first("signer_titles", _on_behalf.sub("", words))
    return entry.value if entry else None


def _unfolded(lines: Sequence[Line]) -> Sequence[Line]:
    """The lines, each part of a broken cell of Markdown as one: the recipients of a row, then its signature."""
    if not any(_is_row(line) for line in lines if "|" in line.text):
        return lines
    return [
        structs.replace(line, text=part)
        for line in lines
        for part in (_broken.split(line.text.strip().strip("|")) if _is_row(line) else [line.text])
    ]


def _is_row(line: Line) -> bool:
    """Whether a line is a row of a table with a cell whose lines are broken."""
    text = line.text.strip()
    return text.startswith("|") and text.endswith("|") and "   " in text


def signature(lines: Sequence[Line], start: int) -> tuple[str | None, str | None]:
    """The first signature from `start` on: the signer, and the title that stands above the name."""
    lines = _unfolded(lines[start:])
    for i, line in enumerate(lines):
        if ("TỊCH" in line.text or "ĐỐC" in line.text) and (whole := _in_one_line.search(line.text.rstrip("*| \t"))):
            return whole["name"], _office(whole["office"])
        if not line.text:
            continue
        beside = ("hận" in line.text or "HẬN" in line.text) and _recipients.match(line.text) is not None
        if not beside and not line.text.rstrip("*| \t")[-1:].isupper():  # an office in capitals ends its line: few lines do
            continue
        words = _columns([line])[0][1]
        if (office := _office(words.upper() if beside else words)) is None:
            continue
        below = [row for _, row in _columns(lines[i + 1 : i + 14]) if row and not (_item.match(row) or _recipients.match(row))]
        if below and _office(below[0]):
            continue
        for row in below[:4]:
            if _name.match(row) and not is_upper(row):
                return row, office
            if not _signed.match(row):
                break
    return None, None


def recipients(lines: Sequence[Line]) -> tuple[str, ...]:
    """Who the document goes to: the items below 'Nơi nhận', without what stands beside them in the signature's column."""
    lines = _unfolded(lines)
    titles = (i for i, line in enumerate(lines) if "hận" in line.text or "HẬN" in line.text)
    start = next((i for i in titles if _recipients.match(fold(lines[i].text).strip("*| "))), None)
    if start is None:
        return ()
    items: list[str] = []
    below = [text for text, _ in _columns(lines[start + 1 : start + 40])]
    for text, after in zip_longest(below, below[1:], fillvalue=""):
        if not text and _item.match(after):  # a blank line between two items
            continue
        if _item.match(text):
            items.append(_item.sub("", text))
        elif items and text and (items[-1].endswith(",") or not (is_upper(text) or _name.match(text))):
            items[-1] += f" {text}"
        elif items and not (text and is_upper(text) and (_office(text) or _on_behalf.match(text))):
            break
    return tuple(item.rstrip(" ;,").removesuffix("./") for item in items)
