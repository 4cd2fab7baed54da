"""What ties plans to each other: the things that several tell of, such as documents and agencies; and whom a change concerns.

A page about a thing shows what is said of it, what it leads to, and what leads to it, with the names of all these. So a change in one plan
concerns (1) each thing that leads to one of which something else is said now, and the plans that mention such a thing; (2) all that
those plans and the changed one mention, before or now, and whatever that leads to; (3) the plans of the same places, as documents, which
are set beside each other: what they state holds. `concern` finds these by two walks, up and down, over what leads to what; no page has to
say what it depends on. On which lines a plan states a relation of two documents is told to others where they do not state it, and it is
this plan's `turn`; the pages of the two documents tell all who do.
"""

from __future__ import annotations

import zlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, partial

import msgspec

from cancu import inputs
from cancu.iris import ONTOLOGY, SCHEME
from cancu.quads import RDF_TYPE, prop

Triple = tuple[str, str, str]
_VOCABULARY = (f"<{ONTOLOGY}", f"<{SCHEME}")
_BOTH_WAYS = frozenset(map(prop, ("approves", "promulgates", "amends", "replaces")))  # pages of the one that it is done to tell it, too
_SUBJECT, _PREDICATE, _OBJECT = map(prop, ("relationSubject", "relationPredicate", "relationObject"))
_ACTS = frozenset(f"<{ONTOLOGY}{name}>" for name in ("approves", "promulgates"))  # what these are done to rests on who does them
# What documents are ranked by: all that `cancu.ranking` asks for, but for the names of the documents.
_AMOUNT, _BREAKDOWN, _ALLOCATION, _ENTRY, _TOTAL = _MONEY = tuple(
    map(prop, ("amount", "breakdown", "hasAllocation", "hasEntry", "totalAmount"))
)
_STANDING = frozenset(
    map(
        prop,
        (
            "approves", "details", "hasCompetenceBasis", "hasLegalBasis", "hasProceduralBasis", "implements", "issuer", "jurisdiction",
            "justifiedBy", "plannedIn", "promulgates",
        ),
    )
)  # fmt: skip
RANKED_BY = _STANDING.union(_MONEY) | {RDF_TYPE}
_UNRESOLVED = "/unresolved/"  # documents that one plan names
_STATED_IN, _PLACE, _FILE = prop("statedIn"), prop("jurisdiction"), prop("fileName")


class Tie(msgspec.Struct, frozen=True):
    """What ties a part to others; things are terms.

    `digest` is that of its statements. `documents` are those that it is the record of, `places` theirs. `mentions` are the things that
    others may mention too, `said` a digest of what it says of each of these, and `leads` what each leads to. `relations` has, by a
    document, the relation and the document that it rests on, a digest of where that is stated. `ranked` is one of what documents are
    ranked by.
    """

    digest: str
    documents: list[str]
    places: list[str]
    mentions: list[str]
    said: dict[str, str]
    relations: dict[str, str]
    leads: dict[str, list[str]]
    ranked: str = ""


_NOTHING = Tie("", [], [], [], {}, {}, {})


@dataclass(frozen=True, slots=True)
class Concern:
    """Whom a change concerns: things, by their IRIs, and plans, by their names in IRIs, with all that is their own.

    `beside` are the documents of plans that are set beside these: their pages may differ, what is stated of them holds. Of documents that
    the plans `aside` rest on, relations are stated on other lines, which no page of theirs tells.
    """

    things: frozenset[str]
    plans: frozenset[str]
    beside: frozenset[str] = frozenset()
    aside: frozenset[str] = frozenset()

    def has(self, iri: str) -> bool:
        """Whether something else may be stated of a thing, or of what it leads to."""
        return iri in self.things or not self.plans.isdisjoint(iri.split("/"))

    def shown(self, iri: str) -> bool:
        """Whether a page about a thing may differ."""
        return iri in self.beside or self.has(iri)

    def asked(self, iri: str) -> bool:
        """Whether a question about a thing may have another answer: some tell all who state a relation."""
        return self.shown(iri) or not self.aside.isdisjoint(iri.split("/"))


def turn(name: str, lower: str, upper: str) -> int:
    """Which of several plans that state a relation between two documents is told where none is at hand: that of the least number.

    By their names it would be one plan of which all tell, and new lines in that plan would change the pages of all.
    """
    return zlib.crc32(f"{name} {lower} {upper}".encode())


def own(name: str, thing: str) -> bool:
    """Whether a thing (a term) belongs to the plan of this name alone: its IRI has the plan's name as a step of its path."""
    return bool(name) and (f"/{name}/" in thing or thing.endswith(f"/{name}>"))


