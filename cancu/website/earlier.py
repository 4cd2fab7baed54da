"""What an earlier site has that still holds: the files of those things that no change since concerns. They are not set again."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from pathlib import Path

import msgspec

from cancu.iris import ONTOLOGY
from cancu.ties import Change, Tie
from cancu.website.folder import Folder
from cancu.website.gathering import Known
from cancu.website.noting import Looked, Same
from cancu.website.search import Entry
from cancu.website.search import Index as SearchIndex
from cancu.website.site import Site, address
from cancu.website.statements import Index

_STATED = "data/"  # files of what is stated of a thing; all others are pages, which show what is beside it, too


class Put(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A file that was put in its place: its name, whether that changed anything, and of a page its language and what it is found by.

    With the first file of a page that is about no one thing stands what that `looked` at.
    """

    name: str
    written: bool
    language: str = ""
    entry: Entry | None = None
    looked: Looked | None = None


class Made(msgspec.Struct, frozen=True):
    """What a site is made of: what was put there, by the first file of each job, and the facts.

    Of these there are the shelves that are other than those of the site before, see `gathering.dumps`.

    `answers` are those to the named questions, see `renewal.dumps`; `parts` are the indexes of the graph's parts. `others` are the files
    that no job put there, and `changed` those that are other than in the site that it began as, if only by being there or not.
    """

    put: dict[str, list[Put]]
    facts: dict[str, bytes] = {}
    answers: dict[str, bytes] = {}
    parts: dict[str, Index] = {}
    others: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()

    @property
    def pages(self) -> int:
        """How many pages there are."""
        return sum(one.entry is not None for some in self.put.values() for one in some)


@dataclass(frozen=True)
class Earlier:
    """An earlier site by what was put there, as far as its change since does not reach; its facts.

    `answers` are those that it gave, `parts` the indexes of the parts of its graph, `others` the files that no job put there. `things` are
    those whose pages are set again, too; `same` says which pages hold that are about no one thing: none does without it.
    """

    put: Mapping[str, list[Put]]
    change: Change
    facts: Known
    answers: Mapping[str, bytes]
    parts: Mapping[str, Index]
    others: Sequence[str] = ()
    things: frozenset[str] = frozenset()
    same: Same | None = None

    @property
    def files(self) -> Iterator[str]:
        """All files of the earlier site."""
        return chain((one.name for some in self.put.values() for one in some), self.others)

    def still(self, name: str, iri: str, folder: Folder) -> list[Put]:
        """The files of which `name` is the first, about a thing or about none, where they still hold and are in the folder; else none."""
        found = self.put.get(name, [])
        if not (self._holds(name, iri) if iri else self._is_same(found)):
            return []
        for one in found:  # there are a hundred thousand: Python's `all` of a generator takes three times as long
            if not folder.has(one.name):
                return []
        return found

    def _holds(self, name: str, iri: str) -> bool:
        """Whether the files about a thing hold."""
        return not (self.change.concern.has(iri) or (iri in self.things and not name.startswith(_STATED)))

    def _is_same(self, found: Sequence[Put]) -> bool:
        """Whether all is the same that a page looked at."""
        return bool(self.same and found and found[0].looked and self.same.has(found[0].looked))

    def index(self, language: str, folder: Path) -> SearchIndex | None:
        """The search index of a language in this folder, which is that of the earlier site; None where it is not there."""
        entries = [one.entry for some in self.put.values() for one in some if one.entry and one.language == language]
        return SearchIndex(entries, folder) if (folder / "index.js").is_file() else None


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
        language = self.site.words.language
        found |= {address("target", language, self.site.plan_key(plan)): plan.iri for plan in facts.plans}
        found[address("ontology", language)] = ONTOLOGY
        return {here: iri for here, iri in found.items() if here not in shared}

    def thing(self, here: str) -> str:
        """The IRI of the one thing that the page at this address of the site's language is about; '' where there is none, or several.

        Besides its own page a plan has one of its targets, and those of its long sections in a folder.
        """
        folder = f"{here.rpartition('/')[0]}.html"
        return self._things.get(here) or (self._things.get(folder, "") if folder in self._plans else "")

    @cached_property
    def _plans(self) -> set[str]:
        return {self.site.address_of(plan.iri) for plan in self.site.facts.plans}


class _Kept(msgspec.Struct, frozen=True):
    """What is kept of a site until the next: the mark of its build, the ties of that build's parts as bytes, and what it is made of."""

    mark: str
    ties: dict[str, msgspec.Raw]
    made: Made


class _Told(msgspec.Struct, frozen=True):
    """The beginning of a tie."""

    digest: str


_TOLD = msgspec.msgpack.Decoder(_Told)


def dumps(mark: str, ties: Mapping[str, Tie], made: Made) -> bytes:
    """What the next build needs to know of this site, but for its facts; `mark` tells whether it is this one that lies there then."""
    told = {name: msgspec.Raw(msgspec.msgpack.encode(tie)) for name, tie in ties.items()}
    return msgspec.msgpack.encode(_Kept(mark, told, msgspec.structs.replace(made, facts={})))


def loads(content: bytes, mark: str, ties: Mapping[str, Tie], facts: Callable[[str], bytes]) -> Earlier | None:
    """What still holds of the site that was kept, by the ties of the parts of now; None where it is not the one of this mark.

    `facts` gives each shelf of its facts.
    """
    try:
        kept = msgspec.msgpack.decode(content, type=_Kept)
    except msgspec.DecodeError:
        return None
    if kept.mark != mark:
        return None
    change = Change.of({name: _tie(told, ties.get(name)) for name, told in kept.ties.items()}, ties)
    return Earlier(
        kept.made.put, change, Known(facts, change.concern, change.ranks_hold), kept.made.answers, kept.made.parts, kept.made.others
    )


def _tie(told: msgspec.Raw, now: Tie | None) -> Tie:
    """A tie that was kept: that of now, where the statements are the same, since a tie tells of these alone."""
    if now and _TOLD.decode(told).digest == now.digest:
        return now
    return msgspec.msgpack.decode(told, type=Tie)
