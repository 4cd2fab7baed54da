"""The document itself: number, type, title, date, issuer and period from its head, signer and recipients from its end.

Written after the layout that decree 30/2020/NĐ-CP (and before it circular 01/2011/TT-BNV) gives official documents:
letterhead, number and date, the type on a line of its own, the title below it; at the end recipients and signature.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from cancu.reading import citation_grammar as grammar
from cancu.reading import issuers, lexicon
from cancu.reading.layout import Line, fold
from cancu.reading.source import Source
from cancu.records import Period, PlanDocument, Promulgation

_HEAD = 120  # lines within which a document's head stands, the portal's own words before it included
_TYPES = (
    "KẾ HOẠCH HÀNH ĐỘNG|KẾ HOẠCH|QUYẾT ĐỊNH|"
    "NGHỊ QUYẾT|CHỈ THỊ|ĐỀ ÁN|CHƯƠNG TRÌNH HÀNH ĐỘNG|CHƯƠNG TRÌNH|NGHỊ ĐỊNH|THÔNG TƯ LIÊN TỊCH|THÔNG TƯ|THÔNG BÁO|"
    "BÁO CÁO|TỜ TRÌNH|HƯỚNG DẪN|QUY CHẾ|QUY ĐỊNH|KẾT LUẬN|CHIẾN LƯỢC|QUY HOẠCH|LUẬT|CÔNG ĐIỆN"
)
_type_line = re.compile(rf"^(?P<type>{_TYPES})(?=$|\s+[A-ZĐÀ-Ỹ0-9]|\s*[:(]|\s+\S)")
_heading = re.compile(
    r"^(?:[IVX]{1,5}|[A-Z]|\d{1,2}(?:\.\d{1,2})*|[a-zđ])(?:\s?[.)]\s?|\s?/\s+)\S|^(?:PHẦN|Phần|CHƯƠNG|Chương|MỤC|Điều)\s+(?:[IVX\d]|THỨ|thứ|MỘT|MỞ)"
    r"|^(?:MỞ\s+ĐẦU|ĐẶT\s+VẤN\s+ĐỀ|LỜI\s+NÓI\s+ĐẦU|MỤC\s+LỤC)$"
)
_opening = re.compile(
    r"^(?:Căn\s+cứ|CĂN\s+CỨ|Thực\s+hiện|Triển\s+khai|Theo|Để|Nhằm|Xét|Trên\s+cơ\s+sở|Kính\s+gửi|Thi\s+hành|Trong\s+những|Tiếp\s+tục|Năm\s+\d{4}|Ngày\s+\d)(?=\s|$)"
)
_nation = re.compile(r"CỘNG\s*H[ÒO][ÀA]?|HÒA\s+XÃ\s+HỘI|CHỦ\s+NGHĨA\s+VIỆT|ĐẢNG\s+CỘNG\s+SẢN|^Độc\s+lập|^CỘNG$|Hạnh\s+phúc", re.IGNORECASE)
_motto = re.compile(r"(?i)(?:CỘNG\s*H[ÒO][ÀA]?\s+XÃ\s+HỘI|ĐẢNG\s+CỘNG\s+SẢN\s+VIỆT|Độc\s+lập\s*[-–]).*$")
_rule = re.compile(r"^[-_=*—–.\s|]*$")
_number_line = re.compile(rf"(?i:\bsố)\s*[:.]?\s*(?:{grammar.NUMBER})")
_issuer_start = re.compile(
    r"^(?:[UỦ][ỶY]\s*BAN|UBND|HỘI\s+ĐỒNG|BỘ\s|SỞ\s|THỦ\s+TƯỚNG|CHÍNH\s+PHỦ|QUỐC\s+HỘI|TỈNH\s+[UỦ][ỶY]|THÀNH\s+[UỦ][ỶY]|BAN\s|VĂN\s+PHÒNG|CỤC\s|CHỦ\s+TỊCH|TỔNG\s+CỤC|NGÂN\s+HÀNG|[UỦ][ỶY]$)"
)
_caption = re.compile(r"\(?\s*(?:được\s+)?(?:ban\s+hành\s+)?kèm\s+theo\s+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Head:
    """Where the parts of a head stand: indices into the lines. `title` is [first, last) of the title's lines."""

    type_at: int
    title: tuple[int, int]
    type: str
    inline: str


