"""Slips in the writing: doubled words, misprints, unpaired brackets, broken paragraphs and numbering, numbers written unlike the rest."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import compress, count, pairwise
from operator import eq

from cancu.reading import doubt, figures, glued, lettered, lexicon, values
from cancu.reading.budget import money
from cancu.reading.columns import MONEY
from cancu.reading.outline import Outline, Paragraph
from cancu.reading.rows import is_group_ordinal
from cancu.reading.tables import TableGrid
from cancu.records import Finding, FindingKind, ProjectRow, Severity

_DOUBLED = re.compile(r"(?<![\w-])(?P<words>[^\W\d_]++(?: [^\W\d_]++)?) (?P<again>(?i:(?P=words)))(?![\w-])")
_END = b"\0"  # of a paragraph, among the words of all
_AROUND, _QUOTES = b".,;:!?()[]{}\"'/|*+=<>%&#_\0", [mark.encode() for mark in "“”‘’…"]  # what may stand around a word
_APART = bytes.maketrans(_AROUND, b" " * len(_AROUND))
_PART_OF_TOTAL = re.compile(
    r"(?i)\W*(?:trong đó|bao gồm|gồm|ghi chú|vốn|nguồn|ngân sách|kinh phí|chi (?:đầu tư|thường xuyên)|dự phòng)(?!\w)"
)
_CLOSING_BRACKET = re.compile(r"[^\s()]{3,}\)")
_AMOUNT = re.compile(r"\d[\d.,]*")
_GROUPED = re.compile(r"\d{1,3}(?:[.,]\d{3})+")
_UNGROUPED = re.compile(r"\d{4,}")
_DECIMAL = re.compile(r"\d+[.,]\d{1,2}")
_LETTERS = re.compile(r"[A-ZĐ][A-ZĐ](?<![\w/-]..)[A-ZĐ]{2,4}(?![\w/-])")  # re finds classes of letters at the start fast
_MAY_REPEAT = re.compile(r"(?i)(?:nghị|quyết|kế hoạch số|luật|chỉ thị|thông tư)")  # what is cited stands wherever it is cited
_YEAR = re.compile(r"(?:19[89]|20[0-5])\d")
_ALPHABET = "abcdđeghiklmnopqrstuvxy"
_ROMAN = {"I": 1, "V": 5, "X": 10}
_ROMANS = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV", "XV")
_RANKS = range(2, 8)
_LABEL_MARKS = " .)/:-–("
_PAIR = 5  # the rank of "2.1"
_ARTICLE = re.compile(r"Điều\s+(\d{1,2})")
_AMENDED = re.compile(r"(?i)sửa đổi|bổ sung|thay thế|bãi bỏ")
_Counted = dict[tuple[object, ...], tuple[int, str, int]]  # of each list the last label: its value, itself, its place
_SENTENCE = re.compile(r"\s(?<=[.;]\s)\s*+(?=[^\W\d_])")
USUAL = 5  # uses that make an abbreviation the usual one
SAME_WORDS = 15
_SENTENCE_WORDS = 8  # of a sentence that is not said twice by chance
SAME_OPENING = 25  # words with which two paragraphs begin alike
_GLANCE = SAME_WORDS  # letters with which they begin, then
UNREAD = 1  # lines of words between two rows of a table, of no row themselves: where there are more, they may be a row
JUMP = 20  # what a row number that goes further is, is no number of a row but a cell of it
MOST = 0.7  # the share of rows that must have something before the others are faulted


def find(outline: Outline, tables: Sequence[tuple[TableGrid, Sequence[int]]], rows: Sequence[ProjectRow]) -> Iterator[Finding]:
    """The slips of a document, in the order of the checks. Each table comes with the lines that none of its rows took."""
    texts = [paragraph.text for paragraph in outline.paragraphs]
    text = " ".join(texts)
    misprints, words = lexicon.possible_in("misprints", texts), _words(texts)
    doubling = _doubling(words)
    for place, (before, paragraph) in enumerate(pairwise((None, *outline.paragraphs))):
        if paragraph and paragraph.part not in {"head", "end"}:
            if place in doubling and paragraph.part != "appendix":
                yield from _doubled(paragraph, text)
            if place in misprints:
                yield from _misprints(paragraph, misprints[place])
            if ")" in paragraph.text or len(paragraph.starts) > 1:
                yield from _writing(paragraph, before.text if before else "")
    yield from figures.find(outline.paragraphs)
    yield from glued.find(outline.paragraphs, words)
    yield from _abbreviations(outline, text)
    yield from _repeated(outline)
    yield from _numbering(outline)
    yield from _articles(outline)
    for table, unread in tables:
        counted = _ordinals([row for row in rows if row.table == table.id], unread)
        yield from doubt.folded((*_cells(table, outline), *counted, *_groups(table)), table)


def _at(paragraph: Paragraph, start: int, end: int, kind: FindingKind, detail: str) -> Finding:
    return Finding(kind=kind, detail=detail, lines=paragraph.lines_of(start, end))


def _words(texts: Sequence[str]) -> list[bytes]:
    """The words of some texts in small letters, and an _END after each text but the last; in bytes, for ASCII marks change in one go."""
    whole, _ = lexicon.joined(tuple(texts))
    for mark in _QUOTES:
        whole = whole.replace(mark, b" ")
    return whole.translate(_APART).replace(b"\n", _END.center(3)).split()


def _doubling(words: Sequence[bytes]) -> set[int]:
    """The places of the texts in which one or two words may come again straight after: few, so that the pattern is tried on few."""
    one = set(compress(count(), map(eq, words, words[1:])))
    after_next = compress(count(0, 2), map(eq, words[::2], words[2::2]))  # of two words that come again, one stands at an even place
    two = {at for even in after_next for at in (even - 1, even) if at >= 0 and words[at : at + 2] == words[at + 2 : at + 4]}
    found: set[int] = set()
    paragraph = before = 0
    for place in sorted(one | two):
        paragraph, before = paragraph + words[before:place].count(_END), place
        found.add(paragraph)
    return found


def _doubled(paragraph: Paragraph, document: str) -> Iterator[Finding]:
    for match in _DOUBLED.finditer(paragraph.text):
        if _is_slip(match, paragraph.text, document):
            yield _at(paragraph, match.start(), match.end(), "ocr", f"Lặp từ: “{match[0]}”.")


def _misprints(paragraph: Paragraph, possible: Sequence[lexicon.Entry]) -> Iterator[Finding]:
    text = paragraph.text
    small = text.lower()
    for entry in possible:
        for start, end in entry.places_in(text, small):
            yield _at(paragraph, start, end, "ocr", f"“{text[start:end].strip()}”, nghi là “{entry.value}”.")


def _writing(paragraph: Paragraph, before: str) -> Iterator[Finding]:
    text = paragraph.text
    short = len(text) < 300 and paragraph.part != "appendix" and not paragraph.label and before.count("(") <= before.count(")")
    if short and text.count(")") == 1 and "(" not in text and _CLOSING_BRACKET.search(text):
        yield _at(paragraph, 0, len(text), "other", "Thừa dấu ngoặc đóng.")
    for (_, one), (start, other) in pairwise(paragraph.starts) if len(paragraph.starts) > 1 else ():
        if other - one == 2 and text[start : start + 1].isalnum() and paragraph.part not in {"appendix", "table"}:
            detail = "Đoạn văn bị ngắt giữa chừng bởi dòng trống."  # it may be the copy that broke it, and not the document
            yield Finding(kind="other", severity="Info", detail=detail, lines=(one, other))


def _is_slip(match: re.Match[str], text: str, document: str) -> bool:
    """Whether a doubled word is a slip: "chính chính" is in "hành chính chính nhà nước", and is not in "hành chính, chính quyền"."""
    words, again = match["words"], match["again"]
    known = lexicon.first("doubled_words", words)
    if " " in words:
        return known is None and again == words and words.casefold().split()[0] != words.casefold().split()[1]
    if known or again[0].isupper():
        return known is not None and known.value == "slip" and again == words
    before = text[: match.start()].split()[-1:]
    after = text[match.end() :].split()[:1]
    if not before or not after:
        return False
    goes_on = after[0][0].isupper() and document.count(f"{before[0]} {words} ") > 1  # "kết nối nối Internet": "nối" opens no other word
    return goes_on or f"{before[0]} {words} {after[0]}".strip(".,;:") in document


def _abbreviations(outline: Outline, document: str) -> Iterator[Finding]:
    """An abbreviation used once that is another's letters in another order: "CDSL" beside "CSDL"."""
    counts = Counter(_LETTERS.findall(document))
    common = {"".join(sorted(word)): word for word, count in counts.items() if count >= USUAL}
    once = {word: common.get("".join(sorted(word)), word) for word, count in counts.items() if count == 1}
    odd = {word: meant for word, meant in once.items() if meant != word and meant[0] == word[0]}
    for paragraph in outline.paragraphs if odd else ():
        for match in _LETTERS.finditer(paragraph.text) if any(word in paragraph.text for word in odd) else ():
            if meant := odd.get(match[0]):
                yield _at(paragraph, match.start(), match.end(), "ocr", f"“{match[0]}”, nghi là “{meant}”.")


