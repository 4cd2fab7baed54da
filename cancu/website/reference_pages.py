"""The pages about the data: questions with their answers, the vocabulary, downloads, about, search, and SPARQL."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field

from cancu import catalogue, resources
from cancu.asking import PREFIXES
from cancu.catalogue import NamedQuery
from cancu.iris import ONTOLOGY
from cancu.website import answers, linked
from cancu.website.answers import Answers
from cancu.website.exports import DataFile, folder
from cancu.website.parts import NOTHING, Cell, Code, Grid, Link, Many, Number, Page, Prose, Section, Text, Tiles
from cancu.website.site import MOST_ROWS, Site, address

_ENDINGS = (("Turtle", "ttl"), ("JSON-LD", "jsonld"), ("CSV", "csv"))
_KINDS = (("Class", "classes"), ("ObjectProperty", "object_properties"), ("DatatypeProperty", "datatype_properties"))


# ---------------------------------------------------------------- questions


def query_pages(site: Site, known: Answers) -> Iterator[tuple[str, Page]]:
    """The catalogue, and a page for each named query: the question, its answer on this data, and the SPARQL."""
    t = site.t
    found = catalogue.queries()
    tiles = tuple((Link(_title(site, q), address("query", site.words.language, q.name)), _question(site, q)) for q in found)
    yield (
        "index",
        Page(
            title=t("nav_query"),
            description=t("queries_description"),
            lede=Text(t("queries_lede")),
            sections=(Section("danh-sach", t("list_title"), (Tiles(tiles),)),),
        ),
    )
    for query in found:
        yield query.name, _query(site, known, query)


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


def ontology_page(site: Site, known: Answers) -> Page:
    """The vocabulary's classes and properties, and the concept schemes."""
    t = site.t
    kinds: dict[str, dict[str, dict[str, list[str]]]] = defaultdict(lambda: defaultdict(lambda: defaultdict(list)))
    text = (resources.QUERIES / "site" / "ontology.rq").read_text(encoding="utf-8")
    for kind, term, prop, value, language in known.graph.query(text):
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
        sections=(*sections, *_schemes(site)),
        wide=True,
    )


def _term_grid(site: Site, caption: str, terms: dict[str, dict[str, list[str]]], classes: bool) -> Grid:
    t, language = site.t, site.words.language
    rows: list[tuple[Cell, ...]] = []
    for iri, said in terms.items():
        name = iri.removeprefix(ONTOLOGY)
        above = Many([Text(_short(value)) for value in sorted(said["subClassOf" if classes else "subPropertyOf"])] or [NOTHING])
        words: tuple[Cell, ...] = (
            Text(name),
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
    """What this is, how it is made, what it does not say."""
    t = site.t
    parts = ("what", "how", "evidence", "force", "limits", "offline")
    sections = tuple(Section(part, t(f"about_{part}_title"), (Prose((Text(t(f"about_{part}_text")),)),)) for part in parts)
    return Page(title=t("nav_about"), description=t("about_description"), lede=Text(t("site_lede")), sections=sections)


def search_page(site: Site) -> Page:
    """The page of search: it needs a script, and says so."""
    return Page(title=site.t("nav_search"), description=site.t("search_description"))


@dataclass(frozen=True, slots=True)
class Example:
    """A named query to start from."""

    name: str
    title: str
    question: str
    text: str


@dataclass(frozen=True, slots=True)
class SparqlPage(Page):
    """The page with the editor: the examples, and what its script has to know."""

    examples: tuple[Example, ...] = ()
    data: dict[str, object] = field(default_factory=dict)


def sparql_page(site: Site) -> SparqlPage:
    """The page where anyone asks in SPARQL, in their own browser."""
    t, language = site.t, site.words.language
    examples = tuple(Example(query.name, _title(site, query), _question(site, query), query.text) for query in catalogue.queries())
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
            "examples": [asdict(example) for example in examples],
            "base": site.base,
            "folders": {family: address(family, language).rpartition("/")[0] for family in families},
            "plans": {plan.iri: site.plan_key(plan) for plan in site.facts.plans},
            "prefixes": {"cancu": ONTOLOGY},
        },
    )
