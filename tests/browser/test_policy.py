"""Hostile names in a record: pages show them as text, no script runs, and the pages' policy lets none in by any other way."""

from __future__ import annotations

import copy
import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest

from cancu import infer, loading, resources, website
from cancu.graph import Graph
from cancu.iris import BASE
from tests.invented_site import invented_plan
from tests.test_html import CHECKER, JAVA, errors

sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed: pages are not opened in a browser")
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="chromium is not installed: pages are not opened in a browser"),
]

AXE = resources.SITE / "node_modules" / "axe-core" / "axe.min.js"
RUN = "window.ran=1"
HOSTILE = (
    f"<script>{RUN}</script>",
    f"</textarea></title></script></style><script>{RUN}</script>",
    f'"><img src=x onerror="{RUN}">',
    f"' onmouseover='{RUN}' x='",
    f'"onmouseover={RUN} "',
    f"javascript:{RUN}",
    "{{ 7 * 7 }} {% for x in y %} ${7*7} #{7*7}",
    f"<svg><animate onbegin={RUN} attributeName=x></svg><!-- ]]> -->",
    "&lt;b&gt; &amp;#60; %3Cscript%3E \\u003cscript\\u003e",
    f'</script><iframe src="javascript:{RUN}"></iframe>',
    f"<base href=//evil.example><meta http-equiv=refresh content='0;url=javascript:{RUN}'>",
)
NAMES = {
    "title",
    "name",
    "label",
    "detail",
    "task",
    "subject",
    "surface",
    "note",
    "section",
    "column",
    "source",
    "agency",
    "lead",
    "coordinating",
    "with",
}


def _hostile(value: Any, bad: Iterator[str], key: str = "") -> Any:
    """The record with each name in it made hostile, each in its own way."""
    if isinstance(value, dict):
        return {name: _hostile(part, bad, name) for name, part in value.items()}
    if isinstance(value, list):
        return [_hostile(part, bad, key) for part in value]
    return f"{value} {next(bad)}" if isinstance(value, str) and key in NAMES else value


def _endless() -> Iterator[str]:
    while True:
        yield from HOSTILE


@pytest.fixture(scope="module")
def hostile_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("hostile")
    source = copy.deepcopy(invented_plan("12/KH-UBND", 2020))
    record = _hostile({key: value for key, value in source.items() if key != "source"}, _endless()) | {"source": source["source"]}
    path = folder / "hostile.json"
    path.write_text(json.dumps(record, ensure_ascii=False), encoding="utf-8")
    context = loading.context(plans=[path])
    context = type(context)(context.registry, (path,))
    store = ox.Store()
    store.bulk_load("".join(f"{quad}\n" for quad in loading.run(context, resources.DATA)), format=ox.RdfFormat.N_QUADS)
    assert not context.rejected
    infer.infer(store, f"{BASE}graph/inferred")
    website.render(Graph(store), folder / "site")
    return folder / "site"


@pytest.fixture(scope="module")
def page() -> Iterator[sync_api.Page]:
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        found = browser.new_page()
        found.wrong = []
        found.on("console", lambda message: found.wrong.append(message.text) if message.type in {"error", "warning"} else None)
        found.on("pageerror", lambda error: found.wrong.append(str(error)))
        found.on("dialog", lambda dialog: (found.wrong.append(dialog.message), dialog.dismiss()))
        yield found
        browser.close()


def _shown(site: Path, each: int) -> list[Path]:
    """So many pages of each family that show a hostile name."""
    found = [path for path in sorted(site.rglob("*.html")) if "window.ran" in path.read_text(encoding="utf-8")]
    families = [path.relative_to(site).parts[: 2 if path.relative_to(site).parts[0] == "en" else 1] for path in found]
    return [path for i, path in enumerate(found) if families[:i].count(families[i]) < each]


def test_no_hostile_name_runs_on_any_page_that_shows_one(page: sync_api.Page, hostile_site: Path) -> None:
    shown = _shown(hostile_site, 3)
    assert {path.relative_to(hostile_site).parts[0] for path in shown} >= {
        "du-an",
        "van-ban",
        "ke-hoach",
        "co-quan",
        "he-thong",
        "chi-tieu",
        "en",
    }
    for path in shown:
        page.goto(path.as_uri())
        page.evaluate("document.querySelectorAll('main *').forEach((node) => node.dispatchEvent(new MouseEvent('mouseover')))")
        ran, elements = page.evaluate(
            "[window.ran, document.querySelectorAll('main script:not([type]), main img, main iframe, base').length]"
        )
        assert (ran, elements) == (None, 0), path
        links = page.eval_on_selector_all(
            "[href], [src], [action]", "nodes => nodes.map((node) => node.href?.baseVal ?? node.href ?? node.src ?? '')"
        )
        assert not [link for link in links if str(link).strip().lower().startswith("javascript:")], path
    assert page.wrong == []


def test_search_shows_hostile_names_as_text(page: sync_api.Page, hostile_site: Path) -> None:
    page.goto(f"{hostile_site.as_uri()}/tim-kiem/index.html")
    page.keyboard.type("mạng truyền số liệu")
    page.wait_for_selector("#hits-full [role=option]")
    assert "window.ran" in page.locator("#hits-full").inner_text()
    assert (page.evaluate("window.ran"), page.wrong) == (None, [])


def test_the_policy_holds_where_a_script_got_in(page: sync_api.Page, hostile_site: Path) -> None:
    page.goto((hostile_site / "index.html").as_uri())
    page.evaluate(
        """() => {
          const script = document.createElement("script");
          script.textContent = "window.ran = 1";
          document.body.append(script);
          document.body.insertAdjacentHTML("beforeend", '<img src="x" onerror="window.ran = 1"><p style="color: red" id="styled">x</p>');
        }"""
    )
    page.wait_for_timeout(100)
    assert page.evaluate("window.ran") is None
    assert page.evaluate("getComputedStyle(document.getElementById('styled')).color") != "rgb(255, 0, 0)"
    assert any("Content Security Policy" in message for message in page.wrong)
    page.wrong.clear()


@pytest.mark.skipif(not AXE.is_file(), reason="axe-core is not installed (npm ci in site/): pages are not checked for access")
def test_hostile_names_do_not_keep_anyone_out(page: sync_api.Page, hostile_site: Path) -> None:
    context = page.context.browser.new_context(bypass_csp=True)  # axe is put into the page
    other = context.new_page()
    for path in _shown(hostile_site, 1):
        other.goto(path.as_uri())
        other.add_script_tag(path=str(AXE))
        violations = other.evaluate("axe.run({runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa']}).then(found => found.violations)")
        assert [(one["id"], one["nodes"][0]["html"]) for one in violations] == [], path
    context.close()


@pytest.mark.skipif(JAVA is None or not CHECKER.is_file(), reason="java or vnu-jar is not installed: the HTML of pages is not checked")
def test_hostile_names_make_no_page_wrong(hostile_site: Path) -> None:
    assert errors(_shown(hostile_site, 3)) == ""
