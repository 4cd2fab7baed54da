"""The constraints of `shapes/audit/`: what each checks in a document, by which law or standard, and the SPARQL that does it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pyoxigraph as ox

from cancu import resources
from cancu.turtle import Node, Turtle

_SH = "http://www.w3.org/ns/shacl#"
_DCT = "http://purl.org/dc/terms/"
_COMMENT = "http://www.w3.org/2000/01/rdf-schema#comment"
_SHAPES = "https://w3id.org/cancu/shapes#"
_TURN = "FILTER($currentShape = ?shape)"  # of a query that several shapes have, and that names the one whose turn a result is
_PREFIX = re.compile(r"PREFIX\s+(\w*):\s*<([^<>]*)>")
_ASIDE = re.compile(r'(<[^<>\s]*>)|#[^\n]*|"(?:[^"\\]|\\.)*"')  # comments and texts, beside IRIs, which may have the mark of a comment
_BRACKETS = re.compile(r"(?:<[^<>\s]*>|[\w:-]+)? ?\([^()]*\)(?P<kept>)")  # with the function that is called
_OPTIONAL = re.compile(
    r"(?:OPTIONAL|EXISTS) ?\{[^{}]*\}"
    r"|(?<!UNION)(?<!UNION )(?:\{[^{}]*\}(?: ?UNION ?\{[^{}]*\})+|\{(?P<kept>[^{}]*)\})(?! ?UNION)",
    re.IGNORECASE,
)
_GROUPS = re.compile(r"\bGROUP BY\b", re.IGNORECASE)
_AGGREGATES = re.compile(r"\bSELECT\b[^{]*\b(?:SUM|COUNT|MIN|MAX|AVG|SAMPLE|GROUP_CONCAT)\b", re.IGNORECASE)
_NAME = re.compile(r"<[^<>\s]*>|\w*:[\w-]+")
_FREE = re.compile(r"[*+|]|:[\w-]+\?|\b(?:MINUS|GRAPH|SERVICE|VALUES|HAVING|LIMIT|OFFSET)\b", re.IGNORECASE)
_FILES = {
    "sums": "Figures of tables",
    "budget": "The budget of the body",
    "dates": "Dates and periods",
    "documents": "Documents and their numbers",
    "targets": "Targets",
    "gaps": "What is missing",
}


@dataclass(frozen=True, slots=True)
class Constraint:
    """One SPARQL constraint on a plan.

    `severity` is Warning or Info, `kind` a notation of the scheme finding-kind, `group` the file it stands in, `sources` the laws or
    standards that it checks. Its messages have {?variable} where a figure goes; `query` is a whole SELECT, with its prefixes; where
    several constraints have one query, its ?shape says which of them a result belongs to.
    """

    shape: str
    group: str
    severity: str
    kind: str
    query: str
    title_vi: str
    title_en: str
    message_vi: str
    message_en: str
    sources: tuple[str, ...]

    @property
    def name(self) -> str:
        """The local name of the shape: RowSum."""
        return self.shape.rsplit("#", 1)[-1]


def files(folder: str) -> list[Path]:
    """The files in one folder of `shapes/`."""
    return sorted((resources.SHAPES / folder).glob("*.ttl"))


def both(words: Iterable[tuple[str | None, str]]) -> tuple[str, str]:
    """The words in Vietnamese and in English, each else in any language, of words each with its language."""
    found = dict(words)
    some = min(found.values(), default="")
    return found.get("vi", some), found.get("en", some)


@cache
def needs(query: str) -> frozenset[str]:
    """Terms without which the query finds nothing: the IRIs that its patterns name wherever each of them must hold.

    None, for a query that is not made of such patterns alone: paths of any length, graphs, aggregates of no group.
    """
    prefixes = dict(_PREFIX.findall(query))
    text = " ".join(_ASIDE.sub(lambda match: match[1] or " ", _PREFIX.sub("", query)).split())
    groups, aggregates = (len(pattern.findall(text)) for pattern in (_GROUPS, _AGGREGATES))
    for pattern in (_BRACKETS, _OPTIONAL):
        text = _emptied(pattern, text)
    if "{" in text or "(" in text or aggregates > groups or _FREE.search(text):
        return frozenset()
    return frozenset(_term(name, prefixes) for name in _NAME.findall(text))


def _term(name: str, prefixes: Mapping[str, str]) -> str:
    prefix, _, local = name.partition(":")
    return name if name.startswith("<") else f"<{prefixes[prefix]}{local}>"


def _emptied(pattern: re.Pattern[str], text: str) -> str:
    """The text without what the pattern finds, from the innermost on; groups that must hold lose their braces."""
    before = ""
    while text != before:
        before, text = text, pattern.sub(lambda match: match["kept"] or " ", text)
    return text


@cache
def constraints() -> tuple[Constraint, ...]:
    """The constraints of `shapes/audit/`, in the order of their names. All are SPARQL on the plan."""
    declared = {_text(said, "prefix"): _text(said, "namespace") for _, said in Turtle(files("audit")) if f"{_SH}namespace" in said}
    prefixes = "".join(f"PREFIX {prefix}: <{namespace}>\n" for prefix, namespace in sorted(declared.items()))
    return tuple(sorted(_each(prefixes), key=lambda constraint: constraint.shape))


@cache
def queries() -> Mapping[str, Mapping[str, Constraint]]:
    """Each query once, with the constraints that have it, by the IRIs of their shapes."""
    found: dict[str, dict[str, Constraint]] = {}
    for constraint in constraints():
        found.setdefault(constraint.query, {})[constraint.shape] = constraint
    return found


def _each(prefixes: str) -> Iterator[Constraint]:
    for path in files("audit"):
        whole = Turtle([path])
        for shape, said in whole:
            for constraint in map(whole.of, said.get(f"{_SH}sparql", ())):
                yield Constraint(
                    shape.value,
                    path.stem,
                    _text(said, "severity").rsplit("#", 1)[-1],
                    _text(said, "subject", _DCT).rsplit("/", 1)[-1],
                    f"{prefixes}{_text(constraint, 'select')}".replace(_TURN, ""),
                    *both(_words(said, _COMMENT)),
                    *both(_words(constraint, f"{_SH}message") or _words(said, f"{_SH}message")),
                    tuple(sorted(source.value for source in said.get(f"{_DCT}source", ()))),
                )


def _text(said: Mapping[str, list[Node]], name: str, namespace: str = _SH) -> str:
    return said[f"{namespace}{name}"][0].value


def _words(said: Mapping[str, list[Node]], name: str) -> list[tuple[str | None, str]]:
    return [(words.language, words.value) for words in said.get(name, ()) if isinstance(words, ox.Literal)]


# ---------------------------------------------------------------- documentation

_HEAD = """# The audit

