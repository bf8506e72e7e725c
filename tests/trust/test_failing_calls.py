"""Each system call that changes the disk fails once: the site is whole, and the next build is exact.

The calls are real ones, of a small build in a process of its own; see `system_calls`.
"""

import errno
import os
import random
import re
import shutil
import signal
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TypeVar

import pytest

from dossier.__main__ import run
from tests.conftest import absent
from tests.engine.site import Site, small_site
from tests.site.conftest import copy_repository
from tests.trust.system_calls import KILL, Call, Judge, Outcome, available, watched

# All calls are tried where there is time for it: some thousand builds.
EVERY = os.environ.get("DOSSIER_FAULTS") == "every"
Item = TypeVar("Item")
Record = Callable[[str, object], None]
CAUSES = (errno.ENOSPC, errno.EACCES, errno.EIO, errno.EMFILE)
CHANGING = frozenset(
    [
        "open",
        "write",
        "close",
        "fsync",
        "ftruncate",
        "fallocate",
        "mkdir",
        "rename",
        "link",
        "symlink",
        "unlink",
        "rmdir",
        "chmod",
        "utime",
        "flock",
        "access",
    ]
)
# What a full disk refuses.
FILLING = frozenset(("write", "fsync", "ftruncate", "fallocate", "mkdir", "link", "symlink"))
# How many calls of a kind and place are tried when time is short.
FEW = 5
EDITED = {
    "content/articles/a.md": "---\ntitle: Renamed\ndate: 2020-01-02\ntopics: [t]\n---\nOther text.\n",
    "content/notes/new.md": "---\ntitle: New\ndate: 2021-02-01\ntopics: [t]\n---\nSee [@b].\n",
    "content/articles/new.png": "picture",
}


@pytest.fixture(autouse=True)
def possible() -> None:
    if not available():
        absent("system calls can be watched on Linux on x86-64 only")


def some(items: list[Item], step: int) -> list[Item]:
    """One of so many, or all of them."""
    return items if EVERY else items[::step]


def edit_small(site: Site) -> None:
    site.write(EDITED)
    (site.folder / "content/notes/n.md").unlink()


def edit_demonstration(site: Site) -> None:
    """A title that is shown on many pages, and a note that goes."""
    article = site.folder / "content/articles/dod-vergun-2020-02-12.md"
    article.write_text(re.sub("(?m)^title: .*$", "title: Another title", article.read_text(), count=1))
    site.write({"content/notes/added.md": "---\ntitle: Added\ndate: 2021-01-01\n---\nText.\n"})


def go_on(_: Call) -> None:
    """Let every call be made."""


class Case:
    """A site that is built again and again from the same state, in processes whose calls are watched.

    Without an edit it is built for the first time; else it was built, then edited.
    """

    def __init__(self, folder: Path, prepared: Site, edit: Callable[[Site], None] | None = None) -> None:
        self.folder, self.prepared = folder, prepared
        self.before: dict[str, bytes] = {}
        if edit is not None:
            assert self.build(self.prepared).code == 0
            self.before = self.prepared.tree()
            edit(self.prepared)
        site = self.site()
        self.calls = self.build(site, go_on).calls
        self.after = site.tree()
        assert self.after not in ({}, self.before)

    def site(self) -> Site:
        """The site as it is before each build."""
        place = self.folder / "site"
        shutil.rmtree(place, ignore_errors=True)
        shutil.copytree(self.prepared.folder, place, symlinks=True)
        return Site(place)

    def build(self, site: Site, judge: Judge | None = None) -> Outcome:
        """`dossier build` in a process of its own, of which all calls that change something are judged."""

        def program() -> int:
            os.chdir(site.folder)
            os.environ["SOURCE_DATE_EPOCH"] = "1830297600"  # After all that it holds.
            return run(["build"])

        return watched(program, site.folder, judge or go_on, CHANGING if judge else ())


def named(calls: Iterable[Call]) -> list[tuple[Call, int]]:
    """The calls, each with the how manyth of its kind it is: what stays the same from run to run.

    A build looks at its output in a process of its own meanwhile, so numbers alone tell nothing.
    """
    seen: Counter[tuple[object, ...]] = Counter()
    found = []
    for call in calls:
        kind = (call.name, call.paths, call.creates)
        seen[kind] += 1
        found.append((call, seen[kind]))
    return found


