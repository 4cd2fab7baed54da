"""A graph that keeps what it was asked of one thing: traces and comparisons of many plans pass the same documents.

What a hundred plans say of a document stands in the store a hundred times, and is gone through at each look.
"""

from __future__ import annotations

from cancu.graph import Graph


class KeptGraph(Graph):
    """A graph that keeps its answers."""

    def __init__(self, graph: Graph) -> None:
        super().__init__(graph.store, graph.base, rows=graph.rows)  # made before work is shared out to processes
        self._values: dict[tuple[str, str, str | None], str | None] = {}
        self._objects: dict[tuple[str, ...], tuple[str, ...]] = {}
        self._subjects: dict[tuple[str, str], tuple[str, ...]] = {}
        self._graphs: dict[tuple[str, str], str | None] = {}

    def value(self, subject: str, name: str, graph: str | None = None) -> str | None:
        """As of any graph."""
        if (key := (subject, name, graph)) not in self._values:
            self._values[key] = super().value(*key)
        return self._values[key]

    def objects(self, subject: str, *names: str) -> tuple[str, ...]:
        """As of any graph."""
        if (key := (subject, *names)) not in self._objects:
            self._objects[key] = super().objects(*key)
        return self._objects[key]

    def subjects(self, name: str, value: str) -> tuple[str, ...]:
        """As of any graph."""
        if (key := (name, value)) not in self._subjects:
            self._subjects[key] = super().subjects(*key)
        return self._subjects[key]

    def graph_of(self, subject: str, name: str) -> str | None:
        """As of any graph."""
        if (key := (subject, name)) not in self._graphs:
            self._graphs[key] = super().graph_of(*key)
        return self._graphs[key]
