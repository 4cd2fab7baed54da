"""Inference: what follows from the ontology, in a graph of its own.

The rules of OWL 2 RL that the ontology needs are written in `ontology/rules/`, as SPARQL updates that any store runs. Here they are
followed by tables, made of the ontology's axioms once, in one pass over the statements: the tests hold the two against each other, and
both against owlrl. https://www.w3.org/TR/owl2-profiles/#Reasoning_in_OWL_2_RL_and_RDF_Graphs_using_Rules
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from typing import TypeVar

import pyoxigraph as ox

from cancu.quads import RDF_TYPE, iri

Triple = tuple[str, str, str]
_Step = TypeVar("_Step", bound=Hashable)
_RDFS, _OWL, _RDF = "http://www.w3.org/2000/01/rdf-schema#", "http://www.w3.org/2002/07/owl#", "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_SUBPROPERTY, _SUBCLASS, _DOMAIN, _RANGE = (iri(_RDFS + name) for name in ("subPropertyOf", "subClassOf", "domain", "range"))
_INVERSE, _CHAIN, _ON, _VALUE = (iri(_OWL + name) for name in ("inverseOf", "propertyChainAxiom", "onProperty", "hasValue"))
_FIRST, _REST, _NIL = (iri(_RDF + name) for name in ("first", "rest", "nil"))


@dataclass(frozen=True, slots=True)
class Axioms:
    """What follows from what, closed. Terms are N-Triples text, as in `cancu.quads`.

    `stated` are the triples that this was made of, and `telling` those among them from which statements about things follow.
    Of properties: `holding` are those that hold with one, and whether the other way round; `after` and `before` say what comes next to it
    in a chain of two, and what the chain makes up. Of classes: those of a property's subject, of its value, and of what has that value,
    and those above a class.
    """

    stated: frozenset[Triple]
    telling: frozenset[Triple]
    holding: Mapping[str, frozenset[tuple[str, bool]]]
    after: Mapping[str, list[tuple[str, str]]]
    before: Mapping[str, list[tuple[str, str]]]
    of_subject: Mapping[str, frozenset[str]]
    of_value: Mapping[str, frozenset[str]]
    of_having: Mapping[str, Mapping[str, frozenset[str]]]
    above: Mapping[str, frozenset[str]]


def axioms(triples: Iterable[Triple]) -> Axioms:
    """The axioms among the triples: subproperties, inverses, chains of two, domains, ranges, subclasses, and classes by a value."""
    stated = frozenset(triples)
    said: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for subject, predicate, value in stated:
        said[predicate][subject].append(value)
    steps: dict[tuple[str, bool], set[tuple[str, bool]]] = defaultdict(set)
    for turned in (False, True):
        for name, above in said[_SUBPROPERTY].items():
            steps[name, turned] |= {(one, turned) for one in above}
        for name, others in said[_INVERSE].items():
            for other in others:
                steps[name, turned].add((other, not turned))
                steps[other, turned].add((name, not turned))
    after: dict[str, list[tuple[str, str]]] = defaultdict(list)
    before: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for name, first, second in _chains(said):
        after[first].append((second, name))
        before[second].append((first, name))
    above_class = _reached({name: set(found) for name, found in said[_SUBCLASS].items()})
    having: dict[str, dict[str, frozenset[str]]] = defaultdict(dict)
    for restriction, names in said[_ON].items():
        for name in names:
            for value in said[_VALUE].get(restriction, ()):
                having[name][value] = having[name].get(value, frozenset()) | above_class.get(restriction, frozenset())
    of_subject, of_value = (
        {name: frozenset(found).union(*(above_class.get(one, ()) for one in found)) for name, found in said[end].items()}
        for end in (_DOMAIN, _RANGE)
    )
    holding = {name: found for (name, turned), found in _reached(steps).items() if not turned}
    telling = frozenset(triple for triple in stated if triple[1] in holding or triple[1] in after or triple[1] in before)
    return Axioms(stated, telling, holding, dict(after), dict(before), of_subject, of_value, dict(having), above_class)


def _chains(said: Mapping[str, Mapping[str, list[str]]]) -> Iterator[tuple[str, str, str]]:
    """Each property that a chain of two makes up, with the two."""
    firsts, rests = said[_FIRST], said[_REST]
    for name, lists in said[_CHAIN].items():
        for start in lists:
            for rest in rests.get(start, ()):
                if _NIL in rests.get(rest, ()):
                    yield from ((name, first, second) for first in firsts.get(start, ()) for second in firsts.get(rest, ()))


def _reached(steps: Mapping[_Step, set[_Step]]) -> dict[_Step, frozenset[_Step]]:
    """What each is led to by any number of steps."""
    found = {}
    for start in steps:
        ends: set[_Step] = set()
        waiting = [start]
        while waiting:
            fresh = steps.get(waiting.pop(), set()) - ends
            ends |= fresh
            waiting += fresh
        found[start] = frozenset(ends)
    return found


def follow(rules: Axioms, stated: Iterable[Triple]) -> set[Triple]:
    """What follows from the triples, by these axioms: nothing that either states, and not what axioms alone say of each other."""
    known = rules.telling.union(stated)
    derived = _of_properties(rules, known)
    return (derived | _of_classes(rules, chain(known, derived))) - rules.stated


def _of_properties(rules: Axioms, stated: frozenset[Triple]) -> set[Triple]:
    """What else holds between things."""
    chained = rules.after.keys() | rules.before.keys()
    telling = chained | rules.holding.keys()
    values: dict[str, dict[str, list[str]]] = {name: defaultdict(list) for name in chained}
    subjects: dict[str, dict[str, list[str]]] = {name: defaultdict(list) for name in chained}
    derived: set[Triple] = set()
    waiting = [triple for triple in stated if triple[1] in telling]
    while waiting:
        subject, predicate, value = waiting.pop()
        found = [(value, name, subject) if turned else (subject, name, value) for name, turned in rules.holding.get(predicate, ())]
        if predicate in chained:
            values[predicate][subject].append(value)
            subjects[predicate][value].append(subject)
            for second, name in rules.after.get(predicate, ()):
                found += [(subject, name, end) for end in values[second].get(value, ())]
            for first, name in rules.before.get(predicate, ()):
                found += [(start, name, value) for start in subjects[first].get(subject, ())]
        for triple in found:
            if triple not in stated and triple not in derived and not triple[0].startswith('"'):
                derived.add(triple)
                if triple[1] in telling:
                    waiting.append(triple)
    return derived


def _of_classes(rules: Axioms, known: Iterable[Triple]) -> set[Triple]:
    """What else things are. Nothing else follows from that: no rule asks what a thing is to conclude a property."""
    of_subject, of_value, of_having, nothing = rules.of_subject, rules.of_value, rules.of_having, frozenset[str]()
    stated: dict[str, set[str]] = defaultdict(set)
    found: dict[str, set[str]] = defaultdict(set)
    for subject, predicate, value in known:
        if predicate == RDF_TYPE:
            stated[subject].add(value)
            found[subject] |= rules.above.get(value, nothing)
            continue
        if predicate in of_subject:
            found[subject] |= of_subject[predicate]
        if predicate in of_value and value[0] != '"':
            found[value] |= of_value[predicate]
        if predicate in of_having:
            found[subject] |= of_having[predicate].get(value, nothing)
    return {(thing, RDF_TYPE, kind) for thing, kinds in found.items() for kind in kinds - stated.get(thing, nothing)}


def infer(store: ox.Store, graph_iri: str) -> int:
    """Fills the named graph `graph_iri` with what follows from all other graphs of the store; returns how many triples.

    What the graph held before is dropped, so that it is a function of the asserted graphs alone; no triple of theirs is repeated in it.
    """
    graph = ox.NamedNode(graph_iri)
    store.clear_graph(graph)
    stated: set[Triple] = set()
    for name in list(store.named_graphs()):
        text = (store.dump(format=ox.RdfFormat.N_TRIPLES, from_graph=name) or b"").decode()
        stated.update(map(_triple, text.split("\n")[:-1]))
    found = follow(axioms(stated), stated)
    lines = "".join(f"{' '.join(triple)} {graph} .\n" for triple in found)
    store.bulk_extend(ox.parse(lines, format=ox.RdfFormat.N_QUADS))  # which keeps the names of blank nodes; loading does not
    return len(found)


def _triple(line: str) -> Triple:
    subject, predicate, value = line.split(" ", 2)
    return subject, predicate, value[:-2]
