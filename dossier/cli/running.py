"""Running a command by its arguments."""

from collections.abc import Sequence

import click

from dossier.cli.commands import main
from dossier.cli.outcome import exit_code


def run(arguments: Sequence[str]) -> int:
    """Run a command and return its exit code."""
    return exit_code(lambda: _run(arguments))


def _run(arguments: Sequence[str]) -> int | None:
    try:
        # Outside its own standalone mode click catches Exit, and returns its code.
        code: int | None = main(args=list(arguments), prog_name="dossier", standalone_mode=False)
    except click.ClickException as problem:
        problem.show()
        return problem.exit_code
    except click.Abort:
        return 130
    return code
