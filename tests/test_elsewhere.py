"""Plans come from elsewhere, and builds go there: each file that differs is sent, once, and what is gone is taken away."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from cancu import elsewhere
from cancu.build import build
from cancu.commands.options import plan_files
from cancu.elsewhere import Mirrored
from cancu.errors import InputError
from tests.invented_site import invented_plan
from tests.test_build import tree, without_plans

fsspec = pytest.importorskip("fsspec", reason="the extra “cluster” is not installed")
EXAMPLES = Path(__file__).parents[1] / "examples"


@pytest.fixture(scope="module")
def s3() -> Iterator[str]:
    """The address of a server that speaks S3, on this machine."""
    server = pytest.importorskip("moto.server").ThreadedMotoServer("127.0.0.1", 0)
    server.start()
    yield "http://{}:{}".format(*server.get_host_and_port())
    server.stop()


@pytest.fixture
def bucket(s3: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """The address of a new bucket in that server, which is found as the documentation says: by the environment."""
    driver = pytest.importorskip("s3fs").S3FileSystem
    for name, value in {"AWS_ENDPOINT_URL": s3, "AWS_ACCESS_KEY_ID": "any", "AWS_SECRET_ACCESS_KEY": "any"}.items():
        monkeypatch.setenv(name, value)
    driver.clear_instance_cache()
    driver().mkdir(tmp_path.name.replace("_", "-"))
    return "s3://" + tmp_path.name.replace("_", "-")


def there(url: str) -> dict[str, bytes]:
    system, root = fsspec.url_to_fs(url)
    system.invalidate_cache()
    found = {name.removeprefix(f"{root}/"): system.cat_file(name) for name in system.find(root)} if system.exists(root) else {}
    return {name: content for name, content in found.items() if not name.startswith(".")}


def here(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize("kind", ["memory", "file", "s3"])
def test_whatever_is_edited_the_place_holds_what_the_folder_does(tmp_path: Path, kind: str, request: pytest.FixtureRequest) -> None:
    url = {"memory": f"memory://{tmp_path.name}", "file": f"file://{tmp_path}/place"}.get(kind) or f"{request.getfixturevalue('bucket')}/a"
    dice, folder = random.Random(5), tmp_path / "build"
    (folder / "site" / "en").mkdir(parents=True)
    for _ in range(6 if kind == "s3" else 30):
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


def test_documents_come_from_s3_and_the_build_goes_there(tmp_path: Path, bucket: str) -> None:
    record, document = json.dumps(invented_plan("7/KH-UBND", 2021), ensure_ascii=False), sorted(EXAMPLES.glob("*.txt"))[0]
    (tmp_path / "plans").mkdir()
    (tmp_path / "plans" / "7.json").write_text(record, "utf-8")
    (tmp_path / "plans" / document.name).write_bytes(document.read_bytes())
    elsewhere.mirror(tmp_path / "plans", f"{bucket}/plans")
    data = without_plans(tmp_path)
    here = build(tmp_path / "here", data=data, plans=plan_files([tmp_path / "plans"]), site=False, jobs=1)
    there = build(tmp_path / "there", data=data, plans=plan_files([f"{bucket}/plans"]), site=False, jobs=1)
    elsewhere.mirror(there.folder, f"{bucket}/build")
    elsewhere.fetch(f"{bucket}/build", tmp_path / "back")
    assert there.stamp.plans == 2
    assert tree(there.folder) == tree(here.folder)
    assert (tmp_path / "back" / "graph.nq").read_bytes() == (here.folder / "graph.nq").read_bytes()


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
    ("url", "why"), [("memory://nowhere", "is not there"), ("nonsense://a/b", "cannot be reached"), ("gs://bucket/plans", "is installed")]
)
def test_a_place_that_cannot_be_used_is_named(url: str, why: str, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=f"{url}: .*{why}"):
        elsewhere.fetch(url, tmp_path)
