"""The provinces, before and after the reform of 2025, and the country → quads of the registry graph."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from cancu.context import Context
from cancu.plan_graph import change_quads
from cancu.quads import RDF_TYPE, RDFS_LABEL, Quad, date, iri, prop, text


def load(data: Path, context: Context) -> Iterator[Quad]:
    """The quads of `data/registry/provinces.csv`."""
    graph = iri(context.iris.graph("registry"))
    country = iri(context.iris.jurisdiction("vn"))
    yield Quad(country, RDF_TYPE, prop("Jurisdiction"), graph)
    yield Quad(country, RDFS_LABEL, text("Việt Nam", "vi"), graph)
    yield Quad(country, RDFS_LABEL, text("Viet Nam", "en"), graph)
    for row in context.registry.provinces:
        subject = iri(context.iris.jurisdiction(row.slug))
        yield Quad(subject, RDF_TYPE, prop("Province"), graph)
        yield Quad(subject, RDFS_LABEL, text(row.name, "vi"), graph)
        yield Quad(subject, RDFS_LABEL, text(row.name_en, "en"), graph)
        yield Quad(subject, prop("provinceCode"), text(row.code), graph)
        if row.code_2025:
            yield Quad(subject, prop("provinceCode2025"), text(row.code_2025), graph)
        if row.iso_code:
            yield Quad(subject, prop("isoCode"), text(row.iso_code), graph)
        yield Quad(subject, prop("registrySource"), text(row.source), graph)
        if row.merged_into:
            yield Quad(subject, prop("mergedInto"), iri(context.iris.jurisdiction(row.merged_into)), graph)
            if row.merged_on:
                yield Quad(subject, prop("mergedOn"), date(row.merged_on), graph)
            heir = context.registry.place_name(row.merged_into)
            ends = (context.iris.jurisdiction(row.slug), f"{row.kind} {row.name}"), (context.iris.jurisdiction(row.merged_into), heir)
            yield from change_quads(context.iris.change("vn", row.slug), *ends, row.merged_on, row.source, graph)
