"""Where a document's type and title stand: on lines of their own, or, where a copy lost the type, below the letterhead."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from cancu.reading import citation_grammar as grammar
from cancu.reading.layout import Line, fold

REACH = 120  # lines within which a document's head stands, the portal's own words before it included
_SEEN = REACH + 40  # with what may follow: 16 lines below the number, 8 that are blank, 12 of a title
_TYPES = (
    "KẾ HOẠCH HÀNH ĐỘNG|KẾ HOẠCH PHỐI HỢP|KẾ HOẠCH LIÊN TỊCH|KẾ HOẠCH|QUYẾT ĐỊNH|NGHỊ QUYẾT LIÊN TỊCH|"
    "NGHỊ QUYẾT|CHỈ THỊ|ĐỀ ÁN|CHƯƠNG TRÌNH HÀNH ĐỘNG|CHƯƠNG TRÌNH PHỐI HỢP|CHƯƠNG TRÌNH|NGHỊ ĐỊNH|THÔNG TƯ LIÊN TỊCH|THÔNG TƯ|"
    "THÔNG BÁO KẾT LUẬN|THÔNG BÁO|BÁO CÁO|TỜ TRÌNH|HƯỚNG DẪN|QUY CHẾ|QUY ĐỊNH|KẾT LUẬN|CHIẾN LƯỢC|QUY HOẠCH|PHƯƠNG ÁN|LUẬT|"
    "PHÁP LỆNH|CÔNG ĐIỆN|CÔNG VĂN"
)
_type_line = re.compile(rf"^(?P<type>{_TYPES.replace(' ', chr(92) + 's+')})(?=$|\s+[A-ZĐÀ-Ỹ0-9]|\s*[:(]|\s+\S)")
_HALF = frozenset({"KẾ", "QUYẾT", "NGHỊ", "CHỈ", "ĐỀ", "CHƯƠNG"})
# 'QUYẾT ĐỊNH:' stands between the legal bases and Điều 1 (Decree 30/2020/NĐ-CP, appendix III): it enacts, and heads nothing.
_operative = re.compile(r"^(?:(?P<decision>QUYẾT\s+ĐỊNH)|(?P<resolution>QUYẾT\s+NGHỊ))\s*[:;.]\s*$")
_numbered_heading = re.compile(
    r"^(?:[IVX]{1,5}|[A-Z]|\d{1,2}(?:\.\d{1,2})*|[a-zđ])(?:\s?[.)]\s?|\s?/\s+)\S|^(?:PHẦN|Phần|CHƯƠNG|Chương|MỤC|Điều)\s+(?:[IVX\d]|THỨ|thứ|MỘT|MỞ)"
    r"|^(?:MỞ\s+ĐẦU|ĐẶT\s+VẤN\s+ĐỀ|LỜI\s+NÓI\s+ĐẦU|MỤC\s+LỤC)$"
)
_opening = re.compile(
    r"^(?:Căn\s+cứ|CĂN\s+CỨ|Thực\s+hiện|Triển\s+khai|Theo|Để|Nhằm|Xét|Trên\s+cơ\s+sở|Kính\s+gửi|Thi\s+hành|Trong\s+những|Tiếp\s+tục|Năm\s+\d{4}|Ngày\s+\d)(?=\s|:|$)"
)
_nation = re.compile(
    r"cộng\s*h[òo][àa]?|h[òo][àa]?\s+xã\s+hội|chủ\s+nghĩa\s+việt|đảng\s+cộng\s+sản|^độc\s+lập|^cộng$|hạnh\s+phúc"  # in small letters
)
_nation_word = re.compile("[cnpđh](?:ộng|ội|ghĩa|ộc|húc)")  # of which the nation's name, the Party's and the motto have one each
_rule = re.compile(r"^[-_=*—–.\s|]*$")
NUMBER_LINE = re.compile(rf"(?i:\bsố)\s*[:.]?\s*(?:{grammar.NUMBER})")
_number_start = re.compile(r"(?<![^\W_])Số\s*[:.]?\s*(?=\d|$|\|)")
_issuer_start = re.compile(
    r"^(?:[UỦ][ỶY]\s*BAN|UBND|HỘI\s+ĐỒNG|BỘ\s|SỞ\s|THỦ\s+TƯỚNG|CHÍNH\s+PHỦ|QUỐC\s+HỘI|TỈNH\s+[UỦ][ỶY]|THÀNH\s+[UỦ][ỶY]|BAN\s|VĂN\s+PHÒNG|CỤC\s|CHỦ\s+TỊCH|TỔNG\s+CỤC|NGÂN\s+HÀNG|[UỦ][ỶY]$)"
)
CAPTION = re.compile(r"\(?\s*(?:được\s+)?(?:ban\s+hành\s+)?kèm\s+theo\s+", re.IGNORECASE)
_broken_issuer = re.compile(
    r"[UỦ][ỶY](?:\s+BAN(?:\s+NHÂN)?)?|HỘI(?:\s+ĐỒNG(?:\s+NHÂN)?)?|BỘ|CHỦ(?:\s+TỊCH(?:\s+[UỦ][ỶY])?)?|THỦ"
)  # its line is broken
_dateline = re.compile(r"(?:^|,\s*)ngày\s*(?:\d|\.|…|$)|^\s*(?:\d{1,2}\s+)?tháng\s+\d|^(?:19|20)\d\d$")
_subject = re.compile(r"^\(?[Vv]/[Vv]\s*:?(?=\s|$)")
_YEARS = re.compile(r"(?:19|20)\d\d(?:\s*[-–]\s*(?:19|20)\d\d)?$")  # the years that a broken title ends with
_concerning = re.compile(r"^[Vv]ề\s+việc(?=\s|$)")
_text_begins = re.compile(r"^(?:(?:Căn\s+cứ|Thực\s+hiện|Triển\s+khai|Theo|Xét|Kính\s*(?:gửi)?|Để|Nhằm)(?=[\s:]|$)|[-+•]\s+\w)")


@dataclass(frozen=True, slots=True)
class Head:
    """Where the parts of a head stand: indices into the lines. `title` is [first, last) of the title's lines.

    `type_at` is the type's line, or the title's first where a copy lost the type; `type` is None where nothing names it.
    `letterhead` is [first, last) of the lines above, in which number, place, date and issuer stand; `number_at` is its 'Số:' line.
    """

    type_at: int
    title: tuple[int, int]
    type: str | None
    inline: str
    letterhead: tuple[int, int]
    number_at: int | None = None


def is_upper(text: str) -> bool:
    """Whether a text is in capitals, three letters of four."""
    letters = [*filter(str.isalpha, text)]
    return bool(letters) and sum(map(str.isupper, letters)) * 4 >= len(letters) * 3


def is_nation(text: str) -> bool:
    """Whether a text holds the nation's or the Party's name, or the motto."""
    small = text.lower()
    return _nation_word.search(small) is not None and bool(_nation.search(small))


def is_rule(text: str) -> bool:
    """Whether a text is nothing but a rule drawn with marks, or empty."""
    return bool(_rule.match(text))


def _is_issuer(text: str) -> bool:
    """Whether a line in capitals is nothing but an issuer's name."""
    return bool(
        re.fullmatch(
            r"(?:CHỦ\s+TỊCH\s+)?(?:[UỦ][ỶY]\s*BAN\s*NHÂN\s*DÂN|HỘI\s+ĐỒNG\s+NHÂN\s+DÂN|BỘ\s+TRƯỞNG\s.*|GIÁM\s+ĐỐC\s.*|THỦ\s+TƯỚNG.*|CHÍNH\s+PHỦ)[^,;]*",
            text,
        )
    )


