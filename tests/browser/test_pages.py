"""Pages in a real browser: no error on any family, search by keyboard, SPARQL in the page, both languages, from files and from a server."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from cancu import resources
from cancu.website.site import FOLDERS, address

sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed: pages are not opened in a browser")
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="chromium is not installed: pages are not opened in a browser"),
]

PROJECT = "hoa-son-12-kh-ubnd-2020/appendix-1-i-1"
THINGS = {
    "plan": "hoa-son-12-kh-ubnd-2020",
    "project": PROJECT,
    "document": "vn/nd/2007/64-2007-nd-cp",
    "agency": "hoa-son/so-thong-tin-va-truyen-thong",
    "system": "hoa-son/lgsp",
    "province": "lao-cai",
    "target": "hoa-son-12-kh-ubnd-2020",
    "query": "documents-ranking",
}
FAMILIES = [*((family, "index") for family in FOLDERS), *THINGS.items(), ("finding", "loai-sum-mismatch"), ("system", "loai-lgsp")]
WIDE, PHONE = {"width": 1280, "height": 900}, {"width": 390, "height": 844}


_LOOK = """() => [
  document.documentElement.scrollWidth <= document.documentElement.clientWidth,
  document.querySelectorAll("h1").length,
  document.querySelectorAll("form.search:not([hidden])").length,
]"""


@pytest.fixture(scope="module")
def served(invented_site: Path) -> Iterator[str]:
    """The site in a subfolder of a plain web server: a process, as what counts lines reached may end a thread of this one at its start."""
    command = [sys.executable, "-u", "-m", "http.server", "0", "--bind", "127.0.0.1", "--directory", str(invented_site.parent)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as process:
        assert process.stdout is not None
        port = process.stdout.readline().split(" port ")[1].split()[0]
        yield f"http://127.0.0.1:{port}/site"
        process.terminate()


@pytest.fixture(scope="module")
def browser() -> Iterator[sync_api.Browser]:
    with sync_api.sync_playwright() as playwright:
        arguments = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        found = playwright.chromium.launch(executable_path=CHROMIUM, args=arguments)
        yield found
        found.close()


@pytest.fixture
def page(browser: sync_api.Browser) -> Iterator[sync_api.Page]:
    """A page that collects what goes wrong, and every address it asks for."""
    context = browser.new_context(viewport=WIDE)
    found = context.new_page()
    found.wrong, found.asked = [], []
    found.on("console", lambda message: found.wrong.append(message.text) if message.type in {"error", "warning"} else None)
    found.on("pageerror", lambda error: found.wrong.append(str(error)))
    # what a page still loads is aborted when the next one is opened: that is no fault
    found.on("requestfailed", lambda request: found.wrong.append(request.url) if request.failure != "net::ERR_ABORTED" else None)
    found.on("request", lambda request: found.asked.append(request.url))
    yield found
    context.close()


@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_family_opens_without_an_error(page: sync_api.Page, served: str, invented_site: Path, language: str) -> None:
    root = invented_site.as_uri() if language == "vi" else served
    for family, key in FAMILIES:
        page.goto(f"{root}/{address(family, language, key)}")
        for size in (WIDE, PHONE):
            page.set_viewport_size(size)
            fits, headings, boxes = page.evaluate(_LOOK)
            assert fits, f"{family} is wider than {size['width']} pixels"
            assert (headings, boxes > 0) == (1, True), f"{family} has one heading, and a search box where scripts run"
    assert page.wrong == []
    assert all(url.startswith((root, "data:", "blob:")) for url in page.asked), "nothing is asked of another host"


@pytest.mark.parametrize("query", ["64 2007 nd cp", "nghi dinh 64/2007"])
def test_search_by_keyboard_alone(page: sync_api.Page, invented_site: Path, query: str) -> None:
    page.goto(f"{invented_site.as_uri()}/{address('project', 'vi', PROJECT)}")
    page.keyboard.press("/")
    page.keyboard.type(query)
    page.wait_for_selector("#hits-top [role=option]")
    page.keyboard.press("ArrowDown")
    assert page.locator("#q-top").get_attribute("aria-activedescendant") == "hits-top-0"
    page.keyboard.press("Escape")
    assert page.locator("#hits-top").is_hidden()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/64-2007-nd-cp.html")
    assert page.locator("h1").inner_text() == "Nghị định 64/2007/NĐ-CP"
    assert page.wrong == []


def test_a_hostile_title_is_found_as_text(page: sync_api.Page, served: str) -> None:
    page.goto(f"{served}/{address('search', 'en')}")
    page.keyboard.type("xay dung script alert")
    option = page.wait_for_selector("#hits-full [role=option]")
    assert "<script>" in option.inner_text()
    page.keyboard.press("Enter")
    page.wait_for_url("**/appendix-1-i-1.html")
    assert page.wrong == []


def test_the_other_language_is_one_click_away(page: sync_api.Page, invented_site: Path) -> None:
    page.goto(f"{invented_site.as_uri()}/{address('project', 'vi', PROJECT)}")
    page.click("header a[hreflang=en]")
    assert page.url.endswith(address("project", "en", PROJECT))
    assert "Why there is this project" in page.locator("main").inner_text()
    page.click("header a[hreflang=vi]")
    assert page.url.endswith(f"site/{address('project', 'vi', PROJECT)}")


def test_the_front_page_searches_at_once(page: sync_api.Page, invented_site: Path) -> None:
    page.goto(f"{invented_site.as_uri()}/{address('home', 'vi')}")
    page.keyboard.press("/")
    page.keyboard.type("mang truyen so lieu")
    page.wait_for_selector("#hits-front [role=option]")
    page.keyboard.press("Enter")
    page.wait_for_selector(".steps")
    assert page.locator("h1").inner_text() == "Mạng truyền số liệu chuyên dùng"
    assert page.wrong == []


def test_a_citation_is_copied(browser: sync_api.Browser, served: str) -> None:
    context = browser.new_context(viewport=WIDE, permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.goto(f"{served}/{address('project', 'vi', PROJECT)}")
    page.locator(".cite summary >> text=BibTeX").click()
    page.locator(".cite details[open] button.copy").last.click()
    page.wait_for_selector("text=Đã sao chép")
    assert page.evaluate("navigator.clipboard.readText()").startswith("@misc{cancu:")
    context.close()


def test_a_project_is_one_sheet_of_paper(page: sync_api.Page, served: str) -> None:
    page.goto(f"{served}/{address('project', 'vi', PROJECT)}")
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 688, "height": 1017})  # A4 within its margins, at 96 pixels an inch
    assert page.locator("#vi-sao").evaluate("node => node.getBoundingClientRect().bottom + scrollY") < 1017
    assert page.locator("nav.main").is_hidden()


def test_dark_is_remembered(page: sync_api.Page, served: str) -> None:
    page.goto(f"{served}/{address('home', 'vi')}")
    light = page.evaluate("getComputedStyle(document.body).backgroundColor")
    page.click("button.theme")
    dark = page.evaluate("getComputedStyle(document.body).backgroundColor")
    page.goto(f"{served}/{address('about', 'vi')}")
    assert (light != dark, page.evaluate("getComputedStyle(document.body).backgroundColor")) == (True, dark)


def test_without_scripts_pages_are_whole(browser: sync_api.Browser, invented_site: Path) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{invented_site.as_uri()}/{address('project', 'vi', PROJECT)}")
    assert page.locator("form.search").first.is_hidden()
    assert page.locator(".steps > li").count() >= 3
    page.click("details.menu > summary")
    page.click("details.menu a >> text=Xếp hạng")
    assert page.locator("h1").inner_text() == "Xếp hạng"
    context.close()


# ---------------------------------------------------------------- SPARQL


@pytest.fixture
def engine(invented_site: Path) -> None:
    if not (invented_site / "assets" / "sparql" / "page.js").is_file():
        pytest.skip("npm has not been run in site/: there is no SPARQL in the page to test")


@pytest.mark.usefixtures("engine")
def test_sparql_answers_in_the_page(page: sync_api.Page, served: str) -> None:
    page.goto(f"{served}/{address('sparql', 'en')}#documents-ranking")
    page.wait_for_selector("#editor .cm-content")
    assert page.locator("#example").input_value() == "documents-ranking"
    page.click("#run")
    page.wait_for_selector("#answer tbody tr", timeout=20_000)
    assert "rows in" in page.locator("#state").inner_text()
    link = page.locator("#answer tbody a").first
    link.click()
    page.wait_for_selector("h1")
    assert "/en/documents/" in page.url
    assert page.wrong == []
    assert all(url.startswith((served, "data:", "blob:")) for url in page.asked)


@pytest.mark.usefixtures("engine")
def test_a_page_opens_its_question_filled_in(page: sync_api.Page, served: str) -> None:
    page.goto(f"{served}/{address('document', 'vi', THINGS['document'])}")
    page.click(".links a >> nth=0")
    page.wait_for_selector("#editor .cm-content")
    assert page.locator("#example").input_value() == "document-projects"
    assert "64-2007-nd-cp" in page.locator("#editor .cm-content").inner_text()
    page.click("#run")
    page.wait_for_selector("#answer tbody tr", timeout=20_000)
    assert "4 dòng" in page.locator("#state").inner_text()
    assert page.wrong == []


@pytest.mark.usefixtures("engine")
def test_a_mistake_is_named_by_its_line(page: sync_api.Page, served: str) -> None:
    page.goto(f"{served}/{address('sparql', 'vi')}")
    page.wait_for_selector("#editor .cm-content")
    page.locator("#editor .cm-content").focus()
    page.keyboard.press("Control+a")
    page.keyboard.type("SELECT ?s WHERE {\n ?s ?p\n}")
    page.keyboard.press("Control+Enter")
    page.wait_for_selector("#error:visible", timeout=20_000)
    assert "dòng 3" in page.locator("#error").inner_text()
    assert page.wrong == []


@pytest.mark.usefixtures("engine")
def test_sparql_from_a_file_says_that_it_needs_a_server(page: sync_api.Page, invented_site: Path) -> None:
    page.goto(f"{invented_site.as_uri()}/{address('sparql', 'en')}")
    assert page.locator("#needs-server").is_visible()
    assert page.locator("#hoi").is_hidden()
    assert page.wrong == []


AXE = resources.SITE / "node_modules" / "axe-core" / "axe.min.js"


@pytest.mark.skipif(not AXE.is_file(), reason="axe-core is not installed (npm ci in site/): pages are not checked for access")
@pytest.mark.parametrize(("viewport", "scheme"), [(WIDE, "light"), (PHONE, "dark")], ids=["desktop-light", "phone-dark"])
def test_axe_finds_nothing_on_any_family(browser: sync_api.Browser, served: str, viewport: dict[str, int], scheme: str) -> None:
    context = browser.new_context(viewport=viewport, color_scheme=scheme, bypass_csp=True)  # axe is put into the page
    page = context.new_page()
    found = []
    for family, name in FAMILIES:
        page.goto(f"{served}/{address(family, 'vi', name)}")
        page.add_script_tag(path=AXE)
        violations = page.evaluate("axe.run({runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa']}).then(found => found.violations)")
        found += [(family, name, violation["id"], violation["nodes"][0]["html"][:120]) for violation in violations]
    context.close()
    assert found == []
