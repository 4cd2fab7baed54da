"""Figures of running text that cannot be: more than all, of a wrong number of digits, a share that its own numbers do not give."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import groupby

from cancu.reading import lexicon, values
from cancu.reading.budget import money
from cancu.reading.outline import Paragraph
from cancu.records import Finding, FindingKind, Severity

MOST, LEAST = 130.0, 85.0  # percent: shares that make more, or less, are not of one whole
NEAR = 110.0  # percent, that shares may make which only their verb says to be of one whole
ROUNDING = 1.0  # percentage points between a part of a number and its share as printed
_NUMBERLESS = re.compile(  # names end in the word, too: "Luật Chuyển đổi số ngày …", "Pháp lệnh Dân số ngày …"
    r"(?i)(?<!dân )(?<!đổi )(?<!nghệ )(?<!tế )(?<!quyền )(?<!phủ )(?<!hội )(?<!ký )(?<!tầng )(?<!liệu )(?<!tảng )(?<!năng )"
    r"(?<![^\W_])số ngày \d{1,2}(?:/| tháng)"
)
_OVER = re.compile(
    r"[1-9](?<![\w.,/-].)(?:(?<=1)(?:0[1-9]|[1-9]\d)|(?<!1)\d\d)(?:[.,]\d+)?\s*%"
    r"(?=\s+(?:số\s+)?(?:các\s+)?(?:cơ quan|cán bộ|công chức|hồ sơ|văn bản"
    r"|xã|phường|thôn|hộ|thủ tục|dịch vụ|máy tính|đơn vị|doanh nghiệp|người dân|học sinh|trường)(?![^\W_]))"
)
_DAMAGED = re.compile(r"(?<![\w.,])\d[\d.,]*\d(?![\w])")
_SHORT = re.compile(r"(?<![\d.,])\d{1,3}\.00(?= (?:hồ sơ|văn bản|lượt|người|máy|hộp thư|trang|tài khoản|hộ|học sinh)(?![^\W_]))")
_PART_OF = re.compile(
    r"(?<![\d/.,])(?P<part>\d{1,4})/(?P<whole>\d{1,4})(?![\d/])"
    r"(?:(?:,\s+(?=(?:đơn vị|địa phương|tổ chức|ban|ngành|huyện|phường|thị trấn|thị xã|thành phố|thôn|khu phố|công chức|viên chức)(?!\w))"
    r"|\s+)[^\s.,;:()\d%]+){1,20}?,?\s*"
    r"(?:\(?(?:chiếm|đạt|tỷ lệ|tỉ lệ|bằng|tương ứng)(?: với)?(?: tỷ lệ| tỉ lệ)?:?\s+|\((?=[\d.,]+\s?%\)))"
    r"(?P<share>\d{1,3}(?:[.,]\d{1,2})?)\s?%(?!\s*(?:kế hoạch|chỉ tiêu|so với|mục tiêu))"
)
_SHARE_FIRST = re.compile(  # "đạt 85% (18/24 xã)"
    r"(?<![\d.,])(?P<share>\d{1,3}(?:[.,]\d{1,2})?)\s?%\s*\((?:(?:tương ứng|tương đương|với|tức|là|có|đạt)\s+){0,2}"
    r"(?P<part>\d{1,4})/(?P<whole>\d{1,4})(?![\d/])(?=\s+[^\W\d_]|\))"
)

_RANK = re.compile(r"(?i)(?:xếp|hạng|thứ|vị trí|top|ngày|tháng|quý)\s*$")  # "xếp thứ 12/63 tỉnh, đạt 85%" is no share
_SHARES = re.compile(
    r"(?i)(?<!\w)(?:cơ cấu|tỷ trọng)\s+(?:(?:[^\s\d:%.]+\s+){0,3}?(?:nguồn|vốn|kinh phí|chi)(?!\w)|[^\d:%.;()]{2,80}:)|cơ cấu (?=theo)"
)
_PURSE_SHARES = re.compile(r"(?i)(?:nguồn|vốn|ngân sách)(?!\w)[^%.;:()\d]{0,80}(?=chiếm\s+(?:khoảng\s+)?\d{1,2}(?:[.,]\d+)?\s?%)")
_EACH_SHARE = re.compile(r"(?i)(?<!\w)chiếm\s+(?:khoảng\s+)?\d{1,2}(?:[.,]\d+)?\s?%(?=\s*[,;.])")
_BOUNDS = re.compile(r"(?i)(?<!\w)(?:tăng|giảm|tối đa|tối thiểu|không quá|ít nhất|(?:trên|dưới)(?! đại học)|so với)(?!\w)")
_REST = re.compile(r"(?i)(?<!\w)(?:còn lại|khác)(?!\w)")
_LETTERED = re.compile(r"\d(?<![\w.,/-]\d)[\d.,]*[OolI][\dOolI.,]*(?=\s+(?:tỷ|triệu|nghìn|đồng)(?!\w))")  # "25O triệu đồng"
_MEAN = re.compile(
    r"(?i)(?:bình quân|trung bình)(?:\s+(?:mỗi|một|hằng|hàng)\s+(?P<per>[^\W\d]+))?(?:\s+(?:là|đạt|có))?"
    r"\s+(?P<mean>\d{1,3}(?:\.\d{3})+|\d{1,6})"
    r"\s+(?P<noun>(?!tỷ|triệu|nghìn|đồng)[^\W\d]+)(?:(?:\s+[^\W\d]+){0,3}?\s*/\s*(?P<each>[^\W\d]+))?"
)
_COUNTED = re.compile(r"(?<![\d./,])(?!(?:19|20)\d\d(?!\d))(?P<number>\d{1,3}(?:\.\d{3})+|\d{1,6})\s+(?P<noun>[^\W\d]+)")
_UNITLESS = re.compile(  # "kinh phí mua sắm là 97,5." with no unit of money, after it or for the numbers that follow
    r"[KkDdMmTtHhNn](?<!\w.)(?i:(?:(?<=k)inh phí|(?<=d)ự toán|(?<=m)ức (?:đầu tư|hỗ trợ)|(?<=t)ổng (?:vốn|mức|số tiền)"
    r"|(?<=h)ỗ trợ|(?<=n)guồn vốn|(?<=n)gân sách)(?!\w)[^.;:()\d%]{0,80}?"
    r"(?:(?:năm|giai đoạn) 20\d\d(?:\s*[-–]\s*20\d\d)?[^.;:()\d%]{0,30}?)?(?:là|khoảng|:|dự kiến))\s+"
    r"(?P<number>\d{1,3}(?:\.\d{3})+|\d{1,6},\d{1,3}|\d{2,6})"
    r"(?=[.;]?\s*$|[.;]\s+\D|,\s+(?i:trong đó|gồm|bao gồm|mỗi|chi tiết|theo|do|từ)(?!\w))"
)
_UNITLESS_EACH = re.compile(  # "ngân sách tỉnh cấp bù mỗi năm 1.350 để duy trì", "Dự phòng sửa chữa: 15, lấy từ …"
    r"(?:(?<!\w)(?:cấp bù|chi trả|bố trí|hỗ trợ|kinh phí|ngân sách)(?!\w)[^.,;:()\d%]{0,80}?"
    r"(?<!\w)(?:mỗi|hằng|hàng) năm\s+(?:là\s+|khoảng\s+)?"
    r"|(?<!\w)Dự phòng(?!\w)[^.,;:()\d%]{0,80}:\s*)"
    r"(?P<number>[1-9]\d{0,2}(?:\.\d{3})+|[1-9]\d{1,3})"
    r"(?=\s+(?:để|cho|từ)(?!\w)|[.;,]\s+(?:để|cho|từ|lấy|trích|do)(?!\w)"
    r"|[.;]?\s*$)"
)
_UNITLESS_PUT = re.compile(
    r"(?<!\w)bố trí\s+(?:là\s+|khoảng\s+)?(?P<number>[1-9]\d{0,2}(?:\.\d{3})+)(?=\s*[.;]?\s*$)"
)  # "Riêng năm 2021 bố trí 7.800."
_ITEM = re.compile(
    r"\s*(?P<name>[^:;.%\d]{4,80}):\s*(?P<number>\d{1,3}(?:\.\d{3})+|\d{1,6}(?:,\d{1,3})?)\s*(?P<unit>(?:triệu|tỷ|nghìn)(?:\s+đồng)?)?\s*[.;,]?\s*"
)
_ROSE = re.compile(  # "tăng từ 35% năm 2005 lên 60% năm 2010, tăng 35 điểm phần trăm"
    r"(?<!\w)từ\s+(?P<first>\d{1,3}(?:,\d{1,2})?)\s?%[^.;%\d]{0,40}(?:20\d\d[^.;%\d]{0,20})?(?:lên|xuống|còn|đến)\s+(?P<last>\d{1,3}(?:,\d{1,2})?)\s?%"
    r"[^.;%\d]{0,40}(?:20\d\d[^.;%\d]{0,20})?[,(]\s*(?:tăng|giảm)\s+(?:thêm\s+)?(?P<by>\d{1,3}(?:,\d{1,2})?)\s+điểm\s+(?:phần trăm|%)"
)
_PURSES = (
    "ấp bù",
    "hi trả",
    "ố trí",
    "ự phòng",
    "inh phí",
    "ự toán",
    "ức đầu tư",
    "ỗ trợ",
    "ổng vốn",
    "ổng mức",
    "ổng số tiền",
    "guồn vốn",
    "gân sách",
)  # what such a text has
_UNIT_SAID = re.compile(r"(?i)(?:đơn vị(?: tính)?|đvt)\s*:")
CLAUSE = 300  # letters before a mean in which the numbers stand that it is of
_SIGNS = ("ình quân", "rung bình", "%", ".00 ", "0000", "số ngày", " đồng", " triệu", " tỷ")  # one of which a text with such a figure has
_PAID, _SIGNED = lexicon.sought(_PURSES), lexicon.sought(_SIGNS)
_LONG = re.compile(r"\d(?<![\w.,]\d)\d{0,2}(?:\.\d{3})*\.\d{3}0(?=\s+(?:triệu|nghìn|ngàn)?\s*đồng(?!\w))")  # "41.6500 triệu đồng"
_RAGGED = re.compile(  # "1.75.0 triệu đồng", "175.000.00 đồng"; "mục 1.2.1 đồng bộ" is none
    r"\d(?<![\w.,/]\d)\d{0,2}(?:\.\d{1,3}){2,5}(?=\s+(?:(?:triệu|nghìn|ngàn|tỷ)\s+đồng(?!\w)|đồng(?:\s*[.,;)(]|\s*$|\s+(?:từ|cho|để)\s)))"
)
_LAST_PART = re.compile(  # of several parts with units the last has none: "hạ tầng 900 triệu đồng, dự phòng 150."
    r"(?i)[,;]\s+(?:và\s+)?(?P<name>[^\W\d_]+(?:\s[^\W\d_]+){0,6})(?<!\snăm)(?<!\ssố)(?<!quyết)(?<!định)(?<!thông tư)"
    r"(?<!khoản)(?<!điều)(?<!mục)"
    r"(?:\s+là)?\s+(?P<number>\d{2,3}(?:\.\d{3}){0,2})\s*[.;]?\s*$"
)
_PERCENT = re.compile(r"(?<![\d.,])\d{1,2}(?:[.,]\d{1,2})?(?=\s?%)")


def find(paragraphs: Sequence[Paragraph]) -> Iterator[Finding]:
    """The figures of `paragraphs` that cannot be, letterhead and signature aside."""
    yield from _unlike_items(paragraphs)
    texts = [paragraph.text for paragraph in paragraphs]
    paid, signed = lexicon.places(_PAID, texts), lexicon.places(_SIGNED, texts)
    for place in sorted(paid | signed):
        paragraph, text = paragraphs[place], texts[place]
        if place in paid and paragraph.part not in {"head", "end", "table", "appendix"}:
            yield from _unitless(paragraph)
            yield from _unlike_parts(paragraph)
        if place in signed and paragraph.part not in {"head", "end"}:
            for match, kind, detail in _faults(text):
                yield Finding(kind=kind, detail=detail, lines=paragraph.lines_of(match.start(), match.end()))
            if "ình " in text:
                yield from _means(paragraph)
            if "%" in text:
                yield from _of_one_whole(paragraph)
            if " điểm " in text:
                yield from _risen(paragraph)


def _shares(text: str) -> re.Match[str] | None:
    """Where shares of one whole begin: after a word for them, or with what the first of some purses gives."""
    small = text.lower()
    named = _SHARES.search(text) if "cấu" in small or "trọng" in small else None
    return named or (_PURSE_SHARES.search(text) if "chiếm" in small else None)


def _unitless(paragraph: Paragraph) -> Iterator[Finding]:
    """Sums of money that stand in a sentence without a unit: a note, since they may be of something else."""
    text = paragraph.text
    told = any(word in text for word in _PURSES) and not _UNIT_SAID.search(text)
    each = _UNITLESS_EACH.finditer(text) if "ỗi năm" in text or "ng năm" in text or "Dự phòng" in text else ()
    put = _UNITLESS_PUT.finditer(text) if "bố trí " in text else ()
    for match in (*_UNITLESS.finditer(text), *each, *put) if told else ():
        if not re.fullmatch(r"(?:19|20)\d\d", match["number"]) and values.unit_name(match[0]) is None:
            place = paragraph.lines_of(match.start("number"), match.end())
            yield Finding(kind="unit", severity="Info", detail=f"“{match['number']}”: số tiền không ghi đơn vị.", lines=place)


def _unlike_items(paragraphs: Sequence[Paragraph]) -> Iterator[Finding]:
    """The items of a list of sums where two have a unit and one has none: "Hạ tầng: 900 triệu đồng", "An toàn thông tin: 150": notes."""
    listed = (one for one in paragraphs if one.part == "budget")
    for _, some in groupby(listed, key=lambda one: (one.sections, one.level)):
        items = [(match, one) for one in some if ":" in one.text and (match := _ITEM.fullmatch(one.text))]
        without = [(match, one) for match, one in items if not match["unit"]]
        if len(items) - len(without) > 1 == len(without):
            match, one = without[0]
            detail = f"“{match['number']}”: số tiền không ghi đơn vị."
            yield Finding(kind="unit", severity="Info", detail=detail, lines=one.lines_of(match.start("number"), match.end()))


def _unlike_parts(paragraph: Paragraph) -> Iterator[Finding]:
    """The last of several parts of a sum, where it alone has no unit: a note."""
    amounts = money(paragraph.text)
    match = _LAST_PART.search(paragraph.text, amounts[-1].end) if len(amounts) > 2 else None
    if match:
        place = paragraph.lines_of(match.start("number"), match.end())
        yield Finding(kind="unit", severity="Info", detail=f"“{match['number']}”: số tiền không ghi đơn vị.", lines=place)


def _faults(text: str) -> Iterator[tuple[re.Match[str], FindingKind, str]]:
    for match in _NUMBERLESS.finditer(text) if "số ngày" in text else ():
        yield match, "wrong-number", "Chữ “số” không có số hiệu văn bản theo sau."
    for match in _OVER.finditer(text) if "%" in text else ():
        yield match, "unit", f"“{match[0]}”: một phần mà hơn cả."
    for match in _DAMAGED.finditer(text) if "0000" in text or ".00." in text else ():
        if values.is_damaged(match[0]):
            yield match, "unit", damage(match[0])
    for match in _LONG.finditer(text) if "0 triệu" in text or "0 đồng" in text or "0 ng" in text else ():
        yield match, "unit", f"“{match[0]}”: có nhóm quá ba chữ số."
    for match in _RAGGED.finditer(text) if text.count(".") > 1 and "đồng" in text else ():
        if not values.is_damaged(match[0]) and any(len(group) < 3 for group in match[0].split(".")[1:]):
            yield match, "unit", f"“{match[0]}”: các nhóm không đủ ba chữ số."
    for match in _SHORT.finditer(text) if ".00 " in text else ():
        yield match, "unit", f"“{match[0]}”: một nhóm chỉ có hai chữ số."
    for match in (*_PART_OF.finditer(text), *_SHARE_FIRST.finditer(text)) if "/" in text and "%" in text else ():
        part, whole, share = int(match["part"]), int(match["whole"]), float(match["share"].replace(",", "."))
        if 0 < part <= whole and not _RANK.search(text[: match.start()]) and abs(100 * part / whole - share) > ROUNDING:
            real = f"{100 * part / whole:.1f}".replace(".", ",")
            yield match, "sum-mismatch", f"“{match['part']}/{match['whole']}” là {real}%, văn bản ghi {match['share']}%."
    for match in _LETTERED.finditer(text) if " đồng" in text or " triệu" in text or " tỷ" in text else ():
        yield match, "unit", f"“{match[0]}”: trong số có chữ cái."


def _means(paragraph: Paragraph) -> Iterator[Finding]:
    """A mean of things that is not their number divided by what they are counted by: "14 khóa, 560 học viên, bình quân 45 học viên/khóa".

    The clause has these two numbers alone, or its sentence gives the years; where it calls the things otherwise, it is a note.
    """
    for match in _MEAN.finditer(paragraph.text):
        before = paragraph.text[max(0, match.start() - CLAUSE) : match.start()]
        per, mean = (match["per"] or match["each"] or "").casefold(), values.parse_number(match["mean"])
        noun = match["noun"].casefold()
        thing, by = _counted(re.split(r"[.;:]\s", before)[-1], per) or (_over_years(before, noun) if per == "năm" else None) or (None, 0)
        if thing is None or not by or not mean:
            continue
        real = thing[0] / by
        if abs(real - mean) >= ROUNDING and real / 2 < mean < real * 2:
            severity: Severity = "Warning" if thing[1] == noun else "Info"
            detail = f"“{match[0].strip()}”: {thing[0]:f} chia cho {by:f} là {f'{real:.1f}'.replace('.', ',')}."
            yield Finding(kind="sum-mismatch", severity=severity, detail=detail, lines=paragraph.lines_of(match.start(), match.end()))


def _risen(paragraph: Paragraph) -> Iterator[Finding]:
    """Percentage points by which a share is said to rise or fall, and by which it does not."""
    for match in _ROSE.finditer(paragraph.text):
        first, last, said = (values.parse_number(match[name]) or Decimal(0) for name in ("first", "last", "by"))
        if abs(last - first) != said:
            detail = f"“{match[0]}”: chênh {f'{abs(last - first):f}'.replace('.', ',')} điểm phần trăm."
            yield Finding(kind="sum-mismatch", detail=detail, lines=paragraph.lines_of(match.start(), match.end()))


def _numbers(text: str) -> list[tuple[Decimal, str]]:
    """The numbers of a text, each with the word after it."""
    found = ((values.parse_number(match["number"]), match["noun"].casefold()) for match in _COUNTED.finditer(text))
    return [(number, noun) for number, noun in found if number is not None]


def _counted(clause: str, per: str) -> tuple[tuple[Decimal, str], Decimal] | None:
    """The number of things in a clause, with their name, and of what they are counted by, where it has no others."""
    numbers = _numbers(clause)
    by = [number for number, noun in numbers if noun == per]
    things = [one for one in numbers if one[1] != per]
    return (things[0], by[0]) if len(by) == len(things) == 1 else None


def _over_years(before: str, noun: str) -> tuple[tuple[Decimal, str], Decimal] | None:
    """The number of things of a sentence's years, told once or as the sum of the others, and how many years these are."""
    sentence = re.split(r"[.;]\s", before)[-1]
    first, last = values.period(sentence) or (None, None)
    numbers = [number for number, name in _numbers(sentence) if name == noun]
    whole = max(numbers, default=None)
    if whole is None or first is None or last is None or last <= first or (len(numbers) > 1 and 2 * whole != sum(numbers)):
        return None
    return (whole, noun), Decimal(last - first + 1)


