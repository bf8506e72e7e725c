"""Pushing a commit to a branch of a remote, on condition that the branch is still what it was seen to be."""

import re

from dossier.diagnostics import DossierError, Mark, error
from dossier.git.remotes import Remote
from dossier.git.repository import Repository
from dossier.git.running import GitError, Progress, end, failure, follow, masked

_REJECTED = re.compile(r"^!\t\S*\t(?P<what>\[[^\]]*\])(?: \((?P<why>.*)\))?$", re.MULTILINE)
_PROTECTED = re.compile(
    r"GH006|GH013|[Pp]rotected branch|hook declined|denyCurrentBranch|denyNonFastForwards|"
    r"branch is currently checked out"
)


def push(
    repository: Repository,
    remote: Remote,
    branch: str,
    commit: str,
    *,
    seen: str,
    hooks: bool,
    progress: Progress,
) -> None:
    """Set a remote's branch to a commit, if it is still at the one that was `seen` ('': not there).

    The remote takes all or nothing. `hooks` lets the repository's pre-push hook have its say. Raises
    DossierError.
    """
    reference = f"refs/heads/{branch}"
    options = [
        *("push", "--porcelain", "--progress", "--no-follow-tags", "--recurse-submodules=no"),
        *(() if hooks else ("--no-verify",)),
        f"--force-with-lease={reference}:{seen}",
    ]
    process = repository.git.start(*options, remote.name, f"{commit}:{reference}", hooks=hooks)
    assert process.stdin is not None
    assert process.stdout is not None
    assert process.stderr is not None
    try:
        process.stdin.close()
        words = follow(process.stderr, progress)
        output = process.stdout.read()
        status = process.wait()
    except BaseException:
        end(process)
        raise
    finally:
        process.stdout.close()
        process.stderr.close()
    if status:
        raise _refusal(remote, branch, failure(["push"], status, words, output))


def _refusal(remote: Remote, branch: str, problem: GitError) -> DossierError:
    place = f"{masked(remote.name)}/{branch}"
    rejected = _REJECTED.search(problem.output)
    if rejected is None:
        if "pre-push" in problem.words or "failed to push some refs" in problem.words:
            message = f"the repository's pre-push hook refused: {_told(problem)}"
            return _stop(place, "push-hook", message, "do what it asks, or pass it by: --no-verify")
        return remote.stop(problem)
    why = rejected["why"] or rejected["what"]
    if "stale info" in why or "fetch first" in why or "non-fast-forward" in why or "reference already" in why:
        message = "somebody else published meanwhile; the remote is as they left it"
        return _stop(place, "remote-moved", message, "look at what they published, then publish again")
    told = _told(problem) or why
    hint = "let this branch be pushed to in the remote's settings, or publish to another one: --branch NAME"
    if not _PROTECTED.search(problem.words + why):
        hint = "do what the remote asks, then publish again"
    return _stop(place, "remote-refused", f"the remote refused: {told}", hint)


def _told(problem: GitError) -> str:
    """What the other side said, in a line."""
    lines = [line.removeprefix("remote:").strip() for line in problem.words.splitlines()]
    told = [line for line in lines if line and not line.startswith(("error: failed to push", "hint:", "To "))]
    return "; ".join(told[:4])


def _stop(path: str, code: str, message: str, hint: str) -> DossierError:
    return DossierError(error(path, Mark(), code, message, hint))
