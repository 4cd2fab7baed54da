"""The pages about the data: questions with their answers, the vocabulary, downloads, about, search, and SPARQL."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import partial

import msgspec

from cancu import catalogue, resources
from cancu.asking import PREFIXES
from cancu.catalogue import NamedQuery
from cancu.graph import Graph
from cancu.iris import ONTOLOGY, slug
from cancu.website import answers, citing, diagram, linked
from cancu.website.answers import Answers
from cancu.website.blocks import Code, Drawing, Grid, Page, Pages, Prose, Section, Tiles
from cancu.website.exports import DataFile, folder
from cancu.website.parts import NOTHING, Cell, Link, Many, Named, Number, Text
from cancu.website.site import MOST_ROWS, Site, address
from cancu.website.words import table

_ENDINGS = (("Turtle", "ttl"), ("JSON-LD", "jsonld"), ("CSV", "csv"))
_KINDS = (("Class", "classes"), ("ObjectProperty", "object_properties"), ("DatatypeProperty", "datatype_properties"))


# ---------------------------------------------------------------- questions


def query_pages(site: Site, known: Answers) -> Pages:
    """The catalogue, and a page for each named query: the question, its answer on this data, and the SPARQL."""
    found = catalogue.queries()
    yield "index", partial(_query_list, site, found)
    for query in found:
        yield query.name, partial(_query, site, known, query)


def _query_list(site: Site, found: Sequence[NamedQuery]) -> Page:
    t = site.t
    tiles = tuple((Link(_title(site, q), address("query", site.words.language, q.name)), _question(site, q)) for q in found)
    return Page(
        title=t("nav_query"),
        description=t("queries_description"),
        lede=Text(t("queries_lede")),
        sections=(Section("danh-sach", t("list_title"), (Tiles(tiles),)),),
    )


def _title(site: Site, query: NamedQuery) -> str:
    return query.title_vi if site.words.vi else query.title_en


def _question(site: Site, query: NamedQuery) -> str:
    return query.question_vi if site.words.vi else query.question


def _query(site: Site, known: Answers, query: NamedQuery) -> Page:
    t = site.t
    answer = known.of(query.name)
    params: tuple[Cell, ...] = tuple(
        site.link(str(param.example)) if site.address_of(str(param.example)) else Text(f"{param.name} = {param.example}")
        for param in query.params
    )
    note = t("answer_limit", n=len(answer), limit=answers.LIMIT) if len(answer) > answers.LIMIT else t("n_rows", n=len(answer))
    tool = f"{address('sparql', site.words.language)}#{query.name}"
    return Page(
        title=_title(site, query),
        description=_question(site, query),
        lede=Text(_question(site, query)),
        crumbs=(site.page_link("query"),),
        terms=(
            *site.term("term_asked_about", Many(params) if params else None),
            *site.term("term_ask_yourself", Link(t("open_in_sparql"), tool)),
        ),
        sections=(
            Section("tra-loi", t("answer_title"), (answers.grid(site, _title(site, query), answer),), note),
            Section("sparql", "SPARQL", (Code(query.text, "sparql"),), t("sparql_note")),
        ),
        wide=True,
    )


# ---------------------------------------------------------------- vocabulary


def ontology_page(site: Site, graph: Graph) -> Page:
    """The vocabulary's classes and properties, and the concept schemes."""
    t = site.t
    kinds: dict[str, dict[str, dict[str, list[str]]]] = defaultdict(lambda: defaultdict(lambda: defaultdict(list)))
    for kind, term, prop, value, language in graph.query((resources.QUERIES / "site" / "ontology.rq").read_text(encoding="utf-8")):
        name = str(prop).rpartition("#")[2] + (f"@{language}" if language else "")
        kinds[str(kind).rpartition("#")[2]][str(term)][name].append(str(value))
    sections = [
        Section(key.replace("_", "-"), t(f"terms_{key}"), (_term_grid(site, t(f"terms_{key}"), kinds[kind], kind == "Class"),))
        for kind, key in _KINDS
        if kinds[kind]
    ]
    return Page(
        title=t("nav_ontology"),
        description=t("ontology_description"),
        lede=Text(t("ontology_lede")),
        sections=(_diagram(site, kinds), *sections, *_schemes(site)),
        wide=True,
    )