def _ends_title(text: str, so_far: Sequence[str]) -> bool:
    """Whether a line stands below the title that the lines `so_far` make."""
    if _rule.match(text) or _numbered_heading.match(text) or CAPTION.match(text) or _operative.match(text):
        return True
    if not so_far:
        return False
    upper = is_upper(" ".join(so_far))
    if _opening.match(text) and (upper or so_far[-1][-1:] not in ",-"):
        return True
    if is_upper(text) and _issuer_start.match(text) and _is_issuer(text):
        return True
    if _YEARS.match(text) and re.search(r"(?i)(?:giai\s+đoạn|năm|đến|từ|[-–,])$", so_far[-1]):
        return False
    return upper and not is_upper(text) and not re.match(r"^\(?(?:giai đoạn|năm|đến|nhiệm kỳ|tỉnh|trên địa bàn|tầm nhìn|định hướng)", text)


# How a title goes on in a paragraph of its own; one in small letters may go on with any word.
_MORE = re.compile(r"(?:giai đoạn|năm \d|đến năm|tỉnh|thành phố|trên địa bàn|tầm nhìn|định hướng|của|và|trong|thuộc)(?!\w)", re.IGNORECASE)


def _goes_on(lines: Sequence[Line], blank: int, so_far: Sequence[str]) -> bool:
    """Whether the title goes on below a blank line: with the last words of titles in capitals, or in small letters."""
    text = fold(lines[blank + 1].text) if so_far and blank + 1 < len(lines) and not lines[blank].text.strip() else ""
    if not text or so_far[-1][-1] in ".;:" or _ends_title(text, so_far):
        return False
    return is_upper(text) and _MORE.match(text) is not None if is_upper(" ".join(so_far)) else text[0].islower()


