"""A folder served on the loopback, at a host's root or below a path, as static hosts do."""

import mimetypes
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from urllib.parse import unquote, urlsplit

from tests.loopback import listening


@contextmanager
def served(folder: Path, base: str = "/") -> Iterator[str]:
    """The address of the folder's home page. What isn't there is answered by 404.html."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True  # else each answer waits for an acknowledgement

        def do_GET(self) -> None:
            status, path = self._find(unquote(urlsplit(self.path).path))
            data = path.read_bytes() if path.is_file() else b""
            self.send_response(status)
            kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
            charset = "; charset=utf-8" if kind.startswith("text/") else ""
            self.send_header("Content-Type", kind + charset)
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def _find(self, address: str) -> tuple[int, Path]:
            if address.startswith(unquote(base)):
                name = address.removeprefix(unquote(base))
                path = folder / (name + "index.html" if name.endswith("/") or not name else name)
                if path.is_file():
                    return 200, path
            return 404, folder / "404.html"

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with listening(Handler) as place:
        yield f"http://{place}{base}"
