"""Every expression of every template is escaped, and fields are looked up; both cheaply.

Most text holds nothing to escape, and what a template puts out is joined at once; so text without special
characters goes out as it is, without a Markup object for each piece. What comes out is what
`markupsafe.escape` gives. Templates can't switch this off.
"""

from typing import Any

from jinja2 import nodes
from jinja2.compiler import CodeGenerator, Frame, optimizeconst
from markupsafe import Markup, escape

# Python's own, and those that format a string, aren't within a template's reach.
FORMATTING = frozenset(["format", "format_map"])


def escaped(value: Any) -> str:
    """The value as text that is safe in HTML, XML and their attributes."""
    kind = type(value)
    if kind is str:
        # To look for one character after another is several times as fast as an expression.
        special = "&" in value or "<" in value or ">" in value or '"' in value or "'" in value
        return escape(value) if special else str(value)
    return value if kind is Markup else escape(value)


class Escaping(CodeGenerator):
    """Jinja's code generator, with `escaped` around what a template puts out.

    The environment has `escaped` as an attribute: its name is at hand in all that is generated. Fields that
    are there are looked up in place, all others by the environment.
    """

    @optimizeconst
    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:  # noqa: N802 (Jinja's name)
        if node.attr[0] == "_" or node.attr in FORMATTING:
            super().visit_Getattr(node, frame)
            return
        owner, value = self.temporary_identifier(), self.temporary_identifier()
        self.write(f"({value} if ({value} := getattr(({owner} := ")
        self.visit(node.node, frame)
        self.write(f"), {node.attr!r}, missing)) is not missing ")
        self.write(f"else environment.getattr({owner}, {node.attr!r}))")

    def _output_child_pre(
        self, node: nodes.Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo
    ) -> None:
        self.write("environment.escaped(")
        if finalize.src is not None:
            self.write(finalize.src)
