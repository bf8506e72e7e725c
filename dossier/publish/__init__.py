"""Publishing a built site: to a branch that GitHub Pages serves, to a folder, or as an archive.

What is published is what the build wrote, file by file and byte by byte as its manifest lists them, and what
the host needs beside it. Nothing else that lies in the output folder goes out.
"""

from dossier.publish.elsewhere import publish_elsewhere
from dossier.publish.recording import list_addresses
from dossier.publish.request import Outcome, Request
from dossier.publish.to_branch import publish_to_branch

__all__ = ["Outcome", "Request", "publish", "publish_elsewhere", "publish_to_branch"]


def publish(request: Request) -> Outcome:
    """Publish a site where it is asked for, or only list its addresses. Raises DossierError."""
    if request.record:
        return list_addresses(request)
    return publish_elsewhere(request, request.to) if request.to else publish_to_branch(request)