def _diagram(site: Site, kinds: Mapping[str, Mapping[str, Mapping[str, Sequence[str]]]]) -> Section:
    """The main classes and what joins them, drawn and in rows."""
    t = site.t
    key = f"label@{site.words.language}"
    labels = {iri.removeprefix(ONTOLOGY): "; ".join(said.get(key, ())) for terms in kinds.values() for iri, said in terms.items()}
    picture = diagram.drawn(t("diagram_title"), labels, lambda start, name, end: f"{start} {name} {end}")
    return Section("so-do", t("diagram_title"), (Drawing(picture),), t("diagram_note"))


def _term_grid(site: Site, caption: str, terms: dict[str, dict[str, list[str]]], classes: bool) -> Grid:
    t, language = site.t, site.words.language
    rows: list[tuple[Cell, ...]] = []
    for iri, said in terms.items():
        name = iri.removeprefix(ONTOLOGY)
        above = Many([Text(_short(value)) for value in sorted(said["subClassOf" if classes else "subPropertyOf"])] or [NOTHING])
        words: tuple[Cell, ...] = (
            Named(name),
            Text("; ".join(said[f"label@{language}"])),
            Text(" ".join(said[f"comment@{language}"])),
            above,
        )
        ends: tuple[Cell, ...] = (
            () if classes else tuple(Text(", ".join(_short(value) for value in sorted(said[end])) or "–") for end in ("domain", "range"))
        )
        rows.append((*words, *ends))
    heads = ("col_term", "col_label", "col_definition", "col_above", *(() if classes else ("col_domain", "col_range")))
    return Grid.of(caption, tuple(t(head) for head in heads), rows)


def _short(iri: str) -> str:
    """The local name of a term of ours, prefix and name of another's."""
    if iri.startswith(ONTOLOGY):
        return iri.removeprefix(ONTOLOGY)
    return next((f"{prefix}:{iri.removeprefix(space)}" for prefix, space in PREFIXES.items() if iri.startswith(space)), iri)


def _schemes(site: Site) -> Iterator[Section]:
    groups: dict[str, list[tuple[Cell, ...]]] = defaultdict(list)
    for concept in site.facts.concepts.values():
        if not concept.in_scheme:
            continue
        definition = concept.definition if site.words.vi else concept.definition_en or concept.definition
        groups[concept.in_scheme].append((Text(concept.notation), Text(site.words.concept(concept)), Text(definition)))
    heads = (site.t("col_notation"), site.t("col_label"), site.t("col_definition"))
    for scheme in sorted(groups):
        name = site.concept(scheme)
        yield Section(f"khung-{scheme.rpartition('/')[2]}", name, (Grid.of(name, heads, groups[scheme]),), scheme)


# ---------------------------------------------------------------- downloads, about, search, SPARQL


def download_page(site: Site, files: Sequence[DataFile]) -> Page:
    """The files that can be taken away, with their sizes."""
    t = site.t
    title, description = t("nav_download"), t("download_description")
    root = "../" * address("download", site.words.language).count("/")
    parts = (
        ("do-thi", "", t("graph_files"), t("graph_files_note")),
        ("bang", "tables/", t("table_files"), t("table_files_note")),
        ("cau-tra-loi", "answers/", t("answer_files"), t("answer_files_note")),
    )
    sections = []
    for anchor, under, name, note in parts:
        mine = [file for file in files if file.name.rpartition("/")[0] == under.rstrip("/")]
        rows = [(Link(file.name.removeprefix(under), f"data/{file.name}"), _told(site, file.name), _size(site, file.size)) for file in mine]
        grid = Grid.of(name, (t("col_file"), t("col_what"), t("col_size")), rows)
        sections.append(Section(anchor, name, (grid,), note))
    plans = [
        (site.link(plan.iri), *(Link(name, f"data/{folder('plan', site.plan_key(plan))}.{ending}") for name, ending in _ENDINGS))
        for plan in site.facts.plans[:MOST_ROWS]
    ]
    heads = (t("col_plan"), *(name for name, _ in _ENDINGS))
    return Page(
        title=title,
        description=description,
        lede=Text(t("download_lede")),
        sections=(
            sections[0],
            Section("ke-hoach", t("plan_files"), (Grid.of(t("plan_files"), heads, plans),), t("plan_files_note")),
            *sections[1:],
            Section("giay-phep", t("licence_title"), (Prose((Text(t("licence_text")),)),)),
        ),
        linked=linked.dataset(title, description, site.base, [(f"{root}data/{file.name}", file.media) for file in files]),
    )


