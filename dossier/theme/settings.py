"""A theme's `theme.yaml`."""

import re
from dataclasses import dataclass

from dossier.diagnostics import Diagnostic, Mark, did_you_mean, error
from dossier.frontmatter import Entry, Scalar, read_yaml_file

KEYS = ("name", "description", "extends")
NOWHERE = Mark()
_NAME = re.compile(r"[\w-]+")


@dataclass(frozen=True, slots=True)
class Settings:
    """What `theme.yaml` says. `extends` is the name of the theme whose templates and assets lie beneath."""

    description: str = ""
    extends: str = ""
    extends_mark: Mark = NOWHERE


def read_settings(path: str, data: bytes) -> tuple[Settings, list[Diagnostic]]:
    """The settings that a `theme.yaml` holds, and what is wrong with it."""
    content = read_yaml_file(path, data)
    findings = list(content.diagnostics)
    found: dict[str, Scalar] = {}
    for entry in content.fields.entries if content.fields else ():
        problem = _problem(path, entry)
        if problem:
            findings.append(problem)
        elif isinstance(entry.value, Scalar) and not entry.value.empty:
            found[entry.key] = entry.value
    extends = found.get("extends", Scalar(NOWHERE, ""))
    description = found["description"].text if "description" in found else ""
    return Settings(description, extends.text, extends.mark), findings


def _problem(path: str, entry: Entry) -> Diagnostic | None:
    """What is wrong with one key of a `theme.yaml`."""
    if entry.key not in KEYS:
        hint = did_you_mean(entry.key, KEYS, f"theme.yaml has {', '.join(KEYS)}")
        return error(path, entry.mark, "unknown-key", f"unknown key '{entry.key}'", hint)
    if not isinstance(entry.value, Scalar):
        hint = f"write one text: '{entry.key}: …'"
        return error(path, entry.value.mark, "wrong-type", f"'{entry.key}' must be a text", hint)
    if entry.key == "extends" and not entry.value.empty and not _NAME.fullmatch(entry.value.text):
        message = f"'{entry.value.text}' is no theme's name"
        hint = "name a folder in themes/, for example 'extends: briefing'"
        return error(path, entry.value.mark, "bad-value", message, hint)
    return None
