"""Duties, systems, targets, levels reached, and what reading found to be wrong → quads of the plan's graph, and of the findings graph."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from cancu.context import Context
from cancu.iris import short, slug
from cancu.plan_graph import PlanGraph, concept_term, each_plan, optional, vi
from cancu.quads import Quad, decimal, integer, iri, text


def load(data: Path, context: Context) -> Iterator[Quad]:
    """The quads of every record in the context, in the order given."""
    yield from each_plan(context, _duties, _systems, _targets, _levels, _findings)


def _duties(plan: PlanGraph) -> None:
    for duty in plan.record.responsibilities:
        name = f"l{duty.lines[0]}-{duty.role}-{short(duty.agency, 8)}"
        node = plan.assignment(name, duty.role, plan.agency(duty.agency), f"{duty.agency}: {duty.task}", duty.lines)
        plan.add(node, "task", vi(duty.task))
        for other in duty.with_:
            plan.add(node, "withAgency", plan.agency(other))


def _systems(plan: PlanGraph) -> None:
    for system in plan.record.systems:
        subject = plan.system(system.kind, system.name)
        node = plan.node(
            "system-statement", f"{slug(system.kind)}-{short(system.name, 8)}", "SystemStatement", system.name, system.lines_first
        )
        plan.add(node, "aboutSystem", subject)
        plan.add(node, "title", vi(system.name))
        plan.add(node, "systemStatus", concept_term("system-status", system.status))
        plan.add(node, "mentionCount", integer(system.mentions))


def _targets(plan: PlanGraph) -> None:
    for target in plan.record.targets:
        node = plan.node("target", f"l{target.lines[0]}-{short(target.subject, 8)}", "Target", target.subject, target.lines)
        plan.add(node, "indicator", vi(target.subject))
        plan.add(node, "comparator", text(target.comparator))
        plan.add(node, "value", decimal(target.value))
        plan.add(node, "valueMax", optional(decimal, target.value_max))
        plan.add(node, "unit", text(target.unit))
        plan.add(node, "targetYear", optional(integer, target.by_year))


def _levels(plan: PlanGraph) -> None:
    for level in plan.record.levels:
        node = plan.node("level", f"l{level.lines[0]}-{short(level.subject, 8)}", "ReportedLevel", level.subject, level.lines)
        plan.add(node, "indicator", vi(level.subject))
        plan.add(node, "value", decimal(level.value))
        plan.add(node, "unit", text(level.unit))


def _findings(plan: PlanGraph) -> None:
    graph = iri(plan.context.iris.graph("findings"))
    for finding in plan.record.findings:
        node = plan.node("finding", f"l{finding.lines[0]}-{finding.kind}", "Finding", finding.detail, finding.lines, graph)
        plan.add(node, "findingKind", concept_term("finding-kind", finding.kind), graph)
        plan.add(node, "detail", vi(finding.detail), graph)
        plan.add(node, "severity", f"<http://www.w3.org/ns/shacl#{finding.severity}>", graph)
        plan.add(node, "detectedBy", text("reading"), graph)