def _title_from(lines: Sequence[Line], first: int, so_far: list[str]) -> tuple[int, int]:
    last = first
    while last < len(lines) and last - first < 12:
        if _ends_title(text := fold(lines[last].text), so_far):
            if not _goes_on(lines, last, so_far):
                break
            last += 1
            text = fold(lines[last].text)
        if (
            _broken_issuer.fullmatch(text)
            and so_far
            and last + 1 < len(lines)
            and _ends_title(f"{text} {fold(lines[last + 1].text)}", so_far)
        ):
            break
        so_far.append(text)
        last += 1
    return first, last


def _typed(lines: Sequence[Line], start: int, end: int) -> Head | None:
    """The first line that holds a document's type, and the lines of the title below it."""
    for i in range(start, end):
        text = fold(lines[i].text)
        if text.islower() and i and not lines[i - 1].text.strip():  # the capitals of an old font are stored as small letters
            text = text.upper() if is_type_line(text.upper()) else text
        first = i + 1
        if text in _HALF and first < end and is_type_line(whole := f"{text} {fold(lines[first].text)}"):  # its line is broken
            text, first = whole, first + 1
        match = _type_line.match(text)
        if match is None or _operative.match(text) or (text[match.end() :].strip() and not is_upper(text.split("(")[0][:60])):
            continue
        inline = text[match.end() :].strip(" :")
        if _is_issuer(inline):
            continue
        while not inline and first < len(lines) and first - i < 8 and not fold(lines[first].text).strip("|- *_"):
            first += 1
        return Head(i, _title_from(lines, first, [inline] if inline else []), fold(match["type"]).capitalize(), inline, (start, i))
    return None


def _is_numbered(text: str) -> bool:
    """Whether 'Số:' begins a line, or a column of one: nothing but capitals and marks stands before it."""
    match = _number_start.search(text)
    if match is None:
        return False
    before = re.split(r"[|\t]|\s{3,}", text[: match.start()])[-1]
    return is_upper(before) or not re.search(r"[^\W_]", before)


def _letterhead(lines: Sequence[Line], start: int, end: int) -> int | None:
    """The line of the document's number: 'Số: …' at the beginning of a line or a column, near the nation's name."""
    numbered = (i for i in range(start, end) if "Số" in lines[i].text and _is_numbered(lines[i].text))
    return next((i for i in numbered if any(map(_names_nation, lines[max(start, i - 14) : min(end, i + 9)]))), None)


def _names_nation(line: Line) -> bool:
    """Whether a line holds the nation's or the Party's name, or the motto."""
    return _nation_word.search(line.text.lower()) is not None and is_nation(fold(line.text).strip("*-| "))


def _below_letterhead(lines: Sequence[Line], at: int) -> Head:
    """The title where no line names the type: what stands in capitals below place and date, or after an official letter's 'V/v'."""
    end = min(len(lines), at + 16)
    end = next((i for i in range(at + 1, end) if _begins_text(fold(lines[i].text))), end)
    texts = {i: fold(lines[i].text).strip("| ") for i in range(at + 1, end)}
    if (subject := next((i for i, text in texts.items() if _subject.match(text)), None)) is not None:
        last = next((i for i in range(subject + 1, end) if _is_letterhead(texts[i])), end)
        return Head(subject, (subject, last), None, "", (max(at - 14, 0), end), at)
    first = max([at, *(i for i, text in texts.items() if text and _is_letterhead(text))]) + 1
    while first < end and _rule.match(texts[first]):
        first += 1
    begins = texts.get(first, "")
    if _is_issuer(begins) or not (is_upper(begins) or _concerning.match(begins)):
        return Head(first, (first, first), None, "", (max(at - 14, 0), first), at)
    return Head(first, _title_from(lines, first, []), None, "", (max(at - 14, 0), first), at)


