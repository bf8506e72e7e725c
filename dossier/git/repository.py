"""The repository that a site lies in: where it is, what is checked out, and what isn't committed."""

import os
import unicodedata
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Literal

from dossier.diagnostics import Diagnostic, DossierError, Mark, error
from dossier.git.running import Git, GitError, decoded, find_git

State = Literal["modified", "deleted", "untracked", "ignored"]


@dataclass(frozen=True)
class Repository:
    """A Git repository around a site.

    `prefix` leads from its top to the site: '' or `sub/site/`. `objects` is the absolute folder of its
    objects and `form` their hash. `head` is the commit that is checked out, '' before the first; `branch` is
    empty where none is checked out.
    """

    git: Git
    top: str
    prefix: str
    objects: str
    form: str
    shallow: bool
    head: str
    branch: str

    def uncommitted(self, parts: Collection[str]) -> dict[str, State]:
        """What of these parts of the site isn't as it is in the last commit, by its path in the site.

        A folder that is ignored as a whole, or a submodule, is named by itself, with a slash or without.
        """
        options = ("--porcelain=v1", "-z", "--no-renames", "--untracked-files=all", "--ignored=matching")
        told = self.git.run("status", *options, "--", *parts)
        found: dict[str, State] = {}
        for line in decoded(told).split("\0"):
            if line:
                path = unicodedata.normalize("NFC", line[3:]).removeprefix(self.prefix)
                found[path] = _state(line[:2])
        return found

    def has(self, commit: str) -> bool:
        """Whether a commit is here."""
        return bool(commit) and bool(
            self.git.answer("rev-parse", "--quiet", "--verify", f"{commit}^{{commit}}")
        )

    def leads_to_head(self, commit: str) -> bool:
        """Whether a commit is in the history of what is checked out, or was checked out here before.

        The latter is so after a rebase or an amended commit.
        """
        if not self.has(commit) or not self.head:
            return False
        if self.git.answer("merge-base", commit, self.head) == commit:
            return True
        walked = self.git.answer("rev-list", "--walk-reflogs", "HEAD")
        return commit in walked.split("\n")

    def upstream(self) -> tuple[str, str]:
        """The remote and the branch there that the current branch goes with; '' where it goes alone."""
        if not self.branch:
            return "", ""
        remote = self.git.answer("config", f"branch.{self.branch}.remote")
        merges = self.git.answer("config", f"branch.{self.branch}.merge")
        return remote, merges.removeprefix("refs/heads/")

    def subject(self, commit: str) -> str:
        """The first line of a commit's message."""
        return self.git.answer("log", "-1", "--no-show-signature", "--format=%s", commit) if commit else ""

    def renamed(self, commit: str) -> Mapping[str, str]:
        """The files of the site that have other paths now than in a commit: from the old path to the new."""
        if not self.head or not self.has(commit):
            return {}
        options = ("--name-status", "-z", "--find-renames", "--diff-filter=R", "--relative", "--no-ext-diff")
        words = self.git.answer("diff-tree", "-r", *options, commit, self.head, "--", ".").split("\0")
        return dict(zip(words[1::3], words[2::3], strict=False))


def _state(letters: str) -> State:
    if letters == "??":
        return "untracked"
    if letters == "!!":
        return "ignored"
    return "deleted" if "D" in letters else "modified"


def open_repository(site: str, environment: Mapping[str, str], *, asks: bool = False) -> Repository:
    """The repository around a site. Raises DossierError where there is none, or git can't be run."""
    git = find_git(site, environment, asks=asks)
    questions = ("--show-toplevel", "--is-shallow-repository", "--show-object-format", "--show-prefix")
    try:
        answers = git.text("rev-parse", *questions).split("\n")
        objects = git.text("rev-parse", "--git-path", "objects")
    except GitError as problem:
        raise DossierError(_no_repository(site, problem)) from problem
    top, shallow, form, prefix = (*answers, "")[:4]
    return Repository(
        git=git,
        top=top,
        prefix=prefix,
        objects=os.path.normpath(os.path.join(site, objects)),
        form=form,
        shallow=shallow == "true",
        head=git.answer("rev-parse", "--quiet", "--verify", "HEAD^{commit}"),
        branch=git.answer("symbolic-ref", "--quiet", "--short", "HEAD"),
    )


def _no_repository(site: str, problem: GitError) -> Diagnostic:
    if "dubious ownership" in problem.words:
        hint = f"if you trust it: git config --global --add safe.directory {site}"
        return error(site, Mark(), "no-repository", "the repository belongs to another user", hint)
    hint = "begin one: git init, or publish without: dossier publish --to DIR"
    if "not a git repository" in problem.words:
        return error(site, Mark(), "no-repository", "the site is in no Git repository", hint)
    return error(site, Mark(), "no-repository", f"the repository can't be read: {problem.reason}", hint)
