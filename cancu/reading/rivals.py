"""Goals of one thing in other words than each other's, or than those that report how far it was reached.

The shapes hold goals against each other whose words are the same, in one order. Here two are of one thing where they have the same words
but for those that narrow nothing ("hộ gia đình", "hồ sơ thủ tục hành chính"), in any order: "Hộp thư công vụ đã cấp cho 72% cán bộ" and
"60% cán bộ được cấp hộp thư". What the headings over them say of whom they are belongs to their words.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from cancu.reading import goals, levels, lexicon, values
from cancu.reading.outline import Outline, Paragraph
from cancu.records import Comparator, Finding, Level, Lines, PlanDocument, Severity, Target

FEWEST = 4  # words that say for sure what is measured
FEW = 3  # those that may
OF_THINGS = 2  # words of what is counted
_WORD = re.compile(r"[^\W_]+")
_DATED = re.compile(r"(?i)(?:(?:tính\s+)?đến\s+)?(?:(?:hết|cuối|trong|vào|trước)\s+)?năm\s+20\d\d|,\s*(?:tăng|giảm|vượt)(?!\w).*|\(.*")
_IDLE_OF_THINGS = frozenset(("lượng", "tỉnh", "huyện", "thành", "phố", "du", "lịch", "tham", "quan", "đang"))
# A share that is to fall, or that says how much something changes: less of it is no step back.
_FALLS = re.compile(
    r"(?i)giảm|tăng|tốc độ|t[ỷỉ] trọng|cơ cấu|t[ỷỉ] suất|nghèo|lỗi|sự cố|quá hạn|trễ hạn|chậm|chưa|tồn đọng|vi phạm|thất nghiệp|tử vong"
    r"|suy dinh dưỡng|thất thoát|tổn thất|hao hụt|mù chữ|bỏ học|nợ |tai nạn|mắc |nhiễm|khiếu nại|nhựa|tội phạm|tảo hôn|thất thu|thấp còi"
    r"|bản giấy|bằng giấy|lao động (?:trong )?nông|không "
)
_NEW = re.compile(
    r"(?i)(?<!\w)(?:(?<!thôn )(?<!đổi )mới|thêm|bổ sung|mỗi|hằng năm|hàng năm|giai đoạn|trong kỳ|khóa|quý|tháng|lớp|cuộc|tổ chức)(?!\w)"
)
_NUMBER = (  # re finds a class at the start fast
    r"(?P<number>[0-9](?<![\d.,/].)(?:\d{0,2}(?:\.\d{3})+|\d{0,5}(?:,\d{1,2})?))(?![\d.,]*\d|\s?[%/])\s+"
    r"(?:(?P<factor>triệu|nghìn|ngàn|vạn)\s+)?"
)
_ABOUT = r"(?:\s+(?:được|khoảng|trên|hơn|gần|ít nhất|tối thiểu)){0,2}\s+"
_LAST = re.compile(r"(?:có|đạt|đón|phục vụ|thu hút|duy trì|công bố|là|được|khoảng|trên|hơn|gần|ít nhất|tối thiểu)").fullmatch
_THINGS = re.compile(  # "3,9 triệu lượt khách"
    rf"{_NUMBER}(?!đồng|tỷ|triệu|năm|ngày|tháng|lần|điểm (?:phần|trở))(?P<what>[^\W\d_]+(?:\s[^\W\d_]+){{0,9}})"
    r"(?P<grows>,?\s*\(?tăng(?!\w))?"
)
_LED_IN = re.compile(  # what stands before such a number: "đón", "tổng lượt khách đạt"
    r"(?i)(?:(?P<before>[^\W\d_]+(?:\s[^\W\d_]+){1,6})\s+(?:ước\s+)?(?:đạt|là)"
    rf"|(?<!\w)(?:có|đạt|đón|phục vụ|thu hút|duy trì|công bố)){_ABOUT}$"
)
_BEFORE = 100  # letters before a number among which they stand
_OF_ALL = re.compile(
    r"(?<![\d.,/])(?P<number>\d{1,4})/\d{1,4}\s+(?P<what>[^\W\d_]+(?:\s[^\W\d_]+){1,9})"
)  # "38/94 bộ dữ liệu mở được công bố"
_CUT = re.compile(r"(?i)(?<!\w)(?:trong|so|tại|vào|tăng|giảm|được|với|từ|để|năm|trên|ở|thuộc|đến|theo|và|của)(?!\w).*")
_WANTED = re.compile(r"(?i)(?<!\w)(?:phấn đấu|mục tiêu|chỉ tiêu|đến (?:hết |cuối )?năm 20\d\d)(?!\w)")
_YEAR = re.compile(r"(?<!\d)20\d\d(?!\d)")
_SENTENCE = re.compile(r"[^.;]+(?:[.;](?!\s|$)[^.;]*)*")
_SEVERITIES: tuple[Severity, ...] = ("Warning", "Info")
_FACTORS = {"tỷ": 1e9, "triệu": 1e6, "nghìn": 1e3, "ngàn": 1e3, "vạn": 1e4}
_SHARE = re.compile(r"(?<![\d.,])(\d{1,3}(?:,\d+)?)\s*%")
_PART_OF = re.compile(r"(?i)trong đó|:\s|[-–+]\s")  # after it stands what the share is of
_COUNTS = re.compile(r"(?<!độ )(?<!mức )(?<!cấp )(?<!lớp )\d(?<![\w.,/]\d)[\d.,/]*(?=\s)|(?i:(?<!\w)(?:đạt|chiếm|tương ứng|có)\s*$)")
_PARTS = frozenset({"objectives", "tasks", "solutions", "other"})
_ITEM = re.compile(r"(?P<name>[^\W\d][^\d:;%]{1,50}):\s*(?P<share>\d{1,3}(?:[.,]\d+)?)\s*%")


@dataclass(frozen=True, slots=True)
class Claim:
    """A number that is aimed at or was reached, with the words of what it measures, and those of them that surely narrow it.

    They are those of its subject, and of its whole sentence where that has no other share: a subject is cut short.
    """

    words: tuple[frozenset[str], ...]
    bare: tuple[frozenset[str], ...]
    subject: str
    value: float
    unit: str
    lines: Lines
    year: int | None = None
    comparator: Comparator = "="


def find(outline: Outline, document: PlanDocument, aimed: Sequence[Target], reached: Sequence[Level]) -> Iterator[Finding]:
    """Two values of one goal in one year: a note; and goals below what was reached: a fault where idle words alone differ."""
    if not aimed:
        return
    last = document.period[1] if document.period else None
    places = _Places(outline)
    wanted = [_claim(goal, places, goal.by_year or last) for goal in aimed]
    title = (document.title or "").casefold().replace("mục tiêu", "")
    titled = frozenset(_WORD.findall(title)) | _of_whom(title)
    yield from _conflicts(wanted, titled)
    shares = [_claim(level, places, None) for level in reached]
    shares += [one for paragraph in outline.body() if paragraph.part == "results" for one in _listed(paragraph, places)]
    yield from _below([one for one in wanted if one.unit == "%"], shares, titled)
    yield from _things(outline, last)


class _Places:
    """The paragraphs of an outline by line, and what the headings over each say of whom it is."""

    def __init__(self, outline: Outline) -> None:
        self._paragraphs = outline.paragraphs
        self._starts = [paragraph.lines[0] for paragraph in outline.paragraphs]
        self._told: dict[int, dict[float, str]] = {}

    def above(self, line: int) -> frozenset[str]:
        """Of whom the nearest heading over a line says that it is."""
        place = bisect_right(self._starts, line) - 1
        return _of_whom(" ".join(levels.above(self._paragraphs[place].sections))) if place >= 0 else frozenset()

    def sentence(self, line: int, value: float) -> Sequence[str]:
        """The words around a share, from what is a part of a whole on, where it is the one of its sentence."""
        place = bisect_right(self._starts, line) - 1
        if place not in self._told:
            self._told[place] = dict(_alone(self._paragraphs[place].text)) if place >= 0 else {}
        text = self._told[place].get(value)
        return () if text is None else (text,)


def _alone(text: str) -> Iterator[tuple[float, str]]:
    """The shares of a text that are the only ones of their sentences, with the words around them."""
    for sentence in _SENTENCE.findall(text):
        shares = _SHARE.findall(sentence) if sentence.count("%") == 1 else ()
        if len(shares) == 1:
            before, _, after = _SHARE.sub("%", sentence).replace("(", " ").partition("%")
            yield float(shares[0].replace(",", ".")), _COUNTS.sub(" ", f"{_PART_OF.split(before)[-1]} {after.partition('(')[0]}")


def _of_whom(text: str) -> frozenset[str]:
    """The levels, areas and groups that a text names, each as one word."""
    return frozenset(one.replace(" ", "_") for one in levels.of_whom(text))


def _claim(said: Target | Level, places: _Places, year: int | None) -> Claim:
    factor, unit = _unit(said.unit)
    bound: Comparator = said.comparator if isinstance(said, Target) else "="
    above = places.above(said.lines[0])
    texts = [said.subject, *(places.sentence(said.lines[0], said.value) if said.unit == "%" else ())]
    words, bare = zip(*(_words(text, above) for text in texts), strict=True)
    return Claim(words, bare, said.subject, said.value * factor, unit, said.lines, year, bound)


def _unit(unit: str) -> tuple[float, str]:
    """What a unit is worth in its plain one: "triệu lượt" is a million "lượt"."""
    first, _, rest = unit.casefold().partition(" ")
    return (_FACTORS[first], rest) if first in _FACTORS and rest else (1.0, unit.casefold())


def _words(subject: str, above: frozenset[str]) -> tuple[frozenset[str], frozenset[str]]:
    """The words of a subject that say what is measured, and of whom, by itself or else by the heading above it; without loose ones, too."""
    nothing, idle, loose = (entry.pattern for entry in lexicon.table("idle_words"))
    text = idle.sub(" ", _DATED.sub(" ", subject).casefold())
    named = levels.of_whom(text)
    for one in named:
        text = text.replace(one, " ")
    whom = frozenset(one.replace(" ", "_") for one in named) or above
    words, bare = (frozenset(_WORD.findall(nothing.sub(" ", some))) | whom for some in (text, loose.sub(" ", text)))
    return words, bare


def _cores(claims: Sequence[Claim], titled: frozenset[str]) -> Iterator[tuple[Severity, dict[tuple[object, ...], list[Claim]]]]:
    """The claims by what they measure: for sure, and then where loose words and those of the plan's title are left out."""
    for severity in _SEVERITIES:
        groups: dict[tuple[object, ...], list[Claim]] = {}
        for one in claims:
            sure = severity == "Warning"
            for core in {words if sure else words - titled for words in (one.words if sure else one.bare)}:
                if len(core) >= (FEWEST if sure else FEW):
                    groups.setdefault((core, one.unit), []).append(one)
        yield severity, groups


