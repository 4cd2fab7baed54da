"""Citable cards: a trace, or one link of it, in a form that a paper can cite and a reader can check.

A card names the thing by its permanent IRI, says what the graph says with the lines that say so, and carries the version
of the data, which is a hash of its content: the same data give the same card on any day and any machine.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

import msgspec

from cancu.answer import Language
from cancu.errors import CancuError
from cancu.graph import Graph
from cancu.iris import slug
from cancu.paths import Lines, Node
from cancu.reach import Reach
from cancu.trace import Path, Trace, Ways

Style = Literal["text", "bibtex", "csl"]

_PUBLISHER = "Căn Cứ"
_MOST_LINES = 12
_TEX = re.compile(r"[\\{}%&#$_~^]")
_TEX_WORDS = {"\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"}


@dataclass(frozen=True, slots=True, repr=False)
class Card:
    """What is cited. `iri` is the start's, `basis` the document of one link; `date` is the day that the plan, or the document, was signed.

    `title` and `statement` are in the card's language; `lines` are the places that say so, in the order of the paths.
    """

    iri: str
    basis: str | None
    title: str
    statement: str
    date: str | None
    lines: tuple[Lines, ...]
    version: str
    language: Language

    @property
    def key(self) -> str:
        """The key of the entry in a bibliography: a function of the IRIs."""
        return "cancu:" + ":".join(_key(iri) for iri in (self.iri, self.basis) if iri)

    def text(self) -> str:
        """One paragraph of plain text."""
        vi = self.language == "vi"
        places = _places(self.lines)
        told = f" {'Chứng cứ' if vi else 'Evidence'}: {places}." if places else ""
        dated = f" ({self.date})" if self.date else ""
        basis = f" ; <{self.basis}>" if self.basis else ""
        return (
            f"{_PUBLISHER}. {self.title}{dated}. {self.statement}.{told} {'Dữ liệu' if vi else 'Data'} {self.version}. <{self.iri}>{basis}"
        )

    def bibtex(self) -> str:
        """An entry for BibTeX and BibLaTeX."""
        fields = {
            "author": f"{{{_PUBLISHER}}}",
            "title": f"{{{_tex(self.title)}}}",
            "origdate": self.date or "",
            "version": self.version,
            "url": self.iri,
            "note": "; ".join(_tex(part) for part in (self.statement, _places(self.lines)) if part),
            "langid": "vietnamese" if self.language == "vi" else "english",
        }
        body = "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items() if value)
        return f"@misc{{{self.key},\n{body}}}\n"

    def csl(self) -> str:
        """An item of CSL-JSON, in an array as Zotero and pandoc read it."""
        item: dict[str, object] = {
            "id": self.key,
            "type": "dataset",
            "title": self.title,
            "author": [{"literal": _PUBLISHER}],
            "publisher": _PUBLISHER,
            "URL": self.iri,
            "version": self.version,
            "language": self.language,
            "abstract": self.statement,
            "note": _places(self.lines),
        }
        if self.date:
            item["original-date"] = {"date-parts": [[int(part) for part in self.date.split("-")]]}
        return msgspec.json.format(msgspec.json.encode([item]), indent=1).decode() + "\n"

    def in_style(self, style: Style) -> str:
        """The card in one of the three styles."""
        return {"text": self.text, "bibtex": self.bibtex, "csl": self.csl}[style]()

    def __repr__(self) -> str:
        return self.text()


@lru_cache(maxsize=16)
def _key(iri: str) -> str:
    return slug("-".join(iri.rstrip("/").split("/")[-2:]))


@lru_cache(maxsize=16)
def _places(lines: tuple[Lines, ...]) -> str:
    """The lines of each file, in the order in which they are given: 'plan.txt 27, 29, 79-81; other.txt 4'."""
    files: dict[str, dict[str, None]] = {}
    for one in lines:
        numbers = str(one.first) if one.first == one.last else f"{one.first}-{one.last}"
        files.setdefault(one.file, {})[numbers] = None
    return "; ".join(f"{file} {', '.join(numbers)}" for file, numbers in files.items())


@lru_cache(maxsize=16)
def _tex(text: str) -> str:
    return _TEX.sub(lambda match: _TEX_WORDS.get(match[0], f"\\{match[0]}"), text)


def card(graph: Graph, found: Trace | Reach | Ways, language: Language = "vi") -> Card:
    """The card of a trace, of a reach, or of the best of the ways between two. Raises CancuError where nothing is stated to cite."""
    if isinstance(found, Reach):
        return _of_reach(graph, found, language)
    if not found.paths:
        raise CancuError(f"Nothing is stated that could be cited of “{(found.start if isinstance(found, Ways) else found.project).label}”.")
    if isinstance(found, Ways):
        return _of_link(graph, found, language)
    return _of_trace(graph, found, language)


def _of_link(graph: Graph, ways: Ways, language: Language) -> Card:
    best, vi = ways.paths[0], language == "vi"
    title = f"{_name(ways.document)} {'là căn cứ của' if vi else 'as a basis of'} {_name(ways.start)}"
    force = best.in_force
    told = [best.words(language), f"{'hiệu lực' if vi else 'in force'} {force.on or ''}: {_answer(best, vi)}".replace(" :", ":")]
    return Card(
        ways.start.iri,
        ways.document.iri,
        title,
        "; ".join(part for part in told if part),
        force.on,
        _lines([best]),
        graph.version,
        language,
    )


def _of_trace(graph: Graph, trace: Trace, language: Language) -> Card:
    vi = language == "vi"
    title = f"{'Căn cứ của' if vi else 'What justifies'} {_name(trace.project)}"
    named = ", ".join(document.label for document in trace.documents)
    best = [next(path for path in trace.paths if path.document == document) for document in trace.documents]
    date = min((plan.date for plan in trace.plans if plan.date), default=trace.project.date)
    return Card(
        trace.project.iri,
        None,
        title,
        f"{len(best)} {'văn bản' if vi else 'documents'}: {named}",
        date,
        _lines(best),
        graph.version,
        language,
    )


def _of_reach(graph: Graph, reach: Reach, language: Language) -> Card:
    vi = language == "vi"
    projects, plans = len({found.project.iri for found in reach.projects}), len(reach.plans)
    amount = f"{reach.amount:,}".replace(",", ".")
    said = f"{projects} dự án trong {plans} kế hoạch, {amount} đồng" if vi else f"{projects} projects in {plans} plans, {amount} dong"
    title = f"{'Dự án có căn cứ là' if vi else 'What rests on'} {_name(reach.document)}"
    named = "; ".join(plan.label for plan in reach.plans)
    lines = tuple(dict.fromkeys(found.lines for found in reach.projects))
    return Card(
        reach.document.iri, None, title, f"{said}{f': {named}' if named else ''}", reach.document.date, lines, graph.version, language
    )


def _name(node: Node) -> str:
    return f"“{node.label}”"


def _answer(path: Path, vi: bool) -> str:
    words = {"yes": ("có", "yes"), "no": ("không", "no"), "unknown": ("chưa rõ", "unknown")}[path.in_force.answer]
    return f"{words[not vi]} ({path.in_force.vi if vi else path.in_force.en})"


def _lines(paths: Iterable[Path]) -> tuple[Lines, ...]:
    """The places of all hops, each once; that a project stands in its plan is the last to be shown."""
    hops = [hop for path in paths for hop in reversed(path.hops)]
    return tuple(dict.fromkeys(hop.lines for hop in sorted(hops, key=lambda hop: hop.relation == "plannedIn") if hop.lines))
