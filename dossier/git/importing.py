"""Making a commit of files from their bytes, with `git fast-import`: one process, and only what changed.

It runs in a repository of its own that shares nothing with the site's but the folder of objects. So no ref,
index or file of the site's repository is touched, whatever happens on the way; an import that is cut short
leaves no commit behind, since it isn't believed without its last word.
"""

import os
import shutil
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from dossier.diagnostics import DossierError, Mark, error
from dossier.git.repository import Repository
from dossier.git.running import GitError, communicate, decoded, end, failure


@dataclass(frozen=True)
class Change:
    """A file of a commit that isn't as it was: its bytes in pieces and their number; none, and it goes."""

    path: str
    size: int = 0
    chunks: Iterable[bytes] | None = None


def commit_files(
    repository: Repository, workshop: Path, parent: str, message: str, changes: Iterable[Change]
) -> str:
    """The id of a new commit on top of another (of none, where `parent` is empty). No branch leads to it.

    `workshop` is a folder that isn't there, for git's own use meanwhile. Raises DossierError, and whatever
    reading the changes raises; then there is no commit.
    """
    git = repository.git
    who = identity(repository)
    try:
        shutil.rmtree(workshop, ignore_errors=True)
        os.makedirs(workshop)
        form = f"--object-format={repository.form}"
        git.run("init", "--quiet", "--bare", "--template=", form, str(workshop))
        process = git.start(
            *("fast-import", "--quiet", "--date-format=raw", "--done"),
            GIT_DIR=str(workshop),
            GIT_OBJECT_DIRECTORY=repository.objects,
        )
        assert process.stdin is not None
        try:
            for piece in _stream(who, parent, message, changes):
                process.stdin.write(piece)
        except BrokenPipeError:
            _, words = communicate(process)
            raise failure(["fast-import"], process.wait(), words) from None
        except BaseException:
            end(process)
            raise
        output, words = communicate(process)
        if process.returncode:
            raise failure(["fast-import"], process.returncode, words)
        return decoded(output).strip()
    except GitError as problem:
        message = f"git could not take the files in: {problem.reason}"
        hint = "see whether the repository is sound: git fsck"
        raise DossierError(error("git", Mark(), "git-failed", message, hint)) from problem
    finally:
        shutil.rmtree(workshop, ignore_errors=True)


def identity(repository: Repository) -> str:
    """Who commits, and when: `Ann <ann@example.org> 1767225600 +0000`. Raises DossierError."""
    try:
        return repository.git.text("var", "GIT_COMMITTER_IDENT")
    except GitError as problem:
        hint = 'tell it: git config --global user.name "Your Name", and the same for user.email'
        stop = error("git", Mark(), "git-identity", "git doesn't know who you are", hint)
        raise DossierError(stop) from problem


def _stream(who: str, parent: str, message: str, changes: Iterable[Change]) -> Iterator[bytes]:
    text = message.encode("utf-8", "surrogateescape")
    yield b"commit refs/heads/made\nmark :1\ncommitter " + who.encode("utf-8", "surrogateescape")
    yield b"\ndata %d\n%s\n" % (len(text), text)
    if parent:
        yield b"from %s\n" % parent.encode()
    for change in changes:
        if change.chunks is None:
            yield b"D " + _quoted(change.path) + b"\n"
            continue
        yield b"M 100644 inline " + _quoted(change.path) + b"\ndata %d\n" % change.size
        yield from change.chunks
        yield b"\n"
    yield b"get-mark :1\ndone\n"


def _quoted(path: str) -> bytes:
    escaped = path.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return b'"' + escaped.encode("utf-8", "surrogateescape") + b'"'
