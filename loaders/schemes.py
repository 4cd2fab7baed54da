"""The ontology and its concept schemes → quads of the ontology graph."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox

from cancu import resources
from cancu.context import Context
from cancu.quads import Quad, iri


def load(data: Path, context: Context) -> Iterator[Quad]:
    """The triples of `ontology/*.ttl` and `ontology/schemes/*.ttl`. Their blank nodes are named after the file and its order."""
    graph = iri(context.iris.graph("ontology"))
    for path in sorted([*resources.ONTOLOGY.glob("*.ttl"), *(resources.ONTOLOGY / "schemes").glob("*.ttl")]):
        names: dict[str, str] = {}

        def named(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple, stem: str = path.stem, names: dict[str, str] = names) -> str:
            if isinstance(term, ox.BlankNode):
                return names.setdefault(term.value, iri(f"{context.iris.graph('ontology')}/.well-known/genid/{stem}-{len(names) + 1}"))
            return str(term)

        for triple in ox.parse(path=str(path), format=ox.RdfFormat.TURTLE):
            yield Quad(named(triple.subject), str(triple.predicate), named(triple.object), graph)
