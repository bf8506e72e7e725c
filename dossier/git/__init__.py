"""Git as publishing uses it: plumbing that asks nothing of the work tree, the index or the current branch.

The one room that runs git. It reads the repository that a site lies in, makes commits of given files straight
from their bytes, and pushes them to one branch of a remote.
"""

from dossier.git.branches import Commit, Entry, Tip, read_tip
from dossier.git.importing import Change, commit_files
from dossier.git.pushing import push
from dossier.git.remotes import Remote, find_remote
from dossier.git.repository import Repository, open_repository
from dossier.git.running import OLDEST, Git, GitError, find_git, masked

__all__ = [
    "OLDEST",
    "Change",
    "Commit",
    "Entry",
    "Git",
    "GitError",
    "Remote",
    "Repository",
    "Tip",
    "commit_files",
    "find_git",
    "find_remote",
    "masked",
    "open_repository",
    "push",
    "read_tip",
]
