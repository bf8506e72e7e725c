"""Git as a program: what it says of commits and of files as they were.

It is told all that its own settings and its environment could change about the answer, and runs nothing that
a repository's settings name: no filter, no text conversion, no external diff, no signature's program.
"""

import contextlib
import os
import subprocess
from collections.abc import Iterator, Sequence
from types import TracebackType
from typing import IO

from dossier.git.running import git_program
from dossier.revision import Place

SECONDS = 300
# Files that are larger than any document may be are not read.
LARGEST = 16 * 1024 * 1024


class Unreadable(Exception):  # noqa: N818 (what it says of the history)
    """A history that git can't read, and why."""


def executable() -> str:
    """Git's program; '' where there is none."""
    return git_program(os.get_exec_path())


def ask(place: Place, site: str, arguments: Sequence[str]) -> bytes:
    """What git answers. Raises Unreadable."""
    try:
        done = subprocess.run(
            [*_command(place), *arguments],
            cwd=os.path.realpath(site),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise Unreadable(f"git took longer than {SECONDS} s") from None
    except OSError as problem:
        raise Unreadable((problem.strerror or str(problem)).lower()) from None
    if done.returncode:
        told = done.stderr.decode("utf-8", "replace").strip().splitlines()
        raise Unreadable((told[-1:] or [f"exit code {done.returncode}"])[0])
    return done.stdout


def _command(place: Place) -> list[str]:
    program = executable()
    if not program:
        raise Unreadable("git isn't installed")
    folders = (f"--git-dir={place.folder}", f"--work-tree={place.top}")
    return [program, *folders, "--no-pager", "--no-replace-objects", "--no-optional-locks"]


def is_partial(place: Place) -> bool:
    """Whether the repository lacks files that git would have to ask another machine for."""
    packs = os.path.join(place.shared, "objects", "pack")
    try:
        return any(name.endswith(".promisor") for name in os.listdir(packs))
    except OSError:
        return False


class Blobs:
    """Files as they were, by git's ids of them. A context; raises Unreadable where git can't be run."""

    def __init__(self, place: Place, site: str) -> None:
        self._place, self._site = place, site
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> "Blobs":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._process is not None:
            for pipe in (self._process.stdin, self._process.stdout):
                if pipe is not None:
                    with contextlib.suppress(OSError):  # It may have ended before it was asked all.
                        pipe.close()
            self._process.wait(SECONDS)

    def read(self, identifier: str) -> bytes:
        """The bytes of a file; none where it is missing or too large."""
        question, answer = self._pipes()
        try:
            question.write(identifier.encode("ascii") + b"\n")
            question.flush()
            words = answer.readline().split()
            if len(words) != 3 or words[1] != b"blob":
                if len(words) == 3 and words[1] != b"missing":
                    _skip(answer, int(words[2]) + 1)
                return b""
            size = int(words[2])
            if size > LARGEST:
                _skip(answer, size + 1)
                return b""
            data = answer.read(size + 1)
        except (OSError, ValueError) as problem:
            raise Unreadable(f"git ended while it was asked for files: {problem}") from None
        if len(data) != size + 1:
            raise Unreadable("git ended while it was asked for files")
        return data[:size]

    def _pipes(self) -> tuple[IO[bytes], IO[bytes]]:
        if self._process is None:
            try:
                self._process = subprocess.Popen(
                    [*_command(self._place), "cat-file", "--batch"],
                    cwd=os.path.realpath(self._site),
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    stderr=subprocess.DEVNULL,
                )
            except OSError as problem:
                raise Unreadable((problem.strerror or str(problem)).lower()) from None
        question, answer = self._process.stdin, self._process.stdout
        if question is None or answer is None:
            raise Unreadable("git can't be asked for files")
        return question, answer


def _skip(pipe: IO[bytes], size: int) -> None:
    while size > 0 and (part := pipe.read(min(size, 1 << 20))):
        size -= len(part)


def records(data: bytes) -> Iterator[bytes]:
    """What stands between NULs."""
    return iter(data.split(b"\0"))
