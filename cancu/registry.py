"""The registry: documents, kinds of agencies and provinces that are known, and how words of a plan resolve to them.

A number alone is never a key, since provincial numbers repeat in every province and every year: a document's key is
type, number, jurisdiction and year. What a text leaves out is looked up here; what stays open is said to be open.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from cancu import misquote, registry_tables, resources
from cancu.iris import Iris, short, slug
from cancu.misquote import Misquote
from cancu.records import CitedDocument, PlanRecord
from cancu.registry_tables import AgencyKind, Province, RegisteredDocument
from cancu.schemes import scheme

COUNTRY = "vn"
_CENTRAL = {"central", "party-central"}
_OF_COMMITTEE = re.compile(r"[-/]T[UWƯ]$", re.IGNORECASE)
_OF_PROVINCES = {"provincial", "party-provincial"}
_MOST_AGENCIES = 20_000  # that are kept by name: those of a thousand plans and more
_YEAR_IN_NUMBER = re.compile(r"/(\d{4})/")
_DISTRICT = re.compile(
    r"^(?:ủy ban nhân dân|hội đồng nhân dân|huyện ủy|thị ủy|thành ủy|phòng .*?)\s+((?:huyện|thị xã|quận|phường|xã|thị trấn)\s+\S.*)$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class AgencyRef:
    """An agency of one jurisdiction, resolved from a name. `kind` is None for a name that the registry does not know."""

    iri: str
    jurisdiction: str
    name: str
    label: str
    kind: AgencyKind | None

    @property
    def collective(self) -> bool:
        """Whether the name stands for many agencies: 'các sở, ban, ngành'."""
        return self.kind is not None and self.kind.level == "collective"


@dataclass(frozen=True, slots=True)
class Heir:
    """The agency that took over the work of another: on which day (ISO 8601; '' where each province set its own), and who says so."""

    agency: AgencyRef
    on: str
    source: str


@dataclass(frozen=True, slots=True)
class DocumentRef:
    """A document, resolved from a citation. `reason` says, in Vietnamese and English, why one is not resolved.

    `taken_as` says why it is this registered document, where the citation leaves out what would tell, or contradicts it;
    `misquote` what it has wrong.
    """

    iri: str
    kind: str
    class_name: str
    jurisdiction: str
    year: int | None
    reason: tuple[str, str] | None = None
    registered: bool = False
    taken_as: tuple[str, str] | None = None
    misquote: Misquote | None = None


@lru_cache(50_000)
def fold(text: str) -> str:
    """Case, white space and the two spellings of 'ủy' folded, for comparison of names."""
    return " ".join(text.casefold().replace("uỷ", "ủy").replace("oà", "òa").replace("hoá", "hóa").split()).strip(" .,;:")


@dataclass(frozen=True, slots=True)
class Registry:
    """The tables, and the look-ups over them.

    `undertakings` joins rows (plan slug, row key) that are one undertaking; `published` says by the SHA-256 of a source
    file where the public can read it.
    """

    iris: Iris
    provinces: tuple[Province, ...]
    agency_kinds: tuple[AgencyKind, ...]
    documents: tuple[RegisteredDocument, ...]
    undertakings: dict[tuple[str, str], tuple[str, str]]
    published: dict[str, str]
    _province_by_name: dict[str, Province] = field(default_factory=dict, init=False)
    _province_by_slug: dict[str, Province] = field(default_factory=dict, init=False)
    _kind_by_name: dict[str, AgencyKind] = field(default_factory=dict, init=False)
    _kind_by_slug: dict[str, AgencyKind] = field(default_factory=dict, init=False)
    _document_by_number: dict[tuple[str, str, str], list[RegisteredDocument]] = field(default_factory=dict, init=False)
    _document_by_issuer: dict[tuple[str, ...], list[RegisteredDocument]] = field(default_factory=dict, init=False)
    _document_by_alias: dict[str, list[RegisteredDocument]] = field(default_factory=dict, init=False)
    _document_by_iri: dict[str, RegisteredDocument] = field(default_factory=dict, init=False)
    _agencies: dict[tuple[str, str], AgencyRef] = field(default_factory=dict, init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        for province in self.provinces:
            self._province_by_slug.setdefault(province.slug, province)
            for name in (province.name, *province.aliases):
                self._province_by_name.setdefault(fold(name), province)
        for kind in self.agency_kinds:
            self._kind_by_slug.setdefault(kind.kind, kind)
            for name in (kind.label, *kind.aliases):
                self._kind_by_name.setdefault(fold(name), kind)
        for row in self.documents:
            self._document_by_iri[self.registered_iri(row)] = row
            self._document_by_number.setdefault((row.jurisdiction, row.kind, slug(row.number)), []).append(row)
            if row.issuer:
                issuers = sorted(issuer.iri for issuer in self.issuers(row.issuer, row.jurisdiction))
                self._document_by_issuer.setdefault((row.kind, *issuers), []).append(row)
            for name in row.aliases:
                self._document_by_alias.setdefault(fold(name), []).append(row)

    # ------------------------------------------------------------ places

    def province(self, name: str | None) -> Province | None:
        """The province of this name, with or without 'tỉnh' or 'thành phố' before it."""
        if not name:
            return None
        bare = re.sub(r"^(tỉnh|thành phố|tp\.?)\s+", "", fold(name))
        return self._province_by_name.get(fold(name)) or self._province_by_name.get(bare)

    def home(self, record: PlanRecord) -> str:
        """The slug of the jurisdiction that the record's document belongs to: its province, else the country."""
        province = self.province(record.document.province)
        return province.slug if province else slug(record.document.province or "") or COUNTRY

    def place_name(self, jurisdiction: str) -> str:
        """'tỉnh Lào Cai', 'thành phố Hà Nội'; for a place the registry does not know, its slug in words."""
        province = self._province_by_slug.get(jurisdiction)
        return f"{province.kind} {province.name}" if province else jurisdiction.replace("-", " ")

    # ------------------------------------------------------------ agencies

    def agency(self, name: str, home: str) -> AgencyRef:
        """The agency called `name` in a document of the jurisdiction `home`.

        A name that ends in a province is that province's; a central body is the country's; any other is home's.
        """
        if (found := self._agencies.get((name, home))) is None:
            if len(self._agencies) >= _MOST_AGENCIES:
                self._agencies.clear()
            self._agencies[name, home] = found = self._agency(name, home)
        return found

    def _agency(self, name: str, home: str) -> AgencyRef:
        bare, jurisdiction = self._split_place(name, home)
        kind = self._kind_by_name.get(fold(bare)) or self._kind_by_name.get(fold(name))
        if kind is not None and kind.level in _CENTRAL:
            return AgencyRef(self.iris.agency(COUNTRY, kind.kind), COUNTRY, kind.label, kind.label, kind)
        shown = kind.label if kind else bare
        place = "" if jurisdiction == COUNTRY else self.place_name(jurisdiction)
        local = kind is not None and kind.level in _OF_PROVINCES
        last = place.removeprefix("tỉnh ").removeprefix("thành phố ")
        if not place:
            label = shown
        elif not local:
            label = f"{shown} ({last})"
        else:
            label = f"{shown} {last}" if re.search(r"(tỉnh|thành phố|ủy)$", shown) else f"{shown} {place}"
        return AgencyRef(self.iris.agency(jurisdiction, kind.kind if kind else bare), jurisdiction, shown, label, kind)

    def _split_place(self, name: str, home: str) -> tuple[str, str]:
        """'Sở Nội vụ tỉnh Lào Cai' → ('Sở Nội vụ', 'lao-cai'); 'Ủy ban nhân dân tỉnh Lào Cai' keeps its 'tỉnh'."""
        words = " ".join(name.split())
        for size in range(min(6, words.count(" ")), 0, -1):
            head, tail = words.rsplit(" ", size)[0], " ".join(words.split(" ")[-size:])
            province = self._province_by_name.get(fold(tail))
            if province is None:
                continue
            parts = head.rsplit(" ", 1)
            if fold(head).endswith(("tỉnh", "thành phố")) and not self._kind_by_name.get(fold(head)):
                head = re.sub(r"\s+(tỉnh|thành phố)$", "", head, flags=re.IGNORECASE) or parts[0]
            return head, province.slug
        return words, home

    def heir(self, agency: AgencyRef) -> Heir | None:
        """Who took over the work of an agency; None for one that goes on.

        A kind that ended went into another of the same jurisdiction, or of the country. A province that ended took its agencies
        along into the heir's of the same kinds.
        """
        if agency.kind is None:
            return None
        heir = self._kind_by_slug.get(agency.kind.merged_into)
        if heir is not None:
            return Heir(self.agency(heir.label, agency.jurisdiction), agency.kind.merged_on, heir.source)
        place = self._province_by_slug.get(agency.jurisdiction)
        if place is not None and place.merged_into and agency.kind.level in _OF_PROVINCES:
            return Heir(self.agency(agency.kind.label, place.merged_into), place.merged_on, place.source)
        return None

    # ------------------------------------------------------------ documents

    def year_of(self, number: str | None, date: str | None) -> int | None:
        """The year that a number holds ('64/2007/NĐ-CP'), else that of the date."""
        match = _YEAR_IN_NUMBER.search(number or "")
        return int(match[1]) if match else int(date[:4]) if date else None

    def registered_iri(self, row: RegisteredDocument) -> str:
        """The IRI of a row of the documents' table."""
        return self.iris.document(row.jurisdiction, row.kind, row.period, row.number)

    def knows(self, document: str) -> bool:
        """Whether the IRI is that of a row of the documents' table."""
        return document in self._document_by_iri

    def referred(self, row: RegisteredDocument, key: str) -> RegisteredDocument | None:
        """The row that `key` ('nd 102/2009/NĐ-CP') names, seen from `row`: its own jurisdiction first, then the country's."""
        kind, _, number = key.partition(" ")
        for jurisdiction in (row.jurisdiction, COUNTRY):
            found = self._document_by_number.get((jurisdiction, kind, slug(number)), [])
            if len(found) == 1:
                return found[0]
        return None

    def jurisdiction_of(self, issuer: str | None, home: str) -> str:
        """The jurisdiction of a document by its issuer; without one, home's."""
        if not issuer:
            return home
        bare, place = self._split_place(issuer, home)
        district = _DISTRICT.match(bare)
        if district:
            return f"{place}-{slug(district[1])}"
        return self.issuers(issuer, home)[0].jurisdiction

    def issuers(self, name: str, home: str) -> tuple[AgencyRef, ...]:
        """The agencies that issued a document together: 'Bộ Tài chính, Bộ Nội vụ'; one, for a name that is not made up of known ones."""
        whole = self.agency(name, home)
        if whole.kind is None:
            parts = tuple(self.agency(part, home) for part in re.split(r"\s*[,;]\s*|\s+[-–]\s+", name) if part)
            if len(parts) > 1 and all(part.kind for part in parts):
                return parts
        return (whole,)

    def document(self, cited: CitedDocument, home: str, plan: str, citing_year: int | None = None) -> DocumentRef:
        """Resolves a cited document, in this order: the registry, its own full key; else it stays unresolved, with the reason.

        `citing_year` is the year of the document that cites it: a number without a year is one of the series that ran then.
        """
        concept = scheme("document-type").by_word(cited.type)
        kind = concept.notation if concept else "khac"
        class_name = (concept.class_name if concept else None) or "Document"
        if ref := self._known(cited, kind, home, citing_year):
            return ref
        jurisdiction = self.jurisdiction_of(cited.issuer, home)
        year = self.year_of(cited.number, cited.date)
        if cited.number and year and (cited.issuer or jurisdiction == COUNTRY):
            return DocumentRef(self.iris.document(jurisdiction, kind, year, cited.number), kind, class_name, jurisdiction, year)
        name = cited.number or f"{cited.title or cited.type} {cited.date or ''}"
        return DocumentRef(self.iris.unresolved(plan, kind, name), kind, class_name, jurisdiction, year, _why_unresolved(cited, year))

    def _known(self, cited: CitedDocument, kind: str, home: str, citing_year: int | None) -> DocumentRef | None:
        """The one registered document that the citation can mean; None where none fits, or several do."""
        if not cited.number:
            return self._by_name(cited, kind)
        if cited.number.isdigit():
            return self._by_nickname(cited, citing_year)
        jurisdiction = self.jurisdiction_of(cited.issuer, home)
        year = self.year_of(cited.number, cited.date)
        rows = self._document_by_number.get((jurisdiction, kind, slug(cited.number)), [])
        if row := self._one(row for row in rows if year in row.years):
            wrong = misquote.of_date(cited, row)
            return self._registered(row, (wrong.vi, wrong.en) if wrong else None, wrong)
        if year is None and (row := self._one(row for row in rows if misquote.same_title(cited.title or "", row.title))):
            return self._registered(row)
        if year is None and (row := self._one(row for row in rows if citing_year in row.years)):
            vi = f"Không ghi năm; là số {row.number} của {row.period}, khi văn bản trích dẫn được ban hành"
            return self._registered(row, (vi, f"Cited without a year; {row.number} of {row.period}, when the citing document was issued"))
        issuers = self.issuers(cited.issuer, home) if cited.issuer else ()
        alike = self._document_by_issuer.get((kind, *sorted(issuer.iri for issuer in issuers)), [])
        meant = misquote.meant(cited, alike)
        return self._registered(meant[0], (meant[1].vi, meant[1].en), meant[1]) if meant else None

    def _by_name(self, cited: CitedDocument, kind: str) -> DocumentRef | None:
        rows = self._document_by_alias.get(fold(type_and_title(cited.type, cited.title)), [])
        dated = [row for row in self.documents if row.kind == kind and cited.date and row.date == cited.date]
        same_day = [row for row in dated if _shares_title(row, cited)]
        if row := self._one([row for row in rows if not cited.date or row.date == cited.date] or same_day):
            return self._registered(row)
        name = fold(type_and_title(cited.type, cited.title))
        meant = misquote.of_named(
            cited, (row for row in self.documents if row.kind == kind and fold(type_and_title(cited.type, row.title)) == name)
        )
        return self._registered(meant[0], (meant[1].vi, meant[1].en), meant[1]) if meant else None

    def _by_nickname(self, cited: CitedDocument, citing_year: int | None) -> DocumentRef | None:
        """'Đề án 112', after the number of the decision that approved it. 'Đề án số 112' is a number, of whatever body."""
        names = {fold(mention.surface) for mention in cited.mentions}
        rows = self._document_by_alias.get(names.pop(), []) if len(names) == 1 else []
        row = self._one(row for row in rows if citing_year and row.years[0] <= citing_year)
        if row is None:
            return None
        name = f"{cited.type} {cited.number}"
        return self._registered(row, (f"“{name}” là tên gọi tắt, ghi trong sổ đăng ký", f"“{name}” is a short name, held by the registry"))

    def _one(self, rows: Iterable[RegisteredDocument]) -> RegisteredDocument | None:
        found = {self.registered_iri(row): row for row in rows}
        return next(iter(found.values())) if len(found) == 1 else None

    def _registered(self, row: RegisteredDocument, taken_as: tuple[str, str] | None = None, wrong: Misquote | None = None) -> DocumentRef:
        concept = scheme("document-type").by_notation(row.kind)
        name = (concept and concept.class_name) or "Document"
        iri = self.registered_iri(row)
        return DocumentRef(iri, row.kind, name, row.jurisdiction, row.year, registered=True, taken_as=taken_as, misquote=wrong)


