"""What an earlier site has that still holds: the files of those things that no change since concerns. They are not set again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import msgspec

from cancu.ties import Concern, Tie, concern
from cancu.website.answers import Rank
from cancu.website.folder import Folder
from cancu.website.gathering import Known
from cancu.website.search import Entry, Index
from cancu.website.site import Site


@dataclass(frozen=True, slots=True)
class Put:
    """A file that was put in its place: its name, whether that changed anything, and of a page its language and what it is found by."""

    name: str
    written: bool
    language: str = ""
    entry: Entry | None = None


class Made(msgspec.Struct, frozen=True):
    """What a site is made of: what was put there, by the first file of each job, documents as they are ranked, and all facts.

    `changed` are the files that are other than in the site that it began as, if only by being there or not.
    """

    put: dict[str, list[Put]]
    ranks: tuple[Rank, ...] = ()
    facts: dict[str, bytes] = {}
    changed: tuple[str, ...] = ()

    @property
    def pages(self) -> int:
        """How many pages there are."""
        return sum(one.entry is not None for some in self.put.values() for one in some)


@dataclass(frozen=True)
class Earlier:
    """An earlier site by what was put there, as far as `concern` does not reach; its ranks, where nothing moves these; its facts."""

    put: Mapping[str, Sequence[Put]]
    concern: Concern
    ranks: tuple[Rank, ...] | None
    facts: Known

    def still(self, name: str, iri: str, folder: Folder) -> list[Put]:
        """The files about a thing of which `name` is the first, where they still hold and are in the folder; else none."""
        if not iri or self.concern.has(iri):
            return []
        found = [Put(one.name, False, one.language, one.entry) for one in self.put.get(name, ())]
        return found if all(folder.has(one.name) for one in found) else []

    def index(self, language: str, folder: Path) -> Index | None:
        """The search index of a language in this folder, which is that of the earlier site; None where it is not there."""
        entries = [one.entry for some in self.put.values() for one in some if one.entry and one.language == language]
        return Index(entries, folder) if (folder / "index.js").is_file() else None


@dataclass(frozen=True)
class Addresses:
    """Which thing the page at an address is about."""

    site: Site

    @cached_property
    def _things(self) -> dict[str, str]:
        facts, found, shared = self.site.facts, dict[str, str](), set[str]()
        for shelf in (facts.projects, facts.documents, facts.agencies, facts.systems, facts.places):
            for iri in shelf:
                here = self.site.address_of(iri)
                shared |= {here} & found.keys()
                found[here] = iri
        return {here: iri for here, iri in found.items() if here not in shared}

    def thing(self, here: str) -> str:
        """The IRI of the one thing with its page at this address of the site's language; '' where there is none, or several."""
        return self._things.get(here, "")


class _Kept(msgspec.Struct, frozen=True):
    """What is kept of a site until the next: the mark of its build, the ties of that build's parts, and what it is made of."""

    mark: str
    ties: dict[str, Tie]
    made: Made


def dumps(mark: str, ties: Mapping[str, Tie], made: Made) -> bytes:
    """What the next build needs to know of this site; `mark` tells whether it is this one that lies there then."""
    return msgspec.msgpack.encode(_Kept(mark, dict(ties), made))


def loads(content: bytes, mark: str, ties: Mapping[str, Tie]) -> Earlier | None:
    """What still holds of the site that was kept, by the ties of the parts of now; None where it is not the one of this mark."""
    try:
        kept = msgspec.msgpack.decode(content, type=_Kept)
    except msgspec.DecodeError:
        return None
    if kept.mark != mark:
        return None
    moved = {name: tie.ranked for name, tie in kept.ties.items()} != {name: tie.ranked for name, tie in ties.items()}
    concerned = concern(kept.ties, ties)
    return Earlier(kept.made.put, concerned, None if moved else kept.made.ranks, Known(kept.made.facts, concerned.has))
