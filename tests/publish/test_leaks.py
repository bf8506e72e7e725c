"""Nothing gets out that should not: each of it is planted, and the published branch is searched for it."""

import gzip
import os
import struct
import zipfile
import zlib
from collections.abc import Mapping
from pathlib import Path

import pytest

from dossier.build.checking import check
from dossier.diagnostics import DossierError
from dossier.leaks import leaks
from dossier.leaks.location import location
from tests.engine.site import tree
from tests.publish.conftest import Desk, begin, git

MARK = b"zanzibar"
NOTE = "---\ntitle: Zanzibar\ndate: {}\n{}---\nZanzibar text. ![A picture](zanzibar.png)\n"
# What nobody may read, by where it is planted.
PLANTED: dict[str, str | bytes] = {
    "content/notes/draft.md": NOTE.format("2021-01-01", "draft: true\n"),
    "content/notes/quoted.md": NOTE.format("2021-01-01", 'draft: "true"\n'),
    "content/notes/future.md": NOTE.format("2999-01-01", ""),
    "content/articles/named.md": NOTE.format("2021-01-01", "draft: true\npeople: [Zanzibar Zed]\n"),
    "content/topics/topic.md": "---\ntitle: Zanzibar\ndraft: true\n---\nzanzibar\n",
    "content/claims/claim.md": "---\nstatement: Zanzibar\nas_of: 2021\ndraft: true\n---\nzanzibar\n",
    "content/notes/zanzibar.png": b"zanzibar",
    "content/articles/withheld.md": "---\ntitle: Withheld\ndate: 2020\nrights: reference\n---\nzanzibar\n",
    "content/articles/.hidden.md": NOTE.format("2021-01-01", ""),
    "content/articles/a.md~": "zanzibar",
    "content/articles/#a.md#": "zanzibar",
    "content/articles/a.md.swp": "zanzibar",
    "content/articles/a.md.orig": "zanzibar",
    "content/articles/.env": "zanzibar",
    "content/.git-credentials": "zanzibar",
    "content/articles/id_rsa": "zanzibar",
    "content/articles/page.php": "zanzibar",
    "content/articles/node_modules/x/readme.txt": "zanzibar",
    "content/articles/c.md": "---\ntitle: C\ndate: 2020\n# zanzibar\n---\n<!-- zanzibar -->\n\nText.\n",
    ".env": "zanzibar",
    ".dossier/notes.txt": "zanzibar",
    "public/left.html": "zanzibar",
    "notes.txt": "zanzibar",
    "captures/zanzibar.html": "zanzibar",
    "themes/plain/.git/config": "zanzibar",
    "themes/plain/theme.yaml~": "zanzibar",
}


def searched(desk: Desk, wanted: bytes) -> list[str]:
    """The files of the published branch, and the commits of its history, in which something occurs."""
    log = git(desk.remote, "log", "--format=%H %B", "gh-pages").encode()
    return found_in({**desk.published(), "history": log}, wanted)


def found_in(files: Mapping[str, bytes], wanted: bytes) -> list[str]:
    """The files that have something in their names or bytes, packed ones unpacked."""
    unpacked = {
        path: gzip.decompress(data) if data[:2] == b"\x1f\x8b" else data for path, data in files.items()
    }
    return [path for path, data in unpacked.items() if wanted in (path.encode() + data).lower()]


@pytest.fixture(params=["shows all", pytest.param("with search", marks=pytest.mark.slow)])
def planted(request: pytest.FixtureRequest, tmp_path: Path) -> Desk:
    """A desk with all that is to stay there, in a theme that shows all it has; and in the usual one."""
    desk = begin(tmp_path)
    settings = desk.site.read("site.yaml") + "findings: {future-date: off, unused-file: off}\n"
    if request.param == "with search":
        settings = settings.replace("theme: plain\n", "search: true\n")
        desk.git("rm", "-rq", "themes")
    desk.commit({"site.yaml": settings})
    desk.site.build()
    desk.site.write(PLANTED)
    desk.git("add", "--all")
    desk.git("commit", "--quiet", "--message", "Plant")
    return desk


