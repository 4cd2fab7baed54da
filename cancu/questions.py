"""The named queries as an object to explore: `kg.queries.` and Tab lists them, each is a function with its documentation."""

from __future__ import annotations

import html
import inspect
from collections.abc import Callable, Iterator

from cancu import catalogue
from cancu.catalogue import NamedQuery, Value
from cancu.errors import QueryError
from cancu.table import Table

_KINDS = {"iri": str, "string": str, "integer": int, "year": int}


class Question:
    """A named query of one graph or endpoint, to be called with its parameters, in their order or by name."""

    def __init__(self, query: NamedQuery, ask: Callable[..., Table]) -> None:
        self.query, self._ask = query, ask
        self.__name__ = query.name.replace("-", "_")
        self.__doc__ = f"{query.title_en} · {query.title_vi}\n\n{query.question}\n{query.question_vi}\n\n{query.notes}".strip() + "".join(
            f"\n{param.name} ({param.kind}), such as {param.example}" for param in query.params
        )
        self.__signature__ = inspect.Signature(
            [inspect.Parameter(p.name, inspect.Parameter.POSITIONAL_OR_KEYWORD, annotation=_KINDS[p.kind]) for p in query.params],
            return_annotation=Table,
        )

    def __call__(self, *values: Value, **params: Value) -> Table:
        """The answer. Raises QueryError for parameters that it does not take."""
        names = [param.name for param in self.query.params]
        if len(values) > len(names):
            raise QueryError(f"The query {self.query.name} takes {len(names)} parameters: {', '.join(names) or 'none'}.")
        return self._ask(self.query.name, **dict(zip(names, values, strict=False)), **params)

    def __repr__(self) -> str:
        return f"{self.__name__}{self.__signature__}\n{self.__doc__}"


class Questions:
    """The catalogue, as attributes (`documents_ranking`) or by name (`["documents-ranking"]`)."""

    def __init__(self, ask: Callable[..., Table]) -> None:
        self._ask = ask

    def __getitem__(self, name: str) -> Question:
        return Question(catalogue.get(name), self._ask)

    def __getattr__(self, name: str) -> Question:
        if name.startswith("_"):
            raise AttributeError(name)
        try:
            return self[name.replace("_", "-")]
        except QueryError as error:
            raise AttributeError(str(error)) from error

    def __iter__(self) -> Iterator[str]:
        return (query.name for query in catalogue.queries())

    def __len__(self) -> int:
        return len(catalogue.queries())

    def __dir__(self) -> list[str]:
        return [name.replace("-", "_") for name in self]

    def _ipython_key_completions_(self) -> list[str]:
        return list(self)

    def __repr__(self) -> str:
        return "\n".join(f"{_call(query):58}{query.title_en} · {query.title_vi}" for query in catalogue.queries())

    def _repr_html_(self) -> str:
        """The catalogue as notebooks show it."""
        rows = "".join(
            f"<tr><td><code>{_call(query)}</code></td><td>{html.escape(query.question_vi)}<br>{html.escape(query.question)}</td></tr>"
            for query in catalogue.queries()
        )
        return f"<table>{rows}</table>"


def _call(query: NamedQuery) -> str:
    return f"{query.name.replace('-', '_')}({', '.join(param.name for param in query.params)})"
