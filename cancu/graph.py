"""The graph, as a program or a notebook reaches it: queries by name or in SPARQL, traces, and words resolved to things."""

from __future__ import annotations

import gzip
import hashlib
import re
import zlib
from collections.abc import Callable, Iterable, Mapping
from functools import cached_property, partial
from importlib import import_module
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import pyoxigraph as ox

from cancu import catalogue, loading
from cancu.asking import PREFIXES, Asked, is_name
from cancu.catalogue import Value
from cancu.errors import InputError, NotFound, QueryError
from cancu.hints import check_terms, explained
from cancu.infer import infer
from cancu.iris import BASE, ONTOLOGY
from cancu.results import python, table_of_tsv, text_of
from cancu.table import Table

if TYPE_CHECKING:
    import networkx as nx
    from rdflib import Dataset

    from cancu.card import Card
    from cancu.compare import Comparison
    from cancu.finding import Finder, Thing
    from cancu.pictures import Picture
    from cancu.ranking import Gate, Ranking
    from cancu.reach import Reach
    from cancu.rows import RowIndex
    from cancu.trace import Trace, Ways
    from cancu.why import Why

_OF_FINDINGS = re.compile(r"[Ff]inding|settledBy|detectedBy")
_STATED = re.compile(r"/graph/(?:plan/|registry$)")
_FORMATS = {".nq": ox.RdfFormat.N_QUADS, ".trig": ox.RdfFormat.TRIG, ".ttl": ox.RdfFormat.TURTLE, ".nt": ox.RdfFormat.N_TRIPLES}

_QUADS = (".nq", ".trig")
Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple


