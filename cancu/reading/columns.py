"""What the columns of a table mean, from the words over them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal

from cancu.reading import lexicon, values

Kind = Literal[
    "ordinal",
    "name",
    "objective",
    "lead",
    "coordinating",
    "actor",
    "time",
    "basis",
    "note",
    "quantity",
    "fund",
    "total",
    "year",
    "money",
    "other",
]
MONEY: frozenset[Kind] = frozenset({"total", "year", "money"})

_LONGEST = 160  # characters of a head
_REMEMBERED = 1 << 14
_FILLER = re.compile(
    r"(?i)(?<![^\W_])(?:nguồn|vốn|kinh\s+phí|từ|lũy\s+kế|luỹ\s+kế|còn\s+lại|sau|giải\s+ngân|đã|đến|hết|trung\s+hạn|ngân\s+sách|dự\s+kiến|nhu\s+cầu|bố\s+trí|còn\s+thiếu|chưa|phân\s+bổ|kế\s+hoạch|thực\s+hiện|CNTT|công\s+nghệ\s+thông\s+tin"
    r"|năm|giai\s+đoạn(?:\s+(?:\d|[IV]+))?|thuộc|của|hỗ\s+trợ|cấp|do|chi|đầu\s+tư|phát\s+triển|công|sự\s+nghiệp|thường\s+xuyên|ĐTPT|SN|ĐTC|ĐT|CTX|XDCB|tổng|cộng|số|quý\s+(?:[IV]+|[1-4])|(?:0?6|sáu)\s+tháng\s+(?:đầu|cuối)|(?:19|20)\d{2})(?![^\W_])"
)
_OF_THESE = re.compile(r"(?i)^\W*trong\s+đó\s*:\s*(?=\w)")  # "Trong đó: NSĐP" is the one purse of all that is told
_SUM = re.compile(r"(?i)\W*(?:tổng|cộng)")
_UNIT = re.compile(r"(?i)\s*\((?:đơn\s+vị(?:\s+tính)?\s*:?\s*|đvt\s*:?\s*)?(?:tỷ|tỉ|triệu|nghìn|ngàn|1\.?000)?\s*(?:đồng|VNĐ|VND|đ)\)")
QUARTER = re.compile(r"(?i)\W*(?:quý\s|(?:0?6|sáu)\s+tháng\s+(?:đầu|cuối)\s)")  # or a half
_PHASE = re.compile(r"(?i)\W*giai\s+đoạn\s+(?:\d|[IV]+)(?!\w)")
_BY_YEAR = re.compile(r"(?i)(?:từng|các|hằng|hàng)\s+năm\W*$")
_FUND = re.compile(r"(?i)\W*quỹ\s")  # "Quỹ phát triển hoạt động sự nghiệp" is a source by its name, and no kind of capital
_DATED = re.compile(
    r"(?i)^\W*(?:(?:giai\s+đoạn|GĐ|năm)\W*)?(?:19|20)\d{2}(?:\s*[-–]\s*(?:19|20)\d{2})?\s*[-–:/,.]\s*(?=[^\W\d])"
)  # "GĐ 2023-2025 - NSNN"
_A_YEAR = re.compile(r"(?i)(?:/|mỗi|một|01|bình\s+quân)\s*năm\W*$")
_PLACES = re.compile(r"(?i)\W*(?:(?:xã|phường|thị\s+trấn|huyện|thị\s+xã|thành\s+phố|quận|tỉnh|địa\s+phương)(?!\w)\W*){1,4}")
_PROGRAMME = re.compile(r"(?i)\W*(?:các\s+)?(?:chương\s+trình|đề\s+án|dự\s+án)\s+\w")
_MEASURE = re.compile(r"(?i)\W*(?:đơn\s+vị|ĐV)\W*")
_PORTION = re.compile(r"(?i)(?<!\w)(?:đã|chưa|còn)\s+(?:được\s+)?(?:bố\s+trí|cấp|giao|phân\s+bổ|giải\s+ngân|thực\s+hiện|thiếu|lại)(?!\w)")
_BRACKETS = re.compile(r"\([^()]*\)")
_LONG_FORMS = {
    "KH": "kế hoạch",
    "ĐA": "đề án",
    "DA": "dự án",
    "CT": "chương trình",
    "NS": "ngân sách",
    "DN": "doanh nghiệp",
    "XHH": "xã hội hóa",
    "CTMTQG": "Chương trình mục tiêu quốc gia",
    "NSTW": "Ngân sách Trung ương",
    "NSĐP": "Ngân sách địa phương",
    "NSNN": "Ngân sách nhà nước",
    "NST": "Ngân sách tỉnh",
    "NSH": "Ngân sách huyện",
}


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name with what tells it from others, and what its cells hold.

    `years` is the year or period that its head names ("2017", "2018-2020"), `source` and `capital` what it names of
    them. `phasing` tells a year column whose head speaks of the phases of the work, not of money alone.
    """

    name: str
    kind: Kind
    years: str | None = None
    source: str | None = None
    capital: str | None = None
    phasing: bool = False

    def of(self, kind: Kind) -> Column:
        """The column as one of another kind."""
        return Column(self.name, kind, self.years, self.source, self.capital, self.phasing)


