"""A good build is found good; one that is damaged, in whatever part, is told so."""

from __future__ import annotations

import gzip
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from benchmarks.kills import tree
from cancu import catalogue, doctor, resources
from cancu.build import build
from cancu.errors import InputError
from tests.stores import start

_DOCUMENT = "hoa-son-245-2018.txt"


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A build of one invented plan, with its website; beside it the folder of its document."""
    folder = tmp_path_factory.mktemp("doctor")
    for part in ("registry", "corrections"):
        shutil.copytree(resources.DATA / part, folder / "data" / part)
    (folder / "documents").mkdir()
    shutil.copy(resources.ROOT / "examples" / _DOCUMENT, folder / "documents")
    build(folder / "build", data=folder / "data", plans=[folder / "documents" / _DOCUMENT], documents=folder / "documents", jobs=1)
    return folder / "build"


def test_a_good_build_is_good(good: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    few = [query for query in catalogue.queries() if query.name in {"agency-portfolio", "document-years", "findings"}]
    monkeypatch.setattr(doctor.catalogue, "queries", lambda: few)  # rdflib takes minutes for all of them
    checks = doctor.examine(good, good.parent / "documents")
    assert {check.name: check.faults for check in checks if check.faults} == {}
    assert all(check.looked_at for check in checks)


def _edit(name: str, old: str, new: str) -> Callable[[Path], None]:
    def damage(folder: Path) -> None:
        (path,) = sorted(folder.glob(name))[:1]
        text = path.read_text("utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), "utf-8")

    return damage


def _lose(name: str) -> Callable[[Path], None]:
    return lambda folder: sorted(folder.glob(name))[0].unlink()


def _repack(folder: Path) -> None:
    path = folder / "site/data/graph.nq.gz"
    path.write_bytes(gzip.compress(gzip.decompress(path.read_bytes()).partition(b"\n")[2]))


def _other_document(folder: Path) -> None:
    path = folder.parent / "documents" / _DOCUMENT
    path.write_text(path.read_text("utf-8") + "thêm một dòng\n", "utf-8")


def _last_line(folder: Path) -> None:
    path = folder / "graph.nq"
    path.write_bytes(path.read_bytes().rpartition(b"\n")[0].rpartition(b"\n")[0] + b"\n")


@pytest.mark.parametrize(
    ("name", "damage"),
    [
        ("counts", _edit("build.json", '"plans": 1', '"plans": 2')),
        ("counts", _last_line),
        ("counts", _lose("findings.csv")),
        ("counts", _edit("graph.trig", '"', '"x')),
        ("records", _edit("records/*.json", '"sha256": "', '"sha256": "0')),
        ("records", _edit("records/*.json", '"sha256": "', '"sha": "')),
        (
            "records",
            _edit("graph.nq", "ontology#inTable> <https://w3id.org/cancu/table", "ontology#inTable> <https://w3id.org/cancu/chair"),
        ),
        ("lines", _edit("graph.nq", 'ontology#firstLine> "', 'ontology#firstLine> "-')),
        ("words", _other_document),
        ("words", _edit("records/*.json", '"name": "Xây dựng', '"name": "Phá dỡ hết mọi cầu đường')),
        ("pages", _lose("site/du-an/*/*.html")),
        ("pages", _edit("site/index.html", 'href="', 'href="nowhere/')),
        ("downloads", _repack),
        ("downloads", _lose("site/data/answers/*.csv")),
        ("downloads", _edit("site/data/projects/*/*.jsonld", '"@value":"', '"@value":"x')),
        ("search", _lose("site/assets/search/vi/e-0.js")),
        ("search", _edit("site/assets/search/vi/index.js", '"chunk":', '"chunk":1')),
    ],
)
def test_damage_is_told(name: str, damage: Callable[[Path], None], good: Path, tmp_path: Path) -> None:
    folder = tmp_path / "build"
    shutil.copytree(good, folder)
    shutil.copytree(good.parent / "documents", tmp_path / "documents")
    damage(folder)
    assert doctor.checked(name, doctor.Build(folder, tmp_path / "documents")).faults


def test_an_endpoint_with_the_graph_agrees_on_every_query(good: Path) -> None:
    process, address = start(good)
    try:
        check = doctor.checked("stores", doctor.Build(good, endpoint=f"{address}/query"))
        assert (check.looked_at, check.faults, check.note) == (len(catalogue.queries()), (), "")
        other = doctor.Build(good, endpoint=f"{address}/query")
        other.graph.store.update("DELETE WHERE { GRAPH ?g { ?thing <http://www.w3.org/2000/01/rdf-schema#label> ?name } }")
        assert doctor.checked("stores", other).faults
    finally:
        process.terminate()
        process.wait(15)


def test_a_store_that_takes_too_long_is_named(good: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    few = [query for query in catalogue.queries() if query.name == "document-years"]
    monkeypatch.setattr(doctor.catalogue, "queries", lambda: few)
    monkeypatch.setattr(doctor, "_SECONDS", 1)
    seconds = iter((0.0, 2.0))
    monkeypatch.setattr(doctor.time, "process_time", lambda: next(seconds))
    check = doctor.checked("stores", doctor.Build(good))
    assert (check.looked_at, check.faults) == (0, ())
    assert "document-years" in check.note


def test_no_build_is_told(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"build\.json"):
        doctor.examine(tmp_path)


def test_a_fault_ends_the_command_and_so_a_release(good: Path, tmp_path: Path) -> None:
    shutil.copytree(good, tmp_path / "build")
    _last_line(tmp_path / "build")
    for name in ("cancu", "python", "pip", "pip-audit", "cyclonedx-py"):
        program = tmp_path / "bin" / name
        program.parent.mkdir(exist_ok=True)
        real = f"""exec '{sys.executable}' -c '
import sys
from cancu import cli, doctor
doctor.CHECKS = {{"counts": doctor.CHECKS["counts"]}}
cli.main()' doctor '{tmp_path / "build"}'"""
        program.write_text(f"#!/bin/sh\n{real if name == 'cancu' else f'echo {name} $* >> {tmp_path}/done'}\n", "utf-8")
        program.chmod(0o755)
    release = ["make", "-C", str(resources.ROOT), "-o", "site", "-o", ".venv/.dev", f"BIN={tmp_path / 'bin'}", "release"]
    ended = subprocess.run(release, capture_output=True, text=True, check=False)
    assert ended.returncode, ended.stdout
    assert "counts: quads" in ended.stderr
    assert "--wheel" not in (tmp_path / "done").read_text("utf-8")


def test_a_build_elsewhere_gives_the_same_bytes(good: Path, tmp_path: Path) -> None:
    """In another folder, with other rights, another language and clock, another order of hashes."""
    shutil.copytree(good.parent / "data", tmp_path / "data")
    shutil.copytree(good.parent / "documents", tmp_path / "papers")
    code = (
        "import sys; from pathlib import Path; from cancu.build import build; build(Path('made'), data=Path('data'), "
        "plans=[Path('papers', sys.argv[1])], documents=Path('papers'), jobs=2)"
    )
    environment = os.environ | {"PYTHONHASHSEED": "7", "TZ": "Asia/Ho_Chi_Minh", "LC_ALL": "C", "PYTHONPATH": str(resources.ROOT)}
    subprocess.run([sys.executable, "-c", code, _DOCUMENT], check=True, cwd=tmp_path, env=environment, umask=0o077)
    built = {name: data for name, data in tree(good).items() if not name.startswith("store")}  # which a server made of it since
    assert tree(tmp_path / "made") == built
