"""Whether pySHACL finds the same in the committed plans, and how much longer it takes: `python benchmarks/agreement.py`. Some minutes.

Shape by shape, since rdflib fails on a sum over no rows; such a shape is named, and finds nothing here either. The tests hold the two
against each other on the cases of each shape, and pySHACL and rudof on the structure of these plans.
"""

from __future__ import annotations

import time

import pyshacl
from rdflib import RDF, SH, Graph

from cancu import constraints, loading, validate
from cancu.conformance import Triple


def plans() -> dict[str, list[Triple]]:
    """The committed plans by the names of their graphs, each with the part of the registry that it reaches."""
    quads = list(loading.run(loading.context()))
    registry = validate.registry_index(quads)
    graphs = sorted({quad.graph for quad in quads if "/graph/plan/" in quad.graph})
    own = {graph: [quad for quad in quads if quad.graph == graph] for graph in graphs}
    return {graph: [quad[:3] for quad in {*plan, *validate.reach(plan, registry)}] for graph, plan in own.items()}


def by_pyshacl(data: Graph) -> tuple[set[tuple[str, str]], list[str]]:
    """The findings of pySHACL, as shapes and nodes, and the shapes at which rdflib fails."""
    shapes, found, failed = constraints.shapes("audit"), set(), []
    for one in constraints.constraints():
        try:
            _, report, _ = pyshacl.validate(data, shacl_graph=shapes, use_shapes=[one.shape])
        except AttributeError:
            failed.append(one.name)
            continue
        assert isinstance(report, Graph)
        for result in report.subjects(RDF.type, SH.ValidationResult):
            found.add((one.shape, str(report.value(result, SH.value) or report.value(result, SH.focusNode))))
    return found, failed


def main() -> None:
    """Prints a row a plan: its findings, whether both agree, the seconds of each, and the shapes at which rdflib fails."""
    print("| plan | findings | the same | ours, s | pySHACL, s | rdflib fails at |\n|---|--:|---|--:|--:|---|")
    for name, triples in plans().items():
        start = time.process_time()
        results = validate.validate_plan(triples)
        ours = time.process_time() - start
        text = "".join(f"{' '.join(triple)} .\n" for triple in dict.fromkeys([*triples, *validate._background()[0]]))
        data = Graph().parse(data=text, format="nt")
        start = time.process_time()
        theirs, failed = by_pyshacl(data)
        seconds = time.process_time() - start
        same = {(result.shape, result.value or result.focus) for result in results if result.severity != "Violation"} == theirs
        print(f"| {name.rsplit('/', 1)[-1][:-1]} | {len(theirs)} | {same} | {ours:.2f} | {seconds:.1f} | {', '.join(failed)} |", flush=True)


if __name__ == "__main__":
    main()
