"""The main job: records and registry → graph, checked and inferred, with its findings, description and website.

A build is made whole in a folder beside the last one, and takes its place by a rename. A plan that fails is set aside
in `quarantine/` with a report; the rest goes on.
"""

from __future__ import annotations

import csv
import json
import re
import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from cancu import audit, closure, description, infer, loading, records, resources, sarif, validate
from cancu.context import Context
from cancu.errors import InputError
from cancu.iris import ONTOLOGY, SCHEME, concept
from cancu.quads import Quad, iri, prop
from cancu.registry import plan_slug

Report = Callable[[str], None]
_EVIDENCE = re.compile(r"/evidence/([^/]+)/L(\d+)-(\d+)>$")
_PREFIXES = {
    "cancu": ONTOLOGY,
    "concept": SCHEME,
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "dct": "http://purl.org/dc/terms/",
    "dcat": "http://www.w3.org/ns/dcat#",
    "void": "http://rdfs.org/ns/void#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "sh": "http://www.w3.org/ns/shacl#",
}


@dataclass(frozen=True, slots=True)
class Built:
    """What a build made. `quarantined` names the plans that were set aside."""

    folder: Path
    plans: int
    quads: int
    inferred: int
    findings: int
    pages: int
    quarantined: tuple[str, ...]


Graphs = dict[str, list[Quad]]


def build(
    out: Path,
    *,
    data: Path = resources.DATA,
    plans: Sequence[Path] = (),
    loaders: Sequence[Path] = (),
    documents: Path | None = None,
    base: str | None = None,
    site: bool = True,
    report: Report = lambda _: None,
) -> Built:
    """Builds everything into `out`: `data`'s plans and those in `plans`, by our loaders and those in the folders `loaders`.

    `documents` is a folder with the source documents, whose words pages then show. Raises InputError for a registry, a
    loader or a base IRI that cannot be used; a bad plan is quarantined instead.
    """
    with _aside(out) as fresh:
        ctx = loading.context(base, data, plans)
        report("load")
        graphs: Graphs = {}
        _add(graphs, loading.run(ctx, data, loading.find((resources.LOADERS, *loaders))))
        report("validate")
        checked = _validated(ctx, graphs)
        good = [plan for plan in checked if not plan.violations]
        bad = _set_aside(ctx, [plan for plan in checked if plan.violations], graphs, fresh)
        report("infer")
        _find(ctx, graphs, good)
        store = _store(graphs)
        inferred = infer.infer(store, ctx.iris.graph("inferred"))
        _add(graphs, (_quad(quad) for quad in store.quads_for_pattern(None, None, None, ox.NamedNode(ctx.iris.graph("inferred")))))
        _add(graphs, closure.quads(ctx.iris.graph("inferred")))
        described = list(description.quads(graphs, ctx.iris))
        _add(graphs, described)
        store.extend(_parsed([*described, *graphs[iri(ctx.iris.graph("inferred"))]]))
        report("write")
        _write_graph(graphs, fresh)
        found = audit.of(store).findings
        _write_findings(found, fresh)
        (fresh / "records").mkdir()
        for record in (record for path, record in ctx.records() if path in {plan.path for plan in good}):
            (fresh / "records" / f"{Path(record.source.name).stem}.json").write_bytes(records.dumps(record))
        pages = 0
        if site:
            from cancu import website
            from cancu.graph import Graph

            report("render")
            pages = website.render(Graph(store, ctx.iris.base), fresh / "site", documents)
        total = sum(len(part) for part in graphs.values())
    return Built(out, len(good), total, inferred, len(found), pages, bad)


# ---------------------------------------------------------------- stages


@dataclass(frozen=True, slots=True)
class Checked:
    """A plan that was loaded and validated: its record's file, its named graph as a term, and what the shapes say of it."""

    path: Path
    graph: str
    results: tuple[validate.Result, ...]

    @property
    def violations(self) -> tuple[validate.Result, ...]:
        """What is wrong by our own doing."""
        return tuple(result for result in self.results if result.severity == "Violation")


