"""Changes the code in one small way at a time, and asks whether a test notices: `python -m benchmarks.mutants [PART …] [--sample N]`.

For the parts where a wrong fact would come from. Comparisons, conditions, arithmetic, constants, results, statements and
regular expressions of a module are changed, and so are the rules of inference; see mutations.py. Each mutant lives in a process of its
own, in memory, never in a file, and only the tests that reach its line are run. It is killed where one of them fails, or runs out of time.
"""

from __future__ import annotations

import argparse
import inspect
import os
import random
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, MutableSequence, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from multiprocessing import RawArray
from types import CodeType, FunctionType, ModuleType

import coverage
import hypothesis
import pytest

from benchmarks.mutations import ROOT, Mutant, of_module, of_rule

_READING = "tests/test_cases.py::test_the_document_gives_the_record tests/test_plans_in_tabs.py"


@dataclass(frozen=True, slots=True)
class Part:
    """What is mutated together: files, and the tests that are there to hold them; those that read whole documents are too dear."""

    name: str
    files: tuple[str, ...]
    tests: tuple[str, ...]


def _part(name: str, files: str, tests: str) -> Part:
    return Part(name, tuple(files.split()), tuple(tests.split()))


PARTS = (
    _part("values", "cancu/reading/values.py", f"tests/test_values.py tests/test_budget.py tests/test_tables.py {_READING}"),
    _part(
        "citations",
        "cancu/reading/citations.py cancu/reading/citation_grammar.py",
        "tests/test_citations.py tests/test_citation_words.py tests/test_grounds.py "
        "--deselect=tests/test_citations.py::test_time_is_linear "
        "--deselect=tests/test_citations.py::test_any_text_gives_citations_whose_spans_match "
        "--deselect=tests/test_citations.py::test_wrapping_changes_nothing_but_lines",
    ),
    _part(
        "tables",
        "cancu/reading/tables.py cancu/reading/rows.py cancu/reading/columns.py",
        "tests/test_rows.py tests/test_columns.py tests/test_tables.py tests/test_table_kinds.py",
    ),
    _part(
        "identity",
        "cancu/iris.py cancu/registry.py cancu/resolution.py",
        "tests/test_iris.py tests/test_registry.py tests/test_resolution.py tests/test_misquote.py",
    ),
    _part(
        "rules",
        "cancu/infer.py cancu/closure.py "
        + " ".join(f"ontology/rules/{path.name}" for path in sorted((ROOT / "ontology/rules").glob("*.rq"))),
        "tests/test_rules.py tests/test_closure.py",
    ),
)


class Watch:
    """Tells coverage which test runs, so that it is known which lines each reaches, and takes the time.

    What is run outside the tests' own calls, by what several share, is said to be run by "".
    """

    def __init__(self, part: Part) -> None:
        self._files = {str(ROOT / file): file for file in part.files if file.endswith(".py")}
        self._coverage = coverage.Coverage(data_file=None, config_file=False, include=list(self._files))
        self.seconds: dict[str, float] = {}

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_call(self, item: pytest.Item) -> Iterator[None]:
        _forget_answers()
        self._coverage.switch_context(item.nodeid)
        start = time.process_time()
        try:
            return (yield)
        finally:
            self.seconds[item.nodeid] = time.process_time() - start
            self._coverage.switch_context("")

    def run(self, items: Sequence[pytest.Item]) -> tuple[list[tuple[str, int, list[str]]], dict[str, float]]:
        """Runs the tests, and says which run each line of a file, and how long each takes."""
        items[0].config.pluginmanager.register(self)
        self._coverage.start()
        for item in items:
            _run(item)
        self._coverage.stop()
        items[0].config.pluginmanager.unregister(self)
        data = self._coverage.get_data()
        lines = [(name, line, tests) for file, name in self._files.items() for line, tests in data.contexts_by_lineno(file).items()]
        return lines, self.seconds