def of(name: str, lines: Iterable[str]) -> Tie:
    """The tie of the part of this name, by its statements: lines of N-Quads, or of triples without a full stop."""
    mine = cache(partial(own, name))  # a thing is named in many statements
    triples = [triple for triple in dict.fromkeys(map(_triple, sorted(lines))) if not triple[0].startswith(_VOCABULARY)]
    ends = [triple for triple in triples if triple[1] != RDF_TYPE and triple[2].startswith("<") and not triple[2].startswith(_VOCABULARY)]
    said: dict[str, list[Triple]] = defaultdict(list)
    for triple in triples:
        if not mine(triple[0]):
            said[triple[0]].append(triple)
    documents = {subject for subject, predicate, _ in ends if predicate == _STATED_IN}
    return Tie(
        _digest(triples),
        sorted(documents),
        sorted({value for subject, predicate, value in ends if predicate == _PLACE and subject in documents}),
        sorted(said.keys() | {value for _, _, value in ends if not mine(value)}),
        {thing: _digest(found) for thing, found in said.items()},
        {relation: _digest(found) for relation, found in _relations(triples).items()},
        _leads(triple for triple in ends if not (mine(triple[0]) or mine(triple[2]))),
        _digest([triple for triple in triples if _ranks(triple, mine)] + _paid(triples)),
    )


def _ranks(triple: Triple, mine: Callable[[str], bool]) -> bool:
    """Whether documents are ranked by a statement, other than of money."""
    subject, predicate, _ = triple
    return predicate in _STANDING or (predicate == RDF_TYPE and not mine(subject)) or _UNRESOLVED in subject


def _paid(triples: Iterable[Triple]) -> list[Triple]:
    """The money of each project: the totals of its rows and what these are made of, without the names of rows, which tell their lines."""
    told: dict[str, dict[str, list[str]]] = {name: defaultdict(list) for name in _MONEY}
    for subject, predicate, value in triples:
        if predicate in told:
            told[predicate][subject].append(value)

    def row(entry: str) -> str:
        parts = sorted(f"{told[_BREAKDOWN][part]} {told[_AMOUNT][part]}" for part in told[_ALLOCATION][entry])
        return f"{told[_TOTAL][entry]} {parts}"

    return [(project, _ENTRY, " ".join(sorted(map(row, rows)))) for project, rows in sorted(told[_ENTRY].items())]


def _triple(line: str) -> Triple:
    """The terms of a statement, whether it is a quad with its full stop or a triple without."""
    subject, predicate, rest = line.split(" ", 2)
    return subject, predicate, rest.rsplit(" ", 2)[0] if rest.endswith(" .") else rest


def _relations(triples: Sequence[Triple]) -> dict[str, list[Triple]]:
    """For each relation that is stated, see `Tie`, all that is said of the statements, and of the file whose lines they are."""
    statements: dict[str, dict[str, str]] = defaultdict(dict)
    of_statement: dict[str, list[Triple]] = defaultdict(list)
    for triple in triples:
        of_statement[triple[0]].append(triple)
        if triple[1] in (_SUBJECT, _PREDICATE, _OBJECT):
            statements[triple[0]][triple[1]] = triple[2]
    files = [triple for triple in triples if triple[1] == _FILE]
    found: dict[str, list[Triple]] = defaultdict(lambda: list(files))
    for statement, parts in statements.items():
        lower, relation, upper = (parts.get(name, "") for name in (_SUBJECT, _PREDICATE, _OBJECT))
        if relation in _ACTS:
            lower, upper = upper, lower
        found[f"{lower} {relation} {upper}"] += of_statement[statement]
    return found


def _leads(ends: Iterable[Triple]) -> dict[str, list[str]]:
    """What each thing that others tell of, too, leads to."""
    found: dict[str, set[str]] = defaultdict(set)
    for subject, predicate, value in ends:
        found[subject].add(value)
        if predicate in _BOTH_WAYS:
            found[value].add(subject)
    return {thing: sorted(values) for thing, values in sorted(found.items())}


def _digest(triples: Sequence[Triple]) -> str:
    return inputs.digest(["\n".join(map(" ".join, triples)).encode()])[:32]


@dataclass(frozen=True, slots=True)
class Change:
    """The ties of the parts of an earlier build and of this one, by their names, that of the ground being ''; and whom it concerns."""

    before: Mapping[str, Tie]
    now: Mapping[str, Tie]
    concern: Concern

    @classmethod
    def of(cls, before: Mapping[str, Tie], now: Mapping[str, Tie]) -> Change:
        """The change from one to the other."""
        return cls(before, now, concern(before, now))

    @property
    def ranks_hold(self) -> bool:
        """Whether all that documents are ranked by is as it was, and what they are called."""
        same = {name: tie.ranked for name, tie in self.before.items()} == {name: tie.ranked for name, tie in self.now.items()}
        return same and not _moved(self.before, self.now, _changed(self.before, self.now))

    def both(self, name: str) -> list[Tie]:
        """The tie of a part before and now, where there was and is one."""
        return [ties[name] for ties in (self.before, self.now) if name in ties]

    def around(self) -> set[str]:
        """The plans that may be told of otherwise now: those concerned, who owns what is or mentions what is theirs, their neighbours."""
        parts = [(name, tie) for ties in (self.before, self.now) for name, tie in ties.items() if name]
        names = {name for name, _ in parts}

        def owners(things: Iterable[str]) -> set[str]:
            return names.intersection(step for thing in things for step in thing.strip("<>").split("/"))

        found = owners(self.concern.things) | self.concern.plans
        found |= {name for name, tie in parts if not self.concern.things.isdisjoint(thing[1:-1] for thing in tie.documents)}
        found |= {name for name, tie in parts if not found.isdisjoint(owners(tie.mentions))}
        places = {place for name, tie in parts if name in found for place in tie.places}
        return found | {name for name, tie in parts if not places.isdisjoint(tie.places)}

    def mentioned(self, names: Iterable[str]) -> set[str]:
        """What these parts of now mention, and all that it leads to."""
        return _reached((thing for name in names for thing in self.now[name].mentions), _down(self.now.items()))

    def told(self, things: Iterable[str], but: Sequence[str]) -> dict[str, set[str]]:
        """Parts of now that say of the things what none of the parts `but` says, each with the things; one part for each saying."""
        wanted, known = set(things), {saying for name in but for saying in self.now[name].said.items()}
        found: dict[str, set[str]] = defaultdict(set)
        for name, tie in self.now.items():
            for saying in tie.said.items():
                if saying[0] in wanted and saying not in known:
                    known.add(saying)
                    found[name].add(saying[0])
        return found


