"""What a page says to programs: JSON-LD in the words of schema.org, and of ELI for documents (https://eur-lex.europa.eu/eli-register/)."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from cancu.iris import ONTOLOGY
from cancu.website.blocks import Page
from cancu.website.facts import Agency, Document, Place, Project, System
from cancu.website.parts import Html
from cancu.website.site import Site

_CONTEXT = ["https://schema.org", {"eli": "http://data.europa.eu/eli/ontology#", "cancu": ONTOLOGY}]
_UNSAFE = {letter: f"\\u{ord(letter):04x}" for letter in "<>&'"}
Value = str | int | dict[str, object] | list[str] | list[dict[str, object]] | None


def of(page: Page) -> Html:
    """What the page says of its thing; of a page that is about no one thing, what the page itself is."""
    return page.linked or _text({"@type": "CollectionPage", "name": page.title, "description": page.description})


def _text(told: dict[str, Value]) -> Html:
    """JSON without empty values, safe in the script element that it stands in."""
    whole = {"@context": _CONTEXT} | {key: value for key, value in told.items() if value not in (None, "", [])}
    text = msgspec.json.encode(whole).decode()
    for letter, safe in _UNSAFE.items():
        text = text.replace(letter, safe)
    return Html(text)


def _named(site: Site, kind: str, iri: str) -> dict[str, object] | None:
    return {"@type": kind, "@id": iri, "name": site.label(iri)} if iri else None


def _ids(iris: Iterable[str]) -> list[dict[str, object]]:
    return [{"@id": iri} for iri in iris]


def document(site: Site, one: Document) -> Html:
    """A document as a piece of legislation, with what it rests on and changes."""
    return _text(
        {
            "@type": ["Legislation", "eli:LegalResource"],
            "@id": one.iri,
            "name": one.title or site.label(one.iri),
            "inLanguage": "vi",
            "legislationIdentifier": one.number,
            "legislationType": site.concept(one.document_type),
            "legislationDate": one.date_issued,
            "legislationDateOfApplicability": one.effective_from,
            "legislationPassedBy": _named(site, "GovernmentOrganization", one.issuer),
            "legislationJurisdiction": _named(site, "AdministrativeArea", one.jurisdiction),
            "eli:based_on": _ids(one.has_legal_basis),
            "eli:implements": _ids((*one.implements, *one.details)),
            "eli:amends": _ids(one.amends),
            "eli:repeals": _ids(one.replaces),
        }
    )


def project(site: Site, one: Project, places: Iterable[str]) -> Html:
    """A project with its money, place, lead agencies, and the documents that justify it."""
    money = site.project_money(one)
    amount: dict[str, object] = {"@type": "MonetaryAmount", "currency": "VND", "value": money}
    return _text(
        {
            "@type": "Project",
            "@id": one.iri,
            "name": one.title or one.label,
            "areaServed": [place for iri in places if (place := _named(site, "AdministrativeArea", iri))],
            "funding": {"@type": "MonetaryGrant", "amount": amount} if money is not None else None,
            "member": [agency for iri in site.leads(one) if (agency := _named(site, "GovernmentOrganization", iri))],
            "subjectOf": [plan for iri in one.planned_in if (plan := _named(site, "Legislation", iri))],
            "cancu:justifiedBy": _ids(one.justified_by),
        }
    )


def agency(site: Site, one: Agency) -> Html:
    """An agency, what it is part of, and where."""
    return _text(
        {
            "@type": "GovernmentOrganization",
            "@id": one.iri,
            "name": one.label,
            "parentOrganization": [above for iri in one.parent if (above := _named(site, "GovernmentOrganization", iri))],
            "areaServed": _named(site, "AdministrativeArea", one.jurisdiction),
        }
    )


def place(site: Site, one: Place) -> Html:
    """A province."""
    return _text({"@type": "AdministrativeArea", "@id": one.iri, "name": site.words.label(one), "identifier": one.province_code})


def system(site: Site, one: System) -> Html:
    """An information system of a province."""
    kind = site.concept(one.system_kind)
    where = _named(site, "AdministrativeArea", one.jurisdiction)
    return _text(
        {"@type": "SoftwareApplication", "@id": one.iri, "name": site.label(one.iri), "applicationCategory": kind, "areaServed": where}
    )


def dataset(title: str, description: str, iri: str, files: Iterable[tuple[str, str]]) -> Html:
    """Data to take away: `files` are addresses from the page, with their media types."""
    distribution: list[dict[str, object]] = [
        {"@type": "DataDownload", "contentUrl": address, "encodingFormat": media} for address, media in files
    ]
    licence = "https://creativecommons.org/publicdomain/zero/1.0/"
    return _text(
        {"@type": "Dataset", "@id": iri, "name": title, "description": description, "license": licence, "distribution": distribution}
    )
