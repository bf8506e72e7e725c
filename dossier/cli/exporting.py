"""`dossier export`: what is made of a site besides its pages, and where it is put."""

import os
import sys
from collections.abc import Callable
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

import click

from dossier.build import Options
from dossier.cli import printing
from dossier.cli.printing import say
from dossier.cli.progress import Progress
from dossier.diagnostics import printable
from dossier.folders import STATE
from dossier.publish.pages import megabytes
from dossier.summary import shown_path

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dossier.build.exporting import Reading
    from dossier.build.result import Result
    from dossier.exports.briefing import Briefing

STANDARD_OUTPUT = Path("-")
# What a person can't read, and what may steer a terminal.
BINARY = (".zip", ".epub", ".pdf")


def run_export(
    form: str, site: Path, today: str, output: Path | None, *, force: bool, topic: str = ""
) -> None:
    """Make an export, and put it where it is wanted. Raises DossierError; Exit where the site has errors."""
    if output == STANDARD_OUTPUT and f".{form}" in BINARY and sys.stdout.isatty():
        raise click.UsageError("this is no text: give it a file with --output FILE, or pipe it on")
    with Progress() as progress:
        options = Options(site=site, today=today, progress=progress)
        if form == "zip":
            _zip(options, output, force=force)
            return
        with read(options) as reading:
            name, write = _MAKERS[form](reading, topic)
            _put(write, output, name, site, force=force)


@contextmanager
def read(options: Options) -> "Iterator[Reading]":
    """A site that was read; its findings are printed. Raises Exit where it has errors."""
    from dossier.build.exporting import reading

    with reading(options) as found:
        _tell(found.result)
        yield found


def _tell(result: "Result") -> None:
    printing.print_diagnostics(result.diagnostics)
    if result.failed:
        say(f"{printing.found(result)}; nothing was exported", to=sys.stderr)
        raise click.exceptions.Exit(1)


def _put(
    write: Callable[[BinaryIO], object], output: Path | None, name: str, site: Path, *, force: bool
) -> None:
    """Write to standard output, to a file, or under the usual name into a folder."""
    from dossier.exports.placing import put, refuse

    if output == STANDARD_OUTPUT:
        made = BytesIO()
        write(made)
        sys.stdout.buffer.write(made.getvalue())
        sys.stdout.buffer.flush()
        return
    place = Path(os.path.abspath(output or name))
    if output is not None and place.is_dir():
        place /= name
    refuse(place, site)
    size = put(place, write, site / STATE, force=force)
    say(f"exported to {printable(shown_path(str(place)))} ({megabytes(size)})")


def _zip(options: Options, output: Path | None, *, force: bool) -> None:
    from dossier.build.holding import held
    from dossier.exports.packing import folder_name, pack_site
    from dossier.publish.archives import EARLIEST

    moment = _moment() or EARLIEST
    with read(options) as found:
        library = found.library
    with held(options) as building:
        result = building.build({}, ())
        if result.failed:
            _tell(result)
        name = f"{folder_name(library.site)}.zip"
        _put(lambda file: pack_site(building, library, file, moment), output, name, options.site, force=force)


Made = tuple[str, Callable[[BinaryIO], object]]


def _single(reading: "Reading", topic: str) -> Made:
    from dossier.exports.single import single

    briefing = _briefing(reading, topic)
    data = single(briefing)
    return f"{briefing.name}.html", lambda file: file.write(data)


def _briefing(reading: "Reading", topic: str) -> "Briefing":
    from dossier.exports.composing import compose

    return compose(reading, topic)


def _epub(reading: "Reading", topic: str) -> Made:
    from dossier.exports.epub import write_epub

    briefing, moment = _briefing(reading, topic), _moment()
    return f"{briefing.name}.epub", lambda file: write_epub(briefing, file, moment)


def _pdf(reading: "Reading", topic: str) -> Made:
    from dossier.exports.pdf import pdf, seconds

    briefing = _briefing(reading, topic)
    # What puts fonts into the file stamps them with this time, else with the time of day.
    os.environ.setdefault("SOURCE_DATE_EPOCH", str(seconds(briefing.as_of)))
    data = pdf(briefing, reading.theme_assets())
    return f"{briefing.name}.pdf", lambda file: file.write(data)


def _moment() -> int | None:
    """The moment that the environment names; every command has seen that it is one."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    return int(epoch) if epoch else None


def _json(reading: "Reading", topic: str) -> Made:
    from dossier.exports.collecting import collect
    from dossier.exports.json import as_json

    data = as_json(collect(reading))
    return "dossier.json", lambda file: file.write(data)


def print_schema() -> None:
    """The JSON Schema of the data, to standard output."""
    from dossier.exports.json import kept_schema

    say(kept_schema().decode().rstrip("\n"))


_MAKERS: dict[str, Callable[["Reading", str], Made]] = {
    "single": _single,
    "json": _json,
    "epub": _epub,
    "pdf": _pdf,
}
