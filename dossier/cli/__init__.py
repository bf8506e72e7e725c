"""The command line: arguments, exit codes, and what people see. The one room that knows click and rich.

Exit codes: 0 fine, 1 findings or a build that failed, 2 wrong usage, 130 interrupted.
"""

import os
import sys
from collections.abc import Sequence

import click

from dossier.cli.commands import main
from dossier.cli.printing import print_diagnostics
from dossier.diagnostics import DossierError

__all__ = ["main", "run"]


def run(arguments: Sequence[str]) -> int:
    """Run a command and return its exit code. Nothing that a user did ends in a traceback."""
    try:
        # Outside its own standalone mode click catches Exit, and returns its code.
        code: int | None = main(args=list(arguments), prog_name="dossier", standalone_mode=False)
    except click.ClickException as problem:
        problem.show()
        return problem.exit_code
    except (click.Abort, KeyboardInterrupt):
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
        click.echo(f"error[internal]: {type(problem).__name__}: {problem}", err=True)
        click.echo("  hint: this is a mistake in dossier, please report it with the traceback that", err=True)
        click.echo("        DOSSIER_TRACEBACK=1 shows", err=True)
        return 1
    return code or 0