def _repeated(outline: Outline) -> Iterator[Finding]:
    """Paragraphs that stand twice, or begin alike; a list of legal bases may name what another names."""
    long = [
        (place, paragraph)
        for place, paragraph in enumerate(outline.paragraphs)
        if paragraph.part not in {"legal", "preamble", "table", "appendix", "end"} and paragraph.text.count(" ") >= SAME_WORDS - 1
    ]
    lengths = Counter([len(paragraph.text) for _, paragraph in long])
    begun = Counter([paragraph.text[:_GLANCE] for _, paragraph in long])
    for _, paragraph in long:
        yield from _again(paragraph)
    seen: dict[str, tuple[int, Paragraph]] = {}
    opened: dict[tuple[str, ...], Paragraph] = {}
    for place, paragraph in long:
        opening = tuple(paragraph.text.split(maxsplit=SAME_OPENING)[:SAME_OPENING]) if begun[paragraph.text[:_GLANCE]] > 1 else ()
        alike = opened.setdefault(opening, paragraph) if opening else paragraph
        if alike is not paragraph and alike.text != paragraph.text and not _MAY_REPEAT.match(paragraph.text):
            detail = f"Đoạn văn mở đầu bằng nguyên văn {SAME_OPENING} chữ của dòng {alike.lines[0]}."
            yield Finding(kind="duplicate-paragraph", severity="Info", detail=detail, lines=paragraph.lines)
        if lengths[len(paragraph.text)] < 2:
            continue
        folded = paragraph.text.casefold()
        last, first = seen.get(folded, (place, paragraph))
        seen[folded] = (place, first)
        if first is paragraph:
            continue
        basis = paragraph.part != "implementation" and lexicon.first("headings", paragraph.text)  # "Căn cứ Kế hoạch này, các sở …"
        if not (basis or _MAY_REPEAT.match(paragraph.text)):
            severity: Severity = "Warning" if place == last + 1 else "Info"  # further on it may be said again, of another
            detail = f"Đoạn văn lặp lại nguyên văn dòng {first.lines[0]}."
            yield Finding(kind="duplicate-paragraph", severity=severity, detail=detail, lines=paragraph.lines)


