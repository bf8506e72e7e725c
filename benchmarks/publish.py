"""Measures `dossier publish` after a change of one document: CPU time of its own, and that of git.

    python benchmarks/publish.py --size 10000
    python benchmarks/publish.py --site DIR      a dossier that is there already: a copy of it

The remote is a bare repository on the same disk. CPU time is that of all processes by the kernel's account;
git's is what git commands took, told by a wrapper around each. It fails where other files are published than
those that the change made different.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import shutil
import stat
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

from corpus import make_corpus
from layouts import write_dossier
from measure import children_seconds, environment

BRANCH = "gh-pages"
# bash tells in two lines what it took itself and what its children took.
WRAPPER = '#!/bin/bash\n"{git}" "$@"\nstatus=$?\ntimes >>"{log}"\nexit $status\n'


class Spent(NamedTuple):
    """CPU seconds: dossier's own, and those of git and of what counts it."""

    own: float
    git: float


def seconds(told: str) -> float:
    """What bash's `times` tells: `0m0.012s`."""
    minutes, _, rest = told.partition("m")
    return int(minutes) * 60 + float(rest.rstrip("s"))


def git(folder: Path, *arguments: str) -> str:
    """What a git command prints."""
    named = ("-c", "user.name=A", "-c", "user.email=a@example.org")
    done = subprocess.run(["git", *named, *arguments], cwd=folder, capture_output=True, text=True, check=True)
    return done.stdout.strip()


def publish(site: Path, programs: Path, log: Path, *options: str) -> tuple[str, Spent]:
    """What `dossier publish` says, and the CPU time that it took."""
    log.write_text("")
    given = {"PATH": f"{programs}{os.pathsep}{os.environ['PATH']}", "GIT_CONFIG_GLOBAL": os.devnull}
    given |= {"GIT_COMMITTER_NAME": "A", "GIT_COMMITTER_EMAIL": "a@example.org"}
    before = children_seconds()
    done = subprocess.run(
        [sys.executable, "-m", "dossier", "--site", str(site), "publish", *options],
        env=environment(**given),
        capture_output=True,
        text=True,
        check=False,
    )
    whole = children_seconds() - before
    if done.returncode:
        raise SystemExit(done.stderr)
    of_git = sum(map(seconds, log.read_text().split()))
    return done.stdout.splitlines()[0], Spent(whole - of_git, of_git)


def prepare(work: Path, size: int, given: Path | None) -> Path:
    """A site in a repository, with a bare one as its remote."""
    site = work / "site"
    if given is None:
        write_dossier(make_corpus(size), site)
    else:
        for part in ("content", "themes"):
            if (given / part).is_dir():
                shutil.copytree(given / part, site / part)
        shutil.copy(given / "site.yaml", site)
    (site / ".gitignore").write_text("/public/\n")
    git(work, "init", "--quiet", "--bare", "remote.git")
    git(site, "init", "--quiet", "--initial-branch=main")
    git(site, "remote", "add", "origin", str(work / "remote.git"))
    commit(site)
    return site


def commit(site: Path) -> None:
    """Commit all there is."""
    git(site, "add", "--all")
    git(site, "commit", "--quiet", "--message", "Write")


def edit(site: Path) -> None:
    """Another sentence at the end of one article."""
    article = min((site / "content/articles").glob("*.md"))
    article.write_text(article.read_text(encoding="utf-8") + "\nA sentence more.\n", encoding="utf-8")
    commit(site)


def digests(folder: Path) -> dict[str, bytes]:
    """The files of an output, each with the digest of its bytes."""
    return {
        path.relative_to(folder).as_posix(): hashlib.blake2b(path.read_bytes()).digest()
        for path in folder.rglob("*")
        if path.is_file() and not path.name.startswith(".")
    }


def main() -> None:
    """Print a table."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--size", type=int, default=10_000)
    parser.add_argument("--site", type=Path)
    arguments = parser.parse_args()
    real = shutil.which("git")
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        programs, log = work / "bin", work / "times"
        programs.mkdir()
        wrapper = programs / "git"
        wrapper.write_text(WRAPPER.format(git=real, log=log))
        wrapper.chmod(wrapper.stat().st_mode | stat.S_IXUSR)
        site = prepare(work, arguments.size, arguments.site)
        articles = sum(1 for _ in (site / "content/articles").rglob("*.md"))
        print(f"\n{articles:,} articles\n\n| published | own CPU s | git's CPU s | |")
        print("| --- | ---: | ---: | --- |")
        for what in ("for the first time", "after an edit of one article", "with nothing changed"):
            if what.startswith("after"):
                edit(site)
            before = digests(site / "public")
            said, spent = publish(site, programs, log)
            print(f"| {what} | {spent.own:.2f} | {spent.git:.2f} | {said} |", flush=True)
            if what.startswith("after"):
                different = {path for path, _ in digests(site / "public").items() ^ before.items()}
                pushed = set(
                    git(work / "remote.git", "diff", "--name-only", f"{BRANCH}~", BRANCH).split("\n")
                )
                if pushed != different:
                    raise SystemExit(f"published: {sorted(pushed)}; different: {sorted(different)}")


if __name__ == "__main__":
    main()
