"""Publishing to a branch of a remote: look at both, build, compare, commit what differs, push."""

import contextlib
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from dossier import __version__
from dossier.build.holding import Held, held, read_settings
from dossier.diagnostics import Diagnostic, DossierError, Mark, Severity, warning
from dossier.git import (
    Change,
    Remote,
    Repository,
    Tip,
    commit_files,
    find_remote,
    open_repository,
    push,
    read_tip,
)
from dossier.git.branches import SOURCE
from dossier.model import PublishSettings, Site
from dossier.publish import conditions, pages
from dossier.publish.contents import Contents, built_files, chunks, ids
from dossier.publish.difference import Difference, difference
from dossier.publish.names import name_findings
from dossier.publish.recording import record
from dossier.publish.request import Outcome, Request
from dossier.publish.sweeping import sweep
from dossier.summary import counted

USUAL_BRANCH = "gh-pages"


@dataclass(frozen=True)
class Target:
    """A branch of a remote, as it is now, and the site's settings.

    `url` is where readers find the site, without a last slash; `guessed` says that nobody has told that.
    """

    repository: Repository
    remote: Remote
    branch: str
    tip: Tip
    settings: PublishSettings
    url: str
    guessed: bool

    @property
    def place(self) -> str:
        """The branch in words."""
        return f"{self.remote.name}/{self.branch}"


def publish_to_branch(request: Request) -> Outcome:
    """Build a site strictly, and make a remote's branch equal to it. Raises DossierError.

    Where the remote doesn't take it, or this process ends on the way, the branch is as it was, and so is the
    site's own repository: its work tree, its index, its branches.
    """
    repository = open_repository(str(request.site), request.environment, asks=request.ask is not None)
    site = read_settings(request.site) or Site(title="")
    target = _target(request, repository, site)
    with held(request.options("" if target.url == site.url.rstrip("/") else target.url)) as building:
        if not request.allow_dirty:
            conditions.is_committed(repository, building.session.listing.files)
        renamed = repository.renamed(target.tip.source)
        outcome = Outcome(building.build(renamed, target.tip.entries), target.place)
        if outcome.result.failed:
            return outcome
        if not request.allow_dirty:
            conditions.is_committed(repository, building.session.listing.files)
        contents = _contents(building, target, outcome)
        if request.dry_run:
            return outcome
        if not outcome.difference:
            outcome.recorded = record(request.site, building.lasting)
            return outcome
        with _workshop(building) as workshop:
            outcome.commit = commit_files(
                repository,
                workshop,
                target.tip.id,
                _message(request, repository, outcome.difference),
                _changes(building, contents, outcome.difference),
            )
    push(
        repository,
        target.remote,
        target.branch,
        outcome.commit,
        seen=target.tip.id,
        hooks=request.hooks,
        progress=request.progress,
    )
    outcome.recorded = record(request.site, building.lasting)
    return outcome


def _target(request: Request, repository: Repository, site: Site) -> Target:
    """Where to publish to, once it is known that it may be published there."""
    remote = find_remote(repository, request.remote or site.publish.remote)
    branch = request.branch or site.publish.branch or USUAL_BRANCH
    conditions.is_branch_name(repository, branch)
    request.progress("look at the remote", 0, 1)
    default, tip_id = remote.heads(repository, branch)
    tip = read_tip(repository, remote, branch, tip_id)
    told = request.url or site.url
    url = (told or _likely_address(repository, remote, tip)).rstrip("/")
    target = Target(repository, remote, branch, tip, site.publish, url, guessed=not told)
    conditions.may_be_published_to(repository, remote, branch, default, tip, request.adopt)
    conditions.is_ours(request, tip, target.place, site.publish.keep)
    conditions.is_newer(repository, tip, target.place, request.force)
    return target


def _contents(building: Held, target: Target, outcome: Outcome) -> Contents:
    """What is published; how it differs, and what is worth a notice, is told in the outcome."""
    contents = built_files(building) | pages.host_files(target.url)
    findings = [*name_findings(contents), *pages.over_limits(contents)]
    if any(finding.severity == Severity.ERROR for finding in findings):
        raise DossierError(*findings)
    outcome.notices += [*findings, *_notices(target)]
    keep = [*target.settings.keep, pages.CNAME]
    known = ids(contents, building.folder, target.repository.form, building.state)
    outcome.difference = difference(target.tip.entries, known, keep)
    sweep(building, contents, outcome.difference.written)
    outcome.files, outcome.size = len(contents), sum(file.size for file in contents.values())
    outcome.former, outcome.remote = target.tip.id, target.remote.url
    outcome.address = f"{target.url}/" if target.url else ""
    outcome.workflows = pages.pages_workflows(Path(target.repository.top))
    return contents


def _likely_address(repository: Repository, remote: Remote, tip: Tip) -> str:
    """Where readers find a site whose settings don't say it: at the branch's domain, else at GitHub's."""
    domain = conditions.kept_domain(repository, tip)
    if domain and pages.custom_domain(f"https://{domain}/"):
        return f"https://{domain}/"
    return pages.pages_address(remote.url)


def _notices(target: Target) -> Iterator[Diagnostic]:
    """What the curator should know of the address."""
    tip, url = target.tip, target.url
    if target.guessed:
        yield pages.no_address(url)
    domain = pages.custom_domain(target.url)
    if pages.CNAME in tip.entries and not domain:
        kept = conditions.kept_domain(target.repository, tip)
        message = (
            f"the branch keeps its domain, {kept}, but the site's address is {target.url or 'not known'}"
        )
        yield warning("site.yaml", Mark(), "other-domain", message, f"write url: https://{kept}/")


def _message(request: Request, repository: Repository, changes: Difference) -> str:
    """What the branch's history says: from which commit, how much changed, and who says so."""
    source = repository.head or "none"
    subject = repository.subject(repository.head)
    first = request.message or f"Publish {source[:10]}" + (f": {subject}" if subject else "")
    counts = [(changes.added, "added"), (changes.changed, "changed"), (changes.removed, "removed")]
    told = ", ".join(f"{counted(len(paths), 'file')} {how}" for paths, how in counts if paths)
    dirty = ", with changes that were not committed" if request.allow_dirty else ""
    trailers = f"{SOURCE}: {source}\nDossier-Version: {__version__}\n"
    return f"{first}\n\n{told[0].upper()}{told[1:]}{dirty}.\n\n{trailers}"


def _changes(building: Held, contents: Contents, changes: Difference) -> Iterator[Change]:
    """The changes in git's terms. What goes comes first, since a folder may take a file's place."""
    yield from (Change(path) for path in changes.removed)
    total = len(changes.written)
    for done, path in enumerate(changes.written, start=1):
        file = contents[path]
        yield Change(path, file.size, chunks(building.folder, path, file))
        building.session.options.progress("take in", done, total)


@contextlib.contextmanager
def _workshop(building: Held) -> Iterator[Path]:
    """A folder for git's use, which is gone afterwards."""
    if building.state is not None:
        yield building.state / "publishing"
        return
    with tempfile.TemporaryDirectory() as folder:
        yield Path(folder) / "publishing"
