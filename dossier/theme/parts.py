"""Parts that many pages share, made once: a template as a pure function of the values that it is given.

`{{ part("partials/footer.html", site=view.site) }}` gives what including that template would, but the
template sees only the values named, and equal values give the text made the first time.
"""

from collections.abc import Callable

import msgspec
from jinja2 import Environment
from markupsafe import Markup

# The parts of a site's frame come in a few versions, by depth and section; more are not worth keeping.
KEPT = 512
_ENCODER = msgspec.msgpack.Encoder()


def parts_of(environment: Environment) -> Callable[..., Markup]:
    """The function `part` for an environment's templates."""
    made: dict[tuple[object, ...], Markup] = {}

    def part(template: str, **values: object) -> Markup:
        # The bytes of a view are those of its fields alone; its type says which fields they are.
        key = (template, _ENCODER.encode(values), *map(type, values.values()))
        known = made.get(key)
        if known is None:
            if len(made) >= KEPT:
                made.clear()
            known = made[key] = Markup(environment.get_template(template).render(values).removesuffix("\n"))
        return known

    return part
