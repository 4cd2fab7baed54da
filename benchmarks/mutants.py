"""Changes the code in one small way at a time, and asks whether a test notices: `python -m benchmarks.mutants [PART …] [--sample N]`.

For the parts where a wrong fact would come from. A mutant is made in a process of its own, in memory, never in a file: comparisons,
conditions, arithmetic, constants, results and statements of a module are changed, and so are lines of the rules of inference. Only the
tests that reach its line are run. It is killed where one of them fails, or runs out of time.
"""

from __future__ import annotations

import argparse
import ast
import functools
import gc
import importlib
import os
import random
import re
import resource
import signal
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from pathlib import Path
from types import ModuleType
from typing import Any

import coverage
import hypothesis
import pytest

from cancu import resources

ROOT = resources.ROOT
_READING = "tests/test_cases.py tests/test_plans_in_tabs.py"


@dataclass(frozen=True, slots=True)
class Part:
    """What is mutated together: files, and the tests that are there to hold them."""

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
        f"tests/test_citations.py tests/test_grounds.py tests/test_head.py {_READING}",
    ),
    _part(
        "tables",
        "cancu/reading/tables.py cancu/reading/rows.py cancu/reading/columns.py",
        f"tests/test_tables.py tests/test_tables_shapes.py tests/test_tables_random.py tests/test_aligned.py {_READING}",
    ),
    _part(
        "identity",
        "cancu/iris.py cancu/registry.py cancu/resolution.py",
        f"tests/test_iris.py tests/test_registry.py tests/test_resolution.py tests/test_misquote.py tests/test_loading.py {_READING}",
    ),
    _part(
        "rules",
        "cancu/infer.py cancu/closure.py "
        + " ".join(f"ontology/rules/{path.name}" for path in sorted((ROOT / "ontology/rules").glob("*.rq"))),
        "tests/test_infer.py tests/test_closure.py",
    ),
)


@dataclass(frozen=True, slots=True)
class Mutant:
    """One change: of which file and line, in words, and what makes it in the running process."""

    file: str
    line: int
    change: str
    make: Callable[[], None]


# ---------------------------------------------------------------- what is changed

_COMPARED: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
}
_RECKONED: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Add,
    ast.Div: ast.Mult,
    ast.FloorDiv: ast.Mult,
    ast.Mod: ast.Mult,
    ast.Pow: ast.Mult,
    ast.BitOr: ast.BitAnd,
    ast.BitAnd: ast.BitOr,
}
_UNCHANGED = {
    "annotation",
    "returns",
    "decorator_list",
    "format_spec",
    "names",
    "ops",
}  # types and imports; operators change with their node


def _changed(node: ast.AST) -> Iterator[ast.AST | None]:
    """What a node may be changed to; None for a statement that is left out."""
    if isinstance(node, ast.stmt):
        yield from _of_statement(node)
    elif isinstance(node, ast.Constant):
        yield from map(ast.Constant, _of_constant(node.value))
    else:
        yield from _of_expression(node)


def _of_statement(node: ast.stmt) -> Iterator[ast.stmt | None]:
    match node:
        case ast.AugAssign(target, op, value) if type(op) in _RECKONED:
            yield from (ast.AugAssign(target, _RECKONED[type(op)](), value), None)
        case ast.If(test, body, orelse) | ast.While(test, body, orelse):
            yield type(node)(ast.UnaryOp(ast.Not(), test), body, orelse)
        case ast.Return(value) if value is not None and not (isinstance(value, ast.Constant) and value.value is None):
            yield ast.Return(ast.Constant(None))
        case ast.Continue():
            yield ast.Break()
        case ast.Break():
            yield ast.Continue()
        case ast.Expr(ast.Call()):
            yield None


def _of_expression(node: ast.AST) -> Iterator[ast.AST]:
    match node:
        case ast.Compare(left, ops, comparators):
            for i, op in enumerate(ops):
                yield ast.Compare(left, [*ops[:i], _COMPARED[type(op)](), *ops[i + 1 :]], comparators)
        case ast.BoolOp(op, values):
            yield ast.BoolOp(ast.Or() if isinstance(op, ast.And) else ast.And(), values)
            yield from (ast.BoolOp(op, _without(values, i)) for i in range(len(values)))
        case ast.BinOp(left, op, right) if type(op) in _RECKONED:
            yield ast.BinOp(left, _RECKONED[type(op)](), right)
        case ast.UnaryOp(ast.Not() | ast.USub(), operand):
            yield operand
        case ast.IfExp(_, body, orelse):
            yield from (body, orelse)
        case ast.comprehension(target, iterated, conditions, is_async):
            yield from (ast.comprehension(target, iterated, _without(conditions, i), is_async) for i in range(len(conditions)))
        case ast.Slice(lower, upper, step):
            yield from [ast.Slice(None, upper, step)] if lower else []
            yield from [ast.Slice(lower, None, step)] if upper else []


