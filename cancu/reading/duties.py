"""Who has to do what: the duties that a plan gives to agencies, in its part on implementation and wherever else it says so.

A duty's agency is named by the clause itself ("Sở Nội vụ chủ trì, phối hợp với …") or by the nearest heading above.
Its role follows the verb, as Decree 30/2020/NĐ-CP's forms use them: "chủ trì" leads, "phối hợp" coordinates.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

from msgspec import structs

from cancu.reading import agencies, lexicon
from cancu.reading.outline import UPPER, Outline, Paragraph, Section
from cancu.reading.phrase import shorten
from cancu.records import DutyRole, Responsibility

_SENTENCE = re.compile(rf"(?<=[.!?…])\s+(?=[{UPPER}])")
_BRACKETED = re.compile(r"\(([^()]+)\)$")
_BETWEEN = re.compile(r"[\s,;]*(?:và\s+)?")
_NAME_GOES_ON = re.compile(
    rf"X*(?:,?\s+(?:X+|và\s+(?=[{UPPER}])|[{UPPER}]\w*|các|tỉnh|thành phố|thị xã|huyện|xã|phường|cấp|ban|ngành|cơ quan|đơn vị|đoàn thể"
    r"|có liên quan|liên quan)(?![^\W_]))*"
)
_OUTSIDE = frozenset({"objectives", "tasks", "solutions", "budget", "other"})


@cache
def _phrase(value: str) -> re.Pattern[str]:
    """The pattern of a turn of phrase."""
    return next(entry.pattern for entry in lexicon.table("duty_phrases") if entry.value == value)


@dataclass(frozen=True, slots=True)
class _Holder:
    """Who holds what is said under a heading of rank `level`, and the role that the heading itself gives, if any."""

    level: float
    names: tuple[str, ...]
    role: DutyRole | None = None


@dataclass(frozen=True, slots=True)
class _Duty:
    """A clause as a duty: `start` and `end` are offsets in its paragraph, `named` says that it names its agency itself."""

    names: tuple[str, ...]
    role: DutyRole
    partners: tuple[str, ...]
    task: str
    start: int
    end: int
    named: bool


def find(outline: Outline) -> tuple[Responsibility, ...]:
    """The duties of a document, in the order of its text, each with the lines of its clause."""
    found: list[Responsibility] = []
    holders: list[_Holder] = []
    for paragraph in outline.body():
        level = 8.5 if paragraph.level is None else paragraph.level
        inside = paragraph.part in {"implementation", "decision"}
        if not inside and paragraph.part not in _OUTSIDE:
            continue
        stated = _stated(paragraph, found[-1] if found else None, paragraph.sections)
        if stated is not None:
            found = [*found[: len(found) - stated[1]], *stated[0]]
            continue
        bare = paragraph.level is None and paragraph.text.endswith(".")
        heads = holder(paragraph.text, level) if inside and not bare else None
        if paragraph.is_heading or heads or paragraph.level is not None:
            holders = [h for h in holders if h.level < level]
        if heads:
            holders.append(heads)
            continue
        duties = _duties(paragraph, holders[-1] if holders and inside else None)
        if not inside:
            duties = [duty for duty in duties if duty.named and _phrase("outside").match(paragraph.text[duty.start : duty.end])]
        found += [item for duty in duties for item in _items(duty, paragraph)]
        if inside and paragraph.text.endswith(":") and duties and duties[0].named:
            holders.append(_Holder(level, duties[0].names))
    return tuple(found)


def _stated(paragraph: Paragraph, last: Responsibility | None, sections: tuple[Section, ...]) -> tuple[list[Responsibility], int] | None:
    """The duty of a line "Cơ quan chủ trì: …" or "Đơn vị phối hợp: …", and how many of the last ones found it replaces."""
    lead = _phrase("lead line").search(paragraph.text)
    partner = _phrase("partner line").search(paragraph.text)
    partners = agencies.split_agencies(partner[1]) if partner else ()
    if lead:
        task = paragraph.text[: lead.start()].strip() or (sections[-1].text if sections else "")
        lines = paragraph.lines_of(lead.start(), lead.end())
        names = _names(lead[1].strip(" ."))
        return [
            Responsibility(agency=name, role="lead", with_=partners, task=shorten(task), lines=lines) for name in names if _is_holder(name)
        ], 0
    if partners and last is not None and last.role == "lead" and not last.with_ and partner and not partner.start():
        return [structs.replace(last, with_=partners)], 1
    return None


def holder(text: str, level: float) -> _Holder | None:
    """The agencies that a heading names ("3. Sở Tài chính:", "Sở Nội vụ chủ trì:"), or None where it is another heading."""
    bare = re.sub(
        r"\([^()]*\)", "", _phrase("polite").sub("", _phrase("call").sub("", text, count=1) if _phrase("call").match(text) else text)
    ).strip(" .:;-")
    prefix, rest = _split_subject(bare)
    if not prefix or len(rest.split()) > 4 or len(prefix.split()) > 45 or not _is_holder(prefix):
        return None
    return _Holder(level, _names(prefix), _role(rest) if rest else None)


def _duties(paragraph: Paragraph, above: _Holder | None) -> list[_Duty]:
    """The duties in a paragraph: clauses of one role and one agency in a sentence are one duty."""
    duties: list[_Duty] = []
    names, own = above.names if above else (), False
    closing = _phrase("closing").match(paragraph.text) and (paragraph.level is None or above is None)
    for start, end in _sentences(paragraph.text):
        first = True
        if _phrase("aside").match(paragraph.text[start:]) or (
            len(paragraph.text[start:end].split()) <= 12 and duties and not _subject_at(paragraph.text, start, end)
        ):
            if duties and not closing:
                duties[-1] = replace(duties[-1], end=end)
            if not _phrase("call").search(paragraph.text, start, end) or _phrase("aside").match(paragraph.text[start:]):
                continue
        for left, right in _clauses(paragraph.text, start, end):
            duty = _duty(paragraph.text, left, right, names, above.role if above else None, paragraph.level is not None)
            if duty is None:
                continue
            if closing and not duty.named:
                continue
            if duty.named:
                names, own = duty.names, True
            elif own:
                duty = replace(duty, named=True)
            goes_on = duty.role == "responsible" and not duty.named and _stop(paragraph.text[left:right].casefold()) != 0
            joins = duties and not first and duty.names == duties[-1].names and (goes_on or duty.role == duties[-1].role == "responsible")
            if joins:
                duties[-1] = replace(duties[-1], end=right)
            elif " " in duty.task:
                duties.append(duty)
            first = False
    return duties


def _sentences(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for gap in _SENTENCE.finditer(text):
        if text[start : gap.start()].count("(") <= text[start : gap.start()].count(")"):
            yield start, gap.start()
            start = gap.end()
    yield start, len(text)


def _clauses(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The clauses between semicolons; one inside brackets, or inside a list of agencies whose verb is to come, parts nothing."""
    left = start
    for mark in re.finditer(r";\s*", text[start:end]):
        cut = start + mark.start()
        piece = text[left:cut]
        if piece.count("(") > piece.count(")") or not _has_verb(piece):
            continue
        yield left, cut
        left = start + mark.end()
    if left < end:
        yield left, end


