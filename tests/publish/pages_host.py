"""A plain static server that serves a folder as GitHub Pages serves a repository's branch.

Below /NAME/: `x` as `x.html`, a folder by its index.html and with a slash at its end, whatever isn't there as
the branch's own 404.html. Paths tell their case. Nothing else is served.
"""

import mimetypes
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from urllib.parse import quote, unquote, urlsplit

from tests.loopback import listening

LOST = b"<!doctype html><title>Site not found</title>"


@contextmanager
def pages_host(branch: Path, name: str) -> Iterator[str]:
    """The address of a branch's home page. `name` is the repository's, empty for one that serves a domain."""
    base = f"/{name}/" if name else "/"
    files = {path.relative_to(branch).as_posix() for path in branch.rglob("*") if path.is_file()}

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True

        def do_GET(self) -> None:
            path = unquote(urlsplit(self.path).path)
            if not path.startswith(base):
                self.answer(404, "x.html", LOST)
                return
            inner = path.removeprefix(base)
            index = f"{inner}index.html" if inner.endswith("/") or not inner else ""
            for found in filter(None, (index or inner, f"{inner}.html" if not index else "")):
                if found in files and not found.startswith(".git/"):
                    self.answer(200, found, (branch / found).read_bytes())
                    return
            if f"{inner}/index.html" in files:
                self.send_response(301)
                self.send_header("Location", quote(f"{path}/"))
                self.send_header("Content-Length", "0")
                self.end_headers()
                return
            self.answer(404, "404.html", (branch / "404.html").read_bytes())

        def answer(self, status: int, name: str, data: bytes) -> None:
            kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
            self.send_response(status)
            self.send_header("Content-Type", f"{kind}; charset=utf-8" if kind.startswith("text/") else kind)
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with listening(Handler) as place:
        yield f"http://{place}{base}"
