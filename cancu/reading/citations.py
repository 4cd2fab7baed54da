"""Citations: where a text names another document, by number, by short form, or by the name and date of a law.

Detection (`cite`, `find`) is apart from resolution (`gather` in bibliography.py). Every citation knows its span.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, pairwise

from cancu.reading import citation_grammar as grammar
from cancu.reading import issuers
from cancu.reading.layout import Line, fold


@dataclass(frozen=True, slots=True)
class Citation:
    """One mention of a document.

    `span` covers the words that name it, `extent` these and its title: offsets in the text, or in the lines joined by
    line breaks. `lines` is the span's first and last line (1 for a text alone). `number` is in normal form, or None for a
    law cited by name. `issuer` is the official name, without a province that the words leave out. `pattern` names the
    rule that found it: number, law, short.
    """

    surface: str
    number: str | None
    type: str
    title: str | None
    date: str | None
    issuer: str | None
    lines: tuple[int, int]
    span: tuple[int, int]
    extent: tuple[int, int]
    pattern: str


@dataclass(frozen=True, slots=True)
class _Core:
    """The words that name a document, before its title is known."""

    start: int
    end: int
    number: str | None
    type: str
    date: str | None
    issuer: str | None
    pattern: str
    title: str | None = None


_unit_in_brackets = re.compile(r"\([A-ZĐ0-9]{1,6}\)(?=\s+ngày\s)")  # "số 823/PV11(CS) ngày 18/7/2017"


def _tail(text: str, position: int, type_: str, issuer: str | None) -> tuple[str | None, str | None, int]:
    """Date and issuer after a number or name, in either order, and where they end."""
    date: str | None = None
    unit = _unit_in_brackets.match(text, position)
    dated = grammar.match_date(text, unit.end() if unit else position)
    if dated:
        date, position = dated
    if issuer is None and (named := grammar.match_issuer(text, position, joint=type_.endswith("liên tịch"))):
        issuer, position = named
        if dated is None and (dated := grammar.match_date(text, position)):
            date, position = dated
    return date, issuer, position


def _issuer(phrase: str | None) -> str | None:
    return issuers.all_official(phrase) if phrase else None


def _numbered(text: str, match: re.Match[str], last: _Core | None) -> _Core | None:
    number = grammar.normal_number(match[0])
    by_signs = grammar.type_of_signs(number)
    before = grammar.type_before(text, match.start())
    if before and last and before.start() < last.end:
        before = None
    listed = last.type if last and _continues(text, last, match.start()) else None
    type_ = grammar.canonical_type(before["type"]) if before else by_signs or listed
    if type_ is None or (before is None and number.count("/") + number.count("-") < 2):
        return None
    if type_ in _APPROVED and number.endswith("/QĐ-TTg"):  # "Đề án 06/QĐ-TTg": the decision that approved it
        type_ = by_signs or type_
    start = before.start() if before else _with_so(text, match.start())
    date, phrase, end = _tail(text, match.end(), type_, before["issuer"] if before else None)
    if date is None and (told := grammar.told_before(text, start)):
        date, phrase = told[0], phrase or told[1]
    if phrase is None and not issuers.implied(number, type_, _ANYWHERE):
        phrase = grammar.proposer(text, start) if text[max(0, start - 5) : start].strip() == "tại" else grammar.promulgator(text, start)
    return _Core(start, end, number, type_, date, _issuer(phrase), "number")


_APPROVED = {"Đề án", "Chương trình"}
_ANYWHERE = issuers.Place("tỉnh", "")


_so = re.compile(r"số\s*:?\s*$", re.IGNORECASE)
_listed = re.compile(r"\s*(?:,|;|và|;\s*và|,\s*và)\s*(?:số\s*:?\s*)?$")


def _with_so(text: str, position: int) -> int:
    match = _so.search(text, max(0, position - 8), position)
    return match.start() if match else position


def _continues(text: str, last: _Core, position: int) -> bool:
    """Whether a number at `position` goes on a list that began with `last`: 'Công văn số 1/A-B, số 2/A-B'."""
    return 0 <= position - last.end < 20 and bool(_listed.match(text[last.end : position]))


_law_number = re.compile(rf"\s*,?\s*(?:\(\s*(?:(?:Bộ\s+)?[Ll]uật\s+)?)?(?:số\s*:?\s*)?{grammar.NUMBER}\s?\)?")
_law_year = re.compile(r"\s*,?\s*(?:năm\s+)?((?:19|20)\d\d)(?![\d/-])")
_revised = re.compile(r"\s*\(\s*sửa\s+đổi(?:,?\s*bổ\s+sung)?\s*\)", re.IGNORECASE)
_lost_number = re.compile(r"\s+số(?=\s+ngày)")


def _law(text: str, match: re.Match[str]) -> _Core:
    type_ = "Hiến pháp" if match["type"] == "Hiến pháp" else grammar.canonical_type(match["type"]) or "Luật"
    name, end = fold(match["name"]), match.end()
    numbered = match if match["ordinal"] else _law_number.match(text, end, end + grammar.NEAR)
    if numbered and numbered is not match:
        end = numbered.end()
    elif lost := _lost_number.match(text, end):
        end = lost.end()
    if year := _law_year.match(text, end, end + grammar.NEAR):
        end, name = year.end(), f"{name} năm {year[1]}".strip()
        if numbered is None and (numbered := _law_number.match(text, end, end + grammar.NEAR)):
            end = numbered.end()
    number = grammar.normal_number(numbered["ordinal"] + (numbered["year"] or "") + numbered["signs"]) if numbered else None
    revised = _revised.match(text, end, end + grammar.NEAR)
    date, end = grammar.match_date(text, revised.end() if revised else end) or (None, end)
    name = name[:1].upper() + name[1:] if not name.startswith(("sửa", "năm", "nước")) else name
    issuer = "Ủy ban Thường vụ Quốc hội" if type_ == "Pháp lệnh" else "Quốc hội"
    if (named := grammar.match_issuer(text, end, joint=False)) and named[0].casefold().startswith(("quốc hội", "ủy ban thường vụ")):
        end = named[1]
    return _Core(match.start(), end, number, type_, date, issuer, "law", f"{type_} {name}".strip())


def _bare_laws(text: str) -> list[_Core]:
    cores: list[_Core] = []
    for match in grammar.laws(text):
        if cores and match.start() < cores[-1].end:
            continue
        core = _law(text, match)
        # "pháp luật" is no law, and in small letters a law is named only where its number or date follows.
        is_law = text[max(0, core.start - 6) : core.start].strip().casefold() != "pháp"
        if is_law and (match["type"][0].isupper() or core.number or core.date):
            cores.append(core)
    return cores


def _number_cores(text: str, taken: list[_Core]) -> list[_Core]:
    """Citations by number, outside what is `taken`."""
    starts = [core.start for core in taken]
    cores: list[_Core] = []
    for match in grammar.numbers(text):
        i = bisect_right(starts, match.start()) - 1
        if i >= 0 and match.start() < taken[i].end:
            continue
        if core := _numbered(text, match, cores[-1] if cores else None):
            cores.append(core)
    return cores


_decided = re.compile(r"(\d+)(?:/\d{4})?/QĐ-TTg$")

# Schemes and programmes go by their ordinal alone ("Đề án 06", "Chương trình 135"); other types only where they are bound.
_POPULAR = {"Đề án", "Nghị quyết", "Nghị định", "Chỉ thị", "Thông tư", "Quyết định", "Kết luận"}


def _stands_alone(form: grammar.ShortForm, date: str | None) -> bool:
    """Whether an ordinal with no full form in the text still names a document: 'Đề án 06', 'Tờ trình số 45 ngày 2/3/2022'."""
    if form.abbreviated or form.year or re.fullmatch(r"(?:19|20)\d\d", form.ordinal):
        return False
    return (form.marked and date is not None) or (form.type in _POPULAR and len(form.ordinal) > 1)


def _short_key(type_: str, ordinal: str) -> tuple[str, str]:
    """'Kế hoạch hành động' and 'Kế hoạch' are one here, '06' and '6' too."""
    return " ".join(type_.split()[:2]), ordinal.lstrip("0")


def _short_cores(text: str, cores: list[_Core]) -> list[_Core]:
    """Short forms outside the cores: bound to the number cited in full in the same text, or an ordinal as it is printed."""
    full: dict[tuple[str, str], set[str]] = {}
    for core in cores:
        if core.number:
            ordinal = re.split(r"[/-]", core.number)[0]
            for type_ in {core.type, grammar.type_of_signs(core.number) or core.type}:
                full.setdefault(_short_key(type_, ordinal), set()).add(core.number)
    for core in cores:  # schemes go by the number of the Prime Minister's decision that approved them: "Đề án 06"
        if core.number and (decided := _decided.match(core.number)):
            full.setdefault(_short_key("Đề án", decided[1]), {core.number})
    starts = sorted((core.start, core.end) for core in cores)
    found = []
    for form in grammar.short_forms(text):
        i = bisect_right(starts, (form.end,)) - 1
        if i >= 0 and form.start < starts[i][1]:
            continue
        bound = full.get(_short_key(form.type, form.ordinal), set())
        if form.year:
            bound = {number for number in bound if f"/{form.year}/" in number}
        number = min(bound) if len(bound) == 1 else None  # which of two is meant is not guessed
        date, phrase, end = _tail(text, form.end, form.type, None)
        if number is None and not _stands_alone(form, date):
            continue
        found.append(_Core(form.start, end, number or form.ordinal, form.type, date, _issuer(phrase), "short"))
    return found


# The term and session of a council ("khóa XIV, tại kỳ họp thứ 14") may stand before the title.
_title_open = re.compile(
    r"(?!\s*\n\s*(?-i:[A-ZĐ]))\s*,?\s*(?:\(?(?:khóa|khoá)(?:\s+\w{1,8}|(?-i:[IVX]+))\)?\s*)?"
    r"(?:,?\s*\(?(?:tại\s+)?kỳ\s+họp\s+(?:lần\s+)?(?:thứ\s+)?[\w ]{1,20}?\)?,?\s+)?"
    r"(?:(?:về(?:\s+|(?=phê|ban|quy|việc))(?:việc\s+)?|v/v\s+)|(?=(?:phê\s+duyệt|ban\s+hành|quy\s+định|hướng\s+dẫn|sửa\s+đổi|bổ\s+sung|"
    r"thực\s+hiện|triển\s+khai|hành\s+động|thông\s+qua|kiện\s+toàn|bãi\s+bỏ|điều\s+chỉnh|thành\s+lập|công\s+bố|giao|quản\s+lý|đẩy\s+mạnh|tăng\s+cường|"
    r"tiếp\s+tục\s+(?:thực\s+hiện|triển\s+khai|đẩy\s+mạnh|đổi\s+mới|tăng\s+cường)|“|\"[^\s])))",
    re.IGNORECASE,
)
_title_end = re.compile(
    r"“[^”|\t]{0,300}”|[;|\t]|\n\s*\n|\n\s*(?-i:Căn\s+cứ|Thực\s+hiện|Triển\s+khai|Theo|Xét|Để|Trên\s+cơ\s+sở|Kính\s+gửi)\s|"
    r"\s+và\s+(?:các\s+(?:văn\s+bản|quy\s+định)|(?:theo\s+)?hướng\s+dẫn\s+(?:của|tại))|\n\s*[-+•*]\s|\n\s*(?:[IVX]+|\d{1,2}|[a-zđ])[.)]\s|\.(?=\s+[A-ZĐÂĂÊÔƠƯỦ(]|\s*$|\s*\n|/)|/\.|:\s|"
    r"\((?=(?:sau\s+đây|gọi\s+tắt|gọi\s+là|viết\s+tắt|thay\s+thế|kèm\s+theo|ban\s+hành\s+kèm|được\s+|lĩnh\s+vực))|"
    r",?\s+(?:với\s+(?:các|những)\s+nội\s+dung|như\s+sau)|,\s+(?=(?:(?:Chủ\s+tịch\s+)?(?:UBND|[UỦ][ỷy]\s+ban\s+nhân\s+dân)|Sở)\s)",
    re.IGNORECASE,
)
# A document named at the beginning of a line, after a word that wants none: the next item of a list without marks.
_new_item = re.compile(
    r"(?<!hiện)(?<!khai)(?<!của)(?<!tại)(?<!theo)(?<!các)(?<!với)(?<!và)(?<!cho)(?<!về)(?<!việc)(?<!duyệt)(?<!hành)(?<!dẫn)(?<!đổi)(?<!sung)(?<!thế)"
    r"(?P<break>[ ]*\n\s*)$"
)
_MAX_TITLE = 700
_quoted = re.compile(r"“[^”|\t]+”(?=\s*[,.;)])")
_separator = re.compile(
    r"\s*(?:,|;|và|;\s*và|,\s*và|,\s*các|và\s+các)\s*(?:(?:(?:điểm|khoản|điều|mục|chương|phụ\s+lục)\s+[\w.]+,?\s*(?:của\s+)?){1,4})?$",
    re.IGNORECASE,
)


def _first_end(text: str, position: int, limit: int) -> int | None:
    """Where a title that goes on at `position` ends; what stands in quotation marks ends none."""
    return next((match.start() for match in _title_end.finditer(text, position, limit) if match[0][0] != "“"), None)


def _title_span(text: str, cores: list[_Core], i: int) -> tuple[int, int] | None:
    """Where the title of the i-th core stands. Another citation inside belongs to it; one that is listed after it ends it."""
    core = cores[i]
    opened = _title_open.match(text, core.end, core.end + grammar.NEAR)
    if opened is None or opened.end() >= len(text):
        return None
    start, limit = opened.end(), min(len(text), core.end + _MAX_TITLE)
    if quoted := _quoted.match(text, start, limit):
        return start, quoted.end()
    position, j = start, i + 1
    end = _first_end(text, start, limit)
    while True:
        next_core = cores[j] if j < len(cores) and cores[j].start < limit else None
        if end is not None and end < position:
            end = _first_end(text, position, limit)
        if end is not None and (next_core is None or end < next_core.start):
            return start, end
        if next_core is None:
            return start, limit
        gap = text[max(position, start) : next_core.start]
        separated = _separator.search(gap)
        # "thực hiện A và B": A is inside, has no title of its own, and B is its equal.
        is_equal = j > i + 1 and next_core.type != core.type and not gap[: separated.start()].strip() if separated else False
        if separated is None and text[next_core.start].isupper() and (item := _new_item.search(gap)):
            return start, max(position, start) + item.start("break")
        if separated and not (is_equal and not _is_later(next_core, core) and _follows_verb(text[start : cores[i + 1].start])):
            return start, max(position, start) + separated.start()
        position, j = max(next_core.end, position), j + 1


def _is_later(one: _Core, other: _Core) -> bool:
    """Whether a document is dated after another, which cannot have carried it out."""
    return bool(one.date and other.date and one.date > other.date)


_verb = re.compile(r"(?:thực\s+hiện|triển\s+khai|hành\s+động|các)\s*[^;.]{0,30}$", re.IGNORECASE)


def _follows_verb(words: str) -> bool:
    """Whether what follows `words` is what a title carries out: 'về thực hiện'."""
    return bool(_verb.search(words[-60:]))


_bracket = re.compile(r"[()]")


def _closed(text: str, start: int, end: int) -> int:
    """`end`, or the place of a bracket before it that closes what began before `start`."""
    depth = 0
    for bracket in _bracket.finditer(text, start, end):
        depth += 1 if bracket[0] == "(" else -1
        if depth < 0:
            return bracket.start()
    return end


def _with_title(text: str, cores: list[_Core], i: int) -> tuple[str | None, int]:
    core = cores[i]
    if core.title:
        return core.title, core.end
    span = _title_span(text, cores, i)
    if span is None:
        return None, core.end
    end = _closed(text, *span)
    title = fold(text[span[0] : end]).strip(" ,.:-")
    return (title or None), (end if title else core.end)


def _share_issuers(text: str, cores: list[_Core]) -> list[_Core]:
    """'19-NQ/TW, 20-NQ/TW và 21-NQ/TW của Ban Chấp hành Trung ương': the issuer is that of each."""
    shared = list(cores)
    for i in range(len(cores) - 2, -1, -1):
        core, following = shared[i], shared[i + 1]
        if core.issuer is None and core.type == following.type and _continues(text, core, following.start):
            shared[i] = replace(core, issuer=following.issuer)
    return shared


_pair = re.compile(r"\s+và\s+", re.IGNORECASE)


def _share_dates(text: str, cores: list[_Core]) -> list[_Core]:
    """'các báo cáo số 365/BC-UBND và số 367/BC-UBND ngày 7/12/2020': of two numbers under one type, the date is that of both."""
    shared = list(cores)
    for i, (core, following) in enumerate(pairwise(cores)):
        if core.date is not None or not core.number or not following.number:
            continue
        if _signs(core.number) == _signs(following.number) and _pair.fullmatch(text, core.end, following.start):
            shared[i] = replace(core, date=following.date)
    return shared


def _signs(number: str) -> str:
    return re.sub(r"^\w+", "", number)


def _scan(text: str, line_at: Callable[[int], int]) -> Iterator[Citation]:
    laws = _bare_laws(text)
    cores = sorted([*laws, *_number_cores(text, laws)], key=lambda core: core.start)
    cores = sorted([*cores, *_short_cores(text, cores)], key=lambda core: core.start)
    cores = _share_dates(text, _share_issuers(text, cores))
    for i, core in enumerate(cores):
        title, end = _with_title(text, cores, i)
        issuer = core.issuer or (issuers.implied(core.number, core.type, None) if core.number else None)
        surface, lines = fold(text[core.start : core.end]), (line_at(core.start), line_at(core.end - 1))
        span, extent = (core.start, core.end), (core.start, end)
        yield Citation(surface, core.number, core.type, title, core.date, issuer, lines, span, extent, core.pattern)


def cite(text: str) -> tuple[Citation, ...]:
    """The citations in `text` (NFC), in order; their lines count from 1 at its start. Never raises.

    >>> [c.number for c in cite("Căn cứ Nghị định số 64/2007/NĐ-CP ngày 10/4/2007 của Chính phủ")]
    ['64/2007/NĐ-CP']
    """
    return find([Line(i, row) for i, row in enumerate(text.split("\n"), 1)])


def find(lines: Sequence[Line]) -> tuple[Citation, ...]:
    """The citations in `lines`, in order, those that are broken over lines too. Spans count in the lines joined by line breaks."""
    text = "\n".join([line.text for line in lines])
    starts = list(accumulate([len(line.text) + 1 for line in lines], initial=0))

    def at(offset: int) -> int:
        i = min(bisect_right(starts, offset), len(lines)) - 1
        return lines[i].number_at(offset - starts[i])

    return tuple(_scan(text, at))