def _has_verb(clause: str) -> bool:
    """Whether a clause has come to its task: past its agencies, and past those it is done with."""
    _, rest = _split_subject(clause)
    partner = _phrase("with").search(rest)
    after = (
        rest[partner.end() :]
        if partner and (_phrase("coordinate").match(rest) or _phrase("lead").search(rest[: partner.start()]))
        else rest
    )
    return bool(_stop(after) is not None if partner else after.strip())


def _subject_at(text: str, start: int, end: int) -> bool:
    prefix, rest = _split_subject(text[start:end])
    return bool(prefix and rest and _is_holder(prefix))


def _duty(text: str, start: int, end: int, above: tuple[str, ...], role_above: DutyRole | None, bulleted: bool) -> _Duty | None:
    """The duty of `text[start:end]`; its own agency goes before the one `above`. None where no agency has it."""
    clause = text[start:end]
    offset = 0
    adverbial = _phrase("adverbial").match(clause)
    call = _phrase("call").search(clause)
    if call and (
        (above and bulleted) or (call.start() > 2 and not _phrase("closing").match(clause) and not _phrase("closing").match(text))
    ):
        call = None
    for skip in (call.end() if call else 0, adverbial.end() if adverbial else 0, 0):
        prefix, rest = _split_subject(clause[skip:])
        if prefix and rest and _is_holder(prefix):
            offset = skip + len(clause[skip:]) - len(rest)
            names, named = _names(prefix), True
            break
        inner = _BRACKETED.search(prefix)
        if inner and rest and call and _kind(inner[1]) == "agency":
            offset = skip + len(clause[skip:]) - len(rest)
            names, named = _names(inner[1]), True
            break
    else:
        if not above or not clause.strip():
            return None
        names, rest, named = above, clause, False
    role = _role(rest)
    if not named and role_above and role != "lead":
        role = role_above
    partners, task = _partners(rest, role)
    if adverbial and role == "responsible" and re.match(r"(?i)căn cứ|trên cơ sở", task) and _stop(task[adverbial.end() :]) == 0:
        task = task[adverbial.end() :]
    return _Duty(names, role, partners, shorten(task), start + offset, end, named)


def _role(rest: str) -> DutyRole:
    """The role that the words after the agency's name give."""
    masked = _mask(rest)
    lead = _phrase("lead").search(masked)
    if re.match(r"(?i)(?:là|làm)\s+(?:cơ quan|đơn vị)[^;]{0,40}?chủ trì", rest):
        return "lead"
    coordinate = _phrase("coordinate").match(masked)
    if lead and len(masked[: lead.start()].split()) <= 12 and not (coordinate and coordinate.end() < lead.start()):
        return "lead"
    return "coordinate" if coordinate else "responsible"


