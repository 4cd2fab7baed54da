"""Pictures that draw themselves in a notebook's cell: the path to the bases, money by year, what happened when. Each is one SVG."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from markupsafe import escape

from cancu.reach import trace_document
from cancu.table import Table
from cancu.trace import Path as Way
from cancu.trace import say, trace_project
from cancu.website import drawing, timeline
from cancu.website.drawing import Arrow, Box
from cancu.website.timeline import Row, Span, moment

if TYPE_CHECKING:
    import pandas as pd

    from cancu.graph import Graph
    from cancu.paths import Node

_MOST = 8
_BARS = "#2b5f8a"
_UNIT = "tỷ đồng · billion dong"
_KINDS = {"luat": "law", "nd": "decree", "nq": "resolution", "qd": "decision", "tt": "circular", "ttlt": "circular", "kh": "plan"}
_STYLE = (
    "<style>.cancu{max-width:1000px;min-width:46rem;width:100%;height:auto;font-family:sans-serif;background:#fff}"
    ".cancu text{fill:#1d232b;stroke:none}"
    ".cancu .t{font-size:12.5px;font-weight:600}.cancu .s,.cancu .col,.cancu .ax{font-size:11.5px;fill:#4a5563}"
    ".cancu .box{fill:#f7f8fa;stroke:var(--hue,#8a94a3);stroke-width:1.3}.cancu .edge{fill:none;stroke:#8a94a3;stroke-width:1.3}"
    ".cancu .tip{fill:#6b7685}.cancu .gl{stroke:#e1e5ea}.cancu .bar,.cancu .dot{fill:var(--hue,#2b5f8a)}.cancu rect.bar{opacity:.35}"
    ".cancu a{text-decoration:none}"
    ".cancu .k-law{--hue:#8c2f39}.cancu .k-decree{--hue:#b3592b}.cancu .k-resolution{--hue:#8a7a2b}.cancu .k-decision{--hue:#7a4d7a}"
    ".cancu .k-circular{--hue:#5b6470}.cancu .k-plan{--hue:#2b5f8a}.cancu .k-project{--hue:#4d7a3a}</style>"
)


@dataclass(frozen=True, slots=True, repr=False)
class Picture:
    """A drawing with the table of what it shows. `svg` is '' where there is nothing to draw."""

    title: str
    table: Table
    svg: str

    def to_pandas(self) -> pd.DataFrame:
        """The table as a data frame."""
        return self.table.to_pandas()

    def save(self, path: str | Path) -> None:
        """Writes the drawing as an SVG file."""
        Path(path).write_text(self.svg, encoding="utf-8")

    def __repr__(self) -> str:
        return f"{self.title}\n{self.table!r}"

    def _repr_html_(self) -> str:
        table = f"<details><summary>{len(self.table)} dòng · rows</summary>{self.table._repr_html_()}</details>"
        return f"<p><strong>{escape(self.title)}</strong></p>{self.svg}{table}"


def finished(svg: str) -> str:
    """A drawing of the website's as one that stands alone: with its style, and links to the things' own IRIs."""
    alone = svg.replace('href="~/', 'href="').replace('<svg class="', '<svg xmlns="http://www.w3.org/2000/svg" class="cancu ', 1)
    return alone.replace(">", f">{_STYLE}", 1) if alone else ""


def hue(iri: str) -> str:
    """The hue of a document, by the type in its IRI; '' for other things."""
    parts = iri.split("/")
    return _KINDS.get(parts[-3], "other") if "doc" in parts and len(parts) > 3 else "project" if "project" in parts else ""


# ---------------------------------------------------------------- paths


def of_paths(start: Node, paths: Sequence[Way]) -> str:
    """The best path to each of the first documents, from the highest basis at the left to what rests on it at the right."""
    best: dict[str, Way] = {}
    for path in paths:
        best.setdefault(path.document.iri, path)
    nodes, columns = {start.iri: start}, {start.iri: 0}
    arrows: dict[tuple[str, str], str] = {}
    for path in best.values():
        for depth, hop in enumerate(path.hops, 1):
            nodes[hop.object.iri] = hop.object
            columns[hop.object.iri] = max(depth, columns.get(hop.object.iri, 0))
            arrows[hop.object.iri, hop.subject.iri] = say(hop)
    shown: list[Box] = []
    leading = {below for _, below in arrows}
    for column in range(1, max(columns.values()) + 1):
        mine = sorted((iri for iri, at in columns.items() if at == column), key=lambda iri: iri not in leading)
        shown += [_box(nodes[iri], column) for iri in mine[:_MOST]]
        if len(mine) > _MOST:
            shown.append(Box(f"more-{column}", column, f"+ {len(mine) - _MOST}", "", "", ""))
    lines = tuple(Arrow(above, "" if below == start.iri else below, title) for (above, below), title in arrows.items())
    drawn = drawing.Picture(tuple(shown), lines, (), start.label, f"{len(best)} văn bản · documents")
    return finished(drawn.around(_box(start, 0)))


def _box(node: Node, column: int) -> Box:
    title = node.title if node.title and node.title not in node.label else ""
    return Box(node.iri, column, node.label, title or "", node.iri, hue(node.iri), "vi")


# ---------------------------------------------------------------- money


def of_money(title: str, tables: Sequence[tuple[str, Mapping[str, int]]]) -> str:
    """Bars of each table's money by year, in dong, told in billions; '' where there is no money. `title` is for who cannot see them.

    Each table has a row of its own, on one scale: tables of one plan may tell the same money, so that nothing is put on top of another.
    """
    most = max((amount for _, parts in tables for amount in parts.values()), default=0)
    if most <= 0:
        return ""
    tall = 180.0 if len(tables) == 1 else 100.0
    shapes, bottom = "", 0.0
    for table, parts in tables:
        named = drawing.wrap(f"{table} · {_UNIT}" if table else _UNIT, 1000, 11.5, 1)[0]
        base = bottom + 48 + tall
        shapes += f'<text class="s" x="0" y="{bottom + 14:.0f}">{escape(named)}</text>{_bars(parts, base, tall / most)}'
        bottom = base + 30
    return finished(f'<svg class="time" viewBox="0 0 1000 {bottom:.0f}" role="img" aria-label="{escape(title)}">{shapes}</svg>')


def _bars(parts: Mapping[str, int], base: float, scale: float) -> str:
    """A bar for each amount, `scale` high a dong, on the line `base`, with its figure above and its name below."""
    slot, shapes = min(120.0, 1000 / len(parts)), []
    for place, (name, amount) in enumerate(parts.items()):
        x, height = slot * (place + 0.5), scale * amount
        box = f'x="{x - slot * 0.3:.1f}" y="{base - height:.1f}" width="{slot * 0.6:.1f}" height="{height:.1f}"'
        shapes.append(
            f'<rect {box} fill="{_BARS}"><title>{escape(name)}: {amount:,} đồng</title></rect>'
            f'<text class="t" x="{x:.1f}" y="{base - height - 6:.1f}" text-anchor="middle">{amount / 1e9:,.2f}</text>'
            f'<text class="ax" x="{x:.1f}" y="{base + 18:.0f}" text-anchor="middle">{escape(drawing.wrap(name, slot, 11.5, 1)[0])}</text>'
        )
    return "".join(shapes)


def budget(graph: Graph, words: str) -> Picture:
    """The money of a plan, by year where it says so, else by source; of another document, of what it justified; of a project, by year."""
    thing = graph.find(words, ("document", "project"))
    if thing.kind == "project":
        table = graph.query(_PROJECT_YEARS, project=thing.iri)
        tables = [("", {str(year): int(str(amount)) for year, amount in table})]
    elif graph.value(thing.iri, "statedIn"):
        table = graph.query("plan-budget", plan=thing.iri)
        tables = _of_plan(graph, table)
    else:
        table = graph.query("document-years", document=thing.iri)
        tables = [("", {str(year): int(str(amount)) for year, _, amount in table})]
    return Picture(thing.label, table, of_money(thing.label, tables))


_PROJECT_YEARS = """SELECT ?year (MAX(?sum) AS ?amount) {
  { SELECT ?entry ?year (SUM(?part) AS ?sum) {
    { SELECT DISTINCT ?entry ?allocation ?year ?part {
      VALUES ?project { UNDEF }
      ?entry cancu:entryOf ?project ; cancu:hasAllocation ?allocation .
      ?allocation cancu:year ?year ; cancu:amount ?part ; cancu:breakdown <https://w3id.org/cancu/scheme/breakdown/by-year>
    } }
  } GROUP BY ?entry ?year }
} GROUP BY ?year ORDER BY ?year"""


def _of_plan(graph: Graph, table: Table) -> list[tuple[str, dict[str, int]]]:
    """What each table of a plan, by its title, gives to years, else to sources, else to sections, else in all."""
    for dimension in ("year", "source", "section", "table"):
        amounts: dict[str, dict[str, int]] = {}
        for row in table.records():
            if row["dimension"] == dimension and isinstance(row["summed"], int):
                amounts.setdefault(str(row["table"] or ""), {})[str(row["key"] or "")] = row["summed"]
        if amounts:
            return [((iri and graph.value(iri, "title")) or "", parts) for iri, parts in amounts.items()]
    return []


# ---------------------------------------------------------------- time

_YEARS = """SELECT (MIN(?from) AS ?first) (MAX(?to) AS ?last) {
  VALUES ?project { UNDEF }
  ?entry cancu:entryOf ?project ; cancu:periodStart ?from ; cancu:periodEnd ?to
}"""


def times(graph: Graph, words: str) -> Picture:
    """When the bases of a project or plan were issued, and when it was; of another document, when the plans were that rest on it."""
    thing = graph.find(words, ("project", "document"))
    spans: list[tuple[str, str, str, str | None, str | None]] = []
    if thing.kind == "document" and not graph.value(thing.iri, "statedIn"):
        reach = trace_document(graph, thing.iri)
        told = [("Văn bản · document", reach.document), *(("Kế hoạch · plan", plan) for plan in reach.plans)]
    else:
        trace = trace_project(graph, thing.iri)
        told = [*(("Căn cứ · basis", node) for node in trace.documents), *(("Kế hoạch · plan", plan) for plan in trace.plans)]
        if thing.kind == "document":
            told.append(("Kế hoạch · plan", trace.project))
        elif (years := graph.query(_YEARS, project=thing.iri).rows) and years[0][0] and years[0][1]:
            spans.append(("Dự án · project", thing.iri, thing.label, f"{years[0][0]}-01-01", f"{years[0][1]}-12-31"))
    spans = [(kind, node.iri, node.label, node.date, node.date) for kind, node in told] + spans
    rows: dict[str, list[Span]] = {}
    for kind, iri, label, start, end in spans:
        if start and end:
            rows.setdefault(kind, []).append(Span(moment(start), moment(end), label, hue(iri), iri, "vi"))
    drawn = timeline.drawn(thing.label, [Row(kind, tuple(found)) for kind, found in rows.items()])
    return Picture(thing.label, Table(("kind", "thing", "thingLabel", "start", "end"), tuple(spans)), finished(drawn))
