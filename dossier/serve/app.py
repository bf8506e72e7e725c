"""The server's answers: the output as GitHub Pages would serve it, to this machine alone."""

import asyncio
import hashlib
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.types import Receive, Scope, Send

from dossier.serve import addresses
from dossier.serve.addresses import Found, Missing, Moved, Refused
from dossier.serve.broken import Places, broken
from dossier.serve.files import Output, content_type, pieces
from dossier.serve.hub import Hub
from dossier.serve.pages import with_client
from dossier.serve.ranges import asked_range, is_known
from dossier.serve.state import State

CLIENT = Path(__file__).parent / "client"
PARTS = ("panel", "marks", "morphing", "following", "channel")
HEADERS = {
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "same-origin",
}
NO_SITE = (
    b'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>No site yet</title></head><body>'
    b"<main><h1>There is no site yet</h1><p>The build found errors. The site comes as soon as they are "
    b"mended.</p></main></body></html>"
)


class App:
    """An ASGI application over an output folder. `state` gives what the last build left."""

    def __init__(self, output: Output, hub: Hub, state: Callable[[], State], host: str, port: int) -> None:
        self.output, self.hub, self.state = output, hub, state
        self.host, self.port = host, port
        self._places = Places(output)
        self._said: set[str] = set()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return
        request = Request(scope, receive)
        response = self._refusal(request) or await self._answer(request)
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        await response(scope, receive, send)

    def _refusal(self, request: Request) -> Response | None:
        """The answer to a request that isn't from a page of this site, or from its reader."""
        headers = request.headers
        hosts = headers.getlist("host")
        if len(hosts) != 1 or not addresses.is_own_host(hosts[0], self.host, self.port):
            return plain(403, "This server answers to its own name only: http://localhost:" + str(self.port))
        for origin in headers.getlist("origin"):
            if not addresses.is_own_origin(origin, self.host, self.port):
                return plain(403, "Other sites may not ask this server.")
        crosses = headers.get("sec-fetch-site") in ("cross-site", "same-site")
        if crosses and headers.get("sec-fetch-mode") != "navigate":
            return plain(403, "Other sites may not ask this server.")
        if request.method not in ("GET", "HEAD"):
            return plain(405, "This server is only for reading.", {"Allow": "GET, HEAD"})
        return None

    async def _answer(self, request: Request) -> Response:
        raw: bytes = request.scope["raw_path"]
        if raw.startswith(addresses.OWN.encode()):
            return self._own(request, raw.decode("ascii", "replace"))
        return await asyncio.to_thread(self._page, request, raw)

    def _own(self, request: Request, path: str) -> Response:
        if path == f"{addresses.OWN}client.js":
            return Response(client(), media_type="text/javascript")
        if path == f"{addresses.OWN}events":
            if request.method == "HEAD":
                return Response(media_type="text/event-stream")
            return StreamingResponse(self.hub.listen(), media_type="text/event-stream")
        return plain(404, "There is nothing here.")

    def _page(self, request: Request, raw: bytes) -> Response:
        state = self.state()
        with self.output.gate:
            target = addresses.resolve(raw, state.base, self.output)
        if isinstance(target, Refused):
            return plain(400, f"Refused: {target.reason}.")
        if isinstance(target, Moved):
            query = request.scope["query_string"].decode("ascii", "replace")
            address = target.address + (f"?{query}" if query else "")
            return Response(status_code=302, headers={"Location": address})
        if isinstance(target, Missing):
            return self._missing(target, state)
        if target.path.endswith(".html"):
            return self._html(request, target, state)
        return self._file(request, target)

    def _html(self, request: Request, target: Found, state: State) -> Response:
        read = self.output.read(target.path)
        if read is None:
            return self._missing(Missing(target.path), state)
        facts = state.facts(target.path) | {"broken": broken(read[0], target.path, self._places)}
        return html(with_client(read[0], facts), request)

    def _missing(self, target: Missing, state: State) -> Response:
        like = self.output.like(target.path) if target.path else ""
        if like and like not in self._said:
            self._said.add(like)
            state.warn(f"/{target.path} was asked for, but the file is /{like}: on the web they differ")
        read = self.output.read("404.html")
        page = read[0] if read else NO_SITE
        facts = state.facts("404.html") | {"missing": target.path or "index.html", "broken": {}}
        return Response(with_client(page, facts), 404, media_type="text/html")

    def _file(self, request: Request, target: Found) -> Response:
        with self.output.gate:
            opened = self.output.open(target.path)
        if opened is None:
            return self._missing(Missing(target.path), self.state())
        headers = {"Content-Type": content_type(target.path), "ETag": opened.tag, "Accept-Ranges": "bytes"}
        start, stop, status = 0, opened.size, 200
        if is_known(request.headers.get("if-none-match", ""), opened.tag):
            status, stop = 304, 0
        elif request.headers.get("if-range", opened.tag) == opened.tag:
            try:
                asked = asked_range(request.headers.get("range", ""), opened.size)
            except ValueError:
                status, stop = 416, 0
                headers["Content-Range"] = f"bytes */{opened.size}"
            else:
                if asked is not None:
                    start, stop, status = *asked, 206
                    headers["Content-Range"] = f"bytes {start}-{stop - 1}/{opened.size}"
        if request.method == "HEAD" or status in (304, 416):
            list(pieces(opened, 0, 0))
            if status != 304:
                headers["Content-Length"] = str(stop - start)
            return Response(b"", status, headers)
        headers["Content-Length"] = str(stop - start)
        return StreamingResponse(pieces(opened, start, stop), status, headers)


def html(body: bytes, request: Request) -> Response:
    """A page, unless the asker has it already."""
    tag = f'"{hashlib.blake2b(body, digest_size=12).hexdigest()}"'
    if is_known(request.headers.get("if-none-match", ""), tag):
        return Response(status_code=304, headers={"ETag": tag})
    return Response(body, headers={"ETag": tag}, media_type="text/html")


def plain(status: int, text: str, headers: dict[str, str] | None = None) -> Response:
    """A short answer for people."""
    return Response(text + "\n", status, headers, media_type="text/plain")


@lru_cache(maxsize=1)
def client() -> bytes:
    """The preview's script, put together: idiomorph, then its own parts, which share one scope."""
    own = b"\n".join((CLIENT / f"{name}.js").read_bytes() for name in PARTS)
    return (CLIENT / "idiomorph.js").read_bytes() + b'\n(() => {\n"use strict";\n' + own + b"})();\n"
