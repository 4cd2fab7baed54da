"""What projects and their rows cost, in dong, by the facts: the same in every language, and reckoned once for each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cancu.website.facts import Facts, Project, ProjectEntry


Yearly = tuple[str, Mapping[str, int]]  # the IRI of a place, and amounts by year; by '' what is not divided
Reckoned = dict[str, tuple[int | None, Yearly]]  # of projects, by their IRIs: their money in all, and as `Money.yearly` has it


@dataclass(frozen=True)
class Money:
    """The money of the facts' projects and rows."""

    facts: Facts
    _totals: dict[str, int | None] = field(default_factory=dict)
    _yearly: dict[str, Yearly] = field(default_factory=dict)
    _of_plans: dict[str, int] = field(default_factory=dict)
    _led: dict[str, tuple[Sequence[Project], int]] = field(default_factory=dict)

    def know(self, reckoned: Reckoned) -> None:
        """Takes what was reckoned of the same facts before."""
        for project, (total, yearly) in reckoned.items():
            self._totals[project], self._yearly[project] = total, yearly

    def reckon(self) -> Reckoned:
        """Reckons all: before processes are forked that would each do so, and copy the facts that they touch."""
        return {project.iri: (self.of_project(project), self.yearly(project)) for project in self.facts.projects.values()}

    def of_project(self, project: Project) -> int | None:
        """The money of a project: the largest total that any of its rows states, since rows of two tables repeat each other."""
        if project.iri not in self._totals:
            entries = self.facts.entries
            amounts = [amount for iri in project.has_entry if (entry := entries.get(iri)) and (amount := self.of_entry(entry))]
            self._totals[project.iri] = max(amounts, default=None)
        return self._totals[project.iri]

    def of_projects(self, projects: Iterable[Project]) -> int:
        """The money of several together."""
        return sum(self.of_project(project) or 0 for project in projects)

    def of_plan(self, plan: str) -> int:
        """The money of a plan's projects; lists in every language ask."""
        if plan not in self._of_plans:
            self._of_plans[plan] = self.of_projects(self.facts.projects.by("planned_in", plan))
        return self._of_plans[plan]

    def led(self, agency: str) -> tuple[Sequence[Project], int]:
        """The projects that an agency leads, in the order of their first rows, and their money; lists in every language ask."""
        if agency not in self._led:
            projects = dict.fromkeys(entry.entry_of for entry in self.facts.entries.by("lead_agency", agency))
            found = [self.facts.projects[iri] for iri in projects if iri in self.facts.projects]
            self._led[agency] = found, self.of_projects(found)
        return self._led[agency]

    def of_entry(self, entry: ProjectEntry) -> int | None:
        """The total that a row states, else the larger sum of one breakdown of it: by year, or by source."""
        if entry.total_amount is not None:
            return entry.total_amount
        parts = [self.facts.allocations[iri] for iri in entry.has_allocation if iri in self.facts.allocations]
        sums = [sum(p.amount for p in parts if p.breakdown == breakdown) for breakdown in {part.breakdown for part in parts}]
        return max(sums, default=None)

    def yearly(self, project: Project) -> Yearly:
        """The place of a project's largest row, and its money by the years that the row gives it, or undivided. Many documents ask."""
        if project.iri not in self._yearly:
            self._yearly[project.iri] = self._by_year(project)
        return self._yearly[project.iri]

    def _by_year(self, project: Project) -> Yearly:
        facts = self.facts
        entries = [facts.entries[iri] for iri in project.has_entry if iri in facts.entries]
        entry = max(entries, key=lambda entry: (self.of_entry(entry) or 0, entry.iri), default=None)
        plan = facts.documents.get(entry.in_plan) if entry else None
        if entry is None or plan is None:
            return "", {}
        parts = [facts.allocations[iri] for iri in entry.has_allocation if iri in facts.allocations]
        yearly = {str(part.year): part.amount for part in parts if part.breakdown.endswith("by-year") and part.year}
        if not yearly:
            period = {entry.period_start or plan.period_start, entry.period_end or plan.period_end} - {None, 0}
            yearly = {str(period.pop()) if len(period) == 1 else "": self.of_entry(entry) or 0}
        return plan.jurisdiction, {year: amount for year, amount in yearly.items() if amount}
