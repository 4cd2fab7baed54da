"""Products of things that a sentence gives with both factors: "4 lớp, mỗi lớp 30 người, tổng số 150 người"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cancu.reading import values
from cancu.reading.outline import Outline, Paragraph
from cancu.records import Finding

MOST_OFF = 2  # times the product; more, and the sentence speaks of something else
_NUMBER = r"\d(?<![\d.,/–-]\d)\d{0,3}(?:\.\d{3}){0,2}(?![\d.,]*\d|\s?[%/–-])"
_WORD = r"[^\W\d_]+"
_EACH = re.compile(
    rf"(?i)(?<!\w)mỗi\s+(?P<by>{_WORD}(?:\s{_WORD}){{0,2}}?)\s+(?:có\s+|gồm\s+|được\s+)?(?P<each>{_NUMBER})\s+(?P<noun>{_WORD})"
)
_COUNTED = re.compile(rf"(?P<number>{_NUMBER})\s+(?P<noun>{_WORD}(?:\s{_WORD})?)")
_OPEN = re.compile(
    r"(?i)(?<!\w)(?:ít nhất|tối thiểu|tối đa|không quá|từ|trên|dưới|hơn|gần|khoảng|riêng|còn lại|thêm|trở lên"
    r"|bình quân|trung bình|đến|trong đó|tháng|năm|ngày)(?!\w)"
)
_SENTENCE = re.compile(r"[^.;]+(?:[.;](?!\s|$)[^.;]*)*")
_SPENT = frozenset({"tỷ", "triệu", "nghìn", "ngàn", "đồng"})


def find(outline: Outline) -> Iterator[Finding]:
    """Sentences of three numbers alone, one said of each of another, which the third is not."""
    for paragraph in outline.body():
        if "mỗi " in paragraph.text or "Mỗi " in paragraph.text:
            for sentence in _SENTENCE.finditer(paragraph.text):
                yield from _of(paragraph, sentence)


def _of(paragraph: Paragraph, sentence: re.Match[str]) -> Iterator[Finding]:
    """The fault of one sentence: a bound, a time or a fourth number in it explains what does not fit."""
    text = sentence[0]
    each = _EACH.search(text)
    if each is None or text.count("mỗi ") + text.count("Mỗi ") > 1 or _OPEN.search(text) or len(re.findall(r"\d[\d.,]*", text)) != 3:
        return
    by, noun = each["by"].casefold(), each["noun"].casefold()
    others = [
        (_value(one["number"]), one["noun"].casefold()) for one in _COUNTED.finditer(text) if one.start("number") != each.start("each")
    ]
    counts = [number for number, name in others if name == by or name.startswith(f"{by} ") or by.startswith(f"{name} ")]
    wholes = [number for number, name in others if name.split()[0] == noun]
    if len(counts) != 1 or len(wholes) != 1 or noun in _SPENT:
        return
    product = counts[0] * _value(each["each"])
    if product != wholes[0] and product < MOST_OFF * wholes[0] < MOST_OFF * MOST_OFF * product:
        detail = f"{counts[0]} {by}, mỗi {by} {each['each']} {noun} là {product} {noun}, văn bản ghi {wholes[0]}."
        yield Finding(kind="sum-mismatch", detail=detail, lines=paragraph.lines_of(sentence.start(), sentence.end()))


def _value(number: str) -> int:
    return int(values.parse_number(number) or 0)