class Graph(Asked):
    """A store, read only, or what opens it when it is first asked. Its default graph is the union of its named graphs.

    `findings` makes the graph of findings anew, as N-Quads: what plans are checked for takes longer than all the rest, so that it
    is made when it is first asked about. `rows` are the tables that a build left of what rests on what.
    """

    def __init__(
        self,
        store: ox.Store | Callable[[], ox.Store],
        base: str = BASE,
        findings: Callable[[], str] | None = None,
        rows: RowIndex | None = None,
    ) -> None:
        self._opened, self.base, self._findings, self._rows = store, base, findings, rows

    @cached_property
    def store(self) -> ox.Store:
        """The store."""
        return self._opened if isinstance(self._opened, ox.Store) else self._opened()

    # ------------------------------------------------------------ queries

    def labels(self, iris: Iterable[str]) -> dict[str, str]:
        """The labels of things, in Vietnamese where there are several; things without one are left out."""
        found = ((iri, self.value(iri, "rdfs:label") or self.value(iri, "skos:prefLabel")) for iri in iris)
        return {iri: label for iri, label in found if label}

    def _check(self) -> None:
        """Puts the findings of a check, with their status, in the place of those that reading alone had."""
        if self._findings is not None:
            checked, self._findings = self._findings, None
            self.store.remove_graph(ox.NamedNode(f"{self.base}graph/findings"))
            self.store.bulk_load(checked(), format=ox.RdfFormat.N_QUADS)

    def _run(self, text: str) -> Table:
        if _OF_FINDINGS.search(text):
            self._check()
        try:
            answer = self.store.query(text, use_default_graph_as_union=True, prefixes=dict(PREFIXES))
            if isinstance(answer, ox.QuerySolutions):
                return table_of_tsv(answer.serialize(format=ox.QueryResultsFormat.TSV) or b"")
            if isinstance(answer, ox.QueryBoolean):
                return Table(("answer",), ((bool(answer),),))
            rows = tuple((python(triple.subject), triple.predicate.value, python(triple.object)) for triple in answer)
            return Table(("subject", "predicate", "object"), rows)
        except SyntaxError as error:
            raise explained(str(error), text, PREFIXES) from error
        except (RuntimeError, ValueError) as error:
            raise QueryError(f"The query cannot be answered: {error}.") from error

    def _bound(self, query: str, params: Mapping[str, Value]) -> str:
        """As everywhere; here the words of a thing will do for its IRI, and terms that there are not are told."""
        named = catalogue.get(query) if is_name(query) else None
        if named is None:
            check_terms(query, self._uses)
            return super()._bound(query, params)
        kinds = {param.name: param.kind for param in named.params}
        return super()._bound(query, {name: self._thing(value) if kinds.get(name) == "iri" else value for name, value in params.items()})

    def _uses(self, iri: str) -> bool:
        """Whether the graph has a statement with the term."""
        term = ox.NamedNode(iri)
        return any(next(self.store.quads_for_pattern(None, *ends), None) for ends in ((term, None, None), (None, term, None)))

    def _thing(self, words: Value) -> Value:
        """The IRI that words name; an IRI as it is."""
        try:
            return words if str(words).startswith(("http://", "https://")) else self.find(str(words)).iri
        except NotFound as error:
            raise QueryError(str(error)) from error

    # ------------------------------------------------------------ one thing's statements

    def objects(self, subject: str, *names: str) -> tuple[str, ...]:
        """What the vocabulary's properties `names` give for a thing, each once: IRIs and literals as text."""
        node = ox.NamedNode(subject)
        found = chain.from_iterable(self.store.quads_for_pattern(node, ox.NamedNode(_full(name)), None, None) for name in names)
        return tuple(dict.fromkeys(text_of(quad.object) for quad in found))

    def subjects(self, name: str, value: str) -> tuple[str, ...]:
        """The things for which the property gives the thing `value`, each once."""
        found = self.store.quads_for_pattern(None, ox.NamedNode(_full(name)), ox.NamedNode(value), None)
        return tuple(dict.fromkeys(text_of(quad.subject) for quad in found))

    def value(self, subject: str, name: str, graph: str | None = None) -> str | None:
        """The least of what a property gives for a thing, in Vietnamese where it is in several languages; None for nothing.

        With `graph`, what that named graph says alone.
        """
        where = ox.NamedNode(graph) if graph else None
        return _least(quad.object for quad in self.store.quads_for_pattern(ox.NamedNode(subject), ox.NamedNode(_full(name)), None, where))

    def graph_of(self, subject: str, name: str) -> str | None:
        """A named graph in which a thing has the property, always the same one; None where it has none of it."""
        quads = self.store.quads_for_pattern(ox.NamedNode(subject), ox.NamedNode(_full(name)), None, None)
        return next((quad.graph_name.value for quad in quads if isinstance(quad.graph_name, ox.NamedNode)), None)

    # ------------------------------------------------------------ things

    @cached_property
    def _finder(self) -> Finder:
        finder: Finder = import_module("cancu.finding").Finder(self)
        return finder

    @cached_property
    def rows(self) -> RowIndex:
        """What rests on what, down to project rows, as a build left it; made now where none did. See `cancu.rows`."""
        found: RowIndex = self._rows or import_module("cancu.rows").RowIndex.of_graph(self)
        return found

    def find(self, words: str, kinds: Iterable[str] = ()) -> Thing:
        """The one thing that `words` name: an IRI, a document's number in any spelling, words of a title or name, with or without marks.

        `kinds` narrows it to some of project, document, agency, system. Raises Ambiguous with the candidates, or NotFound
        with what is near.
        """
        return self._finder.find(words, tuple(kinds))

    def trace(self, words: str, basis: str | None = None, *, competence: bool = False) -> Trace | Reach | Ways:
        """A project's paths to the documents it rests on, or what rests on a document. `words` as in `find`.

        With `basis`, all the ways in which that document justifies the project or plan. With `competence`, the laws that make an
        issuer competent, which every decision repeats, are shown too; with `basis` they always count.
        """
        trace = import_module("cancu.trace")
        thing = self.find(words, ("project", "document"))
        found: Trace | Reach | Ways
        if basis is not None:
            found = trace.trace_between(self, thing.iri, self.find(basis, ("document",)).iri)
        elif thing.kind == "project":
            found = trace.trace_project(self, thing.iri, competence=competence)
        else:
            found = import_module("cancu.reach").trace_document(self, thing.iri)
        return found

    def budget(self, words: str) -> Picture:
        """The money by year of a plan or project, or of what another document justified, as a picture with its table."""
        found: Picture = import_module("cancu.pictures").budget(self, words)
        return found

    def timeline(self, words: str) -> Picture:
        """When a project or plan and its bases were, or a document and the plans that rest on it, as a picture with its table."""
        found: Picture = import_module("cancu.pictures").times(self, words)
        return found

    def cite_card(self, words: str, basis: str | None = None, *, language: Literal["vi", "en"] = "vi") -> Card:
        """A citable card for the trace of a thing, or for the best of the ways in which the document `basis` justifies it.

        Raises CancuError where nothing is stated that could be cited.
        """
        found: Card = import_module("cancu.card").card(self, self.trace(words, basis), language)
        return found

    def compare(self, earlier: str, later: str) -> Comparison:
        """Two plans side by side: bases kept, dropped and added, targets moved, projects continued. Words as in `find`."""
        first, second = (self.find(words, ("document",)).iri for words in (earlier, later))
        found: Comparison = import_module("cancu.compare").compare(self, first, second)
        return found

    def gates(self, words: str) -> tuple[Gate, ...]:
        """The documents through which every path from a project to some laws and Party documents passes; see `cancu.ranking.gates`."""
        found: tuple[Gate, ...] = import_module("cancu.ranking").gates(self, self.find(words, ("project",)).iri)
        return found

    def why(self, subject: str, predicate: str, value: str) -> Why:
        """Why a statement holds: where it is stated, or by which rule it follows from which statements.

        `subject` and `value` are IRIs, or words as in `find`; `value` may be a class of the vocabulary ('Decree') or a literal's
        text. `predicate` is a property of the vocabulary ('justifiedBy'), a prefixed name or 'a'. Raises NotFound where the
        statement does not hold.
        """
        name = _full("rdf:type") if predicate == "a" else _vocabulary(predicate) or predicate
        values = dict.fromkeys((self._named(value), value))
        found: Why = import_module("cancu.why").why(self, self._named(subject), name, tuple(values))
        return found

    def _named(self, words: str) -> str:
        """An IRI for words: of a term of the vocabulary, or of a thing; else the words as they are."""
        if words.startswith(("http://", "https://")):
            return words
        term = _vocabulary(words)
        if term and self.objects(term, "rdf:type"):
            return term
        try:
            return self.find(words).iri
        except NotFound:
            return words

    # ------------------------------------------------------------ the whole

    def rank(self) -> Ranking:
        """All documents by the plans, projects, provinces and dong that rest on them, and by their place in the network of documents.

        How each measure is made is told at `cancu.ranking.rank`.
        """
        found: Ranking = import_module("cancu.ranking").rank(self)
        return found

    @cached_property
    def version(self) -> str:
        """The version of the data: a hash of what the plans and the registry state, whatever the order of loading."""
        stated = [name for name in self.store.named_graphs() if isinstance(name, ox.NamedNode) and _STATED.search(name.value)]
        lines = sorted(str(quad) for name in stated for quad in self.store.quads_for_pattern(None, None, None, name))
        return f"sha256:{hashlib.sha256(chr(10).join(lines).encode()).hexdigest()[:16]}"

    def counts(self) -> tuple[tuple[str, int], ...]:
        """How many things of each main kind there are, and quads. Plans are those that were read, not those that are only cited."""
        classes = ("Project", "ProjectEntry", "Document", "Citation", "Agency", "System", "Target", "Finding")
        kind = ox.NamedNode(_full("rdf:type"))
        found = [
            (name, len({quad.subject for quad in self.store.quads_for_pattern(None, kind, ox.NamedNode(ONTOLOGY + name), None)}))
            for name in classes
        ]
        stated = self.store.quads_for_pattern(None, ox.NamedNode(_full("statedIn")), None, None)
        return (("Plan", len({quad.subject for quad in stated})), *found, ("quads", len(self.store)))

    def to_rdflib(self) -> Dataset:
        """A copy as an rdflib Dataset, with the same named graphs, whose default graph is their union."""
        self._check()
        dataset: Dataset = import_module("rdflib").Dataset(default_union=True)
        for prefix, namespace in PREFIXES.items():
            dataset.bind(prefix, namespace)
        dataset.parse(data=self.store.dump(format=ox.RdfFormat.N_QUADS), format="nquads")
        return dataset

    def to_networkx(self) -> nx.MultiDiGraph[str]:
        """Plans, projects, documents, agencies, systems and places as a graph with labels, for networkx, Gephi and the like.

        See `cancu.network`; `networkx.write_graphml(kg.to_networkx(), "cancu.graphml")` is what Gephi opens.
        """
        found: nx.MultiDiGraph[str] = import_module("cancu.network").network(self)
        return found

    def __repr__(self) -> str:
        return f"Graph({', '.join(f'{count:,} {name}' for name, count in self.counts())})"