def _again(paragraph: Paragraph) -> Iterator[Finding]:
    """A sentence that its paragraph has twice."""
    if paragraph.text.count(". ") + paragraph.text.count("; ") < 1:
        return
    said = [sentence.strip(" .;").casefold() for sentence in _SENTENCE.split(paragraph.text)]
    if len(set(said)) == len(said):
        return
    again = next((one for one, many in Counter(said).items() if many > 1 and one.count(" ") >= _SENTENCE_WORDS - 1), None)
    if again is not None:
        detail = f"Câu lặp lại trong một đoạn: “{' '.join(again.split()[:8])}…”."
        yield Finding(kind="duplicate-paragraph", detail=detail, lines=paragraph.lines)


def repeated_lines(lines: Sequence[tuple[int, str]]) -> Iterator[Finding]:
    """Lines of five words or more that stand twice in a row, blank lines aside: notes, since most are the furniture of a web page."""
    filled = [(number, words) for number, text in lines if (words := text.strip())]
    for (one, text), (other, again) in pairwise(filled):
        alike = text[0] == again[0] and text[-1] == again[-1] and text.split(maxsplit=1)[0] == again.split(maxsplit=1)[0]
        if alike and text.split() == again.split() and len(text.split()) >= 5:
            detail = f"Dòng lặp lại: “{' '.join(text.split()[:8])}”."
            yield Finding(kind="duplicate-paragraph", severity="Info", detail=detail, lines=(one, other))