def _is_upper(text: str) -> bool:
    letters = [letter for letter in text if letter.isalpha()]
    return bool(letters) and sum(letter.isupper() for letter in letters) * 4 >= len(letters) * 3


def _ends_title(text: str, so_far: Sequence[str]) -> bool:
    """Whether a line stands below the title that the lines `so_far` make."""
    if _rule.match(text) or _heading.match(text) or _caption.match(text):
        return True
    if not so_far:
        return False
    upper = _is_upper(" ".join(so_far))
    if _opening.match(text) and (upper or so_far[-1][-1:] not in ",-"):
        return True
    if _is_upper(text) and _issuer_start.match(text) and _is_issuer(text):
        return True
    return upper and not _is_upper(text) and not re.match(r"^\(?(?:giai đoạn|năm|đến|nhiệm kỳ|tỉnh|trên địa bàn|tầm nhìn|định hướng)", text)


def _is_issuer(text: str) -> bool:
    """Whether a line in capitals is nothing but an issuer's name."""
    return bool(
        re.fullmatch(
            r"(?:CHỦ\s+TỊCH\s+)?(?:[UỦ][ỶY]\s*BAN\s*NHÂN\s*DÂN|HỘI\s+ĐỒNG\s+NHÂN\s+DÂN|BỘ\s+TRƯỞNG\s.*|GIÁM\s+ĐỐC\s.*|THỦ\s+TƯỚNG.*|CHÍNH\s+PHỦ)[^,;]*",
            text,
        )
    )


def locate(lines: Sequence[Line], start: int = 0) -> Head | None:
    """The first line from `start` on that holds a document's type, and the lines of the title below it."""
    for i in range(start, min(len(lines), start + _HEAD)):
        text = fold(lines[i].text)
        match = _type_line.match(text)
        if match is None or (text[match.end() :].strip() and not _is_upper(text.split("(")[0][:60])):
            continue
        inline = text[match.end() :].strip(" :")
        if _is_issuer(inline):
            continue
        first = i + 1
        while not inline and first < len(lines) and first - i < 8 and not fold(lines[first].text).strip("|- *_"):
            first += 1
        last, so_far = first, [inline] if inline else []
        while last < len(lines) and last - first < 12 and not _ends_title(text := fold(lines[last].text), so_far):
            so_far.append(text)
            last += 1
        return Head(i, (first, last), fold(match["type"]).capitalize(), inline)
    return None


def is_type_line(text: str) -> bool:
    """Whether a line is a document's type in capitals, and no more: 'KẾ HOẠCH'."""
    match = _type_line.match(text)
    return match is not None and match.end() == len(text)


def title_of(lines: Sequence[Line], head: Head) -> str:
    """Type and title, to name a document that has no number."""
    return f"{head.type} {_title(lines, head)}".strip()


def _title(lines: Sequence[Line], head: Head) -> str:
    return fold(" ".join([head.inline, *(line.text for line in lines[slice(*head.title)])])).strip(" *")


_announced = re.compile(
    r"(?:ban\s+hành|xây\s+dựng|đề\s+ra)\s+(?P<type>Kế\s+hoạch|Đề\s+án|Chương\s+trình)\s+(?:\([^)]*\)\s*)?(?P<title>[^:;]{10,400}?)"
    r"\s*(?:\(gọi\s+tắt[^)]*\))?,?\s+(?:với\s+(?:các|những)|như\s+sau|cụ\s+thể|gồm)"
)


def _announced_title(lines: Sequence[Line]) -> re.Match[str] | None:
    """'… ban hành Kế hoạch X, với những nội dung sau': what a document whose head is lost says of itself."""
    return _announced.search(fold(" ".join(line.text for line in lines[:_HEAD])))


def _head_text(lines: Sequence[Line], end: int) -> str:
    return "\n".join(line.text for line in lines[:end])


