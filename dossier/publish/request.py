"""What publishing is asked to do, and what came of it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from dossier.build.options import Options, Progress, silent
from dossier.build.result import Result
from dossier.diagnostics import Diagnostic
from dossier.publish.difference import Difference


@dataclass(frozen=True, kw_only=True)
class Request:
    """A site and where to publish it.

    `environment` is that of git. `remote` and `branch` are the settings' where they are empty, and so is
    `url`, the address at which the site will be. `ask` puts a question that is answered yes or no; None where
    there is nobody to ask. `hooks` lets a pre-push hook have its say. `to` is a folder or an archive to
    publish to instead, with files that tell the host of `headers` and `redirects`, where these are wanted;
    `pages` says that from there a workflow hands it to GitHub Pages. With `record` nothing is published, and
    the site's addresses are listed as if it had been.
    """

    site: Path
    today: str
    environment: Mapping[str, str] = field(default_factory=dict)
    remote: str = ""
    branch: str = ""
    message: str = ""
    url: str = ""
    allow_dirty: bool = False
    adopt: bool = False
    force: bool = False
    hooks: bool = True
    to: Path | None = None
    headers: bool = False
    redirects: bool = False
    pages: bool = False
    record: bool = False
    dry_run: bool = False
    jobs: int = 0
    ask: Callable[[str], bool] | None = None
    progress: Progress = silent

    def options(self, url: str = "") -> Options:
        """How the site is built: strictly, without drafts."""
        return Options(
            site=self.site, today=self.today, strict=True, jobs=self.jobs, url=url, progress=self.progress
        )


@dataclass
class Outcome:
    """What was published, or would be.

    `result` is that of the build: where it failed, nothing was published. `place` names where it went;
    `commit` is the one that was pushed, empty where there was nothing to push, `former` the one before it.
    `address` is where readers find the site, if that can be told, and `remote` that of the repository.
    `workflows` are those by which the repository publishes, too. So many addresses were new to the list of
    them, `recorded`. `notices` are for the curator to read.
    """

    result: Result
    place: str
    difference: Difference = field(default_factory=Difference)
    files: int = 0
    size: int = 0
    commit: str = ""
    former: str = ""
    address: str = ""
    remote: str = ""
    workflows: list[str] = field(default_factory=list)
    recorded: int = 0
    notices: list[Diagnostic] = field(default_factory=list)