def damage(number: str) -> str:
    """What is wrong with a number that `values.is_damaged`."""
    return f"“{number}”: một nhóm có bốn chữ số, thừa một số 0." if "0000" in number else f"“{number}”: một nhóm chỉ có hai chữ số."


def _of_one_whole(paragraph: Paragraph) -> Iterator[Finding]:
    """Three shares or more of one whole that are more than it, or less; those in brackets or after "trong đó" are of a part.

    Where nothing but "chiếm" before each says that they are shares, they may cut the whole in different ways: then it is a note.
    """
    named = _shares(paragraph.text)
    shares = named or (_EACH_SHARE.search(paragraph.text) if paragraph.text.count("chiếm") > 2 else None)
    if shares is None:
        return
    rest = paragraph.text[shares.end() if named else shares.start() :]
    sentence = re.split(r"(?i)(?<!\d)\.\s|trong đó", re.sub(r"\([^()]*\)", "", rest))[0]
    printed = _PERCENT.findall(sentence)
    total = sum(float(part.replace(",", ".")) for part in printed)
    slack = sum(0.5 / 10 ** len(re.sub(r"^\d+[.,]?", "", part)) for part in printed)
    over, under = 100 + slack < total <= MOST, LEAST <= total < 100 - slack and not _REST.search(sentence)
    if not named:
        over = over and total <= NEAR and len(_EACH_SHARE.findall(sentence)) == len(printed)
        under = False
    if len(printed) > 2 and (over or under) and not _BOUNDS.search(sentence):
        severity: Severity = "Warning" if over and named else "Info"  # one of them may be left out
        detail = f"Các tỷ lệ cộng lại được {f'{total:g}'.replace('.', ',')}%."
        yield Finding(kind="sum-mismatch", severity=severity, detail=detail, lines=paragraph.lines_of(shares.start(), shares.end()))
