"""A publication that is killed leaves the branch as it was or wholly new, and the next one needs no help."""

import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import pytest

from tests.conftest import REPOSITORY
from tests.publish.conftest import BRANCH, Desk, begin, environment, git
from tests.publish.test_untouched import seen

MOMENTS = 50
PAGES = 60


def article(number: int, edition: int) -> str:
    words = " ".join(str(edition * number * factor) for factor in range(300))
    return f"---\ntitle: Article {number}\ndate: 2020-01-02\n---\nEdition {edition}. {words}\n"


def edition(number: int) -> dict[str, str | bytes]:
    """Sixty articles, all of them changed in each edition; with some bytes that don't shrink."""
    pages: dict[str, str | bytes] = {f"content/articles/p{n}.md": article(n, number) for n in range(PAGES)}
    return {**pages, "content/articles/large.png": random.Random(number).randbytes(3_000_000)}


def start(desk: Desk) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-m", "dossier", "publish"],
        cwd=desk.folder,
        env=environment(PYTHONPATH=str(REPOSITORY), SOURCE_DATE_EPOCH="1767225600"),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


def is_whole(desk: Desk, tip: str) -> None:
    """The branch has all of one edition, and both repositories are sound."""
    files = git(desk.remote, "ls-tree", "-r", "--name-only", tip).split("\n")
    assert len([name for name in files if name.startswith("articles/p")]) == PAGES
    editions = set()
    for number in (0, PAGES - 1):
        page = git(desk.remote, "show", f"{tip}:articles/p{number}.html")
        editions.add(page.partition("Edition ")[2].partition(".")[0])
    assert len(editions) == 1
    git(desk.remote, "fsck", "--connectivity-only", "--no-dangling")
    git(desk.folder, "fsck", "--connectivity-only", "--no-dangling")


@pytest.mark.slow
@pytest.mark.parametrize("signal_", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT], ids=lambda s: s.name)
def test_killed_at_random_moments(tmp_path: Path, signal_: signal.Signals) -> None:
    """With all that it has started, as when the machine is turned off; or told to end, or by Ctrl-C."""
    desk = begin(tmp_path, edition(0))
    git(desk.remote, "config", "receive.autogc", "false")
    started = time.monotonic()
    desk.publish()
    longest = time.monotonic() - started
    chance = random.Random(f"{signal_.name}")
    outcomes: Counter[str] = Counter()
    for number in range(1, (MOMENTS if signal_ == signal.SIGKILL else MOMENTS // 5) + 1):
        desk.commit(edition(number), f"Edition {number}")
        former, before = desk.tip(), seen(desk)
        process = start(desk)
        time.sleep(chance.uniform(0, 1.6 * longest))
        if process.poll() is None:
            os.killpg(process.pid, signal_)
        else:
            outcomes["too late"] += 1
            longest *= 0.7  # The machine was busier when it was timed.
        _, said = process.communicate(timeout=60)
        assert "Traceback" not in said
        for _ in range(50):  # What received the push may live a moment longer.
            if not list((desk.remote / "refs/heads").glob("*.lock")):
                break
            time.sleep(0.02)
        tip = desk.tip()
        if tip == former:
            outcomes["old"] += 1
        else:
            assert git(desk.remote, "rev-parse", f"{tip}~") == former
            outcomes["new"] += 1
        is_whole(desk, tip)
        assert seen(desk) == before
        again = desk.run()
        assert again.returncode == 0, again.stderr
        assert f"Edition {number}." in git(desk.remote, "show", f"{BRANCH}:articles/p1.html")
        assert not desk.publish().difference
    assert outcomes["old"]
    assert len(desk.subjects()) == len(set(desk.subjects()))


def test_what_a_killed_import_left_is_cleared_away(desk: Desk) -> None:
    left = desk.folder / ".dossier/publishing"
    (left / "objects").mkdir(parents=True)
    (left / "fast_import_crash_1").write_text("x")
    desk.publish()
    assert not left.exists()