def _partners(rest: str, role: DutyRole) -> tuple[tuple[str, ...], str]:
    """Those whom a duty is done with, and the task that is left."""
    match = _phrase("with").search(_mask(rest)) if role != "responsible" else None
    lead = _phrase("lead").search(rest)
    if match is None or (role == "lead" and lead and len(rest[lead.end() : match.start()].split()) > 3):
        return (), rest[lead.end() :] if role == "lead" and lead else rest
    stop = _stop(rest[match.end() :])
    cut = match.end() + (_run(rest[match.end() :]) if stop is None else stop)
    words = rest[match.end() : cut].strip(" ,:;")
    names = agencies.split_agencies(words) if words and len(words.split()) <= 80 else ()
    names = tuple(name for name in names if name[0].isupper() or _kind(name))
    return names, re.sub(r"^(?:trong\s+(?:việc|công tác)|trong|để)\s+", "", rest[cut:].strip()) or rest


def _run(text: str) -> int:
    """Where the list of agencies ends that `text` begins with, for a task whose verb is none of the known ones."""
    masked, end = _mask(text), 0
    while True:
        start = end + len(_BETWEEN.match(masked[end:])[0])  # type: ignore[index]
        heads = (entry.pattern.match(text[start:]) for entry in lexicon.table("duty_holders"))
        head = max((match.end() for match in heads if match), default=0)
        if not head:
            return end or len(text)
        end = _NAME_GOES_ON.match(masked, start + head).end()  # type: ignore[union-attr]


def _mask(text: str) -> str:
    """`text` with the words hidden that look like verbs and are parts of names; offsets stay."""
    for pattern in (_phrase("noun"), _departments()):
        text = pattern.sub(lambda match: "X" * len(match[0]), text)
    return text


@cache
def _departments() -> re.Pattern[str]:
    """A department, ministry or division by its field, in any case: "sở kế hoạch và đầu tư"."""
    fields = "|".join(entry.pattern.pattern.removeprefix("(?i)") for entry in lexicon.table("departments"))
    return re.compile(rf"(?i)(?<![^\W_])(?:sở|bộ|phòng)\s+(?:{fields})")


def _stop(text: str) -> int | None:
    """Where the first verb of a task stands in `text`."""
    match = _verbs().search(_mask(text))
    return match.start() if match else None


@cache
def _verbs() -> re.Pattern[str]:
    return re.compile("|".join(entry.pattern.pattern for entry in lexicon.table("task_verbs")))


def _split_subject(clause: str) -> tuple[str, str]:
    """A clause as the words before its verb (or colon) and the rest."""
    stop = _stop(clause)
    colon = clause.find(": ")
    if colon >= 0 and (stop is None or colon < stop) and not re.search(r"(?i)sở$", clause[:colon]):
        return clause[:colon].strip(" ,"), clause[colon + 1 :].strip()
    if stop is None:
        return clause.strip(" ,:."), ""
    if clause[:stop].rstrip().endswith(";"):
        return "", clause
    return clause[:stop].strip(" ,"), clause[stop:].strip()


def _kind(text: str) -> str | None:
    entry = lexicon.first("duty_holders", text)
    return entry.value if entry else None


def _is_holder(text: str) -> bool:
    return _kind(text) is not None and len(text.split()) <= 60


_CUT = re.compile(r"\s*;\s*(?:và\s+)?|\s*,\s*(?:và\s+)?|\s+(?:và|cùng)\s+")


def _names(text: str) -> tuple[str, ...]:
    """The holders in `text`: officers and proper names one by one, what is collective together as printed."""
    cuts = [m for m in _CUT.finditer(text) if _kind(text[m.end() :]) not in {None, "tail"}]
    pieces, start = [], 0
    for cut in cuts:
        pieces.append(text[start : cut.start()])
        start = cut.end()
    pieces.append(text[start:])
    kinds = [_kind(piece) for piece in pieces]
    if ";" in text or "officer" in kinds or kinds[0] != "collective":
        found = [
            name
            for piece in pieces
            for name in (agencies.split_agencies(piece) if _kind(piece) == "agency" or ":" in piece else (agencies.normalise(piece),))
        ]
    else:
        found = list(agencies.split_agencies(text)) if ":" in text else [agencies.normalise(text)]
    return tuple(dict.fromkeys(name for name in found if name))


def _items(duty: _Duty, paragraph: Paragraph) -> Iterator[Responsibility]:
    lines = paragraph.lines_of(duty.start, duty.end)
    for name in duty.names:
        yield Responsibility(agency=name, role=duty.role, with_=duty.partners, task=duty.task, lines=lines)
