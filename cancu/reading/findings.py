"""Faults of a document that show while it is read: they are reported, never mended."""

from __future__ import annotations

import re
from calendar import monthrange
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import pairwise

from cancu.reading import (
    announced,
    attachment,
    capitals,
    claims,
    confusions,
    costs,
    counts,
    days,
    doubt,
    horizon,
    issuers,
    lettered,
    lexicon,
    owners,
    phasing,
    products,
    rivals,
    shares,
    slips,
    spans,
    sums,
    totals,
    twice,
    values,
)
from cancu.reading.indicators import is_indicators
from cancu.reading.layout import between
from cancu.reading.outline import Outline
from cancu.reading.projects import RECORDS
from cancu.reading.source import Source
from cancu.reading.tables import TableGrid
from cancu.records import CitedDocument, Finding, Level, Mention, PlanDocument, ProjectRow, Target

_DATE = re.compile(r"ngày\s+(\d{1,2})\s*(?:[/.-]|tháng)\s*(\d{1,2})\s*(?:[/.-]|năm)\s*((?:19|20)\d\d)")
_SERIES = re.compile(r"0*(\d{1,4})/((?:20\d\d/)?(?:NĐ-CP|NQ-CP|QĐ-TTg|CT-TTg))")
FEW = 2  # citations that can be misdated; more, and it is the document's date that is in doubt
MONTH, MONTHS = 31, 12  # days, and how many of them a year has
_COUNTED = re.compile(r"(?i)[\W\d]*(?:bảng|biểu)?\W*(?:tổng\s+)?số\s+(?!tiền|vốn|kinh phí|liệu|h[óo][aá]|thu|chi|\d|[ivx]+\b)")  # a title
UNIT_BEFORE = 3  # lines before a table in which its unit may stand
NEAR = 5  # numbers: so few documents of a series are made within a month
_ASSEMBLY = re.compile(r"/(?P<year>(?:19|20)\d\d)/(?:PL-|NQ-)?(?:UBTV)?QH(?P<term>\d\d)$")
_TERMS = {"10": (1997, 2002), "11": (2002, 2007), "12": (2007, 2011), "13": (2011, 2016), "14": (2016, 2021), "15": (2021, 2026)}
_OF_YEAR = re.compile(r"/((?:19|20)\d\d)/")
_SEPARATOR = re.compile(
    r"(?<![\w/-])(?:(?P<party>\d{1,4})/(?P<kind>NQ|CT|KL|KH|TB|CTr|ĐA|QĐ)-(?P<level>T[WU])|(?P<number>\d{1,5}/(?:19|20)\d\d)-(?P<rest>(?:QĐ|NĐ|TT|CT|NQ)-\w+))(?![\w&-])"
)
# The signs of a Party committee below the province, or of a department, which no committee of the people has.
_ORGANS = re.compile(
    r"[-/](?P<signs>(?P<party>HU|ThU|QU)|S(?:TTTT|KHCN|KH&CN|NV|YT|GDĐT|GD&ĐT|NN|NNPTNT|TC|TP|XD|CT|GTVT|TNMT|VHTTDL|LĐTBXH))$"
)
_COMMITTEE = re.compile(r"(?i)^(?:[uủ][ỷy] ban nhân dân|hội đồng nhân dân)(?! xã| phường)|^(?:thủ tướng )?chính phủ$")
_CENTRAL = re.compile(r"(?i)bộ chính trị|ban bí thư|trung ương|ban chấp hành trung ương")
_PROVINCIAL = re.compile(r"(?i)tỉnh [uủ][ỷy]|thành [uủ][ỷy]|huyện [uủ][ỷy]")
_OF_OTHER_YEARS = re.compile(  # what is drawn up, reviewed or paid off is of other years than the money for it
    r"(?i)^\W*(?:xây dựng|lập|soạn|rà soát|tổng kết|sơ kết|đánh giá|khảo sát|thẩm định)(?: thảo)?,? .*"
    r"(?:kế hoạch|đề án|chương trình|chiến lược|kiến trúc|quy hoạch|kết quả)|trả nợ|quyết toán|thanh toán|chuyển tiếp"
)
_DISTRICT = re.compile(r"(?:huyện|quận)\s+(?P<name>[^\W\d_]+(?:\s+[^\W\d_]+){0,3})$")  # at the end of the name of an agency
_YEARS = re.compile(r"(?:19|20)\d\d\s*[-–]\s*(?:19|20)\d\d")
_PAID_IN = re.compile(r"(?i)(?<!\w)(?:thanh toán|bố trí|giải ngân|cấp|chi trả)(?:\s+(?:vào|trong|tiếp))?\s+năm\s+(?P<year>20\d\d)(?!\d)")
_GOES_ON = re.compile(r"(?i)chuyển tiếp|tiếp theo|kỳ sau|giai đoạn|quyết toán|bảo hành|bảo trì")
_ENDED_IN = re.compile(r"(?i)(?<!chưa )(?<!đã )hoàn thành (?:trong |vào )?năm (?P<year>20\d\d)(?!\d)")
_COMMITTEE_SIGNS = re.compile(r"(?i)tm\s*\.\s*(?:ubnd|[uủ][ỷy] ban nhân)")
_ORDINALS = ("nhất|một", "hai", "ba", "tư|bốn", "năm", "sáu", "bảy", "tám", "chín")
_SESSION = re.compile(rf"(?i)kỳ họp\s+thứ\s+(?P<number>\d{{1,2}}|(?:mười\s+)?(?:{'|'.join(_ORDINALS)})|mười)(?![^\W_])")


