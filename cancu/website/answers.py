"""The answer to a named query as a table of a page: IRIs with their labels become links, files with their lines one cell."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import pyoxigraph as ox

from cancu import catalogue
from cancu.asking import in_order
from cancu.graph import Graph
from cancu.pool import Job, aside
from cancu.reach import trace_document
from cancu.table import Cell as Value
from cancu.table import Table
from cancu.website import renewal, slices
from cancu.website.blocks import Grid
from cancu.website.parts import NOTHING, Cell, Number, Text
from cancu.website.site import Site
from cancu.website.statements import Statements
from cancu.website.words import table as strings

_WALKED = "document-projects"
_COLUMNS = (
    "project", "projectLabel", "way", "plan", "planLabel", "planDate", "provinceLabel", "amount", "startYear", "endYear", "leadAgencies",
    "systems", "file", "firstLine", "lastLine",
)  # fmt: skip


_LITTLE = 400_000_000  # bytes of a graph's file that one store may hold in any case
_OF_A_THING = frozenset({"agency-portfolio", "evidence"})  # which ask of what plans say of one thing
_OF_A_PLAN = frozenset({"plan-budget", "project-justifications"})  # which ask of one plan, and of what that rests on


class Answers:
    """The answers to the named queries, with each file's own example for its parameters; each is asked once, for all languages.

    `held` are those that are known already. `looked` names what was asked for, until who wants to know that clears it.
    """

    def __init__(self, graph: Graph, held: Mapping[str, Table] | None = None) -> None:
        self.graph = graph
        self._known: dict[str, Table] = dict(held or {})
        self._told: dict[str, bytes] = {}
        self.looked: set[str] = set()

    def of(self, name: str) -> Table:
        """The answer to the query of this name."""
        self.looked.add(name)
        if name not in self._known:
            self._known[name] = _reached(self.graph) if name == _WALKED else _asked(self.graph, name)
        return self._known[name]

    def told(self, name: str) -> bytes:
        """The answer to the query of this name as bytes, see `renewal.dumps`."""
        if name not in self._told:
            self._told[name] = renewal.dumps(self.of(name))
        return self._told[name]

    def every(self) -> dict[str, Table]:
        """The answers to all queries, by their names."""
        return {query.name: self.of(query.name) for query in catalogue.queries()}

    def lacks(self) -> set[str]:
        """The names of the queries to be asked: of those that are neither known nor soon reckoned."""
        return {query.name for query in catalogue.queries()} - self._known.keys() - {_WALKED}

    def asked(self, lines: Path | None, told: Statements, but: Collection[str] = ()) -> dict[str, Table]:
        """All but some, to be taken by another process; `lines` is the file of the graph, where there is one, and `told` what it states.

        Of a large graph they are asked part by part, each by a process of its own: what a store took of memory ends with it. So are those
        that are left of any graph where most are known: a store of what these few can read is made sooner than one of the whole.
        """
        self.of(_WALKED)
        wanted = self.lacks().difference(but)
        if lines and wanted & renewal.PLAN_BY_PLAN and lines.stat().st_size < _LITTLE:
            self._take(partial(_of_file, lines, wanted, self.graph.base))
        elif lines and wanted:
            plans = slices.Plans(told)
            if (
                of_all := wanted - renewal.PLAN_BY_PLAN - _OF_A_PLAN - _OF_A_THING
            ):  # first: it takes the most memory, others hold theirs later
                self._take(partial(_of_terms, plans, of_all))
            self._of_blocks(plans, told.owned, sorted(wanted & renewal.PLAN_BY_PLAN))
            for name in sorted(wanted & _OF_A_THING):
                self._of_blocks(plans, plans.mentioning(_example(name)), [name])
            for name in sorted(wanted & _OF_A_PLAN):
                self._take(partial(_of_plans, plans, self._around(plans, name), {name}))
        for name in wanted:
            self.of(name)
        return self._known

    def take(self, asked: Mapping[str, Table]) -> None:
        """Takes what was asked elsewhere."""
        self._known |= asked

    def _take(self, job: Job[dict[str, Table]]) -> None:
        """Takes what a process of its own asks."""
        with aside(job) as answered:
            self.take(answered())

    def _of_blocks(self, plans: slices.Plans, some: Iterable[str], names: Sequence[str]) -> None:
        """Asks some of the plans for rows that each tell of one plan, or of plans of one place."""
        rows: dict[str, dict[tuple[Value, ...], None]] = {name: {} for name in names}
        for block in (list(plans.blocks(some)) or [[]]) if names else ():
            with aside(partial(_of_plans, plans, block, names)) as answered:
                told = answered()
            documents = {plans.documents[name] for name in block if name in plans.documents}
            for name, table in told.items():
                rows[name] |= dict.fromkeys(renewal.telling(table, documents))
                self._known[name] = table
        for name in rows.keys() & self._known.keys():
            columns = self._known[name].columns
            self._known[name] = Table(columns, renewal.in_order(catalogue.get(name), columns, rows[name]))

    def _around(self, plans: slices.Plans, name: str) -> list[str]:
        """The plans that the example of a question is about, and those that they rest on."""
        thing = _example(name)
        own = {plan for plan, document in plans.documents.items() if document == thing or plans.told.plan(thing) == plan}
        above = self.graph.rows.above([plans.documents[plan] for plan in sorted(own)]).nodes
        return [plan for plan, document in plans.documents.items() if document in above or plan in own]


def _of_file(lines: Path, names: Iterable[str], base: str) -> dict[str, Table]:
    """What questions come to in a whole graph."""
    store = ox.Store()
    store.bulk_load(path=str(lines), format=ox.RdfFormat.N_QUADS, lenient=True)
    return _of_store(store, names, base)


def _of_plans(plans: slices.Plans, some: Iterable[str], names: Iterable[str]) -> dict[str, Table]:
    """What they come to in what is stated around some plans."""
    store = ox.Store()
    store.bulk_load(plans.stated(some, _terms(names)), format=ox.RdfFormat.N_QUADS, lenient=True)
    return _of_store(store, names, plans.told.base)


def _of_terms(plans: slices.Plans, names: Iterable[str]) -> dict[str, Table]:
    """What they come to in the statements that they can read."""
    with TemporaryDirectory(prefix="cancu-") as folder:
        part = Path(folder) / "part.nq"
        with part.open("wb") as file:
            file.writelines(plans.about(_terms(names)))
        return _of_file(part, names, plans.told.base)


def _terms(names: Iterable[str]) -> slices.Terms:
    """The terms that these questions name."""
    return frozenset[str]().union(*(slices.named(catalogue.get(name).text) for name in names))


def _example(name: str) -> str:
    """The thing that a question asks of as it stands in its file."""
    return str(catalogue.get(name).params[0].example)


def _of_store(store: ox.Store, names: Iterable[str], base: str) -> dict[str, Table]:
    """What they come to in a store."""
    graph = Graph(store, base)
    return {name: _asked(graph, name) for name in sorted(names)}


def _asked(graph: Graph, name: str) -> Table:
    """The answer to a query with its own example for each parameter; names in one cell in order."""
    query = catalogue.get(name)
    found = graph.query(query.bound({param.name: param.example for param in query.params}))
    return in_order(found, query.lists) if query.lists else found


def _reached(graph: Graph) -> Table:
    """The answer to `document-projects` from the tables of what rests on what: of thousands of plans the query itself takes gigabytes."""
    query = catalogue.get(_WALKED)
    rows = (list(row) for row in trace_document(graph, str(query.params[0].example)).table())
    return in_order(Table(_COLUMNS, tuple((*row[:5], _day(row[5]), *row[6:]) for row in rows)), query.lists)


def _day(value: Value) -> Value:
    return date.fromisoformat(str(value)) if value else None


_MONEY = {"amount", "total", "stated", "summed", "money"}
_PLAIN = {"year", "startYear", "endYear", "targetYear", "periodStart", "periodEnd", "order", "step", "earlierLine", "laterLine"}
_CODED = {"way", "role", "relation", "kind", "function", "severity", "dimension", "how"}
_LINES = ("file", "firstLine", "lastLine")
LIMIT = 250


def grid(site: Site, caption: str, answer: Table, limit: int = LIMIT) -> Grid:
    """The answer, at most `limit` rows of it. `xLabel` names what `x` is, so both are one column; file and lines are another."""
    columns = [name for name in answer.columns if name not in _LINES and not _is_name(name, answer.columns)]
    where = {name: i for i, name in enumerate(answer.columns)}
    lined = all(name in where for name in _LINES)
    rows = []
    for row in answer.rows[:limit]:
        cells = [_cell(site, name, row[where[name]], row[where[f"{name}Label"]] if f"{name}Label" in where else None) for name in columns]
        if lined:
            cells.append(_lines(site, row[where["file"]], row[where["firstLine"]], row[where["lastLine"]]))
        rows.append(tuple(cells))
    heads = (*(head(site, name) for name in columns), *((site.t("col_lines"),) if lined else ()))
    return Grid.of(caption, heads, rows, empty=site.t("no_rows"))


def _is_name(name: str, columns: tuple[str, ...]) -> bool:
    return name.endswith("Label") and name.removesuffix("Label") in columns


def head(site: Site, name: str) -> str:
    """The head of a column in the page's language; its own name where there are no words for it."""
    key = f"q_{name.removesuffix('Label')}"
    return site.t(key) if key in strings() else name