*Made from `shapes/audit/*.ttl` by `python -m cancu.docs`.*

What does not fit in a document itself is found twice over. **Reading** sees the page: letters, numbering, separators, lines that are
printed twice. **SHACL** sees the graph: figures, dates, numbers, bases. Where both find the same on the same lines, the shape's finding
stays, since it has the figures in both languages. `cancu audit` prints all of it; `cancu audit --html DIR` makes a report a plan.

A **Warning** is a fault that stands there. An **Info** may have an explanation that the graph does not hold: rounding within the precision
of the printed figures, or a row that goes without what its neighbours state. A **Violation** is no fault of the document but an error of
ours, by `shapes/structure/`, and never becomes a finding.

A curator settles a finding in `data/corrections/*.csv`, with reason and source. A correction of the stated value makes the finding of
that figure `corrected`; a row with the item `finding/NAME`, the property `findingStatus` and the new value `explained` or `corrected`
settles any other.
The record and its graph keep what the document states; the correction stands beside it.

"""
_TAIL = f"""## What reading finds, and no shape

| what | why not by a shape |
|---|---|
| a paragraph or line printed twice | the graph holds facts and lines, not the words of paragraphs |
| broken numbering of headings and rows | headings are not in the graph; a row's number is, but not the one that was skipped |
| malformed amounts: "1.500.0000.000", "1.75.0", a missing or an unlike separator \
| the graph holds the number that was understood, not its letters |
| misspelt words, doubled words, letters misread | words are the page's |
| an appendix that is announced and missing | an announcement is a sentence; a missing table leaves no node |
| a sum unlike its own words, an average or a list of years unlike their total, shares of more than all, a cost or a number of tasks \
unlike the table's | they are claims of a sentence: the graph holds the total and the rows |
| a table whose unit only a sentence before it has | the graph holds the unit that was understood |
| a number, date or issuer in a line of attachment or an opening sentence that differs from the head \
| the line states nothing else, and is no citation |
| a row without an owner in a table of systems in use | such rows are no projects, and not in the graph |
| counts in a sentence unlike their parts, names or product ("4 lớp, mỗi lớp 30 người, tổng 150"), \
means of things, a year outside the plan's in a list of the body, \
a sum without a unit, a time that ends before it begins, is beyond the plan's years or was over when it was signed, \
a goal unlike another one, or below what was reached, in other words, \
an appendix titled with other years | the same: they are what a sentence or a title says |

These findings have `cancu:detectedBy "reading"`. They have their words in Vietnamese alone. Shapes have IRIs under `{_SHAPES}`.

## Other engines

All shapes are standard SHACL, with SPARQL. The tests hold these engines against our own answers, on each committed plan and each case;
`python benchmarks/agreement.py` prints what they find and take.

