"""Calls of a function in a process of its own, with limits of time and memory, made anew now and then.

Parsers of strangers' bytes can be led into hanging, into filling memory, into crashing. Here that costs the
one source at which it happens. Since what they leak goes with them, thousands of sources take no more
memory than a few.
"""

import contextlib
import importlib
import os
import struct
import subprocess
import sys
import threading
from collections.abc import Callable
from types import TracebackType
from typing import IO, Self

LONGEST = 60.0
MOST_MEMORY = 2 << 30
TURNS = 100
_SIZE = struct.Struct("!I")
_BEGIN = (
    "import sys; sys.path.insert(0, sys.argv[1]); from dossier.clip.apart import serve; serve(sys.argv[2])"
)


class Apart:
    """A process that calls one function, of bytes to bytes, again and again.

    The function is named as `package.module:function`. `late` says that the last call took too long.
    """

    def __init__(self, function: str, longest: float = LONGEST) -> None:
        self.longest = longest
        self.late = False
        self._function = function
        self._process: subprocess.Popen[bytes] | None = None
        self._turns = 0

    def call(self, data: bytes) -> bytes | None:
        """What the function returns; None where the process ended over it."""
        process = self._process
        if process is None or self._turns >= TURNS:
            self.close()
            process = self._process = _begin(self._function)
            self._turns = 0
        self._turns += 1
        late = threading.Event()
        timer = threading.Timer(self.longest, _end, (process, late))
        timer.start()
        try:
            answer = _asked(process, data)
        finally:
            timer.cancel()
        self.late = late.is_set()
        if answer is None:
            self.close()
        return answer

    def close(self) -> None:
        """End the process, whatever it is doing."""
        process, self._process = self._process, None
        if process is None:
            return
        process.kill()
        process.wait()
        for stream in (process.stdin, process.stdout):
            if stream is not None:
                with contextlib.suppress(OSError):  # What wasn't sent is of no more use.
                    stream.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def _end(process: subprocess.Popen[bytes], late: threading.Event) -> None:
    late.set()
    process.kill()


def _begin(function: str) -> subprocess.Popen[bytes]:
    above = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
    return subprocess.Popen(
        [sys.executable, "-c", _BEGIN, above, function],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )


def _asked(process: subprocess.Popen[bytes], request: bytes) -> bytes | None:
    """The answer to a request; None where the process ended over it."""
    if process.stdin is None or process.stdout is None:
        return None
    try:
        process.stdin.write(_SIZE.pack(len(request)) + request)
        process.stdin.flush()
    except OSError:
        return None
    return _framed(process.stdout)


def _framed(stream: IO[bytes]) -> bytes | None:
    size = stream.read(_SIZE.size)
    if len(size) < _SIZE.size:
        return None
    (length,) = _SIZE.unpack(size)
    data = stream.read(length)
    return data if len(data) == length else None


def serve(function: str) -> None:
    """The process's own side: take what comes on stdin, answer on stdout, until there is no more."""
    _limit_memory()
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # Nothing else may be said there.
    module, _, name = function.partition(":")
    answer: Callable[[bytes], bytes] = getattr(importlib.import_module(module), name)
    while (data := _framed(sys.stdin.buffer)) is not None:
        done = answer(data)
        answers.write(_SIZE.pack(len(done)) + done)
        answers.flush()


def _limit_memory() -> None:
    try:
        import resource
    except ImportError:  # Windows has no such limits.
        return
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    most = MOST_MEMORY if hard == resource.RLIM_INFINITY else min(MOST_MEMORY, hard)
    with contextlib.suppress(ValueError, OSError):  # macOS refuses it.
        resource.setrlimit(resource.RLIMIT_AS, (most, hard))
