"""Names and titles that do harm elsewhere are plain text here, in all that is made of a record."""

from __future__ import annotations

import csv
import json
import shutil
from pathlib import Path

import openpyxl
import pyoxigraph as ox
import pytest
from lxml import etree, html
from msgspec import structs

from cancu import records, resources
from cancu.build import build
from cancu.graph import Graph, open_graph
from cancu.reading.plan import read_file
from cancu.records import PlanRecord

NASTY = [
    "=cmd|' /C calc'!A0",
    "+1+1",
    "-2+3",
    "@SUM(A1)",
    "<script>alert(1)</script>",
    '"onmouseover="alert(1)',
    "</textarea></script>]]>",
    "{{ 7*7 }}{% raw %}{# #}",
    'x" . <a> <b> <c> . "',
    "x'''\"\"\"\\ \\u0022 \\",
    "} UNION { ?s ?p ?o",
    "../../../etc/passwd",
    "javascript:alert(1)",
    "\u202etxt.exe\u2066",
    "a\u0000b\u0007c\u001bd",
    "\ud7ff\ue000\U0010ffff\ufffe",
    "e\u0301\u0301\u0301",
]


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> tuple[PlanRecord, Path]:
    """A record whose rows, agencies, titles and files are named so, and the build of it."""
    folder = tmp_path_factory.mktemp("hostile")
    for part in ("registry", "corrections"):
        shutil.copytree(resources.DATA / part, folder / "data" / part)
    good = read_file(resources.ROOT / "examples" / "hoa-son-245-2018.txt")
    row, cited = good.projects[0], good.cited_documents[0]
    rows = [
        structs.replace(row, name=name, ordinal=str(i), lead=(name,), coordinating=(name,), note=name, section=name)
        for i, name in enumerate(NASTY, 1)
    ]
    works = [structs.replace(cited, number=None, type=name, title=name, issuer=name) for name in NASTY]
    nasty = structs.replace(
        good,
        source=structs.replace(good.source, name="../../../x.md"),
        document=structs.replace(good.document, signer=NASTY[4], signer_title=NASTY[7], recipients=tuple(NASTY), title=NASTY[8]),
        cited_documents=(*good.cited_documents, *works),
        projects=tuple(rows),
    )
    (folder / "plan.json").write_bytes(records.dumps(nasty))
    (folder / "in").mkdir()
    built = build(folder / "in" / "out", data=folder / "data", plans=[folder / "plan.json"], site=True, jobs=1)
    assert built.stamp.quarantined == ()
    assert {path.name for path in folder.iterdir()} == {"data", "plan.json", "in"}
    assert {path.name for path in (folder / "in").iterdir()} == {"out", ".out.work"}
    return nasty, folder / "in" / "out"


@pytest.fixture(scope="module")
def graph(hostile: tuple[PlanRecord, Path]) -> Graph:
    return open_graph(hostile[1])


def test_names_come_back_from_queries_and_spreadsheets(graph: Graph, tmp_path: Path) -> None:
    table = graph.query("SELECT ?title { ?e a cancu:ProjectEntry ; cancu:title ?title }")
    assert set(NASTY) <= set(table.column("title"))
    table.to_csv(tmp_path / "t.csv")
    with (tmp_path / "t.csv").open(encoding="utf-8-sig", newline="") as file:
        cells = {row[0] for row in csv.reader(file)}
    assert {name if name[0] not in "=+-@" else f"'{name}" for name in NASTY if "\0" not in name} <= cells
    assert not any(cell.startswith(("=", "+", "-", "@")) for cell in cells)
    plain = [name for name in NASTY if name.isprintable()]
    table.to_xlsx(tmp_path / "t.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "t.xlsx").active
    assert sheet is not None
    assert set(plain) <= {str(row[0].value) for row in sheet.iter_rows()}
    assert {row[0].data_type for row in sheet.iter_rows()} == {"s"}


@pytest.mark.parametrize("name", NASTY)
def test_a_name_is_a_parameter_and_no_query(name: str, graph: Graph) -> None:
    bound = graph.query("SELECT ?e { VALUES ?title { UNDEF } ?e cancu:title ?t FILTER(STR(?t) = ?title) }", title=name)
    assert len(bound) >= 1


def test_every_file_parses_and_no_name_is_markup(hostile: tuple[PlanRecord, Path]) -> None:
    out = hostile[1]
    quads = {str(quad) for quad in ox.parse(path=str(out / "graph.nq"), format=ox.RdfFormat.N_QUADS)}
    assert {str(quad) for quad in ox.parse(path=str(out / "graph.trig"), format=ox.RdfFormat.TRIG)} == quads
    for path in out.rglob("*.json*"):
        json.loads(path.read_text("utf-8"))
    for path in out.rglob("*.csv"):
        with path.open(encoding="utf-8-sig", newline="") as file:
            assert not any(cell.startswith(("=", "+", "@")) for row in csv.reader(file) for cell in row), path
    for path in out.rglob("*.html"):
        for element in html.fromstring(path.read_bytes()).iter(etree.Element):
            assert not any(name.startswith("on") for name in element.attrib), path
            links = [element.get(name, "").strip().casefold() for name in ("href", "src", "action", "xlink:href")]
            assert not any(link.startswith("javascript:") for link in links), path
            assert element.tag != "script" or not (element.text or "").startswith("alert"), path
