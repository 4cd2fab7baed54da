"""What a server says of a thing at its own IRI: a page for people, its statements as RDF for programs.

https://www.w3.org/TR/cooluris/ and https://www.rfc-editor.org/rfc/rfc9110#name-proactive-negotiation
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from cancu.asking import PREFIXES
from cancu.iris import ONTOLOGY
from cancu.website.site import address

FORMATS: Mapping[str, ox.RdfFormat] = {
    "text/turtle": ox.RdfFormat.TURTLE,
    "application/ld+json": ox.RdfFormat.JSON_LD,
    "application/n-triples": ox.RdfFormat.N_TRIPLES,
    "application/rdf+xml": ox.RdfFormat.RDF_XML,
}
_ENDINGS = {".ttl": "text/turtle", ".jsonld": "application/ld+json", ".nt": "application/n-triples", ".rdf": "application/rdf+xml"}
_HTML = "text/html"
_FAMILIES = {"doc": "document", "project": "project", "agency": "agency", "system": "system", "jurisdiction": "province"}
_NOT_IN_ADDRESS = re.compile(r"[^A-Za-z0-9/_-]+")


@dataclass(frozen=True, slots=True)
class Described:
    """An answer: `location` is another address that has it; else the body, of a media type."""

    media: str
    body: bytes
    location: str = ""


class Things:
    """The things of a store and their pages in the folder of a site."""

    def __init__(self, store: ox.Store, base: str, site: Path) -> None:
        self._store, self.base, self._site = store, base, site

    def describe(self, path: str, accept: str, languages: str) -> Described | None:
        """What to answer to a request for `path` ('doc/vn/…', with .ttl and the like too); None where it names no thing.

        Raises NotAcceptableError where no form that there is will do.
        """
        ending = next((ending for ending in _ENDINGS if path.endswith(ending)), "")
        name = path.removesuffix(ending)
        thing = ox.NamedNode(self.base + name)
        # a vocabulary's terms share the address before the #
        own = self._vocabulary() if name == "ontology" else list(self._store.quads_for_pattern(thing, None, None))
        if not own:
            return None
        media = _ENDINGS[ending] if ending else preferred(accept, (_HTML, *FORMATS))
        if media is None:
            raise NotAcceptableError
        if media == _HTML:
            page = self._page(name, "en" if _english(languages) else "vi")
            if page:
                return Described(media, b"", f"/{page}")
            media = "text/turtle"
        triples = sorted({str(quad.triple): quad.triple for quad in own}.items())
        body = ox.serialize((triple for _, triple in triples), format=FORMATS[media], prefixes=dict(PREFIXES))
        return Described(media, body or b"")

    def _vocabulary(self) -> list[ox.Quad]:
        return list(self._store.quads_for_pattern(None, None, None, ox.NamedNode(f"{self.base}graph/ontology")))

    def _page(self, name: str, language: str) -> str:
        """The address of a thing's page from the root of the site, or ''."""
        if name == "ontology":
            return address("ontology", language)
        family, _, rest = name.partition("/")
        places = [(_FAMILIES[family], rest)] if family in _FAMILIES else [("document", name)] if family == "unresolved" else []
        thing = ox.NamedNode(self.base + name)
        for prop, kind in (("statedIn", "plan"), ("entryOf", "project")):
            objects = (quad.object for quad in self._store.quads_for_pattern(thing, ox.NamedNode(ONTOLOGY + prop), None))
            places += [(kind, end.value.removeprefix(self.base).partition("/")[2]) for end in objects if isinstance(end, ox.NamedNode)]
        found = (address(kind, language, _NOT_IN_ADDRESS.sub("-", key)) for kind, key in places)
        return next((page for page in found if (self._site / page).is_file()), "")


class NotAcceptableError(Exception):
    """None of the forms that there are is among those wanted."""


def preferred(accept: str, offered: tuple[str, ...]) -> str | None:
    """The media type among those offered that an Accept header wants most; the first where there is no header; None where none will do."""
    wanted: dict[str, float] = {}
    for part in (accept or "*/*").split(","):
        media, *params = (word.strip() for word in part.split(";"))
        weight = next((param[2:] for param in params if param.startswith("q=")), "1")
        wanted[media.lower()] = float(weight) if re.fullmatch(r"[01](\.\d*)?", weight) else 0.0

    def weight_of(media: str) -> float:
        # the most exact of the ranges that fit counts
        return next((wanted[name] for name in (media, f"{media.partition('/')[0]}/*", "*/*") if name in wanted), 0.0)

    best = max(offered, key=weight_of)
    return best if weight_of(best) > 0 else None


def _english(languages: str) -> bool:
    """Whether an Accept-Language header names English before Vietnamese."""
    named = [part.split(";")[0].strip()[:2].lower() for part in languages.split(",")]
    return "en" in named and ("vi" not in named or named.index("en") < named.index("vi"))