def _is_letterhead(text: str) -> bool:
    """Whether a line below the number still belongs to the letterhead: a rule, motto, place and date, or the end of a broken number."""
    return bool(
        _rule.match(text) or _nation.search(text.lower()) or _dateline.search(text) or re.match(r"\d+\s*(?:/\s*\d{4}\s*)?/\s*[A-ZĐ]", text)
    )


def locate(lines: Sequence[Line], start: int = 0) -> Head | None:
    """The type and title of the document that begins at `start`; None where neither a type nor a letterhead tells."""
    return _locate(lines, start) if start else _at_top(tuple(lines[:_SEEN]))


@lru_cache(maxsize=2)
def _at_top(lines: Sequence[Line]) -> Head | None:
    """Remembered: the head of a document asks for it, and what it cites."""
    return _locate(lines, 0)


def _locate(lines: Sequence[Line], start: int) -> Head | None:
    end = min(len(lines), start + REACH)
    typed, at = _typed(lines, start, end), _letterhead(lines, start, end)
    if at is None:
        return typed
    if typed and (typed.type_at < at or not (_has_text(lines[at + 1 : typed.type_at]) or _is_title(lines, typed, at))):
        return replace(typed, letterhead=(max(at - 14, 0), typed.type_at), number_at=at) if at < typed.type_at else typed
    return _below_letterhead(lines, at)


def _is_title(lines: Sequence[Line], typed: Head, at: int) -> bool:
    """'QUY ĐỊNH ĐIỀU KIỆN …' below the number of a circular is its title, and no rules: the signs of the number decide."""
    match = NUMBER_LINE.search("\n".join(line.text for line in lines[at : at + 3]))
    signs = grammar.type_of_signs(grammar.normal_number(match["ordinal"] + (match["year"] or "") + match["signs"])) if match else None
    return bool(typed.inline and signs and typed.type and not typed.type.startswith(signs))


def _begins_text(text: str) -> bool:
    """Whether the body of a document begins with this line."""
    return bool(_text_begins.match(text) or _numbered_heading.match(text))


def _has_text(lines: Sequence[Line]) -> bool:
    return any(_begins_text(fold(line.text)) for line in lines)


def is_letter(lines: Sequence[Line], head: Head | None) -> bool:
    """Whether it is an official letter (công văn), which names no type: 'V/v' below its number, or 'Kính gửi' above its text."""
    if head and head.type:
        return False
    if head and head.title[0] < head.title[1] and _subject.match(fold(lines[head.title[0]].text)):
        return True
    texts = (fold(line.text) for line in lines[slice(head.title[1], head.title[1] + 8) if head else slice(40)])
    return any(re.match(r"Kính(?:\s+gửi|$)", text) for text in texts)


def is_type_line(text: str) -> bool:
    """Whether a line is a document's type in capitals, and no more: 'KẾ HOẠCH'."""
    match = _type_line.match(text)
    return match is not None and match.end() == len(text)


def enacted_type(lines: Sequence[Line]) -> str | None:
    """The type that 'QUYẾT ĐỊNH:' or 'QUYẾT NGHỊ:' after the legal bases tells of."""
    match = next((match for line in lines[:REACH] if (match := _operative.match(fold(line.text)))), None)
    return None if match is None else "Quyết định" if match["decision"] else "Nghị quyết"


def title_text(lines: Sequence[Line], head: Head) -> str:
    """The title, on one line."""
    words = (line.text.lstrip("# ") for line in lines[slice(*head.title)])  # Markdown stands in plain files too
    title = fold(" ".join([head.inline, *words])).strip(" *")
    return title.removeprefix(f"{head.type.upper()} ") if head.type else title


def title_of(lines: Sequence[Line], head: Head) -> str:
    """Type and title, to name a document that has no number."""
    return f"{head.type or ''} {title_text(lines, head)}".strip()
