"""A repository's remotes, and what a remote says of its branches."""

import re
from dataclasses import dataclass

from dossier.diagnostics import Diagnostic, DossierError, Mark, did_you_mean, error
from dossier.git.repository import Repository
from dossier.git.running import GitError, masked

USUAL = "origin"
_LOCKED_OUT = re.compile(
    r"could not read (?:Username|Password)|terminal prompts disabled|Authentication failed|Permission denied|"
    r"Permission to \S+ denied|Invalid username or|Host key verification failed|"
    r"requested URL returned error: 40[13]"
)
_NOT_THERE = re.compile(
    r"does not appear to be a git repository|[Rr]epository .*not found|requested URL returned error: 404"
)


@dataclass(frozen=True)
class Remote:
    """A remote and where it is, without names and passwords. `name` may be an address itself."""

    name: str
    url: str

    def stop(self, problem: GitError) -> DossierError:
        """The stop for a remote that can't be reached, or doesn't let anybody in."""
        if _LOCKED_OUT.search(problem.words):
            hint = "let git know who you are there: gh auth setup-git, a credential helper, or an SSH key"
            return _stop(self.name, "remote-access", f"{self.url} doesn't let git in: {problem.reason}", hint)
        if _NOT_THERE.search(problem.words):
            hint = f"mend its address: git remote set-url {self.name} ADDRESS"
            return _stop(self.name, "remote-missing", f"there is no repository at {self.url}", hint)
        hint = f"see whether this works: git ls-remote {self.name}"
        return _stop(self.name, "remote-unreachable", f"{self.url} can't be reached: {problem.reason}", hint)

    def heads(self, repository: Repository, branch: str) -> tuple[str, str]:
        """The remote's default branch, and the commit of a branch; '' where there is none."""
        options = ("--quiet", "--symref", self.name, "HEAD", f"refs/heads/{branch}")
        try:
            told = repository.git.text("ls-remote", *options)
        except GitError as problem:
            raise self.stop(problem) from problem
        default = tip = ""
        for line in told.split("\n"):
            value, _, name = line.partition("\t")
            if name == "HEAD" and value.startswith("ref: refs/heads/"):
                default = value.removeprefix("ref: refs/heads/")
            elif name == f"refs/heads/{branch}":
                tip = value
        return default, tip


def find_remote(repository: Repository, name: str) -> Remote:
    """The remote of a name or address; without one, `origin` or the only one. Raises DossierError."""
    known = [line for line in repository.git.answer("remote").split("\n") if line]
    if not name:
        if USUAL not in known and len(known) != 1:
            raise DossierError(_no_remote(known))
        name = USUAL if USUAL in known else known[0]
    if name in known:
        url = repository.git.answer("remote", "get-url", "--push", name)
        return Remote(name, masked(url))
    if not re.search(r"[:/\\]", name) or name.startswith("-"):
        hint = did_you_mean(name, known, f"add it: git remote add {name} ADDRESS")
        raise _stop("git", "no-remote", f"there is no remote '{name}'", hint)
    return Remote(name, masked(name))


def _no_remote(known: list[str]) -> Diagnostic:
    if known:
        message = f"there are several remotes: {', '.join(known)}"
        return error("git", Mark(), "no-remote", message, f"name one: --remote {known[0]}")
    hint = "add one: git remote add origin git@github.com:OWNER/NAME.git, or publish elsewhere: --to DIR"
    return error("git", Mark(), "no-remote", "the repository has no remote to publish to", hint)


def _stop(path: str, code: str, message: str, hint: str) -> DossierError:
    return DossierError(error(masked(path), Mark(), code, message, hint))
