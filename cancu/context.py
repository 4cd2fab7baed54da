"""What a loader is given: where IRIs and names come from, which records to load, and where to put what cannot be."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from cancu.errors import InputError
from cancu.iris import Iris
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

    @property
    def iris(self) -> Iris:
        """The minter of IRIs."""
        return self.registry.iris

    def reject(self, path: Path, error: InputError) -> None:
        """Notes a file that cannot be loaded; the rest of the run goes on."""
        self.rejected.append(Rejected(path, error))
