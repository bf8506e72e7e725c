"""What must hold before anything is pushed: where from, where to, and over whose work."""

from collections.abc import Collection, Iterable, Mapping

from dossier import urls
from dossier.diagnostics import Diagnostic, DossierError, Mark, error
from dossier.git import Remote, Repository, Tip
from dossier.git.remotes import USUAL
from dossier.publish.pages import CNAME
from dossier.publish.request import Request

# What a build reads of a site.
PARTS = ("site.yaml", "content", "themes")
FEW = 3


def kept_domain(repository: Repository, tip: Tip) -> str:
    """The domain that a branch names (CNAME); '' where it names none."""
    entry = tip.entries.get(CNAME)
    return repository.git.answer("cat-file", "blob", entry.id).strip() if entry else ""


def is_branch_name(repository: Repository, branch: str) -> None:
    """Raise DossierError where no branch can have this name."""
    if not repository.git.answer("check-ref-format", "--branch", branch):
        hint = "write a name as --branch gh-pages"
        raise DossierError(error("git", Mark(), "bad-branch", f"no branch can be called '{branch}'", hint))


def may_be_published_to(
    repository: Repository, remote: Remote, branch: str, default: str, tip: Tip, adopt: bool
) -> None:
    """Raise DossierError for a branch that holds somebody's sources, or may."""
    problem = _source_branch(repository, remote, branch, tip)
    if not problem and branch == default and tip.id and tip.ours is None and not adopt:
        problem = (
            "it is the remote's main branch, and not made by dossier (--adopt takes it over all the same)"
        )
    if problem:
        hint = "publish to a branch of its own: --branch gh-pages"
        message = f"the site can't be published to '{branch}': {problem}"
        raise DossierError(error("git", Mark(), "source-branch", message, hint))


def _source_branch(repository: Repository, remote: Remote, branch: str, tip: Tip) -> str:
    upstream, merges = repository.upstream()
    if remote.name == (upstream or USUAL) and branch in (repository.branch, merges):
        return "it is the branch that you work on"
    if f"{repository.prefix}site.yaml" in tip.entries:
        return "it holds the sources of the site"
    if tip.id and repository.head and repository.git.answer("merge-base", tip.id, repository.head):
        return "it has commits of the branch that you work on"
    return ""


def is_ours(request: Request, tip: Tip, place: str, keep: Collection[str]) -> None:
    """Raise DossierError where a branch wasn't made by dossier, or changed by others since: first time, ask.

    The domain is no such change: GitHub writes it when it is set on its pages. Nor is what is kept anyway.
    """
    if not tip.id or request.adopt:
        return
    folders = tuple(item for item in keep if item.endswith("/"))
    theirs = [
        path
        for path in tip.touched
        if path != CNAME and path not in keep and not (folders and path.startswith(folders))
    ]
    if tip.ours is not None and not theirs:
        return
    newest = tip.others[0]
    by = f"last by {newest.author} on {newest.day}: '{newest.subject}'"
    if tip.ours is None:
        message = f"dossier didn't make this branch ({by})"
        what = f"Its {len(tip.entries):,} files would give way to the site; they stay in its history."
    else:
        message = f"somebody else changed it since: {listed(theirs)} ({by})"
        what = "The site would take their place; they stay in the branch's history."
    if request.ask is not None and request.ask(f"{place}: {message}.\n{what} Publish there?"):
        return
    hint = (
        "look at it, then take it over with --adopt; its history stays. Or publish elsewhere: --branch NAME"
    )
    raise DossierError(error(place, Mark(), "foreign-branch", message, hint))


def is_newer(repository: Repository, tip: Tip, place: str, force: bool) -> None:
    """Raise DossierError where the site was last published from commits that aren't here."""
    source = tip.source
    if force or not source or source == "none" or repository.leads_to_head(source):
        return
    day = tip.ours.day if tip.ours else ""
    short = source[:10]
    if repository.shallow:
        hint = "fetch the whole history first: git fetch --unshallow (in a workflow: fetch-depth: 0)"
    elif repository.has(source):
        hint = "merge it, or publish all the same with --force"
    else:
        hint = "pull first, or publish all the same with --force"
    message = f"the site was published on {day} from commit {short}, which is not part of what is checked out"
    raise DossierError(error(place, Mark(), "published-newer", message, hint))


def is_committed(repository: Repository, files: Collection[str]) -> None:
    """Raise DossierError, naming them, where files that the site is made of aren't as in the last commit."""
    states = repository.uncommitted(PARTS)
    findings = [
        finding for path, state in sorted(states.items()) for finding in _uncommitted(path, state, files)
    ]
    if findings:
        raise DossierError(*findings)


def _uncommitted(path: str, state: str, files: Collection[str]) -> Iterable[Diagnostic]:
    """The finding for a path that git names, if the site is made of it."""
    folder = path.rstrip("/") + "/"
    read = path in files or any(file.startswith(folder) for file in files)
    if state == "deleted":
        read = urls.document_kind(path) is not None or path.startswith("themes/")
    if not read:
        return
    messages: Mapping[str, str] = {
        "modified": "it has changes that aren't committed",
        "deleted": "it is deleted here, but not in the last commit",
        "untracked": "git doesn't have it",
        "ignored": "git doesn't have it, and is told to ignore it (.gitignore)",
    }
    add = f"git add {'--force ' if state == 'ignored' else ''}{path}"
    hint = f"commit it: {add}, then git commit; or publish it as it is with --allow-dirty"
    yield error(path, Mark(), "uncommitted", messages[state], hint)


def listed(paths: Iterable[str]) -> str:
    """The first of these paths, and how many others there are."""
    paths = list(paths)
    more = f" and {len(paths) - FEW:,} more" if len(paths) > FEW else ""
    return ", ".join(paths[:FEW]) + more