| engine | structure | audit | what it does not understand |
|---|---|---|---|
| pySHACL | all shapes, the same | all shapes, the same | nothing |
| rudof | all shapes, the same | all shapes, the same | `$currentShape`, optional in the standard: the tests write it out |

## How right it is

| what | figure | how it is measured |
|---|--:|---|
| faults that people found in two plans, and a rule can express | 43 of 46 | `python benchmarks/anomalies.py`, `tests/anomalies.csv` |
| Warnings on the five plans, true when read against the document | 64 of 64 | the same, `tests/warnings.csv` |
| Warnings on real documents new to the rules, and openings of them, true at first reading, in five rounds | 13 of 25 | the table below |
| Warnings on 6 invented documents made after the first of them, true | 0 of 4 | read by a person before the four were mended |
| Warnings on 6 invented whole documents with 22 faults, made after the fourth, true at first reading | 19 of 20 | made by one who \
knew the rules; 18 of the 22 were found |
| Warnings on 10 invented whole plans with 40 faults, true at first reading | 23 of 28 | written and judged by one who had read none of \
the rules; 24 of the 40 were found. Four of the five that were false came from one copy whose empty cells were blanks. After mending 36 of \
36, and 39 of the 40 |
| Warnings on 12 more such plans with 35 faults, after that, true at first reading | 31 of 31 | the same; 27 of the 35 were \
found. Missed: totals and costs of the body more than a twentieth off the appendix's, or said in other words, letters within numbers, a \
department that numbers as its province does |
| Warnings on 14 more such plans with 54 faults that a rule can express, true at first reading | 45 of 51 | \
the same; 36 of the 54 were found |
| Warnings on 14 more with 54, after mending, true at first reading | 57 of 64 | \
the same; 46 of the 54 were found. All seven that were false \
came from three plans |
| Warnings on 12 more with 48, after that, true at first reading | 42 of 43 | \
the same; 36 of the 48 were found. Missed: what a body's own tables and later points say of money, targets whose subject stands after the \
number, counts in prose, attachments of a decision of another number |
| Warnings on 14 more with 56, after that, true at first reading | 50 of 53 | \
the same; 45 of the 56 were found. Missed: districts and communes of other places, shares without a word for them, a title's \
year in an article, units of a thousandfold, lines broken within a goal |
| Warnings on 12 more with 46, after that, true at first reading | 44 of 51 | \
the same; 38 of the 46 were found. Six that were false came from one table, misread; missed: amounts with a digit too many, leads of \
another province, quantity times price, halves of a year as columns |
| Warnings on 14 more with 45, after mending, true at first reading | 41 of 42 | \
the same; 38 of the 45 were found, after mending 44. The false one came from a letterhead read across its columns; missed: shares with a \
verb alone, a mean beside sources, a title that goes on, a digit too many in prose |
| Warnings on 18 more with 65, after that, true at first reading | 62 of 63 | the same; 54 of the 65 were found: 26 of 28 in tables, 28 \
of 37 elsewhere. The false one took a part of the whole for a further source; missed: goals in other words, announced appendices, shares \
in lists, duties of another province |
| Warnings on 16 more with 62, by two others, true at first reading | 55 of 56 | the same; 46 of the 62 were found: all in tables, \
dates, numbers and grounds, few of what sentences state of shares, costs and goals. The false one took money given before as a source |
| Warnings on 15 more with 60, mostly plans of a year, before the rules were mended again, true | 40 of 40 | the same; 44 of the 60 were \
found, after mending 50. Missed: sources and totals of the body beside a misprinted one, an opening that names another body, appendices \
that are only pointed to, systems without an owner |
| Warnings on 30 more with 120, by two others, after that, true at first reading | 93 of 102 | the same; 92 of the 120 were found, after \
mending 105. Eight of the nine that were false came from four tables, misread; missed: goals in numbers of things, amounts like \
“3.30.0”, sources told in one sentence with what came before, remarks that pay a row after the plan |
| Warnings on 28 more with 119, by two others, after that, true at first reading | 95 of 96 | the same; 87 of the 119 were found, after \
mending 94. The false one took a festival's name for two words; missed: rows between bars with blank lines between them, goals in other \
words, costs that stand right after a name, shares of some of a list |
| Warnings on 13 more with 54, by another, in the midst of mending, true at first reading | 48 of 48 | the same; 42 of the 54 were \
found, after mending 51. Missed: goals below what was reached, means beside parts, sheets ("Biểu 02") |
| Warnings on 15 more with 60, by another, after that, true at first reading | 55 of 55 | the same; 43 of the 60 were found. Missed: a \
table of a cell a line whose empty cells are lone tabs (mended), goals in other words, numbers that a sentence adds up, units left out |
| Warnings on 10 more with 40, by another, after that, true at first reading | 36 of 36 | the same; 30 of the 40 were found. Missed: two \
figures of one table that was doubted as a whole, deadlines, costs and shares in sentences, "theo mẫu tại Phụ lục II" |
| Warnings on 11 more with 47, by another, after that, true at first reading | 45 of 52 | the same; 32 of the 47 were found, after \
mending 44. Six that were false came from one table of a cell a line, right after which came another; missed: parts with "còn lại", shares \
beside a fault of their source, levels "dưới dạng điện tử", a plan numbered as a ministry's |
| Warnings on 12 more with 50, by another, after that, true at first reading | 42 of 51 | the same; 40 of the 50 were found, after \
mending 48. Eight that were false came from headings like “II.1.”; missed: issuers of the Party's resolutions, goals beside informal heads |
| Warnings on 11 more with 46, by another, after that, true at first reading | 43 of 49 | the same; 39 of the 46 were found, after \
mending 43. Five that were false came from one table between bars whose first head stands before them; missed: a unit left out in \
a sentence, a department that leads in a ministry's plan, a system nobody is given |
| Warnings on 9 more with 38, by another, after that, true at first reading | 37 of 38 | the same; 30 of the 38 were found, after \
mending 32. The false one took “1.2. 100% …” for no number of a paragraph; missed: levels told as so many of all, goals of a task \
beside those of a part, a sentence said again elsewhere, a unit left out in a sentence, a system nobody is given |
| Warnings on 9 more with 38, by another, after that, true at first reading | 40 of 40 | the same; 35 of the 38 were found, so that \
of these last two sets together 65 of 76 were found, and 77 of 78 Warnings were true. Missed: two goals that a later sentence \
contradicts for some of the whole, or in a list of years; another title of a decision that its usual one begins like |
| sound tables (22, in 8 layouts each) and sound plans in unusual words (17) that got a Warning at first reading | 2 and 3 | \
written by one who knew the rules; all mended |
| Warnings on 57 invented documents of other hands that no Warning had been judged on, true | 36 of 39 | after mending 38 of 38 |
| faults planted in 1,000 invented plans that are found | 4,148 of 4,148 | `python benchmarks/audit.py 1000` |
| findings there beside the planted faults | 0 | the same |

