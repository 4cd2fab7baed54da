"""The commands, as a shell sees them: output, exit codes, and how soon they answer."""

from __future__ import annotations

import csv
import io
import json
import resource
import subprocess
import sys
from pathlib import Path

import pytest
import typer

from cancu import resources
from cancu.commands import documents
from cancu.errors import UnforeseenError
from cancu.reading import plan
from tests.pace import slower

EXAMPLES = sorted(path for path in (resources.ROOT / "examples").iterdir() if path.stem != "README" and path.suffix != ".json")
CITING = "Căn cứ Nghị định số 64/2007/NĐ-CP ngày 10 tháng 4 năm 2007 của Chính phủ;\n"


def cancu(*arguments: str | Path, code: int = 0, text: str | None = None) -> subprocess.CompletedProcess[str]:
    """Runs the command line in a process of its own, as a pipe sees it."""
    command = [sys.executable, "-m", "cancu", *map(str, arguments)]
    done = subprocess.run(command, input=text, capture_output=True, text=True, check=False)
    assert done.returncode == code, f"{done.stdout}\n{done.stderr}"
    assert "Traceback" not in done.stderr
    return done


def seconds(*arguments: str) -> float:
    """The least processor time of some runs of Python: what the code needs, not what else the machine is doing."""
    times = []
    for _ in range(25):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run([sys.executable, *arguments], check=True, capture_output=True)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        times.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    return min(times)


def test_import_takes_less_than_a_fifth_of_a_second() -> None:
    assert seconds("-c", "import cancu") < 0.2 * slower()


def test_help_takes_less_than_two_fifths_of_a_second() -> None:
    assert seconds("-m", "cancu", "--help") < 0.4 * slower()


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.name)
def test_read_prints_a_record(example: Path) -> None:
    record = json.loads(cancu("read", example).stdout)
    assert record["source"]["name"] == example.name
    assert record["projects"]
    assert record["cited_documents"]


def test_documents_of_one_name_keep_their_records(tmp_path: Path) -> None:
    text = next(path for path in EXAMPLES if path.suffix == ".txt").read_bytes()
    for name in ("plan.one.txt", "plan.two.txt"):
        (tmp_path / name).write_bytes(text)
    done = cancu("read", tmp_path / "plan.one.txt", tmp_path / "plan.two.txt", "-o", tmp_path / "records")
    assert "plan.one.txt.json" in done.stderr
    names = {path.name: json.loads(path.read_bytes())["source"]["name"] for path in (tmp_path / "records").iterdir()}
    assert names == {"plan.json": "plan.two.txt", "plan.one.txt.json": "plan.one.txt"}


def test_read_writes_records_and_goes_on_after_a_bad_file(tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_bytes(b"")
    done = cancu("read", tmp_path / "empty.txt", *EXAMPLES, "-o", tmp_path / "records", code=2)
    assert "empty.txt" in done.stderr
    assert len(list((tmp_path / "records").glob("*.json"))) == len(EXAMPLES)


def test_read_text_is_what_lines_count() -> None:
    text = cancu("read", "--text", EXAMPLES[0]).stdout
    record = json.loads(cancu("read", EXAMPLES[0]).stdout)
    assert len(text.removesuffix("\n").split("\n")) >= max(project["lines"][1] for project in record["projects"])


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"", "empty.txt"),
        (b"\x00\x01\x02\xff" * 400, "binary.txt"),
        (b"%PDF-1.7 broken", "torn.pdf"),
        (b"PK\x03\x04torn", "torn.docx"),
    ],
)
def test_a_bad_file_gets_one_clear_line(tmp_path: Path, content: bytes, name: str) -> None:
    (tmp_path / name).write_bytes(content)
    done = cancu("read", tmp_path / name, code=2)
    assert name in done.stderr
    assert "To mend it" in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


