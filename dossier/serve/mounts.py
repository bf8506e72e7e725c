"""Which file systems keep silent when another machine changes a file on them."""

import os
import re
from collections.abc import Iterable

MOUNTS = "/proc/self/mountinfo"  # Only Linux has it.
# Network drives, and folders that a virtual machine or a container shares with its host. proc(5), mount(8)
SILENT = frozenset(
    [
        *("nfs", "nfs4", "cifs", "smb3", "smbfs", "afs", "ceph", "coda", "glusterfs", "lustre", "ncpfs"),
        *("9p", "drvfs", "fakeowner", "prl_fs", "vboxsf", "virtiofs", "vmhgfs"),
        *("davfs", "davfs2", "grpcfuse", "osxfs", "rclone", "s3fs", "sshfs", "gcsfuse", "vmhgfs-fuse"),
    ]
)
_OCTAL = re.compile(r"\\([0-7]{3})")


def silent_kind(folder: str, mounts: Iterable[str] | None = None) -> str:
    """The kind of the file system that a folder lies on, if it is one of the silent; else ''.

    `mounts` are the lines of `/proc/self/mountinfo`; the last of those that fit best is what is seen.
    """
    if mounts is None:
        try:
            with open(MOUNTS, encoding="utf-8", errors="surrogateescape") as file:
                mounts = file.readlines()
        except OSError:
            return ""
    place = os.path.realpath(folder)
    best, kind = "", ""
    for line in mounts:
        before, _, after = line.partition(" - ")
        fields, kinds = before.split(), after.split()
        if len(fields) < 5 or not kinds:
            continue
        top = _OCTAL.sub(lambda found: chr(int(found[1], 8)), fields[4])
        if len(top) >= len(best) and f"{place}/".startswith(top.rstrip("/") + "/"):
            best, kind = top, kinds[0]
    return kind if kind.removeprefix("fuse.") in SILENT else ""
