"""Words that lost the blank between them: "văn hóaxã hội", "BANNHÂN DÂN", "thực hiệnNghị quyết".

A Vietnamese syllable has one run of vowels, and is written apart. A word with a letter that only Vietnamese has, and with two
runs, is two words glued, or one of the few loan words of `loan_words.toml`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from cancu.reading import lexicon
from cancu.reading.outline import Paragraph
from cancu.records import Finding, Severity

FEW = 3  # glued words
OF_WORDS = 300  # a text with more than a few, and one in so many words, was damaged by its copy, which is no fault of the document
_VOWELS = "aeiouyàáảãạăằắẳẵặâầấẩẫậèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵ"
_OWN = re.compile(r"[đăâêôơưàáảãạằắẳẵặầấẩẫậèéẻẽẹềếểễệìíỉĩịòóỏõọồốổỗộờớởỡợùúủũụừứửữựỳýỷỹỵ]")
_SYLLABLE = rf"(?:ngh|ng|nh|ch|gh|gi|kh|ph|qu|th|tr|[bcdđghklmnpqrstvx])?[{_VOWELS}]{{1,3}}(?:ch|ng|nh|[cmnpt])?"
_GLUED = re.compile(rf"{_SYLLABLE}(?:{_SYLLABLE}){{1,3}}")
_CONSONANTS = "bcdđfghjklmnpqrstvwxz"
_TWO_RUNS = re.compile(rf"[{_VOWELS}{_VOWELS.upper()}][{_CONSONANTS}{_CONSONANTS.upper()}]++[{_VOWELS}{_VOWELS.upper()}]")
_WORD = re.compile(r"[^\W\d_]+")


def find(paragraphs: Sequence[Paragraph], words: Iterable[bytes]) -> Iterator[Finding]:
    """A finding for each pair of glued words; notes where there are many. `words` are those of all paragraphs, in small letters."""
    distinct = b"\n".join(set(words)).decode()
    odd = {distinct[distinct.rfind("\n", 0, runs.start()) + 1 : runs.end()] for runs in _TWO_RUNS.finditer(distinct)}
    suspect = lexicon.places(lexicon.sought(odd), [paragraph.text for paragraph in paragraphs]) if odd else ()
    found = [(paragraphs[place], match) for place in sorted(suspect) for match in _words(paragraphs[place].text)]
    if not found:
        return
    enough = max(FEW, sum(len(paragraph.text.split()) for paragraph in paragraphs) // OF_WORDS)
    for paragraph, match in found:
        lines = paragraph.lines_of(match.start(), match.end())
        severity: Severity = "Warning" if len(found) <= enough else "Info"
        yield Finding(kind="ocr", severity=severity, detail=f"“{match[0]}”: hai chữ dính nhau.", lines=lines)


def _words(text: str) -> Iterator[re.Match[str]]:
    """The words of `text` that are two syllables written in one."""
    end = 0
    for runs in _TWO_RUNS.finditer(text):
        if runs.start() < end:
            continue
        start = runs.start()
        while start and text[start - 1].isalpha():
            start -= 1
        match = _WORD.match(text, start)
        if match is None:
            continue
        end, word = match.end(), match[0].lower()
        apart = not text[start - 1 : start].strip(" (“\"'/;,.:-–") and text[end : end + 1] not in {"@", "_", "-"}
        if apart and _OWN.search(word) and _GLUED.fullmatch(word) and lexicon.first("loan_words", word) is None:
            yield match
