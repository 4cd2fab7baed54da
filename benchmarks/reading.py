"""How fast documents are read on one core, their citations alone and their whole records, and in how much memory.

    python benchmarks/reading.py [FILE …] [--megabytes 2]

The documents (those of `../shared/documents` where it exists, else of `examples`) are read again and again until they
come to so many megabytes of UTF-8; answers remembered from the round before are thrown away. Time is the processor's.
All is measured five times; the middle is told, since one moment of a machine may be half as fast as the next.
The most memory held is told after the first round and after the last: it does not grow with what was read.
Where eyecite is installed (`pip install "cancu[bench]"`), it finds the citations of an English text of the same size, with
Hyperscan where that is installed too: another language and another law, so that its figure shows a scale and no more.
"""

from __future__ import annotations

import argparse
import functools
import importlib
import importlib.util
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from benchmarks.figures import Figure, of_runs, table
from cancu.reading import citations
from cancu.reading.plan import read_plan
from cancu.reading.source import Source, open_source

ROOT = Path(__file__).resolve().parent.parent
_RUNS = 5
ENGLISH = (
    "The court relied on Bush v. Gore, 531 U.S. 98, 99-100 (2000), and distinguished Marbury, 5 U.S. at 137. "
    "Under 42 U.S.C. § 1983 the claim fails. Id. at 138. Nothing in the record of the hearing suggests otherwise, "
    "and the agency did not explain why the plan that it had published the year before was set aside.\n"
)


def documents(given: Sequence[Path]) -> list[Path]:
    """The files to read: those given, or those at hand."""
    folder = next((path for path in (ROOT.parent / "shared" / "documents", ROOT / "examples") if path.is_dir()), ROOT)
    return list(given) or sorted(path for path in folder.rglob("*") if path.suffix in {".txt", ".md", ".html"} and not path.stem.isupper())


def rate(read: Callable[[Source], object], sources: Sequence[Source], megabytes: float) -> float:
    """Megabytes of text a second of processor time."""
    size = sum(len(source.text().encode()) for source in sources)
    done, spent = 0, 0.0
    while done < megabytes * 1e6:
        forget()
        start = time.process_time()
        for source in sources:
            read(source)
        done, spent = done + size, spent + time.process_time() - start
    return done / 1e6 / spent


def forget() -> None:
    """Empties the caches that remember answers for texts; those without a bound hold compiled patterns, and stay."""
    for name, module in list(sys.modules.items()):
        for value in vars(module).values() if name.startswith("cancu.") else ():
            if hasattr(type(value), "cache_parameters") and value.cache_parameters()["maxsize"]:
                value.cache_clear()


def peak() -> float | None:
    """The most memory that this process has held, in megabytes; None where the system does not tell (Windows)."""
    if importlib.util.find_spec("resource") is None:
        return None
    resource = importlib.import_module("resource")
    unit = 1 if sys.platform == "darwin" else 1024
    return float(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 1e6)


@contextmanager
def eyecite() -> Iterator[tuple[str, Callable[[float], float] | None]]:
    """What of eyecite is installed, and what tells its rate over so many megabytes of English; None without it."""
    if importlib.util.find_spec("eyecite") is None:
        yield "eyecite, which is not installed", None
        return
    find = importlib.import_module("eyecite").get_citations
    name, page = "eyecite on English", ENGLISH * 100
    with tempfile.TemporaryDirectory() as folder:
        if importlib.util.find_spec("hyperscan"):
            name = "eyecite with Hyperscan on English"
            find = functools.partial(find, tokenizer=importlib.import_module("eyecite.tokenizers").HyperscanTokenizer(cache_dir=folder))
        find(page)

        def read(megabytes: float) -> float:
            done, start = 0, time.process_time()
            while done < megabytes * 1e6:
                find(page)
                done += len(page.encode())
            return done / 1e6 / (time.process_time() - start)

        yield name, read


def figures(files: Sequence[Path] = (), megabytes: float = 2.0) -> list[Figure]:
    """Megabytes a second on one core: citations, beside eyecite's in the same run, and whole records; and the memory held."""
    sources = [open_source(path) for path in documents(files)]
    for source in sources:  # compiles the patterns
        read_plan(source)
    before = peak()
    found, whole = list[float](), list[float]()
    for _ in range(_RUNS):
        found.append(rate(lambda source: citations.find(source.lines), sources, megabytes / _RUNS))
        whole.append(rate(read_plan, sources, megabytes / _RUNS))
    after = peak()  # before the peer is loaded
    with eyecite() as (peer, their_rate):
        middle = statistics.median(their_rate(megabytes / _RUNS) for _ in range(_RUNS)) if their_rate else None
    return [
        of_runs("citations found", "MB/s", found, wanted="5 MB/s", peer=peer, peer_value=middle),
        of_runs("whole records read", "MB/s", whole, wanted="1 MB/s", peer=peer, peer_value=middle),
        Figure(f"memory held after {megabytes:g} MB", after or 0, "MB", wanted=f"as after one round: {before or 0:.0f} MB"),
    ]


def main() -> None:
    """Reads the command line, measures, and prints a table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", type=Path, nargs="*")
    parser.add_argument("--megabytes", type=float, default=2.0)
    options = parser.parse_args()
    print(table(figures(options.files, options.megabytes)))


if __name__ == "__main__":
    main()
