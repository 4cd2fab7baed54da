"""The vocabulary closed: which term is below which, at any distance.

Instances are inferred by the rules of `ontology/rules/`; this is about the terms alone, for queries that ask for a
superclass without a path. The tests hold it against owlrl, close the vocabulary under all of OWL 2 RL, and look for contradictions.
"""

from __future__ import annotations

from collections.abc import Iterator

import pyoxigraph as ox

from cancu import infer, resources
from cancu.iris import ONTOLOGY
from cancu.quads import Quad, iri


def quads(graph_iri: str) -> Iterator[Quad]:
    """What follows of the hierarchy of the vocabulary's terms, in the named graph."""
    files = sorted(resources.ONTOLOGY.glob("*.ttl"))
    quads = (quad for path in files for quad in ox.parse(path=str(path), format=ox.RdfFormat.TURTLE))
    stated = [(str(quad.subject), str(quad.predicate), str(quad.object)) for quad in quads]
    for predicate in (infer.SUBCLASS, infer.SUBPROPERTY):
        steps: dict[str, set[str]] = {}
        for lower, name, upper in stated:
            if name == predicate:
                steps.setdefault(lower, set()).add(upper)
        for lower, above in infer.reached(steps).items():
            if lower.startswith(f"<{ONTOLOGY}"):
                yield from (
                    Quad(lower, predicate, upper, iri(graph_iri)) for upper in sorted(above - steps[lower] - {lower}) if upper[0] == "<"
                )