def _changed(before: Mapping[str, Tie], now: Mapping[str, Tie]) -> set[str]:
    return {name for name in before.keys() | now.keys() if before.get(name, _NOTHING).digest != now.get(name, _NOTHING).digest}


def _down(parts: Iterable[tuple[str, Tie]]) -> dict[str, set[str]]:
    """What leads where, by all these parts."""
    found: dict[str, set[str]] = defaultdict(set)
    for _, tie in parts:
        for thing, ends in tie.leads.items():
            found[thing].update(ends)
    return found


def concern(before: Mapping[str, Tie], now: Mapping[str, Tie]) -> Concern:
    """Whom it concerns that the parts are not what they were; both by the parts' names, and with the ground, whose name is ''."""
    changed = _changed(before, now)
    parts = [*before.items(), *((name, now[name]) for name in changed & now.keys())]
    down, up = _down(parts), defaultdict[str, set[str]](set)
    for thing, ends in down.items():
        for end in ends:
            up[end].add(thing)
    moved = _moved(before, now, changed) | {document for name, tie in parts if name in changed for document in tie.documents}
    restated, aside = _restated(before, now, changed)
    above = _reached(moved | restated, up)
    first = {name for name, tie in parts if name and (name in changed or not above.isdisjoint(tie.mentions))}
    traced = _reached(aside, up)
    things = above | _reached({thing for name, tie in parts if name in first for thing in tie.mentions}, down)
    places = {place for name, tie in parts if name in first for place in tie.places}
    beside = first | {name for name, tie in parts if name and not places.isdisjoint(tie.places)}
    things |= {document for name, tie in parts if name in first for document in tie.documents}
    shown = {document for name, tie in parts if name in beside for document in tie.documents}
    return Concern(
        frozenset(thing[1:-1] for thing in things),
        frozenset(first),
        frozenset(thing[1:-1] for thing in shown),
        frozenset(name for name, tie in parts if name and not traced.isdisjoint(tie.mentions)) - first,
    )


def _moved(before: Mapping[str, Tie], now: Mapping[str, Tie], changed: Iterable[str]) -> set[str]:
    """The things of which something else is said now."""
    said = set()
    for name in changed:
        old, new = before.get(name, _NOTHING).said, now.get(name, _NOTHING).said
        said |= {thing for thing in old.keys() | new.keys() if old.get(thing) != new.get(thing)}
    return {thing for thing in said if len(was := _sayings(thing, before)) != 1 or was != _sayings(thing, now)}


def _restated(before: Mapping[str, Tie], now: Mapping[str, Tie], changed: Iterable[str]) -> tuple[set[str], set[str]]:
    """The documents that rest on others by relations that are stated on other lines: where others tell of this one, and all."""
    first, every = set(), set()
    for name in changed:
        old, new = before.get(name, _NOTHING).relations, now.get(name, _NOTHING).relations
        for relation in (relation for relation in old.keys() | new.keys() if old.get(relation) != new.get(relation)):
            lower = relation.partition(" ")[0]
            every.add(lower)
            if name in (_told(relation, before), _told(relation, now)):
                first.add(lower)
    return first, every


def _told(relation: str, parts: Mapping[str, Tie]) -> str | None:
    """The part that is told of where others state a relation."""
    lower, _, upper = (term[1:-1] for term in relation.split(" "))
    return min((name for name, tie in parts.items() if relation in tie.relations), key=lambda name: turn(name, lower, upper), default=None)


def _sayings(thing: str, parts: Mapping[str, Tie]) -> set[str]:
    """What the parts say of a thing: where it is one and the same before and now, it does not matter how many say it."""
    return {tie.said[thing] for tie in parts.values() if thing in tie.said}


def _reached(start: Iterable[str], leads: Mapping[str, set[str]]) -> set[str]:
    """All that is reached from the start, itself included."""
    found = set(start)
    waiting = list(found)
    while waiting:
        new = leads.get(waiting.pop(), set()) - found
        found |= new
        waiting += new
    return found
