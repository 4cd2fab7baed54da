"""The letterhead: who issues the document, its number, its place and date, in any order and layout of the two columns.

Its parts are those of decree 30/2020/NĐ-CP, appendix I, and of circular 01/2011/TT-BNV before it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from cancu.reading import citation_grammar as grammar
from cancu.reading import issuers, lexicon
from cancu.reading.heading import NUMBER_LINE, is_nation, is_rule, is_upper
from cancu.reading.layout import Line, fold

_motto = re.compile(r"(?i)(?:CỘNG\s*H[ÒO][ÀA]?\s+XÃ\s+HỘI|ĐẢNG\s+CỘNG\s+SẢN\s+VIỆT|Độc\s+lập\s*[-–]).*$")
_nation_end = re.compile(r"(?:NGHĨA\s+)?VIỆT\s+NAM")  # on a line of its own, where the column is narrow
_nation_cut = re.compile(r"NGHĨA\s+VIỆT\W*$")  # its last word is on the next line
_dated = re.compile(r",\s*ngày(?=\s)|^\s*ngày(?=\s)", re.MULTILINE)
_day = re.compile(r"ngày", re.IGNORECASE)
_own_number = re.compile(rf"(?:^|[|\t]|\s{{3}})[\s|*_-]*Số\s*[:.]?\s*(?:{grammar.NUMBER})", re.MULTILINE)


def number_in(text: str) -> str | None:
    """The number after 'Số:', in normal form: of a line or column that begins with it, else the first."""
    match = _own_number.search(text) or NUMBER_LINE.search(text)
    return grammar.normal_number(match["ordinal"] + (match["year"] or "") + match["signs"]) if match else None


def date_in(text: str) -> str | None:
    """The date of the letterhead: after the place ('Hòa Sơn, ngày 7 tháng 3 năm 2023'), or else the first one."""
    for pattern in (_dated, _day):
        for match in pattern.finditer(text):
            if (found := grammar.match_date(text, match.end() - len("ngày"))) and found[0]:
                return found[0]
    return None


def capitals(lines: Sequence[Line]) -> list[str]:
    """The words in capitals of the letterhead, without the nation's name and motto. Columns of one line stand apart."""
    parts = [fold(_motto.sub("", part)).strip("* |-") for line in lines for part in re.split(r"\t|\s{3,}|\|", line.text)]
    found = [
        text
        for text in (re.sub(r"\s+Số\s*:.*$", "", part) for part in parts)
        if text
        and not is_rule(text)
        and not is_nation(text)
        and not _nation_end.fullmatch(text)
        and is_upper(text)
        and not re.match(r"(?i)số(?!\w)", text)
    ]
    if "NAM" in found and any(_nation_cut.search(line.text) for line in lines):
        found.remove("NAM")
    return found


def _spelled(text: str) -> str:
    """An agency's or a place's name in capitals, as it is written in a sentence."""
    name = issuers.official(text)
    return name if not is_upper(name) else name.capitalize()


_no_name = (  # Văn Chấn and Thanh Chương are districts
    r"(?!(?:SỞ|BAN|VĂN\s+PHÒNG|HỘI\s+ĐỒNG|CỤC|[UỦ][ỶY]|UBND|HĐND|THANH\s+TRA|CÔNG\s+AN|BỘ|CHI\s+CỤC|ĐẢNG|ĐỘC|CỘNG|PHÒNG|TỈNH|HUYỆN|QUẬN|THỊ|XÃ|PHƯỜNG)(?!\w))"
)
_COMMUNES = ("xã", "phường", "thị trấn", "đặc khu")
_CAP = "A-ZĐÀ-ÝĂĐĨŨƠƯẠ-Ỹ"
_place_name = re.compile(rf"(?<!\w)(?i:tỉnh(?:\s+[uủ][ỷy])?)\s+(?P<name>(?:{_no_name}[{_CAP}][^\W\d_]*\s*){{1,3}})")
_local_name = re.compile(
    rf"(?<!\w)(?P<kind>(?i:huyện|quận|thị\s+xã|xã|phường|thị\s+trấn|đặc\s+khu|thành\s+phố))\s+(?P<name>(?:{_no_name}[{_CAP}][^\W\d_]*(?:[’'][^\W\d_]+)?\s*){{1,4}})"
)


def place_in(text: str) -> issuers.Place | None:
    """The province that a text names: one of the table, or whatever name follows 'tỉnh'. A city that is none is a province's."""
    entry = lexicon.first("provinces", text)
    if entry:
        return issuers.Place(entry.extra["kind"], entry.value)
    match = _place_name.search(text)
    return issuers.Place("tỉnh", _capitalized(match["name"])) if match else None