def _without(items: list[ast.expr], place: int) -> list[ast.expr]:
    return [*items[:place], *items[place + 1 :]]


def _of_constant(value: object) -> Iterator[object]:
    match value:
        case bool():
            yield not value
        case int() | float():
            yield from (value + 1, value - 1)
        case str() if _PATTERN.search(value):
            yield from _of_pattern(value)
        case str():
            yield f"XX{value}XX"


_PATTERN = re.compile(r"\\[swdDWSb]|\(\?|[\w)\]]\|[\w(]")  # text that is a regular expression, or a piece of one
_SIGN = re.compile(
    r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|\(\?[aimsux]+\)|\(\?(?:P?<\w+>|P=\w+|<?[=!]|[aimsux-]*:|\(\w+\))|[*+?}][?+]|.", re.DOTALL
)


def _of_pattern(pattern: str) -> Iterator[str]:
    """A regular expression without one of its alternatives, with an optional part that is wanted, with a look turned round."""
    bars: list[list[int]] = [[0]]  # of each open group: where its alternatives begin
    for match in _SIGN.finditer(pattern):
        sign, start, end = match[0], match.start(), match.end()
        if sign[0] == "(" and not sign.endswith(("i)", "s)", "m)", "x)")):
            bars.append([end])
            if sign[-1] in "=!" and len(sign) > 2:
                yield pattern[: end - 1] + ("!" if sign[-1] == "=" else "=") + pattern[end:]
        elif sign in "|)":
            if len(bars[-1]) > 1 or sign == "|":
                yield pattern[: bars[-1][-1]] + pattern[end:] if sign == "|" else pattern[: bars[-1][-1] - 1] + pattern[start:]
            if sign == "|":
                bars[-1].append(end)
            elif len(bars) > 1:
                bars.pop()
        elif sign == "?":
            yield pattern[:start] + pattern[end:]
    if len(bars) == 1 and len(bars[0]) > 1:
        yield pattern[: bars[0][-1] - 1]


def _slots(tree: ast.AST) -> Iterator[tuple[ast.AST, str, int | None, ast.AST]]:
    """Every place of the tree that holds a node: its parent, field, and place in a list."""
    docstrings = {
        id(node.body[0]) for node in ast.walk(tree) if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef) and node.body
    }
    for parent in ast.walk(tree):
        if isinstance(parent, ast.Expr) and id(parent) in docstrings:
            continue
        for name, value in ast.iter_fields(parent):
            if name in _UNCHANGED:
                continue
            for i, child in enumerate(value if isinstance(value, list) else [value]):
                if isinstance(child, ast.AST):
                    yield parent, name, i if isinstance(value, list) else None, child


def of_module(file: str) -> list[Mutant]:
    """The mutants of a module."""
    tree = ast.parse((ROOT / file).read_text("utf-8"))
    found = []
    for parent, name, place, child in _slots(tree):
        for new in _changed(child):
            line = getattr(child, "lineno", None) or getattr(parent, "lineno", 0) or child.target.lineno  # type: ignore[attr-defined]
            change = _apart(_words(child), _words(new))
            found.append(Mutant(file, line, change, functools.partial(_put, file, tree, parent, name, place, child, new)))
    return found


def _words(node: ast.AST | None) -> str:
    return " ".join(ast.unparse(node).split()) if node else "nothing"


def _apart(old: str, new: str) -> str:
    """Where two long texts differ."""
    if max(len(old), len(new)) < 120:
        return f"{old} → {new}"
    first = next((i for i, (one, other) in enumerate(zip(old, new, strict=False)) if one != other), 0)
    last = len(old) - first - 60
    return f"…{old[max(0, first - 30) : first + 60]}… → …{new[max(0, first - 30) : max(first, len(new) - last)]}…"


def _put(file: str, tree: ast.Module, parent: ast.AST, name: str, place: int | None, child: ast.AST, new: ast.AST | None) -> None:
    node = ast.copy_location(new or ast.Pass(), child)
    if place is None:
        setattr(parent, name, node)
    else:
        getattr(parent, name)[place] = node
    code = compile(ast.fix_missing_locations(tree), str(ROOT / file), "exec")
    sys.meta_path.insert(0, _Mutated(file.removesuffix(".py").replace("/", "."), code))


