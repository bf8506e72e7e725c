"""A pure function worked out in other processes, with results that don't depend on how many there are.

Workers are forked, so they start in a few milliseconds with everything the parent has loaded, and only
numbers travel to them. Where a system can't fork (Windows), the work is done in the one process. So it is
where the process has threads (a preview): a child would have their locks as they happened to be, held by
nobody who could let them go, and Python warns of it from 3.12 on.
"""

import contextlib
import mmap
import os
import selectors
import signal
import socket
import struct
import sys
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import msgspec

from dossier.diagnostics import Diagnostic, DossierError, Mark, error

CAN_FORK = hasattr(os, "fork") and hasattr(signal, "SIGKILL")
BATCH = struct.Struct("!II")
FRAME = struct.Struct("!BII")
RESULTS, FINDINGS, MISHAP = range(3)
AHEAD = 2
LARGEST_BATCH = 64


def may_fork() -> bool:
    """Whether this process can be forked as it is."""
    threads = sys.modules.get("threading")  # Who hasn't loaded it has none.
    return CAN_FORK and (threads is None or threads.active_count() == 1)


Work = Callable[[int], object]
Name = Callable[[int], str]


def each(work: Work, count: int, jobs: int, name: Name) -> Iterator[tuple[int, bytes]]:
    """The MessagePack forms of `work(0)` … `work(count - 1)`, each with its number, in the order they come.

    `name(i)` is what an error calls item `i`. Work runs in `jobs` forked processes where that is more than
    one, and `may_fork`; a worker that dies, and a mistake inside one, raise DossierError naming the item it
    was at.
    """
    if jobs < 2 or count < 2 or not may_fork():
        for item in range(count):
            try:
                result = msgspec.msgpack.encode(work(item))
            except DossierError:
                raise
            except Exception as problem:
                raise DossierError(mishap(name(item), describe(problem))) from problem
            yield item, result
        return
    crew = _Crew(work, count, min(jobs, count), name)
    try:
        yield from crew.results()
    finally:
        crew.dismiss()


@dataclass
class _Worker:
    position: int
    process: int
    channel: socket.socket
    expected: deque[range] = field(default_factory=deque)
    received: bytearray = field(default_factory=bytearray)


class _Crew:
    """The forked workers of one piece of work."""

    def __init__(self, work: Work, count: int, jobs: int, name: Name) -> None:
        self.name = name
        size = max(1, min(LARGEST_BATCH, count // (jobs * 8)))
        self.batches = deque(range(start, min(start + size, count)) for start in range(0, count, size))
        # Where each worker is, written by it without a system call and read when it has died.
        self.current = mmap.mmap(-1, 4 * jobs)
        self.workers: list[_Worker] = []
        try:
            for number in range(jobs):
                self.workers.append(self._fork(work, number))
        except BaseException:
            self.dismiss()
            raise

    def _fork(self, work: Work, number: int) -> _Worker:
        ours, theirs = socket.socketpair()
        process = os.fork()
        if process:
            theirs.close()
            return _Worker(number, process, ours)
        status = 1
        try:
            signal.signal(signal.SIGINT, signal.SIG_IGN)
            ours.close()
            for worker in self.workers:
                worker.channel.close()
            with memoryview(self.current)[4 * number : 4 * number + 4].cast("I") as at:
                _serve(theirs, work, at)
            status = 0
        finally:
            os._exit(status)

    def results(self) -> Iterator[tuple[int, bytes]]:
        with selectors.DefaultSelector() as selector:
            for worker in self.workers:
                selector.register(worker.channel, selectors.EVENT_READ, worker)
                self._feed(worker)
            while any(worker.expected for worker in self.workers):
                for key, _ in selector.select():
                    yield from self._receive(key.data)

    def _feed(self, worker: _Worker) -> None:
        while self.batches and len(worker.expected) < AHEAD:
            batch = self.batches.popleft()
            worker.expected.append(batch)
            with contextlib.suppress(BrokenPipeError, ConnectionResetError):  # Its death is seen on reading.
                worker.channel.sendall(BATCH.pack(batch.start, batch.stop))

    def _receive(self, worker: _Worker) -> Iterator[tuple[int, bytes]]:
        try:
            data = worker.channel.recv(1 << 20)
        except ConnectionResetError:
            data = b""
        if not data:
            raise self._died(worker)
        worker.received += data
        while len(worker.received) >= FRAME.size:
            kind, number, length = FRAME.unpack_from(worker.received)
            if len(worker.received) < FRAME.size + length:
                return
            payload = bytes(memoryview(worker.received)[FRAME.size : FRAME.size + length])
            del worker.received[: FRAME.size + length]
            yield from self._accept(worker, kind, number, payload)

    def _accept(self, worker: _Worker, kind: int, number: int, payload: bytes) -> Iterator[tuple[int, bytes]]:
        if kind == FINDINGS:
            raise DossierError(*msgspec.msgpack.decode(payload, type=list[Diagnostic]))
        if kind == MISHAP:
            raise DossierError(mishap(self.name(number), payload.decode()))
        batch = worker.expected.popleft()
        self._feed(worker)
        yield from zip(batch, msgspec.msgpack.decode(payload, type=list[bytes]), strict=True)

    def _died(self, worker: _Worker) -> DossierError:
        _, status = os.waitpid(worker.process, 0)
        self.workers.remove(worker)
        worker.channel.close()
        (item,) = struct.unpack_from("=I", self.current, 4 * worker.position)
        ended = os.waitstatus_to_exitcode(status)
        how = f"was killed by signal {-ended}" if ended < 0 else f"ended with status {ended}"
        hint = "if memory ran out, use fewer processes: --jobs 1"
        message = f"the process at work on this file {how}"
        return DossierError(error(self.name(item), Mark(), "worker-died", message, hint))

    def dismiss(self) -> None:
        """End the workers, whatever they are doing."""
        for worker in self.workers:
            worker.channel.close()
            with contextlib.suppress(ProcessLookupError):
                os.kill(worker.process, signal.SIGKILL)
        for worker in self.workers:
            with contextlib.suppress(ChildProcessError):
                os.waitpid(worker.process, 0)
        self.workers = []
        self.current.close()


def _serve(channel: socket.socket, work: Work, at: memoryview) -> None:
    """Work on batches until there are no more."""
    while order := _exactly(channel, BATCH.size):
        start, stop = BATCH.unpack(order)
        results = []
        for item in range(start, stop):
            at[0] = item
            try:
                results.append(msgspec.msgpack.encode(work(item)))
            except DossierError as problem:
                _send(channel, FINDINGS, item, msgspec.msgpack.encode(problem.diagnostics))
                return
            except Exception as problem:
                _send(channel, MISHAP, item, describe(problem).encode())
                return
        _send(channel, RESULTS, start, msgspec.msgpack.encode(results))


def _exactly(channel: socket.socket, size: int) -> bytes:
    """That many bytes, or none at the end."""
    data = b""
    while len(data) < size:
        more = channel.recv(size - len(data))
        if not more:
            return b""
        data += more
    return data


def _send(channel: socket.socket, kind: int, number: int, payload: bytes) -> None:
    channel.sendall(FRAME.pack(kind, number, len(payload)) + payload)


def describe(problem: Exception) -> str:
    """An exception in one line."""
    return f"{type(problem).__name__}: {problem}"


def mishap(path: str, what: str) -> Diagnostic:
    """The finding for a mistake of dossier's own while it worked on a file."""
    hint = "this is a mistake in dossier, please report it; DOSSIER_TRACEBACK=1 and --jobs 1 show where"
    return error(path, Mark(), "internal", f"dossier failed on this file: {what}", hint)
