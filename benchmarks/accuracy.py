"""Reads documents, holds the records against ones made by hand, and writes the table into the README.

    python benchmarks/accuracy.py --documents ../shared/documents ../shared/documents-more \
        --expected ../shared/expected --scorer ../shared/tools/score.py

The scorer is a program of its own: `scorer EXPECTED_DIR EXTRACTED_DIR --json` prints for each section how many items
were expected, found and right.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path

from cancu import records, resources
from cancu.reading.plan import read_file

_BEGIN, _END = "<!-- scores -->", "<!-- /scores -->"
_READABLE = (".txt", ".md", ".html", ".docx", ".pdf")


def extract(folders: list[Path], expected: Path, into: Path) -> None:
    """Writes the record of each document that has an expected one."""
    for folder in folders:
        for path in sorted(folder.iterdir()):
            if path.suffix in _READABLE and (expected / f"{path.name.split('.')[0]}.json").exists() and ".layout" not in path.name:
                (into / f"{path.stem}.json").write_bytes(records.dumps(read_file(path)))


def table(scorer: Path, expected: Path, extracted: Path) -> str:
    """The scores of all sections as a Markdown table, in the scorer's order."""
    done = subprocess.run([sys.executable, scorer, expected, extracted, "--json"], check=True, capture_output=True, text=True)
    lines = ["| section | expected | found | precision | recall | F1 |", "|---|--:|--:|--:|--:|--:|"]
    for name, part in json.loads(done.stdout).items():
        figures = " | ".join(f"{part[key]:.3f}" for key in ("precision", "recall", "f1"))
        lines.append(f"| {name} | {part['expected']} | {part['found']} | {figures} |")
    return "\n".join(lines)


def write(text: str, page: Path) -> None:
    """Puts the table between the page's two marks. Raises ValueError where it has none."""
    whole = page.read_text("utf-8")
    before, _, rest = whole.partition(_BEGIN)
    _, mark, after = rest.partition(_END)
    if not mark:
        raise ValueError(f"{page} has no place for the scores: {_BEGIN} … {_END}")
    page.write_text(f"{before}{_BEGIN}\n{text}\n{_END}{after}", "utf-8")


def main() -> None:
    """Reads the command line, and does it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=Path, nargs="+", required=True)
    parser.add_argument("--expected", type=Path, required=True)
    parser.add_argument("--scorer", type=Path, required=True)
    parser.add_argument("--page", type=Path, default=resources.ROOT / "README.md")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        extract(options.documents, options.expected, Path(folder))
        write(table(options.scorer, options.expected, Path(folder)), options.page)


if __name__ == "__main__":
    main()
