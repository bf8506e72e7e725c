"""What the language server and the schemas stand on is loaded by nobody else."""

import subprocess
import sys
from pathlib import Path

from tests.conftest import REPOSITORY

THEIRS = ("pygls", "lsprotocol", "dossier.lsp", "dossier.schemas")


def test_a_build_loads_nothing_of_it(tmp_path: Path) -> None:
    (tmp_path / "site.yaml").write_text("title: T\n")
    program = (
        "import sys; from dossier import __main__ as program;"
        f"code = program.run(['--site', {str(tmp_path)!r}, 'build']);"
        f"print([name for name in {THEIRS!r} if name in sys.modules]); sys.exit(code)"
    )
    command = [sys.executable, "-c", program]
    done = subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True, timeout=60, check=True)
    assert done.stdout.splitlines()[-1] == "[]"
