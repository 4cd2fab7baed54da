"""What several tests share: a small graph of invented plans, and the website of it."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest

from cancu import infer, loading, resources
from cancu.graph import Graph
from cancu.iris import BASE
from tests.invented_site import invented_plan
from tests.stores import start


@pytest.fixture(scope="session")
def invented_graph(tmp_path_factory: pytest.TempPathFactory) -> Graph:
    """The graph of two invented plans and the registry, with what follows."""
    data = tmp_path_factory.mktemp("data")
    paths = []
    for number, year in (("12/KH-UBND", 2020), ("34/KH-UBND", 2022)):
        path = data / f"{year}.json"
        path.write_text(json.dumps(invented_plan(number, year), ensure_ascii=False), encoding="utf-8")
        paths.append(path)
    context = loading.context(plans=paths)
    context = type(context)(context.registry, tuple(paths))
    store = ox.Store()
    quads = "".join(f"{quad}\n" for quad in loading.run(context, resources.DATA))
    assert not context.rejected
    store.bulk_load(quads, format=ox.RdfFormat.N_QUADS)
    infer.infer(store, f"{BASE}graph/inferred")
    return Graph(store)


@pytest.fixture(scope="session")
def invented_documents(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the documents that the invented plans were read from."""
    folder = tmp_path_factory.mktemp("documents")
    words = "".join(f"Lời văn {n} < {n + 1} & của văn bản\n" for n in range(1, 91))
    for year in (2020, 2022):
        (folder / f"hoason-{year}.txt").write_text(words, encoding="utf-8")
    return folder


@pytest.fixture(scope="session")
def invented_site(invented_graph: Graph, invented_documents: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The website of the invented graph, with the words of its documents, beside its graph: a build's folder has both."""
    from cancu import website

    out = tmp_path_factory.mktemp("build") / "site"
    assert website.render(invented_graph, out, invented_documents) == sum(1 for _ in out.rglob("*.html")) - 1
    (out.parent / "graph.nq").write_bytes(invented_graph.store.dump(format=ox.RdfFormat.N_QUADS))
    return out


@pytest.fixture(scope="session")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the wheel unpacked by pip, and nothing of the checkout."""
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(resources.ROOT)]
    subprocess.run(build, check=True, capture_output=True)
    (wheel,) = folder.glob("*.whl")
    target = folder / "site"
    install = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--no-index", "--target", str(target), str(wheel)]
    subprocess.run(install, check=True, capture_output=True)
    return target


@pytest.fixture(scope="session")
def served(invented_site: Path) -> Iterator[str]:
    """The address of our own server of the invented build."""
    process, address = start(invented_site.parent)
    yield address
    process.terminate()
    assert process.wait(15) == 0
