"""The website: whole in both languages, every link leads somewhere, every statement has its lines, and names are text."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser

from cancu import catalogue, website
from cancu.errors import InputError
from cancu.graph import Graph
from cancu.website import drawing, extras, gathering
from cancu.website.answers import Answers, head
from cancu.website.sheets import routes
from cancu.website.site import FOLDERS, Site, address
from cancu.website.words import Words, sentence_case, table
from tests.invented_site import HOSTILE

NOTEBOOKS = tuple(f"{prefix}{folder}/" for prefix, folder in zip(("", "en/"), FOLDERS["notebook"], strict=True))


@pytest.fixture(scope="session")
def pages(invented_site: Path) -> dict[str, LexborHTMLParser]:
    """Every page by its address from the root."""
    found = sorted(invented_site.rglob("*.html"))
    return {str(path.relative_to(invented_site)): LexborHTMLParser(path.read_text(encoding="utf-8")) for path in found}


def project(pages: dict[str, LexborHTMLParser], language: str = "vi") -> LexborHTMLParser:
    return pages[address("project", language, "hoa-son-12-kh-ubnd-2020/appendix-1-i-1")]


def texts(tree: LexborHTMLParser, selector: str) -> list[str]:
    return [" ".join(node.text().split()) for node in tree.css(selector)]


# ---------------------------------------------------------------- the whole


def test_every_link_and_fragment_leads_somewhere(invented_site: Path, pages: dict[str, LexborHTMLParser]) -> None:
    anchors = {name: {node.attributes["id"] for node in tree.css("[id]")} for name, tree in pages.items()}
    broken, outside = [], []
    for name, tree in pages.items():
        if name == "404.html":
            continue  # its links begin at the server's root
        for node in tree.css("[href], [src], [action]"):
            link = node.attributes.get("href") or node.attributes.get("src") or node.attributes.get("action") or ""
            if re.match(r"[a-z]+:|//|/", link):
                printed = name.startswith(NOTEBOOKS) and link.startswith("https://w3id.org/cancu/")  # by a notebook
                if not printed and node.attributes.get("rel") != "external noopener":  # a source that a reader may follow
                    outside.append((name, link))
                continue
            path, _, fragment = link.partition("#")
            target = (invented_site / name).parent / path if path else invented_site / name
            if not target.resolve().is_file():
                broken.append((name, link))
            elif fragment and not path.startswith(("sparql", "../sparql")) and target.suffix == ".html":
                found = str(target.resolve().relative_to(invented_site.resolve()))
                if fragment not in anchors[found] and not found.endswith("sparql/index.html"):
                    broken.append((name, link))
    assert broken == []
    assert outside == [], "pages take nothing from another host, and are bound to no root"


def test_each_page_has_its_twin_in_the_other_language(invented_site: Path, pages: dict[str, LexborHTMLParser]) -> None:
    for name, tree in pages.items():
        if name == "404.html":
            continue
        twin = tree.css_first("link[hreflang]").attributes["href"]
        other = str(((invented_site / name).parent / twin).resolve().relative_to(invented_site.resolve()))
        assert other in pages, name
        assert other.startswith("en/") != name.startswith("en/"), name
        assert tree.css_first("html").attributes["lang"] == ("en" if name.startswith("en/") else "vi")


def test_every_family_is_there_in_both_languages(pages: dict[str, LexborHTMLParser]) -> None:
    for family in FOLDERS:
        for language in ("vi", "en"):
            assert address(family, language) in pages


def test_every_thing_has_a_page(invented_graph: Graph, pages: dict[str, LexborHTMLParser]) -> None:
    stated = gathering.read(invented_graph)
    for language in ("vi", "en"):
        site = Site(stated, Words(language))
        for shelf in (stated.documents, stated.projects, stated.agencies, stated.systems, stated.places):
            for iri in shelf:
                assert site.address_of(iri) in pages, iri


def test_pages_are_sound(pages: dict[str, LexborHTMLParser]) -> None:
    for name, tree in pages.items():
        assert len(tree.css("h1")) == 1, name
        assert len(tree.css("main")) == 1, name
        assert tree.css_first("a.skip").attributes["href"] == "#main"
        twice = [key for key, count in Counter(node.attributes["id"] for node in tree.css("[id]")).items() if count > 1]
        assert twice == [], name
        for grid in tree.css("table") if not name.startswith(NOTEBOOKS) else ():  # pandas writes those
            assert grid.css_first("caption") is not None, name
            assert all(cell.attributes.get("scope") in {"col", "row"} for cell in grid.css("th")), name


def test_the_same_graph_gives_the_same_bytes(invented_graph: Graph, invented_documents: Path, invented_site: Path, tmp_path: Path) -> None:
    (tmp_path / "assets").mkdir()
    (tmp_path / "assets" / "theme.js").touch()
    (tmp_path / "left-over.html").touch()
    website.render(invented_graph, tmp_path, invented_documents)
    mine = {str(path.relative_to(tmp_path)): path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    assert mine == {str(path.relative_to(invented_site)): path.read_bytes() for path in invented_site.rglob("*") if path.is_file()}


def test_a_folder_with_other_things_is_left_alone(invented_graph: Graph, tmp_path: Path) -> None:
    precious = tmp_path / "thesis.txt"
    precious.write_text("x", encoding="utf-8")
    with pytest.raises(InputError, match="other things"):
        website.render(invented_graph, tmp_path)
    with pytest.raises(InputError, match="is a file"):
        website.render(invented_graph, precious)
    assert precious.read_text(encoding="utf-8") == "x"


def test_hostile_names_are_text(pages: dict[str, LexborHTMLParser]) -> None:
    for tree in (project(pages), project(pages, "en")):
        assert texts(tree, "h1") == [" ".join(HOSTILE.split())]
        assert all("alert" not in (node.text() or "") for node in tree.css("script:not([type])"))
        assert "49" not in tree.css_first("h1").text()
    assert not any(tree.css("main script:not([type])") for tree in pages.values())
    assert not any(tree.css("main b, main i:not([class])") for tree in pages.values()), "markup in titles and documents is text too"


@pytest.fixture(scope="session")
def bare_site(invented_graph: Graph, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site without documents at hand, without npm, for a server where it lies in a folder."""
    out = tmp_path_factory.mktemp("bare")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(extras, "add", lambda _assets: extras.Extras(fonts=False, sparql=False))
        website.render(invented_graph, out, url="https://example.org/somewhere/")
    return out