def _told(site: Site, name: str) -> Cell:
    """What a file holds: an answer by its question, any other by our words for it."""
    if name.startswith("answers/"):
        return Text(_title(site, catalogue.get(name.partition("/")[2].removesuffix(".csv"))))
    return Text(site.t(f"file_{name.rpartition('/')[2].partition('.')[0].replace('-', '_')}"))


def _size(site: Site, size: int) -> Number:
    return Number(f"{site.words.number(size / 1024, 0 if size > 102_400 else 1)} kB", size)


def about_page(site: Site) -> Page:
    """What this is, how it is made, how right it is, which version, under what licence, and how to report an error."""
    t = site.t
    parts = ("what", "how", "evidence", "force", "limits", "error", "offline")
    told = {
        part: Section(f"ve-{part}", t(f"about_{part}_title"), (Prose((Text(t(f"about_{part}_text")),)),), kind="plain") for part in parts
    }
    version = t("about_version_text", version=citing.version(site, (plan.iri for plan in site.facts.plans)))
    return Page(
        title=t("nav_about"),
        description=t("about_description"),
        lede=Text(t("site_lede")),
        sections=(
            *(told[part] for part in ("what", "how", "evidence", "force")),
            *_accuracy(site),
            *(told[part] for part in ("limits", "error", "offline")),
            Section("ve-version", t("about_version_title"), (Prose((Text(version),)),), kind="plain"),
            Section("giay-phep", t("licence_title"), (Prose((Text(t("licence_text")),)),), kind="plain"),
        ),
    )


_SCORES = re.compile(r"<!-- scores -->(.*?)<!-- /scores -->", re.DOTALL)


def _accuracy(site: Site) -> tuple[Section, ...]:
    """The table of the README, where it is at hand: how right reading is, section by section."""
    t = site.t
    readme = resources.ROOT / "README.md"
    found = _SCORES.search(readme.read_text(encoding="utf-8")) if readme.is_file() else None
    if found is None:
        return ()
    lines = [[cell.strip() for cell in line.strip("|").split("|")] for line in found[1].strip().splitlines()]
    rows: list[tuple[Cell, ...]] = [
        (_scored(site, name), *(Number(_figure(site, figure), float(figure)) for figure in figures)) for name, *figures in lines[2:]
    ]
    heads = ("col_section", "col_expected", "col_found", "col_precision", "col_recall", "col_f1")
    grid = Grid.of(t("about_accuracy_title"), [t(head) for head in heads], rows)
    return (Section("ve-accuracy", t("about_accuracy_title"), (grid,), t("about_accuracy_note")),)


def _figure(site: Site, figure: str) -> str:
    return figure.replace(".", ",") if site.words.vi else figure


def _scored(site: Site, name: str) -> Text:
    """What is scored, in the page's language where there are words for it."""
    key = f"score_{slug(name).replace('-', '_')}"
    return Text(site.t(key)) if key in table() else Text(name, "en" if site.words.vi else "")


def search_page(site: Site) -> Page:
    """The page of search: it needs a script, and says so."""
    return Page(title=site.t("nav_search"), description=site.t("search_description"))


_HEADER = re.compile(r"\A(?:# [a-z.]+: .*\n)+")  # what the catalogue reads, which the page shows in words


class Example(msgspec.Struct, frozen=True):
    """A named query to start from."""

    name: str
    title: str
    question: str
    text: str


class SparqlPage(Page, frozen=True):
    """The page with the editor: the examples, and what its script has to know."""

    examples: tuple[Example, ...] = ()
    data: dict[str, object] = msgspec.field(default_factory=dict)


def sparql_page(site: Site) -> SparqlPage:
    """The page where anyone asks in SPARQL, in their own browser."""
    t, language = site.t, site.words.language
    examples = tuple(
        Example(query.name, _title(site, query), _question(site, query), _HEADER.sub("", query.text)) for query in catalogue.queries()
    )
    families = ("plan", "document", "project", "agency", "system", "province")
    words = ("ask", "loading", "asking", "rows", "shown", "line")
    return SparqlPage(
        title=t("nav_sparql"),
        description=t("sparql_description"),
        lede=Text(t("sparql_lede")),
        wide=True,
        examples=examples,
        data={
            "words": {word: t(f"sparql_{word}") for word in words},
            "examples": [msgspec.structs.asdict(example) for example in examples],
            "base": site.base,
            "folders": {family: address(family, language).rpartition("/")[0] for family in families},
            "plans": {plan.iri: site.plan_key(plan) for plan in site.facts.plans},
            "prefixes": {"cancu": ONTOLOGY},
        },
    )
