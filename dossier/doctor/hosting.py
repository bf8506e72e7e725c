"""Git, the repository, its remote, and what can be seen from here of how its site is published."""

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

from dossier.diagnostics import DossierError
from dossier.doctor.report import Asked, Line, trouble
from dossier.git import Remote, Repository, Tip, find_git, find_remote, open_repository, read_tip
from dossier.git.importing import identity
from dossier.publish.conditions import PARTS, kept_domain, listed
from dossier.publish.pages import custom_domain, pages_address, pages_workflows, repository_page
from dossier.publish.to_branch import USUAL_BRANCH
from dossier.summary import counted


def hosted(asked: Asked) -> Iterator[Line]:
    """What is to be known of git and of the host."""
    folder = str(asked.site or Path.cwd())
    try:
        git = find_git(folder, asked.environment)
        yield Line("ok", "git", ".".join(map(str, git.version())))
    except DossierError as problem:
        yield trouble("git", problem, "note")
        return
    if asked.site is None:
        return
    try:
        repository = open_repository(folder, asked.environment)
    except DossierError as problem:
        yield trouble("repository", problem, "note")
        return
    yield from _repository(repository)
    try:
        remote = find_remote(repository, asked.settings.publish.remote)
    except DossierError as problem:
        yield trouble("remote", problem, "note")
        remote = None
    tip = None
    if remote is not None:
        yield Line("ok", "remote", f"{remote.name}: {remote.url}")
        if asked.online:
            branch = asked.settings.publish.branch or USUAL_BRANCH
            tip, line = _published(repository, remote, branch)
            yield line
    yield from _pages(asked, repository, remote, tip)


def _repository(repository: Repository) -> Iterator[Line]:
    where = repository.branch or "no branch"
    commit = repository.head[:10] or "nothing committed yet"
    yield Line("ok", "repository", f"{where}, {commit}")
    if repository.shallow:
        hint = "git fetch --unshallow (in a workflow: fetch-depth: 0)"
        yield Line("note", "history", "this clone has only a part of it, and so do pages of changes", hint)
    try:
        identity(repository)
    except DossierError as problem:
        yield trouble("identity", problem)
    left = [path for path, state in repository.uncommitted(PARTS).items() if state != "ignored"]
    if left:
        told = f"{counted(len(left), 'path')} of the site not committed: {listed(sorted(left))}"
        yield Line("note", "uncommitted", told, "git add, git commit; dossier publish asks for that")


def _published(repository: Repository, remote: Remote, branch: str) -> tuple[Tip | None, Line]:
    """What is on the branch that dossier publishes to."""
    subject = f"branch {branch}"
    try:
        _, commit = remote.heads(repository, branch)
        if not commit:
            return None, Line("ok", subject, "not there yet: dossier publish makes it")
        if not repository.has(commit):
            return None, Line("ok", subject, f"{commit[:10]}, which isn't fetched yet")
        tip = read_tip(repository, remote, branch, commit)
    except DossierError as problem:
        return None, trouble(subject, problem)
    if tip.ours is None:
        told = (
            f"{tip.others[0].author}'s '{tip.others[0].subject}' of {tip.others[0].day}: not made by dossier"
        )
        return tip, Line("note", subject, told, "dossier publish --adopt takes it over; its history stays")
    told = f"published on {tip.ours.day} from {tip.source[:10]}"
    if tip.others:
        told += f"; {counted(len(tip.others), 'commit')} by others since, in {listed(tip.touched)}"
    return tip, Line("ok", subject, told)


def _pages(asked: Asked, repository: Repository, remote: Remote | None, tip: Tip | None) -> Iterator[Line]:
    """The address, and what publishes."""
    url, likely = asked.settings.url.rstrip("/"), pages_address(remote.url).rstrip("/") if remote else ""
    domain = custom_domain(url)
    if url:
        yield Line("ok", "address", f"{url}/" + (", a domain of its own" if domain else ""))
        if likely and url != likely and (urlsplit(url).hostname or "").endswith(".github.io"):
            told = f"site.yaml says {url}/, and the repository's is {likely}/"
            yield Line("note", "address", told, f"write url: {likely}/")
    elif likely:
        hint = f"write url: {likely}/ in site.yaml"
        yield Line("note", "address", f"site.yaml has no url; GitHub would serve it at {likely}/", hint)
    else:
        hint = "write url: https://example.org/my-dossier/ in site.yaml"
        yield Line("note", "address", "site.yaml has no url, for canonical links and feeds", hint)
    kept = kept_domain(repository, tip) if tip else ""
    if kept and kept != domain:
        hint = f"write url: https://{kept}/ in site.yaml"
        yield Line("note", "domain", f"the branch names {kept} (CNAME)", hint)
    workflows = pages_workflows(Path(repository.top))
    ways = [f"the workflow {name}" for name in workflows] + (["a branch"] if tip and tip.ours else [])
    page = repository_page(remote.url) if remote else ""
    settings = f"{page}/settings/pages" if page else ""
    if len(ways) > 1:
        told = f"{' and '.join(ways)} publish; only the source that the host's settings name is served"
        yield Line("note", "pages", told, settings and f"see {settings}")
    elif ways:
        source = "GitHub Actions" if workflows else "Deploy from a branch"
        told = f"published by {ways[0]}; the source in the settings must be '{source}'"
        yield Line("ok", "pages", told, settings and f"see {settings}")
