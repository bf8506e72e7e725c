"""The house keeps its order: imports go down, each third-party package has one room, few touch the world."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "dossier"

# Rooms by layer, the lowest first. A room knows those below it, never one beside or above it.
LAYERS = (
    ("version", "digests", "locking", "summary"),
    ("diagnostics", "walking", "folders", "revision"),
    ("looking",),
    ("model",),
    (
        "standing",
        "findings",
        "languages",
        "dates",
        "urls",
        "addresses",
        "views",
        "engine",
        "workers",
        "kept",
        "memo",
    ),
    (
        "frontmatter",
        "markup",
        "sources",
        "linked_data",
        "published",
        "evidence",
        "git",
        "fetching",
        "leaks",
        "pictures",
    ),
    ("documents", "library", "output", "external"),
    ("search", "bibliography", "citations", "history", "schemas"),
    ("plan", "theme", "check"),
    ("build",),
    ("serve", "clip", "lsp", "publish"),
    ("exports", "importing", "doctor"),
    ("cli",),
    ("__main__",),
)
LAYER = {room: number for number, layer in enumerate(LAYERS) for room in layer}

THIRD_PARTY = {
    "yaml": {"frontmatter"},
    "markdown_it": {"markup"},
    "mdit_py_plugins": {"markup"},
    "pygments": {"markup"},
    "jinja2": {"theme"},
    "markupsafe": {"theme"},
    "click": {"cli"},
    "rich": {"cli"},
    "watchdog": {"serve"},
    "starlette": {"serve"},
    "uvicorn": {"serve"},
    "segno": {"serve"},
    "bibtexparser": {"bibliography"},
    "rispy": {"bibliography"},
    "pylatexenc": {"bibliography"},
    "typst": {"citations"},
    "cbor2": {"search"},
    "trafilatura": {"clip"},
    "lxml": {"clip"},
    "justext": {"clip"},
    "charset_normalizer": {"clip"},
    "pdfminer": {"clip"},
    "httpx": {"clip", "fetching"},
    "httpcore": {"clip"},
    "warcio": {"clip"},
    "ahocorasick_rs": {"clip"},
    "protego": {"fetching"},
    "pygls": {"lsp"},
    "lsprotocol": {"lsp"},
    "feedparser": {"importing"},
    "weasyprint": {"exports"},
    "PIL": {"pictures"},
    "msgspec": set(LAYER),
}
# Standard modules that reach beyond the program's own values, and the rooms that may have them: those whose
# subject is the disk; `engine`, which reads dossier's own code; `workers`, whose subject is processes; and
# those at the top, which name folders and count processors.
FILES = {
    "sources",
    "memo",
    "kept",
    "output",
    "engine",
    "workers",
    "build",
    "serve",
    "clip",
    "lsp",
    "importing",
    "doctor",
    "cli",
    "__main__",
}
FILES |= {"git", "publish", "search", "walking", "locking", "folders", "looking", "standing", "summary"}
FILES |= {"revision", "history", "exports", "pictures"}
NOBODY: set[str] = set()
WORLD = {
    **dict.fromkeys(("pathlib", "os", "io", "shutil", "tempfile", "glob", "fcntl", "mmap"), FILES),
    **dict.fromkeys(("random", "secrets", "getpass", "locale"), NOBODY),
    "subprocess": {"search", "clip", "git", "history"},  # Pagefind, git; processes for strangers' bytes
    "sqlite3": {"memo"},
    "time": {"build", "serve", "clip", "cli", "looking", "__main__"},  # a build tells how long it took
}
# Only the command line asks what day it is, and what the environment says.
ASKING = ("date.today", "datetime.now", "datetime.utcnow", "time.time", "os.environ", "os.getenv")

MODULES = {path: path.relative_to(PACKAGE).with_suffix("").parts[0] for path in sorted(PACKAGE.rglob("*.py"))}
ROOMS = {path: "version" if room == "__init__" else room for path, room in MODULES.items()}


def imports(tree: ast.Module) -> Iterator[str]:
    """The full names of all that a module imports, wherever the import stands."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are absolute"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


@pytest.mark.parametrize(("path", "room"), ROOMS.items(), ids=[str(p.relative_to(PACKAGE)) for p in ROOMS])
def test_a_module_knows_only_what_lies_below_it(path: Path, room: str) -> None:
    assert room in LAYER, "a new room needs a layer above"
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for name in imports(tree):
        package, _, rest = name.partition(".")
        if package == "dossier":
            other = rest.partition(".")[0]
            other = "version" if other == "__version__" else other
            assert other == room or LAYER[other] < LAYER[room], f"{room} may not know {other}"
        assert room in THIRD_PARTY.get(package, {room}), f"{package} belongs to {THIRD_PARTY[package]}"
        assert room in WORLD.get(package, {room}), f"{package} belongs to {WORLD[package]}, not to {room}"
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and ast.unparse(node).endswith(ASKING):
            assert room in ("cli", "looking"), (
                f"line {node.lineno}: {room} may not ask for {ast.unparse(node)}"
            )
        if isinstance(node, ast.Name) and node.id == "open":
            assert room in FILES, f"line {node.lineno}: {room} may not open files"
