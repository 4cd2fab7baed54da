"""Whether pySHACL and rudof find the same as the audit in the committed plans, and how long each takes: `python benchmarks/agreement.py`.

The tests hold the three against each other on these plans and on the cases of each shape.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

import pyrudof
import pyshacl
from rdflib import RDF, SH, BNode, Graph, Literal
from rdflib.plugins.sparql import prepareQuery
from rdflib.plugins.sparql.sparql import Query
from rdflib.query import Result as Answer

from cancu import loading, validate
from cancu.conformance import Triple
from cancu.violations import shapes


@dataclass(frozen=True, slots=True)
class Seen:
    """What an engine says of a plan: the local names of shape and severity, and the IRI of the node that it concerns."""

    shape: str
    severity: str
    node: str


class Prepared(Graph):
    """A graph that parses a query once: pySHACL asks the same of each plan, and rdflib takes longer to parse most than to answer them."""

    def query(self, query_object: str | Query, *rest: Any, **more: Any) -> Answer:
        """As `Graph.query`."""
        return super().query(_prepared(query_object) if isinstance(query_object, str) else query_object, *rest, **more)


@cache
def _prepared(text: str) -> Query:
    return prepareQuery(text)


def plans() -> dict[str, list[Triple]]:
    """The committed plans by the names of their graphs, each with the part of the registry that it reaches."""
    quads = list(loading.run(loading.context()))
    registry = validate.registry_index(quads)
    graphs = sorted({quad.graph for quad in quads if "/graph/plan/" in quad.graph})
    own = {graph: [quad for quad in quads if quad.graph == graph] for graph in graphs}
    return {graph: list(dict.fromkeys(quad[:3] for quad in (*plan, *validate.reach(plan, registry)))) for graph, plan in own.items()}


def with_vocabulary(triples: Iterable[Triple]) -> str:
    """The triples, and what shapes need of the vocabulary, as N-Triples."""
    return "".join(f"{' '.join(triple)} .\n" for triple in dict.fromkeys([*triples, *validate._background()[0]]))


def by_audit(text: str) -> set[Seen]:
    """What the audit finds in N-Triples."""
    found = validate.validate_graph(Graph().parse(data=text, format="nt"))
    return {Seen(one.shape.rpartition("#")[2], one.severity, one.value or one.focus) for one in found if one.severity != "Violation"}


def report(text: str) -> Graph:
    """pySHACL's report on N-Triples by the shapes of the audit."""
    _, found, _ = pyshacl.validate(Prepared().parse(data=text, format="nt"), shacl_graph=shapes("audit"))
    assert isinstance(found, Graph)
    return found


def by_pyshacl(text: str) -> set[Seen]:
    """What pySHACL finds in N-Triples."""
    return seen(report(text))


def seen(found: Graph) -> set[Seen]:
    """What a report says."""
    return {
        Seen(
            str(found.value(result, SH.sourceShape)).rpartition("#")[2],
            str(found.value(result, SH.resultSeverity)).rpartition("#")[2],
            str(found.value(result, SH.value) or found.value(result, SH.focusNode)),
        )
        for result in found.subjects(RDF.type, SH.ValidationResult)
    }


def by_rudof(text: str) -> set[Seen]:
    """What rudof finds in N-Triples."""
    rudof = pyrudof.Rudof(pyrudof.RudofConfig())
    rudof.read_data(text, pyrudof.RDFFormat.NTriples)
    rudof.read_shacl(_written_out().serialize(format="turtle"), pyrudof.ShaclFormat.Turtle)
    found = rudof.validate_shacl()
    return {Seen(one.source_shape.rpartition("#")[2], one.severity, one.value or one.focus_node) for one in found}


@cache
def _written_out() -> Graph:
    """The shapes of the audit with `$currentShape` written out: the standard leaves it to an engine to bind it, and rudof does not."""
    graph = Graph()
    graph += shapes("audit")  # a copy: others ask the shapes as they are
    for shape, query in list(graph.subject_objects(SH.sparql)):
        select = str(graph.value(query, SH.select))
        if "$currentShape" in select:
            own = BNode()
            graph.remove((shape, SH.sparql, query))
            graph.add((shape, SH.sparql, own))
            for prefixes in graph.objects(query, SH.prefixes):
                graph.add((own, SH.prefixes, prefixes))
            graph.add((own, SH.select, Literal(select.replace("$currentShape", f"<{shape}>"))))
    return graph


def main() -> None:
    """Prints a row a plan: its findings, who agrees, and the seconds of processor time of each."""
    engines: tuple[Callable[[str], set[Seen]], ...] = (by_audit, by_pyshacl, by_rudof)
    print("| plan | findings | pySHACL | rudof | audit, s | pySHACL, s | rudof, s |\n|---|--:|---|---|--:|--:|--:|")
    for name, triples in plans().items():
        text, found, seconds = with_vocabulary(triples), [], []
        for engine in engines:
            start = time.process_time()
            found.append(engine(text))
            seconds.append(time.process_time() - start)
        same = ["the same" if other == found[0] else "differs" for other in found[1:]]
        spent = " | ".join(f"{one:.1f}" for one in seconds)
        print(f"| {name.rsplit('/', 1)[-1][:-1]} | {len(found[0])} | {' | '.join(same)} | {spent} |", flush=True)


if __name__ == "__main__":
    main()
