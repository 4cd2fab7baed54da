"""Bytes of text to Unicode: UTF-8, UTF-16, Windows-1258, and the old Vietnamese font encodings TCVN3 (ABC) and VNI."""

from __future__ import annotations

import codecs
import re
import tomllib
import unicodedata
from functools import cache

from cancu import resources
from cancu.errors import InputError
from cancu.reading.layout import plain

_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\ufffd]")
_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_SAMPLE = 200_000
# Letters that Vietnamese alone writes: a text with enough of them needs no mending.
_VIETNAMESE = re.compile(r"[ăđơưĂĐƠƯ\u1ea0-\u1ef9]")
_HIGH = re.compile(r"[\u0080-\u00ff\u0152-\u0178\u0192\u02c6\u02dc\u2013-\u2122]")
_WORD = re.compile(r"[^\W\d_]+")
_LINE = re.compile(r"[^\n]+")
_CAPITALS = 0.85
# Words that no Vietnamese official text goes without.
_COMMON = re.compile(
    r"\b(?:của|và|các|được|trong|thực hiện|nhân dân|ngày|tháng|năm|tỉnh|thông tin|kế hoạch|quyết|nghị|định|thị|chính|số|về)\b",
    re.IGNORECASE,
)


@cache
def _legacy(name: str) -> tuple[re.Pattern[str], dict[str, str]]:
    """The table of an old font encoding: a pattern of its spellings, longest first, and the letter of each."""
    table = tomllib.loads((resources.LEXICON / "legacy_fonts.toml").read_text("utf-8"))[name]
    letters = dict(zip(table["bytes"].split(" "), table["letters"].split(" "), strict=True))
    if name == "vni":
        upper = {spelling.upper(): letter.upper() for spelling, letter in letters.items()}
        title = {spelling[0].upper() + spelling[1:]: letter.upper() for spelling, letter in letters.items()}
        letters = {**title, **upper, **letters}
    spellings = sorted(letters, key=lambda spelling: (-len(spelling), spelling))
    return re.compile("|".join(map(re.escape, spellings))), letters


def _capitals(match: re.Match[str]) -> str:
    """A word, or a line, whose plain letters are capitals (two at least) was set in a font of capitals."""
    plain = [letter for letter in match[0] if letter.isascii() and letter.isalpha()]
    return match[0].upper() if len(plain) > 1 and sum(map(str.isupper, plain)) >= _CAPITALS * len(plain) else match[0]


def from_legacy(text: str, name: str) -> str:
    """Text in the font encoding `name` ('tcvn3' or 'vni') as Unicode."""
    pattern, letters = _legacy(name)
    mended = pattern.sub(lambda match: letters[match[0]], text)
    return _WORD.sub(_capitals, _LINE.sub(_capitals, mended)) if name == "tcvn3" else mended


def _commonness(text: str) -> float:
    return len(_COMMON.findall(text)) / (len(text) + 1)


def mend(text: str) -> str:
    """`text`, converted from TCVN3 or VNI where it is so written, and NFC. Text that is Vietnamese already stays as it is."""
    sample = text[:_SAMPLE]
    best = unicodedata.normalize("NFC", text).replace("Ð", "Đ").replace("ð", "đ")  # Eth, which old keyboards typed for Đ
    if len(_VIETNAMESE.findall(unicodedata.normalize("NFC", sample))) * 4 > len(_HIGH.findall(sample)) or not _HIGH.search(sample):
        return best
    score, name = max((_commonness(from_legacy(sample, name)), name) for name in ("tcvn3", "vni"))
    return unicodedata.normalize("NFC", from_legacy(text, name)) if score > _commonness(unicodedata.normalize("NFC", sample)) else best


def _unicode(data: bytes, name: str) -> str:
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, "replace")
    zeros = data[:4096].count(0)
    if zeros * 8 > min(len(data), 4096):
        even = data[:4096:2].count(0)
        text = data.decode("utf-16-be" if even > zeros - even else "utf-16-le", "replace")
        return _no_binary(text, name)
    _no_binary("\0" if zeros else data[:4096].decode("latin-1"), name)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return _single_byte(data)


def _no_binary(text: str, name: str) -> str:
    """The text, where its beginning is not full of control characters. Raises InputError."""
    sample = text[:4096]
    if len(_CONTROL.findall(sample)) * 50 > len(sample):
        raise InputError(name, "a binary file, not text", "give a .txt, .md, .html, .docx or .pdf file")
    return text


def _single_byte(data: bytes) -> str:
    """Bytes that are no UTF-8: a few bad ones among good, or a code page; the reading with the most Vietnamese words holds."""
    readings = [data.decode("utf-8", "replace"), data.decode("latin-1"), data.decode("cp1258", "replace")]
    return max(readings, key=lambda text: (_commonness(mend(text[:_SAMPLE])), -text[:_SAMPLE].count("\ufffd")))


def decode(data: bytes, name: str) -> str:
    """The text of `data`, NFC, with Unix line breaks. Raises InputError for bytes that are no text."""
    text = mend(_unicode(data, name)).removeprefix("\ufeff")
    return plain(text.replace("\r\n", "\n").replace("\r", "\n"))


def count_lines(data: bytes, name: str) -> int:
    """How many physical lines the text of `data` has; a last one without a line break counts."""
    text = decode(data, name)
    return text.count("\n") + (not text.endswith("\n"))
