"""What pages offer beside their words: citations, files, statements for programs, drawings; and the pages that compare and rank."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable
from dataclasses import fields
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from cancu import resources
from cancu.graph import Graph
from cancu.iris import ONTOLOGY
from cancu.website import diagram, outside, picture, timeline
from cancu.website.facts import Facts, Finding, Shelf
from cancu.website.finding_pages import gap, told
from cancu.website.lately import Lately
from cancu.website.parts import Marked, Text, sentence
from cancu.website.site import FOLDERS, Site, address
from cancu.website.words import Words

Read = Callable[..., LexborHTMLParser]
PROJECT = "hoa-son-12-kh-ubnd-2020/appendix-1-i-1"
DECREE = "vn/nd/2007/64-2007-nd-cp"
PLANS = ("hoa-son-12-kh-ubnd-2020", "hoa-son-34-kh-ubnd-2022")


@pytest.fixture(scope="session")
def read(invented_site: Path) -> Read:
    """Opens a page: family, language, key."""
    return lambda family, language="vi", key="index": LexborHTMLParser((invented_site / address(family, language, key)).read_text("utf-8"))


def texts(tree: LexborHTMLParser, selector: str) -> list[str]:
    return [" ".join(node.text().split()) for node in tree.css(selector)]


# ---------------------------------------------------------------- the front page


def test_the_front_page_gives_real_answers(read: Read) -> None:
    answers = texts(read("home"), ".answers > li")
    assert len(answers) == 2, "no two figures clash in the invented plans"
    assert "5 tỷ đồng" in answers[0]
    assert "Nghị định 64/2007/NĐ-CP" in answers[0]
    assert "là căn cứ của 4 dự án ở 1 tỉnh, tổng cộng 15 tỷ đồng" in answers[1]
    english = texts(read("home", "en"), ".answers > li")
    assert "4 projects in 1 provinces, VND 15 billion in all, rest on" in english[1]


def test_the_front_page_says_how_far_the_data_reaches(read: Read) -> None:
    tree = read("home")
    assert "không có nghĩa là không có nghị định" in tree.css_first("#pham-vi .note").text()
    assert len(tree.css("#pham-vi tbody tr")) == 1
    assert texts(tree, ".figures strong")[:3] == ["2", "4", "15"]


# ---------------------------------------------------------------- citing and taking away


@pytest.mark.parametrize(("family", "key"), [("project", PROJECT), ("document", DECREE), ("plan", PLANS[0])])
def test_things_are_cited_asked_and_taken_away(read: Read, invented_site: Path, family: str, key: str) -> None:
    for language in ("vi", "en"):
        tree = read(family, language, key)
        text, bibtex, csl = texts(tree, ".cite pre")
        assert text.startswith("Căn Cứ. ")
        assert "hoason-20" in text
        assert bibtex.startswith("@misc{cancu:")
        assert json.loads(csl)[0]["URL"] in text
        page = invented_site / address(family, language, key)
        asked, *files = [node.attributes["href"] or "" for node in tree.css(".links a")]
        assert json.loads(csl)[0]["URL"] in asked
        turtle, linked, table = [(page.parent / file).resolve() for file in files]
        triples = {str(triple) for triple in ox.parse(turtle.read_bytes(), format=ox.RdfFormat.TURTLE)}
        assert len(triples) > 10
        assert {str(quad.triple) for quad in ox.parse(linked.read_bytes(), format=ox.RdfFormat.JSON_LD)} == triples
        assert len(list(csv.reader(io.StringIO(table.read_text("utf-8"))))) == len(triples) + 1


def test_every_page_speaks_to_programs(invented_site: Path) -> None:
    for path in invented_site.rglob("*.html"):
        tree = LexborHTMLParser(path.read_text("utf-8"))
        told = json.loads(tree.css_first('script[type="application/ld+json"]').text())
        assert told["@type"], path
    told = json.loads(
        LexborHTMLParser((invented_site / address("document", "vi", DECREE)).read_text("utf-8"))
        .css_first('script[type="application/ld+json"]')
        .text()
    )
    assert told["legislationIdentifier"] == "64/2007/NĐ-CP"
    assert "eli:LegalResource" in told["@type"]


def test_tables_are_as_their_metadata_says(invented_site: Path) -> None:
    folder = invented_site / "data" / "tables"
    described = json.loads((folder / "csv-metadata.json").read_text("utf-8"))["tables"]
    assert {table["url"] for table in described} == {path.name for path in folder.glob("*.csv")}
    for table in described:
        rows = list(csv.DictReader(io.StringIO((folder / table["url"]).read_text("utf-8"))))
        assert [column["name"] for column in table["tableSchema"]["columns"]] == list(rows[0])
        assert len({row["iri"] for row in rows}) == len(rows)
    catalogue = json.loads((invented_site / "data" / "catalog.jsonld").read_text("utf-8"))
    assert all((invented_site / "data" / file["downloadURL"]["@id"]).is_file() for file in catalogue["distribution"])


# ---------------------------------------------------------------- for other sites


def test_the_site_map_names_every_page(invented_site: Path) -> None:
    found = re.findall("<loc>(.*?)</loc>", (invented_site / "sitemap.xml").read_text("utf-8"))
    root = "https://w3id.org/cancu/"
    pages = {str(path.relative_to(invented_site)) for path in invented_site.rglob("*.html")} - {"404.html"}
    assert {address_.removeprefix(root) for address_ in found} == pages
    assert f"Sitemap: {root}sitemap.xml" in (invented_site / "robots.txt").read_text("utf-8")


def test_a_large_site_has_several_maps(tmp_path: Path) -> None:
    outside.write(tmp_path, "https://example.org/a", [f"{n}.html" for n in range(50_001)])
    assert "sitemap-2.xml" in (tmp_path / "sitemap.xml").read_text("utf-8")
    assert (tmp_path / "sitemap-2.xml").read_text("utf-8").count("<loc>https://example.org/a/50000.html</loc>") == 1


def test_the_picture_holds_the_question(tmp_path: Path) -> None:
    from PIL import Image

    from cancu.website.extras import FONTS

    if not FONTS.is_dir():
        pytest.skip("npm has not been run in site/: there is no typeface to draw with")
    picture.write(tmp_path / "a.png", FONTS, "Văn bản nào là căn cứ của dự án nào?", "5 kế hoạch")
    picture.write(tmp_path / "b.png", FONTS, "Văn bản nào là căn cứ của dự án nào?", "5 kế hoạch")
    assert (tmp_path / "a.png").read_bytes() == (tmp_path / "b.png").read_bytes()
    assert Image.open(tmp_path / "a.png").size == (1200, 630)


# ---------------------------------------------------------------- in time, beside each other, in order


def test_a_document_stands_in_time(read: Read) -> None:
    tree = read("document", "vi", DECREE)
    rows = texts(tree, "#thoi-gian tbody tr")
    assert rows[0].startswith("10/04/2007Ban hành")
    assert any(row.startswith("02/01/2020Kế hoạch 12/KH-UBND") and "hiệu lực" in row for row in rows)
    drawn = texts(tree, "#thoi-gian svg.time a, #thoi-gian svg.time g")
    assert any("Kế hoạch 34/KH-UBND" in words for words in drawn)
    assert texts(tree, "#pham-vi thead th")[-5:] == ["Tỉnh, thành", "Kế hoạch", "Giai đoạn", "Số dự án", "Kinh phí"]


def test_plans_stand_beside_the_one_before(read: Read) -> None:
    later, earlier = read("plan", "en", PLANS[1]), read("plan", "en", PLANS[0])
    assert earlier.css_first("#so-voi-truoc") is None
    assert "2 bases kept, 1 dropped, 1 added" in later.css_first("#so-voi-truoc p:not(.note)").text()
    assert any("≥ 95 % (2021)" in row and "≥ 95 % (2023)" in row for row in texts(later, "#so-voi-truoc tbody tr"))


def test_findings_are_sorted_by_kind_and_severity(read: Read) -> None:
    front = read("finding")
    assert "Cộng không khớp" in " ".join(texts(front, "#loai .tiles li"))
    kind = read("finding", "en", "loai-sum-mismatch")
    assert texts(kind, "tbody mark"), "amounts are marked"
    assert read("finding", "vi", "muc-warning").css_first("h1").text() == "Cần xem lại"


def test_rankings_say_how_they_are_made(read: Read) -> None:
    tree = read("ranking")
    assert "PageRank" in texts(tree, "#mang thead th")
    assert len(tree.css("#cach-tinh p:not(.note)")) == 7
    shares = [float(node.attributes["value"] or 0) for node in tree.css("#mang tbody tr td:nth-of-type(5) data")]
    assert shares == sorted(shares, reverse=True)


def test_the_diagram_shows_what_the_vocabulary_has(invented_graph: Graph, read: Read) -> None:
    ontology = (resources.ONTOLOGY / "cancu.ttl").read_bytes()
    known = {quad.subject.value for quad in ox.parse(ontology, format=ox.RdfFormat.TURTLE) if isinstance(quad.subject, ox.NamedNode)}
    assert all(ONTOLOGY + term in known for edge in diagram.EDGES for term in edge)
    assert len(read("ontology").css("svg.classes path.edge")) == len(diagram.EDGES)


# ---------------------------------------------------------------- small things


def test_figures_that_clash_are_marked_as_the_text_writes_them() -> None:
    site = Site(Facts(**{field.name: Shelf({}) for field in fields(Facts)}), Words("vi"))
    told_ = Finding(
        iri="x",
        detail="Ghi 54.600.000.000 đồng; cộng lại được 54.640.000.000 đồng",
        stated_figure="54600000000",
        other_figure="54640000000",
    )
    assert gap(told_) == 40_000_000
    assert told(site, told_).__html__().count("<mark>54.6") == 2
    assert told(site, Finding(iri="x", detail="“CDSL”, nghi là “CSDL”.")).marks == ("“CDSL”", "“CSDL”")
    assert gap(Finding(iri="x", stated_figure="04/09/2020", other_figure="09/04/2020")) == 0


def test_lanes_keep_labels_apart() -> None:
    spans = tuple(timeline.Span(2020.0, 2020.0, f"Kế hoạch {n}", "plan") for n in range(3))
    drawn = LexborHTMLParser(timeline.drawn("t", [timeline.Row("Hàng", spans)]))
    assert len({node.attributes["cy"] for node in drawn.css("circle")}) == 3
    assert timeline.drawn("t", [timeline.Row("Hàng", ())]) == ""
    assert (timeline.moment("2016-07-01"), timeline.moment("2016")) == (2016.5, 2016.0)


def test_marks_and_slots_are_escaped() -> None:
    assert Marked("ghi <b>5</b>, cộng 6", ("5", "6")).__html__() == "ghi &lt;b&gt;<mark>5</mark>&lt;/b&gt;, cộng <mark>6</mark>"
    assert sentence("a {x} {y}", x=Text("<"), y=Text("{x}")).__html__() == "a &lt; {x}"
    assert set(FOLDERS) >= {"finding", "ranking"}


@given(st.lists(st.integers(0, 9)), st.integers(1, 4))
def test_what_was_made_lately_is_kept_and_never_too_much(keys: list[int], most: int) -> None:
    lately = Lately[int, str](most)
    for key in keys:
        lately[key] = str(key)
        assert lately[key] == str(key) and len(lately) <= most