def _value(label: str) -> int | None:
    """The place that a label counts: "III" 3, "2" and "C2" 2, "đ" 5; None for one that is no count."""
    bare = label.strip(_LABEL_MARKS).rsplit(".", 1)[-1]
    bare = bare[1:] if bare[:1].isalpha() and bare[1:].isdigit() else bare
    if bare.isdigit():
        return int(bare)
    if bare and all(letter in _ROMAN for letter in bare):
        numbers = [_ROMAN[letter] for letter in bare] + [0]
        return sum(-one if one < following else one for one, following in pairwise(numbers))
    return _ALPHABET.index(bare.casefold()) + 1 if len(bare) == 1 and bare.casefold() in _ALPHABET else None


def _numbering(outline: Outline) -> Iterator[Finding]:
    """Labels that do not count on from the one before them under the same heading."""
    last: _Counted = {}
    body = outline.body()
    for place, paragraph in enumerate(body):
        value = _value(paragraph.label) if paragraph.level in _RANKS else None
        if value is None:
            continue
        if _strays(paragraph, last):
            detail = f"Mục “{paragraph.label.strip(_LABEL_MARKS)}” nằm trong mục “{paragraph.sections[-1].label}”."
            yield Finding(kind="numbering", detail=detail, lines=(paragraph.lines[0], paragraph.lines[0]))
        key = _key(paragraph)
        before = last.get(key)
        last[key] = (value, paragraph.label, place)
        if paragraph.part == "decision":  # its articles count by themselves
            continue
        parent = paragraph.sections[-1] if paragraph.sections else None
        label = paragraph.label.strip(_LABEL_MARKS)
        if before is None:
            if parent and value > 1 and parent.level == 3 and paragraph.level == 4 and _value(parent.label) == value - 1:
                detail = f"Sau mục “{parent.label}” là mục “{label}”: hai kiểu đánh số trong một dãy."
                yield Finding(kind="numbering", detail=detail, lines=parent.lines)
            continue
        letters = label.isalpha() and len(label) == 1 and paragraph.level in {2, 7}
        skips = letters and value == before[0] + 2 and _ALPHABET[value - 2] not in "bcd"  # many lists do without đ, or have f and j
        wrong = value not in (1, before[0] + 1) and not skips
        if wrong and not _counted(paragraph.label, value, _lines_between(outline, body[before[2]], paragraph)):
            detail = f"Sau mục “{before[1].strip(_LABEL_MARKS)}” là mục “{label}”: đánh số không liên tục."
            yield Finding(kind="numbering", detail=detail, lines=(paragraph.lines[0], paragraph.lines[0]))


