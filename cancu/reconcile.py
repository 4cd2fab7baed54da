"""A reconciliation service for documents and agencies (projects and systems too): names in a spreadsheet become things of the graph.

OpenRefine asks it as https://reconciliation-api.github.io/specs/0.2/ says.
"""

from __future__ import annotations

import difflib
import json
from collections.abc import Mapping
from typing import Any

from cancu.finding import KINDS, Finder, Thing, folded
from cancu.graph import Graph

_TYPES = {
    "document": ("Document", "Văn bản · document"),
    "agency": ("Agency", "Cơ quan · agency"),
    "project": ("Project", "Dự án · project"),
    "system": ("System", "Hệ thống · system"),
}
_MOST, _USUAL = 50, 5
_LEAST = 45.0


def manifest(graph: Graph, address: str) -> dict[str, Any]:
    """What the service is, for the one at `address` (the server's own, without a slash at the end)."""
    return {
        "versions": ["0.1", "0.2"],
        "name": "Căn Cứ",
        "identifierSpace": graph.base,
        "schemaSpace": "https://w3id.org/cancu/ontology#",
        "defaultTypes": [{"id": _TYPES[kind][0], "name": _TYPES[kind][1]} for kind in KINDS],
        "view": {"url": f"{address}/{{{{id}}}}"},
    }


def answers(graph: Graph, finder: Finder, asked: str) -> dict[str, Any]:
    """The candidates for a batch of queries, given as JSON. Raises ValueError for what is no such batch."""
    batch = json.loads(asked)
    if not isinstance(batch, dict) or not all(isinstance(one, dict) and isinstance(one.get("query"), str) for one in batch.values()):
        raise ValueError("a batch is an object of objects, each with a query")
    return {key: {"result": _candidates(graph, finder, one)} for key, one in batch.items()}


def _candidates(graph: Graph, finder: Finder, one: Mapping[str, Any]) -> list[dict[str, Any]]:
    wanted = one.get("type")
    ids = wanted if isinstance(wanted, list) else [wanted] if wanted else []
    kinds = [kind for kind, (name, _) in _TYPES.items() if not ids or name in ids]
    limit = one.get("limit")
    most = min(limit, _MOST) if isinstance(limit, int) and limit > 0 else _USUAL
    words = folded(one["query"])
    scored = [(_score(words, thing), thing) for kind in kinds for thing in finder.things(kind)] if words else []
    best = sorted((found for found in scored if found[0] >= _LEAST), key=lambda found: (-found[0], found[1].label, found[1].iri))
    sure = len([score for score, _ in best if score == 100]) == 1
    return [_candidate(graph, score, thing, sure) for score, thing in best[:most]]


def _candidate(graph: Graph, score: float, thing: Thing, sure: bool) -> dict[str, Any]:
    kind, name = _TYPES[thing.kind]
    return {
        "id": thing.iri.removeprefix(graph.base),
        "name": thing.label,
        "type": [{"id": kind, "name": name}],
        "score": round(score, 1),
        "match": sure and score == 100,
    }


def _score(words: str, thing: Thing) -> float:
    """100 for the whole of a name, less for a part of it, for the same words in another order, and for likeness."""
    return max((_likeness(words, name) for name in thing.names), default=0.0)


def _likeness(words: str, name: str) -> float:
    if words == name:
        return 100.0
    if f"-{words}-" in f"-{name}-":
        return 70 + 25 * len(words) / len(name)
    one, other = set(words.split("-")), set(name.split("-"))
    shared = 2 * len(one & other) / (len(one) + len(other))
    return 0.0 if shared < 0.4 else 90 * difflib.SequenceMatcher(None, words, name).ratio()
