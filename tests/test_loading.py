"""Loaders are found by folder, and a bad one is named."""

from __future__ import annotations

from pathlib import Path

import pytest

from cancu import loading, resources
from cancu.context import Context
from cancu.errors import InputError

GOOD = """
from cancu.quads import Quad, iri, text

def load(data, context):
    yield Quad(iri("https://example.org/x"), iri("https://example.org/p"), text("y"), iri(context.iris.graph("mine")))
"""


def test_a_folder_of_ones_own(tmp_path: Path) -> None:
    (tmp_path / "mine.py").write_text(GOOD, "utf-8")
    (tmp_path / "_shared.py").write_text("raise RuntimeError", "utf-8")
    (quad,) = loading.run(loading.context(), loaders=loading.find([tmp_path]))
    assert quad.graph.endswith("graph/mine>")


@pytest.mark.parametrize(
    ("code", "said"), [("def load(:", "cannot be imported"), ("x = 1", "no function load"), ("1/0", "ZeroDivisionError")]
)
def test_a_bad_loader_is_named(tmp_path: Path, code: str, said: str) -> None:
    (tmp_path / "bad.py").write_text(code, "utf-8")
    with pytest.raises(InputError, match=said) as caught:
        loading.find([tmp_path])
    assert "bad.py" in str(caught.value)


def test_all_of_ours_are_found() -> None:
    assert len(loading.find()) == 7


def test_a_bad_record_is_rejected_once_and_the_rest_is_loaded(tmp_path: Path) -> None:
    bad = tmp_path / "bad.json"
    bad.write_text("{", "utf-8")
    ctx = loading.context(plans=[bad])
    assert sum(1 for _ in loading.run(ctx)) > 1000
    assert [rejected.path for rejected in ctx.rejected] == [bad]


HEADER = "plan,item,property,stated,corrected,reason,source\n"
ROW = "p,entry/appendix-1-1,totalAmount,5000000,2050000,Nhầm số,Phụ lục 1\n"


def corrected(folder: Path, text: str) -> tuple[list[str], Context]:
    (folder / "corrections").mkdir()
    (folder / "corrections" / "made.csv").write_text(text, "utf-8")
    ctx = loading.context()
    load = loading.module(resources.LOADERS / "corrections.py").load
    return [str(quad) for quad in load(folder, ctx)], ctx


def test_a_correction_keeps_both_values(tmp_path: Path) -> None:
    quads, ctx = corrected(tmp_path, HEADER + ROW)
    said = "".join(quads)
    assert all(value in said for value in ('"5000000"', '"2050000"', '"Phụ lục 1"', "entry/p/appendix-1-1", "ontology#totalAmount"))
    assert not ctx.rejected


@pytest.mark.parametrize(
    ("text", "said"), [("plan,item\n", "columns"), (HEADER + "p,finding/l1-ocr,findingStatus,open,gone,Vì,Ai\n", "gone")]
)
def test_a_bad_table_of_corrections_is_named(tmp_path: Path, text: str, said: str) -> None:
    quads, ctx = corrected(tmp_path, text)
    assert quads == []
    assert said in str(ctx.rejected[0].error)
