"""Work in other processes: the same results whatever their number, and an error where one dies."""

import os
import signal
import threading
import time
from pathlib import Path

import msgspec
import pytest

from dossier import workers
from dossier.build import documents, rendering
from dossier.diagnostics import DossierError, Mark, error
from tests.engine.site import Site, tree


def name(item: int) -> str:
    return f"content/{item}.md"


@pytest.mark.parametrize("jobs", [1, 2, 3, 7])
@pytest.mark.parametrize("count", [0, 1, 2, 63, 64, 1000])
def test_every_item_is_worked_on_once(jobs: int, count: int) -> None:
    results = dict(workers.each(lambda item: item * item, count, jobs, name))
    assert {item: msgspec.msgpack.decode(data) for item, data in results.items()} == {
        item: item * item for item in range(count)
    }


def test_a_process_that_has_threads_is_not_forked(monkeypatch: pytest.MonkeyPatch, site: Site) -> None:
    """A child would have the threads' locks as they happened to be; and Python warns of it."""
    waits = threading.Event()
    thread = threading.Thread(target=waits.wait)
    assert workers.may_fork()
    thread.start()
    try:
        assert not workers.may_fork()
        monkeypatch.setattr(os, "fork", None)
        assert len(dict(workers.each(lambda item: item, 100, 4, name))) == 100
        monkeypatch.setattr(rendering, "ENOUGH", 1)
        monkeypatch.setattr(documents, "ENOUGH", 1)
        assert not site.build(jobs=4).failed
    finally:
        waits.set()
        thread.join()


def test_large_results_come_through() -> None:
    results = dict(workers.each(lambda item: bytes(item * 100_000), 40, 3, name))
    assert all(len(msgspec.msgpack.decode(data)) == item * 100_000 for item, data in results.items())


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGSEGV, "exit"])
def test_a_worker_that_dies_is_an_error_that_names_its_file(how: signal.Signals | str) -> None:
    def work(item: int) -> int:
        if item == 77:
            os._exit(3) if isinstance(how, str) else os.kill(os.getpid(), how)
            time.sleep(60)
        return item

    with pytest.raises(DossierError) as stop:
        list(workers.each(work, 500, 3, name))
    (finding,) = stop.value.diagnostics
    assert (finding.path, finding.code) == ("content/77.md", "worker-died")
    assert ("status 3" if isinstance(how, str) else f"signal {int(how)}") in finding.message


@pytest.mark.parametrize("jobs", [1, 3])
def test_a_mistake_inside_a_worker_names_its_file(jobs: int) -> None:
    with pytest.raises(DossierError, match=r"content/5\.md: error\[internal\].*ZeroDivisionError"):
        list(workers.each(lambda item: 1 // (item - 5), 100, jobs, name))


@pytest.mark.parametrize("jobs", [1, 3])
def test_findings_of_a_worker_are_its_callers(jobs: int) -> None:
    def work(item: int) -> int:
        raise DossierError(error(name(item), Mark(3, 4, 5), "wrong", "this is wrong"))

    with pytest.raises(DossierError, match="this is wrong"):
        list(workers.each(work, 100, jobs, name))


def test_no_process_is_left() -> None:
    for _ in workers.each(lambda item: item, 1000, 4, name):
        break
    with pytest.raises(ChildProcessError):
        os.waitpid(-1, os.WNOHANG)


def test_a_build_gives_the_same_bytes_whatever_the_number_of_processes(
    site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(documents, "ENOUGH", 2)
    monkeypatch.setattr(rendering, "ENOUGH", 2)
    for jobs in (1, 2, 5):
        site.build(output=tmp_path / f"jobs{jobs}", jobs=jobs)
    assert tree(tmp_path / "jobs1") == tree(tmp_path / "jobs2") == tree(tmp_path / "jobs5")


def test_a_file_that_kills_its_worker_is_named_and_the_site_stays(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    site.build()
    before = site.tree()
    monkeypatch.setattr(documents, "ENOUGH", 2)
    real = documents.parsed

    def parsed(path: str, data: bytes) -> tuple[documents.Kept, bytes]:
        if path.endswith("b.md"):
            os.kill(os.getpid(), signal.SIGKILL)
        return real(path, data)

    monkeypatch.setattr(documents, "parsed", parsed)
    for path in ("a", "b"):
        site.write({f"content/articles/{path}.md": f"---\ntitle: New {path}\n---\nText.\n"})
    with pytest.raises(DossierError, match=r"content/articles/b\.md: error\[worker-died\]"):
        site.build(jobs=2)
    assert site.tree() == before