@dataclass(frozen=True, slots=True)
class Reached:
    """Which tests run which lines, and how long each takes."""

    lines: dict[tuple[str, int], frozenset[str]]
    seconds: dict[str, float]

    def by(self, mutant: Mutant) -> set[str]:
        """The tests that may notice a mutant: those that run its function."""
        first, last = mutant.function
        found = {test for line in range(first, last + 1) for test in self.lines.get((mutant.file, line), ())}
        return set(self.seconds) if not last or "" in found else found


def _run(item: pytest.Item) -> None:
    item.config.hook.pytest_runtest_protocol(item=item, nextitem=None)


def _forget_answers() -> None:
    """Empties what functions remember, but for the tables that do not change."""
    for name, module in list(sys.modules.items()):
        if name.startswith("cancu.") and name != "cancu.reading.lexicon":
            for value in list(vars(module).values()):
                getattr(value, "cache_clear", bool)()


# ---------------------------------------------------------------- a mutant takes the place of the code


def _takes(mutant: Mutant) -> bool:
    """Puts a mutant into the modules in use; False where others took from it what is no function, and all must be imported anew."""
    made = mutant.make()
    if isinstance(made, str):
        folder = (ROOT / mutant.file).parent
        texts = [made if path == ROOT / mutant.file else path.read_text("utf-8") for path in sorted(folder.glob("*.rq"))]
        vars(sys.modules["tests.rules"])["RULES"] = tuple(texts)
        return True
    name = mutant.file.removesuffix(".py").replace("/", ".")
    old, new = vars(sys.modules[name]), {"__name__": name, "__file__": made.co_filename}
    exec(made, new)
    for key, value in new.items():
        if isinstance(value, type) and value.__module__ == name:
            for part, method in vars(value).items():
                _exchange(vars(old[key]).get(part), method)
        elif not _exchange(old.get(key), value) and not key.startswith("__") and value != old.get(key):
            if not key.startswith("_"):
                sys.meta_path.insert(0, _Mutated(name, made))
                return False
            old[key] = value
    return True


def _exchange(old: object, new: object) -> bool:
    """Gives a function the code of another; whether it is one."""
    old, new = (inspect.unwrap(getattr(one, "fget", one) or one) for one in (old, new))  # type: ignore[arg-type]
    if not isinstance(old, FunctionType) or not isinstance(new, FunctionType):
        return False
    if new.__code__.co_filename == old.__code__.co_filename:
        old.__code__, old.__defaults__, old.__kwdefaults__ = new.__code__, new.__defaults__, new.__kwdefaults__
    return True


class _Mutated(MetaPathFinder, Loader):
    """Gives the mutated code to whoever imports the module."""

    def __init__(self, name: str, code: CodeType) -> None:
        self._name, self._code = name, code

    def find_spec(self, name: str, path: object, target: object = None) -> ModuleSpec | None:
        return ModuleSpec(name, self, origin=self._code.co_filename) if name == self._name else None

    def exec_module(self, module: ModuleType) -> None:
        module.__file__ = self._code.co_filename
        exec(self._code, module.__dict__)


# ---------------------------------------------------------------- whether a test notices

_QUIET = ("-x", "-q", "-s", "--no-header", "-p", "no:cacheprovider", "-p", "no:cov", "-p", "no:xdist")