def check(ctx: Context) -> tuple[Checked, ...]:
    """Validates the plans of the context. Of two records of one plan the second is rejected."""
    graphs: Graphs = {}
    _add(graphs, loading.run(ctx))
    return _validated(ctx, graphs)


def audited(ctx: Context, data: Path = resources.DATA) -> audit.Audit:
    """The findings in the plans of the context: by reading and by shapes, each said once. Violations are no findings: see `check`."""
    graphs: Graphs = {}
    _add(graphs, loading.run(ctx, data))
    _find(ctx, graphs, _validated(ctx, graphs))
    return audit.of(_store(graphs))


def _find(ctx: Context, graphs: Graphs, checked: Sequence[Checked]) -> None:
    """Adds what the shapes found in these plans to what reading found, and the status of each finding."""
    findings = iri(ctx.iris.graph("findings"))
    results = [result for plan in checked for result in plan.results]
    _drop_repeated(graphs, findings, results)
    _add(graphs, validate.finding_quads(results, ctx.iris))
    _add(graphs, audit.statuses(graphs[findings]))


def _validated(ctx: Context, graphs: Graphs) -> tuple[Checked, ...]:
    paths: dict[str, Path] = {}
    for path, record in ctx.records():
        graph = iri(ctx.iris.plan_graph(plan_slug(record, ctx.registry)))
        if graph in paths:
            ctx.reject(path, InputError(str(path), f"is a record of the same plan as {paths[graph]}", "keep one of the two"))
        else:
            paths[graph] = path
    shared = [quad for name, part in graphs.items() if name not in paths for quad in part]
    outcomes = validate.validate_many([(graph, graphs.get(graph, [])) for graph in paths], shared)
    return tuple(Checked(path, graph, results) for (graph, path), results in zip(paths.items(), outcomes, strict=True))


def _set_aside(ctx: Context, failed: Sequence[Checked], graphs: Graphs, fresh: Path) -> tuple[str, ...]:
    """Moves plans that break the shapes out of the graphs, and reports them and the rejected files; returns their names."""
    names = set()
    for plan in failed:
        _quarantine(fresh, plan.path, "\n".join(str(result) for result in plan.violations))
        names.add(plan.path.stem)
        del graphs[plan.graph]
        slug = plan.graph.rsplit("/", 1)[-1].rstrip(">")
        findings = iri(ctx.iris.graph("findings"))
        mine = iri(ctx.iris.of_plan("finding", slug))[:-1] + "/"
        graphs[findings] = [quad for quad in graphs.get(findings, []) if not quad.subject.startswith(mine)]
    for rejected in ctx.rejected:
        _quarantine(fresh, rejected.path, str(rejected.error))
        names.add(rejected.path.stem)
    return tuple(sorted(names))


def _drop_repeated(graphs: Graphs, findings: str, results: Sequence[validate.Result]) -> None:
    """Drops what reading found where a shape says the same of the same lines, since it says it with figures, in both languages.

    A result drops one finding at most, the one whose lines are most like its own: two faults may share a line.
    """
    kinds = {quad.subject: quad.object for quad in graphs.get(findings, []) if quad.predicate == prop("findingKind")}
    said: dict[tuple[str, str], dict[str, tuple[int, int]]] = {}
    for quad in graphs.get(findings, []):
        place = _EVIDENCE.search(quad.object) if quad.predicate == prop("evidence") else None
        if place and quad.subject in kinds:
            said.setdefault((kinds[quad.subject], place[1]), {})[quad.subject] = int(place[2]), int(place[3])
    repeated = set()
    for result in results:
        mine = said.get((iri(concept("finding-kind", result.kind)), result.place.plan_slug), {})
        first, last = result.place.lines or (0, -1)
        near = [(abs(one - first) + abs(two - last), name) for name, (one, two) in mine.items() if one <= last and two >= first]
        if near:
            repeated.add(min(near)[1])
            del mine[min(near)[1]]
    graphs[findings] = [quad for quad in graphs.get(findings, []) if quad.subject not in repeated]