def _number(text: str) -> str | None:
    match = _number_line.search(text)
    return grammar.normal_number(match["ordinal"] + (match["year"] or "") + match["signs"]) if match else None


def _date(text: str) -> str | None:
    for match in re.finditer(r"ngày", text, re.IGNORECASE):
        if (found := grammar.match_date(text, match.start())) and found[0]:
            return found[0]
    return None


@dataclass(frozen=True, slots=True)
class _Caption:
    """'(Ban hành kèm theo Kế hoạch số … ngày … của …)': the document that a part of the file belongs to."""

    number: str | None
    type: str
    date: str | None
    issuer: str | None
    lines: tuple[int, int]


def _captions(lines: Sequence[Line]) -> list[_Caption]:
    found = []
    for i, line in enumerate(lines):
        if "kèm" not in line.text.casefold():
            continue
        text = "\n".join(row.text for row in lines[i : i + 4])
        if (opened := _caption.search(text)) is None or (number := grammar.find_number(text, opened.end())) is None:
            continue
        before = grammar.type_before(text, number.start())
        if before is None or before.start() != opened.end():
            continue
        dated = grammar.match_date(text, number.end())
        named = grammar.match_issuer(text, dated[1] if dated else number.end(), joint=False)
        last = line.number + text[: named[1] if named else dated[1] if dated else number.end()].count("\n")
        issuer = issuers.official(named[0]) if named else None
        found.append(
            _Caption(
                grammar.normal_number(number[0]),
                grammar.canonical_type(before["type"]) or "",
                dated[0] if dated else None,
                issuer,
                (line.number, last),
            )
        )
    return found


def _letterhead(lines: Sequence[Line], end: int) -> list[str]:
    """The words in capitals of the letterhead, without the nation's name and motto. Columns of one line stand apart."""
    parts = [fold(_motto.sub("", part)).strip("* |") for line in lines[:end] for part in re.split(r"\t|\s{3,}", line.text)]
    return [
        text
        for text in parts
        if text and not _rule.match(text) and not _nation.search(text) and _is_upper(text) and not re.match(r"(?i)số(?!\w)", text)
    ]


def _spelled(text: str) -> str:
    """An agency's or a place's name in capitals, as it is written in a sentence."""
    name = issuers.official(text)
    return name if not _is_upper(name) else name.capitalize()


_no_name = r"(?!(?:SỞ|BAN|VĂN|HỘI|CỤC|[UỦ][ỶY]|UBND|HĐND|THANH|CÔNG|BỘ|CHI|ĐẢNG|ĐỘC|CỘNG)(?!\w))"
_place_name = re.compile(
    rf"(?<!\w)(?i:(?P<kind>tỉnh|thành\s+phố|TP\.?|thành)(?:\s+[uủ][ỷy])?)\s+(?P<name>(?:{_no_name}[A-ZĐÀ-ÝĂĐĨŨƠƯẠ-Ỹ][^\W\d_]*\s*){{1,3}})"
)


def _place_in(text: str) -> issuers.Place | None:
    """The province that a text names: one of the table, or whatever name follows 'tỉnh' or 'thành phố'."""
    entry = lexicon.first("provinces", text)
    if entry:
        return issuers.Place(entry.extra["kind"], entry.value)
    match = _place_name.search(text)
    if match is None:
        return None
    kind = "tỉnh" if match["kind"].casefold() == "tỉnh" else "thành phố"
    return issuers.Place(kind, " ".join(word.capitalize() for word in match["name"].split()))


_agency_caps = re.compile(
    r"(?P<office>(?:SỞ|BAN|VĂN\s+PHÒNG|CỤC|CHI\s+CỤC|CÔNG\s+AN|THANH\s+TRA)\s+.+)$|(?P<body>[UỦ][ỶY]\s*BAN\s*NHÂN\s*DÂN|UBND|HỘI\s*ĐỒNG\s*NHÂN\s*DÂN|HĐND|TỈNH\s+[UỦ][ỶY]|THÀNH\s+[UỦ][ỶY])|"
    r"(?P<centre>BỘ\s+.+|THỦ\s+TƯỚNG\s+CHÍNH\s+PHỦ|CHÍNH\s+PHỦ|QUỐC\s+HỘI|BAN\s+CHẤP\s+HÀNH\s+TRUNG\s+ƯƠNG|BỘ\s+CHÍNH\s+TRỊ)"
)


