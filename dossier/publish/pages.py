"""GitHub Pages: the address of a repository's site, what its branch needs, and what it doesn't take.

https://docs.github.com/en/pages/getting-started-with-github-pages/github-pages-limits
"""

import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

from dossier.diagnostics import Diagnostic, Mark, error, info, warning
from dossier.publish.contents import Contents, made_file

MOST = 1_000_000_000
LARGEST = 100_000_000
SHARE = 0.75
CNAME = "CNAME"
WORKFLOWS = ".github/workflows"
_GITHUB = re.compile(
    r"(?:https?://(?:[^/@]*@)?|ssh://(?:[^/@]*@)?|git://|[^/@:]*@)?(?:www\.|ssh\.)?github\.com(?::\d+)?[:/]+"
    r"(?P<owner>[^/]+)/(?P<name>[^/]+?)(?:\.git)?/?"
)


def pages_address(remote: str) -> str:
    """Where GitHub serves the pages of a repository, by the remote's address; '' for other hosts.

    >>> pages_address("git@github.com:ann/file.git"), pages_address("https://github.com/Ann/ann.github.io")
    ('https://ann.github.io/file/', 'https://ann.github.io/')
    """
    found = _GITHUB.fullmatch(remote)
    if found is None:
        return ""
    owner, name = found["owner"].lower(), found["name"]
    return f"https://{owner}.github.io/" + ("" if name.lower() == f"{owner}.github.io" else f"{name}/")


def repository_page(remote: str) -> str:
    """The page of a repository on GitHub; '' for other hosts."""
    found = _GITHUB.fullmatch(remote)
    return f"https://github.com/{found['owner']}/{found['name']}" if found else ""


def pages_workflows(top: Path) -> list[str]:
    """The workflows of a repository that publish to Pages, by their paths."""
    found = []
    for path in sorted((top / WORKFLOWS).glob("*.y*ml")):
        try:
            text = path.read_text(encoding="utf-8", errors="replace")
        except OSError:
            continue  # One that can't be read publishes nothing from here.
        if re.search(r"^\s*(?:-\s*)?uses:\s*actions/deploy-pages@", text, re.MULTILINE):
            found.append(f"{WORKFLOWS}/{path.name}")
    return found


def custom_domain(url: str) -> str:
    """The domain that is the site's own, by its address: not one of GitHub's, and nothing below its root.

    A site below another's root is served by that domain's own repository, and names none.
    """
    parts = urlsplit(url)
    host = (parts.hostname or "").rstrip(".")
    if not host or parts.path.strip("/") or host.endswith(".github.io") or "." not in host or parts.port:
        return ""
    return "" if re.fullmatch(r"[\d.]+", host) else host


def host_files(url: str) -> Contents:
    """What the branch needs besides the site: no Jekyll, and the domain that is the site's own."""
    files = {".nojekyll": made_file(b"")}
    domain = custom_domain(url)
    if domain:
        files[CNAME] = made_file(f"{ascii_domain(domain)}\n".encode())
    return files


def ascii_domain(domain: str) -> str:
    """A domain as the domain name system has it, by IDNA 2008; Python's own codec makes ß another letter.

    >>> ascii_domain("www.größe.example")
    'www.xn--gre-6ka8i.example'
    """
    labels = unicodedata.normalize("NFC", domain.lower()).split(".")
    return ".".join(
        label if label.isascii() else f"xn--{label.encode('punycode').decode('ascii')}" for label in labels
    )


def no_address(url: str) -> Diagnostic:
    """What the curator should know where nobody has said the site's address.

    `url` is the likely one, without a last slash; empty where there is none.
    """
    if url:
        message, hint = f"it was built for {url}/", f"if that is right, write url: {url}/"
    else:
        message = "its feeds and canonical links name none, and 404.html leads to the root of its host"
        hint = "write it as url: https://example.org/my-dossier/"
    message = f"the site says nothing of its address; {message}"
    return info("site.yaml", Mark(), "no-url", message, hint)


def over_limits(contents: Contents) -> Iterator[Diagnostic]:
    """Findings for what is too large for Pages, and warnings for what will soon be."""
    for path, file in sorted(contents.items()):
        if file.size >= SHARE * LARGEST:
            too_large = file.size >= LARGEST
            message = f"{megabytes(file.size)}, and GitHub takes files of less than {megabytes(LARGEST)}"
            hint = "make it smaller, or link to it where it is kept elsewhere"
            yield _limit(too_large, path, "large-file", message, hint)
    size = sum(file.size for file in contents.values())
    if size >= SHARE * MOST:
        message = f"the site has {megabytes(size)}, and Pages serves up to {megabytes(MOST)}"
        hint = "take large files out, or publish to another host: dossier publish --to DIR"
        yield _limit(size > MOST, "site", "large-site", message, hint)


def _limit(passed: bool, path: str, code: str, message: str, hint: str) -> Diagnostic:
    return (error if passed else warning)(path, Mark(), code, message, hint)


def megabytes(size: int) -> str:
    """A number of bytes as people say it.

    >>> megabytes(512), megabytes(20_480), megabytes(84_200_000)
    ('512 bytes', '20.5 kB', '84.2 MB')
    """
    if size < 1_000:
        return f"{size} bytes"
    return f"{size / 1_000:,.1f} kB" if size < 1_000_000 else f"{size / 1_000_000:,.1f} MB"