def province_of_district(text: str) -> issuers.Place | None:
    """The province of the district, town or city that a text names, where there is one of that name: "THỊ XÃ SÔNG CẦU" is in Phú Yên."""
    for named in _local_name.finditer(text):
        words = fold(named["name"]).split() if not fold(named["kind"]).casefold().startswith(_COMMUNES) else []
        names = [" ".join(words[:count]) for count in range(len(words), 0, -1)]  # what follows may have a capital, too
        entry = next((entry for name in names for entry in lexicon.table("districts") if entry.pattern.fullmatch(name)), None)
        if entry:
            kinds = (province.extra["kind"] for province in lexicon.table("provinces") if province.value == entry.value)
            return issuers.Place(next(kinds), entry.value)
    return None


def _capitalized(name: str) -> str:
    return " ".join(word.capitalize() if is_upper(word) else word for word in name.split())


def _is_province(text: str, named: re.Match[str]) -> bool:
    """Whether a city is one under central authority: the capital of a province may bear the province's name."""
    return any(
        entry.extra["kind"] == fold(named["kind"]).lower() and entry.pattern.match(text, named.start("name"))
        for entry in lexicon.table("provinces")
    )


def locality_in(text: str) -> issuers.Place | None:
    """The district, town or commune that a letterhead's agency is of: the last that it names."""
    matches = [match for match in _local_name.finditer(text) if not _is_province(text, match)]
    return issuers.Place(fold(matches[-1]["kind"]).lower(), _capitalized(matches[-1]["name"])) if matches else None


_agency_caps = re.compile(
    r"(?P<office>(?:SỞ|BAN|VĂN\s+PHÒNG|CỤC|CHI\s+CỤC|CÔNG\s+AN|THANH\s+TRA|PHÒNG|TRUNG\s+TÂM|[UỦ][ỶY]\s+BAN\s+(?!NHÂN))\s*.+)$|"
    r"(?P<body>[UỦ][ỶY]\s*BAN\s*NHÂN\s*DÂN|UBND|HỘI\s*ĐỒNG\s*NHÂN\s*DÂN|HĐND|TỈNH\s+[UỦ][ỶY]|THÀNH\s+[UỦ][ỶY]|HUYỆN\s+[UỦ][ỶY]|QUẬN\s+[UỦ][ỶY]|THỊ\s+[UỦ][ỶY])|"
    r"(?P<centre>(?<!ĐẢNG )BỘ\s+.+|THỦ\s+TƯỚNG\s+CHÍNH\s+PHỦ|CHÍNH\s+PHỦ|QUỐC\s+HỘI|BAN\s+CHẤP\s+HÀNH\s+TRUNG\s+ƯƠNG|BỘ\s+CHÍNH\s+TRỊ)"
)
_next_agency = re.compile(
    r"(?<![UỦ][ỶY])\s+(?=(?:SỞ|BAN\s+(?!NHÂN)|VĂN\s+PHÒNG|CỤC|CHI\s+CỤC|THANH\s+TRA|PHÒNG\s+(?:VĂN|TÀI|NỘI|GIÁO|Y|TƯ|KINH|NÔNG|LAO|QUẢN|DÂN)|TRUNG\s+TÂM|CÔNG\s+AN\s+(?:TỈNH|THÀNH|HUYỆN)|UBND|[UỦ][ỶY]\s+BAN\s+NHÂN|HĐND)(?:\s|$))"
)


_party = re.compile(r"^(?:\W*)ĐẢNG BỘ (?P<of>.+?)\s+BAN CHẤP HÀNH(?!\s+TRUNG)")


def issuer_in(words: Sequence[str], place: issuers.Place | None) -> str | None:
    """The lowest agency that the letterhead names, in full."""
    found: str | None = None
    whole = fold(" ".join(words))
    if party := _party.search(whole):
        own = locality_in(party["of"])
        return issuers.official("Ban Chấp hành Đảng bộ", own.of(place) if own else place)
    for name in _next_agency.split(whole):
        match = _agency_caps.search(name)
        if name == "VĂN PHÒNG" and found:
            found = f"Văn phòng {found}"  # the office of the body above
        if match is None:
            continue
        local = match["office"] or match["body"]
        own = locality_in(name) if match["body"] else None
        found = issuers.official(_in_words(local), own.of(place) if own else place) if local else _spelled(match["centre"])
    return found


def _in_words(capital: str) -> str:
    """'SỞ THÔNG TIN VÀ TRUYỀN THÔNG' as 'Sở Thông tin và Truyền thông'; the place at its end left out."""
    text = re.sub(r"\s+(?:TỈNH|THÀNH\s+PHỐ|TP\.?|HUYỆN|QUẬN|THỊ\s+XÃ|XÃ|PHƯỜNG)\s.*$", "", capital)
    entry = lexicon.first("departments", text) or lexicon.first("issuers", text)
    return entry.value if entry else text.capitalize()
