"""Reads damaged and nasty inputs, so many: `python -m benchmarks.fuzz [INPUTS] [--seed N] [--first I] [--jobs J]`.

Input I of a seed is always the same. Each goes to a reader of documents (text, Markdown, HTML, DOCX, PDF), to the search for citations,
or to the reader of records, with ten seconds of processor time: a crash is any end but an answer or an InputError, a hang one that takes
longer. The exit code is 1 where there was either.
"""

from __future__ import annotations

import argparse
import logging
import os
import random
import sys
import tempfile
import time
import traceback
import zipfile
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from pathlib import Path

from cancu import records, resources
from cancu.errors import InputError, UnforeseenError
from cancu.reading import citations
from cancu.reading.plan import read_file
from tests.hostile.documents import GOOD, HEAD, ROWS, documents, zipped

_SECONDS = 10
_BATCH = 200
_LARGEST = 8_000  # a seed of more bytes is taken in part: what is large is measured once, in the tests
_WORDS = "Căn cứ|Quyết định số|ngày 31 tháng 02 năm|chủ trì, phối hợp|tỷ đồng|Phụ lục|giai đoạn|\u202e|\u200b|\u0301|\u2028|\ufeff|№|९|С"
_MARKS = "<table>|<td colspan=9999>|</tr>|&#0;|<!--|]]>|<w:p>|<w:tbl>|endstream|endobj|1 0 R|stream\n|/Filter /FlateDecode|BT|Tj|-1|99999"
_TOKENS = [
    *(line.encode() for line in [*(HEAD + ROWS).splitlines(), *_WORDS.split("|"), *_MARKS.split("|")] if line),
    *(bytes([byte]) for byte in b"\0\t\r\n |*<>&()[]{}\"'\\/%=+-.,;:"),
    *(b"\xff\xfe", b"\xed\xa0\x80", b"\xf4\x90\x80\x80", b"9" * 400, b"(" * 400, b"{{7*7}}"),
]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a batch: how many inputs ended how, the slowest of them, and those that crashed or hung, with what was said."""

    ends: Counter[str]
    slowest: tuple[float, int, str]
    bad: tuple[tuple[int, str, str], ...]


@cache
def _seeds() -> tuple[tuple[str, bytes], ...]:
    """Good documents several times, since most of what is interesting is near to good, and the nasty ones once."""
    plans = [(path.name, path.read_bytes()) for path in sorted(resources.PLANS.glob("*.json"))][:1]
    examples = [(path.name, path.read_bytes()) for path in sorted((resources.ROOT / "examples").glob("hoa-son-*"))]
    nasty = [
        (name, data[:_LARGEST]) for name, data in documents() if name.rpartition(".")[2] in {"txt", "md", "html"} or len(data) < _LARGEST
    ]
    return (*(list(GOOD.items()) * 12), *examples, *(plans * 6), *nasty)


def _damaged(data: bytes, dice: random.Random) -> bytes:
    """The data with some wounds: bits, cuts, doubles, strange tokens."""
    found = bytearray(data)
    for _ in range(dice.choice((1, 1, 2, 4, 8, 32))):
        place = dice.randrange(len(found) + 1)
        until = min(place + dice.choice((1, 2, 8, 64, 512)), len(found))
        match dice.randrange(7):
            case 0 if place < len(found):
                found[place] ^= 1 << dice.randrange(8)
            case 1:
                del found[place:until]
            case 2:
                found[place:place] = found[place:until] * dice.choice((1, 2, 20))
            case 3:
                found[place:until] = dice.randbytes(until - place)
            case 4:
                del found[place:]
            case _:
                found[place:place] = dice.choice(_TOKENS) * dice.choice((1, 1, 1, 3, 50))
    return bytes(found[: 2**20])


def _damaged_inside(data: bytes, dice: random.Random) -> bytes:
    """A zip file with a wound in one of its parts, since one in the packed bytes is found by their checksum."""
    with zipfile.ZipFile(BytesIO(data)) as archive:
        parts: dict[str, str | bytes] = {name: archive.read(name) for name in archive.namelist()}
    name = dice.choice(["word/document.xml"] * 4 + sorted(parts))
    return zipped({**parts, name: _damaged(archived if isinstance(archived := parts[name], bytes) else b"", dice)})


def made(seed: int, number: int) -> tuple[str, bytes]:
    """The input of this number: the name of its file, and its bytes."""
    dice = random.Random(f"{seed} {number}")
    if dice.random() < 0.02:
        return dice.choice(sorted(GOOD)), dice.randbytes(dice.randrange(3000))
    name, data = dice.choice(_seeds())
    if name in GOOD and name.endswith(".docx") and dice.random() < 0.8:
        return name, _damaged_inside(data, dice)
    return name, _damaged(data, dice)


def _read(path: Path, data: bytes, number: int) -> str:
    """Has the input read, and says how it ended."""
    path.write_bytes(data)
    try:
        if path.suffix == ".json":
            records.dumps(records.read(path))
        elif number % 5 == 0 and path.suffix in {".txt", ".md"}:
            citations.cite(data.decode("utf-8", "replace"))
        else:
            records.loads(records.dumps(read_file(path)))
    except UnforeseenError as error:
        return f"crash: {''.join(traceback.format_exception(error))[-600:]}"
    except InputError as error:
        return "hang" if "CANCU_MAX_SECONDS" in str(error) else "refused"
    except Exception:  # whatever it is, it is what we look for
        return f"crash: {traceback.format_exc()[-600:]}"
    return "read"


def batch(seed: int, first: int, count: int) -> Outcome:
    """The inputs from `first` on."""
    os.environ["CANCU_MAX_SECONDS"] = str(_SECONDS)
    logging.disable()  # libraries say much of broken files
    ends: Counter[str] = Counter()
    slowest, bad = (0.0, 0, ""), []
    with tempfile.TemporaryDirectory() as folder:
        for number in range(first, first + count):
            name, data = made(seed, number)
            start = time.process_time()
            end = _read(Path(folder) / name, data, number)
            slowest = max(slowest, (time.process_time() - start, number, name))
            ends[end.partition(":")[0]] += 1
            if not end.startswith(("read", "refused")):
                bad.append((number, name, end))
    return Outcome(ends, slowest, tuple(bad))


def run(inputs: int, seed: int, first: int, jobs: int) -> Iterator[Outcome]:
    """All batches, as they end. A batch that takes its process with it is a crash of its first input."""
    firsts = range(first, first + inputs, _BATCH)
    with ProcessPoolExecutor(jobs) as pool:
        works = {pool.submit(batch, seed, start, min(_BATCH, first + inputs - start)): start for start in firsts}
        for work in as_completed(works):
            try:
                yield work.result()
            except BrokenProcessPool:
                yield Outcome(Counter({"crash": 1}), (0.0, works[work], ""), ((works[work], "", "crash: the process died in this batch"),))


def main() -> None:
    """Prints the table of `docs/reliability.md`, and each input that crashed or hung, with the command that makes it again."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("inputs", nargs="?", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    options = parser.parse_args()
    ends: Counter[str] = Counter()
    slowest = (0.0, 0, "")
    for outcome in run(options.inputs, options.seed, options.first, options.jobs):
        ends += outcome.ends
        slowest = max(slowest, outcome.slowest)
        for number, name, end in outcome.bad:
            print(f"--seed {options.seed} --first {number} 1: {name}: {end}", flush=True)
    print("| inputs | read | refused in words | crashes | hangs | slowest |\n|--:|--:|--:|--:|--:|---|")
    told = f"{slowest[0]:.1f} s ({slowest[2]}, input {slowest[1]})"
    print(f"| {ends.total():,} | {ends['read']:,} | {ends['refused']:,} | {ends['crash']} | {ends['hang']} | {told} |")
    sys.exit(bool(ends["crash"] or ends["hang"]))


if __name__ == "__main__":
    main()
