"""A server of pages on the loopback address, which counts what is asked of it."""

import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from tests.clip.corpus import PAGES, Page

Answer = Callable[[str], Page | None]


@dataclass
class Server:
    """Where it is, and what was asked of it: paths with their count, and the headers of the last request."""

    address: str
    asked: Counter[str] = field(default_factory=Counter)
    headers: dict[str, str] = field(default_factory=dict)

    def url(self, path: str) -> str:
        return self.address + (path if path.startswith("/") else f"/{path}")


def of_corpus(path: str) -> Page | None:
    """The corpus: a page at its path, or at its name."""
    path = path.partition("?")[0]
    name = path.lstrip("/").rstrip("x") if path.startswith("/endless-redirect") else path.lstrip("/")
    return PAGES.get(name) or next((page for page in PAGES.values() if page.path == path), None)


def of_pages(pages: Mapping[str, Page]) -> Answer:
    """Some pages, by their paths."""
    return lambda path: pages.get(path)


class _Quiet(ThreadingHTTPServer):
    """Says nothing of clients that hang up."""

    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        pass


@contextmanager
def serving(answer: Answer = of_corpus) -> Iterator[Server]:
    """Serve until the end of the block."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            server.asked[self.path] += 1
            server.headers = dict(self.headers.items())
            page = answer(self.path) or Page(b"nothing here", status=404)
            self.send_response(page.status)
            self.send_header("Content-Type", page.kind)
            self.send_header("Set-Cookie", "track=me")
            body = page.body
            if page.headers.get("Content-Encoding") == "gzip" and not body.startswith(b"\x1f\x8b"):
                import gzip

                body = gzip.compress(body)
            self.send_header("Content-Length", str(len(body) + (1000 if page.slow else 0)))
            for name, value in page.headers.items():
                self.send_header(name, value.replace("{self}", self.path))
            self.end_headers()
            try:
                self.wfile.write(body)
                end = time.monotonic() + page.slow
                while time.monotonic() < end and not over.wait(0.1):
                    self.wfile.write(b" ")
            except OSError:
                self.close_connection = True

        def log_message(self, format: str, *arguments: object) -> None:
            pass

    over = threading.Event()
    listening = _Quiet(("127.0.0.1", 0), Handler)
    server = Server(f"http://127.0.0.1:{listening.server_port}")
    thread = threading.Thread(target=listening.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        over.set()
        listening.shutdown()
        listening.server_close()
        thread.join(5)
