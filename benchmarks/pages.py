"""Times the pages of a site: `python -m benchmarks.pages 100` for so many invented plans.

Processor time of one core, in one run. Rendering is from what a page holds to its file; Eleventy (https://www.11ty.dev, from npm into a
folder that is removed again) renders the same project pages from JSON, by a template of the same parts, some of which it is given
ready: the pages are compared, then timed. What Eleventy needs to start is taken out: two runs of different size tell.
With --whole a build's site is made from its graph, and its search asked (3200 plans give 100,000 pages; --built DIR takes a build that is
there); with --search 100000 an index of so many pages is.
"""

from __future__ import annotations

import argparse
import gc
import html
import json
import re
import resource
import shutil
import statistics
import subprocess
import tempfile
import time
from collections.abc import Callable
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from msgspec import to_builtins
from msgspec.structs import asdict

from benchmarks.build import written
from benchmarks.corpus import corpus
from benchmarks.figures import Figure, table
from benchmarks.memory import watched
from benchmarks.trace import graph_of
from cancu import build, outputs, resources, rows, website
from cancu.graph import Graph
from cancu.website import extras, gathering, linked, search
from cancu.website.answers import Answers
from cancu.website.blocks import Block, Chart, Cite, Drawing, Grid, Page, Prose, Steps
from cancu.website.folder import Folder
from cancu.website.kept import KeptGraph
from cancu.website.parts import Cell, whole
from cancu.website.sheets import routes
from cancu.website.site import Site, address
from cancu.website.statements import Statements
from cancu.website.words import LANGUAGES, Words
from cancu.website.writer import Writer

ELEVENTY = "@11ty/eleventy@3.1.2"
HERE = Path(__file__).parent / "eleventy"
URL = "https://example.org/"
QUERIES = (
    "391/kh-ubnd",
    "nghị định 12",
    "nâng cấp cổng thông tin điện tử số 7",
    "xay dung mang dien rong",
    "văn bản mẫu thứ 12",
    "xây dựng",
    "ung dung cong nghe thong tin tinh",
    "12",
)


def row(name: str, value: str) -> None:
    print(f"{name:<58}{value:>20}", flush=True)


def processor(*, children: bool = False) -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN if children else resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


# ---------------------------------------------------------------- the same pages as JSON, for Eleventy


def _cells(grid: Grid, rows: Any, root: str) -> list[Any]:
    heads = [(i, mark) for i, mark in enumerate(grid.columns) if i in grid.shown]
    marks = {i: f'{mark} data-head="{html.escape(name)}"' for (i, name), (_, mark) in zip(heads, grid.heads, strict=True)}
    return [[_html(cells[0], root), [[_html(cells[i], root), marks[i]] for i, _ in heads[1:]]] for cells in rows if cells]


def _html(part: Cell | Any, root: str) -> str:
    return str(part.__html__()).replace('="~/', f'="{root}') if part is not None else ""


def _block(block: Block, root: str) -> dict[str, Any]:
    told: dict[str, Any] = {"part": block.part}
    if isinstance(block, Grid):
        rows = {"rows": _cells(block, block.rows, root), "foot": _cells(block, [block.foot], root)}
        return (
            told
            | rows
            | {"caption": block.caption, "lang": block.lang, "columns": block.columns, "heads": block.heads, "empty": block.empty}
        )
    if isinstance(block, Steps):
        steps = [
            {
                "kind": step.kind,
                "link": _html(step.link, root),
                "title": _html(step.title, root),
                "relations": [_html(one, root) for one in step.relations],
                "marks": [[_html(mark, root), mark.why] for mark in step.marks],
            }
            for step in block.steps
        ]
        return told | {"title": block.title, "note": block.note, "steps": steps}
    if isinstance(block, Chart):
        parts = {name: to_builtins(value) for name, value in asdict(block).items() if name != "grid"}
        return told | parts | {"grid": _block(block.grid, root)}
    if isinstance(block, Cite):
        return told | {"quotes": [asdict(quote) for quote in block.quotes], "links": [_html(link, root) for link in block.links]}
    if isinstance(block, Drawing):
        return told | {"svg": _html(block, root)}
    assert isinstance(block, Prose), block
    return told | {"paragraphs": [_html(one, root) for one in block.paragraphs]}


def _json(writer: Writer, key: str, page: Page) -> dict[str, Any]:
    language = writer.site.words.language
    here = address("project", language, key)
    root = "../" * here.count("/")
    return {
        "language": language, "here": here, "root": root, "other": address("project", writer.other, key),
        "title": page.title, "heading": whole(page.title), "description": page.description, "lang": page.lang, "kind": page.kind,
        "kind_label": page.kind_label, "lede": _html(page.lede, root), "linked": str(linked.of(page)),
        "crumbs": [_html(link, root) for link in page.crumbs], "terms": [[term.name, _html(term.value, root)] for term in page.terms],
        "sections": [
            {"id": one.id, "title": one.title, "note": one.note, "kind": one.kind, "blocks": [_block(block, root) for block in one.blocks]}
            for one in page.sections
        ],
    }  # fmt: skip