@lru_cache(maxsize=_REMEMBERED)
def kind_of(text: str) -> str | None:
    """The kind of the head `text` by the lexicon (those of Column, "group" and "phasing"), or None; a long text is no head."""
    entry = lexicon.first("columns", _UNIT.sub("", text)) if 0 < len(text) <= _LONGEST else None
    return entry.value if entry else None


@lru_cache(maxsize=_REMEMBERED)
def source_of(text: str) -> str | None:
    """The source of funds that a head names, written out: a known one, or its own words where they say more."""
    text = _DATED.sub("", text)
    bare = _BRACKETS.sub(" ", text) if _BRACKETS.sub("", text).strip() else text
    inside = re.search(r"\(([^()]*)\)", text)
    if inside and not re.search(r"\w", _FILLER.sub(" ", bare)) and is_known_source(inside[1]):
        bare = inside[1]
    for entry in lexicon.table("funding_sources"):
        if entry.pattern.search(bare):
            rest = _FILLER.sub(" ", entry.pattern.sub(" ", bare))
            return entry.value if not re.search(r"\w", rest) else _written_out(text)
    return _written_out(text) if re.search(r"\w", _FILLER.sub(" ", bare)) else None


@lru_cache(maxsize=_REMEMBERED)
def capital_of(text: str) -> str | None:
    """The kind of capital that a head names, or None."""
    entry = lexicon.first("capital_kinds", _BRACKETS.sub(" ", text))
    return entry.value if entry and not _FUND.match(text) else None


def columns(paths: Sequence[Sequence[str]]) -> tuple[Column, ...]:
    """The columns whose heads are `paths`, each from the topmost cell to the lowest."""
    found = _purse_by_year(_capital_by_year([_column(tuple(filter(None, path))) for path in paths], paths), paths)
    told = _rates(_one_year(_tell_apart(_all_capital(_years_of_all(found)), paths), paths))
    return tuple(_one_name(_measures(_programmes(_places(_blank_heads(_one_total(told)))))))


@lru_cache(maxsize=_REMEMBERED)
def _column(path: tuple[str, ...]) -> Column:
    """The column under the heads of `path`. Remembered: the ways to read one header share most of their columns."""
    if not path:
        return Column("", "other")
    leaf, above = _OF_THESE.sub("", path[-1]), path[:-1]
    kind = _leaf_kind(leaf, above)
    years = next((years for text in reversed(path) if (years := _years(text))), None)
    if kind not in MONEY:
        return Column(leaf, kind)
    capital = capital_of(leaf) or next((capital_of(text) for text in reversed(above) if kind_of(text) == "money"), None)
    if kind == "year" and any(kind_of(text) == "money" and (capital_of(text) or is_known_source(text)) for text in above):
        kind = "money"  # a year under a purse
    source = _source("" if _is_bare_year(leaf) else leaf, above, capital) if kind == "money" else None
    if kind == "money" and not source and not capital and not QUARTER.match(leaf) and not _PHASE.match(leaf):
        kind = "year" if years and len(years) == 4 else "total" if not years else kind
    if kind == "total" and years and len(years) == 4 and any(_years(text) for text in path):
        kind = "year"
    if kind == "year" and years and len(years) != 4:
        kind = "money"
    phasing = years is not None and kind in {"year", "money"} and any(kind_of(text) == "phasing" for text in above)
    return Column(_name(leaf, above, years), kind, years, source, capital if kind == "money" else None, phasing)


