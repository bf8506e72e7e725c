"""The bytes are kept as they came, in files that other tools read; articles are held against them."""

import hashlib
import subprocess
import sys
from pathlib import Path

import fastwarc
import pytest
from warcio.archiveiterator import ArchiveIterator

from dossier.clip import captures
from tests.clip.corpus import DATED, WORDS, Page, linked, page
from tests.clip.desk import Desk, codes, field, new_desk
from tests.clip.serving import of_pages, serving

BODY = page(linked(**DATED)).encode()
PAGES = {
    "/old": Page(status=301, headers={"Location": "/bridge"}),
    "/bridge": Page(BODY, headers={"Content-Encoding": "gzip"}),
}


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return new_desk(tmp_path / "site")


@pytest.fixture
def clipped(desk: Desk) -> Desk:
    with serving(of_pages(PAGES)) as server:
        (outcome,) = desk.clip(server.url("/old"))
    assert outcome.state == "written"
    return desk


def test_a_capture_is_named_by_the_checksum_of_the_page(clipped: Desk) -> None:
    digest = hashlib.sha256(BODY).hexdigest()
    assert [path.relative_to(clipped.folder).as_posix() for path in clipped.captures] == [
        f"captures/{digest[:2]}/{digest}.warc.gz"
    ]
    assert field(clipped.articles[0].read_text(encoding="utf-8"), "capture") == f"sha256:{digest}"


def test_warcio_reads_the_redirect_and_the_page(clipped: Desk) -> None:
    with open(clipped.captures[0], "rb") as file:
        records = [
            (record.rec_type, record.http_headers, record.content_stream().read(), record.rec_headers)
            for record in ArchiveIterator(file)
        ]
    assert [kind for kind, *_ in records] == ["warcinfo", "response", "response"]
    _, hop, _, _ = records[1]
    _, head, body, about = records[2]
    assert (hop.get_statuscode(), hop.get_header("location")) == ("301", "/bridge")
    assert (head.get_statuscode(), head.get_header("x-orig-content-encoding")) == ("200", "gzip")
    assert body == BODY
    assert head.get_header("set-cookie") is None
    assert about.get_header("WARC-Target-URI").endswith("/bridge")
    assert about.get_header("WARC-Date") == "2026-05-20T10:00:00Z"
    assert about.get_header("WARC-Payload-Digest") == f"sha256:{hashlib.sha256(BODY).hexdigest()}"


def test_another_reader_reads_it_too(clipped: Desk) -> None:
    with open(clipped.captures[0], "rb") as file:
        kinds = fastwarc.WarcRecordType.response | fastwarc.WarcRecordType.resource
        found = [
            (record.http_headers.status_code, record.reader.read())
            for record in fastwarc.ArchiveIterator(file, record_types=kinds, parse_http=True)
        ]
    assert [status for status, _ in found] == [301, 200]
    assert found[-1][1] == BODY


def test_warcios_own_check_passes(clipped: Desk) -> None:
    command = [
        sys.executable,
        "-c",
        "from warcio.cli import main; main()",
        "check",
        "-v",
        str(clipped.captures[0]),
    ]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_same_bytes_at_the_same_time_make_the_same_capture(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / "text.txt").write_text("\n\n".join(WORDS), encoding="utf-8")
        new_desk(tmp_path / name).clip(str(tmp_path / "text.txt"))
    one, other = (Desk(tmp_path / name).captures[0] for name in ("a", "b"))
    assert one.read_bytes() == other.read_bytes()
    assert str(tmp_path).encode() not in one.read_bytes()


def test_git_leaves_captures_alone_unless_told_otherwise(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "text.txt").write_text("\n\n".join(WORDS), encoding="utf-8")
    desk.clip(str(tmp_path / "text.txt"))
    assert desk.read("captures/.gitignore").endswith("\n*\n")
    desk.write("site.yaml", "title: The Amer File\ncaptures_in_git: true\n")
    (tmp_path / "more.txt").write_text("\n\n".join(WORDS[::-1]), encoding="utf-8")
    desk.clip(str(tmp_path / "more.txt"))
    assert not (desk.folder / "captures" / ".gitignore").exists()


def test_captures_can_be_kept_elsewhere(desk: Desk, tmp_path: Path) -> None:
    desk.write("site.yaml", "title: The Amer File\ncaptures: ../kept/warc\n")
    (tmp_path / "text.txt").write_text("\n\n".join(WORDS), encoding="utf-8")
    desk.clip(str(tmp_path / "text.txt"))
    assert len(list((tmp_path / "kept" / "warc").rglob("*.warc.gz"))) == 1
    assert [verdict.state for verdict in desk.verify()] == ["matches"]


def test_verify_says_how_a_text_was_changed(clipped: Desk) -> None:
    path = clipped.articles[0]
    path.write_text(
        path.read_text(encoding="utf-8").replace("eleven million", "seven million"), encoding="utf-8"
    )
    (verdict,) = clipped.verify()
    assert (verdict.state, [finding.code for finding in verdict.findings]) == ("differs", ["text-differs"])
    assert "-The repair is to cost eleven million" in verdict.diff
    assert "+The repair is to cost seven million" in verdict.diff


def test_verify_looks_for_excerpts_in_what_was_captured(clipped: Desk) -> None:
    path = clipped.articles[0]
    excerpts = "excerpts:\n- text: 'to take two summers'\n- text: 'to take three summers'\n"
    content = path.read_text(encoding="utf-8")
    path.write_text(content.replace("text: full\n", f"text: full\n{excerpts}"), encoding="utf-8")
    (verdict,) = clipped.verify()
    assert [finding.message for finding in verdict.findings] == ["excerpt 2 isn't in what was captured"]


def test_verify_names_captures_that_are_missing_or_damaged(clipped: Desk) -> None:
    capture = clipped.captures[0]
    whole = capture.read_bytes()
    for damaged in (whole[: len(whole) // 2], whole[:600] + b"\0\0\0" + whole[603:], b"", b"not a capture"):
        capture.write_bytes(damaged)
        (verdict,) = clipped.verify()
        assert (verdict.state, codes([verdict])) == ("damaged", ["capture-damaged"])  # type: ignore[list-item]
    capture.unlink()
    (verdict,) = clipped.verify()
    assert (verdict.state, verdict.findings[0].mark.line > 1) == ("missing", True)


def test_a_capture_is_taken_whole_or_not_at_all(clipped: Desk) -> None:
    digest = field(clipped.articles[0].read_text(encoding="utf-8"), "capture")
    taken = captures.fetched(clipped.folder / "captures", digest)
    assert (taken.data, taken.content_type) == (BODY, "text/html; charset=utf-8")
    assert [
        path
        for path in (clipped.folder / "captures").rglob("*")
        if path.name.startswith(".") and path.name != ".gitignore"
    ] == []
