"""Why a site isn't published, and what is to be known of how it was."""

from dossier.findings.code import ERROR, INFO, WARNING, Code

CODES = (
    Code("git-missing", ERROR, "git can't be run", "install it, or publish with `--to`", True),
    Code("git-old", ERROR, "git is older than publishing needs", "install a newer one", True),
    Code("git-identity", ERROR, "git doesn't know who makes the commit", "tell it your name and mail", True),
    Code("git-failed", ERROR, "git could not take the site in", "see `git fsck`, and the disk", True),
    Code("no-repository", ERROR, "the site is in no Git repository", "`git init`, or `--to DIR`", True),
    Code("no-remote", ERROR, "there is no such remote", "add it, or name another: `--remote`", True),
    Code("remote-access", ERROR, "the remote doesn't let git in", "log in, or use an SSH key", True),
    Code("remote-missing", ERROR, "there is no repository at the remote's address", "mend the address", True),
    Code("remote-unreachable", ERROR, "the remote can't be reached", "try `git ls-remote`", True),
    Code("remote-refused", ERROR, "the remote doesn't let the branch be pushed", "see its settings", True),
    Code("remote-moved", ERROR, "somebody published at the same time", "publish again", True),
    Code("push-hook", ERROR, "the repository's pre-push hook refused", "see `--no-verify`", True),
    Code("bad-branch", ERROR, "no branch can have that name", "write another", True),
    Code("source-branch", ERROR, "a branch with sources is no place to publish to", "name another", True),
    Code("foreign-branch", ERROR, "others made or changed the branch", "look at it; then `--adopt`", True),
    Code("published-newer", ERROR, "what is published was made from commits not here", "pull", True),
    Code("uncommitted", ERROR, "a file of the site isn't as in the last commit", "commit it", True),
    Code("forbidden-name", ERROR, "a name that some file system forbids", "rename the file", True),
    Code("changed-meanwhile", ERROR, "the output changed while it was published", "try again", True),
    Code("large-file", ERROR, "a file of 100 MB or nearly so", "make it smaller", True),
    Code("large-site", ERROR, "a site of 1 GB or nearly so", "take large files out", True),
    Code("no-url", INFO, "the site doesn't say its address; the likely one was used", "write `url`"),
    Code("other-domain", WARNING, "the branch's domain isn't the site's address", "write `url`"),
)
