"""YAML as editors read it: by the core schema of YAML 1.2, to the values of JSON."""

import re
from typing import Any

from dossier.frontmatter import Listing, Mapping, Node, Scalar

_CORE: tuple[tuple[str, Any], ...] = (
    (r"|~|null|Null|NULL", lambda text: None),
    (r"true|True|TRUE|false|False|FALSE", lambda text: text.lower() == "true"),
    (r"[-+]?[0-9]+", int),
    (r"0o[0-7]+", lambda text: int(text[2:], 8)),
    (r"0x[0-9a-fA-F]+", lambda text: int(text[2:], 16)),
    (r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?", float),
    (r"[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)", lambda text: float(text.replace(".", ""))),
)


def value(node: Node) -> Any:
    """The value of JSON that editors take a node for."""
    if isinstance(node, Mapping):
        return {entry.key: value(entry.value) for entry in node.entries}
    if isinstance(node, Listing):
        return [value(item) for item in node.items]
    assert isinstance(node, Scalar)
    if node.plain:
        for pattern, made in _CORE:
            if re.fullmatch(pattern, node.text):
                return made(node.text)
    return node.text
