"""Publishing to any other host: into a folder that is then served or uploaded, or as an archive."""

from pathlib import Path

from dossier import output
from dossier.build.holding import Held, held, read_settings
from dossier.diagnostics import Diagnostic, DossierError, Mark, Severity, error
from dossier.git import Repository, find_remote, open_repository
from dossier.model import Site
from dossier.publish import conditions, pages
from dossier.publish.archives import EARLIEST, archive_form, pack
from dossier.publish.contents import Contents, built_files, chunks, packed_files
from dossier.publish.difference import Difference
from dossier.publish.host_files import headers_file, redirects_file
from dossier.publish.names import name_findings
from dossier.publish.recording import record
from dossier.publish.request import Outcome, Request
from dossier.publish.sweeping import sweep


def publish_elsewhere(request: Request, place: Path) -> Outcome:
    """Build a site strictly, and make a folder or an archive of it. Raises DossierError.

    Of the folder, only files that dossier put there are replaced or deleted.
    """
    form = archive_form(place)
    repository = _repository(request)
    site = read_settings(request.site) or Site(title="")
    told = request.url or site.url
    url = told or (_pages_address(request, repository, site) if request.pages else "")
    with held(request.options("" if url == site.url else url)) as building:
        if repository and not request.allow_dirty:
            conditions.is_committed(repository, building.session.listing.files)
        if not form:
            _refuse(place, building)
        renamed: dict[str, str] = {}
        outcome = Outcome(building.build(renamed, ()), str(place), address=url)
        if outcome.result.failed:
            return outcome
        contents = built_files(building)
        if request.headers:
            contents |= headers_file(list(contents), url)
        if request.redirects:
            contents |= redirects_file(building.former, url)
        if request.pages:
            contents |= pages.host_files(url)
            outcome.notices += [] if told else [pages.no_address(url.rstrip("/"))]
        outcome.notices += _check(building, contents, request)
        outcome.files, outcome.size = len(contents), sum(file.size for file in contents.values())
        if form:
            outcome.difference = Difference(added=tuple(sorted(contents)))
            if not request.dry_run:
                moment = int(request.environment.get("SOURCE_DATE_EPOCH") or EARLIEST)
                outcome.size = pack(place, packed_files(building, contents), moment, adopt=request.adopt)
        else:
            outcome.difference = _fill(building, contents, place, request)
        if not request.dry_run:
            outcome.recorded = record(request.site, building.lasting)
    return outcome


def _repository(request: Request) -> Repository | None:
    """The repository that the site lies in, if it lies in one."""
    try:
        return open_repository(str(request.site), request.environment)
    except DossierError as problem:
        if {finding.code for finding in problem.diagnostics} <= {"git-missing", "git-old", "no-repository"}:
            return None
        raise


def _refuse(place: Path, building: Held) -> None:
    """Raise DossierError for a folder that has a meaning of its own for the site."""
    output.refuse(place, building.session.options.site)
    built = building.folder.resolve()
    if built in (place.resolve(), *place.resolve().parents) or place.resolve() in built.parents:
        message = "the site can't be published here: it is where the site is built"
        hint = "give it a folder of its own: --to DIR"
        raise DossierError(error(str(place), Mark(), "output-folder", message, hint))


def _pages_address(request: Request, repository: Repository | None, site: Site) -> str:
    """Where GitHub serves the pages of the site's repository; '' where that can't be told."""
    if repository is None:
        return ""
    try:
        return pages.pages_address(find_remote(repository, request.remote or site.publish.remote).url)
    except DossierError as problem:
        if {finding.code for finding in problem.diagnostics} == {"no-remote"}:
            return ""
        raise


def _check(building: Held, contents: Contents, request: Request) -> list[Diagnostic]:
    """What is to be known of the files. Raises DossierError for those that can't go out."""
    findings = [*name_findings(contents), *(pages.over_limits(contents) if request.pages else ())]
    if any(finding.severity == Severity.ERROR for finding in findings):
        raise DossierError(*findings)
    sweep(building, contents, contents)
    return findings


def _fill(building: Held, contents: Contents, place: Path, request: Request) -> Difference:
    """Make a folder equal to the site."""
    writer = output.Writer(place, building.session.state, adopt=request.adopt, marked=False)
    writer.claim()
    writer.check_paths(list(contents))
    tree = output.Tree({}, set(), b"", b"")
    for path, file in contents.items():
        written = writer.written(path)
        if (written.digest if written else writer.digest(path)) != file.digest:
            tree.changed.add(path)
        tree.files[path] = (file.digest, b"")
    removed = writer.removals(tree.files)
    there = writer.found.files.keys()
    changes = Difference(tuple(sorted(tree.changed - there)), tuple(sorted(tree.changed & there)), removed)
    if request.dry_run or not changes:
        return changes
    writer.begin()
    try:
        for path in sorted(tree.changed):
            writer.prepare(path, chunks(building.folder, path, contents[path]))
        writer.finish(tree, atomic=False)
    except BaseException:
        writer.abandon()
        raise
    return changes
