"""Who issues a document: official names, as the text states them or as the document's number implies them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from cancu.reading import lexicon
from cancu.reading.layout import fold

_KINDS = r"tỉnh|thành\s+phố|TP\.?|thị\s+xã|quận|huyện|xã|phường|thị\s+trấn|đặc\s+khu"
_UPPER = "A-ZÀ-ÃÈ-ÊÌÍÒ-ÕÙÚÝĂĐĨŨƠƯẠẢẤẦẨẪẬẮẰẲẴẶẸẺẼẾỀỂỄỆỈỊỌỎỐỒỔỖỘỚỜỞỠỢỤỦỨỪỬỮỰỲỴỶỸ"
# Capitalised words that begin a title, not the name of a place: "của UBND tỉnh Tiền Giang Ban hành Quy định".
_NO_NAME = (
    r"(?!(?i:ban\s+hành|phê\s+duyệt|quy\s+(?:định|chế)|về\b|quản\s+lý|hướng\s+dẫn|triển\s+khai|thực\s+hiện|sửa\s+đổi|công\s+(?:bố|nhận|văn|tác)|kế\s+hoạch|"
    r"chương\s+trình|đề\s+án|quyết\s+định|nghị\s+(?:quyết|định)|chỉ\s+thị|căn\s+cứ|theo\b|luật\b|thông\s+(?:tư|qua|báo)|giai\s+đoạn|năm\b|đến\b|và\b|khóa\b))"
)
# With what another issuer of a joint document begins.
JOINED = (
    r"(?:Bộ|UBND|HĐND|(?:Ủy|Uỷ)\s+ban\s+(?:Trung\s+ương|Thường\s+vụ|[Nn]hân\s+dân|M)|Đoàn\s+Chủ\s+tịch|Ban\s+Thường\s+trực|Chính\s+phủ|T(?:òa|oà)\s+án"
    r"|Viện\s+[Kk]iểm\s+sát|Hội\s+đồng|Thanh\s+tra|Ngân\s+hàng|Kiểm\s+toán)"
)
_JOINT = re.compile(rf"\s*(?:,|;|-|–|và|với)\s+(?={JOINED})")
# Words that go on after the name of an office: its name is written in small letters but for the first.
_NO_VERB = r"(?!(?:ngày|về|ban|phê|hướng|của|quy|thực|triển|đã|tại|và|với|chủ|phối|để|là|có|do|thuộc|số|gửi|yêu)\b)"


@dataclass(frozen=True, slots=True)
class Place:
    """A province, or a place within one: its kind ('tỉnh', 'thành phố', 'huyện') and name."""

    kind: str
    name: str
    within: Place | None = None

    def __str__(self) -> str:
        return f"{self.kind} {self.name}"

    def of(self, province: Place | None) -> Place:
        """The place as one within the province."""
        return Place(self.kind, self.name, province)

    @property
    def province(self) -> Place:
        """The province that it is, or is within."""
        return self.within or self


def unflagged(pattern: str) -> str:
    """A pattern of a table without its leading `(?i)`, to be put into a larger one."""
    return pattern.removeprefix("(?i)")


@cache
def province_pattern() -> str:
    """The names of all provinces as one alternation, longest first, blanks free."""
    words = {
        word
        for entry in lexicon.table("provinces")
        for example in entry.examples
        for word in [example.removeprefix(entry.extra["kind"]).strip()]
    }
    return "|".join(r"\s+".join(map(re.escape, word.split())) for word in sorted(words, key=lambda word: (-len(word), word)))


@cache
def place_pattern() -> str:
    """A place: its kind, and its name where it is given, not below a blank line. For a pattern compiled with IGNORECASE off."""
    word = rf"{_NO_NAME}[{_UPPER}][^\W\d_]*(?:[’'][^\W\d_]+)?"  # Krông Ana, Đăk R’lấp
    free = rf"{word}(?:(?:\s+|\s?-\s?){word}){{0,3}}"
    return rf"(?:(?i:{_KINDS})(?:(?!\s*\n\s*\n)\s+(?:(?i:{province_pattern()})(?![^\W\d_])|{free}))?)"


@cache
def issuer_pattern() -> str:
    """Anyone who issues documents, with the place that follows. Holds no capturing group."""
    names = "|".join(lexicon.any_case(entry.pattern.pattern) for entry in (*lexicon.table("issuers"), *lexicon.table("departments")))
    words = rf"[{_UPPER}][^\W\d_]*(?:,?\s+(?:và\s+)?[{_UPPER}][^\W\d_]*){{0,5}}"
    free = rf"(?:Sở|Bộ|Ban\s+Quản\s+lý|Ban\s+Chỉ\s+đạo|Ban\s+Dân\s+tộc|Tập\s+đoàn|Hội|Liên\s+đoàn)\s+{words}"
    office = rf"(?:Cục|Tổng\s+cục|Viện)\s+[{_UPPER}][^\W\d_]*(?:\s+{_NO_VERB}[^\W\d_]+){{0,5}}"
    room = rf"Phòng\s+[{_UPPER}][^\W\d_]*(?:,?\s+(?:và\s+)?(?!(?i:{_KINDS})\b){_NO_VERB}[^\W\d_]+){{0,6}}"
    its = r"(?:(?i:ban\s+thường\s+vụ|BTV|thường\s+trực)\s+)?"
    committee = rf"{its}(?i:huyện|thị|quận|thành)\s+[Uuủ][ỷy](?:\s+(?!(?:Ban|Nghị|Quyết|Chương|Chỉ|Kết)\s)[{_UPPER}][^\W\d_]*){{1,3}}"
    heads = (r"bộ\s+trưởng", r"chủ\s+(?:tịch|nhiệm)", r"chánh\s+văn\s+phòng", r"tổng\s+thanh\s+tra", r"thống\s+đốc", r"giám\s+đốc")
    head = rf"(?:(?:{'|'.join(map(lexicon.any_case, heads))})\s+)?"
    bare = rf"(?:\s+(?i:{province_pattern()})(?![^\W\d_]))"
    return rf"(?:{head}(?:{committee}|{names}|{office}|{room}|{free})(?![^\W\d_])(?:\s+{place_pattern()}|{bare})?)"


@cache
def _issuer() -> re.Pattern[str]:
    return re.compile(issuer_pattern())


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _place_words(text: str) -> str:
    """The place in a citation, as it is written officially: 'TP. Hà Nội' is 'thành phố Hà Nội', 'Tỉnh' is 'tỉnh'."""
    kind = re.match(rf"(?i)(?:{_KINDS})(?![^\W\d_])", text)
    if kind is None:
        short = lexicon.first("provinces", text) if text.isupper() else None
        return short.value if short else text
    word = "thành phố" if kind[0].casefold().startswith("tp") else fold(kind[0]).lower()
    name = text[kind.end() :].strip()
    short = lexicon.first("provinces", name) if name.isupper() else None  # 'TP. HCM'
    return f"{word} {short.value if short else name}".strip()


@lru_cache(maxsize=1 << 10)
def official(phrase: str, place: Place | None = None) -> str:
    """The official name of the issuer named by `phrase`; the province is added where the phrase leaves it out. Remembered: few issue much.

    >>> official("Chủ tịch UBND tỉnh", Place("tỉnh", "Cao Bằng"))
    'Chủ tịch Ủy ban nhân dân tỉnh Cao Bằng'
    """
    text = fold(phrase)
    for entry in (*lexicon.table("issuers"), *lexicon.table("departments")):
        if (match := entry.pattern.search(text)) is None:
            continue
        title, rest = text[: match.start()].strip(), _place_words(text[match.end() :].strip())
        name = f"{_capital(title.lower())} {entry.value}" if title else entry.value
        return _with_place(name, rest, entry.extra.get("place", "department" if entry.value.startswith("Sở") else ""), place)
    if place and text.startswith("Phòng ") and text.endswith(f" {place.kind}"):
        return f"{text} {place.name}"
    return _with_place(_capital(text), "", "department", place) if text.startswith("Sở ") else text


def all_official(phrase: str, place: Place | None = None) -> str:
    """The official names of the issuers of a joint document, or of the one issuer, joined by commas."""
    return ", ".join([official(part, place) for part in _JOINT.split(phrase)])


def _with_place(name: str, rest: str, wants: str, place: Place | None) -> str:
    if not wants:
        return name
    province = place.province if place else None
    if wants in {"tỉnh", "thành phố"}:
        rest = re.sub(r"^(?:tỉnh|thành phố)\s*", "", rest)
        return f"{name} {rest}" if rest else f"{name} {province.name}" if province else name
    if wants == "huyện":
        return f"{name} {rest.removeprefix(place.kind if place else '').strip() or (place.name if place and place.within else '')}".strip()
    for known in (place if wants == "kind" else province, province):
        if known and rest in {"", known.kind, known.name}:
            return f"{name} {known}"
    return f"{name} {rest}".strip()


@cache
def by_code() -> dict[str, lexicon.Entry]:
    """Who has which letters at the end of a number."""
    rows = (*lexicon.table("issuers"), *lexicon.table("departments"))
    return {code: entry for entry in reversed(rows) for code in entry.extra["codes"]}


def implied(number: str, type_: str, place: Place | None) -> str | None:
    """The issuer that the signs of a number stand for, or None where they tell nothing or too much.

    The signs after TW stand for several bodies of the Party's centre, so they imply none.
    """
    signs = re.split(r"[/-]", number)[1:]
    if any(sign.startswith("TTLT") for sign in signs):
        known = [by_code()[sign] for sign in signs if sign in by_code()]
        return (
            ", ".join(entry.value for entry in known)
            if len(known) == len(signs) - sum(sign.startswith(("TTLT", "20", "19")) for sign in signs)
            else None
        )
    for sign in [signs[-1], *signs[:-1]] if signs else []:
        entry = by_code().get(re.sub(r"\d+$", "", sign))
        if entry is None:
            continue
        if entry.value == "Tỉnh ủy" and place and place.kind == "thành phố":
            return f"Thành ủy {place.name}"
        wants = entry.extra.get("place", "department" if entry.value.startswith("Sở") else "")
        return _with_place(entry.value, "", wants, place) if place or not wants else None
    return None


def place_of(issuer: str | None, province: str | None) -> Place | None:
    """The place that a document's issuer speaks for, from its full name, or the province."""
    whole = None
    if province:
        entry = next((entry for entry in lexicon.table("provinces") if entry.value == province), None)
        whole = Place(entry.extra["kind"] if entry else "tỉnh", province)
    match = re.search(rf"\b({_KINDS}) ([^,]+)$", issuer or "")
    if match is None:
        return whole
    own = Place(match[1], match[2])
    return own if whole is None or own.name == whole.name else own.of(whole)
