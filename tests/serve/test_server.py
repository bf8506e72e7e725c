"""The server over real sockets: what GitHub Pages would serve, and nothing to anybody else."""

import os
import socket
import struct
import time
from contextlib import ExitStack

import pytest

from tests.serve.conftest import Preview


@pytest.mark.parametrize(
    "target",
    [
        "/../../etc/passwd",
        "/small/../../../../etc/passwd",
        "/small/%2e%2e%2f%2e%2e%2fetc/passwd",
        "/small/%2e%2e/%2e%2e/site.yaml",
        "/small/..%2fsite.yaml",
        "/small/..%5c..%5csite.yaml",
        "/small/..\\..\\site.yaml",
        "/small/%252e%252e/site.yaml",
        "/small/%00index.html",
        "/small/index.html%00.css",
        "/small/%0d%0aSet-Cookie:%20a=b",
        "/small/.dossier-site",
        "/smaller/index.html",
        "/small.evil/",
        "/small/.git/config",
        "/small//etc/passwd",
        "/small/%2fetc/passwd",
        "/small/%c0%ae%c0%ae/site.yaml",
        "http://evil.example/small/",
        "//evil.example/small",
        "/\\evil.example",
        "/%5cevil.example",
        "//evil.example/..",
        "/%2f%2fevil.example/",
        "/.dossier/../index.html",
        "/.dossier/memo.sqlite",
        "*",
    ],
)
def test_nothing_outside_the_output_is_reached_or_redirected_to(preview: Preview, target: str) -> None:
    answer = preview.get(target)
    assert answer.status in (400, 404), answer.status
    assert "location" not in answer.headers
    assert b"root:" not in answer.body
    assert b"rights: full" not in answer.body


@pytest.mark.parametrize(
    "request_line",
    [
        b"GET /small/\0index.html HTTP/1.1",
        b"GET  HTTP/1.1",
        b"\x16\x03\x01\x02\x00",
        b"GET /small/\xff HTTP/1.1",
    ],
)
def test_a_request_that_is_none_is_answered_with_an_error(preview: Preview, request_line: bytes) -> None:
    answer = preview.raw(request_line + b"\r\nHost: localhost:%d\r\n\r\n" % preview.port)
    assert answer == b"" or answer.split()[1] == b"400"
    assert preview.get("/small/").status == 200


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "localhost.evil.example:{port}",
        "localhost",
        "localhost:1",
        "127.0.0.1@evil:{port}",
        "[::2]:{port}",
    ],
)
def test_a_name_that_isnt_this_machines_gets_nothing(preview: Preview, host: str) -> None:
    for target in ("/small/", "/.dossier/events", "/.dossier/client.js", "/nothing"):
        answer = preview.get(target, host=host.format(port=preview.port))
        assert answer.status == 403
        assert b"Small" not in answer.body


def test_two_host_headers_or_none_get_nothing(preview: Preview) -> None:
    own = f"localhost:{preview.port}"
    two = preview.raw(f"GET /small/ HTTP/1.1\r\nHost: {own}\r\nHost: evil\r\n\r\n".encode())
    none = preview.raw(b"GET /small/ HTTP/1.0\r\n\r\n")
    assert two.split()[1] in (b"400", b"403")
    assert none.split()[1] in (b"400", b"403")


@pytest.mark.parametrize("host", ["localhost:{port}", "127.0.0.1:{port}", "[::1]:{port}", "LOCALHOST:{port}"])
def test_this_machines_names_are_served(preview: Preview, host: str) -> None:
    assert preview.get("/small/", host=host.format(port=preview.port)).status == 200


@pytest.mark.parametrize(
    "header",
    ["Origin: https://evil.example", "Origin: null", "Sec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: no-cors"],
)
def test_pages_of_other_sites_cant_ask(preview: Preview, header: str) -> None:
    for target in ("/small/", "/.dossier/events", "/.dossier/client.js"):
        assert preview.get(target, header).status == 403


def test_a_link_from_another_site_may_lead_here(preview: Preview) -> None:
    assert preview.get("/small/", "Sec-Fetch-Site: cross-site", "Sec-Fetch-Mode: navigate").status == 200


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS", "TRACE", "PATCH", "CONNECT"])
def test_only_reading_is_allowed(preview: Preview, method: str) -> None:
    answer = preview.get("/small/", method=method)
    assert answer.status == 405
    assert not any(name.startswith("access-control") for name in answer.headers)


def test_links_in_the_output_are_not_followed(preview: Preview) -> None:
    public = preview.output
    os.symlink("/etc", public / "etc")
    os.symlink(preview.site.folder / "site.yaml", public / "settings.txt")
    os.symlink("articles", public / "inside")
    try:
        for target in ("etc/passwd", "settings.txt", "inside/a.html", "inside/"):
            assert preview.get(f"/small/{target}").status == 404, target
    finally:
        for name in ("etc", "settings.txt", "inside"):
            (public / name).unlink()


