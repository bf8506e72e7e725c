"""Building a site, and telling what came of it. Without click, which takes a small build's time to load."""

from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from dossier.build import Options, Report, Result, build
from dossier.cli import printing
from dossier.cli.outcome import exit_code
from dossier.cli.progress import Progress

if TYPE_CHECKING:
    from dossier.looking import Look
    from dossier.standing import Standing


def go_on(look: "Look", stood: "Standing | None") -> int:
    """Answer a build of which a look was taken, by what was noted or by building. Returns the exit code."""
    return exit_code(lambda: _go_on(look, stood))


def _go_on(look: "Look", stood: "Standing | None") -> int:
    asked = look.asked
    with Progress() as progress:
        options = Options(
            site=Path(asked.site),
            today=look.day,
            output=Path(asked.output),
            drafts=asked.drafts,
            strict=asked.strict,
            atomic=asked.atomic,
            progress=progress,
        )
        result = build(options, look=look) if stood is None else _noted(look, stood)
    tell(result, options)
    return int(result.failed)


def _noted(look: "Look", stood: "Standing") -> Result:
    """The result of the last build, after which nothing changed."""
    look.end()
    report = msgspec.msgpack.decode(stood.report, type=Report)
    result = Result(report.diagnostics, pages=report.pages, assets=report.assets)
    result.failed = look.asked.strict and bool(result.warnings)
    return result


def tell(result: Result, options: Options) -> None:
    """Print what came of a build."""
    printing.print_diagnostics(result.diagnostics)
    printing.print_summary(result, options)
