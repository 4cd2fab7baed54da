"""What one plan gives a build: its quads, what the shapes say of it, and what follows from it.

A part is made of the plan's record and of the ground (vocabulary, registry, shapes, loaders), and of no other plan. So parts can be
made in any order, in any process, and kept for as long as neither changes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from pathlib import Path

import msgspec
import pyoxigraph as ox

from cancu import audit, infer, inputs, loading, records, resources, validate
from cancu.context import Context
from cancu.errors import InputError
from cancu.figures import Gathered, gathered
from cancu.graph import Graph
from cancu.iris import concept
from cancu.loading import Load
from cancu.quads import Quad, iri, prop
from cancu.records import PlanRecord
from cancu.registry import plan_slug

_SUMS = "cộng lại"  # what is said of parts that make another sum
_EVIDENCE = re.compile(r"/evidence/([^/]+)/L(\d+)-(\d+)>$")
_WORDS = re.compile(r"#(?:label|comment|definition|prefLabel|altLabel|notation|example|scopeNote)>$")


class Refusal(msgspec.Struct, frozen=True):
    """A file that a loader would not take, and why."""

    path: str
    problem: str
    remedy: str
    line: int | None

    @property
    def error(self) -> InputError:
        """The same as an error: its text names the file, the line, and what to do."""
        return InputError(self.path, self.problem, self.remedy, self.line)


class Part(msgspec.Struct, frozen=True):
    """One plan.

    `name` is the plan's own in IRIs; `graph` that of its graph, as a term: None where its record was refused.
    `lines` are sorted N-Quads by graph, `inferred` the sorted triples that follow. `audit` tells its findings, `rows` what rests on
    what, down to its project rows; `record` is its record as JSON.
    """

    name: str
    graph: str | None
    lines: dict[str, list[str]]
    inferred: list[str]
    results: tuple[validate.Result, ...]
    refusals: tuple[Refusal, ...]
    audit: audit.Audit
    rows: Gathered
    record: str

    @property
    def violations(self) -> tuple[validate.Result, ...]:
        """What is wrong by our own doing."""
        return tuple(result for result in self.results if result.severity == "Violation")


@dataclass(frozen=True, slots=True)
class Setting:
    """What every part of a build is made with: the base of IRIs, the folders of data and of loaders; and the digests of what they hold."""

    base: str | None
    data: Path
    loaders: tuple[Path, ...]
    made_from: tuple[tuple[str, str], ...]

    @classmethod
    def now(cls, base: str | None = None, data: Path = resources.DATA, more_loaders: Sequence[Path] = ()) -> Setting:
        """The setting with what the folders hold at this moment."""
        loaders = (resources.LOADERS, *more_loaders)
        return cls(base, data, loaders, tuple(inputs.of_parts(data, loaders, base).items()))


@dataclass(frozen=True, slots=True)
class Ground:
    """What is the same for every plan.

    `lines` are the sorted N-Quads, by graph, of the loaders that ask for no record; `plan_loaders` are the others. `registry` holds what
    is said of a thing, by the thing, and of a document that was replaced, what is said of its heirs. `axioms` are what rules need of the
    ontology.
    """

    context: Context
    lines: dict[str, list[str]]
    plan_loaders: tuple[Load, ...]
    registry: Mapping[str, Sequence[Quad]]
    corrections: tuple[Quad, ...]
    axioms: infer.Axioms


@lru_cache(2)
def ground(setting: Setting) -> Ground:
    """The ground of a build, opened once a process, and with it the shapes.

    Raises InputError for a registry, a loader or a base that cannot be used.
    """
    validate.open_shapes()
    context = loading.context(setting.base, setting.data).without_plans()
    quads: list[Quad] = []
    plan_loaders = []
    for load in loading.find(setting.loaders):
        asked = context.without_plans()
        found = list(load(setting.data, asked))
        context.rejected.extend(asked.rejected)
        if asked.was_asked:
            plan_loaders.append(load)
        else:
            quads += found
    graphs = by_graph(quads)
    findings = iri(context.iris.graph("findings"))
    ontology = iri(context.iris.graph("ontology"))
    axioms = infer.axioms(quad[:3] for quad in graphs.get(ontology, ()) if not _WORDS.search(quad.predicate))
    registry, corrections = validate.registry_index(quads), tuple(graphs.get(findings, ()))
    return Ground(context, _lines(graphs), tuple(plan_loaders), registry, corrections, axioms)


def by_graph(quads: Iterable[Quad]) -> dict[str, list[Quad]]:
    """The distinct quads of each graph."""
    graphs: dict[str, dict[Quad, None]] = {}
    for quad in quads:
        graphs.setdefault(quad.graph, {})[quad] = None
    return {name: list(part) for name, part in sorted(graphs.items())}


def _lines(graphs: Mapping[str, Iterable[Quad]]) -> dict[str, list[str]]:
    return {name: sorted(map(str, part)) for name, part in graphs.items()}


def make(setting: Setting, path: Path) -> Part:
    """The part of the plan whose record is at `path`. A file that is no record gives a part with a refusal and no quads."""
    shared = ground(setting)
    context = Context(shared.context.registry, (path,))
    graphs = by_graph(quad for load in shared.plan_loaders for quad in load(setting.data, context))
    refusals = tuple(Refusal(error.file, error.problem, error.remedy, error.line) for error in (r.error for r in context.rejected))
    record = next((record for _, record in context.records()), None)
    if record is None:
        return Part("", None, {}, [], (), refusals, audit.Audit((), ()), Gathered(), "")
    return _part(shared, record, graphs, refusals)


def _part(shared: Ground, record: PlanRecord, graphs: dict[str, list[Quad]], refusals: tuple[Refusal, ...]) -> Part:
    iris = shared.context.iris
    slug = plan_slug(record, shared.context.registry)
    graph, findings = iri(iris.plan_graph(slug)), iri(iris.graph("findings"))
    plan = graphs.get(graph, [])
    reached = list(validate.reach(plan, shared.registry))
    try:
        results = validate.validate_plan(quad[:3] for quad in (*plan, *reached))
    except SyntaxError as error:
        raise InputError(graph, f"a loader made a term that is no RDF: {error}", "mend the loader") from error
    found = _without_repeated(graphs.get(findings, []), results) + list(validate.finding_quads(results, iris))
    found += audit.statuses([*shared.corrections, *found])
    if found:
        graphs[findings] = sorted(set(found))
    inferred = sorted(map(" ".join, infer.follow(shared.axioms, (quad[:3] for quad in chain(reached, *graphs.values())))))
    lines, following = _lines(graphs), iri(iris.graph("inferred"))
    store = ox.Store()
    told = chain(map(str, reached), *lines.values(), (f"{triple} {following} ." for triple in inferred))
    store.bulk_load("\n".join(told), format=ox.RdfFormat.N_QUADS)
    store.load("\n".join(map(str, shared.corrections)), format=ox.RdfFormat.N_QUADS)
    rows = gathered(Graph(store, iris.base))
    return Part(slug, graph, lines, inferred, results, refusals, audit.of(store), rows, records.dumps(record).decode())


def _without_repeated(found: Sequence[Quad], results: Sequence[validate.Result]) -> list[Quad]:
    """What reading found, but where a shape says the same of the same lines, since it says it with figures, in both languages.

    A result drops one finding at most, the one with most of its figures and whose lines are most like its own: two faults may share a line.
    A finding without any of its figures, on lines within its own, is about something else: a cell of a table that has no unit.
    """
    told = {quad.subject: quad.object for quad in found if quad.predicate == prop("detail")}
    kinds = {quad.subject: quad.object for quad in found if quad.predicate == prop("findingKind")}
    said: dict[str, dict[str, tuple[int, int]]] = {}
    for quad in found:
        place = _EVIDENCE.search(quad.object) if quad.predicate == prop("evidence") else None
        if place and quad.subject in kinds:
            said.setdefault(kinds[quad.subject], {})[quad.subject] = int(place[2]), int(place[3])
    repeated = set()
    for result in results:
        mine = said.get(iri(concept("finding-kind", result.kind)), {})
        near = [(unlike, name) for name, lines in mine.items() if (unlike := _unlike(result, told.get(name, ""), lines)) is not None]
        if near:
            repeated.add(min(near)[1])
            del mine[min(near)[1]]
    return [quad for quad in found if quad.subject not in repeated]


def _unlike(result: validate.Result, told: str, lines: tuple[int, int]) -> tuple[int, bool, int] | None:
    """How unlike a result what reading found on these lines is, to be compared with others; None where it is about something else."""
    first, last = result.place.lines or (0, -1)
    if not (lines[0] <= last and lines[1] >= first):
        return None
    figures, others = _digits(f"{result.stated} {result.other}"), _digits(told)
    at_edge = lines[0] == first or lines[1] == last
    if not _alike(figures, others, at_edge=at_edge):
        return None
    return -len(figures & others), (_SUMS in told) != (_SUMS in result.message_vi), abs(lines[0] - first) + abs(lines[1] - last)


def _alike(figures: set[str], others: set[str], *, at_edge: bool) -> bool:
    """Whether figures are of one fault: two of them, where each has as many; else one, or none where their lines begin or end together."""
    shared = len(figures & others)
    return shared > 1 or (shared == 1 and min(len(figures), len(others)) == 1) or (not shared and at_edge)


def _digits(text: str) -> set[str]:
    """The figures in a text by their digits alone, without zeros at the ends: "2,55 tỷ" and "2550000000" are one."""
    return {re.sub("[.,]", "", figure).strip("0") for figure in re.findall(r"\d[\d.,]*", text)}