def _conflicts(wanted: Sequence[Claim], titled: frozenset[str]) -> Iterator[Finding]:
    """Goals of one year with two values; words with more values are of more than one thing, and the same words are for the shapes."""
    for _, groups in _cores([one for one in wanted if one.year and one.comparator in ("=", ">=")], titled):
        for group in groups.values():
            for year in {one.year for one in group} if len(group) > 1 else ():
                first, *others = [one for one in group if one.year == year]
                if len(others) != 1 or first.value == others[0].value or first.lines[1] >= others[0].lines[0]:
                    continue
                if first.subject.casefold() != others[0].subject.casefold():
                    detail = f"Chỉ tiêu này cho năm {year} là {_told(others[0])}, ở dòng {first.lines[0]} là {_told(first)}."
                    yield Finding(kind="other", severity="Info", detail=detail, lines=others[0].lines)


def _below(wanted: Sequence[Claim], reached: Sequence[Claim], titled: frozenset[str]) -> Iterator[Finding]:
    """Shares that are aimed at below the level that the document reports."""
    told: set[Lines] = set()
    goals_of = [one for one in wanted if one.comparator in ("=", ">=") and not _FALLS.search(one.subject)]
    for (severity, aimed), (_, known) in zip(_cores(goals_of, titled), _cores(reached, titled), strict=True):
        for core, group in aimed.items():
            least = min(known.get(core, ()), key=lambda level: level.value, default=None)
            for goal in group if least else ():
                if least and goal.value < least.value and least.lines != goal.lines and goal.lines not in told:
                    told.add(goal.lines)
                    detail = f"Chỉ tiêu này là {_told(goal)}, thấp hơn mức {_told(least)} mà dòng {least.lines[0]} ghi là đã đạt."
                    yield Finding(kind="other", severity=severity, detail=detail, lines=goal.lines)


