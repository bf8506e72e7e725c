"""A program whose system calls wait, one by one, for a test to say what becomes of them.

The kernel does the waiting: seccomp(2) with user notification, in the process itself and all that it starts.
So nothing of the program is replaced, and what C libraries (SQLite, libc) ask of the kernel is seen as well.
A call goes on as it would have, fails without being made with the error that the test names, or is the last
that the process makes; and while it waits, the test may change the files that it is about.
"""

import contextlib
import ctypes
import fcntl
import os
import platform
import select
import signal
import socket
import struct
import sys
import tempfile
import traceback
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from pathlib import Path
from typing import NoReturn

# Numbers of x86-64, from the kernel's table, with the arguments that say which files a call is about: a
# descriptor (`f0` is the first argument), a path (`p0`), or a path in an open folder (`a0`: the folder is the
# first argument, the path the second).
CALLS = {
    0: ("read", "f0"),
    1: ("write", "f0"),
    2: ("open", "p0"),
    3: ("close", "f0"),
    4: ("stat", "p0"),
    5: ("stat", "f0"),
    6: ("stat", "p0"),
    17: ("read", "f0"),
    18: ("write", "f0"),
    20: ("write", "f0"),
    21: ("access", "p0"),
    73: ("flock", "f0"),
    74: ("fsync", "f0"),
    75: ("fsync", "f0"),
    77: ("ftruncate", "f0"),
    82: ("rename", "p0 p1"),
    83: ("mkdir", "p0"),
    84: ("rmdir", "p0"),
    86: ("link", "p0 p1"),
    87: ("unlink", "p0"),
    88: ("symlink", "p1"),
    90: ("chmod", "p0"),
    91: ("chmod", "f0"),
    217: ("readdir", "f0"),
    257: ("open", "a0"),
    258: ("mkdir", "a0"),
    262: ("stat", "a0"),
    263: ("unlink", "a0"),
    264: ("rename", "a0 a2"),
    265: ("link", "a0 a2"),
    268: ("chmod", "a0"),
    269: ("access", "a0"),
    280: ("utime", "a0"),
    285: ("fallocate", "f0"),
    306: ("fsync", "f0"),
    316: ("rename", "a0 a2"),
    332: ("stat", "a0"),
    439: ("access", "a0"),
}
EVERY = frozenset(name for name, _ in CALLS.values())
FLAGS_OF_OPEN = {2: 1, 257: 2}
AT_FDCWD = -100
SET_NO_NEW_PRIVS, SECCOMP, SET_MODE_FILTER, NEW_LISTENER = 38, 317, 1, 8
LOAD, IF_EQUAL, RETURN = 0x20, 0x15, 0x06
ALLOW, NOTIFY = 0x7FFF0000, 0x7FC00000
RECEIVE, SEND, GO_ON = 0xC0502100, 0xC0182101, 1
NOTICE, RESPONSE = struct.Struct("=QIIiIQ6Q"), struct.Struct("=QqiI")
KILL = -1


@dataclass(frozen=True)
class Call:
    """A system call that waits: its number among those about the folder, from 1, and its paths there.

    `creates` says of an `open` that it may make a file.
    """

    number: int
    name: str
    paths: tuple[str, ...]
    creates: bool = False

    def __str__(self) -> str:
        return f"{self.number}: {self.name} {' '.join(self.paths)}"


@dataclass
class Outcome:
    """What became of a program: its exit code (negative for a signal), what it said, and its calls."""

    code: int = 0
    out: str = ""
    err: str = ""
    calls: list[Call] = field(default_factory=list)


# What is to become of a call: None lets it go on, an errno fails it, KILL ends the process.
Judge = Callable[[Call], int | None]


def available() -> bool:
    """Whether calls can be watched here."""
    if not sys.platform.startswith("linux") or platform.machine() != "x86_64":
        return False
    known = Path("/proc/sys/kernel/seccomp/actions_avail")
    return known.exists() and "user_notif" in known.read_text()


def watched(
    program: Callable[[], int], folder: Path, judge: Judge, names: Collection[str] = EVERY
) -> Outcome:
    """Run a program in a forked process; `judge` decides on each of its calls about files below a folder.

    Of calls that don't bear one of these names nothing is seen; where there are none, it just runs.
    """
    outcome = Outcome()
    numbers = [number for number, (name, _) in CALLS.items() if name in names]
    ours, theirs = socket.socketpair()
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        process = os.fork()
        if process == 0:
            _become(program, theirs, numbers, out.fileno(), err.fileno())
        theirs.close()
        with ours:
            _, descriptors, _, _ = socket.recv_fds(ours, 1, 1)
        try:
            for listener in descriptors:
                _Watch(listener, str(folder), judge, outcome).run()
        except BaseException:
            os.kill(process, signal.SIGKILL)
            raise
        finally:
            for listener in descriptors:
                os.close(listener)
            _, status = os.waitpid(process, 0)
        outcome.code = os.waitstatus_to_exitcode(status)
        for file, name in ((out, "out"), (err, "err")):
            file.seek(0)
            setattr(outcome, name, file.read().decode("utf-8", "replace"))
    return outcome


