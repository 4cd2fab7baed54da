"""Who has to do what: the duties that a plan gives to agencies, in its part on implementation and wherever else it says so.

A duty's agency is named by the clause itself ("Sở Nội vụ chủ trì, phối hợp với …") or by the nearest heading above.
Its role follows the verb, as Decree 30/2020/NĐ-CP's forms use them: "chủ trì" leads, "phối hợp" coordinates.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from msgspec import structs

from cancu.reading import agencies, assignments, holders, lexicon
from cancu.reading.columns import MONEY, Kind
from cancu.reading.labels import UPPER
from cancu.reading.outline import Outline, Paragraph
from cancu.reading.phrase import shorten
from cancu.reading.tables import TableGrid
from cancu.records import DutyRole, Responsibility

_SENTENCE = re.compile(rf"\s(?<=[.!?…]\s)\s*+(?=[{UPPER}])")
_SEMICOLON = re.compile(r";\s*")
_IN_BRACKETS = re.compile(r"\([^()]*\)")
_BRACKETED = re.compile(r"\(([^()]+)\)$")
_BEING = re.compile(r"(?i)(?:là|làm)\s+(?:cơ\s+quan|đơn\s+vị|đầu\s+mối)")
_BODY = re.compile(r"(?:cơ quan|đơn vị|tổ chức|chính quyền|nhà trường|viện|trường)(?![^\W_])")
_BELOW = re.compile(r"(?i)(?:sau|dưới) đây$")
_LABEL = 5  # words before a colon that say what a duty is about
SHORT = 12  # words, in a sentence that can be a mere afterthought
_AGENCY: frozenset[Kind] = frozenset({"lead", "actor"})
_OUTSIDE_WORDS = ("chủ trì", "phối hợp", "trách nhiệm", "chủ động")  # what the phrase "outside" and the lines of leads and partners need
_INSIDE = frozenset({"implementation", "decision", "orders"})
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
    """A clause as a duty, which begins at `clause`: `start` and `end` of its task are offsets in its paragraph, `named` says that it names
    its agency itself.
    """

    names: tuple[str, ...]
    role: DutyRole
    partners: tuple[str, ...]
    task: str
    start: int
    end: int
    named: bool
    clause: int


def find(outline: Outline, tables: Sequence[TableGrid] = ()) -> tuple[Responsibility, ...]:
    """The duties of a document, in the order of its text, each with the lines of its clause; in a table of duties, those of its cells."""
    listed = [table for table in tables if _lists_duties(table)]
    apart = [table.lines for table in tables if table.lists_items or table in listed]
    said = (duty for duty in _said(outline) if not any(first <= duty.lines[0] <= last for first, last in apart))
    return tuple(sorted((*said, *(duty for table in listed for duty in _listed(table))), key=lambda duty: duty.lines[0]))


def _lists_duties(table: TableGrid) -> bool:
    """Whether a table of the body says which agency does what, with no money beside it."""
    kinds = [column.kind for column in table.columns]
    return not table.lists_items and "name" in kinds and bool(_AGENCY & set(kinds)) and not any(kind in MONEY for kind in kinds)


def _listed(table: TableGrid) -> Iterator[Responsibility]:
    """The duties in a table: of agencies with what each does, or of tasks with those who lead and help in each."""
    kinds = [column.kind for column in table.columns]
    who, what = next(place for place, kind in enumerate(kinds) if kind in _AGENCY), kinds.index("name")
    yield from _by_agency(table, who, what) if who < what else _by_task(table, what, "lead" if kinds[who] == "lead" else "responsible")


def _by_agency(table: TableGrid, who: int, what: int) -> Iterator[Responsibility]:
    """The duties in the cells of a table; an agency holds for the rows below it that name none."""
    names: tuple[str, ...] = ()
    for row in table.rows:
        names = holders.names_in(row.cells[who].text) or names
        task = row.cells[what]
        if task.lines and names and row.kind == "item":
            paragraph = Paragraph("", task.text, None, task.lines, ((0, task.lines[0]),), "implementation", (), is_heading=False)
            yield from (item for duty in _duties(paragraph, _Holder(0, names)) for item in _items(duty, paragraph))


def _by_task(table: TableGrid, what: int, role: DutyRole) -> Iterator[Responsibility]:
    """A duty for each agency that does the task of a row."""
    for row in table.rows:
        done_by = assignments.who(table, row)
        for name in done_by.lead if row.kind == "item" and row.cells[what].text else ():
            yield Responsibility(agency=name, role=role, with_=done_by.coordinating, task=shorten(row.cells[what].text), lines=row.lines)


def _said(outline: Outline) -> tuple[Responsibility, ...]:
    """The duties that the sentences of a document give."""
    found: list[Responsibility] = []
    heads: list[_Holder] = []
    for paragraph in outline.body():
        inside = paragraph.part in _INSIDE
        if not inside and paragraph.part not in _OUTSIDE:
            continue
        small = paragraph.text.lower()
        if not inside and not any(word in small for word in _OUTSIDE_WORDS):
            continue
        level = 8.5 if paragraph.level is None else paragraph.level
        led, partners = _led_by(paragraph) if "chủ trì" in small else [], _partner_line(paragraph)
        if led:
            found += led
            continue
        if partners and found and found[-1].role == "lead" and not found[-1].with_:
            found[-1] = structs.replace(found[-1], with_=partners)
            continue
        bare = paragraph.level is None and paragraph.text.endswith(".")
        head = _heading(paragraph.text, level) if inside and not bare else None
        if paragraph.is_heading or head or paragraph.level is not None:
            heads = [one for one in heads if one.level < level]
        if head:
            heads.append(head)
            continue
        duties = _duties(paragraph, heads[-1] if heads and inside else None)
        if paragraph.text.endswith(":") and any(_BELOW.search(duty.names[-1]) for duty in duties):
            continue  # "Các cơ quan sau đây chịu trách nhiệm …:": those below have the duty
        if not inside:
            duties = [duty for duty in duties if duty.named and _phrase("outside").match(paragraph.text[duty.start : duty.end])]
        found += [item for duty in duties for item in _items(duty, paragraph)]
        if inside and paragraph.text.endswith(":") and duties and duties[0].named:
            heads.append(_Holder(level, duties[0].names))
    return tuple(found)


def _led_by(paragraph: Paragraph) -> list[Responsibility]:
    """The duty of a paragraph that says "Cơ quan chủ trì: …": its task is what goes before, or else its heading."""
    lead, partner = _phrase("lead line").search(paragraph.text), _phrase("partner line").search(paragraph.text)
    names = holders.names_in(lead[1].strip(" .")) if lead else ()
    if lead is None or not all(holders.is_holder(name) for name in names):
        return []
    task = shorten(paragraph.text[: lead.start()] or (paragraph.sections[-1].text if paragraph.sections else lead[0]))
    partners = agencies.split_agencies(partner[1]) if partner else ()
    lines = paragraph.lines_of(lead.start(), lead.end())
    return [Responsibility(agency=name, role="lead", with_=partners, task=task, lines=lines) for name in names]


def _partner_line(paragraph: Paragraph) -> tuple[str, ...]:
    """The agencies of a paragraph "Đơn vị phối hợp: …", which belongs with the lead before it."""
    partner = _phrase("partner line").match(paragraph.text)
    return agencies.split_agencies(partner[1]) if partner else ()


def _heading(text: str, level: float) -> _Holder | None:
    """The agencies that a heading names ("3. Sở Tài chính:", "Sở Nội vụ chủ trì:"), or None where it is another heading."""
    text = holders.spelled(text)
    call = _phrase("call").match(text)
    bare = _IN_BRACKETS.sub("", _phrase("polite").sub("", text[call.end() :] if call else text)).strip(" .:;-")
    prefix, rest = holders.split_subject(bare)
    if not prefix or len(rest.split()) > 4 or (rest and text.endswith(".")) or not holders.is_holder(prefix):
        return None
    return _Holder(level, holders.names_in(prefix), _role(rest) if rest else None)


def _duties(paragraph: Paragraph, above: _Holder | None) -> list[_Duty]:
    """The duties in a paragraph: clauses of one role and one agency in a sentence are one duty."""
    text, listed = paragraph.text, paragraph.level is not None
    duties: list[_Duty] = []
    names, own = above.names if above else (), False
    closing = _phrase("closing").match(text) is not None and not (listed and above)
    for start, end in _sentences(text):
        if _goes_with_before(text[start:end], bool(duties)):
            if duties and not closing:
                duties[-1] = replace(duties[-1], end=end)
            continue
        first = True
        for left, right in _clauses(text, start, end):
            duty = _duty(text, left, right, names, above.role if above else None, bool(listed and above))
            if duty is None or (closing and not duty.named):
                continue
            if duty.named:
                names, own = duty.names, True
            duty = replace(duty, named=own)
            if not first and duties and _is_one(duties[-1], duty, text[left:right]):
                duties[-1] = replace(duties[-1], end=right)
            elif " " in duty.task:
                duties.append(duty)
            first = False
    return duties


def _goes_with_before(sentence: str, any_before: bool) -> bool:
    """Whether a sentence is no duty of its own: an aside, or a short one that only goes on with the one before."""
    trouble = _phrase("trouble").match(sentence)
    if trouble is None and _phrase("aside").match(sentence):
        return True
    subject, rest = holders.split_subject(_phrase("call").sub("", sentence[trouble.end() :], 1).strip() if trouble else sentence)
    named = bool(subject and rest and holders.is_holder(subject))
    if trouble and not named:
        return True
    short = len(sentence.split()) <= SHORT and not named and _role(sentence) == "responsible"
    return any_before and short and not _phrase("call").search(sentence)


def _is_one(before: _Duty, duty: _Duty, clause: str) -> bool:
    """Whether a clause goes on with the duty before it: the same agency and role, or nouns without a verb of their own."""
    if duty.names != before.names or duty.role != "responsible":
        return False
    return before.role == "responsible" or not (holders.verb_at(clause.casefold()) == 0 or _BEING.match(clause))


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
    for mark in _SEMICOLON.finditer(text[start:end]):
        cut = start + mark.start()
        piece = text[left:cut]
        if len(piece) <= holders.LETTERS and (piece.count("(") > piece.count(")") or not _has_verb(piece)):
            continue
        yield left, cut
        left = start + mark.end()
    if left < end:
        yield left, end


def _has_verb(clause: str) -> bool:
    """Whether a clause has come to its task: past its agencies, and past those it is done with."""
    _, rest = holders.split_subject(clause)
    if not rest and holders.verb_at(clause[:1].lower() + clause[1:]) == 0:
        rest = clause
    partner = _phrase("with").search(rest)
    if partner is None:
        return bool(rest.strip())
    shared = _phrase("coordinate").match(rest) or _phrase("lead").search(rest[: partner.start()])
    return holders.verb_at(rest[partner.end() :] if shared else rest) is not None


def _duty(text: str, start: int, end: int, above: tuple[str, ...], role_above: DutyRole | None, within: bool) -> _Duty | None:
    """The duty of `text[start:end]`; its own agency goes before the one `above`. None where no agency has it.

    `within` is true of an item in an agency's list: whom it calls upon there is its business, and no duty of theirs.
    """
    clause = text[start:end]
    own = _own_names(clause, text, within)
    if own is None and not above:
        return None
    names, offset = own or (above, 0)
    rest = clause[offset:].strip()
    role = _role(rest)
    led_in = _phrase("adverbial").match(rest) if role == "responsible" else None
    if led_in and _role(rest[led_in.end() :]) != "responsible":
        rest = rest[led_in.end() :]
        role = _role(rest)
    if own is None and role_above and role_above != "responsible":
        role = role_above
    partners, task = _partners(rest, role)
    adverbial = _phrase("adverbial").match(task)
    if adverbial and re.match(r"(?i)căn cứ|trên cơ sở", task) and holders.verb_at(task[adverbial.end() :]) == 0:
        task = task[adverbial.end() :]
    return _Duty(names, role, partners, shorten(task), start + offset, end, own is not None, start)


def _own_names(clause: str, text: str, within: bool) -> tuple[tuple[str, ...], int] | None:
    """The agencies that a clause itself gives a duty to, and where its words about the task begin."""
    adverbial, call = _phrase("adverbial").match(clause) or _phrase("trouble").match(clause), _phrase("call").search(clause)
    opens = call is not None and (call.start() <= 2 or clause[: call.start()].rstrip().endswith(":"))  # "Củng cố tổ chức: giao Sở Y tế …"
    if call and (within or not (opens or _phrase("closing").match(clause) or _phrase("closing").match(text))):
        call = None
    colon = clause.find(": ") + 1  # "Giao nhiệm vụ theo Kết luận số …: Sở Xây dựng chủ trì …"
    labelled = 0 < len(clause[:colon].split()) <= _LABEL and not holders.is_holder(clause)  # "Chế độ báo cáo: các cơ quan gửi …"
    after = colon if labelled or (call and call.start() <= 2) else 0
    for skip in dict.fromkeys((call.end() if call else 0, adverbial.end() if adverbial else 0, 0, after)):
        prefix, rest = holders.split_subject(clause[skip:].lstrip())
        inner = _BRACKETED.search(prefix) if call else None
        holder = inner[1] if inner and holders.kind_of(inner[1]) == "agency" else prefix
        if rest and holder and holders.is_holder(holder):
            return holders.names_in(holder), len(clause.rstrip()) - len(rest)
    return None


@lru_cache(maxsize=holders.REMEMBERED)
def _role(rest: str) -> DutyRole:
    """The role that the words after the agency's name give."""
    masked = holders.mask(rest)
    lead = _phrase("lead").search(masked)
    if re.match(r"(?i)(?:là|làm)\s+(?:cơ quan|đơn vị)[^;]{0,40}?chủ trì", rest):
        return "lead"
    coordinate = _phrase("coordinate").match(masked)
    if lead and len(masked[: lead.start()].split()) <= 12 and not (coordinate and coordinate.end() < lead.start()):
        return "lead"
    return "coordinate" if coordinate else "responsible"


