"""Small changes to code: of modules, of the regular expressions in them, and of the rules of inference."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from types import CodeType

from cancu import resources

ROOT = resources.ROOT


@dataclass(frozen=True, slots=True)
class Mutant:
    """One change: of which file and line, in words, and what makes it: the module's code, or the rule's text.

    `function` is the first and the last line of the function that it is in; (0, 0) where it is in none.
    `pattern` says that a regular expression is changed.
    """

    file: str
    line: int
    change: str
    make: Callable[[], CodeType | str]
    function: tuple[int, int] = (0, 0)
    pattern: bool = False


# ---------------------------------------------------------------- modules

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
        case str() if _LIKE_A_PATTERN.search(value):
            yield from _of_pattern(value)
        case str():
            yield f"XX{value}XX"


_LIKE_A_PATTERN = re.compile(r"\\[swdDWSb]|\(\?|[\w)\]]\|[\w(]")  # text that is a regular expression, or a piece of one
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


def _slots(node: ast.AST) -> Iterator[tuple[ast.AST, str, int | None, ast.AST]]:
    """Every place below a node that holds another: its parent, field, and place in a list. Docstrings and types are no code."""
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
        return
    if isinstance(node, ast.Subscript) and ast.unparse(node.value) == "Literal":
        return
    for name, value in ast.iter_fields(node):
        for i, child in enumerate(value if isinstance(value, list) else [value]):
            if isinstance(child, ast.AST) and name not in _UNCHANGED:
                yield node, name, i if isinstance(value, list) else None, child
                yield from _slots(child)


def of_module(file: str) -> list[Mutant]:
    """The mutants of a module. Their `make` changes the one tree that they share: it is called once, in a process of its own."""
    tree = ast.parse((ROOT / file).read_text("utf-8"))
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]  # the outermost first
    around = {id(node): (one.body[0].lineno, one.end_lineno or 0) for one in reversed(functions) for node in ast.walk(one)}
    found = []
    for parent, name, place, child in _slots(tree):
        for new in _changed(child):
            line = getattr(child if hasattr(child, "lineno") else child.target, "lineno", 0)  # a part of a comprehension has no line
            make = partial(_made, file, tree, parent, name, place, ast.copy_location(new or ast.Pass(), child))
            found.append(Mutant(file, line, _apart(_words(child), _words(new)), make, around.get(id(child), (0, 0)), _is_pattern(child)))
    return found


def _is_pattern(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str) and bool(_LIKE_A_PATTERN.search(node.value))


def _words(node: ast.AST | None) -> str:
    return " ".join(ast.unparse(node).split()) if node else "nothing"


def _apart(old: str, new: str) -> str:
    """Where two long texts differ."""
    if max(len(old), len(new)) < 120:
        return f"{old} → {new}"
    first = next((i for i, (one, other) in enumerate(zip(old, new, strict=False)) if one != other), 0)
    last = len(old) - first - 60
    return f"…{old[max(0, first - 30) : first + 60]}… → …{new[max(0, first - 30) : max(first, len(new) - last)]}…"


def _made(file: str, tree: ast.Module, parent: ast.AST, name: str, place: int | None, new: ast.AST) -> CodeType:
    if place is None:
        setattr(parent, name, new)
    else:
        getattr(parent, name)[place] = new
    return compile(ast.fix_missing_locations(tree), str(ROOT / file), "exec")


# ---------------------------------------------------------------- rules

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
            f"{' '.join(match[0].split())} → {new or 'nothing'}",
            partial(str, text[: match.start()] + new + text[match.end() :]),
        )
        for match, new in found
    ]
