"""A build that goes on from the last one gives the same bytes as one from nothing, whatever was edited in between."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest

from cancu.build import build
from tests.invented_site import invented_plan
from tests.test_build import tree, without_plans


def edited(data: Path, dice: random.Random) -> None:
    """One edit: a plan written, changed or removed, or a row of the registry or of the corrections."""
    plans = sorted((data / "plans").glob("*.json"))
    match dice.choice(("write", "write", "change", "remove", "break", "registry")):
        case "write":
            number = dice.randint(1, 40)
            content = json.dumps(invented_plan(f"{number}/KH-UBND", 2020 + number % 3), ensure_ascii=False)
            (data / "plans" / f"{number}.json").write_text(content, "utf-8")
        case "change" if plans:
            path = dice.choice(plans)
            path.write_text(path.read_text("utf-8").replace("xây dựng", "nâng cấp").replace("Xây dựng", "Nâng cấp"), "utf-8")
        case "remove" if plans:
            dice.choice(plans).unlink()
        case "break":
            (data / "plans" / "torn.json").write_text('{"source":', "utf-8")
        case _:
            path = data / "registry" / "documents.csv"
            lines = path.read_text("utf-8").splitlines(keepends=True)
            path.write_text("".join(lines[:-1]), "utf-8")


@pytest.mark.parametrize("seed", range(3))
def test_edit_by_edit_is_as_from_nothing(tmp_path: Path, seed: int) -> None:
    dice, data = random.Random(seed), without_plans(tmp_path)
    (data / "plans").mkdir()
    for number in (1, 2):
        (data / "plans" / f"{number}.json").write_text(json.dumps(invented_plan(f"{number}/KH-UBND", 2021), ensure_ascii=False), "utf-8")
    for _ in range(4):
        edited(data, dice)
        built = build(tmp_path / "out", data=data, site=False, jobs=1)
        assert tree(build(tmp_path / f"clean-{seed}", data=data, site=False, jobs=1).folder) == tree(built.folder)
        for path in (tmp_path / f".clean-{seed}.work" / "parts").iterdir():
            path.unlink()
        (tmp_path / f"clean-{seed}" / "build.json").unlink()
