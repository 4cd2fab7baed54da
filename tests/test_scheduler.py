"""Builds on a dask cluster: real schedulers and workers, in processes of their own, one of which is killed."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from cancu.build import build
from tests.invented_site import invented_plan
from tests.test_build import tree, without_plans
from tests.test_cli import cancu

pytest.importorskip("distributed", reason="the extra “cluster” is not installed")


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A folder of data with a few invented plans, and one file that is no record."""
    folder = without_plans(tmp_path)
    (folder / "plans").mkdir()
    for number in range(1, 6):
        content = json.dumps(invented_plan(f"{number}/KH-UBND", 2020), ensure_ascii=False)
        (folder / "plans" / f"{number}.json").write_text(content, "utf-8")
    (folder / "plans" / "torn.json").write_text("{", "utf-8")
    return folder


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[tuple[str, list[subprocess.Popen[bytes]]]]:
    """The address of a scheduler, and its three workers."""
    where = tmp_path / "scheduler.json"
    command = [sys.executable, "-m", "distributed.cli.dask_scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard"]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    scheduler = subprocess.Popen([*command, "--scheduler-file", str(where)], **quiet)
    for _ in range(200):
        if where.exists() and where.read_text():
            break
        time.sleep(0.1)
    address = json.loads(where.read_text())["address"]
    worker = [sys.executable, "-m", "distributed.cli.dask_worker", address, "--nthreads", "1", "--no-nanny", "--no-dashboard"]
    workers = [subprocess.Popen([*worker, "--local-directory", str(tmp_path / str(n))], **quiet) for n in range(3)]
    yield address, workers
    for process in (*workers, scheduler):
        process.kill()
        process.wait()


def test_workers_killed_in_the_middle_change_no_byte(
    tmp_path: Path, data: Path, invented_documents: Path, cluster: tuple[str, list[subprocess.Popen[bytes]]]
) -> None:
    address, workers = cluster
    here = build(tmp_path / "here", data=data, documents=invented_documents, jobs=2)
    at_work: dict[str, subprocess.Popen[bytes]] = {}

    def kill_one(stage: str) -> None:
        what = stage.partition(":")[0]
        if ":" in stage and what not in at_work:
            at_work[what] = workers[len(at_work)]
            os.kill(at_work[what].pid, signal.SIGKILL)

    there = build(tmp_path / "there", data=data, documents=invented_documents, scheduler=address, report=kill_one)
    assert [worker.wait() for worker in at_work.values()] == [-signal.SIGKILL] * 2
    assert list(at_work) == ["plans", "pages"]
    assert there.stamp.plans == 5
    assert tree(there.folder) == tree(here.folder)


def test_a_scheduler_that_is_not_there_is_named(tmp_path: Path) -> None:
    done = cancu("build", "-o", tmp_path / "out", "--no-site", "--scheduler", "tcp://127.0.0.1:9", code=2)
    assert "tcp://127.0.0.1:9: is no scheduler that answers" in done.stderr
