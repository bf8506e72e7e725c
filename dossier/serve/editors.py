"""How editors are told to open a file at a line: by addresses whose schemes they register with the system.

`{path}` is the file's absolute path with a slash before it, percent-encoded; `{line}` and `{column}` count
from 1.
"""

from urllib.parse import quote

# Visual Studio Code and its kin. https://code.visualstudio.com/docs/editor/command-line#_opening-vs-code-with-urls
_CODE = {
    "code": "vscode",
    "code-insiders": "vscode-insiders",
    "codium": "vscodium",
    "cursor": "cursor",
    "windsurf": "windsurf",
    "zed": "zed",
}
_JETBRAINS = ("idea", "pycharm", "webstorm", "phpstorm", "goland", "rubymine", "clion", "rider", "rustrover")
EDITORS = {
    **{name: f"{scheme}://file{{path}}:{{line}}:{{column}}" for name, scheme in _CODE.items()},
    **{name: f"{name}://open?file={{path}}&line={{line}}&column={{column}}" for name in _JETBRAINS},
    "sublime": "subl://open?url=file://{path}&line={line}&column={column}",
    "textmate": "txmt://open?url=file://{path}&line={line}&column={column}",
    "bbedit": "x-bbedit://open?url=file://{path}&line={line}&column={column}",
    "nova": "nova://open?path={path}&line={line}&column={column}",
    "vim": "mvim://open?url=file://{path}&line={line}&column={column}",
    "emacs": "emacs://open?url=file://{path}&line={line}&column={column}",
    "obsidian": "obsidian://open?path={path}",
    "editor": "editor://open/?file={path}&line={line}&column={column}",
}


def is_editor(name: str) -> bool:
    """Whether a name is that of an editor, or an address with a place for the path."""
    return name in EDITORS or ("{path}" in name and ":" in name.partition("{")[0] and _fills(name))


def _fills(template: str) -> bool:
    try:
        template.format(path="", line=1, column=1)
    except (KeyError, IndexError, ValueError):
        return False
    return True


def address(editor: str, path: str, line: int, column: int) -> str:
    """The address that opens a file, given by its absolute path with forward slashes.

    >>> address("code", "/site/a b.md", 3, 7)
    'vscode://file/site/a%20b.md:3:7'
    """
    place = quote(path if path.startswith("/") else f"/{path}")
    return EDITORS.get(editor, editor).format(path=place, line=max(line, 1), column=max(column, 1))
