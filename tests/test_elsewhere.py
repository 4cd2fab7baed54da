"""Plans come from elsewhere, and builds go there: each file that differs is sent, once, and what is gone is taken away."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from cancu import elsewhere
from cancu.commands.options import plan_files
from cancu.elsewhere import Mirrored
from cancu.errors import InputError

fsspec = pytest.importorskip("fsspec", reason="the extra “cluster” is not installed")


def there(url: str) -> dict[str, bytes]:
    system, root = fsspec.url_to_fs(url)
    found = {name.removeprefix(f"{root}/"): system.cat_file(name) for name in system.find(root)} if system.exists(root) else {}
    return {name: content for name, content in found.items() if not name.startswith(".")}


def here(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize("kind", ["memory", "file"])
def test_whatever_is_edited_the_place_holds_what_the_folder_does(tmp_path: Path, kind: str) -> None:
    url = f"memory://{tmp_path.name}" if kind == "memory" else f"file://{tmp_path}/place"
    dice, folder = random.Random(5), tmp_path / "build"
    (folder / "site" / "en").mkdir(parents=True)
    for _ in range(30):
        path = folder / dice.choice(("graph.nq", "site/index.html", "site/en/index.html", "site/en/other.html"))
        if path.exists() and dice.random() < 0.3:
            path.unlink()
        else:
            path.write_bytes(dice.randbytes(dice.randint(0, 3)))
        before = there(url)
        done = elsewhere.mirror(folder, url)
        now = here(folder)
        assert there(url) == now
        assert done == Mirrored(
            sum(before.get(name) != content for name, content in now.items()),
            sum(before.get(name) == content for name, content in now.items()),
            len(before.keys() - now.keys()),
        )


def test_one_that_is_broken_off_is_made_good(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    url, folder = f"memory://{tmp_path.name}", tmp_path / "build"
    folder.mkdir()
    for name in "abc":
        (folder / name).write_text("old", "utf-8")
    elsewhere.mirror(folder, url)
    (folder / "a").write_text("new", "utf-8")
    (folder / "b").unlink()
    system, _ = fsspec.url_to_fs(url)

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as broken:
        broken.setattr(type(system), "rm_file", fail)
        with pytest.raises(InputError, match="No space"):
            elsewhere.mirror(folder, url)
    (folder / "a").write_text("old", "utf-8")
    elsewhere.mirror(folder, url)
    assert there(url)["a"] == b"old"


def test_plans_are_taken_from_a_folder_and_by_themselves() -> None:
    system, _ = fsspec.url_to_fs("memory://plans")
    for name in ("a.json", "b.txt", "other/c.json"):
        system.makedirs("/plans/other", exist_ok=True)
        system.pipe_file(f"/plans/{name}", name.encode())
    assert [(path.name, path.read_text("utf-8")) for path in plan_files(["memory://plans"])] == [("a.json", "a.json"), ("b.txt", "b.txt")]
    assert [path.read_text("utf-8") for path in plan_files(["memory://plans/b.txt"])] == ["b.txt"]


@pytest.mark.parametrize(
    ("url", "why"), [("memory://nowhere", "is not there"), ("nonsense://a/b", "cannot be reached"), ("s3://bucket/plans", "is installed")]
)
def test_a_place_that_cannot_be_used_is_named(url: str, why: str, tmp_path: Path) -> None:
    if url.startswith("s3") and fsspec.registry.get("s3"):
        pytest.skip("s3fs is installed")
    with pytest.raises(InputError, match=f"{url}: .*{why}"):
        elsewhere.fetch(url, tmp_path)
