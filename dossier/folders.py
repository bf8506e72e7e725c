"""Where a site keeps what isn't written by its curator: `.dossier/`, the output, what is being prepared."""

import os

from dossier.digests import blake2b

STATE = ".dossier"
OUTPUT = "public"
# In `.dossier/`, what is previewed: without drafts, and with them. What only a preview may show (drafts,
# marks of what is broken) must not be where it could be published from, so it is written here alone.
PREVIEWS = ("preview", "drafts")
# In the output, where that is a file system of its own: what is being prepared.
STAGING_INSIDE = ".dossier-staging"


def staging_beside(output: str) -> str:
    """Where changes of an output are prepared."""
    return os.path.join(os.path.dirname(output), f".{os.path.basename(output)}.dossier")


def output_name(state: str, output: str) -> str:
    """The name by which a site's `.dossier/` knows an output folder."""
    site = os.path.dirname(state)
    same_drive = os.path.splitdrive(output)[0] == os.path.splitdrive(site)[0]
    name = os.path.relpath(output, site) if same_drive else output
    return blake2b(os.fsencode(name), digest_size=8).hexdigest()


def manifest_place(state: str, output: str) -> str:
    """Where the manifest of an output is kept in a site's `.dossier/`."""
    return os.path.join(state, "outputs", output_name(state, output))


def standing_place(state: str, output: str) -> str:
    """Where is kept how everything stood when there was nothing more to do."""
    return manifest_place(state, output) + ".standing"