def _leaf_kind(leaf: str, above: Sequence[str]) -> Kind:
    kind = kind_of(leaf)
    over = [kind_of(text) for text in above]
    if "quantity" in over and (kind in MONEY or kind is None):
        return "quantity"
    if kind == "group" and not above:
        return "total" if _BY_YEAR.search(leaf) else "fund"  # "fund": a column that names the source of each row in words
    if kind in {"group", "phasing"}:
        return "total"
    if kind is None or (kind == "name" and any(up in MONEY or up in {"group", "phasing"} for up in over)):
        return "money" if any(up in {"total", "money", "group", "phasing", "year"} for up in over) else "other"
    if kind == "total" and (is_known_source(leaf) or _has_capital_alone(leaf)):
        return "money" if not re.match(r"(?i)\W*(?:dự\s+kiến\s+)?(?:tổng|cộng)", leaf) else "total"
    return kind  # type: ignore[return-value]


def _is_bare_year(leaf: str) -> bool:
    """Whether a head is years and no more: "Năm 2024", not "Vốn đầu tư tỉnh năm 2024"."""
    return _years(leaf) is not None and not re.search(r"[^\W\d_]", re.sub(r"(?i)giai\s+đoạn|năm|đến", "", leaf))


def _has_capital_alone(leaf: str) -> bool:
    return bool(capital_of(leaf)) and not re.search(r"(?i)tổng|mức\s+đầu\s+tư|dự\s+án", leaf)


def _years(text: str) -> str | None:
    period = values.period(text)
    if not period or period[0] is None or period[1] is None:
        return None
    return str(period[0]) if period[0] == period[1] else f"{period[0]}-{period[1]}"


def _source(leaf: str, above: Sequence[str], capital: str | None) -> str | None:
    own = source_of(leaf)
    if own and not (capital and own == _written_out(leaf) and not is_known_source(leaf)):
        return own
    parents = (source_of(text) for text in reversed(above) if kind_of(text) == "money" and is_known_source(text))
    return next((source for source in parents if source), None)


def is_known_source(text: str) -> bool:
    """Whether a head names a source of funds that the lexicon knows."""
    return lexicon.first("funding_sources", text) is not None


def _written_out(text: str) -> str:
    return re.sub(r"(?<![^\W_])[A-ZĐ]{2,6}(?![^\W_])", lambda match: _LONG_FORMS.get(match[0], match[0]), " ".join(text.split()))


def _name(leaf: str, above: Sequence[str], years: str | None) -> str:
    """The leaf, after the source it stands under, with the years it stands under in brackets."""
    parent = above[-1] if above else ""
    if leaf != parent and kind_of(leaf) == "total" and years and len(years) != 4:
        return leaf  # the total of a table for these years
    name = f"{parent} - {leaf}" if parent and kind_of(parent) == "money" and not _years(parent) and capital_of(leaf) else leaf
    return f"{name} ({years})" if years and not _years(leaf) else name


def _capital_by_year(found: list[Column], paths: Sequence[Sequence[str]]) -> list[Column]:
    """The columns, years under one kind of capital beside the same years under another as that capital's; alone it may mean all money."""
    capitals = [capital_of(next(filter(None, reversed(path[:-1])), "")) for path in paths]
    if len(set(capitals) - {None}) < 2:
        return found
    return [
        replace(column, kind="money", capital=capital, phasing=False)
        if column.kind == "year"
        and capital
        and any(o.years == column.years and c not in {None, capital} for o, c in zip(found, capitals, strict=True))
        else column
        for column, capital in zip(found, capitals, strict=True)
    ]


def _purse_by_year(found: list[Column], paths: Sequence[Sequence[str]]) -> list[Column]:
    """The columns, years under a purse of a name of its own ("Quỹ bảo hiểm") beside the same years under a known one as that purse's."""
    known = {column.years for column in found if column.kind == "money" and column.source and column.years}
    if not any(column.kind == "year" and column.years in known for column in found):
        return found
    purses = [next(filter(None, reversed([text for text in path if text][:-1])), "") for path in paths]
    named = [source_of(purse) if kind_of(purse) == "money" and not capital_of(purse) else None for purse in purses]
    return [
        replace(column, kind="money", source=source, phasing=False)
        if source and column.kind == "year" and column.years in known
        else column
        for column, source in zip(found, named, strict=True)
    ]


def _years_of_all(found: list[Column]) -> list[Column]:
    """The columns, years under one kind of capital that has nothing else beside it ("Kế hoạch vốn đầu tư công") as those of all money."""
    paid = [column for column in found if column.kind in {"money", "year"}]
    dated = all(column.capital and not column.source and len(column.years or "") == 4 for column in paid)
    if len(paid) < 2 or not dated or len({column.capital for column in paid}) > 1:
        return found
    return [replace(column, kind="year", capital=None) if column in paid else column for column in found]


