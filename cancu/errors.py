"""What went wrong with the input, in words that say where and what to do."""

from __future__ import annotations


class CancuError(Exception):
    """The base of all errors that the package raises on purpose."""


class InputError(CancuError):
    """Input that cannot be used: the file, the line where known, what is wrong or was expected, and what to do."""

    def __init__(self, file: str, problem: str, remedy: str, line: int | None = None) -> None:
        self.file, self.problem, self.remedy, self.line = file, problem, remedy, line
        where = f"{file}:{line}" if line else file
        super().__init__(f"{where}: {problem}. To mend it: {remedy}.")


class UnforeseenError(InputError):
    """A fault of this package, met in one document: the others of a run are read all the same."""


class QueryError(CancuError):
    """A query that cannot be answered: unknown name, missing or malformed parameter, or a syntax error with its line."""


class NotFound(CancuError):
    """Nothing in the graph answers to the words given. `near` lists what is close, best first."""

    def __init__(self, words: str, near: tuple[str, ...] = ()) -> None:
        self.words, self.near = words, near
        hint = f" Near it: {'; '.join(near)}." if near else ""
        super().__init__(f"Nothing found for “{words}”.{hint}")


class Ambiguous(CancuError):
    """The words fit several things. `candidates` lists them as (IRI, label)."""

    def __init__(self, words: str, candidates: tuple[tuple[str, str], ...]) -> None:
        self.words, self.candidates = words, candidates
        super().__init__(f"“{words}” fits {len(candidates)} things: {'; '.join(label for _, label in candidates)}.")