class _Mutated(MetaPathFinder, Loader):
    """Gives the mutated code to whoever imports the module."""

    def __init__(self, name: str, code: Any) -> None:
        self._name, self._code = name, code

    def find_spec(self, name: str, path: object, target: object = None) -> ModuleSpec | None:
        return ModuleSpec(name, self, origin=self._code.co_filename) if name == self._name else None

    def exec_module(self, module: ModuleType) -> None:
        module.__file__ = self._code.co_filename
        exec(self._code, module.__dict__)  # noqa: S102 - the code is ours


_PATTERNS = re.compile(r"GRAPH \?\w+ \{[^{}]*\}|FILTER NOT EXISTS \{[^{}]*\{[^{}]*\} \}|FILTER\(.*\)(?=\n)|\?\w+ [\w:]+ \?\w+ (?:[.;] )?")
_TRIPLE = re.compile(r"(\?\w+)( (?:\?\w+|[\w:]+) )(\?\w+)")


def of_rule(file: str) -> list[Mutant]:
    """The mutants of a rule of inference: each part of its pattern left out, and each triple turned round."""
    text = (ROOT / file).read_text("utf-8")
    found = [(match, "") for match in _PATTERNS.finditer(text, text.index("WHERE {"))]
    found += [(match, match[3] + match[2] + match[1]) for match in _TRIPLE.finditer(text)]
    return [
        Mutant(
            file,
            text.count("\n", 0, match.start()) + 1,
            f"{match[0]} → {new or 'nothing'}",
            functools.partial(_rule, file, text[: match.start()] + new + text[match.end() :]),
        )
        for match, new in found
    ]


def _rule(file: str, text: str) -> None:
    infer = importlib.import_module("cancu.infer")
    texts = {path: path.read_text("utf-8") for path in sorted((ROOT / file).parent.glob("*.rq"))} | {ROOT / file: text}
    infer.rules = lambda: tuple(texts.values())


# ---------------------------------------------------------------- whether a test notices


@dataclass(slots=True)
class Reached:
    """Which tests reach which lines, and how long each takes. `shared` are lines that run once for many tests."""

    tests: dict[tuple[str, int], set[str]] = field(default_factory=lambda: defaultdict(set))
    shared: set[tuple[str, int]] = field(default_factory=set)
    seconds: dict[str, float] = field(default_factory=dict)

    def of(self, mutant: Mutant) -> set[str]:
        """The tests that may notice a mutant."""
        place = (mutant.file, mutant.line)
        return set(self.seconds) if not mutant.file.endswith(".py") or place in self.shared else self.tests[place]


class _Watch:
    """Tells coverage which test runs."""

    def __init__(self, watch: coverage.Coverage, seconds: dict[str, float]) -> None:
        self._watch, self._seconds = watch, seconds

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_call(self, item: pytest.Item) -> Iterator[None]:
        self._watch.switch_context(item.nodeid)
        start = time.process_time()
        try:
            return (yield)
        finally:
            self._seconds[item.nodeid] = time.process_time() - start
            self._watch.switch_context("")


class _Only:
    """Runs these tests alone, the quick ones first."""

    def __init__(self, wanted: dict[str, float]) -> None:
        self._wanted = wanted

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        items[:] = sorted((item for item in items if item.nodeid in self._wanted), key=lambda item: self._wanted[item.nodeid])


_QUIET = ("-x", "-q", "--no-header", "-p", "no:cacheprovider", "-p", "no:cov", "-p", "no:xdist", "-p", "no:randomly")


def reach(part: Part) -> Reached:
    """Runs the tests of a part on the code as it is, which must pass."""
    found = Reached()
    files = [str(ROOT / file) for file in part.files if file.endswith(".py")]
    watch = coverage.Coverage(data_file=None, config_file=False, include=files)
    watch.start()
    ended = pytest.main([*_QUIET, *part.tests], plugins=[_Watch(watch, found.seconds)])
    watch.stop()
    if ended != pytest.ExitCode.OK:
        raise SystemExit(f"the tests of {part.name} fail on the code as it is")
    data = watch.get_data()
    for file in files:
        name = Path(file).relative_to(ROOT).as_posix()
        kept = _remembered(ast.parse(Path(file).read_text("utf-8")))
        for line, contexts in data.contexts_by_lineno(file).items():
            found.tests[name, line] |= set(contexts) - {""}
            if "" in contexts or line in kept:
                found.shared.add((name, line))
        for node in ast.walk(ast.parse(Path(file).read_text("utf-8"))):  # a statement of several lines is reached by its first
            if isinstance(node, ast.stmt) and not isinstance(
                node, ast.FunctionDef | ast.ClassDef | ast.If | ast.For | ast.While | ast.With | ast.Try
            ):
                for line in range(node.lineno + 1, (node.end_lineno or node.lineno) + 1):
                    found.tests[name, line] |= found.tests[name, node.lineno]
                    if (name, node.lineno) in found.shared:
                        found.shared.add((name, line))
    return found