def test_what_is_held_back_is_nowhere_in_the_published_branch(planted: Desk, tmp_path: Path) -> None:
    assert planted.publish(allow_dirty=True).result.diagnostics == ()
    published = planted.published()
    assert "articles/withheld.html" in published
    assert searched(planted, MARK) == []
    # The files of dossier's own, and of whoever builds it.
    assert not [name for name in published if name.startswith(".") and name != ".nojekyll"]
    assert not [name for name in published if ".dossier" in name or name.endswith((".yaml", ".md"))]
    for folder in (str(tmp_path), os.path.expanduser("~") + "/", str(planted.folder)):
        assert searched(planted, folder.lower().encode()) == []
    # What isn't withheld is there, also in what is packed.
    assert len(searched(planted, b"text a.")) >= (3 if "search" in planted.site.read("site.yaml") else 1)


def test_nor_is_it_in_a_folder_or_an_archive(planted: Desk, tmp_path: Path) -> None:
    planted.publish(allow_dirty=True, to=tmp_path / "www", headers=True, redirects=True)
    planted.publish(allow_dirty=True, to=tmp_path / "site.zip")
    with zipfile.ZipFile(tmp_path / "site.zip") as packed:
        archived = {name: packed.read(name) for name in packed.namelist()}
    for files in (tree(tmp_path / "www"), archived):
        assert "articles/withheld.html" in files
        assert found_in(files, MARK) == []
        assert found_in(files, str(tmp_path).lower().encode()) == []


def test_what_was_published_and_is_a_draft_now_is_taken_out(desk: Desk) -> None:
    desk.commit({"content/notes/z.md": NOTE.format("2021-01-01", "").partition(" !")[0] + "\n"})
    desk.publish()
    assert searched(desk, MARK)
    desk.commit({"content/notes/z.md": NOTE.format("2021-01-01", "draft: true\n")})
    desk.let_go("notes/z.html")
    desk.publish()
    published = [path for path, data in desk.published().items() if MARK in (path.encode() + data).lower()]
    assert published == []


def test_a_page_that_names_a_folder_of_this_machine_is_kept_back(tmp_path: Path) -> None:
    desk = begin(tmp_path)
    text = f"---\ntitle: N\ndate: 2021-01-01\n---\nText.\n\nÄ {desk.folder}/content/notes/n.md\n"
    desk.commit({"content/notes/n.md": text})
    with pytest.raises(DossierError) as caught:
        desk.publish()
    (finding,) = caught.value.diagnostics
    assert (finding.path, finding.code) == ("content/notes/n.md", "local-path")
    assert (finding.mark.line, finding.mark.column) == (7, 3)
    assert desk.tip() == ""


