"""The lock of a site's `.dossier/`: one command at a time writes it and the site's output.

It belongs to the process and ends with it, however that ends; the file left behind locks nothing.
"""

import errno
import os

# What systems say of a lock that another process holds.
HELD = (errno.EAGAIN, errno.EACCES, errno.EDEADLK)


def hold(descriptor: int) -> None:
    """Lock a file for this process, or close it and raise OSError at once."""
    try:
        _lock(descriptor)
    except OSError:
        os.close(descriptor)
        raise


def _lock(descriptor: int) -> None:
    try:
        import fcntl  # Not on Windows.
    except ImportError:
        import msvcrt

        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined]
    else:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)


def now(descriptor: int, place: str) -> int:
    """The file system's own time, in nanoseconds: what a file changed in this moment would be stamped."""
    os.utime(descriptor if os.utime in os.supports_fd else place)
    return os.fstat(descriptor).st_mtime_ns
