"""One language of the site: the facts, in the words of that language, with the address of every thing that has a page."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property, partial
from importlib import import_module
from itertools import pairwise
from pathlib import Path
from typing import TypeVar

from msgspec.structs import replace

from cancu.errors import InputError
from cancu.iris import slug
from cancu.website.blocks import Grid, Row, Term
from cancu.website.facts import Concept, Document, Facts, Place, Project, ProjectEntry, Stated, Target
from cancu.website.lately import Lately
from cancu.website.parts import NOTHING, Cell, Inline, Lines, Link, Many, Mark, Number, Text
from cancu.website.words import Words, sentence_case

S = TypeVar("S", bound=Stated)

# Family of pages → its folder in Vietnamese and in English.
FOLDERS = {
    "home": ("", ""),
    "plan": ("ke-hoach", "plans"),
    "project": ("du-an", "projects"),
    "document": ("van-ban", "documents"),
    "agency": ("co-quan", "agencies"),
    "system": ("he-thong", "systems"),
    "target": ("chi-tieu", "targets"),
    "province": ("tinh-thanh", "provinces"),
    "finding": ("phat-hien", "findings"),
    "ranking": ("xep-hang", "rankings"),
    "gap": ("khoang-trong", "gaps"),
    "query": ("cau-hoi", "questions"),
    "notebook": ("so-tay", "notebooks"),
    "ontology": ("tu-vung", "ontology"),
    "download": ("tai-ve", "downloads"),
    "about": ("gioi-thieu", "about"),
    "search": ("tim-kiem", "search"),
    "sparql": ("sparql", "sparql"),
}
_HUES = {
    "hien-phap": "law", "bo-luat": "law", "luat": "law", "phap-lenh": "law",
    "nd": "decree", "nq": "resolution", "qd": "decision", "ct": "resolution", "tt": "circular", "ttlt": "circular",
    "kh": "plan", "da": "plan", "ctr": "plan", "qh": "plan", "cl": "plan",
}  # fmt: skip
_NOT_IN_ADDRESS = re.compile(r"[^A-Za-z0-9/_-]+")
MOST_ROWS = 250  # of one table, so that a page stays small


def address(family: str, language: str, key: str = "index") -> str:
    """The address of a page from the root of the site: ('plan', 'en', 'x') → 'en/plans/x.html'."""
    return f"{_above(family, language)}{key}.html"


@cache
def _above(family: str, language: str) -> str:
    folder = FOLDERS[family][0 if language == "vi" else 1]
    return "".join(f"{part}/" for part in ("" if language == "vi" else language, folder) if part)


def line_words(folder: Path | None, name: str) -> dict[int, str]:
    """The words of a source by the numbers that evidence has, where the documents are at hand; nothing for a file that cannot be read."""
    path = folder / Path(name).name if folder else None
    if path is None or not path.is_file():
        return {}
    try:
        lines = import_module("cancu.reading.source").open_source(path).lines  # what reads PDF and DOCX takes half a second to load
    except InputError:
        return {}
    found: dict[int, str] = {}
    for line in lines:
        starts = [(0, line.number), *line.wraps]
        for (start, number), (end, _) in pairwise([*starts, (len(line.text), 0)]):
            found[number] = line.text[start:end]
    return found


@dataclass(frozen=True)
class Site:
    """The facts in one language. Everything that a page says in words of ours goes through `words`."""

    facts: Facts
    words: Words
    documents: Path | None = None
    _texts: Lately[str, dict[int, str]] = field(default_factory=partial(Lately, 64))
    _links: Lately[str, Link] = field(default_factory=Lately)
    _labels: Lately[str, str] = field(default_factory=Lately)
    _strings: dict[str, str] = field(default_factory=dict)
    _amounts: Lately[int, Number] = field(default_factory=Lately)
    _places: Lately[tuple[str, bool], Cell] = field(default_factory=Lately)
    _said: Lately[str, Text] = field(default_factory=Lately)
    _rows: Lately[tuple[str, bool], Row] = field(default_factory=Lately)

    # ------------------------------------------------------------ addresses and links

    @cached_property
    def base(self) -> str:
        """The base IRI of things, as the country's own IRI has it."""
        country = next((iri for iri in self.facts.places if iri.endswith("jurisdiction/vn")), "jurisdiction/vn")
        return country.removesuffix("jurisdiction/vn")

    @cached_property
    def concepts_by_word(self) -> dict[str, str]:
        """The Vietnamese words of every concept and place, each with the words for it on this page."""
        named: tuple[Concept | Place, ...] = (*self.facts.concepts.values(), *self.facts.places.values())
        return {
            (fact.pref_label or fact.label if isinstance(fact, Concept) else fact.label): (
                self.words.concept(fact) if isinstance(fact, Concept) else self.words.label(fact)
            )
            for fact in named
        }

    @cached_property
    def names(self) -> tuple[str, ...]:
        """Proper names that keep their capitals when a title in capitals is set as a sentence."""
        return tuple(sorted({place.label for place in self.facts.places.values()} | {"CNTT", "Việt Nam"}, key=len, reverse=True))

    def key(self, iri: str) -> str:
        """The key of a thing in addresses: what follows the family in its IRI, safe as a path."""
        family, _, rest = iri.removeprefix(self.base).partition("/")
        return _NOT_IN_ADDRESS.sub("-", rest if family != "unresolved" else f"unresolved/{rest}")

    def plan_key(self, plan: Document) -> str:
        """The slug of a plan that was read."""
        return self.key(plan.stated_in)

    def address_of(self, iri: str) -> str:
        """The address of a thing's page, or '' for one that has none."""
        facts, language = self.facts, self.words.language
        if document := facts.documents.get(iri):
            return address("plan", language, self.plan_key(document)) if document.read else address("document", language, self.key(iri))
        for family, shelf in (("project", facts.projects), ("agency", facts.agencies), ("system", facts.systems)):
            if iri in shelf:
                return address(family, language, self.key(iri))
        if iri in facts.places and "/" not in self.key(iri):
            return address("province", language, self.key(iri))
        if entry := facts.entries.get(iri):
            return self.address_of(entry.entry_of) if entry.entry_of else ""
        return ""

    def link(self, iri: str) -> Link:
        """A link to a thing, by its label, in its hue."""
        if iri not in self._links:
            self._links[iri] = Link(self.label(iri), self.address_of(iri), self.hue(iri), self.foreign(iri))
        return self._links[iri]

    def links(self, iris: Iterable[str], stacked: bool = False) -> Cell:
        """Links to several things, or a dash."""
        found = [self.link(iri) for iri in iris]
        return Many(found, stacked=stacked) if found else NOTHING

    def page_link(self, family: str, key: str = "index", text: str = "") -> Link:
        """A link to a page of ours, by the title of its family."""
        return Link(text or self.words.t(f"nav_{family}"), address(family, self.words.language, key))

    def hue(self, iri: str) -> str:
        """The hue of a kind of thing: law, decree, decision, plan, project, agency, system, place, …"""
        if document := self.facts.documents.get(iri):
            return "plan" if document.read else _HUES.get(document.document_type.rpartition("/")[2], "other")
        family = iri.removeprefix(self.base).partition("/")[0]
        return {"project": "project", "entry": "project", "agency": "agency", "system": "system"}.get(family, "")

    def label(self, iri: str) -> str:
        """What a thing is called in links: a document by its type and number, in the page's language."""
        if iri not in self._labels:
            self._labels[iri] = self._label(iri)
        return self._labels[iri]

    def _label(self, iri: str) -> str:
        facts, words = self.facts, self.words
        if document := facts.documents.get(iri):
            kind = words.concept(facts.concepts.get(document.document_type))
            if words.vi or not (kind and document.number):
                return sentence_case(document.label or iri.rpartition("/")[2], self.names)
            place = facts.places.get(document.jurisdiction)
            return f"{kind} {document.number}" + (f" ({words.label(place)})" if place and place.province_code else "")
        for shelf in (facts.projects, facts.agencies, facts.systems, facts.entries, facts.places):
            if iri in shelf:
                if shelf is facts.systems and not words.vi:
                    system = facts.systems[iri]
                    if system.system_kind.rpartition("/")[2] not in {"database", "other"}:
                        return words.concept(facts.concepts.get(system.system_kind))
                return words.label(shelf[iri]) or iri.rpartition("/")[2]
        return words.concept(facts.concepts.get(iri)) or iri.rpartition("/")[2]

    def foreign(self, iri: str) -> str:
        """The language tag that a label needs on an English page: most names are Vietnamese only."""
        if self.words.vi:
            return ""
        if document := self.facts.documents.get(iri):
            return "" if document.number and document.document_type in self.facts.concepts else "vi"
        system = self.facts.systems.get(iri)
        if system and system.system_kind.rpartition("/")[2] not in {"database", "other"}:
            return ""
        return "" if iri in self.facts.places or iri in self.facts.concepts else "vi"

    # ------------------------------------------------------------ words

    @property
    def tag(self) -> str:
        """The language tag for Vietnamese words on this page: none on a Vietnamese page."""
        return "" if self.words.vi else "vi"

    def t(self, key: str, **values: object) -> str:
        """A string of ours."""
        if values:
            return self.words.t(key, **values)
        if key not in self._strings:
            self._strings[key] = self.words.t(key)
        return self._strings[key]

    def vietnamese(self, text: str, soft: bool = False) -> Text:
        """A document's own words."""
        if text not in self._said:
            self._said[text] = Text(sentence_case(text, self.names), self.tag)
        return replace(self._said[text], soft=True) if soft else self._said[text]

    def concept(self, iri: str) -> str:
        """The label of a concept, or ''."""
        return self.words.concept(self.facts.concepts.get(iri)) if iri else ""

    def money(self, dong: int | None) -> Cell:
        """An amount, or a dash."""
        if dong is None:
            return NOTHING
        if dong not in self._amounts:
            self._amounts[dong] = Number(self.words.money(dong), dong, self.words.exact(dong))
        return self._amounts[dong]

    def gap(self, dong: int) -> str:
        """A difference with its sign."""
        return ("+" if dong > 0 else "−") + self.words.money(abs(dong))

    def target_value(self, target: Target) -> Text:
        """What a target asks for: '≥ 95 %', '80–90 %'."""
        sign = {">=": "≥ ", "<=": "≤ ", ">": "> ", "<": "< "}.get(target.comparator, "")
        value = self.words.number(target.value)
        if target.value_max is not None:
            value += f"–{self.words.number(target.value_max)}"
        return self.vietnamese(f"{sign}{value} {target.unit}".rstrip())

    def line_of(self, evidence: str) -> tuple[str, int]:
        """Where evidence stands: file and first line, to sort by."""
        found = self.facts.evidence.get(evidence)
        return (found.in_source, found.first_line) if found else ("", 0)

    def in_order(self, stated: Iterable[S]) -> list[S]:
        """Statements in the order of the text."""
        return sorted(stated, key=lambda one: (self.line_of(one.evidence), one.iri))

    def count(self, value: int) -> Number:
        """A count."""
        return Number(self.words.number(value), value)

    def date(self, iso: str) -> Cell:
        """A date, or a dash."""
        return Text(self.words.date(iso)) if iso else NOTHING

    def lines(self, evidence: str, with_file: bool = True) -> Cell:
        """Where a source says so, by its evidence, or a dash."""
        key = (evidence, with_file)
        if key not in self._places:
            self._places[key] = self._lines(evidence, with_file)
        return self._places[key]

    def _lines(self, evidence: str, with_file: bool) -> Cell:
        found = self.facts.evidence.get(evidence)
        if found is None:
            return NOTHING
        source = self.facts.sources.get(found.in_source)
        return self.lines_at(source.file_name if source else "", found.first_line, found.last_line, with_file)

    def lines_at(self, file: str, first: int, last: int, with_file: bool = True) -> Lines:
        """Lines of a source file, with the words where the documents are at hand."""
        if file not in self._texts:
            self._texts[file] = line_words(self.documents, file)
        words = self._texts[file]
        shown = tuple((number, words[number]) for number in range(first, last + 1) if words.get(number, "").strip()) if words else ()
        return Lines(self.words.lines(first, last), file if with_file else "", shown)

    def term(self, key: str, value: Inline | None, **values: object) -> tuple[Term, ...]:
        """A line of facts, or none where there is nothing to say."""
        return () if value is None or value is NOTHING else (Term(self.t(key, **values), value),)

    # ------------------------------------------------------------ tables that several pages have

    def document_title(self, document: Document) -> Cell:
        """A document's title in its own words, where its label does not say it already ('Luật Công nghệ thông tin')."""
        told = document.title.casefold() in self.label(document.iri).casefold()
        return NOTHING if told else self.vietnamese(document.title)

    def project_money(self, project: Project) -> int | None:
        """The money of a project."""
        return self.facts.money.of_project(project)

    def entry_money(self, entry: ProjectEntry) -> int | None:
        """The money of a row."""
        return self.facts.money.of_entry(entry)

    def leads(self, project: Project) -> tuple[str, ...]:
        """The lead agencies of a project's rows."""
        return tuple(dict.fromkeys(a for e in project.has_entry if e in self.facts.entries for a in self.facts.entries[e].lead_agency))

    def years(self, project: Project) -> str:
        """The years that a project's rows span."""
        entries = [self.facts.entries[e] for e in project.has_entry if e in self.facts.entries]
        starts = [e.period_start for e in entries if e.period_start]
        ends = [e.period_end for e in entries if e.period_end]
        return self.words.period(min(starts, default=None), max(ends, default=None))

    def first_of(self, n: int, limit: int, note: str = "") -> str:
        """A note, or where only the first `limit` of `n` rows are shown, those words: nothing is dropped in silence."""
        return self.t("first_of", n=n, limit=self.words.number(limit)) if n > limit else note

    def project_grid(self, caption: str, projects: Sequence[Project], with_plan: bool = True) -> Grid:
        """Projects with plan, years, lead agencies and money, and the sum."""
        rows = []
        for project in projects[:MOST_ROWS]:
            plan: tuple[Cell, ...] = (self.links(project.planned_in),) if with_plan else ()
            leads = self.links(self.leads(project))
            rows.append((self.link(project.iri), *plan, Text(self.years(project)), leads, self.money(self.project_money(project))))
        heads = ("col_project", *(("col_plan",) if with_plan else ()), "col_years", "col_lead", "col_money")
        total = self.facts.money.of_projects(projects)
        foot = (Text(self.t("sum")), *(Text("") for _ in heads[1:-1]), self.money(total)) if len(rows) > 1 and total else ()
        return Grid.of(
            caption, tuple(self.t(head) for head in heads), rows, foot, self.t("none_here"), note=self.first_of(len(projects), MOST_ROWS)
        )

    def justified_row(self, project: Project, direct: bool) -> Row:
        """A project under a document that justifies it: plans, lead agencies, whether directly, and money. Many documents show it."""
        if (key := (project.iri, direct)) not in self._rows:
            way = Mark(self.t("directly"), "good") if direct else Mark(self.t("through_others"))
            money = self.money(self.project_money(project))
            self._rows[key] = Row((self.link(project.iri), self.links(project.planned_in), self.links(self.leads(project)), way, money))
        return self._rows[key]

    def document_grid(self, caption: str, documents: Sequence[Document]) -> Grid:
        """Documents with title, issuer, date and how often they are cited."""
        rows = []
        for document in documents[:MOST_ROWS]:
            cited = self.count(len(self.facts.citations.by("cited_document", document.iri)))
            issuer = self.link(document.issuer) if document.issuer else NOTHING
            rows.append((self.link(document.iri), self.document_title(document), issuer, self.date(document.date_issued), cited))
        heads = ("col_document", "col_title", "col_issuer", "col_date", "col_citations")
        return Grid.of(
            caption, tuple(self.t(head) for head in heads), rows, empty=self.t("none_here"), note=self.first_of(len(documents), MOST_ROWS)
        )

    def place_of(self, iri: str) -> Place | None:
        """The jurisdiction of this IRI."""
        return self.facts.places.get(iri)

    def folded(self, text: str) -> str:
        """A key to sort names by, tones and marks aside."""
        return slug(text)