def test_a_draft_that_slipped_through_is_kept_back(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever went wrong before."""
    from dossier.library import join

    desk.commit({"content/notes/d.md": "---\ntitle: D\ndate: 2021-01-01\ndraft: true\n---\nText.\n"})
    monkeypatch.setattr(join, "_reasons_to_hide", lambda files, today: {})
    with pytest.raises(DossierError) as caught:
        desk.publish()
    (finding,) = caught.value.diagnostics
    assert (finding.path, finding.code) == ("content/notes/d.md", "draft-published")
    assert desk.tip() == ""


# ---------------------------------------------------------------- credentials

# Put together here, so that nobody who searches this repository finds one.
LETTERS = "aB3dE6gH9jK2mN5pQ8sT1vW4xY7zA0cF"
SECRETS = {
    "github": "ghp" + "_" + LETTERS + "1234",
    "github, new": "github" + "_pat_" + LETTERS,
    "gitlab": "glpat" + "-" + LETTERS[:20],
    "amazon": "AKIA" + "QWERTYUIOP234567",
    "google": "AIza" + (LETTERS + LETTERS)[:35],
    "slack": "xoxb" + "-1234567890-" + LETTERS,
    "stripe": "sk" + "_live_" + LETTERS,
    "sendgrid": "SG." + LETTERS[:22] + "." + (LETTERS + LETTERS)[:43],
    "npm": "npm" + "_" + LETTERS + "abcd",
    "pypi": "pypi" + "-AgE" + LETTERS * 2,
    "secret": "sk" + "-proj-" + LETTERS,
    "bot": "123456789" + ":AA" + (LETTERS + LETTERS)[:33],
    "jwt": "eyJ" + LETTERS + ".eyJ" + LETTERS + "." + LETTERS,
    "key": "-----BEGIN OPENSSH " + "PRIVATE KEY-----",
    "address": "https://ann:" + "Tr0ub4dor" + "@intranet.test",
}


@pytest.mark.parametrize("name", SECRETS)
def test_a_credential_is_found_wherever_it_stands_and_never_told(name: str) -> None:
    secret = SECRETS[name]
    for path, text in {
        "content/notes/n.md": f"---\ntitle: N\n---\nGröße: `{secret}` here\n",
        "content/people.yaml": f"ada: {{name: Ada}}\n\n# ü: {secret} here\n",
        "content/articles/data.csv": f"a,b\n1,2\n\nxyz_ü,;: {secret} here",
    }.items():
        (finding,) = leaks(path, text.encode())
        line = text.split("\n")[finding.mark.line - 1]
        assert line[finding.mark.column - 1 :].startswith(secret[:8])
        assert finding.code == "credential"
        assert secret not in f"{finding}"
        assert finding.excerpt.endswith("… here") or finding.excerpt.endswith("…` here")
    (finding,) = leaks("content/articles/film.mp4", b"\0\0\0\x18ftyp\0" + secret.encode())
    assert finding.mark.line == 0


@pytest.mark.parametrize(
    "text",
    [
        "ghp_" + "x" * 36,
        "AKIA" + "IOSFODNN7EXAMPLE",
        "https://user:password@example.org",
        "https://example.org/a:b@c",
        "https://example.org/@somebody: said",
        "mailto:ann@example.org",
        "see https://example.org: it says a@b",
        "sk-" + "-" * 40,
        "the risk-management-of-the-alliance-in-the-field-of-training",
        "-----BEGIN PUBLIC KEY-----",
        "SG.1.2",
        "12:30:AAB",
        "npm_config_registry",
    ],
)
def test_what_is_none_is_let_be(text: str) -> None:
    assert not list(leaks("content/notes/n.md", text.encode()))


def test_a_credential_keeps_the_site_at_home_until_it_is_allowed(desk: Desk) -> None:
    note = "---\ntitle: N\ndate: 2021-01-01\n{}---\nThe key was `" + SECRETS["github"] + "`, long revoked.\n"
    desk.commit({"content/notes/n.md": note.format("")})
    done = desk.run()
    assert done.returncode == 1
    assert (
        "content/notes/n.md:5:14: warning[credential]: this looks like a token of GitHub (ghp_aB3d…)"
        in done.stderr
    )
    assert SECRETS["github"] not in done.stdout + done.stderr
    assert [f.code for f in check(desk.site.options()).diagnostics].count("credential") == 1
    desk.commit({"content/notes/n.md": note.format("allow: {credential: It was revoked in 2019}\n")})
    assert "credential" not in [f.code for f in check(desk.site.options()).diagnostics]
    assert desk.publish().commit


def test_files_are_looked_into_once(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    from dossier.build import leaking

    seen: list[str] = []

    def noted(path: str, data: bytes) -> object:
        seen.append(path)
        return leaks(path, data)

    monkeypatch.setattr(leaking, "leaks", noted)
    desk.publish()
    assert {"site.yaml", "content/articles/a.md", "content/articles/x.png"} <= set(seen)
    seen.clear()
    desk.commit({"content/notes/n.md": "---\ntitle: N\ndate: 2021-01-01\n---\nText.\n"})
    desk.publish()
    assert seen == ["content/notes/n.md"]


# ---------------------------------------------------------------- where pictures were taken


def exif(order: str, *, gps: bool = True, place: bool = True) -> bytes:
    """A TIFF directory as cameras write it: orientation, and a GPS directory with or without a place."""
    entries = [(0x0112, 3, 1, 1)]
    if gps:
        entries.append((0x8825, 4, 1, 8 + 2 + 12 * 2 + 4))
    first = struct.pack(order + "H", len(entries)) + b"".join(
        struct.pack(order + "HHII", *e) for e in entries
    )
    tags = [(0, 1, 4, 0x02030000)] + (
        [(1, 2, 2, 0), (2, 5, 3, 90), (3, 2, 2, 0), (4, 5, 3, 90)] if place else []
    )
    second = struct.pack(order + "H", len(tags)) + b"".join(struct.pack(order + "HHII", *t) for t in tags)
    magic = b"II*\0" if order == "<" else b"MM\0*"
    return magic + struct.pack(order + "I", 8) + first + b"\0" * 4 + second + b"\0" * 64


def jpeg(*segments: bytes) -> bytes:
    parts = b"".join(b"\xff\xe1" + struct.pack(">H", len(s) + 2) + s for s in segments)
    return b"\xff\xd8" + parts + b"\xff\xda\0\x02" + os.urandom(64) + b"\xff\xd9"


def png(*chunks: tuple[bytes, bytes]) -> bytes:
    parts = b"".join(
        struct.pack(">I", len(d)) + k + d + struct.pack(">I", zlib.crc32(k + d)) for k, d in chunks
    )
    return b"\x89PNG\r\n\x1a\n" + parts


def webp(kind: bytes, data: bytes) -> bytes:
    return b"RIFF" + struct.pack("<I", len(data) + 12) + b"WEBP" + kind + struct.pack("<I", len(data)) + data


XMP = b'<x:xmpmeta><rdf:Description exif:GPSLatitude="33,18.6N" exif:GPSLongitude="44,21E"/></x:xmpmeta>'
TOLD = {
    "jpeg": (jpeg(b"Exif\0\0" + exif("<")), "EXIF"),
    "jpeg, big end first": (jpeg(b"Exif\0\0" + exif(">")), "EXIF"),
    "jpeg, xmp": (jpeg(b"http://ns.adobe.com/xap/1.0/\0" + XMP), "XMP"),
    "png": (png((b"eXIf", exif(">")), (b"IEND", b"")), "EXIF"),
    "png, xmp": (png((b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0" + XMP)), "XMP"),
    "png, packed xmp": (png((b"iTXt", b"XML:com.adobe.xmp\0\x01\0\0\0" + zlib.compress(XMP * 9))), "XMP"),
    "png, raw profile": (
        png(
            (
                b"zTXt",
                b"Raw profile type exif\0\0" + zlib.compress(b"\nexif\n  99\n" + exif("<").hex().encode()),
            )
        ),
        "EXIF",
    ),
    "webp": (webp(b"EXIF", exif("<")), "EXIF"),
    "avif": (b"\0\0\0\x1cftypavif\0\0\0\0" + b"meta" + b"\0\0\0\0" + exif(">"), "EXIF"),
    "film": (b"\0\0\0\x18ftypmp42" + b"moov" + b"\xa9xyz\0\x12\x15\xc7+33.3100+044.3600/", "QuickTime"),
    "svg": (b"<svg><metadata>" + XMP + b"</metadata></svg>", "XMP"),
}
UNTOLD = {
    "no metadata": jpeg(),
    "only how it is turned": jpeg(b"Exif\0\0" + exif("<", gps=False)),
    "gps without a place": jpeg(b"Exif\0\0" + exif("<", place=False)),
    "cut short": jpeg(b"Exif\0\0" + exif("<"))[:40],
    "pointers to nowhere": jpeg(b"Exif\0\0II*\0\x08\0\0\0\x01\0\x25\x88\x04\0\x01\0\0\0\xff\xff\xff\xff"),
    "many tags": b"II*\0\x08\0\0\0\xff\xff" + b"\x01" * 100,
    "damaged text": png((b"zTXt", b"Raw profile type exif\0\0\x78\x9cnothing")),
    "half a chunk": png((b"iTXt", XMP))[:20],
    "empty": b"",
}


@pytest.mark.parametrize("name", TOLD)
def test_a_picture_that_says_where_it_was_taken(name: str) -> None:
    data, how = TOLD[name]
    assert location(data) == how


@pytest.mark.parametrize("name", UNTOLD)
def test_a_picture_that_doesnt(name: str) -> None:
    assert location(UNTOLD[name]) == ""


def test_pictures_are_published_without_their_place(desk: Desk) -> None:
    desk.commit({"content/articles/x.png": TOLD["png"][0]})
    assert desk.publish().commit
    assert location(desk.published()["articles/x.png"]) == ""


def test_pictures_whose_place_stays_are_found_before_they_are_published(desk: Desk) -> None:
    desk.commit({"content/articles/x.avif": TOLD["avif"][0]})
    result = desk.publish().result
    assert [(f.path, f.code) for f in result.diagnostics] == [("content/articles/x.avif", "picture-location")]
    assert "exiftool -gps:all= -xmp:geotag= content/articles/x.avif" in result.diagnostics[0].hint
    assert desk.tip() == ""
    desk.commit({"site.yaml": desk.site.read("site.yaml") + "findings: {picture-location: off}\n"})
    assert desk.publish().commit


def test_a_pointer_in_place_of_a_picture(desk: Desk) -> None:
    pointer = b"version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 12345\n"
    desk.commit({"content/articles/x.png": pointer})
    assert [f.code for f in desk.publish().result.diagnostics] == ["lfs-pointer"]
