"""A graph is cut into files between its named graphs, and together they are the same graph."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cancu import shards
from cancu.errors import InputError


@settings(deadline=None)  # it writes files, which takes its time on a busy disk
@given(st.lists(st.tuples(st.sampled_from("abc"), st.integers(1, 4)), max_size=12), st.integers(1, 200))
def test_files_in_order_are_the_graph_and_each_cut_is_between_two_named_graphs(
    tmp_path_factory: pytest.TempPathFactory, blocks: list[tuple[str, int]], size: int
) -> None:
    folder = tmp_path_factory.mktemp("shards")
    lines = [f'<s:{n}> <p:p> "a <g:x> ." <g:{name}> .\n' for name, count in blocks for n in range(count)]
    (folder / "graph.nq").write_text("".join(lines), "utf-8")
    written = shards.write(folder / "graph.nq", folder / "out", size)
    texts = [path.read_text("utf-8") for path in written]
    assert "".join(texts) == "".join(lines)
    assert sorted(written) == sorted((folder / "out").iterdir()) == list(written)
    assert all(len(text) >= size for text in texts[:-1])
    for before, after in pairwise(texts):
        assert before.split()[-2] != after.splitlines()[0].split()[-2]


def test_what_cannot_be_cut_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"graph\.nq: is not there"):
        shards.write(tmp_path / "graph.nq", tmp_path / "out", 1)
    (tmp_path / "graph.nq").write_text("", "utf-8")
    with pytest.raises(InputError, match="has other things in it"):
        shards.write(tmp_path / "graph.nq", tmp_path, 1)
