"""The templates of pages, set for speed: what they show is escaped as everywhere in Jinja, but each text once for all pages."""

from __future__ import annotations

from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template, nodes
from jinja2.compiler import CodeGenerator, Frame

from cancu import resources
from cancu.website.parts import escaped


def shown(value: object) -> str:
    """The HTML of what a template shows: a part of a page knows its own; anything else is text, and escaped."""
    if type(value) is str:
        return escaped(value)
    own = getattr(value, "__html__", None)
    return own() if own is not None else escaped(str(value))


class _Generator(CodeGenerator):
    """Writes what Jinja would, but with `shown` for its own escape, and attributes and calls as Python has them."""

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        self.write("environment.shown(")

    def visit_Call(self, node: nodes.Call, frame: Frame, forward_caller: bool = False) -> None:
        if forward_caller or node.kwargs or node.dyn_args or node.dyn_kwargs:
            super().visit_Call(node, frame, forward_caller)
            return
        self.visit(node.node, frame)
        self.write("(")
        for arg in node.args:
            self.visit(arg, frame)
            self.write(", ")
        self.write(")")

    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:
        self.write("(")
        self.visit(node.node, frame)
        self.write(f").{node.attr}")


class Templates(Environment):
    """The templates in `site/templates`. A name that there is not is an error."""

    code_generator_class = _Generator
    shown = staticmethod(shown)

    def __init__(self, **words: object) -> None:
        loader = FileSystemLoader(resources.SITE / "templates")
        super().__init__(loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True, auto_reload=False)
        self._words = words
        self._known: dict[str, Template] = {}

    def html(self, name: str, **values: object) -> str:
        """What the template of this name makes of the values, and of the words that all templates know."""
        if name not in self._known:
            self._known[name] = self.get_template(name)
        template = self._known[name]
        return "".join(template.root_render_func(template.new_context(self._words | values, shared=True)))