def _least(terms: Iterable[Term]) -> str | None:
    """The least of some terms as text, in Vietnamese where they are in several languages."""
    every = list(terms)
    vietnamese = [term for term in every if isinstance(term, ox.Literal) and term.language == "vi"]
    return min((text_of(term) for term in vietnamese or every), default=None)


def _full(name: str) -> str:
    prefix, colon, local = name.partition(":")
    return PREFIXES[prefix] + local if colon else ONTOLOGY + name


def _vocabulary(words: str) -> str | None:
    """The IRI of a prefixed name, or of a bare one in our vocabulary; None for other words."""
    prefix, colon, local = words.partition(":")
    known = re.fullmatch(r"\w+", local if colon else words) and (not colon or prefix in PREFIXES)
    return _full(words) if known else None


# ---------------------------------------------------------------- opening


def open_graph(path: str | Path | None = None, *, plans: Iterable[str | Path] = ()) -> Graph:
    """The graph at `path`: a build's folder or a file (.nq, .trig, .ttl, .nt, .gz of each); without a path, the committed data.

    With `plans`, the committed data and these, documents or records of them. What follows from the ontology is added where a file has
    none of it. Raises InputError where there is nothing to open, or a plan that cannot be read.
    """
    if path is None:
        return _committed(tuple(map(Path, plans)))
    found = Path(path)
    if found.is_dir():
        found = next((found / name for name in ("graph.nq", "graph.nq.gz") if (found / name).is_file()), found / "graph.nq")
    suffix = found.with_suffix("").suffix if found.suffix == ".gz" else found.suffix
    if suffix not in _FORMATS:
        raise InputError(str(found), "is no graph that can be opened", f"give a build's folder, or a file ending in {', '.join(_FORMATS)}")
    store = ox.Store()
    try:
        data = gzip.decompress(found.read_bytes()) if found.suffix == ".gz" else found.read_bytes()
        # a file of triples gets a graph of its own: the union of named graphs does not hold the default graph
        store.bulk_load(data, format=_FORMATS[suffix], to_graph=None if suffix in _QUADS else ox.NamedNode(f"{BASE}graph/file"))
    except OSError as error:
        raise InputError(str(found), f"cannot be opened: {error.strerror or error}", "build it first: cancu build") from error
    except SyntaxError as error:
        raise InputError(str(found), f"is no RDF: {error}", "write it anew: cancu build", getattr(error, "lineno", None)) from error
    rows = import_module("cancu.rows").RowIndex.of_file(found.with_name("rows.sqlite"), zlib.crc32(data))
    return Graph(_inferred(store), rows=rows)


def _committed(plans: tuple[Path, ...]) -> Graph:
    store = ox.Store()
    context = loading.context(plans=plans)
    quads = "".join(f"{quad}\n" for quad in loading.run(context))
    store.bulk_load(quads, format=ox.RdfFormat.N_QUADS, lenient=not plans)  # each IRI of what ships is checked by every build
    for rejected in context.rejected:
        raise rejected.error
    return Graph(_inferred(store), findings=partial(_findings, context.plans))


def _findings(plans: tuple[Path, ...]) -> str:
    """The graph of findings in the committed data and these plans, as a build has it."""
    parts, graph = import_module("cancu.part"), f"<{BASE}graph/findings>"
    setting = parts.Setting.now()
    made = [parts.ground(setting).lines, *(parts.make(setting, path).lines for path in plans)]
    return "\n".join(line for lines in made for line in lines.get(graph, ()))


def _inferred(store: ox.Store) -> ox.Store:
    """The store, with what follows from it."""
    if next(store.quads_for_pattern(None, ox.NamedNode(f"{ONTOLOGY}justifiedBy"), None, None), None) is None:
        infer(store, f"{BASE}graph/inferred")
    return store
