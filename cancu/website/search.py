"""The search index: words of titles, names and numbers, folded, in shards that a small script loads as it needs them.

A token is a folded syllable, a pair of syllables ('nghi_dinh', which says more than either), or a document's number without its
separators ('642007ndcp'). Tokens lie in shards by their first letters. Shards are scripts that call a function, since a page opened
from a file may load a script but not fetch a file. One table of letters folds here and in `search.js`, which finds it in the index.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from cancu import resources

_WORD = re.compile(r"[a-z0-9]+")
_CHUNK = 400
_LARGE = 3_000


@dataclass(frozen=True, slots=True)
class Entry:
    """A page to be found: its address, what it is, its title, and words that find it besides. Heavier entries come first."""

    address: str
    kind: str
    title: str
    more: str = ""
    number: str = ""
    weight: int = 0


def folding() -> dict[str, str]:
    """Letters that Unicode's decomposition leaves as they are, and what they are folded to; shared with the script."""
    found: dict[str, str] = json.loads((resources.SITE / "static" / "folding.json").read_text(encoding="utf-8"))
    return found


_FOLDING = str.maketrans(folding())


def fold(text: str) -> str:
    """Lower case without tones and marks, đ included: 'Nghị định' → 'nghi dinh'."""
    decomposed = unicodedata.normalize("NFD", text.lower().translate(_FOLDING))
    return "".join(letter for letter in decomposed if not unicodedata.category(letter).startswith("M"))


def glued(number: str) -> str:
    """A document's number without its separators: '64/2007/NĐ-CP', '64 2007 nd cp' → '642007ndcp'."""
    return "".join(_WORD.findall(fold(number)))


def tokens(text: str) -> set[str]:
    """The tokens by which a text is found: its syllables, and each pair of neighbours."""
    words = _WORD.findall(fold(text))
    return {*words, *(f"{a}_{b}" for a, b in pairwise(words))}


def shard(token: str, width: int) -> str:
    """The shard that a token lies in: by its first letter, or two where the index is large; a pair by the first letter of each half."""
    first, pair, second = token.partition("_")
    return f"p{first[0]}{second[: width - 1]}" if pair else f"w{first[:width]}"


def write(entries: Iterable[Entry], out: Path) -> int:
    """Writes the index of one language into the folder `out`; returns how many files."""
    listed = sorted(entries, key=lambda entry: (-entry.weight, entry.title, entry.address))
    width = 1 if len(listed) < _LARGE else 2
    shards: dict[str, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    for i, entry in enumerate(listed):
        titled = tokens(entry.title)
        number = {glued(entry.number)} - {""}
        for token in titled | tokens(entry.more) | number:
            shards[shard(token, width)][token].append(i * 2 + (token in titled or token in number))
    out.mkdir(parents=True, exist_ok=True)
    for name, found in shards.items():
        _script(out / f"t-{name}.js", name, {token: _deltas(found[token]) for token in sorted(found)})
    for start in range(0, len(listed), _CHUNK):
        rows = [[entry.address, entry.kind, entry.title] for entry in listed[start : start + _CHUNK]]
        _script(out / f"e-{start // _CHUNK}.js", f"e{start // _CHUNK}", rows)
    _script(
        out / "index.js", "index", {"shards": sorted(shards), "entries": len(listed), "chunk": _CHUNK, "width": width, "folding": folding()}
    )
    return len(shards) + 1 + -(-len(listed) // _CHUNK)


def _deltas(numbers: list[int]) -> list[int]:
    """Ascending numbers as differences, which are short to write."""
    return [number - before for number, before in zip(numbers, [0, *numbers], strict=False)]


def _script(path: Path, name: str, value: object) -> None:
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
    path.write_text(f"cancuSearch({json.dumps(name)},{text})\n", encoding="utf-8")