def type_and_title(kind: str, title: str | None) -> str:
    """A document's name by type and title, the type said once: a law's title may begin with it ('Luật Viễn thông')."""
    words = (title or "").strip()
    return words if f"{fold(words)} ".startswith(f"{fold(kind)} ") else f"{kind} {words}".strip()


def _shares_title(row: RegisteredDocument, cited: CitedDocument) -> bool:
    title = fold(cited.title or "")
    return bool(title) and (title in fold(row.title) or fold(row.title) in title)


def _why_unresolved(cited: CitedDocument, year: int | None) -> tuple[str, str]:
    if not cited.number:
        return "Chỉ nêu tên, không có số hiệu; sổ đăng ký chưa có văn bản này", "Cited by name, without a number; not in the registry"
    if cited.number.isdigit() and not cited.issuer:
        words = "Số trơn, không nói của cơ quan nào, năm nào; sổ đăng ký chưa có tên gọi này"
        return words, "A bare number: neither issuer nor year is said; no short name of the registry"
    if year is None and _OF_COMMITTEE.search(cited.number):
        words = "Không nói của nhiệm kỳ nào, mà cấp ủy đánh số lại từ đầu mỗi nhiệm kỳ; sổ đăng ký chưa có văn bản này"
        return words, "Of which term is not said, and a committee of the Party numbers anew each term; not in the registry"
    if year is None:
        return "Thiếu năm ban hành; sổ đăng ký chưa có văn bản này", "The year of issue is not given; not in the registry"
    return "Không rõ cơ quan ban hành; sổ đăng ký chưa có văn bản này", "The issuer is not given; not in the registry"


def open_registry(iris: Iris | None = None, folder: Path = resources.REGISTRY) -> Registry:
    """The registry in `folder`. Raises InputError that names the table and line of the first thing that is wrong."""
    joined = (row for _, row in registry_tables.rows(folder / "undertakings.csv"))
    return Registry(
        iris or Iris(),
        registry_tables.provinces(folder),
        registry_tables.agency_kinds(folder),
        registry_tables.documents(folder),
        {(row["plan"], row["row"]): (row["same_as_plan"], row["same_as_row"]) for row in joined},
        {row["sha256"]: row["published_at"] for _, row in registry_tables.rows(folder / "sources.csv")},
    )


def plan_slug(record: PlanRecord, registry: Registry) -> str:
    """The name of a plan in IRIs and file names: 'lao-cai-391-kh-ubnd-2016'."""
    document = record.document
    year = document.date[:4] if document.date else ""
    name = slug(document.number) if document.number else short(document.title, 8)
    return "-".join(part for part in (registry.home(record), name, year) if part)