def _listed(paragraph: Paragraph, places: _Places) -> Iterator[Claim]:
    """Shares of a list whose first item alone says what is measured: "Trường học có công trình đạt yêu cầu: 90%; trạm y tế: 96%"."""
    items = list(_ITEM.finditer(paragraph.text)) if paragraph.text.count("%") > 1 and ":" in paragraph.text else []
    predicate = goals.PREDICATE.search(items[0]["name"]) if len(items) > 1 else None
    for item in items[1:] if predicate else ():
        if predicate and not goals.PREDICATE.search(item["name"]):
            subject = f"{item['name'].strip()} {items[0]['name'][predicate.start() :]}"
            words, bare = _words(subject, places.above(paragraph.lines[0]))
            place = paragraph.lines_of(item.start(), item.end())
            yield Claim((words,), (bare,), subject, float(item["share"].replace(",", ".")), "%", place)


def _things(outline: Outline, last: int | None) -> Iterator[Finding]:
    """Numbers of things to be had by a year: two of them, a note; fewer than there are, a note but for one that is said to grow."""
    wanted: dict[tuple[object, ...], Claim] = {}
    had: dict[tuple[frozenset[str], ...], Claim] = {}
    for paragraph in outline.body():
        told = paragraph.part == "results"
        for sentence in _SENTENCE.finditer(paragraph.text) if told or paragraph.part in _PARTS else ():
            if not told and paragraph.part != "objectives" and not _WANTED.search(sentence[0]):
                continue
            for match, before in _numbered(sentence[0], of_all=told):
                claim = _counted(paragraph, sentence, match, before, last)
                if claim is None or claim.value == 0:
                    continue
                if told:
                    had[claim.words] = claim
                    continue
                first = wanted.setdefault((claim.words, claim.year), claim)
                if first.value != claim.value and first.lines != claim.lines:
                    detail = f"Ở đây cho năm {claim.year} là {_told(claim)}, ở dòng {first.lines[0]} là {_told(first)}."
                    yield Finding(kind="other", severity="Info", detail=detail, lines=claim.lines)
                known = had.get(claim.words)
                if known and claim.value < known.value:
                    detail = f"Ở đây là {_told(claim)}, thấp hơn {_told(known)} mà dòng {known.lines[0]} ghi là đã đạt."
                    severity: Severity = "Warning" if match.groupdict().get("grows") else "Info"
                    yield Finding(kind="other", severity=severity, detail=detail, lines=claim.lines)


