"""A good build is found good; one that is damaged, in whatever part, is told so."""

from __future__ import annotations

import gzip
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from cancu import catalogue, doctor, resources
from cancu.build import build
from cancu.errors import InputError

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


def test_no_build_is_told(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"build\.json"):
        doctor.examine(tmp_path)