def _key(paragraph: Paragraph) -> tuple[object, ...]:
    """What the labels of one list have in common: their rank, whether a stroke ends them, and the headings over them."""
    return (
        paragraph.level,
        paragraph.label.rstrip().endswith("/"),
        *(section.lines for section in paragraph.sections if section.level < (paragraph.level or 0)),
    )


def _strays(paragraph: Paragraph, last: _Counted) -> bool:
    """Whether a label of two numbers has the first of another heading than its own, where that before it has the right one: 2.1, 3.2."""
    before = last.get(_key(paragraph)) if paragraph.level == _PAIR and paragraph.sections else None
    parent = paragraph.sections[-1] if before else None
    if before is None or parent is None or parent.level != _PAIR - 1 or not parent.label.isdigit():
        return False
    one, other = (label.strip(" .)/:").partition(".")[0] for label in (before[1], paragraph.label))
    return one == parent.label != other and _value(paragraph.label) == before[0] + 1


def _articles(outline: Outline) -> Iterator[Finding]:
    """The one article of a decision that is left out, or stands twice; articles that are amended count as they did."""
    articles = [(int(match[1]), p) for p in outline.paragraphs if p.part == "decision" and (match := _ARTICLE.match(p.label))]
    numbers = [number for number, _ in articles]
    if not articles or numbers[0] != 1 or any(_AMENDED.search(p.text) for _, p in articles):
        return
    off = [(one, other, p) for (one, _), (other, p) in pairwise(articles) if other not in (1, one + 1)]
    whole = " ".join(paragraph.text for paragraph in outline.paragraphs) if off else ""
    for one, other, paragraph in off if len(off) == 1 else ():
        if other in (one, one + 2) and not re.search(rf"Điều\s+{one + 1}\s*[.:]", whole):
            detail = f"Sau Điều {one} là Điều {other}: đánh số không liên tục."
            yield Finding(kind="numbering", detail=detail, lines=(paragraph.lines[0], paragraph.lines[0]))


def _lines_between(outline: Outline, above: Paragraph, below: Paragraph) -> list[Paragraph]:
    """The paragraphs from one to another, those right above tables among them, which are read as what these are called."""
    return [p for p in outline.paragraphs if above.lines[0] <= p.lines[0] < below.lines[0]]


def _counted(label: str, value: int, between: Sequence[Paragraph]) -> bool:
    """Whether the label before this one stands within the text since the last: lines that a copy ran together."""
    bare = label.strip(_LABEL_MARKS)
    if not bare.isdigit() and not set(bare) <= _ROMAN.keys():
        return False
    wanted = str(value - 1) if bare.isdigit() else next((word for word in _ROMANS if _value(word) == value - 1), "")
    said = re.compile(rf"(?:^|[\s;.]){wanted}\s*[.)/:]\s*[^\W\d_]")
    return bool(wanted) and any(said.search(f"{one.label} {one.text}") for one in between)


def _cells(table: TableGrid, outline: Outline) -> Iterator[Finding]:
    """Numbers of a table that are written unlike the others, or unlike those of the body."""
    numbers = [
        (row.cells[index].text.strip(), row.cells[index].lines)
        for row in table.rows
        for index, column in enumerate(table.columns)
        if column.kind in MONEY and row.cells[index].lines and values.is_number(row.cells[index].text)
    ]
    for place, index in lettered.misprinted(table):
        cell = table.rows[place].cells[index]
        detail = "trong số có chữ cái." if values.is_lettered(cell.text) else "có nhóm quá ba chữ số."
        yield Finding(kind="unit", detail=f"“{cell.text.strip()}”: {detail}", lines=cell.lines or table.lines)
    grouped = [text for text, _ in numbers if _GROUPED.fullmatch(text)]
    for text, lines in numbers:
        if len(grouped) >= 5 and lines and _UNGROUPED.fullmatch(text) and not _YEAR.fullmatch(text):
            yield Finding(kind="unit", detail=f"“{text}”: thiếu dấu phân cách hàng nghìn mà các ô khác của bảng đều có.", lines=lines)
        if values.is_damaged(text) and lines:
            yield Finding(kind="unit", detail=figures.damage(text), lines=lines)
        elif values.is_misgrouped(text) and lines:
            yield Finding(kind="unit", detail=f"“{text}”: có nhóm không đủ hoặc quá ba chữ số.", lines=lines)
    decimal = [(text, lines) for text, lines in numbers if _DECIMAL.fullmatch(text)]
    odd = [(text, lines) for text, lines in decimal if table.decimal_mark not in text]
    for text, lines in odd if 10 * len(odd) <= len(decimal) else ():
        yield Finding(kind="unit", detail=f"“{text}”: dấu thập phân khác với các ô khác của bảng.", lines=lines or table.lines)
    other = [(text, lines) for text, lines in decimal if "." in text] if table.decimal_mark == "." else []
    if other and other[0][1] and (first := next(_decimals(outline), None)):
        detail = f"Dấu thập phân không thống nhất: thân văn bản viết “{first}”, bảng viết “{other[0][0]}”."
        yield Finding(kind="unit", detail=detail, lines=other[0][1])


