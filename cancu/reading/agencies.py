"""Names of agencies: lists of them taken apart, abbreviations written out.

The hard part is what a comma or "và" means: it parts two agencies, two words of one collective ("các sở, ban,
ngành"), or two fields of one department ("Sở Văn hóa, Thể thao và Du lịch"). What follows it decides.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from cancu.reading import lexicon

_SEPARATOR = re.compile(
    r"\s*(?P<hard>[;\n](?:\s*[;,])*+|\s[+•]\s)\s*(?:và\s+)?|\s*[/–-]\s*(?=(?:Sở|UBND|Phòng|Công\s+an)\s)|\s*,(?:\s*,)*+\s*(?:và\s+)?|\s+(?:và|cùng)(?:\s+với)?\s+"
)
_BRACKETS = re.compile(r"\([^()]*\)")
_HEADS_ALONE = {"báo", "đài", "ban", "sở", "bộ", "trung tâm", "văn phòng", "cục", "chi cục"}
_TRIM = " \t\n.,;:*+-–•"
_COLLECTIVE = re.compile(
    r"(?i)^(?:(?:(?:thủ\s+)?trưởng|người\s+đứng\s+đầu|giám\s+đốc|lãnh\s+đạo)\s+)?(?:các|những|(?:sở|phòng)\s*(?:,|$)|(?:sở|phòng)\s+ban|(?:cơ\s+quan|đơn\s+vị|tổ\s+chức)$)(?![^\W_])"
)
# An office of two bodies at once: "Văn phòng HĐND và UBND huyện" is one.
_JOINT_OFFICE = re.compile(
    r"(?i)^(?:văn\s+phòng|VP)\s+(?:HĐND|hội\s+đồng\s+nhân\s+dân|đoàn\s+(?:ĐBQH|đại\s+biểu\s+quốc\s+hội))"
    r"(?:(?:\s*,|\s+và)\s+(?:HĐND|hội\s+đồng\s+nhân\s+dân))?$"
)
_BODY = re.compile(r"(?i)(?:HĐND|UBND|hội\s+đồng\s+nhân\s+dân|[uủ][ỷy]\s+ban\s+nhân\s+dân)(?![^\W_])")
_ELLIPSIS = re.compile(r"^(?:[Cc]ác\s+)?(?P<kind>Sở|sở|Bộ|bộ)\s*:?\s+")
_OWN = "".join(letter for letter in map(chr, range(0xE0, 0x1EFA)) if letter.islower())  # small letters that English has not
# Where a blank was lost: "SởNội vụ", "UBNDtỉnh", but not in "MobiFone".
_GLUED = re.compile(rf"(?<=[{_OWN}])(?=[A-ZĐ])|(?<=[a-z])(?=(?:[A-ZĐ][a-z]*[{_OWN}]|UBND|HĐND))|(?<=UBND|HĐND)(?=[a-z{_OWN}])")
_SHORT = re.compile(r"[A-ZĐ]{2,}(?:\s*[&-]\s*[A-ZĐ]{2,})*(?![^\W_])")  # a field's letters: "TN&MT"
_RUN_ON = re.compile(
    r"\s+(?=(?:Sở|Các|UBND|HĐND|Ủy ban nhân dân|Ủy ban Mặt trận|Văn phòng|Công an|Ban|Bộ|Trung tâm|Phòng|Đài|Cục|Chi cục|Thanh tra|Kho bạc"
    r"|Ngân hàng|Bảo hiểm|BHXH|Tòa án|Viện kiểm sát|Liên đoàn|Liên minh|Tỉnh đoàn|Đoàn Thanh niên|Hội (?:Nông dân|Liên hiệp|LHPN|Cựu|Chữ)"
    r"|Bưu điện|Điện lực|VNPT|Viettel)\s)"
)
_PLACE_END = re.compile(r"(?:tỉnh|huyện|xã|phường|thành phố|thị xã|thị trấn|ngành|liên quan|viễn thông)$")


@lru_cache(maxsize=1 << 12)
def normalise(name: str) -> str:
    """`name` with white space folded and unmistakable abbreviations written out: "VP UBND tỉnh" is the People's Committee's office."""
    text = " ".join(_GLUED.sub(" ", name).split()).strip(_TRIM)
    whole = _departments().get(_squeezed(text), text)
    text = whole if whole.count(" ") > text.count(" ") else text
    for entry in lexicon.possible("agencies", text):
        text = entry.pattern.sub(rf"\1 {entry.value}" if entry.pattern.groups else entry.value, text)
    return text.replace("Ủy ban nhân dân Ủy ban nhân dân", "Ủy ban nhân dân")  # "Ủy ban nhân dân UBND cấp xã"


def _squeezed(text: str) -> str:
    return "".join(text.split()).casefold()


@cache
def _departments() -> dict[str, str]:
    """The names of departments by their letters alone: a copy may have lost blanks between words."""
    return {_squeezed(entry.value): entry.value for entry in lexicon.table("departments")}


def is_agency(text: str) -> bool:
    """Whether `text` begins like the name of an agency and holds no word that only a remark has."""
    bare = text.strip(_TRIM)
    return (_begins_name(bare) or _goes_on(bare)) and not is_remark(_BRACKETS.sub("", bare))


def is_remark(text: str) -> bool:
    """Whether `text` holds a word that remarks have and names have not: who pays, what is under way."""
    return lexicon.first("agency_remarks", text) is not None


def is_joint_office(before: str, after: str) -> bool:
    """Whether `before` and `after` a comma or "và" name the one office of two bodies: "Văn phòng HĐND", "UBND huyện"."""
    return _JOINT_OFFICE.match(before.strip(_TRIM)) is not None and _BODY.match(after) is not None


@lru_cache(maxsize=1 << 12)
def split_agencies(text: str) -> tuple[str, ...]:
    """The agencies that a cell or a running list names, in its order, each normalised; none for an empty text.

    "Các sở, ban, ngành" is one, "Sở Nội vụ, Sở Tài chính" are two, and so are "Sở Nội vụ Sở Tài chính". Remembered, as
    normal names are: the cells of a table name the same few agencies again and again.
    """
    names: list[str] = []
    for part in _parts(text):
        names += _expand_ellipsis(normalise(part))
    return tuple(dict.fromkeys(name for name in names if name))


def _parts(text: str) -> list[str]:
    """`text` cut where one agency ends and the next begins."""
    masked = _BRACKETS.sub(lambda match: "\x00" * len(match[0]), text)
    parts, start = [], 0
    for separator in _SEPARATOR.finditer(masked):
        if separator.start() < start + _department_end(text[start:]):
            continue
        current = text[start : separator.start()].strip(_TRIM)
        follows = text[separator.end() :].lstrip(_TRIM)
        if current and (separator["hard"] or _begins_another(current, follows)):
            parts += _run_on(current)
            start = separator.end()
    return parts + _run_on(text[start:].strip(_TRIM))


def _begins_another(current: str, follows: str) -> bool:
    """Whether `follows` begins an agency of its own, after a comma or "và" that ends `current`."""
    if current.casefold() in _HEADS_ALONE:
        return False  # "Báo và Đài …": a head alone names nothing
    if is_joint_office(current, follows):
        return False
    if _COLLECTIVE.match(current) and _goes_on(follows):
        return False
    return _begins_name(follows)


def _run_on(text: str) -> list[str]:
    """`text`, cut where a second name follows a complete first one without a separator."""
    for gap in _RUN_ON.finditer(text):
        head = text[: gap.start()]
        if _is_department(head) or _PLACE_END.search(head):
            return [head, *_run_on(text[gap.end() :])]
    return [text] if text else []


def _is_department(name: str) -> bool:
    return bool(name) and _department_end(name) == len(name)


def _department_end(text: str) -> int:
    """Where the name of a known department ends that `text` begins with, or 0."""
    kind = _ELLIPSIS.match(text)
    if kind is None:
        return 0
    matches = (entry.pattern.match(text, kind.end()) for entry in lexicon.table("agency_fields"))
    return max((match.end() for match in matches if match), default=0)


def _expand_ellipsis(name: str) -> list[str]:
    """The departments of "các Sở: Nội vụ, Tài chính", or `name` alone where it lists no known ones."""
    head = _ELLIPSIS.match(name)
    if not head:
        return [name]
    kind, rest, found = head["kind"].capitalize(), name[head.end() :], []
    while rest:
        short = _SHORT.match(rest)
        match = short or next((match for entry in lexicon.table("agency_fields") if (match := entry.pattern.match(rest))), None)
        department = normalise(f"{kind} {match[0]}") if match else ""
        if match is None or (short and department == f"{kind} {match[0]}"):
            return [name]
        found.append(department)
        rest = re.sub(r"^\s*(?:,|;|và)\s*(?:và\s+)?", "", rest[match.end() :]).strip()
    return found if len(found) > 1 else [name]


def _begins_name(text: str) -> bool:
    return lexicon.first("agency_heads", text) is not None


def _goes_on(text: str) -> bool:
    return lexicon.first("agency_tails", text) is not None