def at(wanted: Call, turn: int, answer: int, hits: list[Call]) -> Judge:
    """Answer one call so, and let all others be."""
    seen = 0

    def judge(call: Call) -> int | None:
        nonlocal seen
        if (call.name, call.paths, call.creates) != (wanted.name, wanted.paths, wanted.creates):
            return None
        seen += 1
        if seen != turn:
            return None
        hits.append(call)
        return answer

    return judge


def chosen(calls: list[tuple[Call, int]], every: bool) -> list[tuple[Call, int]]:
    """All of the calls that change something, or a few of each kind and place."""
    changing = [
        (call, turn)
        for call, turn in calls
        if call.name in CHANGING and (call.name != "open" or call.creates)
    ]
    if every:
        return changing
    chance, places = random.Random(9), {}
    for call, turn in chance.sample(changing, len(changing)):
        places.setdefault((call.name, call.paths[-1].split("/")[0]), (call, turn))
    return list(places.values())


UNMADE = "the call was not made"


def failures(case: Case, wanted: Call, turn: int, cause: int) -> list[str]:
    """What is wrong after a build in which a call failed, and after the next."""
    site, hits = case.site(), list[Call]()
    done = case.build(site, at(wanted, turn, cause, hits))
    found, wrong = site.tree(), []
    if not hits:
        wrong.append(UNMADE)
    wrong += judged(done, found, case, os.strerror(cause))
    wrong += healed(case, site)
    return [f"{wanted} {errno.errorcode[cause]}: {what}" for what in wrong]


def judged(done: Outcome, found: dict[str, bytes], case: Case, cause: str) -> Iterable[str]:
    """What is wrong with a failed build: a site that isn't whole, or a message that doesn't say why."""
    if found not in (case.before, case.after):
        yield "the site is not whole"
    if done.code == 0:
        if found != case.after:
            yield "said to be built, and isn't"
        return
    if found == case.after and found != case.before:
        yield f"said to have failed, and is built: {done.err}"
    told = [line for line in done.err.splitlines() if "error[" in line and cause.lower() in line.lower()]
    if done.code != 1 or not told or told[0].startswith("the output:"):
        yield f"path and cause are not said: {done.code} {done.err}"
    if "Traceback" in done.err or "error[internal]" in done.err:
        yield f"a traceback: {done.err}"


def healed(case: Case, site: Site) -> Iterable[str]:
    """What is wrong after the next build, to which nothing happens."""
    again = case.build(site)
    if again.code:
        yield f"the next build failed: {again.err}"
    elif site.tree() != case.after:
        yield "the next build isn't exact"
    left = sorted(path.name for path in site.folder.iterdir())
    if left != [".dossier", "content", "public", "site.yaml", "themes"]:
        yield f"leftovers: {left}"


