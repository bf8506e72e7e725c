"""A server on this machine that plays what servers on the web do, well and badly."""

import contextlib
import ssl
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from dossier.external.manners import Manners

Route = Callable[["Handler"], None]
# So quick that a test takes no time, and still in order.
QUICK = Manners(delay=0.0, backoff=0.02, seconds=20.0, longest_wait=0.5)


@dataclass
class Asked:
    """A request that came: when, in seconds of the clock, and what."""

    at: float
    method: str
    path: str
    headers: Mapping[str, str]


@dataclass
class Web:
    """A server: what it answers by path, and what it was asked. `at_once` is the most at one time."""

    routes: dict[str, Route]
    origin: str = ""
    asked: list[Asked] = field(default_factory=list)
    at_once: int = 0
    working: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)

    def url(self, path: str) -> str:
        return self.origin + path

    def methods(self, path: str) -> list[str]:
        """The methods by which a path was asked for, in order."""
        return [asked.method for asked in self.asked if asked.path == path]

    def times(self, path: str) -> list[float]:
        return [asked.at for asked in self.asked if asked.path == path]


class Handler(BaseHTTPRequestHandler):
    """Answers by the routes of its web; what has none is not found."""

    protocol_version = "HTTP/1.1"
    web: Web

    def answer(self) -> None:
        web = self.web
        with web.lock:
            web.asked.append(Asked(time.monotonic(), self.command, self.path, dict(self.headers)))
            web.working += 1
            web.at_once = max(web.at_once, web.working)
        try:
            web.routes.get(self.path, status(404))(self)
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True  # Whoever asked has gone.
        finally:
            with web.lock:
                web.working -= 1

    do_GET = do_HEAD = answer  # noqa: N815

    def log_message(self, format: str, *arguments: object) -> None:
        """Say nothing."""

    def send(self, code: int, headers: Mapping[str, str], body: bytes = b"") -> None:
        self.send_response(code)
        for name, value in {"Content-Length": str(len(body)), **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)


@contextlib.contextmanager
def serving(
    routes: Mapping[str, Route] | None = None, host: str = "127.0.0.1", tls: ssl.SSLContext | None = None
) -> Iterator[Web]:
    """A server of these routes for as long as the block lasts."""
    web = Web(dict(routes or {}))
    handler = type("OneHandler", (Handler,), {"web": web})
    server = ThreadingHTTPServer((host, 0), handler)
    server.daemon_threads = True
    server.handle_error = lambda request, address: None  # type: ignore[method-assign]
    if tls is not None:
        server.socket = tls.wrap_socket(server.socket, server_side=True)
    web.origin = f"http{'s' if tls else ''}://{host}:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield web
    finally:
        server.shutdown()
        server.server_close()
        thread.join(5)


# ------------------------------------------------------------ what servers do


def status(code: int, **headers: str) -> Route:
    """Answer with a status; a header's name is written with underscores."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return lambda handler: handler.send(code, named, b"text")


def text(body: str) -> Route:
    return lambda handler: handler.send(200, {"Content-Type": "text/plain"}, body.encode())


def redirect(code: int, location: str) -> Route:
    return status(code, Location=location)


def by_method(**routes: Route) -> Route:
    """Answer HEAD and GET differently."""
    return lambda handler: routes[handler.command](handler)


def in_turn(*routes: Route) -> Route:
    """Answer each request after the one before it with the next of these, the last for ever."""
    waiting = list(routes)

    def answer(handler: Handler) -> None:
        with handler.web.lock:
            route = waiting.pop(0) if len(waiting) > 1 else waiting[0]
        route(handler)

    return answer


def slow(seconds: float) -> Route:
    def answer(handler: Handler) -> None:
        time.sleep(seconds)
        status(200)(handler)

    return answer


def hang_up(handler: Handler) -> None:
    """End the connection without a word."""
    handler.close_connection = True


def nonsense(handler: Handler) -> None:
    handler.wfile.write(b"SSH-2.0-OpenSSH_9.9\r\n")
    handler.close_connection = True


def endless(handler: Handler) -> None:
    """A body without an end."""
    handler.send_response(200)
    handler.end_headers()
    while True:
        handler.wfile.write(b"x" * 65_536)


def trickle(handler: Handler) -> None:
    """A header, one byte at a time."""
    for byte in b"HTTP/1.1 200 OK\r\nX: " + b"y" * 100:
        handler.wfile.write(bytes([byte]))
        time.sleep(0.1)