def find(
    source: Source,
    outline: Outline,
    document: PlanDocument,
    cited: Sequence[CitedDocument],
    tables: Sequence[TableGrid],
    rows: Sequence[ProjectRow],
    goals: tuple[Target, ...],
    reached: tuple[Level, ...],
) -> tuple[Finding, ...]:
    """The faults of a document, in the order of its lines."""
    tabled = {number for table in tables for number in range(table.lines[0], table.lines[1] + 1)}
    unread = [doubt.unread(table, outline) for table in tables]
    whole = (table for table, lines in zip(tables, unread, strict=True) if not doubt.has_lost_figures(table, lines))
    grids = tuple(map(lettered.decided, whole))
    found = [
        *sums.find(outline, document, grids),
        *twice.find(grids, rows),
        *totals.find(outline, document, grids),
        *phasing.find(outline, document, grids),
        *claims.find(outline, document, rows),
        *costs.find(outline, rows),
        *capitals.find(document, grids),
        *counts.find(outline),
        *products.find(outline),
        *shares.find(outline, document),
        *slips.find(outline, [(table, [line for line, _ in lines]) for table, lines in zip(tables, unread, strict=True)], rows),
        *slips.repeated_lines([(line.number, line.text) for line in source.lines if line.number not in tabled]),
        *days.find(outline.paragraphs),
        *spans.find(outline.paragraphs, tables),
        *(finding for one in cited for finding in _citation(one)),
        *confusions.find(cited),
        *horizon.find(outline, document, goals),
        *rivals.find(outline, document, goals, reached),
        *_later(document, cited),
        *_sequence(cited),
        *announced.find(source, outline),
        *(finding for table in tables if table.rows and table.unit and not is_indicators(table) for finding in _unit(source, table)),
        *_recipients(outline, document),
        *attachment.find(outline, document),
        *(finding for table in tables for finding in owners.find(table)),
        *owners.left_open(outline),
        *(_session(outline) if document.type == "Nghị quyết" else ()),
        *(finding for row in rows for finding in _period(row)),
        *(finding for row in rows for finding in _paid_later(document, row)),
        *_other_districts(document, rows),
    ]
    return tuple(sorted(dict.fromkeys(found), key=lambda finding: (finding.lines, finding.kind, finding.detail)))


