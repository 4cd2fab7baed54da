"""Labels of headings and items, and their ranks: "I.", "1.", "II.1.", "a)", "-".

They follow the drafting rules of Decree 30/2020/NĐ-CP, Appendix I (phần, chương, mục, `1.`, `a)`), and the habits of plans
(`A.`, `I.`, `1.1`, `-`, `+`).
"""

from __future__ import annotations

import re

UNLABELLED, ARABIC, BULLET = 3, 4, 9  # the ranks of a heading without a label, of "1." and of "-"
UPPER = "".join(letter for letter in map(chr, range(0x41, 0x1EFA)) if letter.isupper())
# Labels by what they begin with, each kind in the order in which its patterns are tried; most lines begin with none.
_LABELLED = re.compile(
    r"(?P<word>(?=[PpCcMmĐđ])(?i:phần|chương|mục|điều)\s)|(?P<capital>[IVX]+(?:[.)/:]|\s*[-–])|[A-ZĐ](?:\d{1,2}[.)]|[.)/]|\s*[-–]))|(?P<number>\d{1,2}[.)/:\s–-])"
    r"|(?P<bracket>\()|(?P<small>[a-zđ][.)/])|(?P<mark>[-–—•●▪◦·*+])"
)
_LABELS = {
    kind: tuple((rank, re.compile(pattern.replace("[UPPER]", f"[{UPPER}]"))) for rank, pattern in patterns)
    for kind, patterns in {
        "word": (
            (0, r"(?i:phần)\s+(?:(?i:thứ)\s+\w+|[IVX]+|\d+)\b\s*[.:]?"),
            (1, r"(?i:chương)\s+(?:[IVX]+|\d+)\b\s*[.:]?"),
            (1, r"(?i:mục)\s+(?:[IVX]+|\d+)\b\s*[.:]"),
            (1, r"Điều\s+\d{1,2}\s*[.:]"),
        ),
        "capital": (
            (4, r"(?:(?:X{0,2}(?:IX|IV|V?I{0,3})|[A-HK-ZĐ])\.\d{1,2}[.)]?|[A-HK-ZĐ]\d{1,2}[.)])(?=\s+[UPPER])"),
            (3, r"(?=[IVX])(?!V/[Vv])X{0,2}(?:IX|IV|V?I{0,3})(?:[.)/:]+|\s*[-–](?=\s*[^\W\d_]))"),
            (2, r"[A-HK-ZĐ](?:[.)/](?=\s)|\s*[-–](?=\s+[UPPER]{2})|\s[-–](?=\s[UPPER][^\W\d_]))"),
        ),
        "number": (
            (6, r"\d{1,2}(?:\.\d{1,2}){2,3}[.)]?(?=\s+[UPPER])"),
            (5, r"\d{1,2}\.\d{1,2}(?:[.)]?(?=\s+[UPPER])|[.)](?=\s+\d))"),
            (4, r"\d{1,2}(?:[.)/:]+(?!\d)|\s?[-–](?=\s+[^\W\d_]))"),
        ),
        "bracket": ((8, r"\((?:\d{1,2}|[a-zđ])\)(?=\s)"),),
        "small": ((7, r"[a-zđ](?:\.\d{1,2})?(?:\)|[./](?=\s+[UPPER]))"),),
        "mark": (
            (9, r"[-–—•●▪◦·](?:\s*\+)?(?=\s|[^\W\d_])(?![-–—])"),
            (9, r"\*(?=\s*[^\W\d_])"),
            (10, r"\+(?=\s|[^\W\d_])"),
        ),
    }.items()
}


def split_label(text: str) -> tuple[int | None, str, str]:
    """The rank of the label that `text` begins with, the label, and the rest; (None, "", text) where it has none."""
    begins = _LABELLED.match(text)
    for rank, pattern in _LABELS[begins.lastgroup or ""] if begins else ():
        match = pattern.match(text)
        rest = text[match.end() :].strip() if match else ""
        if match and (rest or rank <= 1):
            return rank, match[0], rest
    return None, "", text


def number(label: str) -> int:
    """The number that a label counts by: 2 of "2." and of "II.2."."""
    return int(re.sub(r"\D", " ", label).split()[-1])
