"""The search index: words of titles, names and numbers, folded, in shards that a small script loads as it needs them.

A token is a folded syllable, a pair of syllables ('nghi_dinh', which says more than either), or a document's number without its
separators ('642007ndcp'). Tokens lie in shards by their first letters, and entries by a hash of their address, so that a page more changes
few of them. Shards are scripts that call a function, since a page opened
from a file may load a script but not fetch a file. One table of letters folds here and in `search.js`, which finds it in the index.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Sized
from itertools import chain, pairwise
from operator import itemgetter
from pathlib import Path
from typing import Any, NamedTuple
from zlib import crc32

import msgspec

from cancu import resources

_WORD = re.compile(r"[a-z0-9]+")
_CHUNK = 256  # slots in one file; one in four to eight of them are in use
_LARGE = 3_000
_LETTERS = "".join(chr(code) for code in range(35, 127) if chr(code) not in "<\\")  # no escape in JSON or in a script
_BASE = 45
_LAST, _MORE = _LETTERS[:_BASE], _LETTERS[_BASE:]


class Entry(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A page to be found: its address, what it is, its title, and words that find it besides. Heavier entries come first."""

    address: str
    kind: str
    title: str
    more: str = ""
    number: str = ""
    weight: int = 0


Posting = tuple[str, int, int]  # a token, what it weighs, and a slot
Placed = tuple[Entry, int]  # an entry, and its slot


class Index(NamedTuple):
    """An index that was written: its entries, and its folder."""

    entries: Sequence[Entry]
    folder: Path


def folding() -> dict[str, str]:
    """Letters that Unicode's decomposition leaves as they are, and what they are folded to; shared with the script."""
    found: dict[str, str] = json.loads((resources.SITE / "static" / "folding.json").read_text(encoding="utf-8"))
    return found


class _Unmarked(dict[int, int | None]):
    """What each letter is without its marks: itself, or, for a mark, nothing. Found when it is first met."""

    def __missing__(self, letter: int) -> int | None:
        self[letter] = None if unicodedata.category(chr(letter)).startswith("M") else letter
        return self[letter]


_FOLDING, _UNMARKED = str.maketrans(folding()), _Unmarked()


def fold(text: str) -> str:
    """Lower case without tones and marks, đ included: 'Nghị định' → 'nghi dinh'."""
    return unicodedata.normalize("NFD", text.lower().translate(_FOLDING)).translate(_UNMARKED)


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


def slots(addresses: Iterable[str]) -> dict[str, int]:
    """A number for each address, from its own letters: a page more or less leaves nearly all others their numbers.

    The numbers are below a power of two that is at least 4 times as many; where two would be the same, the next free one is taken.
    """
    ordered = sorted(addresses)
    size = _size(len(ordered))
    taken: dict[int, str] = {}
    for address in ordered:
        number = crc32(address.encode()) % size
        while number in taken:
            number = (number + 1) % size
        taken[number] = address
    return {address: number for number, address in taken.items()}


def _size(entries: int) -> int:
    return 1 << (entries * 4).bit_length()