def _numbered(sentence: str, *, of_all: bool) -> Iterator[tuple[re.Match[str], str]]:
    """The numbers of things in a sentence, each with the words that lead to it; `of_all` those of so many of all, too."""
    found = list(_THINGS.finditer(sentence))
    of_all = of_all and "/" in sentence
    if not (found or of_all) or _NEW.search(sentence):
        return
    for match in found:
        words = sentence[max(0, match.start() - _BEFORE) : match.start()]
        last = words.casefold().rsplit(maxsplit=2)[-2:]
        if last and (_LAST(last[-1]) or _LAST(" ".join(last))) and (led := _LED_IN.search(words)):
            yield match, led["before"] or ""
    for match in _OF_ALL.finditer(sentence) if of_all else ():
        yield match, ""


def _counted(paragraph: Paragraph, sentence: re.Match[str], match: re.Match[str], before: str, last: int | None) -> Claim | None:
    """A number of things, with the words of what they are, and the year by which they are to be had."""
    groups = match.groupdict()
    number = values.parse_number(match["number"])
    what = _CUT.sub("", match["what"])
    words = _words(f"{before} {what}", frozenset())[0] - _IDLE_OF_THINGS
    if words == {"lượt"} and "khách" in paragraph.text:
        words = frozenset(("lượt", "khách"))
    if number is None or len(words) < OF_THINGS:
        return None
    years = _YEAR.findall(sentence[0][: match.start("number")]) or _YEAR.findall(" ".join(one.text for one in paragraph.sections))
    place = paragraph.lines_of(sentence.start() + match.start("number"), sentence.start() + match.end("what"))
    value = float(number) * _FACTORS.get((groups.get("factor") or "").casefold(), 1)
    return Claim((words,), (words,), what, value, what, place, int(years[-1]) if years else last)


def _told(claim: Claim) -> str:
    """A value in a reader's words."""
    number = f"{claim.value:,.2f}".rstrip("0").rstrip(".").translate(str.maketrans(",.", ".,"))
    return f"{number}%" if claim.unit == "%" else f"{number} {claim.unit}".strip()