def test_a_fault_of_the_program_in_one_document_leaves_the_others(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("one.txt", "two.txt"):
        (tmp_path / name).write_text("KẾ HOẠCH\nChuyển đổi số tỉnh Hòa Sơn năm 2021\n", "utf-8")
    sound = plan._record
    monkeypatch.setattr(plan, "_record", lambda source: {}["appendix-1"] if source.name == "one.txt" else sound(source))
    with pytest.raises(typer.Exit) as ended:
        documents.read([tmp_path / "one.txt", tmp_path / "two.txt"], tmp_path / "records", text=False, why=False)
    assert ended.value.exit_code == 2
    assert [path.name for path in (tmp_path / "records").iterdir()] == ["two.json"]
    with pytest.raises(UnforeseenError, match=r"^one\.txt: met a fault of this program, KeyError \('appendix-1'\) at test_cli\.py:"):
        plan.read_file(tmp_path / "one.txt")


def test_a_missing_file_is_named() -> None:
    assert "nowhere.txt" in cancu("read", "nowhere.txt", code=2).stderr


def test_cite_from_standard_input() -> None:
    (found,) = json.loads(cancu("cite", "-", "-f", "json", text=CITING).stdout)
    assert (found["number"], found["date"], found["issuer"]) == ("64/2007/NĐ-CP", "2007-04-10", "Chính phủ")


def test_build_with_a_plan_of_ones_own(tmp_path: Path) -> None:
    cancu("read", EXAMPLES[0], "-o", tmp_path / "records")
    done = cancu("build", "-o", tmp_path / "out", "-p", tmp_path / "records", "--no-site")
    assert "graph.nq" in done.stdout
    assert "hoa-son" in (tmp_path / "out" / "graph.nq").read_text("utf-8")


def test_build_says_what_it_set_aside(tmp_path: Path) -> None:
    (tmp_path / "bad.json").write_text("{}", "utf-8")
    done = cancu("build", "-o", tmp_path / "out", "-p", tmp_path / "bad.json", "--no-site", code=1)
    assert "bad" in done.stderr


def test_validate_passes_on_what_is_committed() -> None:
    done = cancu("validate", "-f", "json")
    assert "0 violations" in done.stderr
    assert all(row["severity"] != "Violation" for row in json.loads(done.stdout))


def test_validate_fails_on_a_bad_record(tmp_path: Path) -> None:
    (tmp_path / "bad.json").write_text("{}", "utf-8")
    assert "bad.json" in cancu("validate", tmp_path / "bad.json", code=1).stderr


def test_query_lists_and_answers() -> None:
    listed = list(csv.DictReader(io.StringIO(cancu("query", "-f", "csv").stdout)))
    assert len(listed) >= 13
    rows = list(csv.DictReader(io.StringIO(cancu("query", "documents-ranking", "-f", "csv").stdout)))
    assert rows
    (row,) = json.loads(cancu("query", "SELECT (COUNT(?p) AS ?n) WHERE { ?p a cancu:Project }", "-f", "json").stdout)
    assert int(row["n"]) > 50


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["query", "document-rankings"], "documents-ranking"),
        (["query", "document-projects"], "document"),
        (["query", "document-projects", "no-equals"], "name=value"),
        (["query", "SELECT ?x WHERE {\n ?x ?y }"], "line 2"),
        (["trace", "zzzz không có gì như thế"], "zzzz"),
        (["info", "-g", "nowhere"], "nowhere"),
        (["serve", "nowhere"], "nowhere"),
    ],
)
def test_wrong_use_is_explained(arguments: list[str], said: str) -> None:
    assert said in cancu(*arguments, code=2).stderr


def test_trace_both_ways() -> None:
    project = cancu("trace", "Xây dựng hệ thống mạng diện rộng").stdout
    assert "64/2007/NĐ-CP" in project
    assert "caobang-2893-2020.txt" in project
    document = cancu("trace", "64/2007/NĐ-CP").stdout
    assert "2893/QĐ-UBND" in document
    assert json.loads(cancu("trace", "64/2007/NĐ-CP", "-f", "json").stdout)
    assert len(list(csv.reader(io.StringIO(cancu("trace", "64/2007/NĐ-CP", "-f", "csv").stdout)))) > 2


def test_all_ways_between_two() -> None:
    ways = cancu("trace", "1489/KH-UBND", "64/2007/NĐ-CP").stdout
    assert "phutho-1489-2010.txt" in ways
    assert json.loads(cancu("trace", "1489/KH-UBND", "64/2007/NĐ-CP", "-f", "json").stdout)["kind"] == "ways"


def test_a_link_is_cited_and_explained() -> None:
    link = ("1489/KH-UBND", "64/2007/NĐ-CP")
    assert "sha256:" in cancu("cite-card", *link).stdout
    assert cancu("cite-card", *link, "--style", "bibtex").stdout.startswith("@misc{")
    assert json.loads(cancu("cite-card", *link, "--style", "csl", "--english").stdout)[0]["language"] == "en"
    project = "https://w3id.org/cancu/project/lao-cai-391-kh-ubnd-2016/appendix-1-i-1"
    assert "chain" in cancu("why", project, "justifiedBy", "20-ĐA/TU").stdout
    assert json.loads(cancu("why", project, "justifiedBy", "20-ĐA/TU", "-f", "json").stdout)["ways"]
    assert "Nothing found" in cancu("why", project, "justifiedBy", "64/2007/NĐ-CP", code=2).stderr


def test_the_registry_is_checked() -> None:
    assert "0 errors" in cancu("registry", "check").stderr


def test_two_plans_compared() -> None:
    assert "64/2007/NĐ-CP" in cancu("compare", "172/KH-UBND", "2893/QĐ-UBND").stdout
    rows = list(csv.DictReader(io.StringIO(cancu("compare", "172/KH-UBND", "2893/QĐ-UBND", "-f", "csv").stdout)))
    assert {row["change"] for row in rows} >= {"kept", "dropped", "added"}


def test_documents_ranked() -> None:
    rows = list(csv.DictReader(io.StringIO(cancu("rank", "-f", "csv").stdout)))
    # the two laws that the decree rests on carry what it carries
    assert [row["documentLabel"] for row in rows[:3]] == ["Luật Công nghệ thông tin", "Luật Giao dịch điện tử", "Nghị định 64/2007/NĐ-CP"]
    best = next(csv.DictReader(io.StringIO(cancu("rank", "--by", "gates", "-f", "csv").stdout)))
    assert int(best["gates"]) >= max(int(row["gates"]) for row in rows)
    assert "pagerank" in cancu("rank", "--by", "beauty", code=2).stderr


def test_an_ambiguous_trace_lists_the_candidates() -> None:
    done = cancu("trace", "Sở Thông tin và Truyền thông hệ thống", code=2)
    assert done.stderr


def test_info_counts() -> None:
    rows = dict(csv.reader(io.StringIO(cancu("info", "-f", "csv").stdout)))
    assert int(rows["Plan"]) >= 5


def test_site_alone(tmp_path: Path) -> None:
    done = cancu("site", "-o", tmp_path / "site")
    assert (tmp_path / "site" / "index.html").is_file()
    assert "pages" in done.stdout
