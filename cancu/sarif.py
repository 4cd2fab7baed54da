"""Findings as SARIF 2.1.0, the format in which editors and code hosts take what a checker found.

https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from urllib.parse import quote

import msgspec

from cancu import __version__
from cancu.audit import Finding
from cancu.constraints import Constraint, constraints

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_LEVELS = {"Warning": "warning", "Info": "note"}


def dumps(found: Sequence[Finding]) -> str:
    """One run with the findings, indented, with a newline at its end. A settled finding is suppressed, with the reason."""
    rules = [_rule(constraint) for constraint in constraints()]
    rules += [
        {"id": name, "shortDescription": {"text": name}} for name in sorted({_id(one) for one in found} - {c.name for c in constraints()})
    ]
    driver = {"name": "cancu", "version": __version__, "informationUri": "https://w3id.org/cancu/", "rules": rules}
    run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": [_result(one) for one in found]}
    return indented({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]})


def indented(told: dict[str, Any]) -> str:
    """Something as JSON, indented, with a newline at its end; Python's own encoder takes ten times as long for that."""
    return msgspec.json.format(msgspec.json.encode(told), indent=1).decode() + "\n"


def _id(finding: Finding) -> str:
    return f"reading/{finding.kind}" if finding.rule == "reading" else finding.rule


def _rule(constraint: Constraint) -> dict[str, Any]:
    sources = "".join(f" {source}." for source in constraint.sources)
    return {
        "id": constraint.name,
        "shortDescription": {"text": constraint.title_en},
        "fullDescription": {"text": f"{constraint.title_en}. {constraint.title_vi}.{sources}"},
        "helpUri": constraint.shape,
        "defaultConfiguration": {"level": _LEVELS[constraint.severity]},
        "properties": {"tags": [constraint.kind]},
    }


def _result(finding: Finding) -> dict[str, Any]:
    result: dict[str, Any] = {
        "ruleId": _id(finding),
        "level": _LEVELS[finding.severity],
        "message": {"text": "\n".join(part for part in (finding.message_vi, finding.message_en) if part)},
        "partialFingerprints": {"finding/v1": finding.iri},
        "properties": {
            "plan": finding.plan,
            "kind": finding.kind,
            "status": finding.status,
            "stated": finding.stated,
            "other": finding.other,
        },
    }
    if finding.file:
        place: dict[str, Any] = {"artifactLocation": {"uri": quote(finding.file)}}
        if finding.lines:  # what concerns the whole document has none
            place["region"] = {"startLine": finding.lines[0], "endLine": finding.lines[1]}
        result["locations"] = [{"physicalLocation": place}]
    if finding.status != "open":
        result["suppressions"] = [{"kind": "external", "status": "accepted", "justification": finding.reason or finding.status}]
    return result
