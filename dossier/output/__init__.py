"""The only writer of a site's output: makes a folder equal to a tree, whole or not at all.

Changes are prepared in a folder beside the output on the same file system, then put in place. Either in one
burst of renames, announced in a journal, so that whatever dossier command comes next completes a burst that
was cut short; or (a first build, `--atomic`) in one step that exchanges the whole tree.

What outlasts a power cut: before an existing site is touched, the prepared files are forced to the disk
(`syncfs`, or `fsync` of each where there is none), then the journal. A first build isn't forced: there is no
site to lose, and the next build notices files that came to nothing. Kept results are never forced: they
are checked when they are read.
"""

from dossier.output.folder import (
    MARKER,
    Manifest,
    Survey,
    Tree,
    Written,
    digest_of_file,
    folded,
    refuse,
    to_survey,
)
from dossier.output.writer import Writer, last_manifest, recover

__all__ = [
    "MARKER",
    "Manifest",
    "Survey",
    "Tree",
    "Writer",
    "Written",
    "digest_of_file",
    "folded",
    "last_manifest",
    "recover",
    "refuse",
    "to_survey",
]