def _letterhead_issuer(words: list[str], place: issuers.Place | None) -> str | None:
    """The lowest agency that the letterhead names, in full."""
    text = fold(" ".join(words))
    found: str | None = None
    for name in re.split(r"\s+(?=(?:SỞ|BAN\s+(?!NHÂN)|VĂN\s+PHÒNG|CỤC|CHI\s+CỤC|THANH\s+TRA)\s)", text):
        match = _agency_caps.search(name)
        if match is None:
            continue
        local = match["office"] or match["body"]
        found = issuers.official(_in_words(local), place) if local else _spelled(match["centre"])
    return found


def _in_words(capitals: str) -> str:
    """'SỞ THÔNG TIN VÀ TRUYỀN THÔNG' as 'Sở Thông tin và Truyền thông'; the place at its end left out."""
    text = re.sub(r"\s+(?:TỈNH|THÀNH\s+PHỐ|TP\.?)\s.*$", "", capitals)
    entry = lexicon.first("departments", text) or lexicon.first("issuers", text)
    return entry.value if entry else text.capitalize()


def period_of(title: str) -> Period | None:
    """The years that a title gives: 'giai đoạn 2021-2025', 'năm 2014', 'đến năm 2030' (no first year); None for none."""
    if match := re.search(
        r"(?i)(?:giai\s+đoạn|thời\s+kỳ|nhiệm\s+kỳ|các\s+năm|từ\s+năm)\s*:?\s*(?:từ\s+)?(?:năm\s+)?(\d{4})\s*(?:[-–—]|đến(?:\s+năm)?)\s*(\d{4})",
        title,
    ):
        return int(match[1]), int(match[2])
    if match := re.search(r"(?<!\d)((?:19|20)\d\d)\s*[-–—]\s*((?:19|20)\d\d)(?!\d)", title):
        return int(match[1]), int(match[2])
    if match := re.search(
        r"(?i)(?<!đến\s)(?<!nhìn\s)năm\s+((?:19|20)\d\d)(?!\s*[-–—]\s*\d)",
        re.sub(r"(?i)(đến|nhìn|hướng)\s+năm", r"\1_năm", title).replace("_năm", "_nam"),
    ):
        return int(match[1]), int(match[1])
    if match := re.search(r"(?i)đến\s+(?:hết\s+)?(?:năm\s+)?((?:19|20)\d\d)", title):
        return None, int(match[1])
    return None


_recipients = re.compile(r"^\s*nơi\s+nhận\s*:?", re.IGNORECASE)
_name = re.compile(r"^(?:(?:TS|PGS|GS|ThS|BS|KS|LS)\.\s*)*(?:[A-ZĐÀ-Ỹ][a-zđà-ỹ]*\s+){1,5}[A-ZĐÀ-Ỹ][a-zđà-ỹ]*$")


def _signature(lines: Sequence[Line], start: int) -> tuple[str | None, str | None]:
    """The first signature from `start` on: the signer, and the title that stands above the name."""
    for i in range(start, len(lines)):
        text = fold(lines[i].text).strip("* ")
        if (
            not _is_upper(text)
            or len(text) > 40
            or (entry := lexicon.first("signer_titles", re.sub(r"^(?:KT|TM|TL|TUQ|Q)\s?\.\s*", "", text))) is None
        ):
            continue
        below = [words for row in lines[i + 1 : i + 14] if (words := fold(row.text).strip("* |"))]
        if below and lexicon.first("signer_titles", below[0]):
            continue
        for words in below[:4]:
            if _name.match(words) and not _is_upper(words):
                return words, entry.value
            if not re.match(r"(?i)\(?\s*(?:đã\s+ký|ký\s+tên)|^\W*$", words):
                break
    return None, None