def test_the_missing_page_knows_where_the_root_is(bare_site: Path) -> None:
    links = [node.attributes["href"] for node in LexborHTMLParser((bare_site / "404.html").read_text(encoding="utf-8")).css("header a")]
    assert links
    assert all((link or "").startswith("/somewhere/") for link in links)


def test_without_npm_the_site_is_whole_and_says_what_is_missing(bare_site: Path, tmp_path: Path) -> None:
    page = (bare_site / "sparql" / "index.html").read_text(encoding="utf-8")
    assert "npm ci" in page
    assert "fonts.css" not in page
    assert extras.add(tmp_path, tmp_path / "nowhere") == extras.Extras(fonts=False, sparql=False)


# ---------------------------------------------------------------- what pages say


def test_a_project_says_why_with_lines_and_force(pages: dict[str, LexborHTMLParser]) -> None:
    vi, en = project(pages), project(pages, "en")
    steps = texts(vi, ".steps > li")
    assert steps[0].startswith("Đề án 7/ĐA-TU"), "the document that the row names comes first"
    assert "dòng 60–64" in steps[0]
    assert any(step.startswith("Nghị định 64/2007/NĐ-CP") and "dòng 3" in step for step in steps)
    assert any(step.startswith("Law 67/2006/QH11") and "line 2" in step and "In force" in step for step in texts(en, ".steps > li"))
    assert any("Force unknown" in step or "In force" in step for step in texts(en, ".steps > li"))
    boxes = texts(vi, "svg.path a title")
    assert any(box.startswith("Nghị định 64/2007/NĐ-CP") for box in boxes)
    assert len(boxes) <= len(steps) + 2


def test_words_stand_with_the_lines_where_the_documents_are_at_hand(pages: dict[str, LexborHTMLParser], bare_site: Path) -> None:
    shown = project(pages).css_first("#o-dau details.lines .words").text()
    assert "Lời văn 60 < 61 & của văn bản" in shown
    assert "Lời văn 64 < 65" in shown
    assert "Lời văn 65" not in shown
    bare = LexborHTMLParser((bare_site / address("project", "vi", "hoa-son-12-kh-ubnd-2020/appendix-1-i-1")).read_text(encoding="utf-8"))
    assert bare.css_first("#o-dau details.lines") is None
    assert "dòng 60–64" in bare.css_first("#o-dau .lines").text()


def test_money_is_drawn_and_tabled(pages: dict[str, LexborHTMLParser]) -> None:
    tree = project(pages, "en")
    assert [node.attributes["value"] for node in tree.css("#tien details.data tbody td data")] == ["2000000000", "3000000000"]
    assert texts(tree, "#tien rect title") == ["2020, Source not stated: VND 2 billion", "2021, Source not stated: VND 3 billion"]


def test_a_plan_sets_stated_totals_beside_sums(pages: dict[str, LexborHTMLParser]) -> None:
    rows = texts(pages["en/plans/hoa-son-12-kh-ubnd-2020.html"], "#ngan-sach tbody tr")
    assert any("VND 7 billion" in row and "VND 2 billion" in row and "−VND 5 billion" in row for row in rows)