def _citation(cited: CitedDocument) -> Iterator[Finding]:
    """Dates that conflict with each other or with the number's year; letters of a number that conflict with type or issuer."""
    dated = [(_date(mention.surface), mention) for mention in cited.mentions]
    counts = Counter(day for day, _ in dated if day)
    for day, mention in dated:
        if day and len(counts) > 1 and day != counts.most_common(1)[0][0]:
            other = counts.most_common(1)[0][0]
            yield _fault(mention, "date-conflict", f"{_name(cited)}: ở đây ghi ngày {_day(day)}, nơi khác ghi ngày {_day(other)}.")
        year = _OF_YEAR.search(cited.number or "")
        if day and year and year[1] != day[:4]:
            yield _fault(mention, "date-conflict", f"{_name(cited)}: số hiệu mang năm {year[1]}, ngày ghi năm {day[:4]}.")
    first = cited.mentions[0]
    number = cited.number or ""
    code = _signs(number)
    if code and not _fits(cited, code.value):
        yield _fault(first, "wrong-number", f"“{cited.type}” mang số hiệu {number}, ký hiệu của {code.value}.")
    sat = _ASSEMBLY.search(number)
    first_year, last_year = _TERMS.get(sat["term"], (0, 9999)) if sat else (0, 9999)
    if sat and not first_year <= int(sat["year"]) <= last_year:
        yield _fault(first, "wrong-number", f"{number}: Quốc hội khóa {sat['term']} có nhiệm kỳ {first_year}-{last_year}.")
    issuer = cited.issuer or ""
    owner = issuers.by_code().get(number.rpartition("-")[2]) if number.count("-") == 1 else None
    if owner and owner.value.startswith("Bộ ") and "Bộ " in issuer and not owner.pattern.search(issuer) and " của " in first.surface:
        yield _fault(first, "wrong-number", f"{number} ghi là của {issuer}, ký hiệu của {owner.value}.")
    if (organ := _ORGANS.search(number)) and (owner_of := _not_of(organ, issuer)):
        yield _fault(first, "wrong-number", f"{number} ghi là của {issuer}, nhưng {organ['signs']} là ký hiệu của {owner_of}.")
    if number.endswith("/TU") and _CENTRAL.search(issuer):
        yield _fault(first, "wrong-number", f"{number} ghi là của {issuer}, nhưng TU là ký hiệu của Tỉnh ủy (Trung ương: TW).")
    for mention in cited.mentions:
        if slip := _SEPARATOR.search(mention.surface):
            detail = f"Số hiệu “{slip[0]}”: dấu “/” và “-” khác thể thức (“{_right(slip)}”)."
            yield Finding(kind="wrong-number", severity="Info", detail=detail, lines=mention.lines)
    if number.endswith("/TW") and _PROVINCIAL.search(issuer):
        yield _fault(first, "wrong-number", f"{number} ghi là của {issuer}, nhưng TW là ký hiệu của Trung ương.")


def _not_of(organ: re.Match[str], issuer: str) -> str | None:
    """Whose the signs of a number are, where its issuer is a committee of the people and they are not its own."""
    return ("cấp ủy Đảng" if organ["party"] else "một sở") if _COMMITTEE.match(issuer) else None


def _signs(number: str) -> lexicon.Entry | None:
    """What the first signs of a number say that it is: "1564/QĐ-BNN-KH" is a decision, of the planning department."""
    found = ((match.start(), entry) for entry in lexicon.table("number_codes") if (match := entry.pattern.search(number)))
    return min(found, key=lambda one: one[0], default=(0, None))[1]


def _fits(cited: CitedDocument, signs: str) -> bool:
    """Whether a document may bear the signs of a type: its own, a decision's for rules, or both: "Thông báo Kết luận số 18-KL/TU"."""
    rules = signs == "Quyết định" and cited.type.startswith("Quy ")
    return (
        rules
        or any(signs.casefold() in mention.surface.partition("số")[0].casefold() for mention in cited.mentions)
        or cited.type.startswith(signs)
    )


def _right(slip: re.Match[str]) -> str:
    """A number of the Party as 36-HD/VPTW has it ("58-CT/TW"), or of the State as Decree 30/2020/NĐ-CP has it ("45/2016/QĐ-TTg")."""
    return f"{slip['party']}-{slip['kind']}/{slip['level']}" if slip["party"] else f"{slip['number']}/{slip['rest']}"