def write(entries: Iterable[Entry], out: Path, before: Index | None = None) -> set[str]:
    """Writes the index of one language into the folder `out`, but for files that are in an earlier one as they would be; names them all.

    A token has the slots of its entries by how much they weigh: twice the entry's weight, and one more where it stands in the title.
    """
    now, was, names = _placed(entries), dict[str, Placed](), set[str]()
    if before:
        was = _placed(before.entries, now)
    width = _width(now)
    if before and (_size(len(was)), _width(was)) == (_size(len(now)), width):
        names.update(_read(before.folder / "index.js")["shards"])
    else:
        was = {}
    gone, new = _but(was, now), _but(now, was)
    won: Iterable[Posting] = _postings(new)
    if lost := set(_postings(gone)):
        won = set(won)
        lost, won = lost - won, won - lost
    changes: dict[str, dict[str, dict[int, set[int]]]] = defaultdict(lambda: defaultdict(lambda: defaultdict(set)))
    for token, weighed, place in chain(lost, won):  # a slot that is lost and won is in neither
        changes[shard(token, width)][token][weighed].add(place)
    out.mkdir(parents=True, exist_ok=True)
    for name, changed in changes.items():
        packed = _read(before.folder / f"t-{name}.js") if before and name in names else {}
        packed |= {token: _changed(packed.get(token, {}), slots) for token, slots in changed.items()}
        if told := {token: packed[token] for token in sorted(packed) if packed[token]}:
            names.add(name)
            _script(out / f"t-{name}.js", name, told)
        else:
            names.discard(name)
    chunks, again = ({place // _CHUNK for _, place in some} for some in (now.values(), chain(gone, new)))
    rows: dict[int, list[Placed]] = {chunk: [] for chunk in chunks & again}
    for placed in now.values():
        if placed[1] // _CHUNK in rows:
            rows[placed[1] // _CHUNK].append(placed)
    for chunk, some in rows.items():
        shown = sorted(some, key=itemgetter(1))
        _script(out / f"e-{chunk}.js", f"e{chunk}", {place % _CHUNK: [one.address, one.kind, one.title] for one, place in shown})
    about = {"shards": sorted(names), "slots": _size(len(now)), "chunk": _CHUNK, "width": width}
    _script(out / "index.js", "index", about | {"digits": _LAST + _MORE, "folding": folding()})
    return {"index.js", *(f"t-{name}.js" for name in names), *(f"e-{chunk}.js" for chunk in chunks)}


def _placed(entries: Iterable[Entry], beside: Mapping[str, Placed] | None = None) -> dict[str, Placed]:
    """Each entry with its slot, by its address: the same as those `beside` have, where the addresses are the same."""
    every = {entry.address: entry for entry in entries}
    if beside and beside.keys() == every.keys():
        return {address: (every[address], place) for address, (_, place) in beside.items()}
    return {address: (every[address], place) for address, place in slots(every).items()}


def _but(some: Mapping[str, Placed], others: Mapping[str, Placed]) -> list[Placed]:
    """Those that are not among the others. Most are, and as the same objects."""
    return [placed for address, placed in some.items() if others.get(address) != placed]


def _width(entries: Sized) -> int:
    return 1 if len(entries) < _LARGE else 2


def _postings(placed: Iterable[Placed]) -> Iterator[Posting]:
    """Each token of each entry, with what it weighs there and the slot."""
    for entry, place in placed:
        titled, number = tokens(entry.title), {glued(entry.number)} - {""}
        for token in titled | tokens(entry.more) | number:
            yield token, entry.weight * 2 + (token in titled or token in number), place


def _changed(packed: Mapping[str, str], changes: Mapping[int, set[int]]) -> dict[str, str]:
    """The slots of a token by weight, packed, without those of the changes that are among them, and with those that are not."""
    found = dict(packed)
    for weight, changed in changes.items():
        found[str(weight)] = _packed(changed.symmetric_difference(unpacked(packed.get(str(weight), ""))))
    return {weight: found[weight] for weight in sorted(found, key=int) if found[weight]}


def _packed(places: Iterable[int]) -> str:
    """Slots in ascending order, each as its distance from the one before."""
    return "".join(_digits(b - a) for a, b in pairwise([0, *sorted(places)]))


def unpacked(packed: str) -> list[int]:
    """The slots of a packed list."""
    found, number, distance = [], 0, 0
    for letter in packed:
        distance = distance * _BASE + _LETTERS.index(letter) % _BASE
        if letter in _LAST:
            number, distance = number + distance, 0
            found.append(number)
    return found


def _digits(number: int) -> str:
    """A number to the base of 45, its last digit of other letters than those before it: most need one letter."""
    told = _LAST[number % _BASE]
    while number := number // _BASE:
        told = _MORE[number % _BASE] + told
    return told


def _read(path: Path) -> dict[str, Any]:
    """What a script of the index calls its function with."""
    text = path.read_text(encoding="utf-8")
    found: dict[str, Any] = json.loads(text[text.index("{") : text.rindex(")")])
    return found


def _script(path: Path, name: str, value: object) -> None:
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
    path.write_text(f"cancuSearch({json.dumps(name)},{text})\n", encoding="utf-8")
