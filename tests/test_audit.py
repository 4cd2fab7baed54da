"""The findings of documents as rows, SARIF and printable pages, and what curators made of them."""

from __future__ import annotations

import dataclasses
import json
import re
from functools import cache
from pathlib import Path

import pytest

from cancu import audit, loading, part, resources, sarif, validate
from cancu.build import audited
from cancu.constraints import constraints
from cancu.context import Context
from cancu.errors import InputError
from cancu.iris import Iris, concept
from cancu.quads import RDF_TYPE, Quad, iri, prop, text

GRAPH = iri(Iris().graph("findings"))
FOUND = audit.Finding(
    iri="https://w3id.org/cancu/finding/p/row-sum-1",
    plan="Kế hoạch <12/KH-UBND>",
    slug="p",
    kind="sum-mismatch",
    severity="Warning",
    status="open",
    rule="RowSum",
    message_vi="Dòng ghi tổng 10.000.000 đồng",
    message_en="The row states 10,000,000 dong",
    file="kế hoạch.txt",
    lines=(3, 5),
    stated="10000000",
    other="4000000",
    reason=None,
)


@cache
def _committed() -> audit.Audit:
    return audited(loading.context())


def test_the_committed_plans() -> None:
    done = _committed()
    assert len(done.plans) == len(list(resources.PLANS.glob("*.json")))
    assert len({finding.iri for finding in done.findings}) == len(done.findings) > 0
    assert {finding.slug for finding in done.findings} <= {slug for slug, _ in done.plans}
    assert {finding.rule for finding in done.findings} <= {"reading", *(constraint.name for constraint in constraints())}
    for finding in done.findings:
        assert finding.file and finding.lines, finding
        assert finding.severity in {"Warning", "Info"}
        assert finding.rule == "reading" or finding.message_en


def test_every_correction_settles_or_corrects_something() -> None:
    stated = {quad.subject for quad in loading.run(loading.context())}
    made = {iri(finding.iri) for finding in _committed().findings}
    corrected = {quad.object for quad in loading.run(loading.context()) if quad.predicate == prop("corrects")}
    assert corrected - stated - made == set()


# ---------------------------------------------------------------- statuses


def _finding(name: str, about: str | None = None, stated: str | None = None) -> list[Quad]:
    node = f"<urn:finding/{name}>"
    pairs = [(RDF_TYPE, prop("Finding")), (prop("findingKind"), iri(concept("finding-kind", "other")))]
    pairs += [(prop("aboutNode"), about)] if about else []
    pairs += [(prop("statedFigure"), text(stated))] if stated else []
    return [Quad(node, predicate, value, GRAPH) for predicate, value in pairs]


def _correction(target: str, name: str, stated: str, corrected: str) -> list[Quad]:
    node = f"<urn:correction/{name}>"
    pairs = [("corrects", target), ("correctedProperty", prop(name)), ("statedValue", text(stated)), ("correctedValue", text(corrected))]
    return [Quad(node, prop(predicate), value, GRAPH) for predicate, value in pairs]


def _status(quads: list[Quad]) -> dict[str, str]:
    return {quad.subject: quad.object.rstrip(">").rsplit("/", 1)[-1] for quad in audit.statuses(quads) if "Status" in quad.predicate}


def test_a_finding_is_open_until_someone_says_otherwise() -> None:
    assert _status(_finding("a")) == {"<urn:finding/a>": "open"}
    assert list(audit.statuses([])) == []


def test_a_correction_of_the_stated_figure_settles_the_finding() -> None:
    quads = _finding("a", "<urn:row>", "10") + _finding("b", "<urn:row>", "11") + _correction("<urn:row>", "totalAmount", "10", "4")
    assert _status(quads) == {"<urn:finding/a>": "corrected", "<urn:finding/b>": "open"}
    assert [q.object for q in audit.statuses(quads) if q.predicate == prop("settledBy")] == ["<urn:correction/totalAmount>"]


def test_an_explanation_names_its_finding() -> None:
    quads = _finding("a") + _correction("<urn:finding/a>", "findingStatus", "open", "explained")
    assert _status(quads) == {"<urn:finding/a>": "explained"}


# ---------------------------------------------------------------- SARIF