def _decimals(outline: Outline) -> Iterator[str]:
    """The amounts of the body that are written with a decimal comma."""
    for paragraph in outline.body():
        for amount in money(paragraph.text):
            number = _AMOUNT.match(paragraph.text, amount.start)
            if number and re.fullmatch(r"\d+,\d{1,2}", number[0]):
                yield number[0]


def _ordinals(rows: Sequence[ProjectRow], unread: Sequence[int]) -> Iterator[Finding]:
    """Rows without a number or an agency where the others have one, and rows that do not count on; `unread` lines may be a row."""
    numbered = [row for row in rows if row.ordinal]
    if len(rows) > 3 and len(numbered) >= MOST * len(rows):
        for above, row in pairwise(rows):
            if not row.ordinal and (row.lead or row.total_vnd) and row.name[:1].isupper() and not _PART_OF_TOTAL.match(row.name):
                severity: Severity = (
                    "Info" if above.ordinal and above.section == row.section else "Warning"
                )  # it may be a part of that above
                yield Finding(kind="numbering", severity=severity, detail="Dòng không có số thứ tự.", lines=row.lines)
        for one, other in pairwise(rows):
            if one.ordinal and other.ordinal and one.ordinal.isdigit() and other.ordinal.isdigit():
                step = int(other.ordinal) - int(one.ordinal)
                if step != 1 and abs(step) <= JUMP and int(other.ordinal) != 1 and _between(unread, one.lines[1], other.lines[0]) <= UNREAD:
                    yield Finding(kind="numbering", detail=f"Sau số thứ tự {one.ordinal} là {other.ordinal}.", lines=other.lines)
    led = [row for row in rows if row.lead]
    if len(rows) > 3 and len(led) >= MOST * len(rows):
        for row in rows:
            if not row.lead and row.total_vnd and not row.coordinating and not _PART_OF_TOTAL.match(row.name):
                detail = "Dòng có kinh phí nhưng không ghi đơn vị thực hiện."  # one cell may stand for several rows
                yield Finding(kind="omission", severity="Info", detail=detail, lines=row.lines)


def _between(lines: Sequence[int], above: int, below: int) -> int:
    return bisect_left(lines, below) - bisect_right(lines, above)


def _groups(table: TableGrid) -> Iterator[Finding]:
    """Groups of rows without a number, where the other groups have one."""
    groups = (row for row, below in pairwise(table.rows) if row.kind == "section" and below.kind != "total")
    sections = [row for row in groups if not _PART_OF_TOTAL.match(row.label)]
    bare = [row for row in sections if not is_group_ordinal(row.label.split(".")[0])]
    if len(sections) - len(bare) >= 2:
        for row in bare:
            yield Finding(kind="numbering", detail="Dòng nhóm không có số thứ tự mà các nhóm khác đều có.", lines=row.lines)
