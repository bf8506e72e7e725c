"""What is said of a code: when it is found, how grave it is, what it means and how to mend it."""

from typing import Literal, NamedTuple

from dossier.diagnostics import Severity

ERROR, WARNING, INFO = Severity.ERROR, Severity.WARNING, Severity.INFO

# A stage is what looks: at one file, at all files together, at the theme; a command at its own work; one that
# publishes at what goes out;
# and `dossier check` alone at what an editor would see, and with --external at links out of the site.
Stage = Literal["file", "site", "theme", "command", "publish", "check", "links"]


class Code(NamedTuple):
    """A kind of finding.

    `level` is how grave it is unless `site.yaml` says otherwise, which it can't of one that is `fixed`:
    without what it asks for there is no page, or no site, or text is published that must not be.
    """

    name: str
    level: Severity
    means: str
    mend: str
    fixed: bool = False
