"""Finds the thing that a person's words name: a document by its number in any spelling, a project or an agency by words of its name."""

from __future__ import annotations

import difflib
import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cancu.errors import Ambiguous, NotFound
from cancu.iris import slug
from cancu.registry import fold

if TYPE_CHECKING:
    from cancu.graph import Graph

_SO = re.compile(r"\bso-(?=\d)")
_NUMBER = re.compile(r"\d+[\w.-]*(?:/[\w.-]+)+")
KINDS = ("project", "document", "agency", "system")
_THINGS = {
    "project": "?thing a cancu:Project ; rdfs:label ?label . OPTIONAL { ?thing cancu:plannedIn/rdfs:label ?more }",
    "document": "{ ?any cancu:citedDocument ?thing } UNION { ?thing cancu:statedIn|cancu:documentType|cancu:number ?any }"
    " ?thing rdfs:label ?label . OPTIONAL { ?thing cancu:number|cancu:title ?more }",
    "agency": "?thing cancu:name ?more ; rdfs:label ?label",
    "system": "?thing cancu:systemKind ?kind ; rdfs:label ?label . OPTIONAL { ?thing cancu:jurisdiction/rdfs:label ?more }",
}
_CLASSES = {"Project": "project", "Agency": "agency", "CollectiveAgency": "agency", "System": "system"}


@dataclass(frozen=True, slots=True)
class Thing:
    """A thing of the graph that words can name. `names` are its label, number, title or name, folded to ASCII words with hyphens."""

    iri: str
    kind: str
    label: str
    names: tuple[str, ...]


class Finder:
    """Reads the names once a kind, when first asked for it, and keeps them."""

    def __init__(self, graph: Graph) -> None:
        self._graph = graph
        self._known: dict[str, tuple[Thing, ...]] = {}

    def things(self, kind: str) -> tuple[Thing, ...]:
        """All things of a kind, in the order of their IRIs."""
        if kind not in self._known:
            rows = self._graph.query(f"SELECT DISTINCT ?thing ?label ?more {{ {_THINGS[kind]} }}")
            names: dict[str, dict[str, None]] = {}
            labels: dict[str, str] = {}
            for thing, label, more in rows:
                iri, shown = str(thing), str(label)
                labels[iri] = min(shown, labels.get(iri, shown))
                names.setdefault(iri, {}).update(dict.fromkeys(folded(str(text)) for text in (label, more) if text))
            self._known[kind] = tuple(Thing(iri, kind, labels[iri], tuple(names[iri])) for iri in sorted(labels))
        return self._known[kind]

    def _at(self, iri: str) -> Thing | None:
        """The thing of this IRI, without reading any names."""
        try:
            classes = {name.rpartition("#")[2] for name in self._graph.objects(iri, "rdf:type")}
            cited = self._graph.objects(iri, "documentType", "number", "statedIn") or self._graph.subjects("citedDocument", iri)
        except ValueError:  # no IRI after all
            return None
        kind = next((kind for name, kind in _CLASSES.items() if name in classes), "document" if cited else None)
        return Thing(iri, kind, self._graph.value(iri, "rdfs:label") or iri, ()) if kind else None

    def find(self, words: str, kinds: tuple[str, ...]) -> Thing:
        """The one thing of these kinds (none for all) that the words fit best; see `Graph.find`."""
        text = words.strip().strip("<>")
        named = self._at(text) if text.startswith(("http://", "https://")) else None
        if named and named.kind in (kinds or KINDS):
            return named
        pool = [thing for kind in kinds or KINDS for thing in self.things(kind)]
        number = _NUMBER.search(text)
        same = _best(folded(text), pool) or (_best(folded(number[0]), pool) if number else [])
        if len(same) > 1:  # with its marks a word may fit one alone: 'diện rộng' is not 'điện rộng'
            same = [thing for thing in same if fold(text) in fold(thing.label)] or same
        if len(same) == 1:
            return same[0]
        if same:
            raise Ambiguous(words, tuple((thing.iri, _shown(thing)) for thing in same))
        raise NotFound(words, _near(folded(text.rsplit("/", 1)[-1] if text.startswith("http") else text), pool))


def folded(text: str) -> str:
    """ASCII words with hyphens, without the word 'số' before a number: 'Nghị định số 64/2007/NĐ-CP' → 'nghi-dinh-64-2007-nd-cp'."""
    return _SO.sub("", slug(text))


def _best(words: str, pool: list[Thing]) -> list[Thing]:
    """The things of the best rank: a whole name, the start of one, words in a row, all words in any order."""
    if not words:
        return []
    ranked: dict[int, list[Thing]] = {}
    wanted = Counter(words.split("-"))
    for thing in pool:
        rank = min((_rank(words, wanted, name) for name in thing.names), default=9)
        ranked.setdefault(rank, []).append(thing)
    return ranked[min(ranked)] if ranked and min(ranked) < 9 else []


def _rank(words: str, wanted: Counter[str], name: str) -> int:
    if name == words:
        return 0
    if name.startswith(f"{words}-"):
        return 1
    if f"-{words}-" in f"-{name}-":
        return 2
    return 3 if len(wanted) > 1 and wanted <= Counter(name.split("-")) else 9


def _shown(thing: Thing) -> str:
    """The label, with what tells it from others of the same label: its plan's, jurisdiction's or own part of the IRI."""
    return f"{thing.label} [{thing.iri.split('/', 4)[-1]}]"


def _near(text: str, pool: list[Thing]) -> tuple[str, ...]:
    words = set(text.split("-"))
    shared = sorted(pool, key=lambda thing: -max((len(words & set(name.split("-"))) / len(words) for name in thing.names), default=0))[:200]
    likeness = {
        thing.iri: max((difflib.SequenceMatcher(None, text, name).ratio() for name in thing.names), default=0.0) for thing in shared
    }
    close = sorted((thing for thing in shared if likeness[thing.iri] > 0.5), key=lambda thing: -likeness[thing.iri])
    return tuple(dict.fromkeys(thing.label for thing in close))[:5]
