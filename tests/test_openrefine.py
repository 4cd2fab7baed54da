"""The real OpenRefine, where it is installed, matches numbers and names in any spelling to what the endpoint knows."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest

from cancu.graph import Graph
from cancu.iris import BASE
from tests.stores import free_port
from tests.test_endpoint import pytestmark as needs_server

pytestmark = [needs_server, pytest.mark.skipif(shutil.which("openrefine") is None, reason="OpenRefine is missing: apt install openrefine")]
_PATIENCE_S = 120


def opened(url: str, body: bytes | None = None, kind: str = "application/x-www-form-urlencoded") -> tuple[str, bytes]:
    """Where a server on this machine leads to, and what it says there."""
    request = urllib.request.Request(url, body, {"Content-Type": kind})  # noqa: S310 - our own servers
    with urllib.request.urlopen(request, timeout=60) as answer:  # noqa: S310
        return answer.url, answer.read()


class OpenRefine:
    """Its commands, as its own pages give them. https://openrefine.org/docs/technical-reference/openrefine-api"""

    def __init__(self, url: str) -> None:
        self.url = url
        self.token = json.loads(self.get("get-csrf-token"))["token"]

    def get(self, command: str, **words: str) -> bytes:
        return opened(f"{self.url}/command/core/{command}?{urlencode(words)}")[1]

    def post(self, command: str, **words: str) -> bytes:
        body = urlencode(words | {"csrf_token": self.token}).encode()
        return opened(f"{self.url}/command/core/{command}", body)[1]

    def project(self, column: str, cells: list[str]) -> str:
        """A project with one column."""
        words = {"project-name": "test", "format": "text/line-based/*sv", "options": '{"separator": "\\t"}'}
        parts = [(f'name="{name}"', value) for name, value in words.items()]
        parts.append(('name="project-file"; filename="a.tsv"', "\n".join([column, *cells])))
        body = "".join(f"--x\r\nContent-Disposition: form-data; {head}\r\n\r\n{value}\r\n" for head, value in parts) + "--x--\r\n"
        address = f"{self.url}/command/core/create-project-from-upload?{urlencode({'csrf_token': self.token})}"
        made, _ = opened(address, body.encode(), "multipart/form-data; boundary=x")
        return parse_qs(urlsplit(made).query)["project"][0]

    def reconciled(self, project: str, column: str, service: str) -> list[str | None]:
        """The things that a column's cells were matched with."""
        known = json.loads(opened(service)[1])
        config = {"mode": "standard-service", "service": service, "autoMatch": True, "columnDetails": []}
        config |= {name: known[name] for name in ("identifierSpace", "schemaSpace")}
        engine = '{"facets": [], "mode": "row-based"}'
        self.post("reconcile", project=project, columnName=column, config=json.dumps(config), engine=engine)
        until = time.monotonic() + _PATIENCE_S
        while json.loads(self.get("get-processes", project=project))["processes"]:
            assert time.monotonic() < until
            time.sleep(0.2)
        told = json.loads(self.post("get-rows", project=project, start="0", limit="100", engine=engine))
        found = told.get("pool", {}).get("recons", {})
        judged = [found.get(str(row["cells"][0].get("r")), row["cells"][0].get("r")) for row in told["rows"]]
        return [BASE + one["m"]["id"] if isinstance(one, dict) and one.get("m") else None for one in judged]


@pytest.fixture(scope="module")
def refine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[OpenRefine]:
    folder, port = tmp_path_factory.mktemp("refine"), free_port()
    command = ["openrefine", "-p", str(port), "-i", "127.0.0.1", "-d", str(folder), "-x", "refine.headless=true"]
    with (folder / "out").open("wb") as out:
        process = subprocess.Popen(command, cwd=folder, stdout=out, stderr=out, start_new_session=True)
    try:
        until = time.monotonic() + _PATIENCE_S
        while True:
            assert process.poll() is None and time.monotonic() < until, Path(folder / "out").read_text(errors="replace")[-500:]
            try:
                there = OpenRefine(f"http://127.0.0.1:{port}")
                break
            except urllib.error.URLError:
                time.sleep(0.3)
        yield there
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait(30)


def test_it_matches_what_a_spreadsheet_calls_documents(refine: OpenRefine, served: str, invented_graph: Graph) -> None:
    numbers = invented_graph.query("SELECT DISTINCT ?d ?n { ?d a cancu:Decree ; cancu:number ?n } ORDER BY ?d LIMIT 3").rows
    assert numbers
    cells = [str(number) for _, number in numbers] + [str(number).lower().replace("đ", "d") for _, number in numbers] + ["rau muống"]
    project = refine.project("document", cells)
    assert refine.reconciled(project, "document", f"{served}/reconcile") == [str(iri) for iri, _ in numbers] * 2 + [None]
