"""How a command ends: its exit code, and what is said of what stopped it. Nobody sees a traceback."""

import os
import sys
from collections.abc import Callable

from dossier.cli.printing import print_diagnostics, say
from dossier.diagnostics import DossierError


def exit_code(command: Callable[[], int | None]) -> int:
    """Run a command and return its exit code. Nothing that a user did ends in a traceback."""
    try:
        return command() or 0
    except KeyboardInterrupt:
        return 130
    except DossierError as problem:
        print_diagnostics(problem.diagnostics)
        return 1
    except BrokenPipeError:
        # The reader of a pipe went; so that Python doesn't complain of it when it flushes at exit:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except Exception as problem:
        if os.environ.get("DOSSIER_TRACEBACK"):
            raise
        say(f"error[internal]: {type(problem).__name__}: {problem}", to=sys.stderr)
        say("  hint: this is a mistake in dossier, please report it with the traceback that", to=sys.stderr)
        say("        DOSSIER_TRACEBACK=1 shows", to=sys.stderr)
        return 1