def test_a_document_shows_what_it_justified(pages: dict[str, LexborHTMLParser]) -> None:
    tree = pages["en/documents/vn/nd/2007/64-2007-nd-cp.html"]
    assert len(tree.css("#du-an tbody tr")) == 4
    assert "VND 15 billion" in tree.css_first("#du-an tfoot").text()
    assert len(tree.css("#vien-dan tbody tr")) == 2
    scheme = next(name for name in pages if name.startswith("van-ban/unresolved/") and "7-da-tu" in name)
    assert pages[scheme].css_first(".facts .mark.unsure") is not None, "an unresolved document says so"


def test_foreign_words_are_marked(pages: dict[str, LexborHTMLParser]) -> None:
    assert project(pages, "en").css_first("h1").attributes["lang"] == "vi"
    assert "lang" not in project(pages).css_first("h1").attributes


# ---------------------------------------------------------------- words


def test_every_string_is_in_both_languages_and_used() -> None:
    source = "".join(path.read_text(encoding="utf-8") for path in _sources())
    known = table()
    assert all(isinstance(words, str) for pair in known.values() for words in pair)
    asked = set(re.findall(r"""\bt\(["']([a-zA-Z0-9_]+)["']""", source))
    assert sorted(asked - known.keys()) == []
    by_rule = re.compile(
        r"(q_|w_|way_|hop_|up_|down_|n_|nav_|about_|terms_|force_|col_|term_|drawn_|file_|sparql_|kind_|severity_|basis_|go_on_|measure_|score_|goes_)"
    )
    unused = [key for key in known if key not in asked and not by_rule.match(key) and f'"{key}"' not in source]
    assert unused == []


def _sources() -> list[Path]:
    from cancu import resources

    return [*Path(website.__file__).parent.glob("*.py"), *(resources.SITE / "templates").rglob("*.html")]


def test_columns_of_every_query_have_words(invented_graph: Graph) -> None:
    known, site = Answers(invented_graph), Site(gathering.read(invented_graph), Words("vi"))
    lines = {"file", "firstLine", "lastLine"}
    for query in catalogue.queries():
        columns = known.of(query.name).columns
        names = [name for name in columns if name not in lines and not (name.endswith("Label") and name.removesuffix("Label") in columns)]
        assert [name for name in names if head(site, name) == name] == [], query.name


@pytest.mark.parametrize(
    ("dong", "vi", "en"),
    [
        (24_000_000_000, "24 tỷ đồng", "VND 24 billion"),
        (5_493_000_000, "5,493 tỷ đồng", "VND 5.493 billion"),
        (250_500_000, "250,5 triệu đồng", "VND 250.5 million"),
        (950_000, "950.000 đồng", "VND 950,000"),
        (0, "0 đồng", "VND 0"),
        (1_234_567_890_000, "1.234,568 tỷ đồng", "VND 1,234.568 billion"),
    ],
)
def test_money_reads_as_people_write_it(dong: int, vi: str, en: str) -> None:
    assert (Words("vi").money(dong), Words("en").money(dong)) == (vi, en)


def test_dates_and_lines() -> None:
    assert (Words("vi").date("2016-12-30"), Words("en").date("2016-12-30")) == ("30/12/2016", "30 December 2016")
    assert (Words("vi").lines(1841, 1855), Words("en").lines(27, 27)) == ("dòng 1841–1855", "line 27")
    assert (Words("vi").t("n_project", n=1234), Words("en").t("n_project", n=1)) == ("1.234 dự án", "1 project")


def test_capitals_become_a_sentence() -> None:
    assert sentence_case("KẾ HOẠCH TỈNH LÀO CAI NĂM 2017", ("Lào Cai",)) == "Kế hoạch tỉnh Lào Cai năm 2017"
    assert sentence_case("Kế hoạch LGSP", ()) == "Kế hoạch LGSP"


# ---------------------------------------------------------------- drawing, extras


def test_text_is_wrapped_within_its_room() -> None:
    words = "Xây dựng nền tảng tích hợp, chia sẻ dữ liệu cấp tỉnh và kết nối với nền tảng quốc gia"
    lines = drawing.wrap(words, 150, 11.5, 3)
    assert len(lines) == 3
    assert lines[-1].endswith("…")
    assert all(drawing.width(line, 11.5) <= 150 for line in lines)
    assert " ".join(drawing.wrap(words, 150, 11.5, 99)) == words
    assert all(drawing.width(line, 11.5) <= 60 for line in drawing.wrap("x" * 200, 60, 11.5, 2))


def test_a_letter_with_a_tone_is_as_wide_as_without() -> None:
    assert drawing.width("Nghị định", 10) == drawing.width("Nghi đinh", 10)


def test_routes_name_a_template_that_there_is(invented_graph: Graph) -> None:
    from cancu import resources

    for route in routes(invented_graph, Answers(invented_graph), gathering.read(invented_graph), ()):
        assert (resources.SITE / "templates" / route.template).is_file()
        assert route.family in FOLDERS
