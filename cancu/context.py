"""What a loader is given: where IRIs and names come from, which records to load, and where to put what cannot be."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from cancu import records
from cancu.errors import InputError
from cancu.iris import Iris
from cancu.records import PlanRecord
from cancu.registry import Registry


@dataclass(frozen=True, slots=True)
class Rejected:
    """A file that a loader left out, and why."""

    path: Path
    error: InputError


@dataclass(frozen=True, slots=True)
class Context:
    """Passed to every loader. Loaders call `reject` for a bad file and go on with the next."""

    registry: Registry
    plans: tuple[Path, ...] = ()
    rejected: list[Rejected] = field(default_factory=list)
    _records: dict[Path, PlanRecord] = field(default_factory=dict)
    _askings: list[None] = field(default_factory=list)

    @property
    def iris(self) -> Iris:
        """The minter of IRIs."""
        return self.registry.iris

    def records(self) -> Iterator[tuple[Path, PlanRecord]]:
        """The records in `plans`, in the order given, each opened once. What is neither a record nor a document that reads is rejected."""
        self._askings.append(None)
        bad = {rejected.path for rejected in self.rejected}
        for path in self.plans:
            if path in bad:
                continue
            if path not in self._records:
                try:
                    self._records[path] = record_of(path)
                except InputError as error:
                    self.reject(path, error)
                    continue
            yield path, self._records[path]

    @property
    def was_asked(self) -> bool:
        """Whether a loader asked for the records: such a one is run plan by plan."""
        return bool(self._askings)

    def without_plans(self) -> Context:
        """A context of the same registry, with no plan."""
        return Context(self.registry)

    def reject(self, path: Path, error: InputError) -> None:
        """Notes a file that cannot be loaded; the rest of the run goes on."""
        self.rejected.append(Rejected(path, error))


def record_of(path: Path) -> PlanRecord:
    """The record in a JSON file, or that of a document, which is read. Raises InputError."""
    if path.suffix.lower() == ".json":
        return records.read(path)
    from cancu.reading.plan import read_plan  # its lexicon takes time to open, and records need none of it
    from cancu.reading.source import open_source

    return read_plan(open_source(path))
