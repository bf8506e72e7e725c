"""Files of the output that are no pages, taken into the tree; written where the output has others or none."""

import hashlib

from dossier.diagnostics import Diagnostic, DossierError, Mark, error
from dossier.output import Tree, Writer


def take(
    path: str,
    data: bytes,
    key: bytes,
    former: tuple[bytes, bytes] | None,
    how: str,
    writer: Writer,
    tree: Tree,
) -> None:
    """Take a file into the tree.

    `key` is the digest of what its bytes depend on, `former` the digest and the key of the one that stands in
    the output as it was left. Raises DossierError where that one has the same key, and isn't what was made:
    `how`, in a word.
    """
    digest = hashlib.blake2b(data, digest_size=16).digest()
    if former is not None and former[1] == key and former[0] != digest:
        raise DossierError(differs(path, how))
    tree.files[path] = (digest, key)
    if (former[0] if former else writer.digest(path)) != digest:
        writer.prepare(path, [data])
        tree.changed.add(path)


def differs(path: str, how: str) -> Diagnostic:
    """The finding for a result that was kept, and comes out otherwise."""
    hint = "this is a mistake in dossier, please report it; deleting .dossier/ mends this site"
    message = f"what was kept of this is not what comes out when it is {how} again"
    return error(path, Mark(), "not-reproducible", message, hint)
