"""A disk that doesn't tell the case of names, as those of macOS and Windows, for what lies below a folder."""

import builtins
import io
import os
import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

ONE = ("stat", "lstat", "open", "unlink", "remove", "rmdir", "mkdir", "scandir", "listdir", "chmod", "utime")
TWO = ("replace", "link")


def folded(name: str) -> str:
    return unicodedata.normalize("NFC", name).casefold()


def become_case_blind(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a path below the root lead to what differs from it in case alone.

    What is replaced keeps its spelling, and what is renamed to another spelling of itself takes that.
    """
    found, rename = finder(os.path.realpath(root), os.listdir), os.rename

    def first(function: Callable[..., Any]) -> Callable[..., Any]:
        def called(path: Any = ".", *rest: Any, dir_fd: int | None = None, **more: Any) -> Any:
            return function(found(path, dir_fd), *rest, **more)

        return called

    def both(function: Callable[..., Any]) -> Callable[..., Any]:
        def called(
            one: Any, other: Any, *, src_dir_fd: int | None = None, dst_dir_fd: int | None = None, **more: Any
        ) -> Any:
            return function(found(one, src_dir_fd), found(other, dst_dir_fd), **more)

        return called

    def renamed(source: Any, target: Any, **more: Any) -> None:
        one, other = found(source), found(target)
        rename(one, target if one == other else other, **more)

    for name in ONE:
        monkeypatch.setattr(os, name, first(getattr(os, name)))
    for name in TWO:
        monkeypatch.setattr(os, name, both(getattr(os, name)))
    monkeypatch.setattr(os, "rename", renamed)
    opened = first(io.open)
    monkeypatch.setattr(io, "open", opened)
    monkeypatch.setattr(builtins, "open", opened)


def finder(base: str, listdir: Callable[[str], list[str]]) -> Callable[..., Any]:
    """What leads from a path to that of what it means on such a disk, below a folder."""

    def found(path: Any, folder: int | None = None) -> Any:
        if isinstance(path, int):
            return path  # A descriptor.
        here = os.getcwd() if folder is None else os.readlink(f"/proc/self/fd/{folder}")
        place = os.path.normpath(os.path.join(here, os.fsdecode(path)))
        if not place.startswith(base + "/"):
            return path if folder is None else place
        real = base
        for part in place[len(base) + 1 :].split("/"):
            real = f"{real}/{spelled(part, real)}"
        return real

    def spelled(part: str, folder: str) -> str:
        try:
            names = listdir(folder)
        except OSError:
            return part
        return part if part in names else next((n for n in names if folded(n) == folded(part)), part)

    return found
