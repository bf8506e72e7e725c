"""`python -m dossier`, and the `dossier` command."""

import gc
import sys


def main() -> None:
    """Run the command line."""
    # A command's data lives until its end; collecting garbage while modules load finds none.
    gc.disable()
    from dossier.cli import run

    sys.exit(run(sys.argv[1:]))


if __name__ == "__main__":
    main()
