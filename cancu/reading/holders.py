"""The agencies at the head of a clause: where their names end and the task begins, and what each is called."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from cancu.reading import agencies, lexicon
from cancu.reading.labels import UPPER

REMEMBERED = 1 << 12  # answers kept: a clause is looked at several times, and headings come again
_DEPARTMENT = ("sở", "bộ", "phòng")
_BEGINNING = 40  # letters, which tell most texts that are not in capitals
LONGEST, LONGEST_ROLL = 60, 150  # words; a longer run of them names no one, but a roll parted by semicolons may
LETTERS = 1_200  # of the longest roll
_BETWEEN = re.compile(r"[\s,;]*(?:và\s+)?")
_NAME_GOES_ON = re.compile(
    rf"X*(?:,?\s+(?:X+|và\s+(?=[{UPPER}])|[{UPPER}]\w*|huy|các|tỉnh|thành phố|thị xã|huyện|xã|phường|cấp|ban|ngành|cơ quan|đơn vị|đoàn thể"
    r"|có liên quan|liên quan)(?![^\W_]))*"
)
_LISTS = re.compile(r"(?i)(?:sở|các\s+(?:sở,\s*)?(?:ban,\s*)?ngành|các\s+(?:bộ|phòng)(?:,\s*ban)?)$")  # a colon after it opens their list
_APPOSITION = re.compile(r"(?i)[-–(,]\s*(?:là\s+)?(?:cơ\s*quan|đơn\s*vị)\s+(?:thường\s+trực|đầu\s+mối|chủ\s+trì)")
_CUT = re.compile(r"\s*;\s*(?:và\s+)?|\s*,\s*(?:và\s+)?|\s+(?:và|cùng)\s+")


@lru_cache(maxsize=REMEMBERED)
def split_subject(clause: str) -> tuple[str, str]:
    """A clause as the words before its verb (or colon) and the rest."""
    roll = _roll().match(clause)
    if roll and kind_of(clause[roll.end() :]):
        clause = clause[roll.end() :]
    stop = verb_at(clause)
    colon = clause.find(": ")
    if colon >= 0 and (stop is None or colon < stop) and not _opens_list(clause, colon):
        return clause[:colon].strip(" ,"), clause[colon + 1 :].strip()
    if stop is None:
        return clause.strip(" ,:."), ""
    if clause[:stop].rstrip().endswith(";"):
        return "", clause
    subject = _APPOSITION.split(clause[:stop], maxsplit=1)[0].strip(" ,")
    if kind_of(subject) == "agency" and kind_of(clause) is None:  # "Thanh tra, kiểm tra": a verb where more follows
        return "", clause
    return subject, clause[stop:].strip()


def _opens_list(clause: str, colon: int) -> bool:
    """Whether a colon opens a list of departments: "các sở: Nội vụ, TN&MT", not "Văn phòng Sở: theo dõi"."""
    if _LISTS.search(clause[:colon]) is None:
        return False
    follows = clause[colon + 1 :].lstrip()
    if verb_at(follows[:1].lower() + follows[1:]) == 0:  # "Thủ trưởng các sở, ban, ngành: Chịu trách nhiệm …"
        return False
    fields = lexicon.table("agency_fields") if clause[:colon].casefold().endswith("sở") else ()
    return not fields or follows[:2].isupper() or any(entry.pattern.match(follows) for entry in fields)


@lru_cache(maxsize=REMEMBERED)
def verb_at(text: str) -> int | None:
    """Where the first verb of a task stands in `text`."""
    match = _verbs().search(mask(text))
    return match.start() if match else None


def is_holder(text: str) -> bool:
    """Whether `text` begins like the name of an agency, an officer or a collective of them."""
    return len(text) <= LETTERS and kind_of(text) is not None and len(text.split()) <= (LONGEST if ";" not in text else LONGEST_ROLL)


@lru_cache(maxsize=REMEMBERED)
def spelled(text: str) -> str:
    """`text` with its departments in their usual case, and a heading in capitals in small letters: "SỞ NỘI VỤ" is "Sở Nội vụ"."""
    capitals = sum(map(str.isupper, text))
    if capitals > 3 * sum(map(str.islower, text[:_BEGINNING])) and capitals > 3 * sum(map(str.islower, text)):
        text = text[:1] + text[1:].lower()
    small = text.casefold()
    for entry in lexicon.table("departments") if "sở" in small else ():
        found = entry.pattern.search(text) if entry.value.casefold() in small else None
        if found and found[0].casefold() == entry.value.casefold():
            text = text.replace(found[0], entry.value)
    return text


def names_in(text: str) -> tuple[str, ...]:
    """The holders in `text`: officers and proper names one by one, what is collective together as printed."""
    pieces, start = [], 0
    for cut in _CUT.finditer(text):
        piece, follows = text[start : cut.start()], text[cut.end() :]
        if kind_of(follows) not in {None, "tail"} and not agencies.is_joint_office(piece, follows):
            pieces.append(piece)
            start = cut.end()
    pieces.append(text[start:])
    kinds = [kind_of(piece) for piece in pieces]
    if "officer" in kinds or kinds[0] != "collective" or (";" in text and set(kinds) != {"collective"}):
        found = [
            name
            for piece in pieces
            for name in (agencies.split_agencies(piece) if kind_of(piece) == "agency" or ":" in piece else (agencies.normalise(piece),))
        ]
    else:
        found = list(agencies.split_agencies(text)) if ":" in text else [agencies.normalise(text)]
    return tuple(dict.fromkeys(name for name in found if name))


def list_end(text: str) -> int:
    """Where the list of agencies ends that `text` begins with, for a task whose verb is none of the known ones."""
    masked, end = mask(text), 0
    while True:
        start = end + len(_BETWEEN.match(masked[end:])[0])  # type: ignore[index]
        heads = (entry.pattern.match(text[start:]) for entry in lexicon.table("duty_holders"))
        head = max((match.end() for match in heads if match), default=0)
        if not head:
            return end or len(text)
        end = _NAME_GOES_ON.match(masked, start + head).end()  # type: ignore[union-attr]


@lru_cache(maxsize=REMEMBERED)
def kind_of(text: str) -> str | None:
    """What `text` names at its beginning: "officer", "agency", "collective", a "tail" of one, or None."""
    entry = lexicon.first("duty_holders", text)
    return entry.value if entry else None


@lru_cache(maxsize=REMEMBERED)
def mask(text: str) -> str:
    """`text` with the words hidden that look like verbs and are parts of names; offsets stay."""
    text = _nouns().sub(_hidden, text)
    small = text.lower()
    return _departments().sub(_hidden, text) if any(word in small for word in _DEPARTMENT) else text


def _hidden(match: re.Match[str]) -> str:
    return "X" * len(match[0])


@cache
def _departments() -> re.Pattern[str]:
    """A department, ministry or division by its field, in any case: "sở kế hoạch và đầu tư"."""
    fields = "|".join(entry.pattern.pattern.removeprefix("(?i)") for entry in lexicon.table("agency_fields"))
    return re.compile(rf"[SsBbPp](?<![^\W_].)(?i:(?:(?<=s)ở|(?<=b)ộ|(?<=p)hòng)\s+(?:{fields}))")  # re finds a class at the start fast


@cache
def _verbs() -> re.Pattern[str]:
    return re.compile("|".join(entry.pattern.pattern for entry in lexicon.table("task_verbs")))


@cache
def _roll() -> re.Pattern[str]:
    """What opens a list of holders and is none: "Các ông (bà): …", "Thủ trưởng các cơ quan: …"."""
    return next(entry.pattern for entry in lexicon.table("duty_phrases") if entry.value == "roll")


@cache
def _nouns() -> re.Pattern[str]:
    return next(entry.pattern for entry in lexicon.table("duty_phrases") if entry.value == "noun")