def _words(writer: Writer) -> dict[str, str]:
    top, bottom = writer.frame("project")
    keys = ("crumbs", "nav_home", "on_this_page", "copied", "copy", "chart_data")
    own = {"other": writer.other, "home": address("home", writer.site.words.language), "top": top, "bottom": bottom}
    return own | {key: writer.site.t(key) for key in keys}


def _eleventy(folder: Path, pages: list[dict[str, Any]]) -> float:
    """The processor time that Eleventy takes for these pages."""
    (folder / "_data" / "pages.json").write_text(json.dumps(pages), encoding="utf-8")
    shutil.rmtree(folder / "out", ignore_errors=True)
    start = processor(children=True)
    subprocess.run(["node", "node_modules/.bin/eleventy"], cwd=folder, check=True, capture_output=True)
    return processor(children=True) - start


def _bare(text: str) -> str:
    """The text without what may differ: white space, how entities are spelt, and '.0' at the end of a number."""
    return re.sub(r'\s+|(?<=\d)\.0(?=")', "", html.unescape(text))


def _alike(folder: Path, out: Path, pages: list[dict[str, Any]]) -> None:
    """Says so where a page of Eleventy's is not ours."""
    for page in pages:
        ours, theirs = (_bare((root / page["here"]).read_text("utf-8")) for root in (out, folder / "out"))
        if ours != theirs:
            at = next((i for i, pair in enumerate(zip(ours, theirs, strict=False)) if len(set(pair)) > 1), min(len(ours), len(theirs)))
            raise SystemExit(f"{page['here']} differs:\n{ours[at - 80 : at + 80]}\n{theirs[at - 80 : at + 80]}")


# ---------------------------------------------------------------- figures


def figures(plans: int = 100) -> list[Figure]:
    """What is measured, as `docs/performance.md` tells it."""
    return rendering(graph_of(plans))


def rendering(graph: Graph) -> list[Figure]:
    """Pages a second from what they hold, all families; then the project pages against Eleventy."""
    told = Statements.of_graph(graph)
    known, stated = Answers(graph), gathering.read(told)
    families = routes(KeptGraph(told, stated, graph.rows), known, stated, ())
    with tempfile.TemporaryDirectory() as name:
        out, folder = Path(name) / "site", Path(name) / "eleventy"
        site = Folder.of(out)
        writers = [Writer(Site(stated, Words(language)), site, extras.Extras(fonts=False, sparql=False), URL) for language in LANGUAGES]
        gc.collect()
        gc.freeze()
        gc.set_threshold(100_000, 20, 20)
        made, spent, ours = 0, 0.0, 0.0
        projects: list[tuple[Writer, str, Page]] = []
        start = time.process_time()
        for route in families:
            pages = [(writer, key, make()) for writer in writers for key, make in route.pages(writer.site)]
            began = time.process_time()
            for writer, key, page in pages:
                writer.save(address(route.family, writer.site.words.language, key), writer.text(route.template, page, route.family, key))
            took = time.process_time() - began
            made, spent = made + len(pages), spent + took
            if route.family == "project" and len(pages) > len(projects):
                projects, ours = pages, took
        whole_time = time.process_time() - start
        shutil.copytree(HERE, folder)
        (folder / "_data").mkdir()
        (folder / "package.json").write_text('{"type": "module"}', encoding="utf-8")
        subprocess.run(["npm", "install", "--silent", "--no-audit", "--no-fund", "--ignore-scripts", ELEVENTY], cwd=folder, check=True)
        (folder / "_data" / "words.json").write_text(json.dumps({w.site.words.language: _words(w) for w in writers}), encoding="utf-8")
        data = [_json(*entry) for entry in projects]
        few = len(data) // 5
        theirs = _eleventy(folder, data) - _eleventy(folder, data[:few])
        _alike(folder, out, data[:few])
        ours *= (len(data) - few) / len(data)
        rate, peer = (len(data) - few) / ours, (len(data) - few) / theirs
        return [
            Figure(f"pages of all families set and written, {made:,} pages", made / spent, "a second", wanted="1,500"),
            Figure("the same with what they hold made from the facts", made / whole_time, "a second"),
            Figure("project pages set and written", rate, "a second", wanted="3 times the peer", peer="Eleventy", peer_value=peer),
        ]


def whole_site(plans: int, built: Path | None) -> None:
    """A whole site by all processors, from the graph of a build of so many plans, or of one that was `built` before; its search."""
    with tempfile.TemporaryDirectory() as name:
        build_of = built or Path(name) / "build"
        if not built:
            maker = get_context("fork").Process(target=_built, args=(plans, build_of))  # its memory ends with it
            maker.start()
            maker.join()
        before, start = processor() + processor(children=True), time.monotonic()
        with watched() as most:
            graph = Graph(partial(outputs.open_store, build_of), rows=rows.RowIndex.of_file(build_of / rows.NAME))
            site = Path(name) / "site"
            pages = website.put(graph, site, packed=build_of / outputs.PACKED, nquads=build_of / "graph.nq", report=told(start)).pages
        wall, spent = time.monotonic() - start, processor() + processor(children=True) - before
        row("pages of a whole site, from the file of the graph on", f"{pages:,}")
        row("by the clock", f"{wall:,.0f} s")
        row("processor time of all processes", f"{spent:,.0f} s")
        row("largest memory of all processes, what they share counted once", f"{max(most):,.0f} MB")
        asked(Path(name) / "site" / "assets" / "search" / "vi")


