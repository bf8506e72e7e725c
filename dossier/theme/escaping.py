"""Every expression of every template is escaped, and cheaply.

Most text holds nothing to escape, and what a template puts out is joined at once; so text without special
characters goes out as it is, without a Markup object for each piece. What comes out is what
`markupsafe.escape` gives. Templates can't switch this off.
"""

import re
from typing import Any

from jinja2 import nodes
from jinja2.compiler import CodeGenerator, Frame
from markupsafe import Markup, escape

_SPECIAL = re.compile("[&<>'\"]").search


def escaped(value: Any) -> str:
    """The value as text that is safe in HTML, XML and their attributes."""
    kind = type(value)
    if kind is str:
        return escape(value) if _SPECIAL(value) else str(value)
    return value if kind is Markup else escape(value)


class Escaping(CodeGenerator):
    """Jinja's code generator, with `escaped` around what a template puts out.

    The environment has `escaped` as an attribute: its name is at hand in all that is generated.
    """

    def _output_child_pre(
        self, node: nodes.Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo
    ) -> None:
        self.write("environment.escaped(")
        if finalize.src is not None:
            self.write(finalize.src)
