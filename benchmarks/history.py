"""How long the history of a large site takes to read: 10,000 articles, 1,000 commits.

    python -m benchmarks.history [ARTICLES [COMMITS]]

Prints CPU seconds, git's included: the first reading, one more commit, and what a build decodes.
"""

import os
import random
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import msgspec

from dossier import history
from dossier.revision import repository, revision

Value = TypeVar("Value")
WORDS = ("the", "of", "mission", "force", "posture", "troops", "talks", "base", "allies", "said", "trainers")


def blob(number: int, version: int) -> bytes:
    """An article's file."""
    chance = random.Random(number)
    text = "\n\n".join(" ".join(chance.choices(WORDS, k=80)) for _ in range(6))
    edits = "".join(f" Edit {edit} of it." for edit in range(version))
    return f"---\ntitle: Article {number}\nrights: full\n---\n{text}{edits}\n".encode()


def write(folder: Path, articles: int, commits: int) -> None:
    """A repository: all articles in the first commit, then three edits in each."""
    subprocess.run(["git", "init", "-q", "-b", "main", folder], check=True)
    chance, versions = random.Random(1), [0] * articles
    stream = bytearray()
    for commit in range(commits):
        changed = range(articles) if commit == 0 else sorted(chance.sample(range(articles), 3))
        stream += (
            f"commit refs/heads/main\ncommitter A <a@b> {1_600_000_000 + commit * 86_400} +0000\n".encode()
        )
        stream += b"data 1\nx\n"
        for number in changed:
            data = blob(number, versions[number])
            versions[number] += 1
            stream += f"M 100644 inline content/articles/a{number}.md\ndata {len(data)}\n".encode() + data
            stream += b"\n"
    subprocess.run(["git", "fast-import", "--quiet"], cwd=folder, input=bytes(stream), check=True)


def timed(name: str, work: Callable[[], Value]) -> Value:
    """Do it, and print the CPU time of this process and of those it ran."""
    before = sum(os.times()[:4])
    value = work()
    print(f"{name:32} {sum(os.times()[:4]) - before:6.2f} s")
    return value


def main(articles: int = 10_000, commits: int = 1_000) -> None:
    """Measure."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write(folder, articles, commits)
        place, now = repository(name), revision(name)
        assert place is not None

        def read(log: history.Log) -> history.Stories:
            with history.Blobs(place, name) as blobs:
                stories, found = history.stories_of(log, blobs.read, kept.get)
            kept.update(found)
            return stories

        kept: dict[bytes, bytes] = {}
        log = timed("log, all", lambda: history.history_log(place, name, now))
        stories = timed("compare, all", lambda: read(log))
        data = msgspec.msgpack.encode(stories)
        timed(f"decode {len(data) / 1e6:.1f} MB", lambda: msgspec.msgpack.decode(data, type=history.Stories))
        subprocess.run(["git", "read-tree", "HEAD"], cwd=folder, check=True)
        subprocess.run(["git", "checkout-index", "-a"], cwd=folder, check=True)
        (folder / "content/articles/a1.md").write_bytes(blob(1, 50))
        named = ["-c", "user.name=A", "-c", "user.email=a@b"]
        subprocess.run(["git", *named, "commit", "-qam", "x"], cwd=folder, check=True)
        then = revision(name)
        newer = timed("log, one more", lambda: history.history_log(place, name, then, log))
        timed("compare, one more", lambda: read(newer))
        timed("find the commit, 1,000 times", lambda: [revision(name) for _ in range(1_000)])


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