def test_sarif_names_rule_message_file_and_lines() -> None:
    (run,) = json.loads(sarif.dumps([FOUND]))["runs"]
    (result,) = run["results"]
    assert result["ruleId"] == "RowSum"
    assert result["ruleId"] in {rule["id"] for rule in run["tool"]["driver"]["rules"]}
    assert result["level"] == "warning"
    assert result["message"]["text"] == "Dòng ghi tổng 10.000.000 đồng\nThe row states 10,000,000 dong"
    place = result["locations"][0]["physicalLocation"]
    assert place["region"] == {"startLine": 3, "endLine": 5}
    assert place["artifactLocation"]["uri"] == "k%E1%BA%BF%20ho%E1%BA%A1ch.txt"
    assert "suppressions" not in result


def test_sarif_of_a_finding_about_a_whole_document() -> None:
    (run,) = json.loads(sarif.dumps([dataclasses.replace(FOUND, lines=None)]))["runs"]
    assert run["results"][0]["locations"] == [{"physicalLocation": {"artifactLocation": {"uri": "k%E1%BA%BF%20ho%E1%BA%A1ch.txt"}}}]


def test_sarif_of_the_committed_plans() -> None:
    whole = json.loads(sarif.dumps(_committed().findings))
    (run,) = whole["runs"]
    assert whole["version"] == "2.1.0"
    rules = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    assert len(rules) == len(set(rules))
    assert {result["ruleId"] for result in run["results"]} <= set(rules)
    assert {result["level"] for result in run["results"]} <= {"warning", "note"}
    assert all(("suppressions" in result) == (result["properties"]["status"] != "open") for result in run["results"])


# ---------------------------------------------------------------- reports


def test_reports_are_escaped_and_have_no_script(tmp_path: Path) -> None:
    paths = audit.write_reports(audit.Audit((("p", FOUND.plan), ("q", "Kế hoạch 13")), (FOUND,)), tmp_path / "reports")
    assert [path.name for path in paths] == ["p.vi.html", "p.en.html", "q.vi.html", "q.en.html"]
    vi, en, empty, _ = (path.read_text("utf-8") for path in paths)
    assert "&lt;12/KH-UBND&gt;" in vi and "<12/" not in vi
    assert "10.000.000</td>" in vi and "10,000,000</td>" in en
    assert "Dòng ghi tổng" in vi and "The row states" in en
    assert "@media print" in vi and "<script" not in vi
    assert "Không thấy chỗ nào không khớp" in empty
    assert re.search(r'<html lang="en">', en)


def test_reports_into_a_file_say_so(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(InputError, match="cannot be written"):
        audit.write_reports(audit.Audit((), ()), tmp_path / "file")


def test_one_record_alone() -> None:
    ctx = loading.context()
    done = audited(Context(ctx.registry, ctx.plans[:1]))
    assert len(done.plans) == 1
    mine = {finding.iri for finding in _committed().findings if finding.slug == done.plans[0][0]}
    assert {finding.iri for finding in done.findings} == mine


# ---------------------------------------------------------------- what is found twice is said once


def test_of_two_faults_on_a_line_the_one_with_the_figures_of_the_shape_is_dropped() -> None:
    def read(name: str, detail: str) -> list[Quad]:
        evidence = Quad(f"<urn:finding/{name}>", prop("evidence"), iri(Iris().of_plan("evidence", "p", "L9-9")), GRAPH)
        kind = Quad(f"<urn:finding/{name}>", prop("findingKind"), iri(concept("finding-kind", "sum-mismatch")), GRAPH)
        return [kind, evidence, Quad(f"<urn:finding/{name}>", prop("detail"), text(detail, "vi"), GRAPH)]

    place = validate.Place("urn:total", "urn:plan", "p", None, (9, 9), "p.txt")
    shape = "https://w3id.org/cancu/shapes#ColumnSum"
    result = validate.Result(
        "Warning", shape, "urn:plan", None, None, "vi", "en", "sum-mismatch", place, stated="2550000000", other="2500000000"
    )
    share = read("c", "2,55 tỷ đồng trên 8,5 tỷ đồng là 30,0%, văn bản ghi 24%")
    assert part._without_repeated(share, [result]) == share
    quads = read("a", "ghi 14,85 tỷ đồng, cộng lại được 14,9 tỷ đồng") + read("b", "ghi 2,55 tỷ đồng, cộng lại được 2,5 tỷ đồng")
    assert {quad.subject for quad in part._without_repeated(quads, [result])} == {"<urn:finding/a>"}
    assert part._without_repeated(quads, []) == quads