A new Warning on a committed plan fails a test until a person has read it. Of the 60 faults that people found, 14 are left to a reader.

### Warnings on documents that were new

Each round is of documents that nothing had been tried on, read once, before what was false was mended. Most are openings of some two
thousand letters, with a head and its legal grounds and no table, in which little is wrong: that 95 in a hundred Warnings are true on real
documents not seen is not shown yet, least of all on their tables.

| round | documents | Warnings | true | false, and what was mended | faults that were missed |
|---|--:|--:|--:|---|---|
| 1 | 19 | 11 | 8 | three rules | |
| 2 | 20 | 5 | 1 | a notice of a conclusion has the signs of both; a submission was taken for the decision that promulgates; a \
number from the page's list of grounds was taken for the document's own (2) | two laws cited by name, of another year: found now |
| 3 | 24 | 4 | 2 | "của Hội đồng nhân dân" in the name of a law; an amendment read the wrong way round | a law cited with another day |
| 4 | 19 | 3 | 0 | a decision that the plan's title speaks of (2); the signs of a department at the end of a number | a month for a year |
| 5 | 49 | 2 | 2 | | a law cited by the day of its publication |

## What is left to a reader, and why

| what | why |
|---|---|
| one title in two wordings | most are the same matter, cut or abbreviated; `CitedTitle` finds those that name another, or other years |
| one thing with several names, or under another heading in the appendix | sameness of meaning; no figures, dates or numbers clash |
| two sentences that contradict each other ("equipped in 2016", "while there is no centre yet") | claims of prose are not in the graph |
| a remark in a note that does not fit the cells of its row | a note is words, and is kept as they are |
| a missing word, a misplaced comma, outside the phrases that are known | no rule tells them from good style |

"""


def markdown() -> str:
    """The page `docs/audit.md`."""
    return _HEAD + "".join(_section(group, heading) for group, heading in _FILES.items()) + _TAIL


def _section(group: str, heading: str) -> str:
    found = [constraint for constraint in constraints() if constraint.group == group]
    return f"## {heading}\n\n" + _table(found) + "\n" if found else ""


def _table(found: Iterable[Constraint]) -> str:
    lines = ["| constraint | what holds | else | kind | by |", "|---|---|---|---|---|"]
    for one in found:
        what = f"{one.title_en} · *{one.title_vi}*".replace("|", "\\|")
        lines.append(f"| `{one.name}` | {what} | {one.severity} | {one.kind} | {'; '.join(one.sources)} |")
    return "\n".join(lines) + "\n"
