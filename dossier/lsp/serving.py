"""Serving an editor over standard input and output."""

import os
import sys
from collections.abc import Callable
from pathlib import Path

from dossier.build.session import ANSWER
from dossier.lsp import answering, listening, naming
from dossier.lsp.server import Server


def serve(today: Callable[[], str], given: Path | None = None) -> None:
    """Serve an editor until it ends. `given` is a site to look at in any case, `today` gives the day."""
    sys.setswitchinterval(ANSWER)
    server = Server(today, given)
    listening.listen(server)
    answering.answer(server)
    naming.answer(server)
    # What is printed by anybody else must not come between the answers.
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    server.start_io(sys.stdin.buffer, answers)
