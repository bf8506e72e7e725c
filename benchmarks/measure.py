"""Runs a command as a process of its own and says what it cost, by the kernel's own accounts."""

from __future__ import annotations

import os
import resource
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

SAMPLE_SECONDS = 0.02
KILOBYTES = 1 if sys.platform != "darwin" else 1 / 1024  # ru_maxrss counts bytes on macOS


@dataclass(frozen=True)
class Sample:
    """One run. Times are seconds; `cpu` is user and system time of the process and all it waited for.

    `peak_mb` is the peak of the largest single process (ru_maxrss), in megabytes of 10^6 bytes. `others` is
    how many cores other programs kept busy meanwhile: the noise. `failure` is empty where all went well.
    """

    wall: float
    cpu: float
    peak_mb: float
    others: float
    failure: str = ""


def run(command: Sequence[str], folder: Path, limit: float, env: Mapping[str, str] | None = None) -> Sample:
    """Run a command and wait for it; kill it and all its children after `limit` seconds."""
    os.sync()  # so that no run pays for writing back what the one before it left in memory
    with tempfile.TemporaryFile() as log:
        busy = busy_seconds()
        start = time.perf_counter()
        process = start_process(command, folder, env, log.fileno())
        timer = threading.Timer(limit, kill_session, [process.pid])
        timer.start()
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - start
        timer.cancel()
        process.returncode = os.waitstatus_to_exitcode(status)  # reaped here, not by Popen
        cpu = usage.ru_utime + usage.ru_stime
        return Sample(
            wall=wall,
            cpu=cpu,
            peak_mb=usage.ru_maxrss * KILOBYTES * 1024 / 1e6,
            others=max(0.0, (busy_seconds() - busy - cpu) / wall),
            failure=failure(process, wall, limit, log.fileno()),
        )


def start_process(
    command: Sequence[str], folder: Path, env: Mapping[str, str] | None, output: int
) -> subprocess.Popen[bytes]:
    """Start a command in a session of its own, its output going to a file."""
    return subprocess.Popen(
        command,
        cwd=folder,
        env=environment(**(env or {})),
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=subprocess.STDOUT,
        start_new_session=True,
    )


def environment(**more: str) -> dict[str, str]:
    """This process's environment and more, for a command that is measured.

    Python may keep its compiled modules, as it does where a program is installed.
    """
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return {**kept, **more}


def failure(process: subprocess.Popen[bytes], wall: float, limit: float, log: int) -> str:
    """What went wrong in a run, or nothing. A process left behind would have worked off the books."""
    if wall >= limit:
        return f"took more than {limit:g} s"
    if process.returncode:
        size = os.lseek(log, 0, os.SEEK_END)
        tail = os.pread(log, 600, max(0, size - 600)).decode("utf-8", "replace").strip()
        return f"exit code {process.returncode}: {tail}"
    if kill_session(process.pid):
        return "left a process running behind it"
    return ""


def kill_session(pid: int) -> bool:
    """Kill what is left of a process group; whether there was anything."""
    try:
        os.killpg(pid, signal.SIGKILL)
    except (ProcessLookupError, PermissionError):
        return False
    return True


def busy_seconds() -> float:
    """CPU seconds that the whole machine has spent working since it started; 0 where that can't be read."""
    try:
        fields = Path("/proc/stat").read_text(encoding="ascii").split("\n", 1)[0].split()[1:9]
    except OSError:
        return 0.0
    user, nice, system, _idle, _iowait, irq, softirq, steal = (int(field) for field in fields)
    return (user + nice + system + irq + softirq + steal) / os.sysconf("SC_CLK_TCK")


def children_seconds() -> float:
    """CPU seconds of all processes that have ended below this one."""
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def at_95(times: Sequence[float]) -> float:
    """The 95th percentile."""
    ordered = sorted(times)
    return ordered[min(len(ordered) - 1, int(len(ordered) * 0.95))]


def tree_peak_mb(command: Sequence[str], folder: Path, limit: float) -> float | None:
    """Peak memory of a command and all its children together, in megabytes; None where /proc can't tell.

    The sum of proportional set sizes, looked at every 20 ms: memory that workers share counts once. Looking
    slows the command down, so this run is not one of those that are timed.
    """
    if not Path("/proc/self/smaps_rollup").exists():
        return None
    process = start_process(command, folder, None, subprocess.DEVNULL)
    peak = 0
    deadline = time.monotonic() + limit
    while process.poll() is None and time.monotonic() < deadline:
        peak = max(peak, sum(proportional_kb(pid) for pid in session_pids(process.pid)))
        time.sleep(SAMPLE_SECONDS)
    kill_session(process.pid)
    process.wait()
    return peak * 1024 / 1e6


def session_pids(session: int) -> list[int]:
    """The processes of a session."""
    return [
        int(entry.name)
        for entry in Path("/proc").iterdir()
        if entry.name.isdigit() and session_of(int(entry.name)) == session
    ]


def session_of(pid: int) -> int:
    """The session of a process, or -1 where it has just gone."""
    try:
        return os.getsid(pid)
    except (ProcessLookupError, PermissionError):
        return -1


def proportional_kb(pid: int) -> int:
    """A process's proportional set size in KiB, or 0 where it has just gone."""
    try:
        text = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii")
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in text.splitlines() if line.startswith("Pss:")), 0)


@dataclass(frozen=True)
class Pace:
    """How fast the machine is just now: seconds for a fixed computation, and for making 2,000 files."""

    loop: float
    files: float


def machine_pace(folder: Path) -> Pace:
    """Measure the pace; the files go into a new folder, which stays."""
    start = time.process_time()
    sum(number * number % 7 for number in range(1_000_000))
    loop = time.process_time() - start
    folder.mkdir(parents=True)
    start = time.perf_counter()
    for number in range(2_000):
        (folder / str(number)).write_bytes(b"x" * 7_000)
    return Pace(loop, time.perf_counter() - start)
