"""Uvicorn in a thread, on a socket that is already bound, with an end that waits for nobody."""

import asyncio
import contextlib
import logging
import socket
from collections.abc import Iterator
from threading import Event, Thread
from typing import Any

from uvicorn import Config, Server
from uvicorn.protocols.http.h11_impl import H11Protocol

from dossier.diagnostics import DossierError, Mark, error
from dossier.serve.app import App
from dossier.serve.hub import Hub
from dossier.serve.settings import DEFAULT_PORT, Settings

# Whoever connects has this long to ask for something.
PATIENCE = 20.0
PORTS = 20
BACKLOG = 4096


class Protocol(H11Protocol):
    """HTTP/1.1 that hangs up on those who connect and never finish a request."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        asyncio.get_running_loop().call_later(PATIENCE, self._give_up)

    def _give_up(self) -> None:
        if self.cycle is None and not self.transport.is_closing():
            self.transport.abort()


def bound(settings: Settings) -> socket.socket:
    """A socket on the port that was asked for, or on the first free one from the default on."""
    ports = [settings.port] if settings.port else range(DEFAULT_PORT, DEFAULT_PORT + PORTS)
    for port in ports:
        found = socket.socket(socket.AF_INET6 if ":" in settings.host else socket.AF_INET)
        with contextlib.suppress(OSError):
            found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            found.bind((settings.host, port))
            found.listen(BACKLOG)
        except OSError as problem:
            found.close()
            reason = (problem.strerror or str(problem)).lower()
            continue
        found.setblocking(False)
        return found
    what = f"{settings.host}:{settings.port or DEFAULT_PORT}"
    hint = "choose another port with --port, or end the program that has it"
    raise DossierError(error(what, Mark(), "port", f"can't serve here: {reason}", hint))


def allow_many_files() -> None:
    """Let this process have as many connections as the system allows it."""
    try:
        import resource  # Not on Windows.
    except ImportError:
        return
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = 65536 if hard == resource.RLIM_INFINITY else min(hard, 65536)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))


class _Server(Server):
    def __init__(self, config: Config, hub: Hub, ready: Event) -> None:
        super().__init__(config)
        self._hub, self._ready = hub, ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self._hub.begin(asyncio.get_running_loop())
        self._ready.set()


@contextlib.contextmanager
def serving(app: App, hub: Hub, listening: socket.socket) -> Iterator[None]:
    """A server for as long as the block lasts."""
    logging.getLogger("uvicorn").addHandler(logging.NullHandler())
    logging.getLogger("uvicorn").propagate = False
    options: dict[str, Any] = {
        "http": Protocol,
        "ws": "none",
        "lifespan": "off",
        "loop": "asyncio",
        "interface": "asgi3",
        "log_config": None,
        "access_log": False,
        "server_header": False,
        "proxy_headers": False,
        "timeout_keep_alive": 30,
        "timeout_graceful_shutdown": 0,
        "backlog": BACKLOG,
    }
    allow_many_files()
    ready = Event()
    server = _Server(Config(app, **options), hub, ready)
    thread = Thread(target=_run, args=(server, listening), name="server", daemon=True)
    thread.start()
    try:
        ready.wait(5)
        yield
    finally:
        hub.close()
        server.should_exit = True
        thread.join(0.8)


def _run(server: Server, listening: socket.socket) -> None:
    with asyncio.Runner() as runner, contextlib.suppress(asyncio.CancelledError):
        runner.run(server.serve([listening]))
