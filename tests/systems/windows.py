"""Runs dossier as far as can be as if on Windows: `python -m tests.systems.windows build …`.

What Windows lacks isn't there: fork, modules and flags of Unix, links without a privilege. What it forbids
fails: a file that somebody has open can't be replaced, renamed or deleted, nor can a folder with one in it;
nothing is renamed over what is there; names end in no dot and hold no `:`. Pipes are written to in the code
page of Western Europe, and text files, where nobody says otherwise, with \\r\\n.
"""

import builtins
import contextlib
import errno
import importlib
import io
import os
import sys
import types
from collections.abc import Callable
from typing import Any


def _words(text: str) -> list[str]:
    return text.split()


UNIX_MODULES = ("fcntl", "pwd", "grp", "resource", "termios", "tty", "pty", "syslog", "readline")
UNIX_FUNCTIONS = _words("""
    fork forkpty wait waitid wait3 wait4 mkfifo mknod chown fchown lchown sync getuid geteuid getgid getegid
    getpgid killpg setsid sched_getaffinity pread posix_fadvise nice uname
    O_TMPFILE O_NOFOLLOW O_DIRECTORY O_NONBLOCK O_CLOEXEC
""")
# Packages that look at the system when they are loaded.
CHOSEN = _words("""
    asyncio concurrent.futures.process ctypes.util logging.handlers mimetypes multiprocessing platform shutil
    subprocess tempfile uuid webbrowser zipfile click click.shell_completion rich.console rich.progress
    rich.table jinja2 markdown_it starlette.applications uvicorn.main watchdog.observers.polling
""")
Anything = Callable[..., Any]
FORBIDDEN = set('<>:"|?*')


def main() -> int:
    """Take away what Windows hasn't, and run a command."""
    # What others chose when they were loaded stays as it is here: git is run by Unix' own means.
    for name in CHOSEN:
        importlib.import_module(name)
    msvcrt = _msvcrt()
    for name in UNIX_MODULES:
        sys.modules[name] = None  # type: ignore[assignment]
    sys.modules["msvcrt"] = msvcrt
    for name in UNIX_FUNCTIONS:
        if hasattr(os, name):
            delattr(os, name)
    os.supports_dir_fd.clear()
    os.supports_fd.clear()
    os.supports_follow_symlinks.clear()
    os.O_BINARY = 0  # type: ignore[attr-defined]
    sys.platform = "win32"
    _forbid()
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="cp1252", newline="\r\n")  # type: ignore[union-attr]

    from dossier.__main__ import main as dossier

    dossier()
    return 0


def _msvcrt() -> types.ModuleType:
    """Locks, by those of this system."""
    import fcntl as real

    module = types.ModuleType("msvcrt")

    def locking(descriptor: int, mode: int, size: int) -> None:
        assert size == 1
        try:
            real.flock(descriptor, real.LOCK_UN if mode == 0 else real.LOCK_EX | real.LOCK_NB)
        except BlockingIOError:
            raise PermissionError(errno.EACCES, "Permission denied") from None

    module.locking, module.LK_NBLCK, module.LK_UNLCK = locking, 2, 0  # type: ignore[attr-defined]
    return module


def _opened() -> set[str]:
    """The files that this process has open."""
    found = set()
    for number in os.listdir("/proc/self/fd"):
        with contextlib.suppress(OSError):
            found.add(os.readlink(f"/proc/self/fd/{number}"))
    return found


def _in_use(path: Any) -> None:
    place = os.path.realpath(os.fsdecode(path))
    for other in _opened():
        if other == place or other.startswith(place + "/"):
            raise PermissionError(
                errno.EACCES, "The process cannot access the file because it is in use", place
            )


def _named(path: Any) -> None:
    for part in os.fsdecode(path).split("/"):
        if FORBIDDEN & set(part) or (part.endswith((".", " ")) and part.strip(".")):
            raise OSError(
                errno.EINVAL, "The filename, directory name, or volume label syntax is incorrect", path
            )


def _forbid() -> None:
    """Replace what changes the disk by what refuses as Windows does."""
    os.rename, os.replace, os.link = _renaming(os.rename), _replacing(os.replace), _linking(os.link)
    os.unlink, os.remove, os.rmdir = _guarded(os.unlink), _guarded(os.remove), _guarded(os.rmdir)
    os.mkdir, os.symlink = _making(os.mkdir), _privilege
    builtins.open = io.open = _opening(io.open)


def _renaming(rename: Anything) -> Anything:
    def renamed(source: Any, target: Any, **more: Any) -> None:
        if os.path.lexists(target):
            raise FileExistsError(errno.EEXIST, "Cannot create a file when that file already exists", target)
        _in_use(source)
        _named(target)
        rename(source, target, **more)

    return renamed


def _replacing(replace: Anything) -> Anything:
    def replaced(source: Any, target: Any, **more: Any) -> None:
        for place in (source, target):
            _in_use(place)
        if os.path.isdir(target):
            raise PermissionError(errno.EACCES, "Access is denied", target)
        _named(target)
        replace(source, target, **more)

    return replaced


def _linking(link: Anything) -> Anything:
    def linked(source: Any, target: Any, *, follow_symlinks: bool = False) -> None:
        if follow_symlinks:
            raise NotImplementedError("link: follow_symlinks unavailable on this platform")
        _named(target)
        link(source, target, follow_symlinks=False)

    return linked


def _making(make: Anything) -> Anything:
    def made(path: Any, mode: int = 0o777, **more: Any) -> None:
        _named(path)
        make(path, mode, **more)

    return made


def _guarded(function: Anything) -> Anything:
    def refusing(path: Any, *rest: Any, **more: Any) -> Any:
        _in_use(path)
        return function(path, *rest, **more)

    return refusing


def _privilege(*_: Any, **__: Any) -> None:
    raise OSError(errno.EINVAL, "A required privilege is not held by the client")


def _opening(opening: Anything) -> Anything:
    def opened(file: Any, mode: str = "r", *rest: Any, **more: Any) -> Any:
        if isinstance(file, str | bytes | os.PathLike):
            _named(file)
        if "b" not in mode and not rest:
            more.setdefault("encoding", "cp1252")
            if set(mode) & set("wax+"):
                more["newline"] = more.get("newline") or "\r\n"
        return opening(file, mode, *rest, **more)

    return opened


if __name__ == "__main__":
    sys.exit(main())