def _later(document: PlanDocument, cited: Sequence[CitedDocument]) -> Iterator[Finding]:
    """Documents cited with a later date than that of the document itself; where many are, its own date is in doubt."""
    later = [
        (one, m)
        for one in cited
        for m in one.mentions
        if document.date and (_date(m.surface) or "") > document.date and _real(_date(m.surface) or "")
    ]
    for one, mention in later if len(later) <= FEW else ():
        day = _date(mention.surface) or ""
        detail = f"{_name(one)} ghi ngày {_day(day)}, sau ngày của chính văn bản này ({_day(document.date or day)})."
        yield _fault(mention, "date-conflict", detail)


def _sequence(cited: Sequence[CitedDocument]) -> Iterator[Finding]:
    """Two documents of one series and year, the higher number a month or more before the lower one."""
    series: dict[tuple[str, str], list[tuple[int, str, CitedDocument]]] = {}
    for one in cited:
        match = _SERIES.fullmatch(one.number or "")
        if match and one.date and _real(one.date):
            series.setdefault((match[2], one.date[:4]), []).append((int(match[1]), one.date, one))
    for numbered in series.values():
        numbered.sort(key=lambda entry: entry[:2])
        for (low, early, one), (high, late, other) in pairwise(numbered):
            if high > low and (date.fromisoformat(early) - date.fromisoformat(late)).days > MONTH:
                detail = f"{_name(other)} ngày {_day(late)}, mà số nhỏ hơn {one.number} ngày {_day(early)}."
                yield _fault(other.mentions[0], "date-conflict", detail)
            elif one is not other and not (other.number or "").endswith("CT-TTg") and (turned := _turned(early, late, high - low)):
                detail = (
                    f"{_name(other)} ngày {_day(late)}, mà {one.number} ngày {_day(early)}: có thể lẫn ngày với tháng ({_day(turned)})."
                )
                yield _fault(other.mentions[0], "date-conflict", detail)


def _turned(early: str, late: str, apart: int) -> str | None:
    """The date `late` with day and month the other way round, where that brings two documents of near numbers together."""
    year, month, day = (int(part) for part in late.split("-"))
    if day > MONTHS or day == month or apart > NEAR:
        return None
    turned, start = date(year, day, month), date.fromisoformat(early)
    return turned.isoformat() if 0 <= (turned - start).days <= MONTH < 2 * MONTH < (date(year, month, day) - start).days else None


def _real(text: str) -> bool:
    year, month, day = (int(part) for part in text.split("-"))
    return 1 <= month <= 12 and 1 <= day <= monthrange(year, month)[1]


def _unit(source: Source, table: TableGrid) -> Iterator[Finding]:
    """A table whose unit is only that of some sentence before it; one of shares, or of a number of things, has none of money."""
    first = table.rows[0].lines[0]
    numbers = [cell.text for row in table.rows for cell in row.cells[1:] if values.is_number(cell.text.replace("%", "").strip())]
    if _COUNTED.match(table.title) or (numbers and all("%" in number for number in numbers)):
        return
    around = [line.text for line in between(source.lines, table.lines[0] - UNIT_BEFORE, first)]
    own = any(values.is_number(text) and values.unit_name(text) for text in {cell.text for row in table.rows for cell in row.cells})
    if not own and values.unit_name(" ".join((*around, table.title, *(column.name for column in table.columns)))) is None:
        detail = f"Bảng không ghi đơn vị tính; thân văn bản dùng “{table.unit}”."
        yield Finding(kind="unit", severity="Info", detail=detail, lines=(table.lines[0], first))


def _recipients(outline: Outline, document: PlanDocument) -> Iterator[Finding]:
    """A text with its signature that does not say who it goes to (Decree 30/2020/NĐ-CP, Appendix I, II.9)."""
    signed = next(
        (paragraph for paragraph in outline.paragraphs if paragraph.part == "end" and _COMMITTEE_SIGNS.match(paragraph.text)), None
    )
    if signed and document.signer and not document.recipients and not any("nơi nhận" in p.text[:40].lower() for p in outline.paragraphs):
        yield Finding(kind="omission", severity="Info", detail="Bản này không có phần nơi nhận.", lines=signed.lines)