def _quarantine(fresh: Path, path: Path, why: str) -> None:
    folder = fresh / "quarantine" / path.stem
    folder.mkdir(parents=True, exist_ok=True)
    if path.is_file():
        shutil.copyfile(path, folder / path.name)
    (folder / "report.txt").write_text(f"{why}\n", encoding="utf-8")


def _add(graphs: Graphs, quads: Iterable[Quad]) -> None:
    """Files the quads under their graphs, each once."""
    fresh: dict[str, set[Quad]] = {}
    for quad in quads:
        fresh.setdefault(quad.graph, set()).add(quad)
    for name, part in fresh.items():
        graphs[name] = sorted(part.union(graphs.get(name, ())))


def _parsed(quads: Iterable[Quad]) -> Iterator[ox.Quad]:
    return ox.parse("".join(f"{quad}\n" for quad in quads), format=ox.RdfFormat.N_QUADS)


def _store(graphs: Graphs) -> ox.Store:
    """The quads in a store, by its strict bulk loader. Raises InputError for a term that is no RDF."""
    store = ox.Store()
    for name, part in graphs.items():
        try:
            store.bulk_load("".join(f"{quad}\n" for quad in part), format=ox.RdfFormat.N_QUADS)
        except SyntaxError as error:
            raise InputError(name, f"a loader made a term that is no RDF: {error}", "mend the loader") from error
    return store


def _quad(quad: ox.Quad) -> Quad:
    return Quad(str(quad.subject), str(quad.predicate), str(quad.object), str(quad.graph_name))


# ---------------------------------------------------------------- outputs


def _write_graph(graphs: Graphs, fresh: Path) -> None:
    lines = sorted(str(quad) for part in graphs.values() for quad in part)
    text = "".join(f"{line}\n" for line in lines)
    (fresh / "graph.nq").write_text(text, encoding="utf-8")
    ox.serialize(
        ox.parse(text, format=ox.RdfFormat.N_QUADS), output=str(fresh / "graph.trig"), format=ox.RdfFormat.TRIG, prefixes=_PREFIXES
    )
    meta = [quad for name, part in graphs.items() if name.endswith("graph/meta>") for quad in part]
    triples = (quad.triple for quad in _parsed(meta))
    ox.serialize(triples, output=str(fresh / "void.ttl"), format=ox.RdfFormat.TURTLE, prefixes=_PREFIXES)


def _write_findings(found: Sequence[audit.Finding], fresh: Path) -> None:
    rows = [finding.row() for finding in found]
    with (fresh / "findings.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([audit.COLUMNS, *rows])
    table = [dict(zip(audit.COLUMNS, row, strict=True)) for row in rows]
    (fresh / "findings.json").write_text(json.dumps({"findings": table}, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    (fresh / "findings.sarif").write_text(sarif.dumps(found), encoding="utf-8")


@contextmanager
def _aside(out: Path) -> Iterator[Path]:
    """A fresh folder that becomes `out` when the block ends well; until then the last build stays."""
    if out.exists() and not out.is_dir():
        raise InputError(str(out), "is a file", "name a folder for the build")
    fresh, old = out.with_name(f".{out.name}.fresh"), out.with_name(f".{out.name}.old")
    if old.exists() and not out.exists():
        old.rename(out)  # a run was stopped between its two renames
    shutil.rmtree(old, ignore_errors=True)
    shutil.rmtree(fresh, ignore_errors=True)
    try:
        fresh.mkdir(parents=True)
    except OSError as error:
        raise InputError(str(out), f"cannot be written: {error.strerror}", "choose a folder that you may write to") from error
    try:
        yield fresh
        if out.exists():
            out.rename(old)
        fresh.replace(out)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
        shutil.rmtree(old, ignore_errors=True)