def _recipient_list(lines: Sequence[Line]) -> tuple[str, ...]:
    start = next((i for i, line in enumerate(lines) if _recipients.match(fold(line.text).strip("* "))), None)
    if start is None:
        return ()
    items: list[str] = []
    for line in lines[start + 1 : start + 40]:
        text = fold(line.text).strip("* ")
        if text.startswith(("-", "+", "–", "•")):
            items.append(text.lstrip("-+–• "))
        elif items and text and text != "|" and not _is_upper(text):
            items[-1] += f" {text}"
        elif items:
            break
    return tuple(item.rstrip(" ;").removesuffix("./") for item in items)


def read_head(source: Source) -> PlanDocument:
    """What the document says of itself. Fields that it does not give are None; budget fields are filled elsewhere."""
    lines = source.lines
    head = locate(lines)
    announced = None if head else _announced_title(lines)
    end = head.type_at if head else 0
    top = _head_text(lines, end)
    title = _title(lines, head) if head else fold(announced["title"]) if announced else ""
    type_ = head.type if head else fold(announced["type"]).capitalize() if announced else "Kế hoạch"
    captions = _captions(lines)
    own = next((caption for caption in captions if caption.type == type_), None)
    number = _number(top) or (own.number if own else None)
    date = _date(top) or (own.date if own and own.number == number else None)
    place = _place(lines, end, title, own)
    issuer = _letterhead_issuer(_letterhead(lines, end), place) or _fallback_issuer(lines, own, place)
    signer, signer_title = _signature(lines, head.title[1] if head else 0)
    return PlanDocument(
        number=number,
        type=type_,
        title=title or type_,
        date=date,
        issuer=issuer,
        province=place.name if place and not _is_central(issuer) else None,
        period=period_of(title),
        signer=signer,
        signer_title=signer_title,
        recipients=_recipient_list(lines),
        promulgated_by=_promulgation(captions, type_, number),
    )


def _is_central(issuer: str | None) -> bool:
    return bool(issuer and re.match(r"(?:Bộ|Chính phủ|Thủ tướng|Quốc hội|Ủy ban Thường vụ|Ban Bí thư|Ban Chấp hành Trung ương)\b", issuer))


def _promulgation(captions: list[_Caption], type_: str, number: str | None) -> Promulgation | None:
    """The decision that the whole document came with: captioned at its top, and not the document itself."""
    if type_ in {"Quyết định", "Nghị quyết"}:
        return None
    caption = next((caption for caption in captions if caption.type in {"Quyết định", "Nghị quyết"} and caption.number != number), None)
    return Promulgation(number=caption.number, type=caption.type, date=caption.date, lines=caption.lines) if caption else None


@cache
def _acting() -> re.Pattern[str]:
    return re.compile(
        rf"(?<!của )(?<!do )(?<![^\W_])(?P<issuer>{issuers.issuer_pattern()})"
        r"\s+(?:đã\s+)?(?:ban\s+hành|xây\s+dựng|đề\s+ra)\s+(?:Kế\s+hoạch|Đề\s+án|Chương\s+trình)"
    )


def _fallback_issuer(lines: Sequence[Line], own: _Caption | None, place: issuers.Place | None) -> str | None:
    """Where the letterhead is lost: who, in the preamble, issues the document; or whom a caption names."""
    if match := _acting().search(fold(" ".join(line.text for line in lines[:_HEAD]))):
        return issuers.official(match["issuer"], place)
    return issuers.official(own.issuer, place) if own and own.issuer else None


def _place(lines: Sequence[Line], end: int, title: str, own: _Caption | None) -> issuers.Place | None:
    """The province: of the letterhead, the caption, the title, or the first that the text names."""
    letterhead = fold(" ".join(_letterhead(lines, end)))
    for text in (letterhead, own.issuer if own and own.issuer else "", _head_text(lines, end), title):
        if text and (place := _place_in(text)):
            return place
    opening = fold(" ".join(line.text for line in lines[:_HEAD]))
    match = re.search(rf"\b(?:tỉnh|thành phố|TP\.?)\s+({issuers.province_pattern()})(?![^\W\d_])", opening)
    return _place_in(match[0]) if match else None