def _cell(site: Site, name: str, value: Value, label: Value) -> Cell:
    if value is None:
        return NOTHING
    if isinstance(value, bool | date):
        return Text(site.words.date(value.isoformat()) if isinstance(value, date) else site.t("yes" if value else "no"))
    if isinstance(value, int | float):
        return _figure(site, name, value)
    if value.startswith(("http://", "https://")):
        return _thing(site, value, label)
    if name in _CODED:
        return Text(coded(site, value))
    return Text(site.concepts_by_word[value]) if value in site.concepts_by_word else site.vietnamese(value)


def _figure(site: Site, name: str, value: float) -> Cell:
    if name in _PLAIN:
        return Text(str(value))
    return site.money(int(value)) if name in _MONEY else Number(site.words.number(value), value)


def _thing(site: Site, iri: str, label: Value) -> Cell:
    """A link to what has a page; else the words for it: the query's own label, or ours for a property or concept."""
    if iri in site.facts.concepts:
        return Text(site.concept(iri))
    if site.address_of(iri):
        return site.link(iri)
    if label is not None:
        return site.vietnamese(str(label))
    return Text(coded(site, iri.rpartition("#")[2] if "#" in iri else iri.rpartition("/")[2]))


def coded(site: Site, value: str) -> str:
    """A code word of a query in words of ours, or as it is."""
    key = f"w_{value}"
    return site.t(key) if key in strings() else value


def _lines(site: Site, file: Value, first: Value, last: Value) -> Cell:
    if not (isinstance(first, int) and isinstance(last, int)):
        return NOTHING
    return site.lines_at(str(file or ""), first, last)
