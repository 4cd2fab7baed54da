"""Loaders are found by folder, and a bad one is named."""

from __future__ import annotations

from pathlib import Path

import pytest

from cancu import loading
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
