"""What the questions about documents and projects give: one thing that prints, draws itself, and becomes a table, a network, JSON."""

from __future__ import annotations

import html
from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from importlib import import_module
from typing import TYPE_CHECKING, Any, Literal, cast

from cancu.table import Cell, Table

if TYPE_CHECKING:
    import networkx as nx
    import pandas as pd

    from cancu.paths import Node

Language = Literal["vi", "en"]


class Answer(ABC):
    """A frozen dataclass that says what it is as text and as a table, and which things it ties to which."""

    __slots__ = ()

    @abstractmethod
    def text(self, language: Language = "vi") -> str:
        """The answer as plain text."""

    @abstractmethod
    def table(self) -> Table:
        """The answer as rows."""

    @abstractmethod
    def edges(self) -> Iterable[tuple[Node, Node, Mapping[str, Cell]]]:
        """From each thing to what it rests on, or is part of: with `relation`, a property, and what else is known of the tie."""

    def drawn(self) -> str:
        """A picture of it as SVG; '' where there is none."""
        return ""

    def to_pandas(self) -> pd.DataFrame:
        """The table as a data frame."""
        return self.table().to_pandas()

    def to_networkx(self) -> nx.DiGraph[str]:
        """The edges as a graph: nodes are IRIs with label, and title and date where they have one. GraphML takes it as it is."""
        found: nx.DiGraph[str] = import_module("networkx").DiGraph()
        for start, end, known in self.edges():
            for node in (start, end):
                found.add_node(node.iri, **attributes(node))
            found.add_edge(start.iri, end.iri, **{name: value for name, value in known.items() if value is not None})
        return found

    def to_dict(self) -> dict[str, Any]:
        """Everything, for JSON; `kind` says which answer it is."""
        return {"kind": type(self).__name__.lower()} | asdict(cast("Any", self))

    def __repr__(self) -> str:
        return self.text()

    def _repr_html_(self) -> str:
        """The answer as notebooks show it: drawn, with the words below."""
        return f"{self.drawn()}<pre>{html.escape(self.text())}</pre>"


def attributes(node: Node) -> dict[str, str]:
    """What a network says of a thing: its label, and title and date where it has one."""
    told = {"label": node.label, "title": node.title, "date": node.date}
    return {name: value for name, value in told.items() if value}
