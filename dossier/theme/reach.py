"""How far a template can reach: to the fields of its view, and no further.

Python's own attributes lead from any value to all that the process holds (`view.__class__`, and on to the
files of the machine), and so does formatting a string with one. A page that used them would depend on more
than its view, and be stale without anyone knowing. To a template they are not there.
"""

from typing import Any

from jinja2 import Environment, Undefined

from dossier.theme.escaping import FORMATTING, Escaping, escaped


class Reach(Environment):
    """An environment whose templates see fields and plain methods of values, never what Python adds."""

    code_generator_class = Escaping
    escaped = staticmethod(escaped)

    def getattr(self, obj: Any, attribute: str) -> Any:
        """`value.name` in a template."""
        if attribute[0] == "_" or (attribute in FORMATTING and isinstance(obj, str)):
            return self.undefined(obj=obj, name=attribute)
        try:
            return getattr(obj, attribute)
        except AttributeError:
            return super().getattr(obj, attribute)

    def getitem(self, obj: Any, argument: Any) -> Any:
        """`value[name]` in a template, and what filters look up by a name."""
        if isinstance(argument, str) and argument and not isinstance(obj, dict):
            return self.getattr(obj, argument)
        found: Any | Undefined = super().getitem(obj, argument)
        return found
