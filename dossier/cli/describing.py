"""`dossier schema`, and the files by which Visual Studio Code finds the schemas."""

import json
from pathlib import Path

import click

from dossier.diagnostics import DossierError, Mark, error
from dossier.schemas import KINDS, Kind, schema
from dossier.summary import shown_path

# Where a new site has its schemas.
FOLDER = ".vscode/dossier"


def list_schemas() -> None:
    """Say which schemas there are, and of what."""
    width = max(map(len, KINDS))
    for kind in KINDS.values():
        click.echo(f"{kind.name.ljust(width)}  {kind.place}")


def print_schema(name: str) -> None:
    """Print a schema."""
    if name not in KINDS:
        raise click.BadParameter(f"there are {', '.join(KINDS)}", param_hint="NAME")
    click.echo(text_of(KINDS[name]), nl=False)


def write_schemas(folder: Path) -> None:
    """Write all schemas into a folder, in the place of those that are there."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for kind in KINDS.values():
            (folder / file_name(kind)).write_text(text_of(kind), encoding="utf-8", newline="\n")
    except OSError as problem:
        cause = (problem.strerror or str(problem)).lower()
        raise DossierError(
            error(str(folder), Mark(), "disk", f"could not write the schemas: {cause}")
        ) from None
    click.echo(f"{len(KINDS)} schemas in {shown_path(str(folder))}")


def text_of(kind: Kind) -> str:
    """A schema as its file has it."""
    return json.dumps(schema(kind), ensure_ascii=False, indent=2) + "\n"


def file_name(kind: Kind) -> str:
    """What a schema's file is called."""
    return f"{kind.name}.schema.json"


def editor_files() -> dict[str, bytes]:
    """What a new site has for Visual Studio Code, by path: the schemas, and which files they are of.

    Its YAML extension looks at whole YAML files only: front matter is for the language server, whose settings
    are those of an extension that runs any server; docs/editors.md tells more.
    """
    whole = [kind for kind in KINDS.values() if not kind.place.endswith(".md")]
    settings = {
        "yaml.schemas": {f"./{FOLDER}/{file_name(kind)}": f"/{kind.place}" for kind in whole},
        "glspc.server.command": "dossier",
        "glspc.server.commandArguments": ["lsp"],
        "glspc.server.languageId": ["markdown", "yaml"],
    }
    files = {".vscode/settings.json": json.dumps(settings, indent=2) + "\n"}
    files |= {f"{FOLDER}/{file_name(kind)}": text_of(kind) for kind in whole}
    return {path: text.encode() for path, text in files.items()}
