"""The templates of pages as Python functions: Jinja reads them, and each becomes one function that adds pieces of HTML to a list.

What templates show is escaped as everywhere in Jinja, but each text once for all pages. What they extend and include is put in its place
when they are read, and what depends on nothing but the words that all pages know is set then. So a page costs what is its own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from itertools import count
from typing import Any

from jinja2 import Environment, FileSystemLoader, TemplateAssertionError, nodes
from jinja2.compiler import CodeGenerator, Frame, operators
from jinja2.utils import htmlsafe_json_dumps
from jinja2.visitor import NodeVisitor

from cancu import resources
from cancu.website.parts import escaped

_OTHERS = {"audit.html", "base.html"}  # templates that no page has by itself
_parsed: dict[tuple[str | None, str], nodes.Template] = {}
_OPEN = object()  # what an expression comes to that is another on each page


def shown(value: object) -> str:
    """The HTML of what a template shows: a part of a page knows its own; anything else is text, and escaped."""
    if type(value) is str:
        return escaped(value)
    if type(value) is float or type(value) is int:
        return str(value)
    own = getattr(value, "__html__", None)
    return own() if own is not None else escaped(str(value))


class _Generator(CodeGenerator):
    """Gives Jinja, which runs it, the code of a template."""

    environment: Templates

    def visit_Template(self, node: nodes.Template, _frame: Frame | None = None) -> None:
        templates = self.environment
        self.write("name, blocks, debug_info = None, {}, ''\n")
        self.write("shown, escaped, filters, words = environment.shown, environment.escaped, environment.filters, environment.words\n")
        self.write("def root(known):\n pieces = []\n add = pieces.append\n")
        self.write("\n".join([*_Code(templates).of(templates.whole(node.body)), " return ''.join(pieces)\n"]))


class Templates(Environment):
    """The templates in `site/templates`, and the words and functions that all of them know. A name that there is not is an error."""

    code_generator_class = _Generator
    shown, escaped = staticmethod(shown), staticmethod(escaped)

    def __init__(self, **words: object) -> None:
        loader = FileSystemLoader(resources.SITE / "templates")
        super().__init__(loader=loader, autoescape=True, trim_blocks=True, lstrip_blocks=True, auto_reload=False)
        self.filters: dict[str, Callable[..., Any]] = {"length": len, "tojson": partial(htmlsafe_json_dumps, sort_keys=True)}
        self.words = words
        self._made: dict[str, Callable[[Mapping[str, object]], str]] = {}

    def html(self, name: str, **values: object) -> str:
        """What the template of this name makes of the values, and of the words that all templates know."""
        if name not in self._made:
            made: Any = self.get_template(name).root_render_func
            self._made[name] = made
        return self._made[name](values)

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        """The nodes of a template, which are the same in every language, and are read once."""
        if (name, source) not in _parsed:
            _parsed[name, source] = super()._parse(source, name, filename)
        return _parsed[name, source]

    def open(self) -> None:
        """Makes all templates ready, before processes are forked that would each do so."""
        for name in self.list_templates():
            if name not in _OTHERS:
                self.get_template(name)

    def body(self, name: str) -> list[nodes.Node]:
        """The nodes of a template."""
        return self.whole(self.parse((resources.SITE / "templates" / name).read_text(encoding="utf-8"), name).body)

    def whole(self, body: list[nodes.Node]) -> list[nodes.Node]:
        """The nodes of a template; where it extends another, those of that one, with its own blocks in their places."""
        base = next((node.template for node in body if isinstance(node, nodes.Extends)), None)
        if base is None:
            return body
        own = {node.name: node for node in body if isinstance(node, nodes.Block)}
        return [own.get(node.name, node) if isinstance(node, nodes.Block) else node for node in self.body(base.as_const())]


class _Code(NodeVisitor):
    """The lines of Python for a template, which have the values by name in `known`; a visit of an expression gives it as Python has it."""

    def __init__(self, templates: Templates) -> None:
        self._templates, self._numbers = templates, count()
        self._names: dict[str, str] = {}  # those that the template gives values itself, and how they are called in Python
        self._lines: list[str] = []
        self._text = ""  # that no line adds yet

    def of(self, body: Iterable[nodes.Node]) -> list[str]:
        """The lines for these nodes."""
        self._nodes(body, 1)
        self._end_text(1)
        return self._lines

    def generic_visit(self, node: nodes.Node, *_: Any, **__: Any) -> None:
        """Nodes of other kinds are refused: pages have had no use for them."""
        raise TemplateAssertionError(f"a page's template has no {type(node).__name__}", node.lineno)

    # ------------------------------------------------------------ statements

    def _line(self, text: str, depth: int) -> None:
        self._end_text(depth)
        self._lines.append(f"{' ' * depth}{text}")

    def _end_text(self, depth: int) -> None:
        if self._text:
            self._lines.append(f"{' ' * depth}add({self._text!r})")
            self._text = ""

    def _nodes(self, body: Iterable[nodes.Node], depth: int) -> None:
        for node in body:
            self.visit(node, depth)

    def _branch(self, head: str, body: Iterable[nodes.Node], depth: int) -> None:
        self._line(head, depth)
        before = len(self._lines)
        self._nodes(body, depth + 1)
        self._end_text(depth + 1)
        if len(self._lines) == before:
            self._line("pass", depth + 1)

    def visit_Output(self, node: nodes.Output, depth: int) -> None:
        for part in node.nodes:
            if isinstance(part, nodes.TemplateData):
                self._text += part.data
            elif (value := self._fixed(part)) is not _OPEN:
                self._text += shown(value)
            else:
                self._line(f"add(escaped(v) if type(v := {self.visit(part)}) is str else shown(v))", depth)

    def visit_If(self, node: nodes.If, depth: int) -> None:
        otherwise = [nodes.If(node.elif_[0].test, node.elif_[0].body, node.elif_[1:], node.else_)] if node.elif_ else node.else_
        if (value := self._fixed(node.test)) is not _OPEN:
            self._nodes(node.body if value else otherwise, depth)
            return
        self._branch(f"if {self.visit(node.test)}:", node.body, depth)
        if otherwise:
            self._branch("else:", otherwise, depth)

    def visit_For(self, node: nodes.For, depth: int) -> None:
        before, counted = dict(self._names), any(name.name == "loop" for name in node.find_all(nodes.Name))
        values, target = self.visit(node.iter), self._target(node.target)
        if counted:
            self._names["loop"] = number = f"n{next(self._numbers)}"
            values, target = f"enumerate({values})", f"{number}, ({target})"
        self._branch(f"for {target} in {values}:", node.body, depth)
        self._names = before

    def visit_With(self, node: nodes.With, depth: int) -> None:
        before, values = dict(self._names), ", ".join(map(self.visit, node.values))
        self._line(f"{', '.join(map(self._target, node.targets))} = {values}", depth)
        self._nodes(node.body, depth)
        self._names = before

    def _target(self, node: nodes.Node) -> str:
        """The names that are given a value."""
        if isinstance(node, nodes.Tuple):
            return ", ".join(map(self._target, node.items))
        name = f"l{next(self._numbers)}"
        self._names[str(getattr(node, "name", ""))] = name
        return name

    def visit_Include(self, node: nodes.Include, depth: int) -> None:
        self._nodes(self._templates.body(self._fixed(node.template)), depth)

    def visit_Block(self, node: nodes.Block, depth: int) -> None:
        self._nodes(node.body, depth)

    # ------------------------------------------------------------ expressions

    def _fixed(self, node: nodes.Node) -> Any:
        """What an expression comes to on every page, or _OPEN where that is not known: it is one of words and constants alone."""
        match node:
            case nodes.Const():
                return node.value
            case nodes.Name():
                return _OPEN if node.name in self._names else self._templates.words.get(node.name, _OPEN)
            case nodes.Call():
                called, *given = map(self._fixed, (node.node, *node.args))
                return _OPEN if called is _OPEN or _OPEN in given else called(*given)
            case nodes.Compare(ops=[nodes.Operand(op="eq", expr=other)]):
                pair = self._fixed(node.expr), self._fixed(other)
                return _OPEN if _OPEN in pair else pair[0] == pair[1]
            case _:
                return _OPEN

    def visit_Const(self, node: nodes.Const) -> str:
        return repr(node.value)

    def visit_Name(self, node: nodes.Name) -> str:
        return self._names.get(node.name) or f"{'words' if node.name in self._templates.words else 'known'}[{node.name!r}]"

    def visit_Getattr(self, node: nodes.Getattr) -> str:
        whole = self.visit(node.node)
        return whole if node.attr == "index0" else f"{whole}.{node.attr}"  # of a loop, which is its number

    def visit_Call(self, node: nodes.Call) -> str:
        return f"{self.visit(node.node)}({', '.join(map(self.visit, node.args))})"

    def visit_Filter(self, node: nodes.Filter) -> str:
        return f"filters[{node.name!r}]({self.visit(node.node)})" if node.node else ""

    def visit_Compare(self, node: nodes.Compare) -> str:
        return " ".join((f"({self.visit(node.expr)}", *(f"{operators[one.op]} {self.visit(one.expr)})" for one in node.ops)))

    def visit_Test(self, node: nodes.Test) -> str:
        return f"({self.visit(node.node)} is {node.name.capitalize()})"  # none, true, false

    def visit_Not(self, node: nodes.Not) -> str:
        return f"(not {self.visit(node.node)})"

    def _of_two(self, node: nodes.BinExpr) -> str:
        return f"({self.visit(node.left)} {node.operator} {self.visit(node.right)})"

    visit_And = visit_Or = visit_Add = visit_Sub = visit_Mod = _of_two

    def visit_CondExpr(self, node: nodes.CondExpr) -> str:
        otherwise = self.visit(node.expr2) if node.expr2 else "''"
        return f"({self.visit(node.expr1)} if {self.visit(node.test)} else {otherwise})"