def _all_capital(found: list[Column]) -> list[Column]:
    """The columns, a lone one of money headed "Vốn đầu tư" as the total: there is no other kind of capital beside it."""
    lone = sum(column.kind in MONEY for column in found) == 1
    return [column.of("total") if lone and column.kind == "money" and kind_of(column.name) == "total" else column for column in found]


def _tell_apart(found: list[Column], paths: Sequence[Sequence[str]]) -> list[Column]:
    """Columns of one name, told apart by the head above them where there is one."""
    twice = {name for name, count in Counter([column.name for column in found]).items() if count > 1 and name}
    if not twice:
        return found
    named = []
    for column, path in zip(found, paths, strict=True):
        above = [text for text in path if text][:-1]
        named.append(replace(column, name=f"{above[-1]} - {column.name}") if column.name in twice and above else column)
    return named


def _one_year(found: list[Column], paths: Sequence[Sequence[str]]) -> list[Column]:
    """The total under the only year of a table, with its sources beside it, is the table's total."""
    years = [place for place, column in enumerate(found) if column.kind == "year"]
    leaf = [text for text in paths[years[0]] if text][-1] if len(years) == 1 else ""
    if kind_of(leaf) != "total" or (_years(leaf) and not _SUM.match(leaf)) or any(column.kind == "total" for column in found):
        return found
    return [column.of("total") if place in years else column for place, column in enumerate(found)]


def _rates(found: list[Column]) -> list[Column]:
    """What each year costs ("Kinh phí/năm") beside the total of all is a quantity: none of the money comes twice."""
    rates = [column.kind in MONEY and _is_rate(column.name) for column in found]
    total = any(column.kind == "total" and not rate for column, rate in zip(found, rates, strict=True))
    return [column.of("quantity") if total and rate else column for column, rate in zip(found, rates, strict=True)]


@lru_cache(maxsize=_REMEMBERED)
def _is_rate(name: str) -> bool:
    return _A_YEAR.search(name) is not None


def _one_total(found: list[Column]) -> list[Column]:
    """Of several totals the one whose head says so is kept; the others are money without a source, as are all that are but portions."""
    totals = [column for column in found if column.kind == "total"]
    if len(totals) < 2:
        return found
    whole = [column for column in totals if not _PORTION.search(column.name)]
    best = next((column for column in totals if re.search(r"(?i)tổng|cộng", column.name)), whole[0] if whole else None)
    return [column.of("money") if column.kind == "total" and column is not best else column for column in found]


def _blank_heads(found: list[Column]) -> list[Column]:
    """The first columns without a head: ordinals, where a second blank one or a head holds the names."""
    if not found or found[0].name:
        return found
    if len(found) > 1 and not found[1].name:
        return [found[0].of("ordinal"), found[1].of("name"), *found[2:]]
    named = any(column.kind == "name" for column in found)
    return [found[0].of("ordinal" if named else "name"), *found[1:]]


def _places(found: list[Column]) -> list[Column]:
    """The columns, one of places ("Xã") right after the ordinals as that of the names: no purse stands before what it pays."""
    opens = len(found) > 1 and found[0].kind == "ordinal" and _PLACES.fullmatch(found[1].name) is not None
    return [found[0], Column(found[1].name, "name"), *found[2:]] if opens else found


def _programmes(found: list[Column]) -> list[Column]:
    """The columns, one right after money that a programme heads, where another has the names, as what that programme gives."""
    named = next((place for place, column in enumerate(found) if column.kind == "name"), len(found))
    return [
        replace(column, kind="money", source=source_of(column.name))
        if place > named and column.kind == "name" and found[place - 1].kind in MONEY and _PROGRAMME.match(column.name)
        else column
        for place, column in enumerate(found)
    ]


def _measures(found: list[Column]) -> list[Column]:
    """The columns, a mere "Đơn vị" before one of quantities as what these are counted in, and no agency."""
    counted = [after is not None and after.kind == "quantity" for after in (*found[1:], None)]
    return [
        column.of("quantity") if counts and _MEASURE.fullmatch(column.name) else column
        for column, counts in zip(found, counted, strict=True)
    ]


def _one_name(found: list[Column]) -> list[Column]:
    """The first column of names names the item; a later one tells of its work. Without one, the first of text does."""
    seen = False
    result = []
    for column in found:
        result.append(column.of("objective") if column.kind == "name" and seen else column)
        seen = seen or column.kind == "name"
    if not seen:
        for index, column in enumerate(result):
            if column.kind in {"other", "objective"}:
                result[index] = column.of("name")
                break
    return result
