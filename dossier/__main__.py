"""`python -m dossier`, and the `dossier` command."""

import gc
import sys

INTERRUPTED = 130


def main() -> None:
    """Run the command line."""
    # A command's data lives until its end; collecting garbage while modules load finds none.
    gc.disable()
    try:
        from dossier.cli import run

        code = run(sys.argv[1:])
    except KeyboardInterrupt:
        code = INTERRUPTED
    sys.exit(code)


if __name__ == "__main__":
    main()
