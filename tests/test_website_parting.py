"""A page stays small: a section of many rows has pages of its own, and no row is lost."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cancu.graph import Graph
from cancu.website import gathering, parting, plan_pages
from cancu.website.bases import Bases
from cancu.website.blocks import Grid, Section, Tiles
from cancu.website.comparing import Comparisons
from cancu.website.parts import Text
from cancu.website.site import Site
from cancu.website.words import Words


@given(st.lists(st.integers(0, 260), max_size=6))
def test_a_long_section_is_parted_and_loses_no_row(sizes: list[int]) -> None:
    grids = [Grid.of("x", ("a",), [(Text(f"{n}.{i}"),) for i in range(size)], (Text(f"sum {n}"),)) for n, size in enumerate(sizes)]
    parts = parting._parts(Section("du-an", "x", tuple(grids)))
    told = [block for part in parts for block in part if isinstance(block, Grid)]
    assert [row for grid in told for row in grid.rows] == [row for grid in grids for row in grid.rows]
    assert [grid.foot for grid in told if grid.foot] == [grid.foot for grid in grids]
    assert all(sum(map(parting._rows, part)) <= parting.MOST for part in parts)
    assert len(parts) == 1 or sum(sizes) > parting.MOST


@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_plan_of_many_rows_has_pages_for_them(invented_graph: Graph, monkeypatch: pytest.MonkeyPatch, language: str) -> None:
    monkeypatch.setattr(parting, "MOST", 1)
    site = Site(gathering.read(invented_graph), Words(language))
    made = {key: make() for key, make in plan_pages.plan_pages(site, Bases(site.facts), Comparisons(invented_graph))}
    plan = site.facts.plans[0]
    leaves = [key for key in made if key.startswith(f"{site.plan_key(plan)}/du-an-")]
    (section,) = (one for one in made[site.plan_key(plan)].sections if one.id == "du-an")
    (tiles,) = section.blocks
    assert isinstance(tiles, Tiles)
    assert [link.address.rpartition("/")[2] for link, _ in tiles.tiles] == [f"{key.rpartition('/')[2]}.html" for key in leaves]
    shown = [row for key in leaves for block in made[key].sections[0].blocks if isinstance(block, Grid) for row in block.rows]
    assert len(shown) == len(site.facts.entries.by("in_plan", plan.iri)) > 1