def _remembered(tree: ast.Module) -> set[int]:
    """The lines of functions whose results are remembered: the first test that asks runs them for all."""
    functions = (
        node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef) and "cache" in " ".join(map(ast.unparse, node.decorator_list))
    )
    return {line for node in functions for line in range(node.lineno, (node.end_lineno or node.lineno) + 1)}


def _forget() -> None:
    """The project's own modules are imported anew; what they import stays, and so do compiled patterns."""
    for name in [name for name in sys.modules if name.split(".")[0] in {"cancu", "tests", "loaders"}]:
        del sys.modules[name]
    importlib.invalidate_caches()


def _child(mutant: Mutant, wanted: dict[str, float], folder: str) -> int:
    """In a process of its own: makes the mutant, runs the tests; 0 where they all pass."""
    null = os.open(os.devnull, os.O_RDWR)
    for number in range(3):
        os.dup2(null, number)
    seconds = int(20 + 5 * sum(wanted.values()))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_AS, (2**33, 2**33))
    signal.alarm(20 * seconds)
    _forget()
    mutant.make()
    files = sorted({name.partition("::")[0] for name in wanted})
    return int(pytest.main([*_QUIET, f"--basetemp={folder}/{os.getpid()}", *files], plugins=[_Only(wanted)]))


def survivors(mutants: Iterable[Mutant], reached: Reached, jobs: int) -> Iterator[tuple[Mutant, bool]]:
    """Each mutant, and whether it lives on."""
    running: dict[int, Mutant] = {}
    with tempfile.TemporaryDirectory() as folder:
        for mutant in mutants:
            if len(running) == jobs:
                yield _ended(running)
            wanted = {name: reached.seconds[name] for name in reached.of(mutant)}
            if not wanted:
                yield mutant, True
            elif pid := os.fork():
                running[pid] = mutant
            else:
                try:
                    os._exit(_child(mutant, wanted, folder))
                except BaseException:  # a module that no longer imports is noticed
                    os._exit(70)
        while running:
            yield _ended(running)


def _ended(running: dict[int, Mutant]) -> tuple[Mutant, bool]:
    pid, status = os.wait()
    return running.pop(pid), status == 0


def main() -> None:
    """Prints the table of `docs/reliability.md`, and before it each mutant that no test noticed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("parts", nargs="*", default=[part.name for part in PARTS])
    parser.add_argument("--sample", type=int, help="so many mutants of each part, by chance")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--file", help="of this file alone")
    parser.add_argument("--line", type=int, help="of this line alone")
    parser.add_argument("--jobs", type=int, default=1)
    options = parser.parse_args()
    os.chdir(ROOT)
    hypothesis.settings.register_profile("mutants", derandomize=True, database=None, deadline=None, max_examples=30)
    hypothesis.settings.load_profile("mutants")
    re._MAXCACHE = 100_000  # type: ignore[attr-defined]
    rows = []
    for part in (part for part in PARTS if part.name in options.parts):
        files = [file for file in part.files if options.file in (None, file)]
        mutants = [mutant for file in files for mutant in (of_module(file) if file.endswith(".py") else of_rule(file))]
        mutants = [mutant for mutant in mutants if options.line in (None, mutant.line)]
        if options.sample and options.sample < len(mutants):
            mutants = random.Random(options.seed).sample(mutants, options.sample)
        reached = reach(part)
        gc.freeze()
        alive = 0
        unchanged = Mutant("unchanged", 0, "", lambda: None)
        if not all(lives for _, lives in survivors([unchanged], reached, 1)):
            raise SystemExit(f"the tests of {part.name} fail in a process of their own")
        for mutant, lives in survivors(mutants, reached, options.jobs):
            alive += lives
            if lives:
                print(f"{mutant.file}:{mutant.line}: {mutant.change}", flush=True)
        rows.append(f"| {part.name} | {len(mutants):,} | {len(mutants) - alive:,} | {(len(mutants) - alive) / len(mutants):.0%} |")
    print("| part | mutants | killed | share |\n|---|--:|--:|--:|")
    print("\n".join(rows))


if __name__ == "__main__":
    main()