class Hunt:
    """Takes the place of pytest's loop over the tests: each mutant has a process of its own, forked where all is imported already."""

    def __init__(self, part: Part, mutants: Sequence[Mutant]) -> None:
        self._part, self._mutants = part, mutants
        self.alive: list[Mutant] = []

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        session.config.pluginmanager.unregister(name="terminalreporter")
        reached = self._reached(session)
        kills = RawArray("i", len(session.items))  # by which test: the best are asked first
        for mutant in self._mutants:
            wanted = reached.by(mutant)
            order = sorted(range(len(session.items)), key=lambda i: (-kills[i], reached.seconds.get(session.items[i].nodeid, 0.0)))
            order = [i for i in order if session.items[i].nodeid in wanted]
            if not _forked(partial(self._noticed, session, mutant, order, kills, sum(reached.seconds[test] for test in wanted))):
                self.alive.append(mutant)
                print(f"{mutant.file}:{mutant.line}: {mutant.change}", flush=True)
        return True

    def _reached(self, session: pytest.Session) -> Reached:
        """Here, not in a process of its own, so that each mutant's finds compiled what the tests compile."""
        lines, seconds = Watch(self._part).run(session.items)
        if session.testsfailed:
            raise pytest.UsageError("the code as it is")
        return Reached({(name, line): frozenset(tests) for name, line, tests in lines}, seconds)

    def _noticed(self, session: pytest.Session, mutant: Mutant, order: list[int], kills: MutableSequence[int], seconds: float) -> bool:
        most = int(20 + 5 * seconds)
        resource.setrlimit(resource.RLIMIT_CPU, (most, most))
        resource.setrlimit(resource.RLIMIT_AS, (2**33, 2**33))
        _forget_answers()
        if not _takes(mutant):
            for name in [name for name in sys.modules if name.split(".")[0] in {"cancu", "tests", "loaders"}]:
                del sys.modules[name]
            return bool(pytest.main([*_QUIET, *self._part.tests]))
        for i in order:
            _run(session.items[i])
            if session.testsfailed:
                kills[i] += 1
                return True
        return False


def _forked(work: Callable[[], object]) -> bool:
    """Does the work in a process of its own, unheard; whether it said so, or came to harm."""
    pid = os.fork()
    if pid:
        return os.waitpid(pid, 0)[1] != 0
    status = 70
    with suppress(BaseException):
        null = os.open(os.devnull, os.O_RDWR)
        for number in range(3):
            os.dup2(null, number)
        status = int(bool(work()))
    os._exit(status)


def of_part(part: Part, file: str | None) -> list[Mutant]:
    """The mutants of a part, or of one of its files."""
    files = [one for one in part.files if file in (None, one)]
    return [mutant for one in files for mutant in (of_module(one) if one.endswith(".py") else of_rule(one))]


def _share(mutants: Sequence[Mutant], alive: Sequence[Mutant], *, pattern: bool) -> str:
    made, live = (sum(mutant.pattern is pattern for mutant in some) for some in (mutants, alive))
    return f"{made:,} | {made - live:,} | {(made - live) / made:.0%}" if made else "0 | 0 | "


def main() -> None:
    """Prints the table of `docs/reliability.md`, and before it each mutant that no test noticed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("parts", nargs="*", default=[part.name for part in PARTS])
    parser.add_argument("--sample", type=int, help="so many mutants of each part, by chance")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--file", help="of this file alone")
    options = parser.parse_args()
    os.chdir(ROOT)
    hypothesis.settings.register_profile("mutants", derandomize=True, database=None, deadline=None, max_examples=20)
    hypothesis.settings.load_profile("mutants")
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        os.environ["TMPDIR"] = tempfile.tempdir = folder
        for part in (part for part in PARTS if part.name in options.parts):
            mutants = of_part(part, options.file)
            if options.sample and options.sample < len(mutants):
                mutants = random.Random(options.seed).sample(mutants, options.sample)
            hunt = Hunt(part, mutants)
            if pytest.main([*_QUIET, *part.tests], plugins=[hunt]):
                raise SystemExit(f"the tests of {part.name} fail on the code as it is")
            rows.append(f"| {part.name} | {_share(mutants, hunt.alive, pattern=False)} | {_share(mutants, hunt.alive, pattern=True)} |")
    print("| part | changes of code | killed | share | changes of patterns | killed | share |\n|---|--:|--:|--:|--:|--:|--:|")
    print("\n".join(rows))


if __name__ == "__main__":
    main()
