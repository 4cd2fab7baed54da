"""The words of a citation: type, number, date, issuer, name of a law. Patterns of linear time, put together from tables."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import cache

from cancu.reading import lexicon
from cancu.reading.issuers import JOINED, issuer_pattern, unflagged
from cancu.reading.layout import fold

_UP = "A-ZĂÂĐÐÊÔƠƯÁÀẢÃẠ"  # "Ð" is Eth, which old keyboards typed for "Đ"
_LOW = "a-zđăâêôơư" + "".join(map(chr, (*range(0xE0, 0xFE), *range(0x1EA1, 0x1EFA, 2))))  # glued: "thực hiệnNghị quyết"
_SIGN = rf"[{_UP}][{_UP}0-9&]{{0,12}}(?:\.[{_UP}0-9&]{{1,8}}){{0,2}}(?:(?!(?:do|ban)\b)[a-zđư]{{1,3}})?[0-9]{{0,3}}"
_DASH = r"[-/–‑]"
_GLUED = r"(?=(?:ngày|của|về|và|do|được|ban|phê|năm|tại|là|để|tỉnh)(?![^\W_]))"  # a copy that lost blanks: "2087/QĐ-UBNDngày 27/9/2011"

# Patterns that scan a whole text begin with a class of letters or digits, which re finds fast; the look-behind comes after it.
# 64/2007/NĐ-CP, 36a/NQ-CP, 11 - ĐA/TU, 491/BTTTT- ƯDCNTT, 45/2016-QĐ-TTg, 67/2006/QH11. Between the parts a blank may stand.
NUMBER: str = (
    rf"(?P<ordinal>[0-9](?:(?<![\w/.,-]\d)|(?<=[sS]ố\d))\d{{0,4}}+[a-zđ]?+)(?P<year>\s?{_DASH}\s?(?:19|20)\d\d)?"
    rf"(?P<signs>\s{{0,2}}{_DASH}\s{{0,2}}{_SIGN}(?:\s{{0,2}}{_DASH}\s{{0,2}}{_SIGN}){{0,4}})(?:(?![^\W_])|{_GLUED})"
)
_number = re.compile(NUMBER)

# Slips that leave no doubt are read too: "ngày 31 tháng 3 tháng 2022", "ngày 04 tháng 4 2008".
DATE = (
    r"(?:ngày\s*)?(?P<day>\d{1,2})\s*(?:[/.-]\s*|tháng\s*)(?P<month>\d{1,2})"
    r"(?:\s*[/.-]\s*|\s*,?\s*(?:năm|tháng)\s*|\s+)(?P<fullyear>(?:19|20)\d\d)(?!\d)"
)
NEAR = 300  # what belongs to a citation stands near: thousands of blanks before it took time with the square or the cube of their number
_date = re.compile(
    rf"\s*,?\s*(?P<open>\(\s*)?(?:(?:đã\s+)?được\s+(?:Quốc\s+hội\s+(?:\w+\s+){{0,6}}?thông\s+qua\s+)?)?(?:ký\s+|ban\s+hành\s+)?{DATE}(?(open)\s*\))",
    re.IGNORECASE,
)

# "số" begins a number, or is the last word of a name: "Luật Kinh tế số số 12/2027/QH16".
_NUMBERED = r"số(?=\s*[:.]?\s*\d|\s+ngày|\s*[^\w\s]|\s*$)"
_STOP = rf"{_NUMBERED}|ngày|năm|và|theo|của|quy|được|có|đã|về|để|nhằm|hướng|trong|tại|với|cho|khi|thì|là|bao|gồm|như|còn|này|sửa|nêu|ban"
NAME_WORD = r"[^\W\d_]+"


def find_number(text: str, start: int = 0) -> re.Match[str] | None:
    """The first number of a document in `text` from `start` on."""
    return _number.search(text, start)


def numbers(text: str) -> list[re.Match[str]]:
    """All numbers of documents in `text`, in order."""
    return list(_number.finditer(text))


_PLAIN = str.maketrans("–‑Ð", "--Đ")


def normal_number(raw: str) -> str:
    """A number without inner blanks and with plain dashes: '11 – ĐA/TU' is '11-ĐA/TU'."""
    return re.sub(r"\s+", "", raw).translate(_PLAIN)


def match_date(text: str, position: int) -> tuple[str | None, int] | None:
    """The date at `position` and its end; the date is None for one that no calendar has (31/2). None where no date stands."""
    match = _date.match(text, position, position + NEAR)
    if match is None:
        return None
    try:
        return date(int(match["fullyear"]), int(match["month"]), int(match["day"])).isoformat(), match.end()
    except ValueError:
        return None, match.end()


@cache
def _types() -> str:
    return "|".join(lexicon.any_case(entry.pattern.pattern) for entry in lexicon.table("citation_types"))


@cache
def _abbreviations() -> dict[str, str]:
    return {word: entry.value for entry in lexicon.table("citation_types") for word in entry.extra.get("short", [])}


def _short_pattern() -> str:
    return "|".join(sorted(_abbreviations(), key=lambda word: (-len(word), word)))


@cache
def _type_begins() -> re.Pattern[str]:
    """Where a type can begin: at the beginning of a word, or glued to one, with a letter that types or their abbreviations begin with."""
    firsts = re.findall(r"(?:^|\|)\[([^]]+)\]\(\?i:", _types())
    letters = {*"".join(firsts), *(word[0] for word in _abbreviations())}
    first = f"[{''.join(sorted(letters))}]" if len(firsts) == len(lexicon.table("citation_types")) else r"\w"
    return re.compile(rf"{first}(?:(?<![^\W_].)|(?<=[{_LOW}][{_UP}]))")


@cache
def _type_before() -> re.Pattern[str]:
    return re.compile(
        rf"(?P<type>{_types()}|{_short_pattern()})(?:\s+(?:(?:của|do)\s+)?(?P<issuer>{issuer_pattern()}))?\s*[,:]?\s*(?i:(?P<so>số)\s*[:.]?\s*)?$"
    )


def type_before(text: str, position: int) -> re.Match[str] | None:
    """The words of the type that end at `position`, with the issuer and 'số' between: groups type, issuer, so."""
    begins = _type_begins().finditer(text, max(0, position - 110), position)
    return next((match for begin in begins if (match := _type_before().match(text, begin.start(), position))), None)


@cache
def canonical_type(words: str) -> str | None:
    """The type that `words` name, as the table spells it."""
    if words in _abbreviations():
        return _abbreviations()[words]
    entry = lexicon.first("citation_types", fold(words))
    return entry.value if entry else None


@cache
def type_of_signs(number: str) -> str | None:
    """The type that the signs of a number stand for: 'Quyết định' for 749/QĐ-TTg; 'Luật' for 51/2001/L-QH10; None for 67/2006/QH11."""
    signs = [sign for sign in re.split(r"[/-]", number)[1:] if not sign.isdecimal()]
    for entry in lexicon.table("citation_types"):
        if signs and signs[0] in entry.extra["codes"]:  # the type is the first sign; 45/UBND-KH is a letter of the planning unit
            return entry.value
    return "Luật" if len(signs) == 2 and re.fullmatch(r"QH\d+", signs[1]) else None


@cache
def _issuer_after() -> re.Pattern[str]:
    one = issuer_pattern()
    return re.compile(
        rf"\s*,?\s*(?:(?i:của|do|giữa)\s+(?:(?i:liên\s+(?=bộ)|liên\s+bộ\s*:\s*|các\s+(?=bộ)))?)?(?P<first>{one})(?P<more>(?:\s*(?:,|;|-|–|và|với)\s*(?={JOINED}){one}){{0,7}})"
    )


def match_issuer(text: str, position: int, joint: bool) -> tuple[str, int] | None:
    """The issuer named at `position`, as written, and its end; several, joined by commas, for a `joint` document."""
    match = _issuer_after().match(text, position, position + NEAR)
    if match is None:
        return None
    between = text[position : match.start("first")]
    if "," in between and not re.search(r"(?i)của|do|giữa", between) and not re.match(r"(?i)hội\s+nghị\s", match["first"]):
        return None
    if joint and match["more"]:
        return fold(match["first"] + match["more"]), match.end()
    if joint and "liên" in text[position : match.start("first")].casefold():  # "liên Bộ Tài chính - Nội vụ": the number names them better
        return "", match.end("first")
    return fold(match["first"]), match.end("first")


@cache
def _proposing() -> re.Pattern[str]:
    return re.compile(rf"của\s+(?:(?i:giám\s+đốc|trưởng)\s+)?(?P<issuer>{issuer_pattern()})\s+tại\s+$")


def proposer(text: str, position: int) -> str | None:
    """Whose document it is, where its number does not say: 'đề nghị của Phòng Nội vụ huyện tại Tờ trình số …'."""
    opened = text.rfind("của ", max(0, position - 140), position)
    match = _proposing().match(text, opened, position) if opened >= 0 else None
    return match["issuer"] if match else None


@cache
def _promulgating() -> re.Pattern[str]:
    return re.compile(rf"(?<![^\W_])(?P<issuer>{issuer_pattern()})\s+(?:đã\s+)?ban\s+hành\s+$")


def promulgator(text: str, position: int) -> str | None:
    """Who has issued the document, where its number does not say: 'Ban Chỉ đạo tỉnh đã ban hành Kế hoạch số …'."""
    begin = max(0, position - 120)
    match = _promulgating().search(text, begin, position) if text[begin:position].rstrip().endswith("hành") else None
    return match["issuer"] if match else None


@cache
def _telling() -> re.Pattern[str]:
    return re.compile(
        rf"(?i:ngày\s+){DATE},?\s+(?P<issuer>{issuer_pattern()})\s+(?:đã\s+)?(?:ban\s+hành|ký\s+ban\s+hành|ký|có|ra|thông\s+qua|phê\s+duyệt)\s+$"
    )


def told_before(text: str, position: int) -> tuple[str, str] | None:
    """Date and issuer told before the document: 'Ngày 24/3/2008, Thủ tướng Chính phủ có Quyết định số …'."""
    opened = text.rfind("gày ", max(0, position - 160), position) - 1  # "Ngày", "ngày"
    match = _telling().match(text, opened, position) if opened >= 0 else None
    dated = match_date(text, opened) if match else None
    return (dated[0], match["issuer"]) if match and dated and dated[0] else None


@cache
def _law() -> re.Pattern[str]:
    known = "|".join(unflagged(entry.pattern.pattern) for entry in lexicon.table("laws")).replace(r"(?!\w)", r"(?:(?!\w)|(?=ngày\s))")
    amending = r"(?:sửa\s+đổi|bãi\s+bỏ)(?:(?!\n\s*\n)[^;.|()]){0,300}?(?=\s*,?\s*\(?(?:số\s*:?\s*\d|ngày\s*\d|năm\s+\d))"
    capital = "A-ZĂÂĐÊÔƠƯÁÀẢÃẠÉẺẼẸẾỀỂỄỆÍÌỈĨỊÓÒỎÕỌỐỒỔỖỘỚỜỞỠỢÚÙỦŨỤỨỪỬỮỰÝỲỶỸỴ"
    other = rf"(?!(?:Luật|Bộ luật|Pháp|Nghị|Thông|Quyết|Chỉ|Công|Kế|Hiến|ngày|năm)\b|{_NUMBERED})"
    free = rf"[{capital}]{NAME_WORD}(?:,?\s+{other}(?!(?i:{_STOP})\b){NAME_WORD}){{0,16}}"
    # Where number or date follows, everything before it is the name, its "và" too.
    constitution = r"(?i:nước\s+cộng\s+h(?:òa|oà)\s+xã\s+hội\s+chủ\s+nghĩa\s+việt\s+nam)|(?<=pháp\s)(?=năm\s+\d{4})"
    joins = "và|của|về|trong|quy|với|theo|bao|gồm|để|cho|ở|tại"
    dated = rf"(?:\s+(?i:{joins})\s+{other}{NAME_WORD}(?:,?\s+{other}{NAME_WORD}){{0,12}}(?=\s+(?:số\s|ngày\s*\d)))?"
    return re.compile(
        rf"(?P<type>[BLPHblp](?=[ộuUhiá])(?<![^\W_].)(?:ộ\s+luật|uật|UẬT|háp\s+lệnh|iến\s+pháp))\s+(?:số\s+{NUMBER}\s+)?(?P<name>(?i:{amending})|{constitution}|(?i:{known})|{free}{dated})"
    )


def laws(text: str) -> list[re.Match[str]]:
    """The laws, codes and ordinances that `text` cites by name: groups type and name."""
    return list(_law().finditer(text))


_UNITS = "năm|tháng|ngày|tuần|giờ|nhiệm|dự|đề|chương|mục|nhóm|giải|nội|tỷ|triệu|bước|giai|cấp|huyện|xã|tỉnh|kênh"


@cache
def _ordinal() -> re.Pattern[str]:
    """An ordinal after what may be the end of a type, and a blank."""
    ends = "".join(sorted(_last_letters()))
    return re.compile(
        rf"(?P<ordinal>[0-9](?<=[{ends}\s:]\s\d)\d{{0,3}}+[a-zđ]?+)(?:/(?P<year>(?:19|20)\d\d))?+"
        rf"(?![\w/%]|[.,-]\d|\s*{_DASH}\s*[{_UP}\d]|\s+(?:{_UNITS})(?![^\W_])(?!\s*\d))"
    )


@dataclass(frozen=True, slots=True)
class ShortForm:
    """A type and the ordinal of a number alone ('KH 134', 'Đề án số 20'), or with its year ('NĐ 43/2011'), and where it stands."""

    type: str
    ordinal: str
    year: str | None
    start: int
    end: int
    abbreviated: bool
    marked: bool


@cache
def _last_words() -> frozenset[str]:
    """The last words of types in full: a cheap test before the dear one."""
    return frozenset(example.split()[-1].casefold() for entry in lexicon.table("citation_types") for example in entry.examples)


@cache
def _last_letters() -> frozenset[str]:
    """The last letters of types, of their abbreviations, and of "số": most numbers have another before them."""
    return frozenset(letter for word in (*_last_words(), *_abbreviations(), "số") for letter in (word[-1], word[-1].upper()))


def short_forms(text: str) -> list[ShortForm]:
    """Types with an ordinal alone, abbreviated or in full."""
    found = []
    for match in _ordinal().finditer(text):
        before = text[max(0, match.start() - 40) : match.start()].rstrip(" \n:")
        if before[-1:] not in _last_letters():
            continue
        words = before.rsplit(None, 2)
        marked = len(words) > 1 and words[-1].casefold() == "số"
        last = words[-2 if marked else -1] if words else ""
        if type_ := _abbreviations().get(last.lstrip('(*“"-')):
            start = text.rindex(last, 0, match.start()) + len(last) - len(last.lstrip('(*“"-'))
            found.append(ShortForm(type_, match["ordinal"], match["year"], start, match.end(), True, marked))
        elif last.casefold() in _last_words() and (before_ := type_before(text, match.start("ordinal"))) and not before_["issuer"]:
            type_ = canonical_type(before_["type"]) or ""
            found.append(ShortForm(type_, match["ordinal"], match["year"], before_.start(), match.end(), False, marked))
    return found