def told(start: float) -> Callable[[str], None]:
    """Prints how far the work is, not more often than every ten seconds."""
    last = start

    def tell(words: str) -> None:
        nonlocal last
        if (now := time.monotonic()) - last > 10:
            last = now
            print(f"{now - start:7.0f} s  {words}", flush=True)

    return tell


def _built(plans: int, out: Path) -> None:
    build.build(out, plans=written(out.parent / "records", plans), site=False)


def searched(pages: int) -> None:
    """Search in an index of so many pages, half of them in each language: the plans, projects and documents of invented plans."""
    found: dict[str, search.Entry] = {}
    for record in corpus(pages):
        plan = record.document
        place = f"{record.source.name}"
        found[f"ke-hoach/{place}.html"] = search.Entry(
            f"ke-hoach/{place}.html", "Kế hoạch", f"{plan.type} {plan.number}", plan.title or "", plan.number or "", 9
        )
        for one in record.cited_documents:
            here = f"van-ban/{one.number}.html"
            found[here] = search.Entry(here, one.type or "", f"{one.type} {one.number}", one.title or "", one.number or "", 6)
        for project in record.projects:
            here = f"du-an/{place}/{project.ordinal}.html"
            found[here] = search.Entry(here, f"Dự án · {plan.province}", project.name, "", "", 5)
        if len(found) >= pages // 2:
            break
    with tempfile.TemporaryDirectory() as name:
        start = processor()
        search.write(list(found.values())[: pages // 2], Path(name))
        row(f"search: index of {pages // 2:,} pages of one language, written in", f"{processor() - start:.1f} s")
        asked(Path(name))


def asked(index: Path) -> None:
    """How long the script takes for a query by the clock, the middle of five, and how many bytes the shards are that it needs.

    Processor time would count what Node.js compiles and sweeps up in threads beside, which nobody waits for.
    """
    script = f"""
      const fs = require("fs"), search = require({json.dumps(str(resources.SITE / "static" / "search.js"))});
      const ask = async (query) => {{
        let bytes = 0;
        const loaded = new Map();
        const load = async (name) => {{
          if (loaded.has(name)) return loaded.get(name);
          let value;
          globalThis.cancuSearch = (_, found) => {{ value = found; }};
          const file = name === "index" ? name : /^e\\d/.test(name) ? `e-${{name.slice(1)}}` : `t-${{name}}`;
          const text = fs.readFileSync({json.dumps(str(index))} + `/${{file}}.js`, "utf8");
          bytes += require("zlib").gzipSync(text).length;
          (0, eval)(text);
          loaded.set(name, value);
          return value;
        }};
        const index = new search.CancuIndex(load);
        await index.find(query);
        const cold = bytes, times = [];
        let total;
        for (let round = 0; round < 5; round++) {{
          const start = performance.now();
          ({{ total }} = await index.find(query));
          times.push(performance.now() - start);
        }}
        return [times.sort((one, other) => one - other)[2], cold, total];
      }};
      (async () => {{
        const all = [];
        for (const query of JSON.parse(process.argv[1])) all.push(await ask(query));
        console.log(JSON.stringify(all));
      }})();
    """
    done = subprocess.run(["node", "-e", script, json.dumps(QUERIES)], capture_output=True, text=True, check=True)
    times, sizes, totals = zip(*json.loads(done.stdout), strict=True)
    row("search: shards at hand, the slowest query by the clock", f"{max(times):.0f} ms")
    row("search: found, by query", " ".join(f"{total}" for total in totals))
    row("search: bytes of a first query, gzipped: median, most", f"{statistics.median(sizes) / 1024:.0f}, {max(sizes) / 1024:.0f} kB")
    files = [path.stat().st_size for path in index.iterdir()]
    row(f"search: the index of one language, {len(files):,} files", f"{sum(files) / 1e6:.1f} MB")


def main() -> None:
    """Prints the figures as a table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("plans", type=int, help="or with --search pages")
    parser.add_argument("--projects", type=int, default=12, help="of each plan")
    parser.add_argument("--whole", action="store_true", help="make a whole site, and ask its search")
    parser.add_argument("--built", type=Path, help="with --whole: the folder of a build of so many plans")
    parser.add_argument("--search", action="store_true", help="index so many pages, and ask")
    given = parser.parse_args()
    if given.search:
        searched(given.plans)
        return
    if given.whole:
        whole_site(given.plans, given.built)
    else:
        print(table(rendering(graph_of(given.plans, given.projects))))


if __name__ == "__main__":
    main()
