"""Curators' corrections → quads: the stated value and the one that holds, side by side, in the findings graph.

A row with the item `finding/NAME` and the property `findingStatus` says of a finding that it is `explained` or `corrected`.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

from cancu.context import Context
from cancu.errors import InputError
from cancu.iris import slug
from cancu.quads import RDF_TYPE, RDFS_LABEL, Quad, iri, prop, text

_COLUMNS = ["plan", "item", "property", "stated", "corrected", "reason", "source"]


def load(data: Path, context: Context) -> Iterator[Quad]:
    """The quads of `data/corrections/*.csv`: plan slug, item ('entry/appendix-1-ii-3'), property, both values, why, on whose word."""
    graph = iri(context.iris.graph("findings"))
    for path in sorted((data / "corrections").glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            reader = csv.DictReader(file)
            if reader.fieldnames != _COLUMNS:
                context.reject(path, InputError(str(path), f"the columns are {reader.fieldnames}", f"make them {', '.join(_COLUMNS)}", 1))
                continue
            for row in reader:
                if row["property"] == "findingStatus" and row["corrected"] not in ("explained", "corrected"):
                    problem = f"a finding cannot become “{row['corrected']}”"
                    context.reject(path, InputError(str(path), problem, "make it explained or corrected", reader.line_num))
                    continue
                family, _, name = row["item"].partition("/")
                subject = iri(context.iris.of_plan("correction", row["plan"], f"{slug(row['item'])}-{slug(row['property'])}"))
                yield Quad(subject, RDF_TYPE, prop("Correction"), graph)
                yield Quad(subject, RDFS_LABEL, text(f"{row['stated']} → {row['corrected']}", "vi"), graph)
                yield Quad(subject, prop("corrects"), iri(context.iris.of_plan(family, row["plan"], name)), graph)
                yield Quad(subject, prop("correctedProperty"), prop(row["property"]), graph)
                yield Quad(subject, prop("statedValue"), text(row["stated"]), graph)
                yield Quad(subject, prop("correctedValue"), text(row["corrected"]), graph)
                yield Quad(subject, prop("reason"), text(row["reason"], "vi"), graph)
                yield Quad(subject, prop("correctionSource"), text(row["source"]), graph)