def _partners(rest: str, role: DutyRole) -> tuple[tuple[str, ...], str]:
    """Those whom a duty is done with, and the task that is left."""
    match = _phrase("with").search(holders.mask(rest)) if role != "responsible" else None
    lead = _phrase("lead").search(rest)
    if match is None or (role == "lead" and lead and len(rest[lead.end() : match.start()].split()) > 3):
        after = _partners_after(rest, match.start(), match.end()) if match and lead else ()
        if match and lead and after:
            return after, rest[lead.end() : match.start()].strip(" ,")
        return (), rest[lead.end() :] if role == "lead" and lead else rest
    stop = holders.verb_at(rest[match.end() :])
    cut = match.end() + (holders.list_end(rest[match.end() :]) if stop is None else stop)
    words = holders.spelled(rest[match.end() : cut].strip(" ,:;"))
    names = agencies.split_agencies(words) if words and len(words.split()) <= 80 else ()
    names = tuple(name for name in names if name[0].isupper() or holders.kind_of(name) or _BODY.match(name))
    return names, re.sub(r"^(?:trong\s+(?:việc|công tác)|trong|để)\s+", "", rest[cut:].strip()) or rest


def _partners_after(rest: str, start: int, end: int) -> tuple[str, ...]:
    """Those named at the end of a task, after a comma: "chủ trì thí điểm bệnh án, phối hợp với Sở Y tế"; none where a verb follows."""
    words = rest[end:].strip(" .,;")
    if not rest[:start].rstrip().endswith(",") or not words or holders.verb_at(words) is not None:
        return ()
    names = agencies.split_agencies(holders.spelled(words))
    return names if all(agencies.is_agency(name) or holders.kind_of(name) for name in names) else ()


def _items(duty: _Duty, paragraph: Paragraph) -> Iterator[Responsibility]:
    lines = paragraph.lines_of(duty.clause, duty.end)
    for name in duty.names:
        yield Responsibility(agency=name, role=duty.role, with_=duty.partners, task=duty.task, lines=lines)
