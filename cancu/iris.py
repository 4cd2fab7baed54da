"""IRIs: a pure function of the record and the registry, readable, and stable.

The vocabulary and its concept schemes have fixed IRIs; everything described with them is minted under a base that is
a setting, so that anyone can publish a graph of their own with the same vocabulary.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

BASE = "https://w3id.org/cancu/"
ONTOLOGY = BASE + "ontology#"
SCHEME = BASE + "scheme/"

_NOT_SLUG = re.compile(r"[^a-z0-9]+")


@lru_cache(50_000)
def slug(text: str) -> str:
    """Lower-case ASCII words joined by hyphens: 'Sở Thông tin và Truyền thông' → 'so-thong-tin-va-truyen-thong'."""
    folded = unicodedata.normalize("NFD", text.casefold().replace("đ", "d"))
    return _NOT_SLUG.sub("-", folded.encode("ascii", "ignore").decode()).strip("-")


def short(text: str, words: int = 12) -> str:
    """The slug of the first `words` words of a title, for IRIs of things that have no number."""
    return "-".join(slug(text).split("-")[:words])


def term(name: str) -> str:
    """The IRI of a class or property of the vocabulary."""
    return ONTOLOGY + name


def concept(scheme: str, notation: str) -> str:
    """The IRI of a concept: `concept('system-kind', 'LGSP')` → …/scheme/system-kind/lgsp."""
    return f"{SCHEME}{scheme}/{slug(notation)}"


@dataclass(frozen=True, slots=True)
class Iris:
    """Mints the IRIs of things and graphs under `base`, which ends in '/' or '#'."""

    base: str = BASE

    def document(self, jurisdiction: str, kind: str, period: str | int, name: str) -> str:
        """A document by its whole key: jurisdiction slug, type notation, the year (or the years) of its number, and the number."""
        return f"{self.base}doc/{jurisdiction}/{kind}/{period}/{slug(name)}"

    def unresolved(self, plan: str, kind: str, name: str) -> str:
        """A document whose key the text leaves incomplete: a node of the citing plan's own."""
        return f"{self.base}unresolved/{plan}/{kind}-{short(name)}"

    def jurisdiction(self, name: str) -> str:
        """'vn', a province ('lao-cai'), or a place in a province ('lao-cai-huyen-bat-xat')."""
        return f"{self.base}jurisdiction/{name}"

    def agency(self, jurisdiction: str, name: str) -> str:
        """An agency of one jurisdiction."""
        return f"{self.base}agency/{jurisdiction}/{slug(name)}"

    def change(self, jurisdiction: str, name: str) -> str:
        """The event in which an agency of a jurisdiction, or a province of the country, became part of another."""
        return f"{self.base}change/{jurisdiction}/{slug(name)}"

    def system(self, jurisdiction: str, name: str) -> str:
        """A system of one jurisdiction, by its kind, or kind and name where a kind has several."""
        return f"{self.base}system/{jurisdiction}/{slug(name)}"

    def of_plan(self, family: str, plan: str, name: str = "") -> str:
        """A thing that belongs to one plan: its entries, projects, tables, citations, evidence, …"""
        return f"{self.base}{family}/{plan}/{name}" if name else f"{self.base}{family}/{plan}"

    def plan_graph(self, plan: str) -> str:
        """The named graph of one plan."""
        return f"{self.base}graph/plan/{plan}"

    def graph(self, name: str) -> str:
        """One of the graphs that span plans: registry, ontology, inferred, findings, meta."""
        return f"{self.base}graph/{name}"