def test_no_folder_is_listed(preview: Preview) -> None:
    assert preview.get("/small/articles").headers["location"] == "/small/articles/"  # It has an index page.
    for target in ("/small/assets/", "/small/assets", "/small/assets/fonts/"):
        assert preview.get(target).status == 404


def test_addresses_lead_where_github_pages_would(preview: Preview) -> None:
    assert preview.get("/").headers["location"] == "/small/"
    assert preview.get("/small").headers["location"] == "/small/"
    for target in (
        "/small/",
        "/small/index.html",
        "/small/articles/a.html",
        "/small/articles/a",
        "/small/index",
    ):
        answer = preview.get(target)
        assert answer.status == 200, target
        assert answer.headers["content-type"] == "text/html; charset=utf-8"
    missing = preview.get("/small/nothing")
    assert missing.status == 404
    assert b"/.dossier/client.js" in missing.body
    assert preview.get("/other/").status == 404


def test_a_case_difference_is_a_404_and_is_said(preview: Preview) -> None:
    assert preview.get("/small/Articles/A.html").status == 404
    preview.wait_for("asked for, but the file is /articles/a.html")


def test_every_answer_forbids_sniffing_and_keeping(preview: Preview) -> None:
    for target in ("/small/", "/small/assets/briefing.css", "/nothing", "/.dossier/client.js", "/"):
        headers = preview.get(target).headers
        assert headers["cache-control"] == "no-store"
        assert headers["x-content-type-options"] == "nosniff"
        assert not any(name.startswith("access-control") for name in headers)


def test_content_types_name_their_charset(preview: Preview) -> None:
    kinds = {
        "assets/briefing.css": "text/css",
        "articles/numbers.csv": "text/csv",
        "feed.xml": "application/xml",
    }
    for target, kind in kinds.items():
        assert preview.get(f"/small/{target}").headers["content-type"] == f"{kind}; charset=utf-8"


def test_ranges_and_conditions(preview: Preview) -> None:
    target = "/small/articles/numbers.csv"
    whole = preview.get(target)
    assert (whole.status, len(whole.body)) == (200, 4004)
    part = preview.get(target, "Range: bytes=4-7")
    assert (part.status, part.body, part.headers["content-range"]) == (206, b"1,2\n", "bytes 4-7/4004")
    assert preview.get(target, "Range: bytes=-4").body == b"1,2\n"
    assert preview.get(target, "Range: bytes=9000-").status == 416
    tag = whole.headers["etag"]
    assert preview.get(target, f"If-None-Match: {tag}").status == 304
    assert preview.get(target, "Range: bytes=0-1", 'If-Range: "other"').status == 200
    head = preview.get(target, method="HEAD")
    assert (head.status, head.headers["content-length"], head.body) == (200, "4004", b"")
    page = preview.get("/small/")
    assert preview.get("/small/", f"If-None-Match: {page.headers['etag']}").status == 304


def test_sixty_half_open_connections_hold_nobody_up(preview: Preview) -> None:
    with ExitStack() as open_ones:
        for _ in range(60):
            one = open_ones.enter_context(socket.create_connection(("127.0.0.1", preview.port)))
            one.sendall(b"GET /small/ HT")
        started = time.monotonic()
        assert preview.get("/small/").status == 200
        assert time.monotonic() - started < 1


@pytest.mark.slow
def test_ten_thousand_idle_connections_hold_nobody_up(preview: Preview) -> None:
    resource = pytest.importorskip("resource")
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = 10_200
    if hard != resource.RLIM_INFINITY and hard < wanted:
        pytest.skip(f"this system allows {hard} open files")
    resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, wanted), hard))
    try:
        with ExitStack() as open_ones:
            for _ in range(10_000):
                open_ones.enter_context(socket.create_connection(("127.0.0.1", preview.port)))
            started = time.monotonic()
            assert preview.get("/small/").status == 200
            assert time.monotonic() - started < 2
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


def test_those_who_hang_up_are_not_told_of(preview: Preview) -> None:
    for asked in ("articles/numbers.csv", "notes/n.html", "nothing"):
        with socket.create_connection(("127.0.0.1", preview.port)) as one:
            one.sendall(f"GET /small/{asked} HTTP/1.1\r\nHost: localhost:{preview.port}\r\n\r\n".encode())
            one.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))  # Reset, not closed.
    assert preview.get("/small/").status == 200
    assert "Traceback" not in preview.said()
    assert "Error" not in preview.said()


def test_nothing_of_the_preview_is_in_the_build(preview: Preview) -> None:
    assert b"/.dossier/client.js" in preview.get("/small/").body
    for path in preview.output.rglob("*.html"):
        assert b"/.dossier/" not in path.read_bytes()
