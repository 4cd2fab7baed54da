"""Documents of one's own, from Python: read one, see what does not fit in it. `cancu.open(plans=[…])` asks it beside what ships."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from cancu.table import Table

if TYPE_CHECKING:
    from cancu.records import PlanRecord


def read(path: str | Path) -> PlanRecord:
    """The record of what a document states, with the lines of each statement: .txt .md .html .docx .pdf.

    Raises InputError for a file that cannot be read.
    """
    from cancu.reading.plan import read_file  # its lexicon takes time to open

    return read_file(Path(path))


def check(*plans: str | Path) -> Table:
    """What does not fit in documents (or records of them), with lines and rules; of the plans that ship where none is given.

    Raises InputError for the first that cannot be read.
    """
    from cancu import audit, loading
    from cancu.build import audited
    from cancu.context import Context

    ctx = loading.context()
    if plans:
        ctx = Context(ctx.registry, tuple(map(Path, plans)))
    found = audited(ctx).findings
    for rejected in ctx.rejected:
        raise rejected.error
    return Table(audit.COLUMNS, tuple(finding.row() for finding in found))