def _session(outline: Outline) -> Iterator[Finding]:
    """A resolution of a council whose last article says that another session passed it than its head says."""
    said = [(p, match, _ordinal(match["number"])) for p in outline.paragraphs if (match := _SESSION.search(p.text))]
    head = next((number for _, match, number in said if match[0].isupper()), None)
    for paragraph, match, number in said:
        text = paragraph.text.casefold()
        if head not in (None, number) and "nghị quyết này" in text[: match.start()] and "thông qua" in text[match.start() :]:
            detail = f"Được kỳ họp thứ {number} thông qua, mà phần đầu ghi kỳ họp thứ {head}."
            yield Finding(kind="other", detail=detail, lines=paragraph.lines_of(match.start(), match.end()))


def _ordinal(text: str) -> int:
    """The number that "12" or "mười hai" is."""
    if text.isdigit():
        return int(text)
    *ten, last = text.casefold().split()
    return 10 * bool(ten) + next((place for place, words in enumerate(_ORDINALS, 1) if last in words.split("|")), 10)


def _fault(mention: Mention, kind: str, detail: str) -> Finding:
    return Finding(kind=kind, detail=detail, lines=mention.lines)  # type: ignore[arg-type]


def _name(cited: CitedDocument) -> str:
    return f"{cited.type} {cited.number or cited.title or ''}".strip()


def _date(text: str) -> str | None:
    match = _DATE.search(text)
    return f"{match[3]}-{int(match[2]):02}-{int(match[1]):02}" if match else None


def _day(text: str) -> str:
    year, month, day = text.split("-")
    return f"{int(day)}/{int(month)}/{year}"


def _period(row: ProjectRow) -> Iterator[Finding]:
    """A project whose name gives years outside of which it gets money."""
    named = values.period(row.name) if _YEARS.search(row.name) else None
    paid = [int(year) for year, amount in row.by_year_vnd.items() if amount]
    if named and named[0] and named[1] and paid and not _OF_OTHER_YEARS.search(row.name) and (max(paid) > named[1] or min(paid) < named[0]):
        detail = f"Tên ghi giai đoạn {named[0]}-{named[1]}, kinh phí phân kỳ {min(paid)}-{max(paid)}."
        yield Finding(kind="date-conflict", detail=detail, lines=row.lines)
    first, last = row.period or (None, None)
    if (
        named
        and None not in named
        and None not in (first, last)
        and named != row.period
        and not paid
        and not _OF_OTHER_YEARS.search(row.name)
        and not RECORDS.search(row.name)
    ):
        detail = f"Tên ghi giai đoạn {named[0]}-{named[1]}, cột thời gian ghi {first}-{last}."
        yield Finding(kind="date-conflict", severity="Info", detail=detail, lines=row.lines)


def _paid_later(document: PlanDocument, row: ProjectRow) -> Iterator[Finding]:
    """A remark that pays a row after the plan's last year, a note since it may be meant; a name that ends a project before its money."""
    last = document.period[1] if document.period else None
    for match in _PAID_IN.finditer(row.note or "") if last else ():
        if last and int(match["year"]) > last and not _GOES_ON.search(row.note or ""):
            detail = f"Ghi chú “{match[0]}”, kế hoạch đến năm {last}."
            yield Finding(kind="date-conflict", severity="Info", detail=detail, lines=row.lines)
    ended = _ENDED_IN.search(row.name)
    paid = [int(year) for year, amount in row.by_year_vnd.items() if amount]
    if ended and paid and min(paid) > int(ended["year"]):
        detail = f"Tên ghi hoàn thành năm {ended['year']}, kinh phí phân kỳ {min(paid)}-{max(paid)}."
        yield Finding(kind="date-conflict", detail=detail, lines=row.lines)


def _other_districts(document: PlanDocument, rows: Sequence[ProjectRow]) -> Iterator[Finding]:
    """Leads of another district than the one whose plan it is; one in its title may have a part in it."""
    home = _DISTRICT.search(document.issuer or "")
    ours = f"{home['name']} {document.title or ''}".casefold() if home else ""
    for row in rows if ours else ():
        for lead in row.lead:
            place = _DISTRICT.search(lead)
            if place and place["name"].istitle() and place["name"].casefold() not in ours:
                yield Finding(kind="other", detail=f"Chủ trì là {lead}, kế hoạch là của {document.issuer}.", lines=row.lines)
