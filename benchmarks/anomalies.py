"""How right the audit of the committed plans is: `python benchmarks/anomalies.py`.

`tests/anomalies.csv` lists what a person who read two of the plans held to be wrong in them, and which rule should find it, or why it is
left to a reader. `tests/warnings.csv` has a person's verdict on each Warning of the audit of all five.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

from cancu import loading
from cancu.audit import Finding
from cancu.build import audited

_TABLES = Path(__file__).parent.parent / "tests"
READER = "reader"


@dataclass(frozen=True, slots=True)
class Entry:
    """A row of either table: lines of a document, the rule ("RowSum", "reading/ocr", "reader"), and whether a Warning is true."""

    file: str
    first: int
    last: int
    by: str
    verdict: str = ""

    def found_by(self, finding: Finding) -> bool:
        """Whether a finding is of this rule, on lines that touch these."""
        if finding.lines is None or finding.file != self.file or rule(finding) != self.by:
            return False
        return finding.lines[0] <= self.last and finding.lines[1] >= self.first


def rule(finding: Finding) -> str:
    """The name of a shape, or what reading found: "reading/ocr"."""
    return f"reading/{finding.kind}" if finding.rule == "reading" else finding.rule


def table(name: str) -> tuple[Entry, ...]:
    """The rows of `tests/NAME.csv`."""
    with (_TABLES / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return tuple(Entry(row["file"], int(row["first"]), int(row["last"]), row["by"], row.get("verdict", "")) for row in rows)


def main() -> None:
    """Prints recall over what a rule can express, what is left to a reader, and the precision of Warnings."""
    findings = audited(loading.context()).findings
    anomalies, read = table("anomalies"), table("warnings")
    wanted = [one for one in anomalies if one.by != READER]
    missed = [one for one in wanted if not any(one.found_by(finding) for finding in findings)]
    print(f"{len(wanted) - len(missed)} of {len(wanted)} that a rule can express are found: {1 - len(missed) / len(wanted):.3f}")
    for one in missed:
        print(f"  missed: {one.file}:{one.first} {one.by}")
    print(f"{len(anomalies) - len(wanted)} more are left to a reader")
    warnings = [finding for finding in findings if finding.severity == "Warning"]
    true = [finding for finding in warnings if any(one.verdict == "true" and one.found_by(finding) for one in read)]
    print(f"{len(true)} of {len(warnings)} Warnings are true: {len(true) / len(warnings):.3f}")


if __name__ == "__main__":
    main()