def _become(
    program: Callable[[], int], channel: socket.socket, numbers: list[int], out: int, err: int
) -> NoReturn:
    """Be the watched process."""
    code = 70
    try:
        os.dup2(out, 1)
        os.dup2(err, 2)
        sys.stdout, sys.stderr = open(1, "w", closefd=False), open(2, "w", closefd=False)  # noqa: SIM115
        listeners = [_listener(numbers)] if numbers else []
        socket.send_fds(channel, [b"."], listeners)
        for listener in listeners:
            os.close(listener)
        channel.close()
        code = program()
        sys.stdout.flush()
        sys.stderr.flush()
    except BaseException:
        traceback.print_exc()
        sys.stderr.flush()
    finally:
        os._exit(code)


class _Instruction(ctypes.Structure):
    _fields_ = (
        ("code", ctypes.c_ushort),
        ("yes", ctypes.c_ubyte),
        ("no", ctypes.c_ubyte),
        ("k", ctypes.c_uint),
    )


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("filter", ctypes.POINTER(_Instruction)))


def _listener(numbers: list[int]) -> int:
    """Let these calls of this process wait for who has the descriptor that is returned."""
    system = ctypes.CDLL(None, use_errno=True)
    code = [_Instruction(LOAD, 0, 0, 0)]
    code += [_Instruction(IF_EQUAL, len(numbers) - at, 0, number) for at, number in enumerate(numbers)]
    code += [_Instruction(RETURN, 0, 0, ALLOW), _Instruction(RETURN, 0, 0, NOTIFY)]
    program = _Program(len(code), (_Instruction * len(code))(*code))
    system.prctl(SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    listener = int(system.syscall(SECCOMP, SET_MODE_FILTER, NEW_LISTENER, ctypes.byref(program)))
    if listener < 0:
        raise OSError(ctypes.get_errno(), "seccomp")
    return listener


class _Watch:
    """The answers to one program's calls."""

    def __init__(self, listener: int, folder: str, judge: Judge, outcome: Outcome) -> None:
        self.listener, self.folder, self.judge, self.outcome = listener, folder, judge, outcome
        self.inside = f"{folder}/"

    def run(self) -> None:
        """Answer calls until the last process has ended."""
        waiting = select.poll()
        waiting.register(self.listener, select.POLLIN)
        while True:
            ((_, events),) = waiting.poll()
            if not events & select.POLLIN:
                return
            notice = bytearray(NOTICE.size)
            with contextlib.suppress(FileNotFoundError):  # The process was killed while it waited.
                fcntl.ioctl(self.listener, RECEIVE, notice)
                self._answer(*NOTICE.unpack(notice))

    def _answer(
        self, number: int, process: int, _flags: int, call: int, _arch: int, _at: int, *given: int
    ) -> None:
        answer = None
        name, form = CALLS[call]
        paths = tuple(filter(None, (self._path(process, part, given) for part in form.split())))
        if any(path == self.folder or path.startswith(self.inside) for path in paths):
            creates = call in FLAGS_OF_OPEN and bool(given[FLAGS_OF_OPEN[call]] & os.O_CREAT)
            seen = Call(len(self.outcome.calls) + 1, name, tuple(map(self._within, paths)), creates)
            self.outcome.calls.append(seen)
            answer = self.judge(seen)
        if answer == KILL:
            os.kill(process, signal.SIGKILL)
            return
        response = (number, 0, 0, GO_ON) if answer is None else (number, 0, -answer, 0)
        fcntl.ioctl(self.listener, SEND, bytearray(RESPONSE.pack(*response)))

    def _within(self, path: str) -> str:
        return path.removeprefix(self.inside) if path != self.folder else "."

    def _path(self, process: int, part: str, given: tuple[int, ...]) -> str:
        """The path that a part of a call's arguments stands for; '' where it stands for none."""
        kind, at = part[0], int(part[1])
        try:
            if kind == "f":
                return self._open_file(process, given[at])
            text = _text(process, given[at + (kind == "a")])
            if text.startswith("/"):
                return os.path.normpath(text)
            base = self._open_file(process, given[at]) if kind == "a" else os.readlink(f"/proc/{process}/cwd")
            return os.path.normpath(os.path.join(base, text)) if text else base
        except OSError:
            return ""

    def _open_file(self, process: int, descriptor: int) -> str:
        number = ctypes.c_int(descriptor & 0xFFFFFFFF).value
        name = "cwd" if number == AT_FDCWD else f"fd/{number}"
        return os.readlink(f"/proc/{process}/{name}").removesuffix(" (deleted)")


def _text(process: int, address: int) -> str:
    """The text that a process has at an address."""
    with open(f"/proc/{process}/mem", "rb", buffering=0) as memory:
        found = b""
        while b"\0" not in found:
            at = address + len(found)
            piece = os.pread(memory.fileno(), 4096 - at % 4096, at)
            if not piece:
                break
            found += piece
    return os.fsdecode(found.partition(b"\0")[0])
