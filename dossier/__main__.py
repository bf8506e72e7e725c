"""`python -m dossier`, and the `dossier` command."""

import gc
import io
import os
import sys
import time

from dossier import looking, standing
from dossier.summary import summary

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import NoReturn

INTERRUPTED = 130


def main() -> None:
    """Run the command line."""
    # A command's data lives until its end; collecting garbage while modules load finds none.
    gc.disable()
    speak()
    try:
        code = run(sys.argv[1:])
    except KeyboardInterrupt:
        code = INTERRUPTED
    leave(code)


def speak() -> None:
    """Let all be said that there is to say, whatever letters the streams know.

    Pipes of Windows know a code page's, which no other program expects of text today: they get UTF-8. What
    else can't be written is replaced.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            if sys.platform == "win32" and not stream.isatty():
                stream.reconfigure(encoding="utf-8")
            if stream.errors == "strict":
                stream.reconfigure(errors="replace")


def leave(code: int) -> "NoReturn":
    """End the process without taking its data apart first, which takes as long as a small build."""
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except BrokenPipeError:
        code = code or 1
    os._exit(code)


def run(arguments: list[str]) -> int:
    """Answer a build that has nothing to do at once; else load what the command needs, and run it."""
    started = time.perf_counter()
    look = looking.look(arguments)
    if look is None:
        from dossier.cli.running import run

        return run(arguments)
    stood = standing.stands(look)
    if stood is not None and not stood.report:
        look.end()
        print(summary(stood.pages, look.asked.output, time.perf_counter() - started))
        return 0
    from dossier.cli.building import go_on

    return go_on(look, stood)


if __name__ == "__main__":
    main()