@pytest.fixture(scope="module", params=["first", "edited"])
def case(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Case:
    folder = tmp_path_factory.mktemp(request.param)
    edit = edit_small if request.param == "edited" else None
    return Case(folder, small_site(folder / "prepared"), edit)


def causes(call: Call, number: int, every: bool) -> tuple[int, ...]:
    """The causes that a call is to fail of: one by turns, or every one."""
    if call.name == "access":  # It tells nothing else.
        return (errno.EACCES,)
    if call.name == "flock":  # Where it says EACCES, another process holds the lock.
        return (errno.EIO,)
    return CAUSES if every else (CAUSES[number % len(CAUSES)],)


def tried(case: Case, calls: list[tuple[Call, int]], every: bool = False) -> list[str]:
    """All that is wrong after builds in which one of these calls failed."""
    return [
        what
        for number, (call, turn) in enumerate(calls)
        for cause in causes(call, number, every)
        for what in failures(case, call, turn, cause)
    ]


def test_a_few_calls_that_fail(case: Case) -> None:
    calls = chosen(named(case.calls), every=False)
    assert len(calls) > 20
    assert tried(case, calls[:FEW]) == []


def into_the_site(call: Call) -> bool:
    """Whether a call puts a prepared page in its place."""
    return call.name == "rename" and call.paths[-1].startswith("public/")


@pytest.fixture(scope="module")
def edited(tmp_path_factory: pytest.TempPathFactory) -> Case:
    folder = tmp_path_factory.mktemp("edited")
    return Case(folder, small_site(folder / "prepared"), edit_small)


def test_a_page_that_can_not_be_put_in_place_takes_back_all_others(edited: Case) -> None:
    """Also where the file system has no second names for files."""
    last = [call for call in edited.calls if into_the_site(call)][-1]
    site = edited.site()

    def judge(call: Call) -> int | None:
        if call.name == "link" and not call.paths[-1].startswith(".public.dossier/tree"):
            return errno.EPERM
        return errno.EACCES if (call.name, call.paths) == (last.name, last.paths) else None

    done = edited.build(site, judge)
    assert done.code == 1
    assert f"{last.paths[-1]}: error[disk]: could not put the site in place: permission denied" in done.err
    assert site.tree() == edited.before
    assert [*healed(edited, site)] == []


def test_a_disk_that_fails_for_good_amid_the_renaming_is_said(edited: Case) -> None:
    """Nothing can be taken back then; the next build completes what was begun."""
    fifth = [call for call in edited.calls if into_the_site(call)][4]
    site, failing = edited.site(), False

    def judge(call: Call) -> int | None:
        nonlocal failing
        failing = failing or (call.name, call.paths) == (fifth.name, fifth.paths)
        return errno.EROFS if failing and call.name not in ("open", "close") else None

    done = edited.build(site, judge)
    assert done.code == 1
    assert "error[incomplete-site]" in done.err
    assert "read-only file system" in done.err
    assert "1 error; public is neither as it was nor as it will be" in done.err
    assert [*healed(edited, site)] == []


@pytest.mark.slow
def test_calls_that_fail(case: Case, record_property: Record) -> None:
    """A part of all calls, each for one cause; all calls for all causes where DOSSIER_FAULTS is `every`."""
    calls = some(chosen(named(case.calls), every=True), 4)
    record_property("cases", sum(len(causes(call, 0, EVERY)) for call, _ in calls))
    assert len(calls) > 50
    assert tried(case, calls, EVERY) == []


@pytest.mark.slow
@pytest.mark.parametrize("edit", [None, edit_demonstration], ids=["first", "edited"])
def test_calls_that_fail_on_the_demonstration(
    tmp_path: Path, edit: Callable[[Site], None] | None, record_property: Record
) -> None:
    """A site of some hundred pages, with workers of its own where there are several processors."""
    (tmp_path / "prepared").mkdir()
    case = Case(tmp_path, Site(copy_repository(tmp_path / "prepared")), edit)
    calls = chosen(named(case.calls), every=True)
    calls = some(calls, len(calls) // 12)
    record_property("cases", len(calls))
    wrong = tried(case, calls)
    # How often SQLite writes, and in which order workers do, differs a little from run to run.
    unmade = [what for what in wrong if what.endswith(UNMADE)]
    assert len(unmade) <= 2
    assert wrong == unmade


@pytest.mark.slow
def test_a_disk_that_is_full_from_some_moment_on(case: Case, record_property: Record) -> None:
    calls = some([call for call in case.calls if call.name in FILLING or call.creates], 6)
    record_property("cases", len(calls))
    for moment in calls:
        site = case.site()

        def full(call: Call, since: int = moment.number) -> int | None:
            return errno.ENOSPC if call.number >= since and (call.name in FILLING or call.creates) else None

        done = case.build(site, full)
        assert [*judged(done, site.tree(), case, os.strerror(errno.ENOSPC))] == [], moment
        assert [*healed(case, site)] == [], moment


@pytest.mark.slow
def test_killed_at_any_call(case: Case, record_property: Record) -> None:
    """By the kernel, wherever the process is: in Python, in SQLite, in the C library."""
    calls, between = some(case.calls, 8), 0
    record_property("cases", len(calls))
    for wanted in calls:
        site = case.site()
        done = case.build(site, lambda call, at=wanted.number: KILL if call.number == at else None)
        # What died may have been another process: the walk through the output, or a worker.
        assert done.code in (-signal.SIGKILL, 0) or "error[worker-died]" in done.err, wanted
        between += site.tree() not in (case.before, case.after)
        assert [*healed(case, site)] == [], wanted
    assert between < len(calls) / 4, "only the burst of renames may be seen half done, by who looks then"
