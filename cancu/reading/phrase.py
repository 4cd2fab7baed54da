"""Short phrases out of long sentences: a record holds facts, not passages."""

from __future__ import annotations

MAX_WORDS = 16
_JOINTS = frozenset(
    (
        "và",
        "của",
        "cho",
        "theo",
        "trong",
        "để",
        "với",
        "về",
        "tại",
        "trên",
        "do",
        "từ",
        "đến",
        "nhằm",
        "gắn",
        "phù",
        "hoặc",
        "là",
        "các",
        "được",
    )
)


def shorten(text: str) -> str:
    """At most 16 words of `text`, folded: cut where a clause ends, or else before a word that only leads on."""
    words = text.strip(" ,;:.-/").split()
    if len(words) <= MAX_WORDS:
        return " ".join(words)
    ends = [i for i in range(9, MAX_WORDS + 1) if words[i - 1][-1] in ";." or (i > 11 and words[i - 1][-1] == ",") or words[i][0] == "("]
    joints = [i for i in range(10, MAX_WORDS + 1) if words[i] in _JOINTS]
    kept = words[: (ends or joints or [MAX_WORDS])[-1]]
    while kept[-1] in _JOINTS:
        kept.pop()
    return " ".join(kept).rstrip(" ,;.")
