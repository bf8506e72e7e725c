"""Credentials, by the forms that their makers gave them so that they can be found."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from msgspec.structs import replace

from dossier.diagnostics import Diagnostic, Mark, warning

# So much of one is told that it can be found again, and no more.
TOLD = 8
# Fewer different characters are a pattern, as in a manual.
VARIED = 7


class Form(NamedTuple):
    """A kind of credential: its name, signs of which each has one, and the whole of it."""

    name: str
    signs: tuple[bytes, ...]
    whole: re.Pattern[bytes]


def _form(name: str, signs: str, *wholes: str) -> Form:
    """`signs` are separated by spaces; each of `wholes` stands behind no letter or digit."""
    whole = rb"(?<![A-Za-z0-9_])(?:" + "|".join(wholes).encode() + rb")"
    return Form(name, tuple(signs.encode().split()), re.compile(whole))


KEY_BLOCK = r"-----BEGIN (?:[A-Z0-9]{2,10} ){0,2}PRIVATE KEY(?: BLOCK)?-----"
SLACK_HOOK = r"hooks\.slack\.com/services/T[A-Z0-9]{6,}/B[A-Z0-9]{6,}/[A-Za-z0-9]{16,}"
SIGNED = r"eyJ[A-Za-z0-9_-]{10,2000}\.eyJ[A-Za-z0-9_-]{10,4000}\.[A-Za-z0-9_-]{16,2000}"
IN_ADDRESS = r"[a-z][a-z0-9+.-]{1,20}://[^\s/:@\"'<>]{1,100}:[^\s/@\"'<>]{3,200}@[\w-]+[\w.:-]*"
ADDRESSES = _form("a password in an address", "://", IN_ADDRESS)
FORMS = (
    _form(
        "a token of GitHub",
        "ghp_ gho_ ghu_ ghs_ ghr_ github_pat_",
        r"gh[pousr]_[A-Za-z0-9]{30,255}",
        r"github_pat_[A-Za-z0-9_]{22,255}",
    ),
    _form("a token of GitLab", "glpat- gldt- glrt- glcbt-", r"gl(?:pat|dt|rt|cbt)-[A-Za-z0-9_-]{20,255}"),
    _form("a key of Amazon Web Services", "AKIA ASIA", r"A(?:KIA|SIA)[A-Z0-9]{16}(?![A-Za-z0-9])"),
    _form(
        "a key of Google",
        "AIza GOCSPX-",
        r"AIza[A-Za-z0-9_-]{35}(?![A-Za-z0-9_-])",
        r"GOCSPX-[A-Za-z0-9_-]{20,60}",
    ),
    _form("a token of Slack", "xox", r"xox[abeprs]-[A-Za-z0-9-]{10,255}"),
    _form("an address of Slack", "hooks.slack.com", SLACK_HOOK),
    _form("a key of Stripe", "k_live_", r"[rs]k_live_[A-Za-z0-9]{16,255}"),
    _form("a key of SendGrid", "SG.", r"SG\.[A-Za-z0-9_-]{22}\.[A-Za-z0-9_-]{43}"),
    _form("a token of npm", "npm_", r"npm_[A-Za-z0-9]{36}"),
    _form("a token of PyPI", "pypi-AgE", r"pypi-AgE[A-Za-z0-9_-]{50,500}"),
    _form("a secret key", "sk-", r"sk-[A-Za-z0-9_-]{32,255}"),
    _form("a token of a bot", ":AA", r"\d{8,10}:AA[A-Za-z0-9_-]{33}(?![A-Za-z0-9_-])"),
    _form("a signed token (JWT)", ".eyJ", SIGNED),
    _form("a private key", "PRIVATE", KEY_BLOCK),
    ADDRESSES,
)
_AUTHORITY = re.compile(rb"://[^\s/\"'<>]{0,320}@")


def credentials(path: str, data: bytes) -> Iterator[Diagnostic]:
    """The findings for what looks like a credential; none of them tells it."""
    for form in FORMS:
        if not any(sign in data for sign in form.signs):
            continue
        if form is ADDRESSES and not _AUTHORITY.search(data):
            continue
        for found in form.whole.finditer(data):
            if _is_meant(found[0]):
                yield _finding(path, data, form, found)


def _is_meant(text: bytes) -> bool:
    """Whether it is varied enough to be one, and doesn't say that it is an example."""
    lower = text.lower()
    return len(set(text)) >= VARIED and not any(word in lower for word in (b"example", b"xxxx", b"password@"))


def _finding(path: str, data: bytes, form: Form, found: re.Match[bytes]) -> Diagnostic:
    told = found[0][:TOLD].decode("utf-8", "replace")
    message = f"this looks like {form.name} ({told}…): whoever reads it may use it"
    hint = (
        "take it out, and have it revoked, since it may be in the history; if it is none, allow 'credential'"
    )
    mark, excerpt = _place(data, found)
    return replace(warning(path, mark, "credential", message, hint), excerpt=excerpt)


def _place(data: bytes, found: re.Match[bytes]) -> tuple[Mark, str]:
    """Where it stands, and its line with all but its beginning covered; nowhere in a file that isn't text."""
    if b"\0" in data[:1024]:
        return Mark(), ""
    start = data.rfind(b"\n", 0, found.start()) + 1
    end = data.find(b"\n", found.start())
    line = data[start : end if end != -1 else len(data)]
    before = line[: found.start() - start].decode("utf-8", "replace")
    covered = found[0][:TOLD].decode("utf-8", "replace") + "…"
    after = line[found.end() - start :].decode("utf-8", "replace").rstrip("\r")
    number = data.count(b"\n", 0, start) + 1
    return Mark(number, len(before) + 1, len(covered)), before + covered + after
